"""Originals that `import --keep` keeps: copied below `content/files/` under their hashes, never published before somebody says that they
may be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
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


class Keeping:
    """What one import keeps. `files` are the names and paths of its documents, `content` is the content folder."""

    def __init__(self, files: Sequence[tuple[str, Path]], content: Path) -> None:
        self._paths = dict(files)
        self._content = content
        self._names: dict[str, tuple[str, str, str]] = {}
        self._kept: dict[str, MeasuredFile] = {}
        self._parts = 0

    def named(self, record: Record) -> Attachment | None:
        """The original of a record as the archive will name it; None for a part of a mailbox or of a packed folder, whose other parts are
        nobody's to keep. A capture of the web is kept whole. Raises OSError."""
        source, inside, _ = record.source.partition(_INSIDE)
        path = self._paths.get(record.source) or self._paths.get(source)
        if path is None:
            return None
        if source not in self._names:
            self._names[source] = attachments.by_its_hash(str(path), path.name)
        name, sha256, kind = self._names[source]
        if inside and kind not in _CAPTURES:
            self._parts += 1
            return None
        return Attachment(
            file=name, role="web capture" if kind in _CAPTURES else "original", language=record.language, sha256=sha256
        )

    def with_originals(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """The drafts as they come, each once the original that it names is in its place. Raises OSError."""
        for draft in drafts:
            if draft.original:
                self._keep(draft.record, draft.original)
            yield draft

    def _keep(self, record: Record, original: Attachment) -> None:
        """Copies the original of a record to its place; the one that was imported is only read. Raises OSError."""
        source = record.source.partition(_INSIDE)[0]
        path = self._paths.get(record.source) or self._paths[source]
        folder = self._content / attachments.FOLDER
        target = folder / original.file
        kind = self._names[source][2]
        self._kept[original.sha256] = MeasuredFile(original.file, original.sha256, path.stat().st_size, kind)
        if target.exists():
            whole_file.clear(target)
            return
        whole_file.write(target, path)

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
