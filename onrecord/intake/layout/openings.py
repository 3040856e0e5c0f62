"""The lines right above the first paragraph that open the text: a greeting, and what leads to what stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.intake.layout import line_signs, other_headings, page_head
from onrecord.intake.layout.candidates import Candidate
from onrecord.intake.layout.context import Context

# Below a greeting, another has no more words.
_MOST_GREETING = 5


def openers(found: Sequence[Candidate], opening: int, context: Context) -> list[Candidate]:
    """The lines above the first paragraph that belong to the text: see `_opens_text`; and short ones below a greeting."""
    openers = [candidate for candidate in found if _opens_text(candidate, opening, context)]
    greeting = next((each for each in openers if other_headings.is_salutation(each.text, context.lexicon)), None)
    for candidate in found[found.index(greeting) + 1 :] if greeting else ():
        short = candidate.block.kind == "paragraph" and line_signs.word_count(candidate.text) <= _MOST_GREETING
        if candidate not in openers and short and not candidate.labelled:
            openers.append(candidate)
    return openers


def _opens_text(candidate: Candidate, opening: int, context: Context) -> bool:
    """True for a line that greets ("Dear all,"), or that leads to what stands right below it ("Just a few notes:"), in a document that has
    a title."""
    if not context.document.metadata.titles or candidate.block.kind != "paragraph" or candidate.labelled:
        return False
    greets = other_headings.is_salutation(candidate.text, context.lexicon)
    if candidate.line < context.document.begins:
        return greets
    if candidate.text.endswith((":", "：")) and page_head.is_author_label(candidate.text, context.lexicon):
        return False
    greets |= candidate.text.endswith((",", "،", "，", "、", "!")) and len(candidate.text.split()) <= (
        1 if candidate.text.endswith("!") else 4
    )
    return greets or (candidate.text.endswith((":", "：")) and candidate.line == opening - 1)
