"""Whether a headline goes on in the next line."""

from __future__ import annotations

import re

from onrecord.intake.document import Block
from onrecord.intake.layout import line_signs
from onrecord.intake.lexicon import Lexicon

_LABELLED = re.compile(r"[^\W\d_][\w-]{2,24}\s?[:：]\s")
# Somebody's title and name have no more words.
_LONGEST_PERSON = 5


def goes_on(text: str, next_text: str, block: Block, next_block: Block, lexicon: Lexicon) -> bool:
    """True where a line is the next line of a headline."""
    if not next_block.close or next_block.kind != block.kind or len(next_text) > 90 or not text.split():
        return False
    if block.kind == "heading" and block.level != next_block.level and not breaks_off(text, lexicon):
        # In another type stands another line: the name of a series above a headline, a sub-headline below it.
        return next_text[:1].islower()
    if len(next_text.split()) <= _LONGEST_PERSON and lexicon.pattern("person_titles", "start").match(next_text):
        # "Dr Ada Marn": who wrote it.
        return False
    if text.isupper() and text.lower() != text.upper():
        return next_text.isupper()
    if next_text.isupper() and text.lower() != text.upper():
        return False
    broken = breaks_off(text, lexicon) or text.endswith((",", "،", ":", "–", "-"))
    if not broken and _LABELLED.match(next_text):
        # "Place: Orla"
        return False
    if next_text[:1].islower() or broken:
        return True
    return 40 <= len(text) <= 85 and not line_signs.ends_sentence(next_text) and not line_signs.ends_sentence(text)


def breaks_off(text: str, lexicon: Lexicon) -> bool:
    """True where a text ends with a word that another must follow."""
    words = text.split()
    return bool(words) and lexicon.pattern("function_words", "whole").match(words[-1]) is not None
