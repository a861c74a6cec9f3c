"""What a rule sees and what it gives: a sentence with its mentions, and proposals for claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claimgraph.model import (
    Certainty,
    ClaimType,
    Concept,
    Modality,
    Polarity,
    Relation,
    SectionKind,
    Span,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A mention found in a sentence: `sentence.text[span] == text`.

    `detail` keeps what a rule family needs to know beyond the concept, such as the entity type of
    given mentions.
    """

    span: Span
    text: str
    concept: Concept
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence as the rules see it. All spans count code points of the sentence, from 0.

    `mentions` are sorted by place; they may overlap only where one lies inside the other.
    `drug` is the drug that the whole document is about, where it is known.
    """

    text: str
    mentions: tuple[Found, ...]
    section: SectionKind
    heading: str | None = None
    drug: Concept | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that a rule proposes, before qualifiers and the gate.

    `subject` is ``None`` where the sentence does not name the drug it speaks of. `detail` is a
    finer label than the relation, where a family has one (an interaction's kind). `cue` holds the
    words that hedge, deny or recommend. `rule` names the rule, for error analysis.
    """

    subject: Found | None
    relation: Relation
    object: Found
    type: ClaimType
    rule: str
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.ASSERTED
    modality: Modality = Modality.FACTUAL
    cue: Span | None = None
    negation: Span | None = None
    evidence: Span | None = None
    detail: str = ""
    confidence: float = 0.5


Family = Callable[[SentenceView], Iterable[Proposal]]
"""A family of rules: it looks at one sentence and proposes claims."""
