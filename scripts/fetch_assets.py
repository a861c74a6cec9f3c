"""Fetch what the page carries and we do not keep: the SPARQL engine, from npm, checked.

``npm pack`` brings the package; its bytes have to have the checksum that stands here, and only the
files named here are taken out of it. Nothing of the package is run. Without npm, or without the
network, the page is built without its Ask tab; that is no failure unless ``--require`` is given.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "src" / "claimgraph" / "page" / "vendor"
"""Where assets go; git ignores it, the wheel carries it."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A package of npm: its version, the checksum of its archive, what we take from it."""

    name: str
    version: str
    integrity: str
    files: tuple[str, ...]
    licence: str

    @property
    def folder(self) -> Path:
        """Where it is kept. A new version is a new checksum, and so never taken for the old."""
        return VENDOR / self.name

    @property
    def stamp(self) -> Path:
        """The file that says that all of it is there."""
        return self.folder / "INTEGRITY"


class AssetError(Exception):
    """An asset that cannot be had, or is not what it should be."""


MIT = """\
Oxigraph is licensed under either of the Apache License, Version 2.0
(http://www.apache.org/licenses/LICENSE-2.0) or the MIT license, at your option. This copy is used
under the MIT license:

Copyright (c) 2018 Oxigraph developers

Permission is hereby granted, free of charge, to any
person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the
Software without restriction, including without
limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice
shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF
ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A
PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR
IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""

ASSETS = (
    Asset(
        name="oxigraph",
        version="0.5.11",
        integrity="sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N"
        "+RgwTL8qKXpLng==",
        files=("web.js", "web_bg.wasm", "package.json"),
        licence=MIT,  # the package names the licence but does not hold its text
    ),
)


def fetch(asset: Asset) -> bool:
    """Put an asset into its folder, unless it is there.

    Returns:
        Whether it had to be fetched.

    Raises:
        AssetError: if npm is missing or fails, or the package is not the one we know.
    """
    if asset.stamp.is_file() and asset.stamp.read_text("utf-8") == asset.integrity:
        return False
    files = unpack(asset, download(asset))
    shutil.rmtree(asset.folder, ignore_errors=True)
    asset.folder.mkdir(parents=True)
    for name, content in files.items():
        (asset.folder / name).write_bytes(content)
    (asset.folder / "LICENSE").write_text(asset.licence, "utf-8")
    asset.stamp.write_text(asset.integrity, "utf-8")  # last: a broken-off fetch has no stamp
    return True


def download(asset: Asset) -> bytes:
    """Let npm bring the archive of a package.

    Raises:
        AssetError: if npm is missing or fails.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise AssetError("npm is not there; install Node.js with npm")
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command with a pinned name
                [npm, "pack", f"{asset.name}@{asset.version}", "--silent", "--ignore-scripts"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )
        except subprocess.TimeoutExpired:
            raise AssetError("npm did not answer within 5 minutes; try again") from None
        archives = sorted(Path(folder).glob("*.tgz"))
        if done.returncode != 0 or len(archives) != 1:
            said = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
            raise AssetError(f"npm pack failed: {said[0]}")
        return archives[0].read_bytes()


def unpack(asset: Asset, archive: bytes) -> dict[str, bytes]:
    """Check an archive and take the files we want out of it.

    Raises:
        AssetError: if its checksum is another, or a file is missing.
    """
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if found != asset.integrity:
        raise AssetError(
            f"the archive of {asset.name} {asset.version} has the checksum {found}, not "
            f"{asset.integrity}; do not use it"
        )
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for name in asset.files:
            try:
                member = tar.extractfile(f"package/{name}")
            except KeyError:
                member = None
            if member is None:
                raise AssetError(f"the archive of {asset.name} has no file {name}")
            files[name] = member.read()
    return files


def main(arguments: list[str] | None = None) -> int:
    """Fetch all assets; say what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--require", action="store_true", help="fail if an asset is missing")
    options = parser.parse_args(arguments)
    status = 0
    for asset in ASSETS:
        try:
            if fetch(asset):
                print(f"assets: {asset.name} {asset.version} from npm, checksum checked")
        except (AssetError, OSError) as error:
            print(f"assets: no {asset.name}, so the page has no Ask tab: {error}", file=sys.stderr)
            status = 1
    return status if options.require else 0


if __name__ == "__main__":
    sys.exit(main())
