"""Choose how often each sentence is read: what there is little of and what is hard, more often."""

from __future__ import annotations

import random  # noqa: TID251 - with a fixed seed
from collections.abc import Sequence
from dataclasses import dataclass

from claimgraph.extract.learned.labels import ANSWERS, Layer
from training.data import Example


@dataclass(frozen=True, slots=True)
class Share:
    """How often a corpus's sentences are read: with a relation, with a span only, with neither."""

    related: float
    marked: float
    bare: float


SHARES: dict[str, Share] = {
    "bc5cdr": Share(2.2, 2.2, 0.7),
    "bioscope": Share(0.7, 0.7, 0.15),
    "chemprot": Share(2.2, 0.7, 0.2),
    "drugprot": Share(1.8, 0.5, 0.1),
    "labeledin": Share(1.8, 1.8, 0.7),
    "phee": Share(2.5, 2.0, 1.0),
    "roam_drug_disease": Share(1.4, 1.4, 0.6),
    "spl_adr_onsides": Share(0.6, 0.6, 0.2),
}
"""What there is little of and what is hard is read more often."""
_RARE: dict[str, float] = {
    "negated": 4.0,
    "speculated": 1.5,
    "agonist": 2.0,
    "antagonist": 1.3,
    "substrate": 1.3,
    Layer.PREVENTED: 1.7,
}
"""How many times more often a sentence is read that has a rare answer or layer."""


def choose(examples: Sequence[Example], amount: float, chance: random.Random) -> list[Example]:
    """Choose the sentences to read, as often as they are to be read, in any order."""
    chosen = []
    for example in examples:
        share = SHARES[example.corpus]
        answers = {
            answer
            for question, known in example.pairs.items()
            for answer in known.values()
            if answer != ANSWERS[question][0]
        }
        layers = {layer for layer, spans in example.layers.items() if spans}
        times = share.related if answers else share.marked if layers else share.bare
        times *= max((_RARE.get(one, 1.0) for one in (*answers, *layers)), default=1.0)
        chosen += [example] * int(times * amount + chance.random())
    return chosen
