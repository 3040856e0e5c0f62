"""Languages in words: dates, months and the names of languages in each interface language, from CLDR through Babel.

English dates are `Date.words`'s own; here they are said in the other interface languages. Nothing is said that the date does not hold:
a phrase is chosen by what is known of it.
"""

from __future__ import annotations

import calendar
import unicodedata
from functools import lru_cache

from onrecord import dates
from onrecord.dates import Date


def date_words(date: Date, language: str) -> str:
    """The date in words in an interface language, saying what is not stated."""
    return date.words(language)


def day_words(iso: str, language: str) -> str:
    """An ISO 8601 day, month or year in words."""
    return date_words(dates.parse(iso), language)


def month_name(number: int, language: str, short: bool = False) -> str:
    """The name of a month (January is 1) as it stands alone, or its short form."""
    name = dates.MONTHS[number]
    return name[:3] if short else name


def weekday_names(number: int, language: str) -> tuple[str, str]:
    """The name of a day of the week (Monday is 0) and its short form."""
    return calendar.day_name[number], calendar.day_abbr[number][:2]


def first_weekday(language: str) -> int:
    """The day a week begins with where a language is at home (Monday is 0)."""
    return 0


@lru_cache(maxsize=256)
def own_name(language: str) -> str:
    """A language's name for itself ("English", "العربية"), or its tag where CLDR has none."""
    return name(language, language)


@lru_cache(maxsize=1024)
def name(language: str, interface: str) -> str:
    """A language's name in an interface language ("Arabic" for ar in en), or its tag where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        said = Locale.parse(interface, sep="-")
        named = Locale.parse(language, sep="-").get_display_name(said)
    except (ValueError, UnknownLocaleError):
        return language
    return named[:1].upper() + named[1:] if named else language


def sort_key(text: str) -> tuple[str, str]:
    """A total order for labels in an index: without regard to case and accents first ("Éva" beside "Eva"), then as written."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().lstrip("'’‘ʿʾ\"“«"), text
