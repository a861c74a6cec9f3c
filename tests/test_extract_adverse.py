"""Rules that blame a drug for a condition, on sentences made for each construct."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.adverse import find_adverse_effects
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Certainty, Concept, Polarity, SectionKind, Span

_MARKED = re.compile(r"\{([^{}]+)\}|<([^<>]+)>|~([^~]+)~")
_CATEGORIES = (Category.DRUG, Category.CONDITION, Category.DRUG_CLASS)


def see(marked: str) -> SentenceView:
    """Make a view of a sentence: drugs in braces, conditions in <>, classes of drugs in ~~."""
    text, at = "", 0
    mentions: list[Found] = []
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        number = next(index for index, group in enumerate(match.groups()) if group)
        words = match.groups()[number]
        concept = Concept(f"c-{len(mentions)}", words, _CATEGORIES[number])
        mentions.append(Found(Span(len(text), len(text) + len(words)), words, concept))
        text += words
        at = match.end()
    return SentenceView(text + marked[at:], tuple(mentions), SectionKind.OTHER)


def find(marked: str) -> list[Proposal]:
    """Propose the claims of a marked sentence."""
    return list(find_adverse_effects(see(marked)))


def blamed(marked: str) -> set[tuple[str, str]]:
    """Give which drug is blamed for which condition."""
    return {(one.subject.text, one.object.text) for one in find(marked) if one.subject}


@pytest.mark.parametrize(
    "marked",
    [
        "Patients previously treated with {Zorvan} may develop <colitis> on another drug.",
        "Adults formerly maintained on {Zorvan} developed <colitis>.",
        "Women who had earlier been exposed to {Zorvan} presented with <colitis>.",
    ],
)
def test_a_drug_of_earlier_days_is_not_blamed_for_what_comes_now(marked: str) -> None:
    assert blamed(marked) == set()


@pytest.mark.parametrize(
    "marked",
    [
        "{Zorvan}-induced <colitis> in a young man.",
        "<colitis> associated with {Zorvan}.",
        "<colitis> was caused by {Zorvan}.",
        "<colitis> after treatment with {Zorvan}.",
        "<colitis> in an elderly woman treated with {Zorvan}.",
        "While on {Zorvan}, he developed <colitis>.",
        "{Zorvan} caused <colitis>.",
        "<colitis> is a rare complication of {Zorvan}.",
        "A patient with <colitis> due to {Zorvan} is described.",
        "The association between {Zorvan} and <colitis> was noted.",
        "After {Zorvan} was started, <colitis> occurred.",
        "<colitis> was more frequent with {Zorvan}.",
    ],
)
def test_each_construct_blames_the_drug(marked: str) -> None:
    assert blamed(marked) == {("Zorvan", "colitis")}


@pytest.mark.parametrize(
    "marked",
    [
        "{Zorvan} for <colitis>.",
        "Treatment of <colitis> with {Zorvan}.",
        "{Zorvan} improved the <colitis>.",
        "A man with <colitis> received {Zorvan}.",
        "<colitis> responded to {Zorvan}.",
        "<colitis> was found, and he was treated with {Zorvan}.",
        "Remission of <colitis> after {Zorvan}.",
        "He took {Zorvan}; years later <colitis> developed.",
        "<side effects> of {Zorvan}.",
        "{drugs} caused <colitis>.",
        "<colitis>: treatment with {Zorvan}.",
        "<colitis> necessitated the use of {Zorvan}.",
        "<colitis> and fever, initially treated with {Zorvan}.",
        "He was given {Zorvan} before he developed <colitis>.",
        "Discontinuation of {Zorvan} resulted in <colitis>.",
        "{Zorvan} lowered the incidence of <colitis>.",
        "{Zorvan} led to <reduction in fever>.",
        "{Zorvan} <toxicity> is reviewed.",
        "Two men who did not receive {Zorvan} developed <colitis>.",
        "<colitis> with raised {bilirubin} after {bilirubin} was measured.",
        "An abscess and <colitis> caused by {Candida albicans}.",
        "A man without <colitis> took {Zorvan}.",
        "{Zorvan} did not improve or relieve the <colitis>.",
        "She received {Zorvan} and had no further episodes of <colitis>.",
    ],
)
def test_no_drug_is_blamed_for_what_it_treats_or_for_nothing(marked: str) -> None:
    assert blamed(marked) == set()


def test_lists_share_the_blame() -> None:
    assert blamed("<Fever>, <rash> and <joint pain> after {Zorvan} or {telbin}.") == {
        (drug, condition)
        for drug in ("Zorvan", "telbin")
        for condition in ("Fever", "rash", "joint pain")
    }


def test_what_a_drug_induced_is_not_blamed_on_the_next() -> None:
    assert blamed("{Telbin} was given for {zorvan}-induced <colitis>.") == {("zorvan", "colitis")}


def test_a_class_is_blamed_in_words_but_not_for_being_there() -> None:
    assert blamed("~Pressines~ cause <colitis>.") == {("Pressines", "colitis")}
    assert blamed("<colitis> after ~pressines~.") == set()


def test_a_condition_behind_a_compound_is_not_blamed_with_it() -> None:
    assert blamed("{Zorvan} <neurotoxicity> and <sepsis>.") == {("Zorvan", "neurotoxicity")}


def test_a_label_that_lists_reactions_is_not_read_twice() -> None:
    view = see("{Zorvan} caused <colitis>. {Telbin} caused <rash>.")
    own = view.mentions[0].concept
    inside = replace(view, section=SectionKind.ADVERSE_REACTIONS, drug=own)
    assert [one.subject and one.subject.text for one in find_adverse_effects(inside)] == ["Telbin"]


def test_a_label_that_denies_a_reaction_of_its_drug_is_read() -> None:
    view = see("{Zorvan} did not cause <colitis>.")
    inside = replace(view, section=SectionKind.WARNINGS, drug=view.mentions[0].concept)
    assert [one.polarity for one in find_adverse_effects(inside)] == [Polarity.NEGATED]


def test_adjectives_and_heads_belong_to_the_condition() -> None:
    (one,) = find("We saw severe cutaneous <rash> reactions following {Zorvan}.")
    assert one.object.text == "severe cutaneous rash reactions"
    assert one.object.concept.label == "rash"


@pytest.mark.parametrize(
    ("marked", "denial"),
    [
        ("{Zorvan} did not cause <colitis>.", "not"),
        ("{Zorvan}-induced <colitis> has not been reported.", "not"),
        ("No cases of {Zorvan}-induced <colitis> are known.", "No"),
        ("<colitis> was never associated with {Zorvan}.", "never"),
        ("No reports exist, however, of <colitis> after {Zorvan}.", "No"),
        ("None of the children treated with {Zorvan} developed <colitis>.", "None"),
        ("He was treated with {Zorvan} without signs of <colitis>.", "without"),
        ("{Zorvan} was well tolerated, without any <colitis>.", "without"),
        ("No <colitis> was seen with {Zorvan}.", "No"),
        ("<colitis> did not recur with {Zorvan}.", "not"),
        ("A second dose of {Zorvan} did not reproduce the <colitis>.", "not"),
        ("He was given {Zorvan} again, and <colitis> did not occur.", "not"),
        ("It is unlikely that {Zorvan} caused <colitis>.", "unlikely"),
        ("<colitis> was unrelated to {Zorvan}.", "unrelated"),
        ("{Zorvan} was ruled out as a cause of <colitis>.", "was ruled out"),
    ],
)
def test_denied_blame_is_negated_with_its_cue(marked: str, denial: str) -> None:
    (one,) = find(marked)
    assert one.polarity is Polarity.NEGATED
    assert one.negation is not None
    assert one.negation.cut(see(marked).text) == denial


@pytest.mark.parametrize(
    "marked",
    [
        "He had no fever, and {Zorvan} caused <colitis>.",
        "Without delay he got <colitis> after {Zorvan}.",
        "{Zorvan} not only caused <colitis>.",
        "<colitis> without fever developed during {Zorvan}.",
        # That nobody described it before says that it is new.
        "{Zorvan}-induced <colitis> has not been described before.",
        "<colitis> is not uncommonly caused by {Zorvan}.",
        "A man with no prior illness developed <colitis> after {Zorvan}.",
        "As no other cause was found, {Zorvan} caused <colitis>.",
    ],
)
def test_what_is_denied_elsewhere_stays_affirmed(marked: str) -> None:
    assert {one.polarity for one in find(marked)} == {Polarity.AFFIRMED}


@pytest.mark.parametrize(
    ("marked", "hedge"),
    [
        ("{Zorvan} may cause <colitis>.", "may"),
        ("A possible {Zorvan}-induced <colitis> is described.", "possible"),
        ("<colitis> was probably caused by {Zorvan}.", "probably"),
        ("We studied the possibility of <colitis> caused by {Zorvan}.", "possibility of"),
        ("{Zorvan} could cause <colitis>.", "could"),
        ("It is unlikely that {Zorvan} caused <colitis>.", "unlikely"),
        ("<colitis> was presumed due to {Zorvan}.", "presumed"),
    ],
)
def test_hedged_blame_is_possible_with_its_cue(marked: str, hedge: str) -> None:
    (one,) = find(marked)
    assert one.certainty is Certainty.POSSIBLE
    assert one.cue is not None
    assert one.cue.cut(see(marked).text) == hedge


@pytest.mark.parametrize(
    "marked",
    [
        "{Zorvan}-induced <colitis> may be dose-dependent.",
        "Risk of <colitis> due to a potential interaction of {Zorvan}.",
        "{Zorvan} may be hard to stop, but {telbin} caused <colitis>.",
    ],
)
def test_what_is_hedged_elsewhere_stays_asserted(marked: str) -> None:
    assert {one.certainty for one in find(marked)} == {Certainty.ASSERTED}


def test_a_hedge_behind_the_next_thought_is_not_of_the_blame() -> None:
    (one,) = find("{Zorvan} caused <colitis>, which may have other reasons.")
    assert one.certainty is Certainty.ASSERTED


_PIECES = st.sampled_from(
    [
        "{Zorvan}",
        "{telbin}",
        "<colitis>",
        "<rash>",
        "~pressines~",
        " caused ",
        " may not ",
        " after ",
        " in a man ",
        " with ",
        ", ",
        " and ",
        " (",
        ") ",
        "-induced ",
        " due to ",
        "; ",
        " no ",
        " no cases of ",
        " has not been reported ",
        ".",
        "\n",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_claims_of_any_sentence_point_into_it(marked: str) -> None:
    view = see(marked)
    for one in find_adverse_effects(view):
        assert one.subject in view.mentions
        assert one.object.span.cut(view.text) == one.object.text
        assert any(one.object.span.covers(mention.span) for mention in view.mentions)
        assert (one.negation is not None) == (one.polarity is Polarity.NEGATED)
        for cue in (one.cue, one.negation):
            assert cue is None or cue.cut(view.text).strip()
