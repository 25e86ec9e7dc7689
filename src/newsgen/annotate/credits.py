"""Whom a text is owed to, and its dateline, each with the words that say so."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import get_args

import msgspec

from newsgen.language.credit_names import Named, byline_names, names_in
from newsgen.language.datelines import find_dateline
from newsgen.language.outlets import find_outlet, may_end_outlet
from newsgen.model import Article, Credit, CreditRole, Inferred, Span

_LABEL = re.compile(
    r"(?P<photographer>photo(?:graph)?s?[ \t]+by\b|photograph(?:y|er)?[ \t]*:"
    r"|(?:photo|image|picture)[ \t]*:)"
    r"|(?P<editor>(?:(?:web|copy|photo|executive|managing)[ \t]+)?editors?[ \t]*:"
    r"|edit(?:ing|ed)[ \t]+by\b|(?:责任)?编辑[ \t]*[:：]|责编[ \t]*[:：])"
    r"|(?P<author>(?:additional[ \t]+)?(?:report(?:ing|ed)|writing|written|compiled|translated)"
    r"(?:[ \t]+and[ \t]+(?:writing|editing|reporting))?[ \t]+by\b)",
    re.IGNORECASE,
)  # fmt: skip
# "(Reporting by Ann Smith; Editing by Joe Brown)" at the end of a body, with brackets or without.
_TAIL = re.compile(
    r"(?:\(|(?:^|(?<=[.\n]))[ \t]*)"
    r"(?P<words>(?:[Aa]dditional reporting|[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Edited) by "
    r"[^()\n]{3,400})|\((?P<editors>(?:[Ww]eb )?[Ee]ditors?[ \t]*:[^()\n]{3,200})\)"
)
_SIGNS = ("ing by ", "ed by ", "ditor")  # a tail has one of these: cheaper to look for
_WIRES = r"Xinhua|AP|AFP|Reuters|REUTERS|EPA|CNS|VCG"
_PHOTO = re.compile(
    rf"\((?P<wire>{_WIRES})/(?P<taker>[^()/\n]{{2,60}})\)"
    r"|\((?:AP |File )?[Pp]hotos?(?: by |: ?|/)(?P<bracket>[^()\n]{2,80})\)"
    r"|\[[Pp]hotos?(?: by |: ?|/)(?P<square>[^\[\]\n]{2,80})\]"
    r"|Photo(?:graph)?s?(?: by |: ?)(?P<open>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3}"
    r"(?:/[A-Z]\w+(?: [A-Z]\w+)?)?)"
)
_RIGHTS = re.compile(
    r"(?=[^\n]{0,40}(?:©|ⓒ|\(c\)|copyright))(?:(?:(?:copyrights?|by)\b|©|ⓒ|\(c\)|版权所有)[\s,:.]*"
    r"|(?:19|20)\d\d(?:\s?[-–—/,]\s?\d{2,4})?[\s,.]*)+",
    re.IGNORECASE,
)
_HOLDER_END = re.compile(
    r"\s*(?:[|;(\n]|\.(?=\s|$)|,(?!\s(?:inc|ltd|llc|limited|s\.a)\b)|\s[-–—•]\s|\ball rights\b"
    r"|\balle rechte\b|\btous droits\b|\btodos los derechos\b|\btodos os direitos\b"
    r"|\btutti i diritti\b|\bunless\b|\bdistributed by\b|\bpowered by\b|版权所有"
    r"|\b(?:19|20)\d\d\b|$)",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"copyright|\brights\b|rechte|droits|derechos|direitos|\d{4}|版权", re.IGNORECASE
)
_NO_HOLDER = re.compile(
    r"(?:policy|notice|terms|information|law|protected|rights)\b", re.IGNORECASE
)
# A plain space in front, no `\b`: so a search leaps from space to space. ("Photo" above has none.)
_SAID = re.compile(r" (?:reported|reports|said|says|wrote|quoted)\b")
_HELPING = re.compile(r"(?: (?:has|had|also|later|earlier))+$")
_HELPING_WORDS = frozenset({"has", "had", "also", "later", "earlier"})
_TOLD = re.compile(
    r"[ \n](?:told|[Aa]ccording to|reported by|quoted by|interview with) "
    r"(?:(?:a|an) report (?:by|in|from) )?(?:[Tt]he )?(?:state(?:-run)? (?:media|news agency) )?"
)
_LAST_WORDS = re.compile(r"(?:[\w.&'’/-]+ ){1,5}$")
_NEXT_WORDS = re.compile(r"[\w.&'/-]+(?: [\w.&'/-]+){0,4}")
# Short names stand for other bodies too ("MENA", "SPA"): these mean news and nothing else.
_SURE = re.compile(r"AP|AFP|dpa|EFE|ANSA|TASS|CNN|BBC|NPR|NHK|CGTN|CCTV|CNBC|NDTV|UPI|PTI|KCNA")
_UNSURE = frozenset({"The Citizen", "Guardian", "Getty", "Bild", "Reforma", "Fars", "Sputnik"})
_LONGEST = 1000  # characters looked at: credits stand in short lines or at the end of long ones
_ORDER: dict[str, int] = {role: place for place, role in enumerate(get_args(CreditRole))}


def annotate(article: Article) -> Article:
    """Give an article its dateline, and its credits in the order of their roles."""
    dateline, agency = _dateline(article)
    first = [*_given(article), *agency, *_bylines(article)]
    found = [*first, *_tails(article), *_rights(article, first), *_photos(article)]
    english = article.language is not None and article.language.value[:2] == "en"
    credits = _distinct([*found, *(_cited(article) if english else ())])
    ordered = sorted(credits, key=lambda credit: _ORDER[credit.role])
    return msgspec.structs.replace(article, dateline=dateline, credits=tuple(ordered))


def state(article: Article) -> Article:
    """Give an article the credits and the dateline that its source states in named fields."""
    stated = article.given.dateline
    credits = sorted(_distinct(_given(article)), key=lambda credit: _ORDER[credit.role])
    return msgspec.structs.replace(
        article,
        dateline=Inferred(stated, "given") if stated else None,
        credits=tuple(credits),
    )


def _dateline(article: Article) -> tuple[Inferred[str] | None, list[Credit]]:
    spans = [line.span for line in article.lines_of("dateline")]
    spans += [paragraph.span for paragraph in article.paragraphs]
    for place, span in enumerate(spans):
        found = find_dateline(article.text, span.start, span.end, opening=place == 0)
        if found:
            value = Inferred(article.words(found.span), "dateline", found.span, found.confidence)
            agency = [_agency(article, found.agency)] if found.agency else []
            break
    else:
        value, agency = None, []
    if article.given.dateline:
        value = Inferred(article.given.dateline, "given")
    return value, agency


def _agency(article: Article, span: Span) -> Credit:
    words = article.words(span)
    outlet = find_outlet(words)
    return Credit(
        "agency", outlet.name if outlet else words, "dateline", span, 0.95 if outlet else 0.8
    )


def _given(article: Article) -> Iterator[Credit]:
    """What front matter or a record states. A list of authors often holds scraped debris."""
    given = article.given
    for author in given.authors:
        for named in byline_names(author, strict=False):
            yield Credit(named.role, named.name, "given", _evidence(article, named.name))
    for role, name in (("agency", given.agency), ("publisher", given.publisher)):
        if name:
            yield msgspec.structs.replace(Credit("agency", name, "given"), role=role)


def _evidence(article: Article, name: str) -> Span | None:
    for line in article.lines_of("byline"):
        start = article.text.find(name, line.span.start, line.span.end)
        if start >= 0:
            return Span(start, start + len(name))
    return None


def _bylines(article: Article) -> Iterator[Credit]:
    """The authors and houses of byline and date lines; authors that are given stand alone."""
    for line in article.lines_of("byline", "date"):
        for named in byline_names(_words(article, line.span), strict=line.role == "date"):
            if named.role != "author" or not article.given.authors:
                yield _credit(named, named.role, "byline", line.span.start, 0.9)


def _tails(article: Article) -> Iterator[Credit]:
    """Reporters and editors named in credit lines and in the last words of the body."""
    for line in article.lines_of("credit"):
        yield from _labelled(_words(article, line.span), line.span.start)
    for paragraph in article.paragraphs[-2:]:
        start = max(paragraph.span.start, paragraph.span.end - _LONGEST)
        if not any(article.text.find(sign, start, paragraph.span.end) >= 0 for sign in _SIGNS):
            continue
        for match in _TAIL.finditer(article.text, start, paragraph.span.end):
            group = "words" if match["words"] else "editors"
            yield from _labelled(match[group], match.start(group))


def _labelled(words: str, offset: int) -> Iterator[Credit]:
    """The names behind each label: "Reporting by … ; Editing by …"."""
    labels = list(_LABEL.finditer(words))
    for label, following in zip_longest(labels, labels[1:]):
        end = following.start() if following else len(words)
        if (stop := words.find(";", label.end(), end)) >= 0:
            end = stop
        role: CreditRole = "photographer"
        if label["author"] or label["editor"]:
            role = "author" if label["author"] else "editor"
        for named in names_in(words, label.end(), end):
            if named.role == "author":
                yield _credit(named, role, "credit-line", offset, 0.9)
            elif role == "photographer":
                yield _credit(named, "agency", "photo-credit", offset, 0.8)


def _photos(article: Article) -> Iterator[Credit]:
    """Who took the pictures, and for which agency."""
    roles = {"paragraph", "caption", "credit", "headline"}
    for match in _PHOTO.finditer(article.text):
        if article.lines and article.lines[article.line_at(match.start()) - 1].role not in roles:
            continue
        if wire := match["wire"]:
            yield Credit("agency", find_name(wire), "photo-credit", Span(*match.span("wire")), 0.8)
        group = next(name for name in ("taker", "bracket", "square", "open") if match[name])
        for named in names_in(match[group], 0, len(match[group])):
            if group == "open" and named.role == "author" and " " not in named.name:
                continue  # "Photos: Shocking scenes" credits nobody
            role: CreditRole = "photographer" if named.role == "author" else "agency"
            yield _credit(named, role, "photo-credit", match.start(group), 0.8)


def find_name(words: str) -> str:
    """An outlet's name in its usual spelling ("REUTERS" is Reuters)."""
    outlet = find_outlet(words)
    return outlet.name if outlet else words


def _rights(article: Article, first: Iterable[Credit]) -> Iterator[Credit]:
    """The holder of the rights: who published the page. Only a house that the article names as
    its own is the publisher; any other shows the text of someone it does not name."""
    houses = {credit.name.casefold() for credit in first if credit.role in {"publisher", "agency"}}
    for line in article.lines_of("rights"):
        span = _holder(_words(article, line.span), line.span.start)
        if span:
            name = article.words(span)
            role: CreditRole = "publisher" if name.casefold() in houses else "republisher"
            yield Credit(role, name, "rights-line", span, 0.9)


def _holder(words: str, offset: int) -> Span | None:
    lead = _RIGHTS.search(words)
    if not lead:
        return None
    start = lead.end()
    stop = _HOLDER_END.search(words, start)
    end = stop.start() if stop else len(words)
    if start == end:  # "Example Weekly © 2020"
        start, end = 0, lead.start()
    name = words[start:end].strip(" ,.:|-–—")
    start = words.find(name, start)
    # "© AFP Cardinal Example (centre) waits" is a caption: a bare mark credits a bare name only.
    if not _STATEMENT.search(words) and words[start + len(name) :].strip(" .\t"):
        return None
    if not 2 <= len(name) <= 60 or _NO_HOLDER.match(name) or not name[0].isalnum():
        return None
    return Span(offset + start, offset + start + len(name)) if name[0] == name[0].upper() else None


def _cited(article: Article) -> Iterator[Credit]:
    """The outlets that the text cites: only known names, right beside a verb of reporting."""
    text = article.text
    spans: list[Span | None] = []
    for match in _SAID.finditer(text):
        place = match.start()
        last = text[text.rfind(" ", max(0, place - 30), place) + 1 : place]
        if may_end_outlet(last) or last in _HELPING_WORDS:
            before = _LAST_WORDS.search(text[max(0, place - 60) : place + 1])
            spans.append(_outlet_at_end(before.group(), place + 1) if before else None)
    for match in _TOLD.finditer(text):
        after = _NEXT_WORDS.match(text, match.end(), match.end() + 60)
        spans.append(_outlet_at_start(after.group(), match.end()) if after else None)
    for span in sorted(span for span in spans if span):
        if article.lines[article.line_at(span.start) - 1].role == "paragraph":
            yield Credit("cited", article.words(span), "cited", span, 0.8)


def _outlet_at_end(words: str, end: int) -> Span | None:
    bare = _HELPING.sub("", words.rstrip())
    end -= len(words) - len(bare)
    parts = bare.split(" ")
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[-count:])
        # "Ann Guardian said" is a person: no capital may stand before a name but a possessive.
        outer = parts[-count - 1] if count < len(parts) else ""
        loose = (
            not outer[:1].isupper() or outer in {"The", "But", "And"} or outer[-2:] in {"'s", "’s"}
        )
        if _is_cited(name) and loose:
            return Span(end - len(name), end)
    return None


def _outlet_at_start(words: str, start: int) -> Span | None:
    parts = words.split(" ")
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count]).rstrip(".'").removesuffix("'s")
        if _is_cited(name):
            return Span(start, start + len(name))
    return None


def _is_cited(name: str) -> bool:
    if not name[:1].isupper() and not _SURE.fullmatch(name):
        return False
    outlet = find_outlet(name)
    if not outlet or outlet.name != name or name in _UNSURE:
        return False
    return len(name) > 4 or _SURE.fullmatch(name) is not None


def _credit(named: Named, role: CreditRole, rule: str, offset: int, confidence: float) -> Credit:
    span = Span(offset + named.start, offset + named.end)
    return Credit(role, named.name, rule, span, confidence)


def _words(article: Article, span: Span) -> str:
    return article.text[span.start : min(span.end, span.start + _LONGEST)]


def _distinct(credits: Iterable[Credit]) -> Iterator[Credit]:
    """Leave out repetitions; a house that is owed the text itself is not also cited."""
    seen: set[tuple[str, str]] = set()
    for credit in credits:
        outlet = find_outlet(credit.name)
        key = (outlet.usual if outlet else credit.name).casefold()
        own = ("agency", "publisher", "republisher") if credit.role == "cited" else ()
        if (credit.role, key) in seen or any((role, key) in seen for role in own):
            continue
        seen.add((credit.role, key))
        yield credit
