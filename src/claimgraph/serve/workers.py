"""Processes that answer queries, so that one that runs away can be killed.

A query cannot be stopped from within: it runs in native code. So each runs in a process of its own
kind, one at a time; whoever asked waits so long and no longer, and the process is replaced.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import io
import multiprocessing
import queue
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from claimgraph.errors import ClaimgraphError, QueryError
from claimgraph.processes import follow_parent
from claimgraph.queries import Query, QueryEngine, load_query, parse_query
from claimgraph.queries.guard import check
from claimgraph.queries.results import to_store
from claimgraph.store import LocalStore

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from typing_extensions import Buffer


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds, bytes of its answer, bytes of memory."""

    seconds: float = 30.0
    answer: int = 100_000_000
    memory: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Ask:
    """A query as a worker gets it: SPARQL text, or the name of a carried query with parameters.

    `rows` and `triples` are the media types to answer in, `default_graphs` and `named_graphs` the
    graphs that the request, not the query, asks about.
    """

    text: str | None
    name: str | None
    parameters: tuple[tuple[str, str], ...]
    rows: str
    triples: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: HTTP status, media type and body."""

    status: int
    kind: str
    body: bytes


_Context = multiprocessing.get_context("spawn")
_PLAIN = "text/plain"
_START = 60.0  # seconds that a process may take to be ready; no query pays for it


class Workers:
    """Some processes that answer queries about one store.

    Args:
        folder: the store folder; opened to be read.
        count: how many processes, and so how many queries at a time.
        limits: what one query may take.
    """

    def __init__(self, folder: Path, count: int, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._count = count
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._threads = concurrent.futures.ThreadPoolExecutor(count)

    def start(self) -> None:
        """Start the processes."""
        for _ in range(self._count):
            self._add()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def submit(self, ask: Ask) -> concurrent.futures.Future[Reply]:
        """Have a query answered."""
        return self._threads.submit(self._answer, ask)

    def _answer(self, ask: Ask) -> Reply:
        """Hand a query to a free process and wait for its answer."""
        worker = self._free.get()
        reply = worker.ask(ask, self._limits.seconds)
        if reply is not None:
            self._free.put(worker)
            return reply
        late = worker.alive
        worker.kill()
        with self._lock:
            self._all.discard(worker)
        self._add()
        if late:
            text = f"no answer within {self._limits.seconds:g} s; ask for less\n"
            return Reply(503, _PLAIN, text.encode())
        return Reply(
            500, _PLAIN, b"the query took more memory than it may, or is nested too deeply\n"
        )

    def _add(self) -> None:
        """Start one process."""
        with self._lock:
            if self._closed:
                return
            worker = _Worker(self._folder, self._limits)
            self._all.add(worker)
        self._free.put(worker)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._pipe, theirs = _Context.Pipe()
        self._process = _Context.Process(
            target=_work, args=(theirs, folder, limits), daemon=True, name="claimgraph-query"
        )
        self._process.start()
        self._ready = False
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def ask(self, ask: Ask, seconds: float) -> Reply | None:
        """Ask and wait; nothing if there is no answer in time or the process died."""
        try:
            if not self._ready and self._pipe.poll(_START):
                self._ready = self._pipe.recv() is None
            self._pipe.send(ask)
            if self._pipe.poll(seconds):
                reply = self._pipe.recv()
                return reply if isinstance(reply, Reply) else None
        except (EOFError, OSError):
            self._process.join(5)
        return None

    def kill(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection, folder: Path, limits: Limits) -> None:
    """Answer queries until nobody asks any more. This is what a process runs."""
    follow_parent()
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    with LocalStore.open_folder(folder) as store, contextlib.suppress(EOFError, OSError):
        engine = QueryEngine(store)
        pipe.send(None)
        while True:
            pipe.send(_reply(engine, store, pipe.recv(), limits.answer))


def _reply(engine: QueryEngine, store: LocalStore, ask: Ask, most: int) -> Reply:
    """Answer one query; whatever is wrong with it becomes a reply."""
    try:
        query = parse_query(ask.text) if ask.text is not None else load_query(ask.name or "")
        values = dict(ask.parameters) if ask.text is None else {}
        return _run(store, query, engine.bind(query, values) if ask.text is None else {}, ask, most)
    except ClaimgraphError as error:
        status = 404 if ask.text is None and error.what.startswith("no query is named") else 400
        return Reply(status, _PLAIN, f"{error}\n".encode("utf-8", "replace"))
    except _TooLargeError:
        text = f"the answer has more than {most} bytes; ask for less, with LIMIT\n"
        return Reply(500, _PLAIN, text.encode())
    except (RuntimeError, ValueError, OSError, SyntaxError, MemoryError) as error:
        return Reply(400, _PLAIN, f"cannot be answered: {error}\n".encode("utf-8", "replace"))


def _run(
    store: LocalStore, query: Query, bound: Mapping[str, object], ask: Ask, most: int
) -> Reply:
    """Run a query and write its answer."""
    chooses = check(query)
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.NamedNode(name) for name in ask.default_graphs
    ]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in ask.named_graphs]
    given = bool(default or named)
    answer = store.raw.query(
        query.text,
        use_default_graph_as_union=not (chooses or given),
        default_graph=default if given else None,
        named_graphs=named if given else None,
        substitutions={ox.Variable(n): to_store(t) for n, t in bound.items()},  # type: ignore[arg-type]
    )
    out = _Limited(most)
    if isinstance(answer, ox.QueryTriples):
        form = ox.RdfFormat.from_media_type(ask.triples)
        if form is None:
            raise QueryError(f"{ask.triples} is no form of triples")
        answer.serialize(out, form)
        return Reply(200, ask.triples, out.getvalue())
    kind = ask.rows
    if isinstance(answer, ox.QueryBoolean) and kind in ("text/csv", "text/tab-separated-values"):
        kind = "application/sparql-results+json"
    rows = ox.QueryResultsFormat.from_media_type(kind)
    if rows is None:
        raise QueryError(f"{kind} is no form of results")
    answer.serialize(out, rows)
    return Reply(200, kind, out.getvalue())


class _TooLargeError(Exception):
    """An answer is larger than it may be."""


class _Limited(io.BytesIO):
    """Takes bytes, so many and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, piece: Buffer) -> int:
        """Take some bytes."""
        self._left -= len(memoryview(piece))
        if self._left < 0:
            raise _TooLargeError
        return super().write(piece)
