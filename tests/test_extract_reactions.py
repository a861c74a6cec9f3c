"""Reactions that labels list: sentences, bullets and tables made for each construct."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.reactions import find_label_reactions
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, Concept, SectionKind, Span

_NAMES = re.compile(
    r"\b(?:rash|nausea|liver failure|pain|swelling|infections|depression|cardiac disorders|"
    r"adverse reactions|(?P<drug>zorvan))\b",
    re.IGNORECASE,
)


def see(
    text: str,
    section: SectionKind = SectionKind.ADVERSE_REACTIONS,
    heading: str | None = None,
) -> SentenceView:
    """Make a view of a text in which the names above are mentions."""
    mentions = []
    for match in _NAMES.finditer(text):
        category = Category.DRUG if match["drug"] else Category.CONDITION
        concept = Concept(match.group().lower().replace(" ", "-"), match.group(), category)
        mentions.append(Found(Span(*match.span()), match.group(), concept))
    return SentenceView(text, tuple(mentions), section, heading)


def read(text: str) -> list[str]:
    """Give the reactions of a text."""
    return [one.object.text for one in find_label_reactions(see(text))]


@pytest.mark.parametrize(
    ("text", "reactions"),
    [
        (
            "Common adverse reactions include nausea, rash, and back pain.",
            ["nausea", "rash", "back pain"],
        ),
        ("* Liver failure [see Warnings (5.1)]", ["Liver failure"]),
        ("  Nausea      12    4\n  Eye pain    3   1", ["Nausea", "Eye pain"]),
        ("ZORVAN can cause serious skin infections.", ["skin infections"]),
        ("Swelling of the tongue was reported.", ["Swelling of the tongue"]),
        ("Pain in the leg or rash occurred.", ["Pain in the leg", "rash"]),
        ("5.2 Liver failure", ["Liver failure"]),
        ("injection site pain; rash", ["injection site pain", "rash"]),
        ("Cardiac disorders: swelling", ["swelling"]),
    ],
)
def test_reactions_are_found_with_their_words(text: str, reactions: list[str]) -> None:
    assert read(text) == reactions


@pytest.mark.parametrize(
    "text",
    [
        "There were no reports of liver failure.",
        "It was not studied in patients with depression.",
        "Zorvan is used for treatment of depression.",
        "Patients had a history of rash.",
        "Monitor for signs of liver failure.",
        "If rash appears, stop the drug.",
        "Adverse reactions are listed in Table 2.",
        "Zorvan should be stopped when rash is suspected.",
        "Monitor: liver failure, rash",
        "Unless rash is mild, ask your doctor.",
        "At baseline, 6% had depression.",
        "Zorvan reduces the risk of liver failure.",
        "Clinical trials in severe depression",
        "Depression patients took part.",
        "Fatigue may indicate liver failure.",
        "Depression: The most common reactions follow.",
        "Other treatment-related adverse reactions",
    ],
)
def test_what_is_denied_treated_or_watched_for_is_no_reaction(text: str) -> None:
    assert read(text) == []


def test_reactions_go_on_behind_a_denial() -> None:
    assert read("No rash was seen; nausea was reported.") == ["nausea"]


def test_a_fatal_reaction_is_death_too() -> None:
    found = list(find_label_reactions(see("Fatal liver failure has occurred.")))
    assert [(one.object.text, one.object.concept.label) for one in found] == [
        ("liver failure", "liver failure"),
        ("Fatal", "death"),
    ]


def test_the_subject_is_left_to_the_label() -> None:
    (one,) = find_label_reactions(see("Rash was reported."))
    assert one.subject is None
    assert one.object.concept.id == "rash"


@pytest.mark.parametrize("section", [SectionKind.INDICATIONS, SectionKind.OTHER])
def test_other_sections_list_no_reactions(section: SectionKind) -> None:
    assert not list(find_label_reactions(see("Nausea, rash", section)))


def test_a_section_on_safety_counts_where_its_heading_speaks_of_reactions() -> None:
    text = "Nausea, rash"
    assert len(list(find_label_reactions(see(text, SectionKind.SAFETY, "Side effects")))) == 2
    assert not list(find_label_reactions(see(text, SectionKind.SAFETY, "Safety")))


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "nausea",
                "Rash",
                "severe",
                "pain",
                " of the ",
                "in",
                "leg",
                "no",
                ", ",
                "\n",
                "   12 ",
                "and",
                "fatal",
                "(",
                ")",
                "Zorvan",
                "/",
                "-",
                "liver failure",
                "with",
                "may",
                "swelling",
            ]
        )
    ).map(" ".join)
)
def test_reactions_of_any_text_lie_in_it_apart(text: str) -> None:
    view = see(text)
    done = 0
    for one in find_label_reactions(view):
        assert one.object.span.cut(view.text) == one.object.text
        assert "\n" not in one.object.text
        if one.rule == "label-reaction":
            assert one.object.span.start >= done
            done = one.object.span.end
