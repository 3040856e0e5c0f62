"""What each output asked when it was made, and the digests of the answers: one file in the cache folder, worthless once lost.

The next build makes again what has another maker, or asked a question that is answered otherwise now. Nothing here names what depends on
what: it is what was asked (A. Mokhov, N. Mitchell, S. Peyton Jones, "Build systems à la carte", 2018: verifying traces).

The file is MessagePack behind a line that names this version and a digest of the rest; another version, or a digest that does not hold,
means that there is no ledger. It belongs to one output folder. It is kept in columns: there are some hundred thousand rows, and an
object for each would take longer to read than the change takes to make.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.digests import DIGEST, digest, encoded

if TYPE_CHECKING:
    from onrecord.reader import Question, Reader, Trace

FORMAT = b"onrecord ledger 2\n"
_SHA256 = 32
_SPARE = 1.25
"""How many times as many questions as were asked when it was last compacted a ledger may hold before it is compacted again."""


_FEW = 200


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site as it was written: SHA-256 (32 bytes), size, and time of change in nanoseconds."""

    sha256: bytes
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is noted of one output: its maker's version, the numbers of the questions it asked, its files by path, and what its maker
    returned with them (a shard's description), empty for most."""

    version: bytes
    asked: array[int]
    files: tuple[tuple[str, File], ...]
    result: bytes = b""


Folder = tuple[tuple[tuple[str, bytes, int, int], ...], bytes]
"""An output that is a folder: its files as (path, SHA-256, size, time), and the result of its maker."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The ledger as it is kept. `…_ends` tell where in the column that follows the numbers of each row end."""

    program: bytes = b""
    inputs: bytes = b""
    summary: tuple[int, ...] = ()
    compact: int = 0
    others: dict[str, tuple[bytes, int, int]] = field(default_factory=dict)
    questions: list[tuple[str | int | bool, ...]] = field(default_factory=list)
    digests: bytes = b""
    below_ends: bytes = b""
    below: bytes = b""
    below_others: dict[int, list[int]] = field(default_factory=dict)
    versions: list[bytes] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    version_of: bytes = b""
    asked_ends: bytes = b""
    asked: bytes = b""
    sha256: bytes = b""
    sizes: bytes = b""
    mtimes: bytes = b""
    folders: dict[str, Folder] = field(default_factory=dict)


class _Lists:
    """Lists of numbers, one behind the other in one array."""

    def __init__(self, ends: bytes = b"", numbers: bytes = b"", others: Mapping[int, list[int]] | None = None) -> None:
        self.ends = _array("I", ends)
        self.numbers = _array("I", numbers)
        self.others = {at: array("I", one) for at, one in (others or {}).items()}

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> array[int]:
        other = self.others.get(at)
        if other is not None:
            return other
        return self.numbers[self.ends[at - 1] if at else 0 : self.ends[at]]

    def __setitem__(self, at: int, numbers: array[int]) -> None:
        self.others[at] = numbers

    def having(self, wanted: frozenset[int]) -> Iterator[int]:
        """The places of the lists in which one of the wanted numbers is."""
        if not wanted:
            return
        if len(wanted) > _FEW:
            yield from (at for at in range(len(self)) if not wanted.isdisjoint(self[at]))
            return
        # For a few numbers, bytes are looked through faster than lists.
        data, size = self.numbers.tobytes(), self.numbers.itemsize
        for number in wanted:
            pattern = array("I", [number]).tobytes()
            found = data.find(pattern)
            while found >= 0:
                if found % size == 0:
                    at = bisect_right(self.ends, found // size)
                    if at not in self.others:
                        yield at
                    found += size - 1
                found = data.find(pattern, found + 1)
        yield from (at for at, numbers in self.others.items() if not wanted.isdisjoint(numbers))

    def append(self, numbers: array[int]) -> None:
        """Puts a list behind the others."""
        self.numbers.extend(numbers)
        self.ends.append(len(self.numbers))


class _Made:
    """The outputs that a build has made, in columns, in the order in which they were made."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.versions: list[bytes] = []
        self.asked = _Lists()
        self.sha256 = bytearray()
        self.sizes: array[int] = array("Q")
        self.mtimes: array[int] = array("q")
        self.folders: dict[str, Folder] = {}
        self._known: dict[bytes, bytes] = {}

    def add(self, path: str, entry: Entry) -> None:
        self.rows[path] = len(self.versions)
        self.versions.append(self._known.setdefault(entry.version, entry.version))
        self.asked.append(entry.asked)
        single = len(entry.files) == 1 and entry.files[0][0] == path
        file = entry.files[0][1] if single else File(bytes(_SHA256), 0, 0)
        self.sha256 += file.sha256
        self.sizes.append(file.size)
        self.mtimes.append(file.mtime_ns)
        if not single:
            files = tuple((at, one.sha256, one.size, one.mtime_ns) for at, one in entry.files)
            self.folders[path] = (files, entry.result)

    def files(self) -> Iterator[tuple[str, File]]:
        for path, row in self.rows.items():
            if path in self.folders:
                yield from ((at, File(sha256, size, mtime)) for at, sha256, size, mtime in self.folders[path][0])
            else:
                yield path, self.file(row)

    def file(self, row: int) -> File:
        sha256 = bytes(self.sha256[row * _SHA256 : (row + 1) * _SHA256])
        return File(sha256, self.sizes[row], self.mtimes[row])


class Ledger:
    """The ledger of one output folder, while a build works with it.

    `inputs` is a digest of everything the last build was made from; `summary` are the numbers it told the user; `others` are the files that
    follow from the list of all outputs (manifest, sitemap, catalogue).
    """

    def __init__(self, columns: _Columns | None = None) -> None:
        columns = columns or _Columns()
        self.inputs = columns.inputs
        self.summary = columns.summary
        self.others = {name: File(*one) for name, one in columns.others.items()}
        self.questions: list[Question] = list(columns.questions)
        self._made = _Made()
        self._touched_by: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        self._numbers: dict[Question, int] | None = None
        self._words: dict[str, str] = {}
        self._digests = bytearray(columns.digests)
        self._below = _Lists(columns.below_ends, columns.below, columns.below_others)
        self._asked = _Lists(columns.asked_ends, columns.asked)
        self._compact = columns.compact
        self._versions = columns.versions
        self._version_of = _array("I", columns.version_of)
        self._paths = columns.outputs
        self._rows = {path: row for row, path in enumerate(columns.outputs)}
        self._sha256 = columns.sha256
        self._sizes = _array("Q", columns.sizes)
        self._mtimes = _array("q", columns.mtimes)
        self._folders = columns.folders

    def __bool__(self) -> bool:
        return bool(self._paths)

    # ---- what this build has made ----------------------------------------------------------------------------------------------

    def add(self, path: str, entry: Entry) -> None:
        """Notes an output that this build has made."""
        self._made.add(path, entry)

    def made(self) -> Iterator[tuple[str, File]]:
        """The files of all outputs that this build has made, by path."""
        return self._made.files()

    # ---- what the last build noted ----------------------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, File]]:
        """Every file of the site that the last build made, by path."""
        yield from self.others.items()
        for path in self._paths:
            yield from self.files_of(path)

    def files_of(self, path: str) -> tuple[tuple[str, File], ...]:
        """The files of an output that the last build made."""
        folder = self._folders.get(path)
        if folder is not None:
            return tuple((at, File(sha256, size, mtime)) for at, sha256, size, mtime in folder[0])
        row = self._rows[path]
        return ((path, File(self._sha_of(row), self._sizes[row], self._mtimes[row])),)

    def kept(self, paths: Iterable[str]) -> dict[str, str]:
        """The files of outputs that the last build made: path → SHA-256, hexadecimal."""
        files: dict[str, str] = {}
        for path in paths:
            folder = self._folders.get(path)
            if folder is None:
                files[path] = self._sha_of(self._rows[path]).hex()
            else:
                files |= {at: sha256.hex() for at, sha256, _, _ in folder[0]}
        return files

    def result_of(self, path: str) -> bytes:
        """What the maker of an output returned with its files, in this build or in the last."""
        folder = self._made.folders.get(path) or self._folders.get(path)
        return folder[1] if folder else b""

    def sha256_of(self, path: str, name: str) -> bytes:
        """The SHA-256 of a file of an output that is a folder, as this build or the last has made it."""
        folder = self._made.folders.get(path) or self._folders[path]
        return next(sha256 for at, sha256, _, _ in folder[0] if at == name)

    def _sha_of(self, row: int) -> bytes:
        return self._sha256[row * _SHA256 : (row + 1) * _SHA256]

    def keeps(
        self,
        path: str,
        version: bytes,
        changed: frozenset[int],
        present: Mapping[str, tuple[int, int]],
        same_bytes: Callable[[str, bytes], bool],
    ) -> bool:
        """Whether an output can stay as it is: its maker is of the same version, none of its questions is among the changed, and its files
        are as they were written.

        `present` gives size and time of the files that are there; where only a file's time is another, as in a site that was unpacked from
        somewhere, `same_bytes` is asked whether it has a certain SHA-256, and its new time is noted.
        """
        row = self._rows.get(path)
        if row is None or self._versions[self._version_of[row]] != version:
            return False
        if row in self._touched(changed):
            return False
        folder = self._folders.get(path)
        if folder is not None:
            return self._keeps_folder(path, folder, present, same_bytes)
        stamp = present.get(path)
        if stamp is None or stamp[0] != self._sizes[row]:
            return False
        if stamp[1] != self._mtimes[row]:
            if not same_bytes(path, self._sha_of(row)):
                return False
            self._mtimes[row] = stamp[1]
        return True

    def _touched(self, changed: frozenset[int]) -> frozenset[int]:
        """The rows of the outputs that asked one of these questions."""
        if self._touched_by[0] is not changed:
            self._touched_by = (changed, frozenset(self._asked.having(changed)))
        return self._touched_by[1]

    def _keeps_folder(
        self,
        path: str,
        folder: Folder,
        present: Mapping[str, tuple[int, int]],
        same_bytes: Callable[[str, bytes], bool],
    ) -> bool:
        rows = []
        for at, sha256, size, mtime in folder[0]:
            stamp = present.get(at)
            if stamp is None or stamp[0] != size or (stamp[1] != mtime and not same_bytes(at, sha256)):
                return False
            rows.append((at, sha256, size, stamp[1]))
        self._folders[path] = (tuple(rows), folder[1])
        return True

    # ---- what has changed ---------------------------------------------------------------------------------------------------

    def changed(self, reader: Reader) -> frozenset[int]:
        """The numbers of the questions that are answered otherwise now; their new answers are noted.

        A question that was answered from others is worked out anew only where one of these has changed.
        """
        below, questions = self._below, self.questions
        state = bytearray(len(questions))  # 0 not looked at, 1 the same, 2 changed
        for number in range(len(state)):
            if state[number]:
                continue
            stack = [number]
            while stack:
                at = stack[-1]
                under = below[at]
                if under:
                    waiting = [one for one in under if not state[one]]
                    if waiting:
                        stack += waiting
                        continue
                    if not state[at] and all(state[one] == 1 for one in under):
                        state[at] = 1
                stack.pop()
                if state[at]:
                    continue
                state[at] = 1 if self._answer(at, reader) else 2
                if len(state) < len(questions):
                    self._note_new(reader, len(state))
                    state.extend(b"\2" * (len(questions) - len(state)))
        return frozenset(number for number, one in enumerate(state) if one == 2)

    def _answer(self, at: int, reader: Reader) -> bool:
        """Notes the answer to a question as it is now, and what it was answered from; True where it is the same."""
        now, under = reader.answer_digest(self.questions[at])
        start = at * DIGEST
        same = self._digests.startswith(now, start)
        if not same:
            self._digests[start : start + DIGEST] = now
        if under or self._below[at]:
            renumbered = array("I", [self._number(reader.key(one)) for one in under])
            if renumbered != self._below[at]:
                self._below[at] = renumbered
        return same

    def _number(self, key: Question) -> int:
        if self._numbers is None:
            self._numbers = {one: number for number, one in enumerate(self.questions)}
        number = self._numbers.get(key)
        if number is None:
            # Traces come from other processes with words of their own: each is kept once.
            shared = self._words.setdefault
            key = tuple([shared(part, part) if part.__class__ is str else part for part in key])
            number = self._numbers[key] = len(self.questions)
            self.questions.append(key)
            self._digests += bytes(DIGEST)
            self._below.append(array("I"))
        return number

    def _note_new(self, reader: Reader, first: int) -> None:
        """Notes the answers of questions that were met below others; what these were answered from is noted too."""
        at = first
        while at < len(self.questions):
            self._answer(at, reader)
            at += 1

    def merged(self, trace: Trace, numbers: array[int]) -> None:
        """Takes a trace in; `numbers` holds the ledger's number of each question of the Reader it comes from, and grows with it."""
        for place, key in enumerate(trace.questions):
            number = self._number(key)
            numbers.append(number)
            self._digests[number * DIGEST : (number + 1) * DIGEST] = trace.digests[
                place * DIGEST : (place + 1) * DIGEST
            ]
        for place, under in enumerate(trace.below):
            number = numbers[trace.first + place]
            renumbered = array("I", [numbers[one] for one in under])
            if renumbered != self._below[number]:
                self._below[number] = renumbered

    def settle(self) -> None:
        """Lets go of what only the taking in of traces needs."""
        self._numbers = None
        self._words = {}

    # ---- kept between runs ----------------------------------------------------------------------------------------------------

    def write(self, path: Path, program: bytes, outputs: Sequence[str]) -> None:
        """Writes the ledger of a site with these outputs, each made by this build or kept from the last, whole or not at all; `program` is
        a digest of the program whose questions these are. Raises OSError."""
        versions: dict[bytes, int] = {}
        version_of, asked = array("I"), _Lists()
        sha256, sizes, mtimes = bytearray(), array("Q"), array("q")
        folders: dict[str, Folder] = {}
        made = self._made
        for name in outputs:
            row = made.rows.get(name)
            if row is None:
                row = self._rows[name]
                version = self._versions[self._version_of[row]]
                asked.append(self._asked[row])
                sha256 += self._sha_of(row)
                sizes.append(self._sizes[row])
                mtimes.append(self._mtimes[row])
                folder = self._folders.get(name)
            else:
                version = made.versions[row]
                asked.append(made.asked[row])
                sha256 += made.sha256[row * _SHA256 : (row + 1) * _SHA256]
                sizes.append(made.sizes[row])
                mtimes.append(made.mtimes[row])
                folder = made.folders.get(name)
            if folder is not None:
                folders[name] = folder
            version_of.append(versions.setdefault(version, len(versions)))
        questions, digests, below, compact = self.questions, bytes(self._digests), self._below, self._compact
        if len(questions) > _SPARE * compact:
            questions, digests, below, asked = _compacted(questions, digests, below, asked)
            compact = len(questions)
        columns = _Columns(
            program,
            self.inputs,
            self.summary,
            compact,
            {name: (file.sha256, file.size, file.mtime_ns) for name, file in self.others.items()},
            questions,
            digests,
            below.ends.tobytes(),
            below.numbers.tobytes(),
            {at: list(one) for at, one in below.others.items()},
            list(versions),
            list(outputs),
            version_of.tobytes(),
            asked.ends.tobytes(),
            asked.numbers.tobytes(),
            bytes(sha256),
            sizes.tobytes(),
            mtimes.tobytes(),
            folders,
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


def _compacted(
    questions: list[Question], digests: bytes, below: _Lists, asked: _Lists
) -> tuple[list[Question], bytes, _Lists, _Lists]:
    """The same without questions that nothing asks any more."""
    live = bytearray(len(questions))
    for number in set(asked.numbers):
        live[number] = 1
    waiting = [number for number, alive in enumerate(live) if alive]
    while waiting:
        for number in below[waiting.pop()]:
            if not live[number]:
                live[number] = 1
                waiting.append(number)
    numbers = [number for number, alive in enumerate(live) if alive]
    renumbered = array("I", bytes(4 * len(questions)))
    for new, number in enumerate(numbers):
        renumbered[number] = new
    new_below = _Lists()
    for number in numbers:
        new_below.append(array("I", [renumbered[one] for one in below[number]]))
    new_asked = _Lists(asked.ends.tobytes(), array("I", [renumbered[one] for one in asked.numbers]).tobytes())
    new_digests = b"".join(digests[number * DIGEST : (number + 1) * DIGEST] for number in numbers)
    return [questions[number] for number in numbers], new_digests, new_below, new_asked


@dataclass(frozen=True, slots=True)
class Stamps:
    """The head of a ledger: what the last build was made from, what it told, and size and time of every file of its site."""

    inputs: bytes
    summary: tuple[int, ...]
    files: Mapping[str, tuple[int, int]]


def stamps(path: Path, program: bytes) -> Stamps | None:
    """The head of the ledger at a path; None where there is none, a damaged one, or that of another program."""
    columns, _ = _columns(path)
    if columns is None or columns.program != program:
        return None
    sizes, mtimes = _array("Q", columns.sizes), _array("q", columns.mtimes)
    files = dict(zip(columns.outputs, zip(sizes, mtimes, strict=True), strict=True))
    for name, (rows, _) in columns.folders.items():
        del files[name]
        files |= {at: (size, mtime) for at, _, size, mtime in rows}
    files |= {name: (size, mtime) for name, (_, size, mtime) in columns.others.items()}
    return Stamps(columns.inputs, columns.summary, files)


def read(path: Path, program: bytes) -> tuple[Ledger, str]:
    """The ledger at a path, an empty one where there is none, or that of another program; and a line for the user where it was damaged."""
    columns, notice = _columns(path)
    if columns is None or columns.program != program:
        return Ledger(), notice
    return Ledger(columns), ""


def _columns(path: Path) -> tuple[_Columns | None, str]:
    try:
        data = path.read_bytes()
    except OSError:
        return None, ""
    start = len(FORMAT) + DIGEST
    if not data.startswith(FORMAT):
        return None, ""
    body = memoryview(data)[start:]
    damaged = f"What was kept in {path} is damaged. Everything is made again."
    if digest(body) != data[len(FORMAT) : start]:
        return None, damaged
    try:
        return msgspec.msgpack.decode(body, type=_Columns), ""
    except msgspec.MsgspecError:
        return None, damaged


def _array(code: str, data: bytes) -> array[int]:
    numbers: array[int] = array(code)
    numbers.frombytes(data)
    return numbers
