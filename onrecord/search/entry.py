"""What the index knows of one release beside its words. Nothing of the archive's model is needed to read it."""

from __future__ import annotations

from msgspec import Struct

NOT_STATED = "not-stated"
FACETS = ("topic", "place", "name", "speaker", "publisher", "kind", "year", "language")


class SearchEntry(Struct, frozen=True):
    """One release page to be indexed.

    `path` is below the site ("releases/….html"); `language` the BCP 47 tag of the words on the page; `date` ISO 8601 as far as the year,
    month and day are known, empty where the year is not; `facts` are the (field, text) pairs a result shows; `filters` are (facet,
    value, label) triples, facets as in FACETS; `aliases` are further words that find the release (vocabulary aliases and
    translations), never shown; `spans_years` is true where the date is in several years, of which `date` is the first; `certain_date` is
    how far `date` is beyond doubt (`Date.certain`), None where that is all of it.
    """

    path: str
    language: str
    title: str
    date: str = ""
    reference: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    filters: tuple[tuple[str, str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    spans_years: bool = False
    certain_date: str | None = None
