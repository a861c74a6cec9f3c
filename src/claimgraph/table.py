"""Claims as one table, in Parquet, and questions about it in SQL.

To count over many claims is what triple stores are slow at and what a column store is made for.
The table has one row a claim and of it what is counted; the words around it stay in the graph.
DuckDB writes and asks it. Nothing that a user gives becomes part of SQL but the names of files.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from claimgraph import vocab
from claimgraph.errors import InputFileError, OutputError, Place, QueryError, StoreError
from claimgraph.files import replacing
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    EvidenceBasis,
    Method,
    Modality,
    Polarity,
)
from claimgraph.names import OA, PROV, RDF, SKOS, term_name
from claimgraph.resources import carried_folder
from claimgraph.sorting import SortedLines
from claimgraph.store.source import Source

if TYPE_CHECKING:
    import duckdb

COLUMNS: Mapping[str, str] = {
    "text": "VARCHAR",
    "claim": "VARCHAR",
    "type": "VARCHAR",
    "subject": "VARCHAR",
    "subject_label": "VARCHAR",
    "subject_category": "VARCHAR",
    "relation": "VARCHAR",
    "object": "VARCHAR",
    "object_label": "VARCHAR",
    "object_category": "VARCHAR",
    "polarity": "VARCHAR",
    "certainty": "VARCHAR",
    "modality": "VARCHAR",
    "conditional": "BOOLEAN",
    "plain": "BOOLEAN",
    "evidence": "VARCHAR",
    "method": "VARCHAR",
    "quote": "VARCHAR",
    "quote_start": "INTEGER",
    "quote_end": "INTEGER",
}
"""The columns and their types. `object` is null where words are kept as words."""

_ROWS_OF_A_GROUP = 122_880  # DuckDB's own default, fixed here for the same bytes


@dataclass(frozen=True, slots=True)
class TableQuery:
    """A question in SQL about the view `claims`, and what its first line says of it."""

    name: str
    summary: str
    text: str


def claim_rows(source: Source) -> Iterator[tuple[str | int | bool | None, ...]]:
    """Read the claims of a store as rows, by text and claim, in memory that does not grow.

    Raises:
        StoreError: if a claim is none that claimgraph wrote.
    """
    answer = source.query(_CLAIMS, {}, union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise StoreError("answers a SELECT without rows")
    with SortedLines() as lines:
        for found in answer:
            lines.add(json.dumps(_row([_value(term) for term in found])) + "\n")
        last: tuple[str, str] | None = None
        for piece in lines:
            for line in piece[:-1].split("\n"):
                row = json.loads(line)
                # A concept with two labels makes two rows of a claim; the first stays.
                if (row[0], row[1]) != last:
                    last = (row[0], row[1])
                    yield tuple(row)


def write_table(source: Source, path: Path) -> int:
    """Write the claims of a store as Parquet; the same claims give the same bytes.

    Returns:
        The number of rows.

    Raises:
        OutputError: if the file cannot be written.
        StoreError: if DuckDB is not installed, or a claim is none that claimgraph wrote.
    """
    count = 0
    with tempfile.TemporaryDirectory(prefix="claimgraph-") as name:
        rows, made = Path(name) / "rows.jsonl", Path(name) / "claims.parquet"
        with _engine() as engine:
            with rows.open("w", encoding="ascii", newline="\n") as file:
                for row in claim_rows(source):
                    file.write(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n")
                    count += 1
            columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
            engine.execute(
                f"COPY (SELECT * FROM read_json({_quoted(rows)}, format = 'newline_delimited', "  # noqa: S608 - our names only
                f"columns = {{{columns}}})) TO {_quoted(made)} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_OF_A_GROUP})"
            )
        with replacing(path) as target, made.open("rb") as file:
            while block := file.read(1 << 20):
                target.write(block)
    return count


def list_table_queries() -> tuple[TableQuery, ...]:
    """Read the questions about the table that claimgraph carries, by name."""
    found = []
    for path in sorted((carried_folder("queries") / "tables").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        found.append(TableQuery(path.stem, text.partition("\n")[0].removeprefix("-- "), text))
    return tuple(found)


def find_table_query(name: str) -> TableQuery:
    """Find a question about the table by its name.

    Raises:
        QueryError: if there is none of that name, with all names.
    """
    known = {query.name: query for query in list_table_queries()}
    if name in known:
        return known[name]
    raise QueryError(
        f"no question about tables is named {name!r}", repair=f"ask one of {', '.join(known)}"
    )


def ask_table(
    query: TableQuery, files: Sequence[Path]
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Ask a question about tables.

    Args:
        query: the question.
        files: Parquet files as `write_table` makes them. No text may be in two of them: its claims
            would count twice.

    Returns:
        Names of columns, and rows.

    Raises:
        InputFileError: if a file cannot be read or is no such table.
        StoreError: if DuckDB is not installed.
    """
    import duckdb

    with _engine() as engine:
        names = ", ".join(_quoted(file) for file in files)
        try:
            engine.execute(
                f"CREATE VIEW claims AS SELECT {', '.join(COLUMNS)} FROM read_parquet([{names}])"  # noqa: S608 - our names only
            )
        except duckdb.Error as error:
            raise InputFileError(
                f"no table of claims: {str(error).partition(chr(10))[0]}",
                where=Place(str(files[0])),
                repair="make one with: claimgraph export --format parquet",
            ) from None
        try:
            answer = engine.execute(query.text)
            columns = tuple(one[0] for one in answer.description or ())
            return columns, answer.fetchall()
        except duckdb.Error as error:
            raise QueryError(f"cannot be answered: {error}", where=Place(query.name)) from None


@contextmanager
def _engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB: it loads nothing, and writes in the order it reads.

    Raises:
        StoreError: if it is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise StoreError(
            "a table needs the package duckdb, which is not installed",
            repair="pip install 'claimgraph[table]'",
        ) from None
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }
    engine = duckdb.connect(config=settings)
    try:
        yield engine
    except duckdb.IOException as error:
        raise OutputError(f"cannot read or write a table: {error}") from None
    finally:
        engine.close()


def _quoted(path: Path) -> str:
    """Write the name of a file as a string of SQL that stands for this file only, no pattern."""
    name = re.sub(r"([\[*?])", r"[\1]", str(path.absolute()))
    return "'" + name.replace("'", "''") + "'"


def _row(values: list[str]) -> list[str | int | bool | None]:
    """Make a row of an answer."""
    text, claim, type_, subject, subject_label, subject_kind, relation = values[:7]
    object_, object_label, object_kind, polarity, certainty, modality, conditional = values[7:14]
    evidence, method, quote, start, end = values[14:]
    is_concept = object_.startswith(vocab.CONCEPT)
    tied = conditional == "true"
    try:
        kind, certain = _names[type_], _names[certainty]
        denied, mode = _names[polarity], _names[modality]
        return [
            text.removeprefix(vocab.TEXT),
            claim.removeprefix(vocab.CLAIM),
            kind,
            subject.removeprefix(vocab.CONCEPT),
            subject_label,
            _names[subject_kind],
            relation.removeprefix(vocab.CG),
            object_.removeprefix(vocab.CONCEPT) if is_concept else None,
            object_label if is_concept else object_,
            _names[object_kind] if is_concept else None,
            denied,
            certain,
            mode,
            tied,
            is_concept
            and not tied
            and denied == Polarity.AFFIRMED
            and certain == Certainty.ASSERTED
            and mode == Modality.FACTUAL
            and kind not in (ClaimType.EVALUATIVE, ClaimType.OUTLOOK),
            _names[evidence],
            _names[method],
            quote,
            int(start),
            int(end),
        ]
    except (KeyError, ValueError) as error:
        raise StoreError(
            f"claim {claim} has a part that the vocabulary does not know: {error}",
            repair="ingest its text again",
        ) from None


def _value(term: object) -> str:
    """Give the text of a term; nothing where there is none."""
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


_names = {
    term_name(member)[1:-1]: member.value
    for kind in (Category, Certainty, ClaimType, EvidenceBasis, Method, Modality, Polarity)
    for member in kind
}
_kinds = ", ".join(term_name(member) for member in Category)

_CLAIMS = f"""
PREFIX cg: <{vocab.CG}> PREFIX rdf: <{RDF}> PREFIX prov: <{PROV}>
PREFIX oa: <{OA}> PREFIX skos: <{SKOS}>
SELECT ?text ?claim ?type ?s ?sl ?sk ?p ?o ?ol ?ok
  ?polarity ?certainty ?modality ?conditional ?evidence ?method ?quote ?start ?end
WHERE {{
  ?claim a cg:Claim ; cg:claimType ?type ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
    cg:polarity ?polarity ; cg:certainty ?certainty ; cg:modality ?modality ;
    cg:evidenceBasis ?evidence ; prov:wasGeneratedBy/cg:method ?method ; oa:hasTarget ?target .
  ?target oa:hasSource ?text ; oa:hasSelector ?words, ?place .
  ?words oa:exact ?quote . ?place oa:start ?start ; oa:end ?end .
  ?s skos:prefLabel ?sl ; a ?sk . FILTER(?sk IN ({_kinds}))
  OPTIONAL {{ ?o skos:prefLabel ?ol ; a ?ok . FILTER(?ok IN ({_kinds})) }}
  BIND(EXISTS {{ ?claim cg:conditionQualifier ?condition }} AS ?conditional)
}}
"""
