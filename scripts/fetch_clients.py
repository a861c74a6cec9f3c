"""Fetch the JavaScript client that a test asks our endpoint with, from npm, checked.

``npm ci`` brings exactly the packages that tests/javascript/package-lock.json names, and each has
to have the checksum that stands there; no script of theirs is run. The lock names no address: npm
takes the one it is set up for. Without npm, or without the network, the test is skipped; that is no
failure unless ``--require`` is given.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "javascript"
"""The lock, and what is fetched by it; git ignores the latter."""


class ClientError(Exception):
    """A client that cannot be had."""


def fetch(folder: Path = FOLDER) -> bool:
    """Put the packages into their folder, unless they are there.

    Returns:
        Whether they had to be fetched.

    Raises:
        ClientError: if npm is missing or fails, as it does if a checksum is another.
    """
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".lock-sha256"
    if stamp.is_file() and stamp.read_text("utf-8") == digest:
        return False
    npm = shutil.which("npm")
    if npm is None:
        raise ClientError("npm is not there; install Node.js with npm")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=300
        )
    except subprocess.TimeoutExpired:
        raise ClientError("npm did not answer within 5 minutes; try again") from None
    if done.returncode != 0:
        raise ClientError("npm ci failed: " + (done.stderr.strip() or "it gave no reason"))
    stamp.write_text(digest, "utf-8")  # last: a broken-off fetch has no stamp
    return True


def main(arguments: list[str] | None = None) -> int:
    """Fetch the client, or say why not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--require", action="store_true", help="fail if it cannot be had")
    options = parser.parse_args(arguments)
    try:
        if fetch():
            print("clients: fetch-sparql-endpoint from npm, checksums checked")
    except (ClientError, OSError) as error:
        print(f"clients: no JavaScript client, so its test is skipped: {error}", file=sys.stderr)
        return 1 if options.require else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
