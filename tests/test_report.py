import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rdflib import PROV, RDF

from claimgraph.exports import part_graph
from claimgraph.gate import Rejection, Rule
from claimgraph.graph import BIOLINK, CG, OA, Part, claim_iri, to_graph
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    Document,
    Modality,
    Passage,
    Polarity,
    Section,
    SectionKind,
    Span,
)
from claimgraph.ontology import load_mappings
from claimgraph.report import provenance_cost, write_report
from tests.strategies import (
    article,
    documents_with_claims,
    law,
    passage,
    small_claim,
    small_document,
)


def report(document: Document, claims: list[Claim] | tuple[Claim, ...] = (), **more: object) -> str:
    reasons = more.pop("without_claims", {})
    dataset = to_graph(claims, document, reasons)
    return write_report(document, claims, reasons, dataset, **more).decode("utf-8")


def of_article() -> str:
    build = article()
    return write_report(
        build.document, build.claims, build.without_claims, build.dataset, build.rejections
    ).decode("utf-8")


def section(text: str, heading: str) -> str:
    """Give what stands under a heading of the second level."""
    return text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def table(text: str, head: str) -> dict[str, int]:
    """Read a table of two columns."""
    rows = text.split(f"| {head} |", 1)[1].split("\n\n", 1)[0].split("\n")[2:]
    pairs = (row.strip("| ").split(" | ") for row in rows)
    return {name: int(count) for name, count in pairs}


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>|&#~.+=()-])", r"\1", text)


# ── The article ─────────────────────────────────────────────────────────────────────────────────


def test_the_summary_counts_what_is_there():
    build = article()
    plain = sum(claim.is_plain for claim in build.claims)
    assert (
        f"{len(build.claims)} claims in 22 sentences, 22 of 22 sentences accounted for, "
        f"{plain} claims plain enough for a direct triple, 0 refused by the gate."
    ) in of_article()
    assert f"SHA-256 `{build.document.sha256}`" in of_article()


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("claim type | claims", "type"),
        ("relation | claims", "relation"),
        ("certainty | claims", "certainty"),
        ("polarity | claims", "polarity"),
        ("modality | claims", "modality"),
        ("evidence basis | claims", "evidence"),
    ],
)
def test_counts_add_up(head, field):
    counted = table(of_article(), head)
    assert counted == Counter(getattr(claim, field).value for claim in article().claims)
    assert sum(counted.values()) == len(article().claims)
    assert list(counted.values()) == sorted(counted.values(), reverse=True)


def test_graphs_are_counted():
    counted = table(of_article(), "graph | triples")
    assert counted == {
        str(graph.identifier): len(graph) for graph in article().dataset.graphs() if len(graph)
    }


def test_every_sentence_stands_there_with_its_claims():
    build, text = article(), section(of_article(), "Sentences and their claims")
    parts = re.split(r"^\*\*(\d+)\.\*\* ", text, flags=re.MULTILINE)[1:]
    numbers, bodies = parts[::2], parts[1::2]
    assert [int(number) for number in numbers] == list(range(1, 23))
    for sentence, body in zip(build.document.sentences, bodies, strict=True):
        assert unescaped(body.split("\n")[0]) == sentence.text
        bullets = re.findall(r"^- \*\*([a-z-]+)\*\*: ", body, flags=re.MULTILINE)
        assert Counter(bullets) == Counter(
            claim.type.value for claim in build.claims if claim.sentence == sentence.number
        )


def test_the_report_renders_as_it_is_meant():
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(of_article())
    opened = Counter(token.type for token in tokens)
    assert opened["table_open"] == 6 + 1 + 2  # the closed lists, the graphs, and the two reviews
    assert opened["blockquote_open"] == 2  # title and boilerplate
    assert opened["list_item_open"] == len(article().claims)
    # Sentences are paragraphs of their own, not the tail of the claim before.
    numbered = [
        token.content
        for before, token in pairwise(tokens)
        if before.type == "paragraph_open" and before.level == 0 and token.content[:2] == "**"
    ]
    assert len(numbered) == 22


def test_sections_are_named_even_without_a_heading():
    text = of_article()
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == [
        "1. (title, no heading)",
        "2. (introduction, no heading)",
        "3. Mechanism of Action",
        "4. Clinical Efficacy",
        "5. Safety Profile",
        "6. Clinical Considerations",
        "7. Future Directions",
        "8. (conclusion, no heading)",
        "9. (boilerplate, no heading)",
    ]
    assert "> Related Posts\n\nNo claim.\n" in text


def test_qualifiers_and_cues_stand_beside_their_claim():
    assert (
        "- **risk**: sedation limits tolerability \\(possible\\) · phase: “especially during the "
        "initial titration phase” · cue: “may”"
    ).replace("\\", "") in of_article().replace("\\", "")


def test_all_that_is_hedged_recommended_or_negated_is_listed():
    rows = section(of_article(), "Hedged, recommended or negated").strip().split("\n")[2:]
    expected = [
        claim
        for claim in article().claims
        if claim.certainty is not Certainty.ASSERTED
        or claim.modality is not Modality.FACTUAL
        or claim.polarity is not Polarity.AFFIRMED
    ]
    assert len(rows) == len(expected) > 30
    assert [int(row.split("|")[1]) for row in rows] == [claim.sentence for claim in expected]
    assert "| 12 | sedation limits tolerability | possible | factual | affirmed | may |" in rows


def test_what_has_no_exact_identifier_is_listed_with_the_nearest():
    rows = section(of_article(), "Without an exact identifier").strip().split("\n")[2:]
    names = {row.split(" | ")[0].removeprefix("| ") for row in rows}
    exact = {
        m.concept for m in load_mappings() if m.predicate == "skos:exactMatch" and not m.rejected
    }
    about = {
        mention.concept
        for claim in article().claims
        for mention in (claim.subject, claim.object)
        if mention.concept is not None
    }
    assert names == {concept.label for concept in about if concept.id not in exact}
    assert "clonazepam" not in names
    akinetic = next(row for row in rows if row.startswith("| akinetic seizure |"))
    assert "HP:0010819 (closeMatch)" in akinetic


def test_the_report_has_the_same_bytes_every_time():
    build = article()
    again = write_report(
        build.document, build.claims[::-1], build.without_claims, build.dataset
    ).decode("utf-8")
    assert again == of_article()


# ── What provenance costs ───────────────────────────────────────────────────────────────────────


def test_provenance_costs_at_most_25_triples_a_claim():
    build = article()
    fixed, whole = provenance_cost(build.dataset, build.claims)
    assert fixed <= 25
    assert fixed < whole
    # Counted here another way: all of the claims graph, less the statements themselves, what
    # qualifies them, and the passages that only cues and qualifiers point at.
    graph = part_graph(build.dataset, [Part.CLAIMS])
    assert whole == len(graph) / len(build.claims)
    claims = {claim_iri(claim.id) for claim in build.claims}
    pointers = (CG.subjectMention, CG.objectMention)
    mentioned = {o for claim in claims for p in pointers for o in graph.objects(claim, p)}
    about_passages = [t for t in graph if (t[0], RDF.type, CG.Passage) in graph]
    kept = [t for t in about_passages if t[0] in mentioned]
    selectors = [t for t in graph if t[0] not in claims and t not in set(about_passages)]
    origin = (
        BIOLINK.has_evidence, BIOLINK.knowledge_level, BIOLINK.agent_type,
        OA.hasTarget, PROV.wasQuotedFrom, PROV.wasGeneratedBy, *pointers,
    )  # fmt: skip
    on_claims = [t for t in graph if t[0] in claims and t[1] in origin]
    assert fixed == (len(kept) + len(selectors) + len(on_claims)) / len(build.claims)
    assert f"costs {fixed:.1f} triples a claim" in of_article()


def test_no_claims_cost_nothing():
    assert provenance_cost(to_graph([], small_document()), []) == (0.0, 0.0)


# ── Other texts ─────────────────────────────────────────────────────────────────────────────────


def test_a_text_without_claims_says_so():
    text = report(small_document(), without_claims={1: "praise | only"})
    assert "0 claims in 3 sentences, 1 of 3 sentences accounted for" in text
    assert "- no claim: praise \\| only" in text
    assert section(text, "Hedged, recommended or negated").strip() == "Nothing."
    assert section(text, "Without an exact identifier").strip() == "None."
    assert "Refused" not in text


def test_refusals_are_told_with_rule_and_reason():
    claim = small_claim()
    text = report(
        small_document(), rejections=[Rejection(claim, Rule.RANGE, "takes <no> drug as object")]
    )
    assert "1 refused by the gate" in text
    assert section(text, "Refused by the gate").strip() == (
        "- clonazepam treats absence seizure (sentence 1): range — takes \\<no\\> drug as object"
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "a | b",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "[link](javascript:x)",
    "![i](http://example.org/)",
    "**bold** _it_ ~~gone~~ `code`",
    "&lt;b&gt; &amp;",
    "back\\slash \\| \\<",
    "line\nbreak\r\n## heading",
    "> quote",
    "=====",
    "---",
]


def markdown_of(words: str) -> str:
    """Put words everywhere a text can put them: title, sentence, boilerplate, heading, reason."""
    document = small_document()
    start = len(document.text)
    sections = (
        replace(document.sections[0], heading=words),
        Section(2, SectionKind.BOILERPLATE, None, Span(start, start + len(words))),
    )
    sentence = replace(document.sentences[0], passage=Passage(document.sentences[0].span, words))
    evil = replace(
        document,
        text=document.text + words,
        citation=Citation(words),
        sections=sections,
        sentences=(sentence, *document.sentences[1:]),
    )
    return report(evil, without_claims={1: words, 2: words})


def rendered(text: str) -> tuple[list[str], list[str]]:
    """Give the kinds of all Markdown tokens, and the plain words, as a renderer sees them."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    kinds, words = [], []
    for token in parser.parse(text):
        kinds.append(token.type)
        for child in token.children or ():
            if child.type in ("text", "text_special"):
                words.append(child.content)
            elif child.type != "softbreak":
                kinds.append(child.type)
    return kinds, words


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    text = markdown_of(words)
    kinds, shown = rendered(text)
    assert kinds == rendered(markdown_of("harmless"))[0]
    assert "html_inline" not in kinds
    assert "html_block" not in kinds
    once = re.sub(r"\s+", " ", words.strip())
    everything = re.sub(r"\s+", " ", "".join(shown))
    assert everything.count(once) == 6  # title, heading, sentence, two reasons, boilerplate


@law(15)
@given(documents_with_claims(), st.randoms())
def test_any_claims_are_reported_whatever_their_order(drawn, random):
    document, claims = drawn
    shuffled = list(claims)
    random.shuffle(shuffled)
    text = report(document, claims)
    assert report(document, shuffled) == text
    assert text.startswith("# A title\n\n")
    assert f"{len(claims)} claims in {len(document.sentences)} sentences" in text
    assert len(re.findall(r"^\*\*\d+\.\*\* ", text, re.MULTILINE)) == len(document.sentences)
    assert len(re.findall(r"^- \*\*[a-z-]+\*\*: ", text, re.MULTILINE)) == len(claims)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_passages_shared_by_claims_are_counted_once():
    one = small_claim()
    two = small_claim(certainty=Certainty.POSSIBLE, cue=passage("Clonazepam"))
    alone, _ = provenance_cost(to_graph([one], small_document()), [one])
    together, _ = provenance_cost(to_graph([one, two], small_document()), [one, two])
    assert together < alone
