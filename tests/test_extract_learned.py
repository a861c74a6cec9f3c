"""The extractor by a learned reader: what it says becomes claims that pass the gate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.learned.grounding import trim
from claimgraph.extract.learned.labels import ANSWERS, Layer, Pairing
from claimgraph.extract.targets import RELATION_OF
from claimgraph.gate import pass_claims
from claimgraph.lexicon import load_lexicon
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    Method,
    Modality,
    QualifierType,
    Relation,
    Span,
)
from tests.fake_reader import FakeReader, blame


def claims_of(text: str, reader: FakeReader, drug: str | None = None) -> list[Claim]:
    document = cut_text(text, id="text", citation=Citation("A text"), drug=drug)
    passed = pass_claims(LearnedExtractor(reader).extract(document), document)
    assert not passed.rejections
    return list(passed.claims)


def said(text: str, reader: FakeReader, drug: str | None = None) -> set[str]:
    return {in_words(claim) for claim in claims_of(text, reader, drug)}


def in_words(claim: Claim) -> str:
    """Say a claim with the words of its object, whatever concept they stand for."""
    assert claim.object.passage is not None
    return f"{claim.subject.label} {claim.relation} {claim.object.passage.text}"


def uses(layer: Layer, words: str) -> FakeReader:
    return FakeReader([(layer, words, 0.9)])


# ── What becomes a claim ────────────────────────────────────────────────────────────────────────


def test_a_blamed_drug_has_an_adverse_effect() -> None:
    (claim,) = claims_of("Rash came up on phenytoin.", blame("phenytoin", "Rash"))
    assert in_words(claim) == "phenytoin hasAdverseEffect Rash"
    assert claim.method is Method.MODEL
    assert claim.is_plain
    assert claim.object.passage is not None
    assert claim.object.passage.text == "Rash"


def test_a_pair_that_the_reader_does_not_relate_makes_no_claim() -> None:
    reader = blame("phenytoin", "Rash", sure=0.3)
    assert claims_of("Rash came up on phenytoin.", reader) == []


def test_a_remedy_treats_what_it_is_given_for() -> None:
    reader = FakeReader(
        [(Layer.REMEDY, "gold", 0.9), (Layer.TREATED, "rheumatoid arthritis", 0.9)],
        {(Pairing.TREATS, "gold", "rheumatoid arthritis"): {"treats": 0.9}},
    )
    assert said("She received gold for rheumatoid arthritis.", reader) == {
        "Gold treats rheumatoid arthritis"
    }


@pytest.mark.parametrize(
    ("layer", "relation"),
    [(Layer.TREATED, "treats"), (Layer.PREVENTED, "prevents")],
)
def test_a_label_speaks_of_its_own_drug(layer: Layer, relation: str) -> None:
    text = "Indications\n\nFor migraine in adults."
    (claim,) = claims_of(text, uses(layer, "migraine"), "Zorvan")
    assert in_words(claim) == f"zorvan {relation} migraine"
    assert claim.subject.passage is None


def test_what_nobody_takes_for_a_use_of_no_known_drug_is_no_claim() -> None:
    assert claims_of("Migraine is common.", uses(Layer.TREATED, "Migraine")) == []


def test_a_reaction_of_a_label_is_of_its_own_drug() -> None:
    text = "Adverse Reactions\n\nDizziness was seen in 4% of patients."
    assert said(text, uses(Layer.ADVERSE, "Dizziness"), "Zorvan") == {
        "zorvan hasAdverseEffect Dizziness"
    }


def test_a_reaction_in_a_text_that_is_no_label_needs_a_drug_that_is_blamed() -> None:
    text = "Dizziness was seen in some patients."
    assert claims_of(text, uses(Layer.ADVERSE, "Dizziness"), "Zorvan") == []


@pytest.mark.parametrize(
    ("answer", "relation"),
    [
        ("inhibits", Relation.DECREASES),
        ("activates", Relation.INCREASES),
        ("agonist", Relation.MODULATES),
        ("antagonist", Relation.MODULATES),
        ("substrate", Relation.IS_SUBSTRATE_OF),
    ],
)
def test_what_a_drug_does_to_a_target(answer: str, relation: Relation) -> None:
    reader = FakeReader(
        [(Layer.CHEMICAL, "Aspirin", 0.9), (Layer.GENE, "COX-1", 0.9)],
        {(Pairing.TARGET, "Aspirin", "COX-1"): {answer: 0.8}},
    )
    (claim,) = claims_of("Aspirin acts on COX-1.", reader)
    assert claim.relation is relation


def test_every_answer_about_targets_has_a_relation() -> None:
    assert set(RELATION_OF) == set(ANSWERS[Pairing.TARGET]) - {"none"}


def test_titles_and_boilerplate_are_not_even_read() -> None:
    reader = blame("phenytoin", "Rash")
    document = cut_text("Rash on phenytoin.", id="t", citation=Citation("T"))
    list(LearnedExtractor(reader).extract(document))
    assert [len(asked) for asked in reader.asked] == [1]


# ── Grounding ───────────────────────────────────────────────────────────────────────────────────


def test_a_span_takes_the_concept_that_heads_it_and_keeps_its_words() -> None:
    text = "Severe hepatic necrosis followed phenytoin."
    (claim,) = claims_of(text, blame("phenytoin", "Severe hepatic necrosis"))
    assert claim.object.passage is not None
    assert claim.object.passage.text == "Severe hepatic necrosis"
    (entry, *_) = load_lexicon().lookup("hepatic necrosis")
    assert claim.object.concept == entry.concept


def test_what_no_name_heads_is_named_after_its_words() -> None:
    text = "Inability to tell joke from earnest followed phenytoin."
    (claim,) = claims_of(text, blame("phenytoin", "Inability to tell joke from earnest"))
    assert claim.object.concept is not None
    assert claim.object.concept.id == "unlisted-inability-to-tell-joke-from-earnest"


def test_a_list_that_the_reader_takes_for_one_is_cut_into_its_members() -> None:
    text = "Fever, rash and vomiting were due to phenytoin."
    assert said(text, blame("phenytoin", "Fever, rash and vomiting")) == {
        "phenytoin hasAdverseEffect Fever",
        "phenytoin hasAdverseEffect rash",
        "phenytoin hasAdverseEffect vomiting",
    }


def test_a_listed_drug_that_the_reader_overlooked_is_asked_about() -> None:
    reader = FakeReader(
        [(Layer.ADVERSE, "Rash", 0.9)], {(Pairing.ADVERSE, "phenytoin", "Rash"): {"affirmed": 0.9}}
    )
    assert said("Rash came up on phenytoin.", reader) == {"phenytoin hasAdverseEffect Rash"}


def test_without_a_lexicon_only_what_the_reader_found_counts() -> None:
    reader = FakeReader(
        [(Layer.ADVERSE, "Rash", 0.9)], {(Pairing.ADVERSE, "phenytoin", "Rash"): {"affirmed": 0.9}}
    )
    document = cut_text("Rash came up on phenytoin.", id="t", citation=Citation("T"))
    assert list(LearnedExtractor(reader, grounded=False).extract(document)) == []


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("the rash,", "rash"),
        ("(rash)", "rash"),
        ("rash)", "rash"),
        ("loss (of hair)", "loss (of hair)"),
        ("• rash.", "rash"),
        ("with complete heart block", "complete heart block"),
        ("permanent visual loss and", "permanent visual loss"),
        ("pain syndrome (CIPS", "pain syndrome"),
        ("hepatitis A", "hepatitis A"),
        ("android", "android"),
        ("(", None),
        (", ;", None),
    ],
)
def test_marks_and_small_words_at_the_edges_are_left_out(words: str, left: str | None) -> None:
    span = trim(words, Span(0, len(words)))
    assert (None if span is None else span.cut(words)) == left


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("a non-Hodgkin lymphoma", "Hodgkin lymphoma", "non-Hodgkin lymphoma"),
        ("on co-trimoxazole", "trimoxazole", "co-trimoxazole"),
        ("S-1 is oral", "1", "S-1"),
        ("of interferon-gamma", "gamma", "interferon-gamma"),
        ("atazanavir-ritonavir-based", "ritonavir", "ritonavir"),
        ("anti-BCRP activity", "BCRP", "BCRP"),
        ("common-cold", "cold", "cold"),
        ("-5", "5", "5"),
    ],
)
def test_a_span_has_what_a_hyphen_ties_to_its_first_word(text: str, found: str, whole: str) -> None:
    start = text.index(found)
    span = trim(text, Span(start, start + len(found)))
    assert span is not None
    assert span.cut(text) == whole


# ── Caution ─────────────────────────────────────────────────────────────────────────────────────


def test_a_denial_of_the_reader_takes_the_words_that_deny() -> None:
    reader = blame("phenytoin", "rash", "negated")
    (claim,) = claims_of("On phenytoin no patient had any rash.", reader)
    assert [q.passage.text for q in claim.qualified_by(QualifierType.NEGATION)] == ["no"]
    assert not claim.is_plain


def test_a_doubt_of_the_reader_takes_the_words_that_hedge() -> None:
    reader = blame("phenytoin", "Rash", "speculated")
    (claim,) = claims_of("Rash was possibly due to phenytoin.", reader)
    assert claim.certainty is Certainty.POSSIBLE
    assert claim.cue is not None
    assert claim.cue.text == "possibly"


@pytest.mark.parametrize("answer", ["negated", "speculated"])
def test_a_doubt_that_no_words_show_is_no_claim(answer: str) -> None:
    assert claims_of("Rash came up on phenytoin.", blame("phenytoin", "Rash", answer)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rash was possibly due to phenytoin.",
        "Phenytoin may cause rash.",
        "There was no rash due to phenytoin.",
        "Phenytoin did not cause rash.",
        "If phenytoin causes rash, call your doctor.",
        "It is unclear whether phenytoin causes rash.",
        "Phenytoin should cause rash.",
    ],
)
def test_what_the_rules_doubt_is_no_fact_however_sure_the_reader_is(text: str) -> None:
    drug = "phenytoin" if "phenytoin" in text else "Phenytoin"
    effect = "rash" if "rash" in text else "Rash"
    assert not any(claim.is_plain for claim in claims_of(text, blame(drug, effect, sure=1.0)))


@pytest.mark.parametrize(
    "text",
    [
        "Zorvan is not indicated for migraine.",
        "Zorvan is contraindicated in patients with migraine.",
        "Safety and effectiveness in migraine have not been established.",
        "Zorvan should not be used for migraine.",
        "Zorvan is not effective for the treatment of migraine.",
    ],
)
def test_what_a_label_says_against_a_use_is_never_a_use(text: str) -> None:
    text = f"Indications\n\n{text}"
    claims = claims_of(text, uses(Layer.TREATED, "migraine"), "Zorvan")
    assert not any(claim.is_plain for claim in claims)


def test_a_ban_keeps_the_words_that_forbid() -> None:
    text = "Warnings\n\nZorvan is contraindicated in patients with asthma."
    (claim,) = claims_of(text, uses(Layer.CONTRAINDICATED, "asthma"), "Zorvan")
    assert claim.modality is Modality.NORMATIVE
    assert claim.cue is not None
    assert claim.cue.text == "contraindicated"


def test_a_ban_without_words_that_forbid_is_none_outside_a_section_of_bans() -> None:
    reader = uses(Layer.CONTRAINDICATED, "asthma")
    assert claims_of("Warnings\n\nPatients with asthma.", reader, "Zorvan") == []
    assert said("Contraindications\n\nPatients with asthma.", reader, "Zorvan") == {
        "zorvan contraindicatedFor asthma"
    }


def test_what_a_way_of_using_a_drug_leads_to_is_no_effect_of_the_drug() -> None:
    text = "Prolonged use of clonazepam may lead to dependence."
    assert claims_of(text, blame("clonazepam", "dependence")) == []


def test_qualifiers_are_those_of_the_rules() -> None:
    text = "Indications\n\nFor migraine in adults who have failed to respond to other drugs."
    (claim,) = claims_of(text, uses(Layer.TREATED, "migraine"), "Zorvan")
    assert [q.passage.text for q in claim.qualifiers] == [
        "adults",
        "who have failed to respond to other drugs",
    ]


# ── Whatever a reader says ──────────────────────────────────────────────────────────────────────

_TEXT = (
    "Zorvan (aspirin) may cause rash, fever and (rarely) no vomiting; it should not be used in "
    "asthma. COX-1 is inhibited, but not by Zorvan."
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Layer)),
            st.integers(0, len(_TEXT) - 1),
            st.integers(1, 40),
            st.floats(0, 1),
        ),
        max_size=8,
    ),
    st.sampled_from([name for names in ANSWERS.values() for name in names]),
)
def test_whatever_spans_a_reader_finds_claims_are_in_the_text_and_pass_the_gate(
    spans: list[tuple[Layer, int, int, float]], answer: str
) -> None:
    class Always(dict):  # type: ignore[type-arg]
        def get(self, key, default=None):  # type: ignore[no-untyped-def]
            return {answer: 0.9} if answer in ANSWERS[key[0]][1:] else default

    reader = FakeReader([(k, _TEXT[a : a + n], p) for k, a, n, p in spans], Always())
    document = cut_text(_TEXT, id="t", citation=Citation("T"), drug="Zorvan")
    extractor = LearnedExtractor(reader)
    claims = list(extractor.extract(document))
    assert pass_claims(claims, document).rejections == ()
    assert claims == list(extractor.extract(document))
