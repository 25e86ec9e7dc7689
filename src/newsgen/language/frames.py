"""The frame of an article: its paragraphs in tokens and sentences, quotes blanked out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsgen.language.marks import ENDS
from newsgen.language.tokens import Sentence, Token, frame_of, sentences_of, tokens_of
from newsgen.model import Article, Paragraph, Quote

_LONGEST = 100_000  # characters
_SENTENCE_END = re.compile(r"[.!?] +(?=[A-Z])")
_SINGLE = "‘’'"
_SPACES = (" ", "\u202f", "\xa0")
_SPACED = ("«", "»", "‹", "›")


class Frame(NamedTuple):
    """One paragraph, or a part of a very long one.

    `quotes` leads from the beginning of a blanked token to its quote's index.
    """

    paragraph: Paragraph
    tokens: list[Token]
    sentences: list[Sentence]
    quotes: dict[int, int]


def frames_of(article: Article, quotes: Sequence[Quote]) -> Iterator[Frame]:
    """Read paragraph by paragraph. Only direct quotes are blanked; `quotes` are in order."""
    direct = [(i, *_outer(article.text, q)) for i, q in enumerate(quotes) if q.kind == "direct"]
    first = 0
    for paragraph in article.paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        while first < len(direct) and direct[first][2] <= start:
            first += 1
        pieces: list[tuple[int, int]] = []
        index_of: dict[int, int] = {}
        place = first
        while place < len(direct) and direct[place][1] < end:
            index, head, tail = direct[place]
            head, tail = max(head, start), min(tail, end)
            pieces.append((head, tail))
            index_of[head] = index
            place += 1
        frame = frame_of(article.text, start, end, pieces)
        for head_of, tail_of in _cuts(frame):
            tokens = tokens_of(frame[head_of:tail_of], start + head_of)
            here = {
                head: index for head, index in index_of.items() if head_of <= head - start < tail_of
            }
            yield Frame(paragraph, tokens, sentences_of(article.text, tokens), here)


def _cuts(frame: str) -> Iterator[tuple[int, int]]:
    """Cut a paragraph that is as long as a book at ends of sentences, so that the tokens held at
    once stay few."""
    start = 0
    while len(frame) - start > _LONGEST:
        end = _SENTENCE_END.search(frame, start + _LONGEST)
        if end is None:
            break
        yield start, end.end()
        start = end.end()
    yield start, len(frame)


def _outer(text: str, quote: Quote) -> tuple[int, int]:
    """The place of a quote with its marks."""
    start, end = quote.span.start, quote.span.end
    # French sets a space inside its marks.
    if text[start - 1 : start] in _SPACES and text[start - 2 : start - 1] in _SPACED:
        start -= 1
    if text[end : end + 1] in _SPACES and text[end + 1 : end + 2] in _SPACED:
        end += 1
    marks = _SINGLE if quote.rule == "single-marks" else ENDS
    while start > 0 and (text[start - 1] in marks or text[start - 2 : start] == "''"):
        start -= 1
    if end + 1 < len(text) and text[end] in ",，" and text[end + 1] in marks:
        end += 1
    while end < len(text) and (text[end] in marks or text[end : end + 2] == "''"):
        end += 2 if text[end] == "'" and marks is ENDS else 1
    return start, end
