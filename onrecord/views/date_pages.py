"""The index by date: years, months, days, and what states no year."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from typing import Annotated

import msgspec

from onrecord import charts, routes
from onrecord.charts import Chart
from onrecord.dates import MOST_MONTHS, MOST_YEARS
from onrecord.division import LIMIT, NEWEST, WITHOUT_MONTH, Key
from onrecord.reader import UNDATED, Facts
from onrecord.routes import href
from onrecord.views import groups
from onrecord.views.edition import Edition
from onrecord.views.frame import FormatLink, PageInfo, PageKind, PageLink, Section, Site


class Cell(msgspec.Struct, frozen=True):
    """A month or a day in a calendar."""

    label: Annotated[str, "the month in words, or the number of the day"]
    count: Annotated[int, "how many releases"]
    level: Annotated[int, "how dark to draw it: 0 for none, to 4"]
    href: Annotated[str, "address of the page with these releases; empty where there is none"]


class CalendarMonth(msgspec.Struct, frozen=True):
    """A month of a year, by weeks."""

    label: Annotated[str, "the month's name"]
    href: Annotated[str, "address of the month's page; empty where there is nothing in it"]
    count: Annotated[int, "how many releases, those included that are dated to no single day"]
    without_day: Annotated[int, "how many of them are dated to no single day"]
    weeks: Annotated[tuple[tuple[Cell | None, ...], ...], "rows of seven days; none stands for a day of another month"]


class Weekday(msgspec.Struct, frozen=True):
    """The head of a column of a calendar, or of the months."""

    name: Annotated[str, "the whole name"]
    short: Annotated[str, "the short name"]


class YearRow(msgspec.Struct, frozen=True):
    """A year in the index by date."""

    href: Annotated[str, "address of the year's page"]
    label: Annotated[str, "the year"]
    count: Annotated[int, "how many releases"]
    months: Annotated[tuple[Cell, ...], "its twelve months, January first"]
    without_month: Annotated[int, "how many of them do not state their month"]
    spanning: Annotated[int, "how many of them have a date that spans months, and are listed under none"]


class DatesView(msgspec.Struct, frozen=True):
    """The index by date."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    total: Annotated[int, "how many releases the archive has"]
    withdrawn: Annotated[int, "how many of them are withdrawn"]
    years: Annotated[
        tuple[YearRow, ...], "the years, newest first; empty where the releases are so few that they are here"
    ]
    months: Annotated[tuple[Weekday, ...], "the names of the months, January first"]
    sections: Annotated[
        tuple[Section, ...], "the releases by year, newest first, where they are few; else empty, and `years` has them"
    ]
    chart: Annotated[Chart | None, "releases over time; none where there are too few"]
    undated: Annotated[int, "how many releases do not state their year"]
    overlapping: Annotated[
        bool, "true where a release is counted in several years or months, because its date spans them"
    ]
    most_years: Annotated[int, "a date that spans more years is listed under the first and the last of them alone"]
    most_months: Annotated[int, "a date that spans more months is listed under the first and the last of them alone"]


class YearView(msgspec.Struct, frozen=True):
    """A year and its months."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    label: Annotated[str, "the year"]
    count: Annotated[int, "how many releases"]
    files: Annotated[tuple[FormatLink, ...], "its releases as files; empty where there is none"]
    earlier: Annotated[PageLink | None, "the year before it with releases"]
    later: Annotated[PageLink | None, "the year after it with releases"]
    weekdays: Annotated[tuple[Weekday, ...], "the heads of the calendar's columns"]
    calendar: Annotated[
        tuple[CalendarMonth, ...],
        "its twelve months, January first; empty for a year outside 1 to 9999, and where few releases are dated to a day",
    ]
    most_on_a_day: Annotated[int, "how many releases the day of it with most has, which the calendar draws darkest"]
    sections: Annotated[
        tuple[Section, ...], "its months, newest first, then what spans months and what does not state its month"
    ]


class MonthView(msgspec.Struct, frozen=True):
    """A month and its days."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    label: Annotated[str, "the month in words, with its year"]
    year: Annotated[PageLink, "its year"]
    count: Annotated[int, "how many releases"]
    earlier: Annotated[PageLink | None, "the month before it with releases"]
    later: Annotated[PageLink | None, "the month after it with releases"]
    sections: Annotated[
        tuple[Section, ...], "its days, newest first, then what spans days and what does not state its day"
    ]


class UndatedView(msgspec.Struct, frozen=True):
    """Releases that do not state their year."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    count: Annotated[int, "how many releases do not state their year"]
    files: Annotated[tuple[FormatLink, ...], "those of them as files; empty where there is none"]
    sections: Annotated[tuple[Section, ...], "these releases; by the first letters of their titles when there are many"]


LISTED = 24
"""So many releases are listed by year on the index itself; more are counted by month, in a table."""

CALENDAR = 12
"""From so many releases on, dated to a day, has a year its calendar."""


def over_time(edition: Edition, facts: Facts, height: int = 96) -> Chart | None:
    """Releases over time, each bar a link to its page of the index by date; None where there are too few."""
    if facts.count < groups.LEAST_IN_CHART:
        return None
    pages_of = {}
    for year, _, months, _ in edition.ask.year_labels():
        for label in (year, *(month for month, _ in months)):
            pages_of[label] = href(routes.period(label))
    return charts.histogram(facts, edition.dir, edition.date_in_words, pages_of, height)


def index_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The index by date, which always stands."""
    yield routes.DATES, ()


def index_view(edition: Edition) -> DatesView:
    """The index by date."""
    facts, years = edition.ask.facts(), edition.ask.year_labels()
    few = facts.count <= LISTED
    level = charts.levels(count for _, _, months, _ in years for _, count in months)
    undated = edition.ask.date_count(UNDATED)
    return DatesView(
        site=edition.site,
        page=edition.page(routes.DATES, "dates"),
        total=facts.count,
        withdrawn=edition.ask.withdrawn(),
        years=tuple(
            _row(edition, label, count, dict(months), without_month, level)
            for label, count, months, without_month in (() if few else years)
        ),
        sections=tuple(_sections_of_few(edition)) if few else (),
        months=tuple(Weekday(edition.month_name(n), edition.month_name(n, short=True)) for n in range(1, 13)),
        chart=over_time(edition, facts),
        undated=undated,
        overlapping=sum(count for _, count, _, _ in years) + undated > facts.count
        or any(sum(dict(months).values()) + without_month > count for _, count, months, without_month in years),
        most_years=MOST_YEARS,
        most_months=MOST_MONTHS,
    )


def _sections_of_few(edition: Edition) -> Iterator[Section]:
    """The releases of a small archive by year, behind them those that state none."""
    for label, count, _, _ in edition.ask.year_labels():
        entries = edition.entries(edition.ask.year_newest(label, count))
        yield Section(edition.digits(label), "", f"y{label}", href(routes.period(label)), count, entries)
    undated = edition.ask.undated()
    if undated:
        yield Section("", "year", "no-year", href(routes.UNDATED), len(undated), edition.entries(undated))


def _row(
    edition: Edition, label: str, count: int, months: dict[str, int], without_month: int, level: Callable[[int], int]
) -> YearRow:
    cells = []
    for number in range(1, 13):
        month = f"{label}-{number:02}"
        of_month = months.get(month, 0)
        to = href(routes.period(month)) if of_month else ""
        cells.append(Cell(edition.month_name(number), of_month, level(of_month), to))
    spanning = edition.ask.date_count(Key("", "months", label).stem) if without_month else 0
    return YearRow(
        href=href(routes.period(label)),
        label=edition.digits(label),
        count=count,
        months=tuple(cells),
        without_month=without_month - spanning,
        spanning=spanning,
    )


def year_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A page for each year with releases."""
    for label, *_ in edition.ask.year_labels():
        yield routes.period(label), (label,)


def year_view(edition: Edition, label: str) -> YearView:
    """A year and its months."""
    path = routes.period(label)
    count, months, without_month = edition.ask.year_counts(label)
    fits_page = count <= LIMIT
    sections = [
        Section(
            edition.date_in_words(month),
            "",
            f"m{month[-2:]}",
            href(routes.period(month)),
            of_month,
            edition.entries(edition.ask.month(month)) if fits_page else (),
        )
        for month, of_month in months
    ]
    for missing in WITHOUT_MONTH if without_month else ():
        key = Key("", missing, label)
        part = edition.ask.date_part(key.stem, key.stem)
        if part is None or not part.count:
            continue
        on_its_page = not fits_page and part.count > NEWEST
        to = href(routes.part("dates", key.stem)) if on_its_page else ""
        entries = () if on_its_page else edition.entries(item for section in part.sections for item in section.items)
        sections.append(Section("", missing, key.anchor, to, part.count, entries))
    earlier, later = (_year_link(edition, year) if year else None for year in edition.ask.year_neighbours(label))
    standing = edition.ask.standing_count(label)
    return YearView(
        site=edition.site,
        page=edition.page(path, "dates", groups.list_feeds(path, edition.digits(label), bool(standing))),
        label=edition.digits(label),
        count=count,
        files=groups.list_files(path, standing),
        earlier=earlier,
        later=later,
        weekdays=tuple(Weekday(*edition.weekday_name(n)) for n in range(7)),
        calendar=_calendar(edition, label, dict(months)),
        most_on_a_day=max((count for _, count in edition.ask.year_days(label)), default=0),
        sections=tuple(sections),
    )


def _calendar(edition: Edition, label: str, months: dict[str, int]) -> tuple[CalendarMonth, ...]:
    year = int(label)
    if not 1 <= year <= 9999:
        return ()
    days = dict(edition.ask.year_days(label))
    if sum(days.values()) < CALENDAR:
        return ()
    level = charts.levels(days.values())
    weeks = calendar.Calendar(edition.first_weekday)
    calendar_months = []
    for number in range(1, 13):
        month = f"{label}-{number:02}"
        of_month = months.get(month, 0)
        to_month = href(routes.period(month)) if of_month else ""

        def cell(day: int, month: str = month, of_month: int = of_month, to_month: str = to_month) -> Cell | None:
            key = Key(f"{month}-{day:02}")
            count = days.get(key.stated, 0)
            to = href(routes.part("dates", key.stem)) if of_month > LIMIT else f"{to_month}#{key.anchor}"
            return Cell(edition.digits(str(day)), count, level(count), to if count else "") if day else None

        rows = tuple(tuple(cell(day) for day in week) for week in weeks.monthdayscalendar(year, number))
        without_day = of_month - sum(count for day, count in days.items() if day.startswith(month))
        calendar_months.append(CalendarMonth(edition.month_name(number), to_month, of_month, without_day, rows))
    return tuple(calendar_months)


def _year_link(edition: Edition, label: str) -> PageLink:
    return PageLink(href(routes.period(label)), edition.digits(label), "", "")


def month_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A page for each month with releases."""
    for label in edition.ask.months():
        yield routes.period(label), (label,)


def month_view(edition: Edition, label: str) -> MonthView:
    """A month and its days."""
    part = edition.ask.date_part(label, label)
    assert part is not None, label
    earlier, later = (
        PageLink(href(routes.period(month)), edition.date_in_words(month), "", "") if month else None
        for month in edition.ask.month_neighbours(label)
    )
    return MonthView(
        site=edition.site,
        page=edition.page(routes.period(label), "dates"),
        label=edition.date_in_words(label),
        year=_year_link(edition, label.rpartition("-")[0]),
        count=part.count,
        earlier=earlier,
        later=later,
        sections=groups.sections_of(edition, part, "dates"),
    )


def part_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parts of lists that are too long for the page of their month or year."""
    for year, count, months, without_month in edition.ask.year_labels():
        for month, of_month in months:
            if of_month > LIMIT:
                yield from _parts(edition, month, 1)
        for missing in WITHOUT_MONTH if without_month and count > LIMIT else ():
            label = Key("", missing, year).stem
            if edition.ask.date_count(label) > NEWEST:
                yield from _parts(edition, label, 0)
    yield from _parts(edition, UNDATED, 1)


def _parts(edition: Edition, label: str, first: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in edition.ask.date_parts(label)[first:]:
        yield routes.part("dates", part.stem), (label, part.stem)


def part_view(edition: Edition, label: str, stem: str) -> groups.PartView:
    """A part of the list of a month ("2012-02"), of what is listed under no month ("2012-no-month") or no year ("undated")."""
    part = edition.ask.date_part(label, stem)
    assert part is not None, (label, stem)
    assert part.key is not None, (label, stem)
    key, above = part.key, part.up_key
    # What a year or month leaves open is shown on its page first.
    first = routes.UNDATED if label == UNDATED else routes.period((above or key).within or label)
    if stem == label:
        up = _year_link(edition, key.within)
    elif above is None:
        up = PageLink(href(first), edition.translate("Year not stated"), "", "")
    elif above.stated or above.missing in ("month", "months"):
        up = PageLink(href(routes.part("dates", part.up)), edition.date_in_words(above.stated or above.within), "", "")
    else:
        label_of_part = edition.translate("Day not stated" if above.missing == "day" else "Dates that span days")
        up = PageLink(href(routes.part("dates", part.up)), label_of_part, "", "")
    return groups.PartView(
        within=False,
        site=edition.site,
        page=edition.page(routes.part("dates", stem), "dates"),
        folder="dates",
        label=up.label if key.letters and above is None and label == UNDATED else "",
        group_href=href(first),
        up=up,
        part=groups.part_label(edition, key),
        missing=key.missing,
        count=part.count,
        sections=groups.sections_of(edition, part, "dates"),
        earlier=None,
        later=None,
        beside=_beside(edition, label, stem),
    )


def _beside(edition: Edition, label: str, stem: str) -> tuple[groups.PartLink, ...]:
    """The parts that one stands beside: where it is all that a year leaves open, the months of that year."""
    part = edition.ask.date_part(label, stem)
    if part is None or part.key is None or stem != label or not part.key.missing:
        return groups.links_beside(edition, edition.ask.date_parts_beside(label, stem), stem, "dates")
    _, months, _ = edition.ask.year_counts(part.key.within)
    row = [(Key(month), month) for month, _ in months]
    for missing in WITHOUT_MONTH:
        key = Key("", missing, part.key.within)
        if edition.ask.date_count(key.stem) > NEWEST:
            row.append((key, key.stem))
    return groups.links_beside(edition, row, stem, "dates") if len(row) > 1 else ()


def undated_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The page of what states no year, which always stands."""
    yield routes.UNDATED, ()


def undated_view(edition: Edition) -> UndatedView:
    """The releases that do not state their year."""
    undated = edition.ask.date_part(UNDATED, UNDATED)
    assert undated is not None
    standing = edition.ask.standing_count(UNDATED)
    label = edition.translate("Year not stated")
    return UndatedView(
        site=edition.site,
        page=edition.page(routes.UNDATED, "dates", groups.list_feeds(routes.UNDATED, label, bool(standing))),
        count=undated.count,
        files=groups.list_files(routes.UNDATED, standing),
        sections=groups.sections_of(edition, undated, "dates"),
    )


PAGES = (
    PageKind("dates", index_pages, index_view),
    PageKind("year", year_pages, year_view),
    PageKind("month", month_pages, month_view),
    PageKind("date-part", part_pages, part_view),
    PageKind("undated", undated_pages, undated_view),
)
