"""What Linux takes from a process for good, by `ctypes`: system calls (`seccomp(2)`, mode filter) and files (`landlock(7)`).

The numbers of a few calls, the steps of a filter and the versions of Landlock stand here once; which calls and which files those are is
the business of who asks (`intake.confinement`, `commands.least_rights`).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterable

_SECCOMP = {"x86_64": 317, "aarch64": 277}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_*, linux/audit.h
_X32 = 0x40000000  # calls of the x32 interface have numbers of their own
_SET_FILTER, _ALL_THREADS = 1, 1  # SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC (linux/seccomp.h)
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000  # SECCOMP_RET_*
# BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K (linux/filter.h)
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446  # the same numbers on every processor
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS (linux/prctl.h)
# LANDLOCK_ACCESS_NET_BIND_TCP and _CONNECT_TCP, from version 4 on; LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET and _SIGNAL, from version 6 on.
_TCP, _SCOPES = 3, 3


class _Program(ctypes.Structure):
    """struct sock_fprog (linux/filter.h)."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def library() -> ctypes.CDLL | None:
    """The C library of a process that from now on gains no rights by what it starts; None where the system does not do so."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return libc if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 else None


def machine() -> str:
    """The processor, where a filter can be made for it ("x86_64", "aarch64"); else empty."""
    name = platform.machine()
    # A Python of 32 bits on such a processor uses other numbers.
    return name if name in _SECCOMP and sys.maxsize >= 2**32 else ""


def filter_steps(name: str, calls: Iterable[int], *, allowed: bool) -> bytes:
    """The filter for a processor ("x86_64", "aarch64"), as an array of struct sock_filter: of the system calls, those of these numbers
    alone run (`allowed`), or those alone are refused with EPERM. Calls of the x32 interface are refused; those of another processor's
    interface end the process. Raises KeyError for a processor that is not known."""
    numbers = sorted(calls)
    listed, others = (_ALLOW, _REFUSE) if allowed else (_REFUSE, _ALLOW)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, _ARCHITECTURE[name]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, len(numbers) + (listed == _REFUSE), 0, _X32),
        # Each jump leads behind the step for the others, to the last.
        *((_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, others),
        (_RETURN, 0, 0, listed),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def set_filter(libc: ctypes.CDLL, name: str, steps: bytes) -> bool:
    """Sets a filter (`filter_steps`) for all threads of this process and for all that they start. Returns whether the kernel does it."""
    given = _Program(len(steps) // 8, steps)
    number = ctypes.c_long(_SECCOMP[name])
    return bool(libc.syscall(number, _SET_FILTER, _ALL_THREADS, ctypes.byref(given)) == 0)


def landlock_version(libc: ctypes.CDLL) -> int:
    """The version of Landlock that the kernel has; less than 1 where it has none."""
    return int(libc.syscall(ctypes.c_long(_LANDLOCK_CREATE), None, ctypes.c_size_t(0), 1))


def landlock_rules(libc: ctypes.CDLL, version: int, rights: int) -> int:
    """A set of rules, as an open file: all of these rights to files (LANDLOCK_ACCESS_FS_*) that no rule gives are refused, and, where the
    version can, TCP connections and what other processes offer (struct landlock_ruleset_attr, linux/landlock.h). Negative where the kernel
    makes none."""
    attributes = struct.pack("=QQQ", rights, _TCP, _SCOPES)[: 8 if version < 4 else 16 if version < 6 else 24]
    return int(libc.syscall(ctypes.c_long(_LANDLOCK_CREATE), attributes, ctypes.c_size_t(len(attributes)), 0))


def restrict(libc: ctypes.CDLL, rules: int) -> bool:
    """Holds this thread, and what it starts, to a set of rules. Returns whether the kernel does it."""
    return bool(libc.syscall(ctypes.c_long(_LANDLOCK_RESTRICT), rules, 0) == 0)
