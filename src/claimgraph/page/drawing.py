"""Hand a picture to pyvis.

pyvis makes what vis-network wants to be given: nodes, edges, options. Its own templates and writers
are not used: they fetch from the network, write beside the file they are asked for, and let labels
run as HTML. No title, heading or menu is ever set, and ids are our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from claimgraph.errors import ClaimgraphError, Place
from claimgraph.graph import phrase
from claimgraph.model import Category, Certainty, Modality, Polarity, Relation
from claimgraph.network import Origin
from claimgraph.page.picture import Arrow, Box, Picture

if TYPE_CHECKING:
    from pyvis.network import Network

_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"

_OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "nodes": {"shape": "box", "margin": 6, "borderWidth": 1.5},
    "edges": {"width": 1.5, "smooth": {"enabled": True, "type": "cubicBezier"}},
    "interaction": {
        "hover": False,
        "selectable": False,
        "dragNodes": True,
        "keyboard": False,
        "navigationButtons": False,
        "tooltipDelay": 100_000_000,
    },
}

_FILLS: Mapping[Category, str] = {
    Category.DRUG: "#cfe3f7",
    Category.DRUG_CLASS: "#e3eefa",
    Category.CONDITION: "#fbe3d3",
    Category.TARGET: "#f2dcec",
    Category.PROCESS: "#f7e9f3",
    Category.ANATOMY: "#e8ebef",
    Category.EXPOSURE: "#fbe3d3",
    Category.PROPERTY: "#f6ecd0",
    Category.OUTCOME: "#d5efe6",
    Category.PRACTICE: "#d5efe6",
    Category.FACTOR: "#e2f3ee",
    Category.INTERVENTION: "#e3eefa",
}
_GROUPS: Mapping[str, frozenset[Relation]] = {
    "help": frozenset({Relation.TREATS, Relation.PREVENTS}),
    "harm": frozenset(
        {
            Relation.CONTRAINDICATED_FOR,
            Relation.HAS_ADVERSE_EFFECT,
            Relation.LEADS_TO,
            Relation.INTERACTS_WITH,
            Relation.LIMITS,
        }
    ),
    "mechanism": frozenset(
        {
            Relation.ACTS_THROUGH,
            Relation.BINDS_TO,
            Relation.MODULATES,
            Relation.INCREASES,
            Relation.DECREASES,
            Relation.RESULTS_IN,
        }
    ),
    "property": frozenset(
        {
            Relation.HAS_PROPERTY,
            Relation.IS_SUBSTRATE_OF,
            Relation.HAS_DOSE,
            Relation.STATES_THAT,
        }
    ),
    "advice": frozenset({Relation.REQUIRES, Relation.REQUIRES_EVALUATION_OF}),
    "kind": frozenset({Relation.IS_KIND_OF, Relation.OCCURS_IN, Relation.CHARACTERIZED_BY}),
}
_STROKES: Mapping[str, str] = {
    "help": "#0b5cad",
    "harm": "#b14400",
    "mechanism": "#8b2f78",
    "property": "#7a5b00",
    "advice": "#00705a",
    "kind": "#596373",
}
_CAPTIONS: Mapping[Relation, str] = {
    Relation.CONTRAINDICATED_FOR: "contraindicated",
    Relation.HAS_ADVERSE_EFFECT: "adverse effect",
    Relation.BINDS_TO: "binds",
    Relation.HAS_PROPERTY: "has property",
    Relation.IS_SUBSTRATE_OF: "substrate of",
    Relation.HAS_DOSE: "dose",
    Relation.REQUIRES_EVALUATION_OF: "evaluate",
    Relation.IS_KIND_OF: "kind of",
    Relation.CHARACTERIZED_BY: "marked by",
}
_ARROWHEADS: Mapping[Relation, str] = {
    Relation.DECREASES: "bar",
    Relation.LIMITS: "bar",
    Relation.PREVENTS: "bar",
    Relation.BINDS_TO: "circle",
    Relation.IS_KIND_OF: "vee",
}
SIGNS: Mapping[str, str] = {
    Certainty.ASSERTED.value: "",
    Certainty.POSSIBLE.value: "?",
    Certainty.PROJECTED.value: "»",
    Certainty.INTENDED.value: "◎",
    "recommended": "!",
    "denied": "¬",
}
"""The sign before an arrow's words, by its voice: how the text says it."""


_PLACED = ("id", "x", "y")


def draw(picture: Picture) -> dict[str, Any]:
    """Build the pyvis network of a picture and take out what the page needs of it.

    Returns:
        What vis-network is given: `nodes` and `options`. Nodes are `n0`, `n1` …, in the picture's
        order, so that no id comes from a text. The page paints boxes and arrows itself, in the
        reader's theme: the boxes' looks stay behind, and the arrows altogether.
    """
    nodes, _, _, _, _, _ = to_pyvis(replace(picture, arrows=())).get_network_data()
    return {
        "nodes": [{name: node[name] for name in _PLACED} for node in nodes],
        "options": dict(_OPTIONS),
    }


def to_pyvis(picture: Picture) -> Network:
    """Build a pyvis network that stands still: positions are given, physics is off.

    It can be shown as it is, in pyvis's own look. Of a chart that does not draw everything at
    first, it has what is drawn at first.
    """
    from pyvis.network import Network  # noqa: PLC0415 - brings IPython along, which takes a second

    # Directed: an undirected network would drop all but one of several edges between two nodes.
    network = Network(directed=True, cdn_resources="in_line")
    network.options = dict(_OPTIONS)
    names = {}
    for number, box in enumerate(picture.boxes):
        names[box.concept] = f"n{number}"
        network.add_node(f"n{number}", **_node(box))
    for number, arrow in enumerate(picture.arrows):
        ends = names.get(arrow.subject), names.get(arrow.object)
        if None not in ends:
            network.add_edge(*ends, id=f"e{number}", **_edge(arrow))
    return network


def group_of(relation: Relation) -> str:
    """Name the group of relations that share a colour.

    >>> group_of(Relation.PREVENTS)
    'help'
    """
    return next(name for name, members in _GROUPS.items() if relation in members)


def voice_of(polarity: Polarity, certainty: Certainty, modality: Modality) -> str:
    """Name how a text says something: denied, recommended, or by its certainty.

    >>> voice_of(Polarity.AFFIRMED, Certainty.POSSIBLE, Modality.FACTUAL)
    'possible'
    """
    if polarity is Polarity.NEGATED:
        return "denied"
    return "recommended" if modality is Modality.NORMATIVE else certainty.value


def caption(relation: Relation) -> str:
    """Say a relation in the fewest words that can stand on an arrow.

    >>> caption(Relation.IS_KIND_OF), caption(Relation.TREATS)
    ('kind of', 'treats')
    """
    return _CAPTIONS.get(relation, phrase(relation))


def read_library() -> str:
    """Read vis-network as pyvis carries it, without the pointer to a source map beside it.

    Raises:
        ClaimgraphError: if pyvis is not the version that carries it there.
    """
    path = resources.files("pyvis").joinpath(_LIBRARY)
    if not path.is_file():
        raise ClaimgraphError(
            "pyvis does not carry vis-network 9.1.2",
            where=Place(str(path)),
            repair="install pyvis 0.3.2, the version claimgraph asks for",
        )
    code = path.read_text(encoding="utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", code, flags=re.MULTILINE)


def _node(box: Box) -> dict[str, Any]:
    """Give the options of a box."""
    place = box.place
    return {
        "label": "\n".join(box.lines),
        "shape": "box",
        "color": {"background": _FILLS[box.category], "border": "#59637388"},
        "x": place.x,
        "y": place.y,
        "physics": False,
        "widthConstraint": {"minimum": place.width - 12, "maximum": place.width - 12},
        "heightConstraint": {"minimum": place.height - 12},
        "shapeProperties": {"borderDashes": [3, 3] if box.origin is Origin.BACKGROUND else False},
    }


def _edge(arrow: Arrow) -> dict[str, Any]:
    """Give the options of an arrow."""
    voice = voice_of(arrow.polarity, arrow.certainty, arrow.modality)
    many = f" ×{len(arrow.keys)}" if len(arrow.keys) > 1 else ""
    dashes: list[int] | bool = False
    if arrow.origin is not Origin.TEXT:
        dashes = [2, 4]
    elif voice not in (Certainty.ASSERTED.value, "recommended"):
        dashes = [7, 5]
    return {
        "label": f"{SIGNS[voice]} {caption(arrow.relation)}{many}".strip(),
        "color": {
            "color": _STROKES[group_of(arrow.relation)],
            "opacity": 0.6 if voice == "recommended" else 1.0,
        },
        "dashes": dashes,
        "arrows": {"to": {"enabled": True, "type": _ARROWHEADS.get(arrow.relation, "arrow")}},
        "smooth": {"enabled": True, "type": "cubicBezier", "roundness": 0.4},
        "physics": False,
    }
