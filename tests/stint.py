"""The one clock of the tests: seconds of the processor, as a machine would take them that does nothing else.

A machine with two cores and three processes takes twice as long for the same work, and another machine more. So what takes longer than
its bound is held against work that is always the same and is measured right behind it: a bound of two seconds is a bound of so many times
that work. Speed itself is measured in benchmarks/; here stands what must end soon (tests/unit/test_stint.py holds that no other clock is
used)."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

IDLE = 0.011
"""Seconds that `_usual_work` takes on a machine that does nothing else."""
ROUNDS = 3
LOOKS = 5
_TEXT = " ".join(f"The harbour office wrote on {day} May that quay {day * 7} is dark." for day in range(1, 31))
_WORD = re.compile(r"\b([A-Z]\w+|\d+)\b")


def _usual_work() -> float:
    """Seconds of the processor for work of the kind that a reader does: patterns, words, small objects."""
    began = time.process_time()
    for _ in range(60):
        counts: dict[str, int] = {}
        for word in _TEXT.split():
            counts[word] = counts.get(word, 0) + 1
        parts = [(found.start(), found.group(1).lower()) for found in _WORD.finditer(_TEXT)]
        " ".join(part for _, part in sorted(parts, key=lambda part: part[1]))
    return time.process_time() - began


def slowness() -> float:
    """How many times as long as an idle machine this one takes just now; at least 1."""
    return max(1.0, max(_usual_work() for _ in range(LOOKS)) / IDLE)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside may take so many seconds of the processor of a machine that does nothing else.

    Raises:
        AssertionError: it takes longer.
    """
    with _own_garbage_only():
        began = time.process_time()
        yield
        took = time.process_time() - began
    if took > seconds:  # else it is within the bound on any machine
        allowed = seconds * slowness()
        assert took <= allowed, (
            f"It took {took:.2f} s of the processor; at most {allowed:.2f} s on this machine just now."
        )


def seconds_of(act: Callable[[], object]) -> float:
    """Seconds of the processor that an act takes, to be held against those of another act by turns (`grows_with`)."""
    with _own_garbage_only():
        began = time.process_time()
        act()
        return time.process_time() - began


def grows_with(act: Callable[[int], object], small: int, large: int, most: float, unnoticed: float = 0.05) -> bool:
    """Whether the larger size takes at most `most` times as long as the smaller one, `unnoticed` seconds aside. Measured by turns, and
    again where it seems to take longer: what else the machine does makes some measures longer, a work that grows too fast all of them."""
    shortest = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for place, size in enumerate((small, large)):
            shortest[place] = min(shortest[place], seconds_of(lambda size=size: act(size)))  # type: ignore[misc]
        if shortest[1] <= most * shortest[0] + unnoticed:
            return True
    return False


def busy_for(seconds: float) -> None:
    """Uses the processor for so many seconds, as it counts them."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@contextmanager
def _own_garbage_only() -> Iterator[None]:
    """What the other tests of a process keep in memory is not looked through again and again meanwhile."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
