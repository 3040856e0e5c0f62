#!/usr/bin/env python3
"""Writes the outlines of templates/assets/map/ from the npm package world-atlas (ISC), the list of them in onrecord/map_tiles.py, and
the coarser ones of the small map on the front page in onrecord/map_outlines.py (standard library only).

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
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from onrecord.map_lines import Box, Line, Point, drawn, inside, pieces, simplified, turned  # noqa: E402

OUT, LIST = ROOT / "templates" / "assets" / "map", ROOT / "onrecord" / "map_tiles.py"
COARSE = ROOT / "onrecord" / "map_outlines.py"

WORLD: Box = (-180, -90, 180, 90)
TILE, BORDER_TILE = 20, 40
"""Degrees: borders are a tenth of the bytes of coasts, so fewer files hold them."""
WORLD_UNITS, TILE_UNITS = 5, 25
"""Units a degree: a fifth of a degree is half a pixel of a map of the world, a twenty-fifth three of the largest local map."""
OVERLAP = 0.08
"""Degrees by which a tile reaches beyond its eastern and southern edge, so that no seam shows between two."""
WORLD_TOLERANCE, TILE_TOLERANCE = 0.12, 0.02
"""Degrees by which a simplified line may pass a point."""
COARSE_UNITS, COARSE_TOLERANCE = 20, 0.04
"""The same for the outlines of onrecord/map_outlines.py: a twentieth of a degree is three pixels of its largest local map."""
COARSE_WORLD_TOLERANCE = 0.5
"""The same for its world, which is drawn some 700 pixels wide at most."""

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


def svg(style: str, path: str, box: Box, units: int) -> str:
    """A file with one path. Borders state no size of their own: what states one is drawn in it and enlarged, its lines with it."""
    wide, high = round((box[2] - box[0]) * units), round((box[3] - box[1]) * units)
    size = "" if style == BORDERS else f' width="{wide}" height="{high}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"{size} '
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


def coarse(package: Path) -> dict[str, list[str]]:
    """What onrecord/map_outlines.py holds: lists of lines as numbers in texts, by name."""
    near, world = (json.loads((package / f"countries-{scale}.json").read_bytes()) for scale in ("50m", "110m"))
    arcs = arcs_of(near, COARSE_TOLERANCE)
    lines = {
        "LAND": rings(near, arcs),
        "BORDERS": borders(near, arcs),
        "WORLD": [simplified(ring, COARSE_WORLD_TOLERANCE) for ring in rings(world, arcs_of(world, 0))],
    }
    return {called: [text for line in of if (text := as_steps(line))] for called, of in lines.items()}


def as_steps(line: Line) -> str:
    """A line as numbers: its first point, then the step to each next one; empty where it shrinks to a point."""
    points: list[tuple[int, int]] = []
    for lon, lat in line:
        point = (round(lon * COARSE_UNITS), round(lat * COARSE_UNITS))
        if not points or points[-1] != point:
            points.append(point)
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points)]
    return " ".join([f"{points[0][0]} {points[0][1]}", *steps]) if steps else ""


def wrapped(text: str) -> Iterator[str]:
    """A text of numbers in lines of at most 110 characters."""
    yield from textwrap.wrap(text, 110, break_on_hyphens=False)


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
    package = parser.parse_args().package
    made, full = files(package)
    for old in OUT.glob("*.svg"):
        old.unlink()
    for path, text in made.items():
        (OUT / path).write_text(text, encoding="utf-8", newline="\n")
    text = (
        '"""Coarse outlines of land and borders, for the small map of the front page; written by benchmarks/outlines.py.\n\n'
        f"Each line is numbers: longitude and latitude of its first point in {COARSE_UNITS} units a degree, then the step to each next "
        'point.\n"""\n\n'
        f"UNITS = {COARSE_UNITS}\n"
    )
    between = "\n"
    for key, lines in coarse(package).items():
        parts = (f'    """{between.join(wrapped(line))}""",\n' for line in lines)
        text += f"\n{key} = (\n{''.join(parts)})\n"
    COARSE.write_text(text, encoding="utf-8", newline="\n")
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
