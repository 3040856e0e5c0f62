"""Messages that would take the parser of mail more memory or time than any message is worth."""

from __future__ import annotations

import re

from onrecord.intake.document import Refusal
from onrecord.intake.document_size import refuse_too_many
from onrecord.intake.formats.mail_message import MOST_HEADER_LINES, MOST_PARTS

_LINE_ENDS = re.compile(rb"[\r\n]+")
_HEADER_END = re.compile(rb"\n\r?\n")
# One of 64 MB whose lines are as long as those of attached files has half as many.
_MOST_LINES = 2_000_000
# Lines of attached files have 60 letters and more, and no more than 100,000 are read of a text.
_MOST_SHORT_LINES, _LEAST_OF_LINE = 250_000, 30


def refuse(data: bytes) -> None:
    """Raises Refusal for a message of too many lines, lines of its header, or parts, which are counted and not taken apart."""
    reason = f"The message has more than {MOST_PARTS:,} parts. Save those that matter as files and import them."
    if (count := data.count(b"\n")) > _MOST_LINES:
        raise Refusal(f"The message has {count:,} lines. Save what matters of it as files and import them.")
    if count > _MOST_SHORT_LINES:
        written = _LINE_ENDS.sub(b"\n", data)
        lines = written.count(b"\n")
        if lines > _MOST_SHORT_LINES and lines * _LEAST_OF_LINE > len(written):
            raise Refusal(
                f"The message has {lines:,} lines, most of them short. Save what matters of it as files and import them."
            )
    if count > MOST_HEADER_LINES:
        begins = len(data) - len(data.lstrip())
        ends = _HEADER_END.search(data, begins)
        lines = data.count(b"\n", begins, ends.start() if ends else len(data))
        refuse_too_many(lines, "lines in its header", MOST_HEADER_LINES)
    boundaries = {
        match[1] or match[2]
        for match in re.finditer(rb"boundary[ \t]*=[ \t]*(?:\"([^\"\r\n]+)\"|([^\s;\"]+))", data, re.I)
    }
    if len(boundaries) > MOST_PARTS // 10:
        raise Refusal(reason)
    starts = {boundary[:40] for boundary in boundaries}
    delimiters = 0
    for match in re.finditer(rb"(?:^|\n)--([^\r\n]{1,40})", data):
        delimiters += any(match[1].startswith(start) or start.startswith(match[1]) for start in starts)
        if delimiters > MOST_PARTS:
            raise Refusal(reason)
