"""Load N-Quads into a store while more of them are made."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

import pyoxigraph as ox

from claimgraph.errors import Place, StoreError
from claimgraph.store import LocalStore

AT_ONCE = 4_000_000
"""Bytes loaded at a time: what is loaded at once is in memory."""

_LOADING = 2  # such pieces loaded side by side


class Loader:
    """Loads pieces of N-Quads side by side: the database works without Python's lock.

    Memory does not grow with what is loaded, since few pieces wait. Use it as a context manager.

    Args:
        store: where to.
    """

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        self._pool = ThreadPoolExecutor(_LOADING)
        self._loading: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        """Give the loader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until nothing is loaded any more."""
        self._pool.shutdown()

    def take(self, piece: bytes) -> None:
        """Load some lines, sooner or later.

        Raises:
            StoreError: if lines that were taken before cannot be written.
        """
        while len(self._loading) >= _LOADING:
            self._end_first()
        load = self._store.raw.bulk_load
        self._loading.append(self._pool.submit(load, piece, ox.RdfFormat.N_QUADS))

    def wait(self) -> None:
        """Wait until all is loaded.

        Raises:
            StoreError: if it cannot be written.
        """
        while self._loading:
            self._end_first()

    def _end_first(self) -> None:
        """Wait for the lines that were taken first."""
        try:
            self._loading.popleft().result()
        except OSError as error:
            place = Place(self._store.location)
            raise StoreError(f"cannot be written: {error}", where=place) from None
