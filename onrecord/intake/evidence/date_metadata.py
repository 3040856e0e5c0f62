"""The days that metadata call the day of publication, and when they are enough without a day in the visible text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from onrecord.intake.document import Document
from onrecord.intake.evidence import date_moments
from onrecord.intake.evidence.announced_days import announced
from onrecord.intake.evidence.claims import LONGEST_QUOTED
from onrecord.intake.evidence.date_forms import DateForm
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.date_roles import DAY, LONGEST_DATE_LINE, roles_in_line
from onrecord.intake.lexicon import Lexicon

# What a person writes, or a program at the moment of sending: it needs no second sign.
_PLAIN: Mapping[str, DateForm] = MappingProxyType({"front matter": "front matter", "Date": "mail header"})
_SCHEMA, _DUBLIN_CORE, _OPEN_GRAPH = "schema.org", "Dublin Core", "Open Graph"
# Elements of a page's text, which lists of other articles have too.
_OF_ITEMS = frozenset({"time", "datePublished"})
# When something takes place that the text announces: no day of publication.
_OF_EVENT = "front matter of an event"
# So many short lines with figures are looked at.
_MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day of publication in the metadata: EDTF, the source's own words, and the name of their place."""

    value: str
    written: str
    origin: str

    @property
    def day(self) -> str:
        """The day, without its time."""
        return self.value[:DAY]

    @property
    def vocabulary(self) -> str:
        """Whose words for a date the place has, as far as two of one vocabulary are one sign: schema.org, Dublin Core, Open Graph."""
        origin = self.origin.lower()
        if origin.endswith("datepublished"):
            return _SCHEMA
        if origin.startswith(("dc.", "dcterms.")) or origin == "date":
            return _DUBLIN_CORE
        return _OPEN_GRAPH if origin.startswith(("article:", "og:")) else origin


def stated_days(document: Document) -> list[StatedDay]:
    """The days that metadata call the day of publication."""
    out = []
    for evidence in document.metadata.published:
        if evidence.origin == _OF_EVENT:
            continue
        written = evidence.value.strip()
        mentions = dates_in(written[:40], "en")
        if mentions and mentions[0].edtf and not mentions[0].edtf.startswith("XXXX"):
            out.append(StatedDay(mentions[0].edtf, written, evidence.origin))
    return out


def event_days(document: Document) -> list[str]:
    """The days of front matter on which something takes place, each with where it stands, for a question."""
    return [
        f"{evidence.origin}: {evidence.value}"
        for evidence in document.metadata.published
        if evidence.origin == _OF_EVENT
    ]


def days_of_events(document: Document) -> frozenset[str]:
    """The same days, as EDTF."""
    texts = [evidence.value for evidence in document.metadata.published if evidence.origin == _OF_EVENT]
    return frozenset(mention.edtf for text in texts for mention in dates_in(text[:40], "en") if mention.edtf)


@dataclass(frozen=True, slots=True)
class ShownDays:
    """The days in short lines of the visible text: those that may be of publication, those that a word calls so, those of a change, and all
    but these."""

    published: frozenset[str]
    labelled: frozenset[str]
    every: frozenset[str]
    changed: frozenset[str]


def shown_days(document: Document, lexicon: Lexicon) -> ShownDays:
    """The days that a page shows, wherever they stand."""
    published, labelled, every, changed = set(), set(), set(), set()
    texts = dict.fromkeys(_with_labels([" ".join(text.split()) for text in document.visible], lexicon))
    texts |= dict.fromkeys(left.text.strip() for left in document.left_out)
    short = (text for text in texts if len(text) <= LONGEST_QUOTED and any(map(str.isdigit, text)))
    for text in islice(short, _MOST_LINES):
        for mention in roles_in_line(text, lexicon, "header"):
            by = lexicon.pattern("by_line", "start").match(text)
            if mention.role == "release" or (by and mention.role == "other"):
                # Metadata that agree settle a century; a by-line's day is the text's, whatever else stands on its line.
                published |= {mention.edtf, *mention.candidates}
                labelled |= {mention.edtf} if mention.labelled and mention.edtf else set()
            changed |= {mention.edtf} if mention.role == "updated" else set()
            if mention.role not in ("updated", "printed"):
                every |= {mention.edtf, *mention.candidates}
    return ShownDays(frozenset(published), frozenset(labelled), frozenset(every), frozenset(changed))


def is_called_changed(day: str, line: str, document: Document, lexicon: Lexicon) -> bool:
    """True for a day whose line has the label of a change before it wherever it is seen ("Last updated:", then "4 March 2021")."""
    line = " ".join(line.split())
    seen = _with_labels([" ".join(text.split()) for text in document.visible], lexicon)
    places = [text for text in seen if line in text and len(text) <= LONGEST_QUOTED] if line else []
    mentions = [mention for text in places for mention in roles_in_line(text, lexicon, "header") if mention.edtf == day]
    return bool(mentions) and all(mention.role == "updated" for mention in mentions)


def without_changes(stated: Sequence[StatedDay], document: Document, lexicon: Lexicon) -> list[StatedDay]:
    """Days without those that a site moves with each change: the same moment is that of the change too, and the page shows that it was
    changed."""
    moments = {evidence.value.strip() for evidence in document.metadata.updated}
    moved = [day for day in stated if "T" in day.written and day.written in moments]
    shown = shown_days(document, lexicon) if moved else None
    return [
        day for day in stated if shown is None or not shown.changed or day not in moved or day.day in shown.labelled
    ]


def _with_labels(stretches: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Stretches of text, each with the label that stands before it in a stretch of its own: "Last changed:", "4 March 2021"."""
    before = ""
    updated = lexicon.pattern("updated", "whole")
    for stretch in stretches:
        labelled = len(before) <= LONGEST_DATE_LINE and (before.endswith((":", "：")) or updated.match(before))
        yield f"{before} {stretch}" if labelled else stretch
        before = stretch


def of_page(stated: Sequence[StatedDay]) -> list[StatedDay]:
    """Days without those of other articles that a page lists, where elements of its text give several and its head gives one, and without
    those of universal time for a moment that is written with the publisher's own zone too."""
    head = [day for day in stated if day.origin not in _OF_ITEMS]
    items = {day.day for day in stated if day.origin in _OF_ITEMS}
    out = list(stated)
    if len({day.day for day in head}) == 1 and len(items) > 1:
        out = [day for day in stated if day.day == head[0].day]
    moments = [date_moments.moment(day.written) for day in out]
    instants = {
        at - dt.timedelta(minutes=zone) for found in moments if found for at, zone in [found] if zone is not None
    }
    several = len({day.day for day in out}) > 1
    if several and len(instants) == 1 and all(found is not None and found[1] is not None for found in moments):
        out = [day for day, found in zip(out, moments, strict=True) if found and found[1]] or out
    return out


def form_of(
    stated: Sequence[StatedDay], shown: ShownDays, document: Document, header: Sequence[str], lexicon: Lexicon
) -> DateForm:
    """The form in which days in metadata, all the same, are enough: a person wrote them, a short line of the text has the same day or its
    moment, the page's address has the day, or two vocabularies agree on it; empty where there is none, and where a word calls another day
    that of publication. A moment in universal time is not enough where the text has the day before or behind, or no day at all, and that
    day is the publisher's own as often."""
    plain = next((_PLAIN[date.origin] for date in stated if date.origin in _PLAIN), None)
    day = stated[0].day
    if plain:
        return "" if plain == "front matter" and contradiction(day, document, lexicon) else plain
    written = [date.written for date in stated]
    is_shown = any(date_moments.is_shown(text, document, header, lexicon) for text in written)
    if shown.labelled - {day} and not (is_shown and day in shown.labelled):
        return ""
    updated = [evidence.value for evidence in document.metadata.updated]
    zones = date_moments.shown_zones([*written, *updated], document, lexicon)
    moved = date_moments.is_day_open(written, zones, lexicon.document_language)
    if day in shown.published:
        return "" if moved and shown.every & _neighbours(day) else "metadata and the visible text"
    if is_against_address(day, document):
        return ""
    if (
        date_moments.day_in_address(document.metadata.url) == day
        and not shown.every & _neighbours(day)
        and not date_moments.is_any_before(updated, written)
    ):
        return "metadata and the page's address"
    if is_shown:
        return "metadata and the visible text"
    return "metadata in two vocabularies" if len({date.vocabulary for date in stated}) > 1 and not moved else ""


def contradiction(day: str, document: Document, lexicon: Lexicon) -> str:
    """What speaks against a day in front matter as that of publication: the text was changed before it, or says that something takes place
    on it; empty where nothing does."""
    changed = [mention.edtf for each in document.metadata.updated for mention in dates_in(each.value[:40], "en")]
    before = next((edtf for edtf in changed if len(edtf) == len(day) == DAY and edtf < day), "")
    if before and before not in _neighbours(day):
        return f"last changed: {before}"
    return announced(day, document, lexicon) if len(day) == DAY else ""


def is_against_address(day: str, document: Document) -> bool:
    """True where a page's address has another day than its metadata, by more than a zone: it was published again."""
    of_address = date_moments.day_in_address(document.metadata.url)
    return bool(of_address) and of_address != day and of_address not in _neighbours(day)


def _neighbours(day: str) -> set[str]:
    """The day before a day and the day behind it; none for a month or a year."""
    try:
        date = dt.date.fromisoformat(day)
        return {str(date - dt.timedelta(days=1)), str(date + dt.timedelta(days=1))}
    except (ValueError, OverflowError):
        return set()
