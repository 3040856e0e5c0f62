"""A process that is killed at a moment that chance names."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time


def killed(process: subprocess.Popen[str], seconds: float, turn: int, chance: random.Random) -> bool:
    """Whether a process, which takes so many seconds where nothing ends it, was killed before its end. Half of the kills, those of every
    other turn, are in the last third, where files take their places."""
    share = chance.uniform(0.66, 1.02) if turn % 2 else chance.uniform(0.05, 1)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds * share)
    running = process.poll() is None
    if running:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    time.sleep(0.1)  # its workers end with it
    return running
