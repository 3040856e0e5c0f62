"""Charts: what they show, leave out and say."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord import charts
from onrecord.dates import parse


def drawn(*texts: str, direction: str = "ltr") -> charts.Chart:
    made = charts.histogram([parse(text) for text in texts], direction)
    assert made is not None
    return made


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_too_few_bars_make_no_chart() -> None:
    assert charts.histogram([], "ltr") is None
    assert charts.histogram([parse("XXXX")] * 5, "ltr") is None
    assert charts.histogram([parse("2012-02-08")] * 5, "ltr") is None


def test_a_short_time_is_drawn_by_month_and_what_has_none_is_counted() -> None:
    made = drawn("2012-01-05", "2012-01-09", "2012-02", "2012-04-01", "2012", "XXXX")
    assert made.unit == "month"
    assert [(bar.key, bar.count) for bar in made.bars] == [("2012-01", 2), ("2012-02", 1), ("2012-04", 1)]
    assert made.left_out == 2


def test_a_long_time_is_drawn_by_year() -> None:
    made = drawn("1990-01-01", "2001", "2024-12", "XXXX")
    assert made.unit == "year"
    assert [bar.key for bar in made.bars] == ["1990", "2001", "2024"]
    assert made.left_out == 1


def test_time_runs_with_the_reading_direction() -> None:
    left = [percent(bar.x) for bar in drawn("1990", "2001", "2024").bars]
    right = [percent(bar.x) for bar in drawn("1990", "2001", "2024", direction="rtl").bars]
    assert left == sorted(left)
    assert right == sorted(right, reverse=True)


@given(st.lists(st.integers(1900, 2100), min_size=3, max_size=60))
def test_bars_stay_inside_the_drawing_and_labels_apart(years: list[int]) -> None:
    for direction in ("ltr", "rtl"):
        made = charts.histogram([parse(str(year)) for year in years], direction)
        if made is None:
            continue
        for bar in made.bars:
            assert -0.01 <= percent(bar.x) <= 100
            assert percent(bar.x) + percent(bar.width) <= 100.02
            assert 0 <= bar.y < made.height
            assert bar.y + bar.height == made.height
        places = sorted(percent(tick.x) for tick in made.ticks)
        assert all(after - before >= 14 for before, after in itertools.pairwise(places))


def test_levels_go_from_nothing_to_the_most() -> None:
    level = charts.levels([1, 2, 8])
    assert [level(count) for count in (0, 1, 8)] == [0, 1, 4]
