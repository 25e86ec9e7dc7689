"""Bytes to text and back, the text that is read, and edits that lead from it to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.model import Edit, Span, source_offset, source_span
from newsgen.source_text.edits import compose, reading_offset
from newsgen.source_text.encoding import decode, encode, encoding_problems
from newsgen.source_text.reading_text import plain, reading_text

BITS = ["&amp;", "&", "a", "\\'", '\\"', "\n", "\r", "\u200b", "\ufeff", "é", "&lt;", "&amp;amp;"]
BITS += ["\x00", "&#10;", "&#8203;", "&NotEqualTilde;", "\\", "\u00ad", "\u00a0", "&nbsp;", "😀"]
SCRAPED = st.lists(st.sampled_from(BITS), max_size=14).map("".join)


def tiles(text, edits, source_text):
    """Whether the characters of a reading text, led to the source, tile the source."""
    place = 0
    for offset in range(len(text)):
        start, end = source_offset(edits, offset), source_offset(edits, offset + 1)
        if start != place:
            return False
        place = end
    return place == len(source_text) or not text


@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace") + b"\xff"),
        st.text(max_size=40).map(lambda text: text.encode("utf-16")),
        st.text("äöüß ", max_size=40).map(lambda text: text.encode("latin-1")),
    )
)
def test_any_bytes_are_given_back(content):
    decoded = decode(content)
    assert encode(decoded.text, decoded.encoding, decoded.repairs) == content


@pytest.mark.parametrize(
    ("content", "encoding", "how"),
    [
        pytest.param(b"", "utf-8", "utf-8", id="nothing"),
        pytest.param("Høst".encode(), "utf-8", "utf-8", id="utf-8"),
        pytest.param("Høst".encode("utf-8-sig"), "utf-8-sig", "bom", id="utf-8 with a mark"),
        pytest.param(b"\xff\xfeH\x00i\x00", "utf-16-le-sig", "bom", id="utf-16 little"),
        pytest.param(b"\xfe\xff\x00H\x00i", "utf-16-be-sig", "bom", id="utf-16 big"),
        pytest.param(b"\xff\xfe\x00\x00H\x00\x00\x00", "utf-32-le-sig", "bom", id="utf-32 little"),
        pytest.param("Port".encode("utf-16-le"), "utf-16-le", "detected", id="utf-16, no mark"),
        pytest.param("Port".encode("utf-16-be"), "utf-16-be", "detected", id="utf-16 big, no mark"),
        pytest.param(
            b'<meta charset="latin1"> caf\xe9', "cp1252", "declared", id="latin-1 means cp1252"
        ),
        pytest.param(b"---\nencoding: cp1250\n---\n\x9d", "cp1250", "declared", id="front matter"),
        pytest.param(b"# coding: koi8-r\n\xf0\xcf\xd2\xd4", "koi8-r", "declared", id="coding line"),
        pytest.param(b"charset: gb2312\n\xb8\xdb", "gb18030", "declared", id="wider than declared"),
        pytest.param(
            b'<meta charset="latin1"> \x81', "iso8859-1", "declared", id="cp1252 lacks the byte"
        ),
        pytest.param(b"charset: rot13\n" + b"a" * 99 + b"\xe9", "cp1252", "detected", id="no text"),
        pytest.param(b"charset: nonsense\nabc \xa3 abc" + b"d" * 99, "cp1252", "detected", id="??"),
        pytest.param(b"charset: utf-8\n" + b"a" * 99 + b"\xe9", "cp1252", "detected", id="untrue"),
        pytest.param("é ü".encode() + b" \xff", "utf-8", "damaged", id="a broken byte"),
        pytest.param(b"fine " * 9 + b"\xa3", "cp1252", "detected", id="a lone pound sign"),
        pytest.param(b"a" * 99 + b"\x81", "latin-1", "fallback", id="a byte cp1252 lacks"),
    ],
)
def test_the_ladder_of_encodings(content, encoding, how):
    decoded = decode(content)
    assert (decoded.encoding, decoded.how) == (encoding, how)
    assert encode(decoded.text, decoded.encoding, decoded.repairs) == content


def test_statistics_name_the_encoding_of_foreign_text():
    content = ("Порт снова открыт после шторма, сообщил начальник порта. " * 20).encode("cp1251")
    decoded = decode(content)
    assert decoded.text.startswith("Порт снова открыт")
    assert decoded.how == "detected"


def test_a_large_file_is_judged_by_its_first_foreign_stretch():
    content = b"plain words " * 9000 + "Порт снова открыт после шторма. ".encode("cp1251") * 900
    assert "Порт снова" in decode(content).text


def test_noise_becomes_latin_1():
    content = bytes(range(128, 256)) * 2
    assert decode(content).how in ("detected", "fallback")
    assert encode(decode(content).text, decode(content).encoding) == content


def test_broken_bytes_are_shown_and_kept():
    decoded = decode("é\né".encode() + b"\xff\xfe.")
    assert decoded.text == "é\né\ufffd\ufffd."
    assert decoded.repairs == ((3, "ff"), (4, "fe"))
    (problem,) = encoding_problems(decoded, "articles/a.txt")
    assert (problem.code, problem.line, problem.level) == ("undecodable-bytes", 2, "warning")


def test_a_guess_is_a_remark_and_a_statement_is_none():
    (problem,) = encoding_problems(decode(b"fine " * 9 + b"\xa3"), "articles/a.txt")
    assert (problem.code, problem.level) == ("encoding-guessed", "info")
    assert encoding_problems(decode("é".encode()), "articles/a.txt") == ()


@pytest.mark.parametrize(
    ("scraped", "expected"),
    [
        pytest.param("Rhône & Söhne", "Rhône & Söhne", id="nothing to do"),
        pytest.param("A &amp; B", "A & B", id="entity"),
        pytest.param("A &amp;amp; B &amp;lt;", "A & B <", id="escaped twice"),
        pytest.param("&eacute;&#233;&#xE9;", "ééé", id="name, number, hexadecimal"),
        pytest.param("AT&T; &notable; &copy 5", "AT&T; &notable; &copy 5", id="no entities"),
        pytest.param("a&nbsp;b&#160;c\u00a0d\u3000e\u2028f", "a b c d e f", id="odd spaces"),
        pytest.param("a&#10;b", "a b", id="a line end in an entity makes no line"),
        pytest.param("a&#8203;b&shy;c", "abc", id="invisible entities"),
        pytest.param("a&#3;b&#0;c", "ab\ufffdc", id="control references"),
        pytest.param(r"It\'s \"so\"", 'It\'s "so"', id="literal escapes"),
        pytest.param("\ufeffa\u200bb\u00adc\u2060d", "abcd", id="invisible characters"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiners stay"),
        pytest.param("a\x00b\x0bc\x7f", "a␀b␋c␡", id="controls are made visible"),
        pytest.param("it\x92s \x81", "it’s \ufffd", id="windows-1252 read as latin-1"),
        pytest.param("a\ud800b", "a\ufffdb", id="half a character"),
        pytest.param("a\tb\r\nc\rd", "a\tb\r\nc\rd", id="tabs and line ends stay"),
        pytest.param("\u200b\ufeff", "\u200b\ufeff", id="nothing but invisible"),
    ],
)
def test_reading_text_undoes_what_scraping_left(scraped, expected):
    assert reading_text(scraped)[0] == expected


@given(SCRAPED)
def test_spans_that_tile_the_reading_text_tile_the_source(scraped):
    text, edits = reading_text(scraped)
    assert tiles(text, edits, scraped)


@given(SCRAPED)
def test_between_edits_reading_text_and_source_agree(scraped):
    text, edits = reading_text(scraped)
    source = plain(scraped)
    place = source_place = 0
    for edit in (*edits, Edit(len(text), len(text), len(source), len(source))):
        assert text[place : edit.start] == source[source_place : edit.source_start]
        place, source_place = edit.end, edit.source_end


@given(SCRAPED)
def test_composed_edits_lead_from_the_last_text_to_the_first(scraped):
    middle, first = reading_text(scraped)
    text, second = reading_text(middle)
    assert tiles(text, compose(first, second), scraped)


def test_neighbouring_edits_stay_apart_when_composed():
    first = (Edit(0, 1, 0, 6), Edit(1, 2, 6, 12), Edit(2, 3, 12, 18))
    second = (Edit(1, 1, 1, 2),)
    assert compose(first, second) == (Edit(0, 1, 0, 6), Edit(1, 1, 6, 12), Edit(1, 2, 12, 18))


def test_overlapping_edits_become_one():
    first = (Edit(0, 1, 0, 6), Edit(5, 6, 10, 12))  # \u0026 for the & of "&amp; x\""
    second = (Edit(0, 1, 0, 5), Edit(4, 5, 8, 9))
    assert compose(first, second)[0] == Edit(0, 1, 0, 10)
    assert compose(first, ()) == first
    assert compose((), second) == second


def test_the_source_leads_back_to_the_reading_text():
    text, edits = reading_text("Ann &amp; Bo\u200b!")
    assert text == "Ann & Bo!"
    assert [reading_offset(edits, place) for place in (0, 4, 6, 9, 12, 13)] == [0, 4, 5, 5, 8, 8]
    assert reading_offset((), 7) == 7
    assert source_span(edits, Span(4, 5)) == Span(4, 9)
