"""Settle what the families of rules say about one sentence, where they see the same thing twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from claimgraph.extract.mechanism import Event
from claimgraph.extract.mentions import UNLISTED
from claimgraph.extract.messengers import is_messenger
from claimgraph.extract.subjects import PRONOUN
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Concept, Polarity, Relation, Span


def settle(
    view: SentenceView, proposals: list[Proposal], events: tuple[Event, ...]
) -> list[Proposal]:
    """Leave out what another proposal of the sentence says better.

    - What a way of using the drug leads to is no effect of the drug at large.
    - A class that only says what the drug is ("an anticoagulant that inhibits …") does nothing.
    - A step of a mechanism that the row of events tells is told once.
    - Serotonin that is released or measured does nothing as a drug.
    - Of two proposals that differ in their subject's words only, the one that names it stays.
    """
    if len(proposals) < 2 and not events:
        return proposals
    kept = list(_without_classes(proposals))
    kept = list(_without_exposed(kept))
    kept = [one for one in kept if one.subject is None or not is_messenger(view.text, one.subject)]
    if events:
        kept = [one for one in kept if not any(_tells(event, one) for event in events)]
    return list(_once(view, kept))


def ground(events: tuple[Event, ...], proposals: Iterable[Proposal]) -> tuple[Event, ...]:
    """Give the steps of a mechanism the targets that other rules have found in their words.

    A step that acts on "voltage-sensitive sodium channels" acts on sodium channels, in the words
    that name them.
    """
    known = list(proposals)
    return tuple(
        replace(event, object=better.object)
        if event.aspect is None
        and (better := next((one for one in known if _grounds(event, one)), None)) is not None
        else event
        for event in events
    )


def _grounds(event: Event, one: Proposal) -> bool:
    """Tell whether a proposal names what a step acts on."""
    return (
        _tells(event, one)
        and one.object.concept.category is Category.TARGET
        and event.object.concept.id.startswith(UNLISTED)
    )


def _without_classes(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Leave out what is said of a class that is there to describe a drug."""
    classes = {
        one.object.span
        for one in proposals
        if one.relation is Relation.IS_KIND_OF
        and one.object.concept.category is Category.DRUG_CLASS
        and one.polarity is Polarity.AFFIRMED
        and one.rule in ("kinds:is-a", "kinds:this", "kinds:apposition")
    }
    for one in proposals:
        sides = {one.object.span, *(() if one.subject is None else (one.subject.span,))}
        if one.relation is Relation.IS_KIND_OF or not sides & classes:
            yield one


def _without_exposed(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Leave out effects of a drug that the sentence says of a way of using it."""
    exposed = [
        one
        for one in proposals
        if one.relation is Relation.LEADS_TO
        and one.subject is not None
        and one.subject.concept.category is Category.EXPOSURE
    ]
    for one in proposals:
        if one.relation is not Relation.HAS_ADVERSE_EFFECT or not any(
            _meet(one.object.span, other.object.span)
            and (one.subject is None or _is_in(one.subject, other.subject))
            for other in exposed
        ):
            yield one


def _is_in(drug: Found, exposure: Found | None) -> bool:
    """Tell whether a drug is the one that is used, or stands for it."""
    if exposure is None:
        return False
    return drug.detail == PRONOUN or exposure.span.covers(drug.span)


def _tells(event: Event, one: Proposal) -> bool:
    """Tell whether a step of a mechanism says what a proposal says."""
    return (
        one.subject is not None
        and one.relation is event.relation
        and one.subject.concept == event.subject.concept
        and _meet(one.object.span, event.object.span)
    )


def _once(view: SentenceView, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Leave out what is said of a pronoun, or of nothing named, and of a name as well."""
    kept = list(proposals)
    best: dict[tuple[Concept | None, Relation, Span], int] = {}
    for one in kept:
        key = _key(view, one)
        best[key] = min(best.get(key, 2), _rank(one))
    yield from (one for one in kept if _rank(one) == best[_key(view, one)])


def _key(view: SentenceView, one: Proposal) -> tuple[Concept | None, Relation, Span]:
    """Give what two proposals share that differ in their subject's words only."""
    subject = view.drug if one.subject is None else one.subject.concept
    return (subject, one.relation, one.object.span)


def _rank(one: Proposal) -> int:
    """Order subjects: named ones, pronouns, those that are understood."""
    if one.subject is None:
        return 2
    return int(one.subject.detail == PRONOUN)


def _meet(one: Span, other: Span) -> bool:
    """Tell whether two places share a character."""
    return one.start < other.end and other.start < one.end
