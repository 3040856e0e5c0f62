"""Lines → blocks: paragraphs, lists, headings that are marked as such, tables; hard-wrapped lines are made paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.characters import LIGATURES
from onrecord.intake.document import Block, Document, LeftOut, Refusal, TextRun, paragraph
from onrecord.intake.document_size import refuse_more_blocks
from onrecord.intake.evidence import language_detection
from onrecord.intake.formats.decoding import clean, closed_up, decoded, mended, spaced, tidied
from onrecord.intake.formats.line_joining import (
    goes_on_quoted,
    is_broken,
    open_mark,
    single_spaced,
    unhyphenated,
    wrap_width,
    wraps,
)
from onrecord.intake.formats.page_lines import TERMINAL, is_page_number, text_lines

__all__ = [
    "LIGATURES",
    "clean",
    "closed_up",
    "decoded",
    "document",
    "is_page_number",
    "lines_to_blocks",
    "mended",
    "preformatted",
    "read",
    "spaced",
    "tidied",
    "unhyphenated",
    "wrap_width",
    "wraps",
]

_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*•·▪‣◦●○■□➢✓–—])\s+(?=\S)")
_NUMBERED = re.compile(r"(?P<indent>\s*)(?P<mark>\d{1,2})[.)]\s+(?=\S)")
_ATX = re.compile(r" {0,3}(#{1,6})\s+(\S.*)$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*$")
_RULE = re.compile(r"\s*(?:(?:[*_=~–—-]\s*){3,}|(?:\*\s*){3,})$")
# Signs with which a text ends, each on a line of its own: "# # #", "-30-".
_END_SIGNS = re.compile(r"\s*+(?:(?:#\s*+){2,}+|[-–—]\s?30\s?[-–—])\s*$")
_INLINE = re.compile(r"\*\*(?=\S)(?P<strong>[^*]+?)(?<=\S)\*\*|(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<href>[^()\s]*)\)")
_LINK = re.compile(r"(?<=\])\([^()\s]*\)")
_WIDE_BLANKS = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_BREAKS_A_WORD = re.compile(r"[^\W\d_][-\u00ad\u2010][ \t]*$", re.MULTILINE)
_HYPHENS = ("-", "\u00ad", "\u2010")
_LETTER_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_])+(?:\s{2,}[^\W\d_](?: [^\W\d_])*)*$")
# One word of four letters or more that other words stand beside.
_SPACED_CAPITALS = re.compile(
    r"(?<=\w{3} )[^\W\d_](?: [^\W\d_]){3,11}(?!\S)|(?<!\S)[^\W\d_](?: [^\W\d_]){3,11}(?= \w{3})"
)
# Lines that are not blank; two megabytes of text have fewer.
_MOST_LINES = 100_000
_LONGEST_HEADLINE = 120
# A line that is shorter may be the first of a headline's.
_SHORT_LINE = 40
# One word; more letters without a wider blank may be several words, and nobody can say which.
_LONGEST_SPACED = 12


def document(text: str, form: str = "text") -> Document:
    """The Document of a plain text: its blocks, what its pages repeat as left out, and its lines as they stand as what is visible."""
    parsed, left_out = read(text)
    return Document(form, parsed, left_out=left_out, visible=visible(text))


def visible(text: str) -> tuple[str, ...]:
    """The lines of a text as a reader sees them; the address in "[text](address)", which becomes a link, is none."""
    return tuple(_LINK.sub("", line) if "](" in line else line for line in re.split(r"[\n\f]", text) if line.strip())


def preformatted(text: str) -> tuple[Block, ...]:
    """The blocks of lines that stand in another document as they were typed (HTML's `pre`): all of them, and every mark is a letter."""
    return lines_to_blocks(single_spaced(re.split(r"[\n\f]", text)), marked=False)


def read(text: str) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks of plain text, and what was left out of them: numbers of pages and running heads."""
    count = text.count("\n")
    if count > _MOST_LINES and (count := sum(map(bool, map(str.strip, text.split("\n"))))) > _MOST_LINES:
        raise Refusal(f"It has {count:,} lines; at most {_MOST_LINES:,} are read. Divide it into single releases.")
    lines, left_out = text_lines(closed_up(text))
    return lines_to_blocks(single_spaced([_letters_joined(line) for line in lines])), tuple(left_out)


def _letters_joined(line: str) -> str:
    """A line that is l e t t e r - s p a c e d, its words parted by wider blanks, as it is read."""
    text = line.strip()
    if len(text) >= 7 and len(text) < _LONGEST_HEADLINE and text.isupper() and " " in text:
        # K E L D IN RUINS
        line = _SPACED_CAPITALS.sub(lambda match: match[0].replace(" ", ""), line)
    if len(text) < 7 or text[1] != " " or not _LETTER_SPACED.match(text):
        return line
    words = [word.replace(" ", "") for word in re.split(r"\s{2,}", text)]
    return " ".join(words) if len(words) > 1 or len(words[0]) <= _LONGEST_SPACED else line


def lines_to_blocks(lines: Sequence[str], *, marked: bool = True) -> tuple[Block, ...]:
    """Blocks of lines: blank lines part them; within a chunk hard-wrapped lines are joined and others stand alone. `marked` says that
    Markdown's marks of headings, strong words and links are understood."""
    width = wrap_width(lines)
    broken = any(_BREAKS_A_WORD.search(line) for line in lines if line.rstrip(" \t\n").endswith(_HYPHENS))
    language = language_detection.of("\n".join(lines[:200])) if broken else ""
    out: list[Block] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            if len(chunk) == 1:
                # Text that was copied from a page keeps the ends of its lines as wide blanks.
                chunk = _parted_at_wide_blanks(chunk[0])
            out += _chunk(chunk, width, language, marked=marked)
            refuse_more_blocks(len(out))
            chunk = []
    if (
        marked
        and out
        and out[0].text.startswith("# ")
        and any(block.kind == "heading" and block.level > 1 for block in out)
    ):
        # Above headings of parts, the first line is the headline, whatever it begins and ends with.
        out[0] = replace(out[0].slice(2, len(out[0].text)), kind="heading", level=1)
    return tuple(_numbered(out))


def _parted_at_wide_blanks(line: str) -> list[str]:
    """The lines of a text whose line ends became wide blanks. Within a sentence, which goes on in lower case, letters were lost there:
    that is no line's end."""
    out: list[list[str]] = []
    length = 0
    for piece in _WIDE_BLANKS.split(line):
        if out and length > _SHORT_LINE and piece[:1].islower() and not TERMINAL.search(out[-1][-1]):
            out[-1].append(piece)
            length += len(piece)
        elif piece.strip():
            out.append([piece])
            length = len(piece)
    return [" ".join(pieces) for pieces in out]


def _chunk(lines: Sequence[str], width: int, language: str, *, marked: bool) -> list[Block]:
    table = _table(lines)
    if table:
        return [table]
    out: list[Block] = []
    pending: list[str] = []
    kind: tuple[str, int, str] = ("paragraph", 0, "")
    dashes = sum(1 for line in lines if re.match(r"\s*[–—]\s", line)) >= 2
    quoting = ""  # the mark of a quotation that is open in the pending paragraph

    def flush() -> None:
        if pending:
            text = clean(unhyphenated(pending, language))
            if text:
                name, level, marker = kind
                runs = _runs(text) if marked else (TextRun(text),)
                out.append(Block(name, runs, level, marker, close=bool(out)))  # type: ignore[arg-type]
                refuse_more_blocks(len(out))
            pending.clear()

    for at, line in enumerate(lines):
        atx, bullet, number = _ATX.match(line), _BULLET.match(line), _NUMBERED.match(line)
        headline = atx[2].rstrip().rstrip("#").rstrip() if atx else ""
        if _END_SIGNS.match(line):
            flush()
            out.append(Block("paragraph", (TextRun(line.strip()),), close=bool(out)))
        elif _UNDERLINE.match(line) and pending and at == 1:
            kind = ("heading", 1 if "=" in line else 2, "")
            flush()
            kind = ("paragraph", 0, "")
        elif _RULE.match(line):
            flush()
            out.append(Block("rule", (TextRun(line.strip()),), close=bool(out)))
        elif (
            marked
            and atx
            and len(headline) < 200
            and not ((len(atx[1]) == 1 and re.search(r"[.!?][\"”»’')]*$", headline)) or headline[:1].isdigit())
        ):
            flush()
            kind = ("heading", len(atx[1]), "")
            pending.append(headline)
            flush()
            kind = ("paragraph", 0, "")
        elif (bullet and (bullet["mark"] not in "–—" or dashes)) or number:
            flush()
            match = bullet or number
            assert match
            marker = "-" if bullet else f"{match['mark']}."
            kind = (
                "item",
                min(len(match["indent"].expandtabs(4)) // 4, 3) if out and out[-1].kind == "item" else 0,
                marker,
            )
            pending.append(line[match.end() :])
        elif pending and (
            wraps(lines[at - 1], line, width)
            or is_broken(lines[at - 1], line)
            or (kind[0] == "item" and line[:1].isspace())
            or (
                kind[0] == "paragraph"
                and quoting
                and goes_on_quoted(lines[at - 1], line, "".join(lines[at + 1 : at + 2]), width)
            )
        ):
            pending.append(line)
        else:
            flush()
            kind = ("paragraph", 0, "")
            pending.append(line)
        quoting = open_mark(line, quoting if len(pending) > 1 else "")
    flush()
    return out


def _runs(text: str) -> tuple[TextRun, ...]:
    """Plain text with the two marks of Markdown that nobody writes by chance — **strong** and [text](address) — understood."""
    if "**" not in text and "](" not in text:
        return (TextRun(text),)
    out, at = [], 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            out.append(TextRun(text[at : match.start()]))
        if match["strong"] is not None:
            out += [TextRun(run.text, strong=True, href=run.href) for run in _runs(match["strong"])]
        else:
            out.append(TextRun(match["text"], href=match["href"]))
        at = match.end()
    if at < len(text):
        out.append(TextRun(text[at:]))
    # Strong text around a link: the stars stand apart from the link's brackets.
    if any("**" in run.text for run in out) and sum(run.text.count("**") for run in out) == 2:
        strong, marked = False, []
        for run in out:
            for part_number, part in enumerate(run.text.split("**")):
                if part_number:
                    strong = not strong
                if part:
                    marked.append(TextRun(part, strong=strong or run.strong, href=run.href))
        out = marked
    return tuple(out)


def _table(lines: Sequence[str]) -> Block | None:
    """A table typed with pipes, tabs or columns of blanks; None where the lines are none."""
    if len(lines) < 2:
        return None
    if all(line.count("|") >= 2 for line in lines):
        rows = [[clean(cell) for cell in line.strip().strip("|").split("|")] for line in lines]
        rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell or "-") for cell in row)]
        return _table_block(rows) if len({len(row) for row in rows}) == 1 else None
    for pattern in (r"\t+", r"\s{3,}"):
        rows = [[clean(cell) for cell in re.split(pattern, line.strip())] for line in lines]
        if len(rows) >= 3 and len(rows[0]) >= 2 and len({len(row) for row in rows}) == 1:
            return _table_block(rows)
    return None


def _table_block(rows: Iterable[Sequence[str]]) -> Block:
    return Block("table", rows=tuple(tuple((TextRun(cell),) for cell in row) for row in rows))


def _numbered(items: Sequence[Block]) -> list[Block]:
    """Items numbered in order stay a list; a number that stands alone ("1984. The year …") is text."""
    out = list(items)
    run: list[int] = []
    for at, block in enumerate([*items, paragraph("")]):
        numbered = block.kind == "item" and block.marker != "-"
        if numbered and (int(block.marker[:-1]) == (int(items[run[-1]].marker[:-1]) + 1 if run else 1)):
            run.append(at)
            continue
        if len(run) == 1:
            out[run[0]] = _as_text(items[run[0]])
        run = []
        if numbered:
            if int(block.marker[:-1]) == 1:
                run = [at]
            else:
                out[at] = _as_text(block)
    return out


def _as_text(block: Block) -> Block:
    return Block("paragraph", (TextRun(f"{block.marker} "), *block.runs), close=block.close)
