"""Tests that need a program of the system: skipped with a reason, but failed in CI.

A skip that nobody sees is a test that nobody runs, so with the environment variable
``CI`` set, a missing program is a failure.
"""

import os
import shutil

import pytest

NEEDS = {
    # marker: (programs, any of which will do; how to get one on Debian)
    "browser": (("chromium", "chromium-browser", "google-chrome"), "apt install chromium"),
    "rapper": (("rapper",), "apt install raptor2-utils"),
    "serdi": (("serdi",), "apt install serdi"),
    "java": (("java",), "apt install default-jre-headless"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or in CI fail, a marked test whose program is not on the PATH."""
    for marker, (programs, remedy) in NEEDS.items():
        if item.get_closest_marker(marker) is None or any(map(shutil.which, programs)):
            continue
        reason = f"needs {' or '.join(programs)}: {remedy}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
