import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import naming, plain_article, quoting
from newsgen.editorial import Authority, Ruling, load_authority, resolve
from newsgen.errors import SettingsError
from newsgen.model import Entity, Mention, Span
from newsgen.text import slug_of

NAMES = ["Ada Quill", "A. Quill", "Quill", "Bruno Vance", "Harbour Trust"]


@pytest.fixture
def authority(tmp_path):
    def load(text):
        (tmp_path / "entities.yaml").write_text(text)
        return load_authority(tmp_path)

    return load


def article_with(*names, speaker=None):
    text = " ".join(f"{name} came." for name in names)
    article = naming(plain_article("Port reopens", text, '"We came," it was said.'), *names)
    if speaker:
        article = quoting(article, "We came", speaker, f"people/{slug_of(speaker)}")
    return article


def test_without_a_file_nothing_is_decided(tmp_path):
    assert load_authority(tmp_path) == Authority()


@pytest.mark.parametrize("text", ["", "[]", "# nothing\n"])
def test_an_empty_file_decides_nothing(authority, text):
    assert authority(text) == Authority()
    article = article_with("Ada Quill")
    assert resolve(article, authority(text)) is article


def test_rulings_and_names_kept_apart_are_read(authority):
    found = authority(
        "- name: Ada Quill\n  kind: person\n  aliases: [A. Quill]\n  same_as: [Q1]\n"
        "- never_merge: [Jon Hale, John Hale]\n"
        "- name: Fog\n  hide: true\n"
    )
    assert [ruling.name for ruling in found.rulings] == ["Ada Quill", "Fog"]
    assert found.rulings[0].same_as == ("Q1",)
    assert found.never_merge == (("Jon Hale", "John Hale"),)
    assert dict(found.by_name) == {"ada-quill": 0, "a-quill": 0, "fog": 1}


def test_equal_files_have_equal_digests(authority):
    one = authority("- name: Ada Quill\n")
    assert one.digest == authority("# the same\n- {name: Ada Quill}\n").digest
    assert one.digest != authority("- name: Ada Quil\n").digest


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("name: Ada", 1, "not a list", id="mapping"),
        pytest.param("words", 1, "not a list", id="words"),
        pytest.param("- name: A\n- B\n", 2, "no name", id="item of words"),
        pytest.param("- kind: person\n", 1, "no name", id="no name"),
        pytest.param("- name: A\n  alias: [B]\n", 2, 'unknown key "alias"', id="unknown key"),
        pytest.param("- name: A\n  zzzz: 1\n", 2, 'unknown key "zzzz"', id="like no other"),
        pytest.param("- name: A\n  kind: company\n", 2, '"kind"', id="unknown kind"),
        pytest.param("- name: A\n  aliases: B\n", 2, '"aliases"', id="aliases no list"),
        pytest.param("- name: A\n  aliases:\n  - 5\n", 2, '"aliases"', id="alias no text"),
        pytest.param("- name: 5\n", 1, '"name"', id="name no text"),
        pytest.param("- name: A\n  hide: maybe\n", 2, '"hide"', id="hide no yes or no"),
        pytest.param("- never_merge: A\n", 1, "two or more", id="never_merge no list"),
        pytest.param("- never_merge: [A]\n", 1, "two or more", id="never_merge of one"),
        pytest.param("- never_merge: [A, 5]\n", 1, "two or more", id="never_merge no text"),
        pytest.param("- name: A\n- name: a\n", 2, "two entries", id="two entries"),
        pytest.param("- name: A\n  aliases: [C]\n- name: C\n", 3, "two entries", id="alias taken"),
        pytest.param("- name: A\n- name: [\n", 3, "YAML", id="not YAML"),
        pytest.param("- name: A\n  only_in: x\n", 2, '"only_in"', id="only_in no list"),
        pytest.param("- name: A\n  5: 1\n", 2, 'unknown key "5"', id="a number for a key"),
        pytest.param("- name: A\n  never_merge: [B, C]\n", 1, "", id="a name and names kept apart"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(authority, text, line, words):
    with pytest.raises(SettingsError) as caught:
        authority(text)
    assert words in caught.value.what
    assert caught.value.where == f"entities.yaml:{line}"


def test_an_unknown_key_names_the_nearest(authority):
    with pytest.raises(SettingsError) as caught:
        authority("- name: A\n  alias: [B]\n")
    assert caught.value.hint == 'did you mean "aliases"?'


def test_an_alias_is_known_by_the_canonical_name(authority):
    article = article_with("A. Quill", speaker="A. Quill")
    found = resolve(article, authority("- name: Ada Quill\n  aliases: [A. Quill]\n"))
    assert found.entities == (
        Entity("people/ada-quill", "Ada Quill", "person", ("A. Quill",), "entities.yaml"),
    )
    assert {mention.entity for mention in found.mentions} == {"people/ada-quill"}
    speaker = found.quotes[0].speaker
    assert (speaker.name, speaker.entity) == ("Ada Quill", "people/ada-quill")


def test_two_names_of_one_become_one_entity(authority):
    article = article_with("A. Quill", "Bruno Vance", "Quill")
    found = resolve(article, authority("- name: Ada Quill\n  aliases: [A. Quill, Quill]\n"))
    assert [entity.name for entity in found.entities] == ["Ada Quill", "Bruno Vance"]
    assert found.entities[0].aliases == ("A. Quill", "Quill")
    assert len(found.mentions) == len(article.mentions)


def test_a_kind_moves_an_entity_to_another_taxonomy(authority):
    found = resolve(article_with("Quill"), authority("- name: Quill\n  kind: place\n"))
    assert found.entities[0].id == "places/quill"
    assert found.entities[0].kind == "place"
    assert found.mentions[0].entity == "places/quill"


def test_a_hidden_name_is_no_entity_and_its_quotes_keep_their_words(authority):
    article = article_with("Ada Quill", "Bruno Vance", speaker="Ada Quill")
    found = resolve(article, authority("- name: Ada Quill\n  hide: true\n"))
    assert [entity.name for entity in found.entities] == ["Bruno Vance"]
    assert {mention.entity for mention in found.mentions} == {"people/bruno-vance"}
    assert found.quotes[0].span == article.quotes[0].span
    assert found.quotes[0].speaker.entity is None
    assert found.quotes[0].speaker.name == "Ada Quill"


def test_names_nobody_ruled_on_stay(authority):
    article = article_with("Ada Quill", speaker="Ada Quill")
    article = quoting(article, "it was said")
    assert resolve(article, authority("- name: Emil Sato\n")) is article
    ruled = resolve(article, authority("- name: Quill\n- name: Ada Quill\n  kind: place\n"))
    assert ruled.quotes[1] == article.quotes[1]


def test_the_text_and_its_lines_never_change(authority):
    article = article_with("A. Quill")
    found = resolve(article, authority("- name: Ada Quill\n  aliases: [A. Quill]\n"))
    kept = ("text", "lines", "paragraphs", "headline", "id", "permalink", "source", "problems")
    assert all(getattr(found, name) == getattr(article, name) for name in kept)


# Names kept apart


def test_names_that_an_article_makes_one_of_are_kept_apart(authority):
    article = article_with("Ada Quill", "A. Quill", "Quill", speaker="Ada Quill")
    places = ((article.text.rindex(name), name) for name in ("Ada Quill", "A. Quill", "Quill"))
    first, second, third = (Span(start, start + len(name)) for start, name in places)
    one = Entity("people/ada-quill", "Ada Quill", "person", ("A. Quill", "Quill"))
    speaker = msgspec.structs.replace(article.quotes[0].speaker, mention=second)
    quotes = (msgspec.structs.replace(article.quotes[0], speaker=speaker),)
    mentions = tuple(Mention(span, "people/ada-quill") for span in (first, second, third))
    article = msgspec.structs.replace(article, entities=(one,), mentions=mentions, quotes=quotes)
    found = resolve(article, authority("- never_merge: [Ada Quill, A. Quill]\n"))
    assert [(entity.name, entity.aliases) for entity in found.entities] == [
        ("Ada Quill", ("Quill",)),
        ("A. Quill", ()),
    ]
    assert {mention.span: mention.entity for mention in found.mentions} == {
        first: "people/ada-quill",
        second: "people/a-quill",
        third: "people/ada-quill",
    }
    assert found.quotes[0].speaker.entity == "people/a-quill"
    assert found.quotes[0].speaker.name == "A. Quill"
    other = resolve(article, authority("- never_merge: [Bruno Vance, Quill]\n"))
    assert other is article
    forms = resolve(article, authority("- never_merge: [A. Quill, Quill]\n"))
    assert [entity.name for entity in forms.entities] == ["Ada Quill", "Quill"]


def test_two_decisions_that_contradict_are_refused(authority):
    with pytest.raises(SettingsError, match="never_merge keeps apart"):
        authority(
            "- name: Ada Quill\n  aliases: [A. Quill]\n- never_merge: [Ada Quill, A. Quill]\n"
        )


TWO_OF_ONE_NAME = """
- name: Ada Quill
- name: Ada Quill (rower)
  aliases: [Ada Quill]
  only_in: ["articles/sport/*", articles/regatta.txt]
"""


@pytest.mark.parametrize(
    ("path", "entity"),
    [
        ("articles/sport/a.txt", "people/ada-quill-rower"),
        ("articles/sport/2024/a.txt", "people/ada-quill-rower"),
        ("articles/regatta.txt", "people/ada-quill-rower"),
        ("articles/a.txt", "people/ada-quill"),
    ],
)
def test_two_people_of_one_name_are_told_apart_by_where_they_stand(authority, path, entity):
    article = naming(plain_article("Port reopens", "Ada Quill came.", path=path), "Ada Quill")
    found = resolve(article, authority(TWO_OF_ONE_NAME))
    assert [one.id for one in found.entities] == [entity]
    assert {mention.entity for mention in found.mentions} == {entity}


def test_two_people_of_one_name_have_two_pages(archive, tmp_path):
    site = archive(
        """
        -- articles/a.txt --
        Port reopens
        “Ships came back,” said Ada Quill, the mayor of Easthaven.
        -- articles/sport/b.txt --
        Regatta begins
        “We row at dawn,” said Ada Quill, a rower from Millbrook.
        """
    )
    site.build()
    site.write("entities.yaml", TWO_OF_ONE_NAME)
    assert site.build().read == 0
    assert "Regatta begins" in site.page("people/ada-quill-rower.html")
    assert "Regatta begins" not in site.page("people/ada-quill.html")
    assert site.tree() == site.clean_tree(tmp_path / "clean")


@st.composite
def authorities(draw):
    """An authority that a file could hold: each name stands for one entry at most."""
    names = draw(st.permutations(NAMES))
    rulings, by_name = [], {}
    while names:
        count = draw(st.integers(1, len(names)))
        name, *aliases = names[:count]
        names = names[count:]
        if draw(st.booleans()):
            kind = draw(st.sampled_from([None, "person", "organisation", "place"]))
            by_name |= {slug_of(one): len(rulings) for one in (name, *aliases)}
            hidden = draw(st.booleans()) and draw(st.booleans())
            rulings.append(Ruling(name, kind, tuple(aliases), hide=hidden))
    return Authority(tuple(rulings), (), tuple(sorted(by_name.items())))


@given(authorities(), st.sets(st.sampled_from(NAMES), min_size=1))
def test_resolving_keeps_every_reference_whole_and_happens_once(authority, names):
    article = article_with(*sorted(names), speaker=min(names))
    found = resolve(article, authority)
    ids = [entity.id for entity in found.entities]
    assert len(ids) == len(set(ids))
    assert {mention.entity for mention in found.mentions} <= set(ids)
    assert found.quotes[0].speaker.entity in {None, *ids}
    assert all(entity.name not in entity.aliases for entity in found.entities)
    assert resolve(found, authority) == found
    assert resolve(article, authority) == msgspec.json.decode(
        msgspec.json.encode(found), type=type(found)
    )


def test_a_decision_changed_later_changes_the_pages_it_is_about(archive, tmp_path):
    site = archive(
        """
        -- articles/a.txt --
        Port reopens
        “Ships came back,” said Ada Quill, the mayor of Easthaven.
        -- articles/b.txt --
        Fog over the bay
        It rose at dawn.
        """
    )
    site.build()
    before = site.tree()
    assert "people/ada-quill.html" in before
    site.write("entities.yaml", "- name: Adelaide Quill\n  aliases: [Ada Quill]\n")
    report = site.build()
    assert report.read == 0
    assert "people/adelaide-quill.html" in site.tree()
    assert "people/ada-quill.html" not in site.tree()
    assert not any(path.startswith("articles/fog") for path in site.rendered)
    assert site.tree() == site.clean_tree(tmp_path / "clean")
    site.remove("entities.yaml")
    site.build()
    assert site.tree() == before
