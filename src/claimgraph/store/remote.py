"""A store elsewhere: a SPARQL 1.1 endpoint, asked over HTTP.

Queries go to the endpoint's address by POST; graphs are written by the Graph Store Protocol, at the
address in `CLAIMGRAPH_GRAPH_STORE`. Credentials come from the environment: `CLAIMGRAPH_TOKEN`, or
`CLAIMGRAPH_USER` and `CLAIMGRAPH_PASSWORD`. They are sent over HTTPS or to this machine only, and
follow no redirection to another host. `CLAIMGRAPH_TIMEOUT` is how long to wait for an answer, in
seconds.

An endpoint that cannot be reached, or answers that it is busy, is asked again, at most three times.
"""

from __future__ import annotations

import base64
import ipaddress
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Self
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
import urllib3

from claimgraph import __version__, vocab
from claimgraph.errors import Place, QueryError, StoreError
from claimgraph.names import Part, graph_name
from claimgraph.rdf import cut_graph
from claimgraph.sorting import SortedLines
from claimgraph.store.source import Answer, Term, group_quads, text_graphs
from claimgraph.store.values import bind_values

TIMEOUT = 60.0
"""Seconds to wait for an answer, if the environment does not say."""

MAX_ANSWER = 500_000_000
"""Bytes of an answer that are read."""

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
_PIECE = 1 << 16
_BUSY = (429, 502, 503, 504)
_SHOWN = 300
_FROM = re.compile("from", re.IGNORECASE)


class RemoteStore:
    """A SPARQL endpoint.

    Nothing is sent before it is asked.

    Args:
        url: the address that answers queries; what stands behind `?` is sent along.
        environment: where credentials, time limit and the address for graphs are looked up.

    Raises:
        StoreError: if the address is none, holds a password, or credentials would be sent in the
            clear.
    """

    def __init__(self, url: str, environment: Mapping[str, str] = os.environ) -> None:
        self._url = _checked_url(url)
        graph_store = environment.get("CLAIMGRAPH_GRAPH_STORE")
        self._graph_store = None if graph_store is None else _checked_url(graph_store)
        self._headers = {"User-Agent": f"claimgraph/{__version__}"}
        if (credentials := _credentials(environment)) is not None:
            for address in filter(None, (self._url, self._graph_store)):
                _refuse_clear_text(address)
            self._headers["Authorization"] = credentials
        self._union_known = False
        self._choice_known = False
        self._timeout = _timeout(environment)
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=10, read=self._timeout),
            retries=urllib3.Retry(
                total=3,
                redirect=3,
                backoff_factor=0.2,
                backoff_max=5,
                status_forcelist=_BUSY,
                allowed_methods=None,  # a query changes nothing, and a PUT done twice is done once
                raise_on_status=False,
            ),
        )

    @property
    def location(self) -> str:
        """The address."""
        return self._url

    def query(self, text: str, bindings: Mapping[str, Term], *, union: bool) -> Answer:
        """Answer a query; see `Source.query`."""
        if union:
            self._require_union()
        elif _FROM.search(text) is not None:
            self._require_choice()
        kind, data = self._ask(bind_values(text, bindings))
        return self._read(kind, data)

    def count(self) -> int:
        """Count the quads; triples without a graph only where no graph has them, too."""
        nameless = "?s ?p ?o MINUS { GRAPH ?h { ?s ?p ?o } }"
        query = (
            "SELECT (COUNT(*) AS ?n) WHERE "
            f"{{ {{ GRAPH ?g {{ ?s ?p ?o }} }} UNION {{ {nameless} }} }}"
        )
        answer = self._read(*self._ask(query))
        if isinstance(answer, ox.QuerySolutions):
            for row in answer:
                if isinstance(number := row["n"], ox.Literal) and number.value.isdecimal():
                    return int(number.value)
        raise StoreError("answers a count without a number", where=Place(self._url))

    def quads(self) -> Iterator[str]:
        """Give all quads as sorted N-Quads, fetched graph by graph."""
        with SortedLines() as lines:
            for graph in self._graphs():
                query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
                for triple in self._triples(query):
                    lines.add(f"{triple} {graph} .\n")
            nameless = "?s ?p ?o MINUS { GRAPH ?g { ?s ?p ?o } }"
            for triple in self._triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {nameless} }}"):
                lines.add(f"{triple} .\n")
            yield from lines

    def replace_text(self, text_id: str, quads: Iterable[str]) -> None:
        """Replace what a text says, graph by graph; see `Source.replace_text`.

        Each graph is replaced at once, but the protocol knows no transaction over several. Concepts
        that no text speaks of any more stay.
        """
        groups = group_quads(text_id, quads)
        self._send("DELETE", graph_name(Part.STATEMENTS), "")
        for name in text_graphs(text_id):
            body = "".join(f"{triple} .\n" for triple in groups.get(name, ()))
            self._send("PUT" if body else "DELETE", name, body)
        for name in (graph_name(Part.CONCEPTS), graph_name(Part.DATASET)):
            if triples := groups.get(name):
                self._send("POST", name, "".join(f"{triple} .\n" for triple in triples))

    def replace_graph(self, graph: str, quads: Iterable[str]) -> None:
        """Replace a graph; see `Source.replace_graph`."""
        triples = (
            cut_graph(f"{line}\n")[0]
            for piece in quads
            for line in piece.removesuffix("\n").split("\n")
        )
        body = "".join(f"{triple} .\n" for triple in triples)
        self._send("PUT" if body else "DELETE", graph, body)

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.clear()

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _graphs(self) -> list[str]:
        """Name the graphs, in N-Triples syntax."""
        answer = self._read(*self._ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        if not isinstance(answer, ox.QuerySolutions):
            raise StoreError("answers a SELECT without rows", where=Place(self._url))
        names = {row["g"] for row in answer}
        return sorted(str(name) for name in names if isinstance(name, ox.NamedNode))

    def _triples(self, query: str) -> Iterable[ox.Triple]:
        """Ask for triples."""
        answer = self._read(*self._ask(query))
        if isinstance(answer, (ox.QuerySolutions, ox.QueryBoolean)):
            raise StoreError("answers a CONSTRUCT without triples", where=Place(self._url))
        return answer

    def _require_union(self) -> None:
        """Make sure, once, that queries see the triples of named graphs.

        Raises:
            StoreError: if the endpoint's default graph is not the union of its graphs.
        """
        if self._union_known:
            return
        hidden = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
        answer = self._read(*self._ask(hidden))
        if isinstance(answer, ox.QueryBoolean) and bool(answer):
            raise StoreError(
                "its default graph leaves out the named graphs",
                where=Place(self._url),
                repair="serve it with the union of all graphs as default graph (for oxigraph:"
                " --union-default-graph, or ?union-default-graph behind the address)",
            )
        self._union_known = True

    def _require_choice(self) -> None:
        """Make sure, once, that the endpoint keeps to the graphs that a query names with FROM.

        Raises:
            StoreError: if it answers about others, too.
        """
        if self._choice_known:
            return
        absent = f"ASK FROM <{vocab.GRAPH}none> WHERE {{ ?s ?p ?o }}"
        answer = self._read(*self._ask(absent))
        if isinstance(answer, ox.QueryBoolean) and bool(answer):
            raise StoreError(
                "it does not keep to the graphs that FROM names",
                where=Place(self._url),
                repair="name the graph in the query, with GRAPH",
            )
        self._choice_known = True

    def _read(self, kind: str, data: bytes) -> Answer:
        """Read an answer by its media type."""
        try:
            if (rows := ox.QueryResultsFormat.from_media_type(kind)) is not None:
                return ox.parse_query_results(data, rows)
            if (triples := ox.RdfFormat.from_media_type(kind)) is not None:
                return [quad.triple for quad in ox.parse(data, triples)]
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"its answer cannot be read: {error}", where=Place(self._url)
            ) from None
        raise StoreError(
            f"answers in a form that is none of SPARQL's: {_printable(kind)}",
            where=Place(self._url),
            repair="name the address that answers queries",
        )

    def _ask(self, query: str) -> tuple[str, bytes]:
        """Send a query; give media type and body of the answer."""
        return self._request(
            "POST",
            self._url,
            urlencode({"query": query}).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": _ACCEPT},
        )

    def _send(self, method: str, graph: str, triples: str) -> None:
        """Write a graph.

        Raises:
            StoreError: if that cannot be done, or no address for it is known.
        """
        if self._graph_store is None:
            raise StoreError(
                "no address for writing graphs",
                where=Place(self._url),
                repair="put the address of the Graph Store Protocol into CLAIMGRAPH_GRAPH_STORE",
            )
        joint = "&" if urlsplit(self._graph_store).query else "?"
        self._request(
            method,
            f"{self._graph_store}{joint}{urlencode({'graph': graph[1:-1]})}",
            triples.encode(),
            {"Content-Type": "application/n-triples"},
            missing_is_fine=method == "DELETE",
        )

    def _request(
        self,
        method: str,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        missing_is_fine: bool = False,
    ) -> tuple[str, bytes]:
        """Send a request and read all of its answer, within the limits."""
        deadline = time.monotonic() + self._timeout
        data = bytearray()
        try:
            response = self._pool.request(
                method,
                url,
                body=body,
                headers={**self._headers, **headers},
                preload_content=False,
            )
            try:
                for piece in response.stream(_PIECE):
                    data += piece
                    if len(data) > MAX_ANSWER:
                        raise StoreError(
                            f"answers with more than {MAX_ANSWER} bytes",
                            where=Place(url),
                            repair="ask for less, with LIMIT",
                        )
                    if time.monotonic() > deadline:
                        raise _too_slow(url, self._timeout)
            finally:
                response.release_conn()
        except urllib3.exceptions.TimeoutError:
            raise _too_slow(url, self._timeout) from None
        except urllib3.exceptions.HTTPError as error:
            reason = getattr(error, "reason", None) or error
            raise StoreError(
                f"cannot be asked: {_printable(str(reason))}",
                where=Place(url),
                repair="check the address, and that the server runs",
            ) from None
        if 200 <= response.status < 300 or (missing_is_fine and response.status == 404):
            return response.headers.get("Content-Type", "").partition(";")[0].strip(), bytes(data)
        raise _refusal(response.status, bytes(data), url)


def _checked_url(url: str) -> str:
    """Check an address.

    Raises:
        StoreError: if it is none, or holds a password.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise StoreError(f"not an address: {error}", where=Place(_printable(url))) from None
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        raise StoreError(
            "not an address",
            where=Place(_printable(url)),
            repair="name one that begins with https:// or http://",
        )
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            "an address with a password in it",
            where=Place(f"{parts.scheme}://…@{host}"),
            repair="put the credentials into CLAIMGRAPH_USER and CLAIMGRAPH_PASSWORD",
        )
    return parts._replace(fragment="").geturl()


def _credentials(environment: Mapping[str, str]) -> str | None:
    """Give the header that the environment's credentials make."""
    if token := environment.get("CLAIMGRAPH_TOKEN"):
        header = f"Bearer {token}"
    elif user := environment.get("CLAIMGRAPH_USER"):
        pair = f"{user}:{environment.get('CLAIMGRAPH_PASSWORD', '')}"
        header = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        return None
    if not header.isprintable() or not header.isascii():
        raise StoreError(
            "credentials that no header can hold", repair="check the CLAIMGRAPH_ variables"
        )
    return header


def _refuse_clear_text(url: str) -> None:
    """Refuse to send credentials where others can read them.

    Raises:
        StoreError: if the address is neither HTTPS nor of this machine.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    if parts.scheme != "https" and not local:
        raise StoreError(
            "credentials would be sent in the clear",
            where=Place(url),
            repair="use https://, or take the credentials out of the environment",
        )


def _timeout(environment: Mapping[str, str]) -> float:
    """Give the time limit in seconds."""
    text = environment.get("CLAIMGRAPH_TIMEOUT")
    if text is None:
        return TIMEOUT
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) is None or float(text) == 0:
        raise StoreError(
            f"CLAIMGRAPH_TIMEOUT is no number of seconds: {_printable(text)}",
            repair="set it to a number such as 60",
        )
    return float(text)


def _too_slow(url: str, timeout: float) -> StoreError:
    """Make the error for an answer that does not come."""
    return StoreError(
        f"no answer within {timeout:g} s",
        where=Place(url),
        repair="ask for less, or set CLAIMGRAPH_TIMEOUT to more seconds",
    )


def _refusal(status: int, body: bytes, url: str) -> StoreError | QueryError:
    """Make the error for an answer that is none."""
    said = _printable(body.decode("utf-8", "replace"))
    what = f"answers {status}" + (f": {said}" if said else "")
    if status == 400:
        return QueryError(what, where=Place(url), repair="correct the query")
    if status in (401, 403):
        repair = "set CLAIMGRAPH_TOKEN, or CLAIMGRAPH_USER and CLAIMGRAPH_PASSWORD"
    else:
        repair = "check the address, or ask again later"
    return StoreError(what, where=Place(url), repair=repair)


def _printable(text: str) -> str:
    """Shorten what a server says to one line that steers no terminal."""
    line = " ".join(text.split())
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)
