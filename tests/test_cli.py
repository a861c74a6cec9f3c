"""The command line as its users meet it: output, exit codes, and errors that say how to repair."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from claimgraph import __version__, pipeline
from claimgraph.cli import cli, main, printing
from claimgraph.resources import bundled_article


class Run:
    """Call the command line in this process and give what it printed."""

    def __init__(self, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capsysbinary

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = self._capture.readouterr()
        return code, captured.out.decode(), captured.err.decode()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(capsysbinary)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    folder = tmp_path / "article"
    shutil.copytree(bundled_article(), folder)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "out"
    assert main(["build", "-o", str(out)]) == 0
    return out


# ── build ───────────────────────────────────────────────────────────────────────────────────────


def test_build_writes_every_form_and_says_so(run: Run, tmp_path: Path) -> None:
    code, out, err = run("build", "-o", tmp_path / "out")
    assert (code, err) == (0, "")
    assert out.startswith("clonazepam-seizure-disorders: 90 claims in 22 sentences, ")
    assert "0 violations" in out
    written = {file.name for file in (tmp_path / "out").iterdir()}
    assert written == {
        "background.ttl", "claims.csv", "graph.graphml", "graph.html", "graph.jsonld", "graph.nq",
        "graph.trig", "graph.ttl", "inferred.ttl", "report.md",
    }  # fmt: skip
    assert all(name in out for name in written)


def test_build_again_gives_the_same_bytes(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("build", bundled_article(), "-o", tmp_path / "again")[0] == 0
    first = {file.name: file.read_bytes() for file in built.iterdir()}
    again = {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert first == again


def test_build_makes_one_page_of_several_texts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Aspirin may cause nausea.", "utf-8")
    lines = [{"id": f"r{n}", "text": f"Drug {n} is used. Ibuprofen causes rash."} for n in (1, 2)]
    many = tmp_path / "b.jsonl"
    many.write_text("\n".join(map(json.dumps, lines)) + "\n{broken\n", "utf-8")
    code, out, err = run("build", tmp_path / "a.txt", many, "-o", tmp_path / "out")
    assert code == 1
    assert out.startswith("3 texts: 3 claims in 5 sentences")
    assert f"{many}:3" in err
    assert "Ibuprofen" in (tmp_path / "out" / "claims.csv").read_text("utf-8")
    code, out, _ = run("build", many, "-o", tmp_path / "only", "--json")
    told = json.loads(out)
    assert (code, told["texts"], told["claims"], told["skipped"]) == (1, 2, 2, 1)
    assert {Path(file).name for file in told["files"]} == {"graph.nq", "claims.csv", "graph.html"}


def test_build_can_tell_a_program_what_it_did(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("build", "-o", tmp_path, "--json")
    summary = json.loads(out)
    assert code == 0
    assert (summary["claims"], summary["sentences"], summary["violations"]) == (90, 22, 0)
    assert all(Path(file).is_file() for file in summary["files"])


def test_build_refuses_a_graph_that_violates_its_shapes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = pipeline.to_graph

    def spoiled(*arguments: object) -> object:
        dataset = genuine(*arguments)  # type: ignore[arg-type]
        for graph in dataset.graphs():
            if str(graph.identifier).endswith("/direct"):
                graph.remove((None, None, None))
        return dataset

    monkeypatch.setattr(pipeline, "to_graph", spoiled)
    code, out, err = run("build", "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert "violates its shapes" in err
    assert not (tmp_path / "out").exists()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_error_in_the_claims_names_file_line_and_repair_and_writes_nothing(
    run: Run, article: Path, tmp_path: Path
) -> None:
    claims = article / "claims.yaml"
    replace(claims, "relation: bindsTo", "relation: bindsToo")
    line = claims.read_text(encoding="utf-8")[
        : claims.read_text(encoding="utf-8").index("bindsToo")
    ]
    code, out, err = run("build", article, "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.startswith(f"claimgraph: {claims}:{line.count(chr(10)) + 1}: ")
    assert "bindsToo" in err
    assert "Repair: " in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_claim_that_fails_the_gate_is_named_with_its_line(
    run: Run, article: Path, tmp_path: Path
) -> None:
    claims = article / "claims.yaml"
    # A receptor is nothing that can be treated.
    replace(claims, "relation: bindsTo", "relation: treats")
    code, _, err = run("build", article, "-o", tmp_path / "out")
    assert code == 2
    assert f"{claims}:" in err
    assert "binds-gaba-receptors" in err
    assert "treats takes no MolecularTarget" in err
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, _, err = run("build", "-o", tmp_path / "file")
    assert code == 2
    assert str(tmp_path / "file") in err
    assert "Repair: " in err
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_missing_article_is_an_error(run: Run, tmp_path: Path) -> None:
    code, _, err = run("build", tmp_path / "nowhere")
    assert code == 2
    assert f"{tmp_path / 'nowhere'}: no such folder" in err


# ── query, queries ──────────────────────────────────────────────────────────────────────────────


def test_a_named_query_answers_as_a_table_with_a_count(run: Run) -> None:
    code, out, err = run("query", "what-adverse-effects-does-it-have")
    assert code == 0
    assert all(effect in out for effect in ("sedation", "dizziness", "cognitive impairment"))
    assert err == "3 rows\n"


def test_a_query_takes_parameters_and_writes_csv_and_json(run: Run) -> None:
    name = ("query", "what-adverse-effects-does-it-have", "--param", "drug=Klonopin")
    code, out, _ = run(*name, "--format", "csv")
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) == 3
    code, out, _ = run(*name, "--format", "json")
    assert code == 0
    assert len(json.loads(out)["results"]["bindings"]) == 3


def test_a_query_from_a_file_or_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "PREFIX cg: <https://w3id.org/claimgraph/vocab#>\n"
        "SELECT (COUNT(?c) AS ?claims) WHERE { ?c a cg:Claim }"
    )
    file = tmp_path / "count.rq"
    file.write_text(text)
    assert run("query", file, "--format", "csv")[1].split() == ["claims", "90"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run("query", "-", "--format", "csv")[1].split() == ["claims", "90"]


def test_standard_input_that_is_not_utf8_is_an_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"SELECT \xff")))
    code, _, err = run("query", "-")
    assert code == 2
    assert "standard input: not UTF-8 at byte 7" in err


def test_ask_and_construct(run: Run, tmp_path: Path) -> None:
    ask, construct = tmp_path / "ask.rq", tmp_path / "construct.rq"
    prefix = "PREFIX cg: <https://w3id.org/claimgraph/vocab#>\n"
    ask.write_text(prefix + "ASK { ?c a cg:Claim }")
    construct.write_text(prefix + "CONSTRUCT { ?s cg:treats ?o } WHERE { ?s cg:treats ?o }")
    assert run("query", ask)[1] == "yes\n"
    code, out, _ = run("query", construct)
    assert code == 0
    assert "concept:clonazepam cg:treats" in out


def test_the_contraindications_are_none(run: Run) -> None:
    code, _, err = run("query", "what-is-it-contraindicated-for")
    assert (code, err) == (0, "0 rows\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("query", "what-does-it-treet"), "what-does-it-treat"),
        (("query", "what-does-it-treat", "--param", "drgu=clonazepam"), "no parameter 'drgu'"),
        (("query", "what-does-it-treat", "--param", "drug=aspirin"), "'aspirin' names no"),
        (("query", "what-does-it-treat", "--param", "drug"), "NAME=VALUE"),
        (("query", "what-does-it-treat", "--format", "pdf"), "pdf"),
        (("query", "missing.rq"), "missing.rq"),
        (("claims", "--type", "praise"), "praise"),
        (("claims", "--about", "aspirin"), "'aspirin' names no"),
        (("show", "no-such-claim"), "no claim 'no-such-claim'"),
        (("path", "clonazepam", "nowhere"), "'nowhere' names no"),
        (("export", "--format", "turtle", "--data", "nowhere.ttl"), "nowhere.ttl: no such file"),
        (("validate", "nowhere.ttl"), "nowhere.ttl: no such file"),
        (("validate", "notes.doc"), "'.doc'"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_what_cannot_be_done_exits_with_2_and_says_why(
    run: Run, arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_a_syntax_error_in_a_query_names_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.rq"
    file.write_text("SELECT ?s\nWHERE { ?s ?p \n}")
    code, _, err = run("query", file)
    assert code == 2
    assert f"{file}:" in err


def test_queries_lists_questions_and_not_the_checks(run: Run) -> None:
    code, out, _ = run("queries", "--json")
    listed = json.loads(out)
    names = {query["name"] for query in listed}
    assert code == 0
    assert len(names) >= 20
    assert not any(name.startswith("violation-") for name in names)
    assert all(query["summary"].endswith("?") for query in listed)
    assert "what-does-it-treat" in run("queries")[1]


# ── claims, show, path ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ((), 90),
        (("--type", "adverse-effect"), 3),
        (("--relation", "bindsTo"), 1),
        (("--certainty", "possible"), 8),
        (("--polarity", "negated"), 0),
        (("--modality", "normative"), 12),
        (("--about", "dizziness"), 2),
        (("--sentence", "4"), 1),
        (("--hedged",), 26),
        (("--plain",), 36),
        (("--type", "risk", "--about", "tolerance"), 1),
    ],
)
def test_claims_are_filtered(run: Run, arguments: tuple[str, ...], count: int) -> None:
    code, out, _ = run("claims", *arguments, "--json")
    assert code == 0
    assert len(json.loads(out)) == count


def test_a_claim_record_points_at_its_words(run: Run) -> None:
    text = (bundled_article() / "article.txt").read_text(encoding="utf-8")
    record = json.loads(run("show", "dizziness", "--json")[1])
    start, end = record["quote"]
    assert text[start:end] == record["quote_text"]
    assert text[slice(*record["sentence"])] == record["sentence_text"]
    assert record["subject"] == {
        "text": None, "start": None, "end": None,
        "concept": "clonazepam", "label": "clonazepam", "category": "Drug",
    }  # fmt: skip
    assert record["qualifiers"] == [
        {"type": "frequency", "text": "Common", "start": 1893, "end": 1899}
    ]


def test_claims_as_a_table(run: Run) -> None:
    code, out, err = run("claims", "--type", "risk")
    assert code == 0
    assert "sedation limits tolerability" in " ".join(out.split())
    assert "(possible)" in out
    assert err == "5 of 90 claims\n"


def test_show_puts_the_claim_into_its_sentence(run: Run) -> None:
    code, out, _ = run("show", "tolerance")
    assert code == 0
    assert "Sentence 13: Moreover, prolonged use of Clonazepam may lead to" in out
    assert "cue  “may”" in out
    assert "condition  “prolonged use”" in out
    assert "no: on the claim only" in out


def test_a_claim_is_found_by_id_beginning_of_id_and_iri(run: Run) -> None:
    record = json.loads(run("show", "dizziness", "--json")[1])
    for name in (
        record["id"],
        record["id"][:6],
        f"https://w3id.org/claimgraph/claim/{record['id']}",
    ):
        assert json.loads(run("show", name, "--json")[1])["key"] == "dizziness"


def test_path_shows_the_words_of_each_step(run: Run) -> None:
    code, out, _ = run("path", "clonazepam", "seizure", "-k", "1", "--no-background")
    assert code == 0
    assert "enhancing the inhibitory actions of GABA, Clonazepam" in out
    assert "Clonazepam dampens excessive neuronal excitability" in out
    assert "background" not in out


def test_path_marks_what_the_text_does_not_say(run: Run) -> None:
    code, out, _ = run("path", "Klonopin", "GABA-A receptor", "--json")
    paths = json.loads(out)
    assert code == 0
    assert paths[0]["background_steps"] == 1
    assert paths[0]["steps"][0]["support"][0]["source"].startswith("https://")
    code, out, err = run("path", "clonazepam", "GABA-A receptor", "--no-background")
    assert (code, out) == (1, "")
    assert err == "no mechanism path from clonazepam to GABA-A receptor\n"


# ── validate, export, data from files ───────────────────────────────────────────────────────────


def test_validate_accepts_what_build_wrote(run: Run, built: Path) -> None:
    for name in ("graph.ttl", "graph.trig"):
        code, out, _ = run("validate", built / name)
        assert code == 0
        assert out.startswith(f"{built / name}: conforms, 0 violations in 90 claims, ")


def test_validate_names_every_violation(run: Run, built: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    assert "cg:polarity cg:affirmed" in text
    bad.write_text(text.replace("cg:polarity cg:affirmed", "cg:polarity cg:perhaps", 1))
    code, out, _ = run("validate", bad)
    assert code == 1
    assert "polarity" in out
    code, out, _ = run("validate", bad, "--json")
    assert code == 1
    assert json.loads(out)["conforms"] is False
    assert json.loads(out)["violations"]


def test_validate_says_where_a_file_is_not_rdf(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix a: <http://a/> .\na:b a:c .\n")
    code, _, err = run("validate", bad)
    assert code == 2
    assert f"{bad}:2: not valid RDF" in err


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("turtle", "graph.ttl"),
        ("trig", "graph.trig"),
        ("nquads", "graph.nq"),
        ("jsonld", "graph.jsonld"),
        ("graphml", "graph.graphml"),
        ("csv", "claims.csv"),
    ],
)
def test_export_gives_what_build_writes(
    run: Run, built: Path, tmp_path: Path, form: str, name: str
) -> None:
    expected = (built / name).read_bytes()
    assert main(["export", "--format", form, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes() == expected
    run()  # drop what was captured so far
    code, out, _ = run("export", "--format", form)
    assert code == 0
    assert out.encode() == expected


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "graph.nq", "graph.jsonld"])
def test_commands_read_any_file_that_build_wrote(run: Run, built: Path, name: str) -> None:
    claims = json.loads(run("claims", "--json")[1])
    assert json.loads(run("claims", "--json", "--data", built / name)[1]) == claims
    shown = json.loads(run("show", "dizziness", "--json", "--data", built / name)[1])
    assert shown["sentence_text"].startswith("Common adverse effects")


# ── The program itself ──────────────────────────────────────────────────────────────────────────


def test_every_command_has_help_with_a_description(run: Run) -> None:
    for name in ("", *cli.commands):
        code, out, _ = run(*filter(None, [name, "--help"]))
        assert code == 0
        assert "Usage: claimgraph" in out
        assert "Options:" in out


def test_help_imports_nothing_heavy() -> None:
    heavy = ("rdflib", "networkx", "pyvis", "pyshacl", "rich", "pyoxigraph", "jinja2")
    program = (
        "import sys; from claimgraph.cli import main; main(['--help']);"
        f"sys.exit(any(name in sys.modules for name in {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_version(run: Run) -> None:
    assert run("--version")[1] == f"claimgraph {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run: Run, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert "_CLAIMGRAPH_COMPLETE" in out


def test_a_shell_completes_the_names_of_queries() -> None:
    environment = os.environ | {
        "_CLAIMGRAPH_COMPLETE": "bash_complete",
        "COMP_WORDS": "claimgraph query what-does-it-tr",
        "COMP_CWORD": "2",
    }
    program = "import sys; from claimgraph.cli import cli; cli(prog_name='claimgraph')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "what-does-it-treat" in done.stdout


def test_build_graph_script_does_the_same(built: Path, tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "build_graph.py"
    done = subprocess.run(
        [sys.executable, script, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_a_reader_that_goes_away_is_no_error(built: Path) -> None:
    program = "import sys; from claimgraph.cli import main; sys.exit(main())"
    command = f'"{sys.executable}" -c "{program}" export --format nquads | head -c 10'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_control_characters_of_a_text_do_not_reach_the_terminal(run: Run, article: Path) -> None:
    # A query can give back anything; what drives a terminal is shown, not sent.
    query = article / "escape.rq"
    query.write_text('SELECT ?x WHERE { BIND("a\\u001B[31mb" AS ?x) }')
    code, out, _ = run("query", query)
    assert code == 0
    assert "\x1b" not in out
    assert "a�[31mb" in out


def test_a_narrow_terminal_shows_blocks_instead_of_a_crushed_table(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_WIDE", 40)
    out = run("query", "what-does-it-treat")[1]
    assert max(map(len, out.splitlines())) <= 40
    assert "absence seizure" in out


def test_interrupting_is_said_and_not_traced(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "open_knowledge", interrupt)
    code, _, err = run("claims")
    assert (code, err.strip()) == (130, "claimgraph: interrupted")
