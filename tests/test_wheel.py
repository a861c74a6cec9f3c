"""The wheel, installed in a clean environment away from the checkout, does the main job."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from claimgraph.cli import main
from claimgraph.page.ask import load_engine

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.wheel, pytest.mark.slow]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.whl")
    return file


def test_the_wheel_carries_what_it_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    carried = {
        "claimgraph/data/ontology/vocabulary.ttl",
        "claimgraph/data/ontology/shapes.ttl",
        "claimgraph/data/ontology/mappings.sssom.tsv",
        "claimgraph/data/queries/what-does-it-treat.rq",
        "claimgraph/data/articles/clonazepam-seizure-disorders/claims.yaml",
        "claimgraph/py.typed",
        "claimgraph/page/template.html",
        "claimgraph/extract/learned/data/model.onnx",
        "claimgraph/extract/learned/data/pairs.npz",
        "claimgraph/extract/learned/data/tokenizer.json",
        "claimgraph/extract/learned/data/meta.json",
        "claimgraph/extract/learned/data/NOTICE.md",
    }
    assert carried <= set(names)
    if load_engine() is not None:
        engine = "claimgraph/page/vendor/oxigraph/"
        assert {f"{engine}web.js", f"{engine}web_bg.wasm", f"{engine}LICENSE"} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert tops == {"claimgraph", next(top for top in tops if top.endswith(".dist-info"))}
    assert not [name for name in names if name.endswith((".pyc", ".ipynb")) or "/tests/" in name]


def test_the_installed_wheel_builds_the_same_graph(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([python, "-c", where], text=True).strip())
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--no-index", "--no-deps", "--no-compile", "--target", str(site), str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Lends the installed dependencies, but not the checkout: the .pth files of a folder that a
    # .pth file names are not read, so the editable install stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))

    inside = "import claimgraph; print(claimgraph.__file__)"
    imported = subprocess.check_output([python, "-c", inside], text=True, cwd=tmp_path)
    assert Path(imported.strip()).is_relative_to(site)
    program = "import sys; from claimgraph.cli import main; sys.exit(main())"
    done = subprocess.run(
        [python, "-c", program, "build", "-o", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "90 claims in 22 sentences" in done.stdout

    assert main(["build", "-o", str(tmp_path / "here")]) == 0
    there = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    here = {file.name: file.read_bytes() for file in (tmp_path / "here").iterdir()}
    assert there == here
