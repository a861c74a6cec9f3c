"""Write, load and ask a store, and serve it: ratios taken in one run.

    python -m benchmarks.store                          # 10 k, 100 k and 1 M triples
    python -m benchmarks.store --triples 10000          # one size
    python -m benchmarks.store --serve                  # HTTP requests, against oxigraph's server
    python -m benchmarks.store --ingest TEXTS.jsonl.gz  # documents a second, 1 and 2 processes

The graph is the article over and over under other names, so its size is real and its variety is
not. A time is the best of several, in seconds of processor time, but for requests and texts a
second, which are on the clock; a ratio is of two times of the same run.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import math
import resource
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import urllib3
from rdflib import Dataset, Graph

from claimgraph.exports import to_nquads
from claimgraph.ingest import find_inputs, ingest
from claimgraph.pipeline import Build, build_article
from claimgraph.queries import QueryEngine, list_queries
from claimgraph.queries.results import to_store
from claimgraph.rdf import parse_quads
from claimgraph.resources import bundled_article
from claimgraph.store import LocalStore
from claimgraph.stream import TextClaims, stream_nquads, stream_turtle

_RDFLIB = 100_000  # triples above which rdflib takes minutes and is left out
_RDFLIB_QUERIES = 10_000
_SLOW = 20.0  # seconds of one query above which it is asked once
_ROW = "{:<58}{:>14}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, action="append")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--ingest", type=Path)
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    build = build_article(bundled_article())
    if arguments.grow:
        _stream_and_tell_memory(build, arguments.grow)
    elif arguments.serve:
        measure_service(build)
    elif arguments.ingest:
        measure_ingest(arguments.ingest)
    else:
        for triples in arguments.triples or (10_000, 100_000, 1_000_000):
            measure_store(build, triples)
        measure_memory()


def measure_store(build: Build, triples: int) -> None:
    """Write, load and ask a graph of some size."""
    texts = list(_texts(build, triples))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "graph.nq"
        turtle = folder / "graph.ttl"

        def write_nquads() -> None:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(stream_nquads(texts))

        def write_turtle() -> None:
            with turtle.open("w", encoding="utf-8", newline="") as file:
                file.writelines(stream_turtle(stream_nquads(texts)))

        nquads_time, turtle_time = _best(write_nquads), _best(write_turtle)
        with path.open("rb") as file:
            count = sum(1 for _ in file)
        print(f"\n{count:,} quads, {len(texts):,} texts, {path.stat().st_size / 1e6:,.0f} MB")
        _say("claims to sorted N-Quads, quads a second", f"{count / nquads_time:,.0f}")
        _say("claims to sorted Turtle, triples a second", f"{count / turtle_time:,.0f}")
        if shutil.which("serdi"):
            for form, ours in (("nquads", nquads_time), ("turtle", turtle_time)):
                other = _best(lambda form=form: _serdi(path, form))
                _say(f"claims to {form}: ours / serdi converting it", f"{ours / other:.2f}")
        if count <= 2 * _RDFLIB:
            dataset = parse_quads(path.read_text(encoding="utf-8"))
            graph = Graph()
            for *triple, _ in dataset.quads():
                graph.add(tuple(triple))
            for form, written, ours in (
                ("nquads", dataset, nquads_time),
                ("turtle", graph, turtle_time),
            ):
                other = _best(lambda w=written, f=form: w.serialize(format=f), 1)
                _say(f"{form}: rdflib's serialiser on a made graph / ours", f"{other / ours:.1f}")
        _measure_loading(path, folder, count)
        _measure_queries(build, path, count)


def _measure_loading(path: Path, folder: Path, count: int) -> None:
    """Load a snapshot into memory and onto disk."""
    ours = _best(lambda: LocalStore.open_file(path))
    raw = _best(lambda: ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS))
    _say("load into memory, quads a second", f"{count / ours:,.0f}")
    _say("load into memory: ours / pyoxigraph's bulk_load", f"{ours / raw:.2f}")

    def on_disk(load: Callable[[Path], object]) -> float:
        def run() -> None:
            load(Path(tempfile.mkdtemp(dir=folder)))

        return _best(run)

    def our_folder(target: Path) -> None:
        with LocalStore.open_folder(target, read_only=False) as store:
            store.load_file(path)

    ours = on_disk(our_folder)
    raw = on_disk(
        lambda target: ox.Store(str(target)).bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    )
    _say("load onto disk: ours / pyoxigraph's bulk_load", f"{ours / raw:.2f}")
    if count <= 2 * _RDFLIB:
        rdflib = _best(lambda: Dataset().parse(str(path), format="nquads"), 1)
        _say("load: rdflib's parser / ours into memory", f"{rdflib / ours:.1f}")


def _measure_queries(build: Build, path: Path, count: int) -> None:
    """Ask the project's questions about copies of the article and what comes with it."""
    store = LocalStore.open_file(path)
    store.raw.bulk_load(to_nquads(build.dataset), ox.RdfFormat.N_QUADS)
    engine = QueryEngine(store)
    slow = (
        QueryEngine(parse_quads("".join(store.quads()))) if count <= 2 * _RDFLIB_QUERIES else None
    )
    against_raw: list[float] = []
    against_rdflib: list[float] = []
    for query in list_queries():
        if query.is_violation:
            continue
        terms = {ox.Variable(n): to_store(term) for n, term in engine.bind(query).items()}

        def native(text: str = query.text, terms: dict[ox.Variable, object] = terms) -> None:
            answer = store.raw.query(text, use_default_graph_as_union=True, substitutions=terms)
            for row in answer:
                tuple(row)

        first = _best(native, 1)
        times = 1 if first > _SLOW else 5
        raw = min(first, _best(native, times))
        ours = _best(lambda q=query: engine.run(q), times)
        against_raw.append(ours / raw)
        if slow is not None:
            other = _best(lambda q=query: slow.run_with_rdflib(q), 1)
            against_rdflib.append(other / ours)
    _say(
        f"{len(against_raw)} questions: ours / native pyoxigraph, geometric mean",
        f"{_mean(against_raw):.2f}",
    )
    if against_rdflib:
        _say("the same: rdflib's engine / ours", f"{_mean(against_rdflib):.1f}")


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
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


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


def measure_service(build: Build) -> None:
    """Ask our endpoint and oxigraph's server the same query from eight clients."""
    binary = Path(sysconfig.get_path("scripts")) / "oxigraph"
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 10"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with LocalStore.open_folder(folder, read_only=False) as store:
            store.raw.bulk_load(to_nquads(build.dataset), ox.RdfFormat.N_QUADS)
        port = _free_port()
        ours = [sys.executable, "-c", "from claimgraph.cli import main; main()", "serve", name]
        theirs = [str(binary), "serve-read-only", "--location", str(folder / "index")]
        rates = []
        for command, path in (
            ([*ours, "--port", str(port)], "/sparql"),
            ([*theirs, "--bind", f"127.0.0.1:{port}", "--union-default-graph"], "/query"),
        ):
            with _running(command, port):
                rates.append(_requests(f"http://127.0.0.1:{port}{path}", query))
        _say("requests a second, ours", f"{rates[0]:,.0f}")
        _say("requests a second, oxigraph serve-read-only", f"{rates[1]:,.0f}")
        _say("requests a second: ours / oxigraph's", f"{rates[0] / rates[1]:.2f}")


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    """Run a server."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _requests(url: str, query: str, seconds: float = 8.0) -> float:
    """Ask from eight threads for some seconds; give requests a second. An error ends it all."""
    pool = urllib3.PoolManager(maxsize=8)

    def ask() -> None:
        answer = pool.request("GET", url, fields={"query": query}, retries=False, timeout=60)
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status} {answer.data[:200]!r}")

    for _ in range(20):
        ask()
    end = time.perf_counter() + seconds

    def client() -> int:
        count = 0
        while time.perf_counter() < end:
            ask()
            count += 1
        return count

    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        return sum(clients.map(lambda _: client(), range(8))) / seconds


def _texts(build: Build, triples: int) -> Iterator[TextClaims]:
    """Give the article under as many names as make so many triples, one at a time."""
    one = TextClaims(build.document, build.claims, build.without_claims)
    size = sum(piece.count("\n") for piece in stream_nquads([one]))
    for number in range(max(1, round(triples / size))):
        document = replace(build.document, id=f"copy-{number}")
        claims = tuple(replace(claim, text_id=document.id) for claim in build.claims)
        yield TextClaims(document, claims, build.without_claims)


def _serdi(path: Path, form: str) -> None:
    """Convert with serdi."""
    subprocess.run(
        ["serdi", "-i", "nquads", "-o", form, str(path)], check=True, stdout=subprocess.DEVNULL
    )


def _free_port() -> int:
    """Find a port that is free."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


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
