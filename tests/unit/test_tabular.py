"""Cells that no spreadsheet runs, lists in one cell, and CSV that reads back as it was written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import tabular

SIGNS = st.sampled_from([*list("'=+-@＝＋－＠|\\ \t\r\n\",;\xa0"), "a", "Homs", "حمص"])
TEXTS = st.lists(SIGNS, max_size=8).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+962 6", "'+962 6"),
        ("- a point", "'- a point"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        (" =1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("''-", "'''-"),
        ("'t Hooft", "'t Hooft"),
        ("'", "'"),
        ("a=b", "a=b"),
        ("2012-02-08", "2012-02-08"),
        ("8 February: 3.5", "8 February: 3.5"),
        ("/files/a", "/files/a"),
        ("<b>", "<b>"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded_and_nothing_else(text: str, guarded: str) -> None:
    assert tabular.cell(text) == guarded
    assert tabular.value(guarded) == text


@given(TEXTS)
def test_every_text_comes_back_from_its_cell(text: str) -> None:
    assert tabular.value(tabular.cell(text)) == text
    assert not tabular.cell(text).lstrip().startswith(tuple(tabular.RUN))
    assert not tabular.cell(text).startswith(("\t", "\r", "\n"))
    if text[:1].isalnum():
        assert tabular.cell(text) == text


@given(st.lists(TEXTS.filter(bool), max_size=5))
def test_every_list_comes_back_from_its_cell(values: list[str]) -> None:
    assert tabular.divided(tabular.joined(values)) == values


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("Homs | Syria", ["Homs", "Syria"]),
        ("Homs|Syria |", ["Homs", "Syria"]),
        (r"A \| B | C\\D", ["A | B", r"C\D"]),
        (r"C:\folder", [r"C:\folder"]),
        ("a\\", ["a\\"]),
        ("two words ", ["two words"]),
        ("", []),
        (" | ", []),
    ],
)
def test_a_list_is_read_as_a_person_writes_it(cell: str, values: list[str]) -> None:
    assert tabular.divided(cell) == values


def test_an_empty_value_cannot_stand_in_a_list() -> None:
    with pytest.raises(ValueError, match="empty value"):
        tabular.joined(["a", ""])


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=3), max_size=4))
def test_a_table_reads_back_as_it_was_written(rows: list[list[str]]) -> None:
    written = tabular.write(rows)
    read = csv.reader(io.StringIO(written.decode(), newline=""))
    assert [[tabular.value(cell) for cell in row] for row in read] == rows


def test_a_table_has_the_form_of_rfc_4180() -> None:
    rows: list[list[str | int | float]] = [["label", "lat"], ['a "b", c', -33.4], ["حمص\nx", 3]]
    assert tabular.write(rows) == 'label,lat\r\n"a ""b"", c",-33.4\r\n"حمص\nx",3\r\n'.encode()
