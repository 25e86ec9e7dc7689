"""How well people, organisations and places are found, held by floors that only rise.

The labelled articles (`entities.txt`) stand beside this file. The larger gold of other people's
news text stands outside the repository and is measured where it is there.
"""

import hashlib
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from newsgen.annotate.entities import annotate
from plain_articles import article_of

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[2].parent / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text())["entities"]
LABELS = {"person": "PER", "organisation": "ORG", "place": "LOC"}
MARKED = re.compile(r"\[([POL]) ([^\]]+)\]")


def labelled_articles():
    """The articles of entities.txt: lines without marks, and the names (kind, text) in order."""
    content = (HERE / "entities.txt").read_text(encoding="utf-8")
    body = "\n".join(line for line in content.splitlines() if not line.startswith("#"))
    for part in body.strip().split("\n\n"):
        lines = [MARKED.sub(r"\2", line) for line in part.splitlines()]
        yield lines, MARKED.findall(part)


def found_in(lines):
    """The names of an article (start, end, label, name) by the engine that ships."""
    article = annotate(article_of(*lines, language="en"))
    by_id = {entity.id: entity for entity in article.entities}
    return article, [
        (one.span.start, one.span.end, LABELS[by_id[one.entity].kind], by_id[one.entity].name)
        for one in article.mentions
    ]


def f1(right, found, gold):
    return 2 * right / (found + gold)


def test_the_labelled_articles_are_those_the_floor_was_set_on():
    content = (HERE / "entities.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == FLOORS["cases"]["sha256"]


def test_names_of_the_labelled_articles_stay_above_their_floor():
    count = Counter()
    for lines, names in labelled_articles():
        # The first line of an article made by hand is its headline; these have none.
        article, found = found_in(["The day", *lines])
        want = Counter((kind, name) for kind, name in names)
        have = Counter((label[0], article.text[start:end]) for start, end, label, _ in found)
        count["gold"] += want.total()
        count["found"] += have.total()
        count["right"] += (want & have).total()
    assert f1(count["right"], count["found"], count["gold"]) >= FLOORS["cases"]["spans"]


def scorer():
    path = SHARED / "eval" / "eval_entities.py"
    spec = importlib.util.spec_from_file_location("eval_entities", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["eval_entities"] = module
    spec.loader.exec_module(module)
    return module


def test_names_in_real_news_stay_above_their_floors():
    gold = SHARED / "gold" / "worldwide_dev.jsonl"
    if not gold.is_file():
        pytest.skip("the gold of real news stands outside the repository")
    floors = FLOORS["worldwide_dev"]
    if hashlib.sha256(gold.read_bytes()).hexdigest() != floors["sha256"]:
        pytest.skip("the gold has changed since its floor was set")
    score, total = scorer(), Counter()
    for case, (text, entities, _) in zip(records(gold), score.read(gold).values(), strict=True):
        article, found = found_in(case["text"].split("\n"))
        assert article.text == text
        tight = [(*score.tight(text, start, end), label, name) for start, end, label, name in found]
        total += score.score(text, entities, tight, [], case["id"])
    summary = score.summary(total)
    assert summary["spans"][2] >= floors["spans"]
    assert summary["names"][2] >= floors["names"]


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
