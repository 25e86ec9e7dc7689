"""The gold of real news, which stands outside the repository, and the scripts that score it."""

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared"


def gold_file(name, sha256):
    """The gold that floors were set on; the test is skipped, saying why, without it."""
    path = SHARED / "gold" / name
    if not path.is_file():
        pytest.skip("the gold of real news stands outside the repository")
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        pytest.skip("the gold has changed since its floor was set")
    return path


def scorer(name):
    """A scoring script as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "eval" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
