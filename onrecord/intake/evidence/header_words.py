"""A header line taken apart: its dates, references, clock times and the words for what the document is, and what is left of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.date_mentions import DateMention, dates_in_line
from onrecord.intake.lexicon import Lexicon

_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|CET|BST|EST|EET|Uhr))*", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\(\s*+(?:\|\s*+)?\)")
_EDGES = " \t:;,،.–—-•·/()[]"
_OUTER = "*_#|•·›‹→←▶►▼▲[](){}<>=~+–—-"
_PARTING = (",", "|", "·", "•", "–", "—")
_LONGEST_OF_KIND, _MOST_OF_NAME = 160, 6
ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What a header line has: the kind of document it names, dates, references; `pieces` are its other words, as they stand there."""

    kind: str
    dates: tuple[DateMention, ...]
    references: tuple[str, ...]
    pieces: tuple[str, ...]


def bare(line: str) -> str:
    """A line without its outer marks, for matching."""
    text = line.strip().strip(_OUTER).strip()
    if text.count("«") != text.count("»"):
        text = text.strip("«» ")
    return text.rstrip(":：…!").strip() if re.search(r"\b\w{1,2}\.$", text) else text.rstrip(":：.…!").strip()


def taken_apart(line: str, lexicon: Lexicon) -> HeaderWords:
    """A header line taken apart with the words of a language."""
    text = bare(line)
    references = reference_mentions.find(text, lexicon.language)
    remaining = text
    for reference in references:
        # "Press release No. 12/2013" says what it is and which.
        kind = lexicon.find_kind(reference.origin)
        remaining = remaining.replace(
            reference.origin, f" | {reference.origin[kind[0] : kind[1]]} | " if kind else " | ", 1
        )
    dates = tuple(dates_in_line(remaining, lexicon.document_language))
    for date in reversed(dates):
        remaining = remaining[: date.start] + " | " + remaining[date.end :]
    remaining = ADDRESS.sub(" | ", _CLOCK.sub(" | ", remaining))
    remaining = lexicon.pattern("immediate_release", "within").sub(" | ", remaining)
    kind_found = lexicon.find_kind(remaining)
    kind_name = ""
    if kind_found:
        start, end, kind_name = kind_found
        remaining = f"{remaining[:start]} | {remaining[end:]}"
    remaining = _EMPTY_BRACKETS.sub(" | ", remaining)
    parts = re.split(r"\s*[|•·]\s*|\s{3,}|\t|\s[–—-]{1,2}\s", remaining)
    pieces = tuple(piece for part in parts if (piece := _without_edges(part)))
    return HeaderWords(kind_name, dates, tuple(reference.value for reference in references), pieces)


def is_of_kind_and_issuer(line: str, lexicon: Lexicon) -> bool:
    """True for a line that begins with its kind and goes on, behind a comma, with its day, and then with the name of an organization:
    "Press release on the elections, 3 May 2013, Harbour Watch"."""
    text = bare(line)
    kind = lexicon.find_kind(text)
    dates = dates_in_line(text, lexicon.document_language)
    if kind is None or kind[0] or len(dates) != 1 or len(text) > _LONGEST_OF_KIND:
        return False
    before, behind = text[: dates[0].start].rstrip(), text[dates[0].end :].lstrip()
    name = behind[1:].strip()
    return (
        before.endswith(_PARTING)
        and behind.startswith(_PARTING)
        and 0 < len(name.split()) <= _MOST_OF_NAME
        and name[:1].isupper()
        and lexicon.pattern("organization_words", "within").search(name) is not None
    )


def _without_edges(part: str) -> str:
    """A piece without punctuation at its edges; a bracket whose partner stands within stays."""
    piece = part.strip(" \t:;,،–—-•·/")
    piece = piece.rstrip(".") if not re.search(r"\b\w\.$|\b\w{1,3}\.$", piece) else piece
    if piece.startswith("(") and piece.endswith(")"):
        piece = piece[1:-1]
    if piece.count("(") != piece.count(")"):
        piece = piece.strip("()")
    return piece.strip(_EDGES.replace(".", "").replace("(", "").replace(")", ""))
