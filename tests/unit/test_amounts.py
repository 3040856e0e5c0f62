"""Numbers as they are printed: which numbers a text can mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from onrecord import amounts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("246", {"246"}),
        ("more than 5,400", {"5400", "5.400"}),
        ("mehr als 5.400", {"5400", "5.400"}),
        ("plus de 5 400", {"5400", "5", "400"}),
        ("5\u202f400", {"5400", "5", "400"}),
        ("2'600", {"2600"}),
        ("1,23,456", {"123456"}),
        ("1.234,5", {"1234.5"}),
        ("1,234,567", {"1234567"}),
        ("أكثر من ٥٬٤٠٠", {"5400"}),
        ("۲۴۶", {"246"}),
        ("٥٫٤", {"5.4"}),
        ("200-300", {"200", "300"}),
        ("between 200 and 300", {"200", "300"}),
        ("60%", {"60"}),
        ("more than two hundred", set()),
        ("hundreds", set()),
        ("1.2.3", set()),
    ],
)
def test_the_readings_of_a_number_are_all_that_its_signs_can_mean(text: str, numbers: set[str]) -> None:
    found = amounts.readings(text)
    assert {Decimal(number) for number in numbers} <= found
    if not any(word in text for word in ("and", "5 400", "5\u202f400")):
        assert found == {Decimal(number) for number in numbers}


def test_a_word_behind_a_number_may_be_thousands_or_millions_but_no_ten() -> None:
    assert Decimal(1_200_000) in amounts.readings("1.2 million")
    assert Decimal(5_000) in amounts.readings("5 thousand")
    assert Decimal(300) in amounts.readings("3百")
    assert not {Decimal(200), Decimal(2000)} & amounts.readings("20 people")


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [
        ("246", ".", "246"),
        ("5,400", ".", "5400"),
        ("5.400", ",", "5400"),
        ("٥٬٤٠٠", "", "5400"),
        ("1.234,5", ",", "1234.5"),
        ("0017", ".", "17"),
    ],
)
def test_a_plain_number_has_one_meaning(text: str, sign: str, number: str) -> None:
    found = amounts.plain(text, sign)
    assert found is not None
    assert amounts.written(found) == number


@pytest.mark.parametrize(
    ("text", "sign"),
    [("5,400", ","), ("5.400", "."), ("5,400", ""), ("more than 246", "."), ("", "."), ("9" * 40, ".")],
)
def test_what_two_readings_are_left_of_is_no_plain_number(text: str, sign: str) -> None:
    assert amounts.plain(text, sign) is None
