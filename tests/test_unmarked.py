"""Markdown without markup: read without a library, and exactly as with one."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsgen.layout.unmarked import unmarked
from newsgen.readers import markdown
from newsgen.readers.markdown import read_markdown

DEMO = sorted((Path(__file__).parents[1] / "demo").rglob("*.md"))
PIECES = st.sampled_from(
    [
        *["Supply had storms.", "By Jane Doe", "Related Stories", "(Photo by A. B.)", "© 2020 X"],
        *["Ships & boats", "AT&T", "R&D; more", "&copy", "&amp;", "&#60;", "a&b;", "& x;"],
        *["\n", "\n\n", "\n\n\n", "\r\n", " ", "  ", "   ", "    ", "\t", " \n", "\n "],
        *["1. one", "12) two", "1.5 million", "- item", "+", "* a", "# Head", "#tag", "===", "---"],
        *["a = b", "x - y", "~", "~~~", ": def", ":::", "| a | b |", "!", "![", "a_b", "**b**"],
        *["`", "\\", "<b>", "<", ">", "> quote", "[a](b)", "http://a.b/c?d=e", "a@b.c", "{x}"],
        *[
            "“Curly” ’s",
            "你好。",
            "é",
            "\u200b",
            "\u00a0",
            "\u00ad",
            "\x02",
            "\x85",
            "\u2028",
            "😀",
        ],
        *["Read more: Another long story title", '"quoted"', "'", "\\'", "Title", "…", "$1", "^"],
    ]
)
BODIES = st.lists(PIECES, max_size=14).map("".join) | st.lists(PIECES, max_size=9).map(" ".join)
FRONT = st.sampled_from(["", "---\ntitle: Title\n---\n", "---\ntags: [a &amp; b, c]\n...\n\n"])


def read_by_library(content: bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "unmarked", lambda text, start: None)
        return read_markdown("articles/a.md", content)


@settings(max_examples=1500)
@example("", " " * 40 + "a")
@example("", "a" + " " * 60 + "b" + "\n" * 60 + "c")
@example("", "\u200b")
@example("", "")
@example("", "\n\n")
@given(front=FRONT, body=BODIES)
def test_what_has_no_markup_is_read_as_a_library_reads_it(front, body):
    content = (front + body).encode()
    assert read_markdown("articles/a.md", content) == read_by_library(content)


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.name)
def test_the_demo_is_read_as_a_library_reads_it(path):
    content = path.read_bytes()
    assert read_markdown("articles/a.md", content) == read_by_library(content)


def test_prose_needs_no_library():
    text = '---\ntitle: A\n---\n\nShips & boats - 3 of them - "came".\n\nAT&T\'s #1: a = b!\nWhy?\n'
    found = unmarked(text, text.index("\n\n") + 1)
    assert found is not None
    assert [found.text[a.start : a.end][:5] for a in found.blocks] == ["Ships", "AT&T'"]


@pytest.mark.parametrize(
    "body", ["*a*", "a  \nb", "1. a", "- a", "a\n===", "    code", "&amp;", "<b>", "[a]: b", "a\tb"]
)
def test_markup_is_left_to_the_library(body):
    assert unmarked(body, 0) is None
