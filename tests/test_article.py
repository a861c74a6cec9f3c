"""What a careful reader of the article would check in the reviewed claims.

Nothing here is read from `claims.yaml` and asserted back: each expectation was written down from
the text of the article.
"""

import hashlib
import re
from collections import Counter

import pytest
from rdflib import RDF

from claimgraph.exports import part_graph
from claimgraph.graph import CG, Part
from claimgraph.model import (
    Certainty,
    Claim,
    ClaimType,
    EvidenceBasis,
    Method,
    Modality,
    Passage,
    Polarity,
    QualifierType,
    Relation,
    SectionKind,
)
from claimgraph.resources import bundled_article
from tests.strategies import article, reviewed

R, Q, T = Relation, QualifierType, ClaimType


def claims() -> tuple[Claim, ...]:
    return article().claims


def ids(claim: Claim) -> tuple[str | None, str, str | None]:
    """Give a claim as concept ids around its relation."""
    subject, object_ = claim.subject.concept, claim.object.concept
    return (subject and subject.id, claim.relation.value, object_ and object_.id)


def said(claim: Claim, kind: QualifierType) -> list[str]:
    return [q.passage.text for q in claim.qualified_by(kind)]


def passages(claim: Claim) -> list[Passage]:
    found = [claim.quote, claim.subject.passage, claim.object.passage, claim.cue]
    return [p for p in found if p is not None] + [q.passage for q in claim.qualifiers]


# ── The text ────────────────────────────────────────────────────────────────────────────────────


def test_the_text_is_the_one_the_claims_were_reviewed_against():
    data = (bundled_article() / "article.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == (
        "2aca46813c89412c63a983938d24e0c4113d6617b4c78a3da6f77d941d76ff62"
    )
    text = data.decode("utf-8")
    assert article().document.text == text
    assert len(text) == 4029
    assert "\r" not in text
    # Two characters that an editor changes without a word.
    assert [m.start() for m in re.finditer("’", text)] == [text.index("Clonazepam’s") + 10]
    assert Counter(c for c in text if ord(c) > 127) == {"\u2019": 1, "\u00a0": 1}
    assert "2mg\u00a0occupies" in article().document.sentence(20).text


def test_nothing_unknown_of_the_source_is_made_up():
    citation = article().document.citation
    assert citation.title == (
        "Illuminating the Role of Generic Clonazepam 2mg in the Management of Seizure Disorders"
    )
    assert citation.language == "en"
    unknown = (citation.author, citation.publisher, citation.date, citation.url, citation.licence)
    assert set(unknown) == {None}


def test_the_sections_are_those_a_reader_sees():
    document = article().document
    sections = [(s.kind, s.heading) for s in document.sections]
    assert sections == [
        (SectionKind.TITLE, None),
        (SectionKind.INTRODUCTION, None),
        (SectionKind.MECHANISM, "Mechanism of Action"),
        (SectionKind.EFFICACY, "Clinical Efficacy"),
        (SectionKind.SAFETY, "Safety Profile"),
        (SectionKind.CONSIDERATIONS, "Clinical Considerations"),
        (SectionKind.OUTLOOK, "Future Directions"),
        (SectionKind.CONCLUSION, None),
        (SectionKind.BOILERPLATE, None),
    ]
    assert document.sections[-1].span.cut(document.text) == "Related Posts"
    # Three sentences each, but four on the mechanism; none in title and boilerplate.
    per_section = Counter(s.section for s in document.sentences)
    assert per_section == {2: 3, 3: 4, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3}


@pytest.mark.parametrize(
    ("number", "section", "start"),
    [
        (1, 2, "Seizure disorders, characterized by"),
        (3, 2, "This benzodiazepine derivative"),
        (4, 3, "Clonazepam exerts its therapeutic"),
        (10, 4, "Moreover, Clonazepam’s long"),
        (12, 5, "Common adverse effects include"),
        (19, 7, "Furthermore, ongoing efforts"),
        (20, 8, "Generic Clonazepam 2mg\u00a0occupies"),
        (22, 8, "Through comprehensive patient care"),
    ],
)
def test_sentences_are_filed_where_they_stand(number, section, start):
    sentence = article().document.sentence(number)
    assert sentence.text.startswith(start)
    assert sentence.section == section


def test_there_are_22_sentences_and_each_is_accounted_for():
    build = article()
    assert len(build.document.sentences) == 22
    assert all(s.text.endswith(".") for s in build.document.sentences)
    with_claims = {claim.sentence for claim in build.claims}
    assert with_claims | set(build.without_claims) == set(range(1, 23))
    assert not with_claims & set(build.without_claims)


# ── All claims ──────────────────────────────────────────────────────────────────────────────────


def test_there_are_claims_of_every_kind_the_text_makes():
    counted = Counter(claim.type for claim in claims())
    assert counted.total() >= 70
    assert set(counted) == {
        T.MECHANISM, T.INDICATION, T.PHARMACOKINETICS, T.ADVERSE_EFFECT, T.RISK, T.PRECAUTION,
        T.RECOMMENDATION, T.CLASSIFICATION, T.BACKGROUND, T.EVALUATIVE, T.OUTLOOK,
    }  # fmt: skip


def test_all_words_stand_where_they_are_said_to():
    document = article().document
    for claim in claims():
        sentence = document.sentence(claim.sentence)
        for words in passages(claim):
            assert document.text[words.span.start : words.span.end] == words.text
            assert sentence.span.covers(words.span)


def test_words_are_whole_words():
    text = article().document.text
    for claim in claims():
        for words in passages(claim):
            assert re.fullmatch(r"\W?", text[words.span.start - 1 : words.span.start])
            assert re.fullmatch(r"\W?", text[words.span.end : words.span.end + 1])


def test_claims_are_reviewed_by_a_person_and_named():
    assert {claim.method for claim in claims()} == {Method.REVIEWED}
    assert {claim.confidence for claim in claims()} == {None}
    keys = [claim.key for claim in claims()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key) for key in keys)


def test_the_article_denies_nothing_and_forbids_nothing():
    assert {claim.polarity for claim in claims()} == {Polarity.AFFIRMED}
    assert not any(claim.qualified_by(Q.NEGATION) for claim in claims())
    assert not any(claim.type is T.CONTRAINDICATION for claim in claims())
    assert not any(claim.relation is R.CONTRAINDICATED_FOR for claim in claims())


def test_every_hedge_and_every_ought_shows_its_words():
    cues = {
        Certainty.POSSIBLE: {"may", "can"},
        Certainty.PROJECTED: {"poised for", "promising"},
    }
    for claim in claims():
        if claim.certainty is Certainty.ASSERTED and claim.modality is Modality.FACTUAL:
            assert claim.cue is None
        else:
            assert claim.cue is not None
        if claim.certainty in cues:
            assert claim.cue.text in cues[claim.certainty]
        if claim.modality is Modality.NORMATIVE:
            assert claim.cue.text in {
                "should", "essential", "necessitates", "necessitating", "integral", "imperative",
                "paramount",
            }  # fmt: skip


def test_a_drug_is_implied_only_where_the_sentence_does_not_name_it():
    for claim in claims():
        if claim.subject.passage is None:
            sentence = article().document.sentence(claim.sentence).text
            assert "clonazepam" not in sentence.lower()
            assert claim.subject.concept.id == "clonazepam"
    assert {c.sentence for c in claims() if c.subject.passage is None} == {12, 15, 16}


# ── The careful decisions ───────────────────────────────────────────────────────────────────────


def test_generic_2mg_narrows_the_claims_that_say_so_and_no_others():
    narrowed = [
        c for c in claims() if "2mg" in (c.subject.passage.text if c.subject.passage else "")
    ]
    assert Counter(c.sentence for c in narrowed) == {2: 3, 14: 2, 20: 4}
    for claim in narrowed:
        assert said(claim, Q.DOSE) == ["2mg"]
        assert [word.lower() for word in said(claim, Q.PRODUCT)] == ["generic"]
        assert claim.subject.concept.id == "clonazepam"  # the drug, not a product of its own
    assert [c for c in claims() if c.qualified_by(Q.DOSE)] == narrowed
    assert not any(c.relation is R.HAS_DOSE for c in claims())


def test_the_three_adverse_effects_are_common():
    effects = [c for c in claims() if c.relation is R.HAS_ADVERSE_EFFECT]
    assert {c.object.concept.id for c in effects} == {
        "sedation",
        "dizziness",
        "cognitive-impairment",
    }
    assert len(effects) == 3
    assert all(said(c, Q.FREQUENCY) == ["Common"] for c in effects)
    assert {c.certainty for c in effects} == {Certainty.ASSERTED}
    assert [c for c in claims() if c.qualified_by(Q.FREQUENCY)] == effects


def test_the_titration_phase_is_when_tolerability_is_limited():
    phase = "especially during the initial titration phase"
    limits = [c for c in claims() if c.relation is R.LIMITS and c.sentence == 12]
    assert {c.subject.concept.id for c in limits} == {
        "sedation",
        "dizziness",
        "cognitive-impairment",
    }
    assert all(said(c, Q.PHASE) == [phase] for c in limits)
    assert all((c.certainty, c.cue.text) == (Certainty.POSSIBLE, "may") for c in limits)
    assert {c.object.concept.id for c in limits} == {"tolerability"}
    # The text does not say that the effects themselves occur in that phase.
    assert [c for c in claims() if c.qualified_by(Q.PHASE)] == limits


def test_tolerance_and_dependence_come_of_prolonged_use_and_only_perhaps():
    risks = [c for c in claims() if c.relation is R.LEADS_TO]
    assert {ids(c) for c in risks} == {
        ("prolonged-clonazepam-use", "leadsTo", "tolerance"),
        ("prolonged-clonazepam-use", "leadsTo", "dependence"),
    }
    for claim in risks:
        assert (claim.certainty, claim.cue.text) == (Certainty.POSSIBLE, "may")
        assert said(claim, Q.CONDITION) == ["prolonged use"]
    # Neither is said to be an adverse effect of the drug as such.
    blamed = {c.object.concept.id for c in claims() if c.relation is R.HAS_ADVERSE_EFFECT}
    assert not blamed & {"tolerance", "dependence"}


def test_may_does_not_govern_what_is_necessitated():
    for key, degree in (("monitor-cautiously", "cautious"), ("adjust-dosage", "judicious")):
        claim = reviewed(key)
        assert (claim.certainty, claim.modality) == (Certainty.ASSERTED, Modality.NORMATIVE)
        assert claim.cue.text == "necessitating"
        assert said(claim, Q.DEGREE) == [degree]
        assert set(claim.because) == {reviewed("tolerance").id, reviewed("dependence").id}


def test_what_is_hoped_of_precautions_is_intended_not_stated():
    mitigates = [c for c in claims() if c.cue is not None and c.cue.text == "to mitigate"]
    assert {(c.subject.concept.id, c.object.concept.id) for c in mitigates} == {
        ("monitoring", "tolerance"), ("monitoring", "dependence"),
        ("dosage-adjustment", "tolerance"), ("dosage-adjustment", "dependence"),
    }  # fmt: skip
    assert {c.certainty for c in mitigates} == {Certainty.INTENDED}
    assert {c.object.passage.text for c in mitigates} == {"these risks"}


def test_delivery_systems_and_precision_medicine_are_not_clonazepam():
    future = [c for c in claims() if c.sentence == 18]
    assert {c.subject.concept.id for c in future} == {
        "precision-medicine", "drug-delivery-system", "epilepsy-treatment",
    }  # fmt: skip
    assert {c.certainty for c in future} == {Certainty.PROJECTED}
    about_uptake = [c for c in claims() if "bioavailability" in ids(c)]
    assert [c.subject.concept.id for c in about_uptake] == ["drug-delivery-system"]


def test_concurrent_medications_are_a_factor_and_no_interaction():
    assert not any(c.relation is R.INTERACTS_WITH for c in claims())
    assert not any(c.type is T.INTERACTION for c in claims())
    claim = reviewed("evaluate-concurrent-medications")
    assert ids(claim) == ("clonazepam", "requiresEvaluationOf", "concurrent-medication")
    assert (claim.modality, claim.cue.text) == (Modality.NORMATIVE, "should")
    assert claim.object.passage.text == "concurrent medications"


def test_what_must_be_evaluated():
    evaluated = {c.object.concept.id: c for c in claims() if c.relation is R.REQUIRES_EVALUATION_OF}
    assert set(evaluated) == {
        "safety-profile", "seizure-type", "comorbidity", "concurrent-medication",
    }  # fmt: skip
    assert {c.modality for c in evaluated.values()} == {Modality.NORMATIVE}


def test_the_half_life_is_long_and_has_no_number():
    claim = reviewed("long-half-life")
    assert ids(claim) == ("clonazepam", "hasPharmacologicalProperty", "long-half-life")
    assert claim.type is T.PHARMACOKINETICS
    assert claim.qualifiers == ()
    assert not any(re.search(r"\d", words.text) for words in passages(claim))


def test_gaba_receptors_are_not_made_gaba_a_and_akinetic_not_atonic():
    named = {
        mention.concept.id
        for claim in claims()
        for mention in (claim.subject, claim.object)
        if mention.concept is not None
    }
    assert {"gaba-receptor", "akinetic-seizure"} <= named
    assert not named & {"gaba-a-receptor", "atonic-seizure"}
    assert reviewed("binds-gaba-receptors").object.passage.text == "GABA receptors"
    assert reviewed("treats-akinetic-seizures").object.passage.text == "akinetic seizures"


def test_seizure_seizure_disorder_and_epilepsy_are_three_things():
    treated = {
        c.object.passage.text: c.object.concept.id for c in claims() if c.relation is R.TREATS
    }
    assert treated == {
        "various types of seizures": "seizure",
        "seizures of various etiologies": "seizure",
        "seizure": "seizure",
        "seizure disorders": "seizure-disorder",
        "absence seizures": "absence-seizure",
        "myoclonic seizures": "myoclonic-seizure",
        "akinetic seizures": "akinetic-seizure",
        "acute seizure episodes": "acute-seizure-episode",
        "status epilepticus": "status-epilepticus",
        "epilepsy": "epilepsy",
    }


def test_studies_are_named_and_not_cited():
    studied = [c for c in claims() if c.evidence is not EvidenceBasis.AUTHOR_STATEMENT]
    assert {c.sentence for c in studied} == {8}
    assert {c.evidence for c in studied} == {EvidenceBasis.UNCITED_STUDY}
    assert all(said(c, Q.EVIDENCE) == ["Clinical studies"] for c in studied)
    # What the studies showed of clonazepam, not how the writer sorts seizures.
    assert {c.subject.concept.id for c in studied} == {"clonazepam"}
    assert {c.object.concept.id for c in studied} == {
        "efficacy", "seizure-disorder", "absence-seizure", "myoclonic-seizure", "akinetic-seizure",
    }  # fmt: skip


# ── Chains ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("later", "link", "earlier"),
    [
        # "binding to specific sites on GABA receptors, leading to hyperpolarization … and inhibition"
        ("hyperpolarizes-membranes", "via", "binds-gaba-receptors"),
        ("inhibits-transmitter-release", "via", "binds-gaba-receptors"),
        # "By enhancing the inhibitory actions of GABA, Clonazepam dampens …, thereby mitigating …"
        ("dampens-excitability", "via", "enhances-gaba-inhibition"),
        ("fewer-seizures", "via", "dampens-excitability"),
        ("milder-seizures", "via", "dampens-excitability"),
        # "long half-life facilitates sustained seizure control, reducing the frequency and severity"
        ("sustained-control", "because", "long-half-life"),
        ("less-frequent-episodes", "via", "sustained-control"),
        ("less-severe-episodes", "via", "sustained-control"),
        # "Its rapid onset of action makes it particularly useful in …"
        ("treats-acute-episodes", "because", "rapid-onset"),
        ("treats-status-epilepticus", "because", "rapid-onset"),
    ],
)
def test_chains_are_kept(later, link, earlier):
    assert getattr(reviewed(later), link) == (reviewed(earlier).id,)


def test_the_chain_of_the_mechanism_is_made_of_the_things_the_text_names():
    assert ids(reviewed("binds-gaba-receptors")) == ("clonazepam", "bindsTo", "gaba-receptor")
    assert ids(reviewed("hyperpolarizes-membranes"))[1:] == (
        "resultsIn", "neuronal-membrane-hyperpolarization",
    )  # fmt: skip
    assert ids(reviewed("enhances-gaba-inhibition"))[1:] == ("increases", "gaba-inhibitory-action")
    assert ids(reviewed("dampens-excitability"))[1:] == ("decreases", "neuronal-excitability")
    for key, aspect in (("fewer-seizures", "occurrence"), ("milder-seizures", "severity")):
        assert ids(reviewed(key)) == ("clonazepam", "decreases", "seizure")
        assert said(reviewed(key), Q.ASPECT) == [aspect]
    for key, aspect in (
        ("less-frequent-episodes", "frequency"),
        ("less-severe-episodes", "severity"),
    ):
        assert ids(reviewed(key)) == ("long-half-life", "decreases", "recurrent-seizure-episode")
        assert said(reviewed(key), Q.ASPECT) == [aspect]
        assert said(reviewed(key), Q.DURATION) == ["over extended periods"]


def test_links_point_backward_in_the_text_or_stay_in_the_sentence():
    by_id = {claim.id: claim for claim in claims()}
    for claim in claims():
        for target in claim.via + claim.because:
            assert by_id[target].sentence <= claim.sentence


# ── What the simplest query finds ───────────────────────────────────────────────────────────────

PLAINLY_SAID = {
    *(("clonazepam", "treats", condition) for condition in (
        "seizure", "seizure-disorder", "absence-seizure", "myoclonic-seizure", "akinetic-seizure",
        "acute-seizure-episode", "status-epilepticus", "epilepsy")),
    *(("clonazepam", "hasAdverseEffect", effect) for effect in (
        "sedation", "dizziness", "cognitive-impairment")),
    ("clonazepam", "isKindOf", "seizure-medication"),
    ("clonazepam", "isKindOf", "benzodiazepine"),
    ("absence-seizure", "isKindOf", "seizure-disorder"),
    ("myoclonic-seizure", "isKindOf", "seizure-disorder"),
    ("akinetic-seizure", "isKindOf", "seizure-disorder"),
    ("epilepsy", "isKindOf", "neurological-condition"),
    ("clonazepam", "modulates", "gaba-neurotransmitter-system"),
    ("clonazepam", "increases", "gaba-inhibitory-action"),
    ("clonazepam", "decreases", "neuronal-excitability"),
    ("clonazepam", "decreases", "seizure"),
    ("clonazepam", "bindsTo", "gaba-receptor"),
    ("clonazepam", "resultsIn", "neuronal-membrane-hyperpolarization"),
    ("clonazepam", "resultsIn", "neurotransmitter-release-inhibition"),
    ("clonazepam-mechanism", "occursIn", "central-nervous-system"),
    ("clonazepam", "hasPharmacologicalProperty", "rapid-onset-of-action"),
    ("clonazepam", "hasPharmacologicalProperty", "long-half-life"),
    ("long-half-life", "resultsIn", "seizure-control"),
    ("long-half-life", "decreases", "recurrent-seizure-episode"),
    ("seizure-disorder", "characterizedBy", "abnormal-electrical-activity"),
    ("abnormal-electrical-activity", "occursIn", "brain"),
}  # fmt: skip


def test_the_direct_triples_are_what_the_article_plainly_says():
    direct = part_graph(article().dataset, [Part.DIRECT])
    found = {tuple(str(part).replace("#", "/").rsplit("/", 1)[-1] for part in t) for t in direct}
    assert found == PLAINLY_SAID


def test_nothing_hedged_recommended_conditional_or_praised_is_a_direct_triple():
    reserved = [
        c
        for c in claims()
        if c.certainty is not Certainty.ASSERTED
        or c.modality is Modality.NORMATIVE
        or c.type in (T.EVALUATIVE, T.OUTLOOK)
        or c.qualified_by(Q.CONDITION)
    ]
    assert len(reserved) > 40
    assert not {ids(c) for c in reserved} & PLAINLY_SAID
    assert not any(c.is_plain for c in reserved)


def test_praise_stays_praise():
    # "stands out as a potent tool", "cornerstone therapy", "offering reliable efficacy" …
    for key in ("potent-tool", "cornerstone-therapy", "pivotal-position", "significant-benefits"):
        claim = reviewed(key)
        assert (claim.type, claim.relation) == (T.EVALUATIVE, R.STATES_THAT)
        assert claim.object.concept is None
    for claim in claims():
        if (
            ids(claim)[2] in ("efficacy", "safety", "tolerability")
            and ids(claim)[0] == "clonazepam"
        ):
            assert claim.type is T.EVALUATIVE


def test_every_claim_is_in_the_graph():
    graph = part_graph(article().dataset, [Part.CLAIMS])
    assert len(list(graph.subjects(RDF.type, CG.Claim))) == len(claims())
