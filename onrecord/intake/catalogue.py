"""What a run has to know of every release and every record: names that are taken, origins, paths. On the disk, so that memory does not
grow with them, and gone with the run.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType

from onrecord import read
from onrecord.intake import draft_file
from onrecord.intake.answers import value_of
from onrecord.intake.document import Record
from onrecord.model import Table

# A release of the archive by its slug, a draft by the number of its record. `origin` is the SHA-256 of what a release was made from.
_TABLES = """
create table release (slug text primary key, file text, date text, has_text integer);
create table origin (sha256 text primary key, slug text);
create table name (folded text primary key);
create table draft (number integer primary key, path text);
create table repeated (number integer primary key, slug text);
"""


class Catalogue:
    """The releases of an archive, and the drafts that are to stand beside them."""

    def __init__(self) -> None:
        # An empty name is a file of SQLite's own, which it deletes; what fits into its cache is not written at all.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"pragma journal_mode = off; pragma synchronous = off; begin; {_TABLES}")

        self.passed: frozenset[str] = frozenset()
        # Of names that several drafts want, the number that the last one got.
        self._numbers: dict[str, int] = {}

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add_archive(
        self, releases: Path, apart: Mapping[str, str], note: Callable[[str, str, str], None] = lambda *_: None
    ) -> bytes:
        """Adds the releases below a folder, which need not be there; broken ones count by their names. Returns a digest of them all.

        Files in `apart` (path below the folder → SHA-256 of its bytes) are passed over as long as they are as they were, and stand in
        `passed` then. `note` is called
        with publisher, date and date_as_written of each release.
        """
        digest = hashlib.sha256()
        for file in read.markdown_files(releases):
            path, below = PurePosixPath(file.path), file.path
            if path.name.startswith("_"):
                continue
            # What is no file, or may not be read, takes its name, too.
            try:
                data = read.file(file).data if file.is_regular else b""
            except PermissionError:
                data = b""
            sha256 = hashlib.sha256(data).hexdigest()
            if apart.get(below) == sha256:
                self.passed |= {below}
                continue
            digest.update(f"{below}\0{sha256}\n".encode("utf-8", "surrogateescape"))
            self._insert("name", _storable(draft_file.folded(path.name)))
            try:
                table, _, _ = read.split(read.text_of(data))
            except read.Unreadable:
                continue
            date = value_of(table, "date")
            note(value_of(table, "publisher"), date, value_of(table, "date_as_written"))
            slug = _storable(path.stem)
            self._insert("release", slug, _storable(below), date, value_of(table, "extent") != "abstract")
            origin = table.get("source")
            if isinstance(origin, Table) and (source := value_of(origin, "sha256")):
                self._insert("origin", source, slug)
        return digest.digest()

    def place(self, number: int, record: Record) -> None:
        """Decides where the draft of a record stands, or that it is in the archive or among the drafts already. To be called in the order
        of the records; what was refused has neither."""
        if record.refused:
            return
        repeated = self._value("select slug from origin where sha256 = ?", record.sha256)
        if repeated is not None:
            self._insert("repeated", number, repeated)
            return
        preferred = draft_file.path(record)
        path = draft_file.free(preferred, self.has_name, self._numbers.get(preferred.name, 1))
        if path.name != preferred.name:
            self._numbers[preferred.name] = int(path.stem.rpartition("-")[2])
        self._insert("draft", number, str(path))
        self._insert("name", draft_file.folded(path.name))
        self._insert("origin", record.sha256, path.stem)

    def has_name(self, folded: str) -> bool:
        """Whether a file name, folded, is taken."""
        return self._value("select 1 from name where folded = ?", folded) is not None

    def draft_path(self, number: int) -> PurePosixPath | None:
        """Where the draft of a record is to stand, below the folder of releases; None where it has none."""
        path = self._value("select path from draft where number = ?", number)
        return None if path is None else PurePosixPath(path)

    def repeated_slug(self, number: int) -> str:
        """The slug of the release or draft that was made from the same bytes; empty where there is none."""
        return self._value("select slug from repeated where number = ?", number) or ""

    def slugs_with_text(self) -> Iterator[str]:
        """The slugs of the archive's releases whose text may be a version of another, sorted."""
        for (slug,) in self._database.execute("select slug from release where has_text order by slug"):
            yield _name(slug)

    def release_file(self, slug: str) -> str:
        """The path of a release of the archive, below the folder of releases."""
        return _name(self._value("select file from release where slug = ?", _storable(slug)) or "")

    def release_date(self, slug: str) -> str:
        """The date of a release of the archive, as it stands there."""
        return self._value("select date from release where slug = ?", _storable(slug)) or ""

    def _insert(self, table: str, *values: str | int) -> None:
        marks = ", ".join("?" * len(values))
        self._database.execute(f"insert or ignore into {table} values ({marks})", values)  # noqa: S608 - our own names

    def _value(self, query: str, value: str | int) -> str | None:
        row = self._database.execute(query, (value,)).fetchone()
        return None if row is None else row[0]


def _storable(name: str) -> str:
    """A file's name as text that SQLite takes: bytes that are no UTF-8 are written as private characters."""
    return "".join(chr(0x100000 + ord(char) - 0xDC00) if "\udc00" <= char <= "\udfff" else char for char in name)


def _name(stored: str) -> str:
    """The file's name that was stored."""
    return "".join(
        chr(0xDC00 + ord(char) - 0x100000) if "\U00100000" <= char <= "\U001003ff" else char for char in stored
    )
