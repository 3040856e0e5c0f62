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
_MOST_OF_NAME = 4
# Words for what is published, or said of it, speak for nobody: "the statement".
_NOBODY = ("kinds", "by_line", "extract", "function_words", "conjunctions", "speaker_stop", "today")
_FOREIGN_SIGN = re.compile("[·・‧]")
# Chinese given names have one or two characters; one alone behind a surname is a word as often as a name (文件, "document").
_LONGEST_GIVEN = 2
_TWICE = 2
_APPOSED = "の"
# No title is longer.
_TITLE = 6
_LONGEST_NAME, _LONGEST_ORGANIZATION = 8, 20


def uncased_speaker(text: str, lexicon: Lexicon) -> str:
    """The speaker whom words without capitals name, or an empty text where they are too many to be a name."""
    text = lexicon.pattern("today", "within").sub(" ", text)
    return _unspaced(text, lexicon) if UNSPACED.search(text) else _spaced(text, lexicon)


def is_uncased_name(name: str, text: str, lexicon: Lexicon) -> bool:
    """True where a text shows that words without capitals name somebody: in a script without blanks by a surname, a title beside the
    name, the sign between the parts of a foreign name, or a word of organizations at its end; in one with blanks where they are
    neither what was published ("the statement that …") nor a piece of a sentence."""
    return _is_unspaced_name(name, text, lexicon) if UNSPACED.search(name) else _is_spaced_name(name, lexicon)


def _is_unspaced_name(name: str, text: str, lexicon: Lexicon) -> bool:
    if any(lexicon.pattern(category, "whole").match(name) for category in _NOBODY):
        return False
    if len(name) <= _LONGEST_GIVEN and lexicon.pattern("organization_words", "whole").match(name):
        # "組織": an organization without its name.
        return False
    if lexicon.pattern("function_words", "end").search(name):
        # "阿塗又向": the words that follow say to whom it was said.
        return False
    if _FOREIGN_SIGN.search(name) or lexicon.pattern("organization_words", "end").search(name):
        return True
    surname = lexicon.pattern("surnames", "start").match(name)
    given = len(name) - surname.end() if surname else 0
    if surname and (given == _LONGEST_GIVEN or (given == 1 and surname.end() > 1)):
        return True
    if len(name) > _LONGEST_NAME:
        return False
    places = list(re.finditer(re.escape(name), text))
    if (
        len(name) > _LONGEST_GIVEN
        and len(places) >= _TWICE
        and lexicon.pattern("organization_endings", "end").search(name)
    ):
        return True
    if any(
        lexicon.pattern("person_titles", "start").match(text[place.end() : place.end() + _TITLE]) for place in places
    ):
        return surname is None or given <= _LONGEST_GIVEN
    if any(_is_apposed(text, place.start(), lexicon) for place in places):
        return True
    # "陳建強見": a name and the word behind it; "記者會文字記錄": what a title begins.
    once = surname is not None and given == 1
    return (once or len(places) >= _TWICE) and any(
        lexicon.pattern("person_titles", "end").search(text[max(place.start() - _TITLE, 0) : place.start()])
        for place in places
    )


def _is_apposed(text: str, at: int, lexicon: Lexicon) -> bool:
    """True where a calling with the sign of apposition stands before: "代表の小磯和枝"."""
    return (
        text[at - 1 : at] == _APPOSED
        and lexicon.pattern("person_titles", "end").search(text[max(at - 1 - _TITLE, 0) : at - 1]) is not None
    )


def _is_spaced_name(name: str, lexicon: Lexicon) -> bool:
    words = name.split()
    first = words[0].removeprefix(_ARTICLE)
    if len(words) <= 2 and not is_named_organization(name, lexicon):
        # One word is a surname as often as an adjective or a noun ("the source"); a calling and one word are an office ("مدير الري").
        office = lexicon.pattern("person_titles", "whole").match(words[0])
        if len(words) == 1 or office:
            return False
    if any(lexicon.pattern(category, "whole").match(word) for category in _NOBODY for word in (words[0], first)):
        return False
    return not any(
        lexicon.pattern(category, "whole").match(words[-1])
        for category in ("function_words", "conjunctions", "connectives", "speaker_stop")
    )


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
    office = lexicon.pattern("person_titles", "start").match(" ".join(words))
    if len(words) > _MOST_OF_NAME and office and len(office[0].split()) > 1:
        # "المتحدث باسم الوزارة سالم القاضي": the office, its body, the name.
        return " ".join(words[-2:])
    titled = [at for at, word in enumerate(words) if title.match(word) and at < len(words) - 1]
    if titled and len(words) - titled[-1] > 2:
        words = words[-2:] if len(words) - titled[-1] > 3 else words[titled[-1] + 1 :]
    return " ".join(words) if len(words) <= _MOST_OF_NAME else ""


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
        # "港の会の田中太郎会長": whose they are stands before the name.
        name = behind if len(behind) >= 2 else before.rsplit("の", 1)[-1]
        return name if 2 <= len(name) <= _LONGEST_NAME or "·" in name or "・" in name else ""
    if "·" in piece or "・" in piece or 2 <= len(piece) <= 4:
        return piece
    return piece if len(piece) <= _LONGEST_ORGANIZATION and is_named_organization(piece, lexicon) else ""
