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
    Span,
)


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


def to_claim(record: object) -> Claim:
    """Give the claim of a record, as it was read from JSON; the inverse of `claim_record`.

    The claim's id is made anew from its content. What a record says beyond the claim, such as
    where its sentence stands, is not looked at.

    Raises:
        ValueError: if it is no such record; the message says what is wrong.
    """
    try:
        if not isinstance(record, dict):
            raise TypeError("not an object")
        quote = {"text": record["quote_text"]}
        quote["start"], quote["end"] = record["quote"]
        cue = record.get("cue")
        confidence = record.get("confidence")
        return Claim(
            text_id=_text(record["doc"]),
            sentence=_whole(record["sentence_number"]),
            quote=_to_passage(quote),
            subject=_to_mention(record["subject"]),
            relation=Relation(record["relation"]),
            object=_to_mention(record["object"]),
            type=ClaimType(record["type"]),
            polarity=Polarity(record["polarity"]),
            certainty=Certainty(record["certainty"]),
            modality=Modality(record["modality"]),
            evidence=EvidenceBasis(record.get("evidence", EvidenceBasis.AUTHOR_STATEMENT)),
            cue=None if cue is None else _to_passage(cue),
            qualifiers=tuple(
                Qualifier(QualifierType(one["type"]), _to_passage(one))
                for one in record["qualifiers"]
            ),
            method=Method(record["extractor"]),
            confidence=None if confidence is None else float(confidence),
            key=None if record.get("key") is None else _text(record["key"]),
            via=tuple(map(_text, record.get("via", ()))),
            because=tuple(map(_text, record.get("because", ()))),
        )
    except KeyError as error:
        raise ValueError(f"no {error.args[0]!r}") from None
    except TypeError as error:
        raise ValueError(str(error)) from None


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


def _to_mention(record: Any) -> Mention:
    """Read a subject or object."""
    passage = None if record["text"] is None else _to_passage(record)
    if record["concept"] is None:
        return Mention(passage, None)
    category = Category(record["category"])
    return Mention(passage, Concept(_text(record["concept"]), _text(record["label"]), category))


def _to_passage(record: Any) -> Passage:
    """Read words and where they stand."""
    return Passage(Span(_whole(record["start"]), _whole(record["end"])), _text(record["text"]))


def _text(value: object) -> str:
    """Give a value that has to be text."""
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} is no text")
    return value


def _whole(value: object) -> int:
    """Give a value that has to be a whole number."""
    if type(value) is not int:
        raise TypeError(f"{str(value)[:40]!r} is no whole number")
    return value
