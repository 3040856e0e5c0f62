"""The dateline at the head of a first paragraph: where and when a release was written, and the agency that carried it."""

from __future__ import annotations

import re

from onrecord.intake.evidence.date_labels import is_as_of
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon

_LONGEST = 160
_DASH = re.compile(r"(?:(?<!\s)\s+)?(?:–|—|--|-(?=\s)|(?<=\s)-|:(?=\s))\s*")
_CLOSED = re.compile(r"\s*[(\[（【](?P<inside>[^()\[\]（）【】]{2,90})[)\]）】]\s*(?:[–—:-]{1,2}\s*|\.\s+)?(?=\S)")
_AGENCY = re.compile(r"[(/]\s?(?P<agency>[^()/]{2,40}?)\s?[)/]")
_PIECES = re.compile(r"[,،，、/;()|]|\s[–—-]{1,2}\s")
_UNCASED = re.compile("[\u0590-\u08ff\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]")


def dateline(text: str, terms: Terms | None, lexicon: Lexicon) -> tuple[int, str]:
    """How long the dateline at the head of a paragraph is, its dash included, and its words; (0, "") where there is none. The places of
    the archive (`terms`) need no date beside them."""
    head = text[:_LONGEST]
    closed = _CLOSED.match(head)
    if closed and not is_short_form(closed) and _is_dateline(closed["inside"], terms, lexicon, closed=True):
        return closed.end(), closed["inside"].strip()
    for date in dates_in(head, lexicon.document_language):
        # "Bogotá, 21 de septiembre de 2011. …"
        stop = re.match(r"\s*+(?:\)\s*+)?\.\s+(?=[^\W\d_a-zà-ÿа-я])", head[date.end :])
        if stop and _is_dateline(head[: date.end], terms, lexicon):
            return date.end + stop.end(), head[: date.end].strip()
    best = (0, "")
    for match in _DASH.finditer(head):
        before = head[: match.start()].strip()
        added = before[len(best[1]) :]
        if best[0] and not (dates_in(added, lexicon.document_language) or _AGENCY.search(added)):
            if dates_in(best[1], lexicon.document_language):
                # What stands behind the date is the sentence.
                break
            # "KELD, TARN - Seawire - 9 July 2026 - …": the date may stand behind the agency.
            continue
        if is_day_that_is_something(before, head[match.end() :], lexicon.document_language):
            break
        if before and _is_dateline(before, terms, lexicon, colon=match[0].strip() == ":"):
            best = (match.end(), before)
    return best


def is_day_that_is_something(before: str, behind: str, language: str) -> bool:
    """True for a day alone before a dash and small letters: the dash is a verb ("24 березня – місяць нашого спротиву"), whose
    first words are text."""
    dates = dates_in(before, language) if behind[:1].islower() else ()
    return len(dates) == 1 and not (before[: dates[0].start] + before[dates[0].end :]).strip(" .,*_")


def is_short_form(closed: re.Match[str]) -> bool:
    """True for brackets (a match of which `inside` is a group) behind which a sentence goes on: "(KLA), which the islands wrote" is a short
    form of the words above it."""
    return re.match(r"[,;.)’']|[a-zß-ÿа-я]", closed.string[closed.end() :]) is not None and closed[0].rstrip().endswith(
        ")"
    )


def _is_dateline(
    words: str, terms: Terms | None, lexicon: Lexicon, *, closed: bool = False, colon: bool = False
) -> bool:
    """True for words that are nothing but places, a date and, in brackets, an agency."""
    text = words.strip(" *_")
    dates = dates_in(text, lexicon.document_language)
    if any(is_as_of(text[: date.start], text[date.end :], lexicon) for date in dates):
        return False
    remainder = text
    for date in reversed(dates):
        remainder = remainder[: date.start] + "," + remainder[date.end :]
    kind = lexicon.pattern("kinds", "start").match(remainder) if dates and "|" in text else None
    if kind:
        # "Press release of 3 May 2013 | Cape Tarn – …"
        remainder = remainder[kind.end() :]
    agencies = [match["agency"] for match in _AGENCY.finditer(remainder) if not match["agency"].strip(" ,").isdigit()]
    remainder = _AGENCY.sub(lambda match: "," if match["agency"] in agencies else match[0], remainder)
    if not all(_is_agency(agency) for agency in agencies if agency.strip(" ,")):
        return False
    connective = lexicon.pattern("connectives", "whole")
    function = lexicon.pattern("function_words", "whole")
    pieces = []
    for part in _PIECES.split(remainder):
        piece = part.strip(" .،–—-")
        for link in (piece.rsplit(" ", 1)[-1], piece.split(" ", 1)[0]):
            if piece and connective.match(link):
                piece = piece.removesuffix(link).removeprefix(link).strip()
        if piece:
            pieces.append(piece)
    if len(pieces) > 3 or any(len(piece.split()) > 4 for piece in pieces):
        return False
    if pieces and lexicon.pattern("today", "whole").match(pieces[0]):
        # "Today, 30 June 2010. The march …": a sentence of the text.
        return False
    known = terms is not None and bool(pieces) and terms.places.term(pieces[0]) is not None
    placed = bool(pieces) and (known or pieces[0].isupper())
    proper = all(_is_proper(piece, lexicon) for piece in pieces)
    uncased = _UNCASED.search(text) is not None
    if dates and colon and any(function.match(word) for piece in pieces for word in piece.split()):
        # "Review of the strike of 11 April in Orla: …": a headline.
        return False
    if dates:
        return proper or (uncased and all(len(piece.split()) <= 3 and len(piece) <= 24 for piece in pieces))
    if colon or not pieces:
        return False
    clause = lexicon.pattern("clause_words", "within").search(text) is not None
    if closed:
        return (proper and (placed or (len(pieces) <= 2 and not clause))) or (uncased and placed)
    if agencies and proper and not clause and pieces[0].isupper():
        return True
    return placed and (proper or uncased) and len(text.split()) <= 4


def _is_agency(text: str) -> bool:
    """True for what stands in brackets as an agency: "SEAWIRE", "PRNewswire", "Reuters" — one to three words with a capital."""
    words = text.split()
    return 1 <= len(words) <= 3 and all(word[:1].isupper() for word in words)


def _is_proper(piece: str, lexicon: Lexicon) -> bool:
    """True where every word but the small ones of names begins with a capital."""
    small = lexicon.pattern("name_particles", "whole")
    function = lexicon.pattern("function_words", "whole")
    return all(
        word[:1].isupper() or "-" in word or small.match(word) or function.match(word) for word in piece.split()
    ) and any(word[:1].isupper() for word in piece.split())
