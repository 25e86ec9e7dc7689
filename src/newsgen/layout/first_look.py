"""First looks at a line: what it surely is not, told before any pattern is tried.

The patterns of `wording` take 90 us for a paragraph of 160 characters, `is_plain` 2 us. Each look
is for something that every match of its pattern has; tests make matches of each pattern to prove
it.
"""

import re
from itertools import chain

# All digits that str.isdigit knows, and some characters that are none.
_DIGIT = (
    r"\d\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070-\u208e\u2460-\u24ff\u2776-\u2793"
    r"\U00010000-\U0010ffff"
)
_DIGITS = (re.compile("[0-9]"), re.compile(f"[{_DIGIT}]"))  # in ASCII, thrice as fast; in others
_MARKS = (re.compile(r"[()\[\]|/@#]"), re.compile(r"[()\[\]|·•/@#摄]"))


def _by_three(*words: str) -> dict[str, tuple[str, ...]]:
    """Words that lines begin with, ten letters of each at most, by their first three letters."""
    table: dict[str, tuple[str, ...]] = {}
    for word in ",".join(words).split(","):
        table[word[:3]] = (*table.get(word[:3], ()), word)
    return table


# A search that ignores case takes these for the usual letters; str.lower does not.
_ALIKE = (("ſ", "s"), ("ı", "i"), ("i\u0307", "i"))
_RIGHTS = (
    *("right", "(c)", "licensed", "written ", "broadcast", "rechte", "reservados", "riservati"),
    *("©", "droits", "пра", "zastrze", "版", "無", "무단"),
)
_CREDIT = _by_three(
    "web edi,copy edi,photo edi,video edi,night edi,contributi,editor,edited,compiled,translated",
    "produced,writing,reporting,additional,further re,other repo,with repor,with input,with agen",
    "with files,with contr,source,quelle,fuente,article po,reprinted,republishe,this artic",
    "this story,this post,this piece",
)
_CREDIT_LETTERS = frozenset("责網网本编編来來и")
_FURNITURE = _by_three(
    "for the la,please,follow,like us,join us,click here,tap here,scroll,sign up,subscribe,share",
    "read or sh,add your,view,leave a,comments,story cont,article co,continue r,take our,advertis",
    "media play,your brow,watch,we use,this,by using,by continu,by clickin,by signing,by submitt",
    "by subscri,you may op,you also a,completing,email,name this,phone this,image,a post sha,get",
    "download,log in to,created wi,skip to,jump to,posted in,filed unde,tag,topic,category",
    "categories,facebook,tweet,newsletter,our standa,the opinio,the views,page,loading,twitter",
    "instagram,pic.twitte,扫描二维码,关注我们,原标题",
)
_CAPTION = _by_three(
    "aerial pho,file,combo phot,undated ph,stock phot,composite,photo,picture,image,foto,in this",
    "media capt,caption,enlarge th,a aerial,a file,a combo,a undated,a stock,a composit,a photo",
    "an aerial,an file,an combo,an undated,an stock,an composi,an photo",
)
_CASED_CAPTION = _by_three(
    "file,ap ,ap:,afp,epa,xinhua,reuters,getty,associated,vcg,visual chi,cns,agencies,alamy",
    "shuttersto,rex,pa ,pa:,wireimage,bloomberg,china dail,dpa,ansa,efe,people's d,ic ,ic:",
    "twitter,swns",
)
_ADDRESS = _by_three("http,www.")
_OPENING_LETTERS = _CREDIT_LETTERS | {"图"}
_PICTURES = ("Photo", "PHOTO", "Pic", "Image")
_IN_FURNITURE = ("story continues", "enable javascript")
# Single words: in the text, other white space may stand between two.
SIGNS = (
    *map(str.strip, _RIGHTS),
    *("continues", "javascript", "contributed", "caption", "via", "photo", "pic", "image"),
)
_OPENINGS = _by_three(
    *chain.from_iterable(
        chain.from_iterable(table.values())
        for table in (_CREDIT, _FURNITURE, _CAPTION, _CASED_CAPTION, _ADDRESS)
    )
)


def signs_in(text: str) -> tuple[str, ...]:
    """Those of SIGNS that a text has: mostly few, so that few are looked for in each line."""
    low = _folded(text)
    return tuple(sign for sign in SIGNS if sign in low)


def is_plain(line: str, signs: tuple[str, ...] = SIGNS) -> bool:
    """Whether a line surely has no role by its words, but that of a date if it has a digit.

    `signs` are those that the whole text has, where that is known.
    """
    plain = line.isascii()
    opening = line[:10].lower() if plain and line[:1].isalpha() else _opening(line)
    first = opening[:1]
    if not first.isalpha() or first in _OPENING_LETTERS or _begins(opening, _OPENINGS):
        return False
    if line[-1] in "-–—" or _MARKS[not plain].search(line):
        return False
    return not signs or not _has(_folded(line), signs)


def may_be_rights(line: str) -> bool:
    """Whether a line has a word or sign that every rights line has one of."""
    return _has(_folded(line), _RIGHTS)


def may_be_credit(line: str) -> bool:
    """Whether a line begins as credit lines do, or speaks of a contribution."""
    opening = _opening(line)
    if _begins(opening, _CREDIT) or opening[:1] in _CREDIT_LETTERS:
        return True
    return "contributed" in _folded(line)


def may_be_furniture(line: str) -> bool:
    """Whether a line begins as furniture does: with certain words, a number or no word at all."""
    opening = _opening(line)
    if not opening[:1].isalpha() or _begins(opening, _FURNITURE) or "@" in line or "#" in line[:4]:
        return True
    return _has(_folded(line), _IN_FURNITURE)


def may_be_menu(line: str) -> bool:
    """Whether a line has a mark that stands between the words of a menu."""
    return "|" in line or "·" in line or "•" in line


def may_be_caption(line: str) -> bool:
    """Whether a line begins as captions do, or ends with a bracket."""
    opening = _opening(line)
    if _begins(opening, _CAPTION) or opening[:1] == "图" or "摄" in line:
        return True
    end = max(line.rfind(")"), line.rfind("]"))
    if end >= 0 and not any(map(str.isalnum, line[end + 1 :])):
        return True
    return "hide caption" in _folded(line)


def may_be_cased_caption(line: str) -> bool:
    """Whether a line has a word for a picture with a capital, or an agency where captions do."""
    if "/" in line or " via " in line or _has(line, _PICTURES):
        return True
    return _begins(_opening(line), _CASED_CAPTION)


def has_digit(line: str) -> bool:
    """Whether a line has a digit, as `str.isdigit` knows them."""
    found = _DIGITS[not line.isascii()].search(line)
    return found is not None and (found.group().isdigit() or any(map(str.isdigit, line)))


def _has(line: str, words: tuple[str, ...]) -> bool:
    return any(map(line.__contains__, words))


def _begins(opening: str, table: dict[str, tuple[str, ...]]) -> bool:
    words = table.get(opening[:3])
    return words is not None and opening.startswith(words)


def _opening(line: str) -> str:
    """The first letters of a line; of what is no letter or digit, four are passed over."""
    at = 0
    while not line[at : at + 1].isalnum() and at < min(len(line), 4):
        at += 1
    return _folded(line[at : at + 10])


def _folded(line: str) -> str:
    """A line in small letters, those that a search which ignores case would find."""
    low = line.lower()
    if not low.isascii():
        for odd, usual in _ALIKE:
            low = low.replace(odd, usual)
    return low
