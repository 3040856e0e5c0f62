"""The process from which those that read documents are begun, where the system can fork (Linux): it has loaded what they need, once.

It never has a document: it is told to begin a process, to end one, and how one has ended, over a socket that the processes it begins do
not have. Each of these confines itself before it asks for its first document. They end with it, and it ends with the one who began it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

from onrecord.processor_time import Patience

CAN_FORK = sys.platform == "linux"
_READY, _FORK, _END, _ENDED = b"ready", b"fork", b"end", b"ended"
_LONGEST = 64


class NoStem(Exception):
    """There is no such process: it does not start, or has ended."""


class LateStem(NoStem):
    """It has not started in the time that it was given."""


class Stem:
    """One such process, seen from outside; it is started when it is first needed, and again when it has ended. May be used by several
    threads."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """`environment` is what it has of variables."""
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def begin(self, command: Sequence[str], patience: float, most: float) -> Branch:
        """A process begun from it; it is started itself, by the command, where it does not run, and given so many seconds, and
        again as many while it loads what it needs, with `most` of the processor. Raises NoStem, and LateStem where they are over."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._close()
                self._start(command, patience, most)
            (theirs_in, ours_in), (ours_out, theirs_out) = os.pipe(), os.pipe()
            try:
                pid = int(self._answer(_FORK, [theirs_in, theirs_out]))
            except (OSError, ValueError) as error:
                os.close(ours_in)
                os.close(ours_out)
                raise NoStem from error
            finally:
                os.close(theirs_in)
                os.close(theirs_out)
            return Branch(self, pid, open(ours_in, "wb", buffering=0), open(ours_out, "rb", buffering=0))

    def ended(self, pid: int, *, end: bool) -> int | None:
        """How a process that was begun from it has ended, as `subprocess` says it; None where it runs. With `end` it is ended first."""
        with self._lock:
            try:
                answer = self._answer(b"%b %d" % (_END if end else _ENDED, pid), [])
                return int(answer) if answer != b"runs" else None
            except (OSError, ValueError):
                return -signal.SIGKILL

    def close(self) -> None:
        """Ends it, and all that were begun from it."""
        with self._lock:
            self._close()

    def _start(self, command: Sequence[str], patience: float, most: float) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                self._process = subprocess.Popen(
                    command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=self._environment
                )
            except OSError as error:
                ours.close()
                raise LateStem(str(error.strerror)) from error
        self._socket = ours
        ours.settimeout(patience)
        watch = Patience(self._process.pid, patience, most)
        while True:
            try:
                if ours.recv(_LONGEST) != _READY:
                    self._close()
                    raise NoStem
            except TimeoutError:
                if watch.holds():
                    continue
                self._close()
                raise LateStem from None
            except OSError as error:
                self._close()
                raise NoStem from error
            ours.settimeout(None)
            return

    def _answer(self, command: bytes, files: Sequence[int]) -> bytes:
        if self._socket is None:
            raise BrokenPipeError
        socket.send_fds(self._socket, [command], files)
        return self._socket.recv(_LONGEST)

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Branch:
    """A process that was begun from a Stem, with what `subprocess.Popen` has for one of its own."""

    def __init__(self, stem: Stem, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._stem = stem
        self._code: int | None = None

    def kill(self) -> None:
        """Ends it, whatever it does."""
        if self._code is None:
            self._code = self._stem.ended(self.pid, end=True)

    def wait(self, timeout: float | None = None) -> int:
        """How it has ended. Raises subprocess.TimeoutExpired where it still runs after so many seconds."""
        until = time.monotonic() + (timeout if timeout is not None else 3600.0)
        while self._code is None:
            self._code = self._stem.ended(self.pid, end=False)
            if self._code is None:
                if time.monotonic() >= until:
                    raise subprocess.TimeoutExpired("", timeout or 0.0)
                time.sleep(0.01)
        return self._code


def serve(descriptor: int) -> bool:
    """Answers a Stem in the process that it started, over the socket with that number. Returns true in a process that it began, which has
    the two pipes in the places of what is read and written, and nothing else of this one's; false where nobody asks any more."""
    import gc

    gc.collect()
    # What is loaded stays where it is: a process that counts it anew would take its memory again.
    gc.freeze()
    commands = socket.socket(fileno=descriptor)
    commands.send(_READY)
    while True:
        command, files, _, _ = socket.recv_fds(commands, _LONGEST, 2)
        word, _, number = command.partition(b" ")
        if word == _FORK:
            stem = os.getpid()
            pid = os.fork()
            if not pid:
                _end_with(stem)
                commands.close()
                for place, file in enumerate(files):
                    os.dup2(file, place)
                    os.close(file)
                return True
            for file in files:
                os.close(file)
            commands.send(b"%d" % pid)
        elif word in (_END, _ENDED):
            commands.send(_end(int(number), end=word == _END))
        else:
            return False


def _end(pid: int, *, end: bool) -> bytes:
    """What a process that was begun here has ended with; its number is nobody else's until that was asked for."""
    with suppress(ProcessLookupError):
        if end:
            os.kill(pid, signal.SIGKILL)
    try:
        found, status = os.waitpid(pid, 0 if end else os.WNOHANG)
    except ChildProcessError:
        return b"%d" % -signal.SIGKILL
    return b"%d" % os.waitstatus_to_exitcode(status) if found else b"runs"


def _end_with(stem: int) -> None:
    """Has the kernel end this process with the one that began it (PR_SET_PDEATHSIG, prctl(2))."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != stem:
        os._exit(1)
