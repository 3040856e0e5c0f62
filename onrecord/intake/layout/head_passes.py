"""Passes over the lines above the first paragraph: where the text begins, contacts, labels, kinds and dates, letterheads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.term_finder import key
from onrecord.intake.layout import first_sentence, line_signs
from onrecord.intake.layout.assignment import (
    CONTACT_DATA,
    FIRST_LINE,
    FIRST_PARAGRAPH,
    LETTERHEAD,
    TITLE_LABEL,
    Assignment,
    Move,
)
from onrecord.intake.layout.candidates import candidates
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.continued_lines import goes_on
from onrecord.intake.layout.header_lines import has_clause, has_common_word
from onrecord.intake.layout.headline import MAYBE, is_of_letterhead
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.organizations import is_letterhead, is_organization
from onrecord.intake.layout.other_headings import is_salutation
from onrecord.intake.layout.stated_lines import LABEL, is_near_edge, lines_above, without_preposition

_LONG = 400
_MOST_HEADLINE_WORDS = 32
# The teaser of another page has fewer words.
_LEAST_CUT = 50
_LONG_WITHOUT_MARKS = 16
# Signs that point from a caption to its picture.
_CAPTION = re.compile(r"[▲▼◀▶△▽◁▷◆☞]\s*\w")
_ADDRESS_ALONE = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
_AUTHOR_ADDRESS = re.compile(r"(?:(?<!\s)\s+)?(?:<[^>]{0,300}>|\(.{0,300}\)$)")


def corrections(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Notes that say what was changed in a release that had been published; they stay in the text, above the headline's place."""
    correction = context.lexicon.pattern("correction", "start")
    prose = [line for line in assignment.lines if line.is_prose and assignment.is_whole(line.number)]
    first = prose[0].number if prose else 0
    note = prose and correction.match(line_signs.bare(prose[0].text))
    if note and len(prose) > 1 and prose[1].number > first + 1:
        yield Move(first, "body", "note of a correction")
        first = prose[1].number
    for line in assignment.lines[:first]:
        above = line.block.kind == "paragraph" and assignment.is_whole(line.number) and line is not prose[0]
        if above and _notes_change(line, context):
            yield Move(line.number, "body", "note of a correction")


def _notes_change(line: Line, context: Context) -> bool:
    """True for "Update 2 (7 May 2012): adds …" and "Corrected version: replaces the release of 2 May"."""
    text = line.text.strip()
    match = context.lexicon.pattern("correction", "start").match(line_signs.bare(text))
    note = re.match(r"[^:]{0,80}:\s*(?P<what>\S.*)", text) if match else None
    if note is None or len(note["what"].split()) < 3:
        return False
    changes = context.lexicon.pattern("change_note", "within").search(note["what"])
    dated = dates_in(text[: note.start("what")], context.language)
    return bool(changes or dated) and (bool(changes) or not line.header.dates or bool(dated))


def first_paragraph(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Where the text begins: with the first running text and the short sentences right above it; in a very short release, with its first
    sentence."""
    stated = {key(title.value) for title in context.document.metadata.titles}
    free = [line for line in assignment.lines if assignment.is_whole(line.number) and line.text.strip()]
    within = [line for line in free if line.number >= context.document.begins]
    free = within if any(line.is_prose for line in within) else free
    at = _first_prose(free, stated)
    if at is None and (cut := _first_cut(assignment, context)):
        yield cut
        return
    if at is None:
        at = _first_sentence(free, stated)
    if at is None:
        if free and (first := _first_line(free, stated)) is not None:
            yield Move(free[first].number, "body", FIRST_LINE)
        return
    while (
        at
        and _is_short_first_sentence(free[at - 1], free[at], stated)
        and (_has_headline(free[: at - 1], stated, context) or context.document.begins)
    ):
        at -= 1
    lowest = at
    while (
        at
        and lowest - at < first_sentence.MOST_LINES
        and first_sentence.is_begun_above(free[at], free[at - 1], context, is_begun=at < lowest)
        and key(free[at - 1].text.strip()) not in stated
        and _has_headline(free[: at - 1], stated, context)
    ):
        at -= 1
    yield Move(free[at].number, "body", FIRST_PARAGRAPH)
    for line in free[at + 1 : lowest + 1]:
        yield Move(line.number, "body", "its sentence begins above")


def _first_prose(free: Sequence[Line], stated: set[str]) -> int | None:
    """Which of the lines is the first running text that is no headline."""
    prose = [at for at, line in enumerate(free) if line.is_prose]
    for number, at in enumerate(prose):
        followed = number + 1 < len(prose)
        if not followed or not (key(free[at].text.strip()) in stated or _is_long_headline(free, at)):
            return at
    return None


def _first_cut(assignment: Assignment, context: Context) -> Move | None:
    """The first running text of a page on which a link was taken from the end of every paragraph ("… Read more"), where it says more than
    the teaser of another page."""
    for line in assignment.lines[context.document.begins :]:
        first = assignment.stretches[line.number][0]
        text = line.text[first.start : first.end]
        if (
            first.place == "undecided"
            and first.end < len(line.text)
            and line_signs.word_count(text) >= _LEAST_CUT
            and line_signs.is_prose(line.block.kind, text, context.lexicon)
        ):
            return Move(line.number, "body", FIRST_PARAGRAPH, end=first.end)
    return None


def _first_sentence(free: Sequence[Line], stated: set[str]) -> int | None:
    """Which of the lines is the text of a release without running text: its first sentence, be it short; else its first long line."""
    possible = [
        at
        for at, line in enumerate(free)
        if (line.number or stated)
        and line.block.kind in ("paragraph", "item", "quote")
        and not line.header.is_header
        and not line.opens_contacts
        and not line.is_copyright
        and key(line.text.strip()) not in stated
    ]
    signs: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.word_count >= 6 and line.ends_sentence and line_signs.reads(line.text),
        lambda line: line.word_count >= 5 and bool(stated) and line.ends_sentence and line_signs.reads(line.text),
        lambda line: line.block.kind == "paragraph" and line_signs.is_short_sentence(line.text),
        lambda line: line.word_count >= 8 and bool(stated) and line_signs.reads(line.text),
        # Text whose marks were lost.
        lambda line: (
            line.block.kind == "paragraph" and line.word_count >= _LONG_WITHOUT_MARKS and line_signs.reads(line.text)
        ),
        # Thai and Lao have no full stop.
        lambda line: line.block.kind == "paragraph" and line_signs.is_unpunctuated(line.text),
    )
    for sign in signs:
        for at in possible:
            if sign(free[at]):
                return at
    return None


def _first_line(free: Sequence[Line], stated: set[str]) -> int | None:
    """Which of the lines is the first that may be text, where none is a sentence: below one that may be the headline, if there is one."""
    possible = [
        at
        for at, line in enumerate(free)
        if line.block.kind in ("paragraph", "item", "quote")
        and line.word_count
        and not line.header.is_header
        and not line.is_navigation
        and not line.opens_contacts
        and not _ADDRESS_ALONE.fullmatch(line.text.strip())
        and not line.is_copyright
        and not line.is_end_mark
        and key(line.text.strip()) not in stated
    ]
    below = [at for at in possible if stated or any(free[above].word_count >= 3 for above in range(at))]
    return next(iter(below or possible), None)


def _is_short_first_sentence(line: Line, following: Line, stated: set[str]) -> bool:
    """True for a short paragraph above the text that is its first sentence."""
    return (
        line.block.kind == "paragraph"
        and not following.block.close
        and len(line.text) <= _LONG
        and (line_signs.is_short_sentence(line.text) or line_signs.is_unpunctuated(line.text))
        and not line.header.is_header
        and not line.opens_contacts
        and not line.has_contact
        and not line.is_copyright
        and key(line.text.strip()) not in stated
    )


def _has_headline(above: Sequence[Line], stated: set[str], context: Context) -> bool:
    """True where a line that may be the headline stands above the text, or the document has a title."""
    if stated:
        return True
    return any(
        line.word_count >= 3
        and line.block.kind != "item"
        and not line.header.is_header
        and not is_of_letterhead(line.text, context)
        for line in above
    )


def _is_long_headline(free: Sequence[Line], at: int) -> bool:
    """True for a long line at the head that does not end as a sentence, and has no other line above it that could be the headline."""
    line = free[at]
    if line.ends_sentence or len(line.text) > 350 or line.block.kind != "paragraph":
        return False
    if line.word_count > _MOST_HEADLINE_WORDS and free[at + 1].block.close:
        return False
    return not any(earlier.word_count >= 4 and not earlier.header.is_header for earlier in free[:at])


def long_lines(assignment: Assignment, context: Context) -> Iterator[Move]:
    """What is too long for a line of a head: an item or paragraph of which nobody can say that it is no text."""
    for line in lines_above(assignment):
        if len(line.text) > _LONG and not line.is_copyright:
            yield Move(line.number, "body", "too long for a line of the head")


def contacts_above(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Whom to ring or write to, above the headline."""
    in_contacts = False
    for line in lines_above(assignment):
        if line.opens_contacts or (in_contacts and line.has_contact):
            in_contacts = True
            yield Move(line.number, "left_out", CONTACT_DATA)
            continue
        if in_contacts and line.block.close and line.word_count <= 6 and not line.header.is_header:
            yield Move(line.number, "left_out", CONTACT_DATA)
            continue
        in_contacts = False
        if line.has_contact and len(line.text) < 160:
            yield Move(line.number, "left_out", CONTACT_DATA)


def end_marks_above(assignment: Assignment, context: Context) -> Iterator[Move]:
    """An end mark above the text ends nothing."""
    for line in lines_above(assignment):
        if line.is_end_mark:
            yield Move(line.number, "left_out", "end mark")


def labels(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines with a label: the publisher's, the title's (its value may be the headline), others that are no field."""
    for line in lines_above(assignment):
        match = LABEL.match(line.text)
        if not match:
            if _labels_day(line, assignment, context):
                yield Move(line.number, "header", "label")
            continue
        label = match["label"].strip()
        if not match["value"].strip():
            if _is_label(label, "label_title", context) or _is_label(label, "label_other", context):
                yield Move(line.number, "header", "label")
            continue
        if _is_label(label, "label_publisher", context):
            value = _AUTHOR_ADDRESS.sub("", match["value"]).strip()
            named = "" if dates_in(value, context.language) else value
            yield Move(line.number, "header", "label of the publisher", publisher=named, rank=0)
        elif _is_label(label, "label_title", context):
            yield Move(line.number, "header", TITLE_LABEL, end=match.start("value"))
        elif line.block.kind != "heading" and _is_label(label, "label_other", context):
            yield Move(line.number, "header", f"label “{label}”")


def _labels_day(line: Line, assignment: Assignment, context: Context) -> bool:
    """True for a word alone, "Published", right above the line of a day."""
    below = assignment.lines[line.number + 1 : line.number + 2]
    return (
        context.lexicon.pattern("published", "whole").match(line_signs.bare(line.text)) is not None
        and any(each.header.dates and each.block.close for each in below)
        and line.number + 1 < assignment.opening
    )


def _is_label(label: str, category: str, context: Context) -> bool:
    """True for a label of the lexicon; one in capitals may have words before it: "URGENT ACTION TITLE"."""
    if context.lexicon.pattern(category, "whole").match(label):
        return True
    return (
        label.isupper()
        and len(label.split()) <= 5
        and context.lexicon.pattern(category, "end").search(label) is not None
    )


def issuers(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines that say who issued it: "News from Harbour Watch", "Issued by the Harbour Fund"."""
    issued = context.lexicon.pattern("issued_by", "within")
    articles = context.lexicon.pattern("articles", "start")
    last = assignment.opening - 1
    for line in lines_above(assignment):
        match = issued.search(line.text) if line.number < last or line.block.close else None
        kind = context.lexicon.find_kind(line.text) if match else None
        # "Communiqué de" opens "communiqué de presse" too.
        if match is None or match.start() > 60 or (kind and kind[0] <= match.start() and match.end() < kind[1]):
            continue
        name = line.text[match.end() :].strip(" :")
        name = name[article.end() :].strip() if (article := articles.match(name)) else name
        if 3 <= len(name) <= 80 and not has_clause(name, context.lexicon) and not dates_in(name, context.language):
            yield Move(line.number, "header", "says who issued it", publisher=name, rank=1)


def notices(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Embargo, copyright, printing, provenance."""
    lexicon = context.lexicon
    for line in lines_above(assignment):
        text = line.text.strip()
        printed = lexicon.pattern("printed", "within").search(text)
        if _is_embargo(line, context):
            yield Move(line.number, "header", "embargo")
        elif line.is_copyright:
            yield Move(line.number, "header", "copyright line")
        elif _CAPTION.match(text):
            yield Move(line.number, "left_out", "caption of a picture", prose=line.word_count >= 8)
        elif printed and not text[: printed.start()].strip():
            yield Move(line.number, "header", "line of printing")
        elif printed and line.header.dates and line.block.kind != "heading" and not line.is_prose:
            yield Move(line.number, "header", "provenance")
        elif line_signs.is_address(text.split()[0]) and (len(text.split()) == 1 or line.header.dates):
            yield Move(line.number, "header", "address of a page")


def _is_embargo(line: Line, context: Context) -> bool:
    """True for a notice of an embargo; a headline may speak of one: "Minister lifts embargo on herring"."""
    match = context.lexicon.pattern("embargo", "within").search(line.text)
    if match is None:
        return False
    before = line.text[: match.start()].strip(" *_([{<#-–—|•")
    timed = bool(line.header.dates) or re.search(r"\d{1,2}[:.h]\d\d|\b\d{4}\b", line.text) is not None
    return (not before and (line.word_count <= 4 or timed or ":" in line.text)) or (timed and len(before.split()) <= 6)


def salutations(assignment: Assignment, context: Context) -> Iterator[Move]:
    """How a letter or a talk addresses its readers, in a document without a title of its own."""
    if context.document.metadata.titles:
        return
    for line in lines_above(assignment):
        # In a large type, too, where a comma ends it: "Dear editors,".
        greets = line.block.kind != "heading" or line.text.rstrip().endswith((",", "，", "،"))
        if greets and is_salutation(line.text, context.lexicon):
            yield Move(line.number, "header", MAYBE + "it addresses the readers")


def letterheads(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines that are nothing but an organization's name, or the site's, beside others that may be the headline."""
    sites = {key(stated.value) for stated in context.document.metadata.publishers if stated.origin != "From"}
    free = [line for line in lines_above(assignment) if is_near_edge(line, assignment)]
    titled = bool(context.document.metadata.titles)
    left = len(candidates(assignment, assignment.opening))
    for at, line in enumerate(free):
        if left < 2 and not titled:
            return
        text = line.text.strip()
        text = line_signs.bare(text) or text if text.startswith(("#", "*")) else text
        before, after = free[at - 1] if at else None, free[at + 1] if at + 1 < len(free) else None
        adjoins_before = before is not None and before.number == line.number - 1
        adjoins_after = after is not None and after.number == line.number + 1
        if (
            adjoins_before
            and before is not None
            and goes_on(before.text, line.text, before.block, line.block, context.lexicon)
        ):
            continue
        known = context.terms.names.term(text) is not None
        heard = len(re.findall(rf"(?<!\w){re.escape(text)}(?!\w)", context.text, re.IGNORECASE)) >= 2
        if (
            adjoins_after
            and after is not None
            and text.isupper()
            and goes_on(text, after.text, line.block, after.block, context.lexicon)
            and not known
            and not heard
        ):
            # "COALITION OF EDITORS OPPOSES / CLOSURE OF A WEEKLY" is a headline over two lines, no letterhead.
            continue
        apart = after is not None and not adjoins_after
        if line.block.kind == "item":
            continue
        by = context.lexicon.pattern("mail_from", "start").match(text)
        if by and is_organization(
            without_preposition(text[by.end() :], context), context.terms, context.text, language=context.language
        ):
            # "From the Department of Harbours"
            text = without_preposition(text[by.end() :], context)
        named = is_organization(text, context.terms, context.text, language=context.language)
        # Of the first line of a plain text, words in small letters say more than a name: it may be the headline.
        worded = context.document.form == "text" and not line.number and has_common_word(text, context.lexicon)
        if named or (apart and not worded and is_letterhead(text, context.language)):
            left -= 1
            yield Move(line.number, "header", LETTERHEAD, publisher=text, rank=3)
        elif key(text) in sites:
            left -= 1
            yield Move(line.number, "header", "name of the site")
