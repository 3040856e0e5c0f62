"""EDTF dates: what is known of a day, a month or a year, never more.

The format is the Extended Date/Time Format of ISO 8601-2:2019, levels 0 and 1 as the Library of Congress publishes them
(https://www.loc.gov/standards/datetime/), and of level 2 the one form a release needs: digits not stated at the left
(`XXXX-08-01`, a day and a month whose year the source does not say; `XXXX`, nothing stated).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Literal

MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_BEFORE_ALL = -(10**12)

MOST_YEARS, MOST_MONTHS = 20, 12
"""A date that spans more years, or more months, is listed under the first and the last of them alone."""

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SIMPLE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<mark>[~?%]?)")
_FAR = re.compile(
    r"(?:Y(?P<long>-?[0-9]{5,12})|(?P<minus>-[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?)(?P<mark>[~?%]?)"
)
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}(?::[0-9]{2})?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_UNPADDED = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")


class NotADate(ValueError):
    """The text is no date that can be recorded. The message says why, and what to write where that is certain."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date with exactly the precision its source gives.

    `edtf` is the text as it was parsed. `year`, `month`, `day` are None where they are not stated, and for an interval, which has them
    at its `start` and its `end`; an end that is open or unknown is None. `earliest` and `latest` are the first and last day it can mean
    (of a season, those of its year), None where the year is open or lies outside 1-9999.
    """

    edtf: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    mark: str = ""
    season: int | None = None
    decades: str = ""
    time: str = ""
    start: Date | None = None
    end: Date | None = None

    @property
    def stated(self) -> bool:
        """False for a date of which nothing is known (`XXXX`)."""
        return any(end.year is not None or end.month or end.day or end.decades for end in self.ends)

    @property
    def ends(self) -> tuple[Date, ...]:
        """The date itself, or of an interval its start and its end as far as they are stated."""
        if self.start is None:
            return (self,) if self.end is None else (self.end,)
        return (self.start,) if self.end is None else (self.start, self.end)

    @property
    def years(self) -> tuple[int, ...]:
        """The years a release of this date is listed under, in their order: every index, facet and chart asks here.

        The year it states; of an interval every year from the first to the last, but the first and the last alone where they are more
        than MOST_YEARS, and the one that is stated where an end is open or has no year. None where no year is stated, as in `XXXX-08-01`
        and `201X`.
        """
        if self.start is None and self.end is None:
            return () if self.year is None else (self.year,)
        years = sorted({end.year for end in self.ends if end.year is not None})
        if len(years) == 2 and years[1] - years[0] < MOST_YEARS:
            return tuple(range(years[0], years[1] + 1))
        return tuple(years)

    def months(self, year: int) -> tuple[int, ...]:
        """The months (1 to 12) of one of its years that a release of this date is listed under, in their order.

        The month it states; of an interval whose two ends state theirs, every month from the first to the last, but the first and the
        last alone where they are more than MOST_MONTHS; else the months of this year that its ends state.
        """
        start, end = self.start, self.end
        if start is None and end is None:
            return (self.month,) if self.month and self.year == year else ()
        if start and end and start.year is not None and end.year is not None and start.month and end.month:
            first, last = start.year * 12 + start.month, end.year * 12 + end.month
            if last - first < MOST_MONTHS:
                return tuple(month for month in range(1, 13) if first <= year * 12 + month <= last)
        return tuple(sorted({end.month for end in self.ends if end.month and end.year == year}))

    def spans(self, unit: Literal["month", "day"]) -> bool:
        """True for an interval that certainly lies in several months (days), or that states the month (day) of an end: where it is
        listed under no single one, that is no silence of its source."""
        if self.start is None and self.end is None:
            return False
        if any(getattr(end, unit) is not None for end in self.ends):
            return True
        first, last = self.start and self.start.latest, self.end and self.end.earliest
        length = 7 if unit == "month" else 10
        return bool(first and last and first.isoformat()[:length] < last.isoformat()[:length])

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """Its first and its last day, where neither is in doubt. None for what is approximate, uncertain, open or without a year, and
        for a season: EDTF does not say of which hemisphere it is, and the winter of a year may end in the next one."""
        if self.earliest is None or self.latest is None or any(end.mark or end.season for end in self.ends):
            return None
        return self.earliest, self.latest

    @property
    def iso(self) -> str:
        """ISO 8601 as far as it is stated ("2012-02"), doubtful or not; empty for an interval and where the year is not stated or lies
        outside 0-9999."""
        if self.year is None or not 0 <= self.year <= 9999:
            return ""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)

    @property
    def exact(self) -> str:
        """ISO 8601 as far as it is stated beyond doubt: 2012-02-08, 2012-02, 2012, or empty. For a machine, which would take what is
        approximate, uncertain or an interval for certain."""
        return "" if self.mark or (self.year or 0) < 1 else self.iso

    @property
    def certain(self) -> str:
        """ISO 8601 as far as all days that the date may be agree: what is exact; of an interval what its two ends have in common; of what
        is approximate or uncertain all but its most exact part. Empty where that is not even the year."""
        if self.start is None and self.end is None:
            return self.exact or self.iso.rpartition("-")[0]
        if self.start is None or self.end is None:
            return ""
        start, end = (date.certain.split("-") for date in (self.start, self.end))
        return "-".join(
            part for part, _ in takewhile(lambda parts: parts[0] == parts[1], zip(start, end, strict=False))
        )

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Total, ascending in time. What is not known counts as 0, so a month alone is never taken for its first day: newest first
        it stands behind the days of its month, and what has no year stands behind everything. An interval stands where it begins, or
        where it ends if its start states no year."""
        first = self if self.year is not None else self._first
        return (_BEFORE_ALL if first.year is None else first.year, first.month or 0, first.day or 0, self.edtf)

    @property
    def sort_text(self) -> str:
        """The same place in time as ISO 8601 ("2012-02"), empty where no year is stated: for sorts that compare text."""
        return self._first.iso

    @property
    def _first(self) -> Date:
        """The end of an interval that gives it its place: the first that states a year."""
        return next((end for end in self.ends if end.year is not None), self)

    @property
    def file_prefixes(self) -> tuple[str, ...]:
        """How the name of the file of a release of this date may begin, the usual way first: with what is stated of the date, or with
        `undated`. Of an interval with the month or year it begins in; such files were once to be called `undated` too."""
        iso = self.sort_text
        if self.start is None and self.end is None:
            return (iso or "undated",)
        return tuple(dict.fromkeys(prefix for prefix in (iso[:7], iso[:4], iso, "undated") if prefix))

    @property
    def file_prefix(self) -> str:
        """How the name of the file of a release of this date begins: the first of `file_prefixes`."""
        return self.file_prefixes[0]

    def in_words(self, language: str = "en") -> str:
        """The date in words, saying what is not stated: "February 2012", "1 August, year not stated", "about 2012".

        Only English (`en`) is spoken here; other languages get the same English words until they are given their own.
        """
        if self.start is not None or self.end is not None:
            return _interval_words(self, language)
        text = _plain_words(self)
        if self.mark == "~":
            return f"about {text}"
        if self.mark == "?":
            return f"{text} (uncertain)"
        if self.mark == "%":
            return f"about {text} (uncertain)"
        return text


NOT_STATED = Date("XXXX")


def year_label(year: int) -> str:
    """A year as it is written in addresses and keys: four digits, or the number itself where it has more or is negative."""
    return f"{year:04}" if year >= 0 else str(year)


@cache
def checked(text: str) -> Date:
    """The Date of an EDTF text that `parse` has taken before: the same, without asking the judge again."""
    global _judging
    before, _judging = _judging, False
    try:
        return parse(text)
    finally:
        _judging = before


_judging = True


def parse(text: str) -> Date:
    """The Date that an EDTF text means.

    Raises NotADate, whose message is a sentence or two for the person who wrote the text.
    """
    plain = _PLAIN.fullmatch(text)
    if plain:
        return _plain(text, plain)
    simple = _SIMPLE.fullmatch(text)
    if simple:
        return _simple(text, simple)
    if _TIME.fullmatch(text):
        return _time(text)
    if text.count("/") == 1:
        return _interval(text)
    far = _FAR.fullmatch(text)
    if far:
        return _far(text, far)
    raise NotADate(_why(text))


def _plain(text: str, match: re.Match[str]) -> Date:
    """The direct path: a plain ISO 8601 date needs no grammar, and most dates are plain."""
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.group(2, 3))
    if month in SEASONS and day is None:
        # A season's months differ between the hemispheres and EDTF does not say which is meant: its span is the whole year.
        _judge(text)
        first, last = _span(text, year, None, None)
        return Date(text, year, earliest=first, latest=last, season=month)
    first, last = _span(text, year, month, day)
    return Date(text, year, month, day, first, last)


def _span(text: str, year: int, month: int | None, day: int | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a year, month or day. Raises NotADate where the calendar has no such thing."""
    if month is not None and not 1 <= month <= 12:
        raise NotADate(f"“{text}” has month {month:02}; months run from 01 to 12.")
    if day is not None:
        assert month is not None
        days = calendar.monthrange(year if 1 <= year <= 9999 else 2000, month)[1]
        if not 1 <= day <= days:
            raise NotADate(f"“{text}” does not exist: {MONTHS[month]} {year} has {days} days.")
    if not 1 <= year <= 9999:
        return None, None
    first = dt.date(year, month or 1, day or 1)
    last_month = month or 12
    return first, dt.date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def _simple(text: str, match: re.Match[str]) -> Date:
    """A date with digits not stated, or a mark of doubt."""
    years, months, days, mark = match["year"], match["month"] or "", match["day"] or "", match["mark"]
    season = None
    if months.isdigit() and int(months) in SEASONS and not days:
        season, months = int(months), ""
    for part, what in ((months, "month"), (days, "day")):
        if "X" in part and part != "XX":
            raise NotADate(f"“{text}” leaves one digit of the {what} open; write XX for a {what} that is not stated.")
    if "X" in years.rstrip("X"):
        raise NotADate(f"“{text}” leaves a digit in the middle of the year open; write 201X, 20XX or XXXX.")
    month = int(months) if months.isdigit() else None
    day = int(days) if days.isdigit() else None
    if day and not month:
        raise NotADate(f"“{text}” has a day without a month; write the month, or leave the day out.")
    if years.isdigit():
        year = int(years)
        first, last = _span(text, year, month, day)
        _judge(text)
        return Date(text, year, month, day, first, last, mark, season)
    if years == "XXXX":
        if month is not None and not 1 <= month <= 12:
            raise NotADate(f"“{text}” has month {month:02}; months run from 01 to 12.")
        if day is not None and month is not None and not 1 <= day <= calendar.monthrange(2000, month)[1]:
            raise NotADate(f"“{text}” does not exist: {MONTHS[month]} never has {day} days.")
        if season:
            raise NotADate(
                f"“{text}” gives a season of a year that is not stated; write XXXX and say the season in date_as_written."
            )
        return Date(text, None, month, day, mark=mark)
    if months or days:
        raise NotADate(
            f"“{text}” gives a month of a year that is not fully known; write {years} or XXXX-{months or '08'}."
        )
    if mark:
        raise NotADate(f"“{text}” has a mark after an open year, which EDTF level 1 does not know; write {years}.")
    low, high = int(years.replace("X", "0")), int(years.replace("X", "9"))
    _judge(text)
    first, last = (dt.date(low, 1, 1) if low else dt.date(1, 1, 1)), dt.date(high, 12, 31)
    return Date(text, earliest=first, latest=last, decades=years)


def _time(text: str) -> Date:
    """A moment: the day counts, the time is kept in words (EDTF level 0)."""
    match = _TIME.fullmatch(text)
    assert match
    _judge(text)
    day = parse(match[1])
    zone = {"Z": " UTC", None: ""}.get(match[3], f" UTC{match[3]}")
    return Date(text, day.year, day.month, day.day, day.earliest, day.latest, time=f"{match[2][:5]}{zone}")


def _interval(text: str) -> Date:
    """An interval of two dates; either end may be open (`..`) or unknown (empty), not both (EDTF level 1)."""
    parts = text.split("/")
    if not any(part.strip(".") for part in parts):
        raise NotADate(_why(text))
    try:
        ends = [None if part in ("", "..") else parse(part) for part in parts]
    except NotADate as error:
        raise NotADate(f"{_why(text)} As an interval its end is not a date: {error}") from error
    start, end = ends
    if any(end is not None and (end.start or end.end or end.time) for end in ends):
        raise NotADate(_why(text))
    if start and end:
        reversed_days = start.earliest and end.latest and start.earliest > end.latest
        if reversed_days or (start.year is not None and end.year is not None and start.year > end.year):
            raise NotADate(f"“{text}” ends before it starts.")
    first = start.earliest if start else None
    return Date(text, earliest=first, latest=end.latest if end else None, start=start, end=end)


def _far(text: str, match: re.Match[str]) -> Date:
    """A year before 1 or after 9999 (EDTF level 1): recorded, sorted and said, though `earliest` cannot hold it."""
    _judge(text)
    if match["long"]:
        return Date(text, int(match["long"]), mark=match["mark"])
    month, day = (int(match[key]) if match[key] else None for key in ("month", "day"))
    year = int(match["minus"])
    _span(text, year, month, day)
    return Date(text, year, month, day, mark=match["mark"])


def _judge(text: str) -> None:
    """The edtf package is the judge of everything beyond plain dates. Imported late: it is slow to load and seldom needed.

    Raises NotADate.
    """
    if not _judging:
        return
    import edtf

    try:
        edtf.parse_edtf(text)
    except edtf.parser.edtf_exceptions.EDTFParseException as error:
        raise NotADate(_why(text)) from error


def _why(text: str) -> str:
    """What is wrong with a text that is no EDTF date; a date to write instead is named only where there is no doubt about it."""
    if not text.strip():
        return "The date is empty; write it as EDTF (2012-02-08, 2012-02, 2012), or XXXX where the source does not state one."
    match = _COMPACT.fullmatch(text) or _UNPADDED.fullmatch(text)
    if match:
        year, month, day = (int(part) for part in match.groups())
        try:
            return f"“{text}” is not written as EDTF; write {dt.date(year, month, day).isoformat()}."
        except ValueError:
            pass
    return (
        f"“{text}” is not an EDTF date. Write year, month and day as far as the source states them: 2012-02-08, 2012-02, 2012, "
        "2012~ (about), 2012? (uncertain), XXXX-08-01 (year not stated), XXXX (not stated)."
    )


def _plain_words(date: Date) -> str:
    if date.decades:
        stated_digits = date.decades.rstrip("X")
        return (
            f"{stated_digits}0s"
            if len(stated_digits) == 3
            else f"{stated_digits.ljust(4, '0')} to {stated_digits.ljust(4, '9')}"
        )
    month = MONTHS[date.month] if date.month else ""
    year = _year_words(date.year)
    if date.season:
        return f"{SEASONS[date.season]} {year}"
    if date.year is None:
        if date.day:
            return f"{date.day} {month}, year not stated"
        return f"{month}, year not stated" if month else "date not stated"
    if date.day:
        text = f"{date.day} {month} {year}"
        return f"{text}, {date.time}" if date.time else text
    if "XX" in date.edtf:
        return f"{month} {year}, day not stated" if month else f"{year}, month not stated"
    return f"{month} {year}" if month else year


def _year_words(year: int | None) -> str:
    if year is None:
        return ""
    if year > 0:
        return str(year)
    return f"{1 - year} BCE"


def _interval_words(date: Date, language: str) -> str:
    before, _, after = date.edtf.partition("/")
    if date.start is None:
        assert date.end is not None
        end = date.end.in_words(language)
        return f"until {end}" if before == ".." else f"an unknown date to {end}"
    start = date.start.in_words(language)
    if date.end is None:
        return f"from {start}" if after == ".." else f"{start} to an unknown date"
    return f"{start} to {date.end.in_words(language)}"
