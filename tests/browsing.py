"""What tests of the page do in a browser."""

from pathlib import Path

SHOTS = Path(__file__).resolve().parents[1] / "out" / "screenshots"


def shoot(tab, name):
    """Keep a picture for a person to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    tab.wait_for_timeout(350)
    tab.screenshot(path=SHOTS / f"{name}.png")


def go(tab, view):
    """Follow a link within the page."""
    tab.evaluate("view => { location.hash = view }", view)
    tab.wait_for_timeout(100)
