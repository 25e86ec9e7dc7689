"""One content hash for bytes, records and code."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

_encoder = msgspec.json.Encoder(order="deterministic")


def digest(*parts: bytes | str) -> str:
    """Hash the parts in order; borders count, so ("a", "b") and ("ab",) differ. 32 hex digits."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def digest_of(record: object) -> str:
    """Hash a record by the values of its fields."""
    return digest(_encoder.encode(record))


def sha256(content: bytes) -> str:
    """The hash that is printed for people and that other tools can repeat. 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def short_id(text: str) -> str:
    """An article's id: twelve hex digits of the SHA-256 of what it is known by."""
    return sha256(text.encode("utf-8", "surrogatepass"))[:12]


@cache
def digest_of_code(*names: str, without: frozenset[str] = frozenset()) -> str:
    """Hash modules and packages of newsgen, with the data files in them.

    Names are modules and folders below src/newsgen, without suffix ("pages", "text"); where none
    is given, all of them but those `without`.
    """
    root = Path(__file__).parent
    places = sorted(place for place in root.iterdir() if place.stem not in without)
    wanted = [place for place in places if not names or place.stem in names]
    return digest(*(part for place in wanted for part in _files_of(root, place)))


def _files_of(root: Path, place: Path) -> Iterable[bytes | str]:
    for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
        inside = file.relative_to(root)
        if file.is_file() and file.suffix != ".pyc" and not _is_hidden(inside):
            yield inside.as_posix()
            yield file.read_bytes()


def _is_hidden(path: Path) -> bool:
    # What tools and editors leave beside the code (".hypothesis/", ".x.py.swp") is not of it.
    return any(part.startswith(".") for part in path.parts)
