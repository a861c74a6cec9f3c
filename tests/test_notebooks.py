"""The notebooks run from the first cell to the last, in a kernel of this environment."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SAYS = {
    "01": "Clonazepam dampens excessive neuronal excitability",
    "02": "Ataxia: not in the article",
}


def test_there_are_notebooks_to_run() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# The kernel's client leaves closing its sockets to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    # Outputs are made, not kept: what a reader sees in the repository is what they will run.
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    assert all(cell.execution_count for cell in code)
    printed = "".join(str(cell.outputs) for cell in code)
    assert SAYS[path.stem[:2]] in printed
