"""English plurals: what a noun has in common with its plural."""

from functools import cache

# Words that look like plurals and are none, or are their own plural.
_AS_THEY_ARE = frozenset(
    """species series news lens gas bus means headquarters crossroads barracks diabetes measles
    rabies chaos bias canvas atlas alias customs arms clothes""".split()
)
_ODD = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "geese": "goose", "knives": "knife", "lives": "life", "wives": "wife",
    "wolves": "wolf", "halves": "half", "shelves": "shelf", "leaves": "leaf", "loaves": "loaf",
    "thieves": "thief", "buses": "bus", "gases": "gas", "lenses": "lens", "viruses": "virus",
    "crises": "crisis", "movies": "movie", "cookies": "cookie", "calories": "calorie",
    "zombies": "zombie", "rookies": "rookie", "prairies": "prairie", "ties": "tie", "lies": "lie",
    "pies": "pie", "dies": "die", "shoes": "shoe", "canoes": "canoe", "toes": "toe",
    "headaches": "headache", "caches": "cache", "axes": "axe", "statuses": "status",
    "bonuses": "bonus", "campuses": "campus", "censuses": "census", "choruses": "chorus",
}  # fmt: skip


@cache
def singular_of(noun: str) -> str:
    """The singular of a noun in lower case; the noun itself where it is none, as far as one can
    tell by its ending."""
    if noun in _AS_THEY_ARE:
        return noun
    if noun in _ODD:
        return _ODD[noun]
    if noun.endswith(("ss", "us", "is", "ics")) or len(noun) < 4:
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")):
        return noun[:-2]
    if noun.endswith("men"):
        return noun[:-3] + "man" if noun.endswith(("smen", "emen", "omen", "rmen")) else noun
    return noun.removesuffix("s")


def forms_of(noun: str) -> tuple[str, ...]:
    """The ways a noun in lower case may stand: as it is, as a singular, as plurals."""
    one = singular_of(noun)
    if one in _AS_THEY_ARE:
        return (one,)
    plurals = [many for many, single in _ODD.items() if single == one]
    plurals += [one[:-1] + "ies"] if one.endswith("y") else []
    return tuple(dict.fromkeys((noun, one, *plurals, one + "s", one + "es")))
