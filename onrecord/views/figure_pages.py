"""What is counted: an index, and how each number moved, by place and by who reports it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord import charts, division, languages, routes
from onrecord.charts import ReportedNumber, StepChart
from onrecord.counting import CountedPart, Line, Reported, Unit
from onrecord.dates import checked
from onrecord.model import Figure
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import FigureEntry, PageInfo, PageKind, PageLink, Site
from onrecord.views.groups import LetterLink

MOST_PLACES = 6
"""How many places a row of the index names."""


class CountedRow(msgspec.Struct, frozen=True):
    """A counted thing in the index."""

    href: Annotated[str, "address of its page"]
    label: Annotated[str, "what is counted, as the releases say it"]
    count: Annotated[int, "how many figures"]
    places: Annotated[tuple[PageLink, ...], "the places that they are of, by name; the first few of many"]
    more_places: Annotated[int, "how many places are not named"]
    first: Annotated[str, "the earliest date that they are as of, in words; empty where none states a year"]
    last: Annotated[str, "the latest date that they are as of, in words"]


class FiguresView(msgspec.Struct, frozen=True):
    """The index of what figures count; a long one is split by first letter."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    letter: Annotated[str, "the first letters this page is about; empty on the index itself"]
    total: Annotated[int, "how many figures the archive has"]
    counted: Annotated[int, "how many things they count"]
    rows: Annotated[tuple[CountedRow, ...], "what is counted, by name; the most frequent where the index is split"]
    letters: Annotated[tuple[LetterLink, ...], "the parts of a split index; empty when it is whole"]


class FigureLine(msgspec.Struct, frozen=True):
    """What one reporter says of one place."""

    anchor: Annotated[str, "fragment of its heading"]
    place: Annotated[PageLink | None, "where; none where it is not stated"]
    by: Annotated[PageLink | None, "who reports it; none where the source does not say"]
    chart: Annotated[StepChart | None, "how the number moved; none where fewer than two can be drawn"]
    figures: Annotated[tuple[FigureEntry, ...], "the figures in time order, those without a date last"]


class FigurePart(msgspec.Struct, frozen=True):
    """A part of the figures that count one thing, on a page of its own."""

    href: Annotated[str, "address of its page"]
    unit: Annotated[str, "what it is a part by: place, reporter, year or month (as of), published (a year)"]
    label: Annotated[str, "the place, the reporter, the date in words; empty where it is not stated"]
    count: Annotated[int, "how many figures"]


class CountedView(msgspec.Struct, frozen=True):
    """The figures that count one thing, or a part of them."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    label: Annotated[str, "what is counted, as the releases say it"]
    whole: Annotated[str, "the first page of these figures, on a part; else empty"]
    about: Annotated[
        tuple[FigurePart, ...],
        "what this part is about, the largest first, each with the page of it; their counts are 0",
    ]
    count: Annotated[int, "how many figures, in all or on this part"]
    lines: Annotated[
        tuple[FigureLine, ...], "the figures by place and reporter; empty where they are on pages of their own"
    ]
    parts: Annotated[tuple[FigurePart, ...], "the pages of the parts, where there are too many figures for one page"]


def index_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The index of what is counted, where anything is; a long one has a page for each of its parts too."""
    if edition.ask.frame().figures:
        yield routes.FIGURES, ("",)
        for letters, _ in edition.ask.counted_letters():
            yield routes.countings(letters), (letters,)


def index(edition: Edition, letters: str) -> FiguresView:
    """The index of what is counted, or the part of it whose slugs begin with some letters."""
    ask = edition.ask
    parts = ask.counted_letters()
    slugs = ask.most_counted(division.NEWEST * 2) if parts and not letters else ask.counted_under(letters)
    by_label = sorted(
        ((slug, _row(edition, slug)) for slug in slugs), key=lambda pair: (languages.sort_key(pair[1].label), pair[0])
    )
    rows = [row for _, row in by_label]
    if parts and not letters:
        rows = sorted(rows, key=lambda row: (-row.count, row.label))[: division.NEWEST * 2]
    total, counted = ask.figure_totals()
    return FiguresView(
        site=edition.site,
        page=edition.page(routes.countings(letters) if letters else routes.FIGURES, "figures"),
        letter=letters.upper(),
        total=total,
        counted=counted,
        rows=tuple(rows),
        letters=tuple(
            LetterLink(href(routes.countings(initials)), initials.upper(), count, initials == letters)
            for initials, count in parts
        ),
    )


def _row(edition: Edition, slug: str) -> CountedRow:
    label, count, places, span = edition.ask.counted_facts(slug)
    links = sorted(
        (edition.term_link("place", place) for place in places), key=lambda link: languages.sort_key(link.label)
    )
    first, last = ((edition.day(checked(edtf)).words) for edtf in span) if span else ("", "")
    return CountedRow(
        href(routes.counted(slug)),
        label,
        count,
        tuple(links[:MOST_PLACES]),
        max(0, len(links) - MOST_PLACES),
        first,
        last,
    )


def counted_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The page of each counted thing, and the parts of it where there is too much for one page."""
    for slug in edition.ask.counted_under(""):
        yield routes.counted(slug), (slug, "")
        for stem in edition.ask.counted_stems(slug):
            yield routes.counted(slug, stem), (slug, stem)


def counted(edition: Edition, slug: str, stem: str) -> CountedView:
    """The figures that count one thing, or a part of them."""
    part = edition.ask.counted_part(slug, stem)
    assert part is not None, (slug, stem)
    label = edition.ask.counted_facts(slug)[0]
    pieces = part.stem.split("/")
    about = tuple(
        _part(edition, slug, unit, value, "/".join(pieces[:depth]), 0)
        for depth, (unit, value) in enumerate(part.about, 1)
    )
    return CountedView(
        site=edition.site,
        page=edition.page(routes.counted(slug, stem), "figures"),
        label=label,
        whole=href(routes.counted(slug)) if stem else "",
        about=about,
        count=part.count,
        lines=_lines(edition, part),
        parts=_parts(edition, slug, part),
    )


PAGES: tuple[PageKind, ...] = (
    PageKind("figures", index_pages, index),
    PageKind("counted", counted_pages, counted),
)


def _parts(edition: Edition, slug: str, part: CountedPart) -> tuple[FigurePart, ...]:
    """The parts of a counted thing: places and reporters as the edition calls them and in the order of that, what states none last."""
    parts = tuple(_part(edition, slug, *each) for each in part.parts)
    if parts and parts[0].unit in ("place", "reporter"):
        return tuple(
            sorted(parts, key=lambda one: (not one.label, languages.filing_key(one.label, edition.language), one.href))
        )
    return parts


def _part(edition: Edition, slug: str, unit: Unit, value: str, stem: str, count: int) -> FigurePart:
    if unit == "place":
        label = edition.label_of("place", value) if value else ""
    elif unit == "reporter":
        label = value[1:] if value.startswith("=") else edition.label_of("name", value) if value else ""
    else:
        label = edition.date_in_words(value) if value else ""
    return FigurePart(href(routes.counted(slug, stem)), unit, label, count)


def _lines(edition: Edition, part: CountedPart) -> tuple[FigureLine, ...]:
    return tuple(_line(edition, line, number) for number, line in enumerate(part.lines, 1))


def _line(edition: Edition, line: Line, number: int) -> FigureLine:
    by = edition.term_link("name", line.name) if line.name else PageLink("", line.by, "", "") if line.by else None
    return FigureLine(
        anchor=f"line-{number}",
        place=edition.term_link("place", line.place) if line.place else None,
        by=by,
        chart=_chart(edition, line.figures, one=bool(line.place and by)),
        figures=tuple(edition.figure(card, place) for card, place in line.figures),
    )


def _chart(edition: Edition, reported: Sequence[Reported], *, one: bool) -> StepChart | None:
    """How a number moved; `one` says that all figures are of one stated place and one stated reporter, else none is joined with another."""
    numbers = []
    for card, place in reported:
        figure = edition.ask.figures(card.slug)[place]
        drawn = _number(edition, figure, edition.figure(card, place), one)
        if drawn:
            numbers.append(drawn)
    return charts.steps(
        sorted(numbers, key=lambda number: (number.first, number.last)),
        len(reported) - len(numbers),
        edition.dir,
        lambda number: (
            languages.number(int(number), edition.language) if number == int(number) else edition.digits(f"{number:g}")
        ),
    )


def _number(edition: Edition, figure: Figure, entry: FigureEntry, one: bool) -> ReportedNumber | None:
    date = checked(figure.as_of) if figure.as_of else None
    if date is None or date.earliest is None or date.latest is None or not (figure.low or figure.high):
        return None
    words = edition.day(date).words
    return ReportedNumber(
        first=_day(date.earliest),
        last=_day(date.latest),
        certain=date.span is not None,
        low=float(figure.low) if figure.low else None,
        high=float(figure.high) if figure.high else None,
        joined=one and bool(figure.series),
        label=f"{words}: {figure.value}",
        date=words,
        href=entry.href,
    )


def _day(day: dt.date) -> int:
    return day.toordinal()
