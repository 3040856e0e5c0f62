"""Processes that read strangers' documents, seen from outside: a document goes in as bytes, its records come out as JSON.

A sandbox lives for many documents and is replaced from time to time, so that memory stays flat. It can open no file and no connection
(`confinement`). What it sends is read as values and never as code: a document that has taken its reader over gains nothing in the
process that started it.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import msgspec

from onrecord import program_files
from onrecord.intake import reading_memory, reading_time
from onrecord.intake.formats import outside
from onrecord.intake.frames import read_frame, write_frame
from onrecord.intake.stem import CAN_FORK, Branch, LateStem, NoStem, Stem
from onrecord.model import Vocabularies
from onrecord.processor_time import Patience

MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 30.0
MOST_MEMORY = 2 * 1024**3
_ADVICE = "Divide it into single releases, or save what matters of it as plain text."
_WAITING = 4
_DOCUMENTS = 5000
# A record holds a document's text once, its quotations, notes and what was left out again, escaped.
_MOST_ANSWER = 8 * MOST_BYTES
# The libraries load in three seconds of the processor, and in so many on the slowest machine.
_MOST_LOADING = 60.0
# One that has hardly worked for so long on the clock is started again and waited for twice as long.
_START_SECONDS = 120.0
_MOST_STARTS = 4
_PAUSE_SECONDS = 1.0
_LATE = "The program that reads documents has not started in {seconds:.0f} seconds. Run it again when the machine does less."
_NOT_STARTED = (
    "The program that reads documents does not start (see above). To look at what is installed: python build.py doctor"
)
READING = "onrecord.intake.sandboxed"
"""The module whose `serve` reads documents."""
_PROGRAM = f"""import sys; sys.path[:] = sys.argv[1:]; from {READING} import serve
try:
    serve()
except OSError as error:
    sys.exit(f"The program that reads documents: {{error}}")
"""
# What a full disk or a folder that may not be written does to it is a sentence; anything else is a fault of ours.
# The signal of the alarm that a reader sets itself; Windows has none.
_OUT_OF_TIME: int = getattr(signal, "SIGPROF", 0)
# What Windows and the libraries need of the environment; tokens and addresses that stand there are no business of a document.
_ENVIRONMENT = ("SYSTEMROOT", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")


class NotStarted(Exception):
    """The program that reads documents does not run here. The message is a sentence with what to do."""


class _Late(NotStarted):
    """It has not started in the time that it was given."""


class Unread(Exception):
    """This document was not read to its end. The message is a sentence for the person who brought it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: bytes of its file, seconds of the processor (a small one fewer: `reading_time`), bytes of memory (a small
    one fewer: `reading_memory`). On a machine that does much else, and on systems that do not count a processor's seconds, it may take
    `_WAITING` times as many seconds, and longer where the system says that it is being read all the while."""

    size: int = MOST_BYTES
    seconds: float = MOST_SECONDS
    memory: int = MOST_MEMORY


def setup(vocabularies: Vocabularies, limits: Limits) -> bytes:
    """What a sandbox is told before its first document, as JSON: the same bytes, the same answers."""
    told = {
        "size": limits.size,
        "seconds": limits.seconds,
        "longest": _WAITING * limits.seconds,
        "memory": limits.memory,
    }
    told |= {"vocabularies": msgspec.to_builtins(vocabularies)}
    return json.dumps(told, ensure_ascii=True, sort_keys=True).encode()


class Sandbox:
    """One such process. `confined` says by what (see confinement.confine)."""

    def __init__(
        self, told: bytes, patience: float = _START_SECONDS, serving: str = READING, stem: Stem | None = None
    ) -> None:
        """Starts it with the bytes of `setup`, in so many seconds; `serving` is the module whose `serve` answers in it. It is begun from
        the `stem`, which has loaded what reading documents needs, where there is one. Raises NotStarted."""
        limits = json.loads(told)
        self._seconds: float = limits["seconds"]
        self._longest: float = limits["longest"]
        self._expired = False
        self._is_reading = serving == READING
        self.answers = 0
        self._process = _begun(serving, patience, stem)
        try:
            with self._deadline(patience, _MOST_LOADING):
                self.confined = self._exchanged(told).decode()
        except (EOFError, OSError) as error:
            self.close()
            if self._expired:
                raise _Late(_LATE.format(seconds=patience)) from error
            raise NotStarted(_NOT_STARTED) from error
        except BaseException:
            self.close()
            raise

    def answer(self, name: str, data: bytes, given: bytes) -> bytes:
        """The answer to a document and what other programs made of it (see formats.outside.reply). Raises Unread; the sandbox is of no use
        then and is to be closed."""
        seconds = reading_time.allowed(data, self._seconds)
        if self._is_reading:
            reading_memory.limit(self._process.pid, len(data) + len(given))
        try:
            with self._deadline(self._longest):
                answer = self._exchanged(name.encode("utf-8", "surrogateescape"), data, given)
        except (EOFError, OSError) as error:
            if self._expired:
                raise Unread(f"Reading it took longer than {self._longest:.0f} seconds. {_ADVICE}") from error
            if self._ended_by(_OUT_OF_TIME):
                raise Unread(f"Reading it took longer than {seconds:.0f} seconds of work. {_ADVICE}") from error
            reason = f"Reading it took more memory than is allowed, or broke the program that reads it. {_ADVICE}"
            raise Unread(reason) from error
        self.answers += 1
        return answer

    def _ended_by(self, number: int) -> bool:
        """Whether the process was ended by this signal."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(1.0) == -number
        return False

    def close(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._process.wait()

    def kill(self) -> None:
        """Ends the process from another thread: whoever waits for its answer gets Unread."""
        self._process.kill()

    def _exchanged(self, *frames: bytes) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for frame in frames:
            write_frame(self._process.stdin, frame)  # type: ignore[arg-type]
        return read_frame(self._process.stdout, _MOST_ANSWER)  # type: ignore[arg-type]

    @contextmanager
    def _deadline(self, seconds: float, most: float = math.inf) -> Iterator[None]:
        """Ends the process where what stands below takes longer, and the process does not work on it or has worked more than `most`
        seconds on it."""
        done = threading.Event()
        patience = Patience(self._process.pid, seconds, most)

        def watch() -> None:
            while not done.wait(seconds):
                if not patience.holds():
                    self._expired = True
                    self._process.kill()
                    return

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            done.set()
            watching.join()


def new_stem() -> Stem | None:
    """What all sandboxes of a run are begun from; None where the system cannot."""
    return Stem(_environment()) if CAN_FORK else None


def _begun(serving: str, patience: float, stem: Stem | None) -> subprocess.Popen[bytes] | Branch:
    """A process that answers. Raises NotStarted."""
    folders = [str(program_files.IMPORTED_FROM), *(folder or os.getcwd() for folder in sys.path)]

    def command(program: str) -> list[str]:
        return [sys.executable, "-I", "-X", "utf8", "-c", program, *dict.fromkeys(folders)]

    try:
        if stem is not None:
            return stem.begin(command(_PROGRAM.replace("serve", "grow")), patience, _MOST_LOADING)
        return subprocess.Popen(
            command(_PROGRAM.replace(READING, serving)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            bufsize=0,
        )
    except OSError as error:
        # Too many processes, no memory for one more, no room on the disk: that passes.
        raise _Late(f"The program that reads documents does not start: {error.strerror}.") from error
    except LateStem as error:
        raise _Late(_LATE.format(seconds=patience)) from error
    except NoStem as error:
        raise NotStarted(_NOT_STARTED) from error


def _environment() -> dict[str, str]:
    environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    with suppress(OSError):
        # The caller's: where that is confined, it may be the only one that can be written. Without room for any, the process says so.
        environment |= {"TMPDIR": tempfile.gettempdir()}
    # One thread: the kernel confines threads one by one, and there is a process for each processor.
    return environment | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Sandboxes:
    """As many sandboxes as there are threads that ask at a time. May be used by several threads."""

    def __init__(self, told: bytes, stem: Stem | None = None) -> None:
        """They are started, with the bytes of `setup`, when they are needed; from the `stem`, which is left open, or from one of their
        own."""
        self._told = told
        self._own_stem = new_stem() if stem is None else None
        self._stem = stem or self._own_stem
        self._idle: list[Sandbox] = []
        self._all: set[Sandbox] = set()
        self._lock = threading.Lock()
        self._closed = False
        self.confined: str | None = None

    def answer(self, name: str, data: bytes) -> bytes:
        """The packed records of a document; programs that its reader asks for are run between. Raises Unread and NotStarted."""
        try:
            return outside.answer(lambda given: self._answered(name, data, given))
        except outside.NoAnswer as error:
            raise Unread(f"What reads it gives no answer ({error}).") from error

    def _answered(self, name: str, data: bytes, given: bytes) -> bytes:
        with self._lock:
            sandbox = self._idle.pop() if self._idle else None
        if sandbox is None:
            try:
                sandbox = self._started()
            except NotStarted as error:
                if self.confined is None:
                    raise
                # It has started before: this document waits for another run, and the others are read.
                raise Unread(f"It was not read. {error} Then import this file again.") from error
        try:
            answer = sandbox.answer(name, data, given)
        except BaseException:
            self._discard(sandbox)
            raise
        with self._lock:
            again = sandbox.answers < _DOCUMENTS and not self._closed
            if again:
                self._idle.append(sandbox)
        if not again:
            self._discard(sandbox)
        return answer

    def close(self) -> None:
        """Ends all of them; threads that wait for an answer get Unread."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = self._all.difference(idle)
        for sandbox in busy:
            sandbox.kill()
        for sandbox in idle:
            self._discard(sandbox)
        if self._own_stem is not None:
            self._own_stem.close()

    def _started(self) -> Sandbox:
        sandbox = self._begun()
        with self._lock:
            self._all.add(sandbox)
            self.confined = sandbox.confined
        if self._closed:
            sandbox.kill()
        return sandbox

    def _begun(self) -> Sandbox:
        """A new sandbox; one that is late, or that ends at once where others have started, is begun again. Raises NotStarted."""
        patience = _START_SECONDS
        for _ in range(_MOST_STARTS - 1):
            try:
                return Sandbox(self._told, patience, stem=self._stem)
            except NotStarted as error:
                if self._closed or not (isinstance(error, _Late) or self.confined is not None):
                    raise
            patience *= 2
            time.sleep(_PAUSE_SECONDS)
        return Sandbox(self._told, patience, stem=self._stem)

    def _discard(self, sandbox: Sandbox) -> None:
        with self._lock:
            self._all.discard(sandbox)
        sandbox.close()
