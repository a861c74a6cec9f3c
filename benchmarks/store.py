"""Write, load and ask a store: ratios taken in one run.

    python -m benchmarks.store                          # 10 k, 100 k and 1 M triples
    python -m benchmarks.store --triples 10000          # one size
    python -m benchmarks.store --ingest TEXTS.jsonl.gz  # documents a second, 1 and 2 processes

The graph is the article over and over under other names, so its size is real and its variety is
not. A time is the best of several, in seconds of processor time. What uses several cores, and texts
a second, are on the clock. A ratio is of two times of the same run. A query that takes rdflib's
engine longer than `--patience` seconds is stopped then, and counts with that time.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import math
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from rdflib import Dataset, Graph

from claimgraph.exports import to_nquads
from claimgraph.files import writing_bytes
from claimgraph.ingest import find_inputs, ingest
from claimgraph.pipeline import Build, build_article
from claimgraph.queries import QueryEngine, list_queries
from claimgraph.queries.results import to_store
from claimgraph.resources import bundled_article
from claimgraph.store import SNAPSHOT, LocalStore, write_digest
from claimgraph.stream import TextClaims, stream_nquads, stream_source, stream_turtle
from claimgraph.turtle import turtle_of_file

FORMS = ("nquads", "turtle")
_ON_ALL_CORES = "turtle on all cores"
_RDFLIB = 2_000_000  # quads above which rdflib takes an hour and is left out
_SLOW = 1.0  # seconds of one query above which it is asked twice only
_LONG = 0.05  # seconds that are timed at least
_ODD = 1.3  # a ratio of one query that is shown
_ROW = "{:<76}{:>12}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, action="append")
    parser.add_argument("--patience", type=float, default=10.0)
    parser.add_argument("--ingest", type=Path)
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    build = build_article(bundled_article())
    if arguments.grow:
        _stream_and_tell_memory(build, arguments.grow)
    elif arguments.ingest:
        measure_ingest(arguments.ingest)
    else:
        for triples in arguments.triples or (10_000, 100_000, 1_000_000):
            measure_store(build, triples, arguments.patience)
        measure_memory()


def measure_store(build: Build, triples: int, patience: float) -> None:
    """Write, load and ask a graph of some size: ours and pyoxigraph's way, and then rdflib's.

    rdflib comes last: what it holds would slow down whatever shares a process with it.
    """
    texts = list(_texts(build, triples))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / SNAPSHOT

        def write(form: str) -> None:
            with (folder / f"claims.{form}").open("w", encoding="utf-8", newline="") as file:
                quads = stream_nquads(texts)
                file.writelines(quads if form == "nquads" else stream_turtle(quads))

        written = {form: _best(lambda form=form: write(form)) for form in FORMS}
        (folder / "claims.nquads").rename(path)
        (folder / "claims.turtle").unlink()
        with path.open("rb") as file:
            count = sum(1 for _ in file)
        print(f"\n{count:,} quads, {len(texts):,} texts, {path.stat().st_size / 1e6:,.0f} MB")
        loaded = _measure_loading(path, folder)
        exported = _measure_export(folder, written)
        asked = _measure_queries(build, path)
        if count <= _RDFLIB:
            dataset, parsed = _measure_rdflib_loading(path, loaded)
            _measure_rdflib_export(folder, dataset, parsed, exported, written)
            _measure_rdflib_queries(build, dataset, asked, patience)


def _measure_loading(path: Path, folder: Path) -> float:
    """Load a snapshot into memory and onto disk; leave a store in the folder.

    Returns:
        What it took to load it into memory.
    """

    def memory() -> None:
        ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)

    ours, raw = _best_of(lambda: LocalStore.open_file(path), memory)
    _say("load into memory: ours / pyoxigraph's bulk_load", f"{ours / raw:.2f}")

    def our_disk() -> None:
        target = Path(tempfile.mkdtemp(dir=folder))
        with LocalStore.open_folder(target, read_only=False) as store:
            store.load_file(path)
        shutil.rmtree(target)

    def raw_disk() -> None:
        target = Path(tempfile.mkdtemp(dir=folder))
        ox.Store(str(target)).bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        shutil.rmtree(target)

    on_disk, raw = _best_of(our_disk, raw_disk)
    _say("load onto disk: ours / pyoxigraph's bulk_load", f"{on_disk / raw:.2f}")
    with LocalStore.open_folder(folder, read_only=False) as store:
        store.load_file(path)
    write_digest(folder)
    return ours


def _measure_export(folder: Path, written: dict[str, float]) -> dict[str, float]:
    """Write all of a store; serdi converts the same file.

    Returns:
        What ours took in each form on one core; in Turtle also on all cores, by the clock.
    """
    exported: dict[str, float] = {}
    with LocalStore.open_folder(folder) as store:
        for form in FORMS:
            target = folder / f"out.{form}"

            def ours(form: str = form, target: Path = target) -> None:
                with writing_bytes(target) as write:
                    for piece in stream_source(store, form):
                        write(piece)

            def alone(target: Path = target) -> None:
                with writing_bytes(target) as write, _snapshot(store) as file:
                    for piece in turtle_of_file(file, workers=1):
                        write(piece)

            def serdi(form: str = form, target: Path = target) -> None:
                with target.open("wb") as file:
                    command = ["serdi", "-i", "nquads", "-o", form, str(folder / SNAPSHOT)]
                    subprocess.run(command, check=True, stdout=file)

            used, other = _best_of(alone if form == "turtle" else ours, serdi)
            exported[form] = used
            _say(f"store to {form}: ours on one core / serdi", f"{used / other:.2f}")
            _say(f"claims to {form}: ours on one core / serdi", f"{written[form] / other:.2f}")
            if form == "turtle":
                clock, other = _best_of(ours, serdi, clock=time.perf_counter)
                exported[_ON_ALL_CORES] = clock
                _say(
                    "store to turtle: ours on all cores / serdi, by the clock",
                    f"{clock / other:.2f}",
                )
            target.unlink()
    return exported


def _measure_rdflib_loading(path: Path, loaded: float) -> tuple[Dataset, float]:
    """Load a snapshot into rdflib.

    Returns:
        What it loaded, and the time it took.
    """
    dataset = Dataset(default_union=True)
    parsed = _best(lambda: dataset.parse(str(path), format="nquads"), 1)
    gc.freeze()  # else what rdflib made is looked through again and again
    _say("load: rdflib's parser / ours into memory", f"{parsed / loaded:.1f}")
    return dataset, parsed


def _measure_rdflib_export(
    folder: Path,
    dataset: Dataset,
    parsed: float,
    exported: dict[str, float],
    written: dict[str, float],
) -> None:
    """Let rdflib write a graph that it holds, and compare."""
    graph = Graph(bind_namespaces="none")
    for *triple, _ in dataset.quads():
        graph.add(tuple(triple))
    gc.freeze()
    for form, made in zip(FORMS, (dataset, graph), strict=True):
        target = folder / f"out.{form}"
        spent = _best(lambda m=made, f=form, t=target: m.serialize(str(t), format=f), 1)
        target.unlink()
        ratio = (parsed + spent) / exported[form]
        _say(f"{form}: rdflib converting the file / ours on one core", f"{ratio:.0f}")
        if form == "turtle":
            # rdflib has one thread, so its processor time is its time on the clock.
            ratio = (parsed + spent) / exported[_ON_ALL_CORES]
            _say("turtle: rdflib converting the file / ours on all cores", f"{ratio:.0f}")
        _say(
            f"{form}: rdflib's serialiser on a graph made before / ours",
            f"{spent / exported[form]:.0f}",
        )
        _say(f"claims to {form}: the same / ours", f"{spent / written[form]:.1f}")


def _snapshot(store: LocalStore) -> IO[bytes]:
    """Open a snapshot that is there."""
    file = store.open_snapshot()
    assert file is not None
    return file


def _measure_queries(build: Build, path: Path) -> dict[str, float]:
    """Ask the project's questions about copies of the article and what comes with it.

    What is timed is the same for all: from the text of the query, with its parameters bound, to all
    rows as SPARQL JSON results.

    Returns:
        What each took us.
    """
    store = LocalStore.open_file(path)
    store.raw.bulk_load(to_nquads(build.dataset), ox.RdfFormat.N_QUADS)
    engine = QueryEngine(store)
    spent: dict[str, float] = {}
    against_raw: list[float] = []
    for query in list_queries():
        if query.is_violation:
            continue
        bound = engine.bind(query)
        terms = {ox.Variable(name): to_store(term) for name, term in bound.items()}

        def native(text: str = query.text, terms: dict[ox.Variable, object] = terms) -> None:
            answer = store.raw.query(text, use_default_graph_as_union=True, substitutions=terms)
            answer.serialize(format=ox.QueryResultsFormat.JSON)

        first = _best(native, 1)
        # The clock of processor time is coarse: short queries are timed many at a time.
        many = 1 + int(_LONG / (first + 0.0005))
        times = _best_of(
            lambda q=query, n=many: _repeat(lambda: engine.run(q).to_json(), n),
            lambda n=many: _repeat(native, n),
            times=2 if first > _SLOW else 5,
        )
        ours, raw = (time_ / many for time_ in times)
        spent[query.name] = ours
        against_raw.append(ours / raw)
        if ours / raw > _ODD:
            _say(f"  {query.name}: {raw * 1000:.2f} ms natively, ours /", f"{ours / raw:.2f}")
    _say(
        f"{len(against_raw)} questions to JSON: ours / native pyoxigraph, geometric mean",
        f"{_mean(against_raw):.2f}",
    )
    return spent


def _measure_rdflib_queries(
    build: Build, dataset: Dataset, asked: dict[str, float], patience: float
) -> None:
    """Ask the same questions of rdflib's engine, as in `_measure_queries`."""
    for *triple, name in build.dataset.quads():
        dataset.graph(name).add(tuple(triple))
    engine = QueryEngine(build.dataset)
    ratios: list[float] = []
    stopped = 0
    for query in list_queries():
        if query.name not in asked:
            continue

        def rdflib(text: str = query.text, bound: object = engine.bind(query)) -> None:
            dataset.query(text, initBindings=bound).serialize(format="json")

        spent = _best(lambda: _impatiently(rdflib, patience), 1)
        stopped += spent >= patience
        ratios.append(spent / asked[query.name])
    _say(
        f"the same: rdflib's engine / ours ({stopped} stopped after {patience:g} s)",
        f"{'≥ ' if stopped else ''}{_mean(ratios):.0f}",
    )


def _repeat(work: Callable[[], object], times: int) -> None:
    """Do something several times."""
    for _ in range(times):
        work()


def _impatiently(work: Callable[[], object], patience: float) -> None:
    """Do something for so many seconds of processor time, and then no longer."""
    over = False

    def stop(*_: object) -> None:
        if not over:
            raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    # Again and again, since something may catch the first; the second may come while the first is
    # being dealt with.
    signal.setitimer(signal.ITIMER_PROF, patience, 0.1)
    try:
        with contextlib.suppress(TimeoutError):
            with contextlib.suppress(TimeoutError):
                work()
            over = True
    finally:
        over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def measure_memory() -> None:
    """Stream graphs of two sizes in processes of their own and compare the peaks of memory."""
    peaks = []
    for triples in (300_000, 3_000_000):
        command = [sys.executable, "-m", "benchmarks.store", "--grow", str(triples)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        peaks.append(int(done.stdout))
        _say(
            f"peak memory of streaming {triples:,} triples as Turtle, MB", f"{peaks[-1] / 1000:.0f}"
        )
    _say("peak memory at 10 x the triples / at 1 x", f"{peaks[1] / peaks[0]:.2f}")


def _stream_and_tell_memory(build: Build, triples: int) -> None:
    """Stream a graph into nothing and print the peak of memory in kB."""
    for _ in stream_turtle(stream_nquads(_texts(build, triples))):
        pass
    # Linux counts the memory of whoever started this process in `ru_maxrss`, but not here.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


def measure_ingest(source: Path) -> None:
    """Ingest texts with one process and with two."""
    times = []
    inputs = find_inputs([source])
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as name:
            start = time.perf_counter()
            report = ingest(inputs, Path(name) / "store", workers=workers)
            times.append(time.perf_counter() - start)
        _say(
            f"ingest with {workers} processes, texts a second ({report.texts:,} texts,"
            f" {report.claims:,} claims)",
            f"{report.texts / times[-1]:.1f}",
        )
    _say("ingest: 1 process / 2 processes", f"{times[0] / times[1]:.2f}")


def _texts(build: Build, triples: int) -> Iterator[TextClaims]:
    """Give the article under as many names as make so many triples, one at a time."""
    one = TextClaims(build.document, build.claims, build.without_claims)
    size = sum(piece.count("\n") for piece in stream_nquads([one]))
    for number in range(max(1, round(triples / size))):
        document = replace(build.document, id=f"copy-{number}")
        claims = tuple(replace(claim, text_id=document.id) for claim in build.claims)
        yield TextClaims(document, claims, build.without_claims)


def _best_of(
    *works: Callable[[], object], times: int = 3, clock: Callable[[], float] | None = None
) -> list[float]:
    """Give the shortest of some runs of each, taken in turn: what else runs then disturbs all."""
    found: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, spent in zip(works, found, strict=True):
            start = (clock or _used)()
            work()
            spent.append((clock or _used)() - start)
    return [min(spent) for spent in found]


def _best(work: Callable[[], object], times: int = 3) -> float:
    """Give the shortest of some runs, in seconds of processor time, child processes included."""
    found = []
    for _ in range(times):
        start = _used()
        work()
        found.append(_used() - start)
    return min(found)


def _used() -> float:
    """Give the processor time used so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _mean(ratios: list[float]) -> float:
    """Give the geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def _say(name: str, value: str) -> None:
    """Print one figure."""
    print(_ROW.format(name, value), flush=True)


if __name__ == "__main__":
    main()
