"""Documents → records, in their order: each is read by a pure function of its name and bytes, which runs elsewhere.

By default it runs in sandboxes on this machine, one for each processor; `cluster` runs the same function on others. One document that
takes too long, wants too much memory or breaks its reader is refused, and the others go on.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord.intake.document import Record
from onrecord.intake.finished_records import FinishedRecords
from onrecord.intake.formats import outside
from onrecord.intake.record_codec import NoRecord, unpacked
from onrecord.intake.sandbox import Limits, NotStarted, Sandboxes, Unread, setup
from onrecord.model import Vocabularies

__all__ = ["Limits", "LocalReading", "NotStarted", "Reading", "records"]

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
    """The records of a document, and what is to be kept of it: a key and the packed records, empty where nothing is."""

    records: tuple[Record, ...]
    key: bytes = b""
    packed: bytes = b""


def records(
    sources: Iterable[tuple[str, Path]],
    vocabularies: Vocabularies,
    limits: Limits | None = None,
    jobs: int = 0,
    *,
    finished: FinishedRecords | None = None,
    reading: Reading | None = None,
    notice: Callable[[str], object] = lambda line: None,
) -> Iterator[tuple[Record, ...]]:
    """The records of each (name, path), one or more, in their order. Nothing is raised for a bad document: its record says why it is
    refused. Raises NotStarted where nothing can be read.

    What stands in `finished` is not read again, and what is read is put there. `reading` reads elsewhere than in `jobs` processes of this
    machine, and is left open. `notice` is called with a line where what reads cannot be confined.
    """
    limits = limits or Limits()
    told = setup(vocabularies, limits)
    reader = reading or LocalReading(told, jobs, notice)
    # What other programs make of a document is part of what is read.
    told += repr(outside.installed()).encode()

    def read(name: str, path: Path) -> _Answer:
        return _read(name, path, told, limits, reader, finished)

    pending: deque[Future[_Answer]] = deque()
    pool = ThreadPoolExecutor(reader.width, thread_name_prefix="reading")
    try:
        for name, path in sources:
            pending.append(pool.submit(read, name, path))
            # Documents are given out no further ahead than the slowest, so that records do not pile up.
            while pending and (pending[0].done() or len(pending) >= 32 * reader.width):
                yield _kept(pending.popleft().result(), finished)
        while pending:
            yield _kept(pending.popleft().result(), finished)
    finally:
        for future in pending:
            future.cancel()
        if reading is None:
            reader.close()
        pool.shutdown(wait=reading is None, cancel_futures=True)


def _kept(answer: _Answer, finished: FinishedRecords | None) -> tuple[Record, ...]:
    if finished is not None and answer.key:
        finished.add(answer.key, answer.packed)
    return answer.records


def _read(
    name: str, path: Path, told: bytes, limits: Limits, reader: Reading, finished: FinishedRecords | None
) -> _Answer:
    """One document, from the disk to its records."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limits.size else b""
    except OSError as error:
        return _Answer((Record(name, refused=f"It cannot be read: {error.strerror or error}."),))
    size = max(size, len(data))
    if size > limits.size:
        reason = f"It has {size:,} bytes; at most {limits.size:,} are read. Divide it into single releases."
        return _Answer((Record(name, refused=reason),))
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
        return _Answer((Record(name, refused=str(error)),))
    except NoRecord:
        return _Answer((Record(name, refused=_BROKEN),))


def _checked(name: str, packed: bytes) -> tuple[Record, ...]:
    """The records of the file that was given. Raises NoRecord for anything else."""
    records = unpacked(packed)
    if not records or any(not record.source.startswith(name) for record in records):
        raise NoRecord("the record of another document")
    return records
