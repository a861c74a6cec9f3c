"""The SPARQL 1.1 Protocol: which form an answer takes, what a request asks, what the service is."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

import pyoxigraph as ox

from claimgraph.errors import QueryError

ROWS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TRIPLES = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
)
HTML = "text/html"
_ALSO = {
    "application/json": ROWS[0],
    "application/xml": ROWS[1],
    "text/xml": ROWS[1],
    "text/plain": "application/n-triples",
}
_SD = "http://www.w3.org/ns/sparql-service-description#"


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Choose the media type that a client likes best; the first of those it likes as well.

    Args:
        accept: the client's `Accept` header; empty where it takes anything.
        offered: what can be given, the best first.

    Returns:
        One of `offered`, or nothing if the client takes none of them.

    >>> choose("text/csv;q=0.5, */*;q=0.1", ROWS)
    'text/csv'
    """
    if not accept.strip():
        return offered[0]
    likes: dict[str, tuple[int, float]] = {}
    for entry in accept.split(","):
        kind, *options = (part.strip().lower() for part in entry.split(";"))
        quality = 1.0
        for option in options:
            if option.startswith("q="):
                try:
                    quality = float(option[2:])
                except ValueError:
                    quality = 0.0
        kind = _ALSO.get(kind, kind)
        exactness = 2 if "*" not in kind else 1 if kind != "*/*" else 0
        for one in offered:
            if kind in (one, "*/*", f"{one.partition('/')[0]}/*"):
                likes[one] = max(likes.get(one, (-1, 0.0)), (exactness, quality))
    best = max((quality for _, quality in likes.values()), default=0.0)
    if best <= 0:
        return None
    return next(one for one in offered if likes.get(one, (0, 0.0))[1] == best)


def read_form(text: str) -> list[tuple[str, str]]:
    """Read the fields of a query string or a form.

    Raises:
        QueryError: if they are not UTF-8, or too many.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError) as error:
        raise QueryError(f"the request cannot be read: {error}") from None


def describe_service(endpoint: str, form: str) -> bytes:
    """Describe the service (SPARQL 1.1 Service Description).

    Args:
        endpoint: its address.
        form: one of `TRIPLES`.
    """
    node = ox.NamedNode(endpoint)
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{_SD}{name}")

    formats = [
        *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV"),
        *("SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
    ]
    triples = [
        ox.Triple(node, kind, sd("Service")),
        ox.Triple(node, sd("endpoint"), node),
        ox.Triple(node, sd("supportedLanguage"), sd("SPARQL11Query")),
        ox.Triple(node, sd("feature"), sd("UnionDefaultGraph")),
        *(
            ox.Triple(
                node, sd("resultFormat"), ox.NamedNode(f"http://www.w3.org/ns/formats/{name}")
            )
            for name in formats
        ),
    ]
    found = ox.RdfFormat.from_media_type(form)
    if found is None:
        raise ValueError(form)
    prefixes = {"sd": _SD, "formats": "http://www.w3.org/ns/formats/"}
    with_prefixes = prefixes if found == ox.RdfFormat.TURTLE else None
    return ox.serialize(triples, format=found, prefixes=with_prefixes) or b""
