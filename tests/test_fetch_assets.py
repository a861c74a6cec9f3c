"""The assets of the page: only what has the checksum we know is unpacked, and only what is named."""

import base64
import hashlib
import io
import subprocess
import tarfile
from dataclasses import replace

import pytest

from scripts import fetch_assets
from scripts.fetch_assets import ASSETS, Asset, AssetError, download, fetch, main, unpack


def archive(**files):
    """An archive as npm makes them."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def asset_of(data, *files):
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
    return Asset("thing", "1.0", f"sha512-{digest}", files, "Licence of thing")


@pytest.fixture
def vendor(monkeypatch, tmp_path):
    monkeypatch.setattr(fetch_assets, "VENDOR", tmp_path)
    return tmp_path


def test_only_the_files_that_are_named_are_taken():
    data = archive(a=b"A", b=b"B", evil=b"E")
    assert unpack(asset_of(data, "a", "b"), data) == {"a": b"A", "b": b"B"}


def test_an_archive_with_another_checksum_is_refused():
    asset = asset_of(archive(a=b"A"), "a")
    with pytest.raises(AssetError, match="do not use it"):
        unpack(asset, archive(a=b"changed"))


def test_a_missing_file_is_an_error():
    data = archive(a=b"A")
    with pytest.raises(AssetError, match="has no file b"):
        unpack(asset_of(data, "a", "b"), data)


def test_what_is_there_is_not_fetched_again(vendor, monkeypatch):
    data = archive(a=b"A")
    asset, calls = asset_of(data, "a"), []
    monkeypatch.setattr(fetch_assets, "download", lambda _: calls.append(1) or data)
    assert fetch(asset)
    assert not fetch(asset)
    assert len(calls) == 1
    assert (vendor / "thing" / "a").read_bytes() == b"A"
    assert (vendor / "thing" / "LICENSE").read_text() == "Licence of thing"
    # Another version replaces it, and leaves nothing of the old behind.
    newer = archive(b=b"B")
    monkeypatch.setattr(fetch_assets, "download", lambda _: newer)
    assert fetch(asset_of(newer, "b"))
    assert not (vendor / "thing" / "a").exists()


def test_a_fetch_that_fails_leaves_what_was_there(vendor, monkeypatch):
    data = archive(a=b"A")
    asset = asset_of(data, "a")
    monkeypatch.setattr(fetch_assets, "download", lambda _: data)
    fetch(asset)
    with pytest.raises(AssetError):
        fetch(replace(asset, integrity="sha512-other"))
    assert (vendor / "thing" / "a").read_bytes() == b"A"


def test_without_npm_it_says_so_and_only_fails_when_required(vendor, monkeypatch, capsys):
    monkeypatch.setattr(fetch_assets.shutil, "which", lambda _: None)
    assert main([]) == 0
    said = capsys.readouterr().err
    assert said.startswith("assets: no oxigraph, so the page has no Ask tab: npm is not there")
    assert main(["--require"]) == 1


def test_what_npm_says_is_passed_on(monkeypatch):
    def fail(command, **_):
        return subprocess.CompletedProcess(command, 1, "", "npm error network\n")

    monkeypatch.setattr(fetch_assets.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(fetch_assets.subprocess, "run", fail)
    with pytest.raises(AssetError, match="npm error network"):
        download(ASSETS[0])

    def hang(command, **_):
        raise subprocess.TimeoutExpired(command, 300)

    monkeypatch.setattr(fetch_assets.subprocess, "run", hang)
    with pytest.raises(AssetError, match="5 minutes"):
        download(ASSETS[0])


def test_every_asset_is_pinned():
    for asset in ASSETS:
        digest = base64.b64decode(asset.integrity.removeprefix("sha512-"))
        assert len(digest) == 64
        assert asset.version.count(".") == 2
        assert "Permission is hereby granted" in asset.licence
