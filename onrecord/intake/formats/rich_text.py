"""Rich Text Format (Microsoft, version 1.9.1) → Document.

The control words that bear on what a reader sees are followed: paragraphs, tables, lists, notes, raised, lowered, struck, hidden and
deleted text, links, encodings. `rich_text_tokens` reads the file, here it becomes blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from onrecord.intake.document import Block, Cell, Document, LeftOut, Mark, Refusal, TextRun
from onrecord.intake.document_size import (
    MOST_BYTES,
    MOST_CELLS_OF_A_ROW,
    MOST_LINKS,
    MOST_NOTES,
    MOST_ROWS,
    refuse_more_blocks,
    refuse_too_many,
    refuse_too_many_cells,
)
from onrecord.intake.formats import note_marks, plaintext, run_lines
from onrecord.intake.formats.rich_text_tokens import Control, Text, tokens
from onrecord.intake.lexicon import words_of_all
from onrecord.intake.lexicon.notation import folded

_DEEPEST = 500
# Destinations whose text is no part of the document's.
_UNSEEN = frozenset(
    "colortbl info pict object objdata themedata colorschememapping datastore latentstyles rsidtbl generator xmlnstbl listtable "
    "listoverridetable revtbl filetbl fontemb fontfile mmathPr bkmkstart bkmkend nonshppict userprops docvar wgrffmtfilter pgptbl "
    "formfield datafield atnid atnauthor atntime atnref atndate atnparent tc xe fchars lchars template operator falt panose sp".split()
)
_SPECIAL = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "tab": "\t",
    "emspace": " ", "enspace": " ", "qmspace": " ", "~": "\u00a0", "_": "\u2011", "line": "\n", "lbr": "\n", "softline": "\n",
}  # fmt: skip
_HEADS = frozenset("header headerl headerr headerf".split())
_FEET = frozenset("footer footerl footerr footerf".split())
_LINK = re.compile(r"HYPERLINK\s+(?:\\l\s+)?\"?([^\"\s]+)", re.I)
_STYLE_NAME = re.compile(r"(?P<word>[^\W\d_]+)\s*(?P<level>\d)?")
# A list that was typed by hand.
_TYPED_MARK = re.compile(r"\s*(?:[•·▪◦●○■–-]|(?P<number>\d{1,3})[.)])\t")
_NOTE_WORD = re.compile(rb"\\footnote(?![a-z])")
_FIELD_WORD = re.compile(rb"\\fldinst(?![a-z])")
_ROW_WORD = re.compile(rb"\\(?:nest)?row(?![a-z])")
_LOOK_WORD = re.compile(rb"\\(?:b|i|v|super|sub|strike|deleted|plain|fs|bin)(?![a-zA-Z])")
_LETTER_WORD = re.compile(rb"\\u-?[1-9]\d{2}")
_HEAD_WORD = re.compile(rb"\\(?:header|footer)[lrf]?(?![a-z])")
_CELL_WORD = re.compile(rb"\\(?:nest)?cell(?![a-z])")
# Word processors write some for each stretch of one look; what is longer than a release can be has more.
_MOST_GROUPS = 250_000
_MOST_LOOKS = 250_000
# A part of a document has six at most, and a report few parts.
_MOST_HEADS = 5_000
_NUMBER = re.compile(r"\(?(\d{1,4})[.)]?$")


def is_rich_text(data: bytes) -> bool:
    """True for bytes that begin as Rich Text Format does."""
    return data.startswith(b"{\\rtf")


def document(data: bytes) -> Document:
    """The Document of a file in Rich Text Format. Raises Refusal where its groups are nested too deeply, or there is no text."""
    refuse_too_many(len(_NOTE_WORD.findall(data)), "footnotes", MOST_NOTES)
    refuse_too_many(len(_FIELD_WORD.findall(data)), "links and other fields", MOST_LINKS)
    refuse_too_many(len(_ROW_WORD.findall(data)), "rows of tables", MOST_ROWS)
    refuse_too_many(len(_HEAD_WORD.findall(data)), "running heads and feet", _MOST_HEADS)
    cells = [len(_CELL_WORD.findall(row)) for row in _ROW_WORD.split(data)]
    refuse_too_many_cells(sum(cells))
    refuse_too_many(max(cells), "cells in one row of a table", MOST_CELLS_OF_A_ROW)
    # None of them is a letter of ASCII, so each has two bytes and more.
    letters = sum(1 for _ in _LETTER_WORD.finditer(data)) if len(data) > MOST_BYTES else 0
    refuse_too_many(letters, "letters that are written by their numbers", MOST_BYTES // 2)
    if (groups := data.count(b"{")) > _MOST_GROUPS:
        advice = "Save it anew with a word processor, or divide it."
        raise Refusal(f"Its text is in {groups:,} groups; at most {_MOST_GROUPS:,} are read. {advice}")
    if (looks := len(_LOOK_WORD.findall(data))) > _MOST_LOOKS:
        advice = "Save it as plain text, or divide it."
        raise Refusal(f"Its text changes its look {looks:,} times; at most {_MOST_LOOKS:,} times are read. {advice}")
    reader = _Reader()
    for token in tokens(data):
        if isinstance(token, Text):
            reader.text(token.text)
        else:
            reader.control(token)
    return reader.document()


@dataclass(slots=True)
class _State:
    """What a group inherits, and gives back at its end."""

    place: str = "body"
    strong: bool = False
    emphasis: bool = False
    mark: Mark = ""
    struck: bool = False
    hidden: str = ""
    link: str = ""
    size: int = 24

    def copy(self) -> _State:
        """Another of the same."""
        return _State(self.place, self.strong, self.emphasis, self.mark, self.struck, self.hidden, self.link, self.size)


class _Piece(NamedTuple):
    """A piece of text in a paragraph, with its look; `note` is a call of a footnote. There is one for each word of some files."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    mark: Mark = ""
    note: str = ""


@dataclass(slots=True)
class _Paragraph:
    """What is set for the paragraph that is being written."""

    runs: list[_Piece] = field(default_factory=list)
    marker: str = ""
    level: int = 0
    heading: int = 0
    in_table: bool = False
    sizes: Counter[int] = field(default_factory=Counter)


class _Reader:
    """Blocks of the controls and texts of a file."""

    def __init__(self) -> None:
        self._state = _State()
        self._stack: list[_State] = []
        self._paragraphs = {"body": _Paragraph()}
        self._blocks: list[Block] = []
        # Plain paragraphs, by their place among the blocks: the size of most of their letters.
        self._sizes: dict[int, int] = {}
        self._letters: Counter[int] = Counter()
        self._heads: list[Block] = []
        self._notes: list[Block] = []
        self._left_out: list[LeftOut] = []
        self._visible: list[str] = []
        self._cells: list[Cell] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._unseen: dict[str, list[str]] = {}
        self._ignorable = self._opened = False
        self._styles: dict[int, int] = {}
        self._style = -1
        self._style_name: list[str] = []

    def text(self, text: str) -> None:
        """Text at this place."""
        self._ignorable = self._opened = False
        state = self._state
        place = state.place
        if place == "unseen":
            return
        if place == "style":
            self._style_name.append(text)
        elif place == "instruction":
            self._unseen.setdefault("instruction", []).append(text)
        elif place == "marker":
            self._here().marker += text
        elif state.hidden:
            self._unseen.setdefault(state.hidden, []).append(text)
        else:
            if place != "comment":
                self._visible.append(text)
            mark: Mark = "struck" if state.struck else state.mark
            here = self._here()
            here.runs.append(_Piece(text, state.strong, state.emphasis, state.link, mark))
            here.sizes[state.size] += len(text)

    def control(self, token: Control) -> None:
        """A control word or sign."""
        word = token.word
        if word == "{":
            if len(self._stack) > _DEEPEST:
                raise Refusal("It is nested too deeply to be read.")
            self._stack.append(self._state)
            self._state = self._state.copy()
        elif word == "}":
            self._close()
        elif word == "*":
            # Within a group the sign means nothing; some programs write it there.
            self._ignorable = self._opened
            return
        elif self._state.place != "unseen":
            self._word(word, token.number)
        self._ignorable = False
        self._opened = word == "{"

    def _word(self, word: str, number: int | None) -> None:
        state, on = self._state, number != 0
        if word in _SPECIAL:
            self.text(_SPECIAL[word])
        elif word in ("par", "sect", "page", "pard"):
            if word == "pard":
                here = self._here()
                here.level, here.heading, here.in_table = 0, 0, False
            else:
                self._end_paragraph()
        elif word == "fs":
            state.size = number or 24
        elif word == "plain":
            state.strong = state.emphasis = state.struck = False
            state.mark = state.hidden = ""
            state.size = 24
        elif word in ("b", "i"):
            state.strong, state.emphasis = (on, state.emphasis) if word == "b" else (state.strong, on)
        elif word in ("super", "sub", "nosupersub"):
            state.mark = "raised" if word == "super" and on else "lowered" if word == "sub" and on else ""
        elif word in ("up", "dn"):
            # A shift in half points, 6 where none is given.
            shifted = 6 if number is None else number
            state.mark = ("raised" if word == "up" else "lowered") if shifted > 0 else ""
        elif word in ("strike", "striked"):
            state.struck = on
        elif word in ("v", "deleted"):
            reason = "hidden" if word == "v" else "deleted"
            state.hidden = reason if on else "" if state.hidden == reason else state.hidden
        elif word in ("ilvl", "outlinelevel", "intbl", "s"):
            self._paragraph_word(word, number or 0)
        elif word in ("cell", "nestcell"):
            self._cells.append(self._taken_runs())
        elif word in ("row", "nestrow"):
            if self._cells:
                self._rows.append(tuple(self._cells))
            self._cells = []
        else:
            self._destination(word)

    def _paragraph_word(self, word: str, number: int) -> None:
        here = self._here()
        if word == "ilvl":
            here.level = min(number, 9)
        elif word == "outlinelevel":
            here.heading = number + 1 if number < 6 else 0
        elif word == "intbl":
            here.in_table = True
        elif self._state.place == "style":
            self._style = number
        else:
            here.heading = self._styles.get(number, 0)

    def _destination(self, word: str) -> None:
        state = self._state
        if word == "stylesheet":
            state.place = "style"
        elif word in ("listtext", "pntext"):
            self._here().marker = ""
            state.place = "marker"
        elif word == "fldinst":
            state.place = "instruction"
            self._unseen["instruction"] = []
        elif word == "fldrslt":
            link = _LINK.search("".join(self._unseen.get("instruction", [])))
            state.link = link[1] if link else ""
        elif word == "footnote":
            label = str(len(self._notes) + 1)
            self._here().runs.append(_Piece("", note=label))
            self._notes.append(Block("footnote", marker=label))
            self._state = _State(place=f"note {label}")
        elif word in ("annotation", *_HEADS, *_FEET):
            self._state = _State(place="comment" if word == "annotation" else "head" if word in _HEADS else "foot")
        elif (word in _UNSEEN or self._ignorable) and word not in ("shpinst", "shptxt"):
            # Unknown destinations may be passed over; what Word 97 and later write for shapes holds text.
            state.place = "unseen"

    def _close(self) -> None:
        if not self._stack:
            return
        before = self._state
        self._state = self._stack.pop()
        if before.place == self._state.place:
            if before.place == "style":
                level = _heading_level("".join(self._style_name).strip().rstrip(";"))
                if level and self._style >= 0:
                    self._styles[self._style] = level
                self._style, self._style_name = -1, []
            return
        if before.place in ("head", "foot", "comment") or before.place.startswith("note "):
            self._end_paragraph(before.place)

    def _here(self) -> _Paragraph:
        place = self._state.place
        return self._paragraphs.setdefault(
            place if place in ("head", "foot", "comment") or place[:5] == "note " else "body", _Paragraph()
        )

    def _taken_runs(self) -> tuple[TextRun, ...]:
        here = self._here()
        runs = run_lines.joined(here.runs)
        here.runs, here.marker = [], ""
        return runs

    def _end_paragraph(self, place: str = "") -> None:
        place = place or self._state.place
        self._visible.append("\n")
        here = self._paragraphs.get(place) or self._here()
        if here.in_table and place == "body":
            here.runs.append(_Piece(" "))
            return
        marker, level, heading = here.marker.strip(), here.level, here.heading
        typed = _TYPED_MARK.match("".join(run.text for run in here.runs[:4])) if not marker else None
        runs = run_lines.joined(here.runs)
        size = here.sizes.most_common(1)[0][0] if here.sizes else 24
        here.runs, here.marker, here.sizes = [], "", Counter()
        if place == "body":
            self._end_table()
        if not any(run.text.strip() or run.note for run in runs):
            return
        text = "".join(run.text for run in runs)
        if place == "head":
            self._heads.append(Block("paragraph", runs, close=True))
        elif place in ("foot", "comment"):
            reason = "running foot" if place == "foot" else "comment"
            self._left_out.append(LeftOut(plaintext.clean(text), reason, prose=place == "comment"))
        elif place.startswith("note "):
            at = int(place[5:]) - 1
            before = self._notes[at].runs
            self._notes[at] = replace(self._notes[at], runs=(*before, TextRun(" "), *runs) if before else runs)
        elif typed and place == "body":
            typed_marker = f"{typed['number']}." if typed["number"] else "-"
            self._blocks.append(Block("item", runs, level, typed_marker).slice(len(typed[0].split()[0])))
        elif heading and len(text) < 300:
            self._blocks.append(Block("heading", runs, min(heading, 6)))
        elif marker:
            number = _NUMBER.match(marker)
            plain = not any(char.isalnum() for char in marker)
            if number or plain:
                self._blocks.append(Block("item", runs, level, f"{number[1]}." if number else "-"))
            else:
                self._blocks.append(Block("paragraph", (TextRun(f"{marker} "), *runs)))
        else:
            self._sizes[len(self._blocks)] = size
            self._letters[size] += len(text)
            self._blocks.append(Block("paragraph", runs))
        refuse_more_blocks(len(self._blocks))

    def _end_table(self) -> None:
        if self._cells:
            self._rows.append(tuple(self._cells))
        if self._rows:
            width = max(map(len, self._rows))
            self._blocks.append(Block("table", rows=tuple((*row, *((),) * (width - len(row))) for row in self._rows)))
        self._cells, self._rows = [], []

    def _find_headings(self) -> None:
        """Makes headings of the short paragraphs in larger type than the text, and of those that are all bold."""
        if not self._letters:
            return
        size = self._letters.most_common(1)[0][0]
        larger = sorted({each for each in self._sizes.values() if each >= size * 1.15}, reverse=True)
        for at, own in self._sizes.items():
            block = self._blocks[at]
            bold = all(run.strong for run in block.runs if run.text.strip())
            if own in larger and len(block.text) < 300:
                self._blocks[at] = replace(block, kind="heading", level=min(larger.index(own) + 1, 6))
            elif bold and len(block.text) < 160 and not block.text.endswith("."):
                self._blocks[at] = replace(block, kind="heading", level=6)

    def document(self) -> Document:
        """The Document of all that was read. Raises Refusal where it has no text."""
        for place in [*self._paragraphs]:
            self._end_paragraph(place)
        self._end_table()
        for reason in ("hidden", "deleted"):
            text = plaintext.clean("".join(self._unseen.get(reason, [])))
            if text:
                self._left_out.append(LeftOut(text, reason, prose=True))
        self._find_headings()
        if not self._blocks:
            raise Refusal("The file holds no text.")
        heads: dict[str, Block] = {}
        for block in self._heads:
            if plaintext.is_page_number(block.text) or block.text in heads:
                self._left_out.append(LeftOut(plaintext.clean(block.text), "running head"))
            else:
                heads[block.text] = block
        visible = tuple(filter(None, map(plaintext.clean, "".join(self._visible).split("\n"))))
        blocks = note_marks.linked((*heads.values(), *self._blocks, *self._notes))
        return Document("rtf", blocks, left_out=tuple(self._left_out), visible=visible)


def _heading_level(style: str) -> int:
    """The level of the headings that a style of this name is for, in whatever language: "heading 2", "Titre"; 0 for any other."""
    name = _STYLE_NAME.match(style)
    if name is None or folded(name["word"]) not in words_of_all("heading_styles"):
        return 0
    return int(name["level"] or 1)
