"""What was read and checked, kept between runs: one SQLite file in the cache folder, worthless once lost.

A row says what became of a file whose bytes have a certain SHA-256; Texts are found by their digest. The file is of this version of
the program alone: of another one, or damaged, it is thrown away and made again.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from onrecord.digests import digest, encoded, sealed, unsealed
from onrecord.model import Aside, Card, Checked, Kind, Text


class StoreDamaged(Exception):
    """The store holds something it cannot have written. It is to be thrown away."""


class StoredFile(msgspec.Struct, frozen=True, gc=False):
    """What is known of one release file: size, times and number of the file on disk when it was read (empty where these may not be
    trusted), and what became of it."""

    stamp: tuple[int, ...]
    checked: Checked


_decode_checked = msgspec.msgpack.Decoder(Checked).decode
_decode_text = msgspec.msgpack.Decoder(Text).decode
_decode_aside = msgspec.msgpack.Decoder(Aside).decode
_decode_stamp = msgspec.msgpack.Decoder(tuple[int, ...]).decode


def decoded_checked(data: bytes) -> Checked:
    """The Checked of its bytes. Raises StoreDamaged."""
    try:
        file = _decode_checked(data)
    except msgspec.MsgspecError as error:
        raise StoreDamaged(str(error)) from error
    listed = file.listed
    if listed.__class__ is not Card:
        return file
    return Checked(listed.path, file.sha256, _shared(listed), file.digest, file.text, file.outline, file.problems)


def _unsealed(kept: bytes) -> bytes:
    """What was kept of a file. Raises StoreDamaged."""
    data = unsealed(kept)
    if data is None:
        raise StoreDamaged("what is kept of a file is not what was written")
    return data


_interned: dict[Any, Any] = {}


def _shared(card: Card) -> Card:
    """An equal card whose words are the very ones other cards have: a hundred thousand cards name the same few topics."""
    interned = _interned.setdefault
    return Card(
        card.slug,
        card.path,
        card.title,
        interned(card.edtf, card.edtf),
        interned(card.publisher, card.publisher),
        interned(card.language, card.language),
        card.extent,
        card.status,
        interned(card.kind, card.kind),
        card.reference,
        interned(card.topics, card.topics),
        interned(card.places, card.places),
        tuple([interned(name, name) for name in card.names]),
        tuple([interned(pair, pair) for pair in card.speakers]),
        card.same_text_as,
        card.translation_of,
        card.corrects,
        card.follows,
        card.utterances,
        card.countings,
        interned(card.added, card.added),
        interned(card.changed, card.changed),
        card.corrected,
        interned(card.verbatim, card.verbatim),
    )


class Texts:
    """Texts by their digest. Can be sent to another process, where it opens the store anew."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def __getstate__(self) -> str:
        return self._path

    def __setstate__(self, path: str) -> None:
        self.__init__(path)  # type: ignore[misc]

    def close(self) -> None:
        """Ends the use of the texts in this process."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def get(self, key: bytes) -> Text:
        """The Text of a digest. Raises StoreDamaged where it is not there, or not what the digest says."""
        if self._connection is None or self._process != os.getpid():
            # A connection must not be used on both sides of a fork (https://www.sqlite.org/howtocorrupt.html, section 2.6).
            self._connection = sqlite3.connect(f"file:{_quoted(self._path)}?mode=ro", uri=True, check_same_thread=False)
            self._process = os.getpid()
        try:
            row = self._connection.execute("SELECT data FROM texts WHERE digest = ?", (key,)).fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise StoreDamaged(str(error)) from error
        if row is None or digest(row[0]) != key:
            raise StoreDamaged("a text is missing or changed")
        try:
            return _decode_text(row[0])
        except msgspec.MsgspecError as error:
            raise StoreDamaged(str(error)) from error


class Store:
    """The store at a path. `notice` is a line for the user where an older one had to be thrown away because it was damaged."""

    def __init__(self, path: Path, version: bytes) -> None:
        self.notice = ""
        self.temporary: tempfile.TemporaryDirectory[str] | None = None
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open(version)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
                # In use by another run, or a folder that cannot be written: this run keeps what it reads to itself.
                self._elsewhere(version)
            else:
                self.notice = f"What was kept in {path} is damaged. It is made again."
                path.unlink(missing_ok=True)
                self._connection = self._open(version)
        except OSError:
            self._elsewhere(version)

    def _elsewhere(self, version: bytes) -> None:
        self.temporary = tempfile.TemporaryDirectory(prefix="onrecord-store-")
        self.path = Path(self.temporary.name) / "store.sqlite"
        try:
            self._connection = self._open(version)
        except sqlite3.OperationalError as error:
            self.temporary.cleanup()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path.parent)) from error

    def _open(self, version: bytes) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=1.0, isolation_level=None, check_same_thread=False)
        try:
            _begin(connection, version)
        except BaseException:
            connection.close()  # a file that is open cannot be removed everywhere
            raise
        return connection

    # The store is open for writing from its opening until `commit`, and again from the next write on. In between a query stands in no
    # transaction: a read in one would hold its lock until the store is closed, and no other run could commit (sqlite.org/lockingv3.html,
    # section 3). A preview holds its store for hours, while builds of the whole site write to it.

    def commit(self) -> None:
        """Makes what was written visible to `texts` and to other runs, which may write from now on."""
        if self._connection.in_transaction:
            self._ask("COMMIT")

    def close(self) -> None:
        """Ends the use of the store; what was not committed is dropped."""
        self._connection.close()
        if self.temporary is not None:
            self.temporary.cleanup()

    def texts(self) -> Texts:
        """The texts that are kept here."""
        return Texts(str(self.path))

    def fact(self, key: str) -> bytes:
        """What was noted under a key; empty where nothing was. Raises StoreDamaged."""
        row = self._ask("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return _unsealed(row[0]) if row else b""

    def note(self, key: str, value: bytes) -> None:
        """Notes a fact."""
        self._begin_writing()
        self._ask("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, sealed(value)))

    def rows(self) -> Iterator[tuple[str, StoredFile]]:
        """Every file that is known, by path. Raises StoreDamaged."""
        for stamp, data in self._all("SELECT stamp, data FROM files"):
            try:
                file = decoded_checked(_unsealed(data))
                yield file.path, StoredFile(_decode_stamp(stamp), file)
            except (msgspec.MsgspecError, TypeError) as error:
                raise StoreDamaged(str(error)) from error

    def _begin_writing(self) -> None:
        if not self._connection.in_transaction:
            self._ask("BEGIN IMMEDIATE")

    def _ask(self, query: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        with self._understood():
            return self._connection.execute(query, values)

    def _all(self, query: str) -> Iterator[Any]:
        with self._understood():
            yield from self._connection.execute(query)

    def _tell(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._begin_writing()
        with self._understood():
            self._connection.executemany(query, rows)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """Raises StoreDamaged for what SQLite finds in the file, and OSError for what the disk refuses."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if any(word in str(error) for word in ("malformed", "no such")):
                raise StoreDamaged(str(error)) from error
            raise OSError(errno.EIO, str(error), str(self.path)) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise StoreDamaged(str(error)) from error

    def aside(self, path: str) -> Aside:
        """What is seldom asked of a file that is known. Raises StoreDamaged."""
        row = self._ask("SELECT aside FROM files WHERE path = ?", (path,)).fetchone()
        try:
            return _decode_aside(_unsealed(row[0])) if row else Aside()
        except msgspec.MsgspecError as error:
            raise StoreDamaged(str(error)) from error

    def naming(self, words: frozenset[tuple[Kind, str]]) -> frozenset[str]:
        """The paths of the files in which one of these words of the vocabularies is written. Raises StoreDamaged."""
        if not words:
            return frozenset()
        try:
            rows = (
                (path, _decode_aside(_unsealed(aside))) for path, aside in self._all("SELECT path, aside FROM files")
            )
            return frozenset(path for path, aside in rows if not words.isdisjoint(aside.vocabulary_words))
        except msgspec.MsgspecError as error:
            raise StoreDamaged(str(error)) from error

    def restamp(self, stamps: Iterable[tuple[str, tuple[int, ...]]]) -> None:
        """Notes another stamp for files whose bytes are those that are known."""
        rows = ((encoded(stamp), path) for path, stamp in stamps)
        self._tell("UPDATE files SET stamp = ? WHERE path = ?", rows)

    def keep(
        self, files: Iterable[tuple[str, tuple[int, ...], bytes, bytes]], texts: Iterable[tuple[bytes, bytes]]
    ) -> None:
        """Keeps files as (path, stamp, encoded Checked, encoded Aside) and texts as (digest, encoded Text)."""
        self._tell(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
            ((path, encoded(stamp), sealed(data), sealed(aside)) for path, stamp, data, aside in files),
        )
        self._tell("INSERT OR IGNORE INTO texts VALUES (?, ?)", texts)

    def forget(self, paths: Iterable[str]) -> None:
        """Drops files that are no more."""
        self._tell("DELETE FROM files WHERE path = ?", ((path,) for path in paths))

    def tidy(self, live: Iterable[bytes]) -> None:
        """Drops texts that nothing refers to: what was withdrawn, redacted or deleted is not kept either, and its bytes are overwritten."""
        keys = set(live)
        dead = [row for row in self._all("SELECT digest FROM texts") if row[0] not in keys]
        self._tell("DELETE FROM texts WHERE digest = ?", dead)


def _begin(connection: sqlite3.Connection, version: bytes) -> None:
    """Takes the store for this run, and empties one of another version. Raises sqlite3.DatabaseError."""
    # A text takes one page or two instead of a chain of them.
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA locking_mode = NORMAL")
    # Deleted texts may be what somebody must not be found by: SQLite overwrites them with zeros.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
    row = connection.execute("SELECT value FROM facts WHERE key = 'version'").fetchone()
    version = sealed(version)
    if row is None or row[0] != version:
        for table in ("files", "texts"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute("DELETE FROM facts")
        connection.execute("CREATE TABLE files (path TEXT PRIMARY KEY, stamp BLOB, data BLOB, aside BLOB)")
        connection.execute("CREATE TABLE texts (digest BLOB PRIMARY KEY, data BLOB)")
        connection.execute("INSERT INTO facts VALUES ('version', ?)", (version,))


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
