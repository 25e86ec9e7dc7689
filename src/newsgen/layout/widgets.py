"""Forms in mid-text: polls and newsletter boxes whose lines are no part of the article."""

import re

from newsgen.layout.headings import list_item
from newsgen.layout.parts import Roles

_FIELD = re.compile(
    r"^(?:email|name|phone|comments?|zip(?: code)?)\s?\*?$|this field is for validation purposes"
    r"|^completing this poll|^you may opt out|^you also agree to|^take our poll\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\btake our poll\b", re.IGNORECASE)
_REACH = 9  # lines: a poll's question and its answers stand above its first form field


def mark_widgets(words: list[str], roles: Roles) -> None:
    """Mark the lines of forms: their fields, and the question and answers above the first."""
    last_field = -_REACH
    for index, line in enumerate(words):
        if roles[index] is not None or len(line) > 200 or not _FIELD.search(line):
            continue
        alone = index - last_field > _REACH
        begin = _beginning(words, index) if alone else last_field + 1
        for place in range(begin, index + 1):
            if roles[place] is None:
                roles[place] = "boilerplate"
        last_field = index


def _beginning(words: list[str], field: int) -> int:
    """Where a form begins: "take our poll", or the question above answers with a bullet."""
    lowest = max(0, field - _REACH)
    answers = False
    begin = field
    for place in range(field - 1, lowest - 1, -1):
        line = words[place]
        if _OPENING.search(line):
            return place
        answers = answers or bool(line and list_item(line, numbered=False))
        if len(line) > 200:
            break
        if answers and line.endswith("?"):
            begin = place
    return begin
