"""Documents are read in child processes: one that takes too long, wants too much memory or crashes its reader is refused, and the
others go on.

A child lives for many documents and is replaced from time to time, so that memory stays flat. It can open no network connection. What it
sends is read as values and never as code: a document that has taken its reader over gains nothing in the process that started it.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path

from onrecord.intake.document import Record
from onrecord.intake.record_codec import NoRecord, packed, unpacked
from onrecord.model import Vocabularies

MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 30.0
MOST_MEMORY = 2 * 1024**3
_DOCUMENTS = 2000
# A record holds a document's text once, its quotations and notes again, escaped.
_MOST_ANSWER = 4 * MOST_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: bytes of its file, seconds, bytes of memory."""

    size: int = MOST_BYTES
    seconds: float = MOST_SECONDS
    memory: int = MOST_MEMORY


@dataclass(slots=True)
class _Child:
    process: SpawnProcess
    pipe: Connection
    done: int = 0
    task: int | None = None
    deadline: float = 0.0
    busy: tuple[str, Path] = field(default=("", Path()))


def records(
    sources: Iterable[tuple[str, Path]], vocabularies: Vocabularies, limits: Limits = Limits(), jobs: int = 0
) -> Iterator[tuple[Record, ...]]:
    """The records of each (name, path), one or more, in their order. Nothing is raised for a bad document: its record says why it is
    refused."""
    jobs = jobs or min(os.cpu_count() or 1, 8)
    context = multiprocessing.get_context("spawn")
    waiting = enumerate(sources)
    children: list[_Child] = []
    ready: dict[int, tuple[Record, ...]] = {}
    following = 0
    exhausted = False
    try:
        while True:
            # Documents are handed out no further ahead than the slowest child, so that results do not pile up.
            while not exhausted and len(ready) < 64 * jobs:
                child = next((child for child in children if child.task is None), None)
                if child is None and len(children) >= jobs:
                    break
                entry = next(waiting, None)
                if entry is None:
                    exhausted = True
                    break
                number, (name, path) = entry
                refused = _too_large(path, limits)
                if refused:
                    ready[number] = (Record(name, refused=refused),)
                    continue
                if child is None:
                    child = _start(context, vocabularies, limits)
                    children.append(child)
                child.task, child.busy = number, (name, path)
                # The first document waits for the libraries to load.
                child.deadline = time.monotonic() + limits.seconds + (0 if child.done else 30)
                child.pipe.send((name, str(path)))
            while following in ready:
                yield ready.pop(following)
                following += 1
            busy = [child for child in children if child.task is not None]
            if not busy:
                if exhausted and not ready:
                    return
                continue
            seconds_left = max(0.0, min(child.deadline for child in busy) - time.monotonic())
            answered = wait([child.pipe for child in busy], timeout=seconds_left)
            for child in busy:
                assert child.task is not None
                if child.pipe in answered:
                    try:
                        ready[child.task] = _received(child)
                        child.done += 1
                        child.task = None
                        if child.done >= _DOCUMENTS:
                            _stop(child)
                            children.remove(child)
                        continue
                    except (EOFError, OSError, NoRecord):
                        reason = "Reading it took more memory than is allowed, or broke the program that reads it."
                elif time.monotonic() >= child.deadline:
                    reason = f"Reading it took longer than {limits.seconds:.0f} seconds."
                else:
                    continue
                if child.task is not None:
                    ready[child.task] = (Record(child.busy[0], refused=reason),)
                _stop(child)
                children.remove(child)
    finally:
        for child in children:
            _stop(child)


def _received(child: _Child) -> tuple[Record, ...]:
    """What a child has sent: the records of the file it was given. Raises EOFError or OSError where it sent nothing or too much, and
    NoRecord for anything else."""
    records = unpacked(child.pipe.recv_bytes(_MOST_ANSWER))
    if not records or any(not record.source.startswith(child.busy[0]) for record in records):
        raise NoRecord("the record of another document")
    return records


def _too_large(path: Path, limits: Limits) -> str:
    try:
        size = path.stat().st_size
    except OSError as error:
        return f"It cannot be read: {error.strerror or error}."
    if size > limits.size:
        return f"It has {size:,} bytes; at most {limits.size:,} are read. Divide it into single releases."
    return ""


def _start(context: SpawnContext, vocabularies: Vocabularies, limits: Limits) -> _Child:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, vocabularies, limits), daemon=True)
    process.start()
    theirs.close()
    return _Child(process, ours)


def _stop(child: _Child) -> None:
    child.pipe.close()
    if child.task is not None or child.process.is_alive():
        child.process.kill()
    child.process.join()
    child.process.close()


def _serve(pipe: Connection, vocabularies: Vocabularies, limits: Limits) -> None:
    """The child: reads one document after another until the pipe is closed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _confine(limits)
    from onrecord.intake import record
    from onrecord.intake.evidence.term_finder import terms

    finders = terms(vocabularies)
    while True:
        try:
            name, path = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = _with_other_programs(lambda: record.of(name, Path(path).read_bytes(), finders))  # noqa: B023
        except MemoryError:
            result = (Record(name, refused="Reading it took more memory than is allowed."),)
        except OSError as error:
            result = (Record(name, refused=f"It cannot be read: {error.strerror or error}."),)
        except RecursionError:
            result = (Record(name, refused="It is nested too deeply to be read."),)
        except Exception as error:
            reason = f"{type(error).__name__}: {str(error)[:200] or 'no reason given'}"
            result = (Record(name, refused=f"It is broken and cannot be read ({reason})."),)
        pipe.send_bytes(packed(result))


def _with_other_programs(read: Callable[[], tuple[Record, ...]]) -> tuple[Record, ...]:
    """What `read` gives, run again with the outputs of the programs that it asks for."""
    from onrecord.intake.formats import outside

    return unpacked(outside.answer(lambda given: outside.reply(given, lambda: packed(read()))))


def _confine(limits: Limits) -> None:
    """Takes from this process what reading a document does not need: memory beyond the limit, core dumps, the network."""
    import socket

    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass

    class NoSocket(socket.socket):
        def __new__(cls, *args: object, **kwargs: object) -> NoSocket:
            raise OSError("Importing opens no network connection.")

    socket.socket = NoSocket  # type: ignore[misc]
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        setattr(socket, name, NoSocket)
