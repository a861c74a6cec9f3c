"""A harm is never read as a use, nor a use as a harm, nor one drug's deed as another's."""

import pytest

from claimgraph.documents import cut_text
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import Certainty, Citation, Claim, ClaimType, Modality, Relation

EXTRACTOR = RuleExtractor()


def claims_of(text: str, drug: str | None = None) -> list[Claim]:
    document = cut_text(text, id="text", citation=Citation("A text"), drug=drug)
    passed = pass_claims(EXTRACTOR.extract(document), document)
    assert not passed.rejections
    return list(passed.claims)


def said(text: str, drug: str | None = None) -> set[tuple[str, str, str]]:
    return {
        (c.subject.label, c.relation.value, c.object.passage.text if c.object.passage else "")
        for c in claims_of(text, drug)
    }


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        (
            "Lamotrigine is effective against absence seizures but may aggravate myoclonic "
            "seizures.",
            "myoclonic seizures",
        ),
        (
            "Tamoxifen is used to treat breast cancer and increases the risk of endometrial "
            "cancer and deep vein thrombosis.",
            "endometrial cancer",
        ),
    ],
)
def test_a_harm_behind_a_use_is_no_use(text: str, harm: str) -> None:
    treated = {object_ for _, relation, object_ in said(text) if relation == "treats"}
    assert treated
    assert harm not in treated
    assert "deep vein thrombosis" not in treated


@pytest.mark.parametrize("verb", ["reduce", "lower", "decrease"])
def test_a_risk_that_is_to_be_lowered_is_no_adverse_effect(verb: str) -> None:
    text = f"Rivaroxaban is indicated to {verb} the risk of stroke and pulmonary embolism."
    assert {relation for _, relation, _ in said(text)} == {"prevents"}


def test_who_reverses_a_harm_does_not_do_it() -> None:
    text = "Naloxone reverses morphine-induced respiratory depression."
    blamed = {s for s, relation, _ in said(text) if relation == "hasAdverseEffect"}
    assert blamed == {"morphine"}


def test_a_masked_harm_is_nobodys() -> None:
    text = "Propranolol may mask the symptoms of hypoglycaemia in patients treated with insulin."
    assert all(relation != "hasAdverseEffect" for _, relation, _ in said(text))


def test_each_clause_speaks_of_its_own_drug() -> None:
    text = "In adults, aspirin treats gout, and ibuprofen treats migraine."
    assert said(text) == {("Aspirin", "treats", "gout"), ("ibuprofen", "treats", "migraine")}


def test_drugs_of_two_clauses_do_not_interact() -> None:
    text = "Aspirin may cause nausea in adults, whereas ibuprofen may cause rash in children."
    assert all(relation != "interactsWith" for _, relation, _ in said(text))


def test_by_inducing_says_how_the_subject_acts_and_not_the_drug_beside_it() -> None:
    text = "Carbamazepine reduces the plasma concentration of warfarin by inducing CYP2C9."
    assert ("warfarin", "increases", "CYP2C9") not in said(text)


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("Do not take metformin if you have renal failure or liver disease.",
         {"renal failure", "liver disease"}),
        ("Metformin should not be taken by people with renal failure or metabolic acidosis.",
         {"renal failure", "metabolic acidosis"}),
    ],
)  # fmt: skip
def test_plain_words_forbid_as_well(text: str, objects: set[str]) -> None:
    claims = claims_of(text)
    assert {c.object.passage.text for c in claims if c.object.passage} == objects
    assert {c.relation for c in claims} == {Relation.CONTRAINDICATED_FOR}
    assert {c.modality for c in claims} == {Modality.NORMATIVE}


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin was initially believed to cause asthma, but later studies found no association.",
        "Aspirin was thought to be the cause of asthma in two patients.",
    ],
)
def test_what_was_believed_is_not_asserted(text: str) -> None:
    certainties = {c.certainty for c in claims_of(text) if c.type is ClaimType.ADVERSE_EFFECT}
    assert certainties <= {Certainty.POSSIBLE}


def test_what_may_occur_is_possible_for_every_member_of_the_list() -> None:
    text = "ADVERSE REACTIONS\nDizziness, nausea and rash may occur in elderly patients."
    claims = claims_of(text, "zonisamide")
    assert len(claims) == 3
    assert {c.certainty for c in claims} == {Certainty.POSSIBLE}


def test_a_label_is_about_the_drug_it_opens_with_and_names_most() -> None:
    text = (
        "INDICATIONS AND USAGE\nRivaroxaban is indicated for the treatment of pulmonary embolism. "
        "Rivaroxaban is taken with food.\n\nADVERSE REACTIONS\nThe most common adverse reaction "
        "was bleeding.\n\nDRUG INTERACTIONS\nAvoid ketoconazole, ritonavir, aspirin, warfarin, "
        "phenytoin and rifampicin with rivaroxaban."
    )
    assert ("rivaroxaban", "hasAdverseEffect", "bleeding") in said(text)


def test_a_list_of_effects_may_hold_words_that_no_lexicon_knows() -> None:
    text = "The most common side effects are feeling or being sick, vomiting and stomach ache."
    assert {object_ for _, _, object_ in said(text, "metformin")} >= {"vomiting", "stomach ache"}


def test_who_is_acted_on_has_no_part_in_what_the_other_does() -> None:
    text = "By inhibiting the metabolism of lamotrigine, valproate increases the risk of rash."
    blamed = {s for s, relation, _ in said(text) if relation == "hasAdverseEffect"}
    assert blamed == {"valproate"}


def test_an_overdose_leads_to_harm_and_not_the_drug() -> None:
    text = "Overdose can result in coma and respiratory depression."
    assert said(text, "valproate") == {
        ("overdose", "leadsTo", "coma"),
        ("overdose", "leadsTo", "respiratory depression"),
    }


def test_withdrawal_leads_to_harm_and_not_the_drug() -> None:
    text = "Premature discontinuation increases the risk of thrombotic events."
    (claim,) = claims_of(text, "rivaroxaban")
    assert claim.relation is Relation.LEADS_TO
    assert claim.subject.passage is not None
    assert claim.subject.passage.text == "Premature discontinuation"


def test_what_takes_part_in_a_harm_is_no_effect_of_a_drug_that_acts_on_it() -> None:
    text = "It affects nerves that are involved in the cause of seizures and some types of pain."
    assert said(text, "gabapentin") == set()


def test_a_list_of_effects_names_its_drug() -> None:
    text = "The most frequent adverse events with sertraline were nausea and dizziness."
    claims = claims_of(text, "sertraline")
    assert {c.object.passage.text for c in claims if c.object.passage} == {"nausea", "dizziness"}
    assert all(c.subject.passage is not None for c in claims)


def test_an_adjunctive_drug_is_the_one_that_treats() -> None:
    text = "Adjunctive levetiracetam was effective in adults with focal seizures."
    (claim,) = claims_of(text)
    assert claim.subject.passage is not None
    assert claim.subject.passage.text == "levetiracetam"
