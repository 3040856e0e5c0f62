"""By which form of evidence a title is asserted: what names it, in words for the person who reviews it. No title is asserted without one,
and none by a form that is not among the `ASSERTED`."""

from __future__ import annotations

from enum import StrEnum

from onrecord.intake.layout.headline_signs import Signs

# Formats whose headings were marked as such by whoever wrote them.
_MARKED_FORMS = frozenset({"markdown", "html", "text"})
PRINTED = frozenset({"pdf", "scan"})


class TitleForm(StrEnum):
    """What names a title."""

    FRONT_MATTER = "title of the front matter"
    SUBJECT = "subject of the message"
    STATED_TWICE = "the page’s own title, which two of its places state"
    STATED_AND_SEEN = "the page’s own title, which a line of it has too"
    LABEL = "a label calls it the title"
    TITLE_AND_HEADING = "heading that the document’s own title has too"
    TITLE_AND_LINE = "line that the document’s own title has too"
    COPIED = "headline copied with the title of its page"
    REPEATED = "line that appears twice above the text, which speaks of it"
    NOTED = "line with the mark of a note that is below"
    SOLE_HEADING = "the only heading of its rank, at the head of the text"
    HEADING = "heading of which the text speaks"
    HEADING_IN_TITLE = "heading of which the text speaks, and which the page’s own title has in it"
    FIRST_RANK = "the page’s only heading of the first rank, of which the text speaks"
    OTHER_HEADING = "heading of which the text speaks, on a page whose own title is another"
    OVER_DAY = "line alone at the head, over the line of its day"
    LARGE_LINE = "line in a larger type of which the text speaks"
    STYLED_FIRST = "the only heading of a text processor’s file, alone at its head"
    STYLED_LINE = "heading of a text processor of which the text speaks"
    UNDER_KIND = "line alone between the kind or day and the text, which speaks of it"
    FIRST_LINE = "first line, alone above the text, which speaks of it"
    FIRST_OF_TALK = "first line, which says whose the talk below it is"
    LINE_IN_TITLE = "line above the text, which speaks of it, and which the page’s own title has in it"
    BOLD_LINE = "line in bold letters above the text, which speaks of it"
    LINE = "line above the text, which speaks of it"
    SHORT_LINE = "line of a few words above the text, which has them too"


ASSERTED: frozenset[TitleForm] = frozenset(TitleForm) - {TitleForm.OTHER_HEADING, TitleForm.SHORT_LINE}
"""The forms by which a title is asserted; what is only named by another is asked about. tests/intake/title_forms.toml says how often each
was right on real documents; none stays here that was wrong more than once in a hundred."""


def form_of(signs: Signs, *, sole: bool) -> TitleForm:
    """What names the lines that were chosen as the headline; `sole` says that they are the text's only heading of the first level."""
    form = signs.context.document.form
    if signs.labelled:
        return TitleForm.LABEL
    if signs.copied:
        return TitleForm.COPIED
    if signs.stated:
        return TitleForm.TITLE_AND_HEADING if signs.marked else TitleForm.TITLE_AND_LINE
    if signs.repeated:
        return TitleForm.REPEATED
    if signs.noted:
        return TitleForm.NOTED
    if sole:
        return TitleForm.SOLE_HEADING
    if signs.is_over_day:
        return TitleForm.OVER_DAY
    if signs.marked:
        if form in _MARKED_FORMS:
            return _of_page(signs) if form == "html" and signs.context.document.metadata.titles else TitleForm.HEADING
        if signs.is_styled:
            return TitleForm.STYLED_FIRST
        return TitleForm.LARGE_LINE if form in PRINTED else TitleForm.STYLED_LINE
    if signs.is_first_of_talk:
        return TitleForm.FIRST_OF_TALK
    if signs.is_sole and not signs.is_wrapped:
        if signs.is_under_kind:
            return TitleForm.UNDER_KIND
        if signs.chosen[0].line == 0:
            return TitleForm.FIRST_LINE
    if signs.is_within_title:
        return TitleForm.LINE_IN_TITLE
    if signs.is_bold:
        return TitleForm.BOLD_LINE
    return TitleForm.LINE if signs.is_worded else TitleForm.SHORT_LINE


def _of_page(signs: Signs) -> TitleForm:
    """What names a heading of a page whose own title is not that heading."""
    if signs.is_within_title:
        return TitleForm.HEADING_IN_TITLE
    return TitleForm.FIRST_RANK if signs.is_only_first_rank else TitleForm.OTHER_HEADING
