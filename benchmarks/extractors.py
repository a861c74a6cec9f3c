"""What can be measured: the product's extractors, and two that only show that the scorer works."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator

from benchmarks.corpora import Relation, Row, Spans
from benchmarks.metrics import hull
from benchmarks.readings import Extractor, document_id
from benchmarks.terms import DOSE, GIVEN_FOR, PAIR_TERMS, TERMS, Term
from claimgraph import model
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    Document,
    Mention,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Span,
)
from claimgraph.vocab import SIGNATURES

PRODUCT = {"rules": "claimgraph.extract.rules:RuleExtractor"}
FLOORS = ("gold", "treats")
_CATEGORIES = (
    Category.CONDITION,
    Category.TARGET,
    Category.DRUG,
)


def load_extractor(name: str, rows: Iterable[Row] = ()) -> Extractor:
    """Make the extractor of that name: `rules`, `gold`, `treats`, or `MODULE:CLASS`.

    Raises:
        ValueError: if there is none of that name.
    """
    if name in FLOORS:
        return Echo(rows, always_treats=name == "treats")
    module, _, attribute = PRODUCT.get(name, name).partition(":")
    try:
        made: Extractor = getattr(importlib.import_module(module), attribute)()
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(
            f"no extractor {name!r} ({error}); name one of {', '.join([*PRODUCT, *FLOORS])} "
            "or MODULE:CLASS"
        ) from error
    return made


class Echo:
    """Answers with the gold relations themselves, as claims.

    Measured without the gate, it must score 1.0 in every table where claims can say what the
    annotators marked; with the gate it shows what claims of one sentence can reach. With
    `always_treats` every marked object is said to be treated: the floor that needs no reading.
    """

    def __init__(self, rows: Iterable[Row], *, always_treats: bool = False) -> None:
        """Keep the rows by the name of their document."""
        self._rows = {document_id(row): row for row in rows}
        self._always_treats = always_treats

    def extract(self, document: Document) -> Iterator[Claim]:
        """Give the gold relations of the document as claims."""
        row = self._rows.get(document.id)
        if row is None or row.text != document.text:  # the places would be those of another text
            return
        terms = [*TERMS.get(row.corpus, ()), *_more_terms(row.corpus)]
        for one in row.relations:
            term = next((term for term in terms if one.name in term.golds), None)
            if self._always_treats:
                term = Term("treats", (), (model.Relation.TREATS,))
            if term is not None and one.object_spans:
                yield _to_claim(one, term, document)


def _more_terms(corpus: str) -> tuple[Term, ...]:
    more = (PAIR_TERMS[corpus],) if corpus in PAIR_TERMS else ()
    return (*more, GIVEN_FOR, DOSE) if corpus in ("phee", "ade_v2") else more


def _to_claim(gold: Relation, term: Term, document: Document) -> Claim:
    """Write a gold relation as a claim of the sentence that its object stands in."""
    relation = term.relations[0]
    objects = gold.object_spans
    span = hull(objects)
    sentence = next(
        (one for one in document.sentences if one.span.start <= span.start < one.span.end),
        None,
    )
    quote = sentence.passage if sentence else _cut(Span(0, len(document.text)), document)
    negated = bool(gold.fields.get("negated", gold.name.endswith(":NA")))
    speculated = bool(gold.fields.get("speculated", False))
    signature = SIGNATURES[relation]
    return Claim(
        text_id=document.id,
        sentence=sentence.number if sentence else 1,
        quote=quote,
        subject=_to_mention(gold.subject or "drug", gold.subject_spans, Category.DRUG, document),
        relation=relation,
        object=Mention(_cut(span, document), None)
        if signature.takes_literal
        else _to_mention(
            gold.object,
            objects,
            next(one for one in _CATEGORIES if one in signature.range),
            document,
        ),
        type=ClaimType.BACKGROUND,
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        certainty=Certainty.POSSIBLE if speculated else Certainty.ASSERTED,
        cue=quote if speculated else None,
        qualifiers=(Qualifier(QualifierType.NEGATION, quote),) if negated else (),
    )


def _to_mention(words: str, spans: Spans, category: Category, document: Document) -> Mention:
    id = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "thing"
    concept = Concept(id, words, category)
    return Mention(_cut(hull(spans), document) if spans else None, concept)


def _cut(span: Span, document: Document) -> Passage:
    return Passage(span, span.cut(document.text))
