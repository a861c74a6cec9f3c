"""Claims, sentences and arrows as columns of numbers: small when packed, quick to read.

What the page reads a hundred thousand of is not written as a hundred thousand records. A column
holds one number for each; what few have stands beside it under the number of the one that has it.
Spans are written as the distance from the start of their sentence, and a length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimgraph.model import Claim, Document, Mention, Passage
from claimgraph.network import Origin, Step
from claimgraph.page.drawing import voice_of
from claimgraph.page.picture import Arrow

Record = dict[str, Any]

_COLUMNS = (
    "text", "sentence", "kind", "at", "length",
    "subject", "subjectAt", "subjectLength", "object", "objectAt", "objectLength", "arrow",
)  # fmt: skip


def sentence_columns(document: Document) -> Record:
    """Write the sentences of a text; they are numbered from 1 in this order."""
    end = 0
    gaps, lengths = [], []
    for sentence in document.sentences:
        gaps.append(sentence.span.start - end)
        lengths.append(sentence.span.end - sentence.span.start)
        end = sentence.span.end
    return {
        "section": [sentence.section for sentence in document.sentences],
        "gap": gaps,
        "length": lengths,
    }


def claim_columns(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    concepts: Mapping[str, int],
    arrows: Sequence[Arrow],
) -> Record:
    """Write claims, in the order of their texts.

    Args:
        claims: sorted by text and then by place.
        documents: their texts, in the same order.
        concepts: the number of each concept.
        arrows: those of the picture; each claim of two concepts is in one of them.
    """
    texts = {document.id: number for number, document in enumerate(documents)}
    kinds: dict[tuple[Any, ...], int] = {}
    arrow_of = {
        key: number
        for number, arrow in enumerate(arrows)
        if arrow.origin is Origin.TEXT
        for key in arrow.keys
    }
    columns: Record = {name: [] for name in _COLUMNS}
    rare: Record = {"key": {}, "cue": {}, "qualifiers": {}, "via": {}, "because": {}}
    numbers = {claim.id: number for number, claim in enumerate(claims)}
    for number, claim in enumerate(claims):
        text = texts[claim.text_id]
        start = documents[text].sentence(claim.sentence).span.start
        kind = (
            claim.relation.value,
            claim.type.value,
            claim.polarity.value,
            claim.certainty.value,
            claim.modality.value,
            claim.evidence.value,
            claim.method.value,
            claim.confidence,
            voice_of(claim.polarity, claim.certainty, claim.modality),
        )
        row = (
            text,
            claim.sentence,
            kinds.setdefault(kind, len(kinds)),
            *_place(claim.quote, start),
            *_mention(claim.subject, start, concepts),
            *_mention(claim.object, start, concepts),
            arrow_of.get(claim.id, -1),
        )
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
        seldom = {
            "key": claim.key,
            "cue": None if claim.cue is None else _place(claim.cue, start),
            "qualifiers": [[q.type.value, *_place(q.passage, start)] for q in claim.qualifiers],
            "via": [numbers[other] for other in claim.via if other in numbers],
            "because": [numbers[other] for other in claim.because if other in numbers],
        }
        for name, few in seldom.items():
            if few:
                rare[name][number] = few
    return {
        "ids": "".join(claim.id for claim in claims),
        "kinds": [list(kind) for kind in kinds],
        **columns,
        **rare,
    }


def _place(passage: Passage | None, start: int) -> tuple[int, int]:
    """Say where words stand in their sentence, and how many characters; 0 and 0 if nowhere."""
    if passage is None:
        return (0, 0)
    return (passage.span.start - start, passage.span.end - passage.span.start)


def _mention(mention: Mention, start: int, concepts: Mapping[str, int]) -> tuple[int, int, int]:
    """Write a subject or object: its concept's number, or -1, and its place."""
    concept = -1 if mention.concept is None else concepts[mention.concept.id]
    return (concept, *_place(mention.passage, start))


def arrow_columns(
    arrows: Sequence[Arrow], concepts: Mapping[str, int], claims: Mapping[str, int]
) -> Record:
    """Write arrows. Which claims a text's arrow stands for is written with the claims.

    Args:
        arrows: those of the picture.
        concepts: the number of each concept.
        claims: the number of each claim.
    """
    looks: dict[tuple[str, str, str], int] = {}
    chains: dict[int, list[list[int]]] = {}
    background: dict[int, list[str]] = {}
    slots: dict[int, int] = {}
    look_of = []
    for number, arrow in enumerate(arrows):
        look = (
            arrow.relation.value,
            arrow.origin.value,
            voice_of(arrow.polarity, arrow.certainty, arrow.modality),
        )
        look_of.append(looks.setdefault(look, len(looks)))
        if arrow.origin is Origin.CHAIN:
            chains[number] = [[claims[id_] for id_ in key.split("-")] for key in arrow.keys]
        elif arrow.origin is Origin.BACKGROUND:
            background[number] = list(arrow.keys)
        if arrow.slot:
            slots[number] = arrow.slot
    return {
        "looks": [list(look) for look in looks],
        "look": look_of,
        "subject": [concepts[arrow.subject] for arrow in arrows],
        "object": [concepts[arrow.object] for arrow in arrows],
        "chain": chains,
        "background": background,
        "slot": slots,
    }


def step_columns(steps: Iterable[Step], arrows: Sequence[Arrow]) -> list[list[int]]:
    """Write each step that a mechanism may take as its arrows, the one that speaks for it first."""
    arrow_of = {key: number for number, arrow in enumerate(arrows) for key in arrow.keys}
    rows = []
    for step in steps:
        # A step to something that is not shown leads nowhere.
        keys = (support.key for support in step.support)
        row = list(dict.fromkeys(arrow_of[key] for key in keys if key in arrow_of))
        if row:
            rows.append(row)
    return rows
