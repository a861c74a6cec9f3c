"""A draft says what was extracted, and `build` reads it back without a word changed."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.cli import main
from claimgraph.curation import read_claims
from claimgraph.documents import cut_text, read_article, read_one_text
from claimgraph.drafting import Draft, draft_article
from claimgraph.errors import InputFileError, OutputError
from claimgraph.extract.reading import NO_CLAIM
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import Citation, Claim, Document, Method
from claimgraph.ontology import load_concepts
from claimgraph.pipeline import build_article, build_text, check, draft_text
from claimgraph.resources import bundled_article
from tests.strategies import documents_with_claims, law, passage, small_claim, small_document

TEXT = """Klonix in practice

MECHANISM

By enhancing the inhibitory actions of GABA, clonazepam dampens neuronal excitability, thereby
mitigating the occurrence and severity of seizures.

SAFETY

It may, or may not, cause _ataxia_ or zorbal eruption. "Clonazepam" is not indicated for panic
disorder: it may lead to tolerance and may lead to falls\\!

The weather was fine.
"""
LABEL = """<document xmlns="urn:hl7-org:v3"><title>KLONIX tablets</title><component><structuredBody>
<component><section><code code="34067-9" codeSystem="2.16.840.1.113883.6.1"/>
<title>1 INDICATIONS AND USAGE</title>
<text><paragraph>Clonazepam is indicated for the treatment of panic disorder.</paragraph>
<list><item>Seizure disorders</item></list></text></section></component>
</structuredBody></component></document>"""


def content(claim: Claim) -> Claim:
    """Give a claim without how it was found."""
    return replace(claim, method=Method.RULES, confidence=None, key=None)


def save(draft: Draft, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in draft.files.items():
        (folder / name).write_bytes(data)
    return folder


def read_back(draft: Draft, folder: Path) -> tuple[Document, list[Claim], dict[int, str]]:
    save(draft, folder)
    document = read_article(folder)
    curation = read_claims(folder / "claims.yaml", document, load_concepts())
    return document, list(curation.claims), dict(curation.without_claims)


def test_what_build_reads_from_a_draft_is_what_was_extracted(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
    draft, files = draft_text(tmp_path / "notes.txt", tmp_path / "notes")
    assert [file.name for file in files] == ["article.txt", "source.yaml", "claims.yaml"]
    built, extracted = build_article(tmp_path / "notes"), build_text(tmp_path / "notes.txt")
    check(built)
    assert len(built.claims) >= 7
    assert draft.left_out == ()
    assert [content(c) for c in built.claims] == [content(c) for c in extracted.claims]
    assert {c.method for c in built.claims} == {Method.RULES}
    assert built.without_claims == extracted.without_claims
    assert NO_CLAIM in built.without_claims.values()
    assert built.document.text == TEXT
    assert any(c.via for c in built.claims)


LIST = """Zoloft (sertraline) is used to treat depression.

Side Effects

Common side effects of Zoloft may include:
- drowsiness
- a rash that may, or may not, itch

Rare side effects, and only rare ones, may include:
- fever
"""


def test_words_of_the_line_above_a_list_come_back_from_a_draft(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(LIST, encoding="utf-8")
    draft, _ = draft_text(tmp_path / "notes.txt", tmp_path / "notes")
    built, extracted = build_article(tmp_path / "notes"), build_text(tmp_path / "notes.txt")
    check(built)
    assert draft.left_out == ()
    assert [content(c) for c in built.claims] == [content(c) for c in extracted.claims]
    cues = [(c.object.label, c.cue and c.cue.text, len(c.qualifiers)) for c in built.claims]
    assert ("Drowsiness", "may", 1) in cues
    assert 'cue: {words: "may", nth: 3}' in draft.files["claims.yaml"].decode()


def test_a_reviewed_draft_is_reviewed(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
    draft_text(tmp_path / "notes.txt", tmp_path / "notes")
    file = tmp_path / "notes" / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("\nfound_by: rules\n") == 1
    file.write_text(text.replace("\nfound_by: rules\n", "\n"), encoding="utf-8")
    assert {c.method for c in build_article(tmp_path / "notes").claims} == {Method.REVIEWED}


def test_a_draft_says_how_its_claims_were_found(tmp_path: Path) -> None:
    read = small_claim(method=Method.LLM)
    for claims, method in (([read], Method.LLM), ([], Method.RULES)):
        draft = draft_article(small_document(), claims, load_concepts())
        assert f"\nfound_by: {method}\n" in draft.files["claims.yaml"].decode()
        assert {c.method for c in read_back(draft, tmp_path / "a")[1]} <= {method}


def test_concepts_that_the_ontology_lacks_travel_with_the_draft(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Clonazepam may cause glimmeritis.", encoding="utf-8")
    draft, _ = draft_text(tmp_path / "notes.txt", tmp_path / "notes")
    text = draft.files["claims.yaml"].decode()
    assert 'id: unlisted-glimmeritis, label: "glimmeritis", category: Condition' in text
    assert "id: clonazepam," not in text
    (claim,) = build_article(tmp_path / "notes").claims
    assert claim.object.label == "glimmeritis"


@law(150)
@given(drawn=documents_with_claims())
def test_whatever_is_claimed_is_read_back_or_told(
    drawn: tuple[Document, tuple[Claim, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    document, claims = drawn
    draft = draft_article(document, claims, load_concepts())
    read, found, reasons = read_back(draft, tmp_path_factory.getbasetemp() / "draft")
    assert read == draft.document
    assert (read.text, read.sentences) == (document.text, document.sentences)
    told = {claim.id for claim, _ in draft.left_out}
    assert {c.id for c in claims} - told == {c.id for c in found}
    expected = [content(c) for c in claims if c.id not in told]
    assert sorted(map(content, found), key=lambda c: c.id) == sorted(expected, key=lambda c: c.id)
    assert set(reasons) == {s.number for s in read.sentences} - {c.sentence for c in found}


WORDS = st.sampled_from(
    ["clonazepam", "It", "may", "not", "cause", "rash", "skin-rash", "_ataxia_", "5", "2mg", ",",
     ".", "and", "by", "reducing", "enhancing", "GABA", "is", "indicated", "for", "seizures", '"',
     "\\", "'", ":", "- ", "#", "{", "\n", "\n\n", "\r\n", "\t", "\u2028", "😀", "null", "—"]
)  # fmt: skip


@law(100)
@given(
    words=st.lists(WORDS, min_size=1, max_size=30),
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    language=st.sampled_from(["en", "pt-br", "EN-us", "zh-Hant-TW"]),
)
def test_any_text_that_is_extracted_from_is_read_back(
    words: list[str], title: str, language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "Clonazepam may cause falls. " + " ".join(words)
    citation = Citation(title, language=language, note=title)
    document = cut_text(text, id="My text", citation=citation, drug="Klonopin")
    claims = pass_claims(RuleExtractor().extract(document), document).claims
    draft = draft_article(document, claims, load_concepts())
    read, found, _ = read_back(draft, tmp_path_factory.getbasetemp() / "any")
    assert read.text == text
    assert (read.drug, read.id) == ("Klonopin", "my-text")
    assert len(found) + len(draft.left_out) == len(claims)
    assert {c.quote for c in found} <= {c.quote for c in claims}


def test_words_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    document = cut_text(
        "Klonix may help, may heal and maybe may harm.", id="a", citation=Citation("A")
    )
    third = document.passage(36, 39)
    assert third.text == "may"
    whole = document.sentence(1).passage
    claim = replace(
        small_claim(), text_id="a", quote=whole, cue=third, subject=small_claim().object
    )
    claim = replace(claim, subject=replace(claim.subject, passage=document.passage(0, 6)))
    claim = replace(claim, object=replace(claim.object, passage=document.passage(40, 44)))
    draft = draft_article(document, [claim], load_concepts())
    assert 'cue: {words: "may", nth: 3}' in draft.files["claims.yaml"].decode()
    _, found, _ = read_back(draft, tmp_path / "a")
    assert found[0].cue == third


def test_a_claim_of_half_a_word_is_told_with_those_that_rest_on_it(tmp_path: Path) -> None:
    document = small_document()
    half = small_claim(object=replace(small_claim().object, passage=passage("absence seizure")))
    whole = small_claim(via=(half.id,))
    draft = draft_article(document, [half, whole], load_concepts())
    assert draft.claims == ()
    assert [(claim, reason) for claim, reason in draft.left_out] == [
        (half, "'absence seizure' begins or ends inside a word"),
        (whole, "it rests on a claim that is left out"),
    ]
    assert read_back(draft, tmp_path / "a")[1] == []


def test_a_label_becomes_plain_text_with_its_claims(tmp_path: Path) -> None:
    path = tmp_path / "label.xml"
    path.write_text(LABEL, encoding="utf-8")
    draft, _ = draft_text(path, tmp_path / "label")
    assert draft.left_out == ()
    built = build_article(tmp_path / "label")
    assert built.document.text == read_one_text(path).text
    assert built.document.drug == read_one_text(path).drug
    quotes = {c.quote for c in build_text(path).claims}
    assert quotes
    assert {c.quote for c in built.claims} == quotes


# ── Nobody's work is lost ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled_article(), tmp_path / "article"))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_reviewed_claims_are_not_written_over(article: Path, tmp_path: Path) -> None:
    before = contents(article)
    for source, folder in ((article, None), (article / "article.txt", article)):
        with pytest.raises(OutputError, match=r"claims\.yaml: is there already") as caught:
            draft_text(source, folder)
        assert "--force" in (caught.value.repair or "")
    assert contents(article) == before
    draft, files = draft_text(article, force=True)
    assert files == (article / "claims.yaml",)
    after = contents(article)
    assert {name for name in before if before[name] != after[name]} == {"claims.yaml"}
    assert len(build_article(article).claims) == len(draft.claims) > 30


def test_another_text_is_not_written_over(article: Path, tmp_path: Path) -> None:
    (article / "claims.yaml").unlink()
    (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
    before = contents(article)
    with pytest.raises(OutputError, match="is there already"):
        draft_text(tmp_path / "notes.txt", article)
    assert contents(article) == before


def test_a_text_that_waits_for_its_claims_keeps_its_source(article: Path, tmp_path: Path) -> None:
    (article / "claims.yaml").unlink()
    before = contents(article)
    _, files = draft_text(article / "article.txt", article)
    assert files == (article / "claims.yaml",)
    assert {name: contents(article)[name] for name in before} == before
    assert build_article(article).document.id == "clonazepam-seizure-disorders"


def test_a_draft_needs_one_text(tmp_path: Path) -> None:
    rows = [{"id": name, "text": "Fine."} for name in "ab"]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(InputFileError, match="more than one text"):
        draft_text(tmp_path / "two.jsonl", tmp_path / "out")
    with pytest.raises(InputFileError, match="no such file"):
        draft_text(tmp_path / "none.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_line_drafts_builds_and_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "My notes.txt").write_text(TEXT, encoding="utf-8")
    assert main(["extract", "My notes.txt", "--draft"]) == 0
    out = capsys.readouterr().out
    assert "my-notes: " in out
    assert " claims in 4 sentences, to be reviewed\n  my-notes/article.txt  " in out
    assert main(["build", "my-notes", "-o", "out"]) == 0
    capsys.readouterr()
    assert main(["extract", "My notes.txt", "--draft"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["extract", "My notes.txt", "--draft", "--force"]) == 0
    for options in (["--draft", "--mentions"], ["--draft", "--given-mentions"], ["--force"]):
        assert main(["extract", "My notes.txt", *options]) == 2
