"""Entries → shards: one index up to LIMIT releases of a language, beyond that one for each period of at most SIZE.

Periods are aligned blocks of years (…, 1984-1991, 1992-1995, …), each halved while it holds too many: so where a shard begins and ends
depends on the releases near it alone, and an addition moves no other shard. A year that is too large is split by its months, a month
(or what has no year) by the SHA-256 of the paths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord.search.entry import SearchEntry

LIMIT = 1_000
SIZE = 1_000
_WIDEST = 1024


class Shard(Struct, frozen=True):
    """Releases of one language that are indexed together. `name` is empty for the only shard of a language, else its period
    ("1990-1991", "2012", "2012-02", "undated"; "undated-3" is a part of one); `first` and `last` are its years, empty where it is not
    bounded by any."""

    name: str
    first: str
    last: str
    entries: tuple[SearchEntry, ...]


class PlannedShard(Struct, frozen=True):
    """A shard as it is to be made: `name` is its folder below `pagefind/` ("en", "en-1990-1991"), `language` the primary subtag of its
    releases' language in lower case, `first` and `last` as in Shard, `entries` its members in the order of their pages' numbers."""

    name: str
    language: str
    first: str
    last: str
    entries: tuple[SearchEntry, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the members' pages, in the order of the entries."""
        return tuple(entry.path for entry in self.entries)


def plan(entries: Iterable[SearchEntry], limit: int = LIMIT, size: int = SIZE) -> tuple[PlannedShard, ...]:
    """The shards of all languages, sorted by language, each language's earliest first. The order of `entries` does not matter."""
    languages: dict[str, list[SearchEntry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        languages.setdefault(primary(entry.language), []).append(entry)
    return tuple(
        PlannedShard(
            f"{language}-{shard.name}" if shard.name else language, language, shard.first, shard.last, shard.entries
        )
        for language, members in sorted(languages.items())
        for shard in shards(members, limit, size)
    )


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 language tag, in lower case."""
    return language.split("-")[0].lower()


def shards(entries: Sequence[SearchEntry], limit: int = LIMIT, size: int = SIZE) -> tuple[Shard, ...]:
    """The shards of one language, earliest first; last what has no year, or several: a range of years never leaves it out. Entries keep
    their order within a shard.

    `limit` is the number of releases up to which there is one shard, `size` the most that each holds where there are several.
    """
    if len(entries) <= limit:
        return (Shard("", "", "", tuple(entries)),) if entries else ()
    dated: dict[int, list[SearchEntry]] = {}
    undated = []
    for entry in entries:
        if entry.date and not entry.spans_years:
            dated.setdefault(int(entry.date[:4]), []).append(entry)
        else:
            undated.append(entry)
    periods: list[Shard] = []
    for start in range(0, max(dated, default=0) + 1, _WIDEST):
        periods.extend(_blocks(dated, start, _WIDEST, size))
    if undated:
        periods.extend(_parts(Shard("undated", "", "", tuple(undated)), size))
    return tuple(periods)


def _blocks(dated: dict[int, list[SearchEntry]], start: int, width: int, size: int) -> Iterator[Shard]:
    years = [year for year in range(start, start + width) if year in dated]
    count = sum(len(dated[year]) for year in years)
    if not count:
        return
    if count <= size:
        first, last = f"{start:04}", f"{start + width - 1:04}"
        members = tuple(sorted((entry for year in years for entry in dated[year]), key=lambda entry: entry.path))
        yield Shard(first if width == 1 else f"{first}-{last}", first, last, members)
    elif width > 1:
        yield from _blocks(dated, start, width // 2, size)
        yield from _blocks(dated, start + width // 2, width // 2, size)
    else:
        yield from _months(f"{start:04}", dated[start], size)


def _months(year: str, entries: Sequence[SearchEntry], size: int) -> Iterator[Shard]:
    months: dict[str, list[SearchEntry]] = {}
    for entry in entries:
        months.setdefault(entry.date[:7] if len(entry.date) > 4 else f"{year}-00", []).append(entry)
    for month, members in sorted(months.items()):
        yield from _parts(Shard(month, year, year, tuple(members)), size)


def _parts(shard: Shard, size: int, depth: int = 0) -> Iterator[Shard]:
    """A shard as it is, or in sixteen parts, and these again, while one holds too many."""
    if len(shard.entries) <= size or depth > 8:
        yield shard
        return
    digits: dict[str, list[SearchEntry]] = {}
    for entry in shard.entries:
        digits.setdefault(hashlib.sha256(entry.path.encode()).hexdigest()[depth], []).append(entry)
    for digit, members in sorted(digits.items()):
        name = f"{shard.name}{'' if depth else '-'}{digit}"
        yield from _parts(Shard(name, shard.first, shard.last, tuple(members)), size, depth + 1)
