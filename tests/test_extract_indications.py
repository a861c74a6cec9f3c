"""Indications, preventions and contraindications, on sentences made for each construct."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.indications import find_indications
from claimgraph.extract.mentions import UNLISTED
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import (
    Category,
    Certainty,
    Concept,
    Modality,
    Polarity,
    Relation,
    SectionKind,
    Span,
)

_MARKED = re.compile(r"\{([^{}]+)\}|\[([^\[\]]+)\]")


def see(
    marked: str, section: SectionKind = SectionKind.INDICATIONS, lead: str = ""
) -> SentenceView:
    """Make a view of a sentence: conditions stand in braces, drugs in square brackets."""
    text, mentions, at = "", [], 0
    for match in _MARKED.finditer(marked):
        words = match[1] or match[2]
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(words))
        text += words
        at = match.end()
        category = Category.CONDITION if match[1] else Category.DRUG
        detail = UNLISTED if words.lower().startswith("exacerbation") else ""
        concept = Concept(words.lower().replace(" ", "-"), words.lower(), category)
        mentions.append(Found(span, words, concept, detail))
    return SentenceView(text + marked[at:], tuple(mentions), section, lead=lead)


def propose(
    marked: str, section: SectionKind = SectionKind.INDICATIONS, lead: str = ""
) -> list[Proposal]:
    """Give everything that is proposed for a sentence."""
    return list(find_indications(see(marked, section, lead)))


def read(marked: str, section: SectionKind = SectionKind.INDICATIONS) -> list[tuple[Relation, str]]:
    """Give what is affirmed: relation and words."""
    return [
        (one.relation, one.object.text)
        for one in propose(marked, section)
        if one.polarity is Polarity.AFFIRMED
    ]


TREATS, PREVENTS = Relation.TREATS, Relation.PREVENTS


@pytest.mark.parametrize(
    ("marked", "claims"),
    [
        ("[Zorvan] is indicated for the treatment of {migraine}.", [(TREATS, "migraine")]),
        ("For relief of {cough} and {fever}.", [(TREATS, "cough"), (TREATS, "fever")]),
        ("{Psoriasis}", [(TREATS, "Psoriasis")]),
        ("For adults with {gout}.", [(TREATS, "gout")]),
        ("Prophylaxis of {angina}.", [(PREVENTS, "angina")]),
        (
            "[Zorvan] reduces the risk of {stroke} in patients with {hypertension}.",
            [(PREVENTS, "stroke")],
        ),
        ("Treatment of {sepsis} caused by {typhoid}.", [(TREATS, "sepsis")]),
        ("Treatment of {rash} with or without {fever}.", [(TREATS, "rash")]),
        ("For {gout} in patients with a history of {ulcers}.", [(TREATS, "gout")]),
    ],
)
def test_what_a_drug_is_for(marked: str, claims: list[tuple[Relation, str]]) -> None:
    assert read(marked) == claims


@pytest.mark.parametrize(
    "marked",
    [
        "At least five of the following nine symptoms: {insomnia}; {fatigue}; reduced {appetite}.",
        "{Anxiety} usually requires no drug.",
        "[Moxa] is the usual drug of choice in the treatment of {angina}.",
        "If {rash} occurs, treatment is stopped.",
        "The test was done to rule out {malaria}.",
        "It may cause {nausea}.",
        "{disease}",
    ],
)
def test_what_a_section_on_indications_names_in_passing(marked: str) -> None:
    assert read(marked) == []


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("[Zorvan] is not indicated for the treatment of {gout}.", "not indicated"),
        ("Efficacy has not been established in {gout}.", "has not been established"),
        ("Its use in {gout} has not been studied.", "has not been studied"),
        ("There is no evidence of benefit in {gout}.", "no evidence"),
    ],
)
def test_a_denied_use_is_denied_with_its_words(marked: str, words: str) -> None:
    (one,) = propose(marked)
    assert (one.relation, one.polarity) == (TREATS, Polarity.NEGATED)
    assert one.negation is not None
    assert one.negation.cut(see(marked).text) == words


def test_a_forbidden_use_is_a_rule_of_conduct() -> None:
    marked = "[Zorvan] should not be used for the treatment of {gout} or {lupus}."
    found = propose(marked)
    assert [one.object.text for one in found] == ["gout", "lupus"]
    for one in found:
        assert (one.relation, one.modality) == (
            Relation.CONTRAINDICATED_FOR,
            Modality.NORMATIVE,
        )
        assert one.cue is not None


def test_what_a_denial_says_ends_with_its_clause() -> None:
    marked = "[Zorvan] is not effective in {gout} but is indicated for {lupus}."
    assert read(marked) == [(TREATS, "lupus")]


def test_whom_nothing_else_has_helped_may_be_helped() -> None:
    (one,) = propose(
        "In patients with {absence seizures} who have failed to respond to [succinimides],"
        " [clonazepam] may be useful.",
        SectionKind.OTHER,
    )
    assert one.relation is TREATS
    assert one.certainty is Certainty.POSSIBLE
    assert one.cue is not None
    assert one.subject is not None
    assert one.subject.text == "clonazepam"


def test_elsewhere_a_phrase_has_to_say_so() -> None:
    assert read("{Gout} is common.", SectionKind.OTHER) == []
    assert read("[Zorvan] was given; {gout} followed.", SectionKind.RESULTS) == []
    assert read("[Zorvan] is effective in {gout}.", SectionKind.OTHER) == [(TREATS, "gout")]


def test_a_section_on_contraindications_forbids() -> None:
    (one,) = propose("Active {ulcers}.", SectionKind.CONTRAINDICATIONS)
    assert one.relation is Relation.CONTRAINDICATED_FOR


@pytest.mark.parametrize(
    ("marked", "objects"),
    [
        (
            "Treatment of akinetic and {myoclonic seizures}.",
            ["akinetic and myoclonic seizures", "myoclonic seizures"],
        ),
        ("Treatment of partial-onset {seizures}.", ["partial-onset seizures"]),
        ("Treatment of {manic} episodes.", ["manic episodes"]),
    ],
)
def test_a_name_takes_in_what_makes_it_a_kind(marked: str, objects: list[str]) -> None:
    assert [one.object.text for one in propose(marked)] == objects


def test_an_item_of_a_list_says_what_its_introduction_says() -> None:
    def said(lead: str) -> list[Relation]:
        return [one.relation for one in propose("{gout}", SectionKind.OTHER, lead)]

    assert said("Zorvan is indicated for:") == [TREATS]
    assert said("Zorvan is indicated for the prevention of:") == [PREVENTS]
    assert said("Zorvan should not be used in:") == [Relation.CONTRAINDICATED_FOR]
    assert said("Relieves minor pain due to:") == []
    assert said("Treats infections caused by yeasts in these organs and tissues:") == [TREATS]
    assert said("Zorvan has not been studied in:") == []  # the denial cannot be cited with the item
    assert said("The box holds:") == []


@pytest.mark.parametrize(
    ("marked", "objects"),
    [
        ("Treatment of {exacerbations} of {asthma}.", ["exacerbations of asthma"]),
        ("Treatment of {synovitis} of {arthritis}.", ["synovitis of arthritis"]),
        ("Treatment of {psychotic} {depression}.", ["psychotic depression"]),
        ("Treatment of {diabetic} patients.", []),
        ("Treatment of {colic}.", ["colic"]),
        ("Treatment of {gout} of adults.", ["gout"]),
        ("Treatment of human {immunodeficiency} virus (HIV-1) infection.",
         ["human immunodeficiency virus (HIV-1) infection"]),
        ("Treatment of {influenza} virus carriers.", []),
        ("Treatment of severe {infections} caused by yeasts.", ["infections"]),
        ("Treatment of {infections} of the skin, such as {thrush}.", ["thrush"]),
        ("Zorvan is indicated for the treatment of glimmer vision in adults.", ["glimmer vision"]),
        ("Zorvan is indicated for the treatment of adults.", []),
        ("Somebody else's treatment of glimmer vision in adults.", []),
    ],
)  # fmt: skip
def test_what_a_use_is_against(marked: str, objects: list[str]) -> None:
    assert [one.object.text for one in propose(marked)] == objects


def test_an_exacerbation_of_a_disease_is_not_the_disease() -> None:
    (one,) = propose("Treatment of {exacerbations} of {asthma}.")
    assert one.object.concept.label == "exacerbations of asthma"
    (one,) = propose("Treatment of {synovitis} of {arthritis}.")
    assert one.object.concept.label == "synovitis"


def test_a_pregnancy_is_prevented_and_never_treated() -> None:
    assert read("[Zorvan] is indicated for the prevention of pregnancy.") == [
        (PREVENTS, "pregnancy")
    ]
    assert read("[Zorvan] is used for the treatment of {gout} in pregnancy.") == [(TREATS, "gout")]


def test_treat_or_prevent_are_two_uses() -> None:
    assert read("Used only to treat or prevent {malaria}.") == [
        (TREATS, "malaria"),
        (PREVENTS, "malaria"),
    ]


def test_a_heading_names_the_use_that_follows() -> None:
    marked = "{Gout} [Zorvan] is indicated for the treatment of {gout}."
    assert read(marked, SectionKind.OTHER) == [(TREATS, "Gout"), (TREATS, "gout")]
    marked = "{Lupus} [Zorvan] is indicated for the treatment of {gout}."
    assert read(marked, SectionKind.OTHER) == [(TREATS, "gout")]


def test_what_responds_to_a_drug_is_treated_by_it() -> None:
    assert read("{Gout} is responsive to [zorvan].") == [(TREATS, "Gout")]
    assert read("{Gout} did not respond to [zorvan].") == []
    assert read("{Gout} is responsive to rest.") == []


@pytest.mark.parametrize(
    "marked",
    [
        "In view of the potential for {diarrhea}, other drugs should be considered.",
        "For patients receiving therapy for {cancer}.",
        "For information on {gout}, see below.",
        "[Zorvan] is indicated for the production of {numbness}.",
    ],
)
def test_more_that_is_named_in_passing(marked: str) -> None:
    assert read(marked) == []


def test_a_confirmed_disease_is_treated() -> None:
    assert read("For adults with a confirmed diagnosis of {gout}.") == [(TREATS, "gout")]
    assert read("Treatment of adults with confirmed {gout}.") == [(TREATS, "gout")]


_PIECES = st.sampled_from(
    [
        "[zorvan]", "{gout}", "{manic}", "{seizures}", "indicated for", "not indicated for",
        "akinetic and", "partial-onset", "episodes", "in patients with", "who have", "may be useful",
        "should not be used", "has not been established", "prevention of", ";", "\n", ". The", "(",
        ")", ",", "due to", "𝛂", "•", "",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25), st.sampled_from(list(SectionKind)))
def test_whatever_the_sentence_spans_lie_inside(pieces: list[str], section: SectionKind) -> None:
    view = see(" ".join(pieces), section)
    for one in find_indications(view):
        assert one.object.span.cut(view.text) == one.object.text
        for span in (one.cue, one.negation):
            assert span is None or span.end <= len(view.text)
        assert (one.polarity is Polarity.NEGATED) == (one.negation is not None)
