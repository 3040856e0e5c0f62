"""Languages in words: dates, months, numbers and the names of languages, as each interface language says them.

English dates are `Date.in_words`'s own. The others are put together here from CLDR's month names and patterns (through Babel) and a
phrase for each thing a date can leave open: nothing is said that the date does not hold.
"""

from __future__ import annotations

import calendar
import copy
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord import dates
from onrecord.dates import Date

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True, slots=True)
class Forms:
    """What an interface language writes that is in no catalogue.

    `phrases` are for what a date leaves open, `{}` being the date as far as it is known: 21 to 24 are the seasons of EDTF, `~`, `?` and
    `%` its marks. `day`, `month` and `yearless` (a day without a year) are patterns, `thousands` is CLDR's sign between thousands.
    `first` is how the first of a month is written, `ungrouped` the largest number without that sign, `digits` are CLDR's from 0 to 9,
    and `first_weekday` is the day a week begins with (Monday is 0).
    """

    phrases: Mapping[str, str]
    day: str
    month: str
    yearless: str
    thousands: str
    first: str = "1"
    ungrouped: int = 999
    digits: str = "0123456789"
    first_weekday: int = 0


_FORMS: Mapping[str, Forms] = {
    # What Date.in_words writes, in the same shape.
    "en": Forms(
        {
            "none": "date not stated", "no-year": "{}, year not stated", "no-month": "{}, month not stated", "no-day": "{}, day not stated",
            "~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)", "to": "{} to {}", "until": "until {}", "from": "from {}",
            "unknown-to": "an unknown date to {}", "to-unknown": "{} to an unknown date", "decade": "{}s", "century": "{} to {}",
            "bce": "{} BCE", "at": "{}, {}", "21": "spring {}", "22": "summer {}", "23": "autumn {}", "24": "winter {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands=",",
    ),
    "ar": Forms(
        {
            "none": "التاريخ غير مذكور", "no-year": "{}، السنة غير مذكورة", "no-month": "{}، الشهر غير مذكور",
            "no-day": "{}، اليوم غير مذكور", "~": "نحو {}", "?": "{} (غير مؤكد)", "%": "نحو {} (غير مؤكد)",
            "to": "من {} إلى {}", "until": "حتى {}", "from": "منذ {}", "unknown-to": "من تاريخ غير معروف إلى {}",
            "to-unknown": "من {} إلى تاريخ غير معروف", "decade": "عقد {}", "century": "{} إلى {}", "bce": "{} ق.م", "at": "{}، {}",
            "21": "ربيع {}", "22": "صيف {}", "23": "خريف {}", "24": "شتاء {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands="٬",
        digits="٠١٢٣٤٥٦٧٨٩", first_weekday=5,
    ),
    "es": Forms(
        {
            "none": "fecha no indicada", "no-year": "{}, año no indicado", "no-month": "{}, mes no indicado",
            "no-day": "{}, día no indicado", "~": "hacia {}", "?": "{} (incierto)", "%": "hacia {} (incierto)",
            "to": "{} – {}", "until": "hasta {}", "from": "desde {}", "unknown-to": "de una fecha desconocida a {}",
            "to-unknown": "de {} a una fecha desconocida", "decade": "década de {}", "century": "{} a {}", "bce": "{} a. C.",
            "at": "{}, {}", "21": "primavera de {}", "22": "verano de {}", "23": "otoño de {}", "24": "invierno de {}",
        },
        day="{day} de {month} de {year}", month="{month} de {year}", yearless="{day} de {month}", thousands="\u00a0",
        ungrouped=9999,
    ),
    "fr": Forms(
        {
            "none": "date non indiquée", "no-year": "{}, année non indiquée", "no-month": "{}, mois non indiqué",
            "no-day": "{}, jour non indiqué", "~": "vers {}", "?": "{} (incertain)", "%": "vers {} (incertain)",
            "to": "{} – {}", "until": "jusqu’à {}", "from": "à partir de {}", "unknown-to": "d’une date inconnue à {}",
            "to-unknown": "de {} à une date inconnue", "decade": "années {}", "century": "{} à {}", "bce": "{} av. J.-C.", "at": "{}, {}",
            "21": "printemps {}", "22": "été {}", "23": "automne {}", "24": "hiver {}",
        },
        day="{day} {month} {year}", month="{month} {year}", yearless="{day} {month}", thousands="\u202f",
        first="1er",
    ),
}  # fmt: skip

INTERFACE = tuple(_FORMS)
"""The languages of the interface."""
_DIGITS = {
    language: str.maketrans("0123456789", forms.digits)
    for language, forms in _FORMS.items()
    if not forms.digits.isascii()
}


def _of(language: str) -> Forms:
    return _FORMS.get(language, _FORMS["en"])


def date_words(date: Date, language: str) -> str:
    """The date in words in an interface language, saying what is not stated."""
    if language == "en" or language not in _FORMS:
        return date.in_words("en")
    return digits(_phrased(date, language, _FORMS[language]), language)


def _phrased(date: Date, language: str, forms: Forms) -> str:
    phrases = forms.phrases
    before, _, after = date.edtf.partition("/")
    if date.start and date.end:
        return phrases["to"].format(_phrased(date.start, language, forms), _phrased(date.end, language, forms))
    if date.end:
        return phrases["until" if before == ".." else "unknown-to"].format(_phrased(date.end, language, forms))
    if date.start:
        return phrases["from" if after == ".." else "to-unknown"].format(_phrased(date.start, language, forms))
    text = _plain(date, language, forms)
    return phrases[date.mark].format(text) if date.mark else text


def _plain(date: Date, language: str, forms: Forms) -> str:
    phrases = forms.phrases
    if date.decades:
        stated_digits = date.decades.rstrip("X")
        if len(stated_digits) == 3:
            return phrases["decade"].format(f"{stated_digits}0")
        return phrases["century"].format(stated_digits.ljust(4, "0"), stated_digits.ljust(4, "9"))
    month = _months(language)[date.month] if date.month else ""
    day = forms.first if date.day == 1 else str(date.day)
    if date.year is None:
        if date.day:
            return phrases["no-year"].format(forms.yearless.format(day=day, month=month))
        return phrases["no-year"].format(month) if month else phrases["none"]
    year = str(date.year) if date.year > 0 else phrases["bce"].format(1 - date.year)
    if date.season:
        return phrases[str(date.season)].format(year)
    if date.day:
        text = forms.day.format(day=day, month=month, year=year)
        return phrases["at"].format(text, date.time) if date.time else text
    text = forms.month.format(month=month, year=year) if month else year
    if "XX" in date.edtf:
        return phrases["no-day" if month else "no-month"].format(text)
    return text


def date_phrases(language: str) -> dict[str, Any]:
    """All that a script needs to say what `date_words` says: phrases with `{}` for the date as far as it is known, the patterns of a day,
    a month and a day without a year, the names of the months, how the first of a month is written, and the digits."""
    forms = _of(language)
    return {
        "phrases": dict(forms.phrases),
        "day": forms.day,
        "month": forms.month,
        "yearless": forms.yearless,
        "months": [
            dates.MONTHS[number] if forms is _FORMS["en"] else _months(language)[number] for number in range(1, 13)
        ],
        "first": forms.first,
        "digits": digits("0123456789", language),
    }


def day_words(iso: str, language: str) -> str:
    """An ISO 8601 day, month or year in words."""
    return date_words(dates.checked(iso), language)


def digits(text: str, language: str) -> str:
    """The text with its digits as the language writes them."""
    table = _DIGITS.get(language)
    return text.translate(table) if table else text


def number(value: int, language: str) -> str:
    """A count as the language writes it: 10,000 · 10 000 · ١٠٬٠٠٠."""
    forms = _of(language)
    if abs(value) <= forms.ungrouped:
        return digits(str(value), language)
    return digits(f"{value:,}".replace(",", forms.thousands), language)


def decimal_sign(language: str) -> str:
    """What a language writes before decimals: a point, a comma; empty where CLDR does not know the language."""
    if language.partition("-")[0] == "en":
        return "."
    from babel.core import UnknownLocaleError

    try:
        symbols = _cldr(language).number_symbols
    except (UnknownLocaleError, ValueError):
        return ""
    return str(symbols.get("latn", symbols).get("decimal", ""))


def size(count: int, language: str) -> str:
    """Bytes as a person says them, in powers of ten: 0.4 kB · 12 kB · 1.2 MB · 1,2 Mo · ١٫٢ م.ب."""
    from babel.units import format_unit  # late: few pages name a file

    units = ((10**9, "digital-gigabyte"), (10**6, "digital-megabyte"), (10**3, "digital-kilobyte"))
    unit, name = next((unit for unit in units if count >= unit[0] * 0.9995), units[-1])
    shown = max(round(count / unit, 1), 0.1)
    if shown >= 10 or shown == int(shown):
        shown = round(shown)
    system = "arab" if language in _DIGITS else "latn"
    return digits(str(format_unit(shown, name, "short", locale=_cldr(language), numbering_system=system)), language)


@lru_cache(maxsize=16)
def _cldr(language: str) -> Locale:
    """Babel's locale data. Imported late: English pages do without it."""
    from babel import Locale

    return Locale.parse(language, sep="-")


@lru_cache(maxsize=16)
def _months(language: str, width: str = "wide", context: str = "format") -> Mapping[int, str]:
    return dict(_cldr(language).months[context][width])


def month_name(number: int, language: str, short: bool = False) -> str:
    """The name of a month (January is 1) as it stands alone, or its short form."""
    if language == "en":
        return dates.MONTHS[number][: 3 if short else None]
    name = _months(language, "abbreviated" if short else "wide", "stand-alone")[number]
    return name.removesuffix(".") if short else name[:1].upper() + name[1:]


_REGIONAL = {"ar": ("ar-SY", "ar-DZ", "ar-MA", "ar-MR")}
"""Countries whose months have names of their own in a language."""


def month_names(language: str) -> list[list[str]]:
    """How a language writes each month, January first: in a date and alone, whole and short, without full stops; in all countries. Nothing
    for a language that CLDR has no months of."""
    from babel import Locale, UnknownLocaleError, localedata

    names: list[dict[str, None]] = [{} for _ in range(12)]
    for tag in (language, *_REGIONAL.get(language, ())):
        try:
            locale = Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            return []
        # A copy: what Babel looks up in one language it may write into the data that others inherit.
        data: Any = copy.deepcopy(localedata.load(str(locale)))
        months = localedata.LocaleDataDict(data)["months"]
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    names[number - 1][name.removesuffix(".")] = None
    written = [[name for name in of_month if not name.isdecimal()] for of_month in names]
    return written if all(written) else []


def weekday_names(number: int, language: str) -> tuple[str, str]:
    """The name of a day of the week (Monday is 0) and its short form."""
    if language == "en":
        return calendar.day_name[number], calendar.day_abbr[number][:2]
    days = _cldr(language).days["stand-alone"]
    return days["wide"][number], days["short"][number].removesuffix(".")[:3]


def first_weekday(language: str) -> int:
    """The day a week begins with in an interface language (Monday is 0)."""
    return _of(language).first_weekday


@lru_cache(maxsize=256)
def own_name(language: str) -> str:
    """A language's name for itself ("English", "العربية"), or its tag where CLDR has none."""
    return name(language, language)


@lru_cache(maxsize=1024)
def name(language: str, interface: str) -> str:
    """A language's name in an interface language ("Arabic" for ar in en), or its tag where CLDR has none."""
    from babel import UnknownLocaleError

    try:
        named = _cldr(language).get_display_name(_cldr(interface))
    except (ValueError, UnknownLocaleError):
        return language
    return str(named[:1].upper() + named[1:]) if named else language


def sort_key(text: str) -> tuple[str, str]:
    """A total order for labels in an index: without regard to case and accents first ("Éva" beside "Eva"), then as written."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().lstrip("'’‘ʿʾ\"“«"), text
