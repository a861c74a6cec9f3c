"""Draft an article folder: what was extracted, written for a person to correct and commit.

The folder holds `article.txt`, `source.yaml` and `claims.yaml`, in the form that `read_article` and
`curation.read_claims` read. A draft names its method, such as ``found_by: rules``, so that nobody
takes it for reviewed work; concepts that the ontology lacks stand in the file itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from claimgraph.curation import say_where
from claimgraph.documents import cut_text
from claimgraph.documents.article import CLAIMS_FILE, SOURCE_FILE, TEXT_FILE
from claimgraph.documents.layout import slug
from claimgraph.extract.reading import NO_CLAIM
from claimgraph.introductions import find_lines_above
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    Concept,
    Document,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Span,
)

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_HEAD = """\
# A draft: a program found these claims, and nobody has reviewed them yet.
#
# Go through it sentence by sentence: correct what is wrong, delete what the sentence does not say,
# add what is missing. A sentence without a claim needs 'no_claims:' with the reason. When all is
# reviewed, delete the line 'found_by'.
#
#   subject, object   the words of the sentence, and the concept they name;
#                     `implied: …` where the sentence means a concept but does not name it.
#   quote             the shortest passage of the sentence that carries the claim.
#   certainty, cue    how sure the author sounds, and the word that shows it; left out = asserted.
#   modality          normative = what ought to be done; left out = what is.
#   qualifiers        words that narrow the claim: dose, phase, population ….
#   via, because      the claim this one works through; the reason the text gives for it.
# All words are verbatim. A word that stands twice in the sentence says which with `nth: 2`.
"""
_HEAD_OF_CONCEPTS = """\
# Concepts that ontology/concepts.ttl does not have. One that should stay is better defined there,
# with its identifiers; where a concept of the ontology means the same, use that one instead.
"""
_HEAD_OF_SOURCE = (
    "# Where the text comes from. What is not known says so; nothing here is a guess.\n"
)
_HEAD_OF_HASH = (
    "# SHA-256 of article.txt, byte for byte. The claims hold for this text and no other.\n"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article folder that is yet to be written.

    Attributes:
        document: the text as `read_article` will read it.
        claims: the claims of it that the files hold, without keys.
        left_out: claims that the form cannot hold, each with the reason.
        files: the content of each file, by its name.
    """

    document: Document
    claims: tuple[Claim, ...]
    left_out: tuple[tuple[Claim, str], ...]
    files: Mapping[str, bytes]


def draft_article(
    document: Document, claims: Iterable[Claim], concepts: Mapping[str, Concept]
) -> Draft:
    """Draft the article folder of a text.

    Args:
        document: the text, from any reader. The folder holds it as plain text, which is cut into
            sentences by the rules for plain text.
        claims: claims of the text that have passed the gate.
        concepts: the concepts of the ontology by id.
    """
    plain = _to_plain(document)
    kept, left_out = _place(claims, plain)
    files = {
        TEXT_FILE: plain.text,
        SOURCE_FILE: "".join(_source_lines(plain)),
        CLAIMS_FILE: "".join(_claims_lines(plain, kept, concepts)),
    }
    encoded = {name: text.encode("utf-8") for name, text in files.items()}
    return Draft(plain, tuple(kept), tuple(left_out), encoded)


# ── Text and claims ─────────────────────────────────────────────────────────────────────────────


def _to_plain(document: Document) -> Document:
    """Cut a document as `read_article` will, with all that `source.yaml` can say of it."""

    def known(value: str | None) -> str | None:
        return value if value is not None and value.strip() else None

    id_, citation = slug(document.id), document.citation
    language = citation.language
    if not _LANGUAGE.fullmatch(language):
        language = language.split("-")[0].lower()
    return cut_text(
        document.text,
        id=id_,
        citation=Citation(
            title=known(citation.title) or id_,
            language=language if _LANGUAGE.fullmatch(language) else "und",
            author=known(citation.author),
            publisher=known(citation.publisher),
            date=known(citation.date),
            url=known(citation.url),
            licence=known(citation.licence),
            note=known(citation.note),
        ),
        drug=known(document.drug),
    )


def _place(
    claims: Iterable[Claim], document: Document
) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    """Put claims into the sentences of the document, and tell those that cannot be written."""
    kept: dict[str, tuple[Claim, Claim]] = {}
    left_out: list[tuple[Claim, str]] = []
    for claim in claims:
        moved = move_claim(claim, document)
        if moved is None:
            left_out.append((claim, "its words do not stand in one sentence of the plain text"))
        elif (words := _unsayable(moved, document)) is not None:
            left_out.append((claim, f"{words!r} begins or ends inside a word"))
        else:
            kept[claim.id] = (claim, moved)
    while orphans := [c for c, _ in kept.values() if not kept.keys() >= {*c.via, *c.because}]:
        for claim in orphans:
            del kept[claim.id]
            left_out.append((claim, "it rests on a claim that is left out"))
    linked = [
        moved.linked(
            via=tuple(kept[one][1].id for one in claim.via),
            because=tuple(kept[one][1].id for one in claim.because),
        )
        for claim, moved in kept.values()
    ]
    return sorted(linked, key=lambda c: c.sort_key), left_out


def move_claim(claim: Claim, document: Document) -> Claim | None:
    """Put a claim into a document of the same text that is cut into other sentences.

    Args:
        claim: the claim; its links to others are left behind.
        document: where it shall stand.

    Returns:
        The claim there; nothing if its words do not stand in one sentence, or in it and the lines
        that introduce the list whose item it is.
    """
    start = claim.quote.span.start
    index = bisect_right(document.sentences, start, key=lambda s: s.span.start) - 1
    if index < 0:
        return None
    sentence = document.sentences[index]
    named = [claim.quote, claim.subject.passage, claim.object.passage]
    if not all(sentence.span.covers(one.span) for one in named if one is not None):
        return None
    places = [sentence.span, *_lines_above(document, sentence.number)]
    for passage in _passages(claim):
        if not any(place.covers(passage.span) for place in places):
            return None
    return replace(
        claim, text_id=document.id, sentence=sentence.number, key=None, via=(), because=()
    )


def _passages(claim: Claim) -> Iterator[Passage]:
    """Give all words that a claim points at, its quote first."""
    yield claim.quote
    for passage in (claim.subject.passage, claim.object.passage, claim.cue):
        if passage is not None:
            yield passage
    for qualifier in claim.qualifiers:
        yield qualifier.passage


def _lines_above(document: Document, number: int) -> tuple[Span, ...]:
    """Give where the lines stand that introduce a sentence."""
    return tuple(line.span for line in find_lines_above(document, number))


def _unsayable(claim: Claim, document: Document) -> str | None:
    """Give the first words of a claim that the form cannot point at; nothing if it can at all."""
    sentence = document.sentence(claim.sentence).span
    above = _lines_above(document, claim.sentence)
    for number, passage in enumerate(_passages(claim)):
        scopes = (sentence,) if number == 0 else (claim.quote.span, sentence)
        unsaid = say_where(passage, document.text, scopes, above) is None
        if unsaid or not passage.text.strip():
            return passage.text
    return None


# ── Files ───────────────────────────────────────────────────────────────────────────────────────


def _source_lines(document: Document) -> Iterator[str]:
    """Write `source.yaml`."""
    citation = document.citation
    yield _HEAD_OF_SOURCE
    yield f"id: {document.id}\n"
    yield f"title: {_quoted(citation.title)}\n"
    yield f"language: {citation.language}\n"
    for name in ("author", "publisher", "date", "url", "licence", "note"):
        value = getattr(citation, name)
        yield f"{name}: {'unknown' if value is None else _quoted(value)}\n"
    if document.drug is not None:
        yield f"drug: {_quoted(document.drug)}\n"
    yield _HEAD_OF_HASH
    yield f"sha256: {document.sha256}\n"


def _claims_lines(
    document: Document, claims: Sequence[Claim], concepts: Mapping[str, Concept]
) -> Iterator[str]:
    """Write `claims.yaml`."""
    yield f"{_HEAD}\ntext: {document.id}\nsha256: {document.sha256}\n"
    yield f"found_by: {_method(claims)}\n"
    if own := _own_concepts(claims, concepts):
        yield f"\n{_HEAD_OF_CONCEPTS}concepts:\n"
        for concept in own:
            label, category = _quoted(concept.label), concept.category
            yield f"  - {{id: {_name(concept.id)}, label: {label}, category: {category}}}\n"
    yield "\nsentences:\n" if document.sentences else "\nsentences: []\n"
    keys = _make_keys(claims)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    section = 0
    for sentence in document.sentences:
        if sentence.section != section:
            section = sentence.section
            heading = _comment(document.sections[section - 1].heading or "")
            yield f"\n  # ── {heading} ──\n" if heading else ""
        yield f"\n  - sentence: {sentence.number}\n    text: {_quoted(sentence.text)}\n"
        if sentence.number not in by_sentence:
            yield f"    no_claims: {_quoted(NO_CLAIM)}\n"
            continue
        yield "    claims:\n"
        for claim in by_sentence[sentence.number]:
            yield from _claim_lines(claim, document, keys)


def _claim_lines(claim: Claim, document: Document, keys: Mapping[str, str]) -> Iterator[str]:
    """Write one claim."""
    sentence = document.sentence(claim.sentence).span
    scopes = (claim.quote.span, sentence)
    above = _lines_above(document, claim.sentence)

    def say(passage: Passage, where: tuple[Span, ...] = scopes) -> str:
        nth = say_where(passage, document.text, where, above)
        words = _quoted(passage.text)
        return f"{{words: {words}, nth: {nth}}}" if nth else words

    fields: dict[str, str] = {
        "type": claim.type,
        "subject": _mention(claim.subject, document, scopes),
        "relation": claim.relation,
        "object": _mention(claim.object, document, scopes),
        "quote": say(claim.quote, (sentence,)),
    }
    if claim.polarity is not Polarity.AFFIRMED:
        fields["polarity"] = claim.polarity
    if claim.certainty is not Certainty.ASSERTED:
        fields["certainty"] = claim.certainty
    if claim.modality is not Modality.FACTUAL:
        fields["modality"] = claim.modality
    if claim.cue is not None:
        fields["cue"] = say(claim.cue)
    if claim.evidence is not EvidenceBasis.AUTHOR_STATEMENT:
        fields["evidence"] = claim.evidence
    yield f"      - id: {keys[claim.id]}\n"
    yield from (f"        {name}: {value}\n" for name, value in fields.items())
    kinds = dict.fromkeys(qualifier.type for qualifier in claim.qualifiers)
    yield "        qualifiers:\n" if kinds else ""
    for kind in kinds:
        said = [say(one.passage) for one in claim.qualified_by(kind)]
        yield f"          {kind}: {said[0] if len(said) == 1 else _listed(said)}\n"
    for name, targets in (("via", claim.via), ("because", claim.because)):
        named = [keys[target] for target in targets]
        if named:
            yield f"        {name}: {named[0] if len(named) == 1 else _listed(named)}\n"


def _mention(mention: Mention, document: Document, scopes: tuple[Span, ...]) -> str:
    """Write a subject or object."""
    concept = "" if mention.concept is None else _name(mention.concept.id)
    if mention.passage is None:
        return f"{{implied: {concept}}}"
    nth = say_where(mention.passage, document.text, scopes)
    parts = [f"words: {_quoted(mention.passage.text)}"]
    parts += [f"concept: {concept}"] if concept else []
    parts += [f"nth: {nth}"] if nth else []
    return f"{{{', '.join(parts)}}}"


def _own_concepts(claims: Iterable[Claim], concepts: Mapping[str, Concept]) -> list[Concept]:
    """Give the concepts that the ontology lacks, each id once."""
    found = {m.concept for claim in claims for m in (claim.subject, claim.object) if m.concept}
    by_id = {concept.id: concept for concept in sorted(found, reverse=True)}
    return [by_id[id_] for id_ in sorted(by_id) if id_ not in concepts]


def _method(claims: Iterable[Claim]) -> Method:
    """Tell how claims were found; of several ways the least transparent, as the form names one."""
    found = [claim.method for claim in claims if claim.method is not Method.REVIEWED]
    return max(found, key=list(Method).index, default=Method.RULES)


def _make_keys(claims: Iterable[Claim]) -> dict[str, str]:
    """Name every claim after its object; claims of the same object are counted."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for claim in claims:
        name = key = slug(claim.object.label)
        while key in taken:
            counts[name] = counts.get(name, 1) + 1
            key = f"{name}-{counts[name]}"
        taken.add(key)
        keys[claim.id] = key
    return keys


def _quoted(text: str) -> str:
    """Write any text on one line of YAML."""
    return yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf")).rstrip("\n")


def _name(text: str) -> str:
    """Write a name, bare if it is kebab-case."""
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _listed(values: Iterable[str]) -> str:
    """Write a list on one line."""
    return f"[{', '.join(values)}]"


def _comment(text: str) -> str:
    """Give text that cannot end a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
