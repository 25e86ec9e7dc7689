"""What newsgen found in an article, for people: each finding with the words that show it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from newsgen.look import Look, Style, visible
from newsgen.model import Article, Entity, EntityId, Quote, Span, Speaker, Term
from newsgen.rules import MEANINGS

Section = tuple[str, list[str]]  # a title and its lines

QUOTE_STYLES: dict[str, Style] = {
    "direct": {"fg": "green"},
    "indirect": {"fg": "yellow"},
    "unmarked": {"fg": "bright_yellow"},
}
NAME_STYLES: dict[str, Style] = {
    "people": {"fg": "cyan"},
    "organisations": {"fg": "magenta"},
    "places": {"fg": "blue"},
    "events": {"fg": "red"},
    "works": {"fg": "bright_magenta"},
}
_LEVEL = {"info": "white", "warning": "yellow", "error": "red"}
_AROUND = 36  # characters of text shown on either side of evidence
_LONGEST = 100  # characters shown of a quote
_MOST_LINES = 6  # numbers of lines given of a name
_INDENT = " " * 6


class Finding(Protocol):
    """A value with the rule that found it, the words that show it, and how sure that is."""

    @property
    def rule(self) -> str: ...
    @property
    def evidence(self) -> Span | None: ...
    @property
    def confidence(self) -> float: ...


def findings_of(article: Article, look: Look) -> Iterator[Section]:
    """All sections that have something in them, the meaning of the rules last."""
    mentions: dict[EntityId, list[Span]] = {}
    for mention in article.mentions:
        mentions.setdefault(mention.entity, []).append(mention.span)
    sections: tuple[tuple[str, list[list[str]]], ...] = (
        ("Quotes", [_quote(article, quote, look) for quote in article.quotes]),
        (
            "People, organisations, places, events, works",
            [_entity(article, e, mentions.get(e.id, []), look) for e in article.entities],
        ),
        ("Tags", [_term(article, term, look) for term in article.terms]),
        ("Related stories", [[f"{r.line:>4}  {visible(r.headline)}"] for r in article.related]),
        ("Problems", [[line] for line in _problems(article, look)]),
    )
    for title, items in sections:
        if items:
            yield f"{title} ({len(items)})", [line for item in items for line in item]
    if used := {rule: MEANINGS[rule] for rule in _rules_of(article) if rule in MEANINGS}:
        width = max(map(len, used))
        yield (
            "What the rules mean",
            [f"  {rule:<{width}}  {look.dim(said)}" for rule, said in sorted(used.items())],
        )


def why(article: Article, finding: Finding, look: Look) -> str:
    """In brackets: the rule, how sure it is, and the words in their sentence."""
    evidence = finding.evidence
    seen = f", {_seen(article, [evidence], look)}" if evidence else ""
    return look.dim(f"({finding.rule}, {finding.confidence:.2f}") + seen + look.dim(")")


def _rules_of(article: Article) -> set[str]:
    found = (article.published, article.dateline, article.language)
    rules = {finding.rule for finding in found if finding is not None}
    for items in (article.credits, article.quotes, article.entities, article.terms):
        rules |= {item.rule for item in items}
    return rules


def _quote(article: Article, quote: Quote, look: Look) -> list[str]:
    words = " ".join(visible(article.words(quote.span)).split())
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    line = f"{article.line_at(quote.span.start):>4}"
    evidence = [quote.cue, quote.speaker.mention if quote.speaker else None]
    spans = [span for span in evidence if span is not None]
    because = f": {_seen(article, spans, look)}" if spans else ""
    return [
        f"{line}  {look.style(f'“{short}”', **QUOTE_STYLES[quote.kind])}",
        _INDENT + _speaker(article, quote, look),
        _INDENT + look.dim(f"{quote.kind}, {quote.rule}, {quote.confidence:.2f}") + because,
    ]


def _speaker(article: Article, quote: Quote, look: Look) -> str:
    speaker = quote.speaker
    if speaker is None:
        if quote.cue is None:
            return "nobody named: no word of saying stands beside it"
        cue = visible(article.words(quote.cue))
        return f"nobody named: “{cue}” stands beside it, but whose it is the text does not say"
    return "  ".join(filter(None, (_who(speaker, look), _through(article, speaker, look))))


def _who(speaker: Speaker, look: Look) -> str:
    style = NAME_STYLES.get(speaker.entity.partition("/")[0], {}) if speaker.entity else {}
    role = f", {visible(speaker.role)}" if speaker.role else ""
    return f"said by {look.style(visible(speaker.name), **style)}{role}"


def _through(article: Article, speaker: Speaker, look: Look) -> str:
    """How the words beside the quote lead to the name, where they are not the name."""
    if speaker.entity is None:
        return look.dim("(not one of the names below)")
    beside = " ".join(article.words(speaker.mention).split()) if speaker.mention else ""
    if not beside or speaker.name in beside:
        return ""
    return look.dim(f"(whom “{visible(beside)}” means)")


def _entity(article: Article, entity: Entity, spans: list[Span], look: Look) -> list[str]:
    forms = f", also {'; '.join(map(visible, entity.aliases))}" if entity.aliases else ""
    style: Style = {"underline": True, **NAME_STYLES.get(entity.id.partition("/")[0], {})}
    lines = list(dict.fromkeys(map(article.line_at, (span.start for span in spans))))
    places = ", ".join(map(str, lines[:_MOST_LINES])) + ("…" if len(lines) > _MOST_LINES else "")
    times = f"{len(spans)} times, lines {places}: " if len(lines) > 1 else ""
    seen = ": " + times + _seen(article, spans[:1], look) if spans else ": nowhere in the text"
    return [
        f"{_INDENT}{look.style(visible(entity.name), **style)}{forms}",
        _INDENT + look.dim(f"{entity.kind}, {entity.rule}, {entity.confidence:.2f}") + seen,
    ]


def _term(article: Article, term: Term, look: Look) -> list[str]:
    proposed = "proposed: a tag once other articles share it; " if term.proposed else ""
    iptc = f"  {look.dim(term.iptc)}" if term.iptc else ""
    seen = f": {_seen(article, [term.evidence], look)}" if term.evidence else ""
    return [
        f"{_INDENT}{visible(term.name)}{iptc}",
        _INDENT + look.dim(f"{proposed}{term.rule}, {term.confidence:.2f}") + seen,
    ]


def _problems(article: Article, look: Look) -> Iterator[str]:
    for problem in article.problems:
        line = "" if problem.line is None else str(problem.line)
        level = look.style(problem.level, fg=_LEVEL[problem.level])
        yield f"{line:>4}  {level}: {visible(problem.message)} [{problem.code}]"


# Evidence


def _seen(article: Article, spans: Iterable[Span], look: Look) -> str:
    """Where evidence stands, and the text around it with the evidence in square brackets."""
    ordered = sorted(spans)
    numbers = list(dict.fromkeys(article.line_at(span.start) for span in ordered))
    where = f"line{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}: "
    pieces = []
    for group in _together(ordered):
        start, end = _window(article.text, group)
        shown, done = "", start
        for span in group:
            shown += _flat(article.text[done : span.start])
            inside = _flat(article.text[span.start : span.end]).strip()
            shown += look.style(f"[{inside}]", bold=True)
            done = span.end
        shown += _flat(article.text[done:end])
        before = "…" if start and article.text[start - 1] != "\n" else ""
        after = "…" if end < len(article.text) and article.text[end] != "\n" else ""
        pieces.append(f"{before}{shown.strip()}{after}")
    return where + " ".join(pieces)


def _together(spans: list[Span]) -> Iterator[list[Span]]:
    """Spans in groups of which each is one stretch of text to show; overlapping ones once."""
    group: list[Span] = []
    for span in spans:
        if group and span.start < group[-1].end:
            continue
        if group and span.start - group[-1].end > 2 * _AROUND:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _window(text: str, group: list[Span]) -> tuple[int, int]:
    """The text around evidence, cut at words, never beyond its lines."""
    first, last = group[0].start, group[-1].end
    least, most = max(first - _AROUND, 0), min(last + _AROUND, len(text))
    start = max(least, text.rfind("\n", least, first) + 1)
    line_end = text.find("\n", last, most)
    end = line_end if line_end >= 0 else most
    if start and text[start - 1] != "\n":
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text) and text[end] != "\n":
        space = text.rfind(" ", last, end)
        end = space if space >= 0 else end
    return start, end


def _flat(text: str) -> str:
    return visible(text.replace("\n", " "))
