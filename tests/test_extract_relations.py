"""Every relation of the vocabulary, on sentences made for it: said, denied, hedged, and traps.

A trap is a sentence that looks like the relation and does not say it.
"""

from __future__ import annotations

from functools import cache

import pytest

from claimgraph.documents import cut_text
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Modality,
    Polarity,
    QualifierType,
    Relation,
)

R = Relation
SAID, DENIED, HEDGED = "said", "denied", "hedged"


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def claims_of(text: str, relation: Relation | None = None) -> list[Claim]:
    """Give the claims of a text about clonazepam; all have passed the gate."""
    document = cut_text(text, id="text", citation=Citation("A text"), drug="clonazepam")
    passed = pass_claims(extractor().extract(document), document)
    assert not passed.rejections
    return [claim for claim in passed.claims if relation in (None, claim.relation)]


def words(claim: Claim) -> tuple[str, str]:
    """Give what a claim joins, in the words of the text; the label of what is not named."""
    subject, object_ = claim.subject, claim.object
    assert object_.passage is not None
    return (subject.passage.text if subject.passage else subject.label, object_.passage.text)


def mark(claim: Claim) -> str:
    """Tell whether a claim is said, denied or hedged."""
    if claim.polarity is Polarity.NEGATED:
        return DENIED
    return SAID if claim.certainty is Certainty.ASSERTED else HEDGED


SENTENCES: list[tuple[Relation, str, str, set[tuple[str, str]]]] = [
    # ── requires: what people have to do ──────────────────────────────────────────────────────────
    (R.REQUIRES, SAID, "Close supervision is required during treatment.",
     {("clonazepam", "supervision")}),
    (R.REQUIRES, SAID, "Periodic ophthalmologic examinations are recommended.",
     {("clonazepam", "ophthalmologic examinations")}),
    (R.REQUIRES, SAID,
     "The use of clonazepam necessitates careful patient selection and individualized treatment "
     "regimens.",
     {("clonazepam", "patient selection"), ("clonazepam", "individualized treatment regimens")}),
    (R.REQUIRES, SAID, "In the elderly, the dosage should be reduced.",
     {("clonazepam", "dosage should be reduced")}),
    (R.REQUIRES, SAID, "Reduce the dose in elderly patients.", {("clonazepam", "Reduce the dose")}),
    (R.REQUIRES, HEDGED, "Dose reduction of clobazam may be required.",
     {("clobazam", "Dose reduction")}),
    (R.REQUIRES, SAID, "Patients should be monitored closely.", {("clonazepam", "monitored")}),
    (R.REQUIRES, SAID, "Patients must be informed of the risks.", {("clonazepam", "informed")}),
    (R.REQUIRES, SAID, "Clonazepam should be used with caution in chronic respiratory disease.",
     {("Clonazepam", "caution")}),
    (R.REQUIRES, SAID, "Clonazepam should be discontinued if jaundice occurs.",
     {("Clonazepam", "discontinued")}),
    (R.REQUIRES, SAID, "Status epilepticus requires prompt intervention.",
     {("Status epilepticus", "prompt intervention")}),
    (R.REQUIRES, SAID,
     "It is useful in status epilepticus, where prompt intervention is paramount.",
     {("status epilepticus", "prompt intervention")}),
    (R.REQUIRES, DENIED, "No dose adjustment is necessary.", {("clonazepam", "dose adjustment")}),
    (R.REQUIRES, DENIED, "Treatment does not require therapeutic drug monitoring.",
     {("clonazepam", "monitoring")}),
    (R.REQUIRES, HEDGED, "Clonazepam may require dosage adjustments.",
     {("Clonazepam", "dosage adjustments")}),
    (R.REQUIRES, SAID, "The patient required mechanical ventilation.", set()),
    (R.REQUIRES, SAID, "The enzyme requires magnesium.", set()),
    (R.REQUIRES, SAID, "Clonazepam demands patience.", set()),
    (R.REQUIRES, SAID, "Patients who require surgery were excluded.", set()),
    # ── requiresEvaluationOf: what has to be looked at ────────────────────────────────────────────
    (R.REQUIRES_EVALUATION_OF, SAID, "Liver function should be monitored during treatment.",
     {("clonazepam", "Liver function")}),
    (R.REQUIRES_EVALUATION_OF, SAID,
     "Factors such as seizure type, comorbid medical conditions and concurrent medications should "
     "be evaluated.",
     {("clonazepam", "seizure type"), ("clonazepam", "comorbid medical conditions"),
      ("clonazepam", "concurrent medications")}),
    (R.REQUIRES_EVALUATION_OF, SAID,
     "Patients should be monitored for signs of respiratory depression and sedation.",
     {("clonazepam", "respiratory depression"), ("clonazepam", "sedation")}),
    (R.REQUIRES_EVALUATION_OF, SAID, "Monitor serum potassium and creatinine.",
     {("clonazepam", "serum potassium"), ("clonazepam", "creatinine")}),
    (R.REQUIRES_EVALUATION_OF, SAID, "Prudent consideration of its safety profile is essential.",
     {("its", "safety profile")}),
    (R.REQUIRES_EVALUATION_OF, SAID, "It is important to monitor blood pressure.",
     {("clonazepam", "blood pressure")}),
    (R.REQUIRES_EVALUATION_OF, SAID, "Your doctor should check your blood count.",
     {("clonazepam", "blood count")}),
    (R.REQUIRES_EVALUATION_OF, SAID,
     "Clonazepam, like other benzodiazepines, requires careful monitoring of respiratory function.",
     {("Clonazepam", "respiratory function")}),
    (R.REQUIRES_EVALUATION_OF, SAID, "Aspirin: monitor clonazepam levels.",
     {("clonazepam", "clonazepam levels")}),
    (R.REQUIRES_EVALUATION_OF, DENIED, "Blood counts need not be monitored.",
     {("clonazepam", "Blood counts")}),
    (R.REQUIRES_EVALUATION_OF, DENIED, "Renal function should not be measured during an infection.",
     {("clonazepam", "Renal function")}),
    (R.REQUIRES_EVALUATION_OF, HEDGED, "Monitoring of plasma levels may be necessary.",
     {("clonazepam", "plasma levels")}),
    (R.REQUIRES_EVALUATION_OF, SAID, "Blood pressure was monitored in all patients.", set()),
    (R.REQUIRES_EVALUATION_OF, SAID, "It should be noted that the study was small.", set()),
    (R.REQUIRES_EVALUATION_OF, SAID, "Monitoring of the trial was done by a committee.", set()),
    # ── isKindOf ──────────────────────────────────────────────────────────────────────────────────
    (R.IS_KIND_OF, SAID, "Clonazepam is a benzodiazepine.", {("Clonazepam", "benzodiazepine")}),
    (R.IS_KIND_OF, SAID, "Alprazolam and clonazepam are benzodiazepines.",
     {("Alprazolam", "benzodiazepines"), ("clonazepam", "benzodiazepines")}),
    (R.IS_KIND_OF, SAID, "Benzodiazepines such as diazepam and lorazepam act quickly.",
     {("diazepam", "Benzodiazepines"), ("lorazepam", "Benzodiazepines")}),
    (R.IS_KIND_OF, SAID, "Diazepam and other benzodiazepines act quickly.",
     {("Diazepam", "benzodiazepines")}),
    (R.IS_KIND_OF, SAID, "This benzodiazepine derivative acts quickly.",
     {("This benzodiazepine derivative", "benzodiazepine derivative")}),
    (R.IS_KIND_OF, SAID, "Panic disorder is an anxiety disorder.",
     {("Panic disorder", "anxiety disorder")}),
    (R.IS_KIND_OF, SAID,
     "It works in many seizure disorders, including absence seizures and myoclonic seizures.",
     {("absence seizures", "seizure disorders"), ("myoclonic seizures", "seizure disorders")}),
    (R.IS_KIND_OF, DENIED, "Clonazepam is not a barbiturate.", {("Clonazepam", "barbiturate")}),
    (R.IS_KIND_OF, HEDGED, "Diazepam might be a benzodiazepine.",
     {("Diazepam", "benzodiazepine")}),
    (R.IS_KIND_OF, SAID, "Flumazenil is a benzodiazepine antagonist.", set()),
    (R.IS_KIND_OF, SAID, "Buspirone is an alternative to benzodiazepines.", set()),
    (R.IS_KIND_OF, SAID, "Side effects, including dizziness, are common.", set()),
    (R.IS_KIND_OF, SAID, "Clonazepam is used with other benzodiazepines.", set()),
    (R.IS_KIND_OF, SAID, "It acts like alprazolam, a benzodiazepine, in most people.",
     {("alprazolam", "benzodiazepine")}),
    (R.IS_KIND_OF, SAID, "It holds diazepam, a benzodiazepine, ibuprofen, an analgesic, and water.",
     {("diazepam", "benzodiazepine"), ("ibuprofen", "analgesic")}),
    (R.IS_KIND_OF, SAID, "Tell them of all others: ibuprofen, a benzodiazepine, insulin, or warfarin.",
     set()),
    # ── hasDose ───────────────────────────────────────────────────────────────────────────────────
    (R.HAS_DOSE, SAID, "The recommended starting dose is 25 mg once daily.",
     {("clonazepam", "25 mg once daily")}),
    (R.HAS_DOSE, SAID, "The usual maintenance dose of clonazepam is 4 to 8 mg per day.",
     {("clonazepam", "4 to 8 mg per day")}),
    (R.HAS_DOSE, SAID, "The initial dose for adults should not exceed 1.5 mg/day.",
     {("clonazepam", "not exceed 1.5 mg/day")}),
    (R.HAS_DOSE, SAID, "The patient received a dose of 2 mg daily.", set()),
    (R.HAS_DOSE, SAID, "Doses above 20 mg per day have not been studied.", set()),
    (R.HAS_DOSE, SAID, "In rats, the lethal dose is 4000 mg/kg.", set()),
    # ── statesThat ────────────────────────────────────────────────────────────────────────────────
    (R.STATES_THAT, SAID, "Clonazepam is a cornerstone of therapy.",
     {("Clonazepam", "a cornerstone of therapy")}),
    (R.STATES_THAT, SAID, "Clonazepam occupies a pivotal position.",
     {("Clonazepam", "occupies a pivotal position")}),
    (R.STATES_THAT, SAID, "Clonazepam was generally well tolerated.",
     {("Clonazepam", "well tolerated")}),
    (R.STATES_THAT, DENIED, "Clonazepam is not the drug of choice.",
     {("Clonazepam", "the drug of choice")}),
    (R.STATES_THAT, HEDGED, "Clonazepam may become a mainstay of treatment.",
     {("Clonazepam", "a mainstay of treatment")}),
    (R.STATES_THAT, SAID, "Dopamine plays an important role in the regulation of movement.", set()),
    (R.STATES_THAT, SAID, "The study is a milestone.", set()),
    # ── characterizedBy ───────────────────────────────────────────────────────────────────────────
    (R.CHARACTERIZED_BY, SAID, "Diabetes is characterized by hyperglycemia.",
     {("Diabetes", "hyperglycemia")}),
    (R.CHARACTERIZED_BY, SAID,
     "Seizure disorders, characterized by abnormal electrical activity, are common.",
     {("Seizure disorders", "abnormal electrical activity")}),
    (R.CHARACTERIZED_BY, DENIED, "Absence epilepsy is not characterized by fever.",
     {("Absence epilepsy", "fever")}),
    (R.CHARACTERIZED_BY, HEDGED, "It is possible that epilepsy is characterized by insomnia.",
     {("epilepsy", "insomnia")}),
    (R.CHARACTERIZED_BY, SAID,
     "It treats insomnia characterized by difficulty with sleep onset.", set()),
    (R.CHARACTERIZED_BY, SAID, "The compound was characterized by mass spectrometry.", set()),
    # ── occursIn ──────────────────────────────────────────────────────────────────────────────────
    (R.OCCURS_IN, SAID, "Abnormal electrical activity in the brain was seen.",
     {("Abnormal electrical activity", "brain")}),
    (R.OCCURS_IN, SAID, "Hippocampal sclerosis occurs in the temporal lobe.",
     {("Hippocampal sclerosis", "temporal lobe")}),
    (R.OCCURS_IN, DENIED, "No inflammation in the brain was seen.", {("inflammation", "brain")}),
    (R.OCCURS_IN, HEDGED, "Probably inflammation occurs in the brain.",
     {("inflammation", "brain")}),
    (R.OCCURS_IN, SAID, "Rejection in kidney transplant recipients is rare.", set()),
    (R.OCCURS_IN, SAID, "Dizziness occurs in the elderly.", set()),
    (R.OCCURS_IN, SAID, "Sedation in heart failure is common.", set()),
    # ── limits ────────────────────────────────────────────────────────────────────────────────────
    (R.LIMITS, SAID, "Sedation limits the use of clonazepam.", {("Sedation", "use")}),
    (R.LIMITS, SAID, "Its usefulness is limited by sedation and ataxia.",
     {("sedation", "usefulness"), ("ataxia", "usefulness")}),
    (R.LIMITS, HEDGED, "Seizures can impair quality of life.", {("Seizures", "quality of life")}),
    (R.LIMITS, DENIED, "Sedation does not limit adherence.", {("Sedation", "adherence")}),
    (R.LIMITS, SAID, "Renal impairment limits excretion.", set()),
    # ── contraindicatedFor ────────────────────────────────────────────────────────────────────────
    (R.CONTRAINDICATED_FOR, SAID, "Pregnancy is a contraindication to clonazepam.",
     {("clonazepam", "Pregnancy")}),
    (R.CONTRAINDICATED_FOR, SAID, "Clonazepam is contraindicated during lactation.",
     {("Clonazepam", "lactation")}),
    (R.CONTRAINDICATED_FOR, DENIED, "Clonazepam is not contraindicated in children.",
     {("Clonazepam", "children")}),
    (R.CONTRAINDICATED_FOR, SAID, "Pregnancy is common.", set()),
    # ── leadsTo ───────────────────────────────────────────────────────────────────────────────────
    (R.LEADS_TO, SAID, "Long-term use of clonazepam has been associated with dependence.",
     {("Long-term use of clonazepam", "dependence")}),
    (R.LEADS_TO, HEDGED, "Abrupt withdrawal of clonazepam can precipitate status epilepticus.",
     {("Abrupt withdrawal of clonazepam", "status epilepticus")}),
    (R.LEADS_TO, DENIED, "Long-term use of clonazepam does not lead to insomnia.",
     {("Long-term use of clonazepam", "insomnia")}),
    (R.LEADS_TO, SAID, "Long-term use of clonazepam in patients who developed gout causes alarm.",
     set()),
    # ── actsThrough ───────────────────────────────────────────────────────────────────────────────
    (R.ACTS_THROUGH, SAID, "Clonazepam acts primarily through GABA-A receptors.",
     {("Clonazepam", "GABA-A receptors")}),
    (R.ACTS_THROUGH, SAID, "It exerts its anticonvulsant effect via the GABA-A receptor.",
     {("It", "GABA-A receptor")}),
    (R.ACTS_THROUGH, HEDGED, "Clonazepam is thought to work by way of serotonin receptors.",
     {("Clonazepam", "serotonin receptors")}),
    (R.ACTS_THROUGH, DENIED, "Its effect is not mediated by opioid receptors.",
     {("Its", "opioid receptors")}),
    (R.ACTS_THROUGH, SAID, "Clonazepam acts through GABA-A receptor inhibition.", set()),
    (R.ACTS_THROUGH, SAID, "Inflammation is mediated by opioid receptors.", set()),
    # ── interactsWith ─────────────────────────────────────────────────────────────────────────────
    (R.INTERACTS_WITH, SAID, "Concomitant use of phenytoin should be avoided.",
     {("clonazepam", "phenytoin")}),
    (R.INTERACTS_WITH, HEDGED, "When combined with morphine, sedation may be enhanced.",
     {("clonazepam", "morphine")}),
    (R.INTERACTS_WITH, DENIED, "No interaction with levetiracetam was observed.",
     {("clonazepam", "levetiracetam")}),
    (R.INTERACTS_WITH, SAID, "Clonazepam must not be taken with alcohol.",
     {("Clonazepam", "alcohol")}),
    (R.INTERACTS_WITH, SAID, "Clonazepam increases serotonin levels.", set()),
    (R.INTERACTS_WITH, SAID, "Clonazepam exerts its anticonvulsant effect slowly.", set()),
    (R.INTERACTS_WITH, SAID, "Its effect is mediated by intracellular calcium.", set()),
    (R.INTERACTS_WITH, SAID, "Clonazepam may harm people allergic to aspirin.", set()),
    # ── contraindicatedFor, of people ─────────────────────────────────────────────────────────────
    (R.CONTRAINDICATED_FOR, SAID, "Clonazepam is not recommended for children under two years.",
     {("Clonazepam", "children under two years")}),
    (R.CONTRAINDICATED_FOR, SAID,
     "Clonazepam should be avoided in women of childbearing potential.",
     {("Clonazepam", "women of childbearing potential")}),
    (R.CONTRAINDICATED_FOR, SAID, "Clonazepam is not approved for children.", set()),
    # ── hasAdverseEffect ──────────────────────────────────────────────────────────────────────────
    (R.HAS_ADVERSE_EFFECT, SAID, "Somnolence and ataxia were the most common adverse events.",
     {("clonazepam", "Somnolence"), ("clonazepam", "ataxia")}),
    (R.HAS_ADVERSE_EFFECT, SAID, "Drowsiness is the most frequent side effect of clonazepam.",
     {("clonazepam", "Drowsiness")}),
    (R.HAS_ADVERSE_EFFECT, HEDGED, "Clonazepam can cause drowsiness.",
     {("Clonazepam", "drowsiness")}),
    (R.HAS_ADVERSE_EFFECT, DENIED, "Clonazepam does not cause hepatitis.",
     {("Clonazepam", "hepatitis")}),
    (R.HAS_ADVERSE_EFFECT, SAID,
     "Clonazepam is contraindicated in patients who have demonstrated hypersensitivity.", set()),
    # ── treats, prevents ──────────────────────────────────────────────────────────────────────────
    (R.TREATS, SAID, "Clonazepam is indicated for panic disorder.",
     {("Clonazepam", "panic disorder")}),
    (R.TREATS, DENIED, "Clonazepam is not indicated for gout.", {("Clonazepam", "gout")}),
    (R.TREATS, HEDGED, "Whether clonazepam is effective in insomnia is unclear.",
     {("clonazepam", "insomnia")}),
    (R.PREVENTS, SAID, "Clonazepam is used for the prevention of status epilepticus.",
     {("Clonazepam", "status epilepticus")}),
    # ── mechanism ─────────────────────────────────────────────────────────────────────────────────
    (R.BINDS_TO, SAID, "Clonazepam binds to GABA receptors.", {("Clonazepam", "GABA receptors")}),
    (R.BINDS_TO, HEDGED, "Clonazepam may also bind to opioid receptors.",
     {("Clonazepam", "opioid receptors")}),
    (R.MODULATES, SAID, "Clonazepam modulates GABA receptors.", {("Clonazepam", "GABA receptors")}),
    (R.MODULATES, SAID, "Benzodiazepines, including diazepam, are modulators of GABA receptors.",
     {("Benzodiazepines", "GABA receptors")}),
    (R.INCREASES, SAID, "Clonazepam increases inhibitory neurotransmission.",
     {("Clonazepam", "inhibitory neurotransmission")}),
    (R.DECREASES, SAID, "Unlike phenytoin, clonazepam reduces neuronal excitability.",
     {("clonazepam", "neuronal excitability")}),
    (R.DECREASES, HEDGED, "Clonazepam possibly reduces neuronal excitability.",
     {("Clonazepam", "neuronal excitability")}),
    (R.DECREASES, DENIED, "Clonazepam never reduces neuronal excitability.",
     {("Clonazepam", "neuronal excitability")}),
    (R.RESULTS_IN, SAID, "Enzyme-inducing drugs may increase receptor turnover.", set()),
    (R.RESULTS_IN, SAID,
     "Clonazepam binds to GABA receptors, leading to hyperpolarization of neuronal membranes.",
     {("Clonazepam", "hyperpolarization of neuronal membranes")}),
    # ── hasPharmacologicalProperty ────────────────────────────────────────────────────────────────
    (R.HAS_PROPERTY, SAID, "Clonazepam has a long half-life.", {("Clonazepam", "long half-life")}),
    (R.HAS_PROPERTY, SAID, "The plasma protein binding of clonazepam is high.",
     {("clonazepam", "plasma protein binding")}),
    (R.HAS_PROPERTY, DENIED, "Clonazepam does not have a long half-life.",
     {("Clonazepam", "long half-life")}),
    (R.HAS_PROPERTY, SAID, "Clonazepam is extensively metabolized in the liver by reduction.",
     {("Clonazepam", "extensively metabolized in the liver by reduction")}),
    (R.HAS_PROPERTY, SAID, "Less than 2% of the dose is excreted unchanged in the urine.",
     {("clonazepam", "excreted unchanged in the urine")}),
    (R.HAS_PROPERTY, DENIED, "Clonazepam is not excreted in bile.",
     {("Clonazepam", "excreted in bile")}),
    (R.HAS_PROPERTY, SAID, "Glucose is absorbed in the intestine.", set()),
    # ── isSubstrateOf ─────────────────────────────────────────────────────────────────────────────
    (R.IS_SUBSTRATE_OF, SAID, "Clonazepam is metabolized by CYP3A4.", {("Clonazepam", "CYP3A4")}),
    (R.IS_SUBSTRATE_OF, DENIED, "Clonazepam is not metabolized by CYP2D6.",
     {("Clonazepam", "CYP2D6")}),
    (R.BINDS_TO, SAID, "Clonazepam is metabolized by CYP3A4.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "how", "text", "expected"), SENTENCES)
def test_what_a_sentence_says(
    relation: Relation, how: str, text: str, expected: set[tuple[str, str]]
) -> None:
    found = claims_of(text, relation)
    assert {words(claim) for claim in found} == expected
    assert {mark(claim) for claim in found} <= {how}


def test_every_relation_of_the_vocabulary_is_tested() -> None:
    assert {relation for relation, *_ in SENTENCES} == set(Relation)


@pytest.mark.parametrize(("relation", "how", "text", "expected"), SENTENCES)
def test_only_what_is_said_without_caution_is_plain(
    relation: Relation, how: str, text: str, expected: set[tuple[str, str]]
) -> None:
    if how != SAID:
        assert not [claim for claim in claims_of(text, relation) if claim.is_plain]


@pytest.mark.parametrize("relation", [R.REQUIRES, R.REQUIRES_EVALUATION_OF])
def test_rules_of_conduct_are_never_facts(relation: Relation) -> None:
    claims = [
        c for kind, _, text, _ in SENTENCES if kind is relation for c in claims_of(text, kind)
    ]
    assert {claim.modality for claim in claims} == {Modality.NORMATIVE}
    assert all(claim.cue is not None for claim in claims)


def qualified(text: str, relation: Relation, kind: QualifierType) -> list[str]:
    (claim,) = claims_of(text, relation)
    return [qualifier.passage.text for qualifier in claim.qualified_by(kind)]


def test_how_often_to_look_and_which_dose_is_meant_are_qualifiers() -> None:
    text = "Periodic ophthalmologic examinations are recommended."
    assert qualified(text, R.REQUIRES, QualifierType.DEGREE) == ["Periodic"]
    text = "The recommended starting dose is 25 mg once daily for 2 weeks."
    assert qualified(text, R.HAS_DOSE, QualifierType.PHASE) == ["starting"]
    assert qualified(text, R.HAS_DOSE, QualifierType.DURATION) == ["for 2 weeks"]
    text = "Its elimination half-life is 25 to 33 hours."
    assert qualified(text, R.HAS_PROPERTY, QualifierType.DEGREE) == ["25 to 33 hours"]


def test_when_to_stop_is_a_condition_of_stopping() -> None:
    text = "Discontinue at the first sign of rash."
    assert qualified(text, R.REQUIRES, QualifierType.CONDITION) == ["at the first sign of rash"]


def test_curated_practices_keep_their_concepts() -> None:
    texts = ("Patients should be monitored.", "Patients should be advised to read the leaflet.")
    found = [claim.object.concept for text in texts for claim in claims_of(text, R.REQUIRES)]
    assert [concept.id for concept in found if concept] == ["monitoring", "patient-education"]


def test_a_dose_and_praise_stay_words() -> None:
    text = "Clonazepam is a cornerstone of therapy. The usual dose is 2 mg per day."
    literal = [c for c in claims_of(text) if c.relation in (R.STATES_THAT, R.HAS_DOSE)]
    assert [claim.object.concept for claim in literal] == [None, None]
    assert {claim.type for claim in literal} == {ClaimType.EVALUATIVE, ClaimType.DOSAGE}


def test_a_promise_is_outlook() -> None:
    (claim,) = claims_of("Clonazepam holds great promise.", R.STATES_THAT)
    assert claim.type is ClaimType.OUTLOOK
    assert claim.certainty is Certainty.PROJECTED


def test_what_a_way_of_use_leads_to_is_no_effect_of_the_drug_at_large() -> None:
    text = "Abrupt withdrawal of clonazepam can precipitate status epilepticus."
    assert not claims_of(text, R.HAS_ADVERSE_EFFECT)
    (claim,) = claims_of(text, R.LEADS_TO)
    assert claim.subject.concept is not None
    assert claim.subject.concept.category is Category.EXPOSURE


def test_a_class_that_describes_a_drug_does_nothing_by_itself() -> None:
    text = "Warfarin is an oral anticoagulant that inhibits vitamin K epoxide reductase."
    subjects = {claim.subject.label for claim in claims_of(text, R.DECREASES)}
    assert subjects == {"warfarin"}


def test_a_step_of_a_mechanism_is_told_once_with_the_target_it_names() -> None:
    text = "Clonazepam inhibits voltage-sensitive sodium channels, reducing neuronal excitability."
    first, second = claims_of(text, R.DECREASES)
    assert first.object.passage is not None
    assert first.object.passage.text == "sodium channels"
    assert second.via == (first.id,)


def test_a_kind_of_a_condition_is_no_longer_the_condition() -> None:
    (claim,) = claims_of("Clonazepam is indicated for drug-resistant seizures.", R.TREATS)
    assert claim.object.concept is not None
    assert claim.object.concept.id != "seizure"
