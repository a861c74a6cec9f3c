"""Claims on what has to be done: the parts that all forms of such a sentence share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimgraph.extract import practice_phrases as phrases
from claimgraph.extract.nouns import name
from claimgraph.extract.topics import DRUGS, find_topics
from claimgraph.extract.view import Found, Narrowing, Proposal, SentenceView
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    Concept,
    Modality,
    Polarity,
    QualifierType,
    Relation,
    Span,
)

_MOST_WORDS = 9
# Curated practices that texts ask for with a verb ("should be monitored").
_CURATED = {
    "monitoring": Concept("monitoring", "monitoring", Category.PRACTICE),
    "dosage adjustment": Concept("dosage-adjustment", "dosage adjustment", Category.PRACTICE),
    "patient education": Concept("patient-education", "patient education", Category.PRACTICE),
}


def cut_degree(text: str, span: Span) -> Span:
    """Leave out the adjective that says how well or how often something is to be done."""
    match = phrases.DEGREE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def require(
    view: SentenceView,
    span: Span,
    cue: Span,
    denial: Span | None,
    hedge: Span | None = None,
    subjects: tuple[Found | None, ...] | None = None,
) -> Iterator[Proposal]:
    """Propose that something is to be done."""
    core = cut_degree(view.text, span)
    narrows: tuple[Narrowing, ...] = ()
    if core != span:
        how = phrases.DEGREE.match(view.text, span.start)
        narrows = ((QualifierType.DEGREE, Span(*how.span("how"))),) if how else ()
    practice = name(view, core, Category.PRACTICE)
    yield from propose(view, practice, cue, denial, hedge, subjects, narrows)


def evaluate(
    view: SentenceView,
    span: Span,
    cue: Span,
    denial: Span | None,
    hedge: Span | None = None,
    subjects: tuple[Found | None, ...] | None = None,
) -> Iterator[Proposal]:
    """Propose that something is to be looked at."""
    core = cut_degree(view.text, span)
    words = core.cut(view.text)
    is_drug = any(core == m.span and m.concept.category in DRUGS for m in view.mentions)
    if is_drug or phrases.IS_TREATMENT.fullmatch(words) or len(words.split()) > _MOST_WORDS:
        return
    if phrases.PEOPLE.fullmatch(words) or phrases.SAYS_NOTHING.fullmatch(words):
        return
    factor = name(view, core, Category.FACTOR, Category.CONDITION)
    yield from propose(view, factor, cue, denial, hedge, subjects)


def propose(
    view: SentenceView,
    thing: Found,
    cue: Span,
    denial: Span | None,
    hedge: Span | None = None,
    subjects: tuple[Found | None, ...] | None = None,
    narrows: tuple[Narrowing, ...] = (),
) -> Iterator[Proposal]:
    """Propose a rule of conduct for every drug, use or condition that it is said of."""
    is_practice = thing.concept.category is Category.PRACTICE
    for subject in find_topics(view, thing.span) if subjects is None else subjects:
        if (
            subject is not None
            and subject.concept.category is Category.CONDITION
            and (not is_practice)
        ):
            continue
        yield Proposal(
            subject,
            Relation.REQUIRES if is_practice else Relation.REQUIRES_EVALUATION_OF,
            thing,
            ClaimType.PRECAUTION,
            "practices:requires" if is_practice else "practices:evaluation",
            polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
            certainty=Certainty.ASSERTED if hedge is None else Certainty.POSSIBLE,
            modality=Modality.NORMATIVE,
            cue=cue if hedge is None else Span(min(hedge.start, cue.start), cue.end),
            negation=denial,
            narrows=narrows,
        )


def make_practice(view: SentenceView, span: Span, label: str) -> Found:
    """Make a practice of a verb: its label is the noun."""
    words = span.cut(view.text)
    concept = _CURATED.get(label)
    if concept is None:
        concept = Concept(f"unlisted-{label.replace(' ', '-')}", label, Category.PRACTICE)
    return Found(span, words, concept)


def hedge_of(match: re.Match[str], group: str) -> Span | None:
    """Give the word of a group that hedges, if it does."""
    words = match[group]
    hedge = re.match(r"may|might|can|could", words or "", re.IGNORECASE)
    if hedge is None:
        return None
    return Span(match.start(group), match.start(group) + hedge.end())
