"""Cards → Archive: by topic, date, place, name, publisher, speaker and what figures count; neighbours in time. How releases are related
is in `relating`.

All sorting happens here and every key is total, so that the same content always gives the same order. Groups hold cards only: what was
withdrawn stands in the indexes of dates and numbers and nowhere else, and what only it names, or only a draft, has no page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import TypedDict

from msgspec import Struct
from msgspec.structs import replace

from onrecord import counting, place_tree, relating
from onrecord.dates import NOT_STATED, Date, year_label
from onrecord.model import (
    Archive,
    Article,
    Card,
    Counted,
    DatedEdition,
    Group,
    Kind,
    Listed,
    Period,
    PublishedFile,
    Settings,
    Speaker,
    Term,
    Vocabularies,
    Year,
)
from onrecord.slugs import distinct, mark


def archive(
    listed: Iterable[Listed],
    settings: Settings,
    vocabularies: Vocabularies,
    articles: Iterable[Article] = (),
    drafts: bool = False,
    texts: Mapping[str, bytes] | None = None,
    digests: Mapping[str, bytes] | None = None,
    withdrawn_terms: Collection[tuple[Kind, str]] = (),
    files: Mapping[str, PublishedFile] | None = None,
    editions: tuple[DatedEdition, ...] = (),
    unchanged: frozenset[str] = frozenset(),
) -> Archive:
    """The Archive of these cards and tombstones; drafts are left out unless asked for. `texts` gives by slug the digest of a text,
    `digests` that of a card or tombstone; `withdrawn_terms` are the entries of the vocabularies that withdrawn releases name: those that
    nothing shown names are in the archive no more, as are those that only drafts name. `files` are the originals and attachments that are
    published, by their path on the site; `editions` and `unchanged` are those of the Archive.

    Releases are newest first; those of one day by slug; a month alone behind the days of its month; what has no year, last.
    """
    listed = tuple(listed)
    shown = [item for item in listed if drafts or not (isinstance(item, Card) and item.status == "draft")]
    around = place_tree.ancestors(vocabularies.places)
    named = _with_outer(_terms_of(shown), around)
    left_out = (
        []
        if len(shown) == len(listed)
        else [item for item in listed if isinstance(item, Card) and item.status == "draft"]
    )
    hidden = _with_outer((*withdrawn_terms, *_terms_of(left_out)), around) - named
    vocabularies = _without(vocabularies, hidden)
    days = newest_first(shown)
    dated = [day for day in days if day.date.years]
    ordered = tuple(chain.from_iterable(day.listed for day in days))
    cards = [item for item in ordered if isinstance(item, Card)]
    inside = place_tree.inside(cards, place_tree.ancestors(vocabularies.places))
    families = relating.families(cards)
    speakers, reprints = relating.merged(_speakers(cards, vocabularies), families)
    return Archive(
        settings=settings,
        vocabularies=vocabularies,
        listed=ordered,
        texts=texts or {},
        digests=digests or {},
        topics=_by_term(cards, "topics", vocabularies.topics),
        places=_by_term(cards, "places", vocabularies.places, inside),
        within=tuple(
            sorted(
                (
                    Group(term.label, term.slug, tuple(inside[term.slug]), term)
                    for term in vocabularies.places
                    if term.slug in inside
                ),
                key=_by_label,
            )
        ),
        names=_by_term(cards, "names", vocabularies.names),
        publishers=_by_publisher(cards),
        years=_years(dated),
        undated=tuple(chain.from_iterable(day.listed for day in days if not day.date.years)),
        speakers=tuple(speakers),
        counted=_counted(cards),
        articles=tuple(sorted(articles, key=lambda article: (article.slug, article.language))),
        families=families,
        relations=relating.relations(ordered),
        reprints=reprints,
        files=files or {},
        editions=editions,
        unchanged=unchanged,
        **_neighbours(dated),
    )


def _terms_of(listed: Iterable[Listed]) -> set[tuple[Kind, str]]:
    """The entries of the vocabularies that releases name, their speakers among them."""
    topics: set[str] = set()
    places: set[str] = set()
    names: set[str] = set()
    for item in listed:
        if isinstance(item, Card):
            topics.update(item.topics)
            places.update(item.places)
            names.update(item.names)
            names.update([slug for slug, _ in item.speakers])
            names.update([each.name for each in item.countings])
    names.discard("")
    found: set[tuple[Kind, str]] = {("topic", slug) for slug in topics}
    found.update(("place", slug) for slug in places)
    found.update(("name", slug) for slug in names)
    return found


def _with_outer(named: Iterable[tuple[Kind, str]], around: Mapping[str, Sequence[str]]) -> set[tuple[Kind, str]]:
    """Entries of the vocabularies, and the places around the places among them: who sees one sees those around it."""
    found: set[tuple[Kind, str]] = set(named)
    outer: set[tuple[Kind, str]] = {
        ("place", place) for kind, slug in found if kind == "place" for place in around.get(slug, ())
    }
    return found | outer


def _without(vocabularies: Vocabularies, hidden: Collection[tuple[Kind, str]]) -> Vocabularies:
    if not hidden:
        return vocabularies

    def shown(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(term for term in terms if (term.kind, term.slug) not in hidden)

    places = place_tree.without(vocabularies.places, {slug for kind, slug in hidden if kind == "place"})
    return Vocabularies(shown(vocabularies.topics), places, shown(vocabularies.names))


class Day(Struct, frozen=True):
    """A date, which may be less or more than a day, and what is dated to it, by slug. An archive has far fewer dates than releases: each is
    looked at once."""

    date: Date
    listed: Sequence[Listed]


def newest_first(listed: Iterable[Listed]) -> list[Day]:
    """Releases by date, newest first, what has no year last."""
    by_date: dict[str, list[Listed]] = defaultdict(list)
    for item in sorted(listed, key=attrgetter("slug")):
        by_date[item.edtf or NOT_STATED.edtf].append(item)
    days = [Day(items[0].date, items) for items in by_date.values()]
    return sorted(days, key=lambda day: day.date.sort_key, reverse=True)


class _Neighbours(TypedDict):
    earlier: dict[str, str]
    later: dict[str, str]


def _neighbours(dated: Sequence[Day]) -> _Neighbours:
    """For each release the nearest one that is certainly earlier and the nearest that is certainly later.

    A month alone is neither before nor behind the days of that month, and two releases of one day have no order between them; a date
    whose days are in doubt (`Date.span`), or that states no year, has no neighbours at all.
    """
    spans = [
        (*span, slugs)
        for day in dated
        if (span := day.date.span) is not None
        and (slugs := [item.slug for item in day.listed if isinstance(item, Card)])
    ]
    # Of those that end, or begin, on the same day the last one by slug is the nearest before, the first the nearest behind.
    last_by_end: dict[date, str] = {}
    first_by_start: dict[date, str] = {}
    for first, last, slugs in spans:
        last_by_end[last] = max(slugs[-1], last_by_end.get(last, ""))
        first_by_start[first] = min(slugs[0], first_by_start.get(first, slugs[0]))
    ends, starts = sorted(last_by_end), sorted(first_by_start)
    earlier: dict[str, str] = {}
    later: dict[str, str] = {}
    for first, last, slugs in spans:
        before, behind = bisect_left(ends, first), bisect_right(starts, last)
        before_slug = last_by_end[ends[before - 1]] if before else ""
        behind_slug = first_by_start[starts[behind]] if behind < len(starts) else ""
        for slug in slugs:
            if before_slug:
                earlier[slug] = before_slug
            if behind_slug:
                later[slug] = behind_slug
    return _Neighbours(earlier=earlier, later=later)


def _by_term(
    cards: Sequence[Card], field: str, terms: tuple[Term, ...], inside: Collection[str] = ()
) -> tuple[Group, ...]:
    """A group for each term that a release names, by label; and one without releases for each of `inside`, for what lies in it."""
    named: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        for slug in getattr(card, field):
            named[slug].append(card)
    groups = [
        Group(term.label, term.slug, tuple(named.get(term.slug, ())), term)
        for term in terms
        if term.slug in named or term.slug in inside
    ]
    return tuple(sorted(groups, key=_by_label))


def _by_label(group: Group | Speaker) -> tuple[str, str]:
    return group.label.casefold(), group.label


def _by_publisher(cards: Sequence[Card]) -> tuple[Group, ...]:
    """A group for each publisher, by label; what has none stated is in no group."""
    published: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.publisher is not None:
            published[card.publisher].append(card)
    slugs = distinct(published)
    groups = (Group(label, slugs[label], tuple(of_label)) for label, of_label in published.items())
    return tuple(sorted(groups, key=_by_label))


def _years(dated: Sequence[Day]) -> tuple[Year, ...]:
    """The years, newest first, each with its months and what is listed under none of them (`Date.years`, `Date.months`)."""
    by_year: dict[int, list[Day]] = defaultdict(list)
    for day in dated:
        for year in day.date.years:
            by_year[year].append(day)
    return tuple(_year(year, by_year[year]) for year in sorted(by_year, reverse=True))


def _year(year: int, days: Sequence[Day]) -> Year:
    label = year_label(year)
    by_month: dict[int, list[Listed]] = defaultdict(list)
    without_month: list[Listed] = []
    for day in days:
        months = day.date.months(year)
        for month in months:
            by_month[month] += day.listed
        if not months:
            without_month += day.listed
    months_of_year = (Period(f"{label}-{month:02}", tuple(by_month[month])) for month in sorted(by_month, reverse=True))
    listed = tuple(chain.from_iterable(day.listed for day in days))
    return Year(label, listed, tuple(months_of_year), tuple(without_month))


def _speakers(cards: Sequence[Card], vocabularies: Vocabularies) -> tuple[Speaker, ...]:
    """Who is quoted, by label: under the vocabulary's entry where there is one, else under the name as written."""
    labels = {term.slug: term.label for term in vocabularies.names}
    quoted: dict[tuple[str, str], list[tuple[Card, int]]] = defaultdict(list)
    for card in cards:
        for number, (name, speaker) in enumerate(card.speakers):
            if not speaker:
                # A draft asks who said it.
                continue
            quoted[(name, "" if name else speaker)].append((card, number))
    # A speaker who stands in names.toml has the slug of that entry; the others get one that none of these has.
    taken = {name for name, _ in quoted if name}
    free = distinct(speaker for name, speaker in quoted if not name)
    speakers = []
    for (name, speaker), pairs in quoted.items():
        slug = name or free[speaker]
        if not name and (slug in taken):
            slug = f"{slug}-as-named"
        speakers.append(Speaker(labels[name] if name else speaker, slug, tuple(pairs), name))
    return tuple(sorted(_with_distinct_slugs(speakers), key=lambda speaker: (*_by_label(speaker), speaker.slug)))


def _counted(cards: Sequence[Card]) -> tuple[Counted, ...]:
    """What figures count, by label: those of the same words together, letter case and blanks apart, and no others."""
    listed: dict[str, list[tuple[Card, int]]] = defaultdict(list)
    for card in cards:
        for number, each in enumerate(card.countings):
            if each.counted:
                # A draft may leave open what is counted.
                listed[counting.folded(each.counted)].append((card, number))
    labels = {
        words: counting.label(card.countings[number].counted for card, number in pairs)
        for words, pairs in listed.items()
    }
    slugs = distinct(labels.values())
    return tuple(
        Counted(labels[words], slugs[labels[words]], tuple(sorted(listed[words], key=_as_of)))
        for words in sorted(listed)
    )


def _as_of(pair: tuple[Card, int]) -> tuple[bool, tuple[int, int, int, str], tuple[int, int, int, str], str, int]:
    """Figures in time: by what they are as of, what states no year last; then by when they were published, by release and place in it."""
    card, number = pair
    date = card.countings[number].date
    return not date.years, date.sort_key, card.date.sort_key, card.slug, number


def _with_distinct_slugs(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Speakers whose slugs are all different: one "as named" may be called what another is called already."""
    count = Counter(speaker.slug for speaker in speakers)
    return [
        speaker
        if count[speaker.slug] == 1 or speaker.name
        else replace(speaker, slug=f"{speaker.slug}-{mark(speaker.label)}")
        for speaker in speakers
    ]
