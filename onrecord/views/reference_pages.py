"""The index of publishers' own numbers: from a reference to its release, in the series the numbers themselves show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord import numbering, routes
from onrecord.model import Listed
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, PageLink, Site, Tally


class NumberedEntry(msgspec.Struct, frozen=True):
    """A reference and its release, or a gap before it."""

    reference: Annotated[str, "the publisher's number"]
    anchor: Annotated[str, "fragment of its line"]
    missing: Annotated[
        str,
        "empty, or the numbers of the series between the line before and this one that the archive does not hold: `070–347`",
    ]
    entry: Annotated[Entry, "the release"]


class Series(msgspec.Struct, frozen=True):
    """References that differ in one running number only."""

    label: Annotated[
        str, "what they share, `…` for the running number: PRE 01/…/2012; empty for references without a number"
    ]
    count: Annotated[int, "how many of them the archive holds"]
    numbers: Annotated[tuple[NumberedEntry, ...], "the references in the order of their numbers"]


class PublisherNumbers(msgspec.Struct, frozen=True):
    """A publisher's references on the index: all of them, or the pages that they stand on."""

    publisher: Annotated[Tally, "the publisher, the page of these references, and how many they are"]
    parts: Annotated[
        tuple[Tally, ...],
        "the pages of their parts, or the places of their years on the one page; empty where the references are here",
    ]
    series: Annotated[tuple[Series, ...], "the references, by series, where the archive has few; else empty"]


class ReferencesView(msgspec.Struct, frozen=True):
    """The publishers that number their releases, with their numbers or the pages of these."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    publishers: Annotated[
        tuple[PublisherNumbers, ...], "the publishers, by label; last the numbers of those that are not stated"
    ]
    without: Annotated[int, "how many releases carry no reference"]


class PublisherReferencesView(msgspec.Struct, frozen=True):
    """One publisher's references."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    publisher: Annotated[PageLink, "the publisher"]
    up: Annotated[PageLink | None, "the first page of these references, on a part of them; else none"]
    part: Annotated[str, "which part is here (`2012`, `2012, 100–199`); empty for all or for the overview"]
    count: Annotated[int, "how many references this page is about"]
    parts: Annotated[tuple[Tally, ...], "the pages of the parts where there are too many for one page; else empty"]
    series: Annotated[tuple[Series, ...], "the references, by series; empty when `parts` is not"]
    narrows: Annotated[bool, "true where there are so many references that a filter is of use"]


LISTED = 120
"""So many references, of all publishers, stand on the index itself."""

NARROWED = 12
"""From so many references on a page has a filter."""


def index_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The index of publishers that number their releases, which always stands."""
    yield routes.REFERENCES, ()


def index(edition: Edition) -> ReferencesView:
    """The index of publishers that number their releases."""
    publishers = edition.ask.numbering()
    few = sum(count for *_, count in publishers) <= LISTED
    return ReferencesView(
        site=edition.site,
        page=edition.page(routes.REFERENCES, "references"),
        publishers=tuple(_numbers(edition, slug, label, count, few) for slug, label, count in publishers),
        without=edition.ask.unnumbered(),
    )


def _numbers(edition: Edition, slug: str, label: str, count: int, listed: bool) -> PublisherNumbers:
    parts, address = edition.ask.number_overview(slug), href(routes.references(slug))
    series = () if parts else _series(edition, edition.ask.numbered(slug))
    return PublisherNumbers(
        publisher=Tally(address, label or edition.translate("publisher not stated"), count),
        parts=tuple(
            Tally(href(routes.references(slug, stem)), edition.digits(name), of_part) for name, stem, of_part in parts
        )
        or (() if listed else _years(edition, address, series)),
        series=series if listed else (),
    )


def _years(edition: Edition, address: str, series: Sequence[Series]) -> tuple[Tally, ...]:
    """The years that are printed in references, newest first, each with the place of its first reference on the page at `address`; what has
    no year is last."""
    places: dict[str, tuple[str, int]] = {}
    for of_series in series:
        for each in of_series.numbers:
            anchor, count = places.get(numbering.year(each.reference), (each.anchor, 0))
            places[numbering.year(each.reference)] = anchor, count + 1
    return tuple(
        Tally(f"{address}#{anchor}", edition.digits(year), count)
        for year, (anchor, count) in sorted(places.items(), reverse=True)
    )


def publisher_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The references of each publisher, and their parts where there are too many for one page."""
    for slug, _, _ in edition.ask.numbering():
        yield routes.references(slug), (slug, "")
        for stem in edition.ask.number_stems(slug):
            yield routes.references(slug, stem), (slug, stem)


def publisher(edition: Edition, slug: str, stem: str) -> PublisherReferencesView:
    """The references of a publisher, or a part of them."""
    part = edition.ask.number_part(slug, stem)
    assert part is not None, (slug, stem)
    label = edition.ask.numberer(slug)
    above = edition.listed(filter(None, (label, *part.names[:-1])))
    return PublisherReferencesView(
        site=edition.site,
        page=edition.page(routes.references(slug, stem), "references"),
        publisher=edition.publisher_link(label)
        if label
        else PageLink("", edition.translate("publisher not stated"), "", ""),
        up=PageLink(href(routes.references(slug, part.up)), above, "", "") if stem else None,
        part=edition.digits(edition.listed(filter(None, part.names))),
        count=part.count,
        parts=tuple(
            Tally(href(routes.references(slug, part_stem)), edition.digits(name), count)
            for name, part_stem, count in part.parts
        ),
        series=_series(edition, part.listed),
        narrows=len(part.listed) >= NARROWED,
    )


PAGES: tuple[PageKind, ...] = (
    PageKind("references", index_pages, index),
    PageKind("publisher-references", publisher_pages, publisher),
)


def _series(edition: Edition, listed: Sequence[Listed]) -> tuple[Series, ...]:
    by_series: dict[str, list[tuple[int, str, str, str, Listed]]] = {}
    for release in listed:
        label, text, number = numbering.numbers(release.reference)
        by_series.setdefault(label if text else "", []).append((number, release.reference, release.slug, text, release))
    sorted_series = [
        (label, sorted(lines, key=lambda line: line[:3]))
        for label, lines in sorted(by_series.items(), key=lambda pair: (not pair[0], pair[0]))
    ]
    anchors = numbering.anchors([line[-1] for _, lines in sorted_series for line in lines])
    series = []
    for label, lines in sorted_series:
        numbers, before = [], None
        for number, reference, slug, text, release in lines:
            missing = _missing(before, number, len(text)) if label else ""
            numbers.append(NumberedEntry(reference, anchors[slug], missing, edition.entry(release)))
            before = number
        series.append(Series(label, len(numbers), tuple(numbers)))
    return tuple(series)


def _missing(before: int | None, number: int, digits: int) -> str:
    if before is None or number - before <= 1:
        return ""
    low, high = f"{before + 1:0{digits}}", f"{number - 1:0{digits}}"
    return low if low == high else f"{low}–{high}"
