"""Names matched where capitals say nothing: headlines, headings, shouting."""

from collections.abc import Iterable, Mapping

from newsgen.names.gazetteer import known_of
from newsgen.names.labels import Found
from newsgen.names.runs import find_runs
from newsgen.wordlists import given_names

_SURE = 3.0  # the weight from which on a known place needs no support from the body


def forms_of(text: str, found: Iterable[Found]) -> dict[str, Found]:
    """What the body calls its names, each with one of its mentions."""
    return {text[name.start : name.end]: name for name in found}


def match_names(text: str, start: int, end: int, forms: Mapping[str, Found]) -> list[Found]:
    """The names of the body, and sure places, in a stretch whose capitals may be of style only."""
    shouted = text[start:end].isupper()
    known = (
        {form.upper(): name for form, name in forms.items() if len(form) > 3} if shouted else forms
    )
    matched: list[Found] = []
    for run in find_runs(text, start, end):
        at = 0
        while at < len(run):
            for last in range(min(len(run), at + 8) - 1, at - 1, -1):
                name = _match(text, run[at].start, run[last].end, known, shouted=shouted)
                if name:
                    matched.append(name)
                    at = last
                    break
            at += 1
    return matched


def _match(
    text: str, start: int, end: int, forms: Mapping[str, Found], *, shouted: bool
) -> Found | None:
    printed = text[start:end]
    name = forms.get(printed)
    if name:
        return Found(start, end, name.kind, name.rule, name.confidence, name.full)
    if shouted and len(printed) <= 3:
        return None
    known = known_of(printed)
    if known and known.kind == "place" and known.weight >= _SURE and printed not in given_names():
        return Found(start, end, "place", "gazetteer", 0.9)
    return None
