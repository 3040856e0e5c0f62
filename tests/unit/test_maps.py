"""Maps: where dots stand, what is drawn as one, and which outlines are asked for."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord import maps
from onrecord.maps import Spot
from tests.invented import TEMPLATES

degrees = st.tuples(st.floats(-58, 83), st.floats(-180, 180))


def spots(*places: tuple[float, float]) -> list[Spot]:
    return [
        Spot(f"P{number}", f"places/p{number}.html", number + 1, lat, lon) for number, (lat, lon) in enumerate(places)
    ]


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_without_coordinates_there_is_no_map() -> None:
    assert maps.world([]) is None
    assert maps.around([]) is None
    assert maps.densest([]) == ()


@given(st.lists(degrees, min_size=1, max_size=40))
@example([(0.0, 110.0), (0.0, 138.0), (0.0, -143.0)])
def test_dots_keep_apart_and_stand_for_every_place(places: list[tuple[float, float]]) -> None:
    for drawn in (maps.world(spots(*places)), maps.around(spots(*places))):
        assert drawn
        assert sorted(place.label for dot in drawn.dots for place in dot.places) == sorted(
            f"P{n}" for n in range(len(places))
        )
        for number, first in enumerate(drawn.dots):
            assert 0 <= percent(first.x) <= 100
            assert 0 <= percent(first.y) <= 100
            for second in drawn.dots[number + 1 :]:
                across = abs(percent(first.x) - percent(second.x))
                down = abs(percent(first.y) - percent(second.y))
                assert across >= maps.APART - 0.02 or down >= maps.APART * maps.RATIO - 0.02


@given(st.lists(degrees, min_size=1, max_size=5))
def test_every_outline_a_map_asks_for_is_there(places: list[tuple[float, float]]) -> None:
    for drawn in (maps.world(spots(*places)), maps.around(spots(*places))):
        assert drawn
        for tile in drawn.tiles:
            assert (TEMPLATES / tile.href).is_file(), tile.href


def test_every_outline_that_is_there_is_known() -> None:
    files = {path.stem for path in (TEMPLATES / "assets" / "map").glob("*.svg")}
    assert files == {*maps.TILES.split(), "world"}


def test_a_place_alone_stands_in_the_middle_of_its_map() -> None:
    drawn = maps.around(spots((35.5, 36.25)))
    assert drawn
    assert [(dot.x, dot.y) for dot in drawn.dots] == [("50%", "50%")]


def test_the_densest_part_is_shown_only_where_places_are_drawn_as_one() -> None:
    crowded = spots((35, 36), (35.2, 36.1), (35.1, 36.3), (-30, -60))
    assert [spot.label for spot in maps.densest(crowded)] == ["P0", "P1", "P2"]
    assert maps.densest(spots((35, 36), (-30, -60))) == ()
