"""Ingesting: any number of texts become a store, on all cores, with nothing lost on the way."""

from claimgraph.ingest.cluster import open_cluster
from claimgraph.ingest.engines import open_local
from claimgraph.ingest.files import Input, find_inputs
from claimgraph.ingest.run import Advance, Report, ingest

__all__ = [
    "Advance",
    "Input",
    "Report",
    "find_inputs",
    "ingest",
    "open_cluster",
    "open_local",
]
