"""Processes that a test begins: whatever becomes of the test, they end with it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def running(command: list[Any], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process, with the options of subprocess.Popen; killed at the end where it has not ended, waited for, its pipes closed."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str], seconds: float = 300) -> str:
    """What a process prints to its end; one that does not come to it in time is killed, and fails the test."""
    with process:
        try:
            return process.communicate(timeout=seconds)[0]
        finally:
            process.kill()
