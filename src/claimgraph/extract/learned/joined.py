"""Rules and a learned reader together: what both say is one claim, and each decides what it knows.

Two claims of one sentence are the same if they have one relation and their sides overlap. Where
they differ in caution the more careful one stays; otherwise the words of whoever draws borders
better for that relation. Which extractor decides a relation was measured; see `deciding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from claimgraph.extract.learned.deciding import DECIDES, Decision, decision_of
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.rules import RuleExtractor
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    Document,
    Mention,
    Method,
    Modality,
    Polarity,
    Relation,
)


class JoinedExtractor:
    """Extracts claims by rules and by a learned reader.

    Args:
        learned: the extractor by the reader.
        rules: the extractor by rules.
        decides: who decides which relation.
    """

    def __init__(
        self,
        learned: LearnedExtractor,
        rules: RuleExtractor | None = None,
        decides: Mapping[Relation, Decision] = DECIDES,
    ) -> None:
        self._learned = learned
        self._rules = rules or RuleExtractor(learned.lexicon)
        self._decides = decides

    def extract(self, document: Document) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice."""
        ruled = list(self._rules.extract(document))
        yield from join_claims(ruled, self._learned.extract(document), self._decides)

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Give the mentions that the reader finds, and those of the rules that it has none at."""
        read = list(self._learned.mentions(document))
        kinds = {m.concept.category for m in read if m.concept is not None}
        kinds |= {Category.DRUG, Category.DRUG_CLASS, Category.CONDITION, Category.TARGET}
        others = [
            one
            for one in self._rules.mentions(document)
            if one.concept is None or one.concept.category not in kinds
        ]
        yield from sorted([*read, *others], key=_place)


def join_claims(
    ruled: Iterable[Claim], read: Iterable[Claim], decides: Mapping[Relation, Decision] = DECIDES
) -> Iterator[Claim]:
    """Put the claims of rules and reader together, in text order.

    Args:
        ruled: the claims by rules, sentence by sentence.
        read: the claims by the reader, sentence by sentence.
        decides: who decides which relation.
    """
    by_sentence: dict[int, tuple[list[Claim], list[Claim]]] = {}
    for side, claims in enumerate((ruled, read)):
        for number, group in groupby(claims, key=lambda one: one.sentence):
            by_sentence.setdefault(number, ([], []))[side].extend(group)
    for number in sorted(by_sentence):
        yield from _join_sentence(*by_sentence[number], decides)


def _join_sentence(
    ruled: Sequence[Claim], read: Sequence[Claim], decides: Mapping[Relation, Decision]
) -> list[Claim]:
    """Put the claims of one sentence together."""
    pairs = _match(ruled, read)
    joined: list[Claim] = []
    names: dict[str, str] = {}
    taken = {id(one) for pair in pairs for one in pair}
    for one, other in pairs:
        claim = _merge(one, other, decision_of(decides, one))
        names[one.id] = claim.id
        joined.append(claim)
    both = [(one, other) for one, other in pairs]
    for claim in (*ruled, *read):
        if id(claim) in taken:
            continue
        known = next(
            (pair for pair in both if _same(pair[0], claim) or _same(pair[1], claim)), None
        )
        if known is not None:  # said already, in words that overlap these
            names[claim.id] = names[known[0].id]
        elif _may_speak(claim, decision_of(decides, claim)) or claim.via:
            joined.append(claim)
    kept = {claim.id for claim in joined}
    linked = [_relink(claim, names, kept) for claim in joined]
    unique = {claim.id: claim for claim in reversed(linked)}
    return sorted(unique.values(), key=lambda one: one.sort_key)


def _overlaps_one_of(pair: tuple[Claim, Claim], claim: Claim) -> bool:
    """Tell whether a claim says what a pair of claims says."""
    return _same(pair[0], claim) or _same(pair[1], claim)


def _may_speak(claim: Claim, decision: Decision) -> bool:
    """Tell whether a claim that only one extractor makes may stand."""
    if claim.method is Method.MODEL and (claim.confidence or 0.0) < decision.least:
        return False
    return decision.by is Method.BOTH or decision.by is claim.method


def _relink(claim: Claim, names: Mapping[str, str], kept: set[str]) -> Claim:
    """Let a claim rest on what the claims that it rests on have become."""
    if not claim.via and not claim.because:
        return claim
    via = tuple(new for old in claim.via if (new := names.get(old, old)) in kept)
    because = tuple(new for old in claim.because if (new := names.get(old, old)) in kept)
    return replace(claim, via=via, because=because)


def _match(ruled: Sequence[Claim], read: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pair the claims that say the same, each with one at most, those that share most first."""
    pairs = sorted(
        (
            (-_shared(one.object, other.object) - _shared(one.subject, other.subject), i, j)
            for i, one in enumerate(ruled)
            for j, other in enumerate(read)
            if _same(one, other)
        ),
    )
    left, right = set(range(len(ruled))), set(range(len(read)))
    matched = []
    for _, i, j in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            matched.append((ruled[i], read[j]))
    return matched


def _same(one: Claim, other: Claim) -> bool:
    """Tell whether two claims of one sentence say the same: one relation, sides that overlap."""
    return (
        one.relation is other.relation
        and _shared(one.object, other.object) > 0
        and (
            _shared(one.subject, other.subject) > 0
            or (one.subject.concept is not None and one.subject.concept == other.subject.concept)
        )
    )


def _shared(one: Mention, other: Mention) -> int:
    """Count the characters that two mentions share."""
    if one.passage is None or other.passage is None:
        return 0
    first, second = one.passage.span, other.passage.span
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _merge(ruled: Claim, read: Claim, decision: Decision) -> Claim:
    """Make one claim of two that say the same."""
    base = read if decision.words is Method.MODEL else ruled
    rest = ruled if base is read else read
    if ruled.via or ruled.because:  # a step of a mechanism keeps its words
        base, rest = ruled, read
    if _caution(rest) > _caution(base):
        base = replace(rest, via=base.via, because=base.because)
    if base.subject.passage is None and rest.subject.passage is not None:
        base = replace(base, subject=rest.subject)
    return replace(
        base,
        method=Method.BOTH,
        confidence=_combine(ruled.confidence, read.confidence),
        via=ruled.via,
        because=ruled.because,
    )


def _caution(claim: Claim) -> int:
    """Rate how careful a claim is; what is denied is further from a fact than what is doubted."""
    return (
        4 * (claim.polarity is Polarity.NEGATED)
        + 2 * (claim.certainty is not Certainty.ASSERTED)
        + (claim.modality is Modality.NORMATIVE)
    )


def _combine(one: float | None, other: float | None) -> float | None:
    """Give the confidence of what two say that err independently: it is wrong if both are."""
    if one is None or other is None:
        return one if other is None else other
    return 1.0 - (1.0 - one) * (1.0 - other)


def _place(mention: Mention) -> tuple[int, int, str]:
    """Order mentions by place."""
    span = None if mention.passage is None else mention.passage.span
    return (0, 0, mention.label) if span is None else (span.start, -span.end, mention.label)
