"""The timeline and the map, where people would rather look than read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord import maps, routes
from onrecord.charts import Chart
from onrecord.maps import Map, Spot
from onrecord.reader import UNDATED
from onrecord.routes import href
from onrecord.views.date_pages import over_time
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, Site

MOST_LISTED = 150
"""About how many releases the timeline shows; a longer archive shows the newest of each year."""


class TimelineYear(msgspec.Struct, frozen=True):
    """A year on the timeline."""

    label: Annotated[str, "the year"]
    anchor: Annotated[str, "fragment of its heading"]
    href: Annotated[str, "address of the year's page"]
    count: Annotated[int, "how many releases"]
    entries: Annotated[tuple[Entry, ...], "its releases, newest first; only the newest where there are too many"]


class TimelineView(msgspec.Struct, frozen=True):
    """All years one below the other."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "where the page stands"]
    chart: Annotated[Chart | None, "releases over time; none where there are too few"]
    years: Annotated[tuple[TimelineYear, ...], "the years, newest first"]
    undated: Annotated[int, "how many releases do not state their year"]


class MapView(msgspec.Struct, frozen=True):
    """The places on a map."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "where the page stands"]
    maps: Annotated[
        tuple[Map, ...], "the world, and the part of it with most places; empty where no place has coordinates"
    ]
    without: Annotated[int, "how many places have no coordinates"]


def timeline_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The timeline."""
    yield routes.TIMELINE, ()


def timeline(edition: Edition) -> TimelineView:
    """All years one below the other."""
    ask = edition.ask
    facts, years = ask.facts(), ask.year_labels()
    each = max(1, MOST_LISTED // max(1, len(years))) if facts.count > MOST_LISTED else MOST_LISTED
    return TimelineView(
        site=edition.site,
        page=edition.page(routes.TIMELINE, "dates"),
        chart=over_time(edition, facts, 120),
        years=tuple(
            TimelineYear(
                edition.digits(label),
                f"y{label}",
                href(routes.period(label)),
                count,
                edition.entries(ask.year_newest(label, each)),
            )
            for label, count, _, _ in years
        ),
        undated=ask.date_count(UNDATED),
    )


def map_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The map."""
    yield routes.MAP, ()


def map_view(edition: Edition) -> MapView:
    """The places on a map."""
    spots = edition.spots()
    return MapView(
        site=edition.site,
        page=edition.page(routes.MAP, "places"),
        maps=_maps(spots),
        without=sum(1 for _, count in edition.ask.group_counts("places") if count) - len(spots),
    )


PAGES = (
    PageKind("timeline", timeline_pages, timeline),
    PageKind("map", map_pages, map_view),
)


def _maps(spots: Sequence[Spot]) -> tuple[Map, ...]:
    world = maps.world(spots)
    if world is None:
        return ()
    part = maps.around(maps.densest(spots))
    return (world, part) if part else (world,)
