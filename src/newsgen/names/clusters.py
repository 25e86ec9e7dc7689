"""Clusters of words that are used alike: what is like "Lagos", "Ltd" or "coach" though never seen.

The file holds no words: their 32-bit hashes in rising order, four bytes each, the lowest first, and
then a byte for the cluster of each. One unknown word in six thousand meets a hash by chance.
"""

import sys
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from newsgen.wordlists import DATA

FILE = DATA / "names_clusters.bin"
_ENTRY = 5  # bytes a word takes


class _Clusters(NamedTuple):
    hashes: "array[int]"
    numbers: bytes


@cache
def _clusters() -> _Clusters:
    content = FILE.read_bytes()
    count = len(content) // _ENTRY
    hashes = array("I")
    hashes.frombytes(content[: 4 * count])
    if sys.byteorder == "big":
        hashes.byteswap()
    return _Clusters(hashes, content[4 * count :])


def hash_of(word: str) -> int:
    """The hash by which a word is known."""
    return crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=30_000)
def cluster_of(word: str) -> str:
    """The number of the cluster a word is in, as it is written or in small letters; "" for none."""
    hashes, numbers = _clusters()
    for form in (word, word.lower()):
        wanted = hash_of(form)
        at = bisect_left(hashes, wanted)
        if at < len(hashes) and hashes[at] == wanted:
            return str(numbers[at])
    return ""


def packed(clusters: dict[str, int]) -> bytes:
    """The content of the file; of words with one hash the first in the order of the words stays."""
    numbers: dict[int, int] = {}
    for word in sorted(clusters):
        numbers.setdefault(hash_of(word), clusters[word])
    hashes = array("I", sorted(numbers))
    if sys.byteorder == "big":
        hashes.byteswap()
    return hashes.tobytes() + bytes(numbers[one] for one in sorted(numbers))
