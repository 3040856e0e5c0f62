"""How each language writes a date, as patterns: made of the lexicon's months, weekdays and small words, of CLDR's (through Babel) for
languages that have no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.intake import lexicon
from onrecord.intake.lexicon import notation

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A day, a month or a year is not part of a longer number, an address, a version or a word.
# "09:31 August 20, 2019": the minutes are no day.
_WALL = r"(?<![\w/.])(?<!\d-)(?<!\d:)"
END = r"(?![\w]|[-/.]\d)"
# The second name of "شباط/فبراير" and "8 شباط (فبراير)"; whether it is a month is asked afterwards.
_SECOND_NAME = r"(?P<second>\s*[/(]\s*[^\W\d_]{2,}(?:\s+[^\W\d_]{2,})?\)?)?"
# "'03": a year of two digits; bare ones count where a line or a sentence ends.
_SHORT_YEAR = r"['’‘ʼ](?P<short>\d\d)(?!\w)|(?P<bare>\d\d)(?=\s*(?:$|\n|[,;)\]|–—]))"
HAN_DIGITS = "〇零○一二三四五六七八九"
_HAN_NUMBER = "[元〇零○一二三四五六七八九十百廿卅]"
# Marks of bold letters that do not pair ("30****日") may stand between a number and its sign.
_JOINT = r"[\s*]{0,4}"
# Thai: the era of the Buddha, whose years are named by it or by their number alone.
# Years of the Solar Hijri and the Islamic calendar, as they are written today.
OTHER_YEAR = r"[1١۱][2-5٢-٥۲-۵]\d\d"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of a language. `months` (1-12) and `weekdays` (0-6) are by folded name; `eras` are names with the year that comes before
    an era's first and the era's last year (0: none).

    `name` is a month's name, or two of one month ("شباط/فبراير"); `day_before`, `day_after` and `year_after` are what may stand beside it;
    `numeric`, `han` and `other` are whole dates in figures, in Chinese characters, of other calendars (None where no names of their months
    are known). `weekday_before` and
    `weekday_after` may stand beside each; `range_before` and `range_after` say that it is the end or the beginning of several days.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    eras: dict[str, tuple[int, int]]
    name: re.Pattern[str]
    day_before: re.Pattern[str]
    day_after: re.Pattern[str]
    year_after: re.Pattern[str]
    numeric: re.Pattern[str]
    han: re.Pattern[str]
    other: re.Pattern[str] | None
    weekday_before: re.Pattern[str]
    weekday_after: re.Pattern[str]
    range_before: re.Pattern[str]
    range_after: re.Pattern[str]

    def month(self, name: str, second: str) -> int:
        """The number of a month's name; 0 where the name beside it is another month's."""
        number = self.months.get(notation.folded(name), 0)
        beside = self.months.get(notation.folded(second.strip(" /()")), number)
        return number if number == beside else 0


@lru_cache(maxsize=64)
def calendar(tag: str) -> Calendar:
    """The Calendar of a language (primary subtag, lower case) with English; of all that have a file where it is empty."""
    known = lexicon.languages()
    tags = (tag,) if tag in known else known if not tag else ("en",)
    months = _unambiguous(_named("months", tags, {str(number): number for number in range(1, 13)}))
    weekdays = _unambiguous(_named("weekdays", tags, {name: number for number, name in enumerate(_WEEKDAYS)}))
    if tag and tag not in known:
        cldr_months, cldr_weekdays = _cldr(tag)
        months, weekdays = {**months, **cldr_months}, {**weekdays, **cldr_weekdays}
    month = notation.source(_literal(months))
    weekday = notation.source(_literal(weekdays))
    links = notation.source(_phrases("date_links", tags))
    links = rf"(?:{links}|{notation.BUDDHIST_ERA})" if tag == "th" else links
    tails = notation.source(_phrases("date_tails", tags))
    ranges = notation.source(_phrases("range_words", tags))
    ordinal = rf"(?:[-‐‑]?{notation.source(_phrases('ordinals', tags))}|[º°ª.])?"
    between = rf"(?:\s*[-/.]?\s*|\s+)(?:{links}\s*){{0,2}}"
    before_year = rf"(?:\s*[,،/-]?\s*|\.(?=\d))(?:{links}\s+){{0,2}}"
    full_year = rf"(?P<y>\d{{4}})(?:\s*{tails})?"
    eras = _eras(tags)
    era = "|".join(sorted(map(re.escape, eras), key=len, reverse=True)) or "(?!)"
    other_names = _phrases("other_calendars", tags)
    other = notation.source(other_names)
    articles = r"(?:(?:the|le|el|den|dem|dia|día|il|de|på|on|am)\s+)?"
    apart = r"[\s,،]*" if {"tr", "zh", "ja"} & set(tags) else r"(?!)"
    return Calendar(
        months,
        weekdays,
        eras,
        _compiled(rf"(?<![^\W\d_])(?P<m>{month}){_SECOND_NAME}"),
        _compiled(rf"{_WALL}(?:(?P<a>[1-3])\s(?P<b>\d)|(?P<d>\d{{1,2}})){ordinal}{between}$"),
        _compiled(rf"\s*(?P<d>\d{{1,2}}){ordinal}(?:(?:\s*[,،]\s*|\s+)(?:{full_year}|{_SHORT_YEAR}))?{END}"),
        _compiled(rf"{before_year}(?:{full_year}|{_SHORT_YEAR}){END}"),
        _compiled("|".join(_numeric())),
        _compiled(
            rf"(?<![\d.])(?:(?:(?:(?P<era>{era})\s?(?P<n>\d{{1,3}}|{_HAN_NUMBER}{{1,5}})|(?P<y>\d{{4}}|[{HAN_DIGITS}]{{4}})|"
            rf"(?P<bare>\d{{2,3}})){_JOINT}[年년]{_JOINT})?(?P<m>\d{{1,2}}|{_HAN_NUMBER}{{1,2}}){_JOINT}[月월]\s?"
            rf"(?:{_JOINT}(?P<d>\d{{1,2}}|{_HAN_NUMBER}{{1,3}}){_JOINT}[日号號일])?)"
        ),
        None
        if not other_names
        else _compiled(
            rf"{_WALL}(?P<d>\d{{1,2}})\s*(?:{links}\s*)?{other}\s*(?:{links}\s*)?,?\s*{OTHER_YEAR}(?:\s*(?:هـ|ه|ش|ق|[هق]\.\s?[شق]))?{END}"
        ),
        _compiled(rf"(?<!\w)(?P<w>{weekday})\.?\s*[,،]?\s*(?:{articles}|{links}\s*)$"),
        _compiled(rf"(?:(?P<bracket>\s*[(（]\s*)|{apart})(?P<w>{weekday})\.?(?(bracket)\s*[)）]|(?!\w))"),
        _compiled(
            rf"(?:(?<![\w/.-])\d{{1,2}}{ordinal}(?:[-–—&/]|\s*(?:{ranges}|&)\s*)|(?:^|[(]|(?<!\w)(?:from|du|vom|del|dal|с|з)\s)\s*\d{{1,2}}{ordinal}\s+[–—-]\s+|"
            rf"(?<![\w/.-])\d{{1,2}}{ordinal[:-1]}\s+[–—-]\s+)$"
        ),
        _compiled(
            rf"(?:[-–—&/]|\s*(?:{ranges}|&|〜|～|~)\s*)\d{{1,2}}{ordinal}(?:\s*,?\s*\d{{4}}|\s*[日号號]|\s*[,.;)]|\s*$)"
        ),
    )


def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _numeric() -> Iterator[str]:
    """Dates in figures: year first, or last; the year of two digits is told by its own group."""
    yield r"(?<![\w/.-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?=T\d|(?![\w-]|[/.]\d))"
    yield r"(?<![\w/.-])(?P<a>\d{1,2})(?P<t>\s?[-/.]\s?)(?P<b>\d{1,2})(?P=t)(?P<z>\d{4})(?![\w-]|[/.]\d)"
    yield r"(?<![\w/.-])(?<![A-ZА-Я]{2}\s)(?P<e>\d{1,2})(?P<u>[/.-])(?P<f>\d{1,2})(?P=u)['’]?(?P<short>\d\d)(?![\w-]|[/.:,]\d)"


def _phrases(category: str, tags: Iterable[str]) -> tuple[str, ...]:
    """The phrases of a category in these languages and English."""
    return tuple(dict.fromkeys(phrase for tag in tags for phrase in lexicon.lexicon_of(tag).phrases(category)))


def _named(category: str, tags: Iterable[str], numbers: dict[str, int]) -> Iterator[tuple[str, int]]:
    """(name, number) of every spelling; those of Chinese and Japanese months are a form of their own."""
    for tag in tags:
        for entry in lexicon.lexicon_of(tag).entries(category):
            for spelling in notation.spellings(entry.phrase):
                if not spelling.endswith("月") or category == "weekdays":
                    yield spelling, numbers[entry.key]


def _unambiguous(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Folded name → number, without the names that are two; a name in capitals may lack its accents."""
    table: dict[str, set[int]] = {}
    for name, number in pairs:
        folded = notation.folded(name)
        plain = "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))
        for spelling in {folded, notation.folded(plain)}:
            table.setdefault(spelling, set()).add(number)
    return {name: min(numbers) for name, numbers in table.items() if len(numbers) == 1}


def _literal(names: Iterable[str]) -> list[str]:
    """Names as phrases of the notation."""
    return [re.sub(r"([()/*…<>])", r"\\\1", name) + "." for name in names]


def _eras(tags: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Name of an era → the year before its first, and how many years it had (0: it goes on)."""
    out: dict[str, tuple[int, int]] = {}
    for tag in tags:
        entries = lexicon.lexicon_of(tag).entries("eras")
        starts = sorted({int(entry.key) for entry in entries})
        for entry in entries:
            first = int(entry.key)
            following = next((start for start in starts if start > first), 0)
            out[entry.phrase] = (first - 1, following - first + 1 if following else 0)
    return out


def _cldr(tag: str) -> tuple[dict[str, int], dict[str, int]]:
    """CLDR's months and weekdays of a language without a file, by folded name; nothing where CLDR does not know it. A process that may open
    no file has those languages only that it has read before."""
    from onrecord.intake.evidence.calendar_words import (
        calendar_words,
    )  # late: most documents are in a language of the lexicon

    return tuple(
        _unambiguous(
            (label.strip("."), number)
            for label, number in names
            if len(label.strip(".")) >= 2 and not any(map(str.isdigit, label))
        )
        for names in calendar_words(tag)
    )  # type: ignore[return-value]
