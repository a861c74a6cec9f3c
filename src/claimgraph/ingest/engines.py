"""Who works on batches: this process, others on this machine, or the workers of a Dask cluster.

All do the same to the same texts and give the same bytes. What may differ is only how long it
takes.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Protocol

from claimgraph.extract.choosing import BY_RULES, Reader, Way
from claimgraph.ingest.work import Done, WorkerLostError, do_batch, prepare
from claimgraph.model import Document
from claimgraph.processes import can_fork, follow_parent

_AFRESH = "spawn"

DIED = "the process that read it died, alone with it as well; perhaps for want of memory"
"""Why a text failed on which processes die."""

Do = Callable[[Sequence[Document]], Done]


class Engine(Protocol):
    """Works on batches."""

    @property
    def lanes(self) -> int:
        """How many batches it works on at a time; it may change."""
        ...

    def start(self, documents: Sequence[Document]) -> Callable[[], Done]:
        """Begin with a batch.

        Returns:
            A function that waits for what became of it. It raises `WorkerLostError` if the process
            that worked on it died.
        """
        ...

    def alone(self, documents: Sequence[Document]) -> Done:
        """Do some texts in a process that does nothing else.

        Raises:
            WorkerLostError: if that process dies.
        """
        ...


class Here:
    """Works in this process.

    Args:
        way: who extracts the claims.
    """

    lanes = 1

    def __init__(self, way: Way = BY_RULES) -> None:
        self._way = way

    def start(self, documents: Sequence[Document]) -> Callable[[], Done]:
        """Give what does a batch when it is waited for."""
        return lambda: do_batch(documents, self._way)

    def alone(self, documents: Sequence[Document]) -> Done:
        """Do some texts. This process is the only one there is."""
        return do_batch(documents, self._way)


class Processes:
    """Works in processes of this machine; one that dies is replaced.

    Args:
        lanes: how many.
        do: what they do.
        method: how the first processes are started, as `multiprocessing` names it.
    """

    def __init__(self, lanes: int, do: Do = do_batch, method: str = _AFRESH) -> None:
        self.lanes = lanes
        self._do = do
        self._pool = self._make(lanes, method)

    def start(self, documents: Sequence[Document]) -> Callable[[], Done]:
        """Hand a batch to the pool."""
        try:
            future = self._pool.submit(self._do, documents)
        except BrokenProcessPool:
            self._pool = self._make(self.lanes)
            future = self._pool.submit(self._do, documents)
        return lambda: _wait(future)

    def alone(self, documents: Sequence[Document]) -> Done:
        """Do some texts in a new process."""
        with self._make(1) as pool:
            return _wait(pool.submit(self._do, documents))

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def start_now(self) -> None:
        """Start the processes now, not with the first batch."""
        self._pool.submit(int).result()

    @staticmethod
    def _make(count: int, method: str = _AFRESH) -> concurrent.futures.ProcessPoolExecutor:
        return concurrent.futures.ProcessPoolExecutor(
            count, mp_context=multiprocessing.get_context(method), initializer=follow_parent
        )


@contextlib.contextmanager
def open_local(workers: int, way: Way = BY_RULES) -> Iterator[Engine]:
    """Give what works on this machine.

    Args:
        workers: processes; 1 stands for this one.
        way: who extracts the claims.
    """
    if workers == 1:
        yield Here(way)
        return
    # A copy begins half a second sooner and shares the lexicon. The model's engine has threads.
    method = "fork" if way.reader is Reader.RULES and can_fork() else _AFRESH
    pool = Processes(workers, partial(do_batch, way=way), method)
    try:
        if method != _AFRESH:
            # Now, while there is neither a second thread nor an open file of the store.
            prepare(way)
            pool.start_now()
        yield pool
    finally:
        pool.close()


def _wait(future: concurrent.futures.Future[Done]) -> Done:
    """Wait for a batch."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise WorkerLostError(DIED) from None
