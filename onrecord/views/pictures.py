"""The timeline and the map, where people would rather look than read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord import charts, maps
from onrecord.charts import Chart
from onrecord.help import said
from onrecord.maps import Map, Spot
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Entry, PageInfo, Site

SHOWN = 150
"""About how many releases the timeline shows; a longer archive shows the newest of each year."""


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """A year on the timeline."""

    label: str = said("the year")
    anchor: str = said("fragment of its heading")
    href: str = said("address of the year's page")
    count: int = said("how many releases")
    entries: tuple[Entry, ...] = said("its releases, newest first; only the newest where there are too many")


@dataclass(frozen=True, slots=True)
class TimelineView:
    """All years one below the other."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    chart: Chart | None = said("releases over time; none where there are too few")
    years: tuple[TimelineYear, ...] = said("the years, newest first")
    undated: int = said("how many releases do not state their year")


@dataclass(frozen=True, slots=True)
class MapView:
    """The places on a map."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    maps: tuple[Map, ...] = said("the world, and the part of it with most places; empty where no place has coordinates")
    without: int = said("how many places have no coordinates")


def pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    """timeline.html and map.html."""
    archive = edition.archive
    each = max(1, SHOWN // max(1, len(archive.years))) if len(archive.releases) > SHOWN else SHOWN
    pages_of = {year.slug: f"dates/{encoded(year.slug)}.html" for year in archive.years}
    pages_of |= {month.slug: f"dates/{encoded(month.slug)}.html" for year in archive.years for month in year.months}
    yield (
        "timeline.html",
        "timeline.html",
        TimelineView(
            site=edition.site,
            page=edition.page("timeline.html", "dates"),
            chart=charts.histogram((r.date for r in archive.releases), edition.dir, edition.words, pages_of, 120),
            years=tuple(
                TimelineYear(
                    edition.digits(year.label),
                    f"y{year.slug}",
                    pages_of[year.slug],
                    len(year.releases),
                    edition.entries(year.releases[:each]),
                )
                for year in archive.years
            ),
            undated=len(archive.undated),
        ),
    )
    spots = edition.spots()
    yield (
        "map.html",
        "map.html",
        MapView(
            site=edition.site,
            page=edition.page("map.html", "places"),
            maps=_maps(spots),
            without=len(archive.places) - len(spots),
        ),
    )


def _maps(spots: Sequence[Spot]) -> tuple[Map, ...]:
    whole = maps.world(spots)
    if whole is None:
        return ()
    part = maps.around(maps.densest(spots))
    return (whole, part) if part else (whole,)
