"""Bring the terms of all sources together: what means the same becomes one concept."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, Graph, Namespace
from rdflib.namespace import SKOS

from claimgraph.model import Category, Concept
from scripts.lexicon.molecules import Substance
from scripts.lexicon.names import spell
from scripts.lexicon.sources import Kind, Name, Term

_CG = Namespace("https://w3id.org/claimgraph/vocab#")

SOURCES = (
    "claimgraph", "MeSH", "MONDO", "HP", "DOID", "EFO", "ChEBI", "UNII", "FamPlex", "HGNC", "GO",
)  # fmt: skip
"""In the order in which they are believed where they disagree about a name."""

_LABELS = ("claimgraph", "MONDO", "HP", "ChEBI", "DOID", "MeSH", "EFO", "GO", "FamPlex", "HGNC")
"""In the order in which their labels read best."""


@dataclass(slots=True)
class Thing:
    """What one or several sources have a term for: a concept in the making."""

    category: Category
    terms: list[Term] = field(default_factory=list)
    curated: Concept | None = None
    more: list[str] = field(default_factory=list)

    @property
    def curies(self) -> list[str]:
        """Its identifiers, the canonical one first."""
        return list(dict.fromkeys([*(t.curie for t in self.terms if t.curie), *self.more]))

    def concept(self) -> Concept:
        """Give the concept: the curated one, else one named after the canonical identifier."""
        if self.curated is not None:
            return self.curated
        label = self._label()
        return Concept(slug(self.terms[0].curie or label), label, self.category)

    def _label(self) -> str:
        """Give the label that most sources agree on; between equals, the one that reads best."""
        votes = Counter(form for t in self.terms if t.curie for form in set(label_forms(t)))
        labelled = [t for t in self.terms if t.curie]

        def rank(term: Term) -> tuple[int, int]:
            agree = max((votes[f] for f in label_forms(term)), default=0)
            return (-agree, _LABELS.index(term.source) if term.source in _LABELS else 99)

        best = min(labelled, key=rank)
        return best.label.lower() if best.source == "UNII" else best.label


def slug(text: str) -> str:
    """Give a kebab-case name.

    >>> slug("MESH:D012640")
    'mesh-d012640'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read_curated(ontology: Path) -> Iterator[Term]:
    """Give the concepts that people have written down in ``concepts.ttl``."""
    graph = Graph().parse(ontology / "concepts.ttl")
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        category = next(c for c in Category if (node, RDF.type, _CG[c.value]) in graph)
        names = [Name(str(graph.value(node, SKOS.prefLabel)), Kind.LABEL)]
        names += [Name(n, Kind.LABEL) for n in sorted(map(str, graph.objects(node, SKOS.altLabel)))]
        yield Term(f"concept:{str(node).rsplit('/', 1)[-1]}", "claimgraph", category, names)


def read_curated_mappings(ontology: Path) -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """Give the identifiers that a concept is exactly, and the pairs that are rejected."""
    lines = (ontology / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    exact: dict[str, list[str]] = {}
    rejected: set[tuple[str, str]] = set()
    for row in csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"):
        if row["predicate_modifier"] == "Not":
            rejected.add((row["subject_id"], row["object_id"]))
        elif row["predicate_id"] == "skos:exactMatch":
            exact.setdefault(row["subject_id"], []).append(row["object_id"])
    return exact, rejected


class Things:
    """All things so far, found by identifier.

    Two terms of one source never become one thing, so that a chain of loose cross-references
    cannot melt a family of diseases into one.
    """

    def __init__(self, rejected: Iterable[tuple[str, str]] = ()) -> None:
        self._rejected = set(rejected)
        self._of: dict[str, Thing] = {}
        self.all: list[Thing] = []

    def get(self, curie: str) -> Thing | None:
        """Give the thing with that identifier."""
        return self._of.get(curie)

    def new(self, term: Term) -> Thing:
        """Make a thing of a term."""
        thing = Thing(term.category, [term])
        self._of[term.curie] = thing
        self.all.append(thing)
        return thing

    def claim(self, thing: Thing, curie: str) -> None:
        """Say that a curated thing has an identifier, before its term is read."""
        self._of[curie] = thing
        thing.more.append(curie)

    def add(self, term: Term, others: Iterable[str]) -> Thing:
        """Add a term to the first of the things that may be the same, else as a new thing.

        Args:
            term: the term.
            others: identifiers of what may be the same, the best evidence first.
        """
        claimed = self._of.get(term.curie)
        if claimed is not None:
            claimed.terms.append(term)
            return claimed
        for other in others:
            thing = self._of.get(other)
            if thing is not None and self._fits(thing, term):
                thing.terms.append(term)
                self._of[term.curie] = thing
                return thing
        return self.new(term)

    def _fits(self, thing: Thing, term: Term) -> bool:
        """Tell whether a term may join a thing."""
        prefix = term.curie.split(":")[0]
        return thing.category is term.category and not any(
            c.split(":")[0] == prefix or (c, term.curie) in self._rejected for c in thing.curies
        )


def forms(term: Term) -> set[str]:
    """Give the normal forms of all names of a term."""
    return {form for name in term.names for form in spell(name.text)[:1]}


def label_forms(term: Term) -> tuple[str, ...]:
    """Give the normal forms of a term's label, its singular too."""
    return spell(term.label)


class Joiner:
    """Decides which terms mean the same.

    Evidence, best first: a pair that people have reviewed; the same label in two sources; a
    cross-reference, where the two share a name. A shared synonym alone is none: "absence seizure"
    is a synonym of a syndrome.

    Args:
        things: where terms are gathered.
        reviewed: pairs that people have reviewed.
        listed: pairs that a table lists without review.
    """

    def __init__(
        self,
        things: Things,
        reviewed: Iterable[tuple[str, str]],
        listed: Iterable[tuple[str, str]],
    ) -> None:
        self._things = things
        self._reviewed = _both_ways(reviewed)
        self._listed = _both_ways(listed)
        self._labels: dict[tuple[Category, str], list[str]] = {}
        self._forms: dict[str, set[str]] = {}

    def add(self, term: Term) -> Thing:
        """Add a term where it belongs."""
        names = forms(term)
        loose = [*term.xrefs, *self._listed.get(term.curie, ())]
        sharing = [c for c in loose if names & self._forms.get(c, set())]
        same_label = [
            curie
            for form in label_forms(term)
            for curie in self._labels.get((term.category, form), ())
        ]
        reviewed = self._reviewed.get(term.curie, [])
        thing = self._things.add(term, [*reviewed, *same_label, *sharing])
        self._forms[term.curie] = names
        for form in label_forms(term):
            self._labels.setdefault((term.category, form), []).append(term.curie)
        return thing


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Index pairs by either side."""
    found: dict[str, set[str]] = {}
    for left, right in pairs:
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return {curie: sorted(others) for curie, others in found.items()}


_SALTS = frozenset({
    "hydrochloride", "dihydrochloride", "monohydrochloride", "hydrobromide", "sodium",
    "disodium", "potassium", "calcium", "magnesium", "sulfate", "bisulfate", "phosphate",
    "acetate", "maleate", "mesylate", "besylate", "tartrate", "bitartrate", "citrate",
    "fumarate", "succinate", "tosylate", "nitrate", "bromide", "chloride", "lactate",
    "gluconate", "pamoate", "monohydrate", "dihydrate", "trihydrate", "hemihydrate",
    "anhydrous", "hydrate", "edisylate", "camsylate", "malate", "palmitate", "stearate",
    "valerate", "propionate", "dipropionate", "meglumine", "tromethamine", "hyclate",
    "hemifumarate",
})  # fmt: skip
_ELEMENTS = frozenset({
    "calcium", "sodium", "potassium", "magnesium", "lithium", "ferrous", "ferric", "zinc",
    "aluminum", "aluminium", "barium", "iron", "ammonium", "silver", "copper", "bismuth",
    "manganese", "strontium", "hydrogen", "choline",
})  # fmt: skip


def ingredient(display: str) -> str:
    """Give the substance without the words for its salt or water.

    >>> ingredient("fluoxetine hydrochloride"), ingredient("calcium gluconate")
    ('fluoxetine', 'calcium gluconate')
    """
    words = display.lower().split()
    while len(words) > 1 and words[-1] in _SALTS:
        words.pop()
    base = " ".join(words)
    return display.lower() if base in _ELEMENTS else base


def is_salt(term: Term) -> bool:
    """Tell whether a term is a drug in the form of a salt, by its label."""
    return term.category is Category.DRUG and ingredient(term.label) != term.label.lower()


def add_salts(things: Things, joiner: Joiner, salts: Iterable[Term]) -> None:
    """Add salts: their names go to the ingredient, unless a source before has the very salt."""
    names = _names_of_drugs(things)
    for term in salts:
        own, base = (next(iter(spell(n)), "") for n in (term.label, ingredient(term.label)))
        if own not in names and base in names:
            names[base].terms.append(Term("", term.source, Category.DRUG, term.names))
        else:
            joiner.add(term)


def _names_of_drugs(things: Things) -> dict[str, Thing]:
    """Index the drugs by the normal forms of their names, labels before others."""
    found: dict[str, Thing] = {}
    drugs = [thing for thing in things.all if thing.category is Category.DRUG]
    for thing in drugs:
        for term in thing.terms:
            for form in label_forms(term)[:1]:
                found.setdefault(form, thing)
    for thing in drugs:
        for term in thing.terms:
            for form in sorted(forms(term)):
                found.setdefault(form, thing)
    return found


def add_substances(things: Things, substances: Iterable[Substance]) -> None:
    """Add the register's substances: their brands and names to the drugs that are known already.

    A salt's names go to its ingredient, where no source has the salt: a text that says Prozac
    speaks of fluoxetine. The ingredient gets the register's identifier only under its own name.
    """
    by_label = {
        form: thing
        for thing in reversed(things.all)
        if thing.category in (Category.DRUG, Category.DRUG_CLASS, Category.TARGET)
        for term in thing.terms
        for form in label_forms(term)[:1]
        if term.curie
    }
    by_name = _names_of_drugs(things)
    waiting = []
    for substance in substances:
        form = next(iter(spell(substance.display)), "")
        thing = by_label.get(form) or by_name.get(form)
        if thing is None:
            waiting.append((substance, form))
        else:
            _attach(thing, substance, own=form in by_label)
    for substance, form in waiting:
        base = next(iter(spell(ingredient(substance.display))), "")
        thing = by_label.get(base) or by_name.get(base) if base != form else None
        if thing is not None:
            _attach(thing, substance, own=False)
        elif form and substance.names:
            names = [Name(substance.display, Kind.LABEL, cased=False), *substance.names]
            by_label[form] = things.new(
                Term(f"unii:{substance.unii}", "UNII", Category.DRUG, names)
            )


def _attach(thing: Thing, substance: Substance, *, own: bool) -> None:
    """Give a thing the names of a substance, and its identifier where it is that substance's."""
    taken = any(c.startswith("unii:") for c in thing.curies)
    curie = f"unii:{substance.unii}" if own and not taken else ""
    names = [Name(substance.display, Kind.SYNONYM, cased=False), *substance.names]
    thing.terms.append(Term(curie, "UNII", thing.category, names))
