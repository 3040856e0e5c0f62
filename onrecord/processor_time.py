"""How long the processor has worked for another process: on a machine that does much else, a clock on the wall says little of that."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass, field

LEAST_SHARE = 0.0005
"""A process that has had less of the time than this is not working but waits for something: one of the lowest priority gets ten times as
much on a machine on which fifty others work."""
LONGEST = 3600.0
"""Seconds on the clock after which nobody waits any longer, whatever a process does."""


@dataclass(slots=True)
class Patience:
    """A wait for the answer of the process `pid`, looked at every `seconds`, in which it may use `most` seconds of the processor where
    nothing else limits that."""

    pid: int
    seconds: float
    most: float = math.inf
    used: float = field(init=False)
    until: float = field(init=False)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self.used = used_by(self.pid)
        self._last = self.used + self.most
        self.until = time.monotonic() + LONGEST

    def holds(self) -> bool:
        """Called once `seconds` have passed since it was begun or last called: whether the process has worked in this time, and deserves as
        long again. That it does not for ever: its seconds of the processor are limited, and the clock goes on."""
        before, self.used = self.used, used_by(self.pid)
        has_worked = self.used - before >= LEAST_SHARE * self.seconds
        return has_worked and self.used <= self._last and time.monotonic() < self.until


def used_by(pid: int) -> float:
    """Seconds of the processor that all threads of a process have used; 0 where the system does not say so (it is not Linux, or there is
    no such process)."""
    if sys.platform != "linux":
        return 0.0
    try:
        # The clock of a process, as the kernel numbers it: clock_getcpuclockid(3), CPUCLOCK_SCHED in linux/posix-timers.h.
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0
