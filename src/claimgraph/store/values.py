"""Binding variables of a query that is sent elsewhere: by VALUES, as terms and never as words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from claimgraph.errors import QueryError
from claimgraph.store.source import Term

NO_CODE = re.compile(
    r"''\'.*?''\'"
    r'|""\".*?""\"'
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>"
    r"|#[^\n]*",
    re.DOTALL,
)
"""Literals, IRIs and comments of a query: what no keyword or brace stands in."""

_BRACE = re.compile(r"[(){}]|(?<![\w?$:.@-])where(?![\w:.-])", re.IGNORECASE)


def bind_values(text: str, bindings: Mapping[str, Term]) -> str:
    r"""Bind variables where the pattern of a query begins, so that its filters see them, too.

    Raises:
        QueryError: if the pattern cannot be found.

    >>> bind_values("SELECT ?x { ?x ?p ?o }", {"x": ox.NamedNode("http://example.org/a")})
    'SELECT ?x { VALUES (?x) { (<http://example.org/a>) } ?x ?p ?o }'
    """
    if not bindings:
        return text
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(map(str, bindings.values()))
    start = _pattern(text)
    bound = f"{text[:start]} VALUES ({names}) {{ ({terms}) }}{text[start:]}"
    try:
        ox.Store().query(bound)
    except SyntaxError:
        raise QueryError(
            "cannot be given parameters when it is asked elsewhere",
            repair="write it as SELECT … WHERE { … }, or put the terms into the query",
        ) from None
    except (RuntimeError, ValueError, OSError):
        pass  # well-formed, and that is all there is to know here
    return bound


def _pattern(text: str) -> int:
    """Find where the outermost pattern begins: behind WHERE, or behind the first brace."""
    code = NO_CODE.sub(lambda match: " " * len(match[0]), text)
    depth = first = 0
    after_where = False
    for match in _BRACE.finditer(code):
        mark = match[0]
        if mark in "({":
            if mark == "{" and depth == 0:
                first = first or match.end()
                if after_where:
                    return match.end()
            depth += 1
        elif mark in ")}":
            depth -= 1
        elif depth == 0:
            after_where = True
    return first
