"""The demo archive is read as its authors meant it: corpus/demo.json says what each text holds."""

import json
from functools import cache

import pytest

from conftest import ROOT
from newsgen.annotate import annotate
from newsgen.readers import read_file

EXPECTED = json.loads((ROOT / "tests/corpus/demo.json").read_text("utf-8"))
MARKS = " ,.“”\"'‘’«»،。，"
FLAT = "skerrin-post/flat/240.txt"  # its unnumbered lists have nothing between two titles


@cache
def articles_of(path):
    content = (ROOT / "articles" / path).read_bytes()
    return [annotate(article) for article in read_file(f"articles/{path}", content)]


def article_of(expected):
    found = articles_of(expected["path"].partition("#")[0])
    return next((a for a in found if a.headline == expected["headline"]), found[0])


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected["path"])
def test_headline_date_and_related_titles_of_the_demo_archive(expected):
    article = article_of(expected)
    assert article.headline == expected["headline"]
    assert (article.published.value if article.published else None) == expected["date"]
    if expected["path"] != FLAT:
        printed = [related["title"] for related in expected["related"]]
        assert [related.headline for related in article.related] == printed


def test_quotes_of_the_demo_archive_are_found_with_their_speakers():
    found, right, wrong, all_quotes = 0, 0, [], 0
    for expected in EXPECTED:
        article = article_of(expected)
        quotes = {" ".join(article.words(q.span).split()).strip(MARKS): q for q in article.quotes}
        for quote in expected["quotes"]:
            if quote["kind"] != "direct":
                continue
            all_quotes += 1
            known = quotes.get(quote["text"].strip(MARKS))
            found += known is not None
            speaker = known.speaker.name if known and known.speaker else None
            if quote["speaker"] and quote["speaker"][0] == "*":  # unnamed, known by a noun
                right += quote["speaker"][1:] in (speaker or "")
            elif speaker == quote["speaker"]:
                right += known is not None
            elif known is not None:
                wrong.append((expected["path"], quote["text"], speaker))
    assert found / all_quotes > 0.95
    assert right / all_quotes > 0.78, wrong


def test_people_of_the_demo_archive_are_found():
    expected = [
        (e["path"], entity["name"])
        for e in EXPECTED
        for entity in e["entities"]
        if entity["kind"] == "person" and entity["full"] and e["language"] == "en"
    ]
    names = {e["path"]: {found.name for found in article_of(e).entities} for e in EXPECTED}
    missing = [place for place in expected if place[1] not in names[place[0]]]
    assert len(missing) / len(expected) < 0.1, missing
