"""A run: read texts, hand them out in batches, keep what is done, and finish the store.

Batches are the same in every run over the same files: so many texts in the order of the files. A
run that was cut off goes on with the batches whose records are missing; it reads the texts again,
which takes a fraction of the time that extracting their claims does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from claimgraph import __version__
from claimgraph.documents import read_documents
from claimgraph.documents.layout import slug
from claimgraph.errors import InputFileError, OutputError, Place, StoreError
from claimgraph.extract.choosing import BY_RULES, Way
from claimgraph.files import write_bytes
from claimgraph.ingest.engines import Engine, Here, open_local
from claimgraph.ingest.files import Input
from claimgraph.ingest.finish import commit, finish
from claimgraph.ingest.shards import check_shards, write_shards
from claimgraph.ingest.work import (
    BatchRecord,
    Done,
    WorkerLostError,
    isolate,
    read_record,
    shard_path,
    write_batch,
)
from claimgraph.model import Document
from claimgraph.store import INDEX

if sys.platform != "win32":
    import fcntl

BATCH = 64
"""Texts in a batch, at most."""

_BATCH_CHARACTERS = 400_000  # of text in a batch: some seconds of work
_AHEAD = 3  # batches a worker that wait or are worked on
_PLAN = "plan.json"


@dataclass(slots=True)
class Report:
    """What became of a run: the texts that were read, and what failed, with the reason."""

    files: int = 0
    texts: int = 0
    resumed: int = 0
    sentences: int = 0
    claims: int = 0
    refused: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set, repr=False)

    def take(self, record: BatchRecord) -> None:
        """Add what became of a batch."""
        self.texts += len(record.texts)
        self.sentences += record.sentences
        self.claims += record.claims
        self.refused += record.refused
        self.failures += record.failures
        self.left_out.update(name for name, _ in record.failures)

    def to_json(self) -> str:
        """Write the report for a program; it does not show whether the run was ever cut off."""
        record = asdict(self)
        del record["resumed"], record["left_out"]
        record["failures"] = [
            {"text": name, "reason": reason} for name, reason in sorted(self.failures)
        ]
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a run has come: bytes of files whose texts are done, of all bytes."""

    report: Report
    read: int
    total: int
    doing: str = "reading"


def ingest(
    inputs: tuple[Input, ...],
    folder: Path,
    *,
    workers: int = 1,
    way: Way = BY_RULES,
    engine: Engine | None = None,
    shards: Path | None = None,
    tell: Callable[[Advance], None] = lambda _: None,
) -> Report:
    """Read files into a store.

    What the store holds of texts that are read again is replaced; all else stays.

    Args:
        inputs: the files.
        folder: the store folder; made if it does not exist.
        workers: processes that extract claims; 1 works in this process.
        way: who extracts the claims; not used where an engine is given, which knows its own.
        engine: what extracts the claims instead, such as a cluster.
        shards: a folder for the texts of this run as shards, if they are wanted.
        tell: told how far the run has come.

    Raises:
        ClaimgraphError: if the store cannot be written, or the engine is gone. The same call goes
            on from there.
    """
    if engine is None and workers > 1:
        with open_local(workers, way) as pool:
            return ingest(inputs, folder, way=way, engine=pool, shards=shards, tell=tell)
    if shards is not None:
        check_shards(shards)
    work = _claim_folder(folder)
    with _locked(folder):
        # A run that was cut off in its last step is brought to its end; this one then begins anew,
        # and gives the same if it is the same run.
        commit(folder, work)
        _plan(work, inputs, way)
        batches = work / "shards"
        report = Report(files=len(inputs))
        total = sum(one.size for one in inputs)
        reading = _Reading(inputs, report)
        count = 0
        worker = Here(way) if engine is None else engine
        waiting: deque[tuple[int, list[Document], int, Callable[[], Done]]] = deque()

        def take(least: int) -> None:
            while len(waiting) > least:
                number, batch, read, wait = waiting.popleft()
                try:
                    done = wait()
                except WorkerLostError:
                    done = isolate(batch, worker.alone)
                report.take(write_batch(number, done, batches))
                tell(Advance(report, min(read, total), total))

        for number, batch in enumerate(reading.batches()):
            count = number + 1
            record = read_record(batches, number)
            if record is not None:
                report.resumed += len(record.texts)
                take(0)
                report.take(record)
                continue
            waiting.append((number, batch, reading.read, worker.start(batch)))
            take(_AHEAD * worker.lanes - 1)
        take(0)

        def say(doing: str) -> None:
            tell(Advance(report, total, total, doing))

        parts = [shard_path(batches, number) for number in range(count)]
        if shards is not None:
            write_shards(shards, parts, say)
        # What the store holds of a text that failed this time stays.
        for name in report.left_out:
            reading.names.pop(name, None)
        finish(folder, work, parts, reading.names, say)
    return report


class _Reading:
    """Reads the texts of all files, in batches; keeps what could not be read."""

    def __init__(self, inputs: tuple[Input, ...], report: Report) -> None:
        self._inputs = inputs
        self._report = report
        self._ended = 0
        self._begun = 0
        self.names: dict[str, bytes] = {}
        """Names of the texts that were read, each with a hash of the text."""

    @property
    def read(self) -> int:
        """How many bytes of the files have been read."""
        return self._ended + self._begun

    def batches(self) -> Iterator[list[Document]]:
        """Give the texts, some at a time; always the same ones together."""
        batch: list[Document] = []
        size = 0
        for document in self._documents():
            batch.append(document)
            size += len(document.text)
            if len(batch) >= BATCH or size >= _BATCH_CHARACTERS:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _documents(self) -> Iterator[Document]:
        """Give the texts of all files, each name once."""
        for one in self._inputs:
            try:
                texts = read_documents(Path(one.path), on_error=self._fail, on_read=self._go_on)
                for found in texts:
                    document = replace(found, id=slug(found.id))
                    digest = bytes.fromhex(document.sha256)[:8]
                    known = self.names.setdefault(document.id, digest)
                    if known is digest:
                        yield document
                    elif known != digest:
                        self._report.failures.append(
                            (f"{one.path}: {found.id}", "another text has this name already")
                        )
            except InputFileError as error:
                self._fail(error)
            except Exception as error:  # noqa: BLE001 - one file must not end the run of thousands
                self._report.failures.append((one.path, f"{type(error).__name__}: {error}"))
            self._ended, self._begun = self._ended + one.size, 0

    def _go_on(self, count: int) -> None:
        """Keep how far the file that is being read has been read."""
        self._begun = count

    def _fail(self, error: InputFileError) -> None:
        """Keep what could not be read, and why."""
        self._report.failures.append((str(error.where or ""), error.what))


def _claim_folder(folder: Path) -> Path:
    """Make the store folder.

    Raises:
        StoreError: if it is there and holds something else.
    """
    work = folder / "work"
    if folder.exists() and not (work.is_dir() or (folder / INDEX).is_dir() or not _any(folder)):
        raise StoreError(
            "a folder that holds something else",
            where=Place(str(folder)),
            repair="name an empty folder, a new one, or a store",
        )
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot be made: {error.strerror or error}", where=Place(str(folder))
        ) from None
    return work


def _any(folder: Path) -> bool:
    """Tell whether there is anything at all where a folder should be."""
    return not folder.is_dir() or next(folder.iterdir(), None) is not None


def _plan(work: Path, inputs: tuple[Input, ...], way: Way) -> None:
    """Begin a run, or go on with one over the same files; what is left of another is cleared."""
    content = [__version__, BATCH, _BATCH_CHARACTERS, asdict(way)]
    content.append([asdict(one) for one in inputs])
    data = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogateescape")
    plan = work / _PLAN
    if not plan.is_file() or plan.read_bytes() != data:
        shutil.rmtree(work, ignore_errors=True)
        (work / "shards").mkdir(parents=True)
        write_bytes(plan, data)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second run out of the folder; the system lets go when the process ends.

    Raises:
        StoreError: if another process is at work there.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                "another process is writing to the store",
                where=Place(str(folder)),
                repair="wait until it has ended",
            ) from None
        yield
    finally:
        os.close(handle)
