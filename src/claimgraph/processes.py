"""Worker processes: how many, and that they leave Ctrl-C to their parent and do not outlive it."""

from __future__ import annotations

import concurrent.futures
import errno
import gc
import importlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Self

_HELPER = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from claimgraph.processes import help_parent
help_parent(*sys.argv[2:])
"""
_DIED = "a process that helped has died"
_HEAD = 9  # bytes of a helper's answer: whether it went well, and how long it is


def follow_parent() -> None:
    """Make this process a worker: it ignores Ctrl-C, and ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is there already stays; to look it through again and again takes time
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def count_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Tell whether a copy of this process is sure to work: on Linux, if it has one thread only.

    Other threads, also those that Python does not know, may hold locks that nobody in the copy
    gives back.
    """
    tasks = Path("/proc/self/task")
    return sys.platform == "linux" and tasks.is_dir() and len(list(tasks.iterdir())) == 1


class Helpers:
    """Processes that do one thing again and again, and start within a tenth of a second.

    Those of `multiprocessing` import the main module of whoever calls again, which may take long,
    and never ends where that module is not made for it. These import what they need only. Use it as
    a context manager.

    Args:
        count: how many.
        module: where the function is.
        function: takes what can be written as JSON and gives bytes; may raise `OSError`.
    """

    def __init__(self, count: int, module: str, function: str) -> None:
        self._command = [sys.executable, "-c", _HELPER, json.dumps(sys.path), module, function]
        self._own = threading.local()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._pool = concurrent.futures.ThreadPoolExecutor(count)

    def __enter__(self) -> Self:
        """Give the helpers themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes, whatever they do."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()
        self._pool.shutdown()
        for process in self._processes:
            process.communicate()

    def submit(self, *arguments: object) -> concurrent.futures.Future[bytes]:
        """Have something done.

        The result raises the `OSError` that the function raises, and `ChildProcessError` if the
        process has died.
        """
        return self._pool.submit(self._ask, json.dumps(arguments))

    def _ask(self, line: str) -> bytes:
        """Ask the process of this thread, and wait for its answer."""
        if not hasattr(self._own, "pipes"):
            self._own.pipes = self._start()
        questions, answers = self._own.pipes
        try:
            questions.write(f"{line}\n".encode())
            questions.flush()
        except BrokenPipeError:
            raise ChildProcessError(errno.ECHILD, _DIED) from None
        head = answers.read(_HEAD)
        size = int.from_bytes(head[1:], "big")
        answer: bytes = answers.read(size)
        if len(head) < _HEAD or len(answer) < size:
            raise ChildProcessError(errno.ECHILD, _DIED)
        if not head[0]:
            raise OSError(*json.loads(answer))
        return answer

    def _start(self) -> tuple[IO[bytes] | None, IO[bytes] | None]:
        """Start a process; give where it is asked and where it answers."""
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._processes.append(process)
        return process.stdin, process.stdout


def help_parent(module: str, function: str) -> None:
    """Do what `Helpers` ask for, until they ask no more. This is what such a process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    do = getattr(importlib.import_module(module), function)
    for line in sys.stdin.buffer:
        try:
            answer, went_well = do(*json.loads(line)), True
        except OSError as error:
            answer, went_well = _tell(error), False
        _write(sys.stdout.buffer, answer, went_well)


def _tell(error: OSError) -> bytes:
    """Write what an error says."""
    return json.dumps([error.errno, error.strerror, error.filename]).encode()


def _write(output: IO[bytes], answer: bytes, went_well: bool) -> None:
    """Write an answer, its head first."""
    output.write(bytes([went_well]) + len(answer).to_bytes(_HEAD - 1, "big"))
    output.write(answer)
    output.flush()
