"""How much memory one document may take beyond what its reader has, by its size: a few kilobytes that unfold without end are ended soon."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# Honest documents (`python -m benchmarks.honest_documents`) take up to 60 MB more; a scanned page is drawn as a picture of 64 MB.
_LEAST_BYTES = 256 * 1024**2
_BYTES_A_BYTE = 32


def allowed(size: int) -> int:
    """Bytes of address space for a document of so many bytes."""
    return _LEAST_BYTES + _BYTES_A_BYTE * size


def limit(pid: int, size: int) -> None:
    """Allows another process so much beyond what it has, and no more than it may have for good (prlimit(2), RLIMIT_AS). Does nothing where
    the system has no such call."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + allowed(size)
        _, hard = resource.prlimit(pid, resource.RLIMIT_AS)
        resource.prlimit(pid, resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
