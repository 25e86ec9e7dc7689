"""Front matter: simple entries are read without YAML, and exactly as YAML reads them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsgen.layout import front_matter
from newsgen.layout.front_matter import front_matter_of
from newsgen.source_text.reading_text import reading_text

KEYS = st.sampled_from("title date tags source Author yes null a-b a_b url id 1 é <<".split())
PIECES = st.sampled_from(
    [
        *"word Word Yes no NULL null on off true ~ y n e1 1 1.5 2020 0x1f 1_000 .inf -".split(),
        *"2020-01-02 2020-01-02T10:00:00Z 2020-13-40 10:30 https://a.b/c?d=e#f www.x.org".split(),
        *["“a”", "it's", "’", '"', "'", "é", "中文", "😀", "&amp;", "AT&T", "&a", "*a", "!x", "|"],
        *["a: b", "a:", " #", "#a", "a#b", "%", "@", "`", "{", "}", "[", "]", "- a", "?", "? a"],
        *["\\", "\\'", "\t", "\u200b", "\u00a0", "\x85", "\u2028", "\x07", "...", "---", "=", "<<"],
        *[", ", ",", " , ", "; ", " ", "  ", "", "...", "—", "a/b", "(x)", "$5", "a=b"],
    ]
)
WORDS = st.lists(PIECES, max_size=4).map(" ".join) | st.lists(PIECES, max_size=4).map("".join)
SIMPLE = st.text("aB é.-'1,", min_size=1, max_size=9)
VALUES = st.one_of(
    WORDS,
    SIMPLE,
    WORDS.map(lambda words: f'"{words}"'),
    WORDS.map(lambda words: f"'{words}'"),
    st.lists(WORDS | SIMPLE, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.lists(SIMPLE, max_size=3).map(lambda items: f"[{','.join(items)}]"),
)
LINES = st.builds(
    lambda key, gap, value: f"{key}:{gap}{value}",
    KEYS,
    st.sampled_from([" ", " ", " ", "  ", ""]),
    VALUES,
) | st.sampled_from(["", "# a", "  more", "- a", "..."])
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
TEXTS = st.builds(
    lambda lines, end, fence: end.join(["---", *lines, fence, "Body."]),
    st.lists(LINES, max_size=5),
    ENDS,
    st.sampled_from(["---", "...", "--- ", "---x", ""]),
)


def read_by_yaml(text, source_text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter, "_simple_pairs", lambda *args: None)
        return front_matter_of(text, source_text)


@settings(max_examples=5000)
@example("---\na: " + "b" * 70_000 + "\n---\n")
@example("---\n---\n")
@example("---\na: b\n--- ")
@example("---\na: [b, c]\n---\n")
@example("---\na: [b, no]\n---\n")
@example('---\na: "no: [x] # y"\n---\n')
@given(text=TEXTS)
def test_simple_entries_are_read_as_yaml_reads_them(text):
    reading, _ = reading_text(text)
    assert front_matter_of(reading, text) == read_by_yaml(reading, text)


def test_simple_entries_need_no_yaml(monkeypatch):
    monkeypatch.setattr(front_matter, "_pairs", None)
    text = (
        "---\ntitle: Ships, boats & more (1 of 2)\ndate: 2020-01-02\nsource: Coast Wire\n"
        'url: https://a.b/c\ntags: [Sea, Topic 66]\nsubtitle: "More: soon"\n---\nBody.\n'
    )
    read = front_matter_of(text, text)
    assert read is not None
    assert read.given.tags == ("Sea", "Topic 66")
    assert read.given.subheadline == "More: soon"
