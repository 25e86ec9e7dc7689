"""Dates as machines write them: read at once, and exactly as the patterns read them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.language import written_dates
from newsgen.language.written_dates import find_dates, read_date

LABELS = st.sampled_from(["", "date: ", "updated: ", "may: ", "z: ", "Date: ", "on ", "12 "])
TEXTS = st.builds(
    "{}{:04}-{:02}-{:02}{}".format,
    LABELS,
    st.integers(1500, 2300),
    st.integers(0, 14),
    st.integers(0, 33),
    st.sampled_from(["", "", "", " ", "T10:00Z", "x"]),
)


@settings(max_examples=500)
@given(text=TEXTS)
def test_a_labelled_day_is_read_as_the_patterns_read_it(text):
    quick = list(find_dates(text)), read_date(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written_dates, "_LABELLED_DAY", re.compile("(?!)"))
        assert quick == (list(find_dates(text)), read_date(text))
