"""Stores: the same answers wherever the graph is, and nothing lost or left behind."""

import json
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib.plugins.sparql.processor
import urllib3
from hypothesis import given
from rdflib import Dataset, Literal, URIRef

from claimgraph.errors import ClaimgraphError, GraphError, InputFileError, QueryError, StoreError
from claimgraph.exports import to_nquads
from claimgraph.pipeline import FILES
from claimgraph.queries import QueryEngine, list_queries
from claimgraph.store import LocalStore, RemoteStore, Source, is_store, is_url, open_source
from claimgraph.store.values import bind_values
from claimgraph.stream import TextClaims, stream_nquads
from claimgraph.triples import document_quads
from tests.strategies import (
    ABSENCE,
    article,
    documents_with_claims,
    law,
    small_claim,
    small_document,
)

OXIGRAPH = Path(sysconfig.get_path("scripts")) / "oxigraph"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article as sorted N-Quads."""
    path = tmp_path_factory.mktemp("snapshot") / "graph.nq"
    path.write_bytes(to_nquads(article().dataset))
    return path


@pytest.fixture(scope="module")
def folder(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article as a store on disk."""
    folder = tmp_path_factory.mktemp("store")
    with LocalStore.open_folder(folder, read_only=False) as store:
        store.load_file(snapshot)
    return folder


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def start_server(folder: Path, *options: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start a SPARQL server that others wrote."""
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    return server, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def server(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The article at a SPARQL endpoint."""
    process, url = start_server(tmp_path_factory.mktemp("server"), "--union-default-graph")
    try:
        kind = {"Content-Type": "application/n-quads"}
        answer = urllib3.request("POST", f"{url}/store", body=snapshot.read_bytes(), headers=kind)
        assert answer.status == 204
        yield url
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(params=["file", "folder", "http"])
def source(request: pytest.FixtureRequest) -> Iterator[Source]:
    """The article, in each kind of place."""
    places = {"file": "snapshot", "folder": "folder", "http": "server"}
    place = request.getfixturevalue(places[request.param])
    with open_source(f"{place}/query" if request.param == "http" else place) as opened:
        yield opened


# ── The same answers everywhere ─────────────────────────────────────────────────────────────────


def test_every_query_gives_the_same_rows_everywhere_and_never_falls_back(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = QueryEngine(article().dataset)
    expected = {query.name: reference.run(query) for query in list_queries()}
    calls: list[object] = []

    def fall_back(*arguments: object, **_: object) -> None:
        calls.append(arguments)
        raise AssertionError("rdflib's own engine was asked")

    # The two ways into rdflib's engine: Graph.query, and a query that was prepared.
    monkeypatch.setattr(rdflib.plugins.sparql.processor.SPARQLProcessor, "query", fall_back)
    monkeypatch.setattr(rdflib.plugins.sparql.processor, "evalQuery", fall_back)
    engine = QueryEngine(source)
    found = {query.name: engine.run(query) for query in list_queries()}
    assert found == expected
    assert len(found) > 50
    assert sum(len(result.rows) for result in found.values()) > 400
    assert calls == []


def test_the_guard_against_falling_back_would_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_back(*_: object, **__: object) -> None:
        raise AssertionError("rdflib's own engine was asked")

    monkeypatch.setattr(rdflib.plugins.sparql.processor.SPARQLProcessor, "query", fall_back)
    with pytest.raises(AssertionError, match="own engine"):
        article().dataset.query("ASK {}")


def test_rows_are_shown_with_the_same_labels_everywhere(source: Source) -> None:
    query = next(q for q in list_queries() if q.name == "what-is-a-kind-of-what")
    expected = QueryEngine(article().dataset).run(query).display_rows()
    assert QueryEngine(source).run(query).display_rows() == expected


def test_parameters_are_found_by_any_name_everywhere(source: Source) -> None:
    engine = QueryEngine(source)
    assert engine.find_concept("Klonopin") == engine.find_concept("clonazepam")
    with pytest.raises(QueryError, match="names no"):
        engine.find_concept("no such thing")


def test_all_quads_come_back_sorted_from_everywhere(source: Source) -> None:
    assert "".join(source.quads()).encode() == to_nquads(article().dataset)
    assert source.count() == len(set(article().dataset.quads()))


def test_from_chooses_graphs_or_is_refused(source: Source) -> None:
    graph = "https://w3id.org/claimgraph/text/clonazepam-seizure-disorders/direct"
    if isinstance(source, RemoteStore):
        # oxigraph's server forgets FROM when its default graph is the union of all.
        with pytest.raises(StoreError, match="does not keep to the graphs that FROM names"):
            QueryEngine(source).run(f"CONSTRUCT FROM <{graph}> WHERE {{ ?s ?p ?o }}")
        return
    answer = QueryEngine(source).run(f"CONSTRUCT FROM <{graph}> WHERE {{ ?s ?p ?o }}")
    assert 0 < len(answer.rows) < 100


def test_construct_and_ask_are_answered_everywhere(source: Source) -> None:
    engine = QueryEngine(source)
    assert engine.run("ASK { ?s a <https://w3id.org/claimgraph/vocab#Claim> }").boolean is True
    query = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"
    assert engine.run(query) == QueryEngine(article().dataset).run(query)


def test_labels_are_asked_for_only_when_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore(ox.Store())
    asked: list[str] = []
    query = store.query
    monkeypatch.setattr(
        store, "query", lambda text, *a, **k: asked.append(text) or query(text, *a, **k)
    )
    result = QueryEngine(store).run("SELECT ?x { VALUES ?x { <a:b> } }")
    assert (len(result.rows), result.to_csv()) == (1, b"x\r\na:b\r\n")
    assert len(asked) == 1
    assert result.display_rows() == (("a:b",),)
    assert len(asked) == 2


# ── What is lost, and what is not ───────────────────────────────────────────────────────────────


@law(30)
@given(documents_with_claims())
def test_what_we_write_comes_out_of_a_store_byte_for_byte(drawn) -> None:
    quads = "".join(stream_nquads([TextClaims(*drawn)]))
    store = ox.Store()
    store.load(quads, ox.RdfFormat.N_QUADS)
    assert "".join(LocalStore(store).quads()) == quads


def test_numbers_of_others_come_back_in_canonical_form(tmp_path: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    path = tmp_path / "a.nq"
    path.write_text(f'<a:s> <a:p> "01"^^<{xsd}integer> .\n<a:s> <a:q> "1.50"^^<{xsd}decimal> .\n')
    with open_source(path) as store:
        text = "".join(store.quads())
    assert f'"1"^^<{xsd}integer>' in text
    assert f'"1.5"^^<{xsd}decimal>' in text


def test_triples_outside_named_graphs_are_found_and_stay_there(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<a:s> <a:p> <a:o> .\n")
    with open_source(path) as store:
        assert QueryEngine(store).run("ASK { <a:s> <a:p> <a:o> }").boolean is True
        assert QueryEngine(store).run("ASK { GRAPH ?g { <a:s> <a:p> <a:o> } }").boolean is False
        assert list(store.quads()) == ["<a:s> <a:p> <a:o> .\n"]
    dataset = Dataset(default_union=True)
    dataset.add((URIRef("a:s"), URIRef("a:p"), Literal("o")))
    assert QueryEngine(dataset).run("ASK { GRAPH ?g { ?s ?p ?o } }").boolean is False
    assert QueryEngine(dataset).run("ASK { ?s ?p ?o }").boolean is True


def test_an_empty_store_is_still_a_store() -> None:
    """`len()` would count all quads wherever a store is only asked whether it is there."""
    store = LocalStore(ox.Store())
    assert store
    assert store.count() == 0


# ── Replacing a text ────────────────────────────────────────────────────────────────────────────


def text_quads(name: str, *claims: object) -> list[str]:
    document = replace(small_document(), id=name)
    return list(document_quads([replace(c, text_id=name) for c in claims], document))  # type: ignore[type-var]


def fresh(*texts: list[str]) -> str:
    store = ox.Store()
    for quads in texts:
        store.load("".join(quads), ox.RdfFormat.N_QUADS)
    return "".join(LocalStore(store).quads())


TREATS = small_claim()
OTHER = small_claim(object=replace(TREATS.object, concept=replace(ABSENCE, id="other", label="o")))


def test_replacing_a_text_gives_what_a_new_store_would_hold() -> None:
    store = LocalStore(ox.Store())
    store.replace_text("a", text_quads("a", TREATS))
    store.replace_text("b", text_quads("b", TREATS))
    store.replace_text("a", text_quads("a", OTHER))
    assert "".join(store.quads()) == fresh(text_quads("a", OTHER), text_quads("b", TREATS))
    store.replace_text("b", text_quads("b"))
    # The concept that only the replaced claims spoke of is gone with them.
    assert "".join(store.quads()) == fresh(text_quads("a", OTHER), text_quads("b"))
    assert "absence-seizure" not in "".join(store.quads())


def test_replacing_twice_is_replacing_once() -> None:
    store = LocalStore(ox.Store())
    for _ in range(2):
        store.replace_text("a", text_quads("a", TREATS))
    assert "".join(store.quads()) == fresh(text_quads("a", TREATS))


def test_replacing_leaves_the_ontology_and_graphs_of_others_alone(snapshot: Path) -> None:
    with LocalStore.open_file(snapshot) as store:
        before = set("".join(store.quads()).split("\n"))
        extra = "<a:s> <a:p> <a:o> .\n"
        store.raw.load(extra, ox.RdfFormat.N_QUADS)
        store.replace_text("a", text_quads("a", TREATS))
        store.replace_text("a", [])
        assert set("".join(store.quads()).split("\n")) == before | {extra[:-1]}


def test_a_text_whose_name_begins_like_another_is_another() -> None:
    store = LocalStore(ox.Store())
    store.replace_text("a", text_quads("a", TREATS))
    store.replace_text("a/claims", text_quads("a/claims", TREATS))
    store.replace_text("a", [])
    assert "".join(store.quads()) == fresh(text_quads("a/claims", TREATS))


@pytest.mark.parametrize("graph", ["<a:g>", "<https://w3id.org/claimgraph/text/b/claims>", ""])
def test_a_text_writes_its_own_graphs_only(graph: str) -> None:
    store = LocalStore(ox.Store())
    store.replace_text("a", text_quads("a", TREATS))
    before = "".join(store.quads())
    with pytest.raises(StoreError, match="not a graph of the text"):
        store.replace_text("a", [f"<a:s> <a:p> <a:o> {graph} .\n"])
    with pytest.raises(StoreError, match="not valid N-Quads"):
        store.replace_text("a", ["} } ; DROP ALL ; INSERT DATA {"])
    assert "".join(store.quads()) == before


KILLED = """
import sys
from pathlib import Path
from claimgraph.store import LocalStore
folder, *files = map(Path, sys.argv[1:])
texts = [file.read_text(encoding="utf-8") for file in files]
with LocalStore.open_folder(folder, read_only=False) as store:
    while True:
        for text in texts:
            store.replace_text("a", [text])
            print("done", flush=True)
"""


def test_a_killed_replacement_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    versions = [text_quads("a", TREATS), text_quads("a", OTHER), text_quads("a")]
    other = text_quads("b", TREATS)
    files = []
    for number, quads in enumerate(versions):
        files.append(tmp_path / f"{number}.nq")
        files[-1].write_text("".join(quads), encoding="utf-8")
    folder = tmp_path / "store"
    with LocalStore.open_folder(folder, read_only=False) as store:
        store.replace_text("b", other)
    allowed = {fresh(other), *(fresh(quads, other) for quads in versions)}
    seen = set()
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, folder, *files], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        for _ in range(round_ + 1):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with LocalStore.open_folder(folder) as store:
            seen.add("".join(store.quads()))
    assert seen <= allowed
    assert len(seen) > 1


# ── Files and folders ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig", "graph.jsonld"])
def test_every_form_of_the_graph_opens(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name](article()))
    with open_source(tmp_path / name) as store:
        assert "".join(store.quads()).encode() == to_nquads(article().dataset)


def test_a_mark_of_byte_order_is_no_part_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"\xef\xbb\xbf<a:s> <a:p> <a:o> .\n")
    with open_source(path) as store:
        assert store.count() == 1


def test_an_iri_with_a_space_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_text("<a:s> <a:p> <a:o> .\n<http://a.org/b c> <a:p> <a:o> .\n")
    with pytest.raises(GraphError, match=r"a\.nq:2: not valid RDF"):
        open_source(path)


def test_what_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_bytes(b"")
    (tmp_path / "a.doc").write_bytes(b"x")
    entities = '<!DOCTYPE a [<!ENTITY a "b%c;">]><a/>'
    (tmp_path / "a.rdf").write_text(entities)
    with pytest.raises(InputFileError, match="holds no text"):
        open_source(tmp_path / "empty.nq")
    with pytest.raises(InputFileError, match="cannot be read"):
        open_source(tmp_path / "none.nq")
    with pytest.raises(GraphError, match="ending"):
        open_source(tmp_path / "a.doc")
    with pytest.raises(GraphError, match="entity"):
        open_source(tmp_path / "a.rdf")
    with pytest.raises(StoreError, match="not a store"):
        open_source(tmp_path)
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text("no database")
    assert is_store(tmp_path)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_source(tmp_path)


def test_two_may_read_and_only_one_may_write(tmp_path: Path) -> None:
    with LocalStore.open_folder(tmp_path, read_only=False) as store:
        store.replace_text("a", text_quads("a", TREATS))
        with pytest.raises(StoreError, match="writes to it"):
            LocalStore.open_folder(tmp_path, read_only=False)
    with open_source(tmp_path) as first, open_source(tmp_path) as second:
        assert first.count() == second.count() > 0
        with pytest.raises(StoreError, match="cannot be written"):
            first.replace_text("a", [])


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = LocalStore(ox.Store())
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.count()


# ── Endpoints ───────────────────────────────────────────────────────────────────────────────────


def test_texts_are_replaced_by_the_graph_store_protocol(tmp_path: Path) -> None:
    process, url = start_server(tmp_path, "--union-default-graph")
    try:
        graphs = {"CLAIMGRAPH_GRAPH_STORE": f"{url}/store"}
        with RemoteStore(f"{url}/query", graphs) as store:
            store.replace_text("a", text_quads("a", TREATS))
            store.replace_text("b", text_quads("b", TREATS))
            store.replace_text("a", text_quads("a", OTHER))
            kept = fresh(text_quads("a", OTHER), text_quads("b", TREATS))
            assert "".join(store.quads()) == kept
            store.replace_text("a", [])
            store.replace_text("a", [])
            assert "/text/a/" not in "".join(store.quads())
            with pytest.raises(StoreError, match="not a graph of the text"):
                store.replace_text("a", ["<a:s> <a:p> <a:o> .\n"])
        with pytest.raises(StoreError, match="CLAIMGRAPH_GRAPH_STORE"):
            RemoteStore(f"{url}/query", {}).replace_text("a", [])
    finally:
        process.terminate()
        process.wait(30)


def test_an_endpoint_that_hides_named_graphs_is_told_apart(tmp_path: Path) -> None:
    process, url = start_server(tmp_path)
    try:
        with RemoteStore(f"{url}/query", {"CLAIMGRAPH_GRAPH_STORE": f"{url}/store"}) as store:
            store.replace_text("a", text_quads("a", TREATS))
            with pytest.raises(StoreError, match="leaves out the named graphs"):
                QueryEngine(store).run("ASK { ?s ?p ?o }")
        with RemoteStore(f"{url}/query?union-default-graph", {}) as store:
            assert QueryEngine(store).run("ASK { ?s ?p ?o }").boolean is True
    finally:
        process.terminate()
        process.wait(30)


class Scripted(BaseHTTPRequestHandler):
    """A server that answers as the test says and keeps what it was asked."""

    def do_POST(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, kind, body, extra = self.server.script(len(self.server.seen))  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def scripted() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server: ThreadingHTTPServer, environment: dict[str, str] | None = None) -> object:
    with RemoteStore(f"http://127.0.0.1:{server.server_port}/q", environment or {}) as store:
        return store.query("ASK {}", {}, union=False)


YES = (200, "application/sparql-results+json", b'{"head":{},"boolean":true}', {})


def test_a_busy_endpoint_is_asked_again(scripted) -> None:
    scripted.script = lambda n: (503, "text/plain", b"busy", {}) if n < 3 else YES
    assert bool(ask(scripted)) is True
    assert len(scripted.seen) == 3


def test_an_endpoint_that_stays_busy_is_an_error(scripted) -> None:
    scripted.script = lambda _: (503, "text/plain", b"busy \x1b[31m", {})
    with pytest.raises(StoreError, match=r"answers 503: busy .\[31m") as caught:
        ask(scripted)
    assert "\x1b" not in str(caught.value)
    assert len(scripted.seen) == 4


def test_an_endpoint_that_ignores_from_is_told_apart(scripted) -> None:
    """Some answer about all graphs whatever a query names: that would be a wrong answer."""
    scripted.script = lambda _: YES
    url = f"http://127.0.0.1:{scripted.server_port}/q"
    with RemoteStore(url, {}) as store:
        with pytest.raises(StoreError, match="does not keep to the graphs that FROM names"):
            QueryEngine(store).run("ASK FROM <a:g> { ?s ?p ?o }")
        assert len(scripted.seen) == 1
    scripted.script = lambda n: (*YES[:2], b'{"head":{},"boolean":false}', {}) if n == 2 else YES
    with RemoteStore(url, {}) as store:
        assert QueryEngine(store).run("ASK FROM <a:g> { ?s ?p ?o }").boolean is True
        assert QueryEngine(store).run("ASK FROM <a:h> { ?s ?p ?o }").boolean is True
    assert len(scripted.seen) == 4


def test_credentials_come_from_the_environment(scripted) -> None:
    scripted.script = lambda _: YES
    ask(scripted, {"CLAIMGRAPH_USER": "u", "CLAIMGRAPH_PASSWORD": "p"})
    ask(scripted, {"CLAIMGRAPH_TOKEN": "t"})
    ask(scripted)
    sent = [headers.get("Authorization") for _, headers in scripted.seen]
    assert sent == ["Basic dTpw", "Bearer t", None]


def test_credentials_follow_no_redirection_to_another_host(scripted) -> None:
    port = scripted.server_port
    elsewhere = {"Location": f"http://localhost:{port}/other"}
    scripted.script = lambda n: (307, "text/plain", b"", elsewhere) if n == 1 else YES
    ask(scripted, {"CLAIMGRAPH_TOKEN": "t"})
    assert [path for path, _ in scripted.seen] == ["/q", "/other"]
    assert "Authorization" not in scripted.seen[1][1]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((400, "text/plain", b"no such thing", {}), QueryError, "answers 400: no such thing"),
        ((401, "text/plain", b"", {}), StoreError, "CLAIMGRAPH_TOKEN"),
        ((404, "text/html", b"<h1>no</h1>", {}), StoreError, "answers 404"),
        ((200, "text/html", b"<h1>hello</h1>", {}), StoreError, "none of SPARQL's"),
        ((200, "application/sparql-results+json", b"{", {}), StoreError, "cannot be read"),
        ((200, "application/n-triples", b"<a> <b>", {}), StoreError, "cannot be read"),
    ],
)
def test_what_is_no_answer_is_an_error(scripted, answer, error, words) -> None:
    scripted.script = lambda _: answer
    with pytest.raises(error, match=words):
        ask(scripted)


def test_an_iri_with_a_space_in_an_answer_is_an_error(scripted) -> None:
    rows = {
        "head": {"vars": ["x"]},
        "results": {"bindings": [{"x": {"type": "uri", "value": "a b"}}]},
    }
    scripted.script = lambda _: (
        200, "application/sparql-results+json", json.dumps(rows).encode(), {}
    )  # fmt: skip
    with (
        RemoteStore(f"http://127.0.0.1:{scripted.server_port}/q", {}) as store,
        pytest.raises(ClaimgraphError, match=r"IRI|cannot be"),
    ):
        QueryEngine(store).run("SELECT ?x FROM <a:g> { ?x ?y ?z }")


def test_an_answer_that_does_not_come_is_an_error(scripted) -> None:
    held = threading.Event()

    def script(_: int) -> object:
        held.wait(20)
        return YES

    scripted.script = script
    try:
        with pytest.raises(StoreError, match=r"no answer within 0\.2 s|cannot be asked"):
            ask(scripted, {"CLAIMGRAPH_TIMEOUT": "0.2"})
    finally:
        held.set()


def test_an_endpoint_that_is_not_there_is_an_error() -> None:
    store = RemoteStore(f"http://127.0.0.1:{free_port()}/query", {})
    with pytest.raises(StoreError, match="cannot be asked"):
        store.query("ASK {}", {}, union=False)


@pytest.mark.parametrize(
    ("url", "environment", "words"),
    [
        ("http://", {}, "not an address"),
        ("http://a b/", {}, "not an address"),
        ("http://[::1/", {}, "not an address"),
        ("http://example.org:port/", {}, "not an address"),
        ("ftp://example.org/", {}, "not an address"),
        ("https://u:p@example.org/", {}, "with a password in it"),
        ("http://example.org/", {"CLAIMGRAPH_TOKEN": "t"}, "in the clear"),
        ("https://example.org/", {"CLAIMGRAPH_TOKEN": "t\n"}, "no header"),
        ("https://example.org/", {"CLAIMGRAPH_TIMEOUT": "soon"}, "no number of seconds"),
        ("https://example.org/", {"CLAIMGRAPH_TIMEOUT": "0"}, "no number of seconds"),
        (
            "https://example.org/",
            {"CLAIMGRAPH_TOKEN": "t", "CLAIMGRAPH_GRAPH_STORE": "http://example.org/"},
            "in the clear",
        ),
    ],
)
def test_addresses_and_settings_that_are_not_right_are_refused(url, environment, words) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        RemoteStore(url, environment)
    assert "u:p" not in str(caught.value)


def test_nothing_is_contacted_before_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("contacted")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with open_source("https://example.org/sparql") as store:
        assert store.location == "https://example.org/sparql"


def test_values_are_bound_as_terms_that_filters_see() -> None:
    evil = ox.Literal('" } UNION { ?s ?p ?o } #')
    store = ox.Store()
    store.load('<a:s> <a:p> "a", "\\" } UNION { ?s ?p ?o } #" .', ox.RdfFormat.TURTLE)
    for query in (
        'SELECT ?x WHERE { ?s ?p ?x } # { WHERE { "',
        "SELECT ?x { ?s ?p ?y FILTER(?y = ?x) }",
        "SELECT ?x (EXISTS { ?s ?p ?q } AS ?z) WHERE { ?s ?p ?x }",
        "PREFIX where: <a:b> SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?x } GROUP BY ?x",
    ):
        assert [row["x"] for row in store.query(bind_values(query, {"x": evil}))] == [evil]
    triples = store.query(bind_values("CONSTRUCT { ?s <a:q> ?x } WHERE { ?s ?p ?x }", {"x": evil}))
    assert [triple.object for triple in triples] == [evil]
    with pytest.raises(QueryError, match="cannot be given parameters"):
        bind_values("DESCRIBE <a:s>", {"x": evil})


def test_addresses_and_paths_are_told_apart() -> None:
    assert is_url("HTTPS://example.org")
    assert not is_url("http.ttl")
    assert not is_url(Path("http://example.org"))
