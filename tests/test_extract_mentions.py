"""Mentions: names of a lexicon, and conditions by the shape of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.mentions import UNLISTED, find_mentions, widen
from claimgraph.extract.view import Found
from claimgraph.lexicon import Entry, Lexicon, Match, load_lexicon
from claimgraph.model import Category, Concept, Span

_NAMES = {
    "zorvan": (Category.DRUG, False),
    "gravid fever": (Category.CONDITION, False),
    "rash": (Category.CONDITION, False),
    "infection": (Category.CONDITION, False),
    "blood pressure": (Category.PROCESS, False),
    "dia": (Category.CONDITION, True),
}


class FewNames(Lexicon):
    """A lexicon of the names above, without a file."""

    def __init__(self) -> None:
        pass

    def find(self, text: str) -> Iterator[Match]:
        for match in re.finditer(rf"\b(?:{'|'.join(_NAMES)})\b", text, re.IGNORECASE):
            category, ambiguous = _NAMES[match.group().lower()]
            concept = Concept(match.group().lower().replace(" ", "-"), match.group(), category)
            yield Match(Span(*match.span()), (Entry(concept, (), ambiguous, "here"),))


NAMES = FewNames()


def unlisted(text: str) -> list[str]:
    """Give the conditions found by their shape."""
    return [one.text for one in find_mentions(text, NAMES) if one.detail == UNLISTED]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("She had a purulent eyelid eruption.", "purulent eyelid eruption"),
        ("There was dacryolithiasis.", "dacryolithiasis"),
        ("It led to decreased night vision.", "decreased night vision"),
        ("We saw loss of taste.", "loss of taste"),
        ("Then increased serum zorvan levels came.", "increased serum zorvan levels"),
        ("The platelet count decreased.", "platelet count decreased"),
        ("With reduced blood pressure.", "reduced blood pressure"),
        ("It relieves nasal symptoms.", "nasal symptoms"),
        ("It caused a deep wound infection.", "deep wound infection"),
    ],
)
def test_conditions_are_found_by_their_shape(text: str, condition: str) -> None:
    assert unlisted(text) == [condition]


@pytest.mark.parametrize(
    "text",
    [
        "The diagnosis and the analysis.",
        "Reactions and lesions.",
        "An increased dose.",
        "An infection.",
        "It was reduced gradually.",
        "For all washing purposes.",
        "",
        "A (B).",
    ],
)
def test_other_words_are_no_conditions(text: str) -> None:
    assert unlisted(text) == []


def test_an_abbreviation_stands_for_the_condition_before_it() -> None:
    found = find_mentions("Gravid fever (GF) came; rash (XY) too.", NAMES)
    assert [(one.text, one.concept.id) for one in found] == [
        ("Gravid fever", "gravid-fever"),
        ("GF", "gravid-fever"),
        ("rash", "rash"),
    ]


def test_an_ambiguous_name_counts_where_the_text_defines_it() -> None:
    assert not find_mentions("DIA was seen.", NAMES)
    assert [one.text for one in find_mentions("DIA was seen.", NAMES, known=("DIA",))] == ["DIA"]


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("with severe bullous rash syndrome today", "severe bullous rash syndrome"),
        ("several previous rash", "rash"),
        ("acute, rash", "rash"),
    ],
)
def test_adjectives_widen_a_condition(text: str, wide: str) -> None:
    (found,) = find_mentions(text, NAMES)
    widened = widen(text, found, 0, len(text))
    assert widened.text == wide
    assert widened.concept == found.concept


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "Zorvan",
                "rash",
                "gravid fever",
                "blood pressure",
                "decreased",
                "loss of",
                "serum",
                "severe",
                "skin",
                "lesions",
                "(GF)",
                "colitis",
                ",",
                "and",
                "count",
                "levels",
                "of the",
                "—",
                "é",
            ]
        )
    ).map(" ".join)
)
def test_mentions_lie_in_the_text_and_cross_nowhere(text: str) -> None:
    found = find_mentions(text, NAMES)
    for one in found:
        assert one.span.cut(text) == one.text
    for first, second in pairwise(found):
        assert _are_apart(first, second) or _is_around(first, second)


def _are_apart(first: Found, second: Found) -> bool:
    return first.span.end <= second.span.start


def _is_around(outer: Found, inner: Found) -> bool:
    return outer.detail == UNLISTED and outer.span.covers(inner.span)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Zorvan inhibits interleukin-2.", Category.TARGET),
        ("Zorvan lowers IL-2 levels.", Category.TARGET),
        ("Zorvan blocks thrombin.", Category.TARGET),
        ("Interleukin-2 therapy caused fever.", Category.DRUG),
        ("IL-2-induced fever was seen.", Category.DRUG),
        ("He was treated with IL-2.", Category.DRUG),
        ("Topical thrombin was used.", Category.DRUG),
    ],
)
def test_what_is_given_to_people_is_a_drug(text: str, category: Category) -> None:
    kinds = {one.concept.category for one in find_mentions(text, load_lexicon())}
    assert kinds & {Category.TARGET, Category.DRUG} == {category}
