"""What is named only to set it apart is no side of a claim, or is denied alone."""

import pytest

from claimgraph.documents import cut_text
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import Citation, Polarity

EXTRACTOR = RuleExtractor()


def effects(text: str, drug: str | None = None) -> set[tuple[str, str, bool]]:
    """Give drug, effect, and whether it is affirmed."""
    document = cut_text(text, id="text", citation=Citation("A text"), drug=drug)
    passed = pass_claims(EXTRACTOR.extract(document), document)
    assert not passed.rejections
    return {
        (
            claim.subject.label,
            claim.object.passage.text if claim.object.passage else "",
            claim.polarity is Polarity.AFFIRMED,
        )
        for claim in passed.claims
    }


@pytest.mark.parametrize(
    "text",
    [
        "Unlike haloperidol, clozapine is not associated with dystonia.",
        "Clozapine is not associated with dystonia, unlike haloperidol.",
        "In contrast to haloperidol, clozapine is not associated with dystonia.",
        "Unlike haloperidol, fluphenazine and perphenazine, clozapine is not associated with "
        "dystonia.",
    ],
)
def test_a_drug_that_another_is_contrasted_with_has_no_part_in_the_claim(text: str) -> None:
    assert {one for one in effects(text) if one[1] == "dystonia"} == {
        ("clozapine", "dystonia", False)
    }


def test_what_other_drugs_are_for_is_no_effect() -> None:
    text = "Metformin does not cause weight gain, unlike some other diabetes medicines."
    assert effects(text) == {("metformin", "weight gain", False)}


def test_but_not_denies_only_what_follows_it() -> None:
    text = "Sertraline and fluoxetine, but not mirtazapine, were associated with rash."
    assert effects(text) == {
        ("sertraline", "rash", True),
        ("fluoxetine", "rash", True),
        ("mirtazapine", "rash", False),
    }


def test_what_happened_on_placebo_is_not_said_of_the_drug() -> None:
    text = "ADVERSE REACTIONS\nNausea was reported. In the placebo group, dizziness occurred in 3%."
    assert {effect for _, effect, _ in effects(text, "zonisamide")} == {"Nausea"}


def test_a_trial_with_placebo_says_what_it_says() -> None:
    text = "In a placebo-controlled trial, zonisamide caused dizziness."
    assert effects(text) == {("zonisamide", "dizziness", True)}
