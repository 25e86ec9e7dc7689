"""The table of annotators: its order, and that a second run changes nothing."""

import pytest

from newsgen.annotate import ANNOTATORS, annotate, credits, dates, language, state, topics
from newsgen.readers import read_file
from plain_articles import article_of

STORY = (
    ("byline", "By Ann Smith (Example Daily) 09:32, November 12, 2020"),
    "MILLBROOK, Nov. 11 (Xinhua) -- The wind farm will be open to the public in May.",
    '"The wind farm is a gift to the town," Ada Quill, mayor of Millbrook, told Reuters.',
    "She said that the wind farm is the largest in the country. (Editing by Joe Brown)",
    ("rights", "Copyright © 2019 Example Daily. All Rights Reserved."),
)


def test_annotators_run_in_the_order_in_which_they_need_each_other():
    assert [name for name, *_ in ANNOTATORS] == [
        "language",
        "credits",
        "dates",
        "entities",
        "quotes",
        "speakers",
        "events",
        "works",
        "topics",
    ]


def test_an_article_gets_all_that_its_text_tells():
    article = annotate(article_of("Wind farm opens", *STORY))
    assert article.language.value == "en"
    assert article.published.value == "2020-11-12"
    assert article.dateline.value == "MILLBROOK, Nov. 11 (Xinhua)"
    assert [term.name for term in article.terms] == ["wind farm"]
    assert [problem.code for problem in article.problems] == ["date-conflict"]
    assert [(credit.role, credit.name) for credit in article.credits] == [
        ("author", "Ann Smith"),
        ("editor", "Joe Brown"),
        ("agency", "Xinhua"),
        ("publisher", "Example Daily"),
        ("cited", "Reuters"),
    ]


def test_a_second_run_changes_nothing():
    article = annotate(article_of("Wind farm opens", *STORY))
    assert annotate(article) == article


def test_annotators_leave_what_the_reader_found_as_it_is():
    before = article_of("Wind farm opens", *STORY)
    after = annotate(before)
    for field in ("id", "text", "lines", "paragraphs", "headline", "source", "given"):
        assert getattr(after, field) == getattr(before, field)


@pytest.mark.parametrize("lines", [(), ("",), ("", "", ""), ("Only a headline",)])
def test_next_to_nothing_can_be_annotated(lines):
    article = annotate(article_of(*lines))
    assert article.published is None
    assert article.credits == ()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("the wind farm by Ann Smith (Xinhua) said ", id="prose"),
        pytest.param("a ", id="letters"),
        pytest.param("BEIJING, ", id="capitals"),
        pytest.param("Photo: (Reporting by ", id="credits"),
        pytest.param("2020-11-18 © ", id="dates"),
    ],
)
@pytest.mark.parametrize("role", ["paragraph", "byline", "date", "rights", "credit", "caption"])
def test_a_line_of_a_megabyte_is_read_to_its_end(words, role):
    article = article_of("Head", (role, words * (1_000_000 // len(words))), language="en")
    text = article.text
    for module in (language, credits, dates, topics):
        article = module.annotate(article)
    assert article.text == text


def test_the_first_article_of_the_archive_is_dated_and_credited(shared):
    (file,) = (shared / "corpora" / "seed").glob("*.txt")
    article = annotate(read_file("articles/seed.txt", file.read_bytes())[0])
    assert (article.published.value, article.published.rule) == ("2025", "rights-line")
    assert article.words(article.published.evidence) == "2025"
    assert article.dateline is None
    own = [credit for credit in article.credits if credit.role != "cited"]
    assert [(credit.role, credit.name) for credit in own] == [
        ("republisher", "People's Daily Online")
    ]
    assert article.words(own[0].evidence) == "People's Daily Online"


@pytest.mark.parametrize(
    ("folder", "language", "floor"),
    [
        ("hau", "ha", 0.97),
        ("swa", "sw", 0.97),
        ("zh", "zh", 0.97),
        ("ru", "ru", 0.97),
        ("es", "es", 0.97),
    ],
)
def test_languages_of_real_articles_are_told(shared, folder, language, floor):
    files = sorted((shared / "corpora" / "multilingual" / folder).glob("*.txt"))
    found = []
    for file in files:
        article = ANNOTATORS[0][1](read_file(f"articles/{file.name}", file.read_bytes())[0])
        found.append(article.language.value if article.language else None)
    assert found.count(language) >= floor * len(found)


def test_all_flat_pages_of_a_newspaper_are_dated(shared):
    for file in sorted((shared / "corpora" / "peoples_daily_flat").glob("*.txt"))[:40]:
        article = read_file(f"articles/{file.name}", file.read_bytes())[0]
        for module in (language, credits, dates):
            article = module.annotate(article)
        assert article.published.value.startswith("2020-")


GIVEN = """---
title: Ferry back in Millbrook
date: 2024-05-06
source: The Coast Wire
tags: [ferries]
people: [Ada Quill]
places: [Millbrook]
---

MILLBROOK, Nov. 11 (Reuters) -- "The ferry is back," Ada Quill, mayor of Millbrook, told Bo Hart.
"""


def test_stating_takes_what_front_matter_says_and_reads_nothing_out_of_the_text():
    article = state(read_file("articles/a.md", GIVEN.encode())[0])
    assert article.published.value == "2024-05-06"
    assert [(credit.role, credit.name) for credit in article.credits] == [
        ("publisher", "The Coast Wire")
    ]
    assert {entity.id for entity in article.entities} == {"people/ada-quill", "places/millbrook"}
    assert "Ada Quill" in [article.words(mention.span) for mention in article.mentions]
    assert [term.name for term in article.terms] == ["ferries"]
    assert (article.quotes, article.dateline, article.language) == ((), None, None)


def test_stating_again_changes_nothing():
    article = state(read_file("articles/a.md", GIVEN.encode())[0])
    assert state(article) == article


@pytest.mark.parametrize("source", ["The Coast Wire", "https://wire.example/1"])
def test_a_source_that_is_no_address_is_no_url(source):
    content = f"---\ntitle: Fog\nsource: {source}\n---\n\nIt rose.\n"
    (article,) = read_file("articles/a.md", content.encode())
    assert article.url == (source if source.startswith("https") else None)


def test_stating_takes_no_date_from_the_lines_of_a_text():
    content = b"Ferry back\nPublished: May 6, 2024\nIt sails.\nCopyright 2024 The Wire\n"
    (article,) = read_file("articles/a.txt", content)
    assert annotate(article).published is not None
    assert state(article).published is None
    assert [problem.code for problem in state(article).problems] == ["undated"]
