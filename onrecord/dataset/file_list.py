"""The files of `data/`, a row each: the one list that the build, the data page and the description of the package go by."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from onrecord import columns
from onrecord.columns import Table

PACKED = "gz"
"""What stands behind the address of a packed file."""
PACKED_MEDIA = "application/gzip"


class DataFileWritten(msgspec.Struct, frozen=True):
    """A file of `data/` as it was written: `name` is that in FILES, `path` its path on the site; `rows` and `stated` (in how many of them
    each column is not empty) are those of a table, 0 and empty for other files. `years` are the first and the last year that its releases
    state; `part` says of which years a part of a long file is, empty where the file is whole. `unpacked` is how many bytes a packed file
    unpacks to, 0 where it is not packed."""

    name: str
    path: str
    bytes: int
    sha256: str
    rows: int = 0
    stated: tuple[int, ...] = ()
    years: tuple[str, ...] = ()
    part: str = ""
    unpacked: int = 0


class DataFile(Struct, frozen=True):
    """A kind of file in `data/`: its name without and with what is behind the point, its media type, and what it holds.

    `table` is what its rows are, of a CSV file. `is_elsewhere` says that it is not put together from pieces but is one of the site's other
    files: it is listed where there is one of its name.
    """

    stem: str
    ending: str
    media: str
    help: str
    table: Table | None = None
    is_elsewhere: bool = False

    @property
    def name(self) -> str:
        """What it is called where it is one file."""
        return f"{self.stem}.{self.ending}"

    @property
    def head(self) -> bytes:
        """What stands before its first piece, unpacked."""
        return self.table.head if self.table else b""

    def written(self, path: str, size: int, sha256: str) -> DataFileWritten:
        """The file as another maker has written it."""
        return DataFileWritten(self.name, path, size, sha256)


def _table(table: Table) -> DataFile:
    return DataFile(table.name, "csv", "text/csv", table.help, table)


CITATIONS = "The citations of all releases, for reference managers:"

FILES = (
    _table(columns.RELEASES),
    DataFile(
        "releases",
        "jsonl",
        "application/jsonl",
        "One line for each release: all of its record as JSON. The words of its text are in `paragraphs.csv`.",
    ),
    _table(columns.PARAGRAPHS),
    _table(columns.QUOTATIONS),
    _table(columns.FIGURES),
    _table(columns.TOPICS),
    _table(columns.PLACES),
    _table(columns.NAMES),
    _table(columns.PUBLISHERS),
    DataFile("archive", "bib", "application/x-bibtex", f"{CITATIONS} BibTeX.", is_elsewhere=True),
    DataFile("archive", "ris", "application/x-research-info-systems", f"{CITATIONS} RIS.", is_elsewhere=True),
    DataFile(
        "archive",
        "csl.json",
        "application/vnd.citationstyles.csl+json",
        f"{CITATIONS} CSL-JSON.",
        is_elsewhere=True,
    ),
    DataFile(
        "vocabularies",
        "ttl",
        "text/turtle",
        "Topics, places and names with their other words, translations and identifiers, as SKOS.",
        is_elsewhere=True,
    ),
)
"""In the order in which they are listed. A file that stands elsewhere in the program needs a row here and nothing else."""
BY_NAME = {file.name: file for file in FILES}


def made_elsewhere() -> tuple[DataFile, ...]:
    """Those of the list that are files of the site like others."""
    return tuple(file for file in FILES if file.is_elsewhere)


def in_order(written: Iterable[DataFileWritten]) -> list[DataFileWritten]:
    """Files in the order of the list; the parts of one stay in theirs."""
    order = {file.name: place for place, file in enumerate(FILES)}
    return sorted(written, key=lambda file: order[file.name])


def phrases() -> frozenset[str]:
    """Every English phrase of the list, for whoever puts it into another language."""
    return columns.phrases() | {file.help for file in FILES}
