"""Days at the head of a document that belong to the matter: one that a headline has itself, and one of something that a line names."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.intake.document import Document, Layout
from onrecord.intake.evidence import date_roles
from onrecord.intake.evidence.date_mentions import DateMention, dates_in
from onrecord.intake.lexicon import Lexicon

# So many paragraphs tell when what a text is about took place.
_FIRST = 3
# A thing has a name of so many words, as no place or office beside a date.
_LEAST_NAME = 4


def days_of_matter(
    stated: Sequence[tuple[str, DateMention]], layout: Layout, document: Document, lexicon: Lexicon
) -> list[DateMention]:
    """Of the days of header lines (`stated`, each with its line), those that stand on the line of the headline, where another sign says
    that they are of what it is about: a later day has a line of its own, the text tells of that day, or the headline names an event."""
    release = [(line, mention) for line, mention in stated if mention.role == "release" and _is_day(mention)]
    of_headline = [
        mention for line, mention in release if not mention.labelled and _is_on_headline(line, layout.title, document)
    ]
    if not of_headline:
        return []
    below = {mention.edtf for _, mention in release if mention not in of_headline}
    if below:
        return [mention for mention in of_headline if mention.edtf < min(below)]
    return [mention for mention in of_headline if is_of_matter(mention, layout, lexicon)]


def is_of_matter(mention: DateMention, layout: Layout, lexicon: Lexicon) -> bool:
    """True for a day on the line of a headline that names an event, or that front matter has as a part of the title, or on which the first
    paragraphs tell that something was."""
    if mention.written and mention.written in layout.title:
        return True
    if not lexicon.find_kind(layout.title) and lexicon.pattern("event", "within").search(layout.title):
        return True
    return mention.edtf in _days_told(layout, lexicon)


def _is_day(mention: DateMention) -> bool:
    return len(mention.edtf) == date_roles.DAY and "X" not in mention.edtf


def _is_on_headline(line: str, title: str, document: Document) -> bool:
    """True where a header line is what was cut from the end of the headline's own line."""
    part = line.strip()
    return bool(title) and any(
        text.startswith(title) and text.endswith(part) and len(text) > len(part)
        for text in (block.text.strip() for block in document.blocks)
    )


def _days_told(layout: Layout, lexicon: Lexicon) -> frozenset[str]:
    """The days in the first paragraphs of the text, but those that they call today."""
    today = {mention.edtf for mention in date_roles.body_dates(layout.body, lexicon)}
    paragraphs = [block.text[: date_roles.LONGEST_OPENING] for block in layout.body if block.kind == "paragraph"]
    days = (mention.edtf for text in paragraphs[:_FIRST] for mention in dates_in(text, lexicon.document_language))
    return frozenset(day for day in days if day) - today


def is_of_named_thing(line: str, mention: DateMention, layout: Layout, lexicon: Lexicon) -> bool:
    """True where a line names something before the word for its publication: "Call for 52 flats, district of Keld, published on
    25/03/2016". The document's own headline or kind there is none, nor are a place, an office, or another date."""
    if not mention.labelled:
        return False
    before = line[: mention.start]
    word = next(lexicon.pattern("published", "within").finditer(before), None)
    name = before[: word.start()].strip(" ,;|([–—-*_") if word else ""
    if len(name.split()) < _LEAST_NAME or name.endswith((":", "：", ".")):
        return False
    if layout.title and name.casefold().startswith(layout.title.casefold()):
        return False
    return not (
        lexicon.find_kind(name) or dates_in(name, lexicon.document_language) or date_roles.is_date_line(name, lexicon)
    )


def is_behind_words(line: str, mention: DateMention, lexicon: Lexicon) -> bool:
    """True for a day right behind words that are no name of a place or an office, without a mark between: "Impressions of the opening day
    25.03.2026". A place has a comma behind it, or is one word."""
    before = line[: mention.start].rstrip()
    words = before.split()
    while words and lexicon.pattern("connectives", "whole").match(words[-1]):
        words = words[:-1]
    if len(words) < 2 or mention.labelled or not words[-1][-1].isalpha():
        return False
    own = ("organization_words", "desk", "person_titles", "published", "kinds", "by_line")
    text = " ".join(words)
    return not any(lexicon.pattern(category, "within").search(text) for category in own)
