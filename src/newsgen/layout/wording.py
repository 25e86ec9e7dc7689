"""What the words of one line tell of it, whatever its place: credits, rights, dates, captions."""

import re
from functools import cache

from newsgen.layout.first_look import (
    SIGNS,
    has_digit,
    is_plain,
    may_be_caption,
    may_be_cased_caption,
    may_be_credit,
    may_be_furniture,
    may_be_menu,
    may_be_rights,
)
from newsgen.layout.headings import ends_sentence, is_sentence
from newsgen.model import LineRole
from newsgen.wordlists import lines_of


def _any(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)


_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,2000}", re.IGNORECASE)
_RIGHTS = _any(
    # "people.cn © People's Daily", "Copyright © 2025", "(c) 2004 X"; not "Copyright law is …".
    r"^\W{0,4}(?:[\w.]{3,30}\.\w{2,9}\s+)?copyrights?\b\W{0,3}(?:©|\(c\)|℗|\d{4}|by\b|notice)",
    r"^\W{0,4}(?:[\w.]{3,30}\.\w{2,9}\s+)?(?:©|\(c\)\s*(?:copyright\b|\d{4}))",
    r"^[^.]{0,80}(?:©|\(c\))\s*(?:copyright\s*)?(?:19|20)\d\d\b",
    r"\b(?:all|some) rights reserved\b",
    r"\balle rechte vorbehalten\b",
    r"\btous droits (?:de reproduction )?réservés",
    r"\btodos (?:l)?os d(?:erechos|ireitos) reservados",
    r"\btutti i diritti (?:sono )?riservati",
    r"\balle rechten voorbehouden",
    r"все права защищены",
    r"\bwszelkie prawa zastrzeżone",
    r"版权所有|版權所有|無断転載|무단\s?전재",
    r"\bnot be published, broadcast,? (?:re)?writt?en",
    r"\blicensed under (?:a )?creative commons",
    r"\b(?:reproduc|republi|redistribut|copied).{0,80}\bwritten (?:permission|consent)\b",
)
# "© AFP The bishop was greeted by protesters": whose picture it is, not whose text.
_PICTURE_RIGHTS = re.compile(
    r"© ?(?=[A-Z])[^\d]{0,40}?(?:\b(?:AFP|EPA|AP|Reuters|Getty)\b|/)[^\d]{5}"
)
_CREDIT = _any(
    r"^\W{0,2}(?:web |copy |photo |video |night |contributing )?editors?\s*[:：]",
    r"^\W{0,2}(?:edited|compiled|translated|produced|writing|reporting) by\b.{0,90}$",
    r"^\(reporting by\b",
    r"^\W{0,2}(?:additional|further|other) reporting\b",
    r"^\W{0,2}with (?:reporting|inputs?|agency inputs|files|contributions?) (?:by|from)\b",
    r"^\W{0,2}(?:source|sources|quelle|fuente|источник)\s*[:：]",
    r"^\W{0,2}article posted with permission",
    r"^\W{0,2}(?:reprinted|republished) (?:with|from|by)\b",
    r"^\W{0,2}this (?:article|story|post|piece) (?:was )?(?:first|originally) (?:app|publ)",
    r"^\W{0,2}(?:责任|網頁|网页|本文)?(?:编辑|編輯|责编|来源|來源)\s*[:：]",
    r"\bcontributed to this (?:report|story|article|piece)\b",
)
_BYLINE = re.compile(
    r"(?:(?:written |words |story |posted )?by|von|par|por|di|door|av|af|text|автор|作者|記者|记者)"
    r"(?:\s*[:：/][ \t]*|[ \t]+)(?=[^\W\d_])(?P<name>.{2,100})",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")

_AGENCY = (
    r"(?:AP|AFP|EPA|Xinhua|Reuters|Getty(?: Images)?|Associated Press|VCG|Visual China|CNS"
    r"|CNSphoto|Agencies|Alamy|Shutterstock|Rex(?: Features)?|PA|WireImage|Bloomberg|China Daily"
    r"|DPA|ANSA|EFE|People's Daily(?: Online)?|IC)"
)
_CAPTION = _any(
    # In brackets at the end: (Photo by A), [Photo/Agencies], (AP Photo/A), (Xinhua/B), (C/Reuters).
    r"[(\[](?:[^()\[\]]{0,25}\b)?(?:photo(?:graph|s)?|image|picture|pic)\b[^()\[\]]{0,120}[)\]]\W*$",
    rf"[(\[][^()\[\]]{{0,40}}\b{_AGENCY}\s?/\s?[^()\[\]]{{2,80}}[)\]]\W*$",
    rf"[(\[][^()\[\]]{{2,80}}/[^()\[\]]{{0,30}}\b{_AGENCY}\b[^()\[\]]{{0,40}}[)\]]\W*$",
    r"[(\[](?:Getty(?: Images)?|AFP|EPA|VCG|Alamy|CCTV|Shutterstock)[)\]]\W*$",
    r"^(?:an? )?(?:aerial |file |combo |undated |stock |composite )?photo"
    r" (?:taken|shows|provided|released|dated)\b",
    r"^(?:photo|photograph|picture|image|foto|photos)(?: credit)?s?\s*"
    r"(?::|by\s|courtesy\b|provided by\s)",
    r"^(?:file|in this (?:file |undated |aerial )*)\s?(?:photo|image|picture)\b",
    r"^(?:media |image )?caption\b|^image copyright\b|^enlarge this image\b|\bhide caption\b",
    r"^图(?:为|：|源)|[(（][^()（）]{2,30}摄[)）]$",
)
_CASED_CAPTION = _any(
    # A sentence of its own at the end: "… in Wuhan. Photo by A", "Photograph: B/AP".
    r"(?:^|[.!?)”\"]\s+)(?:Photo|Photograph|Picture|Image|Pic|PHOTO)s?"
    r"(?:\s*[:：]| by| provided by| courtesy)\s?[^.]{2,90}\.?$",
    r"^FILE\b\s*[-–:,.]",
    # "Reuters Crowds flee the square": agency and caption glued; running text ends in a full stop.
    rf"^(?:{_AGENCY}|GETTY|Twitter|SWNS)(?: - Contributor|:Associated Press)? [A-Z][^.]{{20,180}}$",
    rf"^[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}(?: ?/ ?| via ){_AGENCY}(?:, FILE)?$",
    flags=0,
)
_FURNITURE = _any(
    r"for the latest .{0,40}news, (?:please )?follow|please follow\b|follow (?:us|me|@|\w+ on)\b",
    r"like us on\b|join us on\b|(?:please )?(?:click|tap) here\b|scroll (?:down|below)\b",
    r"sign up (?:for|to|here|now|and)\b|subscribe (?:now|today|here|to (?:our|the|us|my))\b",
    r"share (?:this|on|via)\b|read or share this|(?:please )?enable javascript|please enable\b",
    r"add your comment|view (?:all )?comments|leave a (?:comment|reply)|comments (?:are|have) ",
    r"story continues below|article continues (?:below|after)|continue reading below",
    r"take our poll|advertisement\b.{0,30}$|media playback is (?:un|not )supported",
    r"your browser does not|watch (?:the )?video\b.{0,60}$|we use cookies|this \w+ uses cookies",
    r"by (?:using|continuing|clicking|signing|submitting|subscribing)\b.{0,90}\byou\b.{0,20}"
    r"\b(?:agree|accept)\b",
    r"you may opt out|you also agree to|completing this poll|this field is for validation",
    r"(?:email|name|phone|comments) this field is|email \*|image \d+ of|\d+ of \d+$",
    r"a post shared by|#\w+(?:\s+#\w+)*$|get (?:the )?(?:latest|breaking) news",
    r"download (?:the|our) .{0,20}app|log in to|created with sketch|shares?\s*\d*$",
    r"\d+(?:\.\d+)?k? (?:shares|comments|views|likes)$|skip to |jump to |posted in\b|filed under\b",
    r"tagged?:|tags:|topics?:|category:|categories:|facebook twitter|tweet\b.{0,20}$",
    r"newsletter\b.{0,40}$|our standards:|the (?:opinions|views) expressed\b|扫描二维码|关注我们",
    r"原标题[:：]|.{0,80}\bstory continues below|.{0,40}please enable javascript",
    r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.\w{2,10}){1,3}$|(?:twitter|facebook|instagram)\.com/\S+$",
    r"pic\.twitter\.com/\S+$|(?:【\d+】\s*)+$|(?:page )?\d+ ?[/|] ?\d+$|[\W_]+$|loading\b.{0,15}$",
)
_LEAD = re.compile(r"[^\w#【]{0,3}")
_MENU = re.compile(r"(?:[^|·•]{1,40}[|·•]\s*){2,}[^|·•]{0,40}")
_DATELINE = re.compile(
    r"[^\W\d_][^\d()]{1,60}?,?\s*(?:[^\W\d_]{3,10}\.?\s\d{1,2}(?:,? \d{4})?)?\s*"
    r"(?:\([A-Z][^()]{1,40}\)\s*)?(?:--|[-–—])"
)
_CITY = re.compile(r"[^\Wa-z\d_][^a-z\d(]{2,60}|[^()]{3,60}\([A-Z][^()]{1,40}\)")
_LONGEST_SHORT = 300  # characters: no credit or rights line is longer
_LONGEST_CAPTION = 600

_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC_DATE = re.compile(
    r"\b(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}"
    r"|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b|(?:19|20)\d\d年\d{1,2}月"
)
_STAMPED = re.compile(
    # "( Xinhua ) 17:26, November 18, 2020", "Xinhua | Updated: 2017-09-15 21:45"
    r"\W{0,2}(?:[A-Z][\w.'’ ]{1,40}\W{1,4})?"
    r"(?:(?:last )?(?:updated|published|posted|modified)(?: on| at)?\s*:?\s*)?"
    r"(?:\d{1,2}:\d\d,\s*[A-Z][a-z]+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d \d\d:\d\d)",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\bUpdated: \d{4}-\d\d-\d\d \d\d:\d\d")


@cache
def _date_words() -> tuple[frozenset[str], frozenset[str]]:
    """The names of months, and all words that dates are written with."""
    words = " ".join(lines_of("date_words.txt")).split()
    months = {*words[1 : words.index("[other]")]}
    months.update(word for line in lines_of("words_months.txt") for word in line.split()[1:])
    return frozenset(months), frozenset(months.union(words))


def is_url(line: str) -> bool:
    """Whether a line is a web address and nothing else."""
    return bool(_URL.fullmatch(line))


def is_date(line: str) -> bool:
    """Whether a line says when, and nothing else but by which desk."""
    if len(line) > 250 or not has_digit(line):
        return False
    if len(line) < 100 and _STAMPED.match(line):
        return True
    months, known = _date_words()
    if all(word.group().casefold() in known for word in _WORD.finditer(line)):
        words = (word.casefold() for word in _WORD.findall(line))
        return bool(any(word in months for word in words) or _NUMERIC_DATE.search(line))
    return "Updated: " in line and bool(_UPDATED.search(line))


def is_place_and_date(line: str) -> bool:
    """Whether a line says where and when, and nothing else ("Skerrin, 4 de mayo de 2024")."""
    place, comma, when = line.partition(",")
    words = place.split()
    named = 0 < len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper()
    return bool(comma) and named and not is_date(place + " 1") and is_date(when)


def is_byline(line: str) -> bool:
    """Whether a line names the author and nothing else ("By Jane Doe, Reuters")."""
    found = _BYLINE.fullmatch(line) if len(line) <= 120 else None
    if found is None:
        return False
    name = found["name"]
    if ends_sentence(name) and not name.endswith((")", "Jr.", "Sr.")):
        return False
    # Words that are no particle begin with a capital: "By land and by train" names nobody.
    words = [word for word in _NAME_WORD.findall(name) if len(word) > 3]
    return bool(words) and len(words) <= 12 and not any(word[0].islower() for word in words)


def is_rights(line: str) -> bool:
    """Whether a line states who holds the rights; one that talks about copyright does not."""
    return (
        len(line) <= _LONGEST_SHORT
        and may_be_rights(line)
        and bool(_RIGHTS.search(line))
        and not _PICTURE_RIGHTS.match(line)
    )


def role_of(line: str, signs: tuple[str, ...] = SIGNS) -> LineRole | None:
    """The role that a stripped line's own words give it; None for ordinary text.

    `signs` are those of `first_look` that the whole text has, where that is known.
    """
    if len(line) > _LONGEST_CAPTION:
        return None
    if is_plain(line, signs):
        return _dated_role(line) if has_digit(line) else None
    if is_url(line):
        return "url"
    if len(line) <= _LONGEST_SHORT:
        if is_rights(line):
            return "rights"
        if is_furniture(line):
            return "boilerplate"
        if may_be_credit(line) and _CREDIT.search(line):
            return "credit"
        if is_date(line):
            return "date"
    if _is_caption(line):
        return "caption"
    placed = 4 < len(line) <= 100 and line[-1] in "-–—" and _CITY.match(line)
    if placed and _DATELINE.fullmatch(line):
        return "dateline"
    if len(line) <= 60 and is_place_and_date(line):
        return "dateline"
    return None


def _dated_role(line: str) -> LineRole | None:
    if len(line) <= _LONGEST_SHORT and is_date(line):
        return "date"
    return "dateline" if len(line) <= 60 and is_place_and_date(line) else None


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the web page and not to the article: buttons, forms, pagers."""
    if may_be_furniture(line):
        lead = _LEAD.match(line)
        if _FURNITURE.match(line, lead.end() if lead else 0) or _FURNITURE.match(line):
            return True
    if len(line) >= 200 or not may_be_menu(line):
        return False
    return bool(_MENU.fullmatch(line)) and not ends_sentence(line)


def _is_caption(line: str) -> bool:
    if _PICTURE_RIGHTS.match(line) or (may_be_caption(line) and _CAPTION.search(line)):
        return True
    if not may_be_cased_caption(line) or not _CASED_CAPTION.search(line):
        return False
    # "Reuters Television could not confirm it." is running text that begins with an agency.
    return not is_sentence(line) or line.startswith(("Photo", "PHOTO", "Picture", "Image"))
