"""Speakers in scripts without capital letters, where the words around a name say where it ends: Arabic, Persian, Hebrew, Chinese,
Japanese."""

from __future__ import annotations

import re

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.lexicon import Lexicon

UNSPACED = re.compile("[\u2e80-\u9fff]")
"""A character of a script without blanks."""
_ARTICLE, _TO = "ال", "لل"
# "激动地": how somebody speaks.
_ADVERB = "地"
_MOST_WORDS = 9
_LONGEST_NAME, _LONGEST_ORGANIZATION = 8, 20


def uncased_speaker(text: str, lexicon: Lexicon) -> str:
    """The speaker whom words without capitals name, or an empty text where they are too many to be a name."""
    text = lexicon.pattern("today", "within").sub(" ", text)
    return _unspaced(text, lexicon) if UNSPACED.search(text) else _spaced(text, lexicon)


def _spaced(text: str, lexicon: Lexicon) -> str:
    clause = lexicon.pattern("speaker_stop", "within").search(text)
    words = (text[: clause.start()] if clause and clause.start() > 3 else text).strip(" .").split()
    small = lexicon.pattern("function_words", "whole")
    while words and small.match(words[0]):
        words = words[1:]
    # "قال شاهد عيان للشبكة": to whom it was said.
    whom = next((at for at, word in enumerate(words) if at and word.startswith(_TO)), len(words))
    words = words[:whom]
    if not words or len(words) > _MOST_WORDS:
        return ""
    title = lexicon.pattern("person_titles", "whole")
    if len(words) == 3 and words[0].startswith(_ARTICLE) and not any(word.startswith(_ARTICLE) for word in words[1:]):
        # "المزارع حسن بركات": the calling, then the name.
        return " ".join(words[1:])
    # A name may end in a word that is a calling too (سلمى القاضي).
    titled = [at for at, word in enumerate(words) if title.match(word) and at < len(words) - 1]
    if titled and len(words) - titled[-1] > 2:
        words = words[-2:] if len(words) - titled[-1] > 3 else words[titled[-1] + 1 :]
    return " ".join(words[:4])


def _unspaced(text: str, lexicon: Lexicon) -> str:
    marks = lexicon.pattern("speaker_marks", "end")
    piece = re.split(r"[，。、；：:,;！？\n]", text.strip(" 　，、。"))[-1].strip()
    while (mark := marks.search(piece)) and mark.start() > 1:
        piece = piece[: mark.start()].strip()
    opening = lexicon.pattern("conjunctions", "start").match(piece)
    piece = piece[opening.end() :] if opening and len(piece) - opening.end() >= 2 else piece
    if piece.endswith(_ADVERB):
        return ""
    titles = list(lexicon.pattern("person_titles", "within").finditer(piece))
    if titles:
        last = titles[-1]
        behind = piece[last.end() :].strip(" の")
        before = piece[titles[-2].end() if len(titles) > 1 else 0 : last.start()].strip(" の")
        name = behind if len(behind) >= 2 else before
        return name if 2 <= len(name) <= _LONGEST_NAME or "·" in name or "・" in name else ""
    if "·" in piece or "・" in piece or 2 <= len(piece) <= 4:
        return piece
    return piece if len(piece) <= _LONGEST_ORGANIZATION and is_named_organization(piece, lexicon) else ""
