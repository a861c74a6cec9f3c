"""Ingesting: the same store whatever happens on the way, and nothing lost of what failed."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from claimgraph.cli import main
from claimgraph.errors import InputFileError, StoreError
from claimgraph.extract.choosing import Way
from claimgraph.extract.rules import RuleExtractor
from claimgraph.ingest import Advance, engines, find_inputs, ingest, open_local, run, work
from claimgraph.model import Document
from claimgraph.names import Part, graph_name
from claimgraph.queries import QueryEngine, list_queries
from claimgraph.rdf import read_dataset
from claimgraph.shapes import validate_dataset
from claimgraph.statements import gather, read_evidence, restate, statement_quads
from claimgraph.store import LocalStore, open_source
from claimgraph.stream import stream_source
from claimgraph.triples import document_quads
from tests.strategies import small_claim, small_document

SENTENCES = (
    "Clonazepam treats absence seizures.",
    "It may cause sedation, dizziness and ataxia.",
    "Phenytoin increases the metabolism of clonazepam.",
    "Clonazepam does not treat asthma.",
    "Ibuprofen is indicated for the relief of fever.",
    "Nausea and vomiting were reported with metformin.",
)


def write_texts(path: Path, numbers: range, seed: int = 1) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    lines = (
        json.dumps({"id": f"text-{number}", "text": " ".join(chance.sample(SENTENCES, 3))})
        for number in numbers
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def snapshot(store: Path) -> bytes:
    """What a store holds: the database and the verified snapshot have to agree."""
    with LocalStore.open_folder(store) as source:
        held = "".join(source.quads()).encode()
        file = source.open_snapshot()
    assert file is not None
    with file:
        assert file.read() == held
    return held


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 8)


# ── The same store whatever happens ─────────────────────────────────────────────────────────────


def test_the_store_holds_what_the_texts_say_and_keeps_every_promise(tmp_path: Path) -> None:
    write_texts(tmp_path / "a.jsonl", range(20))
    report = ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path / "store")
    assert (report.files, report.texts, report.sentences, report.failures) == (1, 20, 60, [])
    assert report.claims > 20
    lines = snapshot(tmp_path / "store").split(b"\n")[:-1]
    assert lines == sorted(set(lines))
    with open_source(tmp_path / "store") as source:
        engine = QueryEngine(source)
        found = {q.name: engine.run(q).rows for q in list_queries() if q.is_violation}
        assert {name for name, rows in found.items() if rows} == set()
        shared = next(q for q in list_queries() if q.name == "what-do-several-texts-state")
        assert engine.run(shared).rows
        plain = next(q for q in list_queries() if q.name == "what-does-the-text-plainly-say")
        assert engine.run(plain).rows
    assert validate_dataset(read_dataset(tmp_path / "store" / "graph.nq")).violations == ()
    assert not (tmp_path / "store" / "work").exists()


def test_order_of_texts_batches_and_workers_does_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(tmp_path / "a.jsonl", range(30))
    lines = (tmp_path / "a.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "b.jsonl").write_text("".join(reversed(lines)))
    ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path / "one")
    with open_local(2) as engine:
        ingest(find_inputs([tmp_path / "b.jsonl"]), tmp_path / "two", engine=engine)
    monkeypatch.setattr(run, "BATCH", 3)
    ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path / "three")
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two") == snapshot(tmp_path / "three")


def test_what_is_read_again_is_replaced_and_all_else_stays(tmp_path: Path) -> None:
    write_texts(tmp_path / "old.jsonl", range(20), seed=1)
    write_texts(tmp_path / "new.jsonl", range(10, 30), seed=2)
    write_texts(tmp_path / "all.jsonl", range(10), seed=1)
    first = (tmp_path / "old.jsonl").read_text().splitlines(keepends=True)[:10]
    (tmp_path / "all.jsonl").write_text("".join(first) + (tmp_path / "new.jsonl").read_text())
    ingest(find_inputs([tmp_path / "old.jsonl"]), tmp_path / "store")
    ingest(find_inputs([tmp_path / "new.jsonl"]), tmp_path / "store")
    ingest(find_inputs([tmp_path / "all.jsonl"]), tmp_path / "fresh")
    assert snapshot(tmp_path / "store") == snapshot(tmp_path / "fresh")


def test_a_concept_goes_with_the_last_text_that_speaks_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Metformin treats hirsutism."}) + "\n")
    ingest(find_inputs([path]), tmp_path / "store")
    assert b"etformin" in snapshot(tmp_path / "store")
    path.write_text(json.dumps({"id": "a", "text": "Nothing is said here."}) + "\n")
    ingest(find_inputs([path]), tmp_path / "store")
    assert b"etformin" not in snapshot(tmp_path / "store")


def has_snapshot(source: LocalStore) -> bool:
    """Tell whether the snapshot is used."""
    file = source.open_snapshot()
    if file is not None:
        file.close()
    return file is not None


def test_a_text_that_is_replaced_in_between_is_neither_lost_nor_hidden(tmp_path: Path) -> None:
    """The snapshot and the statements of the last run must not speak for what has changed since."""
    path, store = tmp_path / "a.jsonl", tmp_path / "store"
    write_texts(path, range(4))
    ingest(find_inputs([path]), store)
    changed = small_claim(text_id="text-0")
    quads = list(document_quads([changed], replace(small_document(), id="text-0")))
    with LocalStore.open_folder(store, read_only=False) as source:
        assert has_snapshot(source)
        source.replace_text("text-0", quads)
        assert not has_snapshot(source)
        assert not any(graph_name(Part.STATEMENTS) in piece for piece in source.quads())
        assert changed.id in b"".join(stream_source(source, "nquads")).decode()
        assert changed.id in b"".join(stream_source(source, "turtle")).decode()
        restate(source)
        held = "".join(source.quads())
        evidence = "".join(statement_quads(gather(read_evidence(source))))
        assert set(evidence.split("\n")) <= set(held.split("\n"))
        assert f"gathers> <https://w3id.org/claimgraph/claim/{changed.id}>" in evidence
    write_texts(tmp_path / "b.jsonl", range(4, 6))
    ingest(find_inputs([tmp_path / "b.jsonl"]), store)
    after = snapshot(store).decode()
    assert changed.id in after
    others = [line for line in held.split("\n") if "/text/text-1/" in line]
    assert set(others) <= set(after.split("\n"))


@pytest.mark.parametrize("form", ["nquads", "turtle", "trig"])
def test_a_snapshot_with_a_wrong_byte_is_not_exported(tmp_path: Path, form: str) -> None:
    path, store = tmp_path / "a.jsonl", tmp_path / "store"
    write_texts(path, range(2))
    ingest(find_inputs([path]), store)
    with LocalStore.open_folder(store) as source:
        assert has_snapshot(source)
        good = b"".join(stream_source(source, form))
        content = (store / "graph.nq").read_bytes()
        (store / "graph.nq").write_bytes(content.replace(b"sedation", b"sedatiom"))
        assert not has_snapshot(source)
        assert b"".join(stream_source(source, form)) == good
        (store / "graph.nq").unlink()
        assert b"".join(stream_source(source, form)) == good


KILLED = [
    sys.executable,
    "-c",
    "from claimgraph.cli import main; raise SystemExit(main())",
    "ingest",
]


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    for number in range(3):
        write_texts(tmp_path / f"{number}.jsonl", range(200 * number, 200 * (number + 1)))
    inputs = sorted(tmp_path.glob("*.jsonl"))
    ingest(find_inputs(inputs), tmp_path / "whole")
    store = tmp_path / "killed"
    command = [*KILLED, *inputs, "--store", store, "--workers", "2", "--report", tmp_path / "r"]
    # What is there to be seen when the process is killed, and how much later.
    moments = ["work/shards", "work/shards/00000000.json", "work/shards/00000004.nq"]
    moments += ["work/merged.nq", "work/index", "work/statements.nq", "work/commit"]
    chance = random.Random(5)  # noqa: S311 - moments, no secrets
    killed = 0
    for moment in moments:
        process = subprocess.Popen(
            [os.fspath(part) for part in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while process.poll() is None and not (store / moment).exists():
            time.sleep(0.002)
        time.sleep(chance.random() * 0.2)
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert killed >= 5
    subprocess.run([os.fspath(part) for part in command], check=True, capture_output=True)
    assert snapshot(store) == snapshot(tmp_path / "whole")
    assert json.loads((tmp_path / "r").read_text())["texts"] == 600


def test_what_is_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_texts(tmp_path / "a.jsonl", range(40))
    inputs = find_inputs([tmp_path / "a.jsonl"])
    seen: list[str] = []

    def stop(documents: list[Document], way: Way) -> work.Done:
        if len(seen) == 3:
            raise KeyboardInterrupt
        seen.append(documents[0].id)
        return work.do_batch(documents, way)

    monkeypatch.setattr(engines, "do_batch", stop)
    with pytest.raises(KeyboardInterrupt):
        ingest(inputs, tmp_path / "store")
    monkeypatch.setattr(
        engines, "do_batch", lambda d, way: seen.append(d[0].id) or work.do_batch(d, way)
    )
    report = ingest(inputs, tmp_path / "store")
    assert seen == ["text-0", "text-8", "text-16", "text-24", "text-32"]
    assert (report.texts, report.resumed) == (40, 24)


def test_a_run_over_other_files_does_not_take_what_another_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(tmp_path / "a.jsonl", range(20))
    write_texts(tmp_path / "b.jsonl", range(30, 40))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path / "store")
    ingest(find_inputs([tmp_path / "b.jsonl"]), tmp_path / "store")
    ingest(find_inputs([tmp_path / "b.jsonl"]), tmp_path / "fresh")
    assert snapshot(tmp_path / "store") == snapshot(tmp_path / "fresh")


# ── What fails ──────────────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_read_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    write_texts(folder / "a.jsonl", range(5))
    with (folder / "a.jsonl").open("a") as file:
        file.write("no json\n")
        file.write(json.dumps({"id": "text-1", "text": "Another text of the same name."}) + "\n")
        file.write((folder / "a.jsonl").read_text().splitlines(keepends=True)[0])
    (folder / "b.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "c.zip").write_bytes(b"PK\x03\x04")
    (folder / "deep" / "d.jsonl.gz").write_bytes(
        gzip.compress(json.dumps({"id": "d", "text": SENTENCES[0]}).encode())
    )
    (folder / ".hidden").write_text("Clonazepam treats fever.")
    report = ingest(find_inputs([folder]), tmp_path / "store")
    assert report.texts == 6
    reasons = {Path(name.partition(":")[0]).name: reason for name, reason in report.failures}
    assert reasons.keys() == {"a.jsonl", "b.txt", "c.zip"}
    assert len(report.failures) == 4
    assert b"text/text-1/claims" in snapshot(tmp_path / "store")
    failed = {one["reason"] for one in json.loads(report.to_json())["failures"]}
    assert any("another text has this name" in reason for reason in failed)


def test_a_text_that_breaks_the_extractor_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(tmp_path / "a.jsonl", range(10))
    ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path / "store")
    before = snapshot(tmp_path / "store")
    extract = RuleExtractor.extract

    def broken(self: object, document: object) -> object:
        if document.id == "text-3":  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return extract(self, document)  # type: ignore[arg-type]

    monkeypatch.setattr(RuleExtractor, "extract", broken)
    report = ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path / "store")
    assert report.failures == [("text-3", "RecursionError: too deep")]
    # What was known of it stays.
    assert snapshot(tmp_path / "store") == before


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    write_texts(tmp_path / "a.jsonl", range(1))
    with pytest.raises(StoreError, match="holds something else"):
        ingest(find_inputs([tmp_path / "a.jsonl"]), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.jsonl"]


def test_two_runs_do_not_write_to_one_store(tmp_path: Path) -> None:
    write_texts(tmp_path / "a.jsonl", range(1))
    inputs = find_inputs([tmp_path / "a.jsonl"])

    def tell(_: Advance) -> None:
        with pytest.raises(StoreError, match="another process"):
            ingest(inputs, tmp_path / "store")

    ingest(inputs, tmp_path / "store", tell=tell)


# ── What is found, and what is said ─────────────────────────────────────────────────────────────


def test_files_folders_and_patterns_are_found_once_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".d.txt"):
        (tmp_path / name).write_text("x")
    names = [tmp_path, tmp_path / "a.txt", tmp_path / "*.txt", tmp_path / "**" / "c.txt"]
    assert [Path(i.path).relative_to(tmp_path).as_posix() for i in find_inputs(names)] == [
        "a.txt", "b.txt", "sub/c.txt"
    ]  # fmt: skip
    for wrong in (tmp_path / "none", tmp_path / "*.none"):
        with pytest.raises(InputFileError, match="no such file"):
            find_inputs([wrong])


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    write_texts(tmp_path / "a.jsonl", range(20))
    write_texts(tmp_path / "b.jsonl", range(20, 40))
    told: list[Advance] = []
    inputs = find_inputs([tmp_path])
    ingest(inputs, tmp_path.parent / f"{tmp_path.name}-store", tell=told.append)
    assert [one.read for one in told] == sorted(one.read for one in told)
    assert told[-1].read == told[-1].total == sum(one.size for one in inputs)
    assert [one.doing for one in told[-2:]] == ["merging and loading", "gathering statements"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.xml"])
def test_it_tells_how_far_it_is_in_one_large_file(tmp_path: Path, name: str) -> None:
    chance = random.Random(3)  # noqa: S311 - bytes that do not pack
    noise = [chance.randbytes(15_000).hex() for _ in range(32)]
    if name == "a.xml":
        bodies = [
            f"<document><id>{number}</id><infon key='x'>{one}</infon><passage><offset>0</offset>"
            f"<text>Aspirin treats fever.</text></passage></document>"
            for number, one in enumerate(noise)
        ]
        content = f"<collection>{''.join(bodies)}</collection>".encode()
    else:
        texts = [
            json.dumps({"id": str(number), "text": "Aspirin treats fever.", "noise": one})
            for number, one in enumerate(noise)
        ]
        content = "\n".join(texts).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    told: list[Advance] = []
    ingest(find_inputs([path]), tmp_path / "store", tell=told.append)
    passed = [one.read / one.total for one in told if one.doing == "reading"]
    assert passed == sorted(passed)
    assert len(passed) == 4
    # As far as the texts are done, but for what was read ahead.
    for part, quarter in zip(passed, (0.25, 0.5, 0.75, 1), strict=True):
        assert quarter <= part <= min(1, quarter + 0.25)
    assert passed[0] < 1


def test_the_command_says_what_it_did_and_what_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_texts(tmp_path / "a.jsonl", range(3))
    store, report = str(tmp_path / "store"), tmp_path / "report.json"
    command = ["ingest", str(tmp_path / "a.jsonl"), "--store", store, "--workers", "1"]
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("3 texts, 9 sentences, ")
    with (tmp_path / "a.jsonl").open("a") as file:
        file.write("\x1b[31m\n")
    assert main([*command, "--report", str(report)]) == 1
    error = capsys.readouterr().err
    assert "left out" in error
    assert "\x1b" not in error
    assert json.loads(report.read_text())["texts"] == 3
    assert main(["query", "what-does-it-treat", "--data", store, "--format", "csv"]) == 0
    assert "absence seizure" in capsys.readouterr().out
    assert main(["export", "--data", store, "--format", "nquads", "-o", str(report)]) == 0
    assert report.read_bytes() == snapshot(Path(store))
    assert main(["export", "--data", store, "--format", "turtle"]) == 0
    assert "a cg:Claim ;" in capsys.readouterr().out
    assert main(["claims", "--data", store, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert main(["validate", store]) == 0
