"""Takes from a command, and from all it starts, what `serve` and `receive` do not need: writing outside their own folders, connections.

On Linux the kernel does it, by `ctypes` as in `onrecord.intake.confinement`, whose readers need less still: Landlock (`landlock(7)`) keeps
writing in the folders, seccomp (`seccomp(2)`, mode filter, on x86-64 and aarch64) refuses new sockets of every kind, looking into other
processes, and what changes the system. Reading stays free: the program, its libraries, git and what the system has are read from
anywhere. Elsewhere, and before Linux 5.13, nothing is taken, and `confine` says so.
"""

from __future__ import annotations

import ctypes
import os
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path

from onrecord import kernel

_ADD_RULE = 445  # the same number on every processor
_PATH_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
# LANDLOCK_ACCESS_FS_* that change something (linux/landlock.h): write a file, remove and make files, folders, links and the like; then, by
# the version of Landlock that knows them, move between folders (2) and cut a file short (3).
_WRITE = 1 << 1
_CHANGES = _WRITE | sum(1 << right for right in range(4, 13))
_MOVE, _CUT = 1 << 13, 1 << 14
# What a semaphore of processes that work together needs in /dev/shm: to write, to make a file (and link it there) and to remove it.
_SEMAPHORES = _WRITE | 1 << 5 | 1 << 8

# What neither command nor anything that it starts has a use for. The numbers are those of asm/unistd_64.h (x86-64) and of
# asm-generic/unistd.h (aarch64): socket, ptrace, process_vm_readv and _writev, chroot, pivot_root, mount, umount2, unshare, setns, bpf,
# perf_event_open, userfaultfd, add_key, request_key, keyctl, init_module, finit_module, delete_module, kexec_load, open_by_handle_at; and,
# the same on both, io_uring (which opens sockets, too), open_tree, move_mount, fsopen, fsmount, pidfd_getfd, mount_setattr.
_REFUSED = {
    "x86_64": (41, 101, 310, 311, 161, 155, 165, 166, 272, 308, 321, 298, 323, 248, 249, 250, 175, 313, 176, 246, 304),
    "aarch64": (198, 117, 270, 271, 51, 41, 40, 39, 97, 268, 280, 241, 282, 217, 218, 219, 105, 273, 106, 104, 265),
}
_REFUSED_ON_BOTH = (425, 426, 427, 428, 429, 430, 432, 438, 442)


def confine(folders: Iterable[Path], cache: Path, writable: Iterable[Path] = ()) -> bool:
    """Lets this thread, and what it starts from now on, write in these folders, in the files that are `writable` and in the cache
    alone, where temporary files have their place from now on, and bind and open no TCP connection; sockets that are open stay so. The
    folders are made where they are not there. Returns whether the kernel does it. Raises OSError."""
    folders = [*folders, cache]
    temporary = cache / "temporary"
    for folder in (*folders, temporary):
        folder.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(temporary.resolve())
    tempfile.tempdir = None
    libc = kernel.library()
    if libc is None:
        return False
    version = kernel.landlock_version(libc)
    if version < 1:
        return False
    rights = _CHANGES | (_MOVE if version >= 2 else 0) | (_CUT if version >= 3 else 0)
    rules = kernel.landlock_rules(libc, version, rights)
    if rules < 0:
        return False
    try:
        for folder in folders:
            _allow(libc, rules, folder, rights)
        for file in writable:
            _allow(libc, rules, file, _WRITE | (_CUT & rights))
        _allow(libc, rules, Path("/dev", "shm"), _SEMAPHORES | (_CUT & rights))
        for device in (Path("/dev/null"), Path("/dev/tty")):
            _allow(libc, rules, device, _WRITE | (_CUT & rights))
        return kernel.restrict(libc, rules) and _refuse_calls(libc)
    finally:
        os.close(rules)


def filter_steps(machine: str) -> bytes:
    """The filter for a processor (see kernel.filter_steps): the calls that are listed here are refused, all others run. Raises KeyError
    for a processor that is not known."""
    return kernel.filter_steps(machine, (*_REFUSED[machine], *_REFUSED_ON_BOTH), allowed=False)


def _refuse_calls(libc: ctypes.CDLL) -> bool:
    """Sets the filter for all threads of this process and all that they start. False where the kernel does not; True as well on processors
    that have no filter here, where Landlock alone keeps TCP closed."""
    machine = kernel.machine()
    return machine == "" or kernel.set_filter(libc, machine, filter_steps(machine))


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
