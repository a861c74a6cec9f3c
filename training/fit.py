"""Fit the network to the corpora; resumes from its last checkpoint wherever it was stopped.

    python -m training.fit CORPORA --weights FOLDER --out FOLDER [--folds 2 --fold 0]
"""

from __future__ import annotations

import argparse
import json
import random  # noqa: TID251 - with a fixed seed
import sys
import time  # noqa: TID251 - tells how long it will take
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from claimgraph.extract.learned.pieces import Cutter
from training.batches import Batch, cut_batches, pad
from training.data import Example, fold_of, read_examples
from training.encode import UNKNOWN, Encoded, encode
from claimgraph.extract.learned.labels import ANSWERS
from training.network import Reader, load_encoder

@dataclass(frozen=True, slots=True)
class Share:
    """How often a corpus's sentences are read: with a relation, with a span only, with neither."""

    related: float
    marked: float
    bare: float


SHARES: dict[str, Share] = {
    "bc5cdr": Share(2.0, 2.0, 0.7),
    "bioscope": Share(0.8, 0.8, 0.2),
    "chemprot": Share(1.8, 0.9, 0.3),
    "drugprot": Share(1.5, 0.7, 0.2),
    "labeledin": Share(1.5, 1.5, 0.7),
    "phee": Share(3.0, 2.0, 1.0),
    "roam_drug_disease": Share(1.4, 1.4, 0.7),
    "spl_adr_onsides": Share(0.9, 0.9, 0.4),
}
"""What there is little of and what is hard is read more often."""
_RARE: dict[str, float] = {"negated": 3.0, "speculated": 1.5}  # times more often
_TAG_WEIGHT = 3.0
_QUESTION_WEIGHTS = (2.0, 2.0, 1.0)  # there are more pairs of proteins than others
_FEW_PAIRS = 16.0  # a batch with fewer does not make each of them weigh more


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit."""

    amount: float = 1.0  # times as often as `SHARES` says
    batch: int = 2_048  # word pieces
    rate: float = 3e-4  # of the encoder; the heads learn ten times as fast
    frozen: int = 0  # blocks of the encoder that stay as they were
    warm: float = 0.06  # share of the steps in which the rate rises
    seed: int = 7
    folds: int = 0
    fold: int = 0


def choose(examples: Sequence[Example], amount: float, chance: random.Random) -> list[Example]:
    """Choose the sentences to read, as often as they are to be read, in any order."""
    chosen = []
    for example in examples:
        share, answers = SHARES[example.corpus], set()
        for question, known in example.pairs.items():
            answers |= set(known.values()) - {ANSWERS[question][0]}
        if answers:
            times = share.related * max(_RARE.get(one, 1.0) for one in answers)
        else:
            times = share.marked if any(example.layers.values()) else share.bare
        chosen += [example] * int(times * amount + chance.random())
    return chosen


def loss_of(reader: Reader, batch: Batch, frozen: int) -> Tensor:
    """Give the loss of a batch."""
    with torch.set_grad_enabled(frozen == 0 and torch.is_grad_enabled()):
        hidden = reader.encoder.lower(batch.pieces, batch.mask, frozen)
    hidden = reader.encoder.upper(hidden, batch.mask, frozen)
    tags = nn.functional.cross_entropy(
        reader.tag(hidden).reshape(-1, 3),
        batch.tags.reshape(-1),
        ignore_index=UNKNOWN,
        reduction="sum",
    ) / batch.mask.sum()
    if not len(batch.pairs):
        return _TAG_WEIGHT * tags
    answers = reader.pairs(hidden, batch.mask, batch.pairs)
    total, weights, start = answers.new_zeros(()), 0.0, 0
    for question, choices in enumerate(ANSWERS.values()):
        asked = batch.pairs[:, 5] == question
        weight = _QUESTION_WEIGHTS[question]
        if asked.any():
            total = total + weight * nn.functional.cross_entropy(
                answers[asked, start : start + len(choices)],
                batch.pairs[asked, 6],
                reduction="sum",
            )
            weights += weight * int(asked.sum())
        start += len(choices)
    return _TAG_WEIGHT * tags + total / max(weights, _FEW_PAIRS)


def fit(examples: Sequence[Example], folder: Path, weights: Path, plan: Plan) -> Reader:
    """Fit, with a checkpoint every few minutes; goes on from the last one if there is one."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    reader = Reader(tokenizer.get_vocab_size())
    load_encoder(reader, weights / "model.safetensors")
    batches = _read_batches(examples, Cutter(tokenizer), plan, random.Random(plan.seed))  # noqa: S311
    steps = len(batches)
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in reader.named_parameters() if n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.rate * 5}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min((n + 1) / (plan.warm * steps), max(0.0, (steps - n) / (steps * (1 - plan.warm)))),
    )
    place = folder / "checkpoint.pt"
    done = 0
    if place.is_file():
        kept: dict[str, Any] = torch.load(place, weights_only=True)
        reader.load_state_dict(kept["reader"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        torch.set_rng_state(kept["chance"])
        done = int(kept["done"])
    reader.train()
    began, since, total = time.monotonic(), time.monotonic(), 0.0
    for step in range(done, steps):
        batch = pad(batches[step])
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(reader, batch, plan.frozen)
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += float(loss.detach())
        now = time.monotonic()
        if now - since > 20 or step + 1 == steps:
            rate = (step + 1 - done) / (now - began)
            print(
                f"step {step + 1} of {steps}, loss {total / (step + 1 - done):.4f}, "
                f"{(steps - step - 1) / rate / 60:.0f} min left",
                flush=True,
            )
            _save(place, reader, optimizer, schedule, step + 1)
            since = now
    reader.eval()
    return reader


def _read_batches(
    examples: Sequence[Example], cutter: Cutter, plan: Plan, chance: random.Random
) -> list[list[Encoded]]:
    """Give the batches of the whole training, the same for the same plan."""
    chosen = choose(examples, plan.amount, chance)
    encoded = [encode(one, cutter, chance) for one in chosen]
    pieces = sum(len(one.pieces) for one in encoded)
    print(f"{len(encoded)} sentences, {pieces} pieces", flush=True)
    return [[encoded[n] for n in batch] for batch in cut_batches(encoded, plan.batch, chance)]


def _save(place: Path, reader: Reader, optimizer: Any, schedule: Any, done: int) -> None:
    """Write a checkpoint; a kill in between leaves the one before."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_suffix(".new")
    torch.save(
        {
            "reader": reader.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "chance": torch.get_rng_state(),
            "done": done,
        },
        new,
    )
    new.replace(place)


def read_fold(folder: Path, plan: Plan) -> Iterator[Example]:
    """Read what may be learned from: all, or all but the documents of one fold."""
    for example in read_examples(folder):
        if not plan.folds or fold_of(example.key, plan.folds) != plan.fold:
            yield example


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit one network and write it; give the exit code."""
    parser = argparse.ArgumentParser(prog="training.fit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--weights", type=Path, required=True, help="folder of MiniLM-L6")
    parser.add_argument("--out", type=Path, required=True)
    for name, value in asdict(Plan()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    asked = vars(parser.parse_args(arguments))
    corpora, weights, out = (asked.pop(name) for name in ("corpora", "weights", "out"))
    plan = Plan(**asked)
    out.mkdir(parents=True, exist_ok=True)
    (out / "plan.json").write_text(json.dumps(asdict(plan), indent=2) + "\n", encoding="utf-8")
    reader = fit(list(read_fold(corpora, plan)), out, weights, plan)
    torch.save(reader.state_dict(), out / "reader.pt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
