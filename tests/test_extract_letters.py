"""Patterns that take capital and small letters as the same: they find what `re` would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.letters import AnyCase, group_span, to_small

PATTERNS = (
    r"\b(?:rash|Fever|skin)\b",
    r"(?<![\w-])(?P<Name>[A-Z][a-z-]*) (?:is|IS)",
    r"\. (?=[A-Z])|[^\W\d_]+\D\S",
    r"[\w.]+@(?P<host>[a-k]+)",
)
# Letters that small letters and `re.IGNORECASE` treat each in their own way are among them.
TEXTS = st.text(alphabet="RrAaSsHhIiKk .-@µ\u00b5\u0130\u0131\u017f\u212aΣσς5", max_size=40)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS, start=st.integers(0, 10), length=st.integers(0, 40))
def test_places_are_those_that_ignoring_case_gives(
    pattern: str, text: str, start: int, length: int
) -> None:
    ours, theirs = AnyCase(pattern), re.compile(pattern, re.IGNORECASE)
    end = start + length

    def span(match: re.Match[str] | None) -> tuple[int, int] | None:
        return None if match is None else match.span()

    assert [m.span() for m in ours.finditer(text, start, end)] == [
        m.span() for m in theirs.finditer(text, start, end)
    ]
    assert span(ours.search(text, start, end)) == span(theirs.search(text, start, end))
    assert span(ours.match(text, start, end)) == span(theirs.match(text, start, end))
    assert span(ours.fullmatch(text, start, end)) == span(theirs.fullmatch(text, start, end))


@given(TEXTS)
def test_small_letters_stand_where_the_letters_stood(text: str) -> None:
    small = to_small(text)
    assert small is None or len(small) == len(text)


def test_the_place_of_a_group_has_no_white_space_around_it() -> None:
    match = re.compile(r"is(?P<not> +not +)?(?P<how>\w+)?").match("is  not rare")
    assert match is not None
    place = group_span(match, "not")
    assert place is not None
    assert place.cut(match.string) == "not"
    bare = re.compile(r"is(?P<not> not)?").match("is rare")
    assert bare is not None
    assert group_span(bare, "not") is None
