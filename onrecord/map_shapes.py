"""The outlines of land and the borders as lines in degrees: those near a box, and how far a country reaches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise

from onrecord import map_outlines
from onrecord.map_lines import Box, Line, Point, turned

_DIRECTIONS = 48
"""In how many directions it is looked how far a country reaches."""
_NEAR, _FARTHEST = 12.0, 45.0
"""Degrees in which it is looked first, which is enough for most countries, and beyond which nothing is looked for."""


def near(texts: tuple[str, ...], box: Box) -> Iterator[Line]:
    """The lines that may meet a box, at each whole turn."""
    return turned((line for line, south, north in _lines(texts) if north >= box[1] and south <= box[3]), box)


@lru_cache(512)
def reach(lon: float, lat: float) -> tuple[Point, ...]:
    """The points on the nearest coast or border around a place, by direction: of the middle of a country about its outline. Nothing is
    asserted by it; it says how much a map has to show. Empty at sea, also where the middle of some islands lies there."""
    if not _is_on_land(lon, lat):
        return ()
    nearest = _distances(lon, lat, _NEAR)
    if max(nearest) >= _NEAR:
        nearest = _distances(lon, lat, _FARTHEST)
    return tuple(
        (
            lon + distance * math.cos(math.tau * direction / _DIRECTIONS),
            lat + distance * math.sin(math.tau * direction / _DIRECTIONS),
        )
        for direction, distance in enumerate(nearest)
        if distance < _FARTHEST
    )


def _distances(lon: float, lat: float, farthest: float) -> list[float]:
    """How far the nearest line is in each direction, at most `farthest`."""
    box = (lon - farthest, max(-90.0, lat - farthest), lon + farthest, min(90.0, lat + farthest))
    nearest = [farthest] * _DIRECTIONS
    for line in chain(near(map_outlines.LAND, box), near(map_outlines.BORDERS, box)):
        for (ax, ay), (bx, by) in pairwise((x - lon, y - lat) for x, y in line):
            for direction in _between(math.atan2(ay, ax), math.atan2(by, bx)):
                cos, sin = math.cos(math.tau * direction / _DIRECTIONS), math.sin(math.tau * direction / _DIRECTIONS)
                across = cos * (by - ay) - sin * (bx - ax)
                if across:
                    nearest[direction] = min(nearest[direction], abs((ax * (by - ay) - ay * (bx - ax)) / across))
    return nearest


def _is_on_land(lon: float, lat: float) -> bool:
    """Whether a place is within the outlines: a line from it to the east passes them an odd number of times."""
    passed = 0
    for ring in near(map_outlines.LAND, (lon, lat, lon, lat)):
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > lat) != (by > lat) and ax + (lat - ay) * (bx - ax) / (by - ay) > lon:
                passed += 1
    return passed % 2 == 1


def _between(start: float, end: float) -> Iterator[int]:
    """The directions between two angles, on the shorter way."""
    turn = (end - start + math.pi) % math.tau - math.pi
    low, high = (start, start + turn) if turn >= 0 else (start + turn, start)
    step = math.tau / _DIRECTIONS
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number % _DIRECTIONS


@cache
def _lines(texts: tuple[str, ...]) -> tuple[tuple[Line, float, float], ...]:
    """Lines in degrees from their numbers, each with its least and its greatest latitude."""
    out = []
    for text in texts:
        numbers = iter(map(int, text.split()))
        x = y = 0
        line: Line = []
        for dx, dy in zip(numbers, numbers, strict=True):
            x, y = x + dx, y + dy
            line.append((x / map_outlines.UNITS, y / map_outlines.UNITS))
        lats = [lat for _, lat in line]
        out.append((line, min(lats), max(lats)))
    return tuple(out)
