"""Evidence for statements, taken from sorted quads as they pass by.

To ask the database for it takes longer, and memory that grows with the claims.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from claimgraph import vocab
from claimgraph.names import OA, PROV, RDF, SKOS
from claimgraph.sorting import SortedLines, split_lines
from claimgraph.statements import Row

IN_MEMORY = 4_000_000
"""Characters that are kept before they go to a file; small, since most runs need no more."""

_CLAIM = f"<{vocab.CLAIM}"
_TEXT = f"<{vocab.TEXT}"
_SIDES = ("subject", "object")
_STATED = ("subject", "relation", "object")
_HOW = ("polarity", "certainty", "modality")
_OF_TEXT = ("method", "source", "selector", "exact")
_PARTS = {
    f"<{RDF}subject>": "subject",
    f"<{RDF}predicate>": "relation",
    f"<{RDF}object>": "object",
    f"<{vocab.CG}polarity>": "polarity",
    f"<{vocab.CG}certainty>": "certainty",
    f"<{vocab.CG}modality>": "modality",
    f"<{vocab.CG}conditionQualifier>": "condition",
    f"<{PROV}wasGeneratedBy>": "activity",
    f"<{OA}hasTarget>": "target",
    f"<{vocab.CG}method>": "method",
    f"<{OA}hasSource>": "source",
    f"<{OA}hasSelector>": "selector",
    f"<{OA}exact>": "exact",
    f"<{SKOS}prefLabel>": "label",
}
_Facts = dict[str, list[str]]


class PassingEvidence:
    """Sees sorted quads, and then gives the evidence that was in them.

    Use it as a context manager: it may have files to clean up.

    Args:
        folder: where temporary files go.

    Attributes:
        spoken_of: IRIs of what claims that have passed speak of.
    """

    def __init__(self, folder: Path) -> None:
        # A claim and the words that it points at do not come together. What is found of either
        # waits as a line that begins with the name of their text.
        self._parts = SortedLines(IN_MEMORY, folder)
        self.spoken_of: set[str] = set()
        self._labels: _Facts = {}
        self._claim = ""
        self._said: _Facts = {}
        self._text = ""
        self._nodes: dict[str, _Facts] = {}

    def __enter__(self) -> Self:
        """Give the reader itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Delete the temporary files."""
        self._parts.__exit__(*error)

    def see(self, block: str) -> None:
        """See some lines, those after the ones that were seen before.

        Args:
            block: N-Quads, each with its end.

        Raises:
            OutputError: if a temporary file cannot be written.
        """
        for line in block[:-1].split("\n"):
            subject, predicate, rest = line.split(" ", 2)
            if (part := _PARTS.get(predicate)) is not None:
                self._see(subject, part, rest, line)

    def _see(self, subject: str, part: str, rest: str, line: str) -> None:
        """See a quad that may be part of evidence."""
        if part == "label":
            self._labels.setdefault(subject[1:-1], []).append(_words(line))
        elif part in _OF_TEXT:
            if subject.startswith(_TEXT):
                text = _text_of(subject)
                if text != self._text:
                    self._end_text()
                    self._text = text
                value = _iri(rest) if rest[0] == "<" else _words(line)
                self._nodes.setdefault(subject[1:-1], {}).setdefault(part, []).append(value)
        elif subject.startswith(_CLAIM):
            if subject != self._claim:
                self._end_claim()
                self._claim = subject
            # Words kept as words are no thing that two texts share.
            if rest[0] == "<":
                value = _iri(rest)
                self._said.setdefault(part, []).append(value)
                if part in _SIDES:
                    self.spoken_of.add(value)

    def rows(self) -> Iterator[Row]:
        """Give the evidence in what has passed; the same as `statements.read_evidence` reads."""
        self._end_claim()
        self._end_text()
        # Names of texts are not escaped in them, and one may hold what splitlines cuts at.
        lines = (line for piece in self._parts for line in split_lines(piece))
        split = (line.split("\t") for line in lines)
        for _, group in itertools.groupby(split, key=lambda parts: parts[0]):
            nodes: dict[str, _Facts] = {}
            claims: list[tuple[str, _Facts]] = []
            for _, content in group:
                name, facts = json.loads(content)
                if name:
                    claims.append((name, facts))
                else:
                    nodes.update(facts)
            for name, said in claims:
                yield from self._rows(name, said, nodes)

    def _rows(self, claim: str, said: _Facts, nodes: dict[str, _Facts]) -> Iterator[Row]:
        """Put together what a claim says, its words, and the labels of what it speaks of."""
        conditional = "true" if "condition" in said else "false"
        methods = [m for a in said["activity"] for m in nodes.get(a, {}).get("method", ())]
        for target in said["target"]:
            found = nodes.get(target, {})
            words = [
                w for s in found.get("selector", ()) for w in nodes.get(s, {}).get("exact", ())
            ]
            for stated in itertools.product(*(said[part] for part in _STATED)):
                labels = [self._labels.get(iri, []) for iri in (stated[0], stated[2])]
                how = [said[part] for part in _HOW]
                rest = itertools.product(
                    found.get("source", ()), *how, [conditional], methods, words, *labels
                )
                yield from ([*stated, claim, *values] for values in rest)

    def _end_claim(self) -> None:
        """Let a claim wait that has been seen whole."""
        said = self._said
        if all(said.get(part) for part in (*_STATED, *_HOW, "activity", "target")):
            self._wait(_text_of(said["target"][0]), self._claim[1:-1], said)
        self._claim, self._said = "", {}

    def _end_text(self) -> None:
        """Let the words of a text wait that has been seen whole."""
        if self._nodes:
            self._wait(self._text[1:], "", self._nodes)
        self._text, self._nodes = "", {}

    def _wait(self, text: str, name: str, facts: object) -> None:
        """Keep a part of a text's evidence."""
        self._parts.add(f"{text}\t{json.dumps([name, facts])}\n")


def _text_of(node: str) -> str:
    """Give the beginning that all nodes of a text share."""
    return node[: node.rindex("/") + 1]


def _iri(rest: str) -> str:
    """Give the object of a line, an IRI."""
    return rest[1 : rest.index(">")]


def _words(line: str) -> str:
    """Give the object of a line, a literal, without its escapes."""
    [quad] = ox.parse(line, ox.RdfFormat.N_QUADS)
    return "" if isinstance(quad.object, ox.Triple) else quad.object.value
