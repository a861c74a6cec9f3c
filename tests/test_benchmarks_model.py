"""The benchmark of the learned model: what it counts as right, and how it fits confidences."""

from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calibration import (
    Judged,
    bins,
    calibration_error,
    draw_confidence,
    fit_curve,
    fit_curves,
    keep,
    measure_calibration,
)
from benchmarks.corpora import Half, Row, to_row
from benchmarks.seen import is_new

points = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200)


@given(points)
def test_a_curve_rises_and_stays_between_nought_and_one(some: list[tuple[float, bool]]) -> None:
    curve = fit_curve(some)
    assert list(curve.right) == sorted(curve.right)
    assert 0 <= curve.right[0] <= curve.right[-1] <= 1


@given(points)
def test_a_curve_keeps_the_number_that_is_right(some: list[tuple[float, bool]]) -> None:
    share = sum(right for _, right in some) / len(some)
    curve = fit_curve(some)
    assert curve.right[0] - 1e-4 <= share <= curve.right[-1] + 1e-4


def test_a_curve_follows_what_is_right() -> None:
    some = [(0.2, n < 30) for n in range(100)] + [(0.8, n < 90) for n in range(100)]
    curve = fit_curve(some)
    assert (curve.at(0.2), curve.at(0.8)) == (0.3, 0.9)
    assert curve.at(0.5) == pytest.approx(0.6)
    assert (curve.at(0.0), curve.at(1.0)) == (0.3, 0.9)


def test_no_calibration_error_where_confidence_is_the_share_that_is_right() -> None:
    some = [(0.25, n < 25) for n in range(100)] + [(0.75, n < 75) for n in range(100)]
    assert calibration_error(some) == 0


def test_bins_count_every_claim_once() -> None:
    some = [(n / 100, True) for n in range(101)]
    assert sum(count for _, _, count in bins(some)) == 101
    assert len(list(bins(some))) == 10


def test_every_way_of_reading_has_curves_of_its_own() -> None:
    def judged(variant: str, kind: str, right: bool) -> list[Judged]:
        return [Judged(variant, kind, Half.WRITTEN_ON, 0.5, right)] * 100

    curves = fit_curves(
        [
            *judged("rules", "rules treats named", True),
            *judged("both", "rules treats named", False),
            *judged("both", "both treats named", True),
        ]
    )
    assert curves["rules"]["rules treats named"].right == (1.0,)
    assert curves["both"]["rules treats named"].right == (0.0,)
    assert curves["both"]["both treats named"].right == (1.0,)
    # Of what the model never says, the rules are as sure beside it as without it.
    assert curves["both"]["rules"] == curves["rules"]["rules"]
    assert curves["model"] == {}


def test_few_claims_make_no_curve() -> None:
    few = [Judged("rules", "rules treats named", Half.WRITTEN_ON, 0.5, True)] * 20
    assert fit_curves(few)["rules"] == {}


def row_of(text: str, id: str) -> Row:
    return to_row("roam_drug_disease", {"id": id, "text": text, "relations": []})


def test_a_text_that_the_other_half_holds_is_not_new() -> None:
    text = "Zorvan is indicated for the relief of some odd pain."
    row = row_of(text, "one")
    (other,) = (half for half in Half if half is not row.half)
    words = "zorvan is indicated for the relief of some odd pain"
    assert not is_new(row, {other: frozenset({words}), row.half: frozenset()})
    assert is_new(row, {other: frozenset(), row.half: frozenset({words})})


def test_a_heading_makes_no_text_known() -> None:
    row = row_of("Indications and usage", "one")
    every = frozenset({"indications and usage"})
    assert is_new(row, dict.fromkeys(Half, every))


@given(points)
def test_a_higher_least_confidence_never_keeps_more(some: list[tuple[float, bool]]) -> None:
    kept = list(keep(some))
    assert all(one[1][0] >= other[1][0] for one, other in pairwise(kept))
    if kept:
        rights = sum(right for _, right in some)
        assert kept[0] == (0.0, (1.0, rights / len(some)))


def test_the_plot_shows_the_figures_of_the_table() -> None:
    judged = [
        Judged(way, "adverse", half, confidence, number < 100 * confidence)
        for way in ("rules", "model")
        for half in Half
        for confidence in (0.25, 0.75)
        for number in range(100)
    ]
    table = measure_calibration(judged)
    assert "| rules | 400 | 0.000 | 0.000 |" in table
    assert "| 0.25: 0.25 (200) | 0.25: 0.25 (200) |" in table
    # Half of all are right; of those that are surer, three in four, which are all but a quarter.
    assert "| 0 | 0.50, 1.00 | 0.50, 1.00 |" in table
    assert "| 0.5 | 0.75, 0.75 | 0.75, 0.75 |" in table
    picture = fromstring(draw_confidence(judged))
    words = {element.text for element in picture.iter() if element.text}
    assert {"rules", "model", "Reliability", "--min-confidence"} <= words
    # Two bins in one panel, and two steps of which one keeps all in the other: dots of each way.
    places = {(e.get("cx"), e.get("cy")) for e in picture.iter() if e.tag.endswith("circle")}
    left, top, side = 60, 46, 300
    assert {(str(left + side * a), str(top + side * (1 - b))) for a, b in [(0.25, 0.25)]} <= places
