"""Documents → drafts, in the documents' order, whoever brings them: `import`, `receive` and the examination.

All documents are read before the first draft is given out, because what a later one states bears on an earlier one: versions of the
same text, the order in which a publisher writes day and month, file names that are taken. Their records and what must be known of
them wait on the disk meanwhile, so that memory does not grow with their number. Originals are only read.
"""

from __future__ import annotations

import hashlib
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from onrecord import families, read, whole_file
from onrecord.intake import draft_file, workers
from onrecord.intake.catalogue import Catalogue
from onrecord.intake.document import Record, Version
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.finished_records import FinishedRecords
from onrecord.intake.record_codec import packed, unpacked
from onrecord.intake.sender import Sender, with_answers
from onrecord.intake.source_files import Documents, NoSuchSource, documents
from onrecord.intake.workers import NotStarted, Reading
from onrecord.model import Attachment, Question, Vocabularies

__all__ = ["Documents", "Draft", "NoSuchSource", "NotStarted", "Sender", "documents", "drafts", "written"]

# Drafts that reach the disk together at most, and about so many characters of them.
_MOST_TOGETHER, _LONGEST_TOGETHER = 500, 8_000_000
# A question shows as many dates of other versions.
_MOST_HINTS = 5
_CONSENT = Question(
    "files",
    "May the original be published here? If somebody allows it, say who under “rights”. Without it the page names the file and its hash.",
)
_Orders = dict[str, set[str]]
"""In which orders ("dmy", "mdy") a publisher writes day and month."""

Progress = Callable[[int, int, Counter[str]], None]
"""(files that have been read, files there are, how often each field is asked so far)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What becomes of one document.

    `record` is what the document states and leaves open, its versions among it. `path`, below the folder of releases, and `text` are the
    file to be written, in which a sender's answers stand too; `same_text_as` are the slugs that it names. Where the document was refused
    (`record.refused`), or its bytes are in the archive or among the earlier drafts already (`repeated`: as which slug), there is no file:
    `path` is None. `written` says that the file is there, written by a run that was stopped before its end. `original` is the file that the
    draft names, which whoever writes the draft is to put there.
    """

    record: Record
    path: PurePosixPath | None = None
    text: str = ""
    same_text_as: tuple[str, ...] = ()
    repeated: str = ""
    written: bool = False
    original: Attachment | None = None


def drafts(
    sources: Sequence[tuple[str, Path]],
    releases: Path,
    vocabularies: Vocabularies,
    sender: Sender | None = None,
    jobs: int = 0,
    progress: Progress | None = None,
    *,
    finished: FinishedRecords | None = None,
    reading: Reading | None = None,
    notice: Callable[[str], object] = lambda line: None,
    kept: Callable[[Record], Attachment | None] = lambda record: None,
) -> Iterator[Draft]:
    """One Draft for each document of `sources` (name, path; see `documents`), in their order. Nothing is written.

    `releases` is the folder of the archive's releases (it need not be there yet): what it holds already is recognised, and no name in it
    is used again. `sender` is what the person who sent the documents in stated about them. `jobs` is the number of processes, 0 for as
    many as there are processors, at most 8. `progress` is called after each file. Nothing is raised for a bad document: its draft's record
    says why it is refused. Raises NotStarted where nothing can be read at all.

    With `finished` a run that was stopped goes on: what it has read is not read again, and the drafts that it has written are given out as
    they were (`Draft.written`), as though it had not been stopped. `reading` reads elsewhere than here; `notice` see workers.records.
    `kept` names the original of a record as the archive will keep it, None where it will not; a draft that names one asks about its rights.
    """
    orders: _Orders = {}
    asked: Counter[str] = Counter()
    with tempfile.TemporaryFile() as stream:
        records = _Records(stream)
        of_files = workers.records(sources, vocabularies, jobs=jobs, finished=finished, reading=reading, notice=notice)
        for read_count, of_file in of_files:
            for record in of_file:
                records.append(record)
                _add_order(orders, record.publisher, record.date, record.date_as_written)
                asked.update(question.field for question in record.review)
            if progress is not None:
                progress(read_count, len(sources), asked)
        if finished is not None:
            finished.flush()
        with _begun(releases, records.digest(), finished, orders) as (catalogue, run, written):
            for number, record in enumerate(records):
                # The name of a draft follows from title and date, which the sender may have stated.
                dated = _dated(record, orders)
                catalogue.place(number, with_answers(dated, sender, alone=len(records) == 1) if sender else dated)
            versions = _versions(records, catalogue, releases)
            for number, record in enumerate(records):
                others = versions.get(f"+{number}", [])
                draft = _draft(number, record, others, orders, records, catalogue, sender, kept)
                if draft.path is not None and finished is not None:
                    draft = replace(draft, written=str(draft.path) in written)
                    if not draft.written:
                        finished.will_write(run, str(draft.path), hashlib.sha256(draft.text.encode()).hexdigest())
                yield draft


def _draft(
    number: int,
    record: Record,
    others: Sequence[tuple[str, float]],
    orders: _Orders,
    records: _Records,
    catalogue: Catalogue,
    sender: Sender | None,
    kept: Callable[[Record], Attachment | None],
) -> Draft:
    """The draft of a record; `others` are its versions by their names (see _versions)."""
    versions = []
    for name, share in others:
        other = records[int(name)] if name[0] == "+" else Record(name, date=catalogue.release_date(name))
        versions.append((other, share))
    record = _with_versions(_dated(record, orders), versions)
    path = catalogue.draft_path(number)
    if path is None:
        return Draft(record, repeated=catalogue.repeated_slug(number))
    # A version that has no file has no slug.
    files = [catalogue.draft_path(int(name)) if name[0] == "+" else PurePosixPath(f"{name}.md") for name, _ in others]
    same = tuple(sorted({file.name.removesuffix(".md") for file in files if file is not None}))
    answered = with_answers(record, sender, alone=len(records) == 1) if sender else record
    original = kept(record)
    if original is None:
        return Draft(record, path, draft_file.text(answered, same), same)
    answered = replace(answered, review=(*answered.review, _CONSENT))
    record = replace(record, review=(*record.review, _CONSENT))
    return Draft(record, path, draft_file.text(answered, same, (original,)), same, original=original)


def written(drafts: Iterable[Draft], releases: Path) -> Iterator[Draft]:
    """The drafts as they come, each once its file, where it has one, is on the disk below the folder of releases: whole or not there.

    They are written together, the first alone and then twice as many each time, because a disk takes many in the time of one. What the
    stopped run has written stands. Raises OSError, and FileExistsError where another file is there, which is never touched; of the drafts
    that were not given out yet some may be written then.
    """
    together: list[Draft] = []
    most = 1
    length = 0
    for draft in drafts:
        together.append(draft)
        length += len(draft.text)
        if len(together) == most or length > _LONGEST_TOGETHER:
            yield from _written(together, releases)
            together, length = [], 0
            most = min(2 * most, _MOST_TOGETHER)
    yield from _written(together, releases)


def _written(together: Sequence[Draft], releases: Path) -> Sequence[Draft]:
    # What was written by a run that was killed may have left something beside it.
    whole_file.clear_all(releases, [str(draft.path) for draft in together if draft.path and draft.written])
    new = {str(draft.path): draft.text.encode() for draft in together if draft.path and not draft.written}
    whole_file.write_all(releases, new, replace=False)
    return together


@contextmanager
def _begun(
    releases: Path, digest: bytes, finished: FinishedRecords | None, orders: _Orders
) -> Iterator[tuple[Catalogue, bytes, frozenset[str]]]:
    """The archive as it was when this run began first; what the run is found by (these records, `digest`, beside this archive); and what
    it has written already. Adds the archive's orders of day and month to `orders`."""
    stopped = finished.runs() if finished is not None else []
    for run in [*stopped, b""]:
        written = finished.written(run) if finished is not None and run else {}
        of_archive: _Orders = {}
        with Catalogue() as catalogue:

            def note(publisher: str, date: str, as_written: str, of_archive: _Orders = of_archive) -> None:
                _add_order(of_archive, publisher, date, as_written)

            here = str(releases.resolve()).encode("utf-8", "surrogateescape")
            begun = hashlib.sha256(b"\0".join((catalogue.add_archive(releases, written, note), digest, here))).digest()
            if run and run != begun:
                continue
            for publisher, of_publisher in of_archive.items():
                orders.setdefault(publisher, set()).update(of_publisher)
            yield catalogue, begun, catalogue.passed
            return


class _Records:
    """Records by their number, kept in a file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._offsets = array("Q", [0])
        self._digest = hashlib.sha256()

    def append(self, record: Record) -> None:
        """Adds a record. Not to be called again after the first was read."""
        data = packed((record,))
        self._digest.update(data + b"\n")
        self._offsets.append(self._offsets[-1] + self._stream.write(data))

    def digest(self) -> bytes:
        """The digest of all of them, in their order."""
        return self._digest.digest()

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __iter__(self) -> Iterator[Record]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> Record:
        start, end = self._offsets[number : number + 2]
        self._stream.seek(start)
        return unpacked(self._stream.read(end - start))[0]


def _add_order(orders: _Orders, publisher: str, date: str, written: str) -> None:
    """Notes in which order ("dmy", "mdy") a publisher writes day and month, where a date of its own (EDTF), `written` so, shows it."""
    for mention in dates_in(written, "en") if publisher and date else ():
        if mention.numeric and mention.order in ("dmy", "mdy"):
            orders.setdefault(publisher, set()).add(mention.order)


def _dated(record: Record, orders: _Orders) -> Record:
    """A record, its date settled where only the order of day and month was open and its publisher writes them in one order."""
    order = orders.get(record.publisher, set())
    if len(record.readings) != 2 or len(order) != 1:
        return record
    date = record.readings[0 if order == {"dmy"} else 1]
    review = tuple(question for question in record.review if question.field != "date")
    return replace(record, date=date, readings=(), review=review)


def _versions(records: _Records, catalogue: Catalogue, releases: Path) -> dict[str, list[tuple[str, float]]]:
    """The other versions of a text, the nearest first: names and containments by name. A release of the archive is named by its slug, a
    record by `+` and its number."""

    def body(name: str) -> str:
        if name[0] == "+":
            return records[int(name)].body
        # It may have been taken away since.
        try:
            return read.split(read.text_of((releases / catalogue.release_file(name)).read_bytes()))[1]
        except (OSError, read.Unreadable):
            return ""

    names = [*catalogue.slugs_with_text(), *(f"+{number}" for number in range(len(records)))]
    pairs = families.pairs_of(names, body, disk=tempfile.TemporaryFile)
    versions: dict[str, list[tuple[str, float]]] = {}
    for pair in pairs:
        versions.setdefault(pair.first, []).append((pair.second, pair.containment))
        versions.setdefault(pair.second, []).append((pair.first, pair.containment))
    return {name: sorted(others, key=lambda other: (-other[1], other[0])) for name, others in versions.items()}


def _with_versions(record: Record, others: Sequence[tuple[Record, float]]) -> Record:
    """The record with its versions, each with the share of the shorter text; their dates stand as hints in its question about the date."""
    hints = [
        f"the same text ({share:.0%} of the shorter one's three-word sequences) is dated {version.date} in {version.source}"
        for version, share in others
        if version.date
    ]
    if len(hints) > _MOST_HINTS:
        hints[_MOST_HINTS:] = [f"{len(hints) - _MOST_HINTS:,} more have a date"]
    review = tuple(
        replace(question, evidence="; ".join(filter(None, (question.evidence, *hints))))
        if question.field == "date"
        else question
        for question in record.review
    )
    return replace(record, versions=tuple(Version(version.source, share) for version, share in others), review=review)
