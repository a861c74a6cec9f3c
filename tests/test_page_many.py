"""The page of many texts and many concepts: what is drawn at first, and how a reader gets further."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic import make_corpus
from claimgraph.corpus import known_beside, read_corpus, render_corpus, write_corpus
from claimgraph.documents import cut_text
from claimgraph.model import (
    Category,
    Citation,
    Claim,
    ClaimType,
    Concept,
    Mention,
    Polarity,
    Relation,
)
from claimgraph.network import mechanism_paths, to_network
from claimgraph.page import render_page
from claimgraph.page.chart import ALL, FIRST, chart, needs_chart
from claimgraph.page.packing import pack, unpack
from tests.browsing import go, shoot
from tests.hostile import HOSTILE

ROOT = Path(__file__).resolve().parents[1]


class Made:
    """A corpus, its network, picture and page."""

    def __init__(self, nodes):
        self.documents, self.claims = make_corpus(nodes, 2 * nodes)
        self.network = to_network(self.claims, known_beside())
        self.picture = chart(self.network, self.claims)
        self.page = render_page(self.documents, self.claims, known_beside())
        self.drawn = {box.concept for box in self.picture.boxes}
        self.hidden = [name for name in self.picture.lanes if name not in self.drawn]

    def label(self, name):
        return self.network.nodes[name]["label"]

    def ends(self, claim):
        return (claim.subject.concept.id, claim.object.concept.id)


@pytest.fixture(scope="module")
def small():
    return Made(600)


@pytest.fixture(scope="module")
def large():
    return Made(3_000)


def data_of(page):
    return unpack(re.search(r'id="data">([^<]*)<', page.decode())[1])


# ── The file ────────────────────────────────────────────────────────────────────────────────────


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_JSON)
def test_what_is_packed_comes_out_again(data):
    packed = pack(data)
    assert unpack(packed) == data
    assert re.fullmatch("[A-Za-z0-9+/=]+", packed)


def test_a_lone_surrogate_of_a_broken_source_survives():
    assert unpack(pack({"text": "\ud800"})) == {"text": "\ud800"}


def test_the_order_of_texts_and_claims_does_not_change_the_page(small):
    again = render_page(reversed(small.documents), reversed(small.claims), known_beside())
    assert again == small.page


def test_the_page_of_many_is_the_same_whatever_the_hash_seed():
    script = (
        "from benchmarks.synthetic import make_corpus;"
        "from claimgraph.corpus import known_beside;"
        "from claimgraph.page import render_page;"
        "import hashlib;"
        "page = render_page(*make_corpus(550, 1_100), known_beside());"
        "print(hashlib.sha256(page).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(found) == 1


@pytest.mark.slow
def test_ten_thousand_concepts_fit_into_a_file_that_can_be_sent():
    documents, claims = make_corpus(10_000, 20_000)
    assert len(render_page(documents, claims, known_beside())) <= 2_500_000


def test_the_data_hold_the_words_of_every_claim_of_every_text():
    words = ("🧠 Aspirin causes nausea.", "Ibuprofen 🧠 causes rash.")
    documents, claims = [], []
    for number, text in enumerate(words):
        document = cut_text(text, id=f"t{number}", citation=Citation(f"T {number}"))
        sentence = document.sentences[0]
        quote = document.passage(2 + number, len(text) - 1)
        claims.append(
            Claim(
                text_id=document.id,
                sentence=sentence.number,
                quote=quote,
                subject=Mention(None, Concept(f"d{number}", "d", Category.DRUG)),
                relation=Relation.HAS_ADVERSE_EFFECT,
                object=Mention(quote, Concept(f"c{number}", "c", Category.CONDITION)),
                type=ClaimType.ADVERSE_EFFECT,
            )
        )
        documents.append(document)
    data = data_of(render_page(documents, claims, known_beside()))
    columns = data["claims"]
    for number, claim in enumerate(claims):
        text = data["texts"][columns["text"][number]]
        start = text["sentences"]["gap"][0] + columns["at"][number]
        assert text["content"][start : start + columns["length"][number]] == claim.quote.text


def test_claims_of_two_texts_do_not_pull_apart():
    """A text may say what another denies; only within a text is it a tension."""

    def page(ids):
        documents, claims = {}, []
        for id_, polarity in zip(ids, Polarity, strict=True):
            document = cut_text("Aspirin and nausea.", id=id_, citation=Citation(id_))
            documents[id_] = document
            claims.append(
                Claim(
                    text_id=id_,
                    sentence=1,
                    quote=document.passage(0, 18),
                    subject=Mention(document.passage(0, 7), Concept("a", "aspirin", Category.DRUG)),
                    relation=Relation.HAS_ADVERSE_EFFECT,
                    object=Mention(
                        document.passage(12, 18), Concept("n", "nausea", Category.CONDITION)
                    ),
                    type=ClaimType.ADVERSE_EFFECT,
                    polarity=polarity,
                )
            )
        return data_of(render_page(documents.values(), claims, known_beside()))

    assert page(("one", "two"))["tensions"] == []
    assert len(page(("one", "one"))["tensions"]) == 1


# ── The picture ─────────────────────────────────────────────────────────────────────────────────


def test_up_to_five_hundred_concepts_are_all_drawn():
    documents, claims = make_corpus(ALL, 2 * ALL)
    network = to_network(claims)
    assert len(chart(network, claims).boxes) == len(network) == ALL
    assert "isChart" in data_of(render_page(documents, claims, known_beside()))


def test_of_more_the_best_connected_are_drawn(large):
    assert len(large.drawn) == FIRST
    degree = {n: len(set(large.network.predecessors(n)) | set(large.network.successors(n)) - {n}) for n in large.network}  # fmt: skip
    assert min(degree[n] for n in large.drawn) >= max(degree[n] for n in large.hidden)


def test_no_two_boxes_of_a_chart_overlap_and_all_stand_in_their_lane(large):
    frames = {frame.lane: frame for frame in large.picture.frames}
    places = [box.place for box in large.picture.boxes]
    for box in large.picture.boxes:
        frame, place = frames[box.lane], box.place
        assert frame.x < place.x - place.width / 2
        assert place.x + place.width / 2 < frame.x + frame.width
        assert frame.y < place.y - place.height / 2
        assert place.y + place.height / 2 < frame.y + frame.height
    rows = {(place.x, place.y) for place in places}
    assert len(rows) == len(places)
    for one, other in zip(sorted(rows), sorted(rows)[1:], strict=False):
        assert abs(one[0] - other[0]) >= 164 or abs(one[1] - other[1]) >= 34


def test_every_claim_of_a_chart_is_in_one_arrow(small):
    keys = [key for arrow in small.picture.arrows if arrow.origin == "text" for key in arrow.keys]
    assert sorted(keys) == sorted(claim.id for claim in small.claims)


def test_some_texts_about_one_drug_keep_their_lanes():
    documents, claims = make_corpus(20, 20)
    few = [claim for claim in claims if claim.subject.concept == claims[0].subject.concept]
    assert not needs_chart(to_network(few))
    assert data_of(render_page(documents, few, known_beside()))["isChart"] is False


# ── From files ──────────────────────────────────────────────────────────────────────────────────


def test_several_texts_become_one_page_table_and_graph(tmp_path):
    (tmp_path / "a.txt").write_text("Aspirin may cause nausea. Aspirin inhibits COX-2.", "utf-8")
    (tmp_path / "b.txt").write_text("Ibuprofen is indicated for headache.", "utf-8")
    folder = tmp_path / "sub"
    folder.mkdir()
    (folder / "a.txt").write_text("Aspirin causes bleeding.", "utf-8")
    paths = [tmp_path / "a.txt", tmp_path / "b.txt", folder / "a.txt"]
    corpus = read_corpus(paths)
    assert [document.id for document in corpus.documents] == ["a", "a-2", "b"]
    assert {claim.text_id for claim in corpus.claims} == {"a", "a-2", "b"}
    files = write_corpus(corpus, tmp_path / "out")
    assert [file.name for file in files] == ["graph.nq", "claims.csv", "graph.html"]
    rows = list(csv.DictReader(io.StringIO(files[1].read_text("utf-8"))))
    assert len(rows) == len(corpus.claims)
    quads = files[0].read_text("utf-8")
    assert all(f"/claim/{claim.id}> " in quads for claim in corpus.claims)
    titles = [text["id"] for text in data_of(files[2].read_bytes())["texts"]]
    assert titles == ["a", "a-2", "b"]


def make_many(folder):
    """Two texts about one drug, one about another."""
    said = {
        "a": "Aspirin may cause nausea. Aspirin inhibits COX-2.",
        "b": "Aspirin causes bleeding.",
        "c": "Ibuprofen is indicated for headache.",
    }
    for name, text in said.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return read_corpus([folder / f"{name}.txt" for name in said])


def test_a_page_of_more_than_can_be_asked_says_so_and_what_to_do(tmp_path, engine, monkeypatch):
    corpus = make_many(tmp_path)
    assert 'id="ask"' in render_corpus(corpus).decode()
    for module in ("claimgraph.page", "claimgraph.corpus"):
        monkeypatch.setattr(f"{module}.ASKED", 50)
    page = render_corpus(corpus).decode()
    assert 'id="ask"' not in page
    assert "it has more than 50 triples" in page
    assert "claimgraph query NAME --data graph.nq" in page
    left_out = render_corpus(corpus, with_sparql=False).decode()
    assert "cannot be asked" not in left_out


# ── In a browser ────────────────────────────────────────────────────────────────────────────────


def status(tab):
    return tab.locator("#status").text_content()


def lit(tab):
    return "".join(tab.locator("#reading .piece.lit").all_text_contents())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "width", "height", "scheme"),
    [("desktop", 1440, 900, "light"), ("dark", 1440, 900, "dark"), ("phone", 390, 844, "light")],
)
def test_many_concepts_open_on_the_best_connected(open_page, large, name, width, height, scheme):
    tab = open_page(large.page, width=width, height=height, color_scheme=scheme)
    assert status(tab) == "6,000 claims · showing 350 of 3,000 concepts"
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    shoot(tab, f"many-{name}")


@pytest.mark.browser
def test_search_finds_a_concept_that_is_not_drawn_and_draws_it(open_page, large):
    name = large.hidden[1500]
    tab = open_page(large.page)
    tab.keyboard.press("/")
    tab.keyboard.type(large.label(name))
    tab.locator("#found [role=option]").first.wait_for()
    assert "not drawn yet" in tab.locator("#found [role=option]").first.text_content()
    tab.keyboard.press("Enter")
    assert tab.locator("#detail h2").text_content().strip() == large.label(name)
    assert "showing 351 of 3,000" in status(tab)
    shoot(tab, "many-found")
    again = open_page(large.page, "#" + tab.url.split("#")[1])
    assert again.locator("#detail h2").text_content().strip() == large.label(name)
    assert "showing 351 of 3,000" in status(again)


@pytest.mark.browser
def test_search_finds_words_of_any_text(open_page, large):
    claim = large.claims[-1]
    tab = open_page(large.page)
    tab.locator("#find").fill(claim.quote.text)
    tab.locator("#found .quote-mark").first.wait_for()
    tab.locator("#found [role=option]", has=tab.locator(".quote-mark")).first.click()
    assert lit(tab) == claim.quote.text
    assert tab.locator("#text").input_value() == str(len(large.documents) - 1)


@pytest.mark.browser
def test_neighbours_are_drawn_forty_at_a_time_best_connected_first(open_page, large):
    hub = large.picture.boxes[0].concept
    near = (set(large.network.predecessors(hub)) | set(large.network.successors(hub))) - {hub}
    hidden = [name for name in large.picture.lanes if name in near and name not in large.drawn]
    assert len(hidden) > 80
    tab = open_page(large.page, f"#concept={hub}")
    here = len(near) - len(hidden)
    note = tab.locator("#detail .grow")
    assert f"{here} of {len(near)} neighbours shown" in note.text_content()
    tab.locator("#grow").click()
    assert f"{here + 40} of {len(near)} neighbours shown" in note.text_content()
    assert "showing 390 of 3,000" in status(tab)
    tab.locator("#grow").press("Enter")
    assert "showing 430 of 3,000" in status(tab)
    again = open_page(large.page, "#" + tab.url.split("#")[1])
    assert "showing 430 of 3,000" in status(again)
    again.keyboard.press("/")
    again.keyboard.type(large.label(hidden[79]))
    again.locator("#found [role=option]").first.wait_for()
    notes = dict(zip(again.locator("#found .found-title").all_text_contents(), again.locator("#found .found-note").all_text_contents(), strict=True))  # fmt: skip
    assert "not drawn yet" not in notes[large.label(hidden[79])]


@pytest.mark.browser
def test_around_a_concept_its_neighbours_are_laid_out_close_together(open_page, large):
    name = next(n for n in large.hidden if 3 <= large.network.degree(n) <= 12)
    near = (set(large.network.predecessors(name)) | set(large.network.successors(name))) - {name}
    tab = open_page(large.page, f"#concept={name}")
    tab.get_by_role("button", name="Only what touches it").click()
    assert f"{len(near) + 1} of 3,000 concepts · within 1 step" in status(tab)
    shoot(tab, "many-around")
    tab.get_by_role("button", name="Show everything").click()
    assert "showing" in status(tab)


@pytest.mark.browser
def test_a_path_leads_to_a_concept_that_is_not_drawn(open_page, small):
    reached = (
        (source, target)
        for target in small.hidden
        if small.network.nodes[target]["category"] == Category.CONDITION
        for source in small.drawn
        if small.network.nodes[source]["category"] == Category.DRUG
        and mechanism_paths(small.network, source, target, 1)
    )
    source, target = next(reached)
    tab = open_page(small.page)
    tab.locator("#path-from").fill(small.label(source))
    tab.locator("#path-to").fill(small.label(target))
    tab.get_by_role("button", name="Show paths").click()
    lines = tab.locator("#detail .paths > li > button").all()
    found = [line.locator("bdi").all_text_contents() for line in lines]
    paths = mechanism_paths(small.network, source, target, 6)
    assert found == [[small.label(name) for name in path.concepts] for path in paths]
    assert "showing 35" in status(tab)
    shoot(tab, "many-path")


@pytest.mark.browser
def test_where_no_mechanism_leads_the_claims_between_are_named(open_page, small):
    conditions = [n for n in small.hidden if small.network.nodes[n]["category"] == "Condition"]
    tab = open_page(small.page, f"#path={conditions[0]}|{conditions[1]}|0")
    assert tab.locator("#detail .tie li").count() >= 2
    assert "no mechanism" in tab.locator("#detail").text_content()


@pytest.mark.browser
def test_the_table_has_pages(open_page, large):
    tab = open_page(large.page, "#view=table")
    rows = tab.locator("#table tbody tr")
    assert rows.count() == 100
    assert tab.locator("#table table").get_attribute("aria-rowcount") == "6001"
    tab.get_by_role("button", name="Next", exact=True).press("Enter")
    assert rows.first.get_attribute("aria-rowindex") == "102"
    tab.get_by_role("button", name="Last", exact=True).click()
    assert rows.last.get_attribute("data-claim") == large.claims[-1].id
    assert tab.get_by_role("button", name="Next", exact=True).is_disabled()
    tab.locator("#page").fill("7")
    tab.locator("#page").press("Enter")
    assert rows.first.get_attribute("data-claim") == large.claims[600].id
    tab.get_by_label("Filter the rows").fill(large.label(large.hidden[0]))
    assert 0 < rows.count() < 100
    assert tab.locator("#pages").is_hidden()
    shoot(tab, "many-table")


@pytest.mark.browser
def test_a_link_leads_to_a_claim_that_is_not_drawn(open_page, large):
    hidden = set(large.hidden)
    claim = next(c for c in reversed(large.claims) if set(large.ends(c)) <= hidden)
    tab = open_page(large.page, f"#claim={claim.id}")
    assert lit(tab) == claim.quote.text
    assert "showing 352 of 3,000" in status(tab)
    tab.get_by_role("button", name="Table", exact=True).click()
    assert tab.locator("#table tr.lit").get_attribute("data-claim") == claim.id


@pytest.mark.browser
def test_a_text_is_chosen_and_only_its_claims_shown(open_page, small):
    tab = open_page(small.page)
    tab.locator("#text").select_option("7")
    assert tab.locator("#reading .title").text_content() == "Made-up text 8"
    tab.get_by_role("button", name="Only its claims").click()
    assert status(tab).startswith("50 of 1,200 claims")
    assert "in Made-up text 8" in status(tab)
    assert "in=text-00007" in tab.url
    tab.get_by_role("button", name="Next text").click()
    assert "in Made-up text 9" in status(tab)
    tab.locator("#reset").click()
    assert status(tab).startswith("1,200 claims")


@pytest.mark.browser
def test_what_many_texts_say_is_counted(open_page, small):
    arrow = max((a for a in small.picture.arrows if a.origin == "text"), key=lambda a: len(a.keys))
    texts = {claim.text_id for claim in small.claims if claim.id in arrow.keys}
    tab = open_page(small.page, f"#concept={arrow.subject}")
    count = f"{len(arrow.keys)} claims in {len(texts)} texts"
    line = tab.locator("#detail .claim-line", has_text=count).first
    line.click()
    assert tab.locator("#detail .kind").text_content() == count
    assert tab.locator("#detail article.claim").count() == len(arrow.keys)
    assert tab.locator("#detail article.claim").first.get_by_text("Made-up text").count() == 1


@pytest.mark.browser
def test_filters_count_over_everything_not_only_what_is_drawn(open_page, large):
    treats = sum(claim.relation is Relation.TREATS for claim in large.claims)
    tab = open_page(large.page)
    row = tab.locator("#legend label", has_text=re.compile("^treats"))
    assert row.locator(".number").text_content() == f"{treats:,}"
    row.locator("input").uncheck()
    assert status(tab).startswith(f"{6_000 - treats:,} of 6,000 claims")


@pytest.mark.browser
def test_the_picture_of_a_chart_is_saved(open_page, small):
    tab = open_page(small.page)
    for name, start in (("Picture (PNG)", b"\x89PNG"), ("Picture (SVG)", b"<svg")):
        tab.locator("#export summary").click()
        with tab.expect_download() as download:
            tab.get_by_role("button", name=name).click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(start)
    assert small.label(small.picture.boxes[0].concept).split()[0].encode() in content
    assert b"NaN" not in content


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_a_page_of_many_can_be_used_by_everyone(open_page, small, width, scheme):
    tab = open_page(small.page, width=width, height=860, color_scheme=scheme)
    hub, other = small.picture.boxes[0].concept, small.hidden[0]
    for view in (
        "#view=graph",
        "#view=table",
        "#view=text",
        f"#concept={hub}",
        f"#concept={other}&around={other}",
        f"#path={hub}|{other}|0",
    ):
        go(tab, view)
        found = Axe().run(tab)
        assert found.violations_count == 0, (view, found.generate_report())


@pytest.mark.browser
def test_nothing_hostile_runs_in_a_chart(open_page):
    documents, claims = [], []
    for number, string in enumerate(HOSTILE):
        text = f"Drug {number} causes {string} today."
        document = cut_text(text, id=f"t{number}", citation=Citation(string))
        drug = Concept(f"d{number}", string, Category.DRUG)
        words = document.passage(0, document.sentences[0].span.end)
        claims += [
            Claim(
                text_id=document.id,
                sentence=1,
                quote=words,
                subject=Mention(None, drug),
                relation=Relation.HAS_ADVERSE_EFFECT,
                object=Mention(None, Concept(f"c{other}", string, Category.CONDITION)),
                type=ClaimType.ADVERSE_EFFECT,
            )
            for other in (number, (number + 1) % len(HOSTILE))
        ]
        documents.append(document)
    tab = open_page(render_page(documents, claims, known_beside()))
    for view in ("#view=table", *(f"#concept=d{n}" for n in range(len(HOSTILE))), "#path=c0|c3|0"):
        go(tab, view)
    tab.locator("#text").select_option("1")
    tab.get_by_role("button", name="Only its claims").click()
    tab.keyboard.press("/")
    tab.keyboard.type("script")
    tab.wait_for_timeout(100)
    assert tab.evaluate("Object.keys(window).filter(name => name.includes('pwned'))") == []
    assert tab.evaluate("document.querySelectorAll('img, iframe, script:not([id])').length") == 2
    shoot(tab, "many-hostile")


@pytest.mark.browser
def test_the_page_of_several_texts_can_be_asked_about_all_of_them(open_page, engine, tmp_path):
    corpus = make_many(tmp_path)
    of_aspirin = [c for c in corpus.claims if c.subject.concept.label.lower() == "aspirin"]
    assert {claim.text_id for claim in of_aspirin} == {"a", "b"}
    tab = open_page(render_corpus(corpus), "#view=ask&ask=what-is-claimed-about")
    tab.wait_for_selector("#ask-answer[aria-busy=false] tbody tr", timeout=30_000)
    rows = tab.locator("#ask-answer tbody tr")
    assert rows.count() == len(of_aspirin)
    text = " ".join(rows.all_text_contents())
    assert all(claim.quote.text in text for claim in of_aspirin)
    lit = tab.locator("#detail h2").text_content()
    assert lit.endswith(f"{len(of_aspirin)} claims of the graph")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as CSV").click()
    assert download.value.suggested_filename.endswith("-answer.csv")
    assert "undefined" not in download.value.suggested_filename
    shoot(tab, "corpus-ask")
