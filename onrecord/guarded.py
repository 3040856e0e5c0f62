"""Work on what strangers wrote, in processes of their own, which are ended where a piece of it takes too long or wants too much memory.

A limit inside a process waits until a long call of a library returns, and one piece that breaks the process breaks all. Here the system
keeps the time and the memory of a process that does nothing else (getitimer(2), ITIMER_PROF; getrlimit(2), RLIMIT_DATA), and the process
that asks waits no longer than it said. A process takes some milliseconds to begin, so small pieces are worked on where they are asked for.

Bytes go in and bytes come back: nothing that such a process sends is run.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from onrecord import pool
from onrecord.processor_time import Patience

Work = Callable[[bytes], bytes]
Overrun = Literal["time", "memory"]
"""What a piece of work had too little of; a process that broke for another reason counts as one that wanted too much memory."""

_WAITING = 4
"""On a machine that does much else, a piece may take so many times its processor time, and longer where the system says that it is being
worked on all the while."""

_OUT_OF_MEMORY = 77  # the code that a process ends with, which Python itself does not use
_OUT_OF_TIME: int = getattr(signal, "SIGPROF", 0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a piece of work may take: seconds of the processor, and bytes of memory beyond what its process had when it began."""

    seconds: float = 12.0
    memory: int = 384 * 1024**2


USUAL = Allowance()
"""What a file may take. The limits inside a process (`budget`) come first, where they are heard."""


def answers(
    work: Work,
    count: int,
    piece: Callable[[int], bytes],
    jobs: int = 1,
    begin: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
    allowance: Allowance | None = None,
) -> Iterator[tuple[int, bytes | Overrun]]:
    """The number of each of `count` pieces, from 0, with what `work` gives for it or what it had too little of, in the order in which they
    are done; `piece` gives the piece of a number when it is its turn.

    `begin(*given)` is called in each process before its first piece. As many as `jobs` are worked on at a time. A piece whose process
    was ended from outside is tried again once, for that says nothing of it. Raises pool.PoolFailed where no process can be started.
    """
    allowance = allowance or USUAL
    waiting = [(number, 1) for number in reversed(range(count))]
    working: dict[Connection, _Process] = {}
    idle: list[_Process] = []
    try:
        while waiting or working:
            while waiting and len(working) < jobs:
                number, tries = waiting.pop()
                data = piece(number)
                process = idle.pop() if idle else _Process(work, begin, given, allowance)
                process.ask(number, tries, data)
                working[process.connection] = process
            patience = max(0.0, min(process.deadline for process in working.values()) - time.monotonic())
            answered = wait(list(working), patience)
            now = time.monotonic()
            for connection in [at for at, process in working.items() if at in answered or process.is_late(now)]:
                process = working.pop(connection)
                answer = process.answer()
                if answer is None and process.tries == 1:
                    waiting.append((process.number, 2))
                    continue
                if isinstance(answer, bytes):
                    idle.append(process)
                yield process.number, answer if answer is not None else "memory"
    finally:
        for process in (*idle, *working.values()):
            process.end()


class _Process:
    """A process that works on one piece after the other, seen from the process that asks."""

    def __init__(
        self, work: Work, begin: Callable[..., None] | None, given: tuple[Any, ...], allowance: Allowance
    ) -> None:
        context = pool.context()
        self.connection, theirs = context.Pipe()
        self._longest = _WAITING * allowance.seconds
        self.deadline = 0.0
        self.number = self.tries = 0
        self._patience: Patience | None = None
        task = (theirs, os.getpid(), work, begin, given, allowance)
        self._process: BaseProcess = context.Process(target=_serve, args=task, daemon=True)  # type: ignore[attr-defined]
        try:
            self._process.start()
        except OSError as error:
            raise pool.PoolFailed(
                f"No process can be started ({error.strerror or error}). Close other programs, and try again."
            ) from error
        finally:
            theirs.close()

    def ask(self, number: int, tries: int, piece: bytes) -> None:
        """Gives it a piece of work; `tries` counts how often this piece was given."""
        self.number, self.tries = number, tries
        self.deadline = time.monotonic() + self._longest
        self._patience = Patience(self._process.pid or 0, self._longest)
        with suppress(OSError):  # it has ended: `answer` says so
            self.connection.send_bytes(piece)

    def is_late(self, now: float) -> bool:
        """Whether its time has passed, and it did not work in it."""
        if now < self.deadline:
            return False
        if self._patience is None or not self._patience.holds():
            return True
        self.deadline = now + self._longest
        return False

    def answer(self) -> bytes | Overrun | None:
        """Its answer, or what it had too little of, or None where it was ended by something else; after these it is of no use."""
        try:
            if self.connection.poll(0):
                return self.connection.recv_bytes()
            late = True
        except (EOFError, OSError):
            late = False
        if late:
            self.end()
            return "time"
        self._process.join(5)
        code = self._process.exitcode
        self.end()
        if code == -_OUT_OF_TIME:
            return "time"
        return "memory" if code == _OUT_OF_MEMORY else None

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(
    connection: Connection,
    parent: int,
    work: Work,
    begin: Callable[..., None] | None,
    given: tuple[Any, ...],
    allowance: Allowance,
) -> None:
    """What such a process does: one piece after the other, until it is ended."""
    pool.end_with(parent)
    _limit_memory(allowance.memory)
    try:
        if begin is not None:
            begin(*given)
        while True:
            piece = connection.recv_bytes()
            _limit_time(allowance.seconds)
            answer = work(piece)
            _limit_time(0)
            connection.send_bytes(answer)
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _limit_time(seconds: float) -> None:
    """Lets the system end this process once it has used so many seconds more, whatever it is doing then; 0: no limit."""
    if _OUT_OF_TIME:
        signal.signal(_OUT_OF_TIME, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(more: int) -> None:
    """Lets the system give this process so many bytes more and none beyond, where it can count those that it has (Linux)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as counts:
            pages = int(counts.read().split()[5])  # data and stack, proc(5)
        most = pages * resource.getpagesize() + more
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
