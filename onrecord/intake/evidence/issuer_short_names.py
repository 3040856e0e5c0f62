"""Where a release speaks of its own body as "the Committee": its readers have the whole name above the text, on a paper of its kind.

A report that does so has introduced the body in its text, and no line above it calls it a press release.
"""

from __future__ import annotations

import re

from onrecord.intake.document import Document, Layout
from onrecord.intake.evidence.issuer_in_text import is_subject
from onrecord.intake.lexicon import Lexicon

# What a body issues alone.
_KINDS = frozenset({"press release", "statement", "briefing", "open letter", "urgent action", "advisory"})
_MOST_BLOCKS, _LONGEST, _MOST_MENTIONS = 200, 3000, 60
_BEFORE, _BEHIND = 40, 60
_MOST_HEAD, _LONGEST_HEAD = 8, 90
_NAME_BEHIND = re.compile(r"\s+(?:[a-zà-ÿ’']{1,4}\s+){0,2}[^\W\d_a-z]|-\w")
# "’s archivist, Ada Marn", "’s press officer Ada Marn"
_PERSON_BEHIND = re.compile(r"['’]s?\s+(?:[a-zà-ÿ]{2,20}\s?){1,3},?\s+[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z]")


def speaking(name: str, layout: Layout, document: Document, lexicon: Lexicon) -> str:
    """The words that have a body of `name` speak by its kind alone ("the Committee asks", "said the Centre’s director"), in a text
    whose head says that it is a release; empty where there are none, and where the text has another body of that kind."""
    if not any(lexicon.kind(line) in _KINDS for line in _head(layout, document)):
        return ""
    kinds = [word for word in re.findall(r"\w+", name) if lexicon.pattern("organization_words", "whole").match(word)]
    if not kinds or len(name.split()) < 2:
        return ""
    # "Committee of the Seven Locks", "Oru Legal Centre"
    kind = kinds[-1]
    texts = [block.text[:_LONGEST] for block in layout.body[:_MOST_BLOCKS] if block.kind in ("paragraph", "item")]
    found = ""
    mentions = 0
    for text in [layout.title, *texts]:
        for match in re.finditer(rf"(?<![\w-]){re.escape(kind)}(?!\w)", text, re.IGNORECASE):
            mentions += 1
            if mentions > _MOST_MENTIONS:
                return found
            if _is_of_name(name, text, match):
                continue
            if _is_of_other(text, match, lexicon):
                return ""
            found = found or _speaks(text, match, lexicon)
    return found


def _head(layout: Layout, document: Document) -> list[str]:
    """The short lines with which a document begins, and those above its text."""
    first = [block.text for block in document.blocks[:_MOST_HEAD] if len(block.text) <= _LONGEST_HEAD]
    return [*layout.header, *first]


def _is_of_name(name: str, text: str, match: re.Match[str]) -> bool:
    """True where the kind stands with words of the name beside it: "the Committee of the Seven Locks", "the Tideline Centre"."""
    words = [word.casefold() for word in re.findall(r"\w+", name)]
    at = words.index(match[0].casefold())
    before = re.findall(r"\w+", text[max(match.start() - _BEFORE, 0) : match.start()].casefold())
    behind = re.findall(r"\w+", text[match.end() : match.end() + _BEFORE].casefold())
    return (at > 0 and before[-1:] == words[at - 1 : at]) or (
        at + 1 < len(words) and behind[:2] == words[at + 1 : at + 3]
    )


def _is_of_other(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """True where the kind is a part of another name ("Senate Committee", "Centre for Oil"), or stands without an article: then it is
    not said of one body that all know."""
    before = text[max(match.start() - _BEFORE, 0) : match.start()]
    article = lexicon.pattern("articles", "end").search(before)
    if article is None:
        return True
    behind = _NAME_BEHIND.match(text[match.end() : match.end() + _BEHIND])
    small = re.findall(r"\w+", behind[0])[:-1] if behind else []
    verbs = [lexicon.pattern(category, "whole") for category in ("speech_verbs", "clause_words", "organization_speaks")]
    return behind is not None and not (small and any(verb.match(small[0]) for verb in verbs))


def _speaks(text: str, match: re.Match[str], lexicon: Lexicon) -> str:
    behind = text[match.end() : match.end() + _BEHIND]
    verbs = [lexicon.pattern(category, "start") for category in ("clause_words", "organization_speaks")]
    is_clause = any(verb.match(behind.lstrip()) for verb in verbs)
    if not (is_clause or is_subject(behind, lexicon) or _PERSON_BEHIND.match(behind)):
        return ""
    stop = text.find(" ", match.end() + 16)
    start = max(text.rfind(" ", 0, max(match.start() - 1, 0)), 0)
    return " ".join(text[start : stop if stop > 0 else len(text)].split())
