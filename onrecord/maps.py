"""Coordinates → the geometry of small maps; templates draw them as inline SVG over outlines that stand in assets/map/.

The projection is plate carrée: x is the longitude, y the latitude turned upside down. A map's box is as much narrower as its latitude
asks, so that shapes near its middle are true; every map is a thousand units wide, so that borders are as thick on all of them. Dots and
their names stand at percentages, moved by pixels, and are laid out for the narrowest screen and once more for a wide one. On a larger
drawing they stand further apart, never nearer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Annotated

import msgspec

from onrecord import map_tiles
from onrecord.map_labels import Box, apart, label_width, number_width

UNITS_WIDE = 1000
TILE, BORDER_TILE = 20, 40
# world.svg: all of it. Beyond 58° S is Antarctica alone, which is drawn where a place is there.
_WORLD = (-180.0, -58.0, 180.0, 84.0)
_WHOLE_WORLD = (-180.0, -90.0, 180.0, 90.0)
RATIO = 1.5
"""Width to height of a local map; the style sheet gives the drawing the same shape."""
MOST_HIGH = 100.0
"""Degrees of latitude beyond which a map is the world's."""
NEAR = 30.0
"""Degrees of latitude in which places are near each other: one map shows them all."""
MOST_TILES = 16
"""Files of the outlines that a local map is drawn with at most: one of a wider part of the world has the outlines of the world's map, which
are coarser and two files."""
NARROW, WIDE = 286, 638
"""Pixels of width for which dots are laid out: a map on a screen of 320, and one of 40rem; its rule is a pixel on each side."""
DOT = 26
"""Height of a dot in pixels, and its least width."""
BESIDE = 1
"""Pixels between a dot and the ring beside it."""
SMALL_DOT = 16
"""Height and width of the dot of a map that shows one place."""
PLAIN_DOT = 10
"""Height and width of a dot without a number on a map of many places."""
REACH = 36
"""Pixels that a place may lie from the dot with a number that stands for it. Where one lies further, the numbers are left to the list:
dots wide enough for them would run into each other across continents, and draw places where they are not."""


class Tile(msgspec.Struct, frozen=True):
    """A piece of the outline."""

    href: Annotated[str, "address of the image, relative to the top of the site (`page.top`)"]
    x: Annotated[str, "left edge in the map's units"]
    y: Annotated[str, "upper edge in the map's units"]
    width: Annotated[str, "width in the map's units"]
    height: Annotated[str, "height in the map's units"]


class Spot(msgspec.Struct, frozen=True):
    """A place as a map is given it: its slug, its name, the address of its page, WGS 84 decimal degrees, the slugs of its releases, and
    whether it is an area with places in it, such as a country."""

    slug: str
    label: str
    href: str
    lat: float
    lon: float
    releases: frozenset[str] = frozenset()
    is_area: bool = False


class Marked(msgspec.Struct, frozen=True):
    """A place on a map."""

    href: Annotated[str, "address of its page; empty where it has none"]
    label: Annotated[str, "what the place is called"]
    count: Annotated[int, "how many releases name it"]


class Caption(msgspec.Struct, frozen=True):
    """The name beside a dot, in pixels from the dot's middle."""

    x: Annotated[int, "to the right"]
    y: Annotated[int, "downwards, to the foot of the letters"]
    anchor: Annotated[str, "SVG text-anchor: start, middle or end"]
    label: Annotated[str, "what the place with most releases is called"]
    more: Annotated[int, "how many more places the dot, or it and the ring beside it, stand for"]


class Dot(msgspec.Struct, frozen=True):
    """One place, or several that stand too close together to be told apart; areas are never among places, but have a ring beside them."""

    x: Annotated[str, "from the left in percent, as text"]
    y: Annotated[str, "from the top in percent, as text"]
    aside: Annotated[
        int, "pixels by which its middle is moved to the right, so that it is on the map and on no other dot"
    ]
    below: Annotated[int, "pixels by which it is moved downwards"]
    width: Annotated[int, "width in pixels, wide enough for the count"]
    height: Annotated[int, "height in pixels"]
    caption: Annotated[Caption | None, "its name; none where there is no room"]
    is_area: Annotated[bool, "true for a country or another area with places in it, to be drawn as a ring"]
    has_number: Annotated[bool, "whether its count stands in it"]
    anchor: Annotated[str, "fragment of its line in the list"]
    count: Annotated[int, "how many releases name one of the places, each release once"]
    places: Annotated[tuple[Marked, ...], "the places, those with most releases first"]


class Cluster(msgspec.Struct, frozen=True):
    """What a dot of the wide drawing, and the ring beside it, stand for."""

    anchor: Annotated[str, "its fragment"]
    count: Annotated[int, "how many releases name one of the places or areas, each release once"]
    areas: Annotated[tuple[Marked, ...], "countries and other areas, those with most releases first"]
    places: Annotated[tuple[Marked, ...], "places, those with most releases first"]


class Line(msgspec.Struct, frozen=True):
    """What a dot of the narrow drawing, and the ring beside it, stand for."""

    anchor: Annotated[str, "its fragment"]
    clusters: Annotated[tuple[Cluster, ...], "the dots of the wide drawing at its place"]


class Map(msgspec.Struct, frozen=True):
    """A map with its dots."""

    box: Annotated[str, "the `viewBox` of the outline"]
    tiles: Annotated[tuple[Tile, ...], "the pieces of the outline"]
    borders: Annotated[tuple[Tile, ...], "the pieces of the borders; they lie over the outline"]
    dots: Annotated[tuple[Dot, ...], "the dots; they never overlap"]
    wide_dots: Annotated[
        tuple[Dot, ...], "the dots where the map is at least 40rem wide; empty where they are those of `dots`"
    ]
    lines: Annotated[tuple[Line, ...], "the list of all places, by dots, those with most releases first"]
    world: Annotated[bool, "true for the whole world"]
    whole: Annotated[bool, "true for the world with Antarctica"]
    anchor: Annotated[str, "a letter that no other map of the page has, for ids"]


class Window(msgspec.Struct, frozen=True):
    """A part of the world, in degrees, and the width to the height of its drawing."""

    west: float
    south: float
    east: float
    north: float
    ratio: float

    def holds(self, spot: Spot) -> bool:
        """Whether a place lies in it."""
        return self.south <= spot.lat <= self.north and (spot.lon - self.west) % 360 <= self.east - self.west

    def place(self, spot: Spot, wide: float) -> tuple[float, float]:
        """Where a place is, in pixels of a drawing so many pixels wide."""
        lon = self.west + (spot.lon - self.west) % 360 if self.east - self.west < 360 else spot.lon
        if lon > self.east:  # only by what rounding does to a place on the edge
            lon = self.east if lon - self.east < self.west + 360 - lon else self.west
        x = (lon - self.west) / (self.east - self.west) * wide
        y = (self.north - spot.lat) / (self.north - self.south) * wide / self.ratio
        return min(wide, max(0.0, x)), min(wide / self.ratio, max(0.0, y))


def world(spots: Sequence[Spot]) -> Map | None:
    """The world with these places; None where there are none."""
    if not spots:
        return None
    window = window_of_world(spots)
    whole = window.south == _WHOLE_WORLD[1]
    outlines = _of_world("world", window), _of_world("world-borders", window)
    return _map(window, spots, *outlines, "w", is_world=True, whole=whole)


def window_of_world(spots: Sequence[Spot]) -> Window:
    """The world as these places need it: with Antarctica, where one of them lies there."""
    whole = any(not _WORLD[1] <= spot.lat <= _WORLD[3] for spot in spots)
    west, south, east, north = _WHOLE_WORLD if whole else _WORLD
    return Window(west, south, east, north, (east - west) / (north - south))


def around(spots: Sequence[Spot], least: float = 6.0, also: Sequence[Spot] = (), *, alone: bool = False) -> Map | None:
    """A map just large enough for these places and those in `also`, which are not drawn, at least `least` degrees high, or the world; None
    where there are none. On a map of a place `alone` the dot is small and has no number."""
    if not spots:
        return None
    window = window_of((*spots, *also), least, MOST_HIGH)
    # Where nothing smaller than the world holds them all, a window cut short would push its outermost dots onto each other.
    return _local(window, spots, alone=alone) if window else world(spots)


def part(spots: Sequence[Spot]) -> tuple[Map, tuple[Spot, ...]] | None:
    """A map of all places where they lie near each other, else of the surroundings of the dot of the wide map of the world with most
    places, with every place there; None where that is fewer than three. With it the places that it shows."""
    window = densest(spots)
    if window is None:
        return None
    shown = tuple(spot for spot in spots if window.holds(spot))
    return _local(window, shown), shown


def densest(spots: Sequence[Spot], ratio: float = RATIO) -> Window | None:
    """The part of the world that `part` shows; None where it shows none."""
    if not spots:
        return None
    window = window_of(spots, 6.0, NEAR, ratio)
    if window is None:
        world_window = window_of_world(spots)
        groups = laid_out([Group([spot], numbered) for spot in sorted(spots, key=order)], world_window, WIDE)
        members = max((group.spots for group in groups), key=len)
        window = window_of(members, 6.0, MOST_HIGH, ratio) if len(members) > 2 else None
    return window


def window_of(spots: Sequence[Spot], least: float, most: float, ratio: float = RATIO) -> Window | None:
    """The part of the world that is just large enough, at least and at most so many degrees high; None where more is needed."""
    lats, lons = [spot.lat for spot in spots], _run_on([spot.lon for spot in spots])
    middle = (min(lats) + max(lats)) / 2
    narrow = max(0.2, math.cos(math.radians(middle)))
    high = max(least, (max(lats) - min(lats)) * 1.3, (max(lons) - min(lons)) * 1.3 * narrow / ratio)
    wide = high * ratio / narrow
    if high > most or wide > 300:
        return None
    centre = (min(lons) + max(lons)) / 2
    # Beyond a pole there is nothing to be shown.
    middle = min(90 - high / 2, max(high / 2 - 90, middle))
    return Window(centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2, ratio)


def _local(window: Window, spots: Sequence[Spot], *, alone: bool = False) -> Map:
    tiles, borders = tuple(_land(window)), tuple(_borders(window))
    if len(tiles) + len(borders) > MOST_TILES:
        tiles, borders = _of_world("world", window), _of_world("world-borders", window)
    return _map(window, spots, tiles, borders, "r", alone=alone)


def _run_on(lons: Sequence[float]) -> list[float]:
    """Longitudes on the shortest stretch that holds them all, which may run on past 180°."""
    ordered = sorted(set(lons))
    # What lies before the widest gap is moved behind it; the first of equal gaps is the one around 180°.
    gaps = [ordered[0] + 360 - ordered[-1], *(after - before for before, after in pairwise(ordered))]
    first = ordered[gaps.index(max(gaps))]
    return [lon if lon >= first else lon + 360 for lon in lons]


# ---- outlines ------------------------------------------------------------------------------------------------------------------


def _land(window: Window) -> Iterator[Tile]:
    for name, lon, lat in _names(window, TILE):
        if name in map_tiles.LAND:
            yield _side(f"assets/map/{name}.svg", window, lon, lat, TILE)
        elif name in map_tiles.ALL_LAND:
            yield _side("assets/map/land.svg", window, lon, lat, TILE)


def _borders(window: Window) -> Iterator[Tile]:
    for name, lon, lat in _names(window, BORDER_TILE):
        if name in map_tiles.BORDERS:
            yield _side(f"assets/map/{name}-borders.svg", window, lon, lat, BORDER_TILE)


def _of_world(name: str, window: Window) -> tuple[Tile, ...]:
    """An outline of the whole world in a window, and beside it once more where the window runs on past 180°."""
    wests = [west for west in (-540, -180, 180) if west < window.east and west + 360 > window.west]
    return tuple(_tile(f"assets/map/{name}.svg", window, west, -90, 360, 180) for west in wests)


def _names(window: Window, side: int) -> Iterator[tuple[str, int, int]]:
    """The name of each tile of a window, and its south-western corner."""
    # Tiles begin at 180° W; 180 is a multiple of no side of 40.
    first = math.floor((window.west + 180) / side) * side - 180
    for lat in range(math.floor(window.south / side) * side, math.ceil(window.north / side) * side, side):
        for lon in range(first, math.ceil(window.east), side):
            around = (lon + 180) % 360 - 180
            yield f"{'e' if around >= 0 else 'w'}{abs(around):03}{'n' if lat >= 0 else 's'}{abs(lat):02}", lon, lat


def _side(href: str, window: Window, lon: int, lat: int, side: int) -> Tile:
    # A file reaches a hair beyond its eastern and southern edge, so that no seam shows between two.
    return _tile(href, window, lon, lat - 0.08, side + 0.08, side + 0.08)


def _tile(href: str, window: Window, west: float, south: float, wide: float, high: float) -> Tile:
    across = UNITS_WIDE / (window.east - window.west)
    down = UNITS_WIDE / window.ratio / (window.north - window.south)
    x, y = (west - window.west) * across, (window.north - south - high) * down
    return Tile(href, _units(x), _units(y), _units(wide * across), _units(high * down))


# ---- dots ----------------------------------------------------------------------------------------------------------------------


def _map(
    window: Window,
    spots: Sequence[Spot],
    tiles: tuple[Tile, ...],
    borders: tuple[Tile, ...],
    anchor: str,
    *,
    is_world: bool = False,
    whole: bool = False,
    alone: bool = False,
) -> Map:
    sorted_spots = sorted(spots, key=order)
    narrow, wide = (
        laid_out_twice(sorted_spots, small, window, NARROW, WIDE) if alone else _numbered_or_plain(sorted_spots, window)
    )
    number_of = {spot.slug: number for number, group in enumerate(narrow, 1) for spot in group.spots}
    within: dict[int, list[Group]] = {}
    for group in wide:
        within.setdefault(number_of[group.leader.slug], []).append(group)
    anchors = {
        group.leader.slug: f"{anchor}{number}-{place}" if len(groups) > 1 else f"{anchor}{number}"
        for number, groups in within.items()
        for place, group in enumerate(groups, 1)
    }
    lines = tuple(
        Line(f"{anchor}{number}", tuple(_cluster(group, anchors[group.leader.slug]) for group in within[number]))
        for number in range(1, len(narrow) + 1)
    )
    dots = tuple(dots_of(narrow, window, NARROW, [line.anchor for line in lines]))
    wide_dots = tuple(dots_of(wide, window, WIDE, [anchors[group.leader.slug] for group in wide]))
    return Map(
        box=f"0 0 {UNITS_WIDE} {_units(UNITS_WIDE / window.ratio)}",
        tiles=tiles,
        borders=borders,
        dots=dots,
        wide_dots=() if wide_dots == dots else wide_dots,
        lines=lines,
        world=is_world,
        whole=whole,
        anchor=anchor,
    )


def _numbered_or_plain(spots: Sequence[Spot], window: Window) -> tuple[list[Group], list[Group]]:
    """The groups in the narrow and in the wide drawing, each with numbers where no place is then drawn far from where it lies."""

    def drawn(places: Sequence[Sequence[Spot]], wide: int) -> list[Group]:
        groups = laid_out([Group(each, numbered) for each in places], window, wide)
        if all(
            math.dist(window.place(spot, wide), (group.box.x, group.box.y)) <= REACH
            for group in groups
            for spot in group.spots
        ):
            return groups
        return laid_out([Group(each, plain) for each in places], window, wide)

    on_wide = drawn([[spot] for spot in spots], WIDE)
    return drawn([group.spots for group in on_wide], NARROW), on_wide


Size = Callable[[int], tuple[int, int]]
"""How wide and high a dot is, in pixels, that stands for so many releases."""


def numbered(count: int) -> tuple[int, int]:
    """A dot that holds its number."""
    return max(DOT, number_width(count)), DOT


def small(_count: int) -> tuple[int, int]:
    """A dot without a number."""
    return SMALL_DOT, SMALL_DOT


def plain(_count: int) -> tuple[int, int]:
    """A dot without a number among many."""
    return PLAIN_DOT, PLAIN_DOT


class Group:
    """Places that are drawn at one point, that of the one with most releases: a dot for the places, a ring beside it for the areas."""

    def __init__(self, spots: Sequence[Spot], size: Size) -> None:
        self.spots = sorted(spots, key=order)
        self.leader = self.spots[0]
        self.parts = tuple(
            part for wanted in (False, True) if (part := [spot for spot in self.spots if spot.is_area == wanted])
        )
        self.size = size
        self.count = _count(self.spots)
        self.sizes = tuple(size(_count(part)) for part in self.parts)
        self.width = sum(width for width, _ in self.sizes) + BESIDE * (len(self.parts) - 1)
        self.height = max(height for _, height in self.sizes)
        self.box = Box(0, 0, 0, 0, 0, 0)

    def put(self, window: Window, wide: float) -> None:
        """Gives it its box in a drawing so many pixels wide, on the map whole."""
        x, y = window.place(self.leader, wide)
        half, tall = self.width / 2 + 1, self.height / 2 + 1
        aside = min(wide - half, max(half, x)) - x
        below = min(wide / window.ratio - tall, max(tall, y)) - y
        self.box = Box(x, y, aside - half, below - tall, aside + half, below + tall)


def _count(spots: Sequence[Spot]) -> int:
    """How many releases name one of some places, each release once."""
    return (
        len(spots[0].releases) if len(spots) == 1 else len(frozenset[str]().union(*(spot.releases for spot in spots)))
    )


def laid_out(groups: Sequence[Group], window: Window, wide: float) -> list[Group]:
    """The groups in a drawing so many pixels wide, those joined that would overlap; those with most releases first."""
    laid: list[Group] = []
    for group in groups:
        group.put(window, wide)
        while near := next((other for other in laid if not apart(group.box, other.box)), None):
            laid.remove(near)
            group = Group([*near.spots, *group.spots], group.size)
            group.put(window, wide)
        laid.append(group)
    return sorted(laid, key=lambda group: (-group.count, *order(group.leader)))


def laid_out_twice(
    spots: Sequence[Spot], size: Size, window: Window, narrow: int, wide: int
) -> tuple[list[Group], list[Group]]:
    """The groups in a narrow and in a wide drawing, so many pixels wide; what is joined on the wide one is joined on the narrow one."""
    on_wide = laid_out([Group([spot], size) for spot in spots], window, wide)
    return laid_out([Group(group.spots, size) for group in on_wide], window, narrow), on_wide


def order(spot: Spot) -> tuple[int, str, str]:
    """Most releases first."""
    return -len(spot.releases), spot.label, spot.slug


def _captions(groups: Sequence[Group], window: Window, wide: int, most: int) -> Iterator[Caption | None]:
    """A name for each group for which there is room beside, above or below it, for at most so many: it never covers a dot, another name or
    the edge. Places are from the middle of the group."""
    high = wide / window.ratio
    taken = [group.box for group in groups]
    for group in groups:
        if len(taken) - len(groups) >= most:
            yield None
            continue
        box, more = group.box, len(group.spots) - 1
        middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        long = label_width(group.leader.label) + (label_width(f" +{more}") if more else 0)
        side, edge = group.width / 2 + 4, group.height / 2 + 2
        options = (
            (side, side + long, 0.0, side, 4.0, "start"),
            (-side - long, -side, 0.0, -side, 4.0, "end"),
            (-long / 2, long / 2, -edge - 8, 0.0, -edge - 4, "middle"),
            (-long / 2, long / 2, edge + 8, 0.0, edge + 12, "middle"),
        )
        chosen = None
        for left, right, level, x, y, anchor in options:
            own = Box(box.x, box.y, middle_x + left, middle_y + level - 9, middle_x + right, middle_y + level + 9)
            is_inside = (
                box.x + own.left >= 1
                and box.x + own.right <= wide - 1
                and box.y + own.top >= 1
                and box.y + own.bottom <= high - 1
            )
            if is_inside and all(other is box or apart(own, other) for other in taken):
                chosen = Caption(round(x), round(y), anchor, group.leader.label, more)
                taken.append(own)
                break
        yield chosen


def dots_of(
    groups: Sequence[Group], window: Window, wide: int, anchors: Sequence[str], captions: int = 1000
) -> Iterator[Dot]:
    """The dots of groups in a drawing so many pixels wide, at most so many of them with a name."""
    named = _captions(groups, window, wide, captions)
    for group, caption, anchor in zip(groups, named, anchors, strict=True):
        box = group.box
        middle = (box.left + box.right) / 2
        left = middle - group.width / 2
        for part, (width, height) in zip(group.parts, group.sizes, strict=True):
            aside, left = round(left + width / 2), left + width + BESIDE
            yield Dot(
                x=_percent(box.x / wide),
                y=_percent(box.y * window.ratio / wide),
                aside=aside,
                below=round((box.top + box.bottom) / 2),
                width=width,
                height=height,
                caption=caption and msgspec.structs.replace(caption, x=caption.x + round(middle) - aside),
                is_area=part[0].is_area,
                has_number=group.size is numbered,
                anchor=anchor,
                count=_count(part),
                places=_marked(part),
            )
            caption = None


def _cluster(group: Group, anchor: str) -> Cluster:
    of_kind = [tuple(spot for spot in group.spots if spot.is_area == wanted) for wanted in (True, False)]
    return Cluster(anchor, group.count, *map(_marked, of_kind))


def _marked(spots: Sequence[Spot]) -> tuple[Marked, ...]:
    return tuple(Marked(spot.href, spot.label, len(spot.releases)) for spot in spots)


def _units(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _percent(share: float) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"
