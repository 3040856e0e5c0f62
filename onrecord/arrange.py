"""Releases → Archive: by topic, date, place, name, publisher and speaker; families of the same text; neighbours in time.

All sorting happens here and every key is total, so that the same content always gives the same order.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypedDict

from onrecord.model import Archive, Article, Group, Quotation, Release, Settings, Speaker, Term, Vocabularies, Year
from onrecord.slugs import distinct


def archive(
    releases: Iterable[Release],
    settings: Settings,
    vocabularies: Vocabularies,
    articles: Iterable[Article] = (),
    drafts: bool = False,
) -> Archive:
    """The Archive of the releases; drafts are left out unless asked for.

    Releases stand newest first; those of one day by slug; a month alone behind the days of its month; what has no year, last.
    Withdrawn releases are part of it, but not of what is quoted.
    """
    ordered = newest_first(found for found in releases if drafts or found.status != "draft")
    dated = [found for found in ordered if found.date.dated]
    return Archive(
        settings=settings,
        vocabularies=vocabularies,
        releases=tuple(ordered),
        topics=_by_term(ordered, "topics", vocabularies.topics),
        places=_by_term(ordered, "places", vocabularies.places),
        names=_by_term(ordered, "names", vocabularies.names),
        publishers=_by_publisher(ordered),
        years=_years(dated),
        undated=tuple(found for found in ordered if not found.date.dated),
        speakers=_speakers(ordered),
        articles=tuple(sorted(articles, key=lambda article: article.slug)),
        families=_families(ordered),
        **_neighbours(dated),
    )


class _Neighbours(TypedDict):
    earlier: dict[str, Release]
    later: dict[str, Release]


def _neighbours(dated: Sequence[Release]) -> _Neighbours:
    """For each release the nearest one that is certainly earlier and the nearest that is certainly later.

    A month alone is neither before nor behind the days of that month, and two releases of one day have no order between them; a date
    that is uncertain or approximate has no neighbours at all.
    """
    certain = [(found.date.earliest, found.date.latest, found) for found in dated if found.date.certain]
    spans = [(first, last, found) for first, last, found in certain if first is not None and last is not None]
    by_end = sorted(spans, key=lambda span: (span[1], span[2].slug))
    by_start = sorted(spans, key=lambda span: (span[0], span[2].slug))
    ends, starts = [last for _, last, _ in by_end], [first for first, _, _ in by_start]
    made = _Neighbours(earlier={}, later={})
    for first, last, found in spans:
        before, behind = bisect_left(ends, first), bisect_right(starts, last)
        if before:
            made["earlier"][found.slug] = by_end[before - 1][2]
        if behind < len(by_start):
            made["later"][found.slug] = by_start[behind][2]
    return made


def newest_first(releases: Iterable[Release]) -> list[Release]:
    """Releases by date, newest first, those of the same date by slug."""
    by_slug = sorted(releases, key=lambda found: found.slug)
    return sorted(by_slug, key=lambda found: found.date.sort_key, reverse=True)


def _by_term(releases: Sequence[Release], field: str, terms: tuple[Term, ...]) -> tuple[Group, ...]:
    """A group for each term that a release carries, by label."""
    carried: dict[str, list[Release]] = defaultdict(list)
    for found in releases:
        for term in getattr(found, field):
            carried[term.slug].append(found)
    groups = [Group(term.label, term.slug, tuple(carried[term.slug]), term) for term in terms if term.slug in carried]
    return tuple(sorted(groups, key=_by_label))


def _by_label(group: Group | Speaker) -> tuple[str, str]:
    return group.label.casefold(), group.label


def _by_publisher(releases: Sequence[Release]) -> tuple[Group, ...]:
    """A group for each publisher, by label; what has none stated is in no group."""
    published: dict[str, list[Release]] = defaultdict(list)
    for found in releases:
        if found.publisher is not None:
            published[found.publisher].append(found)
    slugs = distinct(published)
    return tuple(sorted((Group(label, slugs[label], tuple(held)) for label, held in published.items()), key=_by_label))


def _years(dated: Sequence[Release]) -> tuple[Year, ...]:
    """The years, newest first, each with its months and what has no month stated."""
    years = []
    for number, held in itertools.groupby(dated, key=lambda found: found.date.year):
        assert number is not None
        of_year = tuple(held)
        label = f"{number:04}" if number >= 0 else str(number)
        months = [
            Group(f"{label}-{month:02}", f"{label}-{month:02}", tuple(of_month))
            for month, of_month in itertools.groupby(of_year, key=lambda found: found.date.month)
            if month is not None
        ]
        loose = tuple(found for found in of_year if found.date.month is None)
        years.append(Year(label, label, of_year, tuple(months), loose))
    return tuple(years)


def _speakers(releases: Sequence[Release]) -> tuple[Speaker, ...]:
    """Who is quoted, by label: under the vocabulary's entry where there is one, else under the name as written."""
    said: dict[str, list[tuple[Release, Quotation]]] = defaultdict(list)
    terms: dict[str, Term] = {}
    for found in releases:
        if found.status == "withdrawn":
            continue
        for quotation in found.quotations:
            label = quotation.name.label if quotation.name else quotation.speaker
            said[label].append((found, quotation))
            if quotation.name:
                terms[label] = quotation.name
    # A speaker who stands in names.toml has the slug of that entry; the others are kept from taking it.
    taken = {term.slug for term in terms.values()}
    free = distinct(label for label in said if label not in terms)
    slugs = {label: terms[label].slug for label in terms}
    slugs |= {label: f"{slug}-as-named" if slug in taken else slug for label, slug in free.items()}
    speakers = [Speaker(label, slugs[label], tuple(quoted), terms.get(label)) for label, quoted in said.items()]
    return tuple(sorted(speakers, key=_by_label))


def _families(releases: Sequence[Release]) -> dict[str, tuple[Release, ...]]:
    """The other publications of each release's text, newest first: whatever is joined by `same_text_as`, in either direction."""
    known = {found.slug: found for found in releases}
    parent = {slug: slug for slug in known}

    def root(slug: str) -> str:
        while parent[slug] != slug:
            parent[slug] = parent[parent[slug]]
            slug = parent[slug]
        return slug

    for found in releases:
        for other in found.same_text_as:
            if other in known:
                low, high = sorted((root(found.slug), root(other)))
                parent[high] = low
    families: dict[str, list[Release]] = defaultdict(list)
    for found in releases:
        families[root(found.slug)].append(found)
    return {
        found.slug: tuple(other for other in family if other is not found)
        for family in families.values()
        if len(family) > 1
        for found in family
    }
