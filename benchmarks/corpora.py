"""Read annotated corpora: JSON Lines with a text, its gold relations and, for some, entities.

The files are third-party text and lie outside the project; only their folder is known here. Every
document belongs to one of two halves. Rules may be written by looking at the first half only.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from claimgraph.model import Span

Spans = tuple[Span, ...]
"""The places of one mention: several where it is broken up by other words."""


class Half(StrEnum):
    """Whether a document may be looked at while rules are written."""

    WRITTEN_ON = "written on"
    HELD_BACK = "held back"


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention that the corpus gives, with its type and identifier there."""

    type: str
    text: str
    spans: Spans
    id: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that the annotators marked.

    `subject` is ``None`` where the text does not name the drug. Places are empty where the
    annotators wrote words that do not stand in the text. `fields` is the object as read.
    """

    name: str
    subject: str | None
    object: str
    subject_spans: Spans
    object_spans: Spans
    fields: Mapping[str, Any] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a corpus. `key` names the document that it is a part of."""

    corpus: str
    id: str
    key: str
    text: str
    relations: tuple[Relation, ...]
    entities: tuple[Entity, ...]
    fields: Mapping[str, Any] = field(compare=False, repr=False)

    @property
    def half(self) -> Half:
        """Which half the row's document belongs to."""
        return half_of(self.key)


_KEYS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "ade_v2": lambda row: row["pmid"],
    "phee": lambda row: row["id"].split("_")[0],
    "spl_adr_onsides": lambda row: row["id"].split("/")[0],
    "ddi2013": lambda row: ".".join(row["id"].split(".")[:2]),
    "bioscope": lambda row: row["id"].rsplit("-S", 1)[0],
}


def half_of(key: str) -> Half:
    """Tell which half a document belongs to: even first byte of its key's SHA-256, or odd.

    >>> half_of("10030778").value
    'held back'
    """
    even = hashlib.sha256(key.encode("utf-8")).digest()[0] % 2 == 0
    return Half.WRITTEN_ON if even else Half.HELD_BACK


def document_key(corpus: str, fields: Mapping[str, Any]) -> str:
    """Name the document that a row is a part of; a row is a document of its own by default.

    >>> document_key("ddi2013", {"id": "DDI-DrugBank.d436.s0"})
    'DDI-DrugBank.d436'
    """
    key = _KEYS.get(corpus)
    return str(fields["id"]) if key is None else key(fields)


def find_corpus(folder: Path, corpus: str) -> Path | None:
    """Give the corpus's file, whatever part of the corpus it holds; nothing if there is none."""
    found = sorted(folder.glob(f"{corpus}.*jsonl.gz"))
    return found[0] if found else None


def read_corpus(path: Path) -> Iterator[Row]:
    """Read the rows of a corpus file, `NAME.PART.jsonl.gz`.

    Raises:
        ValueError: if a line is not a row; the message names file and line.
    """
    corpus = path.name.split(".")[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield to_row(corpus, json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}:{number}: not a row of a corpus: {error!r}") from error


def to_row(corpus: str, fields: Mapping[str, Any]) -> Row:
    """Make a row of the object on one line."""
    return Row(
        corpus=corpus,
        id=fields["id"],
        key=document_key(corpus, fields),
        text=fields["text"],
        relations=tuple(_to_relation(one) for one in fields.get("relations", ())),
        entities=tuple(_to_entity(one) for one in fields.get("entities", ())),
        fields=fields,
    )


def _to_relation(fields: Mapping[str, Any]) -> Relation:
    return Relation(
        name=fields["pred"],
        subject=fields["subj"],
        object=fields["obj"],
        subject_spans=_to_spans(fields, "subj"),
        object_spans=_to_spans(fields, "obj"),
        fields=fields,
    )


def _to_spans(fields: Mapping[str, Any], side: str) -> Spans:
    """Give the places of one side; BC5CDR's lists of all mentions of a concept stay out."""
    if "symmetric" in fields:  # the only corpus whose relations join broken mentions
        return tuple(Span(*one) for one in fields[f"{side}_spans"])
    span = fields[f"{side}_span"]
    return () if span is None else (Span(*span),)


def _to_entity(fields: Mapping[str, Any]) -> Entity:
    spans = fields["spans"] if "spans" in fields else [fields["span"]]
    return Entity(
        type=fields["type"],
        text=fields["text"],
        spans=tuple(Span(*one) for one in spans),
        id=fields.get("id", ""),
    )
