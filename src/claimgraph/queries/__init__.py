"""The questions a graph is asked: the catalogue in `queries/`, and the engine that answers them."""

from claimgraph.queries.catalogue import (
    Parameter,
    Query,
    find_query,
    list_queries,
    load_query,
    parse_query,
    read_query,
    render_catalogue,
)
from claimgraph.queries.engine import QueryEngine, run_query
from claimgraph.queries.results import Form, Result, shorten

__all__ = [
    "Form",
    "Parameter",
    "Query",
    "QueryEngine",
    "Result",
    "find_query",
    "list_queries",
    "load_query",
    "parse_query",
    "read_query",
    "render_catalogue",
    "run_query",
    "shorten",
]
