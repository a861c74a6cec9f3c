"""Markdown: offsets into the raw text, headings, lists and tables by source lines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import read_documents
from claimgraph.documents.markdown import read_markdown
from claimgraph.model import SectionKind

PAGE = """\
---
title: hidden
---
# Klonix **in brief** #

Klonix is *old*. It is cheap.

## Side effects

- sleepiness
- falls
  at night
    1. inner item. It has two sentences.

| Effect | Rate |
|:-------|-----:|
| ataxia | 5 %  |

> A quote that
> goes on.

<!-- no word of the text -->

What about children?
--------------------

    An indented line.
"""


def test_sections_come_from_headings_and_sentences_from_blocks() -> None:
    document = read_markdown(PAGE, id="page")
    assert document.text == PAGE
    assert document.citation.title == "Klonix in brief"
    assert [(s.kind.value, s.heading) for s in document.sections] == [
        ("title", None),
        ("introduction", None),
        ("adverse-reactions", "Side effects"),
        ("other", "What about children?"),
    ]
    assert [s.text for s in document.sentences] == [
        "Klonix is *old*.",
        "It is cheap.",
        "sleepiness",
        "falls\n  at night",
        "inner item.",
        "It has two sentences.",
        "| Effect | Rate |",
        "| ataxia | 5 %  |",
        "A quote that\n> goes on.",
        "An indented line.",
    ]
    assert all(PAGE[s.span.start : s.span.end] == s.text for s in document.sentences)


def test_windows_line_ends_and_a_byte_order_mark_keep_their_places(tmp_path: Path) -> None:
    raw = "\ufeff# Uses\r\n\r\nFor pain.\r\n\r\n* fever\r\n"
    (tmp_path / "a.md").write_bytes(raw.encode())
    (document,) = read_documents(tmp_path / "a.md")
    assert document.text == raw
    assert [s.text for s in document.sentences] == ["For pain.", "fever"]
    assert document.sections[0].kind is SectionKind.INDICATIONS


@pytest.mark.parametrize("mark", [">", "- ", "1. ", "> - ", "[", "`", "|", "#"])
def test_what_is_nested_without_end_is_read_to_the_end(mark: str) -> None:
    document = read_markdown(mark * 20_000 + "word", id="deep")
    assert document.sentences[-1].text.endswith("word")


def lines() -> Iterator[str]:
    yield from ("# A", "## B", "- c", "  d", "> e", "1. f", "| g | h |", "|---|---|", "i. J", "===")
    yield from ("", "    k", "```", "<div>", "---", "\t", "\r", "\ufeff")


@given(st.lists(st.sampled_from(tuple(lines())) | st.text(max_size=20), max_size=20))
def test_any_markdown_is_read_with_true_offsets(parts: list[str]) -> None:
    text = "\n".join(parts)
    document = read_markdown(text, id="any")
    end = 0
    for sentence in document.sentences:
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        assert sentence.span.start >= end
        end = sentence.span.end
