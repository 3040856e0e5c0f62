"""The one gate through which the name of a publisher passes, whatever signs speak for it: it must be one body's."""

from __future__ import annotations

import re

from onrecord.intake.evidence.organization_names import is_like_person
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon


def is_one_body(name: str, terms: Terms, lexicon: Lexicon) -> bool:
    """False for a heading of two parts ("Lamps / Committee") and for people who sign together ("Ada Quill and Tom Lamb")."""
    if re.search(r"\s/\s", name):
        return False
    people = [
        stripped for piece in lexicon.pattern("conjunctions", "within").split(name) if (stripped := piece.strip())
    ]
    return len(people) == 1 or not all(is_like_person(person, terms, lexicon) for person in people)
