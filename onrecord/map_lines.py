"""Lines on a flat map: cut off at the edges of a box, simplified, written as the path of an SVG. A point is (longitude, latitude)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

Point = tuple[float, float]
Line = list[Point]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


def simplified(line: Line, tolerance: float) -> Line:
    """The line without the points that it passes anyway (Douglas and Peucker, 1973); of a ring four points stay at least."""
    if len(line) <= 4:
        return line
    keep = {0, len(line) - 1}
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: math.dist(line[0], line[i]))
        beside = max(range(len(line)), key=lambda i: _off(line[i], line[0], line[far]))
        keep |= {far, beside}
    marks = sorted(keep)
    stretches = list(pairwise(marks))
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        farthest = max(range(first + 1, last), key=lambda i: _off(line[i], line[first], line[last]))
        if _off(line[farthest], line[first], line[last]) > tolerance:
            keep.add(farthest)
            stretches += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a straight line between two others."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    at = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    return math.hypot(x - ax - at * (bx - ax), y - ay - at * (by - ay))


def inside(ring: Line, box: Box) -> Line:
    """The part of a ring that lies in a box (Sutherland and Hodgman, 1974): where it leaves the box it runs along the edge."""
    west, south, east, north = box
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        cut: Line = []
        for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
            is_in, was_in = (point[axis] - bound) * sign >= 0, (before[axis] - bound) * sign >= 0
            if is_in != was_in:
                cut.append(_crossing(before, point, axis, bound))
            if is_in:
                cut.append(point)
        ring = cut
    return ring


def pieces(line: Line, box: Box) -> Iterator[Line]:
    """The parts of a line that lie in a box."""
    west, south, east, north = box
    parts = [line]
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        cut: list[Line] = []
        for part in parts:
            piece: Line = []
            for number, point in enumerate(part):
                is_in = (point[axis] - bound) * sign >= 0
                if number and is_in != ((part[number - 1][axis] - bound) * sign >= 0):
                    piece.append(_crossing(part[number - 1], point, axis, bound))
                if is_in:
                    piece.append(point)
                elif piece:
                    cut.append(piece)
                    piece = []
            if piece:
                cut.append(piece)
        parts = cut
    yield from parts


def _crossing(start: Point, end: Point, axis: int, bound: float) -> Point:
    share = (bound - start[axis]) / (end[axis] - start[axis])
    x, y = (start[i] + share * (end[i] - start[i]) for i in (0, 1))
    return (bound, y) if axis == 0 else (x, bound)


def turned(lines: Iterable[Line], box: Box) -> Iterator[Line]:
    """The lines once for each whole turn at which they may meet the box."""
    for line in lines:
        lons = [lon for lon, _ in line]
        for turn in range(
            math.floor((box[0] - max(lons)) / 360) * 360, math.ceil((box[2] - min(lons)) / 360) * 360 + 1, 360
        ):
            if min(lons) + turn <= box[2] and max(lons) + turn >= box[0]:
                yield [(lon + turn, lat) for lon, lat in line]


def drawn(lines: Iterable[Line], box: Box, units: int, is_ring: bool) -> str:
    """Lines as the `d` of a path, in whole units from the upper left corner of the box."""
    out = []
    for line in lines:
        points: list[tuple[int, int]] = []
        for lon, lat in line:
            point = (round((lon - box[0]) * units), round((box[3] - lat) * units))
            if not points or points[-1] != point:
                points.append(point)
        if is_ring and len(points) > 1 and points[0] == points[-1]:
            points.pop()
        if len(points) < (3 if is_ring else 2):
            continue
        (x, y), steps = points[0], []
        for (ax, ay), (bx, by) in pairwise(points):
            steps.append(f"{bx - ax} {by - ay}")
        out.append(f"M{x} {y}l{' '.join(steps)}{'z' if is_ring else ''}".replace(" -", "-"))
    return "".join(out)
