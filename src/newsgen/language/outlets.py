"""The news agencies and outlets that newsgen knows by name."""

from functools import cache
from typing import Literal, NamedTuple

from newsgen.wordlists import lines_of


class Outlet(NamedTuple):
    """One printed form of an outlet's name, and the usual name that all its forms share."""

    name: str
    usual: str
    kind: Literal["agency", "outlet"]


def find_outlet(words: str) -> Outlet | None:
    """The outlet that these words name as a whole; case and a leading "the" do not count."""
    key = words.casefold().strip()
    return _outlets().get(key) or _outlets().get(key.removeprefix("the "))


def may_end_outlet(word: str) -> bool:
    """Whether some outlet's name ends in this word: a quick test before looking for a name."""
    return word.casefold() in _last_words()


@cache
def _last_words() -> frozenset[str]:
    return frozenset(key.split()[-1] for key in _outlets())


@cache
def _outlets() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for line in lines_of("words_outlets.txt"):
        kind, _, forms = line.partition(": ")
        names = [name.strip() for name in forms.split("|")]
        for name in names:
            found = Outlet(name, names[0], "agency" if kind == "agency" else "outlet")
            table.setdefault(name.casefold(), found)
    return table
