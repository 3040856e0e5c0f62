"""The files of a site compared with the sizes and times they were written with, in a process of its own while a build goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.publish.files import walk
from onrecord.publish.listing import MANIFEST

Stamp = tuple[int, int]


Stamps = Callable[[], tuple[bytes, Mapping[str, Stamp]]]
"""Gives the sizes and times of a site's files as they were written, and a mark that tells where they were noted from any other place."""


def differing(out: Path, stamps: Mapping[str, Stamp]) -> dict[str, Stamp | None]:
    """The files among `stamps` (path → size in bytes, time of change in ns) that have another size or time below `out`, with what they
    have; None for one that is not there. Raises OSError."""
    missing = dict(stamps)
    different: dict[str, Stamp | None] = {}
    for path, size, mtime_ns in walk(out):
        stamp = missing.pop(path, None)
        if stamp is not None and stamp != (size, mtime_ns):
            different[path] = size, mtime_ns
    return different | dict.fromkeys(missing)


class SiteDifferences:
    """`differing`, begun now and needed later.

    The other process begins while this one is small, and reads by itself what was noted: it shares no memory that either of them would have
    to copy. Whether the site is still the one that was looked at is told by its manifest, which every build replaces last.
    """

    def __init__(self, out: Path, stamps: Stamps) -> None:
        self._out = out
        self._stamps = stamps
        self._manifest = _state(out)
        self._child = 0
        self._pipe = -1
        self._answer: tuple[str, dict[str, Stamp | None]] | None = None
        if hasattr(os, "fork") and self._manifest:
            self._begin()

    def _begin(self) -> None:
        self._pipe, end = os.pipe()
        self._child = os.fork()
        if self._child:
            os.close(end)
            return
        try:
            os.close(self._pipe)
            mark, stamps = self._stamps()
            with open(end, "wb") as stream:
                stream.write(json.dumps([mark.hex(), differing(self._out, stamps)]).encode())
        except BaseException:  # the parent looks itself
            os._exit(1)
        os._exit(0)

    def differing(self, mark: bytes) -> dict[str, Stamp | None]:
        """What differs from what was noted under a mark. Raises OSError."""
        if self._child:
            self._read_answer()
        if self._answer is not None and self._answer[0] == mark.hex() and self._manifest == _state(self._out):
            return {path: stamp and (stamp[0], stamp[1]) for path, stamp in self._answer[1].items()}
        noted, stamps = self._stamps()
        # What was noted under another mark, or cannot be read, says nothing of this site: nothing of it is as it was written then.
        return differing(self._out, stamps) if noted == mark else {MANIFEST: None}

    def _read_answer(self) -> None:
        """Takes what the process has written, if it did not fail."""
        with open(self._pipe, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        if status == 0:
            self._answer = json.loads(data)


def _state(out: Path) -> tuple[int, ...]:
    """What changes when the manifest is replaced."""
    try:
        status = os.lstat(out / MANIFEST)
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
