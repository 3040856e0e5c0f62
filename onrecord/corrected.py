"""What was corrected or withdrawn, for all to see: one entry for each value that was wrong, newest first, and the parts of a long list.

Of a withdrawn release there is the day and the reason, and nothing of what it said. Of one that a record only gives a reason for, there is
that reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from onrecord.dates import NOT_STATED, checked
from onrecord.model import Card, Correction, Listed, Text, Tombstone

UNDATED = "undated"
"""The part of the entries whose day is not known."""
LIMIT = 200
"""Entries that stand on one page."""
NEWEST = 50
"""Entries that stand on the first page where there are too many for one, and in the feed."""


class CorrectedEntry(Struct, frozen=True):
    """Something that was corrected, or a release that was withdrawn.

    `date` is EDTF, empty where it is not known. `anchor` is the fragment of its line on the page of the record, which stays as long as no
    entry of the record is taken away: entries are numbered from the oldest. `number` is the place among the corrections of its text, from
    0; -1 where the record gives a `reason` alone. What it says stands in the text.
    """

    slug: str
    kind: Literal["corrected", "withdrawn"]
    date: str
    anchor: str
    number: int = -1


def of_card(card: Card) -> Iterator[CorrectedEntry]:
    """The entries of a release that stands, in the order of its file, which is the newest first."""
    if card.status != "corrected":
        return
    for number, date in enumerate(card.corrected):
        yield CorrectedEntry(card.slug, "corrected", date, f"correction-{len(card.corrected) - number}", number)
    if not card.corrected:
        yield CorrectedEntry(card.slug, "corrected", card.changed, "corrected")


def of_tombstone(tombstone: Tombstone) -> CorrectedEntry:
    """The entry of a withdrawn release."""
    return CorrectedEntry(tombstone.slug, "withdrawn", tombstone.changed, "withdrawn")


def words(entry: CorrectedEntry, listed: Listed, text: Text | None) -> tuple[Correction | None, str]:
    """What an entry says: its correction, and the reason where there is nothing but that."""
    if isinstance(listed, Tombstone):
        return None, listed.reason
    if text is None or not 0 <= entry.number < len(text.corrections):
        return None, text.reason if text is not None else ""
    return text.corrections[entry.number], ""


def newest_first(entries: Iterable[CorrectedEntry]) -> tuple[CorrectedEntry, ...]:
    """Entries by date, newest first, what has no date last; of one date by slug, and of one record as they came."""
    by_date: dict[str, list[CorrectedEntry]] = defaultdict(list)
    for entry in entries:
        by_date[entry.date or NOT_STATED.edtf].append(entry)
    ordered = sorted(by_date, key=lambda edtf: checked(edtf).sort_key, reverse=True)
    return tuple(entry for edtf in ordered for entry in sorted(by_date[edtf], key=lambda entry: entry.slug))


def divided(entries: Sequence[CorrectedEntry]) -> Mapping[str, tuple[CorrectedEntry, ...]]:
    """The parts of a list that is too long for one page, by their stems: years ("2026"), months of a year that is too long itself
    ("2026-03"), “undated”. Nothing where all stand on one page."""
    if len(entries) <= LIMIT:
        return {}
    years: dict[str, list[CorrectedEntry]] = defaultdict(list)
    for entry in entries:
        years[_iso(entry)[:4] or UNDATED].append(entry)
    parts: dict[str, tuple[CorrectedEntry, ...]] = {}
    for year, of_year in years.items():
        if len(of_year) <= LIMIT or year == UNDATED:
            parts[year] = tuple(of_year)
            continue
        months: dict[str, list[CorrectedEntry]] = defaultdict(list)
        for entry in of_year:
            months[_iso(entry)[:7]].append(entry)
        parts |= {stem: tuple(of_month) for stem, of_month in months.items()}
    return parts


def _iso(entry: CorrectedEntry) -> str:
    return checked(entry.date).iso if entry.date else ""
