"""Dates in running text: exactly what is written, in the languages of the lexicon."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import lexicon
from onrecord.intake.evidence.date_mentions import DAY_FIRST, LANGUAGES, dates_in, dates_in_line
from onrecord.intake.lexicon import notation
from tests import stint


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


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("en", "March 14,1999", "1999-03-14"), ("en", "the 3rd of March, 2014", "2014-03-03"), ("en", "Quay Hall, Lindholm 18\nSeptember 2002", "2002-09-18"), ("en", "12-May-2005", "2005-05-12"),
        ("en", "NO. 6 January 1972", "1972-01-06"), ("en", "AA61 21 September 1999", "1999-09-21"), ("en", "8 February 2012 (Wednesday)", "2012-02-08"), ("en", "Boats to be counted  Monday, 23 May 2011", "2011-05-23"),
        ("en", "LINDHOLM, NL - January 27, 2026 (QUAYWIRE)", "2026-01-27"), ("en", "Dec. 19, 2003", "2003-12-19"), ("en", "page 2 - 3 May 2014", "2014-05-03"), ("en", "14 March 1889", "1889-03-14"), ("en", "1889-03-14", "1889-03-14"),
        ("fr", "8 FEVRIER 2012", "2012-02-08"), ("fr", "mer. 8 févr. 2012", "2012-02-08"), ("es", "miércoles 8 de febrero del 2012", "2012-02-08"), ("pt", "8 de Fevereiro de 2012", "2012-02-08"), ("de", "Mittwoch, den 8. Februar 2012", "2012-02-08"), ("de", "1. Jänner 2013", "2013-01-01"),
        ("uk", "середа, 8 лютого 2012 року", "2012-02-08"), ("uk", "лютий 2012 р.", "2012-02"), ("it", "mercoledì 8 febbraio 2012", "2012-02-08"), ("it", "1° marzo 2013", "2013-03-01"), ("sv", "onsdagen den 8 februari 2012", "2012-02-08"), ("nl", "woensdag 8 februari 2012", "2012-02-08"), ("nl", "8 mrt. 2012", "2012-03-08"),
        ("tr", "8 Şubat 2012 Çarşamba", "2012-02-08"), ("tr", "8 ŞUBAT 2012, ÇARŞAMBA", "2012-02-08"), ("tr", "8 Ekim 2012'de", "2012-10-08"), ("fa", "۸ فوریه ۲۰۱۲", "2012-02-08"), ("fa", "8 فبروری 2012", "2012-02-08"), ("ar", "8 فَبْرَايِر 2012م", "2012-02-08"), ("ar", "١٥ أيّار ٢٠١٢", "2012-05-15"), ("ar", "الجمعة 10 فبراير 2012", "2012-02-10"),
        ("zh", "2012年2月8日（星期三）", "2012-02-08"), ("zh", "二〇一二年二月八日", "2012-02-08"), ("zh", "于2012年2月8日在林德霍尔姆", "2012-02-08"), ("zh", "２０１２年２月８日", "2012-02-08"), ("zh", "中華民國101年2月8日", "2012-02-08"), ("zh", "民國一百零一年十二月廿八日", "2012-12-28"), ("zh", "2012年2月", "2012-02"),
        ("ja", "平成24年2月8日(水)", "2012-02-08"), ("ja", "令和元年5月1日", "2019-05-01"), ("ja", "昭和64年1月7日", "1989-01-07"), ("ja", "2012/2/8", "2012-02-08"), ("pl", "8 lutego 2012", "2012-02-08"), ("", "8 Şubat 2012", "2012-02-08"),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(language: str, text: str, edtf: str) -> None:
    assert [mention.edtf for mention in dates_in(text, language)] == [edtf]


@pytest.mark.parametrize(
    ("language", "text", "doubt", "candidates"),
    [
        ("en", "1 6th November 1999", "day", ("1999-11-06", "1999-11-16")),
        ("en", "19th Dec 03", "century", ("1903-12-19", "2003-12-19")),
        ("en", "12 May ’05", "century", ("1905-05-12", "2005-05-12")),
        ("en", "23/4/05", "century", ("1905-04-23", "2005-04-23")),
        ("fa", "۱۹ بهمن ۱۳۹۰", "calendar", ()),
        ("fa", "۱۳۹۰/۱۱/۱۹", "calendar", ()),
        ("ar", "14 رمضان 1433 هـ", "calendar", ()),
        ("zh", "101年2月8日", "calendar", ()),
        ("zh", "農曆2月8日", "calendar", ()),
        ("ja", "平成40年2月8日", "calendar", ()),
    ],
)
def test_what_looks_like_a_date_and_is_none_keeps_its_words_and_its_doubt(
    language: str, text: str, doubt: str, candidates: tuple[str, ...]
) -> None:
    (mention,) = dates_in(text, language)
    assert (mention.readings, mention.edtf, mention.doubt, mention.candidates) == ((), "", doubt, candidates)
    assert mention.written == text


def test_a_day_torn_in_two_is_read_where_its_weekday_agrees() -> None:
    (mention,) = dates_in("Tuesday, 1 6th November 2004", "en")
    assert (mention.edtf, mention.written) == ("2004-11-16", "Tuesday, 1 6th November 2004")
    (mention,) = dates_in("Saturday, 1 6th November 2004", "en")
    assert mention.readings == ()
    assert mention.contradicted


def test_a_weekday_settles_the_century_and_nothing_else_does() -> None:
    assert dates_in("Friday 19 Dec 03", "en")[0].edtf == "2003-12-19"
    (mention,) = dates_in("Monday 19 Dec 03", "en")
    assert mention.contradicted


def test_the_other_calendar_beside_a_date_leaves_it_alone() -> None:
    mentions = dates_in("۱۹ بهمن ۱۳۹۰ برابر با ۸ فوریه ۲۰۱۲", "fa")
    assert [mention.edtf for mention in mentions] == ["", "2012-02-08"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3-5 May 2013"), ("en", "3 – 5 May 2013"), ("en", "3 and 4 May 2013"), ("en", "May 3-5, 2013"), ("en", "May 3 and 4, 2013"), ("fr", "les 8 et 9 février 2012"), ("zh", "2012年2月8日至10日"), ("ja", "2012年2月8日～10日"),
    ],
)  # fmt: skip
def test_several_days_are_not_one(language: str, text: str) -> None:
    assert dates_in(text, language) == []


def test_a_number_that_counts_is_no_year() -> None:
    assert [mention.edtf for mention in dates_in("On 14 March 1800 people came to the quay", "en")] == ["XXXX-03-14"]
    assert [mention.edtf for mention in dates_in("On 14 March 1889 the quay was closed", "en")] == ["1889-03-14"]


def test_a_small_word_is_no_weekday() -> None:
    assert dates_in("where they sat 8 February 2012", "en")[0].written == "8 February 2012"
    assert dates_in("Sat 11 February 2012", "en")[0].weekday == "Sat"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_weekday_of_the_lexicon_is_read_in_a_date(language: str) -> None:
    words = lexicon.lexicon_of(language)
    # Each month of 2012 with the weekday of its 14th, Monday being 0.
    weekdays = dict(zip(range(1, 13), (5, 1, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4), strict=True))
    keys = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for entry in words.entries("months"):
        for name in notation.spellings(entry.phrase):
            text = f"2012年{name}14日" if name.endswith("月") else f"14 {name} 2012"
            for shown in (text, text.upper()):
                assert [mention.edtf for mention in dates_in(shown, language)] == [f"2012-{int(entry.key):02}-14"], (
                    shown
                )
    for number, name in enumerate(keys):
        month = next(month for month, weekday in weekdays.items() if weekday == number)
        for phrase in words.phrases("weekdays", name):
            for spelling in notation.spellings(phrase):
                month_name = "05月" if language in ("zh", "ja") else words.phrases("months", str(month))[0]
                text = (
                    f"2012年{month}月14日({spelling})"
                    if month_name == "05月"
                    else f"{spelling.capitalize()}, 14 {month_name} 2012"
                )
                (mention,) = dates_in(text, language)
                assert (mention.edtf, bool(mention.weekday)) == (f"2012-{month:02}-14", True), text


def test_only_some_languages_write_the_day_first() -> None:
    assert {"fr", "uk", "tr"} <= DAY_FIRST.keys()
    assert not {"en", "sv", "zh", "ja", "fa"} & DAY_FIRST.keys()
    assert dates_in_line("8 лютого 2012", "en")[0].edtf == "2012-02-08"


def test_dates_take_time_that_grows_with_the_text_alone() -> None:
    for text in (
        "3 May 2014, " * 8_000,
        "1" * 100_000,
        "12 " * 30_000,
        "may " * 25_000,
        "年" * 50_000,
        " " * 100_000,
        "2012年" * 20_000,
    ):
        with stint.within(5):
            dates_in(text, "zh")


def test_an_ordinal_may_be_parted_from_its_day_by_a_hyphen() -> None:
    assert [date.edtf for date in dates_in("Корвин, 21-го травня 2014", "uk")] == ["2014-05-21"]
    assert [date.edtf for date in dates_in("5-го мая 2012", "ru")] == ["2012-05-05"]


@pytest.mark.parametrize("written", ["4 มีนาคม 2562", "4 มีนาคม พ.ศ. 2562", "วันที่ 4 มีนาคม 2562", "4 มีนาคม 2019"])
def test_a_thai_year_is_counted_from_its_era(written: str) -> None:
    assert [date.edtf for date in dates_in(written, "th")] == ["2019-03-04"]


def test_a_thai_year_before_the_calendar_s_last_change_is_none() -> None:
    assert [date.edtf for date in dates_in("4 มีนาคม 2480", "th")] == ["XXXX-03-04"]
    assert [date.edtf for date in dates_in("4 March 2562", "en")] == ["XXXX-03-04"]


def test_a_month_of_one_language_is_none_of_another_that_was_asked_for_before() -> None:
    """Babel notes a name that it looks up for all languages that inherit it: after Azerbaijani, Romanian had its months."""
    assert [date.edtf for date in dates_in("8 yanvar 2012", "az")] == ["2012-01-08"]
    assert [date.edtf for date in dates_in("8 ianuarie 2012", "ro")] == ["2012-01-08"]
    assert "2012-01-08" not in [date.edtf for date in dates_in("8 yanvar 2012", "ro")]
