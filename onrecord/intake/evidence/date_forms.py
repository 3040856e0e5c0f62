"""The forms in which a document states its day of publication, and which of them are asserted.

A form is where a date stands and what stands with it. How often each was right and false on real documents that nobody had tuned to is
counted in tests/intake/sign_forms.toml; a form with a false one is asked.
"""

from __future__ import annotations

from typing import Literal, get_args

DateForm = Literal[
    "",
    "label",
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

ASKED: frozenset[DateForm] = frozenset(
    {"line that is a heading", "line without a year", "one of several lines without a year or a day"}
)
"""Forms that the day of an event has as often."""
ASSERTED: frozenset[DateForm] = frozenset(get_args(DateForm)) - ASKED - {""}
