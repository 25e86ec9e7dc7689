"""How well quotes and speakers are found, held by floors that only rise (`floors.json`).

The labelled cases stand beside this file. The larger gold of other people's news text stands
outside the repository and is measured where it is there.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

from articles import plain_article
from gold import gold_file, scorer
from newsgen.annotate import annotate

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text())["quotes"]


def f1(right, found, gold):
    return 2 * right / (found + gold)


def direct_quotes(article):
    return [quote for quote in article.quotes if quote.kind == "direct"]


def test_the_labelled_cases_are_those_the_floor_was_set_on():
    assert (
        hashlib.sha256((HERE / "quotes.jsonl").read_bytes()).hexdigest()
        == FLOORS["cases"]["sha256"]
    )


def test_quotes_and_speakers_of_the_labelled_cases_stay_above_their_floors():
    count = Counter()
    for line in (HERE / "quotes.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        article = annotate(plain_article("News from the harbour", *case["paragraphs"]))
        want = Counter((quote["text"], quote["speaker"]) for quote in case["quotes"])
        have = Counter(
            (article.words(quote.span), quote.speaker and quote.speaker.name)
            for quote in direct_quotes(article)
        )
        count["gold"] += want.total()
        count["found"] += have.total()
        count["both"] += (want & have).total()
        count["span"] += (spans(want) & spans(have)).total()
    assert f1(count["span"], count["found"], count["gold"]) >= FLOORS["cases"]["quote"]
    assert f1(count["both"], count["found"], count["gold"]) >= FLOORS["cases"]["quote_speaker"]


def spans(pairs):
    found = Counter()
    for (text, _), number in pairs.items():
        found[text] += number
    return found


def test_quotes_and_speakers_of_real_news_stay_above_their_floors():
    floors = FLOORS["polnear_dev"]
    gold = gold_file("polnear_dev.jsonl", floors["sha256"])
    score, total, judged = scorer("eval_quotes"), Counter(), Counter()
    for line in gold.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = answers(case)
        total += score.score_article(case, {"quotes": found}, 1, [])
        judged += verdicts(score, case, found)
    summary = score.summary(total)
    assert summary["span_overlap"][2] >= floors["quote"]
    assert summary["quote_speaker"][2] >= floors["quote_speaker"]
    assert summary["acc_resolved"][0] >= floors["pronouns"]
    assert share(judged, "named") >= floors["named"]
    assert share(judged, "confident") >= floors["confident"]


def verdicts(score, case, found):
    """Of quotes with a speaker: how many are right, by what the reader is told of them."""
    count = Counter()
    gold, system = (score.pieces(case["text"], quotes, 1) for quotes in (case["quotes"], found))
    gold_of = {j: gold[i][2] for i, j in score.pair(gold, system, 0.8)}
    for place, (_, _, quote) in enumerate(system):
        if not quote["speaker"]:
            continue
        verdict = score.judge(gold_of[place], quote) if place in gold_of else "extra"
        if verdict is None:
            continue
        named = quote["speaker"][0].isupper() and not quote["speaker"].startswith(("The ", "A "))
        for group in filter(None, (named and "named", quote["sure"] >= 0.9 and "confident")):
            count[group, verdict == "right"] += 1
    return count


def share(judged, group):
    return judged[group, True] / (judged[group, True] + judged[group, False])


def answers(case):
    """The direct quotes of a gold article; those between primes ('') are no quotes to this gold."""
    headline, *paragraphs = case["text"].split("\n")
    article = annotate(plain_article(headline, *paragraphs))
    assert article.text == case["text"]
    return [
        {
            "start": quote.span.start,
            "end": quote.span.end,
            "speaker": quote.speaker.name if quote.speaker else None,
            "sure": quote.confidence,
            "mention": article.words(quote.speaker.mention) if quote.speaker else None,
        }
        for quote in direct_quotes(article)
        if not article.text[: quote.span.start].endswith("''")
    ]
