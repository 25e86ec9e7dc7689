"""First looks at lines: whatever a pattern matches, the look before it lets through."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.layout import first_look, headings, wording

LOOKS = {
    "_RIGHTS": first_look.may_be_rights,
    "_CREDIT": first_look.may_be_credit,
    "_FURNITURE": first_look.may_be_furniture,
    "_MENU": first_look.may_be_menu,
    "_CAPTION": first_look.may_be_caption,
    "_CASED_CAPTION": first_look.may_be_cased_caption,
}
PATTERNS = [*LOOKS, "_URL", "_PICTURE_RIGHTS", "_STAMPED", "_UPDATED", "_NUMERIC_DATE"]


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand in no bracket."""
    found, depth, piece, place = [], 0, "", 0
    in_class = False
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            piece += pattern[place : place + 2]
            place += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        if char == "|" and depth == 0 and not in_class:
            found.append(piece)
            piece = ""
        else:
            piece += char
        place += 1
    return [*found, piece]


CASES = [
    (name, alternative)
    for name in PATTERNS
    for alternative in alternatives(getattr(wording, name).pattern)
]


DATED = ("_STAMPED", "_UPDATED", "_NUMERIC_DATE")


@pytest.mark.parametrize(("name", "alternative"), CASES)
@settings(max_examples=30)
@given(data=st.data())
def test_a_match_of_a_pattern_passes_the_looks_before_it(name, alternative, data):
    whole = getattr(wording, name)
    line = data.draw(st.from_regex(re.compile(alternative, whole.flags))).strip()
    behind = line
    if name == "_FURNITURE":  # which is matched, and may stand behind a mark or two
        behind = line[re.match(r"[^\w#【]{0,3}", line).end() :]
    found = (
        whole.search(line)
        if name not in ("_FURNITURE", "_URL", "_MENU", "_STAMPED")
        else (whole.match(line) or whole.match(behind))
    )
    if found and line:
        look = LOOKS.get(name)
        assert look is None or look(line)
        if name in DATED:  # of these, a plain line with a digit is asked
            assert first_look.has_digit(line)
            return
        assert not first_look.is_plain(line)
        text = f"Words.\n{line.replace(' ', chr(10))}"
        assert not first_look.is_plain(line, first_look.signs_in(text))


WORDS = st.sampled_from(
    "a the this by Photo PHOTO photo Reuters AP via / | - -- – ( ) [ ] © (c) copyright rights"
    " reserved 2020 2020-01-02 12 January Monday Paris Zürich “We said.” . ! ? , : ; editor edited"
    " © ſource ıt İmage Editor's Source: EDİTORS: 图为 摄 ② ² www.x.org https://a.b @me #tag 【1】"
    " In aerial file picture Read more READ MORE contributed written permission & ' ’ …".split()
)
LINES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join) | st.text(min_size=1, max_size=30)


def slow_role_of(line, monkeypatch):
    with monkeypatch.context() as patch:
        for name in dir(first_look):
            if name.startswith("may_be_"):
                patch.setattr(wording, name, lambda line: True)
        patch.setattr(wording, "is_plain", lambda line, signs: False)
        patch.setattr(wording, "has_digit", lambda line: any(char.isdigit() for char in line))
        return wording.role_of(line)


@settings(max_examples=3000)
@given(line=LINES.map(str.strip).filter(bool))
def test_the_looks_change_no_role(line):
    with pytest.MonkeyPatch.context() as patch:
        assert wording.role_of(line) == slow_role_of(line, patch)


def test_no_digit_is_overlooked():
    for code in range(sys.maxunicode + 1):
        assert first_look.has_digit(chr(code)) == chr(code).isdigit()


@given(line=st.text(st.sampled_from("ab .!?…。\"'”)]\n-"), max_size=9))
def test_a_sentence_ends_with_its_mark_and_what_closes_behind_it(line):
    end = re.search(r"[.!?。！？…؟।][\"'”’»)\]）」』]*$", line)
    assert headings.ends_sentence(line) == bool(end)
