"""What a process does that answers queries: it reads one, runs it, writes the answer, and so on.

Both ways go data, never objects: a frame has a head of fixed size, and the length of what follows.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from claimgraph.errors import ClaimgraphError, QueryError
from claimgraph.processes import follow_parent
from claimgraph.queries import Query, QueryEngine, load_query
from claimgraph.queries.guard import check
from claimgraph.queries.results import to_store
from claimgraph.serve.protocol import ROWS, TRIPLES
from claimgraph.store import INDEX, LocalStore

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from typing_extensions import Buffer

PLAIN = "text/plain"
KINDS = (PLAIN, *ROWS, *TRIPLES)
"""The media types of answers; a frame has the number of one."""

ASKED = struct.Struct("!I")
"""The head of a query's frame: the bytes that follow."""

ANSWERED = struct.Struct("!IHB")
"""The head of an answer's frame: the bytes that follow, HTTP status, media type."""


FITS = 8_000_000
"""Bytes of a database that a process copies into memory when it starts."""

_SMALL = 1 << 16  # bytes of an answer that is copied rather than sent in two calls


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds, bytes of its answer, bytes of memory."""

    seconds: float = 30.0
    answer: int = 100_000_000
    memory: int = 4_000_000_000


class Ask(NamedTuple):
    """A query as a process gets it: SPARQL text, or the name of a carried query with parameters.

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

    def to_frame(self) -> bytes:
        """Write the query for a process."""
        data = json.dumps(self).encode()
        return ASKED.pack(len(data)) + data


class Reply(NamedTuple):
    """An answer: HTTP status, media type and body."""

    status: int
    kind: str
    body: bytes


def answer_queries(pipe: socket.socket, folder: Path, limits: Limits) -> None:
    """Answer queries until nobody asks any more. This is what a process runs."""
    follow_parent()
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    with (
        open_store(folder) as store,
        contextlib.suppress(OSError),
        pipe,
        pipe.makefile("rb") as asked,
    ):
        engine = QueryEngine(store)
        _send(pipe, Reply(0, PLAIN, b""))  # ready
        while head := asked.read(ASKED.size):
            ask = Ask(*json.loads(asked.read(*ASKED.unpack(head))))
            _send(pipe, _reply(engine, store, ask, limits.answer))


def open_store(folder: Path) -> LocalStore:
    """Open a store folder; what is small is copied into memory, where it is read much faster."""
    store = LocalStore.open_folder(folder)
    if sum(file.stat().st_size for file in (folder / INDEX).iterdir()) > FITS:
        return store
    with store:
        copy = ox.Store()
        copy.extend(store.raw)
        return LocalStore(copy, str(folder), folder)


def _send(pipe: socket.socket, reply: Reply) -> None:
    """Send an answer."""
    head = ANSWERED.pack(len(reply.body), reply.status, KINDS.index(reply.kind))
    if len(reply.body) < _SMALL:
        pipe.sendall(head + reply.body)
    else:
        pipe.sendall(head)
        pipe.sendall(reply.body)


def _reply(engine: QueryEngine, store: LocalStore, ask: Ask, most: int) -> Reply:
    """Answer one query; whatever is wrong with it becomes a reply."""
    try:
        if ask.text is not None:
            return _run(store, Query("query", ask.text), {}, ask, most)
        query = _named(ask.name or "")
        return _run(store, query, engine.bind(query, dict(ask.parameters)), ask, most)
    except ClaimgraphError as error:
        status = 404 if ask.text is None and error.what.startswith("no query is named") else 400
        return Reply(status, PLAIN, f"{error}\n".encode("utf-8", "replace"))
    except _TooLargeError:
        text = f"the answer has more than {most} bytes; ask for less, with LIMIT\n"
        return Reply(500, PLAIN, text.encode())
    except (RuntimeError, ValueError, OSError, SyntaxError, MemoryError) as error:
        return Reply(400, PLAIN, f"cannot be answered: {error}\n".encode("utf-8", "replace"))


_named = lru_cache(maxsize=256)(load_query)  # the carried queries stay as they are


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
