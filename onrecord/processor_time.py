"""How long the processor has worked for another process: on a machine that does much else, a clock on the wall says little of that."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

LEAST_SHARE = 0.01
"""A process that has had less of the time than this is not working but waits for something."""


@dataclass(slots=True)
class Patience:
    """A wait for the answer of the process `pid`, looked at every `seconds`."""

    pid: int
    seconds: float
    used: float = field(init=False)

    def __post_init__(self) -> None:
        self.used = used_by(self.pid)

    def holds(self) -> bool:
        """Called once `seconds` have passed since it was begun or last called: whether the process has worked in this time, and deserves as
        long again. What it may use of the processor is limited elsewhere, so this ends."""
        before, self.used = self.used, used_by(self.pid)
        return self.used - before >= LEAST_SHARE * self.seconds


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
