"""The page: what is in the file, and what a reader can do with it in a browser."""

import base64
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from claimgraph.documents import cut_text
from claimgraph.model import (
    Certainty,
    Citation,
    ClaimType,
    Modality,
    Polarity,
    Relation,
)
from claimgraph.network import mechanism_paths, to_network
from claimgraph.page import render_page
from claimgraph.page.drawing import draw, to_pyvis
from claimgraph.page.packing import unpack
from claimgraph.page.picture import Lane, arrange, label_lines
from claimgraph.pipeline import assemble, build_text
from tests.browsing import go, shoot
from tests.hostile import HOSTILE, hostile_build

ROOT = Path(__file__).resolve().parents[1]
SIZE_LIMIT = 700_000  # bytes; the drawing library alone is 469,000


@pytest.fixture(scope="module")
def hostile_page():
    built = hostile_build()
    return render_page(built.document, built.claims, built.dataset, with_sparql=False)


class Elements(HTMLParser):
    """The elements of a page, with the content of scripts, styles and data."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.inline, self.within = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.within = tag
        if tag in ("script", "style"):
            self.inline.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        self.within = None

    def handle_data(self, data):
        if self.within in ("script", "style"):
            self.inline[-1][2] += data


def data_of(page):
    (data,) = [c for t, a, c in Elements(page.decode()).inline if a.get("id") == "data"]
    return unpack(data)


# ── The picture ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def picture(build):
    return arrange(to_network(build.claims, build.dataset), build.claims)


def test_no_two_boxes_overlap(picture):
    boxes = [box.place for box in picture.boxes]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2
            apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2
            assert apart_x or apart_y


def test_lanes_hold_their_boxes_and_do_not_overlap(picture):
    frames = {frame.lane: frame for frame in picture.frames}
    for box in picture.boxes:
        if box.concept != picture.hub:
            frame, place = frames[box.lane], box.place
            assert frame.x <= place.x - place.width / 2
            assert place.x + place.width / 2 <= frame.x + frame.width
            assert frame.y <= place.y - place.height / 2
            assert place.y + place.height / 2 <= frame.y + frame.height


def test_everything_stands_where_a_reader_would_look_for_it(picture):
    lanes = {box.concept: box.lane for box in picture.boxes}
    places = {box.concept: box.place for box in picture.boxes}
    assert picture.hub == "clonazepam"
    assert places["clonazepam"].x == 0
    expected = {
        "gaba-receptor": Lane.MECHANISM,
        "gaba-a-receptor": Lane.MECHANISM,
        "absence-seizure": Lane.TREATS,
        "sedation": Lane.HARM,
        "dependence": Lane.HARM,
        "patient-education": Lane.ADVICE,
        "tolerability": Lane.NATURE,
        "benzodiazepine": Lane.NATURE,
        "precision-medicine": Lane.OUTLOOK,
    }
    assert {name: lanes[name] for name in expected} == expected
    assert places["gaba-receptor"].x < 0 < places["sedation"].x
    # The text's own words first; nothing that only the background names hangs loose.
    assert "atonic-seizure" not in places


def test_every_claim_of_two_concepts_is_in_one_arrow(build, picture):
    keys = [key for arrow in picture.arrows if arrow.origin == "text" for key in arrow.keys]
    assert sorted(keys) == sorted(c.id for c in build.claims if c.object.concept is not None)


def test_arrows_merge_only_what_is_said_the_same_way(build, picture):
    claims = {c.id: c for c in build.claims}
    for arrow in picture.arrows:
        if arrow.origin == "text":
            ways = {
                (claims[k].polarity, claims[k].certainty, claims[k].modality) for k in arrow.keys
            }
            assert ways == {(arrow.polarity, arrow.certainty, arrow.modality)}
    (treats,) = [a for a in picture.arrows if a.relation == "treats" and a.object == "seizure"]
    assert len(treats.keys) == 3


def test_a_picture_of_nothing_is_empty():
    assert arrange(to_network([]), []).boxes == ()


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_fit_their_boxes(label):
    lines = label_lines(label)
    assert 1 <= len(lines) <= 3
    assert all(len(line) <= 21 for line in lines)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(lines))


def test_pyvis_is_given_positions_ids_of_our_own_and_no_titles(picture):
    network = to_pyvis(picture)
    nodes, edges, heading, _, _, options = network.get_network_data()
    assert [node["id"] for node in nodes] == [f"n{i}" for i in range(len(picture.boxes))]
    assert all({"x", "y"} <= set(node) and "title" not in node for node in nodes)
    assert len(edges) == len(picture.arrows)  # parallel edges are kept
    assert heading == ""
    assert json.loads(options)["physics"] == {"enabled": False}
    assert draw(picture)["nodes"][0].keys() == {"id", "x", "y"}


# ── The file ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_small_enough(page):
    assert len(page) <= SIZE_LIMIT


def test_the_page_refers_to_nothing_outside(page):
    elements = Elements(page.decode())
    for tag, attributes in elements.tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert not {"src", "srcset", "srcdoc", "action", "background", "style"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
    (style,) = [content for tag, _, content in elements.inline if tag == "style"]
    assert "url(" not in style
    assert "@import" not in style
    scripts = [c for t, a, c in elements.inline if t == "script" and not a]
    assert len(scripts) == 2
    assert not any("sourceMappingURL" in script for script in scripts)


def test_the_policy_allows_the_page_itself_and_nothing_else(page):
    elements = Elements(page.decode())
    (policy,) = [
        a["content"] for t, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    for kind, directive in (("script", "script-src"), ("style", "style-src")):
        inline = [c for t, a, c in elements.inline if t == kind and not a]
        hashes = [base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in inline]
        assert rules[directive].split() == [f"'sha256-{name}'" for name in hashes]
    assert "unsafe" not in policy


def test_the_page_comes_before_what_could_be_too_far_down_for_the_browser(page):
    head = page[:1024].decode()
    assert '<meta charset="utf-8">' in head  # browsers look for it in the first 1,024 bytes only
    assert head.startswith("<!doctype html>")


def test_our_scripts_parse_no_markup():
    folder = ROOT / "src" / "claimgraph" / "page" / "scripts"
    for path in folder.glob("*.js"):
        code = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)


def test_the_data_hold_every_claim_with_its_words(build, page):
    data = data_of(page)
    (text,) = data["texts"]
    columns, sentences = data["claims"], text["sentences"]
    ends = [0]
    for gap, length in zip(sentences["gap"], sentences["length"], strict=True):
        ends.append(ends[-1] + gap + length)
    assert columns["ids"] == "".join(claim.id for claim in build.claims)
    for number, claim in enumerate(build.claims):
        sentence = columns["sentence"][number]
        start = ends[sentence - 1] + sentences["gap"][sentence - 1] + columns["at"][number]
        assert text["content"][start : start + columns["length"][number]] == claim.quote.text


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(page):
    script = (
        "from claimgraph.pipeline import build_article;"
        "from claimgraph.resources import bundled_article;"
        "from claimgraph.page import render_page;"
        "import hashlib, sys;"
        "b = build_article(bundled_article());"
        "page = render_page(b.document, reversed(b.claims), b.dataset, with_sparql=False);"
        "sys.stdout.write(hashlib.sha256(page).hexdigest())"
    )
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == hashlib.sha256(page).hexdigest()


def test_a_text_without_claims_has_a_page():
    document = cut_text("Nothing is claimed here.", id="none", citation=Citation("None"))
    built = assemble(document, [])
    data = data_of(render_page(built.document, built.claims, built.dataset))
    assert data["claims"]["ids"] == ""
    assert data["boxes"] == []
    assert data["texts"][0]["sentences"]["length"]


def test_hostile_strings_stay_data(hostile_page):
    elements = Elements(hostile_page.decode())
    tags = [tag for tag, _ in elements.tags]
    assert tags.count("script") == 3  # data, library, program
    assert not {"img", "svg", "iframe", "b"} & set(tags)
    (data,) = [c for t, a, c in elements.inline if a.get("id") == "data"]
    assert re.fullmatch("[A-Za-z0-9+/=]+", data)
    assert set(HOSTILE) <= set(unpack(data)["concepts"]["labels"])


def _colours(css, selector):
    block = css[css.index(selector) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[: block.index("}")]))


def _contrast(one, other):
    """The contrast ratio of WCAG 2, section 1.4.3."""

    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("selector", [":root {", ':root:not([data-theme="light"]) {', ':root[data-theme="dark"] {'])  # fmt: skip
def test_all_colours_of_text_can_be_read(selector):
    css = (ROOT / "src" / "claimgraph" / "page" / "page.css").read_text("utf-8")
    colours = _colours(css, selector)
    texts = [
        n for n in colours if n.startswith(("rel-", "hue-")) or n in ("ink", "muted", "accent")
    ]
    assert len(texts) == 14
    for text in texts:
        for ground in ("surface", "paper", "lane"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for ground in ("quote", "quote-lit", "quote-over"):
        assert _contrast(colours["ink"], colours[ground]) >= 4.5, ground
    assert _contrast(colours["on-accent"], colours["accent"]) >= 4.5


# ── In a browser ────────────────────────────────────────────────────────────────────────────────


PATH = "#path=clonazepam|seizure|2"


def claim_named(build, key):
    return next(c for c in build.claims if c.key == key)


def lit(tab):
    """The highlighted words of the text, joined as they stand."""
    return "".join(tab.locator("#reading .piece.lit").all_text_contents())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "width", "height", "scheme"),
    [
        ("desktop", 1440, 900, "light"),
        ("dark", 1440, 900, "dark"),
        ("phone", 390, 844, "light"),
    ],
)
def test_every_view_opens_from_disk_without_the_network(open_page, name, width, height, scheme):
    tab = open_page(width=width, height=height, color_scheme=scheme)
    assert tab.locator("#status").text_content() == "90 claims · 72 concepts"
    for view in ("graph", "table", "text"):
        go(tab, f"#view={view}")
        shoot(tab, f"{name}-{view}")


@pytest.mark.browser
def test_the_graph_is_drawn_and_stands_still(open_page):
    tab = open_page()
    tab.wait_for_timeout(300)
    canvas = tab.locator("#canvas canvas")
    first = canvas.screenshot()
    tab.wait_for_timeout(400)
    assert canvas.screenshot() == first
    colours = canvas.evaluate(
        "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size"
    )
    assert colours > 50


@pytest.mark.browser
def test_an_arrow_under_the_pointer_leads_to_its_words(open_page, build):
    """Move over the graph until an arrow answers, click, and find its quote lit in the text."""
    tab = open_page()
    tab.wait_for_timeout(300)
    box = tab.locator("#canvas").bounding_box()
    quotes = {c.quote.text for c in build.claims}
    for share in range(40, 75):
        tab.mouse.move(box["x"] + box["width"] * 0.66, box["y"] + box["height"] * share / 100)
        if tab.locator("#canvas").evaluate("e => e.style.cursor") != "pointer":
            continue
        tab.mouse.down()
        tab.mouse.up()
        tab.wait_for_timeout(350)  # vis-network waits, lest it be a double click
        if tab.locator("#detail .claim").count():
            break
    marked = tab.locator("#detail .claim").first.locator("mark.quoted").all_text_contents()
    assert "".join(marked) in quotes
    assert "".join(marked) in lit(tab)
    assert re.search("#(claim|arrow)=", tab.url)


@pytest.mark.browser
def test_words_of_the_text_lead_to_their_claim(open_page, build):
    tab = open_page()
    claim = claim_named(build, "dependence")
    tab.get_by_text("dependence", exact=True).first.click()
    assert f"claim={claim.id}" in tab.url
    assert lit(tab) == claim.quote.text
    detail = tab.locator("#detail")
    assert (
        detail.locator("h2").text_content()
        == "prolonged use of clonazepam leads to drug dependence"
    )
    assert detail.locator("mark.cue").text_content() == "may"
    assert detail.locator("mark.qualifier").text_content() == "prolonged use"
    assert detail.locator(".badge.voice-possible").is_visible()
    assert f"https://w3id.org/claimgraph/claim/{claim.id}" in detail.text_content()


@pytest.mark.browser
def test_clicking_again_goes_from_an_inner_quote_to_the_one_around_it(open_page, build):
    tab = open_page()
    inner, outer = claim_named(build, "sedation"), claim_named(build, "dizziness")
    piece = tab.locator("#reading .piece", has_text="Common").first
    piece.click()
    assert lit(tab) == inner.quote.text
    piece.click()
    assert lit(tab) == outer.quote.text


@pytest.mark.browser
def test_a_link_shows_the_same_and_back_goes_back(open_page, build):
    claim = claim_named(build, "sedation-limits-tolerability")
    tab = open_page(view=f"#view=table&claim={claim.id}&off=type.outlook")
    assert tab.locator("#table").is_visible()
    assert tab.locator("#table tr.lit").count() == 1
    assert lit(tab) == claim.quote.text
    shown = sum(c.type is not ClaimType.OUTLOOK for c in build.claims)
    assert tab.locator("#table tbody tr").count() == shown
    tab.locator("#table tbody tr").first.click()
    assert lit(tab) != claim.quote.text
    tab.go_back()
    assert lit(tab) == claim.quote.text
    tab.go_forward()
    assert lit(tab) != claim.quote.text


@pytest.mark.browser
def test_a_link_to_nothing_shows_the_overview(open_page):
    tab = open_page(view="#claim=nope")
    for view in (
        "#arrow=99999",
        "#path=x|y|z",
        "#view=<b>",
        "#off=,,&around=%00",
        "#%",
        "#sentence=0",
    ):
        go(tab, view)
        assert tab.locator("#detail h2").text_content() == "What the text claims", view


@pytest.mark.browser
def test_the_legend_filters_all_views(open_page, build):
    tab = open_page()
    treats = sum(c.relation is Relation.TREATS for c in build.claims)
    row = tab.locator("#legend label", has_text=re.compile("^treats"))
    assert row.locator(".number").text_content() == str(treats)
    row.locator("input").uncheck()
    left = len(build.claims) - treats
    assert f"{left} of 90 claims" in tab.locator("#status").text_content()
    tab.get_by_role("button", name="Table", exact=True).click()
    assert tab.locator("#table tbody tr").count() == left
    tab.locator("#reset").click()
    assert tab.locator("#table tbody tr").count() == len(build.claims)
    tab.get_by_role("switch", name="Asserted only").check()
    asserted = [
        c for c in build.claims
        if (c.certainty, c.modality, c.polarity) == (Certainty.ASSERTED, Modality.FACTUAL, Polarity.AFFIRMED)
    ]  # fmt: skip
    assert tab.locator("#table tbody tr").count() == len(asserted)


@pytest.mark.browser
def test_search_finds_synonyms_and_words_with_the_keyboard(open_page, build):
    tab = open_page()
    tab.keyboard.press("/")
    tab.keyboard.type("klonop")
    assert tab.locator("#found [role=option]").count() == 1
    tab.keyboard.press("Enter")
    assert tab.locator("#detail h2").text_content().strip() == "clonazepam"
    tab.keyboard.press("/")
    tab.keyboard.type("titration phase")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.locator("#found [aria-selected=true]").count() == 1
    tab.keyboard.press("Enter")
    assert "initial titration phase" in tab.locator("#detail blockquote").text_content()
    tab.keyboard.press("/")
    tab.keyboard.type("nothing like it")
    assert tab.locator("#found").text_content() == "Nothing found"


@pytest.mark.browser
def test_the_table_sorts_filters_and_is_saved(open_page, build):
    tab = open_page(view="#view=table")
    head = tab.get_by_role("columnheader", name="Object")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    objects = tab.locator("#table tbody td:nth-child(5)").all_text_contents()
    assert [o.lower() for o in objects] == sorted(o.lower() for o in objects)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    tab.get_by_label("Filter the rows").fill("tolerability")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    assert len(rows) == tab.locator("#table tbody tr").count() > 3
    assert all("tolerability" in " ".join(row.values()) for row in rows)
    assert {row["claim"] for row in rows} <= {c.id for c in build.claims}


@pytest.mark.browser
def test_every_claim_is_reached_by_keyboard(open_page, build):
    tab = open_page(view="#view=table")
    buttons = tab.locator("#table tbody button")
    assert buttons.count() == len(build.claims)
    buttons.nth(50).focus()
    tab.keyboard.press("Enter")
    assert f"claim={build.claims[50].id}" in tab.url
    tab.keyboard.press("Escape")
    assert "claim=" not in tab.url


@pytest.mark.browser
def test_arrow_keys_walk_the_graph(open_page):
    tab = open_page()
    tab.locator("#canvas").focus()
    tab.keyboard.press("ArrowRight")
    assert "concept=clonazepam" in tab.url
    tab.keyboard.press("ArrowRight")
    first = tab.locator("#detail h2").text_content().strip()
    assert first != "clonazepam"
    tab.keyboard.press("ArrowLeft")
    assert tab.locator("#detail h2").text_content().strip() != first
    tab.wait_for_selector("#live:not(:empty)", state="attached")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "detail"


@pytest.mark.browser
def test_paths_are_those_that_python_finds(open_page, build):
    network = to_network(build.claims, build.dataset)
    tab = open_page()
    for source, target in (
        ("clonazepam", "seizure"),
        ("gaba-receptor", "seizure"),
        ("clonazepam", "recurrent-seizure-episode"),
        ("seizure", "clonazepam"),
    ):
        go(tab, f"#path={source}|{target}|0")
        lines = tab.locator("#detail .paths > li > button").all()
        shown = [line.locator("bdi").all_text_contents() for line in lines]
        paths = mechanism_paths(network, source, target, 6)
        assert shown == [[network.nodes[n]["label"] for n in p.concepts] for p in paths]


@pytest.mark.browser
def test_a_path_takes_two_clicks(open_page):
    tab = open_page(view="#concept=clonazepam")
    tab.get_by_role("button", name="Path from here").click()
    assert tab.locator("#hint").is_visible()
    tab.get_by_role("button", name="Cancel").click()
    assert tab.locator("#hint").is_hidden()
    tab.get_by_role("button", name="Overview").click()
    tab.get_by_role("button", name="Show paths").click()
    assert tab.locator("#detail .paths > li").count() == 6
    assert lit(tab)


@pytest.mark.browser
def test_around_a_concept_only_what_touches_it_is_left(open_page, build):
    tab = open_page(view="#concept=tolerability")
    tab.get_by_role("button", name="Only what touches it").click()
    around = [c for c in build.claims if "tolerability" in {m.concept and m.concept.id for m in (c.subject, c.object)}]  # fmt: skip
    assert f"{len(around)} of 90 claims" in tab.locator("#status").text_content()
    tab.get_by_role("button", name="One step further").click()
    wider = int(tab.locator("#status").text_content().split()[0])
    assert len(around) < wider < 90
    assert "around=tolerability&reach=2" in tab.url
    tab.get_by_role("button", name="Show all", exact=True).click()
    assert tab.locator("#status").text_content().startswith("90 claims")


@pytest.mark.browser
def test_a_claim_copied_as_turtle_is_in_the_graph(open_page, build):
    tab = open_page()
    tab.locator("#export summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Claims shown (Turtle)").click()
    graph = Graph().parse(data=Path(download.value.path()).read_text("utf-8"), format="turtle")
    assert (
        len(set(graph.subjects(RDF.type, URIRef("https://w3id.org/claimgraph/vocab#Claim")))) == 90
    )
    assert [t for t in graph if t not in build.dataset] == []


@pytest.mark.browser
def test_the_picture_is_saved(open_page):
    tab = open_page()
    for name, start in (("Picture (PNG)", b"\x89PNG"), ("Picture (SVG)", b"<svg")):
        tab.locator("#export summary").click()
        with tab.expect_download() as download:
            tab.get_by_role("button", name=name).click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(start)
        assert len(content) > 20_000
    assert b"clonazepam" in content
    assert b"undefined" not in content
    assert b"NaN" not in content


@pytest.mark.browser
def test_the_theme_changes_and_stays_in_the_link(open_page):
    tab = open_page(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = tab.evaluate(ground)
    tab.get_by_role("button", name="dark").click()
    assert tab.evaluate(ground) != before
    assert "theme=dark" in tab.url


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 820, 1180])
def test_nothing_is_wider_than_the_window(open_page, width):
    tab = open_page(width=width, height=740, has_touch=True)
    for view in ("", "#view=table", "#view=text", "#concept=clonazepam", PATH):
        go(tab, view)
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width, view


@pytest.mark.browser
def test_a_phone_shows_text_and_claim_by_touch(open_page, build):
    tab = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    tab.get_by_role("button", name="Text", exact=True).tap()
    tab.get_by_text("dependence", exact=True).first.tap()
    assert tab.locator("#detail").is_visible()
    assert lit(tab) == claim_named(build, "dependence").quote.text
    shoot(tab, "phone-claim")
    tab.get_by_role("button", name="Close").tap()
    assert tab.locator("#detail").is_hidden()
    tab.get_by_role("button", name="Filter", exact=True).tap()
    tab.locator("#legend").wait_for(state="visible")


@pytest.mark.browser
def test_everything_that_can_be_used_has_a_name(open_page):
    tab = open_page()
    for view in ("", "#view=table", "#concept=clonazepam", PATH):
        go(tab, view)
        nameless = tab.evaluate(
            """() => [...document.querySelectorAll('button, a[href], input, select, summary, [role]')]
              .filter(e => e.checkVisibility() && e.getAttribute('role') !== 'status')
              .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
              .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert nameless == []
        ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.browser
def test_nothing_hostile_runs_or_breaks_the_page(open_page, hostile_page):
    tab = open_page(hostile_page)
    count = 2 * len(HOSTILE)
    assert tab.locator("#status").text_content().startswith(f"{count} claims")
    pwned = "Object.keys(window).filter(name => name.includes('pwned'))"
    rows = tab.locator("#table tbody tr")
    tab.get_by_role("button", name="Table", exact=True).click()
    assert rows.count() == count
    for number in range(count):
        rows.nth(number).get_by_role("button").click()
        assert tab.locator("#detail blockquote").count() == 1
        if tab.locator("#detail button.concept").count() > 1:
            tab.locator("#detail button.concept").nth(1).click()
            assert tab.locator("#detail table.identifiers").count() == 1
    for view in ("Graph", "Table"):
        tab.get_by_role("button", name=view, exact=True).click()
    tab.keyboard.press("/")
    tab.keyboard.type("script")
    tab.keyboard.press("Escape")
    tab.locator("#export summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Claims shown (CSV)").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert "'=HYPERLINK" in saved
    tab.locator("#export summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Picture (SVG)").click()
    assert b"<script" not in Path(download.value.path()).read_bytes()
    assert tab.evaluate(pwned) == []
    assert tab.evaluate("document.querySelectorAll('img, iframe, script:not([id])').length") == 2
    assert tab.evaluate("[...document.querySelectorAll('a')].filter(a => /^javascript/i.test(a.href)).length") == 0  # fmt: skip
    assert HOSTILE[0] in tab.locator("#reading").text_content()
    shoot(tab, "hostile")


@pytest.mark.browser
def test_a_page_without_claims_opens(open_page):
    document = cut_text("Nothing is claimed here.", id="none", citation=Citation("None"))
    built = assemble(document, [])
    tab = open_page(render_page(built.document, built.claims, built.dataset))
    assert tab.locator("#status").text_content() == "0 claims · 0 concepts"
    assert "Nothing is claimed here." in tab.locator("#reading").text_content()


def test_a_lane_that_the_drug_does_not_reach_has_no_empty_column(tmp_path):
    text = tmp_path / "note.txt"
    said = "Clonazepam treats panic disorder. Clonazepam may cause ataxia. Carbamazepine induces "
    more = "CYP3A4. Carbamazepine decreases the plasma concentration of clonazepam."
    text.write_text(said + more, "utf-8")
    built = build_text(text)
    shown = arrange(to_network(built.claims, built.dataset), built.claims)
    (frame,) = [frame for frame in shown.frames if frame.lane is Lane.MECHANISM]
    inside = [box for box in shown.boxes if box.lane is Lane.MECHANISM]
    assert shown.hub == "clonazepam"
    assert len(inside) == 1
    assert frame.width < 2 * inside[0].place.width


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_a_text_without_any_claim_says_so_in_every_view(open_page, tmp_path, width, height):
    text = tmp_path / "note.txt"
    text.write_text("The weather was fine. Nothing else happened that day.", "utf-8")
    built = build_text(text)
    assert not built.claims
    html = render_page(built.document, built.claims, built.dataset, with_sparql=False)
    tab = open_page(html, width=width, height=height)
    assert tab.locator("#graph .empty").text_content() == "No claim was found."
    assert tab.locator("#detail p").nth(1).text_content().startswith("No claim was found. The text")
    go(tab, "#view=table")
    assert tab.locator("#no-rows").is_visible()
    assert tab.locator("#no-rows").text_content() == "No claim was found."
    shoot(tab, f"no-claims-{width}")


@pytest.mark.browser
def test_a_filter_that_leaves_nothing_says_what_to_do(open_page):
    tab = open_page(view="#view=table")
    assert tab.locator("#no-rows").is_hidden()
    tab.locator("#table-filter").fill("no such words anywhere")
    assert "Take back a filter" in tab.locator("#no-rows").text_content()
    assert tab.locator("#no-rows").is_visible()
    tab.locator("#table-filter").fill("")
    assert tab.locator("#no-rows").is_hidden()
