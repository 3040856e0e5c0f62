"""The records of a site as a database (SQLite 3), with full-text search (FTS5) through titles and paragraphs; beside it a file that tells
Datasette (https://datasette.io) what tables and columns mean.

The rows come from the records that the site publishes (`releases/*.json`), and those of paragraphs from its table of them
(`data/paragraphs.csv`), so that nothing else can be in them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord import __version__, routes
from onrecord.exports.published_site import NotPublished, PublishedSite
from onrecord.exports.tables import RELEASES, TABLES, Row, Rows, Table
from onrecord.plural import counted

_MARK = 0x4F6E5265
"""The file's application id (https://www.sqlite.org/fileformat.html, section 1.3.17): “OnRe”."""

_TOKENS = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
"""How a text becomes words: with the signs that stand on or beside letters, because they are parts of words in many scripts."""

SEARCHED = {"paragraphs": ("text",), "releases": ("title", "subtitle", "reference")}
"""Table → the columns that its index for search holds."""


def make(site: PublishedSite, target: Path) -> str:
    """Writes the database; says what it is. Raises NotPublished where this Python's SQLite has no FTS5 or a record is not as records are,
    OSError."""
    try:
        # isolation_level None: transactions are begun and ended here.
        with closing(sqlite3.connect(target, isolation_level=None)) as database:
            paragraphs = _fill(site, database)
    except sqlite3.Error as error:
        raise NotPublished(f"SQLite {sqlite3.sqlite_version} could not write the database: {error}.") from error
    return (
        f"{counted(len(site.records), 'release')}, {counted(paragraphs, 'paragraph')}. Open it with any program for SQLite (this one: "
        f"{sqlite3.sqlite_version}), or with Datasette."
    )


def _fill(site: PublishedSite, database: sqlite3.Connection) -> int:
    """Makes the tables and fills them; gives the number of paragraphs."""
    database.execute("PRAGMA page_size = 4096")
    database.execute("PRAGMA encoding = 'UTF-8'")
    database.execute(f"PRAGMA application_id = {_MARK}")
    database.execute("PRAGMA user_version = 1")
    # A file that is not whole is never given its name.
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("BEGIN")
    for statement in statements():
        database.execute(statement)
    put = {table.name: _insertion(table) for table in TABLES}
    slugs = [path.removeprefix("releases/").removesuffix(".json") for path in site.records]
    rows = Rows(site.settings.base_url, slugs)
    database.executemany(put["archive"], _facts(site))
    relations: list[Row] = []
    for path in site.records:
        record = json.loads(site.read(path))
        for table, row in rows.of_record(record):
            database.execute(put[table], row)
        relations += rows.relations(record)
    database.executemany(put["paragraphs"], map(rows.of_passage, site.table("paragraphs")))
    database.executemany(put["relations"], relations)
    database.executemany(put["withdrawn"], ((slug, rows.address(routes.release(slug))) for slug in site.withdrawn))
    for name in SEARCHED:
        database.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")  # noqa: S608 (a constant)
        database.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('optimize')")  # noqa: S608
    database.execute("COMMIT")
    database.execute("VACUUM")
    return int(database.execute("SELECT count(*) FROM paragraphs WHERE part = 0").fetchone()[0])


def statements() -> Iterator[str]:
    """The statements that make the tables and indexes."""
    for table in TABLES:
        is_number = table.key == ("id",)
        lines = []
        for column in table.columns:
            line = f'"{column.name}" {column.type}'
            if is_number and column.name == "id":
                line += " PRIMARY KEY"
            elif column.needed:
                line += " NOT NULL"
            if column.references:
                line += f' REFERENCES "{column.references[0]}"("{column.references[1]}")'
            lines.append(line)
        if is_number:
            place = [f'"{column.name}"' for column in table.columns if column.name in ("release", "number", "part")]
            lines.append(f"UNIQUE ({', '.join(place)})")
        else:
            named = '", "'.join(table.key)
            lines.append(f'PRIMARY KEY ("{named}")')
        end = "" if is_number or table is RELEASES else " WITHOUT ROWID"
        yield f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + f"\n){end}"
        for column in table.columns:
            if column.references and table.key[0] != column.name and not (is_number and column.name == "release"):
                yield f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")'
    for name, columns in SEARCHED.items():
        # An index of what stands in the table, not a copy of it (https://www.sqlite.org/fts5.html, section 4.4.3).
        row = ', content_rowid="id"' if name == "paragraphs" else ""
        yield (
            f"CREATE VIRTUAL TABLE {name}_fts USING fts5({', '.join(columns)}, "
            f'content="{name}"{row}, tokenize="{_TOKENS}")'
        )


def _insertion(table: Table) -> str:
    return f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608 (names of this program)


def _facts(site: PublishedSite) -> Iterator[tuple[str, str]]:
    settings = site.settings
    of_archive = {
        "title": settings.title,
        "scope": settings.scope,
        "language": settings.language,
        "publisher": settings.publisher,
        "rights": settings.rights,
        "address": settings.base_url,
        "built": site.built,
        "manifest_sha256": site.examination.manifest,
        "made_with": f"Onrecord {__version__}",
    }
    yield from ((key, value) for key, value in of_archive.items() if value)


# ---- what stands beside it -----------------------------------------------------------------------------------------------------------


def beside(site: PublishedSite, stem: str) -> Mapping[str, bytes]:
    """The file that Datasette is given with a database `stem`.db, by its name: datasette STEM.db --metadata STEM.metadata.json"""
    return {f"{stem}.metadata.json": metadata(site, stem)}


def metadata(site: PublishedSite, stem: str) -> bytes:
    """What Datasette shows beside the tables (https://docs.datasette.io/en/stable/metadata.html), as indented JSON in UTF-8."""
    settings = site.settings
    whole: dict[str, Any] = {"title": settings.title}
    if settings.scope:
        whole["description"] = settings.scope
    if settings.rights:
        whole["license"] = settings.rights
    if settings.base_url:
        whole |= {"source": settings.title, "source_url": settings.base_url}
    whole["databases"] = {stem: {"tables": {table.name: _of_table(table) for table in TABLES}}}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _of_table(table: Table) -> dict[str, Any]:
    about: dict[str, Any] = {
        "description": table.help,
        "columns": {column.name: column.help for column in table.columns},
    }
    if table.facets:
        about["facets"] = list(table.facets)
    if table is RELEASES:
        about |= {"label_column": "title", "sort_desc": "date_earliest"}
    elif any(column.name == "label" for column in table.columns):
        about["label_column"] = "label"
    return about
