"""Coordinates → the geometry of small maps; templates draw them as inline SVG over outlines that stand in assets/map/.

The projection is plate carrée: x is the longitude, y the latitude turned upside down, ten units a degree. A map's box is as much
narrower as its latitude asks, so that shapes near its middle are true. Dots stand at percentages, so that they keep their size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

import msgspec

UNIT = 10
TILE = 20
# The tiles of assets/map/ that hold any land, by the degrees of their south-western corner.
TILES = (
    "w180s60 w080s60 w060s60 w040s60 e020s60 e040s60 e060s60 e140s60 e160s60 w180s40 w160s40 w140s40 w120s40 "
    "w080s40 w060s40 e000s40 e020s40 e040s40 e100s40 e120s40 e140s40 e160s40 w180s20 w160s20 w140s20 w120s20 "
    "w100s20 w080s20 w060s20 w040s20 w020s20 e000s20 e020s20 e040s20 e060s20 e080s20 e100s20 e120s20 e140s20 "
    "e160s20 w160n00 w120n00 w100n00 w080n00 w060n00 w040n00 w020n00 e000n00 e020n00 e040n00 e060n00 e080n00 "
    "e100n00 e120n00 e140n00 e160n00 w180n20 w160n20 w140n20 w120n20 w100n20 w080n20 w040n20 w020n20 e000n20 "
    "e020n20 e040n20 e060n20 e080n20 e100n20 e120n20 e140n20 w180n40 w160n40 w140n40 w120n40 w100n40 w080n40 "
    "w060n40 w020n40 e000n40 e020n40 e040n40 e060n40 e080n40 e100n40 e120n40 e140n40 e160n40 w180n60 w160n60 "
    "w140n60 w120n60 w100n60 w080n60 w060n60 w040n60 w020n60 e000n60 e020n60 e040n60 e060n60 e080n60 e100n60 "
    "e120n60 e140n60 e160n60 "
)
# world.svg: 180° W to 180° E, 84° N to 58° S.
_WORLD = (-180.0, -58.0, 180.0, 84.0)
APART = 10.0
"""How far apart two dots stand at least, in percent of the width: 28 pixels where the map is 288 pixels wide."""
RATIO = 2.0
"""Width to height of a local map; the style sheet gives the drawing the same shape."""


class Tile(msgspec.Struct, frozen=True):
    """A piece of the outline."""

    href: Annotated[str, "address of the image, relative to the top of the site (`page.top`)"]
    x: Annotated[str, "left edge in the map's units"]
    y: Annotated[str, "upper edge in the map's units"]
    width: Annotated[str, "width in the map's units"]
    height: Annotated[str, "height in the map's units"]


class Spot(msgspec.Struct, frozen=True):
    """A place as a map is given it: its name, the address of its page, its releases, and WGS 84 decimal degrees."""

    label: str
    href: str
    count: int
    lat: float
    lon: float


MOST_HIGH = 140.0
"""Degrees of latitude beyond which a map is the world's."""


class Marked(msgspec.Struct, frozen=True):
    """A place on a map."""

    href: Annotated[str, "address of its page; empty where it has none"]
    label: Annotated[str, "what the place is called"]
    count: Annotated[int, "how many releases"]


class Dot(msgspec.Struct, frozen=True):
    """One place, or several that stand too close together to be told apart."""

    x: Annotated[str, "place from the left in percent, as text"]
    y: Annotated[str, "place from the top in percent, as text"]
    label: Annotated[str, "the place with most releases among them"]
    anchor: Annotated[str, "fragment of its line in the list"]
    count: Annotated[int, "how many releases, counted once for each place they name"]
    places: Annotated[tuple[Marked, ...], "the places, those with most releases first"]


class Map(msgspec.Struct, frozen=True):
    """A map with its dots."""

    box: Annotated[str, "the `viewBox` of the outline"]
    tiles: Annotated[tuple[Tile, ...], "the pieces of the outline"]
    dots: Annotated[tuple[Dot, ...], "the dots, largest first; they never overlap"]
    world: Annotated[bool, "true for the whole world"]


def world(spots: Sequence[Spot]) -> Map | None:
    """The world with these places; None where there are none."""
    if not spots:
        return None
    west, south, east, north = _WORLD
    tile = Tile("assets/map/world.svg", _units(west), _units(-north), _units(east - west), _units(north - south))
    return Map(_box(_WORLD), (tile,), _dots(spots, _WORLD, (east - west) / (north - south), "w"), True)


def around(spots: Sequence[Spot], least: float = 6.0) -> Map | None:
    """A map just large enough for these places, at least `least` degrees high, or the world; None where there are none."""
    if not spots:
        return None
    lats, lons = [s.lat for s in spots], [s.lon for s in spots]
    middle = (min(lats) + max(lats)) / 2
    narrow = max(0.2, math.cos(math.radians(middle)))
    high = max(least, (max(lats) - min(lats)) * 1.3, (max(lons) - min(lons)) * 1.3 * narrow / RATIO)
    if high > MOST_HIGH:
        # Nothing smaller than the world holds them all; a window cut short would push its outermost dots onto each other.
        return world(spots)
    wide = high * RATIO / narrow
    centre = (min(lons) + max(lons)) / 2
    window = (centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2)
    return Map(_box(window), _tiles(window), _dots(spots, window, RATIO, "r"), False)


def densest(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The places that one dot of the world map stands for, of the dot with most places; none where that is fewer than three."""
    world_map = world(spots)
    most = (
        max(world_map.dots, key=lambda dot: (len(dot.places), dot.count, dot.label), default=None)
        if world_map
        else None
    )
    if most is None or len(most.places) < 3:
        return ()
    members = {(place.href, place.label) for place in most.places}
    return tuple(spot for spot in spots if (spot.href, spot.label) in members)


def _tiles(window: tuple[float, float, float, float]) -> tuple[Tile, ...]:
    west, south, east, north = window
    out = []
    for lat in range(math.floor(south / TILE) * TILE, math.ceil(north / TILE) * TILE, TILE):
        for lon in range(math.floor(west / TILE) * TILE, math.ceil(east / TILE) * TILE, TILE):
            around = (lon + 180) % 360 - 180
            name = f"{'e' if around >= 0 else 'w'}{abs(around):03}{'n' if lat >= 0 else 's'}{abs(lat):02}"
            if name in TILES:
                # A hair larger than it is, so that no seam shows between two tiles.
                size = _units(TILE + 0.02)
                out.append(Tile(f"assets/map/{name}.svg", _units(lon), _units(-lat - TILE), size, size))
    return tuple(out)


def _dots(
    spots: Sequence[Spot], window: tuple[float, float, float, float], ratio: float, anchor: str
) -> tuple[Dot, ...]:
    west, south, east, north = window
    groups: list[tuple[float, float, list[Spot]]] = []
    for spot in sorted(spots, key=lambda s: (-s.count, s.label, s.href)):
        x = (spot.lon - west) / (east - west) * 100
        y = (north - spot.lat) / (north - south) * 100
        for group_x, group_y, members in groups:
            if abs(x - group_x) < APART and abs(y - group_y) < APART * ratio:
                members.append(spot)
                break
        else:
            groups.append((x, y, [spot]))
    return tuple(
        Dot(
            _percent(x),
            _percent(y),
            members[0].label,
            f"{anchor}{number}",
            sum(s.count for s in members),
            _marked(members),
        )
        for number, (x, y, members) in enumerate(groups, 1)
    )


def _marked(spots: Sequence[Spot]) -> tuple[Marked, ...]:
    return tuple(Marked(spot.href, spot.label, spot.count) for spot in spots)


def _box(window: tuple[float, float, float, float]) -> str:
    west, south, east, north = window
    return f"{_units(west)} {_units(-north)} {_units(east - west)} {_units(north - south)}"


def _units(degrees: float) -> str:
    return f"{degrees * UNIT:.2f}".rstrip("0").rstrip(".")


def _percent(value: float) -> str:
    return f"{min(100.0, max(0.0, value)):.2f}".rstrip("0").rstrip(".") + "%"
