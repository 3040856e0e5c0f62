"""Charts: what they show, leave out and say."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import charts
from onrecord.dates import parse


@dataclass
class Releases:
    """As many releases as dates."""

    count: int
    years: list[tuple[int, int]]
    months: list[tuple[str, int]]
    without_year: int
    without_month: int


def histogram(texts: Iterable[str], direction: str = "ltr") -> charts.Chart | None:
    dates = [parse(text) for text in texts]
    months = [[f"{year:04}-{month:02}" for year in date.years for month in date.months(year)] for date in dates]
    years = Counter(year for date in dates for year in date.years)
    without_year, without_month = sum(not date.years for date in dates), months.count([])
    per_month = Counter(itertools.chain.from_iterable(months))
    given = Releases(len(dates), list(years.items()), list(per_month.items()), without_year, without_month)
    return charts.histogram(given, direction)


def drawn(*texts: str, direction: str = "ltr") -> charts.Chart:
    chart = histogram(texts, direction)
    assert chart is not None
    return chart


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_too_few_bars_make_no_chart() -> None:
    assert histogram([]) is None
    assert histogram(["XXXX"] * 5) is None
    assert histogram(["2012-02-08"] * 5) is None


def test_a_short_time_is_drawn_by_month_and_what_has_none_is_counted() -> None:
    chart = drawn("2012-01-05", "2012-01-09", "2012-02", "2012-04-01", "2012", "XXXX")
    assert chart.unit == "month"
    assert [(bar.key, bar.count) for bar in chart.bars] == [("2012-01", 2), ("2012-02", 1), ("2012-04", 1)]
    assert chart.left_out == 2


def test_a_date_that_spans_months_is_in_the_bar_of_each_and_left_out_of_none() -> None:
    chart = drawn("2012-01-05", "2012-01-30/2012-03-02", "2012-02", "2012/2013")
    assert [(bar.key, bar.count) for bar in chart.bars] == [("2012-01", 2), ("2012-02", 2), ("2012-03", 1)]
    assert (chart.left_out, chart.spanning) == (1, True)
    assert not drawn("2012-01", "2012-02", "2012-03", "2012").spanning
    assert histogram(["2012-01/2012-03", "2012-02"]) is None


def test_a_long_time_is_drawn_by_year() -> None:
    chart = drawn("1990-01-01", "2001", "2024-12", "XXXX")
    assert chart.unit == "year"
    assert [bar.key for bar in chart.bars] == ["1990", "2001", "2024"]
    assert chart.left_out == 1


def test_time_runs_with_the_reading_direction() -> None:
    left = [percent(bar.x) for bar in drawn("1990", "2001", "2024").bars]
    right = [percent(bar.x) for bar in drawn("1990", "2001", "2024", direction="rtl").bars]
    assert left == sorted(left)
    assert right == sorted(right, reverse=True)


@given(st.lists(st.integers(1900, 2100), min_size=3, max_size=60))
def test_bars_stay_inside_the_drawing_and_labels_apart(years: list[int]) -> None:
    for direction in ("ltr", "rtl"):
        chart = histogram(map(str, years), direction)
        if chart is None:
            continue
        for bar in chart.bars:
            assert -0.01 <= percent(bar.x) <= 100
            assert percent(bar.x) + percent(bar.width) <= 100.02
            assert 0 <= bar.y < chart.height
            assert bar.y + bar.height == chart.height
        places = sorted(percent(tick.x) for tick in chart.ticks)
        assert all(after - before >= 14 for before, after in itertools.pairwise(places))


def test_levels_go_from_nothing_to_the_most() -> None:
    level = charts.levels([1, 2, 8])
    assert [level(count) for count in (0, 1, 8)] == [0, 1, 4]


def test_a_bar_is_a_link_only_where_a_finger_can_hit_it() -> None:
    for direction in ("ltr", "rtl"):
        few = drawn(*(f"2012-{month:02}" for month in range(1, 13)), direction=direction)
        assert few.roomy
        assert percent(few.slot) * 288 / 100 >= 23.99
        lefts = sorted(percent(bar.left) for bar in few.bars)
        assert lefts[0] == pytest.approx(0, abs=0.1)
        assert all(after - before >= percent(few.slot) - 0.02 for before, after in itertools.pairwise(lefts))
    assert not drawn("1990", "2001", "2024").roomy


def test_a_square_shows_each_meeting_both_ways_and_nothing_else() -> None:
    square = charts.square([[0, 3, 0], [3, 0, 1], [0, 1, 0]], "ltr")
    assert {(cell.row, cell.column): cell.count for cell in square.cells} == {
        (1, 2): 3,
        (2, 1): 3,
        (2, 3): 1,
        (3, 2): 1,
    }
    assert [(numeral.number, numeral.x, numeral.y) for numeral in square.numerals] == [
        (1, "25%", square.row),
        (2, "50%", 2 * square.row),
        (3, "75%", 3 * square.row),
    ]


def test_a_square_runs_with_the_reading_direction() -> None:
    counts = [[0, 1], [1, 0]]
    left, right = charts.square(counts, "ltr"), charts.square(counts, "rtl")
    assert percent(left.edge) < percent(left.numerals[0].middle) < percent(left.numerals[1].middle)
    assert percent(right.edge) > percent(right.numerals[0].middle) > percent(right.numerals[1].middle)
    assert all(0 <= percent(numeral.x) <= 66.7 for numeral in right.numerals)
