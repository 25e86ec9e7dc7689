"""Trains the model that finds people, organisations and places in English text.

    python tools/train_entities.py label TEXTS... --pipeline PIPELINE --leave-out GOLD... -o LABELS
    python tools/train_entities.py clusters --pipeline PIPELINE -o CLUSTERS
    python tools/train_entities.py train --gold GOLD[:LICENCE] --labels LABELS[:LICENCE] -o MODEL
    python tools/train_entities.py score GOLD --model MODEL -o ANSWERS

`label` reads the texts of folders, as a build does, and of .jsonl files ({"text"} a line, a
paragraph a line of it), and lets a spaCy pipeline (a package or a folder; it needs newsgen[spacy])
mark their names; texts that occur in the files of --leave-out, the gold that a model will be
measured on, are passed over. `clusters` groups the words whose vectors in such a
pipeline are alike; train again after it. `train` learns from gold, and from the runs of capital
words on which those labels and newsgen's own rules agree: each alone is often wrong, both together
seldom. Either may be left out, so a newsroom can train on gold of its own alone. With --open-only,
everything that is named without its licence is left out. `score` writes what a model (none: the
rules alone) finds in gold, to be compared with it.

Gold is a JSON object a line: {"id", "text", "entities": [{"start", "end", "label"}]}, labels PER,
ORG, LOC and any other, which stands for names of other things. The same input gives the same
model: nothing is drawn by chance.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsgen.annotate import entities, language
from newsgen.errors import NewsgenError
from newsgen.model import Article, EntityKind
from newsgen.names.clusters import packed
from newsgen.names.features import (
    Passage,
    features_of,
    page_of,
    passage_of,
    small_words,
)
from newsgen.names.runs import find_runs
from newsgen.names.tagger import LABELS, OTHER
from newsgen.readers import is_source, read_file

LABEL_OF: dict[EntityKind, str] = dict(
    zip(("person", "organisation", "place"), LABELS, strict=True)
)
# What the pipelines of spaCy call names, and names of other things; times and numbers are neither.
SPACY = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    **dict.fromkeys(("NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE", "MISC"), OTHER),
}
GOLD_COUNTS = 4  # times that gold is learned from where there are labels of a pipeline, too
# CRFsuite's parameters. L1 (c1) keeps a model small; labels are many, gold is dear.
FOR_GOLD = {"c1": 0.1, "c2": 0.2, "max_iterations": 150, "feature.minfreq": 1}
FOR_LABELS = {"c1": 0.3, "c2": 0.05, "max_iterations": 100, "feature.minfreq": 3}
CLUSTERS, ROUNDS = 256, 25  # a cluster's number is a byte
_WORD = re.compile(r"[^\W\d_][\w'’.-]{1,19}")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
_OWN = re.compile(r"(?:['’`]s|['’])$")

Name = tuple[int, int, str]


class Labelled(NamedTuple):
    """A text, the stretches of it that are prose, and the names marked in it."""

    text: str
    prose: list[tuple[int, int]]
    titles: list[tuple[int, int]]
    names: list[Name]


def tight(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without white space, article and possessive ending, as newsgen marks names."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    article = _ARTICLE.match(text[start:end])
    if article and article.end() < end - start:
        start += article.end()
    own = _OWN.search(text[start:end])
    return start, start + own.start() if own and own.start() else end


def mark_of(text: str) -> str:
    """A stretch by which a text is known again, however its lines are broken."""
    return "".join(text.split())[200:600]


def records(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


# Labelling


def articles_in(folder: Path) -> Iterator[Article]:
    """The articles of all files in a folder, by path; what cannot be read is passed over."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if not is_source(file.name):
            continue
        path = f"articles/{file.relative_to(folder).as_posix()}"
        try:
            yield from read_file(path, file.read_bytes())
        except NewsgenError as error:
            print(f"passed over: {error}", file=sys.stderr)


def readings_in(path: Path) -> Iterator[entities.Reading]:
    """What an engine reads of the texts of a folder, or of a file of texts as JSON."""
    if path.is_dir():
        for article in articles_in(path):
            yield entities.reading_of(language.annotate(article))
    else:
        for record in records(path):
            yield reading_of_lines(record["text"])


def reading_of_lines(text: str) -> entities.Reading:
    """What an engine reads of an English text whose lines are paragraphs."""
    lines = [(line.start(), line.end()) for line in re.finditer(r"[^\n]+", text)]
    return entities.arranged(text, "en", lines)


def label(texts: Sequence[Path], pipeline: str, leave_out: Sequence[Path], target: Path) -> None:
    """Write the English texts of folders and files with the names that a spaCy pipeline marks."""
    import spacy

    known = {mark_of(record["text"]) for path in leave_out for record in records(path)}
    read = [
        one
        for path in texts
        for one in readings_in(path)
        if one.language == "en" and mark_of(one.text) not in known
    ]
    nlp = spacy.load(pipeline, exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"])
    parts = [
        (one.text[start:end], (number, start))
        for number, one in enumerate(read)
        for start, end in one.prose
    ]
    names: list[list[Name]] = [[] for _ in read]
    for doc, (number, at) in nlp.pipe(parts, as_tuples=True, batch_size=256):
        for found in doc.ents:
            if found.label_ in SPACY:
                start, end = tight(read[number].text, at + found.start_char, at + found.end_char)
                names[number].append((start, end, SPACY[found.label_]))
    with target.open("w", encoding="utf-8") as out:
        for one, marked in zip(read, names, strict=True):
            line = Labelled(one.text, list(one.prose), list(one.titles), marked)
            out.write(json.dumps(line._asdict(), ensure_ascii=False) + "\n")
    print(f"{len(read)} texts, {sum(map(len, names))} names")


# Clusters


def make_clusters(pipeline: str, target: Path) -> None:
    """Write the clusters of the words that a spaCy pipeline has vectors for: spherical k-means."""
    import numpy
    import spacy

    vocabulary = spacy.load(pipeline, exclude=["ner", "parser", "tagger", "tok2vec"]).vocab
    vectors, strings = vocabulary.vectors, vocabulary.strings
    norms = numpy.linalg.norm(vectors.data, axis=1, keepdims=True)
    points = vectors.data / (norms + 1e-9)
    chosen = numpy.random.default_rng(0).choice(len(points), CLUSTERS, replace=False)
    centres = points[chosen].copy()
    for _ in range(ROUNDS):
        nearest = (points @ centres.T).argmax(axis=1)
        for number in range(CLUSTERS):
            members = points[nearest == number]
            if len(members):
                centre = members.mean(axis=0)
                centres[number] = centre / numpy.linalg.norm(centre)
    rows = ((word, vectors.key2row.get(strings[word], -1)) for word in strings)
    clusters = {word: int(nearest[row]) for word, row in rows if row >= 0 and _WORD.fullmatch(word)}
    target.write_bytes(packed(clusters))
    print(f"{len(clusters)} words, {target.stat().st_size} bytes")


# Training


def gold_of(path: Path) -> Iterator[Labelled]:
    """Labelled texts, read line by line."""
    for record in records(path):
        text = record["text"]
        names = []
        for entity in record["entities"]:
            start, end = tight(text, entity["start"], entity["end"])
            if end > start:
                kind = entity["label"]
                names.append((start, end, kind if kind in LABELS else OTHER))
        reading = reading_of_lines(text)
        yield Labelled(text, [*reading.prose], [*reading.titles], names)


def labels_of(path: Path) -> Iterator[Labelled]:
    """What `label` wrote."""
    for record in records(path):
        stretches = ([(a, b) for a, b in record[part]] for part in ("prose", "titles"))
        names = [(start, end, kind) for start, end, kind in record["names"]]
        yield Labelled(record["text"], *stretches, names)


def tags_of(passage: Passage, names: dict[int, Name]) -> list[str]:
    """B, I and O for the items of a passage; `names` by their start."""
    tags: list[str] = []
    end, kind = -1, ""
    for item in passage.items:
        name = names.get(item.start)
        if name and name[1] >= item.end:
            _, end, kind = name
            tags.append(f"B-{kind}")
        else:
            tags.append(f"I-{kind}" if item.end <= end else "O")
            end = end if item.end <= end else -1
    return tags


def agreed(rules: list[str], labels: list[str]) -> list[str] | None:
    """The tags of a passage where both agree. Rules know no names of other things."""
    same = all(
        left == right or (left == "O" and right.endswith(OTHER))
        for left, right in zip(rules, labels, strict=True)
    )
    return labels if same else None


def lessons(labelled: Labelled, *, gold: bool) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and tags of the passages that are worth learning from."""
    text = labelled.text
    found_runs = [
        (run, start, end) for start, end in labelled.prose for run in find_runs(text, start, end)
    ]
    small = small_words(text, labelled.prose)
    page = page_of(small, (run for run, _, _ in found_runs))
    marked = {name[0]: name for name in labelled.names}
    ruled: dict[int, Name] = {}
    if not gold:
        found = entities.find_by_rules(entities.Reading(text, "en", labelled.prose, []))
        ruled = {name.start: (name.start, name.end, LABEL_OF[name.kind]) for name in found}
    for run, start, end in found_runs:
        passage = passage_of(text, run, start, end)
        if passage is None:
            continue
        tags: list[str] | None = tags_of(passage, marked)
        if not gold:
            tags = agreed(tags_of(passage, ruled), tags_of(passage, marked))
        if tags:
            yield features_of(text, passage, page), tags


def train(gold: Sequence[Path], labels: Sequence[Path], target: Path) -> None:
    """Write the model that gold and labelled texts teach."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(
        algorithm="lbfgs", params=FOR_LABELS if labels else FOR_GOLD, verbose=False
    )
    count = 0
    for path in labels:
        for one in labels_of(path):
            for features, tags in lessons(one, gold=False):
                trainer.append(features, tags)
                count += 1
    for path in gold:
        learned = [lesson for one in gold_of(path) for lesson in lessons(one, gold=True)]
        for features, tags in learned * (GOLD_COUNTS if labels else 1):
            trainer.append(features, tags)
        count += len(learned)
    trainer.train(str(target))
    print(f"{count} runs of capital words, {target.stat().st_size} bytes")


# Scoring


def score(gold: Path, model: Path | None, target: Path) -> None:
    """Write what is found in the texts of gold, in the gold's own format."""
    with target.open("w", encoding="utf-8") as out:
        for record, one in zip(records(gold), gold_of(gold), strict=True):
            reading = entities.Reading(one.text, "en", one.prose, one.titles)
            found = entities.find_english(reading, model)
            names = [
                {"start": name.start, "end": name.end, "label": LABEL_OF[name.kind]}
                for name in found
            ]
            out.write(json.dumps({"id": record["id"], "entities": names}) + "\n")


def licensed(names: Iterable[str], *, open_only: bool) -> list[Path]:
    """The files of FILE:LICENCE; those without a licence are left out where only open ones may."""
    split = [name.partition(":") for name in names]
    return [Path(path) for path, _, licence in split if licence or not open_only]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    labelling = commands.add_parser("label")
    labelling.add_argument("texts", nargs="+", type=Path)
    labelling.add_argument("--pipeline", required=True)
    labelling.add_argument("--leave-out", nargs="*", type=Path, default=[])
    clustering = commands.add_parser("clusters")
    clustering.add_argument("--pipeline", required=True)
    training = commands.add_parser("train")
    training.add_argument("--gold", nargs="*", default=[], metavar="FILE:LICENCE")
    training.add_argument("--labels", nargs="*", default=[], metavar="FILE:LICENCE")
    training.add_argument("--open-only", action="store_true")
    scoring = commands.add_parser("score")
    scoring.add_argument("gold", type=Path)
    scoring.add_argument("--model", type=Path)
    for command in (labelling, clustering, training, scoring):
        command.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    if given.command == "label":
        label(given.texts, given.pipeline, given.leave_out, given.output)
    elif given.command == "clusters":
        make_clusters(given.pipeline, given.output)
    elif given.command == "score":
        score(given.gold, given.model, given.output)
    else:
        gold, labels = (
            licensed(names, open_only=given.open_only) for names in (given.gold, given.labels)
        )
        train(gold, labels, given.output)


if __name__ == "__main__":
    main()
