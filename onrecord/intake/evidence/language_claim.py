"""Which language a document is written in: what its text shows, else what its metadata say."""

from __future__ import annotations

import re

from onrecord.intake.document import Claim, Document
from onrecord.intake.evidence import language_detection
from onrecord.intake.evidence.claims import open_claim

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def language_of(document: Document, text: str) -> Claim:
    """The language of a text (BCP 47), metadata helping where the text is too short."""
    detected = language_detection.of(text)
    if detected:
        # A page's lang="en-US" is its program's, not the release's.
        return Claim(detected, why="the words of the text")
    for evidence in document.metadata.languages:
        if _TAG.fullmatch(evidence.value):
            return Claim(evidence.value.replace("_", "-"), span=evidence.value, why=f"metadata ({evidence.origin})")
    return open_claim("language", "Which language is it written in? The text is too short to tell.")
