"""Articles to the events that they name."""

import pytest

from newsgen.annotate import annotate
from newsgen.annotate import events as annotator
from newsgen.model import Given
from plain_articles import article_of

# Enough English words for the language to be told.
MORE = "The crew of the boat came home in the evening, and the people on the quay were glad of it."


def read(*lines, **more):
    return annotate(article_of("Boat comes home", *lines, MORE, **more))


def events(article):
    return [entity.name for entity in article.entities if entity.kind == "event"]


def mentions(article, name):
    key = next(entity.id for entity in article.entities if entity.name == name)
    return [article.words(mention.span) for mention in article.mentions if mention.entity == key]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They won the World Cup.", ["World Cup"], id="listed"),
        pytest.param("It was the 2006 Rugby World Cup.", ["Rugby World Cup"], id="a kind of it"),
        pytest.param("The Sallow Harbour Festival opens.", ["Sallow Harbour Festival"], id="word"),
        pytest.param("He ran the New York Marathon.", ["New York Marathon"], id="New is of it"),
        pytest.param("It was their fifth Monaco Grand Prix.", ["Monaco Grand Prix"], id="place"),
        pytest.param("She won the French Open.", ["French Open"], id="people of a place"),
        pytest.param("He fell at the Battle of Hastings.", ["Battle of Hastings"], id="of"),
        pytest.param("It sank in World War II.", ["World War II"], id="number"),
        pytest.param("It sank in the Libyan Civil War.", ["Libyan Civil War"], id="whose war"),
        pytest.param("Hurricane Katrina sank it.", ["Hurricane Katrina"], id="storm"),
        pytest.param("The storm came. Storm Ottoline sank it.", ["Storm Ottoline"], id="new name"),
        pytest.param("The Africa Cup of Nations began.", ["Africa Cup of Nations"], id="whole"),
        pytest.param("England's Davis Cup ended.", ["Davis Cup"], id="owner left out"),
        pytest.param("A 2-0 FA Cup win.", ["FA Cup"], id="result left out"),
        pytest.param("Ada Quill, the World Cup winner, left.", ["World Cup"], id="winner"),
    ],
)
def test_events_are_found(text, expected):
    assert events(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They met at the World Cup Stadium.", id="a place called after one"),
        pytest.param("The World Cup Organising Committee met.", id="a body called after one"),
        pytest.param("He drank from a Coffee Cup.", id="a thing"),
        pytest.param("The cup was won at a festival.", id="small letters"),
        pytest.param("Shares of Marathon rose. The Festival ended.", id="a word alone"),
        pytest.param("Fans of the Melbourne Storm Ottoline left.", id="a team"),
        pytest.param('Alex "Hurricane" Quill left.', id="a nickname"),
        pytest.param("The ship Hurricane Bay sank.", id="a ship"),
        pytest.param("The Battle of Ideas goes on.", id="a figure of speech"),
        pytest.param("They are the Oscars of gastronomy.", id="a comparison"),
        pytest.param("The brand Wide Open sells.", id="a brand"),
        pytest.param("The Special Olympics pays.", id="a body"),
        pytest.param("The Spring Festival holiday begins.", id="a feast"),
        pytest.param("The Security and Development Summit met.", id="half a name"),
    ],
)
def test_what_is_no_event_is_left_out(text):
    assert events(read(text)) == []


def test_an_event_of_the_body_is_found_in_the_headline():
    article = annotate(article_of("Tern Cup goes to Sallow", "They won the Tern Cup.", MORE))
    assert mentions(article, "Tern Cup") == ["Tern Cup", "Tern Cup"]


def test_an_event_may_hold_a_place_and_the_place_stays():
    article = read("The Edinburgh Festival opened in Edinburgh.")
    assert events(article) == ["Edinburgh Festival"]
    assert mentions(article, "Edinburgh") == ["Edinburgh", "Edinburgh"]
    assert [article.words(one.span) for one in article.outer_mentions()] == [
        "Edinburgh Festival",
        "Edinburgh",
    ]


def test_events_take_nothing_from_other_kinds():
    text = (
        f"{MORE} Ada Quill of Sallow Ferry Company won the London Marathon, she said in Rotterdam."
    )
    article = article_of("Boat", text, language="en")
    whole = annotate(article)
    others = [one for one in whole.entities if one.kind not in ("event", "work")]
    assert "events/london-marathon" in {one.id for one in whole.entities}
    assert {one.name for one in others} >= {"Ada Quill", "Sallow Ferry Company", "Rotterdam"}
    assert annotator.annotate(whole) == whole


def test_given_events_are_events_wherever_they_stand():
    article = read("The crews met at Lantern Night.", given=Given(events=("Lantern Night",)))
    (event,) = (one for one in article.entities if one.kind == "event")
    assert (event.id, event.rule) == ("events/lantern-night", "front-matter")
    assert mentions(article, "Lantern Night") == ["Lantern Night"]


def test_other_languages_are_left():
    article = article_of("Boot", "Sie gewannen den World Cup.", language="de")
    assert annotator.annotate(article) == article
