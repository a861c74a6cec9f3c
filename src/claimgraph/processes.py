"""Worker processes: how many, and that they leave Ctrl-C to their parent and do not outlive it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading


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
