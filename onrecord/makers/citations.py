"""Citations of a release for reference managers: BibTeX, RIS and CSL-JSON. UTF-8."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from onrecord import cite
from onrecord.makers.records import address, of_each_release
from onrecord.model import Release
from onrecord.reader import Reader


class CitationMaker(Struct, frozen=True):
    """`releases/SLUG.<ending>` in one format of citations."""

    name: str
    ending: str
    text: Callable[[Release, str, cite.Host], str]

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for every release that stands."""
        return of_each_release(ask, self.ending)

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The citation of a release."""
        release = ask.release(subject[0])
        assert release is not None, subject
        return self.text(release, address(ask, release.slug), cite.Host.of(ask.settings())).encode()


MAKERS = (
    CitationMaker("bibtex", "bib", cite.bibtex),
    CitationMaker("ris", "ris", cite.ris),
    CitationMaker("csl-json", "csl.json", cite.csl_json),
)
