"""The endpoint as an ASGI application: `/sparql`, `/queries/NAME`, and pages for a browser."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from claimgraph.errors import QueryError
from claimgraph.queries import list_queries
from claimgraph.serve.answers import Ask, Reply
from claimgraph.serve.pages import POLICY, answer_page, start_page
from claimgraph.serve.protocol import HTML, ROWS, TRIPLES, choose, describe_service, read_form
from claimgraph.serve.workers import Workers

MAX_REQUEST = 1_000_000
"""Bytes of a query with all that is sent with it."""

MAX_WAITING = 256
"""Queries that wait or are worked on; more are sent away."""

_ASKING = ("GET", "POST")
_SHORT = 1000  # characters of an Accept header that is remembered
_FORM = "application/x-www-form-urlencoded"
_SPARQL = "application/sparql-query"
_UPDATE = "application/sparql-update"
_SAFE = {"X-Content-Type-Options": "nosniff", "Vary": "Accept"}


def make_app(
    workers: Workers, hosts: Sequence[str], *, page: bytes | None = None, origin: str | None = None
) -> ASGIApp:
    """Make the application.

    Args:
        workers: who answers; started and closed with the application.
        hosts: the names it may be called by; others are refused, lest a web page that gives its own
            name this machine's address could read the answers.
        page: the page of the graph, if there is one.
        origin: the origin of web pages that may read the answers; none if not given.
    """
    endpoint = _Endpoint(workers)
    start = start_page(
        (query for query in list_queries() if not query.is_violation), has_graph=page is not None
    )

    async def show_start(_: Request) -> Response:
        return _html(start)

    async def show_page(_: Request) -> Response:
        if page is None:
            return _refuse(404, "there is no page of this graph")
        return Response(page, media_type=HTML, headers=_SAFE)

    @contextlib.asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        await workers.start()
        try:
            yield
        finally:
            await workers.close()

    pages = Starlette(
        routes=[
            Route("/", show_start),
            Route("/page", show_page),
            Route("/sparql", endpoint.query, methods=list(_ASKING)),
            Route("/queries/{name}", endpoint.named, methods=["GET"]),
        ],
        lifespan=live,
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        # What is asked most takes the short way; the layers of `pages` cost as much as the rest.
        if scope["type"] == "http" and scope["path"] == "/sparql" and scope["method"] in _ASKING:
            response = await endpoint.query(Request(scope, receive))
            await response(scope, receive, send)
        else:
            await pages(scope, receive, send)

    open_app: ASGIApp = app
    if origin is not None:
        open_app = CORSMiddleware(app, allow_origins=[origin], allow_methods=_ASKING)
    return TrustedHostMiddleware(open_app, allowed_hosts=list(hosts))


class _Endpoint:
    """Answers requests by way of the workers."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._waiting = 0

    async def query(self, request: Request) -> Response:
        """Answer a query, or describe the service."""
        try:
            text = str(request.scope.get("query_string", b""), "ascii", "replace")
            if len(text) > MAX_REQUEST:
                return _refuse(414, f"more than {MAX_REQUEST} bytes")
            fields = read_form(text)
            if request.method == "POST":
                kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind not in (_FORM, _SPARQL, _UPDATE):
                    return _refuse(415, f"send {_SPARQL} or {_FORM}")
                body = await _read_body(request)
                if body is None:
                    return _refuse(413, f"more than {MAX_REQUEST} bytes")
                if kind == _UPDATE:
                    return _refuse(403, "this endpoint is read only")
                if kind == _SPARQL:
                    fields.append(("query", body.decode("utf-8")))
                else:
                    fields += read_form(body.decode("ascii"))
        except UnicodeDecodeError as error:
            return _refuse(400, f"the query cannot be read: {error}")
        except QueryError as error:
            return _refuse(400, str(error))
        queries = [value for name, value in fields if name == "query"]
        if any(name == "update" for name, _ in fields):
            return _refuse(403, "this endpoint is read only")
        if not queries and request.method in ("GET", "HEAD"):
            return self._describe(request)
        if len(queries) != 1:
            return _refuse(400, "send one query")
        return await self._answer(
            request,
            text=queries[0],
            default=tuple(value for name, value in fields if name == "default-graph-uri"),
            named=tuple(value for name, value in fields if name == "named-graph-uri"),
        )

    async def named(self, request: Request) -> Response:
        """Answer a named query with the parameters of the address."""
        try:
            fields = read_form(str(request.scope.get("query_string", b""), "ascii", "replace"))
        except QueryError as error:
            return _refuse(400, str(error))
        return await self._answer(
            request, name=request.path_params["name"], parameters=tuple(fields)
        )

    async def _answer(
        self,
        request: Request,
        *,
        text: str | None = None,
        name: str | None = None,
        parameters: tuple[tuple[str, str], ...] = (),
        default: tuple[str, ...] = (),
        named: tuple[str, ...] = (),
    ) -> Response:
        """Have a query answered in the form that the client likes best."""
        accept = ", ".join(request.headers.getlist("accept"))
        look = _look if len(accept) < _SHORT else _look.__wrapped__
        rows, triples = look(accept)
        if rows is None and triples is None and accept:
            return _refuse(406, f"this endpoint answers in {', '.join((*ROWS, *TRIPLES))}")
        wants_page = rows == HTML
        ask = Ask(
            text,
            name,
            parameters,
            ROWS[0] if rows is None or wants_page else rows,
            triples or TRIPLES[0],
            default,
            named,
        )
        if self._waiting >= MAX_WAITING:
            return _refuse(503, "too many queries at a time", {"Retry-After": "1"})
        self._waiting += 1
        try:
            reply = await self._workers.answer(ask)
        finally:
            self._waiting -= 1
        if wants_page and reply.status == 200 and reply.kind == ROWS[0]:
            return _html(await asyncio.to_thread(answer_page, reply.body))
        return _respond(reply)

    @staticmethod
    def _describe(request: Request) -> Response:
        """Describe the service; a browser gets the page to ask at."""
        accept = ", ".join(request.headers.getlist("accept"))
        form = choose(accept, (*TRIPLES, HTML))
        if form is None:
            return _refuse(406, f"this endpoint describes itself in {', '.join(TRIPLES)}")
        if form == HTML:
            return Response(status_code=303, headers={"Location": "./", **_SAFE})
        address = str(request.url.replace(query="", fragment=""))
        return Response(
            describe_service(address, form), headers={**_SAFE, "Content-Type": _typed(form)}
        )


@lru_cache(maxsize=256)
def _look(accept: str) -> tuple[str | None, str | None]:
    """Choose the forms of rows and of triples that a client likes best."""
    return choose(accept, (*ROWS, HTML)), choose(accept, TRIPLES)


async def _read_body(request: Request) -> bytes | None:
    """Read a request's body; nothing if it is too large."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > MAX_REQUEST:
            return None
    return bytes(data)


def _respond(reply: Reply) -> Response:
    """Turn a reply into a response."""
    headers = {**_SAFE, "Content-Type": _typed(reply.kind)}
    if reply.status == 503:
        headers["Retry-After"] = "1"
    return Response(reply.body, status_code=reply.status, headers=headers)


def _typed(kind: str) -> str:
    """Say the character set of texts."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _html(text: str) -> Response:
    """Give a page."""
    return Response(text, media_type=HTML, headers={**_SAFE, "Content-Security-Policy": POLICY})


def _refuse(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    """Say why a request is not answered."""
    return Response(
        f"{reason}\n",
        status_code=status,
        media_type="text/plain",
        headers={**_SAFE, **(headers or {})},
    )
