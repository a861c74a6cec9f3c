"""The endpoint as a JavaScript client meets it: the one that Comunica asks endpoints with."""

import json
import subprocess
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from claimgraph.queries import QueryEngine, list_queries
from scripts import fetch_clients
from tests.conftest import do_without
from tests.strategies import article
from tests.test_serve import serving

FOLDER = fetch_clients.FOLDER
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def client() -> Path:
    if not (FOLDER / "node_modules" / ".lock-sha256").is_file():
        do_without("needs the JavaScript client: make clients")
    return FOLDER / "ask.mjs"


def term_of(cell: dict[str, str]) -> URIRef | Literal:
    """Make the term that a client understood."""
    if cell["kind"] == "NamedNode":
        return URIRef(cell["value"])
    assert cell["kind"] == "Literal"
    if cell["language"]:
        return Literal(cell["value"], lang=cell["language"])
    typed = None if cell["datatype"] == f"{XSD}string" else URIRef(cell["datatype"])
    return Literal(cell["value"], datatype=typed, normalize=False)


@pytest.mark.node
def test_it_understands_rows_answers_triples_and_refusals(client: Path) -> None:
    queries = [query for query in list_queries() if not query.parameters]
    typed = "SELECT ?n ?l { ?c <https://w3id.org/claimgraph/vocab#start> ?n ; a ?k OPTIONAL { ?c <a:b> ?l } } ORDER BY ?n LIMIT 3"
    triples = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"
    asked = [
        *(part for query in queries for part in ("rows", query.text)),
        *("rows", typed),
        *("ask", "ASK { ?s a <https://w3id.org/claimgraph/vocab#Claim> }"),
        *("ask", "ASK { ?s a <a:nothing> }"),
        *("triples", triples),
        *("rows", "SELECT * { ?s ?p ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
        *("rows", queries[0].text),
    ]
    with serving() as (address, _):
        done = subprocess.run(
            ["node", client, f"{address}sparql", *asked],
            check=False, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *rows, numbers, yes, no, found, refused, after = json.loads(done.stdout)
    engine = QueryEngine(article().dataset)
    for query, answer in zip(queries, rows, strict=True):
        wanted = engine.run(query)
        assert [
            tuple(term_of(row[column]) if column in row else None for column in wanted.columns)
            for row in answer
        ] == list(wanted.rows)
    assert sum(map(len, rows)) > 200
    assert [(term_of(row["n"]), "l" in row) for row in numbers] == [
        (row[0], False) for row in engine.run(typed).rows
    ]
    assert (yes, no) == (True, False)
    assert {tuple(map(term_of, triple)) for triple in found} == set(engine.run(triples).rows)
    assert "400" in refused["refused"]
    assert after == rows[0]
