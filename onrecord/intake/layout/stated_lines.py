"""The pass over lines of the head that state a kind, a date, a reference: which words of them may be the headline, which name a body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.header_words import is_of_kind_and_issuer
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.header_lines import HeaderLine, has_clause, is_headline_with_date, opens_interval
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.organizations import is_office, is_organization

LABEL = re.compile(r"^\s*(?P<label>[^\W\d_][\w .’'/()-]{0,40}?)\s*[:：]\s*(?P<value>.*)$", re.DOTALL)
_EDGE_LINES = 40
# Kinds that stand above a headline, and are no word of it.
_OF_RELEASES = frozenset({"press release", "news story", "newsletter", "urgent action", "advisory"})
_LEAST_OF_TALK = 3
_LEAST_BEFORE_INTERVAL = 7
# Words in capitals, one of at least three letters.
_CAPITALS = re.compile(r"(?<!\S)(?=\S*[^\W\d_a-z]{3})[^\W\d_]?[^a-z\s]+(?:\s+[^a-z\s]+){3,}(?=\s|$)")


def lines_above(assignment: Assignment) -> Iterator[Line]:
    """The lines above the text of which nothing is decided yet."""
    for line in assignment.lines[: assignment.opening]:
        if assignment.is_whole(line.number) and line.is_text and line.text.strip():
            yield line


def is_near_edge(line: Line, assignment: Assignment) -> bool:
    """True for the first and last lines of a head. Only of these it is asked whether they name a body: a head of thousands of lines is a
    list."""
    return line.number < _EDGE_LINES or assignment.opening - line.number <= _EDGE_LINES


def stated_lines(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines that state a kind, a date, a reference. Words beside these that may be the headline stay undecided; a date behind a headline
    on one line is parted from it."""
    for line in lines_above(assignment):
        stated = line.header
        if not stated.is_header:
            continue
        if _is_heading_with_kind(line, context) or _is_headline_of_talk(line, context):
            continue
        if _ends_in_interval(line, context):
            continue
        parted = _headline_before_date(line, context)
        if parted:
            yield Move(line.number, "header", "date behind the headline", start=parted)
            continue
        if _is_emphasised(line) and is_of_kind_and_issuer(line.text, context.lexicon):
            yield from _stated_moves(line, stated, context)
            continue
        offices = is_near_edge(line, assignment) and any(is_office(piece, context.language) for piece in stated.pieces)
        if is_headline_with_date(stated, line.block) and not (offices and stated.dates):
            capitals = _capitals_before_date(line, context)
            if capitals:
                yield Move(line.number, "header", "name before the headline", end=capitals[0])
                yield Move(line.number, "header", "date behind the headline", start=capitals[1])
            elif label_end := _label_before_headline(line, context):
                yield Move(line.number, "header", "notice of release before the headline", end=label_end)
            continue
        label = LABEL.match(line.text)
        if (
            stated.kind
            and label
            and label["label"].isupper()
            and not context.lexicon.pattern("kinds", "whole").match(label["label"])
        ):
            # "URGENT ACTION TYPE AND NUMBER: …"
            yield Move(line.number, "header", f"label “{label['label'].strip()}”")
            continue
        if is_near_edge(line, assignment):
            yield from _stated_moves(line, stated, context)
        else:
            yield Move(line.number, "header", _what(stated))


def _is_emphasised(line: Line) -> bool:
    """True for a paragraph that is set in emphasis, all of it, as the line of a kind is that stands apart from the text."""
    runs = [run for run in line.block.runs if run.text.strip()]
    return line.block.kind == "paragraph" and bool(runs) and all(run.emphasis or run.strong for run in runs)


def _is_heading_with_kind(line: Line, context: Context) -> bool:
    """True for a heading of the first level that ends in its kind, no mark between: "Harbour Map 4.0 Press Kit". The kind is a word of the
    headline, unless what stands before it is the name of a body."""
    stated = line.header
    if line.block.kind != "heading" or line.block.level > 1 or not stated.kind or stated.dates or stated.references:
        return False
    kind = context.lexicon.find_kind(line.text)
    if kind is None or line.text[kind[1] :].strip():
        return False
    before = line.text[: kind[0]].strip()
    named = is_organization(before, context.terms, context.text, language=context.language)
    return bool(before) and before[-1:].isalnum() and not named


def _is_headline_of_talk(line: Line, context: Context) -> bool:
    """True for a line that begins with its kind and goes on without a mark, no part of it in capitals: "Address of President Ada Venn". Of
    what was said or written by somebody, the kind is a word of the headline; before that of a release stands no word of it."""
    stated = line.header
    kind = context.lexicon.find_kind(line.text)
    if kind is None or kind[2] in _OF_RELEASES or line.block.kind != "paragraph" or line.text[: kind[0]].strip():
        return False
    if stated.dates or stated.references:
        return False
    behind = line.text[kind[1] :]
    apart = not behind[:1].isspace() or not behind.lstrip()[:1].isalnum()
    return not apart and not line.text[: kind[1]].isupper() and line.word_count >= _LEAST_OF_TALK


def _ends_in_interval(line: Line, context: Context) -> bool:
    """True for a line of words that ends with the days or years between which something was: they belong to its words."""
    dates = dates_in(line.text, context.language)
    before = line.text[: dates[-1].start] if dates else ""
    return line.word_count >= _LEAST_BEFORE_INTERVAL and opens_interval(before)


def _headline_before_date(line: Line, context: Context) -> int:
    """Where the date begins that stands behind a headline on its line; 0 where none does."""
    text = line.text.rstrip()
    dates = dates_in(text, context.language)
    if len(dates) != 1 or text[dates[0].end :].strip(" .)]") or line.header.kind or line.is_prose:
        return 0
    date = dates[0]
    start = max(text.rfind(date.written, 0, date.end), 0) if date.written in text else date.start
    before = text[:start].rstrip(" ([|–—-•·")
    parted = text[len(before) : start].strip() != "" or bool(date.weekday)
    last = before.split()[-1] if before.split() else ""
    joins = context.lexicon.pattern("function_words", "whole").match(last) or context.lexicon.pattern(
        "connectives", "whole"
    ).match(last)
    whole_date = len(date.readings) > 0 and all(len(reading) == 10 and reading[0] != "X" for reading in date.readings)
    published = context.lexicon.pattern("published", "end").search(before) and len(before.split()) <= 3
    if not (parted and whole_date) or joins or published or before.endswith(",") or len(before.split()) < 4:
        return 0
    if is_organization(before, context.terms, context.text, language=context.language) or ":" in before[-2:]:
        return 0
    lower = any(word[:1].islower() for word in before.split())
    return len(before) if lower or has_clause(before, context.lexicon) else 0


def _capitals_before_date(line: Line, context: Context) -> tuple[int, int] | None:
    """Where the headline in capitals begins and ends that stands on one line between a name or office and a date; None where none does."""
    match = _CAPITALS.search(line.text)
    if match is None or not line.header.dates or len(match[0].split()) < 4:
        return None
    before, behind = line.text[: match.start()].strip(), line.text[match.end() :].strip()
    date = dates_in(behind, context.language)
    # "Marn 13 BOATS IN TWO DAYS": nobody can say whose the number is.
    if not before or before.isupper() or before[-1:].isdigit() or not date or behind[date[-1].end :].strip(" .)"):
        return None
    return match.span()


def _label_before_headline(line: Line, context: Context) -> int:
    """Where the headline begins behind a notice of release, and a date, at the head of its line; 0 where none does."""
    notice = context.lexicon.pattern("immediate_release", "start").match(line.text)
    if notice is None:
        return 0
    end = notice.end()
    is_set_off = notice[0].isupper() and not line.text.isupper()
    if len(notice[0].split()) == 1 and not is_set_off and line.text[end : end + 1] not in (":", "：", "."):
        # "Public meetings on the locks", "PUBLIC MEETINGS ON THE LOCKS": the word belongs to the headline.
        return 0
    for date in dates_in(line.text[end : end + 60], context.language)[:1]:
        if not line.text[end : end + date.start].strip(" ,:–—-("):
            end += date.end
    behind = re.match(r"[\s:,.–—)-]*", line.text[end:])
    end += behind.end() if behind else 0
    return end if line_signs.word_count(line.text[end:]) >= 3 else 0


def _stated_moves(line: Line, stated: HeaderLine, context: Context) -> Iterator[Move]:
    publishers: list[tuple[int, str]] = []
    headline = ""
    by = context.lexicon.pattern("by_line", "start")
    for piece in stated.pieces:
        name = without_preposition(piece, context)
        if not name or context.terms.places.term(name) or name[:1].islower() or not re.search(r"[^\W\d_]", name):
            continue
        if reference_mentions.is_code(name) or _is_label_only(name, context):
            continue
        joined = name != piece and not context.lexicon.pattern("upon_words", "start").match(piece)
        issued = stated.kind and (joined or by.match(piece)) and len(name.split()) <= 9
        if issued and not has_clause(name, context.lexicon):
            publishers.append((1, name))
        elif is_organization(name, context.terms, context.text, language=context.language):
            publishers.append((1 if stated.kind else 2, name))
        elif stated.kind and not stated.dates and _heads_its_kind(name, line, context):
            publishers.append((2, name))
        elif not stated.dates and line_signs.word_count(name) >= 3 and not headline:
            headline = name
    rank, publisher = min(publishers, default=(9, ""))
    start = line.text.find(headline) if headline else -1
    if start < 0:
        yield Move(line.number, "header", _what(stated), publisher=publisher, rank=rank)
        return
    end = start + len(headline)
    dashed = line.text[:start].rstrip().endswith(("-", "–", "—"))
    if start and not (stated.kind and dashed):
        yield Move(line.number, "header", _what(stated), end=start, publisher=publisher, rank=rank)
    if end < len(line.text):
        yield Move(line.number, "header", _what(stated), start=end)


def _heads_its_kind(name: str, line: Line, context: Context) -> bool:
    """True for a name before the kind on its line that the text knows too: "GALLERY OF EMPTY CHAIRS — Press release"."""
    named = context.lexicon.find_kind(line.text)
    if named is None or line.text.find(name) >= named[0] or len(name.split()) > 9 or has_clause(name, context.lexicon):
        return False
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", context.text, re.IGNORECASE)) >= 2


def _what(stated: HeaderLine) -> str:
    """What a line of the head states, as a reason."""
    parts = [stated.kind and f"kind “{stated.kind}”", stated.dates and "date", stated.references and "reference"]
    return ", ".join(part for part in parts if part) or "notice of release"


def without_preposition(piece: str, context: Context) -> str:
    """A piece without "by", "of the", "from" before a name."""
    text = piece.strip()
    for category in ("by_line", "connectives", "articles"):
        match = context.lexicon.pattern(category, "start").match(text)
        if match and text[: match.end()].strip().islower() and text[match.end() :].strip():
            text = text[match.end() :].strip()
    return text


def _is_label_only(piece: str, context: Context) -> bool:
    categories = ("published", "updated", "label_other", "label_date", "label_reference", "navigation")
    return any(context.lexicon.pattern(category, "whole").match(piece) for category in categories)
