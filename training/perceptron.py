"""The yardstick: an averaged perceptron over words, their shapes and the lexicon, as a reader.

    python -m training.perceptron CORPORA --out FOLDER [--folds 2 --fold 0]

Tags are those of the network, one chain a layer, decoded as the likeliest path. Pairs are answered
by a linear classifier over the words between and around the spans. Numpy is all it needs.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from claimgraph.extract.cues import find_claim_cues
from claimgraph.extract.learned.labels import ANSWERS, NONE, Layer, Pairing
from claimgraph.extract.learned.seam import Found, Passage
from claimgraph.extract.mentions import find_mentions
from claimgraph.lexicon import Lexicon, load_lexicon
from claimgraph.model import Span
from training.data import Example, fold_of, read_examples

LAYERS = tuple(Layer)
FILE = "perceptron.npz"
_OUT, _BEGIN, _IN = 0, 1, 2
_BUCKETS = 1 << 18
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHAPE = (re.compile(r"[A-Z]+"), re.compile(r"[a-z]+"), re.compile(r"\d+"))
_MOST_BETWEEN = 12  # words between two spans that are told apart
_MOST_PAIRS = 16  # of one question in one sentence
_SLOPE = 0.25  # how a margin becomes a probability; calibrated later
_RATE = 0.3

Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]
Pair = tuple[Span, Span]

_SLICES: dict[Pairing, slice] = {}
for _question, _answers in ANSWERS.items():
    _start = sum(len(ANSWERS[one]) for one in _SLICES)
    _SLICES[_question] = slice(_start, _start + len(_answers))
_OUTPUTS = sum(len(answers) for answers in ANSWERS.values())


def _number(feature: str) -> int:
    return crc32(feature.encode()) % _BUCKETS


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as the perceptron sees it: tokens, and the numbers of the features of each."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    small: tuple[str, ...]
    listed: tuple[str, ...]
    features: Numbers
    cues: tuple[str, ...]

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the first and the last token of a place."""
        inside = [n for n, one in enumerate(self.starts) if one < end and start < self.ends[n]]
        return (inside[0], inside[-1]) if inside else None


def cut(passage: Passage, lexicon: Lexicon) -> Words:
    """Cut a sentence into tokens with features."""
    text = passage.text
    tokens = list(_TOKEN.finditer(text))
    small = [one.group().lower() for one in tokens]
    listed = ["O"] * len(tokens)
    for mention in find_mentions(text, lexicon):
        for n, token in enumerate(tokens):
            if mention.span.start <= token.start() < mention.span.end:
                where = "B" if token.start() == mention.span.start else "I"
                listed[n] = f"{where}-{mention.concept.category}"
    shapes = [_shape(one.group()) for one in tokens]
    rows = [_features(n, small, shapes, listed, passage.section.value) for n in range(len(tokens))]
    denials, hedges = find_claim_cues(text)
    return Words(
        text,
        tuple(one.start() for one in tokens),
        tuple(one.end() for one in tokens),
        tuple(small),
        tuple(listed),
        np.array(rows, np.int32).reshape(len(tokens), -1),
        tuple(["denied"] * bool(denials) + ["hedged"] * bool(hedges)),
    )


def _shape(word: str) -> str:
    for letter, pattern in zip("Aa0", _SHAPE, strict=True):
        word = pattern.sub(letter, word)
    return word[:6]


def _features(
    n: int, small: Sequence[str], shapes: Sequence[str], listed: Sequence[str], section: str
) -> list[int]:
    def at(values: Sequence[str], place: int) -> str:
        return values[place] if 0 <= place < len(values) else "#"

    word = small[n]
    names = [
        "bias",
        f"s={section}",
        f"w={word}",
        f"sw={section}|{word}",
        f"p={word[:3]}",
        f"e3={word[-3:]}",
        f"e4={word[-4:]}",
        f"sh={shapes[n]}",
        f"l={listed[n]}",
        f"lw={listed[n]}|{word}",
        f"sl={section}|{listed[n]}",
    ]
    names += [f"w{step}={at(small, n + step)}" for step in (-3, -2, -1, 1, 2, 3)]
    for step in (-1, 1):
        names.append(f"l{step}={at(listed, n + step)}|{listed[n]}")
        names.append(f"e{step}={at(small, n + step)[-3:]}|{word[-3:]}")
    names.append(f"ww={at(small, n - 1)}|{word}")
    names.append(f"ww2={at(small, n - 2)}|{at(small, n - 1)}")
    names.append(f"ww3={at(small, n + 1)}|{at(small, n + 2)}")
    return [_number(name) for name in names]


def pair_features(
    words: Words, pairing: Pairing, first: tuple[int, int], second: tuple[int, int]
) -> Numbers:
    """Give the numbers of the features of two spans of tokens."""
    (a, b), (c, d) = first, second
    order = "dt" if a <= c else "td"
    low, high = min(b, d) + 1, max(a, c)
    between = words.small[low:high]
    names = [f"order={order}", f"gap={min(len(between), 20)}|{order}"]
    names += [f"cue={one}" for one in words.cues]
    names += [f"b={order}|{one}" for one in between[:_MOST_BETWEEN] + between[-_MOST_BETWEEN:]]
    names += [f"bb={order}|{x}|{y}" for x, y in pairwise(between)][:24]
    if len(between) <= 4:
        names.append(f"all={order}|{' '.join(between)}")
    names += [f"l={order}|{one}" for one in words.listed[low:high] if one.startswith("B")]
    names.append(f"before={order}|{' '.join(words.small[max(0, min(a, c) - 2) : min(a, c)])}")
    names.append(f"after={order}|{' '.join(words.small[max(b, d) + 1 : max(b, d) + 3])}")
    names += [f"x={order}|{one}" for one in words.small[max(0, min(a, c) - 4) : min(a, c)]]
    names += [f"y={order}|{one}" for one in words.small[max(b, d) + 1 : max(b, d) + 5]]
    names.append(f"what={words.small[b]}")
    names.append(f"thing={words.small[d]}")
    return np.unique(np.array([_number(f"{pairing}|{name}") for name in names], np.int32))


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


def decode(scores: Floats, moves: Floats) -> NDArray[np.int8]:
    """Give the likeliest tags.

    Args:
        scores: shape (tokens, layers, 3).
        moves: what a tag adds behind another, shape (layers, 3, 3).
    """
    length, layers, _ = scores.shape
    best = scores[0].copy()
    best[:, _IN] = -1e9
    back = np.zeros((length, layers, 3), np.int8)
    every = np.arange(layers)
    for n in range(1, length):
        joined = best[:, :, None] + moves
        back[n] = joined.argmax(axis=1)
        best = joined.max(axis=1) + scores[n]
    tags = np.zeros((length, layers), np.int8)
    tags[-1] = best.argmax(axis=1)
    for n in range(length - 1, 0, -1):
        tags[n - 1] = back[n, every, tags[n]]
    return tags


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: weights of tags, of moves between them, and of answers."""

    tags: Floats
    moves: Floats
    answers: Floats


@dataclass(frozen=True, slots=True)
class PerceptronReading:
    """What the perceptron makes of a passage."""

    found: tuple[Found, ...]
    words: Words
    weights: Weights

    def answer(
        self, pairing: Pairing, first: tuple[int, int], second: tuple[int, int]
    ) -> Mapping[str, float]:
        """Answer a question about two spans."""
        one, two = self.words.of(*first), self.words.of(*second)
        if one is None or two is None:
            return {answer: float(answer == NONE) for answer in ANSWERS[pairing]}
        numbers = pair_features(self.words, pairing, one, two)
        scores = self.weights.answers[numbers, _SLICES[pairing]].sum(axis=0)
        raised = np.exp(scores - scores.max())
        return dict(zip(ANSWERS[pairing], (raised / raised.sum()).tolist(), strict=True))


class PerceptronReader:
    """Reads passages with a perceptron.

    Args:
        folder: where its file lies.
    """

    def __init__(self, folder: Path) -> None:
        with np.load(folder / FILE, allow_pickle=False) as kept:
            self._weights = Weights(
                kept["tags"].astype(np.float32), kept["moves"], kept["answers"].astype(np.float32)
            )
        self._lexicon = load_lexicon()

    @property
    def name(self) -> str:
        """What claims say they were found by."""
        return "perceptron"

    def read(self, passages: Sequence[Passage]) -> Sequence[PerceptronReading]:
        """Read passages; one reading each."""
        return [self._read(one) for one in passages]

    def _read(self, passage: Passage) -> PerceptronReading:
        words = cut(passage, self._lexicon)
        if not words.starts:
            return PerceptronReading((), words, self._weights)
        scores = self._weights.tags[words.features].sum(axis=1).reshape(-1, len(LAYERS), 3)
        tags = decode(scores, self._weights.moves)
        return PerceptronReading(tuple(_spans(words, tags, scores)), words, self._weights)


def _spans(words: Words, tags: NDArray[np.int8], scores: Floats) -> Iterator[Found]:
    found = []
    for layer in np.flatnonzero(tags.any(axis=0)):
        place = 0
        while place < len(tags):
            if tags[place, layer] == _OUT:
                place += 1
                continue
            end = place + 1
            while end < len(tags) and tags[end, layer] == _IN:
                end += 1
            margin = (
                scores[place:end, layer, 1:].max(axis=1) - scores[place:end, layer, _OUT]
            ).mean()
            probability = float(1 / (1 + np.exp(-_SLOPE * np.clip(margin, -40, 40))))
            found.append(
                Found(LAYERS[layer], words.starts[place], words.ends[end - 1], probability)
            )
            place = end
    yield from sorted(found, key=lambda one: (one.start, one.end, LAYERS.index(one.layer)))


# ── Learning ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with its tags: -1 where a layer is not known."""

    words: Words
    known: NDArray[np.int64]
    tags: NDArray[np.int8]
    pairs: tuple[tuple[Pairing, Numbers, int], ...]


def teach(
    examples: Sequence[Example], lexicon: Lexicon, chance: np.random.Generator
) -> list[Lesson]:
    """Make lessons of examples."""
    lessons = []
    for example in examples:
        words = cut(Passage(example.text, example.section), lexicon)
        if not words.starts:
            continue
        known = np.array([n for n, one in enumerate(LAYERS) if one in example.layers], np.int64)
        tags = np.zeros((len(words.starts), len(known)), np.int8)
        for column, n in enumerate(known):
            for span in example.layers[LAYERS[n]]:
                place = words.of(span.start, span.end)
                if place is not None:
                    tags[place[0] : place[1] + 1, column] = _IN
                    tags[place[0], column] = _BEGIN
        pairs = []
        for pairing, answers in example.pairs.items():
            some = sorted(answers.items())
            if len(some) > _MOST_PAIRS:
                said = [one for one in some if one[1] != NONE]
                rest = [one for one in some if one[1] == NONE]
                order = chance.permutation(len(rest))[: max(4, _MOST_PAIRS - len(said))]
                some = said + [rest[n] for n in order]
            for (first, second), answer in some:
                one, two = words.of(first.start, first.end), words.of(second.start, second.end)
                if one is not None and two is not None:
                    numbers = pair_features(words, pairing, one, two)
                    pairs.append((pairing, numbers, ANSWERS[pairing].index(answer)))
        lessons.append(Lesson(words, known, tags, tuple(pairs)))
    return lessons


def fit(lessons: Sequence[Lesson], passes: int, chance: np.random.Generator) -> Weights:
    """Fit by so many passes; weights are averaged over all steps."""
    tags = np.zeros((_BUCKETS, len(LAYERS) * 3), np.float32)
    tags_sum = np.zeros_like(tags)
    moves = np.zeros((len(LAYERS), 3, 3), np.float32)
    moves[:, _OUT, _IN] = -1e6
    moves_sum = np.zeros_like(moves)
    answers = np.zeros((_BUCKETS, _OUTPUTS), np.float32)
    squares = np.full((_BUCKETS, _OUTPUTS), 1e-2, np.float32)
    step = 0
    for number in range(passes):
        wrong = total = 0
        for lesson in (lessons[n] for n in chance.permutation(len(lessons))):
            step += 1
            features = lesson.words.features
            scores = tags[features].sum(axis=1).reshape(-1, len(LAYERS), 3)[:, lesson.known]
            said = decode(np.ascontiguousarray(scores), moves[lesson.known])
            total += lesson.tags.size
            places, columns = np.nonzero(said != lesson.tags)
            wrong += len(places)
            for place, column in zip(places.tolist(), columns.tolist(), strict=True):
                base, row = int(lesson.known[column]) * 3, features[place]
                for tag, sign in ((lesson.tags[place, column], 1.0), (said[place, column], -1.0)):
                    tags[row, base + tag] += sign
                    tags_sum[row, base + tag] += sign * step
            for column in np.unique(columns).tolist():
                layer = int(lesson.known[column])
                for path, sign in ((lesson.tags[:, column], 1.0), (said[:, column], -1.0)):
                    np.add.at(moves[layer], (path[:-1], path[1:]), sign)
                    np.add.at(moves_sum[layer], (path[:-1], path[1:]), sign * step)
            for pairing, numbers, answer in lesson.pairs:
                part = _SLICES[pairing]
                given = answers[numbers, part].sum(axis=0)
                raised = np.exp(given - given.max())
                gradient = raised / raised.sum()
                gradient[answer] -= 1
                squares[numbers, part] += gradient**2
                answers[numbers, part] -= _RATE * gradient / np.sqrt(squares[numbers, part])
        print(f"pass {number + 1} of {passes}: {wrong / total:.4f} of the tags wrong", flush=True)
    return Weights(tags - tags_sum / step, moves - moves_sum / step, answers)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit a perceptron and write it; give the exit code."""
    parser = argparse.ArgumentParser(
        prog="training.perceptron", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args(arguments)
    chance = np.random.default_rng(asked.seed)
    examples = [
        one
        for one in read_examples(asked.corpora)
        if not asked.folds or fold_of(one.key, asked.folds) != asked.fold
    ]
    lessons = teach(examples, load_lexicon(), chance)
    print(f"{len(lessons)} sentences", flush=True)
    weights = fit(lessons, asked.passes, chance)
    asked.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        asked.out / FILE,
        tags=weights.tags.astype(np.float16),
        moves=weights.moves,
        answers=weights.answers.astype(np.float16),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
