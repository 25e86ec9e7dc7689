import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import (
    catalog_of,
    empty_catalog,
    naming,
    odd,
    pending_of,
    plain_article,
    quoting,
    reading_of,
    tagged,
)
from newsgen.catalog import Catalog
from newsgen.filing import addressed, filed, readdressed
from newsgen.model import Problem, Subject

SITE = Subject("site", "")
TABLES = {
    "articles": "place, path, claim, id, annotated, record, card",
    "entries": "subject, key, kind, sort, owner, n, payload",
    "headings": "taxonomy, slug, initial, sort, articles, record",
    "joins": "rare, usual",
    "common": "slug, articles",
    "sources": "path, size, mtime, digest, code",
    "titles": "id, headline, key",
    "links": "id, n, line, headline, printed, section, target, score, rule",
}


def tables(catalog):
    return {
        table: sorted(catalog.connection.execute(f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in TABLES.items()
    }


def apply(catalog, *articles, removed=()):
    """Take in articles and derive; return what this touches."""
    pending_of(catalog)
    catalog.apply([reading_of(article) for article in articles], removed)
    catalog.derive()
    return pending_of(catalog)


def fog(*paragraphs, **more):
    return plain_article("Fog over the bay", *paragraphs, published="2024-05-06", **more)


# What is touched


def test_a_new_article_touches_itself_its_lists_and_what_counts_them():
    touched = apply(empty_catalog(), tagged(fog(), "weather"))
    assert touched == {
        ("article", fog().id),
        ("site", ""),
        ("month", "2024-05"),
        ("day", "2024-05-06"),
        ("year", "2024"),
        ("term", "tags/weather"),
        ("taxonomy", "tags"),
        ("letter", "tags/w"),
        ("calendar", ""),
        ("sitemaps", ""),
        ("report", ""),
        ("quotes", ""),
    }


def test_the_same_article_touches_nothing():
    catalog = catalog_of(tagged(fog("It rose."), "weather"))
    assert apply(catalog, tagged(fog("It rose."), "weather")) == set()


def test_an_edit_below_the_lede_touches_the_article_alone():
    catalog = catalog_of(fog("It rose.", "Ships waited."))
    assert apply(catalog, fog("It rose.", "Ships went.")) == {("article", fog().id)}


def test_a_new_lede_touches_all_that_show_the_card():
    opener = plain_article("Opener", related=["Fog over the bay"])
    catalog = catalog_of(tagged(fog("It rose."), "weather"), opener)
    touched = apply(catalog, tagged(fog("It sank."), "weather"))
    assert touched >= {
        ("article", fog().id),
        ("article", opener.id),
        ("month", "2024-05"),
        ("term", "tags/weather"),
        ("site", ""),
    }


def test_a_tag_swapped_touches_both_tags_and_their_taxonomy():
    catalog = catalog_of(tagged(fog(), "weather"))
    touched = apply(catalog, tagged(fog(), "sea"))
    assert touched >= {
        ("term", "tags/weather"),
        ("term", "tags/sea"),
        ("taxonomy", "tags"),
        ("letter", "tags/w"),
        ("letter", "tags/s"),
    }
    assert ("month", "2024-05") not in touched


def test_a_removed_article_touches_what_it_was_in():
    opener = plain_article("Opener", related=["Fog over the bay"])
    catalog = catalog_of(tagged(fog(), "weather"), opener)
    touched = apply(catalog, removed=[fog().source.path])
    assert touched >= {
        ("article", fog().id),
        ("article", opener.id),
        ("wanted", ""),
        ("term", "tags/weather"),
        ("taxonomy", "tags"),
        ("day", "2024-05-06"),
        ("report", ""),
    }
    assert catalog.article(fog().id) is None
    assert catalog.heading("tags", "weather") is None


def test_a_proposed_tag_that_gets_its_page_touches_the_articles_that_name_it():
    one = tagged(fog(), "night fog", proposed=True)
    catalog = catalog_of(one)
    assert catalog.heading("tags", "night-fog") is None
    other = tagged(plain_article("Other"), "night fog", proposed=True)
    assert apply(catalog, other) >= {("article", one.id), ("article", other.id)}
    assert catalog.heading("tags", "night-fog").articles == 2
    assert apply(catalog, removed=[other.source.path]) >= {("article", one.id)}
    assert catalog.heading("tags", "night-fog") is None


def test_pending_subjects_outlive_the_build_that_found_them(tmp_path):
    first = Catalog.open(tmp_path / "archive.db")
    first.apply([reading_of(fog())])
    first.connection.close()
    second = Catalog.open(tmp_path / "archive.db")
    assert ("article", fog().id) in pending_of(second)
    second.connection.close()


def test_a_reading_that_fails_half_way_leaves_nothing_behind():
    catalog = catalog_of(fog())
    before = tables(catalog)
    broken = msgspec.structs.replace(reading_of(plain_article("Other")), articles=(None,))
    with pytest.raises(AttributeError, match="NoneType"):
        catalog.apply([reading_of(plain_article("New")), broken])
    assert tables(catalog) == before


# Sources


def test_a_source_that_cannot_be_read_is_a_problem_and_its_articles_are_gone():
    catalog = catalog_of(fog())
    failure = Problem("unreadable-source", fog().source.path, "cannot be read", level="error")
    catalog.apply([reading_of(path=fog().source.path, failure=failure)])
    catalog.derive()
    assert catalog.totals()["articles"] == 0
    assert catalog.problems("unreadable-source") == [(failure, None)]
    apply(catalog, fog())
    assert catalog.problems("unreadable-source") == []


def test_records_of_one_file_come_and_go():
    path = "articles/many.jsonl"
    records = [plain_article(f"Record {n}", path=path, record=n) for n in range(1, 5)]
    catalog = empty_catalog()
    catalog.apply([reading_of(*records)])
    assert catalog.places() == [f"{path}#00000{n}" for n in range(1, 5)]
    catalog.apply([reading_of(*records[:2])])
    assert [article.headline for article in catalog.articles()] == ["Record 1", "Record 2"]
    catalog.apply([], removed=[path])
    assert catalog.places() == []


def test_records_that_move_within_their_file_keep_their_ids():
    path = "articles/many.jsonl"
    ids = ["a" * 12, "b" * 12, "c" * 12]

    def records(order):
        return reading_of(
            *(plain_article(i, path=path, record=n, id=i) for n, i in enumerate(order, 1))
        )

    catalog = empty_catalog()
    catalog.apply([records(ids)])
    catalog.apply([records([ids[2], *ids[:2]])])
    assert [article.id for article in catalog.articles()] == [ids[2], *ids[:2]]
    assert catalog.counts("problems", "problem") == []


# Ids


def twin(name, headline="Twin", **more):
    return plain_article(headline, path=f"articles/{name}.txt", id="a" * 12, **more)


def test_of_two_places_that_claim_one_id_the_first_by_path_has_it():
    catalog = catalog_of(twin("b"), twin("c"), twin("a"))
    found = {article.source.path: article for article in catalog.articles()}
    assert found["articles/a.txt"].id == "a" * 12
    assert len({article.id for article in found.values()}) == 3
    assert [problem.path for problem, _ in catalog.problems("duplicate-id")] == [
        "articles/b.txt",
        "articles/c.txt",
    ]
    assert all(
        "articles/a.txt" in problem.message for problem, _ in catalog.problems("duplicate-id")
    )


def test_when_the_first_goes_the_next_gets_the_id_back():
    catalog = catalog_of(twin("a"), twin("b"), twin("c"))
    apply(catalog, removed=["articles/a.txt"])
    fresh = catalog_of(twin("b"), twin("c"))
    assert tables(catalog) == tables(fresh)


def test_a_readdressed_article_has_a_path_of_its_own():
    one = filed(twin("b"), twin("b"))
    moved = readdressed(one, taken_by="articles/a.txt")
    assert moved.id not in ("", "a" * 12)
    assert f"articles/twin-{moved.id}.html".encode() in moved.record
    back = addressed(moved)
    assert (back.id, back.record, back.entries) == (one.id, one.record, one.entries)


# Any order


@st.composite
def some_articles(draw):
    """An article of few choices, so that ids, titles and terms meet."""
    name = draw(st.sampled_from("abcd"))
    headline = draw(st.sampled_from(["Fog over the bay", "FOG OVER THE BAY", "Storm closes port"]))
    article = plain_article(
        headline,
        *draw(st.lists(st.sampled_from(["Ada Quill came.", "Ships waited."]), max_size=2)),
        path=f"articles/{name}.txt",
        id=draw(st.sampled_from([None, "a" * 12])),
        published=draw(st.sampled_from([None, "2024", "2024-05", "2024-05-06"])),
        related=draw(st.lists(st.sampled_from(["Fog over the bay", "Lost title"]), max_size=2)),
    )
    if "Ada Quill" in article.text:
        article = naming(article, "Ada Quill")
        article = quoting(article, "Quill", *draw(st.sampled_from([(), ("A", "people/ada-quill")])))
    tags = draw(st.sets(st.sampled_from(["sea", "Sea", "fog"]), max_size=2))
    article = tagged(article, *sorted(tags), proposed=draw(st.booleans()))
    return odd(article, "undated") if article.published is None else article


@settings(max_examples=150, deadline=None)
@given(
    st.lists(some_articles() | st.sampled_from("abcd"), max_size=12),
    st.randoms(use_true_random=False),
)
def test_what_is_known_does_not_depend_on_what_came_first_or_was_there_before(steps, rng):
    worn = empty_catalog()
    last = {}
    for step in steps:
        if isinstance(step, str):
            path = f"articles/{step}.txt"
            last.pop(path, None)
            worn.apply([], removed=[path])
        else:
            last[step.source.path] = step
            worn.apply([reading_of(step)])
        if rng.random() < 0.5:
            worn.derive()
    worn.derive()
    articles = list(last.values())
    rng.shuffle(articles)
    fresh = catalog_of(*articles)
    assert tables(worn) == tables(fresh)
    assert len(list(fresh.articles())) == len(last)


@settings(max_examples=50, deadline=None)
@given(st.lists(some_articles(), max_size=6))
def test_articles_in_one_transaction_or_in_many_are_the_same(articles):
    sources = {article.source.path: article for article in articles}
    at_once = catalog_of(*sources.values())
    one_by_one = empty_catalog()
    for article in sources.values():
        apply(one_by_one, article)
    assert tables(at_once) == tables(one_by_one)


def test_articles_resolved_anew_replace_what_they_were():
    article = naming(fog("Ada Quill came."), "Ada Quill")
    catalog = catalog_of(article)
    place = catalog.places()[0]
    bare = msgspec.structs.replace(article, entities=(), mentions=())
    pending_of(catalog)
    catalog.replace([(article, bare)])
    catalog.derive()
    assert ("term", "people/ada-quill") in pending_of(catalog)
    assert catalog.annotated(place) == article
    assert catalog.article(article.id) == bare
    catalog.replace([(article, bare)])
    assert pending_of(catalog) == set()


def test_with_its_article_a_wanted_title_goes():
    article = fog(related=["Nobody has written this story yet"])
    catalog = catalog_of(article)
    assert ("wanted", "") in apply(catalog, removed=[article.source.path])


# Headings


def test_a_heading_has_the_name_most_print_and_the_forms_of_all():
    names = ["Ada Quill", "ADA QUILL", "Ada Quill"]
    articles = [
        naming(plain_article(f"Number {n}", f"{name} came.", published=f"202{n}"), name)
        for n, name in enumerate(names, 1)
    ]
    undated = naming(plain_article("Undated", "Ada Quill came."), "Ada Quill")
    heading = catalog_of(*articles, undated).heading("people", "ada-quill")
    assert (heading.name, heading.forms) == ("Ada Quill", ("ADA QUILL",))
    assert (heading.articles, heading.quotes) == (4, 0)
    assert (heading.first, heading.last) == ("2021", "2023")
    assert heading.permalink == "people/ada-quill.html"


def test_a_heading_of_undated_articles_has_no_dates():
    heading = catalog_of(tagged(plain_article("One"), "sea")).heading("tags", "sea")
    assert (heading.first, heading.last) == (None, None)


def test_a_stated_tag_needs_one_article_and_a_proposed_one_the_minimum():
    articles = [tagged(plain_article(f"No {n}"), "sea", proposed=True) for n in range(3)]
    assert catalog_of(*articles, tag_minimum=4).heading("tags", "sea") is None
    assert catalog_of(*articles, tag_minimum=3).heading("tags", "sea").articles == 3
    stated = tagged(plain_article("Stated"), "sea")
    assert catalog_of(*articles[:1], stated, tag_minimum=9).heading("tags", "sea").articles == 2


def numbered(count, name="sea", *, proposing, first=0):
    """Articles of which the first so many propose a tag."""
    return [
        tagged(plain_article(f"No {n}"), *([name] if n < proposing else []), proposed=True)
        for n in range(first, count)
    ]


def test_a_proposed_tag_of_more_than_a_third_is_none_in_more_than_fifty_articles():
    assert catalog_of(*numbered(50, proposing=50)).heading("tags", "sea").articles == 50
    assert catalog_of(*numbered(51, proposing=17)).heading("tags", "sea").articles == 17
    assert catalog_of(*numbered(51, proposing=18)).heading("tags", "sea") is None
    stated = tagged(plain_article("Stated"), "sea")
    assert catalog_of(*numbered(60, proposing=40), stated).heading("tags", "sea").articles == 41


def test_a_tag_goes_and_comes_back_as_the_archive_grows():
    catalog = catalog_of(*numbered(50, proposing=18))
    (new,) = numbered(51, proposing=18, first=50)
    touched = apply(catalog, new)
    assert catalog.heading("tags", "sea") is None
    assert {("term", "tags/sea"), ("taxonomy", "tags"), ("letter", "tags/s")} <= touched
    assert len([key for kind, key in touched if kind == "article"]) == 19
    assert apply(catalog, *numbered(53, proposing=18, first=51)) & {("term", "tags/sea")} == set()
    assert ("term", "tags/sea") in apply(catalog, *numbered(54, proposing=18, first=53))
    assert catalog.heading("tags", "sea").articles == 18
    gone = numbered(51, proposing=18, first=50)[0]
    assert ("term", "tags/sea") in apply(catalog, removed=[gone.source.path])
    assert catalog.heading("tags", "sea") is None


@pytest.mark.parametrize("seed", range(5))
def test_tags_do_not_depend_on_how_the_archive_grew(seed):
    rng = random.Random(seed)
    catalog, there = empty_catalog(), {}
    for _ in range(40):
        changed = {}
        for n in rng.sample(range(70), rng.choice([1, 1, 3, 12])):
            names = [name for name in ("sea", "fog", "ice") if rng.random() < 0.36]
            article = tagged(plain_article(f"No {n}"), *names, proposed=rng.random() < 0.98)
            changed[article.source.path] = article
        removed = [path for path in changed if path in there and rng.random() < 0.3]
        for path in removed:
            del changed[path], there[path]
        there |= changed
        apply(catalog, *changed.values(), removed=removed)
        assert tables(catalog) == tables(catalog_of(*there.values()))


def test_headings_stand_from_a_to_z_and_by_size():
    one = tagged(plain_article("One"), "zoo", "Ähre", "apple", "5G", "中国")
    two = tagged(plain_article("Two"), "zoo")
    catalog = catalog_of(one, two)
    assert [h.name for h in catalog.headings("tags")] == ["5G", "Ähre", "apple", "zoo", "中国"]
    assert [h.name for h in catalog.headings("tags", "a")] == ["Ähre", "apple"]
    assert catalog.initials("tags") == [("0-9", 1), ("a", 2), ("other", 1), ("z", 1)]
    assert [h.name for h in catalog.largest("tags", 2)] == ["zoo", "5G"]
    assert catalog.headings("people") == catalog.headings("tags", "q") == []


# Reading


def test_cards_stand_oldest_first_and_the_undated_last():
    dates = ["2024-05-06", None, "2023", "2024-05"]
    articles = [plain_article(f"Of {date}", published=date) for date in dates]
    catalog = catalog_of(*articles)
    assert [card.published for card in catalog.cards(SITE)] == [
        "2023",
        "2024-05",
        "2024-05-06",
        None,
    ]
    assert [card.published for card in catalog.cards(SITE, most=1)] == ["2023"]
    assert [card.published for card in catalog.newest(SITE, 2)] == ["2024-05-06", "2024-05"]
    assert catalog.date_span() == ("2023", "2024-05-06")
    assert catalog_of(articles[1]).date_span() is None


def test_quotes_come_with_the_card_of_their_article():
    article = quoting(fog('"It rose," said Ada.'), "It rose", "Ada", "people/ada")
    catalog = catalog_of(article)
    (quote,) = catalog.quotes(Subject("term", "people/ada"), "by")
    assert (quote.text, quote.speaker, quote.card.id) == ("It rose", "Ada", article.id)
    assert catalog.quotes(Subject("quotes", "2024-05"), "quote") == [quote]
    assert catalog.count(Subject("quotes", "2024-05"), "quote") == 1


def test_subjects_of_a_kind_are_those_with_something_to_show():
    catalog = catalog_of(tagged(fog(), "sea"), plain_article("Undated"))
    assert catalog.subjects("month") == [Subject("month", "2024-05")]
    assert catalog.subjects("letter") == [Subject("letter", "tags/s")]
    assert len(catalog.subjects("article")) == 2
    assert catalog.subjects("nothing of this kind") == []


def test_counts_are_by_key_below_a_prefix():
    catalog = catalog_of(
        *(plain_article(f"Of {d}", published=d) for d in ("2024-05-06", "2024-11-01", "2025-01-01"))
    )
    assert catalog.counts("month", "article") == [("2024-05", 1), ("2024-11", 1), ("2025-01", 1)]
    assert catalog.counts("month", "article", prefix="2024-") == [("2024-05", 1), ("2024-11", 1)]


def test_problems_stand_by_path_and_line():
    article = odd(odd(odd(fog(), "odd", 12), "odd", 2), "odd")
    catalog = catalog_of(article)
    assert [problem.line for problem, _ in catalog.problems("odd")] == [None, 2, 12]
    assert catalog.problems("odd")[0][1].id == article.id


def test_totals_count_what_there_is():
    article = quoting(naming(fog("Ada Quill came."), "Ada Quill"), "came", "A", "people/ada-quill")
    totals = catalog_of(quoting(odd(tagged(article, "sea"), "odd"), "Quill")).totals()
    assert totals == {
        "sources": 1,
        "articles": 1,
        "quotes": 2,
        "attributed": 1,
        "people": 1,
        "organisations": 0,
        "places": 0,
        "events": 0,
        "works": 0,
        "tags": 1,
        "problems": 1,
    }


def test_who_is_not_there_has_no_article_and_no_card():
    catalog = empty_catalog()
    assert catalog.article("x") is catalog.card("x") is catalog.heading("tags", "x") is None
