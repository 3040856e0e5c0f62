"""Passes over the lines above the first paragraph: where the text begins, contacts, labels, kinds and dates, letterheads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.term_finder import key
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import FIRST_PARAGRAPH, TITLE_LABEL, Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.header_lines import HeaderLine, has_clause, is_headline_with_date
from onrecord.intake.layout.headline import candidates, goes_on
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.organizations import is_letterhead, is_office, is_organization

_LABEL = re.compile(r"^\s*(?P<label>[^\W\d_][\w .’'/()-]{0,40}?)\s*[:：]\s*(?P<value>.*)$", re.DOTALL)
_LONG = 400
# Words in capitals, one of at least three letters.
_CAPITALS = re.compile(r"(?<!\S)(?=\S*[^\W\d_a-z]{3})[^\W\d_]?[^a-z\s]+(?:\s+[^a-z\s]+){3,}(?=\s|$)")
_AUTHOR_ADDRESS = re.compile(r"\s*<[^>]*>|\s*\(.*\)$")


def _above(assignment: Assignment) -> Iterator[Line]:
    """The lines above the text of which nothing is decided yet."""
    for line in assignment.lines[: assignment.opening]:
        if assignment.is_whole(line.number) and line.is_text and line.text.strip():
            yield line


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
        if not (prose and line.number == prose[0].number) and assignment.is_whole(line.number):
            if line.block.kind == "paragraph" and _notes_change(line, context):
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
    """Where the text begins: with the first running text; in a very short release, with its first sentence."""
    stated = {key(title.value) for title in context.document.metadata.titles}
    free = [line for line in assignment.lines if assignment.is_whole(line.number) and line.text.strip()]
    prose = [line for line in free if line.is_prose]
    for number, line in enumerate(prose):
        following = prose[number + 1] if number + 1 < len(prose) else None
        if following is not None and (key(line.text.strip()) in stated or _is_long_headline(line, free)):
            continue
        yield Move(line.number, "body", FIRST_PARAGRAPH)
        return
    titled = bool(stated)
    for fewest, ended in ((6, True), (5, True), (8, False)):
        for line in free:
            if (
                (line.number or titled)
                and (fewest == 6 or titled)
                and line.block.kind in ("paragraph", "item", "quote")
                and line.word_count >= fewest
                and (line.ends_sentence or not ended)
                and line_signs.reads(line.text)
                and not line.header.is_header
                and not line.opens_contacts
                and not line.is_copyright
                and key(line.text.strip()) not in stated
            ):
                yield Move(line.number, "body", FIRST_PARAGRAPH)
                return


def _is_long_headline(line: Line, free: list[Line]) -> bool:
    """True for a long line at the head that does not end as a sentence, and has no other line above it that could be the headline."""
    if line.ends_sentence or len(line.text) > 350 or line.block.kind != "paragraph":
        return False
    return not any(
        earlier.word_count >= 4 and not earlier.header.is_header for earlier in free if earlier.number < line.number
    )


def long_lines(assignment: Assignment, context: Context) -> Iterator[Move]:
    """What is too long for a line of a head: an item or paragraph of which nobody can say that it is no text."""
    for line in _above(assignment):
        if len(line.text) > _LONG and not line.is_copyright:
            yield Move(line.number, "body", "too long for a line of the head")


def contacts_above(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Whom to ring or write to, above the headline."""
    in_contacts = False
    for line in _above(assignment):
        if line.opens_contacts or (in_contacts and line.has_contact):
            in_contacts = True
            yield Move(line.number, "left_out", "contact data")
            continue
        if in_contacts and line.block.close and line.word_count <= 6 and not line.header.is_header:
            yield Move(line.number, "left_out", "contact data")
            continue
        in_contacts = False
        if line.has_contact and len(line.text) < 160:
            yield Move(line.number, "left_out", "contact data")


def end_marks_above(assignment: Assignment, context: Context) -> Iterator[Move]:
    """An end mark above the text ends nothing."""
    for line in _above(assignment):
        if line.is_end_mark:
            yield Move(line.number, "left_out", "end mark")


def labels(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines with a label: the publisher's, the title's (its value may be the headline), others that are no field."""
    for line in _above(assignment):
        match = _LABEL.match(line.text)
        if not match:
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


def _is_label(label: str, category: str, context: Context) -> bool:
    """True for a label of the lexicon; one in capitals may have words before it: "URGENT ACTION TITLE"."""
    if context.lexicon.pattern(category, "whole").match(label):
        return True
    return label.isupper() and len(label.split()) <= 5 and context.lexicon.pattern(category, "end").search(label) is not None


def issuers(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines that say who issued it: "News from Harbour Watch", "Issued by the Harbour Fund"."""
    issued = context.lexicon.pattern("issued_by", "within")
    articles = context.lexicon.pattern("articles", "start")
    last = assignment.opening - 1
    for line in _above(assignment):
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
    for line in _above(assignment):
        text = line.text.strip()
        printed = lexicon.pattern("printed", "within").search(text)
        if _is_embargo(line, context):
            yield Move(line.number, "header", "embargo")
        elif line.is_copyright:
            yield Move(line.number, "header", "copyright line")
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


def stated_lines(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines that state a kind, a date, a reference. Words beside these that may be the headline stay undecided; a date behind a headline
    on one line is parted from it."""
    for line in _above(assignment):
        stated = line.header
        if not stated.is_header:
            continue
        parted = _headline_before_date(line, context)
        if parted:
            yield Move(line.number, "header", "date behind the headline", start=parted)
            continue
        offices = any(is_office(piece, context.language) for piece in stated.pieces)
        if is_headline_with_date(stated, line.block) and not (offices and stated.dates):
            capitals = _capitals_before_date(line, context)
            if capitals:
                yield Move(line.number, "header", "name before the headline", end=capitals[0])
                yield Move(line.number, "header", "date behind the headline", start=capitals[1])
            continue
        label = _LABEL.match(line.text)
        if stated.kind and label and label["label"].isupper() and not context.lexicon.pattern("kinds", "whole").match(label["label"]):
            # "URGENT ACTION TYPE AND NUMBER: …"
            yield Move(line.number, "header", f"label “{label['label'].strip()}”")
            continue
        yield from _stated_moves(line, stated, context)


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
    if not before or before.isupper() or not date or behind[date[-1].end :].strip(" .)"):
        return None
    return match.span()


def _stated_moves(line: Line, stated: HeaderLine, context: Context) -> Iterator[Move]:
    publishers: list[tuple[int, str]] = []
    headline = ""
    by = context.lexicon.pattern("by_line", "start")
    for piece in stated.pieces:
        name = _without_preposition(piece, context)
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


def _without_preposition(piece: str, context: Context) -> str:
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


def letterheads(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines that are nothing but an organization's name, or the site's, beside others that may be the headline."""
    sites = {key(stated.value) for stated in context.document.metadata.publishers if stated.origin != "From"}
    free = list(_above(assignment))
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
        if adjoins_before and before is not None and goes_on(before.text, line.text, before.block, line.block, context.lexicon):
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
        named = is_organization(text, context.terms, context.text, language=context.language)
        if line.block.kind == "item":
            continue
        if named or (apart and is_letterhead(text, context.language)):
            left -= 1
            yield Move(line.number, "header", "letterhead", publisher=text, rank=3)
        elif key(text) in sites:
            left -= 1
            yield Move(line.number, "header", "name of the site")
