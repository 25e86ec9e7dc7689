"""What the code may not do, so that a reader who greps for an import finds the one place.

The import rows themselves are contracts of import-linter in pyproject.toml (`lint-imports`).
"""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import grimp
import pytest

from newsgen.intake import _AFTER_READING
from newsgen.refresh import _RENDERING
from newsgen.store import _MADE_BY

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "newsgen"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Library: the only modules that may import it.
OWNERS = {
    "jinja2": {"render"},
    "markupsafe": {"filters", "render"},
    "sqlite3": {
        "store",
        "catalog",
        "entries",
        "holdings",
        "kinds",
        "ledger",
        "links",
        "printed_runs",
        "snapshot",
    },
    "yaml": {"marked_yaml", "layout.front_matter"},
    "markdown": {"readers.markdown"},
    "nh3": {"readers.markdown"},
    "slugify": {"text"},
    "pycrfsuite": {"names.tagger"},
    "spacy": {"names.pipeline"},
    "rapidfuzz": {"layout.alignment", "likeness"},
    "charset_normalizer": {"source_text.encoding"},
    "click": {"cli", "console", "look", "serve"},
    "rich": {"console"},
    "distributed": {"cluster"},
    "socket": {"serve"},
    "http": {"serve"},
    "uvicorn": {"serve"},
    "starlette": {"serve"},
    "watchfiles": {"watching"},
    "subprocess": set(),
    "pickle": set(),
    "random": set(),
    "uuid": set(),
    "secrets": set(),
}

# Same input, same bytes: a clock may be read only where it cannot reach the output.
CLOCKS = {
    "ledger": "a file changed a moment ago may change again without a new time stamp",
    "cli": "seconds, in the closing summary",
    "cluster": "how long batches are under way",
    "console": "seconds, in the progress shown",
    "serve": "waits and time-outs of the preview",
    "stopwatch": "where the time of a build goes, in its report",
}
CLOCK = re.compile(
    r"\b(?:datetime\.(?:now|today|utcnow)|date\.today|time\.(?:time|time_ns|monotonic"
    r"|monotonic_ns|perf_counter|localtime|gmtime|strftime))\b"
)

LONGEST = 450  # lines; a file near 400 is asking to be two


def name_of(module: Path) -> str:
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def imports_of(module: Path) -> frozenset[str]:
    """The top-level packages a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return frozenset(found)


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_is_imported_by_its_owners_only(library):
    users = {name_of(module) for module in MODULES if library in imports_of(module)}
    assert users <= OWNERS[library]


def test_no_clock_is_read_where_it_could_reach_the_output():
    readers = {name_of(module) for module in MODULES if CLOCK.search(module.read_text())}
    assert readers <= CLOCKS.keys()


def test_templates_escape_everything_and_decide_nothing():
    forbidden = re.compile(r"\|\s*safe\b|autoescape\s+false|\{%-?\s*(?:set|include)\b")
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert [path.name for path in templates if forbidden.search(path.read_text())] == []


def test_modules_stay_short_enough_to_read():
    long = {
        name_of(module)
        for module in MODULES
        if len(module.read_text(encoding="utf-8").splitlines()) > LONGEST
    }
    assert long == set()


def test_modules_are_named_for_what_they_are_about():
    empty = {"utils", "util", "helpers", "common", "base", "core", "manager", "misc"}
    assert [name_of(module) for module in MODULES if module.stem.strip("_") in empty] == []


def test_every_module_says_in_a_sentence_what_it_is():
    silent = [
        name_of(module)
        for module in MODULES
        if module.read_text().strip() and not ast.get_docstring(ast.parse(module.read_text()))
    ]
    assert silent == []


def test_the_command_line_starts_without_what_it_may_not_need():
    code = "import sys, newsgen.cli; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"msgspec", *OWNERS} - {"click", "random", "socket", "subprocess", "uuid"}
    assert slow & set(run.stdout.split()) == set()


def test_the_architecture_page_names_every_module():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = {name_of(module).partition(".")[0] for module in MODULES} - {"", "__main__"}
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", page)) == []


def test_the_architecture_page_shows_the_import_rows():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert "```\n" + "\n".join(rows) + "\n```" in page


# Whose edits must remake what has been kept. What is left out has no say in the contents.


@cache
def reached_from(*names: str) -> frozenset[str]:
    """The modules and packages that some import, at however many removes, themselves included."""
    graph = grimp.build_graph("newsgen")
    found = {f"newsgen.{name}" for name in names}
    for name in names:
        found |= graph.find_upstream_modules(f"newsgen.{name}", as_package=True)
    return frozenset(name.split(".")[1] for name in found if "." in name)


def test_sources_are_read_again_when_any_code_of_the_reading_changes():
    reading = reached_from("readers", "annotate", "editorial", "filing") | {"intake"}
    every = {place.stem for place in PACKAGE.iterdir() if place.suffix == ".py"}
    every |= {place.name for place in PACKAGE.iterdir() if (place / "__init__.py").is_file()}
    assert every - reading == _AFTER_READING


def test_pages_are_made_again_when_any_code_of_theirs_changes():
    # What these make is in the views, or is compared by itself.
    no_say = {"digest", "errors", "marked_yaml", "site", "store"}
    assert reached_from("pages", "render") - no_say == set(_RENDERING)


def test_the_store_is_made_anew_when_any_code_of_its_rows_changes():
    assert reached_from("catalog", "ledger") - {"digest", "errors", "stopwatch"} == set(_MADE_BY)
