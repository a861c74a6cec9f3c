"""The page in Firefox: it opens, it is asked, and nothing hostile runs."""

import re
from urllib.parse import quote

import pytest

from claimgraph.page import render_page
from claimgraph.queries import QueryEngine, list_queries
from tests.firefox import Firefox
from tests.hostile import HOSTILE, hostile_build

pytestmark = [pytest.mark.firefox, pytest.mark.slow]

ANSWERED = "document.querySelector('#ask-answer[aria-busy=false]')?.children.length"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    firefox = Firefox(tmp_path_factory.mktemp("firefox"))
    yield firefox
    firefox.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a page from disk and hold it to: no error, and nothing that its policy refused."""

    def opened(content, view=""):
        path = tmp_path / "page.html"
        path.write_bytes(content)
        browser.open("about:blank")
        browser.open(f"{path.as_uri()}{view}")
        browser.wait("document.querySelector('#status')?.textContent")
        return browser

    yield opened
    assert browser.errors() == []


def pwned(browser):
    return browser.run(
        "return [...Object.keys(window).filter((n) => n.includes('pwned')), ...Object.keys(Object.prototype)]"
    )


def test_the_views_open(open_page, page):
    tab = open_page(page)
    assert (
        tab.run("return document.querySelector('#status').textContent") == "90 claims · 72 concepts"
    )
    for view in ("table", "text", "graph"):
        tab.run("document.querySelector(`.views [data-view=${arguments[0]}]`).click()", view)
        assert tab.run("return document.querySelector('#workspace').dataset.view") == view
    drawn = (
        "const c = document.querySelector('#canvas canvas');"
        "const data = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "return new Set(new Uint32Array(data.buffer)).size"
    )
    assert tab.run(drawn) > 50
    tab.run("document.querySelector('#table tbody tr button').click()")
    assert tab.run("return document.querySelectorAll('#detail .claim').length") == 1
    assert tab.run("return document.querySelectorAll('#reading .piece.lit').length") >= 1


def test_every_query_answers_in_firefox(open_page, asking_page, build):
    tab = open_page(asking_page, "#view=ask")
    tab.wait(ANSWERED)
    engine = QueryEngine(build.dataset)
    for query in list_queries():
        tab.run(
            "const menu = document.querySelector('#ask-menu');"
            "menu.value = arguments[0]; menu.dispatchEvent(new Event('change'));",
            query.name,
        )
        tab.wait("location.hash.includes(`ask=${arguments[0]}`)", query.name)
        tab.wait(ANSWERED)
        rows = tab.run(
            "const table = document.querySelector('#ask-answer table');"
            "return table ? Number(table.getAttribute('aria-rowcount')) - 1 : 0"
        )
        assert rows == len(engine.run(query).rows), query.name


def test_nothing_hostile_runs_in_firefox(open_page, engine):
    built = hostile_build()
    tab = open_page(render_page(built.document, built.claims, built.dataset), "#view=table")
    rows = tab.run("return document.querySelectorAll('#table tbody tr').length")
    assert rows == 2 * len(HOSTILE)
    seen = tab.run(
        "const seen = [];"
        "for (const row of document.querySelectorAll('#table tbody tr button')) {"
        "  row.click();"
        "  document.querySelectorAll('#detail button.concept')[1]?.click();"
        "  seen.push((document.querySelector('#detail h2 bdi') ?? document.querySelector('#detail h2')).textContent);"
        "}"
        "return seen"
    )
    assert set(HOSTILE) <= set(seen)
    # What is looked for, and what is in the address.
    for string in HOSTILE:
        tab.run(
            "const field = document.querySelector('#find');"
            "field.value = arguments[0]; field.dispatchEvent(new Event('input'));",
            string[:200],
        )
        word = quote(string[:500], safe="")
        for key in ("view", "ask", "claim", "concept", "path", "off", "around", word):
            tab.run("location.hash = arguments[0]", f"#view=ask&{key}={word}")
    tab.run("location.hash = '#view=ask&ask=what-is-outlook'")
    tab.wait("document.querySelector('#ask-menu').value === 'what-is-outlook'")
    tab.wait(ANSWERED)
    labels = "SELECT ?label { ?c <http://www.w3.org/2004/02/skos/core#altLabel> ?label }"
    for query in (labels, *HOSTILE):
        tab.run(
            "document.querySelector('#ask-answer').replaceChildren();"
            "document.querySelector('#ask-text').value = arguments[0];"
            "document.querySelector('#ask-run').click();",
            query,
        )
        tab.wait(ANSWERED)
        if query == labels:
            tab.run(
                "let more;"
                "while ((more = document.querySelector('#ask-answer .more')) && !more.hidden)"
                "  more.click();"
            )
            text = tab.run("return document.querySelector('#ask-answer').textContent")
            assert all(string[:100].strip() in text for string in HOSTILE)
    assert pwned(tab) == []
    assert tab.run("return document.querySelectorAll('img, iframe, base, object').length") == 0
    links = tab.run("return [...document.querySelectorAll('a[href]')].map((a) => a.href)")
    assert all(re.match("(https?|file):", link) for link in links)
