"""Claims and mentions as JSON: the records that the command line writes and other programs read.

`schemas/claim.json` and `schemas/mention.json` define them. One object a claim, with the keys
below; offsets count code points from 0, ends not included.

``id``, ``key``, ``doc``, ``sentence_number``, ``sentence`` and ``quote`` as ``[start, end]``,
``quote_text``, ``plain`` (whether it supports a direct triple),
``subject`` and ``object`` as ``{text, start, end, concept, label, category}`` (text and span null
where the sentence does not name it, concept null for words kept as words), ``relation``, ``type``,
``polarity``, ``certainty``, ``modality``, ``evidence``, ``cue`` and each of ``qualifiers`` as
``{type, text, start, end}``, ``via``, ``because``, ``extractor``, ``confidence``.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from claimgraph.model import Claim, Document, Mention, Method, Passage


def claim_record(claim: Claim, sentence: Passage | None = None) -> dict[str, Any]:
    """Give a claim as a record that `json` can write.

    Args:
        claim: the claim.
        sentence: its sentence, if the text is at hand.
    """
    return {
        "id": claim.id,
        "key": claim.key,
        "doc": claim.text_id,
        "sentence_number": claim.sentence,
        "sentence": None if sentence is None else [sentence.span.start, sentence.span.end],
        "quote": [claim.quote.span.start, claim.quote.span.end],
        "quote_text": claim.quote.text,
        "subject": _mention(claim.subject),
        "relation": claim.relation.value,
        "object": _mention(claim.object),
        "type": claim.type.value,
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "modality": claim.modality.value,
        "evidence": claim.evidence.value,
        "cue": None if claim.cue is None else _passage(claim.cue),
        "qualifiers": [{"type": q.type.value, **_passage(q.passage)} for q in claim.qualifiers],
        "via": list(claim.via),
        "because": list(claim.because),
        "plain": claim.is_plain,
        "extractor": claim.method.value,
        "confidence": claim.confidence,
    }


def mention_record(mention: Mention, document: Document, method: Method) -> dict[str, Any]:
    """Give a mention of a sentence as a record that `json` can write.

    Args:
        mention: a mention with words and concept.
        document: the text they stand in.
        method: how it was found.
    """
    record = _mention(mention)
    index = bisect_right(document.sentences, record["start"], key=lambda s: s.span.start) - 1
    sentence = document.sentences[index]
    return {
        "doc": document.id,
        "sentence_number": sentence.number,
        "sentence": [sentence.span.start, sentence.span.end],
        **record,
        "extractor": method.value,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    """A subject or object."""
    words = mention.passage
    concept = mention.concept
    return {
        **({"text": None, "start": None, "end": None} if words is None else _passage(words)),
        "concept": None if concept is None else concept.id,
        "label": mention.label,
        "category": None if concept is None else concept.category.value,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    """Words and where they stand."""
    return {"text": passage.text, "start": passage.span.start, "end": passage.span.end}
