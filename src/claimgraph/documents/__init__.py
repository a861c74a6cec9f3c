"""Readers: a source text becomes a `Document` with sections, sentences and exact offsets."""

from claimgraph.documents.article import read_article
from claimgraph.documents.formats import Format, read_documents, sniff_format
from claimgraph.documents.jsonlines import JsonLine, OnError, iterate_json_lines
from claimgraph.documents.plain import cut_text
from claimgraph.documents.sources import (
    open_source,
    read_one_text,
    read_source,
    read_source_lines,
    source_name,
)

__all__ = [
    "Format",
    "JsonLine",
    "OnError",
    "cut_text",
    "iterate_json_lines",
    "open_source",
    "read_article",
    "read_documents",
    "read_one_text",
    "read_source",
    "read_source_lines",
    "sniff_format",
    "source_name",
]
