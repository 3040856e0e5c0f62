"""The files of a site compared with the sizes and times they were written with, in a process of its own while a build goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from onrecord.publish.files import survey
from onrecord.publish.listing import MANIFEST

Stamp = tuple[int, int]


def differing(out: Path, stamps: Mapping[str, Stamp]) -> dict[str, Stamp | None]:
    """The files among `stamps` (path → size in bytes, time of change in ns) that have another size or time below `out`, with what they
    have; None for one that is not there. Raises OSError."""
    present = survey(out)
    if stamps.items() <= present.items():
        return {}
    return {path: present.get(path) for path, stamp in stamps.items() if present.get(path) != stamp}


class SiteDifferences:
    """`differing`, begun now and needed later.

    Whether the site is still the one that was looked at is told by its manifest, which every build replaces last.
    """

    def __init__(self, out: Path, stamps: Mapping[str, Stamp]) -> None:
        self._out = out
        self._stamps = stamps
        self._manifest = _state(out)
        self._child = 0
        self._pipe = -1
        if hasattr(os, "fork") and stamps:
            self._begin()

    def _begin(self) -> None:
        self._pipe, end = os.pipe()
        self._child = os.fork()
        if self._child:
            os.close(end)
            return
        try:
            os.close(self._pipe)
            with open(end, "wb") as stream:
                stream.write(json.dumps(differing(self._out, self._stamps)).encode())
        except BaseException:  # the parent looks itself
            os._exit(1)
        os._exit(0)

    def differing(self) -> dict[str, Stamp | None]:
        """What differs. Raises OSError."""
        answer = self._answer() if self._child else b""
        if answer and self._manifest == _state(self._out):
            return {path: stamp and (stamp[0], stamp[1]) for path, stamp in json.loads(answer).items()}
        return differing(self._out, self._stamps)

    def _answer(self) -> bytes:
        """The bytes the process has written; empty where it failed."""
        with open(self._pipe, "rb") as stream:
            answer = stream.read()
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        return answer if status == 0 else b""


def _state(out: Path) -> tuple[int, ...]:
    """What changes when the manifest is replaced."""
    try:
        status = os.lstat(out / MANIFEST)
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
