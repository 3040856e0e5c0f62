"""Languages in words: dates, months, numbers and the names of languages, as each interface language says them.

English dates are `Date.in_words`'s own. The others are put together here from CLDR's month names and patterns (through Babel) and a
phrase for each thing a date can leave open: nothing is said that the date does not hold.
"""

from __future__ import annotations

import calendar
import copy
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from onrecord import dates, writing
from onrecord.dates import Date
from onrecord.language_forms import DIGITS, FORMS, NO_SUCH_PAGE, QUOTATION_MARKS, Forms

if TYPE_CHECKING:
    from babel import Locale


INTERFACE = tuple(FORMS)
"""The languages of the interface. An archive may name a country with one: its months and digits are then that country's."""
_TABLES = {system: str.maketrans(DIGITS["latn"], DIGITS[system]) for system in DIGITS if system != "latn"}


@lru_cache(maxsize=64)
def catalogue(language: str) -> str:
    """The language of the interface that a tag asks for: "ar" for ar and ar-SY (RFC 4647 section 3.4, "Lookup"). Empty where there is none,
    also where the tag asks for another script."""
    base, stated, _ = writing.subtags(language)
    return base if base in FORMS and (not stated or stated == writing.script(base)) else ""


def editions(main: str, tags: Sequence[str]) -> tuple[str, ...]:
    """The interface languages of a site in the language `main` that asks for `tags`: the main one first, each language once. English
    stands in for a main language that the interface does not speak; another such language is left out."""
    main = main if catalogue(main) else "en"
    of_catalogue = {catalogue(main): main}
    for tag in tags:
        if of_language := catalogue(tag):
            of_catalogue.setdefault(of_language, tag)
    return tuple(of_catalogue.values())


@lru_cache(maxsize=64)
def _of(language: str) -> Forms:
    forms = FORMS.get(language)
    if forms is not None:
        return forms
    base = catalogue(language)
    forms = FORMS[base or "en"]
    if base in ("", "en") or not writing.subtags(language)[2]:
        return forms
    locale = _of_interface(language)
    numbering = locale.default_numbering_system
    return replace(
        forms,
        numbering=numbering if numbering in DIGITS else forms.numbering,
        thousands=str(locale.number_symbols.get(numbering, {}).get("group", forms.thousands)),
        first_weekday=locale.first_week_day,
    )


def _is_english(language: str) -> bool:
    """Whether English words stand for a language: its own, or those of a language that the interface does not speak."""
    return catalogue(language) in ("", "en")


def date_words(date: Date, language: str) -> str:
    """The date in words in an interface language, saying what is not stated."""
    if _is_english(language):
        return date.in_words("en")
    return digits(_phrased(date, language, _of(language)), language)


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
    month = _month_in_date(date.month, language, forms, bool(date.day)) if date.month else ""
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
    a month and a day without a year, the names of the months beside a day and without one, how the first of a month is written, the digits,
    and the `browser_locale`."""
    forms = _of(language)
    english = _is_english(language)

    def months(beside_day: bool) -> list[str]:
        numbers = range(1, 13)
        return [
            dates.MONTHS[number] if english else _month_in_date(number, language, forms, beside_day)
            for number in numbers
        ]

    return {
        "phrases": dict(forms.phrases),
        "day": forms.day,
        "month": forms.month,
        "yearless": forms.yearless,
        "months": months(True),
        "monthsAlone": months(False),
        "first": forms.first,
        "digits": DIGITS[forms.numbering],
        "locale": browser_locale(language),
    }


def day_words(iso: str, language: str) -> str:
    """An ISO 8601 day, month or year in words."""
    return date_words(dates.checked(iso), language)


def digits(text: str, language: str) -> str:
    """The text with its digits as the language writes them."""
    table = _TABLES.get(_of(language).numbering)
    return text.translate(table) if table else text


def browser_locale(language: str) -> str:
    """The tag that a browser is asked for numbers and dates with, so that they are those of the printed page: its digits, and the Gregorian
    calendar, which is that of every record (UTS 35, "Unicode Locale Extension"). Some languages' own default is another."""
    numbering = _of(language).numbering
    return language if _is_english(language) else f"{language}-u-ca-gregory-nu-{numbering}"


def quotation_marks(language: str) -> tuple[str, str]:
    """The marks before and behind a quotation in a language; those of English for one that is not known here."""
    known = QUOTATION_MARKS.get(language) or QUOTATION_MARKS.get(writing.subtags(language)[0])
    return known or QUOTATION_MARKS["ar" if writing.direction(language) == "rtl" else "en"]


BETWEEN = " ·"
"""What stands between two statements of one line in English, as a template writes it."""

_SEPARATORS: Mapping[str, Mapping[str, str]] = {
    # A middle dot beside Arabic-Indic digits reads as a zero.
    "Arab": {",": "،", ";": "؛", "?": "؟", BETWEEN: "؛"},
    "fr": {":": "\u00a0:", ";": "\u202f;"},
}
"""Marks that a script, or a language, writes otherwise than English."""


def separators(language: str) -> Mapping[str, str]:
    """What a language writes for the marks that stand between values: the comma, the semicolon, the colon, quotation marks where it writes
    them otherwise than English, and in every language the middle dot, which stays on the line of what is before it (UAX #14, GL)."""
    found = {
        BETWEEN: "\u00a0·",
        **_SEPARATORS.get(writing.script(language), {}),
        **_SEPARATORS.get(writing.subtags(language)[0], {}),
    }
    marks = quotation_marks(language)
    if marks != quotation_marks("en"):
        found |= {"“": marks[0], "”": marks[1]}
    return found


def between(language: str) -> str:
    """What a language writes between two statements of one line, with the space behind it, at which a line may end."""
    return f"{separators(language)[BETWEEN]} "


def listed(words: Iterable[str], language: str) -> str:
    """Words behind each other, with the comma of a language."""
    return f"{separators(language).get(',', ',')} ".join(words)


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
    """Bytes as a person says them, in powers of ten: 0.4 kB · 12 kB · 1.2 MB · 1,2 Mo · ١٫٢ ميغابايت."""
    from babel.units import format_unit  # late: few pages name a file

    units = ((10**9, "digital-gigabyte"), (10**6, "digital-megabyte"), (10**3, "digital-kilobyte"))
    unit, name = next((unit for unit in units if count >= unit[0] * 0.9995), units[-1])
    shown = max(round(count / unit, 1), 0.1)
    if shown >= 10 or shown == int(shown):
        shown = round(shown)
    system = _of(language).numbering
    # CLDR's short forms in Arabic are letters for a megabyte and the whole word for a kilobyte: all are words here.
    length: Literal["long", "short"] = (
        "long" if language.partition("-")[0] == "ar" and name != "digital-kilobyte" else "short"
    )
    return digits(
        str(format_unit(shown, name, length, locale=_of_interface(language), numbering_system=system)), language
    )


@lru_cache(maxsize=16)
def _cldr(language: str) -> Locale:
    """Babel's locale data. Imported late: English pages do without it."""
    from babel import Locale

    return Locale.parse(language, sep="-")


@lru_cache(maxsize=64)
def _of_interface(language: str) -> Locale:
    """The locale data for a language of the interface: that of its country where CLDR has any."""
    from babel import UnknownLocaleError

    try:
        return _cldr(language)
    except (ValueError, UnknownLocaleError):
        return _cldr(catalogue(language) or "en")


@lru_cache(maxsize=64)
def _months(language: str, width: str = "wide", context: str = "format") -> Mapping[int, str]:
    base = catalogue(language)
    if base and language != base:
        # Of a country's own months CLDR has the names in a date; how they stand alone, and short, is left to the whole language's.
        in_date = _months_of(str(_of_interface(language)))["format"]["wide"]
        if in_date != _months_of(base)["format"]["wide"]:
            return in_date
        language = base
    return _months_of(str(_of_interface(language)))[context][width]


@lru_cache(maxsize=32)
def _months_of(locale: str) -> Mapping[str, Mapping[str, Mapping[int, str]]]:
    """CLDR's names of the months of a locale, by context and width."""
    from babel import localedata

    # A copy: what Babel looks up in one language it may write into the data that others inherit.
    found: Any = copy.deepcopy(localedata.load(locale))
    data: Any = localedata.LocaleDataDict(found)["months"]
    return {context: {width: dict(data[context][width]) for width in ("wide", "abbreviated")} for context in _CONTEXTS}


_CONTEXTS = ("format", "stand-alone")


def _month_in_date(number: int, language: str, forms: Forms, beside_day: bool) -> str:
    return _months(language, "wide", "format" if beside_day or not forms.inflects else "stand-alone")[number]


def month_name(number: int, language: str, short: bool = False) -> str:
    """The name of a month (January is 1) as it stands alone, or its short form."""
    if _is_english(language):
        return dates.MONTHS[number][: 3 if short else None]
    name = _months(language, "abbreviated" if short else "wide", "stand-alone")[number]
    return name.removesuffix(".") if short else name[:1].upper() + name[1:]


def with_own_months(english: str, words: str, language: str) -> str:
    """`words`, a phrase of a catalogue for `english`, with each month that `english` names called as in the country of `language`.

    A catalogue has the names of its whole language (فبراير); an example has those that the dates around it have (شباط)."""
    base = catalogue(language)
    if not base or _is_english(language) or language == base:
        return words
    own, general = _months(language), _months(base)
    for number, month in enumerate(dates.MONTHS):
        if month and month in english:
            words = words.replace(general[number], own[number])
    return words


_REGIONAL = {"ar": ("ar-SY", "ar-DZ", "ar-MA", "ar-MR")}
"""Countries whose months have names of their own in a language."""


def month_names(language: str) -> list[list[str]]:
    """How a language writes each month, January first: in a date and alone, whole and short, without full stops; in all countries. Nothing
    for a language that CLDR has no months of."""
    from babel import Locale, UnknownLocaleError

    names: list[dict[str, None]] = [{} for _ in range(12)]
    for tag in (language, *_REGIONAL.get(writing.subtags(language)[0], ())):
        try:
            locale = Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            return []
        months = _months_of(str(locale))
        for context in _CONTEXTS:
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    names[number - 1][name.removesuffix(".")] = None
    written = [[name for name in of_month if not name.isdecimal()] for of_month in names]
    return written if all(written) else []


def weekday_names(number: int, language: str) -> tuple[str, str]:
    """The name of a day of the week (Monday is 0) and its short form."""
    if _is_english(language):
        return calendar.day_name[number], calendar.day_abbr[number][:2]
    days = _of_interface(language).days["stand-alone"]
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
        named = _cldr(language).get_display_name(_of_interface(interface))
    except (ValueError, UnknownLocaleError):
        return language
    return str(named[:1].upper() + named[1:]) if named else language


def no_such_page(language: str) -> str:
    """That there is no such page, in an interface language: one page says it in all those of a site, whatever its own is."""
    return NO_SUCH_PAGE[catalogue(language) or "en"]


_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)
"""Letters that stand beside others in an index, and that Unicode does not take apart."""


@lru_cache(1 << 14)
def sort_key(text: str) -> tuple[str, str]:
    """A total order for labels in an index: without regard to case and accents first ("Éva" beside "Eva"), then as written."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().translate(_UNDECOMPOSED).lstrip("'’‘ʿʾ\"“«"), text


@lru_cache(1 << 14)
def filing_key(text: str, language: str) -> tuple[bool, str, str]:
    """A total order for an index in a language: what begins in its own script first, then as `sort_key`, signs and an Arabic article at the
    start left out."""
    filed = _filed(sort_key(_without_article(text))[0])
    return not _in_script_of(filed[:1], language), filed, text


def filing_letters(text: str) -> str:
    """The letters and digits by which an index files a text, in lower case, without accents and without an Arabic article: "al-Insha’aat"
    is "alinshaaat", "الأمم المتحدة" begins with its ا of أمم. Empty for a text of signs alone."""
    return "".join(filter(str.isalnum, sort_key(_without_article(text))[0]))


_ARTICLE = re.compile(r"^\W*\u0627\u0644(?!\u0644\u0647\u0645?\b)(?=\w\w)")
"""The article of a text in Arabic letters. It is no part of what a text is filed under, as in catalogues of libraries (Resource Description
and Access, appendix C, "Initial Articles"); in the word for God it is a part of the word. CLDR's collation does not know it, and would put
half of an Arabic index under one letter."""


def _without_article(text: str) -> str:
    return _ARTICLE.sub("", text)


def _filed(folded: str) -> str:
    return folded[next((at for at, char in enumerate(folded) if char.isalnum()), 0) :]


def _in_script_of(char: str, language: str) -> bool:
    """Whether a character is of the script in which a language writes its own name, by the first word of its name in Unicode."""
    own = "E" if language == "en" else own_name(language)[0]
    return unicodedata.name(char or " ", "").partition(" ")[0] == unicodedata.name(own, "").partition(" ")[0]
