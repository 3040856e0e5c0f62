"""Which dates of a document are no day of its publication because of where they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.intake.document import AFTER_PAGE, Document, Layout
from onrecord.intake.evidence import date_headlines
from onrecord.intake.evidence.date_events import is_appointment, names_event
from onrecord.intake.evidence.date_forms import DateForm
from onrecord.intake.evidence.date_mentions import DateMention, dates_in
from onrecord.intake.evidence.date_roles import (
    CLOCK,
    DAY,
    LONG_LINE,
    LONGEST_DATE_LINE,
    MOST_WORDS_OF_LABEL,
    PARAGRAPH,
    STAMP,
    is_date_line,
    roles_in_line,
)
from onrecord.intake.evidence.header_words import ADDRESS, taken_apart
from onrecord.intake.evidence.lines_above import LinesAbove
from onrecord.intake.lexicon import Lexicon

# So many lines before a last line may say that it is the day of an event ("WHEN:", "Doors open at").
_LINES_OF_EVENT = 4
_FIRST_SHOWN = 5
# The head and the foot of a release have a day each.
_MOST_DAYS = 2
# So many lines on each side show whether a date stands in a table.
_NEAR = 8
# So many labels near a day are a form.
_LEAST_LABELS = 2
_OF_PARTS = frozenset({"heading", "item", "table"})
# Titles of works.
_CITED = re.compile('[《》«»“”„"]')
_BETWEEN_PLACES = re.compile(r"\s*[–—-]\s+[^\W\d_][^\d|]{2,60}?\s[–—-]\s+[^\W\d_]")
# ": Tuesday, 5 March 2013, Madam."
_SPOKEN = re.compile('[:：«„“"「]')
_DASHED = re.compile("[–—―]|-\\s")
_CLOSING = ('"', "”", "»", "“", "」")
_ASKING = ("?", "？", "؟", "?”", "?»", '?"', "?“")
_NUMBER = re.compile(r"\+?[\d(](?: ?[\d().-]){6,20}")
_PRINTED_CLOCK = re.compile(r"\d\s+\d{1,2}[:.(]\d{2}\s*$")
_PAGE_OF_PAGES = re.compile(r"[^\W\d_]+\.?\s+\d{1,4}\s*(?:/|[^\W\d_]{2,3})\s*\d{1,4}")


def _is_of_unknown_label(before: str, lexicon: Lexicon) -> bool:
    """True for a short line that ends in a colon and has no word for publication: what it calls the day below is something else."""
    label = before.strip(" *_")
    if not label.endswith((":", "：")) or len(label.split()) > MOST_WORDS_OF_LABEL or any(map(str.isdigit, label)):
        return False
    known = ("label_date", "published", "kinds", "issued_by", "by_line", "label_publisher", "label_place")
    return not any(lexicon.pattern(category, "within").search(label) for category in known)


def _is_of_form(text: str, before: str, document: Document, lexicon: Lexicon) -> bool:
    """True for a day that a label calls something else: on the line above it ("Begins:"), or on its own among other labels."""
    texts = [block.text.strip() for block in document.blocks]
    places = [at for at, each in enumerate(texts) if each == text]
    if any(at and _is_of_unknown_label(texts[at - 1], lexicon) for at in places):
        return True
    near = (texts[max(at - _NEAR, 0) : at] for at in places)
    labels = (sum(_is_of_unknown_label(other, lexicon) for other in lines) for lines in near)
    return _is_of_unknown_label(before, lexicon) and any(count >= _LEAST_LABELS for count in labels)


def is_wrapped(line: str, document: Document, lexicon: Lexicon) -> bool:
    """True for a line that begins with a date only because the sentence before it goes on there: "… announce the departure on" /
    "14 January 1986 of the Task Force"."""
    texts = [block.text.strip() for block in document.blocks]
    at = texts.index(line.strip()) if line.strip() in texts else 0
    before = texts[at - 1] if at else ""
    words = before.split()
    # No sentence goes on behind a heading, whatever its last word is.
    heading = at > 0 and document.blocks[at - 1].kind == "heading"
    if heading or len(words) <= MOST_WORDS_OF_LABEL or before.endswith((".", "!", "?")):
        return False
    ties = any(
        lexicon.pattern(category, "whole").match(words[-1])
        for category in ("connectives", "function_words", "articles", "span_words")
    )
    of_event = lexicon.pattern("event", "within").search(before[-LONG_LINE:]) is not None
    return (ties and (words[-1].islower() or before.isupper())) or (len(before) >= PARAGRAPH and of_event)


def _is_brought(above: LinesAbove, lexicon: Lexicon) -> bool:
    """True where a text that was written for the web opens with a line that names whose page it is ("From the pages of …"): the letter
    that it brings has its own day at its end, and comes out later as often."""
    first = next((stripped for text in above.texts if (stripped := text.strip(" *_#"))), "")
    by_line = lexicon.pattern("by_line", "start").match(first)
    return above.form in ("html", "markdown") and len(first) <= LONG_LINE and by_line is not None


def is_of_end(line: str, above: LinesAbove, lexicon: Lexicon) -> bool:
    """True where a date line behind the text is the end of a sentence, of a note on a source, of a letter that the text brings in full,
    of the lines that announce an event, or where another
    day stands alone above the text."""
    texts, at = above.texts, above.place(line)
    if above.first_announced < at:
        return True
    if above.first_paragraph >= at:
        return False
    if _is_brought(above, lexicon):
        return True
    if STAMP.search(line):
        # A moment to the second below a text is a program's: when it stored or changed the page.
        return True
    if above.has_other_day(line, at):
        return True
    if _is_said(line, texts[max(at - 2, 0) : at]):
        return True
    before = texts[at - 1]
    if not re.search(r"[.!?؟。”\"»]$", before) and len(before) > LONG_LINE:
        return True
    for text in texts[max(at - _LINES_OF_EVENT, 0) : at][::-1]:
        if len(text) >= PARAGRAPH:
            break
        if lexicon.pattern("event", "start").match(text) or names_event(text, lexicon):
            return True
    return False


def _is_said(line: str, above: Sequence[str]) -> bool:
    """True for a date line that is somebody's words: within marks, behind the colon of a speaker on the line above, behind a dash as a line
    above is, or a whole sentence that answers the question of the two lines above."""
    text = line.strip(" *_")
    if _SPOKEN.match(text) or text.endswith(_CLOSING):
        return True
    if _DASHED.match(text) and any(map(_DASHED.match, above)):
        return True
    return text.endswith(".") and any(before.rstrip(" *_").endswith(_ASKING) for before in above)


def _has_date(text: str) -> bool:
    return any(len(mention.edtf) == DAY for mention in dates_in(text))


def is_signature(at: int, document: Document, layout: Layout) -> bool:
    """True where the line of the block at a place behind the text may sign it: it announces nothing, cites no work, stands in no list that
    the line before it announces, and neither a further part of the text nor the entries of a form follow it."""
    text = document.blocks[at].text.strip()
    before = document.blocks[at - 1].text.rstrip() if at else ""
    if _CITED.search(text) or text.endswith((":", "：")) or before.endswith((":", "：")):
        return False
    near = [
        block.text for block in document.blocks[max(at - _NEAR, 0) : at + _NEAR + 1] if len(block.text) <= PARAGRAPH
    ]
    if near.count(document.blocks[at].text) > 1 or sum(map(_has_date, near)) > _MOST_DAYS:
        # A row of a table.
        return False
    notes = {block.text for block in layout.notes}
    behind = [block for block in document.blocks[at + 1 :] if block.text.strip() and block.text not in notes]
    return not any(block.kind in _OF_PARTS or block.text.strip().isdigit() for block in behind)


def closing_dates(document: Document, layout: Layout, lexicon: Lexicon) -> list[DateMention]:
    """Dates that stand alone, or with a place, on a line behind the last paragraph of the text: the day it was signed.

    A line of a list of sources, of notes or of a print mark is none: it follows a line that does not end, or it has an address.
    """
    last = next(
        (at for at in range(len(document.blocks) - 1, -1, -1) if len(document.blocks[at].text) >= PARAGRAPH), None
    )
    if last is None:
        return []
    notes = {block.text for block in layout.notes}
    above = LinesAbove(document, lexicon)
    out = []
    for at in range(last + 1, len(document.blocks)):
        block = document.blocks[at]
        text = block.text.strip()
        if lexicon.pattern("notes_heading", "whole").match(text) or lexicon.pattern("after_page", "whole").match(text):
            break
        if block.kind != "paragraph" or len(text) > 70 or text in notes or CLOCK.search(text) or is_appointment(text):
            continue
        if is_of_end(text, above, lexicon):
            continue
        signed = is_signature(at, document, layout)
        for mention in roles_in_line(text, lexicon, "header"):
            if (
                mention.role == "release"
                and (signed or mention.labelled)
                and len(mention.edtf) == 10
                and "X" not in mention.edtf
                and is_date_line(text, lexicon)
                and not date_headlines.is_behind_words(text, mention, lexicon)
            ):
                form: DateForm = "label at the foot" if mention.labelled else "last lines"
                out.append(replace(mention, basis="dateline", form=form))
    return out


def _is_of_update(line: str, mention: DateMention, lexicon: Lexicon) -> bool:
    """True for the day of a change, "Update, May 13, 2011"."""
    change = lexicon.pattern("correction", "start").match(line.lstrip(" *_>([#"))
    return change is not None and not re.search(r"\w", line[line.find(change[0]) + len(change[0]) : mention.start])


def _is_of_printout(line: str, document: Document) -> bool:
    """True for a day with a clock that a program prints on a page of the web, beside its address and its number of pages."""
    if not _PRINTED_CLOCK.search(line):
        return False
    texts = [block.text.strip() for block in document.blocks] + [left.text.strip() for left in document.left_out]
    return any(ADDRESS.match(text) for text in texts) and any(map(_PAGE_OF_PAGES.fullmatch, texts))


def _is_of_chronicle(line: str, layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True for a day that heads an entry: three lines or more are nothing but a day, or two below a month, and paragraphs stand between
    them. The day of each is that of what it tells. The days of other texts that a page lists behind its own are no entries."""
    entries: list[tuple[str, str]] = []
    is_told = False
    others = {left.text.strip() for left in layout.left_out if left.reason == AFTER_PAGE}
    for block in document.blocks:
        text = block.text.strip()
        if text in others:
            continue
        if len(text) >= PARAGRAPH:
            is_told = True
        elif len(text) <= LONGEST_DATE_LINE:
            days = [date.edtf for date in dates_in(text, lexicon.document_language) if "X" not in date.edtf]
            is_entry = len(days) == 1 and (is_told or not entries or len(entries[-1][0]) < DAY)
            if is_entry and not taken_apart(text, lexicon).pieces:
                entries.append((days[0], text))
                is_told = False
    days_told = dict.fromkeys(day for day, _ in entries if len(day) == DAY)
    months = [day for day, _ in entries if len(day) < DAY]
    is_headed = len(days_told) > 1 and any(all(day.startswith(month) for day in days_told) for month in months)
    return (is_headed or len(days_told) > _MOST_DAYS) and any(text == line for _, text in entries)


def _is_of_period(line: str, mention: DateMention, layout: Layout, lexicon: Lexicon) -> bool:
    """True for the end of a period in accounts: the last day of a month below "Financial Statements" or behind "year ended", or a day
    that a second year goes with ("December 31, 2019 and 2018")."""
    behind = line[mention.end :].lstrip()
    also = lexicon.pattern("range_words", "start").match(behind)
    if also and re.match(r"\s*(?:19|20)\d\d(?!\d)", behind[also.end() :]):
        return True
    if not _is_last_of_month(mention.edtf):
        return False
    heads = [head for head in (layout.title, layout.subtitle, *layout.header) if len(head) <= PARAGRAPH]
    accounts = lexicon.pattern("accounts", "within")
    if any(lexicon.kind(accounts.sub(" ", head)) for head in heads):
        # A press release may be about accounts.
        return False
    return any(
        accounts.search(head) or (head != line and lexicon.pattern("period_words", "end").search(head.rstrip(" :,")))
        for head in heads
    )


def _is_last_of_month(day: str) -> bool:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).day == 1
    except (ValueError, OverflowError):
        return False


def is_of_something_else(line: str, mention: DateMention, layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True for a date in a header line that is a part of the headline, is the first thing that a page shows, is named by the line before
    it ("Joined"), or is somebody's birthday in the text."""
    at = line.casefold().find(layout.title.casefold()) if layout.title else -1
    if 0 <= at <= mention.start and mention.end <= at + len(layout.title):
        return True
    text = line.strip()
    if _BETWEEN_PLACES.match(line[mention.end :]):
        # "30 April 2019 – Lamp Room – House of the Keepers"
        return True
    if any(
        block.text.strip() == text and _NUMBER.fullmatch(after.text.strip())
        for block, after in pairwise(document.blocks)
    ):
        # The entries of a form: a name, a birthday, a telephone number.
        return True
    heading = any(block.kind == "heading" and block.text.strip() == text for block in document.blocks)
    if len(mention.edtf) < len("2013-05-03") and (heading or lexicon.kind(line) == "newsletter"):
        # The month of an issue: a newsletter of May comes out in June.
        return True
    if (
        _is_of_update(text, mention, lexicon)
        or _is_of_printout(text, document)
        or _is_of_chronicle(text, layout, document, lexicon)
    ):
        return True
    menu = [lexicon.pattern(category, "whole") for category in ("navigation", "site_bar")]
    for shown, following in pairwise(document.visible[:_FIRST_SHOWN] if document.form == "html" else ()):
        if shown.strip() == text and any(pattern.match(following) for pattern in menu):
            # A page's clock stands above its menu.
            return True
    words = [lexicon.pattern(category, "whole") for category in ("other_date_words", "updated")]
    for before, block in pairwise(document.blocks):
        if block.text.strip() == text and any(pattern.match(before.text.strip(" :*_")) for pattern in words):
            return True
    if _is_of_form(text, line[: mention.start], document, lexicon):
        return True
    if _is_of_period(line, mention, layout, lexicon):
        return True
    behind, before_day = (lexicon.pattern("other_date_words", place) for place in ("start", "end"))
    return any(
        behind.match(text[found.end() : found.end() + LONGEST_DATE_LINE].lstrip(" ,，("))
        or before_day.search(text[max(found.start() - PARAGRAPH, 0) : found.start()].rstrip(" ,，("))
        for text in [block.text for block in layout.body[:3]]
        for found in re.finditer(re.escape(mention.written), text)
    )
