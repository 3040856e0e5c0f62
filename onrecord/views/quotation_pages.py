"""Who said what: an index of speakers, and what each is quoted with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from onrecord import division, languages, routes
from onrecord.model import Card
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import PageInfo, PageKind, PageLink, QuotationEntry, Site, Tally
from onrecord.views.groups import LetterLink


class QuotationsView(msgspec.Struct, frozen=True):
    """The index of speakers; a long one is split by first letter."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "where the page stands"]
    letter: Annotated[str, "the first letters this page is about; empty on the index itself"]
    total: Annotated[int, "how many quotations the archive has"]
    speakers: Annotated[int, "how many speakers it quotes"]
    rows: Annotated[
        tuple[Tally, ...], "speakers with the number of quotations, by name; the most quoted where the index is split"
    ]
    letters: Annotated[tuple[LetterLink, ...], "the parts of a split index; empty when it is whole"]


class SpeakerView(msgspec.Struct, frozen=True):
    """What one speaker is quoted with."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "where the page stands"]
    slug: Annotated[str, "the speaker's slug, which is their value in a search"]
    label: Annotated[str, "the speaker"]
    name_href: Annotated[str, "the page of this name in the index of names; empty when there is none"]
    up: Annotated[PageLink | None, "the first page of this speaker, on a part; else none"]
    part: Annotated[str, "the year this page is about; empty for all, or for the overview"]
    without_year: Annotated[bool, "true on the part with releases that do not state their year"]
    count: Annotated[int, "how many quotations in all, or on this part"]
    quotations: Annotated[
        tuple[QuotationEntry, ...], "the quotations, newest first; the newest ones where `parts` is not empty"
    ]
    parts: Annotated[
        tuple[Tally, ...],
        "the years, where there are too many for one page; a label is empty where there is no single year",
    ]


def index_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The index of speakers, which always stands; a long one has a page for each of its parts too."""
    yield routes.QUOTATIONS, ("",)
    for letters, _ in edition.ask.speaker_letters():
        yield routes.speakers(letters), (letters,)


def index(edition: Edition, letters: str) -> QuotationsView:
    """The index of speakers, or the part of it whose slugs begin with some letters."""
    ask = edition.ask
    parts = ask.speaker_letters()
    slugs = ask.most_quoted(division.NEWEST * 2) if parts and not letters else ask.speakers_under(letters)
    by_label = sorted(
        ((slug, Tally(href(routes.speaker(slug)), _label(edition, slug), ask.speaker_count(slug))) for slug in slugs),
        key=lambda pair: (languages.sort_key(pair[1].label), pair[0]),
    )
    rows = [row for _, row in by_label]
    if parts and not letters:
        rows = sorted(rows, key=lambda row: (-row.count, row.label))[: division.NEWEST * 2]
    total, speakers = ask.quotation_totals()
    return QuotationsView(
        site=edition.site,
        page=edition.page(routes.speakers(letters) if letters else routes.QUOTATIONS, "quotations"),
        letter=letters.upper(),
        total=total,
        speakers=speakers,
        rows=tuple(rows),
        letters=tuple(
            LetterLink(href(routes.speakers(initials)), initials.upper(), count, initials == letters)
            for initials, count in parts
        ),
    )


def speaker_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each speaker is quoted with, and the parts of it where there is too much for one page."""
    for slug in edition.ask.speakers_under(""):
        yield routes.speaker(slug), (slug, "")
        for stem in edition.ask.speaker_stems(slug):
            yield routes.speaker(slug, stem), (slug, stem)


def speaker(edition: Edition, slug: str, stem: str) -> SpeakerView:
    """What a speaker is quoted with, or a part of it."""
    part = edition.ask.speaker_part(slug, stem)
    assert part is not None, (slug, stem)
    label, (_, name) = _label(edition, slug), edition.ask.speaker_label(slug)
    return SpeakerView(
        site=edition.site,
        page=edition.page(routes.speaker(slug, stem), "quotations"),
        slug=slug,
        label=label,
        name_href=edition.term_link("name", name).href if name else "",
        up=PageLink(href(routes.speaker(slug)), label, "", "") if stem else None,
        part=_period(edition, part.period, part.stem),
        without_year=bool(stem) and not part.period,
        count=part.count,
        quotations=tuple(_quotation(edition, card, number) for card, number in part.quotations),
        parts=tuple(
            Tally(href(routes.speaker(slug, part_stem)), _period(edition, period, part_stem), count)
            for period, part_stem, count in part.parts
        ),
    )


PAGES: tuple[PageKind, ...] = (
    PageKind("quotations", index_pages, index),
    PageKind("speaker", speaker_pages, speaker),
)


def _label(edition: Edition, slug: str) -> str:
    label, name = edition.ask.speaker_label(slug)
    return edition.label_of("name", name) if name else label


def _period(edition: Edition, period: str, stem: str) -> str:
    """What a part is about: a year as its number, a month, or a year without a month, in words."""
    return period if stem == period[:4] or not period else edition.date_in_words(period)


def _quotation(edition: Edition, card: Card, number: int) -> QuotationEntry:
    quotations = edition.ask.quotations(card.slug)
    assert number < len(quotations), (card.slug, number)
    reprints = dict(edition.ask.reprints(card.slug)).get(number, ())
    return edition.quotation(card, quotations[number], tuple(_reprint(edition, *reprint) for reprint in reprints))


def _reprint(edition: Edition, slug: str, number: int) -> PageLink:
    """The same words in another publication of the text."""
    card, quotations = edition.ask.card(slug), edition.ask.quotations(slug)
    assert card is not None, slug
    assert number < len(quotations), (slug, number)
    entry, passage = edition.entry(card), quotations[number].passage
    return PageLink(f"{entry.href}#p{passage}" if passage else entry.href, entry.title, entry.lang, entry.dir)
