"""Takes from a command, and from all it starts, what `serve` and `receive` do not need: writing outside their own folders, connections.

On Linux the kernel does it (Landlock, `landlock(7)`, by `ctypes` as in `onrecord.intake.confinement`, whose readers need less still).
Reading stays free: the program, its libraries, git and what the system has are read from anywhere. Elsewhere, and before Linux 5.13,
nothing is taken, and `confine` says so.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every processor
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS (linux/prctl.h)
_PATH_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
# LANDLOCK_ACCESS_FS_* that change something (linux/landlock.h): write a file, remove and make files, folders, links and the like; then, by
# the version of Landlock that knows them, move between folders (2) and cut a file short (3).
_WRITE = 1 << 1
_CHANGES = _WRITE | sum(1 << right for right in range(4, 13))
_MOVE, _CUT = 1 << 13, 1 << 14
_TCP = 3  # LANDLOCK_ACCESS_NET_BIND_TCP, LANDLOCK_ACCESS_NET_CONNECT_TCP, from version 4 on
_SCOPES = 3  # LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET, LANDLOCK_SCOPE_SIGNAL, from version 6 on


def confine(folders: Iterable[Path], cache: Path) -> bool:
    """Lets this thread, and what it starts from now on, write in these folders and the cache alone, where temporary files have their
    place from now on, and bind and open no TCP connection; sockets that are open stay so. The folders are made where they are not there.
    Returns whether the kernel does it. Raises OSError."""
    folders = [*folders, cache]
    temporary = cache / "temporary"
    for folder in (*folders, temporary):
        folder.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(temporary.resolve())
    tempfile.tempdir = None
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(ctypes.c_long(_CREATE), None, ctypes.c_size_t(0), 1)
    if version < 1 or libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    rights = _CHANGES | (_MOVE if version >= 2 else 0) | (_CUT if version >= 3 else 0)
    attributes = struct.pack("=QQQ", rights, _TCP, _SCOPES)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = libc.syscall(ctypes.c_long(_CREATE), attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    try:
        for folder in (*folders, Path("/dev", "shm")):  # there stand the semaphores of processes that work together
            _allow(libc, rules, folder, rights)
        for device in (Path("/dev/null"), Path("/dev/tty")):
            _allow(libc, rules, device, _WRITE | (_CUT & rights))
        return bool(libc.syscall(ctypes.c_long(_RESTRICT), rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    """Adds a folder or file to a set of rules; one that is not there is left out."""
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        # struct landlock_path_beneath_attr, packed
        libc.syscall(ctypes.c_long(_ADD_RULE), rules, _PATH_BENEATH, struct.pack("=Qi", rights, opened), 0)
    finally:
        os.close(opened)
