"""Which extractor decides which relation, and whose words a claim of both keeps: as measured.

`make bench-model` prints the measurement; `benchmarks/README.md` has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimgraph.model import Claim, Method, Relation


@dataclass(frozen=True, slots=True)
class Decision:
    """How the claims of a relation are put together.

    Attributes:
        by: whose claims stand where only one extractor makes them; those of either for `BOTH`.
        words: whose words a claim of both keeps.
        least: how sure the reader has to be of a claim that it makes alone, by its own measure.
    """

    by: Method = Method.BOTH
    words: Method = Method.RULES
    least: float = 0.0


_ONLY_RULES = Decision(Method.RULES, Method.RULES)
UNION: Mapping[Relation, Decision] = dict.fromkeys(Relation, Decision())
"""Whatever either says."""

DECIDES: Mapping[Relation, Decision] = {**UNION}
"""Who decides what."""


def decision_of(decides: Mapping[Relation, Decision], claim: Claim) -> Decision:
    """Give who decides about a claim; the rules, where nothing was measured."""
    return decides.get(claim.relation, _ONLY_RULES)
