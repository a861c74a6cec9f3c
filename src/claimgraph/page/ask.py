"""What the page carries so that it can be asked: an engine, the dataset, and the queries.

All of it travels compressed, as text of printable ASCII, and is taken apart when the reader first
opens the view. The engine is Oxigraph, compiled to WebAssembly, the one that answers queries
outside the page too. It is not ours and not kept here: `scripts/fetch_assets.py` puts it into
`vendor/`, and the wheel carries it from there.
"""

from __future__ import annotations

import base64
import functools
import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import pairwise
from typing import Any

from rdflib import Dataset, Literal
from rdflib.term import Identifier

from claimgraph import exports
from claimgraph.errors import QueryError
from claimgraph.queries import Parameter, Query, QueryEngine, list_queries

_DIGITS = bytes.maketrans(b"<>&", b".,:")
_QUAD = re.compile(
    r'(\S+) (\S+) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) ?(\S*) \.', re.DOTALL
)
_WHERE = re.compile(r"^[^#\n]*\bWHERE\s*\{", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Engine:
    """The SPARQL engine: the JavaScript around it, and its WebAssembly packed for the page."""

    glue: str
    packed: str


@functools.cache
def load_engine() -> Engine | None:
    """Read the engine, or give nothing where it was not fetched. It is packed once a process."""
    folder = resources.files("claimgraph.page") / "vendor" / "oxigraph"
    if not (folder / "INTEGRITY").is_file():
        return None
    glue = as_script((folder / "web.js").read_text(encoding="utf-8"))
    return Engine(glue, pack((folder / "web_bg.wasm").read_bytes()))


def as_script(module: str) -> str:
    r"""Make a plain script of a module: opened from disk, browsers refuse workers that are modules.

    >>> as_script("export class A {}\nconst b = import.meta.url;\nexport { A as default };\n")
    "class A {}\nconst b = '';\n\n"
    """
    script = re.sub(r"^export (?=class |function )", "", module, flags=re.MULTILINE)
    script = re.sub(r"^export \{[^}]*\};$", "", script, flags=re.MULTILINE)
    return script.replace("import.meta.url", "''")


def pack(data: bytes) -> str:
    """Compress data and write it in 85 digits, none of which means anything to HTML.

    Base 64 would take 6 % more, which is 0.1 MB of the engine. The digits are those of
    `base64.b85encode`, with ``.,:`` for ``<>&``.

    >>> any(mark in pack(bytes(range(256))) for mark in "<>&'")
    False
    """
    # Seconds since 1970 and the kind of machine stand in a gzip file; both are left out.
    packed = gzip.compress(data, 9, mtime=0)
    return base64.b85encode(packed).translate(_DIGITS).decode("ascii")


def lay_out(quads: str) -> dict[str, Any]:
    r"""Lay N-Quads out as terms, each written once, and columns of their numbers.

    It takes no more room than TriG, and the engine reads the N-Quads that the page makes of it in
    three quarters of the time. Graphs and subjects are written as the step from the row before.

    >>> lay_out('<urn:a> <urn:b> "c d" <urn:g> .\n<urn:a> <urn:b> <urn:a> .\n')["graphs"]
    [0, 4]
    """
    rows = []
    for line in quads.split("\n")[:-1]:
        if (quad := _QUAD.fullmatch(line)) is None:
            raise ValueError(line)  # not of the engine that writes them
        subject, predicate, object_, graph = quad.groups()
        rows.append((graph, subject, predicate, object_))
    rows.sort()
    terms = sorted({term for row in rows for term in row})
    number = {term: at for at, term in enumerate(terms)}
    columns = [[number[term] for term in column] for column in zip(*rows, strict=True)]
    graphs, subjects, predicates, objects = columns or ([], [], [], [])
    return {
        "terms": terms,
        "graphs": _steps(graphs),
        "subjects": _steps(subjects),
        "predicates": predicates,
        "objects": objects,
    }


def _steps(numbers: Sequence[int]) -> list[int]:
    """Give how far each number is from the one before; the first from 0."""
    return [after - before for before, after in pairwise((0, *numbers))]


def pack_questions(
    dataset: Dataset, engine: Engine, worker: str, concepts: Sequence[str] = ()
) -> str:
    """Pack all that the view needs besides the engine's WebAssembly.

    Args:
        dataset: what is asked about; the page has the triples of `graph.nq`.
        engine: the engine.
        worker: our own part of the program that answers.
        concepts: ids of the concepts that the text speaks of, what it is about first. A query whose
            default is none of them starts with the first of them that fits.
    """
    asked = QueryEngine(dataset)
    content = {
        "worker": f"{engine.glue}\n{worker}",
        "data": lay_out(exports.to_nquads(dataset).decode("utf-8")),
        "prefixes": dict(exports.PREFIXES),
        "queries": [_question(query, asked, concepts) for query in list_queries()],
    }
    return pack(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _question(query: Query, engine: QueryEngine, concepts: Sequence[str]) -> dict[str, Any]:
    """Describe a query for the menu."""
    terms = {p.name: _value(p, query, engine, concepts) for p in query.parameters}
    return {
        "name": query.name,
        "summary": query.summary,
        "isCheck": query.is_violation,
        "parameters": [{"name": p.name, "kinds": list(p.kinds)} for p in query.parameters],
        "text": write_values(query.text, {name: term.n3() for name, term in terms.items()}),
    }


def _value(
    parameter: Parameter, query: Query, engine: QueryEngine, concepts: Sequence[str]
) -> Identifier:
    """Find what a parameter stands for at first."""
    default = parameter.default or ""
    tried = (default,) if not concepts or default in concepts else (*concepts, default)
    for value in tried:
        try:
            return engine.bind(replace(query, parameters=(parameter,)), {parameter.name: value})[
                parameter.name
            ]
        except QueryError:
            continue  # not of that kind, or not known
    return Literal(default)


def write_values(text: str, terms: dict[str, str]) -> str:
    r"""Write the values of parameters into a query, as the first lines of its pattern.

    Args:
        text: a query of the catalogue.
        terms: what each parameter stands for, in the syntax of SPARQL.

    >>> print(write_values("SELECT ?a\nWHERE {\n  ?a ?b ?c\n}", {"a": "<urn:x>"}))
    SELECT ?a
    WHERE {
      VALUES ?a { <urn:x> }
      ?a ?b ?c
    }
    """
    found = _WHERE.search(text)
    if found is None or not terms:
        return text
    lines = "".join(f"\n  VALUES ?{name} {{ {term} }}" for name, term in terms.items())
    return text[: found.end()] + lines + text[found.end() :]
