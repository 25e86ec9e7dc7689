"""People's decisions on names and tags, and what they make of an article."""

import difflib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import islice
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
    Span,
)
from newsgen.tagging import tag
from newsgen.text import slug_of
from newsgen.topic_rules import TopicRule

AUTHORITY_FILE = "entities.yaml"
_KEYS = ("name", "kind", "aliases", "only_in", "hide", "same_as", "never_merge")


class Ruling(Record, frozen=True):
    """What people decided on one name: its canonical form, kind and other forms.

    `only_in` are patterns of source paths: elsewhere the same name is someone else's.
    """

    name: str
    kind: EntityKind | None = None
    aliases: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    hide: bool = False
    same_as: tuple[str, ...] = ()


class Authority(Record, frozen=True):
    """The authority file, and the topics of newsgen.yaml: what people have decided.

    `by_name` leads from the slug of a name or alias to its rulings: one for all articles at most,
    and those for some of them.
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
    by_name: set[tuple[str, int]] = set()
    for index, item in enumerate(items):
        _check_keys(item, index, marked)
        if "never_merge" in item:
            apart.append(_names(item["never_merge"], index, marked))
            continue
        ruling = _ruling(item, index, marked)
        by_name |= {(slug_of(name), len(rulings)) for name in (ruling.name, *ruling.aliases)}
        for name in () if ruling.only_in else (ruling.name, *ruling.aliases):
            taken = claimed.setdefault(slug_of(name), len(rulings))
            if taken != len(rulings):
                raise SettingsError(
                    f'"{name}" stands for two entries: "{rulings[taken].name}" and "{ruling.name}"',
                    where=f"{AUTHORITY_FILE}:{marked.line_of(index)}",
                    hint='leave it out of one of them, or say which articles mean one: "only_in:"',
                )
        rulings.append(ruling)
    _check_apart(tuple(rulings), tuple(apart))
    return Authority(tuple(rulings), tuple(apart), tuple(sorted(by_name)), topics)


def _check_apart(rulings: tuple[Ruling, ...], apart: tuple[tuple[str, ...], ...]) -> None:
    """Refuse an entry that makes one of names that another entry keeps apart."""
    for ruling in rulings:
        slugs = {slug_of(name) for name in (ruling.name, *ruling.aliases)}
        for group in apart:
            joined = [name for name in group if slug_of(name) in slugs]
            if len(joined) > 1:
                raise SettingsError(
                    f'"{ruling.name}" makes one of "{joined[0]}" and "{joined[1]}", '
                    "which never_merge keeps apart",
                    where=AUTHORITY_FILE,
                    expected="each decision once",
                    hint="take one of the two decisions out",
                )


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
            hint="write kinds as person, organisation, place, event or work, "
            "and aliases as a list of names",
        ) from error


def resolve(article: Article, authority: Authority) -> Article:
    """Apply people's decisions to an article; equal input gives an equal article."""
    return tag(_resolve_names(article, authority), authority.topics)


def _resolve_names(article: Article, authority: Authority) -> Article:
    for names in authority.never_merge:
        article = _kept_apart(article, names)
    if not authority.by_name:
        return article
    moved: dict[EntityId, Entity | None] = {}
    for entity in article.entities:
        ruling = _ruling_on(slug_of(entity.name), article.source.path, authority)
        if ruling is not None:
            moved[entity.id] = _ruled(entity, ruling)
    if not moved:
        return article
    return msgspec.structs.replace(
        article,
        entities=_merged(_moved_entities(article, moved)),
        mentions=tuple(_moved_mentions(article, moved)),
        quotes=tuple(_moved_quote(quote, moved) for quote in article.quotes),
    )


def _ruling_on(slug: str, path: str, authority: Authority) -> Ruling | None:
    """The ruling on a name in an article: the first for such articles, else the one for all."""
    first = bisect_left(authority.by_name, (slug, -1))
    general = None
    for name, index in islice(authority.by_name, first, None):
        if name != slug:
            break
        ruling = authority.rulings[index]
        if any(fnmatchcase(path, pattern) for pattern in ruling.only_in):
            return ruling
        general = general or (None if ruling.only_in else ruling)
    return general


def _kept_apart(article: Article, names: tuple[str, ...]) -> Article:
    """Make entities of their own of names that one entity holds and that people keep apart.

    Forms that nobody named, such as a last name alone, stay with the first.
    """
    by_slug = {slug_of(name): name for name in names}
    split: dict[tuple[EntityId, str], Entity] = {}
    entities: list[Entity] = []
    for entity in article.entities:
        others = [form for form in entity.aliases if slug_of(form) in by_slug]
        if slug_of(entity.name) not in by_slug:
            others = others[1:]
        kept = tuple(form for form in entity.aliases if form not in others)
        entities.append(msgspec.structs.replace(entity, aliases=kept) if others else entity)
        for form in others:
            slug = slug_of(form)
            own = Entity(
                f"{TAXONOMY_OF_KIND[entity.kind]}/{slug}", form, entity.kind, (), AUTHORITY_FILE
            )
            split[entity.id, slug] = own
            entities.append(own)
    if not split:
        return article
    return msgspec.structs.replace(
        article,
        entities=_merged(iter(entities)),
        mentions=tuple(_renamed(article, mention, split) for mention in article.mentions),
        quotes=tuple(_respoken(article, quote, split) for quote in article.quotes),
    )


def _renamed(
    article: Article, mention: Mention, split: Mapping[tuple[EntityId, str], Entity]
) -> Mention:
    own = split.get((mention.entity, slug_of(_words(article, mention.span))))
    return mention if own is None else Mention(mention.span, own.id)


def _respoken(
    article: Article, quote: Quote, split: Mapping[tuple[EntityId, str], Entity]
) -> Quote:
    """Give a quote to the entity that is now meant by the words beside it."""
    speaker = quote.speaker
    if speaker is None or speaker.entity is None or speaker.mention is None:
        return quote
    own = split.get((speaker.entity, slug_of(_words(article, speaker.mention))))
    if own is None:
        return quote
    now = msgspec.structs.replace(speaker, name=own.name, entity=own.id)
    return msgspec.structs.replace(quote, speaker=now)


def _words(article: Article, span: Span) -> str:
    return article.text[span.start : span.end]


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
        ruled=entity.stated or ruling.kind is not None,
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
