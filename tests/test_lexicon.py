"""The lexicon that claimgraph carries: what its names mean, and where they are found."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import RDF, SKOS

from claimgraph.errors import InputFileError
from claimgraph.lexicon import Entry, Lexicon, load_lexicon
from claimgraph.lexicon.normal import normalise
from claimgraph.lexicon.store import Posting, Record, to_bytes
from claimgraph.model import Category, Concept
from claimgraph.resources import carried_folder


def best(name: str) -> Entry:
    """The preferred meaning of a name; the test fails if it has none."""
    entries = load_lexicon().lookup(name)
    assert entries, f"{name!r} means nothing"
    return entries[0]


def found(text: str) -> list[str]:
    """The words of a text that are names."""
    return [match.span.cut(text) for match in load_lexicon().find(text)]


# ── What names mean ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "concept", "identifier"),
    [
        ("absence seizure", "absence-seizure", "HP:0002121"),
        ("absence seizures", "absence-seizure", "HP:0002121"),
        ("myoclonic seizures", "myoclonic-seizure", "HP:0032794"),
        ("seizures", "seizure", "HP:0001250"),
        ("epilepsy", "epilepsy", "MONDO:0005027"),
        ("sedation", "sedation", "EFO:0009868"),
        ("dizziness", "dizziness", "MESH:D004244"),
        ("GABA receptors", "gaba-receptor", "MESH:D018079"),
        ("GABA-A receptor", "gaba-a-receptor", "MESH:D011963"),
        ("tolerance", "tolerance", "MESH:D004361"),
        ("status epilepticus", "status-epilepticus", "MONDO:0002125"),
        ("benzodiazepines", "benzodiazepine", "MESH:D001569"),
    ],
)
def test_a_curated_name_means_the_curated_concept_and_nothing_else(name, concept, identifier):
    entries = load_lexicon().lookup(name)
    assert [entry.concept.id for entry in entries] == [concept]
    assert identifier in entries[0].identifiers
    assert not entries[0].ambiguous


@pytest.mark.parametrize(
    ("name", "trap"),
    [
        ("absence seizure", "MONDO:0010826"),  # a syndrome that lists it as a synonym
        ("myoclonic seizure", "MONDO:0016022"),
        ("sedation", "MESH:D016292"),  # the procedure
        ("sedation", "MESH:D054810"),
        ("dizziness", "HP:0002321"),  # vertigo
        ("epilepsy", "HP:0001250"),  # seizure lists it as related
        ("GABA receptor", "fplx:GABR"),  # merges it with GABA-A receptor
        ("GABA receptor", "MESH:D011963"),
        ("seizure disorder", "MONDO:0005027"),  # close, not the same
        ("dependence", "HP:0033516"),  # addictive use: stronger than the text
        ("dependence", "MONDO:0005303"),  # drug dependence as a disorder: close
        ("dependence", "MESH:D019966"),  # all substance-related disorders: broader
        ("absence seizure", "DOID:1825"),  # the syndrome again, in another source
        ("absence seizure", "MESH:D004832"),  # Epilepsy, Absence: the disease
        ("myoclonic seizure", "DOID:308"),  # a syndrome that lists it as a synonym
        ("myoclonic seizure", "HP:0002123"),  # generalized only: the name does not say so
        ("myoclonic seizure", "MESH:D004831"),  # Epilepsies, Myoclonic: the disease
        ("akinetic seizure", "HP:0010819"),  # atonic: close; HP lists no "akinetic"
        ("sedation", "HP:0002329"),  # drowsiness: close
        ("seizure disorder", "MESH:D004827"),  # lists it as an entry term of epilepsy
        ("seizure disorder", "HP:0001250"),
        ("seizure", "MONDO:0005027"),
        ("status epilepticus", "HP:0001250"),
        (
            "benzodiazepine",
            "CHEBI:35500",
        ),  # 1,4-benzodiazepinone, the parent of clonazepam: narrower
        ("benzodiazepine", "CHEBI:22720"),  # the ring system: close
        ("benzodiazepine", "MESH:D001570"),  # benzodiazepinones: narrower
        ("GABA receptor", "GO:0016917"),  # an activity, not the receptor
        ("GABA receptor", "GO:1902711"),  # the complex of GABA-A
        ("GABA-A receptor", "GO:0004890"),  # an activity
        ("GABA-A receptor", "fplx:GABR"),
        ("GABA", "MESH:D018079"),  # the receptors
        ("hyperpolarization of neuronal membranes", "GO:0098818"),  # postsynaptic: not said
        ("abnormal electrical activity", "HP:0002353"),  # a finding on the EEG: close
        ("concurrent medications", "MESH:D019338"),  # polypharmacy: more specific
        ("concurrent medications", "MESH:D004347"),  # interactions: not stated
        ("clonazepam", "rxnorm:197527"),  # the 0.5 mg tablet, in public code also for 2 mg
        ("clonazepam", "rxnorm:197901"),  # lorazepam's, in public code also for 2 mg
        ("clonazepam", "rxnorm:197529"),  # the 2 mg oral tablet: narrower
        ("clonazepam", "CHEBI:35500"),
        ("midazolam", "snomedct:387383007"),  # clonazepam's, in one public file midazolam's
        ("GABA", "CHEBI:50268"),  # GABA modulator: a role of drugs
        ("anticonvulsant", "CHEBI:50268"),
        ("vertigo", "MESH:D004244"),  # dizziness: wider
        ("drowsiness", "EFO:0009868"),  # sedation: close
        ("drug dependence", "HP:0033516"),
    ],
)
def test_a_name_that_fits_a_thing_it_does_not_mean_is_not_grounded_to_it(name, trap):
    assert all(trap not in entry.identifiers for entry in load_lexicon().lookup(name))


def test_one_substance_has_one_identifier_in_each_vocabulary():
    """A connectivity table lists 41 PubChem compounds for clonazepam; one of them is it."""
    prefixes = [curie.partition(":")[0] for curie in best("clonazepam").identifiers]
    assert len(prefixes) == len(set(prefixes))
    assert "pubchem.compound:2802" in best("clonazepam").identifiers


@pytest.mark.parametrize(
    "name",
    [
        "Escherichia coli", "E. coli", "Staphylococcus aureus", "Candida albicans",
        "Mycobacterium tuberculosis", "Vibrio cholerae", "measles virus", "poliovirus",
        "human papillomavirus", "yeast",
        "Taxus stent", "Taxus", "diagnostic test kit",
        "cerebro", "thrombo", "praxis", "nostril", "buccal", "dilator", "hypothalamus",
        "hematocrit", "luteinizing", "cream",
        "ketosis", "varicella", "chickenpox",
    ],
)  # fmt: skip
def test_organisms_devices_and_words_are_no_drugs(name):
    drugs = (Category.DRUG, Category.DRUG_CLASS)
    assert not [e for e in load_lexicon().lookup(name) if e.concept.category in drugs]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Saccharomyces boulardii", Category.DRUG),
        ("Lactobacillus acidophilus", Category.DRUG),
        ("BCG vaccine", Category.DRUG),
        ("ginkgo biloba", Category.DRUG),
        ("milk thistle", Category.DRUG),
        ("St. John's wort", Category.DRUG),
        ("horse chestnut", Category.DRUG),
        ("human thrombin", Category.DRUG),
        ("measles vaccine", Category.DRUG),
        ("botulinum toxin type A", Category.DRUG),
        ("cod liver oil", Category.DRUG),
        ("porcine insulin", Category.DRUG),
        ("biguanide", Category.DRUG_CLASS),
        ("opioids", Category.DRUG_CLASS),
        ("antibiotic", Category.DRUG_CLASS),
        ("ketosis", Category.CONDITION),
        ("varicella", Category.CONDITION),
    ],
)
def test_what_is_taken_as_a_medicine_stays_one(name, category):
    assert best(name).concept.category is category


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ataxia", "ataxia"),
        ("partial-onset seizures", "focal-onset seizure"),
        ("menstrual cramps", "dysmenorrhea"),
        ("Keppra", "levetiracetam"),
    ],
)
def test_a_name_reads_back_as_what_it_means(name, label):
    assert best(name).concept.label.lower() == label


def test_seizure_seizure_disorder_and_epilepsy_are_three_concepts():
    assert len({best(n).concept.id for n in ("seizure", "seizure disorder", "epilepsy")}) == 3


def test_vertigo_is_a_concept_of_its_own():
    assert "HP:0002321" in best("vertigo").identifiers


@pytest.mark.parametrize(
    ("brand", "ingredient"),
    [
        ("Klonopin", "clonazepam"),
        ("RIVOTRIL", "clonazepam"),
        ("Tylenol", "acetaminophen"),
        ("Prozac", "fluoxetine"),
        ("Advil", "ibuprofen"),
        ("Lipitor", "atorvastatin"),
        ("Zoloft", "sertraline"),
        ("Lasix", "furosemide"),
        ("Keytruda", "pembrolizumab"),
    ],
)
def test_a_brand_means_its_ingredient(brand, ingredient):
    assert best(brand).concept == best(ingredient).concept
    assert best(brand).concept.category is Category.DRUG


def test_a_brand_of_two_drugs_means_both():
    concepts = {entry.concept for entry in load_lexicon().lookup("Percocet")}
    assert {best("acetaminophen").concept, best("oxycodone").concept} <= concepts


def test_a_salt_is_grounded_to_its_ingredient_which_keeps_its_own_identifier():
    assert best("fluoxetine hydrochloride").concept == best("fluoxetine").concept
    assert "unii:01K63SUP8D" in best("fluoxetine").identifiers
    assert "unii:I9W7N6B1KJ" not in best("fluoxetine").identifiers  # the hydrochloride


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paracetamol", "acetaminophen"),
        ("aspirin", "acetylsalicylic acid"),
        ("oedema", "edema"),
        ("diarrhoea", "diarrhea"),
        ("anaemia", "anemia"),
        ("oesophagitis", "esophagitis"),
        ("leukaemia", "leukemia"),
        ("tumours", "tumor"),
        ("allergies", "allergy"),
        ("psychoses", "psychosis"),
        ("rashes", "rash"),
        ("abscesses", "abscess"),
        ("Crohn disease", "Crohn's disease"),
        ("Alzheimer\u2019s disease", "Alzheimer's disease"),
        ("type II diabetes", "type 2 diabetes"),
        ("beta-blockers", "beta blocker"),
        ("TNF-α", "TNF-alpha"),
        ("Sjögren syndrome", "Sjogren's syndrome"),
        ("febrile seizures", "febrile seizure"),
        ("renal impairment", "kidney impairment"),
        ("creatinine increased", "elevated serum creatinine"),
        ("QT prolongation", "prolonged QT interval"),
    ],
)
def test_two_ways_to_write_a_name_mean_the_same(one, other):
    assert best(one).concept == best(other).concept


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("clonazepam", Category.DRUG),
        ("NSAIDs", Category.DRUG_CLASS),
        ("anticonvulsants", Category.DRUG_CLASS),
        ("ACE inhibitors", Category.DRUG_CLASS),
        ("myocardial infarction", Category.CONDITION),
        ("COPD", Category.CONDITION),
        ("infections", Category.CONDITION),
        ("GABRA1", Category.TARGET),
        ("dopamine D2 receptor", Category.TARGET),
        ("neurotransmitter release", Category.PROCESS),
        ("apoptosis", Category.PROCESS),
        ("prolonged use", Category.EXPOSURE),
        ("interferon alfa", Category.DRUG),
        ("TNF-alpha", Category.TARGET),
    ],
)
def test_a_name_has_the_category_that_drug_texts_mean(name, category):
    assert best(name).concept.category is category
    assert not best(name).ambiguous


def test_a_concept_is_named_after_the_curated_concept_or_the_canonical_identifier():
    assert best("clonazepam").concept.id == "clonazepam"
    assert best("acetaminophen").concept.id == "mesh-d000082"
    assert best("acetaminophen").identifiers[0] == "MESH:D000082"


def test_sources_that_mean_the_same_make_one_concept():
    identifiers = best("hypertension").identifiers
    assert {"MESH:D006973", "HP:0000822"} <= set(identifiers)
    assert best("hypertension").concept.label.lower() == "hypertension"


def test_every_curated_name_is_in_the_lexicon():
    graph = Graph().parse(carried_folder("ontology") / "concepts.ttl")
    # Only in the article do these words mean what the concept says; lexicon-overrides.tsv drops them.
    of_the_article = {"recurrent episodes", "intricate interplay"}
    wrong = [
        str(name)
        for node in graph.subjects(RDF.type, SKOS.Concept)
        for name in (graph.value(node, SKOS.prefLabel), *graph.objects(node, SKOS.altLabel))
        if str(name) not in of_the_article
        and str(node).rsplit("/", 1)[-1] not in {e.concept.id for e in load_lexicon().lookup(name)}
    ]
    assert wrong == [], "build the lexicon again: scripts/build_lexicon.py"


# ── Everyday words and acronyms ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "The impact was set by the rest of the team.",
        "It may lead to an advance in the choice of program.",
        "No cat met the max.",
        "Patients should not be told to let the face rest.",
        "disease, disorder, syndrome, signs and symptoms",
        "drugs, medications, acids and salts",
    ],
)
def test_everyday_words_are_not_taken_for_names(text):
    sure = [m for m in load_lexicon().find(text) if not m.entries[0].ambiguous]
    assert sure == []


@pytest.mark.parametrize("name", ["CAT", "MAX", "MS", "RA", "ED", "Impact", "lead", "strain"])
def test_a_word_that_means_many_things_says_so(name):
    assert all(entry.ambiguous for entry in load_lexicon().lookup(name))


@pytest.mark.parametrize(
    ("right", "wrong"), [("AIDS", "aids"), ("GABRA1", "gabra1"), ("COPD", "Copd")]
)
def test_an_acronym_needs_its_case(right, wrong):
    assert load_lexicon().lookup(right)
    assert not load_lexicon().lookup(wrong)


# ── Where names are found ────────────────────────────────────────────────────────────────────────


def test_the_longest_name_wins_and_nothing_is_found_inside_it():
    assert found("generalized anxiety disorder and anxiety") == [
        "generalized anxiety disorder",
        "anxiety",
    ]


def test_names_end_at_borders_of_words():
    assert found("painful painting, paint") == []
    assert found("(pain)/pain.") == ["pain", "pain"]


def test_what_a_drug_induces_is_a_name_of_its_own():
    assert found("heparin-induced thrombocytopenia") == ["heparin", "thrombocytopenia"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("for\u00a0heart\u00a0failure", "heart\u00a0failure"),
        ("for heart\n   failure", "heart\n   failure"),
        ("for beta\u2011blockers", "beta\u2011blockers"),
        ("💊💊 Klonopin® tablets", "Klonopin"),
        ("naïve patients with Ménière's disease", "Ménière's disease"),
        ("a de\u0301ja\u0300 vu, then se\u00adizures", "se\u00adizures"),
        ("ﬁrst, pulmonary ﬁbrosis", "pulmonary ﬁbrosis"),
        ("SEIZURES AND STATUS EPILEPTICUS", "SEIZURES"),
        ("ⅠⅡ½ anemia", "anemia"),
        ("İİ anemia", "anemia"),
    ],
)
def test_a_match_points_at_the_words_of_the_text_as_it_came_in(text, name):
    assert name in found(text)


def test_a_name_does_not_reach_across_a_blank_line_or_a_dash_between_spaces():
    assert "heart failure" in found("heart failure")
    assert found("kidney\n\nfailure") == []
    assert found("kidney - failure") == []


_PIECES = st.sampled_from([
    "Klonopin", "seizure", "seizures", "GABA", "-A", " receptor", "TNF", "-α", "β", "NSAIDs", " ", "\n",
    "\u00a0", "\u2019s", "’", "type II ", "diabetes", "💊", "é", "e\u0301", "ß", "İ", "ﬁ", "\u00ad", "of ",
    "ANEMIA", "haem", "orrhage", "s", "es", "2", "½", "Σς", "\u200b", "\r\n\r\n", "(", ")", "lead", "Impact",
])  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_PIECES).map("".join))


@given(_TEXTS)
@example("Klonopin\u0301s seizures\u00ad")
def test_every_match_is_a_name_of_what_it_is_said_to_be(text):
    lexicon = load_lexicon()
    end = 0
    for match in lexicon.find(text):
        assert end <= match.span.start < match.span.end <= len(text)
        end = match.span.end
        assert match.entries
        assert match.entries == lexicon.lookup(match.span.cut(text))


@given(_TEXTS)
def test_finding_twice_gives_the_same(text):
    assert list(load_lexicon().find(text)) == list(load_lexicon().find(text))


@given(_TEXTS)
def test_normal_form_keeps_the_way_back(text):
    normal = normalise(text)
    assert len(normal.folded) == len(normal.cased)
    assert normal.folded == normal.cased.lower()
    spans = [normal.original(i, i + 1) for i in range(len(normal.cased))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)).filter(
        lambda t: "  " not in t
    )
)
def test_plain_text_keeps_its_offsets(text):
    assert normalise(text).offsets is None


# ── The file ─────────────────────────────────────────────────────────────────────────────────────


def small() -> bytes:
    records = [
        Record(Concept(f"c{n}", f"label {n}", Category.CONDITION), (f"X:{n}",)) for n in range(130)
    ]
    names = {f"name {n}": [Posting(n, 0)] for n in range(130)}
    names["shared"] = [Posting(2, 1, ambiguous=True), Posting(1, 0), Posting(129, 0)]
    return to_bytes(names, {"ABC": [Posting(0, 1)]}, records, ("one", "two"))


def test_a_written_lexicon_reads_back(tmp_path):
    path = tmp_path / "lexicon.bin"
    path.write_bytes(small())
    lexicon = Lexicon(path)
    assert lexicon.counts == {"names": 131, "symbols": 1, "concepts": 130}
    assert [e.concept.id for e in lexicon.lookup("shared")] == ["c2", "c1", "c129"]
    assert [e.source for e in lexicon.lookup("shared")] == ["two", "one", "one"]
    assert lexicon.lookup("shared")[0].ambiguous
    assert lexicon.lookup("Name 77") == (
        Entry(
            Concept("c77", "label 77", Category.CONDITION), ("X:77",), ambiguous=False, source="one"
        ),
    )
    assert [m.span.cut("an ABC, an abc") for m in lexicon.find("an ABC, an abc")] == ["ABC"]


@pytest.mark.parametrize(
    "spoil",
    [lambda _: b"", lambda _: b"something else" * 9, lambda d: d[:200], lambda d: d[:-4000]],
    ids=["empty", "other file", "cut in the head", "cut in the body"],
)
def test_a_spoilt_lexicon_is_refused(tmp_path, spoil):
    path = tmp_path / "lexicon.bin"
    path.write_bytes(spoil(small()))
    with pytest.raises(InputFileError, match=re.escape(str(path))):
        Lexicon(path)


def test_a_missing_lexicon_is_refused(tmp_path):
    with pytest.raises(InputFileError, match="install claimgraph again"):
        Lexicon(tmp_path / "none.bin")


@given(st.integers(0, 2**25 - 1), st.integers(0, 15), st.booleans(), st.booleans())
def test_a_posting_unpacks_to_what_was_packed(concept, source, ambiguous, capital):
    posting = Posting(concept, source, ambiguous, capital)
    assert posting.pack() < 2**31
    assert Posting.unpack(posting.pack()) == posting


# ── Names of everyday texts ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "category", "identifier"),
    [
        ("factor Xa", Category.TARGET, "MESH:D015951"),
        ("coagulation factor Xa", Category.TARGET, "MESH:D015951"),
        ("factor Xa inhibitors", Category.DRUG_CLASS, "MESH:D065427"),
        ("thrombin", Category.TARGET, "MESH:D013917"),
        ("calcium antagonists", Category.DRUG_CLASS, "MESH:D002121"),
        ("fluid retention", Category.CONDITION, "MESH:D004487"),
        ("MTX", Category.DRUG, "MESH:D008727"),
        ("C. difficile infection", Category.CONDITION, "EFO:0009130"),
        ("Clostridioides difficile infection", Category.CONDITION, "EFO:0009130"),
        ("HIV infection", Category.CONDITION, "MESH:D015658"),
        ("hepatitis B infection", Category.CONDITION, "MESH:D006509"),
        ("hepatitis C infection", Category.CONDITION, "MONDO:0005231"),
        ("chronic hepatitis B infection", Category.CONDITION, "MESH:D019694"),
        ("feeling sick", Category.CONDITION, "MESH:D009325"),
        ("being sick", Category.CONDITION, "MESH:D014839"),
        ("feeling tired", Category.CONDITION, "MESH:D005221"),
        ("breathing problems", Category.CONDITION, "MESH:D004417"),
        ("trouble breathing", Category.CONDITION, "MESH:D004417"),
        ("low sodium levels", Category.CONDITION, "MESH:D007010"),
        ("blood in your urine", Category.CONDITION, "MESH:D006417"),
    ],
)
def test_names_of_everyday_texts(name: str, category: Category, identifier: str) -> None:
    entry = best(name)
    assert (entry.concept.category, identifier in entry.identifiers) == (category, True)
    assert not entry.ambiguous


def test_pregnancy_is_no_condition_and_flu_like_symptoms_are_no_flu() -> None:
    assert load_lexicon().lookup("pregnancy") == ()
    assert best("flu-like symptoms").concept.id == "flu-like-symptoms"
    assert found("It causes flu-like symptoms.") == ["flu-like symptoms"]


def test_interleukin_2_is_a_target_first_and_a_drug_next() -> None:
    kinds = [entry.concept.category for entry in load_lexicon().lookup("interleukin-2")]
    assert kinds == [Category.TARGET, Category.DRUG]
    meanings = load_lexicon().lookup("IL-2")
    assert [entry.concept.category for entry in meanings if not entry.ambiguous] == [
        Category.TARGET
    ]
