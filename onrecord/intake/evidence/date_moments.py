"""Moments in metadata (ISO 8601) as days where the publisher lives, and the places that show the same moment or day to a reader."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from onrecord.intake.document import Document
from onrecord.intake.evidence.claims import LONGEST_QUOTED
from onrecord.intake.evidence.date_mentions import dates_in_line
from onrecord.intake.lexicon import Lexicon

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T(?P<hour>\d\d):(?P<minute>\d\d)[\d:.,]{0,20}(?P<zone>Z|[+-]\d\d:?\d\d|[A-Z]{3,4})?$"
)
_HOUR = re.compile(r"\d{4}-\d\d-\d\d[T ](?P<hour>\d\d):\d\d")
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)(?!\d|[.:]\d)(?:\s?(?P<half>[ap])\.?m\b)?", re.I
)
_DAY_IN_ADDRESS = re.compile(r"[/_-](?P<year>(?:19|20)\d\d)(?P<s>[/-])(?P<month>\d\d?)(?P=s)(?P<day>\d\d?)(?=[/_.-]|$)")
# Hours from universal time, of nearly all people and of those who write a language.
_ALL_ZONES = (-8, 9)
_EUROPE = (0, 3)
_ZONES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        **dict.fromkeys(
            "bg cs da de el et fi hr hu is it lb lt lv nl no nb nn pl ro sk sl sq sr sv uk".split(), _EUROPE
        ),
        "ja": (9, 9),
        "ko": (9, 9),
        "tr": (2, 3),
        "fa": (3, 5),
        "th": (7, 7),
        "vi": (7, 7),
    }
)
_FURTHEST = 14
# Clocks at such minutes are those of anything.
_ROUND = 5
# So many short lines with figures are looked at.
_MOST_LINES = 500
_HALF_DAY = 12


def moment(written: str) -> tuple[dt.datetime, int | None] | None:
    """The date and time of a moment as they are written, and the zone's minutes from universal time; None for these where no zone is
    written, and None where it is no moment of ISO 8601."""
    match = _MOMENT.match(written.strip())
    if not match:
        return None
    try:
        at = dt.datetime.fromisoformat(f"{match['day']}T{match['hour']}:{match['minute']}")
    except ValueError:
        return None
    zone = match["zone"]
    if zone in ("Z", "UTC", "GMT"):
        return at, 0
    if zone is None or zone.isalpha():
        return at, None
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return at, -minutes if zone.startswith("-") else minutes


def may_be_moved(written: str, days: int) -> bool:
    """True where the day of a moment may be another where the publisher lives, by so many `days`: a clock in the morning that of the day
    before, one in the evening that of the day behind."""
    match = _HOUR.match(written.strip())
    if not match or abs(days) > 1:
        return False
    hour = int(match["hour"])
    return hour <= _HALF_DAY if days < 0 else hour >= 24 - _FURTHEST


def is_day_open(written: Sequence[str], zones: frozenset[int], language: str) -> bool:
    """True where moments of universal time may be those of another day where the publisher lives: another element gives no zone, neither
    do `zones` that the page shows, and those of its language have two days then."""
    moments = [found for text in written if (found := moment(text)) is not None]
    universal = [at for at, zone in moments if zone == 0]
    if not universal or any(zone for _, zone in moments):
        return False
    if any(zone is None and _hours(at, universal[0]) for at, zone in moments):
        # Without a zone it is the clock where it was written, unless it is that of universal time too.
        return False
    first, last = _ZONES.get(language, _ALL_ZONES)
    hours = sorted(zones) if zones else (first, last)
    return any((at + dt.timedelta(hours=hour)).date() != at.date() for at in universal for hour in hours)


def is_any_before(changes: Sequence[str], written: Sequence[str]) -> bool:
    """True where a change is earlier than a moment of publication, which was set beforehand then: for the issue of the day behind it as
    often."""
    instants = [
        [
            at - dt.timedelta(minutes=zone)
            for found in map(moment, texts)
            if found
            for at, zone in [found]
            if zone is not None
        ]
        for texts in (changes, written)
    ]
    return all(instants) and min(instants[0]) < min(instants[1])


def _hours(local: dt.datetime, universal: dt.datetime) -> int | None:
    """The whole hours between a clock and one of universal time; None where it is no zone."""
    seconds = (local - universal).total_seconds()
    hours = round(seconds / 3600)
    return hours if abs(hours) <= _FURTHEST and seconds == hours * 3600 else None


def shown_zones(written: Sequence[str], document: Document, lexicon: Lexicon) -> frozenset[int]:
    """The zones, in hours, in which a page shows one of its moments of universal time: "3 May 2024, 18:23" for T16:23Z."""
    universal = [found[0] for text in written if (found := moment(text)) is not None and found[1] == 0]
    out = set()
    for text in _lines_with_clock(document):
        for day in _days(text, lexicon):
            for hour, minute in _clocks(text):
                local = dt.datetime.combine(day, dt.time(hour, minute))
                out |= {hours for at in universal if (hours := _hours(local, at)) is not None}
    return frozenset(out) if len(out) == 1 else frozenset()


def is_shown(written: str, document: Document, header: Sequence[str], lexicon: Lexicon) -> bool:
    """True where a line of a page shows a moment: its day and its clock, or its clock alone at the head or to an odd minute, as a page
    does on the day itself ("Published today at 12:19"). The clock is that of the moment's zone; of universal time, that of a zone in
    which it is the same day."""
    found = moment(written)
    if found is None:
        return False
    at, zone = found
    first, last = _ZONES.get(lexicon.document_language, _ALL_ZONES)
    for text in _lines_with_clock(document):
        days = _days(text, lexicon)
        for hour, minute in _clocks(text):
            local = dt.datetime.combine(at.date(), dt.time(hour, minute))
            hours = _hours(local, at)
            same = local == at if zone != 0 else hours is not None and first <= hours <= last
            if same and at.date() in days:
                return True
            if same and not days and _is_of_day(text, minute, zone, header):
                # A page that shows universal time says nothing of its zone.
                return hours != 0 or not is_day_open([written], frozenset(), lexicon.document_language)
    return False


def _is_of_day(text: str, minute: int, zone: int | None, header: Sequence[str]) -> bool:
    return text in header or (bool(zone) and minute % _ROUND != 0)


def day_in_address(url: str) -> str:
    """The day that an address has in its path, "/2024/05/03/"; empty where it has none or several."""
    days = set()
    for match in _DAY_IN_ADDRESS.finditer(url):
        try:
            days.add(dt.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat())
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else ""


def _lines_with_clock(document: Document) -> Iterator[str]:
    texts = dict.fromkeys(" ".join(text.split()) for text in document.visible if len(text) <= LONGEST_QUOTED)
    yield from islice((text for text in texts if _CLOCK.search(text)), _MOST_LINES)


def _days(text: str, lexicon: Lexicon) -> set[dt.date]:
    """The whole days in a line."""
    out = set()
    for mention in dates_in_line(text, lexicon.document_language):
        for value in (mention.edtf, *mention.readings):
            try:
                out.add(dt.date.fromisoformat(value))
            except ValueError:
                continue
    return out


def _clocks(text: str) -> Iterator[tuple[int, int]]:
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"])
        if match["half"]:
            hour = hour % _HALF_DAY + (_HALF_DAY if match["half"].lower() == "p" else 0)
        yield hour, int(match["minute"])
