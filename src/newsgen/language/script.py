"""Tell the language whose cues to use, where nobody has told it yet."""

import re

from newsgen.model import Article

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_FREQUENT = {
    "en": frozenset("the of and to in that was for is with said he".split()),
    "es": frozenset("el los las que del en por una con su para es".split()),
    "fr": frozenset("le les des et une dans du est que pour qui sur".split()),
    "de": frozenset("der die das und den von mit ist des dem im nicht".split()),
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000  # characters: enough to tell, however long the article


def language_of(article: Article) -> str:
    """The article's language if known, else a guess by script and frequent words ("" if none)."""
    if article.language is not None:
        return article.language.value.split("-")[0].lower()
    start = article.paragraphs[0].span.start if article.paragraphs else 0
    return language_of_text(article.text[start : start + _SAMPLE])


def language_of_text(text: str) -> str:
    """A language by script and frequent words; "" where neither tells."""
    letters = sum(c.isalpha() for c in text)
    for language, script in _SCRIPTS:
        if len(script.findall(text)) * 4 > letters > 0:
            return language
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {lang: sum(word in known for word in words) for lang, known in _FREQUENT.items()}
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] > others and counts[best] * 12 >= len(words) else ""
