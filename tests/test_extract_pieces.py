"""Sentences as the network sees them, and spans as it says them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from claimgraph.extract.learned.labels import ANSWERS, Layer, Pairing
from claimgraph.extract.learned.pairs import Pair, PairHead, find_sides
from claimgraph.extract.learned.pieces import (
    LAYERS,
    TAGS,
    Pieces,
    find_spans,
    find_words,
    part,
    section_words,
)
from claimgraph.extract.learned.seam import Found
from claimgraph.model import SectionKind

TEXT = "Tetra-amine caused naus ea, and rashes."


def cut(text: str, size: int = 3) -> Pieces:
    """Cut words into pieces of at most so many characters; a mark is a piece by itself."""
    spans: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if character.isspace():
            continue
        joins = (
            spans
            and spans[-1][1] == place
            and place - spans[-1][0] < size
            and character.isalnum()
            and text[place - 1].isalnum()
        )
        spans[-1:] = [(spans[-1][0], place + 1)] if joins else [*spans[-1:], (place, place + 1)]
    return Pieces(tuple(range(len(spans))), tuple(a for a, _ in spans), tuple(b for _, b in spans))


def say(text: str, layer: Layer, *marked: str, sure: float = 0.9) -> np.ndarray:
    """Give tags that mark words of the text, whole, and are sure that nothing else is marked."""
    pieces = cut(text)
    tags = np.zeros((len(pieces), len(LAYERS), TAGS), np.float32)
    tags[:, :, 0] = 1
    for words in marked:
        start = text.index(words)
        places = pieces.of(start, start + len(words))
        assert places is not None
        for number in range(places[0], places[1] + 1):
            begins = number == places[0]
            tags[number, LAYERS.index(layer)] = (
                [1 - sure, sure, 0] if begins else [1 - sure, 0, sure]
            )
    return tags


def words_of(found: tuple[Found, ...], text: str) -> list[str]:
    return [text[one.start : one.end] for one in found]


def test_a_span_of_text_is_the_pieces_that_share_a_character_with_it() -> None:
    pieces = Pieces((7, 8, 9), (0, 3, 6), (3, 5, 9))
    assert pieces.of(0, 3) == (0, 0)
    assert pieces.of(2, 4) == (0, 1)
    assert pieces.of(5, 6) is None
    assert pieces.of(0, 9) == (0, 2)


def test_words_begin_where_letters_and_digits_do_not_go_on() -> None:
    pieces = cut(TEXT)
    words = [TEXT[pieces.starts[n] :].split(maxsplit=1)[0][:2] for n in find_words(TEXT, pieces)]
    assert words == ["Te", "-a", "am", "ca", "na", "ea", ",", "an", "ra", "."]


def test_marked_words_are_found_with_their_probability() -> None:
    found = find_spans(TEXT, cut(TEXT), say(TEXT, Layer.ADVERSE, "naus ea", "rashes"), 0.5)
    assert words_of(found, TEXT) == ["naus ea", "rashes"]
    assert all(one.layer is Layer.ADVERSE for one in found)
    assert [one.probability for one in found] == pytest.approx([0.9, 0.9])


def test_spans_side_by_side_are_told_apart_by_their_beginnings() -> None:
    text = "nausea vomiting"
    apart = find_spans(text, cut(text), say(text, Layer.ADVERSE, "nausea", "vomiting"), 0.5)
    assert words_of(apart, text) == ["nausea", "vomiting"]
    joined = find_spans(text, cut(text), say(text, Layer.ADVERSE, "nausea vomiting"), 0.5)
    assert words_of(joined, text) == ["nausea vomiting"]


def test_marks_at_the_edge_are_no_part_of_a_span() -> None:
    found = find_spans(TEXT, cut(TEXT), say(TEXT, Layer.ADVERSE, "naus ea,"), 0.5)
    assert words_of(found, TEXT) == ["naus ea"]
    assert find_spans(TEXT, cut(TEXT), say(TEXT, Layer.ADVERSE, ","), 0.5) == ()
    assert find_spans("(a", cut("(a"), say("(a", Layer.ADVERSE, "("), 0.5) == ()


def test_a_word_between_two_of_a_span_is_part_of_it() -> None:
    text = "congestive heart failure"
    tags = say(text, Layer.DISEASE, "congestive heart failure")
    pieces = cut(text)
    heart = [n for n, start in enumerate(pieces.starts) if 11 <= start < 16]
    tags[heart, LAYERS.index(Layer.DISEASE)] = [0.7, 0.0, 0.3]
    (found,) = find_spans(text, pieces, tags, 0.5)
    assert words_of((found,), text) == ["congestive heart failure"]
    assert found.probability == pytest.approx(0.9)
    tags[heart, LAYERS.index(Layer.DISEASE)] = [0.99, 0.0, 0.01]
    apart = find_spans(text, pieces, tags, 0.5)
    assert words_of(apart, text) == ["congestive", "failure"]


def test_half_a_word_is_a_word_or_nothing() -> None:
    tags = say(TEXT, Layer.ADVERSE, "ras")  # the first half of "rashes"
    assert words_of(find_spans(TEXT, cut(TEXT), tags, 0.4), TEXT) == ["rashes"]
    assert find_spans(TEXT, cut(TEXT), tags, 0.5) == ()


def test_less_is_found_where_more_certainty_is_asked_for() -> None:
    tags = say(TEXT, Layer.ADVERSE, "rashes", sure=0.6)
    assert words_of(find_spans(TEXT, cut(TEXT), tags, 0.5), TEXT) == ["rashes"]
    assert find_spans(TEXT, cut(TEXT), tags, 0.7) == ()


def test_an_empty_sentence_has_no_spans() -> None:
    assert find_spans("", cut(""), np.zeros((0, len(LAYERS), TAGS), np.float32), 0.5) == ()


@given(st.text("ab 1-,(é", max_size=60), st.data(), st.floats(0.05, 0.95))
def test_no_span_begins_or_ends_inside_a_word(text: str, data: st.DataObject, least: float) -> None:
    pieces = cut(text)
    shape = (len(pieces), len(LAYERS), TAGS)
    tags = data.draw(hnp.arrays(np.float32, shape, elements=st.floats(0.0078125, 1, width=32)))
    tags /= tags.sum(axis=2, keepdims=True)
    found = find_spans(text, pieces, tags, least)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        for border in (one.start, one.end):
            assert not (text[:border][-1:].isalnum() and text[border:][:1].isalnum())
        assert least - 1e-5 <= one.probability <= 1 + 1e-5
    for layer in LAYERS:
        spans = [(one.start, one.end) for one in found if one.layer is layer]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text("ab ,", max_size=80), st.integers(1, 12))
def test_long_sentences_are_read_in_parts_that_leave_nothing_out(text: str, most: int) -> None:
    pieces = cut(text)
    parts = list(part(text, pieces, most))
    assert [n for first, end in parts for n in range(first, end)] == list(range(len(pieces)))
    assert all(0 < end - first <= most for first, end in parts)


def test_parts_end_between_words_where_they_can() -> None:
    text = "abcdef ghijkl mnopqr"  # two pieces a word
    assert list(part(text, cut(text), 3)) == [(0, 2), (2, 4), (4, 6)]
    assert list(part("a" * 15, cut("a" * 15), 2)) == [(0, 2), (2, 4), (4, 5)]


def test_only_sections_that_labels_have_are_named() -> None:
    assert section_words(SectionKind.ADVERSE_REACTIONS) == "adverse reactions"
    assert section_words(SectionKind.OTHER) == section_words(SectionKind.METHODS) == "text"


def test_pieces_know_on_which_side_of_a_pair_they_stand() -> None:
    assert find_sides(Pair((1, 2), (4, 4)), 6).tolist() == [0, 3, 3, 1, 4, 2]
    assert find_sides(Pair((4, 4), (1, 2)), 6).tolist() == [5, 9, 9, 6, 8, 7]


def a_head(seed: int) -> PairHead:
    """Make a head of any weights: 8 hidden, 4 wide."""
    numbers = np.random.default_rng(seed)
    wide = dict.fromkeys(("first", "second", "between", "whole"), (4, 8))
    wide |= dict.fromkeys(("query", "join"), (4, 4))
    wide["answer"] = (sum(map(len, ANSWERS.values())), 4)
    weights = {f"{name}.weight": numbers.normal(size=shape) for name, shape in wide.items()}
    weights |= {f"{name}.bias": numbers.normal(size=shape[0]) for name, shape in wide.items()}
    sides = {name: numbers.normal(size=(10, 4)) for name in ("key_sides", "value_sides")}
    return PairHead(weights | sides)


@given(st.integers(0, 99), st.integers(2, 9), st.data())
def test_the_answers_to_a_question_add_up_to_one(
    seed: int, length: int, data: st.DataObject
) -> None:
    places = st.integers(0, length - 1)
    spans = [tuple(sorted(data.draw(st.tuples(places, places)))) for _ in range(2)]
    numbers = np.random.default_rng(seed)
    hidden = numbers.normal(size=(length, 8)).astype(np.float32)
    keys, values = (numbers.normal(size=(length, 4)).astype(np.float32) for _ in range(2))
    for question, answers in ANSWERS.items():
        said = a_head(seed).answer(hidden, keys, values, question, Pair(*spans))
        assert tuple(said) == answers
        assert sum(said.values()) == pytest.approx(1, abs=1e-5)


def test_a_head_that_lacks_a_weight_is_refused() -> None:
    with pytest.raises(KeyError, match="first"):
        PairHead({"key_sides": np.zeros((10, 4)), "value_sides": np.zeros((10, 4))})


def test_each_question_has_its_own_answers() -> None:
    hidden = np.ones((3, 8), np.float32)
    looks = np.ones((3, 4), np.float32)
    pair = Pair((0, 0), (2, 2))
    said = a_head(1).answer(hidden, looks, looks, Pairing.TREATS, pair)
    assert set(said) == {"none", "treats"}
