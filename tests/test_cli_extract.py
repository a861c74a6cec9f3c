"""`claimgraph extract` as a stream: pipes, packed files, broken lines, interruptions, progress."""

import gzip
import io
import json
import os
import pty
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from claimgraph.cli import extract as extract_command
from claimgraph.cli import main
from claimgraph.documents import Format
from claimgraph.extract.rules import RuleExtractor
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    Document,
    Mention,
    Relation,
)
from claimgraph.resources import schema_file

PROGRAM = [sys.executable, "-c", "import sys; from claimgraph.cli import main; sys.exit(main())"]
FIRST = {"id": "a", "text": "Clonazepam may cause drowsiness. Ataxia was rare."}
SECOND = {"id": "b", "text": "Klonopin is used to treat panic disorder.", "drug": "Klonopin"}


def lines(*rows: object) -> bytes:
    return b"".join(
        (row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows
    )


class Run:
    """Run `extract` in this process with some standard input; give exit code, records, messages."""

    def __init__(
        self, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._capture = capsysbinary
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: object, stdin: bytes = b"") -> tuple[int, list[dict], str]:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(["extract", *map(str, arguments)])
        captured = self._capture.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err.decode()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(capsysbinary, monkeypatch)


def test_a_file_and_pipes_packed_or_not_give_the_same(run: Run, tmp_path: Path) -> None:
    data = lines(FIRST, SECOND)
    file, packed, fifo = (tmp_path / name for name in ("a.jsonl", "a.jsonl.gz", "fifo"))
    file.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    code, records, err = run(file)
    assert code == 0
    assert {(r["doc"], r["object"]["text"]) for r in records} == {
        ("a", "drowsiness"),
        ("b", "panic disorder"),
    }
    assert err == "2 texts, 2 claims, 0 refused by the gate, 0 broken records skipped\n"
    assert run(packed) == (code, records, err)
    assert run("-", stdin=data) == (code, records, err)
    assert run("-", stdin=gzip.compress(data)) == (code, records, err)
    os.mkfifo(fifo)
    with subprocess.Popen(["cp", packed, fifo]):
        assert run(fifo) == (code, records, err)
    assert run("-", "-o", "-", stdin=data) == (code, records, err)


def test_claims_and_mentions_keep_to_their_schemas(run: Run) -> None:
    for options, name, count in (((), "claim", 2), (("--mentions",), "mention", 5)):
        code, records, _ = run("-", *options, stdin=lines(FIRST, SECOND))
        assert (code, len(records)) == (0, count)
        schema = json.loads(schema_file(name).read_text(encoding="utf-8"))
        for record in records:
            Draft202012Validator(schema).validate(record)
            text = {"a": FIRST, "b": SECOND}[record["doc"]]["text"]
            places = [record] if name == "mention" else [record["subject"], record["object"]]
            assert all(text[p["start"] : p["end"]] == p["text"] for p in places)
            assert record["extractor"] == "rules"


def test_an_output_that_ends_in_gz_is_packed_and_always_the_same(run: Run, tmp_path: Path) -> None:
    _, records, _ = run("-", stdin=lines(FIRST))
    outputs = [tmp_path / name for name in ("a.jsonl.gz", "b.jsonl.gz")]
    for output in outputs:
        code, nothing, _ = run("-", "-o", output, stdin=lines(FIRST))
        assert (code, nothing) == (0, [])
    assert [json.loads(x) for x in gzip.decompress(outputs[0].read_bytes()).splitlines()] == records
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_broken_lines_are_named_skipped_and_counted(run: Run) -> None:
    bad = (b"broken", b'{"id": "x", "text": NaN}', b'{"id": "x", "text": "\xff"}', b'{"id": "x"}')
    code, records, err = run("-", stdin=lines(FIRST, *bad, SECOND))
    assert code == 1
    assert [r["doc"] for r in records] == ["a", "b"]
    told = err.splitlines()
    assert [line.split(":")[:4] for line in told[:-1]] == [
        ["claimgraph", " skipped", " standard input", str(number)] for number in (2, 3, 4, 5)
    ]
    assert told[-1].endswith(", 4 broken records skipped")


def test_given_mentions_that_do_not_fit_break_their_line_only(run: Run) -> None:
    good = FIRST | {
        "entities": [
            {"type": "drug", "span": [0, 10]},
            {"type": "disease", "span": [21, 31]},
            {"type": "disease", "span": [30, 39]},
        ]
    }
    bad = FIRST | {"id": "bad", "entities": [{"type": "drug", "span": [0, 99]}]}
    code, records, err = run("-", "--given-mentions", stdin=lines(bad, good, FIRST))
    assert code == 1
    assert [(r["doc"], r["object"]["text"]) for r in records] == [("a", "drowsiness")]
    assert "standard input:1: entities[0]: [0, 99) reaches past" in err
    assert "standard input:3: no entities" in err
    assert "1 given mentions in no sentence, 2 broken" in err


def test_a_pipe_is_what_the_user_says_it_is(run: Run) -> None:
    code, records, _ = run("-", "--input-format", "plain", stdin=FIRST["text"].encode())
    assert (code, [r["object"]["text"] for r in records]) == (0, ["drowsiness"])
    page = b"<html><body><p>Clonazepam may cause ataxia.</p></body></html>"
    code, records, _ = run("-", "--input-format", "html", stdin=page)
    assert (code, [r["object"]["text"] for r in records]) == (0, ["ataxia"])


def test_every_format_can_be_named() -> None:
    assert set(extract_command.FORMATS) == {form.value for form in Format}


def test_nothing_is_read_from_nothing(run: Run, tmp_path: Path) -> None:
    assert run("-") == (
        0,
        [],
        "0 texts, 0 claims, 0 refused by the gate, 0 broken records skipped\n",
    )
    output = tmp_path / "out.jsonl"
    assert run("-", "-o", output)[0] == 0
    assert output.read_bytes() == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'INPUT'"),
        (("nowhere.jsonl",), "nowhere.jsonl: no such file"),
        (("folder",), "folder: is a folder"),
        (("a.txt", "--given-mentions"), "a.txt: is plain, not JSON Lines"),
        (("-", "--given-mentions", "--mentions"), "use one"),
        (("-", "--given-mentions", "--input-format", "pdf"), "JSON Lines only"),
        (("a.jsonl", "-o", "a.jsonl"), "a.jsonl: is the input"),
        (("a.jsonl", "-o", "folder"), "folder: cannot be written: Is a directory"),
        (("--schema", "text"), "'text' is not one of"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").write_text("Fine.")
    (tmp_path / "a.jsonl").write_bytes(lines(FIRST))
    code, records, err = run(*arguments)
    assert (code, records) == (2, [])
    assert said in err
    assert (tmp_path / "a.jsonl").read_bytes() == lines(FIRST)


def test_a_device_is_written_to_and_a_link_stays_a_link(run: Run, tmp_path: Path) -> None:
    assert run("-", "-o", os.devnull, stdin=lines(FIRST))[0] == 0
    assert Path(os.devnull).is_char_device()
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    assert run("-", "-o", tmp_path / "link.jsonl", stdin=lines(FIRST))[0] == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes().endswith(b"}\n")


def test_what_drives_a_terminal_is_written_as_an_escape(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = "Clonazepam may \x9b31m\u202e\x7f\u2028 cause\u00a0drowsiness."
    (tmp_path / "in.jsonl").write_bytes(lines({"id": "a", "text": text}))
    (tmp_path / "\x9b.jsonl").write_bytes(b"[")
    assert main(["extract", str(tmp_path / "in.jsonl")]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert not {*"\x9b\u202e\x7f\u2028"} & {*out}
    assert json.loads(out)["quote_text"] in text
    for name in ("\x9b.jsonl", "\x9b"):
        assert main(["extract", str(tmp_path / name)]) in (1, 2)
        assert "\x9b" not in capsysbinary.readouterr().err.decode()


# ── As a process ────────────────────────────────────────────────────────────────────────────────


def test_claims_are_there_as_soon_as_their_text_was_read() -> None:
    with subprocess.Popen(
        [*PROGRAM, "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines(FIRST, SECOND))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["doc"] == "a"
        assert json.loads(process.stdout.readline())["doc"] == "b"
        # Ctrl-C while it waits for more: no half line, no trace, no summary of what was not read.
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=60)
    assert (process.returncode, rest, err.strip()) == (130, b"", b"claimgraph: interrupted")


def test_an_interrupted_run_leaves_neither_a_half_line_nor_a_half_file(tmp_path: Path) -> None:
    texts = lines(*[FIRST | {"id": f"text-{number}"} for number in range(3000)])
    (tmp_path / "in.jsonl").write_bytes(texts)
    for options in ((), ("-o", "out.jsonl")):
        with subprocess.Popen(
            [*PROGRAM, "extract", "in.jsonl", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
        ) as process:
            assert process.stdout is not None
            if options:
                while not list(tmp_path.glob(".out.jsonl.*")):
                    assert process.poll() is None
            else:
                written = process.stdout.read(100_000)
            process.send_signal(signal.SIGINT)
            written += process.stdout.read()
        assert process.returncode == 130
        assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    assert all(json.loads(line) for line in written.splitlines())
    assert written.endswith(b"}\n")


@pytest.mark.parametrize("command", [("extract", "in.jsonl"), ("claims",)])
def test_a_reader_that_has_enough_is_no_error(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(*[FIRST] * 2000))
    script = 'set -o pipefail; "$@" | head -n 1'
    done = subprocess.run(
        ["bash", "-c", script, "-", *PROGRAM, *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("command", [("extract", "-"), ("queries",), ("extract", "--help")])
def test_a_full_disk_is_said(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *command],
            input=lines(FIRST),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith(
        "claimgraph: standard output: cannot be written: No space left on device. Repair: "
    )
    assert done.stderr.count(b"\n") == 1


def test_only_a_terminal_sees_progress(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(*[FIRST] * 50, b"broken"))
    command = [*PROGRAM, "extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"\x1b" not in done.stderr
    assert done.stderr.count(b"\n") == 2
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stderr=theirs, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 10_000):
            shown += data
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 1
    assert b"1 texts, 1 claims" in shown
    assert b"skipped: " in shown
    assert b"50 texts, 50 claims, 0 refused by the gate, 1 broken records skipped" in shown


@pytest.mark.parametrize("command", [("claims", "--json"), ("show", "long-half-life")])
def test_output_is_utf8_whatever_the_locale_is(command: tuple[str, ...]) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*PROGRAM, *command], capture_output=True, check=True, env=environment)
    assert "Clonazepam’s long half-life" in done.stdout.decode()


def test_extracting_waits_for_nothing_that_only_graphs_need(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(FIRST))
    program = (
        "import sys; from claimgraph.cli import main; main(sys.argv[1:]);"
        "sys.exit(any(name in sys.modules for name in ('rdflib', 'networkx', 'pyoxigraph', 'rich')))"
    )
    command = [sys.executable, "-c", program, "extract", tmp_path / "in.jsonl"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["doc"] == "a"


def test_what_the_gate_refuses_is_counted_by_its_reason(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rule of ours makes such a claim; an extractor to come may."""

    def extract(self: RuleExtractor, document: Document) -> list[Claim]:
        words = document.passage(0, 10)
        drug = Concept("clonazepam", "clonazepam", Category.DRUG)
        told = Claim(document.id, 1, words, Mention(words, drug), Relation.TREATS,
                     Mention(words, None), ClaimType.INDICATION)  # fmt: skip
        return [told, replace(told, certainty=Certainty.POSSIBLE)]

    monkeypatch.setattr(RuleExtractor, "extract", extract)
    code, records, err = run("-", stdin=lines(FIRST))
    assert (code, records) == (0, [])
    assert "0 claims, 2 refused by the gate (cue 1, range 2), 0 broken" in err
