"""What tests share: the article's build and page, a browser, and what happens without a program.

A test that needs a program of the system is skipped with a reason where it is missing. A skip that
nobody sees is a test that nobody runs, so with the environment variable ``CI`` set, a missing
program is a failure.
"""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from claimgraph.page import render_page
from claimgraph.page.ask import load_engine
from claimgraph.pipeline import build_article
from claimgraph.resources import bundled_article

NEEDS = {
    # marker: (programs, any of which will do; how to get one on Debian)
    "browser": (("chromium", "chromium-browser", "google-chrome"), "apt install chromium"),
    "rapper": (("rapper",), "apt install raptor2-utils"),
    "serdi": (("serdi",), "apt install serdi"),
    "java": (("java",), "apt install default-jre-headless"),
    "node": (("node",), "apt install nodejs npm"),
    "firefox": (("firefox-esr", "firefox"), "apt install firefox-esr"),
    "virtuoso": (("virtuoso-t",), "apt install virtuoso-opensource-7-bin"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or in CI fail, a marked test whose program is not on the PATH."""
    for marker, (programs, remedy) in NEEDS.items():
        if item.get_closest_marker(marker) is None or any(map(shutil.which, programs)):
            continue
        do_without(f"needs {' or '.join(programs)}: {remedy}")


def do_without(reason: str) -> None:
    """Skip a test, or in CI fail it."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def build():
    return build_article(bundled_article())


@pytest.fixture(scope="session")
def page(build):
    """The article's page, without the engine."""
    return render_page(build.document, build.claims, build.dataset, with_sparql=False)


@pytest.fixture(scope="session")
def engine():
    """The SPARQL engine that pages carry."""
    found = load_engine()
    if found is None:
        do_without("needs the SPARQL engine: make assets")
    return found


@pytest.fixture(scope="session")
def asking_page(build, engine):
    """The article's page, with the engine."""
    return render_page(build.document, build.claims, build.dataset)


@pytest.fixture(scope="module")
def browser():
    program = next(filter(None, map(shutil.which, NEEDS["browser"][0])))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, page, tmp_path):
    """Open a page from disk, offline, and hold it to: no error, no request, no dialog."""
    contexts, troubles, requests = [], [], []

    def opened(content=page, view="", *, width=1440, height=900, **options):
        path = tmp_path / "page.html"
        path.write_bytes(content)
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **options
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (troubles.append("dialog"), dialog.dismiss()))
        tab.on(
            "console",
            lambda m: troubles.append(f"{m.type}: {m.text}") if m.type != "log" else None,
        )
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto(f"{path.as_uri()}{view}")
        tab.wait_for_selector("#status:not(:empty)", state="attached")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
    assert [url for url in requests if not url.startswith(("file:", "blob:", "data:"))] == []
