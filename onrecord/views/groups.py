"""Indexes of topics, places, names and publishers, and the page of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord import charts, languages
from onrecord.charts import Chart, Spark, Square
from onrecord.help import said
from onrecord.maps import Map
from onrecord.model import Group, Release, Term
from onrecord.schema import direction
from onrecord.views import listing
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Entry, PageInfo, PageLink, Section, Site, Tally
from onrecord.views.listing import Part


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A topic, place, name or publisher in its index."""

    href: str = said("address of its page")
    label: str = said("what it is called, in the interface's language")
    sort: str = said("person or organization; country, city …; may be empty")
    aliases: tuple[str, ...] = said("other names for it")
    count: int = said("how many releases")
    first: str = said("year of its earliest release; empty when none states a year")
    last: str = said("year of its latest release; empty when none states a year")
    spark: Spark = said("releases per year, as a small picture")


@dataclass(frozen=True, slots=True)
class LetterLink:
    """A part of a long index, by first letter."""

    href: str = said("address of the page with these")
    label: str = said("the letter or letters")
    count: int = said("how many entries begin so")
    current: bool = said("true on the page of this letter")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two names that occur in the same releases."""

    one: PageLink = said("the one name and its page")
    other: PageLink = said("the other name and its page")
    count: int = said("in how many releases both occur")


@dataclass(frozen=True, slots=True)
class Together:
    """The names with most releases against each other."""

    names: tuple[PageLink, ...] = said(
        "the names, those with most releases first: the first is number 1 of the picture"
    )
    square: Square = said("the picture")
    pairs: tuple[Pairing, ...] = said("its table: each two names that meet, the most frequent first")


@dataclass(frozen=True, slots=True)
class GroupsView:
    """The index of all topics, places, names or publishers; a long one is split by first letter."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    folder: str = said("topics, places, names or publishers")
    letter: str = said("the first letters this page is about; empty on the index itself")
    total: int = said("how many there are in all")
    rows: tuple[GroupRow, ...] = said("the entries, by label; the most frequent ones where the index is split")
    letters: tuple[LetterLink, ...] = said("the parts of a split index; empty when it is whole")
    together: Together | None = said(
        "which of the most frequent names occur together; names only, on the first page, and only where some do"
    )


@dataclass(frozen=True, slots=True)
class OtherLabel:
    """A label in another language."""

    label: str = said("the label")
    lang: str = said("its language")
    dir: str = said("its direction")
    language: str = said("the name of that language")


@dataclass(frozen=True, slots=True)
class GroupView:
    """One topic, place, name or publisher and its releases."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    folder: str = said("topics, places, names or publishers")
    label: str = said("what it is called, in the interface's language")
    sort: str = said("person or organization; country, city …; may be empty")
    description: str = said("its definition; may be empty")
    aliases: tuple[str, ...] = said("other names for it")
    other_labels: tuple[OtherLabel, ...] = said("its label in other languages")
    lat: str = said("latitude, WGS 84 decimal degrees; empty when not known")
    lon: str = said("longitude; empty when not known")
    count: int = said("how many releases")
    first: str = said("the earliest date in words; empty when none states a year")
    last: str = said("the latest date in words; empty when none states a year")
    map: Map | None = said("where the place is; none for the other kinds and without coordinates")
    chart: Chart | None = said("releases over time; none where there are too few")
    quotations: int = said("how often this name is quoted")
    quotations_href: str = said("the page with these quotations; empty when there are none")
    references_href: str = said("the publisher's reference numbers; empty when there are none")
    topics: tuple[Tally, ...] = said("the topics its releases are most often about, itself left out")
    places: tuple[Tally, ...] = said("the places most often named with it")
    names: tuple[Tally, ...] = said("the names most often named with it")
    sections: tuple[Section, ...] = said("its releases by year, newest first")
    newest: tuple[Entry, ...] = said("the newest releases, where the sections stand on pages of their own; else empty")


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a long list on a page of its own: a year, a month, a day."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    folder: str = said("topics, places, names, publishers, dates")
    label: str = said("of what: the topic's, place's, name's or publisher's label; empty for dates")
    group_href: str = said("the first page of the list")
    up: PageLink = said("the page this part belongs to")
    part: str = said("the year, month or day in words; empty for what is left (see `rest`)")
    rest: str = said("empty, or what these releases do not state: year, month, day")
    count: int = said("how many releases")
    sections: tuple[Section, ...] = said("the releases, newest first")


SQUARE = 12
"""How many of the most frequent names the picture of names that occur together shows."""

TOGETHER = 12
"""How many companions ("named together with") a page shows."""


def standing(releases: Sequence[Release]) -> tuple[Release, ...]:
    """The releases that are not withdrawn: a tombstone is listed by date and number only."""
    return tuple(release for release in releases if release.status != "withdrawn")


def rows_of(edition: Edition, folder: str, groups: Sequence[Group]) -> tuple[GroupRow, ...]:
    """The groups as rows of an index, those with most releases first."""
    rows = [_row(edition, folder, group, edition.span) for group in groups]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label, row.href)))


def pages(edition: Edition, folder: str, groups: Sequence[Group]) -> Iterator[tuple[str, str, object]]:
    """The index of one kind of group, its parts, and the page of each group with its parts."""
    yield from _index(edition, folder, groups, edition.span)
    for group in groups:
        yield from _group(edition, folder, group)


def _index(
    edition: Edition, folder: str, groups: Sequence[Group], span: tuple[int, int]
) -> Iterator[tuple[str, str, object]]:
    rows = [(group, _row(edition, folder, group, span)) for group in groups]
    rows.sort(key=lambda pair: (languages.sort_key(pair[1].label), pair[0].slug))
    path = f"{folder}/index.html"
    together = _meetings(edition, groups) if folder == "names" else None

    def page(
        at: str,
        letter: str,
        shown: Sequence[GroupRow],
        letters: tuple[LetterLink, ...],
        square: Together | None,
    ) -> GroupsView:
        return GroupsView(
            edition.site, edition.page(at, folder), folder, letter, len(rows), tuple(shown), letters, square
        )

    if len(rows) <= listing.LIMIT * 2:
        yield path, "groups.html", page(path, "", [row for _, row in rows], (), together)
        return
    found = listing.lettered([(group.slug, row) for group, row in rows], listing.LIMIT)
    links = [(letters, f"{folder}/index/{letters}.html", below) for letters, below in found]

    def letter_links(current: str) -> tuple[LetterLink, ...]:
        return tuple(
            LetterLink(encoded(to), letters.upper(), len(below), letters == current) for letters, to, below in links
        )

    often = sorted((row for _, row in rows), key=lambda row: (-row.count, row.label))[: listing.NEWEST * 2]
    yield path, "groups.html", page(path, "", often, letter_links(""), together)
    for letters, to, below in links:
        yield to, "groups.html", page(to, letters.upper(), below, letter_links(letters), None)


def _meetings(edition: Edition, groups: Sequence[Group]) -> Together | None:
    """The names with most releases against each other; None where fewer than three of them ever meet."""
    often = sorted(groups, key=lambda group: (-len(standing(group.releases)), group.slug))[:SQUARE]
    held = [{release.slug for release in standing(group.releases)} for group in often]
    met = [a for a, one in enumerate(held) if any(one & other for b, other in enumerate(held) if a != b)]
    if len(met) < 3:
        return None
    counts = [[len(held[a] & held[b]) if a != b else 0 for b in met] for a in met]
    names = tuple(
        PageLink(
            edition.group_link("names", often[a]),
            edition.label(term) if (term := often[a].term) else often[a].label,
            "",
            "",
        )
        for a in met
    )
    pairs = [
        Pairing(names[a], names[b], count)
        for a, row in enumerate(counts)
        for b, count in enumerate(row)
        if a < b and count
    ]
    # The sort is stable: of equally frequent pairs the one with the more frequent names comes first.
    return Together(names, charts.square(counts, edition.dir), tuple(sorted(pairs, key=lambda pair: -pair.count)))


def _row(edition: Edition, folder: str, group: Group, span: tuple[int, int]) -> GroupRow:
    releases = standing(group.releases)
    years = [r.date.year for r in releases if r.date.year is not None]
    return GroupRow(
        href=edition.group_link(folder, group),
        label=edition.label(group.term) if group.term else group.label,
        sort=group.term.sort if group.term else "",
        aliases=group.term.aliases if group.term else (),
        count=len(releases),
        first=edition.digits(str(min(years))) if years else "",
        last=edition.digits(str(max(years))) if years else "",
        spark=charts.spark((r.date for r in releases), *span, edition.dir),
    )


def _group(edition: Edition, folder: str, group: Group) -> Iterator[tuple[str, str, object]]:
    releases = standing(group.releases)
    path = f"{folder}/{group.slug}.html"
    sections, more = listing.parts(
        edition, releases, f"{folder}/{group.slug}", (path, edition.label(group.term) if group.term else group.label)
    )
    term = group.term
    label = edition.label(term) if term else group.label
    dated = [r.date for r in releases if r.date.sort_text]
    speaker_href = edition.speaker_href(term) if term and folder == "names" else ""
    pages_of = {
        section.anchor.removeprefix("d"): section.href or f"{encoded(path)}#{section.anchor}"
        for section in sections
        if not section.rest
    }
    feeds = (PageLink(encoded(f"topics/{group.slug}.atom"), label, "", ""),) if folder == "topics" else ()
    yield (
        path,
        "group.html",
        GroupView(
            site=edition.site,
            page=edition.page(
                path,
                folder,
                feeds,
                edit=edition.edit_href(f"{folder}.toml") if term else "",
                description=term.description if term else "",
            ),
            folder=folder,
            label=label,
            sort=term.sort if term else "",
            description=term.description if term else "",
            aliases=term.aliases if term else (),
            other_labels=_other_labels(edition, term, label) if term else (),
            lat=_degrees(term.lat) if term else "",
            lon=_degrees(term.lon) if term else "",
            count=len(releases),
            first=edition.day(min(dated, key=lambda d: d.sort_key)).words if dated else "",
            last=edition.day(max(dated, key=lambda d: d.sort_key)).words if dated else "",
            map=edition.surroundings(term, len(releases)) if term and folder == "places" else None,
            chart=charts.histogram((r.date for r in releases), edition.dir, edition.words, pages_of),
            quotations=edition.quoted(term) if speaker_href and term else 0,
            quotations_href=speaker_href,
            references_href=encoded(f"references/{group.slug}.html")
            if folder == "publishers" and any(r.reference for r in releases)
            else "",
            topics=_together(edition, "topics", [r.topics for r in releases], term),
            places=_together(edition, "places", [r.places for r in releases], term),
            names=_together(edition, "names", [r.names for r in releases], term),
            sections=sections,
            newest=edition.entries(releases[: listing.NEWEST]) if more else (),
        ),
    )
    for part in more:
        yield part.path, "part.html", part_view(edition, part, folder, label, path)


def part_view(edition: Edition, part: Part, folder: str, label: str, first: str) -> PartView:
    """The page of a part of a long list."""
    return PartView(
        site=edition.site,
        page=edition.page(part.path, folder),
        folder=folder,
        label=label,
        group_href=encoded(first),
        up=PageLink(encoded(part.up[0]), part.up[1], "", ""),
        part=part.label,
        rest=part.rest,
        count=part.count,
        sections=part.sections,
    )


def _other_labels(edition: Edition, term: Term, shown: str) -> tuple[OtherLabel, ...]:
    main = edition.archive.settings.language
    labels = [(main, term.label), *term.translations]
    return tuple(
        OtherLabel(label, language, direction(language), languages.name(language, edition.language))
        for language, label in dict(labels).items()
        if label != shown
    )


def _together(
    edition: Edition, folder: str, found: Sequence[tuple[Term, ...]], itself: Term | None
) -> tuple[Tally, ...]:
    terms = {term.slug: term for terms in found for term in terms}
    counts = Counter(term.slug for terms in found for term in terms)
    if itself and terms.get(itself.slug) == itself:
        del counts[itself.slug]
    often = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:TOGETHER]
    return tuple(Tally(edition.term_link(terms[slug]).href, edition.label(terms[slug]), count) for slug, count in often)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
