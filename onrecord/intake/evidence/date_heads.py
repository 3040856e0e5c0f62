"""The dates at the head of a document: of its lines above the text and of its dateline, each with its role and its form."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from onrecord.intake.document import Document, Layout
from onrecord.intake.evidence import date_events, date_headlines, date_places, date_roles
from onrecord.intake.evidence.date_forms import DateForm
from onrecord.intake.evidence.date_mentions import DateMention, dates_in
from onrecord.intake.evidence.dateline import dateline
from onrecord.intake.evidence.header_words import taken_apart
from onrecord.intake.evidence.lines_above import LinesAbove
from onrecord.intake.lexicon import Lexicon, lexicon_of

_STAMP = re.compile(r"[\[(](?P<inside>[^\[\]()]{8,80})[\])]\s*\S")
# "October 6, 2031: The council met."
_BEFORE_COLON = re.compile(r"(?P<day>[^:：]{4,40})[:：]\s")
_BOOK = re.compile(r"\W*ISBN\b")
_MOST_IN_HEADER = 60
# So many blocks at the end of a document may have a label of the whole.
_LAST_BLOCKS = 6


def header_dates(layout: Layout, document: Document, lexicon: Lexicon) -> list[DateMention]:
    """The dates of the lines above the text, in their order, and, where none of them is the release's, of those that a word at the foot
    calls so."""
    leading = date_roles.leading_lines(layout.body, lexicon)
    leading += [
        line
        for line in date_roles.lines_below_title(document, layout, lexicon)
        if line not in (*layout.header, *leading)
    ]
    lines = date_roles.joined((*layout.header, *leading), document, lexicon)
    # Elsewhere a heading is what the size of its letters makes one.
    marked = document.form in ("html", "markdown")
    headings = {
        block.text.strip()
        for before, block in pairwise(document.blocks)
        if marked and block.kind == "heading" and before.text.strip() != layout.title
    }
    stated = [(line, mention) for line in lines for mention in date_roles.roles_in_line(line, lexicon, "header")]
    of_headline = date_headlines.days_of_matter(stated, layout, document, lexicon)
    yearless = len(_parts_of_dates(document, lexicon)) > 1
    of_event = (
        date_events.is_agenda(layout.title, lexicon)
        or date_events.is_programme(document)
        or date_events.is_of_page(layout.title, document, lexicon)
    )
    events = date_events.event_days(document, lexicon)
    # Lines with so many days are a list, whose days are not looked at one by one.
    is_list = len(stated) > _MOST_IN_HEADER
    out = [
        replace(mention, role="other", labelled=False)
        if is_list
        or date_places.is_wrapped(line, document, lexicon)
        or date_headlines.is_of_named_thing(line, mention, layout, lexicon)
        or (not mention.labelled and date_places.is_of_something_else(line, mention, layout, document, lexicon))
        else replace(mention, role="event", labelled=False)
        if mention.role == "release"
        and (
            mention.edtf in events
            or mention in of_headline
            or (of_event and not mention.labelled)
            or date_events.is_of_event(line, mention, document, lexicon)
        )
        else replace(mention, form=_form(line, mention, line in leading, line.strip() in headings, yearless, lexicon))
        for line, mention in stated
    ]
    if not any(mention.role == "release" for mention in out):
        for line in layout.footer:
            mentions = date_roles.roles_in_line(line, lexicon, "header")
            out += [
                replace(mention, form="label at the foot")
                for mention in mentions
                if (mention.labelled and not date_headlines.is_of_named_thing(line, mention, layout, lexicon))
                or mention.role != "release"
            ]
    # "Date: June 26" and "May 30, 5:30 pm" announce a day to come as often as they name the day of writing.
    out = [
        replace(mention, role="event")
        if mention.edtf.startswith("XXXX") and (mention.labelled or date_roles.has_clock(mention.line))
        else mention
        for mention in out
    ]
    if any(map(_BOOK.match, lines)):
        # The data of a book that the text is about.
        out = [replace(mention, role="other", labelled=False) for mention in out]
    return out


def _form(line: str, mention: DateMention, leading: bool, heading: bool, yearless: bool, lexicon: Lexicon) -> DateForm:
    if mention.labelled:
        return _form_of_label(line[: mention.start], lexicon)
    if yearless and (mention.edtf.startswith("XXXX") or len(mention.edtf) < date_roles.DAY):
        return "one of several lines without a year or a day"
    if mention.edtf.startswith("XXXX"):
        return "line without a year"
    if leading:
        return "line among the first of the text"
    if heading:
        return "line that is a heading"
    return "line with a name" if taken_apart(line, lexicon).pieces else "line of its own"


def _form_of_label(before: str, lexicon: Lexicon) -> DateForm:
    """Whether words before a day call it that of publication, only a date, or have such a word among others ("Date filed")."""
    nouns = {lexicon_of(tag).phrases("label_date")[0] for tag in (lexicon.language, "en")}
    words = (found[0].strip(" :：").casefold() for found in lexicon.pattern("published", "within").finditer(before))
    if lexicon.find_kind(before) or any(word not in nouns for word in words):
        return "label"
    label = before.rstrip(" :：*_–—-").lstrip(" *_|•·-")
    last = label.rpartition("|")[2].strip()
    of_date = lexicon.pattern("label_date", "whole")
    return "label of a date" if of_date.match(label) or of_date.match(last) else "label with other words"


def _parts_of_dates(document: Document, lexicon: Lexicon) -> frozenset[str]:
    """The days without a year and the months that stand alone on a line: several are those of what a programme or a chronicle lists."""
    texts = (text for block in document.blocks if len(text := block.text.strip()) <= date_roles.LONGEST_DATE_LINE)
    return frozenset(
        mention.edtf
        for text in texts
        for mention in dates_in(text, lexicon.document_language)
        if (mention.edtf.startswith("XXXX") or len(mention.edtf) < date_roles.DAY)
        and not re.search(r"\w", text.replace(mention.written, "", 1))
    )


def labelled_at_end(layout: Layout, document: Document, lexicon: Lexicon) -> list[DateMention]:
    """The days that a word in a short line at the end of a document calls those of its publication."""
    texts = [block.text for block in document.blocks[-_LAST_BLOCKS:]]
    lines = [text for text in dict.fromkeys((*layout.footer, *texts)) if len(text) <= 2 * date_roles.PARAGRAPH]
    return [
        replace(mention, form="label at the foot")
        for line in lines
        for mention in date_roles.roles_in_line(line, lexicon, "header")
        if mention.labelled and mention.role == "release" and line[: mention.start].rstrip(" *_").endswith((":", "："))
    ]


def dateline_dates(layout: Layout, document: Document, lexicon: Lexicon) -> list[DateMention]:
    """The dates of the dateline, or of one that still stands, as a whole or in part, at the head of the first paragraph."""
    above = LinesAbove(document, lexicon)
    if date_places.is_of_end(layout.dateline, above, lexicon):
        return []
    if above.texts.count(layout.dateline.strip()) > 1:
        # A cell of a table that comes again.
        return []
    if _is_entry(layout, document, lexicon):
        return []
    at = above.place(layout.dateline)
    if at > above.first_paragraph:
        signed = date_places.is_signature(at, document, layout)
        return [
            replace(mention, form="label at the foot" if mention.labelled else "last lines")
            for mention in date_roles.roles_in_line(layout.dateline, lexicon, "dateline")
            if (signed or mention.labelled)
            and "X" not in mention.edtf
            and not date_headlines.is_behind_words(layout.dateline, mention, lexicon)
        ]
    mentions = _of_dateline(layout.dateline, lexicon)
    if mentions or not layout.body:
        return mentions
    first = next((block.text for block in layout.body if block.kind == "paragraph"), "")
    stamp = _STAMP.match(first)
    if stamp and lexicon.find_kind(stamp["inside"]):
        # "[Press release - 3 May 2013] The keepers …"
        return [
            replace(mention, basis="dateline", form="dateline")
            for mention in date_roles.roles_in_line(stamp["inside"], lexicon, "header")
        ]
    cut = (block.text for block in document.blocks if layout.dateline and block.text.startswith(layout.dateline))
    line = dateline(next(cut, first), None, lexicon)[1]
    return _of_dateline(line, lexicon)


def _is_entry(layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True for a day alone and a colon before the text, as the entries of a chronicle begin: where another paragraph begins so, or a
    heading stands right above it that is neither the title nor names the kind."""
    line, blocks = layout.dateline.strip(" :："), document.blocks
    days = [_day_before_colon(block.text.strip(), lexicon) for block in blocks]
    begun = [at for at, day in enumerate(days) if day]
    own = next((at for at in begun if line and days[at] == line), -1)
    if own < 0:
        return False
    above = blocks[own - 1] if own else None
    headed = above is not None and above.kind == "heading" and above.text.strip() != layout.title
    return len(begun) > 1 or bool(headed and above and not lexicon.find_kind(above.text))


def _day_before_colon(text: str, lexicon: Lexicon) -> str:
    """The day with which a text begins, a colon right behind it; an empty text where none does."""
    match = _BEFORE_COLON.match(text)
    dates = dates_in(match["day"], lexicon.document_language) if match else []
    alone = len(dates) == 1 and dates[0].written.strip() == (match["day"].strip() if match else "")
    return match["day"].strip() if match and alone else ""


def _of_dateline(line: str, lexicon: Lexicon) -> list[DateMention]:
    return [replace(mention, form="dateline") for mention in date_roles.roles_in_line(line, lexicon, "dateline")]
