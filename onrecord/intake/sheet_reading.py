"""Workbooks read where nothing can be opened: bytes go in, the cells come out, or a sentence that says why there are none.

What runs in the process (`serve`) is loaded, warmed up and confined as what reads documents is (`sandboxed`), with the same limits.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress

import msgspec

from onrecord.intake import confinement, reading_time
from onrecord.intake.formats import spreadsheet
from onrecord.intake.formats.sheet import Answer, BadTable
from onrecord.intake.frames import read_frame, write_frame
from onrecord.intake.sandboxed import documents, set_alarms, silence, streams
from onrecord.intake.warm_up import workbooks
from onrecord.processor_time import LONGEST


def serve() -> None:
    """Answers until nobody asks any more; each answer is an Answer, as MessagePack."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = streams()
    setup = json.loads(read_frame(incoming, sys.maxsize))
    for _, data in workbooks():
        answered(data)
    silence()
    write_frame(outgoing, confinement.confine(setup["memory"]).encode())
    for _, data, _ in documents(incoming, setup["size"]):
        set_alarms(reading_time.allowed(data, setup["seconds"]), setup["longest"] + LONGEST)
        answer = msgspec.msgpack.encode(answered(data))
        set_alarms(0, 0)
        with suppress(OSError):
            write_frame(outgoing, answer)


def answered(data: bytes) -> Answer:
    """The sheets of a file. Never raises for anything that bytes can hold."""
    try:
        return Answer(spreadsheet.sheets(data))
    except BadTable as error:
        return Answer(reason=str(error), row=error.row)
    except MemoryError:
        return Answer(reason="Reading it took more memory than is allowed. Divide the table.")
    except RecursionError:
        return Answer(reason="It is nested too deeply to be read.")
