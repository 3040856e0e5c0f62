"""The index by date: years, months, days, and what states no year."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord import charts
from onrecord.charts import Chart
from onrecord.help import said
from onrecord.model import Release, Year
from onrecord.views import groups, listing
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import PageInfo, PageLink, Section, Site


@dataclass(frozen=True, slots=True)
class Cell:
    """A month or a day in a calendar."""

    label: str = said("the month in words, or the number of the day")
    count: int = said("how many releases")
    level: int = said("how dark to draw it: 0 for none, to 4")
    href: str = said("address of the page with these releases; empty where there is none")


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month of a year, by weeks."""

    label: str = said("the month's name")
    href: str = said("address of the month's page; empty where there is nothing in it")
    count: int = said("how many releases, those included that do not state their day")
    no_day: int = said("how many of them do not state their day")
    weeks: tuple[tuple[Cell | None, ...], ...] = said("rows of seven days; none stands for a day of another month")


@dataclass(frozen=True, slots=True)
class Weekday:
    """The head of a column of a calendar, or of the months."""

    name: str = said("the whole name")
    short: str = said("the short name")


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in the index by date."""

    href: str = said("address of the year's page")
    label: str = said("the year")
    count: int = said("how many releases")
    months: tuple[Cell, ...] = said("its twelve months, January first")
    loose: int = said("how many of them do not state their month")


@dataclass(frozen=True, slots=True)
class DatesView:
    """The index by date."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    total: int = said("how many releases the archive has")
    years: tuple[YearRow, ...] = said("the years, newest first")
    months: tuple[Weekday, ...] = said("the names of the months, January first")
    chart: Chart | None = said("releases over time; none where there are too few")
    undated: int = said("how many releases do not state their year")


@dataclass(frozen=True, slots=True)
class YearView:
    """A year and its months."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    label: str = said("the year")
    count: int = said("how many releases")
    earlier: PageLink | None = said("the year before it with releases")
    later: PageLink | None = said("the year after it with releases")
    weekdays: tuple[Weekday, ...] = said("the heads of the calendar's columns")
    calendar: tuple[CalendarMonth, ...] = said("its twelve months, January first; empty for a year outside 1 to 9999")
    sections: tuple[Section, ...] = said("its months, newest first, then what does not state its month")


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month and its days."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    label: str = said("the month in words, with its year")
    year: PageLink = said("its year")
    count: int = said("how many releases")
    earlier: PageLink | None = said("the month before it with releases")
    later: PageLink | None = said("the month after it with releases")
    sections: tuple[Section, ...] = said("its days, newest first, then what does not state its day")


@dataclass(frozen=True, slots=True)
class UndatedView:
    """Releases that do not state their year."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    count: int = said("how many releases")
    sections: tuple[Section, ...] = said("the releases; by the first letters of their titles when there are many")


def pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    """dates/index.html, a page for each year and month, and dates/undated.html, which always stands."""
    archive = edition.archive
    path = "dates/index.html"
    pages_of = {year.slug: f"dates/{encoded(year.slug)}.html" for year in archive.years}
    pages_of |= {month.slug: f"dates/{encoded(month.slug)}.html" for year in archive.years for month in year.months}
    level = charts.levels(len(month.releases) for year in archive.years for month in year.months)
    yield (
        path,
        "dates.html",
        DatesView(
            site=edition.site,
            page=edition.page(path, "dates"),
            total=len(archive.releases),
            years=tuple(_row(edition, year, level) for year in archive.years),
            months=tuple(Weekday(edition.month_name(n), edition.month_name(n, short=True)) for n in range(1, 13)),
            chart=charts.histogram((r.date for r in archive.releases), edition.dir, edition.words, pages_of),
            undated=len(archive.undated),
        ),
    )
    years = [PageLink(pages_of[year.slug], edition.digits(year.label), "", "") for year in archive.years]
    months = [PageLink(pages_of[m.slug], edition.words(m.slug), "", "") for year in archive.years for m in year.months]
    number = 0
    for place, year in enumerate(archive.years):
        yield from _year(edition, year, _at(years, place + 1), _at(years, place - 1))
        for month in year.months:
            yield from _month(
                edition, month.slug, month.releases, years[place], _at(months, number + 1), _at(months, number - 1)
            )
            number += 1
    yield from _undated(edition)


def _row(edition: Edition, year: Year, level: Callable[[int], int]) -> YearRow:
    found = {month.slug[-2:]: month for month in year.months}
    cells = []
    for number in range(1, 13):
        month = found.get(f"{number:02}")
        count = len(month.releases) if month else 0
        href = f"dates/{encoded(month.slug)}.html" if month else ""
        cells.append(Cell(edition.month_name(number), count, level(count), href))
    return YearRow(
        f"dates/{encoded(year.slug)}.html",
        edition.digits(year.label),
        len(year.releases),
        tuple(cells),
        len(year.loose),
    )


def _calendar(edition: Edition, year: Year) -> tuple[CalendarMonth, ...]:
    number = year.releases[0].date.year
    if number is None or not 1 <= number <= 9999:
        return ()
    days = Counter(release.date.sort_text for release in year.releases)
    level = charts.levels(count for day, count in days.items() if len(day) == 10)
    found = {month.slug: month for month in year.months}
    weeks = calendar.Calendar(edition.first_weekday)
    out = []
    for place in range(1, 13):
        slug = f"{year.slug}-{place:02}"
        month = found.get(slug)
        href = f"dates/{slug}.html" if month else ""
        split = month is not None and len(month.releases) > listing.LIMIT

        def cell(day: int, slug: str = slug, href: str = href, split: bool = split) -> Cell | None:
            key = f"{slug}-{day:02}"
            count = days[key] if day else 0
            to = "" if not count else f"dates/{key}.html" if split else f"{href}#d{key}"
            return Cell(edition.digits(str(day)), count, level(count), to) if day else None

        rows = tuple(tuple(cell(day) for day in week) for week in weeks.monthdayscalendar(number, place))
        no_day = days[slug]
        out.append(CalendarMonth(edition.month_name(place), href, len(month.releases) if month else 0, no_day, rows))
    return tuple(out)


def _at(links: list[PageLink], place: int) -> PageLink | None:
    return links[place] if 0 <= place < len(links) else None


def _year(
    edition: Edition, year: Year, earlier: PageLink | None, later: PageLink | None
) -> Iterator[tuple[str, str, object]]:
    whole = len(year.releases) <= listing.LIMIT
    path = f"dates/{year.slug}.html"
    sections = [
        Section(
            edition.words(month.slug),
            "",
            f"m{month.slug[-2:]}",
            f"dates/{encoded(month.slug)}.html",
            len(month.releases),
            edition.entries(month.releases) if whole else (),
        )
        for month in year.months
    ]
    further: tuple[listing.Part, ...] = ()
    if year.loose:
        loose_path = f"dates/{year.slug}-no-month.html"
        href, entries = "", edition.entries(year.loose)
        if not whole and len(year.loose) > listing.NEWEST:
            href, entries = encoded(loose_path), ()
            inner, more = listing.leftover(edition, year.loose, f"dates/{year.slug}-no-month", (loose_path, year.label))
            further = (listing.Part(loose_path, (path, year.label), year.label, "month", len(year.loose), inner), *more)
        sections.append(Section("", "month", "no-month", href, len(year.loose), entries))
    yield (
        path,
        "year.html",
        YearView(
            site=edition.site,
            page=edition.page(path, "dates"),
            label=edition.digits(year.label),
            count=len(year.releases),
            earlier=earlier,
            later=later,
            weekdays=tuple(Weekday(*edition.weekday_name(n)) for n in range(7)),
            calendar=_calendar(edition, year),
            sections=tuple(sections),
        ),
    )
    for part in further:
        yield part.path, "part.html", groups.part_view(edition, part, "dates", "", path)


def _month(
    edition: Edition,
    slug: str,
    releases: tuple[Release, ...],
    year: PageLink,
    earlier: PageLink | None,
    later: PageLink | None,
) -> Iterator[tuple[str, str, object]]:
    path = f"dates/{slug}.html"
    label = edition.words(slug)
    sections, more = listing.parts(edition, releases, "dates", (path, label), "day")
    yield (
        path,
        "month.html",
        MonthView(
            site=edition.site,
            page=edition.page(path, "dates"),
            label=label,
            year=year,
            count=len(releases),
            earlier=earlier,
            later=later,
            sections=sections,
        ),
    )
    for part in more:
        yield part.path, "part.html", groups.part_view(edition, part, "dates", "", path)


def _undated(edition: Edition) -> Iterator[tuple[str, str, object]]:
    path = "dates/undated.html"
    undated = edition.archive.undated
    sections, more = listing.leftover(edition, undated, "dates/undated", (path, ""))
    yield path, "undated.html", UndatedView(edition.site, edition.page(path, "dates"), len(undated), sections)
    for part in more:
        yield part.path, "part.html", groups.part_view(edition, part, "dates", "", path)
