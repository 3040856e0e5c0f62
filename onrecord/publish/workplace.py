"""Where a build works: hidden beside the output folder, or in it where nothing beside it could take its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from onrecord.publish.files import WORKING

_MOUNTS = Path("/proc/self/mountinfo")


class Workplace(Struct, frozen=True):
    """The paths a build works with: `new` is the stage, `old` the former site between two renames, `record` the journal, `key` the lock.

    `inside` says that they lie in the output folder itself, because it is a mount point, on another file system, or in a folder that
    may not be written: then files are renamed within it, under the journal, and the folder as a whole is never exchanged.
    """

    new: Path
    old: Path
    record: Path
    key: Path
    inside: bool

    def left(self) -> list[Path]:
        """Folders of builds that have ended and could not be deleted, sorted."""
        try:
            return sorted(path for path in self.new.parent.iterdir() if path.name.startswith(self._start("left-")))
        except OSError:
            return []

    def clear(self) -> None:
        """Deletes what earlier builds have left. What cannot be deleted (an immutable file, a folder in use) is renamed, so that it is in
        nobody's way. Raises OSError where it cannot be renamed either."""
        for folder in (*self.left(), self.new, self.old):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.new, self.old):
            if folder.exists():
                taken = {path.name for path in self.left()}
                names = (self._start(f"left-{number}") for number in range(1, len(taken) + 2))
                os.rename(folder, folder.with_name(next(name for name in names if name not in taken)))

    def _start(self, part: str) -> str:
        return f"{self.new.name.removesuffix('new')}{part}"


def workplace(out: Path) -> Workplace:
    """Where a build of the site at `out` (absolute, no link) works."""
    inside = out.is_dir() and (_is_mount(out) or not os.access(out.parent, os.W_OK | os.X_OK))
    start = f"{out}/{WORKING}" if inside else str(out.with_name(f".{out.name}{WORKING}"))
    new, old, record, key = (Path(f"{start}{part}") for part in ("new", "old", "journal", "lock"))
    return Workplace(new, old, record, key, inside)


def _is_mount(folder: Path) -> bool:
    """Whether another file system, or another part of the same one, is mounted at a folder."""
    if os.path.ismount(folder):
        return True
    try:
        # https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html: the fifth field, white space as octal numbers.
        return os.fsencode(folder) in set(_mount_points(_MOUNTS.read_bytes()))
    except OSError:
        return False


def _mount_points(table: bytes) -> Iterator[bytes]:
    for line in table.splitlines():
        fields = line.split(b" ")
        if len(fields) > 4:
            yield fields[4].replace(b"\\040", b" ").replace(b"\\011", b"\t").replace(b"\\134", b"\\")


def what_stays(folder: Path) -> str:
    """The sentence about a folder that could not be deleted."""
    return f"{folder} is what was here before this build and could not be deleted. Delete it: it may hold what was withdrawn since."
