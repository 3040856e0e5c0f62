"""Dates in running text: exactly what is written, in the seven languages of the field."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake.evidence.date_mentions import dates_in


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("en", "08 February 2012", "2012-02-08"), ("en", "Wednesday, February 8th, 2012", "2012-02-08"), ("en", "the 8 of February 2012", "2012-02-08"),
        ("en", "February 2012", "2012-02"), ("en", "published today (1 August)", "XXXX-08-01"), ("en", "Sept 3, 2012", "2012-09-03"), ("en", "2012-02-08T10:00:00Z", "2012-02-08"),
        ("fr", "mercredi 8 février 2012", "2012-02-08"), ("fr", "le 1er mars 2013", "2013-03-01"), ("es", "8 de febrero de 2012", "2012-02-08"), ("es", "8 de febrero del 2012", "2012-02-08"),
        ("de", "Berlin, den 8. Februar 2012", "2012-02-08"), ("de", "08.02.2012", "2012-02-08"), ("pt", "quarta-feira, 8 de fevereiro de 2012", "2012-02-08"),
        ("ru", "8 февраля 2012 г.", "2012-02-08"), ("ru", "среда, 8 февраля 2012 года", "2012-02-08"), ("ar", "٨ شباط/فبراير ٢٠١٢", "2012-02-08"),
        ("ar", "8 فبراير 2012", "2012-02-08"), ("ar", "8 فيفري 2012", "2012-02-08"), ("ar", "3 كانون الثاني/يناير 2013", "2013-01-03"), ("ar", "٢٥/١٢/٢٠١٢", "2012-12-25"),
    ],
)  # fmt: skip
def test_a_date_is_what_is_written_and_no_more(language: str, text: str, edtf: str) -> None:
    assert [mention.edtf for mention in dates_in(text, language)] == [edtf]


def test_the_order_of_a_numeric_date_is_left_open() -> None:
    (mention,) = dates_in("03/04/2012", "en")
    assert mention.readings == ("2012-04-03", "2012-03-04")
    assert mention.edtf == ""


def test_a_weekday_settles_the_order() -> None:
    (mention,) = dates_in("Friday 04/05/2012", "en")
    assert mention.edtf == "2012-05-04"


def test_a_weekday_that_contradicts_leaves_no_reading() -> None:
    (mention,) = dates_in("Tuesday, 8 February 2012", "en")
    assert mention.readings == ()
    assert mention.contradicted


def test_two_month_names_that_disagree_are_no_date() -> None:
    assert dates_in("8 شباط/مارس 2012", "ar") == []


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2012",
        "30 February 2012",
        "PRE 01/069/2012",
        "you may 3 times",
        "room 12, 2012",
        "1.2.3",
        "10/2012",
        "UN Resolution 2042 (2012)",
    ],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert [mention.edtf for mention in dates_in(text, "en") if mention.edtf] == []


def test_the_words_of_a_date_are_kept() -> None:
    text = "Issued Monday, 11 March 2013 in Selan"
    (mention,) = dates_in(text, "en")
    assert mention.written == "Monday, 11 March 2013"
    assert text[mention.start : mention.end] == mention.written
