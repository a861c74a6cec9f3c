"""Asking in the page: how soon the engine is ready, and how fast it answers again.

    python -m benchmarks.ask

Needs Chromium and the engine (`make assets`). The article's graph is asked, and one of three times
its triples, made by repeating what the text says under other names. Before a query is asked again,
what it lit and showed is let go of. Times are of this machine, in this run, and of all that it does
besides; processor time, of all threads of the page, says what the page itself takes. The engine
outside the page answers the same query in the same run, for a measure.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright
from rdflib import Dataset, URIRef
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.page import render_page
from claimgraph.pipeline import Build, build_article
from claimgraph.queries import QueryEngine, list_queries, load_query
from claimgraph.resources import bundled_article

QUERIES = (
    "what-does-it-treat",
    "what-is-claimed-about",
    "which-claims-are-not-plain-and-why",
    "how-does-it-work-through-a-receptor",
    "violation-span-outside-sentence",
)
REPEATS = 7
OPENED = 5  # pages, to see how soon each answers first
GOAL = 50  # milliseconds, for every query asked again
HEAD = (
    "| query, asked again | until its rows stand, ms: best, median | until they are drawn "
    "| until the graph is lit | CPU until then, ms | CPU outside the page, ms |\n| --- "
    + "| ---: " * 5
    + "|"
)

OPEN_AND_ANSWER = """() => new Promise((resolve) => {
  const from = performance.now();
  const look = () => {
    if (document.querySelector('#ask-answer table')) resolve(performance.now() - from);
    else requestAnimationFrame(look);
  };
  document.querySelector('.views [data-view=ask]').click();
  look();
})"""
# Lets go of what is selected and of the rows, so that a repeated query has all of its work to do.
CLEAR = """() => {
  document.activeElement.blur();
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
  document.querySelector('#ask-answer').replaceChildren();
}"""
# From the click on Run until the rows stand in the page, until a frame with them has been made, and
# until one with the graph lit, which comes after: the detail pane then says what is lit.
ANSWER_AGAIN = """() => new Promise((resolve) => {
  const from = performance.now();
  const passed = () => performance.now() - from;
  const when = (place) => new Promise((seen) => {
    new MutationObserver((_, observer) => {
      if (!place.children.length) return;
      observer.disconnect();
      seen();
    }).observe(place, {childList: true});
  });
  const drawn = () => new Promise((made) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => made(passed());
    requestAnimationFrame(() => port2.postMessage(null));
  });
  const lit = when(document.querySelector('#detail')).then(drawn);
  const nothing = new Promise((over) => setTimeout(() => over(null), 1000));
  when(document.querySelector('#ask-answer')).then(async () => {
    const rows = passed();
    resolve([rows, await drawn(), await Promise.race([lit, nothing])]);
  });
  document.querySelector('#ask-run').click();
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
            larger.graph(graph).add(tuple(terms))  # type: ignore[arg-type]
    return larger


def measure(tab: Page, name: str) -> tuple[list[list[float | None]], float]:
    """Repeat a query; give milliseconds until rows stand, are drawn, are lit; and those of CPU."""
    tab.locator("#ask-menu").select_option(name)
    tab.wait_for_function("name => location.hash.includes(name)", arg=f"ask={name}")
    tab.wait_for_selector("#ask-answer[aria-busy=false] > *", state="attached")
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    taken, cpu = [], 0.0
    for _ in range(REPEATS):
        tab.evaluate(CLEAR)
        tab.wait_for_timeout(400)
        before = processor_seconds(session)
        taken.append(tab.evaluate(ANSWER_AGAIN))
        cpu += processor_seconds(session) - before
    return [list(times) for times in zip(*taken, strict=True)], 1000 * cpu / REPEATS


def processor_seconds(session: CDPSession) -> float:
    """Give what all threads of the page have used so far, the engine's among them."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "ProcessTime"))


def outside(engine: QueryEngine, name: str, repeats: int = REPEATS) -> float:
    """Give the least processor time of the same query outside the page, milliseconds."""
    query, times = load_query(name), []
    for _ in range(repeats):
        start = time.process_time()
        engine.run(query)
        times.append((time.process_time() - start) * 1000)
    return min(times)


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
        ready: list[float] = []
        cpu = 0.0
        for _ in range(OPENED):
            tab = browser.new_page()
            tab.goto(path.as_uri())
            tab.wait_for_selector("#status:not(:empty)")
            tab.wait_for_timeout(300)
            session = tab.context.new_cdp_session(tab)
            session.send("Performance.enable")
            before = processor_seconds(session)
            ready.append(tab.evaluate(OPEN_AND_ANSWER))
            cpu += processor_seconds(session) - before
            if len(ready) < OPENED:
                tab.close()
        print(f"\n{len(dataset):,} triples, page {len(page) / 1e6:.2f} MB")
        first = f"{spread(ready)} (best, median); CPU {1000 * cpu / OPENED:.0f}"
        print(f"First answer after its tab opens, ms: {first}\n")
        print(HEAD)
        for name in QUERIES:
            taken, cpu = measure(tab, name)
            cells = (name, *map(spread, taken), f"{cpu:.0f}")
            print(f"| {' | '.join(cells)} | {outside(engine, name):.1f} |", flush=True)
        slow = [
            f"{query.name} {took:.0f}"
            for query in list_queries()
            if (took := outside(engine, query.name, repeats=3)) > GOAL
        ]
        count = len(list_queries())
        print(f"\nOf all {count} queries, over {GOAL} ms of CPU outside the page: {slow or 'none'}")
        browser.close()


def spread(times: Sequence[float | None]) -> str:
    """Say the best and the median; of what nothing in the graph answers, nothing is lit."""
    seen = [each for each in times if each is not None]
    if len(seen) < len(times):
        return "–"
    return f"{min(seen):.0f}, {statistics.median(seen):.0f}"


def main() -> None:
    """Measure the article's graph, and a larger one."""
    build = build_article(bundled_article())
    show(build, 1)
    show(build, 5)


if __name__ == "__main__":
    main()
