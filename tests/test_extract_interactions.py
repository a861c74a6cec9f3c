"""Rules for interactions of drugs, on sentences made for each construct."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.interactions import find_interactions
from claimgraph.extract.skeleton import DRUG
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, Certainty, Concept, Modality, Polarity, SectionKind, Span

_MARKED = re.compile(r"\{([^{}]+)\}")


def see(marked: str) -> SentenceView:
    """Make a view of a sentence in which drugs stand in braces."""
    text, mentions, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match[1]
        at = match.end()
        concept = Concept(match[1].lower().replace(" ", "-"), match[1], Category.DRUG)
        mentions.append(Found(Span(start, len(text)), match[1], concept))
    return SentenceView(text + marked[at:], tuple(mentions), SectionKind.INTERACTIONS)


def read(marked: str) -> set[tuple[str, str, str]]:
    """Give what is affirmed: the two drugs in text order and the kind."""
    return {
        (one.subject.text, one.object.text, one.detail)
        for one in find_interactions(see(marked))
        if one.subject is not None and one.polarity is Polarity.AFFIRMED
    }


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("{Zorvan} increases plasma levels of {telbin}.", "mechanism"),
        ("Clearance of {telbin} was reduced by {zorvan}.", "mechanism"),
        ("{Zorvan} may potentiate the sedative effects of {telbin}.", "effect"),
        ("Use of {zorvan} with {telbin} has caused bleeding.", "effect"),
        ("Bleeding occurred in patients given {zorvan} while receiving {telbin}.", "effect"),
        ("{Zorvan} should not be given with {telbin}.", "advise"),
        ("Caution is advised when {zorvan} is added to {telbin}.", "advise"),
        ("{Zorvan} interacts with {telbin}.", "int"),
        ("Concomitant use of {zorvan} and {telbin} increases the risk of falls.", "effect"),
        ("{Zorvan} and {telbin} should not be taken together.", "advise"),
    ],
)
def test_each_construct_gives_its_kind(marked: str, kind: str) -> None:
    assert {one[2] for one in read(marked)} == {kind}


@pytest.mark.parametrize(
    "marked",
    [
        "{Zorvan}, {telbin} and {moxa} are used for pain and reduce fever.",
        "{Zorvan} is metabolized to {norzorvan}.",
        "The risk of falls was lower with {zorvan} than with {telbin}.",
        "{Zorvan} and {telbin} were studied.",
        "{Zorvan} increases levels of {zorvan}.",
        "{Zorvan} reduces pain.",
        "These include {zorvan}, platelet inhibitors, other calming agents, and {telbin}.",
    ],
)
def test_drugs_that_do_not_interact_give_nothing(marked: str) -> None:
    assert read(marked) == set()


@pytest.mark.parametrize("name", ["GABA", "serotonin", "uric acid"])
def test_what_the_body_makes_interacts_with_no_drug(name: str) -> None:
    assert read(f"{{Zorvan}} potentiates the effect of {{{name}}}.") == set()
    assert read(f"Concomitant use of {{zorvan}} and {{{name}}} increases sedation.") == set()


def test_a_substance_of_the_body_that_somebody_marked_as_a_drug_interacts() -> None:
    """Who gives the mentions has decided what is a drug."""
    view = see("{Zorvan} potentiates the effect of {serotonin}.")
    given_mentions = tuple(replace(one, detail="drug") for one in view.mentions)
    (one,) = find_interactions(replace(view, mentions=given_mentions))
    assert one.object.text == "serotonin"


def test_members_of_a_list_interact_with_the_other_side_only() -> None:
    found = read("{Moxas} (e.g., {zorvan}, {telbin}, or {pirol}) increase levels of {quenda}.")

    assert found == {(one, "quenda", "mechanism") for one in ("Moxas", "zorvan", "telbin", "pirol")}


def test_a_list_may_be_set_off_by_semicolons() -> None:
    found = read("Levels of {quenda} are increased by {zorvan}; {telbin}; {moxa}.")

    assert found == {("quenda", one, "mechanism") for one in ("zorvan", "telbin", "moxa")}


def test_a_heading_is_not_the_subject_of_its_sentence() -> None:
    found = read("{Azoles}: {Zorvan} increases plasma levels of {telbin}.")

    assert found == {("Zorvan", "telbin", "mechanism")}


def test_a_heading_without_another_subject_is_the_subject() -> None:
    assert read("{Zorvan}: may decrease levels of {telbin}.") == {("Zorvan", "telbin", "mechanism")}


def test_a_repeated_drug_is_paired_once() -> None:
    found = read("{Zorvan} raises {telbin} levels, and {telbin} toxicity may follow {zorvan}.")

    assert found == {("Zorvan", "telbin", "mechanism")}


def test_two_drugs_that_act_together_are_not_paired_with_what_they_change() -> None:
    found = read("Coadministration of {zorvan} with {telbin} increased {moxa} levels.")

    assert found == {("zorvan", "telbin", "mechanism")}


def test_statements_on_both_sides_of_a_semicolon_are_kept_apart() -> None:
    found = read("{Zorvan} increases levels of {telbin}; {moxa} prolongs sleep.")

    assert found == {("Zorvan", "telbin", "mechanism")}


@pytest.mark.parametrize(
    "marked",
    [
        "{Zorvan} had no effect on the clearance of {telbin}.",
        "{Zorvan} did not alter plasma levels of {telbin}.",
        "Levels of {telbin} were unaffected by {zorvan} and did not increase.",
        "No dose adjustment is needed when {zorvan} is given with {telbin}.",
    ],
)
def test_what_is_denied_is_never_affirmed(marked: str) -> None:
    assert read(marked) == set()


def test_a_denial_is_proposed_with_its_word() -> None:
    view = see("{Zorvan} did not alter plasma levels of {telbin}.")

    (found,) = find_interactions(view)

    assert found.polarity is Polarity.NEGATED
    assert found.negation is not None
    assert found.negation.cut(view.text) == "not"


def test_a_denial_ends_at_but() -> None:
    found = read("{Zorvan} did not alter sleep, but {moxa} increased levels of {telbin}.")

    assert found == {("moxa", "telbin", "mechanism")}


def test_advice_not_to_combine_is_affirmed_and_normative() -> None:
    (found,) = find_interactions(see("{Zorvan} should not be given with {telbin}."))

    assert (found.modality, found.polarity) == (Modality.NORMATIVE, Polarity.AFFIRMED)


def test_what_is_hedged_is_possible() -> None:
    (found,) = find_interactions(see("{Zorvan} may increase plasma levels of {telbin}."))

    assert found.certainty is Certainty.POSSIBLE


WORDS = st.sampled_from(
    [
        *("{Zorvan}", "{telbin}", "{moxa}", "{quenda}", "increases", "levels", "of", "with", "by"),
        *(":", ",", "(", ")", ";", "and", "not", "should", "no", "but", "interaction", "combined"),
        *("patients receiving", "e.g.,", "may", "-", "/", "İ", DRUG, "ß.", "risk", "together"),
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_any_sentence_is_read_and_only_its_mentions_are_used(words: list[str]) -> None:
    view = see(" ".join(words))
    pairs = []

    for one in find_interactions(view):
        assert one.subject is not None
        assert one.subject in view.mentions
        assert one.object in view.mentions
        pairs.append(frozenset((one.subject.text, one.object.text)))

    assert len(pairs) == len(set(pairs))
    assert all(len(pair) == 2 for pair in pairs)
