"""How well people, organisations and places are found, held by floors that only rise.

The labelled articles (`entities.txt`) stand beside this file. The larger gold of other people's
news text stands outside the repository and is measured where it is there.
"""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

from gold import gold_file, scorer
from newsgen.annotate.entities import annotate
from plain_articles import article_of

HERE = Path(__file__).parent
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


def test_names_in_real_news_stay_above_their_floors():
    floors = FLOORS["worldwide_dev"]
    gold = gold_file("worldwide_dev.jsonl", floors["sha256"])
    score, total = scorer("eval_entities"), Counter()
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
