"""Looking into files, and cleaning them, in processes that can open nothing, with limits of time and memory (`guarded`,
`intake.confinement`). What such a process loads it has loaded before it reads the first file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from onrecord import guarded
from onrecord.digests import encoded
from onrecord.disclosure.trace import Trace
from onrecord.disclosure.wishes import Impossible, Wishes
from onrecord.guarded import Allowance, Overrun

ALLOWANCE = Allowance(seconds=30.0, memory=1024**3)
"""What one file may take: a picture takes a few milliseconds, the largest PDF some seconds."""
MOST_BYTES = 64 * 1024 * 1024
"""Bytes of a file that is looked into; of a larger one, its beginning says what it is."""
_ADDRESS_SPACE = 16 * 1024**3
"""The memory itself is limited by `guarded`; this only has to be enough for a process that was begun by a large one."""

_FAULT = "The file is broken: its structure cannot be followed."


@dataclass(frozen=True, slots=True)
class Copy:
    """A cleaned copy: its bytes, what was taken out, and what the copy still carries."""

    data: bytes
    removed: tuple[Trace, ...]
    after: tuple[Trace, ...]

    @property
    def left(self) -> tuple[Trace, ...]:
        """What stays though it must go, or though nobody could look at it."""
        return tuple(trace for trace in self.after if trace.level != "noted")


_decode_found = msgspec.msgpack.Decoder(tuple[Trace, ...]).decode
_decode_file = msgspec.msgpack.Decoder(tuple[int, bytes]).decode
_decode_task = msgspec.msgpack.Decoder(tuple[Wishes, bytes]).decode
_decode_copy = msgspec.msgpack.Decoder(tuple[str, Copy]).decode


def traces(
    count: int, file: Callable[[int], tuple[int, bytes]], jobs: int = 1
) -> Iterator[tuple[int, tuple[Trace, ...] | Overrun]]:
    """The number of each of `count` files, from 0, with what it carries, or with what its reader had too little of, in the order in which
    they are done. `file` gives the size and the bytes of a file; of one that is larger than is looked into, its beginning is enough.
    Raises pool.PoolFailed."""
    for number, answer in guarded.answers(
        _found, count, lambda number: encoded(file(number)), jobs, _begin, allowance=ALLOWANCE
    ):
        yield number, _decode_found(answer) if isinstance(answer, bytes) else answer


def cleaned(data: bytes, wishes: Wishes) -> Copy:
    """The cleaned copy of a file. Raises Impossible, with a sentence, where there is none, and pool.PoolFailed."""
    for _, answer in guarded.answers(_cleaned, 1, lambda _: encoded((wishes, data)), begin=_begin, allowance=ALLOWANCE):
        if not isinstance(answer, bytes):
            raise Impossible(overrun(answer))
        reason, copy = _decode_copy(answer)
        if reason:
            raise Impossible(reason)
        return copy
    raise AssertionError("one piece of work has one answer")


def overrun(lacking: Overrun) -> str:
    """A sentence about a file whose reader had too little of time or memory."""
    what = f"longer than {ALLOWANCE.seconds:.0f} seconds" if lacking == "time" else "more memory than a file may take"
    return f"Looking into the file takes {what}. Divide it, or save it anew with fewer or smaller pictures."


def _begin() -> None:
    """Loads what reads files, and gives up all rights. Imported here: whoever asks needs none of it."""
    import encodings.ascii
    import encodings.cp437
    import encodings.cp1252
    import encodings.iso8859_1
    import encodings.latin_1
    import encodings.utf_8_sig
    import encodings.utf_16
    import encodings.utf_16_be
    import encodings.utf_16_le  # noqa: F401

    from onrecord.disclosure import cleaning, finding, samples
    from onrecord.intake import confinement

    for sample in samples.SAMPLES:
        # A library may load more when it is first used.
        finding.traces(sample)
        cleaning.cleaned(sample, Wishes())
    confinement.confine(_ADDRESS_SPACE)


def _found(piece: bytes) -> bytes:
    from onrecord.disclosure import finding

    size, data = _decode_file(piece)
    try:
        return encoded(finding.traces(data, size))
    except MemoryError:
        raise
    except Exception:  # whatever a file makes its reader do, the others are read
        return encoded((Trace("broken", "", _FAULT),))


def _cleaned(piece: bytes) -> bytes:
    from onrecord.disclosure import cleaning

    wishes, data = _decode_task(piece)
    nothing = Copy(b"", (), ())
    try:
        clean = cleaning.cleaned(data, wishes)
    except Impossible as error:
        return encoded((str(error), nothing))
    except MemoryError:
        raise
    except Exception:
        return encoded((_FAULT, nothing))
    return encoded(("", Copy(clean.data, clean.removed, clean.after)))
