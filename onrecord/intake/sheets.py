"""The table of a file, from outside: CSV is read here; what is packed is read by a confined process (`sheet_reading`), which this one only
hands bytes to."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from onrecord.intake.formats import spreadsheet
from onrecord.intake.formats.sheet import Answer, BadTable, Sheet
from onrecord.intake.sandbox import Limits, NotStarted, Sandbox, Unread, setup
from onrecord.model import Vocabularies

__all__ = ["BadTable", "NotStarted", "Sheet", "is_packed", "sheet"]

_READING = "onrecord.intake.sheet_reading"
is_packed = spreadsheet.is_packed


def sheet(data: bytes, is_column: Callable[[str], bool]) -> Sheet:
    """The table of a file; see `spreadsheet.chosen`. Raises BadTable, NotStarted."""
    if not is_packed(data):
        return spreadsheet.sheet(data, is_column)
    sandbox = Sandbox(setup(Vocabularies(), Limits()), serving=_READING)
    try:
        answer = msgspec.msgpack.decode(sandbox.answer("", data, b""), type=Answer)
    except (Unread, msgspec.MsgspecError) as error:
        raise BadTable(str(error)) from error
    finally:
        sandbox.close()
    if answer.reason:
        raise BadTable(answer.reason, answer.row)
    return spreadsheet.chosen(answer.sheets, is_column)
