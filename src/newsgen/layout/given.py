"""What a source states outright in named fields: front matter and JSON records, as Given."""

import re
from collections.abc import Mapping

import msgspec

from newsgen.model import Given
from newsgen.source_text.reading_text import reading_text

# Field of Given: the keys it is called by, best first. newspaper4k, news-please, trafilatura,
# schema.org and hand-written front matter.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("id", "identifier"),
    "headline": ("headline", "title"),
    "subheadline": ("subheadline", "subtitle", "subheading", "standfirst", "deck"),
    "date": (
        "date",
        "published",
        "date_publish",
        "publish_date",
        "pubdate",
        "pub_date",
        "datepublished",
        "date_published",
        "published_at",
        "publication_date",
        "published_date",
    ),
    "modified": (
        "modified",
        "date_modify",
        "updated",
        "datemodified",
        "date_modified",
        "updated_at",
        "lastmod",
    ),
    "authors": ("authors", "author", "byline", "by"),
    "agency": ("agency", "newsagency", "wire"),
    "url": ("url", "link", "canonical_url", "canonical_link", "source_url", "source"),
    "publisher": (
        "publisher",
        "sitename",
        "site_name",
        "meta_site_name",
        "source_hostname",
        "source",
        "source_domain",
        "hostname",
    ),
    "language": ("language", "lang", "meta_lang", "inlanguage"),
    "rights": ("rights", "copyright", "license"),
    "dateline": ("dateline",),
    "section": ("section", "category", "articlesection", "categories"),
    "tags": ("tags", "keywords", "tag", "meta_keywords"),
    "people": ("people", "persons", "person"),
    "organisations": ("organisations", "organizations", "organisation", "organization"),
    "places": ("places", "place", "locations", "location"),
    "events": ("events", "event"),
    "works": ("works", "work"),
}
_LISTS = frozenset({"authors", "tags", "people", "organisations", "places", "events", "works"})
# A list as one string: "A; B", "A and B"; commas only between items of two words and more, since
# "Doe, Jane" is one person.
_JOINED = re.compile(r"\s*;\s*|\s+(?:and|&)\s+")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|/", re.IGNORECASE)
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_DATE = re.compile(
    r"\s*(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:[T ].*)?", re.DOTALL
)
# A year, seconds or milliseconds since 1970, or numbers like 3/11/25.
_ANY_YEAR = re.compile(
    r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)|^\d{9,13}(?:\.\d+)?$|\d{1,2}[./-]\d{1,2}[./-]\d\d"
)


def given_of(fields: Mapping[str, object], extra: Mapping[str, object] | None = None) -> Given:
    """Sort named values into Given; keys newsgen has no field for go to `extra` as JSON text.

    `extra` gives those values with their own types where `fields` has them as text only.
    """
    keys: dict[str, str] = {}
    for key in fields:
        keys.setdefault(key.casefold().replace("-", "_").replace(" ", "_"), key)
    values: dict[str, object] = {}
    used: set[str] = set()
    for name, synonyms in SYNONYMS.items():
        for key in (keys[synonym] for synonym in synonyms if synonym in keys):
            found = _value(name, fields[key])
            if found and values.setdefault(name, found) == found:
                used.add(key)
    others = tuple(
        (key, _json(value)) for key, value in (extra or fields).items() if key not in used
    )
    return msgspec.convert({**values, "extra": others}, Given)


def field_of(key: str) -> str | None:
    """The field of Given that a key names."""
    return _FIELD_OF.get(key.casefold().replace("-", "_").replace(" ", "_"))


# "source" is an address for trafilatura and a name elsewhere: the earlier field has it.
_FIELD_OF = {synonym: name for name in reversed(SYNONYMS) for synonym in SYNONYMS[name]}


def is_dated(written: str) -> bool:
    """Whether a date as written can be one at all; what it says is for others to read."""
    if found := _DATE.fullmatch(written):
        month, day = int(found["month"] or 1), int(found["day"] or 1)
        return 1 <= month <= 12 and 1 <= day <= 31
    return bool(_ANY_YEAR.search(written))


def _value(name: str, value: object) -> object:
    if name in _LISTS:
        return _texts(value, name)
    if isinstance(value, list) and value:
        value = value[0]
    text = _text(value)
    if name in ("url", "publisher") and text and (name == "url") != bool(_ADDRESS.match(text)):
        return None
    return text


def _text(value: object) -> str | None:
    if not isinstance(value, str) and isinstance(value, Mapping):
        # schema.org: {"@type": "Person", "name": …}; newsgen's own record: {"value": …}
        value = next((value[key] for key in ("name", "value", "url") if key in value), None)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return " ".join(reading_text(str(value))[0].split()) or None


def _texts(value: object, name: str) -> tuple[str, ...]:
    if isinstance(value, list):
        found = [text for item in value if (text := _text(item))]
    else:
        found = _split(_text(value) or "", name)
    return tuple(dict.fromkeys(found))


def _split(text: str, name: str) -> list[str]:
    if name == "authors":
        text = _BY.sub("", text)
    items = [text] if name != "authors" and ";" not in text else _JOINED.split(text)
    if ";" not in text:
        items = [part for item in items for part in _at_commas(item, name)]
    return [item.strip() for item in items if item.strip()]


def _at_commas(text: str, name: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    return parts if name == "tags" or all(" " in part for part in parts) else [text]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
