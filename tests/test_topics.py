"""The topics of newsgen.yaml: what they find, what they decide, and what is wrong with them."""

import random

import pytest

import newsroom
from articles import plain_article, tagged
from newsgen.errors import SettingsError
from newsgen.model import Term
from newsgen.site import load_site, read_settings
from newsgen.tagging import tag
from newsgen.topic_rules import TopicRule, page_of


def rules_of(tmp_path, text):
    (tmp_path / "newsgen.yaml").write_text(text)
    return read_settings(tmp_path / "newsgen.yaml").topics


def found(words, headline="Port reopens", **rule):
    """The words that give the tag, or None."""
    article = tag(plain_article(headline, words), (TopicRule("Topic", **rule),))
    (term,) = article.terms or (None,)
    return article.words(term.evidence) if term else None


# Phrases


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        pytest.param("wind farm", "The wind farm hums.", id="as written"),
        pytest.param("wind farm", "Wind Farm hums.", id="in capitals"),
        pytest.param("wind farm", "The wind farms hum.", id="plural"),
        pytest.param("wind farms", "The wind farm hums.", id="singular"),
        pytest.param("wind farm", "The wind\nfarm hums.", id="over a line break"),
        pytest.param("wind farm", "The wind-farm hums.", id="with a hyphen"),
        pytest.param("ferry", "The ferries are late.", id="ies"),
        pytest.param("crisis", "The crises are over.", id="odd plural"),
        pytest.param("US", "The US said no.", id="capitals"),
        pytest.param("Chinese company", "A Chinese companies’ list.", id="capital in a phrase"),
        pytest.param("C++", "Written in C++, it ran.", id="signs"),
        pytest.param("核能", "德国关闭核能电厂。", id="no spaces between words"),
        pytest.param("café", "The CAFÉ is open.", id="accents"),
        pytest.param("port reopens", "Nothing.", id="in the headline"),
        pytest.param("wind farm", "İstanbul’s İ: a wind farm hums.", id="after a letter of two"),
    ],
)
def test_a_phrase_is_found(phrase, words):
    assert found(words, any=(phrase,)) is not None


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        pytest.param("wind farm", "The wind farmer hums.", id="part of a word"),
        pytest.param("wind farm", "The wind, farm and sea.", id="comma between"),
        pytest.param("US", "They told us no.", id="capitals stand for themselves"),
        pytest.param("Apple", "An apple a day.", id="a name is no noun"),
    ],
)
def test_a_phrase_is_not_found(phrase, words):
    assert found(words, any=(phrase,)) is None


def test_all_and_not_narrow_what_any_finds():
    rule = {"any": ("wind", "sun"), "all": ("power",), "unless": ("horse power",)}
    assert found("The sun gives power.", **rule) == "sun"
    assert found("Power of the wind.", **rule) == "Power"
    assert found("The sun shines.", **rule) is None
    assert found("It has power.", **rule) is None
    assert found("The sun and the horse power.", **rule) is None


def test_a_found_tag_is_stated_and_shows_its_words():
    article = plain_article("Port reopens", "The wind farm hums.")
    (term,) = tag(article, (TopicRule("Energy", any=("wind farm",), iptc="medtop:20000002"),)).terms
    assert term == Term(
        "tags", "energy", "Energy", "newsgen.yaml", term.evidence, iptc="medtop:20000002"
    )
    assert article.words(term.evidence) == "wind farm"


def test_words_of_the_page_give_no_tag():
    article = plain_article("Port reopens", "It hums.", related=["A wind farm"])
    assert tag(article, (TopicRule("Energy", any=("wind farm",)),)) == article


# Decisions


def test_a_topic_renames_maps_and_hides_tags_of_its_name():
    article = tagged(plain_article("Fog"), "energy", "sea")
    rules = (TopicRule("Energy", iptc="medtop:20000002"), TopicRule("Sea", hide=True))
    (term,) = tag(article, rules).terms
    assert (term.name, term.slug, term.iptc) == ("Energy", "energy", "medtop:20000002")


def test_a_proposed_tag_in_the_singular_joins_a_topic_in_the_plural():
    article = tagged(plain_article("Fog"), "wind farm", proposed=True)
    (term,) = tag(article, (TopicRule("Wind farms", iptc="medtop:20000002"),)).terms
    assert (term.slug, term.name, term.proposed) == ("wind-farms", "Wind farms", True)
    assert tag(article, (TopicRule("Wind farms", hide=True),)).terms == ()


def test_a_given_tag_stays_given_and_a_proposed_one_becomes_stated():
    rules = (TopicRule("Sea", any=("sea",)),)
    given = tag(tagged(plain_article("The sea"), "sea"), rules)
    assert [(term.rule, term.proposed) for term in given.terms] == [("given", False)]
    proposed = tag(tagged(plain_article("The sea"), "sea", proposed=True), rules)
    assert [(term.rule, term.proposed) for term in proposed.terms] == [("newsgen.yaml", False)]


def test_a_media_topic_has_an_address():
    assert page_of("medtop:20000002").endswith("/mediatopic/20000002")


# The settings


def test_topics_are_read_from_the_settings(tmp_path):
    text = "topics:\n- name: Energy\n  any: [wind farm]\n  not: [toy]\n  iptc: medtop:20000002\n"
    (rule,) = rules_of(tmp_path, text)
    assert rule == TopicRule("Energy", any=("wind farm",), unless=("toy",), iptc="medtop:20000002")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param("topics: Energy", 1, "not a list", id="no list"),
        pytest.param("topics:\n- Energy", 2, "no name", id="no mapping"),
        pytest.param("topics:\n- any: [sea]", 2, "no name", id="no name"),
        pytest.param("topics:\n- any: [sea]\n  name: 7", 3, "no name", id="number for a name"),
        pytest.param("topics:\n- {name: '--', any: [sea]}", 2, "no name", id="name of signs"),
        pytest.param("topics:\n- name: A\n  eny: [sea]", 3, 'mean "any"', id="misspelt"),
        pytest.param("topics:\n- name: A\n  wholly: [sea]", 3, "remove", id="unknown"),
        pytest.param("topics:\n- name: A\n  any: sea", 3, "no list of phrases", id="one phrase"),
        pytest.param("topics:\n- name: A\n  any:\n  - sea\n  - no", 5, "phrases", id="yaml no"),
        pytest.param("topics:\n- name: A\n  any: [sea, '']", 3, "phrases", id="empty phrase"),
        pytest.param("topics:\n- name: A\n  iptc: 20000002", 3, "medtop:", id="bare number"),
        pytest.param("topics:\n- name: A\n  iptc: medtop:2", 3, "eight digits", id="short id"),
        pytest.param("topics:\n- name: A\n  hide: maybe", 2, "true or false", id="hide"),
        pytest.param("topics:\n- name: A\n  not: [sea]", 2, "only says", id="only not"),
        pytest.param("topics:\n- name: A", 2, "says nothing", id="nothing"),
        pytest.param(
            "topics:\n- {name: A, any: [b]}\n- {name: a, any: [c]}", 3, "twice", id="twice"
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, line, what):
    with pytest.raises(SettingsError) as caught:
        rules_of(tmp_path, text)
    assert caught.value.where == f"newsgen.yaml:{line}"
    assert what in str(caught.value)


# The archive


def populated(archive, articles, **more):
    site = archive()
    site.write("newsgen.yaml", SETTINGS)
    rng = random.Random(3)
    for number in range(articles):
        site.write(f"articles/{number:03d}.txt", newsroom.article(rng, []))
    return site


SETTINGS = "title: The Easthaven archive\nbase_url: https://example.org/easthaven/\n"
TRAINS = "topics:\n- name: Trains\n  any: [night train]\n  iptc: medtop:20000002\n"


def test_an_edit_of_the_topics_reads_nothing_and_writes_only_what_it_changes(archive, tmp_path):
    site = populated(archive, 20)
    site.build()
    site.write("newsgen.yaml", SETTINGS + TRAINS)
    report = site.build()
    tagged_articles = {path for path in report.pages if path.startswith("articles/")}
    assert report.read == 0
    assert 0 < len(tagged_articles) < 20
    assert "medtop:20000002" in site.page("tags/trains.html")
    assert site.tree() == site.clean_tree(tmp_path / "clean")
    untouched = TRAINS + "- name: Zebras\n  any: [zebra]\n"
    site.write("newsgen.yaml", SETTINGS + untouched)
    report = site.build()
    assert report.read == report.rendered == 0
    site.write("newsgen.yaml", SETTINGS)
    site.build()
    assert not (site.output / "tags/trains.html").exists()
    assert site.tree() == site.clean_tree(tmp_path / "clean2")


def test_the_topics_are_shown_by_newsgen_show(archive):
    from newsgen.show import read_sources

    site = archive("-- newsgen.yaml --\n" + TRAINS + "-- articles/a.txt --\nThe night train\n")
    (article,) = read_sources(site.folder / "articles/a.txt")
    assert [term.name for term in article.terms] == ["Trains"]
    assert load_site(site.folder).page_settings.topics == ()
