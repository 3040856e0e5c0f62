"""What the person who cleans a file has decided: what stands in the file as content is taken out only on their word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Wishes:
    """`changes`: what becomes of tracked changes ("accept", "reject"; empty: nothing was said); `drop_comments`, `drop_hidden`,
    `drop_attachments`: whether comments, hidden text and attached files go."""

    changes: Literal["", "accept", "reject"] = ""
    drop_comments: bool = False
    drop_hidden: bool = False
    drop_attachments: bool = False


class Impossible(Exception):
    """A file cannot be cleaned here; the message is a sentence that says why and what to do."""
