"""Dates in running text: what is written, and every day it can mean.

The names of months and days are CLDR's, through Babel, in each language's inflected and dictionary forms; Arabic has the Syriac
(شباط), the Egyptian (فبراير) and the Maghreb (فيفري) months. Nothing is completed: a month stays a month, and a date without a year is
`XXXX-08-01`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = ("en", "ar", "fr", "es", "ru", "de", "pt")
_LOCALES = {
    "en": ("en", "en_GB"),
    "ar": ("ar", "ar_SY", "ar_DZ", "ar_MA", "ar_SA", "en"),
    "pt": ("pt", "pt_PT", "en"),
    "ckb": ("ckb", "ar_SY", "ar", "en"),
}
_FOLD = str.maketrans("أإآٱىئ", "اااايي")
_MARKS = re.compile("[\u064b-\u0652\u0640]")
_DAYS_IN = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
# Words that a day or month name's abbreviation could be taken for where no year stands beside it.
_EXTRA_MONTHS = {
    "en": {"sept": 9},
    "ar": {
        "اغسطس": 8,
        "ابريل": 4,
        "جانفي": 1,
        "جوان": 6,
        "اوت": 8,
        "كانون ثاني": 1,
        "تشرين اول": 10,
        "تشرين ثاني": 11,
        "كانون اول": 12,
    },
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text, from `start` to `end`, `written` so. `readings` are the EDTF dates it can mean (two where the order of day and
    month is open, none where its weekday contradicts it).

    Once its place in a document is known, `role` says what the date is of (release, updated, printed, event, embargo, other), `basis`
    in what kind of place it is (header, dateline, body), `line` has the words around it, and `labelled` says that they call it the day
    of publication.
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

    @property
    def edtf(self) -> str:
        """The one date it means, or an empty text where that is open."""
        return self.readings[0] if len(self.readings) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Calendar:
    months: dict[str, int]
    days: dict[str, int]
    pattern: re.Pattern[str]


def folded(text: str) -> str:
    """Text with the spelling variants of Arabic letters made one; of the same length."""
    return text.translate(_FOLD)


@lru_cache(maxsize=32)
def _calendar(language: str) -> _Calendar:
    from babel import Locale, UnknownLocaleError

    tag = language.split("-")[0]
    locales = _LOCALES.get(tag) or ((tag, "en") if tag else tuple(LANGUAGES))
    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for name in locales:
        try:
            locale = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, label in locale.months[context][width].items():
                    _add(months, label, number)
                for number, label in locale.days[context][width].items():
                    _add(days, label, number)
    months |= {folded(label): number for label, number in _EXTRA_MONTHS.get(tag, {}).items()}
    months |= _EXTRA_MONTHS["en"]
    month = "|".join(sorted((re.escape(label) for label in months), key=len, reverse=True))
    day = "|".join(sorted((re.escape(label) for label in days), key=len, reverse=True))
    wall, end = r"(?<![\w/.-])", r"(?![\w-]|[/.]\d)"

    def weekday(form: int) -> str:
        link = r"(?:the\s+|le\s+|el\s+|den\s+|dem\s+|dia\s+|día\s+|الموافق\s+)?"
        return rf"(?:(?:(?:on|le|el|am|на|يوم)\s+)?(?P<wd{form}>{day})\.?(?:-feira)?\s*[,،]?\s*{link})?"

    of = r"(?:\s*(?:de|del|do|da|of|من|d['’])\s*|[\s\u00a0-]*)"
    year = r"(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d"
    ordinal = r"(?:st|nd|rd|th|er|ère|º|ª|°|\.)?"
    named = rf"(?:{month})\.?(?:\s*/\s*(?:{month})\.?)?(?:\s*\((?:{month})\))?"
    tail = r"(?:\s*(?:года|год|г\.?|م\.?)(?!\w))?"
    forms = (
        rf"{wall}{weekday(1)}(?P<d1>\d{{1,2}}){ordinal}{of}(?P<m1>{named})(?:(?:\s*,?\s*(?:de|del|do)\s+|[\s,،.\u00a0-]*)(?P<y1>{year}){tail})?{end}",
        rf"{wall}{weekday(2)}(?P<m2>{named})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,?\s+(?P<y2>{year}))?{end}",
        rf"{wall}(?P<y3>{year})(?P<s3>[-/.])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?=T\d|{end})",
        rf"{wall}{weekday(4)}(?P<a4>\d{{1,2}})(?P<s4>\s?[-/.]\s?)(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{year}){end}",
        rf"{wall}(?P<m5>{named})(?:\s*(?:de|del|do|of|من)\s+|[\s,،\u00a0-]+)(?P<y5>{year}){tail}{end}",
        rf"{wall}(?P<y6>{year})年\s*(?P<m6>\d{{1,2}})月\s*(?P<d6>\d{{1,2}})日",
    )
    return _Calendar(months, days, re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE))


def _add(table: dict[str, int], label: str, number: int) -> None:
    """A label with and without its point; a number or a single letter names nothing."""
    label = folded(_MARKS.sub("", label)).lower().strip(".")
    if len(label) >= 2 and not label.isdigit():
        table.setdefault(label, number)


def dates_in(text: str, language: str = "") -> list[DateMention]:
    """Every date in `text`, in order. Names are those of `language` (BCP 47) and English; of all seven where it is empty."""
    calendar = _calendar(language)
    matches = calendar.pattern.finditer(folded(text))
    return [mention for match in matches if (mention := _mention(text, match, calendar))]


def dates_in_line(text: str, language: str = "") -> list[DateMention]:
    """The dates in a header line: in the text's language, else in any of the seven."""
    return dates_in(text, language) or (dates_in(text) if language and any(map(str.isdigit, text)) else [])


def _mention(text: str, match: re.Match[str], calendar: _Calendar) -> DateMention | None:
    group = match.groupdict()
    weekday = group["wd1"] or group["wd2"] or group["wd4"]
    start, end = match.span()
    order = ""
    numeric = bool(match["y3"] or match["y4"] or match["y6"])
    if match["y4"]:
        a, b, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        options = {"dmy": _edtf(year, b, a), "mdy": _edtf(year, a, b)}
        if "." in match["s4"]:
            options.pop("mdy")
        valid = {name: value for name, value in options.items() if value}
        readings = tuple(dict.fromkeys(valid.values()))
        order = next(iter(valid)) if len(valid) == 1 else ""
        if not readings:
            return None
    else:
        year_text = match["y1"] or match["y2"] or match["y3"] or match["y5"] or match["y6"]
        day_text = match["d1"] or match["d2"] or match["d3"] or match["d6"]
        name = match["m1"] or match["m2"] or match["m5"]
        month = _month(name, calendar) if name else int(match["m3"] or match["m6"])
        if not month:
            return None
        if match["m5"] and re.search(r"\d(?:st|nd|rd|th|er|\.|º)?\s*(?:de\s+)?$", text[:start]):
            # "3-5 May 2013" is days, not a month.
            return None
        if name and not year_text and not _is_date_without_year(text[start:end], name):
            return None
        value = _edtf(int(year_text) if year_text else None, month, int(day_text) if day_text else None)
        if not value:
            return None
        readings = (value,)
    contradicted = ""
    if weekday:
        number = calendar.days.get(weekday.lower().strip("."))
        agreeing = tuple(r for r in readings if number is None or _weekday(r) in (None, number))
        if not agreeing:
            contradicted = f"{weekday} {readings[0]}"
        readings = agreeing
    written_from = match.start(_weekday_group(match)) if weekday else start
    written = re.sub(r"^(?:le|el|am)\s+", "", text[written_from:end].strip())
    return DateMention(start, end, written, readings, weekday or "", contradicted, numeric, order)


def _weekday_group(match: re.Match[str]) -> str:
    return next((key for key in match.groupdict() if key.startswith("wd") and match[key]), "")


def _month(name: str, calendar: _Calendar) -> int:
    """The number of a month's name; 0 where two names in one ("شباط/فبراير") disagree."""
    numbers = {calendar.months.get(part.strip(" .()").lower()) for part in re.split(r"\s*/\s*|\s*\(", name)}
    number = numbers.pop() if len(numbers) == 1 else None
    return number or 0


def _is_date_without_year(text: str, name: str) -> bool:
    """Without a year, "may", "mar" or "set" is a date only if it looks like a name."""
    bare = name.strip(".")
    if (
        bare[:1].isascii()
        and len(bare) <= 4
        and bare.islower()
        and bare not in ("mayo", "mai", "mars", "juin", "août", "maio")
    ):
        return False
    return len(bare) > 2


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
