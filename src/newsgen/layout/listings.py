"""Lists of other stories in a page: mark their headings and items among its lines."""

from typing import NamedTuple

from newsgen.layout.headings import HeadingKind, heading_of, is_sentence, list_item, story_mentioned
from newsgen.layout.parts import Roles
from newsgen.layout.wording import role_of

_MOST_ITEMS = 60


class Lists(NamedTuple):
    """Headlines found as (line, headline, heading), and the lines of headings without entries."""

    stories: list[tuple[int, str, str]]
    empty: list[tuple[int, str]]


def mark_listings(words: list[str], roles: Roles) -> Lists:
    """Give a role to the headings and items of lists among the lines that have none yet."""
    lists = Lists([], [])
    index = 0
    while index < len(words):
        if roles[index] is None:
            if heading := heading_of(words[index]):
                index = _mark_list(words, roles, index, heading, lists)
                continue
            if mentioned := story_mentioned(words[index]):
                roles[index] = "related"
                lists.stories.append((index, *mentioned))
        index += 1
    return lists


def _mark_list(
    words: list[str], roles: Roles, index: int, heading: tuple[HeadingKind, str], lists: Lists
) -> int:
    kind, name = heading
    items = [] if kind == "furniture" else _items(words, roles, index + 1, kind)
    if not items:
        bare = kind in ("stories", "pictures") and _is_last(words, index + 1)
        roles[index] = "section" if bare else "boilerplate"
        if bare:
            lists.empty.append((index, name))
        return index + 1
    roles[index] = "section"
    for place, title in items:
        # Under "Photos" stand the captions of this story's pictures, or titles of photo stories.
        if kind == "pictures" and role_of(title) == "caption":
            roles[place] = "caption"
        else:
            roles[place] = "related"
            lists.stories.append((place, title, name))
    return items[-1][0] + 1


def _items(words: list[str], roles: Roles, start: int, kind: HeadingKind) -> list[tuple[int, str]]:
    first = _next_filled(words, start)
    if first is None or first - start > 2:
        return []
    if list_item(words[first]):
        return _bulleted(words, first)
    if kind == "link":
        return []
    items = _bare(words, roles, first, spaced=first > start)
    captioned = kind == "pictures" and any(role_of(title) == "caption" for _, title in items)
    return items if kind == "stories" or len(items) > 1 or captioned else []


def _bulleted(words: list[str], first: int) -> list[tuple[int, str]]:
    """Items with bullets, blank lines between them allowed; ends at the first line without one."""
    items: list[tuple[int, str]] = []
    place: int | None = first
    while place is not None and len(items) < _MOST_ITEMS:
        title = list_item(words[place])
        if not title:
            break
        items.append((place, title))
        place = _next_filled(words, place + 1)
    return items


def _bare(words: list[str], roles: Roles, first: int, *, spaced: bool) -> list[tuple[int, str]]:
    """Items without bullets: short lines up to a blank one, or up to the first sentence."""
    items: list[tuple[int, str]] = []
    for place in range(first, len(words)):
        line = words[place]
        if not line:
            if spaced:
                continue
            break
        if roles[place] is not None or not _is_title(line) or len(items) == _MOST_ITEMS:
            break
        items.append((place, line))
    return items


def _is_title(line: str) -> bool:
    if is_sentence(line) or heading_of(line) or role_of(line) not in (None, "caption"):
        return False
    return " " in line or len(line) >= 8  # scripts that write no spaces


def _next_filled(words: list[str], start: int) -> int | None:
    return next((place for place in range(start, len(words)) if words[place]), None)


def _is_last(words: list[str], start: int) -> bool:
    """Whether nothing of the body follows: another heading, a rights line, a gap or the end."""
    place = _next_filled(words, start)
    if place is None or place > start:
        return True
    line = words[place]
    return heading_of(line) is not None or role_of(line) in ("rights", "credit")
