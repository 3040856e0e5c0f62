"""The dated editions of the archive: an address that stays for each, what it holds, what changed, and how a copy of it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from onrecord import languages, routes
from onrecord.model import DatedEdition
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, PageLink, Site

MOST_LISTED = 200
"""How many of the records that changed in one way a page lists."""


class EditionRow(msgspec.Struct, frozen=True):
    """A dated edition as one line of their list."""

    href: Annotated[str, "its page"]
    name: Annotated[str, "its name: 2026-11"]
    date: Annotated[str, "its day in words"]
    iso: Annotated[str, "its day as ISO 8601"]
    releases: Annotated[int, "how many releases it holds"]
    added: Annotated[int, "how many records were added since the previous edition"]
    corrected: Annotated[int, "how many were corrected since"]
    withdrawn: Annotated[int, "how many were withdrawn since"]
    stamped: Annotated[int, "how many time stamps it has"]


class ChangedRecords(msgspec.Struct, frozen=True):
    """Records that changed in one way since the edition before."""

    kind: Annotated[str, "added, corrected, changed (without being marked as corrected) or withdrawn"]
    count: Annotated[int, "how many"]
    entries: Annotated[tuple[Entry, ...], "the records that are still in the archive, the first 200 of them"]


class EditionCopy(msgspec.Struct, frozen=True):
    """A copy of an edition that is kept elsewhere."""

    name: Annotated[str, "the file's name"]
    holds: Annotated[str, "site (it opens from a folder) or bag (BagIt, for archives and libraries)"]
    bytes: Annotated[int, "its size"]
    sha256: Annotated[str, "its SHA-256, hexadecimal"]


class EditionsView(msgspec.Struct, frozen=True):
    """The list of dated editions."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    editions: Annotated[tuple[EditionRow, ...], "the dated editions, newest first"]


class EditionView(msgspec.Struct, frozen=True):
    """One dated edition."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    name: Annotated[str, "its name: 2026-11"]
    date: Annotated[str, "its day in words"]
    iso: Annotated[str, "its day as ISO 8601"]
    archive: Annotated[str, "what the archive was called then"]
    author: Annotated[str, "who published the archive then; empty where nobody but the archive is named"]
    address: Annotated[str, "the address that the archive had then; may be empty"]
    releases: Annotated[int, "how many releases it holds"]
    withdrawn: Annotated[int, "how many withdrawn ones, of which it has the title and the reason"]
    files: Annotated[int, "how many files"]
    bytes: Annotated[int, "how many bytes these have"]
    manifest: Annotated[str, "the SHA-256 of its manifest.json, hexadecimal"]
    sha256: Annotated[str, "the SHA-256 of its statement: the edition's own hash"]
    statement: Annotated[str, "the file of the statement, relative to the top of the site (`page.top`)"]
    statement_name: Annotated[str, "the name of that file"]
    tokens: Annotated[tuple[PageLink, ...], "files of time stamps, relative to the top of the site (`page.top`)"]
    previous: Annotated[PageLink | None, "the edition before; none for the first"]
    changes: Annotated[tuple[ChangedRecords, ...], "what changed since the previous edition, without empty parts"]
    gone: Annotated[int, "how many records of the previous edition are no longer in the archive, not even as withdrawn"]
    copies: Annotated[tuple[EditionCopy, ...], "copies of the whole edition, kept elsewhere"]
    later: Annotated[PageLink | None, "the edition after it; none for the newest"]


def link(name: str) -> PageLink | None:
    """A dated edition as a link; None for an empty name."""
    return PageLink(href(routes.dated_edition(name)), name, "", "") if name else None


def index_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The list, where there is an edition."""
    if edition.ask.edition_names():
        yield routes.EDITIONS, ()


def index(edition: Edition) -> EditionsView:
    """The list of dated editions."""
    return EditionsView(
        site=edition.site,
        page=edition.page(routes.EDITIONS, "editions"),
        editions=tuple(_row(edition, dated) for dated in reversed(edition.ask.editions())),
    )


def _row(edition: Edition, dated: DatedEdition) -> EditionRow:
    statement = dated.statement
    numbers = statement.numbers
    return EditionRow(
        href=href(routes.dated_edition(dated.name)),
        name=dated.name,
        date=languages.day_words(statement.date, edition.language),
        iso=statement.date,
        releases=numbers.releases,
        added=numbers.newly_added,
        corrected=numbers.newly_corrected,
        withdrawn=numbers.newly_withdrawn,
        stamped=len(dated.tokens),
    )


def dated_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A page for each dated edition."""
    for name in edition.ask.edition_names():
        yield routes.dated_edition(name), (name,)


def view(edition: Edition, name: str) -> EditionView:
    """A dated edition."""
    dated = edition.ask.dated_edition(name)
    assert dated is not None, name
    statement = dated.statement
    numbers = statement.numbers
    names = edition.ask.edition_names()
    place = names.index(name)
    changed = (
        ("added", numbers.newly_added, dated.changes.added),
        ("corrected", numbers.newly_corrected, dated.changes.corrected),
        ("changed", numbers.newly_changed, dated.changes.changed),
        ("withdrawn", numbers.newly_withdrawn, dated.changes.withdrawn),
    )
    return EditionView(
        site=edition.site,
        page=edition.page(routes.dated_edition(name), "editions"),
        name=name,
        date=languages.day_words(statement.date, edition.language),
        iso=statement.date,
        archive=statement.archive,
        author="" if statement.publisher == statement.archive else statement.publisher,
        address=routes.absolute(statement.address, routes.dated_edition(name)),
        releases=numbers.releases,
        withdrawn=numbers.withdrawn,
        files=numbers.files,
        bytes=numbers.bytes,
        manifest=statement.manifest_sha256,
        sha256=dated.sha256,
        statement=href(routes.edition_statement(name)),
        statement_name=f"{name}.toml",
        tokens=tuple(
            PageLink(href(routes.edition_token(name, token)), f"{name}.{token}", "", "") for token, _ in dated.tokens
        ),
        previous=link(statement.previous if statement.previous in names else ""),
        changes=tuple(
            ChangedRecords(kind, count, edition.entries_of(slugs[:MOST_LISTED]))
            for kind, count, slugs in changed
            if count
        ),
        gone=numbers.gone,
        copies=tuple(EditionCopy(file.name, file.holds, file.bytes, file.sha256) for file in statement.files),
        later=link(names[place + 1] if place + 1 < len(names) else ""),
    )


PAGES = (
    PageKind("editions", index_pages, index),
    PageKind("dated-edition", dated_pages, view),
)
