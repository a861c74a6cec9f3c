"""A SPARQL 1.1 endpoint for one store, to be read only.

Not the `oxigraph` server: that carries out SERVICE, so a query could make it ask any other server;
it sets no limit to an answer; and it cannot serve the named queries.
"""

from claimgraph.serve.app import make_app
from claimgraph.serve.workers import Limits, Workers

__all__ = ["Limits", "Workers", "make_app"]
