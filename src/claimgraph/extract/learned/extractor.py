"""The extractor by a learned reader: a Document goes in, Claims come out.

The reader says where things stand and how they are related. All else is as with the rules: the
lexicon grounds the spans, the phrases of contexts narrow the claims, cues make them cautious, and
the gate checks them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claimgraph.extract.learned import seam
from claimgraph.extract.learned.deciding import DECIDES, GIVEN, Kind
from claimgraph.extract.learned.grounding import (
    CONDITIONS,
    DRUGS,
    TARGETS,
    GivenGrounder,
    Grounder,
)
from claimgraph.extract.learned.labels import Layer
from claimgraph.extract.learned.proposals import GivenReading, kind_of, propose
from claimgraph.extract.making import can_claim, make_claim, place_mention
from claimgraph.extract.rules import SILENT, RuleExtractor
from claimgraph.extract.view import SentenceView
from claimgraph.lexicon import Lexicon
from claimgraph.model import Claim, Document, Mention, Method, Relation, Sentence, Span

_MENTIONED = {Layer.CHEMICAL: DRUGS, Layer.DISEASE: CONDITIONS, Layer.GENE: TARGETS}


class LearnedExtractor:
    """Extracts claims by what a reader finds in sentences.

    Args:
        reader: finds spans, and answers about pairs of them.
        lexicon: the names; the lexicon that claimgraph carries if not given.
        grounded: whether the lexicon says what spans stand for, and adds what it lists. Without it
            the reader is alone; that is for measuring only.
    """

    def __init__(
        self,
        reader: seam.SentenceReader,
        lexicon: Lexicon | None = None,
        *,
        grounded: bool = True,
    ) -> None:
        self.reader = reader
        self._rules = RuleExtractor(lexicon)
        self._grounder = Grounder(self._rules.lexicon if grounded else None)

    @property
    def lexicon(self) -> Lexicon:
        """The names that it knows."""
        return self._rules.lexicon

    def extract(
        self, document: Document, given: Sequence[Mention] | None = None
    ) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice.

        Args:
            document: the document.
            given: all its mentions, in text order; found if not given. Claims are then of pairs of
                these mentions only.
        """
        decides = DECIDES if given is None else GIVEN
        least = {kind: one.alone for kind, one in decides.items()}
        for claim, _ in self.find(document, least, given):
            yield claim

    def find(
        self,
        document: Document,
        least: Mapping[Kind, float],
        given: Sequence[Mention] | None = None,
    ) -> Iterator[tuple[Claim, Kind]]:
        """Give the claims of a document with their kinds, in text order, none twice.

        Args:
            document: the document.
            least: how sure the reader has to be of each kind of claim.
            given: all its mentions, in text order; found if not given.
        """
        seen: set[str] = set()
        grounder = self._grounder if given is None else GivenGrounder()
        for sentence, view, reading in self._read(document, given):
            proposals = [
                one for one in propose(view, reading, grounder, least) if can_claim(view, one)
            ]
            objects: dict[Relation, set[Span]] = {}
            for one in proposals:
                objects.setdefault(one.relation, set()).add(one.object.span)
            found = []
            for one in proposals:
                siblings = sorted(objects[one.relation])
                made = make_claim(document, sentence, view, one, siblings, Method.MODEL)
                found.append((made, kind_of(one)))
            for claim, kind in sorted(found, key=lambda one: one[0].sort_key):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield claim, kind

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Give the chemicals, conditions and targets that the reader finds, in text order."""
        for sentence, view, reading in self._read(document, None):
            placed = set()
            for found in reading.found:
                wanted = _MENTIONED.get(found.layer)
                if wanted is None:
                    continue
                mention = self._grounder.ground(view, Span(found.start, found.end), wanted)
                if mention is not None and mention not in placed:
                    placed.add(mention)
                    yield place_mention(document, sentence, mention)

    def _read(
        self, document: Document, given: Sequence[Mention] | None
    ) -> Iterator[tuple[Sentence, SentenceView, seam.Reading]]:
        """Give every sentence in which something may be claimed, with its reading.

        All are handed over at once, so that the reader may put those of a length together.
        """
        views = [one for one in self._rules.views(document, given) if one[1].section not in SILENT]
        passages = [seam.Passage(view.text, view.section) for _, view in views]
        readings = self.reader.read(passages)
        for (sentence, view), reading in zip(views, readings, strict=True):
            yield sentence, view, reading if given is None else GivenReading(view, reading)
