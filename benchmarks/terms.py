"""Which of our relations say what a corpus's label says."""

from __future__ import annotations

from dataclasses import dataclass

from claimgraph.model import Category, Claim, Relation

_R = Relation
_DRUGS = frozenset({Category.DRUG, Category.DRUG_CLASS})


@dataclass(frozen=True, slots=True)
class Term:
    """A label as scored: the gold labels and the relations that count as it.

    The first relation is the one a gold relation is written as when it is turned into a claim.
    """

    name: str
    golds: tuple[str, ...]
    relations: tuple[Relation, ...]


def says(claim: Claim, term: Term) -> bool:
    """Tell whether a claim says what the term says, or denies it.

    A condition that leads to another is no effect of a drug: `leadsTo` counts only where an
    exposure to a drug leads to it.
    """
    if claim.relation not in term.relations:
        return False
    subject = claim.subject.concept
    return (
        claim.relation is not _R.LEADS_TO
        or subject is None
        or subject.category is Category.EXPOSURE
    )


_CAUSES = Term("causes_ae", ("causes_ae",), (_R.HAS_ADVERSE_EFFECT, _R.LEADS_TO))
_CHEMPROT_UP, _CHEMPROT_DOWN = ("CPR:3", "CPR:5"), ("CPR:4", "CPR:6")
_DRUGPROT_UP = (
    "INDIRECT-UPREGULATOR",
    "ACTIVATOR",
    "AGONIST",
    "AGONIST-ACTIVATOR",
)
_DRUGPROT_DOWN = ("INHIBITOR", "INDIRECT-DOWNREGULATOR", "ANTAGONIST", "AGONIST-INHIBITOR")
_ON_TARGET = (
    _R.MODULATES,
    _R.BINDS_TO,
    _R.IS_SUBSTRATE_OF,
    _R.INCREASES,
    _R.DECREASES,
    _R.ACTS_THROUGH,
)
_ON_DISEASE = (
    _R.TREATS,
    _R.PREVENTS,
    _R.HAS_ADVERSE_EFFECT,
    _R.CONTRAINDICATED_FOR,
    _R.DECREASES,
    _R.INCREASES,
    _R.LEADS_TO,
    _R.RESULTS_IN,
)
_ASSOCIATED = ("PA", "SA", "NA")

TERMS: dict[str, tuple[Term, ...]] = {
    "labeledin": (Term("treats", ("treats",), (_R.TREATS, _R.PREVENTS)),),
    "roam_drug_disease": (
        Term("TREATS", ("TREATS",), (_R.TREATS,)),
        Term("PREVENTS", ("PREVENTS",), (_R.PREVENTS,)),
        Term("CONTRAINDICATED_FOR", ("CONTRAINDICATED_FOR",), (_R.CONTRAINDICATED_FOR,)),
    ),
    "spl_adr_onsides": (_CAUSES,),
    "ade_v2": (_CAUSES,),
    "phee": (_CAUSES,),
    "bc5cdr": (Term("CID", ("CID",), _CAUSES.relations),),
    "chemprot": (
        Term("up", _CHEMPROT_UP, (_R.INCREASES,)),
        Term("down", _CHEMPROT_DOWN, (_R.DECREASES,)),
    ),
    "drugprot": (
        Term("up", _DRUGPROT_UP, (_R.INCREASES,)),
        Term("down", _DRUGPROT_DOWN, (_R.DECREASES,)),
    ),
    "ddi2013": (Term("interacts", ("mechanism", "effect", "advise", "int"), (_R.INTERACTS_WITH,)),),
    "eu_adr": (
        Term("disease", tuple(f"drug_disease:{one}" for one in _ASSOCIATED), _ON_DISEASE),
        Term("target", tuple(f"drug_target:{one}" for one in _ASSOCIATED), _ON_TARGET),
    ),
}
"""The terms of each corpus, as its main table scores them."""

PAIR_TERMS: dict[str, Term] = {
    "chemprot": Term("acts on", (*_CHEMPROT_UP, *_CHEMPROT_DOWN, "CPR:9"), _ON_TARGET),
    "drugprot": Term(
        "acts on",
        (*_DRUGPROT_UP, *_DRUGPROT_DOWN, "DIRECT-REGULATOR", "SUBSTRATE", "PRODUCT-OF"),
        _ON_TARGET,
    ),
}
"""Whether a chemical acts on a protein at all, whatever it does to it."""

GIVEN_FOR = Term("treats", ("given_for", "treats"), (_R.TREATS, _R.PREVENTS))
"""PHEE's indications: of a drug that caused an effect, and of one that helped."""

DOSE = Term("has_dose", ("has_dose",), (_R.HAS_DOSE,))
DURATION = Term("has_duration", ("has_duration",), ())
