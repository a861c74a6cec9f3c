"""Words that say what a drug does to a protein, and words that name its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claimgraph.extract.letters import AnyCase

INHIBITS = "inhibits"
ACTIVATES = "activates"
AGONIST = "agonist"
ANTAGONIST = "antagonist"
SUBSTRATE = "substrate"

_STEMS = {
    INHIBITS: re.compile(
        r"(?:inhibit|suppress|attenuat|abolish|abrogat|deplet|diminish|impair|inactivat|repress|"
        r"degrad|down-?regulat|decreas|eliminat|disrupt|silenc|lower(?:s|ed|ing)?$|"
        r"reduc(?:e|es|ed|ing|tions?)$|block(?:s|ed|ing|ade)?$|prevent(?:s|ed|ing)?$|ic50?$|ki$)"
    ),
    ACTIVATES: re.compile(
        r"(?:activat|increas|induc(?!ib)|stimulat|up-?regulat|enhanc|promot|elevat|potentiat|"
        r"augment|trigger|evok)"
    ),
    SUBSTRATE: re.compile(
        r"(?:substrates?$|metaboli[sz]|transport(?:s|ed|ing)?$|cataly[sz]|conver(?:t|sion)|hydroly|"
        r"uptake$|oxidation$|hydroxylat|glucuronid|efflux$|synthesi[sz]|biosynthesis|demethylation|"
        r"cleav|formation$|production$|produc(?:es?|ing)$)"
    ),
    # A role named between the two belongs to neither: it blocks what stands around it.
    AGONIST: re.compile(r"agonis"),
    ANTAGONIST: re.compile(r"antagoni"),
}
# What a text must hold at all; a plain search for these is far cheaper than the patterns.
_HINTS = (
    *("inhib", "decreas", "reduc", "block", "agoni", "activat", "increas", "nduc", "stimul"),
    *("substrate", "metabol", "suppress", "attenuat", "aboli", "abrogat", "deplet", "dimini"),
    *("impair", "repress", "degrad", "regulat", "lower", "prevent", "ic50", "ic(50)", "ki"),
    *("nhanc", "mediat"),
    *("promot", "elevat", "potentiat", "augment", "transport", "cataly", "conver", "hydrol"),
    *("uptake", "oxidation", "hydroxyl", "glucuron", "efflux", "synthes", "cleav", "formation"),
    *("produc", "demethyl", "eliminat", "disrupt", "silenc", "trigger", "evok", "opener", "poison"),
)
_WORD = re.compile(r"[A-Za-z][\w'-]*")


@lru_cache(maxsize=1 << 16)
def _effect_of(word: str) -> str | None:
    """Name the effect that a word in small letters says."""
    return next((effect for effect, stem in _STEMS.items() if stem.match(word)), None)


# The role of a drug, and the effect that it has in this role.
ROLES = {
    "agonist": AGONIST,
    "antagonist": ANTAGONIST,
    "inhibitor": INHIBITS,
    "blocker": INHIBITS,
    "poison": INHIBITS,
    "suppressor": INHIBITS,
    "activator": ACTIVATES,
    "inducer": ACTIVATES,
    "opener": ACTIVATES,
    "potentiator": ACTIVATES,
    "stimulator": ACTIVATES,
    "substrate": SUBSTRATE,
}


# A blocker of a receptor is an antagonist, of a channel or an enzyme an inhibitor.
_RECEPTOR = AnyCase(r"recep|adren")


@dataclass(frozen=True, slots=True)
class Effect:
    """A word that says an effect, and where it stands."""

    kind: str
    start: int
    end: int
    word: str


def find_effects(text: str) -> Iterator[Effect]:
    """Find the words that say an effect, in text order; `word` is in small letters."""
    for match in _WORD.finditer(text):
        word = match.group().lower()
        kind = _effect_of(word)
        if kind is not None:
            yield Effect(kind, match.start(), match.end(), word)


def may_say_effect(text: str) -> bool:
    """Tell cheaply whether a text can hold a word that says an effect or names a role."""
    small = text.lower()
    return any(map(small.__contains__, _HINTS))


def name_role_effect(role: str, context: str) -> str:
    """Name the effect of a role; the words around it tell what a blocker blocks.

    >>> name_role_effect("Blocker", "beta-adrenergic blocker")
    'antagonist'
    """
    role = role.lower()
    if role == "blocker" and _RECEPTOR.search(context):
        return ANTAGONIST
    return ROLES[role]
