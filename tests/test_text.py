import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from newsgen.text import (
    _DROPPED,
    MONTHS,
    _folded,
    _slugify,
    headline_slug,
    initial_of,
    slug_of,
    sort_key,
    title_key,
)

NAMES = st.text(max_size=120) | st.text("abcABC12 -.'’éÉçß_/\\+#&;", max_size=100)
UNSAFE = set('/\\.:*?"<>| \t\n\r\0%#')
PUNCTUATION = " \t\n-–—.,'’‘`\"“”:;!?&/()[]|_"


def without_folding(name):
    """A name with nothing left but what must tell it from others."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("i\u0307", "i")
    kept = (c for c in unicodedata.normalize("NFKC", folded) if c not in PUNCTUATION)
    return "".join(c for c in kept if not c.isspace())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("Tetsuro Homma", "tetsuro-homma", id="words"),
        pytest.param("Café culture", "café-culture", id="accents stay"),
        pytest.param("Cafe\u0301 culture", "café-culture", id="composed"),
        pytest.param("O’Brien", "o-brien", id="apostrophe"),
        pytest.param("中国日报", "中国日报", id="Chinese"),
        pytest.param("İstanbul", "istanbul", id="dotted capital I"),
        pytest.param("STRASSE", "strasse", id="upper case"),
        pytest.param("Straße", "strasse", id="sharp s folds"),
        pytest.param("हिन्दी", "हिन्दी", id="Indic vowel signs stay"),
        pytest.param("  A – B  ", "a-b", id="dashes and spaces"),
    ],
)
def test_a_slug_is_the_name_in_lower_case(name, slug):
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("C", "C++", id="C and C++"),
        pytest.param("C#", "C++", id="C# and C++"),
        pytest.param("Cafe", "Café", id="accents tell apart"),
        pytest.param("+", "#", id="signs alone"),
        pytest.param("5 %", "5", id="per cent"),
        pytest.param("a" * 100, "a" * 101, id="long"),
        pytest.param("a" * 72, "a" * 73, id="just too long"),
        pytest.param("harbour " * 10 + "light house", "harbour " * 10 + "lighthouse", id="spaces"),
        pytest.param("☃", "☂", id="symbols"),
        pytest.param("AT&amp;T", "AT&T", id="an entity is no sign"),
    ],
)
def test_different_names_get_different_slugs(one, other):
    assert slug_of(one) != slug_of(other)


@pytest.mark.parametrize(
    "name", ["index", "Index", "index-x", "CON", "nul", "com1", "LPT9", "x 2", "Apollo-11", "12-3"]
)
def test_no_slug_is_an_index_a_numbered_page_or_a_device(name):
    slug = slug_of(name)
    assert slug.lower() not in {"index", "con", "nul", "com1", "lpt9"}
    assert not slug.rpartition("-")[2].isdigit()
    assert slug.startswith(name.lower().replace(" ", "-"))


@given(NAMES)
@example("")
@example("\ud800")
@example("../../etc/passwd")
@example("\u0130" * 60)
@example("ΐ" * 50)
def test_a_slug_is_never_empty_nor_long_nor_unsafe_in_a_path(name):
    slug = slug_of(name)
    assert slug
    assert len(slug.encode()) <= 80
    assert not UNSAFE & set(slug)
    assert slug == slug.strip("-")
    assert slug == slug.lower()


@given(NAMES, NAMES)
@example("C", "C+")
@example("a b", "a_b")
def test_two_names_share_a_slug_only_by_case_or_common_punctuation(one, other):
    if slug_of(one) == slug_of(other) and (without_folding(one) or without_folding(other)):
        assert without_folding(one) == without_folding(other)


@given(st.lists(st.sampled_from(["harbour", "light", "house"]), min_size=9), st.integers(1, 8))
def test_spaces_tell_names_apart_however_long(words, place):
    joined = [*words[:place], words[place] + "bell", *words[place + 1 :]]
    parted = [*words[:place], words[place], "bell", *words[place + 1 :]]
    assert slug_of(" ".join(joined)) != slug_of(" ".join(parted))
    assert slug_of(" ".join(joined)) == slug_of("  ".join(joined).title())


@given(st.text("abcçñ", min_size=1, max_size=40), st.integers(2, 9))
def test_a_slug_is_never_a_numbered_page_of_another(name, number):
    assert slug_of(f"{name} {number}") != f"{slug_of(name)}-{number}"


@given(st.text(max_size=300))
def test_a_headline_slug_fits_a_path(headline):
    slug = headline_slug(headline)
    assert slug
    assert len(slug.encode()) <= 72
    assert not UNSAFE & set(slug)


def test_a_long_headline_is_cut_at_a_word():
    slug = headline_slug("harbour " * 30)
    assert set(slug.split("-")) == {"harbour"}


def test_a_headline_without_letters_is_called_article():
    assert headline_slug("???") == "article"


@pytest.mark.parametrize(
    "other",
    [
        "STORM CLOSES PORT",
        "Storm closes port!",
        "  Storm  closes\tport ",
        "Stórm closes port",
        "Storm-closes-port",
        "“Storm closes port”",
    ],
)
def test_printings_of_one_headline_share_a_key(other):
    assert title_key(other) == title_key("Storm closes port")


def test_an_apostrophe_joins_and_a_dash_parts():
    assert title_key("Mayor’s week-end") == "mayors week end"


@given(st.text(max_size=200))
def test_a_title_key_is_its_own_key(headline):
    key = title_key(headline)
    assert title_key(key) == key
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("Ada", "a"),
        ("Émile", "e"),
        ("“Quoted”", "q"),
        ("5G", "0-9"),
        ("中国", "other"),
        ("Ørsted", "other"),
        ("+", "other"),
        ("", "other"),
        ("- z", "z"),
    ],
)
def test_an_initial_is_the_first_letter_without_its_accent(name, initial):
    assert initial_of(name) == initial


def test_names_sort_without_case_and_accents():
    names = ["Zoe", "émile", "Emil", "ada", "Ábel"]
    assert sorted(names, key=sort_key) == ["Ábel", "ada", "Emil", "émile", "Zoe"]


def test_there_are_twelve_months():
    assert list(MONTHS) == [f"{number:02d}" for number in range(1, 13)]


def test_a_huge_text_has_a_short_slug():
    text = "harbour é " * 200_000
    assert len(headline_slug(text).encode()) <= 80
    assert len(slug_of(text).encode()) <= 80
    assert title_key(text).startswith("harbour e harbour e")


ASCII = st.text(st.characters(max_codepoint=127), max_size=40)


@given(ASCII)
def test_the_key_of_an_ascii_title_is_made_as_that_of_any_title(title):
    kept = "".join(c if c.isalnum() else " " for c in title.casefold() if c != "'")
    assert title_key(title) == (" ".join(kept.split()) or " ".join(title.split()))


@given(st.text("abYZ09 ", max_size=30) | ASCII)
def test_the_slug_of_an_ascii_name_is_made_as_that_of_any_name(name):
    slug = slugify(_folded(name), allow_unicode=True, regex_pattern=_DROPPED)
    assert _slugify(name) == slug
