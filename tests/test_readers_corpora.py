"""Real scraped articles, which belong to their publishers and so lie beside the checkout."""

import json
import re
from pathlib import Path

import pytest

from newsgen.readers import is_source, read_file
from test_readers import assert_lossless

SHARED = Path(__file__).parents[1].parent / "shared"
CORPORA = SHARED / "corpora"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora of real articles are not beside this checkout"
)


def sources(name):
    folder = CORPORA / name
    return sorted(path for path in folder.rglob("*") if path.is_file() and is_source(path.name))


def articles(name):
    for path in sources(name):
        content = path.read_bytes()
        found = read_file("articles/" + path.relative_to(CORPORA).as_posix(), content)
        yield path, content, found


def test_the_first_article_of_the_archive():
    ((_, _, (article,)),) = articles("seed")
    roles = [line.role for line in article.lines]
    assert article.source.bytes == 4885
    assert roles == (
        ["headline"]
        + ["paragraph"] * 16
        + ["section"] * 2
        + ["related"] * 5
        + ["rights"]
        + ["blank"] * 8
    )
    assert len(article.related) == 5
    assert [(problem.code, problem.line) for problem in article.problems] == [("empty-section", 18)]


@pytest.mark.parametrize("name", ["bbc", "peoples_daily_para", "semeval"])
def test_the_headline_is_the_first_line(name):
    for path, _, (article,) in articles(name):
        first = article.words(article.lines[0].span).strip()
        assert article.headline == first, path


def test_headlines_of_whole_pages_on_one_line():
    titles = json.loads((SHARED / "gold" / "peoples_daily_flat.json").read_text())
    for path, _, (article,) in articles("peoples_daily_flat"):
        expected = titles[path.name].removesuffix(" - People's Daily Online").strip()
        assert article.headline == expected


AROUND = re.compile(
    r"Web editor|©|Most Read|Related reading|We Recommend|Hot News|Add your comment|Key Words"
    r"|enable JavaScript|For the latest|Search Archive|Popular on|【\d"
)


def test_nothing_around_the_body_is_in_the_body_of_a_page_on_one_line():
    for path, _, (article,) in articles("peoples_daily_flat"):
        for paragraph in article.paragraphs:
            assert not AROUND.search(article.words(paragraph.span)), path
        assert {"credit", "rights", "date", "related"} <= {line.role for line in article.lines}


def test_title_date_and_authors_of_real_records():
    for path, content, (article,) in articles("newsplease_cluster"):
        record = json.loads(content)
        assert article.headline == record["title"].strip(), path
        assert article.given.date == record["date_publish"]
        assert list(article.given.authors) == record["authors"]
        assert article.url == record["url"]


@pytest.mark.parametrize(
    "name",
    [
        *("bbc", "multilingual", "newsplease_cluster", "page_dumps", "peoples_daily_flat"),
        *("peoples_daily_para", "seed", "semeval", "worldwide_newswire"),
    ],
)
def test_every_source_is_read_and_gives_back_its_bytes(name):
    count = 0
    for _, content, found in articles(name):
        assert_lossless(found, content)
        count += 1
    assert count
