"""Measure ingest: rates, cores, memory, flatness, death, and questions asked of table and store.

    python -m benchmarks.ingest TEXTS.jsonl.gz                 # all but the deaths
    python -m benchmarks.ingest TEXTS.jsonl.gz --part cores    # one part; may be given again
    python -m benchmarks.ingest TEXTS.jsonl.gz --part deaths   # kill -9 at 20 moments

TEXTS are JSON Lines with `id` and `text`. Larger inputs are the same texts over and over under
other names: their size is real, their variety is not. Each run is a process of its own. Times on
the clock depend on what else the machine does, so the processor time of all processes of a run
stands beside them, and the load of the machine when the run began.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claimgraph.queries import QueryEngine
from claimgraph.store import open_source
from claimgraph.table import ask_table, find_table_query, write_table

_ROW = "{:<62}{:>16}"
_DEATHS = 20
_GOLDEN = 0.618033988749895  # its multiples spread moments evenly and in no rhythm
_PARTS = ("cores", "memory", "flat", "table", "deaths")
_SPARQL = {
    "how-many-claims-of-which-relation": """
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?p (COUNT(?c) AS ?claims) (COUNT(DISTINCT ?text) AS ?texts)
WHERE {
  ?c a cg:Claim ; rdf:predicate ?p ; <http://www.w3.org/ns/oa#hasTarget> ?target .
  ?target <http://www.w3.org/ns/oa#hasSource> ?text
}
GROUP BY ?p ORDER BY DESC(?claims) ?p""",
    "what-do-most-texts-state": """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
SELECT ?s ?p ?o ?texts
WHERE {
  { SELECT ?a ?p ?b (COUNT(DISTINCT ?g) AS ?texts)
    WHERE { GRAPH ?g { ?a ?p ?b } FILTER(STRENDS(STR(?g), "/direct")) }
    GROUP BY ?a ?p ?b ORDER BY DESC(?texts) LIMIT 100 }
  GRAPH <https://w3id.org/claimgraph/graph/concepts> {
    ?a skos:prefLabel ?s . ?b skos:prefLabel ?o
  }
}
ORDER BY DESC(?texts) ?s ?p ?o""",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds on the clock and of processor time, and the peak of memory in kB.

    `peak` is of the process that was largest.
    """

    clock: float
    processor: float
    peak: int
    texts: int
    sentences: int
    claims: int
    quads: int
    size: int

    def say(self, name: str) -> None:
        """Print the rates of the run."""
        say(
            f"{name}: texts, sentences, claims",
            f"{self.texts:,} {self.sentences:,} {self.claims:,}",
        )
        for what, count in (
            ("texts", self.texts),
            ("sentences", self.sentences),
            ("quads", self.quads),
        ):
            say(f"{name}: {what} a second of processor time", f"{count / self.processor:,.0f}")
        say(f"{name}: seconds on the clock", f"{self.clock:,.1f}")
        say(f"{name}: seconds of processor time", f"{self.processor:,.1f}")
        say(f"{name}: peak memory of the largest process, MB", f"{self.peak / 1000:,.0f}")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--part", choices=_PARTS, action="append")
    parser.add_argument("--texts", type=int, default=10_000, help="the most that `flat` takes")
    arguments = parser.parse_args()
    parts = arguments.part or [part for part in _PARTS if part != "deaths"]
    say("load of the machine in the last minute", f"{os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in parts:
            print(f"\n{part}")
            if part == "flat":
                measure_flatness(arguments.source, folder, arguments.texts)
            else:
                _MEASURES[part](arguments.source, folder)


def measure_cores(source: Path, folder: Path) -> None:
    """Ingest with one process on one core and two on two, each three times; compare the best."""
    best: dict[int, Run] = {}
    for workers in (1, 2, 2, 1, 1, 2):
        run = ingest(source, folder, workers)
        known = best.get(workers)
        best[workers] = run if known is None or run.clock < known.clock else known
    best[1].say("1 core")
    best[2].say("2 cores")
    say("clock: 1 core / 2 cores", f"{best[1].clock / best[2].clock:.2f}")
    say("processor: 2 cores / 1 core", f"{best[2].processor / best[1].processor:.2f}")
    one = best[1]
    say("quads a text", f"{one.quads / one.texts:,.0f}")
    say("bytes of sorted N-Quads a quad", f"{one.size / one.quads:,.0f}")


def measure_memory(source: Path, folder: Path) -> None:
    """Compare the peak of memory at ten times the input."""
    peaks = []
    for times in (1, 10):
        texts = folder / "copies.jsonl"
        write_copies(source, texts, times * count_texts(source))
        run = ingest(texts, folder, 1)
        peaks.append(run.peak)
        say(f"peak memory at {run.texts:,} texts, MB", f"{run.peak / 1000:,.0f}")
    say("peak memory at 10 x the input / at 1 x", f"{peaks[1] / peaks[0]:.2f}")


def measure_flatness(source: Path, folder: Path, most: int) -> None:
    """Compare the processor time of a text in small and large runs."""
    costs = []
    sizes = [size for size in (1_000, 10_000, 100_000) if size <= most]
    for size in sizes:
        texts = folder / "copies.jsonl"
        write_copies(source, texts, size)
        run = ingest(texts, folder, 1)
        costs.append(run.processor / run.texts)
        say(f"milliseconds of processor time a text at {size:,} texts", f"{1000 * costs[-1]:.2f}")
        say(f"peak memory at {size:,} texts, MB", f"{run.peak / 1000:,.0f}")
    say(f"cost of a text at {sizes[-1]:,} / at {sizes[0]:,}", f"{costs[-1] / costs[0]:.2f}")


def measure_table(source: Path, folder: Path) -> None:
    """Ask the store in SPARQL and the table in SQL the same, and compare."""
    texts, store, table = folder / "copies.jsonl", folder / "store", folder / "claims.parquet"
    write_copies(source, texts, 5 * count_texts(source))
    ingest(texts, folder, 1, keep=store)
    with open_source(store) as opened:
        start = time.process_time()
        count = write_table(opened, table)
        say("claims of the store to Parquet, claims a second", f"{count / _since(start):,.0f}")
        say("claims; bytes of Parquet a claim", f"{count:,}; {table.stat().st_size / count:.0f}")
        engine = QueryEngine(opened)
        for name, sparql in _SPARQL.items():
            in_store = best_of(lambda q=sparql: engine.run(q).rows)
            query = find_table_query(name)
            in_table = best_of(lambda q=query: ask_table(q, [table]))
            say(f"{name}: SPARQL, s of processor time", f"{in_store:.3f}")
            say(f"{name}: SQL, s of processor time", f"{in_table:.3f}")
            say(f"{name}: SPARQL / SQL", f"{in_store / in_table:.1f}")


def measure_deaths(source: Path, folder: Path) -> None:
    """Kill a run with all its processes at moments all over it, and let the next one end."""
    whole = ingest(source, folder, 2, keep=folder / "whole")
    same = killed = 0
    for number in range(_DEATHS):
        store = folder / "killed"
        shutil.rmtree(store, ignore_errors=True)
        process = start(source, store, 2)
        time.sleep(number * _GOLDEN % 1 * whole.clock)
        killed += process.poll() is None
        with_group(process, signal.SIGKILL)
        process.wait()
        finish(start(source, store, 2))
        same += digest(store) == digest(folder / "whole")
        say(f"killed {number + 1}: alive then, same bytes so far", f"{killed}, {same}")
    say("runs killed; with identical bytes in the end", f"{killed}; {same} of {_DEATHS}")


def ingest(source: Path, folder: Path, workers: int, keep: Path | None = None) -> Run:
    """Ingest texts in a process of their own."""
    store = keep or folder / "passing"
    shutil.rmtree(store, ignore_errors=True)
    begun = time.perf_counter()
    process = start(source, store, workers)
    # The usage of the process and of the workers that it waited for.
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    report = json.loads((store.parent / f"{store.name}.json").read_text(encoding="utf-8"))
    assert process.returncode == 0, report
    # Linux lets a process begin with the peak of whoever started it.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert usage.ru_maxrss > own, "this process takes more memory than what it measures"
    snapshot = store / "graph.nq"
    with snapshot.open("rb") as file:
        quads = sum(1 for _ in file)
    return Run(
        clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss,
        report["texts"], report["sentences"], report["claims"], quads, snapshot.stat().st_size,
    )  # fmt: skip


def start(source: Path, store: Path, workers: int) -> subprocess.Popen[bytes]:
    """Begin to ingest."""
    program = "from claimgraph.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", program, "ingest", source, "--store", store]
    command += ["--workers", str(workers), "--report", store.parent / f"{store.name}.json"]
    cores = os.sched_getaffinity(0)
    try:
        # Whoever has one process has one core, for all that the database does on several, too.
        os.sched_setaffinity(0, sorted(cores)[:workers])
        return subprocess.Popen(
            [os.fspath(part) for part in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    finally:
        os.sched_setaffinity(0, cores)


def finish(process: subprocess.Popen[bytes]) -> None:
    """Wait until a run has ended well."""
    assert process.wait() == 0


def with_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to a run and its workers."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def digest(store: Path) -> str:
    """Give the hash of what a store holds, snapshot and database, which have to agree."""
    with open_source(store) as source:
        held = hashlib.sha256("".join(source.quads()).encode()).hexdigest()
    written = hashlib.sha256((store / "graph.nq").read_bytes()).hexdigest()
    assert held == written, "snapshot and database differ"
    return held


def read_texts(source: Path) -> Iterator[dict[str, str]]:
    """Read the texts."""
    with (
        gzip.open(source, "rt", encoding="utf-8")
        if source.suffix == ".gz"
        else source.open() as file
    ):
        for line in file:
            yield json.loads(line)


def count_texts(source: Path) -> int:
    """Count the texts."""
    return sum(1 for _ in read_texts(source))


def write_copies(source: Path, target: Path, count: int) -> None:
    """Write so many texts: those of the source, over and over under other names."""
    texts = list(read_texts(source))
    with target.open("w", encoding="utf-8") as file:
        for number, text in zip(range(count), itertools.cycle(texts), strict=False):
            copy = {**text, "id": f"{text['id']}-{number // len(texts)}"}
            file.write(json.dumps(copy) + "\n")


def best_of(work: Callable[[], object], times: int = 5) -> float:
    """Give the shortest of some runs, in seconds of processor time."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(_since(begun))
    return min(found)


def say(name: str, value: str) -> None:
    """Print one figure."""
    print(_ROW.format(name, value), flush=True)


def _since(begun: float) -> float:
    """Give the processor time since then."""
    return time.process_time() - begun


_MEASURES: dict[str, Callable[[Path, Path], None]] = {
    "cores": measure_cores,
    "memory": measure_memory,
    "table": measure_table,
    "deaths": measure_deaths,
}


if __name__ == "__main__":
    main()
