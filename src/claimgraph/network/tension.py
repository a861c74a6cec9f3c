"""Find where the claims of a text pull apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claimgraph.graph import phrase
from claimgraph.model import Category, Certainty, Claim, Concept, Modality, Polarity, Relation


class TensionKind(StrEnum):
    """How two claims pull apart."""

    TREATED_AND_CAUSED = "treated-and-caused"
    AFFIRMED_AND_DENIED = "affirmed-and-denied"
    RAISED_AND_LOWERED = "raised-and-lowered"
    PRAISE_AND_HARM = "praise-and-harm"


@dataclass(frozen=True, slots=True)
class Tension:
    """Two claims that pull apart, and why. It is for a reader to judge, not a contradiction."""

    kind: TensionKind
    first: Claim
    second: Claim
    reason: str


_HELPS = frozenset({Relation.TREATS, Relation.PREVENTS})
_HARMS = frozenset({Relation.HAS_ADVERSE_EFFECT, Relation.LEADS_TO, Relation.CONTRAINDICATED_FOR})
_PRAISED = ("safety", "tolerability", "efficacy")


def tensions(claims: Iterable[Claim]) -> tuple[Tension, ...]:
    """Find where claims pull apart.

    Found are: the same condition treated and caused by the same drug; the same thing affirmed and
    denied; the same thing raised and lowered; and praise of safety, tolerability or efficacy beside
    stated adverse effects, risks of using the drug, and limits on what is praised. Recommendations
    are left out: they say what to do, not what is.

    Returns:
        Tensions in text order of the first claim, then of the second.
    """
    ordered = sorted(
        (c for c in claims if c.modality is Modality.FACTUAL and c.object.concept is not None),
        key=lambda c: (c.text_id, c.sort_key),
    )
    found = []
    about: dict[Concept, list[Claim]] = {}
    for claim in ordered:
        if claim.object.concept is not None:
            about.setdefault(claim.object.concept, []).append(claim)
    for said in about.values():
        for first, second in itertools.combinations(said, 2):
            found += list(_opposed(first, second))
    affirmed = [c for c in ordered if c.polarity is Polarity.AFFIRMED]
    for praise in affirmed:
        if praise.relation is Relation.HAS_PROPERTY and _object(praise) in _PRAISED:
            found += list(_against(praise, affirmed))
    return tuple(
        sorted(
            found,
            key=lambda t: (t.first.text_id, t.first.sort_key, t.second.sort_key, t.kind),
        )
    )


def _opposed(first: Claim, second: Claim) -> Iterator[Tension]:
    """Compare two claims about the same object."""
    pair = {first.relation, second.relation}
    label = first.object.label
    same_subject = first.subject.concept == second.subject.concept
    if first.polarity is not second.polarity:
        if same_subject and len(pair) == 1:
            reason = (
                f"That {first.subject.label} {phrase(first.relation)} {label} is affirmed in one "
                "place and denied in another."
            )
            yield Tension(TensionKind.AFFIRMED_AND_DENIED, first, second, reason)
        return
    if first.polarity is Polarity.NEGATED:
        return
    for one, other in ((first, second), (second, first)):
        if one.relation in _HELPS and other.relation in _HARMS and _is_use_of(other, one):
            verb = "treated" if one.relation is Relation.TREATS else "prevented"
            barred = other.relation is Relation.CONTRAINDICATED_FOR
            so = "named as a reason not to use it" if barred else "named as caused by it"
            reason = f"{label} is {verb} by {one.subject.label} and also {so}."
            yield Tension(TensionKind.TREATED_AND_CAUSED, one, other, _capital(reason))
    if same_subject and pair == {Relation.INCREASES, Relation.DECREASES}:
        reason = f"{label} is both raised and lowered by {first.subject.label}."
        yield Tension(TensionKind.RAISED_AND_LOWERED, first, second, _capital(reason))


def _against(praise: Claim, claims: list[Claim]) -> Iterator[Tension]:
    """Set what speaks against a praise beside it."""
    drug, quality = praise.subject.label, _object(praise)
    effects = {
        _object(c)
        for c in claims
        if c.relation is Relation.HAS_ADVERSE_EFFECT and _is_use_of(c, praise)
    }
    for claim in claims:
        harm = claim.object.label
        reason = None
        if claim.relation is Relation.LIMITS and _object(claim) == quality:
            if claim.subject.concept is not None and claim.subject.concept.id in effects:
                reason = f"{claim.subject.label}, an effect of {drug}, limits that {quality}"
        elif not _is_use_of(claim, praise):
            continue
        elif claim.relation is Relation.HAS_ADVERSE_EFFECT and quality != "efficacy":
            reason = f"{harm} is named as an adverse effect"
        elif claim.relation is Relation.LEADS_TO and quality == "safety":
            reason = f"{harm} is named as a consequence of {claim.subject.label}"
        elif (
            claim.relation in (Relation.LEADS_TO, Relation.HAS_ADVERSE_EFFECT)
            and (quality, _object(claim)) == ("efficacy", "tolerance")
        ):  # fmt: skip
            reason = f"{harm}, which is the same dose having less effect, is named as a consequence"
        if reason is not None:
            hedge = "" if claim.certainty is Certainty.ASSERTED else f" ({claim.certainty.value})"
            yield Tension(
                TensionKind.PRAISE_AND_HARM,
                praise,
                claim,
                f"The {quality} of {drug} is praised, while {reason}{hedge}.",
            )


def _is_use_of(claim: Claim, other: Claim) -> bool:
    """Tell whether a claim is about the same subject, or about an exposure to it.

    An exposure names its drug: "prolonged use of clonazepam" is an exposure to clonazepam.
    """
    one, drug = claim.subject.concept, other.subject.concept
    if one is None or drug is None:
        return False
    named = re.search(rf"\b{re.escape(drug.label)}\b", one.label) is not None
    return one == drug or (one.category is Category.EXPOSURE and named)


def _object(claim: Claim) -> str:
    """The id of what a claim is about, or nothing."""
    return "" if claim.object.concept is None else claim.object.concept.id


def _capital(sentence: str) -> str:
    """Begin a sentence with a capital.

    >>> _capital("seizure is treated.")
    'Seizure is treated.'
    """
    return sentence[:1].upper() + sentence[1:]
