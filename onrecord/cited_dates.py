"""A release's date in each form of citation: what that form can say of it, and no more.

Three answers are possible everywhere: the date itself, as far as it is certain; the date in words, where the form takes words; nothing,
where it takes neither. A note in words beside it says what a machine field leaves out (`in_note`).
"""

from __future__ import annotations

import re
from typing import Any

from onrecord.dates import MONTHS, SEASONS, Date

_BIBTEX_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARENTHESES = str.maketrans("()", "[]")


def in_note(date: Date) -> str:
    """The date in words where no plain year, month or day says all of it; else empty."""
    return date.in_words() if not date.exact or date.season else ""


# ---- in the words of a style ------------------------------------------------------------------------------------------------------


def chicago(date: Date) -> str:
    """As Chicago (notes and bibliography) has it: "February 8, 2012", "n.d."."""
    day = _plain_day(date)
    if day:
        year, month, number = day
        return f"{MONTHS[month]} {number}, {year}"
    if date.years or not date.stated:
        return date.in_words() if date.stated else "n.d."
    return f"n.d. ({date.in_words()})"


def apa(date: Date) -> str:
    """As APA (7th edition) has it between its parentheses: "2012, February 8", "2012, Spring", "ca. 2012", "n.d."."""
    if not date.exact:
        if date.mark == "~" and date.year is not None and not (date.month or date.season):
            return f"ca. {date.in_words().removeprefix('about ')}"
        # Parentheses inside of parentheses are brackets (section 6.7).
        words = date.in_words().translate(_PARENTHESES)
        if date.years:
            return words
        return f"n.d.; {words}" if date.stated else "n.d."
    year, month, number = _parts(date.exact)
    if date.season:
        return f"{year}, {SEASONS[date.season].capitalize()}"
    return f"{year}{f', {MONTHS[month]}' if month else ''}{f' {number}' if number else ''}"


def mla(date: Date) -> str:
    """As MLA (9th edition) has it: "8 Feb. 2012"; empty where nothing is stated, because it has no word for that."""
    if not date.exact or date.season:
        return date.in_words() if date.stated else ""
    year, month, number = _parts(date.exact)
    name = MONTHS[month] if month else ""
    short = f"{'Sept' if name == 'September' else name[:3]}." if len(name) > 4 else name
    return " ".join(part for part in (str(number) if number else "", short, str(year)) if part)


def wikipedia(date: Date) -> tuple[str, str]:
    """As Wikipedia's citation templates take it (Help:Citation Style 1, "Dates"), and in words where they take none.

    The templates check what `date` holds: a day, a month, a season or a year, "c." before a year alone, and a span of two of the same
    precision, none before the year 100. For all else `date` is "n.d.", and the words are for `orig-date`, which is not checked.
    """
    if not date.stated:
        return "n.d.", ""
    text = _wikipedia_checked(date)
    return (text, "") if text else ("n.d.", date.in_words())


def _wikipedia_checked(date: Date) -> str:
    if date.start and date.end:
        ends = [_parts(end.exact) if end.exact and not end.season else (0, 0, 0) for end in (date.start, date.end)]
        first, last = ends
        if min(first[0], last[0]) < 100 or [bool(part) for part in first] != [bool(part) for part in last]:
            return ""
        if not first[1]:
            return f"{first[0]}–{last[0]}"
        return f"{_wikipedia_plain(first)} – {_wikipedia_plain(last)}"
    if date.year is None or date.year < 100 or date.year > 9999 or date.mark not in ("", "~"):
        return ""
    if date.mark:
        return "" if date.month or date.season else f"c. {date.year}"
    if date.season:
        return f"{SEASONS[date.season].capitalize()} {date.year}"
    return _wikipedia_plain((date.year, date.month or 0, date.day or 0))


def _wikipedia_plain(parts: tuple[int, int, int]) -> str:
    year, month, day = parts
    return " ".join(part for part in (str(day) if day else "", MONTHS[month] if month else "", str(year)) if part)


# ---- in the fields of a file --------------------------------------------------------------------------------------------------------


def bibtex(date: Date) -> list[str]:
    """The fields of a BibTeX entry: BibTeX's `year` and `month` as far as they are certain, and biblatex's `date`, which takes EDTF."""
    year, month, _ = _parts(_certain(date))
    fields = [f"year = {{{year:04}}}"] if year else []
    if month:
        fields.append(f"month = {_BIBTEX_MONTHS[month]}")
    text = biblatex(date)
    return [*fields, f"date = {{{text}}}"] if text else fields


def biblatex(date: Date) -> str:
    """The date as biblatex's `date` takes it: ISO 8601-2:2019 as in its manual ("Date and Time Specifications"), so seasons, decades,
    marks of doubt, open and unknown ends, and years before 1. Empty for what it does not take: a date without a year."""
    if date.start is None and date.end is None:
        return _biblatex_single(date)
    ends = [(date.start, date.edtf.partition("/")[0]), (date.end, date.edtf.partition("/")[2])]
    texts = [_biblatex_single(end) if end else written for end, written in ends]
    return "" if any(end and not text for (end, _), text in zip(ends, texts, strict=True)) else "/".join(texts)


def _biblatex_single(date: Date) -> str:
    if date.decades:
        return date.decades
    if date.season:
        return f"{date.year:04}-{date.season}{date.mark}"
    if date.iso:
        return f"{date.iso}{date.mark}"
    # Years of more than four digits are written in a way of its own.
    return date.edtf if date.year is not None and -9999 <= date.year < 0 else ""


def ris(date: Date) -> list[tuple[str, str]]:
    """The tags of a RIS record: `PY` is a year of four digits, `DA` is YYYY/MM/DD/other, each part as far as it is certain; the last
    part is for words ("2012///spring 2012")."""
    certain = _certain(date)
    if not certain:
        return []
    year, month, day = (*certain.split("-"), "", "")[:3]
    return [("PY", year), ("DA", f"{year}/{month}/{day}/{in_note(date)}")]


def csl(date: Date) -> dict[str, Any]:
    """A CSL date (Citation Style Language 1.0.2): in parts where these say all of it, in words where they do not, empty without a year.

    `circa` is what is approximate, and nothing else; a season is one of 1 to 4.
    """
    parts = _csl_parts(date)
    if parts:
        return parts
    return {"literal": date.in_words()} if date.years or any(end.decades for end in date.ends) else {}


def _csl_parts(date: Date) -> dict[str, Any]:
    ends = (date.start, date.end) if date.start or date.end else (date,)
    lists = [_known(end) if end else [] for end in ends]
    marks = {end.mark for end in ends if end}
    if (
        not all(lists)
        or marks - {"", "~"}
        or len(marks) > 1
        or (len(ends) > 1 and any(end and end.season for end in ends))
    ):
        return {}
    out: dict[str, Any] = {"date-parts": lists}
    if date.season:
        out["season"] = date.season - 20
    if "~" in marks:
        out["circa"] = True
    return out


def _known(date: Date) -> list[int]:
    """Year, month and day as far as they are stated; empty where the year is not, or lies outside of 1 to 9999."""
    return [] if not date.iso or date.iso < "0001" else [part for part in _parts(date.iso) if part]


def _certain(date: Date) -> str:
    """ISO 8601 as far as it is certain; empty before the year 1, which no file takes as a number."""
    return date.certain if re.match("(?!0000)[0-9]{4}", date.certain) else ""


def _plain_day(date: Date) -> tuple[int, int, int] | None:
    parts = _parts(date.exact)
    return parts if parts[2] else None


def _parts(iso: str) -> tuple[int, int, int]:
    """Year, month and day of an ISO 8601 date, 0 for what it has not."""
    year, month, day = (*(int(part) for part in iso.split("-") if part), 0, 0, 0)[:3]
    return year, month, day
