"""English plurals, as far as their endings tell."""

import pytest

from newsgen.language.plurals import forms_of, singular_of


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("farms", "farm"),
        ("ferries", "ferry"),
        ("boxes", "box"),
        ("churches", "church"),
        ("heroes", "hero"),
        ("houses", "house"),
        ("women", "woman"),
        ("fishermen", "fisherman"),
        ("children", "child"),
        ("viruses", "virus"),
        ("movies", "movie"),
    ],
)
def test_a_plural_and_its_singular_are_one(plural, singular):
    assert singular_of(plural) == singular_of(singular) == singular
    assert {plural, singular} <= {*forms_of(singular), *forms_of(plural)}


@pytest.mark.parametrize(
    "noun", ["press", "bus", "crisis", "physics", "species", "news", "gas", "specimen", "sea", "us"]
)
def test_what_only_looks_like_a_plural_stays(noun):
    assert singular_of(noun) == noun


def test_a_noun_that_is_its_own_plural_has_one_form():
    assert forms_of("species") == ("species",)
