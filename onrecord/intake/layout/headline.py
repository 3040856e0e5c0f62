"""Passes that choose the headline among the lines above the text, and say what becomes of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.intake.evidence.term_finder import key
from onrecord.intake.layout import (
    contents_page,
    headline_checks,
    headline_evidence,
    line_signs,
    noted_headline,
    openings,
    page_head,
    page_title,
    sole_heading,
    subtitles,
    title_forms,
)
from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.candidates import Candidate, candidates, letters
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.continued_lines import breaks_off, goes_on
from onrecord.intake.layout.header_lines import has_clause, kind_in_title, names_talk
from onrecord.intake.layout.headline_signs import RIVAL, Signs
from onrecord.intake.layout.organizations import is_letterhead, is_office
from onrecord.intake.layout.repeated_headline import is_longer_subtitle, same_words

_CAPITALLESS = re.compile("[\u0590-\u06ff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_REPEATED_BELOW = 4
# A question quotes so many characters of a line.
_MOST_QUOTED = 160
# A headline has no more lines.
_MOST_LINES = 6
# Formats whose headlines are marked as such; in a message's text, a star stands for bold letters.
_MARKED = frozenset({"html", "markdown", "mail"})
_WRITTEN = frozenset({"markdown", "word", "opendocument", "epub", "rtf", "doc"})
# So many words in the first line of a text may be its headline.
_LEAST_FIRST = 3
NOTE_BEHIND = "mark of a note behind the headline"
DATE_BEFORE = "date before the headline"
MAYBE = "may be the headline, and it is not clear: "
NEAR = "is near what may be the headline"
FRONT_MATTER_TITLE = "the headline, which is the title of the front matter"


def headline(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The headline, its sub-title, and the other lines above the text: sentences and headings belong to it, short lines to the head."""
    before = assignment.opening
    found = candidates(assignment, before)
    given = next((t.value for t in context.document.metadata.titles if t.origin == "front matter"), "")
    if given:
        rival = page_title.rival_heading(given, found)
        lengthened = next((each for each in found if is_longer_subtitle(each.block, context.document)), None)
        for candidate in found:
            if same_words(candidate.text, given):
                yield _move(candidate, "left_out", FRONT_MATTER_TITLE)
            elif candidate is lengthened:
                yield _move(candidate, "subtitle", "the sub-title of the front matter, and more")
            elif subtitles.is_by_line(candidate.text, context):
                yield _move(candidate, "header", "says who wrote it")
            elif candidate is rival:
                yield _move(candidate, "body", MAYBE + page_title.OTHER_THAN_STATED)
            else:
                yield _move(candidate, "body", "is under a headline of the front matter")
        return
    openers = openings.openers(found, before, context)
    for candidate in openers:
        yield _move(candidate, "body", "opens the text")
    found = [candidate for candidate in found if candidate not in openers]
    if len(found) == 1 and _may_be_place(found[0], assignment):
        yield _move(found[0], "header", "a name alone, right above the text")
        return
    if not found:
        return
    stated = [letters(title.value) for title in context.document.metadata.titles]
    entries = contents_page.entries(assignment, context)
    copied = page_title.copied(found, _MOST_LINES)
    possible = [
        candidate
        for at, candidate in enumerate(found)
        if candidate.labelled
        or (copied is not None and copied[0] <= at <= copied[1])
        or letters(candidate.text) in stated
        or page_title.heads(candidate, context.document)
        or sole_heading.is_sole(candidate, assignment, context)
        or not (candidate.line in entries or headline_checks.never_headline(candidate.text, context))
    ]
    if not possible:
        for candidate in found:
            if subtitles.heads_first_part(candidate, assignment, context):
                yield _move(candidate, "body", subtitles.FIRST_PART)
            else:
                never = headline_checks.never_headline(candidate.text, context) or contents_page.REASON
                yield _move(candidate, "header", MAYBE + never)
        return
    first = last = found.index(possible[best(possible, assignment, context)])
    noted = None if context.document.form in _MARKED else noted_headline.noted_lines(found, assignment)
    if copied or noted:
        first, last = copied or noted or (first, last)
    elif not is_repeated(found[first].text, found):
        first, last = _widened(found, first, context)
    chosen = found[first : last + 1]
    edges = [] if copied else _edges(chosen, assignment, context)
    clean = _without_edges(chosen, edges)
    marked = chosen[0].block.kind == "heading"
    signs = Signs(
        chosen,
        found,
        clean,
        assignment,
        context,
        labelled=any(candidate.labelled for candidate in chosen),
        stated=copied is not None or page_title.is_stated(clean, context.document, marked=marked),
        repeated=len(chosen) == 1 and is_repeated(chosen[0].text, found),
        marked=marked,
        copied=copied is not None,
        noted=any(move.reason == NOTE_BEHIND for move in edges),
        parted=(any(move.reason == DATE_BEFORE for move in edges), any(move.reason != DATE_BEFORE for move in edges)),
    )
    sole = sole_heading.is_sole(chosen[0], assignment, context)
    agreed = signs.labelled or signs.stated or signs.repeated or signs.noted or sole
    doubt = headline_checks.doubt(clean, context, agreed=agreed, marked=marked) or headline_evidence.missing(signs)
    before_first = found[first - 1] if first and found[first - 1].line == found[first].line - 1 else None
    if not doubt and not signs.stated and any(candidate.line in entries for candidate in chosen):
        doubt = contents_page.REASON
    if not doubt and not agreed and not marked and before_first and breaks_off(before_first.text, context.lexicon):
        doubt = "it goes on from other words"
    if not doubt and not agreed and not marked and not assignment.has_paragraph:
        doubt = "no paragraph of running text is below it"
    if not doubt and not agreed and _passes_over_first(found[: first + 1], context):
        doubt = RIVAL
    form = title_forms.form_of(signs, sole=sole)
    if not doubt and form not in title_forms.ASSERTED:
        doubt = f"{form}, and that is not enough"
    if doubt:
        yield from _asked(found, first, last, doubt, context)
        return
    for candidate in found[:first]:
        doubtful = line_signs.word_count(candidate.text) >= 8
        if doubtful and candidate.line < context.document.begins:
            yield _move(candidate, "left_out", page_head.REASON, prose=True)
        elif candidate.block.kind == "item" and doubtful and not page_head.is_link(candidate.block):
            yield _move(candidate, "body", "list item above the headline")
        else:
            yield _move(candidate, "header", "is above the headline")
    yield from edges
    for candidate in found[first : last + 1]:
        start = max(
            (move.end or 0 for move in edges if move.line == candidate.line and move.start == candidate.start),
            default=candidate.start,
        )
        end = min(
            (move.start for move in edges if move.line == candidate.line and move.start > candidate.start),
            default=candidate.end,
        )
        yield Move(candidate.line, "title", form, start, end)
    yield from subtitles.below(found[last + 1 :], clean, assignment, context)


def _passes_over_first(found: Sequence[Candidate], context: Context) -> bool:
    """True where the first line of a plain text, words of its own with a blank line below, stands above the chosen line, the last of
    `found`: it is as likely, and the other a caption or words pulled out of the text. In Markdown, a first heading of a higher rank is."""
    first, chosen, kinds = found[0], found[-1], (found[0].block.kind, found[-1].block.kind)
    if context.document.form == "text":
        above = not context.document.blocks[min(1, chosen.line)].close and kinds[0] == "paragraph"
    else:
        ranked = first.block.level < chosen.block.level
        above = context.document.form == "markdown" and kinds == ("heading", "heading") and ranked
    return (
        len(found) > 1
        and above
        and first.line == 0
        and line_signs.word_count(first.text) >= _LEAST_FIRST
        # In scripts without capitals, a name looks like any other words.
        and not _CAPITALLESS.search(first.text)
        and not is_of_letterhead(first.text, context)
        and not headline_checks.never_headline(first.text, context)
    )


def _widened(found: Sequence[Candidate], at: int, context: Context) -> tuple[int, int]:
    """The first and last of the lines that the headline at `at` begins and goes on in."""
    first = last = at
    while (
        first
        and last - first < _MOST_LINES
        and found[first - 1].line == found[first].line - 1
        and _begins(found[first - 1], found[first], context)
    ):
        first -= 1
    text = " ".join(candidate.text for candidate in found[first : last + 1])
    while (
        last + 1 < len(found)
        and last - first < _MOST_LINES
        and found[last + 1].line == found[last].line + 1
        and goes_on(text, found[last + 1].text, found[last].block, found[last + 1].block, context.lexicon)
    ):
        last += 1
        text = f"{text} {found[last].text}"
    return first, last


def is_repeated(text: str, found: Sequence[Candidate]) -> bool:
    """True where a line stands above the text more than once, with words enough for a headline: the head of a page that was copied as text
    has its headline several times, and so has it the buttons of its menus."""
    words = letters(text)
    return line_signs.word_count(text) >= 4 and sum(letters(candidate.text) == words for candidate in found) > 1


def _edges(lines: Sequence[Candidate], assignment: Assignment, context: Context) -> list[Move]:
    """The date before the headline or behind it on its line, and the name of the site behind it."""
    if any(candidate.labelled for candidate in lines):
        return []
    out = []
    first, last = lines[0], lines[-1]
    text = _raw(last, assignment)
    end = last.end
    near = assignment.lines[: assignment.opening + _REPEATED_BELOW]
    own_lines = {candidate.line for candidate in lines}
    longest = 4 * headline_checks.MOST_LETTERS
    others = {letters(line.text) for line in near if line.number not in own_lines and len(line.text) <= longest}
    site = headline_checks.site_behind(text, others, letters, context)
    # A heading of Markdown or of a text processor was written for its text, not for a page of a site; and where the page's own title
    # goes on behind the whole of it, the name of the site stands there.
    whole = letters(text)
    titled = any(letters(stated.value).startswith(whole) for stated in context.document.metadata.titles)
    longer = titled and not any(letters(stated.value) == whole for stated in context.document.metadata.titles)
    written = context.document.form in _WRITTEN and letters(text[:site]) not in others
    own = (longer or written) and last.block.kind == "heading"
    if site and not own:
        end = last.start + site
        out.append(Move(last.line, "header", "name of the site behind the headline", end, last.end))
        text = text[:site]
    reach = assignment.opening + noted_headline.NOTE_REACH
    below = [line.block for line in assignment.lines[last.line + 1 : reach]]
    note = noted_headline.note_behind(text, below, assignment.opening - last.line + 1)
    if note and line_signs.word_count(" ".join(line.text for line in lines)) >= noted_headline.LEAST_WORDS:
        out.append(Move(last.line, "header", NOTE_BEHIND, last.start + note, end))
        return out
    date = headline_checks.edge_date(text, context)
    if date and date[0]:
        out.append(Move(last.line, "header", "date behind the headline", last.start + date[0], end))
    date = headline_checks.edge_date(_raw(first, assignment), context)
    if date and not date[0]:
        out.append(Move(first.line, "header", DATE_BEFORE, first.start, first.start + date[1]))
    return out


def _raw(candidate: Candidate, assignment: Assignment) -> str:
    return assignment.lines[candidate.line].text[candidate.start : candidate.end]


def _without_edges(lines: Sequence[Candidate], edges: Sequence[Move]) -> str:
    out = []
    for candidate in lines:
        text = candidate.block.text
        start, end = candidate.start, candidate.end
        for move in edges:
            if move.line == candidate.line:
                if move.start == candidate.start:
                    start = move.end or end
                else:
                    end = min(end, move.start)
        kept = (start, end) != (candidate.start, candidate.end)
        out.append(text[start:end].strip() if kept else candidate.text)
    return " ".join(out)


def _asked(found: Sequence[Candidate], first: int, last: int, doubt: str, context: Context) -> Iterator[Move]:
    """No headline: the lines go where they would go under one, with the doubt; what reads like the text's first sentence belongs to it."""
    length = sum(len(candidate.text) + 3 for candidate in found[first : last + 1])
    for number, candidate in enumerate(found):
        chosen = first <= number <= last
        # What the question quotes as a whole, and is no sentence and no text under a heading, is no text.
        headed = number > 0 and candidate.block.kind == "paragraph" and found[number - 1].block.kind == "heading"
        quoted = chosen and length <= _MOST_QUOTED and not headed and not line_signs.ends_sentence(candidate.text)
        prose = not quoted and line_signs.word_count(candidate.text) >= 12
        prose = prose or bool(number > last and subtitles.OPENS_TEXT.search(candidate.text))
        if candidate.block.kind == "item" or (number > last and candidate.block.kind != "paragraph"):
            prose = True
        reason = MAYBE + doubt if chosen else NEAR
        if page_head.is_link(candidate.block) and candidate.block.kind == "heading":
            # "Back to the first page": no question need quote it.
            reason = "link that is near what may be the headline"
        elif not chosen and not headline_checks.never_headline(candidate.text, context):
            reason = MAYBE + RIVAL
        if prose and not chosen and candidate.line < context.document.begins:
            # Above the part of a page that holds its text, no line is text.
            long = line_signs.word_count(candidate.text) >= 12
            yield _move(candidate, "left_out" if long else "header", reason, prose=long)
        else:
            yield _move(candidate, "body" if prose and number >= first else "header", reason)


def _may_be_place(candidate: Candidate, assignment: Assignment) -> bool:
    """True for two or three words in capital letters right above the text, no empty line between: the place of a dateline whose marks were
    lost ("Marn Harbour ID"), or a headline; nobody can say which."""
    words = candidate.text.split()
    return (
        candidate.block.kind == "paragraph"
        and not candidate.labelled
        and 2 <= len(words) <= 3
        and not candidate.text.isupper()
        and all(word[:1].isupper() and word[-1:].isalpha() for word in words)
        and candidate.line == assignment.opening - 1
        and any(line.block.close for line in assignment.lines[assignment.opening :][:1])
    )


def _move(candidate: Candidate, place: str, reason: str, *, prose: bool = False) -> Move:
    return Move(candidate.line, place, reason, candidate.start, candidate.end, prose=prose)  # type: ignore[arg-type]


def best(found: Sequence[Candidate], assignment: Assignment, context: Context) -> int:
    """Which of the candidates is the headline."""
    stated = {key(title.value) for title in context.document.metadata.titles}
    parting = _parting_line(assignment, found)
    times = Counter(letters(candidate.text) for candidate in found)
    scores = [
        # The head of a page that was copied as text has its headline several times.
        _score(candidate, number, found, stated, parting, context)
        + (3 if times[letters(candidate.text)] > 1 and line_signs.word_count(candidate.text) >= 3 else 0)
        for number, candidate in enumerate(found)
    ]
    return max(range(len(scores)), key=lambda number: (scores[number], -number))


def _score(
    candidate: Candidate,
    number: int,
    found: Sequence[Candidate],
    stated: set[str],
    parting: int,
    context: Context,
) -> float:
    words = line_signs.word_count(candidate.text)
    block, text = candidate.block, candidate.text
    score = 3.0 if candidate.labelled or (block.kind == "heading" and block.level <= 1) else 0.0
    score += 1.5 if block.kind == "heading" and block.level > 1 and not candidate.labelled else 0
    score += 2 if words >= (3 if _CAPITALLESS.search(text) else 4) else 0
    score += 1 if words >= 6 else 0
    score += 0.5 if ":" in text or has_clause(text, context.lexicon) else 0
    score += 0.5 if text.isupper() and words >= 3 else 0
    folded = key(text)
    top = block.kind == "heading" and block.level <= 1 and not _names_site(folded, context)
    if (words >= 3 and any(folded == title or title.startswith(folded) for title in stated)) or (
        top and folded in stated
    ):
        score += 3
    elif top and candidate.line < context.document.begins:
        # The heading of the first level above the part of a page that holds its text.
        score += 2
    score -= 1 if block.kind == "item" else 0
    score -= 0.2 * number
    office = is_of_letterhead(text, context)
    if office:
        score -= 4
    if candidate.line < parting and block.kind != "heading" and office:
        score -= 1
    before = found[number - 1] if number else None
    if (
        before is not None
        and before.line == candidate.line - 1
        and line_signs.word_count(before.text) >= 4
        and not is_of_letterhead(before.text, context)
    ):
        # The second of two headlines is the sub-title.
        score -= 1
    return score


def _names_site(folded: str, context: Context) -> bool:
    return any(key(stated.value) == folded for stated in context.document.metadata.publishers)


def is_of_letterhead(text: str, context: Context) -> bool:
    """True for the line of a person, an office or an organization, which is no headline."""
    if kind_in_title(text, context.language) or names_talk(text, context.lexicon):
        return False
    return is_office(text, context.language) or is_letterhead(text, context.language)


def _parting_line(assignment: Assignment, found: Sequence[Candidate]) -> int:
    """The line of a kind or notice of release that parts the candidates above it, which are the letterhead's, from those below."""
    parting = 0
    for stretch in assignment.of("header"):
        if stretch.reason.startswith(("kind", "notice")) and stretch.line < found[-1].line:
            parting = stretch.line
    return parting


def _begins(first: Candidate, second: Candidate, context: Context) -> bool:
    """True where a line is plainly the first line of the headline that the second goes on with: both in capitals, or broken off."""
    if not goes_on(first.text, second.text, first.block, second.block, context.lexicon):
        return False
    return first.text.isupper() or second.text[:1].islower() or breaks_off(first.text, context.lexicon)
