"""What a rule sees and what it gives: a sentence with its mentions, and proposals for claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from claimgraph.extract.hints import Hint, read_hints
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    Concept,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    SectionKind,
    Span,
)

_DRUGS = (Category.DRUG, Category.DRUG_CLASS)


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
    `drug` is the drug that the whole document is about, where it is known. `lead` are the words
    that introduce the list whose item the sentence is, if it is one; `hedge` and `narrows` are
    words of the lines above that list, in their places in the document. `drugs` are the mentions of
    drugs and classes of them. `lowered` is the text in small letters, in which to look for words
    cheaply; its offsets may be others.
    """

    text: str
    mentions: tuple[Found, ...]
    section: SectionKind
    heading: str | None = None
    drug: Concept | None = None
    lead: str = ""
    hedge: Passage | None = None
    narrows: tuple[Qualifier, ...] = ()
    lowered: str = field(init=False, repr=False, compare=False)
    _hints: int = field(init=False, repr=False, compare=False)
    drugs: tuple[Found, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Do once what every family needs."""
        drugs = [one for one in self.mentions if one.concept.category in _DRUGS]
        object.__setattr__(self, "drugs", tuple(drugs))
        lowered = self.text.lower()
        object.__setattr__(self, "lowered", lowered)
        object.__setattr__(self, "_hints", read_hints(lowered))

    def holds(self, hint: Hint) -> bool:
        """Tell whether any of the letters of a hint stand in the text.

        Many patterns can only match where certain letters stand. To look for these first keeps most
        patterns from being tried at all.

        >>> hint = Hint("vomit", "naus")
        >>> SentenceView("Nausea is rare.", (), SectionKind.OTHER).holds(hint)
        True
        """
        return hint.stands_in(self.lowered, self._hints)


Narrowing = tuple[QualifierType, Span]
"""What kind of qualifier, and where its words stand in the sentence."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that a rule proposes, before qualifiers and the gate.

    `subject` is ``None`` where the sentence does not name the drug it speaks of. `detail` is a
    finer label than the relation, where a family has one (an interaction's kind). `cue` holds the
    words that hedge, deny or recommend. `narrows` are qualifiers that the rule itself has found.
    Where the relation takes words as object, only the words of `object` count, not its concept.
    `rule` names the rule, for error analysis.
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
    narrows: tuple[Narrowing, ...] = ()
    detail: str = ""
    confidence: float = 0.5


Family = Callable[[SentenceView], Iterable[Proposal]]
"""A family of rules: it looks at one sentence and proposes claims."""
