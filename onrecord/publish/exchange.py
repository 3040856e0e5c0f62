"""One folder in the place of another in one step, and one build at a time."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.publish.files import PublishFailed

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h; macOS calls the same value RENAME_SWAP
_PATIENCE = 1.0  # seconds: the workers of a killed build take a moment to end


@contextmanager
def lock(path: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """One build at a time for an output folder. The lock goes with the process that holds it: a killed build leaves its file, and no lock.

    Another build is waited for `patience` seconds. Processes forked from the build hold it too: as long as one of them could still write,
    no other build begins. Raises PublishFailed where another build holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there one build at a time is the user's care
        yield
        return
    ends = time.monotonic() + patience
    while True:
        stream = open(path, "w")  # noqa: SIM115
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.close()
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            if time.monotonic() > ends:
                raise PublishFailed("Another build is writing this site. Wait until it has finished.") from error
            time.sleep(0.02)
            continue
        try:
            if os.fstat(stream.fileno()).st_ino == os.stat(path).st_ino:
                break
        except FileNotFoundError:
            pass
        stream.close()  # the holder before us removed the file between our opening and locking it
    try:
        yield
    finally:
        with suppress(OSError):  # a file that is left is locked by nobody
            path.unlink()
        stream.close()


def exchange(new: Path, out: Path, old: Path) -> None:
    """Puts the folder `new` in the place of `out`: in one step where the system can, else in two, with the old one kept as `old`.

    After one step the old folder stands in the place of `new`. Raises OSError; then `out` is what it was.
    """
    if not out.exists():
        os.rename(new, out)
        return
    if swap(new, out):
        return
    os.rename(out, old)
    try:
        os.rename(new, out)
    except OSError:
        os.rename(old, out)
        raise


def swap(folder: Path, other_folder: Path) -> bool:
    """Exchanges two folders atomically (renameat2 of Linux, renamex_np of macOS); False where the system or the disk cannot."""
    a, b = os.fsencode(folder), os.fsencode(other_folder)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = library.renamex_np(a, b, _RENAME_EXCHANGE)
        else:
            result = library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other_folder))
