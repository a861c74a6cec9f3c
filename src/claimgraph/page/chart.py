"""Decide what the picture of many texts, or of many concepts, shows at first, and where.

One drug has its lanes around it (see `picture`). Many drugs have columns: what they act on, the
drugs, what they treat, the harm they do, and the rest. Each column is a grid, best connected at the
top, and grows downwards, so that what a reader adds moves nothing. Lengths are pixels at scale 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from claimgraph.model import Category, Claim
from claimgraph.network import Origin
from claimgraph.page.drawing import group_of
from claimgraph.page.picture import (
    Box,
    Frame,
    Lane,
    Picture,
    Place,
    Tie,
    find_hub,
    label_lines,
    merge_ties,
    rank_concepts,
    read_ties,
)

ALL = 500
"""Up to this many concepts are all drawn."""
FIRST = 350
"""Of more than `ALL` concepts, this many of the best connected are drawn at first."""
CHART_TITLES: Mapping[Lane, str] = {
    Lane.MECHANISM: "Acts on",
    Lane.DRUGS: "Drugs",
    Lane.TREATS: "Treated",
    Lane.HARM: "Harm and risk",
    Lane.NATURE: "Other",
}
"""The lanes of a chart, from left to right."""
CELL = (180, 48)
"""Width and height that a box and the gap around it take up."""
BOX = (164, 34)
"""Width and height of a box."""

_CROWD = 120  # concepts; more would make lanes around one drug too long to be read
_DRUGS = 4  # more drugs than this have no common middle
_GAP = 84  # between two lanes, for arrows to be seen in
_TITLE, _INSET = 40, 14
_SHAPE = 1.0  # width to height, about that of the pane between legend and text
_LANES: Mapping[Category, Lane] = {
    Category.TARGET: Lane.MECHANISM,
    Category.PROCESS: Lane.MECHANISM,
    Category.ANATOMY: Lane.MECHANISM,
    Category.DRUG: Lane.DRUGS,
    Category.DRUG_CLASS: Lane.DRUGS,
    Category.INTERVENTION: Lane.DRUGS,
    Category.EXPOSURE: Lane.HARM,
    Category.CONDITION: Lane.TREATS,
}


def needs_chart(network: nx.MultiDiGraph[str]) -> bool:
    """Tell whether a network is too large, or about too many drugs, for lanes around one."""
    texts = [d for _, d in network.nodes(data=True) if d["origin"] == Origin.TEXT]
    drugs = sum(data["category"] == Category.DRUG for data in texts)
    return len(texts) > _CROWD or drugs > _DRUGS


def chart(network: nx.MultiDiGraph[str], claims: Iterable[Claim]) -> Picture:
    """Arrange the network of many drugs.

    Args:
        network: made by `claimgraph.network.to_network`; it is not changed.
        claims: the claims it was made of.
    """
    ties = read_ties(network, claims)
    ranked = rank_concepts(network, ties)
    lanes = _lanes(network, ties, ranked)
    drawn = ranked if len(ranked) <= ALL else ranked[:FIRST]
    filled = {lane: [n for n in drawn if lanes[n] is lane] for lane in CHART_TITLES}
    frames = _frames({lane: len(names) for lane, names in filled.items()}, set(lanes.values()))
    boxes = []
    for frame in frames:
        for number, name in enumerate(filled[frame.lane]):
            boxes.append(
                Box(
                    concept=name,
                    lines=label_lines(network.nodes[name]["label"]),
                    category=Category(network.nodes[name]["category"]),
                    origin=Origin(network.nodes[name]["origin"]),
                    lane=frame.lane,
                    place=_place(frame, number),
                )
            )
    return Picture(
        hub=find_hub(network, ties),
        boxes=tuple(boxes),
        arrows=merge_ties(ties),
        frames=frames,
        lanes=lanes,
        is_chart=True,
    )


def _lanes(
    network: nx.MultiDiGraph[str], ties: Iterable[Tie], ranked: Sequence[str]
) -> dict[str, Lane]:
    """Give each concept a lane, by what it is; a condition by what more often is said of it."""
    votes: Counter[str] = Counter()
    for tie in ties:
        group = group_of(tie.relation)
        if tie.origin is Origin.TEXT and group in ("help", "harm"):
            votes[tie.object] += 1 if group == "help" else -1
    lanes = {}
    for name in ranked:
        lane = _LANES.get(Category(network.nodes[name]["category"]), Lane.NATURE)
        lanes[name] = Lane.HARM if lane is Lane.TREATS and votes[name] < 0 else lane
    return lanes


def _frames(counts: Mapping[Lane, int], used: set[Lane]) -> tuple[Frame, ...]:
    """Lay the lanes side by side, with as many rows as make the whole about as wide as the pane."""
    lanes = [lane for lane in CHART_TITLES if lane in used]

    def columns_for(rows: int) -> dict[Lane, int]:
        return {lane: max(1, -(-counts[lane] // rows)) for lane in lanes}

    def misfit(rows: int) -> float:
        columns = columns_for(rows)
        filled = max((-(-counts[lane] // columns[lane]) for lane in lanes), default=1)
        shape = _width(columns) / (filled * CELL[1] + _TITLE)
        return max(shape / _SHAPE, _SHAPE / shape)

    columns = columns_for(min(range(1, max(counts.values(), default=1) + 1), key=misfit))
    width = _width(columns)
    frames = []
    x = -width // 2
    for lane in lanes:
        wide = columns[lane] * CELL[0] - (CELL[0] - BOX[0]) + 2 * _INSET
        high = _TITLE + -(-counts[lane] // columns[lane]) * CELL[1] + _INSET
        frames.append(Frame(lane, x, 0, wide, high, columns[lane]))
        x += columns[lane] * CELL[0] + _GAP
    return tuple(frames)


def _width(columns: Mapping[Lane, int]) -> int:
    """How wide lanes with so many columns are, side by side."""
    return sum(columns.values()) * CELL[0] + (len(columns) - 1) * _GAP


def _place(frame: Frame, number: int) -> Place:
    """Place a box in its lane, row by row; the page places what it adds by the same rule."""
    row, column = divmod(number, frame.columns)
    return Place(
        x=frame.x + _INSET + column * CELL[0] + BOX[0] // 2,
        y=frame.y + _TITLE + row * CELL[1] + BOX[1] // 2,
        width=BOX[0],
        height=BOX[1],
    )
