"""The records of a site as tables: what they are called, their columns with a word of help each, and the rows of a record.

What a record says comes from `schema.FIELDS`: a new field is a new column, or a table of its own where it has several values. What is
not stated is NULL. A date keeps its own form (EDTF) and has beside it the first and the last day that it can mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord import dates, routes
from onrecord.schema import BY_KEY, FIELDS, Field

SqlType = Literal["TEXT", "INTEGER", "NUMERIC"]
Cell = str | int | float | None
Row = tuple[Cell, ...]
Record = Mapping[str, Any]

VOCABULARIES = {"topics": "topic", "places": "place", "names": "name"}
RELATED = ("same_text_as", "translation_of", "corrects", "follows")
_TYPES: dict[str, SqlType] = {"number": "INTEGER", "amount": "NUMERIC"}
_LISTS = ("quotations", "figures", "files", "corrections")
_ELSEWHERE = frozenset([*VOCABULARIES, *RELATED, *_LISTS, "review"])
"""Keys that are no columns of `releases`: they have tables of their own; and what is published leaves no question open."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, what it means, the (table, column) whose values it has, and whether it is never NULL."""

    name: str
    type: SqlType
    help: str
    references: tuple[str, str] | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what it holds, its columns, those that tell a row from all others (the first of them alone names it, where it is
    a number), and those that a reader would filter by."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    facets: tuple[str, ...] = ()


def _of_field(field: Field, name: str = "") -> Iterator[Column]:
    """The columns of a field that has one value."""
    name = name or field.key
    help_words = field.help.replace("`", "")
    if field.type == "date":
        yield Column(name, "TEXT", help_words)
        yield Column(
            f"{name}_earliest",
            "TEXT",
            f"The first day that {name} can mean as it is written; empty where it leaves this open (ISO 8601). “About” and “uncertain” "
            "widen nothing. It is computed, and no source says it.",
        )
        yield Column(
            f"{name}_latest",
            "TEXT",
            f"The last day that {name} can mean as it is written; empty where it leaves this open (ISO 8601). “About” and “uncertain” "
            "widen nothing. It is computed, and no source says it.",
        )
    elif field.type == "origin":
        for part in field.fields:
            yield from _of_field(part, f"{name}_{part.key}")
    else:
        yield Column(name, _TYPES.get(field.type, "TEXT"), help_words)


_SLUG = Column("slug", "TEXT", "What tells it from all others; the end of its address.", needed=True)
_ID = Column("id", "INTEGER", "A number for this database, of no meaning elsewhere.", needed=True)
_RELEASE = Column("release", "TEXT", "The release (its slug).", ("releases", "slug"), needed=True)
_NUMBER = Column("number", "INTEGER", "Its place among those of the release, from 1.", needed=True)
_ADDRESS = "Its address; from the top of the site where the archive states no address of its own."


def _list(key: str, help_words: str, *more: Column) -> Table:
    """The table of a field that has several values."""
    columns: list[Column] = [_ID, _RELEASE, _NUMBER, Column("address", "TEXT", _ADDRESS)]
    for part in BY_KEY[key].fields:
        if part.type == "term":
            columns.append(Column(part.key, "TEXT", part.help.replace("`", ""), (part.vocabulary, "slug")))
        else:
            columns += _of_field(part)
    return Table(key, help_words, (*columns, *more), ("id",))


_VOCABULARY = (_SLUG, Column("label", "TEXT", "What it is called in this archive.", needed=True))
_SAME_AS = Column("same_as", "TEXT", "Addresses of the same thing at authorities such as Wikidata, as a list in JSON.")

RELEASES = Table(
    "releases",
    "One row for each release: what its record says.",
    (
        _SLUG,
        Column("address", "TEXT", _ADDRESS, needed=True),
        *(column for field in FIELDS if field.key not in _ELSEWHERE for column in _of_field(field)),
    ),
    ("slug",),
    ("publisher", "kind", "language", "extent"),
)
PARAGRAPHS = Table(
    "paragraphs",
    "One row for each paragraph of a text, each item of a list and each row of a table, without its markup. paragraphs_fts searches them.",
    (
        _ID,
        _RELEASE,
        Column(
            "number",
            "INTEGER",
            "Its number on the page, from 1; of an item or a row that of the paragraph before it.",
            needed=True,
        ),
        Column(
            "part",
            "INTEGER",
            "0 for the paragraph itself; for an item or a row its place behind that paragraph.",
            needed=True,
        ),
        Column("address", "TEXT", _ADDRESS, needed=True),
        Column("text", "TEXT", "The words.", needed=True),
    ),
    ("id",),
)
TABLES: tuple[Table, ...] = (
    Table(
        "archive",
        "What the archive says of itself, and which site this database was made of.",
        (Column("key", "TEXT", "What it is.", needed=True), Column("value", "TEXT", "What is there.")),
        ("key",),
    ),
    Table("topics", "One row for each topic that a release has.", (*_VOCABULARY, _SAME_AS), ("slug",)),
    Table(
        "places",
        "One row for each place that a release names.",
        (
            *_VOCABULARY,
            Column("lat", "NUMERIC", "Latitude, WGS 84, decimal degrees."),
            Column("lon", "NUMERIC", "Longitude, WGS 84, decimal degrees."),
            Column(
                "within", "TEXT", "The slug of the place that it lies in; a row of this table where a release names it."
            ),
            _SAME_AS,
        ),
        ("slug",),
    ),
    Table("names", "One row for each name that a release has.", (*_VOCABULARY, _SAME_AS), ("slug",)),
    RELEASES,
    PARAGRAPHS,
    _list("quotations", "One row for each quotation that a record names with its speaker."),
    _list("figures", "One row for each reported number: as printed, what it counts, who reports it."),
    _list(
        "files",
        "One row for each original or attachment that a record names. The address is empty where its bytes are not published.",
        Column("type", "TEXT", "Its media type, where its bytes are published."),
        Column("size", "INTEGER", "Its bytes, where they are published."),
        Column("pages", "INTEGER", "Its pages, where they were counted."),
    ),
    _list("corrections", "One row for each value of a record that was corrected."),
    *(
        Table(
            f"release_{plural}",
            f"Which {plural} a release has.",
            (_RELEASE, Column(kind, "TEXT", f"The {kind} (its slug).", (plural, "slug"), needed=True), _NUMBER),
            ("release", kind),
        )
        for plural, kind in VOCABULARIES.items()
    ),
    Table(
        "relations",
        "How releases belong together, as records state it.",
        (
            _RELEASE,
            Column("relation", "TEXT", f"One of: {', '.join(RELATED)}.", needed=True),
            Column("slug", "TEXT", "The other release, as the record names it.", needed=True),
            Column("other", "TEXT", "The same, where it is a row of releases.", ("releases", "slug")),
        ),
        ("release", "relation", "slug"),
        ("relation",),
    ),
    Table(
        "withdrawn",
        "One row for each release that was withdrawn: its page says why. Nothing else of it is here.",
        (_SLUG, Column("address", "TEXT", _ADDRESS, needed=True)),
        ("slug",),
    ),
)
BY_NAME = {table.name: table for table in TABLES}


# ---- rows --------------------------------------------------------------------------------------------------------------------------


class Rows:
    """The rows of all tables, gathered from one record after the other; a row of a vocabulary once."""

    def __init__(self, base_url: str, slugs: Sequence[str]) -> None:
        """`slugs` are those of all releases that have a record."""
        self._base_url = base_url
        self._slugs = frozenset(slugs)
        self._terms: dict[str, dict[str, Row]] = {plural: {} for plural in VOCABULARIES}
        self._last = dict.fromkeys((*_LISTS, "paragraphs"), 0)

    def address(self, path: str, fragment: str = "") -> str:
        """The address of a page or file of the site, whole where the archive has an address."""
        address = routes.address(self._base_url, path)
        return f"{address}#{fragment}" if fragment else address

    def of_record(self, record: Record) -> Iterator[tuple[str, Row]]:
        """The rows of a record, as (table, row); first those that others refer to."""
        slug: str = record["slug"]
        page = routes.release(slug)
        yield from self._new_terms(record)
        yield "releases", (slug, self.address(page), *_cells(record, RELEASES.columns[2:]))
        for key in _LISTS:
            for number, entry in enumerate(record.get(key, ()), start=1):
                columns = BY_NAME[key].columns[4:]
                yield key, (self._id(key), slug, number, self._place(key, page, entry), *_cells(entry, columns))
        for plural in VOCABULARIES:
            for number, term in enumerate(record.get(plural, ()), start=1):
                yield f"release_{plural}", (slug, term["slug"], number)

    def of_passage(self, passage: Mapping[str, str]) -> Row:
        """The row of `paragraphs` of a row of `data/paragraphs.csv`, under the names of its columns."""
        number, part = passage["paragraph"], passage["part"]
        anchor = f"p{number}.{part}" if part != "0" else f"p{number}"
        address = self.address(routes.release(passage["slug"]), anchor)
        return self._id("paragraphs"), passage["slug"], int(number), int(part), address, passage["text"]

    def relations(self, record: Record) -> Iterator[Row]:
        """The rows of `relations`, for which all releases have to be there."""
        for relation in RELATED:
            named = record.get(relation, ())
            for other in dict.fromkeys((named,) if isinstance(named, str) else named):
                yield record["slug"], relation, other, other if other in self._slugs else None

    def _id(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    def _new_terms(self, record: Record) -> Iterator[tuple[str, Row]]:
        placed = (figure["place"] for figure in record.get("figures", ()) if "place" in figure)
        for plural, of_record in (*((plural, record.get(plural, ())) for plural in VOCABULARIES), ("places", placed)):
            known = self._terms[plural]
            for term in of_record:
                if term["slug"] not in known:
                    known[term["slug"]] = _cells(term, BY_NAME[plural].columns)
                    yield plural, known[term["slug"]]

    def _place(self, key: str, page: str, entry: Record) -> str | None:
        """Where an entry of a list stands: its paragraph, else its page; a file at its own address, if it has one."""
        if key != "files":
            passage = entry.get("paragraph") or entry.get("part")
            return self.address(page, f"p{passage}" if passage else "")
        path = entry.get("address", "")
        return self.address(path.removeprefix("../")) if path else entry.get("url")


def _cells(entry: Record, columns: Sequence[Column]) -> Row:
    """The values of an entry under the names of these columns."""
    return tuple(_cell(entry, column.name) for column in columns)


def _cell(entry: Record, name: str) -> Cell:
    for edge in ("earliest", "latest"):
        if name.endswith(f"_{edge}") and (written := entry.get(name.removesuffix(f"_{edge}"))):
            day = getattr(dates.checked(written), edge)
            return day.isoformat() if day else None
    value = entry.get(name)
    if value is None and "_" in name:
        owner, _, part = name.partition("_")
        if isinstance(entry.get(owner), dict):
            value = entry[owner].get(part)
    match value:
        case dict():
            return str(value["slug"])
        case list() if name == "notes":
            return "\n\n".join(value)
        case list():
            return json.dumps(value, ensure_ascii=False)
        case "":
            return None
        case str() | int() | float() | None:
            return value
        case _:
            raise TypeError(f"{name} has no form as a cell")
