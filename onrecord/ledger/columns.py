"""Many rows in columns: lists of numbers, and the outputs of one maker."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

import msgspec
from msgspec import Struct

from onrecord.digests import encoded

SPARE = 1.25
"""How many times as many questions, or lists of them, as are needed a ledger may hold before it is compacted."""

_SHA256 = 32
_FEW = 200
"""Up to so many questions are looked for in bytes, which is faster for each and slower for many."""

_NO_LIST = 2**32 - 1

Stamp = tuple[int, int]
"""Size in bytes and time of change in nanoseconds since 1970."""

Folder = tuple[tuple[tuple[str, bytes, int, int], ...], bytes]
"""An output that is a folder: its files as (path, SHA-256, size, time), and the result of its maker."""

Section: TypeAlias = "bytes | bytearray | array[int]"
"""A column as it is kept."""

decoded_texts = msgspec.msgpack.Decoder(list[str]).decode
_decoded_subject = msgspec.msgpack.Decoder(tuple[str, ...]).decode


class WrittenFile(Struct, frozen=True):
    """A file of the site as it was written: SHA-256 (32 bytes), size, and time of change in nanoseconds."""

    sha256: bytes
    size: int
    mtime_ns: int


class WrittenFolder(Struct, frozen=True):
    """What is noted of an output that is a folder: the numbers of the questions its maker asked, its files by path, and what the maker
    returned with them (a shard's description)."""

    reads: array[int]
    files: tuple[tuple[str, WrittenFile], ...]
    result: bytes = b""


def numbers_of(code: str, data: bytes) -> array[int]:
    """A column of numbers from its bytes. Raises ValueError where these are not a whole number of them."""
    numbers: array[int] = array(code)
    numbers.frombytes(data)
    return numbers


class Lists:
    """A list of numbers for each row. What a row has no longer stays behind until `_compact`."""

    def __init__(self, ends: bytes = b"", numbers: bytes = b"", list_of_row: bytes = b"") -> None:
        self._ends = numbers_of("I", ends)
        self._numbers = numbers_of("I", numbers)
        # None: each list belongs to the row of its own place.
        self._list_of_row = numbers_of("I", list_of_row) if list_of_row else None
        self._rows: dict[int, int] | None = None

    @classmethod
    def none(cls, count: int) -> Lists:
        """So many rows that have no list yet."""
        return cls(list_of_row=array("I", [_NO_LIST]).tobytes() * count)

    def __len__(self) -> int:
        return len(self._ends if self._list_of_row is None else self._list_of_row)

    def __getitem__(self, row: int) -> array[int]:
        if self._list_of_row is not None:
            row = self._list_of_row[row]
            if row == _NO_LIST:
                return array("I")
        return self._numbers[self._ends[row - 1] if row else 0 : self._ends[row]]

    def __setitem__(self, row: int, numbers: array[int]) -> None:
        if self._list_of_row is None:
            self._list_of_row = array("I", range(len(self._ends)))
        self._list_of_row[row] = len(self._ends)
        self._rows = None
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))

    def append(self, numbers: array[int]) -> None:
        """Gives the next row a list."""
        if self._list_of_row is not None:
            self._list_of_row.append(len(self._ends))
            self._rows = None
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))

    def append_none(self) -> None:
        """Gives the next row no list yet."""
        if self._list_of_row is None:
            self._list_of_row = array("I", range(len(self._ends)))
        self._list_of_row.append(_NO_LIST)
        self._rows = None

    def empty_rows(self) -> Iterable[int]:
        """The rows whose list is empty."""
        if not self._numbers:
            return range(len(self))
        if self._list_of_row is not None:
            return [row for row in range(len(self)) if not self[row]]
        before = 0
        rows = []
        for row, end in enumerate(self._ends):
            if end == before:
                rows.append(row)
            before = end
        return rows

    def having(self, numbers: frozenset[int]) -> Iterator[int]:
        """The rows in whose list one of some numbers is. A row may come twice."""
        if not numbers or not self._numbers:
            return
        if len(numbers) > _FEW:
            yield from (row for row in range(len(self)) if not numbers.isdisjoint(self[row]))
            return
        size = self._numbers.itemsize
        data = self._numbers.tobytes()
        for number in numbers:
            pattern = array("I", [number]).tobytes()
            position = data.find(pattern)
            while position >= 0:
                if position % size == 0:
                    row = self._row(bisect_right(self._ends, position // size))
                    if row is not None:
                        yield row
                    position += size - 1
                position = data.find(pattern, position + 1)

    def _row(self, list_number: int) -> int | None:
        """The row a list belongs to; None where it is of no row any more."""
        if self._list_of_row is None:
            return list_number
        if self._rows is None:
            self._rows = {list_number: row for row, list_number in enumerate(self._list_of_row)}
        return self._rows.get(list_number)

    def numbers(self) -> Iterator[int]:
        """The numbers in all lists."""
        self._compact()
        return iter(self._numbers)

    def mapped(self, new: Callable[[int], int], rows: Iterable[int] | None = None) -> Lists:
        """The lists of these rows (default: of all), behind each other, with new numbers for the old ones."""
        lists = Lists()
        for row in range(len(self)) if rows is None else rows:
            lists.append(array("I", [new(number) for number in self[row]]))
        return lists

    def _compact(self) -> None:
        lists = Lists()
        for row in range(len(self)):
            lists.append(self[row])
        self._ends, self._numbers, self._list_of_row, self._rows = lists._ends, lists._numbers, None, None

    def sections(self) -> tuple[Section, ...]:
        """The columns as they are kept, without what stayed behind if that is much."""
        if self._list_of_row is not None and len(self._ends) > SPARE * len(self._list_of_row) + 16:
            self._compact()
        return self._ends, self._numbers, b"" if self._list_of_row is None else self._list_of_row


class Rows:
    """The outputs of one maker in columns, in the order of its list."""

    PATHS, SIZES, MTIMES = 0, 4, 5
    """The places of some of the columns among the sections."""

    def __init__(
        self,
        version: bytes = b"",
        listing: bytes = b"",
        listing_reads: bytes = b"",
        folders: dict[int, Folder] | None = None,
        sections: Sequence[bytes] = (),
    ) -> None:
        paths, subject_ends, subjects, sha256, sizes, mtimes, *reads = sections or (encoded([]), *[b""] * 5)
        self.version = version
        self.listing = listing
        self.listing_reads = numbers_of("I", listing_reads)
        self.folders = folders or {}
        self.paths = decoded_texts(paths)
        self._subject_ends = numbers_of("I", subject_ends)
        self._subjects = bytearray(subjects)
        self._sha256 = bytearray(sha256)
        self.sizes = numbers_of("Q", sizes)
        self.mtimes = numbers_of("q", mtimes)
        self.reads = Lists(*reads)

    def sections(self) -> tuple[Section, ...]:
        """The columns as they are kept."""
        return (
            encoded(self.paths),
            self._subject_ends,
            self._subjects,
            self._sha256,
            self.sizes,
            self.mtimes,
            *self.reads.sections(),
        )

    def _encoded_subject(self, row: int) -> bytes:
        return bytes(self._subjects[self._subject_ends[row - 1] if row else 0 : self._subject_ends[row]])

    def subject(self, row: int) -> tuple[str, ...]:
        """What the maker is given for an output."""
        return _decoded_subject(self._encoded_subject(row))

    def relisted(self, outputs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Rows, set[int]]:
        """Rows for another list of outputs, and which of them are not among these rows with the same subject."""
        rows = Rows()
        unknown = set()
        if not self.paths:
            return rows._new(outputs)
        row_of_path = {path: row for row, path in enumerate(self.paths)}
        for number, (path, subject) in enumerate(outputs):
            data = encoded(subject)
            rows.paths.append(path)
            rows._subjects += data
            rows._subject_ends.append(len(rows._subjects))
            old = row_of_path.get(path)
            if old is None or self._encoded_subject(old) != data:
                unknown.add(number)
                rows.reads.append_none()
                rows._sha256 += bytes(_SHA256)
                rows.sizes.append(0)
                rows.mtimes.append(0)
                continue
            rows.reads.append(self.reads[old])
            rows._sha256 += self.sha256(old)
            rows.sizes.append(self.sizes[old])
            rows.mtimes.append(self.mtimes[old])
            folder = self.folders.get(old)
            if folder is not None:
                rows.folders[number] = folder
        return rows, unknown

    def _new(self, outputs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Rows, set[int]]:
        """The same where there was nothing before."""
        for path, subject in outputs:
            self.paths.append(path)
            self._subjects += encoded(subject)
            self._subject_ends.append(len(self._subjects))
        count = len(self.paths)
        self.reads = Lists.none(count)
        self._sha256 = bytearray(_SHA256 * count)
        self.sizes = array("Q", bytes(8 * count))
        self.mtimes = array("q", bytes(8 * count))
        return self, {*range(count)}

    def sha256(self, row: int) -> bytes:
        """The SHA-256 of the file of an output."""
        return bytes(self._sha256[row * _SHA256 : (row + 1) * _SHA256])

    def put(self, row: int, reads: array[int], sha256: bytes, size: int, mtime_ns: int) -> None:
        """Notes what was made of an output."""
        self.reads[row] = reads
        self._sha256[row * _SHA256 : (row + 1) * _SHA256] = sha256
        self.sizes[row] = size
        self.mtimes[row] = mtime_ns

    def put_folder(self, row: int, reads: array[int], folder: Folder) -> None:
        """Notes what was made of an output that is a folder."""
        self.put(row, reads, bytes(_SHA256), 0, 0)
        self.folders[row] = folder

    def files(self, row: int) -> tuple[tuple[str, WrittenFile], ...]:
        """The files of an output by path."""
        folder = self.folders.get(row)
        if folder is not None:
            return tuple((path, WrittenFile(sha256, size, mtime)) for path, sha256, size, mtime in folder[0])
        return ((self.paths[row], WrittenFile(self.sha256(row), self.sizes[row], self.mtimes[row])),)

    def keys(self) -> Iterator[tuple[str, str]]:
        """The files of all outputs as (path, SHA-256 in hexadecimal)."""
        keys = self._sha256.hex()
        width = 2 * _SHA256
        pairs = zip(self.paths, (keys[at : at + width] for at in range(0, len(keys), width)), strict=True)
        if not self.folders:
            return iter(pairs)
        return (
            (path, sha256)
            for row, pair in enumerate(pairs)
            for path, sha256 in (
                [(path, sha256.hex()) for path, sha256, _, _ in self.folders[row][0]] if row in self.folders else [pair]
            )
        )

    def keys_but(self, paths: Set[str]) -> dict[str, str]:
        """The files of the outputs whose path is not among some: path → SHA-256, hexadecimal."""
        return {
            name: file.sha256.hex()
            for row, path in enumerate(self.paths)
            if path not in paths
            for name, file in self.files(row)
        }

    def stale(self, differing: Mapping[str, Stamp | None], same_bytes: Callable[[str, bytes], bool]) -> Iterator[int]:
        """The rows whose files are not as they were written, and the folders that are themselves among `differing`. Where only a file's
        time is another, its new time is noted."""
        for row, path in enumerate(self.paths) if differing else ():
            if row in self.folders:
                if path in differing or not self._has_folder(row, differing, same_bytes):
                    yield row
            elif path in differing:
                stamp = differing[path]
                if stamp is None or stamp[0] != self.sizes[row] or not same_bytes(path, self.sha256(row)):
                    yield row
                else:
                    self.mtimes[row] = stamp[1]

    def _has_folder(
        self, row: int, differing: Mapping[str, Stamp | None], same_bytes: Callable[[str, bytes], bool]
    ) -> bool:
        files, result = self.folders[row]
        present = []
        for path, sha256, size, mtime in files:
            stamp = differing.get(path, (size, mtime))
            if stamp is None or stamp[0] != size or (stamp[1] != mtime and not same_bytes(path, sha256)):
                return False
            present.append((path, sha256, size, stamp[1]))
        self.folders[row] = (tuple(present), result)
        return True


def stamps_of(
    paths: Sequence[str], sizes: Sequence[int], mtimes: Sequence[int], folders: Mapping[int, Folder]
) -> dict[str, Stamp]:
    """Size and time of the files of all outputs of a maker, from these of its columns."""
    stamps = dict(zip(paths, zip(sizes, mtimes, strict=True), strict=True))
    for row, (files, _) in folders.items():
        del stamps[paths[row]]
        stamps |= {path: (size, mtime) for path, _, size, mtime in files}
    return stamps
