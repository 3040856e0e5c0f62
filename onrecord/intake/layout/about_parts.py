"""The heading "About Harbour Watch" above what an organization says of itself, and the same words at the head of that paragraph."""

from __future__ import annotations

import re

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.term_finder import key
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.lines import Line

# "About Harbour Watch: Harbour Watch is …", "ABOUT QUAY LAMPS, INC.Quay Lamps makes …"
_HEADING = re.compile(r"(?P<name>[^:：\n]{2,80}?)(?:\s*[:：]\s*|(?<=[a-z.)])(?=[A-Z])|\s+[–—-]\s+)(?=[^\W\d_])")


def named_by(line: Line, context: Context) -> str:
    """The organization that a heading "About …" is about, if the text speaks of it; else an empty text."""
    text = line_signs.bare(line.text)
    for category in ("about_words", "articles"):
        match = context.lexicon.pattern(category, "start").match(text)
        text = text[match.end() :].strip() if match else text
    if not text or not (is_named_organization(text, context.lexicon) or len(text.split()) >= 2):
        return ""
    return text if len(re.findall(re.escape(text), context.text)) > 1 else ""


def is_inline(line: Line, context: Context) -> bool:
    """True for a paragraph that begins with a heading "About …" and goes on with the name that stands there."""
    text = line.text.strip()
    if line.block.kind != "paragraph" or not line.is_prose:
        return False
    begun = context.lexicon.pattern("about_words", "start").match(text)
    heading = _HEADING.match(text, begun.end()) if begun else None
    if heading is None:
        return False
    article = context.lexicon.pattern("articles", "start").match(text, heading.end())
    said = key(text[article.end() if article else heading.end() :]).split()
    named = key(heading["name"]).split()
    return bool(named) and said[:1] == named[:1]
