"""The index of publishers' own numbers: from a reference to its release, in the series the numbers themselves show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.help import said
from onrecord.model import Group, Release
from onrecord.views import listing
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Entry, PageInfo, PageLink, Site, Tally


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reference and its release, or a gap before it."""

    reference: str = said("the publisher's number")
    anchor: str = said("fragment of its line")
    missing: str = said(
        "empty, or the numbers of the series between the line before and this one that the archive does not hold: `070–347`"
    )
    entry: Entry = said("the release")


@dataclass(frozen=True, slots=True)
class Series:
    """References that differ in one running number only."""

    label: str = said(
        "what they share, `…` for the running number: PRE 01/…/2012; empty for references without a number"
    )
    count: int = said("how many of them the archive holds")
    numbers: tuple[Numbered, ...] = said("the references in the order of their numbers")


@dataclass(frozen=True, slots=True)
class ReferencesView:
    """The publishers that number their releases."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    publishers: tuple[Tally, ...] = said("the publishers with the number of references")
    without: int = said("how many releases carry no reference")


@dataclass(frozen=True, slots=True)
class PublisherReferencesView:
    """One publisher's references."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    publisher: PageLink = said("the publisher")
    up: PageLink | None = said("the first page of these references, on a part of them; else none")
    part: str = said("which part stands here (`2012`, `2012, 100–199`); empty for all or for the overview")
    count: int = said("how many references this page is about")
    parts: tuple[Tally, ...] = said("the pages of the parts where there are too many for one page; else empty")
    series: tuple[Series, ...] = said("the references, by series; empty when `parts` is not")


_TOKEN = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")


def numbers(reference: str) -> tuple[str, str, int]:
    """A reference as (its series with `…` for the running number, the running number as printed, the same as a number).

    The running number is the last group of digits that is not a year; a reference whose only number is a year has none, like one
    without digits: then the running number is empty and 0.
    """
    years = {match.start() for match in _YEAR.finditer(reference)}
    found = [match for match in _TOKEN.finditer(reference) if match.start() not in years]
    if not found or len(found[-1][0]) > 12:
        return reference, "", 0
    last = found[-1]
    return f"{reference[: last.start()]}…{reference[last.end() :]}", last[0], int(last[0])


def pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    """references/index.html and the pages of each publisher that numbers its releases."""
    archive = edition.archive
    path = "references/index.html"
    found = [(group, [r for r in group.releases if r.reference]) for group in archive.publishers]
    found = [(group, releases) for group, releases in found if releases]
    tallies = tuple(Tally(encoded(f"references/{group.slug}.html"), group.label, len(below)) for group, below in found)
    without = sum(not release.reference for release in archive.releases)
    yield path, "references.html", ReferencesView(edition.site, edition.page(path, "references"), tallies, without)
    for group, releases in found:
        yield from _publisher(edition, group, releases)


def _publisher(edition: Edition, group: Group, releases: Sequence[Release]) -> Iterator[tuple[str, str, object]]:
    path = f"references/{group.slug}.html"
    link = edition.publisher_link(group.label)
    first = PageLink(encoded(path), group.label, "", "")

    def page(
        at: str, up: PageLink | None, part: str, count: int, parts: tuple[Tally, ...], series: tuple[Series, ...]
    ) -> object:
        return PublisherReferencesView(
            edition.site, edition.page(at, "references"), link, up, part, count, parts, series
        )

    if len(releases) <= listing.LIMIT:
        yield path, "publisher-references.html", page(path, None, "", len(releases), (), _series(edition, releases))
        return
    years: dict[str, list[Release]] = {}
    for release in releases:
        years.setdefault(_year(release.reference), []).append(release)
    parts = [
        (year, f"references/{group.slug}/{year or 'other'}.html", some)
        for year, some in sorted(years.items(), reverse=True)
    ]
    tallies = tuple(Tally(encoded(at), year, len(some)) for year, at, some in parts)
    yield path, "publisher-references.html", page(path, None, "", len(releases), tallies, ())
    for year, at, some in parts:
        if len(some) <= listing.LIMIT:
            yield at, "publisher-references.html", page(at, first, year, len(some), (), _series(edition, some))
            continue
        hundreds: dict[int, list[Release]] = {}
        for release in some:
            hundreds.setdefault(numbers(release.reference)[2] // 100, []).append(release)
        spans = [
            (f"{low * 100}–{low * 100 + 99}", f"{at.removesuffix('.html')}-{low * 100}.html", found)
            for low, found in sorted(hundreds.items())
        ]
        tallies = tuple(Tally(encoded(to), span, len(found)) for span, to, found in spans)
        yield at, "publisher-references.html", page(at, first, year, len(some), tallies, ())
        up = PageLink(encoded(at), f"{group.label}, {year}" if year else group.label, "", "")
        for span, to, found in spans:
            part = f"{year}, {span}" if year else span
            yield to, "publisher-references.html", page(to, up, part, len(found), (), _series(edition, found))


def _year(reference: str) -> str:
    """The year printed in a number, the last one if there are several, or empty."""
    years = [match[0] for match in _YEAR.finditer(reference)]
    return years[-1] if years else ""


def _series(edition: Edition, releases: Sequence[Release]) -> tuple[Series, ...]:
    by_series: dict[str, list[tuple[int, str, str, Release]]] = {}
    for release in releases:
        label, text, number = numbers(release.reference)
        by_series.setdefault(label if text else "", []).append((number, text, release.reference, release))
    out = []
    for label, found in sorted(by_series.items(), key=lambda pair: (not pair[0], pair[0])):
        lines, before = [], None
        for number, text, reference, release in sorted(found, key=lambda item: (item[0], item[2], item[3].slug)):
            missing = _missing(before, number, len(text)) if label else ""
            lines.append(Numbered(reference, _anchor(reference), missing, edition.entry(release)))
            before = number
        out.append(Series(label, len(lines), tuple(lines)))
    return tuple(out)


def _missing(before: int | None, number: int, digits: int) -> str:
    if before is None or number - before <= 1:
        return ""
    low, high = f"{before + 1:0{digits}}", f"{number - 1:0{digits}}"
    return low if low == high else f"{low}–{high}"


def _anchor(reference: str) -> str:
    return "r-" + (re.sub(r"[^0-9a-z]+", "-", reference.casefold()).strip("-") or reference.encode().hex())
