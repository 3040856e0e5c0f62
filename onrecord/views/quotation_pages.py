"""Who said what: everything that is quoted, and what each speaker is quoted with. The index of speakers is in `indexes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord import languages, routes
from onrecord.dates import year_label
from onrecord.model import Card
from onrecord.quoting import Quoted, SpeakerPart
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, PageLink, QuotationEntry, Reprint, Site, Tally


class ListedQuotation(msgspec.Struct, frozen=True):
    """A quotation in a list, and by what the list can be narrowed to it."""

    quotation: Annotated[QuotationEntry, "the quotation and its release"]
    by: Annotated[PageLink, "the page of what its speaker is quoted with, by the name that the archive has"]
    left_by: Annotated[
        str, "the values of the choices that leave it in the list, with blanks between; empty where there are none"
    ]


class QuotingRelease(msgspec.Struct, frozen=True):
    """A release, and what of a list of quotations stands in it."""

    entry: Annotated[Entry, "the release"]
    href: Annotated[str, "where its quotations are listed on its page"]
    quotations: Annotated[tuple[ListedQuotation, ...], "its quotations in this list, in their order"]


class Choice(msgspec.Struct, frozen=True):
    """Something by which a list can be narrowed."""

    value: Annotated[str, "its number among all choices of the page: quotations name it in `left_by`"]
    label: Annotated[str, "what it is called"]
    count: Annotated[int, "how many of the list it leaves"]


class Narrowing(msgspec.Struct, frozen=True):
    """The choices of one kind."""

    name: Annotated[str, "speaker, place, topic or year"]
    choices: Annotated[tuple[Choice, ...], "the choices, by label; the newest year first"]


class QuotationsView(msgspec.Struct, frozen=True):
    """Everything that is quoted, newest first; the parts of it where it is too much for one page."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    part: Annotated[str, "the year or month this page is about; empty for all, or for the overview"]
    without_year: Annotated[bool, "true on the part with releases that do not state their year"]
    is_part: Annotated[bool, "true on a part, false on the first page"]
    up: Annotated[PageLink | None, "the year that a month belongs to; else none"]
    speakers: Annotated[int, "how many speakers there are"]
    count: Annotated[int, "how many quotations in all, or on this part"]
    summaries: Annotated[int, "how many the archive has in its own words alone"]
    quotations: Annotated[
        tuple[ListedQuotation, ...],
        "the quotations, newest first; the newest ones where `parts` is not empty; empty where `releases` is not",
    ]
    releases: Annotated[
        tuple[QuotingRelease, ...],
        "on a part that has all of its quotations: the releases that they are in, newest first",
    ]
    narrowings: Annotated[
        tuple[Narrowing, ...], "by what this list can be narrowed; empty where it is short, or is on several pages"
    ]
    parts: Annotated[
        tuple[Tally, ...],
        "the years or months, where there are too many for one page; a label is empty where there is no single year",
    ]
    most_quoted: Annotated[tuple[Tally, ...], "the speakers with most quotations; on the first page only"]


class SpeakerView(msgspec.Struct, frozen=True):
    """What one speaker is quoted with."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    slug: Annotated[str, "the speaker's slug, which is their value in a search"]
    label: Annotated[str, "the speaker"]
    name_href: Annotated[str, "the page of this name in the index of names; empty when there is none"]
    up: Annotated[PageLink | None, "the first page of this speaker, on a part; else none"]
    part: Annotated[str, "the year this page is about; empty for all, or for the overview"]
    without_year: Annotated[bool, "true on the part with releases that do not state their year"]
    count: Annotated[int, "how many quotations in all, or on this part"]
    summaries: Annotated[int, "how many of them are in the archive's own words"]
    quotations: Annotated[
        tuple[ListedQuotation, ...], "the quotations, newest first; the newest ones where `parts` is not empty"
    ]
    narrowings: Annotated[
        tuple[Narrowing, ...], "by what this list can be narrowed; empty where it is short, or is on several pages"
    ]
    parts: Annotated[
        tuple[Tally, ...],
        "the years, where there are too many for one page; a label is empty where there is no single year",
    ]


NARROWED = 8
"""From so many quotations on a page has a filter."""

MOST_QUOTED = 24
"""How many speakers the first page shows."""


def index_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that is quoted, which always stands, and its parts where there is too much for one page."""
    yield routes.QUOTATIONS, ("",)
    for stem in edition.ask.quotation_stems():
        yield routes.quotations(stem), (stem,)


def index(edition: Edition, stem: str) -> QuotationsView:
    """Everything that is quoted, or a part of it."""
    ask = edition.ask
    part = ask.quotation_part(stem)
    assert part is not None, stem
    # What can be narrowed is a whole list: not the newest of a long one.
    narrowed_by = () if part.parts else ("speaker", "place", "topic", "year")
    quotations, narrowings = _listed(edition, part.quotations, narrowed_by)
    # What each speaker is quoted with stands on the speaker's own page with all that belongs to it: by date a release is named once.
    by_release = bool(stem) and not part.parts
    _, summaries, speakers = ask.quotation_totals()
    return QuotationsView(
        site=edition.site,
        page=edition.page(routes.quotations(stem) if stem else routes.QUOTATIONS, "quotations"),
        part=_period(edition, part.period, part.stem),
        without_year=bool(stem) and not part.period,
        is_part=bool(stem),
        up=PageLink(href(routes.quotations(part.up)), edition.digits(part.up), "", "") if part.up else None,
        speakers=speakers,
        count=part.count,
        summaries=summaries,
        quotations=() if by_release else quotations,
        releases=_by_release(quotations) if by_release else (),
        narrowings=narrowings,
        parts=_parts(edition, part, routes.quotations),
        most_quoted=() if stem else _most_quoted(edition),
    )


def speaker_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each speaker is quoted with, and the parts of it where there is too much for one page."""
    for slug in edition.ask.speaker_slugs():
        yield routes.speaker(slug), (slug, "")
        for stem in edition.ask.speaker_stems(slug):
            yield routes.speaker(slug, stem), (slug, stem)


def speaker(edition: Edition, slug: str, stem: str) -> SpeakerView:
    """What a speaker is quoted with, or a part of it."""
    part = edition.ask.speaker_part(slug, stem)
    assert part is not None, (slug, stem)
    label, (_, name) = speaker_name(edition, slug), edition.ask.speaker_label(slug)
    quotations, narrowings = _listed(edition, part.quotations, () if part.parts else ("place", "topic", "year"))
    # A page of newest quotations, with the parts beside it, is about all of them.
    whole = edition.ask.speaker(slug) if part.parts else None
    of_page: Sequence[Quoted] = whole.quotations if whole else part.quotations
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
        summaries=sum(not card.verbatim[number] for card, number in of_page),
        quotations=quotations,
        narrowings=narrowings,
        parts=_parts(edition, part, lambda stem: routes.speaker(slug, stem)),
    )


PAGES: tuple[PageKind, ...] = (
    PageKind("quotations", index_pages, index),
    PageKind("speaker", speaker_pages, speaker),
)


def speaker_name(edition: Edition, slug: str) -> str:
    """What a speaker is called, in the edition's language."""
    label, name = edition.ask.speaker_label(slug)
    return edition.label_of("name", name) if name else label


def _most_quoted(edition: Edition) -> tuple[Tally, ...]:
    tallies = [
        Tally(href(routes.speaker(slug)), speaker_name(edition, slug), edition.ask.speaker_count(slug))
        for slug in edition.ask.most_quoted(MOST_QUOTED)
    ]
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, languages.sort_key(tally.label), tally.href)))[
        :MOST_QUOTED
    ]


def _period(edition: Edition, period: str, stem: str) -> str:
    """What a part is about: a year as its number, a decade, a month, or a year without a month, in words."""
    return edition.digits(period) if stem == period[:4] or not period else edition.date_in_words(period)


def _parts(edition: Edition, part: SpeakerPart, path: Callable[[str], str]) -> tuple[Tally, ...]:
    return tuple(Tally(href(path(stem)), _period(edition, period, stem), count) for period, stem, count in part.parts)


def _listed(
    edition: Edition, quotations: Sequence[Quoted], names: Iterable[str]
) -> tuple[tuple[ListedQuotation, ...], tuple[Narrowing, ...]]:
    """The quotations of a page, and by what of `names` they can be narrowed."""
    narrowings, left_by = _narrowings(edition, quotations, names)
    listed = tuple(
        _one(edition, card, number, " ".join(choices))
        for (card, number), choices in zip(quotations, left_by, strict=True)
    )
    return listed, narrowings


def _by_release(listed: Sequence[ListedQuotation]) -> tuple[QuotingRelease, ...]:
    groups: dict[str, list[ListedQuotation]] = {}
    for each in listed:
        groups.setdefault(each.quotation.entry.href, []).append(each)
    return tuple(
        QuotingRelease(group[0].quotation.entry, f"{path}#quotations", tuple(group)) for path, group in groups.items()
    )


def _one(edition: Edition, card: Card, number: int, left_by: str) -> ListedQuotation:
    quotations = edition.ask.quotations(card.slug)
    assert number < len(quotations), (card.slug, number)
    reprints = dict(edition.ask.reprints(card.slug)).get(number, ())
    also_in = tuple(_reprints(edition, card, reprints))
    slug = edition.ask.speaker_slug(*card.speakers[number])
    return ListedQuotation(
        quotation=edition.quotation(card, quotations[number], also_in),
        by=PageLink(href(routes.speaker(slug)), speaker_name(edition, slug), "", ""),
        left_by=left_by,
    )


def _narrowings(
    edition: Edition, quotations: Sequence[Quoted], names: Iterable[str]
) -> tuple[tuple[Narrowing, ...], Sequence[Sequence[str]]]:
    """By what a page of quotations can be narrowed: whatever leaves some of them and not all; and for each quotation the values of the
    choices that leave it. A choice is named by a number, for a long page names each of them many times."""
    left_by: list[list[str]] = [[] for _ in quotations]
    if len(quotations) < NARROWED:
        return (), left_by
    narrowings = []
    last = 0
    for name in names:
        values = [dict.fromkeys(_values(edition, *quoted, name)) for quoted in quotations]
        counts = Counter(value for each in values for value in each)
        found = [
            (value, _choice_label(edition, name, value)) for value, count in counts.items() if count < len(quotations)
        ]
        if not found:
            continue
        if name == "year":
            found.sort(key=lambda choice: int(choice[0]), reverse=True)
        else:
            found.sort(key=lambda choice: (languages.filing_key(choice[1], edition.language), choice[0]))
        numbers = {value: str(number) for number, (value, _) in enumerate(found, last + 1)}
        last += len(found)
        for choices, each in zip(left_by, values, strict=True):
            choices += [numbers[value] for value in each if value in numbers]
        narrowings.append(
            Narrowing(name, tuple(Choice(numbers[value], label, counts[value]) for value, label in found))
        )
    return tuple(narrowings), left_by


def _values(edition: Edition, card: Card, number: int, name: str) -> Iterable[str]:
    if name == "speaker":
        return (edition.ask.speaker_slug(*card.speakers[number]),)
    if name == "year":
        return map(year_label, card.date.years)
    return card.places if name == "place" else card.topics


def _choice_label(edition: Edition, name: str, value: str) -> str:
    if name == "place":
        return edition.label_of("place", value)
    if name == "topic":
        return edition.label_of("topic", value)
    return speaker_name(edition, value) if name == "speaker" else edition.digits(value)


def _reprints(edition: Edition, card: Card, reprints: Iterable[tuple[str, int]]) -> Iterator[Reprint]:
    """The same words in other publications of the text of `card`."""
    found = [(edition.ask.card(slug), slug, number) for slug, number in reprints]
    titles = Counter([card.title, *(other.title for other, *_ in found if other)])
    for other, slug, number in found:
        quotations = edition.ask.quotations(slug)
        assert other is not None, slug
        assert number < len(quotations), (slug, number)
        entry, passage = edition.entry(other), quotations[number].passage
        by = entry.publisher or edition.translate("publisher not stated")
        yield Reprint(
            href=f"{entry.href}#p{passage}" if passage else entry.href,
            title="" if other.title == card.title else entry.title,
            lang=entry.lang,
            dir=entry.dir,
            apart=edition.listed((by, entry.date.words)) if titles[other.title] > 1 else "",
        )
