"""The queries: what they answer, that they cannot be abused, and that broken graphs are found.

`python -m tests.test_queries` writes the expected results and the catalogue anew. Read every
difference against the article before committing it.
"""

import contextlib
import csv
import io
import json
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Dataset, Literal, URIRef
from rdflib.query import Result as RdflibResult

from claimgraph import exports, vocab
from claimgraph.errors import ClaimgraphError, GraphError, InputFileError, QueryError
from claimgraph.graph import CG, CONCEPT, Part, graph_iri
from claimgraph.pipeline import Build, build_article
from claimgraph.queries import (
    Form,
    Parameter,
    Query,
    QueryEngine,
    Result,
    find_query,
    list_queries,
    load_query,
    parse_query,
    read_query,
    render_catalogue,
    run_query,
    shorten,
)
from claimgraph.rdf import read_dataset
from claimgraph.resources import bundled_article, carried_folder

FOLDER = carried_folder("queries")
EXPECTED = FOLDER / "expected"
GRAPHS = Path(__file__).parent / "graphs"
QUERIES = list_queries()
QUESTIONS = [query for query in QUERIES if not query.is_violation]
VIOLATIONS = [query for query in QUERIES if query.is_violation]

each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
each_question = pytest.mark.parametrize("query", QUESTIONS, ids=lambda q: q.name)
each_violation = pytest.mark.parametrize("query", VIOLATIONS, ids=lambda q: q.name)


@pytest.fixture(scope="module")
def build() -> Build:
    return build_article(bundled_article())


@pytest.fixture(scope="module")
def engine(build: Build) -> QueryEngine:
    return QueryEngine(build.dataset)


@pytest.fixture(scope="module")
def reversed_engine(build: Build) -> QueryEngine:
    """The same statements, put in the other way round."""
    dataset = Dataset(default_union=True)
    for *triple, graph in sorted(build.dataset.quads(), reverse=True):
        dataset.graph(graph).add(tuple(triple))
    return QueryEngine(dataset)


def table(result: Result) -> list[dict[str, str]]:
    """Give the rows as a person would read them, by column."""
    return [dict(zip(result.columns, row, strict=True)) for row in result.display_rows()]


def ask(engine: QueryEngine, name: str, **parameters: str) -> list[dict[str, str]]:
    return table(engine.run(load_query(name), parameters))


# ── The catalogue ───────────────────────────────────────────────────────────────────────────────


def test_no_query_is_forgotten():
    """Every query has what it is checked against, and nothing is left of a query that is gone."""
    assert {path.stem for path in EXPECTED.iterdir()} == {query.name for query in QUESTIONS}
    assert {path.stem for path in GRAPHS.glob("violation-*")} == {q.name for q in VIOLATIONS}
    assert len(QUESTIONS) >= 33
    assert len(VIOLATIONS) >= 22


@each_query
def test_head_says_what_is_asked(query: Query):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
    assert query.summary.endswith("?") is not query.is_violation
    assert query.description.endswith(".")
    assert query.tags
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", tag) for tag in query.tags)
    # Whoever is curious can run any of them as it is.
    assert all(parameter.default for parameter in query.parameters)
    assert not (query.is_violation and query.parameters)


@each_query
def test_prefixes_are_declared_used_and_the_same_everywhere(query: Query):
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", query.text, re.MULTILINE))
    body = re.sub(r"^(?:#|PREFIX).*$|#\s.*$|\"[^\"]*\"", "", query.text, flags=re.MULTILINE)
    assert set(re.findall(r"(?<![\w:])(\w+):", body)) == set(declared)
    assert all(exports.PREFIXES[prefix] == iri for prefix, iri in declared.items())


@each_query
def test_columns_are_named_and_rows_are_ordered(query: Query):
    assert re.search(r"^SELECT [?(]", query.text, re.MULTILINE)
    assert "*" not in re.findall(r"^SELECT(.*?)^WHERE", query.text, re.MULTILINE | re.DOTALL)[0]
    assert re.search(r"^ORDER BY (?:\?|DESC\()", query.text, re.MULTILINE)


def test_catalogue_is_up_to_date():
    """If this fails: python -m tests.test_queries"""
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == render_catalogue(QUERIES)


def test_catalogue_escapes_the_bar_between_kinds():
    [row] = [
        line for line in render_catalogue(QUERIES).splitlines() if "what-does-it-treat" in line
    ]
    assert row.count(" | ") == 3
    assert r"`drug Drug\|DrugClass = clonazepam`" in row


def test_find_query_takes_a_name_a_path_or_text(tmp_path: Path):
    assert find_query("what-does-it-treat") == load_query("what-does-it-treat")
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert find_query(str(path)).file == str(path)
    assert find_query("-", "ASK {}").text == "ASK {}"
    assert find_query("-", "ASK {}").file is None


def test_unknown_query_names_those_that_come_close():
    with pytest.raises(QueryError, match="did you mean what-does-it-treat") as caught:
        load_query("what-does-it-treet")
    assert "claimgraph queries" in str(caught.value)
    with pytest.raises(QueryError, match="no query is named 'zzz'"):
        load_query("zzz")
    with pytest.raises(InputFileError, match=r"nowhere\.rq: no such file"):
        find_query("nowhere.rq")


@pytest.mark.parametrize(
    ("head", "line", "what"),
    [
        ("#+ summary: A?\n#+ tags: a", 1, "no description"),
        ("#+ description: A.\n", 1, "no summary or tags"),
        ("#+ summary: A?\n#+ summary: B?", 2, "a second 'summary'"),
        ("# licence\n#+ sumary: A?", 2, "not a line of a query's head"),
        ("#+ summary:", 1, "not a line of a query's head"),
        ("#+summary A?", 1, "not a line of a query's head"),
        ("\n#+ parameter: s Drug =", 2, "not a parameter"),
        ("#+ parameter: s Pill", 1, "not a parameter"),
        ("#+ parameter: s", 1, "not a parameter"),
        ("#+ parameter: drug Drug", 1, "no variable ?drug"),
        ("#+ parameter: s Drug\n#+ parameter: s Drug = b", 2, "stands there twice"),
    ],
)
def test_bad_head_is_told_with_its_line(tmp_path: Path, head: str, line: int, what: str):
    path = tmp_path / "mine.rq"
    path.write_text(f"{head}\nSELECT ?s WHERE {{ ?s ?p ?o }}\n", encoding="utf-8")
    with pytest.raises(QueryError, match=re.escape(what)) as caught:
        read_query(path, complete=True)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert caught.value.repair


def test_head_is_read_with_continued_lines_and_ends_where_the_query_begins():
    query = parse_query(
        "# any comment\n"
        "#+ summary: One?\n"
        "#+ description: Two\n"
        "#+   lines.\n"
        "#+ tags: a, b-c,\n"
        "#+ parameter: s Drug|DrugClass\n"
        "#+ parameter: type ClaimType = adverse effect\n"
        "SELECT ?s $type WHERE { ?s ?p $type }\n"
        "#+ summary: not the head any more\n"
    )
    assert (query.summary, query.description) == ("One?", "Two lines.")
    assert query.tags == ("a", "b-c")
    assert query.parameters == (
        Parameter("s", ("Drug", "DrugClass")),
        Parameter("type", ("ClaimType",), "adverse effect"),
    )


# ── Answers ─────────────────────────────────────────────────────────────────────────────────────


@each_question
def test_answer_is_the_reviewed_one(engine: QueryEngine, query: Query):
    """If this fails and the change is right: python -m tests.test_queries, then read the diff."""
    assert engine.run(query).to_csv() == (EXPECTED / f"{query.name}.csv").read_bytes()


@each_query
def test_engines_agree_term_by_term(engine: QueryEngine, query: Query):
    assert engine.run_with_rdflib(query) == engine.run(query)


@each_question
def test_order_does_not_depend_on_the_order_of_the_data(
    engine: QueryEngine, reversed_engine: QueryEngine, query: Query
):
    assert reversed_engine.run(query) == engine.run(query)


def test_only_what_the_article_does_not_say_is_empty(engine: QueryEngine):
    empty = {query.name for query in QUESTIONS if not engine.run(query).rows}
    # Statements are gathered over the texts of a store; tests/test_statements.py asks for them.
    over_texts = {query.name for query in QUESTIONS if "corpus" in query.tags}
    assert empty - over_texts == {"what-is-it-contraindicated-for", "what-does-it-interact-with"}


def test_it_treats_what_the_article_says_and_no_more(engine: QueryEngine):
    rows = ask(engine, "what-does-it-treat")
    assert {row["condition"] for row in rows} == {
        "seizure", "seizure disorder", "epilepsy", "absence seizure", "myoclonic seizure",
        "akinetic seizure", "acute seizure episode", "status epilepticus",
    }  # fmt: skip
    # The words stay the article's; what they may stand for elsewhere is no answer here.
    assert not any("atonic" in cell for row in rows for cell in row.values())
    assert all(row["quote"] in row["sentence_text"] for row in rows)


def test_akinetic_is_a_seizure_only_by_the_text(engine: QueryEngine):
    known = {
        (row["seizure_type"], row["known_from"])
        for row in ask(engine, "which-seizure-types-does-it-treat")
    }
    assert ("akinetic seizure", "the text") in known
    assert ("akinetic seizure", "background") not in known
    assert ("status epilepticus", "background") in known
    assert ("status epilepticus", "the text") not in known


def test_gaba_a_is_never_the_texts_word(engine: QueryEngine, build: Build):
    assert "GABA-A" not in build.document.text
    path = ask(engine, "how-does-it-work-through-a-receptor")
    by_the_text = [row for row in path if row["said_by"] == "the text"]
    assert [(row["from"], row["relation"], row["to"]) for row in by_the_text] == [
        ("clonazepam", "bindsTo", "GABA receptor")
    ]
    steps = {(row["from"], row["to"]) for row in path}
    assert ("clonazepam", "GABA-A receptor") in steps
    assert ("increased synaptic transmission", "seizure") in steps
    bound = ask(engine, "what-does-it-bind-and-how-exact-are-the-identifiers")
    assert {row["target"] for row in bound if row["known_from"] == "the text"} == {"GABA receptor"}
    assert any(row["strength"] == "rejected: exactMatch" for row in bound)


def test_the_path_in_the_texts_words_is_one_chain_for_each_aspect(engine: QueryEngine):
    rows = ask(engine, "how-does-it-work-in-the-texts-words")
    for aspect in ("occurrence", "severity"):
        chain = [row for row in rows if row["outcome_aspect"] == aspect]
        assert [row["step"] for row in chain] == ["1", "2", "3", "4"]
        assert [row["words"] for row in chain] == [
            "gamma-aminobutyric acid GABA neurotransmitter system",
            "inhibitory actions of GABA",
            "neuronal excitability",
            "seizures",
        ]
    other = ask(engine, "how-does-it-work-in-the-texts-words", outcome="neuronal hyperpolarization")
    assert [row["words"] for row in other] == [
        "GABA receptors",
        "hyperpolarization of neuronal membranes",
    ]


def test_counts_add_up_to_all_claims(engine: QueryEngine, build: Build):
    for name in ("what-is-said-in-which-section", "how-were-the-claims-found"):
        assert sum(int(row["claims"]) for row in ask(engine, name)) == len(build.claims)
    plain = sum(int(row["claims"]) for row in ask(engine, "what-does-the-text-plainly-say"))
    not_plain = {row["claim"] for row in ask(engine, "which-claims-are-not-plain-and-why")}
    assert plain == sum(claim.is_plain for claim in build.claims)
    assert plain + len(not_plain) == len(build.claims)


def test_every_hedge_shows_its_words_in_its_sentence(engine: QueryEngine, build: Build):
    rows = ask(engine, "what-is-hedged-and-by-which-words")
    assert {row["certainty"] for row in rows} == {"possible", "projected", "intended"}
    for row in rows:
        assert row["cue"]
        assert row["cue"] in build.document.sentence(int(row["sentence"])).text


def test_safety_stands_against_each_harm_the_article_names(engine: QueryEngine):
    rows = ask(engine, "where-are-claims-in-tension")
    against = {
        tension: {row["against"] for row in rows if row["tension"] == tension}
        for tension in {row["tension"] for row in rows}
    }
    assert {label.removeprefix("clonazepam has adverse effect ") for label in against["safe, with adverse effects"]} == {"sedation", "dizziness", "cognitive impairment"}  # fmt: skip
    assert len(against["safe, with risks"]) == 2
    assert len(against["praised, and limited by an adverse effect"]) == 3
    assert "treated and caused" not in against


# ── Violations ──────────────────────────────────────────────────────────────────────────────────


@each_violation
def test_violation_finds_nothing_in_our_graph(engine: QueryEngine, query: Query):
    assert engine.run(query).rows == ()


@each_violation
def test_violation_finds_all_that_was_planted_and_nothing_else(query: Query):
    """What is planted is called bad, what stands beside it for comparison is called good."""
    path = GRAPHS / f"{query.name}.trig"
    planted = set(re.findall(r":(bad[\w-]*)", path.read_text(encoding="utf-8")))
    engine = QueryEngine(read_dataset(path))
    result = engine.run(query)
    rows = [" ".join(row) for row in result.display_rows()]
    assert rows
    assert {name for row in rows for name in re.findall(r"/(bad[\w-]*)", row)} == planted
    assert all("/bad" in row and "/good" not in row for row in rows)
    # Blank nodes have no order that two engines could agree on.
    by_rdflib = engine.run_with_rdflib(query).display_rows()
    assert sorted(by_rdflib) == sorted(result.display_rows())


def test_planted_graphs_hold_something_good_too():
    for path in GRAPHS.glob("violation-*.trig"):
        text = path.read_text(encoding="utf-8")
        assert ":good" in text, path
        assert ":bad" in text, path


# ── Parameters ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "clonazepam",
        "CLONAZEPAM",
        "Klonopin",
        "rivotril",
        "  Rivotril ",
        "concept:clonazepam",
        "https://w3id.org/claimgraph/concept/clonazepam",
    ],
)
def test_a_thing_is_found_by_any_of_its_names(engine: QueryEngine, name: str):
    query = load_query("what-does-it-treat")
    assert engine.bind(query, {"drug": name}) == {"drug": CONCEPT.clonazepam}
    assert engine.run(query, {"drug": name}) == engine.run(query)


def test_concepts_are_found_without_a_query(engine: QueryEngine):
    assert engine.find_concept("gaba receptors") == CONCEPT["gaba-receptor"]
    with pytest.raises(QueryError, match="names no Entity"):
        engine.find_concept("adverse-effect-claim")


def test_a_value_changes_the_answer(engine: QueryEngine):
    rows = ask(engine, "what-is-claimed-about", concept="gaba receptors")
    assert [row["says"] for row in rows] == ["clonazepam binds to GABA receptor"]
    assert ask(engine, "what-does-it-treat", drug="benzodiazepines") == []


def test_closed_lists_and_texts_are_named_too(engine: QueryEngine):
    text = (
        "#+ parameter: type ClaimType\n"
        "#+ parameter: source Text\n"
        f"SELECT ?claim ?type ?source WHERE {{ ?claim <{CG.claimType}> ?type ; "
        "<http://www.w3.org/ns/oa#hasTarget>/<http://www.w3.org/ns/oa#hasSource> ?source }"
    )
    for name in ("adverse-effect", "Adverse effect", "adverseEffectClaim", "cg:adverseEffectClaim"):
        values = {"type": name, "source": "clonazepam-seizure-disorders"}
        assert len(engine.run(text, values).rows) == 3


@pytest.mark.parametrize(
    ("parameters", "what", "repair"),
    [
        ({"drug": "clonazepan"}, "'clonazepan' names no Drug or DrugClass", "such as clonazepam"),
        ({"drug": "seizure"}, "but something else", "such as"),
        ({"drug": ""}, "'' names no Drug", "such as"),
        ({"drug": "https://example.org/a"}, "names no Drug", "such as"),
        ({"durg": "clonazepam"}, "no parameter 'durg'", "it has drug"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_be_right(
    engine: QueryEngine, parameters: dict[str, str], what: str, repair: str
):
    with pytest.raises(QueryError) as caught:
        engine.run(load_query("what-does-it-treat"), parameters)
    assert what in caught.value.what
    assert repair in str(caught.value.repair)
    assert str(caught.value).startswith(str(FOLDER / "what-does-it-treat.rq")) is (
        "durg" in parameters
    )


def test_a_parameter_without_a_default_has_to_be_given(engine: QueryEngine):
    query = "#+ parameter: drug Drug\nSELECT ?drug WHERE { ?drug ?p ?o }"
    with pytest.raises(QueryError, match="needs a value for 'drug'"):
        engine.run(query)
    with pytest.raises(QueryError, match="it has none; leave it out"):
        engine.run("ASK {}", {"drug": "clonazepam"})


def test_a_name_that_fits_several_things_is_refused_with_all_of_them():
    dataset = Dataset(default_union=True)
    for name, label in (("one", "Fit"), ("two", "fit"), ("three", "one")):
        dataset.add((CONCEPT[name], RDF.type, CG.Drug))
        dataset.add((CONCEPT[name], SKOS.prefLabel, Literal(label)))
    engine = QueryEngine(dataset)
    query = parse_query("#+ parameter: drug Drug\nSELECT ?drug WHERE { ?drug ?p ?o }")
    with pytest.raises(QueryError, match=r"'fit' names several things.*one or two"):
        engine.bind(query, {"drug": "fit"})
    # An id goes before a label.
    assert engine.bind(query, {"drug": "one"}) == {"drug": CONCEPT.one}


def test_a_graph_without_such_things_says_so():
    with pytest.raises(QueryError, match="it has none"):
        run_query(load_query("what-does-it-treat"), Dataset(default_union=True))


def test_a_parameter_that_is_no_column_is_told(engine: QueryEngine):
    query = "#+ parameter: drug Drug = clonazepam\nSELECT ?o WHERE { ?drug ?p ?o }"
    with pytest.raises(QueryError, match="drug in its SELECT projection"):
        engine.run(query)


INJECTIONS = [
    'clonazepam" . ?s ?p ?o . #',
    "x> } ; DELETE WHERE { ?s ?p ?o } #",
    "x>\n} UNION { ?claim ?p ?drug }\n#",
    "'''",
    '"""',
    "\\",
    "\\u003E",
    "?drug",
    "<https://w3id.org/claimgraph/concept/clonazepam>",
    "clonazepam\nklonopin",
    "\x00",
    "\ud800",
    "} SERVICE <http://127.0.0.1/> {",
]


@pytest.mark.parametrize("value", INJECTIONS, ids=repr)
def test_a_value_is_never_read_as_sparql(engine: QueryEngine, value: str):
    everything = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    before = engine.run(everything)
    with pytest.raises(QueryError):
        engine.run(load_query("what-does-it-treat"), {"drug": value})
    if value == "\ud800":  # no text at all: half a character
        with pytest.raises(QueryError, match="is no text"):
            engine.run(load_query("where-does-the-text-say"), {"words": value})
    else:
        assert engine.run(load_query("where-does-the-text-say"), {"words": value}).rows == ()
    assert engine.run(everything) == before


@settings(deadline=None)
@given(words=st.text(alphabet=st.characters(max_codepoint=0x2FF), min_size=1, max_size=5))
def test_words_find_the_quotes_that_hold_them(words: str):
    engine = one_quote_engine('May cause dizziness, in up to 30 % ("often").')
    rows = engine.run(load_query("where-does-the-text-say"), {"words": words}).rows
    assert bool(rows) is (words.lower() in 'may cause dizziness, in up to 30 % ("often").')


def one_quote_engine(quote: str) -> QueryEngine:
    """An engine for a graph of one claim with that quote."""
    turtle = f"""
        @prefix cg: <{vocab.CG}> . @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix prov: <http://www.w3.org/ns/prov#> . @prefix : <https://example.org/> .
        :c a cg:Claim ; <http://www.w3.org/2000/01/rdf-schema#label> "c" ;
          oa:hasTarget :t ; prov:wasQuotedFrom :s .
        :s cg:number 1 . :t oa:hasSelector :q . :q oa:exact {json.dumps(quote)} .
    """
    dataset = Dataset(default_union=True)
    dataset.parse(data=turtle, format="turtle")
    return QueryEngine(dataset)


# ── What may not be run ─────────────────────────────────────────────────────────────────────────


class Listener:
    """A port of this machine that notices whoever knocks, and hangs up."""

    def __init__(self) -> None:
        self.knocks = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._server.accept()
            with connection:
                if connection.recv(4) == b"stop":
                    return
                self.knocks += 1

    def close(self) -> None:
        with socket.create_connection(self._server.getsockname()) as connection:
            connection.sendall(b"stop")
        self._thread.join()
        self._server.close()


@pytest.fixture(scope="module")
def shared_listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def listener(shared_listener: Listener) -> Iterator[Listener]:
    """Fails the test that made anyone knock."""
    before = shared_listener.knocks
    yield shared_listener
    assert shared_listener.knocks == before, "someone was asked"


SERVICES = [
    "SELECT ?o WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT ?o WHERE { service silent <URL> { ?s ?p ?o } }",
    "SELECT ?o WHERE { VALUES ?e { <URL> } SERVICE SILENT ?e { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE SILENT <URL> { ?s ?p ?o } } }",
    "SELECT ?o WHERE { { SELECT ?o WHERE { SERVICE SILENT <URL> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } }",
    "SELECT ?o WHERE { # a comment\n SERVICE# another\n SILENT<URL>{ ?s ?p ?o } }",
    'SELECT ?o WHERE { ?s ?p "# no comment" SERVICE SILENT <URL> { ?s ?p ?o } }',
]
EVASIONS = [
    # pyoxigraph's parser wants no white space around a keyword, nor an end of a word.
    "PREFIX : <URL> SELECT ?o WHERE { SERVICE: { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT ?o WHERE { ?s ?o trueSERVICESILENT: { ?s ?p ?o } }",
    # What looks like an IRI is a comparison and a comment.
    "PREFIX : <URL> SELECT ?o WHERE { ?s ?p ?o FILTER(?o<1)SERVICE: #>\n { ?s ?p ?o } }",
    'PREFIX : <URL> SELECT ?o WHERE { ?s ?p ?o FILTER(?o<1#>"""\n) SERVICE SILENT : { ?a ?b ?c } #"""\n }',
]


@pytest.mark.parametrize("text", SERVICES)
def test_no_other_server_is_asked(engine: QueryEngine, listener: Listener, text: str):
    asked = text.replace("URL", listener.url)
    for run in (engine.run, engine.run_with_rdflib):
        with pytest.raises(QueryError, match="SERVICE asks another server"):
            run(asked)


@pytest.mark.parametrize("text", EVASIONS)
def test_no_other_server_is_asked_by_stealth(engine: QueryEngine, listener: Listener, text: str):
    asked = text.replace("URL", listener.url)
    for run in (engine.run, engine.run_with_rdflib):
        with pytest.raises(QueryError):
            run(asked)


@pytest.mark.parametrize("text", EVASIONS)
def test_the_stealth_is_real(shared_listener: Listener, text: str):
    """Without the guard the store would have gone there: else the test before shows nothing."""
    store = ox.Store()
    for value in (0, True):
        store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(value)))
    before = shared_listener.knocks
    with contextlib.suppress(OSError):
        list(store.query(text.replace("URL", shared_listener.url)))
    assert shared_listener.knocks > before


def test_rdflib_does_not_see_service_where_pyoxigraph_sees_none(
    engine: QueryEngine, listener: Listener
):
    """rdflib resolves escapes first, so that the literal ends early and SERVICE follows."""
    url = listener.url
    text = f'SELECT ?o WHERE {{ ?s ?p "\\u0022 SERVICE SILENT <{url}> {{ ?s ?p ?o }} #"\n}}'
    assert engine.run(text).rows == ()
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        engine.run_with_rdflib(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s WHERE { ?s ?p ?o } # SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
        "SELECT ?s WHERE { ?s ?p 'SERVICE <http://127.0.0.1/> { }' }",
        'SELECT ?s WHERE { ?s ?p """a\nSERVICE <http://127.0.0.1/> { }""" }',
        "SELECT ?service WHERE { ?service ?SERVICE ?qqqqqqq }",
        "SELECT ?s WHERE { ?s a <http://schema.org/Service#service> }",
        "PREFIX service: <http://schema.org/> SELECT ?s WHERE { ?s a service:Service }",
        "SELECT ?s WHERE { ?s ?p 'x'@en-service }",
        "SELECT ?s WHERE { ?s ?p _:service }",
    ],
)
def test_the_word_service_alone_does_no_harm(engine: QueryEngine, text: str):
    assert engine.run(text).form is Form.SELECT


@settings(max_examples=300, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "SELECT",
                "ASK",
                "WHERE",
                "FILTER",
                "EXISTS",
                "SERVICE",
                "service",
                "SILENT",
                "UNION",
                "BIND",
                "AS",
                "true",
                "?s",
                "?p",
                "?o",
                "{",
                "}",
                "(",
                ")",
                ".",
                ";",
                "<",
                ">",
                "#",
                '"',
                "'",
                '"""',
                "'''",
                "\\",
                "\n",
                ":",
                "a:",
                "<URL>",
                "1",
                "PREFIX",
            ]
        ),
        max_size=20,
    ),
    between=st.sampled_from(["", " ", "\n", " # "]),
)
def test_whatever_is_asked_nothing_goes_out(
    shared_listener: Listener, pieces: list[str], between: str
):
    text = between.join(pieces).replace("URL", shared_listener.url)
    before = shared_listener.knocks
    for asked in (text, f"PREFIX : <{shared_listener.url}> SELECT ?o WHERE {{ ?s ?p ?o {text} }}"):
        with contextlib.suppress(ClaimgraphError):
            run_query(asked, Dataset(default_union=True))
    assert shared_listener.knocks == before


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX a: <http://a/>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
        "clear all",
    ],
)
def test_updates_are_refused_for_what_they_are(engine: QueryEngine, text: str):
    with pytest.raises(QueryError, match="an update; only queries that read are run"):
        engine.run(text)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            "SELECT ?s\nWHERE { ?s ?p }\n",
            2,
            "near line 2: cannot be read on behind 'WHERE { ?s ?p }'",
        ),
        ("SELECT ?s\nWHERE {\n  ?s ex:p ?o\n}", 3, "the prefix 'ex' is not declared"),
        ("SELECT ?s WHERE { ?s :p 'ex:p <ex:p> # ex:p' }", 1, "the prefix '' is not declared"),
        ("SELECT ?o WHERE { ?s ?p ?o } GROUP BY ?s", 1, "contains a variable that is unbound"),
        ("SELECT ?s WHERE { ?s ?p ?o", 1, "not valid SPARQL"),
        ("nonsense", 1, "not valid SPARQL"),
        ("SELECT ?s WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o }", 1, "SERVICE asks"),
        ("SELECT ?s WHERE { ?s\n?p }\n# SERVICE", 2, "not valid SPARQL"),
    ],
)
def test_syntax_error_is_told_in_one_line_with_its_place(
    engine: QueryEngine, tmp_path: Path, text: str, line: int, what: str
):
    path = tmp_path / "mine.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        engine.run(read_query(path))
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert what in message
    assert "\n" not in message
    assert len(message.removeprefix(str(path))) < 300
    with pytest.raises(QueryError, match=re.escape(what)):
        engine.run(text)


def test_what_cannot_be_answered_is_told(engine: QueryEngine):
    with pytest.raises(QueryError, match=r"cannot be answered: .*nofunction"):
        engine.run("SELECT ?x WHERE { BIND(<http://example.org/nofunction>(1) AS ?x) }")


@pytest.mark.parametrize(("data", "what"), [(b"\xff", "not UTF-8"), (b" \n", "holds no text")])
def test_a_file_that_is_no_text_is_told(tmp_path: Path, data: bytes, what: str):
    path = tmp_path / "mine.rq"
    path.write_bytes(data)
    with pytest.raises(InputFileError, match=what):
        find_query(str(path))


# ── Graphs ──────────────────────────────────────────────────────────────────────────────────────


def test_default_graph_is_the_union_unless_the_query_chooses(engine: QueryEngine, build: Build):
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    background = graph_iri(Part.BACKGROUND)
    triples = {tuple(quad[:3]) for quad in build.dataset.quads()}
    assert engine.run(count.format("")).rows == ((Literal(len(triples)),),)
    chosen = engine.run(count.format(f"FROM <{background}>"))
    assert chosen.rows == ((Literal(len(build.dataset.graph(background))),),)
    # The word alone chooses nothing.
    assert engine.run(count.format("") + " # FROM <http://127.0.0.1/>").rows[0][0] == Literal(
        len(triples)
    )


def test_rdflib_is_kept_from_fetching_graphs(engine: QueryEngine, listener: Listener):
    url = listener.url
    asked = "SELECT ?s FROM <URL> WHERE { ?s ?p ?o }".replace("URL", url)
    with pytest.raises(QueryError, match="FROM"):
        engine.run_with_rdflib(asked)
    assert engine.run(asked).rows == ()


def test_a_file_without_named_graphs_can_be_asked(tmp_path: Path):
    path = tmp_path / "graph.ttl"
    path.write_text("<https://example.org/a> a <https://example.org/B> .", encoding="utf-8")
    result = run_query("SELECT ?s WHERE { ?s a ?o }", read_dataset(path))
    assert result.rows == ((URIRef("https://example.org/a"),),)


# ── Forms of answers ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def store(build: Build) -> ox.Store:
    """The graph as anyone would load it from the N-Quads."""
    store = ox.Store()
    store.load(exports.to_nquads(build.dataset), format=ox.RdfFormat.N_QUADS)
    return store


ODD = """SELECT ?v ?unbound WHERE { VALUES ?v {
  "comma, quote \\" and tab \\t" "line\\nbreak\\r" "" "=1+1" "é’\\u00A0"
  "Wort"@de 1 2.50 true "x"^^<https://example.org/type> <https://example.org/a?b=c&d>
} } ORDER BY STR(?v)"""


@pytest.mark.parametrize("text", [ODD, *(q.text for q in QUESTIONS if not q.parameters)])
def test_csv_and_json_are_what_pyoxigraph_writes(engine: QueryEngine, store: ox.Store, text: str):
    def theirs(form: ox.QueryResultsFormat) -> bytes:
        answer = store.query(text, use_default_graph_as_union=True)
        return bytes(answer.serialize(format=form) or b"")

    ours = engine.run(text)
    assert ours.to_csv() == theirs(ox.QueryResultsFormat.CSV)
    assert json.loads(ours.to_json()) == json.loads(theirs(ox.QueryResultsFormat.JSON))


def test_rdflib_reads_what_we_write(engine: QueryEngine):
    ours = engine.run(ODD)
    for data, form in ((ours.to_json(), "json"), (ours.to_tsv(), "tsv")):
        read = RdflibResult.parse(io.BytesIO(data), format=form)
        assert [tuple(row) for row in read] == list(ours.rows)
    assert ours.to_tsv().count(b"\n") == len(ours.rows) + 1


def test_ask_answers_yes_or_no_in_every_form(engine: QueryEngine):
    text = f"ASK {{ ?drug <{CG.treats}> ?condition }}"
    yes = engine.run(text)
    assert yes.boolean is True
    assert yes.triples is None
    assert yes.to_csv() == b"answer\r\ntrue\r\n"
    assert json.loads(yes.to_json()) == {"head": {}, "boolean": True}
    assert yes.display_rows() == (("true",),)
    assert engine.run_with_rdflib(text) == yes
    assert engine.run(f"ASK {{ ?drug <{CG.contraindicatedFor}> ?condition }}").boolean is False


def test_construct_gives_triples_and_turtle(engine: QueryEngine):
    text = f"CONSTRUCT {{ ?c <{SKOS.related}> ?d }} WHERE {{ ?d <{CG.treats}> ?c }}"
    result = engine.run(text)
    assert result.triples == result.rows
    assert result.columns == ("subject", "predicate", "object")
    assert (CONCEPT.epilepsy, SKOS.related, CONCEPT.clonazepam) in result.rows
    assert b"concept:epilepsy skos:related concept:clonazepam" in result.to_turtle()
    assert engine.run_with_rdflib(text) == result
    assert engine.run(f"DESCRIBE <{CONCEPT.clonazepam}>").form is Form.CONSTRUCT


def test_rows_are_no_triples(engine: QueryEngine):
    rows = engine.run("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")
    assert rows.boolean is None
    assert rows.triples is None
    with pytest.raises(QueryError, match="SELECT gives no triples"):
        rows.to_turtle()
    blank = engine.run("CONSTRUCT { [] <a:p> ?o } WHERE { VALUES ?o { 1 } }")
    with pytest.raises(GraphError, match="blank node"):
        blank.to_turtle()


def test_blank_nodes_are_shown_as_such():
    dataset = read_dataset(GRAPHS / "violation-blank-node.trig")
    result = run_query("SELECT ?s WHERE { ?s <https://example.org/bad-3> ?o }", dataset)
    [row] = csv.DictReader(io.StringIO(result.to_csv().decode()))
    assert row["s"].startswith("_:")
    assert json.loads(result.to_json())["results"]["bindings"][0]["s"]["type"] == "bnode"
    assert result.to_tsv().startswith(b"?s\n_:")


def test_a_person_sees_names():
    labels = {str(CONCEPT.clonazepam): "clonazepam"}
    assert shorten(CONCEPT.clonazepam, labels) == "clonazepam"
    assert shorten(CONCEPT.clonazepam) == "concept:clonazepam"
    assert shorten(URIRef(f"{CG}with/slash")) == f"{CG}with/slash"
    assert shorten(Literal("2mg", lang="en")) == "2mg"
    assert shorten(None) == ""


def write_all() -> None:
    """Write the expected results and the catalogue anew, for a person to review."""
    engine = QueryEngine(build_article(bundled_article()).dataset)
    EXPECTED.mkdir(exist_ok=True)
    for query in QUESTIONS:
        (EXPECTED / f"{query.name}.csv").write_bytes(engine.run(query).to_csv())
    (FOLDER / "README.md").write_text(render_catalogue(QUERIES), encoding="utf-8")


if __name__ == "__main__":
    write_all()
