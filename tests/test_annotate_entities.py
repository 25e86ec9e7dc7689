"""Articles to people, organisations and places."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from newsgen.annotate.entities import _is_title, _places, annotate
from newsgen.model import Article, Given, Inferred, Line, Paragraph, Source, Span

SHARED = Path(__file__).parents[1].parent / "shared"
SOURCE = Source(path="articles/a.txt", format="text", sha256="", bytes=0, encoding="utf-8")


def article(*lines, roles=None, given=None, language="en"):
    """An article whose first line is the headline and whose others are paragraphs."""
    roles = roles or ("headline", *("paragraph" for _ in lines[1:]))
    text, made, paragraphs = "\n".join(lines), [], []
    at = 0
    for number, (line, role) in enumerate(zip(lines, roles, strict=True), 1):
        span = Span(at, at + len(line))
        made.append(Line(number, role, span))
        if role == "paragraph":
            paragraphs.append(Paragraph(len(paragraphs) + 1, number, span))
        at += len(line) + 1
    return Article(
        id="0" * 12,
        permalink="articles/a.html",
        source=SOURCE,
        text=text,
        lines=tuple(made),
        paragraphs=tuple(paragraphs),
        headline=lines[0],
        given=given or Given(),
        language=Inferred(language, "test") if language else None,
    )


def names(read, kind=None):
    return [entity.name for entity in read.entities if kind in (None, entity.kind)]


def mentions(read, name):
    key = next(entity.id for entity in read.entities if entity.name == name)
    return [read.words(mention.span) for mention in read.mentions if mention.entity == key]


def body(text, **more):
    return annotate(article("Boat comes home", text, **more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("On Monday, Ada Quill told reporters.", ["Ada Quill"], id="given name"),
        pytest.param("The boat of Dr. Brimsel Thok sank.", ["Brimsel Thok"], id="title left out"),
        pytest.param(
            "Chinese President Xu Jian left.", ["Xu Jian"], id="people and title left out"
        ),
        pytest.param("It sank, said skipper Brimsel Thok.", ["Brimsel Thok"], id="role before"),
        pytest.param(
            "We met Brimsel Thok, director of the yard.", ["Brimsel Thok"], id="role behind"
        ),
        pytest.param("Producer Ada Quill left.", ["Ada Quill"], id="role with a capital"),
        pytest.param("He met President San.", ["San"], id="title and one word"),
        pytest.param("Ada Quill's boat sank.", ["Ada Quill"], id="possessive"),
        pytest.param("He met Moon Jae-in.", ["Moon Jae-in"], id="a syllable behind a hyphen"),
        pytest.param(
            "Former Secretary of Defense Leon Quill left.", ["Leon Quill"], id="behind an office"
        ),
        pytest.param("House Republican Mike Quill left.", ["Mike Quill"], id="behind a party"),
        pytest.param("It was Hillary Quill who left.", ["Hillary Quill"], id="like a plain word"),
        pytest.param(
            "Foreign Minister Ada Quill and Ben Vance left.", ["Ada Quill", "Ben Vance"], id="two"
        ),
    ],
)
def test_people_are_found(text, expected):
    assert names(body(text), "person") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "It joined the Ministry of Trade and Industry.",
            ["Ministry of Trade and Industry"],
            id="of, and",
        ),
        pytest.param(
            "The Sallow Ferry Company pays.", ["Sallow Ferry Company"], id="head word, no The"
        ),
        pytest.param(
            "The Japanese Chamber of Commerce met.",
            ["Japanese Chamber of Commerce"],
            id="people in a name",
        ),
        pytest.param("the firm Ombrix said it grew", ["Ombrix"], id="word before"),
        pytest.param("The UN met.", ["United Nations"], id="known body"),
    ],
)
def test_organisations_are_found(text, expected):
    assert names(body(text), "organisation") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ties of China and Japan grew.", ["China", "Japan"], id="countries"),
        pytest.param("China-Japan ties grew.", ["China", "Japan"], id="hyphen"),
        pytest.param("BEIJING, Feb. 18 (Xinhua) -- It rained.", ["Beijing"], id="dateline"),
        pytest.param("It rained in the town of Sallowby.", ["Sallowby"], id="kind of place before"),
        pytest.param("It rained on Lake Thok.", ["Lake Thok"], id="head word"),
        pytest.param("The U.S. and the United States are one.", ["United States"], id="synonyms"),
    ],
)
def test_places_are_found(text, expected):
    assert names(body(text), "place") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "On Monday in February, Chinese and Japanese firms met.", id="days and peoples"
        ),
        pytest.param("Photos", id="section"),
        pytest.param("The Quiang people danced. The Quiang people ate.", id="a people"),
        pytest.param('A pill named "Quilfei Thokutang" helps.', id="a term in quotes"),
        pytest.param("The vase of 400 B.C. broke.", id="an era"),
        pytest.param("The tank of the 73rd Army fired.", id="a number before general words"),
        pytest.param("It won at the 2020 Women's World Cup.", id="possessive of a contest"),
        pytest.param("A plan for Economic and Social Development was read.", id="a subject"),
        pytest.param("It is an emergency of tidal concern (ETC).", id="small words left out"),
        pytest.param("I’ve seen it, and You’re not, she said.", id="curly apostrophes"),
        pytest.param("The song We Will Rock You was sung.", id="title of a work"),
        pytest.param("See https://Ada.Quill.example/Japan and @AdaQuill.", id="addresses"),
        pytest.param("The Cup was won. However, It Rained.", id="capitals of style"),
        pytest.param("GRAND SUMMER SALE NOW OPEN FOR ALL", id="shouting"),
        pytest.param("The president spoke. President and Prime Minister.", id="titles alone"),
        pytest.param("The Sallow International Expo (SIE) opens. SIE is big.", id="event"),
    ],
)
def test_junk_is_not_named(text):
    assert names(body(text)) == []


def test_an_explained_short_form_is_an_alias():
    read = body("The Blue Harbour Trust (BHT) met. BHT pays, and the BHT's boats sail.")
    assert [(e.name, e.kind, e.aliases) for e in read.entities] == [
        ("Blue Harbour Trust", "organisation", ("BHT",))
    ]
    assert mentions(read, "Blue Harbour Trust") == ["Blue Harbour Trust", "BHT", "BHT", "BHT"]


def test_a_last_name_first_of_a_sentence_is_linked():
    read = body("Ada Park, mayor of Easthaven, spoke. Park said no.")
    assert mentions(read, "Ada Park") == ["Ada Park", "Park"]


def test_a_title_case_headline_only_matches_names_of_the_body():
    read = annotate(article("Ben Vance Calls Ada Quill From Japan", "We saw Ada Quill there."))
    assert names(read) == ["Ada Quill", "Japan"]


def test_a_shouted_headline_matches_too():
    read = annotate(article("ADA QUILL GOES HOME", "We saw Ada Quill there."))
    assert [(e.name, e.aliases) for e in read.entities] == [("Ada Quill", ("ADA QUILL",))]


def test_captions_are_read_but_not_their_photo_credits():
    read = annotate(
        article(
            "Boat", "Ada Quill at sea. (Photo by Ben Vance/Reuters)", roles=("headline", "caption")
        )
    )
    assert names(read) == ["Ada Quill"]


def test_other_lines_are_not_read():
    read = annotate(
        article("Boat", "By Ada Quill", "Japan wins", roles=("headline", "byline", "related"))
    )
    assert read.entities == ()


def test_given_names_win_over_what_is_found():
    given = Given(people=("Harbour Company", "Zed Nowhere"), places=("Quill Point",))
    read = body("The Harbour Company and Quill Point.", given=given)
    assert [(e.name, e.kind, e.rule) for e in read.entities] == [
        ("Harbour Company", "person", "front-matter"),
        ("Quill Point", "place", "front-matter"),
        ("Zed Nowhere", "person", "front-matter"),
    ]


def test_a_name_has_one_label_in_an_article():
    read = body("Ada Quill said it. In Quill they wait. Quill, director of the yard, left.")
    assert [(e.name, e.kind) for e in read.entities] == [("Ada Quill", "person")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("中国和日本举行会谈。", "zh", ["中国", "日本"], id="zh"),
        pytest.param("وصل الوفد إلى اليابان وبالصين", "ar", ["اليابان", "الصين"], id="ar"),
        pytest.param("Делегация в Китае.", "ru", ["Китай"], id="ru"),
        pytest.param(
            "Der Vertrag mit Frankreich freut Angela Merkel.",
            "de",
            ["Frankreich", "Angela Merkel"],
            id="de",
        ),
        pytest.param("Das Ministerium hat einen Plan im Hafen.", "de", [], id="de nouns"),
        pytest.param("Viajó a Japón con Lucía Prado.", "es", ["Japón", "Lucía Prado"], id="es"),
        pytest.param("嵐のあとで港が開いた。", "ja", [], id="ja"),
    ],
)
def test_no_english_is_forced_on_other_languages(text, language, expected):
    assert names(annotate(article("x", text, language=language))) == expected


def test_mentions_are_in_order_and_point_at_entities():
    read = body("Ada Quill met Ben Vance of the Sallow Bank in Japan; Quill and Vance sailed.")
    ids = {entity.id for entity in read.entities}
    ends = [0, *(mention.span.end for mention in read.mentions)]
    assert all(m.span.start >= end for m, end in zip(read.mentions, ends, strict=False))
    assert {mention.entity for mention in read.mentions} <= ids


def test_a_second_run_changes_nothing():
    read = body("Ada Quill met Ben Vance in Japan.")
    assert annotate(read) == read


def test_a_very_long_line_is_read_to_its_end():
    read = body("Ada Quill and Department of Trade, Sea " * 10_000)
    assert len(read.mentions) > 1000


def test_no_list_is_read_on_import():
    code = (
        "import newsgen.annotate.entities; from newsgen import wordlists as w;"
        "print(w.lines_of.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_seed_article_is_read_as_people_did():
    folder = SHARED / "corpora" / "seed"
    if not folder.is_dir():
        pytest.skip("the seed article is not part of the checkout")
    from newsgen.readers import read_file

    gold = json.loads((SHARED / "gold" / "seed.json").read_text(encoding="utf-8"))
    (read,) = read_file(gold["file"], (folder / gold["file"]).read_bytes())
    read = annotate(read)
    assert names(read, "person") == gold["people"]
    assert set(gold["organisations"]) <= set(names(read, "organisation"))
    assert set(gold["places"]) <= set(names(read, "place"))
    aliases = {entity.name: list(entity.aliases) for entity in read.entities}
    assert {name: aliases[name] for name in gold["aliases"]} == gold["aliases"]
    assert not any("CIIE" in (e.name, *e.aliases) for e in read.entities)


NAMES = st.lists(st.text("ab_é .", min_size=1, max_size=5), min_size=1, max_size=5, unique=True)


@examples(text=st.text("ab_é .1", max_size=40), names=NAMES, cuts=st.sets(st.integers(0, 40)))
def test_given_names_stand_where_a_pattern_of_them_all_matches(text, names, cuts):
    ordered = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
    places = sorted(cut for cut in cuts if cut <= len(text))
    stretches = list(zip(places[::2], places[1::2], strict=False))
    found = [match.span() for part in stretches for match in pattern.finditer(text, *part)]
    assert _places(text, stretches, names) == found


@examples(st.lists(st.text("abAB中ⓐ1,\x1c", min_size=1, max_size=6), max_size=9).map(" ".join))
def test_a_line_with_a_longer_word_in_small_letters_is_no_title(line):
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    title = capital == len(words) and "," not in line
    if len(words) < 5:
        title = bool(words) and line.startswith("The ") and line.istitle() and line[-1].isalpha()
    assert _is_title(line, 0, len(line)) == (line.isupper() or title)
