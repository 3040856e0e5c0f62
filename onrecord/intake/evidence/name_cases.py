"""Whether a text has a name as such, in the form in which it is called, and not only in the form that a case gives it.

"Pressemitteilung des Lampenbundes" names the Lampenbund, and "до акторки Ади Марр" Ада Марр: the form that the case gives is no name to
be asserted. Which form is the name's own is taken from where no word before it can ask for a case: the head of a line or of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.intake.lexicon import Lexicon

# Languages that give people's names an ending for their case, and those that do so with the names of bodies.
_OF_PEOPLE = frozenset(
    {"be", "bs", "cs", "et", "fi", "hr", "hu", "hy", "ka", "lt", "lv", "pl", "ru", "sk", "sl", "sr", "tr", "uk"}
)
_OF_BODIES = _OF_PEOPLE | {"de"}
_HEAD = re.compile('(?:^|[.!?:;|•·–—*_#(\\[„“”"«»])$')
_MARKS = '„“”"«»'
_LONGEST_BEFORE = 40


def gives_people_cases(lexicon: Lexicon) -> bool:
    """True for a language in which a person's name may have the ending of a case."""
    return _language(lexicon) in _OF_PEOPLE


def gives_bodies_cases(lexicon: Lexicon) -> bool:
    """True for a language in which the name of a body may have the ending of a case."""
    return _language(lexicon) in _OF_BODIES


def _language(lexicon: Lexicon) -> str:
    return (lexicon.document_language or lexicon.language).partition("-")[0]


def is_called_so(name: str, texts: Iterable[str], lexicon: Lexicon) -> bool:
    """True where a name stands at the head of one of some texts (lines or paragraphs, in their order), of a sentence in it, or within
    marks or brackets, with no more than an article before it, as "Der Lampenbund"; what a line that ends in a small word goes on with is
    no head. A word in capitals alone has no ending."""
    if name.isupper() and " " not in name:
        return True
    plain = name.strip(_MARKS)
    is_open = False
    for text in texts:
        line = text.strip()
        for match in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", line, re.IGNORECASE):
            before = _without_article(line[max(match.start() - _LONGEST_BEFORE, 0) : match.start()], lexicon).rstrip()
            if _HEAD.search(before) and not (is_open and not before.strip('*_#„“”"«» ')):
                return True
        last = next(iter(line.split()[-1:]), "")
        is_open = any(lexicon.pattern(kind, "whole").match(last) for kind in ("articles", "function_words"))
    return False


def _without_article(before: str, lexicon: Lexicon) -> str:
    """Words without the article at their end that opens a sentence."""
    article = lexicon.pattern("articles", "end").search(before.rstrip())
    return before[: article.start()] if article and article[0].strip().istitle() else before


def is_subject(name: str, texts: Iterable[str], lexicon: Lexicon) -> bool:
    """True where a name stands right before or behind a verb of speech in one of some texts, or as `is_called_so` has it."""
    texts = list(texts)
    for text in texts:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            behind = text[match.end() : match.end() + _LONGEST_BEFORE].lstrip()
            before = text[max(match.start() - _LONGEST_BEFORE, 0) : match.start()].rstrip()
            if lexicon.pattern("speech_verbs", "start").match(behind):
                return True
            if lexicon.pattern("speech_verbs", "end").search(before):
                return True
    return is_called_so(name, texts, lexicon)
