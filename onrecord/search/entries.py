"""Archive → SearchEntry: what the index knows of each release beside the words of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord import languages
from onrecord.model import Archive, Group, Release, Term

NOT_STATED = "not-stated"
FACETS = ("topic", "place", "name", "speaker", "publisher", "kind", "year", "language")
_LONGEST_INTERVAL = 20


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One release page to be indexed.

    `path` is below the site ("releases/….html"); `language` the BCP 47 tag of the words on the page; `date` ISO 8601 as far as the year,
    month and day are known, empty where the year is not; `shown` are the (field, text) pairs a result shows; `filters` are (facet,
    value, label) triples, facets as in FACETS; `aliases` are further words that find the release (vocabulary aliases and
    translations), never shown.
    """

    path: str
    language: str
    title: str
    date: str = ""
    reference: str = ""
    shown: tuple[tuple[str, str], ...] = ()
    filters: tuple[tuple[str, str, str], ...] = ()
    aliases: tuple[str, ...] = ()


def entries(archive: Archive) -> tuple[SearchEntry, ...]:
    """An entry for every release of the archive, sorted by path (a total order that does not move when a release is added)."""
    publishers = _slugs(archive.publishers)
    speakers: dict[str, list[tuple[str, str]]] = {}
    for speaker in archive.speakers:
        for slug in dict.fromkeys(release.slug for release, _ in speaker.quotations):
            speakers.setdefault(slug, []).append((speaker.slug, speaker.label))
    own = archive.settings.language
    interface = tuple(
        dict.fromkeys((own, *(spoken for spoken in archive.settings.languages if spoken in languages.INTERFACE)))
    )
    made = (_entry(release, publishers, speakers.get(release.slug, []), interface) for release in archive.releases)
    return tuple(sorted(made, key=lambda entry: entry.path))


def _slugs(groups: Iterable[Group]) -> dict[str, tuple[str, str]]:
    return {release.slug: (group.slug, group.label) for group in groups for release in group.releases}


def _entry(
    release: Release,
    publishers: dict[str, tuple[str, str]],
    speakers: list[tuple[str, str]],
    interface: tuple[str, ...],
) -> SearchEntry:
    # An abstract is in the archive's words, and so in its language, whatever the language of the release.
    language = interface[0] if release.extent == "abstract" or release.status == "withdrawn" else release.language
    publisher = publishers.get(release.slug, (NOT_STATED, "")) if release.publisher else (NOT_STATED, "")
    # Of what is withdrawn nothing that its text says is found: whom and what it is about may be why it is gone.
    gone = release.status == "withdrawn"
    topics, places, names = ((), (), ()) if gone else (release.topics, release.places, release.names)
    terms = (*topics, *places, *names)
    filters = [
        *(("topic", term.slug, term.label) for term in topics),
        *(("place", term.slug, term.label) for term in places),
        *(("name", term.slug, term.label) for term in names),
        *(("speaker", slug, label) for slug, label in speakers if not gone),
        ("publisher", *publisher),
        *([("kind", kind_slug(release.kind), release.kind)] if release.kind else []),
        *(("year", year, year) for year in years(release)),
        ("language", release.language, release.language),
    ]
    shown = (
        ("subtitle", "" if gone else release.subtitle),
        *(
            (
                "date" if place == 0 else f"date_{spoken}",
                languages.date_words(release.date, spoken) if release.date.stated else "",
            )
            for place, spoken in enumerate(interface)
        ),
        ("publisher", release.publisher or ""),
        ("kind", release.kind),
        ("extent", "" if release.extent == "full" else release.extent),
        ("status", "" if release.status == "published" else release.status),
        ("language", "" if release.language == language else release.language),
    )
    return SearchEntry(
        path=f"releases/{release.slug}.html",
        language=language,
        title=release.title,
        date=sort_date(release),
        reference=release.reference,
        shown=tuple(pair for pair in shown if pair[1]),
        filters=tuple(dict.fromkeys(filters)),
        aliases=tuple(dict.fromkeys(word for term in terms for word in _also_called(term))),
    )


def _also_called(term: Term) -> Iterator[str]:
    yield term.label
    yield from term.aliases
    yield from (label for _, label in term.translations)


def kind_slug(kind: str) -> str:
    """A kind of document as a filter value: "press release" is "press-release"."""
    return re.sub(r"[^\w]+", "-", kind.lower()).strip("-")


def years(release: Release) -> tuple[str, ...]:
    """The years a release can be found under: its year, every year of an interval, or `not-stated`."""
    date = release.date
    if date.year is not None:
        return (f"{date.year:04}",)
    if date.earliest is not None and date.latest is not None:
        first, last = date.earliest.year, date.latest.year
        if last - first < _LONGEST_INTERVAL:
            return tuple(f"{year:04}" for year in range(first, last + 1))
    return (NOT_STATED,)


def sort_date(release: Release) -> str:
    """Where a release stands in time, as text that sorts: its date as far as it is known, of an interval the year it begins in."""
    date = release.date
    if date.sort_text or date.year is not None or date.earliest is None:
        return date.sort_text
    return f"{date.earliest.year:04}" if years(release) != (NOT_STATED,) else ""
