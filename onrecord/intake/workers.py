"""Documents → records, in their order: each is read by a pure function of its name and bytes, which runs elsewhere.

By default it runs in sandboxes on this machine, one for each processor; `cluster` runs the same function on others. One document that
takes too long, wants too much memory or breaks its reader is refused, and the others go on.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord.intake import sheets
from onrecord.intake.document import Record
from onrecord.intake.finished_records import FinishedRecords
from onrecord.intake.formats import containers, outside, table_rows
from onrecord.intake.formats.nesting import Piece
from onrecord.intake.record_codec import NoRecord, unpacked
from onrecord.intake.sandbox import Limits, NotStarted, Sandboxes, Unread, setup
from onrecord.model import Vocabularies

__all__ = ["Limits", "LocalReading", "NotStarted", "Reading", "records"]

_MOST_UNREAD = 10
_TOO_MANY_UNREAD = (
    "It was not read: too many of the files that are packed with it took more time or memory than they may ({count}). Unpack them, and "
    "import those that you know."
)
_EMPTY = "The file is empty."
_BROKEN = "Reading it took more memory than is allowed, or broke the program that reads it."
_UNCONFINED = (
    "This system cannot keep the processes that read documents away from files and from the network (Linux can, with seccomp or Landlock). "
    "They run under limits of time, size and memory alone: import here only what you would open yourself.\n"
)


class Reading(Protocol):
    """Reads documents; may be asked by `width` threads at a time."""

    width: int

    def answer(self, name: str, data: bytes) -> bytes:
        """The packed records of a document. Raises Unread."""

    def close(self) -> None:
        """Ends what reads, whatever it does."""


class LocalReading:
    """A Reading by `jobs` processes on this machine (0: one for each processor, at most 8). `notice` is called once, with a line, where
    they cannot be confined."""

    def __init__(self, told: bytes, jobs: int = 0, notice: Callable[[str], object] = lambda line: None) -> None:
        self.width = jobs or min(os.cpu_count() or 1, 8)
        self._sandboxes = Sandboxes(told)
        self._notice: Callable[[str], object] | None = notice

    def answer(self, name: str, data: bytes) -> bytes:
        """See Reading."""
        answer = self._sandboxes.answer(name, data)
        if self._sandboxes.confined == "" and self._notice:
            notice, self._notice = self._notice, None
            notice(_UNCONFINED)
        return answer

    def close(self) -> None:
        """See Reading."""
        self._sandboxes.close()


@dataclass(frozen=True, slots=True)
class _Answer:
    """The records of a document, and what is to be kept of it: a key and the packed records, empty where nothing is. `is_unread` says that
    it took more than it may."""

    records: tuple[Record, ...]
    key: bytes = b""
    packed: bytes = b""
    is_unread: bool = False


def records(
    sources: Iterable[tuple[str, Path]],
    vocabularies: Vocabularies,
    limits: Limits | None = None,
    jobs: int = 0,
    *,
    finished: FinishedRecords | None = None,
    reading: Reading | None = None,
    notice: Callable[[str], object] = lambda line: None,
) -> Iterator[tuple[int, tuple[Record, ...]]]:
    """The records of each (name, path), one or more, in their order, with its number among them, from 1. A mailbox, a packed folder, a
    capture comes in many such pairs, one for each file in it. Nothing is raised for a bad document: its record says why it is refused.
    Raises NotStarted where nothing can be read.

    What stands in `finished` is not read again, and what is read is put there. `reading` reads elsewhere than in `jobs` processes of this
    machine, and is left open. `notice` is called with a line where what reads cannot be confined.
    """
    limits = limits or Limits()
    told = setup(vocabularies, limits)
    reader = reading or LocalReading(told, jobs, notice)
    # What other programs make of a document is part of what is read.
    told += repr(outside.installed()).encode()

    # A small container may hold very many files that take too much. Of its files, by its number: those that were read, and the others.
    done: Counter[int] = Counter()
    unread: Counter[int] = Counter()

    def read(number: int, file: Piece | tuple[str, Path]) -> _Answer:
        if isinstance(file, Piece) and unread[number] >= _MOST_UNREAD + done[number] // 100:
            reason = _TOO_MANY_UNREAD.format(count=unread[number])
            return _Answer((Record(file.name, _digest(file.data), refused=reason),))
        answer = _read(file, told, limits, reader, finished)
        (unread if answer.is_unread else done)[number] += 1
        return answer

    pending: deque[tuple[int, int, Future[_Answer]]] = deque()
    waiting = 0
    pool = ThreadPoolExecutor(reader.width, thread_name_prefix="reading")
    try:
        for number, file in _files(sources, limits):
            size = len(file.data) if isinstance(file, Piece) else 0
            waiting += size
            pending.append((number, size, pool.submit(read, number, file)))
            # Documents are given out no further ahead than the slowest, so that neither they nor their records pile up.
            while pending and (pending[0][2].done() or len(pending) >= 32 * reader.width or waiting > limits.size):
                number, size, future = pending.popleft()
                waiting -= size
                yield number, _kept(future.result(), finished)
        for number, _, future in pending:
            yield number, _kept(future.result(), finished)
    finally:
        for _, _, future in pending:
            future.cancel()
        if reading is None:
            reader.close()
        pool.shutdown(wait=reading is None, cancel_futures=True)


def _kept(answer: _Answer, finished: FinishedRecords | None) -> tuple[Record, ...]:
    if finished is not None and answer.key:
        finished.add(answer.key, answer.packed)
    return answer.records


def _files(sources: Iterable[tuple[str, Path]], limits: Limits) -> Iterator[tuple[int, Piece | tuple[str, Path]]]:
    """The single files of the sources, each with its source's number: names and paths, or, of a source that holds several, their bytes."""
    for number, (name, path) in enumerate(sources, start=1):
        try:
            with path.open("rb") as stream:
                head = stream.read(containers.HEAD)
                stream.seek(0)
                if table_rows.may_be_table(name, head) and path.stat().st_size <= limits.size:
                    data = stream.read()
                    if table_rows.is_table(name, data):
                        for piece in table_rows.pieces(name, data, sheets.sheet):
                            yield number, piece
                        continue
                if not containers.is_container(head):
                    yield number, (name, path)
                    continue
                stream.seek(0)
                for piece in containers.pieces(name, stream):
                    yield number, piece
        except NotStarted:
            raise
        except OSError as error:
            yield number, Piece(name, b"", f"It cannot be read: {error.strerror or error}.")
        except Exception as error:
            # Whatever a stranger's file does to its unpacking, the others are read.
            reason = f"{type(error).__name__}: {str(error)[:200] or 'no reason given'}"
            yield number, Piece(name, b"", f"It is broken and cannot be read on ({reason}).")


def _read(
    file: Piece | tuple[str, Path], told: bytes, limits: Limits, reader: Reading, finished: FinishedRecords | None
) -> _Answer:
    """One file, from the disk or from what held it, to its records."""
    if isinstance(file, Piece):
        name, data = file.name, file.data
        if file.refused:
            return _Answer((Record(name, _digest(data), refused=file.refused),))
        return _read_bytes(name, data, len(data), told, limits, reader, finished)
    name, path = file
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limits.size else b""
    except OSError as error:
        return _Answer((Record(name, refused=f"It cannot be read: {error.strerror or error}."),))
    return _read_bytes(name, data, max(size, len(data)), told, limits, reader, finished)


def _read_bytes(
    name: str, data: bytes, size: int, told: bytes, limits: Limits, reader: Reading, finished: FinishedRecords | None
) -> _Answer:
    if size > limits.size:
        reason = f"It has {size:,} bytes; at most {limits.size:,} are read. Divide it into single releases."
        return _Answer((Record(name, refused=reason),))
    if not data:
        return _Answer((Record(name, hashlib.sha256().hexdigest(), refused=_EMPTY),))
    key = finished.key(name, data, told) if finished is not None else b""
    try:
        packed = finished.get(key) if finished is not None else None
        if packed is not None:
            return _Answer(_checked(name, packed))
    except NoRecord:
        pass  # it is read again
    try:
        packed = reader.answer(name, data)
        return _Answer(_checked(name, packed), key, packed)
    except Unread as error:
        # How fast this machine is, is nothing to be kept.
        return _Answer((Record(name, refused=str(error)),), is_unread=True)
    except NoRecord:
        return _Answer((Record(name, refused=_BROKEN),), is_unread=True)


def _digest(data: bytes) -> str:
    """That of a file that is refused, by which it is known; empty where there are no bytes."""
    return hashlib.sha256(data).hexdigest() if data else ""


def _checked(name: str, packed: bytes) -> tuple[Record, ...]:
    """The records of the file that was given. Raises NoRecord for anything else."""
    records = unpacked(packed)
    if not records or any(not record.source.startswith(name) for record in records):
        raise NoRecord("the record of another document")
    return records
