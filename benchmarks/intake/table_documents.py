"""Awkward tables for `growth`: comma-separated values, workbooks of Excel, spreadsheets of OpenDocument. Each row is a document."""

# ruff: noqa: E501 - documents are written out as they are

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.intake.packed_documents import SENTENCE, Shape, numbered, packed, times

_HEAD = ("title", "date", "publisher", "body")
_ROW = ("Teachers must be released", "3 May 2013", "Harbour Watch", SENTENCE.strip())
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TABLE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)


def _values(part: str, before: str = "") -> Shape:
    head = f"{','.join(_HEAD)}\n{','.join(_ROW)}\n{before}"
    return lambda size: (head + (numbered(part, size) if "#" in part else times(part, size)) + "\n").encode()


def _nothing(size: int) -> str:
    return ""


def workbook(
    rows: Callable[[int], str],
    strings: Callable[[int], str] = _nothing,
    styles: Callable[[int], str] = _nothing,
    book: Callable[[int], str] = _nothing,
) -> Shape:
    """A workbook with these rows below those of the columns' names and of an ordinary release, these shared strings and formats of cells,
    and more in its description."""
    first = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in (_HEAD, _ROW))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return lambda size: packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>{book(size)}</workbook>',
            "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles(size)}</cellXfs></styleSheet>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}"><si><t>a</t></si>{strings(size)}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{first}{rows(size)}</sheetData></worksheet>',
        }
    )


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def spreadsheet(rows: Callable[[int], str]) -> Shape:
    """A spreadsheet of OpenDocument with these rows below those of the columns' names and of an ordinary release."""
    first = "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in (_HEAD, _ROW))
    return lambda size: packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {_TABLE}><office:body><office:spreadsheet><table:table>{first}{rows(size)}</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def _open_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def _repeated(part: str, around: str = "{}") -> Callable[[int], str]:
    return lambda size: around.format(times(part, size))


def shapes() -> Iterator[tuple[str, str, Shape]]:
    """(name, suffix, what makes a document of a size) of every kind."""
    yield "csv rows", ".csv", _values(",".join(_ROW) + "\n")
    yield "csv short", ".csv", _values("a,b\n")
    yield "csv columns", ".csv", _values("a,")
    yield "csv named", ".csv", lambda size: f"title,{numbered('c#,', size)}\nTeachers,a\n".encode()
    yield "csv one-cell", ".csv", _values(SENTENCE, '"')
    yield "csv lines", ".csv", _values("a line of it\n", 'a,b,c,"')
    yield "csv quotes", ".csv", _values('""', "a,b,c,")
    yield "csv blank", ".csv", _values("\n")
    yield "csv empty", ".csv", _values(",,,\n")
    row = f"<row>{''.join(map(_cell, _ROW))}</row>"
    yield "xlsx rows", ".xlsx", workbook(_repeated(row))
    yield "xlsx short", ".xlsx", workbook(_repeated(f"<row>{_cell('a')}</row>"))
    yield "xlsx cells", ".xlsx", workbook(_repeated(_cell("a"), "<row>{}</row>"))
    yield "xlsx one-cell", ".xlsx", workbook(lambda size: f"<row>{_cell(times(SENTENCE, size))}</row>")
    yield "xlsx empty", ".xlsx", workbook(_repeated("<row><c/></row>"))
    yield "xlsx strings", ".xlsx", workbook(lambda size: "", _repeated("<si><t>a</t></si>"))
    yield "xlsx far", ".xlsx", workbook(lambda size: '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield (
        "xlsx shared",
        ".xlsx",
        workbook(_repeated('<row><c t="s"><v>1</v></c></row>'), lambda size: f"<si><t>{SENTENCE * 200}</t></si>"),
    )
    yield "xlsx styles", ".xlsx", workbook(_nothing, styles=_repeated('<xf numFmtId="14"/>'))
    name = '<definedName name="a#">A!$A$1</definedName>'
    yield (
        "xlsx names",
        ".xlsx",
        workbook(_nothing, book=lambda size: f"<definedNames>{numbered(name, size)}</definedNames>"),
    )
    sheet = '<sheet name="a#" sheetId="#" r:id="r1"/>'
    yield "xlsx sheets", ".xlsx", workbook(_nothing, book=lambda size: f"<sheets>{numbered(sheet, size)}</sheets>")
    open_row = f"<table:table-row>{''.join(map(_open_cell, _ROW))}</table:table-row>"
    yield "ods rows", ".ods", spreadsheet(_repeated(open_row))
    yield "ods short", ".ods", spreadsheet(_repeated(f"<table:table-row>{_open_cell('a')}</table:table-row>"))
    yield "ods cells", ".ods", spreadsheet(_repeated(_open_cell("a"), "<table:table-row>{}</table:table-row>"))
    many = " table:number-columns-repeated='16384'"
    yield "ods columns", ".ods", spreadsheet(_repeated(f"<table:table-row>{_open_cell('a', many)}</table:table-row>"))
    yield (
        "ods repeated",
        ".ods",
        spreadsheet(
            lambda size: f"<table:table-row table:number-rows-repeated='1048576'>{_open_cell('a')}</table:table-row>"
        ),
    )
    yield "ods empty", ".ods", spreadsheet(_repeated("<table:table-row><table:table-cell/></table:table-row>"))
