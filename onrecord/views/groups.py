"""The page of each topic, place, name and publisher, and the parts of its list. Their indexes are in `indexes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import msgspec

from onrecord import charts, dates, division, languages, routes
from onrecord.characters import fold_quotes
from onrecord.charts import Chart, Spark
from onrecord.division import Key, Missing, Part
from onrecord.list_formats import OF_PAGE, PACKED_MEDIA, ending_of, is_packed
from onrecord.maps import Map
from onrecord.model import Card, Kind, Listed, Term
from onrecord.reader import FOLDERS, GROUPS, WITHIN, Facts
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, FormatLink, PageInfo, PageKind, PageLink, Section, Site, Tally
from onrecord.views.term_parts import IdentifierLink, InnerPlace, identifiers, inner_places, json_ld
from onrecord.writing import direction


class GroupRow(msgspec.Struct, frozen=True):
    """A topic, place, name or publisher in its index."""

    href: Annotated[str, "address of its page"]
    label: Annotated[str, "what it is called, in the interface's language"]
    filed_as: Annotated[
        str, "the form of its label that an index files it under (“Shetty, Salil”), or the label itself"
    ]
    type: Annotated[str, "person or organization; country, city …; may be empty"]
    aliases: Annotated[tuple[str, ...], "other names for it"]
    around: Annotated[tuple[str, ...], "the places that a place lies in, the nearest first; empty for other kinds"]
    count: Annotated[int, "how many releases name it"]
    inner_count: Annotated[int, "how many more releases name a place within it; 0 for other kinds"]
    first: Annotated[str, "year of its earliest release; empty when none states a year"]
    last: Annotated[str, "year of its latest release; empty when none states a year"]
    first_year: Annotated[int, "the same as a number, for sorting; 0 when none states a year"]
    last_year: Annotated[int, "that of the latest as a number"]
    spark: Annotated[Spark, "releases per year, as a small picture; without a path where there are too few"]


class LetterLink(msgspec.Struct, frozen=True):
    """A part of a long index, by first letter."""

    href: Annotated[str, "address of the page with these"]
    label: Annotated[str, "the letter or letters"]
    count: Annotated[int, "how many entries begin so"]
    current: Annotated[bool, "true on the page of this letter"]


class OtherLabel(msgspec.Struct, frozen=True):
    """A label in another language."""

    label: Annotated[str, "the label"]
    lang: Annotated[str, "its language"]
    dir: Annotated[str, "its direction"]
    language: Annotated[str, "the name of that language"]


class GroupView(msgspec.Struct, frozen=True):
    """One topic, place, name or publisher and its releases."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    folder: Annotated[str, "topics, places, names or publishers"]
    slug: Annotated[str, "its slug, which is its value in a search"]
    label: Annotated[str, "what it is called, in the interface's language"]
    type: Annotated[str, "person or organization; country, city …; may be empty"]
    description: Annotated[str, "its definition; may be empty"]
    description_lang: Annotated[str, "language of the definition where it is not the page's own, else empty"]
    description_dir: Annotated[str, "direction of the definition where `description_lang` is set, else empty"]
    aliases: Annotated[tuple[str, ...], "other names for it"]
    other_labels: Annotated[tuple[OtherLabel, ...], "its label in other languages"]
    lat: Annotated[str, "latitude, WGS 84 decimal degrees; empty when not known"]
    lon: Annotated[str, "longitude; empty when not known"]
    around: Annotated[
        tuple[PageLink, ...], "the places that a place lies in, the outermost first; empty for other kinds"
    ]
    identifiers: Annotated[tuple[IdentifierLink, ...], "the same thing at authorities: Wikidata, GeoNames, …"]
    json_ld: Annotated[
        dict[str, object] | None, "schema.org description, for the filter `tojson`; none where no authority is named"
    ]
    count: Annotated[int, "how many releases name it"]
    files: Annotated[tuple[FormatLink, ...], "its releases as files; empty where there is none"]
    first: Annotated[str, "the earliest date in words; empty when none states a year"]
    last: Annotated[str, "the latest date in words; empty when none states a year"]
    map: Annotated[Map | None, "where the place is; none for the other kinds and without coordinates"]
    chart: Annotated[Chart | None, "releases over time; none where there are too few"]
    quotations: Annotated[int, "how often this name is quoted"]
    quotations_href: Annotated[str, "the page with these quotations; empty when there are none"]
    references_href: Annotated[str, "the publisher's reference numbers; empty when there are none"]
    figures: Annotated[tuple[Tally, ...], "what is counted in this place, the most figures first; places only"]
    topics: Annotated[tuple[Tally, ...], "the topics its releases are most often about, itself left out"]
    places: Annotated[tuple[Tally, ...], "the places most often named with it"]
    names: Annotated[tuple[Tally, ...], "the names most often named with it"]
    sections: Annotated[tuple[Section, ...], "its releases by year, newest first"]
    newest: Annotated[
        tuple[Entry, ...], "the newest releases, where the sections are on pages of their own; else empty"
    ]
    inner_places: Annotated[tuple[InnerPlace, ...], "the places that lie in a place, by label"]
    inner_count: Annotated[int, "how many more releases name a place within it, and not the place itself"]
    inner_sections: Annotated[tuple[Section, ...], "these releases by year, newest first"]
    inner_newest: Annotated[
        tuple[Entry, ...], "the newest of them, where the sections are on pages of their own; else empty"
    ]


class PartView(msgspec.Struct, frozen=True):
    """A part of a long list on a page of its own: a year, a month, a day."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    folder: Annotated[str, "topics, places, names, publishers, dates"]
    within: Annotated[bool, "true where the releases name places within a place, and not the place itself"]
    label: Annotated[
        str,
        "of what: the topic's, place's, name's or publisher's label, or that no year is stated; empty for other dates",
    ]
    group_href: Annotated[str, "the first page of the list"]
    up: Annotated[PageLink, "the page this part belongs to"]
    part: Annotated[
        str, "the year, month or day in words; of what is left (see `missing`) the year or month it is in, or empty"
    ]
    missing: Annotated[str, "empty, or what these releases do not state: year, month, day"]
    count: Annotated[int, "how many releases"]
    sections: Annotated[tuple[Section, ...], "the releases, newest first"]
    earlier: Annotated[
        PageLink | None, "the part of this list before it in time; none where it is the first, or is no time"
    ]
    later: Annotated[PageLink | None, "the part of this list after it in time"]
    beside: Annotated[
        tuple[PartLink, ...],
        "where it is no time: the parts of this list that it stands beside, itself among them; else empty",
    ]


class PartLink(msgspec.Struct, frozen=True):
    """A part of a long list among those that it stands beside."""

    href: Annotated[str, "address of its page, relative to the top of this edition"]
    label: Annotated[str, "what its releases share, in words"]
    missing: Annotated[str, "empty, or what its releases do not state: year, month, day"]
    current: Annotated[bool, "true for the part of this page"]


KINDS: Mapping[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()} | {WITHIN: "place"}
"""The kind of the terms in a folder; publishers stand in no vocabulary."""

LEAST_DRAWN = 3
"""Fewer releases, or fewer years of the whole archive, are not drawn."""

LEAST_IN_CHART = 8
"""Fewer releases are seen at a glance in their list."""

COMPANIONS = 12
"""How many companions ("named together with") a page shows."""


Pages = Iterator[tuple[str, tuple[str, ...]]]


# ---- rows of an index ------------------------------------------------------------------------------------------------------------


def row(edition: Edition, folder: str, slug: str) -> GroupRow:
    """A group as a row of an index."""
    facts = edition.ask.group_facts(folder, slug)
    assert facts is not None, (folder, slug)
    made = row_of_facts(edition, facts, href(routes.group(folder, slug)))
    if folder != "places":
        return made
    around = tuple(edition.label_of("place", outer) for outer in edition.ask.around(slug))
    return msgspec.structs.replace(made, around=around, inner_count=edition.ask.inner_count(slug))


def row_of_facts(edition: Edition, facts: Facts, to: str) -> GroupRow:
    """What is counted in these numbers as a row of an index; `to` is the address of its page."""
    term, years = facts.term, facts.years
    first, last = edition.ask.span()
    # One bar, or bars of a height each, show no more than the years in words.
    shows = len(years) > 1 and facts.count >= LEAST_DRAWN and last - first + 1 >= LEAST_DRAWN
    return GroupRow(
        href=to,
        label=edition.label(term) if term else facts.label,
        filed_as=term.filed_as(edition.language) if term else facts.label,
        type=term.type if term else "",
        aliases=_other_names(edition, term) if term else (),
        around=(),
        count=facts.count,
        inner_count=0,
        first=edition.digits(str(years[0][0])) if years else "",
        last=edition.digits(str(years[-1][0])) if years else "",
        first_year=years[0][0] if years else 0,
        last_year=years[-1][0] if years else 0,
        spark=charts.spark(years if shows else (), first, last, edition.dir),
    )


def _other_names(edition: Edition, term: Term) -> tuple[str, ...]:
    """What else a term is called: in the archive's language, where the index shows a translation, and its aliases."""
    return _apart((term.label, *term.aliases), (edition.label(term),))


def _apart(names: Iterable[str], shown: Iterable[str]) -> tuple[str, ...]:
    """The names that a reader can tell from each other and from those that are shown already: several forms of an apostrophe find a term
    in texts, and are one name to the eye."""
    seen = set(map(fold_quotes, shown))
    apart: dict[str, str] = {}
    for name in names:
        apart.setdefault(fold_quotes(name), name)
    return tuple(name for folded, name in apart.items() if folded not in seen)


def frequent_rows(edition: Edition, folder: str, most: int) -> tuple[GroupRow, ...]:
    """The groups with most releases as rows of an index, the most frequent first."""
    rows = (row(edition, folder, slug) for slug in edition.ask.frequent(folder, most))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label, row.href))[:most])


# ---- the page of a group -------------------------------------------------------------------------------------------------------


def group_pages(edition: Edition) -> Pages:
    """The page of each group."""
    for folder in GROUPS:
        for slug in edition.ask.group_slugs(folder):
            yield routes.group(folder, slug), (folder, slug)


def group(edition: Edition, folder: str, slug: str) -> GroupView:
    """The page of a group."""
    ask, path = edition.ask, routes.group(folder, slug)
    facts, all_releases = ask.group_facts(folder, slug), ask.part(folder, slug, "")
    assert facts is not None, (folder, slug)
    assert all_releases is not None, (folder, slug)
    inner = ask.part(WITHIN, slug, "") if folder == "places" else None
    term, is_place = facts.term, folder == "places"
    label = edition.label(term) if term else facts.label
    others = _other_labels(edition, term, label) if term else ()
    description, lang, dir_ = edition.description(term)
    sections = _sections(edition, folder, slug, all_releases)
    pages_of = _pages_of_years(edition, folder, slug, facts)
    return GroupView(
        site=edition.site,
        page=edition.page(
            path,
            folder,
            list_feeds(path, label, bool(facts.count)),
            edit=edition.edit_href(f"{folder}.toml") if term else "",
            description=description,
        ),
        folder=folder,
        slug=slug,
        label=label,
        type=term.type if term else "",
        description=description,
        description_lang=lang,
        description_dir=dir_,
        aliases=_apart(term.aliases, (label, *(other.label for other in others))) if term else (),
        other_labels=others,
        lat=_degrees(term.lat) if term else "",
        lon=_degrees(term.lon) if term else "",
        around=tuple(edition.term_link("place", outer) for outer in reversed(ask.around(slug))) if is_place else (),
        identifiers=identifiers(term),
        json_ld=json_ld(edition, term, label) if term and term.same_as else None,
        count=facts.count,
        files=list_files(path, facts.count),
        first=edition.day(dates.checked(facts.first)).words if facts.first else "",
        last=edition.day(dates.checked(facts.last)).words if facts.last else "",
        map=edition.surroundings(term) if term and is_place else None,
        chart=charts.histogram(facts, edition.dir, edition.date_in_words, pages_of)
        if facts.count >= LEAST_IN_CHART
        else None,
        quotations=ask.quoted(slug) if folder == "names" else 0,
        quotations_href=edition.speaker_href(slug) if folder == "names" else "",
        references_href=href(routes.references(slug)) if folder == "publishers" and ask.has_numbers(slug) else "",
        figures=_figures(edition, slug) if folder == "places" else (),
        topics=_companions(edition, folder, slug, "topic"),
        places=_companions(edition, folder, slug, "place"),
        names=_companions(edition, folder, slug, "name"),
        sections=sections,
        newest=_newest(edition, folder, slug, all_releases),
        inner_places=inner_places(edition, slug) if is_place else (),
        inner_count=inner.count if inner else 0,
        inner_sections=_sections(edition, WITHIN, slug, inner, "within-") if inner else (),
        inner_newest=_newest(edition, WITHIN, slug, inner) if inner else (),
    )


def list_files(path: str, stand: int) -> tuple[FormatLink, ...]:
    """The releases of a page as files, where some of them stand: how many do says whether the files are packed."""
    if not stand:
        return ()
    packed = is_packed(stand)
    return tuple(
        FormatLink(
            href(routes.list_file(path, ending_of(ending, stand))),
            f"{name}, ZIP" if packed else name,
            PACKED_MEDIA if packed else media,
        )
        for ending, name, media in OF_PAGE
    )


def list_feeds(path: str, label: str, stand: bool) -> tuple[PageLink, ...]:
    """The feed of a page, where some of its releases stand."""
    return (PageLink(href(routes.list_file(path, "atom")), label, "", ""),) if stand else ()


def _newest(edition: Edition, folder: str, slug: str, releases: Part[Listed]) -> tuple[Entry, ...]:
    """The newest releases of a list, where its sections stand on pages of their own."""
    if not any(section.stem for section in releases.sections):
        return ()
    return _entries(edition, folder, slug, edition.ask.group_newest(folder, slug, division.NEWEST))


def _entries(edition: Edition, folder: str, slug: str, listed: Iterable[Listed]) -> tuple[Entry, ...]:
    """Releases as lines of a group's list: what the list says of all of them is not said of each, and what it leaves open is."""
    listed = tuple(listed)
    entries = edition.entries(listed)
    if folder == "publishers":
        return tuple(msgspec.structs.replace(entry, is_by_group=True) for entry in entries)
    if folder != WITHIN:
        return entries
    return tuple(
        msgspec.structs.replace(entry, inner_places=_inner_labels(edition, slug, card))
        for card, entry in zip(listed, entries, strict=True)
    )


def _inner_labels(edition: Edition, slug: str, listed: Listed) -> tuple[str, ...]:
    """The places within a place that a release names; none of a withdrawn one, of which that is not told."""
    places = listed.places if isinstance(listed, Card) else ()
    return tuple(edition.label_of("place", place) for place in places if slug in edition.ask.around(place))


def _pages_of_years(edition: Edition, folder: str, slug: str, facts: Facts) -> dict[str, str]:
    """Where the releases of each year are listed, by its label."""
    path, parts_folder = routes.group(folder, slug), _folder_of_parts(folder, slug)
    stems = edition.ask.part_stems(folder, slug)
    found = {}
    for year in (dates.year_label(year) for year, _ in facts.years):
        key, of_decade = Key(year), Key(division.decade(year))
        if key.stem in stems:
            found[year] = href(routes.part(parts_folder, key.stem))
        elif of_decade.stem in stems:
            found[year] = f"{href(routes.part(parts_folder, of_decade.stem))}#{key.anchor}"
        else:
            found[year] = f"{href(path)}#{key.anchor}"
    return found


def _other_labels(edition: Edition, term: Term, main_label: str) -> tuple[OtherLabel, ...]:
    main = edition.ask.frame().settings.language
    labels = [(main, term.label), *term.translations]
    return tuple(
        OtherLabel(label, language, direction(language), languages.name(language, edition.language))
        for language, label in dict(labels).items()
        if label != main_label
    )


def _figures(edition: Edition, slug: str) -> tuple[Tally, ...]:
    counted = sorted(edition.ask.counted_at(slug), key=lambda row: (-row[2], languages.sort_key(row[1]), row[0]))
    return tuple(Tally(href(routes.counted(of)), label, count) for of, label, count in counted[:COMPANIONS])


def _companions(edition: Edition, folder: str, slug: str, kind: Kind) -> tuple[Tally, ...]:
    tallies = []
    for companion, count in edition.ask.companions(folder, slug, kind, COMPANIONS):
        link = edition.term_link(kind, companion)
        tallies.append(Tally(link.href, link.label, count))
    return tuple(tallies)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


# ---- parts of long lists -------------------------------------------------------------------------------------------------------


def part_pages(edition: Edition) -> Pages:
    """A page for each part of a group's list that is too long for one page."""
    for folder in (*GROUPS, WITHIN):
        for slug in edition.ask.group_slugs(folder):
            for stem in edition.ask.part_stems(folder, slug):
                yield routes.part(_folder_of_parts(folder, slug), stem), (folder, slug, stem)


def group_part(edition: Edition, folder: str, slug: str, stem: str) -> PartView:
    """The page of a part of a group's list."""
    part = edition.ask.part(folder, slug, stem)
    assert part is not None, (folder, slug, stem)
    assert part.key is not None, "the whole list is on the page of the group"
    kind = KINDS.get(folder)
    label = edition.label_of(kind, slug) if kind else edition.ask.publisher_label(slug)
    main_folder = "places" if folder == WITHIN else folder
    first, parts_folder = PageLink(href(routes.group(main_folder, slug)), label, "", ""), _folder_of_parts(folder, slug)
    earlier, later = (
        PageLink(href(routes.part(parts_folder, key.stem)), key_label(edition, key), "", "") if key else None
        for key in (Key(stated) if stated else None for stated in edition.ask.part_neighbours(folder, slug, stem))
    )
    return PartView(
        site=edition.site,
        page=edition.page(routes.part(parts_folder, stem), main_folder),
        folder=main_folder,
        within=folder == WITHIN,
        label=label,
        group_href=first.href,
        up=PageLink(href(routes.part(parts_folder, part.up)), _up_label(edition, part.up_key), "", "")
        if part.up_key
        else first,
        part=part_label(edition, part.key),
        missing=part.key.missing,
        count=part.count,
        sections=_sections(edition, folder, slug, part),
        earlier=earlier,
        later=later,
        beside=links_beside(edition, edition.ask.parts_beside(folder, slug, stem), stem, parts_folder),
    )


def links_beside(edition: Edition, beside: Iterable[tuple[Key, str]], stem: str, folder: str) -> tuple[PartLink, ...]:
    """The links to parts of a list from the page of one of them, which has this stem; `folder` is where the pages of the parts are."""
    return tuple(
        PartLink(href(routes.part(folder, other)), key_label(edition, key), key.missing, other == stem)
        for key, other in beside
    )


def _sections(edition: Edition, folder: str, slug: str, part: Part[Listed], anchor: str = "") -> tuple[Section, ...]:
    """The sections of a group's list, or of a part of it; `anchor` is what their anchors begin with."""
    sections = sections_of(edition, part, _folder_of_parts(folder, slug), anchor)
    return tuple(
        msgspec.structs.replace(section, entries=_entries(edition, folder, slug, listed.items))
        for section, listed in zip(sections, part.sections, strict=True)
    )


def sections_of(edition: Edition, part: Part[Listed], folder: str, anchor: str = "") -> tuple[Section, ...]:
    """The sections of a list, or of a part of one; `folder` is where the pages of its parts are, `anchor` what their anchors begin with."""
    return tuple(
        Section(
            label=key_label(edition, section.key),
            missing=section.key.missing,
            anchor=anchor + section.key.anchor,
            href=href(routes.part(folder, section.stem)) if section.stem else "",
            count=section.count,
            entries=edition.entries(section.items),
        )
        for section in part.sections
    )


def key_label(edition: Edition, key: Key) -> str:
    """What the releases of a section share, in words; empty where it is something they do not state."""
    return key.letters.upper() or (edition.date_in_words(key.stated) if key.stated else "")


def part_label(edition: Edition, key: Key) -> str:
    """What the releases of a part share, in words; of what they do not state, the larger unit that they share."""
    return key_label(edition, key) or (edition.date_in_words(key.within) if key.within else "")


_APART: Mapping[Missing, str] = {
    "year": "Year not stated",
    "month": "Month not stated",
    "day": "Day not stated",
    "months": "Dates that span months",
    "days": "Dates that span days",
}


def _up_label(edition: Edition, key: Key) -> str:
    """What the releases of the part above share, in words, or why they stand apart."""
    if not key.missing:
        return key_label(edition, key)
    reason = edition.translate(_APART[key.missing])
    return f"{edition.date_in_words(key.within)}: {reason}" if key.within else reason


def _folder_of_parts(folder: str, slug: str) -> str:
    if folder == WITHIN:
        return routes.within(slug)
    return routes.group(folder, slug).removesuffix(".html")


PAGES: tuple[PageKind, ...] = (
    PageKind("group", group_pages, group),
    PageKind("group-part", part_pages, group_part),
)
