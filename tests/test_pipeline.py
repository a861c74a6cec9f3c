import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, OWL, RDF, VOID, BNode, Literal, URIRef

from claimgraph import __version__, pipeline, vocab
from claimgraph.errors import (
    ClaimsFileError,
    GraphError,
    InputFileError,
    NotFoundError,
    OutputError,
)
from claimgraph.exports import part_graph
from claimgraph.gate import Rejection, Rule
from claimgraph.graph import CG, CONCEPT, Part, from_graph, graph_iri, text_iri
from claimgraph.pipeline import (
    EXPORTS,
    FILES,
    Build,
    Knowledge,
    assemble,
    build_article,
    check,
    open_knowledge,
    write_files,
)
from claimgraph.rdf import read_dataset
from claimgraph.resources import bundled_article
from tests.strategies import article, reviewed, small_claim, small_document

HASH_FILES = """
import hashlib, json, sys
from pathlib import Path
from claimgraph.pipeline import build_article, write_files
from claimgraph.resources import bundled_article
files = write_files(build_article(bundled_article()), Path(sys.argv[1]))
print(json.dumps({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}))
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """Give a folder with all files of the article."""
    folder = tmp_path_factory.mktemp("out")
    write_files(article(), folder)
    return folder


# ── Same input, same bytes ──────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_file_has_the_same_bytes_whatever_the_hash_seed(tmp_path, out):
    ours = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    for seed in ("0", "1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", HASH_FILES, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(done.stdout) == ours


def test_a_build_does_not_depend_on_the_folder_it_reads(tmp_path, out):
    copy = shutil.copytree(bundled_article(), tmp_path / "elsewhere")
    again = build_article(copy)
    assert again.claims == article().claims
    assert FILES["graph.nq"](again) == (out / "graph.nq").read_bytes()


def test_no_file_names_this_machine(out):
    for name in FILES:
        text = (out / name).read_text(encoding="utf-8")
        # What the page packs looks like chance; its triples are those of graph.trig.
        text = re.sub(r'<script type="text/plain".*?</script>', "", text, flags=re.DOTALL)
        for word in (str(Path.home()) + "/", str(bundled_article()), os.uname().nodename + "."):
            assert word not in text


# ── The dataset ─────────────────────────────────────────────────────────────────────────────────


def test_the_article_is_built():
    build = article()
    assert build.rejections == ()
    assert build.without_claims == {}
    assert from_graph(build.dataset) == build.claims


def test_the_dataset_describes_itself():
    build = article()
    graph = part_graph(build.dataset, [Part.DATASET])
    node = URIRef(f"{vocab.BASE}dataset/{build.document.id}")
    assert set(graph.objects(node, RDF.type)) == {DCAT.Dataset, VOID.Dataset}
    assert str(graph.value(node, DCTERMS.license)).startswith("https://creativecommons.org/")
    assert graph.value(node, DCTERMS.source) == text_iri(build.document.id)
    assert graph.value(node, OWL.versionInfo) == Literal(__version__)
    subsets = set(graph.objects(node, VOID.subset))
    assert subsets == {
        graph_iri(part, build.document.id if part.of_text else None)
        for part in Part
        # Statements are gathered over the texts of a store, not over one.
        if part not in (Part.DATASET, Part.STATEMENTS)
    }
    for name in subsets:
        assert int(str(graph.value(name, VOID.triples))) == len(build.dataset.graph(name))


def test_what_the_text_says_is_not_mixed_with_what_it_does_not():
    build = article()
    said = part_graph(build.dataset, [Part.DIRECT])
    for part in (Part.BACKGROUND, Part.INFERRED):
        other = part_graph(build.dataset, [part])
        about = {t for t in other if str(t[0]).startswith(vocab.CONCEPT)}
        assert about
        assert not about & set(said)
    gaba_a = CONCEPT["gaba-a-receptor"]
    assert not any(gaba_a in triple for triple in said)
    assert any(gaba_a in triple for triple in part_graph(build.dataset, [Part.BACKGROUND]))


def test_no_blank_node_is_published():
    for quad in article().dataset.quads():
        assert not any(isinstance(part, BNode) for part in quad)


def test_claims_of_any_text_are_assembled():
    claim, refused = small_claim(), Rejection(small_claim(sentence=2), Rule.INSIDE, "no")
    build = assemble(small_document(), [claim], {3: "advice"}, [refused])
    assert build.claims == (claim,)
    assert build.rejections == (refused,)
    triple = (CONCEPT.clonazepam, CG.treats, CONCEPT["absence-seizure"])
    assert triple in part_graph(build.dataset, [Part.DIRECT])
    # Background says absence seizures are seizures.
    some = (CONCEPT.clonazepam, CG.treatsSomeFormOf, CONCEPT.seizure)
    assert some in part_graph(build.dataset, [Part.INFERRED])
    assert b"1 refused by the gate" in FILES["report.md"](build)


def test_a_graph_that_violates_its_shapes_is_not_published():
    broken = assemble(small_document(), [small_claim()], {2: "none", 3: "none"})
    broken.dataset.graph(graph_iri(Part.DIRECT, "small")).add(
        (CONCEPT.clonazepam, CG.treats, CONCEPT.epilepsy)
    )
    with pytest.raises(GraphError, match=r"the graph violates its shapes: .*Repair: "):
        check(broken)


# ── Files ───────────────────────────────────────────────────────────────────────────────────────


def test_all_files_are_written_and_nothing_else(out):
    assert {path.name for path in out.iterdir()} == set(FILES)
    assert all((out / name).stat().st_size > 100 for name in FILES)


@pytest.mark.parametrize("name", ["graph.trig", "graph.nq", "graph.jsonld"])
def test_the_dataset_is_read_back_from_its_files(out, name):
    dataset = article().dataset
    assert set(read_dataset(out / name).quads()) == set(dataset.quads())
    assert from_graph(read_dataset(out / name)) == article().claims


def test_the_turtle_alone_holds_all_claims(out):
    assert from_graph(read_dataset(out / "graph.ttl")) == article().claims


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fake_files(monkeypatch: pytest.MonkeyPatch, **contents: bytes) -> None:
    """Let a build have these files instead, quick to make."""
    made = {name: (lambda _build, data=data: data) for name, data in contents.items()}
    monkeypatch.setattr(pipeline, "FILES", made)


def test_a_failure_at_the_second_file_leaves_no_half_and_no_rest(tmp_path, monkeypatch):
    fake_files(monkeypatch, one=b"old 1", two=b"old 2", three=b"old 3")
    write_files(article(), tmp_path)
    fake_files(monkeypatch, one=b"new 1", two=b"new 2", three=b"new 3")
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "two":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match=r"two: cannot be written: No space left.*Repair: ") as e:
        write_files(article(), tmp_path)
    assert e.value.where.file == str(tmp_path / "two")
    assert tree(tmp_path) == {"one": b"new 1", "two": b"old 2", "three": b"old 3"}


def test_a_file_that_cannot_be_made_touches_nothing(tmp_path, monkeypatch):
    fake_files(monkeypatch, one=b"old 1", two=b"old 2")
    write_files(article(), tmp_path)

    def fail(build: Build) -> bytes:
        raise GraphError("no")

    monkeypatch.setattr(pipeline, "FILES", {"one": lambda _: b"new 1", "two": fail})
    with pytest.raises(GraphError):
        write_files(article(), tmp_path)
    assert tree(tmp_path) == {"one": b"old 1", "two": b"old 2"}


def test_a_folder_that_cannot_be_is_said_with_the_repair(tmp_path, monkeypatch):
    fake_files(monkeypatch, one=b"1")
    (tmp_path / "out").write_bytes(b"a file of mine")
    with pytest.raises(OutputError, match=r"cannot be written: .*Repair: .*-o"):
        write_files(article(), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"a file of mine"


def test_an_unwritable_folder_is_said(tmp_path, monkeypatch):
    fake_files(monkeypatch, one=b"1")
    folder = tmp_path / "out"
    folder.mkdir()
    folder.chmod(0o500)

    def deny(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    if os.access(folder, os.W_OK):  # root may write everywhere
        monkeypatch.setattr("tempfile.mkstemp", deny)
    with pytest.raises(OutputError, match=r"out/one: cannot be written: Permission denied"):
        write_files(article(), folder)
    folder.chmod(0o700)
    assert not list(folder.iterdir())


# ── What commands read from ─────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


def test_the_bundled_article_is_opened_where_nothing_is_named(knowledge):
    assert knowledge.claims == article().claims
    assert len(knowledge.sentences) == 22
    assert knowledge.documents == (article().document,)


def test_a_file_is_opened_too_and_says_the_same(out, knowledge):
    for name in ("graph.ttl", "graph.nq"):
        opened = open_knowledge(out / name)
        assert opened.claims == knowledge.claims
        assert opened.sentences == knowledge.sentences


def test_a_folder_is_opened(tmp_path, knowledge):
    assert open_knowledge(bundled_article()).claims == knowledge.claims
    with pytest.raises(InputFileError):
        open_knowledge(tmp_path)
    with pytest.raises(GraphError, match="cannot tell its RDF format"):
        open_knowledge(tmp_path / "none")
    with pytest.raises(InputFileError, match="no such file"):
        open_knowledge(tmp_path / "none.ttl")


def test_a_claim_is_found_by_every_name_it_has(knowledge):
    claim = reviewed("long-half-life")
    for name in (
        claim.key,
        claim.id,
        claim.id[:8],
        f"{vocab.CLAIM}{claim.id}",
        f"claim:{claim.id}",
    ):
        assert knowledge.find_claim(name) == claim


@pytest.mark.parametrize("name", ["", "abc", "long-half-lif", "ffff0000"])
def test_an_unknown_claim_is_said_with_the_repair(knowledge, name):
    with pytest.raises(NotFoundError, match=r"no claim .*Repair: list the claims"):
        knowledge.find_claim(name)


def test_a_misspelt_claim_gets_a_suggestion(knowledge):
    with pytest.raises(NotFoundError, match="did you mean long-half-life"):
        knowledge.find_claim("long-half-lif")


def test_a_name_of_two_claims_is_said_with_their_ids(knowledge):
    twice = Knowledge(knowledge.dataset, knowledge.claims * 2, knowledge.sentences)
    with pytest.raises(NotFoundError, match=r"stands for 2 claims.*Repair: use an id"):
        twice.find_claim("long-half-life")


def test_a_concept_is_found_by_id_label_and_iri(knowledge):
    for name in ("clonazepam", "Klonopin", str(CONCEPT.clonazepam)):
        assert knowledge.find_concept(name).id == "clonazepam"


def test_every_export_says_the_same_as_the_files(out, knowledge):
    same = {"turtle": "graph.ttl", "trig": "graph.trig", "nquads": "graph.nq",
            "jsonld": "graph.jsonld", "graphml": "graph.graphml", "csv": "claims.csv"}  # fmt: skip
    assert set(same) == set(EXPORTS)
    for form, name in same.items():
        assert EXPORTS[form](knowledge) == (out / name).read_bytes()


def test_a_wrong_folder_is_our_error(tmp_path):
    folder = Path(shutil.copytree(bundled_article(), tmp_path / "article"))
    (folder / "source.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(ClaimsFileError, match="not YAML"):
        build_article(folder)
