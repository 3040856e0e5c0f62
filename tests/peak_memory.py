"""The most memory that a program of its own takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The most of a process by getrusage is, in Linux, never below what the process had that started it.
_PEAK = """
import pathlib, resource
status = pathlib.Path("/proc/self/status")
linux = int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024 if status.exists() else 0
print()
print(linux or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2)
"""


def peak_memory(program: str, *arguments: str) -> int:
    """Runs Python's source text in a process of its own, at the root of the repository; gives the most memory it took, in megabytes."""
    command = [sys.executable, "-c", program + _PEAK, *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(ran.stdout.split()[-1])
