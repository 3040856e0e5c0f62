"""What all fields share: a claim that leaves a question open, and how a document's words are quoted in one."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.intake.document import Claim
from onrecord.model import Question

LONGEST_QUOTED = 160
"""So many characters of a line stand in a question."""
MOST_QUOTED = 12
"""So many pieces of evidence stand in a question."""


def quoted(line: str) -> str:
    """The beginning of a line, in quotation marks."""
    line = " ".join(line.split())
    return f"“{line[:LONGEST_QUOTED]}{'…' if len(line) > LONGEST_QUOTED else ''}”"


def evidence_of(pieces: Iterable[str]) -> str:
    """Pieces of evidence as one text, each once, the first MOST_QUOTED of them."""
    every = [piece for piece in dict.fromkeys(pieces) if piece]
    further = [f"and {len(every) - MOST_QUOTED} more"] if len(every) > MOST_QUOTED else []
    return "; ".join([*every[:MOST_QUOTED], *further])


def open_claim(field: str, question: str, evidence: Iterable[str] = ()) -> Claim:
    """What a document leaves open: no value, but a question and what speaks for an answer."""
    return Claim(questions=(Question(field, question, evidence_of(evidence)),))
