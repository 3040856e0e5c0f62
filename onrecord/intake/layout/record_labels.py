"""The labels of a record that a program wrote of a release: "Title:", "Date:", "Topics: none", "Content:", and then the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.stated_lines import LABEL

# A record has no more fields above its text.
_MOST_FIELDS = 12
OF_TEXT = "label of the text"


def record_labels(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The label of the text, and those of other fields that stand between the title's and it: where a record has both, neither is text, and
    whatever stands behind the label is."""
    head = assignment.lines[: assignment.opening + 1]
    titled = next((at for at, line in enumerate(head) if _is_label(line, "label_title", context)), None)
    if titled is None:
        return
    fields = head[titled + 1 :]
    at = next((at for at, line in enumerate(fields) if _is_label(line, "label_text", context)), None)
    if at is None or at > _MOST_FIELDS:
        return
    yield from _label_of_text(assignment, fields[at])
    for line in _undated_fields(fields[:at]):
        if assignment.is_whole(line.number):
            yield Move(line.number, "header", "label of a record")
    for line in fields[at + 1 :]:
        if line.number < assignment.opening and assignment.is_whole(line.number):
            yield Move(line.number, "body", "is behind the label of the text")


def _label_of_text(assignment: Assignment, line: Line) -> Iterator[Move]:
    """The label itself; the text may begin behind it in the same line."""
    label = LABEL.match(line.text)
    first = assignment.stretches[line.number][0]
    if label is None or first.place not in ("undecided", "body"):
        return
    end = label.start("value") if label["value"].strip() else None
    yield Move(line.number, "left_out", OF_TEXT, end=end, source=first.place)


def _undated_fields(fields: Sequence[Line]) -> Iterator[Line]:
    """The lines with a label and no day: what a day is of is asked elsewhere."""
    for line in fields:
        if LABEL.match(line.text) and not line.header.dates and line.block.kind == "paragraph":
            yield line


def _is_label(line: Line, category: str, context: Context) -> bool:
    label = LABEL.match(line.text) if line.is_text else None
    return label is not None and (
        context.lexicon.pattern(category, "whole").match(line_signs.bare(label["label"])) is not None
    )
