import pytest

from articles import plain_article
from newsgen.annotate import quotes
from newsgen.language.marks import quoted_stretches
from newsgen.model import Inferred, Span


def found(*paragraphs):
    article = quotes.annotate(plain_article("A headline", *paragraphs))
    return [(quote.kind, article.words(quote.span)) for quote in article.quotes]


def direct(*paragraphs):
    return [words for kind, words in found(*paragraphs) if kind == "direct"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('"We rebuild the bridge," she said.', "We rebuild the bridge", id="straight"),
        pytest.param("“We rebuild the bridge,” she said.", "We rebuild the bridge", id="curly"),
        pytest.param('“We rebuild the bridge" she said.', "We rebuild the bridge", id="mixed"),
        pytest.param("”We rebuild the bridge”, hon sade.", "We rebuild the bridge", id="swedish"),
        pytest.param("”We rebuild the bridge“ she said.", "We rebuild the bridge", id="reversed"),
        pytest.param("„Wir bauen die Brücke neu“, sagte er.", "Wir bauen die Brücke neu", id="low"),
        pytest.param("« On refait le pont », dit-il.", "On refait le pont", id="french"),
        pytest.param("»Wir bauen die Brücke neu«, sagte er.", "Wir bauen die Brücke neu", id="in"),
        pytest.param("``We rebuild the bridge,'' she said.", "We rebuild the bridge", id="latex"),
        pytest.param("''We rebuild the bridge,'' she said.", "We rebuild the bridge", id="primes"),
        pytest.param("市长说：「我们会重建这座桥。」", "我们会重建这座桥。", id="corners"),
        pytest.param("‘We rebuild the bridge,’ she said.", "We rebuild the bridge", id="single"),
        pytest.param('""We rebuild the bridge,"" she said.', "We rebuild the bridge", id="doubled"),
    ],
)
def test_the_marks_of_many_languages_hold_a_quote(text, words):
    assert direct(text) == [words]


def test_a_quote_in_a_quote_belongs_to_the_outer_one():
    assert direct('"He shouted "stop the tram" at me," she said.') == [
        'He shouted "stop the tram" at me'
    ]


def test_a_quote_over_paragraphs_is_one_quote():
    words = direct('"The tide came in fast. ', '"We left by boat," he said.', "It was over.")
    assert len(words) == 1
    assert words[0].startswith("The tide")
    assert words[0].endswith("by boat")


def test_paragraphs_merged_into_one_keep_their_long_quote():
    words = direct('She said: "The tide came in fast. "We left by boat." Nobody was hurt.')
    assert words == ['The tide came in fast. "We left by boat.']


def test_a_lost_mark_does_not_turn_the_next_paragraph_inside_out():
    words = direct('"The tide came in fast. He shrugged.', 'Later he said "we left by boat today".')
    assert words[-1] == "we left by boat today"


def test_a_cue_ends_a_quote_whose_closing_mark_is_lost():
    assert direct('"The tide came in fast, he said. It was dark.') == ["The tide came in fast"]


def test_inches_and_attributes_are_no_quotes():
    assert direct('A 12" pipe burst.', '<a title="a long read of it">Read</a> more.') == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They watched “The Long Night” on television.", id="title"),
        pytest.param("The so-called “peacemakers” went home.", id="scare"),
        pytest.param("William “Bill” Hartley won the race.", id="nickname"),
    ],
)
def test_titles_nicknames_and_scare_quotes_are_left_out(text):
    assert direct(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        pytest.param(
            "She said that the harbour would open in May.",
            "indirect",
            "the harbour would open in May",
            id="that",
        ),
        pytest.param(
            "The harbour would open in May, Lena Ortiz, head of the port, told the Echo on Friday.",
            "indirect",
            "The harbour would open in May",
            id="trailing",
        ),
        pytest.param(
            "According to the report, the harbour lost two million crates.",
            "indirect",
            "the harbour lost two million crates",
            id="according",
        ),
        pytest.param(
            "With new cranes we hope to open the harbour in May, Ortiz said.",
            "unmarked",
            "With new cranes we hope to open the harbour in May",
            id="unmarked",
        ),
    ],
)
def test_speech_without_marks_is_found_by_its_cue(text, kind, words):
    assert found(text) == [(kind, words)]


def test_a_sentence_without_a_cue_is_no_speech():
    assert found("The harbour opened in May and we all went to see it.") == []


def test_spans_leave_out_the_marks_and_stay_in_order():
    text = 'A. "one two three four," b. “five six seven eight.”'
    spans = [stretch.span for stretch in quoted_stretches(text, [Span(0, len(text))])]
    assert spans == sorted(spans)
    assert [text[span.start : span.end] for span in spans] == [
        "one two three four",
        "five six seven eight.",
    ]


def test_one_endless_line_is_read_to_its_end():
    article = plain_article("A headline", 'He said "so be it. and “more ( ' * 30_000)
    assert quotes.annotate(article).text == article.text


def test_a_paragraph_as_long_as_a_book_is_read_in_parts():
    line = "The ferry came in late and left again. Lena Ortiz said that the ferry was late. "
    article = quotes.annotate(plain_article("A headline", line * 4000))
    assert len(article.quotes) == 4000
    assert {article.words(quote.span) for quote in article.quotes} == {"the ferry was late"}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        pytest.param("de", "Die „Lockdowns“ kamen oft.", [], id="term"),
        pytest.param("de", "„Nie wieder!“ rief sie.", ["Nie wieder!"], id="cry"),
        pytest.param("fr", "Il a dit « non » au pont.", ["non"], id="cue"),
        pytest.param("fr", "Une revue « top niveau » est née.", [], id="adjective"),
        pytest.param("ru", "Газета «Вести» вышла.", [], id="title"),
        pytest.param("zh", "他们“没有消息”的日子。", [], id="han-term"),
        pytest.param("zh", "王建国说：“不行。”", ["不行。"], id="han-speech"),
        pytest.param(
            "pt", "“Não podemos esperar mais”, disse.", ["Não podemos esperar mais"], id="long"
        ),
    ],
)
def test_terms_of_other_languages_are_no_quotes(language, text, words):
    article = plain_article("A headline", text, language=Inferred(language, "given"))
    article = quotes.annotate(article)
    assert [article.words(quote.span) for quote in article.quotes] == words
