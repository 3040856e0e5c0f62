"""Long lists in parts: by year, then month, then day, then by the first letters of the title, each on a page of its own.

The division follows what the releases state, never a running number, so a release that is added changes only the parts it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

from onrecord import dates
from onrecord.dates import Date
from onrecord.model import Listed

LIMIT = 120
"""The most entries on one page: with titles of ordinary length about 10 KB of HTML once compressed."""

NEWEST = 20
"""How many of the newest releases a page shows when its list stands on pages of its own."""

Unit = Literal["year", "month", "day", "letters", ""]
Missing = Literal["year", "month", "day", "years", "months", "days", ""]
"""Why releases stand apart: their dates do not state a unit ("year"), or state that they span several of it ("years")."""

SPANNING: Mapping[Unit, Missing] = {"year": "years", "month": "months", "day": "days"}

_LENGTH: Mapping[Unit, int] = {"year": 4, "month": 7, "day": 10}
_NEXT: Mapping[Unit, Unit] = {"year": "month", "month": "day", "day": "letters"}

Item = TypeVar("Item", bound=Listed)
Any_ = TypeVar("Any_")


@dataclass(frozen=True, slots=True)
class Key:
    """What the releases of a section share: `stated` ("2012", "2012-02"), or in `missing` why they have none, `within` a larger unit; or
    `letters`, the first letters of their titles' slugs."""

    stated: str
    missing: Missing = ""
    within: str = ""
    letters: str = ""

    @property
    def stem(self) -> str:
        """The name of a page with these releases: "2012-02", "2012-no-month", "2012-spanning-months", "ab"."""
        return self.letters or self.stated or f"{self.within}{'-' if self.within else ''}{self._apart}"

    @property
    def anchor(self) -> str:
        """The fragment of their heading: "d2012-02", "no-month", "spanning-months", "lab"; "all" where they share nothing."""
        if self.letters:
            return f"l{self.letters}"
        return f"d{self.stated}" if self.stated else self._apart if self.missing else "all"

    @property
    def _apart(self) -> str:
        return f"{'spanning' if self.missing in SPANNING.values() else 'no'}-{self.missing}"


@dataclass(frozen=True, slots=True)
class Section(Generic[Item]):
    """A part of a list that is shown: its releases, or, where they stand on a page of their own, that page's stem."""

    key: Key
    count: int
    items: tuple[Item, ...]
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """A list, whole or a part of one: the key it is about (None for the whole), the stem of its page ("" for the whole), stem and key of
    the page above it, how many releases, and its sections."""

    key: Key | None
    stem: str
    up: str
    up_key: Key | None
    count: int
    sections: tuple[Section[Item], ...]


def divided(
    items: Sequence[Item], unit: Unit = "year", key: Key | None = None, stem: str = ""
) -> tuple[Part[Item], ...]:
    """The whole list, and every part of it that needs a page of its own, each behind the one it belongs to.

    `unit` is the first thing to divide by; `key` and `stem` are those of the list itself where it is a part already.
    """
    return tuple(_divided(items, unit, key, stem, "", None))


def stems(items: Sequence[Listed], unit: Unit = "year", stem: str = "") -> Iterator[str]:
    """The stems of the parts of a list that have a page of their own, in the order of `divided`, without making them."""
    if len(items) > LIMIT:
        for key, members in _split(items, unit):
            own = _stem_below(stem, key)
            yield own
            if not key.letters:
                yield from stems(members, _unit_below(unit, key), own)


def _divided(
    items: Sequence[Item], unit: Unit, key: Key | None, stem: str, up: str, up_key: Key | None
) -> Iterator[Part[Item]]:
    whole = len(items) <= LIMIT
    sections: list[Section[Item]] = []
    below: list[Iterator[Part[Item]]] = []
    for group_key, members in _split(items, unit):
        if whole:
            sections.append(Section(group_key, len(members), tuple(members)))
            continue
        own = _stem_below(stem, group_key)
        sections.append(Section(group_key, len(members), (), own))
        if group_key.letters:
            ordered = tuple(sorted(members, key=lambda one: one.slug))
            section = Section(Key(""), len(members), ordered)
            below.append(iter([Part(group_key, own, stem, key, len(members), (section,))]))
        else:
            below.append(_divided(members, _unit_below(unit, group_key), group_key, own, stem, key))
    yield Part(key, stem, up, up_key, len(items), tuple(sections))
    for parts in below:
        yield from parts


def _stem_below(stem: str, key: Key) -> str:
    return f"{stem}/{key.stem}" if key.letters and stem else key.stem


def _unit_below(unit: Unit, key: Key) -> Unit:
    return "letters" if key.missing else _NEXT[unit]


def _split(items: Sequence[Item], unit: Unit) -> Iterator[tuple[Key, Sequence[Item]]]:
    """The sections of a list, in the order its releases come in; what spans several units is behind them, what does not state it last."""
    if unit == "letters":
        if len(items) > LIMIT:
            for letters, members in lettered([(_title_slug(one), one) for one in items], LIMIT):
                yield Key("", letters=letters), members
        elif items:
            yield Key(""), items
        return
    groups: dict[str, list[Item]] = {}
    apart: dict[Missing, list[Item]] = {SPANNING[unit]: [], unit: []}
    for one in items:
        text = _units(one.edtf).get(unit)
        if text is not None:
            groups.setdefault(text, []).append(one)
        else:
            apart[SPANNING[unit] if spans(one.date, unit) else unit].append(one)
    for own, members in groups.items():
        yield Key(own), members
    for missing, members in apart.items():
        if members:
            within = [*_units(members[-1].edtf).values()][-1:]
            yield Key("", missing, "".join(within)), members


def spans(date: Date, unit: Unit) -> bool:
    """True for an interval that states the unit ("year", "month", "day") at each end it has, as `2011-12-30/2012-01-02` states years and
    `2012/..` does: where it lies in no single one, that is no silence of its source."""
    ends = [end for end in (date.start, date.end) if end is not None]
    return bool(ends) and all(getattr(end, unit) is not None or (unit == "year" and end.decades != "") for end in ends)


@cache
def stated(edtf: str) -> tuple[str, int | None]:
    """What a date states as ISO 8601 (2012, 2012-02, 2012-02-08; empty where it is not within the years 0 to 9999), and its year.

    Kept by the EDTF, because an archive has far fewer dates than its lists have entries.
    """
    date = dates.checked(edtf) if edtf else dates.NOT_STATED
    return date.sort_text, date.year


@cache
def _units(edtf: str) -> Mapping[Unit, str]:
    """The year, month and day that a date states, as they stand in an address; of a year before 0 or after 9999 the plain number."""
    text, year = stated(edtf)
    if text:
        return {unit: text[:length] for unit, length in _LENGTH.items() if len(text) >= length}
    return {} if year is None else {"year": str(year)}


def _title_slug(one: Listed) -> str:
    return one.slug.removeprefix(one.date.file_prefix + "-") or one.slug


def lettered(pairs: Iterable[tuple[str, Any_]], limit: int) -> list[tuple[str, list[Any_]]]:
    """Items by the first letters of their slug, as many letters as it takes for no part to hold more than `limit`."""
    return [(letters, [item for _, item in below]) for letters, below in _lettered(list(pairs), limit, 1)]


def _lettered(pairs: Sequence[tuple[str, Any_]], limit: int, length: int) -> list[tuple[str, list[tuple[str, Any_]]]]:
    groups: dict[str, list[tuple[str, Any_]]] = {}
    for pair in pairs:
        groups.setdefault(pair[0][:length], []).append(pair)
    out: list[tuple[str, list[tuple[str, Any_]]]] = []
    for letters, below in sorted(groups.items()):
        if len(below) > limit and any(len(slug) > length for slug, _ in below):
            out += _lettered(below, limit, length + 1)
        else:
            out.append((letters, below))
    return out
