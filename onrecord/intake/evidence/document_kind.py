"""What a document calls itself — press release, statement, open letter — and whether it is whole."""

from __future__ import annotations

import re

from onrecord.intake import markdown_writer
from onrecord.intake.document import Layout
from onrecord.intake.evidence.header_words import bare
from onrecord.intake.lexicon import Lexicon, lexicon_of

_MOST_WORDS_BEFORE = 8
_LONGEST_EXTRACT_LINE = 80


def kind_of(layout: Layout, language: str = "") -> str:
    """What the header calls it, or the head of its title ("Statement on …"); an empty text where neither does."""
    lexicon = lexicon_of(language)
    stated = (kind_in_line(line, lexicon) for line in layout.header)
    return next(filter(None, stated), "") or kind_in_title(layout.title, lexicon)


def kind_in_line(line: str, lexicon: Lexicon) -> str:
    """The kind that a header line names at its edge, or in capitals: "… must explain its statement" names none."""
    text = bare(line)
    found = lexicon.find_kind(text)
    if not found:
        return ""
    start, end, kind = found
    before, after = text[:start].strip(" |:–—-,"), text[end:].strip(" |:–—-,")
    clause = lexicon.pattern("clause_words", "within").search(before)
    at_end = not after and len(before.split()) <= _MOST_WORDS_BEFORE and not clause
    return kind if not before or at_end or text[start:end].isupper() else ""


def kind_in_title(title: str, lexicon: Lexicon) -> str:
    """What a headline calls the document it stands above: "Statement on …", "Declaración sobre …", "Statement by the Wick Fund"."""
    kind = lexicon.pattern("kinds", "start").match(title)
    if not kind:
        return ""
    subject = title[kind.end() :].lstrip()
    linked = lexicon.pattern("function_words", "start").match(subject)
    whose = linked and re.match(r"\S+\s+(?:[^\W\d_]{2,3}\s+)?[^\W\d_a-zà-ÿ]", subject)
    upon = lexicon.pattern("upon_words", "start").match(subject)
    return lexicon.kind(kind[0]) if upon or whose else ""


def extent_of(layout: Layout, language: str = "") -> str:
    """`excerpt` where the text marks omissions or calls itself one, else `full`."""
    extract = lexicon_of(language).pattern("extract", "within")
    called = any(extract.search(line) and len(line) < _LONGEST_EXTRACT_LINE for line in layout.header)
    return "excerpt" if called or any(markdown_writer.has_omission(block.text) for block in layout.body) else "full"
