"""The graphs that the page is measured on, and the table that tells how it went."""

from benchmarks.page import Reading, judge, show_row
from benchmarks.synthetic import make_corpus


def test_a_made_corpus_has_the_size_asked_for_and_every_word_in_its_place():
    documents, claims = make_corpus(200, 400)
    spoken_of = {m.concept for claim in claims for m in (claim.subject, claim.object)}
    assert (len(spoken_of), len(claims)) == (200, 400)
    texts = {document.id: document for document in documents}
    for claim in claims:
        text = texts[claim.text_id].text
        passages = (claim.quote, claim.subject.passage, claim.object.passage, claim.cue)
        for passage in (*passages, *(q.passage for q in claim.qualifiers)):
            assert passage is None or passage.span.cut(text) == passage.text


def test_a_made_corpus_is_the_same_every_time():
    assert make_corpus(60, 150) == make_corpus(60, 150)


def test_a_page_that_is_not_ready_in_time_is_said_to_be_stopped():
    assert "stopped after 180 s" in show_row(10_000, "pyvis", None, 60)
    assert "stopped after 60 s" in show_row(500, "pyvis", Reading(1, 1.0), 60)


def test_only_what_our_page_misses_is_a_miss():
    good = Reading(600_000, 1.0, 0.1, 0.2, 0.3, 17.0, 5.0)
    slow = Reading(800_000, 1.0, 0.1, 0.2, 0.6, 17.0, 5.0)
    assert judge([(50, "ours", good), (50, "pyvis", slow), (2_000, "ours", slow)]) == []
    assert len(judge([(50, "ours", slow), (500, "ours", None)])) == 3
