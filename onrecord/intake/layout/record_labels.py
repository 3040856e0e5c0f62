"""The labels of a record that a program wrote above a text: "Title: …", "Date: …", "Issues: none", and "Content:" before the text."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.stated_lines import LABEL, lines_above

# Of words between, a label has no more, and its value no more.
_MOST_OF_LABEL, _MOST_OF_VALUE = 3, 12
# A record has no more labels.
_MOST_LABELS = 20


def record_labels(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The label of the text, alone on its line, in a document that begins with the label of its title; the lines with another label between
    the two; and the words below it that state nothing: they belong to the text, and no sub-title stands there."""
    above = [line for line, _ in zip(lines_above(assignment), range(_MOST_LABELS), strict=False)]
    title = LABEL.match(above[0].text) if above and not above[0].number else None
    if not title or not title["value"].strip() or not _is_title(title["label"], context):
        return
    between: list[tuple[int, str]] = []
    for line in above[1:]:
        match = LABEL.match(line.text)
        if not match or line.block.kind != "paragraph" or len(match["label"].split()) > _MOST_OF_LABEL:
            return
        if not match["value"].strip():
            yield Move(line.number, "header", "label of the text")
            for labelled, label in between:
                yield Move(labelled, "header", f"label “{label}”")
            for below in above[above.index(line) + 1 :]:
                if not below.header.is_header and not below.opens_contacts and not below.has_contact:
                    yield Move(below.number, "body", "is below the label of the text")
            return
        if not line.header.is_header and not _is_of_publisher(match["label"], context):
            if len(match["value"].split()) > _MOST_OF_VALUE:
                return
            between.append((line.number, match["label"].strip()))


def _is_title(label: str, context: Context) -> bool:
    return context.lexicon.pattern("label_title", "whole").match(label.strip()) is not None


def _is_of_publisher(label: str, context: Context) -> bool:
    return context.lexicon.pattern("label_publisher", "whole").match(label.strip()) is not None
