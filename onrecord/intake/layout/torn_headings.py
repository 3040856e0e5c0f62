"""Lines that a file without markup shows as headings by their look, and that are the beginning of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.intake.document import Block, Document, TextRun
from onrecord.intake.layout import line_signs
from onrecord.intake.lexicon import Lexicon

# Headings of these forms are lines of large or heavy letters, of which nobody wrote that they are headings.
_FORMS = ("pdf", "scan")
_COMMAS = (",", "،", "，", "、")
_FEWEST_WORDS = 4
# A sentence that names who speaks, with an office, fills a line.
_FEWEST_OF_SPEAKER, _MOST_BEFORE_VERB = 8, 40
_SPEECH_BEHIND = re.compile('\\s*+(?:[,:，：]\\s*+)?[“„«「"]')


def joined(document: Document, lexicon: Lexicon) -> Document:
    """The document, of a PDF or scan, with every heading that ends in a comma or a verb of saying, or that names a speaker whose verb
    stands at the head of the paragraph below, joined to that paragraph: it is the first line of its sentence."""
    if document.form not in _FORMS:
        return document
    out: list[Block] = []
    for block in document.blocks:
        if (
            out
            and block.kind == "paragraph"
            and (_breaks_off(out[-1], lexicon) or _names_speaker(out[-1], block, lexicon))
        ):
            above = out.pop()
            runs = (*above.runs, TextRun(" "), *block.runs)
            out.append(replace(block, runs=runs, close=above.close))
        else:
            out.append(block)
    return replace(document, blocks=tuple(out))


def _breaks_off(block: Block, lexicon: Lexicon) -> bool:
    text = block.text.strip()
    if block.kind != "heading" or line_signs.word_count(text) < _FEWEST_WORDS:
        return False
    return text.endswith(_COMMAS) or lexicon.pattern("speech_verbs", "end").search(text) is not None


def _names_speaker(block: Block, below: Block, lexicon: Lexicon) -> bool:
    """True for "Of this success, Ms Ada Tan, Director, Keld" above "Institute, said, “…”"."""
    text = block.text.strip()
    if block.kind != "heading" or line_signs.word_count(text) < _FEWEST_OF_SPEAKER or "," not in text:
        return False
    if line_signs.ends_sentence(text) or not lexicon.pattern("person_titles", "within").search(text):
        return False
    verb = lexicon.pattern("speech_verbs", "within").search(below.text[: _MOST_BEFORE_VERB + 20])
    return (
        verb is not None
        and verb.start() <= _MOST_BEFORE_VERB
        and _SPEECH_BEHIND.match(below.text, verb.end()) is not None
    )
