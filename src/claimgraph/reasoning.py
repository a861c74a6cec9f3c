"""What follows from plain claims and background, and from nothing else.

Four rules, each a shape of argument a reader would accept:

* ``kind-of-chain``: what is a kind of a kind of C is a kind of C.
* ``treats-some-form-of``: a drug that treats A, a kind of B, treats some form of B. It does not
  treat B: clonazepam treating absence seizures says nothing of other seizures.
* ``wider-relation``: what binds, modulates, increases or decreases something acts through it.
* ``upstream``: a plain claim that goes via another plain claim puts their objects in order.

Nothing is inferred from hedged, negated, conditional or normative claims, over close matches, or
from a class of drugs to a drug. Every inferred statement names its rule and its premises.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.graph import CG, Triple, claim_iri, direct_triple, term
from claimgraph.model import Claim, Relation

_Facts = Mapping[Triple, tuple[Node, ...]]


@dataclass(frozen=True, slots=True)
class Inference:
    """A statement that follows, the rule it follows by, and what it follows from."""

    triple: Triple
    rule: str
    premises: tuple[Node, ...]

    @property
    def iri(self) -> URIRef:
        """The name of the inferred statement, a hash of what it states."""
        text = " ".join(part.n3() for part in self.triple)
        return URIRef(vocab.INFERRED + hashlib.sha256(text.encode()).hexdigest()[:16])


def infer(claims: Iterable[Claim], background: Graph, vocabulary: Graph) -> Graph:
    """Give the graph of inferred statements.

    Args:
        claims: all claims; only the plain ones are used.
        background: background statements, as `ontology.background_graph` gives them.
        vocabulary: the vocabulary, for which relations are kinds of which.

    Returns:
        For every inference its triple, and a `cg:InferredStatement` with rule and premises. What a
        claim or the background already states is not repeated.
    """
    plain = [claim for claim in claims if claim.is_plain]
    facts = _facts(plain, background)
    graph = Graph(bind_namespaces="none")
    for inference in _inferences(plain, facts, vocabulary):
        if inference.triple in facts:
            continue
        graph.add(inference.triple)
        node = inference.iri
        graph.add((node, RDF.type, CG.InferredStatement))
        for name, part in zip(
            (RDF.subject, RDF.predicate, RDF.object), inference.triple, strict=True
        ):
            graph.add((node, name, part))
        graph.add((node, CG.rule, Literal(inference.rule)))
        for premise in inference.premises:
            graph.add((node, CG.premise, premise))
    return graph


def _facts(plain: Iterable[Claim], background: Graph) -> _Facts:
    """Collect what is stated, each triple with the claims and background that state it."""
    facts: dict[Triple, set[Node]] = {}
    for claim in plain:
        if (triple := direct_triple(claim)) is not None:
            facts.setdefault(triple, set()).add(claim_iri(claim.id))
    for node in background.subjects(RDF.type, CG.BackgroundStatement):
        subject, predicate, object_ = (
            background.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)
        )
        if subject is not None and predicate is not None and object_ is not None:
            facts.setdefault((subject, predicate, object_), set()).add(node)
    return {
        triple: tuple(sorted(nodes, key=str)) for triple, nodes in sorted(facts.items(), key=str)
    }


def _inferences(plain: list[Claim], facts: _Facts, vocabulary: Graph) -> Iterable[Inference]:
    """Apply the rules. A triple that two rules or two ways give keeps the first, shortest one."""
    seen: set[Triple] = set()
    for inference in (
        *_kind_of(facts),
        *_treats_some_form_of(facts),
        *_wider_relation(facts, vocabulary),
        *_upstream(plain),
    ):
        if inference.triple not in seen:
            seen.add(inference.triple)
            yield inference


def _kinds(facts: _Facts) -> dict[Node, dict[Node, tuple[Node, ...]]]:
    """For each thing, all it is a kind of, with the premises of the shortest way there."""
    parents: dict[Node, list[tuple[Node, tuple[Node, ...]]]] = {}
    for (subject, predicate, object_), premises in facts.items():
        if predicate == term(Relation.IS_KIND_OF):
            parents.setdefault(subject, []).append((object_, premises))
    ancestors: dict[Node, dict[Node, tuple[Node, ...]]] = {}
    for start in parents:
        found: dict[Node, tuple[Node, ...]] = {}
        layer: list[tuple[Node, tuple[Node, ...]]] = [(start, ())]
        while layer:
            above: list[tuple[Node, tuple[Node, ...]]] = []
            for node, path in layer:
                for parent, premises in parents.get(node, []):
                    if parent != start and parent not in found:
                        found[parent] = path + premises
                        above.append((parent, found[parent]))
            layer = above
        ancestors[start] = found
    return ancestors


def _kind_of(facts: _Facts) -> Iterable[Inference]:
    """Follow kind-of over two steps and more."""
    for start, found in _kinds(facts).items():
        for ancestor, premises in found.items():
            triple = (start, term(Relation.IS_KIND_OF), ancestor)
            yield Inference(triple, "kind-of-chain", premises)


def _treats_some_form_of(facts: _Facts) -> Iterable[Inference]:
    """Carry `treats` up to what the condition is a kind of, as the weaker relation."""
    kinds = _kinds(facts)
    for (drug, predicate, condition), premises in facts.items():
        if predicate == term(Relation.TREATS):
            for ancestor, path in kinds.get(condition, {}).items():
                triple = (drug, CG.treatsSomeFormOf, ancestor)
                yield Inference(triple, "treats-some-form-of", premises + path)


def _wider_relation(facts: _Facts, vocabulary: Graph) -> Iterable[Inference]:
    """Add the relations that the stated one is a kind of."""
    for (subject, predicate, object_), premises in facts.items():
        for wider in sorted(
            set(vocabulary.transitive_objects(predicate, RDFS.subPropertyOf)), key=str
        ):
            if wider is not None and wider != predicate:
                yield Inference((subject, wider, object_), "wider-relation", premises)


def _upstream(plain: list[Claim]) -> Iterable[Inference]:
    """Put the objects of linked claims in order, with every pair of claims that does."""
    by_id = {claim.id: claim for claim in plain}
    pairs: dict[Triple, list[Node]] = {}
    for claim in sorted(plain, key=lambda c: (c.text_id, c.sort_key)):
        for step in claim.via:
            earlier = by_id.get(step)
            if earlier is None:
                continue
            first, second = direct_triple(earlier), direct_triple(claim)
            if first is not None and second is not None and first[2] != second[2]:
                premises = pairs.setdefault((first[2], CG.upstreamOf, second[2]), [])
                premises += [claim_iri(earlier.id), claim_iri(claim.id)]
    for triple, premises in pairs.items():
        yield Inference(triple, "upstream", tuple(dict.fromkeys(premises)))
