"""A SPARQL 1.1 endpoint for one store, to be read only.

Not the `oxigraph` server: that carries out SERVICE, so a query could make it ask any other server;
it sets no limit to an answer; and it cannot serve the named queries.
"""

from claimgraph.serve.answers import Limits
from claimgraph.serve.app import make_app
from claimgraph.serve.listener import listen, make_server
from claimgraph.serve.workers import Workers

__all__ = ["Limits", "Workers", "listen", "make_app", "make_server"]
