"""A text and its translation, paragraph beside paragraph, item beside item, by their place alone: no word of one language is compared
with one of another.

What holds the two together: headings, where both texts have as many; between them paragraphs in which the same figures stand (246, 2012,
in whatever digits); between these paragraphs stand beside each other in their order. Nothing says that two that stand beside each
other say the same.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_STEP = re.compile(r'<h[2-6][ >]|<(?:p|li|tr|pre)(?: class="[^"]*")? id="p([0-9]+(?:\.[0-9]+)?)">')
# Digits in groups of three are one number, whatever stands between the groups: 5,400 and 5.400 and ٥٬٤٠٠.
_FIGURE = re.compile(r"\d+(?:[.,٬٫'’\u00a0\u202f]\d{3})*(?!\d)")


class Row(NamedTuple):
    """Two paragraphs, items or rows of a table by their places in the texts (from 1), 0 where there is none at this place."""

    left: int
    right: int


def figures(text: str) -> tuple[str, ...]:
    """The numbers in a text in ASCII digits, sorted, without what parts their digits."""
    return tuple(
        sorted(
            "".join(str(unicodedata.digit(char)) for char in found if unicodedata.digit(char, None) is not None)
            for found in _FIGURE.findall(text)
        )
    )


def sections(html: str, numbers: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of the passages of a body, given by their numbers, by the headings they stand under; first those before any heading."""
    places = {number: place for place, number in enumerate(numbers, 1)}
    parts: list[list[int]] = [[]]
    for step in _STEP.finditer(html):
        if step[1] is None:
            parts.append([])
        elif place := places.pop(step[1], 0):
            parts[-1].append(place)
    # What has no number of its own in the HTML stands at the end.
    parts[-1] += places.values()
    return tuple(map(tuple, parts))


def rows(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], left_html: str, right_html: str
) -> tuple[Row, ...]:
    """The rows of two texts, each given as its paragraphs, items and rows of tables, as (number, words), and its HTML, in which they have
    their numbers."""
    parts = tuple(
        sections(html, [number for number, _ in side]) for html, side in ((left_html, left), (right_html, right))
    )
    if len(parts[0]) != len(parts[1]):
        parts = (tuple(range(1, len(left) + 1)),), (tuple(range(1, len(right) + 1)),)
    stated = [[figures(words) for _, words in side] for side in (left, right)]
    return tuple(
        row
        for first, second in zip(*parts, strict=True)
        for row in _between(
            [(place, stated[0][place - 1]) for place in first],
            [(place, stated[1][place - 1]) for place in second],
        )
    )


_Numbered = tuple[int, tuple[str, ...]]
"""The place of a paragraph, and the figures in it."""


def _between(left: Sequence[_Numbered], right: Sequence[_Numbered]) -> Iterator[Row]:
    """The rows of two stretches without a heading."""
    i = j = 0
    for a, b in (*_anchors(left, right), (len(left), len(right))):
        for place in range(max(a - i, b - j)):
            yield Row(
                left[i + place][0] if i + place < a else 0,
                right[j + place][0] if j + place < b else 0,
            )
        if a < len(left):
            yield Row(left[a][0], right[b][0])
        i, j = a + 1, b + 1


def _anchors(left: Sequence[_Numbered], right: Sequence[_Numbered]) -> list[tuple[int, int]]:
    """Places of paragraphs whose figures stand together in one paragraph of each side and no other, as many as have the same order."""
    counts = [Counter(figures for _, figures in side) for side in (left, right)]
    once = {figures for figures, count in counts[0].items() if figures and count == counts[1][figures] == 1}
    places = {figures: place for place, (_, figures) in enumerate(right) if figures in once}
    last: list[int] = []  # by length, the smallest place on the right that ends an ascent of that length
    ends: list[tuple[int, int, int]] = []
    for place, (_, figures) in enumerate(left):
        if figures in once:
            length = bisect_left(last, places[figures])
            last[length : length + 1] = [places[figures]]
            ends.append((place, places[figures], length))
    ascent: list[tuple[int, int]] = []
    length = len(last) - 1
    for a, b, of in reversed(ends):
        if of == length and (not ascent or b < ascent[-1][1]):
            ascent.append((a, b))
            length -= 1
    return ascent[::-1]
