"""Noun phrases: what a verb or a preposition takes, cut out of the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, Span

_LONGEST_LIST = 8
# Words that no noun phrase of ours goes on over.
_STOP = (
    r"(?:and|or|but|that|which|who|whom|where|is|are|was|were|be|been|to|in|on|at|for|from|by|with|"
    r"during|before|after|while|when|if|because|since|as|prior|until|unless|every|should|must|may|"
    r"can|will|would|has|have|had|do|does|did|than|throughout|within|without|between|whenever|"
    r"regarding|concerning|especially|particularly|including|such|due|owing|via|not|using|"
    r"\w+ly|twice|once|therefore|however)\b"
)
_ARTICLE = r"(?:(?:the|an?|your|their|its|his|her|all|any|each|both)\s+)*"
PHRASE = AnyCase(
    rf"\s*{_ARTICLE}(?P<np>(?!{_STOP})[^\W_][\w’'/%-]*"
    rf"(?:\s+(?:of\s+(?:the\s+)?)?(?!{_STOP})(?!of\b)[^\W_][\w’'/%-]*){{0,6}})",
)
"""A noun phrase at a place, without its article; `np` is the phrase."""

_MORE = AnyCase(r"\s*(?:,\s*(?:and|or)?|\b(?:and|or|and/or)\b)(?=\s)")
_LEAVES_IT = AnyCase(
    r"(?:(?:severe|serious|possible|potential|new|worsening|acute|early|any|significant|clinical|"
    r"excessive|therapeutic|drug|regular|careful|cautious|close|behaviou?ral|individual|patient|"
    r"sustained|overall|long-term|of|the)\s+)*",
)
"""Words before a name that leave it what it is; "neurological toxicity" is not all toxicity."""

# What looks like the next member of a list and is the next thing to do.
_NEXT_VERB = AnyCase(
    r"(?:adjust|discontinue|reduce|consider|monitor|stop|initiate|treat|avoid|use|take|report|"
    r"advise|instruct|withhold|interrupt|increase|decrease|titrate|adapt|seek|contact|tell|call|"
    r"provide|institute|then|it|they|this|these|there|he|she|we|you|patients)\b",
)
_DETERMINERS = AnyCase(
    r"(?:(?:and|or|the|an?|your|their|its|his|her|all|any|each|both|also|thus|then)\s+)*"
)


def phrase_at(text: str, start: int) -> Span | None:
    """Give the noun phrase that begins at a place, without its article; nothing if there is none.

    >>> phrase_at("Monitor the serum level of lithium in adults.", 7)
    Span(start=12, end=34)
    """
    match = PHRASE.match(text, start)
    return None if match is None else Span(*match.span("np"))


def list_at(text: str, start: int) -> Iterator[Span]:
    """Give the noun phrases of the list that begins at a place.

    >>> text = "Check weight, height and blood pressure before use."
    >>> [span.cut(text) for span in list_at(text, 5)]
    ['weight', 'height', 'blood pressure']
    """
    at = start
    for _ in range(_LONGEST_LIST):
        span = phrase_at(text, at)
        if span is None or (at > start and _NEXT_VERB.match(text, span.start)):
            return
        yield span
        more = _MORE.match(text, span.end)
        if more is None:
            return
        at = more.end()


def split_list(text: str, span: Span) -> Iterator[Span]:
    """Cut a stretch into the members of the list that it is, each without its article.

    >>> text = "seizure type, comorbidities and the age"
    >>> [one.cut(text) for one in split_list(text, Span(0, len(text)))]
    ['seizure type', 'comorbidities', 'age']
    """
    at = span.start
    for match in (*re.finditer(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+", span.cut(text)), None):
        end = span.end if match is None else span.start + match.start()
        start = at + len(_DETERMINERS.match(text[at:end])[0])  # type: ignore[index]
        if start < end:
            yield Span(start, end)
        if match is not None:
            at = span.start + match.end()


def name(view: SentenceView, span: Span, *categories: Category) -> Found:
    """Give the mention that a phrase is, but for its adjectives, if it is of a wanted category.

    Otherwise the words are a concept of their own, of the first of the categories.
    """
    for mention in view.mentions:
        if (
            mention.span.end == span.end
            and mention.span.start >= span.start
            and mention.concept.category in categories
            and _LEAVES_IT.fullmatch(view.text, span.start, mention.span.start)
        ):
            return mention
    words = span.cut(view.text)
    return Found(span, words, unlisted(words, categories[0]))
