"""Words that deny or hedge, in sentences made for each context."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.cues import CueKind, find_claim_cues, find_cues


def hedges(text: str) -> list[str]:
    """Give the words of a sentence that hedge."""
    return [cue.text for cue in find_cues(text, CueKind.SPECULATION)]


def denials(text: str) -> list[str]:
    """Give the words of a sentence that deny."""
    return [cue.text for cue in find_cues(text, CueKind.NEGATION)]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("This is most likely a cause.", ["likely"]),
        ("It is possible to store it.", ["possible"]),
        ("A possible cause is named.", ["possible"]),
        ("It was asked if it binds.", ["if"]),
        ("We wished to see if it binds.", ["if"]),
        ("It is unknown if it binds.", ["if"]),
        ("It is unknown whether it binds.", ["unknown", "whether"]),
        ("The cause remains unknown.", ["unknown"]),
        ("It could explain the rash.", ["could"]),
        ("It should be tested.", ["should"]),
        ("The data indicate a second site.", ["indicate"]),
        ("The cause is not known.", ["not known"]),
    ],
)
def test_what_hedges_is_a_cue(text: str, cues: list[str]) -> None:
    assert hedges(text) == cues


@pytest.mark.parametrize(
    "text",
    [
        "All possible values were tried as soon as possible.",
        "No band could be detected.",
        "It could not be stored.",
        "It should be noted.",
        "An unknown protein was cut out.",
        "The potential was measured.",
        "If it rains, we stop.",
    ],
)
def test_the_same_words_elsewhere_are_no_hedges(text: str) -> None:
    assert hedges(text) == []


def test_how_little_is_known_is_denied_or_hedged_never_both() -> None:
    for text in ("It is not known.", "It has not been established.", "It is not fully understood."):
        found = list(find_cues(text))
        assert len(found) == 1, text


def test_either_presence_or_absence_denies_nothing() -> None:
    assert denials("It binds in the presence or absence of salt.") == []
    assert denials("It was seen in the absence of salt.") == ["absence"]


def test_a_claim_has_hedges_of_its_own() -> None:
    text = "These data suggest that the suspected drug, unlikely to be safe, could cause rash."
    denied, hedged = ([span.cut(text) for span in spans] for spans in find_claim_cues(text))
    assert denied == ["unlikely"]
    assert hedged == ["suspected", "unlikely", "could"]


_WORDS = st.sampled_from(
    ["no ", "not ", "may ", "could ", "if ", "unknown ", "likely ", "or ", "absence ", "be ", "NO "]
)


@given(st.lists(_WORDS, max_size=20).map("".join))
def test_cues_stand_where_they_say(text: str) -> None:
    for cue in find_cues(text):
        assert cue.span.cut(text) == cue.text
    for spans in find_claim_cues(text):
        assert list(spans) == sorted(set(spans))
