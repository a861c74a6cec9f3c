"""Compare the eight-bit network with the fitted one, tag by tag.

    python -m training.agree CORPORA WORK MODEL --folds 2 --fold 1 --share 0.05

WORK is the folder of the training, MODEL that of the model made of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from claimgraph.extract.learned.network import INPUT, NETWORK, TOKENIZER
from claimgraph.extract.learned.pieces import LAYERS, TAGS, Cutter
from training.encode import LONGEST
from training.fit import FITTED
from training.measure import held_out
from training.network import Reader


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; give the exit code."""
    parser = argparse.ArgumentParser(prog="training.agree")
    for name in ("corpora", "work", "model"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--share", type=float, default=0.05, help="of the fold's documents")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(asked.model / TOKENIZER))
    cutter = Cutter(tokenizer)
    fitted = Reader(tokenizer.get_vocab_size())
    fitted.load_state_dict(torch.load(asked.work / FITTED, weights_only=True))
    fitted.eval()
    rounded = onnxruntime.InferenceSession(
        asked.model / NETWORK, providers=["CPUExecutionProvider"]
    )
    same = tags = marked = either = 0
    for example in held_out(asked.corpora, asked.folds, asked.fold, asked.share):
        numbers = cutter.frame(example.section, cutter.cut(example.text).numbers)[:LONGEST]
        pieces = torch.tensor([numbers])
        with torch.no_grad():
            hidden = fitted.encoder(pieces, torch.ones_like(pieces, dtype=torch.bool))
            exact = fitted.tag(hidden)[0].argmax(-1).numpy()
        scores = rounded.run(["tags"], {INPUT: np.array(numbers, np.int64)})[0]
        ours = scores.reshape(-1, len(LAYERS), TAGS).argmax(-1)
        same += int((exact == ours).sum())
        tags += exact.size
        marked += int(((exact == ours) & (exact > 0)).sum())
        either += int(((exact > 0) | (ours > 0)).sum())
    print(f"equal: {same / tags:.4f} of all tags, {marked / either:.4f} of those in a span")
    return 0


if __name__ == "__main__":
    sys.exit(main())
