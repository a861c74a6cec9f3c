"""Given mentions: read them from a line of JSON, so that only their relations are left to decide.

``entities`` is a list of objects: `type` (or `category`), and where the mention stands, as `span`
(``[start, end]``), `start` and `end`, or `spans` (several where other words break it up; the first
part then stands for the whole). `text`, if given, has to be what stands there. `concept` and
`label` say what it means; without them the lexicon does, where it knows the words. Other fields are
left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claimgraph.errors import InputFileError, Place
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.view import Found
from claimgraph.lexicon import Lexicon
from claimgraph.model import Category, Claim, Concept, Document, Mention, Passage, Span

TYPES: Mapping[str, Category] = {
    **{category.value.lower(): category for category in Category},
    # What annotators call these things.
    "brand": Category.DRUG,
    "chemical": Category.DRUG,
    "drug_n": Category.DRUG,
    "disease": Category.CONDITION,
    "gene": Category.TARGET,
    "gene-n": Category.TARGET,
    "gene-y": Category.TARGET,
    "group": Category.DRUG_CLASS,
    "protein": Category.TARGET,
}
"""The types of given mentions, in small letters."""

GIVEN = "given"
"""Detail of a mention that came with the text."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 200


def read_given(
    entities: object, document: Document, lexicon: Lexicon, place: Place
) -> tuple[Mention, ...]:
    """Read given mentions.

    Args:
        entities: what stands under ``entities``.
        document: the text they stand in.
        lexicon: says what their words mean, where they do not say it themselves.
        place: what errors call the line.

    Returns:
        The mentions in text order.

    Raises:
        InputFileError: if there are none, or one has no known type or does not stand in the text.
    """
    if not isinstance(entities, list):
        raise InputFileError(
            "no entities", where=place, repair='give "entities" as a list, empty if there are none'
        )
    mentions = []
    for number, fields in enumerate(entities):
        try:
            mentions.append(_read_one(fields, document, lexicon))
        except ValueError as error:
            raise InputFileError(
                f"entities[{number}]: {error}",
                where=place,
                repair='write {"type": …, "span": [start, end]}, counted in code points of "text"',
            ) from None
    return tuple(sorted(mentions, key=_place))


def place_given(document: Document, given: Sequence[Mention]) -> tuple[tuple[Found, ...], ...]:
    """Give for each sentence the given mentions inside it; one that lies in none is left out.

    Args:
        document: the document.
        given: mentions with words and concept, in text order.
    """
    starts = [sentence.span.start for sentence in document.sentences]
    placed: list[list[Found]] = [[] for _ in starts]
    for mention in given:
        passage, concept = mention.passage, mention.concept
        if passage is None or concept is None:
            continue
        index = bisect_right(starts, passage.span.start) - 1
        if index >= 0 and document.sentences[index].span.covers(passage.span):
            start = passage.span.start - starts[index]
            span = Span(start, start + len(passage.text))
            placed[index].append(Found(span, passage.text, concept, GIVEN))
    return tuple(map(tuple, placed))


def keep_given(claims: Iterable[Claim], given: Sequence[Mention]) -> list[Claim]:
    """Keep the claims that join given mentions, with these as they were given.

    Rules may take adjectives into a mention; they are left out again. What rules make of other
    words, such as the steps of a mechanism, is no given mention.

    Args:
        claims: the claims of a sentence; one that works through another comes after it.
        given: the mentions of the sentence.
    """
    kept: list[Claim] = []
    names: dict[str, str] = {}
    for claim in claims:
        subject, object_ = _as_given(claim.subject, given), _as_given(claim.object, given)
        if subject is not None and object_ is not None:
            via = tuple(names[id_] for id_ in claim.via if id_ in names)
            kept.append(replace(claim, subject=subject, object=object_, via=via))
            names[claim.id] = kept[-1].id
    return kept


def _as_given(mention: Mention, given: Sequence[Mention]) -> Mention | None:
    """Find the given mention that rules made this one of; nothing if there is none."""
    if mention.passage is None or mention in given:
        return mention
    span = mention.passage.span
    for one in given:
        if one.concept == mention.concept and one.passage and span.covers(one.passage.span):
            return one
    return None


def _read_one(fields: object, document: Document, lexicon: Lexicon) -> Mention:
    """Read one mention.

    Raises:
        ValueError: saying what is wrong with it.
    """
    if not isinstance(fields, dict):
        raise ValueError("not an object")
    kind = fields.get("type", fields.get("category"))  # the latter is how we write mentions
    category = TYPES.get(kind.lower()) if isinstance(kind, str) else None
    if category is None:
        raise ValueError(f"type {str(kind)[:40]!r} is none of {', '.join(sorted(TYPES))}")
    passage = document.passage(*_read_span(fields))
    words = fields.get("text")
    if words is not None and words != passage.text and "spans" not in fields:
        raise ValueError(f"text is {str(words)[:40]!r}, but {passage.text[:40]!r} stands there")
    return Mention(passage, _read_concept(fields, passage, category, lexicon))


def _read_span(fields: dict[str, Any]) -> tuple[int, int]:
    """Read where a mention stands."""
    span: object = [fields.get("start"), fields.get("end")]
    if "spans" in fields:
        spans = fields["spans"]
        span = spans[0] if isinstance(spans, list) and spans else None
    elif "span" in fields:
        span = fields["span"]
    if not isinstance(span, list) or len(span) != 2:
        raise ValueError("no span")
    start, end = span
    if type(start) is not int or type(end) is not int:
        raise ValueError("a span is two whole numbers")
    return start, end


def _read_concept(
    fields: dict[str, Any], passage: Passage, category: Category, lexicon: Lexicon
) -> Concept:
    """Tell what a mention means."""
    name, label = fields.get("concept"), fields.get("label")
    if name is not None:
        if not isinstance(name, str) or len(name) > _LONGEST_ID or not _ID.fullmatch(name):
            raise ValueError(f"concept {str(name)[:40]!r} is no kebab-case name")
        if not isinstance(label, str) or not label.strip() or not label.isprintable():
            label = passage.text
        return Concept(name, label, category)
    for entry in lexicon.lookup(passage.text):
        if entry.concept.category is category:
            return entry.concept
    return unlisted(passage.text, category)


def _place(mention: Mention) -> tuple[int, int]:
    """Order mentions by place, an outer one before those inside it."""
    span = mention.passage.span if mention.passage is not None else None
    return (0, 0) if span is None else (span.start, -span.end)
