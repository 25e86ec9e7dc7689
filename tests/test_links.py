import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import catalog_of, empty_catalog, plain_article
from newsgen.filing import filed
from newsgen.likeness import blocks_of, printed_key, score_of
from newsgen.text import title_key

STORM = "Storm closes port of Easthaven for a second day"
FERRY = "Ferry crews strike for a third week"
LONG_WORD = "Aaah" + "h" * 180  # makes any title one that must be several, run together
RUNS = ("runs", "run_texts", "run_openings", "run_finds", "title_openings")
TABLES = ("titles", "title_blocks", "links", "matches", "printed_blocks", *RUNS)


def links_of(*articles):
    return catalog_of(*articles).links


def target_of(printed, *headlines):
    """The headline that a printed title resolves to, with score and rule."""
    opener = plain_article("Opener of the list", related=[printed], path="articles/opener.txt")
    others = [plain_article(name, path=f"articles/{n}.txt") for n, name in enumerate(headlines)]
    (found,) = links_of(opener, *others).related(opener.id)
    return (found.card.headline if found.card else None, found.score, found.rule)


@pytest.mark.parametrize(
    ("printed", "score", "rule"),
    [
        pytest.param(STORM, 1.0, "exact", id="exactly"),
        pytest.param(STORM.upper(), 0.99, "normalised", id="case"),
        pytest.param(f"“{STORM}!”", 0.99, "normalised", id="punctuation"),
        pytest.param(STORM.replace("o", "ó"), 0.99, "normalised", id="accents"),
        pytest.param(STORM[:31] + "…", 0.95, "cut short", id="cut with an ellipsis"),
        pytest.param(STORM[:34] + "...", 0.95, "cut short", id="cut with three dots"),
    ],
)
def test_a_printed_title_resolves_to_the_headline_it_is(printed, score, rule):
    assert target_of(printed, "Fog over the bay", STORM) == (STORM, score, rule)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("Storms close port of Easthaven for a second day", id="number"),
        pytest.param("Storm closes port of Easthaven for second day", id="article dropped"),
        pytest.param("The storm closes the port of Easthaven for a second day", id="added"),
    ],
)
def test_a_title_spelt_a_little_differently_resolves_with_a_lower_score(printed):
    headline, score, rule = target_of(printed, STORM)
    assert (headline, rule) == (STORM, "fuzzy")
    assert 0.9 <= score < 0.99


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        pytest.param("Fog over the bay", STORM, id="another story"),
        pytest.param("16th harbour talks end in Easthaven", "17th harbour talks end in Easthaven"),
        pytest.param(
            "Easthaven urges Japan to stop the whaling now",
            "Easthaven urges France to stop the whaling now",
        ),
        pytest.param("Storm…", STORM, id="cut too short"),
        pytest.param(STORM[:30] + " ship…", STORM, id="cut short, but another"),
        pytest.param("…", STORM, id="nothing but an ellipsis"),
    ],
)
def test_a_title_of_another_story_does_not_resolve(printed, headline):
    assert target_of(printed, headline) == (None, None, None)


def test_a_title_cut_after_two_long_words_resolves():
    headline = "Metropolitan authorities reopen the harbour"
    assert target_of("Metropolitan authorities reo…", headline)[0] == headline


def test_a_headline_of_signs_alone_resolves_exactly():
    assert target_of("¿?", "¿?") == ("¿?", 1.0, "exact")


def test_a_headline_without_spaces_between_words_resolves_when_cut_short():
    headline = "国际空间站将在太平洋上空结束三十年的使命并坠入大海深处人们告别了它"
    assert target_of(headline[:24] + "…", headline)[2] == "cut short"


def test_the_best_of_several_headlines_wins():
    near = STORM.replace("Storm", "Storms")
    assert target_of(STORM, near, STORM) == (STORM, 1.0, "exact")
    assert target_of(STORM, near)[0] == near


def test_of_several_articles_of_one_headline_the_lowest_id_wins():
    opener = plain_article("Opener", related=["Fog over the bay"], id="ffffffffffff")
    twins = [plain_article("Fog over the bay", path=f"articles/{n}.txt", id=n * 12) for n in "312"]
    (found,) = links_of(opener, *twins).related(opener.id)
    assert found.card.id == "1" * 12


def test_an_article_never_resolves_to_itself():
    one = plain_article("Fog over the bay", related=["Fog over the bay"], id="1" * 12)
    (printed,) = links_of(one).related(one.id)
    assert (printed.card, printed.rule) == (None, "itself")
    twin = plain_article("Fog over the bay", path="articles/twin.txt", id="2" * 12)
    assert links_of(one, twin).related(one.id)[0].card.id == twin.id


def test_a_headline_of_the_archive_is_not_wanted():
    one = plain_article("Fog over the bay", related=["Fog over the bay"])
    assert links_of(one).wanted() == ()


def test_related_titles_keep_the_order_printed():
    titles = ["Zebra crossing opens", "Fog over the bay", "Ants invade the town hall"]
    opener = plain_article("Opener", related=titles)
    found = links_of(opener, plain_article("Fog over the bay")).related(opener.id)
    assert [link.headline for link in found] == titles
    assert [link.card is not None for link in found] == [False, True, False]
    assert {link.section for link in found} == {"Related Stories"}


def test_two_titles_printed_on_one_line_are_both_kept():
    opener = plain_article("Opener", related=["Fog over the bay", "Ants invade the town hall"])
    one_line = tuple(msgspec.structs.replace(title, line=3) for title in opener.related)
    opener = msgspec.structs.replace(opener, related=one_line)
    assert len(links_of(opener).related(opener.id)) == 2


def test_backlinks_are_the_articles_that_print_a_headline_oldest_first():
    fog = plain_article("Fog over the bay")
    young = plain_article("Young", related=["Fog over the bay"], published="2024-05-06")
    old = plain_article("Old", related=["FOG OVER THE BAY", "Fog over the bay"], published="2023")
    undated = plain_article("Undated", related=["Fog over the bay"])
    found = links_of(undated, young, fog, old).backlinks(fog.id)
    assert [card.headline for card in found] == ["Old", "Young", "Undated"]


def test_neighbours_are_both_ends_of_a_link():
    fog = plain_article("Fog over the bay", related=["Opener of the list", "Nothing like it"])
    opener = plain_article("Opener of the list", related=["Fog over the bay"])
    other = plain_article("Another one", related=["Fog over the bay"])
    links = links_of(fog, opener, other)
    assert links.neighbours(fog.id) == {opener.id, other.id}
    assert links.neighbours(other.id) == {fog.id}


def test_wanted_titles_stand_by_how_many_want_them():
    one = plain_article("One", related=["Lost title", "Rare title"], published="2024")
    two = plain_article("Two", related=["LOST TITLE"], published="2023")
    three = plain_article("Three", related=["Lost title", "Lost title"])
    links = links_of(one, two, three)
    found = links.wanted()
    assert [title.headline for title in found] == ["Lost title", "Rare title"]
    assert [card.headline for card in found[0].cards] == ["Two", "One", "Three"]
    assert links.count_wanted() == 2


def test_an_arriving_headline_touches_only_who_wants_it():
    opener = plain_article("Opener", related=["Fog over the bay"])
    other = plain_article("Other", related=["Ants invade the town hall"])
    links = links_of(opener, other)
    fog = plain_article("Fog over the bay")
    assert put(links, fog) == {opener.id, fog.id}
    assert put(links, fog) == set()
    assert put(links, plain_article("Nobody prints this")) == set()


def test_a_leaving_article_touches_who_led_to_it_and_whom_it_led_to():
    fog = plain_article("Fog over the bay", related=["Opener of the list"])
    opener = plain_article("Opener of the list", related=["Fog over the bay"])
    other = plain_article("Another one", related=["Fog over the bay"])
    links = links_of(fog, opener, other)
    assert links.remove(fog.id) >= {opener.id, other.id}
    assert links.remove("nobody") == set()
    assert links.related(other.id)[0].card is None


# Titles run together


def entries_of(printed, *headlines):
    """What a list without marks shows: each piece, with the headline it leads to."""
    opener = plain_article("Opener of the list", related=[printed], path="articles/opener.txt")
    others = [plain_article(name, path=f"articles/{n}.txt") for n, name in enumerate(headlines)]
    found = links_of(opener, *others).related(opener.id)
    return [(link.headline, link.card and link.card.headline, link.rule) for link in found]


def test_headlines_in_a_run_are_links_and_the_rest_stays_as_printed():
    run = f"{LONG_WORD} rises {STORM} Fog over the bay again {FERRY} “Mayor steps down”"
    assert entries_of(run, FERRY, STORM) == [
        (f"{LONG_WORD} rises", None, None),
        (STORM, STORM, "run together"),
        ("Fog over the bay again", None, None),
        (FERRY, FERRY, "run together"),
        ("“Mayor steps down”", None, None),
    ]


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(f"{LONG_WORD} {STORM} as crews strike", id="it goes on in small letters"),
        pytest.param(f"{LONG_WORD} {STORM}: Mayor speaks", id="it goes on behind a colon"),
        pytest.param(f"{LONG_WORD} {STORM} – Mayor speaks", id="it goes on behind a dash"),
        pytest.param(f"{LONG_WORD} Photos: {STORM}", id="it began before a colon"),
        pytest.param(f"{LONG_WORD} Bridge and {STORM}", id="it began with another"),
        pytest.param(f"{LONG_WORD} | {STORM}", id="it stands behind a sign"),
        pytest.param(f"{LONG_WORD} {STORM.lower()}", id="it begins with a small letter"),
        pytest.param(f"{LONG_WORD} {STORM.removesuffix('day')}Daybreak", id="half a word"),
        pytest.param(f"{LONG_WORD} {STORM[:12]}", id="a part of it"),
    ],
)
def test_words_of_a_longer_title_are_no_link(run):
    assert entries_of(run, STORM) == [(run, None, None)]


def test_headlines_of_three_words_stand_in_others_by_chance():
    run = f"{LONG_WORD} Storm closes port Ferry crews strike"
    assert entries_of(run, "Storm closes port", "Ferry crews strike") == [(run, None, None)]


def test_the_longer_of_two_headlines_in_a_run_is_meant():
    short = "Storm closes port of Easthaven"
    assert entries_of(f"{LONG_WORD} {short} Harbour", short, f"{short} Harbour")[-1] == (
        f"{short} Harbour",
        f"{short} Harbour",
        "run together",
    )


def test_a_run_of_one_headline_printed_otherwise_is_that_headline():
    long = f"{STORM} and {FERRY}, " * 2 + "says mayor of Easthaven"
    assert len(long) > 180
    assert entries_of(long, long) == [(long, long, "run together")]
    upper = long.upper()
    opener = plain_article("Opener of the list", related=[upper])
    (link,) = links_of(opener, plain_article(long)).related(opener.id)
    assert (link.headline, link.score) == (upper, 0.99)


def test_a_run_is_not_wanted_and_its_articles_know_who_prints_them():
    run = f"{LONG_WORD} {STORM} Nobody wrote this title"
    opener = plain_article("Opener of the list", related=[run])
    other = plain_article(FERRY, related=[run, STORM])
    storm = plain_article(STORM, related=[run])
    links = links_of(opener, other, storm)
    assert links.wanted() == ()
    assert links.count_wanted() == 0
    assert {card.id for card in links.backlinks(storm.id)} == {opener.id, other.id}
    assert len(links.backlinks(storm.id)) == 2
    assert links.neighbours(storm.id) == {opener.id, other.id}
    assert links.neighbours(opener.id) == {storm.id}
    assert [link.rule for link in links.related(storm.id)] == [None, "itself", None]


def test_a_longer_headline_that_arrives_takes_the_place_of_a_shorter_one_and_touches_it():
    opener = plain_article("Opener of the list", related=[f"{LONG_WORD} {STORM} Harbour"])
    storm = plain_article(STORM)
    links = links_of(opener, storm)
    longer = plain_article(f"{STORM} Harbour")
    assert put(links, longer) == {opener.id, storm.id, longer.id}
    assert links.backlinks(storm.id) == ()
    assert links.remove(longer.id) >= {opener.id, storm.id}
    assert [card.id for card in links.backlinks(storm.id)] == [opener.id]


def test_an_arriving_headline_touches_only_those_in_whose_runs_it_stands():
    opener = plain_article("Opener of the list", related=[f"{LONG_WORD} {STORM}"])
    other = plain_article("Other list of stories", related=[f"{LONG_WORD} {FERRY}"])
    links = links_of(opener, other)
    storm = plain_article(STORM)
    assert put(links, storm) == {opener.id, storm.id}
    assert put(links, plain_article("Nobody prints this ever")) == set()
    assert links.remove(storm.id) >= {opener.id}
    assert [link.card for link in links.related(opener.id)] == [None]


# Resolution never depends on the order of arrival

WHOLE = ["Storm closes the port", "Storm closes the port Strike", "Ferry strike the fog"]
WORDS = ["storm", "closes", "the", "port", "storms", "fog", "16th", "17th", "ferry", "strike"]
HEADLINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@st.composite
def headlines(draw):
    """Titles of which many are alike: cut short, of other case, with a light word more."""
    whole = draw(HEADLINES)
    change = draw(st.sampled_from(["", "", "cut", "upper", "the", "!"]))
    changes = {
        "": whole,
        "cut": whole[: max(3, len(whole) - 4)] + "…",
        "upper": whole.upper(),
        "the": f"the {whole}",
        "!": f"{whole}!",
    }
    return changes[change]


@st.composite
def runs(draw):
    """Titles run together, too long for a headline."""
    titles = draw(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4))
    return " ".join([LONG_WORD, *titles])


PRINTED = st.lists(headlines() | runs(), max_size=3)
STEP = st.tuples(st.integers(0, 5), headlines() | st.sampled_from(WHOLE), PRINTED)
STEPS = st.lists(STEP, min_size=1, max_size=12)


def tables(catalog):
    return {
        table: sorted(catalog.connection.execute(f"SELECT * FROM {table}"), key=repr)
        for table in TABLES
    }


def article_of(number, headline, related):
    path = f"articles/{number}.txt"
    return plain_article(headline, related=related, path=path, id=f"{number:012d}")


def put(links, article):
    one = filed(article, article)
    return links.put(one.id, one.headline, one.printed)


def put_all(catalog, articles):
    for article in articles:
        put(catalog.links, article)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.sets(st.integers(0, 5)), st.randoms(use_true_random=False))
def test_the_tables_do_not_depend_on_what_came_first_or_was_there_before(steps, gone, rng):
    worn = empty_catalog()
    last = {}
    for number, headline, related in steps:
        last[number] = article_of(number, headline, related)
        put(worn.links, last[number])
    for number in gone & last.keys():
        worn.links.remove(last.pop(number).id)
    fresh = empty_catalog()
    articles = list(last.values())
    rng.shuffle(articles)
    put_all(fresh, articles)
    assert tables(worn) == tables(fresh)


@settings(max_examples=80, deadline=None)
@given(STEPS, STEP)
def test_whoever_shows_something_else_is_touched(steps, step):
    catalog = empty_catalog()
    articles = {number: article_of(number, *rest) for number, *rest in steps}
    put_all(catalog, articles.values())

    def shown():
        rows = catalog.connection.execute("SELECT id, line, target, score, rule FROM links")
        found = {}
        for article_id, line, target, score, rule in rows:
            found.setdefault(article_id, set()).add((line, target, score, rule))
            if target:
                found.setdefault(target, set()).add(("backlink", article_id))
        for article_id, n in catalog.connection.execute("SELECT id, n FROM runs").fetchall():
            for stretch, target in catalog.links.runs.stretches(article_id, n):
                found.setdefault(article_id, set()).add((n, stretch, target))
                if target:
                    found.setdefault(target, set()).add(("backlink", article_id))
        return found

    before = shown()
    article = article_of(*step)
    touched = put(catalog.links, article)
    after = shown()
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    assert changed <= touched | {article.id}
    before = after
    touched = catalog.links.remove(article.id)
    after = shown()
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    assert changed <= touched | {article.id}


@given(headlines())
def test_a_printed_title_and_its_headline_meet_in_a_block(headline):
    printed = headline.rstrip("…").rstrip()
    assert set(blocks_of(printed_key(printed))) & set(blocks_of(title_key(printed)))
    assert score_of(printed_key(printed), title_key(printed)) is not None


def test_blocks_are_few_whatever_the_length():
    assert len(blocks_of("harbour bridge " * 5000)) <= 5
    assert blocks_of("") == blocks_of("…") == ()


def test_a_thousand_articles_of_one_headline_resolve_to_the_lowest_id():
    articles = [
        plain_article("Fog over the bay", path=f"articles/{n}.txt", related=["Fog over the bay"])
        for n in range(1000)
    ]
    random.Random(1).shuffle(articles)
    catalog = catalog_of(*articles)
    lowest = min(article.id for article in articles)
    others = [a.id for a in articles if a.id != lowest]
    assert {catalog.links.related(i)[0].card.id for i in others} == {lowest}
