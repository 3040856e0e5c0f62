"""Pieces → files: one for each row of the list; packed where it would be long, in parts where it would be too long.

A file above MOST_PLAIN is packed with gzip, which databases, statistical programs and Data Package's own tools open as they do the plain
file; its address has `.gz` behind. One above LIMIT is divided into aligned blocks of years (…, 1984-1991, 1992-1995, …), each halved while
it is too long, and a year that is too long into parts by number: so where a part begins and ends depends on the releases near it alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from msgspec import Struct

from onrecord import routes
from onrecord.dataset.bundles import UNDATED
from onrecord.dataset.file_list import BY_NAME, PACKED, DataFile, DataFileWritten
from onrecord.dataset.kept_pieces import Bundle, Piece
from onrecord.dates import year_label
from onrecord.digests import digest
from onrecord.packed import gzipped

MOST_PLAIN = 5_000_000
"""The most bytes of a file that stands as it is. What a spreadsheet opens is below it; the texts and records of some thousand releases are
not, and are most of what `data/` weighs."""
LIMIT = 100_000_000
"""The most bytes that a file may unpack to. They are some 15 to 30 MB packed: GitHub takes files of 25 MB in a browser and of 100 MB with
git (https://docs.github.com/repositories/working-with-files/managing-large-files), and so much is written again, of each file, after a
changed word."""
_WIDEST = 1024

Source = tuple[Bundle, Piece]


class PlannedFile(Struct, frozen=True):
    """A file as it is to be put together: its path on the site, of which years it is where it is a part of a long one, whether it is
    packed, and the pieces that it has, each with its bundle. Every part has the head of the file."""

    file: DataFile
    path: str
    part: str
    is_packed: bool
    sources: tuple[Source, ...]

    @property
    def head(self) -> bytes:
        """What stands before its first piece."""
        return gzipped(self.file.head) if self.is_packed else self.file.head

    @property
    def key(self) -> bytes:
        """What changes when a byte of it does."""
        digests = (piece.packed_digest if self.is_packed else piece.digest for _, piece in self.sources)
        return digest(self.head + "".join(digests).encode())

    @property
    def rows(self) -> int:
        """How many rows, or lines, it has."""
        return sum(piece.rows for _, piece in self.sources)

    @property
    def stated(self) -> tuple[int, ...]:
        """In how many rows each column is not empty."""
        counts = [piece.stated for _, piece in self.sources]
        return tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * _width(self.file)

    @property
    def years(self) -> tuple[str, ...]:
        """The first and the last year that its releases state; bundles come in this order."""
        years = [bundle.year for bundle, _ in self.sources if bundle.year not in ("", UNDATED)]
        return (years[0], years[-1]) if years else ()

    def written(self, size: int, sha256: str) -> DataFileWritten:
        """The file as it was written."""
        unpacked = len(self.file.head) + _length(self.sources) if self.is_packed else 0
        return DataFileWritten(
            self.file.name, self.path, size, sha256, self.rows, self.stated, self.years, self.part, unpacked
        )


def _width(file: DataFile) -> int:
    return len(file.table.columns) if file.table else 0


def planned(bundles: Sequence[Bundle], limit: int = LIMIT, most_plain: int = MOST_PLAIN) -> Iterator[PlannedFile]:
    """The files that these bundles give, in the order of FILES; one that no bundle gives anything to has its head alone. `bundles` are in
    their order; a part is longer than `limit` bytes only where one bundle is. A file longer than `most_plain` bytes is packed, in all its
    parts."""
    by_file: dict[str, list[Source]] = {file.name: [] for file in BY_NAME.values() if not file.is_elsewhere}
    for bundle in bundles:
        for piece in bundle.pieces:
            by_file[piece.file].append((bundle, piece))
    for name, sources in by_file.items():
        file = BY_NAME[name]
        is_packed = _length(sources) > most_plain
        ending = f"{file.ending}.{PACKED}" if is_packed else file.ending
        for part, of_part in _parts(sources, limit):
            yield PlannedFile(file, routes.data_file(file.stem, ending, part), part, is_packed, tuple(of_part))


def _parts(sources: Sequence[Source], limit: int) -> Iterator[tuple[str, Sequence[Source]]]:
    if _length(sources) <= limit:
        yield "", sources
        return
    by_year: dict[int, list[Source]] = {}
    undated: list[Source] = []
    for source in sources:
        if source[0].year.lstrip("-").isdigit():
            by_year.setdefault(int(source[0].year), []).append(source)
        else:
            undated.append(source)
    for block in sorted({year // _WIDEST for year in by_year}):
        yield from _blocks(by_year, block * _WIDEST, _WIDEST, limit)
    yield from _numbered(UNDATED, undated, limit)


def _blocks(
    by_year: dict[int, list[Source]], start: int, width: int, limit: int
) -> Iterator[tuple[str, Sequence[Source]]]:
    members = [source for year in sorted(by_year) if start <= year < start + width for source in by_year[year]]
    if not members:
        return
    if width == 1:
        yield from _numbered(year_label(start), members, limit)
    elif _length(members) <= limit:
        yield f"{year_label(start)}-{year_label(start + width - 1)}", members
    else:
        yield from _blocks(by_year, start, width // 2, limit)
        yield from _blocks(by_year, start + width // 2, width // 2, limit)


def _numbered(label: str, members: Sequence[Source], limit: int) -> Iterator[tuple[str, Sequence[Source]]]:
    """A part as it is, or in as many as it takes, from the first piece to the last."""
    if _length(members) <= limit:
        if members:
            yield label, members
        return
    numbers = itertools.count(1)
    part: list[Source] = []
    length = 0
    for source in members:
        if part and length + source[1].bytes > limit:
            yield f"{label}-{next(numbers)}", part
            part, length = [], 0
        part.append(source)
        length += source[1].bytes
    yield f"{label}-{next(numbers)}", part


def _length(sources: Sequence[Source]) -> int:
    return sum(piece.bytes for _, piece in sources)
