"""The topics of newsgen.yaml: which words make a tag, and what the tag is called elsewhere."""

import difflib
import re

import msgspec

from newsgen.errors import SettingsError
from newsgen.marked_yaml import MarkedYaml
from newsgen.text import slug_of

_IPTC_PAGE = "http://cv.iptc.org/newscodes/mediatopic/"  # not https: it is a name as well
_IPTC = re.compile(r"medtop:\d{8}")
_LISTS = ("any", "all", "not")


class TopicRule(msgspec.Struct, frozen=True, rename={"unless": "not"}):
    """One tag: the phrases that give it to an article, and what is decided of it."""

    name: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    iptc: str | None = None
    hide: bool = False

    @property
    def slug(self) -> str:
        return slug_of(self.name)


_KEYS = msgspec.structs.fields(TopicRule)
KEYS: tuple[str, ...] = tuple(field.encode_name for field in _KEYS)


def page_of(iptc: str) -> str:
    """The address by which a Media Topic is known, and where its definition stands."""
    return _IPTC_PAGE + iptc.removeprefix("medtop:")


def check_topics(marked: MarkedYaml, file: str) -> None:
    """Raise SettingsError, with the line, for the first thing in `topics` that cannot be used."""
    assert isinstance(marked.value, dict)
    topics = marked.value.get("topics", [])
    if not isinstance(topics, list):
        raise SettingsError(
            'setting "topics" is not a list',
            where=f"{file}:{marked.line_of('topics')}",
            expected='entries such as "- {name: Energy, any: [wind farm, power grid]}"',
        )
    claimed: dict[str, int] = {}
    for index, topic in enumerate(topics):
        _check(topic, index, marked, file)
        first = claimed.setdefault(slug_of(topic["name"]), index)
        if first != index:
            raise SettingsError(
                f'the topic "{topic["name"]}" stands twice',
                where=f"{file}:{marked.line_of('topics', index, 'name')}",
                expected=f"one entry a topic; it is on line {marked.line_of('topics', first)} too",
                hint="put the phrases of both into one entry",
            )


def _check(topic: object, index: int, marked: MarkedYaml, file: str) -> None:
    def where(*key: str | int) -> str:
        return f"{file}:{marked.line_of('topics', index, *key)}"

    if not isinstance(topic, dict) or not _is_phrase(topic.get("name")):
        raise SettingsError(
            "a topic has no name",
            where=where("name"),
            expected='"name:" in each entry, which is what the tag is called',
        )
    for key in topic:
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, n=1, cutoff=0.6)
            raise SettingsError(
                f'unknown key "{key}" in the topic "{topic["name"]}"',
                where=where(key),
                expected=f"one of {', '.join(KEYS)}",
                hint=f'did you mean "{near[0]}"?' if near else "remove the line",
            )
    for key in _LISTS:
        for place in _odd_phrases(topic.get(key, [])):
            raise SettingsError(
                f'"{key}" of the topic "{topic["name"]}" is no list of phrases',
                where=where(key, *place),
                expected=f"{key}: [wind farm, power grid]",
                hint="put a phrase that YAML takes for something else into quotes",
            )
    _check_sense(topic, where("iptc"), where())


def _check_sense(topic: dict[str, object], where_iptc: str, where: str) -> None:
    iptc = topic.get("iptc")
    if iptc is not None and not (isinstance(iptc, str) and _IPTC.fullmatch(iptc)):
        raise SettingsError(
            f'"iptc" of the topic "{topic["name"]}" is "{iptc}"',
            where=where_iptc,
            expected="the id of a Media Topic: medtop: and eight digits, such as medtop:20000256",
        )
    if not isinstance(topic.get("hide", False), bool):
        raise SettingsError(
            f'"hide" of the topic "{topic["name"]}" is "{topic["hide"]}"',
            where=where,
            expected="true or false",
        )
    found = any(topic.get(key) for key in ("any", "all"))
    if topic.get("not") and not found:
        raise SettingsError(
            f'the topic "{topic["name"]}" only says which phrases may not stand',
            where=where,
            expected='"any:" or "all:" with phrases that give the tag',
        )
    if not (found or iptc or topic.get("hide")):
        raise SettingsError(
            f'the topic "{topic["name"]}" says nothing',
            where=where,
            expected='phrases in "any:" or "all:", an "iptc:" id, or "hide: true"',
        )


def _odd_phrases(value: object) -> list[tuple[int, ...]]:
    """Where a list of phrases holds something else; its own place where it is no list."""
    if not isinstance(value, list):
        return [()]
    return [(n,) for n, phrase in enumerate(value) if not _is_phrase(phrase)]


def _is_phrase(value: object) -> bool:
    return isinstance(value, str) and any(char.isalnum() for char in value)
