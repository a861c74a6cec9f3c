"""Two pages for a browser: where to ask, and what was answered. They load and run nothing."""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from claimgraph.queries import Query, shorten
from claimgraph.rdf import from_ox

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"
"""The Content-Security-Policy of these pages."""

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
textarea{width:100%;height:14rem;font:14px/1.4 ui-monospace,monospace}
table{border-collapse:collapse}th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem;
text-align:left;vertical-align:top}form.inline{display:inline}input{margin-right:.5rem}
"""
_EXAMPLE = """SELECT ?class (COUNT(*) AS ?number) WHERE {
  ?thing a ?class
}
GROUP BY ?class
ORDER BY DESC(?number)"""


def start_page(queries: Iterable[Query], *, has_graph: bool) -> str:
    """Write the page with a field for a query, and the named queries with their parameters."""
    items = []
    for query in queries:
        fields = "".join(
            f"<label>{html.escape(p.name)} "
            f'<input name="{html.escape(p.name)}" value="{html.escape(p.default or "")}"></label>'
            for p in query.parameters
        )
        given = urlencode({p.name: p.default or "" for p in query.parameters})
        address = f"queries/{quote(query.name)}" + (f"?{given}" if given else "")
        form = (
            f'<form class="inline" action="queries/{quote(query.name)}">{fields}'
            "<button>Ask</button></form>"
            if fields
            else ""
        )
        link = f'<a href="{html.escape(address)}">{html.escape(query.summary)}</a>'
        items.append(f"<li>{link} {form}</li>")
    graph = '<p><a href="page">The graph as a picture, and its text</a></p>' if has_graph else ""
    body = (
        f"<h1>claimgraph</h1>{graph}"
        '<form action="sparql"><label for="query">SPARQL 1.1 query</label>'
        f'<textarea id="query" name="query" spellcheck="false">{html.escape(_EXAMPLE)}</textarea>'
        f"<p><button>Ask</button></p></form><h2>Questions</h2><ul>{''.join(items)}</ul>"
    )
    return _page("claimgraph", body)


def answer_page(data: bytes) -> str:
    """Write SPARQL JSON results as a table."""
    answer = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return _page("Answer", f"<h1>{'yes' if answer else 'no'}</h1>")
    names = [variable.value for variable in answer.variables]
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    rows = []
    for row in answer:
        cells = (html.escape(shorten(None if term is None else from_ox(term))) for term in row)
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return _page("Answer", f"<h1>{len(rows)} rows</h1>{table}")


def _page(title: str, body: str) -> str:
    """Write a page."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>{body}</html>\n'
    )
