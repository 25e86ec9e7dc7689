"""Names of a kind that is found on its own, added to those that an article already has."""

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from newsgen.model import TAXONOMY_OF_KIND, Article, Entity, Mention, Span
from newsgen.names.labels import Found
from newsgen.text import slug_of

_DEEPEST = 8  # mentions looked at before a name


def with_names(article: Article, found: Sequence[Found]) -> Article:
    """The article with these names as entities and mentions.

    A name may hold another (the Edinburgh Festival, Edinburgh); what is one, is inside one or
    crosses one gives way.
    """
    free = [
        name
        for name in found
        if all(_is_inside(one.span, name) for one in touched(article.mentions, name))
    ]
    if not free:
        return article
    entities = {entity.id: entity for entity in article.entities}
    mentions = list(article.mentions)
    for name in sorted(free):
        form = " ".join(article.text[name.start : name.end].split())
        key = f"{TAXONOMY_OF_KIND[name.kind]}/{slug_of(form)}"
        old = entities.get(key)
        if old is None:
            entities[key] = Entity(key, form, name.kind, rule=name.rule, confidence=name.confidence)
        elif form not in (old.name, *old.aliases):
            entities[key] = msgspec.structs.replace(old, aliases=(*old.aliases, form))
        mentions.append(Mention(Span(name.start, name.end), key))
    mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    return msgspec.structs.replace(
        article, entities=tuple(entities.values()), mentions=tuple(mentions)
    )


def again(text: str, stretches: Sequence[tuple[int, int]], names: Sequence[Found]) -> list[Found]:
    """Where names stand once more in stretches of the text, in the same words; longest first."""
    forms = {text[name.start : name.end]: name for name in names}
    if not forms or not stretches:
        return []
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")
    return [
        forms[match.group()]._replace(start=match.start(), end=match.end())
        for start, end in stretches
        for match in pattern.finditer(text, start, end)
    ]


def touched(mentions: Sequence[Mention], name: Found) -> list[Mention]:
    """The mentions that share a character with a name."""
    place = bisect_left(mentions, name.start, key=_start)
    behind = bisect_left(mentions, name.end, place, key=_start)
    # One that begins before may hold others, each within it: the outermost is not far.
    near = mentions[max(0, place - _DEEPEST) : behind]
    return [mention for mention in near if mention.span.end > name.start]


def _is_inside(span: Span, name: Found) -> bool:
    size = span.end - span.start
    return name.start <= span.start and span.end <= name.end and size < name.end - name.start


def _start(mention: Mention) -> int:
    return mention.span.start
