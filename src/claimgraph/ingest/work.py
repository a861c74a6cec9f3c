"""The part of ingesting that runs on every core: texts become sorted N-Quads.

A batch is done when its record is there; the record is written last, and each file takes its name
only when it is whole. A process that is killed in between leaves a batch that is not done, and
whoever does it again writes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from claimgraph.errors import ClaimgraphError
from claimgraph.extract import Extractor
from claimgraph.extract.choosing import BY_RULES, Way
from claimgraph.files import write_bytes
from claimgraph.gate import pass_claims
from claimgraph.model import Document
from claimgraph.names import Part, graph_name
from claimgraph.sorting import in_order
from claimgraph.triples import dataset_quads, document_quads


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """What became of a batch of texts."""

    texts: tuple[str, ...]
    sentences: int
    claims: int
    refused: int
    failures: tuple[tuple[str, str], ...]


def shard_path(folder: Path, number: int) -> Path:
    """Name the N-Quads of a batch."""
    return folder / f"{number:08}.nq"


def read_record(folder: Path, number: int) -> BatchRecord | None:
    """Read what became of a batch; nothing if it is not done."""
    try:
        data = json.loads((folder / f"{number:08}.json").read_bytes())
    except FileNotFoundError:
        return None
    return BatchRecord(
        tuple(data["texts"]),
        data["sentences"],
        data["claims"],
        data["refused"],
        tuple((name, reason) for name, reason in data["failures"]),
    )


def do_batch(
    number: int, documents: Sequence[Document], folder: Path, way: Way = BY_RULES
) -> BatchRecord:
    """Extract the claims of some texts and write them as a shard.

    Args:
        number: of the batch.
        documents: the texts.
        folder: where shards go.
        way: who reads.

    Raises:
        OutputError: if the shard cannot be written.
    """
    blocks: list[str] = []
    texts: list[str] = []
    failures: list[tuple[str, str]] = []
    sentences = claims = refused = 0
    for document in documents:
        try:
            passed = pass_claims(_extractor(way).extract(document), document)
            spoken = {claim.sentence for claim in passed.claims}
            silent = {
                s.number: "no claim was found by rules"
                for s in document.sentences
                if s.number not in spoken
            }
            made = list(document_quads(passed.claims, document, silent))
            made += dataset_quads(document, _sizes(document.id, made))
        except ClaimgraphError as error:
            failures.append((document.id, str(error)))
        except Exception as error:  # noqa: BLE001 - one text must not end the run of thousands
            failures.append((document.id, f"{type(error).__name__}: {error}"))
        else:
            blocks += made
            texts.append(document.id)
            sentences += len(document.sentences)
            claims += len(passed.claims)
            refused += len({rejection.claim.id for rejection in passed.rejections})
    record = BatchRecord(tuple(texts), sentences, claims, refused, tuple(failures))
    write_bytes(shard_path(folder, number), "".join(in_order(blocks)).encode())
    data = json.dumps(asdict(record), ensure_ascii=False)
    write_bytes(folder / f"{number:08}.json", data.encode("utf-8", "replace"))
    return record


def _sizes(text_id: str, blocks: Sequence[str]) -> dict[str, tuple[Part, int]]:
    """Count the triples of the graphs that a text has of its own."""
    sizes: dict[str, tuple[Part, int]] = {}
    for part in Part:
        if part.of_text:
            name = graph_name(part, text_id)
            end = f" {name} .\n"
            lines = {b for b in blocks if b.endswith(end)}
            if count := sum(block.count("\n") for block in lines):
                sizes[name] = (part, count)
    return sizes


@cache
def _extractor(way: Way) -> Extractor:
    """Make the extractor, once in a process."""
    return way.make()
