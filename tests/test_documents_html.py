"""HTML: the main text, its headings, lists and tables; nothing else, and nothing lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import html
from claimgraph.documents.html import read_html
from claimgraph.errors import InputFileError
from claimgraph.model import Document, SectionKind

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Klonix | A blog</title>
<style>p {}</style><script src="https://example.org/x.js">var words = "not text";</script></head>
<body><div class="cookie-notice">We use cookies. <button>Accept</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/b">Our shop</a></li></ul></nav></header>
<main><article><h1>Klonix in brief</h1>
<p>Klonix is <b>old</b>&nbsp;and cheap. It helps at 10<sup>9</sup> places<sup><a href="#1">2</a></sup>.</p>
<h2>Side effects</h2><p>Seen were:</p><ul><li>sleepiness<ul><li>by day</li></ul></li><li>falls</li></ul>
<table><tr><th>Effect</th><th>Rate</th></tr><tr><td>Ataxia</td><td>p&lt;5 %</td></tr></table>
<h3>Rare ones</h3><p>Liver injury is rare.<br>Stop the drug.</p>
<img src="https://example.org/x.png" alt="A picture"></article>
<section class="comments" id="comments"><h2>Comments</h2><p>Great post!</p></section></main>
<aside class="sidebar"><p>Buy pills here</p></aside><footer><p>All rights reserved.</p></footer>
</body></html>"""


def read(page: str) -> Document:
    return read_html(page.encode(), Path("page.html"), id="page")


def test_the_main_text_is_read_with_its_structure() -> None:
    document = read(PAGE)
    assert document.citation.title == "Klonix in brief"
    assert document.citation.language == "en"
    assert [(s.kind.value, s.heading) for s in document.sections] == [
        ("title", None),
        ("introduction", None),
        ("adverse-reactions", "Side effects"),
        ("adverse-reactions", "Rare ones"),
    ]
    assert [s.text for s in document.sentences] == [
        "Klonix is old and cheap.",
        "It helps at 10^9 places^2.",
        "Seen were:",
        "sleepiness",
        "by day",
        "falls",
        "Effect | Rate",
        "Ataxia | p<5 %",
        "Rare ones",
        "Liver injury is rare.",
        "Stop the drug.",
    ]


@pytest.mark.parametrize(
    "words",
    ["cookies", "Our shop", "Great post", "Buy pills", "rights reserved", "not text", "picture"],
)
def test_what_is_not_main_text_is_left_out(words: str) -> None:
    assert words not in read(PAGE).text


def test_a_list_right_under_the_body_is_no_menu() -> None:
    document = read("<h2>Uses</h2><ul><li>absence seizures</li><li>panic</li></ul>")
    assert [s.text for s in document.sentences] == ["absence seizures", "panic"]
    assert document.sections[0].kind is SectionKind.INDICATIONS


def test_a_fragment_and_tag_soup_are_read() -> None:
    document = read("<p>Klonix helps.<p>It may <i>harm</b>.<ul><li>falls<li>rash</ul>")
    assert [s.text for s in document.sentences] == [
        "Klonix helps.",
        "It may harm.",
        "falls",
        "rash",
    ]


def test_an_old_page_is_decoded_as_it_says() -> None:
    page = '<meta charset="iso-8859-1"><p>Dose: 5 µg – “daily”.</p>'.encode("cp1252")
    assert read_html(page, Path("x"), id="x").text == "Dose: 5 µg – “daily”."
    with pytest.raises(InputFileError, match="not UTF-8"):
        read_html(b"<p>5 \xb5g</p>", Path("x"), id="x")


@pytest.mark.parametrize("tag", ["<div>", "<b><i>", "<ul><li>", "<table><tr><td>"])
def test_deep_nesting_is_refused_before_it_takes_long(tag: str) -> None:
    with pytest.raises(InputFileError, match="deep"):
        read(tag * 50_000 + "word")


def test_nesting_within_the_limit_is_read() -> None:
    depth = html.MAX_DEPTH - 20
    assert read("<div>" * depth + "Fine.").text == "Fine."


@pytest.mark.parametrize("page", ["", "<html></html>", "<script>x</script>", "<p> </p>"])
def test_a_page_without_words_is_refused(page: str) -> None:
    with pytest.raises(InputFileError, match="holds no text"):
        read(page)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<h2>",
        "</h2>",
        "<br>",
        "<pre>",
        "<b>",
        "<sup>",
        "<a>",
        "<!--",
        "-->",
        "&lt;",
        "&#0;",
        "<svg>",
    ]
)


@given(st.lists(TAGS | st.text(max_size=12), max_size=25))
def test_any_page_is_read_or_refused(parts: list[str]) -> None:
    page = "".join(parts).encode("utf-8", "replace").decode()
    try:
        document = read(page)
    except InputFileError:
        return
    for sentence in document.sentences:
        assert sentence.span.cut(document.text) == sentence.text
    assert "\0" not in document.text
