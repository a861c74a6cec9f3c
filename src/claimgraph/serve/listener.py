"""HTTP: the socket that is listened at, and the server of an application there."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from claimgraph.errors import StoreError

MAX_HEAD = 65_535
"""Bytes of a request but for its body; longer addresses the parser of addresses would misread."""


@contextlib.contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """Open a port, so that an error shows before anything is loaded for nothing.

    Raises:
        StoreError: if it cannot be opened.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise StoreError(
            f"cannot listen at {host} port {port}: {error.strerror or error}",
            repair="name another with --port; 0 takes any that is free",
        ) from None
    # Connections inherit it. Without it the body of an answer, which is sent after its head, waits
    # until the client has confirmed the head, and clients take 40 ms to do so.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    with listener:
        yield listener


def make_server(app: ASGIApp) -> uvicorn.Server:
    """Make the server of an application."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=5,
        )
    )


class _Protocol(HttpToolsProtocol):
    """HTTP, where the head of a request has to end; the parser would read on and on."""

    _head = 0

    def data_received(self, data: bytes) -> None:
        """Take bytes; those that belong to no body may be so many and no more."""
        self._head += len(data)
        super().data_received(data)
        if self._head > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response(f"More than {MAX_HEAD} bytes without an end.")

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        super().on_url(url)
        if len(self.url) > MAX_HEAD:
            raise ValueError(f"an address of more than {MAX_HEAD} bytes")

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._head = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._head = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End the request."""
        self._head = 0
        super().on_message_complete()
