"""`claimgraph serve`: a SPARQL endpoint."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from claimgraph.cli.group import cli
from claimgraph.errors import ClaimgraphError

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


@cli.command(
    short_help="Serve a store or a graph as a SPARQL endpoint.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph serve                              the article that claimgraph carries\n"
    "  claimgraph serve library --port 8080\n"
    "  curl 'http://127.0.0.1:7878/queries/what-does-it-treat?drug=clonazepam'\n",
)
@click.argument("data", required=False, metavar="[STORE|FILE]", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), help="Queries at a time. Default: 1 a core.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 86400), default=30.0, show_default=True,
    help="Seconds that one query may take.",
)  # fmt: skip
@click.option(
    "--max-answer", type=click.IntRange(1000), default=100_000_000, show_default=True,
    help="Bytes that one answer may have.",
)  # fmt: skip
@click.option("--cors", metavar="ORIGIN", help="Let web pages of this origin read the answers.")
def serve(
    data: Path | None,
    host: str,
    port: int,
    workers: int | None,
    timeout: float,
    max_answer: int,
    cors: str | None,
) -> int:
    """Serve a store or an RDF file as a SPARQL 1.1 endpoint that can only be read.

    Queries are answered at /sparql, the named queries at /queries/NAME, and / is a page to ask at.
    Only this machine is served unless --host says otherwise. End it with Ctrl-C.
    """
    try:
        from claimgraph.processes import count_cores
        from claimgraph.serve import Limits, Workers, listen, make_app, make_server
    except ImportError as error:
        raise ClaimgraphError(
            f"serving needs a package that is not installed: {error.name}",
            repair="install claimgraph with its extra: pip install 'claimgraph[serve]'",
        ) from None
    with _store_folder(data) as (folder, page), listen(host, port) as listener:
        pool = Workers(folder, workers or count_cores(), Limits(seconds=timeout, answer=max_answer))
        app = make_app(pool, [*_LOOPBACK, host], page=page, origin=cors)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{listener.getsockname()[1]}/")
        make_server(app).run(sockets=[listener])
    return 0


@contextlib.contextmanager
def _store_folder(data: Path | None) -> Iterator[tuple[Path, bytes | None]]:
    """Give the store to serve and the page of its graph: a folder that all processes can read."""
    from claimgraph.pipeline import FILES, build_article
    from claimgraph.resources import bundled_article
    from claimgraph.store import LocalStore, is_store

    if data is not None and is_store(data):
        LocalStore.open_folder(data).close()  # so that an error shows here
        yield data, None
        return
    with tempfile.TemporaryDirectory(prefix="claimgraph-") as name:
        folder = Path(name)
        page = None
        path = data
        if data is None or data.is_dir():
            build = build_article(data or bundled_article())
            page = FILES["graph.html"](build)
            path = folder / "graph.nq"
            path.write_bytes(FILES["graph.nq"](build))
        with LocalStore.open_folder(folder, read_only=False) as store:
            store.load_file(path or Path())
            store.raw.flush()
        yield folder, page
