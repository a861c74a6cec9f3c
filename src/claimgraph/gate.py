"""The gate: what a claim has to satisfy before it may be published, however it was found.

A claim that fails is reported with every rule it breaks; it is never repaired and never dropped
silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from claimgraph.introductions import find_lines_above
from claimgraph.model import (
    Certainty,
    Claim,
    Document,
    EvidenceBasis,
    Modality,
    Passage,
    Polarity,
    QualifierType,
)
from claimgraph.vocab import SIGNATURES

_OWN = ("quote", "subject", "object")  # what only the sentence itself can say


class Rule(StrEnum):
    """What the gate checks."""

    TEXT = "text"
    SENTENCE = "sentence"
    VERBATIM = "verbatim"
    INSIDE = "inside-sentence"
    SUBJECT = "subject"
    OBJECT = "object"
    DOMAIN = "domain"
    RANGE = "range"
    CUE = "cue"
    NEGATION = "negation"
    EVIDENCE = "evidence"
    CONFIDENCE = "confidence"
    DUPLICATE = "duplicate"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a claim may not be published."""

    claim: Claim
    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What came through the gate, and what did not."""

    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]

    @property
    def counts(self) -> dict[Rule, int]:
        """How many rejections each rule caused."""
        return dict(sorted(Counter(r.rule for r in self.rejections).items()))

    @property
    def refused(self) -> int:
        """How many claims did not come through; one may break several rules."""
        return len({rejection.claim.id for rejection in self.rejections})


def pass_claims(claims: Iterable[Claim], document: Document) -> Passed:
    """Sort claims into those that may be published and those that may not.

    Args:
        claims: claims of one document.
        document: the text they were read from.
    """
    all_claims = list(claims)
    good: list[Claim] = []
    rejections: list[Rejection] = []
    known = {claim.id for claim in all_claims}
    seen: set[str] = set()
    for claim in all_claims:
        broken = check_claim(claim, document)
        if claim.id in seen:
            broken.append(Rejection(claim, Rule.DUPLICATE, "the same claim was made before"))
        seen.add(claim.id)
        broken += [
            Rejection(claim, Rule.LINK, f"rests on claim {target}, which is not there")
            for target in claim.via + claim.because
            if target not in known
        ]
        if broken:
            rejections += broken
        else:
            good.append(claim)
    good, orphans = _drop_orphans(good)
    good, circular = _drop_circles(good)
    return Passed(tuple(good), tuple(rejections + orphans + circular))


def check_claim(claim: Claim, document: Document) -> list[Rejection]:
    """Give every rule that a claim breaks, by itself and against its text."""
    found: list[Rejection] = []

    def reject(rule: Rule, reason: str) -> None:
        found.append(Rejection(claim, rule, reason))

    if claim.text_id != document.id:
        reject(Rule.TEXT, f"is about {claim.text_id!r}, not {document.id!r}")
    if not 1 <= claim.sentence <= len(document.sentences):
        reject(Rule.SENTENCE, f"the text has no sentence {claim.sentence}")
        return found
    for name, passage in _passages(claim):
        if (reason := _misplaced(name, passage, document, claim.sentence)) is not None:
            reject(*reason)

    signature = SIGNATURES[claim.relation]
    subject, object_ = claim.subject.concept, claim.object.concept
    if subject is None:
        reject(Rule.SUBJECT, "the subject names no concept")
    elif subject.category not in signature.domain:
        reject(
            Rule.DOMAIN,
            f"{claim.relation} takes no {subject.category} as subject ({subject.label})",
        )
    if claim.object.passage is None:
        reject(Rule.OBJECT, "the object has no words in the text")
    if object_ is None and not signature.takes_literal:
        reject(Rule.RANGE, f"{claim.relation} needs a concept as object, not words")
    elif object_ is not None and object_.category not in signature.range:
        wanted = ", ".join(sorted(signature.range)) or "words only"
        reject(
            Rule.RANGE,
            f"{claim.relation} takes no {object_.category} as object ({object_.label}); "
            f"it takes {wanted}",
        )
    if claim.cue is None and claim.certainty is not Certainty.ASSERTED:
        reject(Rule.CUE, f"certainty is {claim.certainty}, but no cue shows it")
    if claim.cue is None and claim.modality is Modality.NORMATIVE:
        reject(Rule.CUE, "modality is normative, but no cue shows it")
    negations = claim.qualified_by(QualifierType.NEGATION)
    if bool(negations) != (claim.polarity is Polarity.NEGATED):
        reject(Rule.NEGATION, "a negated claim, and only it, has a negation qualifier")
    studies = claim.qualified_by(QualifierType.EVIDENCE)
    if bool(studies) != (claim.evidence is not EvidenceBasis.AUTHOR_STATEMENT):
        reject(Rule.EVIDENCE, "evidence named in the text, and only it, has an evidence qualifier")
    if claim.confidence is not None and not 0.0 <= claim.confidence <= 1.0:
        reject(Rule.CONFIDENCE, f"confidence {claim.confidence} is not between 0 and 1")
    return found


def _drop_orphans(claims: list[Claim]) -> tuple[list[Claim], list[Rejection]]:
    """Reject claims that rest on a rejected one, and those that rest on them in turn."""
    rejections: list[Rejection] = []
    while True:
        known = {claim.id for claim in claims}
        orphans = [c for c in claims if not known.issuperset(c.via + c.because)]
        if not orphans:
            return claims, rejections
        rejections += [
            Rejection(c, Rule.LINK, "rests on a claim that did not pass the gate") for c in orphans
        ]
        gone = {claim.id for claim in orphans}
        claims = [claim for claim in claims if claim.id not in gone]


def _drop_circles(claims: list[Claim]) -> tuple[list[Claim], list[Rejection]]:
    """Reject claims that rest on themselves, or on such claims, through via and because."""
    settled: set[str] = set()
    waiting = claims
    while ready := [c for c in waiting if settled.issuperset(c.via + c.because)]:
        settled |= {claim.id for claim in ready}
        waiting = [claim for claim in waiting if claim.id not in settled]
    rejections = [
        Rejection(c, Rule.LINK, "rests on itself, or on a claim that does") for c in waiting
    ]
    return [claim for claim in claims if claim.id in settled], rejections


def _passages(claim: Claim) -> list[tuple[str, Passage]]:
    """List the claim's passages with what each one is."""
    named: list[tuple[str, Passage | None]] = [
        ("quote", claim.quote),
        ("subject", claim.subject.passage),
        ("object", claim.object.passage),
        ("cue", claim.cue),
        *((f"{q.type} qualifier", q.passage) for q in claim.qualifiers),
    ]
    return [(name, passage) for name, passage in named if passage is not None]


def _misplaced(
    name: str, passage: Passage, document: Document, number: int
) -> tuple[Rule, str] | None:
    """Say what is wrong with where a passage stands, if anything.

    What hedges or narrows an item of a list may stand in the line that introduces the list.
    """
    span = passage.span
    if span.cut(document.text) != passage.text:
        return (
            Rule.VERBATIM,
            f"the {name} {passage.text!r} is not what stands at [{span.start}, {span.end})",
        )
    if document.sentence(number).span.covers(span):
        return None
    lines = () if name in _OWN else find_lines_above(document, number)
    if not any(line.span.covers(span) for line in lines):
        return (Rule.INSIDE, f"the {name} {passage.text!r} reaches outside its sentence")
    return None
