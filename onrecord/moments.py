"""When a run begins, and what the content folder looks like at that moment: enough to tell that nothing has changed since another."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class Moment(Struct, frozen=True):
    """When a run begins: the latest day it is anywhere on Earth, and the nanoseconds since 1970 (UTC). Passed in: no room has a clock."""

    today: dt.date
    nanoseconds: int


def settled(latest: int, moment: Moment) -> bool:
    """Whether a file whose latest time (nanoseconds) this is was written long enough before a moment for its times to tell it from any
    later state of it."""
    return moment.nanoseconds - latest > grain(latest)


def trusted(stamp: tuple[int, ...], moment: Moment) -> tuple[int, ...]:
    """The stamp (`read.FileStatus`) by which a file is known again; empty where it was written too shortly before this run to be sure."""
    return stamp if settled(max(stamp[0], stamp[1]), moment) else ()


def grain(time: int) -> int:
    """How long after a time (nanoseconds) a disk may still give the same one: the clock of a disk that keeps fractions of a second moves
    every few milliseconds; others have steps of up to two seconds (FAT). Git calls files within it racily clean
    (Documentation/technical/racy-git.txt)."""
    return 100_000_000 if time % 1_000_000_000 else 2_000_000_000
