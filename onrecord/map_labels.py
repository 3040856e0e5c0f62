"""Room for what stands on a drawing at places in percent and with sizes in pixels: how wide words are, and which boxes stay apart.

No font is measured: widths are those of a wide sans serif, so that the real words are narrower.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

LETTER, CAPITAL, THIN, WHOLE = 7.0, 8.6, 3.8, 13.0
"""Pixels of a letter of 12 pixels: small, capital, thin, as wide as it is high."""
_THIN = frozenset("ijltfrI.,:;'’‘ʿʾ|()-، ")


class Box(NamedTuple):
    """A box around a point: the point in pixels of one drawing, the sides in pixels from it, which stay as they are on a larger one."""

    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float


def apart(first: Box, second: Box) -> bool:
    """Whether two boxes do not overlap, neither on this drawing nor on any larger one of the same shape: one is beside the other on the
    side to which its point moves away."""
    return _beside(first.x, first.left, first.right, second.x, second.left, second.right) or _beside(
        first.y, first.top, first.bottom, second.y, second.top, second.bottom
    )


def _beside(first: float, low: float, high: float, second: float, second_low: float, second_high: float) -> bool:
    return (second >= first and second - first >= high - second_low) or (
        first >= second and first - second >= second_high - low
    )


def label_width(label: str) -> float:
    """How many pixels words in 12 pixels take at most."""
    return sum(map(_width, label))


def number_width(count: int) -> int:
    """How wide a dot is that holds a number in bold 12 pixels, with its separators: round at its ends."""
    digits = len(str(count))
    return round(digits * 8 + (digits - 1) // 3 * 4 + 11)


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if character in _THIN:
        return THIN
    if unicodedata.east_asian_width(character) in "WF":
        return WHOLE
    return CAPITAL if character.isupper() or character in "mwMW%@" else LETTER
