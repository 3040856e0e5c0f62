"""Speakers in scripts without capital letters, where the words around a name say where it ends: Arabic, Persian, Hebrew, Chinese,
Japanese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

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
# No part of a foreign name is longer in Chinese.
_LONGEST_PART = 5
_APPOSED = "の"
# A small word or an ending of Japanese: "はこう" in "氏はこう述べた".
_HIRAGANA = re.compile("[\u3041-\u309f]")
# "主任的许文涛": what parts an office from a name.
_OF = (" ", "の", "的")
# What stands before or behind a name and is no part of it.
_BEFORE_NAME = ("pronouns", "conjunctions", "quantity_words", "according_to", "sentence_openers")
_BEHIND_NAME = ("function_words", "speech_verbs", "speaker_marks", "verb_tails", "speaker_stop")
# A preposition with the article, which is written into the word: "بالقول".
_TIED = re.compile(f"[بوكف]{_ARTICLE}|{_TO}")
_LONGEST_CALLING = 40
# No title is longer.
_TITLE = 6
_LONGEST_NAME, _LONGEST_ORGANIZATION = 8, 20
_LONGEST_BODY, _LONGEST_BODY_ONCE = 14, 8
# So many places of a name are looked at.
_MOST_PLACES = 50


def uncased_speaker(text: str, lexicon: Lexicon) -> str:
    """The speaker whom words without capitals name, or an empty text where they are too many to be a name."""
    text = lexicon.pattern("today", "within").sub(" ", text)
    return _unspaced(text, lexicon) if UNSPACED.search(text) else _spaced(text, lexicon)


def is_uncased_name(name: str, text: str, lexicon: Lexicon) -> bool:
    """True where a text shows that words without capitals name somebody: a calling stands directly beside a stretch of the shape of a
    name whose edges are clean, or in a script without blanks a surname begins it, the sign between the parts of a foreign name parts it,
    or a word of organizations ends it. `name` is a piece of `text`."""
    return _is_unspaced_name(name, text, lexicon) if UNSPACED.search(name) else _is_spaced_name(name, text, lexicon)


def _is_unspaced_name(name: str, text: str, lexicon: Lexicon) -> bool:
    if any(lexicon.pattern(category, "whole").match(name) for category in _NOBODY):
        return False
    if all(map(_HIRAGANA.match, name)):
        # Without a character of another script, a particle and an adverb look like a name.
        return False
    if len(name) <= _LONGEST_GIVEN and lexicon.pattern("organization_words", "whole").match(name):
        # "組織": an organization without its name.
        return False
    if any(lexicon.pattern(category, "end").search(name) for category in _BEHIND_NAME):
        # "阿塗又向": the words that follow say to whom it was said.
        return False
    if any(lexicon.pattern(category, "start").match(name) for category in _BEFORE_NAME):
        return False
    if re.search(r"\d", name):
        return False
    places = list(islice(re.finditer(re.escape(name), text), _MOST_PLACES))
    with_surnames = bool(lexicon.phrases("surnames"))
    small = lexicon.pattern("function_words", "within").search(name) if with_surnames else None
    organization = lexicon.pattern("organization_words", "end").search(name)
    if organization:
        # "那就等于不经过港口网络": a clause ends in such a word too.
        plain = not with_surnames or (
            small is None
            and len(name) <= (_LONGEST_BODY if len(places) >= _TWICE else _LONGEST_BODY_ONCE)
            and _is_at_edge(text, places)
        )
        return plain and lexicon.pattern("speech_verbs", "within").search(name) is None
    if _FOREIGN_SIGN.search(name):
        # "法国历史学家马克·布洛赫事后": what somebody is, and a word behind the name.
        parts = _FOREIGN_SIGN.split(name)
        whole = not with_surnames or all(len(part) <= _LONGEST_PART for part in parts)
        return small is None and whole and len(name) <= _LONGEST_ORGANIZATION
    if len(name) > _LONGEST_NAME:
        return False
    surname = lexicon.pattern("surnames", "start").match(name)
    given = len(name) - surname.end() if surname else 0
    if surname and given in (1, _LONGEST_GIVEN) and (given > 1 or surname.end() > 1):
        return any(_has_clean_edges(text, place, lexicon) for place in places)
    if with_surnames and not (surname and given == 1):
        # "另一个": a Chinese name begins with a surname.
        return False
    if any(
        lexicon.pattern("person_titles", "start").match(text[place.end() : place.end() + _TITLE]) for place in places
    ):
        return surname is None or given <= _LONGEST_GIVEN
    if any(_is_apposed(text, place.start(), lexicon) for place in places):
        return True
    # "陳建強見": a name and the word behind it; "記者會文字記錄": what a title begins.
    once = surname is not None and given == 1
    return (once or len(places) >= _TWICE) and any(
        _has_calling_before(text, place.start(), lexicon) for place in places
    )


def _is_at_edge(text: str, places: Sequence[re.Match[str]]) -> bool:
    """True where a stretch begins behind a mark or a line's head at one of its places."""
    before = (text[place.start() - 1 : place.start()] for place in places)
    return any(not (UNSPACED.match(char) and char.isalpha()) for char in before)


def _has_calling_before(text: str, at: int, lexicon: Lexicon) -> bool:
    return lexicon.pattern("person_titles", "end").search(text[max(at - _TITLE, 0) : at]) is not None


def _has_clean_edges(text: str, place: re.Match[str], lexicon: Lexicon) -> bool:
    """True where a name in a script without blanks begins behind a mark, a calling or a small word, and a verb of speech, a calling, a mark
    or a word that stands between a speaker and a verb is behind it."""
    before, behind = text[max(place.start() - _TITLE, 0) : place.start()], text[place.end() : place.end() + _TITLE]
    left = not before or not (UNSPACED.match(before[-1]) and before[-1].isalpha())
    left = left or before[-1] in _OF or _has_calling_before(text, place.start(), lexicon)
    left = left or any(
        lexicon.pattern(category, "end").search(before)
        for category in ("connectives", "conjunctions", "according_to", "today", "organization_words")
    )
    right = not behind or not (UNSPACED.match(behind[0]) and behind[0].isalpha())
    right = right or any(
        lexicon.pattern(category, "start").match(behind)
        for category in ("speech_verbs", "speaker_marks", "person_titles", "verb_tails", "today", "according_to")
    )
    return left and right


def _is_apposed(text: str, at: int, lexicon: Lexicon) -> bool:
    """True where a calling with the sign of apposition stands before: "代表の小磯和枝"."""
    return (
        text[at - 1 : at] == _APPOSED
        and lexicon.pattern("person_titles", "end").search(text[max(at - 1 - _TITLE, 0) : at - 1]) is not None
    )


def _is_spaced_name(name: str, text: str, lexicon: Lexicon) -> bool:
    words = name.split()
    first = words[0].removeprefix(_ARTICLE)
    small = ("function_words", "conjunctions", "connectives", "speaker_stop", "speech_verbs", "pronouns")
    if any(lexicon.pattern(category, "whole").match(word) for category in _NOBODY for word in (words[0], first)):
        return False
    if any(lexicon.pattern(category, "whole").match(word) for category in small for word in words):
        return False
    if lexicon.pattern("spoken_for", "whole").match(words[0]) and lexicon.pattern("person_titles", "end").search(
        text[: max(text.find(name), 0)][-_LONGEST_CALLING:].rstrip(" ")
    ):
        # "the spokesman in the name of Keld"
        return False
    if len(words) == 1 or any(_TIED.match(word) for word in words):
        # One word is a surname as often as an adjective or a noun ("the source"); "بالقول" is a word with its preposition.
        return False
    title = lexicon.pattern("person_titles", "whole")
    if is_named_organization(name, lexicon):
        return not title.match(words[0])
    if words[0].startswith(_ARTICLE) or title.match(words[0]):
        # An adjective or a piece of an office ("المدير الفني"), a calling and one word of an office ("مدير الري").
        return False
    places = islice(re.finditer(re.escape(name), text), _MOST_PLACES)
    return any(_has_calling_beside(text, place, lexicon) for place in places)


def _has_calling_beside(text: str, place: re.Match[str], lexicon: Lexicon) -> bool:
    """True where a calling stands right before a name, or its office of a few words, or behind the comma that follows it."""
    before = text[max(place.start() - _LONGEST_CALLING, 0) : place.start()]
    behind = re.match(r"\s?[،,]\s*(?P<words>.*)", text[place.end() : place.end() + _LONGEST_CALLING])
    # "مديرة المرصد": a calling and whose it is.
    office = re.sub(rf"(?:\s{_ARTICLE}\w+){{0,2}}\s*$", "", before)
    titles = lexicon.pattern("person_titles", "end").search(before.rstrip(" ")) or lexicon.pattern(
        "person_titles", "end"
    ).search(office)
    return titles is not None or (
        behind is not None and lexicon.pattern("person_titles", "start").match(behind["words"]) is not None
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
    if lexicon.phrases("surnames"):
        if lexicon.pattern("relatives", "end").search(piece):
            # "程素梅父亲": not who is named, but somebody of theirs.
            return piece
        if named := _named_at_head(piece, lexicon):
            return named
    titles = list(lexicon.pattern("person_titles", "within").finditer(piece))
    if titles:
        last = titles[-1]
        behind = piece[last.end() :].strip("".join(_OF))
        if _HIRAGANA.match(behind):
            # "田中氏はこう": the name stands before; other words that begin so leave open who is meant.
            if not lexicon.pattern("speaker_marks", "start").match(behind):
                return ""
            behind = ""
        before = piece[titles[-2].end() if len(titles) > 1 else 0 : last.start()].strip("".join(_OF))
        # "港の会の田中太郎会長": whose they are stands before the name.
        name = behind if len(behind) >= 2 else before.rsplit("の", 1)[-1]
        return name if 2 <= len(name) <= _LONGEST_NAME or "·" in name or "・" in name else ""
    if "·" in piece or "・" in piece or 2 <= len(piece) <= 4:
        return piece
    return piece if len(piece) <= _LONGEST_ORGANIZATION and is_named_organization(piece, lexicon) else ""


def _named_at_head(piece: str, lexicon: Lexicon) -> str:
    """A name of a surname and two characters at the head of words that a small word ties to a verb: "程素梅向记者"."""
    surname = lexicon.pattern("surnames", "start").match(piece)
    end = surname.end() + _LONGEST_GIVEN if surname else 0
    return piece[:end] if end and lexicon.pattern("function_words", "start").match(piece[end:]) else ""
