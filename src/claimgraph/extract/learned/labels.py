"""What the model tells apart: layers of spans, and relations between two spans.

A layer tags every word piece as outside, at the beginning of, or inside a span. Layers are
independent: one word may be a disease and an adverse effect. A corpus teaches only the layers
and relations that its annotators marked.
"""

from __future__ import annotations

from enum import StrEnum


class Layer(StrEnum):
    """A kind of span."""

    CHEMICAL = "chemical"
    DISEASE = "disease"
    GENE = "gene"
    CULPRIT = "culprit"  # a drug that is blamed for an adverse effect
    ADVERSE = "adverse"  # an adverse effect of the drug that is blamed or that the text is about
    REMEDY = "remedy"  # a drug that is given for a condition
    TREATED = "treated"
    PREVENTED = "prevented"
    CONTRAINDICATED = "contraindicated"
    NEGATION = "negation"  # a word that denies
    SPECULATION = "speculation"  # a word that hedges


class Pairing(StrEnum):
    """A question about two spans, with one answer each."""

    ADVERSE = "adverse"  # does the drug cause the effect?
    TREATS = "treats"  # is the drug given for the condition?
    TARGET = "target"  # what does the drug do to the protein?


NONE = "none"
ANSWERS: dict[Pairing, tuple[str, ...]] = {
    Pairing.ADVERSE: (NONE, "affirmed", "speculated", "negated"),
    Pairing.TREATS: (NONE, "treats"),
    Pairing.TARGET: (NONE, "activates", "inhibits", "agonist", "antagonist", "substrate"),
}
"""The answers to each question, the first of which is that there is no relation."""
