"""What spreadsheets do to cells by themselves, seen from a cell before and after: letters damaged (`encoding_damage`), texts made into
numbers or dates. Nobody has meant such a change, so it is told and never written."""

from __future__ import annotations

import re

from onrecord import encoding_damage

_NUMBER = re.compile(r"[-+]?[\d.,' \u00a0]*\d[.,]?(?:[eE][-+]?\d+)?")
_SHORT_DATE = re.compile(
    r"\d{1,4}[./ -](?:\d{1,2}|[^\W\d]{3,10})\.?[./ -]\d{2,4}(?: \d{1,2}:\d{2}(?::\d{2})?)?"
    r"|[^\W\d]{3,10}\.?[ -]\d{2,4}|\d{1,2}[.-][^\W\d]{3,10}\.?"
)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_LIKE_A_DAY = re.compile(r"[^\W\d]{3,}\.?[ -]?\d{1,2}|\d{1,2}[/.-]\d{1,2}\.?|\d{1,2}[ -]?[^\W\d]{3,}\.?")
_CLOSE = 1e-4
_KEPT_DIGITS = 15
_NUMBERS_OF_A_DAY = 2


def damage(before: str, after: str, *, is_typed: bool = False) -> str:
    """What a spreadsheet has done to a cell, in words; empty where a person may have changed it. `is_typed` says that the table tells texts
    from numbers and dates, so that a text in it is one that was typed or pasted, and only its letters can be damaged."""
    if letters := encoding_damage.damage(before, after):
        return letters
    if not before or before == after or is_typed:
        return ""
    if _is_same_number(before, after):
        return "a number was made of it"
    if _is_same_date(before, after):
        return "a date was made of it"
    if after == before.upper() and before.lower() in ("true", "false"):
        return "a yes or no was made of it"
    return ""


def _is_same_number(before: str, after: str) -> bool:
    """Whether both are one number, as far as a spreadsheet keeps its digits."""
    if not (_NUMBER.fullmatch(before) and _NUMBER.fullmatch(after)):
        return False
    first, second = _number(before), _number(after)
    if first is None or second is None:
        return False
    near = abs(first - second) <= _CLOSE * abs(first)
    long = sum(map(str.isdigit, before)) > _KEPT_DIGITS or "e" in after.lower()
    return first == second or (long and near)


def _number(text: str) -> float | None:
    try:
        return float(re.sub(r"[' \u00a0]", "", text).replace(",", "."))
    except ValueError:
        return None


def _is_same_date(before: str, after: str) -> bool:
    """Whether a date of numbers was made of words that name the same year and no other day."""
    if not _SHORT_DATE.fullmatch(after):
        return False
    numbers = [int(digits) for digits in re.findall(r"\d+", before)]
    new = [int(digits) for digits in re.findall(r"\d+", after)]
    years = [int(year) for year in _YEAR.findall(before)]
    if not years:
        # "MAR1" and "1/2" become days of the present year.
        return _LIKE_A_DAY.fullmatch(before) is not None and bool(set(numbers) & set(new))
    if len(years) != 1 or not any(number in (years[0], years[0] % 100) for number in new):
        return False
    days = {number for number in numbers if number != years[0]}
    # Of a month alone a spreadsheet makes its first day, or shows month and year.
    return days <= set(new) if days else 1 in new or len(new) < _NUMBERS_OF_A_DAY
