"""The cells of a sheet of a workbook (ECMA-376 part 1, sections 18.3.1.4 and 18.4), read as a stream: a row at a time, of what is filled.

openpyxl reads the rest (the book, its styles, its dates); of each cell it makes some ten objects, which takes five times as long.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from xml.parsers import expat

from onrecord.intake.formats.sheet import MOST_CELLS, MOST_COLUMNS, BadTable

Shown = Callable[[str, str, int], tuple[str, str]]
"""(value, type, number of its style) of a cell → its text and a doubt about it."""
_CHUNK = 64 * 1024
_NO_DOUBTS: dict[int, str] = {}


@cache
def _local(name: str) -> str:
    """The name of an element without its prefix: which one a program uses for the format's namespace is its own affair."""
    return name.rpartition(":")[2]


@cache
def _column(letters: str) -> int:
    """The number of a column, from 1. Raises ValueError."""
    number = 0
    for letter in letters.replace("$", "").upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters} is no column")
        number = number * 26 + ord(letter) - 64
    return number


class _Reader:
    """What an expat parser tells, for both kinds of parts."""

    def __init__(self, xml: bytes) -> None:
        self._xml = io.BytesIO(xml)
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.begin
        self._parser.EndElementHandler = self.end
        # Texts of a string: plain, or in stretches of one look; how they are read aloud is none of it.
        self._texts: list[str] = []
        self._is_aloud = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def _listen(self) -> None:
        if not self._is_aloud:
            self._parser.CharacterDataHandler = self._texts.append

    def _deaf(self) -> None:
        self._parser.CharacterDataHandler = None

    def chunks(self) -> Iterator[None]:
        """Parses a piece each time. Raises expat.ExpatError."""
        while chunk := self._xml.read(_CHUNK):
            self._parser.Parse(chunk, False)
            yield
        self._parser.Parse(b"", True)
        yield


class _Strings(_Reader):
    def __init__(self, xml: bytes) -> None:
        super().__init__(xml)
        self.strings: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = _local(name)
        if kind == "t":
            self._listen()
        elif kind == "si":
            self._texts.clear()
        elif kind == "rPh":
            self._is_aloud = True

    def end(self, name: str) -> None:
        kind = _local(name)
        if kind == "t":
            self._deaf()
        elif kind == "si":
            self.strings.append("".join(self._texts))
        elif kind == "rPh":
            self._is_aloud = False


def strings(xml: bytes) -> list[str]:
    """The texts that the cells of a workbook share, by their numbers. Raises expat.ExpatError."""
    reader = _Strings(xml)
    for _ in reader.chunks():
        pass
    return reader.strings


class _Rows(_Reader):
    def __init__(self, xml: bytes, shown: Shown) -> None:
        super().__init__(xml)
        self.rows: list[tuple[int, Sequence[str], dict[int, str]]] = []
        self.is_over = False
        self._shown = shown
        self._number = self._column = self._cells = self._style = 0
        self._type = ""
        self._value: str | None = None
        self._row: list[str] = []
        self._doubts: dict[int, str] = _NO_DOUBTS

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = _local(name)
        if kind == "c":
            place = attributes.get("r")
            self._column = _column(place.rstrip("0123456789")) if place else self._column + 1
            self._type, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self._value = None
            self._texts.clear()
        elif kind in ("v", "t"):
            self._listen()
        elif kind == "row":
            number = int(float(attributes["r"])) if "r" in attributes else self._number + 1
            if number <= self._number:
                raise BadTable(f"Row {number:,} comes after row {self._number:,}. Save the table again.", number)
            self._number, self._column, self._row, self._doubts = number, 0, [], _NO_DOUBTS
        elif kind == "rPh":
            self._is_aloud = True

    def end(self, name: str) -> None:
        kind = _local(name)
        if kind in ("v", "t"):
            self._deaf()
            if kind == "v":
                self._value = "".join(self._texts)
                self._texts.clear()
        elif kind == "c":
            self._cells += 1
            if self._value or self._texts:
                self._fill()
        elif kind == "row":
            if self._cells > MOST_CELLS:
                raise BadTable(
                    f"It has more than {MOST_CELLS:,} cells, which is as many as are read. Divide the table."
                )
            if self._row:
                self.rows.append((self._number, self._row, self._doubts))
        elif kind == "rPh":
            self._is_aloud = False
        elif kind == "sheetData":
            # What stands behind has elements of the same names.
            self.is_over = True
            self._parser.StartElementHandler = self._parser.EndElementHandler = None

    def _fill(self) -> None:
        if self._value:
            text, doubt = self._shown(self._value, self._type, self._style)
        else:
            text, doubt = self._shown("".join(self._texts), "inlineStr", self._style)
        at = self._column - 1
        if at >= MOST_COLUMNS and text.strip():
            raise BadTable(
                f"A cell stands in column {self._column:,}; at most {MOST_COLUMNS:,} columns are read. Divide the table.",
                self._number,
            )
        if at >= MOST_COLUMNS:
            return
        row = self._row
        if at < len(row):
            row[at] = text
        else:
            row += [""] * (at - len(row))
            row.append(text)
        if doubt:
            if not self._doubts:
                self._doubts = {}
            self._doubts[at] = doubt


def rows(xml: bytes, shown: Shown) -> Iterator[tuple[int, Sequence[str], dict[int, str]]]:
    """The rows of a sheet that have a filled cell: their number from 1, texts and doubts. Raises BadTable, expat.ExpatError, and what a
    broken number or style does."""
    reader = _Rows(xml, shown)
    for _ in reader.chunks():
        yield from reader.rows
        reader.rows.clear()
        if reader.is_over:
            return
