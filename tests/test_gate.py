from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.gate import Rule, check_claim, pass_claims
from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    Concept,
    Document,
    EvidenceBasis,
    Mention,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Span,
)
from claimgraph.vocab import SIGNATURES
from tests.strategies import (
    ABSENCE,
    CONCEPTS,
    SEDATION,
    article,
    documents_with_claims,
    law,
    passage,
    small_claim,
    small_document,
)


def rules(claim: Claim, document: Document | None = None) -> set[Rule]:
    """Give the rules that a claim breaks."""
    return {rejection.rule for rejection in check_claim(claim, document or small_document())}


def qualified(kind: QualifierType, words: str) -> tuple[Qualifier, ...]:
    return (Qualifier(kind, passage(words)),)


def test_all_claims_of_the_article_pass():
    build = article()
    assert pass_claims(build.claims, build.document).rejections == ()


@law(50)
@given(documents_with_claims())
def test_good_claims_pass_together_and_in_their_order(drawn):
    document, claims = drawn
    passed = pass_claims(claims, document)
    assert passed.claims == claims
    assert passed.rejections == ()
    assert passed.counts == {}


# ── One mistake, one rule ───────────────────────────────────────────────────────────────────────

BAD = {
    "another-text": (small_claim(text_id="other"), Rule.TEXT),
    "no-sentence-0": (small_claim(sentence=0), Rule.SENTENCE),
    "no-sentence-4": (small_claim(sentence=4), Rule.SENTENCE),
    "quote-shifted": (
        small_claim(quote=Passage(Span(1, 35), "Clonazepam treats absence seizures")),
        Rule.VERBATIM,
    ),
    "quote-rewritten": (
        small_claim(quote=Passage(Span(0, 34), "clonazepam treats absence seizures")),
        Rule.VERBATIM,
    ),
    "quote-past-the-end": (small_claim(quote=Passage(Span(0, 5000), "Clonazepam")), Rule.VERBATIM),
    "quote-of-another-sentence": (small_claim(quote=passage("It may cause")), Rule.INSIDE),
    "quote-of-two-sentences": (small_claim(quote=passage("seizures. It")), Rule.INSIDE),
    "subject-of-another-sentence": (
        small_claim(subject=Mention(passage("Studies"), small_claim().subject.concept)),
        Rule.INSIDE,
    ),
    "object-rewritten": (
        small_claim(object=Mention(Passage(Span(18, 34), "Absence seizures"), ABSENCE)),
        Rule.VERBATIM,
    ),
    "qualifier-of-another-sentence": (
        small_claim(qualifiers=qualified(QualifierType.DOSE, "2mg")),
        Rule.INSIDE,
    ),
    "cue-of-another-sentence": (
        small_claim(certainty=Certainty.POSSIBLE, cue=passage("may")),
        Rule.INSIDE,
    ),
    "subject-without-a-concept": (
        small_claim(subject=Mention(passage("Clonazepam"), None)),
        Rule.SUBJECT,
    ),
    "a-condition-treats": (small_claim(subject=Mention(None, SEDATION)), Rule.DOMAIN),
    "object-in-no-words": (small_claim(object=Mention(None, ABSENCE)), Rule.OBJECT),
    "words-for-a-concept": (
        small_claim(object=Mention(passage("absence seizures"), None)),
        Rule.RANGE,
    ),
    "a-concept-for-words": (small_claim(relation=Relation.STATES_THAT), Rule.RANGE),
    "a-drug-is-treated": (
        small_claim(object=Mention(passage("absence seizures"), small_claim().subject.concept)),
        Rule.RANGE,
    ),
    "possible-without-a-cue": (small_claim(certainty=Certainty.POSSIBLE), Rule.CUE),
    "projected-without-a-cue": (small_claim(certainty=Certainty.PROJECTED), Rule.CUE),
    "intended-without-a-cue": (small_claim(certainty=Certainty.INTENDED), Rule.CUE),
    "normative-without-a-cue": (small_claim(modality=Modality.NORMATIVE), Rule.CUE),
    "negated-without-words": (small_claim(polarity=Polarity.NEGATED), Rule.NEGATION),
    "negation-words-of-an-affirmed-claim": (
        small_claim(qualifiers=qualified(QualifierType.NEGATION, "treats")),
        Rule.NEGATION,
    ),
    "study-without-words": (small_claim(evidence=EvidenceBasis.UNCITED_STUDY), Rule.EVIDENCE),
    "source-without-words": (small_claim(evidence=EvidenceBasis.CITED_SOURCE), Rule.EVIDENCE),
    "study-words-of-a-plain-statement": (
        small_claim(qualifiers=qualified(QualifierType.EVIDENCE, "treats")),
        Rule.EVIDENCE,
    ),
    "confidence-above-one": (small_claim(confidence=1.01), Rule.CONFIDENCE),
    "confidence-below-zero": (small_claim(confidence=-0.01), Rule.CONFIDENCE),
    "confidence-not-a-number": (small_claim(confidence=float("nan")), Rule.CONFIDENCE),
    "confidence-infinite": (small_claim(confidence=float("inf")), Rule.CONFIDENCE),
}


def test_the_good_claim_the_table_starts_from_passes():
    assert rules(small_claim()) == set()
    assert rules(small_claim(confidence=0.0)) == rules(small_claim(confidence=1.0)) == set()


@pytest.mark.parametrize(("claim", "rule"), BAD.values(), ids=BAD)
def test_one_mistake_breaks_one_rule(claim, rule):
    assert rules(claim) == {rule}
    rejection = check_claim(claim, small_document())[0]
    assert rejection.claim == claim
    assert rejection.reason
    assert "\n" not in rejection.reason


def test_the_table_holds_every_rule_on_one_claim():
    on_many = {Rule.DUPLICATE, Rule.LINK}
    assert {rule for _, rule in BAD.values()} == set(Rule) - on_many


def test_all_rules_a_claim_breaks_are_said():
    worst = small_claim(
        text_id="other",
        subject=Mention(passage("Studies"), SEDATION),
        certainty=Certainty.POSSIBLE,
        polarity=Polarity.NEGATED,
        confidence=7.0,
    )
    assert rules(worst) == {
        Rule.TEXT, Rule.INSIDE, Rule.DOMAIN, Rule.CUE, Rule.NEGATION, Rule.CONFIDENCE,
    }  # fmt: skip


@pytest.mark.parametrize("relation", Relation)
def test_domain_and_range_are_held_for_every_category(relation):
    signature = SIGNATURES[relation]
    for category in Category:
        concept = Concept("x", "x", category)
        base = small_claim(relation=relation)
        assert (Rule.DOMAIN in rules(replace(base, subject=Mention(None, concept)))) == (
            category not in signature.domain
        )
        object_ = Mention(passage("absence seizures"), concept)
        assert (Rule.RANGE in rules(replace(base, object=object_))) == (
            category not in signature.range
        )


# ── Any mistake in any good claim ───────────────────────────────────────────────────────────────

Mutation = Callable[[Claim, Document, st.DrawFn], tuple[Claim, Rule] | None]


def shifted(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    by = draw(st.sampled_from([-2, -1, 1, 2]))
    start, end = claim.quote.span.start + by, claim.quote.span.end + by
    if start < 0 or document.text[start:end] == claim.quote.text:
        return None
    return replace(claim, quote=Passage(Span(start, end), claim.quote.text)), Rule.VERBATIM


def longer(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    span = Span(claim.quote.span.start, claim.quote.span.end + draw(st.integers(1, 9)))
    # Past the end of the text nothing more can be cut, and only the sentence is left.
    rule = Rule.VERBATIM if claim.quote.span.end < len(document.text) else Rule.INSIDE
    return replace(claim, quote=Passage(span, claim.quote.text)), rule


def rewritten(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    words = claim.object.passage
    if words is None:
        return None
    changed = Passage(words.span, words.text[:-1] + "\u2603")
    return replace(claim, object=Mention(changed, claim.object.concept)), Rule.VERBATIM


def outside(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    others = [s for s in document.sentences if s.number != claim.sentence]
    if not others:
        return None
    sentence = draw(st.sampled_from(others))
    words = document.passage(sentence.span.start, sentence.span.start + 1)
    field = draw(st.sampled_from(["quote", "cue", "subject", "object", "qualifiers"]))
    value: object = {
        "quote": words,
        "cue": words,
        "subject": Mention(words, claim.subject.concept),
        "object": Mention(words, claim.object.concept),
        "qualifiers": (*claim.qualifiers, Qualifier(QualifierType.ASPECT, words)),
    }[field]
    return replace(claim, **{field: value}), Rule.INSIDE


def wrong_subject(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    wrong = [c for c in CONCEPTS if c.category not in SIGNATURES[claim.relation].domain]
    if not wrong:
        return None
    return replace(claim, subject=Mention(None, draw(st.sampled_from(wrong)))), Rule.DOMAIN


def wrong_object(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    wrong = [c for c in CONCEPTS if c.category not in SIGNATURES[claim.relation].range]
    if not wrong:
        return None
    concept = draw(st.sampled_from(wrong))
    return replace(claim, object=Mention(claim.object.passage, concept)), Rule.RANGE


def without_cue(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    if claim.certainty is Certainty.ASSERTED and claim.modality is Modality.FACTUAL:
        return None
    return replace(claim, cue=None), Rule.CUE


def flipped(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    negated = claim.polarity is Polarity.NEGATED
    polarity = Polarity.AFFIRMED if negated else Polarity.NEGATED
    return replace(claim, polarity=polarity), Rule.NEGATION


def bare(claim: Claim, document: Document, draw: st.DrawFn) -> tuple[Claim, Rule] | None:
    kept = tuple(q for q in claim.qualifiers if q.type is not QualifierType.EVIDENCE)
    if kept == claim.qualifiers:
        return replace(claim, evidence=EvidenceBasis.CITED_SOURCE), Rule.EVIDENCE
    return replace(claim, qualifiers=kept), Rule.EVIDENCE


MUTATIONS: list[Mutation] = [
    shifted, longer, rewritten, outside, wrong_subject, wrong_object, without_cue, flipped, bare,
]  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.__name__)
@law(25)
@given(drawn=documents_with_claims(), data=st.data())
def test_any_mistake_in_any_good_claim_is_refused(mutation, drawn, data):
    document, claims = drawn
    for claim in claims:
        changed = mutation(claim, document, data.draw)
        if changed is not None:
            bad, rule = changed
            assert rule in rules(bad, document)
            passed = pass_claims([bad], document)
            assert passed.claims == ()
            assert passed.counts[rule] >= 1


# ── Claims together ─────────────────────────────────────────────────────────────────────────────


ONE = small_claim()
TWO = small_claim(object=Mention(passage("absence"), ABSENCE))
THREE = small_claim(object=Mention(passage("seizures"), ABSENCE))


def outcome(*claims: Claim) -> tuple[set[str], list[Rule]]:
    """Give the ids that pass and the rules that the rest break."""
    passed = pass_claims(claims, small_document())
    assert {c.id for c in passed.claims} | {r.claim.id for r in passed.rejections} == {
        c.id for c in claims
    }
    return {c.id for c in passed.claims}, [r.rule for r in passed.rejections]


def test_the_second_of_two_equal_claims_is_refused():
    again = replace(ONE, key="again", confidence=0.5)
    passed = pass_claims([ONE, again, TWO], small_document())
    assert passed.claims == (ONE, TWO)
    assert [(r.claim, r.rule) for r in passed.rejections] == [(again, Rule.DUPLICATE)]


def test_a_link_to_nothing_is_refused():
    assert outcome(replace(ONE, via=("f" * 16,)), TWO) == ({TWO.id}, [Rule.LINK])
    assert outcome(replace(ONE, because=("f" * 16,)), TWO) == ({TWO.id}, [Rule.LINK])


def test_what_rests_on_a_refused_claim_is_refused_with_all_that_rests_on_it():
    bad = replace(ONE, confidence=2.0)
    middle, last = replace(TWO, via=(bad.id,)), replace(THREE, because=(TWO.id,))
    assert outcome(last, middle, bad) == (set(), [Rule.CONFIDENCE, Rule.LINK, Rule.LINK])
    assert outcome(bad, middle, replace(last, because=())) == (
        {THREE.id},
        [Rule.CONFIDENCE, Rule.LINK],
    )


def test_circles_are_refused_with_all_that_rests_on_them():
    assert outcome(replace(ONE, via=(ONE.id,)), TWO) == ({TWO.id}, [Rule.LINK])
    one, two = replace(ONE, via=(TWO.id,)), replace(TWO, because=(ONE.id,))
    three = replace(THREE, via=(ONE.id,))
    assert outcome(one, two, THREE) == ({THREE.id}, [Rule.LINK] * 2)
    assert outcome(one, two, three) == (set(), [Rule.LINK] * 3)


def test_links_may_point_forward_and_backward():
    one, three = replace(ONE, via=(TWO.id, THREE.id)), replace(THREE, because=(TWO.id,))
    assert outcome(one, TWO, three) == ({ONE.id, TWO.id, THREE.id}, [])


def test_rejections_are_counted_by_rule():
    passed = pass_claims([replace(ONE, confidence=2.0), replace(TWO, text_id="x", confidence=3.0)],
                         small_document())  # fmt: skip
    assert passed.counts == {Rule.CONFIDENCE: 2, Rule.TEXT: 1}
    assert passed.refused == 2


# ── A list and the line above it ────────────────────────────────────────────────────────────────


def item_claim(text: str, cue: str, **changes: object) -> tuple[Claim, Document]:
    """Give a claim that its last sentence makes of sedation, hedged by words before it."""
    document = cut_text(text, id="text", citation=Citation("A text"))
    words = passage("sedation", document)
    claim = small_claim(
        text_id="text",
        sentence=len(document.sentences),
        quote=words,
        subject=Mention(None, small_claim().subject.concept),
        relation=Relation.HAS_ADVERSE_EFFECT,
        object=Mention(words, SEDATION),
        certainty=Certainty.POSSIBLE,
        cue=passage(cue, document),
    )
    return replace(claim, **changes), document


def test_an_item_may_be_hedged_by_the_line_above_its_list():
    claim, document = item_claim("Side effects may include:\n- falls\n- sedation", "may")
    assert check_claim(claim, document) == []


@pytest.mark.parametrize(
    "text",
    [
        "Side effects may occur.\n- falls\n- sedation",
        "Side effects may include:\n- falls\n\nIt is a tablet. It is white.\n\n- sedation",
        "It may be white. Side effects:\n- sedation",
    ],
    ids=["no line", "another list", "before the line"],
)
def test_no_other_sentence_hedges_it(text):
    claim, document = item_claim(text, "may")
    assert rules(claim, document) == {Rule.INSIDE}


def test_what_a_claim_is_about_stands_in_its_own_sentence():
    text = "Common effects of sleep may include:\n- sedation"
    claim, document = item_claim(text, "may")
    above = passage("sleep", document)
    for changes in ({"quote": above}, {"object": Mention(above, SEDATION)}):
        assert rules(replace(claim, **changes), document) == {Rule.INSIDE}
    narrowed = (Qualifier(QualifierType.FREQUENCY, passage("Common", document)),)
    assert rules(replace(claim, qualifiers=narrowed), document) == set()
