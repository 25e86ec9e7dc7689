# make site    set up and build the demo archive        make serve   the same, with live preview
# make test    set up and run every check that CI runs  make clean   remove all that was built
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
PIP := $(if $(UV),$(UV) pip install --python .venv/bin/python,.venv/bin/python -m pip install --disable-pip-version-check)
TOO_OLD := newsgen needs Python 3.11 or newer; name one with: make site PYTHON=python3.12
NO_VENV := This Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv

.PHONY: site serve test clean
site: .venv/.made-for-site
	.venv/bin/newsgen build
	@echo "Open site/index.html in a browser, or run: make serve"
serve: .venv/.made-for-site
	.venv/bin/newsgen serve
test: .venv/.made-for-test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n auto
clean:
	rm -rf site .newsgen .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Stamps of our own: a .venv made by hand, without the test tools, must not pass for a finished one.
.venv/.made-for-site .venv/.made-for-test: .venv/.made-for-%: pyproject.toml constraints.txt .venv/bin/python
	$(PIP) --quiet -c constraints.txt -e ".$(if $(filter test,$*),[test])"
	@touch $@
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(TOO_OLD)" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; echo "$(NO_VENV)" >&2; exit 1; }
