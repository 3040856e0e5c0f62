"""Bytes → Document, by what the bytes are and not by what the file is called."""

from __future__ import annotations

from onrecord.intake import plaintext
from onrecord.intake.document import Document


def document(name: str, data: bytes) -> Document:
    """The text of a file in reading order. Raises Refusal, which says why there is none."""
    return Document("text", plaintext.blocks(plaintext.decoded(data)))
