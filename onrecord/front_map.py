"""Coordinates → the small map of the front page: one drawing with its own outlines in it, for which nothing else is fetched.

It shows the part of the world in which two thirds of the releases that name a place have one, where there is such a part, else all of it.
A dot has no number: the more releases, the larger it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Annotated

import msgspec

from onrecord import map_outlines, maps
from onrecord.map_lines import Box, Line, drawn, inside, pieces, simplified
from onrecord.map_shapes import near
from onrecord.maps import Dot, Spot, Window

RATIO = 2.0
"""Width to height of a map of a part of the world; the style sheet gives the drawing the same shape."""
NARROW, WIDE = 286, 470
"""Pixels of width for which dots are laid out: on a screen of 320, and in the column beside a chart."""
NARROW_NAMES, WIDE_NAMES = 5, 10
"""How many dots have a name at most."""
LEAST_DOT, MORE_DOT = 7, 11
"""Pixels of the smallest dot, and by how much that of all releases is larger. Its area grows with the releases."""
_UNITS_WIDE = 400.0
_TOLERANCE, _LEAST_AREA = 0.9, 3.0
"""By how many units a line may pass a point, and how many square units an island has at least."""


class FrontMap(msgspec.Struct, frozen=True):
    """The map of the front page."""

    box: Annotated[str, "the `viewBox` of the outlines"]
    land: Annotated[str, "the land as the `d` of a path"]
    borders: Annotated[str, "the borders as the `d` of a path; empty on a map of the world"]
    dots: Annotated[tuple[Dot, ...], "the dots, without links; they never overlap"]
    wide_dots: Annotated[tuple[Dot, ...], "the dots where the map is wider; empty where they are those of `dots`"]
    shape: Annotated[str, "`part`, `world`, or `whole` for the world with Antarctica: the shape of the drawing"]
    count: Annotated[int, "how many places it shows"]
    outside: Annotated[int, "how many more places have coordinates and lie elsewhere"]
    has_areas: Annotated[bool, "whether one of its places is a country or another area, drawn as a ring"]
    most: Annotated[tuple[str, ...], "what up to five of these places are called, those with most releases first"]


def front_map(spots: Sequence[Spot]) -> FrontMap | None:
    """The map of these places; None where there are fewer than two."""
    if len(spots) < 2:
        return None
    window, is_world = _window(spots)
    shown = sorted((spot for spot in spots if window.holds(spot)), key=maps.order)
    every = len(frozenset[str]().union(*(spot.releases for spot in shown)))

    def size(count: int) -> tuple[int, int]:
        across = LEAST_DOT + round(MORE_DOT * math.sqrt(count / max(1, every)))
        return across, across

    narrow, wide = maps.laid_out_twice(shown, size, window, NARROW, WIDE)
    dots = tuple(maps.dots_of(narrow, window, NARROW, [""] * len(narrow), NARROW_NAMES))
    wide_dots = tuple(maps.dots_of(wide, window, WIDE, [""] * len(wide), WIDE_NAMES))
    land, borders = _outlines(window, is_world)
    return FrontMap(
        box=f"0 0 {_UNITS_WIDE:g} {_UNITS_WIDE / window.ratio:g}",
        land=land,
        borders=borders,
        dots=dots,
        wide_dots=() if wide_dots == dots else wide_dots,
        shape="part" if not is_world else "whole" if window.ratio == 2 else "world",
        count=len(shown),
        outside=len(spots) - len(shown),
        has_areas=any(spot.is_area for spot in shown),
        most=tuple(spot.label for spot in shown[:5]),
    )


def _window(spots: Sequence[Spot]) -> tuple[Window, bool]:
    """The part of the world to be shown, and whether it is all of it."""
    near = maps.densest(spots, RATIO)
    if near:
        every = frozenset[str]().union(*(spot.releases for spot in spots))
        here = frozenset[str]().union(*(spot.releases for spot in spots if near.holds(spot)))
        if len(here) * 3 >= len(every) * 2 and sum(map(near.holds, spots)) > 1:
            return near, False
    around = maps.window_of(spots, 6.0, maps.MOST_HIGH / 2, RATIO)
    return (around, False) if around else (maps.window_of_world(spots), True)


@lru_cache(4)
def _outlines(window: Window, is_world: bool) -> tuple[str, str]:
    """Land and borders. Every language has the same window."""
    box = (window.west, window.south, window.east, window.north)
    rings = near(map_outlines.WORLD if is_world else map_outlines.LAND, box)
    cut = (_in_units(inside(ring, box), window) for ring in rings)
    land = drawn((ring for ring in _plain(cut) if _area(ring) >= _LEAST_AREA), _drawing(window), 1, True)
    if is_world:
        return land, ""
    parts = (_in_units(part, window) for line in near(map_outlines.BORDERS, box) for part in pieces(line, box))
    return land, drawn(_plain(parts), _drawing(window), 1, False)


def _drawing(window: Window) -> Box:
    return 0, 0, _UNITS_WIDE, _UNITS_WIDE / window.ratio


def _in_units(line: Line, window: Window) -> Line:
    """A line in units of the drawing, from its lower left corner, without the points that are too near the one before to be seen."""
    across = _UNITS_WIDE / (window.east - window.west)
    up = _UNITS_WIDE / window.ratio / (window.north - window.south)
    out: Line = []
    for lon, lat in line:
        point = ((lon - window.west) * across, (lat - window.south) * up)
        if not out or abs(point[0] - out[-1][0]) >= 0.5 or abs(point[1] - out[-1][1]) >= 0.5:
            out.append(point)
    return out


def _plain(lines: Iterable[Line]) -> Iterator[Line]:
    return (simplified(line, _TOLERANCE) for line in lines if len(line) > 1)


def _area(ring: Line) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2
