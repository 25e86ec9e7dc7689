"""The theme: every page kind renders, escapes what was scraped, and is well-formed."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from newsgen.links import RelatedLink, Wanted
from newsgen.model import Card, Problem, QuoteCard
from newsgen.pages import PAGE_KINDS
from newsgen.pages.article import (
    ArticlePage,
    Block,
    CreditView,
    Finding,
    Mark,
    QuoteView,
    SourceLine,
    SourceView,
)
from newsgen.pages.calendar import CalendarPage, CalendarYear, Period, PeriodPage
from newsgen.pages.feed import FeedEntry, FeedPage
from newsgen.pages.home import HomePage, NotFoundPage
from newsgen.pages.quotes import QuotesIndexPage, QuotesPage
from newsgen.pages.report import ProblemRow, ProblemsPage, ReportPage, WantedPage
from newsgen.pages.sitemap import RobotsPage, SitemapIndexPage, SitemapPage
from newsgen.pages.taxonomy import LetterPage, TaxonomyPage
from newsgen.pages.term import TermPage
from newsgen.pages.views import Count, HeadingLink, Pager
from newsgen.render import Renderer, theme_folder
from newsgen.site import Settings, Site

TEMPLATES = theme_folder("templates")
STATIC = theme_folder("static")
EVIL = """<script>alert("1")</script>'"><img src=x onerror=alert(2)> & javascript:alert(3)"""
HEADINGS = {"h1", "h2", "h3", "h4"}
VOID = {"meta", "link", "br", "hr", "img", "input"}

SETTINGS = Settings(
    title=EVIL,
    description=EVIL,
    publisher=EVIL,
    base_url="https://example.org/archive/",
)
CARD = Card("0123456789ab", EVIL, "articles/a.html", "2025-11-05", EVIL, EVIL, "ar")
UNDATED = Card("ba9876543210", EVIL, "articles/b.html", None, "", None, "")
FIRST = Pager(1, "x.html", None, "x-2.html", "x-3.html")
MIDDLE = Pager(2, "x.html", "x.html", "x-3.html", None)
ONLY = Pager(1, "x.html", None, None, None)
LINKS = (HeadingLink(EVIL, "people/x.html", 1, 2), HeadingLink("B", "people/b.html"))
COUNTS = (
    Count("2024", "calendar/2024/index.html", 1),
    Count("2025", "calendar/2025/index.html", 2),
)
MONTHS = (
    Period("2025-01", "Jan", None, 0),
    *(Period(f"2025-{n:02d}", "Nov", f"calendar/2025/{n:02d}.html", 2) for n in range(2, 13)),
)
QUOTES_BY_DATE = (
    Count("2025-11", "quotes/2025/11.html", 2),
    Count("undated", "quotes/undated.html", 1),
)
YEARS = (
    CalendarYear("2025", "calendar/2025/index.html", 22, MONTHS),
    CalendarYear("2024", "calendar/2024/index.html", 1, MONTHS),
)
QUOTES = (
    QuoteCard(EVIL, "direct", EVIL, "people/x", EVIL, "l2", 0.9, CARD),
    QuoteCard(EVIL, "indirect", EVIL, None, None, "l3", 1.0, UNDATED),
    QuoteCard(EVIL, "unmarked", None, None, None, "l3", 0.5, CARD),
)
FINDING = Finding("2025-11-05", "date-line", EVIL, "l1", 0.8)
ARTICLE = ArticlePage(
    permalink="articles/a.html",
    id="0123456789ab",
    headline=EVIL,
    subheadline=EVIL,
    lede=EVIL,
    language="ar",
    direction="rtl",
    published=FINDING,
    dateline=msgspec.structs.replace(FINDING, value=EVIL),
    credits=(
        CreditView("author", EVIL, "byline", 1.0),
        CreditView("publisher", EVIL, "rights-line", 0.5),
    ),
    url="https://example.org/?a=1&b=<2>",
    rights=EVIL,
    blocks=(
        Block("paragraph", 2, "He said so.", (Mark(0, 2, "quote", label=EVIL, id="q1"),)),
        Block("subheading", 4, EVIL, ()),
        Block("caption", 5, EVIL, (Mark(0, 8, "mention", href="people/x.html"),)),
    ),
    quotes=(
        QuoteView("q1", EVIL, "direct", EVIL, "people/x.html", EVIL, EVIL, "l2", "cue-after", 0.9),
        QuoteView("q2", EVIL, "indirect", EVIL, None, None, None, "l3", "cue-before", 0.7),
        QuoteView("q3", EVIL, "unmarked", None, None, None, None, "l3", "marks", 0.5),
    ),
    people=LINKS,
    organisations=LINKS,
    places=LINKS,
    events=LINKS,
    works=LINKS,
    tags=LINKS,
    related=(
        RelatedLink(EVIL, 6, EVIL, CARD, 1.0, "exact"),
        RelatedLink(EVIL, 7, EVIL, CARD, 0.9, "alike"),
        RelatedLink(EVIL, 8, EVIL, None, None, None),
    ),
    backlinks=(CARD, UNDATED),
    problems=(Problem("no-date", EVIL, EVIL, 3), Problem("bad", EVIL, EVIL)),
    source=SourceView(
        path=EVIL,
        record=2,
        format=EVIL,
        sha256="ab" * 32,
        bytes=1234,
        encoding="utf-8",
        lines=(
            SourceLine(1, "date", EVIL),
            SourceLine(2, "paragraph", "He said"),
            SourceLine(3, "paragraph", "so."),
            SourceLine(4, "blank", ""),
            SourceLine(5, "caption", EVIL),
        ),
    ),
)
BARE = ArticlePage(
    permalink="articles/b.html",
    id="ba9876543210",
    headline="b.txt",
    subheadline=None,
    lede="",
    language="en",
    direction="ltr",
    published=None,
    dateline=None,
    credits=(),
    url=None,
    rights=None,
    blocks=(),
    quotes=(),
    people=(),
    organisations=(),
    places=(),
    events=(),
    works=(),
    tags=(),
    related=(),
    backlinks=(),
    problems=(),
    source=SourceView("b.txt", None, "text", "", 0, "utf-8", ()),
)

VIEWS = {
    "article": ("article.html", ARTICLE),
    "article-bare": ("article.html", BARE),
    "term": (
        "term.html",
        TermPage(
            "people/x.html",
            "people",
            EVIL,
            (EVIL, "X"),
            1,
            1,
            "2024",
            "2025-11-05",
            FIRST,
            (CARD, CARD, UNDATED),
            QUOTES,
            QUOTES,
            "medtop:20000256",
            "http://cv.iptc.org/newscodes/mediatopic/20000256",
        ),
    ),
    "term-continued": (
        "term.html",
        TermPage(
            "tags/x-2.html", "tags", EVIL, (), None, None, None, None, MIDDLE, (CARD,), (), ()
        ),
    ),
    "taxonomy": (
        "taxonomy.html",
        TaxonomyPage("people/index.html", "people", 2, (Count("0-9", "p.html", 1),), LINKS),
    ),
    "taxonomy-empty": ("taxonomy.html", TaxonomyPage("tags/index.html", "tags", 0, (), ())),
    "letter": (
        "letter.html",
        LetterPage("people/index-a.html", "people", "a", MIDDLE, LINKS),
    ),
    "calendar": ("calendar.html", CalendarPage("calendar/index.html", YEARS, 1)),
    "calendar-empty": ("calendar.html", CalendarPage("calendar/index.html", (), 0)),
    "year": (
        "period.html",
        PeriodPage(
            "calendar/2025/index.html",
            "year",
            "2025",
            "calendar/index.html",
            None,
            MONTHS,
            FIRST,
            (CARD,),
        ),
    ),
    "month": (
        "period.html",
        PeriodPage(
            "calendar/2025/11.html",
            "month",
            "2025-11",
            "calendar/2025/index.html",
            "2025",
            (Period("2025-11-05", "5", "calendar/2025/11/05.html", 1),),
            ONLY,
            (CARD,),
        ),
    ),
    "undated": (
        "period.html",
        PeriodPage(
            "calendar/undated.html", "undated", "undated", "calendar/index.html", None, (), ONLY, ()
        ),
    ),
    "quotes-index": (
        "quotes.html",
        QuotesIndexPage("quotes/index.html", 3, QUOTES_BY_DATE, LINKS),
    ),
    "quotes-empty": ("quotes.html", QuotesIndexPage("quotes/index.html", 0, (), ())),
    "quotes": ("quotes.html", QuotesPage("quotes/2025/11.html", "2025-11", MIDDLE, QUOTES)),
    "home": (
        "home.html",
        HomePage(
            permalink="index.html",
            articles=2,
            quotes=3,
            attributed=2,
            headings=(Count("people", "people/index.html", 2),),
            first="2024",
            last="2025-11-05",
            years=COUNTS,
            undated=1,
            newest=(CARD, UNDATED),
            people=LINKS,
            organisations=LINKS,
            places=LINKS,
            events=LINKS,
            works=LINKS,
            tags=LINKS,
        ),
    ),
    "home-empty": (
        "home.html",
        HomePage("index.html", 0, 0, 0, (), None, None, (), 0, (), (), (), (), (), (), ()),
    ),
    "report": (
        "report.html",
        ReportPage("report.html", (Count("articles", "", 2),), (Count("no-date", "r.html", 1),), 1),
    ),
    "report-plain": (
        "report.html",
        ReportPage("report.html", (), (), 0, (Count("de", "", 2), Count("und", "", 1)), 3),
    ),
    "report-clean": ("report.html", ReportPage("report.html", (), (), 0)),
    "problems": (
        "problems.html",
        ProblemsPage(
            "report/no-date.html",
            "no-date",
            MIDDLE,
            (
                ProblemRow(Problem("no-date", EVIL, EVIL, 3), CARD),
                ProblemRow(Problem("no-date", EVIL, EVIL, 3), None),
                ProblemRow(Problem("no-date", EVIL, EVIL), None),
            ),
        ),
    ),
    "wanted": (
        "wanted.html",
        WantedPage("wanted.html", 1, FIRST, (Wanted(EVIL, (CARD, UNDATED)),)),
    ),
    "wanted-none": ("wanted.html", WantedPage("wanted.html", 0, ONLY, ())),
    "not-found": ("404.html", NotFoundPage("404.html", "https://example.org/archive/")),
    "feed": (
        "feed.xml",
        FeedPage(
            "feed.xml",
            "https://example.org/archive/",
            "2025-11-05T00:00:00Z",
            "https://example.org/archive/",
            (FeedEntry(CARD, "2025-11-05T00:00:00Z", "https://example.org/archive/a.html"),),
        ),
    ),
    "sitemap": (
        "sitemap.xml",
        SitemapPage("sitemaps/2025.xml", ("https://example.org/نبأ.html?a=1&b=<2>",)),
    ),
    "sitemap-index": (
        "sitemap_index.xml",
        SitemapIndexPage("sitemap.xml", ("https://example.org/sitemaps/2025.xml",)),
    ),
    "robots": ("robots.txt", RobotsPage("robots.txt", "https://example.org/sitemap.xml")),
}
EVERY = [pytest.param(*case, id=name) for name, case in VIEWS.items()]
HTML = [case for case in EVERY if case.values[0].endswith(".html")]
XML = [case for case in EVERY if case.values[0].endswith(".xml")]


class Outline(HTMLParser):
    """Holds elements, ids, links and headings; `unbalanced` says where tags do not match."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.unbalanced, self.seen = [], [], []
        self.feed(text)
        self.close()
        self.unbalanced += self.open

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(f"/{tag}")

    def values(self, name):
        return [attrs[name] for _, attrs in self.seen if name in attrs]


@pytest.fixture
def render(tmp_path):
    def rendered(template, view, settings=SETTINGS):
        return Renderer(Site(tmp_path, settings)).render(template, view).decode()

    return rendered


def test_every_page_kind_has_a_view_here():
    assert {kind.template for kind in PAGE_KINDS} <= {template for template, _ in VIEWS.values()}


@pytest.mark.parametrize(("template", "view"), EVERY)
def test_a_page_says_that_newsgen_made_it(render, template, view):
    assert re.search(r'generator\W{1,3}(?:content=")?newsgen', render(template, view)[:2048])


@pytest.mark.parametrize(("template", "view"), EVERY)
def test_a_page_is_the_same_bytes_each_time_and_needs_no_settings(render, template, view):
    assert render(template, view, Settings()) == render(template, view, Settings())


@pytest.mark.parametrize(("template", "view"), HTML)
def test_tags_are_balanced_and_ids_are_unique(render, template, view):
    page = Outline(render(template, view))
    ids = page.values("id")
    assert page.unbalanced == []
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("template", "view"), HTML)
def test_scraped_text_never_becomes_markup(render, template, view):
    page = Outline(render(template, view))
    links = page.values("href") + page.values("src")
    assert [attrs for tag, attrs in page.seen if tag == "script"] == [
        {"src": attrs["src"], "defer": None} for tag, attrs in page.seen if tag == "script"
    ]
    assert [tag for tag, _ in page.seen if tag in ("img", "style", "iframe", "form")] == []
    assert [name for _, attrs in page.seen for name in attrs if name.startswith("on")] == []
    assert [link for link in links if link.lower().startswith(("javascript:", "data:"))] == []


@pytest.mark.parametrize(("template", "view"), HTML)
def test_a_page_forbids_what_it_does_not_need(render, template, view):
    page = Outline(render(template, view))
    policies = [attrs["content"] for _, attrs in page.seen if "http-equiv" in attrs]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert page.values("style") == []


@pytest.mark.parametrize(("template", "view"), HTML)
def test_headings_have_one_top_and_leave_no_level_out(render, template, view):
    levels = [int(tag[1]) for tag, _ in Outline(render(template, view)).seen if tag in HEADINGS]
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


@pytest.mark.parametrize(("template", "view"), HTML)
def test_links_within_a_page_lead_somewhere(render, template, view):
    page = Outline(render(template, view))
    ids = set(page.values("id"))
    lines = {f"{kind}{number}" for kind in "ls" for number in range(1, 9)}
    inner = {link[1:] for link in page.values("href") if link.startswith("#")}
    named = {name for names in page.values("aria-labelledby") for name in names.split()}
    assert inner - lines <= ids
    assert named <= ids


def test_every_line_of_a_source_has_both_its_addresses(render):
    ids = Outline(render("article.html", ARTICLE)).values("id")
    assert {f"{kind}{line.number}" for kind in "ls" for line in ARTICLE.source.lines} <= set(ids)


def test_source_text_stands_exactly_as_it_is(render):
    text = "\ttwo  spaces <b>\u00a0"
    line = SourceLine(1, "paragraph", text)
    source = msgspec.structs.replace(BARE.source, lines=(line,))
    page = render("article.html", msgspec.structs.replace(BARE, source=source))
    assert ">\ttwo  spaces &lt;b&gt;\u00a0</td>" in page


def test_what_is_not_known_is_said(render):
    page = render("article.html", BARE)
    assert "Date not known" in page
    assert "No quotes were found" in page
    assert "Speaker not named" in render("article.html", ARTICLE)


def test_what_was_inferred_shows_its_rule_its_words_and_how_sure_it_is(render):
    finding = Finding("2025-11-05", "date-line", "Nov. 5", "l1", 0.8)
    page = render("article.html", msgspec.structs.replace(BARE, published=finding))
    assert "5 November 2025" in page
    assert "<bdi>Nov. 5</bdi>" in page
    assert "rule: date line, 80 % sure" in page


def test_a_related_title_that_is_not_here_is_no_link(render):
    related = (RelatedLink("Gone", 3, "Related", None, None, None),)
    page = render("article.html", msgspec.structs.replace(BARE, related=related))
    assert '<span dir="auto">Gone</span> <span class="note">not in this archive</span>' in page


def test_the_way_to_the_page_one_is_on_is_marked(render):
    page = Outline(render(*VIEWS["calendar"]))
    current = [attrs["href"] for _, attrs in page.seen if attrs.get("aria-current") == "page"]
    assert current == ["../calendar/index.html"]


def test_a_calendar_year_has_twelve_cells(render):
    page = render("calendar.html", VIEWS["calendar"][1])
    years = re.findall(r'<ol class="months">.*?</ol>', page, re.DOTALL)
    assert [year.count("<li>") for year in years] == [12, 12]
    assert [year.count("<a ") for year in years] == [11, 11]


@pytest.mark.parametrize(("template", "view"), XML)
def test_feeds_and_sitemaps_are_well_formed(render, template, view):
    ElementTree.fromstring(render(template, view))


def test_a_feed_has_all_that_atom_demands(render):
    feed = ElementTree.fromstring(render(*VIEWS["feed"]))
    atom = "{http://www.w3.org/2005/Atom}"
    assert {f"{atom}{name}" for name in ("id", "title", "updated", "author")} <= {
        child.tag for child in feed
    }
    entry = feed.find(f"{atom}entry")
    assert {f"{atom}{name}" for name in ("id", "title", "updated", "link")} <= {
        child.tag for child in entry
    }
    assert entry.findtext(f"{atom}title") == EVIL


@pytest.mark.parametrize("template", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_a_template_decides_nothing_and_trusts_nothing(template):
    text = template.read_text(encoding="utf-8")
    forbidden = r"\|\s*safe\b|autoescape|\{%-?\s*(?:set|include)\b|\[\s*-?\d*:-?\d*\]|\bstyle="
    assert re.findall(forbidden, text) == []


@pytest.mark.parametrize(("name", "most"), [("site.css", 20_000), ("site.js", 6_000)])
def test_static_files_stay_small(name, most):
    assert (STATIC / name).stat().st_size <= most


def test_a_style_sheet_names_its_colours_once():
    css = (STATIC / "site.css").read_text(encoding="utf-8")
    tokens, rest = css.split("@layer base {")
    assert "light-dark(" in tokens
    assert re.findall(r"light-dark\(|#[0-9a-f]{3,8}\b|rgb", rest) == []
    assert "!important" not in css


def test_static_files_ask_nothing_of_the_network():
    text = "".join(Path(path).read_text(encoding="utf-8") for path in STATIC.iterdir())
    assert re.findall(r"@import|url\(|fetch\(|XMLHttpRequest|innerHTML|eval\(", text) == []
