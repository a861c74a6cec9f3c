"""Extraction: a Document goes in, Claims come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from claimgraph.model import Claim, Document

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Whatever finds claims. Nothing it gives is trusted before it has passed the gate."""

    def extract(self, document: Document) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice."""
        ...
