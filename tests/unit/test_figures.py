"""Figures: what a number's words say, where they stand, and under what they are listed."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import msgspec
import pytest

from onrecord import charts, check, counting, read
from onrecord.charts import ReportedNumber
from onrecord.check.figures import stands_in
from onrecord.model import Card, Counting, Problem, Release
from onrecord.views.figure_pages import CountedView, FiguresView
from tests import invented
from tests.invented import archive, quick, reader, release, views

BODY = (
    "Some say that at least 17 crews of 1,200 were out.\n\nThe union counts more than 200 lamps.\n\n"
    "It counted 200 in May, and 200 in June."
)


def problems(*lines: str, body: str = BODY, extent: str = "full", language: str = "en") -> list[str]:
    front = ["---", "title: T", "date: 2012-02-08", "publisher: P", f"language: {language}", f"extent: {extent}"]
    text = "\n".join([*front, "places: [Port Elm]", "figures:", *lines, "---", body])
    source = read.source(read.FileData("releases/x.md", text.encode()))
    assert not isinstance(source, Problem), source
    return [
        f"{problem.line}:{problem.column} {problem.code} {problem.message}"
        for problem in check.release(source, invented.RULES).problems
    ]


def reported(*lines: str, body: str = BODY, slug: str = "2012-02-08-a", **more: str) -> Release:
    given = [f"{key}: {value}" for key, value in more.items()]
    return release(slug, "2012-02-08", "places: [Port Elm, Northland]", *given, "figures:", *lines, body=body)


def test_a_plain_number_is_its_own_least_and_most() -> None:
    (figure,) = reported("  - value: 17 crews", "    counts: crews", "    low: 17", body="There were 17 crews.").figures
    assert (figure.low, figure.high) == ("17", "")
    (figure,) = reported("  - value: 5,400", "    counts: crews", body="There were 5,400 crews.").figures
    assert (figure.low, figure.high, figure.paragraph) == ("5400", "5400", 1)
    (figure,) = reported("  - value: 5.400", "    counts: crews", body="Es waren 5.400.", language="de").figures
    assert (figure.low, figure.high) == ("5400", "5400")
    (figure,) = reported("  - value: ٢٤٦", "    counts: أسماء", body="وردت ٢٤٦ اسماً.", language="ar").figures
    assert (figure.low, figure.high) == ("246", "246")


def test_more_than_stays_open_and_visible() -> None:
    (figure,) = reported("  - value: more than 200", "    low: 200", "    counts: lamps").figures
    assert (figure.value, figure.low, figure.high, figure.paragraph) == ("more than 200", "200", "", 2)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["  - value: more than 200", "    low: 2000"], "“low” is 2000, and “more than 200” does not say so"),
        (["  - value: 1,200", "    low: 120"], "“1,200” is a plain number, and “low” is 120"),
        (["  - value: more than 200", "    low: 200", "    high: 17"], "“high” is 17, and “more than 200” does not"),
        (["  - value: some lamps", "    low: 300", "    high: 200"], "“low” is 300 and “high” is 200: the least is more"),
        (["  - value: more than 200", "    low: 2oo"], "must be a number in digits 0-9"),
        (["  - value: more than 300"], "“more than 300” is not in the text"),
        (["  - value: 12"], "“12” is not in the text"),
        (["  - value: more than 200", "    paragraph: 1"], "is not in paragraph 1. It is in paragraph 2."),
        (["  - value: 200"], "“200” is in paragraphs 2, 3. Say with “paragraph” which"),
        (["  - value: more than 200", "    paragraph: 9"], "There is no paragraph 9; the text has 3"),
        (["  - value: more than 200", "    place: Nowhere"], "“Nowhere” is not in places.toml"),
        (["  - value: more than 200", "    place: Northland"], "has to be one that the release is about"),
        (["  - value: more than 200", "    as_of: 2012-02-31"], "2012-02-31"),
        (["  - value: more than 200", "    as_of: 2031"], "“figures.as_of” takes a day that has come"),
        (["  - value: more than 200", "    total: 5"], "“total” is not a known key below “figures”"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_the_value_and_what_to_do(lines: list[str], said: str) -> None:
    found = problems(*lines, "    counts: lamps")
    assert any(said in problem for problem in found), found
    assert all(int(problem.partition(":")[0]) > 8 for problem in found)


def test_a_figure_needs_what_it_says_and_what_it_counts() -> None:
    assert [problem.split(" ")[1] for problem in problems("  - by: Ferry Union")] == ["missing", "missing"]


def test_an_abstract_says_it_in_its_own_words() -> None:
    assert problems("  - value: more than 900", "    low: 900", "    counts: lamps", extent="abstract") == []
    (figure,) = reported("  - value: more than 200", "    counts: lamps", extent="abstract").figures
    assert figure.paragraph is None


@pytest.mark.parametrize(
    ("value", "text", "stands"),
    [
        ("200", "1,200 lamps", False), ("200", "2000", False), ("200", "200.5", False), ("200", "in 200.", True),
        ("17", "the 17th", False), ("ten", "often", False), ("ten", "ten lamps", True), ("200", "死亡200人", True),
        ("٢٠٠", "قتل ٢٠٠ شخص", True), ("٢٠٠", "١٬٢٠٠", False), ("200", "(200)", True), ("200", "20000", False),
        ("200", "100200", False), ("200", "9.200", False), ("200", "200’000", False), ("200", "x1,200 and 200", True),
    ],
)  # fmt: skip
def test_a_number_stands_where_no_other_number_is_meant(value: str, text: str, stands: bool) -> None:
    assert stands_in(value, text) is stands


def test_figures_of_the_same_words_are_listed_together_and_no_others() -> None:
    lines = ["  - value: more than 200", "    counts: Lamps  out", "  - value: at least 17", "    counts: crews at sea"]
    other = ["  - value: more than 200", "    counts: lamps out", "  - value: at least 17", "    counts: crew at sea"]
    ask = reader(archive(reported(*lines), reported(*other, slug="2012-02-08-b")))
    assert [(label, count) for _, label, count in ask.counted_counts()] == [
        ("crew at sea", 1), ("crews at sea", 1), ("Lamps out", 2)
    ]  # fmt: skip


def test_a_series_joins_what_the_archive_says_counts_the_same() -> None:
    first = reported("  - value: more than 200", "    counts: lamps", "    series: lamps out since 2009")
    second = reported(
        "  - value: at least 17", "    counts: lights", "    series: Lamps out since 2009", slug="2012-02-08-b"
    )
    counts = reader(archive(first, second)).counted_counts()
    assert [(label.lower(), count) for _, label, count in counts] == [("lamps out since 2009", 2)]


def test_the_list_of_all_figures_is_in_one_order() -> None:
    first = reported("  - value: more than 200", "    counts: lamps", "    as_of: 2012-02-08")
    second = reported("  - value: at least 17", "    counts: lamps", "    as_of: 2012-02-01", slug="2012-02-08-b")
    third = reported("  - value: at least 17", "    counts: boats", slug="2012-02-08-c")
    in_order = [("2012-02-08-c", 0), ("2012-02-08-b", 0), ("2012-02-08-a", 0)]
    assert list(reader(archive(first, second, third)).all_figures()) == in_order
    assert list(reader(archive(third, second, first)).all_figures()) == in_order


def test_an_archive_without_figures_has_no_page_and_no_link_of_them() -> None:
    pages = invented.site(archive(*invented.harbour()))
    assert not [path for path in pages if "figures/" in path]
    assert not any("figures/index.html" in page for page in pages.values())


def lamps(number: int, *lines: str) -> Release:
    """A release about the number of lamps."""
    text = f"The union counts {number} lamps."
    front = [f"  - value: {number}", "    counts: lamps", *lines]
    return reported(*front, slug=f"2012-02-08-n{number}", body=text)


SERIES = ("    series: lamps out", "    by: Ferry Union", "    place: Port Elm")


def view_of(*releases: Release, path: str = "figures/lamps-out.html") -> CountedView:
    view = views(archive(*releases))[path]
    assert isinstance(view, CountedView)
    return view


def test_a_line_is_one_reporter_in_one_place() -> None:
    view = view_of(
        lamps(10, *SERIES, "    as_of: 2012-01-01"),
        lamps(12, *SERIES, "    as_of: 2012-01-05"),
        lamps(13, "    series: lamps out", "    by: Ada Example", "    place: Port Elm", "    as_of: 2012-01-02"),
        lamps(14, "    series: lamps out", "    by: Ferry Union", "    place: Northland", "    as_of: 2012-01-03"),
        lamps(15, "    series: lamps out", "    place: Port Elm", "    as_of: 2012-01-04"),
    )
    assert [
        (line.place and line.place.label, line.by and line.by.label, [figure.value for figure in line.figures])
        for line in view.lines
    ] == [
        ("Northland", "Ferry Union", ["14"]),
        ("Port Elm", "Ada Example", ["13"]),
        ("Port Elm", "Ferry Union", ["10", "12"]),
        ("Port Elm", None, ["15"]),
    ]
    drawn = [line.chart for line in view.lines]
    assert [chart is not None for chart in drawn] == [False, False, True, False]
    assert drawn[2] is not None
    assert drawn[2].steps


def test_nothing_is_joined_without_a_series_a_reporter_or_a_place() -> None:
    by, place = "    by: Ferry Union", "    place: Port Elm"
    for lines, path in (
        ((by, place), "figures/lamps.html"),
        (("    series: lamps out", by), "figures/lamps-out.html"),
        (("    series: lamps out", place), "figures/lamps-out.html"),
    ):
        view = view_of(*(lamps(n, *lines, f"    as_of: 2012-01-0{n - 9}") for n in (10, 12)), path=path)
        (line,) = view.lines
        assert line.chart is not None
        assert len(line.chart.points) == 2
        assert line.chart.steps == ()


def number(
    first: int, last: int | None = None, low: float | None = 5, high: float | None = 5, **more: bool
) -> ReportedNumber:
    given = {"certain": True, "joined": True} | more
    return ReportedNumber(
        first, last or first, given["certain"], low, high, given["joined"], "label", "date", "x.html#p1"
    )


def drawn(*numbers: ReportedNumber, direction: str = "ltr") -> charts.StepChart:
    chart = charts.steps(numbers, 0, direction, lambda level: f"{level:g}")
    assert chart is not None
    return chart


def test_one_number_is_no_chart() -> None:
    assert charts.steps([number(1)], 3, "ltr", str) is None


def test_dates_that_overlap_are_not_joined() -> None:
    assert drawn(number(1), number(10)).steps
    assert not drawn(number(1), number(1)).steps
    assert not drawn(number(1, 31), number(10)).steps
    assert not drawn(number(1, certain=False), number(10)).steps
    # The second and the third are of one time: neither is what the first became.
    assert not drawn(number(1), number(10), number(10, low=7, high=7)).steps


def test_open_ends_are_drawn_as_open_and_ranges_as_ranges() -> None:
    up, down, between = drawn(number(1, high=None), number(5, low=None), number(9, low=2, high=8)).points
    assert (up.open, down.open, between.open) == ("up", "down", "")
    assert between.fall > 0
    assert up.fall == down.fall == 0


def test_time_runs_with_the_reading_direction() -> None:
    places = [float(point.x.removesuffix("%")) for point in drawn(number(1), number(5), number(9)).points]
    mirrored = [
        float(point.x.removesuffix("%")) for point in drawn(number(1), number(5), number(9), direction="rtl").points
    ]
    assert all(before < after for before, after in pairwise(places))
    assert mirrored == [100 - place for place in places]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("date", ["1 May 2012", "21 April 2023 to 27 April 2023"])
def test_the_first_and_the_last_date_stand_at_their_numbers(direction: str, date: str) -> None:
    first, last = (msgspec.structs.replace(number(day), date=f"{date} {day}") for day in (1, 9))
    chart = drawn(first, number(5), last, direction=direction)
    assert [tick.x for tick in chart.ticks] == [chart.points[0].x, chart.points[-1].x]
    assert [tick.row for tick in chart.ticks] == ([0, 0] if len(date) < 16 else [0, 1])


def test_a_date_that_is_first_and_last_is_said_once() -> None:
    assert len(drawn(number(1), number(1)).ticks) == 1


@pytest.mark.parametrize("top", [0.3, 1, 2, 7, 10, 99, 100, 246, 5400, 19_999, 1_234_567, 10**15])
def test_the_levels_are_few_and_reach_near_the_largest(top: float) -> None:
    levels = drawn(number(1, low=top, high=top), number(5, low=0, high=0)).levels
    assert 2 <= len(levels) <= 6
    assert levels[0].label == "0"


def many(count: int) -> list[tuple[Card, int]]:
    """Figures of one thing, one reporter and one place, over years."""

    def card(n: int) -> Card:
        as_of = f"{2000 + n % 5}-{n % 12 + 1:02}-02"
        return quick(f"r{n}", "2012", countings=(Counting("lamps", "port-elm", "ferry-union", "Union", as_of),)).card

    return [(card(n), 0) for n in range(count)]


def test_a_long_list_is_divided_and_nothing_is_lost_or_doubled() -> None:
    (whole,) = counting.divided(many(counting.LIMIT))
    assert len(whole.lines[0].figures) == counting.LIMIT
    parts = counting.divided(many(900))
    shown = [pair for part in parts for line in part.lines for pair in line.figures]
    assert sorted(card.slug for card, _ in shown) == sorted(card.slug for card, _ in many(900))
    assert len({part.stem for part in parts}) == len(parts)
    assert all(part.count <= counting.LIMIT for part in parts if part.lines)
    stems = {part.stem for part in parts}
    assert {stem for part in parts for _, _, stem, _ in part.parts} == stems - {""}
    assert all(part.up in stems for part in parts)


def test_the_record_has_its_figures_as_numbers() -> None:
    figures = ["  - value: more than 200", "    low: 200", "    counts: lamps | ropes", "    place: Port Elm"]
    made = invented.files(archive(reported(*figures)))
    (entry,) = json.loads(made["releases/2012-02-08-a.json"])["figures"]
    assert entry == {
        "value": "more than 200", "low": 200, "counts": "lamps | ropes", "place": {"label": "Port Elm", "slug": "port-elm"},
        "paragraph": 2,
    }  # fmt: skip
    assert (
        r"| more than 200 | lamps \| ropes | not stated | not stated | Port Elm | 2 |"
        in made["releases/2012-02-08-a.md"].decode()
    )


def test_the_page_of_a_release_links_each_figure_to_its_paragraph() -> None:
    page = invented.site(
        archive(reported("  - value: more than 200", "    low: 200", "    counts: lamps", "    by: Ferry Union"))
    )["releases/2012-02-08-a.html"]
    row = re.search(r'<tr id="f1">.*?(?=<tr|</t)', page, re.DOTALL)
    assert row
    assert "more than 200" in row[0]
    assert 'href="#p2"' in row[0]
    assert 'href="../figures/lamps.html"' in row[0]


def test_the_index_says_what_is_counted_and_where() -> None:
    index = views(archive(lamps(10, *SERIES, "    as_of: 2012-01-01"), lamps(12, *SERIES)))["figures/index.html"]
    assert isinstance(index, FiguresView)
    (row,) = index.rows
    assert (row.label, row.count, [place.label for place in row.places], row.first) == (
        "lamps out", 2, ["Port Elm"], "1 January 2012"
    )  # fmt: skip
