"""Takes from this process what reading a document does not need: files, the network, other programs, other processes, core dumps.

On Linux the kernel does it, for good and for every library in the process. Seccomp (`seccomp(2)`, mode filter) refuses every system
call that is not in a short list, on x86-64 and aarch64, whose numbers stand here; Landlock (`landlock(7)`) refuses files and TCP
connections on every other processor, and stands behind seccomp where the kernel has both. Elsewhere only Python's own sockets are
closed, and `confine` says so.

What is open already stays open, so that libraries must have been loaded before, and have read what they read once.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress

from onrecord import kernel, program_files

# Numbers of system calls: asm/unistd_64.h (x86-64), asm-generic/unistd.h (aarch64). What they let a process do is work with memory, with
# what is open already, with its own signals and with time.
_ALLOWED = {
    "x86_64": {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
        "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "readv": 19, "writev": 20, "select": 23, "sched_yield": 24,
        "mremap": 25, "mincore": 27, "madvise": 28, "nanosleep": 35, "getitimer": 36, "setitimer": 38, "getpid": 39, "exit": 60,
        "gettimeofday": 96, "getrusage": 98, "sysinfo": 99, "times": 100, "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202,
        "sched_getaffinity": 204, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230,
        "exit_group": 231, "pselect6": 270, "ppoll": 271, "set_robust_list": 273, "getrandom": 318, "membarrier": 324, "rseq": 334,
    },
    "aarch64": {
        "close": 57, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "pselect6": 72, "ppoll": 73, "fstat": 80,
        "exit": 93, "exit_group": 94, "futex": 98, "set_robust_list": 99, "nanosleep": 101, "getitimer": 102, "setitimer": 103,
        "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124,
        "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153,
        "getrusage": 165, "gettimeofday": 169, "getpid": 172, "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215, "mremap": 216,
        "mmap": 222, "mprotect": 226, "mincore": 232, "madvise": 233, "getrandom": 278, "membarrier": 283, "rseq": 293,
    },
}  # fmt: skip


def confine(memory: int) -> str:
    """Confines this process for good, to `memory` bytes of address space, too. Returns by what it was done ("seccomp and Landlock",
    "seccomp", "Landlock"); empty where nothing but Python's own sockets could be closed."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _close_sockets()
    libc = kernel.library()
    if libc is None:
        return ""
    # Landlock comes first: its own calls are none that the filter lets through.
    landlock = _landlock(libc)
    return " and ".join(filter(None, ("seccomp" if _seccomp(libc) else "", "Landlock" if landlock else "")))


def program(machine: str) -> bytes:
    """The filter for a processor ("x86_64", "aarch64"), as an array of struct sock_filter: allowed calls run, all others are refused with
    EPERM; calls of another processor's interface end the process. Raises KeyError for a processor that is not known."""
    return kernel.filter_steps(machine, _ALLOWED[machine].values(), allowed=True)


def _seccomp(libc: ctypes.CDLL) -> bool:
    """Whether the filter is set, for all threads of this process."""
    machine = kernel.machine()
    return machine != "" and kernel.set_filter(libc, machine, program(machine))


def _landlock(libc: ctypes.CDLL) -> bool:
    """Whether Landlock refuses files, and TCP connections where the kernel's version of it can."""
    version = kernel.landlock_version(libc)
    if version < 1:
        return False
    # Without a rule all rights to files are refused.
    rules = kernel.landlock_rules(libc, version, (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1)
    if rules < 0:
        return False
    try:
        return kernel.restrict(libc, rules)
    finally:
        os.close(rules)


def _close_sockets() -> None:
    """Closes Python's own sockets, for systems whose kernel does not."""
    import socket

    class NoSocket(socket.socket):
        def __new__(cls, *args: object, **kwargs: object) -> NoSocket:
            raise OSError("Importing opens no network connection.")

    socket.socket = NoSocket  # type: ignore[misc]
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        setattr(socket, name, NoSocket)


def probed() -> str:
    """By what `confine` would confine a process here, tried in a process of its own (see confine)."""
    import subprocess

    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from onrecord.intake import confinement; "
        "sys.stdout.write(confinement.confine(1 << 32))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(program_files.IMPORTED_FROM)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode == 0 else ""
