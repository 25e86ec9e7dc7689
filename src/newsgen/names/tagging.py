"""What a trained model says of the candidates of a text, and the candidates that it adds."""

from collections.abc import Sequence

import pycrfsuite

from newsgen.names.candidates import Candidate
from newsgen.names.evidence import Votes, votes_around
from newsgen.names.features import Run, features_of, find_item_runs, page_of

LABELS = ("PER", "ORG", "LOC")
_CLEARER = 0.4  # how much likelier the model's borders of a name must be than those of the rules


class Guess:
    """The model's reading of one run: how likely each label is at each item."""

    def __init__(self, tagger, run, rows):
        tagger.set(rows)
        self.run = run
        self.tags = tagger.tag()
        known = set(tagger.labels())
        self.begin = [[tagger.marginal("B-" + l, i) for l in LABELS] for i in range(len(run))]
        self.inside = [[tagger.marginal("I-" + l, i) for l in LABELS] for i in range(len(run))]
        self.out = [tagger.marginal("O", i) for i in range(len(run))]

    def votes(self, low: int, high: int) -> Votes:
        made = []
        for kind in range(3):
            p = self.begin[low][kind]
            for i in range(low + 1, high):
                p = min(p, self.inside[i][kind])
            if high < len(self.run):
                p = min(p, 1 - self.inside[high][kind])
            made.append(p)
        return tuple(made)

    def none(self, low: int, high: int) -> float:
        return 1.0 - sum(self.begin[low]) - sum(self.inside[low])

    def spans(self):
        i = 0
        while i < len(self.tags):
            if self.tags[i][0] == "B":
                j = i + 1
                while j < len(self.tags) and self.tags[j] == "I-" + self.tags[i][2:]:
                    j += 1
                while j > i + 1 and self.run[j - 1].join == "join":
                    j -= 1
                if self.tags[i][2:] in LABELS and self.run[i].join != "join":
                    yield i, j
                i = j
            else:
                i += 1


def weighed(tagger, text, prose, candidates, found, min_add=0.3) -> list[Candidate]:
    page = page_of(text, prose, found)
    ruled = {f.start: f for f in found}
    made = []
    candidates = sorted(candidates)
    at = 0
    for run, start, end in find_item_runs(text, prose):
        while at < len(candidates) and candidates[at].start < run[0].start:
            made.append(candidates[at]); at += 1
        group = []
        while at < len(candidates) and candidates[at].start < run[-1].end:
            group.append(candidates[at]); at += 1
        g = Guess(tagger, run, [[z for z in row if z[0] not in "rq"] for row in features_of(text, run, (start, end), page, ruled)])
        si = {it.start: k for k, it in enumerate(run)}
        ei = {it.end: k + 1 for k, it in enumerate(run)}
        have = set()
        new = []
        for c in group:
            if c.start in si and c.end in ei:
                i, j = si[c.start], ei[c.end]
                have.add((i, j))
                c = c._replace(model=g.votes(i, j), none=g.none(i, j))
            new.append(c)
        for i, j in g.spans():
            if (i, j) in have:
                continue
            s, e = run[i].start, run[j - 1].end
            over = [c for c in new if c.start < e and s < c.end]
            v = g.votes(i, j)
            if over and max(v) - max(max(c.model) for c in over) < _CLEARER:
                continue
            if not over and max(v) < min_add:
                continue
            new = [c for c in new if c not in over]
            name = text[s:e]
            new.append(Candidate(s, e, name, sum(it.join != "join" for it in run[i:j]), False, (0.0, 0.0, 0.0), votes_around(text, s, e, start), 0.0, "model", v, g.none(i, j)))
        made += sorted(new)
    made += candidates[at:]
    return sorted(made)
