"""Query files: SPARQL with a head of comments that says what is asked.

One ``key: value`` a line; a line that is indented goes on with the one before::

    #+ summary: What does the drug treat?
    #+ description: Every condition that a claim says the drug treats,
    #+   with the words it says it in.
    #+ tags: indication, quote
    #+ parameter: drug Drug|DrugClass = clonazepam

A parameter is a variable of the query: its name, what it may stand for, and a default unless a
value has to be given. It stands for a thing of a class of the vocabulary (`Drug`, `ClaimType`,
`Text` and so on; `Entity` is any concept), or for `words`. Its value is bound as a term and never
becomes part of the query's text. A SELECT has to have its parameters among its columns: without
that the engine cannot bind them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimgraph import vocab
from claimgraph.errors import Place, QueryError
from claimgraph.files import decode, read_bytes
from claimgraph.model import Category
from claimgraph.resources import carried_folder

WORDS = "words"
"""The kind of a parameter whose value is text rather than a thing."""

ENTITY = "Entity"
"""The kind of a parameter that takes any concept."""

KINDS = frozenset(
    {WORDS, ENTITY, "Text", *(c.value for c in Category), *(k.__name__ for k in vocab.CLOSED_LISTS)}
)
"""What a parameter may stand for."""

VIOLATION = "violation-"
"""How the names of queries begin that have to find nothing."""

_KEYS = ("summary", "description", "tags", "parameter")
_PARAMETER = re.compile(r"(?P<name>[a-z][a-z_]*) (?P<kinds>[A-Za-z|]+)(?: = (?P<default>\S.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that the user gives a value."""

    name: str
    kinds: tuple[str, ...]
    default: str | None = None

    def __str__(self) -> str:
        """Give the parameter as the head of a query file has it."""
        shown = f"{self.name} {'|'.join(self.kinds)}"
        return shown if self.default is None else f"{shown} = {self.default}"


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query and what its head says of it. `text` is the whole file, head included."""

    name: str
    text: str
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    file: str | None = None

    @property
    def is_violation(self) -> bool:
        """Whether the query looks for broken promises and has to find nothing."""
        return self.name.startswith(VIOLATION)

    def place(self, line: int | None = None) -> Place | None:
        """Say where the query stands, if it stands in a file."""
        return None if self.file is None else Place(self.file, line)


def list_queries() -> tuple[Query, ...]:
    """Read all queries that claimgraph carries, by name.

    Raises:
        QueryError: with file and line, if the head of one is not right.
    """
    return tuple(
        read_query(path, complete=True) for path in sorted(carried_folder("queries").glob("*.rq"))
    )


def load_query(name: str) -> Query:
    """Read one of the queries that claimgraph carries.

    Raises:
        QueryError: if there is none of that name, with the names that come close.

    >>> load_query("what-does-it-treat").parameters[0].default
    'clonazepam'
    """
    files = {path.stem: path for path in carried_folder("queries").glob("*.rq")}
    if name in files:
        return read_query(files[name], complete=True)
    close = difflib.get_close_matches(name, sorted(files), n=3, cutoff=0.5)
    hint = f"did you mean {either(close)}? " if close else ""
    raise QueryError(
        f"no query is named {name!r}", repair=f"{hint}`claimgraph queries` lists them all"
    )


def find_query(name: str, text: str | None = None) -> Query:
    """Find what a user means by a query: text, a file, or the name of a carried query.

    Args:
        name: a name or a path; whatever looks like a path is one.
        text: the query itself, where it is at hand; `name` is then what errors call it.

    Raises:
        InputFileError: if it is a file that cannot be read.
        QueryError: if there is no such query, or its head is not right.
    """
    if text is not None:
        return parse_query(text, name)
    looks_like_path = "/" in name or "\\" in name or name.endswith((".rq", ".sparql"))
    return read_query(Path(name)) if looks_like_path else load_query(name)


def read_query(path: Path, *, complete: bool = False) -> Query:
    """Read a query file.

    Args:
        path: the file; its head may be missing.
        complete: whether the head has to have a summary, a description and tags.

    Raises:
        InputFileError: if the file cannot be read.
        QueryError: with file and line, if its head is not right.
    """
    return parse_query(decode(read_bytes(path), path), path.stem, str(path), complete=complete)


def parse_query(
    text: str, name: str = "query", file: str | None = None, *, complete: bool = False
) -> Query:
    """Read the head of a query. The SPARQL itself is checked when it is run.

    Args:
        text: the query, with or without a head.
        name: what to call it.
        file: where it stands, for errors.
        complete: whether the head has to have a summary, a description and tags.

    Raises:
        QueryError: with the line, if the head is not right.
    """
    values: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for place, key, value in _head(text, file or name):
        if key == "parameter":
            parameter = _parameter(value, text, place)
            if parameter.name in parameters:
                raise QueryError(
                    f"the parameter {parameter.name!r} stands there twice",
                    where=place,
                    repair="keep one of them",
                )
            parameters[parameter.name] = parameter
        elif key in values:
            raise QueryError(f"a second {key!r}", where=place, repair="join the two")
        else:
            values[key] = value
    missing = [key for key in _KEYS if key != "parameter" and key not in values]
    if complete and missing:
        raise QueryError(
            f"the head has no {either(missing)}",
            where=Place(file or name, 1),
            repair=f"begin the file with a line `#+ {missing[0]}: ...`",
        )
    return Query(
        name=name,
        text=text,
        summary=values.get("summary", ""),
        description=values.get("description", ""),
        tags=tuple(tag.strip() for tag in values.get("tags", "").split(",") if tag.strip()),
        parameters=tuple(parameters.values()),
        file=file,
    )


def render_catalogue(queries: Iterable[Query]) -> str:
    """Write the table of queries for people, as Markdown: `queries/README.md`."""
    ordered = sorted(queries, key=lambda q: q.name)
    return "\n".join(
        [
            "# Queries",
            "",
            "One question a file. `claimgraph query NAME` asks one, and `--param drug=Klonopin`",
            "gives a parameter a value: a concept's id, label, other name or IRI. `expected/` has",
            "the answers for the article that claimgraph carries.",
            "",
            "Named graphs tell who says something: `cg:ClaimsGraph` and `cg:DirectGraph` the text,",
            "`cg:BackgroundGraph` other sources, `cg:InferredGraph` a rule. The head of a query",
            "file is explained in `src/claimgraph/queries/catalogue.py`, which makes this table.",
            "",
            "`tables/` has questions in SQL about tables of claims, as `claimgraph export` writes",
            "with `--format parquet`: `claimgraph query what-do-most-texts-state --data FILE`.",
            "",
            "To add one, write the file and run `python -m tests.test_queries`, which makes this",
            "table and the expected answers. Hold what has changed against the text.",
            "",
            "| query | question | parameters | tags |",
            "|---|---|---|---|",
            *(_row(query) for query in ordered if not query.is_violation),
            "",
            "## Violations",
            "",
            "Each finds where a promise is broken. In a graph that claimgraph built, none finds",
            "anything.",
            "",
            "| query | finds | tags |",
            "|---|---|---|",
            *(_row(query) for query in ordered if query.is_violation),
            "",
        ]
    )


def either(names: Sequence[str]) -> str:
    """List names in a sentence.

    >>> either(["a", "b", "c"])
    'a, b or c'
    """
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _head(text: str, file: str) -> list[tuple[Place, str, str]]:
    """Give the entries of the head, continued lines joined: place, key and value."""
    entries: list[tuple[Place, str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            if line.strip():
                break  # here the SPARQL begins
            continue
        if not line.startswith("#+"):
            continue
        if entries and re.match(r"#\+\s{2,}\S", line):
            place, key, value = entries[-1]
            entries[-1] = (place, key, f"{value} {line[2:].strip()}")
            continue
        key, _, value = (part.strip() for part in line[2:].partition(":"))
        if key not in _KEYS or not value:
            raise QueryError(
                f"not a line of a query's head: {line!r}",
                where=Place(file, number),
                repair=f"write `#+ KEY: VALUE`; a KEY is {either(_KEYS)}",
            )
        entries.append((Place(file, number), key, value))
    return entries


def _parameter(value: str, text: str, place: Place) -> Parameter:
    """Read a parameter line of a head."""
    match = _PARAMETER.fullmatch(value)
    kinds = tuple(match["kinds"].split("|")) if match else ()
    if match is None or not KINDS.issuperset(kinds):
        raise QueryError(
            f"not a parameter: {value!r}",
            where=place,
            repair="write `NAME KIND` or `NAME KIND = DEFAULT`; "
            f"a KIND is {either(sorted(KINDS))}, or several of these joined by |",
        )
    if re.search(rf"[?$]{match['name']}\b", text) is None:
        raise QueryError(
            f"the query has no variable ?{match['name']}",
            where=place,
            repair="use it in the query, or delete the line",
        )
    return Parameter(match["name"], kinds, match["default"])


def _row(query: Query) -> str:
    """Write a query as a row of the catalogue. Violations take no parameters."""
    cells = [f"[{query.name}]({query.name}.rq)", query.summary, ", ".join(query.tags)]
    if not query.is_violation:
        parameters = (f"`{p}`".replace("|", r"\|") for p in query.parameters)
        cells.insert(2, "<br>".join(parameters))
    return f"| {' | '.join(cells)} |"
