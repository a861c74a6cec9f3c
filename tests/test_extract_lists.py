"""Introductions of lists, on texts made for each layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.extract.lists import find_leads
from claimgraph.model import Citation, Document


def cut(text: str) -> Document:
    return cut_text(text, id="text", citation=Citation("A text"))


def leads(text: str) -> dict[str, str]:
    """Give the introduction of each sentence that has one."""
    document = cut(text)
    found = zip(document.sentences, find_leads(document), strict=True)
    return {sentence.text: lead for sentence, lead in found if lead}


@pytest.mark.parametrize(
    "text",
    [
        "Zorvan is indicated for:\n• gout\n• lupus",
        "Zorvan is indicated for: • gout • lupus",
        "Zorvan is indicated for:\n- gout\n- lupus\n\nIt is taken daily.",
        "Zorvan is indicated for:\n\n gout\n\n lupus\n\nIt is taken once a day. It is white.",
    ],
)
def test_items_stand_below_their_introduction(text: str) -> None:
    lead = "Zorvan is indicated for:"
    assert leads(text) == {"gout": lead, "lupus": lead}


def test_a_line_without_a_full_stop_introduces_the_next() -> None:
    assert leads("It is not effective in\n\nyeast infections\n\nmould infections") == {
        "yeast infections": "It is not effective in",
        "mould infections": "It is not effective in",
    }


def test_an_item_may_introduce_items() -> None:
    found = leads("Zorvan treats:\n• skin diseases such as:\n• eczema")
    assert found["eczema"] == "Zorvan treats:\nskin diseases such as:"


def test_prose_has_no_introduction() -> None:
    assert leads("Zorvan treats gout. It treats lupus, too.\n\nIt is white.") == {}


@given(
    st.lists(
        st.sampled_from(["gout", "It is for:", "• ", "\n", "\n\n", ". ", "A b", "1. ", ""]),
        max_size=30,
    )
)
def test_every_sentence_has_one_entry_of_bounded_length(pieces: list[str]) -> None:
    document = cut("".join(pieces))
    found = find_leads(document)
    assert len(found) == len(document.sentences)
    assert all(len(lead) <= 601 for lead in found)
