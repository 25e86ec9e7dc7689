"""Whether a model fits the language of an article, or plain word lists had to find its names."""

import msgspec

from newsgen.entity_engine import EntityEngine
from newsgen.model import Article
from newsgen.names.pipeline import language_of
from newsgen.names.weighing import model_of

UNKNOWN = "und"  # as BCP 47 has it


def told(article: Article, language: str, engine: EntityEngine) -> Article:
    """Say of an article in which language its names were found by plain word lists, if they were.

    Not where the settings ask for rules: who chose them knows.
    """
    plain = None if _fits(language, engine) or not article.paragraphs else language or UNKNOWN
    return msgspec.structs.replace(article, plain_names=plain)


def _fits(language: str, engine: EntityEngine) -> bool:
    if engine.engine == "rules" or model_of(language) is not None:
        return True
    return engine.engine == "spacy" and language_of(engine.pipeline) in (language, "xx")
