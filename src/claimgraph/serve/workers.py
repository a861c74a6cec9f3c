"""Processes that answer queries, so that one that runs away can be killed.

A query cannot be stopped from within: it runs in native code. So each runs in a process of its own
kind, one at a time; whoever asked waits so long and no longer, and the process is replaced.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

from claimgraph.serve import answers
from claimgraph.serve.answers import ANSWERED, KINDS, PLAIN, Ask, Limits, Reply, answer_queries

if sys.platform == "win32":
    _Context = multiprocessing.get_context("spawn")
else:
    # One process imports all that is needed, and the others are copies of it: to replace one takes
    # a hundredth of the time, and what they only read is in memory once.
    _Context = multiprocessing.get_context("forkserver")
    _Context.set_forkserver_preload([answers.__name__])

_START = 60.0  # seconds that a process may take to be ready; no query pays for it
_DIED = Reply(500, PLAIN, b"the query took more memory than it may, or is nested too deeply\n")


class Workers:
    """Some processes that answer queries about one store; for one event loop.

    Args:
        folder: the store folder; opened to be read.
        count: how many processes, and so how many queries at a time.
        limits: what one query may take.
    """

    def __init__(self, folder: Path, count: int, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._count = count
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the processes. Queries wait until one is ready."""
        for _ in range(self._count):
            self._begin()

    async def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._closed = True
        for worker in self._all:
            worker.kill()
        await asyncio.gather(*self._starting)
        for worker in self._all:
            await asyncio.to_thread(worker.process.join)

    async def answer(self, ask: Ask) -> Reply:
        """Have a query answered by the next process that is free."""
        while (worker := await self._free.get()).is_lost():
            self._replace(worker)
        try:
            return await worker.ask(ask, self._limits.seconds)
        finally:
            if worker.idle:
                self._free.put_nowait(worker)
            else:
                self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """End a process and start another."""
        worker.kill()
        self._all.discard(worker)
        self._begin()

    def _begin(self) -> None:
        """Start one process, and wait for it while others answer."""
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        """Start one process; once it is ready, it is free."""
        while True:
            try:
                worker = await _start(self._folder, self._limits)
                break
            except (OSError, EOFError):  # the machine has no room for it; later it may have
                if self._closed:
                    return
                await asyncio.sleep(1)
        self._all.add(worker)
        if self._closed:
            worker.kill()
        await worker.wait(_START)
        self._free.put_nowait(worker)  # if it is not ready even now, who asks it is told


async def _start(folder: Path, limits: Limits) -> _Worker:
    """Start a process and connect to it."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = _Context.Process(
            target=answer_queries,
            args=(theirs, folder, limits),
            daemon=True,
            name="claimgraph-query",
        )
        try:
            await asyncio.to_thread(process.start)
        except BaseException:
            ours.close()
            raise
    worker = _Worker(process, ours)
    await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
    return worker


class _Worker(asyncio.Protocol):
    """One process and the connection to it."""

    def __init__(self, process: BaseProcess, ours: socket.socket) -> None:
        self.process = process
        self.idle = False
        self._socket = ours
        self._lost = False
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._reply: asyncio.Future[Reply] = self._loop.create_future()
        self._data = bytearray()

    def is_lost(self) -> bool:
        """Tell whether the process died while nobody asked it anything."""
        if self.idle:
            # That it has closed its end may not have been told yet.
            try:
                return not self._socket.recv(1, socket.MSG_PEEK)
            except BlockingIOError:
                return False
            except OSError:
                return True
        return self._lost

    async def ask(self, ask: Ask, seconds: float) -> Reply:
        """Ask and wait. Whoever is idle then can be asked again."""
        if self._transport is None or self._transport.is_closing():
            return _DIED
        self.idle = False
        self._reply = self._loop.create_future()
        self._transport.write(ask.to_frame())
        return await self.wait(seconds)

    async def wait(self, seconds: float) -> Reply:
        """Wait for an answer; the first that comes says that the process is ready."""
        timer = self._loop.call_later(seconds, self._end, seconds)
        try:
            return await self._reply
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End the process."""
        self.process.kill()
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to ask."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer, or all of it."""
        self._data += data
        if len(self._data) < ANSWERED.size:
            return
        length, status, kind = ANSWERED.unpack_from(self._data)
        if len(self._data) < ANSWERED.size + length:
            return
        body = bytes(memoryview(self._data)[ANSWERED.size :])
        self._data = bytearray()
        self.idle = True
        if not self._reply.done():
            self._reply.set_result(Reply(status, KINDS[kind], body))

    def connection_lost(self, _: Exception | None) -> None:
        """Tell who waits that the process has died."""
        self._lost, self.idle = self.idle, False
        if not self._reply.done():
            self._reply.set_result(_DIED)

    def _end(self, seconds: float) -> None:
        """Tell who waits that it was long enough."""
        if not self._reply.done():
            text = f"no answer within {seconds:g} s; ask for less\n"
            self._reply.set_result(Reply(503, PLAIN, text.encode()))
