"""Articles to the works that they name."""

import pytest
from msgspec.structs import replace

from newsgen.annotate import annotate
from newsgen.annotate import works as annotator
from newsgen.model import Given, InlineMark, Span
from plain_articles import article_of

# Enough English words for the language to be told.
MORE = "The crew of the boat came home in the evening, and the people on the quay were glad of it."


def read(*lines, **more):
    return annotate(article_of("Boat comes home", *lines, MORE, **more))


def works(article):
    return [entity.name for entity in article.entities if entity.kind == "work"]


def mentions(article, name):
    key = next(entity.id for entity in article.entities if entity.name == name)
    return [article.words(mention.span) for mention in article.mentions if mention.entity == key]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We saw the film “Night Boats”.", ["Night Boats"], id="film"),
        pytest.param('Her novel, "The Cold Tide," sold.', ["The Cold Tide"], id="comma inside"),
        pytest.param("They sang the song 'What's Left of Us'.", ["What's Left of Us"], id="single"),
        pytest.param("“Night Boats”, a play by Ada Quill, opens.", ["Night Boats"], id="behind"),
        pytest.param("“Night Boats”, a long Irish film, opens.", ["Night Boats"], id="adjectives"),
        pytest.param("He starred in “Night Boats”.", ["Night Boats"], id="starred in"),
        pytest.param("A show called “Night Boats” opens.", ["Night Boats"], id="called"),
        pytest.param("The author of “Night Boats” left.", ["Night Boats"], id="author of"),
        pytest.param("The album “Tern” is out.", ["Tern"], id="one word"),
        pytest.param("We saw the film Counting Herring Twice.", ["Counting Herring Twice"],
                     id="no marks"),
    ],
)  # fmt: skip
def test_works_are_found(text, expected):
    assert works(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The band “Night Boats” left.", id="a band"),
        pytest.param("The ship “Night Boat” sank.", id="a ship"),
        pytest.param("The brand “Night Boat” sells.", id="a brand"),
        pytest.param("The film star “Duke” Quill left.", id="a nickname"),
        pytest.param("We loved the song, “Never Again,” said Ada Quill.", id="speech"),
        pytest.param("“Never Again,” Ada Quill said.", id="speech like a title"),
        pytest.param("He called the film “a great disaster”.", id="an opinion"),
        pytest.param("The “Hartz” programme began.", id="a programme of another sort"),
        pytest.param("The film Institute met.", id="a body"),
        pytest.param("In the film Ada Quill sails.", id="a person"),
        pytest.param("The film Best Actor prize went home.", id="a prize"),
        pytest.param("Nobody saw “Night Boats”.", id="nothing says what it is"),
    ],
)
def test_what_is_no_work_is_left_out(text):
    assert works(read(text)) == []


def test_a_work_is_found_again_without_marks():
    article = read("We saw the film “Night Boats”.", "Many liked Night Boats.")
    assert mentions(article, "Night Boats") == ["Night Boats", "Night Boats"]


def test_one_word_is_found_again_only_between_marks():
    article = read("The album “Tern” is out.", "Tern is a bird.", "“Tern” sells.")
    assert len(mentions(article, "Tern")) == 2


def test_a_title_in_emphasis_is_found():
    article = article_of("Boat", "We saw the film Herring on Sunday.", MORE)
    start = article.text.index("Herring")
    article = replace(article, inline=(InlineMark(Span(start, start + 7), "em"),))
    assert works(annotate(article)) == ["Herring"]


def test_works_take_nothing_from_other_kinds():
    article = read("The film “Ada Quill” tells of Ada Quill.")
    assert works(article) == []
    assert mentions(article, "Ada Quill") == ["Ada Quill", "Ada Quill"]


def test_given_works_are_works_wherever_they_stand():
    article = read("Few read Salt Road.", given=Given(works=("Salt Road",)))
    (work,) = (one for one in article.entities if one.kind == "work")
    assert (work.id, work.rule) == ("works/salt-road", "front-matter")
    assert mentions(article, "Salt Road") == ["Salt Road"]


def test_other_languages_are_left():
    article = article_of("Boot", "Der film “Night Boats” beginnt.", language="de")
    assert annotator.annotate(article) == article
