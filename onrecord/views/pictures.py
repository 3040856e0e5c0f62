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
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    chart: Annotated[Chart | None, "releases over time; none where there are too few"]
    years: Annotated[tuple[TimelineYear, ...], "the years, newest first"]
    undated: Annotated[int, "how many releases do not state their year"]


class ShownMap(msgspec.Struct, frozen=True):
    """A map and what it shows."""

    map: Annotated[Map, "the map"]
    place: Annotated[
        str, "the place in which all places of a local map lie; empty where there is none, and for the world"
    ]
    some: Annotated[tuple[str, ...], "of a local map without such a place up to three of its places; else empty"]
    more: Annotated[int, "how many more places it has than these"]


class MapView(msgspec.Struct, frozen=True):
    """The places on a map."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    maps: Annotated[
        tuple[ShownMap, ...],
        "the world, where it has more than one dot, and the part of it with most places; empty where no place has coordinates",
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
        maps=_maps(edition, spots),
        without=sum(1 for _, count in edition.ask.group_counts("places") if count) - len(spots),
    )


PAGES = (
    PageKind("timeline", timeline_pages, timeline),
    PageKind("map", map_pages, map_view),
)


def _maps(edition: Edition, spots: Sequence[Spot]) -> tuple[ShownMap, ...]:
    """The world and its densest part; the world is left out where that part has every place."""
    part, world = maps.part(spots), maps.world(spots)
    shown = [ShownMap(world, "", (), 0)] if world and (part is None or len(part[1]) < len(spots)) else []
    if part:
        of_part, inside = part
        place = _common(edition, inside)
        some = (
            ()
            if place
            else tuple(spot.label for spot in sorted(inside, key=lambda spot: (-len(spot.releases), spot.label)))
        )
        shown.append(ShownMap(of_part, place, some[:3], len(some[3:])))
    return tuple(shown)


def _common(edition: Edition, spots: Sequence[Spot]) -> str:
    """The innermost place in which all of some places lie, itself among them or not; empty where there is none."""
    chains = [(spot.slug, *edition.ask.around(spot.slug)) for spot in spots]
    shared = [slug for slug in chains[0] if all(slug in chain for chain in chains)]
    return edition.label_of("place", shared[0]) if shared else ""
