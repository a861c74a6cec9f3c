"""Hints: a pattern is never left untried where letters that it needs stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.hints import DIGIT, Hint, read_hints

LETTERS = ("no ", " of ", "rash", "due to", "-line| line", "%", "e.g.", "have to be", " in")
HINTS = {letters: Hint(*letters.split("|")) for letters in LETTERS}
DIGITS = Hint(DIGIT)
WORDS = st.sampled_from(
    ["no", "of", "due", "to", "rash", "rashes,", "(first-line)", "5%", "e.g.", "have", "be", "in"]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join), st.text("noduet of%.-li\n", max_size=30)
)


@pytest.mark.parametrize("letters", LETTERS)
@given(text=TEXTS)
def test_a_hint_stands_exactly_where_its_letters_stand(letters: str, text: str) -> None:
    hints = read_hints(text)
    expected = any(one in text for one in letters.split("|"))
    assert HINTS[letters].stands_in(text, hints) is expected
    assert not expected or hints & HINTS[letters].bit


@pytest.mark.parametrize(("text", "expected"), [("5 mg", True), ("a (2-week) pause", True),
                                                ("five tablets #", False)])  # fmt: skip
def test_digits_stand_where_any_digit_stands(text: str, expected: bool) -> None:
    assert bool(read_hints(text) & DIGITS.bit) is expected


def test_a_hint_made_later_is_found_in_words_that_were_read_before() -> None:
    before = read_hints("unheard-of words")
    late = Hint("unheard")
    assert not before & late.bit
    assert read_hints("unheard-of words") & late.bit
