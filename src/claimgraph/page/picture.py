"""Decide what the picture of a text's claims shows, and where: computed here, so it stands still.

The drug stands in the middle, and below it what it is and is like. On its left: how it acts, and
what is hoped for; on its right: what it is used against, the harm it does, and what is recommended.
Each of these is a lane with two columns: near the drug what the text ties to it directly, further
out what follows from that. Lengths are pixels at scale 1; y grows downwards; a box is placed by its
centre.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx

from claimgraph.model import Category, Certainty, Claim, ClaimType, Modality, Polarity, Relation
from claimgraph.network import Origin
from claimgraph.vocab import MECHANISM_RELATIONS


class Lane(StrEnum):
    """A part of the picture, by the role that what stands in it plays for the drug.

    `drugs` is for pictures of many drugs (see `chart`).
    """

    TREATS = "treats"
    HARM = "harm"
    MECHANISM = "mechanism"
    NATURE = "nature"
    OUTLOOK = "outlook"
    ADVICE = "advice"
    DRUGS = "drugs"


LANE_TITLES: Mapping[Lane, str] = {
    Lane.MECHANISM: "How it acts",
    Lane.NATURE: "What it is and is like",
    Lane.OUTLOOK: "Outlook",
    Lane.TREATS: "What it is used against",
    Lane.HARM: "Harm and risk",
    Lane.ADVICE: "What to do",
}

_LEFT = (Lane.MECHANISM, Lane.OUTLOOK)
_CENTRE = (Lane.NATURE,)
_RIGHT = (Lane.TREATS, Lane.HARM, Lane.ADVICE)
_LANES_OF_TYPES: Mapping[ClaimType, Lane] = {
    ClaimType.MECHANISM: Lane.MECHANISM,
    ClaimType.INDICATION: Lane.TREATS,
    ClaimType.ADVERSE_EFFECT: Lane.HARM,
    ClaimType.RISK: Lane.HARM,
    ClaimType.CONTRAINDICATION: Lane.HARM,
    ClaimType.INTERACTION: Lane.HARM,
    ClaimType.PHARMACOKINETICS: Lane.NATURE,
    ClaimType.DOSAGE: Lane.NATURE,
    ClaimType.EVALUATIVE: Lane.NATURE,
    ClaimType.PRECAUTION: Lane.ADVICE,
    ClaimType.RECOMMENDATION: Lane.ADVICE,
    ClaimType.OUTLOOK: Lane.OUTLOOK,
}
"""Classification and background say nothing of a role: such concepts stand by what they are tied
to."""

# Widths leave room for 20 characters of 13 px in a common sans serif, and for the symbol.
_NEAR_WIDTH, _FAR_WIDTH, _HUB_WIDTH, _HUB_HEIGHT = 168, 156, 168, 58
_NEAR_GAP, _FAR_GAP = 92, 58
_LINE, _PADDING, _ROW_GAP = 15, 11, 15
_TITLE, _LANE_GAP, _INSET = 42, 14, 14
_CHARACTERS, _MAX_LINES = 20, 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands: its centre and its size."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A concept in the picture; `lines` is its label, cut to fit."""

    concept: str
    lines: tuple[str, ...]
    category: Category
    origin: Origin
    lane: Lane | None
    place: Place


@dataclass(frozen=True, slots=True)
class Arrow:
    """All that says the same, in the same way, of the same two concepts.

    `keys` are the keys of the network's edges. `slot` counts the arrows that share both ends, so
    that they can be drawn side by side.
    """

    subject: str
    object: str
    relation: Relation
    origin: Origin
    polarity: Polarity
    certainty: Certainty
    modality: Modality
    keys: tuple[str, ...]
    slot: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a lane lies: its upper left corner and its size.

    `columns` is the number of boxes in a row of a chart.
    """

    lane: Lane
    x: int
    y: int
    width: int
    height: int
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn and where.

    `hub` is the concept in the middle. `lanes` has the lane of every concept that can be drawn,
    best connected first; in a chart there may be more of them than boxes. `is_chart` tells a
    picture made by `chart` from one of lanes around one drug.
    """

    hub: str | None
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    frames: tuple[Frame, ...]
    lanes: Mapping[str, Lane | None]
    is_chart: bool = False


def arrange(network: nx.MultiDiGraph[str], claims: Iterable[Claim]) -> Picture:
    """Arrange the network of a text.

    Args:
        network: made by `claimgraph.network.to_network`; it is not changed. What only the
            background names is shown where it lies between two other concepts.
        claims: the claims it was made of; their order is the order of the picture.
    """
    ties = read_ties(network, claims)
    hub = find_hub(network, ties)
    lanes = _lanes(network, ties, hub)
    order = _order(network, ties, hub)
    rooms = _rooms(network, ties, lanes, hub, order)
    frames, places = _stack(rooms, _heights(network), hub)
    boxes = tuple(
        Box(
            concept=name,
            lines=label_lines(network.nodes[name]["label"]),
            category=Category(network.nodes[name]["category"]),
            origin=Origin(network.nodes[name]["origin"]),
            lane=lanes.get(name),
            place=places[name],
        )
        for name in sorted(places, key=lambda n: (n != hub, order[n], n))
    )
    ranked = rank_concepts(network, ties)
    return Picture(
        hub, boxes, merge_ties(ties), frames, {n: lanes.get(n) for n in ranked if n in places}
    )


def label_lines(label: str) -> tuple[str, ...]:
    """Cut a label into lines that fit a box; what is left over becomes an ellipsis.

    Marks that turn the direction of writing are left out: on a canvas nothing would end them.

    >>> label_lines("inhibition of neurotransmitter release")
    ('inhibition of', 'neurotransmitter', 'release')
    """
    clean = re.sub("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", "", label[:400])
    lines = textwrap.wrap(
        clean,
        width=_CHARACTERS,
        max_lines=_MAX_LINES,
        placeholder="…",
        break_on_hyphens=False,
    )
    return tuple(lines) or ("(no label)",)


# ── What is shown ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge of the network that is shown, with its rank in the text."""

    rank: tuple[int, str]
    key: str
    subject: str
    object: str
    relation: Relation
    origin: Origin
    type: ClaimType | None
    polarity: Polarity
    certainty: Certainty
    modality: Modality

    @property
    def ends(self) -> frozenset[str]:
        """Both its concepts."""
        return frozenset((self.subject, self.object))

    @property
    def look(self) -> tuple[str, str, Relation, Origin, Polarity, Certainty, Modality]:
        """What makes two edges one arrow."""
        return (
            self.subject, self.object, self.relation, self.origin,
            self.polarity, self.certainty, self.modality,
        )  # fmt: skip


def read_ties(network: nx.MultiDiGraph[str], claims: Iterable[Claim]) -> tuple[Tie, ...]:
    """Read the edges in text order, and leave out background that leads nowhere."""
    ordered = sorted(claims, key=lambda c: (c.text_id, c.sort_key))
    ranks = {claim.id: number for number, claim in enumerate(ordered)}
    ties = [
        Tie(
            rank=(ranks.get(data["claim"], len(ranks)), key),
            key=key,
            subject=subject,
            object=object_,
            relation=Relation(data["relation"]),
            origin=Origin(data["origin"]),
            type=ClaimType(data["type"]) if data["type"] else None,
            polarity=Polarity(data["polarity"]),
            certainty=Certainty(data["certainty"]),
            modality=Modality(data["modality"]),
        )
        for subject, object_, key, data in network.edges(keys=True, data=True)
    ]
    while True:
        tied: dict[str, set[str]] = {}
        for tie in ties:
            for name in tie.ends:
                tied.setdefault(name, set()).update(tie.ends - {name})
        loose = {
            name
            for name, others in tied.items()
            if network.nodes[name]["origin"] == Origin.BACKGROUND and len(others) < 2
        }
        if not loose:
            return tuple(sorted(ties, key=lambda tie: tie.rank))
        ties = [tie for tie in ties if not tie.ends & loose]


def find_hub(network: nx.MultiDiGraph[str], ties: Iterable[Tie]) -> str | None:
    """Find what the text is about: the drug, or failing that the concept, that most is said of."""
    rank = {Category.DRUG.value: 0, Category.DRUG_CLASS.value: 1}
    said = Counter(name for tie in ties if tie.origin is Origin.TEXT for name in tie.ends)
    in_text = [n for n in network if network.nodes[n]["origin"] == Origin.TEXT]
    return min(
        in_text,
        key=lambda n: (rank.get(network.nodes[n]["category"], 2), -said[n], n),
        default=None,
    )


def _order(network: nx.MultiDiGraph[str], ties: tuple[Tie, ...], hub: str | None) -> dict[str, int]:
    """Order concepts as the text brings them up, object before subject.

    Then comes what only the background names, step by step away from the hub.
    """
    order: dict[str, int] = {}
    for tie in ties:
        for name in (tie.object, tie.subject):
            if network.nodes[name]["origin"] == Origin.TEXT:
                order.setdefault(name, len(order))
    for name in sorted(network):
        if network.nodes[name]["origin"] == Origin.TEXT:
            order.setdefault(name, len(order))
    reached = [hub] if hub is not None else []
    for name in reached:
        after = {
            tie.object for tie in ties if tie.subject == name and tie.origin is not Origin.TEXT
        }
        reached += sorted(after - set(reached))
    for name in (*reached, *sorted(network)):
        order.setdefault(name, len(order))
    return order


def rank_concepts(network: nx.MultiDiGraph[str], ties: Iterable[Tie]) -> tuple[str, ...]:
    """Order what can be drawn: by how many others it is tied to, how often, and by name."""
    tied: dict[str, set[str]] = {
        name: set() for name in network if network.nodes[name]["origin"] == Origin.TEXT
    }
    often: Counter[str] = Counter()
    for tie in ties:
        for name in tie.ends:
            tied.setdefault(name, set()).update(tie.ends - {name})
            often[name] += 1
    return tuple(sorted(tied, key=lambda n: (-len(tied[n]), -often[n], n)))


def merge_ties(ties: Iterable[Tie]) -> tuple[Arrow, ...]:
    """Merge the edges that say the same in the same way."""
    merged: dict[tuple[str, str, Relation, Origin, Polarity, Certainty, Modality], list[str]] = {}
    for tie in ties:
        merged.setdefault(tie.look, []).append(tie.key)
    slots: Counter[frozenset[str]] = Counter()
    arrows = []
    for look, keys in merged.items():
        ends = frozenset(look[:2])
        arrows.append(Arrow(*look, keys=tuple(keys), slot=slots[ends]))
        slots[ends] += 1
    return tuple(arrows)


# ── Lanes ───────────────────────────────────────────────────────────────────────────────────────


def _lanes(
    network: nx.MultiDiGraph[str], ties: tuple[Tie, ...], hub: str | None
) -> dict[str, Lane]:
    """Give each concept but the hub a lane: by what ties it to the hub, else by what is said."""
    shown = {n for n in network if network.nodes[n]["origin"] == Origin.TEXT}
    shown = shown.union(*(tie.ends for tie in ties)) - {hub}
    lanes = {}
    for name in sorted(shown):
        own = [tie for tie in ties if name in tie.ends and tie.origin is not Origin.CHAIN]
        at_hub = [lane for tie in own if hub in tie.ends and (lane := _lane_of(tie, at_hub=True))]
        counts = Counter(
            at_hub or [lane for tie in own if (lane := _lane_of(tie, at_hub=False)) is not None]
        )
        if counts:
            lanes[name] = min(counts, key=lambda lane: _claim_on(lane, counts[lane], bool(at_hub)))
    waiting = sorted(shown - set(lanes))
    while waiting:
        # What has no role of its own stands beside what it is tied to; the rest is outlook.
        found = {
            name: near[0]
            for name in waiting
            if (near := [lanes[o] for t in ties if name in t.ends for o in t.ends if o in lanes])
        } or dict.fromkeys(waiting, Lane.OUTLOOK)
        lanes |= found
        waiting = [name for name in waiting if name not in found]
    return lanes


def _claim_on(lane: Lane, count: int, at_hub: bool) -> tuple[bool, int, int]:
    """Order lanes by their claim on a concept: harm that is also guarded against stays harm."""
    mild = lane in (Lane.ADVICE, Lane.OUTLOOK)
    rank = list(Lane).index(lane)
    return (not at_hub and mild, -count if at_hub or mild else 0, rank)


def _lane_of(tie: Tie, *, at_hub: bool) -> Lane | None:
    """Tell which lane an edge speaks for."""
    if tie.origin is Origin.BACKGROUND:
        return Lane.MECHANISM if tie.relation in MECHANISM_RELATIONS else None
    if tie.relation is Relation.IS_KIND_OF:
        return Lane.NATURE if at_hub else None
    return None if tie.type is None else _LANES_OF_TYPES.get(tie.type)


@dataclass(frozen=True, slots=True)
class _Room:
    """The two columns of a lane, and for each concept of the far one those it hangs on."""

    lane: Lane
    near: tuple[str, ...]
    far: tuple[str, ...]
    anchors: Mapping[str, tuple[str, ...]]


def _rooms(
    network: nx.MultiDiGraph[str],
    ties: tuple[Tie, ...],
    lanes: Mapping[str, Lane],
    hub: str | None,
    order: Mapping[str, int],
) -> tuple[_Room, ...]:
    """Sort each lane into its columns.

    Near stands what is tied to the hub, and exposures to it; and of what is not tied to any of
    those, what acts at least twice as often as it is acted on.
    """
    tied: dict[str, set[str]] = {name: set() for name in (*lanes, hub or "")}
    for tie in ties:
        for name in tie.ends & set(tied):
            tied[name] |= tie.ends - {name}
    rooms = []
    for lane in Lane:
        members = sorted((n for n in lanes if lanes[n] is lane), key=lambda n: (order[n], n))
        near = {n for n in members if hub in tied[n]}
        near |= {n for n in members if network.nodes[n]["category"] == Category.EXPOSURE}
        reached = set(near)
        while grown := {n for n in members if tied[n] & reached} - reached:
            reached |= grown
        acts = Counter(tie.subject for tie in ties)
        suffers = Counter(tie.object for tie in ties)
        near |= {n for n in members if n not in reached and acts[n] >= 2 * suffers[n]}
        far = tuple(n for n in members if n not in near)
        anchors = {n: tuple(sorted(tied[n] & near)) or tuple(sorted(tied[n])) for n in far}
        if members:
            rooms.append(_Room(lane, tuple(n for n in members if n in near), far, anchors))
    return tuple(rooms)


# ── Places ──────────────────────────────────────────────────────────────────────────────────────


def _heights(network: nx.MultiDiGraph[str]) -> dict[str, int]:
    """How high each box has to be for its label."""
    return {
        name: _LINE * len(label_lines(network.nodes[name]["label"])) + _PADDING for name in network
    }


def _stack(
    rooms: tuple[_Room, ...], heights: Mapping[str, int], hub: str | None
) -> tuple[tuple[Frame, ...], dict[str, Place]]:
    """Stack the lanes: left of the hub, below it, and right of it; each stack is centred."""
    stacks = {
        sign: [room for lane in lanes for room in rooms if room.lane is lane]
        for sign, lanes in ((-1, _LEFT), (0, _CENTRE), (1, _RIGHT))
    }
    heads = {-1: 0, 0: _HUB_HEIGHT + _LANE_GAP if hub is not None else 0, 1: 0}
    total = {
        sign: heads[sign] + sum(_room_height(room, heights, sign) + _LANE_GAP for room in stack)
        for sign, stack in stacks.items()
    }
    frames: list[Frame] = []
    places: dict[str, Place] = {}
    for sign, stack in stacks.items():
        top = (max(total.values()) - total[sign]) // 2
        if sign == 0 and hub is not None:
            places[hub] = Place(0, top + _HUB_HEIGHT // 2, _HUB_WIDTH, _HUB_HEIGHT)
        top += heads[sign]
        for room in stack:
            frame, inside = _fill(room, heights, sign, top)
            frames.append(frame)
            places |= inside
            top += frame.height + _LANE_GAP
    return tuple(frames), places


def _columns(room: _Room, sign: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the near and the far column of a lane.

    Below the hub there is but one, and so where nothing of a lane is tied to the hub: an empty
    column would only push the picture apart.
    """
    return (room.near, room.far) if sign and room.near else ((*room.near, *room.far), ())


def _room_height(room: _Room, heights: Mapping[str, int], sign: int) -> int:
    """How high a lane is: as its higher column."""
    columns = [sum(heights[n] + _ROW_GAP for n in column) for column in _columns(room, sign)]
    return max(columns) + _TITLE + _INSET - _ROW_GAP


def _fill(
    room: _Room, heights: Mapping[str, int], sign: int, top: int
) -> tuple[Frame, dict[str, Place]]:
    """Place the boxes of a lane: left of the hub (sign -1), below it (0) or right of it (1)."""
    near, far = _columns(room, sign)
    near_x = _HUB_WIDTH // 2 + _NEAR_GAP + _NEAR_WIDTH // 2
    far_x = near_x + _NEAR_WIDTH // 2 + _FAR_GAP + _FAR_WIDTH // 2
    height = _room_height(room, heights, sign)
    places: dict[str, Place] = {}
    y = top + _TITLE
    for name in near:
        places[name] = Place(sign * near_x, y + heights[name] // 2, _NEAR_WIDTH, heights[name])
        y += heights[name] + _ROW_GAP

    def wish(name: str) -> int:
        """Where a box of the far column would like to be: level with what it hangs on."""
        ys = [places[a].y for a in room.anchors[name] if a in places]
        return sum(ys) // len(ys) if ys else top + height

    wishes = {name: wish(name) for name in far}
    column = sorted(far, key=lambda n: (wishes[n], far.index(n)))
    bottom = top + height - _INSET
    # Each box goes as near to its wish as the boxes above leave room and those below need it.
    y = top + _TITLE
    for number, name in enumerate(column):
        below = sum(heights[n] + _ROW_GAP for n in column[number + 1 :])
        half = heights[name] // 2
        centre = max(y + half, min(wishes[name], bottom - below - (heights[name] - half)))
        places[name] = Place(sign * far_x, centre, _FAR_WIDTH, heights[name])
        y = centre - half + heights[name] + _ROW_GAP
    half_near = _NEAR_WIDTH // 2 + _INSET
    if sign == 0:
        return Frame(room.lane, -half_near, top, 2 * half_near, height), places
    inner, outer = near_x - half_near, near_x + half_near
    if far:
        outer = far_x + _FAR_WIDTH // 2 + _INSET
    return Frame(room.lane, inner if sign > 0 else -outer, top, outer - inner, height), places
