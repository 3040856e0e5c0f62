"""Which days at the head of a document are those of an event: a meeting, a sitting, whatever an agenda or a notice is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.intake.document import Document
from onrecord.intake.evidence.date_mentions import DateMention, dates_in
from onrecord.intake.evidence.date_roles import CLOCK, LONG_LINE, LONGEST_DATE_LINE, MOST_WORDS_OF_LABEL, UNSPACED
from onrecord.intake.evidence.issuer_labels import LABEL
from onrecord.intake.lexicon import Lexicon

# "@ 7 PM", "7 p.m.", "19h": people meet at a full hour; programs write minutes.
_APPOINTMENT = re.compile(r"@\s?\d|(?<![\d:.])\d{1,2}\s?(?:[ap]\.?\s?m\b|h\b)", re.I)
# "6:30 pm - 7:30 pm"
_HOURS = re.compile(
    r"(?<![\d:.])\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?|[^\W\d_]{1,4})?\s?[-–—]\s?\d{1,2}[:.]\d\d(?!\d|[:.]\d)", re.I
)
# "14.00 s.d. 16.00", "7:30 pm to 9:00 pm"
_BETWEEN_HOURS = re.compile(
    r"(?<![\d:./])\d{1,2}[:.h]\d\d\s?(?:[ap]\.?m\.?\s?)?(?:[^\W\d_]{1,4}\.?\s?){0,2}(?:[-–—]|(?<=[\s.])[^\W\d_]{1,4}\.?)"
    r"\s?\d{1,2}[:.h]\d\d(?!\d|[:./]\d)",
    re.I,
)
# "0900-1130": no years, so none that begins as those of two centuries do.
_BARE_HOURS = re.compile(r"(?<![\d-])(?!(?:19|20)\d\d\D)[0-2]\d[0-5][05]\s?[-–—]\s?[0-2]\d[0-5][05](?![\d-])")
# "2:00 p.m. ET", "19:30 Uhr"
_QUARTER = re.compile(r"[^\W\d_]{0,10}\s?\d{1,2}[:.](?:00|15|30|45)\s?(?:[ap]\.?\s?m\b\.?)?\s?[^\W\d_]{0,4}\.?", re.I)
# A name that a page has for a headline has no more words.
_MOST_NAMED = 4
# "6 March 2009, Time: 19:30"
_LABELLED_HOUR = re.compile(r"[^\W\d_]{3,12}\s?[:：]\s?\d{1,2}[:.]\d\d(?![\d:.])")
# Of so many lines on each side, one may give the place and one the hour.
_NEIGHBOURS = 3
# "12:30 Second speech", "12-16:00 Stalls"
_OF_PROGRAMME = re.compile(r"(?:\d{1,2}\s?[-–—]\s?)?\d{1,2}[:.]\d\d\s?(?:[-–—]|[ap]\.?m\b|[^\W\d_]|$)", re.I)
_LEAST_POINTS, _LEAST_PROSE = 3, 12
_PICTURE = re.compile("[\u2300-\u23ff\u2600-\u27bf\U0001f000-\U0001faff]")


def hours_between(line: str) -> bool:
    """True where a short line has the hours from and to, whatever stands between them: "14.00 until 16.00", "0900-1130"."""
    return len(line) <= LONGEST_DATE_LINE and any(
        pattern.search(line) for pattern in (_HOURS, _BETWEEN_HOURS, _BARE_HOURS)
    )


def is_quarter(line: str) -> bool:
    """True where a line is nothing but an hour or a quarter, at which people meet: "2:00 p.m. ET"."""
    return _QUARTER.fullmatch(line.strip()) is not None


def is_appointment(line: str) -> bool:
    """True where a line has a full hour without its minutes: "15 November 2006 @ 7 PM"."""
    return _APPOINTMENT.search(line) is not None


def names_event(line: str, lexicon: Lexicon) -> bool:
    """True for a short line that names an event, as its first words or its last: "Membership Meeting", "Agenda of the council"."""
    words = line.strip(" :：*_#").split()
    while words and lexicon.pattern("connectives", "whole").match(words[-1]):
        # "PARLIAMENT SITTING ON"
        words = words[:-1]
    text = " ".join(words)
    is_long = len(text) > LONG_LINE or len(words) > MOST_WORDS_OF_LABEL + 1
    if text.endswith((".", "!", "?")) or len(text) > 2 * LONG_LINE:
        return False
    if is_long:
        # "Plenary Sitting of the Council of Lamp Harbour": an event, and whose.
        event = lexicon.pattern("event", "start").match(text)
        return event is not None and _is_of_names(text[event.end() :], lexicon)
    if lexicon.pattern("speech_verbs", "within").search(text) or lexicon.find_kind(text):
        return False
    if UNSPACED.search(text):
        return lexicon.pattern("event", "within").search(text) is not None
    event = lexicon.pattern("event", "start").match(text)
    return event is not None or lexicon.pattern("event", "end").search(text) is not None


def _is_of_names(text: str, lexicon: Lexicon) -> bool:
    """True where nothing but names and the small words between them stand in a text."""
    small = [lexicon.pattern(category, "whole") for category in ("function_words", "articles", "connectives")]
    words = re.findall(r"[^\W\d_]+", text)
    return all(not word[:1].islower() or any(pattern.match(word) for pattern in small) for word in words)


def event_days(document: Document, lexicon: Lexicon) -> frozenset[str]:
    """The days of events: of each short line with a day that a line with the hours from and to follows, or has itself."""
    texts = [block.text.strip() for block in document.blocks]
    return frozenset(
        mention.edtf
        for text, behind in pairwise((*texts, ""))
        if len(text) <= LONGEST_DATE_LINE and (_HOURS.search(text) or _HOURS.search(behind[:LONGEST_DATE_LINE]))
        for mention in dates_in(text, lexicon.document_language)
        if mention.edtf
    )


def is_programme(document: Document) -> bool:
    """True for a document with three points and more behind their hours ("12:30 Second speech"), and no more paragraphs of prose."""
    texts = [text.strip() for block in document.blocks for text in block.texts]
    points = sum(_OF_PROGRAMME.match(text) is not None for text in texts)
    prose = sum(len(text.split()) >= _LEAST_PROSE and text.endswith((".", "!", "?")) for text in texts)
    return points >= max(_LEAST_POINTS, prose)


def _is_bare_label(before: str) -> bool:
    """True for a label of one word: "Date:" below an event's name is that of the event as often."""
    return len(before.split()) == 1 and before.rstrip(" *_").endswith((":", "："))


def is_agenda(title: str, lexicon: Lexicon) -> bool:
    """True for a headline that ends with a word for a meeting or its agenda: the day below it is that of the meeting."""
    if not title or lexicon.find_kind(title) or lexicon.pattern("speech_verbs", "within").search(title):
        return False
    return lexicon.pattern("event", "end").search(title) is not None and _is_of_names(title, lexicon)


def is_of_page(title: str, document: Document, lexicon: Lexicon) -> bool:
    """True for a Markdown page whose front matter has a title and no day, and whose headline is no more than a name of few words: the day
    right below it is that of what it names ("Keld Lamp Night"), which was written about later."""
    metadata = document.metadata
    is_page = document.form == "markdown" and bool(metadata.titles) and not metadata.published and not metadata.updated
    words = title.split()
    return is_page and 1 < len(words) <= _MOST_NAMED and not lexicon.find_kind(title) and _is_of_names(title, lexicon)


def _is_of_signs(lines: Sequence[str]) -> bool:
    """True for a line with a day behind which one with a clock follows, where a pictured sign opens either of them and a further line, or
    both: "📅 6 March 2025", "⏰ 17:30", "📍 Lamp Hall"."""
    signed = [_PICTURE.match(line) is not None for line in lines]
    clocks = [
        at
        for at, line in enumerate(lines)
        if at and len(line) <= LONGEST_DATE_LINE and (CLOCK.search(line) or is_appointment(line))
    ]
    return bool(clocks) and sum(signed) > 1 and (signed[0] or signed[clocks[0]])


def _has_labelled_hour(line: str, mention: DateMention, lexicon: Lexicon) -> bool:
    """True where a label for the hour stands behind a day on its line, and nothing there speaks of publication or of a change."""
    behind = line[line.find(mention.written) + len(mention.written) :]
    hour = _LABELLED_HOUR.search(behind)
    return hour is not None and not any(
        lexicon.pattern(category, "within").search(line) for category in ("published", "updated", "printed")
    )


# The sheet of a calendar, a clock, a pin: when and where people meet, and on pages as often when a text came out.
_CALENDAR = re.compile(
    "[\\s*_#-]*[\N{CALENDAR}\N{TEAR-OFF CALENDAR}\N{SPIRAL CALENDAR PAD}\N{ALARM CLOCK}\N{ROUND PUSHPIN}]"
)


def is_of_event(line: str, mention: DateMention, document: Document, lexicon: Lexicon) -> bool:
    """True for a date whose own line has a full hour, whose line before names an event, or whose label stands among those of an hour and of
    a place. A word for publication on its line makes it none of those."""
    if not mention.labelled and (is_appointment(line) or _has_labelled_hour(line, mention, lexicon)):
        return True
    if not mention.labelled and _CALENDAR.match(line):
        return True
    texts = [block.text.strip() for block in document.blocks]
    text = line.strip()
    if text not in texts:
        return False
    at = texts.index(text)
    weak = not mention.labelled or UNSPACED.search(text) or _is_bare_label(text[: text.find(mention.written)])
    if at and weak and names_event(texts[at - 1], lexicon):
        return True
    if _is_of_signs(texts[at : at + 1 + _NEIGHBOURS]):
        return True
    around = [*texts[max(at - _NEIGHBOURS, 0) : at], *texts[at + 1 : at + 1 + _NEIGHBOURS]]
    labels = [match for other in around if (match := LABEL.match(other))]
    place = lexicon.pattern("label_place", "whole")
    named_place = lexicon.pattern("label_place", "end")
    places = [each["label"] for each in labels if named_place.search(each["label"])]
    if _is_bare_label(text[: text.find(mention.written)]) and any(len(label.split()) > 1 for label in places):
        # "Date:", then "Course venue:"; "Place:" is that of a release as often.
        return True
    has_hour = any(is_appointment(match["value"]) or CLOCK.search(match["value"]) for match in labels)
    return has_hour and any(place.match(match["label"]) for match in labels)
