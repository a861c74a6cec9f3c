"""Read claims from wherever they stand, to compare them.

That is an article folder or its `claims.yaml`; JSON Lines as `claimgraph extract` writes them, also
from standard input (``-``); or a text, from which they are then extracted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from claimgraph.curation import read_claims
from claimgraph.documents import open_source, read_article, read_one_text, source_name
from claimgraph.documents.article import CLAIMS_FILE
from claimgraph.documents.sources import is_pipe
from claimgraph.documents.streams import read_head
from claimgraph.drafting import move_claim
from claimgraph.errors import ClaimError, InputFileError, Place
from claimgraph.extract.reading import extract_claims
from claimgraph.files import MAX_BYTES
from claimgraph.model import Claim, Document
from claimgraph.ontology import load_concepts
from claimgraph.records import to_claim

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """Claims of one text or of several.

    Attributes:
        name: what errors call it.
        document: the text, where it is at hand; all claims are then about it.
        claims: the claims by the id of their text.
    """

    name: str
    document: Document | None
    claims: Mapping[str, tuple[Claim, ...]]


def read_claim_set(path: Path) -> ClaimSet:
    """Read claims.

    Args:
        path: an article folder, a claims file in one, JSON Lines with claims, a file with one text,
            or ``-`` for JSON Lines from standard input.

    Raises:
        ClaimgraphError: if it cannot be read, or is not what it should be.
    """
    if path.is_dir():
        return _read_folder(path, path / CLAIMS_FILE)
    if path.suffix.lower() in _YAML:
        return _read_folder(path.parent, path)
    if is_pipe(path) or _holds_claims(path):
        return _read_lines(path)
    document = read_one_text(path)
    return ClaimSet(str(path), document, {document.id: extract_claims(document).claims})


def align(
    one: ClaimSet, other: ClaimSet
) -> Iterator[tuple[str, tuple[Claim, ...], tuple[Claim, ...]]]:
    """Put the claims of two sets about the same text side by side, sentences counted alike.

    Two sets of one text each are about the same text, whatever they call it.

    Yields:
        The id of a text, and its claims in the one and in the other set.

    Raises:
        ClaimError: if the words of a claim are not those of the text at hand.
        InputFileError: if the texts of both sets are at hand, and differ.
    """
    first, second = one.document, other.document
    if first is not None and second is not None and first.text != second.text:
        raise InputFileError(
            f"is another text than {other.name}",
            where=Place(one.name),
            repair="compare claims of the same text",
        )
    text = second or first
    ids = sorted({*one.claims, *other.claims})
    is_one_text = max(len(one.claims), len(other.claims)) <= 1
    if is_one_text or text is not None:
        # A set without a text may hold claims of many; only those of the text count.
        known = text.id if text is not None else max(other.claims, default=max(ids, default=""))
        yield known, _of_text(one, known, text), _of_text(other, known, text)
        return
    for id_ in ids:
        yield id_, one.claims.get(id_, ()), other.claims.get(id_, ())


def _of_text(held: ClaimSet, id_: str, text: Document | None) -> tuple[Claim, ...]:
    """Give a set's claims of a text, in the sentences that this text has."""
    if id_ in held.claims:
        claims = held.claims[id_]
    else:
        claims = next(iter(held.claims.values())) if len(held.claims) == 1 else ()
    if text is None:
        return claims
    moved = []
    for claim in claims:
        if claim.quote.span.cut(text.text) != claim.quote.text:
            raise ClaimError(
                f"{claim.quote.text[:60]!r} does not stand at {claim.quote.span.start} of the text",
                where=Place(held.name),
                repair="compare claims of the same text",
            )
        moved.append(move_claim(claim, text) or claim)
    return tuple(moved)


def _read_folder(folder: Path, claims: Path) -> ClaimSet:
    """Read the claims of an article folder."""
    document = read_article(folder)
    found = read_claims(claims, document, load_concepts()).claims
    return ClaimSet(str(claims), document, {document.id: found})


def _holds_claims(path: Path) -> bool:
    """Tell whether a file holds JSON Lines with claims, by its first line; texts have `text`."""
    line = read_head(path).removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n")[0]
    if not line.startswith(b"{"):
        return not line and path.name.removesuffix(".gz").endswith((".jsonl", ".ndjson"))
    # The first line of a long text is cut short; the keys of a claim come before any length.
    return b'"quote"' in line and b'"relation"' in line


def _read_lines(path: Path) -> ClaimSet:
    """Read claims from JSON Lines."""
    name = source_name(path)
    claims: dict[str, list[Claim]] = {}
    with open_source(path) as stream:
        number = 0
        while data := stream.readline(MAX_BYTES + 1):
            number += 1
            if not data.strip():
                continue
            try:
                claim = to_claim(json.loads(data.decode("utf-8")))
            except (ValueError, RecursionError) as error:
                raise InputFileError(
                    f"no claim: {error}",
                    where=Place(name, number),
                    repair="give claims as claimgraph extract writes them",
                ) from None
            claims.setdefault(claim.text_id, []).append(claim)
    return ClaimSet(name, None, {id_: tuple(found) for id_, found in sorted(claims.items())})
