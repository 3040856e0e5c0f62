"""Maps: where dots stand, what is drawn as one, which names fit, and which outlines are asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord import map_shapes, map_tiles, maps
from onrecord.map_labels import label_width
from onrecord.maps import Dot, Map, Spot
from tests.invented import TEMPLATES

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.booleans())


def spots(*places: tuple[float, float, bool] | tuple[float, float]) -> list[Spot]:
    return [
        Spot(f"p{n}", f"P{n}", f"places/p{n}.html", lat, lon, frozenset({f"r{n}", f"r{n + 1}"}), bool(area and area[0]))
        for n, (lat, lon, *area) in enumerate(places)
    ]


def boxes(dots: tuple[Dot, ...], wide: float, high: float) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each dot and each name, on a drawing of this size."""
    for dot in dots:
        x = float(dot.x.removesuffix("%")) / 100 * wide + dot.aside
        y = float(dot.y.removesuffix("%")) / 100 * high + dot.below
        yield x - dot.width / 2, y - dot.height / 2, x + dot.width / 2, y + dot.height / 2
        if dot.caption:
            more = f" +{dot.caption.more}" if dot.caption.more else ""
            long = label_width(dot.caption.label) + (label_width(more) if more else 0)
            start = {"start": 0.0, "middle": -long / 2, "end": -long}[dot.caption.anchor] + x + dot.caption.x
            yield start, y + dot.caption.y - 10, start + long, y + dot.caption.y + 3


def test_without_coordinates_there_is_no_map() -> None:
    assert maps.world([]) is None
    assert maps.around([]) is None
    assert maps.part([]) is None


@given(st.lists(degrees, min_size=1, max_size=40))
@example([(0.0, 110.0, False), (0.0, 138.0, True), (0.0, -143.0, False)])
@example([(0.0, 180.0, True), (0.0, -180.0, False)])
def test_dots_and_names_keep_apart_at_every_size_and_stand_for_every_place(
    places: list[tuple[float, float, bool]],
) -> None:
    given = spots(*places)
    every = sorted((spot.label, spot.is_area) for spot in given)
    for drawn in (maps.world(given), maps.around(given)):
        assert drawn
        ratio = 2 if drawn.whole else 360 / 142 if drawn.world else maps.RATIO
        for dots, widths in ((drawn.dots, (286, 400, 637)), (drawn.wide_dots or drawn.dots, (638, 800, 1022))):
            assert sorted((place.label, dot.is_area) for dot in dots for place in dot.places) == every
            for wide in widths:
                taken = list(boxes(dots, wide, wide / ratio))
                assert all(a >= -1 and b >= -1 and c <= wide + 1 and d <= wide / ratio + 1 for a, b, c, d in taken)
                for (a, b, c, d), (e, f, g, h) in itertools.combinations(taken, 2):
                    assert c <= e + 1 or g <= a + 1 or d <= f + 1 or h <= b + 1
        listed = [place.label for line in drawn.lines for cluster in line.clusters for place in cluster.areas]
        listed += [place.label for line in drawn.lines for cluster in line.clusters for place in cluster.places]
        assert sorted(listed) == sorted(spot.label for spot in given)
        anchors = {line.anchor for line in drawn.lines}
        anchors |= {cluster.anchor for line in drawn.lines for cluster in line.clusters}
        assert {dot.anchor for dot in (*drawn.dots, *drawn.wide_dots)} <= anchors


def test_a_release_that_names_two_places_of_a_dot_counts_once() -> None:
    both, one = frozenset({"a", "b"}), frozenset({"a"})
    drawn = maps.world(
        [Spot("p", "P", "", 35, 36, both), Spot("q", "Q", "", 35.1, 36.1, one), Spot("r", "R", "", -30, -60, both)]
    )
    assert drawn
    assert sorted((len(dot.places), dot.count) for dot in drawn.dots) == [(1, 2), (2, 2)]


def test_a_country_is_no_dot_among_its_towns() -> None:
    drawn = maps.world(spots((35, 38.5, True), (34.7, 36.7), (33.5, 36.3)))
    assert drawn
    assert [(dot.is_area, len(dot.places)) for dot in drawn.dots] == [(False, 2), (True, 1)]


def test_a_dot_is_as_wide_as_its_number() -> None:
    many = frozenset(map(str, range(1234)))
    drawn = maps.around([Spot("p", "P", "", 35, 36, many), Spot("q", "Q", "", 40, 42, frozenset({"1"}))])
    assert drawn
    widths = {dot.count: dot.width for dot in drawn.dots}
    assert widths[1] == maps.DOT
    assert widths[1234] >= 4 * 8 + 8


def test_where_numbers_would_draw_places_far_from_where_they_lie_the_dots_have_none() -> None:
    """A thousand releases in each of many places need dots so wide that a continent would be drawn on another."""
    many = frozenset(map(str, range(1234)))
    places = [(lat, lon) for lat in range(-30, 60, 15) for lon in range(-100, 140, 12)]
    spread = [Spot(f"p{n}", f"P{n}", f"places/p{n}.html", *place, many, n % 2 == 0) for n, place in enumerate(places)]
    drawn = maps.world(spread)
    assert drawn
    assert not any(dot.has_number for dot in (*drawn.dots, *drawn.wide_dots))
    assert len(drawn.dots) > 8
    near = maps.world(spots((35, 38.5, True), (34.7, 36.7), (55, 37), (40, -74)))
    assert near
    assert all(dot.has_number for dot in (*near.dots, *near.wide_dots))


@given(st.lists(degrees, min_size=1, max_size=5))
def test_every_outline_a_map_asks_for_is_there(places: list[tuple[float, float, bool]]) -> None:
    for drawn in (maps.world(spots(*places)), maps.around(spots(*places))):
        assert drawn
        for tile in (*drawn.tiles, *drawn.borders):
            assert (TEMPLATES / tile.href).is_file(), tile.href


def test_every_outline_that_is_there_is_known() -> None:
    files = {path.stem for path in (TEMPLATES / "assets" / "map").glob("*.svg")}
    borders = {f"{name}-borders" for name in map_tiles.BORDERS}
    assert files == {*map_tiles.LAND, *borders, "land", "world", "world-borders"}


def alone(drawn: Map | None) -> list[tuple[str, str]]:
    assert drawn
    return [(dot.x, dot.y) for dot in drawn.dots]


def test_a_place_alone_stands_in_the_middle_of_its_map() -> None:
    assert alone(maps.around(spots((35.5, 36.25)), alone=True)) == [("50%", "50%")]


def test_places_on_both_sides_of_the_antimeridian_are_neighbours() -> None:
    """Fiji and Samoa, and not the world around them."""
    drawn = maps.around(spots((-17.7, 178.0), (-13.8, -171.8)))
    assert drawn
    assert not drawn.world
    assert sorted(float(dot.x.removesuffix("%")) for dot in drawn.dots) == sorted([11.54, 88.46])


def test_the_local_map_shows_every_place_that_lies_in_it() -> None:
    near = spots((35, 36), (35.2, 36.1), (35.1, 36.3), (35, 38.5, True))
    far = Spot("far", "Far", "", -30, -60)
    assert maps.part([*near, far])[1] == tuple(near)  # type: ignore[index]
    assert maps.part(near)[1] == tuple(near)  # type: ignore[index]
    assert maps.part(spots((35, 36), (-30, -60))) is None


def test_antarctica_is_drawn_where_a_place_is_there() -> None:
    station, town = maps.world(spots((-77.85, 166.67))), maps.world(spots((35, 36)))
    assert station
    assert town
    assert station.whole
    assert not town.whole


def test_a_large_country_is_shown_as_far_as_it_reaches_and_a_small_one_no_further() -> None:
    for lon, lat, west, south, east, north in ((-51.9, -14.2, -73, -31, -36, 4), (35.8, 33.9, 35, 33, 37, 35)):
        points = map_shapes.reach(lon, lat)
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        found = min(lons), min(lats), max(lons), max(lats)
        assert all(abs(a - b) < 2 for a, b in zip(found, (west, south, east, north), strict=True)), found
    assert not map_shapes.reach(-140.0, -45.0)


def test_a_map_of_a_wide_part_of_the_world_has_the_outlines_of_the_world() -> None:
    near = maps.around(spots((34.7, 36.7), (33.5, 36.3)))
    wide = maps.around(spots((-20.0, 10.0), (35.0, 60.0)))
    both = maps.around(spots((-30.0, 150.0), (30.0, -140.0)))
    assert near is not None
    assert wide is not None
    assert both is not None
    assert 0 < len(near.tiles) + len(near.borders) <= maps.MOST_TILES
    assert "world" not in near.tiles[0].href
    assert [tile.href for tile in (*wide.tiles, *wide.borders)] == [
        "assets/map/world.svg",
        "assets/map/world-borders.svg",
    ]
    assert not wide.world
    # Past 180 degrees the world comes once more.
    assert [tile.href for tile in both.tiles] == ["assets/map/world.svg"] * 2
    first, again = both.tiles
    assert float(first.x) + float(first.width) == pytest.approx(float(again.x), abs=0.2)
    assert float(first.x) <= 0
    assert float(again.x) + float(again.width) >= maps.UNITS_WIDE
