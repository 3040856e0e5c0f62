"""What flows through the import room: blocks of a document, what it states, and its record.

Everything is frozen. Offsets are into `Block.text`, which is the plain text of a block on one line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from onrecord.model import Question, Quotation

BlockKind = Literal["paragraph", "heading", "item", "quote", "table", "footnote", "rule"]
Mark = Literal["", "raised", "lowered", "struck"]
AFTER_PAGE = "comments and related pages"
"""Why words are left out that stand behind a text on its page and are of other texts."""


class Refusal(Exception):
    """This one document cannot become a record. The message is a sentence for the person who brought it."""


class NoText(Refusal):
    """There is nothing to read in it: as a part of another document, it is passed over."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text of one look. `note` is the label of a footnote that is called here (its text is then empty); `mark` says that
    the text stands raised or lowered, or is struck out: a raised 3 is never the digit 3, a struck word never a word."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    note: str = ""
    mark: Mark = ""


# The text of a table's cell.
Cell = tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table or footnote.

    `level` is 1-6 of a heading and the depth (0, 1, …) of an item; `marker` is "-" or "1." of an item and the label of a footnote;
    `close` says that no blank line stood before it; `rows` are a table's cells, row by row, each row as wide as the table: a cell that
    spans several has its text in the first of them.
    """

    kind: BlockKind
    runs: tuple[TextRun, ...] = ()
    level: int = 0
    marker: str = ""
    close: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    text: str = field(init=False, repr=False, compare=False)
    """The plain text, a table's cells apart."""

    def __post_init__(self) -> None:
        runs = self.runs
        # Asked for again and again, of blocks with thousands of runs too.
        object.__setattr__(self, "text", runs[0].text if len(runs) == 1 else "".join([run.text for run in runs]))

    @property
    def texts(self) -> tuple[str, ...]:
        """All plain text, each of a table's cells for itself."""
        if not self.rows:
            return (text,) if (text := self.text) else ()
        return tuple(filter(None, ("".join(run.text for run in cell) for cell in self.cells)))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All runs of text: its own, then those of each of a table's cells."""
        return (self.runs, *(cell for row in self.rows for cell in row))

    def with_cells(self, change: Callable[[Cell], Cell]) -> Block:
        """The same block with `change` done to its own runs and to those of each of a table's cells."""
        return replace(self, runs=change(self.runs), rows=tuple(tuple(map(change, row)) for row in self.rows))

    def slice(self, start: int, end: int | None = None) -> Block:
        """The same block with only the characters from `start` to `end` of its text, outer white space gone."""
        text = self.text
        end = len(text) if end is None else end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        kept, at = [], 0
        for run in self.runs:
            low, high = max(start - at, 0), min(end - at, len(run.text))
            if low < high:
                kept.append(replace(run, text=run.text[low:high]))
            elif run.note and start <= at <= end:
                kept.append(run)
            at += len(run.text)
        return replace(self, runs=tuple(kept))


def paragraph(text: str, *, close: bool = False) -> Block:
    """A plain paragraph of `text`."""
    return Block("paragraph", (TextRun(text),) if text else (), close=close)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value that a document states, and where: the name of its place in the metadata ("2012-02-08T10:00:00Z",
    "article:published_time"), or the words of the line that state it ("12/2013", "Press release No. 12/2013")."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Visible text of a document that stands in no field, not in the body and not in the notes, and why: "navigation", "running head",
    "hidden", … `prose` says that it reads like sentences, or that nobody can be sure: the draft then asks about it."""

    text: str
    reason: str
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document states for one field, and the questions it leaves. Empty text means: not stated.

    `span` are the document's words that state it, as they stand there, and `why` says by which signs ("label", "letterhead, “X said
    today”"): both are for the person who reviews it.

    Of a date, `value` is EDTF, `written` the source's words, `basis` the kind of place that states it (header, dateline, body,
    metadata), and `readings` are all that it can mean where the order of day and month is open.
    """

    value: str = ""
    questions: tuple[Question, ...] = ()
    written: str = ""
    basis: str = ""
    readings: tuple[str, ...] = ()
    span: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself outside its text. Empty where it says nothing."""

    titles: tuple[Evidence, ...] = ()
    subtitles: tuple[Evidence, ...] = ()
    published: tuple[Evidence, ...] = ()
    updated: tuple[Evidence, ...] = ()
    publishers: tuple[Evidence, ...] = ()
    languages: tuple[Evidence, ...] = ()
    references: tuple[Evidence, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text in reading order, with what stands beside it. `form` names its format: text, markdown, html, pdf, word, mail, ….

    `left_out` is what its reader took for no part of the text, with the reasons; `visible` is all its visible text, stretch by stretch,
    gathered without what the reader understands of it (all text nodes of a page, all glyphs of a PDF): both together let `accounting`
    find what fell out. `questions` is what the reader could not settle (an equation, changes that are tracked). `archived` is the
    address of the copy in a web archive that the document was captured from. `begins` is the number of the block with which the text
    begins, where the reader knows it: no block before it is a paragraph of the text. `doubt` says why the letters themselves may be wrong,
    all through the text: then nothing is asserted from it.
    """

    form: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    left_out: tuple[LeftOut, ...] = ()
    visible: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    archived: str = ""
    begins: int = 0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a table's row: what its column is called, the field that this names (`near` one that it may name, where it is not clear),
    the text, and why that may not be what was meant."""

    column: str
    field: str
    text: str
    doubt: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file, which may hold several (a mailbox, an archive of pages). `source` is the file's name, with ` # ` and a
    number behind it where there are several; `data` are the bytes whose digest says that it was imported. Where it cannot be read,
    `refused` is the reason and `document` is None; a row of a table has its cells in `row` in place of a document."""

    source: str
    data: bytes
    document: Document | None = None
    refused: str = ""
    row: tuple[RowCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the layout put a stretch of text, or `stretches` that follow one another, for a person who asks: `place` is a field, body,
    notes, header, footer or left_out, `by` the pass that decided it and `reason` why. Long text is shortened."""

    text: str
    place: str
    by: str
    reason: str
    stretches: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """A document taken apart. `header` are the lines above the headline and between it and the body, `footer` those after it.

    Every block of the document stands in `body`, in `notes`, among the lines of `header` and `footer`, in a field, or in `left_out`.
    `claims` say by which signs title and sub-title are asserted.
    """

    title: str
    subtitle: str
    header: tuple[str, ...]
    dateline: str
    body: tuple[Block, ...]
    notes: tuple[Block, ...]
    footer: tuple[str, ...]
    publisher: str = ""
    glued: str = ""
    left_out: tuple[LeftOut, ...] = ()
    decisions: tuple[Decision, ...] = ()
    claims: tuple[tuple[str, Claim], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """Another source or release that carries the same text: its name, its slug if it is in the archive or drafted, and which part of
    the shorter text's three-word shingles stands in the longer (0-1)."""

    source: str
    containment: float


@dataclass(frozen=True, slots=True)
class Record:
    """What the importer makes of one source. Empty text means: not found. `refused` is the reason why nothing was made; `archived` is
    the address of a web archive's copy, which only a capture of that copy states. `quotation_claims` are those of the first quotations,
    one for each, in their order. `decisions` and `claims` (by field, without their questions) are for `import --explain`."""

    source: str
    sha256: str = ""
    title: str = ""
    subtitle: str = ""
    date: str = ""
    date_as_written: str = ""
    date_basis: str = ""
    publisher: str = ""
    reference: str = ""
    kind: str = ""
    language: str = ""
    extent: str = ""
    dateline: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    body: str = ""
    notes: str = ""
    url: str = ""
    archived: str = ""
    quotations: tuple[Quotation, ...] = ()
    quotation_claims: tuple[Claim, ...] = ()
    versions: tuple[Version, ...] = ()
    review: tuple[Question, ...] = ()
    readings: tuple[str, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = ()
    decisions: tuple[Decision, ...] = ()
    claims: tuple[tuple[str, Claim], ...] = ()
    refused: str = ""
