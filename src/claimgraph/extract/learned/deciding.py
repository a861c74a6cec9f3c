"""Who decides what: how sure the reader has to be, alone and beside the rules, as measured.

Each kind of claim was measured by itself, because the reader is good at some and the rules at
others; `make bench-model` prints the measurement, and `benchmarks/README.md` has the figures. The
rules decide alone where the reader adds more wrong claims than right ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from claimgraph.model import Method


class Kind(StrEnum):
    """What a reader claims, and how it comes to it."""

    ADVERSE = "adverse"  # a drug that the sentence names is blamed
    REACTION = "reaction"  # a label lists what its own drug does
    TREATS = "treats"  # a drug that the sentence names is given for a condition
    USE = "use"  # a label says what its own drug is for, or must not be used for
    TARGET = "target"  # a drug acts on a protein


@dataclass(frozen=True, slots=True)
class Decision:
    """How claims of a kind are made and put together.

    Attributes:
        alone: how sure the reader has to be where it reads alone, by its own measure.
        beside: how sure it has to be of what the rules do not say.
        words: whose words a claim of both keeps.
    """

    alone: float
    beside: float
    words: Method = Method.RULES


NEVER: Final = 2.0
"""No reader is ever so sure: the rules decide."""

CONFIRMS: Final = 0.2
"""How sure a reader has to be to confirm what the rules say."""

DECIDES: Mapping[Kind, Decision] = {
    Kind.ADVERSE: Decision(alone=0.6, beside=0.7),
    Kind.REACTION: Decision(alone=0.5, beside=NEVER),
    Kind.TREATS: Decision(alone=0.5, beside=0.5),
    Kind.USE: Decision(alone=0.5, beside=0.8),
    Kind.TARGET: Decision(alone=0.5, beside=0.6, words=Method.MODEL),
}
"""Who decides what."""

GIVEN: Mapping[Kind, Decision] = {
    **DECIDES,
    Kind.REACTION: Decision(alone=NEVER, beside=NEVER),
    Kind.USE: Decision(alone=NEVER, beside=NEVER),
    Kind.TARGET: Decision(alone=0.6, beside=0.7),
}
"""Who decides what of mentions that are given: a reader is asked about pairs of them only."""

UNION: Mapping[Kind, Decision] = {
    kind: replace(one, beside=one.alone) for kind, one in DECIDES.items()
}
"""Whatever either says."""
