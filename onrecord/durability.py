"""What was written reaches the disk before it is given its name, so that a power cut finds either the old site or the new one whole.

A few files are forced to the disk one by one; many by one call for the whole file system, which writes them in the disk's own order.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

_FEW = 100
"""Up to so many files are forced one by one: what others write on the same disk is not waited for."""
_AT_A_TIME = 8


def force(root: Path, paths: Iterable[str]) -> None:
    """Brings files below `root` to the disk, with the folders that lead to them. Raises OSError."""
    paths = list(paths)
    if len(paths) > _FEW and _force_file_system(root):
        return
    _force_together(root / path for path in paths)
    force_folders(root, paths)


def force_folders(root: Path, paths: Iterable[str]) -> None:
    """Brings the names in the folders that lead to some paths below `root` to the disk. Raises OSError."""
    folders = {""}
    for path in paths:
        while path := path.rpartition("/")[0]:
            if path in folders:
                break
            folders.add(path)
    if len(folders) > _FEW and _force_file_system(root):
        return
    for folder in sorted(folders):
        force_folder(root / folder)


def force_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk; nothing where there is no such folder, where it may not be read, or where the system
    forces no folders (Windows). Raises OSError."""
    if os.name != "nt":
        with contextlib.suppress(FileNotFoundError, PermissionError):
            _force(folder, writing=False)


def _force_together(files: Iterable[Path]) -> None:
    """Brings files to the disk, several at a time: what waits at the same moment, the file system writes to its journal at once.

    Raises the OSError of the first of them that could not be written, after all were tried.
    """
    waiting = deque(files)
    faults: list[OSError] = []

    def work() -> None:
        while waiting:
            try:
                path = waiting.popleft()
            except IndexError:  # another thread took the last
                return
            try:
                _force(path, writing=True)
            except OSError as fault:
                faults.append(fault)

    threads = [Thread(target=work) for _ in range(min(_AT_A_TIME, len(waiting)) - 1)]
    for thread in threads:
        thread.start()
    work()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def _force(path: Path, writing: bool) -> None:
    descriptor = os.open(path, (os.O_RDWR if writing and os.name == "nt" else os.O_RDONLY) | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _force_file_system(folder: Path) -> bool:
    """Brings everything on a folder's file system to the disk (syncfs(2) of Linux); False where the system has no such call.

    Raises OSError where something could not be written.
    """
    if sys.platform != "linux":
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if call(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)
    return True
