"""Make texts of made-up drugs with claims in them, as many as asked for: the same every time.

Half of the claims make sure that each concept is spoken of; the others go to few drugs and
conditions far more often than to most, as in real corpora. Every name and sentence is made up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Concept,
    Document,
    Mention,
    Method,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Section,
    SectionKind,
    Sentence,
    Span,
)

CLAIMS_A_TEXT = 50

_SHARES = (
    (Category.DRUG, 18),
    (Category.CONDITION, 60),
    (Category.TARGET, 12),
    (Category.PROCESS, 10),
)
_SYLLABLES = tuple(f"{c}{v}" for c in "zvlnkrtmsdpgfb" for v in "oiaeu")
_ENDINGS = {
    Category.DRUG: ("tine", "zole", "pril", "mab", "statin", "pam"),
    Category.CONDITION: ("itis", "osis", "algia", "pathy", " fever", " syndrome", " pain"),
    Category.TARGET: (" receptor", "ase", " transporter", " channel"),
    Category.PROCESS: (" release", " uptake", " signalling", " synthesis"),
}
_BEFORE = ("", "acute ", "chronic ", "severe ", "renal ", "hepatic ", "", "early ")
_TAILS = (
    ("", None),
    (" in older patients", QualifierType.POPULATION),
    (" during the first weeks of treatment", QualifierType.PHASE),
    (" at doses above 40 mg", QualifierType.DOSE),
    (" in up to 12 % of those treated", QualifierType.FREQUENCY),
    (" when given with food", QualifierType.CONDITION),
)
_SAYINGS = {
    (Category.DRUG, Category.CONDITION): (
        (Relation.TREATS, ClaimType.INDICATION, "is used against"),
        (Relation.HAS_ADVERSE_EFFECT, ClaimType.ADVERSE_EFFECT, "causes"),
        (Relation.HAS_ADVERSE_EFFECT, ClaimType.ADVERSE_EFFECT, "may cause"),
        (Relation.HAS_ADVERSE_EFFECT, ClaimType.ADVERSE_EFFECT, "does not cause"),
        (Relation.PREVENTS, ClaimType.INDICATION, "prevents"),
    ),
    (Category.DRUG, Category.TARGET): (
        (Relation.BINDS_TO, ClaimType.MECHANISM, "binds to"),
        (Relation.DECREASES, ClaimType.MECHANISM, "inhibits"),
    ),
    (Category.DRUG, Category.PROCESS): ((Relation.INCREASES, ClaimType.MECHANISM, "increases"),),
    (Category.DRUG, Category.DRUG): (
        (Relation.INTERACTS_WITH, ClaimType.INTERACTION, "interacts with"),
    ),
    (Category.TARGET, Category.PROCESS): (
        (Relation.INCREASES, ClaimType.MECHANISM, "promotes"),
        (Relation.DECREASES, ClaimType.MECHANISM, "may reduce"),
    ),
    (Category.PROCESS, Category.CONDITION): (
        (Relation.RESULTS_IN, ClaimType.MECHANISM, "results in"),
    ),
}


class _Dice:
    """Numbers that look like chance and are the same on every machine (Knuth's MMIX generator)."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """Give a number from 0 to below `limit`."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % limit

    def uneven(self, limit: int) -> int:
        """Give a number from 0 to below `limit`, small ones far more often."""
        share = self.below(2**20) / 2**20
        return int(limit * share**3)


@dataclass(slots=True)
class _Draft:
    """A text as it grows."""

    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def make_corpus(nodes: int, edges: int) -> tuple[list[Document], list[Claim]]:
    """Make texts that speak of `nodes` concepts in `edges` claims, one a sentence.

    Args:
        nodes: at least 20.
        edges: at least as many as nodes.
    """
    dice = _Dice(nodes)
    concepts = {category: list(_concepts(category, nodes * share // 100, dice))
                for category, share in _SHARES}  # fmt: skip
    short = nodes - sum(map(len, concepts.values()))
    concepts[Category.CONDITION] += _concepts(
        Category.CONDITION, short, dice, first=len(concepts[Category.CONDITION])
    )
    pairs = list(_SAYINGS)
    documents: list[Document] = []
    claims: list[Claim] = []
    draft = _Draft()
    everyone = [concept for category in concepts for concept in concepts[category]]
    for number in range(edges):
        if number < len(everyone):
            one = everyone[number]
            fitting = [pair for pair in pairs if one.category in pair]
            first, second = fitting[dice.below(len(fitting))]
            subject = one if first is one.category else _pick(concepts[first], dice)
            object_ = one if first is not one.category else _pick(concepts[second], dice)
        else:
            weighted = (0, 0, 0, 0, 1, 2, 3, 4, 5)
            first, second = pairs[weighted[dice.below(len(weighted))]]
            subject, object_ = _pick(concepts[first], dice), _pick(concepts[second], dice)
        if subject == object_:
            object_ = _pick(concepts[second], dice)
        _say(draft, f"text-{len(documents):05}", subject, object_, dice)
        if len(draft.claims) == CLAIMS_A_TEXT or number == edges - 1:
            documents.append(_document(draft, len(documents)))
            claims += draft.claims
            draft = _Draft()
    return documents, claims


def _concepts(category: Category, count: int, dice: _Dice, first: int = 0) -> Iterator[Concept]:
    """Name things of one kind."""
    for number in range(first, first + count):
        rest, stem = number + 70, ""
        while rest:
            rest, digit = divmod(rest, len(_SYLLABLES))
            stem += _SYLLABLES[digit]
        ending = _ENDINGS[category][dice.below(len(_ENDINGS[category]))]
        before = _BEFORE[dice.below(len(_BEFORE))] if category is Category.CONDITION else ""
        label = f"{before}{stem}{ending}"
        yield Concept(f"{category.value.lower()}-{number}", label, category)


def _pick(concepts: list[Concept], dice: _Dice) -> Concept:
    return concepts[dice.uneven(len(concepts))]


def _say(draft: _Draft, text_id: str, subject: Concept, object_: Concept, dice: _Dice) -> None:
    """Add a sentence with one claim."""
    sayings = _SAYINGS[subject.category, object_.category]
    relation, kind, verb = sayings[dice.below(len(sayings))]
    tail, qualifier = _TAILS[dice.below(len(_TAILS))]
    start = len(draft.text)
    line = f"{subject.label} {verb} {object_.label}{tail}."
    line = line[0].upper() + line[1:]
    draft.text += f"{line}\n\n" if len(draft.claims) % 5 == 4 else f"{line} "

    def words(at: int, length: int) -> Passage:
        return Passage(Span(start + at, start + at + length), line[at : at + length])

    behind = len(subject.label) + len(verb) + 2
    whole = behind + len(object_.label)
    cue = verb.split()[0] if verb.startswith(("may", "does not")) else ""
    draft.sentences.append(Sentence(len(draft.sentences) + 1, 1, words(0, len(line))))
    draft.claims.append(
        Claim(
            text_id=text_id,
            sentence=len(draft.sentences),
            quote=words(0, len(line) - 1),
            subject=Mention(words(0, len(subject.label)), subject),
            relation=relation,
            object=Mention(words(behind, len(object_.label)), object_),
            type=kind,
            polarity=Polarity.NEGATED if cue == "does" else Polarity.AFFIRMED,
            certainty=Certainty.POSSIBLE if cue == "may" else Certainty.ASSERTED,
            cue=words(len(subject.label) + 1, len(cue)) if cue == "may" else None,
            qualifiers=(Qualifier(qualifier, words(whole + 1, len(tail) - 1)),)
            if qualifier
            else (),
            method=Method.RULES,
        )
    )


def _document(draft: _Draft, number: int) -> Document:
    """Make a document of what was said."""
    text = draft.text
    return Document(
        id=f"text-{number:05}",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        citation=Citation(f"Made-up text {number + 1}"),
        sections=(Section(1, SectionKind.OTHER, None, Span(0, len(text))),),
        sentences=tuple(draft.sentences),
    )
