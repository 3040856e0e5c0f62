"""How long the work on one file may take: a net under the limits of size, for what these do not foresee."""

from __future__ import annotations

import gc
import signal
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onrecord.model import Problem

MOST_SECONDS = 10.0

SMALL = 32 * 1024
"""Bytes of a file that is read in the process that asks: whatever is in it takes less than a second. Larger ones are read in a process
that can be ended (`guarded`)."""


class Exceeded(Exception):
    """The work took longer than its file may take."""


@contextmanager
def limited(seconds: float = 0.0) -> Iterator[None]:
    """Raises Exceeded inside the block once it has used so many seconds (0: MOST_SECONDS) of processor time, so that a busy machine fails
    nothing.

    Blocks may stand in each other; the time of an inner one does not count for the outer. Where there are no such timers (Windows, other
    threads than the first) the limits of size are all there is.
    """
    with _looking(seconds or MOST_SECONDS, lambda: True):
        yield


@contextmanager
def one_by_one(seconds: float) -> Iterator[Callable[[], None]]:
    """As `limited`, for pieces of work that follow each other, of which each may take so long: gives what is to be called when the next one
    begins. Looked at once a second, or once in `seconds` where that is less, it costs nothing for each of many small pieces."""
    began = time.process_time()

    def begin() -> None:
        nonlocal began
        began = time.process_time()

    with _looking(min(seconds, 1.0), lambda: time.process_time() - began >= seconds):
        yield begin


@contextmanager
def _looking(first: float, is_over: Callable[[], bool]) -> Iterator[None]:
    """Raises Exceeded inside the block where `is_over` says so, which is asked after `first` seconds of processor time, and then often."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    over = False

    def stop(_number: int, _frame: types.FrameType | None) -> None:
        if not over and is_over():
            raise Exceeded

    before = signal.signal(signal.SIGVTALRM, stop)
    # Again and again: Python drops an exception that strikes inside a callback of its own.
    outer = signal.setitimer(signal.ITIMER_VIRTUAL, first, 0.1)
    collecting = gc.isenabled()
    gc.disable()  # an exception in a callback of the collector is lost
    try:
        yield
    finally:
        over = True
        if collecting:
            gc.enable()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        signal.setitimer(signal.ITIMER_VIRTUAL, *outer)


def problem(lacking: str = "time") -> Problem:
    """What is told about a file that takes too long, or (`lacking`: "memory") too much memory."""
    too_much = f"more than {MOST_SECONDS:.0f} seconds" if lacking == "time" else "more memory than a file may take"
    return Problem(1, 1, "too-complex", f"The file takes {too_much} to check. Make it simpler, or divide it.")
