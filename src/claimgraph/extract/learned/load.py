"""Open the learned model that claimgraph carries, or say why it cannot be used."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from claimgraph.errors import ModelError, Place
from claimgraph.extract.learned.seam import SentenceReader

DATA = Path(__file__).with_name("data")
"""Where the model lies in the package."""

_NEEDED = ("numpy", "onnxruntime", "tokenizers")  # the libraries of the extra `model`


def load_reader(folder: Path = DATA) -> SentenceReader:
    """Give the reader that a model makes.

    Args:
        folder: the model's files; those that claimgraph carries if not given.

    Raises:
        ModelError: if a library that it needs is not installed, or the model is not there.
        InputFileError: if the model is broken, or was made for another version.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ModelError(
            f"the learned model needs {' and '.join(missing)}, not installed",
            repair='install the extra: pip install "claimgraph[model]", or use --extractor rules',
        )
    if not folder.is_dir() or not any(folder.glob("*.onnx")):
        raise ModelError(
            "holds no learned model",
            where=Place(str(folder)),
            repair="install a release that carries it, make it with: make train, or use "
            "--extractor rules",
        )
    from claimgraph.extract.learned.network import NetworkReader

    return NetworkReader(folder)
