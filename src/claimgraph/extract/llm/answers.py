"""Turn what a model answered into claims, or say why not."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from claimgraph.extract.mentions import unlisted
from claimgraph.lexicon import Lexicon
from claimgraph.model import (
    Category,
    Certainty,
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
)

_Kind = TypeVar("_Kind", bound=StrEnum)


class UnusableError(ValueError):
    """What the model sent is no claim about the text; the message tells it why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the claims of an answer have to fit.

    `drug` is what a sentence that names no drug speaks of; `asked` are the numbers of the sentences
    that the model was shown.
    """

    document: Document
    lexicon: Lexicon
    drug: Concept | None
    asked: range


def read_answer(answer: str) -> list[Any]:
    """Give the claims of an answer, none of them checked yet.

    Raises:
        UnusableError: if the answer is not of the form that was asked for.
    """
    try:
        content = json.loads(answer)
    except (ValueError, RecursionError):
        raise UnusableError("the answer is not JSON") from None
    claims = content.get("claims") if isinstance(content, dict) else None
    if not isinstance(claims, list):
        raise UnusableError('the answer has no list "claims"')
    return claims


def read_claim(raw: Any, reading: Reading) -> Claim:
    """Make a claim of one item of an answer.

    Raises:
        UnusableError: if it is malformed, or if its quote, one of its sides, its cue or a qualifier
            does not stand in the sentence word for word.
    """
    if not isinstance(raw, dict):
        raise UnusableError("a claim has to be an object")
    number = raw.get("sentence")
    if not isinstance(number, int) or isinstance(number, bool) or number not in reading.asked:
        raise UnusableError("sentence has to be the number of a sentence that was sent")
    document = reading.document
    place = _Place(document, document.sentence(number))
    quote = place.find("quote", raw.get("quote"), None)
    subject, object_ = _part(raw, "subject"), _part(raw, "object")
    relation = _member(Relation, raw, "relation")
    return Claim(
        text_id=document.id,
        sentence=number,
        quote=quote,
        subject=_subject(subject, place, quote, reading),
        relation=relation,
        object=_object(object_, place, quote, reading),
        type=_member(ClaimType, raw, "type"),
        polarity=_member(Polarity, raw, "polarity"),
        certainty=_member(Certainty, raw, "certainty"),
        modality=_member(Modality, raw, "modality"),
        evidence=_member(EvidenceBasis, raw, "evidence"),
        cue=None if raw.get("cue") in (None, "") else place.find("cue", raw["cue"], quote),
        qualifiers=tuple(_qualifier(item, place, quote) for item in _items(raw, "qualifiers")),
        method=Method.LLM,
        confidence=_confidence(raw.get("confidence")),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in which words are looked for."""

    document: Document
    sentence: Sentence

    def find(self, name: str, words: Any, near: Passage | None) -> Passage:
        """Find words in the sentence: inside `near` if they stand there, else the first of them.

        Raises:
            UnusableError: if they stand nowhere in it.
        """
        if not isinstance(words, str) or not words.strip():
            raise UnusableError(f"{name} has to hold words of the sentence")
        text, offset = self.sentence.text, self.sentence.span.start
        start = -1
        if near is not None:
            start = text.find(words, near.span.start - offset, near.span.end - offset)
        if start < 0:
            start = text.find(words)
        if start < 0:
            raise UnusableError(
                f"{name} {words!r} does not stand in sentence {self.sentence.number} "
                "character for character"
            )
        return self.document.passage(start + offset, start + offset + len(words))


def _subject(raw: Mapping[str, Any], place: _Place, quote: Passage, reading: Reading) -> Mention:
    """Read the subject; without words, it is the drug that the text is about."""
    if raw.get("text") in (None, ""):
        if reading.drug is None:
            raise UnusableError("subject.text is null, but the text is about no one drug")
        return Mention(None, reading.drug)
    words = place.find("subject.text", raw["text"], quote)
    return Mention(words, _concept(words, raw, _member(Category, raw, "category"), reading))


def _object(raw: Mapping[str, Any], place: _Place, quote: Passage, reading: Reading) -> Mention:
    """Read the object; without a category, its words are kept as words."""
    words = place.find("object.text", raw.get("text"), quote)
    if raw.get("category") is None:
        return Mention(words, None)
    return Mention(words, _concept(words, raw, _member(Category, raw, "category"), reading))


def _concept(
    words: Passage, raw: Mapping[str, Any], category: Category, reading: Reading
) -> Concept:
    """Ground words in the lexicon: by themselves, else by the name that the model gives them.

    A name counts only where the text itself has it somewhere: what the words stand for has to be
    in the text, not in the model's memory.
    """
    for name in (words.text, raw.get("name")):
        if not isinstance(name, str) or not name.strip():
            continue
        if name is not words.text and name.lower() not in reading.document.text.lower():
            continue
        for entry in reading.lexicon.lookup(name):
            if entry.concept.category is category:
                return entry.concept
    return unlisted(words.text, category)


def _qualifier(raw: Any, place: _Place, quote: Passage) -> Qualifier:
    """Read a qualifier."""
    if not isinstance(raw, dict):
        raise UnusableError("a qualifier has to be an object")
    kind = _member(QualifierType, raw, "type")
    return Qualifier(kind, place.find(f"{kind} qualifier", raw.get("text"), quote))


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give one side of a claim."""
    part = raw.get(name)
    if not isinstance(part, dict):
        raise UnusableError(f"{name} has to be an object")
    return part


def _items(raw: Mapping[str, Any], name: str) -> list[Any]:
    """Give a list."""
    items = raw.get(name, [])
    if not isinstance(items, list):
        raise UnusableError(f"{name} has to be a list")
    return items


def _member(kinds: type[_Kind], raw: Mapping[str, Any], name: str) -> _Kind:
    """Give a member of a closed list."""
    try:
        return kinds(raw[name])
    except (KeyError, ValueError):
        known = ", ".join(kinds)
        raise UnusableError(f"{name} has to be one of {known}") from None


def _confidence(raw: Any) -> float | None:
    """Give a confidence; nothing if the model gave none that means anything."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        return None
    return min(1.0, max(0.0, round(float(raw), 3)))
