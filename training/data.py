"""Turn annotated corpora into sentences to learn from.

Sentences are cut by claimgraph's own readers, so that the model learns on what it will be given.
What a corpus does not mark is unknown, never absent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora import Row, find_corpus, read_corpus
from benchmarks.readings import to_document
from claimgraph.extract.learned.labels import NONE, Layer, Pairing
from claimgraph.model import Document, SectionKind, Sentence, Span

Pair = tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what is known about it; spans count code points of the sentence.

    Attributes:
        corpus: where it is from.
        key: the document it is part of; all its sentences are in one fold.
        layers: the spans of each layer that is known, none for a layer that is known to be empty.
        pairs: the answer for each pair of spans that is known, by question.
    """

    corpus: str
    key: str
    text: str
    section: SectionKind
    layers: Mapping[Layer, tuple[Span, ...]]
    pairs: Mapping[Pairing, Mapping[Pair, str]] = field(default_factory=dict)


# Corpora whose licence lets a model that learned from them be shipped.
TEACHERS = (
    "bc5cdr",
    "bioscope",
    "chemprot",
    "drugprot",
    "labeledin",
    "phee",
    "roam_drug_disease",
    "spl_adr_onsides",
)

_TARGETS = {
    "CPR:3": "activates",
    "CPR:4": "inhibits",
    "CPR:5": "agonist",
    "CPR:6": "antagonist",
    "CPR:9": "substrate",
    "ACTIVATOR": "activates",
    "INDIRECT-UPREGULATOR": "activates",
    "INHIBITOR": "inhibits",
    "INDIRECT-DOWNREGULATOR": "inhibits",
    "AGONIST": "agonist",
    "AGONIST-ACTIVATOR": "agonist",
    "ANTAGONIST": "antagonist",
    "SUBSTRATE": "substrate",
}
_PREVENTS = re.compile(
    r"prevent|prophyla|reduc\w+ (?:in )?the (?:risk|rate)|protect", re.IGNORECASE
)
_BLAME = re.compile(
    r"induc|toxi|adverse|side.effect|caus|associat|poison|overdos|after|follow|develop|due to"
    r"|produc|result|risk|during|report|secondary|relat|effect|increas|complicat",
    re.IGNORECASE,
)
_HARM = re.compile(r"induc|toxi|adverse|side.effect|caus|associat|poison|overdos", re.IGNORECASE)


def read_examples(folder: Path, corpora: Sequence[str] = TEACHERS) -> Iterator[Example]:
    """Read the sentences of corpora, in the corpora's order.

    Raises:
        FileNotFoundError: if a corpus is not in the folder.
    """
    for corpus in corpora:
        path = find_corpus(folder, corpus)
        if path is None:
            raise FileNotFoundError(f"{folder}: holds no {corpus}")
        for row in read_corpus(path):
            yield from _READERS[corpus](row)


# ── Readers of corpora ──────────────────────────────────────────────────────────────────────────


def _read_phee(row: Row) -> Iterator[Example]:
    """Case reports, every sentence with an adverse effect or a use."""
    for cut in _cut(row):
        inside = [one for one in row.relations if cut.holds(one.subject_spans + one.object_spans)]
        harm = [one for one in inside if one.name == "causes_ae" and one.subject_spans]
        use = [one for one in inside if one.name in ("treats", "given_for") and one.subject_spans]
        if not inside:
            continue
        layers = {
            Layer.CULPRIT: cut.move(span for one in harm for span in one.subject_spans),
            Layer.ADVERSE: cut.move(span for one in harm for span in one.object_spans),
            Layer.REMEDY: cut.move(span for one in use for span in one.subject_spans),
            Layer.TREATED: cut.move(span for one in use for span in one.object_spans),
        }
        blamed = {
            (*cut.move(one.subject_spans[:1]), *cut.move(one.object_spans[:1])): _blame(one.fields)
            for one in harm
        }
        used = {
            (*cut.move(one.subject_spans[:1]), *cut.move(one.object_spans[:1])): "treats"
            for one in use
        }
        drugs = sorted({*layers[Layer.CULPRIT], *layers[Layer.REMEDY]})
        things = sorted({*layers[Layer.ADVERSE], *layers[Layer.TREATED]})
        yield cut.example(
            layers,
            {
                Pairing.ADVERSE: _all_pairs(drugs, things, blamed),
                Pairing.TREATS: _all_pairs(drugs, things, used),
            },
        )


def _blame(fields: Mapping[str, object]) -> str:
    if fields.get("negated"):
        return "negated"
    return "speculated" if fields.get("speculated") else "affirmed"


def _read_roam(row: Row) -> Iterator[Example]:
    """Sentences of labels, with what the drug is for."""
    classes = {
        "TREATS": Layer.TREATED,
        "PREVENTS": Layer.PREVENTED,
        "CONTRAINDICATED_FOR": Layer.CONTRAINDICATED,
    }
    for cut in _cut(row):
        yield cut.example(
            {
                layer: cut.move(
                    span
                    for one in row.relations
                    if one.name == name and cut.holds(one.object_spans)
                    for span in one.object_spans
                )
                for name, layer in classes.items()
            }
        )


def _read_labeledin(row: Row) -> Iterator[Example]:
    """Indications of labels; what is prevented is marked as what is treated, so it is left out."""
    for cut in _cut(row):
        if _PREVENTS.search(cut.sentence.text):
            continue
        spans = cut.move(
            span
            for one in row.relations
            if cut.holds(one.object_spans)
            for span in one.object_spans
        )
        yield cut.example({Layer.TREATED: spans})


def _read_spl(row: Row) -> Iterator[Example]:
    """Reactions of labels. One place of each is marked; the others are found by their words."""
    words = {" ".join(one.object.lower().split()) for one in row.relations}
    words = {one for one in words if len(one) > 2}
    if not words:
        return
    pattern = re.compile(
        r"(?<!\w)(?:"
        + "|".join(
            r"\s+".join(map(re.escape, one.split())) for one in sorted(words, key=len, reverse=True)
        )
        + r")(?!\w)",
        re.IGNORECASE,
    )
    for cut in _cut(row):
        spans = tuple(Span(*match.span()) for match in pattern.finditer(cut.sentence.text))
        yield cut.example({Layer.ADVERSE: spans})


def _read_bc5cdr(row: Row) -> Iterator[Example]:
    """Abstracts with all chemicals and diseases, and which of them cause which, per document."""
    causes = {(one.fields["subj_id"], one.fields["obj_id"]) for one in row.relations}
    for cut in _cut(row):
        inside = [one for one in row.entities if cut.holds(one.spans)]
        chemicals = [one for one in inside if one.type == "Chemical"]
        diseases = [one for one in inside if one.type == "Disease"]
        layers = {
            Layer.CHEMICAL: cut.move(span for one in chemicals for span in one.spans),
            Layer.DISEASE: cut.move(span for one in diseases for span in one.spans),
        }
        # What causes nothing in the whole abstract causes nothing here. What is said to cause
        # somewhere is taken to be said so here if the sentence has a word for it.
        blamed = _BLAME.search(cut.sentence.text) is not None
        known = {
            (*cut.move(drug.spans[:1]), *cut.move(harm.spans[:1])): (
                "affirmed" if (drug.id, harm.id) in causes else NONE
            )
            for drug in chemicals
            for harm in diseases
            if blamed or (drug.id, harm.id) not in causes
        }
        if not any((drug.id, harm.id) in causes for drug in chemicals for harm in diseases):
            layers |= {Layer.CULPRIT: ()}
            if chemicals:
                layers |= {Layer.ADVERSE: ()}
        yield cut.example(layers, {Pairing.ADVERSE: known})


def _read_proteins(row: Row) -> Iterator[Example]:
    """Abstracts with chemicals, proteins and what the ones do to the others."""
    for cut in _cut(row):
        inside = [one for one in row.entities if cut.holds(one.spans)]
        chemicals = [one for one in inside if one.type == "CHEMICAL"]
        genes = [one for one in inside if one.type.startswith("GENE")]
        layers = {
            Layer.CHEMICAL: cut.move(span for one in chemicals for span in one.spans),
            Layer.GENE: cut.move(span for one in genes for span in one.spans),
        }
        if not _HARM.search(cut.sentence.text):
            layers |= {Layer.CULPRIT: (), Layer.ADVERSE: ()}
        known = {
            (*cut.move(one.subject_spans[:1]), *cut.move(one.object_spans[:1])): _TARGETS[one.name]
            for one in row.relations
            if one.name in _TARGETS and cut.holds(one.subject_spans + one.object_spans)
        }
        vague = {  # "product of" is a substrate in one corpus and a relation of its own in another
            (*cut.move(one.subject_spans[:1]), *cut.move(one.object_spans[:1]))
            for one in row.relations
            if one.name == "PRODUCT-OF" and cut.holds(one.subject_spans + one.object_spans)
        }
        pairs = _all_pairs(list(layers[Layer.CHEMICAL]), list(layers[Layer.GENE]), known)
        yield cut.example(
            layers,
            {
                Pairing.TARGET: {
                    pair: answer
                    for pair, answer in pairs.items()
                    if answer != NONE or pair not in vague
                }
            },
        )


def _read_bioscope(row: Row) -> Iterator[Example]:
    """Sentences with the words that deny or hedge."""
    for cut in _cut(row):
        yield cut.example(
            {
                layer: cut.move(
                    span
                    for one in row.relations
                    if one.name == layer and cut.holds(one.subject_spans)
                    for span in one.subject_spans
                )
                for layer in (Layer.NEGATION, Layer.SPECULATION)
            }
        )


_READERS: dict[str, Callable[[Row], Iterator[Example]]] = {
    "bc5cdr": _read_bc5cdr,
    "bioscope": _read_bioscope,
    "chemprot": _read_proteins,
    "drugprot": _read_proteins,
    "labeledin": _read_labeledin,
    "phee": _read_phee,
    "roam_drug_disease": _read_roam,
    "spl_adr_onsides": _read_spl,
}


# ── Sentences of a row ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Cut:
    """One sentence of a row."""

    row: Row
    document: Document
    sentence: Sentence

    def holds(self, spans: Sequence[Span]) -> bool:
        """Tell whether all spans, and at least one, lie inside the sentence."""
        return bool(spans) and all(self.sentence.span.covers(span) for span in spans)

    def move(self, spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
        """Give spans of the text as spans of the sentence: sorted, none inside another."""
        start = self.sentence.span.start
        moved = sorted({Span(span.start - start, span.end - start) for span in spans})
        return tuple(
            one for one in moved if not any(two != one and two.covers(one) for two in moved)
        )

    def example(
        self,
        layers: Mapping[Layer, tuple[Span, ...]],
        pairs: Mapping[Pairing, Mapping[Pair, str]] | None = None,
    ) -> Example:
        """Make an example of the sentence."""
        return Example(
            self.row.corpus,
            self.row.key,
            self.sentence.text,
            self.document.sections[self.sentence.section - 1].kind,
            layers,
            {question: known for question, known in (pairs or {}).items() if known},
        )


def _cut(row: Row) -> Iterator[_Cut]:
    """Cut a row into its sentences."""
    document = to_document(row)
    if document.text != row.text:
        return
    for sentence in document.sentences:
        yield _Cut(row, document, sentence)


def _all_pairs(
    subjects: Sequence[Span], objects: Sequence[Span], known: Mapping[Pair, str]
) -> dict[Pair, str]:
    """Give every pair of a subject and an object its answer; there is none where none is known."""
    pairs = {(one, two): known.get((one, two), NONE) for one in subjects for two in objects}
    return pairs | dict(known)


def fold_of(key: str, folds: int) -> int:
    """Tell which fold a document is in, by its name alone.

    >>> fold_of("10030778", 2) == fold_of("10030778", 2)
    True
    """
    return hashlib.sha256(key.encode("utf-8")).digest()[0] % folds
