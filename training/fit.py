"""Fit the network to examples; goes on from its last checkpoint wherever it was stopped."""

from __future__ import annotations

import random  # noqa: TID251 - with a fixed seed
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from claimgraph.extract.learned.labels import ANSWERS
from claimgraph.extract.learned.pieces import Cutter
from training.batches import Batch, cut_batches, pad
from training.choice import choose
from training.data import Example
from training.encode import UNKNOWN, Encoded, encode
from training.network import Reader, load_encoder

FITTED = "reader.pt"
_TAG_WEIGHT = 3.0
_QUESTION_WEIGHTS = (2.0, 2.0, 1.0)  # there are more pairs of proteins than others
_FEW_PAIRS = 16.0  # a batch with fewer does not make each of them weigh more


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit."""

    amount: float = 1.0  # times as often as `SHARES` says
    batch: int = 1_024  # word pieces
    rate: float = 3e-4  # of the encoder; the heads learn five times as fast
    warm: float = 0.06  # share of the steps in which the rate rises
    seed: int = 7
    folds: int = 0
    fold: int = 0


def loss_of(reader: Reader, batch: Batch) -> Tensor:
    """Give the loss of a batch."""
    hidden = reader.encoder(batch.pieces, batch.mask)
    tags = (
        nn.functional.cross_entropy(
            reader.tag(hidden).reshape(-1, 3),
            batch.tags.reshape(-1),
            ignore_index=UNKNOWN,
            reduction="sum",
        )
        / batch.mask.sum()
    )
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


def fit(
    examples: Sequence[Example], folder: Path, weights: Path, plan: Plan, begin: Path | None = None
) -> Reader:
    """Fit, with a checkpoint every few minutes; goes on from the last one if there is one.

    Args:
        examples: what to learn from.
        folder: holds the checkpoint, and in the end the fitted weights.
        weights: the folder of the published weights and their tokenizer.
        plan: how.
        begin: a work folder whose fitted weights to begin with, instead of the published ones.
    """
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    reader = Reader(tokenizer.get_vocab_size())
    if begin is None:
        load_encoder(reader, weights / "model.safetensors")
    else:
        reader.load_state_dict(torch.load(begin / FITTED, weights_only=True))
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
        lambda n: min(
            (n + 1) / (plan.warm * steps), max(0.0, (steps - n) / (steps * (1 - plan.warm)))
        ),
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
        loss = loss_of(reader, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += float(loss.detach())
        now = time.monotonic()
        if now - since > 180 or step + 1 == steps:
            rate = (step + 1 - done) / (now - began)
            print(
                f"step {step + 1} of {steps}, loss {total / (step + 1 - done):.4f}, "
                f"{(steps - step - 1) / rate / 60:.0f} min left",
                flush=True,
            )
            _save(place, reader, optimizer, schedule, step + 1)
            since = now
    torch.save(reader.state_dict(), folder / FITTED)
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
