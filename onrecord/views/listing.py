"""Lists that never grow without bound: by year, then month, then day, each on a page of its own where it gets too long.

The split follows what the releases state, never a running number, so a release that is added changes only the pages it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.dates import Date
from onrecord.model import Release
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Section

LIMIT = 120
"""The most entries on one page: with titles of ordinary length about 10 KB of HTML once compressed."""

NEWEST = 20
"""How many of the newest releases a page shows when its list stands on pages of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list that got a page of its own: its path, the page above it (path and label), the section it is, and the sections on it."""

    path: str
    up: tuple[str, str]
    label: str
    rest: str
    count: int
    sections: tuple[Section, ...]


def parts(
    edition: Edition, releases: Sequence[Release], folder: str, up: tuple[str, str], unit: str = "year"
) -> tuple[tuple[Section, ...], tuple[Part, ...]]:
    """The sections of a list, and the pages that some of them need.

    `folder` is where those pages go ("topics/torture"), `up` the page the list stands on (path and label), `unit` the first thing to
    split by: year, month, day.
    Without releases both are empty.
    """
    whole = len(releases) <= LIMIT
    sections: list[Section] = []
    pages: list[Part] = []
    for key, below in split(releases, unit):
        stem = key.key or f"{key.within}{'-' if key.within else ''}no-{key.rest}"
        label = _label(key, edition)
        anchor = f"d{stem}" if key.key else f"no-{key.rest}"
        if whole:
            sections.append(Section(label, key.rest, anchor, "", len(below), edition.entries(below)))
            continue
        path = f"{folder}/{stem}.html"
        next_unit = {"year": "month", "month": "day"}.get(unit) if key.key else None
        if next_unit:
            inner, more = parts(edition, below, folder, (path, label), next_unit)
        else:
            inner, more = leftover(edition, below, f"{folder}/{stem}", (path, label))
        sections.append(Section(label, key.rest, anchor, encoded(path), len(below), ()))
        pages.append(Part(path, up, label, key.rest, len(below), inner))
        pages.extend(more)
    return tuple(sections), tuple(pages)


def stated(date: Date) -> str:
    """What a date states, for an address: 2012-02-08, 2012-02, 2012, or empty; a year before 0 or after 9999 as a plain number."""
    return date.sort_text or (str(date.year) if date.year is not None else "")


@dataclass(frozen=True, slots=True)
class Key:
    """What the releases of a section share: `key` ("2012", "2012-02"), or in `rest` what they do not state, `within` a larger unit."""

    key: str
    rest: str = ""
    within: str = ""


def split(releases: Iterable[Release], unit: str) -> Iterator[tuple[Key, list[Release]]]:
    """Releases by year, month or day, in the order they come in; those that do not state it stand last."""
    length = {"year": 4, "month": 7, "day": 10}[unit]
    found: dict[str, list[Release]] = {}
    rest: list[Release] = []
    within = ""
    for release in releases:
        date = release.date
        text = stated(date)
        if len(text) >= length or (unit == "year" and text):
            found.setdefault(text[:length] if date.sort_text else text, []).append(release)
        else:
            rest.append(release)
            within = text
    for key, below in found.items():
        yield Key(key), below
    if rest:
        yield Key("", unit, within), rest


def _label(key: Key, edition: Edition) -> str:
    return edition.words(key.key) if key.key else ""


def leftover(
    edition: Edition, releases: Sequence[Release], folder: str, up: tuple[str, str]
) -> tuple[tuple[Section, ...], tuple[Part, ...]]:
    """What no date can split: one section, or, when it is too long, by the first letters of the title's slug."""
    if len(releases) <= LIMIT:
        return (Section("", "", "all", "", len(releases), edition.entries(releases)),) if releases else (), ()
    sections: list[Section] = []
    pages: list[Part] = []
    for letters, below in lettered([(_title_slug(release), release) for release in releases], LIMIT):
        path = f"{folder}/{letters}.html"
        ordered = sorted(below, key=lambda release: release.slug)
        sections.append(Section(letters.upper(), "", f"l{letters}", encoded(path), len(below), ()))
        whole = Section("", "", "all", "", len(below), edition.entries(ordered))
        pages.append(Part(path, up, letters.upper(), "", len(below), (whole,)))
    return tuple(sections), tuple(pages)


def _title_slug(release: Release) -> str:
    return release.slug.removeprefix(release.date.file_prefix + "-") or release.slug


Item = TypeVar("Item")


def lettered(pairs: Sequence[tuple[str, Item]], limit: int) -> list[tuple[str, list[Item]]]:
    """Items by the first letters of their slug, as many letters as it takes for no part to hold more than `limit`."""
    return [(letters, [item for _, item in below]) for letters, below in _lettered(pairs, limit, 1)]


def _lettered(pairs: Sequence[tuple[str, Item]], limit: int, length: int) -> list[tuple[str, list[tuple[str, Item]]]]:
    found: dict[str, list[tuple[str, Item]]] = {}
    for pair in pairs:
        found.setdefault(pair[0][:length], []).append(pair)
    out: list[tuple[str, list[tuple[str, Item]]]] = []
    for letters, below in sorted(found.items()):
        if len(below) > limit and any(len(slug) > length for slug, _ in below):
            out += _lettered(below, limit, length + 1)
        else:
            out.append((letters, below))
    return out
