"""Whether a confidence says how often claims are right: reliability, and curves that make it so.

Every claim that a corpus can judge is right or wrong, by the relaxed measure of its corpus. A
curve is fitted by isotonic regression on one half and judged on the other; the shipped curves are
fitted on both.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import Half
from benchmarks.metrics import Mode, Triple, match, shared, unique
from benchmarks.plot import draw
from benchmarks.readings import Reading, gold_triples
from benchmarks.terms import GIVEN_FOR, PAIR_TERMS, TERMS, Term, says
from claimgraph.extract.confidence import Curve, name_of
from claimgraph.model import Claim, Polarity, Relation

_LABELS = ("labeledin", "roam_drug_disease", "spl_adr_onsides")
_JUDGED = ("labeledin", "roam_drug_disease", "spl_adr_onsides", "phee", "bc5cdr", "chemprot")
_UNJUDGED = frozenset(
    {
        # Roam's marks of contraindications are mostly indications or their headings.
        ("roam_drug_disease", Relation.CONTRAINDICATED_FOR),
        # What only binds is not among the evaluated types.
        ("chemprot", Relation.BINDS_TO),
    }
)
"""Relations that a corpus cannot judge."""
_WAYS = ("rules", "model", "both")
LEAST = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Least confidences that are shown."""

_BINS = 10
_LEAST = 100  # claims of a kind, below which it has no curve of its own
_MOST_POINTS = 12  # of a curve


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that a corpus has judged."""

    variant: str
    kind: str
    half: Half
    confidence: float
    right: bool


def judge(corpus: str, variants: Mapping[str, Sequence[Reading]]) -> Iterator[Judged]:
    """Give the claims of every way of reading with whether they are right."""
    if corpus not in _JUDGED:
        return
    for variant, readings in variants.items():
        for reading in readings:
            for claim, right in _judge(reading):
                if claim.confidence is not None:
                    yield Judged(variant, name_of(claim), reading.row.half, claim.confidence, right)


def _judge(reading: Reading) -> Iterator[tuple[Claim, bool]]:
    """Judge the affirmed claims of a text by its annotation; places that overlap are enough."""
    corpus = reading.row.corpus
    label = corpus in _LABELS
    terms: tuple[Term, ...] = TERMS[corpus]
    if corpus == "phee":
        terms = (*terms, GIVEN_FOR)
    elif corpus in PAIR_TERMS:
        terms = (PAIR_TERMS[corpus],)
    golds = unique(gold_triples(reading.row, terms, label=label))
    for claim in reading.claims:
        if claim.polarity is Polarity.NEGATED or claim.object.passage is None:
            continue
        if (corpus, claim.relation) in _UNJUDGED:
            continue
        for term in terms:
            if says(claim, term):
                yield claim, _is_right(claim, term, golds, reading, label=label)


def _is_right(
    claim: Claim, term: Term, golds: Sequence[Triple], reading: Reading, *, label: bool
) -> bool:
    assert claim.object.passage is not None
    if reading.row.corpus == "bc5cdr":
        return _is_right_pair(claim, reading)
    if reading.row.corpus == "spl_adr_onsides":
        words = " ".join(claim.object.passage.text.lower().split())
        return words in {" ".join(one.object.lower().split()) for one in reading.row.relations}
    place = (claim.object.passage.span,)
    subject = None if claim.subject.passage is None else (claim.subject.passage.span,)
    found = Triple(term.name, None if label else subject, place)
    affirmed = [one for one in golds if not one.negated]
    return bool(match(affirmed, [found], Mode.RELAXED))


def _is_right_pair(claim: Claim, reading: Reading) -> bool:
    """Tell whether a pair of concepts is marked anywhere in the abstract."""
    if claim.subject.passage is None or claim.object.passage is None:
        return False
    drug, harm = (claim.subject.passage.span,), (claim.object.passage.span,)
    drugs = {one.id for one in reading.row.entities if shared(one.spans, drug)}
    harms = {one.id for one in reading.row.entities if shared(one.spans, harm)}
    pairs = {(one.fields["subj_id"], one.fields["obj_id"]) for one in reading.row.relations}
    return any((a, b) in pairs for a in drugs for b in harms)


# ── Curves ──────────────────────────────────────────────────────────────────────────────────────


def fit_curve(points: Iterable[tuple[float, bool]]) -> Curve:
    """Fit a rising line to judged confidences: isotonic regression, thinned to few points.

    >>> fit_curve([(0.1, False), (0.1, True), (0.9, True), (0.9, True)])
    Curve(stated=(0.1, 0.9), right=(0.5, 1.0))
    """
    blocks: list[list[float]] = []  # sum of confidences, right, count
    for confidence, group in itertools.groupby(sorted(points), key=lambda one: one[0]):
        rights = [right for _, right in group]
        blocks.append([confidence * len(rights), float(sum(rights)), float(len(rights))])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    least = sum(block[2] for block in blocks) / _MOST_POINTS
    thin: list[list[float]] = []
    for block in blocks:
        if thin and thin[-1][2] < least:
            thin[-1] = [a + b for a, b in zip(thin[-1], block, strict=True)]
        else:
            thin.append(block)
    if len(thin) > 1 and thin[-1][2] < least:
        last = thin.pop()
        thin[-1] = [a + b for a, b in zip(thin[-1], last, strict=True)]
    return Curve(
        tuple(round(stated / count, 4) for stated, _, count in thin),
        tuple(round(right / count, 4) for _, right, count in thin),
    )


Curves = Mapping[str, Mapping[str, Curve]]
"""The curves of each way of reading, by kind of claim."""


def fit_curves(judged: Iterable[Judged]) -> dict[str, dict[str, Curve]]:
    """Fit a curve for each way of reading and kind of claim, and one for each method.

    The latter are for kinds of which too few claims were judged. The model says nothing of such
    kinds, so that what the rules say of them is as sure beside it as it is without.
    """
    points: dict[str, dict[str, list[tuple[float, bool]]]] = {name: {} for name in _WAYS}
    for one in judged:
        if one.variant in points:
            for name in (one.kind, one.kind.partition(" ")[0]):
                own = points[one.variant].setdefault(name, [])
                own.append((one.confidence, one.right))
    curves = {
        way: {name: fit_curve(some) for name, some in sorted(own.items()) if len(some) >= _LEAST}
        for way, own in points.items()
    }
    if "rules" in curves["rules"] and "rules" in curves["both"]:
        curves["both"]["rules"] = curves["rules"]["rules"]
    return curves


def write_curves(path: Path, curves: Curves) -> None:
    """Write curves, one a line."""
    ways = []
    for way, own in curves.items():
        lines = [
            f"    {json.dumps(name)}: {json.dumps(list(zip(one.stated, one.right, strict=True)))}"
            for name, one in own.items()
        ]
        ways.append(f"  {json.dumps(way)}: {{\n" + ",\n".join(lines) + "\n  }")
    path.write_text("{\n" + ",\n".join(ways) + "\n}\n", encoding="utf-8")


# ── Reliability ─────────────────────────────────────────────────────────────────────────────────


Fitted = Mapping[str, Sequence[tuple[float, bool]]]
"""Judged confidences of each way of reading: how sure, and whether it was right."""


def fit_across(judged: Sequence[Judged]) -> dict[str, list[tuple[float, bool]]]:
    """Calibrate the claims of each way of reading by curves that were fitted on the other half."""
    owns = {way: [one for one in judged if one.variant == way] for way in _WAYS}
    return {way: list(_cross_fit(judged, own)) for way, own in owns.items() if own}


def measure_calibration(judged: Sequence[Judged]) -> str:
    """Show how well confidences fit, curves fitted on one half and judged on the other."""
    fitted = fit_across(judged)
    text = ["### Confidence", ""]
    text += ["| variant | claims | expected calibration error | the same, not calibrated |"]
    text += ["| --- | --- | --- | --- |"]
    for way, points in fitted.items():
        raw = [(one.confidence, one.right) for one in judged if one.variant == way]
        text.append(
            f"| {way} | {len(points):,} | {calibration_error(points):.3f} "
            f"| {calibration_error(raw):.3f} |"
        )
    text += ["", "Stated confidence and share that is right (claims), in tenths:", ""]
    text += [f"| {' | '.join(fitted)} |", "| ---" * len(fitted) + " |"]
    columns = [
        [f"{stated:.2f}: {right:.2f} ({count:,})" for stated, right, count in bins(points)]
        for points in fitted.values()
    ]
    text += [f"| {' | '.join(row)} |" for row in itertools.zip_longest(*columns, fillvalue="")]
    text += ["", "What a least confidence keeps: share that is right, of right claims kept:", ""]
    text += [f"| least | {' | '.join(fitted)} |", "| ---" * (1 + len(fitted)) + " |"]
    kept = {way: dict(keep(points)) for way, points in fitted.items()}
    for least in LEAST:
        cells = [
            "–" if least not in own else f"{own[least][1]:.2f}, {own[least][0]:.2f}"
            for own in kept.values()
        ]
        text.append(f"| {least:g} | {' | '.join(cells)} |")
    return "\n".join(text) + "\n"


def draw_confidence(judged: Sequence[Judged]) -> str:
    """Draw the same as SVG."""
    fitted = fit_across(judged)
    return draw(
        {way: [(a, b) for a, b, _ in bins(points)] for way, points in fitted.items()},
        {way: list(keep(points)) for way, points in fitted.items()},
    )


def keep(points: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, tuple[float, float]]]:
    """Give what least confidences keep: the share of right claims, and how many kept are right.

    >>> list(keep([(0.4, False), (0.4, True), (0.95, True)]))[-1]
    (0.9, (0.5, 1.0))
    """
    rights = sum(right for _, right in points)
    for least in LEAST:
        kept = [right for confidence, right in points if confidence >= least]
        if kept and rights:
            yield least, (sum(kept) / rights, sum(kept) / len(kept))


def _cross_fit(judged: Sequence[Judged], own: Sequence[Judged]) -> Iterator[tuple[float, bool]]:
    for half in Half:
        curves = fit_curves(one for one in judged if one.half is not half)
        for one in own:
            if one.half is half:
                own_curves = curves[one.variant]
                curve = own_curves.get(one.kind) or own_curves.get(one.kind.partition(" ")[0])
                value = one.confidence if curve is None else curve.at(one.confidence)
                yield value, one.right


def calibration_error(points: Iterable[tuple[float, bool]]) -> float:
    """Give the expected calibration error: the mean gap of ten bins of equal width.

    >>> calibration_error([(0.8, True), (0.8, True), (0.8, True), (0.8, False)])
    0.05
    """
    found = list(bins(points))
    total = sum(count for _, _, count in found)
    return round(sum(abs(stated - right) * count for stated, right, count in found) / total, 9)


def bins(points: Iterable[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    """Give each bin's mean confidence, share that is right, and number of claims."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in points:
        groups.setdefault(min(_BINS - 1, int(confidence * _BINS)), []).append((confidence, right))
    for number in sorted(groups):
        group = groups[number]
        yield (
            sum(one for one, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
            len(group),
        )
