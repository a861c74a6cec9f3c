"""Ask the endpoint over HTTP: requests a second, and ten minutes of everything at once.

    python -m benchmarks.service                # requests a second, against oxigraph's server
    python -m benchmarks.service --mixed 10     # minutes of mixed load from 16 clients

Requests a second are taken of both servers in turn, several times, over the same store, from eight
clients; the ratio is of the best rounds. One store is small, and our endpoint reads it into memory;
the other is not, and both servers read it from disk. Beside them stands the processor time that
the server, with all its processes, takes for a request: it depends less on what else the machine
does.

The mixed load is the project's named queries, queries in every form and of any size of answer, and
what has to be refused: malformed queries, updates, SERVICE, requests that are too large, queries
without end. An error is any answer but the one that the request should get, or none. Memory is that
of the server with all its processes; what they share is counted in each.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import itertools
import os
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import urllib3

from claimgraph.exports import to_nquads
from claimgraph.pipeline import build_article
from claimgraph.queries import list_queries
from claimgraph.resources import bundled_article
from claimgraph.store import INDEX, LocalStore

CLIENTS = 16
"""Clients of the mixed load."""

_ROUNDS = 3
_COPIES = 12  # of the article: a store that our endpoint does not read into memory
_SECONDS = 4.0  # of a round
_TIMEOUT = 10.0  # seconds that a query may take in the mixed load
_LATER = 60  # seconds until memory is compared with: all processes have seen all queries by then
_QUERIES = (
    ("ten triples", ["SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10"]),
    (
        "the project's questions",
        [query.text for query in list_queries() if not query.is_violation and not query.parameters],
    ),
)
_ALL = "SELECT * WHERE { ?s ?p ?o }"
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_FORM = "application/x-www-form-urlencoded"
_SPARQL = "application/sparql-query"
_ROW = "{:<74}{:>10}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mixed", type=float, metavar="MINUTES")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder, 1)
        if arguments.mixed:
            measure_mixed(folder, 60 * arguments.mixed)
        else:
            measure_requests(folder, "article", _QUERIES)
            _fill(folder / "large", _COPIES)
            measure_requests(folder / "large", f"{_COPIES} articles", _QUERIES[:1])


def _fill(folder: Path, copies: int) -> None:
    """Make a store of the carried article, or of so many that differ in their names only."""
    data = to_nquads(build_article(bundled_article()).dataset)
    with LocalStore.open_folder(folder, read_only=False) as store:
        for number in range(copies):
            renamed = data.replace(b"clonazepam-seizure-disorders", b"article-%d" % number)
            store.raw.bulk_load(renamed if copies > 1 else data, ox.RdfFormat.N_QUADS)
    size = sum(file.stat().st_size for file in (folder / INDEX).iterdir())
    _say(f"store: {copies} of the article, MB of its database", f"{size / 1e6:.1f}")


def measure_requests(folder: Path, source: str, asked: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Ask our endpoint and oxigraph's server the same queries from eight clients."""
    binary = Path(sysconfig.get_path("scripts")) / "oxigraph"
    theirs = [
        str(binary),
        "serve-read-only",
        "--location",
        str(folder / "index"),
        "--union-default-graph",
    ]
    with (
        _running(_ours(folder), "--port", "{}", path="/sparql") as (our_url, ours),
        _running(theirs, "--bind", "127.0.0.1:{}", path="/query") as (their_url, other),
    ):
        for kind, queries in asked:
            name = f"{source}, {kind}"
            found = {server.pid: [] for server in (ours, other)}
            for _ in range(_ROUNDS):
                for url, server in ((our_url, ours), (their_url, other)):
                    before = _processor_time(server.pid)
                    rate = _requests(url, queries)
                    used = _processor_time(server.pid) - before
                    found[server.pid].append((rate, 1000 * used / (rate * _SECONDS)))
            rates = [max(rate for rate, _ in one) for one in found.values()]
            times = [min(used for _, used in one) for one in found.values()]
            _say(f"{name}: requests a second, ours", f"{rates[0]:,.0f}")
            _say(f"{name}: requests a second, oxigraph serve-read-only", f"{rates[1]:,.0f}")
            _say(f"{name}: requests a second: ours / oxigraph's", f"{rates[0] / rates[1]:.2f}")
            _say(f"{name}: processor time a request, ours, ms", f"{times[0]:.2f}")
            _say(f"{name}: processor time a request, oxigraph's, ms", f"{times[1]:.2f}")


def measure_mixed(folder: Path, seconds: float) -> None:
    """Send everything at once for some time; count errors and watch the memory."""
    requests = _requests_of_all_kinds()
    done: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    lock = threading.Lock()
    with _running([*_ours(folder), "--timeout", str(_TIMEOUT)], "--port", "{}") as (url, process):
        pool = urllib3.PoolManager(maxsize=CLIENTS)
        begin = time.monotonic()

        def client(number: int) -> None:
            # Each begins elsewhere in the same order, so that all meet in ever other ways.
            for kind, wanted, method, path, options in itertools.islice(
                itertools.cycle(requests), number * 7, None
            ):
                if time.monotonic() - begin > seconds:
                    return
                try:
                    answer = pool.request(method, url + path, retries=False, timeout=120, **options)
                    found = f"{answer.status}"
                except urllib3.exceptions.HTTPError as error:
                    found = type(error).__name__
                with lock:
                    done[kind] += 1
                    if found not in wanted:
                        errors[f"{kind}: {found}"] += 1

        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
            working = [clients.submit(client, number) for number in range(CLIENTS)]
            memory = []
            while any(not one.done() for one in working):
                time.sleep(2)
                memory.append((time.monotonic() - begin, _memory(process.pid)))
            for one in working:
                one.result()
    for kind, count in sorted(done.items()):
        _say(f"{kind}: requests", f"{count:,}")
    _say(f"all requests in {seconds / 60:g} minutes from {CLIENTS} clients", f"{done.total():,}")
    _say("answers that were not as they should be", f"{errors.total():,}")
    for kind, count in errors.most_common(20):
        _say(f"  {kind}", f"{count:,}")
    later = [(at, used) for at, used in memory if at > min(_LATER, seconds / 4)]
    quarter = max(1, len(later) // 4)
    first = sorted(used for _, used in later[:quarter])[quarter // 2]
    last = sorted(used for _, used in later[-quarter:])[quarter // 2]
    _say("memory, median of the first quarter after a minute, MB", f"{first / 1e6:.0f}")
    _say("memory, median of the last quarter, MB", f"{last / 1e6:.0f}")
    _say("memory: last / first", f"{last / first:.2f}")
    _say("memory, most, MB", f"{max(used for _, used in memory) / 1e6:.0f}")


def _requests_of_all_kinds() -> list[tuple[str, set[str], str, str, dict[str, object]]]:
    """Give requests: kind, the answers that are right, method, path, and what is sent."""
    ok, busy = {"200"}, {"503"}

    def get(kind: str, query: str, accept: str) -> None:
        options = {"fields": {"query": query}, "headers": {"Accept": accept}}
        found.append((kind, ok, "GET", "/sparql", options))

    found: list[tuple[str, set[str], str, str, dict[str, object]]] = [
        ("named query", ok, "GET", f"/queries/{query.name}", {})
        for query in list_queries()
        if not query.is_violation and all(p.default for p in query.parameters)
    ]
    for form in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"):
        get("query", "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 10", form)
        get("all rows", _ALL, form)
    for form in ("text/turtle", "application/ld+json", "application/rdf+xml"):
        get("triples", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 500", form)
    found.append(("page", ok, "GET", "/", {}))

    def post(kind: str, wanted: set[str], body: bytes, form: str = _SPARQL) -> None:
        found.append(
            (kind, wanted, "POST", "/sparql", {"body": body, "headers": {"Content-Type": form}})
        )

    post("malformed", {"400"}, b"SELECT * WHERE { ?s ?p")
    post("nested without end", {"400", "500"}, b"ASK {" + b"{" * 100_000)
    post("update", {"403"}, b"update=DROP+ALL", _FORM)
    post("update as a query", {"400"}, b"DELETE WHERE { ?s ?p ?o }")
    post("SERVICE", {"400"}, b"ASK { SERVICE <http://127.0.0.1:9/> { } }")
    post("more than 1 MB", {"413"}, b"ASK {} #" + b"x" * 1_000_001)
    post("just below 1 MB", ok, b"ASK {} #" + b"x" * 999_000)
    post("cartesian product", busy, _ENDLESS.encode())
    return found


def _ours(folder: Path) -> list[str]:
    """Give the command that serves a store."""
    return [sys.executable, "-c", "from claimgraph.cli import main; main()", "serve", str(folder)]


@contextlib.contextmanager
def _running(
    command: list[str], *place: str, path: str = ""
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a server at a free port and give its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    server = subprocess.Popen(
        [*command, *(part.format(port) for part in place)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}{path}", server
    finally:
        server.terminate()
        server.wait(30)


def _processes(pid: int) -> Iterator[int]:
    """Give a process and all that it started."""
    waiting = [pid]
    while waiting:
        yield (one := waiting.pop())
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())


def _memory(pid: int) -> int:
    """Give the bytes that a process and those it started keep in memory."""
    total = 0
    for one in _processes(pid):
        with contextlib.suppress(OSError):
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1])
    return total * os.sysconf("SC_PAGE_SIZE")


def _processor_time(pid: int) -> float:
    """Give the seconds of processor time that a process and those it started have used."""
    total = 0
    for one in _processes(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def _requests(url: str, queries: Sequence[str], seconds: float = _SECONDS) -> float:
    """Ask from eight threads for some seconds; give requests a second. An error ends it all."""
    pool = urllib3.PoolManager(maxsize=8)

    def ask(query: str) -> None:
        answer = pool.request("GET", url, fields={"query": query}, retries=False, timeout=60)
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status} {answer.data[:200]!r}")

    end = time.perf_counter() + seconds

    def client(number: int) -> int:
        count = number
        while time.perf_counter() < end:
            ask(queries[count % len(queries)])
            count += 1
        return count - number

    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        return sum(clients.map(client, range(8))) / seconds


def _say(name: str, value: str) -> None:
    """Print one figure."""
    print(_ROW.format(name, value), flush=True)


if __name__ == "__main__":
    main()
