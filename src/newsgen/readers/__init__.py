"""Source bytes to articles: what the source says. READERS is the list of formats."""

from collections.abc import Callable

from newsgen.model import Article
from newsgen.readers.json_records import read_json, read_json_lines
from newsgen.readers.markdown import read_markdown
from newsgen.readers.scraped_text import read_scraped_text

Reader = Callable[[str, bytes], tuple[Article, ...]]

READERS: dict[str, Reader] = {
    ".txt": read_scraped_text,
    ".text": read_scraped_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}


def is_source(path: str) -> bool:
    """Whether a file is one that a reader reads, by its suffix."""
    return _suffix(path) in READERS


def read_file(path: str, content: bytes) -> tuple[Article, ...]:
    """Read a source file, whose path is relative to the archive folder.

    Raises SourceError only when nothing at all can be read from it.
    """
    return READERS[_suffix(path)](path, content)


def _suffix(path: str) -> str:
    return path[path.rfind(".") :].lower()
