"""The settings of an archive: what newsgen.yaml may say, with defaults, and where things are."""

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from newsgen.entity_engine import EntityEngine, check_engine, placed
from newsgen.errors import SettingsError
from newsgen.marked_yaml import MarkedYaml, load_if_there, load_marked
from newsgen.topic_rules import TopicRule, check_topics

SETTINGS_FILE = "newsgen.yaml"
Annotating = Literal["full", "given"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything newsgen.yaml may say. Templates see it as `site`."""

    title: str = "News archive"
    """Name of the archive, on every page."""
    description: str = ""
    """What the archive holds, in a sentence; shown on the home page."""
    base_url: str = ""
    """Where the archive will stand, ending in "/". Sitemaps are only made when it is given."""
    language: str = "en"
    """Language of the archive's own words, and of articles whose language is not known."""
    publisher: str = ""
    """Who publishes the archive; shown in the footer and in feeds."""
    articles: str = "articles"
    """Folder of the sources, below the archive folder."""
    output: str = "site"
    """Folder the archive is written to."""
    per_page: int = 100
    """Articles or quotes on one list page."""
    feed_items: int = 30
    """Newest articles in the feed."""
    tag_minimum: int = 2
    """Articles that must share a phrase before it becomes a tag; stated tags need one."""
    annotate: Annotating = "full"
    """full: dates, quotes, names and tags are found in the texts; given: articles have what their
    front matter or records state, and their texts are not read for more."""
    entities: EntityEngine = EntityEngine()
    """By what people, organisations and places are found; see [entities](#entities)."""
    topics: tuple[TopicRule, ...] = ()
    """Tags that words of the text give; see [topics](#topics). Templates do not see them."""


@dataclass(frozen=True, slots=True)
class Site:
    """An archive folder with its settings. All paths are absolute."""

    root: Path
    settings: Settings
    output_override: Path | None = None

    @property
    def page_settings(self) -> Settings:
        """What pages may depend on: topics, and how texts are read, only change what is found."""
        return msgspec.structs.replace(
            self.settings, topics=(), annotate="full", entities=EntityEngine()
        )

    @property
    def entities(self) -> EntityEngine:
        """The engine that finds names, with the full path of its pipeline where it is a folder."""
        return placed(self.settings.entities, self.root)

    @property
    def articles(self) -> Path:
        return self.root / self.settings.articles

    @property
    def output(self) -> Path:
        return self.output_override or self.root / self.settings.output

    @property
    def state(self) -> Path:
        return self.root / ".newsgen"

    @property
    def store(self) -> Path:
        return self.state / "archive.db"


def load_site(folder: Path, *, output: Path | None = None) -> Site:
    """Read an archive folder's settings; raises SettingsError with file, line and remedy."""
    root = folder.resolve()
    file = root / SETTINGS_FILE
    if not root.is_dir():
        raise SettingsError(
            "there is no such folder",
            where=str(folder),
            expected=f"an archive folder, with {SETTINGS_FILE} or articles/ in it",
            hint="newsgen new DIR makes one to start from",
        )
    marked = load_if_there(file)
    settings = _settings_of(marked, file) if marked else Settings()
    site = Site(root, settings, output.resolve() if output else None)
    if marked is None and not site.articles.is_dir():
        raise SettingsError(
            f"this is no archive folder: it has neither {SETTINGS_FILE} nor articles/",
            where=str(folder),
            hint="name the folder that has them, or make a new one with: newsgen new DIR",
        )
    _check_folders(site)
    return site


def read_settings(file: Path) -> Settings:
    """Read newsgen.yaml; raises SettingsError with the line of what cannot be used."""
    return _settings_of(load_marked(file), file)


def _settings_of(marked: MarkedYaml, file: Path) -> Settings:
    if marked.value is None:
        return Settings()
    if not isinstance(marked.value, dict):
        raise SettingsError(
            "the settings are not a mapping",
            where=f"{file.name}:1",
            expected='lines such as "title: My archive"',
        )
    known = {field.name: field for field in msgspec.structs.fields(Settings)}
    for name in marked.value:
        if name not in known:
            raise _unknown(str(name), marked, file, tuple(known))
    check_topics(marked, file.name)
    check_engine(marked, file)
    try:
        settings = msgspec.convert(marked.value, Settings)
    except msgspec.ValidationError as error:
        raise _invalid(error, marked, file) from error
    return _checked(settings, marked, file)


def _unknown(name: str, marked: MarkedYaml, file: Path, known: tuple[str, ...]) -> SettingsError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return SettingsError(
        f'unknown setting "{name}"',
        where=f"{file.name}:{marked.line_of(name)}",
        expected=f"one of {', '.join(sorted(known))}",
        hint=f'did you mean "{near[0]}"?' if near else "remove the line, or correct the name",
    )


def _invalid(error: msgspec.ValidationError, marked: MarkedYaml, file: Path) -> SettingsError:
    what, _, path = str(error).partition(" - at `$.")
    name = path.rstrip("`").partition("[")[0].partition(".")[0]
    return SettingsError(
        f'setting "{name}": {what[:1].lower()}{what[1:]}',
        where=f"{file.name}:{marked.line_of(name)}",
        hint=f'write "{name}:" with a value of that kind',
    )


def _checked(settings: Settings, marked: MarkedYaml, file: Path) -> Settings:
    for name in ("articles", "output"):
        if not getattr(settings, name).strip() or "\0" in getattr(settings, name):
            raise SettingsError(
                f'setting "{name}" names no folder',
                where=f"{file.name}:{marked.line_of(name)}",
                expected=f'a folder such as "{getattr(Settings(), name)}"',
            )
    for name in ("per_page", "feed_items", "tag_minimum"):
        if getattr(settings, name) < 1:
            raise SettingsError(
                f'setting "{name}" is {getattr(settings, name)}',
                where=f"{file.name}:{marked.line_of(name)}",
                expected="a whole number of at least 1",
            )
    if settings.base_url and not _is_address(settings.base_url):
        raise SettingsError(
            f'setting "base_url" is "{settings.base_url}"',
            where=f"{file.name}:{marked.line_of('base_url')}",
            expected='an address such as "https://example.org/archive/", or nothing',
        )
    if settings.base_url and not settings.base_url.endswith("/"):
        return msgspec.structs.replace(settings, base_url=settings.base_url + "/")
    return settings


def _is_address(text: str) -> bool:
    try:
        url = urlsplit(text)
    except ValueError:
        return False
    return url.scheme in ("http", "https") and bool(url.netloc) and not (url.query or url.fragment)


def _check_folders(site: Site) -> None:
    """Refuse an output folder in which writing or removing pages could hurt what they are from."""
    output = site.output.resolve()
    kept = (site.articles, site.root / "templates", site.root / "static", site.state)
    mixed = any(
        output == folder or folder in output.parents or output in folder.parents
        for folder in (place.resolve() for place in kept)
    )
    if mixed:
        raise SettingsError(
            f'the output folder "{site.settings.output}" holds the sources or lies in them',
            where=SETTINGS_FILE,
            expected='a folder of its own, such as "site"',
            hint='change "output" in the settings',
        )
