"""Names in text that is not English: only what needs no rule of English."""

import re

from newsgen.names.gazetteer import CERTAIN, known_of, world_places
from newsgen.names.labels import Found
from newsgen.names.pieces import heads, not_names
from newsgen.names.runs import Word, find_runs, starts_sentence
from newsgen.wordlists import given_names, words_of

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE = 4000  # characters that are enough to tell a language
# Languages that bend names ("Angela Merkelin", "Adama Mickiewicza"): a bent form is no name.
_BENDING = (
    "fi",
    "et",
    "hu",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr",
    "lv",
    "lt",
    "tr",
    "eu",
    "ro",
    "is",
)
_AND = frozenset(
    ("e", "y", "i", "af", "av", "da", "do", "di")
)  # "and" and the like in many languages
_GUESSED = ("en", "de", "es", "fr", "pt", "it", "id", "nl")


def language_of(sample: str) -> str:
    """A quick guess for articles that come without a language: a code, or "" for none known."""
    sample = sample[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters and len(_LATIN.findall(sample)) * 2 < letters:
        return _by_script(sample)
    words = re.findall(r"[^\W\d_]+", sample.lower())
    stops = {code: words_of("names_context.txt", f"stop-{code}") for code in _GUESSED}
    counts = {code: sum(word in stop for word in words) for code, stop in stops.items()}
    best = max(counts, key=lambda code: counts[code])
    if len(words) < 12:
        return "en"  # too short to tell: read it as what most archives hold
    return best if counts[best] * 20 > len(words) else ""


def _by_script(sample: str) -> str:
    if re.search(r"[\u4e00-\u9fff]", sample):
        return "" if re.search(r"[\u3040-\u30ff\uac00-\ud7af]", sample) else "zh"
    if re.search(r"[\u0600-\u06ff]", sample):
        return "" if re.search(r"[پچژگےٹ]", sample) else "ar"
    if re.search(r"[\u0400-\u04ff]", sample):
        return "" if re.search(r"[іїєґўјљњћђ]", sample) else "ru"
    return ""


def is_latin(language: str, text: str) -> bool:
    """Whether a text is written in the Latin script, where capitals can mark names."""
    if language in ("zh", "ar", "ru", "ja", "ko", "th", "el", "uk", "fa", "ur", "hi", "he"):
        return False
    sample = text[:_SAMPLE]
    return len(_LATIN.findall(sample)) * 2 >= len(_LETTER.findall(sample))


def find_places(text: str, start: int, end: int, language: str) -> list[Found]:
    """Countries and great cities by the names they have in that language."""
    table = world_places(language)
    if not table:
        return []
    pattern, forms = table
    return [
        Found(match.start(1), match.end(1), "place", "gazetteer", 0.9, forms[match.group(1)])
        for match in pattern.finditer(text, start, end)
    ]


def find_plain(text: str, start: int, end: int, language: str) -> list[Found]:
    """Names in the Latin script: places of the lists, and people by a well-known given name."""
    found = find_places(text, start, end, language)
    taken = [(name.start, name.end) for name in found]
    for run in find_runs(text, start, end):
        if any(low < run[-1].end and run[0].start < high for low, high in taken):
            continue
        person = None if language in _BENDING else _person(text, run, start, language)
        if person:
            found.append(person)
        elif len(run) == 1:
            known = known_of(run[0].text)
            if known and known.kind == "place" and known.weight >= CERTAIN and len(run[0].text) > 3:
                found.append(Found(run[0].start, run[0].end, "place", "gazetteer", 0.8))
    return sorted(found)


def _person(text: str, run: list[Word], floor: int, language: str) -> Found | None:
    """A given name and one or two more words, joined by nothing but spaces and name particles."""
    words = run
    while words and words[0].text not in given_names():
        words = words[1:]
    end = 1
    while end < len(words) and _continues(text, words[end - 1], words[end], language):
        end += 1
    words = words[:end]
    if words and known_of(text[words[0].start : words[-1].end]):
        return None
    longest = 3 if words and starts_sentence(text, words[0].start, floor) else 4
    if not 2 <= len(words) <= longest:
        return None
    if any(
        word.text in not_names("not") or word.text in heads("organisation") or word.text.isupper()
        for word in words
    ):
        return None
    return Found(words[0].start, words[-1].end, "person", "given-name", 0.8)


def _continues(text: str, left: Word, right: Word, language: str) -> bool:
    if right.join != "small":
        return right.join == "plain"
    small = text[left.end : right.start].strip()
    return small not in _AND or (language in ("pt", "it") and small in ("da", "do", "di"))
