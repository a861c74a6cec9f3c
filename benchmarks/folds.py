"""Readers of both halves: each reads the documents that it did not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora import Half
from claimgraph.extract.learned import seam
from claimgraph.extract.learned.network import NetworkReader
from training.perceptron import FILE, PerceptronReader

FOLDS = {Half.WRITTEN_ON: "fold0", Half.HELD_BACK: "fold1"}
"""Which model never saw a half: `fold0` learned from all documents but those of fold 0."""

Readers = Mapping[Half, seam.SentenceReader]


def open_readers(folder: Path, halves: Sequence[Half]) -> Readers:
    """Open the model of each half: a network, or a perceptron where its file lies there."""
    return {half: open_reader(folder / FOLDS[half]) for half in halves}


def open_reader(folder: Path) -> seam.SentenceReader:
    """Open a model, whatever kind it is."""
    if (folder / FILE).is_file():
        return PerceptronReader(folder)
    return NetworkReader(folder)


@dataclass
class Ahead:
    """A reader whose readings are kept until the next ones are prepared."""

    reader: seam.SentenceReader
    kept: dict[seam.Passage, seam.Reading] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The reader's name."""
        return self.reader.name

    def prepare(self, passages: Sequence[seam.Passage]) -> None:
        """Read passages; forget those before."""
        new = list(dict.fromkeys(passages))
        self.kept = dict(zip(new, self.reader.read(new), strict=True))

    def read(self, passages: Sequence[seam.Passage]) -> Sequence[seam.Reading]:
        """Give the readings of passages; reads those that were not prepared."""
        missing = list(dict.fromkeys(one for one in passages if one not in self.kept))
        if missing:
            self.kept.update(zip(missing, self.reader.read(missing), strict=True))
        return [self.kept[one] for one in passages]
