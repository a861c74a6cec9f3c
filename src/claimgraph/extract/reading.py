"""From a text to the claims of it that may be published: extract them, hold them to the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from claimgraph.extract import Extractor
from claimgraph.gate import Passed, pass_claims
from claimgraph.model import Claim, Document

NO_CLAIM: Final = "no claim was extracted"
"""Why a sentence that nobody has reviewed makes no claim."""


def extract_claims(document: Document, extractor: Extractor | None = None) -> Passed:
    """Extract the claims of a text, by rules if nothing else is given; hold them to the gate."""
    if extractor is None:
        from claimgraph.extract.choosing import BY_RULES

        extractor = BY_RULES.make()
    return pass_claims(extractor.extract(document), document)


def find_silent(document: Document, claims: Iterable[Claim]) -> dict[int, str]:
    """Give the sentences of a text that make none of these claims, with the reason."""
    spoken = {claim.sentence for claim in claims}
    return {
        sentence.number: NO_CLAIM
        for sentence in document.sentences
        if sentence.number not in spoken
    }
