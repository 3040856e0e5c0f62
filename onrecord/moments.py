"""When a run begins, and what the content folder looks like at that moment: enough to tell that nothing has changed since another."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from onrecord.digests import digest


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run begins: the latest day it is anywhere on Earth, and the nanoseconds since 1970 (UTC). Passed in: no room has a clock."""

    today: dt.date
    nanoseconds: int


@dataclass(frozen=True, slots=True)
class Survey:
    """A digest of the names, sizes, times and numbers of all files of the content, and the latest of those times (nanoseconds)."""

    digest: bytes
    latest: int

    def settled(self, moment: Moment) -> bool:
        """Whether every file was written long enough before a moment for its times to tell it from any later state of it."""
        return moment.nanoseconds - self.latest > grain(self.latest)


def survey(content: Path) -> Survey:
    """What changes when any file of the content does. Nothing is read. Raises OSError."""
    lines: list[str] = []
    latest = 0
    folders = [str(content)]
    root = len(str(content)) + 1
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                status = entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
                lines.append(
                    f"{entry.path[root:]}\0{status.st_mode}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ctime_ns}\0{status.st_ino}"
                )
    lines.sort()
    return Survey(digest("\n".join(lines).encode("utf-8", "surrogateescape")), latest)


def grain(time: int) -> int:
    """How long after a time (nanoseconds) a disk may still give the same one: the clock of a disk that keeps fractions of a second moves
    every few milliseconds; others have steps of up to two seconds (FAT). Git calls files within it racily clean
    (Documentation/technical/racy-git.txt)."""
    return 100_000_000 if time % 1_000_000_000 else 2_000_000_000
