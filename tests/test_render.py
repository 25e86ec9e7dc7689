import re
from html.parser import HTMLParser

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from newsgen.errors import TemplateError
from newsgen.filters import FILTERS, day, initial, marked, percent, seen_from, singular, words
from newsgen.model import TAXONOMIES, Record
from newsgen.pages.article import Block, Mark
from newsgen.render import Renderer
from newsgen.site import Settings, Site


class Shown(Record, frozen=True):
    permalink: str = "articles/a.html"
    headline: str = "Fog <over> the bay"
    count: int | None = 3


class Anywhere(Record, frozen=True):
    permalink: str
    base: str


PAGE = Shown()


@pytest.fixture
def theme(tmp_path):
    """A renderer whose archive has these templates: name, text, name, text, …"""

    def make(*texts):
        for name, text in zip(texts[::2], texts[1::2], strict=True):
            file = tmp_path / "templates" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Renderer(Site(tmp_path, Settings(title="Bay & news")))

    return make


def refusal_of(renderer, template, view=PAGE):
    with pytest.raises(TemplateError) as caught:
        renderer.digest_of(template)
        renderer.render(template, view)
    return caught.value


# Marked-up text


def html_of(text, *marks, page=PAGE):
    return marked(Block("paragraph", 1, text, tuple(marks)), page)


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        pytest.param([], "a &lt;b&gt; c", id="nothing marked"),
        pytest.param([Mark(2, 5, "em")], "a <em>&lt;b&gt;</em> c", id="emphasis"),
        pytest.param(
            [Mark(2, 5, "mention", href="people/b.html")],
            'a <a class="mention" href="../people/b.html">&lt;b&gt;</a> c',
            id="name",
        ),
        pytest.param(
            [Mark(0, 3, "quote", label='A "B"', id="q1")],
            '<span class="quote" id="q1" title="A &#34;B&#34;">a &lt;</span>b&gt; c',
            id="quote",
        ),
        pytest.param(
            [Mark(2, 5, "a", href='https://example.org/?a="&b')],
            'a <a href="https://example.org/?a=&#34;&amp;b" rel="nofollow">&lt;b&gt;</a> c',
            id="link",
        ),
        pytest.param(
            [Mark(0, 5, "strong"), Mark(2, 7, "quote", id="q1")],
            '<strong>a </strong><span class="quote" id="q1"><strong>&lt;b&gt;</strong> c</span>',
            id="a quote stays whole where emphasis crosses it",
        ),
        pytest.param(
            [Mark(0, 7, "a", href="https://x.org/"), Mark(2, 5, "mention", href="p.html")],
            '<a href="https://x.org/" rel="nofollow">a &lt;b&gt; c</a>',
            id="no link in a link",
        ),
        pytest.param([Mark(2, 2, "em")], "a &lt;b&gt; c", id="nothing between its ends"),
        pytest.param(
            [Mark(0, 4, "quote", id="q1"), Mark(2, 7, "quote", id="q2")],
            '<span class="quote" id="q1">a <span class="quote" id="q2">&lt;b</span></span>'
            '<span class="quote">&gt; c</span>',
            id="an id stands once",
        ),
    ],
)
def test_a_text_is_marked_up_and_escaped(marks, html):
    assert html_of("a <b> c", *marks) == html


class Reader(HTMLParser):
    """What a browser makes of a piece of HTML; refuses what does not close in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.text, self.ids, self.inside = [], "", [], []
        self.feed(str(html))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in {"span", "a", "em", "strong", "code"}
        assert not (tag == "a" and "a" in self.open)
        self.ids += [value for name, value in attrs if name == "id"]
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        self.inside += [tuple(self.open)] * len(data)


ELEMENTS = ["quote", "a", "em", "strong", "code", "mention"]


@st.composite
def blocks(draw):
    text = draw(st.text("ab <>&\"'é", min_size=1, max_size=20))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        element = draw(st.sampled_from(ELEMENTS))
        marks.append(Mark(start, end, element, href='x"y<.html', label='"><i>', id=f'{number}"<'))
    return Block("paragraph", 1, text, tuple(marks))


@given(blocks())
def test_marked_text_is_balanced_and_keeps_every_character(block):
    html = marked(block, PAGE)
    assert isinstance(html, Markup)
    found = Reader(html)
    assert found.text == block.text
    assert len(found.ids) == len(set(found.ids))
    assert "<i>" not in html


@given(blocks())
def test_each_character_stands_in_the_marks_that_hold_it(block):
    inside = Reader(marked(block, PAGE)).inside
    names = {"quote": "span", "mention": "a"}
    for place, tags in enumerate(inside):
        holding = [m for m in block.marks if m.start <= place < m.end]
        wanted = {names.get(m.element, m.element) for m in holding}
        assert set(tags) == wanted


@given(blocks())
def test_the_order_of_marks_of_different_stretches_does_not_matter(block):
    spans = [(mark.element, mark.start, mark.end) for mark in block.marks]
    if len(spans) == len(set(spans)):
        turned = Block("paragraph", 1, block.text, block.marks[::-1])
        assert marked(turned, PAGE) == marked(block, PAGE)


def test_many_marks_in_a_long_text_are_fast():
    marks = [Mark(20 * n, 20 * n + 15, ELEMENTS[n % 6], href="x") for n in range(50_000)]
    assert len(html_of("harbour & " * 100_000, *marks)) > 1_000_000


# Filters


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2024-05-06", "6 May 2024"),
        ("2024-05-06T10:30:00Z", "6 May 2024"),
        ("2024-05", "May 2024"),
        ("2024", "2024"),
        ("2024-13", "2024-13"),
        ("2024-05-XX", "2024-05-XX"),
        (None, "date not known"),
        ("", "date not known"),
    ],
)
def test_a_date_is_shown_as_precisely_as_it_is_known(date, shown):
    assert day(date) == shown


@pytest.mark.parametrize(
    ("permalink", "page", "way"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "articles/a.html", "../index.html"),
        ("people/x.html", "calendar/2024/05.html", "../../people/x.html"),
        ("people/x.html", "people/y.html", "../people/x.html"),
    ],
)
def test_a_path_is_seen_from_a_page(permalink, page, way):
    assert seen_from(permalink, Shown(permalink=page)) == way


def test_from_a_page_met_anywhere_paths_begin_at_its_base():
    assert seen_from("index.html", Anywhere("404.html", "/")) == "/index.html"


def test_codes_and_numbers_are_shown_in_words():
    assert words("empty-section") == "empty section"
    assert (percent(0.954), percent(0), percent(1)) == ("95 %", "0 %", "100 %")
    assert [initial(code) for code in ("a", "0-9", "other")] == ["A", "0–9", "Other"]
    assert FILTERS["count"](1234567) == "1,234,567"
    assert FILTERS["noun"]("people") == "People"
    assert (FILTERS["iso"]("2024-05"), FILTERS["iso"](None)) == ("2024-05", "")


def test_an_address_in_a_sitemap_is_plain_ascii():
    assert FILTERS["urlencode_path"]("https://x.org/tags/café.html").endswith("caf%C3%A9.html")


# Templates


def test_a_page_sees_the_site_and_its_view_escaped(theme):
    renderer = theme("p.html", "{{ site.title }}: {{ page.headline }}\n")
    assert renderer.render("p.html", PAGE) == b"Bay &amp; news: Fog &lt;over&gt; the bay\n"


def test_characters_that_no_document_may_hold_are_shown_as_what_they_are(theme):
    renderer = theme("p.html", "{{ page.headline }}")
    view = Shown(headline="a\x00b\x1f\ud800\ufffe\tc\n")
    assert renderer.render("p.html", view).decode() == "a␀b␟\ufffd\ufffd\tc\n"


def test_an_own_template_shadows_the_theme_and_can_extend_it(theme):
    text = '{% extends "!theme/base.html" %}{% block title %}mine{% endblock %}'
    renderer = theme("base.html", text, "p.html", '{% extends "base.html" %}')
    assert "mine" in renderer.render("p.html", Anywhere("404.html", "/")).decode()


def test_a_digest_covers_all_that_a_template_is_made_of(theme):
    texts = {
        "p.html": '{% extends "base.html" %}{% from "_m.html" import m %}'
        '{% include "deep/i.html" %}',
        "base.html": "one",
        "_m.html": "{% macro m() %}{% endmacro %}",
        "deep/i.html": "i",
        "other.html": "x",
    }
    before = theme(*sum(texts.items(), ())).digest_of("p.html")
    assert theme("other.html", "y").digest_of("p.html") == before
    for name in ("p.html", "base.html", "_m.html", "deep/i.html"):
        changed = theme(name, texts[name] + " ").digest_of("p.html")
        assert changed != before
        before = changed


def test_templates_that_import_one_another_have_a_digest(theme):
    renderer = theme("a.html", '{% import "b.html" as b %}', "b.html", '{% import "a.html" as a %}')
    assert renderer.digest_of("a.html") == renderer.digest_of("b.html")


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        pytest.param("\n{% if %}", "p.html:2", "not a valid template", id="syntax"),
        pytest.param("{% for x in page %}", "p.html:1", "not a valid template", id="not closed"),
        pytest.param("\n\n{{ page.headlin }}", "p.html:3", "headlin", id="unknown field"),
        pytest.param("\n{{ pages }}", "p.html:2", "'pages' is undefined", id="unknown variable"),
        pytest.param("\n{{ 1 | nofilter }}", "p.html:2", "nofilter", id="unknown filter"),
        pytest.param("{% include 'no.html' %}", "p.html", "no.html", id="unknown template"),
        pytest.param("{% include page.x %}", "p.html", "by an expression", id="dynamic"),
        pytest.param("{% extends 'broken.html' %}", "broken.html:2", "", id="in another template"),
        pytest.param("\n{{ caller.x.y }}", "p.html:2", "undefined", id="field of nothing"),
        pytest.param(
            "{% include 'deep/broken.html' %}", "deep/broken.html:2", "pages", id="in a folder"
        ),
        pytest.param(
            "\n{{ page.headline | count }}", "p.html:2", "", id="a word where a number must be"
        ),
        pytest.param("\n{{ page.count() }}", "p.html:2", "", id="a number called"),
        pytest.param("\n{{ 1 / 0 }}", "p.html:2", "", id="a division by nothing"),
        pytest.param("\n{{ 'x' | seen_from }}", "p.html:2", "", id="a filter without its argument"),
        pytest.param(b"\n\xe9", "p.html", "", id="not UTF-8"),
    ],
)
def test_a_template_that_cannot_be_used_is_an_error_with_file_and_line(theme, text, place, what):
    broken = ("broken.html", "\n{% endif %}", "deep/broken.html", "\n{{ pages }}")
    error = refusal_of(theme("p.html", text, *broken), "p.html")
    assert what in error.what
    assert error.where == f"templates/{place}"
    assert error.hint


def test_a_template_that_is_not_there_is_an_error(theme):
    assert 'no template "no.html"' in refusal_of(theme(), "no.html").what


def test_an_error_in_a_macro_names_the_line_of_the_macro(theme):
    renderer = theme(
        "_m.html",
        "{% macro m(x) %}\n{{ x.nothing }}\n{% endmacro %}",
        "p.html",
        '{% from "_m.html" import m %}\n\n\n{{ m(page) }}',
    )
    assert refusal_of(renderer, "p.html").where == "templates/_m.html:2"


def test_every_filter_is_known_to_templates(theme):
    assert FILTERS.keys() <= theme().environment.filters.keys()
    assert isinstance(theme().environment.loader, jinja2.ChoiceLoader)
    assert all(re.fullmatch("[a-z_]+", name) for name in FILTERS)


def test_one_heading_of_a_taxonomy_is_called_by_its_own_word():
    assert [singular(name) for name in TAXONOMIES] == [
        "tag",
        "person",
        "organisation",
        "place",
        "event",
        "work",
    ]
