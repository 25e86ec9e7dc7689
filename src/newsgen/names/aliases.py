"""Names found in an article gathered into entities: full forms, last names, short forms."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from newsgen.model import TAXONOMY_OF_KIND, Entity, EntityKind, Mention, Span
from newsgen.names.gazetteer import known_of
from newsgen.names.labels import Found
from newsgen.names.pieces import heads, without_article
from newsgen.text import slug_of
from newsgen.wordlists import first_surnames, gender_of, given_names

_TITLE = re.compile(r"\b(Mr|Mrs|Ms)\.?\s$")


class Named(NamedTuple):
    """The entities of an article and where they are named."""

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]


def resolve(
    text: str, found: Sequence[Found], given: Sequence[tuple[EntityKind, str]] = ()
) -> Named:
    """Gather names that mean the same into entities; `found` is in order and never overlaps.

    Names in `given` are entities whether the text prints them or not.
    """
    if not found:
        return _with_given(Named((), ()), given)
    forms = [_form(text, name) for name in found]
    owner: dict[tuple[EntityKind, str], str] = {}
    for kind in TAXONOMY_OF_KIND:
        names = _in_order(
            [form for name, form in zip(found, forms, strict=True) if name.kind == kind]
            + [name for given_kind, name in given if given_kind == kind]
        )
        explained = {
            form: name.full
            for name, form in zip(found, forms, strict=True)
            if name.kind == kind and name.full
        }
        for form, full in _OWNERS[kind](names, explained).items():
            owner[kind, form] = full
    full_of = _bearers(text, found, forms, owner)
    stated = {name for _, name in given}
    usual = {full: full if full in stated else name for full, name in _usual(found, forms, full_of)}
    full_of = [
        usual[full] if name.kind == "person" else full
        for name, full in zip(found, full_of, strict=True)
    ]
    named = _gathered(found, forms, full_of)
    return _with_given(named, given)


def _form(text: str, name: Found) -> str:
    """A name as printed, its spaces single."""
    return " ".join(text[name.start : name.end].split())


def _in_order(forms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(forms))


def _owners_of_people(names: list[str], explained: dict[str, str]) -> dict[str, str]:
    """Lead last names, given names and shorter forms to the longest form of the same person."""
    owner = {name: name for name in names}
    full = sorted((name for name in names if " " in name), key=lambda name: -len(name.split()))
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in full:
        for word in dict.fromkeys(name.split()):
            by_word[without_article(word)].append(name)
    for name in sorted(names, key=lambda name: -len(name.split())):
        words = [without_article(word) for word in name.split()]
        longer = [other for other in by_word[words[-1]] if _may_mean(words, other)]
        if not longer and len(words) > 1:
            longer = [other for other in by_word[words[0]] if _may_mean(words, other)]
        longer = [other for other in longer if other != name and len(other.split()) > len(words)]
        tops = _in_order(_top(owner, other) for other in longer)
        if len(words) == 1:
            tops = _by_last_name(words[0], tops)
        if len(tops) == 1:
            owner[name] = tops[0]
        elif len(tops) > 1:
            owner[name] = "\n".join(tops)  # several bear it
    return owner


def _may_mean(words: list[str], other: str) -> bool:
    """Whether a shorter form can stand for a longer name."""
    longer = [without_article(word) for word in other.split()]
    if len(words) == 1:
        return words[0] in longer
    if longer[-len(words) :] == words or longer[: len(words)] == words:
        return True
    return longer[0] == words[0] and longer[-1] == words[-1]


def _top(owner: dict[str, str], name: str) -> str:
    return name if "\n" in owner[name] else owner[name]


def _by_last_name(word: str, names: list[str]) -> list[str]:
    """Of several bearers those whose last name it is, if any; a given name says less."""
    last = [
        name
        for name in names
        if without_article(name.split()[-1]) == word
        or (without_article(name.split()[0]) == word and word in first_surnames())
    ]
    return last or names


def _owners_of_organisations(names: list[str], explained: dict[str, str]) -> dict[str, str]:
    """Lead acronyms and first or last words of an organisation's name to the whole of it."""
    owner = {name: name for name in names}
    initials: dict[str, list[str]] = defaultdict(list)
    starts: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, list[str]] = defaultdict(list)
    for name in names:
        words = name.split()
        if len(words) > 1:
            initials["".join(word[0] for word in words if word[0].isupper())].append(name)
        for count in range(1, min(len(words), 8)):
            starts[" ".join(words[:count])].append(name)
            if count > 1:
                ends[" ".join(words[-count:])].append(name)
    for name in names:
        known = known_of(name)
        if name in explained:
            owner[name] = explained[name]
        elif known and known.name != name:
            owner[name] = known.name
        elif known:
            # A firm may stand for its branch (Omron China), not the BBC for BBC News.
            branches = [one for one in starts.get(name, []) if _is_place(one[len(name) + 1 :])]
            owner[name] = branches[0] if len(branches) == 1 else name
        else:
            for table in (starts, initials, ends):
                longer = [other for other in table.get(name, []) if other != name]
                if len(longer) == 1:
                    owner[name] = longer[0]
                    break
    return {name: owner.get(full, full) for name, full in owner.items()}


def _is_place(form: str) -> bool:
    known = known_of(form)
    return known is not None and known.kind == "place"


def _owners_of_places(names: list[str], explained: dict[str, str]) -> dict[str, str]:
    """Lead the several names of a country to its usual one."""
    owner: dict[str, str] = {}
    for name in names:
        known = known_of(name)
        owner[name] = explained.get(name) or (
            known.name if known and known.kind == "place" else name
        )
    return {name: owner.get(full, full) for name, full in owner.items()}


def _owners_of_themselves(names: list[str], explained: dict[str, str]) -> dict[str, str]:
    """Events and works are called by their names alone."""
    return {name: name for name in names}


_OWNERS = {
    "person": _owners_of_people,
    "organisation": _owners_of_organisations,
    "place": _owners_of_places,
    "event": _owners_of_themselves,
    "work": _owners_of_themselves,
}


def _bearers(
    text: str,
    found: Sequence[Found],
    forms: Sequence[str],
    owner: dict[tuple[EntityKind, str], str],
) -> list[str]:
    """The full name of each mention.

    Where several people of an article share a last name, the last name alone means the one who was
    introduced first: newspapers name the others in full. A title rules out who cannot bear it.
    """
    first = {form: place for place, form in reversed(list(enumerate(forms)))}
    full_of: list[str] = []
    for name, form in zip(found, forms, strict=True):
        full = owner[name.kind, form]
        if name.kind == "person" and full != form:
            gender = _gender_of_title(text, name.start)
            bearers = [one for one in full.split("\n") if _may_bear(one, gender)]
            full = min(bearers, key=lambda one: first.get(one, len(forms)), default=form)
        full_of.append(full)
    return full_of


def _usual(
    found: Sequence[Found], forms: Sequence[str], full_of: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The full name that an article mostly uses of each person: its longest form, or a shorter one.

    A shorter full name is preferred if it only leaves out what stands in the middle and is printed
    more often, or if the longest form is hardly a person's name ("Kusae Edu Asona Royal Stool").
    """
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for name, form, full in zip(found, forms, full_of, strict=True):
        if name.kind == "person":
            printed[full][form] += 1
    for full, counts in printed.items():
        ends = (full.split()[0], full.split()[-1])
        sound = _is_sound(full)
        best = full
        for form, count in counts.items():
            words = form.split()
            same = (words[0], words[-1]) == ends if sound else _is_sound(form)
            if len(words) > 1 and same and count > counts[best] - (best == full and not sound):
                best = form
        yield full, best


def _is_sound(name: str) -> bool:
    """Whether no word of a name says that it is more than a person's."""
    return not any(
        word in heads(sort) and word not in given_names()
        for word in name.split()[1:]
        for sort in ("organisation", "adjective")
    )


def _gender_of_title(text: str, start: int) -> str | None:
    """The gender that a title before a name tells."""
    title = _TITLE.search(text, max(0, start - 6), start)
    return None if title is None else "m" if title[1] == "Mr" else "f"


def _may_bear(name: str, gender: str | None) -> bool:
    """May a person of this name have a title of this gender?"""
    return gender is None or (gender_of(name.split()[0]) or gender) == gender


def _with_given(named: Named, given: Sequence[tuple[EntityKind, str]]) -> Named:
    """Add what is given but never named, and say of the rest that it was given."""
    stated = {f"{TAXONOMY_OF_KIND[kind]}/{slug_of(name)}": (kind, name) for kind, name in given}
    entities = [
        msgspec.structs.replace(
            entity, name=stated[entity.id][1], rule="front-matter", confidence=1.0
        )
        if entity.id in stated
        else entity
        for entity in named.entities
    ]
    present = {entity.id for entity in entities}
    entities += [
        Entity(id=key, name=name, kind=kind, rule="front-matter")
        for key, (kind, name) in stated.items()
        if key not in present
    ]
    return Named(tuple(entities), named.mentions)


def _gathered(found: Sequence[Found], forms: Sequence[str], full_of: Sequence[str]) -> Named:
    names: dict[str, str] = {}
    kinds: dict[str, EntityKind] = {}
    printed: dict[str, dict[str, None]] = defaultdict(dict)
    best: dict[str, Found] = {}
    mentions: list[Mention] = []
    for name, form, full in zip(found, forms, full_of, strict=True):
        key = f"{TAXONOMY_OF_KIND[name.kind]}/{slug_of(full)}"
        if key not in names or (names[key].isupper() and not full.isupper()):
            names[key] = full
        kinds.setdefault(key, name.kind)
        printed[key][form] = None
        if key not in best or name.confidence > best[key].confidence:
            best[key] = name
        mentions.append(Mention(Span(name.start, name.end), key))
    entities = tuple(
        Entity(
            id=key,
            name=full,
            kind=kinds[key],
            aliases=tuple(form for form in printed[key] if form != full),
            rule=best[key].rule,
            confidence=best[key].confidence,
        )
        for key, full in names.items()
    )
    return Named(entities, tuple(mentions))
