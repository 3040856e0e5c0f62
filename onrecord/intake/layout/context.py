"""What every pass knows beside the lines."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.intake.document import Document
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Context:
    """What a pass knows beside the lines: the document, the vocabularies, its language and words, and all its text."""

    document: Document
    terms: Terms
    language: str
    lexicon: Lexicon
    text: str
