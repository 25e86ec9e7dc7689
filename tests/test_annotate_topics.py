"""Tags: those an article is given, and the phrases that it keeps coming back to."""

import msgspec
import pytest

from newsgen.annotate.topics import annotate
from newsgen.model import Given, Mention, Span, Term
from plain_articles import article_of


def names_of(*lines, headline="Port reopens", language="en", **options):
    article = annotate(article_of(headline, *lines, language=language, **options))
    for term in article.terms:
        if term.evidence:
            assert article.words(term.evidence)[:2] == term.name[:2]
    return [term.name for term in article.terms]


def test_given_tags_and_the_section_are_tags():
    given = Given(tags=("Energy", " C++ ", "", "energy"), section="World")
    article = annotate(article_of("Port reopens", given=given))
    assert article.terms == (
        Term("tags", "energy", "Energy", "front-matter"),
        Term("tags", article.terms[1].slug, "C++", "front-matter"),
        Term("tags", "world", "World", "section"),
    )


def test_a_phrase_that_stands_several_times_is_proposed():
    lines = "The wind farm grows.", "A wind farm hums.", "They like the wind farm."
    article = annotate(article_of("Port reopens", *lines, language="en"))
    (term,) = article.terms
    assert (term.taxonomy, term.slug, term.name) == ("tags", "wind-farm", "wind farm")
    assert (term.rule, term.proposed, term.confidence) == ("keyphrase", True, 0.55)
    assert article.words(term.evidence) == "wind farm"
    assert term.evidence.start == 17


def test_a_phrase_must_stand_twice_or_once_under_a_headline_that_has_it_too():
    assert names_of("The wind farm grows.") == []
    assert names_of("The wind farm grows.", "A wind farm hums.") == ["wind farm"]
    assert names_of("The wind farms grow.", headline="Wind farm grows") == ["wind farms"]


def test_singular_and_plural_share_a_tag_over_all_articles():
    slugs = {
        annotate(article_of("Port reopens", *[words] * 2, language="en")).terms[0].slug
        for words in ("The wind farm grows.", "The wind farms grow.")
    }
    assert slugs == {"wind-farm"}


def test_a_noun_alone_is_proposed_if_it_is_a_topic_by_itself():
    lines = ["The ferry is late.", "A ferry hums.", "They like ferries.", "One ferry is new."]
    assert names_of(*lines) == ["ferry"]
    assert names_of(*lines[:3]) == []
    assert names_of(*lines[:2], headline="Ferries return") == ["ferry"]
    assert names_of(*[line.replace("ferr", "lorr") for line in lines]) == []


def test_at_most_three_nouns_stand_alone():
    nouns = ["ferry", "tax", "drought", "opera"]
    assert names_of(*[f"The {noun} is here." for noun in nouns] * 4) == nouns[:3]


def test_what_only_follows_a_helping_verb_is_a_verb():
    assert names_of(*["They want to guard peace."] * 3) == []
    assert names_of("They want to paper walls.", "Old paper walls fell.") == ["paper walls"]


def test_singular_and_plural_are_one_phrase_under_the_more_frequent_form():
    lines = "The wind farms grow.", "A wind farm hums.", "They like wind farms."
    assert names_of(*lines) == ["wind farms"]
    lines = "The food industries grow.", "The food industry hums.", "One food industry is left."
    assert names_of(*lines) == ["food industry"]
    lines = "Old mail boxes rust.", "The mail box is full.", "They like the mail box."
    assert names_of(*lines) == ["mail box"]


def test_the_longer_phrase_stands_for_the_shorter_one():
    lines = ["They like the offshore wind farm."] * 3
    assert names_of(*lines) == ["offshore wind farm"]


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("of the", id="function-words"),
        pytest.param("last year", id="time"),
        pytest.param("three boats", id="number"),
        pytest.param("told reporters", id="verb"),
        pytest.param("boats sinking", id="verb-form-at-the-end"),
        pytest.param("quickly boats", id="adverb"),
        pytest.param("boats famous", id="adjective-at-the-end"),
        pytest.param("boats harmful", id="adjective-by-its-ending"),
        pytest.param("town's boats", id="possessive"),
        pytest.param("boats' jetty", id="possessive-of-many"),
        pytest.param("boats town's", id="possessive-at-the-end"),
        pytest.param("ox cart", id="short-word"),
        pytest.param("cart ox", id="short-word-at-the-end"),
        pytest.param("Harbour Trust", id="name"),
        pytest.param("boats, harbours", id="comma"),
        pytest.param("boats 12 harbours", id="digits"),
    ],
)
def test_what_is_no_noun_phrase_is_no_tag(phrase):
    assert names_of(*[f"We met {phrase}."] * 4) == []


def test_some_nouns_end_like_verbs():
    assert names_of(*["They like public housing."] * 3) == ["public housing"]
    assert names_of(*["The housing market is up."] * 3) == ["housing market"]


def test_nouns_whose_plural_looks_odd_are_left_alone():
    assert names_of(*["The press class bus basis is tennis physics."] * 3) != []


def test_a_phrase_may_reach_over_the_line_break_of_wrapped_text():
    lines = "The wind\nfarm grows.", "A wind farm hums.", "They like the wind farm."
    assert names_of(*lines) == ["wind farm"]


def test_phrases_that_touch_names_are_left_out():
    article = article_of("Port reopens", *["The wind farm is up."] * 3, language="en")
    places = [17, 38, 59]
    inside = tuple(Mention(Span(start, start + 4), "organisations/wind-farm") for start in places)
    before = tuple(Mention(Span(start - 4, start + 2), "organisations/wind") for start in places)
    apart = tuple(Mention(Span(start - 4, start - 1), "organisations/the") for start in places)
    for mentions, count in ((inside, 0), (before, 0), (apart, 1), (apart[:1], 1), (inside[:2], 0)):
        found = annotate(msgspec.structs.replace(article, mentions=mentions))
        assert len(found.terms) == count


def test_at_most_six_phrases_are_proposed_the_most_frequent_first():
    named = "night bus, harbour gate, ferry boat, mail train, flood wall, fish stall, wool cap"
    things = named.split(", ")
    lines = [f"We saw the {thing}." for n, thing in enumerate(things) for _ in range(3 + n)]
    assert names_of(*lines)[:6] == list(reversed(things[1:]))


@pytest.mark.parametrize("language", ["de", None])
def test_phrases_are_proposed_in_english_only(language):
    assert names_of(*["The wind farm hums."] * 3, language=language) == []


def test_a_given_tag_is_not_proposed_again():
    given = Given(tags=("Wind farm",))
    article = annotate(
        article_of("Port reopens", *["The wind farm is up."] * 3, language="en", given=given)
    )
    assert [(term.name, term.proposed) for term in article.terms] == [("Wind farm", False)]


def test_terms_of_others_are_kept():
    kept = Term("people", "ada-quill", "Ada Quill", "entity")
    article = msgspec.structs.replace(article_of("Port reopens"), terms=(kept,))
    assert annotate(article).terms == (kept,)
