"""Read the claims a person has reviewed: `claims.yaml` beside its text.

The file goes through the text sentence by sentence. Words are found in the sentence they are said
to stand in, first inside the quote, so that the person never counts characters; where words stand
there more than once, `nth` says which. Words that hedge or narrow an item of a list are looked for
in the line that introduces the list, too; there `nth` counts on. `drafting` writes such files for a
person to correct; they say ``found_by: rules`` until a person has, and hold the concepts that the
ontology lacks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from claimgraph.errors import Place
from claimgraph.introductions import find_lines_above
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    Document,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Sentence,
    Span,
)
from claimgraph.yamlfile import Entry, Fields, read_yaml

_CLAIM_KEYS = ("id", "type", "subject", "relation", "object", "quote")
_CLAIM_OPTIONS = (
    "polarity",
    "certainty",
    "modality",
    "cue",
    "evidence",
    "qualifiers",
    "via",
    "because",
)
_CONCEPT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Characters that look alike and are easily swapped by an editor: quote marks, dashes, spaces.
_LOOKALIKES = str.maketrans("’‘“”–—\u00a0\u202f", "''\"\"--  ")


@dataclass(frozen=True, slots=True)
class Curation:
    """The reviewed claims of a text, and the sentences that make none with the reason."""

    claims: tuple[Claim, ...]
    without_claims: tuple[tuple[int, str], ...]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before its links to other claims are resolved."""

    claim: Claim
    entry: Entry
    via: tuple[Entry, ...]
    because: tuple[Entry, ...]


def read_claims(path: Path, document: Document, concepts: Mapping[str, Concept]) -> Curation:
    """Read a claims file and find all its words in the text.

    Args:
        path: the `claims.yaml`.
        document: the text it is about.
        concepts: the known concepts by id.

    Raises:
        InputFileError: if the file cannot be read.
        ClaimsFileError: with file and line, if anything in it is malformed, unknown, double, not
            in the text, ambiguous, or if a sentence is not accounted for.
    """
    root = read_yaml(path)
    top = root.fields(("text", "sha256", "sentences"), ("found_by", "concepts"))
    if top["text"].text() != document.id:
        raise top["text"].fail(
            f"these claims are about {top['text'].text()!r}, the text is {document.id!r}",
            "put the claims into the folder of their text",
        )
    if top["sha256"].text() != document.sha256:
        raise top["sha256"].fail(
            f"the text has changed under these claims: its sha256 is {document.sha256}",
            "review every claim against the new text, then write its sha256 here",
        )
    method = top.one_of("found_by", Method, Method.REVIEWED)
    concepts = _read_concepts(top.get("concepts"), concepts)
    drafts: list[_Draft] = []
    reasons: dict[int, str] = {}
    seen: set[int] = set()
    for entry in top["sentences"].items():
        fields = entry.fields(("sentence", "text"), ("claims", "no_claims"))
        sentence = _read_sentence(fields, document)
        if sentence.number in seen:
            raise fields["sentence"].fail(
                f"sentence {sentence.number} is here twice", "merge the two entries"
            )
        seen.add(sentence.number)
        if ("claims" in fields) == ("no_claims" in fields):
            raise entry.fail(
                f"sentence {sentence.number} needs either claims or a reason for none",
                "add 'claims:' with a list, or 'no_claims:' with the reason",
            )
        if "no_claims" in fields:
            reasons[sentence.number] = fields["no_claims"].text()
        else:
            entries = fields["claims"].items()
            if not entries:
                raise fields["claims"].fail(
                    f"sentence {sentence.number} has an empty list of claims",
                    "add its claims, or 'no_claims:' with the reason instead",
                )
            drafts += [
                _read_claim(claim, document, sentence, concepts, method) for claim in entries
            ]
    missing = [s for s in document.sentences if s.number not in seen]
    if missing:
        first = missing[0]
        raise top["sentences"].fail(
            f"sentence {first.number} is not accounted for: {first.text[:60]!r}…"
            + (f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""),
            "add its claims, or 'no_claims:' with the reason",
        )
    claims = _link(drafts)
    places = {d.claim.id: d.entry.place for d in drafts}
    ordered = tuple(sorted(claims, key=lambda c: c.sort_key))
    return Curation(ordered, tuple(sorted(reasons.items())), places)


def find_words(
    words: str,
    text: str,
    scopes: Iterable[Span],
    nth: int | None = None,
    above: Iterable[Span] = (),
) -> tuple[Passage | None, int]:
    """Find words in a text, whole words only.

    Looks into the scopes in order and stops at the first in which the words stand.

    Args:
        words: what to look for, character for character.
        text: the text.
        scopes: where to look; with `nth`, only the last (widest) is used.
        nth: which occurrence is meant, from 1; ``None`` if there has to be exactly one.
        above: where to look on after the scopes: the lines above a list, the nearest first. With
            `nth`, the counting goes on there.

    Returns:
        The passage, or ``None`` if there is none or it is not clear which; and the number of
        occurrences found.

    >>> find_words("may", "it may, may be", [Span(0, 14)], nth=2)
    (Passage(span=Span(start=8, end=11), text='may'), 2)
    >>> find_words("may", "it may, may be", [Span(0, 14)])
    (None, 2)
    """
    wanted = list(scopes)
    if nth is not None:
        found = [span for one in (wanted[-1], *above) for span in _occurrences(words, text, one)]
        return (Passage(found[nth - 1], words) if nth <= len(found) else None), len(found)
    for scope in (*wanted, *above):
        if found := _occurrences(words, text, scope):
            return (Passage(found[0], words) if len(found) == 1 else None), len(found)
    return None, 0


def say_where(
    passage: Passage, text: str, scopes: Sequence[Span], above: Sequence[Span] = ()
) -> int | None:
    """Give what `find_words` needs to find a passage by its words.

    Args:
        passage: words and where they stand.
        text: the text.
        scopes: where they will be looked for, the last one being the widest.
        above: where they will be looked for next.

    Returns:
        0 if the words alone are enough, else which occurrence in the widest scope and what is above
        it is, from 1; ``None`` if it cannot be found, because it begins or ends inside a word.

    >>> say_where(Passage(Span(8, 11), "may"), "it may, may be", [Span(0, 14)])
    2
    """
    if find_words(passage.text, text, scopes, above=above)[0] == passage:
        return 0
    places = (scopes[-1], *above)
    found = [span for one in places for span in _occurrences(passage.text, text, one)]
    return found.index(passage.span) + 1 if passage.span in found else None


def _occurrences(words: str, text: str, scope: Span) -> list[Span]:
    """Find where words stand whole in a scope. An underscore is no part of a word: it marks one."""
    before = r"(?<![^\W_])" if words[:1].isalnum() else ""
    after = r"(?![^\W_])" if words[-1:].isalnum() else ""
    # Looking ahead only, the pattern finds occurrences that overlap and sees beyond a scope's end.
    pattern = re.compile(f"{before}(?={re.escape(words)}{after})")
    return [
        span
        for match in pattern.finditer(text, scope.start, scope.end + 1)
        if scope.covers(span := Span(match.start(), match.start() + len(words)))
    ]


def _read_concepts(entry: Entry | None, concepts: Mapping[str, Concept]) -> Mapping[str, Concept]:
    """Read the concepts that the file adds to those of the ontology."""
    if entry is None:
        return concepts
    known = dict(concepts)
    for item in entry.items():
        fields = item.fields(("id", "label", "category"))
        name = fields["id"].text()
        if not _CONCEPT_ID.fullmatch(name):
            raise fields["id"].fail(f"{name!r} is no kebab-case name", "use a-z, 0-9 and hyphens")
        if name in known:
            raise fields["id"].fail(
                f"concept {name!r} is already {'known' if name in concepts else 'here'}",
                "delete it here, or give it another id",
            )
        known[name] = Concept(name, fields["label"].text(), fields["category"].one_of(Category))
    return known


def _read_sentence(fields: Fields, document: Document) -> Sentence:
    """Find the sentence an entry is about and compare its words."""
    number = fields["sentence"].whole_number()
    if number > len(document.sentences):
        raise fields["sentence"].fail(
            f"the text has no sentence {number}, only {len(document.sentences)}",
            "count the sentences of the body, title and headings left out",
        )
    sentence = document.sentence(number)
    words = fields["text"].text()
    if words != sentence.text:
        raise fields["text"].fail(
            f"not the words of sentence {number}{_difference(words, sentence.text)}",
            "copy the sentence from the text",
        )
    return sentence


def _read_claim(
    entry: Entry,
    document: Document,
    sentence: Sentence,
    concepts: Mapping[str, Concept],
    method: Method,
) -> _Draft:
    """Read one claim of a sentence."""
    fields = entry.fields(_CLAIM_KEYS, _CLAIM_OPTIONS)
    quote = _read_passage(fields["quote"], document, sentence, (sentence.span,))
    scopes = (quote.span, sentence.span)
    above = tuple(line.span for line in find_lines_above(document, sentence.number))
    qualifiers: list[Qualifier] = []
    if (given := fields.get("qualifiers")) is not None:
        names = tuple(QualifierType)
        for name in (qualifier_fields := given.fields((), names)):
            qualifiers += [
                Qualifier(
                    QualifierType(name), _read_passage(value, document, sentence, scopes, above)
                )
                for value in qualifier_fields[name].one_or_more()
            ]
    cue = fields.get("cue")
    claim = Claim(
        text_id=document.id,
        sentence=sentence.number,
        quote=quote,
        subject=_read_mention(fields["subject"], document, sentence, scopes, concepts),
        relation=fields["relation"].one_of(Relation),
        object=_read_mention(fields["object"], document, sentence, scopes, concepts),
        type=fields["type"].one_of(ClaimType),
        polarity=fields.one_of("polarity", Polarity, Polarity.AFFIRMED),
        certainty=fields.one_of("certainty", Certainty, Certainty.ASSERTED),
        modality=fields.one_of("modality", Modality, Modality.FACTUAL),
        evidence=fields.one_of("evidence", EvidenceBasis, EvidenceBasis.AUTHOR_STATEMENT),
        cue=None if cue is None else _read_passage(cue, document, sentence, scopes, above),
        qualifiers=tuple(qualifiers),
        method=method,
        key=fields["id"].text(),
    )
    links = {
        name: tuple(found.one_or_more()) if (found := fields.get(name)) else ()
        for name in ("via", "because")
    }
    return _Draft(claim, entry, links["via"], links["because"])


def _read_mention(
    entry: Entry,
    document: Document,
    sentence: Sentence,
    scopes: tuple[Span, ...],
    concepts: Mapping[str, Concept],
) -> Mention:
    """Read a subject or object: words and concept, words alone, or an implied concept."""
    fields = entry.fields((), ("words", "concept", "implied", "nth"))
    name = fields.get("implied") or fields.get("concept")
    concept = None if name is None else _read_concept(name, concepts)
    if "implied" in fields:
        if len(fields.found) > 1:
            raise entry.fail("'implied' stands alone", "drop the other keys, or 'implied'")
        return Mention(None, concept)
    if "words" not in fields:
        raise entry.fail("no words", "add 'words: …', or 'implied: …' if there are none")
    return Mention(_find(fields["words"], fields.get("nth"), document, sentence, scopes), concept)


def _read_concept(entry: Entry, concepts: Mapping[str, Concept]) -> Concept:
    """Look a concept up."""
    name = entry.text()
    if name not in concepts:
        close = difflib.get_close_matches(name, concepts, n=3)
        raise entry.fail(
            f"unknown concept {name!r}" + (f"; did you mean {', '.join(close)}?" if close else ""),
            "use a concept of ontology/concepts.ttl, or add it there or under 'concepts:'",
        )
    return concepts[name]


def _read_passage(
    entry: Entry,
    document: Document,
    sentence: Sentence,
    scopes: tuple[Span, ...],
    above: tuple[Span, ...] = (),
) -> Passage:
    """Read words of the sentence: a plain value, or `{words: …, nth: …}`."""
    if isinstance(entry.node, yaml.MappingNode):
        fields = entry.fields(("words",), ("nth",))
        return _find(fields["words"], fields.get("nth"), document, sentence, scopes, above)
    return _find(entry, None, document, sentence, scopes, above)


def _find(
    entry: Entry,
    nth: Entry | None,
    document: Document,
    sentence: Sentence,
    scopes: tuple[Span, ...],
    above: tuple[Span, ...] = (),
) -> Passage:
    """Find the words of an entry, or say what is wrong with them."""
    words = entry.text()
    number = None if nth is None else nth.whole_number()
    passage, count = find_words(words, document.text, scopes, number, above)
    if passage is not None:
        return passage
    if count == 0:
        elsewhere = [
            other.number
            for other in document.sentences
            if other.number != sentence.number
            and find_words(words, document.text, (other.span,))[1]
        ]
        if elsewhere:
            where = f"; they stand in sentence {', '.join(map(str, elsewhere))}"
        else:
            where = _difference(words, sentence.text)
        raise entry.fail(
            f"{words!r} is not in sentence {sentence.number}{where}",
            "copy the words from the sentence",
        )
    if number is not None and nth is not None:
        raise nth.fail(
            f"{words!r} stands {count} times in sentence {sentence.number}, not {number}",
            f"use a number from 1 to {count}",
        )
    raise entry.fail(
        f"{words!r} stands {count} times there",
        "say which with {words: …, nth: …}, counted through the sentence",
    )


def _difference(words: str, text: str) -> str:
    """Hint at why a match failed: part of a word, or characters that only look the same."""
    if words in text:
        return ": they stand there only as part of something longer"
    plain_words, plain_text = words.translate(_LOOKALIKES), text.translate(_LOOKALIKES)
    if plain_words in plain_text:
        start = plain_text.index(plain_words)
        for ours, theirs in zip(words, text[start:], strict=False):
            if ours != theirs:
                return f": the text has U+{ord(theirs):04X} where this has U+{ord(ours):04X}"
    if plain_words.lower() in plain_text.lower():
        return ": upper and lower case differ"
    return ""


def _link(drafts: list[_Draft]) -> list[Claim]:
    """Resolve `via` and `because`, and refuse double names, double claims and circles."""
    by_key: dict[str, _Draft] = {}
    by_id: dict[str, _Draft] = {}
    for draft in drafts:
        key = draft.claim.key or ""
        if key in by_key:
            raise draft.entry.fail(
                f"id {key!r} is already used on line {by_key[key].entry.place.line}",
                "give each claim of the text its own id",
            )
        if draft.claim.id in by_id:
            other = by_id[draft.claim.id]
            raise draft.entry.fail(
                f"same claim as {other.claim.key!r} on line {other.entry.place.line}",
                "delete one of the two",
            )
        by_key[key] = by_id[draft.claim.id] = draft

    def targets(entries: tuple[Entry, ...]) -> tuple[str, ...]:
        ids = []
        for entry in entries:
            name = entry.text()
            if name not in by_key:
                close = difflib.get_close_matches(name, by_key, n=1)
                raise entry.fail(
                    f"no claim with id {name!r}" + (f"; did you mean {close[0]}?" if close else ""),
                    "name the id of another claim of this file",
                )
            ids.append(by_key[name].claim.id)
        return tuple(ids)

    linked = [d.claim.linked(via=targets(d.via), because=targets(d.because)) for d in drafts]
    steps = {claim.id: claim.via + claim.because for claim in linked}
    for claim in linked:
        if claim.id in _reached_from(claim.id, steps):
            raise by_id[claim.id].entry.fail(
                f"claim {claim.key!r} rests on itself through via and because",
                "take one link out of the circle",
            )
    return linked


def _reached_from(start: str, steps: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give all that can be reached from `start` in one step or more."""
    reached: set[str] = set()
    waiting = list(steps[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += steps[name]
    return reached
