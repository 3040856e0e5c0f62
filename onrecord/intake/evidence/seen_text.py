"""A text as a reader sees it: without signs of looks that were left as characters, which part a quotation's mark from its words, its
verb and its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake.document import Block, TextRun
from onrecord.intake.evidence.quotation_marks import spans

# What is left of emphasis in Markdown that a blank or a missing one keeps from being any (CommonMark 0.31, section 6.2):
# „We wait,“*said; “*We wait, “; * „We wait“ *, said
_BEFORE_OPENING = re.compile(r"(?<![\w*_])[*_]{1,3}\s?(?=[“„«\"][\w¿¡…*_])")
_BEHIND_OPENING = re.compile(r"(?<=[“„«])[*_]{1,3}(?=\w)|(?<=\s\")[*_]{1,3}(?=\w)|(?<=^\")[*_]{1,3}(?=\w)")
_BEFORE_CLOSING = re.compile(r"(?<=[\w.,!?…])[*_]{1,3}(?=[”“»\"](?!\w))")
_BEHIND_CLOSING = re.compile(r"(?<=[\w.,!?…][”“»\"])\s?[*_]{1,3}(?P<close>(?=\w))?(?![*_\d])")
# The same beside any other words, outside of quotation marks: said **Ada Quill **, a keeper
_BEFORE_WORD = re.compile(r"(?<![\w*_/])[*_]{1,3}(?=[^\W\d_])")
_BEHIND_WORD = re.compile(r"(?<=[^\W\d_])\s?[*_]{1,3}(?![\w*_(/])")
# One kind of marks within another around the same words: “"We wait."”
_DOUBLED = re.compile(
    r"(?<![\w\"“„])(?P<open>[“„]\"|\"[“„]|““|\"\")(?P<words>[^\"“”„]{2,})(?P<close>\"[”“]|[”“]\"|””|\"\")(?!\w)"
)


def seen(body: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a body, each with the text that a reader sees. What stands in quotation marks stays word for word a part of the
    block's own text: a block where it would not is left as it is."""
    return tuple(map(_seen, body))


def _seen(block: Block) -> Block:
    text = block.text
    changed = seen_text(text)
    if changed == text or not all(
        changed[span.start : span.end].strip() in text for span in spans(changed, single=False)
    ):
        return block
    return replace(block, runs=(TextRun(changed),))


def seen_text(text: str) -> str:
    """A text without asterisks and low lines of emphasis beside quotation marks, and with one mark for two around the same words."""
    if "*" in text or "_" in text:
        for pattern in (_BEFORE_OPENING, _BEHIND_OPENING, _BEFORE_CLOSING):
            text = pattern.sub("", text)
        text = _BEHIND_CLOSING.sub(lambda found: "" if found["close"] is None else " ", text)
    text = _DOUBLED.sub(lambda found: _curly(found["open"]) + found["words"] + _curly(found["close"]), text)
    return _outside_plain(text) if "*" in text or "_" in text else text


def _outside_plain(text: str) -> str:
    """A text without signs of emphasis beside the words that stand in no quotation marks."""
    parts, at = [], 0
    for span in spans(text, single=False):
        parts += [_BEHIND_WORD.sub("", _BEFORE_WORD.sub("", text[at : span.start])), text[span.start : span.outer]]
        at = span.outer
    return "".join([*parts, _BEHIND_WORD.sub("", _BEFORE_WORD.sub("", text[at:]))])


def _curly(marks: str) -> str:
    """The one of two marks that is not straight, if there is one."""
    return marks.replace('"', "")[:1] or '"'
