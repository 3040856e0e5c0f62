"""What a document is held by, one in another, and what all that a file holds may cost together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

MOST_UNPACKED = 2 * 1024**3


@dataclass
class Budget:
    """How many bytes may still be unpacked from one file, with all that it holds."""

    unpacked: int = MOST_UNPACKED

    def take(self, size: int) -> bool:
        """Takes so many bytes; false where there are no more."""
        self.unpacked -= size
        return self.unpacked >= 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of those that a mailbox, a folder or a capture holds: its name, its bytes, and why it cannot be had, if so."""

    name: str
    data: bytes
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Nesting:
    """How many messages and folders a document stands in, one in another."""

    MOST_MESSAGES: ClassVar[int] = 5
    MOST_FOLDERS: ClassVar[int] = 2

    messages: int = 0
    folders: int = 0
    budget: Budget = field(default_factory=Budget)

    def in_message(self) -> Nesting | None:
        """That of what is attached to a message here; None where that is too deep to be read."""
        return replace(self, messages=self.messages + 1) if self.messages < self.MOST_MESSAGES else None

    def in_folder(self) -> Nesting | None:
        """That of what is packed in a folder here; None where that is too deep to be read."""
        return replace(self, folders=self.folders + 1) if self.folders < self.MOST_FOLDERS else None
