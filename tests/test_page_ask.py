"""Asking in the page: what the file carries for it, and what a reader can do with it."""

import base64
import csv
import hashlib
import io
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import Graph, URIRef

from claimgraph.page import ask, frame, render_page
from claimgraph.page.ask import lay_out, pack, write_values
from claimgraph.queries import QueryEngine, list_queries, load_query
from tests.browsing import go, shoot
from tests.hostile import HOSTILE, hostile_build

ROOT = Path(__file__).resolve().parents[1]
SIZE_LIMIT = 2_600_000  # bytes


# ── The file ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_with_the_engine_is_small_enough(asking_page):
    assert len(asking_page) <= SIZE_LIMIT


def test_the_policy_lets_the_engine_run_and_nothing_else(asking_page, page):
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', asking_page.decode())
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["worker-src"] == "blob:"
    assert rules["trusted-types"] == "ask"
    first, second, wasm = rules["script-src"].split()
    assert first.startswith("'sha256-")
    assert second.startswith("'sha256-")
    assert wasm == "'wasm-unsafe-eval'"
    assert "connect-src" not in rules  # falls back to default-src: nothing
    assert b"wasm-unsafe-eval" not in page
    assert b"worker-src" not in page


def test_the_same_input_gives_the_same_bytes(build, asking_page):
    again = render_page(build.document, reversed(build.claims), build.dataset)
    assert hashlib.sha256(again).digest() == hashlib.sha256(asking_page).digest()


def test_packed_data_mean_nothing_to_html():
    data = bytes(range(256)) * 7
    text = pack(data)
    assert re.fullmatch(r"[^<>&\"'\s]+", text)
    assert pack(data) == text
    back = text.translate(str.maketrans(".,:", "<>&"))
    assert base64.b85decode(back)[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    "object_",
    [
        "<urn:o>",
        "_:b0",
        '"words"',
        '"a . <urn:x> \\" .\u2028\x85"@en-GB',
        '"7"^^<urn:type>',
        '"a\\\\"',
        '"> . <"',
    ],
)
def test_quads_laid_out_as_columns_are_the_quads(object_):
    quads = [f"<urn:a> <urn:b> {object_} <urn:g> .", f"<urn:c> <urn:b> {object_} ."]
    laid = lay_out("".join(f"{quad}\n" for quad in quads))
    graph, subject, back = 0, 0, []
    for at, step in enumerate(laid["graphs"]):
        graph, subject = graph + step, subject + laid["subjects"][at]
        numbers = (subject, laid["predicates"][at], laid["objects"][at], graph)
        back.append(" ".join(filter(None, (laid["terms"][number] for number in numbers))) + " .")
    assert sorted(back) == sorted(quads)


def test_a_page_without_the_engine_says_how_to_add_it(build, monkeypatch):
    monkeypatch.setattr("claimgraph.page.load_engine", lambda: None)
    html = render_page(build.document, build.claims, build.dataset).decode()
    assert 'id="ask"' not in html
    assert "make assets" in html
    left_out = render_page(build.document, build.claims, build.dataset, with_sparql=False).decode()
    assert 'id="ask"' not in left_out
    assert "make assets" not in left_out


def test_an_engine_that_was_not_fetched_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr(ask.resources, "files", lambda _: tmp_path)
    assert ask.load_engine.__wrapped__() is None


def test_values_written_into_a_query_say_the_same_as_bound_ones(build):
    """The page has no way to bind a parameter but to write it into the query."""
    engine = QueryEngine(build.dataset)
    asked = {}
    for query in list_queries():
        if not query.parameters:
            continue
        bound = {name: term.n3() for name, term in engine.bind(query).items()}
        written = engine.run(re.sub("(?m)^#.*\n", "", write_values(query.text, bound)))
        found = engine.run(query)
        assert written.columns == found.columns
        assert Counter(written.rows) == Counter(found.rows), query.name
        asked[query.name] = len(found.rows)
    assert len(asked) >= 10
    assert {name for name, rows in asked.items() if not rows} == {
        "what-does-it-interact-with",  # the article names no drug
        "what-is-it-contraindicated-for",  # nor a contraindication
    }


# ── In a browser ────────────────────────────────────────────────────────────────────────────────


def wait(tab):
    """Wait until the engine has answered."""
    tab.wait_for_selector("#ask-answer[aria-busy=false] > *", state="attached", timeout=30_000)


def run(tab, query):
    """Type a query and run it from the keyboard."""
    tab.locator("#ask-text").fill(query)
    tab.locator("#ask-text").press("Control+Enter")
    wait(tab)


def rows_of(tab):
    while (more := tab.locator("#ask-answer .more")).is_visible():
        more.click()
    return [
        row.locator("td").all_text_contents() for row in tab.locator("#ask-answer tbody tr").all()
    ]


@pytest.fixture
def asking(open_page, asking_page):
    """The page with its view for asking open, and the first query answered."""

    def opened(view="#view=ask", **options):
        tab = open_page(asking_page, view, **options)
        wait(tab)
        return tab

    return opened


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "width", "height", "scheme"),
    [
        ("desktop", 1440, 900, "light"),
        ("dark", 1440, 900, "dark"),
        ("phone", 390, 844, "light"),
    ],
)
def test_the_view_opens_from_disk_and_answers(asking, name, width, height, scheme):
    tab = asking(width=width, height=height, color_scheme=scheme)
    assert tab.locator("#ask-menu option:checked").text_content() == (
        "What does the drug treat, and in which words?"
    )
    assert tab.locator("#ask-answer tbody tr").count() == 11
    assert re.match(r"11 rows in \d+ ms", tab.locator("#ask-note").text_content())
    shoot(tab, f"{name}-ask")


@pytest.mark.browser
def test_every_query_answers_in_the_page_what_it_answers_outside(asking, build):
    tab = asking()
    engine = QueryEngine(build.dataset)
    names = [query.name for query in list_queries()]
    menu = tab.locator("#ask-menu option").evaluate_all("all => all.map(o => o.value)")
    assert sorted(menu) == sorted(["", *names])
    answered = {}
    for name in names:
        tab.locator("#ask-menu").select_option(name)
        tab.wait_for_function("name => location.hash.includes(name)", arg=f"ask={name}")
        wait(tab)
        assert tab.locator("#ask-answer [role=alert]").count() == 0, name
        if tab.locator("#ask-answer .ask-boolean").count():
            answered[name] = tab.locator("#ask-answer .ask-boolean").text_content()
            continue
        answer = "[]"
        if tab.locator("#ask-answer table").count():
            with tab.expect_download() as download:
                tab.get_by_role("button", name="Save as CSV").click()
            answer = Path(download.value.path()).read_text("utf-8")
            answered[name] = list(csv.reader(io.StringIO(answer)))
        else:
            answered[name] = []
    full = 0
    for name in names:
        result = engine.run(load_query(name))
        expected = list(csv.reader(io.StringIO(result.to_csv().decode())))
        if not result.rows:
            assert answered[name] == [], name
            continue
        assert answered[name][0] == expected[0], name
        # In the order of the query: every query of the catalogue has a total one.
        assert answered[name][1:] == expected[1:], name
        full += 1
    assert full >= 30


@pytest.mark.browser
def test_select_ask_construct_and_describe_are_answered(asking, build):
    tab = asking()
    run(
        tab,
        "PREFIX cg: <https://w3id.org/claimgraph/vocab#> SELECT (COUNT(*) AS ?n) { ?c a cg:Claim }",
    )
    assert rows_of(tab) == [["90"]]
    run(tab, "ASK { ?a ?b 'no such thing' }")
    assert tab.locator("#ask-answer").text_content() == "No"
    run(tab, "ASK { ?a ?b ?c }")
    assert tab.locator("#ask-answer").text_content() == "Yes"
    run(tab, "DESCRIBE <https://w3id.org/claimgraph/concept/clonazepam>")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as N-Triples").click()
    told = Graph().parse(data=Path(download.value.path()).read_text("utf-8"), format="nt")
    subject = URIRef("https://w3id.org/claimgraph/concept/clonazepam")
    assert set(told) == {
        (s, p, o) for s, p, o, _ in build.dataset.quads((subject, None, None, None))
    }


@pytest.mark.browser
def test_a_query_is_about_all_graphs_unless_it_says_which(asking, build):
    tab = asking()
    engine = QueryEngine(build.dataset)
    direct = "https://w3id.org/claimgraph/text/clonazepam-seizure-disorders/direct"
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
        f"SELECT (COUNT(*) AS ?n) FROM <{direct}> {{ ?a ?b ?c }}",  # noqa: S608 - SPARQL
        f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{direct}> {{ ?a ?b ?c }} }}",
        "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?a ?b ?c } }",
        'SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER(CONTAINS(STR(?c), "from")) } # from',
    ):
        run(tab, query)
        assert rows_of(tab) == [[str(engine.run(query).rows[0][0])]], query


MISTAKES = (
    ("SELECT ?a\nWHERE {\n  ?a ?b\n}", "Line 4: it cannot be read on behind “}”"),
    ("SELECT ?a\nWHERE {\n  ?a foo:bar ?c\n}", "Line 3: the prefix foo: is not declared"),
    ("# only\nINSERT DATA { <urn:a> <urn:b> <urn:c> }", "Line 2: this is an update"),
    ("SELECT * { SERVICE <https://example.org/> { ?a ?b ?c } }", "SERVICE asks another server"),
    ("SELECT * { SERVICE SILENT <urn:a> { ?a ?b ?c } }", "SERVICE asks another server"),
    ("", "Line 1:"),
)


@pytest.mark.browser
def test_what_is_wrong_is_said_with_its_line(asking):
    tab = asking()
    for query, message in MISTAKES:
        run(tab, query)
        alert = tab.locator("#ask-answer [role=alert]")
        assert alert.text_content().startswith(message)
        assert len(alert.text_content()) < 200
        if message.startswith("Line"):
            assert tab.locator("#ask-text").get_attribute("aria-invalid") == "true"
            tab.get_by_role("button", name="Go to the line").click()
            line = int(message.split()[1].rstrip(":"))
            chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
            assert tab.locator("#ask-text").evaluate(chosen) == query.split("\n")[line - 1]
    run(tab, "ASK {}")
    assert tab.locator("#ask-text").get_attribute("aria-invalid") is None


ROWS_OF_DIFFERENCES = {
    "?a - ?b + ?c": True,
    "?a - ABS(?b) - (?c)": True,
    "?a / ?b * ?c": True,
    "?a + (1 - ?b + 2)": True,
    "(?a - ?b) + ?c": False,
    "?a + ?b - ?c": False,
    "?a * ?b / ?c - ?a / ?b": False,
    "IF(?a - ?b > ?c + 1, 1, 2)": False,
    "COUNT(*) - 1": False,
    "STRLEN('a - b + c')": False,
}


@pytest.mark.browser
def test_rows_of_differences_are_warned_of(asking):
    """The engine on npm groups them from the right; ours outside the page from the left."""
    tab = asking()
    path = "<urn:a>/<urn:b>/<urn:c>*/^<urn:d>"
    for expression, is_warned in ROWS_OF_DIFFERENCES.items():
        values = "VALUES (?a ?b ?c) { (9 3 1) }"
        run(tab, f"SELECT ({expression} AS ?x) {{ OPTIONAL {{ ?s {path} ?o }} {values} }}")
        assert tab.locator("#ask-answer [role=alert]").count() == 0
        note = tab.locator("#ask-note").text_content()
        assert ("write parentheses" in note) == is_warned, expression


@pytest.mark.browser
def test_a_known_prefix_is_declared_with_one_click(asking):
    tab = asking()
    run(tab, "SELECT (COUNT(*) AS ?n) { ?c a cg:Claim }")
    tab.get_by_role("button", name="Declare cg:").click()
    wait(tab)
    tab.wait_for_selector("#ask-answer table")
    assert rows_of(tab) == [["90"]]
    assert tab.locator("#ask-text").input_value().startswith("PREFIX cg: <")


@pytest.mark.browser
def test_a_query_that_runs_away_is_cancelled(asking):
    tab = asking()
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    tab.locator("#ask-text").fill(endless)
    tab.locator("#ask-text").press("Control+Enter")
    tab.get_by_role("button", name="Cancel").click()
    tab.wait_for_selector("#ask-answer[aria-busy=false]")
    assert tab.locator("#ask-note").text_content() == "Cancelled"
    assert tab.get_by_role("button", name="Cancel").is_hidden()
    run(tab, "ASK { ?a ?b ?c }")
    assert tab.locator("#ask-answer").text_content() == "Yes"
    tab.locator("#ask-text").fill(endless)
    tab.locator("#ask-text").press("Control+Enter")
    tab.wait_for_selector("#ask-answer[aria-busy=true]")
    tab.locator("#ask-text").press("Escape")
    tab.wait_for_selector("#ask-answer[aria-busy=false]")


@pytest.mark.browser
def test_a_long_answer_is_cut_and_says_so(asking):
    tab = asking()
    run(tab, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } # all with all")
    assert len(rows_of(tab)) == 1000
    assert tab.locator("#ask-note").text_content().startswith("The first 1,000 rows in ")
    run(tab, "SELECT * { ?a ?b ?c } LIMIT 1000")
    assert tab.locator("#ask-note").text_content().startswith("1,000 rows in ")


@pytest.mark.browser
def test_of_many_rows_the_first_are_shown_and_the_rest_as_they_are_wanted(asking):
    tab = asking()
    run(tab, "SELECT ?a { ?a ?b ?c } LIMIT 300")
    shown = tab.locator("#ask-answer tbody tr")
    more = tab.locator("#ask-answer .more")
    assert shown.count() == 20
    assert more.text_content() == "Show more (20 of 300)"
    table = tab.locator("#ask-answer table")
    assert table.get_attribute("aria-rowcount") == "301"  # with the head
    assert shown.last.get_attribute("aria-rowindex") == "21"
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as CSV").click()
    assert len(Path(download.value.path()).read_text("utf-8").splitlines()) == 301
    tab.locator("#ask-answer .scroll").evaluate("pane => { pane.scrollTop = 9e9 }")
    tab.wait_for_function("() => document.querySelectorAll('#ask-answer tbody tr').length === 120")
    more.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function(
        "() => document.querySelector('#live').textContent.endsWith('rows shown')"
    )
    assert len(rows_of(tab)) == 300
    assert more.is_hidden()
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == "Answer"
    assert shown.last.get_attribute("aria-rowindex") == "301"


@pytest.mark.browser
def test_rows_light_up_in_the_graph_and_are_chosen(asking, build):
    tab = asking(f"#view=ask&ask={quote('what-does-it-treat')}")
    detail = tab.locator("#detail")
    assert detail.locator("h2").text_content() == "1 concept and 11 claims of the graph"
    quotes = {c.quote.text for c in build.claims if c.relation == "treats"}
    lit = "".join(tab.locator("#reading .piece.lit").all_text_contents())
    assert all(q in lit for q in list(quotes)[:1])
    tab.locator("#ask-answer tbody tr").first.get_by_role("button", name="Show the claim").click()
    assert re.search(r"view=ask.*claim=[0-9a-f]{16}", tab.url)
    assert detail.locator(".claim").count() == 1
    tab.locator("#ask-answer tbody tr").nth(1).locator("td").first.click()
    assert detail.locator(".claim").count() == 1
    tab.locator("#ask-answer button.concept", has_text="clonazepam").first.press("Enter")
    assert "concept=clonazepam" in tab.url
    tab.keyboard.press("Escape")
    assert "concept=" not in tab.url


@pytest.mark.browser
def test_parameters_are_chosen_without_writing_sparql(asking, build):
    tab = asking("#view=ask&ask=what-is-claimed-about")
    before = rows_of(tab)
    tab.locator("#ask-parameters").get_by_label("concept").select_option("sedation")
    wait(tab)
    tab.wait_for_function("() => document.querySelector('#ask-menu').value === ''")
    wait(tab)
    assert "concept/sedation>" in tab.locator("#ask-text").input_value()
    expected = QueryEngine(build.dataset).run(
        load_query("what-is-claimed-about"), {"concept": "sedation"}
    )
    assert len(rows_of(tab)) == len(expected.rows)
    assert rows_of(tab) != before
    tab.locator("#ask-menu").select_option("where-does-the-text-say")
    tab.locator("#ask-parameters").get_by_label("words").fill('ti"tra\\tion')
    tab.locator("#ask-parameters").get_by_label("words").press("Enter")
    tab.wait_for_function("() => document.querySelector('#ask-text').value.includes('tra')")
    assert '{ "ti\\"tra\\\\tion" }' in tab.locator("#ask-text").input_value()
    tab.locator("#ask-parameters").get_by_label("words").fill("titration")
    tab.locator("#ask-parameters").get_by_label("words").press("Enter")
    tab.wait_for_function("() => location.hash.includes('titration')")
    wait(tab)
    assert rows_of(tab)
    assert all("titration" in " ".join(row) for row in rows_of(tab))


@pytest.mark.browser
def test_a_link_shows_the_query_but_runs_only_the_projects_own(asking, open_page, asking_page):
    own = "SELECT (1 + 1 AS ?two) {}\n# é & = # %"
    tab = open_page(asking_page, f"#view=ask&ask={quote(own, safe='')}")
    tab.wait_for_function("() => document.querySelector('#ask-text').value !== ''")
    assert tab.locator("#ask-text").input_value() == own
    assert "Run it with" in tab.locator("#ask-note").text_content()
    tab.wait_for_timeout(300)
    assert tab.locator("#ask-answer > *").count() == 0
    tab.get_by_role("button", name="Run", exact=True).click()
    wait(tab)
    assert rows_of(tab) == [["2"]]
    go(tab, "#view=ask&ask=what-is-outlook")
    tab.wait_for_function("() => document.querySelector('#ask-menu').value === 'what-is-outlook'")
    wait(tab)
    tab.go_back()
    tab.wait_for_function("() => document.querySelector('#ask-text').value.includes('1 + 1')")


@pytest.mark.browser
def test_the_editor_keeps_the_indent_and_lets_the_tab_key_go(asking):
    tab = asking()
    field = tab.locator("#ask-text")
    field.fill("SELECT * {\n  ?a ?b ?c .")
    field.press("End")
    field.press("Control+End")
    field.press("Enter")
    tab.keyboard.type("?c ?d ?e }")
    assert field.input_value() == "SELECT * {\n  ?a ?b ?c .\n  ?c ?d ?e }"
    field.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "ask-run"


@pytest.mark.browser
def test_hostile_strings_in_answers_and_queries_stay_text(open_page, engine):
    built = hostile_build()
    tab = open_page(render_page(built.document, built.claims, built.dataset), "#view=ask")
    wait(tab)
    labels = "SELECT ?label { ?c <http://www.w3.org/2004/02/skos/core#altLabel> ?label . FILTER(STRSTARTS(STR(?c), 'https://w3id.org/claimgraph/concept/c')) }"
    run(tab, labels)
    shown = {row[0] for row in rows_of(tab)}
    cut = {s if len(s) <= 600 else s[:20] for s in HOSTILE}
    assert all(any(row.startswith(s) for row in shown) for s in cut)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as CSV").click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    assert {cell.removeprefix("'") for cell in cells} >= {s.removeprefix("'") for s in HOSTILE}
    iris = "SELECT ?iri { ?m <https://w3id.org/sssom/object_id> ?iri }"
    run(tab, iris)
    for string in HOSTILE:
        literal = json.dumps(string)
        run(tab, f"SELECT ({literal} AS ?x) {{}}")
        run(tab, string)
        assert tab.locator("#ask-answer > *").count() >= 1
    run(tab, "CONSTRUCT { <javascript:window.__pwned=1> <urn:b> ?c } { ?a ?b ?c } LIMIT 5")
    assert tab.locator("#ask a[href^='javascript' i]").count() == 0
    run(
        tab,
        "SELECT ?x { VALUES ?x { <data:text/html,x> <javascript:alert(1)> <https://example.org/a?b=%22> } }",
    )
    assert tab.locator("#ask-answer a").evaluate_all("all => all.map(a => a.protocol)") == [
        "https:"
    ]
    assert tab.evaluate("Object.keys(window).filter(name => name.includes('pwned'))") == []
    assert tab.evaluate("document.querySelectorAll('img, iframe, base, object').length") == 0
    assert tab.evaluate("Object.keys(Object.prototype).length") == 0
    shoot(tab, "hostile-ask")


@pytest.mark.browser
def test_hostile_addresses_do_nothing(open_page, asking_page):
    tab = open_page(asking_page)
    for string in (*HOSTILE, "%", "%00", "%E0%A4%A", "\ud800"):
        word = quote(string, safe="", errors="surrogatepass")
        for key in (
            "view",
            "ask",
            "claim",
            "concept",
            "arrow",
            "path",
            "off",
            "around",
            "theme",
            "reach",
            word,
        ):
            tab.evaluate("hash => { location.hash = hash }", f"#view=ask&{key}={word}"[:3000])
    tab.wait_for_timeout(300)
    go(tab, "#view=graph")
    assert tab.locator("#detail h2").text_content() == "What the text claims"
    assert tab.evaluate("Object.keys(window).filter(name => name.includes('pwned'))") == []
    assert tab.evaluate("Object.keys(Object.prototype).length") == 0


@pytest.mark.browser
def test_the_page_works_in_a_frame_of_a_notebook(browser, asking_page, tmp_path):
    """There it has no address and no storage, and may reach nothing around it."""
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>N</title>{frame(asking_page)}")
    context = browser.new_context(viewport={"width": 1300, "height": 800}, offline=True)
    try:
        tab = context.new_page()
        troubles = []
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("console", lambda m: troubles.append(m.text) if m.type != "log" else None)
        tab.goto(path.as_uri())
        inside = tab.frame_locator("iframe")
        inside.get_by_role("button", name="Ask", exact=True).click()
        inside.locator("#ask-answer tbody tr").nth(10).wait_for()
        inside.get_by_role("button", name="Table", exact=True).click()
        inside.locator("#table tbody button").nth(3).click()
        assert inside.locator("#detail .claim").count() == 1
        assert troubles == []
    finally:
        context.close()
