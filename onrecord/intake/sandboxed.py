"""What runs in the process that reads strangers' documents: it loads what it needs, gives up files and network, and answers.

In: a frame of JSON (see `sandbox.Setup`), then for each document a frame with its name (UTF-8), one with its bytes
and one with what other programs made of it (`formats.outside.answer`). Out: a frame that
says how the process is confined, then for each document a frame with its answer (`formats.outside.reply`): its packed records, or what
other programs are to make of it first; in that case the document comes again.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO

import msgspec

from onrecord.intake import confinement, reading_time, stem
from onrecord.intake.document import Record
from onrecord.intake.formats import reading_faults
from onrecord.intake.frames import read_frame, write_frame
from onrecord.intake.record_codec import packed
from onrecord.intake.warm_up import warm_up
from onrecord.model import Vocabularies
from onrecord.processor_time import LONGEST


def grow() -> None:
    """Loads what is needed and answers a `stem.Stem`; each process that it begins answers until nobody asks any more."""
    from onrecord.intake import record
    from onrecord.intake.evidence.term_finder import terms

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    finders = terms(Vocabularies())
    commands = os.dup(0)
    # Nearly all that is loaded stays: to look again and again for what does not takes an eighth of the time. `stem.serve` looks once.
    gc.disable()
    warm_up(lambda name, data: record.of(name, data, finders))
    gc.enable()
    if stem.serve(commands):
        serve(is_warm=True)
    # Neither leaves anything to be tidied up, and what a library would do at its end it did not begin.
    os._exit(0)


def serve(*, is_warm: bool = False) -> None:
    """Answers until nobody asks any more; loads what it needs first where that is not done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = streams()
    setup = json.loads(read_frame(incoming, sys.maxsize))
    from onrecord.intake import record
    from onrecord.intake.evidence.term_finder import terms
    from onrecord.intake.formats import outside

    finders = terms(msgspec.convert(setup["vocabularies"], Vocabularies))
    if not is_warm:
        warm_up(lambda name, data: record.of(name, data, finders))
    silence()
    write_frame(outgoing, confinement.confine(setup["memory"]).encode())
    for name, data, given in documents(incoming, setup["size"]):
        # Who asks waits for as long as this process works, which is on the busiest machine until then.
        set_alarms(reading_time.allowed(data, setup["seconds"]), setup["longest"] + LONGEST)
        read = partial(record.of, name, data, finders)
        answer = outside.reply(given, lambda: answered(name, read))  # noqa: B023 - called at once
        set_alarms(0, 0)
        try:
            write_frame(outgoing, answer)
        except OSError:
            return


def answered(name: str, read: Callable[[], tuple[Record, ...]]) -> bytes:
    """The packed records of a document: those that `read` gives, or a refused one that says what went wrong."""
    try:
        return packed(read())
    except MemoryError:
        reason = "Reading it took more memory than is allowed."
    except RecursionError:
        reason = "It is nested too deeply to be read."
    except Exception as error:
        reason = reading_faults.reason(error)
    return packed((Record(name, refused=reason),))


def streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, in the place of which nothing that prints or asks finds anything."""
    incoming, outgoing = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return open(incoming, "rb", buffering=0), open(outgoing, "wb", buffering=0)


def silence() -> None:
    """From here on nothing that a document makes a library print reaches a person's terminal, whose commands it could hold."""
    sys.stderr.flush()
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)


def documents(incoming: BinaryIO, most: int) -> Iterator[tuple[str, bytes, bytes]]:
    """The documents that are sent, until no more are."""
    with suppress(EOFError, OSError):
        while True:
            name = read_frame(incoming, 1 << 20).decode("utf-8", "surrogateescape")
            yield name, read_frame(incoming, most), read_frame(incoming, sys.maxsize)


def set_alarms(seconds: float, longest: float) -> None:
    """Ends the process after so many seconds of the processor's or, where the one who asked was killed, of the clock's, on systems that
    have such alarms; 0 takes them back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, longest)
