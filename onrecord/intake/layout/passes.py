"""The passes by which a document is taken apart, in their order. Each gives moves of text between places, each move with its reason.

A pass sees what the passes before it have decided and moves, as a rule, only what is undecided. To add one: write a function of an
`Assignment` and a `Context` that yields `Move`s, with a sentence that says what it moves, and put it where it belongs in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from onrecord.intake.layout import (
    foot_passes,
    glued_names,
    head_passes,
    headline,
    page_passes,
    record_labels,
    repeated_headline,
    stated_lines,
    text_interruptions,
    unbroken_text,
)
from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.context import Context

Pass = Callable[[Assignment, Context], Iterable[Move]]

PASSES: tuple[Pass, ...] = (
    # The page around the document.
    page_passes.print_marks,
    page_passes.navigation,
    page_passes.after_page,
    page_passes.walls,
    page_passes.embeds,
    page_passes.captions,
    page_passes.print_lines,
    page_passes.read_more,
    text_interruptions.see_also,
    text_interruptions.feet_of_pages,
    # Where the text begins, and the lines above it.
    head_passes.corrections,
    head_passes.first_paragraph,
    head_passes.long_lines,
    head_passes.end_marks_above,
    head_passes.contacts_above,
    record_labels.record_labels,
    head_passes.labels,
    head_passes.issuers,
    head_passes.notices,
    stated_lines.stated_lines,
    head_passes.salutations,
    head_passes.letterheads,
    headline.headline,
    unbroken_text.unbroken_text,
    glued_names.glued_publisher,
    repeated_headline.repeated_headline,
    # What follows the text.
    foot_passes.links,
    foot_passes.contacts,
    foot_passes.end_marks,
    foot_passes.notes,
    foot_passes.about,
    foot_passes.contacts_in_notes,
    foot_passes.signature,
    # The text.
    foot_passes.head_of_text,
    foot_passes.text,
)


def assigned(assignment: Assignment, context: Context) -> Assignment:
    """The assignment after all passes: nothing is undecided."""
    for each in PASSES:
        assignment = assignment.moved(list(each(assignment, context)), each.__name__)
    return assignment
