"""Files that change on the disk, told as soon as the system tells."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

from watchfiles._rust_notify import RustNotify  # documented as the part to use where the caller has a loop of its own

_SETTLED = 25
"""Milliseconds without another change until a change is told: editors write a file in several steps."""

_LONGEST = 500
"""Milliseconds after which it is told even where files go on changing."""

_POLL = 300
"""Milliseconds between two looks where the system tells nothing, as over some networks."""


class Watcher:
    """Watches folders from its making on, with all that is below them, for whatever is no hidden file and no editor's copy."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._open()

    def _open(self) -> None:
        self._numbers = self._state()
        paths = [str(folder) for folder in self._folders if folder.is_dir()]
        try:
            self._notify = RustNotify(paths, False, False, _POLL, True, True)
        except OSError:  # as where the system's limit of watched folders is reached (inotify(7), max_user_watches)
            self._notify = RustNotify(paths, False, True, _POLL, True, True)

    def _state(self) -> Sequence[tuple[int, int]]:
        """What changes when one of the folders is replaced by another: what was watched is then no more."""
        numbers = []
        for folder in self._folders:
            try:
                status = os.stat(folder)
            except OSError:
                continue
            numbers.append((status.st_dev, status.st_ino))
        return numbers

    def wait(self, seconds: float, stopped: Event) -> bool:
        """Waits until files have changed and settled, but no longer than some seconds, nor when `stopped` is set; whether any has changed.

        Raises KeyboardInterrupt.
        """
        answer: Any = self._notify.watch(_LONGEST, _SETTLED, int(seconds * 1000), stopped)
        if answer == "signal":
            raise KeyboardInterrupt
        if self._numbers != self._state():
            self._notify.close()
            self._open()
            return True
        return isinstance(answer, set) and any(self._counts(path) for _, path in answer)

    def _counts(self, path: str) -> bool:
        for folder in self._folders:
            inside = os.path.relpath(path, folder)
            if not inside.startswith(".."):
                return not any(
                    part.startswith(".") or part.endswith("~") for part in inside.split(os.sep) if part != "."
                )
        return True
