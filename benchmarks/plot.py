"""Draw how well confidences fit, and what a least confidence keeps, as one SVG file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Point = tuple[float, float]
"""Two shares, each from 0 to 1: to the right, and upwards."""

_SIDE = 300  # of a panel, in pixels
_LEFT, _TOP, _GAP, _BELOW = 60, 46, 90, 74  # around and between panels
# Told apart without colour by their dashes, and by people who are colour-blind by their colours
# (Okabe and Ito).
_STYLES = (("#0072b2", "none"), ("#d55e00", "7 3"), ("#009e73", "2 3"))
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw(
    reliability: Mapping[str, Sequence[Point]],
    tradeoff: Mapping[str, Sequence[tuple[float, Point]]],
) -> str:
    """Draw two panels side by side.

    Args:
        reliability: for each way of reading, mean stated confidence and share that is right.
        tradeoff: for each way, least confidences with the share of right claims that they keep and
            the share of kept claims that is right.

    Returns:
        An SVG file.
    """
    width, height = 2 * _LEFT + 2 * _SIDE + _GAP, _TOP + _SIDE + _BELOW
    first, second = _LEFT, _LEFT + _SIDE + _GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="12" role="img">',
        "<title>Reliability of confidences, and what a least confidence keeps</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_frame(first, "Reliability", "stated confidence", "share that is right"),
        *_frame(second, "--min-confidence", "share of right claims kept", "share that is right"),
        f'<path d="M{_at(first, (0, 0))} L{_at(first, (1, 1))}" stroke="#999" fill="none"/>',
    ]
    for number, (way, points) in enumerate(reliability.items()):
        colour, dash = _STYLES[number % len(_STYLES)]
        kept = tradeoff[way]
        parts += _line(first, points, colour, dash)
        parts += _line(second, [point for _, point in kept], colour, dash)
        parts += [
            f'<text x="{_xy(second, point)[0] + 6}" y="{_xy(second, point)[1] - 5}" '
            f'fill="{colour}" font-size="10">{least:g}</text>'
            for least, point in kept
        ]
        x, y = _LEFT + 130 * number, _TOP + _SIDE + 62
        parts += [
            f'<path d="M{x},{y - 4} h28" stroke="{colour}" stroke-dasharray="{dash}" '
            'stroke-width="2"/>',
            f'<text x="{x + 34}" y="{y}">{way}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _frame(left: int, title: str, across: str, up: str) -> list[str]:
    """Draw the frame of a panel with its scales and names."""
    middle = left + _SIDE / 2
    bottom = _TOP + _SIDE
    parts = [
        f'<rect x="{left}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#444"/>',
        f'<text x="{middle}" y="{_TOP - 16}" text-anchor="middle" font-weight="bold">'
        f"{title}</text>",
        f'<text x="{middle}" y="{bottom + 38}" text-anchor="middle">{across}</text>',
        f'<text transform="translate({left - 40},{_TOP + _SIDE / 2}) rotate(-90)" '
        f'text-anchor="middle">{up}</text>',
    ]
    for tick in _TICKS:
        x, y = _xy(left, (tick, tick))
        parts += [
            f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>',
            f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{tick:g}</text>',
            f'<path d="M{left},{y} h{_SIDE} M{x},{_TOP} v{_SIDE}" stroke="#eee"/>',
        ]
    return parts


def _line(left: int, points: Sequence[Point], colour: str, dash: str) -> list[str]:
    """Draw a line through points, with a dot at each."""
    path = " L".join(_at(left, point) for point in points)
    dots = [
        f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>'
        for x, y in (_xy(left, point) for point in points)
    ]
    return [
        f'<path d="M{path}" stroke="{colour}" stroke-dasharray="{dash}" stroke-width="2" '
        'fill="none"/>',
        *dots,
    ]


def _xy(left: int, point: Point) -> tuple[float, float]:
    """Give the pixels of a point."""
    return round(left + _SIDE * point[0], 1), round(_TOP + _SIDE * (1 - point[1]), 1)


def _at(left: int, point: Point) -> str:
    x, y = _xy(left, point)
    return f"{x},{y}"
