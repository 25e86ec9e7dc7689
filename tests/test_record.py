"""The JSON record: its shape, and spans that lead to the source."""

import msgspec
import pytest

from newsgen.annotate import annotate
from newsgen.readers import read_file
from newsgen.record import RelatedRecord, record_of
from newsgen.source_text.encoding import decode

TEXT = (
    "Port &amp; quay reopen\r\n"
    "Published: March 4, 2024\r\n"
    "\u201cWe can\\'t wait,\u201d said Ada Quill, mayor of Easthaven.\r\n"
    "Related Stories\r\n- Storm closes port\r\n"
    "Copyright \u00a9 2024 The Easthaven Post. All rights reserved.\r\n"
)


def record(text: str = TEXT, path: str = "articles/a.txt"):
    article = annotate(read_file(path, text.encode())[0])
    return msgspec.json.decode(msgspec.json.encode(record_of(article)))


def test_spans_are_places_in_the_source_text():
    found = record()
    start, end = found["quotes"][0]["span"]
    assert TEXT[start:end].rstrip(",") == "We can\\'t wait"
    assert found["quotes"][0]["text"].rstrip(",") == "We can't wait"
    start, end = found["lines"][0]["span"]
    assert TEXT[start:end] == "Port &amp; quay reopen"
    start, end = found["published"]["evidence"]
    assert TEXT[start:end] == "March 4, 2024"


def test_the_lines_of_a_record_give_back_the_source():
    lines = record()["lines"]
    assert "\r\n".join(TEXT[a:b] for a, b in (line["span"] for line in lines)) + "\r\n" == TEXT


def test_a_record_has_every_field_also_where_nothing_is_known():
    found = record("Only a headline\n")
    assert found["published"] is None
    assert found["dateline"] is None
    assert found["quotes"] == found["related"] == found["captions"] == []
    assert set(found["source"]) == {"path", "sha256", "bytes", "encoding"}


def test_a_printed_title_leads_to_an_article_only_where_an_archive_says_so():
    article = read_file("articles/a.txt", TEXT.encode())[0]
    assert record_of(article).related == (
        RelatedRecord("Storm closes port", 5, "Related Stories", None, None),
    )
    told = RelatedRecord("Storm closes port", 5, "Related Stories", "0123456789ab", 1.0)
    assert record_of(article, [told]).related == (told,)


def test_the_place_of_a_record_in_its_file_is_told():
    line = '{"title": "A", "text": "Body of it."}'
    second = read_file("articles/a.jsonl", f"{line}\n{line}\n".encode())[1]
    source = record_of(second).source
    assert (source.record, source.start, source.bytes) == (2, len(line) + 1, len(line))


def test_given_fields_without_a_use_stay_as_they_are():
    found = record("---\ntitle: A\nmood: [calm, 3]\n---\nBody of it.\n", "articles/a.md")
    assert found["extra"] == {"mood": ["calm", 3]}


@pytest.mark.parametrize("content", [b"A \xff odd byte\nBody\n", "Só\n".encode("latin-1") * 9])
def test_encodings_and_repairs_are_told(content):
    article = read_file("articles/a.txt", content)[0]
    told = record_of(article).source
    assert (told.encoding, told.repairs) == (decode(content).encoding, decode(content).repairs)
