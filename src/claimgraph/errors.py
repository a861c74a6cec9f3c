"""Every error claimgraph raises on purpose: what is wrong, where, and how to repair it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: a file and, if known, a 1-based line of it."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Give the place as ``file`` or ``file:line``, the form editors understand."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


class ClaimgraphError(Exception):
    """Root of all errors that a user can cause and repair.

    Args:
        what: what is wrong, one clause without a full stop.
        where: the file and line it is wrong in.
        repair: what to do about it, one clause without a full stop.
    """

    def __init__(self, what: str, *, where: Place | None = None, repair: str | None = None) -> None:
        """Keep the three parts; the message joins them on one line."""
        self.what = what
        self.where = where
        self.repair = repair
        message = what if where is None else f"{where}: {what}"
        super().__init__(message if repair is None else f"{message}. Repair: {repair}")


class InputFileError(ClaimgraphError):
    """A file cannot be read: missing, unreadable, empty, not UTF-8, too large."""


class OutputError(ClaimgraphError):
    """A result cannot be written."""


class ClaimsFileError(ClaimgraphError):
    """A claims file or a source file is malformed or does not fit its text."""


class ClaimError(ClaimgraphError):
    """A claim does not pass the gate."""


class GraphError(ClaimgraphError):
    """A graph cannot be parsed, or is not one that claimgraph wrote."""


class StoreError(ClaimgraphError):
    """A store or a SPARQL endpoint cannot be opened, read or written."""


class OntologyError(ClaimgraphError):
    """The ontology folder is incomplete or contradicts itself."""


class QueryError(ClaimgraphError):
    """A query is unknown, malformed, or called with wrong parameters."""


class NotFoundError(ClaimgraphError):
    """No claim, concept or path of that name."""


class EndpointError(ClaimgraphError):
    """A service that the user named cannot be used: not reached, not allowed, not understood."""


class ModelError(ClaimgraphError):
    """The learned model cannot be used: a library it needs or the model itself is not there."""
