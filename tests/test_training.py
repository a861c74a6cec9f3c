"""What training makes of annotated corpora; the sentences here are made up."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from benchmarks.corpora import Half, half_of
from claimgraph.extract.learned.labels import ANSWERS, Layer, Pairing
from claimgraph.extract.learned.network import SHIPPED, TOKENIZER
from claimgraph.extract.learned.pieces import LAYERS, Cutter
from claimgraph.model import SectionKind, Span
from training.choice import SHARES, choose
from training.data import TEACHERS, Example, fold_of, read_examples
from training.encode import LONGEST, UNKNOWN, encode

MEASURE_ONLY = {"ade_v2", "ddi2013", "eu_adr"}


def place(text: str, words: str | None) -> list[int] | None:
    return None if words is None else [text.index(words), text.index(words) + len(words)]


def related(text: str, subject: str | None, name: str, obj: str, **more: Any) -> dict[str, Any]:
    return {
        "subj": subject,
        "pred": name,
        "obj": obj,
        "subj_span": place(text, subject),
        "obj_span": place(text, obj),
        **more,
    }


def named(text: str, kind: str, words: str, key: str = "") -> dict[str, Any]:
    return {"type": kind, "text": words, "span": place(text, words), "id": key or words}


def read(folder: Path, corpus: str, *rows: dict[str, Any]) -> list[Example]:
    with gzip.open(folder / f"{corpus}.dev.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return list(read_examples(folder, [corpus]))


def words(example: Example, layer: Layer) -> list[str]:
    return [span.cut(example.text) for span in example.layers[layer]]


def answers(example: Example, question: Pairing) -> dict[tuple[str, str], str]:
    return {
        (first.cut(example.text), second.cut(example.text)): answer
        for (first, second), answer in example.pairs[question].items()
    }


# ── Corpora ─────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_learned_from_corpora_that_may_only_be_measured_on() -> None:
    assert not MEASURE_ONLY & set(TEACHERS)
    assert set(SHARES) == set(TEACHERS)


def test_case_reports_teach_whom_they_blame_and_how_surely(tmp_path: Path) -> None:
    text = "Hives were caused by ampicillin, given for otitis, and possibly by codeine."
    (example,) = read(
        tmp_path,
        "phee",
        {
            "id": "77_1",
            "text": text,
            "relations": [
                related(text, "ampicillin", "causes_ae", "Hives", negated=False),
                related(text, "codeine", "causes_ae", "Hives", speculated=True),
                related(text, "ampicillin", "given_for", "otitis"),
            ],
        },
    )
    assert example.key == "77"
    assert words(example, Layer.CULPRIT) == ["ampicillin", "codeine"]
    assert words(example, Layer.ADVERSE) == ["Hives"]
    assert words(example, Layer.TREATED) == ["otitis"]
    blamed = answers(example, Pairing.ADVERSE)
    assert blamed["ampicillin", "Hives"] == "affirmed"
    assert blamed["codeine", "Hives"] == "speculated"
    assert blamed["ampicillin", "otitis"] == "none"
    assert answers(example, Pairing.TREATS)["ampicillin", "otitis"] == "treats"


def test_a_denial_is_learned_as_a_denial(tmp_path: Path) -> None:
    text = "Codeine did not cause the rash."
    row = related(text, "Codeine", "causes_ae", "rash", negated=True)
    (example,) = read(tmp_path, "phee", {"id": "1_1", "text": text, "relations": [row]})
    assert answers(example, Pairing.ADVERSE) == {("Codeine", "rash"): "negated"}


def test_labels_teach_what_is_treated_prevented_and_forbidden(tmp_path: Path) -> None:
    text = "For gout and to prevent stroke; not to be used in asthma."
    relations = [
        related(text, None, "TREATS", "gout"),
        related(text, None, "PREVENTS", "stroke"),
        related(text, None, "CONTRAINDICATED_FOR", "asthma"),
    ]
    row = {"id": "S1", "text": text, "relations": relations}
    (example,) = read(tmp_path, "roam_drug_disease", row)
    assert words(example, Layer.TREATED) == ["gout"]
    assert words(example, Layer.PREVENTED) == ["stroke"]
    assert words(example, Layer.CONTRAINDICATED) == ["asthma"]
    assert Layer.DISEASE not in example.layers  # unknown, not absent


def test_indications_that_mix_treating_with_preventing_are_left_out(tmp_path: Path) -> None:
    text = "Indicated for gout. Indicated for the prevention of stroke."
    relations = [related(text, None, "TREATS", "gout"), related(text, None, "TREATS", "stroke")]
    found = read(tmp_path, "labeledin", {"id": "L1", "text": text, "relations": relations})
    assert [words(one, Layer.TREATED) for one in found] == [["gout"]]


def test_all_places_of_a_labels_reaction_are_marked(tmp_path: Path) -> None:
    text = "Nausea was common. Most nausea was mild."
    row = related(text, None, "causes_ae", "Nausea")
    found = read(
        tmp_path,
        "spl_adr_onsides",
        {"id": "X/1", "text": text, "relations": [row], "label": "x", "section": ""},
    )
    assert [words(one, Layer.ADVERSE) for one in found] == [["Nausea"], ["nausea"]]


def test_a_pair_is_innocent_only_if_the_whole_abstract_says_nothing_of_it(tmp_path: Path) -> None:
    text = "Lithium induced tremor. Lithium and tremor are short words; gout is one, too."
    second = text.index("Lithium", 5)
    entities = [
        named(text, "Chemical", "Lithium", "D1"),
        named(text, "Disease", "tremor", "D2"),
        named(text, "Disease", "gout", "D3"),
        {"type": "Chemical", "text": "Lithium", "span": [second, second + 7], "id": "D1"},
        {
            "type": "Disease",
            "text": "tremor",
            "span": [second + 12, second + 18],
            "id": "D2",
        },
    ]
    relation = related(text, "Lithium", "induces", "tremor", subj_id="D1", obj_id="D2")
    row = {"id": "9", "text": text, "relations": [relation], "entities": entities}
    first, other = read(tmp_path, "bc5cdr", row)
    assert answers(first, Pairing.ADVERSE) == {("Lithium", "tremor"): "affirmed"}
    # No word of blame: not known whether this sentence says it. Of gout it is.
    assert answers(other, Pairing.ADVERSE) == {("Lithium", "gout"): "none"}
    assert Layer.CULPRIT not in first.layers


@pytest.mark.parametrize(
    ("corpus", "name", "answer"),
    [
        ("chemprot", "CPR:4", "inhibits"),
        ("chemprot", "CPR:2", "none"),
        ("drugprot", "INHIBITOR", "inhibits"),
        ("drugprot", "AGONIST-ACTIVATOR", "agonist"),
        ("drugprot", "PART-OF", "none"),
    ],
)
def test_what_drugs_do_to_proteins_has_one_name_in_all_corpora(
    tmp_path: Path, corpus: str, name: str, answer: str
) -> None:
    text = "Imatinib acts on KIT."
    entities = [named(text, "CHEMICAL", "Imatinib"), named(text, "GENE-Y", "KIT")]
    relations = [related(text, "Imatinib", name, "KIT")]
    row = {"id": "5", "text": text, "relations": relations, "entities": entities}
    (example,) = read(tmp_path, corpus, row)
    assert answers(example, Pairing.TARGET) == {("Imatinib", "KIT"): answer}


def test_what_is_a_product_is_left_open(tmp_path: Path) -> None:
    text = "Estradiol is made by aromatase."
    entities = [named(text, "CHEMICAL", "Estradiol"), named(text, "GENE-Y", "aromatase")]
    relations = [related(text, "Estradiol", "PRODUCT-OF", "aromatase")]
    row = {"id": "5", "text": text, "relations": relations, "entities": entities}
    (example,) = read(tmp_path, "drugprot", row)
    assert example.pairs == {}


def test_a_missing_corpus_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="phee"):
        list(read_examples(tmp_path, ["phee"]))


def test_the_folds_are_the_halves_of_the_benchmarks() -> None:
    for key in map(str, range(50)):
        assert (fold_of(key, 2) == 0) == (half_of(key) is Half.WRITTEN_ON)


# ── Numbers ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(Tokenizer.from_file(str(SHIPPED / TOKENIZER)))


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret


class Sure(random.Random):
    """Chance that never strikes: no section and no piece is hidden."""

    def random(self) -> float:
        return 0.999


def example_of(
    text: str,
    layers: dict[Layer, Sequence[str]],
    pairs: dict[Pairing, dict[tuple[str, str], str]] | None = None,
) -> Example:
    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    return Example(
        "phee",
        "1",
        text,
        SectionKind.OTHER,
        {layer: tuple(map(span, parts)) for layer, parts in layers.items()},
        {
            question: {(span(one), span(two)): answer for (one, two), answer in known.items()}
            for question, known in (pairs or {}).items()
        },
    )


def test_pieces_of_a_span_are_marked_from_its_first_to_its_last(cutter: Cutter) -> None:
    text = "It caused severe agranulocytosis."
    encoded = encode(example_of(text, {Layer.ADVERSE: ["severe agranulocytosis"]}), cutter, Sure())
    cut = cutter.cut(text)
    start = len(cutter.before(SectionKind.OTHER))
    first, last = cut.of(text.index("severe"), text.index(".")) or (0, 0)
    column = encoded.tags[:, LAYERS.index(Layer.ADVERSE)]
    assert last > first + 1  # the long word has more than one piece
    assert column[start + first] == 1
    assert (column[start + first + 1 : start + last + 1] == 2).all()
    assert (column == 0).sum() == len(cut) - (last - first + 1)


def test_layers_that_are_not_known_and_what_frames_a_sentence_are_left_out(cutter: Cutter) -> None:
    encoded = encode(example_of("No harm.", {Layer.ADVERSE: []}), cutter, Sure())
    known = LAYERS.index(Layer.ADVERSE)
    others = [number for number in range(len(LAYERS)) if number != known]
    assert (encoded.tags[:, others] == UNKNOWN).all()
    start = len(cutter.before(SectionKind.OTHER))
    assert (encoded.tags[:start, known] == UNKNOWN).all()
    assert encoded.tags[-1, known] == UNKNOWN
    assert (encoded.tags[start:-1, known] == 0).all()


def test_pairs_point_at_the_pieces_of_their_spans(cutter: Cutter) -> None:
    pairs = {Pairing.ADVERSE: {("codeine", "rash"): "negated"}}
    encoded = encode(example_of("No rash came of codeine.", {}, pairs), cutter, Sure())
    (row,) = encoded.pairs.tolist()
    spoken = [cutter._tokenizer.decode(encoded.pieces[a : b + 1]) for a, b in (row[:2], row[2:4])]
    assert spoken == ["codeine", "rash"]
    assert row[4] == list(ANSWERS).index(Pairing.ADVERSE)
    assert ANSWERS[Pairing.ADVERSE][row[5]] == "negated"


def test_what_is_cut_off_is_not_asked_for(cutter: Cutter) -> None:
    text = "rash " + "and so on " * LONGEST + "codeine"
    pairs = {Pairing.ADVERSE: {("codeine", "rash"): "affirmed"}}
    layers = {Layer.CULPRIT: ["codeine"], Layer.ADVERSE: ["rash"]}
    encoded = encode(example_of(text, layers, pairs), cutter, Sure())
    assert len(encoded.pieces) == LONGEST
    assert len(encoded.pairs) == 0
    assert not (encoded.tags[:, LAYERS.index(Layer.CULPRIT)] == 1).any()
    assert (encoded.tags[:, LAYERS.index(Layer.ADVERSE)] == 1).sum() == 1


def test_the_same_seed_makes_the_same_numbers(cutter: Cutter) -> None:
    example = example_of("Codeine caused a rash. " * 9, {Layer.ADVERSE: ["rash"]})
    one, two, other = (encode(example, cutter, seeded(n)) for n in (1, 1, 2))
    assert np.array_equal(one.pieces, two.pieces)
    assert not np.array_equal(one.pieces, other.pieces)  # other pieces are hidden


def test_rare_answers_are_read_more_often() -> None:
    said = {
        answer: example_of("Codeine: rash.", {}, {Pairing.ADVERSE: {("Codeine", "rash"): answer}})
        for answer in ("affirmed", "negated", "none")
    }
    chosen = choose([one for one in said.values() for _ in range(100)], 1.0, seeded(0))
    often = {answer: chosen.count(one) for answer, one in said.items()}
    assert often["negated"] > often["affirmed"] > often["none"] > 0
