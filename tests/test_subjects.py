import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import naming, odd, plain_article, quoting, tagged
from newsgen.model import Credit, Inferred, Mention, Span, Subject
from newsgen.subjects import (
    Membership,
    anchor_of,
    card_of,
    date_parts,
    entries_of,
    lede_of,
    period_of,
)


def entries(article):
    return list(entries_of(article, card_of(article)))


def subjects(article):
    return {(entry.subject.kind, entry.subject.key) for entry in entries(article)}


@pytest.mark.parametrize(
    ("published", "parts", "period"),
    [
        ("2024-05-06", ("2024", "05", "06"), ("month", "2024-05")),
        ("2024-05-06T10:30", ("2024", "05", "06"), ("month", "2024-05")),
        ("2024-05", ("2024", "05"), ("month", "2024-05")),
        ("2024", ("2024",), ("year", "2024")),
        ("2024~", ("2024",), ("year", "2024")),
        ("2024-XX", ("2024",), ("year", "2024")),
        ("soon", (), ("undated", "")),
        ("", (), ("undated", "")),
        (None, (), ("undated", "")),
    ],
)
def test_an_article_stands_in_the_calendar_as_precisely_as_its_date(published, parts, period):
    assert date_parts(published) == parts
    assert period_of(published) == Subject(*period)


def test_a_card_holds_what_lists_show():
    card = card_of(plain_article("Port reopens", "Ships came.", published="2024-05-06"))
    assert (card.headline, card.published, card.lede) == (
        "Port reopens",
        "2024-05-06",
        "Ships came.",
    )
    assert card.permalink == f"articles/port-reopens-{card.id}.html"
    assert card.credit is None
    assert card.language == ""


def test_a_card_without_text_or_date_says_so():
    card = card_of(plain_article("Port reopens"))
    assert (card.lede, card.published) == ("", None)


@pytest.mark.parametrize(
    ("roles", "credit"),
    [
        pytest.param(["publisher", "author"], "author", id="author first"),
        pytest.param(["editor", "agency"], "agency", id="then an agency"),
        pytest.param(["cited", "republisher"], "republisher", id="then a publisher"),
        pytest.param(["cited"], None, id="but not who is only cited"),
    ],
)
def test_a_card_names_who_the_text_is_owed_to(roles, credit):
    credits = tuple(Credit(role, role, "rule") for role in roles)
    assert card_of(plain_article("Port reopens", credits=credits)).credit == credit


def test_a_card_names_the_language_that_was_found():
    article = plain_article("Port reopens", language=Inferred("de", "words"))
    assert card_of(article).language == "de"


@given(st.text("ab ", max_size=600))
def test_a_lede_is_the_opening_cut_at_a_word(words):
    article = plain_article("Port reopens", words)
    lede = lede_of(article)
    whole = " ".join(words.split())
    assert len(lede) <= 241
    assert whole.startswith(lede.removesuffix("…"))
    assert lede.endswith("…") == (len(whole) > 240)
    if lede.endswith("…") and " " in whole[:240]:
        assert whole[len(lede) - 1] == " "


def test_a_lede_is_one_line():
    assert lede_of(plain_article("Port reopens", "Ships \t came\u2028back.")) == "Ships came back."


def test_an_article_is_listed_by_site_month_and_day():
    article = plain_article("Port reopens", published="2024-05-06")
    assert subjects(article) == {("site", ""), ("month", "2024-05"), ("day", "2024-05-06")}
    assert subjects(plain_article("Fog")) == {("site", ""), ("undated", "")}
    assert ("year", "2024") in subjects(plain_article("Fog", published="2024"))


def test_lists_stand_in_the_order_of_dates_and_the_undated_last():
    dates = [None, "2024-05-06", "2024", "2023-12-31", "2024-05"]
    rows = [entries(plain_article("Fog", published=date))[0].sort for date in dates]
    found = [row.partition(" ")[0] for row in sorted(rows)]
    assert found == ["2023-12-31", "2024", "2024-05", "2024-05-06", "~"]


def test_an_article_is_listed_under_its_terms_with_the_names_it_prints():
    article = naming(plain_article("Port", "Ada Quill met Ada Quill."), "Ada Quill")
    article = tagged(article, "fog", proposed=True)
    found = {e.subject.key: e.payload for e in entries(article) if e.subject.kind == "term"}
    assert msgspec.json.decode(found["people/ada-quill"]) == {"name": "Ada Quill"}
    assert msgspec.json.decode(found["tags/fog"]) == {"name": "fog", "proposed": True}


def test_a_tag_says_which_media_topic_it_stands_for():
    article = tagged(plain_article("Port"), "fog")
    term = msgspec.structs.replace(article.terms[0], iptc="medtop:20000256")
    article = msgspec.structs.replace(article, terms=(term,))
    (payload,) = [e.payload for e in entries(article) if e.subject.kind == "term"]
    assert msgspec.json.decode(payload, type=Membership).iptc == "medtop:20000256"


def test_a_term_that_is_an_entity_too_is_listed_once():
    article = naming(plain_article("Port", "Fog came."), "Fog", kind="place", taxonomy="tags")
    article = tagged(article, "Fog", proposed=True)
    rows = [entry for entry in entries(article) if entry.subject.key == "tags/fog"]
    assert len(rows) == 1
    assert not msgspec.json.decode(rows[0].payload, type=Membership).proposed


def quoted():
    words = 'Ada Quill said "Bruno Vance and Ada Quill will  come" and Bruno Vance came.'
    article = plain_article("Port", words, published="2024")
    article = naming(article, "Ada Quill", "Bruno Vance")
    article = quoting(
        article, "Bruno Vance and Ada Quill will  come", "Ada Quill", "people/ada-quill"
    )
    return quoting(article, "and Bruno Vance")


def test_a_quote_is_listed_by_period_speaker_and_who_it_names():
    rows = {(e.subject.kind, e.subject.key, e.kind, e.n) for e in entries(quoted())}
    assert {row for row in rows if row[2] in ("quote", "by", "about")} == {
        ("quotes", "2024", "quote", 0),
        ("quotes", "2024", "quote", 1),
        ("term", "people/ada-quill", "by", 0),
        ("term", "people/bruno-vance", "about", 0),
        ("term", "people/bruno-vance", "about", 1),
    }


def test_a_quote_says_what_other_pages_may_show():
    payloads = [e.payload for e in entries(quoted()) if e.kind == "quote"]
    first, second = (msgspec.json.decode(payload) for payload in payloads)
    assert first["text"] == "Bruno Vance and Ada Quill will come"
    assert (first["speaker"], first["entity"]) == ("Ada Quill", "people/ada-quill")
    assert first["anchor"] == "l2"
    assert (second["speaker"], second["entity"], second["role"]) == (None, None, None)


def test_quotes_of_an_undated_article_are_listed_as_undated():
    article = quoting(plain_article("Port", "It will come."), "will come", "a sailor")
    kinds = {(e.subject.kind, e.subject.key) for e in entries(article) if e.kind == "quote"}
    assert kinds == {("quotes", "undated")}
    assert not any(entry.subject.kind == "term" for entry in entries(article))


def test_a_mention_that_begins_before_a_quote_is_not_in_it():
    article = plain_article("Port", "Ada Quill came.")
    article = msgspec.structs.replace(
        quoting(article, "Quill came"), mentions=(Mention(Span(5, 14), "people/ada-quill"),)
    )
    assert not [entry for entry in entries(article) if entry.kind == "about"]


def test_problems_are_listed_by_code():
    article = odd(odd(plain_article("Port"), "undated"), "empty-section", line=3)
    rows = [e for e in entries(article) if e.kind == "problem"]
    assert [row.subject.key for row in rows] == ["undated", "empty-section"]
    assert rows[1].sort == "articles/port.txt 000000003"


def test_no_two_entries_share_their_place_in_a_list():
    rows = entries(odd(odd(tagged(quoted(), "fog", "sea"), "undated"), "undated"))
    places = [(row.subject, row.kind, row.sort, row.n) for row in rows]
    assert len(places) == len(set(places))


def test_a_line_has_an_anchor():
    article = plain_article("Port", "One.", "Two.")
    assert [anchor_of(article, line.span) for line in article.lines] == ["l1", "l2", "l3"]


def test_a_long_article_says_something_of_each_of_its_quotes():
    count = 32_000
    article = plain_article("Port", "Ada came. " * count)
    quote = quoting(article, "Ada", "Ada").quotes[0]
    spans = [Span(5 + 10 * n, 8 + 10 * n) for n in range(count)]
    article = msgspec.structs.replace(
        article,
        mentions=tuple(Mention(span, "people/ada") for span in spans),
        quotes=tuple(msgspec.structs.replace(quote, span=span) for span in spans),
    )
    assert sum(entry.subject.kind == "quotes" for entry in entries(article)) == count
