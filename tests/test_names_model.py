"""The model that weighs names: what it sees, what it is asked, and how it is trained."""

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from newsgen.annotate.entities import arranged, find_by_model, find_by_rules, find_english
from newsgen.digest import digest_of_code
from newsgen.names.clusters import cluster_of, packed
from newsgen.names.features import features_of, page_of, passage_of, shape_of, small_words
from newsgen.names.runs import find_runs
from newsgen.names.weighing import model_of
from newsgen.wordlists import DATA

ROOT = Path(__file__).parents[1]


def passages(text):
    made = [passage_of(text, run, 0, len(text)) for run in find_runs(text, 0, len(text))]
    return [passage for passage in made if passage]


def features(text):
    page = page_of(small_words(text, [(0, len(text))]), find_runs(text, 0, len(text)))
    rows = [features_of(text, passage, page) for passage in passages(text)]
    return [
        [{one if isinstance(one, str) else one.decode() for one in row} for row in run]
        for run in rows
    ]


def found(text, model=True):
    reading = arranged(text, "en", [(0, len(text))])
    names = find_by_model(reading) if model else find_by_rules(reading)
    return [(text[name.start : name.end], name.kind) for name in names]


def test_the_words_that_join_a_run_are_items_of_their_own():
    (passage,) = passages("Bank of the Coast and Ada Quill")
    assert [item.text for item in passage.items] == [
        "Bank",
        "of the",
        "Coast",
        "and",
        "Ada",
        "Quill",
    ]


def test_a_lone_first_word_of_a_sentence_is_not_read():
    assert passages("The boat sank. Then it rained. Monday came. Ramadan ended.") == []


@pytest.mark.parametrize(
    ("feature", "word"),
    [
        pytest.param("wquill", 1, id="the word"),
        pytest.param("sXxx", 1, id="its shape"),
        pytest.param("fgiven", 0, id="lists"),
        pytest.param("+said", 1, id="the word behind"),
        pytest.param("-skipper", 0, id="the word before"),
        pytest.param("ngivenlast", 1, id="its place in longer names"),
        pytest.param("yada", 1, id="the first word beside it"),
        pytest.param("zquill", 0, id="the last word beside it"),
    ],
)
def test_a_word_is_seen_with_what_tells_of_it(feature, word):
    (rows,) = features("so skipper Ada Quill said no")
    assert feature in rows[word]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("Quill", "Xxx"), ("McCoy", "XxXxx"), ("USA", "XX"), ("A-380", "X-99"), ("small", "x")],
)
def test_shapes_are_cut_short(word, shape):
    assert shape_of(word) == shape


def test_words_used_alike_are_in_one_cluster_and_unknown_ones_in_none():
    assert cluster_of("Monday") == cluster_of("Tuesday") != ""
    assert cluster_of("Xqzzvwk") == ""


def test_clusters_are_packed_without_their_words():
    assert packed({"a": 7, "b": 9}) == packed({"b": 9, "a": 7})
    assert len(packed({"a": 7, "b": 9})) == 10


def test_there_is_a_model_for_english_and_none_for_what_is_no_language():
    assert model_of("en") is not None
    assert model_of("") is None
    assert model_of("../en") is None


def test_the_model_is_part_of_what_sources_are_read_by(tmp_path, monkeypatch):
    model = model_of("en")
    assert model.parent == DATA
    read = []
    was = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or was(path))
    digest_of_code.__wrapped__("data")
    assert {model.name, "names_clusters.bin"} <= set(read)


def test_the_model_sees_names_that_the_rules_do_not():
    text = "Officials from Brantek and Solvaria met. Brantek is a firm in Solvaria."
    assert len(found(text)) >= len(found(text, model=False))


def test_the_evidence_of_a_title_stands_against_the_model():
    assert found("He thanked Dr. Brimsel Thok.") == [("Brimsel Thok", "person")]


def test_feasts_contests_and_products_are_no_names_of_ours():
    assert found("Ada Quill watched the Champions League on her Xbox at Easter in Paris.") == [
        ("Ada Quill", "person"),
        ("Paris", "place"),
    ]


def test_a_possessive_may_stand_inside_a_name():
    assert found("She works for the Merrow Fishermen's Federation.", model=False) == [
        ("Merrow Fishermen's Federation", "organisation")
    ]
    assert found("They met Merrow's Ministry of Trade.")[-1][0] == "Ministry of Trade"


def test_reading_a_long_text_takes_time_in_proportion():
    sentence = "Ada Quill of the Sallow Ferry Company met Ben Vance in Paris. "
    names = found(sentence * 2000)
    assert len(names) == 4 * 2000


def test_version_loads_no_model():
    code = (
        "import sys; sys.argv = ['newsgen', '--version']\n"
        "import newsgen.cli\n"
        "try: newsgen.cli.main()\n"
        "except SystemExit: pass\n"
        "print('pycrfsuite' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "False"


@pytest.fixture(scope="module")
def training():
    spec = importlib.util.spec_from_file_location(
        "train_entities", ROOT / "tools" / "train_entities.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_entities"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def gold(tmp_path):
    """A little gold of its own world, in which the harbour's firms are called after stones."""
    rng, path = random.Random(7), tmp_path / "gold.jsonl"
    with path.open("w") as out:
        for number in range(60):
            who = rng.choice(["Brimsel Thok", "Orla Venn", "Tamsin Reed"])
            firm = rng.choice(["Basalt", "Granite", "Feldspar"])
            text = f"So {who} left {firm} on Monday."
            names = [(who, "PER"), (firm, "ORG")]
            entities = [
                {"start": text.index(name), "end": text.index(name) + len(name), "label": label}
                for name, label in names
            ]
            out.write(json.dumps({"id": str(number), "text": text, "entities": entities}) + "\n")
    return path


def test_the_same_gold_gives_the_same_model(training, gold, tmp_path):
    for name in ("one.crf", "two.crf"):
        training.train([gold], [], tmp_path / name)
    assert (tmp_path / "one.crf").read_bytes() == (tmp_path / "two.crf").read_bytes()


def test_a_newsroom_can_train_on_its_own_gold(training, gold, tmp_path):
    training.train([gold], [], tmp_path / "own.crf")
    text = "So Orla Venn left Basalt on Monday."
    names = find_english(arranged(text, "en", [(0, len(text))]), tmp_path / "own.crf")
    assert [(text[one.start : one.end], one.kind) for one in names] == [
        ("Orla Venn", "person"),
        ("Basalt", "organisation"),
    ]


def test_only_what_has_a_licence_is_learned_from_when_that_is_asked(training):
    names = ["a.jsonl:CC BY 4.0", "b.jsonl"]
    assert training.licensed(names, open_only=True) == [Path("a.jsonl")]
    assert training.licensed(names, open_only=False) == [Path("a.jsonl"), Path("b.jsonl")]


def test_texts_to_label_are_read_from_folders_and_from_lines_of_json(training, tmp_path):
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "a.txt").write_text("Boat comes home\n\nAda Quill was on it, she said.\n")
    (tmp_path / "day.jsonl").write_text(json.dumps({"text": "One line.\nAnother one."}) + "\n")
    (folder,) = training.readings_in(tmp_path / "day")
    assert "Ada Quill" in folder.text
    (lines,) = training.readings_in(tmp_path / "day.jsonl")
    assert [lines.text[start:end] for start, end in lines.prose] == ["One line.", "Another one."]


def test_a_long_text_is_read_as_a_short_one(monkeypatch):
    text = "Ada Quill met the Sallow Bank in Paris. Quill left China, said Ben Vance of Reuters. "
    short = found(text * 20)
    monkeypatch.setattr("newsgen.annotate.entities._KEPT", 10)
    assert found(text * 20) == short


def test_what_rules_and_a_pipeline_both_say_is_learned(training):
    assert training.agreed(["B-PER", "O"], ["B-PER", "O"]) == ["B-PER", "O"]
    assert training.agreed(["O", "O"], ["B-MISC", "O"]) == ["B-MISC", "O"]
    assert training.agreed(["B-ORG", "O"], ["B-PER", "O"]) is None
