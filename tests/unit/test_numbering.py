"""Publishers' numbers in parts: no page holds too many, nothing is lost, and no two lines of a page share an anchor."""

from __future__ import annotations

import pytest

from onrecord import numbering
from onrecord.division import LIMIT
from onrecord.model import Card, Listed
from onrecord.numbering import NumberPart


def cards(*references: str) -> list[Listed]:
    return [
        Card(f"2012-r{place:04}", f"releases/{place}.md", "R", "2012", "Press", "en", "full", reference=reference)
        for place, reference in enumerate(references)
    ]


def references_in(parts: tuple[NumberPart, ...]) -> list[str]:
    return sorted(release.reference for part in parts for release in part.listed)


@pytest.mark.parametrize(
    ("reference", "series", "number"),
    [
        ("PRE 01/069/2012", "PRE 01/…/2012", 69),
        ("2012/7", "2012/…", 7),
        ("AB-12", "AB-…", 12),
        ("Circular of 2012", "Circular of 2012", 0),
        ("n/a", "n/a", 0),
    ],
)
def test_the_running_number_of_a_reference(reference: str, series: str, number: int) -> None:
    label, _, running = numbering.numbers(reference)
    assert (label, running) == (series, number)


def test_a_short_list_stands_whole() -> None:
    (whole,) = numbering.divided(cards(*(f"P {n}" for n in range(LIMIT))))
    assert (whole.stem, whole.count, whole.parts) == ("", LIMIT, ())


def test_a_long_list_is_divided_by_year_and_hundred() -> None:
    references = [f"P {n}/2012" for n in range(150)] + ["P 7/2011", "P 8"]
    parts = numbering.divided(cards(*references))
    assert [part.stem for part in parts] == ["", "2012", "2012-0", "2012-100", "2011", "other"]
    assert parts[0].parts == (("2012", "2012", 150), ("2011", "2011", 1), ("", "other", 1))
    assert parts[3].names == ("2012", "100–199")
    assert parts[3].up == "2012"
    assert references_in(parts) == sorted(references)


@pytest.mark.parametrize(
    "references",
    [
        [f"Circular {chr(97 + n % 20)}{chr(97 + n // 20)}" for n in range(300)],
        [f"Circular {chr(97 + n % 20)}{chr(97 + n // 20)}, 2012" for n in range(300)] + ["P 5/2012"],
        [f"{series} {n}/2012" for series in ("MDE 24", "PRE 01", "ASA 17") for n in range(90)],
        [f"{'№' * n}" for n in range(1, 200)],
    ],
    ids=["without numbers", "without numbers in a year", "series that share a hundred", "without letters"],
)
def test_no_page_holds_more_references_than_the_limit(references: list[str]) -> None:
    parts = numbering.divided(cards(*references))
    assert max(len(part.listed) for part in parts) <= LIMIT
    assert references_in(parts) == sorted(references)
    stems = [part.stem for part in parts]
    assert len(set(stems)) == len(stems)
    assert all(part.up in stems for part in parts)
    assert {stem for part in parts for _, stem, _ in part.parts} == set(stems) - {""}


def test_a_release_that_is_added_changes_only_the_parts_it_belongs_to() -> None:
    references = [f"P {n}/2012" for n in range(250)]
    before = {part.stem: part for part in numbering.divided(cards(*references))}
    after = {part.stem: part for part in numbering.divided(cards(*references, "P 205 bis/2012"))}
    assert {stem for stem in after if after[stem] != before.get(stem)} == {"", "2012", "2012-200"}


def test_references_that_differ_in_signs_alone_have_anchors_of_their_own() -> None:
    listed = cards("AB 01/2012", "AB-01-2012", "ab 01 2012", "CD 1", "№")
    anchors = numbering.anchors(listed)
    assert len(set(anchors.values())) == len(listed)
    assert anchors["2012-r0000"] == "r-ab-01-2012"
    assert anchors["2012-r0003"] == "r-cd-1"


def test_an_anchor_that_is_taken_is_not_given_again() -> None:
    listed = cards("AB 1", "AB-1")
    marked = numbering.anchors(listed)["2012-r0001"]
    again = cards("AB 1", "AB-1", marked.removeprefix("r-"))
    assert len(set(numbering.anchors(again).values())) == 3
