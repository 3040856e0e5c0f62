"""Numbers as they are printed: which numbers a text can mean, in digits of any script, whatever stands between their groups.

Nothing is guessed. “5,400” is 5400 where a comma divides groups and 5.4 where it begins the decimals: both are readings of it, and only a
language that never writes decimals so settles which. Numbers in words are none here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

_BLANK = " \u00a0\u202f\u2009"
_NUMBER = re.compile(rf"[0-9]+(?:[.,'’٬٫][0-9]+|[{_BLANK}][0-9]{{3}}(?![0-9]))*")
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(rf"[.,'’٬٫{_BLANK}]")
_GROUPS = re.compile("[0-9]{1,3}(?:-[0-9]{3})+|[0-9]{1,2}(?:-[0-9]{2})+-[0-9]{3}")
_MOST_DIGITS = 30
_POWERS = (3, 4, 5, 6, 7, 8, 9, 12)
"""Powers of ten that languages have a word for behind digits: thousand, wan, lakh, million, crore, yi, billion, trillion. Ten and a hundred
are left out where letters have a case, for nobody writes “20 hundred”, and a wrong zero is found."""


def western(text: str) -> str:
    """The text with every decimal digit of any script as one of 0-9 (Unicode's general category Nd)."""
    if text.isascii():
        return text
    return "".join(str(digit) if (digit := unicodedata.decimal(char, None)) is not None else char for char in text)


def has_digits(text: str) -> bool:
    """True where a decimal digit of any script stands in the text."""
    return _DIGIT.search(text) is not None


def readings(text: str) -> frozenset[Decimal]:
    """Every number that a number of the text can mean, and where letters follow it (“1.2 million”) its thousands, millions and so on."""
    return frozenset(_readings(western(text)))


def _readings(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(text):
        if len(match[0]) > _MOST_DIGITS:
            continue
        behind = text[match.end() :].lstrip(_BLANK)[:1]
        powers = () if not behind.isalpha() else _POWERS if behind.lower() != behind.upper() else (2, *_POWERS)
        for number in {*_of(match[0]), *(each for part in _blank_divided(match[0]) for each in _of(part))}:
            yield number
            yield from (number * 10**power for power in powers)


def _blank_divided(number: str) -> list[str]:
    """What a blank may divide: “8 200” can be two numbers."""
    parts = re.split(f"[{_BLANK}]", number)
    return parts if len(parts) > 1 else []


def _of(number: str) -> set[Decimal]:
    """What one printed number can mean."""
    signs = _SEPARATOR.findall(number)
    parts = _SEPARATOR.split(number)
    if not signs:
        return {Decimal(number)}
    found = set()
    if len(set(signs)) == 1 and signs[0] != "٫" and _GROUPS.fullmatch("-".join(parts)):
        found.add(Decimal("".join(parts)))
    *before, last = signs
    if last in ".,٫" and last not in before and len(set(before)) <= 1:
        whole = parts[:-1]
        if len(whole) == 1 or _GROUPS.fullmatch("-".join(whole)):
            found.add(Decimal("".join(whole) + "." + parts[-1]))
    return found


def plain(text: str, decimal_sign: str) -> Decimal | None:
    """The one number that a text is and nothing else, as a language reads it that begins decimals with `decimal_sign` (empty where that is
    not known); None for other words, and where two readings are left."""
    number = western(text.strip())
    if not _NUMBER.fullmatch(number) or len(number) > _MOST_DIGITS:
        return None
    found = _of(number)
    if len(found) == 2 and decimal_sign:
        signs = set(_SEPARATOR.findall(number))
        if decimal_sign not in signs:
            found = {each for each in found if each == each.to_integral_value()}
    return found.pop() if len(found) == 1 else None


def written(number: Decimal) -> str:
    """A number as records have it: digits 0-9, a point before decimals, none of these that are nought at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
