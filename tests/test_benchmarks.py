"""The harness that measures extraction: a wrong scorer would make every figure a lie."""

import doctest
import gzip
import importlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import extraction
from benchmarks.abstracts import measure_bc5cdr, measure_interactions, measure_proteins
from benchmarks.article import compare_claims
from benchmarks.context import is_said, measure_neuro
from benchmarks.corpora import Half, Row, document_key, half_of, read_corpus, to_row
from benchmarks.errors import ErrorKind, find_mistakes
from benchmarks.extractors import Echo, load_extractor
from benchmarks.labels import measure_labeledin, measure_roam, measure_spl
from benchmarks.metrics import (
    Counts,
    Figure,
    Mode,
    Triple,
    count,
    f1_figure,
    match,
    ratio_figure,
    triples_match,
)
from benchmarks.readings import Extractor, Reading, read_rows, to_document
from benchmarks.robustness import measure_raw
from benchmarks.safety import measure_ade, measure_phee
from benchmarks.tables import Line, Table, show_table, write_results
from claimgraph.documents import cut_text
from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Concept,
    Document,
    Mention,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    SectionKind,
    Span,
)

DRUG = Concept("the-drug", "the drug", Category.DRUG)


def triple(
    subject: tuple[int, int] | None, obj: tuple[int, int], relation: str = "causes", **more: bool
) -> Triple:
    return Triple(relation, None if subject is None else (Span(*subject),), (Span(*obj),), **more)


def claim(
    document: Document,
    subject: str | None,
    relation: Relation,
    obj: str,
    category: Category = Category.CONDITION,
    **more: Any,
) -> Claim:
    """Make a claim whose words are found in the text, in the sentence of its object."""

    def passage(words: str) -> Passage:
        start = document.text.index(words)
        return Passage(Span(start, start + len(words)), words)

    place = passage(obj)
    sentence = next(one for one in document.sentences if one.span.covers(place.span))
    if qualifiers := more.pop("qualified", ()):
        more["qualifiers"] = tuple(Qualifier(kind, passage(words)) for kind, words in qualifiers)
    if cue := more.pop("cued", None):
        more["cue"] = passage(cue)
    named = None if subject is None else passage(subject)
    name = re.sub(r"[^a-z0-9]+", "-", (subject or "the drug").lower())
    return Claim(
        text_id=document.id,
        sentence=sentence.number,
        quote=sentence.passage,
        subject=Mention(named, Concept(name, subject or "the drug", Category.DRUG)),
        relation=relation,
        object=Mention(place, Concept(obj.lower().replace(" ", "-"), obj, category)),
        type=more.pop("type", ClaimType.BACKGROUND),
        **more,
    )


class Stub:
    """Says what it is told about each text."""

    def __init__(self, **claims: Any) -> None:
        self.claims = claims

    def extract(self, document: Document) -> Iterable[Claim]:
        return [
            claim(document, *args[:3], **(args[3] if len(args) > 3 else {}))
            for args in self.claims.get(document.citation.title, ())
        ]


def row(corpus: str, name: str, text: str, *relations: dict[str, Any], **more: Any) -> Row:
    return to_row(corpus, {"id": name, "text": text, "relations": list(relations), **more})


def gold(text: str, subject: str | None, name: str, obj: str, **more: Any) -> dict[str, Any]:
    """Mark a relation between words of a text."""

    def span(words: str | None) -> list[int] | None:
        if words is None or words not in text:
            return None
        return [text.index(words), text.index(words) + len(words)]

    return {
        "subj": subject,
        "pred": name,
        "obj": obj,
        "subj_span": span(subject),
        "obj_span": span(obj),
        **more,
    }


def name_in(half: Half) -> str:
    return next(str(n) for n in range(100) if half_of(str(n)) is half)


def read(rows: list[Row], extractor: Extractor, *, gated: bool = True) -> list[Reading]:
    readings = read_rows(rows, extractor, gated=gated)
    assert [one.failure for one in readings] == [None] * len(rows)
    return readings


def line(table: Table, name: str) -> Line:
    return next(one for one in table.lines if one.name == name)


def written(table: Table, name: str) -> float | None:
    return line(table, name).written_on.value


WRITTEN, HELD = name_in(Half.WRITTEN_ON), name_in(Half.HELD_BACK)


class TestMatching:
    def test_strict_wants_both_places_exact_and_relaxed_any_overlap(self):
        marked, found = triple((0, 5), (10, 20)), triple((0, 5), (12, 25))
        assert count([marked], [found], Mode.STRICT) == Counts(0, 1, 1)
        assert count([marked], [found], Mode.RELAXED) == Counts(1, 0, 0)

    def test_places_that_only_touch_do_not_overlap(self):
        assert (
            count([triple((0, 5), (10, 20))], [triple((0, 5), (20, 25))], Mode.RELAXED).right == 0
        )

    def test_one_side_is_not_enough(self):
        assert (
            count([triple((0, 5), (10, 20))], [triple((6, 9), (10, 20))], Mode.RELAXED).right == 0
        )

    def test_another_relation_is_wrong_at_the_same_place(self):
        found = triple((0, 5), (10, 20), "treats")
        assert count([triple((0, 5), (10, 20))], [found], Mode.RELAXED) == Counts(0, 1, 1)

    def test_one_prediction_matches_one_gold_relation_at_most(self):
        marked = [triple((0, 5), (10, 14)), triple((0, 5), (16, 20))]
        assert count(marked, [triple((0, 5), (10, 20))], Mode.RELAXED) == Counts(1, 0, 1)
        assert count([triple((0, 5), (10, 20))], marked, Mode.RELAXED) == Counts(1, 1, 0)

    def test_repetitions_count_once_on_both_sides(self):
        one = triple((0, 5), (10, 20))
        assert count([one, one], [one, one, one], Mode.STRICT) == Counts(1, 0, 0)

    def test_a_greedy_choice_is_undone_where_that_makes_room(self):
        # The long prediction agrees best with the long gold place, but only it reaches the other.
        marked = [triple(None, (0, 10)), triple(None, (10, 12))]
        found = [triple(None, (0, 12)), triple(None, (0, 2))]
        assert match(marked, found, Mode.RELAXED) == [(0, 1), (1, 0)]

    def test_exact_pairs_are_made_first(self):
        marked = [triple(None, (0, 4)), triple(None, (0, 10))]
        found = [triple(None, (0, 10)), triple(None, (0, 4))]
        assert match(marked, found, Mode.RELAXED) == [(0, 1), (1, 0)]

    def test_an_unnamed_subject_matches_only_an_unnamed_one(self):
        unnamed, named = triple(None, (3, 8)), triple((0, 2), (3, 8))
        assert triples_match(unnamed, unnamed, Mode.STRICT)
        assert not triples_match(unnamed, named, Mode.RELAXED)
        assert not triples_match(named, unnamed, Mode.RELAXED)

    def test_polarity_counts_unless_it_is_what_is_judged(self):
        marked, found = triple(None, (3, 8), negated=True), triple(None, (3, 8))
        assert not triples_match(marked, found, Mode.RELAXED)
        assert triples_match(marked, found, Mode.RELAXED, any_polarity=True)

    def test_a_symmetric_relation_matches_either_way_round(self):
        found = triple((10, 20), (0, 5))
        assert triples_match(triple((0, 5), (10, 20), symmetric=True), found, Mode.STRICT)
        assert not triples_match(triple((0, 5), (10, 20)), found, Mode.RELAXED)

    def test_a_broken_mention_is_matched_exactly_by_the_stretch_it_spans(self):
        broken = Triple("causes", None, (Span(0, 4), Span(10, 14)))
        assert count([broken], [triple(None, (0, 14))], Mode.STRICT).right == 1
        assert count([broken], [triple(None, (5, 9))], Mode.RELAXED).right == 0

    def test_a_gold_relation_without_a_place_cannot_be_found(self):
        nowhere = Triple("causes", None, ())
        assert count([nowhere], [triple(None, (0, 4))], Mode.RELAXED) == Counts(0, 1, 1)

    @given(
        st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), max_size=8),
        st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), max_size=8),
    )
    def test_the_matching_is_one_to_one_and_as_large_as_networkx_finds(self, golds, found):
        marked = [triple(None, (start, start + size)) for start, size in golds]
        made = [triple(None, (start, start + size)) for start, size in found]
        pairs = match(marked, made, Mode.RELAXED)
        assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
        graph = nx.Graph()
        left = [("gold", number) for number in range(len(marked))]
        graph.add_nodes_from(left)
        for g, one in enumerate(marked):
            for f, other in enumerate(made):
                if triples_match(one, other, Mode.RELAXED):
                    graph.add_edge(("gold", g), ("found", f))
        assert len(pairs) == len(nx.bipartite.maximum_matching(graph, left)) // 2
        reverse = count(made, marked, Mode.RELAXED)
        assert count(marked, made, Mode.RELAXED).right == reverse.right


class TestFigures:
    def test_micro_f1_adds_up_documents_before_it_divides(self):
        figure = f1_figure([Counts(1, 0, 0), Counts(1, 2, 4)])
        assert figure.value == pytest.approx(2 * 2 / (2 * 2 + 2 + 4))
        assert figure.detail == "P .500 R .333, n 6"

    def test_nothing_to_find_and_nothing_found_is_no_figure(self):
        assert f1_figure([Counts()]).value is None
        assert f1_figure([]) == Figure(None, None, None, "P – R –, n 0")

    def test_the_interval_is_over_documents_and_always_the_same(self):
        documents = [Counts(1, 0, 0)] * 20 + [Counts(0, 1, 1)] * 20
        first = f1_figure(documents)
        assert first == f1_figure(documents)
        assert first.low is not None
        assert first.high is not None
        assert 0.3 < first.low < 0.5 < first.high < 0.7

    def test_one_large_document_makes_the_interval_wide(self):
        even = f1_figure([Counts(1, 1, 1)] * 40)
        assert (even.low, even.high) == (0.5, 0.5)
        uneven = f1_figure([Counts(20, 0, 0), Counts(0, 20, 20)])
        assert (uneven.low, uneven.high) == (0.0, 1.0)

    def test_a_rate_counts_per_thousand(self):
        assert ratio_figure([(1, 100), (2, 100)], scale=1000).value == 15.0


class TestErrors:
    def kinds(self, *args: Any, **more: Any) -> list[ErrorKind]:
        return [one.kind for one in find_mistakes(*args, **more)]

    def test_a_relaxed_match_that_is_not_exact_is_a_wrong_boundary(self):
        marked, found = triple((0, 5), (10, 20)), triple((0, 5), (14, 20))
        assert self.kinds([marked], [found]) == [ErrorKind.WRONG_BOUNDARY]
        assert self.kinds([marked], [marked]) == []

    def test_the_right_places_with_another_relation_or_polarity(self):
        marked = triple((0, 5), (10, 20))
        other = triple((0, 5), (10, 20), "treats")
        denied = triple((0, 5), (10, 20), negated=True)
        assert self.kinds([marked], [other]) == [ErrorKind.WRONG_RELATION]
        assert self.kinds([marked], [], others=[other]) == [ErrorKind.WRONG_RELATION]
        assert self.kinds([marked], [], others=[denied]) == [ErrorKind.WRONG_POLARITY]

    def test_a_missed_mention_is_told_from_a_missed_relation(self):
        marked = triple((0, 5), (10, 20))
        half = [(Span(0, 5),)]
        assert self.kinds([marked], [], mentions=half) == [ErrorKind.MISSED_MENTION]
        both = [*half, (Span(10, 20),)]
        assert self.kinds([marked], [], mentions=both) == [ErrorKind.MISSED_RELATION]

    def test_what_explains_nothing_is_spurious(self):
        found = triple((30, 35), (40, 44))
        assert self.kinds([triple((0, 5), (10, 20))], [found]) == [
            ErrorKind.MISSED_MENTION,
            ErrorKind.SPURIOUS,
        ]


class TestCorpora:
    def test_the_halves_are_about_equal(self):
        first = sum(half_of(str(n)) is Half.WRITTEN_ON for n in range(1000))
        assert 440 < first < 560

    @pytest.mark.parametrize(
        ("corpus", "fields", "key"),
        [
            ("ade_v2", {"id": "ADE-1-0", "pmid": "1"}, "1"),
            ("phee", {"id": "8908396_3"}, "8908396"),
            ("spl_adr_onsides", {"id": "ADCETRIS/boxed warnings"}, "ADCETRIS"),
            ("ddi2013", {"id": "DDI-DrugBank.d436.s0"}, "DDI-DrugBank.d436"),
            ("bioscope", {"id": "abstracts-91094881-S2.1"}, "abstracts-91094881"),
            ("labeledin", {"id": "10004|9c98"}, "10004|9c98"),
        ],
    )
    def test_sentences_of_one_document_share_a_key(self, corpus, fields, key):
        assert document_key(corpus, fields) == key

    def test_a_broken_line_is_named(self, tmp_path):
        path = tmp_path / "labeledin.dev.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write('{"id": "1", "text": "t", "relations": []}\n{"id": "2"}\n')
        with pytest.raises(ValueError, match=r"labeledin\.dev\.jsonl\.gz:2: .*text"):
            list(read_corpus(path))

    def test_broken_mentions_keep_all_their_parts(self):
        marked = {
            "subj": "a",
            "pred": "int",
            "obj": "b c",
            "subj_span": [0, 1],
            "obj_span": [2, 3],
            "subj_spans": [[0, 1]],
            "obj_spans": [[2, 3], [6, 7]],
            "symmetric": True,
        }
        (relation,) = row("ddi2013", "D.d1.s0", "a b x c", marked).relations
        assert relation.object_spans == (Span(2, 3), Span(6, 7))


class TestDocuments:
    def test_a_label_section_has_its_drug_and_its_kind(self):
        one = row("spl_adr_onsides", "ADCETRIS/boxed warnings", "Death occurred.", label="ADCETRIS")
        document = to_document(one)
        assert document.drug == "ADCETRIS"
        assert {section.kind for section in document.sections} == {SectionKind.BOXED_WARNING}

    def test_a_sentence_of_a_case_report_has_no_drug(self):
        assert to_document(row("phee", "1_1", "Fever occurred.")).drug is None

    def test_nothing_in_the_text_changes(self):
        text = " \n Anxiety\n Alprazolam is indicated for anxiety. \n\n |0A|"
        assert to_document(row("labeledin", "1", text)).text == text

    def test_claims_that_the_gate_rejects_are_counted_not_scored(self):
        text = "Aspirin caused rash."
        one = row("ade_v2", WRITTEN, text, gold(text, "Aspirin", "causes_ae", "rash"), pmid=WRITTEN)
        hedged = {"certainty": Certainty.POSSIBLE}  # without a cue
        stub = Stub(**{WRITTEN: [("Aspirin", Relation.HAS_ADVERSE_EFFECT, "rash", hedged)]})
        (reading,) = read([one], stub)
        assert not reading.claims
        assert len(reading.rejections) == 1
        (reading,) = read([one], stub, gated=False)
        assert len(reading.claims) == 1

    def test_a_crash_is_kept_and_the_run_goes_on(self):
        class Broken:
            def extract(self, document: Document) -> Iterable[Claim]:
                raise RuntimeError(document.id)

        readings = read_rows([row("dailymed_indications", "1", "Text.")], Broken())
        assert "RuntimeError: dailymed-indications-1" in (readings[0].failure or "")
        table = measure_raw(readings)
        figures = [line(table, "texts without a crash").written_on]
        figures += [line(table, "texts without a crash").held_back or Figure(None)]
        assert sorted(str(one.value) for one in figures) == ["0.0", "None"]
        assert any("RuntimeError" in note for note in table.notes)


class TestLabels:
    def test_subjects_are_left_out_of_account(self):
        text = "Aspirin and ibuprofen relieve pain."
        one = row("labeledin", WRITTEN, text, gold(text, None, "treats", "pain"))
        said = [("Aspirin", Relation.TREATS, "pain"), ("ibuprofen", Relation.PREVENTS, "pain")]
        table = measure_labeledin(read([one], Stub(**{WRITTEN: said})))
        assert written(table, "strict F1") == 1.0

    def test_an_unnamed_drug_is_found_as_well(self):
        text = "For relief of pain."
        one = row("labeledin", WRITTEN, text, gold(text, None, "treats", "pain"))
        table = measure_labeledin(read([one], Stub(**{WRITTEN: [(None, Relation.TREATS, "pain")]})))
        assert written(table, "relaxed F1") == 1.0
        assert line(table, "relaxed F1").held_back == Figure(None, None, None, "P – R –, n 0")

    def test_roam_counts_claims_on_unrelated_spans_and_denials_do_not_treat(self):
        text = "For pain in flu, relieves ache, not for gout."
        marked = [
            gold(text, None, "TREATS", "pain"),
            gold(text, None, "UNRELATED", "flu"),
            gold(text, None, "TREATS_OUTCOMES", "ache"),
            gold(text, None, "NOT_RECOMMENDED", "gout"),
        ]
        denied = {
            "polarity": Polarity.NEGATED,
            "qualified": [(QualifierType.NEGATION, "not")],
        }
        said = [
            (None, Relation.TREATS, "pain"),
            (None, Relation.TREATS, "flu"),
            (None, Relation.TREATS, "ache"),
            (None, Relation.TREATS, "gout", denied),
        ]
        readings = read([row("roam_drug_disease", WRITTEN, text, *marked)], Stub(**{WRITTEN: said}))
        table = measure_roam(readings)
        assert line(table, "3 classes, relaxed F1").written_on.detail == "P .333 R 1.000, n 1"
        near = line(table, "3 classes, relaxed F1, near classes left out").written_on
        assert near.detail == "P .500 R 1.000, n 1"
        assert line(table, "PREVENTS, relaxed F1").written_on.value is None

    def test_roam_counts_claims_in_one_mark_once_only_where_it_says_so(self):
        text = "For pain, ache and fever in flu."
        marked = [gold(text, None, "TREATS", "pain, ache and fever")]
        said = [(None, Relation.TREATS, words) for words in ("pain", "ache", "fever", "flu")]
        readings = read([row("roam_drug_disease", WRITTEN, text, *marked)], Stub(**{WRITTEN: said}))
        table = measure_roam(readings)
        assert line(table, "3 classes, relaxed F1").written_on.detail == "P .250 R 1.000, n 1"
        once = line(table, "3 classes, relaxed F1, claims in one mark count once").written_on
        assert once.detail == "P .500 R 1.000, n 1"

    def test_roam_compares_annotations_of_the_same_words(self):
        first, second = "For pain and fever.", "For  PAIN, and fever"
        other = next(
            name for name in (f"other-{n}" for n in range(99)) if half_of(name) is half_of(WRITTEN)
        )
        rows = [
            row(
                "roam_drug_disease",
                WRITTEN,
                first,
                gold(first, None, "TREATS", "pain"),
                gold(first, None, "TREATS", "fever"),
            ),
            row("roam_drug_disease", other, second, gold(second, None, "TREATS", "PAIN")),
        ]
        table = measure_roam(read(rows, Stub()))
        agreed = line(table, "agreement of two annotations of the same words").written_on
        assert agreed.detail == "P 1.000 R .500, n 2"

    def test_spl_compares_the_strings_of_a_whole_label(self):
        label = next(f"L{n}" for n in range(99) if half_of(f"L{n}") is Half.WRITTEN_ON)
        first, second = "Liver  Failure occurred.", "Rash and liver failure."
        rows = [
            row(
                "spl_adr_onsides",
                f"{label}/adverse reactions",
                first,
                {**gold(first, None, "causes_ae", "Liver  Failure"), "obj": "liver failure"},
                label=label,
            ),
            row(
                "spl_adr_onsides",
                f"{label}/boxed warnings",
                second,
                gold(second, None, "causes_ae", "Rash"),
                gold(second, None, "causes_ae", "itching"),
                label=label,
            ),
        ]
        said = {
            f"{label}/adverse reactions": [(None, Relation.HAS_ADVERSE_EFFECT, "Liver  Failure")],
            f"{label}/boxed warnings": [(None, Relation.HAS_ADVERSE_EFFECT, "liver failure")],
        }
        table = measure_spl(read(rows, Stub(**said)))
        figure = line(table, "unique strings per label, F1").written_on
        assert figure.detail == "P 1.000 R .333, n 3"
        assert [one.gold for one in table.examples] == ["itching", "rash"]


class TestSafety:
    def test_ade_counts_false_claims_on_negative_sentences(self):
        text, negative = "Aspirin caused rash.", "Aspirin for rash was given."
        rows = [
            row("ade_v2", "A", text, gold(text, "Aspirin", "causes_ae", "rash"), pmid=WRITTEN),
            row("ade_v2", "N", negative, pmid=WRITTEN, neg=True),
            row("ade_v2", "M", negative, pmid=WRITTEN, neg=True),
        ]
        said = ("Aspirin", Relation.HAS_ADVERSE_EFFECT, "rash")
        table = measure_ade(read(rows, Stub(A=[said], N=[said], M=[])))
        assert written(table, "causes_ae, sentences with a claim, strict F1") == 1.0
        assert line(table, "causes_ae, all sentences, strict F1").written_on.detail == (
            "P .500 R 1.000, n 1"
        )
        assert written(table, "false causes_ae claims on negative sentences") == 500.0

    def test_a_denied_effect_is_no_effect_and_its_error_says_so(self):
        text = "Aspirin did not cause rash."
        one = row("ade_v2", "A", text, gold(text, "Aspirin", "causes_ae", "rash"), pmid=WRITTEN)
        denied = {"polarity": Polarity.NEGATED, "qualified": [(QualifierType.NEGATION, "not")]}
        said = [("Aspirin", Relation.HAS_ADVERSE_EFFECT, "rash", denied)]
        table = measure_ade(read([one], Stub(A=said)))
        assert written(table, "causes_ae, all sentences, relaxed F1") == 0.0
        assert [one.kind for one in table.examples] == [ErrorKind.WRONG_POLARITY]

    def test_errors_of_the_half_held_back_are_never_shown(self):
        text = "Aspirin caused rash."
        one = row("ade_v2", "A", text, gold(text, "Aspirin", "causes_ae", "rash"), pmid=HELD)
        table = measure_ade(read([one], Stub()))
        held = line(table, "causes_ae, all sentences, relaxed F1").held_back
        assert held is not None
        assert held.value == 0.0
        assert table.examples == ()

    def test_one_condition_leading_to_another_is_no_effect_of_a_drug(self):
        text = "Epilepsy led to death."

        class Says:
            def extract(self, document: Document) -> Iterable[Claim]:
                for category in (Category.CONDITION, Category.EXPOSURE):
                    made = claim(document, "Epilepsy", Relation.LEADS_TO, "death")
                    concept = Concept("epilepsy", "epilepsy", category)
                    yield Claim(
                        text_id=made.text_id,
                        sentence=made.sentence,
                        quote=made.quote,
                        subject=Mention(made.subject.passage, concept),
                        relation=made.relation,
                        object=made.object,
                        type=(
                            ClaimType.RISK if category is Category.EXPOSURE else ClaimType.OUTLOOK
                        ),
                    )

        table = measure_ade(read([row("ade_v2", "A", text, pmid=WRITTEN, neg=True)], Says()))
        assert written(table, "false causes_ae claims on negative sentences") == 1000.0

    def test_phee_judges_polarity_on_matched_relations(self):
        text = "Aspirin may cause rash but no fever, ibuprofen no cough."
        marked = [
            gold(text, "Aspirin", "causes_ae", "rash", negated=False, speculated=True),
            gold(text, "Aspirin", "causes_ae", "fever", negated=True, speculated=False),
            gold(text, "ibuprofen", "causes_ae", "cough", negated=True, speculated=False),
        ]
        hedged = {"certainty": Certainty.POSSIBLE, "cued": "may"}
        denied = {"polarity": Polarity.NEGATED, "qualified": [(QualifierType.NEGATION, "no")]}
        said = [
            ("Aspirin", Relation.HAS_ADVERSE_EFFECT, "rash", hedged),
            ("Aspirin", Relation.HAS_ADVERSE_EFFECT, "fever", denied),
            ("ibuprofen", Relation.HAS_ADVERSE_EFFECT, "cough"),
        ]
        name = f"{WRITTEN}_1"
        table = measure_phee(read([row("phee", name, text, *marked)], Stub(**{name: said})))
        assert line(table, "causes_ae, strict F1").written_on.detail == "P .667 R .667, n 3"
        assert written(table, "negated, recall on matched relations") == 0.5
        assert written(table, "negated, F1 on matched relations") == pytest.approx(2 / 3)
        assert written(table, "speculated, F1 on matched relations") == 1.0

    def test_phee_recall_of_denials_on_matched_and_on_all(self):
        text = "Aspirin caused no fever and no rash."
        marked = [
            gold(text, "Aspirin", "causes_ae", one, negated=True, speculated=False)
            for one in ("fever", "rash")
        ]
        denied = {"polarity": Polarity.NEGATED, "qualified": [(QualifierType.NEGATION, "no")]}
        said = [("Aspirin", Relation.HAS_ADVERSE_EFFECT, "rash", denied)]
        name = f"{WRITTEN}_1"
        table = measure_phee(read([row("phee", name, text, *marked)], Stub(**{name: said})))
        assert written(table, "negated, recall on matched relations") == 1.0
        assert written(table, "negated, recall on all relations") == 0.5

    def test_a_dose_counts_as_claim_and_as_qualifier(self):
        text = "Aspirin 50 mg caused rash."
        marked = gold(text, "Aspirin", "has_dose", "50 mg")
        dosed = {"qualified": [(QualifierType.DOSE, "50 mg")]}
        said = [("Aspirin", Relation.HAS_ADVERSE_EFFECT, "rash", dosed)]
        name = f"{WRITTEN}_1"
        table = measure_phee(read([row("phee", name, text, marked)], Stub(**{name: said})))
        assert written(table, "has_dose, relaxed F1") == 1.0


class TestAbstracts:
    TEXT = "Captopril caused renal failure. CPT also caused kidney failure and cough."

    def cdr(self, *said: tuple[Any, ...]) -> Table:
        text = self.TEXT

        def entity(words: str, kind: str, id: str) -> dict[str, Any]:
            start = text.index(words)
            return {"span": [start, start + len(words)], "text": words, "type": kind, "id": id}

        marked = gold(text, "Captopril", "CID", "renal failure", subj_id="C1", obj_id="D1")
        entities = [
            entity("Captopril", "Chemical", "C1"),
            entity("CPT", "Chemical", "C1"),
            entity("renal failure", "Disease", "D1"),
            entity("kidney failure", "Disease", "D1|D2"),
            entity("cough", "Disease", "D3"),
        ]
        one = row("bc5cdr", WRITTEN, text, marked, entities=entities)
        return measure_bc5cdr(read([one], Stub(**{WRITTEN: said})))

    def test_a_pair_counts_once_whatever_mentions_name_it(self):
        cause = Relation.HAS_ADVERSE_EFFECT
        table = self.cdr(("Captopril", cause, "renal failure"), ("CPT", cause, "kidney failure"))
        assert line(table, "pairs of a document, by strings, F1").written_on.detail == (
            "P 1.000 R 1.000, n 1"
        )

    def test_a_pair_that_is_not_marked_is_wrong(self):
        table = self.cdr(("CPT", Relation.HAS_ADVERSE_EFFECT, "cough"))
        assert line(table, "pairs of a document, by strings, F1").written_on.detail == (
            "P .000 R .000, n 1"
        )

    def test_other_words_in_the_right_place_count_by_place_only(self):
        table = self.cdr(("Captopril", Relation.HAS_ADVERSE_EFFECT, "failure"))
        assert written(table, "pairs of a document, by strings, F1") == 0.0
        assert written(table, "pairs of a document, by places, F1") == 1.0
        kinds = [one.kind for one in table.examples]
        assert kinds == [ErrorKind.WRONG_BOUNDARY, ErrorKind.SPURIOUS]

    def test_an_interaction_has_no_direction(self):
        text = "Warfarin interacts with aspirin."
        marked = gold(text, "Warfarin", "effect", "aspirin", symmetric=True)
        marked |= {"subj_spans": [marked["subj_span"]], "obj_spans": [marked["obj_span"]]}
        key = next(f"D.d{n}" for n in range(99) if half_of(f"D.d{n}") is Half.WRITTEN_ON)
        name = f"{key}.s0"
        drug = {"category": Category.DRUG}
        said = {name: [("aspirin", Relation.INTERACTS_WITH, "Warfarin", drug)]}
        table = measure_interactions(read([row("ddi2013", name, text, marked)], Stub(**said)))
        assert written(table, "interactsWith, strict F1") == 1.0

    def test_what_a_drug_does_to_a_protein_is_told_apart(self):
        text = "Aspirin inhibits COX1 and binds COX2."
        marked = [
            gold(text, "Aspirin", "CPR:4", "COX1", evaluated=True),
            gold(text, "Aspirin", "CPR:2", "COX2", evaluated=False),
        ]
        target = {"category": Category.TARGET}
        said = [
            ("Aspirin", Relation.INCREASES, "COX1", target),
            ("Aspirin", Relation.BINDS_TO, "COX2", target),
        ]
        one = row("chemprot", WRITTEN, text, *marked)
        table = measure_proteins(read([one], Stub(**{WRITTEN: said})))
        assert written(table, "increases or decreases, relaxed F1") == 0.0
        assert line(table, "acts on at all, relaxed F1").written_on.detail == "P 1.000 R 1.000, n 1"


class TestContext:
    TEXT = "Zonegran is indicated for partial seizures in adults who failed other drugs."

    def neuro(self, **more: Any) -> Table:
        text = self.TEXT
        conditions = {
            "hasAgeGroup": ["adults", "2020-03-12 00:00:00"],
            "responseStatus": ["treatment resistant", "treatment_resistant"],
        }
        marked = gold(text, "Zonegran", "indication", "Partial Seizures", conditions=conditions)
        one = row("neuro_dkg", WRITTEN, text, marked, quotes=[text, text[:40]])
        said = [("Zonegran", Relation.TREATS, "partial seizures", more)]
        return measure_neuro(read([one], Stub(**{WRITTEN: said})))

    NAME = "contexts that state conditions: indication and all of them found"

    def test_a_context_is_found_with_all_conditions_that_the_text_states(self):
        adults = (QualifierType.POPULATION, "in adults")
        failed = (QualifierType.CONDITION, "who failed other drugs")
        table = self.neuro(qualified=[adults, failed])
        assert line(table, "stated conditions found").written_on.detail == "2 of 2"
        assert written(table, self.NAME) == 1.0

    def test_a_condition_that_no_qualifier_holds_is_missing(self):
        table = self.neuro(qualified=[(QualifierType.POPULATION, "in adults")])
        assert written(table, self.NAME) == 0.0
        assert written(table, "the same: indication and at least half of them found") == 1.0
        assert [one.gold for one in table.examples] == ["treatment resistant"]

    def test_ages_that_a_spreadsheet_took_for_dates_are_read_back(self):
        assert is_said("2020-03-12 00:00:00", "pediatric patients age 3 to 12 years")
        assert not is_said("2020-03-12 00:00:00", "patients of 12 years")
        assert is_said("2.0", "patients 2 years of age and older")


class TestArticle:
    def test_found_claims_are_compared_with_reviewed_ones(self):
        text = "Clonazepam treats seizures. It causes drowsiness and ataxia."
        document = cut_text(text, id="one", citation=Citation("one"))
        effect = {"type": ClaimType.ADVERSE_EFFECT}
        reviewed = [
            claim(document, "Clonazepam", Relation.TREATS, "seizures", type=ClaimType.INDICATION),
            claim(document, "It", Relation.HAS_ADVERSE_EFFECT, "drowsiness", **effect),
            claim(document, "It", Relation.HAS_ADVERSE_EFFECT, "ataxia", **effect),
        ]
        found = [
            claim(document, "Clonazepam", Relation.TREATS, "seizures", type=ClaimType.INDICATION),
            claim(document, "It", Relation.HAS_ADVERSE_EFFECT, "drowsiness and ataxia", **effect),
            claim(document, "It", Relation.TREATS, "ataxia", type=ClaimType.INDICATION),
        ]
        table = compare_claims(reviewed, found, document)
        assert written(table, "reviewed claims found") == pytest.approx(2 / 3)
        assert written(table, "precision") == pytest.approx(2 / 3)
        assert line(table, "adverse-effect claims found").written_on.detail == "1 of 2"


class TestEcho:
    def test_the_gold_itself_scores_one_and_the_floor_does_not(self):
        text = "Aspirin caused rash and Warfarin caused bleeding."
        marked = [
            gold(text, "Aspirin", "causes_ae", "rash"),
            gold(text, "Warfarin", "causes_ae", "bleeding"),
        ]
        rows = [row("ade_v2", "A", text, *marked, pmid=WRITTEN)]
        table = measure_ade(read(rows, Echo(rows)))
        assert written(table, "causes_ae, all sentences, strict F1") == 1.0
        table = measure_ade(read(rows, Echo(rows, always_treats=True)))
        assert written(table, "causes_ae, all sentences, strict F1") == 0.0

    def test_an_unknown_extractor_is_named_with_what_there_is(self):
        with pytest.raises(ValueError, match=r"no extractor 'nonsense'.*rules, gold, treats"):
            load_extractor("nonsense")


class TestCommand:
    @pytest.fixture
    def corpora(self, tmp_path):
        text = "For relief of pain."
        one = {"id": WRITTEN, "text": text, "relations": [gold(text, None, "treats", "pain")]}
        with gzip.open(tmp_path / "labeledin.dev.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(one) + "\n")
        return tmp_path

    def test_prints_a_table_for_each_corpus_that_is_there(self, corpora, capsys):
        names = ["--corpus", "labeledin", "--corpus", "phee"]
        assert extraction.main([str(corpora), "--extractor", "gold", *names]) == 0
        out = capsys.readouterr().out
        assert "| relaxed F1 | 1.000 [1.000–1.000] P 1.000 R 1.000, n 1 |" in out
        assert "PHEE" not in out

    def test_says_what_is_missing(self, corpora, tmp_path, capsys):
        assert extraction.main([str(tmp_path / "nowhere")]) == 2
        assert "no such folder" in capsys.readouterr().out
        assert extraction.main([str(corpora), "--corpus", "phee"]) == 2
        assert "holds none of the corpora asked for: phee" in capsys.readouterr().out
        assert extraction.main([str(corpora), "--extractor", "nonsense"]) == 2
        assert "no extractor 'nonsense'" in capsys.readouterr().out

    def test_writes_tables_but_no_annotated_text_into_the_readme(
        self, corpora, tmp_path, monkeypatch, capsys
    ):
        readme = tmp_path / "README.md"
        readme.write_text("before\n<!-- results -->\nold\n<!-- /results -->\nafter\n", "utf-8")
        monkeypatch.setattr(extraction, "README", readme)
        stub = "tests.test_benchmarks:Stub"
        monkeypatch.setattr(extraction, "load_extractor", lambda *_: Stub())
        arguments = [str(corpora), "--corpus", "labeledin", "--extractor", stub, "--write"]
        assert extraction.main(arguments) == 0
        assert "text   For relief of pain." in capsys.readouterr().out
        written_text = readme.read_text("utf-8")
        assert "### LabeledIn: indications" in written_text
        assert "missed mention 1" in written_text
        assert "relief" not in written_text
        assert "old" not in written_text
        assert written_text.startswith("before\n")
        assert written_text.endswith("after\n")

    def test_a_readme_without_a_place_for_results_is_refused(self, tmp_path):
        readme = tmp_path / "README.md"
        readme.write_text("nothing\n", "utf-8")
        with pytest.raises(ValueError, match="has no <!-- results -->"):
            write_results(readme, [])


def test_a_cell_cannot_break_the_table():
    table = Table("t", (Line("a | b", Figure(0.5)),))
    assert r"| a \| b | .500 |  |" in show_table(table)


@pytest.mark.parametrize("name", ["abstracts", "context", "corpora", "labels", "metrics", "tables"])
def test_the_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(f"benchmarks.{name}")).failed == 0


def test_the_readme_has_a_place_for_results():
    readme = Path(extraction.__file__).with_name("README.md").read_text("utf-8")
    assert readme.count("<!-- results -->") == readme.count("<!-- /results -->") == 1
