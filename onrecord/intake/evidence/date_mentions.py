"""Dates in running text: what is written, and every day it can mean.

Nothing is completed and nothing converted: a month stays a month, a date without a year is `XXXX-08-01`, and one of another calendar, of
a year whose century is open, or of a day that was torn in two is no date but a doubt, with the words as they stand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from onrecord.intake.evidence.date_forms import DateForm
from onrecord.intake.evidence.date_patterns import END, HAN_DIGITS, OTHER_YEAR, Calendar, calendar
from onrecord.intake.lexicon import lexicon_of
from onrecord.intake.lexicon.notation import folded

LANGUAGES = ("en", "ar", "fr", "es", "ru", "de", "pt", "uk", "fa", "tr", "it", "sv", "nl", "zh", "ja")
"""Those whose dates are known from the lexicon."""
DAY_FIRST: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(("ar", "fr", "es", "pt", "it"), "/-."), "nl": "-.", **dict.fromkeys(("ru", "de", "uk", "tr"), ".")}
)
"""Those that write a numeric date with the day first, each with the signs that stand between its parts then (CLDR's short dates): with
another sign ("11/01/2021" in German) it is in somebody else's order. English has both orders, the others begin with the year."""

Doubt = Literal["", "century", "day", "calendar"]

_DAYS_IN = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_YEARS = range(1500, 2100)
# The years of the Thai solar calendar since it begins on 1 January (1941), of which the common era's are so many less.
_BUDDHIST_YEARS, _BEFORE_BUDDHIST = range(2484, 2643), 543
_CENTURIES = (19, 20)
_OTHER_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?:{OTHER_YEAR}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{1,2}}([-/.])\d{{1,2}}\2{OTHER_YEAR})(?![\w/.-])"
)
_HAN_VALUES = dict(zip(HAN_DIGITS, (0, 0, 0, *range(1, 10)), strict=True))
_HAN_TENS = {"廿": "二十", "卅": "三十"}
_LUNAR = re.compile(r"(?:农历|農曆|阴历|陰曆|夏历|舊曆|旧历|旧暦|陰暦)\s?[^\s\d，。]{0,6}$")
_DAY_LEFT = re.compile(r"\d(?:st|nd|rd|th|er|\.|º)?\s*(?:de\s+)?(?:[–—-]\s*)?$|(?<=\S)[–—-]$")
_NAME_LEFT = re.compile(r"(?<![^\W\d_])(?P<name>[^\W\d_]{2,}+\.?)\s*+[–—-]\s*+$")
_ENDS = re.compile(END)
_DIGIT = re.compile(r"\d+|[年月]")
_MONTH_SIGN = re.compile("[月월]")
_MARKS = re.compile(r"[*]{1,4}")
_WIDEST = 96


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text, from `start` to `end`, `written` so. `readings` are the EDTF dates it can mean (two where the order of day and
    month is open, none where its weekday contradicts it or something else is in doubt).

    `doubt` says why it is no date though it looks like one: the century of its year is not stated, its day is torn in two ("1 6th
    November"), or it is of another calendar; `candidates` are then the days it may be (EDTF), none of another calendar.

    Once its place in a document is known, `role` says what the date is of (release, updated, printed, event, embargo, other), `basis`
    in what kind of place it is (header, dateline, body), `line` has the words around it, `labelled` says that they call it the day
    of publication, and `form` how the place states it.
    """

    start: int
    end: int
    written: str
    readings: tuple[str, ...]
    weekday: str = ""
    contradicted: str = ""
    numeric: bool = False
    order: str = ""
    role: str = ""
    basis: str = ""
    line: str = ""
    labelled: bool = False
    doubt: Doubt = ""
    candidates: tuple[str, ...] = ()
    form: DateForm = ""

    @property
    def edtf(self) -> str:
        """The one date it means, or an empty text where that is open."""
        return self.readings[0] if len(self.readings) == 1 else ""


def dates_in(text: str, language: str = "") -> list[DateMention]:
    """Every date in `text`, in order. Names are those of `language` (BCP 47) and English; of all LANGUAGES where it is empty. The first
    and the last of several days ("3-5 May 2013") are none."""
    if not _DIGIT.search(text):
        return []
    return sorted(_Reading(text, language.split("-")[0].lower()).mentions(), key=lambda mention: mention.start)


def dates_in_line(text: str, language: str = "") -> list[DateMention]:
    """The dates in a header line: in the text's language, else in any of LANGUAGES."""
    return dates_in(text, language) or (dates_in(text) if language and any(map(str.isdigit, text)) else [])


class _Reading:
    """Reads a text once for each form of a date; what one form has taken is not read again."""

    def __init__(self, text: str, tag: str) -> None:
        self._text = text
        self._tag = tag
        self._calendar: Calendar = calendar(tag)
        self._taken = bytearray(len(text))
        self._windows = _windows(text)

    def mentions(self) -> Iterator[DateMention]:
        """The mentions, form by form."""
        forms = self._calendar
        for match in self._matches(forms.other) if forms.other else ():
            yield self._doubtful(*match.span(), "calendar")
        if self._tag in ("", "ar", "fa", "ps", "ur", "ckb"):
            for match in self._matches(_OTHER_NUMERIC):
                if self._tag or not match[0].isascii():
                    yield self._doubtful(*match.span(), "calendar")
        for match in self._matches(forms.han) if _MONTH_SIGN.search(self._text) else ():
            yield from self._han(match)
        for match in self._matches(forms.numeric):
            yield from self._numeric(match)
        for match in self._matches(forms.name):
            yield from self._named(match)

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a form in what no form before it has taken; looked for around figures only, because a date has some."""
        for low, high in self._windows:
            for match in pattern.finditer(self._text, low, high):
                start, end = match.span()
                if not any(self._taken[start:end]):
                    self._taken[start:end] = b"\1" * (end - start)
                    yield match

    # ---- the forms

    def _named(self, match: re.Match[str]) -> Iterator[DateMention]:
        """8 February 2012, February 8, 2012, February 2012: what stands beside a month's name."""
        forms, text = self._calendar, self._text
        month = forms.month(match["m"], match["second"] or "")
        second_is_month = bool(match["second"]) and folded(match["second"].strip(" /()")) in forms.months
        name_end = match.end() if second_is_month else match.end("m")
        before = forms.day_before.search(text, max(0, match.start() - _WIDEST), match.start())
        year = forms.year_after.match(text, name_end)
        after = None if before else forms.day_after.match(text, name_end)
        if not month:
            return
        if before:
            end = year.end() if year else name_end
            if not year and not _ENDS.match(text, name_end):
                return
            yield from self._day(match["m"], month, before, year, before.start(), end)
        elif after:
            if not forms.range_after.match(text, after.end()) or after["y"]:
                yield from self._day(match["m"], month, after, after, match.start(), after.end())
        elif year and year["y"] and (number := self._year(year)):
            # What is left of "3-5 May 2013" is days, and so is what is left of "31 February 2012", and a month of "March - May 2012".
            left = text[max(0, match.start() - 20) : match.start()]
            earlier = _NAME_LEFT.search(left)
            if not _DAY_LEFT.search(left) and not (earlier and forms.month(earlier["name"], "")):
                yield self._dated(match.start(), year.end(), (_edtf(number, month, None),))

    def _day(
        self, name: str, month: int, day: re.Match[str], year: re.Match[str] | None, start: int, end: int
    ) -> Iterator[DateMention]:
        """A day of a named month, with its year where one stands there."""
        groups = day.groupdict()
        number = self._year(year) if year and year["y"] else None
        if groups.get("a"):
            if number and 1 <= int(day["a"] + day["b"]) <= 31:
                yield from self._split(day, number, month, start, end)
                return
            start = day.start("b")
        date = int(groups["d"] or groups["b"])
        if groups["d"] is not None and day.re is self._calendar.day_before:
            before = self._text[max(0, start - 24) : start]
            if self._calendar.range_before.search(before):
                return
        if year and not year["y"] and (year["short"] or year["bare"]):
            short = int(year["short"] or year["bare"])
            yield from self._of_open_century(start, end, short, [(month, date)])
            return
        if year and year["y"] and number is None:
            # "3 May 1800 people": the number counts people.
            end = start + len(self._text[start : year.start("y")].rstrip(" ,،-/"))
        reading = _edtf(number, month, date)
        if reading and (number or _is_date_without_year(name)):
            yield self._dated(start, end, (reading,))

    def _numeric(self, match: re.Match[str]) -> Iterator[DateMention]:
        if match["short"]:
            if "." in match["u"] and not self._stands_alone(match):
                # "Version 2.6.37"
                return
            pairs = [(int(match["f"]), int(match["e"])), (int(match["e"]), int(match["f"]))]
            yield from self._of_open_century(
                *match.span(), int(match["short"]), pairs[:1] if "." in match["u"] else pairs
            )
            return
        if match["y"]:
            year = int(match["y"])
            if year in _YEARS:
                readings: tuple[str, ...] = (_edtf(year, int(match["m"]), int(match["d"])),)
                yield from self._if_valid(match, readings, numeric=True)
            return
        a, b, year = int(match["a"]), int(match["b"]), int(match["z"])
        options = {"dmy": _edtf(year, b, a), "mdy": _edtf(year, a, b)} if year in _YEARS else {}
        if "." in match["t"] and self._tag != "en":
            # English has no form of its own with dots: "9.10.2019" is written in the order of slashes too.
            options.pop("mdy", None)
        valid = {name: value for name, value in options.items() if value}
        order = next(iter(valid)) if len(valid) == 1 else ""
        yield from self._if_valid(match, tuple(dict.fromkeys(valid.values())), numeric=True, order=order)

    def _han(self, match: re.Match[str]) -> Iterator[DateMention]:
        """2012年2月8日, 2012년 2월 8일, 平成24年2月8日, 民國一百零一年二月八日: an era's years are counted by rule."""
        month, day = _han_number(match["m"]), _han_number(match["d"]) if match["d"] else None
        lunar = _LUNAR.search(self._text, max(0, match.start() - 12), match.start())
        if lunar or match["bare"]:
            yield self._doubtful(lunar.start() if lunar else match.start(), match.end(), "calendar")
            return
        year = None
        if match["era"]:
            before, most = self._calendar.eras.get(match["era"], (0, 0))
            number = _han_number(match["n"])
            if not number or (most and number > most):
                yield self._doubtful(*match.span(), "calendar")
                return
            year = before + number
        elif match["y"]:
            year = int("".join(str(_HAN_VALUES.get(char, char)) for char in match["y"]))
            if year not in _YEARS:
                return
        if (year is None and day is None) or self._calendar.range_after.match(self._text, match.end()):
            return
        yield from self._if_valid(match, (_edtf(year, month, day),))

    def _split(self, day: re.Match[str], year: int, month: int, start: int, end: int) -> Iterator[DateMention]:
        """A day torn in two by a scan is read where the weekday agrees with the whole and not with its second half."""
        whole = _edtf(year, month, int(day["a"] + day["b"]))
        half = _edtf(year, month, int(day["b"])) if day["b"] != "0" else ""
        mention = self._dated(start, end, tuple(filter(None, (half, whole))))
        if mention.weekday and mention.readings == (whole,):
            yield mention
        elif mention.weekday:
            yield replace(mention, readings=(), contradicted=f"{mention.weekday} {whole or half}")
        else:
            yield replace(mention, readings=(), doubt="day", candidates=mention.readings)

    def _of_open_century(self, start: int, end: int, year: int, pairs: list[tuple[int, int]]) -> Iterator[DateMention]:
        """A date whose year has two digits: its weekday settles the century, nothing else does."""
        candidates = tuple(
            dict.fromkeys(
                edtf
                for century in _CENTURIES
                for month, day in pairs
                if (edtf := _edtf(century * 100 + year, month, day))
            )
        )
        if not candidates:
            return
        mention = self._dated(start, end, candidates)
        if mention.weekday and len(mention.readings) == 1:
            yield mention
        elif not mention.contradicted:
            yield replace(mention, readings=(), doubt="century", candidates=mention.readings)
        else:
            yield mention

    # ---- what they have in common

    def _year(self, match: re.Match[str]) -> int | None:
        """The year of a match; None for a number that is none, or that counts what follows it ("1800 people")."""
        year = int(match["y"])
        if self._tag == "th" and year in _BUDDHIST_YEARS:
            return year - _BEFORE_BUDDHIST
        if year not in _YEARS:
            return None
        follows = re.match(r"\s+[^\W\d_]+", self._text[match.end("y") : match.end("y") + 40])
        if year < 1900 and match.end("y") == match.end() and follows:
            word = follows[0].strip()
            if word.lower() == word and not self._is_small_word(word):
                return None
        return year

    def _is_small_word(self, word: str) -> bool:
        words = lexicon_of(self._tag)
        return any(
            folded(word) in words.words(category) for category in ("function_words", "clause_words", "connectives")
        )

    def _stands_alone(self, match: re.Match[str]) -> bool:
        """True where no other word than a connective stands before a match on its line, and none behind it."""
        before = self._text[max(0, match.start() - 30) : match.start()]
        behind = self._text[match.end() : match.end() + 3].lstrip(" ")
        known = lexicon_of(self._tag).pattern("connectives", "end")
        return not behind[:1].isalnum() and (
            re.search(r"(?:^|[\n,;|(])\s*$", before) is not None or known.search(before) is not None
        )

    def _if_valid(
        self, match: re.Match[str], readings: tuple[str, ...], *, numeric: bool = False, order: str = ""
    ) -> Iterator[DateMention]:
        if readings and all(readings):
            yield replace(self._dated(match.start(), match.end(), readings), numeric=numeric, order=order)

    def _doubtful(self, start: int, end: int, doubt: Doubt) -> DateMention:
        mention = self._dated(start, end, ())
        return replace(mention, contradicted="", doubt=doubt)

    def _dated(self, start: int, end: int, readings: tuple[str, ...]) -> DateMention:
        """A mention with the weekday beside it, and without the readings that it contradicts."""
        before = self._calendar.weekday_before.search(self._text, max(0, start - 40), start)
        after = None if before else self._calendar.weekday_after.match(self._text, end)
        name = before["w"] if before else after["w"] if after else ""
        if name and not _is_weekday(name) and not (after and after["bracket"]):
            before, after, name = None, None, ""
        start = before.start("w") if before else start
        end = after.end() if after else end
        contradicted = ""
        if name and readings:
            number = self._calendar.weekdays.get(folded(name))
            agreeing = tuple(reading for reading in readings if number is None or _weekday(reading) in (None, number))
            contradicted = "" if agreeing else f"{name} {readings[0]}"
            readings = agreeing
        written = _MARKS.sub("", self._text[start:end]).strip()
        return DateMention(start, end, written, readings, name.strip("."), contradicted)


def _windows(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that lie around figures, and around 年 and 月, as wide as a date may be."""
    out: list[tuple[int, int]] = []
    for match in _DIGIT.finditer(text):
        low, high = max(0, match.start() - _WIDEST), min(len(text), match.end() + _WIDEST)
        if out and low <= out[-1][1]:
            out[-1] = out[-1][0], high
        else:
            out.append((low, high))
    return out


def _is_weekday(name: str) -> bool:
    """A short name ("so", "sat") is a weekday's where a capital letter or a full stop says so."""
    bare = name.strip(".")
    return len(bare) > 3 or not bare[:1].islower() or name.endswith(".")


def _is_date_without_year(name: str) -> bool:
    """Without a year, "may", "mar" or "set" is a month only if it looks like a name."""
    bare = name.strip(".")
    names = ("mayo", "mai", "mars", "juin", "août", "maio", "mart", "maj", "mei", "juni", "juli")
    if bare[:1].isascii() and len(bare) <= 4 and bare.islower() and bare not in names:
        return False
    return len(bare) > 2


def _han_number(text: str) -> int:
    """The value of a number in figures or Chinese numerals (十二, 廿三, 一百零一, 元); 0 for what is none."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    for sign, tens in _HAN_TENS.items():
        text = text.replace(sign, tens)
    total, digit = 0, 0
    for char in text:
        if char in ("十", "百"):
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif char in _HAN_VALUES:
            digit = digit * 10 + _HAN_VALUES[char] if not total and digit else _HAN_VALUES[char]
        else:
            return 0
    return total + digit


def _edtf(year: int | None, month: int, day: int | None) -> str:
    """EDTF of what is known; an empty text for a day the calendar does not have."""
    if not 1 <= month <= 12:
        return ""
    if day is not None:
        try:
            if year is not None:
                dt.date(year, month, day)
            elif not 1 <= day <= _DAYS_IN[month]:
                return ""
        except ValueError:
            return ""
    head = f"{year:04}-{month:02}" if year is not None else f"XXXX-{month:02}"
    return head if day is None else f"{head}-{day:02}"


def _weekday(edtf: str) -> int | None:
    """0 (Monday) to 6 for a whole date, else None."""
    try:
        return dt.date.fromisoformat(edtf).weekday()
    except ValueError:
        return None
