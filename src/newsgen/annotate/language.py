"""The language of an article: given, proven by its script, or voted by its small words."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache

import msgspec

from newsgen.model import Article, Inferred
from newsgen.wordlists import lines_of

_SAMPLE = 4000  # characters of the body: more of them change no verdict
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GIVEN = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[.@].*)?")
# Letters of all scripts but Latin; a Latin page has none, so this is its fast way out.
_FOREIGN = re.compile(
    r"[\u0370-\u10ff\u1100-\u18af\u3041-\u318f\u3400-\u9fff\ua980-\ua9ff\uac00-\ud7af]"
)
# Vowel signs are no word characters to a regular expression, so Indic words fall apart in `_WORD`.
_INDIC_WORD = re.compile(r"[\u0900-\u097f]+")

# Where the letters of a script begin; each stretch lasts until the next one.
_SCRIPTS: tuple[tuple[int, str], ...] = (
    (0x0370, "Grek"),
    (0x0400, "Cyrl"),
    (0x0530, "Armn"),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x0700, ""),
    (0x0750, "Arab"),
    (0x0780, "Thaa"),
    (0x07C0, ""),
    (0x0900, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, "Guru"),
    (0x0A80, "Gujr"),
    (0x0B00, "Orya"),
    (0x0B80, "Taml"),
    (0x0C00, "Telu"),
    (0x0C80, "Knda"),
    (0x0D00, "Mlym"),
    (0x0D80, "Sinh"),
    (0x0E00, "Thai"),
    (0x0E80, "Laoo"),
    (0x0F00, "Tibt"),
    (0x1000, "Mymr"),
    (0x10A0, "Geor"),
    (0x1100, "Hang"),
    (0x1200, "Ethi"),
    (0x13A0, ""),
    (0x1780, "Khmr"),
    (0x1800, "Mong"),
    (0x3041, "Kana"),
    (0x3100, ""),
    (0x3130, "Hang"),
    (0x3400, "Hani"),
    (0xA980, ""),
    (0xAC00, "Hang"),
)
_STARTS = tuple(start for start, _ in _SCRIPTS)

# What a script alone says, and how far that can be trusted: nearly all news in it is in this
# language, but Ethiopic also writes Tigrinya, Hebrew also Yiddish, and so on.
_BY_SCRIPT: dict[str, tuple[str, float]] = {
    "Grek": ("el", 0.98),
    "Armn": ("hy", 0.98),
    "Hebr": ("he", 0.95),
    "Thaa": ("dv", 0.98),
    "Beng": ("bn", 0.9),
    "Guru": ("pa", 0.98),
    "Gujr": ("gu", 0.98),
    "Orya": ("or", 0.98),
    "Taml": ("ta", 0.98),
    "Telu": ("te", 0.98),
    "Knda": ("kn", 0.98),
    "Mlym": ("ml", 0.98),
    "Sinh": ("si", 0.98),
    "Thai": ("th", 0.98),
    "Laoo": ("lo", 0.98),
    "Tibt": ("bo", 0.9),
    "Mymr": ("my", 0.9),
    "Geor": ("ka", 0.98),
    "Hang": ("ko", 0.98),
    "Khmr": ("km", 0.98),
    "Mong": ("mn", 0.9),
    "Kana": ("ja", 0.98),
    "Hani": ("zh", 0.95),
    "Ethi": ("am", 0.5),
}
# Scripts that several languages share: their small words vote, as those of Latin script do.
_VOTERS: dict[str, frozenset[str]] = {
    "Cyrl": frozenset({"ru", "uk", "bg", "be", "sr", "mk"}),
    "Arab": frozenset({"ar", "fa", "ur", "ps"}),
    "Deva": frozenset({"hi", "ne", "mr"}),
    "Ethi": frozenset({"am", "ti"}),
}
# Letters that only some languages of a script have; two of them in a text rule the others out.
_LETTERS: dict[str, dict[str, frozenset[str]]] = {
    "Cyrl": {
        letters: frozenset(languages.split())
        for letters, languages in {
            "ыэ": "ru be", "ёўі": "ru be uk", "ў": "be", "і": "uk be", "їєґ": "uk", "ъ": "ru bg",
            "щ": "ru uk bg", "й": "ru uk bg be", "и": "ru uk bg sr mk", "јљњџ": "sr mk", "ћђ": "sr",
            "ѓќѕ": "mk", "әөүңһҗқғҳҷӯӣҕҙҡӑӗҫ": "",  # Tatar, Kazakh, Tajik and others
        }.items()
    },
}  # fmt: skip
_OTHER_SCRIPTS = frozenset[str]().union(*_VOTERS.values())
_LEAST_SHARE = 0.09  # of all words; running text in a known language has 0.2 to 0.5
# Xhosa or Shona put into one word what others say in four, so small words are rarer there: a
# smaller share will do where the script has left few rivals, or the lead is beyond doubt.
_LEAST_SHARE_OF_SCRIPT = 0.02
_LEAST_SHARE_BEYOND_DOUBT = 0.05
_LEAD = 1.15  # over the runner-up
_LEAD_BEYOND_DOUBT = 2.5

_ISO_639_1 = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "por": "pt",
    "ita": "it", "nld": "nl", "dut": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "ces": "cs",
    "cze": "cs", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ara": "ar", "fas": "fa",
    "per": "fa", "urd": "ur", "hin": "hi", "ben": "bn", "swe": "sv", "nor": "no", "nob": "nb",
    "dan": "da", "fin": "fi", "hun": "hu", "ron": "ro", "rum": "ro", "tur": "tr", "vie": "vi",
    "ind": "id", "msa": "ms", "may": "ms", "swa": "sw", "hau": "ha", "yor": "yo", "ibo": "ig",
    "som": "so", "orm": "om", "amh": "am", "tir": "ti", "tha": "th", "ell": "el", "gre": "el",
    "heb": "he", "cat": "ca", "nep": "ne", "mya": "my", "bur": "my", "iw": "he", "in": "id",
}  # fmt: skip
_BY_NAME = {
    "english": "en", "french": "fr", "français": "fr", "german": "de", "deutsch": "de",
    "spanish": "es", "español": "es", "portuguese": "pt", "português": "pt", "italian": "it",
    "italiano": "it", "dutch": "nl", "nederlands": "nl", "russian": "ru", "русский": "ru",
    "chinese": "zh", "中文": "zh", "japanese": "ja", "日本語": "ja", "korean": "ko", "arabic": "ar",
    "العربية": "ar", "polish": "pl", "polski": "pl", "turkish": "tr", "türkçe": "tr",
    "indonesian": "id", "vietnamese": "vi", "hindi": "hi", "bengali": "bn", "swahili": "sw",
    "ukrainian": "uk", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi",
}  # fmt: skip


def annotate(article: Article) -> Article:
    """Give an article its language as a BCP 47 tag, or None where nothing tells it."""
    stated = state(article)
    if stated.language is not None:
        return stated
    return msgspec.structs.replace(article, language=_infer(_sample(article)))


def state(article: Article) -> Article:
    """Give an article the language that its source states."""
    given = article.given.language
    tag = read_tag(given) if given else None
    return msgspec.structs.replace(article, language=Inferred(tag, "given") if tag else None)


def read_tag(written: str) -> str | None:
    """Read a language as people write it ("en_US", "eng", "English") into a BCP 47 tag."""
    word = written.strip()
    if named := _BY_NAME.get(word.casefold()):
        return named
    parts = _GIVEN.fullmatch(word)
    if not parts:
        return None
    primary, script, region = parts.groups()
    tag = _ISO_639_1.get(primary.lower(), primary.lower())
    return "-".join(
        [tag, *([script.title()] if script else []), *([region.upper()] if region else [])]
    )


def _sample(article: Article) -> str:
    """The beginning of the body; captions and the headline where there is little body."""
    parts: list[str] = []
    length = 0
    spans = [paragraph.span for paragraph in article.paragraphs]
    for span in spans + [line.span for line in article.lines_of("caption", "headline")]:
        if length >= _SAMPLE:
            break
        parts.append(article.text[span.start : min(span.end, span.start + _SAMPLE - length)])
        length += len(parts[-1])
    return "\n".join(parts)


def _infer(sample: str) -> Inferred[str] | None:
    words = [] if sample.isascii() else _FOREIGN.findall(sample)
    letters = len(words)
    if letters:
        script, share = _main_script(words)
        latin = sum(map(len, _WORD.findall(_FOREIGN.sub(" ", sample))))
        # Han and Hangul say in one letter what Latin spells in three.
        weight = 3 if script in {"Hani", "Kana", "Hang"} else 1
        if letters * weight > latin:
            return _by_script(script, share, sample) if letters * weight >= 12 else None
    # Small words of Latin script seldom touch a mark, and splitting costs a tenth of matching.
    return _vote(sample.lower().split(), None)


def _main_script(letters: list[str]) -> tuple[str, float]:
    """The script of most letters, and its share. Kana among Han is Japanese."""
    counts: Counter[str] = Counter()
    for letter, number in Counter(letters).items():
        counts[_SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1]] += number
    if counts["Kana"] > 0.1 * counts["Hani"]:
        counts["Kana"] += counts.pop("Hani", 0)
    script, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    return script, most / len(letters)


def _by_script(script: str, share: float, sample: str) -> Inferred[str] | None:
    if voters := _left(script, sample.lower()):
        if len(voters) == 1 and share > 0.9:
            (only,) = voters
            return Inferred(only, "letters", confidence=0.95)
        word = _INDIC_WORD if script == "Deva" else _WORD
        voted = _vote(word.findall(sample.lower()), voters)
        if voted:
            return voted
    if script not in _BY_SCRIPT or share < 0.7:
        return None
    language, confidence = _BY_SCRIPT[script]
    # Tigrinya writes its many glottal "a" with another letter than Amharic does.
    if script == "Ethi" and sample.count("ኣ") > sample.count("አ"):
        language, confidence = "ti", 0.7
    return Inferred(language, "script", confidence=confidence)


def _left(script: str, sample: str) -> frozenset[str]:
    """The languages of a script that have all the letters that stand in a text more than once."""
    voters = _VOTERS.get(script, frozenset())
    for letters, languages in _LETTERS.get(script, {}).items():
        if sum(map(sample.count, letters)) > 1:
            voters &= languages
    return voters


def _vote(words: list[str], voters: frozenset[str] | None) -> Inferred[str] | None:
    """Let frequent function words vote; a word of several languages shares its vote out."""
    table = _function_words()
    votes: dict[str, float] = defaultdict(float)
    hits: dict[str, int] = defaultdict(int)
    for word, number in [item for item in Counter(words).items() if item[0] in table]:
        languages = table[word]
        vote = min(number, 8) / len(languages)  # the tenth "de" proves no more than the fifth
        for language in languages:
            hits[language] += number
            votes[language] += vote
    votes = {
        language: vote
        for language, vote in votes.items()
        if (language in voters if voters else language not in _OTHER_SCRIPTS)
    }
    if not votes:
        return None
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    least = _LEAST_SHARE_OF_SCRIPT if voters else _LEAST_SHARE
    if not voters and score > _LEAD_BEYOND_DOUBT * second and hits[best] > 9:
        least = _LEAST_SHARE_BEYOND_DOUBT
    if hits[best] < 3 or hits[best] < least * len(words) or score < _LEAD * second:
        return None
    sure = 1 - second / score
    confidence = round(min(0.99, 0.6 + 0.25 * sure + min(0.15, hits[best] / 400)), 2)
    return Inferred(best, "function-words", confidence=confidence)


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    """Each word of the table, with the languages it stands under."""
    table: dict[str, list[str]] = {}
    for line in lines_of("words_function.txt"):
        language, _, words = line.partition(": ")
        for word in dict.fromkeys(words.split()):
            table.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in table.items()}
