"""What `newsgen check` finds: tampered pages, sources and listings."""

from html.parser import HTMLParser

import msgspec
import pytest

from conftest import Archive
from newsgen.check import check, read_page, unaccounted
from newsgen.errors import OutputError
from newsgen.model import Span
from newsgen.readers import read_file
from newsgen.site import load_site


@pytest.fixture
def site(tmp_path):
    made = Archive(tmp_path / "bay")
    made.write("newsgen.yaml", "title: Bay\nbase_url: https://example.org/bay/\n")
    made.write("articles/storm.txt", "Storm closes port\nWinds rose in Easthaven.\n")
    made.write("articles/two.jsonl", '{"title": "One", "text": "A."}\n{"title": "Two"}\n')
    made.build()
    return made


def findings_of(site):
    return [str(finding) for finding in check(load_site(site.folder)).findings]


def test_a_whole_archive_has_no_findings(site):
    checked = check(load_site(site.folder))
    assert checked.findings == ()
    assert checked.sources == 2
    assert checked.files == len(site.tree())
    assert checked.links > 100


def test_an_archive_must_be_built_first(tmp_path):
    made = Archive(tmp_path / "new")
    with pytest.raises(OutputError, match="not been built"):
        check(load_site(made.folder))


def test_a_changed_source_is_found(site):
    site.write("articles/storm.txt", "Storm closes port\nWinds fell.\n")
    assert any("articles/storm.txt" in finding for finding in findings_of(site))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param('href="../index.html"', 'href="../Index.html"', "Index.html", id="case"),
        pytest.param('href="../index.html"', 'href="../a/../x.html"', "x.html", id="dead link"),
        pytest.param('href="#source"', 'href="#nowhere"', "nowhere", id="dead anchor"),
        pytest.param('href="../static/site.css"', 'href="site.css"', "site.css", id="dead style"),
    ],
)
def test_a_link_that_leads_nowhere_is_found_with_its_page(site, old, new, words):
    page = next(site.output.glob("articles/storm*"))
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new, 1))
    (found,) = findings_of(site)
    assert words in found
    assert page.name in found


def test_a_missing_page_and_an_unlisted_one_are_found(site):
    page = next(site.output.glob("articles/storm*"))
    page.rename(page.with_name("moved.html"))
    found = "\n".join(findings_of(site))
    assert page.name in found
    assert "moved.html" in found


def test_two_files_that_one_disk_would_take_for_one_are_found(site):
    page = site.output / "report.html"
    page.with_name("Report.html").write_bytes(page.read_bytes())
    assert any("Report.html" in finding for finding in findings_of(site))


def test_a_broken_feed_is_found(site):
    feed = site.output / "feed.xml"
    feed.write_bytes(feed.read_bytes()[:-3])
    assert any("feed.xml" in finding for finding in findings_of(site))


def test_lines_that_do_not_give_back_the_bytes_are_found():
    content = b"Storm closes port\nWinds rose.\n"
    (article,) = read_file("articles/a.txt", content)
    assert list(unaccounted(article, content)) == []
    assert list(unaccounted(article, content + b"More.\n"))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links = set(), []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.add(value)
            if name in ("href", "src"):
                self.links.append(value)


def test_links_are_read_as_a_parser_of_html_reads_them(site):
    for page in sorted(site.output.rglob("*.html")):
        reader = _Reader()
        reader.feed(page.read_text())
        ids, links = read_page(page.read_text())
        assert reader.ids <= ids
        assert sorted(link for link, _ in links) == sorted(reader.links)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://example.org/x">x</a>',
        '<a href="mailto:a@example.org">x</a>',
        '<a href="report.html?x=1">x</a>',
        '<a href="./tags/">x</a>',
        '<a href="#top">x</a>',
        '<!-- <a href="gone.html"> -->',
    ],
)
def test_a_link_that_is_alive_or_leads_outside_is_no_fault(site, link):
    page = site.output / "index.html"
    page.write_text(page.read_text().replace("</body>", f"{link}</body>"))
    assert findings_of(site) == []


def test_foreign_files_are_none_of_ours(site):
    (site.output / "CNAME").write_text("example.org")
    assert findings_of(site) == []


def test_sources_that_the_pages_do_not_show_are_found(site):
    site.edit("articles/storm.txt", "rose", "fell")
    site.write("articles/new.txt", "New\n")
    assert [fault.split(" (")[0] for fault in findings_of(site)] == [
        "articles/new.txt: is not in the archive yet",
        "articles/storm.txt: has changed since the last build",
    ]


def lying(content: bytes, **changes):
    article = msgspec.structs.replace(read_file("articles/a.txt", content)[0], **changes)
    return [what for _, what in unaccounted(article, content)]


def test_records_that_lie_about_their_source_are_found():
    content = b"One &amp; two\nThree\nFour\n"
    article = read_file("articles/a.txt", content)[0]
    first, second, third = article.lines
    short = msgspec.structs.replace(second, span=Span(second.span.start, second.span.end - 1))
    assert lying(content) == []
    assert "leave out" in lying(content, lines=(first, third))[0]
    assert "leave out" in lying(content, lines=(first, short, third))[0]
    assert "end before" in lying(content, lines=(first, second))[0]
    assert lying(content, edits=()) != []
    other = msgspec.structs.replace(article.source, sha256="0" * 64)
    assert "another hash" in lying(content, source=other)[0]
