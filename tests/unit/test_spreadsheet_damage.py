"""What spreadsheets do by themselves is known from what a person has changed."""

from __future__ import annotations

import pytest

from onrecord.spreadsheet_damage import damage


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("حمص", "حمص".encode().decode("cp1252", "replace")),
        ("Children’s rights", "Childrenâ€™s rights"),
        ("Diyarbakır", "Diyarbak?r"),
        ("حمص", "???"),
        ("0012", "12"),
        ("1E5", "100000"),
        ("12345678901234567890", "1.23457E+19"),
        ("12345678901234567890", "12345678901234500000"),
        ("001.50", "1,5"),
        ("September 1996", "09/01/96"),
        ("September 1996", "Sep-96"),
        ("8 February 2012", "08.02.2012"),
        ("8 February 2012", "2/8/2012"),
        ("2012-02-08", "08.02.2012"),
        ("MAR1", "01-Mar"),
        ("1/2", "02-Jan"),
        ("true", "TRUE"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_known(before: str, after: str) -> None:
    assert damage(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "12"),
        ("12", "13"),
        ("0012", "0013"),
        ("Homs", "Hama"),
        ("حمص", "حماة"),
        ("8 February 2012", "9 February 2012"),
        ("8 February 2012", "09.02.2012"),
        ("February 2012", "8 February 2012"),
        ("2 deaths in 2012", "3 deaths in 2012"),
        ("A", ""),
        ("Éclairage", "Eclairage"),
        ("PRE 01/069/2012", "PRE 01/070/2012"),
    ],
)
def test_what_a_person_may_have_meant_is_left_alone(before: str, after: str) -> None:
    assert damage(before, after) == ""
