"""A digest of a mailing list in plain text (RFC 1153) → its messages."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A line of thirty hyphens, or of seventy above the first message, with a message's own head below it.
_FIELD = rb"(?:Date|From|To|Cc|Subject|Message-ID|Reply-To|MIME-Version|Content-[A-Za-z-]{1,30}|Message)"
_PARTED = re.compile(
    rb"^(?:-{30}|-{70})[ \t]*\r?\n(?:[ \t]*\r?\n){1,3}(?="
    + _FIELD
    + rb": [^\n]*\n(?:[ \t]+\S[^\n]*\n){0,9}"
    + _FIELD
    + rb": )",
    re.M | re.I,
)
_CLOSES = re.compile(rb"^-{30}[ \t]*\r?\n\s{0,9}(?:End of |Subject: Digest Footer)", re.M)
_STATED = (re.compile(rb"^From: ", re.M | re.I), re.compile(rb"^(?:Subject|Date): ", re.M | re.I))
_HEAD = 2_000


def messages(data: bytes) -> Sequence[bytes]:
    """What stands above the messages, each message with its head, and what stands below them; nothing for what is no digest of two
    messages or more."""
    marks = [mark for mark in _PARTED.finditer(data) if _is_head(data[mark.end() : mark.end() + _HEAD])]
    if len(marks) < 2:
        return ()
    closes = _CLOSES.search(data, marks[-1].end())
    end = closes.start() if closes else len(data)
    starts = [mark.end() for mark in marks]
    ends = [*(mark.start() for mark in marks[1:]), end]
    return (data[: marks[0].start()], *(data[a:b] for a, b in zip(starts, ends, strict=True)), data[end:])


def _is_head(data: bytes) -> bool:
    head = re.split(rb"\r?\n[ \t]*\r?\n", data, maxsplit=1)[0]
    return all(stated.search(head) for stated in _STATED)
