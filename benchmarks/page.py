"""Measure the page beside plain pyvis, on the same graphs, in one run.

    python benchmarks/page.py [--nodes 500] [--limit 60] [--write]

For each size: the file, the processor time of the browser's renderer until the page has been drawn,
stands still and answers, and how evenly it moves when it is dragged. Needs Chromium and Playwright.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run as a file, which puts only this file's folder on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import networkx as nx
from playwright.sync_api import Browser, CDPSession, Error, Page, sync_playwright
from pyvis.network import Network

from benchmarks.synthetic import make_corpus
from claimgraph.corpus import known_beside
from claimgraph.page import render_page

README = Path(__file__).with_name("README.md")
SIZES = (50, 500, 2_000, 10_000, 50_000)
"""Numbers of nodes; each graph has twice as many edges."""
GOALS = {50: (700_000, 0.5), 500: (None, 0.5), 10_000: (2_500_000, 1.0), 50_000: (9_000_000, 2.0)}
"""Bytes and processor seconds that our page may take."""
FRAME_GOAL = 33  # milliseconds, for 95 % of the frames at 500 nodes

_BEGIN, _END = "<!-- page -->", "<!-- /page -->"
_WINDOW = {"width": 1440, "height": 900}
_FRAMES = 120
_PATIENCE = 3  # times the limit for opening a page, for making it
# Runs before anything of the page: notes when a canvas is first and last painted on, and when the
# page has answered within 100 ms and nothing has been painted for 300 ms.
_WATCH = """
(() => {
  const seen = window.__seen = {drawn: null, last: 0, still: null};
  for (const name of ["fill", "stroke", "fillText"]) {
    const plain = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      seen.last = performance.now();
      seen.drawn ??= seen.last;
      return plain.apply(this, given);
    };
  }
  const look = () => {
    const asked = performance.now();
    requestAnimationFrame(() => setTimeout(() => {
      const now = performance.now();
      if (seen.drawn !== null && now - asked < 100 && now - seen.last > 300) {
        seen.still = seen.last;
        console.log("still");
      }
      else setTimeout(look, 50);
    }));
  };
  look();
})();
"""
_RECORD = """count => new Promise(resolve => {
  const at = [];
  const note = now => at.push(now) <= count ? requestAnimationFrame(note) : resolve(at);
  requestAnimationFrame(note);
})"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page took. Times are in seconds, frames in milliseconds; none if never reached."""

    bytes: int
    made: float
    drawn: float | None = None
    ready: float | None = None
    cpu: float | None = None
    frame: float | None = None
    frame_cpu: float | None = None


def make_ours(nodes: int, path: Path) -> None:
    """Write our page."""
    path.write_bytes(render_page(*make_corpus(nodes, 2 * nodes), known_beside()))


def make_pyvis(nodes: int, path: Path, *, physics: bool = True) -> None:
    """Write the page of plain pyvis: the same concepts, and an edge for each claim."""
    _, claims = make_corpus(nodes, 2 * nodes)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for claim in claims:
        ends = [mention.concept for mention in (claim.subject, claim.object)]
        for concept in ends:
            assert concept is not None
            graph.add_node(concept.id, label=concept.label)
        graph.add_edge(ends[0].id, ends[1].id, label=claim.relation.value)  # type: ignore[union-attr]
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph)
    if not physics:
        network.toggle_physics(False)
    path.write_text(network.generate_html(), encoding="utf-8")


def make_pyvis_still(nodes: int, path: Path) -> None:
    """Write the page of plain pyvis with its physics off."""
    make_pyvis(nodes, path, physics=False)


KINDS: dict[str, Callable[[int, Path], None]] = {
    "ours": make_ours,
    "pyvis": make_pyvis,
    "pyvis, physics off": make_pyvis_still,
}


def make_page(kind: str, nodes: int, path: Path, limit: float) -> float | None:
    """Write a page in a process of its own; give the seconds it took, none if over the limit."""
    started = time.monotonic()
    process = multiprocessing.get_context("spawn").Process(target=KINDS[kind], args=(nodes, path))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    assert process.exitcode == 0, f"{kind} with {nodes} nodes could not be made"
    return time.monotonic() - started


def measure(browser: Browser, path: Path, made: float, limit: float) -> Reading:
    """Open a page from disk, offline, and measure it."""
    size = path.stat().st_size
    context = browser.new_context(viewport=_WINDOW, offline=True)
    try:
        tab = context.new_page()
        tab.add_init_script(_WATCH)
        tab.set_default_timeout(limit * 1000)
        session = context.new_cdp_session(tab)
        session.send("Performance.enable")
        try:
            with tab.expect_console_message(lambda message: message.text == "still"):
                tab.goto(path.as_uri(), wait_until="commit")
        except Error:
            return Reading(size, made)
        cpu = _cpu(session)
        seen = tab.evaluate("window.__seen")
        frame, frame_cpu = _drag(tab, session)
        return Reading(
            size, made, seen["drawn"] / 1000, seen["still"] / 1000, cpu, frame, frame_cpu
        )
    finally:
        context.close()


def _cpu(session: CDPSession) -> float:
    """Give the processor seconds that the page's renderer has used since it was started."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "ProcessTime"))


def _drag(tab: Page, session: CDPSession) -> tuple[float | None, float | None]:
    """Drag the picture; give the 95th percentile of the frames, and processor time for each."""
    canvas = tab.locator("canvas").first.bounding_box()
    if canvas is None:
        return None, None
    x, y = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] - 60
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate(f"window.__frames = ({_RECORD})({_FRAMES})")
    before = _cpu(session)
    for number in range(90):
        tab.mouse.move(x + 2 * (number % 45) - 45, y - number % 30)
        time.sleep(0.012)
    tab.mouse.up()
    at: list[float] = tab.evaluate("window.__frames")
    used = _cpu(session) - before
    gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
    return statistics.quantiles(gaps, n=20)[-1], 1000 * used / len(gaps)


def measure_all(sizes: Sequence[int], limit: float) -> Iterator[tuple[int, str, Reading | None]]:
    """Measure each kind of page at each size; nothing for a page that was not made in time."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for nodes in sizes:
            for kind in KINDS:
                path = Path(folder) / "page.html"
                made = make_page(kind, nodes, path, _PATIENCE * limit)
                if made is None:
                    yield nodes, kind, None
                    continue
                browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
                try:
                    yield nodes, kind, measure(browser, path, made, limit)
                finally:
                    browser.close()


def show_row(nodes: int, kind: str, reading: Reading | None, limit: float) -> str:
    """Write one line of the table."""
    stopped = f"stopped after {limit:g} s"
    if reading is None:
        return f"| {nodes:,} | {kind} | | stopped after {_PATIENCE * limit:g} s | | | | | |"
    cells = [f"{nodes:,}", kind, f"{reading.bytes / 1e6:.2f}", f"{reading.made:.1f}"]
    if reading.cpu is None or reading.drawn is None or reading.ready is None:
        return "| " + " | ".join([*cells, stopped, "", "", "", ""]) + " |"
    cells += [f"{reading.drawn:.2f}", f"{reading.ready:.2f}", f"{reading.cpu:.2f}"]
    cells += ["" if n is None else f"{n:.0f}" for n in (reading.frame, reading.frame_cpu)]
    return "| " + " | ".join(cells) + " |"


HEAD = (
    "| nodes | page | MB | made, s | drawn, s | ready, s | CPU until ready, s "
    "| frame, 95 %, ms | CPU a frame, ms |\n| ---: | --- " + "| ---: " * 7 + "|"
)


def judge(rows: Sequence[tuple[int, str, Any]]) -> list[str]:
    """Say which goals our page misses."""
    missed = []
    for nodes, kind, reading in rows:
        size, cpu = GOALS.get(nodes, (None, None))
        if kind != "ours":
            continue
        if reading is None or reading.cpu is None:
            missed.append(f"{nodes:,} nodes: not ready in time")
            continue
        if size is not None and reading.bytes > size:
            missed.append(f"{nodes:,} nodes: {reading.bytes:,} bytes, goal {size:,}")
        if cpu is not None and reading.cpu > cpu:
            missed.append(f"{nodes:,} nodes: {reading.cpu:.2f} CPU-seconds, goal {cpu}")
        if nodes == 500 and (reading.frame is None or reading.frame > FRAME_GOAL):
            missed.append(f"{nodes:,} nodes: frames of {reading.frame} ms, goal {FRAME_GOAL}")
    return missed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; give the exit code: 1 if a goal was missed."""
    parser = argparse.ArgumentParser(
        prog="benchmarks/page.py", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--nodes", type=int, action="append", help="one size; may be repeated")
    parser.add_argument("--limit", type=float, default=60, help="seconds a page may take")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    asked = parser.parse_args(arguments)
    rows = []
    lines = [HEAD]
    print(HEAD)
    for nodes, kind, reading in measure_all(asked.nodes or SIZES, asked.limit):
        rows.append((nodes, kind, reading))
        lines.append(show_row(nodes, kind, reading, asked.limit))
        print(lines[-1], flush=True)
    missed = judge(rows)
    result = f"Missed: {'; '.join(missed)}." if missed else "No goal was missed."
    print(f"\n{result}")
    if asked.write:
        text = README.read_text(encoding="utf-8")
        before, begin, rest = text.partition(_BEGIN)
        _, end, after = rest.partition(_END)
        assert begin, f"{README}: has no {_BEGIN} to write the table behind"
        assert end, f"{README}: has no {_END} to write the table before"
        table = "\n".join(lines)
        README.write_text(f"{before}{begin}\n\n{table}\n\n{result}\n\n{end}{after}", "utf-8")
        print(f"wrote {README}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
