"""What each output asked when it was made, and the digests of the answers: one file in the cache folder, worthless once lost.

The next build makes again what has another maker, or asked a question that is answered otherwise now. Nothing here names what depends on
what: it is what was asked (A. Mokhov, N. Mitchell, S. Peyton Jones, "Build systems à la carte", 2018: verifying traces). The list of a
maker's outputs is noted in the same way, so that it is listed again only where an answer it was made from has changed.

The file is MessagePack behind a line that names this version and a digest of the rest; another version, or a digest that does not hold,
means that there is no ledger. It belongs to one output folder. It is kept in columns, those of a maker together: there are some hundred
thousand rows, and an object for each would take longer to read than the change takes to make.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.digests import DIGEST, digest, encoded

if TYPE_CHECKING:
    from onrecord.reader import QuestionKey, Reader, Trace

FORMAT = b"onrecord ledger 3\n"
_SHA256 = 32
_SPARE = 1.25
"""How many times as many questions, or lists of them, as are needed a ledger may hold before it is compacted."""

_FEW = 200
"""Up to so many questions are looked for in bytes, which is faster for each and slower for many."""

_NO_LIST = 2**32 - 1

Stamp = tuple[int, int]
"""Size in bytes and time of change in nanoseconds since 1970."""

Folder = tuple[tuple[tuple[str, bytes, int, int], ...], bytes]
"""An output that is a folder: its files as (path, SHA-256, size, time), and the result of its maker."""

_decoded_subject = msgspec.msgpack.Decoder(tuple[str, ...]).decode


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the site as it was written: SHA-256 (32 bytes), size, and time of change in nanoseconds."""

    sha256: bytes
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class WrittenFolder:
    """What is noted of an output that is a folder: the numbers of the questions its maker asked, its files by path, and what the maker
    returned with them (a shard's description)."""

    reads: array[int]
    files: tuple[tuple[str, WrittenFile], ...]
    result: bytes = b""


class Products:
    """Outputs that were made together, in columns, those of one file each and then the folders; they may be sent to another process."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.read_ends: array[int] = array("I")
        self.reads: array[int] = array("I")
        self.sha256: list[bytes] = []
        self.sizes: array[int] = array("Q")
        self.mtimes: array[int] = array("q")
        self.folders: dict[str, WrittenFolder] = {}

    def add_file(self, path: str, reads: array[int], sha256: bytes, size: int, mtime_ns: int) -> None:
        """An output of one file: its path, the numbers of the questions its maker asked, and the file as it was written."""
        self.paths.append(path)
        self.reads.extend(reads)
        self.read_ends.append(len(self.reads))
        self.sha256.append(sha256)
        self.sizes.append(size)
        self.mtimes.append(mtime_ns)

    def add_folder(self, path: str, entry: WrittenFolder) -> None:
        """An output that is a folder."""
        self.folders[path] = entry


@dataclass(frozen=True, slots=True)
class MakerList:
    """A maker as the ledger needs it: its name, the version of its files (its code, its template, its locale), the version of the list of
    its outputs, and what lists these as (path, subject)."""

    name: str
    version: bytes
    listing: bytes
    outputs: Callable[[Reader], Iterable[tuple[str, tuple[str, ...]]]]


# ---- as it is kept -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ListsData:
    """Lists of numbers: where each ends, the numbers, and which list belongs to which row (empty: each to the row of its own place)."""

    ends: bytes = b""
    numbers: bytes = b""
    list_of_row: bytes = b""


@dataclass(frozen=True, slots=True)
class _RowsData:
    """The outputs of one maker: see `_Rows`."""

    maker: str
    version: bytes
    listing: bytes
    listing_reads: bytes
    paths: list[str]
    subject_ends: bytes
    subjects: bytes
    reads: _ListsData
    sha256: bytes
    sizes: bytes
    mtimes: bytes
    folders: dict[int, Folder]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The ledger as it is kept."""

    program: bytes = b""
    inputs: bytes = b""
    summary: tuple[int, ...] = ()
    compact: int = 0
    sitemap: tuple[bytes, list[str]] = (b"", [])
    others: dict[str, tuple[bytes, int, int]] = field(default_factory=dict)
    questions: list[tuple[str | int | bool, ...]] = field(default_factory=list)
    digests: bytes = b""
    dependencies: _ListsData = _ListsData()
    rows: list[_RowsData] = field(default_factory=list)


# ---- columns -----------------------------------------------------------------------------------------------------------------------


class _Lists:
    """A list of numbers for each row. What a row has no longer stays behind until `compact`."""

    def __init__(self, data: _ListsData | None = None) -> None:
        data = data or _ListsData()
        self._ends = _array("I", data.ends)
        self._numbers = _array("I", data.numbers)
        self._list_of_row = _array("I", data.list_of_row) if data.list_of_row else None
        self._rows: dict[int, int] | None = None

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
        """The numbers in all lists, and in those that stayed behind: each at least once."""
        return iter(self._numbers)

    def mapped(self, new: Sequence[int], rows: Iterable[int] | None = None) -> _Lists:
        """The lists of these rows (default: of all), behind each other, with new numbers for the old ones."""
        lists = _Lists()
        for row in range(len(self)) if rows is None else rows:
            lists.append(array("I", [new[number] for number in self[row]]))
        return lists

    def compacted(self) -> _Lists:
        """The same without what stayed behind, if that is much."""
        if self._list_of_row is None or len(self._ends) <= _SPARE * len(self._list_of_row) + 16:
            return self
        lists = _Lists()
        for row in range(len(self)):
            lists.append(self[row])
        return lists

    def data(self) -> _ListsData:
        list_of_row = b"" if self._list_of_row is None else self._list_of_row.tobytes()
        return _ListsData(self._ends.tobytes(), self._numbers.tobytes(), list_of_row)


class _Rows:
    """The outputs of one maker in columns, in the order of its list."""

    def __init__(self, data: _RowsData | None = None) -> None:
        self.version = data.version if data else b""
        self.listing = data.listing if data else b""
        self.listing_reads = _array("I", data.listing_reads) if data else array("I")
        self.paths = data.paths if data else []
        self._subject_ends = _array("I", data.subject_ends) if data else array("I")
        self._subjects = bytearray(data.subjects) if data else bytearray()
        self.reads = _Lists(data.reads if data else None)
        self._sha256 = bytearray(data.sha256) if data else bytearray()
        self.sizes = _array("Q", data.sizes) if data else array("Q")
        self.mtimes = _array("q", data.mtimes) if data else array("q")
        self.folders = data.folders if data else {}

    def data(self, maker: str) -> _RowsData:
        return _RowsData(
            maker,
            self.version,
            self.listing,
            self.listing_reads.tobytes(),
            self.paths,
            self._subject_ends.tobytes(),
            bytes(self._subjects),
            self.reads.data(),
            bytes(self._sha256),
            self.sizes.tobytes(),
            self.mtimes.tobytes(),
            self.folders,
        )

    def _encoded_subject(self, row: int) -> bytes:
        return bytes(self._subjects[self._subject_ends[row - 1] if row else 0 : self._subject_ends[row]])

    def subject(self, row: int) -> tuple[str, ...]:
        return _decoded_subject(self._encoded_subject(row))

    def relisted(self, outputs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[_Rows, set[int]]:
        """Rows for another list of outputs, and which of them are not among these rows with the same subject."""
        rows = _Rows()
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

    def _new(self, outputs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[_Rows, set[int]]:
        """The same where there was nothing before."""
        for path, subject in outputs:
            self.paths.append(path)
            self._subjects += encoded(subject)
            self._subject_ends.append(len(self._subjects))
        count = len(self.paths)
        self.reads = _Lists(_ListsData(list_of_row=array("I", [_NO_LIST]).tobytes() * count))
        self._sha256 = bytearray(_SHA256 * count)
        self.sizes = array("Q", bytes(8 * count))
        self.mtimes = array("q", bytes(8 * count))
        return self, {*range(count)}

    def sha256(self, row: int) -> bytes:
        return bytes(self._sha256[row * _SHA256 : (row + 1) * _SHA256])

    def put(self, row: int, reads: array[int], sha256: bytes, size: int, mtime_ns: int) -> None:
        """Notes what was made of an output."""
        self.reads[row] = reads
        self._sha256[row * _SHA256 : (row + 1) * _SHA256] = sha256
        self.sizes[row] = size
        self.mtimes[row] = mtime_ns

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

    def keys_but(self, paths: Sequence[str]) -> dict[str, str]:
        """The files of the outputs whose path is not among some: path → SHA-256, hexadecimal."""
        gone = {*self.paths} - {*paths}
        return {
            name: file.sha256.hex()
            for row, path in enumerate(self.paths)
            if path in gone
            for name, file in self.files(row)
        }

    def stamps(self) -> dict[str, Stamp]:
        """Size and time of the files of all outputs."""
        stamps = dict(zip(self.paths, zip(self.sizes, self.mtimes, strict=True), strict=True))
        for row, (files, _) in self.folders.items():
            del stamps[self.paths[row]]
            stamps |= {path: (size, mtime) for path, _, size, mtime in files}
        return stamps

    def stale(self, differing: Mapping[str, Stamp | None], same_bytes: Callable[[str, bytes], bool]) -> Iterator[int]:
        """The rows whose files are not as they were written. Where only a file's time is another, its new time is noted."""
        for row, path in enumerate(self.paths) if differing else ():
            if row in self.folders:
                if not self._has_folder(row, differing, same_bytes):
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


# ---- the ledger ----------------------------------------------------------------------------------------------------------------------


class Ledger:
    """The ledger of one output folder, while a build works with it.

    `inputs` is a digest of everything the last build was made from; `summary` are the numbers it told the user; `others` are the files that
    follow from the list of all outputs (manifest, sitemap, catalogue); `sitemap` is what the sitemap was made from beside that list, and
    its files.
    """

    def __init__(self, columns: _Columns | None = None) -> None:
        columns = columns or _Columns()
        self.inputs = columns.inputs
        self.summary = columns.summary
        self.sitemap = columns.sitemap
        self.others = {path: WrittenFile(*file) for path, file in columns.others.items()}
        self.questions: list[QuestionKey] = list(columns.questions)
        self.relisted = False
        self._numbers: dict[QuestionKey, int] | None = None
        self._interned: dict[str, str] = {}
        self._digests = bytearray(columns.digests)
        self._dependencies = _Lists(columns.dependencies)
        self._compact = columns.compact
        self._rows = {rows.maker: _Rows(rows) for rows in columns.rows}
        self._to_make: dict[str, tuple[_Rows, int]] = {}
        self._before: dict[str, str] = {}
        self._new: list[tuple[_Rows, int]] = []

    def __bool__(self) -> bool:
        return any(rows.paths for rows in self._rows.values())

    # ---- what the site has -----------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many outputs there are."""
        return sum(len(rows.paths) for rows in self._rows.values())

    def paths(self) -> Iterator[str]:
        """The paths of all outputs, in the order of the makers and of their lists."""
        return chain.from_iterable(rows.paths for rows in self._rows.values())

    def outputs_of(self, maker: str) -> Iterator[tuple[str, bytes]]:
        """The outputs of a maker by path, each with what the maker returned with its files."""
        rows = self._rows.get(maker)
        for row, path in enumerate(rows.paths if rows else ()):
            folder = rows.folders.get(row) if rows else None
            yield path, folder[1] if folder else b""

    def files(self) -> Iterator[tuple[str, WrittenFile]]:
        """Every file of the site, by path."""
        return chain(self.others.items(), *(self.files_of(maker) for maker in self._rows))

    def files_of(self, maker: str) -> Iterator[tuple[str, WrittenFile]]:
        """The files of a maker's outputs, by path."""
        rows = self._rows[maker]
        return chain.from_iterable(map(rows.files, range(len(rows.paths))))

    def stamps(self) -> dict[str, Stamp]:
        """Size and time of every file of the site."""
        stamps = {path: (file.size, file.mtime_ns) for path, file in self.others.items()}
        for rows in self._rows.values():
            stamps |= rows.stamps()
        return stamps

    def new_files(self) -> Iterator[tuple[str, str, int, int]]:
        """The files of all outputs that this build has made, as (path, SHA-256 in hexadecimal, size, time of change in ns)."""
        for rows, row in self._new:
            if row in rows.folders:
                for path, sha256, size, mtime in rows.folders[row][0]:
                    yield path, sha256.hex(), size, mtime
            else:
                yield rows.paths[row], rows.sha256(row).hex(), rows.sizes[row], rows.mtimes[row]

    def kept(self) -> dict[str, str]:
        """The files of all outputs that this build need not make: path → SHA-256, hexadecimal."""
        files: dict[str, str] = {}
        if len(self._to_make) == self.count:
            return files
        for rows in self._rows.values():
            files.update(rows.keys())
        for path, (rows, row) in self._to_make.items():
            for name in [name for name, _ in rows.files(row)] if row in rows.folders else [path]:
                files.pop(name, None)
        return files

    def gone(self) -> dict[str, str]:
        """The files of the last build that no output has any more, once all are made: path → SHA-256, hexadecimal."""
        written = {path for path, *_ in self.new_files()}
        return {path: sha256 for path, sha256 in self._before.items() if path not in written}

    # ---- what this build has to make ---------------------------------------------------------------------------------------------

    def plan(
        self,
        makers: Iterable[MakerList],
        reader: Reader,
        differing: Mapping[str, Stamp | None],
        same_bytes: Callable[[str, bytes], bool],
    ) -> list[tuple[str, str, tuple[str, ...]]]:
        """The outputs that have to be made, as (path, maker, subject): those that are new, whose maker is of another version, that asked
        a question which is answered otherwise now, and those whose files are not as they were written.

        `differing` has the files whose size or time is another than `stamps` gives, with what it is now, or None where the file is not
        there; where only a file's time is another, as in a site that was unpacked from somewhere, `same_bytes` is asked whether it has a
        certain SHA-256. From here on the ledger holds the outputs of these makers and no others.
        """
        changed = self.changed(reader)
        before, self._rows = self._rows, {}
        due = []
        for maker in makers:
            rows = before.get(maker.name)
            unknown: set[int] = set()
            outputs: list[tuple[str, tuple[str, ...]]] = []
            if rows is None or rows.listing != maker.listing or not changed.isdisjoint(rows.listing_reads):
                outputs, reads = reader.traced(lambda maker=maker: list(maker.outputs(reader)))  # type: ignore[misc]
                version = rows.version if rows else maker.version
                paths = rows.paths if rows else []
                old = rows or _Rows()
                rows, unknown = old.relisted(outputs)
                self._before |= old.keys_but(rows.paths)
                rows.version, rows.listing = version, maker.listing
                rows.listing_reads = self._noted(reader, [reader.key(number) for number in reads])
                self.relisted = self.relisted or rows.paths != paths
            self._rows[maker.name] = rows
            if rows.version != maker.version:
                rows.version = maker.version
                again: Iterable[int] = range(len(rows.paths))
            else:
                again = sorted({*unknown, *rows.reads.having(changed), *rows.stale(differing, same_bytes)})
            for row in again:
                path = rows.paths[row]
                self._to_make[path] = rows, row
                due.append((path, maker.name, outputs[row][1] if outputs else rows.subject(row)))
                if row not in unknown:
                    self._before.update((name, file.sha256.hex()) for name, file in rows.files(row))
        for name in before.keys() - self._rows.keys():
            self.relisted = True
            self._before.update(before[name].keys())
        return due

    def everything(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """All outputs, as if none could be kept."""
        self._to_make = {path: (rows, row) for rows in self._rows.values() for row, path in enumerate(rows.paths)}
        return [
            (path, maker, rows.subject(row))
            for maker, rows in self._rows.items()
            for row, path in enumerate(rows.paths)
        ]

    def add(self, products: Products, numbers: Sequence[int]) -> None:
        """Notes outputs that this build has made; `numbers` holds the ledger's number of each question of the Reader that they asked."""
        reads = array("I", [numbers[number] for number in products.reads])
        begin = 0
        for position, path in enumerate(products.paths):
            target = self._to_make[path]
            rows, row = target
            end = products.read_ends[position]
            rows.put(
                row, reads[begin:end], products.sha256[position], products.sizes[position], products.mtimes[position]
            )
            begin = end
            self._new.append(target)
        for path, entry in products.folders.items():
            rows, row = self._to_make[path]
            files = tuple((name, file.sha256, file.size, file.mtime_ns) for name, file in entry.files)
            rows.put(row, array("I", [numbers[number] for number in entry.reads]), bytes(_SHA256), 0, 0)
            rows.folders[row] = files, entry.result
            self._new.append((rows, row))

    # ---- what has changed ---------------------------------------------------------------------------------------------------

    def changed(self, reader: Reader) -> frozenset[int]:
        """The numbers of the questions that are answered otherwise now; their new answers are noted.

        What is answered from the archive itself is compared; a question that was answered from others is worked out anew only where one of
        these has changed.
        """
        first = len(self.questions)
        changed = set(self._roots(reader))
        reached = set(changed)
        waiting = frozenset(changed)
        while waiting:
            waiting = frozenset(self._dependencies.having(waiting)) - reached
            reached |= waiting
        settled = set(changed)
        for number in sorted(reached):
            stack = [number]
            while stack:
                top = stack[-1]
                if top in settled:
                    stack.pop()
                    continue
                dependencies = self._dependencies[top]
                before = [
                    dependency for dependency in dependencies if dependency in reached and dependency not in settled
                ]
                if before:
                    stack += before
                    continue
                stack.pop()
                settled.add(top)
                if not changed.isdisjoint(dependencies) and not self._same_answer(top, reader):
                    changed.add(top)
        self._note_new(reader, first)
        changed.update(range(first, len(self.questions)))
        return frozenset(changed)

    def _roots(self, reader: Reader) -> Iterator[int]:
        """The numbers of the questions that were answered from no others and are answered otherwise now."""
        numbers: dict[str, list[int]] = {}
        for number, key in enumerate(self.questions):
            numbers.setdefault(key[0], []).append(number)
        digests, dependencies = self._digests, self._dependencies
        for name, of_name in numbers.items():
            now = reader.digests(name, [self.questions[number] for number in of_name])
            if now is None:
                yield from (
                    number for number in of_name if not dependencies[number] and not self._same_answer(number, reader)
                )
                continue
            for number, answer in zip(of_name, now, strict=True):
                start = number * DIGEST
                if digests[start : start + DIGEST] != answer:
                    digests[start : start + DIGEST] = answer
                    yield number

    def _same_answer(self, number: int, reader: Reader) -> bool:
        """Notes the answer to a question as it is now, and what it was answered from; True where it is the same."""
        now, dependencies = reader.answer_digest(self.questions[number])
        start = number * DIGEST
        same = self._digests.startswith(now, start)
        if not same:
            self._digests[start : start + DIGEST] = now
        before = self._dependencies[number]
        if dependencies or before:
            renumbered = array("I", [self._number(reader.key(dependency)) for dependency in dependencies])
            if renumbered != before:
                self._dependencies[number] = renumbered
        return same

    def _number(self, key: QuestionKey) -> int:
        if self._numbers is None:
            self._numbers = {question: number for number, question in enumerate(self.questions)}
        number = self._numbers.get(key)
        if number is None:
            # Traces come from other processes with words of their own: each is kept once.
            shared = self._interned.setdefault
            key = tuple([shared(part, part) if part.__class__ is str else part for part in key])
            number = self._numbers[key] = len(self.questions)
            self.questions.append(key)
            self._digests += bytes(DIGEST)
            self._dependencies.append(array("I"))
        return number

    def _note_new(self, reader: Reader, first: int) -> None:
        """Notes the answers of the questions from a number on; of those that are met on the way too."""
        number = first
        while number < len(self.questions):
            self._same_answer(number, reader)
            number += 1

    def _noted(self, reader: Reader, keys: Iterable[QuestionKey]) -> array[int]:
        """The numbers of questions that were asked now, noted where they are new."""
        first = len(self.questions)
        numbers = array("I", [self._number(key) for key in keys])
        self._note_new(reader, first)
        return numbers

    def merged(self, trace: Trace, numbers: array[int]) -> None:
        """Takes a trace in; `numbers` holds the ledger's number of each question of the Reader it comes from, and grows with it."""
        for position, key in enumerate(trace.questions):
            number = self._number(key)
            numbers.append(number)
            self._digests[number * DIGEST : (number + 1) * DIGEST] = trace.digests[
                position * DIGEST : (position + 1) * DIGEST
            ]
        for position, dependencies in enumerate(trace.dependencies):
            number = numbers[trace.first + position]
            renumbered = array("I", [numbers[dependency] for dependency in dependencies])
            if renumbered != self._dependencies[number]:
                self._dependencies[number] = renumbered

    def settle(self) -> None:
        """Lets go of what only the taking in of traces needs."""
        self._numbers = None
        self._interned = {}

    # ---- kept between runs ----------------------------------------------------------------------------------------------------

    def write(self, path: Path, program: bytes) -> None:
        """Writes the ledger of a site whose outputs have all been made or kept, whole or not at all; `program` is a digest of the program
        whose questions these are. Raises OSError."""
        if not self._compact:
            self._compact = len(self.questions)
        elif len(self.questions) > _SPARE * self._compact:
            self._forget_unread()
            self._compact = len(self.questions)
        for rows in self._rows.values():
            rows.reads = rows.reads.compacted()
        self._dependencies = self._dependencies.compacted()
        columns = _Columns(
            program,
            self.inputs,
            self.summary,
            self._compact,
            self.sitemap,
            {name: (file.sha256, file.size, file.mtime_ns) for name, file in self.others.items()},
            self.questions,
            bytes(self._digests),
            self._dependencies.data(),
            [rows.data(maker) for maker, rows in self._rows.items()],
        )
        data = encoded(columns)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with open(unfinished, "wb") as stream:
                stream.write(FORMAT + digest(data))
                stream.write(data)
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)

    def _forget_unread(self) -> None:
        """Drops the questions that no output and no list of outputs asks any more, and numbers the others anew."""
        live = bytearray(len(self.questions))
        for rows in self._rows.values():
            rows.reads = rows.reads.mapped(range(len(live)))
            for number in chain(rows.reads.numbers(), rows.listing_reads):
                live[number] = 1
        waiting = [number for number, alive in enumerate(live) if alive]
        while waiting:
            for number in self._dependencies[waiting.pop()]:
                if not live[number]:
                    live[number] = 1
                    waiting.append(number)
        numbers = [number for number, alive in enumerate(live) if alive]
        renumbered = array("I", bytes(4 * len(live)))
        for new, number in enumerate(numbers):
            renumbered[number] = new
        for rows in self._rows.values():
            rows.reads = rows.reads.mapped(renumbered)
            rows.listing_reads = array("I", [renumbered[number] for number in rows.listing_reads])
        self._dependencies = self._dependencies.mapped(renumbered, numbers)
        self._digests = bytearray().join(self._digests[number * DIGEST : (number + 1) * DIGEST] for number in numbers)
        self.questions = [self.questions[number] for number in numbers]
        self._numbers = None


def read(path: Path, program: bytes) -> tuple[Ledger, str]:
    """The ledger at a path, an empty one where there is none, or that of another program; and a line for the user where it was damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return Ledger(), ""
    start = len(FORMAT) + DIGEST
    if not data.startswith(FORMAT):
        return Ledger(), ""
    body = memoryview(data)[start:]
    damaged = f"What was kept in {path} is damaged. Everything is made again."
    if digest(body) != data[len(FORMAT) : start]:
        return Ledger(), damaged
    try:
        columns = msgspec.msgpack.decode(body, type=_Columns)
    except msgspec.MsgspecError:
        return Ledger(), damaged
    return (Ledger(columns) if columns.program == program else Ledger()), ""


def _array(code: str, data: bytes) -> array[int]:
    numbers: array[int] = array(code)
    numbers.frombytes(data)
    return numbers
