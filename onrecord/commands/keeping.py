"""Originals that `import --keep` keeps: copied below `content/files/` under their hashes, never published before somebody says that they
may be."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from onrecord import attachments, whole_file
from onrecord.commands import preview
from onrecord.intake import Draft
from onrecord.intake.document import Record
from onrecord.model import Attachment, MeasuredFile
from onrecord.plural import counted

_CAPTURES = frozenset(["warc", "warc.gz", "wacz"])
_INSIDE = " # "
_BLOCK = 1 << 20
_NO_LONGER = (
    "It changed or went away while it was imported, and what was read is not what could be kept. Import it again."
)


class _Changed(Exception):
    """A file is no longer what was read of it."""


class Keeping:
    """What one import keeps. `files` are the names and paths of its documents, `content` is the content folder."""

    def __init__(self, files: Sequence[tuple[str, Path]], content: Path) -> None:
        self._paths = dict(files)
        self._content = content
        self._names: dict[str, tuple[str, str, str]] = {}
        self._kept: dict[str, MeasuredFile] = {}
        self._changed: set[str] = set()
        self._parts = 0

    def named(self, record: Record) -> Attachment | None:
        """The original of a record as the archive will name it; None for a part of a mailbox or of a packed folder, whose other parts are
        nobody's to keep, and for a file that is no longer what was read: `with_originals` refuses its draft. A capture of the web is kept
        whole."""
        source, inside = self._file(record)
        path = self._paths.get(source)
        if path is None:
            return None
        try:
            if source not in self._names:
                self._names[source] = attachments.by_its_hash(str(path), path.name)
        except OSError:
            self._changed.add(record.source)
            return None
        name, sha256, kind = self._names[source]
        if inside and kind not in _CAPTURES:
            self._parts += 1
            return None
        if not inside and sha256 != record.sha256:
            self._changed.add(record.source)
            return None
        return Attachment(
            file=name, role="web capture" if kind in _CAPTURES else "original", language=record.language, sha256=sha256
        )

    def with_originals(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """The drafts as they come, each once the original that it names is in its place; one whose original is no longer what was read is
        refused. Raises OSError."""
        for draft in drafts:
            try:
                if draft.path and draft.record.source in self._changed:
                    raise _Changed
                if draft.original:
                    self._keep(draft.record, draft.original)
                yield draft
            except _Changed:
                yield Draft(replace(draft.record, refused=_NO_LONGER))

    def _file(self, record: Record) -> tuple[str, str]:
        """The name of the file that a record is from, which may hold the mark itself, and what stands for its part of it."""
        source, inside = record.source, ""
        while source not in self._paths and _INSIDE in source:
            source, _, last = source.rpartition(_INSIDE)
            inside = f"{last}{_INSIDE}{inside}" if inside else last
        return source, inside

    def _keep(self, record: Record, original: Attachment) -> None:
        """Copies the original of a record to its place; the one that was imported is only read. Raises _Changed where it is no longer the
        one that the draft names (no file has the name of another's hash), and OSError."""
        source, _ = self._file(record)
        target = self._content / attachments.FOLDER / original.file
        if target.exists():
            whole_file.clear(target)
            size = target.stat().st_size
        else:
            size = _copied(self._paths[source], target, original.sha256)
        self._kept[original.sha256] = MeasuredFile(original.file, original.sha256, size, self._names[source][2])

    def make_previews(self, err: TextIO) -> None:
        """Makes the small pictures of what was kept, where there are none yet. Raises WrongUse."""
        there = self._content / attachments.FOLDER / attachments.PREVIEWS
        wanting = [file for file in self._kept.values() if not any(there.glob(f"{file.sha256}*"))]
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            preview.make(self._content, wanting, nowhere, err)

    def line(self) -> str:
        """What was kept, with its line end."""
        parts = (
            f" {self._parts:,} are parts of a mailbox, a packed folder or a table, which is not kept: it holds other people's letters too."
            if self._parts
            else ""
        )
        folder = (self._content / attachments.FOLDER).as_posix()
        return (
            f"{counted(len(self._kept), 'original')} kept in {folder}. A release publishes its own only once “rights” says who allows it. "
            f"In a public repository everybody can read them before that.{parts}\n"
        )


def _copied(path: Path, target: Path, sha256: str) -> int:
    """Copies a file whose SHA-256 is known, and returns its size. Raises _Changed where it has another now, and OSError."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise _Changed from error
    with stream:
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with whole_file.made(target) as copy, copy.open("wb") as written:
            while block := stream.read(_BLOCK):
                digest.update(block)
                written.write(block)
            if digest.hexdigest() != sha256:
                raise _Changed
            return written.tell()
