"""Processes that are killed at moments that chance names."""

from __future__ import annotations

import contextlib
import random
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Kills:
    """Kills of processes that all do the same work, which takes `seconds` where nothing ends it: `count` of them were killed before their
    end, in as many as `turns`."""

    seconds: float
    chance: random.Random
    count: int = 0
    turns: int = 0

    def until(self, wanted: int) -> bool:
        """Whether there are fewer kills than are wanted; not for ever, for a machine may be too busy to kill in time."""
        return self.count < wanted and self.turns < 3 * wanted

    def kill(self, process: subprocess.Popen[str]) -> None:
        """Waits for a moment and kills the process. Half of the kills, those of every other turn, are in the last third, where files take
        their places. A process that ended before says how long the work takes now."""
        share = self.chance.uniform(0.66, 1.02) if self.turns % 2 else self.chance.uniform(0.05, 1)
        began = time.monotonic()
        with process:
            try:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=self.seconds * share)
                self.turns += 1
                if process.poll() is None:
                    self.count += 1
                else:
                    self.seconds = (self.seconds + time.monotonic() - began) / 2
            finally:
                process.kill()
        time.sleep(0.1)  # its workers end with it
