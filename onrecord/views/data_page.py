"""The archive as files for other programs: what there is, what each column means, what is missing and why, how to cite it.

This page tells how long the files are and what their SHA-256 is, so it is made when all others are, from what was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord import languages, list_formats, routes
from onrecord.columns import Column
from onrecord.dataset import FILES, DataFileWritten
from onrecord.dataset.file_list import BY_NAME, PACKED_MEDIA
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import PageInfo, PageKind, Site

SHORTEST = 50
"""Fewer characters are no description to Google's search for data sets (https://developers.google.com/search/docs/appearance/structured-data/dataset)."""


class DataFileRow(msgspec.Struct, frozen=True):
    """A file for other programs."""

    href: Annotated[str, "its address, relative to the top of the site (`page.top`)"]
    name: Annotated[str, "its name"]
    media: Annotated[str, "its media type"]
    help: Annotated[
        tuple[str, ...], "what it holds; every second piece is code. Empty on the further parts of a long file"
    ]
    part: Annotated[str, "of which years it is, where it is a part of a long file; else empty"]
    rows: Annotated[int, "how many rows or lines it has; 0 where that says nothing"]
    is_table: Annotated[bool, "whether it is a table"]
    size: Annotated[str, "its size in words"]
    unpacked: Annotated[str, "of a packed file, what it unpacks to, in words; else empty"]
    sha256: Annotated[str, "the SHA-256 of its bytes, hexadecimal"]


class ColumnRow(msgspec.Struct, frozen=True):
    """A column of a table."""

    name: Annotated[str, "its name, as it is in the file"]
    help: Annotated[tuple[str, ...], "what it means; every second piece is code"]
    type: Annotated[str, "what its cells are, in a word of the interface's language"]
    many: Annotated[bool, "whether a cell can hold several values"]
    choices: Annotated[
        tuple[str, ...], "the only values that occur, where the help does not say them; empty where any can"
    ]
    stated: Annotated[int, "in how many rows it is not empty"]


class DataTable(msgspec.Struct, frozen=True):
    """What the columns of a table mean."""

    anchor: Annotated[str, "fragment of its heading"]
    name: Annotated[str, "the name of the file"]
    help: Annotated[tuple[str, ...], "what its rows are; every second piece is code"]
    rows: Annotated[int, "how many rows it has, in all its parts"]
    columns: Annotated[tuple[ColumnRow, ...], "its columns, in their order"]


class DataView(msgspec.Struct, frozen=True):
    """The archive as files for other programs."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    files: Annotated[tuple[DataFileRow, ...], "the files"]
    tables: Annotated[tuple[DataTable, ...], "what the columns of the tables mean"]
    package: Annotated[str, "the description of the files for programs, relative to the top of the site (`page.top`)"]
    releases: Annotated[int, "how many releases the archive has"]
    withdrawn: Annotated[int, "how many of them are withdrawn, and are not in the files"]
    size: Annotated[str, "what all files together have, in words"]
    whole_addresses: Annotated[bool, "whether addresses in the files are whole, or paths from the top of the site"]
    author: Annotated[str, "who publishes the archive; empty where nobody but the archive is named"]
    built: Annotated[str, "the day of this state in words; may be empty"]
    built_iso: Annotated[str, "that day as ISO 8601; may be empty"]
    json_ld: Annotated[dict[str, object], "schema.org description of the data set; print it with the filter `tojson`"]


def pages(_edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The one page."""
    yield routes.DATA, ()


def view(edition: Edition, written: Sequence[DataFileWritten] = ()) -> DataView:
    """The page of these files, which are in the order of FILES."""
    ask = edition.ask
    settings, built = edition.settings.in_language(edition.language), ask.built()
    return DataView(
        site=edition.site,
        page=edition.page(routes.DATA, "data"),
        files=tuple(_file(edition, file) for file in written),
        tables=tuple(_tables(edition, written)),
        package=href(routes.DATA_PACKAGE),
        releases=ask.facts().count,
        withdrawn=ask.withdrawn(),
        size=languages.size(sum(file.bytes for file in written), edition.language),
        whole_addresses=bool(settings.base_url),
        author="" if settings.publisher == settings.title else settings.publisher,
        built=languages.day_words(built, edition.language) if built else "",
        built_iso=built,
        json_ld=_json_ld(edition, written),
    )


def _file(edition: Edition, written: DataFileWritten) -> DataFileRow:
    file = BY_NAME[written.name]
    return DataFileRow(
        href=href(written.path),
        name=written.path.rpartition("/")[2],
        media=_media(written),
        help=_pieces(edition.translate(file.help)),
        part=written.part,
        rows=written.rows,
        is_table=file.table is not None,
        size=languages.size(written.bytes, edition.language),
        unpacked=languages.size(written.unpacked, edition.language) if written.unpacked else "",
        sha256=written.sha256,
    )


def _media(written: DataFileWritten) -> str:
    """The media type of a file as it is sent."""
    if written.path.endswith(f".{list_formats.PACKED}"):
        return list_formats.PACKED_MEDIA
    return PACKED_MEDIA if written.unpacked else BY_NAME[written.name].media


def _tables(edition: Edition, written: Sequence[DataFileWritten]) -> Iterator[DataTable]:
    for file in FILES:
        if file.table is None:
            continue
        parts = [part for part in written if part.name == file.name]
        stated = [sum(counts) for counts in zip(*(part.stated for part in parts), strict=True)]
        yield DataTable(
            anchor=file.stem,
            name=file.name,
            help=_pieces(edition.translate(file.table.help)),
            rows=sum(part.rows for part in parts),
            columns=tuple(
                _column(edition, column, count) for column, count in zip(file.table.columns, stated, strict=True)
            ),
        )


def _column(edition: Edition, column: Column, stated: int) -> ColumnRow:
    return ColumnRow(
        name=column.name,
        help=_pieces(edition.translate(column.help)),
        type=edition.translate(column.type),
        many=column.many,
        choices=() if any(f"`{choice}`" in column.help for choice in column.choices) else column.choices,
        stated=stated,
    )


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(text.split("`"))


def _json_ld(edition: Edition, written: Sequence[DataFileWritten]) -> dict[str, object]:
    """The data set as schema.org has it (https://schema.org/Dataset). Where nobody has said what the archive covers, or briefly, the tables
    are named beside it: a description that says nothing is none."""
    settings = edition.settings.in_language(edition.language)
    author = {"@type": "Organization", "name": settings.publisher or settings.title}
    scope = settings.scope
    if len(scope) < SHORTEST:
        scope = " ".join(
            filter(None, (scope, "Releases, paragraphs, quotations, figures, topics, places and names as tables."))
        )
    out: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": settings.title,
        "description": scope,
    }
    if settings.base_url:
        out["url"] = routes.absolute(settings.base_url, routes.DATA)
    out |= {"creator": author, "publisher": author, "inLanguage": list(edition.ask.languages())}
    if settings.rights:
        out["copyrightNotice"] = settings.rights
    years = sorted(year for file in written for year in file.years if year.isdecimal() and len(year) == 4)
    if years:
        out["temporalCoverage"] = f"{years[0]}/{years[-1]}"
    if edition.ask.built():
        out["dateModified"] = edition.ask.built()
    out["distribution"] = [
        {
            "@type": "DataDownload",
            "name": file.path.rpartition("/")[2],
            "encodingFormat": _media(file),
            "contentUrl": routes.address(settings.base_url, file.path),
            "contentSize": f"{file.bytes} B",
            "sha256": file.sha256,
        }
        for file in written
    ]
    return out


PAGES = (PageKind("data", pages, view),)
