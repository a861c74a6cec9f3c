"""Readers: a source text becomes a `Document` with sections, sentences and exact offsets."""

from claimgraph.documents.article import read_article
from claimgraph.documents.plain import cut_text

__all__ = ["cut_text", "read_article"]
