"""Which extractor on this machine reads, as a value that travels to other processes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claimgraph.extract import Extractor, MentionExtractor
from claimgraph.extract.confidence import Calibrated, load_curves
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.learned.joined import JoinedExtractor
from claimgraph.extract.learned.load import load_reader
from claimgraph.extract.rules import RuleExtractor


class Reader(StrEnum):
    """Who reads."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Way:
    """How texts are read.

    Attributes:
        reader: who reads.
        least: claims of a confidence below it are left out; from 0 to 1.
    """

    reader: Reader = Reader.RULES
    least: float = 0.0

    def __post_init__(self) -> None:
        """Take the name of a reader for the reader.

        Raises:
            ValueError: if there is none of that name.
        """
        object.__setattr__(self, "reader", Reader(self.reader))

    def make(self) -> Extractor:
        """Make the extractor.

        Raises:
            ModelError: if the learned model is needed and cannot be used.
        """
        return Calibrated(self.open(), self.least, load_curves(self.reader))

    def open(self) -> MentionExtractor:
        """Make what finds claims and mentions, with confidences as they come.

        Raises:
            ModelError: if the learned model is needed and cannot be used.
        """
        if self.reader is Reader.RULES:
            return RuleExtractor()
        learned = LearnedExtractor(load_reader())
        return learned if self.reader is Reader.MODEL else JoinedExtractor(learned)


BY_RULES = Way()
"""By rules, however sure they are."""
