"""Tell messengers of the body from drugs: serotonin that is released is nobody's medicine."""

from __future__ import annotations

from claimgraph.extract.letters import AnyCase
from claimgraph.extract.view import Found

_MESSENGERS = frozenset((
    "glutamic acid", "gamma-aminobutyric acid", "serotonin", "dopamine", "norepinephrine",
    "acetylcholine", "histamine", "glycine", "aspartic acid", "epinephrine", "l-glutamic acid",
    "adenosine", "calcium", "sodium", "potassium", "chloride", "calcium ion",
))  # fmt: skip
_MEASURED_BEFORE = AnyCase(
    r"\b(?:release|re-?uptake|uptake|levels?|concentrations?|synthesis|turnover|breakdown|"
    r"transmission|actions?) of (?:the )?$|\b(?:intracellular|extracellular|cytosolic) $",
)
_MEASURED = AnyCase(
    r"(?:ergic\b|[\s-](?:levels?|concentrations?|release|re-?uptake|uptake|transmission|synthesis|"
    r"turnover|transaminase|receptors?|transporters?|neurons?|signal\w*|system|activity)\b)",
)


def is_messenger(text: str, found: Found) -> bool:
    """Tell whether a mention is a messenger that is released, taken up or measured.

    Args:
        text: the sentence.
        found: a mention in it.
    """
    if found.concept.label.lower() not in _MESSENGERS:
        return False
    before = text[max(0, found.span.start - 40) : found.span.start]
    return bool(_MEASURED_BEFORE.search(before) or _MEASURED.match(text, found.span.end))
