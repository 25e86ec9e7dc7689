"""An archive in a folder of its own, made from one string, as a test reads it best."""

import shutil
import textwrap
from pathlib import Path

import pytest
from hypothesis import settings

from newsgen.build import BuildReport, build
from newsgen.site import load_site

# The same examples on every machine: what fails here fails there.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Archive:
    """An archive folder that can be edited and built."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report: BuildReport | None = None
        (folder / "articles").mkdir(parents=True, exist_ok=True)

    def write(self, path: str, content: str | bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def write_all(self, text: str) -> None:
        """Write files from one string: `-- path --` lines, each followed by the file's text."""
        for part in textwrap.dedent(text).lstrip("\n").split("-- ")[1:]:
            path, _, content = part.partition(" --\n")
            self.write(path, content)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def build(self, **options) -> BuildReport:
        self.report = build(load_site(self.folder), **options)
        return self.report

    @property
    def output(self) -> Path:
        return self.folder / "site"

    @property
    def rendered(self) -> set[str]:
        return set(self.report.pages)

    def page(self, path: str) -> str:
        return (self.output / path).read_text()

    def tree(self) -> dict[str, bytes]:
        return tree(self.output)

    def clean_tree(self, elsewhere: Path) -> dict[str, bytes]:
        """What a first build of the same input leaves, in another folder."""
        shutil.copytree(
            self.folder, elsewhere, ignore=shutil.ignore_patterns("site", ".newsgen"), symlinks=True
        )
        twin = Archive(elsewhere)
        twin.build()
        return twin.tree()


@pytest.fixture
def archive(tmp_path):
    """Make an archive: `archive(text)` from a string with file markers, or empty."""
    made = []

    def make(text: str = "") -> Archive:
        site = Archive(tmp_path / f"archive{len(made)}")
        site.write_all(text)
        made.append(site)
        return site

    return make


@pytest.fixture
def shared() -> Path:
    """The folder of real texts, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real texts is not beside the checkout (../shared)")
    return SHARED
