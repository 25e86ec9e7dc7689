import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import catalog_of, empty_catalog, naming, odd, plain_article, quoting, tagged
from newsgen.model import Credit, Inferred, InlineMark, Line, Span, Subject
from newsgen.pages import PAGE_KINDS, STANDING, kinds_of, sitemap
from newsgen.pages.article import Mark, blocks_of
from newsgen.pages.calendar import Period
from newsgen.pages.views import numbered, paginated
from newsgen.refresh import digests_of
from newsgen.site import Settings

SMALL = Settings(per_page=2, base_url="https://example.org/bay/")
PLAIN = Settings()


def views(kind, key, catalog, settings=PLAIN):
    """All views of a subject, by permalink, with the names of their page kinds."""
    subject = Subject(kind, key)
    return {
        view.permalink: view
        for page_kind in kinds_of(subject)
        for view in page_kind.views(subject, catalog, settings)
    }


def page_of(article, *others, settings=PLAIN):
    (page,) = views("article", article.id, catalog_of(article, *others), settings).values()
    return page


def numbered_articles(count, **more):
    return [plain_article(f"Number {n:02d}", published="2024-05-06", **more) for n in range(count)]


# Page kinds


def test_every_page_kind_has_a_name_and_a_template_of_its_own_format():
    names = [kind.name for kind in PAGE_KINDS]
    assert len(names) == len(set(names))
    assert all(kind in kinds_of(Subject(kind.subject, "x")) for kind in PAGE_KINDS)
    assert kinds_of(Subject("nothing", "")) == ()


def test_an_empty_archive_has_its_standing_pages_and_no_others():
    catalog = empty_catalog()
    found = [p for s in STANDING for p in views(s.kind, s.key, catalog)]
    assert sorted(found) == [
        "404.html",
        "calendar/index.html",
        "calendar/undated.html",
        "events/index.html",
        "feed.xml",
        "index.html",
        "organisations/index.html",
        "people/index.html",
        "places/index.html",
        "quotes/index.html",
        "report.html",
        "robots.txt",
        "tags/index.html",
        "wanted.html",
        "works/index.html",
    ]


def full_archive():
    articles = numbered_articles(3)
    first = naming(plain_article("Fog", "Ada Quill: “It rose”.", published="2024"), "Ada Quill")
    first = odd(quoting(tagged(first, "sea", "index", "5G"), "It rose", "Ada Quill"), "undated")
    first = quoting(first, "rose", "Ada Quill", "people/ada-quill")
    undated = tagged(plain_article("Undated", related=["Fog", "Lost title"]), "sea")
    return catalog_of(first, undated, *articles)


def test_no_two_subjects_make_the_same_page():
    catalog = full_archive()
    subjects = {kind.subject: catalog.subjects(kind.subject) for kind in PAGE_KINDS}
    every = {s for found in subjects.values() for s in found} | set(STANDING)
    pages = [
        view.permalink
        for subject in every
        for kind in kinds_of(subject)
        for view in kind.views(subject, catalog, SMALL)
    ]
    assert len(pages) == len({page.lower() for page in pages})
    assert not any(page.startswith(("/", ".")) or ".." in page for page in pages)


def test_every_view_can_be_hashed_field_by_field():
    catalog = full_archive()
    for kind in PAGE_KINDS:
        for subject in {*catalog.subjects(kind.subject), *STANDING}:
            for view in kind.views(subject, catalog, SMALL) if subject.kind == kind.subject else ():
                assert "permalink" not in digests_of(view)
                assert digests_of(view) == digests_of(view)


def test_a_subject_that_nothing_stands_behind_has_no_pages():
    catalog = empty_catalog()
    gone = [("article", "x"), ("term", "tags/x"), ("letter", "tags/x"), ("year", "2024")]
    gone += [("month", "2024-05"), ("day", "2024-05-06"), ("problems", "x"), ("quotes", "2024")]
    assert all(views(*subject, catalog, SMALL) == {} for subject in gone)


# Lists


@given(st.lists(st.integers(), max_size=30), st.integers(1, 7))
def test_a_list_is_cut_into_pages_that_lead_to_one_another(items, per_page):
    pages = list(paginated(items, "tags/x.html", per_page))
    assert [item for _, _, shown in pages for item in shown] == items
    assert [pager.number for _, pager, _ in pages] == list(range(1, len(pages) + 1))
    paths = [permalink for permalink, _, _ in pages]
    for (_, pager, shown), before, after in zip(
        pages, [None, *paths], [*paths[1:], None], strict=False
    ):
        assert (pager.previous, pager.next, pager.first) == (before, after, paths[0])
        assert len(shown) <= per_page
    assert pages[0][1].last == (paths[-1] if len(pages) > 1 else None)
    assert all(pager.last is None for _, pager, _ in pages[1:])


def test_numbered_pages_have_their_number_in_the_path():
    assert numbered("a/x.html", 1) == "a/x.html"
    assert numbered("a/x.html", 12) == "a/x-12.html"


def test_an_article_more_changes_the_last_page_of_a_list_and_the_first_at_most():
    before = views("month", "2024-05", catalog_of(*numbered_articles(7)), SMALL)
    after = views("month", "2024-05", catalog_of(*numbered_articles(8)), SMALL)
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed <= {
        "calendar/2024/05.html",
        "calendar/2024/05-4.html",
        "sitemaps/2024-05.xml",
    }


# Articles


def test_an_article_page_shows_what_the_article_says():
    article = naming(plain_article("Fog", "Ada Quill came."), "Ada Quill")
    article = odd(tagged(article, "sea"), "undated")
    page = page_of(article)
    assert (page.headline, page.lede, page.language) == ("Fog", "Ada Quill came.", "en")
    assert [link.permalink for link in page.people] == ["people/ada-quill.html"]
    assert [link.name for link in page.tags] == ["sea"]
    assert (page.organisations, page.places, page.related) == ((), (), ())
    assert (page.published, page.dateline, page.url) == (None, None, None)
    assert page.problems == article.problems


def test_a_proposed_tag_is_shown_only_when_it_has_a_page():
    article = tagged(plain_article("Fog"), "sea", proposed=True)
    other = tagged(plain_article("Other"), "sea", proposed=True)
    assert page_of(article).tags == ()
    assert [link.permalink for link in page_of(article, other).tags] == ["tags/sea.html"]


def test_an_article_page_shows_related_stories_and_who_prints_it():
    opener = plain_article("Opener", related=["Fog", "Lost title"])
    article = plain_article("Fog")
    assert [link.card is None for link in page_of(opener, article).related] == [False, True]
    assert [card.headline for card in page_of(article, opener).backlinks] == ["Opener"]


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("arn", "ltr"), ("zh", "ltr")],
)
def test_a_page_runs_in_the_direction_of_its_language(language, direction):
    page = page_of(plain_article("Fog", language=Inferred(language, "words")))
    assert (page.language, page.direction) == (language, direction)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/fog", True),
        ("http://example.org/fog", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        (None, False),
    ],
)
def test_only_a_web_address_is_linked(url, shown):
    assert page_of(plain_article("Fog", url=url)).url == (url if shown else None)


def test_a_finding_comes_with_rule_evidence_and_line():
    article = plain_article("Fog", "It was in 2024.", "So it was.")
    start = article.text.index("2024")
    found = Inferred("2024", "first line", Span(start, start + 4), 0.8)
    page = page_of(msgspec.structs.replace(article, published=found))
    assert page.published.value == "2024"
    assert (page.published.evidence, page.published.anchor) == ("2024", "l2")
    assert (page.published.rule, page.published.confidence) == ("first line", 0.8)


def test_a_finding_without_evidence_has_none():
    page = page_of(plain_article("Fog", published="2024"))
    assert (page.published.evidence, page.published.anchor) == (None, None)


def test_credits_are_shown_in_their_roles():
    page = page_of(plain_article("Fog", credits=(Credit("author", "Ada", "byline"),)))
    assert [(credit.role, credit.name) for credit in page.credits] == [("author", "Ada")]


def test_quotes_are_numbered_and_lead_to_their_lines_and_speakers():
    article = plain_article("Fog", "“It rose,” Ada said.", "“It sank.”")
    article = quoting(article, "It rose", "Ada", "people/ada")
    article = quoting(quoting(article, "It sank"), "said", "somebody")
    first = article.quotes[0]
    cue = article.text.index("said")
    article = msgspec.structs.replace(
        article,
        quotes=(msgspec.structs.replace(first, cue=Span(cue, cue + 4)), *article.quotes[1:]),
    )
    page = page_of(article)
    assert [(q.id, q.anchor, q.permalink) for q in page.quotes] == [
        ("q1", "l2", "people/ada.html"),
        ("q2", "l3", None),
        ("q3", "l2", None),
    ]
    assert [q.cue for q in page.quotes] == ["said", None, None]
    assert [q.speaker for q in page.quotes] == ["Ada", None, "somebody"]


def test_the_source_is_shown_line_by_line():
    article = plain_article("Fog", "It rose.", related=["Storm"])
    source = page_of(article).source
    assert [(line.number, line.role, line.text) for line in source.lines] == [
        (1, "headline", "Fog"),
        (2, "paragraph", "It rose."),
        (3, "section", "Related Stories"),
        (4, "related", "Storm"),
    ]
    assert source.path == "articles/fog.txt"


def marks(article):
    return [block.marks for block in blocks_of(article)]


def test_blocks_are_paragraphs_subheadings_and_captions_in_order():
    article = plain_article("Fog", "One.", "Two.", "Three.")
    lines = list(article.lines)
    lines[2] = Line(3, "subheading", lines[2].span)
    paragraphs = (article.paragraphs[0], article.paragraphs[2])
    article = msgspec.structs.replace(article, lines=tuple(lines), paragraphs=paragraphs)
    found = [(block.role, block.line, block.text) for block in blocks_of(article)]
    assert found == [
        ("paragraph", 2, "One."),
        ("subheading", 3, "Two."),
        ("paragraph", 4, "Three."),
    ]


def test_a_quote_over_two_paragraphs_is_marked_in_both_and_named_once():
    article = quoting(
        plain_article("Fog", "“It rose", "and sank,” Ada said."), "It rose\nand sank", "Ada"
    )
    assert marks(article) == [
        (Mark(1, 8, "quote", label="Ada", id="q1"),),
        (Mark(0, 8, "quote", label="Ada", id=None),),
    ]


def test_a_quote_outside_the_body_is_not_marked():
    assert marks(quoting(plain_article("Fog rose", "Ships came."), "Fog rose")) == [()]


def test_the_first_mention_in_the_body_is_the_link():
    article = naming(
        plain_article("Ada Quill", "Ada Quill met Ada Quill.", "Ada Quill left."), "Ada Quill"
    )
    assert marks(article) == [(Mark(0, 9, "mention", href="people/ada-quill.html"),), ()]


def test_emphasis_and_links_of_the_source_are_marked():
    article = plain_article("Fog", "It rose.", "And sank.")
    start = article.paragraphs[0].span.start
    inline = (
        InlineMark(Span(start + 3, start + 7), "em"),
        InlineMark(Span(start, start + 2), "a", "https://x.org"),
    )
    found = marks(msgspec.structs.replace(article, inline=inline))
    assert set(found[0]) == {Mark(3, 7, "em"), Mark(0, 2, "a", href="https://x.org")}
    assert found[1] == ()


@given(st.data())
def test_no_mark_leaves_its_block(data):
    article = plain_article("Fog", "One two.", "Three four five.", "Six.")
    places = st.integers(0, len(article.text))
    for _ in range(data.draw(st.integers(0, 4))):
        start, end = sorted((data.draw(places), data.draw(places)))
        if start < end:
            article = quoting(article, article.text[start:end])
    for block in blocks_of(article):
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)


def test_a_term_page_shows_its_articles_oldest_first_with_quotes_by_and_about():
    one = naming(plain_article("One", "Ada Quill: “It rose”.", published="2024"), "Ada Quill")
    one = quoting(one, "It rose", "Ada Quill", "people/ada-quill")
    two = naming(plain_article("Two", "He: “Ada Quill sank”.", published="2023"), "Ada Quill")
    two = quoting(two, "Ada Quill sank")
    (page,) = views("term", "people/ada-quill", catalog_of(one, two)).values()
    assert [card.headline for card in page.cards] == ["Two", "One"]
    assert [quote.text for quote in page.quotes_by] == ["It rose"]
    assert [quote.text for quote in page.quotes_about] == ["Ada Quill sank"]
    assert (page.articles, page.quotes, page.first, page.last) == (2, 1, "2023", "2024")


def test_counts_of_a_term_stand_on_its_first_page_alone():
    articles = [tagged(article, "sea") for article in numbered_articles(3)]
    found = views("term", "tags/sea", catalog_of(*articles), SMALL)
    first, second = found["tags/sea.html"], found["tags/sea-2.html"]
    assert (first.articles, second.articles, second.first, second.forms) == (3, None, None, ())
    assert [len(page.cards) for page in (first, second)] == [2, 1]


def test_a_taxonomy_leads_to_its_letters():
    catalog = catalog_of(tagged(plain_article("Fog"), "sea", "Sun", "5G", "中国"))
    (page, *_) = views("taxonomy", "tags", catalog).values()
    assert page.count == 4
    assert [(c.key, c.permalink, c.count) for c in page.initials] == [
        ("0-9", "tags/index-digits.html", 1),
        ("other", "tags/index-other.html", 1),
        ("s", "tags/index-s.html", 2),
    ]
    for count in page.initials:
        (letter,) = views("letter", f"tags/{count.key}", catalog).values()
        assert letter.permalink == count.permalink
        assert len(letter.headings) == count.count


# Calendar


def test_the_calendar_counts_years_months_and_the_undated():
    dates = ["2024-05-06", "2024-05", "2024", "2023-01-01", None]
    catalog = catalog_of(*(plain_article(f"Of {date}", published=date) for date in dates))
    page = views("calendar", "", catalog)["calendar/index.html"]
    assert [(year.key, year.count) for year in page.years] == [("2024", 3), ("2023", 1)]
    assert [len(year.months) for year in page.years] == [12, 12]
    full = [month for year in page.years for month in year.months if month.permalink]
    assert [(month.key, month.label, month.count) for month in full] == [
        ("2024-05", "May", 2),
        ("2023-01", "Jan", 1),
    ]
    assert page.undated == 1
    year = views("year", "2024", catalog)["calendar/2024/index.html"]
    assert [card.headline for card in year.cards] == ["Of 2024"]
    assert (year.kind, year.parent, year.parent_key) == ("year", "calendar/index.html", None)
    assert year.parts == page.years[0].months
    month = views("month", "2024-05", catalog)["calendar/2024/05.html"]
    assert (len(month.cards), month.parent) == (2, "calendar/2024/index.html")
    assert (month.kind, month.parent_key) == ("month", "2024")
    assert month.parts == (Period("2024-05-06", "6", "calendar/2024/05/06.html", 1),)
    day = views("day", "2024-05-06", catalog)["calendar/2024/05/06.html"]
    assert (len(day.cards), day.parent, day.parts) == (1, "calendar/2024/05.html", ())
    assert (day.kind, day.parent_key) == ("day", "2024-05")
    undated = views("undated", "", catalog)["calendar/undated.html"]
    assert (undated.kind, undated.key, undated.parent_key) == ("undated", "undated", None)
    assert undated.parent == "calendar/index.html"


def test_a_year_of_months_alone_has_a_page_too():
    catalog = catalog_of(plain_article("Fog", published="2024-05"))
    year = views("year", "2024", catalog)["calendar/2024/index.html"]
    assert year.cards == ()
    assert [part.key for part in year.parts if part.count] == ["2024-05"]


def test_a_year_without_months_shows_none():
    catalog = catalog_of(plain_article("Fog", published="2024"))
    assert views("year", "2024", catalog)["calendar/2024/index.html"].parts == ()


# Home, feed, quotes, report


def test_home_shows_the_newest_and_what_is_most_in_the_news():
    catalog = full_archive()
    page = views("site", "", catalog)["index.html"]
    assert (page.articles, page.quotes, page.attributed, page.undated) == (5, 2, 2, 1)
    assert page.newest[0].published == "2024-05-06"
    assert [link.name for link in page.people] == ["Ada Quill"]
    assert page.tags[0].name == "sea"
    assert (page.first, page.last) == ("2024", "2024-05-06")
    assert [(count.key, count.count) for count in page.years] == [("2024", 4)]


def test_home_of_an_undated_archive_shows_what_there_is():
    page = views("site", "", catalog_of(plain_article("Fog")))["index.html"]
    assert [card.headline for card in page.newest] == ["Fog"]
    assert (page.first, page.last) == (None, None)


def test_a_feed_holds_the_newest_articles_known_to_the_day():
    dates = ["2024-05-06", "2024-05", None, "2023-01-02"]
    catalog = catalog_of(*(plain_article(f"Of {date}", published=date) for date in dates))
    feed = views("site", "", catalog, SMALL)["feed.xml"]
    assert [entry.updated for entry in feed.entries] == [
        "2024-05-06T00:00:00Z",
        "2023-01-02T00:00:00Z",
    ]
    assert feed.updated == "2024-05-06T00:00:00Z"
    assert feed.entries[0].href.startswith("https://example.org/bay/articles/")
    assert feed.id == "https://example.org/bay/"
    short = msgspec.structs.replace(PLAIN, feed_items=1)
    feed = views("site", "", catalog, short)["feed.xml"]
    assert len(feed.entries) == 1
    assert (feed.home, feed.id) == ("index.html", "urn:newsgen:News%20archive")


def test_many_articles_dated_by_month_do_not_empty_the_feed():
    articles = [plain_article(f"No {n}", published="2024-05") for n in range(5)]
    catalog = catalog_of(plain_article("Of a day", published="2024-04-01"), *articles)
    feed = views("site", "", catalog, Settings(feed_items=1))["feed.xml"]
    assert [entry.card.headline for entry in feed.entries] == ["Of a day"]


def test_quotes_stand_by_period_and_speaker():
    catalog = full_archive()
    index = views("quotes", "", catalog)["quotes/index.html"]
    assert [(count.permalink, count.count) for count in index.periods] == [("quotes/2024.html", 2)]
    assert [link.name for link in index.speakers] == ["Ada Quill"]
    assert index.count == 2
    page = views("quotes", "2024", catalog)["quotes/2024.html"]
    assert [quote.text for quote in page.quotes] == ["It rose", "rose"]
    month = quoting(plain_article("Fog", "It rose.", published="2024-05-06"), "It rose")
    assert list(views("quotes", "2024-05", catalog_of(month))) == ["quotes/2024/05.html"]


def test_the_report_counts_problems_and_wanted_titles():
    catalog = full_archive()
    report = views("report", "", catalog)["report.html"]
    assert {count.key: count.count for count in report.totals}["articles"] == 5
    assert [(count.key, count.permalink) for count in report.problems] == [
        ("undated", "report/undated.html")
    ]
    assert report.wanted == 1
    assert (report.plain_names, report.plain_articles) == ((), 0)
    problems = views("problems", "undated", catalog)["report/undated.html"]
    assert problems.rows[0].card.headline == "Fog"
    wanted = views("wanted", "", catalog)["wanted.html"]
    assert [title.headline for title in wanted.titles] == ["Lost title"]


def test_the_report_counts_articles_read_without_a_model_by_language():
    languages = ["de", "pt", "pt", None]
    articles = [plain_article(f"Number {n}", plain_names=code) for n, code in enumerate(languages)]
    report = views("report", "", catalog_of(*articles))["report.html"]
    assert [(one.key, one.count) for one in report.plain_names] == [("pt", 2), ("de", 1)]
    assert report.plain_articles == 3


def test_the_count_of_wanted_titles_stands_on_page_1():
    titles = [f"Title no {word}" for word in ("one", "two", "three")]
    found = views("wanted", "", catalog_of(plain_article("Fog", related=titles)), SMALL)
    assert [page.count for page in found.values()] == [3, 0]


def test_a_page_not_found_leads_home_from_anywhere():
    assert views("shell", "", empty_catalog())["404.html"].base == "/"
    assert views("shell", "", empty_catalog(), SMALL)["404.html"].base == SMALL.base_url


# Sitemaps


def test_sitemaps_need_an_address():
    catalog = full_archive()
    assert views("sitemaps", "", catalog) == {}
    assert views("shell", "", catalog)["robots.txt"].sitemap is None
    found = views("shell", "", catalog, SMALL)["robots.txt"].sitemap
    assert found == "https://example.org/bay/sitemap.xml"


def test_the_index_names_exactly_the_sitemaps_there_are(monkeypatch):
    monkeypatch.setattr(sitemap, "_LARGEST", 2)
    catalog = full_archive()
    index = views("sitemaps", "", catalog, SMALL)["sitemap.xml"].addresses
    made = {
        view.permalink: view.addresses
        for kind in ("month", "year", "undated", "taxonomy")
        for subject in {*catalog.subjects(kind), *STANDING}
        if subject.kind == kind
        for view in views(kind, subject.key, catalog, SMALL).values()
        if view.permalink.startswith("sitemaps/")
    }
    assert set(index) == {SMALL.base_url + path for path in made}
    assert len(index) == len(set(index))
    assert all(0 < len(addresses) <= 2 for addresses in made.values())
    listed = [address for addresses in made.values() for address in addresses]
    articles = {SMALL.base_url + article.permalink for article in catalog.articles()}
    assert articles < set(listed)
    assert len(listed) == len(set(listed))
