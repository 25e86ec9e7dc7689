"""The pages that newsgen makes of given articles, as Pelican makes them.

Pelican has one taxonomy that takes any number of terms: tags. All terms are tags here, named with
their taxonomy. benchmarks/generators.py says on the command line where the articles are.
"""

from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader
from pelican.urlwrappers import Tag

TAXONOMIES = ("people", "organisations", "places", "tags")


class GivenReader(MarkdownReader):  # type: ignore[misc, unused-ignore]  # Pelican may be absent
    """Reads lists in front matter, which the Markdown library leaves as written."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body as HTML and the metadata, all terms among its tags."""
        content, metadata = super().read(source_path)
        metadata["tags"] = [
            Tag(f"{taxonomy}: {name.strip()}", self.settings)
            for taxonomy in TAXONOMIES
            for name in metadata.pop(f"given_{taxonomy}").strip("[]").split(",")
        ]
        return content, metadata

    def process_metadata(self, name: str, value: Any) -> Any:  # noqa: ANN401  (as Pelican has it)
        """The value of a key; lists wait for `read`."""
        return value if name.startswith("given_") else super().process_metadata(name, value)

    def _parse_metadata(self, meta: dict[str, Any]) -> dict[str, Any]:
        named = {f"given_{key}" if key in TAXONOMIES else key: meta[key] for key in meta}
        return dict(super()._parse_metadata(named))


SITENAME = "An invented county"
SITEURL = "https://example.org/archive"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = str(Path(__file__).parent / "theme")
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
READERS = {"md": GivenReader}
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}, "output_format": "html5"}
SLUGIFY_SOURCE = "basename"
USE_FOLDER_AS_CATEGORY = False
SUMMARY_MAX_LENGTH = None
SUMMARY_MAX_PARAGRAPHS = 1

ARTICLE_URL = ARTICLE_SAVE_AS = "articles/{slug}.html"
TAG_URL = TAG_SAVE_AS = "terms/{slug}.html"
MONTH_ARCHIVE_URL = MONTH_ARCHIVE_SAVE_AS = "calendar/{date:%Y}/{date:%m}.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", *TAXONOMIES, "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"tag": 100}
DEFAULT_PAGINATION = 100

FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 30
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
