"""A line of a document's head taken apart: the kind that it names, its dates and references, and the words that are none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.date_mentions import DateMention, dates_in_line
from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.layout import line_signs
from onrecord.intake.lexicon import Lexicon, lexicon_of

_TIME = re.compile(r"\(\s*\|\s*\)|\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|CET|BST|EST|EET|Uhr))*", re.IGNORECASE)
# With fewer words it may be the heading of a list of talks.
_LEAST_OF_TALK = 6
_INTERVAL = re.compile(r"\d\.?(?:\s[^\W\d_]{3,12}\.?)?(?:(?<!\s)\s+)?[-–—]\s*$")
_PUNCTUATION = " \t:;,،.–—-•·/()[]"


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """What a header line states: a kind, dates, references; `is_header` is true where it states anything that a header states, and
    `words` are those that belong to none of these, parted by " | "."""

    kind: str
    dates: tuple[DateMention, ...]
    references: tuple[str, ...]
    is_header: bool
    words: str
    language: str = ""

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words that belong to nothing, piece by piece."""
        return tuple(filter(None, self.words.split(" | ")))


def header_line(line: str, language: str = "") -> HeaderLine:
    """A line taken apart."""
    lexicon = lexicon_of(language)
    text = line_signs.bare(line)
    references = reference_mentions.find(text)
    out = text
    for reference in references:
        # "Press release No. 12/2013" says what it is and which.
        named = lexicon.find_kind(reference.origin)
        kept = reference.origin[named[0] : named[1]] if named and not named[0] else ""
        out = out.replace(reference.origin, f" | {kept} | " if kept else " | ", 1)
    dates = tuple(dates_in_line(out, language))
    for date in reversed(dates):
        out = out[: date.start] + " | " + out[date.end :]
    out = _TIME.sub(" | ", out)
    out, immediate = lexicon.pattern("immediate_release", "within").subn(" | ", out)
    kind = ""
    named = lexicon.find_kind(out)
    if named:
        start, end, name = named
        before, after = out[:start].strip(" |:–—-,"), out[end:].strip(" |:–—-,")
        # "… must explain its statement" is a headline; a kind stands at the edge of its line.
        at_end = not after and len(before.split()) <= 8 and not has_clause(before, lexicon)
        shouted = out[start:end].isupper() and not (before + after).isupper()
        if not before.strip("| ") or at_end or shouted:
            kind = name
            out = f"{before} | {after}"
    words = " | ".join(piece for part in out.split("|") if (piece := part.strip(_PUNCTUATION)))
    return HeaderLine(
        kind,
        dates,
        tuple(reference.value for reference in references),
        bool(kind or dates or references or immediate),
        words,
        language,
    )


def has_clause(text: str, lexicon: Lexicon) -> bool:
    """True where a word stands in the text that makes it a clause, no name."""
    return lexicon.pattern("clause_words", "within").search(text) is not None


def opens_interval(before: str) -> bool:
    """True for words that end with a day or year and a dash: with the date behind them they are an interval ("30 June - 1 July 2013")."""
    return _INTERVAL.search(before) is not None


def names_talk(text: str, lexicon: Lexicon) -> bool:
    """True for the headline of a talk: what it is called, and who gave it ("Speech by Ms Ada Marr, Minister, at …")."""
    return len(text.split()) >= _LEAST_OF_TALK and lexicon.pattern("talks", "start").match(text) is not None


def is_headline_with_date(line: HeaderLine, block: Block) -> bool:
    """True where a date or kind stands in a headline ("Report on 8 March protests: …") and not in a header line."""
    lexicon = lexicon_of(line.language)
    text = line.words.replace(" | ", " ")
    words = line_signs.word_count(text)
    if line.kind and not line.dates and words >= 3 and lexicon.pattern("upon_words", "start").match(text):
        # "Statement on the quarry graves"
        return True
    if words >= 7:
        return True
    if (
        words >= 4
        and block.kind == "heading"
        and not line.kind
        and (has_clause(text, lexicon) or has_common_word(text, lexicon))
    ):
        return True
    return words >= 4 and not line.kind and not line.references and ":" in text and not is_date_line(line)


def has_common_word(text: str, lexicon: Lexicon) -> bool:
    """True where a word that is no name and no little word stands in the text: a line of places and names has none."""
    small = [lexicon.pattern(category, "whole") for category in ("connectives", "function_words", "name_particles")]
    return any(word[:1].islower() and not any(each.match(word) for each in small) for word in text.split())


def is_date_line(line: HeaderLine) -> bool:
    """True where a header line has nothing but its date and what goes with one: a publisher, a place, a by-line, a label, a time."""
    lexicon = lexicon_of(line.language)
    return all(_goes_with_a_date(piece, lexicon) for piece in line.words.split(" | "))


def _goes_with_a_date(piece: str, lexicon: Lexicon) -> bool:
    words = [word for word in re.split(r"[\s,،/()]+", piece) if word]
    connective = lexicon.pattern("connectives", "whole")
    while words and connective.match(words[0]):
        words = words[1:]
    while words and connective.match(words[-1]):
        words = words[:-1]
    plain = " ".join(words)
    if not words or is_named_organization(plain, lexicon) or line_signs.is_navigation(plain, lexicon):
        return True
    if len(words) <= 3 and any(
        lexicon.pattern(category, "within").search(plain) for category in ("published", "updated", "printed")
    ):
        return True
    if lexicon.pattern("by_line", "start").match(piece):
        return len(words) <= 6
    return len(words) <= 4 and not any(word[:1].islower() for word in words)


def kind_in_title(title: str, language: str = "") -> str:
    """What a headline calls the document it stands above: "Statement on …", "Declaración sobre …"; an empty text where it does not."""
    lexicon = lexicon_of(language)
    named = lexicon.find_kind(title)
    if named is None or title[: named[0]].strip():
        return ""
    subject = title[named[1] :]
    upon = lexicon.pattern("upon_words", "start").match(subject.lstrip())
    issuer = re.match(r"\s+(?:by|of|from)\s+(?:the\s+)?[A-Z]", subject)
    return named[2] if upon or issuer or subject.lstrip().startswith(("-", "–", "—", ":")) else ""
