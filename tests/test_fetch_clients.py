"""The JavaScript client: pinned, checksums checked, no address written down."""

import json
import subprocess

import pytest

from scripts import fetch_clients
from scripts.fetch_clients import FOLDER, fetch, main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(fetch_clients, "FOLDER", tmp_path)
    monkeypatch.setattr(fetch_clients.shutil, "which", lambda _: "npm")
    return tmp_path


def test_every_package_is_pinned_by_a_checksum_and_none_by_an_address():
    lock = json.loads((FOLDER / "package-lock.json").read_bytes())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert "node_modules/fetch-sparql-endpoint" in packages
    for name, one in packages.items():
        assert one["integrity"].startswith("sha512-"), name
        assert "resolved" not in one, name
        assert not one.get("hasInstallScript"), name
    named = json.loads((FOLDER / "package.json").read_bytes())["dependencies"]
    assert lock["packages"][""]["dependencies"] == named
    assert all(version[0].isdigit() for version in named.values())


def test_what_is_there_is_not_fetched_again_and_a_new_lock_is(folder, monkeypatch):
    calls = []

    def run(command, **_):
        calls.append(command)
        (folder / "node_modules").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(fetch_clients.subprocess, "run", run)
    assert fetch(folder)
    assert not fetch(folder)
    (folder / "package-lock.json").write_text('{"packages": {}}')
    assert fetch(folder)
    assert len(calls) == 2
    assert all("--ignore-scripts" in call for call in calls)


def test_a_wrong_checksum_is_an_error_and_leaves_nothing_that_passes(folder, monkeypatch, capsys):
    failed = subprocess.CompletedProcess([], 1, "", "EINTEGRITY sha512-x wanted but got sha512-y")
    monkeypatch.setattr(fetch_clients.subprocess, "run", lambda *_, **__: failed)
    monkeypatch.setattr(fetch_clients, "fetch", lambda: fetch(folder))
    assert main([]) == 0
    assert main(["--require"]) == 1
    assert "EINTEGRITY" in capsys.readouterr().err
    assert not (folder / "node_modules" / ".lock-sha256").exists()


def test_without_npm_it_says_so(folder, monkeypatch):
    monkeypatch.setattr(fetch_clients.shutil, "which", lambda _: None)
    with pytest.raises(fetch_clients.ClientError, match="npm is not there"):
        fetch(folder)
