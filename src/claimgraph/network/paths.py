"""Find the ways by which, according to the claims, one thing acts on another."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import networkx as nx

from claimgraph.model import Certainty, Modality, Polarity, Relation
from claimgraph.network.multigraph import CERTAINTY_ORDER, Origin, require_concept, weakest
from claimgraph.vocab import MECHANISM_RELATIONS

_CANDIDATES = 500
"""How many paths of equal length are compared before the search gives up on a full order."""


class Change(StrEnum):
    """What happens to the object of a step."""

    INCREASED = "increased"
    DECREASED = "decreased"
    UNKNOWN = "unknown"


_SIGNS: Mapping[Relation, Change] = {
    Relation.INCREASES: Change.INCREASED,
    Relation.RESULTS_IN: Change.INCREASED,
    Relation.DECREASES: Change.DECREASED,
}


@dataclass(frozen=True, slots=True)
class Support:
    """What one step rests on: the words of a claim, or a source of the background.

    For a chain step `relation` is that of the later claim and tells what happens to the object
    when the drug acts, not what the step's subject does to it. `key` is that of the network's edge.
    """

    origin: Origin
    relation: Relation
    certainty: Certainty
    claim: str = ""
    quote: str = ""
    sentence: int = 0
    text: str = ""
    source: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path, from one concept to the next.

    `origin` is that of the best support: the text's own claim, else a chain of its claims, else
    the background. `is_bridge` marks a step from something to the kind it belongs to, between what
    the text names and what the background names. `change` is what has happened to `object` when
    the path has come this far.
    """

    subject: str
    object: str
    relation: Relation
    origin: Origin
    certainty: Certainty
    change: Change
    is_bridge: bool
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class MechanismPath:
    """A way from one concept to another over mechanism relations."""

    steps: tuple[Step, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        """The ids along the path, from the first to the last."""
        return (self.steps[0].subject, *(step.object for step in self.steps))

    @property
    def certainty(self) -> Certainty:
        """How sure the path is: as its weakest step."""
        return weakest(step.certainty for step in self.steps)

    @property
    def background_steps(self) -> int:
        """How many steps the text itself does not state."""
        return sum(step.origin is Origin.BACKGROUND for step in self.steps)

    @property
    def sort_key(self) -> tuple[int, int, tuple[str, ...]]:
        """Order of paths: short before long, the text's own before background, then by name."""
        return (len(self.steps), self.background_steps, self.concepts)


def mechanism_paths(
    network: nx.MultiDiGraph[str],
    source: str,
    target: str,
    k: int = 3,
    *,
    background: bool = True,
    spelled_out: bool = False,
) -> tuple[MechanismPath, ...]:
    """Find the k shortest mechanism paths.

    Steps go over mechanism relations and chain steps. Negated claims and recommendations are never
    used. Over `isKindOf` a path goes only upwards, and only between what the text names and what
    only the background names.

    Args:
        network: made by `to_network`.
        source: id of the concept to start from.
        target: id of the concept to reach.
        k: how many paths at most.
        background: whether background steps may be used.
        spelled_out: whether to leave out the steps by which the text sums up what it also says in
            smaller ones ("by enhancing GABA, clonazepam dampens excitability": not from clonazepam
            to excitability at once).

    Returns:
        Up to `k` paths, in the order of `MechanismPath.sort_key`; none if there is no way.

    Raises:
        NotFoundError: if source or target is not in the network.
    """
    for concept in (source, target):
        require_concept(network, concept)
    found_steps = mechanism_steps(network, background=background, spelled_out=spelled_out)
    steps = {(step.subject, step.object): step for step in found_steps}
    simple: nx.DiGraph[str] = nx.DiGraph()
    simple.add_nodes_from(sorted(network))
    simple.add_edges_from(steps)
    if source == target or k < 1 or not nx.has_path(simple, source, target):
        return ()
    found: list[MechanismPath] = []
    candidates = nx.shortest_simple_paths(simple, source, target)
    for nodes in itertools.islice(candidates, max(_CANDIDATES, k)):
        # All paths as long as the k-th are needed to order them; longer ones are not.
        if len(found) >= k and len(nodes) > len(found[k - 1].concepts):
            break
        found.append(_walk([steps[pair] for pair in itertools.pairwise(nodes)]))
    return tuple(sorted(found, key=lambda path: path.sort_key)[:k])


def mechanism_steps(
    network: nx.MultiDiGraph[str], *, background: bool = True, spelled_out: bool = False
) -> tuple[Step, ...]:
    """Give every step that a mechanism path may take, one for each pair of concepts, by name.

    Arguments as for `mechanism_paths`. A step by itself does not know what came before it: its
    `change` is unknown.
    """
    support: dict[tuple[str, str], list[Support]] = {}
    chained = {
        data["claim"] for _, _, data in network.edges(data=True) if data["origin"] == Origin.CHAIN
    }
    for subject, object_, key, data in network.edges(keys=True, data=True):
        relation = Relation(data["relation"])
        origin = Origin(data["origin"])
        if (
            data["polarity"] == Polarity.NEGATED
            or data["modality"] == Modality.NORMATIVE
            or (origin is Origin.BACKGROUND and not background)
            or (spelled_out and origin is Origin.TEXT and data["claim"] in chained)
            or not (relation in MECHANISM_RELATIONS or _is_bridge(network, subject, object_, data))
        ):
            continue
        support.setdefault((subject, object_), []).append(
            Support(
                origin=origin,
                relation=relation,
                certainty=Certainty(data["certainty"]),
                claim=data["claim"],
                quote=data["quote"],
                sentence=data["sentence"],
                text=data["text"],
                source=data["source"],
                key=key,
            )
        )
    return tuple(_merge(pair, support[pair]) for pair in sorted(support))


def _is_bridge(
    network: nx.MultiDiGraph[str], subject: str, object_: str, data: Mapping[str, object]
) -> bool:
    """Tell whether an edge leads from a thing to its kind, one in the text and one beside it."""
    origins = {network.nodes[subject]["origin"], network.nodes[object_]["origin"]}
    return data["relation"] == Relation.IS_KIND_OF and len(origins) == 2


def _merge(pair: tuple[str, str], supports: list[Support]) -> Step:
    """Make one step of all that supports it; the best support speaks for it."""
    rank = (Origin.TEXT, Origin.CHAIN, Origin.BACKGROUND)
    ordered = sorted(
        supports,
        key=lambda s: (
            rank.index(s.origin),
            CERTAINTY_ORDER.index(s.certainty),
            s.relation is Relation.IS_KIND_OF,
            s.sentence,
            s.claim,
            s.source,
        ),
    )
    best = ordered[0]
    return Step(
        subject=pair[0],
        object=pair[1],
        relation=best.relation,
        origin=best.origin,
        certainty=best.certainty,
        change=Change.UNKNOWN,
        is_bridge=best.relation is Relation.IS_KIND_OF,
        support=tuple(ordered),
    )


def _walk(steps: list[Step]) -> MechanismPath:
    """Follow what the steps do to their objects.

    A chain step states outright what becomes of its object when the drug acts. Any other step says
    what its subject does, so that what becomes of the object depends on what came before.
    """
    change = Change.UNKNOWN
    walked = []
    for number, step in enumerate(steps):
        sign = _SIGNS.get(step.relation, Change.UNKNOWN)
        if not step.is_bridge:
            outright = number == 0 or step.origin is Origin.CHAIN
            change = sign if outright else _combine(change, sign)
        walked.append(replace(step, change=change))
    return MechanismPath(tuple(walked))


def _combine(before: Change, sign: Change) -> Change:
    """Tell what happens to an object whose cause has changed.

    >>> _combine(Change.DECREASED, Change.DECREASED).value
    'increased'
    """
    if Change.UNKNOWN in (before, sign):
        return Change.UNKNOWN
    return Change.INCREASED if before is sign else Change.DECREASED
