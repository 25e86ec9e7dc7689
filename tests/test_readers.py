"""Source bytes to articles, in every format: what is read, and that no byte is lost."""

import json
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsgen.digest import sha256
from newsgen.errors import SourceError
from newsgen.layout.alignment import align
from newsgen.layout.front_matter import front_matter_of
from newsgen.layout.given import given_of, is_dated
from newsgen.model import Article, InlineMark, source_offset, source_span
from newsgen.readers import READERS, is_source, read_file
from newsgen.source_text.encoding import decode, encode
from newsgen.source_text.json_text import elements, string_values, unescaped

HEADLINE = "Port reopens after storm"
FIRST = "The port of Lund reopened on Monday after a storm that closed it for three days."
SECOND = "Ships had waited outside the harbour since Friday, the port authority said."


def read(content: str | bytes, path: str = "articles/port.txt") -> Article:
    raw = content.encode() if isinstance(content, str) else content
    articles = read_file(path, raw)
    assert_lossless(articles, raw)
    return articles[0]


def assert_lossless(articles, content):
    """The lines tile the reading text, and led to the source they give back the very bytes."""
    for article in articles:
        source = article.source
        raw = content[source.start : source.start + source.bytes]
        assert source.sha256 == sha256(raw)
        text = decode(raw).text
        place = 0
        for number, line in enumerate(article.lines, start=1):
            assert line.number == number
            assert article.text[place : line.span.start] in ("", "\n", "\r\n", "\r")
            place = line.span.end
        assert article.text[place:] in ("", "\n", "\r\n", "\r")
        starts = [source_offset(article.edits, line.span.start) for line in article.lines]
        assert starts[:1] in ([], [0])
        assert source_offset(article.edits, len(article.text)) == len(text)
        lines = zip(starts, [*starts[1:], len(text)], strict=bool(starts))
        joined = "".join(text[start:end] for start, end in lines)
        assert encode(joined, source.encoding, source.repairs) == raw
        for paragraph in article.paragraphs:
            assert article.lines[paragraph.line - 1].role == "paragraph"
            assert article.words(paragraph.span).strip()
        assert article.headline


def roles(article):
    return [line.role for line in article.lines]


def body(article):
    return [article.words(paragraph.span) for paragraph in article.paragraphs]


def codes(article):
    return [problem.code for problem in article.problems]


# --- All formats --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n\n  \n", id="blank lines"),
        pytest.param(b"\x00\x00\x00", id="NUL"),
        pytest.param(b"\xff\xfe\x00", id="half a character"),
        pytest.param(bytes(range(256)), id="every byte"),
        pytest.param(b"---\n", id="an open fence"),
        pytest.param(b"---\n---", id="empty front matter"),
        pytest.param(b"a" * 300_000, id="one long word"),
        pytest.param(b"[" * 3_000, id="brackets"),
    ],
)
def test_no_content_stops_a_reader(suffix, content):
    try:
        articles = read_file("articles/a" + suffix, content)
    except SourceError as error:
        assert "articles/a" + suffix in str(error)
        assert suffix not in (".txt", ".text", ".md", ".markdown")
    else:
        assert_lossless(articles, content)


PIECES = ["# T", "## Sub", "words here. ", "**bold**", "*em*", "a", "the ", "\n", "\n\n", "\r\n"]
PIECES += [" ", "- item\n", "1. x\n", "> q", "`c`", "```\n", '[l](http://x.y "t")', "![i](a.png)"]
PIECES += [
    "<b>",
    "</b>",
    "<!-- c",
    "-->",
    "&amp;",
    "\\*",
    "&",
    "\u200b",
    "\xa0",
    "---\n",
    "title: x\n",
]
PIECES += [
    "| a | b |\n|---|---|\n",
    "<script>",
    "</script>",
    "Photos\n",
    "Related Stories\n",
    "\x00",
]
PIECES += [
    "    code",
    "<br>",
    "  \n",
    "***\n",
    "===\n",
    "[r]: http://z\n",
    "<http://a.b>",
    "\r",
    "é",
]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_text_loses_a_byte(text):
    for suffix in (".txt", ".md"):
        assert_lossless(read_file("articles/a" + suffix, text.encode()), text.encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(PIECES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "text", "value"]), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = ["title", "text", "authors", "author", "date", "url", "id", "x", "tags", "paragraphs"]
RECORDS = st.lists(
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), min_size=1, max_size=3
)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(RECORDS, st.booleans(), st.sampled_from([None, 1]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_no_record_loses_a_byte(records, ascii_only, indent, encoding):
    whole = json.dumps(records, ensure_ascii=ascii_only, indent=indent)
    lines = "\n".join(json.dumps(record, ensure_ascii=ascii_only) for record in records)
    for path, text in (("a.json", whole), ("a.jsonl", lines)):
        raw = text.encode(encoding, "surrogatepass")
        articles = read_file(path, raw)
        assert len(articles) == len(records)
        assert_lossless(articles, raw)


def test_sources_are_known_by_their_suffix():
    assert is_source("articles/a.TXT")
    assert is_source("articles/b/c.ndjson")
    assert not is_source("articles/a.pdf")
    assert not is_source("articles/txt")


# --- Identity -----------------------------------------------------------------------------------


def test_the_id_comes_from_the_stated_id_the_address_or_the_path():
    stated = read("---\nid: 7\nurl: https://lund.example/p\n---\nTitle here\n\nText.")
    address = read(f"https://lund.example/p\n\n{FIRST}\n")
    path = read(f"{HEADLINE}\n{FIRST}\n")
    assert stated.id == sha256(b"7")[:12]
    assert address.id == sha256(b"https://lund.example/p")[:12]
    assert address.url == "https://lund.example/p"
    assert path.id == sha256(b"port.txt")[:12]
    assert path.permalink == f"articles/port-reopens-after-storm-{path.id}.html"


def test_an_address_in_the_body_is_not_the_address_of_the_article():
    article = read(f"{HEADLINE}\n{FIRST}\nhttps://lund.example/other\n{SECOND}\n")
    assert article.url is None
    assert roles(article)[2] == "url"


def test_editing_the_text_keeps_the_id():
    assert read(f"{HEADLINE}\n{FIRST}\n").id == read(f"Another\n{SECOND}\n").id


# --- Scraped text -------------------------------------------------------------------------------


def test_scraped_text_becomes_an_article():
    article = read(
        f"{HEADLINE}\n\n{FIRST}\n{SECOND}\nRelated Stories\n- Storm closes port\n© 2025 C."
    )
    assert article.headline == HEADLINE
    assert body(article) == [FIRST, SECOND]
    assert [(story.headline, story.line) for story in article.related] == [("Storm closes port", 6)]
    assert article.rights == "© 2025 C."
    assert article.source.format == "text"
    assert article.problems == ()


def test_without_a_headline_the_first_sentence_stands_in():
    article = read(f"https://lund.example/p\n\n{FIRST} {SECOND}\n")
    assert article.headline == FIRST
    assert codes(article) == ["no-headline"]
    long = read("https://lund.example/p\n\n" + "many words without an end " * 20)
    assert long.headline.endswith("…")
    assert len(long.headline) <= 121
    assert len(read("https://lund.example/p\n\n" + "x" * 300).headline) == 120


def test_without_any_text_the_name_of_the_file_stands_in():
    article = read("\n \n", "articles/2025/port.txt")
    assert (article.headline, codes(article)) == ("port", ["empty-source"])
    article = read("https://lund.example/p\n", "articles/port.txt")
    assert (article.headline, codes(article)) == ("port", ["no-headline", "no-body"])


def test_a_headline_alone_has_no_body():
    assert codes(read(HEADLINE)) == ["no-body"]


def test_entities_and_escapes_are_undone_and_lead_to_the_source():
    article = read("Port &amp; storm\nIt\\'s open,\u200b he said.\n")
    assert article.headline == "Port & storm"
    assert body(article) == ["It's open, he said."]
    span = source_span(article.edits, article.paragraphs[0].span)
    assert (
        decode(b"Port &amp; storm\nIt\\'s open,\xe2\x80\x8b he said.\n")
        .text[span.start : span.end]
        .startswith("It\\'s")
    )


def test_undecodable_bytes_are_a_problem_with_a_line():
    article = read(HEADLINE.encode() + "\nÉtats é ".encode() + b"\xff.\n")
    (problem,) = article.problems
    assert (problem.code, problem.line) == ("undecodable-bytes", 2)


# --- Front matter -------------------------------------------------------------------------------

MATTER = """\
---
title: "Port reopens: \\"early\\""
subtitle: Three days closed
date: 2025-05-03
author: By Ann Quill and Bo Reed
tags: [storm, ports]
people: Ann Quill; Day, Cy
link: https://lund.example/p
copyright: © 2025 Lund Courier
weight: 3
score: 0.5
huge: 123456789012345678901
odd: 1:30
draft: yes
nothing:
layout: {kind: wide, list: [1, x]}
---
"""


def test_front_matter_is_given_and_wins():
    article = read(f"{MATTER}{HEADLINE}\n{FIRST}\n")
    given = article.given
    assert article.headline == 'Port reopens: "early"'
    assert article.subheadline == "Three days closed"
    assert given.date == "2025-05-03"
    assert given.authors == ("Ann Quill", "Bo Reed")
    assert given.tags == ("storm", "ports")
    assert given.people == ("Ann Quill", "Day, Cy")
    assert article.url == "https://lund.example/p"
    assert article.rights == "© 2025 Lund Courier"
    assert body(article) == [HEADLINE, FIRST]


def test_other_keys_of_front_matter_are_kept_with_their_types():
    extra = dict(read(f"{MATTER}Text.\n").given.extra)
    assert extra == {
        "weight": "3",
        "score": "0.5",
        "huge": '"123456789012345678901"',
        "odd": '"1:30"',
        "draft": "true",
        "nothing": "null",
        "layout": '{"kind":"wide","list":[1,"x"]}',
    }


def test_the_lines_of_front_matter_have_roles():
    article = read("---\ntitle: A\nauthor:\n- Ann Quill\ndate: 2025\nx: 1\n\n---\nA\nText here.\n")
    assert roles(article) == (
        [
            "boilerplate",
            "headline",
            "byline",
            "byline",
            "date",
            "boilerplate",
            "blank",
            "boilerplate",
            "boilerplate",
            "paragraph",
        ]
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_with_any_line_end(end):
    article = read(end.join(["---", "title: Port", "---", FIRST, ""]))
    assert (article.headline, body(article)) == ("Port", [FIRST])


@pytest.mark.parametrize(
    ("matter", "line"),
    [
        pytest.param("title: [a", 2, id="broken"),
        pytest.param("a: 1\nb: 'x", 3, id="open quote"),
        pytest.param("just words", 2, id="no mapping"),
        pytest.param("a: 1\na: 2", 3, id="a key twice"),
        pytest.param("a: 1\n[b]: 2", 3, id="a key that is no word"),
        pytest.param("a: &x [*x]", 2, id="holds itself"),
        pytest.param("a: " + "[" * 5_000, 2, id="deep"),
        pytest.param("a: 1\nb: " + "[" * 60 + "]" * 60, 3, id="deep and whole"),
        pytest.param("a: b\ufffe", None, id="no character of YAML"),
        pytest.param(
            "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
            "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]",
            None,
            id="grows without end",
        ),
    ],
)
def test_bad_front_matter_is_a_problem_and_no_text(matter, line):
    article = read(f"---\n{matter}\n---\n{HEADLINE}\n{FIRST}\n")
    (problem,) = article.problems
    assert problem.code == "bad-front-matter"
    assert line is None or problem.line == line
    assert article.headline == HEADLINE
    assert body(article) == [FIRST]


def test_a_bad_date_is_a_problem_with_its_line():
    article = read(f"---\ntitle: A\ndate: soon\n---\n{FIRST}\n")
    (problem,) = article.problems
    assert (problem.code, problem.line) == ("bad-date", 3)
    assert article.given.date == "soon"


def test_a_rule_is_no_front_matter():
    assert front_matter_of("text", "text") is None
    assert front_matter_of("---\nno end", "---\nno end") is None
    assert front_matter_of("---- \na\n---\n", "---- \na\n---\n") is None
    assert read(f"---\n---\n{HEADLINE}\n{FIRST}").headline == HEADLINE


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("2025-05-03", True, id="ISO"),
        pytest.param("2025-5", True, id="month"),
        pytest.param("2025-05-03T10:00:00+02:00", True, id="with a time"),
        pytest.param("3 May 2025", True, id="words"),
        pytest.param("3/5/25", True, id="short"),
        pytest.param("1474527602000", True, id="milliseconds"),
        pytest.param("2025-13-01", False, id="no such month"),
        pytest.param("2025-05-32", False, id="no such day"),
        pytest.param("soon", False, id="a word"),
    ],
)
def test_dates_as_written(written, expected):
    assert is_dated(written) is expected


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        pytest.param({"Author": "Ann Quill, Bo Reed"}, "authors", ("Ann Quill", "Bo Reed"), id="a"),
        pytest.param({"author": "Quill, Ann"}, "authors", ("Quill, Ann",), id="turned round"),
        pytest.param({"author": "A; B"}, "authors", ("A", "B"), id="semicolons"),
        pytest.param({"author": {"name": "Ann Quill"}}, "authors", ("Ann Quill",), id="object"),
        pytest.param({"author": [{"name": "A"}, "A", 3]}, "authors", ("A", "3"), id="list"),
        pytest.param({"byline": "By Ann Quill"}, "authors", ("Ann Quill",), id="by"),
        pytest.param({"tags": "a, b"}, "tags", ("a", "b"), id="tags"),
        pytest.param({"tags": [], "keywords": ["k"]}, "tags", ("k",), id="first that has any"),
        pytest.param({"places": "Lund"}, "places", ("Lund",), id="one place"),
        pytest.param({"date": {"value": "2025"}}, "date", "2025", id="inferred value"),
        pytest.param({"date": ["2025", "2024"]}, "date", "2025", id="first of a list"),
        pytest.param({"source": "https://a.example"}, "url", "https://a.example", id="address"),
        pytest.param({"source": "Lund Courier"}, "publisher", "Lund Courier", id="publisher"),
        pytest.param({"title": "A &amp; B\n C"}, "headline", "A & B C", id="cleaned"),
        pytest.param({"title": True}, "headline", None, id="no text"),
        pytest.param({"title": {"x": 1}}, "headline", None, id="no name"),
        pytest.param({"Site-Name": "C"}, "publisher", "C", id="spelling of keys"),
    ],
)
def test_fields_by_their_many_names(fields, field, expected):
    assert getattr(given_of(fields), field) == expected


# --- Markdown -----------------------------------------------------------------------------------

MARKDOWN = f"""\
---
title: Ports
---
# Ports

*By Ann Quill*

The **port** of [Lund](https://lund.example/p "the title") &amp; its *very*
old `crane`, see <https://lund.example>.

<!-- a note
of two lines -->

## In *ruins*

> {SECOND}

- one item
- two\\* items

![A crane](crane.png)

| a | b |
|---|---|
| c | d |

```
code

more
```

<script>alert(1)</script>
<div>raw <b>words</b></div>

Bo**at**s and [x](javascript:alert(1)) end.

### Related Stories

- [Storm *closes* port](storm.html)
- Waves rise

[ref]: https://lund.example "T"

Copyright © 2025 Lund Courier. All rights reserved.
"""


def test_markdown_is_read_without_its_markup():
    article = read(MARKDOWN, "articles/port.md")
    assert body(article) == [
        "The port of Lund & its very\nold crane, see https://lund.example.",
        SECOND,
        "one item",
        "two* items",
        "raw words",
        "Boats and x end.",
    ]
    assert article.headline == "Ports"
    assert [story.headline for story in article.related] == ["Storm closes port", "Waves rise"]
    assert article.rights == "Copyright © 2025 Lund Courier. All rights reserved."
    assert article.source.format == "markdown"


def test_the_lines_of_markdown_have_roles():
    article = read(MARKDOWN, "articles/port.md")
    by_role = {role: [] for role in roles(article)}
    for line in article.lines:
        by_role[line.role].append(article.words(line.span))
    assert by_role["byline"] == ["By Ann Quill"]
    assert by_role["subheading"] == ["In ruins"]
    assert by_role["caption"] == ["A crane"]
    assert by_role["section"] == ["Related Stories"]
    assert {"<!-- a note", "of two lines -->", "a | b", "code", "Ports"} <= set(
        by_role["boilerplate"]
    )


def test_the_marks_of_markdown_stand_at_their_words():
    article = read(MARKDOWN, "articles/port.md")
    marks = [(mark.element, article.words(mark.span), mark.href) for mark in article.inline]
    assert marks[:6] == [
        ("em", "By Ann Quill", None),
        ("strong", "port", None),
        ("a", "Lund", "https://lund.example/p"),
        ("em", "very", None),
        ("code", "crane", None),
        ("a", "https://lund.example", "https://lund.example"),
    ]
    assert ("a", "Storm closes port", "storm.html") in marks
    assert not any(mark.href and "javascript" in mark.href for mark in article.inline)
    assert all(isinstance(mark, InlineMark) for mark in article.inline)


def test_words_of_markdown_lead_to_their_place_in_the_source():
    article = read(MARKDOWN, "articles/port.md")
    for words in ("Lund", "crane, see", "items", "Boats", "Waves rise"):
        start = article.text.index(words)
        source = source_offset(article.edits, start)
        assert MARKDOWN[source:].startswith(words[:2])


@pytest.mark.parametrize(
    ("text", "headline", "expected"),
    [
        pytest.param("# Port\n\nText.", "Port", ["Text."], id="first heading"),
        pytest.param("Port\n====\n\nText.", "Port", ["Text."], id="underlined heading"),
        pytest.param("## Port\n\nText.", "Port", ["Text."], id="a lower heading on top"),
        pytest.param("Text.\n\n## Sub\n\nMore.", "Text.", ["Text.", "More."], id="no headline"),
        pytest.param("# Related\n\n- Storm closes port", "a", [], id="a list's heading"),
        pytest.param("one  \ntwo", "one two", ["one\ntwo"], id="hard break"),
        pytest.param("one<br>two", "one two", ["one\ntwo"], id="break in HTML"),
        pytest.param(
            "1. one\n\n    two\n\n2. three", "one", ["one", "two", "three"], id="numbered"
        ),
        pytest.param("Term\n\n***\n\nText.", "Term", ["Term", "Text."], id="rule"),
        pytest.param("a&zwnj;b &#8203;c", "a\u200cb c", ["a\u200cb c"], id="invisible entity"),
        pytest.param("![only](a.png)", "a", [], id="picture"),
        pytest.param("x ![alt](a.png) y", "x alt y", ["x alt y"], id="picture in text"),
        pytest.param("![](a.png)", "a", [], id="picture without words"),
        pytest.param("a <b>c</i></b> d", "a c d", ["a c d"], id="crossed tags"),
        pytest.param("<p>a <p>b", "a", ["a", "b"], id="open tags"),
    ],
)
def test_shapes_of_markdown(text, headline, expected):
    article = read(text, "articles/a.md")
    assert article.headline == headline
    assert body(article) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 50_000, id="long"),
        pytest.param("[" * 700, id="brackets"),
        pytest.param("a\n" * 2_100, id="many lines"),
    ],
)
def test_markdown_that_is_too_much_is_read_as_text(text):
    article = read(f"---\ntitle: Port\n---\n{text}", "articles/a.md")
    assert "markdown-too-large" in codes(article)
    assert article.headline == "Port"
    assert "markdown-too-large" in codes(read(text, "articles/a.md"))


def test_markdown_nested_deep_is_read_somehow():
    lists = "\n".join("  " * level + "- a" for level in range(600))
    assert read(lists, "articles/a.md").text.count("a") >= 600
    assert read(">" * 5_000 + " a", "articles/a.md").text.endswith("a")


def test_words_that_are_not_in_the_source_are_inserted():
    aligned = align("one two\n\nthree", 0, ["one zero two", "three four"])
    assert aligned.text == "one zero two\n\nthree four"
    assert source_offset(aligned.edits, len(aligned.text)) == len("one two\n\nthree")
    far = align("x" * 9_000 + " end", 0, ["y" * 9_000 + " end"])
    assert far.text.startswith("yyy")


def test_blocks_that_are_nowhere_in_the_source_are_still_read():
    aligned = align("abc", 0, ["one", "two"])
    assert "one" in aligned.text
    assert "two" in aligned.text


# --- JSON ---------------------------------------------------------------------------------------


def record(**fields):
    return json.dumps(fields, ensure_ascii=False)


NEWS_PLEASE = {
    "authors": ["Ann Quill", "Bo Reed"],
    "date_publish": "2025-05-03 10:00:00",
    "date_modify": None,
    "language": "en",
    "maintext": f"{FIRST}\n{SECOND}\nRelated Stories\n- Storm closes port",
    "source_domain": "lund.example",
    "title": HEADLINE,
    "url": "https://lund.example/p",
}
NEWSPAPER = {
    "url": "https://lund.example/p",
    "title": HEADLINE,
    "authors": ["Ann Quill", "Bo Reed"],
    "publish_date": "2025-05-03 10:00:00",
    "text": f"{FIRST}\n\n{SECOND}\n\nRead also:\n- Storm closes port",
    "meta_lang": "en",
    "meta_site_name": "lund.example",
    "keywords": [],
    "summary": "",
}
TRAFILATURA = {
    "title": HEADLINE,
    "author": "Ann Quill; Bo Reed",
    "hostname": "lund.example",
    "date": "2025-05-03 10:00:00",
    "id": None,
    "language": "en",
    "raw_text": f"{FIRST} {SECOND}",
    "text": f"{FIRST}\n{SECOND}\nREAD MORE: Storm closes port",
    "source": "https://lund.example/p",
    "comments": "",
}


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(NEWS_PLEASE, id="news-please"),
        pytest.param(NEWSPAPER, id="newspaper4k"),
        pytest.param(TRAFILATURA, id="trafilatura"),
    ],
)
def test_records_of_the_well_known_scrapers(fields, ascii_only):
    article = read(json.dumps(fields, indent=2, ensure_ascii=ascii_only), "articles/a.json")
    assert article.headline == HEADLINE
    assert body(article) == [FIRST, SECOND]
    assert article.given.authors == ("Ann Quill", "Bo Reed")
    assert article.given.date == "2025-05-03 10:00:00"
    assert article.given.language == "en"
    assert article.given.publisher == "lund.example"
    assert article.url == "https://lund.example/p"
    assert [story.headline for story in article.related] == ["Storm closes port"]
    assert article.problems == ()
    shown = {line.role: article.words(line.span) for line in article.lines}
    assert shown["headline"] == HEADLINE
    assert shown["date"] == "2025-05-03 10:00:00"
    assert shown["url"] == "https://lund.example/p"


def test_escapes_of_json_lead_to_the_source():
    raw = '{"title":"Caf\\u00e9 \\"A\\" \\ud83d\\ude00","text":"One\\nTwo \\u0026amp; three\\/"}'
    article = read(raw, "articles/a.json")
    assert article.headline == 'Café "A" 😀'
    assert body(article) == ["One", "Two & three/"]
    span = source_span(article.edits, article.paragraphs[1].span)
    assert raw[span.start : span.end] == "Two \\u0026amp; three\\/"


def test_half_a_pair_and_odd_escapes_are_read():
    article = read('{"title":"a\\ud800b\\u0000","text":"x\\ty\\b"}', "articles/a.json")
    assert article.headline == "a\ufffdb␀"
    assert body(article) == ["x\ty␈"]


def test_other_fields_of_a_record_are_kept_as_extra():
    article = read(record(title="A", text="B b.", mood=[1, "x"], nothing=None), "articles/a.json")
    assert article.given.extra == (("mood", '[1,"x"]'),)


def test_a_record_without_a_title_is_known_by_its_first_sentence():
    article = read(record(text=FIRST), "articles/a.json")
    assert (article.headline, codes(article)) == (FIRST, ["no-headline"])
    assert codes(read(record(x=1), "articles/a.json")) == ["no-headline", "no-body"]


def test_a_bad_date_in_a_record_is_a_problem():
    assert codes(read(record(title="A", text="B b.", date="soon"), "articles/a.json")) == [
        "bad-date"
    ]


def test_newsgens_own_record_is_read():
    own = {
        "headline": HEADLINE,
        "published": {"value": "2025-05-03", "rule": "dateline"},
        "author": {"name": "Ann Quill", "url": "https://lund.example/ann"},
        "source": {"path": "articles/a.txt"},
        "paragraphs": [{"number": 1, "span": [0, 9], "text": FIRST}, {"text": SECOND}],
        "quotes": [{"text": "said"}],
    }
    article = read(json.dumps(own), "articles/a.json")
    assert article.headline == HEADLINE
    assert body(article) == [FIRST, SECOND]
    assert article.given.date == "2025-05-03"
    assert article.given.authors == ("Ann Quill",)


def test_a_list_of_paragraphs_as_strings():
    article = read(record(title="A", paragraphs=[FIRST, SECOND]), "articles/a.json")
    assert body(article) == [FIRST, SECOND]


def test_an_array_holds_many_records():
    raw = f" [ {record(title='A', text='Été.')},\n {record(title='B', text='C c.')} ] ".encode()
    articles = read_file("articles/a.json", raw)
    assert_lossless(articles, raw)
    assert [article.headline for article in articles] == ["A", "B"]
    assert [article.source.record for article in articles] == [1, 2]
    assert articles[1].id == sha256(b"a.json#2")[:12]
    start, size = articles[1].source.start, articles[1].source.bytes
    assert json.loads(raw[start : start + size])["title"] == "B"


def test_an_array_with_broken_bytes_and_a_mark_is_cut_exactly():
    raw = b'\xef\xbb\xbf[{"title":"\xc3\xa9\xc3\xa9"},{"title":"B\xc3\xa9\xc3\xa9 \xff"}]'
    articles = read_file("articles/a.json", raw)
    assert_lossless(articles, raw)
    raw = b'[{"title":"\xc3\xa9 \xff"}, "\xc3\xa9\xff", {"title":"B\xc3\xa9\xc3\xa9 \xff"}]'
    articles = read_file("articles/a.json", raw)
    assert_lossless(articles, raw)
    assert "malformed-record" in codes(articles[0])


def test_json_lines_hold_one_record_a_line():
    raw = f"{record(title='A', text='B b.')}\r\n\n{record(title='C', text='D d.')}".encode()
    articles = read_file("articles/a.jsonl", raw)
    assert_lossless(articles, raw)
    assert [article.source.record for article in articles] == [1, 3]
    assert articles[0].source.format == "jsonl"
    assert read_file("articles/a.json", raw)[1].headline == "C"


def test_a_broken_line_is_a_problem_of_the_article_beside_it():
    raw = f"{{broken\n{record(title='A', text='B b.')}\n[1]\n".encode()
    (article,) = read_file("articles/a.jsonl", raw)
    assert codes(article) == ["malformed-record", "malformed-record"]
    assert [problem.line for problem in article.problems] == [1, 3]


def test_what_msgspec_refuses_the_standard_library_reads():
    article = read('{"title": "A\tB", "text": "C c.", "x": NaN}', "articles/a.json")
    assert article.headline == "A B"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("a.json", b"{broken", id="broken"),
        pytest.param("a.json", b"{broken\n{too", id="broken lines"),
        pytest.param("a.json", b"3", id="a number"),
        pytest.param("a.json", b"[]", id="an empty array"),
        pytest.param("a.json", b"[1, 2]", id="an array of numbers"),
        pytest.param("a.json", b'{"a":' * 100_000, id="too deep"),
        pytest.param("a.jsonl", b"", id="nothing"),
        pytest.param("a.jsonl", b"\n\n", id="blank lines"),
        pytest.param("a.jsonl", b"\xff\xfe{\x00}\x00", id="UTF-16 lines"),
    ],
)
def test_a_file_without_any_record_cannot_be_read(path, content):
    with pytest.raises(SourceError) as caught:
        read_file(path, content)
    assert path in str(caught.value)


def test_json_with_places():
    raw = '{"a": "x\\"y", "b": [{"name": "n"}, "m"], "c": {"d": {"e": "f"}}, "g": 1}'
    values = [(value.key, value.name, raw[value.start : value.end]) for value in string_values(raw)]
    assert values == [
        ("a", "a", 'x\\"y'),
        ("b", "name", "n"),
        ("b", "b", "m"),
        ("c", "e", "f"),
    ]
    assert string_values('"x"') == []
    assert [raw[2:4] for raw in ("[ 1, 2 ]",)] == ["1,"]
    assert elements('[ {"a": [1]} , 2 ]') == [(2, 12), (15, 16)]
    assert elements("[]") == []
    assert unescaped("plain") == ("plain", ())


def test_front_matter_is_read_alike_wherever_it_is_read_from():
    """A limit of Python's stack would give one result here and another in a worker."""
    source = f"---\ntitle: Port\na: {'[' * 45}{']' * 45}\n---\n{FIRST}\n"

    def deeper(levels):
        return deeper(levels - 1) if levels else read_file("articles/port.txt", source.encode())

    assert deeper(700) == deeper(0)
    assert deeper(0)[0].headline == "Port"


def test_markdown_that_the_renderer_cannot_take_is_read_as_text(monkeypatch):
    def exhausted(text, extensions):
        raise RecursionError

    monkeypatch.setattr("markdown.markdown", exhausted)
    article = read(f"# {HEADLINE}\n\n{FIRST}\n", "articles/port.md")
    assert [problem.code for problem in article.problems][:1] == ["markdown-too-large"]
    assert FIRST in body(article)


def test_a_rule_of_markdown_ends_nothing_but_a_paragraph():
    article = read(f"# {HEADLINE}\n\n> {FIRST}\n>\n> ---\n>\n> {SECOND}\n\n---\n\nEnd.\n", "a.md")
    assert [words.lstrip("> ") for words in body(article)] == [FIRST, SECOND, "End."]


def test_a_stated_encoding_that_does_not_lead_back_is_not_taken():
    raw = b'<meta charset="shift_jis">\n' + "港".encode("shift_jis") * 20 + b"\x87\x90\n"
    decoded = decode(raw)
    assert (decoded.how, decoded.encoding) != ("declared", "cp932")
    assert encode(decoded.text, decoded.encoding, decoded.repairs) == raw


@pytest.mark.parametrize(
    "source", [f"{HEADLINE}\n{{}}\n", "{}\n", f"{HEADLINE} - Post >> {HEADLINE} {{}} © The Post\n"]
)
def test_megabytes_on_one_line_are_not_copied_again_and_again(source):
    content = source.format(f"{FIRST} " * 12_000).encode()
    read_file("articles/a.txt", b"Fog\n")
    tracemalloc.start()
    try:
        read_file("articles/port.txt", content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 * len(content)
