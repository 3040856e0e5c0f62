"""Long lists in parts: by decade, then year, then month, then day, then by the first letters of the title, each on a page of its own. A
decade that fits on a page is not divided: a page for each year would be more frame than list.

The division follows what the releases state, never a running number, so a release that is added changes only the parts it belongs to. A
release whose date spans years or months is in the section of each of them (`Date.years`, `Date.months`), and counts once in a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from onrecord import dates
from onrecord.model import Listed

LIMIT = 120
"""The most entries on one page: with titles of ordinary length about 10 KB of HTML once compressed."""

NEWEST = 20
"""How many of the newest releases a page shows when its list stands on pages of its own."""

Unit = Literal["decade", "year", "month", "day", "letters", ""]
Missing = Literal["year", "month", "day", "months", "days", ""]
"""Why releases are listed under no single unit: their dates do not state it ("month"), or span several of it ("months")."""

WITHOUT_MONTH: tuple[Missing, ...] = ("months", "month")
"""Why releases of a year are listed under none of its months, in the order of their sections."""

_NEXT: Mapping[Unit, Unit] = {"decade": "year", "year": "month", "month": "day", "day": "letters"}

Item = TypeVar("Item", bound=Listed)
Lettered = TypeVar("Lettered")


class Key(Struct, frozen=True):
    """What the releases of a section share: `stated` ("201X", "2012", "2012-02"), or in `missing` why they have none, `within` a larger
    unit; or `letters`, the first letters of their titles' slugs."""

    stated: str
    missing: Missing = ""
    within: str = ""
    letters: str = ""

    @property
    def stem(self) -> str:
        """The name of a page with these releases: "2010s", "2012-02", "2012-no-month", "2012-spanning-months", "ab"."""
        if self.is_decade:
            return f"{self.stated[:-1]}0s"
        return self.letters or self.stated or f"{self.within}{'-' if self.within else ''}{self._missing}"

    @property
    def is_decade(self) -> bool:
        """Whether they share a decade (EDTF level 1: a year whose last digit is not given)."""
        return self.stated.endswith("X")

    @property
    def anchor(self) -> str:
        """The fragment of their heading: "d2012-02", "no-month", "spanning-months", "lab"; "all" where they share nothing."""
        if self.letters:
            return f"l{self.letters}"
        return f"d{self.stated}" if self.stated else self._missing if self.missing else "all"

    @property
    def _missing(self) -> str:
        return f"{'spanning' if self.missing in ('months', 'days') else 'no'}-{self.missing}"


class ListSection(Struct, Generic[Item], frozen=True):
    """A part of a list that is shown: its releases, or, where they stand on a page of their own, that page's stem."""

    key: Key
    count: int
    items: tuple[Item, ...]
    stem: str = ""


class Part(Struct, Generic[Item], frozen=True):
    """A list, whole or a part of one: the key it is about (None for the whole), the stem of its page ("" for the whole), stem and key of
    the page above it, how many releases, and its sections."""

    key: Key | None
    stem: str
    up: str
    up_key: Key | None
    count: int
    sections: tuple[ListSection[Item], ...]


def divided(
    items: Sequence[Item], unit: Unit = "decade", key: Key | None = None, stem: str = ""
) -> tuple[Part[Item], ...]:
    """The whole list, and every part of it that needs a page of its own, each behind the one it belongs to.

    `unit` is the first thing to divide by; `key` and `stem` are those of the list itself where it is a part already.
    """
    return tuple(_divided(items, unit, key, stem, "", None))


def stems(items: Sequence[Listed], unit: Unit = "decade", key: Key | None = None, stem: str = "") -> Iterator[str]:
    """The stems of the parts of a list that have a page of their own, in the order of `divided`, without making them."""
    if len(items) > LIMIT:
        for part_key, members in _split(items, unit, key):
            part_stem = _stem_of_part(stem, part_key)
            yield part_stem
            if not part_key.letters:
                yield from stems(members, _unit_of_part(unit, part_key), part_key, part_stem)


def _divided(
    items: Sequence[Item], unit: Unit, key: Key | None, stem: str, up: str, up_key: Key | None
) -> Iterator[Part[Item]]:
    fits = len(items) <= LIMIT
    if fits and unit == "decade":
        unit = "year"
    sections: list[ListSection[Item]] = []
    parts: list[Iterator[Part[Item]]] = []
    for part_key, members in _split(items, unit, key):
        if fits:
            sections.append(ListSection(part_key, len(members), tuple(members)))
            continue
        part_stem = _stem_of_part(stem, part_key)
        sections.append(ListSection(part_key, len(members), (), part_stem))
        if part_key.letters:
            ordered = tuple(sorted(members, key=lambda item: item.slug))
            section = ListSection(Key(""), len(members), ordered)
            parts.append(iter([Part(part_key, part_stem, stem, key, len(members), (section,))]))
        else:
            parts.append(_divided(members, _unit_of_part(unit, part_key), part_key, part_stem, stem, key))
    yield Part(key, stem, up, up_key, len(items), tuple(sections))
    yield from chain.from_iterable(parts)


def neighbours(parts: Sequence[Part[Item]], stem: str) -> tuple[str, str]:
    """What the releases of the part before one in time state, and those of the part after it, each as its key has it; empty where there is
    none, and for a part that is no time. Beside a year stands the year before it or, where years of that decade have no page, the decade.

    `parts` are those of `divided`, the newest first.
    """
    own = next((part.key for part in parts if part.stem == stem), None)
    if own is None or not own.stated:
        return "", ""
    divided_further = {part.up for part in parts if part.key and part.key.stated}
    row = [
        part.key.stated
        for part in parts
        if part.key and part.key.stated
        if _precision(part.key) == _precision(own)
        or (_precision(part.key) < _precision(own) and part.stem not in divided_further)
    ]
    at = row.index(own.stated)
    return row[at + 1] if at + 1 < len(row) else "", row[at - 1] if at else ""


def beside(parts: Sequence[Part[Item]], stem: str) -> tuple[tuple[Key, str], ...]:
    """The key and the page's stem of each part that stands beside one, itself among them, in the order of their list; none for a part in
    time, which has `neighbours`, and where there is no other.

    `parts` are those of `divided`.
    """
    own = next((part for part in parts if part.stem == stem), None)
    if own is None or own.key is None or own.key.stated:
        return ()
    row = tuple((part.key, part.stem) for part in parts if part.key and part.up == own.up)
    return row if len(row) > 1 else ()


def _precision(key: Key) -> int:
    """0 for a decade, 1 for a year, 2 for a month, 3 for a day."""
    return 0 if key.is_decade else 1 + key.stated.count("-", 1)


def _stem_of_part(stem: str, key: Key) -> str:
    return f"{stem}/{key.stem}" if key.letters and stem else key.stem


def _unit_of_part(unit: Unit, key: Key) -> Unit:
    if unit == "decade" and key.stated and not key.is_decade:
        return "month"
    return "letters" if key.missing else _NEXT[unit]


def _split(items: Sequence[Item], unit: Unit, key: Key | None) -> Iterator[tuple[Key, Sequence[Item]]]:
    """The sections of a list about `key`: decades, years, months or days, the newest first; then what spans
    several, and what does not state it."""
    if unit == "letters":
        if len(items) > LIMIT:
            for letters, members in lettered([(_title_slug(item), item) for item in items], LIMIT):
                yield Key("", letters=letters), members
        elif items:
            yield Key(""), items
        return
    within = key.stated if key and not key.is_decade else ""
    groups: dict[str, list[Item]] = {}
    unlisted: dict[Missing, list[Item]] = {}
    for item in items:
        item_labels: Sequence[str] = labels(item.edtf, unit, within)
        if key and key.is_decade:
            item_labels = [label for label in item_labels if decade(label) == key.stated]
        for label in item_labels:
            groups.setdefault(label, []).append(item)
        if not item_labels:
            unlisted.setdefault(missing_unit(item.edtf, "year" if unit == "decade" else unit), []).append(item)
    for label in sorted(groups, key=lambda label: number(label, within), reverse=True):
        yield Key(label), groups[label]
    # "months" before "month".
    for missing, members in sorted(unlisted.items(), reverse=True):
        yield Key("", missing, within), members


@cache
def labels(edtf: str, unit: Unit, within: str = "") -> tuple[str, ...]:
    """The decades, the years, the months of a year `within`, or the day of a month that a date is listed under, as they are
    written in an address.

    Kept by the EDTF, because an archive has far fewer dates than its lists have entries.
    """
    date = _date(edtf)
    if unit == "year":
        return tuple(map(dates.year_label, date.years))
    if unit == "decade":
        return tuple(dict.fromkeys(decade(dates.year_label(year)) for year in date.years))
    if unit == "month":
        return tuple(f"{within}-{month:02}" for month in date.months(int(within)))
    return (f"{within}-{date.day:02}",) if date.day else ()


def decade(year: str) -> str:
    """The decade of a year that is labelled so ("201X"); the year itself where it has not four digits, for no decade is written so."""
    return f"{year[:3]}X" if len(year) == 4 and year.isdecimal() else year


def number(label: str, within: str) -> int:
    """The number of a year, of the first year of a decade, or of the month (day) that is labelled so in its year (month) `within`."""
    return int(label[len(within) + 1 :] if within else label.replace("X", "0"))


@cache
def missing_unit(edtf: str, unit: Literal["year", "month", "day"]) -> Missing:
    """Why a date is listed under no single year, month or day."""
    if unit == "month" and _date(edtf).spans(unit):
        return "months"
    return "days" if unit == "day" and _date(edtf).spans(unit) else unit


def _date(edtf: str) -> dates.Date:
    return dates.checked(edtf) if edtf else dates.NOT_STATED


def _title_slug(item: Listed) -> str:
    titles = (item.slug.removeprefix(f"{prefix}-") for prefix in item.date.file_prefixes)
    return min(titles, key=len) or item.slug


def lettered(pairs: Iterable[tuple[str, Lettered]], limit: int) -> list[tuple[str, list[Lettered]]]:
    """Items by the first letters of their slug, as many letters as it takes for no part to hold more than `limit`."""
    return [(letters, [item for _, item in members]) for letters, members in _lettered(list(pairs), limit, 1)]


def _lettered(
    pairs: Sequence[tuple[str, Lettered]], limit: int, length: int
) -> list[tuple[str, list[tuple[str, Lettered]]]]:
    groups: dict[str, list[tuple[str, Lettered]]] = {}
    for pair in pairs:
        groups.setdefault(pair[0][:length], []).append(pair)
    parts: list[tuple[str, list[tuple[str, Lettered]]]] = []
    for letters, members in sorted(groups.items()):
        if len(members) > limit and any(len(slug) > length for slug, _ in members):
            parts += _lettered(members, limit, length + 1)
        else:
            parts.append((letters, members))
    return parts
