"""People's decisions on names and tags, and what they make of an article."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from newsgen.digest import digest_of
from newsgen.errors import SettingsError
from newsgen.marked_yaml import MarkedYaml, load_if_there
from newsgen.model import (
    TAXONOMY_OF_KIND,
    Article,
    Entity,
    EntityId,
    EntityKind,
    Mention,
    Quote,
    Record,
)
from newsgen.tagging import tag
from newsgen.text import slug_of
from newsgen.topic_rules import TopicRule

AUTHORITY_FILE = "entities.yaml"
_KEYS = ("name", "kind", "aliases", "hide", "same_as", "never_merge")


class Ruling(Record, frozen=True):
    """What people decided on one name: its canonical form, kind and other forms."""

    name: str
    kind: EntityKind | None = None
    aliases: tuple[str, ...] = ()
    hide: bool = False
    same_as: tuple[str, ...] = ()


class Authority(Record, frozen=True):
    """The authority file, and the topics of newsgen.yaml: what people have decided.

    `by_name` leads from the slug of a name or alias to its ruling.
    """

    rulings: tuple[Ruling, ...] = ()
    never_merge: tuple[tuple[str, ...], ...] = ()
    by_name: tuple[tuple[str, int], ...] = ()
    topics: tuple[TopicRule, ...] = ()

    @property
    def digest(self) -> str:
        return digest_of(self)


def load_authority(root: Path, topics: tuple[TopicRule, ...] = ()) -> Authority:
    """Read entities.yaml and join the topics to it.

    Raises SettingsError with the line of what cannot be used.
    """
    file = root / AUTHORITY_FILE
    marked = load_if_there(file)
    if marked is None:
        return Authority(topics=topics)
    items = marked.value if marked.value is not None else []
    if not isinstance(items, list):
        raise SettingsError(
            "the authority file is not a list",
            where=f"{file.name}:1",
            expected='entries such as "- name: Mara Lund"',
        )
    rulings: list[Ruling] = []
    apart: list[tuple[str, ...]] = []
    claimed: dict[str, int] = {}
    for index, item in enumerate(items):
        _check_keys(item, index, marked)
        if "never_merge" in item:
            apart.append(_names(item["never_merge"], index, marked))
            continue
        ruling = _ruling(item, index, marked)
        for name in (ruling.name, *ruling.aliases):
            taken = claimed.setdefault(slug_of(name), len(rulings))
            if taken != len(rulings):
                raise SettingsError(
                    f'"{name}" stands for two entries: "{rulings[taken].name}" and "{ruling.name}"',
                    where=f"{AUTHORITY_FILE}:{marked.line_of(index)}",
                    hint="leave it out of one of them",
                )
        rulings.append(ruling)
    return Authority(tuple(rulings), tuple(apart), tuple(sorted(claimed.items())), topics)


def _check_keys(item: object, index: int, marked: MarkedYaml) -> None:
    where = f"{AUTHORITY_FILE}:{marked.line_of(index)}"
    if not isinstance(item, dict) or not ("name" in item or "never_merge" in item):
        raise SettingsError(
            "an entry has no name", where=where, expected='"name:" or "never_merge:" in each entry'
        )
    if "never_merge" in item and len(item) > 1:
        raise SettingsError(
            '"never_merge" stands with other keys',
            where=where,
            expected="an entry of its own for names that are kept apart",
        )
    for key in item:
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, n=1, cutoff=0.6)
            raise SettingsError(
                f'unknown key "{key}"',
                where=f"{AUTHORITY_FILE}:{marked.line_of(index, key)}",
                expected=f"one of {', '.join(_KEYS)}",
                hint=f'did you mean "{near[0]}"?' if near else "remove the line",
            )


def _names(value: object, index: int, marked: MarkedYaml) -> tuple[str, ...]:
    if isinstance(value, list) and len(value) > 1 and all(isinstance(n, str) for n in value):
        return tuple(value)
    raise SettingsError(
        "never_merge does not name two or more names",
        where=f"{AUTHORITY_FILE}:{marked.line_of(index, 'never_merge')}",
        expected="a list of names, such as [Jon Hale, John Hale]",
    )


def _ruling(item: dict[str, object], index: int, marked: MarkedYaml) -> Ruling:
    try:
        return msgspec.convert(item, Ruling)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$.")
        key = path.rstrip("`").partition("[")[0]
        raise SettingsError(
            f'"{key}": {what[:1].lower()}{what[1:]}',
            where=f"{AUTHORITY_FILE}:{marked.line_of(index, key)}",
            hint="write kinds as person, organisation or place, and aliases as a list of names",
        ) from error


def resolve(article: Article, authority: Authority) -> Article:
    """Apply people's decisions to an article; equal input gives an equal article."""
    return tag(_resolve_names(article, authority), authority.topics)


def _resolve_names(article: Article, authority: Authority) -> Article:
    if not authority.by_name:
        return article
    rulings = dict(authority.by_name)
    moved: dict[EntityId, Entity | None] = {}
    for entity in article.entities:
        index = rulings.get(slug_of(entity.name))
        if index is not None:
            moved[entity.id] = _ruled(entity, authority.rulings[index])
    if not moved:
        return article
    return msgspec.structs.replace(
        article,
        entities=_merged(_moved_entities(article, moved)),
        mentions=tuple(_moved_mentions(article, moved)),
        quotes=tuple(_moved_quote(quote, moved) for quote in article.quotes),
    )


def _ruled(entity: Entity, ruling: Ruling) -> Entity | None:
    if ruling.hide:
        return None
    kind = ruling.kind or entity.kind
    forms = dict.fromkeys((entity.name, *entity.aliases))
    forms.pop(ruling.name, None)
    return Entity(
        id=f"{TAXONOMY_OF_KIND[kind]}/{slug_of(ruling.name)}",
        name=ruling.name,
        kind=kind,
        aliases=tuple(forms),
        rule="entities.yaml",
        confidence=1.0,
    )


def _moved_entities(article: Article, moved: dict[EntityId, Entity | None]) -> Iterator[Entity]:
    for entity in article.entities:
        ruled = moved.get(entity.id, entity)
        if ruled is not None:
            yield ruled


def _merged(entities: Iterator[Entity]) -> tuple[Entity, ...]:
    """Make one of entities that now have the same id; the first gives the name."""
    found: dict[EntityId, Entity] = {}
    for entity in entities:
        first = found.get(entity.id)
        if first is None:
            found[entity.id] = entity
            continue
        forms = dict.fromkeys((*first.aliases, entity.name, *entity.aliases))
        forms.pop(first.name, None)
        found[entity.id] = msgspec.structs.replace(first, aliases=tuple(forms))
    return tuple(found.values())


def _moved_mentions(article: Article, moved: dict[EntityId, Entity | None]) -> Iterator[Mention]:
    for mention in article.mentions:
        if mention.entity not in moved:
            yield mention
            continue
        ruled = moved[mention.entity]
        if ruled is not None:
            yield Mention(mention.span, ruled.id)


def _moved_quote(quote: Quote, moved: dict[EntityId, Entity | None]) -> Quote:
    speaker = quote.speaker
    if speaker is None or speaker.entity not in moved:
        return quote
    ruled = moved[speaker.entity]
    now = msgspec.structs.replace(
        speaker,
        name=ruled.name if ruled else speaker.name,
        entity=ruled.id if ruled else None,
    )
    return msgspec.structs.replace(quote, speaker=now)
