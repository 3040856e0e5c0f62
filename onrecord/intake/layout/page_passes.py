"""Passes that take a page's own words out: what browsers print, menus and buttons, comments and related pages, copyright lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.document import AFTER_PAGE, Block
from onrecord.intake.evidence import reference_mentions
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.lines import Line

_PRINT_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?!\d)")
_DAY_AND_ADDRESS = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,?\s+\d{1,2}[:.]\d\d)?\s+(?:https?://|www\.)\S+")
_ADDRESS_AND_PAGE = re.compile(r"(?:https?://|www\.)\S+\s+\(\d+ \S{1,4} \d+\)(?:\s*\[[^\[\]]{6,40}\])?")
_PAGE_OF_PAGES = re.compile(r"[^\W\d_]+\.?\s+\d{1,4}\s*(?:/|[^\W\d_]{2,3})\s*\d{1,4}(?!\d)")
_PRINT_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\s+\d+/\d+")
# A name behind a blank, and what may stand between it and "photo".
_MADE_BY = re.compile(r"[\s/／:：]\w{2,12}\s?$")
_LONGEST_CAPTION = 160
_ENDED = re.compile(r"[.!?…)\]”»\"']\s+$")
_STOPPED = re.compile(r"[.!?…]")
_READ_MORE_REACH = 120
# Words of a button are fewer.
_LEAST_HEADING = 4
# So many paragraphs have a page's text and its notices, of which so many may stand at each end, in so many characters.
_LEAST_PROSE, _AT_EDGE, _LONGEST_WALL = 5, 2, 220
# Behind fewer, the last one alone may be such a notice. What a site asks of its readers there may be longer; so may what it says in the
# place of a film or a map.
_LEAST_ABOVE_APPEAL, _LONGEST_APPEAL, _LONGEST_EMBED = 3, 600, 400
# A box within a text has no more.
_MOST_LINKS = 8
_MOST_LINKED = 0.7
# A text that goes on behind a box has so many more paragraphs, and this share of its running text.
_LEAST_BEHIND, _LEAST_SHARE = 2, 0.2


def print_marks(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The line of day and title that a browser prints above a page, where it also printed address and page below."""
    if any(_PRINT_ADDRESS.fullmatch(line.text.strip()) for line in assignment.lines):
        for line in assignment.lines[:3]:
            if _PRINT_DAY.match(line.text.strip()) and not line.is_prose:
                yield Move(line.number, "left_out", "day and title of a print")


def navigation(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines of menus, buttons, notices. Among the text, a heading over a paragraph is the text's own, whatever it is called; and
    "Contact" is the head of a list of telephone numbers."""
    begins = next((line.number for line in assignment.lines if line.is_prose), len(assignment.lines))
    for line in assignment.lines:
        if not line.is_text or not line.is_navigation or line.is_copyright or line.is_end_mark or line.ends_page:
            continue
        following = assignment.lines[line.number + 1] if line.number + 1 < len(assignment.lines) else None
        heads = line.block.kind == "heading" and following is not None and following.is_prose
        if line.number > begins and (line.opens_contacts or heads):
            continue
        if heads and line.word_count >= _LEAST_HEADING:
            # "Share in a harbour" begins as a button does.
            continue
        if line.text.strip():
            yield Move(line.number, "left_out", "navigation")


def after_page(assignment: Assignment, context: Context) -> Iterator[Move]:
    """All that follows the heading of comments or related pages; a copyright line among it stays as a line of the foot. A box of links
    that stands within the text is left out alone."""
    opens = context.document.begins
    begins = next((line.number for line in assignment.lines[opens:] if line.is_prose), None)
    if begins is None:
        return
    at = begins + 1
    while at < len(assignment.lines):
        line = assignment.lines[at]
        if not line.ends_page or not assignment.is_whole(at):
            at += 1
            continue
        end = _end_of_box(assignment, at) or (_text_goes_on(assignment, at, opens) if opens else 0)
        for inside in assignment.lines[at : end or len(assignment.lines)]:
            if not assignment.is_whole(inside.number):
                continue
            if end:
                yield Move(inside.number, "left_out", "box of links")
            elif inside.is_copyright and len(inside.text) < 200:
                yield Move(inside.number, "footer", "copyright line")
            else:
                doubtful = inside.is_prose and not _is_teaser(inside.block)
                yield Move(inside.number, "left_out", AFTER_PAGE, prose=doubtful)
        if not end:
            return
        at = end


def _is_teaser(block: Block) -> bool:
    """True for words that are a link as a whole, or nearly: the head of another page."""
    linked = sum(len(run.text) for run in block.runs if run.href)
    return linked > len(block.text) * _MOST_LINKED


def _end_of_box(assignment: Assignment, heading: int) -> int:
    """The line with which the text goes on behind a heading of related pages and their links; 0 where it does not: running text must
    follow the links at once, and again before any other heading."""
    lines = assignment.lines
    at = heading + 1
    while at < len(lines) and at - heading <= _MOST_LINKS and _is_link(lines[at]):
        at += 1
    if at == heading + 1 and not any(run.href for run in lines[heading].block.runs):
        return 0
    prose = [
        line
        for line in lines[at : at + 2]
        if line.is_prose and line.block.kind in ("paragraph", "quote") and not _is_link(line)
    ]
    return at if len(prose) == 2 else 0


def _text_goes_on(assignment: Assignment, heading: int, begins: int) -> int:
    """The first running text behind a heading of related pages where much of the text stands behind it, of a page of which the part is
    known that holds its text; 0 where it does not."""
    prose = [
        line
        for line in assignment.lines[begins:]
        if line.is_prose and not _is_link(line) and not _is_teaser(line.block)
    ]
    behind = [line for line in prose if line.number > heading and line.block.kind in ("paragraph", "quote")]
    length = sum(len(line.text) for line in behind)
    much = len(behind) >= _LEAST_BEHIND and length >= _LEAST_SHARE * sum(len(line.text) for line in prose)
    return behind[0].number if much else 0


def _is_link(line: Line) -> bool:
    """True for a list item without running text, or a line that is a link from end to end."""
    if not line.is_text or line.ends_page:
        return False
    linked = [run for run in line.block.runs if run.text.strip()]
    if line.text.lstrip().startswith((">>", "»")) and not line.ends_sentence:
        return True
    return (line.block.kind == "item" and not line.is_prose) or (bool(linked) and all(run.href for run in linked))


def walls(assignment: Assignment, context: Context) -> Iterator[Move]:
    """What a site says of itself at the edges of a page's text: that one can read on with an account, or save it. It is asked about."""
    if context.document.form != "html":
        return
    notice = context.lexicon.pattern("site_notice", "within")
    lines = [line for line in assignment.lines[context.document.begins :] if assignment.is_whole(line.number)]
    prose = [line for line in lines if line.is_prose and not line.is_copyright]
    if len(prose) < _LEAST_ABOVE_APPEAL:
        return
    long = len(prose) >= _LEAST_PROSE
    edges = {line.number: line for line in ((*prose[:_AT_EDGE], *prose[-_AT_EDGE:]) if long else prose[-1:])}
    ends = prose[-1].number
    edges |= {line.number: line for line in lines if line.number > ends and line.is_text and not line.is_copyright}
    for number, line in sorted(edges.items()):
        longest = _LONGEST_APPEAL if number >= ends else _LONGEST_WALL
        if len(line.text) <= longest and notice.search(line.text):
            yield Move(number, "left_out", "notice of the site", prose=True)


def embeds(assignment: Assignment, context: Context) -> Iterator[Move]:
    """What a page says in the place of a film, a post or a map that another site holds and that is shown to who consents. It is asked
    about."""
    if context.document.form != "html":
        return
    notice = context.lexicon.pattern("embed_notice", "within")
    for line in assignment.lines:
        whole = line.is_text and assignment.is_whole(line.number) and len(line.text) <= _LONGEST_EMBED
        if whole and notice.search(line.text):
            yield Move(line.number, "left_out", "notice in the place of an embedded part", prose=True)


def captions(assignment: Assignment, context: Context) -> Iterator[Move]:
    """A line of a page that ends in the name of who made a picture, as captions do that no element names so. It is asked about."""
    if context.document.form != "html":
        return
    made_by = context.lexicon.pattern("credit_tails", "end")
    for line in assignment.lines:
        text = line.text.rstrip(" )）")
        found = made_by.search(text) if line.block.kind == "paragraph" and len(text) <= _LONGEST_CAPTION else None
        if found and assignment.is_whole(line.number) and _MADE_BY.search(text[: found.start()]):
            yield Move(line.number, "left_out", "caption of a picture", prose=True)


def print_lines(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Addresses of pages, numbers of pages, lines of printing, copyright and reference lines below the beginning of the text."""
    begins = next((line.number for line in assignment.lines if line.is_prose), None)
    if begins is None:
        return
    printed = context.lexicon.pattern("printed", "start")
    page = context.lexicon.pattern("page_number", "start")
    feed = context.lexicon.pattern("feed_line", "whole")
    claimed = context.lexicon.pattern("copyright", "within")
    # Behind all other sentences, "© 2014 Pier Watch. All rights reserved." is none of the text, sentence though it is.
    copied = any(line.is_copyright and not line.is_prose for line in assignment.lines[begins + 1 :])
    ends = max((line.number for line in assignment.lines if line.is_prose and not line.is_copyright), default=begins)
    for line in assignment.lines[begins + 1 :]:
        text = line.text.strip()
        if not line.is_text or not text or not assignment.is_whole(line.number):
            continue
        at_foot = line.number > ends
        # "All design is copyright Pier Watch", beside a line that has the year, too.
        beside = copied and at_foot and not line.ends_sentence and claimed.search(text) is not None
        if len(text) < 140 and (beside or (line.is_copyright and (not line.is_prose or at_foot))):
            yield Move(line.number, "footer", "copyright line")
        elif line_signs.is_address(text) or (
            len(text) < 200 and (_DAY_AND_ADDRESS.fullmatch(text) or _ADDRESS_AND_PAGE.fullmatch(text))
        ):
            yield Move(line.number, "footer", "address of a page")
        elif len(text) < 160 and _PAGE_OF_PAGES.match(text) and page.match(text):
            yield Move(line.number, "footer", "number of a printed page")
        elif len(text) < 400 and feed.match(text.rstrip(" .")):
            yield Move(line.number, "left_out", "line of a feed")
        elif (
            len(text) < 140
            and not line.is_prose
            and printed.match(text)
            and (line.header.dates or not line.ends_sentence)
        ):
            yield Move(line.number, "footer", "line of printing")
        elif len(text) < 100 and reference_mentions.is_reference_line(text):
            yield Move(line.number, "footer", "reference")


def read_more(assignment: Assignment, context: Context) -> Iterator[Move]:
    """A "read more" that was glued to the end of a paragraph."""
    pattern = context.lexicon.pattern("read_more", "within")
    for line in assignment.lines:
        if line.block.kind != "paragraph" or not assignment.is_whole(line.number):
            continue
        for match in pattern.finditer(line.text, max(0, len(line.text) - _READ_MORE_REACH)):
            behind = line.text[match.end() :].rstrip(" .!»›→…>")
            if _ENDED.search(line.text[: match.start()][-8:]) and not _STOPPED.search(behind):
                yield Move(line.number, "left_out", "link to the page", start=match.start())
                break
