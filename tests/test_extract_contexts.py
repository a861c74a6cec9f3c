"""Contexts of claims, on sentences made for each kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.extract.contexts import find_contexts
from claimgraph.model import QualifierType, Span

Q = QualifierType


def read(marked: str, kinds: tuple[QualifierType, ...] | None = None) -> set[tuple[str, str]]:
    """Give kind and words of the contexts of the thing in braces."""
    start, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    return {
        (kind.value, span.cut(text)) for kind, span in find_contexts(text, Span(start, end), kinds)
    }


@pytest.mark.parametrize(
    ("marked", "kind", "words"),
    [
        ("{Gout} in adults and children 6 years and older.", Q.POPULATION,
         "adults and children 6 years and older"),
        ("{Gout} in patients 2 to 17 years of age.", Q.POPULATION, "patients 2 to 17 years of age"),
        ("{Gout} in pediatric patients.", Q.POPULATION, "pediatric patients"),
        ("In patients with {gout} who have failed to respond to zorvan, it helps.", Q.CONDITION,
         "who have failed to respond to zorvan"),
        ("{Gout} refractory to zorvan.", Q.CONDITION, "refractory to zorvan"),
        ("{Gout} after an inadequate response to zorvan.", Q.CONDITION,
         "after an inadequate response to zorvan"),
        ("In combination with zorvan for the treatment of {gout}.", Q.CONDITION,
         "In combination with zorvan"),
        ("As adjunctive therapy to zorvan and moxa in the treatment of {gout}.", Q.CONDITION,
         "As adjunctive therapy to zorvan and moxa"),
        ("As monotherapy for {gout}.", Q.CONDITION, "As monotherapy"),
        ("First-line therapy of {gout}.", Q.CONDITION, "First-line therapy"),
        ("Reduces {stroke} in patients with hypertension.", Q.CONDITION,
         "patients with hypertension"),
        ("{Pain} associated with gout.", Q.CONDITION, "associated with gout"),
        ("For {gout} when diet is not enough.", Q.CONDITION, "when diet is not enough"),
        ("Adults with {gout} for whom surgery is no option.", Q.CONDITION,
         "for whom surgery is no option"),
        ("{Gout} in adults who are taking, and who are tolerant to, daily zorvan.", Q.CONDITION,
         "who are taking, and who are tolerant to, daily zorvan"),
        ("{Gout} in adults who have four or more attacks a year.", Q.CONDITION,
         "who have four or more attacks a year"),
        ("{Pain} in opioid-tolerant patients.", Q.CONDITION, "opioid-tolerant"),
        ("{Nausea} in adults undergoing surgery.", Q.CONDITION, "adults undergoing surgery"),
        ("{Gout} in adults on a stable dose of zorvan.", Q.CONDITION,
         "on a stable dose of zorvan"),
        ("{Sepsis}, as confirmed by culture.", Q.CONDITION, "as confirmed by culture"),
        ("{Gout} in patients over the age of 12 years.", Q.POPULATION,
         "patients over the age of 12 years"),
        ("As an adjunct to rest and diet for relief of {gout}.", Q.CONDITION,
         "As an adjunct to rest and diet"),
        ("{Spasm} associated with acute, painful conditions.", Q.CONDITION,
         "associated with acute, painful conditions"),
        ("{Sepsis} due to yeasts, moulds, or worms in adults.", Q.CONDITION,
         "due to yeasts, moulds, or worms"),
        ("{Sepsis} due to yeasts, rash due to moulds.", Q.CONDITION, "due to yeasts"),
        ("Moderate to severe {gout}.", Q.DEGREE, "Moderate to severe"),
        ("Severe plaque {psoriasis}.", Q.DEGREE, "Severe"),
        ("For adult patients with {gout}.", Q.POPULATION, "adult patients"),
        ("Treats {gout} in the hospital setting.", Q.SETTING, "in the hospital setting"),
        ("Given for up to 12 weeks, it treats {gout}.", Q.DURATION, "for up to 12 weeks"),
        ("Short-term treatment of {gout}.", Q.DURATION, "Short-term"),
        ("{Nausea} in 12 of 340 patients.", Q.FREQUENCY, "12 of 340 patients"),
        ("{Nausea} (≥ 5 %) was seen.", Q.FREQUENCY, "≥ 5 %"),
        ("{Nausea} is very common.", Q.FREQUENCY, "very common"),
        ("{Nausea} occurs rarely.", Q.FREQUENCY, "rarely"),
        ("Take 10 mg twice daily for {gout}.", Q.DOSE, "10 mg twice daily"),
        ("{Coma} at doses of 5 mg/kg/day.", Q.DOSE, "at doses of 5 mg/kg/day"),
        ("{Nausea} during dose titration.", Q.PHASE, "during dose titration"),
        ("{Seizures} on abrupt withdrawal.", Q.PHASE, "on abrupt withdrawal"),
    ],
)  # fmt: skip
def test_each_kind_of_context(marked: str, kind: QualifierType, words: str) -> None:
    assert (kind.value, words) in read(marked)


@pytest.mark.parametrize(
    "marked",
    ["It treats {gout}.", "{Gout} and lupus.", "In patients with {gout}.", "{Common cold}."],
)
def test_nothing_narrows_a_plain_statement(marked: str) -> None:
    assert read(marked) == set()


def test_a_context_belongs_to_its_own_part_of_the_sentence() -> None:
    text = "Treatment of {gout} in adults; treatment of lupus in children."
    assert read(text) == {("population", "adults")}


def test_the_next_use_of_a_list_begins_a_part() -> None:
    text = "Management of {gout}, management of lupus in children."
    assert read(text) == set()


def test_a_degree_belongs_to_the_next_thing_only() -> None:
    assert read("Severe acne and {gout}.", (Q.DEGREE,)) == set()
    assert read("{Gout} that is severe.", (Q.DEGREE,)) == set()


def test_a_reference_ends_a_part() -> None:
    assert read("{Gout} in adults (1.1) Lupus in children", (Q.POPULATION,)) == {
        ("population", "adults")
    }


def test_only_the_kinds_asked_for() -> None:
    text = "Take 10 mg daily for {gout} in adults."
    assert read(text, (Q.POPULATION,)) == {("population", "adults")}


def test_an_age_is_no_duration() -> None:
    assert read("{Gout} in children over 12 years of age.", (Q.DURATION,)) == set()


_PIECES = st.sampled_from(
    [
        "gout", "in adults", "children 6 years", "and older", "12", "%", "of 340 patients", "10 mg",
        "twice daily", "who have", "failed to respond to", "refractory", "adjunctive", "therapy to",
        "with", "without", "for up to", "weeks", ";", "\n", "•", ". The", ",", "(", ")", "≥", "𝛂",
        "during", "withdrawal", "management of", "common", "",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=30), st.data())
def test_contexts_lie_inside_and_beside(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces) + "."
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = find_contexts(text, span)
    assert list(found) == sorted(found, key=lambda one: (one[1], one[0].value))
    for kind, place in found:
        assert place.end <= len(text)
        assert place.end <= span.start or span.end <= place.start
        assert not any(
            other != place and other.start < place.end and place.start < other.end
            for same, other in found
            if same is kind
        )
