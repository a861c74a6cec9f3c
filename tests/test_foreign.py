"""Programs of other authors, in other languages, read what we write: the same triples, no fewer.

rapper (raptor) and serdi (serd) are the parsers behind many tools on Linux. rdflib, as a parser, and
a second SHACL engine stand beside the exports and the shapes, in tests/test_exports.py and
tests/test_shapes.py.
"""

import subprocess
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDFS, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from claimgraph import exports
from claimgraph.graph import CONCEPT
from claimgraph.pipeline import FILES
from tests.strategies import WORDS, article

SYNTAXES = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads"}
WRITTEN = [name for name in FILES if Path(name).suffix in SYNTAXES]


@cache
def _bytes(name: str) -> bytes:
    return FILES[name](article())


def _quads(data: bytes, syntax: str) -> set[tuple[object, ...]]:
    """Read quads with rdflib's own parser; the default graph has no name."""
    dataset = Dataset()
    dataset.parse(data=data, format=syntax)
    return {
        (s, p, o, None if g == DATASET_DEFAULT_GRAPH_ID else g) for s, p, o, g in dataset.quads()
    }


def _run(program: str, *arguments: str | Path) -> bytes:
    """Run a parser; it must have nothing to complain of."""
    command = [program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout


def _by_rapper(file: Path) -> bytes:
    """Triples, one a line; rapper leaves the names of graphs away."""
    syntax = SYNTAXES[file.suffix]
    return _run("rapper", "--quiet", "--input", syntax, "--output", "ntriples", file)


def _by_serdi(file: Path) -> bytes:
    """Quads, one a line."""
    return _run("serdi", "-i", SYNTAXES[file.suffix], "-o", "nquads", file)


def test_every_syntax_is_among_the_files() -> None:
    assert {Path(name).suffix for name in WRITTEN} == set(SYNTAXES)
    assert "graph.ttl" in WRITTEN


@pytest.mark.rapper
@pytest.mark.parametrize("name", WRITTEN)
def test_rapper_reads_the_same_triples(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(_bytes(name))
    ours = _quads(_bytes(name), SYNTAXES[file.suffix])
    theirs = _by_rapper(file)
    assert len(theirs.splitlines()) == len(ours) > 0
    assert _quads(theirs, "nt") == {(*quad[:3], None) for quad in ours}


@pytest.mark.serdi
@pytest.mark.parametrize("name", WRITTEN)
def test_serdi_reads_the_same_quads(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(_bytes(name))
    ours = _quads(_bytes(name), SYNTAXES[file.suffix])
    theirs = _by_serdi(file)
    assert len(theirs.splitlines()) == len(ours) > 0
    assert _quads(theirs, "nquads") == ours


def _awkward() -> Graph:
    """Words that formats trip over, with and without a language; names with dots and commas."""
    graph = Graph()
    for number, word in enumerate(WORDS):
        for name in (f"plain-{number}", f"dot.{number}", f"comma,{number}", f"药{number}"):
            graph.add((CONCEPT[name], RDFS.label, Literal(word)))
            graph.add((CONCEPT[name], RDFS.label, Literal(word, lang="en-GB")))
            graph.add((CONCEPT[name], RDFS.seeAlso, URIRef(f"http://example.org/{number}?a=b#c")))
    return graph


@pytest.mark.rapper
def test_rapper_reads_awkward_words(tmp_path: Path) -> None:
    file = tmp_path / "awkward.ttl"
    file.write_bytes(exports.to_turtle(_awkward()))
    assert set(Graph().parse(data=_by_rapper(file), format="nt")) == set(_awkward())


@pytest.mark.serdi
def test_serdi_reads_awkward_words(tmp_path: Path) -> None:
    file = tmp_path / "awkward.ttl"
    file.write_bytes(exports.to_turtle(_awkward()))
    assert set(Graph().parse(data=_by_serdi(file), format="nt")) == set(_awkward())


@pytest.mark.rapper
@pytest.mark.serdi
def test_the_parsers_would_notice_a_broken_file(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_bytes(_bytes("graph.ttl").replace(b'"', b"'", 1))
    for read in (_by_rapper, _by_serdi):
        with pytest.raises(AssertionError):
            read(file)
