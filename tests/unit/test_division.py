"""Long lists in parts: no page holds too many, nothing is lost, and one addition moves no other entry."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord import division, quoting
from onrecord.division import LIMIT, Part
from onrecord.model import Card, Listed


def cards(*edtf: str) -> list[Listed]:
    return [
        Card(f"{date}-{chr(97 + place % 26)}{place}", "releases/r.md", "R", date, "Press", "en", "full")
        for place, date in enumerate(edtf)
    ]


def slugs_in(parts: tuple[Part[Listed], ...]) -> list[str]:
    return sorted(card.slug for part in parts for section in part.sections for card in section.items)


LISTS = {
    "short": ["2012-02-08", "2012", "XXXX"],
    "a year": ["2012"] * (LIMIT + 1),
    "a month": ["2012-02"] * (LIMIT + 1),
    "a day": ["2012-02-08"] * (LIMIT + 1) + ["2012-02"],
    "no year": ["XXXX", "XXXX-08-01"] * LIMIT,
    "days": [f"20{10 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(1000)],
    "before our era": ["-0044"] * (LIMIT + 1) + ["2012"],
    "over years": ["2011-12-30/2012-01-02"] * (LIMIT + 1) + ["2012-01/2012-03", "2011/2012"] * LIMIT,
    "far ahead": ["Y123456789012"] * (LIMIT + 1) + ["Y12345"] * 2,
}


@pytest.mark.parametrize("dates", LISTS.values(), ids=LISTS)
def test_every_release_is_listed_where_its_date_says_and_no_page_holds_too_many(dates: list[str]) -> None:
    listed = cards(*dates)
    parts = division.divided(listed)
    times = {card.slug: sum(max(1, len(card.date.months(year))) for year in card.date.years) or 1 for card in listed}
    assert Counter(slugs_in(parts)) == times
    assert parts[0].count == len(listed)
    assert all(sum(len(section.items) for section in part.sections) <= LIMIT for part in parts)
    stems = [part.stem for part in parts]
    assert len(set(stems)) == len(stems)
    assert {section.stem for part in parts for section in part.sections if section.stem} == set(stems) - {""}


@pytest.mark.parametrize("dates", LISTS.values(), ids=LISTS)
def test_the_stems_of_a_list_are_those_of_its_parts(dates: list[str]) -> None:
    listed = cards(*dates)
    assert list(division.stems(listed)) == [part.stem for part in division.divided(listed) if part.stem]


@pytest.mark.parametrize("dates", LISTS.values(), ids=LISTS)
def test_the_parts_of_a_list_lead_on_in_time_and_back(dates: list[str]) -> None:
    parts = division.divided(cards(*dates))
    stem_of = {part.key.stated: part.stem for part in parts if part.key and part.key.stated}
    for part in parts:
        earlier, later = division.neighbours(parts, part.stem)
        assert not part.key or part.key.stated or (earlier, later) == ("", "")
        for stated, back in ((earlier, 1), (later, 0)):
            if stated and stem_of[stated].count("-") == part.stem.count("-"):
                assert part.key
                of_decade = stated.endswith("X") != part.key.is_decade
                assert of_decade or division.neighbours(parts, stem_of[stated])[back] == part.key.stated


def test_beside_a_year_stands_the_decade_where_its_years_have_no_page() -> None:
    parts = division.divided(cards(*["2012"] * (LIMIT + 1), *["2011"] * 3, "2005", "1998"))
    assert division.neighbours(parts, "2012") == ("2011", "")
    assert division.neighbours(parts, "2011") == ("200X", "2012")
    assert division.neighbours(parts, "2000s") == ("199X", "201X")
    assert division.neighbours(parts, "") == ("", "")


@pytest.mark.parametrize("dates", LISTS.values(), ids=LISTS)
def test_no_part_of_a_list_is_without_a_way_to_those_beside_it(dates: list[str]) -> None:
    parts = division.divided(cards(*dates))
    for part in parts:
        others = [other.stem for other in parts if other.key and part.key and other.up == part.up]
        beside = [stem for _, stem in division.beside(parts, part.stem)]
        in_time = part.key is not None and bool(part.key.stated)
        assert beside == (others if not in_time and len(others) > 1 else []), part.stem


def test_one_addition_moves_no_other_entry() -> None:
    days = [f"20{10 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(1000)]
    before = {part.stem: part for part in division.divided(cards(*days))}
    after = {part.stem: part for part in division.divided([*cards(*days), *cards("2011-06-20")])}
    assert {stem for stem in after if after[stem] != before.get(stem)} == {"", "2010s", "2011", "2011-06"}


def test_a_decade_that_fits_stands_on_one_page_by_year_and_another_is_divided() -> None:
    many = [f"201{n % 10}-02-08" for n in range(LIMIT + 1)]
    parts = {
        part.stem: part for part in division.divided(cards(*many, "1999", "1994-05", "1989-12-30/1990-01-02", "XXXX"))
    }
    assert [*parts] == ["", "2010s", *(f"201{n}" for n in range(9, -1, -1)), "1990s", "1980s", "no-year"]
    assert [section.key.stated for section in parts["1990s"].sections] == ["1999", "1994", "1990"]
    assert [section.stem for section in parts["1990s"].sections] == ["", "", ""]
    assert (parts["1990s"].count, parts["1980s"].count) == (3, 1)
    assert (parts["2012"].up, parts["2012"].up_key) == ("2010s", division.Key("201X"))
    # A list that fits on a page is divided into years at once.
    assert [section.key.stated for section in division.divided(cards("2012", "2001"))[0].sections] == ["2012", "2001"]


def test_a_part_knows_the_page_above_it() -> None:
    parts = {part.stem: part for part in division.divided(cards(*["2012-02-08"] * (LIMIT + 1), "2012"))}
    assert (parts["2010s"].up, parts["2010s"].up_key) == ("", None)
    assert (parts["2012"].up, parts["2012"].up_key) == ("2010s", division.Key("201X"))
    assert (parts["2012-02"].up, parts["2012-02"].up_key) == ("2012", division.Key("2012"))
    assert parts["2012-02-08/a"].up == "2012-02-08"


def test_letters_divide_only_as_far_as_it_takes() -> None:
    pairs = [(f"a{n:03}", n) for n in range(5)] + [("b", 5)]
    assert [(letters, len(members)) for letters, members in division.lettered(pairs, 5)] == [("a", 5), ("b", 1)]
    assert all(len(members) <= 2 for _, members in division.lettered(pairs, 2))


def test_quotations_are_divided_by_decade_then_by_year_and_then_by_month() -> None:
    dates = ["2013"] * 3 + ["2012-02-08"] * 80 + ["2012-01"] * 40 + ["2012"] + ["1999", "1994-05"] + ["XXXX"] * 2
    quoted = [(card, 0) for card in cards(*dates) if isinstance(card, Card)]
    whole, *parts = quoting.divided(quoted)
    assert [(part.stem, part.period, part.count) for part in parts] == [
        ("2013", "2013", 3),
        ("2012-02", "2012-02", 80),
        ("2012-01", "2012-01", 40),
        ("2012-no-month", "2012", 1),
        ("1990s", "199X", 2),
        ("no-year", "", 2),
    ]
    assert whole.quotations == tuple(quoted[: quoting.NEWEST])
    assert [pair for part in parts for pair in part.quotations] == quoted


def test_a_quotation_is_in_every_year_and_month_that_its_date_spans() -> None:
    quoted = [(card, 0) for card in cards(*["2012-01-09"] * 101, "2011-12-30/2012-01-02") if isinstance(card, Card)]
    whole, *parts = quoting.divided(quoted)
    assert whole.count == 102
    assert [(part.stem, part.count, quoted[-1] in part.quotations) for part in parts] == [
        ("2012-01", 102, True),
        ("2011", 1, True),
    ]


def test_a_title_begins_behind_whatever_date_the_name_of_its_file_has() -> None:
    names = ["undated-boats", "2011-boats", "2011-12-boats", "2011-12-30-boats"]
    listed: list[Listed] = [
        Card(f"{name}-{n}", "releases/r.md", "R", "2011-12-30/2012-01-02", "Press", "en", "full")
        for name in names
        for n in range(40)
    ]
    assert {part.key.letters[0] for part in division.divided(listed, "letters") if part.key} == {"b"}
