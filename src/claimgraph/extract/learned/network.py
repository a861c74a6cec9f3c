"""Read sentences with the network that the package carries: onnxruntime, tokenizers and numpy.

One sentence at a time: its numbers are rounded to eight bits by their own range, so a reading
never depends on what else is read; and nothing is padded. One thread, so that the same input gives
the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from claimgraph.errors import InputFileError, Place
from claimgraph.extract.learned.labels import ANSWERS, NONE, Pairing
from claimgraph.extract.learned.pairs import Floats, Pair, PairHead, softmax
from claimgraph.extract.learned.pieces import LAYERS, TAGS, Cutter, Pieces, find_spans, part
from claimgraph.extract.learned.seam import Found, Passage

SHIPPED = Path(__file__).parent / "data"
"""The folder of the model that the package carries."""

NETWORK, HEAD, TOKENIZER, META = "model.onnx", "pairs.npz", "tokenizer.json", "meta.json"
"""The files of a model."""

INPUT = "pieces"
OUTPUTS = ["tags", "hidden", "keys", "values"]
"""What goes into the network and what comes out, each with one row a piece."""

FORM = 1
"""What a model's files have to look like; a newer package may not read older ones."""

LEAST = 0.4
"""The probability from which on a word counts as inside a span, if nothing else is asked for."""

_REPAIR = "install claimgraph again, or name the folder of a model made by this version"


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of a sentence's pieces and what the encoder made of it.

    `shift` is where the encoder's first piece stands, counted in pieces of the sentence: below
    zero in a first run, because the words that name the section stand before it.
    """

    first: int
    end: int
    shift: int
    hidden: Floats
    keys: Floats
    values: Floats


@dataclass(frozen=True, slots=True)
class NetworkReading:
    """What the network makes of a passage."""

    found: tuple[Found, ...]
    _pieces: Pieces = field(repr=False)
    _parts: tuple[_Part, ...] = field(repr=False)
    _head: PairHead = field(repr=False)

    def answer(
        self, pairing: Pairing, first: tuple[int, int], second: tuple[int, int]
    ) -> Mapping[str, float]:
        """Answer a question about two spans; there is nothing between spans too far apart.

        Args:
            pairing: the question.
            first: the drug's span, ``[start, end)`` in code points of the sentence.
            second: the other span.
        """
        one, two = self._pieces.of(*first), self._pieces.of(*second)
        if one is not None and two is not None:
            for run in self._parts:
                if run.first <= min(one[0], two[0]) and max(one[1], two[1]) < run.end:
                    pair = Pair(
                        (one[0] - run.shift, one[1] - run.shift),
                        (two[0] - run.shift, two[1] - run.shift),
                    )
                    return self._head.answer(run.hidden, run.keys, run.values, pairing, pair)
        return {answer: float(answer == NONE) for answer in ANSWERS[pairing]}


class NetworkReader:
    """Reads passages with a network of this form: an encoder, tags, and answers about pairs."""

    def __init__(self, folder: Path = SHIPPED, *, least: float = LEAST) -> None:
        """Load a model.

        Args:
            folder: its files.
            least: the probability from which on a word counts as inside a span.

        Raises:
            InputFileError: if a file is missing or broken, or of another form.
        """
        self._least = least
        self._meta = _read_meta(folder / META)
        try:
            self._session = onnxruntime.InferenceSession(
                (folder / NETWORK).read_bytes(), _options(), providers=["CPUExecutionProvider"]
            )
            self._cutter = Cutter(Tokenizer.from_file(str(folder / TOKENIZER)))
            with np.load(folder / HEAD, allow_pickle=False) as weights:
                self._head = PairHead(weights)
        except Exception as error:
            raise InputFileError(
                f"cannot be read as a model: {error}", where=Place(str(folder)), repair=_REPAIR
            ) from error

    @property
    def name(self) -> str:
        """What claims say they were found by."""
        return str(self._meta["name"])

    def read(self, passages: Sequence[Passage]) -> Sequence[NetworkReading]:
        """Read passages; one reading each, in their order."""
        return [self._read(passage) for passage in passages]

    def _read(self, passage: Passage) -> NetworkReading:
        pieces = self._cutter.cut(passage.text)
        before = len(self._cutter.before(passage.section))
        tags: list[Floats] = []
        parts: list[_Part] = []
        for first, end in part(passage.text, pieces):
            numbers = self._cutter.frame(passage.section, pieces.numbers[first:end])
            scores, *states = self._session.run(OUTPUTS, {INPUT: np.array(numbers, np.int64)})
            tags.append(scores[before:-1])
            parts.append(_Part(first, end, first - before, *states))
        found: tuple[Found, ...] = ()
        if tags:
            chances = softmax(np.concatenate(tags).reshape(-1, len(LAYERS), TAGS))
            found = find_spans(passage.text, pieces, chances, self._least)
        return NetworkReading(found, pieces, tuple(parts), self._head)


def _read_meta(path: Path) -> Mapping[str, Any]:
    """Read what a model says of itself."""
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
        form, layers, answers = meta["form"], meta["layers"], meta["answers"]
        meta["name"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputFileError(
            f"does not describe a model: {error!r}", where=Place(str(path)), repair=_REPAIR
        ) from error
    ours = {question.value: list(known) for question, known in ANSWERS.items()}
    if form != FORM or layers != [layer.value for layer in LAYERS] or answers != ours:
        raise InputFileError(
            "describes a model of another form", where=Place(str(path)), repair=_REPAIR
        )
    found: Mapping[str, Any] = meta
    return found


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Processors without VNNI would run over in sums of eight-bit products otherwise.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return options
