import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from articles import naming, plain_article
from newsgen.annotate import quotes, speakers
from newsgen.model import Entity, Inferred, Mention, Span

SHARED = Path(__file__).parents[1].parent / "shared"


def read(*paragraphs, people=()):
    article = naming(plain_article("A headline", *paragraphs), *people)
    return speakers.annotate(quotes.annotate(article))


def names(*paragraphs, people=()):
    article = read(*paragraphs, people=people)
    return [q.speaker and q.speaker.name for q in article.quotes if q.kind == "direct"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"We will rebuild the pier," Lena Ortiz said.', id="after"),
        pytest.param('"We will rebuild the pier," said Lena Ortiz.', id="inverted"),
        pytest.param('"Will we rebuild the pier?" Lena Ortiz asked.', id="question"),
        pytest.param('Lena Ortiz said: "We will rebuild the pier."', id="before"),
        pytest.param('Lena Ortiz told reporters that "we will rebuild the pier".', id="told"),
        pytest.param('"We will rebuild the pier," Lena Ortiz, 45, told the Echo.', id="age"),
        pytest.param('"We will rebuild the pier," said harbour chief Lena Ortiz.', id="title"),
        pytest.param('"We will rebuild the pier," Sen. Lena Ortiz (R-Ohio) said.', id="brackets"),
        pytest.param('"We will rebuild the pier," according to Lena Ortiz.', id="according"),
        pytest.param('Lena Ortiz, who called it "a pier for all of us", smiled.', id="who"),
        pytest.param('"We will rebuild the pier." — Lena Ortiz', id="signature"),
        pytest.param('LENA ORTIZ: "We will rebuild the pier."', id="label"),
    ],
)
def test_the_cue_beside_a_quote_names_its_speaker(text):
    assert [name.title() for name in names(text)] == ["Lena Ortiz"]


def test_who_is_told_something_does_not_say_it():
    text = '"The pier will open in May," Lena Ortiz, head of the port, told Tom Briggs.'
    assert names(text) == ["Lena Ortiz"]


def test_a_last_name_and_a_pronoun_stand_for_the_full_name():
    assert names(
        "Lena Ortiz runs the port.",
        '"The pier will open in May," Ortiz said.',
        '"There is no other date," she said.',
    ) == ["Lena Ortiz", "Lena Ortiz"]


def test_a_pronoun_follows_the_gender_of_a_name():
    assert names(
        "Lena Ortiz met Tom Briggs at the port.",
        '"The pier will open in May," he said.',
        '"I would not bet on that," she said.',
    ) == ["Tom Briggs", "Lena Ortiz"]


def test_an_office_stands_for_the_only_person_who_holds_it():
    assert names(
        "Lena Ortiz, mayor of Brookhaven, came to the port.",
        '"The pier will open in May," the mayor said.',
    ) == ["Lena Ortiz"]


def test_a_quote_without_a_cue_goes_on_with_the_last_speaker():
    assert names('"It is late," Lena Ortiz said. "We should have begun in March."') == [
        "Lena Ortiz",
        "Lena Ortiz",
    ]


def test_a_colon_leads_to_the_quote_of_the_next_paragraph():
    assert names("Lena Ortiz wrote to the crew:", '"We will open the pier in May."') == [
        "Lena Ortiz"
    ]


def test_a_body_may_speak():
    assert names('"The pier is safe to walk on," the ministry said.') == ["the ministry"]


def test_nobody_is_invented():
    assert names('The words "pier for all of us" stood on the wall.', '"It is late," he said.') == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(
            '"It opens in May," said Lena Ortiz, head of the Port Office (PO) and a vice-president '
            "of Quay Corp.",
            "head of the Port Office (PO) and a vice-president of Quay Corp",
            id="behind",
        ),
        pytest.param(
            '"It opens in May," said port director Lena Ortiz.', "port director", id="pre"
        ),
        pytest.param('"It opens in May," the mayor, Lena Ortiz, said.', "mayor", id="apposed"),
        pytest.param('"It opens in May," said Lena Ortiz.', None, id="none"),
    ],
)
def test_a_speaker_has_the_role_the_article_gives(text, role):
    assert read(text).quotes[0].speaker.role == role


def test_a_speaker_leads_to_the_entity_of_the_article():
    article = read('"It opens in May," said Lena Ortiz.', people=["Lena Ortiz"])
    assert article.quotes[0].speaker.entity == "people/lena-ortiz"
    assert len(article.entities) == 1


def test_a_named_speaker_who_is_no_entity_yet_becomes_one():
    article = read('"It opens in May," said Lena Ortiz.', '"Surely," Ortiz said.')
    assert article.entities == (
        Entity("people/lena-ortiz", "Lena Ortiz", "person", ("Ortiz",), "speaker", 0.7),
    )
    assert [article.words(m.span) for m in article.mentions] == ["Lena Ortiz", "Ortiz"]


def test_spans_of_mention_and_cue_point_at_the_words():
    article = read('"The pier will open in May," Lena Ortiz said.')
    quote = article.quotes[0]
    assert article.words(quote.speaker.mention) == "Lena Ortiz"
    assert article.words(quote.cue) == "said"


def test_a_guess_is_less_sure_than_a_cue_beside_the_quote():
    sure = read('"The pier will open in May," Lena Ortiz said.').quotes[0]
    unsure = read('They painted "open in May" on it.').quotes[0]
    assert sure.confidence > 0.9 > 0.5 > unsure.confidence


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "«No podemos esperar más», dijo Marta Ruiz.", "Marta Ruiz"),
        ("fr", "« On ne peut plus attendre », a déclaré Claire Petit.", "Claire Petit"),
        ("de", "„Wir können nicht länger warten“, sagte Petra Schulz.", "Petra Schulz"),
        ("ru", "«Мы не можем ждать», — сказала Ольга Петрова.", "Ольга Петрова"),
        ("zh", "市长王建国表示：“我们不能再等了。”", "王建国"),
        ("ar", 'وقال سامر حداد: "لا يمكننا الانتظار".', "سامر حداد"),
    ],
)
def test_other_languages_have_their_own_cues(language, text, name):
    article = plain_article("A headline", text, language=Inferred(language, "given"))
    quote = speakers.annotate(quotes.annotate(article)).quotes[0]
    assert quote.speaker.name == name


def test_english_cues_are_not_forced_on_other_languages():
    assert names("Hän huusi “said Lena Ortiz” ja nauroi kovasti koko matkan kotiin.") == [None]


@pytest.fixture(scope="module")
def seed():
    if not SHARED.is_dir():
        pytest.skip("the seed article stands outside the repository")
    gold = json.loads((SHARED / "gold" / "seed.json").read_text())
    lines = (SHARED / "corpora" / "seed" / gold["file"]).read_text().split("\n")
    people = [*gold["people"]]
    article = naming(plain_article(lines[0], *lines[1:17]), *people)
    return gold, speakers.annotate(quotes.annotate(article))


def test_the_seed_article_has_its_seven_quotes_with_speakers_and_roles(seed):
    gold, article = seed
    direct = [quote for quote in article.quotes if quote.kind == "direct"]
    assert [article.words(quote.span) for quote in direct] == [q["text"] for q in gold["quotes"]]
    assert [quote.speaker.name for quote in direct] == [q["speaker"] for q in gold["quotes"]]
    assert [quote.speaker.role for quote in direct] == [
        gold["roles"][q["speaker"]] for q in gold["quotes"]
    ]


def test_the_seed_article_has_its_speech_without_marks(seed):
    gold, article = seed
    spoken = {
        (article.line_at(quote.span.start), quote.speaker.name)
        for quote in article.quotes
        if quote.kind != "direct" and quote.speaker
    }
    assert {(q["line"], q["speaker"]) for q in gold["unmarked_or_indirect"]} <= spoken
    assert [q.kind for q in article.quotes if article.line_at(q.span.start) == 17] == ["unmarked"]


MET = "Lena Ortiz, the harbour chief, met Tom Briggs, a ferryman, at the port."


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“The coal is gone,” Gov. Earl Tomlin of West Virginia said.", "Earl Tomlin"),
        ("“It is much too late,” agreed Tom Briggs, who runs the ferry.", "Tom Briggs"),
        ("Said Tom Briggs, “It is much too late for a pier.”", "Tom Briggs"),
        ("“It is a fine day,” said one of the workers at the plant.", "one of the workers"),
        ("“It is a fine day,” said one ministry official who knew it.", "one ministry official"),
        (
            "“It is a fine day,” a spokeswoman for the ministry, Ana Lind, told the Echo.",
            "Ana Lind",
        ),
        ("On Monday, Ortiz, 52, of Flint, Mich., said it was “a fine place.”", "Lena Ortiz"),
        ("The pier, Ortiz said, is “the heart of the town.”", "Lena Ortiz"),
        ("As Ortiz put it, the pier is “the heart of the town.”", "Lena Ortiz"),
        ("Minister Lena Ortiz rejected Tom Briggs's wish for an “exception to it.”", "Lena Ortiz"),
        ("The Harbour Safety Office report found that it was “unsafe for cars.”", None),
        ("Asked about it by Briggs, Ortiz called it “nothing but nonsense.”", "Lena Ortiz"),
        ("With Briggs saying “I will not pay for it,” the talks ended.", "Tom Briggs"),
        ("The plan is dead, Ortiz said. “Nobody wants to pay for it any more.”", "Lena Ortiz"),
    ],
)
def test_a_speaker_is_found_wherever_the_sentence_puts_him(text, want):
    found = names(MET, text, people=["Lena Ortiz", "Tom Briggs"])
    if want is None:
        assert found[0].endswith("report")
    else:
        assert found == [want]


def test_two_speakers_of_one_sentence_keep_their_own_words():
    assert names(
        MET,
        "Ortiz praised the pier as “a work of art” while Briggs called it “a heap of wood.”",
        people=["Lena Ortiz", "Tom Briggs"],
    ) == ["Lena Ortiz", "Tom Briggs"]


def test_who_is_named_in_a_quote_does_not_say_it():
    assert names(
        "Peter Dunmore met Alan Brandt at the port.",
        "Brandt spoke first.",
        "“Dunmore is a fool and always was one,” he said.",
        people=["Peter Dunmore", "Alan Brandt"],
    ) == ["Alan Brandt"]


def test_a_body_that_spoke_is_meant_by_it():
    article = read("Quay Corp. said the pier would open.", "“We can hardly wait for it,” it said.")
    assert [q.speaker and q.speaker.name for q in article.quotes if q.kind == "direct"] == [None]
    article = naming(
        plain_article("A headline", "“It opens,” Quay Corp. said.", "“At last,” it said.")
    )
    known = Entity("organisations/quay-corp", "Quay Corp.", "organisation")
    start = article.text.index("Quay")
    article = replace(
        article, entities=(known,), mentions=(Mention(Span(start, start + 10), known.id),)
    )
    article = speakers.annotate(quotes.annotate(article))
    assert [quote.speaker.name for quote in article.quotes] == ["Quay Corp.", "Quay Corp."]


TURNS = ["BRIGGS: Will the pier open?", "ORTIZ: It will open in May, I hope.", "BRIGGS: Who pays?"]


def test_the_turns_of_a_transcript_belong_to_whom_they_name():
    article = read(MET, *TURNS, people=["Lena Ortiz", "Tom Briggs"])
    assert [(article.words(q.span), q.speaker.name) for q in article.quotes] == [
        ("Will the pier open?", "Tom Briggs"),
        ("It will open in May, I hope.", "Lena Ortiz"),
        ("Who pays?", "Tom Briggs"),
    ]
    assert {quote.kind for quote in article.quotes} == {"unmarked"}


def test_a_transcript_in_quotation_marks_keeps_its_turns_apart():
    turns = [f"“{turn}" for turn in TURNS]
    assert names(MET, *turns, people=["Lena Ortiz", "Tom Briggs"]) == [
        "Tom Briggs",
        "Lena Ortiz",
        "Tom Briggs",
    ]


def test_a_question_and_its_answer_name_nobody():
    article = read(MET, "Q: Will the pier open?", "A: I hope so.", "Q: When?", "A: In May.")
    assert [(quote.rule, quote.speaker) for quote in article.quotes] == [("transcript", None)] * 4


def test_a_dateline_is_no_transcript():
    assert not read("LONDON: The pier opened.", "PARIS: The pier closed.").quotes


def test_a_paragraph_that_is_only_a_name_signs_the_quote_before_it():
    assert names(MET, "“Nobody should forget the pier.”", "— Tom Briggs.") == ["Tom Briggs"]


def test_a_pronoun_in_doubt_makes_a_speaker_less_sure():
    sure = read(MET, "“It opens in May,” Briggs said.", people=["Lena Ortiz", "Tom Briggs"])
    two = read(
        "Alan Brandt met Tom Briggs.",
        "They talked for hours.",
        "“It opens in May,” he said.",
        people=["Alan Brandt", "Tom Briggs"],
    )
    assert two.quotes[0].confidence < sure.quotes[0].confidence


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "« On ne peut plus attendre le pont », explique-t-elle.", "Claire Petit"),
        ("fr", "« On ne peut plus attendre le pont », a-t-elle déclaré.", "Claire Petit"),
        ("pt", "“Não podemos esperar mais”, afirmou Marta Ruiz.", "Marta Ruiz"),
        ("it", "«Non possiamo più aspettare», ha detto Marta Ruiz.", "Marta Ruiz"),
        ("es", "“No podemos esperar más”, resaltó González.", "González"),
    ],
)
def test_a_name_or_pronoun_behind_its_cue_speaks_in_other_languages(language, text, name):
    article = plain_article(
        "A headline",
        "Claire Petit a déclaré : « Non ! »",
        text,
        language=Inferred(language, "given"),
    )
    assert speakers.annotate(quotes.annotate(article)).quotes[-1].speaker.name == name


def test_nothing_is_surer_than_what_was_measured():
    text = "«No podemos esperar más», dijo Marta Ruiz."
    article = plain_article("A headline", text, language=Inferred("es", "given"))
    assert speakers.annotate(quotes.annotate(article)).quotes[0].confidence <= 0.8


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(
            'It comes three days after Ortiz said the pier was "a fine place to be".',
            "Lena Ortiz",
            id="after-as-a-conjunction",
        ),
        pytest.param(
            'Ortiz less than two weeks ago said the pier was "a fine place to be".',
            "Lena Ortiz",
            id="weeks-ago",
        ),
        pytest.param(
            '"It is a fine place to be," said Lena Ortiz who represents West Quay and swims.',
            "Lena Ortiz",
            id="who-without-a-comma",
        ),
        pytest.param(
            'As Lena Ortiz, an expert on piers at the Institute, noted, "it is late for that."',
            "Lena Ortiz",
            id="as-and-an-apposition",
        ),
        pytest.param(
            "WESTQUAY (XY) – Tom Briggs has turned against the town, "
            'saying that "loud words are no help to us".',
            "Tom Briggs",
            id="dateline",
        ),
        pytest.param(
            '"It is a fine place to be," said a man known as the Gull.', "a man", id="known-as"
        ),
    ],
)
def test_clauses_and_datelines_lead_to_the_subject_of_their_verb(text, want):
    assert names("Lena Ortiz met Tom Briggs at the port.", text) == [want]


def test_what_somebody_argues_is_nobody_who_says_it():
    assert "that" not in (names('Ortiz, a diver, argued that ports "must bear it".')[0] or "")


def test_a_name_of_either_gender_may_be_meant_by_he_or_she():
    text = '"It is a fine place to be," {} said.'
    for word in ("he", "she"):
        assert names("Lindsey Crane runs the ferry.", text.format(word)) == ["Lindsey Crane"]


def test_a_word_for_many_people_is_not_meant_by_he():
    assert names(
        "Tom Briggs met the voters.",
        "Democrats cheered at length.",
        "“It is a fine place to be,” he said.",
        people=["Democrats", "Tom Briggs"],
    ) == ["Tom Briggs"]
