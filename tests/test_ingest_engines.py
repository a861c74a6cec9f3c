"""Who does the work does not show: this process, several, or the workers of a Dask cluster."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import distributed
import pytest
from dask import config as dask_config

from claimgraph.cli import main
from claimgraph.errors import StoreError
from claimgraph.extract.choosing import BY_RULES, Reader, Way
from claimgraph.ingest import engines, find_inputs, ingest, open_cluster, open_local, run, work
from claimgraph.ingest.engines import Processes
from claimgraph.model import Document
from tests.test_ingest import snapshot, write_texts

DEADLY = "text-5"


def die_of_some(documents: Sequence[Document]) -> work.Done:
    """What a text does on which the process runs out of memory."""
    if any(document.id == DEADLY for document in documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return work.do_batch(documents)


def be_of_another_version(documents: Sequence[Document]) -> work.Done:
    return work.Done(work.do_batch(documents).record, "", version="0.0.1")


def be_no_worker(documents: Sequence[Document]) -> work.Done:
    raise ModuleNotFoundError("No module named 'claimgraph'")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 8)


@pytest.fixture(scope="module")
def dask() -> Iterator[distributed.LocalCluster]:
    """A scheduler and two worker processes on the loopback interface."""
    # Dask tries a batch again if a worker dies; each death takes seconds to recover from.
    few = {"distributed.scheduler.allowed-failures": 0}
    with (
        dask_config.set(few),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        ) as made,
    ):
        yield made


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    write_texts(tmp_path / "a.jsonl", range(30))
    return tmp_path / "a.jsonl"


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_that_one_process_gives(
    tmp_path: Path, texts: Path, dask: distributed.LocalCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    with texts.open("a") as file:
        file.write("no json\n")
    reports = [str(tmp_path / name) for name in ("local.json", "dask.json")]
    local = ["--workers", "1", "--report", reports[0]]
    remote = ["--engine", "dask", "--scheduler", dask.scheduler_address, "--report", reports[1]]
    assert main(["ingest", str(texts), "--store", str(tmp_path / "one"), *local]) == 1
    said = capsys.readouterr().out
    assert main(["ingest", str(texts), "--store", str(tmp_path / "two"), *remote]) == 1
    assert capsys.readouterr().out == said
    # Snapshot, statements and reports; the statements are in the snapshot.
    assert snapshot(tmp_path / "two") == snapshot(tmp_path / "one")
    assert b"graph/statements> ." in snapshot(tmp_path / "two")
    one, two = (Path(name).read_bytes() for name in reports)
    assert one == two
    assert json.loads(one)["texts"] == 30


@pytest.mark.slow
def test_a_worker_of_a_cluster_that_dies_loses_nothing(
    tmp_path: Path, texts: Path, dask: distributed.LocalCluster
) -> None:
    ingest(find_inputs([texts]), tmp_path / "one")
    pids = [worker.pid for worker in dask.workers.values()]
    with open_cluster(dask.scheduler_address) as engine:
        waits = []

        class Killing:
            """Kills a worker in the middle of the run."""

            lanes = 2
            alone = staticmethod(engine.alone)

            def start(self, documents: Sequence[Document]) -> Callable[[], work.Done]:
                waits.append(engine.start(documents))
                if len(waits) == 3:
                    os.kill(pids[0], signal.SIGKILL)
                return waits[-1]

        report = ingest(find_inputs([texts]), tmp_path / "two", engine=Killing())
    assert (report.texts, report.failures) == (30, [])
    assert snapshot(tmp_path / "two") == snapshot(tmp_path / "one")


def test_processes_begin_as_copies_only_where_that_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Noting(Processes):
        def __init__(self, lanes: int, do: Callable[..., work.Done], method: str) -> None:
            started.append(method)
            super().__init__(lanes, do, method)

        def start_now(self) -> None:
            pass

    monkeypatch.setattr(engines, "Processes", Noting)
    for way, is_safe in ((BY_RULES, True), (BY_RULES, False), (Way(Reader.BOTH), True)):
        monkeypatch.setattr(engines, "can_fork", lambda is_safe=is_safe: is_safe)
        with open_local(2, way):
            pass
    assert started == ["fork", "spawn", "spawn"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")
def test_copies_of_a_process_give_the_same_bytes(tmp_path: Path) -> None:
    texts = tmp_path / "many.jsonl"
    write_texts(texts, range(200))
    program = (
        "from claimgraph.cli import main; from claimgraph.processes import can_fork;"
        "assert can_fork(); raise SystemExit(main())"
    )
    for number in ("1", "2"):
        command = [sys.executable, "-c", program, "ingest", str(texts), "--workers", number]
        command += ["--store", str(tmp_path / number)]
        subprocess.run(command, check=True, capture_output=True)
    assert snapshot(tmp_path / "1") == snapshot(tmp_path / "2")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["processes", "dask"])
def test_texts_on_which_processes_die_are_left_out_and_reported(
    tmp_path: Path,
    texts: Path,
    kind: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "BATCH", 4)
    if kind == "dask":
        address = request.getfixturevalue("dask").scheduler_address
        with open_cluster(address, die_of_some) as engine:
            report = ingest(find_inputs([texts]), tmp_path / "two", engine=engine)
    else:
        pool = Processes(2, die_of_some)
        report = ingest(find_inputs([texts]), tmp_path / "two", engine=pool)
        pool.close()
    assert [name for name, _ in report.failures] == [DEADLY]
    assert "died" in report.failures[0][1]
    assert report.texts == 29
    lines = texts.read_text().splitlines(keepends=True)
    kept = tmp_path / "kept.jsonl"
    kept.write_text("".join(line for line in lines if json.loads(line)["id"] != DEADLY))
    ingest(find_inputs([kept]), tmp_path / "one")
    assert snapshot(tmp_path / "two") == snapshot(tmp_path / "one")


@pytest.mark.slow
def test_workers_that_are_not_like_this_one_are_not_believed(
    tmp_path: Path, texts: Path, dask: distributed.LocalCluster
) -> None:
    for do, what in ((be_of_another_version, "claimgraph 0.0.1"), (be_no_worker, "No module")):
        with (
            open_cluster(dask.scheduler_address, do) as engine,
            pytest.raises(StoreError, match=what),
        ):
            ingest(find_inputs([texts]), tmp_path / "store", engine=engine)
    # What was done before goes on elsewhere.
    report = ingest(find_inputs([texts]), tmp_path / "store")
    assert report.texts == 30


def test_without_a_scheduler_or_a_worker_it_says_so() -> None:
    with (
        pytest.raises(StoreError, match="no scheduler answers"),
        open_cluster("tcp://127.0.0.1:9", seconds=1),
    ):
        pass


def test_the_command_wants_engine_and_scheduler_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["ingest", str(tmp_path), "--store", str(tmp_path / "store")]
    for wrong in (
        ["--engine", "dask"],
        ["--scheduler", "tcp://127.0.0.1:1"],
        ["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--workers", "2"],
    ):
        assert main([*command, *wrong]) == 2
    assert capsys.readouterr().err.count("Error:") == 3
