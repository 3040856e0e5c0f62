"""Archive → the list of all files the site will have, and who makes each. No file is made here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord import views
from onrecord.makers import Maker, citations, dated_editions, feeds, hosting, machines, records
from onrecord.makers.assets import Assets
from onrecord.makers.pages import Editions, PageMaker
from onrecord.reader import Reader, interface_languages
from onrecord.templates import Templates


class SamePath(Exception):
    """Two files of the site would have the same path. The message names it, and what the two are."""


class OutputTooSlow(Exception):
    """A file of the site takes longer to make than any may. The message names it, and says what to do."""


class Output(NamedTuple):
    """A file of the site that is to be made: its path, the name of its maker, and the subject the maker is given."""

    path: str
    maker: str
    subject: tuple[str, ...]


def makers(ask: Reader, templates: Templates, editions: Editions) -> dict[str, Maker]:
    """All makers of single files by their names, in the order in which their files are made."""
    pages: list[Maker] = [
        PageMaker(f"{kind.name}/{language}", kind, views.TEMPLATE_OF[kind.name], language, editions)
        for language in interface_languages(ask.settings())
        for kind in views.KINDS
    ]
    every: Sequence[Maker] = (
        *pages,
        *records.MAKERS,
        *citations.MAKERS,
        *feeds.MAKERS,
        *dated_editions.MAKERS,
        *hosting.MAKERS,
        *machines.MAKERS,
        Assets(templates),
    )
    return {maker.name: maker for maker in every}


def pages(ask: Reader, editions: Editions) -> frozenset[str]:
    """The paths of all pages of the main edition, for whoever asks whether a page exists."""
    language = interface_languages(ask.settings())[0]
    edition = editions.edition(ask, language)
    paths = (path for kind in (*views.KINDS, *views.LAST) for path, _ in kind.pages(edition))
    return frozenset(path for path in paths if path.endswith(".html"))


def distinct(planned: Sequence[Output]) -> None:
    """Raises SamePath where two outputs have the same path, letter case apart: some disks would keep only one of them."""
    if len({output.path.casefold() for output in planned}) == len(planned):
        return
    seen: dict[str, Output] = {}
    for output in planned:
        earlier = seen.setdefault(output.path.casefold(), output)
        if earlier is not output:
            first, second = (" ".join((same.maker, *same.subject)) for same in (earlier, output))
            raise SamePath(f"Two files of the site would have the same place: {output.path} ({first}; {second}).")
