"""See what a text covers, what stands around a concept, and what drugs have in common."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from claimgraph.model import (
    Category,
    Claim,
    ClaimType,
    Document,
    Modality,
    Polarity,
    Relation,
    Section,
)
from claimgraph.network.multigraph import Origin, require_concept


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """What was found in one section: its sentences, those with a claim, and claims by type."""

    section: Section
    sentences: int
    with_claims: int
    by_type: tuple[tuple[ClaimType, int], ...]

    @property
    def claims(self) -> int:
        """How many claims the section makes."""
        return sum(count for _, count in self.by_type)


def coverage(claims: Iterable[Claim], document: Document) -> tuple[SectionCoverage, ...]:
    """Count sentences and claims in each content section, claim types by their order in the model.

    Args:
        claims: claims; those of other texts are not counted.
        document: the text.
    """
    own = [claim for claim in claims if claim.text_id == document.id]
    rows = []
    for section in document.sections:
        numbers = {s.number for s in document.sentences if s.section == section.number}
        inside = [claim for claim in own if claim.sentence in numbers]
        counts = Counter(claim.type for claim in inside)
        if section.is_content:
            rows.append(
                SectionCoverage(
                    section=section,
                    sentences=len(numbers),
                    with_claims=len({claim.sentence for claim in inside}),
                    by_type=tuple((kind, counts[kind]) for kind in ClaimType if counts[kind]),
                )
            )
    return tuple(rows)


def neighbourhood(
    network: nx.MultiDiGraph[str], concept: str, depth: int = 1
) -> nx.MultiDiGraph[str]:
    """Give the part of a network within some steps of a concept, whatever way the edges point.

    Args:
        network: made by `to_network`; it is not changed.
        concept: id of the concept in the middle.
        depth: how many steps away a concept may be; 0 gives the concept alone.

    Raises:
        NotFoundError: if the concept is not in the network.
    """
    require_concept(network, concept)
    near = nx.single_source_shortest_path_length(
        network.to_undirected(as_view=True), concept, cutoff=max(depth, 0)
    )
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in sorted(near):
        part.add_node(name, **network.nodes[name])
    for subject, object_, key, data in network.edges(keys=True, data=True):
        if subject in near and object_ in near:
            part.add_edge(subject, object_, key=key, **data)
    return part


@dataclass(frozen=True, slots=True)
class SharedEffects:
    """What two drugs have in common under one relation; the counts come with what they count."""

    relation: Relation
    first: str
    second: str
    shared: tuple[str, ...]
    either: tuple[str, ...]

    @property
    def jaccard(self) -> float:
        """Shared over either, from above 0 to 1."""
        return len(self.shared) / len(self.either)


def shared_effects(network: nx.MultiDiGraph[str]) -> tuple[SharedEffects, ...]:
    """Compare drugs by the conditions they treat, and by those they cause.

    Affirmed, factual claims count, hedged ones among them. With fewer than three drugs there is
    nothing to compare with, and nothing is returned.

    Returns:
        One record for each relation and pair of drugs that share a condition, most alike first.
    """
    effects: dict[tuple[Relation, str], set[str]] = {}
    drugs = set()
    for subject, object_, data in network.edges(data=True):
        if data["origin"] == Origin.TEXT and network.nodes[subject]["category"] == Category.DRUG:
            drugs.add(subject)
            relation = Relation(data["relation"])
            stated = (data["polarity"], data["modality"]) == (Polarity.AFFIRMED, Modality.FACTUAL)
            if relation in (Relation.TREATS, Relation.HAS_ADVERSE_EFFECT) and stated:
                effects.setdefault((relation, subject), set()).add(object_)
    if len(drugs) < 3:
        return ()
    pairs = []
    for relation in (Relation.TREATS, Relation.HAS_ADVERSE_EFFECT):
        for first, second in itertools.combinations(sorted(drugs), 2):
            one, other = (effects.get((relation, drug), set()) for drug in (first, second))
            if one & other:
                both, either = tuple(sorted(one & other)), tuple(sorted(one | other))
                pairs.append(SharedEffects(relation, first, second, both, either))
    return tuple(sorted(pairs, key=lambda p: (p.relation, -p.jaccard, p.first, p.second)))
