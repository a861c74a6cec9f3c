"""Every mistake a curator can make in `claims.yaml` is one error with its line and a repair.

Each case is the article's real folder with one small edit. The line expected is that of words in
the edited file, so that the table reads without counting lines.
"""

import hashlib
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimgraph.curation import Curation, find_words, read_claims
from claimgraph.documents import read_article
from claimgraph.errors import ClaimError, ClaimgraphError, ClaimsFileError, InputFileError
from claimgraph.model import Category, Concept, Method, Span
from claimgraph.ontology import load_concepts
from claimgraph.pipeline import build_article
from claimgraph.resources import bundled_article
from tests.strategies import law


@pytest.fixture
def folder(tmp_path) -> Path:
    """Give a copy of the article's folder."""
    return Path(shutil.copytree(bundled_article(), tmp_path / "article"))


def edit(folder: Path, *changes: tuple[str, str], name: str = "claims.yaml") -> None:
    """Replace words that stand once in a file of the folder."""
    path = folder / name
    text = path.read_bytes().decode("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    path.write_bytes(text.encode("utf-8"))


def line_of(folder: Path, words: str, name: str = "claims.yaml") -> int:
    """Give the line on which words stand that stand once in a file of the folder."""
    text = (folder / name).read_bytes().decode("utf-8")
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    return text[: text.index(words)].count("\n") + 1


def read(folder: Path) -> Curation:
    return read_claims(folder / "claims.yaml", read_article(folder), load_concepts())


def block(key: str) -> str:
    """Give the lines of a claim of the article."""
    text = (bundled_article() / "claims.yaml").read_text(encoding="utf-8")
    found = re.search(rf"      - id: {key}\n(?:        .*\n)+", text)
    assert found is not None
    return found.group()


def entry(number: int) -> str:
    """Give the lines of a sentence of the article."""
    text = (bundled_article() / "claims.yaml").read_text(encoding="utf-8")
    found = re.search(rf"  - sentence: {number}\n(?:(?:    .*)?\n)+?(?=\n?  (?:- |# ──)|\Z)", text)
    assert found is not None
    return found.group()


def within(key: str, old: str, new: str) -> tuple[str, str]:
    """Make an edit inside one claim."""
    lines = block(key)
    assert lines.count(old) == 1, f"{old!r} stands {lines.count(old)} times in {key}"
    return lines, lines.replace(old, new)


def added_concepts(*concepts: str) -> tuple[str, str]:
    """Make an edit that adds concepts to the file."""
    lines = "".join(f"  - {concept}\n" for concept in concepts)
    return "\nsentences:\n", f"\nconcepts:\n{lines}\nsentences:\n"


class Case(NamedTuple):
    """A mistake: the edits, words on the line to be named, and parts of the message."""

    name: str
    edits: list[tuple[str, str]]
    at: str
    what: str
    repair: str


WORDS = [
    Case(
        "quote-nowhere",
        [within("controls-seizures", 'quote: "generic', 'quote: "the generic')],
        'quote: "the generic',
        "is not in sentence 2",
        "copy the words from the sentence",
    ),
    Case(
        "typewriter-apostrophe",
        [within("long-half-life", "Clonazepam’s", "Clonazepam's")],
        "Clonazepam's",
        "is not in sentence 10: the text has U+2019 where this has U+0027",
        "copy the words",
    ),
    Case(
        "plain-space",
        [within("pivotal-position", "2mg\\u00A0occupies", "2mg occupies")],
        'quote: "Generic Clonazepam 2mg occupies',
        "is not in sentence 20: the text has U+00A0 where this has U+0020",
        "copy the words",
    ),
    Case(
        "hyphen-for-another",
        [within("long-half-life", 'words: "long half-life"', 'words: "long half–life"')],
        "half–life",
        "the text has U+002D where this has U+2013",
        "copy the words",
    ),
    Case(
        "case",
        [within("rapid-onset", 'quote: "Its rapid', 'quote: "its rapid')],
        'quote: "its rapid',
        "is not in sentence 9: upper and lower case differ",
        "copy the words",
    ),
    Case(
        "part-of-a-word",
        [within("absence-is-a-seizure-disorder", '"seizure disorders", c', '"seizure disorder", c')],
        '{words: "seizure disorder", concept',
        "is not in sentence 8: they stand there only as part of something longer",
        "copy the words",
    ),
    Case(
        "words-of-another-sentence",
        [within("rapid-onset", '"rapid onset of action"', '"long half-life"')],
        'object: {words: "long half-life", concept: rapid-onset-of-action}',
        "is not in sentence 9; they stand in sentence 10",
        "copy the words",
    ),
    Case(
        "words-of-other-sentences",
        [within("rapid-onset", '"rapid onset of action"', '"safety profile"')],
        'object: {words: "safety profile", concept: rapid-onset-of-action}',
        "is not in sentence 9; they stand in sentence 11, 21",
        "copy the words",
    ),
    Case(
        "cue-outside-its-sentence",
        [within("tolerance", 'cue: "may"', 'cue: "paramount"')],
        'cue: "paramount"\n        qualifiers: {condition',
        "'paramount' is not in sentence 13; they stand in sentence 9",
        "copy the words",
    ),
    Case(
        "qualifier-outside-its-sentence",
        [within("sedation", 'frequency: "Common"', 'frequency: "Rare"')],
        'frequency: "Rare"',
        "'Rare' is not in sentence 12",
        "copy the words",
    ),
    Case(
        "twice-without-nth",
        [within("controls-seizures", 'quote: "generic Clonazepam 2mg stands out as a potent tool in '
                'controlling various types of seizures"', "quote: seizures")],
        "quote: seizures",
        "'seizures' stands 2 times there",
        "say which with {words: …, nth: …}",
    ),
    Case(
        "nth-too-large",
        [within("controls-seizures", '{words: "various types of seizures", concept',
                '{words: "seizures", nth: 3, concept')],
        "nth: 3",
        "'seizures' stands 2 times in sentence 2, not 3",
        "use a number from 1 to 2",
    ),
    Case(
        "nth-zero",
        [within("controls-seizures", '{words: "various types of seizures", concept',
                '{words: "seizures", nth: 0, concept')],
        "nth: 0",
        "'0' is no whole number from 1",
        "count from 1",
    ),
]  # fmt: skip

NAMES = [
    Case(
        "relation",
        [within("controls-seizures", "relation: treats", "relation: cures")],
        "relation: cures",
        "unknown relation 'cures'",
        "use one of: treats, prevents, ",
    ),
    Case(
        "type",
        [within("controls-seizures", "type: indication", "type: praise")],
        "type: praise",
        "unknown claim type 'praise'",
        "use one of: mechanism, indication, ",
    ),
    Case(
        "certainty",
        [within("tolerance", "certainty: possible", "certainty: perhaps")],
        "certainty: perhaps",
        "unknown certainty 'perhaps'",
        "use one of: asserted, possible, projected, intended",
    ),
    Case(
        "modality",
        [within("monitor-cautiously", "modality: normative", "modality: ought")],
        "modality: ought",
        "unknown modality 'ought'",
        "use one of: factual, normative",
    ),
    Case(
        "polarity",
        [within("tolerance", "certainty: possible", "polarity: not")],
        "polarity: not",
        "unknown polarity 'not'",
        "use one of: affirmed, negated",
    ),
    Case(
        "evidence",
        [within("efficacy-in-studies", "evidence: uncited-study", "evidence: hearsay")],
        "evidence: hearsay",
        "unknown evidence basis 'hearsay'",
        "use one of: author-statement, ",
    ),
    Case(
        "concept-misspelt",
        [within("sedation", "implied: clonazepam", "implied: clonazepan")],
        "clonazepan",
        "unknown concept 'clonazepan'; did you mean clonazepam",
        "use a concept of ontology/concepts.ttl, or add it there",
    ),
    Case(
        "concept-unlike-any",
        [within("sedation", "concept: sedation", "concept: xyzzy-qqq")],
        "xyzzy-qqq",
        "unknown concept 'xyzzy-qqq'",
        "or add it there",
    ),
    Case(
        "concept-already-known",
        [added_concepts("{id: clonazepam, label: clonazepam, category: Drug}")],
        "{id: clonazepam, label",
        "concept 'clonazepam' is already known",
        "delete it here, or give it another id",
    ),
    Case(
        "concept-twice",
        [
            added_concepts(
                "{id: zorb, label: zorb, category: Drug}",
                "{id: zorb, label: zorbing, category: Process}",
            )
        ],
        "label: zorbing",
        "concept 'zorb' is already here",
        "give it another id",
    ),
    Case(
        "concept-badly-named",
        [added_concepts("{id: Zorb, label: zorb, category: Drug}")],
        "{id: Zorb",
        "'Zorb' is no kebab-case name",
        "use a-z, 0-9 and hyphens",
    ),
    Case(
        "concept-of-no-category",
        [added_concepts("{id: zorb, label: zorb, category: Thing}")],
        "category: Thing",
        "unknown category 'Thing'",
        "use one of: Drug, DrugClass, ",
    ),
    Case(
        "found-by-nobody",
        [("\nsentences:\n", "\nfound_by: magic\n\nsentences:\n")],
        "found_by: magic",
        "unknown method 'magic'",
        "use one of: reviewed, rules, ",
    ),
    Case(
        "key-of-a-claim",
        [within("tolerance", "certainty: possible", "certanty: possible")],
        "certanty",
        "unknown key 'certanty'",
        "use: id, type, subject, ",
    ),
    Case(
        "key-of-a-mention",
        [within("sedation", "{implied: clonazepam}", "{implies: clonazepam}")],
        "{implies: ",
        "unknown key 'implies'",
        "use: words, concept, implied, nth",
    ),
    Case(
        "qualifier-type",
        [within("sedation-limits-tolerability", "{phase: ", "{fase: ")],
        "{fase: ",
        "unknown key 'fase'",
        "use: aspect, condition, degree, ",
    ),
    Case(
        "key-missing",
        [within("sedation", "        relation: hasAdverseEffect\n", "")],
        "- id: sedation\n",
        "key 'relation' is missing",
        "add 'relation: …'",
    ),
    Case(
        "key-twice",
        [within("sedation", "relation: hasAdverseEffect", "type: risk\n        relation: treats")],
        "type: risk\n        relation: treats",
        "key 'type' is given twice",
        "keep one of the two",
    ),
    Case(
        "implied-with-words",
        [within("sedation", "{implied: clonazepam}", "{implied: clonazepam, words: sedation}")],
        "{implied: clonazepam, words: sedation}",
        "'implied' stands alone",
        "drop the other keys",
    ),
    Case(
        "mention-without-words",
        [within("sedation", '{words: "sedation", concept', "{concept")],
        "object: {concept: sedation}",
        "no words",
        "add 'words: …', or 'implied: …'",
    ),
    Case(
        "mention-of-nothing",
        [within("sedation", "{implied: clonazepam}", "{}")],
        "subject: {}",
        "no words",
        "add 'words: …'",
    ),
]

LINKS = [
    Case(
        "id-twice",
        [within("dizziness", "- id: dizziness", "- id: sedation"),
         within("sedation", "type: adverse-effect", "type: adverse-effect  # the first")],
        "- id: sedation\n        type: adverse-effect\n",
        "id 'sedation' is already used on line ",
        "give each claim of the text its own id",
    ),
    Case(
        "claim-twice",
        [(block("sedation"), block("sedation") + block("sedation").replace(
            "id: sedation", "id: again"))],
        "- id: again",
        "same claim as 'sedation' on line ",
        "delete one of the two",
    ),
    Case(
        "claim-twice-but-for-its-links",
        [(block("milder-seizures"), block("milder-seizures") + block("milder-seizures").replace(
            "id: milder-seizures", "id: again").replace("via: dampens", "because: dampens"))],
        "- id: again",
        "same claim as 'milder-seizures' on line ",
        "delete one of the two",
    ),
    Case(
        "target-misspelt",
        [within("milder-seizures", "via: dampens-excitability", "via: dampens-excitabilty")],
        "excitabilty",
        "no claim with id 'dampens-excitabilty'; did you mean dampens-excitability?",
        "name the id of another claim of this file",
    ),
    Case(
        "target-unlike-any",
        [within("monitor-cautiously", "[tolerance, dependence]", "[tolerance, 7]")],
        "[tolerance, 7]",
        "no claim with id '7'",
        "name the id of another claim",
    ),
    Case(
        "rests-on-itself",
        [within("sustained-control", "because: long-half-life", "because: sustained-control")],
        "- id: sustained-control",
        "claim 'sustained-control' rests on itself",
        "take one link out of the circle",
    ),
    Case(
        "circle-through-via-and-because",
        [within("modulates-gaba-system", "qualifiers:", "because: milder-seizures\n        qualifiers:")],
        "- id: modulates-gaba-system",
        "claim 'modulates-gaba-system' rests on itself through via and because",
        "take one link out of the circle",
    ),
]  # fmt: skip

SENTENCES = [
    Case(
        "not-accounted-for",
        [(entry(18), "")],
        "  - sentence: 1\n",
        "sentence 18 is not accounted for: 'From precision medicine approaches",
        "add its claims, or 'no_claims:' with the reason",
    ),
    Case(
        "two-not-accounted-for",
        [(entry(18), ""), (entry(15), "")],
        "  - sentence: 1\n",
        "sentence 15 is not accounted for: 'Factors such as seizure type, comorbid medical conditions, a'… (and 1 more)",
        "add its claims",
    ),
    Case(
        "twice",
        [(entry(18), entry(18) + "\n" + entry(18).split("    claims:")[0].replace("18", "018")
          + "    no_claims: tired\n")],
        "  - sentence: 018\n",
        "sentence 18 is here twice",
        "merge the two entries",
    ),
    Case(
        "claims-and-a-reason-for-none",
        [("    claims:\n" + block("rapid-onset"),
          "    no_claims: tired\n    claims:\n" + block("rapid-onset"))],
        "  - sentence: 9\n",
        "sentence 9 needs either claims or a reason for none",
        "add 'claims:' with a list, or 'no_claims:' with the reason",
    ),
    Case(
        "neither",
        [(entry(18), entry(18).split("    claims:")[0])],
        "  - sentence: 18\n",
        "sentence 18 needs either claims or a reason for none",
        "add 'claims:'",
    ),
    Case(
        "an-empty-list-of-claims",
        [(entry(18), entry(18).split("    claims:")[0] + "    claims: []\n")],
        "claims: []",
        "sentence 18 has an empty list of claims",
        "or 'no_claims:' with the reason",
    ),
    Case(
        "an-empty-reason",
        [(entry(18), entry(18).split("    claims:")[0] + "    no_claims: ''\n")],
        "no_claims: ''",
        "empty value",
        "write the value or delete the key",
    ),
    Case(
        "beyond-the-text",
        [("  - sentence: 22\n", "  - sentence: 23\n")],
        "  - sentence: 23\n",
        "the text has no sentence 23, only 22",
        "count the sentences of the body",
    ),
    Case(
        "other-words",
        [('    text: "Its rapid onset', '    text: "The rapid onset')],
        '    text: "The rapid onset',
        "not the words of sentence 9",
        "copy the sentence from the text",
    ),
    Case(
        "look-alike-in-the-sentence",
        [('    text: "Moreover, Clonazepam’s', '    text: "Moreover, Clonazepam\'s')],
        '    text: "Moreover, Clonazepam\'s',
        "not the words of sentence 10: the text has U+2019 where this has U+0027",
        "copy the sentence",
    ),
    Case(
        "only-a-part-of-the-sentence",
        [(', where prompt intervention is paramount."\n    claims', '"\n    claims')],
        'status epilepticus"\n    claims',
        "not the words of sentence 9: they stand there only as part of something longer",
        "copy the sentence",
    ),
    Case(
        "sentences-are-no-list",
        [("\nsentences:\n", "\nsentences: none\nothers:\n")],
        "others:",
        "unknown key 'others'",
        "use: text, sha256, sentences",
    ),
    Case(
        "claims-of-another-text",
        [("text: clonazepam-seizure-disorders", "text: another")],
        "text: another",
        "these claims are about 'another', the text is 'clonazepam-seizure-disorders'",
        "put the claims into the folder of their text",
    ),
    Case(
        "changed-hash",
        [("sha256: 2aca", "sha256: 2acb")],
        "sha256: 2acb",
        "the text has changed under these claims: its sha256 is 2aca46813c89412c63a983938d24e0c4",
        "review every claim against the new text, then write its sha256 here",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", WORDS + NAMES + LINKS + SENTENCES, ids=lambda case: case.name)
def test_a_mistake_is_said_with_its_line_and_a_repair(folder, case):
    edit(folder, *case.edits)
    with pytest.raises(ClaimsFileError) as caught:
        read(folder)
    error = caught.value
    assert str(error.where) == f"{folder / 'claims.yaml'}:{line_of(folder, case.at)}"
    assert case.what in error.what
    assert case.repair in error.repair
    assert "\n" not in str(error)


def test_the_lines_that_messages_refer_to_are_right(folder):
    again = block("sedation").replace("id: sedation", "id: again")
    edit(folder, (block("sedation"), block("sedation") + again))
    first = line_of(folder, "- id: sedation\n")
    with pytest.raises(ClaimsFileError, match=rf"same claim as 'sedation' on line {first}\."):
        read(folder)


# ── What the gate refuses, with the claim's line ────────────────────────────────────────────────

GATE = [
    Case(
        "object-outside-the-range",
        [within("controls-seizures", "concept: seizure}", "concept: gaba-receptor}")],
        "- id: controls-seizures",
        "claim 'controls-seizures': treats takes no MolecularTarget as object (GABA receptor); "
        "it takes Condition",
        "correct the claim",
    ),
    Case(
        "subject-outside-the-domain",
        [within("sedation", "{implied: clonazepam}", "{implied: brain}")],
        "- id: sedation\n",
        "hasAdverseEffect takes no AnatomicalEntity as subject (brain)",
        "correct the claim",
    ),
    Case(
        "a-concept-where-words-belong",
        [within("potent-tool", 'as a potent tool"}', 'as a potent tool", concept: seizure}')],
        "- id: potent-tool",
        "statesThat takes no Condition as object (seizure); it takes words only",
        "correct the claim",
    ),
    Case(
        "words-where-a-concept-belongs",
        [within("sedation", ', concept: sedation}', "}")],
        "- id: sedation\n",
        "hasAdverseEffect needs a concept as object, not words",
        "correct the claim",
    ),
    Case(
        "an-object-in-no-words",
        [within("sedation", '{words: "sedation", concept: sedation}', "{implied: sedation}")],
        "- id: sedation\n",
        "the object has no words in the text",
        "correct the claim",
    ),
    Case(
        "a-hedge-without-its-words",
        [within("tolerance", '        cue: "may"\n', "")],
        "- id: tolerance\n",
        "certainty is possible, but no cue shows it",
        "correct the claim",
    ),
    Case(
        "an-ought-without-its-words",
        [within("educate-patients", '        cue: "integral"\n', "")],
        "- id: educate-patients",
        "modality is normative, but no cue shows it",
        "correct the claim",
    ),
    Case(
        "negated-without-its-words",
        [within("tolerance", "certainty: possible", "polarity: negated\n        certainty: possible")],
        "- id: tolerance\n",
        "a negated claim, and only it, has a negation qualifier",
        "correct the claim",
    ),
    Case(
        "a-study-without-its-words",
        [within("sedation", "qualifiers:", "evidence: uncited-study\n        qualifiers:")],
        "- id: sedation\n",
        "evidence named in the text, and only it, has an evidence qualifier",
        "correct the claim",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", GATE, ids=lambda case: case.name)
def test_reviewed_claims_that_fail_the_gate_are_an_error_with_its_line(folder, case):
    edit(folder, *case.edits)
    with pytest.raises(ClaimError) as caught:
        build_article(folder)
    error = caught.value
    assert str(error.where) == f"{folder / 'claims.yaml'}:{line_of(folder, case.at)}"
    assert case.what in error.what
    assert case.repair in error.repair


def test_more_than_one_failure_is_counted(folder):
    edit(folder, within("tolerance", '        cue: "may"\n', ""))
    edit(folder, within("dependence", '        cue: "may"\n', ""))
    # The two, and the two precautions that rest on them.
    with pytest.raises(ClaimError, match=r"claim 'tolerance': .* \(and 3 more\)"):
        build_article(folder)


# ── The file itself ─────────────────────────────────────────────────────────────────────────────


def refusal(folder: Path) -> ClaimgraphError:
    with pytest.raises(ClaimgraphError) as caught:
        build_article(folder)
    assert caught.value.repair
    return caught.value


def test_a_missing_file_or_a_folder_in_its_place(folder):
    path = folder / "claims.yaml"
    path.unlink()
    error = refusal(folder)
    assert isinstance(error, InputFileError)
    assert (str(error.where), error.what) == (str(path), "no such file")
    path.mkdir()
    assert refusal(folder).what == "is a folder"


def test_an_unreadable_file(folder, monkeypatch):
    opened = Path.open

    def deny(self: Path, *args: object, **more: object) -> object:
        if self.name == "claims.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **more)

    monkeypatch.setattr(Path, "open", deny)
    error = refusal(folder)
    assert isinstance(error, InputFileError)
    assert error.what == "cannot be read: Permission denied"


def test_not_utf8_empty_or_not_yaml(folder):
    path = folder / "claims.yaml"
    good = path.read_bytes()
    path.write_bytes(good.replace("’".encode(), b"\x92", 1))
    error = refusal(folder)
    assert isinstance(error, InputFileError)
    assert error.where.line == good[: good.index("’".encode())].count(b"\n") + 1
    assert "not UTF-8: byte 0x92" in error.what
    path.write_bytes(b"\n\n")
    assert refusal(folder).what == "holds no text"
    path.write_bytes(good.replace(b"relation: bindsTo", b"relation: 'bindsTo", 1))
    error = refusal(folder)
    assert isinstance(error, ClaimsFileError)
    assert error.what.startswith("not YAML: ")
    assert error.where.line >= good[: good.index(b"relation: bindsTo")].count(b"\n") + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: rapid-onset", "id: &a rapid-onset"),
        ("relation: bindsTo", "relation: *a"),
        ("id: rapid-onset", "id: !!python/name:os.system rapid-onset"),
    ],
)
def test_anchors_aliases_and_tags(folder, old, new):
    line = line_of(folder, old)
    edit(folder, (old, new))
    error = refusal(folder)
    assert "anchors, aliases and tags are not allowed" in error.what
    assert error.where.line == line


def test_a_text_changed_under_its_claims_is_caught_in_both_places(folder):
    path = folder / "article.txt"
    old = read_article(folder).sha256
    path.write_bytes(path.read_bytes().replace(b"may limit", b"do limit"))
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    line = line_of(folder, "sha256: ", name="source.yaml")
    error = refusal(folder)
    assert isinstance(error, ClaimsFileError)
    assert str(error.where) == f"{folder / 'source.yaml'}:{line}"
    assert new in error.what
    # Whoever pins the new text has not reviewed the claims yet.
    edit(folder, (old, new), name="source.yaml")
    error = refusal(folder)
    assert str(error.where) == f"{folder / 'claims.yaml'}:{line_of(folder, 'sha256: ')}"
    assert f"the text has changed under these claims: its sha256 is {new}" in error.what
    # And whoever pins it there too learns which claims no longer hold.
    edit(folder, (f"sha256: {old}", f"sha256: {new}"))
    error = refusal(folder)
    assert error.what.startswith("not the words of sentence 12")


# ── What is right ───────────────────────────────────────────────────────────────────────────────


def test_nth_counts_through_the_sentence(folder):
    edit(folder, within("controls-seizures", '{words: "various types of seizures", concept',
                        '{words: "seizures", nth: 2, concept'))  # fmt: skip
    sentence = read_article(folder).sentence(2)
    claim = next(c for c in read(folder).claims if c.key == "controls-seizures")
    start = sentence.span.start + sentence.text.rindex("seizures")
    assert claim.object.passage.span == Span(start, start + len("seizures"))


def test_any_words_of_a_claim_can_say_which(folder):
    edit(folder, within("controls-seizures", 'dose: "2mg"', 'topic: {words: "of", nth: 3}'))
    edit(folder, within("seizure-medication", 'quote: "Among the arsenal of medications utilized in '
                        'the management of seizures, generic Clonazepam 2mg"',
                        'quote: {words: "Among the arsenal of medications utilized in the management '
                        'of seizures, generic Clonazepam 2mg", nth: 1}'))  # fmt: skip
    sentence = read_article(folder).sentence(2)
    claims = {c.key: c for c in read(folder).claims}
    topic = claims["controls-seizures"].qualifiers[-1].passage
    assert sentence.text[: topic.span.end - sentence.span.start].endswith("various types of")
    assert claims["seizure-medication"].quote.span.start == sentence.span.start


def test_words_are_found_in_the_quote_before_the_sentence(folder):
    # "seizures" stands twice in sentence 2 and once in this quote.
    edit(
        folder,
        within("controls-seizures", '"various types of seizures", concept', '"seizures", concept'),
    )
    claim = next(c for c in read(folder).claims if c.key == "controls-seizures")
    assert claim.quote.span.covers(claim.object.passage.span)


def test_a_reason_stands_for_a_sentence_without_claims(folder):
    edit(folder, (entry(18), entry(18).split("    claims:")[0] + "    no_claims: only hopes\n"))
    curation = read(folder)
    assert curation.without_claims == ((18, "only hopes"),)
    assert 18 not in {claim.sentence for claim in curation.claims}
    build = build_article(folder)
    assert build.without_claims == {18: "only hopes"}


def test_a_file_can_add_concepts_and_say_who_found_its_claims(folder):
    edit(
        folder,
        added_concepts('{id: zorbing, label: "zorbing of the head", category: Condition}'),
        within("sedation", "concept: sedation", "concept: zorbing"),
    )
    concept = next(c for c in read(folder).claims if c.key == "sedation").object.concept
    assert concept == Concept("zorbing", "zorbing of the head", Category.CONDITION)
    assert {c.method for c in read(folder).claims} == {Method.REVIEWED}
    edit(folder, ("\nconcepts:\n", "\nfound_by: rules\nconcepts:\n"))
    assert {c.method for c in read(folder).claims} == {Method.RULES}


def test_each_claim_has_its_place(folder):
    curation = read(folder)
    assert len(curation.places) == len(curation.claims)
    for claim in curation.claims:
        assert curation.places[claim.id].line == line_of(folder, f"- id: {claim.key}\n")


def test_the_order_of_sentences_in_the_file_does_not_matter(folder):
    before = read(folder)
    first, second = entry(17), entry(18)
    edit(folder, (first, "FIRST"), (second, "SECOND"))
    edit(folder, ("FIRST", second + "\n"), ("SECOND", first + "\n"))
    after = read(folder)
    assert after.claims == before.claims
    assert after.places != before.places


# ── Finding words ───────────────────────────────────────────────────────────────────────────────


def occurrences(words: str, text: str, scope: Span) -> list[int]:
    """Find whole words the slow way: try every place."""

    def is_word(character: str) -> bool:
        return character != "_" and re.fullmatch(r"\w", character) is not None

    found = []
    for start in range(scope.start, scope.end - len(words) + 1):
        end = start + len(words)
        cuts_before = words[0].isalnum() and start > 0 and is_word(text[start - 1])
        cuts_after = words[-1].isalnum() and end < len(text) and is_word(text[end])
        if text[start:end] == words and not cuts_before and not cuts_after:
            found.append(start)
    return found


letters = st.text("ab_ -’.é1", min_size=1, max_size=30)


@law(300)
@given(letters, st.text("ab -’1", min_size=1, max_size=3), st.data())
@example("a a a", "a a", None)
@example("seizures", "sei", None)
@example("_a_", "a", None)
def test_whole_words_are_found_wherever_they_stand(text, words, data):
    if data is None:
        scope, nth = Span(0, min(3, len(text))) if words == "sei" else Span(0, len(text)), None
    else:
        start = data.draw(st.integers(0, len(text) - 1))
        scope = Span(start, data.draw(st.integers(start + 1, len(text))))
        nth = data.draw(st.none() | st.integers(1, 4))
    expected = occurrences(words, text, scope)
    passage, count = find_words(words, text, [scope], nth)
    assert count == len(expected)
    if nth is None:
        assert (passage is not None) == (len(expected) == 1)
    else:
        assert (passage is not None) == (nth <= len(expected))
    if passage is not None:
        assert passage.span.start == expected[(nth or 1) - 1]
        assert passage.span.cut(text) == passage.text == words
        assert scope.covers(passage.span)


def test_scopes_are_tried_in_order():
    text = "may be, may not, may"
    assert find_words("may", text, [Span(8, 15), Span(0, 20)])[0].span == Span(8, 11)
    assert find_words("may", text, [Span(4, 7), Span(0, 20)]) == (None, 3)
    assert find_words("may", text, [Span(8, 15), Span(0, 20)], nth=3)[0].span == Span(17, 20)
    assert find_words("might", text, [Span(8, 15), Span(0, 20)]) == (None, 0)
    assert find_words("may", text, []) == (None, 0)
