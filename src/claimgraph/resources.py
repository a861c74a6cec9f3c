"""Find the folders that the package carries: ontology, queries, articles.

In a checkout they stand at the top level, where people edit them; in an installed wheel they stand
inside the package. Everything else asks here and never looks for files by itself.
"""

from __future__ import annotations

from pathlib import Path

from claimgraph.errors import ClaimgraphError, Place

_PACKAGE = Path(__file__).resolve().parent


def carried_folder(name: str) -> Path:
    """Give the path of a carried folder.

    Args:
        name: ``ontology``, ``queries`` or ``articles``.

    Raises:
        ClaimgraphError: if neither the wheel nor the checkout has it.
    """
    candidates = (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise ClaimgraphError(
        f"the folder {name!r} of claimgraph is missing",
        where=Place(str(candidates[-1])),
        repair="install claimgraph again, or run it from a complete checkout",
    )


def schema_file(name: str) -> Path:
    """Give the JSON Schema of what the command line reads or writes.

    Args:
        name: ``input``, ``claim`` or ``mention``.
    """
    return _PACKAGE / "schemas" / f"{name}.json"


def bundled_article() -> Path:
    """Give the folder of the article that claimgraph carries."""
    return carried_folder("articles") / "clonazepam-seizure-disorders"
