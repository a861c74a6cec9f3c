"""The extractor by language model: a Document goes in, Claims come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claimgraph.extract.llm.answers import Reading, UnusableError, read_answer, read_claim
from claimgraph.extract.llm.endpoint import Endpoint, Message
from claimgraph.extract.llm.prompt import (
    SCHEMA,
    write_instructions,
    write_question,
    write_refusals,
)
from claimgraph.extract.mentions import find_mentions
from claimgraph.extract.subjects import find_main_drug
from claimgraph.gate import check_claim
from claimgraph.lexicon import Lexicon, load_lexicon
from claimgraph.model import Claim, Concept, Document, Section, SectionKind, Sentence

_SILENT = (SectionKind.TITLE, SectionKind.BOILERPLATE)
_MOST_SENTENCES = 20  # sentences of one question
_MOST_CHARACTERS = 4_000  # of one question, if it holds more than one sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the model sent to the last and what could not be used, and why."""

    text_id: str
    sentences: tuple[int, int]
    reason: str
    claim: str


class LanguageModelExtractor:
    """Extracts claims by asking a language model.

    Args:
        endpoint: where the model is. Texts are sent there.
        lexicon: the names; the lexicon that claimgraph carries if not given.
        retries: how often refused claims go back to the model, with the reasons.

    Attributes:
        refusals: what could not be used after the last try, of all documents so far.
    """

    def __init__(
        self, endpoint: Endpoint, lexicon: Lexicon | None = None, *, retries: int = 1
    ) -> None:
        self.endpoint = endpoint
        self.refusals: list[Refusal] = []
        self._lexicon = lexicon or load_lexicon()
        self._retries = retries
        self._instructions = write_instructions()

    def extract(self, document: Document) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice.

        Raises:
            EndpointError: if the endpoint gives no answer. What it answered before is kept in its
                cache, if it has one.
        """
        found = (
            mention
            for sentence in document.sentences
            for mention in find_mentions(sentence.text, self._lexicon)
        )
        drug = find_main_drug(document, self._lexicon, found)
        seen: set[str] = set()
        for section, sentences in cut_questions(document):
            claims = self._ask(document, drug, section, sentences)
            for claim in sorted(claims, key=lambda c: c.sort_key):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield claim

    def _ask(
        self,
        document: Document,
        drug: Concept | None,
        section: Section,
        sentences: Sequence[Sentence],
    ) -> list[Claim]:
        """Ask about some sentences until nothing is refused or the tries are used up."""
        first, last = sentences[0].number, sentences[-1].number
        reading = Reading(document, self._lexicon, drug, range(first, last + 1))
        question = write_question(document.citation.title, drug, section, sentences)
        messages: list[Message] = [
            {"role": "system", "content": self._instructions},
            {"role": "user", "content": question},
        ]
        good: list[Claim] = []
        refused: list[tuple[object, str]] = []
        for attempt in range(self._retries + 1):
            answer = self.endpoint.ask(messages, SCHEMA)
            claims, refused = _sort(answer, reading)
            good += claims
            if not refused or attempt == self._retries:
                break
            messages += [
                {"role": "assistant", "content": answer},
                {"role": "user", "content": write_refusals(refused)},
            ]
        self.refusals += [
            Refusal(document.id, (first, last), reason, json.dumps(raw, ensure_ascii=False))
            for raw, reason in refused
        ]
        return good


def cut_questions(document: Document) -> Iterator[tuple[Section, tuple[Sentence, ...]]]:
    """Cut a document into stretches that one question each can hold; none crosses a section."""
    batch: list[Sentence] = []
    size = 0
    for sentence in document.sentences:
        section = document.sections[sentence.section - 1]
        if section.kind in _SILENT:
            continue
        is_full = len(batch) >= _MOST_SENTENCES or size + len(sentence.text) > _MOST_CHARACTERS
        if batch and (is_full or batch[-1].section != sentence.section):
            yield document.sections[batch[0].section - 1], tuple(batch)
            batch, size = [], 0
        batch.append(sentence)
        size += len(sentence.text)
    if batch:
        yield document.sections[batch[0].section - 1], tuple(batch)


def _sort(answer: str, reading: Reading) -> tuple[list[Claim], list[tuple[object, str]]]:
    """Sort an answer into claims that may stand and items that may not, with the reason."""
    good: list[Claim] = []
    refused: list[tuple[object, str]] = []
    try:
        items: list[Any] = read_answer(answer)
    except UnusableError as error:
        return [], [(answer[:200], str(error))]
    for item in items:
        try:
            claim = read_claim(item, reading)
        except UnusableError as error:
            refused.append((item, str(error)))
            continue
        broken = check_claim(claim, reading.document)
        if broken:
            refused.append((item, "; ".join(rejection.reason for rejection in broken)))
        else:
            good.append(claim)
    return good, refused
