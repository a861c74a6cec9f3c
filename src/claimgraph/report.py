"""Write the report: what the graph holds, for a person to read beside the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from rdflib import RDF, SKOS, Dataset

from claimgraph.exports import part_graph
from claimgraph.gate import Rejection
from claimgraph.graph import CG, Part, claim_iri, describe, phrase, term
from claimgraph.model import Certainty, Claim, Concept, Document, Modality, Polarity, QualifierType
from claimgraph.ontology import load_mappings
from claimgraph.vocab import CONCEPT

_CONTENT = frozenset(
    str(name)
    for name in (
        RDF.type,
        RDF.subject,
        RDF.predicate,
        RDF.object,
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://purl.org/dc/terms/identifier",
        CG.claimType,
        CG.polarity,
        CG.certainty,
        CG.modality,
        CG.evidenceBasis,
        CG.confidence,
        CG.cue,
        CG.via,
        CG.because,
        *(term(kind) for kind in QualifierType),
    )
)
_POINTERS = frozenset(
    str(name) for name in (CG.subjectMention, CG.objectMention, "http://www.w3.org/ns/oa#hasTarget")
)
_SELECTOR = "http://www.w3.org/ns/oa#hasSelector"


def write_report(
    document: Document,
    claims: Iterable[Claim],
    without_claims: Mapping[int, str],
    dataset: Dataset,
    rejections: Iterable[Rejection] = (),
) -> bytes:
    """Write the report of one text as Markdown.

    Args:
        document: the text.
        claims: its published claims.
        without_claims: sentences that make no claim, with the reason.
        dataset: the dataset built from them.
        rejections: what did not pass the gate.
    """
    ordered = sorted(claims, key=lambda c: c.sort_key)
    refused = list(rejections)
    counts = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    accounted = {c.sentence for c in ordered} | set(without_claims)
    fixed, whole = provenance_cost(dataset, ordered)
    lines = [
        f"# {_inline(document.citation.title)}",
        "",
        f"{len(ordered)} claims in {len(document.sentences)} sentences, "
        f"{len(accounted)} of {len(document.sentences)} sentences accounted for, "
        f"{sum(claim.is_plain for claim in ordered)} claims plain enough for a direct triple, "
        f"{len(refused)} refused by the gate.",
        "",
        f"Text `{document.id}`, SHA-256 `{document.sha256}`.",
        "",
        "## Counts",
        "",
        *_table("claim type", (c.type for c in ordered)),
        *_table("relation", (c.relation for c in ordered)),
        *_table("certainty", (c.certainty for c in ordered)),
        *_table("polarity", (c.polarity for c in ordered)),
        *_table("modality", (c.modality for c in ordered)),
        *_table("evidence basis", (c.evidence for c in ordered)),
        "| graph | triples |",
        "|---|---:|",
        *(f"| {name} | {count} |" for name, count in sorted(counts.items())),
        "",
        f"Saying where a claim comes from (its quote, its subject's and object's words, activity, "
        f"evidence) costs {fixed:.1f} triples a claim; all of the claims graph, cues, qualifiers "
        f"and the statement itself included, is {whole:.1f} triples a claim.",
        "",
        "## Sentences and their claims",
        "",
    ]
    for section in document.sections:
        heading = section.heading or f"({section.kind.value}, no heading)"
        lines += [f"### {section.number}. {_inline(heading)}", ""]
        if not section.is_content:
            lines += [f"> {_inline(section.span.cut(document.text))}", "", "No claim.", ""]
        for sentence in document.sentences:
            if sentence.section == section.number:
                lines += [f"**{sentence.number}.** {_inline(sentence.text)}", ""]
                lines += [_bullet(c) for c in ordered if c.sentence == sentence.number]
                if sentence.number in without_claims:
                    lines.append(f"- no claim: {_inline(without_claims[sentence.number])}")
                lines.append("")
    lines += ["## Hedged, recommended or negated", ""]
    lines += _hedged(ordered)
    lines += ["## Without an exact identifier", ""]
    lines += _ungrounded(ordered, dataset)
    if refused:
        lines += ["## Refused by the gate", ""]
        lines += [
            f"- {_inline(describe(r.claim))} (sentence {r.claim.sentence}): "
            f"{r.rule} — {_inline(r.reason)}"
            for r in refused
        ]
        lines.append("")
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")


def provenance_cost(dataset: Dataset, claims: Iterable[Claim]) -> tuple[float, float]:
    """Count triples a claim: those that say where it comes from, and all of the claims graph.

    The first figure leaves out the statement itself and what qualifies it (cue, qualifiers, links
    to other claims); passages that several claims share are counted once.
    """
    graph = part_graph(dataset, (Part.CLAIMS,))
    ids = [claim.id for claim in claims]
    if not ids:
        return 0.0, 0.0
    total = 0
    nodes = set()
    for id_ in ids:
        for predicate, value in graph.predicate_objects(claim_iri(id_)):
            if str(predicate) not in _CONTENT:
                total += 1
            if str(predicate) in _POINTERS:
                nodes.add(value)
    for node in list(nodes):
        nodes |= {o for p, o in graph.predicate_objects(node) if str(p) == _SELECTOR}
    total += sum(len(list(graph.predicate_objects(node))) for node in nodes)
    return total / len(ids), len(graph) / len(ids)


def _table(title: str, members: Iterable[StrEnum]) -> list[str]:
    """Count members of a closed list, most frequent first."""
    counted = sorted(Counter(members).items(), key=lambda item: (-item[1], item[0].value))
    rows = [f"| {name.value} | {count} |" for name, count in counted]
    return [f"| {title} | claims |", "|---|---:|", *rows, ""]


def _bullet(claim: Claim) -> str:
    """Say a claim with its words."""
    parts = [f"- **{claim.type.value}**: {_inline(describe(claim))}"]
    parts += [f"{q.type.value}: “{_inline(q.passage.text)}”" for q in claim.qualifiers]
    if claim.cue is not None:
        parts.append(f"cue: “{_inline(claim.cue.text)}”")
    return " · ".join(parts)


def _hedged(claims: Iterable[Claim]) -> list[str]:
    """List what is not a plain assertion, with the words that show it."""
    rows = [
        f"| {c.sentence} | {_inline(c.subject.label)} {phrase(c.relation)} "
        f"{_inline(c.object.label)} | {c.certainty.value} | {c.modality.value} | "
        f"{c.polarity.value} | {_inline(c.cue.text) if c.cue else ''} |"
        for c in claims
        if c.certainty is not Certainty.ASSERTED
        or c.modality is not Modality.FACTUAL
        or c.polarity is not Polarity.AFFIRMED
    ]
    if not rows:
        return ["Nothing.", ""]
    head = "| sentence | claim | certainty | modality | polarity | cue |"
    return [head, "|---:|---|---|---|---|---|", *rows, ""]


def _ungrounded(claims: Iterable[Claim], dataset: Dataset) -> list[str]:
    """List concepts that no identifier elsewhere matches exactly, with the nearest there is."""
    concepts: dict[str, Concept] = {}
    for claim in claims:
        for mention in (claim.subject, claim.object):
            if mention.concept is not None:
                concepts[mention.concept.id] = mention.concept
    mappings = [m for m in load_mappings() if not m.rejected]
    matched = dataset.subjects(SKOS.exactMatch)
    exact = {str(concept).removeprefix(CONCEPT) for concept in matched}
    rows = []
    for id_, concept in sorted(concepts.items()):
        if id_ not in exact:
            near = [
                f"{m.object_id} ({m.predicate.removeprefix('skos:')})"
                for m in mappings
                if m.concept == id_
            ]
            rows.append(
                f"| {_inline(concept.label)} | {concept.category.value} | {', '.join(near)} |"
            )
    if not rows:
        return ["None.", ""]
    return ["| concept | kind | nearest identifiers |", "|---|---|---|", *rows, ""]


def _inline(text: str) -> str:
    """Keep text from being read as Markdown or HTML."""
    text = re.sub(r"[\\`*_\[\]<>|&#~]", r"\\\g<0>", re.sub(r"[\r\n]", " ", text))
    # At the start of a line these would open a list.
    return re.sub(r"\A(\s*[0-9]*)([-+=.)])", r"\1\\\2", text)
