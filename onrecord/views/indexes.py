"""Indexes of topics, places, names, publishers and speakers: by letter, persons and organizations apart; a long one in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Annotated

import msgspec

from onrecord import charts, languages, routes
from onrecord.charts import Square
from onrecord.reader import GROUPS, WITHIN
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import PageInfo, PageKind, PageLink, Site
from onrecord.views.groups import GroupRow, LetterLink, row, row_of_facts


class LetterRows(msgspec.Struct, frozen=True):
    """The entries of an index that begin with one letter."""

    letter: Annotated[str, "the letter, in capitals; empty where the entries are not divided by letters"]
    anchor: Annotated[str, "fragment of the letter; empty where there is none"]
    rows: Annotated[tuple[GroupRow, ...], "the entries, in the order of what they are filed under"]


class IndexSection(msgspec.Struct, frozen=True):
    """The entries of an index that are of one kind."""

    kind: Annotated[str, "person, organization, or other; empty where the index is not divided by kinds"]
    count: Annotated[int, "how many entries"]
    letters: Annotated[
        tuple[LetterRows, ...], "the entries by first letter; one list without a letter where there are few"
    ]
    shows_type: Annotated[bool, "true where the entries are of several types, which are worth a column"]
    shows_years: Annotated[bool, "true where one of the entries has a picture of its years"]


class Pairing(msgspec.Struct, frozen=True):
    """Two names that occur in the same releases."""

    first: Annotated[PageLink, "the one name and its page"]
    second: Annotated[PageLink, "the other name and its page"]
    count: Annotated[int, "in how many releases both occur"]


class CoOccurrence(msgspec.Struct, frozen=True):
    """The names with most releases against each other."""

    names: Annotated[
        tuple[PageLink, ...], "the names, those with most releases first: the first is number 1 of the picture"
    ]
    square: Annotated[Square, "the picture"]
    pairs: Annotated[tuple[Pairing, ...], "its table: each two names that meet, the most frequent first"]


class IndexView(msgspec.Struct, frozen=True):
    """The index of all topics, places, names, publishers or speakers; a long one is split by first letter."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    folder: Annotated[str, "topics, places, names, publishers or speakers"]
    letter: Annotated[str, "the first letters this page is about; empty on the index itself"]
    total: Annotated[int, "how many there are in all"]
    shown: Annotated[int, "how many of them are on this page"]
    sections: Annotated[
        tuple[IndexSection, ...],
        "the entries: persons, organizations, others; the most frequent ones, by number, where the index is split",
    ]
    letters: Annotated[tuple[LetterLink, ...], "the parts of a split index; empty when it is whole"]
    types: Annotated[tuple[str, ...], "the types of the places on this page, where there are several; else empty"]
    without: Annotated[int, "how many releases state no publisher; 0 in the other indexes"]
    withdrawn: Annotated[
        int, "how many releases are withdrawn, which no publisher's number counts; 0 in the other indexes"
    ]
    narrows: Annotated[bool, "true where there are so many entries that a filter is of use"]
    nested: Annotated[bool, "true where releases name a place within a place and not that place itself"]
    co_occurrence: Annotated[
        CoOccurrence | None,
        "which of the most frequent names occur together; names only, on the first page, and only where some do",
    ]


CO_OCCURRING = 12
"""How many of the most frequent names the picture of names that occur together shows."""

MOST_FREQUENT = 40
"""How many entries the first page of a split index shows."""

NARROWED = 12
"""From so many entries on a page has a filter."""

LETTERED = 48
"""From so many entries on a list is divided by letters, if there are at least `LETTERS` of them."""
LETTERS = 4

SPEAKERS = "speakers"
_SECTIONS = ("person", "organization", "other")


Pages = Iterator[tuple[str, tuple[str, ...]]]


def pages(edition: Edition) -> Pages:
    """The index of each kind of group; a long one has a page for each of its parts too."""
    for folder in GROUPS:
        yield routes.groups(folder), (folder, "")
        for letters, _ in edition.ask.group_letters(folder, edition.language):
            yield routes.groups(folder, letters), (folder, letters)


def view(edition: Edition, folder: str, letters: str) -> IndexView:
    """The index of a kind of group, or the part of it that begins with some letters."""
    ask, language = edition.ask, edition.language
    parts = ask.group_letters(folder, language)
    if letters:
        slugs = ask.groups_under(folder, language, letters)
    else:
        slugs = ask.frequent(folder, MOST_FREQUENT) if parts else ask.group_slugs(folder)
    shown = _shown(edition, [(slug, row(edition, folder, slug)) for slug in slugs], bool(parts) and not letters)
    types = sorted({of_row.type for of_row in shown if of_row.type}) if folder == "places" else []
    return IndexView(
        site=edition.site,
        page=edition.page(routes.groups(folder, letters), folder, elsewhere=routes.groups(folder) if letters else ""),
        folder=folder,
        letter=letters.upper(),
        total=len(ask.group_slugs(folder)),
        shown=len(shown),
        sections=_sections(shown, folder == "names", bool(parts)),
        letters=_letter_links(parts, letters, folder),
        types=tuple(types) if len(types) > 1 else (),
        without=_without_publisher(edition) if folder == "publishers" else 0,
        withdrawn=ask.withdrawn() if folder == "publishers" else 0,
        narrows=_narrows(shown, parts, letters),
        nested=folder == "places" and bool(ask.group_slugs(WITHIN)),
        co_occurrence=_co_occurrence(edition) if folder == "names" and not letters else None,
    )


def speaker_pages(edition: Edition) -> Pages:
    """The index of speakers, which always stands; a long one has a page for each of its parts too."""
    yield routes.groups(SPEAKERS), ("",)
    for letters, _ in edition.ask.speaker_letters(edition.language):
        yield routes.groups(SPEAKERS, letters), (letters,)


def speakers(edition: Edition, letters: str) -> IndexView:
    """The index of speakers, or the part of it that begins with some letters. Its numbers are those of quotations."""
    ask, language = edition.ask, edition.language
    parts = ask.speaker_letters(language)
    first = ask.most_quoted(MOST_FREQUENT) if parts else ask.speaker_slugs()
    slugs = ask.speakers_under(language, letters) if letters else first
    pairs = []
    for slug in slugs:
        facts = ask.speaker_facts(slug)
        assert facts is not None, slug
        pairs.append((slug, row_of_facts(edition, facts, href(routes.speaker(slug)))))
    shown = _shown(edition, pairs, bool(parts) and not letters)
    return IndexView(
        site=edition.site,
        page=edition.page(
            routes.groups(SPEAKERS, letters), "quotations", elsewhere=routes.groups(SPEAKERS) if letters else ""
        ),
        folder=SPEAKERS,
        letter=letters.upper(),
        total=len(ask.speaker_slugs()),
        shown=len(shown),
        sections=_sections(shown, True, bool(parts)),
        letters=_letter_links(parts, letters, SPEAKERS),
        types=(),
        without=0,
        withdrawn=0,
        narrows=_narrows(shown, parts, letters),
        nested=False,
        co_occurrence=None,
    )


def _without_publisher(edition: Edition) -> int:
    """How many of the releases that stand state no publisher."""
    stand = edition.ask.facts().count - edition.ask.withdrawn()
    return stand - sum(count for _, count in edition.ask.group_counts("publishers"))


def _shown(edition: Edition, pairs: Iterable[tuple[str, GroupRow]], most_frequent: bool) -> list[GroupRow]:
    """The rows of a page in the order of what they are filed under, or, of the first page of a split index, by number."""
    filed = sorted(pairs, key=lambda pair: (languages.filing_key(pair[1].filed_as, edition.language), pair[0]))
    rows = [of_slug for _, of_slug in filed]
    # The sort is stable: of equal numbers the order of the letters stays.
    return sorted(rows, key=lambda each: -each.count)[:MOST_FREQUENT] if most_frequent else rows


def _letter_links(parts: Sequence[tuple[str, int]], letters: str, folder: str) -> tuple[LetterLink, ...]:
    return tuple(
        LetterLink(href(routes.groups(folder, initials)), initials.upper(), count, initials == letters)
        for initials, count in parts
    )


def _narrows(shown: Sequence[GroupRow], parts: Sequence[object], letters: str) -> bool:
    """Whether a page has a filter: not the first one of a split index, whose list is a selection by itself."""
    return len(shown) >= NARROWED and (not parts or bool(letters))


def _sections(rows: Sequence[GroupRow], by_kind: bool, split: bool) -> tuple[IndexSection, ...]:
    kinds: dict[str, list[GroupRow]] = {}
    for each in rows:
        kinds.setdefault(_kind(each.type), []).append(each)
    if not by_kind or len(kinds) < 2:
        return (_section("", rows, split, not by_kind),) if rows else ()
    return tuple(_section(kind, kinds[kind], split, kind == "other") for kind in _SECTIONS if kind in kinds)


def _kind(type_of_term: str) -> str:
    kind = type_of_term.casefold().replace("organisation", "organization")
    return kind if kind in _SECTIONS else "other"


def _section(kind: str, rows: Sequence[GroupRow], split: bool, shows_type: bool) -> IndexSection:
    filed = [(languages.filing_letters(each.filed_as)[:1].upper(), each) for each in rows]
    initials = {letter for letter, _ in filed}
    if split or len(rows) < LETTERED or len(initials) < LETTERS:
        letters: tuple[LetterRows, ...] = (LetterRows("", "", tuple(rows)),)
    else:
        letters = tuple(
            LetterRows(
                letter or "#", f"{kind or 'letter'}-{letter.lower() or 'sign'}", tuple(each for _, each in members)
            )
            for letter, members in groupby(filed, key=lambda pair: pair[0])
        )
    return IndexSection(
        kind=kind,
        count=len(rows),
        letters=letters,
        shows_type=shows_type and any(each.type for each in rows),
        shows_years=any(each.spark.path for each in rows),
    )


def _co_occurrence(edition: Edition) -> CoOccurrence | None:
    """The names with most releases against each other; None where fewer than three of them ever meet, or no two meet again."""
    slugs = edition.ask.most_frequent("names", CO_OCCURRING)
    releases_of = [set(edition.ask.slugs_of("names", slug)) for slug in slugs]
    related = [
        a
        for a, of_name in enumerate(releases_of)
        if any(of_name & of_other for b, of_other in enumerate(releases_of) if a != b)
    ]
    if len(related) < 3:
        return None
    counts = [[len(releases_of[a] & releases_of[b]) if a != b else 0 for b in related] for a in related]
    if max(chain.from_iterable(counts)) < 2:
        return None
    names = tuple(
        PageLink(href(routes.group("names", slugs[a])), edition.label_of("name", slugs[a]), "", "") for a in related
    )
    pairs = [
        Pairing(names[a], names[b], count)
        for a, of_name in enumerate(counts)
        for b, count in enumerate(of_name)
        if a < b and count
    ]
    # The sort is stable: of equally frequent pairs the one with the more frequent names comes first.
    return CoOccurrence(names, charts.square(counts, edition.dir), tuple(sorted(pairs, key=lambda pair: -pair.count)))


PAGES: tuple[PageKind, ...] = (
    PageKind("groups", pages, view),
    PageKind("speakers", speaker_pages, speakers),
)
