"""The ledger while a build works with it: what has to be made again, what was made, and how it is kept."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from onrecord.digests import DIGEST
from onrecord.ledger.columns import (
    SPARE,
    Rows,
    Stamp,
    WrittenFile,
    WrittenFolder,
    decoded_texts,
    numbers_of,
    stamps_of,
)
from onrecord.ledger.kept import Damaged, Head, KeptFile, MakerHead, Writer
from onrecord.ledger.questions import Questions

if TYPE_CHECKING:
    from onrecord.reader import QuestionKey, Reader, Trace


class Products:
    """Outputs that were made together, in columns, those of one file each and then the folders; they may be sent to another process."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.read_ends: array[int] = array("I")
        self.reads: array[int] = array("I")
        self.sha256: list[bytes] = []
        self.sizes: array[int] = array("Q")
        self.mtimes: array[int] = array("q")
        self.folders: dict[str, WrittenFolder] = {}

    def add_file(self, path: str, reads: array[int], sha256: bytes, size: int, mtime_ns: int) -> None:
        """An output of one file: its path, the numbers of the questions its maker asked, and the file as it was written."""
        self.paths.append(path)
        self.reads.extend(reads)
        self.read_ends.append(len(self.reads))
        self.sha256.append(sha256)
        self.sizes.append(size)
        self.mtimes.append(mtime_ns)

    def add_folder(self, path: str, entry: WrittenFolder) -> None:
        """An output that is a folder."""
        self.folders[path] = entry


class MakerList(Struct, frozen=True):
    """A maker as the ledger needs it: its name, the version of its files (its code, its template, its locale), the version of the list of
    its outputs, and what lists these as (path, subject)."""

    name: str
    version: bytes
    listing: bytes
    outputs: Callable[[Reader], Iterable[tuple[str, tuple[str, ...]]]]


class Ledger:
    """The ledger of one output folder, while a build works with it.

    `inputs` is a digest of everything the last build was made from; `summary` are the numbers it told the user; `others` are the files that
    follow from the list of all outputs (manifest, sitemap, catalogue); `sitemap` is what the sitemap was made from beside that list, and
    its files; `data` has by path what each file of `data/` was put together from (`dataset.PlannedFile.key`), `lists` a digest of what each
    list of releases was. `mark` tells the file it was read from; it is empty where there was none.
    """

    def __init__(self, head: Head | None = None, sections: Iterable[Sequence[bytes]] = (), mark: bytes = b"") -> None:
        head = head or Head()
        remaining = iter(sections)
        self.mark = mark
        self.inputs = head.inputs
        self.summary = head.summary
        self.sitemap = head.sitemap
        self.data = head.data or {}
        self.lists = head.lists or {}
        self.others = {path: WrittenFile(*file) for path, file in (head.others or {}).items()}
        self.relisted = False
        self._state = head.state
        self._compact = head.compact
        self._rows = {
            maker.name: Rows(maker.version, maker.listing, maker.listing_reads, maker.folders, columns)
            for maker, columns in zip(head.makers, remaining, strict=False)
        }
        self.questions = Questions((name for name, _ in head.questions), remaining)
        self._to_make: dict[str, tuple[Rows, int]] = {}
        self._before: dict[str, str] = {}
        self._new: list[tuple[Rows, int]] = []

    def __bool__(self) -> bool:
        return any(rows.paths for rows in self._rows.values())

    # ---- what the site has -----------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many outputs there are."""
        return sum(len(rows.paths) for rows in self._rows.values())

    def paths(self) -> Iterator[str]:
        """The paths of all outputs, in the order of the makers and of their lists."""
        return chain.from_iterable(rows.paths for rows in self._rows.values())

    def outputs_of(self, maker: str) -> Iterator[tuple[str, bytes]]:
        """The outputs of a maker by path, each with what the maker returned with its files."""
        rows = self._rows.get(maker)
        for row, path in enumerate(rows.paths if rows else ()):
            folder = rows.folders.get(row) if rows else None
            yield path, folder[1] if folder else b""

    def files(self) -> Iterator[tuple[str, WrittenFile]]:
        """Every file of the site, by path."""
        return chain(self.others.items(), *(self.files_of(maker) for maker in self._rows))

    def file(self, path: str) -> WrittenFile | None:
        """The output of one file at a path; None where there is none."""
        rows = next((rows for rows in self._rows.values() if path in rows.paths), None)
        return dict(rows.files(rows.paths.index(path))).get(path) if rows else None

    def files_of(self, maker: str) -> Iterator[tuple[str, WrittenFile]]:
        """The files of a maker's outputs, by path."""
        rows = self._rows[maker]
        return chain.from_iterable(map(rows.files, range(len(rows.paths))))

    def new_files(self) -> Iterator[tuple[str, str, int, int]]:
        """The files of all outputs that this build has made, as (path, SHA-256 in hexadecimal, size, time of change in ns)."""
        for rows, row in self._new:
            if row in rows.folders:
                for path, sha256, size, mtime in rows.folders[row][0]:
                    yield path, sha256.hex(), size, mtime
            else:
                yield rows.paths[row], rows.sha256(row).hex(), rows.sizes[row], rows.mtimes[row]

    def kept(self) -> dict[str, str]:
        """The files of all outputs that this build need not make: path → SHA-256, hexadecimal."""
        files: dict[str, str] = {}
        if len(self._to_make) == self.count:
            return files
        for rows in self._rows.values():
            files.update(rows.keys())
        for path, (rows, row) in self._to_make.items():
            for name in [name for name, _ in rows.files(row)] if row in rows.folders else [path]:
                files.pop(name, None)
        return files

    def gone(self) -> dict[str, str]:
        """The files of the last build that no output has any more, once all are made: path → SHA-256, hexadecimal."""
        written = {path for path, *_ in self.new_files()}
        return {path: sha256 for path, sha256 in self._before.items() if path not in written}

    # ---- what this build has to make ---------------------------------------------------------------------------------------------

    def plan(
        self,
        makers: Iterable[MakerList],
        reader: Reader,
        differing: Mapping[str, Stamp | None],
        same_bytes: Callable[[str, bytes], bool],
    ) -> list[tuple[str, str, tuple[str, ...]]]:
        """The outputs that have to be made, as (path, maker, subject): those that are new, whose maker is of another version, that asked
        a question which is answered otherwise now, and those whose files are not as they were written.

        `differing` has the files whose size or time is another than `stamps` gives, with what it is now, or None where the file is not
        there; where only a file's time is another, as in a site that was unpacked from somewhere, `same_bytes` is asked whether it has a
        certain SHA-256. From here on the ledger holds the outputs of these makers and no others.
        """
        changed = self.changed(reader)
        before, self._rows = self._rows, {}
        due = []
        for maker in makers:
            rows = before.get(maker.name)
            unknown: set[int] = set()
            outputs: list[tuple[str, tuple[str, ...]]] = []
            if rows is None or rows.listing != maker.listing or not changed.isdisjoint(rows.listing_reads):
                outputs, reads = reader.traced(lambda maker=maker: list(maker.outputs(reader)))  # type: ignore[misc]
                version = rows.version if rows else maker.version
                paths = rows.paths if rows else []
                old = rows or Rows()
                rows, unknown = old.relisted(outputs)
                # An output of the same path but another subject, a part of the search index, may have had files that it has no more.
                known = {path for row, path in enumerate(rows.paths) if row not in unknown}
                self._before |= old.keys_but(known)
                rows.version, rows.listing = version, maker.listing
                rows.listing_reads = self._noted(reader, [reader.key(number) for number in reads])
                self.relisted = self.relisted or rows.paths != paths
            self._rows[maker.name] = rows
            if rows.version != maker.version:
                rows.version = maker.version
                again: Iterable[int] = range(len(rows.paths))
            else:
                again = sorted({*unknown, *rows.reads.having(changed), *rows.stale(differing, same_bytes)})
            for row in again:
                path = rows.paths[row]
                self._to_make[path] = rows, row
                due.append((path, maker.name, outputs[row][1] if outputs else rows.subject(row)))
                if row not in unknown:
                    self._before.update((name, file.sha256.hex()) for name, file in rows.files(row))
        for name in before.keys() - self._rows.keys():
            self.relisted = True
            self._before.update(before[name].keys())
        return due

    def everything(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """All outputs, as if none could be kept."""
        self._to_make = {path: (rows, row) for rows in self._rows.values() for row, path in enumerate(rows.paths)}
        return [
            (path, maker, rows.subject(row))
            for maker, rows in self._rows.items()
            for row, path in enumerate(rows.paths)
        ]

    def add(self, products: Products, numbers: Sequence[int]) -> None:
        """Notes outputs that this build has made; `numbers` holds the ledger's number of each question of the Reader that they asked."""
        reads = array("I", [numbers[number] for number in products.reads])
        begin = 0
        for position, path in enumerate(products.paths):
            target = self._to_make[path]
            rows, row = target
            end = products.read_ends[position]
            rows.put(
                row, reads[begin:end], products.sha256[position], products.sizes[position], products.mtimes[position]
            )
            begin = end
            self._new.append(target)
        for path, entry in products.folders.items():
            rows, row = self._to_make[path]
            files = tuple((name, file.sha256, file.size, file.mtime_ns) for name, file in entry.files)
            rows.put_folder(row, array("I", [numbers[number] for number in entry.reads]), (files, entry.result))
            self._new.append((rows, row))

    # ---- what has changed ---------------------------------------------------------------------------------------------------

    def changed(self, reader: Reader) -> frozenset[int]:
        """The numbers of the questions that are answered otherwise now; their new answers are noted.

        What is answered from the archive itself is compared, and where only texts have changed, their digests alone; a question that was
        answered from others is worked out anew only where one of these has changed.
        """
        questions = self.questions
        first = len(questions.added)
        state = reader.state()
        found, singles = questions.roots(reader.digests, ("text_digest",) if state == self._state else None)
        self._state = state
        changed = {*found, *(number for number, key in singles if not self._same_answer(number, key, reader))}
        reached = set(changed)
        waiting = frozenset(changed)
        while waiting:
            waiting = frozenset(questions.answered_from(waiting)) - reached
            reached |= waiting
        settled = set(changed)
        for number in sorted(reached):
            stack = [number]
            while stack:
                top = stack[-1]
                if top in settled:
                    stack.pop()
                    continue
                dependencies = questions.dependencies(top)
                before = [
                    dependency for dependency in dependencies if dependency in reached and dependency not in settled
                ]
                if before:
                    stack += before
                    continue
                stack.pop()
                settled.add(top)
                if not changed.isdisjoint(dependencies) and not self._same_answer(top, questions.key(top), reader):
                    changed.add(top)
        self._note_added(reader, first)
        changed.update(questions.added[first:])
        return frozenset(changed)

    def _same_answer(self, number: int, key: QuestionKey, reader: Reader) -> bool:
        """Notes the answer to a question as it is now, and what it was answered from; True where it is the same."""
        digest, dependencies = reader.answer_digest(key)
        numbers = array("I", [self.questions.number(reader.key(dependency)) for dependency in dependencies])
        self.questions.note_dependencies(number, numbers)
        return self.questions.note(number, digest)

    def _note_added(self, reader: Reader, first: int) -> None:
        """Notes the answers of the questions that were added, from one of them on; of those that are met on the way too."""
        added = self.questions.added
        while first < len(added):
            self._same_answer(added[first], self.questions.key(added[first]), reader)
            first += 1

    def _noted(self, reader: Reader, keys: Iterable[QuestionKey]) -> array[int]:
        """The numbers of questions that were asked now, noted where they are new."""
        first = len(self.questions.added)
        numbers = array("I", [self.questions.number(key) for key in keys])
        self._note_added(reader, first)
        return numbers

    def merged(self, trace: Trace, numbers: array[int]) -> None:
        """Takes a trace in; `numbers` holds the ledger's number of each question of the Reader it comes from, and grows with it."""
        questions = self.questions
        for position, key in enumerate(trace.questions):
            number = questions.number(key)
            numbers.append(number)
            questions.note(number, trace.digests[position * DIGEST : (position + 1) * DIGEST])
        for position, dependencies in enumerate(trace.dependencies):
            renumbered = array("I", [numbers[dependency] for dependency in dependencies])
            questions.note_dependencies(numbers[trace.first + position], renumbered)

    def settle(self) -> None:
        """Lets go of what only the taking in of traces needs."""
        self.questions.settle()

    # ---- kept between runs ----------------------------------------------------------------------------------------------------

    def write(self, path: Path, program: bytes) -> None:
        """Writes the ledger of a site whose outputs have all been made or kept, whole or not at all; `program` is a digest of the program
        whose questions these are. Raises OSError."""
        if not self._compact:
            self._compact = len(self.questions)
        elif len(self.questions) > SPARE * self._compact:
            self._forget_unread()
            self._compact = len(self.questions)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with open(unfinished, "wb") as stream:
                writer = Writer(stream)
                makers = tuple(
                    MakerHead(
                        name,
                        rows.version,
                        rows.listing,
                        rows.listing_reads.tobytes(),
                        rows.folders,
                        writer.add(rows.sections()),
                    )
                    for name, rows in self._rows.items()
                )
                questions = tuple((name, writer.add(sections)) for name, sections in self.questions.sections())
                others = {name: (file.sha256, file.size, file.mtime_ns) for name, file in self.others.items()}
                writer.end(
                    Head(
                        program,
                        self.inputs,
                        self._state,
                        self.summary,
                        self._compact,
                        self.sitemap,
                        self.data,
                        self.lists,
                        others,
                        makers,
                        questions,
                    )
                )
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)

    def _forget_unread(self) -> None:
        """Drops the questions that no output and no list of outputs asks any more, and numbers the others anew."""
        asked = (chain(rows.reads.numbers(), rows.listing_reads) for rows in self._rows.values())
        self.questions, new_number = self.questions.without(chain.from_iterable(asked))
        for rows in self._rows.values():
            rows.reads = rows.reads.mapped(new_number)
            rows.listing_reads = array("I", map(new_number, rows.listing_reads))


class Summary(Struct, frozen=True):
    """What is known of the last build without reading all that was kept of it: a digest of what it was made from, the numbers it told the
    user, and what tells this ledger from any other."""

    inputs: bytes = b""
    numbers: tuple[int, ...] = ()
    mark: bytes = b""


def summary(path: Path, program: bytes) -> Summary:
    """The Summary of the ledger at a path; an empty one where there is none, or that of another program."""
    try:
        with KeptFile(path) as file:
            if file.head.program == program:
                return Summary(file.head.inputs, file.head.summary, file.mark)
    except (OSError, ValueError, Damaged):
        pass
    return Summary()


def stamps(path: Path) -> tuple[bytes, dict[str, Stamp]]:
    """Size and time of every file of the site whose ledger is at a path, and the mark of that ledger; nothing where there is none. Whether
    it is damaged is for its reader to tell."""
    try:
        with KeptFile(path) as file:
            others = file.head.others or {}
            found = {name: (size, mtime_ns) for name, (_, size, mtime_ns) in others.items()}
            for maker, (paths, sizes, mtimes) in file.columns((Rows.PATHS, Rows.SIZES, Rows.MTIMES)):
                columns = decoded_texts(paths), numbers_of("Q", sizes), numbers_of("q", mtimes)
                found |= stamps_of(*columns, maker.folders)
            return file.mark, found
    except (OSError, ValueError, KeyError, IndexError, msgspec.MsgspecError, Damaged):
        return b"", {}


def read(path: Path, program: bytes) -> tuple[Ledger, str]:
    """The ledger at a path, an empty one where there is none, or that of another program; and a line for the user where there was one that
    is of no use."""
    try:
        with KeptFile(path) as file:
            if file.head.program != program:
                return Ledger(), "The program is another than that of the last build. Everything is made again."
            try:
                return Ledger(file.head, file.sections(), file.mark), ""
            except (ValueError, TypeError, msgspec.MsgspecError) as error:
                raise Damaged from error
    except Damaged:
        return Ledger(), f"What was kept in {path} is damaged. Everything is made again."
    except ValueError:
        return Ledger(), f"What was kept in {path} is damaged, or of another version. Everything is made again."
    except FileNotFoundError:
        return Ledger(), ""
    except OSError as error:
        return (
            Ledger(),
            f"What was kept in {path} cannot be read ({error.strerror or error}). Everything is made again.",
        )
