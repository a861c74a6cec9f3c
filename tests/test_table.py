"""The table of claims: the same claims as the graph has, and the same answers."""

import csv
import io
import json
import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from claimgraph.cli import main
from claimgraph.errors import InputFileError, OutputError, QueryError
from claimgraph.ingest import find_inputs, ingest, run, shards
from claimgraph.pipeline import build_article, open_knowledge
from claimgraph.queries import QueryEngine
from claimgraph.resources import bundled_article
from claimgraph.store import open_source
from claimgraph.table import COLUMNS, ask_table, find_table_query, list_table_queries, write_table
from tests.test_ingest import write_texts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of thirty texts, and its shards."""
    made = tmp_path_factory.mktemp("table")
    write_texts(made / "a.jsonl", range(30))
    with (made / "a.jsonl").open("a") as file:
        for name, text in {
            "quoted": "Clonazepam treats \u201cabsence seizures\u201d;\u2028it may cause 'sedation'.",
            "denies": "Clonazepam is not indicated for absence seizures.",
            "effects": "Metformin causes nausea, and metformin caused vomiting. Nausea is an adverse effect of metformin.",
        }.items():
            file.write(json.dumps({"id": name, "text": text}) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "BATCH", 4)
        patch.setattr(shards, "BATCHES", 3)
        ingest(find_inputs([made / "a.jsonl"]), made / "store", shards=made / "shards")
    with open_source(made / "store") as source:
        write_table(source, made / "claims.parquet")
    return made


def rows(*files: Path) -> list[tuple[object, ...]]:
    names = [str(file) for file in files]
    return duckdb.sql(f"SELECT * FROM read_parquet({names}) ORDER BY text, claim").fetchall()  # noqa: S608


def test_the_table_has_the_claims_of_the_store(folder: Path) -> None:
    found = rows(folder / "claims.parquet")
    known = open_knowledge(folder / "store").claims
    assert len(found) == len(known) > 40
    by_id = {claim.id: claim for claim in known}
    for row in found:
        got = dict(zip(COLUMNS, row, strict=True))
        claim = by_id[str(got["claim"])]
        assert got == {
            "text": claim.text_id,
            "claim": claim.id,
            "type": claim.type,
            "subject": claim.subject.concept.id if claim.subject.concept else "",
            "subject_label": claim.subject.label,
            "subject_category": claim.subject.concept.category if claim.subject.concept else "",
            "relation": claim.relation,
            "object": claim.object.concept.id if claim.object.concept else None,
            "object_label": claim.object.label,
            "object_category": claim.object.concept.category if claim.object.concept else None,
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "modality": claim.modality,
            "conditional": any(q.type == "condition" for q in claim.qualifiers),
            "plain": claim.is_plain,
            "evidence": claim.evidence,
            "method": claim.method,
            "quote": claim.quote.text,
            "quote_start": claim.quote.span.start,
            "quote_end": claim.quote.span.end,
        }


def test_shards_hold_what_the_store_holds_of_the_texts(folder: Path) -> None:
    tables, graphs = (sorted((folder / "shards").glob(f"*.{end}")) for end in ("parquet", "nq"))
    assert [path.stem for path in tables] == [path.stem for path in graphs]
    assert len(tables) == 3
    assert rows(*tables) == rows(folder / "claims.parquet")
    lines = [path.read_bytes().splitlines(keepends=True) for path in graphs]
    assert all(found == sorted(found) for found in lines)
    snapshot = set((folder / "store" / "graph.nq").read_bytes().splitlines(keepends=True))
    sharded = {line for found in lines for line in found}
    assert sharded <= snapshot
    # What is left is no text's own.
    assert not any(b"/text/" in line.rpartition(b" <")[2] for line in snapshot - sharded)


def test_the_same_claims_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    with open_source(folder / "store") as source:
        write_table(source, tmp_path / "again.parquet")
    assert (tmp_path / "again.parquet").read_bytes() == (folder / "claims.parquet").read_bytes()


def test_the_article_makes_a_table_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.parquet"
    assert main(["export", "--format", "parquet", "-o", str(path)]) == 0
    build = build_article(bundled_article())
    assert Counter(row[6] for row in rows(path)) == Counter(
        claim.relation.value for claim in build.claims
    )
    assert f"{len(build.claims)} claims" in capsys.readouterr().err


# ── Questions ───────────────────────────────────────────────────────────────────────────────────

IN_SPARQL = {
    "how-many-claims-of-which-relation": """
        PREFIX cg: <https://w3id.org/claimgraph/vocab#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?p (COUNT(DISTINCT ?c) AS ?n)
        WHERE { ?c a cg:Claim ; rdf:predicate ?p }
        GROUP BY ?p ORDER BY DESC(?n) ?p""",
    "what-do-most-texts-state": """
        PREFIX cg: <https://w3id.org/claimgraph/vocab#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?s ?p ?o (COUNT(DISTINCT ?g) AS ?n)
        WHERE {
          GRAPH ?g { ?a ?p ?b } FILTER(STRENDS(STR(?g), "/direct"))
          GRAPH ?names { ?a skos:prefLabel ?s . ?b skos:prefLabel ?o }
        }
        GROUP BY ?s ?p ?o""",
}


def test_sql_and_sparql_give_the_same_answer(folder: Path) -> None:
    files = [folder / "claims.parquet"]
    with open_source(folder / "store") as source:
        engine = QueryEngine(source)
        answers = {name: engine.run(text).rows for name, text in IN_SPARQL.items()}
    name = "how-many-claims-of-which-relation"
    columns, found = ask_table(find_table_query(name), files)
    assert columns[:2] == ("relation", "claims")
    assert [(row[0], row[1]) for row in found] == [
        (str(p).rpartition("#")[2], int(n)) for p, n in answers[name]
    ]
    name = "what-do-most-texts-state"
    _, found = ask_table(find_table_query(name), files)
    assert [row[3] for row in found] == sorted((row[3] for row in found), reverse=True)
    assert {row[:4] for row in found} == {
        (str(s), str(p).rpartition("#")[2], str(o), int(n)) for s, p, o, n in answers[name]
    }


def test_what_one_text_states_and_another_denies_is_found(folder: Path) -> None:
    _, found = ask_table(
        find_table_query("what-do-texts-disagree-about"), [folder / "claims.parquet"]
    )
    assert [(row[0].lower(), row[1], row[4]) for row in found] == [("clonazepam", "treats", 1)]


def test_effects_are_counted_once_however_often_they_are_said(folder: Path) -> None:
    name = "which-drugs-have-most-adverse-effects"
    columns, found = ask_table(find_table_query(name), [folder / "claims.parquet"])
    assert columns == ("drug", "effects", "claims", "texts")
    assert [(row[0], row[1]) for row in found] == [("metformin", 2)]


def test_the_command_asks_one_table_or_many(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "how-many-claims-of-which-relation"
    told = []
    for data in (folder / "claims.parquet", folder / "shards" / "*.parquet"):
        assert main(["query", name, "--data", str(data), "--format", "csv"]) == 0
        told.append(list(csv.reader(io.StringIO(capsys.readouterr().out))))
    assert told[0] == told[1]
    assert told[0][0][0] == "relation"
    assert main(["query", name, "--data", str(folder / "claims.parquet"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["relation"] == told[0][1][0]
    assert main(["query", name, "--data", str(folder / "claims.parquet")]) == 0
    assert "relation" in capsys.readouterr().out


def test_every_question_says_what_it_asks() -> None:
    found = list_table_queries()
    assert len(found) >= 4
    assert all(query.summary.endswith("?") for query in found)


# ── What goes wrong ─────────────────────────────────────────────────────────────────────────────


def test_names_of_files_are_names_and_no_sql(folder: Path, tmp_path: Path) -> None:
    odd = tmp_path / "it's [a] *?.parquet"
    shutil.copy(folder / "claims.parquet", odd)
    shutil.copy(folder / "claims.parquet", tmp_path / "it's [a] xx.parquet")
    query = find_table_query("how-many-claims-of-which-relation")
    assert ask_table(query, [odd]) == ask_table(query, [folder / "claims.parquet"])
    with open_source(folder / "store") as source:
        write_table(source, tmp_path / "a');.parquet")
    assert rows(odd) == rows(folder / "claims.parquet")


def test_what_is_no_table_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = find_table_query("how-many-claims-of-which-relation")
    (tmp_path / "no.parquet").write_bytes(b"PAR1 no")
    duckdb.sql("SELECT 1 AS one").write_parquet(str(tmp_path / "other.parquet"))
    for name in ("no.parquet", "other.parquet", "none.parquet"):
        with pytest.raises(InputFileError, match="no table of claims"):
            ask_table(query, [tmp_path / name])
    with pytest.raises(QueryError, match="ask one of"):
        find_table_query("what-does-it-treat")
    other = str(tmp_path / "other.parquet")
    assert main(["query", query.name, "--data", other, "--param", "drug=x"]) == 2
    assert main(["export", "--format", "parquet"]) == 2
    assert "name one with -o" in capsys.readouterr().err


def test_a_folder_with_other_things_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.nq").write_text("")
    with pytest.raises(OutputError, match=r"no shard: mine\.nq"):
        ingest(find_inputs([folder / "a.jsonl"]), tmp_path / "store", shards=tmp_path)
    assert not (tmp_path / "store").exists()
