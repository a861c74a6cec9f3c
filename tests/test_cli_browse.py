"""`claimgraph browse`: the page is made, printed and opened, whatever it is made from."""

import webbrowser
from pathlib import Path

import pytest

from claimgraph.cli import main
from claimgraph.resources import bundled_article


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser was asked to open."""
    addresses = []
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("built") / "out"
    assert main(["build", "--no-sparql", "-o", str(out)]) == 0
    return out


def test_the_page_of_the_carried_article_is_opened(opened, capsys, built, tmp_path):
    page = tmp_path / "new" / "page with space.html"
    assert main(["browse", "--no-sparql", "-o", str(page)]) == 0
    assert capsys.readouterr().out == f"{page}\n"
    assert opened == [page.as_uri()]
    assert page.read_bytes() == (built / "graph.html").read_bytes()
    assert main(["browse", str(bundled_article()), "--no-sparql", "-o", str(page)]) == 0
    assert page.read_bytes() == (built / "graph.html").read_bytes()


@pytest.mark.parametrize("name", ["graph.trig", "graph.ttl", "graph.nq"])
def test_a_page_is_made_of_a_graph_file(opened, capsys, built, name):
    assert main(["browse", str(built / name), "--no-open", "--no-sparql"]) == 0
    page = capsys.readouterr().out.strip()
    assert opened == []
    content = Path(page).read_bytes()
    assert b"Illuminating the Role of Generic Clonazepam 2mg" in content
    assert b"90 claims in 22 sentences" in content


def test_a_page_is_opened_as_it_is(opened, capsys, built):
    page = built / "graph.html"
    before = page.read_bytes()
    assert main(["browse", str(page)]) == 0
    assert opened == [page.as_uri()]
    assert page.read_bytes() == before


def test_a_text_is_read_first(opened, tmp_path, capsys):
    text = tmp_path / "note.txt"
    text.write_text("Common adverse effects of clonazepam include sedation.", "utf-8")
    page = tmp_path / "page.html"
    assert main(["browse", str(text), "--no-sparql", "-o", str(page)]) == 0
    assert b"in 1 sentences" in page.read_bytes()
    assert opened == [page.as_uri()]


def test_a_store_of_several_texts_is_one_page(opened, tmp_path, capsys):
    for name, said in (("a", "Clonazepam may cause ataxia."), ("b", "Ibuprofen relieves pain.")):
        (tmp_path / f"{name}.txt").write_text(said, "utf-8")
    store, page = tmp_path / "store", tmp_path / "page.html"
    assert main(["ingest", *(str(tmp_path / f"{n}.txt") for n in "ab"), "--store", str(store)]) == 0
    assert main(["browse", str(store), "--no-sparql", "-o", str(page)]) == 0
    assert b"2 texts" in page.read_bytes()
    assert opened == [page.as_uri()]


def test_what_is_wrong_is_said(opened, tmp_path, capsys, monkeypatch):
    assert main(["browse", str(tmp_path / "none.ttl")]) == 2
    empty = tmp_path / "empty.ttl"
    empty.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    assert main(["browse", str(empty)]) == 2
    assert "holds no texts" in capsys.readouterr().err
    assert opened == []
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html><title>T \xc2\xb7 claimgraph</title>")
    assert main(["browse", str(page)]) == 2
    assert "no browser could be started" in capsys.readouterr().err


def test_the_engine_is_left_out_on_request(built, engine, tmp_path):
    assert main(["build", "-o", str(tmp_path)]) == 0
    small, large = (built / "graph.html").stat().st_size, (tmp_path / "graph.html").stat().st_size
    assert small < 800_000 < 2_000_000 < large
    for name in ("graph.trig", "claims.csv", "report.md"):
        assert (built / name).read_bytes() == (tmp_path / name).read_bytes()


def test_a_file_of_several_texts_is_one_page(opened, tmp_path, capsys):
    texts = tmp_path / "texts.jsonl"
    texts.write_text(
        '{"id": "a", "text": "Clonazepam may cause ataxia."}\n'
        '{"id": "b", "text": "Ibuprofen relieves pain."}\n',
        "utf-8",
    )
    page = tmp_path / "page.html"
    assert main(["browse", str(texts), "--no-sparql", "-o", str(page)]) == 0
    assert b"2 claims in 2 sentences of 2 texts" in page.read_bytes()
    assert main(["build", str(texts), "--no-sparql", "-o", str(tmp_path / "out")]) == 0
    assert page.read_bytes() == (tmp_path / "out" / "graph.html").read_bytes()
    assert opened == [page.as_uri()]


def test_records_that_cannot_be_read_are_reported_and_the_others_shown(opened, tmp_path, capsys):
    texts = tmp_path / "texts.jsonl"
    said = ("Clonazepam may cause ataxia.", "Ibuprofen relieves pain.")
    lines = [
        f'{{"id": "{name}", "text": "{text}"}}\n' for name, text in zip("ab", said, strict=True)
    ]
    texts.write_text("".join((lines[0], "{broken\n", lines[1])), "utf-8")
    page = tmp_path / "page.html"
    assert main(["browse", str(texts), "--no-sparql", "-o", str(page)]) == 1
    assert "claimgraph: skipped: " in capsys.readouterr().err
    assert b"of 2 texts" in page.read_bytes()
    assert opened == [page.as_uri()]
