"""Dates say what the source says and no more, whatever the date."""

from __future__ import annotations

import datetime as dt
import itertools
import re

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord import dates
from onrecord.dates import Date, NotADate

# Half of them within three days, so that the same year and month, and their first day, come often.
days = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31)) | st.dates(
    dt.date(2011, 11, 28), dt.date(2012, 2, 3)
)
marks = st.sampled_from(["", "~", "?", "%"])


@st.composite
def written(draw: st.DrawFn) -> str:
    """A date as a contributor may write it, of every kind that is allowed."""
    day, other = draw(days), draw(days)
    mark = draw(marks)
    return draw(
        st.sampled_from(
            [
                day.isoformat() + mark,
                f"{day.year:04}-{day.month:02}{mark}",
                f"{day.year:04}{mark}",
                f"{day.year // 10:03}X",
                f"{day.year // 100:02}XX",
                f"XXXX-{day.month:02}-{day.day:02}",
                f"XXXX-{day.month:02}",
                "XXXX",
                f"{day.year:04}-XX",
                f"{day.year:04}-{day.month:02}-XX",
                f"{day.year:04}-{draw(st.integers(21, 24))}",
                f"{day.isoformat()}T{draw(st.times()).replace(microsecond=0).isoformat()}",
                f"{min(day, other).isoformat()}/{max(day, other).isoformat()}",
                f"{min(day, other).isoformat()[:7]}/{max(day, other).isoformat()}{mark}",
                f"{min(day, other).year:04}/{max(day, other).isoformat()[:7]}",
                f"{day.year // 10:03}X/{min(day.year + 10, 9999):04}",
                f"{day.year:04}/..",
                f"../{day.isoformat()}",
            ]
        )
    )


some = st.builds(dates.parse, written())


def by_time(date: Date) -> tuple[int, int, int, str]:
    return date.sort_key


@given(written())
def test_a_date_keeps_the_text_it_was_written_as(text: str) -> None:
    date = dates.parse(text)
    assert date.edtf == text
    assert dates.parse(date.edtf) == date


@given(some)
def test_the_earliest_day_is_never_after_the_latest(date: Date) -> None:
    if date.earliest and date.latest:
        assert date.earliest <= date.latest
    if date.day and date.year and not date.start:
        assert date.earliest == date.latest == dt.date(date.year, date.month or 0, date.day)
    elif date.year and not date.start:
        assert date.earliest != date.latest


@given(st.lists(some, min_size=2, max_size=12))
@example([dates.parse("2012-02-01"), dates.parse("2012-02~"), dates.parse("2012-02")])
@example([dates.parse("2012-01"), dates.parse("2012?"), dates.parse("2012")])
def test_the_order_is_total_and_a_month_never_passes_for_its_first_day(dates_drawn: list[Date]) -> None:
    newest = sorted(dates_drawn, key=by_time, reverse=True)
    backwards = list(reversed(dates_drawn))
    assert sorted(backwards, key=by_time, reverse=True) == newest
    for before, after in itertools.pairwise(newest):
        assert (before.sort_key == after.sort_key) == (before.edtf == after.edtf)
        if after.years:
            assert before.years
        if before.year == after.year and before.month == after.month and before.year and before.month:
            assert before.day or not after.day


@given(some, some)
def test_dates_of_different_years_stand_in_the_order_of_time(first: Date, second: Date) -> None:
    if (
        first.latest
        and second.earliest
        and first.years
        and second.years
        and first.latest < second.earliest
        and first.years[-1] < second.years[0]
    ):
        assert first.sort_key < second.sort_key


@given(some)
def test_the_words_say_no_more_than_the_date(date: Date) -> None:
    words = date.in_words("en")
    numbers = {int(number) for number in re.findall(r"[0-9]+", words.partition(",")[0])}
    if date.start is None and date.end is None:
        known = {date.year, date.day} if not date.decades else set()
        if not date.decades:
            assert numbers <= known
        named = [month for month in dates.MONTHS[1:] if month in words]
        assert named == ([dates.MONTHS[date.month]] if date.month else [])
        if date.year is None and not date.decades:
            assert "not stated" in words
        assert ("about" in words) == (date.mark in ("~", "%") and bool(date.mark))
        assert ("uncertain" in words) == (date.mark in ("?", "%") and bool(date.mark))


@given(some)
def test_files_and_sorts_carry_only_what_is_known(date: Date) -> None:
    prefix = date.file_prefix
    assert prefix == "undated" or any(end.iso.startswith(prefix) for end in date.ends)
    assert date.sort_text in ("", *(end.iso for end in date.ends))
    assert bool(date.sort_text) == bool(date.years) == (prefix != "undated")
    if not date.day:
        assert len(date.iso) < 10
        assert len(prefix) < 10
    if not date.month:
        assert len(date.iso) in (0, 4)


@given(some)
def test_a_date_is_listed_under_what_it_states_and_under_nothing_beyond_its_ends(date: Date) -> None:
    stated = [end for end in date.ends if end.year is not None]
    assert {end.year for end in stated} <= set(date.years)
    months = {(year, month) for year in date.years for month in date.months(year)}
    assert {(end.year, end.month) for end in stated if end.month} <= months
    assert list(date.years) == sorted(set(date.years))
    for year in date.years:
        assert stated[0].year is not None
        assert stated[-1].year is not None
        assert stated[0].year <= year <= stated[-1].year
    for year, month in months:
        first, last = stated[0], stated[-1]
        assert (first.year, first.month or 0) <= (year, month) <= (last.year, last.month or 12)
    assert len(date.years) <= dates.MOST_YEARS
    assert len(months) <= dates.MOST_MONTHS
    assert not any(date.months(year) for year in (-1, *(year + 1 for year in date.years[-1:])))
    if len(date.ends) == 1 and date.day:
        assert len(months) == (date.year is not None)


@given(st.text(max_size=40) | st.from_regex(r"[-0-9XYTZ~?%/.:+ ]{1,24}", fullmatch=True))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    reason = ""
    try:
        date = dates.parse(text)
    except NotADate as refused:
        reason = str(refused)
    else:
        assert date.edtf == text
        assert dates.parse(date.edtf) == date
        assert date.in_words("en")
        sorted([date.sort_key, dates.NOT_STATED.sort_key])
    if reason:
        assert reason.endswith((".", ")."))
        assert "\n" not in reason.replace(text, "")


@given(
    st.dates(min_value=dt.date(1000, 1, 1)),
    st.sampled_from(["{:04}-{}-{}", "{:04}/{:02}/{:02}", "{:04}{:02}{:02}", "{:04}.{}.{}"]),
)
def test_a_suggestion_is_only_made_where_there_is_no_doubt(day: dt.date, shape: str) -> None:
    text = shape.format(day.year, day.month, day.day)
    try:
        assert dates.parse(text).earliest == day
    except NotADate as refused:
        offered = re.search(r"write ([0-9]{4}-[0-9]{2}-[0-9]{2})\.", str(refused))
        assert offered
        assert offered[1] == day.isoformat()
