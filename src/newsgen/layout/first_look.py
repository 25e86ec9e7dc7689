"""First looks at a line: what it surely is not, told before any pattern is tried.

The patterns of `wording` take 90 us for a paragraph of 160 characters, `is_prose` 2 us. Each look is
for something that every match of its pattern has; tests make matches of each pattern to prove it.
"""

import re

# All digits that str.isdigit knows, and some characters that are none.
_DIGIT = (
    r"\d\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070-\u208e\u2460-\u24ff\u2776-\u2793"
    r"\U00010000-\U0010ffff"
)
_DIGITS = (re.compile("[0-9]"), re.compile(f"[{_DIGIT}]"))  # in ASCII, thrice as fast; in others
_MARKS = (re.compile(r"[0-9()\[\]|/@#]"), re.compile(rf"[{_DIGIT}()\[\]|·•/@#摄]"))
# A search that ignores case takes these for the usual letters; str.lower does not.
_ALIKE = (("ſ", "s"), ("ı", "i"), ("i\u0307", "i"))
_RIGHTS = (
    *("right", "(c)", "licensed", "written ", "broadcast", "rechte", "reservados", "riservati"),
    *("©", "droits", "пра", "zastrze", "版", "無", "무단"),
)
_CREDIT = frozenset(
    "web cop pho vid nig con edi com tra pro wri rep add fur oth wit sou que fue ист art thi".split()
)
_CREDIT_LETTERS = frozenset("责網网本编編来來")
_FURNITURE = frozenset(
    [
        *"for ple fol lik joi cli tap scr sig sub sha rea add vie lea com sto art con tak".split(),
        *"adv med you wat thi ema nam pho ima get dow log cre ski jum pos fil tag top cat".split(),
        *"fac twe new our the pag loa twi ins pic 扫描二 关注我 原标题".split(),
        *("we ", "by ", "a p"),
    ]
)
_CAPTION = frozenset(
    [
        *"aer fil com und sto pho pic ima fot med cap enl".split(),
        *("an ", "a a", "a f", "a c", "a u", "a s", "a p", "in "),
    ]
)
_CASED_CAPTION = frozenset(
    [
        *"fil afp epa xin reu get ass vcg vis cns age ala shu rex wir blo chi dpa ans".split(),
        *("efe", "peo", "twi", "swn", "ap ", "ap:", "pa ", "pa:", "ic ", "ic:"),
    ]
)
_OPENINGS = _CREDIT | _FURNITURE | _CAPTION | _CASED_CAPTION | {"htt", "www"}
_OPENING_LETTERS = _CREDIT_LETTERS | {"图"}
_PICTURES = ("Photo", "PHOTO", "Pic", "Image")
_IN_FURNITURE = ("story continues", "enable javascript")
_WORDS = (*_RIGHTS, *_IN_FURNITURE, "contributed", "hide caption", " via ")


def is_prose(line: str) -> bool:
    """Whether a line surely has no role by its words: nothing below can be in it."""
    opening = _opening(line)
    if opening in _OPENINGS or opening[:1] in _OPENING_LETTERS or not opening[:1].isalpha():
        return False
    if line[-1] in "-–—" or _MARKS[not line.isascii()].search(line):
        return False
    return not _has(line, _PICTURES) and not _has(_folded(line), _WORDS)


def may_be_rights(line: str) -> bool:
    """Whether a line has a word or sign that every rights line has one of."""
    return _has(_folded(line), _RIGHTS)


def may_be_credit(line: str) -> bool:
    """Whether a line begins as credit lines do, or speaks of a contribution."""
    opening = _opening(line)
    if opening in _CREDIT or opening[:1] in _CREDIT_LETTERS:
        return True
    return "contributed" in _folded(line)


def may_be_furniture(line: str) -> bool:
    """Whether a line begins as furniture does: with certain words, a number or no word at all."""
    opening = _opening(line)
    if opening in _FURNITURE or not opening[:1].isalpha() or "@" in line or "#" in line[:4]:
        return True
    return _has(_folded(line), _IN_FURNITURE)


def may_be_menu(line: str) -> bool:
    """Whether a line has a mark that stands between the words of a menu."""
    return "|" in line or "·" in line or "•" in line


def may_be_caption(line: str) -> bool:
    """Whether a line begins as captions do, or ends with a bracket."""
    opening = _opening(line)
    if opening in _CAPTION or opening[:1] == "图" or "摄" in line:
        return True
    end = max(line.rfind(")"), line.rfind("]"))
    if end >= 0 and not any(map(str.isalnum, line[end + 1 :])):
        return True
    return "hide caption" in _folded(line)


def may_be_cased_caption(line: str) -> bool:
    """Whether a line has a word for a picture with a capital, or an agency where captions do."""
    if "/" in line or " via " in line or _has(line, _PICTURES):
        return True
    return _opening(line) in _CASED_CAPTION


def has_digit(line: str) -> bool:
    """Whether a line has a digit, as `str.isdigit` knows them."""
    found = _DIGITS[not line.isascii()].search(line)
    return found is not None and (found.group().isdigit() or any(map(str.isdigit, line)))


def _has(line: str, words: tuple[str, ...]) -> bool:
    return any(map(line.__contains__, words))


def _opening(line: str) -> str:
    """The first three letters of a line; of what is no letter or digit, four are passed over."""
    at = 0
    while not line[at : at + 1].isalnum() and at < min(len(line), 4):
        at += 1
    return _folded(line[at : at + 3])


def _folded(line: str) -> str:
    """A line in small letters, those that a search which ignores case would find."""
    low = line.lower()
    if not low.isascii():
        for odd, usual in _ALIKE:
            low = low.replace(odd, usual)
    return low
