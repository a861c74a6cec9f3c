"""Processes that help: what they give, what becomes of their errors, and that none is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimgraph.processes import Helpers

ME = "tests.test_processes"
WAIT = 10.0  # seconds, for what takes far less


def double(number: int) -> bytes:
    return str(2 * number).encode()


def fail(name: str) -> bytes:
    raise FileNotFoundError(2, "not there", name)


def die(*_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def my_number() -> bytes:
    return str(os.getpid()).encode()


def is_there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")
def test_a_process_with_a_second_thread_is_not_copied() -> None:
    program = (
        "import threading; from claimgraph.processes import can_fork\n"
        "print(can_fork())\n"
        "ready, done = threading.Event(), threading.Event()\n"
        "thread = threading.Thread(target=lambda: (ready.set(), done.wait())); thread.start()\n"
        "ready.wait(); print(can_fork()); done.set(); thread.join()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_answers_come_in_the_order_of_questions() -> None:
    with Helpers(2, ME, "double") as helpers:
        asked = [helpers.submit(number) for number in range(50)]
        assert [int(one.result()) for one in asked] == [2 * number for number in range(50)]


def test_an_error_is_told_and_the_next_question_answered() -> None:
    with Helpers(1, ME, "fail") as helpers:
        for name in ("one", "two"):
            with pytest.raises(FileNotFoundError, match="not there") as caught:
                helpers.submit(name).result()
            assert caught.value.filename == name


def test_a_death_is_an_error() -> None:
    with Helpers(1, ME, "die") as helpers:
        for _ in range(2):
            with pytest.raises(ChildProcessError, match="has died"):
                helpers.submit().result()


def test_none_is_left_behind() -> None:
    with Helpers(2, ME, "my_number") as helpers:
        numbers = {int(helpers.submit().result()) for _ in range(20)}
        assert all(map(is_there, numbers))
    assert not any(map(is_there, numbers))


def test_none_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, signal; from claimgraph.processes import Helpers\n"
        f"with Helpers(1, {ME!r}, 'my_number') as helpers:\n"
        f"    open({str(tmp_path / 'number')!r}, 'wb').write(helpers.submit().result())\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    number = int((tmp_path / "number").read_text())
    end = time.monotonic() + WAIT
    while is_there(number) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_there(number)


def test_the_main_module_of_whoever_calls_does_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\n"
        "from claimgraph.processes import Helpers\n"
        f"with Helpers(2, {ME!r}, 'double') as helpers:\n"
        "    print(helpers.submit(21).result().decode())\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["once", "42"]
