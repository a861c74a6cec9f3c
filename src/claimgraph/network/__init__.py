"""The claims as a network: concepts are nodes, what is said of them are edges.

`to_network` gives a typed multigraph (networkx), in which every edge says where it comes from: the
text, the background, or a chain of two claims of the text. The other functions answer what a reader
of one text asks: by which steps, where does it disagree with itself, what does it cover, what
stands around a concept. There are no bare scores here: a number without the claims it counts tells
a reader nothing.
"""

from claimgraph.network.multigraph import CERTAINTY_ORDER, Origin, to_network, weakest
from claimgraph.network.overview import (
    SectionCoverage,
    SharedEffects,
    coverage,
    neighbourhood,
    shared_effects,
)
from claimgraph.network.paths import Change, MechanismPath, Step, Support, mechanism_paths
from claimgraph.network.tension import Tension, TensionKind, tensions

__all__ = [
    "CERTAINTY_ORDER",
    "Change",
    "MechanismPath",
    "Origin",
    "SectionCoverage",
    "SharedEffects",
    "Step",
    "Support",
    "Tension",
    "TensionKind",
    "coverage",
    "mechanism_paths",
    "neighbourhood",
    "shared_effects",
    "tensions",
    "to_network",
    "weakest",
]
