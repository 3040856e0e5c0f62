"""What a run has read already, and which drafts it has written: a file in the cache folder, so that a run that was stopped goes on.

An SQLite database. It is of no worth once its run is done, and of none once it is lost: damaged, it is thrown away. It holds packed
records only (`record_codec`), which stand behind their digests, for a changed letter would be a changed draft, and are checked when
they are read again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from onrecord import program_files
from onrecord.digests import sealed, unsealed

_TABLES = """
create table if not exists version (digest blob primary key);
create table if not exists record (key blob primary key, packed blob);
create table if not exists written (run blob, path text, sha256 text, primary key (run, path));
"""
_BETWEEN_COMMITS = 0.5


class Busy(Exception):
    """Another run uses the file."""


class FinishedRecords:
    """The records that a run has finished, by keys, and the drafts that it has written. May be used by several threads."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it. What another program, or another lexicon, has read is forgotten. Raises Busy, and OSError where
        the folder cannot be written."""
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        try:
            self._database = _opened(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy from error
            raise OSError(str(error)) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            self._database = _made_again(path)
        self._committed = time.monotonic()

    def key(self, name: str, data: bytes, told: bytes) -> bytes:
        """What the records of a document are found by: its name and bytes, and what its reader was told (vocabularies and limits)."""
        parts = (name.encode("utf-8", "surrogateescape"), data, told)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()

    def get(self, key: bytes) -> bytes | None:
        """The packed records that were kept under a key."""
        rows = self._rows("select packed from record where key = ?", key)
        kept = rows[0][0] if rows else None
        return unsealed(kept, key) if isinstance(kept, bytes) else None

    def add(self, key: bytes, packed: bytes) -> None:
        """Keeps packed records. They outlive this process from half a second later on."""
        with self._writing():
            self._database.execute("insert or replace into record values (?, ?)", (key, sealed(packed, key)))
            if time.monotonic() - self._committed > _BETWEEN_COMMITS:
                self._database.commit()
                self._committed = time.monotonic()

    def will_write(self, run: bytes, path: str, sha256: str) -> None:
        """Notes that the run writes a file of this digest now; outlives this process at once."""
        with self._writing():
            self._database.execute("insert or replace into written values (?, ?, ?)", (run, path, sha256))
            self._database.commit()

    def runs(self) -> list[bytes]:
        """The runs that were stopped while they wrote."""
        rows = self._rows("select distinct run from written order by run")
        return [run for (run,) in rows if isinstance(run, bytes)]

    def written(self, run: bytes) -> dict[str, str]:
        """What the run, stopped before its end, was about to write or has written: digests by paths."""
        rows = self._rows("select path, sha256 from written where run = ? order by path", run)
        return {path: sha256 for path, sha256 in rows if isinstance(path, str) and isinstance(sha256, str)}

    def _rows(self, question: str, *values: bytes) -> list[tuple[object, ...]]:
        """The rows that answer a question; none where the file is damaged, which is then made again."""
        with self._lock:
            try:
                return self._database.execute(question, values).fetchall()
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                self._begin_again()
                return []

    def _begin_again(self) -> None:
        self._database.close()
        try:
            self._database = _made_again(self._path)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise OSError(errno.EIO, str(error), str(self._path)) from error

    def flush(self) -> None:
        """Makes all that was added outlive this process."""
        with self._writing():
            self._database.commit()

    def clear(self) -> None:
        """Forgets everything: the run is done."""
        with self._writing():
            self._database.execute("delete from record")
            self._database.execute("delete from written")
            self._database.commit()
            self._database.execute("vacuum")

    def close(self) -> None:
        """Closes the file; what was added is kept."""
        with self._lock:
            # Where the disk is full, what could not be kept is read again.
            with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
                self._database.commit()
            self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One thread at a time; OSError with the file's name where it cannot be written."""
        with self._lock:
            try:
                yield
            except sqlite3.OperationalError as error:
                raise OSError(
                    errno.ENOSPC if "full" in str(error) else errno.EIO, str(error), str(self._path)
                ) from error
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                self._begin_again()  # what was to be kept is read again


def _made_again(path: Path) -> sqlite3.Connection:
    """The database, empty: a damaged one is worthless."""
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        file.unlink(missing_ok=True)
    return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=1, check_same_thread=False)
    try:
        # One run at a time. A crash of the machine, not of the program, may damage the file, which is then made again.
        database.execute("pragma locking_mode = exclusive")
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = off")
        database.executescript(_TABLES)
        digest = reader_digest()
        if database.execute("select digest from version").fetchall() != [(digest,)]:
            for table in ("version", "record", "written"):
                database.execute(f"delete from {table}")  # noqa: S608 - names that stand above
            database.execute("insert into version values (?)", (digest,))
        database.commit()
    except (sqlite3.Error, UnicodeDecodeError):
        database.close()
        raise
    return database


@cache
def reader_digest() -> bytes:
    """A digest of everything that reads documents: the program's files and lexicon, the locks of its libraries, Python's version."""
    files = sorted(
        file
        for file in program_files.PACKAGE.rglob("*")
        if file.suffix in (".py", ".toml")
        and not {"commands", "shipped"} & set(file.relative_to(program_files.PACKAGE).parts)
    )
    files += [program_files.BUILDING, program_files.IMPORTING]
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for file in files:
        digest.update(
            os.path.relpath(file, program_files.PACKAGE).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
        )
    return digest.digest()
