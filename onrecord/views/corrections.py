"""What was corrected or withdrawn: the list of the whole archive, and the history of a record in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from onrecord import corrected, dates, routes, schema
from onrecord.corrected import CorrectedEntry
from onrecord.model import Card, Listed, Text
from onrecord.routes import href
from onrecord.views.edition import Edition
from onrecord.views.frame import Day, Entry, PageInfo, PageKind, PageLink, Site, Tally

FEED = PageLink(routes.CORRECTIONS_FEED, "", "", "")


class CorrectedRow(msgspec.Struct, frozen=True):
    """Something that was corrected, or a release that was withdrawn."""

    kind: Annotated[str, "corrected or withdrawn"]
    date: Annotated[Day | None, "when; none where it is not known"]
    anchor: Annotated[str, "fragment of its line on the page of the record"]
    entry: Annotated[Entry, "the record"]
    label: Annotated[str, "the name of the field that was wrong; empty for the text, and where only a reason is given"]
    paragraph: Annotated[
        str, "the number of the paragraph, item or row that was wrong, in the digits of the edition; empty for others"
    ]
    was: Annotated[str, "what was there; may be empty"]
    now: Annotated[str, "what is there now; may be empty"]
    lang: Annotated[str, "language of these words where it is not the page's own, else empty"]
    dir: Annotated[str, "direction where `lang` is set"]
    found_by: Annotated[str, "how it was found; may be empty"]
    reason: Annotated[str, "the record's reason, where it has nothing but that; may be empty"]


class CorrectionsView(msgspec.Struct, frozen=True):
    """The list of what was corrected or withdrawn."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    total: Annotated[int, "how many entries there are"]
    part: Annotated[str, "which part is here, in words; empty on the first page"]
    undated: Annotated[bool, "true on the part with the entries whose day is not known"]
    rows: Annotated[tuple[CorrectedRow, ...], "the entries, newest first"]
    parts: Annotated[tuple[Tally, ...], "the pages of the parts where there are too many for one page; else empty"]


def pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The list, which always stands, and its parts where it is too long for one page."""
    yield routes.CORRECTIONS, ("",)
    for stem, _ in edition.ask.corrected_counts()[1]:
        yield routes.corrections(stem), (stem,)


def view(edition: Edition, stem: str) -> CorrectionsView:
    """The list, or a part of it."""
    total, parts = edition.ask.corrected_counts()
    return CorrectionsView(
        site=edition.site,
        page=edition.page(routes.corrections(stem) if stem else routes.CORRECTIONS, "corrections", (FEED,)),
        total=total,
        part=_words(edition, stem) if stem and stem != corrected.UNDATED else "",
        undated=stem == corrected.UNDATED,
        rows=tuple(_listed_rows(edition, edition.ask.corrected_under(stem))),
        parts=tuple(Tally(href(routes.corrections(part)), _words(edition, part), count) for part, count in parts),
    )


def _words(edition: Edition, stem: str) -> str:
    """A part in words; empty for what has no day."""
    return "" if stem == corrected.UNDATED else edition.date_in_words(stem)


def _listed_rows(edition: Edition, entries: tuple[CorrectedEntry, ...]) -> Iterator[CorrectedRow]:
    for entry in entries:
        listed = edition.ask.card(entry.slug)
        if listed is not None:
            text = edition.ask.text(entry.slug) if isinstance(listed, Card) else None
            yield row(edition, listed, text, entry)


def history(edition: Edition, card: Card, text: Text) -> tuple[CorrectedRow, ...]:
    """What was corrected in a release, newest first."""
    return tuple(row(edition, card, text, entry) for entry in corrected.of_card(card))


def row(edition: Edition, listed: Listed, text: Text | None, entry: CorrectedEntry) -> CorrectedRow:
    """An entry for a template."""
    correction, reason = corrected.words(entry, listed, text)
    key, _, part = (correction.field if correction else "").partition(".")
    lang, direction = edition.foreign(listed.language)
    return CorrectedRow(
        kind=entry.kind,
        date=edition.day(dates.checked(entry.date)) if entry.date else None,
        anchor=entry.anchor,
        entry=edition.entry(listed),
        label=field_label(edition, key, part) if key else "",
        paragraph=edition.digits(part) if key == "body" else "",
        was=_value(edition, key, correction.was) if correction else "",
        now=_value(edition, key, correction.now) if correction else "",
        lang=lang if key not in _IN_OUR_WORDS else "",
        dir=direction if key not in _IN_OUR_WORDS else "",
        found_by=correction.found_by if correction else "",
        reason=reason,
    )


_IN_OUR_WORDS = frozenset(["date", "date_basis", "kind", "language", "extent", "topics", "places", "names"])
"""Fields whose values are not in the language of the release."""


def field_label(edition: Edition, key: str, part: str = "") -> str:
    """What a field of the schema, or a part of one, is called in the interface's language; empty for the text."""
    field = schema.BY_KEY.get(key)
    if field is None:
        return ""
    names = [field, *(inner for inner in field.fields if inner.key == part)]
    return edition.listed(edition.translate(name.name) for name in names)


def _value(edition: Edition, key: str, value: str) -> str:
    """A value as it is shown: a date in words, as far as it is one."""
    if key != "date" or not value:
        return value
    try:
        return edition.day(dates.parse(value)).words
    except dates.NotADate:
        return value


PAGES = (PageKind("corrections", pages, view),)
