"""The endpoint as clients that others wrote meet it: forms, limits, and what it survives."""

import asyncio
import concurrent.futures
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
import pytest
import urllib3
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, RDFXML, SPARQLWrapper
from starlette.types import Message

from claimgraph.cli import main
from claimgraph.exports import to_nquads
from claimgraph.queries import QueryEngine, list_queries, load_query
from claimgraph.serve import answers as answering
from claimgraph.serve import listen, make_app
from claimgraph.serve.answers import Reply
from claimgraph.serve.app import MAX_WAITING
from claimgraph.serve.protocol import HTML, ROWS, TRIPLES, choose
from claimgraph.store import LocalStore, open_source
from tests.strategies import article

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@contextlib.contextmanager
def serving(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `claimgraph serve` in a process of its own and give its address."""
    code = "from claimgraph.cli import main; raise SystemExit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--port", "0", "--workers", "2", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving("--timeout", "4", "--max-answer", "2000000") as (address, _):
        yield address


def started_by(pid: int) -> list[int]:
    """Give the processes that a process started itself."""
    command = ["ps", "--ppid", str(pid), "-o", "pid="]
    listed = subprocess.run(command, check=False, capture_output=True, text=True)
    return [int(child) for child in listed.stdout.split()]


def answering_for(pid: int) -> list[int]:
    """Give the processes that answer for a server: copies of one that it started."""
    return [one for child in started_by(pid) for one in started_by(child)]


def get(url: str, accept: str = "", **fields: str) -> urllib3.BaseHTTPResponse:
    headers = {"Accept": accept} if accept else {}
    return urllib3.request("GET", url, fields=fields, headers=headers, retries=False, timeout=60)


def count(url: str) -> int:
    rows = json.loads(get(f"{url}sparql", query=COUNT).data)["results"]["bindings"]
    return int(rows[0]["n"]["value"])


# ── Clients ─────────────────────────────────────────────────────────────────────────────────────


def test_sparqlwrapper_gets_what_we_get(url: str) -> None:
    query = load_query("what-is-a-kind-of-what")
    expected = QueryEngine(article().dataset).run(query)
    for method in ("GET", POST):
        client = SPARQLWrapper(f"{url}sparql")
        client.setQuery(query.text)
        client.setMethod(method)
        client.setReturnFormat(JSON)
        found = client.query().convert()
        assert found["head"]["vars"] == list(expected.columns)
        assert len(found["results"]["bindings"]) == len(expected.rows)
    client.setReturnFormat(CSV)
    assert client.query().convert() == expected.to_csv()
    client.setQuery("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }")
    client.setReturnFormat(RDFXML)
    with warnings.catch_warnings():  # it makes a graph of a deprecated kind
        warnings.simplefilter("ignore", DeprecationWarning)
        assert len(client.query().convert()) > 1000


def test_rdflib_reads_through_its_sparql_store(url: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = Graph(SPARQLStore(f"{url}sparql"))
        assert int(next(iter(graph.query(COUNT)))[0]) == count(url)
        kind = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        claim = URIRef("https://w3id.org/claimgraph/vocab#Claim")
        assert len(list(graph.subjects(kind, claim))) == 90


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl_asks_in_every_way_the_protocol_has(url: str) -> None:
    for arguments in (
        ["--get", "--data-urlencode", f"query={COUNT}"],
        ["--data-urlencode", f"query={COUNT}"],
        ["--header", "Content-Type: application/sparql-query", "--data", COUNT],
    ):
        command = ["curl", "-sf", *arguments, "-H", "Accept: text/csv", f"{url}sparql"]
        found = subprocess.run(command, check=True, capture_output=True, text=True)
        assert found.stdout.split() == ["n", str(count(url))]


def test_our_own_client_gives_the_same_rows(url: str) -> None:
    query = load_query("where-does-the-text-say")
    with open_source(f"{url}sparql") as source:
        assert QueryEngine(source).run(query) == QueryEngine(article().dataset).run(query)
        assert QueryEngine(source).find_concept("Klonopin")


def test_the_command_line_reads_an_endpoint_like_a_file(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "graph.nq"
    assert main(["export", "--format", "nquads", "-o", str(path)]) == 0
    for command in (
        ["query", "what-does-it-treat", "--format", "csv"],
        ["export", "--format", "trig"],
        ["export", "--format", "csv"],
        ["show", "dizziness", "--json"],
    ):
        answers = []
        for data in (str(path), f"{url}sparql"):
            capsys.readouterr()
            assert main([*command, "--data", data]) == 0
            answers.append(capsys.readouterr().out)
        if command[-1] != "trig":  # of a file, ordered for a reader; else as a stream
            assert answers[0] == answers[1]
        assert len(answers[1]) > 200
    assert main(["validate", f"{url}sparql"]) == 0
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for data, page in zip((str(path), f"{url}sparql"), pages, strict=True):
        assert main(["browse", data, "--no-open", "-o", str(page)]) == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()


# ── Forms ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ROWS)
def test_rows_come_in_every_form(url: str, kind: str) -> None:
    answer = get(f"{url}sparql", kind, query=COUNT)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith(kind)
    if kind != "text/csv":  # which has no types, and so no parser
        parsed = ox.parse_query_results(answer.data, ox.QueryResultsFormat.from_media_type(kind))
        assert next(iter(parsed))["n"].value == str(count(url))


@pytest.mark.parametrize("kind", TRIPLES)
def test_triples_come_in_every_form(url: str, kind: str) -> None:
    query = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } ORDER BY ?s ?o LIMIT 20"
    answer = get(f"{url}sparql", kind, query=query)
    assert answer.headers["Content-Type"].startswith(kind)
    assert len(list(ox.parse(answer.data, ox.RdfFormat.from_media_type(kind)))) == 20


def test_a_comment_that_looks_like_the_head_of_our_queries_is_one(url: str) -> None:
    assert get(f"{url}sparql", query=f"#+ made by: hand\n{COUNT}").status == 200


def test_a_head_is_asked_for_without_the_answer(url: str) -> None:
    answer = urllib3.request("HEAD", f"{url}sparql", fields={"query": COUNT}, retries=False)
    assert (answer.status, answer.data) == (200, b"")
    assert answer.headers["Content-Type"] == ROWS[0]


def test_the_service_describes_itself(url: str) -> None:
    graph = Graph().parse(data=get(f"{url}sparql", "text/turtle").data, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = URIRef(f"{url}sparql")
    assert (endpoint, URIRef(f"{sd}endpoint"), endpoint) in graph
    assert (None, URIRef(f"{sd}supportedLanguage"), URIRef(f"{sd}SPARQL11Query")) in graph
    assert len(list(graph.objects(None, URIRef(f"{sd}resultFormat")))) == 8


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        ("", ROWS, ROWS[0]),
        ("*/*", ROWS, ROWS[0]),
        ("text/*", ROWS, "text/csv"),
        ("application/sparql-results+xml, */*;q=0.1", ROWS, ROWS[1]),
        ("*/*, application/sparql-results+json;q=0", ROWS, ROWS[1]),
        ("application/json", ROWS, ROWS[0]),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", (*ROWS, HTML), HTML),
        ("image/png", ROWS, None),
        ("text/csv;q=much", ROWS, None),
        (",;,", ROWS, None),
    ],
)
def test_the_client_gets_what_it_likes_best(accept, offered, chosen) -> None:
    assert choose(accept, offered) == chosen


def test_named_queries_are_links_with_parameters(url: str) -> None:
    answer = get(f"{url}queries/what-does-it-treat", "text/csv", drug="Klonopin")
    expected = QueryEngine(article().dataset).run(load_query("what-does-it-treat"))
    assert answer.data == expected.to_csv()
    assert get(f"{url}queries/what-does-it-treat", drug="nothing at all").status == 400
    assert get(f"{url}queries/what-does-it-treat", dose="2mg").status == 400
    assert get(f"{url}queries/none").status == 404


def test_a_browser_gets_pages_that_load_nothing(url: str) -> None:
    start = get(url, "text/html")
    assert "default-src 'none'" in start.headers["Content-Security-Policy"]
    text = start.data.decode()
    assert 'action="sparql"' in text
    assert 'href="queries/what-does-it-treat?drug=clonazepam"' in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "<script" not in text
    query = 'SELECT ("<script>alert(1)</script>" AS ?x) {}'
    answer = get(f"{url}sparql", "text/html", query=query).data.decode()
    assert "&lt;script&gt;" in answer
    assert "<script" not in answer
    assert b"<canvas" in (page := get(f"{url}page").data) or len(page) > 100_000


def test_a_request_may_choose_graphs(url: str) -> None:
    graph = "https://w3id.org/claimgraph/text/clonazepam-seizure-disorders/direct"
    found = get(f"{url}sparql", query=COUNT, **{"default-graph-uri": graph})
    number = json.loads(found.data)["results"]["bindings"][0]["n"]["value"]
    assert 0 < int(number) < 100


# ── What it refuses and survives ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "method", "body", "kind"),
    [
        (400, "POST", b"query=SELECT", "application/x-www-form-urlencoded"),
        (400, "POST", b"", "application/x-www-form-urlencoded"),
        (400, "POST", b"query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded"),
        (400, "POST", b"query=%FF", "application/x-www-form-urlencoded"),
        (400, "POST", b"\xff", "application/sparql-query"),
        (400, "POST", b"DELETE WHERE { ?s ?p ?o }", "application/sparql-query"),
        (400, "POST", b"ASK { SERVICE <http://127.0.0.1:9/> { } }", "application/sparql-query"),
        (403, "POST", b"DROP ALL", "application/sparql-update"),
        (403, "POST", b"update=DROP+ALL", "application/x-www-form-urlencoded"),
        (405, "PUT", b"", "text/turtle"),
        (405, "DELETE", b"", "text/turtle"),
        (413, "POST", b"ASK {} #" + b"x" * 1_000_001, "application/sparql-query"),
        (415, "POST", b"ASK {}", "text/plain"),
        ({400, 500}, "POST", b"ASK {" + b"{" * 400_000, "application/sparql-query"),
        ({400, 500}, "POST", b"ASK { FILTER(" + b"(" * 300_000, "application/sparql-query"),
    ],
)
def test_what_is_refused_is_refused_properly_and_the_next_is_answered(
    url: str, status: object, method: str, body: bytes, kind: str
) -> None:
    answer = urllib3.request(
        method, f"{url}sparql", body=body, headers={"Content-Type": kind}, retries=False, timeout=60
    )
    assert answer.status in (status if isinstance(status, set) else {status})
    assert b"Traceback" not in answer.data
    assert count(url) > 5000


def test_no_form_that_a_client_takes_is_an_error(url: str) -> None:
    assert get(f"{url}sparql", "image/png", query=COUNT).status == 406


def test_a_runaway_query_is_killed_and_takes_nothing_down(url: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(3) as clients:
        runaways = [clients.submit(get, f"{url}sparql", query=ENDLESS) for _ in range(3)]
        statuses = [one.result() for one in runaways]
    assert [one.status for one in statuses] == [503] * 3
    assert all(b"no answer within 4 s" in one.data for one in statuses)
    assert count(url) > 5000


def test_a_process_that_something_else_ended_is_replaced_before_anybody_asks() -> None:
    with serving("--workers", "1") as (address, process):
        assert count(address) > 5000
        ended = answering_for(process.pid)
        assert len(ended) == 1
        for pid in ended:
            os.kill(pid, signal.SIGKILL)
        wait_for_the_end_of(ended)
        for _ in range(4):
            assert count(address) > 5000
        assert not set(ended) & set(answering_for(process.pid))


def test_a_process_that_a_query_ended_is_replaced(url: str) -> None:
    deep = b"ASK { FILTER(" + b"(" * 300_000
    kind = {"Content-Type": "application/sparql-query"}
    for _ in range(3):
        answer = urllib3.request("POST", f"{url}sparql", body=deep, headers=kind, retries=False)
        assert answer.status in {400, 500}
    assert count(url) > 5000


def test_too_many_that_wait_are_sent_away() -> None:
    class Busy:
        async def answer(self, _: object) -> Reply:
            await free.wait()
            return Reply(200, "text/csv", b"n\n1\n")

    async def ask() -> int:
        sent = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": "/sparql", "headers": [(b"host", b"a")],
            "query_string": b"query=ASK{}",
        }  # fmt: skip
        await app(scope, receive, send)
        return sent[0]["status"]

    async def ask_all() -> tuple[int, set[int], int]:
        waiting = [asyncio.create_task(ask()) for _ in range(MAX_WAITING)]
        await asyncio.sleep(0)
        refused = await ask()
        free.set()
        return refused, set(await asyncio.gather(*waiting)), await ask()

    free = asyncio.Event()
    app = make_app(Busy(), ["a"])
    assert asyncio.run(ask_all()) == (503, {200}, 200)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /sparql?query=" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 2_000_000,
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: x\r\n" * 500_000,
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/sparql-query\r\n\r\n3\r\nASK\r\n0\r\n" + b"X: x\r\n" * 500_000,
    ],
)
def test_the_head_of_a_request_has_an_end(url: str, head: bytes) -> None:
    address = urlsplit(url)
    assert address.hostname
    with socket.create_connection((address.hostname, address.port or 0), timeout=30) as client:
        with contextlib.suppress(ConnectionError):  # it may hang up before it has read all
            client.sendall(head)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while piece := client.recv(10_000):
                answer += piece
        assert answer[:12] in {b"HTTP/1.1 400", b""}
    assert count(url) > 5000


def test_answers_do_not_wait_for_a_client_to_confirm_their_heads() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_small_store_in_memory_and_a_large_one_on_disk_answer_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LocalStore.open_folder(tmp_path, read_only=False) as store:
        store.raw.bulk_load(to_nquads(article().dataset), ox.RdfFormat.N_QUADS)
    answers = []
    for fits in (answering.FITS, 0):
        monkeypatch.setattr(answering, "FITS", fits)
        with answering.open_store(tmp_path) as store:
            engine = QueryEngine(store)
            answers.append([engine.run(q) for q in list_queries() if not q.parameters])
    assert answers[0] == answers[1]


def test_an_answer_without_end_is_cut_off(url: str) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    answer = get(f"{url}sparql", query=query)
    assert answer.status == 500
    assert b"LIMIT" in answer.data
    assert count(url) > 5000


def test_web_pages_of_others_cannot_read_it(url: str) -> None:
    for path in ("", f"sparql?{urlencode({'query': COUNT})}", "queries/what-is-outlook"):
        answer = urllib3.request("GET", url + path, headers={"Origin": "https://evil.example"})
        assert answer.status == 200
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert urllib3.request("GET", url + path, headers={"Host": "evil.example"}).status == 400


def test_many_ask_at_once_and_all_are_answered(url: str) -> None:
    """From a second process, as clients are."""
    code = (
        "import concurrent.futures, sys, urllib3\n"
        "pool = urllib3.PoolManager(maxsize=8)\n"
        "def ask(_):\n"
        "    return pool.request('GET', sys.argv[1], retries=False, timeout=60).status\n"
        "with concurrent.futures.ThreadPoolExecutor(8) as clients:\n"
        "    print(*set(clients.map(ask, range(200))))\n"
    )
    address = f"{url}queries/what-does-it-treat?drug=clonazepam"
    done = subprocess.run(
        [sys.executable, "-c", code, address], check=False, capture_output=True, text=True
    )
    assert done.stdout.split() == ["200"], done.stderr


def test_it_ends_in_order_and_takes_its_processes_along(tmp_path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<a:s> <a:p> 1 .\n")
    with serving(os.fspath(path), "--cors", "https://a.example") as (address, process):
        assert count(address) == 1
        for path in ("", "sparql"):
            answer = urllib3.request("GET", address + path, headers={"Origin": "https://a.example"})
            assert answer.headers["Access-Control-Allow-Origin"] == "https://a.example"
        assert get(f"{address}page").status == 404
        children = [*started_by(process.pid), *answering_for(process.pid)]
        assert len(children) >= 3  # two that answer, and what they are copies of
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    wait_for_the_end_of(children)


def wait_for_the_end_of(pids: list[int]) -> None:
    for _ in range(100):
        if not any(map(is_running, pids)):
            break
        time.sleep(0.1)
    assert [pid for pid in pids if is_running(pid)] == []


def is_running(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be counted does not."""
    process = Path(f"/proc/{pid}")
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        # While another of its threads is being ended, its files are still open.
        return state != "Z" or len(list((process / "task").iterdir())) > 1
    except OSError:
        return False


def test_what_cannot_be_served_is_said(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", str(tmp_path / "none.ttl")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "a.ttl").write_text("<a:s> <a:p> 1 .\n")
    assert main(["serve", str(tmp_path / "a.ttl"), "--host", "192.0.2.1"]) == 2
    assert "cannot listen" in capsys.readouterr().err
