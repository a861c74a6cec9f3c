"""Batches go to the workers of a Dask cluster, which someone else has set up.

Texts go out and N-Quads come back over the network; the workers need neither the files nor the
store. Whoever can reach a scheduler can have its workers run anything, and workers are believed:
the address has to be one that the user trusts. Dask's own configuration says how connections are
secured (`distributed.comm.tls`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from claimgraph import __version__
from claimgraph.errors import Place, StoreError
from claimgraph.ingest.engines import DIED, Do, Engine
from claimgraph.ingest.work import Done, WorkerLostError, do_batch
from claimgraph.model import Document

if TYPE_CHECKING:
    import distributed

_AGAIN = "run the same command again when it is back; it goes on from here"


class Cluster:
    """Works in a cluster. Dask itself tries a batch again, up to three times, if a worker dies.

    Args:
        client: connected to the scheduler.
        address: of the scheduler.
        do: what the workers do.
    """

    def __init__(self, client: distributed.Client, address: str, do: Do = do_batch) -> None:
        self._client: Any = client  # its methods have no types
        self._place = Place(address)
        self._do = do

    @property
    def lanes(self) -> int:
        """How many batches the workers that are there now do at a time."""
        return max(1, int(sum(self._client.nthreads().values())))

    def start(self, documents: Sequence[Document]) -> Callable[[], Done]:
        """Hand a batch to the scheduler."""
        # Not pure: the same texts again, as when a run is repeated, are done again.
        future = self._client.submit(self._do, list(documents), pure=False)
        return lambda: self._wait(future)

    def alone(self, documents: Sequence[Document]) -> Done:
        """Do some texts once more; a worker takes as many batches as it has threads."""
        return self.start(documents)()

    def _wait(self, future: Any) -> Done:
        """Wait for a batch.

        Raises:
            StoreError: if the scheduler is gone, or a worker has another claimgraph.
        """
        import distributed

        try:
            done: Done = future.result()
        except distributed.KilledWorker:
            raise WorkerLostError(DIED) from None
        except (distributed.client.FutureCancelledError, OSError) as error:
            raise StoreError(
                f"the scheduler is gone: {error}", where=self._place, repair=_AGAIN
            ) from None
        except Exception as error:
            # Not a text: those are recorded. So it is the worker, as one without claimgraph.
            raise StoreError(
                f"a worker cannot work: {type(error).__name__}: {error}",
                where=self._place,
                repair="install the same claimgraph on all machines",
            ) from error
        if done.version != __version__:
            raise StoreError(
                f"a worker has claimgraph {done.version}, not {__version__}",
                where=self._place,
                repair="install the same claimgraph on all machines",
            )
        return done


@contextlib.contextmanager
def open_cluster(address: str, do: Do = do_batch, seconds: int = 30) -> Iterator[Engine]:
    """Connect to the scheduler of a cluster.

    Args:
        address: such as ``tcp://10.0.0.1:8786`` or ``tls://…``.
        do: what the workers do.
        seconds: how long to wait for the scheduler, and then for a first worker.

    Raises:
        StoreError: if Dask is not installed, or the scheduler or a worker cannot be reached.
    """
    try:
        import distributed
    except ImportError:
        raise StoreError(
            "a Dask cluster needs the package distributed, which is not installed",
            repair="pip install 'claimgraph[dask]'",
        ) from None
    try:
        connect: Any = distributed.Client  # it has no types
        client = connect(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            f"no scheduler answers: {error}",
            where=Place(address),
            repair="check the address, and that dask scheduler is running",
        ) from None
    try:
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            raise StoreError(
                "the scheduler has no worker",
                where=Place(address),
                repair=f"start one on each machine: dask worker {address} --nthreads 1",
            ) from None
        yield Cluster(client, address, do)
    finally:
        client.close()
