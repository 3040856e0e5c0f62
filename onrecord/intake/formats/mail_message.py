"""A message, whatever wrote it: what its readers (`mime_message`, `outlook`, `tnef`) make of its bytes, and what `mail` reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.intake.document import LeftOut

MOST_PARTS = 2_000
MOST_HEADER_LINES = 20_000
"""Lines of a message's header; one that went through many servers and lists has some hundred."""
"""How many parts one message may have."""


@dataclass(frozen=True, slots=True)
class MessageText:
    """A text part of a message, line ends LF. `chosen` is false for the other forms of one text (multipart/alternative)."""

    form: Literal["plain", "html"]
    text: str
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file or message that is attached: its name, its media type in lower case ("application/pdf", "message/rfc822"), its bytes, and,
    where it is a message that was read already, that."""

    name: str
    media_type: str
    data: bytes
    message: Message | None = None

    @property
    def is_message(self) -> bool:
        """True for a message that is attached to a message."""
        return self.media_type == "message/rfc822"


@dataclass(frozen=True, slots=True)
class MessageHeader:
    """The fields that a reader of a message sees, decoded, on one line each; empty where the message has none.

    `date` is the sender's, as written. `sender_name` and `sender_domain` are those of the first address of `sender`. `page_address` is
    the address of a web page that was saved as a message.
    """

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    date: str = ""
    language: str = ""
    sender_name: str = ""
    sender_domain: str = ""
    page_address: str = ""
    is_page: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The fields as lines."""
        named = (("Subject", self.subject), ("From", self.sender), ("To", self.recipients), ("Date", self.date))
        return tuple(f"{name}: {value}" for name, value in named if value)


@dataclass(frozen=True, slots=True)
class Message:
    """What a message holds: its texts and what is attached to it, each in its order. `left_out` is text that belongs to neither (a
    calendar's entry, a report of delivery); `sent` is when its program noted that it was sent, in universal time, where the sender's own
    words for it are not known; `unreadable` says why parts of it cannot be read (winmail.dat, encryption), each a sentence
    for the person who brought it. `is_digest` says that the attached messages are what it was sent for."""

    header: MessageHeader
    texts: tuple[MessageText, ...] = ()
    attached: tuple[AttachedFile, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unreadable: tuple[str, ...] = ()
    sent: str = ""
    is_digest: bool = False
