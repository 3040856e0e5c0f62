"""Lines that head something else than the whole text: a part of it, its readers, a list, a source. Each check gives the doubt in words, for
the question that quotes the line, or an empty text."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.organizations import is_letterhead
from onrecord.intake.lexicon import Lexicon

_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})[.)]\s+")
_FIRST_OF_LIST = re.compile(r"^\(?1[.)]\s")
_MARKS = re.compile(r"^[!?*=+~.]{2,}")
# "[inside front cover]": a note of whoever copied the text.
_BRACKETED = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
# "HERALD.COM / HEALTH DESK"
_DOMAIN = re.compile(r"^(?:www\.)?[\w-]+\.[A-Za-z]{2,6}\s*(?:[/|–—-]\s|$)")
_ADDRESS = re.compile(r"https?://|www\.\w|\w@\w")
# "2023 herald."
_MASTHEAD = re.compile(r"(?:(?:19|20)\d\d\s+[^\W\d_]+(?:\s[^\W\d_]+)?|[^\W\d_]+\s+(?:19|20)\d\d)\.")
# A line with so many words is more than a form of address.
_MOST_ADDRESSING = 8


def is_salutation(text: str, lexicon: Lexicon) -> bool:
    """True for a line in which a letter or a talk addresses its readers or listeners."""
    text = text.strip(" *_")
    if line_signs.word_count(text) > _MOST_ADDRESSING or text.endswith(("?", "？", "؟")):
        return False
    return lexicon.pattern("salutations", "whole").match(text.rstrip(" .,:;!،，：！")) is not None


def _part(text: str, context: Context) -> str:
    number = _NUMBER.match(text)
    heading = line_signs.bare(text[number.end() :] if number else text)
    return "it heads a part of a text" if context.lexicon.pattern("part_headings", "whole").match(heading) else ""


def _addressing(text: str, context: Context) -> str:
    return "it addresses the readers" if is_salutation(text, context.lexicon) else ""


def _listed(text: str, context: Context) -> str:
    return "it is the first of a list" if _FIRST_OF_LIST.match(text) else ""


def _marked(text: str, context: Context) -> str:
    return "marks are around it" if _MARKS.match(text) or _BRACKETED.fullmatch(text.strip()) else ""


def _source(text: str, context: Context) -> str:
    if _DOMAIN.match(text) or _MASTHEAD.fullmatch(text.strip()):
        return "the name of a site or paper"
    return "an address is in it" if _ADDRESS.search(text) else ""


def _of_page(text: str, context: Context) -> str:
    return "words of the page" if line_signs.ends_page(text, context.lexicon) else ""


def _name_and_kind(text: str, context: Context) -> str:
    """ "Harbour Party Press Releases", "Press Room News Releases": the heading of a list."""
    kind = context.lexicon.find_kind(text)
    if kind is None or not kind[0] or text[kind[1] :].strip(" .:"):
        return ""
    before = text[: kind[0]].strip()
    if before != before.rstrip(" -–—|:,("):
        return ""
    part = context.lexicon.pattern("part_headings", "whole").match(before)
    return "no more than a name and a kind" if part or is_letterhead(before, context.language) else ""


CHECKS: tuple[Callable[[str, Context], str], ...] = (
    _part,
    _addressing,
    _listed,
    _marked,
    _source,
    _of_page,
    _name_and_kind,
)
