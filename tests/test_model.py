import pickle
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import naming, plain_article, quoting
from newsgen.errors import NewsgenError, OutputError, SettingsError, SourceError, TemplateError
from newsgen.model import Article, Edit, Span, source_offset, source_span


@st.composite
def pieces(draw):
    """A source and its reading text as pieces: equal stretches and edits by turns."""
    plain = st.text("abc ", min_size=1, max_size=5)
    edited = st.tuples(st.text("xy", max_size=3), st.text("&;", max_size=5))
    found, edits, reading, source = [], [], "", ""
    for _ in range(draw(st.integers(0, 5))):
        words = draw(plain)
        found.append((len(reading), len(source), words))
        reading, source = reading + words, source + words
        shown, was = draw(edited)
        if len(shown) != len(was):
            edits.append(
                Edit(len(reading), len(reading) + len(shown), len(source), len(source) + len(was))
            )
            reading, source = reading + shown, source + was
    words = draw(plain)
    found.append((len(reading), len(source), words))
    return tuple(edits), reading + words, source + words, found


@given(pieces())
def test_unedited_text_leads_to_the_same_characters(made):
    edits, reading, source, found = made
    for start, source_start, words in found:
        inner = range(start + 1, start + len(words))  # what stands at an edge may be an edit's
        for offset in inner:
            place = source_offset(edits, offset)
            assert place == source_start + offset - start
            assert source[place] == reading[offset]


@given(pieces(), st.data())
def test_spans_that_tile_the_reading_text_tile_the_source(made, data):
    edits, reading, source, _ = made
    cuts = data.draw(st.sets(st.integers(0, len(reading)), max_size=5))
    borders = sorted(cuts | {0, len(reading)})
    spans = [Span(*pair) for pair in pairwise(borders)]
    places = [source_span(edits, span) for span in spans]
    assert places[0].start == 0
    assert places[-1].end == len(source)
    assert all(one.end == other.start for one, other in pairwise(places))


@given(pieces())
def test_offsets_never_run_backwards(made):
    edits, reading, source, _ = made
    places = [source_offset(edits, offset) for offset in range(len(reading) + 1)]
    assert places == sorted(places)
    assert places[0] >= 0 and places[-1] <= len(source)


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, 0), (1, 1), (2, 6), (3, 7), (4, 7), (5, 8), (6, 9)],
)
def test_an_offset_inside_an_edit_leads_to_its_beginning(offset, place):
    # reading "A&BxyC", source "A&amp;B" + "z" + "C": "&amp;" shows as "&", "z" as "xy"
    edits = (Edit(1, 2, 1, 6), Edit(3, 5, 7, 8))
    assert source_offset(edits, offset) == place


def test_what_was_deleted_belongs_to_what_stands_before_it():
    # reading "ab", source "a--b"
    edits = (Edit(1, 1, 1, 3),)
    assert source_span(edits, Span(0, 1)) == Span(0, 3)
    assert source_span(edits, Span(1, 2)) == Span(3, 4)


def test_a_deletion_at_the_beginning_belongs_to_the_first_span():
    edits = (Edit(0, 0, 0, 3),)
    assert source_span(edits, Span(0, 2)) == Span(0, 5)


def test_without_edits_the_texts_are_one():
    assert source_span((), Span(3, 9)) == Span(3, 9)


def test_an_article_gives_the_words_of_a_span():
    article = plain_article("Port reopens", "Ships came.")
    assert article.words(article.paragraphs[0].span) == "Ships came."
    assert article.words(article.lines[0].span) == article.headline


def test_a_place_in_the_text_has_a_line():
    article = plain_article("Port reopens", "Ships came.", "Fog rose.")
    assert [article.line_at(line.span.start) for line in article.lines] == [1, 2, 3]
    assert article.line_at(0) == 1
    assert article.line_at(len(article.text)) == 3


def test_a_place_before_the_first_line_or_without_lines_is_on_line_1():
    article = plain_article("Port reopens")
    assert msgspec.structs.replace(article, lines=()).line_at(5) == 1


def test_lines_are_found_by_role_in_order():
    article = plain_article("Port reopens", "One.", "Two.", related=["Storm closes port"])
    assert [line.number for line in article.lines_of("related", "paragraph")] == [2, 3, 5]
    assert article.lines_of("rights") == ()


def test_an_article_survives_the_way_through_json():
    article = naming(plain_article("Port reopens", "Ada Quill came.", related=["Fog"]), "Ada Quill")
    article = quoting(article, "came", "Ada Quill", "people/ada-quill")
    back = msgspec.json.decode(msgspec.json.encode(article), type=Article)
    assert back == article


def test_a_record_is_frozen():
    with pytest.raises(AttributeError):
        plain_article("Port reopens").headline = "Another"


@pytest.mark.parametrize("kind", [SettingsError, SourceError, TemplateError, OutputError])
def test_an_error_says_what_where_what_was_expected_and_what_to_do(kind):
    error = kind("it is broken", where="a.txt:3", expected="a whole one", hint="mend it")
    assert isinstance(error, NewsgenError)
    assert str(error) == "a.txt:3: it is broken\n  expected: a whole one\n  to do:    mend it"
    assert str(kind("it is broken")) == "it is broken"


def test_an_error_crosses_process_borders_whole():
    error = pickle.loads(pickle.dumps(SettingsError("w", where="x", expected="y", hint="z")))
    assert isinstance(error, SettingsError)
    assert (error.what, error.where, error.expected, error.hint) == ("w", "x", "y", "z")
