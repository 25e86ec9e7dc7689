"""Bytes to text and back without loss."""

import codecs
import re
from typing import Literal

from charset_normalizer import from_bytes

from newsgen.model import Problem, Record

How = Literal["bom", "utf-8", "declared", "damaged", "detected", "fallback"]
Repairs = tuple[tuple[int, str], ...]

# Longest first: the mark of UTF-16 begins the mark of UTF-32. "utf-8-sig" is Python's own name.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le-sig", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be-sig", "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le-sig", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be-sig", "utf-16-be"),
)
_MARK_OF = {name: (mark, codec) for mark, name, codec in _MARKS}
# What a page calls latin-1 is windows-1252 in practice, and so on: the WHATWG encoding standard.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Codecs of Python that no page means: slow, stateful, or escapes rather than an encoding.
_NEVER = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,30})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})"
    rb"|^(?:#.{0,40}?)?(?:coding|encoding|charset)[:=][ \t]*[\"']?([\w.:-]{2,30})",
    re.IGNORECASE | re.MULTILINE,
)
_DECLARED_WITHIN = 4096  # bytes
_HIGH = re.compile(rb"[\x80-\xff]")
# What the web was written in. Without this, Mac and DOS code pages are found as likely.
_OF_THE_WEB = (
    *(f"cp125{number}" for number in range(9)),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_15", "tis_620", "gb18030", "big5"),
    *("cp932", "euc_jp", "euc_kr", "cp949"),
)
_SAMPLE = 16_384  # bytes shown to charset-normalizer, whose time grows with them
_ESCAPED = re.compile("[\udc80-\udcff]")


class Decoded(Record, frozen=True):
    """Source text with all that is needed to give its very bytes back."""

    text: str
    encoding: str
    how: How
    repairs: Repairs = ()


def decode(content: bytes) -> Decoded:
    """Read bytes as text such that `encode` gives back the very bytes, whatever they are.

    Byte order mark, UTF-8, what the source declares, UTF-8 with a few broken bytes, what
    charset-normalizer finds, latin-1.
    """
    for attempt in (_by_mark, _as_utf8, _as_declared, _as_damaged, _as_detected):
        found = attempt(content)
        if found is not None:
            return found
    return Decoded(content.decode("latin-1"), "latin-1", "fallback")


def encode(text: str, encoding: str, repairs: Repairs = ()) -> bytes:
    """Give back the bytes that `decode` made the text from."""
    mark, codec = _MARK_OF.get(encoding, (b"", encoding))
    pieces = [mark]
    place = 0
    for offset, raw in repairs:
        pieces += text[place:offset].encode(codec), bytes.fromhex(raw)
        place = offset + 1
    pieces.append(text[place:].encode(codec))
    return b"".join(pieces)


def encoding_problems(decoded: Decoded, path: str) -> tuple[Problem, ...]:
    """What is doubtful about how a source was decoded."""
    if decoded.repairs:
        line = decoded.text.count("\n", 0, decoded.repairs[0][0]) + 1
        message = (
            f"{len(decoded.repairs)} bytes are not {decoded.encoding}; shown as \ufffd, "
            f"first 0x{decoded.repairs[0][1]}"
        )
        return (Problem("undecodable-bytes", path, message, line),)
    if decoded.how in ("detected", "fallback"):
        message = f"the encoding is not stated; read as {decoded.encoding}"
        return (Problem("encoding-guessed", path, message, level="info"),)
    return ()


def _by_mark(content: bytes) -> Decoded | None:
    for mark, name, codec in _MARKS:
        found = content.startswith(mark) and _exact(content[len(mark) :], codec, "bom", name)
        if found:
            return found
    # Half of all bytes NUL: UTF-16 without a mark, which is valid UTF-8 when the text is ASCII.
    if len(content) >= 4 and content.count(0) * 3 > len(content):
        big = content[:200:2].count(0) > content[1:200:2].count(0)
        return _exact(content, "utf-16-be" if big else "utf-16-le", "detected")
    return None


def _as_utf8(content: bytes) -> Decoded | None:
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        return None


def _as_declared(content: bytes) -> Decoded | None:
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    if declared is None:
        return None
    name = next(group for group in declared.groups() if group).decode("ascii", "replace")
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if codec.startswith("utf-") or codec in _NEVER:
        return None
    meant = _MEANT.get(codec, codec)
    return _exact(content, meant, "declared") or _exact(content, codec, "declared")


def _as_damaged(content: bytes) -> Decoded | None:
    """UTF-8 in the main: at least as many characters of several bytes as bytes that fit nowhere."""
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    text = content.decode(encoding, "surrogateescape")
    broken = [match.start() for match in _ESCAPED.finditer(text)]
    # A character of several bytes costs one character and at least two bytes.
    several = len(content) - len(text)
    if len(broken) > several:
        return None
    repairs = tuple((offset, f"{ord(text[offset]) - 0xDC00:02x}") for offset in broken)
    return Decoded(_ESCAPED.sub("\ufffd", text), encoding, "damaged", repairs)


def _as_detected(content: bytes) -> Decoded | None:
    for codec in _likely(_sample(content)):
        found = _exact(content, codec, "detected")
        if found is not None:
            return found
    return None


def _likely(sample: bytes) -> list[str]:
    # A few odd bytes in ASCII text (a lone pound sign) are too little for statistics: they are
    # windows-1252 far more often than anything that statistics name.
    high = len(_HIGH.findall(sample))
    if high * 20 < len(sample):
        return ["cp1252"]
    best = from_bytes(
        sample, steps=3, chunk_size=256, threshold=0.3, cp_isolation=list(_OF_THE_WEB)
    ).best()
    return [] if best is None else [best.encoding]


def _sample(content: bytes) -> bytes:
    """The stretch that tells most: from the first byte outside ASCII."""
    if len(content) <= _SAMPLE:
        return content
    first = _HIGH.search(content)
    start = max(0, first.start() - 256) if first else 0
    return content[start : start + _SAMPLE]


def _exact(content: bytes, codec: str, how: How, name: str = "") -> Decoded | None:
    """Decode strictly, and only if encoding leads back to the very bytes."""
    try:
        text = content.decode(codec)
        if text.encode(codec) != content:
            return None
    except (UnicodeError, LookupError):
        return None
    return Decoded(text, name or codec, how)
