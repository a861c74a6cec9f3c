"""What surrounds a claim: conditions of indications (NeuroDKG), cues (BioScope)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corpora import Half
from benchmarks.corpora import Relation as Gold
from benchmarks.errors import ErrorKind, Example, find_mistakes, to_example
from benchmarks.metrics import Counts, Figure, Mode, Triple, count, f1_figure, ratio_figure
from benchmarks.readings import Reading, compare, sum_documents
from benchmarks.tables import Table
from claimgraph.extract.cues import CueKind, find_cues
from claimgraph.model import Claim, Polarity, Relation

# ── NeuroDKG ────────────────────────────────────────────────────────────────────────────────────

_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_STOP = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "up"]
)
_STEM = 7
# The table was once opened in a spreadsheet, which took the ages "3-12" for the 12th of March.
_DATE = re.compile(r"20[0-9]{2}-([0-9]{2})-([0-9]{2}) 00:00:00")
_WHOLE_NUMBER = re.compile(r"([0-9]+)\.0")
_RESISTANT = re.compile(
    r"\bfail|\brefractory|\bresistan|\binadequate|\bnot (?:adequately )?(?:respond|controlled)|"
    r"\bunresponsive|\bintolera|\bnonrespon",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """How much of one annotated indication was found.

    `conditions` are the conditions that the text states, each with whether it was found.
    """

    key: str
    row: str
    indication: bool
    conditions: tuple[tuple[str, bool], ...]

    @property
    def found(self) -> int:
        """How many of the stated conditions were found."""
        return sum(found for _, found in self.conditions)


def read_contexts(reading: Reading) -> Iterator[Context]:
    """Compare every annotated indication of a row with the indications claimed."""
    text = reading.document.text
    claims = [one for one in reading.claims if _is_indication(one)]
    objects = [one.object.passage.text for one in claims if one.object.passage is not None]
    passages = objects + [qualifier.passage.text for one in claims for qualifier in one.qualifiers]
    for gold in reading.row.relations:
        states_object = is_said(gold.object, text)
        yield Context(
            reading.row.key,
            reading.row.id,
            any(is_said(gold.object, one, within=text) for one in objects)
            if states_object
            else bool(objects),
            tuple(
                (value, any(is_said(value, one, within=text) for one in passages))
                for value in _conditions(gold)
                if is_said(value, text)
            ),
        )


def is_said(value: str, text: str, *, within: str | None = None) -> bool:
    """Tell whether a text says a value: more than half of the value's words, crudely stemmed.

    Args:
        value: what the annotators wrote, in words that need not be those of the text.
        text: where it is looked for.
        within: if given, words of the value that do not stand here are not asked for.

    >>> is_said("partial-onset seizures", "treatment of partial onset seizure")
    True
    >>> is_said("manic episode", "depressive episodes")
    False
    """
    if "resistant" in value:
        return _RESISTANT.search(text) is not None
    wanted = _stems(value)
    if within is not None:
        wanted &= _stems(within)
    return 2 * len(wanted & _stems(text)) > len(wanted)


def _stems(text: str) -> set[str]:
    text = _WHOLE_NUMBER.sub(r"\1", _DATE.sub(_as_ages, text.lower()))
    words = set(_WORD.findall(text)) - _STOP
    return {word.removesuffix("s")[:_STEM] for word in words if len(word) > 1 or word.isdigit()}


def _as_ages(date: re.Match[str]) -> str:
    return f"{int(date[1])} {int(date[2])}"


def _conditions(gold: Gold) -> list[str]:
    """List the conditions of an indication, each once, without the indication itself."""
    values = (value for one in gold.fields["conditions"].values() for value in one)
    unique = {value.lower().replace("_", " "): value.replace("_", " ") for value in values}
    return [value for key, value in sorted(unique.items()) if key != gold.object.lower()]


def _is_indication(claim: Claim) -> bool:
    return (
        claim.relation in (Relation.TREATS, Relation.PREVENTS)
        and claim.polarity is Polarity.AFFIRMED
    )


def measure_neuro(readings: Sequence[Reading]) -> Table:
    """Score indications together with the conditions that the text ties them to."""

    def share(
        of: Callable[[Context], tuple[int, int]],
    ) -> Callable[[Sequence[Reading]], Figure]:
        return lambda some: ratio_figure(of(one) for r in some for one in read_contexts(r))

    def conditional(enough: Callable[[Context], bool]) -> Callable[[Context], tuple[int, int]]:
        return lambda one: (
            int(one.indication and enough(one)) if one.conditions else 0,
            int(bool(one.conditions)),
        )

    examples = [
        Example(ErrorKind.MISSED_MENTION, one.row, value, "–", reading.document.text[:300])
        for reading in readings
        if reading.row.half is Half.WRITTEN_ON
        for one in read_contexts(reading)
        for value, found in one.conditions
        if not found
    ]
    return Table(
        "NeuroDKG: indications with their conditions",
        (
            compare("indications found", readings, share(lambda one: (int(one.indication), 1))),
            compare(
                "stated conditions found",
                readings,
                share(lambda one: (one.found, len(one.conditions))),
            ),
            compare(
                "contexts that state conditions: indication and all of them found",
                readings,
                share(conditional(lambda one: one.found == len(one.conditions))),
                "≥ .60",
            ),
            compare(
                "the same: indication and at least half of them found",
                readings,
                share(conditional(lambda one: 2 * one.found >= len(one.conditions))),
            ),
        ),
        (
            "A condition is stated if more than half of its words stand in the text, and found if"
            " more than half of those stand in the object or in one qualifier of an affirmed"
            " indication. Errors are conditions not found.",
        ),
        tuple(examples),
    )


# ── BioScope ────────────────────────────────────────────────────────────────────────────────────


def measure_cues(readings: Sequence[Reading]) -> Table:
    """Score the words that deny or hedge, which need no extractor."""

    def golds(kind: CueKind) -> Callable[[Reading], list[Triple]]:
        return lambda reading: [
            Triple(kind.value, None, one.subject_spans)
            for one in reading.row.relations
            if one.name == kind.value
        ]

    def found(kind: CueKind) -> Callable[[Reading], list[Triple]]:
        return lambda reading: [
            Triple(kind.value, None, (one.span,)) for one in find_cues(reading.row.text, kind)
        ]

    def measure(kind: CueKind, mode: Mode) -> Callable[[Sequence[Reading]], Figure]:
        def counted(reading: Reading) -> Counts:
            return count(golds(kind)(reading), found(kind)(reading), mode)

        return lambda some: f1_figure(sum_documents(some, counted))

    examples = [
        to_example(mistake, reading.row.id, reading.row.text)
        for reading in readings
        if reading.row.half is Half.WRITTEN_ON
        for kind in CueKind
        for mistake in find_mistakes(golds(kind)(reading), found(kind)(reading))
    ]
    return Table(
        "BioScope: cues",
        tuple(
            compare(
                f"{kind.value} cues, {mode} F1",
                readings,
                measure(kind, mode),
                "≥ .88" if mode is Mode.STRICT else "",
            )
            for kind in CueKind
            for mode in (Mode.STRICT, Mode.RELAXED)
        ),
        examples=tuple(examples),
    )
