"""Documents → drafts, in the documents' order, whoever brings them: `import`, `receive` and the examination.

All documents are read before the first draft is given out, because what a later one states bears on an earlier one: versions of the
same text, the order in which a publisher writes day and month, file names that are taken. Their records wait on the disk meanwhile, so
that memory does not grow with their texts. Originals are only read.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from onrecord import families, read
from onrecord.intake import date_mentions, draft_file, workers
from onrecord.intake.document import Record, Version
from onrecord.intake.record_codec import packed, unpacked
from onrecord.intake.sender import Sender, with_answers
from onrecord.model import Question, Scalar, Table, Vocabularies

__all__ = ["Documents", "Draft", "NoSuchSource", "Sender", "documents", "drafts", "write"]

# What lies in a folder among releases and is none: passed over in a folder, taken where it is named itself.
_NO_RELEASES = re.compile(
    r"(?:readme|license|licence|copying|changelog|contributing|authors|notice)(?:\.(?:md|txt|rst|html?))?|thumbs\.db|desktop\.ini|_template\.md",
    re.IGNORECASE,
)


class NoSuchSource(Exception):
    """A file or folder that is to be imported is not there. The message is a sentence for the person who named it."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents to be read: `files` are their names and paths, in order; `passed` are the files and folders (with a `/`) that were passed
    over on the way, as they lie below the folder that was walked."""

    files: tuple[tuple[str, Path], ...]
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What becomes of one document.

    `record` is what the document states and leaves open, its versions among it. `path`, below the folder of releases, and `text` are the
    file to be written, in which a sender's answers stand too; `same_text_as` are the slugs that it names. Where the document was refused
    (`record.refused`), or its bytes are in the archive or among the earlier drafts already (`repeated`: as which slug), there is no file:
    `path` is None.
    """

    record: Record
    path: PurePosixPath | None = None
    text: str = ""
    same_text_as: tuple[str, ...] = ()
    repeated: str = ""


def documents(given: Iterable[str]) -> Documents:
    """The documents that the paths name, each file itself and each folder with all below it, sorted. A document is called by its path
    below the folder; by its whole path where another has that name already.

    Hidden files and what lies in a folder as no release are passed over; links to folders are not followed. Raises NoSuchSource.
    """
    files: dict[str, Path] = {}
    passed: list[str] = []
    out: list[tuple[str, Path]] = []
    for text in given:
        path = Path(text)
        if path.is_dir():
            entries = _below(path, passed)
        elif path.exists():
            entries = iter([(path.name, path)])
        else:
            raise NoSuchSource(f"There is no file or folder “{text}”.")
        for short, file in entries:
            name = file.as_posix() if short in files else short
            files[name] = file
            out.append((name, file))
    return Documents(tuple(out), tuple(passed))


def _below(top: Path, passed: list[str]) -> Iterator[tuple[str, Path]]:
    """Name and path of the documents below a folder; the others' names are added to `passed`."""
    for folder, below, names in os.walk(top):
        hidden = sorted(name for name in below if name.startswith("."))
        passed += [f"{(Path(folder) / name).relative_to(top).as_posix()}/" for name in hidden]
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if name.startswith((".", "~$")) or _NO_RELEASES.fullmatch(name):
                passed.append(file.relative_to(top).as_posix())
            else:
                yield file.relative_to(top).as_posix(), file


def drafts(
    sources: Sequence[tuple[str, Path]],
    releases: Path,
    vocabularies: Vocabularies,
    sender: Sender | None = None,
    jobs: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Draft]:
    """One Draft for each of `sources` (name, path; see `documents`), in their order. Nothing is written.

    `releases` is the folder of the archive's releases (it need not be there yet): what it holds already is recognised, and no name in it
    is used again. `sender` is what the person who sent the documents in stated about them. `jobs` is the number of processes, 0 for as
    many as there are processors, at most 8. `progress` is called with how many documents have been read, and how many there are, after
    each. Nothing is raised for a bad document: its draft's record says why it is refused.
    """
    archive = _Archive.read(releases)
    with tempfile.TemporaryFile() as stream:
        records = _Records(stream)
        for record in workers.records(sources, vocabularies, jobs=jobs):
            records.append(record)
            if progress is not None:
                progress(len(records), len(sources))
        batch = _Batch(records, archive)
        paths, repeated = _paths(batch, archive)
        for number in range(len(records)):
            record = batch.record(number)
            if number not in paths:
                yield Draft(record, repeated=repeated.get(number, ""))
                continue
            same = tuple(sorted(batch.slugs(number, paths)))
            answered = with_answers(record, sender, alone=len(sources) == 1) if sender else record
            yield Draft(record, paths[number], draft_file.text(answered, same), same)


def write(new: Draft, releases: Path) -> Path:
    """Writes a draft's file below the folder of releases, whole or not at all, and gives its path. Raises ValueError for a draft that has
    no file, and FileExistsError where a file is there: an existing file is never touched."""
    if new.path is None:
        raise ValueError(f"{new.record.source} has no draft that could be written.")
    path = releases / new.path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".import-")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(new.text)
        os.chmod(temporary, 0o644)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links.
            with open(path, "x", encoding="utf-8", newline="\n") as stream:
                stream.write(new.text)
    finally:
        os.unlink(temporary)
    return path


@dataclass(frozen=True, slots=True)
class _Archive:
    """What is in the archive already: bodies by slug, slugs by the SHA-256 of what they were made from, file names (folded), and by slug
    the publisher, the date (EDTF) and the date as it is written."""

    bodies: dict[str, str]
    imported: dict[str, str]
    names: frozenset[str]
    facts: dict[str, tuple[str, str, str]]

    @classmethod
    def read(cls, releases: Path) -> _Archive:
        """The releases below a folder. Broken ones still count by their names."""
        bodies: dict[str, str] = {}
        imported: dict[str, str] = {}
        facts: dict[str, tuple[str, str, str]] = {}
        paths = sorted(releases.rglob("*.md")) if releases.is_dir() else []
        for path in paths:
            if path.name.startswith((".", "_")):
                continue
            try:
                table, body, _ = read.split(read.text_of(path.read_bytes()))
            except read.Unreadable:
                continue
            facts[path.stem] = (_text(table, "publisher"), _text(table, "date"), _text(table, "date_as_written"))
            if _text(table, "extent") != "abstract":
                bodies[path.stem] = body
            origin = table.get("source")
            digest = _text(origin, "sha256") if isinstance(origin, Table) else ""
            if digest:
                imported[digest] = path.stem
        return cls(bodies, imported, frozenset(draft_file.folded(path.name) for path in paths), facts)


def _text(table: Table, key: str) -> str:
    node = table.get(key)
    return node.text if isinstance(node, Scalar) else ""


class _Records:
    """Records by their number, kept in a file and read from it again at each question."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._places: list[int] = []
        self._end = 0

    def append(self, record: Record) -> None:
        """Adds a record. Not to be called again after the first was read."""
        self._places.append(self._end)
        self._end += self._stream.write(packed(record) + b"\n")

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number: int) -> Record:
        self._stream.seek(self._places[number])
        return unpacked(self._stream.readline())


class _Batch:
    """The records of a run and what each learns from the others and from the archive.

    In families a record is called `+` and its number, a release of the archive by its slug.
    """

    def __init__(self, records: _Records, archive: _Archive) -> None:
        self._records = records
        self._archive = archive
        self._orders: dict[str, set[str]] = {}
        self._versions: dict[str, list[tuple[str, float]]] = {}
        bodies: dict[str, int] = {}
        for number in range(len(records)):
            record = records[number]
            if record.refused:
                continue
            bodies[f"+{number}"] = number
            self._learn(record.publisher, record.date, record.date_as_written)
        for publisher, date, written in archive.facts.values():
            self._learn(publisher, date, written)

        def body(name: str) -> str:
            return records[bodies[name]].body if name in bodies else archive.bodies[name]

        for pair in families.pairs_of([*bodies, *archive.bodies], body):
            self._versions.setdefault(pair.first, []).append((pair.second, pair.containment))
            self._versions.setdefault(pair.second, []).append((pair.first, pair.containment))

    def __len__(self) -> int:
        return len(self._records)

    def _learn(self, publisher: str, date: str, written: str) -> None:
        """In which order a publisher writes day and month, where a date of its own shows it."""
        for stated in date_mentions.find(written, "en") if publisher and date else ():
            if stated.numeric and stated.order in ("dmy", "mdy"):
                self._orders.setdefault(publisher, set()).add(stated.order)

    def dated(self, number: int) -> Record:
        """A record, its date settled where only the order of day and month was open and its publisher writes them in one order."""
        record = self._records[number]
        orders = self._orders.get(record.publisher, set())
        if len(record.readings) != 2 or len(orders) != 1:
            return record
        date = record.readings[0 if orders == {"dmy"} else 1]
        return replace(
            record, date=date, readings=(), review=tuple(ask for ask in record.review if ask.field != "date")
        )

    def record(self, number: int) -> Record:
        """A dated record with its versions, the nearest first; their dates stand as hints in its question about the date."""
        record = self.dated(number)
        versions, hints = [], []
        for other, share in sorted(self._versions.get(f"+{number}", ()), key=lambda pair: (-pair[1], pair[0])):
            name, date = self._named(other)
            versions.append(Version(name, share))
            if date:
                hints.append(
                    f"the same text ({share:.0%} of the shorter one's three-word sequences) is dated {date} in {name}"
                )
        review = tuple(_with_hints(ask, hints) if ask.field == "date" else ask for ask in record.review)
        return replace(record, versions=tuple(versions), review=review)

    def _named(self, other: str) -> tuple[str, str]:
        """What another text of a family is called, its source in this run or its slug in the archive, and its date (EDTF)."""
        if not other.startswith("+"):
            return other, self._archive.facts[other][1]
        record = self._records[int(other[1:])]
        return record.source, record.date

    def slugs(self, number: int, paths: dict[int, PurePosixPath]) -> set[str]:
        """The slugs of a record's versions, of which those in this run have `paths`; a version without a file has none."""
        out = set()
        for other, _ in self._versions.get(f"+{number}", ()):
            if not other.startswith("+"):
                out.add(other)
            elif int(other[1:]) in paths:
                out.add(paths[int(other[1:])].stem)
        return out


def _with_hints(ask: Question, hints: Sequence[str]) -> Question:
    return replace(ask, evidence="; ".join([*([ask.evidence] if ask.evidence else []), *hints]))


def _paths(batch: _Batch, archive: _Archive) -> tuple[dict[int, PurePosixPath], dict[int, str]]:
    """By the records' numbers: the paths of the files to be written, and the slugs of those that are there already. What was refused
    has neither."""
    taken = set(archive.names)
    known = dict(archive.imported)
    paths: dict[int, PurePosixPath] = {}
    repeated: dict[int, str] = {}
    for number in range(len(batch)):
        record = batch.dated(number)
        if record.refused:
            continue
        if record.sha256 in known:
            repeated[number] = known[record.sha256]
            continue
        paths[number] = draft_file.free(draft_file.path(record), taken)
        taken.add(draft_file.folded(paths[number].name))
        known[record.sha256] = paths[number].stem
    return paths, repeated
