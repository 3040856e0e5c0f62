"""The forms in which a document states its day of publication: where a date stands, and what stands with it on its line. Which of them are
asserted, and with which other signs, is `date_gate`."""

from __future__ import annotations

from typing import Literal

DateForm = Literal[
    "",
    "label",
    "label of a date",
    "label with other words",
    "label at the foot",
    "line of its own",
    "line with a name",
    "line without a year",
    "one of several lines without a year or a day",
    "line that is a heading",
    "line among the first of the text",
    "line below the repeated headline",
    "dateline",
    "beside the headline",
    "“today” in the text",
    "last lines",
    "front matter",
    "mail header",
    "metadata and the visible text",
    "metadata and the page's address",
    "metadata in two vocabularies",
]
