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

from training.data import TEACHERS, Example, read_examples
from training.encode import UNKNOWN, Batch, Encoded, cut_batches, encode, fold_of, pad
from claimgraph.extract.learned.labels import ANSWERS
from training.network import Reader, load_encoder

MOST: dict[str, int] = {"chemprot": 9_000, "drugprot": 2_500, "bioscope": 6_000, "spl_adr_onsides": 8_000}
"""Sentences of a corpus in one pass; corpora that are not named are read whole."""
TWICE = frozenset({"phee"})
"""Small corpora whose sentences count twice in a pass."""
_PAIR_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit."""

    epochs: float = 2.0
    batch: int = 2_048  # word pieces
    rate: float = 1e-4  # of the encoder; the heads learn ten times as fast
    frozen: int = 0  # blocks of the encoder that stay as they were
    warm: float = 0.1  # share of the steps in which the rate rises
    seed: int = 7
    folds: int = 0
    fold: int = 0


def choose(examples: Sequence[Example], chance: random.Random) -> list[Example]:
    """Choose the sentences of one pass."""
    chosen = []
    for corpus in TEACHERS:
        of = [one for one in examples if one.corpus == corpus]
        most = MOST.get(corpus, len(of))
        chosen += of if len(of) <= most else chance.sample(of, most)
        chosen += of if corpus in TWICE else []
    return chosen


def loss_of(reader: Reader, batch: Batch, frozen: int) -> Tensor:
    """Give the loss of a batch."""
    with torch.set_grad_enabled(frozen == 0 and torch.is_grad_enabled()):
        hidden = reader.encoder.lower(batch.pieces, batch.mask, frozen)
    hidden = reader.encoder.upper(hidden, batch.mask, frozen)
    scores = reader.tag(hidden)
    tags = nn.functional.cross_entropy(
        scores.reshape(-1, 3).float(), batch.tags.reshape(-1), ignore_index=UNKNOWN
    )
    if not len(batch.pairs):
        return tags
    answers = reader.pair(*pair_inputs(hidden, batch.pairs)).float()
    losses, start = [], 0
    for number, choices in enumerate(ANSWERS.values()):
        asked = batch.pairs[:, 5] == number
        if asked.any():
            losses.append(
                nn.functional.cross_entropy(
                    answers[asked, start : start + len(choices)], batch.pairs[asked, 6]
                )
            )
        start += len(choices)
    return tags + _PAIR_WEIGHT * torch.stack(losses).mean()


def pair_inputs(hidden: Tensor, pairs: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give what the network weighs of each pair: both spans, what is between, the whole."""
    row = pairs[:, 0]
    zero = torch.zeros_like(hidden[:, :1])
    sums = torch.cat([zero, hidden.cumsum(1)], 1)

    def mean(start: Tensor, end: Tensor) -> Tensor:
        """The mean of the pieces [start, end); zero where there are none."""
        count = (end - start).clamp(min=1)[:, None]
        return (sums[row, end.clamp(min=0)] - sums[row, start]) / count * (end > start)[:, None]

    first, second = mean(pairs[:, 1], pairs[:, 2] + 1), mean(pairs[:, 3], pairs[:, 4] + 1)
    left = torch.minimum(pairs[:, 2], pairs[:, 4]) + 1
    right = torch.maximum(pairs[:, 1], pairs[:, 3])
    return first, second, mean(left, torch.maximum(left, right)), hidden[row, 0]


def fit(examples: Sequence[Example], folder: Path, weights: Path, plan: Plan) -> Reader:
    """Fit, with a checkpoint every few minutes; goes on from the last one if there is one."""
    torch.manual_seed(plan.seed)
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    reader = Reader(tokenizer.get_vocab_size())
    load_encoder(reader, weights / "model.safetensors")
    chance = random.Random(plan.seed)  # noqa: S311
    passes = [
        _one_pass(examples, tokenizer, plan, random.Random(plan.seed + number))  # noqa: S311
        for number in range(max(1, round(plan.epochs + 0.499)))
    ]
    batches = [batch for one in passes for batch in one]
    steps = int(len(batches) * plan.epochs / len(passes))
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in reader.named_parameters() if n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.rate * 10}],
        weight_decay=0.01,
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
    del chance
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
        if now - since > 120 or step + 1 == steps:
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


def _one_pass(
    examples: Sequence[Example], tokenizer: Tokenizer, plan: Plan, chance: random.Random
) -> list[list[Encoded]]:
    """Give the batches of one pass."""
    encoded = [encode(one, tokenizer, chance) for one in choose(examples, chance)]
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
