"""Introductions of lists, on texts made for each layout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.extract.lists import find_leads
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.introductions import MOST_ITEMS
from claimgraph.model import Certainty, Citation, Claim, Document, Modality, Relation


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


# ── What a line makes of its items ──────────────────────────────────────────────────────────────

READ = RuleExtractor()
TITLE = "Zoloft for patients\n\nZoloft (sertraline) is used to treat depression.\n\n"


def say(claim: Claim) -> tuple[object, ...]:
    """Give what a claim says, but not where."""
    return (
        claim.subject.label,
        claim.relation.value,
        claim.object.passage.text if claim.object.passage else "",
        claim.certainty.value,
        claim.cue.text if claim.cue else "",
        tuple((q.type.value, q.passage.text) for q in claim.qualifiers),
    )


def claims(text: str) -> list[Claim]:
    """Give what may be published of the sentences behind the title."""
    document = cut(TITLE + text)
    passed = pass_claims(READ.extract(document), document)
    assert passed.rejections == ()
    return [claim for claim in passed.claims if claim.relation is not Relation.TREATS]


@pytest.mark.parametrize(
    "line",
    [
        "Side effects may include",
        "Common side effects may include",
        "Side effects can include",
        "Common side effects of sertraline include",
        "Zoloft can cause",
        "Possible side effects of Zoloft are",
        "Side effects in children may include",
        "Rare side effects (less than 1%) include",
        "Call your doctor at once if you have",
        "Stop taking Zoloft and call your doctor right away if you get",
    ],
)
def test_a_list_says_what_the_same_words_say_in_one_sentence(line: str) -> None:
    heading = "Side Effects\n\n"
    inline = claims(f"{heading}{line} nausea or a rash.")
    assert len(inline) == 2
    for listed in (
        f"{line}:\n- nausea\n- a rash",
        f"{line}: • nausea • a rash",
        f"{line}:\n\nNausea\n\nA rash",
    ):
        found = [say(claim) for claim in claims(heading + listed)]
        assert [repr(one).lower() for one in found] == [repr(say(one)).lower() for one in inline]


def test_words_behind_a_colon_are_hedged_like_a_list() -> None:
    found = claims("Side Effects\n\nSide effects may include: nausea, rash.")
    assert [say(one)[3:5] for one in found] == [("possible", "may")] * 2


def test_no_item_of_a_hedged_list_is_a_plain_triple() -> None:
    (found,) = claims("Side Effects\n\nPossible side effects of Zoloft are:\n- nausea")
    assert found.cue is not None
    assert not found.is_plain
    assert found.quote.text == "nausea"
    text = cut(TITLE + "Side Effects\n\nPossible side effects of Zoloft are:\n- nausea").text
    assert found.cue.span.cut(text) == "Possible"


def test_an_item_far_below_its_line_is_refused_rather_than_stated() -> None:
    document = cut(TITLE + "Side Effects\n\nSide effects may include:\n" + "- nausea\n" * 250)
    passed = pass_claims(READ.extract(document), document)
    assert len(passed.claims) == 1 + MOST_ITEMS
    assert len(passed.rejections) == 50
    assert not any(c.is_plain for c in passed.claims if c.relation is Relation.HAS_ADVERSE_EFFECT)


def test_how_often_is_told_by_the_line() -> None:
    text = (
        "Possible Side Effects\n\n"
        "Common (may affect up to 1 in 10 people):\n- nausea\n\n"
        "Rare (may affect up to 1 in 1000 people):\n- rash"
    )
    found = [say(one) for one in claims(text)]
    assert [(one[2], one[3], one[5][0]) for one in found] == [
        ("nausea", "asserted", ("frequency", "Common")),
        ("rash", "asserted", ("frequency", "Rare")),
    ]


def test_the_drug_that_a_line_names_is_the_one_of_its_items() -> None:
    text = "Side Effects\n\nSide effects of metformin may include:\n- nausea"
    assert [say(one)[0] for one in claims(text)] == ["metformin"]
    text = "Side Effects\n\nSide effects of metformin and warfarin may include:\n- nausea"
    assert claims(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "Before taking Zoloft, tell your doctor if you have:",
        "Ask a doctor before use if you have:",
        "Zoloft has no known side effects such as:",
    ],
)
def test_what_readers_have_or_the_line_denies_is_no_side_effect(line: str) -> None:
    assert claims(f"Side Effects\n\n{line}\n- nausea\n- rash") == []


def test_a_hedged_use_stays_hedged_in_the_list() -> None:
    document = cut("Zorvan may be used to treat:\n- gout\n- psoriasis")
    found = [say(one) for one in READ.extract(cut_with_drug(document))]
    assert [one[2:5] for one in found] == [
        ("gout", "possible", "may"),
        ("psoriasis", "possible", "may"),
    ]


def cut_with_drug(document: Document) -> Document:
    return replace(document, drug="Zorvan")


@pytest.mark.parametrize(
    "text",
    [
        "Do not take Zoloft:\n- if you have glaucoma",
        "Do not take Zoloft if you have:\n- glaucoma",
        "You should not use Zoloft if you have:\n\nGlaucoma",
    ],
)
def test_what_a_line_forbids_is_a_rule_of_conduct(text: str) -> None:
    (found,) = claims(text)
    assert (found.relation, found.modality) == (Relation.CONTRAINDICATED_FOR, Modality.NORMATIVE)
    assert found.certainty is Certainty.ASSERTED
    assert found.object.label == "glaucoma"
    assert not found.is_plain


def test_what_is_contraindicated_is_said_as_a_fact() -> None:
    (found,) = claims("Zoloft is contraindicated in patients with:\n- glaucoma")
    assert found.modality is Modality.FACTUAL


def test_signs_to_call_a_doctor_for_are_side_effects_of_their_disease_too() -> None:
    heading = "Side Effects\n\n"
    text = "Call your doctor at once if you have signs of a skin reaction (fever, rash)."
    assert [say(one)[2:5] for one in claims(heading + text)] == [
        ("skin reaction", "possible", "if"),
        ("fever", "possible", "if"),
        ("rash", "possible", "if"),
    ]
    text = "Call your doctor at once if you have:\n- signs of a skin reaction: fever, rash"
    assert [say(one)[2:5] for one in claims(heading + text)] == [
        ("skin reaction", "possible", "if"),
        ("fever", "possible", "if"),
        ("rash", "possible", "if"),
    ]


def test_to_call_a_doctor_is_no_side_effect_where_the_dose_is_spoken_of() -> None:
    assert claims("Overdosage\n\nCall your doctor at once if you have:\n- seizures") == []


def test_an_item_that_states_a_use_by_itself_is_not_hedged_by_its_line() -> None:
    document = cut_with_drug(cut("Zorvan may be given for:\n- Zorvan is indicated for gout."))
    (found,) = (c for c in READ.extract(document) if c.relation is Relation.TREATS)
    assert found.certainty is Certainty.ASSERTED


def test_words_that_name_the_drug_again_are_no_condition_of_the_claim() -> None:
    found = claims("She developed hair loss, which was attributed to sertraline.")
    assert [say(one) for one in found] == [
        ("sertraline", "hasAdverseEffect", "hair loss", "asserted", "", ())
    ]
