"""Who said what: an index of speakers, and what each is quoted with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord import languages
from onrecord.help import said
from onrecord.model import Quotation, Release, Speaker
from onrecord.views import listing
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Entry, PageInfo, PageLink, Site, Tally
from onrecord.views.groups import LetterLink

LIMIT = 40
"""The most quotations on one page; they are longer than titles."""


@dataclass(frozen=True, slots=True)
class Said:
    """One quotation and where it stands."""

    text: str = said("the words, verbatim; empty where there is only a summary")
    summary: str = said("what was said in the archive's own words; empty where the words themselves are given")
    lang: str = said("language of the words where it is not the page's own, else empty")
    dir: str = said("direction where `lang` is set")
    entry: Entry = said("the release it stands in")
    href: str = said("the paragraph it stands in, or the release")
    paragraph: int = said("number of that paragraph; 0 where it is not known")
    speaker: str = said("the speaker as this release names them")


@dataclass(frozen=True, slots=True)
class QuotationsView:
    """The index of speakers; a long one is split by first letter."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    letter: str = said("the first letters this page is about; empty on the index itself")
    total: int = said("how many quotations the archive has")
    speakers: int = said("how many speakers it quotes")
    rows: tuple[Tally, ...] = said(
        "speakers with the number of quotations, by name; the most quoted where the index is split"
    )
    letters: tuple[LetterLink, ...] = said("the parts of a split index; empty when it is whole")


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """What one speaker is quoted with."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    label: str = said("the speaker")
    name_href: str = said("the page of this name in the index of names; empty when there is none")
    up: PageLink | None = said("the first page of this speaker, on a part; else none")
    part: str = said("the year this page is about; empty for all, or for the overview")
    rest: bool = said("true on the part with releases that do not state their year")
    count: int = said("how many quotations in all, or on this part")
    quotations: tuple[Said, ...] = said("the quotations, newest first; the newest ones where `parts` is not empty")
    parts: tuple[Tally, ...] = said(
        "the years, where there are too many for one page; a label is empty where the year is not stated"
    )


def pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    """quotations/index.html, its parts, and the pages of each speaker."""
    speakers = [(speaker, _standing(speaker)) for speaker in edition.archive.speakers]
    speakers = [(speaker, found) for speaker, found in speakers if found]
    yield from _index(edition, speakers)
    for speaker, found in speakers:
        yield from _speaker(edition, speaker, found)


Pairs = Sequence[tuple[Release, Quotation]]


def _standing(speaker: Speaker) -> Pairs:
    return [(release, quotation) for release, quotation in speaker.quotations if release.status != "withdrawn"]


def _label(edition: Edition, speaker: Speaker) -> str:
    return edition.label(speaker.term) if speaker.term else speaker.label


def _index(edition: Edition, speakers: Sequence[tuple[Speaker, Pairs]]) -> Iterator[tuple[str, str, object]]:
    path = "quotations/index.html"
    total = sum(len(found) for _, found in speakers)
    rows = [
        (s.slug, Tally(encoded(f"quotations/{s.slug}.html"), _label(edition, s), len(found))) for s, found in speakers
    ]
    rows.sort(key=lambda pair: (languages.sort_key(pair[1].label), pair[0]))

    def page(at: str, letter: str, shown: Sequence[Tally], letters: tuple[LetterLink, ...]) -> QuotationsView:
        return QuotationsView(
            edition.site, edition.page(at, "quotations"), letter, total, len(rows), tuple(shown), letters
        )

    if len(rows) <= listing.LIMIT * 2:
        yield path, "quotations.html", page(path, "", [row for _, row in rows], ())
        return
    links = [
        (letters, f"quotations/index/{letters}.html", below) for letters, below in listing.lettered(rows, listing.LIMIT)
    ]

    def letter_links(current: str) -> tuple[LetterLink, ...]:
        return tuple(
            LetterLink(encoded(to), letters.upper(), len(below), letters == current) for letters, to, below in links
        )

    often = sorted((row for _, row in rows), key=lambda row: (-row.count, row.label))[: listing.NEWEST * 2]
    yield path, "quotations.html", page(path, "", often, letter_links(""))
    for letters, to, below in links:
        yield to, "quotations.html", page(to, letters.upper(), below, letter_links(letters))


def _speaker(edition: Edition, speaker: Speaker, found: Pairs) -> Iterator[tuple[str, str, object]]:
    path = f"quotations/{speaker.slug}.html"
    label = _label(edition, speaker)
    name_href = edition.term_link(speaker.term).href if speaker.term else ""

    def page(
        at: str, up: PageLink | None, part: str, rest: bool, some: Pairs, count: int, parts: tuple[Tally, ...]
    ) -> SpeakerView:
        return SpeakerView(
            edition.site, edition.page(at, "quotations"), label, name_href, up, part, rest, count,
            tuple(_said(edition, release, quotation) for release, quotation in some), parts,
        )  # fmt: skip

    if len(found) <= LIMIT:
        yield path, "speaker.html", page(path, None, "", False, found, len(found), ())
        return
    by_year: dict[str, list[tuple[Release, Quotation]]] = {}
    for pair in found:
        by_year.setdefault(pair[0].date.sort_text[:4], []).append(pair)
    by_part: list[tuple[str, str, Pairs]] = []
    for year, some in by_year.items():
        if len(some) <= LIMIT or not year:
            by_part.append((year, year or "no-year", some))
            continue
        by_month: dict[str, list[tuple[Release, Quotation]]] = {}
        for pair in some:
            by_month.setdefault(pair[0].date.sort_text[:7], []).append(pair)
        by_part += [
            (edition.words(key), key if len(key) == 7 else f"{key}-no-month", below) for key, below in by_month.items()
        ]
    paths = [(part, f"quotations/{speaker.slug}/{stem}.html", some) for part, stem, some in by_part]
    tallies = tuple(Tally(encoded(to), part, len(below)) for part, to, below in paths)
    yield path, "speaker.html", page(path, None, "", False, found[:10], len(found), tallies)
    up = PageLink(encoded(path), label, "", "")
    for part, to, below in paths:
        yield to, "speaker.html", page(to, up, part, not part, below, len(below), ())


def _said(edition: Edition, release: Release, quotation: Quotation) -> Said:
    entry = edition.entry(release)
    lang, direction = edition.foreign(release.language) if quotation.text else ("", "")
    href = f"{entry.href}#p{quotation.paragraph}" if quotation.paragraph else entry.href
    return Said(
        quotation.text, quotation.summary, lang, direction, entry, href, quotation.paragraph or 0, quotation.speaker
    )
