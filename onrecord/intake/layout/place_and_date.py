"""The place and date at the head of the first paragraph, and those that sign a text at its end."""

from __future__ import annotations

import re

from onrecord.intake.evidence.date_labels import is_as_of
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.dateline import is_day_that_is_something, is_short_form
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.lexicon import Lexicon, lexicon_of

_END = re.compile(r"(?:(?<!\s)\s+)?(?:–|—|--|-(?=\s)|:(?=\s))\s*")
_CLOSED = re.compile(r"\s*[(（【\[](?P<inside>[^()（）【】\[\]]{2,90})[)）】\]]\s*(?:[–—:：-]{1,2}\s*|\.\s+)?(?=\S)")
# "Bogotá, 21 de septiembre de 2011. …": a full stop and a capital letter behind the date.
_STOP = re.compile(r"\s*+(?:\)\s*+)?\.\s+(?=[^\W\d_])")
# An agency: "(SEAWIRE)", "/SEAWIRE/", "(AP)".
_AGENCY = re.compile(r"[(/]\s*(?:[A-Z][\w.&-]*\s?){1,3}[)/]")
# "KELD, TARN- Seawire - 9 July 2026": a dash that lacks its first blank.
_PIECES = re.compile(r"[,，،、/;()（）]|\s[–—|-]\s|(?<=\w)[–—-]\s")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LONGEST = 140


def dateline(text: str, terms: Terms, language: str = "") -> tuple[int, str]:
    """How long the dateline at the head of a paragraph is, its dash included, and its words; (0, "") where there is none."""
    head = text[:_LONGEST]
    closed = _CLOSED.match(head)
    if (
        closed
        and is_place_and_date(closed["inside"], terms, language, closed=True)
        and not _is_to_be_filled_in(closed, terms, language)
        and not is_short_form(closed)
    ):
        return closed.end(), closed["inside"].strip()
    for date in dates_in(head, language):
        stop = _STOP.match(head[date.end :])
        if (
            stop
            and not head[date.end + stop.end() :][:1].islower()
            and is_place_and_date(head[: date.end], terms, language)
        ):
            return date.end + stop.end(), head[: date.end].strip()
    found = (0, "")
    for match in _END.finditer(head):
        before = head[: match.start()].strip()
        if not match.start() or (found[0] and not dates_in(before, language)):
            continue
        if is_day_that_is_something(before, head[match.end() :], language):
            break
        if is_place_and_date(before, terms, language, colon=match[0].strip() == ":"):
            # "PORT ELLERY, ON - January 27, 2026 (SEAWIRE) - …": the last dash that closes a dateline.
            found = (match.end(), before)
    return found


def _is_to_be_filled_in(closed: re.Match[str], terms: Terms, language: str) -> bool:
    """True for square brackets that hold neither a day nor a known place: a form's "[City, Date]", which nobody has filled in."""
    inside = closed["inside"]
    known = any(terms.places.term(piece.strip()) for piece in _PIECES.split(inside))
    return closed[0].lstrip()[:1] == "[" and not known and not dates_in(inside, language)


def is_place_and_date(words: str, terms: Terms, language: str, *, closed: bool = False, colon: bool = False) -> bool:
    """True for a place, a date, or both, and nothing else; `closed` says that they stand in brackets, `colon` that a colon follows."""
    lexicon = lexicon_of(language)
    text = words.strip(" *_")
    dates = dates_in(text, language)
    if any(is_as_of(text[: date.start], text[date.end :], lexicon) for date in dates):
        return False
    remainder = text
    for date in reversed(dates):
        remainder = remainder[: date.start] + "," + remainder[date.end :]
    if dates:
        remainder = _AGENCY.sub(",", remainder)
    pieces = [
        plain
        for piece in _PIECES.split(remainder)
        if (plain := _without_connectives(piece.strip(" .()（）،，"), lexicon, bool(dates)))
    ]
    if len(pieces) > 3 or any(len(piece.split()) > 4 for piece in pieces):
        return False
    if pieces and lexicon.pattern("today", "whole").match(pieces[0]):
        # "Today, 30 June 2010. The march …": a sentence of the text.
        return False
    placed = bool(pieces) and (terms.places.term(pieces[0]) is not None or pieces[0].isupper())
    particle = lexicon.pattern("name_particles", "whole")
    small = lexicon.pattern("function_words", "whole")
    proper = all(
        word[:1].isupper()
        or "-" in word
        or particle.match(word) is not None
        # "Wire of Orla", beside a day
        or (bool(dates) and 0 < at < len(piece.split()) - 1 and small.match(word) is not None)
        for piece in pieces
        for at, word in enumerate(piece.split())
    )
    unicameral = bool(pieces) and not any(char.lower() != char.upper() for piece in pieces for char in piece)
    if dates:
        return proper or (unicameral and all(len(piece.split()) <= 3 and len(piece) <= 24 for piece in pieces))
    if colon or not pieces:
        return False
    if closed:
        named = proper and len(pieces) <= 2 and not has_clause(text, lexicon)
        return (proper and placed) or named or (unicameral and placed)
    return placed and (proper or unicameral) and len(text.split()) <= 4


def _without_connectives(piece: str, lexicon: Lexicon, dated: bool) -> str:
    """A piece without the words that join a place to a date: "Paris, le", "Selan, on"."""
    words = piece.split()
    connective = lexicon.pattern("connectives", "whole")
    while dated and words and not words[-1][:1].isupper() and connective.match(words[-1]):
        words = words[:-1]
    while dated and words and not words[0][:1].isupper() and connective.match(words[0]):
        words = words[1:]
    return " ".join(words)
