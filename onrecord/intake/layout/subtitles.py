"""What the lines between headline and text are. The sub-title is a phrase or sentence about the matter that has a place of its own, and no
section's heading, by-line, stamp, credit, label or beginning of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.intake.document import Block
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.layout import headline_checks, line_signs, page_head, subtitle_checks
from onrecord.intake.layout.assignment import Assignment, Move, Place
from onrecord.intake.layout.candidates import Candidate, letters
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.layout.headline_signs import PART_SHARE
from onrecord.intake.layout.organizations import is_office
from onrecord.intake.layout.place_and_date import dateline
from onrecord.intake.layout.text_echo import TextEcho

# A line above the first long paragraph that is part of the text: "1. Introduction", "The facts:".
OPENS_TEXT = re.compile(r"^(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s|[.!?:؟]\s*$")
_LEAST_WORDS, _LEAST_OF_PAGE, _LONG, _LONG_HEADING = 5, 6, 8, 7
# Formats that have no other mark for a sub-title than that of a heading, or than large letters.
_ONE_STYLE = frozenset({"markdown", "text", "pdf", "scan", "rtf", "doc"})
# On a page, no more lines of its head part a sub-title from the headline.
_MOST_BETWEEN = 4
# A by-line, or a line of a page's head, has fewer words.
_MOST_AUTHOR, _MOST_NAMES = 12, 6
# In capitals, a line with fewer words is a kind, a number, a name.
_LEAST_CAPITALS = 10
# A line of the day has no more words; with those of its change, no more.
_MOST_OF_DAY, _LONGEST_STAMP = 14, 24
# What opens an item, a paragraph with its number, a shortcode.
_OPENS_ELSE = re.compile(r"^(?:[\ue000-\uf8ff■▪●•◦‣*\[{>]|\(?\d{1,3}[.)]|[IVX]{1,4}\.\s)")
# "Part A – Details of the application"
_PART = re.compile(r"[^\W\d_]{3,9} (?:[A-Z]|\d{1,2}|[IVX]{1,4})\s*[–—:.-]\s")
_PARTED = re.compile("\\s[|•·\u0640]\\s|\\w\\|\\w")
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]\d\d|\s?h)\b")
# "Author: Ada Marr (Keld News)"
_LABELLED_NAME = re.compile(r"^[^\W\d_][\w ]{0,20}:\s+[^\W\d_a-z]\w+\s+[^\W\d_a-z]\w+(?:\s*[,(/|].*)?$")
# "Use #LightOrla to help": a call to the reader.
_CALLS_ON = re.compile(r"(?<!\w)[#@][^\W\d_]\w+")
# "Scope: pages 6-10 Status: complete"
_LABELS = re.compile(r"(?:^|(?<=\s))[^\W\d_a-z]\w+(?: \w+)?:(?=\s)")
# "… selects its partner KELD, Tarn--(SEAWIRE)--": the place of the text, glued to the line above it.
_DATELINE_BEHIND = re.compile(r"[-–—]\s?\([^\W\d_a-z][^()]{2,40}\)|\([^\W\d_a-z][^()a-z]{2,40}\)\s?[-–—]{1,2}")
# What leads to the text, and half a word at a line's end; what ends a greeting.
_LEADS_ON, _GREETS = (":", "：", "-"), (",", "،", "，")
_SMALL = 4
# Of words that all begin with a capital, a sub-title has so many, and the text so many of them again.
_LEAST_TITLED, _LEAST_HEARD = 5, 3
# A notice about the document has fewer words.
_LONGEST_NOTICE = 30
FIRST_PART = "heads the first part of the text"
OF_HEAD = "line of the head under the headline"
SHORT_LINE = "short line under the headline"
UNDER = "is under the headline"
BETWEEN = "is between headline and text"
RELATED = "link between the headline and the text"
_MOST_REPEATED = 40
# Of so many lines below it is asked whether they have its words again.
_SEEN_BELOW = 60


def below(found: Sequence[Candidate], title: str, assignment: Assignment, context: Context) -> Iterator[Move]:
    """What becomes of the lines between the headline, which is `title`, and the text: the one right below it may be the sub-title, on a
    page behind other lines of its head; what reads like text belongs to it."""
    may_follow = True
    before: Candidate | None = None
    goes_to: Place = "body"
    for at, candidate in enumerate(found):
        if _ends_paragraph(candidate, before, assignment, context):
            yield _move(candidate, goes_to, BETWEEN if goes_to == "body" else UNDER)
            before = candidate
            continue
        before = None
        may_follow = may_follow and at <= _MOST_BETWEEN
        words = line_signs.word_count(candidate.text)
        paragraph = candidate.block.kind == "paragraph"
        of_page = candidate.line < context.document.begins
        of_page_form = context.document.form == "html"
        if heads_first_part(candidate, assignment, context):
            yield _move(candidate, "body", FIRST_PART)
        elif of_page and (place := page_head.place_of(candidate.block, context)):
            yield _move(candidate, place, page_head.REASON, prose=place == "left_out")
        elif of_page_form and page_head.is_link(candidate.block) and not may_follow:
            yield _move(candidate, "left_out", RELATED, prose=words >= _LONG)
        elif paragraph and is_office(candidate.text, context.language):
            yield _move(candidate, "header", "person or office under the headline")
            may_follow = may_follow and of_page
        elif of_page_form and page_head.is_of_head(candidate, assignment, context.lexicon):
            yield _move(candidate, "header", OF_HEAD)
        elif subtitle_checks.is_credit(candidate.text, context.lexicon):
            yield _move(candidate, "left_out", "caption of a picture", prose=True)
        elif paragraph and words < _LONGEST_NOTICE and subtitle_checks.is_notice(candidate.text, context.lexicon):
            may_follow = may_follow and of_page
            yield _move(candidate, "left_out", "says something of the document", prose=True)
        elif subtitle_checks.is_in_brackets(candidate.text):
            yield _move(candidate, "header", "note in brackets under the headline")
        elif of_page_form and not paragraph and subtitle_checks.is_joined(candidate.text):
            may_follow = False
            yield _move(candidate, "header", "heading whose lines were joined")
        elif may_follow and subtitle_checks.restates(candidate.text, title, context.lexicon):
            yield _move(candidate, "header", "the headline in other words")
        elif may_follow and is_subtitle(candidate, assignment, context):
            may_follow = False
            kicker = subtitle_checks.kicker(candidate.block)
            if kicker:
                yield Move(
                    candidate.line, "header", "label before the sub-title", candidate.start, candidate.start + kicker
                )
            before, goes_to = candidate, "subtitle"
            yield Move(candidate.line, "subtitle", UNDER, candidate.start + kicker, candidate.end)
        elif words < _MOST_AUTHOR and names_author(candidate.text, context):
            yield _move(candidate, "header", "by-line under the headline")
        elif (
            paragraph
            and words <= _LONGEST_STAMP
            and (of_page_form or not line_signs.ends_sentence(candidate.text))
            and is_stamp(candidate, assignment, context)
        ):
            yield _move(candidate, "header", "line of the day under the headline")
        elif of_page and paragraph and len(_LABELS.findall(candidate.text)) > 1:
            # "ON THE PIER: Ada Marr lit the lamps. Photo: Jan Holt"
            yield _move(candidate, "left_out", page_head.REASON, prose=True)
        elif of_page and paragraph and words < _MOST_AUTHOR and not line_signs.ends_sentence(candidate.text):
            yield _move(candidate, "header", page_head.REASON)
        elif not paragraph or words >= 5 or OPENS_TEXT.search(candidate.text):
            may_follow = False
            before, goes_to = candidate, "body"
            yield _move(candidate, "body", BETWEEN)
        else:
            # "Addendum" says which of a report's parts it is, and the line below what it is about.
            may_follow = may_follow and (of_page or len(candidate.text.split()) == 1)
            yield _move(candidate, "header", SHORT_LINE)


def _ends_paragraph(candidate: Candidate, before: Candidate | None, assignment: Assignment, context: Context) -> bool:
    """True for the next line of a paragraph, no blank line between, that is the sub-title or went to the text, and whose sentence has not
    ended: no by-line and no stamp."""
    return (
        before is not None
        and not names_author(candidate.text, context)
        and not is_stamp(candidate, assignment, context)
        and candidate.block.close
        and candidate.line == before.line + 1
        and candidate.block.kind == before.block.kind == "paragraph"
        and not line_signs.ends_sentence(before.text)
    )


def is_subtitle(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for a line under the headline that is clearly its sub-title."""
    text = candidate.text.strip()
    # On a page, a heading of a rank of its own says by its style what it is.
    styled = (
        context.document.form == "html" and candidate.block.kind == "heading" and not text.endswith(("?", "？", "؟"))
    )
    least = _LEAST_OF_PAGE if context.document.form == "html" and not styled else _LEAST_WORDS
    if candidate.block.kind == "item" or line_signs.word_count(text) < least or _leads_on(candidate, assignment):
        return False
    if (
        len(_LABELS.findall(text)) > 1
        or _OPENS_ELSE.match(text)
        or _PART.match(text)
        or _LABELLED_NAME.match(text)
        or _CALLS_ON.search(text)
        or _DATELINE_BEHIND.search(text)
        or subtitle_checks.is_torn(text)
        or subtitle_checks.is_without_sign(candidate.block)
        or headline_checks.never_headline(text, context)
    ):
        return False
    if names_author(text, context) or is_stamp(candidate, assignment, context) or page_head.is_link(candidate.block):
        return False
    label = next((run for run in candidate.block.runs if run.text.strip()), None)
    if label is not None and label.strong and label.text.rstrip().endswith((":", "：")):
        # "**Status:** second reading"
        return False
    if candidate.block.kind == "heading" and (
        heads_section(candidate, assignment, context)
        or _heads_list(candidate, assignment)
        or _is_of_several(candidate, assignment)
    ):
        return False
    heads_day = opens_with_day(assignment, context)
    if candidate.block.kind == "paragraph" and not heads_day and _is_of_text(candidate, assignment, context):
        return False
    worded = _is_phrase(text, context) or _is_titled(candidate, assignment, context)
    return worded and not begins_text(text, assignment)


def _leads_on(candidate: Candidate, assignment: Assignment) -> bool:
    """True for a line that leads to the text, that ends in half a word, or that greets: a comma ends it, and it goes on in no line."""
    text = candidate.text.strip()
    following = assignment.lines[candidate.line + 1 : candidate.line + 2]
    apart = not any(line.block.close for line in following)
    return text.endswith(_LEADS_ON) or (text.endswith(_GREETS) and apart)


def _is_of_text(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for a paragraph that is the caption of a picture, running text, or pulled out of the text below."""
    text = candidate.text.strip()
    below = assignment.lines[candidate.line + 1 : candidate.line + 1 + _SEEN_BELOW]
    return (
        subtitle_checks.ends_at_place(text)
        or subtitle_checks.is_caption(text, context.lexicon)
        or subtitle_checks.is_running(candidate.block, of_page=context.document.form == "html")
        or subtitle_checks.is_pulled_out(text, [line.text for line in below])
    )


def names_author(text: str, context: Context) -> bool:
    """True for a by-line: its word at the start, names behind it."""
    return context.lexicon.pattern("by_line", "start").match(text) is not None and not has_clause(text, context.lexicon)


def is_by_line(text: str, context: Context) -> bool:
    """True for a short by-line alone on its line, of which the first and the last word behind it have a capital."""
    text = text.strip(" *_()[]")
    match = context.lexicon.pattern("by_line", "start").match(text)
    names = text[match.end() :].split() if match else []
    capitals = bool(names) and all(name[:1].isupper() for name in (names[0], names[-1]))
    named = capitals and len(names) <= _MOST_NAMES and not line_signs.ends_sentence(text)
    return named and not has_clause(" ".join(names), context.lexicon)


def is_stamp(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for a line of the day, of an hour, or of pieces that marks part."""
    text = candidate.text.strip()
    words = line_signs.word_count(text)
    if line_signs.ends_sentence(text) and words >= _LONG:
        return False
    stated = any(context.lexicon.pattern(name, "within").search(text) for name in ("published", "updated"))
    dated = bool(assignment.lines[candidate.line].header.dates)
    timed = _CLOCK.search(text) is not None
    if _PARTED.search(text):
        return words <= _MOST_OF_DAY or dated or timed
    short = words < _LONG and (dated or timed)
    return short or (dated and timed) or (stated and any(map(str.isdigit, text)) and (dated or words < _MOST_OF_DAY))


def heads_first_part(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for the heading right above the text of whose rank another stands below."""
    return (
        candidate.block.kind == "heading"
        and candidate.line == assignment.opening - 1
        and not page_head.is_link(candidate.block)
        and heads_section(candidate, assignment, context)
    )


def heads_section(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for a heading of whose rank another stands below, so that both head parts. On pages and in text processors, a sub-title may
    be set as its parts' headings are: it has more words, and does not end with the name of who wrote its part."""
    if not has_rank_again(candidate.block, assignment, candidate.line + 1):
        return False
    if candidate.line == assignment.opening - 1 and opens_with_day(assignment, context):
        return False
    short = line_signs.word_count(candidate.text) < _LONG_HEADING
    return (
        context.document.form in _ONE_STYLE
        or short
        or subtitle_checks.ends_with_author(candidate.text, context.lexicon)
    )


def _heads_list(candidate: Candidate, assignment: Assignment) -> bool:
    """True for the heading right above the items of a list."""
    following = assignment.lines[candidate.line + 1 : candidate.line + 2]
    return any(line.block.kind == "item" for line in following)


def _is_of_several(candidate: Candidate, assignment: Assignment) -> bool:
    """True for the first of two headings of one rank that stand right below each other: what a text holds in points."""
    following = (line.block for line in assignment.lines[candidate.line + 1 : candidate.line + 2])
    return any(block.kind == "heading" and block.level == candidate.block.level for block in following)


def has_rank_again(heading: Block, assignment: Assignment, start: int) -> bool:
    """True where a heading of the rank of this one stands among the lines from the number `start` on."""
    below = (line.block for line in assignment.lines[start:])
    return any(block.kind == "heading" and block.level == heading.level for block in below)


def _is_phrase(text: str, context: Context) -> bool:
    """True for words that are more than names."""
    if text.upper() == text.lower():
        return True
    if text.isupper():
        return line_signs.word_count(text) >= _LEAST_CAPITALS
    small = context.lexicon.pattern("function_words", "whole")
    words = re.findall(r"[^\W\d_]+", text)
    return any(word[:1].islower() and len(word) >= _SMALL and not small.match(word) for word in words)


def _is_titled(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for a paragraph right above the text whose words all begin with a capital, as those of a headline do: over the place and day of
    the text, or where the text has most of its words again. Names are none: they are asked about before."""
    text, last = candidate.text, candidate.line
    for line in assignment.lines[candidate.line + 1 : assignment.opening]:
        if not line.block.close or line.block.kind != "paragraph" or line.header.is_header:
            break
        text, last = f"{text} {line.text.strip()}", line.number
    words = [word.strip("“”\"‘’'(),:;") for word in text.split()]
    titled = all(word[:1].isupper() for word in words if len(word) > _SMALL and word.isalpha())
    if (
        candidate.block.kind != "paragraph"
        or last != assignment.opening - 1
        or len(words) < _LEAST_TITLED
        or not titled
    ):
        return False
    if line_signs.ends_sentence(text) or any(map(str.isdigit, text)):
        return False
    if opens_with_day(assignment, context):
        return True
    echo = TextEcho.below(assignment, text).of(text, context.lexicon.words("function_words"))
    return echo.found >= _LEAST_HEARD and echo.share >= PART_SHARE


def opens_with_day(assignment: Assignment, context: Context) -> bool:
    """True where the text begins with its place and day: whatever stands above that heads the whole, and no part."""
    opening = assignment.lines[assignment.opening : assignment.opening + 1]
    placed = dateline(opening[0].text, context.terms, context.language)[1] if opening else ""
    return bool(placed) and bool(dates_in(placed, context.language))


def begins_text(text: str, assignment: Assignment) -> bool:
    """True for words with which the text begins, too."""
    if assignment.opening >= len(assignment.lines):
        return False
    words = letters(text)[:_MOST_REPEATED]
    return letters(assignment.lines[assignment.opening].text).startswith(words)


def _move(candidate: Candidate, place: Place, reason: str, *, prose: bool = False) -> Move:
    return Move(candidate.line, place, reason, candidate.start, candidate.end, prose=prose)
