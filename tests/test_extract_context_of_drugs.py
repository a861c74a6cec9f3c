"""Which drug is meant where a sentence does not say it: lists, labels, pronouns, descriptions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from claimgraph.documents import cut_text, read_documents
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.graph import describe
from claimgraph.model import Citation, Claim, Document, Relation


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def claims_in(document: Document) -> tuple[Claim, ...]:
    passed = pass_claims(extractor().extract(document), document)
    assert not passed.rejections
    return passed.claims


def claims_of(text: str, title: str = "A text", drug: str | None = None) -> tuple[Claim, ...]:
    return claims_in(cut_text(text, id="text", citation=Citation(title), drug=drug))


def said(text: str, title: str = "A text", drug: str | None = None) -> set[str]:
    return {describe(claim) for claim in claims_of(text, title, drug)}


def read(folder: Path, name: str, text: str) -> set[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (document,) = read_documents(path)
    return {describe(claim) for claim in claims_in(document)}


# ── The drug of the text ────────────────────────────────────────────────────────────────────────


def test_the_only_drug_of_a_title_is_what_the_text_is_about() -> None:
    text = "It may cause rash. Lamotrigine is used with valproate. Valproate is older."
    assert "lamotrigine has adverse effect exanthem (possible)" in said(text, "On lamotrigine")


def test_a_title_of_two_drugs_names_neither() -> None:
    text = "The drug may cause rash. Lamotrigine was given. Valproate was given."
    assert said(text, "Lamotrigine or valproate") == set()


# ── Pronouns ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Perampanel blocks AMPA receptors. Phenytoin is older. It may cause ataxia.",
         "phenytoin has adverse effect Ataxia (possible)"),
        ("Perampanel is new. By reducing excitation, it decreases neuronal excitability.",
         "perampanel decreases neuronal excitability"),
        ("Valproate increases GABA release, and it may also block sodium channels.",
         "valproate decreases Sodium Channels (possible)"),
        ("Clonazepam is given at night. Ataxia may occur when it is combined with phenytoin.",
         "clonazepam has adverse effect Ataxia (possible)"),
        ("Sertraline is given daily. This antidepressant may cause nausea.",
         "sertraline has adverse effect Nausea (possible)"),
        ("Metformin is given with meals. The drug is contraindicated in renal failure.",
         "metformin contraindicated for kidney failure (recommended)"),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_the_drug_spoken_of_last(text: str, claim: str) -> None:
    assert claim in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Clonazepam is given at night. It is important that nausea is treated.",
        "Clonazepam and phenytoin were given to adults. The study may cause nausea.",
        "Panic disorder is common, and it may cause insomnia. Clonazepam was not given.",
    ],
)
def test_a_pronoun_that_stands_for_something_else_names_no_drug(text: str) -> None:
    found = claims_of(text, drug="clonazepam")
    assert not [claim for claim in found if claim.relation is Relation.HAS_ADVERSE_EFFECT]


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────

ARTICLE = """# What to know about sertraline

Sertraline is a selective serotonin reuptake inhibitor.

## What is it used for?

Sertraline is used to treat:

- panic disorder
- obsessive-compulsive disorder

It is not approved for:

- insomnia

## What else

Do not take sertraline if you have:

- glaucoma

Side effects may include:

- tremor

Sertraline often causes:

* nausea
* dry mouth

Tell your doctor about:

* asthma
"""


def test_the_line_above_a_list_says_what_its_items_are(tmp_path: Path) -> None:
    found = read(tmp_path, "article.md", ARTICLE)
    assert {
        "sertraline treats panic disorder",
        "sertraline treats obsessive-compulsive disorder",
        "sertraline contraindicated for glaucoma (recommended)",
        "sertraline has adverse effect Tremor (possible)",
        "sertraline has adverse effect Nausea",
        "sertraline has adverse effect Xerostomia",
    } <= found


@pytest.mark.parametrize("word", ["insomnia", "asthma"])
def test_a_denied_or_unclear_list_says_nothing_of_its_items(tmp_path: Path, word: str) -> None:
    found = read(tmp_path, "article.md", ARTICLE)
    assert not [claim for claim in found if word.lower() in claim.lower()]


def test_what_follows_a_list_is_no_item(tmp_path: Path) -> None:
    text = (
        "# On sertraline\n\nSertraline is used to treat:\n\n- panic disorder\n\nGout is common.\n"
    )
    assert not [
        claim for claim in read(tmp_path, "a.md", text) if "out" in claim.split("treats")[-1]
    ]


LABEL = """INDICATIONS AND USAGE

For the relief of headache.

WARNINGS

Ask a doctor before use if you have heart disease. Monitor blood pressure.

DRUG INTERACTIONS

Concomitant use of warfarin should be avoided.

DOSAGE AND ADMINISTRATION

Adults: take 2 tablets every 4 hours. Do not exceed 8 tablets in 24 hours.
"""


def test_a_label_speaks_of_its_own_drug_throughout() -> None:
    assert said(LABEL, drug="Advil") == {
        "ibuprofen treats Headache",
        "ibuprofen requires evaluation of blood pressure (recommended)",
        "ibuprofen interacts with warfarin (recommended)",
        "ibuprofen has dose “2 tablets every 4 hours” (recommended)",
        "ibuprofen has dose “not exceed 8 tablets in 24 hours” (recommended)",
    }


# ── Passive and nominal forms ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Carbamazepine-induced hyponatremia was seen.",
         "carbamazepine has adverse effect Hyponatremia"),
        ("Hyponatremia was caused by carbamazepine.",
         "carbamazepine has adverse effect Hyponatremia"),
        ("Hyponatremia associated with carbamazepine resolved.",
         "carbamazepine has adverse effect Hyponatremia"),
        ("Hyponatremia following carbamazepine therapy was seen.",
         "carbamazepine has adverse effect Hyponatremia"),
        ("Cyclooxygenase is inhibited by ibuprofen.",
         "ibuprofen decreases Prostaglandin-Endoperoxide Synthases"),
    ],
)  # fmt: skip
def test_passive_and_nominal_forms(text: str, claim: str) -> None:
    assert claim.lower() in {one.lower() for one in said(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Zorvan is indicated for the treatment of gout in adults who have failed allopurinol.",
        "Zorvan tablets are used with allopurinol to treat gout.",
        "ZORVAN is indicated for gout. Allopurinol is another drug.",
        "Indicated for the treatment of gout in adults who have failed allopurinol.",
    ],
)
def test_a_drug_that_no_lexicon_knows_keeps_its_claims(text: str) -> None:
    document = cut_text(text, id="t", citation=Citation("T"), drug="Zorvan")
    claims = [c for c in RuleExtractor().extract(document) if c.relation is Relation.TREATS]
    assert [(c.subject.label, c.object.label) for c in claims] == [("zorvan", "gout")]
