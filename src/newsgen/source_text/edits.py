"""Edits lead from the text that is read to the source text: make them, put two runs together."""

from bisect import bisect_right

from newsgen.model import Edit


def compose(first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Join edits source to middle (`first`) and middle to reading (`second`) into one run.

    Edits that change the same characters of the middle text become one.
    """
    if not first or not second:
        return first or second
    composed: list[Edit] = []
    groups = _groups(first, second)
    for middle_start, middle_end, in_first, in_second in groups:
        source = (_back(first, middle_start, in_first[0]), _back(first, middle_end, in_first[1]))
        reading = (
            _forth(second, middle_start, in_second[0]),
            _forth(second, middle_end, in_second[1]),
        )
        composed.append(Edit(*reading, *source))
    return tuple(composed)


_Group = tuple[int, int, tuple[int, int], tuple[int, int]]


def _groups(first: tuple[Edit, ...], second: tuple[Edit, ...]) -> list[_Group]:
    """Stretches of the middle text that either run changes, with the edits inside each.

    Only edits that overlap share a stretch: touching ones stay apart, or a text written wholly in
    escapes would become one edit that no line inside could lead out of.
    """
    groups: list[_Group] = []
    one = two = 0
    while one < len(first) or two < len(second):
        one_start, two_start = one, two
        start = end = min(
            first[one].start if one < len(first) else second[two].source_start,
            second[two].source_start if two < len(second) else first[one].start,
        )
        if one < len(first) and first[one].start == start:
            end, one = first[one].end, one + 1
        else:
            end, two = second[two].source_end, two + 1
        while True:
            if one < len(first) and first[one].start < end:
                end, one = max(end, first[one].end), one + 1
            elif two < len(second) and second[two].source_start < end:
                end, two = max(end, second[two].source_end), two + 1
            else:
                break
        groups.append((start, end, (one_start, one), (two_start, two)))
    return groups


def _back(edits: tuple[Edit, ...], offset: int, before: int) -> int:
    """The source offset of a middle offset that has `before` edits before it."""
    if before == 0:
        return offset
    last = edits[before - 1]
    return last.source_end + (offset - last.end)


def _forth(edits: tuple[Edit, ...], offset: int, before: int) -> int:
    if before == 0:
        return offset
    last = edits[before - 1]
    return last.end + (offset - last.source_end)


def reading_offset(edits: tuple[Edit, ...], source: int) -> int:
    """Lead an offset in the source text to the reading text; inside an edit, to its end."""
    index = bisect_right(edits, source, key=lambda edit: edit.source_start)
    if index == 0:
        return source
    last = edits[index - 1]
    if source < last.source_end:
        return last.end if source > last.source_start else last.start
    return last.end + (source - last.source_end)
