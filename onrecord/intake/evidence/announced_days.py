"""Days in front matter that the text calls those of something that takes place: a key named “date” has them as often as the day of
publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.document import Document
from onrecord.intake.evidence.date_events import is_appointment
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.lexicon import Lexicon

# So many letters of a text are looked at; of a sentence, so many on each side of its date.
_LONGEST_TEXT, _REACH = 20_000, 120
_CLOCK_REACH = 40
# People meet at an hour or a quarter; a program's stamp has any minute, and its zone.
_HOUR = re.compile(r"(?<![\d:.])\d{1,2}[:.](?:00|15|30|45)(?![\d:.]\d|\d)(?!\s?(?:GMT|UTC|[+-]\d))")
_SENTENCE_END = re.compile(r"[.!?。！？؟]\s|\n")
# Labels that a person gives a text in front matter; its type is looked at with its other keys (`formats.foreign_markdown`).
_KINDS = re.compile(r"(?:category|categories|section):\s*(?P<value>.{1,60})$", re.I)
# Keys of front matter that a text has which announces something: when it begins and ends, and who comes.
_KEYS = re.compile(r"(?:date[_-]?(?:start|end|from|to|until)|attendees|speakers?[_-]?list):", re.I)
_FRONT_MATTER = "front matter"


def announced(day: str, document: Document, lexicon: Lexicon) -> str:
    """The words by which a document says that something takes place on a day; an empty text where there are none. `day` is a whole
    day."""
    return _of_kind(document, lexicon) or told(day, document, lexicon)


def _of_kind(document: Document, lexicon: Lexicon) -> str:
    for left in document.left_out:
        kind = _KINDS.match(left.text) if left.reason == _FRONT_MATTER else None
        if kind and lexicon.pattern("event", "whole").match(kind["value"].strip().lower().removesuffix("s")):
            return left.text
        if left.reason == _FRONT_MATTER and _KEYS.match(left.text):
            return left.text
    return ""


def told(day: str, document: Document, lexicon: Lexicon, *, least: int = 0) -> str:
    """The words of a title or of the text, in a stretch of at least so many letters, by which something takes place on a whole day; an
    empty text where there are none."""
    return next(_sentences(day, document, lexicon, least), "")


def _sentences(day: str, document: Document, lexicon: Lexicon, least: int) -> Iterator[str]:
    length = 0
    texts = (
        *(title.value for title in document.metadata.titles),
        *(text for each in document.blocks for text in each.texts),
    )
    for text in (text for text in texts if len(text) >= least):
        length += len(text)
        if length > _LONGEST_TEXT:
            return
        if not any(map(str.isdigit, text)):
            continue
        for mention in dates_in(text, lexicon.document_language):
            if mention.edtf != day and mention.edtf != f"XXXX{day[4:]}":
                continue
            before = _SENTENCE_END.split(text[max(mention.start - _REACH, 0) : mention.start])[-1]
            behind = _SENTENCE_END.split(text[mention.end : mention.end + _REACH])[0]
            near = f"{before[-_CLOCK_REACH:]} {behind[:_CLOCK_REACH]}"
            has_hour = _HOUR.search(near) is not None or is_appointment(near)
            if any(lexicon.pattern(category, "within").search(before) for category in ("updated", "printed")):
                continue
            if has_hour or lexicon.pattern("event", "within").search(f"{before} {behind}"):
                yield f"{before}{mention.written}{behind}".strip()
