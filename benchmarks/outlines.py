#!/usr/bin/env python3
"""Writes the outlines of templates/assets/map/ from the npm package world-atlas (ISC), and the list of them in onrecord/map_tiles.py
(standard library only).

  npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
  python benchmarks/outlines.py package

The package holds TopoJSON, in which polygons run on across the antimeridian and around the South Pole, as they do on a globe. Drawn
point by point on a flat map, such a polygon draws a strip across all oceans and colours the sea for the land. So each ring is unrolled
here until its longitudes run on, one that goes around a pole is closed along it, and what lies beyond an edge of the picture is cut off
there and drawn again at the other side. Borders are files of their own, so that a reader can switch them off.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT, LIST = ROOT / "templates" / "assets" / "map", ROOT / "onrecord" / "map_tiles.py"

Point = tuple[float, float]
Line = list[Point]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

WORLD: Box = (-180, -90, 180, 90)
TILE, BORDER_TILE = 20, 40
"""Degrees: borders are a tenth of the bytes of coasts, so fewer files hold them."""
WORLD_UNITS, TILE_UNITS = 5, 25
"""Units a degree: a fifth of a degree is half a pixel of a map of the world, a twenty-fifth three of the largest local map."""
OVERLAP = 0.08
"""Degrees by which a tile reaches beyond its eastern and southern edge, so that no seam shows between two."""
WORLD_TOLERANCE, TILE_TOLERANCE = 0.12, 0.02
"""Degrees by which a simplified line may pass a point."""

LAND = "<style>path{fill:#ddd7c7}@media(prefers-color-scheme:dark){path{fill:#343941}}@media print{path{fill:#ddd7c7}}</style>"
BORDERS = (
    "<style>path{fill:none;stroke:#857e6e;stroke-width:.8;vector-effect:non-scaling-stroke}"
    "@media(prefers-color-scheme:dark){path{stroke:#8b919b}}@media print{path{stroke:#857e6e}}</style>"
)


def arcs_of(topology: dict[str, Any], tolerance: float) -> list[Line]:
    """The lines that a topology is made of, in degrees, each unrolled and simplified: what meets at their ends still does."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + shift_x, y * scale_y + shift_y))
        lines.append(simplified(unrolled(line), tolerance))
    return lines


def unrolled(line: Sequence[Point]) -> Line:
    """The line with longitudes that run on past 180°: no step is longer than half a turn."""
    out = [line[0]]
    for lon, lat in line[1:]:
        before = out[-1][0]
        out.append((lon + 360 * round((before - lon) / 360), lat))
    return out


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


def polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    """The polygons of a geometry, each as its rings, each as the numbers of its arcs."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from polygons(part)
    elif geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def rings(topology: dict[str, Any], arcs: Sequence[Line]) -> list[Line]:
    """The rings of all land, unrolled; one that goes around a pole is closed along the edge of the map."""
    out = []
    for polygon in polygons(topology["objects"]["land"]):
        for numbers in polygon:
            ring: Line = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1:] if ring else arc
            ring = unrolled(ring)
            turn = round((ring[-1][0] - ring[0][0]) / 360) * 360
            if turn:
                pole = -90.0 if sum(lat for _, lat in ring) < 0 else 90.0
                ring = [*ring, (ring[-1][0], pole), (ring[0][0], pole)]
            out.append(ring)
    return out


def borders(topology: dict[str, Any], arcs: Sequence[Line]) -> list[Line]:
    """The lines that two countries share."""
    owners: dict[int, set[int]] = defaultdict(set)
    for owner, country in enumerate(topology["objects"]["countries"]["geometries"]):
        for polygon in polygons(country):
            for number in (number for ring in polygon for number in ring):
                owners[number if number >= 0 else ~number].add(owner)
    return [arcs[number] for number in sorted(owners) if len(owners[number]) > 1]


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


def svg(style: str, path: str, box: Box, units: int) -> str:
    """A file with one path."""
    wide, high = round((box[2] - box[0]) * units), round((box[3] - box[1]) * units)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'preserveAspectRatio="none">{style}<path d="{path}"/></svg>\n'
    )


def name(west: int, south: int) -> str:
    """What the tile with this south-western corner is called."""
    return f"{'e' if west >= 0 else 'w'}{abs(west):03}{'n' if south >= 0 else 's'}{abs(south):02}"


def files(package: Path) -> tuple[dict[str, str], frozenset[str]]:
    """Every file of templates/assets/map/ by its name, and the tiles that are all land, which share one file."""
    out: dict[str, str] = {}
    full: list[str] = []

    def land(called: str, box: Box, units: int, topology: dict[str, Any], arcs: Sequence[Line]) -> None:
        path = drawn((inside(ring, box) for ring in turned(rings(topology, arcs), box)), box, units, True)
        if path:
            out[called] = svg(LAND, path, box, units)

    def lines(called: str, box: Box, units: int, topology: dict[str, Any], arcs: Sequence[Line]) -> None:
        shared = (part for line in turned(borders(topology, arcs), box) for part in pieces(line, box))
        path = drawn(shared, box, units, False)
        if path:
            out[f"{called}-borders"] = svg(BORDERS, path, box, units)

    world = json.loads((package / "countries-110m.json").read_bytes())
    arcs = arcs_of(world, WORLD_TOLERANCE)
    land("world", WORLD, WORLD_UNITS, world, arcs)
    lines("world", WORLD, WORLD_UNITS, world, arcs)
    near = json.loads((package / "countries-50m.json").read_bytes())
    arcs = arcs_of(near, TILE_TOLERANCE)
    for south in range(-100, 100, TILE):
        for west in range(-180, 180, TILE):
            box = (west, south - OVERLAP, west + TILE + OVERLAP, south + TILE)
            if is_full(box, [ring for whole in turned(rings(near, arcs), box) if (ring := inside(whole, box))]):
                full.append(name(west, south))
            else:
                land(name(west, south), box, TILE_UNITS, near, arcs)
    for south in range(-80, 80, BORDER_TILE):
        for west in range(-180, 180, BORDER_TILE):
            box = (west, south - OVERLAP, west + BORDER_TILE + OVERLAP, south + BORDER_TILE)
            lines(name(west, south), box, TILE_UNITS, near, arcs)
    side = round((TILE + OVERLAP) * TILE_UNITS)
    out["land"] = svg(LAND, f"M0 0h{side}v{side}h-{side}z", (0, 0, TILE + OVERLAP, TILE + OVERLAP), TILE_UNITS)
    return {f"{called}.svg": text for called, text in out.items()}, frozenset(full)


def is_full(box: Box, of: Sequence[Line]) -> bool:
    """Whether rings in a box fill it, as far as it lies between the poles."""
    area = abs(sum(ax * by - bx * ay for ring in of for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2
    return area > (box[2] - box[0]) * (min(box[3], 90) - max(box[1], -90)) * 0.99999


def listed(names: Iterable[str]) -> str:
    """The names as an expression, in lines of at most 120 characters."""
    lines, line = [], ""
    for each in sorted(names):
        if len(line) + len(each) > 105:
            lines.append(line)
            line = ""
        line += f"{each} "
    return "    (\n" + "".join(f'        "{part}"\n' for part in [*lines, line]) + "    ).split()\n"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked package world-atlas")
    made, full = files(parser.parse_args().package)
    for old in OUT.glob("*.svg"):
        old.unlink()
    for path, text in made.items():
        (OUT / path).write_text(text, encoding="utf-8", newline="\n")
    stems = {path.removesuffix(".svg") for path in made} - {"world", "world-borders", "land"}
    lists = {
        "LAND": (
            stems - {stem for stem in stems if stem.endswith("-borders")},
            "Tiles of 20 degrees that hold a coast.",
        ),
        "ALL_LAND": (full, "Tiles of 20 degrees that are all land, as far as the poles: they share land.svg."),
        "BORDERS": (
            {stem.removesuffix("-borders") for stem in stems if stem.endswith("-borders")},
            "Tiles of 40 degrees that hold a border.",
        ),
    }
    head = '"""The tiles of templates/assets/map/, named after their south-western corner; written by benchmarks/outlines.py."""\n'
    LIST.write_text(
        head
        + "".join(f'\n{key} = frozenset(\n{listed(names)})\n"""{words}"""\n' for key, (names, words) in lists.items()),
        encoding="utf-8",
        newline="\n",
    )


if __name__ == "__main__":
    main()
