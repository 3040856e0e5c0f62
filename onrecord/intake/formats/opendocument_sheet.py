"""Tables of OpenDocument (.ods, ODF 1.3 part 3, sections 9.1 and 19.387): the cells as they are shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.intake.document import Refusal
from onrecord.intake.formats import zipped_parts
from onrecord.intake.formats.sheet import DATE, MOST_CELLS, MOST_COLUMNS, BadTable, NamedSheet, Sheet, rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ADVICE = "Divide the table, or save it as CSV in UTF-8."
_MOST_ROWS = 1_048_576


def is_sheet(data: bytes) -> bool:
    """Whether a file is a table of OpenDocument, or a template of one."""
    return data.startswith(b"PK\x03\x04") and zipped_parts.media_type(data).startswith(_MEDIA_TYPE)


def sheets(data: bytes) -> tuple[NamedSheet, ...]:
    """The sheets of a file that have cells, in their order. Raises BadTable."""
    try:
        xml = zipped_parts.parts(data, ("content.xml",), _ADVICE).get("content.xml", b"")
    except Refusal as refusal:
        raise BadTable(str(refusal)) from refusal
    from lxml import etree

    found: list[NamedSheet] = []
    hidden: set[str] = set()
    try:
        events = etree.iterparse(
            io.BytesIO(xml),
            events=("end",),
            tag=(f"{_STYLE}style", f"{_TABLE}table"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        for _, element in events:
            if element.tag == f"{_STYLE}style":
                shown = element.find(f"{_STYLE}table-properties")
                if shown is not None and shown.get(f"{_TABLE}display") == "false":
                    hidden.add(element.get(f"{_STYLE}name", ""))
                continue
            sheet = Sheet(tuple(rows(_cells(element))), is_typed=True)
            if sheet.rows:
                is_hidden = element.get(f"{_TABLE}style-name", "") in hidden
                found.append(NamedSheet(element.get(f"{_TABLE}name", ""), sheet, is_hidden))
            element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, BadTable):
            raise
        raise BadTable(f"The file is broken and cannot be read ({error}).") from error
    return tuple(found)


def _cells(table: _Element) -> Iterator[tuple[int, Sequence[str], dict[int, str]]]:
    """The rows of a table with their numbers, texts and doubts; those that are repeated as often as they are."""
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        texts: list[str] = []
        doubts: dict[int, str] = {}
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            text, doubt = _shown(cell)
            times = _repeated(cell, "columns", MOST_COLUMNS + 1)
            if doubt:
                doubts |= dict.fromkeys(range(len(texts), len(texts) + times), doubt)
            if len(texts) + times > MOST_COLUMNS and not text:
                times = max(0, MOST_COLUMNS - len(texts))
            texts += [text] * times
        times = _repeated(row, "rows", _MOST_ROWS)
        if not any(texts):
            number += times
            continue
        if times * len(texts) > MOST_CELLS:
            raise BadTable(f"Row {number + 1} is repeated {times:,} times. Take the repetitions out.", number + 1)
        for _ in range(times):
            number += 1
            yield number, texts, doubts


def _repeated(element: _Element, what: str, most: int) -> int:
    written = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(written), most) if written.isascii() and written.isdigit() and len(written) < 10 else most


def _shown(cell: _Element) -> tuple[str, str]:
    """The text of a cell as it is shown, and a doubt about it. Of a date that is kept whole, no more is taken than is shown."""
    text = "\n".join(_words(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        day, _, time = cell.get(f"{_OFFICE}date-value", "").partition("T")
        if time.strip("0:.") or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return text, "it holds a time of the day"
        numbers = {int(digits) for digits in re.findall(r"\d+", text)}
        return (day if int(day[8:]) in numbers or not numbers else day[:7]), DATE
    if kind == "boolean":
        return text, "a yes or no was made of it"
    if kind == "time":
        return text, "it holds a time of the day"
    if kind in ("percentage", "currency"):
        return text, "a number was made of it"
    is_error = text.startswith(("#", "Err:")) and cell.get(f"{_TABLE}formula") is not None
    return text, "it could not be computed" if is_error else ""


def _words(element: _Element) -> str:
    """The words of a paragraph (section 6.1): several blanks, tabs and line ends are elements; comments are none of it."""
    out = [element.text or ""]
    for child in element:
        name = child.tag
        if name == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            out.append(" " * (min(int(count), 1000) if count.isascii() and count.isdigit() else 1))
        elif name == f"{_TEXT}tab":
            out.append("\t")
        elif name == f"{_TEXT}line-break":
            out.append("\n")
        elif isinstance(name, str) and name != f"{_OFFICE}annotation":
            out.append(_words(child))
        out.append(child.tail or "")
    return "".join(out)
