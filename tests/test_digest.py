import hashlib
import shutil
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

import newsgen.digest
from newsgen.digest import digest, digest_of, digest_of_code, sha256, short_id
from newsgen.model import Span, Subject

PARTS = st.lists(st.binary(max_size=8), max_size=4)


@given(PARTS, PARTS)
def test_different_parts_have_different_digests(one, other):
    assume(one != other)
    assert digest(*one) != digest(*other)


def test_borders_between_parts_count():
    assert digest("a", "b") != digest("ab") != digest("ab", "")


def test_text_and_its_utf8_are_one():
    assert digest("é") == digest("é".encode())


def test_a_digest_is_32_hex_digits_for_odd_text_too():
    assert len(digest("\ud800")) == len(digest()) == 32
    assert int(digest("x"), 16) >= 0


def test_a_record_is_hashed_by_its_fields():
    assert digest_of(Span(1, 2)) == digest_of(Span(1, 2)) != digest_of(Span(2, 1))
    assert digest_of(Subject("term", "a")) != digest_of(Subject("a", "term"))


def test_the_order_of_a_mapping_does_not_count():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


def test_sha256_is_what_other_tools_print():
    assert sha256(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_an_id_is_twelve_hex_digits_of_the_sha256():
    assert short_id("articles/a.txt") == sha256(b"articles/a.txt")[:12]
    assert len(short_id("\udcff")) == 12


def test_the_digest_of_code_names_its_modules():
    every = digest_of_code()
    assert digest_of_code("text") != digest_of_code("model") != every
    assert digest_of_code(without=frozenset({"text"})) != every
    assert digest_of_code("pages") != digest_of_code("pages", "text")
    assert digest_of_code("nothing of this name") == digest()


def test_what_tools_leave_beside_the_code_is_not_of_it(tmp_path, monkeypatch):
    root = tmp_path / ".venv" / "newsgen"
    shutil.copytree(Path(newsgen.digest.__file__).parent, root)
    monkeypatch.setattr(newsgen.digest, "__file__", str(root / "digest.py"))
    uncached = digest_of_code.__wrapped__
    before = uncached(), uncached("pages")
    for place in (".hypothesis", "pages/.hypothesis", "pages/__pycache__"):
        (root / place).mkdir(exist_ok=True)
    for path in (".hypothesis/examples", "pages/.hypothesis/x", "pages/.term.py.swp", ".x.py"):
        (root / path).write_text("left behind")
    (root / "pages/__pycache__/term.cpython-399.pyc").write_text("left behind")
    assert (uncached(), uncached("pages")) == before
    (root / "pages/term.py").write_text("another code")
    assert uncached("pages") != before[1]
