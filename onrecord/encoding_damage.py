"""Letters that a spreadsheet has damaged, because it read or saved a table in another encoding than UTF-8: seen from a cell before and
after. Nobody writes “Ø­Ù…Øµ” for “حمص”, or “???”."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

MISREAD = "its letters were read as {}, and the table is in UTF-8"
LOST = "letters were lost, because it was saved in an encoding that has not all of them"

_NARROW = {
    "cp1252": "Windows-1252", "cp1256": "Windows-1256", "mac_roman": "Mac Roman", "cp1250": "Windows-1250",
    "cp1251": "Windows-1251", "cp1254": "Windows-1254", "cp1253": "Windows-1253", "cp1255": "Windows-1255",
    "cp1257": "Windows-1257", "cp1258": "Windows-1258", "cp874": "Windows-874", "iso8859_15": "Latin-9", "cp437": "DOS 437",
    "cp850": "DOS 850", "cp852": "DOS 852", "cp720": "DOS 720", "cp866": "DOS 866", "mac_arabic": "Mac Arabic",
    "mac_cyrillic": "Mac Cyrillic", "koi8_r": "KOI8-R",
}  # fmt: skip
"""Encodings of one byte a letter that a spreadsheet takes by itself, after the country of its system."""
_WIDE = {"cp932": "Shift JIS", "gbk": "GBK", "big5": "Big5", "cp949": "Korean"}
_ROUNDS = 3
"""How often a table may have been opened and saved so."""
_MARKS = frozenset("?_\ufffd")
"""What is written for a letter that an encoding does not have."""
_ASKING = frozenset("…؟¿\u037e？")
"""Signs for which a person may write a question mark."""
_UNSEEN = re.compile("[\\s\\\\\x00-\x1f\x7f-\xa0\xad\u200c-\u200f\ufffd?・]+")
"""What a spreadsheet drops, trims, or puts in place of bytes that stand for no letter."""
_FIRST_LETTER = 0xA0
"""Below it, Unicode has control characters."""
_SEQUENCES = 3
"""So many letters that are bytes of UTF-8 are no accident."""


def damage(before: str, after: str) -> str:
    """What was done to the letters of a cell, in words; empty where a person may have changed it."""
    if before == after:
        return ""
    if not before.isascii():
        if name := _misread_as(before, after):
            return MISREAD.format(name)
        if _is_lost(before, after):
            return LOST
    if "\ufffd" in after and "\ufffd" not in before:
        return LOST
    if not after.isascii() and (name := _reads_back(before, after)):
        return MISREAD.format(name)
    return ""


def _misread_as(before: str, after: str) -> str:
    """The encoding in which the bytes of a text are another, the first of those in which they are."""
    seen = _UNSEEN.sub("", after)
    if seen.isascii():
        return ""
    for encoding, name in _NARROW.items():
        text = before
        for _ in range(_ROUNDS):
            text = text.encode("utf-8", "replace").decode("latin-1").translate(_letters(encoding))
            if _UNSEEN.sub("", text) == seen:
                return name
    for encoding, name in _WIDE.items():
        if _UNSEEN.sub("", before.encode("utf-8", "replace").decode(encoding, "replace")) == seen:
            return name
    return ""


@functools.cache
def _letters(encoding: str) -> dict[int, str]:
    """What each byte stands for; one that stands for nothing is the control character of its number, or lost."""
    nothing = {byte: chr(byte) if byte < _FIRST_LETTER else "\ufffd" for byte in range(0x80, 0x100)}
    return {byte: bytes([byte]).decode(encoding, "ignore") or nothing[byte] for byte in nothing}


@functools.cache
def _bytes(encoding: str) -> dict[int, str]:
    """The inverse of `_letters`, with a byte as the character of its number."""
    return {ord(letter): chr(byte) for byte, letter in _letters(encoding).items() if letter != "\ufffd"}


def _is_lost(before: str, after: str) -> bool:
    """Whether a text has only marks for letters of another: one a letter, a unit of UTF-16 or a byte of UTF-8."""
    if not _MARKS & set(after):
        return False
    widths: tuple[Callable[[str], int], ...] = (
        lambda _: 1,
        lambda letter: 1 + (ord(letter) > 0xFFFF),
        lambda letter: len(letter.encode("utf-8", "replace")),
    )
    return any(_has_marks(before, after, width) for width in widths)


def _has_marks(before: str, after: str, width: Callable[[str], int]) -> bool:
    at = 0
    lost = set()
    for letter in before:
        if after[at : at + 1] == letter:
            at += 1
            continue
        long = width(letter)
        marks = after[at : at + long]
        if letter.isascii() or len(marks) < long or not set(marks) <= _MARKS:
            return False
        lost.add(letter)
        at += long
    return at == len(after) and not lost <= _ASKING


def _reads_back(before: str, after: str) -> str:
    """The encoding in which the letters of a text are the bytes of another in UTF-8: one that holds a word of what was there, or so many
    letters that it is no accident. So a text is known that a person has changed as well; one that stood there so is left to be mended."""
    words = {word for word in re.findall(r"\w+", before) if not word.isascii()}
    for encoding, name in _NARROW.items():
        text = _of_bytes(after, encoding)
        if not text or _of_bytes(before, encoding):
            continue
        many = sum(not letter.isascii() for letter in text) >= _SEQUENCES
        if many or words & set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", after)):
            return name
    return ""


def _of_bytes(text: str, encoding: str) -> str:
    """The text that the letters of another are the bytes of, in UTF-8; empty where they are of none, or of the same."""
    try:
        found = text.translate(_bytes(encoding)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
    return "" if found == text else found
