"""Dates say exactly what is known: words, span, order."""

import datetime as dt

import pytest

from onrecord import dates


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2012-02-08", "8 February 2012"),
        ("2012-02", "February 2012"),
        ("2012", "2012"),
        ("2012-02-08~", "about 8 February 2012"),
        ("2012~", "about 2012"),
        ("2012?", "2012 (uncertain)"),
        ("2012-02%", "about February 2012 (uncertain)"),
        ("XXXX-08-01", "1 August, year not stated"),
        ("XXXX-08", "August, year not stated"),
        ("XXXX-02-29", "29 February, year not stated"),
        ("XXXX", "date not stated"),
        ("2012-XX", "2012, month not stated"),
        ("2012-02-XX", "February 2012, day not stated"),
        ("201X", "2010s"),
        ("19XX", "1900 to 1999"),
        ("2012-22", "summer 2012"),
        ("2012-02-08T10:30:00Z", "8 February 2012, 10:30 UTC"),
        ("2012-02-08T10:30:00+03:00", "8 February 2012, 10:30 UTC+03:00"),
        ("2012-02-08/2012-02-10", "8 February 2012 to 10 February 2012"),
        ("2011/2012", "2011 to 2012"),
        ("2012-02/..", "from February 2012"),
        ("../2012-02-08", "until 8 February 2012"),
        ("2012/", "2012 to an unknown date"),
        ("/2012", "an unknown date to 2012"),
        ("2012-02-08/2012-03-01~", "8 February 2012 to about 1 March 2012"),
        ("-0044-03-15", "15 March 45 BCE"),
    ],
)
def test_a_date_says_what_it_knows_and_no_more(text: str, words: str) -> None:
    date = dates.parse(text)
    assert date.in_words() == words
    assert date.edtf == text


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2012-02-08", dt.date(2012, 2, 8), dt.date(2012, 2, 8)),
        ("2012-02", dt.date(2012, 2, 1), dt.date(2012, 2, 29)),
        ("2011", dt.date(2011, 1, 1), dt.date(2011, 12, 31)),
        ("201X", dt.date(2010, 1, 1), dt.date(2019, 12, 31)),
        ("2012-02-XX", dt.date(2012, 2, 1), dt.date(2012, 2, 29)),
        ("2012-21", dt.date(2012, 1, 1), dt.date(2012, 12, 31)),
        ("2012-02/2012-04", dt.date(2012, 2, 1), dt.date(2012, 4, 30)),
        ("2012-02/..", dt.date(2012, 2, 1), None),
        ("XXXX-08-01", None, None),
        ("XXXX", None, None),
    ],
)
def test_a_date_knows_its_first_and_last_day(text: str, earliest: dt.date | None, latest: dt.date | None) -> None:
    date = dates.parse(text)
    assert (date.earliest, date.latest) == (earliest, latest)


def test_a_month_alone_stands_behind_the_days_of_its_month_and_no_year_behind_everything() -> None:
    written = ["XXXX-08-01", "2012-02", "2012-01-31", "2012-02-01", "2012", "2012-02-29", "2012-03-01", "XXXX"]
    newest_first = sorted((dates.parse(text) for text in written), key=lambda date: date.sort_key, reverse=True)
    assert [date.edtf for date in newest_first] == [
        "2012-03-01", "2012-02-29", "2012-02-01", "2012-02", "2012-01-31", "2012", "XXXX-08-01", "XXXX",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("2012-02-08", "2012-02-08"),
        ("2012-02", "2012-02"),
        ("2012-02-08~", "2012-02"),
        ("2012-02?", "2012"),
        ("2012~", ""),
        ("2012-02-08/2012-02-20", "2012-02"),
        ("2012-02-08/2012-02-08", "2012-02-08"),
        ("2012-02-08/2012-03-08", "2012"),
        ("2012-02-08~/2012-02-20", "2012-02"),
        ("2011-12-31/2012-01-01", ""),
        ("2012-02-08/..", ""),
        ("XXXX-08-01", ""),
    ],
)
def test_a_date_is_certain_as_far_as_all_days_that_it_may_be_agree(text: str, certain: str) -> None:
    assert dates.parse(text).certain == certain


def test_an_interval_is_stated_by_its_ends() -> None:
    across = dates.parse("2011-12-31/2012-01-01")
    assert (across.year, across.month, across.day, across.iso, across.exact) == (None, None, None, "", "")
    assert [end.edtf for end in across.ends] == ["2011-12-31", "2012-01-01"]
    assert [end.edtf for end in dates.parse("../2012").ends] == ["2012"]
    assert [end.edtf for end in dates.parse("2012").ends] == ["2012"]


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("2012-02-08", ["2012-02-08"]),
        ("XXXX-08-01", ["undated"]),
        ("201X", ["undated"]),
        ("2011-12-30/2012-01-02", ["2011-12", "2011", "2011-12-30", "undated"]),
        ("2012-02-08/2012-02-10", ["2012-02", "2012", "2012-02-08", "undated"]),
        ("2012-01/2012-03", ["2012-01", "2012", "undated"]),
        ("2011/2012", ["2011", "undated"]),
        ("../2012-02-08", ["2012-02", "2012", "2012-02-08", "undated"]),
        ("201X/2020", ["2020", "undated"]),
        ("XXXX-08-01/XXXX-08-05", ["undated"]),
        ("Y12345/Y12346", ["undated"]),
    ],
)
def test_a_file_is_named_after_what_is_stated_of_its_date(text: str, prefixes: list[str]) -> None:
    date = dates.parse(text)
    assert (list(date.file_prefixes), date.file_prefix) == (prefixes, prefixes[0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2012-02-30", "February 2012 has 29 days"),
        ("2011-02-29", "February 2011 has 28 days"),
        ("XXXX-02-30", "February never has 30 days"),
        ("2012-13", "month 13"),
        ("20120208", "write 2012-02-08"),
        ("2012-2-8", "write 2012-02-08"),
        ("2012/02/08", "write 2012-02-08"),
        ("8/2/2012", "is not an EDTF date"),
        ("08 February 2012", "is not an EDTF date"),
        ("2012-1X", "write XX"),
        ("2012-XX-05", "day without a month"),
        ("2012-03/2012-02", "ends before it starts"),
        ("-0043/-0044", "ends before it starts"),
        ("2012-XX-05/2013", "day without a month"),
        ("2012/2013/2014", "is not an EDTF date"),
        ("{2012, 2013}", "is not an EDTF date"),
        ("[2012..2013]", "is not an EDTF date"),
        ("2012-02?-08", "is not an EDTF date"),
        ("../..", "is not an EDTF date"),
        ("", "is empty"),
        ("[2012, 2013]", "is not an EDTF date"),
        ("٢٠١٢-٠٢-٠٨", "is not an EDTF date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.parse(text)
    assert reason in str(refused.value)


def test_a_day_and_month_the_other_way_round_is_never_guessed() -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.parse("8/2/2012")
    assert "2012-02-08." not in str(refused.value)
    assert "2012-08-02." not in str(refused.value)
