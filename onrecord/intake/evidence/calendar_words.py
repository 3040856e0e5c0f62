"""CLDR's names of the months and days of a language, of that language alone."""

from __future__ import annotations

import copy
import pickle
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

_KINDS = ("months", "days")
Words = tuple[tuple[str, int], ...]
"""Names, each with its number."""


@lru_cache(maxsize=256)
def calendar_words(language: str) -> tuple[Words, Words]:
    """The names of the months (January is 1) and of the days of the week (Monday is 0), as they stand in dates and alone, whole and short.
    Nothing where CLDR does not know the language, or where its file can no longer be opened."""
    try:
        found: Any = localedata.LocaleDataDict(copy.deepcopy(_data(str(Locale.parse(language)))))
    except (UnknownLocaleError, ValueError, OSError):
        return (), ()
    months, days = (
        tuple(
            (name, number)
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for number, name in found[kind][context][width].items()
        )
        for kind in _KINDS
    )
    return months, days


@lru_cache(maxsize=256)
def _data(locale: str) -> Any:
    """What CLDR has of the months and days of a locale, with what it inherits. Read from Babel's files and not asked of Babel: where that
    looks up a name that a language inherits, it notes it for all that inherit it, and a month of one language would be one of the next; and
    of all the words of a language these few are needed."""
    with open(localedata.resolve_locale_filename(locale), "rb") as file:
        words = pickle.load(file)  # noqa: S301 - a file of Babel's own, which reads it so
    own = {kind: words[kind] for kind in _KINDS if kind in words}
    if locale == "root":
        return own
    parent = get_global("parent_exceptions").get(locale) or locale.rpartition("_")[0] or "root"
    data: Any = copy.deepcopy(_data(parent))
    localedata.merge(data, own)
    return data
