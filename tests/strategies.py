"""What the tests share: the article, built once, and strategies for documents and claims."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Concept,
    Document,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Sentence,
    Span,
)
from claimgraph.pipeline import Build, build_article
from claimgraph.resources import bundled_article
from claimgraph.vocab import SIGNATURES

# Two concepts of each category; among their labels are those that break careless writers.
_LABELS = ('a "quoted" label', "back\\slash", "line\nbreak", "<b>bold</b>", "naïve — 药", "{x}|y;z")
CONCEPTS: tuple[Concept, ...] = tuple(
    Concept(
        f"{category.value.lower()}-{number}",
        f"{_LABELS[(2 * position + number) % len(_LABELS)]} {category.value} {number}",
        category,
    )
    for position, category in enumerate(Category)
    for number in (1, 2)
)

WORDS = (
    "Clonazepam", "clonazepam’s", "may", "treat", "seizures", "2mg\u00a0occupies", "GABA",
    '"quoted"', "back\\slash", "tab\tbed", "naïve", "😀", "药物", "e\u0301", "=1+1", "<script>",
    "|", "#", "\u2028", "\x85", "\x0c", "@en", "_:b", "5", "no",
)  # fmt: skip
"""Words as texts have them, and characters that formats trip over."""


@cache
def article() -> Build:
    """Build the article once for all tests. Nobody may change what this gives."""
    return build_article(bundled_article())


def reviewed(key: str) -> Claim:
    """Give the article's claim of that id in `claims.yaml`."""
    return next(claim for claim in article().claims if claim.key == key)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document with at least one sentence, and headings, gaps and marks in the way."""
    sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
        lambda words: "Then " + " ".join(words) + "."
    )
    paragraphs = st.lists(sentences, min_size=1, max_size=3).map(" ".join)
    headings = st.sampled_from(("Mechanism:", "Safety Profile:", "Related Posts", "Else:"))
    blocks = draw(st.lists(paragraphs | headings, max_size=4))
    opening = draw(st.sampled_from(([], ["Mechanism:"], ["A title without a full stop"])))
    blocks = [*opening, draw(paragraphs), *blocks]
    gap = draw(st.sampled_from(("\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n")))
    start = draw(st.sampled_from(("", "\ufeff", "\n", "  ")))
    id_ = draw(st.sampled_from(("text", "label-2", "a-1")))
    return cut_text(start + gap.join(blocks) + draw(st.sampled_from(("", "\n"))), id=id_,
                    citation=Citation("A title"))  # fmt: skip


def passages(document: Document, sentence: Sentence) -> st.SearchStrategy[Passage]:
    """Draw words of a sentence, not always whole ones."""
    span = sentence.span
    return (
        st.tuples(st.integers(span.start, span.end), st.integers(span.start, span.end))
        .filter(lambda ends: ends[0] != ends[1])
        .map(lambda ends: document.passage(min(ends), max(ends)))
    )


def concepts_of(categories: frozenset[Category]) -> st.SearchStrategy[Concept]:
    """Draw a concept of one of these categories."""
    return st.sampled_from([c for c in CONCEPTS if c.category in categories])


@st.composite
def claims(draw: st.DrawFn, document: Document) -> Claim:
    """Draw a claim that passes the gate."""
    sentence = draw(st.sampled_from(document.sentences))
    words = passages(document, sentence)
    relation = draw(st.sampled_from(Relation))
    signature = SIGNATURES[relation]
    certainty, modality = draw(st.sampled_from(Certainty)), draw(st.sampled_from(Modality))
    hedged = certainty is not Certainty.ASSERTED or modality is Modality.NORMATIVE
    polarity, evidence = draw(st.sampled_from(Polarity)), draw(st.sampled_from(EvidenceBasis))
    kinds = [
        kind
        for kind in QualifierType
        if kind not in (QualifierType.NEGATION, QualifierType.EVIDENCE)
    ]
    qualifiers = draw(
        st.lists(st.builds(Qualifier, st.sampled_from(kinds), words), max_size=4, unique=True)
    )
    if polarity is Polarity.NEGATED:
        qualifiers.append(Qualifier(QualifierType.NEGATION, draw(words)))
    if evidence is not EvidenceBasis.AUTHOR_STATEMENT:
        qualifiers.append(Qualifier(QualifierType.EVIDENCE, draw(words)))
    return Claim(
        text_id=document.id,
        sentence=sentence.number,
        quote=draw(words),
        subject=Mention(draw(st.none() | words), draw(concepts_of(signature.domain))),
        relation=relation,
        object=Mention(
            draw(words), None if signature.takes_literal else draw(concepts_of(signature.range))
        ),
        type=draw(st.sampled_from(ClaimType)),
        polarity=polarity,
        certainty=certainty,
        modality=modality,
        evidence=evidence,
        cue=draw(words) if hedged else draw(st.none() | words),
        qualifiers=tuple(qualifiers),
        method=draw(st.sampled_from(Method)),
        confidence=draw(st.none() | st.floats(0, 1)),
        key=draw(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)),
    )


@st.composite
def claim_sets(draw: st.DrawFn, document: Document) -> tuple[Claim, ...]:
    """Draw different claims of a document that pass the gate together, linked without circles."""
    drawn = draw(st.lists(claims(document), max_size=5, unique_by=lambda c: c.id))
    linked: list[Claim] = []
    for claim in drawn:
        earlier = [other.id for other in linked]
        targets = st.lists(st.sampled_from(earlier), max_size=2) if earlier else st.just([])
        linked.append(claim.linked(via=tuple(draw(targets)), because=tuple(draw(targets))))
    return tuple(sorted(linked, key=lambda c: c.sort_key))


@st.composite
def documents_with_claims(draw: st.DrawFn) -> tuple[Document, tuple[Claim, ...]]:
    """Draw a document and claims of it."""
    document = draw(documents())
    return document, draw(claim_sets(document))


# ── For tests that need one small, plain case ───────────────────────────────────────────────────

SMALL_TEXT = (
    "Clonazepam treats absence seizures. It may cause sedation, but it does not cure epilepsy. "
    "Studies show that patients should take 2mg."
)
DRUG = Concept("clonazepam", "clonazepam", Category.DRUG)
ABSENCE = Concept("absence-seizure", "absence seizure", Category.CONDITION)
SEDATION = Concept("sedation", "sedation", Category.CONDITION)


def small_document() -> Document:
    """Give a document of three sentences."""
    return cut_text(SMALL_TEXT, id="small", citation=Citation("Small"))


def passage(words: str, document: Document | None = None) -> Passage:
    """Find words that stand once in a document, the small one if none is given."""
    text = (document or small_document()).text
    assert text.count(words) == 1, words
    start = text.index(words)
    return Passage(Span(start, start + len(words)), words)


def small_claim(**changes: object) -> Claim:
    """Give the plain claim of the small document's first sentence, with changes."""
    claim = Claim(
        text_id="small",
        sentence=1,
        quote=passage("Clonazepam treats absence seizures"),
        subject=Mention(passage("Clonazepam"), DRUG),
        relation=Relation.TREATS,
        object=Mention(passage("absence seizures"), ABSENCE),
        type=ClaimType.INDICATION,
    )
    return replace(claim, **changes)  # type: ignore[arg-type]
