"""Edits of one article, such as people make while an archive is up."""

from pathlib import Path

from archives import Archive


def edit_body(place: Path, word: str) -> str:
    """Put a word into the last paragraphs, and return what the page shows then.

    The first paragraph is in lists as well: it stays as it is.
    """
    before, found, after = place.read_text(encoding="utf-8").rpartition(" a ")
    assert found, f"{place} has no place for another word"
    place.write_text(f"{before} a {word} {after}", encoding="utf-8")
    return f" a {word} "


def edit_headline(archive: Archive, articles: Path, number: int) -> None:
    """Give an article another headline."""
    place = articles / archive.path(number)
    before, headline, after = place.read_text(encoding="utf-8").partition(archive.headline(number))
    assert headline, f"{place} has been given another headline before"
    place.write_text(f"{before}A headline of its own{after}", encoding="utf-8")
