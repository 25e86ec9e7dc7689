import importlib.util
import json
import shutil

import pytest

from newsgen.annotate import annotate as annotate_all
from newsgen.annotate.entities import ENGINES, annotate
from newsgen.build import build
from newsgen.entity_engine import EntityEngine, placed
from newsgen.errors import SettingsError
from newsgen.readers import read_file
from newsgen.site import load_site
from plain_articles import article_of

HAS_SPACY = importlib.util.find_spec("spacy") is not None
needs_spacy = pytest.mark.skipif(not HAS_SPACY, reason="spaCy is not installed")


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "articles").mkdir()
    return tmp_path


def refusal_of(folder, text):
    (folder / "newsgen.yaml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_site(folder)
    return caught.value


def test_names_are_found_by_the_model_unless_the_settings_say_otherwise(archive):
    assert load_site(archive).entities == EntityEngine("model", "")


@pytest.mark.parametrize("engine", ["model", "rules"])
def test_engines_are_known_by_their_names_in_the_settings(archive, engine):
    (archive / "newsgen.yaml").write_text(f"entities: {{engine: {engine}}}\n")
    assert load_site(archive).entities.engine in ENGINES


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("entities:\n  engine: magic\n", 2, "magic", id="unknown engine"),
        pytest.param("entities:\n  motor: model\n", 2, "motor", id="unknown key"),
        pytest.param("entities: model\n", 1, "entities", id="no mapping"),
        pytest.param("entities:\n  engine: spacy\n", 1, "needs a pipeline", id="no pipeline"),
        pytest.param(
            "entities:\n  engine: rules\n  pipeline: x\n", 3, "has no pipeline", id="for nothing"
        ),
    ],
)
def test_an_engine_that_cannot_be_is_refused_with_its_line(archive, text, line, words):
    error = refusal_of(archive, text)
    assert error.where == f"newsgen.yaml:{line}"
    assert words in error.what


def test_an_engine_that_is_not_installed_is_refused_with_what_to_install(archive, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    said = "title: T\nentities:\n  engine: spacy\n  pipeline: de_core_news_md\n"
    error = refusal_of(archive, said)
    assert error.where == "newsgen.yaml:3"
    assert "newsgen[spacy]" in error.hint


def test_a_pipeline_that_is_not_installed_is_refused(archive, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == "spacy" or None)
    error = refusal_of(archive, "entities:\n  engine: spacy\n  pipeline: de_core_news_md\n")
    assert error.where == "newsgen.yaml:3"
    assert "de_core_news_md" in error.what


def test_a_folder_of_the_archive_is_a_pipeline_where_it_has_a_description(tmp_path):
    engine = EntityEngine("spacy", "models/de")
    assert placed(engine, tmp_path) == engine
    (tmp_path / "models" / "de").mkdir(parents=True)
    (tmp_path / "models" / "de" / "meta.json").write_text("{}")
    assert placed(engine, tmp_path).pipeline == str(tmp_path / "models" / "de")


def test_another_engine_reads_the_articles_again(archive):
    (archive / "articles" / "a.txt").write_text("The harbour\n\nAda Quill left Merrow.\n")
    assert build(load_site(archive)).read == 1
    assert build(load_site(archive)).read == 0
    (archive / "newsgen.yaml").write_text("entities: {engine: rules}\n")
    assert build(load_site(archive)).read == 1
    (archive / "newsgen.yaml").write_text("title: T\nentities: {engine: rules}\n")
    assert build(load_site(archive)).read == 0


def test_rules_are_read_where_no_model_fits_the_language():
    article = article_of("Die Werft", "In Deutschland sprach Angela Merkel.", language="de")
    rules = annotate(article, EntityEngine("rules")).entities
    assert annotate(article, EntityEngine("model")).entities == rules


GERMAN = "Der Hafen\n\nIn Deutschland sprach Angela Merkel gestern mit der Zeitung im Hafen.\n"


def test_names_from_plain_word_lists_are_told_where_no_model_fits_the_language():
    (german,) = read_file("a.txt", GERMAN.encode())
    assert annotate_all(german).plain_names == "de"
    assert annotate_all(german, EntityEngine("rules")).plain_names is None
    (empty,) = read_file("a.txt", b"Der Hafen\n")
    assert annotate_all(empty).plain_names is None
    (english,) = read_file("a.txt", b"The harbour\n\nAda Quill left Merrow for Paris on Monday.\n")
    assert annotate_all(english).plain_names is None
    (riddle,) = read_file("a.txt", "Ὀδύσσεια\n\nἌνδρα μοι ἔννεπε, μοῦσα, πολύτροπον.\n".encode())
    assert annotate_all(riddle).plain_names in ("el", "und")


def test_the_report_says_so_as_long_as_such_articles_are_there(archive):
    source = archive / "articles" / "a.txt"
    source.write_text(GERMAN)
    assert build(load_site(archive)).plain_names == {"de": 1}
    report = archive / "site" / "report.html"
    assert "plain word lists, as no model fits the language: 1 in de." in report.read_text()
    (archive / "newsgen.yaml").write_text("entities: {engine: rules}\n")
    assert build(load_site(archive)).plain_names == {}
    assert "plain word lists" not in report.read_text()
    (archive / "newsgen.yaml").unlink()
    source.write_text("The harbour\n\nAda Quill left Merrow for the islands on a Monday.\n")
    assert build(load_site(archive)).plain_names == {}


@pytest.fixture
def pipeline(tmp_path):
    import spacy

    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Ada Quill"},
            {"label": "ORG", "pattern": "die Nordwerft"},
            {"label": "LOC", "pattern": "Merrow"},
            {"label": "MISC", "pattern": "Hafenfest"},
        ]
    )
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


@needs_spacy
def test_a_pipeline_of_spacy_finds_the_names_of_its_language(pipeline):
    engine = EntityEngine("spacy", str(pipeline))
    article = article_of("Ada Quill", "Ada Quill verließ Merrow zum Hafenfest.", language="de")
    found = annotate(article, engine)
    assert [(one.name, one.kind, one.rule) for one in found.entities] == [
        ("Ada Quill", "person", "pipeline"),
        ("Merrow", "place", "pipeline"),
    ]
    assert len(found.mentions) == 3  # in the headline, too


@needs_spacy
def test_articles_in_other_languages_are_left_to_the_model(pipeline):
    article = article_of("News", "Ada Quill left Merrow for Paris.", language="en")
    by_model = annotate(article).entities
    assert annotate(article, EntityEngine("spacy", str(pipeline))).entities == by_model


@needs_spacy
def test_an_archive_is_read_by_its_pipeline_and_again_by_another_version(pipeline, archive):
    (archive / "newsgen.yaml").write_text(
        "language: de\nentities: {engine: spacy, pipeline: pipeline}\n"
    )
    text = "Der Hafen\n\nAda Quill sprach gestern mit der Zeitung über das neue Schiff im Hafen.\n"
    (archive / "articles" / "a.txt").write_text(text)
    assert build(load_site(archive)).read == 1
    assert build(load_site(archive)).read == 0
    meta = json.loads((archive / "pipeline" / "meta.json").read_text())
    (archive / "pipeline" / "meta.json").write_text(json.dumps({**meta, "version": "9"}))
    assert build(load_site(archive)).read == 1
    shutil.rmtree(archive / "pipeline")
    with pytest.raises(SettingsError, match="pipeline"):
        load_site(archive)
