"""Which releases are rendered together: those of one year, in the order of their slugs, cut where the slug itself says so.

A cut depends on the slug before it alone (content-defined chunking), so a release that comes or goes changes its own bundle and moves no
other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from zlib import crc32

from onrecord.dates import year_label
from onrecord.model import Card, Listed

MOST = 128
_CUT = 64
"""One slug in so many ends its bundle."""

UNDATED = "undated"


def bundles(listed: Iterable[Listed]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(name, year, slugs) of all releases that are published, oldest year first, then those of no year ("undated"). Drafts and what was
    withdrawn are in none, whoever else sees them. A release of several years stands in its first."""
    years: dict[int | None, list[str]] = {}
    for item in listed:
        if isinstance(item, Card) and item.status != "draft":
            of_date = item.date.years
            years.setdefault(of_date[0] if of_date else None, []).append(item.slug)
    for year in sorted(years, key=lambda year: (year is None, year or 0)):
        label = UNDATED if year is None else year_label(year)
        for slugs in _cut(sorted(years[year])):
            mark = hashlib.blake2b(slugs[-1].encode(), digest_size=6).hexdigest()
            yield f"{label}-{mark}", label, slugs


def _cut(slugs: Iterable[str]) -> Iterator[tuple[str, ...]]:
    bundle: list[str] = []
    for slug in slugs:
        bundle.append(slug)
        if crc32(slug.encode()) % _CUT == 0 or len(bundle) == MOST:
            yield tuple(bundle)
            bundle = []
    if bundle:
        yield tuple(bundle)
