"""Document → Layout: the passes are run, and what they decided is put together."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.intake.document import Claim, Decision, Document, Layout, LeftOut, Refusal
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.layout import torn_headings
from onrecord.intake.layout.assignment import FIRST_LINE, Assignment, Move, Place, Stretch
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.glued_names import GLUED
from onrecord.intake.layout.headline import MAYBE
from onrecord.intake.layout.headline_signs import OTHER_TITLE
from onrecord.intake.layout.lines import lines_of
from onrecord.intake.layout.page_title import OTHER_THAN_STATED, own_title
from onrecord.intake.layout.passes import assigned
from onrecord.intake.layout.place_and_date import dateline
from onrecord.intake.layout.refusals import refuse_no_release, why_nothing
from onrecord.intake.layout.repeated_headline import same_words
from onrecord.intake.layout.title_forms import TitleForm
from onrecord.intake.lexicon import Lexicon, lexicon_of

_SHOWN = 160
# A heading of so many words is more than the name of a site or of one of its parts.
_LEAST_HEADING = 3
_MOST_LOOKED_THROUGH = 20_000


def layout(document: Document, terms: Terms, language: str = "") -> Layout:
    """The document taken apart. Raises Refusal where no release stands in it."""
    lexicon = lexicon_of(language)
    document, kinds = _parted_from_kinds(torn_headings.joined(_unescaped(document), lexicon), lexicon)
    lines = lines_of(document.blocks, lexicon, language)
    refuse_no_release(document, lines, lexicon)
    text = "\n".join(line.text for line in lines)
    if len(text) > _MOST_LOOKED_THROUGH:
        # What a name is, is seen at the head and the foot of a text; long ones are not looked through for every line.
        text = f"{text[: _MOST_LOOKED_THROUGH * 3 // 4]}\n{text[-_MOST_LOOKED_THROUGH // 4 :]}"
    context = Context(document, terms, language, lexicon, text)
    assignment = assigned(Assignment.undecided(lines), context)
    if assignment.opening == len(lines) and not _has_headline(assignment, context):
        titled = any(title.origin == "front matter" for title in document.metadata.titles)
        read = any(line.word_count and (titled or not line.is_navigation) for line in lines)
        if document.form == "html" or not read:
            raise Refusal(why_nothing(document, lexicon))
        # Lines that look like the head or the foot of a release, and nothing else: a person decides.
        moves = [Move(line.number, "body", FIRST_LINE) for line in lines]
        assignment = Assignment.undecided(lines).moved(moves, "layout")
    found = _layout(assignment, context)
    return replace(found, left_out=(*kinds, *found.left_out))


def _has_headline(assignment: Assignment, context: Context) -> bool:
    """True for a document that is a headline alone, which is marked as one."""
    return context.document.form != "html" and any(
        stretch.place == "title" and assignment.lines[stretch.line].block.kind == "heading"
        for stretch in assignment.of("title")
    )


def _unescaped(document: Document) -> Document:
    """The document with the titles of its metadata as a reader sees them: some programs write "&#8211;" where they mean "–"."""
    titles = tuple(replace(title, value=html.unescape(title.value)) for title in document.metadata.titles)
    return replace(document, metadata=replace(document.metadata, titles=titles))


def _parted_from_kinds(document: Document, lexicon: Lexicon) -> tuple[Document, tuple[LeftOut, ...]]:
    """The document without a title of its front matter that is nothing but its kind ("Press release"), and that title: it says what the
    page is, and the headline may stand in the text."""
    whole = lexicon.pattern("kinds", "whole")
    stated = document.metadata.titles
    kinds = [title for title in stated if title.origin == "front matter" and whole.match(title.value.strip())]
    titles = tuple(title for title in stated if title not in kinds)
    return (
        replace(document, metadata=replace(document.metadata, titles=titles)),
        tuple(LeftOut(title.value, "the title of the front matter, which is no more than a kind") for title in kinds),
    )


def _layout(assignment: Assignment, context: Context) -> Layout:
    document = context.document
    header = _texts(assignment, "header")
    footer = _texts(assignment, "footer")
    datelines = _datelines(assignment, context)
    named = [stretch for stretch in assignment.of("header", "footer", "notes") if stretch.publisher]
    glued = next((stretch.publisher for stretch in named if stretch.reason == GLUED), "")
    stated = [stretch for stretch in named if stretch.reason != GLUED]
    publisher = min(stated, key=lambda stretch: stretch.rank).publisher if stated else ""
    title, subtitle = _title(assignment, context), _subtitle(assignment, document)
    return Layout(
        title.value,
        subtitle.value,
        header,
        datelines[0] if datelines else "",
        assignment.blocks("body"),
        assignment.blocks("notes"),
        (*footer, *datelines[1:]),
        publisher,
        glued,
        tuple(
            LeftOut(text, stretch.reason, stretch.prose)
            for stretch in assignment.of("left_out")
            if (text := assignment.text(stretch))
        ),
        tuple(_decisions(assignment)),
        tuple((field, claim) for field, claim in (("title", title), ("subtitle", subtitle)) if claim.value),
    )


def _texts(assignment: Assignment, place: Place) -> tuple[str, ...]:
    return tuple(text for stretch in assignment.of(place) if (text := assignment.text(stretch)))


def _datelines(assignment: Assignment, context: Context) -> tuple[str, ...]:
    """The words of datelines, the one at the head of the text first, without the dash or brackets around it."""
    out = []
    for stretch in assignment.of("dateline"):
        text = assignment.text(stretch)
        _, words = dateline(assignment.lines[stretch.line].text, context.terms, context.language)
        out.append(words if same_words(words, text) else text.strip(" ,"))
    return tuple(out)


def _title(assignment: Assignment, context: Context) -> Claim:
    """The front matter's title; else the headline; else what the document has for a title beside its text."""
    document = context.document
    stated = document.metadata.titles
    given = next((title.value for title in stated if title.origin == "front matter"), "")
    if given and any(stretch.reason == MAYBE + OTHER_THAN_STATED for stretch in assignment.of("body")):
        return Claim()
    if given:
        return Claim(given, span=given, why=TitleForm.FRONT_MATTER)
    visible = " ".join(_texts(assignment, "title")).strip(" |")
    if visible:
        return Claim(visible, span=visible, why=next(assignment.of("title")).reason)
    own = own_title(document)
    if own.why != TitleForm.SUBJECT and context.lexicon.pattern("kinds", "whole").match(own.value):
        # "Press Release", on each page of a site
        return Claim()
    # No reader sees the title that two places of a page state, where a headline of other words stands above its text.
    return Claim() if own.why == TitleForm.STATED_TWICE and _has_other_heading(assignment) else own


def _has_other_heading(assignment: Assignment) -> bool:
    """True where a heading of which the text speaks, or one of the first level, stands above it and is not what a page calls itself."""
    if any(each.reason.startswith(MAYBE + TitleForm.OTHER_HEADING) for each in itertools.chain(*assignment.stretches)):
        return True
    return any(
        stretch.reason == MAYBE + OTHER_TITLE
        and line.block.kind == "heading"
        and line.block.level <= 1
        and line.word_count >= _LEAST_HEADING
        for stretch in assignment.of("header")
        for line in (assignment.lines[stretch.line],)
    )


def _subtitle(assignment: Assignment, document: Document) -> Claim:
    """The line under the headline that is its sub-title; else the front matter's sub-title, where it has the title too."""
    visible = " ".join(_texts(assignment, "subtitle"))
    if visible:
        return Claim(visible, span=visible, why=next(assignment.of("subtitle")).reason)
    given = any(title.origin == "front matter" for title in document.metadata.titles)
    stated = document.metadata.subtitles[0].value if given and document.metadata.subtitles else ""
    return Claim(stated, span=stated, why="sub-title of the front matter") if stated else Claim()


def _decisions(assignment: Assignment) -> Iterator[Decision]:
    """What was decided, in the document's order; text that follows on, and about which the same was decided, together."""
    pending: list[Stretch] = []
    for line_stretches in assignment.stretches:
        for stretch in line_stretches:
            same = pending and (pending[-1].place, pending[-1].by, pending[-1].reason) == (
                stretch.place,
                stretch.by,
                stretch.reason,
            )
            if pending and not same:
                yield _decision(assignment, pending)
                pending = []
            pending.append(stretch)
    if pending:
        yield _decision(assignment, pending)


def _decision(assignment: Assignment, stretches: Sequence[Stretch]) -> Decision:
    texts = [assignment.text(stretch) for stretch in stretches[:8]]
    text = " ¶ ".join(text for text in texts if text)
    more = "" if len(stretches) <= 8 and len(text) <= _SHOWN else " …"
    return Decision(text[:_SHOWN] + more, stretches[0].place, stretches[0].by, stretches[0].reason, len(stretches))
