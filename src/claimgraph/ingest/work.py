"""The part of ingesting that runs on every core, here or elsewhere: texts become sorted N-Quads.

It takes texts and gives bytes, so it may run in this process, in another, or on another machine. A
batch is done when its record is there; the record is written last, and each file takes its name
only when it is whole. A process that is killed in between leaves a batch that is not done, and
whoever does it again writes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from claimgraph import __version__
from claimgraph.errors import ClaimgraphError
from claimgraph.extract import Extractor
from claimgraph.extract.choosing import BY_RULES, Way
from claimgraph.extract.reading import extract_claims, find_silent
from claimgraph.files import write_bytes
from claimgraph.model import Document
from claimgraph.names import Part, graph_name
from claimgraph.sorting import in_order
from claimgraph.triples import dataset_quads, document_quads


class WorkerLostError(Exception):
    """The process that worked on some texts died; perhaps one of them is too much for it."""


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """What became of a batch of texts."""

    texts: tuple[str, ...]
    sentences: int
    claims: int
    refused: int
    failures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that was worked on: its record, its sorted N-Quads, and who did it."""

    record: BatchRecord
    quads: str
    version: str = __version__


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


def write_batch(number: int, done: Done, folder: Path) -> BatchRecord:
    """Write a batch as a shard, and then its record.

    Raises:
        OutputError: if it cannot be written.
    """
    write_bytes(shard_path(folder, number), done.quads.encode())
    data = json.dumps(asdict(done.record), ensure_ascii=False)
    write_bytes(folder / f"{number:08}.json", data.encode("utf-8", "replace"))
    return done.record


def do_batch(documents: Sequence[Document], way: Way = BY_RULES) -> Done:
    """Extract the claims of some texts. A text that fails is recorded with its reason."""
    blocks: list[str] = []
    texts: list[str] = []
    failures: list[tuple[str, str]] = []
    sentences = claims = refused = 0
    for document in documents:
        try:
            passed = extract_claims(document, _extractor(way))
            silent = find_silent(document, passed.claims)
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
            refused += passed.refused
    record = BatchRecord(tuple(texts), sentences, claims, refused, tuple(failures))
    return Done(record, "".join(in_order(blocks)))


def isolate(documents: Sequence[Document], do: Callable[[Sequence[Document]], Done]) -> Done:
    """Do a batch on which a worker died, and leave out only the texts on which it dies again.

    Args:
        documents: the texts of the batch.
        do: does some of them in a process of their own.

    Returns:
        What `do_batch` would have given, but that such a text is recorded as failed.
    """
    try:
        return do(documents)
    except WorkerLostError as error:
        if len(documents) == 1:
            return Done(BatchRecord((), 0, 0, 0, ((documents[0].id, str(error)),)), "")
    middle = len(documents) // 2
    one, other = isolate(documents[:middle], do), isolate(documents[middle:], do)
    first, second = one.record, other.record
    record = BatchRecord(
        first.texts + second.texts,
        first.sentences + second.sentences,
        first.claims + second.claims,
        first.refused + second.refused,
        first.failures + second.failures,
    )
    return Done(record, "".join(in_order(filter(None, (one.quads, other.quads)))), one.version)


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


def prepare(way: Way) -> None:
    """Load what the first batch would load."""
    _extractor(way)


@cache
def _extractor(way: Way) -> Extractor:
    """Make the extractor, once in a process."""
    return way.make()
