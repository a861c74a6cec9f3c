"""Which line stands above which items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.introductions import MOST_ITEMS, find_lines, find_lines_above
from claimgraph.model import Citation, Document


def cut(text: str) -> Document:
    return cut_text(text, id="text", citation=Citation("A text"))


def lines(text: str) -> list[tuple[str, ...]]:
    """Give the lines above each sentence, the nearest first."""
    return [tuple(line.text for line in above) for above in find_lines(cut(text))]


ROOT = "It may cause:"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ROOT}\n- rash\n- gout\n\nIt is white.", [(), (ROOT,), (ROOT,), ()]),
        (f"{ROOT} • rash • gout", [(), (ROOT,), (ROOT,)]),
        (f"{ROOT}\n\nRash\n\nGout\n\nIt is white.", [(), (ROOT,), (ROOT,), ()]),
        (f"{ROOT}\n- rash. Stop it.\n- gout", [(), (ROOT,), (ROOT,), (ROOT,)]),
        (f"{ROOT}\n1. rash\n2. gout", [(), (ROOT,), (ROOT,)]),
        ("It may cause rash.\n- gout", [(), ()]),
    ],
    ids=["bullets", "bullets in a line", "short lines", "two sentences", "numbers", "no colon"],
)
def test_items_stand_below_their_line(text: str, expected: list[tuple[str, ...]]) -> None:
    assert lines(text) == expected


def test_an_item_that_ends_in_a_colon_has_items_of_its_own() -> None:
    bowel = "In the bowel, with food:"
    text = f"{ROOT}\nSkin:\n- rash\n\nIn the bowel, with food:\n- cramps"
    assert lines(text) == [(), (ROOT,), ("Skin:", ROOT), (ROOT,), (bowel, ROOT)]


def test_one_of_two_lines_does_not_stand_above_the_items_of_the_other() -> None:
    assert lines("Some are common:\n\nRash\n\nGout\n\nSome are rare:\n\nFever")[-1] == (
        "Some are rare:",
    )


def test_a_line_of_another_section_stands_above_nothing() -> None:
    assert lines(f"A text\n\nSide Effects\n\n{ROOT}\n\nUses\n\n- gout")[-1] == ()


def test_a_line_is_not_looked_for_without_end() -> None:
    document = cut(ROOT + "\n- rash" * (MOST_ITEMS + 5))
    assert all(list(find_lines(document))[1:])
    assert find_lines_above(document, MOST_ITEMS + 1)
    assert find_lines_above(document, MOST_ITEMS + 2) == ()


PIECES = ["Rash", "It may:", "Skin:", "- ", "• ", "\n", "\n\n", ". ", "gout ", "1. ", "It is. "]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_asked_for_one_sentence_the_lines_are_the_same(pieces: list[str]) -> None:
    document = cut("".join(pieces))
    for sentence, above in zip(document.sentences, find_lines(document), strict=True):
        assert find_lines_above(document, sentence.number) == above
        for line in above:
            assert line.text.endswith(":")
            assert line.section == sentence.section
            assert line.span.end <= sentence.span.start
