"""The network of concepts: what is in it, and what its functions answer."""

import io
import re

import networkx as nx
import pytest

from claimgraph.documents import cut_text
from claimgraph.errors import NotFoundError
from claimgraph.exports import to_graphml
from claimgraph.graph import from_graph, to_graph
from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Concept,
    Mention,
    Modality,
    Passage,
    Polarity,
    Relation,
    Span,
)
from claimgraph.network import (
    Change,
    Origin,
    TensionKind,
    coverage,
    mechanism_paths,
    neighbourhood,
    shared_effects,
    tensions,
    to_network,
)
from claimgraph.ontology import background_graph
from claimgraph.pipeline import build_article
from claimgraph.resources import bundled_article


@pytest.fixture(scope="module")
def build():
    return build_article(bundled_article())


@pytest.fixture(scope="module")
def network(build):
    return to_network(build.claims, build.dataset)


def concept(id_, category=Category.PROCESS):
    return Concept(id_, id_.replace("-", " "), category)


def claim(subject, relation, object_, *, at=0, **rest):
    """A claim of two concepts, each given as a name (a process) or a Concept; `at` tells it apart."""
    ends = [concept(end) if isinstance(end, str) else end for end in (subject, object_)]
    return Claim(
        text_id=rest.pop("text_id", "t"),
        sentence=1,
        quote=Passage(Span(at, at + 1), "q"),
        subject=Mention(None, ends[0]),
        relation=relation,
        object=Mention(None, ends[1]),
        type=rest.pop("type", ClaimType.MECHANISM),
        **rest,
    )


def routes(paths):
    return [" ".join(path.concepts) for path in paths]


# ── The multigraph ──────────────────────────────────────────────────────────────────────────────


def test_every_claim_is_an_edge_or_a_statement_of_its_subject(build, network):
    edges = {data["claim"] for _, _, data in network.edges(data=True) if data["origin"] == "text"}
    statements = {id_ for _, data in network.nodes(data=True) for id_ in data["statements"]}
    assert edges | statements == {c.id for c in build.claims}
    assert not edges & statements
    assert len(statements) == sum(c.relation is Relation.STATES_THAT for c in build.claims)


def test_an_edge_carries_the_words_of_its_claim(build, network):
    wanted = next(c for c in build.claims if c.key == "tolerance")
    data = network.edges["prolonged-clonazepam-use", "tolerance", wanted.id]
    assert data["quote"] in data["words"]
    assert data["words"] == build.document.sentence(13).text
    assert (data["relation"], data["certainty"], data["sentence"]) == ("leadsTo", "possible", 13)


def test_background_stays_apart_and_names_its_source(network):
    background = [d for _, _, d in network.edges(data=True) if d["origin"] == "background"]
    assert background
    assert all(d["source"].startswith("http") and not d["claim"] for d in background)
    assert network.nodes["gaba-a-receptor"]["origin"] == "background"
    assert network.nodes["gaba-receptor"]["origin"] == "text"


def test_without_a_graph_the_network_holds_the_claims_alone(build):
    alone = to_network(build.claims)
    assert {d["origin"] for _, _, d in alone.edges(data=True)} == {"text", "chain"}
    assert "gaba-a-receptor" not in alone


def test_background_alone_is_enough_to_label_its_concepts(build):
    network = to_network(build.claims, background_graph())
    assert network.nodes["gaba-a-receptor"]["label"] == "GABA-A receptor"


def test_the_order_of_the_claims_does_not_matter(build, network):
    again = to_network(reversed(build.claims), build.dataset)
    assert list(again.nodes(data=True)) == list(network.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(network.edges(keys=True, data=True))


def test_a_chain_is_no_surer_than_either_claim():
    first = claim("drug", Relation.INCREASES, "a", certainty=Certainty.POSSIBLE)
    second = claim("drug", Relation.DECREASES, "b", via=(first.id,))
    network = to_network([first, second])
    (chain,) = network["a"]["b"].values()
    assert (chain["origin"], chain["certainty"]) == ("chain", "possible")


# ── Mechanism paths ─────────────────────────────────────────────────────────────────────────────


def test_the_article_alone_leads_from_the_drug_over_gaba_to_the_seizure(network):
    paths = mechanism_paths(network, "clonazepam", "seizure", 10, background=False)
    wanted = "clonazepam gaba-inhibitory-action neuronal-excitability seizure"
    path = paths[routes(paths).index(wanted)]
    assert path.certainty is Certainty.ASSERTED
    assert path.background_steps == 0
    assert [s.change for s in path.steps] == [
        Change.INCREASED,
        Change.DECREASED,
        Change.DECREASED,
    ]
    assert [s.origin for s in path.steps] == [Origin.TEXT, Origin.CHAIN, Origin.CHAIN]
    assert all(support.quote for step in path.steps for support in step.support)


def test_background_fills_in_the_channel_and_the_membrane(network):
    paths = mechanism_paths(network, "clonazepam", "seizure", 20)
    wanted = (
        "clonazepam gaba-a-receptor gaba-gated-chloride-channel-activity membrane-hyperpolarization"
        " neuronal-action-potential increased-synaptic-transmission seizure"
    )
    path = paths[routes(paths).index(wanted)]
    assert path.background_steps == 6
    assert all(support.source for step in path.steps for support in step.support)
    # More current, more negative membranes, fewer spikes, less transmission, fewer seizures.
    assert [s.change for s in path.steps] == [Change.INCREASED] * 3 + [Change.DECREASED] * 3


def test_a_step_to_its_kind_joins_text_and_background_and_is_marked(network):
    paths = mechanism_paths(network, "gaba-receptor", "seizure", 1)
    bridges = [s for s in paths[0].steps if s.is_bridge]
    assert [(s.subject, s.object) for s in bridges] == [
        ("neuronal-membrane-hyperpolarization", "membrane-hyperpolarization")
    ]
    # Both in the text: an effect on recurrent episodes is not passed on to all seizures.
    assert not mechanism_paths(network, "long-half-life", "seizure", 5)


def test_spelled_out_leaves_out_what_only_sums_up(network):
    paths = mechanism_paths(network, "clonazepam", "seizure", 5, background=False, spelled_out=True)
    assert routes(paths) == [
        "clonazepam gaba-neurotransmitter-system gaba-inhibitory-action neuronal-excitability seizure"
    ]


def test_one_step_holds_all_claims_that_say_it(network):
    path = mechanism_paths(network, "clonazepam", "seizure", 1)[0]
    (step,) = path.steps
    assert len(step.support) == 2  # fewer and milder
    assert len({support.claim for support in step.support}) == 2


def test_a_path_is_as_certain_as_its_weakest_step():
    chain = [
        claim("a", Relation.INCREASES, "b"),
        claim("b", Relation.INCREASES, "c", certainty=Certainty.PROJECTED),
        claim("c", Relation.INCREASES, "d", certainty=Certainty.POSSIBLE),
    ]
    (path,) = mechanism_paths(to_network(chain), "a", "d", 3)
    assert path.certainty is Certainty.PROJECTED


@pytest.mark.parametrize(
    "barred",
    [
        claim("a", Relation.INCREASES, "b", polarity=Polarity.NEGATED),
        claim("a", Relation.INCREASES, "b", modality=Modality.NORMATIVE),
        claim("a", Relation.LEADS_TO, "b"),
        claim("a", Relation.IS_KIND_OF, "b"),
    ],
    ids=["negated", "recommended", "no-mechanism", "kind-within-the-text"],
)
def test_what_no_path_may_use(barred):
    assert mechanism_paths(to_network([barred]), "a", "b") == ()


def test_two_decreases_make_an_increase():
    network = to_network(
        [claim("a", Relation.DECREASES, "b"), claim("b", Relation.DECREASES, "c", at=1)]
    )
    (path,) = mechanism_paths(network, "a", "c")
    assert [s.change for s in path.steps] == [Change.DECREASED, Change.INCREASED]


def test_what_follows_from_an_unknown_change_is_unknown():
    network = to_network(
        [claim("a", Relation.BINDS_TO, "b"), claim("b", Relation.INCREASES, "c", at=1)]
    )
    (path,) = mechanism_paths(network, "a", "c")
    assert [s.change for s in path.steps] == [Change.UNKNOWN, Change.UNKNOWN]


def test_short_before_long_then_by_name():
    network = to_network(
        [
            claim("a", Relation.INCREASES, "z"),
            claim("z", Relation.INCREASES, "end"),
            claim("a", Relation.INCREASES, "m", at=1),
            claim("m", Relation.INCREASES, "end", at=1),
            claim("m", Relation.INCREASES, "z", at=2),
        ]
    )
    assert routes(mechanism_paths(network, "a", "end", 9)) == ["a m end", "a z end", "a m z end"]
    assert routes(mechanism_paths(network, "a", "end", 1)) == ["a m end"]


@pytest.mark.parametrize(("source", "target", "k"), [("seizure", "clonazepam", 3), ("seizure", "seizure", 3), ("clonazepam", "seizure", 0)])  # fmt: skip
def test_no_way_is_no_path(network, source, target, k):
    assert mechanism_paths(network, source, target, k) == ()


def test_an_unknown_concept_is_refused_with_what_is_near(network):
    with pytest.raises(NotFoundError, match=r"clonazepan.*try clonazepam"):
        mechanism_paths(network, "clonazepan", "seizure")
    with pytest.raises(NotFoundError, match="name a concept by its id"):
        neighbourhood(network, "%%%")


# ── Tensions ────────────────────────────────────────────────────────────────────────────────────


def test_the_article_praises_what_it_also_limits(build):
    found = {(t.first.key, t.second.key) for t in tensions(build.claims)}
    assert ("demonstrated-safety", "dizziness") in found
    assert ("demonstrated-safety", "dependence") in found
    assert ("reliable-tolerability", "sedation-limits-tolerability") in found
    assert ("reliable-efficacy", "tolerance") in found
    # What to do is no harm, and what is treated is none either.
    assert not any(second in ("monitor-cautiously", "treats-epilepsy") for _, second in found)


def test_a_tension_says_why_and_keeps_the_hedge(build):
    tension = next(t for t in tensions(build.claims) if t.second.key == "dependence")
    assert tension.reason == (
        "The safety of clonazepam is praised, while drug dependence is named as a consequence of "
        "prolonged use of clonazepam (possible)."
    )


DRUG = Concept("drug", "drug", Category.DRUG)
USE = Concept("long-use", "long use of drug", Category.EXPOSURE)
OTHER_USE = Concept("other-use", "long use of drugs like it", Category.EXPOSURE)
SEIZURE = Concept("seizure", "seizure", Category.CONDITION)
SAFETY = Concept("safety", "safety", Category.PROPERTY)
TREATS = claim(DRUG, Relation.TREATS, SEIZURE, type=ClaimType.INDICATION)
SAFE = claim(DRUG, Relation.HAS_PROPERTY, SAFETY, type=ClaimType.EVALUATIVE)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (TREATS, claim(DRUG, Relation.HAS_ADVERSE_EFFECT, SEIZURE), TensionKind.TREATED_AND_CAUSED),
        (TREATS, claim(USE, Relation.LEADS_TO, SEIZURE), TensionKind.TREATED_AND_CAUSED),
        (
            TREATS,
            claim(DRUG, Relation.CONTRAINDICATED_FOR, SEIZURE),
            TensionKind.TREATED_AND_CAUSED,
        ),
        (
            TREATS,
            claim(DRUG, Relation.TREATS, SEIZURE, polarity=Polarity.NEGATED),
            TensionKind.AFFIRMED_AND_DENIED,
        ),
        (
            claim(DRUG, Relation.INCREASES, SEIZURE),
            claim(DRUG, Relation.DECREASES, SEIZURE),
            TensionKind.RAISED_AND_LOWERED,
        ),
        (SAFE, claim(DRUG, Relation.HAS_ADVERSE_EFFECT, SEIZURE), TensionKind.PRAISE_AND_HARM),
    ],
)
def test_claims_that_pull_apart(first, second, kind):
    for order in ([first, second], [second, first]):
        (tension,) = tensions(order)
        assert tension.kind is kind
        assert {tension.first, tension.second} == {first, second}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (TREATS, claim(OTHER_USE, Relation.LEADS_TO, SEIZURE)),
        (TREATS, claim(DRUG, Relation.HAS_ADVERSE_EFFECT, SEIZURE, polarity=Polarity.NEGATED)),
        (TREATS, claim(DRUG, Relation.REQUIRES, SEIZURE, modality=Modality.NORMATIVE)),
        (TREATS, claim(DRUG, Relation.TREATS, SEIZURE, at=1)),
        (SAFE, claim(Concept("x", "x", Category.DRUG), Relation.HAS_ADVERSE_EFFECT, SEIZURE)),
        (
            claim(DRUG, Relation.HAS_PROPERTY, SAFETY, polarity=Polarity.NEGATED),
            claim(DRUG, Relation.HAS_ADVERSE_EFFECT, SEIZURE),
        ),
    ],
)
def test_claims_that_do_not(first, second):
    assert tensions([first, second]) == ()


# ── Coverage, neighbourhood, shared effects ─────────────────────────────────────────────────────


def test_coverage_accounts_for_every_sentence_and_claim(build):
    rows = coverage(build.claims, build.document)
    assert [row.section.kind.value for row in rows] == [
        "introduction",
        "mechanism",
        "efficacy",
        "safety",
        "considerations",
        "outlook",
        "conclusion",
    ]
    assert sum(row.sentences for row in rows) == len(build.document.sentences) == 22
    assert sum(row.claims for row in rows) == len(build.claims)
    assert all(row.with_claims == row.sentences for row in rows)
    safety = dict(rows[3].by_type)
    assert safety[ClaimType.ADVERSE_EFFECT] == 3


def test_coverage_shows_what_no_claim_covers():
    document = cut_text("One thing. Another thing.", id="t", citation=Citation("T"))
    (row,) = coverage([claim("a", Relation.INCREASES, "b")], document)
    assert (row.sentences, row.with_claims, row.claims) == (2, 1, 1)
    other = [claim("a", Relation.INCREASES, "b", text_id="elsewhere")]
    assert coverage(other, document)[0].claims == 0


def test_a_neighbourhood_looks_both_ways_and_changes_nothing(network):
    before = nx.to_dict_of_dicts(network)
    assert set(neighbourhood(network, "brain", 0)) == {"brain"}
    near = neighbourhood(network, "brain", 2)
    assert set(near) == {"brain", "abnormal-electrical-activity", "seizure-disorder"}
    assert all(network.has_edge(*edge) for edge in near.edges(keys=True))
    assert nx.to_dict_of_dicts(network) == before


def test_one_drug_shares_effects_with_none(network):
    assert shared_effects(network) == ()


def test_three_drugs_are_compared_with_the_conditions_named():
    drugs = [Concept(name, name, Category.DRUG) for name in ("x", "y", "z")]
    rash, nausea = (Concept(name, name, Category.CONDITION) for name in ("rash", "nausea"))
    claims = [
        claim(drugs[0], Relation.HAS_ADVERSE_EFFECT, rash),
        claim(drugs[0], Relation.HAS_ADVERSE_EFFECT, nausea),
        claim(drugs[1], Relation.HAS_ADVERSE_EFFECT, rash),
        claim(drugs[2], Relation.HAS_ADVERSE_EFFECT, rash, polarity=Polarity.NEGATED),
        claim(drugs[2], Relation.TREATS, nausea),
    ]
    (pair,) = shared_effects(to_network(claims))
    assert (pair.first, pair.second, pair.shared) == ("x", "y", ("rash",))
    assert pair.either == ("nausea", "rash")
    assert pair.jaccard == 0.5
    assert shared_effects(to_network(claims[:3])) == ()


def test_the_network_of_a_dataset_read_back_is_the_same(build, network):
    document = build.document
    dataset = to_graph(build.claims, document)
    alone = to_network(from_graph(dataset), dataset)
    text = [e for e in network.edges(keys=True) if not e[2].startswith("background/")]
    assert sorted(alone.edges(keys=True)) == sorted(text)


# ── GraphML ─────────────────────────────────────────────────────────────────────────────────────


def test_graphml_is_read_back_with_all_nodes_edges_and_words(network):
    data = to_graphml(network)
    again = nx.read_graphml(io.BytesIO(data))
    assert dict(again.nodes["sedation"]) == {**network.nodes["sedation"], "statements": ""}
    assert set(again.edges(keys=True)) == set(network.edges(keys=True))
    assert all(again.edges[e] == dict(network.edges[e]) for e in network.edges(keys=True))
    ids = re.findall(rb'<key id="([^"]+)"', data)
    assert len(ids) == len(set(ids))


def test_graphml_has_the_same_bytes_whatever_the_order_of_claims(build, network):
    assert to_graphml(to_network(reversed(build.claims), build.dataset)) == to_graphml(network)


def test_graphml_stays_xml_whatever_a_label_holds():
    evil = Concept("evil", "<script>]]>&\x00\x0b\ud800\uffff\U0001f480", Category.PROCESS)
    data = to_graphml(to_network([claim(evil, Relation.INCREASES, "b")]))
    label = nx.read_graphml(io.BytesIO(data)).nodes["evil"]["label"]
    assert label == "<script>]]>&\ufffd\ufffd\ufffd\ufffd\U0001f480"
