import pytest

from claimgraph import resources
from claimgraph.errors import ClaimgraphError
from claimgraph.resources import bundled_article, carried_folder


@pytest.mark.parametrize("name", ["ontology", "queries", "articles"])
def test_carried_folders_are_there(name):
    assert carried_folder(name).is_dir()


def test_the_bundled_article_is_complete():
    assert {path.name for path in bundled_article().iterdir()} == {
        "article.txt",
        "claims.yaml",
        "source.yaml",
    }


def test_a_wheel_is_preferred_to_a_checkout(tmp_path, monkeypatch):
    package = tmp_path / "src" / "claimgraph"
    for folder in (package / "data" / "ontology", tmp_path / "ontology", tmp_path / "queries"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert carried_folder("ontology") == package / "data" / "ontology"
    assert carried_folder("queries") == tmp_path / "queries"


def test_a_missing_folder_is_said_with_a_repair(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "src" / "claimgraph")
    with pytest.raises(ClaimgraphError, match=r"'ontology' of claimgraph is missing.*Repair: "):
        carried_folder("ontology")
