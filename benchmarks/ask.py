"""Asking in the page: how soon the engine is ready, and how fast it answers again.

    python -m benchmarks.ask

Needs Chromium and the engine (`make assets`). The article's graph is asked, and one of three times
its triples, made by repeating what the text says under other names. Times are of this machine, in
this run; the engine outside the page answers the same query in the same run, for a measure.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rdflib import Dataset, URIRef
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.page import render_page
from claimgraph.pipeline import Build, build_article
from claimgraph.queries import QueryEngine, load_query
from claimgraph.resources import bundled_article

QUERIES = ("what-does-it-treat", "what-is-claimed-about", "which-claims-are-not-plain-and-why")
REPEATS = 7

OPEN_AND_ANSWER = """() => new Promise((resolve) => {
  const from = performance.now();
  const look = () => {
    if (document.querySelector('#ask-answer table')) resolve(performance.now() - from);
    else requestAnimationFrame(look);
  };
  document.querySelector('.views [data-view=ask]').click();
  look();
})"""
ANSWER_AGAIN = """() => new Promise((resolve) => {
  const answer = document.querySelector('#ask-answer');
  answer.replaceChildren();
  const from = performance.now();
  document.querySelector('#ask-run').click();
  const look = () => {
    if (answer.children.length) resolve(performance.now() - from);
    else setTimeout(look, 0);
  };
  look();
})"""


def repeat(dataset: Dataset, text_id: str, times: int) -> Dataset:
    """Make a larger dataset: what a text says, said again under other names."""
    larger = Dataset()
    bases = (f"{vocab.TEXT}{text_id}", vocab.CLAIM)

    def renamed(node: Node, number: int) -> Node:
        is_of_text = number > 0 and isinstance(node, URIRef) and str(node).startswith(bases)
        return URIRef(f"{node}-{number}") if is_of_text else node

    for subject, predicate, object_, graph in dataset.quads():
        for number in range(times):
            terms = (renamed(node, number) for node in (subject, predicate, object_))
            larger.graph(graph).add(tuple(terms))
    return larger


def measure(tab: Page, name: str) -> float:
    """Give the median time of a repeated query, milliseconds."""
    tab.locator("#ask-menu").select_option(name)
    tab.wait_for_function("name => location.hash.includes(name)", arg=f"ask={name}")
    tab.wait_for_selector("#ask-answer[aria-busy=false] > *", state="attached")
    return statistics.median(tab.evaluate(ANSWER_AGAIN) for _ in range(REPEATS))


def outside(engine: QueryEngine, name: str) -> float:
    """Give the median time of the same query outside the page, milliseconds."""
    query, times = load_query(name), []
    for _ in range(REPEATS):
        start = time.perf_counter()
        engine.run(query)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def show(build: Build, times: int) -> None:
    """Print the figures of one size."""
    dataset = repeat(build.dataset, build.document.id, times) if times > 1 else build.dataset
    page = render_page(build.document, build.claims, dataset)
    engine = QueryEngine(dataset)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        ready = []
        for _ in range(3):
            tab = browser.new_page()
            tab.goto(path.as_uri())
            tab.wait_for_selector("#status:not(:empty)")
            ready.append(tab.evaluate(OPEN_AND_ANSWER))
        print(f"\n{len(dataset):,} triples, page {len(page) / 1e6:.2f} MB")
        print(f"  first answer after its tab opens  {statistics.median(ready):8.0f} ms")
        for name in QUERIES:
            inside, without = measure(tab, name), outside(engine, name)
            print(f"  again: {name:34} {inside:6.0f} ms, outside the page {without:6.1f} ms")
        browser.close()


def main() -> None:
    """Measure the article's graph, and a larger one."""
    build = build_article(bundled_article())
    show(build, 1)
    show(build, 5)


if __name__ == "__main__":
    main()
