"""A mailbox in one file (mbox: RFC 4155, and its kin mboxo and mboxrd) → the bytes of its messages, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

MOST_MESSAGE = 64 * 1024 * 1024
_DATED = re.compile(rb"From \S.*\b(?:19|20)\d\d\b")
_ENVELOPE = re.compile(rb"From .{0,400}?\d{1,2}:\d\d.*\b(?:19|20)\d\d\b|From .{0,200}\b(?:19|20)\d\d\b")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_ESCAPED = re.compile(rb"^>(?=>*From )", re.M)
# The first message of a folder that Pine and the University of Washington's server keep for themselves.
_INTERNAL = b"DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"


class Lines(Protocol):
    """What lines of bytes are read from: a file, or one that is unpacked while it is read."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, at most `size` bytes of it; nothing at the end."""


def is_mbox(head: bytes) -> bool:
    """True for a file that begins so: the line of an envelope ("From press@harbour.example Thu Mar 14 09:30:00 2019") and a header."""
    lines = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n", 2)
    return len(lines) > 1 and _is_envelope(lines[0], lines[1])


def _is_envelope(line: bytes, following: bytes) -> bool:
    return line.startswith(b"From ") and _DATED.match(line) is not None and _FIELD.match(following) is not None


def message(data: bytes) -> bytes:
    """The bytes of a message as it was sent: without the line of its envelope, lines that were quoted (">From") as they were."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return _ESCAPED.sub(b"", data.partition(b"\n")[2])


def messages(stream: Lines) -> Iterator[bytes | None]:
    """Each message as it stands there, its envelope first; None for one of more than MOST_MESSAGE bytes. At most one is in memory."""
    lines: list[bytes] = []
    size, too_large = 0, False
    started = False
    blank = True
    pending: bytes | None = None
    for line in _lines(stream):
        if pending is not None:
            # A line that may begin a message: the next one says whether it does.
            if _is_envelope(pending, line):
                if started and (found := _finished(lines, too_large=too_large)) != b"":
                    yield found
                lines, size, too_large, started = [pending], 0, False, True
            else:
                lines.append(pending)
            pending = None
        if blank and line.startswith(b"From ") and _ENVELOPE.match(line):
            pending = line
            blank = False
            continue
        blank = not line.strip(b"\r\n")
        size += len(line)
        if size > MOST_MESSAGE:
            too_large, lines = True, []
        else:
            lines.append(line)
    if pending is not None:
        lines.append(pending)
    if (started or lines) and (found := _finished(lines, too_large=too_large)) != b"":
        yield found


def _lines(stream: Lines) -> Iterator[bytes]:
    """The lines of a stream, those of more than 64 MB in pieces."""
    first = True
    while line := stream.readline(MOST_MESSAGE):
        if first:
            line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip(b"\r\n"):
                continue
            first = False
        yield line


def _finished(lines: list[bytes], *, too_large: bool) -> bytes | None:
    """A message; None where it is too large, nothing where it is none that a person sent."""
    if too_large:
        return None
    data = b"".join(lines)
    if len(lines) < 2 or not data.strip() or (data[:4096].find(_INTERNAL) >= 0 and b"X-IMAP" in data[:4096]):
        return b""
    return data
