"""How much a document may hold: no more than a release can, so that what is read of it takes seconds whatever it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.document import Block, Refusal

MOST_BYTES = 2 * 1024 * 1024
"""Bytes (UTF-8) of text: as many has a release's file (`read.MOST_BYTES`)."""
MOST_BLOCKS = 12_000
"""Paragraphs, headings, items and tables: a report of 300 pages has some 5,000."""
MOST_NOTES = 5_000
"""Footnotes and endnotes; a report of 300 pages has some thousand."""
MOST_LINKS = 10_000
"""Links and other fields of a document of a word processor; a report whose contents, notes and sources are links has some thousand."""
MOST_ROWS = 12_000
"""Rows of tables, twice as many as the longest that were met have."""
MOST_CELLS_OF_A_ROW = 1_000
"""As many columns has a table that is read as rows (`formats.sheet`); word processors make 63."""
MOST_RUNS = 100_000
"""Stretches of one look that follow each other, those in tables apart."""
MOST_CELLS = 200_000
"""Cells of tables, as many as a release's body may have (`markup.blocks`)."""
MOST_SIGNS = 250_000
"""Signs that Markdown would take for marks, each of which has to be written so that it is none; a body may have as many parts
(`markup.blocks`)."""
MOST_ADDRESSES = 20_000
"""Addresses of pages and of mail in a text, each of which is a link in Markdown, where a body has 25,000 at most (`markup`): one to a
hundred bytes of the longest text."""
MOST_QUOTING = 6_000
"""Paragraphs with quotation marks: twice as many as the longest that were met have quotations."""
_SIGNS = "&<*_[`\\"
_IN_ADDRESSES = ("://", "@")
_OPENS_QUOTATION = re.compile('["“„«「『]')

# Blanks and zeros of a wide encoding are no text, and what two marks write may be one letter.
_FAR_TOO_MANY_BYTES = 2 * MOST_BYTES
_NO_LETTERS = b" \t\r\n\f\v\0"
# Runs are no more than MOST_RUNS, and only long ones have very many signs.
_SHORT = 100
_DIVIDE = "Divide it into single releases, or save what matters of it as plain text."


def refuse_too_many(count: int, what: str, most: int = MOST_BLOCKS) -> None:
    """Raises Refusal where a document has more of certain parts than may be read: a reader that counts them spares the reading."""
    if count > most:
        raise Refusal(f"It has {count:,} {what}; at most {most:,} are read. {_DIVIDE}")


def refuse_too_many_cells(count: int) -> None:
    """Raises Refusal where the tables of a document have more cells than may be read."""
    if count > MOST_CELLS:
        raise Refusal(f"Its tables have {count:,} cells; at most {MOST_CELLS:,} are read. {_DIVIDE}")


def refuse_more_blocks(count: int) -> None:
    """Raises Refusal where more blocks than may be read were found and the document goes on: what is left is not counted."""
    if count > MOST_BLOCKS:
        raise Refusal(f"It has more than {MOST_BLOCKS:,} paragraphs, headings and items; so many are read. {_DIVIDE}")


def refuse_far_too_long(data: bytes) -> None:
    """Raises Refusal where a plain text has so many bytes that it has too many in any encoding: it is not even decoded."""
    if len(data) > _FAR_TOO_MANY_BYTES and (count := len(data.translate(None, _NO_LETTERS))) > _FAR_TOO_MANY_BYTES:
        raise Refusal(f"Its text has {count:,} bytes without its blanks; at most {MOST_BYTES:,} are read. {_DIVIDE}")


def refuse_too_long(texts: Sequence[str]) -> None:
    """Raises Refusal where all that a document may show has more bytes without its blanks, or more signs of Markdown, than a release can
    have."""
    if sum(map(len, texts)) <= MOST_SIGNS:
        return
    text = "".join(texts)
    if 4 * len(text) > MOST_BYTES and (count := sum(map(_bytes, text.split()))) > MOST_BYTES:
        raise Refusal(f"It shows {count:,} bytes of text; at most {MOST_BYTES:,} are read. {_DIVIDE}")
    _refuse_signs(sum(map(text.count, _SIGNS)))


def _refuse_signs(count: int) -> None:
    if count > MOST_SIGNS:
        raise Refusal(
            f"Its text has {count:,} signs that are marks in Markdown; at most {MOST_SIGNS:,} are read. {_DIVIDE}"
        )


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def refuse_too_large(blocks: Sequence[Block]) -> None:
    """Raises Refusal where the blocks of a document are more than may be read."""
    refuse_too_many(len(blocks), "paragraphs, headings and items")
    runs = sum(len(block.runs) for block in blocks)
    if runs > MOST_RUNS:
        raise Refusal(f"Its text changes its look {runs:,} times; at most {MOST_RUNS:,} times are read. {_DIVIDE}")
    cells = sum(sum(map(len, block.rows)) for block in blocks)
    refuse_too_many_cells(cells)
    size = sum(_bytes(run.text) for block in blocks for runs in block.cells for run in runs)
    if size > MOST_BYTES:
        raise Refusal(f"Its text has {size:,} bytes; at most {MOST_BYTES:,} are read. {_DIVIDE}")
    refuse_too_many(
        sum(run.text.count(sign) for sign in _IN_ADDRESSES for block in blocks for run in block.runs),
        "addresses of pages and of mail",
        MOST_ADDRESSES,
    )
    quoting = sum(any(_OPENS_QUOTATION.search(run.text) for run in block.runs) for block in blocks)
    refuse_too_many(quoting, "paragraphs with quotation marks", MOST_QUOTING)
    _refuse_signs(
        sum(sum(map(run.text.count, _SIGNS)) for block in blocks for run in block.runs if len(run.text) > _SHORT)
    )
