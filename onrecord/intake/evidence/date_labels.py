"""Labels before a date that say it is of something else than the publication."""

from __future__ import annotations

import re

from onrecord.intake.lexicon import Lexicon, lexicon_of

_LEAST_WORDS = 3
# Languages whose words for "as of" stand behind the day.
_POSTPOSED = frozenset({"ja", "tr"})
_FIRST_LABEL = re.compile(r"\W{0,4}(?P<label>[^\W\d_][^:：|•;]{1,40})[:：]\s")
_LABEL_END = re.compile(r"(?P<label>[^:：|•;()\[\]]{2,60})[:：][*_]*\s*$")


def is_in_value(before: str, lexicon: Lexicon) -> bool:
    """True for "Original code: Lamp client, released 31 March 1998": the line's own label is another, and a word in small letters within
    its value has the date."""
    label = _FIRST_LABEL.match(before)
    if not label or len(before[label.end() :].split()) < _LEAST_WORDS:
        return False
    known = ("label_date", "published", "kinds", "issued_by", "by_line", "label_publisher", "label_place")
    word = lexicon.pattern("published", "end").search(before.rstrip(" :"))
    return (
        word is not None
        and word[0][:1].islower()
        and not any(lexicon.pattern(category, "within").search(label["label"]) for category in known)
    )


def is_as_of(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True for the day to which figures were counted: "as of 3 May 2021", "2021年5月3日現在"."""
    if lexicon.language in _POSTPOSED:
        return lexicon.pattern("as_of_words", "start").match(behind.lstrip(" *_")) is not None
    return lexicon.pattern("as_of_words", "end").search(before.rstrip(" :,：–—-(（")) is not None


def is_of_other_label(before: str, lexicon: Lexicon) -> bool:
    """True for a label that ends with the word for a date and says first of what else: "Review date:", "上线日期："."""
    label = _LABEL_END.search(before)
    if not label:
        return False
    words = label["label"].strip(" *_").casefold()
    # The first entry is the word for a date alone.
    nouns = {lexicon_of(tag).phrases("label_date")[0] for tag in (lexicon.language, "en")}
    noun = next((noun for noun in sorted(nouns) if words.endswith(noun)), "")
    known = ("label_date", "published", "kinds", "issued_by", "updated")
    own = words.removesuffix(noun).strip() if noun else ""
    return bool(own) and not any(
        lexicon.pattern(category, "whole").match(words) or lexicon.pattern(category, "within").search(own)
        for category in known
    )
