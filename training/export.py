"""Write a fitted network in the form that the package reads: eight-bit weights, no torch.

The graph is written node by node: it is small, and nothing in it depends on what an exporter of a
given version makes of the code. It takes one sentence at a time, so it knows no padding.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from claimgraph.extract.learned.labels import ANSWERS
from claimgraph.extract.learned.network import FORM, HEAD, INPUT, META, NETWORK, OUTPUTS, TOKENIZER
from claimgraph.extract.learned.pieces import LAYERS, MOST_PIECES

HIDDEN, HEADS, DEPTH = 384, 12, 6
_PLACES = MOST_PIECES + 32  # with the words that name the section
_OPSET, _IR = 20, 9  # the oldest that have all that is used: read by onnxruntime 1.17 and newer

State = Mapping[str, NDArray[np.float32]]


def export(state: State, tokenizer: Path, meta: Mapping[str, Any], folder: Path) -> None:
    """Write the files of a model.

    Args:
        state: the weights of the network, by name.
        tokenizer: the tokenizer's file.
        meta: what the model says of itself, besides its form.
        folder: where to; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        exact = Path(made) / NETWORK
        onnx.save(build_graph(state), exact)
        quantize_dynamic(
            exact,
            folder / NETWORK,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    head = {
        name.removeprefix("pairs."): values.astype(np.float16)
        for name, values in sorted(state.items())
        if name.startswith("pairs.") and not name.startswith(("pairs.key.", "pairs.value."))
    }
    np.savez(folder / HEAD, **head)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    said = {
        "form": FORM,
        "layers": [layer.value for layer in LAYERS],
        "answers": {question.value: list(answers) for question, answers in ANSWERS.items()},
        **meta,
    }
    (folder / META).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def build_graph(state: State) -> onnx.ModelProto:
    """Build the network's graph: word pieces in; tags, hidden states, keys and values out."""
    graph = _Graph(state)
    hidden = graph.embed()
    for number in range(DEPTH):
        hidden = graph.block(hidden, f"encoder.blocks.{number}.")
    outputs = {
        "tags": graph.linear(hidden, "tags"),
        "hidden": hidden,
        "keys": graph.linear(hidden, "pairs.key"),
        "values": graph.linear(hidden, "pairs.value"),
    }
    for name in OUTPUTS:
        graph.add("Identity", [outputs[name]], name)
    made = helper.make_graph(
        graph.nodes,
        "claimgraph",
        [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["length"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["length", None])
            for name in OUTPUTS
        ],
        graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    model.producer_name = "claimgraph"
    onnx.checker.check_model(model)
    return model


class _Graph:
    """Nodes and constants as they come together."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        """Add a node; give its output."""
        output = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, values: NDArray[Any]) -> str:
        """Add a constant; give its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(values.copy(order="C"), name))
        return name

    def numbers(self, *values: int) -> str:
        """Add a constant of integers."""
        return self.constant(np.array(values, np.int64))

    def embed(self) -> str:
        """Look up the pieces and their places; each piece's numbers are kept in eight bits."""
        words = self.state["encoder.words.weight"]
        scale = np.abs(words).max(axis=1, keepdims=True) / 127
        scale[scale == 0] = 1
        rounded = self.constant(np.round(words / scale).astype(np.int8))
        looked = self.add("Gather", [rounded, INPUT])
        looked = self.add("Cast", [looked], to=TensorProto.FLOAT)
        scales = self.add("Gather", [self.constant(scale.astype(np.float32)), INPUT])
        looked = self.add("Mul", [looked, scales])
        places = self.state["encoder.places.weight"][:_PLACES] + self.state["encoder.types"]
        length = self.add("Shape", [INPUT])
        here = self.add("Slice", [self.constant(places), self.numbers(0), length, self.numbers(0)])
        return self.norm(self.add("Add", [looked, here]), "encoder.norm")

    def linear(self, values: str, *names: str) -> str:
        """Apply linear layers that share their input, side by side."""
        weight = np.concatenate([self.state[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([self.state[f"{name}.bias"] for name in names])
        product = self.add("MatMul", [values, self.constant(weight)])
        return self.add("Add", [product, self.constant(bias)])

    def norm(self, values: str, name: str) -> str:
        """Apply a layer norm."""
        weight, bias = (self.constant(self.state[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", [values, weight, bias], axis=-1, epsilon=1e-12)

    def block(self, hidden: str, name: str) -> str:
        """Apply a block of the encoder."""
        width = HIDDEN // HEADS
        joint = self.linear(hidden, name + "query", name + "key", name + "value")
        split = self.add("Reshape", [joint, self.numbers(-1, 3, HEADS, width)])
        turned = self.add("Transpose", [split], perm=[1, 2, 0, 3])
        query, key, value = (
            self.add("Gather", [turned, self.constant(np.array(n, np.int64))], axis=0)
            for n in range(3)
        )
        key = self.add("Transpose", [key], perm=[0, 2, 1])
        scores = self.add("MatMul", [query, key])
        scores = self.add("Mul", [scores, self.constant(np.array(width**-0.5, np.float32))])
        mixed = self.add("MatMul", [self.add("Softmax", [scores], axis=-1), value])
        mixed = self.add("Transpose", [mixed], perm=[1, 0, 2])
        mixed = self.add("Reshape", [mixed, self.numbers(-1, HIDDEN)])
        hidden = self.norm(
            self.add("Add", [hidden, self.linear(mixed, name + "join")]), name + "norm"
        )
        wide = self.add("Gelu", [self.linear(hidden, name + "widen")])
        stepped = self.add("Add", [hidden, self.linear(wide, name + "narrow")])
        return self.norm(stepped, name + "last")
