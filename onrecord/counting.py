"""Figures that count one thing, in parts: by place, by who reports them, by the date they are as of, each on a page of its own where
they are too many for one.

Nothing is joined here that a record does not join: what has no place stated, or no reporter, is a part of its own and no single line.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from onrecord import slugs
from onrecord.division import labels
from onrecord.model import Card, Counting

LIMIT = 60
"""The most figures on one page: each is a row with several cells, and a point of a chart."""

Reported = tuple[Card, int]
"""A release, and the place of a figure among its figures."""

Unit = Literal["", "place", "reporter", "year", "month", "published"]
_NEXT: dict[Unit, Unit] = {"": "place", "place": "reporter", "reporter": "year", "year": "month", "month": "published"}


class Line(Struct, frozen=True):
    """What one reporter says of one place, in time order: `place` is a slug, `name` that of the reporter's entry in names.toml, `by` the
    reporter as written where there is no entry; empty what is not stated."""

    place: str
    name: str
    by: str
    figures: tuple[Reported, ...]


class CountedPart(Struct, frozen=True):
    """Figures that count one thing, whole or a part of them: the stem of its page and of the page above ("" for the whole), and what it is
    about, as (unit, what the page shares) from the largest to the smallest, a value empty where it is not stated.

    Either it has `lines`, or each part that has a page of its own as (unit, value, stem, number of figures).
    """

    stem: str
    up: str
    about: tuple[tuple[Unit, str], ...]
    count: int
    lines: tuple[Line, ...]
    parts: tuple[tuple[Unit, str, str, int], ...] = ()


def folded(words: str) -> str:
    """What two names of a counted thing have in common that are one: letter case and blanks are all that may differ."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def label(words: Iterable[str]) -> str:
    """The name for all of these, which are one once folded: the spelling that is used most, the first by code point where several are."""
    return min(Counter(" ".join(each.split()) for each in words).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def divided(figures: Sequence[Reported]) -> tuple[CountedPart, ...]:
    """The whole, and behind it every part that needs a page of its own, each behind the one it belongs to."""
    return tuple(_divided(figures, "", "", (), ""))


def lines(figures: Iterable[Reported]) -> tuple[Line, ...]:
    """Figures by place and by who reports them, each line in the order in which they are given; what states no place or reporter last."""
    by_line: dict[tuple[str, str, str], list[Reported]] = {}
    for card, number in figures:
        counting = card.countings[number]
        key = counting.place, counting.name, "" if counting.name else counting.by
        by_line.setdefault(key, []).append((card, number))
    return tuple(
        Line(*key, tuple(by_line[key]))
        for key in sorted(by_line, key=lambda key: (not key[0], key[0], not (key[1] or key[2]), key[1] or key[2], key))
    )


def _divided(
    figures: Sequence[Reported], stem: str, up: str, about: tuple[tuple[Unit, str], ...], unit: Unit
) -> Iterator[CountedPart]:
    smaller = _NEXT.get(unit)
    if len(figures) <= LIMIT or smaller is None:
        yield CountedPart(stem, up, about, len(figures), lines(figures))
        return
    groups: dict[str, list[Reported]] = {}
    for card, number in figures:
        groups.setdefault(_value(card, card.countings[number], smaller), []).append((card, number))
    taken: set[str] = set()
    parts: list[tuple[str, str, list[Reported]]] = []
    for value in sorted(groups, key=lambda value: (not value, value)):
        piece = _piece(value, smaller)
        if piece in taken:
            piece = f"{piece}-{slugs.mark(value)}"
        taken.add(piece)
        parts.append((value, f"{stem}/{piece}" if stem else piece, groups[value]))
    of_parts = tuple((smaller, value, below, len(group)) for value, below, group in parts)
    yield CountedPart(stem, up, about, len(figures), (), of_parts)
    for value, below, group in parts:
        yield from _divided(group, below, stem, (*about, (smaller, value)), smaller)


def _value(card: Card, counting: Counting, unit: Unit) -> str:
    """What a figure has for a unit; empty where it is not stated, or is no single one. A reporter without an entry stands behind a “=”."""
    if unit == "place":
        return counting.place
    if unit == "reporter":
        return counting.name or (f"={counting.by}" if counting.by else "")
    if unit == "published":
        return (labels(card.edtf, "year", "") or ("",))[0] if card.edtf else ""
    if not counting.as_of:
        return ""
    years = labels(counting.as_of, "year", "")
    if unit == "year" or not years:
        return years[0] if years else ""
    return (labels(counting.as_of, "month", years[0]) or (years[0],))[0]


def _piece(value: str, unit: Unit) -> str:
    """A value's part of an address."""
    return slugs.slug(value, 60) or (slugs.mark(value) if value else f"no-{unit}")
