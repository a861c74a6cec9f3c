import hashlib
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Section,
    SectionKind,
    Span,
)
from tests.strategies import (
    ABSENCE,
    DRUG,
    SEDATION,
    documents_with_claims,
    passage,
    small_claim,
    small_document,
)

spans = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: Span(p[0], p[0] + p[1]))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (5, 2), (-1, 4), (-5, -2)])
def test_what_no_text_can_have_is_no_span(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(spans, spans, spans)
def test_covering_is_a_partial_order(a, b, c):
    assert a.covers(a)
    if a.covers(b) and b.covers(a):
        assert a == b
    if a.covers(b) and b.covers(c):
        assert a.covers(c)


@given(spans, spans)
def test_covering_means_holding_every_place(a, b):
    places = set(range(a.start, a.end)), set(range(b.start, b.end))
    assert a.covers(b) == places[0].issuperset(places[1])


@given(st.text(min_size=1), st.data())
def test_a_span_cuts_code_points(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = Span(start, end).cut(text)
    assert len(words) == end - start
    assert text[:start] + words + text[end:] == text


def test_records_are_frozen():
    claim = small_claim()
    with pytest.raises(FrozenInstanceError):
        claim.sentence = 2
    with pytest.raises(FrozenInstanceError):
        claim.id = "other"


def test_a_document_gives_its_sentences_by_number():
    document = small_document()
    assert document.sentence(1).text == "Clonazepam treats absence seizures."
    assert document.sentence(3).number == 3
    for number in (0, -1, 4):
        with pytest.raises(IndexError):
            document.sentence(number)


def test_a_document_gives_passages_only_from_inside():
    document = small_document()
    end = len(document.text)
    assert document.passage(0, 10) == Passage(Span(0, 10), "Clonazepam")
    assert document.passage(end - 1, end).text == "."
    for start, stop in ((0, end + 1), (end, end + 1), (-3, 2), (4, 4)):
        with pytest.raises(ValueError, match=r"not a span|reaches past"):
            document.passage(start, stop)


@pytest.mark.parametrize("kind", SectionKind)
def test_only_title_and_boilerplate_are_no_content(kind):
    is_content = Section(1, kind, None, Span(0, 1)).is_content
    assert is_content == (kind.value not in ("title", "boilerplate"))


def test_a_mention_needs_words_or_a_concept():
    with pytest.raises(ValueError, match="needs words or a concept"):
        Mention(None, None)
    assert Mention(None, DRUG).label == "clonazepam"
    assert Mention(passage("Clonazepam"), DRUG).label == "clonazepam"
    assert Mention(passage("Clonazepam"), None).label == "Clonazepam"


# ── The name of a claim ─────────────────────────────────────────────────────────────────────────

OTHER = passage("seizures")

# Every field is in one of the two lists; a new field has to be put into one.
SAME_ID = {
    "method": Method.LLM,
    "confidence": 0.25,
    "key": "another",
    "via": ("0" * 16,),
    "because": ("1" * 16,),
}
OTHER_ID = {
    "text_id": "another",
    "sentence": 2,
    "quote": OTHER,
    "subject": Mention(None, DRUG),
    "relation": Relation.PREVENTS,
    "object": Mention(passage("absence seizures"), SEDATION),
    "type": ClaimType.RISK,
    "polarity": Polarity.NEGATED,
    "certainty": Certainty.POSSIBLE,
    "modality": Modality.NORMATIVE,
    "evidence": EvidenceBasis.CITED_SOURCE,
    "cue": OTHER,
    "qualifiers": (Qualifier(QualifierType.DOSE, OTHER),),
}


def test_the_two_lists_hold_every_field():
    assert {f.name for f in fields(Claim)} == {"id", *SAME_ID, *OTHER_ID}


@pytest.mark.parametrize("name", SAME_ID)
def test_how_a_claim_was_found_leaves_its_name(name):
    changed = small_claim(**{name: SAME_ID[name]})
    assert changed != small_claim()
    assert changed.id == small_claim().id


@pytest.mark.parametrize("name", OTHER_ID)
def test_what_a_claim_says_makes_its_name(name):
    assert small_claim(**{name: OTHER_ID[name]}).id != small_claim().id


def test_finer_differences_make_another_name_too():
    words = passage("absence seizures")
    ids = [
        small_claim(object=Mention(words, ABSENCE)).id,
        small_claim(object=Mention(words, None)).id,
        small_claim(object=Mention(None, ABSENCE)).id,
        small_claim(object=Mention(Passage(words.span, "Absence seizures"), ABSENCE)).id,
        small_claim(object=Mention(Passage(Span(18, 35), words.text), ABSENCE)).id,
        small_claim(qualifiers=(Qualifier(QualifierType.DOSE, OTHER),)).id,
        small_claim(qualifiers=(Qualifier(QualifierType.PHASE, OTHER),)).id,
    ]
    assert len(set(ids)) == len(ids)


@settings(deadline=None, max_examples=50)
@given(documents_with_claims())
def test_names_are_16_hex_digits_and_last(drawn):
    for claim in drawn[1]:
        assert len(claim.id) == 16
        assert set(claim.id) <= set("0123456789abcdef")
        assert replace(claim, method=Method.MODEL, confidence=None, key=None).id == claim.id
        assert claim.linked(via=(), because=()).id == claim.id


def test_the_name_of_a_claim_never_changes():
    # The recipe, written out by hand. If this fails, every IRI that others hold is broken.
    content = (
        '["small",1,[0,34,"Clonazepam treats absence seizures"],[[0,10,"Clonazepam"],"clonazepam"],'
        '"treats",[[18,34,"absence seizures"],"absence-seizure"],'
        '"indication","affirmed","asserted","factual","author-statement",null,[]]'
    )
    assert small_claim().id == hashlib.sha256(content.encode()).hexdigest()[:16]
    assert small_claim().id == "a01ed92bb14bd16b"


def test_unordered_parts_are_put_in_order_once():
    dose = Qualifier(QualifierType.DOSE, passage("Clonazepam"))
    phase = Qualifier(QualifierType.PHASE, passage("seizures"))
    one = small_claim(qualifiers=(phase, dose), via=("b", "a", "b"), because=("d", "c"))
    two = small_claim(qualifiers=(dose, phase, dose), via=("a", "b"), because=("c", "d", "c"))
    assert one == two
    assert one.qualifiers == (dose, phase)
    assert one.via == ("a", "b")
    assert one.qualified_by(QualifierType.PHASE) == (phase,)
    assert one.qualified_by(QualifierType.SITE) == ()


# ── What is plain ───────────────────────────────────────────────────────────────────────────────


def test_a_plain_claim_is_plain():
    assert small_claim().is_plain
    assert small_claim(qualifiers=(Qualifier(QualifierType.DOSE, OTHER),)).is_plain


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": Polarity.NEGATED},
        *({"certainty": c} for c in Certainty if c is not Certainty.ASSERTED),
        {"modality": Modality.NORMATIVE},
        {"type": ClaimType.EVALUATIVE},
        {"type": ClaimType.OUTLOOK},
        {"object": Mention(OTHER, None)},
        {"subject": Mention(OTHER, None)},
        {"qualifiers": (Qualifier(QualifierType.CONDITION, OTHER),)},
    ],
    ids=str,
)
def test_one_reserve_is_enough_to_be_not_plain(change):
    assert not small_claim(**change).is_plain


def test_claims_stand_in_the_order_of_the_text():
    first, second = small_claim(), small_claim(object=Mention(passage("seizures"), ABSENCE))
    later = small_claim(sentence=2, object=Mention(None, SEDATION), quote=passage("sedation"))
    assert sorted([later, second, first], key=lambda c: c.sort_key) == [first, second, later]


def test_concepts_are_ordered_records():
    a, b = Concept("a", "z", Category.DRUG), Concept("b", "a", Category.DRUG)
    assert sorted([b, a]) == [a, b]
