"""The days that metadata call the day of publication, and when they are enough without a day in the visible text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.intake.document import Document
from onrecord.intake.evidence.claims import LONGEST_QUOTED
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.date_roles import DAY, LONGEST_DATE_LINE, roles_in_line
from onrecord.intake.lexicon import Lexicon

# What a person writes, or a program at the moment of sending: it needs no second sign.
_PLAIN = frozenset({"front matter", "Date"})
_SCHEMA, _DUBLIN_CORE, _OPEN_GRAPH = "schema.org", "Dublin Core", "Open Graph"
# A moment in universal time (ISO 8601): "2019-05-03T23:10:00Z".
_UNIVERSAL = re.compile(r"T(?P<hour>\d\d):\d\d[\d:.,]{0,20}(?:Z|[+-]00:?00)$")
# In these hours of universal time it is another day in America or in Asia.
_LATE, _EARLY = 15, 8
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

    @property
    def may_be_next_day(self) -> bool:
        """True for a moment of universal time whose day is another one where the publisher may live."""
        moment = _UNIVERSAL.search(self.written)
        return moment is not None and not _EARLY <= int(moment["hour"]) < _LATE


def stated_days(document: Document) -> list[StatedDay]:
    """The days that metadata call the day of publication."""
    out = []
    for evidence in document.metadata.published:
        written = evidence.value.strip()
        mentions = dates_in(written[:40], "en")
        if mentions and mentions[0].edtf and not mentions[0].edtf.startswith("XXXX"):
            out.append(StatedDay(mentions[0].edtf, written, evidence.origin))
    return out


@dataclass(frozen=True, slots=True)
class ShownDays:
    """The days in short lines of the visible text: those that may be of publication, those that a word calls so, and all but days of a
    change; whether there is one of those."""

    published: frozenset[str]
    labelled: frozenset[str]
    every: frozenset[str]
    is_changed: bool


def shown_days(document: Document, lexicon: Lexicon) -> ShownDays:
    """The days that a page shows, wherever they stand."""
    published, labelled, every = set(), set(), set()
    changed = False
    texts = dict.fromkeys(_with_labels([" ".join(text.split()) for text in document.visible], lexicon))
    texts |= dict.fromkeys(left.text.strip() for left in document.left_out)
    short = (text for text in texts if len(text) <= LONGEST_QUOTED and any(map(str.isdigit, text)))
    for text in islice(short, _MOST_LINES):
        for mention in roles_in_line(text, lexicon, "header"):
            if mention.role == "release":
                published.add(mention.edtf)
                labelled |= {mention.edtf} if mention.labelled else set()
            changed |= mention.role == "updated"
            if mention.role not in ("updated", "printed"):
                every.add(mention.edtf)
    return ShownDays(frozenset(published), frozenset(labelled), frozenset(every), changed)


def without_changes(stated: Sequence[StatedDay], document: Document, lexicon: Lexicon) -> list[StatedDay]:
    """Days without those that a site moves with each change: the same moment is that of the change too, and the page shows that it was
    changed."""
    moments = {evidence.value.strip() for evidence in document.metadata.updated}
    moved = [day for day in stated if "T" in day.written and day.written in moments]
    changed = bool(moved) and shown_days(document, lexicon).is_changed
    return [day for day in stated if not (changed and day in moved)]


def _with_labels(stretches: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Stretches of text, each with the label that stands before it in a stretch of its own: "Last changed:", "4 March 2021"."""
    before = ""
    updated = lexicon.pattern("updated", "whole")
    for stretch in stretches:
        labelled = len(before) <= LONGEST_DATE_LINE and (before.endswith((":", "：")) or updated.match(before))
        yield f"{before} {stretch}" if labelled else stretch
        before = stretch


def is_enough(stated: Sequence[StatedDay], shown: ShownDays) -> bool:
    """True where days in metadata, all the same, are asserted: a person wrote them, a short line of the text has the same day, or two
    vocabularies agree on it. They are not where a word calls another day that of publication. A moment in universal time is not enough
    where the text has the day before or behind, or no day at all, and that day is the publisher's own as often."""
    if any(day.origin in _PLAIN for day in stated):
        return True
    day = stated[0].day
    moved = any(date.may_be_next_day for date in stated)
    if shown.labelled - {day}:
        return False
    if day in shown.published:
        return not (moved and shown.every & _neighbours(day))
    return len({date.vocabulary for date in stated}) > 1 and not moved


def _neighbours(day: str) -> set[str]:
    """The day before a day and the day behind it; none for a month or a year."""
    try:
        date = dt.date.fromisoformat(day)
        return {str(date - dt.timedelta(days=1)), str(date + dt.timedelta(days=1))}
    except (ValueError, OverflowError):
        return set()
