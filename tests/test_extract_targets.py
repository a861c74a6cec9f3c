"""Rules for what a drug does to a protein, on sentences made for each construct."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.skeleton import DRUG, TARGET
from claimgraph.extract.targets import find_target_relations
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, Certainty, Concept, Polarity, Relation, SectionKind, Span

CATEGORIES = {"d": Category.DRUG, "c": Category.DRUG_CLASS, "p": Category.TARGET}
_MARKED = re.compile(r"\{([dcp]):([^{}]+)\}")


def see(marked: str) -> SentenceView:
    """Make a view of a sentence in which mentions are written {d:drug}, {c:class}, {p:protein}."""
    text, mentions, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match[2]
        at = match.end()
        concept = Concept(match[2].lower().replace(" ", "-"), match[2], CATEGORIES[match[1]])
        mentions.append(Found(Span(start, len(text)), match[2], concept))
    return SentenceView(text + marked[at:], tuple(mentions), SectionKind.OTHER)


def read(marked: str) -> set[tuple[str, str, str]]:
    """Give what is affirmed: drug, detail, protein."""
    return {
        (one.subject.text, one.detail, one.object.text)
        for one in find_target_relations(see(marked))
        if one.subject is not None and one.polarity is Polarity.AFFIRMED
    }


@pytest.mark.parametrize(
    ("marked", "detail"),
    [
        ("{d:Zorvan} potently inhibits {p:KRX2}.", "inhibits"),
        ("{d:Zorvan} reduced the expression of {p:KRX2} in liver.", "inhibits"),
        ("{p:KRX2} was strongly inhibited by {d:zorvan}.", "inhibits"),
        ("We studied the inhibition of {p:KRX2} by {d:zorvan}.", "inhibits"),
        ("The inhibitory effect of {d:zorvan} on {p:KRX2} was small.", "inhibits"),
        ("{d:Zorvan} stimulates {p:KRX2} activity.", "activates"),
        ("{d:Zorvan}-induced {p:KRX2} expression fell later.", "activates"),
        ("{d:Zorvan}-induced inhibition of {p:KRX2} was brief.", "inhibits"),
        ("Levels of {p:KRX2} increased in {d:zorvan}-treated rats.", "activates"),
        ("{d:Zorvan}, a selective {p:KRX2} agonist, was given.", "agonist"),
        ("{d:Zorvan} is an agonist at human {p:KRX2} sites.", "agonist"),
        ("The {p:KRX2} antagonist {d:zorvan} was given.", "antagonist"),
        ("{d:Zorvan} is a {p:KRX2} receptor blocker.", "antagonist"),
        ("{d:Zorvan} is a {p:KRX2} channel blocker.", "inhibits"),
        ("{d:Zorvan} is a substrate of {p:KRX2}.", "substrate"),
        ("{d:Zorvan} is metabolized mainly by {p:KRX2}.", "substrate"),
        ("{p:KRX2} catalyzes the conversion of {d:zorvan}.", "substrate"),
        ("Uptake of {d:zorvan} by {p:KRX2} was slow.", "substrate"),
    ],
)
def test_each_construct_gives_its_detail(marked: str, detail: str) -> None:
    assert {one[1] for one in read(marked)} == {detail}


@pytest.mark.parametrize(
    "marked",
    [
        "{d:Zorvan} and {p:KRX2} were measured.",
        "{d:Zorvan} was inactive, whereas {d:telbin} inhibited {p:KRX2}.",
        "{d:Zorvan} inhibits growth; cells with {p:KRX2} survived.",
        "{d:Zorvan} and the {p:KRX2} antagonist {d:telbin} were given.",
    ],
)
def test_the_wrong_drug_gets_no_effect(marked: str) -> None:
    assert "Zorvan" not in {one[0] for one in read(marked)}


def test_members_of_lists_share_the_effect() -> None:
    found = read("{d:Zorvan}, {d:telbin} ({d:TLB}) and {d:moxa} inhibit {p:KRX2} and {p:KRX3}.")

    drugs, targets = ("Zorvan", "telbin", "TLB", "moxa"), ("KRX2", "KRX3")
    assert found == {(drug, "inhibits", target) for drug in drugs for target in targets}


def test_a_description_of_the_drug_does_not_hide_its_verb() -> None:
    found = read("{d:Zorvan}, a weak inhibitor of growth, increased {p:KRX2} levels.")

    assert found == {("Zorvan", "activates", "KRX2")}


def test_a_second_verb_has_the_same_subject() -> None:
    found = read("{d:Zorvan} blocks the channel, thereby stimulating {p:KRX2} release.")

    assert found == {("Zorvan", "activates", "KRX2")}


def test_a_chemical_inside_the_name_of_a_protein_is_no_drug() -> None:
    text = "Telbin inhibits the serotonin transporter."
    telbin = Found(Span(0, 6), "Telbin", Concept("telbin", "telbin", Category.DRUG))
    whole = Found(Span(20, 41), text[20:41], Concept("sert", "SERT", Category.TARGET))
    inner = Found(Span(20, 29), text[20:29], Concept("serotonin", "serotonin", Category.DRUG))

    found = list(
        find_target_relations(SentenceView(text, (telbin, whole, inner), SectionKind.OTHER))
    )

    assert [(one.subject, one.object) for one in found] == [(telbin, whole)]


def test_what_is_denied_is_proposed_as_negated_with_its_word() -> None:
    view = see("{d:Zorvan} did not inhibit {p:KRX2}.")

    (found,) = find_target_relations(view)

    assert found.polarity is Polarity.NEGATED
    assert found.negation is not None
    assert found.negation.cut(view.text) == "not"


def test_what_is_hedged_is_possible_and_keeps_its_word() -> None:
    view = see("{d:Zorvan} may inhibit {p:KRX2}.")

    (found,) = find_target_relations(view)

    assert found.certainty is Certainty.POSSIBLE
    assert found.cue is not None
    assert found.cue.cut(view.text) == "may"


def test_a_class_of_drugs_can_be_the_subject() -> None:
    (found,) = find_target_relations(see("{c:Azoles} inhibit {p:KRX2}."))

    assert (found.relation, found.subject and found.subject.text) == (Relation.DECREASES, "Azoles")


def test_a_remark_in_parentheses_does_not_separate() -> None:
    assert read("{d:Zorvan} (10 mg, n = 4, not blinded) inhibits {p:KRX2}.")


WORDS = st.sampled_from(
    [
        *("{d:Zorvan}", "{d:telbin}", "{c:azoles}", "{p:KRX2}", "{p:KRX3}", "inhibits", "of", "by"),
        *("-induced", ",", "(", ")", ";", "and", "not", "increased", "agonist", "a", "is", "in"),
        *("metabolism", "the", "receptor", "may", "treated", "[", "]", "İ", DRUG, TARGET, "ß."),
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_any_sentence_is_read_and_only_its_mentions_are_used(words: list[str]) -> None:
    view = see(" ".join(words))

    for one in find_target_relations(view):
        assert one.subject in view.mentions
        assert one.object in view.mentions
        assert one.object.concept.category is Category.TARGET
        for span in (one.cue, one.negation):
            assert span is None or span.end <= len(view.text)
