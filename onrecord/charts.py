"""Numbers → the geometry of small pictures; templates draw it as inline SVG.

Horizontal places are percentages and vertical ones pixels, so a drawing fills any width and its text keeps its size. Time runs with the
reading direction. Every drawing carries its numbers, so that a template can set its table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Protocol

import msgspec


class Bar(msgspec.Struct, frozen=True):
    """One bar of a chart over time, and one row of its table."""

    x: Annotated[str, "left edge in percent of the width, as text"]
    width: Annotated[str, "width in percent, as text"]
    left: Annotated[str, "left edge of the bar's place in percent, as text: what a finger hits"]
    y: Annotated[int, "upper edge in pixels"]
    height: Annotated[int, "height in pixels"]
    key: Annotated[str, "the month or year as ISO 8601: 2012-02 or 2012"]
    label: Annotated[str, "the month or year in words"]
    count: Annotated[int, "how many releases"]
    href: Annotated[str, "address of the page with them, or empty"]


class Tick(msgspec.Struct, frozen=True):
    """A label under a chart."""

    x: Annotated[str, "place in percent of the width, as text"]
    anchor: Annotated[str, "SVG text-anchor: start, middle or end"]
    label: Annotated[str, "the year"]


class StepTick(msgspec.Struct, frozen=True):
    """A date under a chart of reported numbers."""

    x: Annotated[str, "place in percent of the width, as text"]
    anchor: Annotated[str, "SVG text-anchor: start, middle or end"]
    label: Annotated[str, "the date"]
    row: Annotated[int, "0 for the first line below the drawing, 1 for the second"]


class Chart(msgspec.Struct, frozen=True):
    """Releases over time."""

    unit: Annotated[str, "month or year: what one bar stands for"]
    height: Annotated[int, "height of the bars in pixels"]
    bars: Annotated[tuple[Bar, ...], "the bars with at least one release, oldest first"]
    ticks: Annotated[tuple[Tick, ...], "the labels under the bars"]
    highest: Annotated[int, "the largest count"]
    first: Annotated[str, "the first month or year in words"]
    last: Annotated[str, "the last month or year in words"]
    left_out: Annotated[int, "how many it cannot show, because they are listed under none of its months or years"]
    spanning: Annotated[bool, "true where dates that span several months or years are counted in each of them"]
    slot: Annotated[str, "width of the place of one bar in percent, as text; the bar is in its middle"]
    roomy: Annotated[
        bool, "true where a bar's place is wide enough to be hit on a phone, so that the bar can be a link"
    ]


ROOMY = 12
"""Up to this many places in a row are at least 24 pixels wide on a screen of 320 (WCAG 2.2, 2.5.8) with its margins of 16."""

MONTHS_AT_MOST = 72
"""Up to six years are drawn by month, more by year: a bar stays wide enough to be seen on a phone."""


class Dated(Protocol):
    """Releases by their dates: how many they are; the years, and the months (ISO 8601), that they are listed under, each with its number
    of releases; and how many of them are listed under no year from 0 to 9999, or under no month of one."""

    @property
    def count(self) -> int: ...
    @property
    def years(self) -> Iterable[tuple[int, int]]: ...
    @property
    def months(self) -> Iterable[tuple[str, int]]: ...
    @property
    def without_year(self) -> int: ...
    @property
    def without_month(self) -> int: ...


def histogram(
    dated: Dated,
    direction: str,
    words: Callable[[str], str] = str,
    pages: Mapping[str, str] | None = None,
    height: int = 96,
) -> Chart | None:
    """Releases per month, or per year over a long time; None for fewer than three bars or three releases in them.

    `direction` is that of the interface; `words` says a key in words, `pages` the address of its page. A bar counts what its page
    lists, so a release whose date spans several units is in each of their bars; what is listed under none is left out and counted.
    """
    months = dict(dated.months)
    years = {f"{year:04}": count for year, count in dated.years if 0 <= year <= 9999}
    if not years:
        return None
    dated_to_month = dated.count - dated.without_month
    by_month = bool(months) and _months(min(months), max(months)) <= MONTHS_AT_MOST and dated_to_month * 2 > dated.count
    counts, left_out = (months, dated.without_month) if by_month else (years, dated.without_year)
    first, last = min(counts), max(counts)
    if len(counts) < 3 or dated.count - left_out < 3:
        return None
    slots = _months(first, last) if by_month else int(last) - int(first) + 1
    pages = pages or {}
    highest, step = max(counts.values()), 100 / slots
    bars = []
    for key in sorted(counts):
        place = _months(first, key) - 1 if by_month else int(key) - int(first)
        tall = max(2, round(counts[key] * height / highest))
        left = place * step if direction == "ltr" else 100 - (place + 1) * step
        bars.append(
            Bar(
                _percent(left + step * 0.1),
                _percent(step * 0.8),
                _percent(left),
                height - tall,
                tall,
                key,
                words(key),
                counts[key],
                pages.get(key, ""),
            )
        )
    return Chart(
        unit="month" if by_month else "year",
        height=height,
        bars=tuple(bars),
        ticks=_ends(words(first), words(last), direction)
        if by_month and slots < 24
        else _ticks(first, last, by_month, step, direction, words),
        highest=highest,
        first=words(first),
        last=words(last),
        left_out=left_out,
        spanning=sum(counts.values()) + left_out > dated.count,
        slot=_percent(step),
        roomy=slots <= ROOMY,
    )


def _months(first: str, last: str) -> int:
    """How many months from one to another, both counted."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


def _ends(first: str, last: str, direction: str) -> tuple[Tick, ...]:
    """The first and the last month in words, where there is hardly a January to mark."""
    low, high = ("0%", "100%") if direction == "ltr" else ("100%", "0%")
    return Tick(low, "start" if direction == "ltr" else "end", first), Tick(
        high, "end" if direction == "ltr" else "start", last
    )


def _ticks(
    first: str, last: str, by_month: bool, step: float, direction: str, words: Callable[[str], str]
) -> tuple[Tick, ...]:
    """Years under the bars, few enough to keep apart at 280 pixels."""
    start, end = int(first[:4]), int(last[:4])
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if (end - start) // n <= 5)
    ticks: list[tuple[float, int]] = []
    for year in range(start, end + 1):
        if year % every and every > 1:
            continue
        place = (year - start) * 12 - (int(first[5:7]) - 1) if by_month else year - start
        slots = 100 / step
        if place < 0:
            place = 0
        at = (place + 0.5) * step
        if ticks and abs(at - ticks[-1][0]) < 15:
            continue
        if place >= slots:
            continue
        ticks.append((at, year))
    drawn = []
    for at, year in ticks:
        side = "start" if at < 8 else "end" if at > 92 else "middle"
        if direction == "rtl":
            side = {"start": "end", "end": "start"}.get(side, side)
        drawn.append(Tick(_percent(at if direction == "ltr" else 100 - at), side, words(f"{year:04}")))
    return tuple(drawn)


class SquareCell(msgspec.Struct, frozen=True):
    """A meeting of two in a square: how often they occur together."""

    x: Annotated[str, "left edge in percent of the width, as text"]
    middle: Annotated[str, "middle in percent of the width, as text"]
    y: Annotated[int, "upper edge in pixels"]
    row: Annotated[int, "the one, by its number; 1 is the first"]
    column: Annotated[int, "the other, by its number"]
    count: Annotated[int, "how often"]
    level: Annotated[int, "how dark to draw it, 1 to 4"]


class Numeral(msgspec.Struct, frozen=True):
    """A number at the edge of a square, or on its diagonal."""

    number: Annotated[int, "the number; 1 is the first"]
    x: Annotated[str, "left edge of its column in percent of the width, as text"]
    middle: Annotated[str, "middle of its column in percent of the width, as text"]
    y: Annotated[int, "upper edge of its row in pixels"]


class Square(msgspec.Struct, frozen=True):
    """Things against each other: each has a numbered row and a numbered column, and a cell where two of them meet."""

    height: Annotated[int, "height in pixels"]
    row: Annotated[int, "height of a row in pixels"]
    width: Annotated[str, "width of a column in percent, as text"]
    edge: Annotated[str, "middle of the column of numbers in percent, as text"]
    numerals: Annotated[tuple[Numeral, ...], "the numbers, first to last"]
    cells: Annotated[tuple[SquareCell, ...], "the cells of those that meet, row by row"]


ROW = 26
"""Height of a row of a square in pixels."""


def square(counts: Sequence[Sequence[int]], direction: str) -> Square:
    """How often each of some things occurs together with each other one: `counts` has a row for each, and is the same both ways."""
    step = 100 / (len(counts) + 1)
    level = levels(count for row in counts for count in row)

    def left(place: int) -> float:
        return place * step if direction == "ltr" else 100 - (place + 1) * step

    return Square(
        height=ROW * (len(counts) + 1),
        row=ROW,
        width=_percent(step),
        edge=_percent(left(0) + step / 2),
        numerals=tuple(
            Numeral(number, _percent(left(number)), _percent(left(number) + step / 2), number * ROW)
            for number in range(1, len(counts) + 1)
        ),
        cells=tuple(
            SquareCell(_percent(left(b)), _percent(left(b) + step / 2), a * ROW, a, b, count, level(count))
            for a, row in enumerate(counts, 1)
            for b, count in enumerate(row, 1)
            if count and a != b
        ),
    )


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


class Spark(msgspec.Struct, frozen=True):
    """A word-sized picture of releases per year."""

    path: Annotated[str, "the `d` of an SVG path in a box of 100 by 20"]
    first: Annotated[str, "the first year"]
    last: Annotated[str, "the last year"]


def levels(counts: Iterable[int]) -> Callable[[int], int]:
    """How dark a cell is drawn, 0 to 4, for counts up to the largest of `counts`."""
    highest = max(counts, default=0)
    return lambda count: 0 if not count else min(4, 1 + 4 * (count - 1) // max(1, highest))


def spark(years: Iterable[tuple[int, int]], first: int, last: int, direction: str) -> Spark:
    """Releases per year from `first` to `last` as a path of bars; an empty path where they are of fewer than two years, of which a picture
    says nothing. `years` are years, each with its number of releases."""
    inside = {year: count for year, count in years if first <= year <= last}
    if len(inside) < 2:
        return Spark("", f"{first:04}", f"{last:04}")
    highest = max(inside.values())
    step = 100 / (last - first + 1)
    wide = max(1.0, min(6.0, step * 0.8))
    moves = []
    for year in sorted(inside):
        at = (year - first + 0.5) * step - wide / 2
        tall = max(2, round(inside[year] * 20 / highest))
        left = at if direction == "ltr" else 100 - at - wide
        moves.append(f"M{_short(left)} 20v-{tall}h{_short(wide)}v{tall}z")
    return Spark("".join(moves), f"{first:04}", f"{last:04}")


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# ---- how a reported number moved ---------------------------------------------------------------------------------------------------


class ReportedNumber(msgspec.Struct, frozen=True):
    """A number that somebody reports, to be drawn: the first and the last day that it can be of, as numbers of days, and whether neither
    is in doubt; the least and the most it can be, None where that is open; whether it may be joined with its neighbours; its label, the
    words of its date, the address of the text that reports it."""

    first: int
    last: int
    certain: bool
    low: float | None
    high: float | None
    joined: bool
    label: str
    date: str
    href: str


class StepPoint(msgspec.Struct, frozen=True):
    """A reported number in a step chart."""

    x: Annotated[str, "place in time in percent of the width, as text: the middle of the days that it can be of"]
    left: Annotated[str, "left edge of these days in percent, as text"]
    right: Annotated[str, "right edge of these days in percent, as text; that of `left` where it is one day"]
    y: Annotated[int, "the number in pixels from above; of a range its upper end"]
    fall: Annotated[int, "height of a range in pixels; 0 for a single number"]
    open: Annotated[str, "up where the words leave open how much more, down how much less; empty where neither is open"]
    certain: Annotated[bool, "false where its date is approximate or uncertain"]
    label: Annotated[str, "date and number in words"]
    href: Annotated[
        str,
        "the paragraph that reports it; empty where another point is too near for both to be hit: the table has the link",
    ]


class StepLine(msgspec.Struct, frozen=True):
    """A straight line of a step chart."""

    x1: Annotated[str, "where it begins, in percent of the width, as text"]
    y1: Annotated[int, "where it begins, in pixels"]
    x2: Annotated[str, "where it ends, in percent, as text"]
    y2: Annotated[int, "where it ends, in pixels"]


class StepLevel(msgspec.Struct, frozen=True):
    """A height of a step chart with its number."""

    y: Annotated[int, "height in pixels from above"]
    label: Annotated[str, "the number"]


class StepChart(msgspec.Struct, frozen=True):
    """How a number moved that one reporter gives for one thing in one place."""

    height: Annotated[int, "height of the drawing in pixels, without the labels below"]
    points: Annotated[tuple[StepPoint, ...], "the numbers, oldest first"]
    steps: Annotated[
        tuple[StepLine, ...], "from each number to the next one of its series: level, then straight up or down"
    ]
    levels: Annotated[tuple[StepLevel, ...], "a few heights with their numbers, the lowest first"]
    edge: Annotated[str, "where the numbers of the levels stand, in percent: the side on which time begins"]
    edge_anchor: Annotated[str, "SVG text-anchor of these numbers: start or end"]
    ticks: Annotated[tuple[StepTick, ...], "the first and the last date, each where its number stands"]
    first: Annotated[str, "the first date in words"]
    last: Annotated[str, "the last date in words"]
    left_out: Annotated[int, "how many figures it cannot show, because no year or no number in digits is stated"]


STEPS_HEIGHT, _OPEN = 180, 26
_BEFORE, _BEHIND = 15.0, 4.0
"""Room for the numbers of the levels where time begins, and for half a point where it ends, in percent."""
_DATES_APART, _DATES_LONG = 60.0, 32
"""How far apart the first and the last number have to be, in percent, and how many letters their dates may have together, for each date
to stand at its number on a screen of 320 pixels."""
_NEAR = 24
"""Pixels that two targets have to be apart (WCAG 2.2, 2.5.8)."""
_NARROW = 288
"""Width in pixels of a drawing on a screen of 320."""


def steps(
    reported: Sequence[ReportedNumber], left_out: int, direction: str, words: Callable[[float], str]
) -> StepChart | None:
    """Reported numbers in time, given in their order; None for fewer than two. `words` says a number in words.

    Nothing is drawn between two numbers but a level line at the first one's height, and only where both name a series, both dates are
    beyond doubt and the one is certainly before the other; what two numbers of one time say against each other is left to stand.
    """
    if len(reported) < 2:
        return None
    begin, end = min(each.first for each in reported), max(each.last for each in reported)
    top = max(bound for each in reported for bound in (each.low, each.high) if bound is not None) or 1.0
    every = _every(top)
    room = STEPS_HEIGHT - _OPEN

    def x(day: float) -> float:
        share = (day - begin) / (end - begin) if end > begin else 0.5
        at = _BEFORE + share * (100 - _BEFORE - _BEHIND)
        return at if direction == "ltr" else 100 - at

    def y(number: float) -> int:
        return STEPS_HEIGHT - round(number / top * room)

    heights = [_ends_of(each) for each in reported]
    places = [(x((each.first + each.last) / 2), y(high)) for each, (_, high) in zip(reported, heights, strict=True)]
    points = []
    for number, (each, (low, _), (at, above)) in enumerate(zip(reported, heights, places, strict=True)):
        near = any(
            abs(other - at) * _NARROW / 100 < _NEAR and abs(beside - above) < _NEAR
            for place, (other, beside) in enumerate(places)
            if place != number
        )
        sides = sorted((x(each.first), x(each.last)))
        points.append(
            StepPoint(
                x=_percent(at),
                left=_percent(sides[0]),
                right=_percent(sides[1]),
                y=above,
                fall=y(low) - above,
                open="" if each.low is not None and each.high is not None else "up" if each.high is None else "down",
                certain=each.certain,
                label=each.label,
                href="" if near else each.href,
            )
        )
    drawn: list[StepLine] = []
    for number in range(len(reported) - 1):
        before, after = reported[number], reported[number + 1]
        if _follows(reported, number):
            turn = x(after.first)
            (low, high), (next_low, next_high) = heights[number], heights[number + 1]
            for height in dict.fromkeys((y(high), y(low))):
                drawn.append(StepLine(_percent(x(before.last)), height, _percent(turn), height))
            fall = sorted((y(low), y(high), y(next_low), y(next_high)))
            if fall[0] != fall[-1]:
                drawn.append(StepLine(_percent(turn), fall[0], _percent(turn), fall[-1]))
    count = int(top / every)
    return StepChart(
        height=STEPS_HEIGHT,
        points=tuple(points),
        steps=tuple(drawn),
        levels=tuple(StepLevel(y(every * level), words(every * level)) for level in range(count + 1)),
        edge="0%" if direction == "ltr" else "100%",
        edge_anchor="start" if direction == "ltr" else "end",
        ticks=_dates(reported[0], reported[-1], x, direction),
        first=reported[0].date,
        last=reported[-1].date,
        left_out=left_out,
    )


def _dates(
    first: ReportedNumber, last: ReportedNumber, x: Callable[[float], float], direction: str
) -> tuple[StepTick, ...]:
    """The first and the last date, each where its number stands; in two lines where they would run into each other in one."""
    low, high = x(first.first), x(last.last)
    start, end = ("start", "end") if direction == "ltr" else ("end", "start")
    if first.date == last.date:
        return (StepTick(_percent((low + high) / 2), "middle", first.date, 0),)
    row = int(abs(high - low) < _DATES_APART or len(first.date) + len(last.date) > _DATES_LONG)
    is_late = (high if direction == "ltr" else 100 - high) > 50
    return (
        StepTick(_percent(low), start, first.date, 0),
        StepTick(_percent(high), end if is_late else start, last.date, row),
    )


def _ends_of(each: ReportedNumber) -> tuple[float, float]:
    """The heights that are drawn of a number: of one that is open to a side, the end that is stated."""
    low = each.low if each.low is not None else each.high
    high = each.high if each.high is not None else each.low
    assert low is not None, each
    assert high is not None, each
    return low, high


def _follows(reported: Sequence[ReportedNumber], number: int) -> bool:
    """True where the next number certainly comes behind one, and no other is of a time that overlaps either of the two."""
    before, after = reported[number], reported[number + 1]
    if not (before.joined and after.joined and before.certain and after.certain and before.last < after.first):
        return False
    return not any(
        other.first <= each.last and each.first <= other.last
        for each in (before, after)
        for other in reported
        if other is not each
    )


def _every(top: float) -> float:
    """How far apart the levels up to the largest number are: 1, 2 or 5 times a power of ten, so that there are two to five."""
    step = 10.0 ** (len(f"{int(top)}") - 1) if top >= 1 else 0.1
    for part in (1, 2, 5):
        if top / (step * part) <= 5:
            while top / (step * part) < 2 and step * part > 0.1:
                return step / 2 if part == 1 else step * part / 2
            return step * part
    return step * 10
