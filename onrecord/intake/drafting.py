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
from onrecord.intake import draft_file, workers
from onrecord.intake.answers import value_of
from onrecord.intake.document import Record, Version
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.record_codec import packed, unpacked
from onrecord.intake.sender import Sender, with_answers
from onrecord.model import Table, Vocabularies

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
            entries = _walked(path, passed)
        elif path.exists():
            entries = iter([(path.name, path)])
        else:
            raise NoSuchSource(f"There is no file or folder “{text}”.")
        for short, file in entries:
            name = file.as_posix() if short in files else short
            files[name] = file
            out.append((name, file))
    return Documents(tuple(out), tuple(passed))


def _walked(top: Path, passed: list[str]) -> Iterator[tuple[str, Path]]:
    """Name and path of the documents below a folder; the others' names are added to `passed`."""
    for folder, subfolders, names in os.walk(top):
        hidden = sorted(name for name in subfolders if name.startswith("."))
        passed += [f"{(Path(folder) / name).relative_to(top).as_posix()}/" for name in hidden]
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
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
    # By the slugs of the archive's releases; by `+` and their numbers for the documents of this run.
    outlines = dict(archive.outlines)
    with tempfile.TemporaryFile() as stream:
        records = _Records(stream)
        orders = archive.orders
        for read_count, of_file in enumerate(workers.records(sources, vocabularies, jobs=jobs), start=1):
            for record in of_file:
                outlines[f"+{len(records)}"] = _RecordOutline(record.source, record.date, not record.refused)
                records.append(record)
                _add_order(orders, record.publisher, record.date, record.date_as_written)
            if progress is not None:
                progress(read_count, len(sources))
        paths, repeated = _paths((_dated(record, orders) for record in records), archive)
        versions = _versions(outlines, records, archive)
        for number, record in enumerate(records):
            others = versions.get(f"+{number}", [])
            record = _with_versions(_dated(record, orders), [(outlines[name], share) for name, share in others])
            if number not in paths:
                yield Draft(record, repeated=repeated.get(number, ""))
                continue
            # A version that has no file has no slug.
            slugs = {name: paths[int(name)].stem if int(name) in paths else "" for name, _ in others if name[0] == "+"}
            same = tuple(sorted(filter(None, (slugs.get(name, name) for name, _ in others))))
            answered = with_answers(record, sender, alone=len(records) == 1) if sender else record
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
class _RecordOutline:
    """What the others need to know of a record, or of a release of the archive, whose `source` is its slug. `has_text` is false where
    there is no text that could be a version of another."""

    source: str
    date: str
    has_text: bool


@dataclass(frozen=True, slots=True)
class _Archive:
    """What is in the archive already: the outlines and the files of its releases by slug, slugs by the SHA-256 of what they were made
    from, file names (folded), and the orders in which its publishers write day and month (see _add_order)."""

    outlines: dict[str, _RecordOutline]
    files: dict[str, Path]
    imported: dict[str, str]
    names: frozenset[str]
    orders: dict[str, set[str]]

    @classmethod
    def read(cls, releases: Path) -> _Archive:
        """The releases below a folder. Broken ones still count by their names."""
        outlines: dict[str, _RecordOutline] = {}
        files: dict[str, Path] = {}
        imported: dict[str, str] = {}
        orders: dict[str, set[str]] = {}
        paths = sorted(releases.rglob("*.md")) if releases.is_dir() else []
        for path in paths:
            if path.name.startswith((".", "_")):
                continue
            try:
                table, _, _ = read.split(read.text_of(path.read_bytes()))
            except read.Unreadable:
                continue
            date = value_of(table, "date")
            _add_order(orders, value_of(table, "publisher"), date, value_of(table, "date_as_written"))
            outlines[path.stem] = _RecordOutline(path.stem, date, value_of(table, "extent") != "abstract")
            files[path.stem] = path
            origin = table.get("source")
            digest = value_of(origin, "sha256") if isinstance(origin, Table) else ""
            if digest:
                imported[digest] = path.stem
        return cls(outlines, files, imported, frozenset(draft_file.folded(path.name) for path in paths), orders)

    def body(self, slug: str) -> str:
        """The body of a release, read again."""
        return read.split(read.text_of(self.files[slug].read_bytes()))[1]


class _Records:
    """Records by their number, kept in a file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._offsets = [0]

    def append(self, record: Record) -> None:
        """Adds a record. Not to be called again after the first was read."""
        self._offsets.append(self._offsets[-1] + self._stream.write(packed((record,))))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __iter__(self) -> Iterator[Record]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> Record:
        start, end = self._offsets[number : number + 2]
        self._stream.seek(start)
        return unpacked(self._stream.read(end - start))[0]


def _add_order(orders: dict[str, set[str]], publisher: str, date: str, written: str) -> None:
    """Notes in which order ("dmy", "mdy") a publisher writes day and month, where a date of its own (EDTF), `written` so, shows it."""
    for mention in dates_in(written, "en") if publisher and date else ():
        if mention.numeric and mention.order in ("dmy", "mdy"):
            orders.setdefault(publisher, set()).add(mention.order)


def _dated(record: Record, orders: dict[str, set[str]]) -> Record:
    """A record, its date settled where only the order of day and month was open and its publisher writes them in one order."""
    order = orders.get(record.publisher, set())
    if len(record.readings) != 2 or len(order) != 1:
        return record
    date = record.readings[0 if order == {"dmy"} else 1]
    review = tuple(question for question in record.review if question.field != "date")
    return replace(record, date=date, readings=(), review=review)


def _versions(
    outlines: dict[str, _RecordOutline], records: _Records, archive: _Archive
) -> dict[str, list[tuple[str, float]]]:
    """The other versions of a text, by the names of the outlines: their names and containments, the nearest first."""

    def body(name: str) -> str:
        return records[int(name)].body if name[0] == "+" else archive.body(name)

    names = [name for name, outline in outlines.items() if outline.has_text]
    versions: dict[str, list[tuple[str, float]]] = {}
    for pair in families.pairs_of(names, body):
        versions.setdefault(pair.first, []).append((pair.second, pair.containment))
        versions.setdefault(pair.second, []).append((pair.first, pair.containment))
    return {name: sorted(others, key=lambda other: (-other[1], other[0])) for name, others in versions.items()}


def _with_versions(record: Record, others: Sequence[tuple[_RecordOutline, float]]) -> Record:
    """The record with its versions, each with the share of the shorter text; their dates stand as hints in its question about the date."""
    hints = [
        f"the same text ({share:.0%} of the shorter one's three-word sequences) is dated {version.date} in {version.source}"
        for version, share in others
        if version.date
    ]
    review = tuple(
        replace(question, evidence="; ".join(filter(None, (question.evidence, *hints))))
        if question.field == "date"
        else question
        for question in record.review
    )
    return replace(record, versions=tuple(Version(version.source, share) for version, share in others), review=review)


def _paths(records: Iterable[Record], archive: _Archive) -> tuple[dict[int, PurePosixPath], dict[int, str]]:
    """By the records' numbers: the paths of the files to be written, and the slugs of those that are there already. What was refused
    has neither."""
    taken = set(archive.names)
    slug_of_sha256 = dict(archive.imported)
    paths: dict[int, PurePosixPath] = {}
    repeated: dict[int, str] = {}
    for number, record in enumerate(records):
        if record.refused:
            continue
        if record.sha256 in slug_of_sha256:
            repeated[number] = slug_of_sha256[record.sha256]
            continue
        paths[number] = draft_file.free(draft_file.path(record), taken)
        taken.add(draft_file.folded(paths[number].name))
        slug_of_sha256[record.sha256] = paths[number].stem
    return paths, repeated
