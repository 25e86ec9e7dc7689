"""Words, runs, known names, short forms and aliases, each by itself."""

import pytest

from newsgen.names.aliases import resolve
from newsgen.names.definitions import find_definitions
from newsgen.names.gazetteer import demonyms, known_of, world_places
from newsgen.names.labels import Found
from newsgen.names.languages import language_of
from newsgen.names.runs import find_runs, starts_sentence
from newsgen.wordlists import first_surnames, gender_of, given_names


def runs(text):
    return [text[run[0].start : run[-1].end] for run in find_runs(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("then Ada Quill left", ["Ada Quill"], id="two words"),
        pytest.param("of Ada Quill's boat", ["Ada Quill"], id="possessive left out"),
        pytest.param("the U.S. navy", ["U.S."], id="dotted short form"),
        pytest.param("by Ada J. Quill now", ["Ada J. Quill"], id="initial inside"),
        pytest.param("see Omar al-Sayed there", ["Omar al-Sayed"], id="small article inside"),
        pytest.param("met Ludwig van Holm", ["Ludwig van Holm"], id="particle"),
        pytest.param("a UK-based firm", ["UK"], id="what hangs on is left out"),
        pytest.param("paid US$5 there", [], id="money"),
        pytest.param("see https://Quill.Example/Ada and @Ada", [], id="addresses and handles"),
        pytest.param("no name here", [], id="nothing"),
    ],
)
def test_a_run_is_capital_words_that_hang_together(text, expected):
    assert runs(text) == expected


def test_an_endless_run_is_cut():
    assert len(runs("Word " * 1000)) > 10


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        pytest.param("Ada left.", 0, True, id="first of the text"),
        pytest.param("He left. Ada stayed.", 9, True, id="after a full stop"),
        pytest.param("He said: “Ada stayed.”", 10, True, id="inside an opening mark"),
        pytest.param("and then Ada stayed", 9, False, id="in the middle"),
    ],
)
def test_the_first_word_of_a_sentence_is_told(text, place, expected):
    assert starts_sentence(text, place, 0) is expected


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        pytest.param("U.S.", "United States", "place", id="country by a short form"),
        pytest.param("BEIJING", "Beijing", "place", id="shouted city"),
        pytest.param("Côte d’Ivoire", "Ivory Coast", "place", id="curly apostrophe"),
        pytest.param("Duisburg", "Duisburg", "place", id="city of the list"),
        pytest.param("UN", "United Nations", "organisation", id="body by a short form"),
    ],
)
def test_a_known_name_has_its_usual_form(form, name, kind):
    known = known_of(form)
    assert known is not None
    assert (known.name, known.kind) == (name, kind)


@pytest.mark.parametrize("form", ["Chinese", "Monday", "Zzyzx", "it", ""])
def test_what_is_no_name_is_not_known(form):
    assert known_of(form) is None


def test_words_for_peoples_are_known_as_such():
    assert {"Japanese", "Dutch", "Emirati"} <= demonyms()


def test_given_names_know_men_and_women():
    assert {"Tetsuro", "Amina", "Lucía"} <= given_names()
    assert [gender_of(name) for name in ("Tetsuro", "Amina", "Kim", "Zzyzx")] == [
        "m",
        "f",
        None,
        None,
    ]
    assert "Xu" in first_surnames()


def test_each_form_in_another_language_leads_to_the_usual_one_there():
    table = world_places("ru")
    assert table is not None
    pattern, forms = table
    match = pattern.search("Он был в Китае.")
    assert match is not None
    assert forms[match.group(1)] == "Китай"
    assert world_places("xx") is None


@pytest.mark.parametrize(
    ("text", "full", "kind"),
    [
        pytest.param(
            "the Blue Harbour Trust (BHT) said", "Blue Harbour Trust", "organisation", id="plain"
        ),
        pytest.param(
            "of the Chamber of Commerce and Trade in Sallow (CCTS).",
            "Chamber of Commerce and Trade in Sallow",
            "organisation",
            id="small words between",
        ),
        pytest.param(
            "the Sallow International Expo (SIE) opens",
            "Sallow International Expo",
            "other",
            id="event",
        ),
        pytest.param(
            "its gross tidal output (GTO) rose", "gross tidal output", "other", id="no name"
        ),
        pytest.param("Ada Quill (D-Ohio) said", None, None, id="other words"),
    ],
)
def test_a_bracket_explains_a_short_form(text, full, kind):
    found = [(text[d.start : d.end], d.kind) for d in find_definitions(text, 0, len(text))]
    assert found == ([(full, kind)] if full else [])


def named(text, *names):
    found, at = [], 0
    for kind, form in names:
        at = text.index(form, at)
        found.append(Found(at, at + len(form), kind, "shape", 0.8))
        at += len(form)
    return resolve(text, found)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        pytest.param(["Ada Quill", "Quill"], {"Ada Quill": ("Quill",)}, id="last name"),
        pytest.param(["Xu Jian", "Xu"], {"Xu Jian": ("Xu",)}, id="surname first"),
        pytest.param(["Ada Quill", "Ada"], {"Ada Quill": ("Ada",)}, id="given name"),
        pytest.param(
            ["Quill", "Ada J. Quill", "Ada Quill"],
            {"Ada J. Quill": ("Quill", "Ada Quill")},
            id="initial",
        ),
        pytest.param(
            ["Omar al-Sayed", "Sayed"], {"Omar al-Sayed": ("Sayed",)}, id="article left out"
        ),
        pytest.param(
            ["Ada Quill", "Bruno Vance"], {"Ada Quill": (), "Bruno Vance": ()}, id="two people"
        ),
        pytest.param(["ADA QUILL", "Ada Quill"], {"Ada Quill": ("ADA QUILL",)}, id="shouted"),
    ],
)
def test_forms_of_one_person_are_gathered(forms, expected):
    result = named(" and ".join(forms), *(("person", form) for form in forms))
    assert {entity.name: entity.aliases for entity in result.entities} == expected


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        pytest.param(["Ada Mary Quill", "Ada Quill", "Ada Quill"], "Ada Quill", id="printed more"),
        pytest.param(["Ada Mary Quill", "Ada Quill"], "Ada Mary Quill", id="as often: the longest"),
        pytest.param(["Ada Quill Royal Stool", "Ada Quill"], "Ada Quill", id="more than a person"),
    ],
)
def test_a_person_is_called_as_the_article_mostly_does(forms, name):
    result = named(" and ".join(forms), *(("person", form) for form in forms))
    assert [entity.name for entity in result.entities] == [name]


def test_a_shared_last_name_means_the_bearer_introduced_first():
    forms = ["Ada Quill", "Ben Quill", "Quill"]
    result = named(" and ".join(forms), *(("person", form) for form in forms))
    assert result.mentions[2].entity == "people/ada-quill"


@pytest.mark.parametrize(
    ("kind", "forms", "names"),
    [
        pytest.param("organisation", ["Omron China", "Omron"], ["Omron China"], id="first words"),
        pytest.param(
            "organisation", ["Sallow Ferry Company", "SFC"], ["Sallow Ferry Company"], id="initials"
        ),
        pytest.param(
            "organisation",
            ["Sallow Ferry", "Sallow Bank", "Sallow"],
            ["Sallow Ferry", "Sallow Bank", "Sallow"],
            id="unclear",
        ),
        pytest.param("organisation", ["BBC News", "BBC"], ["BBC News", "BBC"], id="part"),
        pytest.param("place", ["US", "United States", "U.S."], ["United States"], id="country"),
    ],
)
def test_short_forms_are_gathered(kind, forms, names):
    result = named(" and ".join(forms), *((kind, form) for form in forms))
    assert [entity.name for entity in result.entities] == names


@pytest.mark.parametrize(
    ("sample", "language"),
    [
        pytest.param(
            "The boat is in the harbour and that was it for the day, she said.", "en", id="en"
        ),
        pytest.param(
            "Der Hafen ist nicht weit von dem Dorf und die Leute sind mit dem Boot da.",
            "de",
            id="de",
        ),
        pytest.param("港口在风暴后重新开放。", "zh", id="zh"),
        pytest.param("أعيد فتح الميناء بعد العاصفة", "ar", id="ar"),
        pytest.param("Порт снова открыт после шторма", "ru", id="ru"),
        pytest.param("嵐のあとで港が開いた", "", id="ja is not read"),
    ],
)
def test_a_language_is_guessed_by_script_and_small_words(sample, language):
    assert language_of(sample) == language
