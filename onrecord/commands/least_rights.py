"""Takes from a command, and from all it starts, what `serve` and `receive` do not need: writing outside their own folders, connections.

On Linux the kernel does it, by `ctypes` as in `onrecord.intake.confinement`, whose readers need less still: Landlock (`landlock(7)`) keeps
writing in the folders, seccomp (`seccomp(2)`, mode filter, on x86-64 and aarch64) refuses new sockets of every kind, looking into other
processes, and what changes the system. Reading stays free: the program, its libraries, git and what the system has are read from
anywhere. Elsewhere, and before Linux 5.13, nothing is taken, and `confine` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
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

# What neither command nor anything that it starts has a use for. The numbers are those of asm/unistd_64.h (x86-64) and of
# asm-generic/unistd.h (aarch64): socket, ptrace, process_vm_readv and _writev, chroot, pivot_root, mount, umount2, unshare, setns, bpf,
# perf_event_open, userfaultfd, add_key, request_key, keyctl, init_module, finit_module, delete_module, kexec_load, open_by_handle_at; and,
# the same on both, io_uring (which opens sockets, too), open_tree, move_mount, fsopen, fsmount, pidfd_getfd, mount_setattr.
_REFUSED = {
    "x86_64": (41, 101, 310, 311, 161, 155, 165, 166, 272, 308, 321, 298, 323, 248, 249, 250, 175, 313, 176, 246, 304),
    "aarch64": (198, 117, 270, 271, 51, 41, 40, 39, 97, 268, 280, 241, 282, 217, 218, 219, 105, 273, 106, 104, 265),
}
_REFUSED_ON_BOTH = (425, 426, 427, 428, 429, 430, 432, 438, 442)
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_*, linux/audit.h
_X32 = 0x40000000  # calls of the x32 interface have numbers of their own
_SET_FILTER, _ALL_THREADS = 1, 1  # SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC (linux/seccomp.h)
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000  # SECCOMP_RET_*
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/filter.h


class _Filter(ctypes.Structure):
    """struct sock_fprog (linux/filter.h)."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


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
        return bool(libc.syscall(ctypes.c_long(_RESTRICT), rules, 0) == 0) and _refuse_calls(libc)
    finally:
        os.close(rules)


def filter_steps(machine: str) -> bytes:
    """The filter for a processor ("x86_64", "aarch64"), as an array of struct sock_filter: the calls that are listed here, and those of the
    x32 interface, are refused with EPERM, all others run; calls of another processor's interface end the process. Raises KeyError for a
    processor that is not known."""
    numbers = sorted((*_REFUSED[machine], *_REFUSED_ON_BOTH))
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture, in struct seccomp_data
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, len(numbers) + 1, 0, _X32),
        # Each jump leads behind the permission, to the last step.
        *((_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _refuse_calls(libc: ctypes.CDLL) -> bool:
    """Sets the filter for all threads of this process and all that they start. False where the kernel does not; True as well on processors
    that have no filter here, where Landlock alone keeps TCP closed."""
    machine = platform.machine()
    # A Python of 32 bits on such a processor uses other numbers.
    if machine not in _REFUSED or sys.maxsize < 2**32:
        return True
    steps = filter_steps(machine)
    given = _Filter(len(steps) // 8, steps)
    return bool(libc.syscall(ctypes.c_long(_SECCOMP[machine]), _SET_FILTER, _ALL_THREADS, ctypes.byref(given)) == 0)


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
