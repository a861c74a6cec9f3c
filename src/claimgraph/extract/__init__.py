"""Extraction: a Document goes in, Claims come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from claimgraph.lexicon import Lexicon
from claimgraph.model import Claim, Document, Mention

__all__ = ["Extractor", "MentionExtractor"]


class Extractor(Protocol):
    """Whatever finds claims. Nothing it gives is trusted before it has passed the gate."""

    def extract(self, document: Document) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice."""
        ...


class MentionExtractor(Protocol):
    """An extractor that also says which mentions it finds, and takes them instead if given."""

    @property
    def lexicon(self) -> Lexicon:
        """The names that it knows."""
        ...

    def extract(
        self, document: Document, given: Sequence[Mention] | None = None
    ) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice.

        Args:
            document: the document.
            given: all its mentions, in text order; found if not given.
        """
        ...

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Give the mentions of a document, in text order."""
        ...
