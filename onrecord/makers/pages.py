"""The HTML pages: one maker for each kind of page in each interface language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from onrecord.reader import Reader
from onrecord.views.edition import Edition
from onrecord.views.frame import PageKind


class Editions(Protocol):
    """What gives the edition of an interface language and puts a view into its template (`render.Renderer`)."""

    def edition(self, ask: Reader, language: str) -> Edition:
        """The edition, one for each Reader and language."""

    def page(self, template: str, language: str, view: object) -> bytes:
        """The page, UTF-8."""


class PageMaker(Struct, frozen=True):
    """The pages of one kind in one interface language."""

    name: str
    kind: PageKind
    template: str
    language: str
    editions: Editions

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The pages of this kind, in a fixed order."""
        edition = self.editions.edition(ask, self.language)
        prefix = edition.prefix
        for path, subject in self.kind.pages(edition):
            yield prefix + path, subject

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The page of a subject."""
        view = self.kind.view(self.editions.edition(ask, self.language), *subject)
        return self.editions.page(self.template, self.language, view)
