"""The page for everyone: judged by axe-core, used by keyboard, by touch, zoomed, without motion."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browsing import go, shoot

CLAIM = "061d1da206171e26"  # tolerance, hedged, with a condition
VIEWS = {
    "overview": "#",
    "table": "#view=table",
    "text": "#view=text",
    "ask": "#view=ask",
    "concept": "#concept=clonazepam",
    "claim": f"#view=table&claim={CLAIM}",
    "sentence": "#sentence=13",
    "tension": "#tension=0",
    "path": "#path=clonazepam|seizure|0",
    "filtered": "#off=type.outlook,relation.treats&asserted=only&around=clonazepam",
}
SCREENS = {
    "light": {"width": 1440, "height": 900, "color_scheme": "light"},
    "dark": {"width": 1440, "height": 900, "color_scheme": "dark"},
    "phone": {"width": 390, "height": 844, "has_touch": True, "is_mobile": True},
}
# What a reader opens, beyond what the address can say.
STATES = {
    "menu": lambda tab: tab.locator("#export summary").click(),
    "found": lambda tab: tab.locator("#find").fill("seizure"),
    "nothing-found": lambda tab: tab.locator("#find").fill("no such thing"),
    "legend": lambda tab: tab.evaluate("document.querySelectorAll('#legend details').forEach(d => { d.open = true })"),
    "details": lambda tab: tab.evaluate("document.querySelectorAll('#detail details').forEach(d => { d.open = true })"),
    "answer": lambda tab: (go(tab, "#view=ask&ask=what-is-claimed-about"), tab.wait_for_selector("#ask-answer table")),
    "error": lambda tab: (tab.locator("#ask-text").fill("SELECT ?a { ?a cg:b }"), tab.locator("#ask-run").click(), tab.wait_for_selector("[role=alert]")),
}  # fmt: skip


def violations(tab):
    """What axe-core objects to, every rule it has, best practices among them."""
    found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_in_any_view(open_page, asking_page, screen):
    tab = open_page(asking_page, **SCREENS[screen])
    found = {}
    for name, view in VIEWS.items():
        go(tab, view)
        if name == "ask":
            tab.wait_for_selector("#ask-answer table")
        if troubles := violations(tab):
            found[name] = troubles
    go(tab, "#")
    for name, act in STATES.items():
        act(tab)
        if troubles := violations(tab):
            found[name] = troubles
    assert found == {}


# ── The keyboard ────────────────────────────────────────────────────────────────────────────────

FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    index: [...document.querySelectorAll('*')].indexOf(element),
    name: element.id || element.textContent.trim().slice(0, 40) || element.tagName,
    isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    isSeen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
}"""
USABLE = """() => {
  const all = [...document.querySelectorAll('*')];
  const usable = 'button, a[href], input, select, textarea, summary, [tabindex="0"]';
  return all.flatMap((e, index) => e.matches(usable) && e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) ? [index] : []);
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    "view", ["#", "#view=ask", "#concept=tolerance", "#path=clonazepam|seizure|0"]
)
def test_the_tab_key_comes_to_everything_and_shows_where_it_is(open_page, asking_page, view):
    tab = open_page(asking_page, view)
    if "ask" in view:
        tab.wait_for_selector("#ask-answer table")
    tab.evaluate("document.body.focus()")
    usable, reached = set(tab.evaluate(USABLE)), set()
    for _ in range(2 * len(usable)):
        tab.keyboard.press("Tab")
        here = tab.evaluate(FOCUSED)
        if here is None or (here["index"] in reached and reached >= usable):
            break
        assert here["isMarked"], here
        assert here["isSeen"], here
        reached.add(here["index"])
    missed = "all => all.map(i => document.querySelectorAll('*')[i].outerHTML.slice(0, 100))"
    assert tab.evaluate(missed, sorted(usable - reached)) == []
    assert len(usable) > 40


@pytest.mark.browser
def test_the_first_tab_stop_skips_to_the_table(open_page):
    tab = open_page()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the table of claims"
    tab.keyboard.press("Enter")
    assert tab.locator("#table").is_visible()
    assert tab.evaluate("document.activeElement.id") == "table"


@pytest.mark.browser
def test_a_query_is_asked_and_its_rows_are_read_by_keyboard(open_page, asking_page):
    tab = open_page(asking_page)
    tab.get_by_role("button", name="Ask", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#ask-answer table")
    tab.locator("#ask-text").focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type(
        "SELECT ?c { ?c a <https://w3id.org/claimgraph/vocab#Claim> } ORDER BY ?c LIMIT 3"
    )
    tab.keyboard.press("Control+Enter")
    tab.wait_for_function("() => document.querySelectorAll('#ask-answer tbody tr').length === 3")
    tab.wait_for_function("() => document.querySelector('#live').textContent.startsWith('3 rows')")
    tab.locator("#ask-answer tbody button").nth(1).focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#detail .claim").count() == 1
    tab.wait_for_function("() => document.querySelector('#live').textContent.startsWith('Claim: ')")


@pytest.mark.browser
def test_what_changes_is_announced(open_page):
    tab = open_page()
    said = "text => document.querySelector('#live').textContent.includes(text)"
    tab.locator("#find").fill("seizure")
    tab.wait_for_function(said, arg="results")
    tab.keyboard.press("Escape")
    go(tab, "#view=table")
    tab.get_by_role("columnheader", name="Object").get_by_role("button").click()
    tab.wait_for_function(said, arg="Sorted by object, ascending")
    tab.locator("#table tbody button").first.click()
    tab.wait_for_function(said, arg="Claim: ")


# ── Space and motion ────────────────────────────────────────────────────────────────────────────

ROOMS = {
    "desktop": {"width": 1440, "height": 900},
    "laptop": {"width": 1280, "height": 720},
    "zoom-200": {"width": 720, "height": 450, "device_scale_factor": 2},  # of 1440 by 900
    "narrow": {"width": 360, "height": 640, "has_touch": True, "is_mobile": True},
    "lying": {"width": 844, "height": 390, "has_touch": True},
}


@pytest.mark.browser
@pytest.mark.parametrize("room", ROOMS)
def test_the_page_itself_never_scrolls(open_page, asking_page, room):
    """Its panes do; an outer bar would move them all."""
    tab = open_page(asking_page, **ROOMS[room])
    for name, view in VIEWS.items():
        go(tab, view)
        if name == "ask":
            tab.wait_for_selector("#ask-answer table", state="attached")
        size = tab.evaluate(
            "[document.scrollingElement.scrollWidth - innerWidth, document.scrollingElement.scrollHeight - innerHeight]"
        )
        assert max(size) <= 0, (name, size)
        if name in ("overview", "ask", "table") and room in ("zoom-200", "narrow", "lying"):
            shoot(tab, f"{room}-{name}")


@pytest.mark.browser
@pytest.mark.parametrize("room", ["zoom-200", "narrow", "lying"])
def test_asking_works_in_little_room(open_page, asking_page, room):
    tab = open_page(asking_page, "#view=ask&ask=what-is-outlook", **ROOMS[room])
    tab.wait_for_selector("#ask-answer table", state="attached")
    tab.locator("#ask-text").fill("ASK {}")
    run = tab.get_by_role("button", name="Run", exact=True)
    run.tap() if ROOMS[room].get("has_touch") else run.click()
    tab.wait_for_selector(".ask-boolean")
    tab.locator(".ask-boolean").scroll_into_view_if_needed()
    box = tab.locator(".ask-boolean").bounding_box()
    assert 0 <= box["y"] < ROOMS[room]["height"]


@pytest.mark.browser
def test_nothing_moves_for_those_who_asked_for_it(open_page, asking_page):
    tab = open_page(asking_page, reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('*')].filter((e) => {
      const style = getComputedStyle(e);
      return [style.transitionDuration, style.animationDuration].some((d) => d.split(', ').some((t) => parseFloat(t) > 0));
    }).length"""
    assert tab.evaluate(moving) == 0
    scale = "document.querySelector('#canvas canvas').toDataURL()"
    tab.get_by_role("button", name="Zoom in").click()
    tab.wait_for_timeout(60)
    first = tab.evaluate(scale)
    tab.wait_for_timeout(200)
    assert tab.evaluate(scale) == first


@pytest.mark.browser
def test_targets_for_fingers_are_large_enough(open_page, asking_page):
    """At least 24 pixels both ways, but for links in running text: WCAG 2.2, 2.5.8."""
    tab = open_page(asking_page, width=390, height=844, has_touch=True, is_mobile=True)
    small = """() => [...document.querySelectorAll('button, select, summary, input:not([type=checkbox])')]
      .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest('.prose'))
      .map((e) => ({box: e.getBoundingClientRect(), html: e.outerHTML.slice(0, 80)}))
      .filter(({box}) => box.width < 24 || box.height < 24).map(({html}) => html)"""
    for name in ("overview", "ask", "table", "concept", "claim"):
        go(tab, VIEWS[name])
        if name == "ask":
            tab.wait_for_selector("#ask-answer table")
        assert tab.evaluate(small) == [], name
