"""Which texts share a sentence with what a model learned from, although their documents differ.

Labels of one drug repeat one another, and one label stands in several corpora. A model that is
measured on a sentence that it learned from seems better than it is; rows that hold no such
sentence are therefore scored by themselves as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.corpora import Half, Row, find_corpus, read_corpus
from benchmarks.readings import to_document
from training.data import TEACHERS

Sentences = Mapping[Half, frozenset[str]]
"""The sentences of each half."""

_WORD = re.compile(r"\w+")
_LEAST = 6  # words of a sentence that is no mere heading


def read_sentences(folder: Path) -> Sentences:
    """Give the sentences of each half of what is learned from."""
    found: dict[Half, set[str]] = {half: set() for half in Half}
    for corpus in TEACHERS:
        path = find_corpus(folder, corpus)
        for row in read_corpus(path) if path is not None else ():
            found[row.half].update(_sentences(row))
    return {half: frozenset(some) for half, some in found.items()}


def is_new(row: Row, sentences: Sentences) -> bool:
    """Tell whether a row shares no sentence with the half that its model learned from."""
    (other,) = (half for half in Half if half is not row.half)
    return not any(one in sentences[other] for one in _sentences(row))


def _sentences(row: Row) -> Iterator[str]:
    """Give the words of each sentence, in small letters and without marks."""
    for sentence in to_document(row).sentences:
        words = _WORD.findall(sentence.text.lower())
        if len(words) >= _LEAST:
            yield " ".join(words)
