"""One name under several kinds: the rarer is joined to the usual one, whatever came first."""

import random

import msgspec
import pytest

from articles import (
    catalog_of,
    empty_catalog,
    naming,
    pending_of,
    plain_article,
    quoting,
    reading_of,
)
from newsgen.editorial import Authority, Ruling, resolve
from newsgen.model import Entity, Subject
from newsgen.pages import STANDING, kinds_of
from newsgen.refresh import digests_of
from newsgen.site import Settings

SETTINGS = Settings(per_page=3, base_url="https://example.org/bay/")
KINDS = {"people": "person", "organisations": "organisation", "places": "place"}


def arsenal(number, taxonomy, name="Arsenal", quote=False):
    article = plain_article(
        f"Number {number:02d}", f"{name}: “We won”, and {name} went home.", published="2024-05-06"
    )
    article = naming(article, name, kind=KINDS[taxonomy], taxonomy=taxonomy)
    return quoting(article, "We won", name, article.entities[0].id) if quote else article


def many(taxonomy, count, first=0):
    return [arsenal(first + n, taxonomy) for n in range(count)]


def changed(article, **fields):
    entity = msgspec.structs.replace(article.entities[0], **fields)
    return msgspec.structs.replace(article, entities=(entity,))


def shown(catalog, kind, key):
    subject = Subject(kind, key)
    return {
        view.permalink: view
        for page in kinds_of(subject)
        for view in page.views(subject, catalog, SETTINGS)
    }


def test_the_rarer_kind_stands_on_the_page_of_the_usual_one():
    odd = arsenal(9, "places", quote=True)
    catalog = catalog_of(*many("organisations", 4), odd)
    assert catalog.heading("places", "arsenal") is None
    assert shown(catalog, "term", "places/arsenal") == {}
    heading = catalog.heading("organisations", "arsenal")
    assert (heading.articles, heading.quotes, heading.joined) == (5, 1, 1)
    first, second = shown(catalog, "term", "organisations/arsenal").values()
    assert (first.joined, second.joined) == (1, 0)
    assert [quote.entity for quote in second.quotes_by] == ["organisations/arsenal"]
    assert odd.id in {card.id for card in catalog.cards(Subject("term", "organisations/arsenal"))}


def test_the_article_leads_to_the_usual_kind_and_keeps_what_it_found():
    odd = arsenal(9, "places", quote=True)
    catalog = catalog_of(*many("organisations", 4), odd)
    (page,) = shown(catalog, "article", odd.id).values()
    assert [link.permalink for link in page.organisations] == ["organisations/arsenal.html"]
    assert page.places == ()
    assert page.quotes[0].permalink == "organisations/arsenal.html"
    assert {m.href for m in page.blocks[0].marks} == {None, "organisations/arsenal.html"}
    assert catalog.annotated(odd.source.path) == odd
    (listed,) = shown(catalog, "quotes", "2024-05").values()
    assert "organisations/arsenal" in repr(listed)
    assert "places/arsenal" not in repr(listed)


@pytest.mark.parametrize(("usual", "rare", "joins"), [(3, 1, False), (4, 1, True), (7, 2, False)])
def test_four_times_as_many_articles_decide(usual, rare, joins):
    catalog = catalog_of(*many("organisations", usual), *many("places", rare, first=50))
    assert (catalog.heading("places", "arsenal") is None) is joins


def test_of_two_kinds_as_frequent_neither_takes_the_third():
    two = [*many("organisations", 4), *many("people", 4, first=20)]
    catalog = catalog_of(*two, *many("places", 1, first=50))
    assert catalog.heading("places", "arsenal").articles == 1


def test_a_kind_that_people_state_stays():
    for stated in ({"rule": "front-matter"}, {"ruled": True}):
        odd = changed(arsenal(9, "places"), **stated)
        catalog = catalog_of(*many("organisations", 8), odd, arsenal(10, "places"))
        assert catalog.heading("places", "arsenal").articles == 2
        assert catalog.heading("organisations", "arsenal").joined == 0


def test_the_authority_file_states_a_kind_only_where_it_says_one():
    article = arsenal(1, "places")

    def by(kind):
        ruling = Ruling("Arsenal", kind=kind)
        return resolve(article, Authority((ruling,), by_name=(("arsenal", 0),))).entities[0]

    assert by("place").stated
    assert not by(None).stated
    assert Entity("places/x", "X", "place", rule="front-matter").stated


def test_an_article_that_gives_a_name_both_kinds_stands_once():
    both = naming(arsenal(9, "places", quote=True), "Arsenal", kind="organisation",
                  taxonomy="organisations")  # fmt: skip
    catalog = catalog_of(*many("organisations", 5), both)
    subject = Subject("term", "organisations/arsenal")
    assert [card.id for card in catalog.cards(subject)].count(both.id) == 1
    assert catalog.heading("organisations", "arsenal").articles == 6
    assert catalog.heading("organisations", "arsenal").joined == 0
    assert len(catalog.quotes(subject, "by")) == 1
    assert catalog.quotes(subject, "about") == []
    assert [entity.id for entity in catalog.article(both.id).entities] == ["organisations/arsenal"]


def test_a_flip_touches_the_articles_it_concerns_and_no_others():
    few = many("organisations", 3)
    odd = arsenal(9, "places", quote=True)
    catalog = catalog_of(*few, odd)
    pending_of(catalog)
    new = arsenal(8, "organisations")
    catalog.apply([reading_of(new)])
    catalog.derive()
    touched = pending_of(catalog)
    assert {key for kind, key in touched if kind == "article"} == {odd.id, new.id}
    assert {("term", "places/arsenal"), ("quotes", "2024-05")} <= touched


def pages_of(catalog, subjects):
    return {
        subject: {path: digests_of(view) for path, view in shown(catalog, *subject).items()}
        for subject in subjects
    }


def with_pages(subjects):
    """Those that have pages; the standing ones a first build makes anyhow."""
    standing = {(subject.kind, subject.key) for subject in STANDING}
    return {key: found for key, found in subjects.items() if found and key not in standing}


def some_article(rng):
    """An article of few names, most often of the kind that is usual for each."""
    usual = {"Arsenal": "organisations", "Jordan": "places", "Ada Quill": "people"}
    names = rng.sample(sorted(usual), 2)
    text = f"{names[0]}: “We saw {names[1]}”, and {names[0]} went home."
    path = f"articles/{rng.randint(0, 24)}.txt"
    month = rng.randint(1, 2)
    article = plain_article(
        f"Fog {rng.randint(0, 3)}", text, path=path, published=f"2024-{month:02d}-06"
    )
    for name in names:
        others = rng.sample(sorted(KINDS)[:2], rng.choice([0, 0, 0, 0, 0, 0, 1]))
        for taxonomy in others or [usual[name]]:
            article = naming(article, name, kind=KINDS[taxonomy], taxonomy=taxonomy)
    if rng.random() < 0.05:
        article = msgspec.structs.replace(
            article,
            entities=tuple(msgspec.structs.replace(e, ruled=True) for e in article.entities),
        )
    speaker = rng.choice(article.entities)
    return quoting(article, text[len(names[0]) + 3 :][:6], speaker.name, speaker.id)


@pytest.mark.parametrize("seed", range(8))
def test_pages_touched_are_those_that_a_clean_build_makes_otherwise(seed):
    rng = random.Random(seed)
    worn, known, pages, joins = empty_catalog(), {}, {}, set()
    for _ in range(80):
        removed = []
        if known and rng.random() < 0.3:
            removed = [rng.choice(sorted(known))]
            known.pop(removed[0])
        article = some_article(rng)
        if article.source.path not in removed:
            known[article.source.path] = article
            worn.apply([reading_of(article)], removed)
        else:
            worn.apply([], removed)
        worn.derive()
        pages |= pages_of(worn, pending_of(worn))
        joins |= set(worn.connection.execute("SELECT rare, usual FROM joins"))
        fresh = catalog_of(*known.values())
        clean = pages_of(fresh, pending_of(fresh))
        assert with_pages(pages) == with_pages(clean)
    assert joins


def test_events_and_works_are_neither_joined_nor_joined_to():
    work = naming(plain_article("Film", "Arsenal opens.", path="articles/w.txt"), "Arsenal",
                  kind="work", taxonomy="works")  # fmt: skip
    catalog = catalog_of(*many("organisations", 8), work)
    assert catalog.heading("works", "arsenal").articles == 1
    assert catalog.heading("organisations", "arsenal").joined == 0
