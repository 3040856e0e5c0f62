"""Which lines above the first running text are the beginning of its sentence: a link, a name, a place that stands on a line of its own."""

from __future__ import annotations

import re

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.continued_lines import breaks_off
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.organizations import is_office
from onrecord.intake.lexicon import Lexicon

# A sentence is broken over no more lines above its running text.
MOST_LINES = 12
# No line begins so: the words before it stand above.
_ENDS_WORDS = re.compile(r"[.,;)](?=\s)")
# "— The bill …" below the place of a dateline.
_DASH = re.compile(r"[–—]\s*(?=[^\W\d_])")
_MOST_NAME, _MOST_PLACE = 6, 4
_LONGEST = 400


def is_begun_above(line: Line, above: Line, context: Context, *, is_begun: bool) -> bool:
    """True where the words of `line` go on those of the line right above it: it begins in lower case or with a mark that ends words, and
    no blank line is between. `is_begun` says that the line itself was found to stand before the rest of its sentence."""
    text, before = line.text.strip(), above.text.strip()
    if not (
        line.block.close and line.number == above.number + 1 and line.block.kind == above.block.kind == "paragraph"
    ):
        return False
    if above.header.is_header or above.ends_sentence or above.opens_contacts or above.has_contact or above.is_copyright:
        return False
    if not text or not before or len(before) > _LONGEST or before.endswith(":"):
        return False
    if _ENDS_WORDS.match(text):
        return True
    if _DASH.match(text):
        return above.word_count <= _MOST_PLACE and _is_name(before, context.lexicon)
    awaits = _awaits(before, context.lexicon)
    if text[:1].islower():
        # "Ada Marn Sentenced" / "to nine years": a headline goes on so.
        joins = context.lexicon.pattern("function_words", "whole").match(text.split()[0])
        speaks = context.lexicon.pattern("speech_verbs", "whole").match(text.split()[0])
        return awaits or ((speaks is not None or not joins) and _is_name(before, context.lexicon))
    return is_begun and (awaits or (above.word_count <= _MOST_NAME and is_office(before, context.language)))


def _awaits(text: str, lexicon: Lexicon) -> bool:
    """True for words that others must follow: "appointed Ada Marn following"."""
    last = text.split()[-1]
    return breaks_off(text, lexicon) or (
        last.islower() and lexicon.pattern("upon_words", "whole").match(last) is not None
    )


def _is_name(text: str, lexicon: Lexicon) -> bool:
    """True for few words that all begin with a capital, small words between: a name, an office, a place."""
    small = [lexicon.pattern(category, "whole") for category in ("name_particles", "function_words")]
    words = text.split()
    return (
        line_signs.word_count(text) <= _MOST_NAME
        and words[0][:1].isupper()
        and all(word[:1].isupper() or any(pattern.match(word) for pattern in small) for word in words)
    )
