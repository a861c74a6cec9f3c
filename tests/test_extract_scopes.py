"""Words that narrow one thing of a sentence do not narrow the others."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.extract.contexts import find_contexts
from claimgraph.extract.rules import RuleExtractor
from claimgraph.extract.scopes import attach, drop_figures, find_clauses
from claimgraph.gate import pass_claims
from claimgraph.model import Citation, QualifierType, Span

EXTRACTOR = RuleExtractor()


def narrowed(text: str, kind: QualifierType, drug: str | None = None) -> dict[str, list[str]]:
    """Give the qualifiers of a kind by what the claim is about."""
    document = cut_text(text, id="text", citation=Citation("A text"), drug=drug)
    passed = pass_claims(EXTRACTOR.extract(document), document)
    assert not passed.rejections
    return {
        claim.object.passage.text: [q.passage.text for q in claim.qualifiers if q.type is kind]
        for claim in passed.claims
        if claim.object.passage is not None
    }


@pytest.mark.parametrize(
    ("text", "frequencies"),
    [
        pytest.param(
            "Nausea and rash were the most common adverse events, occurring in 12% and 5% of "
            "patients, respectively.",
            {"Nausea": ["most common", "12%"], "rash": ["most common", "5% of patients"]},
            id="respectively",
        ),
        pytest.param(
            "Adverse reactions included nausea (2.7%), rash (1.4%), vertigo, and dizziness.",
            {"nausea": ["2.7%"], "rash": ["1.4%"], "vertigo": [], "dizziness": []},
            id="brackets",
        ),
        pytest.param(
            "The most common adverse reactions (≥5%) were nausea, rash and dizziness.",
            {one: ["most common", "≥5%"] for one in ("nausea", "rash", "dizziness")},
            id="brackets before the list",
        ),
        pytest.param(
            "Zonisamide caused nausea in 5%, rash in 3%, and dizziness in 2% of patients.",
            {"nausea": ["5%"], "rash": ["3%"], "dizziness": ["2% of patients"]},
            id="each its own",
        ),
        pytest.param(
            "Zonisamide was associated with rash (OR 1.8, 95% CI 1.2-2.7).",
            {"rash": []},
            id="a confidence interval is no frequency",
        ),
    ],
)
def test_a_figure_belongs_to_the_effect_it_is_given_for(
    text: str, frequencies: dict[str, list[str]]
) -> None:
    assert narrowed(text, QualifierType.FREQUENCY, "zonisamide") == frequencies


def test_a_percentage_of_a_property_is_its_amount_and_no_frequency() -> None:
    text = "Plasma protein binding is approximately 92% to 95%."
    assert narrowed(text, QualifierType.FREQUENCY, "zonisamide") == {"Plasma protein binding": []}
    assert narrowed(text, QualifierType.DEGREE, "zonisamide") == {
        "Plasma protein binding": ["92% to 95%"]
    }


def test_each_use_keeps_its_own_people() -> None:
    text = (
        "Zonisamide is indicated as adjunctive therapy for focal seizures in adults, and for "
        "absence seizures in children."
    )
    assert narrowed(text, QualifierType.POPULATION) == {
        "focal seizures": ["adults"],
        "absence seizures": ["children"],
    }
    assert narrowed(text, QualifierType.CONDITION) == {
        "focal seizures": ["as adjunctive therapy"],
        "absence seizures": ["as adjunctive therapy"],
    }


def test_people_behind_a_plain_list_go_for_all_of_it() -> None:
    text = "Aspirin is indicated for the treatment of gout and migraine in adults."
    assert narrowed(text, QualifierType.POPULATION) == {"gout": ["adults"], "migraine": ["adults"]}


def test_a_clause_keeps_its_own_people() -> None:
    text = "Aspirin may cause nausea in adults, whereas ibuprofen may cause rash in children."
    assert narrowed(text, QualifierType.POPULATION) == {"nausea": ["adults"], "rash": ["children"]}


def test_what_opens_a_sentence_goes_for_all_its_clauses_but_those_with_their_own() -> None:
    text = "In adults, aspirin causes nausea, and ibuprofen causes rash."
    assert narrowed(text, QualifierType.POPULATION) == {"nausea": ["adults"], "rash": ["adults"]}
    text = "In adults, aspirin causes nausea, and ibuprofen causes rash in children."
    assert narrowed(text, QualifierType.POPULATION) == {"nausea": ["adults"], "rash": ["children"]}


def test_a_denied_use_does_not_take_the_frequency_of_the_other() -> None:
    text = "Metformin is sometimes used to treat gout, although it is not approved for migraine."
    assert narrowed(text, QualifierType.FREQUENCY) == {"gout": ["sometimes"], "migraine": []}


def test_a_list_of_contraindications_does_not_narrow_itself() -> None:
    text = "Ibuprofen must not be used in patients with peptic ulcer or heart failure."
    assert narrowed(text, QualifierType.CONDITION) == {"peptic ulcer": [], "heart failure": []}


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Nausea, vomiting, and dizziness were reported.", []),
        ("Aspirin causes nausea and vomiting.", []),
        ("Aspirin is safe, but rash has been reported.", ["rash has been reported."]),
        (
            "Some is excreted, and the plasma half-life is 7 hours.",
            ["the plasma half-life is 7 hours."],
        ),
        ("It is used in patients who drink, and who are old.", []),
    ],
)
def test_a_clause_has_a_subject_and_a_verb_of_its_own(text: str, clauses: list[str]) -> None:
    starts = [*find_clauses(text), len(text)]
    assert [text[a:b] for a, b in pairwise(starts)] == clauses


@given(
    st.lists(
        st.sampled_from(
            ["nausea", " in adults", ", and", " 5%", " (3%)", " rash", " is", " for ", ";",
             " the drug", " children", " respectively", " who ", "but "]
        ),
        min_size=1,
        max_size=12,
    ).map("".join),
    st.data(),
)  # fmt: skip
def test_attaching_only_ever_leaves_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = find_contexts(text, span)
    assert set(attach(text, span, found)) <= set(found)


def test_only_figures_are_dropped_from_the_words_between_two_members() -> None:
    assert drop_figures(" (of the skin), ") == " (of the skin), "
    assert drop_figures(" (n = 3) and ") == " and "
