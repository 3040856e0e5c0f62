"""The published tables: what the columns of each hold, and the row of each release, paragraph, quotation, figure and term.

The columns of what a record says come from `schema.FIELDS`, in its order and with its words of help: a new field is a new column. What
nobody has stated is an empty cell. A date keeps its own form (EDTF) and has beside it the first and the last day that this can mean.

`ROWS` are what is read from a row's parts: Released, Passage, Quoted, Reported, Vocable, Issuer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from onrecord import dates, routes, tabular
from onrecord.dates import Date
from onrecord.model import Body, Figure, Quotation, Release, Term
from onrecord.schema import BY_KEY, FIELDS, Field

Cell = str | int | float
CellType = Literal["text", "whole number", "number", "day"]

_TYPES: dict[str, CellType] = {"number": "whole number", "amount": "number", "day": "day"}
_COUNTED = ("quotations", "figures", "files", "corrections")
"""Types of which a release's row has how many there are."""
_PATTERNS = {"language": "[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", "sha256": "[0-9a-f]{64}"}
_MAY_BE_NOT_STATED = ("publisher", "speaker")
"""What every record has an answer to, which may be “not stated”: then the cell is empty."""
_NOT_PUBLISHED = ("draft", "withdrawn")
"""What no row has as its status."""


class Column(Struct, frozen=True):
    """A column: its name, the type of its cells, what they mean, and its cell of a row. `needed`: no cell is empty; `choices`: each cell
    is one of these; `pattern`: each is matched by this as a whole, in a form that XML Schema's and Python's regular expressions share;
    `many`: several values in a cell, as `tabular.joined` has them."""

    name: str
    type: CellType
    help: str
    cell: Callable[[Any], Cell]
    needed: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    many: bool = False


class Table(Struct, frozen=True):
    """A table: its name, what it holds, its columns, those of them that name a row, and (column, table, column) where a cell names a row
    of another table."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()

    def row(self, of: object) -> list[Cell]:
        """The cells of a row."""
        return [column.cell(of) for column in self.columns]

    @property
    def head(self) -> bytes:
        """The header row, as it stands in the file."""
        return tabular.write([[column.name for column in self.columns]])


class Addresses(Struct, frozen=True):
    """How the tables write an address: whole where the archive has a base URL, else as the path from the top of the site."""

    base_url: str

    def of(self, path: str) -> str:
        """The address of a path below the top of the site."""
        return routes.address(self.base_url, path)


# ---- what rows are made of -------------------------------------------------------------------------------------------------------


class Released(NamedTuple):
    """A row of `releases`: the release, and the address of its page."""

    release: Release
    address: str

    def value(self, key: str) -> object:
        """What the record says under a key."""
        return self.release.value(key)


class Passage(NamedTuple):
    """A row of `paragraphs`: `page` is the address of the page, `number` (`3`, or `3.1` for an item or a row) that of the words on it."""

    release: Release
    page: str
    number: str
    text: str

    @property
    def paragraph(self) -> int:
        """The number of the paragraph, or of the one before the item or row."""
        return int(self.number.partition(".")[0])

    @property
    def part(self) -> int:
        """The place of the item or row behind that paragraph; 0 for the paragraph itself."""
        return int(self.number.partition(".")[2] or 0)

    @property
    def address(self) -> str:
        """The place of the words on the page."""
        return f"{self.page}#p{self.number}"


class Quoted(NamedTuple):
    """A row of `quotations`: `page` is the address of the page, `number` counts from 1."""

    release: Release
    page: str
    number: int
    quotation: Quotation

    def value(self, key: str) -> object:
        """What the quotation says under a key."""
        return getattr(self.quotation, key)

    @property
    def address(self) -> str:
        """The place of its paragraph, item or row, else the page."""
        return f"{self.page}#p{self.quotation.passage}" if self.quotation.passage else self.page


class Reported(NamedTuple):
    """A row of `figures`: `page` is the address of the page, `number` counts from 1."""

    release: Release
    page: str
    number: int
    figure: Figure

    def value(self, key: str) -> object:
        """What the figure says under a key; a place as its label."""
        value: object = getattr(self.figure, key)
        if key == "place" and value:
            return next((term.label for term in self.release.places if term.slug == value), "")
        if key == "as_of":
            return dates.checked(self.figure.as_of) if self.figure.as_of else None
        return value

    @property
    def address(self) -> str:
        """Its place on the page."""
        return f"{self.page}#p{self.figure.passage}" if self.figure.passage else f"{self.page}#f{self.number}"


class Vocable(NamedTuple):
    """A row of `topics`, `places` or `names`: an entry of a vocabulary, its page (empty where it has none), and how often it occurs."""

    term: Term
    address: str
    releases: int
    inside: int = 0
    quotations: int = 0


class Issuer(NamedTuple):
    """A row of `publishers`."""

    label: str
    slug: str
    address: str
    releases: int


# ---- columns -----------------------------------------------------------------------------------------------------------------------


def _text(value: object) -> Cell:
    """A value as a cell; what is not stated as an empty one."""
    if value.__class__ is str:
        return value
    match value:
        case None:
            return ""
        case Date():
            return value.edtf
        case Body():
            return "\n\n".join(value.paragraphs)
        case Term():
            return value.label
        case tuple():
            return tabular.joined(str(_text(each)) for each in value)
        case int() | float():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no form as a cell")


def _of_fields(fields: Iterable[Field]) -> Iterator[Column]:
    """The columns of what a record, a quotation or a figure says under these keys."""
    for field in fields:
        if field.type == "questions":
            # What is published leaves none open.
            continue
        if field.type == "date":
            yield from _date(field)
        elif field.type == "origin":
            for part in field.fields:
                column = _plain(part)
                yield replace(column, name=f"{field.key}_{part.key}", cell=_part_of(field.key, part.key))
        elif field.type in _COUNTED:
            yield Column(field.key, "whole number", _help(field), _length_of(field.key), needed=True)
        else:
            yield _plain(field)


def _plain(field: Field) -> Column:
    key = field.key

    def cell(row: Any) -> Cell:
        return _text(row.value(key))

    return Column(
        key,
        _TYPES.get(field.type, "text"),
        _help(field),
        cell,
        field.needed and key not in _MAY_BE_NOT_STATED,
        tuple(choice for choice in field.choices if choice not in _NOT_PUBLISHED),
        _PATTERNS.get(field.type, ""),
        field.type in ("terms", "slugs"),
    )


def _date(field: Field) -> Iterator[Column]:
    key = field.key

    def edge(last: bool) -> Callable[[Any], Cell]:
        def cell(row: Any) -> Cell:
            date = row.value(key)
            day = (date.latest if last else date.earliest) if date else None
            return day.isoformat() if day else ""

        return cell

    yield _plain(field)
    yield Column(f"{key}_earliest", "day", EARLIEST, edge(False))
    yield Column(f"{key}_latest", "day", LATEST, edge(True))


EARLIEST = (
    "The first day that this date can mean as it is written; empty where it leaves the year open, or the beginning. “About” and "
    "“uncertain” widen nothing."
)
LATEST = "The last day that this date can mean as it is written; empty where it leaves the year open, or the end."


def _help(field: Field) -> str:
    return field.published or field.help


def _length_of(key: str) -> Callable[[Any], Cell]:
    return lambda row: len(row.value(key))


def _part_of(key: str, part: str) -> Callable[[Any], Cell]:
    return lambda row: _text(getattr(row.value(key), part))


def _slug(meaning: str) -> Column:
    return Column("slug", "text", meaning, lambda row: row.release.slug, needed=True)


_OF_RELEASE = _slug("The release: a row of `releases.csv`.")
_NUMBER = Column(
    "number", "whole number", "Its place among those of the release, from 1.", lambda row: row.number, True
)
_EXTENT = Column(
    "extent",
    "text",
    "Whose words these are: `full` and `excerpt` the publisher’s, `abstract` the archive’s own.",
    lambda row: row.release.extent,
    needed=True,
    choices=BY_KEY["extent"].choices,
)

RELEASES = Table(
    "releases",
    "One row for each release: what its record says.",
    (
        _slug("What tells the release from all others; the end of its address."),
        Column("address", "text", "The address of its page.", lambda row: row.address, needed=True),
        *_of_fields(FIELDS),
        Column(
            "paragraphs",
            "whole number",
            "How many paragraphs its text has; they are the rows of `paragraphs.csv` whose part is 0.",
            lambda row: len(row.release.text.body.paragraphs),
            needed=True,
        ),
    ),
    ("slug",),
    (("publisher", "publishers", "label"),),
)
PARAGRAPHS = Table(
    "paragraphs",
    "One row for each paragraph of a text, each item of a list and each row of a table, without its markup.",
    (
        _OF_RELEASE,
        Column(
            "paragraph",
            "whole number",
            "The number of the paragraph on the page, from 1; of an item or a row that of the paragraph before it, 0 where none is.",
            lambda row: row.paragraph,
            needed=True,
        ),
        Column(
            "part",
            "whole number",
            "0 for the paragraph itself; for an item or a row its place behind that paragraph, from 1.",
            lambda row: row.part,
            needed=True,
        ),
        Column("address", "text", "The address of these words.", lambda row: row.address, needed=True),
        _EXTENT,
        Column("text", "text", "The words.", lambda row: row.text),
    ),
    ("slug", "paragraph", "part"),
    (("slug", "releases", "slug"),),
)
QUOTATIONS = Table(
    "quotations",
    "One row for each quotation that a record names with its speaker.",
    (
        _OF_RELEASE,
        _NUMBER,
        Column(
            "address", "text", "The address of its paragraph, else of the page.", lambda row: row.address, needed=True
        ),
        *_of_fields(BY_KEY["quotations"].fields),
        Column(
            "name",
            "text",
            "The slug of the speaker in `names.csv`, where there is one.",
            lambda row: row.quotation.name,
        ),
    ),
    ("slug", "number"),
    (("slug", "releases", "slug"), ("name", "names", "slug")),
)
FIGURES = Table(
    "figures",
    "One row for each reported number: as printed, what it counts, who reports it.",
    (
        _OF_RELEASE,
        _NUMBER,
        Column("address", "text", "The address of its place on the page.", lambda row: row.address, needed=True),
        *_of_fields(BY_KEY["figures"].fields),
        Column(
            "name",
            "text",
            "The slug of who reports it in `names.csv`, where there is one.",
            lambda row: row.figure.name,
        ),
    ),
    ("slug", "number"),
    (("slug", "releases", "slug"), ("name", "names", "slug"), ("place", "places", "label")),
)


def _vocabulary(*others: Column) -> tuple[Column, ...]:
    """The columns of a vocabulary, with some of its own."""
    return (
        Column("slug", "text", "What tells it from all others.", lambda row: row.term.slug, needed=True),
        Column("label", "text", "What it is called in this archive.", lambda row: row.term.label, needed=True),
        Column("address", "text", "The address of its page; empty where it has none.", lambda row: row.address),
        *others,
        Column(
            "aliases",
            "text",
            "Other words for it.",
            lambda row: tabular.joined(filter(None, row.term.aliases)),
            many=True,
        ),
        Column(
            "translations",
            "text",
            "What it is called in other languages: a language tag, a blank, the label.",
            lambda row: tabular.joined(f"{language} {label}" for language, label in row.term.translations),
            many=True,
        ),
        Column("description", "text", "What is meant, in the archive’s own words.", lambda row: row.term.description),
        Column(
            "descriptions",
            "text",
            "The same in other languages: a language tag, a blank, the description.",
            lambda row: tabular.joined(f"{language} {text}" for language, text in row.term.descriptions),
            many=True,
        ),
        Column(
            "same_as",
            "text",
            "Addresses of the same thing at authorities, such as Wikidata.",
            lambda row: tabular.joined(row.term.same_as),
            many=True,
        ),
        Column("releases", "whole number", "How many releases name it.", lambda row: row.releases, needed=True),
        Column(
            "sort_name",
            "text",
            "The form of the label that an index files it under, where somebody gave one.",
            lambda row: row.term.sort_name,
        ),
    )


_TYPE = Column("type", "text", "What it is: a person, an organization, a country, a city.", lambda row: row.term.type)
TOPICS = Table("topics", "One row for each topic.", _vocabulary(), ("slug",))
PLACES = Table(
    "places",
    "One row for each place.",
    (
        *_vocabulary(
            _TYPE,
            Column(
                "lat",
                "number",
                "Latitude, WGS 84, decimal degrees.",
                lambda row: "" if row.term.lat is None else row.term.lat,
            ),
            Column(
                "lon",
                "number",
                "Longitude, WGS 84, decimal degrees.",
                lambda row: "" if row.term.lon is None else row.term.lon,
            ),
            Column("within", "text", "The slug of the place that it lies in.", lambda row: row.term.within),
        ),
        Column(
            "releases_within",
            "whole number",
            "How many releases name a place that lies in it, and not it itself.",
            lambda row: row.inside,
            needed=True,
        ),
    ),
    ("slug",),
    (("within", "", "slug"),),
)
NAMES = Table(
    "names",
    "One row for each person and organization that a release names.",
    (
        *_vocabulary(_TYPE),
        Column("quotations", "whole number", "How often it is quoted.", lambda row: row.quotations, needed=True),
    ),
    ("slug",),
)
PUBLISHERS = Table(
    "publishers",
    "One row for each publisher that is stated.",
    (
        Column("slug", "text", "What tells it from all others.", lambda row: row.slug, needed=True),
        Column("label", "text", "Its name, as the records have it.", lambda row: row.label, needed=True),
        Column("address", "text", "The address of its page.", lambda row: row.address, needed=True),
        Column("releases", "whole number", "How many releases it published.", lambda row: row.releases, needed=True),
    ),
    ("slug",),
)
TABLES = (RELEASES, PARAGRAPHS, QUOTATIONS, FIGURES, TOPICS, PLACES, NAMES, PUBLISHERS)


def stated(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """In how many of the rows each column is not empty."""
    if not rows:
        return (0,) * len(columns)
    return tuple(len(rows) - cells.count("") for cells in zip(*rows, strict=True))


def phrases() -> frozenset[str]:
    """Every English phrase of the tables, for whoever puts them into another language."""
    return frozenset(
        phrase
        for table in TABLES
        for phrase in (
            table.help,
            *(column.help for column in table.columns),
            *(column.type for column in table.columns),
        )
    )
