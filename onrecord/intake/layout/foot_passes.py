"""Passes over what follows the first paragraph: end marks, contacts, notes to editors, "About us", signatures; and the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.term_finder import key
from onrecord.intake.layout import about_parts, contact_zones, foot_extent, foot_lines, line_signs
from onrecord.intake.layout.assignment import CONTACT_DATA, Assignment, Move, Place
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.organizations import is_organization
from onrecord.intake.layout.place_and_date import dateline, is_place_and_date
from onrecord.intake.lexicon import Lexicon

LINK = "link to another page"
AFTER_END = "is after the end mark"
_INLINE_HEADING = re.compile(r"([^:：]{2,40})[:：]\s+(?=\S)")
_SENTENCES = re.compile(r"(?<=[.!?؟。])\s+")
_ISSUED_LINE = re.compile(r"(?P<name>[^\W\d_][^,.;\d]{2,70})(?P<more>(?:,[^,.;]{2,40}){0,3})\.?\s*$")
_CLAUSE_END = re.compile(r"[;；؛](?:\s+[^\W\d_]{1,4})?\s*$")
# The names of accounts: "@lanternwatch @keld_quay".
_ACCOUNTS = re.compile(r"@[\w.-]{2,40}(?:[\s,|/·•]{1,4}@[\w.-]{2,40}){0,9}")
_LEAST_CLAUSE = 5
_CONTACT_REACH = 12
_HEADING_WORDS = 6
_MOST_OF_LABEL = 3
# A sentence with a contact has so many words where it is more than the contact.
_CONTACT_SENTENCE = 15
_BELOW_DATE = 4
# The words of an organization below its name at the end: how many lines, how many words each.
_MOST_MOTTOES, _MOTTO_WORDS = 3, 6
_MOTTO_KINDS = frozenset({"paragraph", "heading"})
BELOW_NAME = "is below the name that signs the text"


def _below(assignment: Assignment) -> Iterator[Line]:
    """The lines below the first paragraph of which nothing is decided yet."""
    for line in assignment.lines[assignment.opening + 1 :]:
        if assignment.is_whole(line.number):
            yield line


def end_marks(assignment: Assignment, context: Context) -> Iterator[Move]:
    """End marks. Behind the first of them prose belongs to the notes and short lines to the foot, until notes or contacts are headed."""
    ended = parted = False
    for line in _below(assignment):
        if (
            line.is_end_mark
            and not ended
            and (foot_extent.parts_as_before if parted else foot_extent.parts_sections)(assignment, line)
        ):
            parted = True
            yield Move(line.number, "left_out", "mark between two sections")
        elif line.is_end_mark:
            ended = True
            yield Move(line.number, "left_out", "end mark")
        elif ended and (line.opens_notes or line.opens_contacts or line.is_about):
            return
        elif (
            ended
            and line.text.strip()
            and line.block.kind == "paragraph"
            and not line.is_prose
            and not line.has_contact
            and not _reads(line)
        ):
            yield Move(line.number, "footer", AFTER_END)
        elif ended and line.block.kind == "rule":
            yield Move(line.number, "left_out", "rule")
        elif ended and not line.has_contact:
            yield Move(line.number, "notes", AFTER_END)


def links(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The links to other pages that close a text behind a rule, whatever foot stands above it."""
    found: list[Line] = []
    ruled = False
    for line in reversed(list(_below(assignment))):
        ruled |= line.block.kind == "rule"
        if line.block.kind != "rule" and not (
            foot_lines.is_linked(line) or foot_lines.is_other_version(line, context.lexicon)
        ):
            break
        found.append(line)
    linked = [line for line in found if line.block.kind != "rule"]
    for line in found if ruled and linked else ():
        if line.block.kind == "rule":
            yield Move(line.number, "left_out", "rule")
        else:
            yield Move(line.number, "left_out", LINK, prose=line.word_count > _HEADING_WORDS)


def _reads(line: Line) -> bool:
    """True for a short line that is a sentence, or a clause of one that goes on below: "WHEREAS: the pier was closed; and"."""
    if line.word_count < _LEAST_CLAUSE or line.is_copyright:
        return False
    return line.ends_sentence or _CLAUSE_END.search(line.text) is not None


def contacts(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Whom to ring or write to: a heading of contacts with the short lines below it, if a number or an address stands among them."""
    lines = list(_below(assignment))
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not contact_zones.opens(line, context.lexicon):
            continue
        reach = lines[at : at + _CONTACT_REACH]
        stop = next((n for n, after in enumerate(reach) if _ends_contacts(after)), len(reach))
        at_end = not any(after.is_prose for after in lines[at + stop : at + stop + 1])
        if (
            not line.has_contact
            and not any(after.has_contact for after in reach[:stop])
            and not contact_zones.are_contacts(reach[:stop], assignment.lines, at_end=at_end)
        ):
            # "For more information, read the notes of the last release" is text.
            if not line_signs.ends_sentence(line.text.rstrip(" :：")) and line.word_count <= _HEADING_WORDS:
                yield Move(line.number, "left_out", "heading of contacts")
            continue
        yield Move(line.number, "left_out", CONTACT_DATA)
        # The zone is as long as there are contacts: further ones may follow behind the reach.
        while at < len(lines) and not _ends_contacts(lines[at]):
            if lines[at].text.strip() and lines[at].is_text:
                yield Move(lines[at].number, "left_out", CONTACT_DATA)
            at += 1


def _ends_contacts(line: Line) -> bool:
    """True for a line that no contact is: a heading of something else, a sentence, a long line."""
    if not line.is_text:
        return line.block.kind != "rule"
    if line.opens_notes or line.is_about or line.ends_page or line.is_end_mark:
        return True
    if line.has_contact:
        return len(line.text) >= 240
    return line.is_prose or len(line.text) >= 120 or (line.block.kind == "heading" and not line.opens_contacts)


def notes(assignment: Assignment, context: Context) -> Iterator[Move]:
    """What stands below a heading of notes to editors, the heading apart; and the rest of a line that such a heading begins."""
    in_notes = False
    lines = list(_below(assignment))
    for at, line in enumerate(lines):
        if line.is_text and line.opens_notes:
            if not in_notes and foot_extent.is_section(assignment, line):
                continue
            in_notes = True
            yield Move(line.number, "left_out", "heading of the notes to editors")
            continue
        inline = _INLINE_HEADING.match(line.text) if line.is_text else None
        if inline and line_signs.opens_notes(inline[1], context.lexicon):
            in_notes = True
            yield Move(line.number, "left_out", "heading of the notes to editors", end=inline.end())
            yield Move(line.number, "notes", "notes to editors", start=inline.end())
            # "Note: guest comments are their authors'", and the text goes on with a heading of its own.
            in_notes = not (foot_extent.goes_on(lines[at + 1 :]) or foot_extent.outweighs(assignment, line))
        elif in_notes and line.block.kind == "rule":
            yield Move(line.number, "left_out", "rule")
        elif in_notes:
            yield Move(line.number, "notes", "notes to editors")


def about(assignment: Assignment, context: Context) -> Iterator[Move]:
    """A heading "About Harbour Watch" and what stands below it: what an organization says of itself."""
    in_about = False
    for line in _below(assignment):
        if about_parts.is_inline(line, context) and (in_about or foot_extent.is_last(assignment, line)):
            in_about = True
            yield Move(line.number, "notes", "an organization's words about itself")
        elif line.is_about and line.block.kind in ("heading", "paragraph"):
            if not in_about and foot_extent.is_section(assignment, line):
                continue
            in_about = True
            yield Move(
                line.number,
                "notes",
                "an organization's words about itself",
                publisher=about_parts.named_by(line, context),
                rank=8,
            )
        elif in_about and line.block.kind == "rule":
            yield Move(line.number, "left_out", "rule")
        elif (
            in_about
            and not line.is_prose
            and line.block.kind == "paragraph"
            and not line.has_contact
            and not _reads(line)
        ):
            yield Move(line.number, "footer", "short line at the foot")
        elif in_about:
            yield Move(line.number, "notes", "an organization's words about itself")


def contacts_in_notes(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Numbers and addresses among notes: a line that holds one, or the sentences of a long note that do."""
    for stretch in assignment.of("notes"):
        line = assignment.lines[stretch.line]
        if not line.has_contact:
            continue
        text = line.text[stretch.start : stretch.end]
        if len(text) < 200:
            yield Move(line.number, "left_out", CONTACT_DATA, stretch.start, stretch.end, source="notes")
            continue
        start = 0
        for part in [*_SENTENCES.finditer(text), None]:
            end = part.end() if part else len(text)
            if line_signs.has_contact(text[start:end], context.lexicon):
                first, last = stretch.start + start, stretch.start + end
                yield Move(line.number, "left_out", CONTACT_DATA, first, last, source="notes")
            start = end


def signature(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The short lines that close the text: place and date, an organization, greetings, contacts, stamps, headings of nothing."""
    below = [line for line in assignment.lines[assignment.opening + 1 :] if _is_open(line, assignment, context.lexicon)]
    # A paragraph whose end was taken ("… Read more") is text, and what stands above it no foot.
    cut = max((at for at, line in enumerate(below) if not assignment.is_whole(line.number)), default=-1)
    lines = below[cut + 1 :]
    dated = signed = False
    issued = context.lexicon.pattern("issued_by", "start")
    articles = context.lexicon.pattern("articles", "start")
    for line in foot_lines.page_data(lines, _titles(assignment, context)):
        lines.pop()
        yield Move(line.number, "left_out", "data of the page")
    for line in _below_date(lines, context):
        lines.pop()
        yield Move(line.number, "footer", "is below the date that signs the text")
    while lines:
        line = lines.pop()
        text = line.text.strip()
        if line.block.kind == "rule":
            yield Move(line.number, "left_out", "rule")
            continue
        if line.block.kind == "heading":
            if _is_below_name(line, lines, assignment, context):
                yield Move(line.number, "left_out", BELOW_NAME, prose=True)
                continue
            if line.ends_sentence and line.word_count >= _LEAST_CLAUSE and not line.has_contact:
                return  # a sentence that is set as a heading
            if line.has_contact:
                yield Move(line.number, "left_out", CONTACT_DATA, prose=line.word_count >= _CONTACT_SENTENCE)
                continue
            yield Move(line.number, "left_out", "heading without text", prose=line.word_count >= 4)
            continue
        if line.block.kind not in ("paragraph", "item") or not text:
            return
        if line.is_prose and line.ends_sentence and line.word_count >= _CONTACT_SENTENCE and not line.opens_contacts:
            # "Whoever saw it is asked to ring the harbour police at …": a sentence of the text.
            return
        if (line.has_contact and len(text) < 200) or _ACCOUNTS.fullmatch(text):
            yield Move(line.number, "left_out", CONTACT_DATA)
            continue
        if line.word_count <= _MOST_OF_LABEL and text.endswith((":", "：")):
            # "This page:" above what was taken out.
            yield Move(line.number, "left_out", "heading without text")
            continue
        if line.block.kind == "item":
            return
        if foot_lines.is_linked(line):
            yield Move(line.number, "left_out", LINK, prose=line.word_count > _HEADING_WORDS)
            continue
        if foot_lines.is_other_version(line, context.lexicon):
            yield Move(line.number, "left_out", LINK)
            continue
        if foot_lines.is_stamp(line, context):
            yield Move(line.number, "footer", "stamp of the page")
            continue
        by = issued.match(text)
        if by and len(text) < 160:
            name = text[by.end() :].strip()
            name = name[article.end() :].strip() if (article := articles.match(name)) else name
            match = _ISSUED_LINE.match(name)
            if match and not has_clause(match["name"], context.lexicon):
                place: Place = "dateline" if not dated and dates_in(match["more"], context.language) else "footer"
                more = line.text.rindex(match["more"]) if match["more"] else len(line.text)
                if more and more < len(line.text):
                    yield Move(line.number, place, "place and date of issue", start=more)
                yield Move(
                    line.number, "footer", "says who issued it", end=more, publisher=match["name"].strip(), rank=5
                )
                dated = signed = True
                continue
        if foot_lines.is_credit(text, context.lexicon):
            yield Move(line.number, "footer", "says who wrote, edited or translated it")
            continue
        if _is_below_name(line, lines, assignment, context):
            yield Move(line.number, "left_out", BELOW_NAME, prose=True)
            continue
        if line.word_count > 9 or line.is_prose:
            return
        if context.lexicon.pattern("greetings", "whole").match(text.rstrip(" ,.!")):
            yield Move(line.number, "left_out", "greeting")
        elif (
            not dated
            and dates_in(text, context.language)
            and is_place_and_date(text.rstrip("."), context.terms, context.language)
        ):
            dated = True
            yield Move(line.number, "dateline", "place and date that sign the text")
        elif (
            not signed
            and not line.ends_sentence
            and (not lines or lines[-1].is_prose or line_signs.is_short_sentence(lines[-1].text))
            and is_organization(text, context.terms, context.text, language=context.language)
        ):
            signed = True
            yield Move(line.number, "footer", "organization that signs the text", publisher=text, rank=6)
        else:
            return


def _titles(assignment: Assignment, context: Context) -> frozenset[str]:
    """The `key`s of the headline, and of the titles that the document states of itself."""
    headlines = (assignment.text(stretch) for stretch in assignment.of("title"))
    return frozenset(map(key, (*headlines, *(title.value for title in context.document.metadata.titles))))


def _is_below_name(line: Line, above: Sequence[Line], assignment: Assignment, context: Context) -> bool:
    """True for a short sentence right below an organization's name that closes the text, or below the name with which the document begins:
    what it says of itself on all that it sends. The name of a person who signs is no sentence."""
    if not line.ends_sentence:
        return False
    for between, name in enumerate(reversed(above[-_MOST_MOTTOES:])):
        short = {line.block.kind, name.block.kind} <= _MOTTO_KINDS and name.word_count <= _MOTTO_WORDS
        closed = len(above) > between + 1 and above[-between - 2].ends_sentence
        if closed and not name.ends_sentence and name.word_count <= _MOTTO_WORDS:
            text = name.text.strip()
            heads = assignment.lines[0].text.strip().casefold() == text.casefold()
            named = heads or is_organization(text, context.terms, context.text, language=context.language)
            return named and line.block.kind in _MOTTO_KINDS and line.word_count <= _MOTTO_WORDS
        if not short:
            return False
    return False


def _is_open(line: Line, assignment: Assignment, lexicon: Lexicon) -> bool:
    """True for a line of which nothing is decided yet, or of which running text is left."""
    return assignment.is_whole(line.number) or any(
        stretch.place == "undecided" and line_signs.is_prose(line.block.kind, assignment.text(stretch), lexicon)
        for stretch in assignment.stretches[line.number]
    )


def _below_date(lines: Sequence[Line], context: Context) -> list[Line]:
    """The short lines below a line at the end that is nothing but a place and a date: stamps of a library, names of an office."""
    for depth in range(1, min(_BELOW_DATE, len(lines) - 1) + 1):
        line, above = lines[-depth], lines[-depth - 1]
        if line.block.kind != "paragraph" or line.ends_sentence or line.word_count > 8 or line.header.dates:
            return []
        text = above.text.strip().rstrip(".")
        if above.word_count <= 9 and dates_in(text, context.language):
            return list(reversed(lines[-depth:])) if is_place_and_date(text, context.terms, context.language) else []
    return []


def head_of_text(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The place and date at the head of the first paragraph."""
    for line in assignment.lines[assignment.opening :]:
        if line.block.kind != "paragraph" or (
            not assignment.is_whole(line.number, "body") and not assignment.is_whole(line.number)
        ):
            continue
        end, _ = dateline(line.text, context.terms, context.language)
        if end:
            source = assignment.stretches[line.number][0].place
            yield Move(line.number, "dateline", "place and date at the head of the text", end=end, source=source)
        return


def text(assignment: Assignment, context: Context) -> Iterator[Move]:
    """What no other pass has moved is text."""
    for stretch in assignment.of("undecided"):
        yield Move(stretch.line, "body", "text", stretch.start, stretch.end)
