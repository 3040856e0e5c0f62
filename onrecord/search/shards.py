"""Entries → shards: one index up to LIMIT releases of a language, beyond that one for each period of about SIZE.

Periods are aligned blocks of years (…, 1984-1991, 1992-1995, …), each halved while it holds too many: so where a shard begins and ends
depends on the releases near it alone, and an addition moves no other shard. A year that is too large is split by its months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.search.entries import SearchEntry

LIMIT = 10_000
SIZE = 5_000
_WIDEST = 1024


@dataclass(frozen=True, slots=True)
class Shard:
    """Releases that are indexed together. `name` is empty for the only shard of a language, else its period ("1990-1991", "2012",
    "2012-02", "undated"); `first` and `last` are its years, empty where it is not bounded by any."""

    name: str
    first: str
    last: str
    entries: tuple[SearchEntry, ...]


def shards(entries: Sequence[SearchEntry], limit: int = LIMIT, size: int = SIZE) -> tuple[Shard, ...]:
    """The shards of one language, earliest first, the undated last. Entries keep their order within a shard."""
    if len(entries) <= limit:
        return (Shard("", "", "", tuple(entries)),) if entries else ()
    dated: dict[int, list[SearchEntry]] = {}
    undated = []
    for entry in entries:
        if entry.date:
            dated.setdefault(int(entry.date[:4]), []).append(entry)
        else:
            undated.append(entry)
    found: list[Shard] = []
    for start in range(0, max(dated, default=0) + 1, _WIDEST):
        found.extend(_blocks(dated, start, _WIDEST, size))
    if undated:
        found.append(Shard("undated", "", "", tuple(undated)))
    return tuple(found)


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
        yield from _months(f"{start:04}", dated[start])


def _months(year: str, entries: Sequence[SearchEntry]) -> Iterator[Shard]:
    months: dict[str, list[SearchEntry]] = {}
    for entry in entries:
        months.setdefault(entry.date[:7] if len(entry.date) > 4 else f"{year}-00", []).append(entry)
    for month, members in sorted(months.items()):
        yield Shard(month, year, year, tuple(members))
