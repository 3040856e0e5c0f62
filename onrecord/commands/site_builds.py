"""Builds of a whole site, each in a process of its own, one at a time; none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

_ENDING_SECONDS = 10.0
_BEHIND = 10
"""How far it stands back (nice(2)): whoever edits goes first."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How a build went: the code that it ended with, and what it printed."""

    code: int
    printed: str


class SiteBuilds:
    """One build at a time. When `close` has returned, however it was called, no process is there and none begins. Methods may be called by
    any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        # A file holds whatever a build has to say; a pipe that nobody reads until its end would stop it when it is full.
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._is_closed = False

    @property
    def is_at_work(self) -> bool:
        """Whether a build has begun whose end was not told."""
        return self._process is not None

    def begin(self, command: Sequence[str]) -> bool:
        """Starts a build, unless one is at work or `close` was called; whether it did. Raises OSError where the system starts no more."""
        with self._lock, _unbroken():
            if self._process is not None or self._is_closed:
                return False
            self._printed.seek(0)
            self._printed.truncate()
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._printed
            )
            if hasattr(os, "setpriority"):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _BEHIND)
            return True

    def finished(self) -> Finished | None:
        """How the build went that has ended, told once; None while it is at work, and where there is none."""
        with self._lock:
            code = self._process.poll() if self._process is not None else None
            if code is None:
                return None
            self._process = None
            self._printed.seek(0)
            return Finished(code, self._printed.read().decode("utf-8", "replace"))

    def close(self) -> None:
        """Ends a build that is at work, and waits for its end."""
        with self._lock:
            self._is_closed = True
            process = self._process
            try:
                if process is not None:
                    process.terminate()
                    process.wait(_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                pass
            finally:
                if process is not None:
                    process.kill()
                    process.wait()
                self._printed.close()
                self._process = None


@contextmanager
def _unbroken() -> Iterator[None]:
    """A signal that ends this process comes after what stands below: between the start of a process and the note that it was started,
    nobody could end it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone
        return
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in came:
            signal.raise_signal(late)
