"""Stores: a file in memory, a folder on disk, or a SPARQL endpoint, behind one interface."""

from __future__ import annotations

from pathlib import Path

from claimgraph.errors import Place, StoreError
from claimgraph.store.local import INDEX, LocalStore
from claimgraph.store.remote import RemoteStore
from claimgraph.store.snapshot import SNAPSHOT, write_digest
from claimgraph.store.source import Answer, Source, Term, text_graphs

__all__ = [
    "INDEX",
    "SNAPSHOT",
    "Answer",
    "LocalStore",
    "RemoteStore",
    "Source",
    "Term",
    "is_store",
    "is_url",
    "open_source",
    "text_graphs",
    "write_digest",
]


def open_source(location: str | Path) -> Source:
    """Open what a user names: an RDF file, a store folder, or the address of an endpoint.

    A file is loaded into memory; a folder is opened to be read; an address is not contacted before
    it is asked.

    Raises:
        ClaimgraphError: if it cannot be opened.
    """
    if is_url(location):
        return RemoteStore(str(location))
    path = Path(location)
    if is_store(path):
        return LocalStore.open_folder(path)
    if path.is_dir():
        raise StoreError(
            "not a store",
            where=Place(str(path)),
            repair="name a folder that `claimgraph ingest --store` made, or an RDF file",
        )
    return LocalStore.open_file(path)


def is_url(location: str | Path) -> bool:
    """Tell whether a user means an endpoint.

    >>> is_url("https://example.org/sparql"), is_url("graph.ttl")
    (True, False)
    """
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))


def is_store(path: Path) -> bool:
    """Tell whether a folder is a store."""
    return (path / INDEX).is_dir()
