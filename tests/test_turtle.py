"""Turtle from lines: the same graph as any parser reads, in the same bytes however it is cut."""

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from claimgraph import turtle
from claimgraph.processes import Helpers
from claimgraph.turtle import turtle_blocks, turtle_head, turtle_of_file
from claimgraph.vocab import PREFIXES
from tests.strategies import law

XSD = "http://www.w3.org/2001/XMLSchema#"
# Names that share beginnings, words that look like names, graphs that are objects, too.
NAMES = st.sampled_from(
    [
        *("<a:s>", "<a:s1>", "<a:s-1>", "<a:t>", "_:b", "_:b1", "_:b-1"),
        *(f"<{base}name>" for base in list(PREFIXES.values())[:3]),
        *(f"<{PREFIXES['cg']}{local}>" for local in ("", "a.b", "a/b", "é", "-a", "a-", "start")),
    ]
)
LINKS = NAMES.filter(lambda name: name[0] == "<") | st.just(
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
)
WORDS = st.lists(
    st.sampled_from([*'ab <>.@^;"\\\n\té\u2028\U0001f9e0', "<a:s> <a:t> ", " <a:s> .", "#"]),
    max_size=6,
).map("".join)
LITERALS = st.builds(
    lambda words, end: ox.Literal(words, **end),
    WORDS,
    st.sampled_from(
        [
            {},
            {"language": "en"},
            *({"datatype": ox.NamedNode(XSD + name)} for name in ("date", "float")),
        ]
    ),
).map(str) | st.builds(
    lambda number, name: f'"{number}"^^<{XSD}{name}>',
    st.sampled_from(["1", "01", "-5", "1.5", ".5", "1.", "1e5", "+1", ""]),
    st.sampled_from(["integer", "decimal", "double"]),
)
GRAPHS = st.sampled_from(["", "", " <a:s>", " <a:t>", " _:b", f" <{PREFIXES['cg']}start>"])
LINES = st.builds("{} {} {}{} .\n".format, NAMES, LINKS, NAMES | LITERALS, GRAPHS)


def triples_of(turtle: bytes) -> set[ox.Triple]:
    """Read Turtle; the labels of blank nodes are kept."""
    return {quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)}


def write(lines: list[str], size: int) -> bytes:
    text = sorted(line.encode() for line in lines)
    pieces = (b"".join(text[start : start + size]) for start in range(0, len(text), size))
    return turtle_head() + b"".join(turtle_blocks(pieces))


@law(400)
@given(st.sets(LINES, max_size=12), st.integers(1, 12))
def test_any_quads_give_the_same_triples_and_the_same_bytes_however_cut(lines, size) -> None:
    quads = "".join(lines)
    wanted = {quad.triple for quad in ox.parse(quads, ox.RdfFormat.N_QUADS)}
    turtle = write(list(lines), 100)
    assert triples_of(turtle) == wanted
    assert write(list(lines), size) == turtle
    # One line a triple, each once.
    body = turtle[len(turtle_head()) :]
    assert sum(bool(line) for line in body.split(b"\n")) == len(wanted)


@law(100)
@given(st.sets(LINES.filter(lambda line: "_:" not in line and '"1."' not in line), max_size=8))
def test_rdflib_reads_the_same_graph(lines) -> None:
    # rdflib's reader of N-Quads takes no ends from lines that hold U+2028, so it reads triples.
    plain = "".join(f"{quad.triple} .\n" for quad in ox.parse("".join(lines), ox.RdfFormat.N_QUADS))
    wanted = Graph().parse(data=plain, format="nt") if plain else Graph()
    assert set(Graph().parse(data=write(list(lines), 100), format="turtle")) == set(wanted)


def test_it_reads_well() -> None:
    cg, concept = PREFIXES["cg"], PREFIXES["concept"]
    lines = [
        f"<{concept}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{cg}Drug> <a:g> .\n",
        f'<{concept}a> <{cg}start> "5"^^<{XSD}integer> <a:g> .\n',
        f"<{concept}a> <{cg}treats> <{concept}b> <a:g> .\n",
        f"<{concept}a> <{cg}treats> <{concept}b> <a:h> .\n",
        f"<{concept}a> <{cg}treats> <{concept}c> <a:h> .\n",
        f'<{concept}b> <{cg}text> "said \\"so\\""@en .\n',
    ]
    assert b"".join(turtle_blocks(line.encode() for line in lines)).decode() == (
        "\n"
        "concept:a a cg:Drug ;\n"
        "\tcg:start 5 ;\n"
        "\tcg:treats concept:b ;\n"
        "\tcg:treats concept:c .\n"
        "\n"
        'concept:b cg:text "said \\"so\\""@en .\n'
    )


@pytest.mark.parametrize("end", ["", "one more <b> .\n"])
def test_a_file_gives_the_same_bytes_for_any_number_of_processes(tmp_path: Path, end: str) -> None:
    lines = [
        f'<a:{s:03}> <a:p> "{o:03} {"words " * 9}" <a:g{o % 2}> .\n'
        for s in range(40)
        for o in range(9)
    ]
    lines += [f"<a:999> <a:p> <a:{o:03}> <a:g> .\n" for o in range(300)]  # longer than a share
    path = tmp_path / "a.nq"
    path.write_text("".join(lines))
    wanted = write(lines, len(lines))
    for workers in (1, 2, 3):
        with path.open("rb") as file:
            assert b"".join(turtle_of_file(file, workers, share=5_000)) == wanted


def test_parts_of_helpers_that_die_are_turned_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(Helpers):
        def __init__(self, count: int, *_: str) -> None:
            super().__init__(count, "tests.test_processes", "die")

    monkeypatch.setattr(turtle, "Helpers", Dying)
    lines = [f"<a:{n}> <a:p> <a:o> .\n" for n in range(100, 900)]
    path = tmp_path / "a.nq"
    path.write_text("".join(lines))
    with path.open("rb") as file:
        assert b"".join(turtle_of_file(file, 3, share=2_000)) == write(lines, len(lines))


def test_a_file_that_another_takes_the_place_of_is_an_error(tmp_path: Path) -> None:
    path, other = tmp_path / "a.nq", tmp_path / "b.nq"
    path.write_text("".join(f"<a:{n}> <a:p> <a:o> .\n" for n in range(100, 900)))
    other.write_text("<a:s> <a:p> <a:o> .\n")
    with path.open("rb") as file:
        pieces = turtle_of_file(file, 2, share=4_000)
        next(pieces)
        other.replace(path)
        with pytest.raises(OSError, match="changed while it was read"):
            list(pieces)


def test_lines_longer_than_a_piece_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turtle, "PIECE", 7)
    lines = b'<a:s> <a:p> "a long line" .\n<a:t> <a:p> "another" .\n'
    read = list(turtle._read(io.BytesIO(lines), 0, len(lines)))
    assert b"".join(read) == lines
    assert all(piece.endswith(b"\n") for piece in read)
