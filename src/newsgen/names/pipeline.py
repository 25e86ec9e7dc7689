"""Names found by a pipeline of spaCy: the only module that knows it, and only when it is asked."""

import importlib
import importlib.metadata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from newsgen.model import EntityKind
from newsgen.names.labels import Found

_CONFIDENCE = 0.7  # pipelines do not say how sure they are; about this share of theirs is right
_LONGEST = 100_000  # characters a pipeline is given at a time
KINDS: dict[str, EntityKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_LEADING = ("the ", "The ", "a ", "A ", "an ", "An ")
_OWN = ("'s", "’s", "'", "’")


@cache
def _loaded(pipeline: str) -> Any:  # noqa: ANN401 - spaCy is not installed where types are checked
    spacy = importlib.import_module("spacy")
    return spacy.load(pipeline, exclude=["parser", "lemmatizer"])


def language_of(pipeline: str) -> str:
    """The language a pipeline is made for; "xx" is many."""
    return str(_loaded(pipeline).lang)


def version_of(pipeline: str) -> str:
    """What tells one version of a pipeline from another, without loading it."""
    meta = Path(pipeline) / "meta.json"
    if meta.is_file():
        return meta.read_text(encoding="utf-8")
    versions = (importlib.metadata.version(package) for package in ("spacy", pipeline))
    return " ".join(versions)


def find_by_pipeline(text: str, stretches: Sequence[tuple[int, int]], pipeline: str) -> list[Found]:
    """The people, organisations and places that a pipeline marks, as newsgen marks names."""
    parts = [part for start, end in stretches for part in _parts(text, start, end)]
    docs = _loaded(pipeline).pipe(text[start:end] for start, end in parts)
    found: list[Found] = []
    for (at, _), doc in zip(parts, docs, strict=True):
        for name in doc.ents:
            if name.label_ in KINDS:
                start, end = _bare(text, at + name.start_char, at + name.end_char)
                if start < end:
                    found.append(Found(start, end, KINDS[name.label_], "pipeline", _CONFIDENCE))
    return sorted(found)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start, start + _LONGEST)
        cut = space if space > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without its article, white space and possessive ending."""
    name = text[start:end]
    stripped = name.lstrip()
    start += len(name) - len(stripped)
    for word in _LEADING:
        if stripped.startswith(word):
            start += len(word)
            break
    name = text[start:end].rstrip()
    for ending in _OWN:
        name = name.removesuffix(ending)
    return start, start + len(name)
