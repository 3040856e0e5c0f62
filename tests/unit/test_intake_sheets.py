"""Workbooks of Excel and tables of OpenDocument: their cells as they are shown, and what is too much or broken refused in words."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest
from openpyxl import Workbook, load_workbook

from onrecord.intake import sheets, warm_up
from onrecord.intake.formats import csv_text, opendocument_sheet, sheet, spreadsheet, workbook
from onrecord.intake.formats.sheet import DATE, BadTable
from onrecord.intake.sheet_reading import answered
from tests import stint

NAMES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")}


def known(name: str) -> bool:
    return name in ("title", "date", "reference")


def xlsx(*rows: Sequence[object], formats: dict[str, str] | None = None, **others: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Records"
    for row in rows:
        page.append(list(row))
    for place, number_format in (formats or {}).items():
        page[place].number_format = number_format
    for name, more in others.items():
        other = book.create_sheet(name)
        other.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for texts in more:
            other.append(texts)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(*rows: str, head: str = "", packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMES.items())
    table = "".join(
        row if row.startswith("<table:table-row ") else f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    xml = (
        f'{head}<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Records">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml}, packed)


def zipped(files: Mapping[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


HEAD = cell("title") + cell("date") + cell("reference")


def test_a_workbook_is_read_as_it_is_shown() -> None:
    data = xlsx(
        ["title", "date", "reference"],
        ["حمص", dt.datetime(2012, 2, 8), 12],
        [],
        ["Two\nlines", dt.datetime(2012, 2, 1), 12, "more"],
        [" ", dt.datetime(2012, 2, 8, 10, 30), 1.5],
        ["=1+1", "2012-02", True],
        formats={"B4": "mmm-yy", "C4": "0000"},
        hidden=[["a note"]],
    )
    sheet = spreadsheet.sheet(data, known)
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("title", "date", "reference")),
        (2, ("حمص", "2012-02-08", "12")),
        (4, ("Two\nlines", "2012-02", "12", "more")),
        (5, (" ", "2012-02-08 10:30", "1.5")),
        (6, ("", "2012-02", "TRUE")),
    ]
    assert [row.doubts for row in sheet.rows] == [
        {},
        {1: DATE},
        {1: DATE, 2: "the number is shown in another form (0000)"},
        {1: "it holds a time of the day"},
        {2: "a yes or no was made of it"},
    ]
    assert sheet.is_typed
    assert sheet.aside == ("hidden",)


def test_a_table_of_opendocument_is_read_as_it_is_shown() -> None:
    date = '<table:table-cell office:value-type="date" office:date-value="2012-02-01"><text:p>{}</text:p></table:table-cell>'
    data = ods(
        HEAD,
        cell(
            "<text:span>Two</text:span><text:s text:c='2'/>blanks<office:annotation><text:p>x</text:p></office:annotation>"
        )
        + date.format("1 Feb 2012")
        + '<table:table-cell office:value-type="float" office:value="12"><text:p>0012</text:p></table:table-cell>',
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        cell("One</text:p><text:p>Two") + date.format("Feb 12") + cell("a", 'table:number-columns-repeated="2"'),
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>',
    )
    sheet = spreadsheet.sheet(data, known)
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("title", "date", "reference")),
        (2, ("Two  blanks", "2012-02-01", "0012")),
        (6, ("One\nTwo", "2012-02", "a", "a")),
    ]
    assert [row.doubts for row in sheet.rows] == [{}, {1: DATE}, {1: DATE}]


def test_a_table_that_we_wrote_reads_back_as_text() -> None:
    rows = [["title", "date"], ["'=1+1", "2012-02-08"], ["0012", "1/2"], ["TRUE", "حمص\nx"]]
    sheet = spreadsheet.sheet(workbook.written(rows, "records"), known)
    assert [list(row.cells) for row in sheet.rows] == rows
    assert not any(row.doubts for row in sheet.rows)


def test_which_of_several_sheets_is_meant_is_clear_or_asked() -> None:
    table = [["title"], ["One"]]
    assert spreadsheet.sheet(xlsx(["Notes"], other=table), known).rows[1].cells == ("One",)
    assert spreadsheet.sheet(xlsx(["title"], ["A"], hidden=table), known).rows[1].cells == ("A",)
    with pytest.raises(BadTable, match="several tables: “Records”, “other”"):
        spreadsheet.sheet(xlsx(["title"], other=table), known)
    with pytest.raises(BadTable, match=r"No sheet has a first row with the names of columns\. Sheets: “Records”"):
        spreadsheet.sheet(xlsx(["Notes"]), known)


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FAR = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'


def with_part(name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx(["title"]))) as archive:
        return zipped({**{each: archive.read(each) for each in archive.namelist()}, name: data})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a workbook of blanks": (lambda: with_part(SHEET, b" " * (66 << 20)), "more than 64 MB"),
    "a part of its own": (lambda: with_part("xl/media.xml", b"0" * (66 << 20)), "more than 64 MB"),
    "a table of blanks": (lambda: ods(" " * (66 << 20)), "more than 64 MB"),
    "repeated rows": (
        lambda: ods(HEAD, f'<table:table-row table:number-rows-repeated="1048576">{cell("x") * 8}</table:table-row>'),
        "repeated 1,048,576 times",
    ),
    "a cell far away": (lambda: with_part(SHEET, FAR.encode()), "column 16,384; at most 1,000"),
    "repeated columns": (lambda: ods(HEAD, cell("x", 'table:number-columns-repeated="999999999999"')), "1,001 columns"),
    "entities": (lambda: ods(HEAD, head='<!DOCTYPE a [<!ENTITY b "c">]>'), "XML entities"),
    "no XML": (lambda: with_part(SHEET, b"<worksheet"), "broken"),
    "half a workbook": (lambda: xlsx(["title"])[:900], "broken, or neither"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old workbook"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_too_much_or_broken_is_refused_in_words(name: str) -> None:
    make, said = BOMBS[name]
    data = make()
    with stint.within(10), pytest.raises(BadTable, match=said):
        spreadsheet.sheet(data, known)
    if spreadsheet.is_packed(data):
        assert said in answered(data).reason


def test_a_packed_table_is_read_by_a_process_that_can_open_nothing() -> None:
    assert sheets.sheet(xlsx(["title", "date"], ["One", dt.datetime(2012, 2, 8)]), known).rows[1].cells == (
        "One",
        "2012-02-08",
    )
    assert sheets.sheet(ods(HEAD, cell("One")), known).rows[1].cells == ("One",)
    with pytest.raises(BadTable, match="more than 64 MB"):
        sheets.sheet(ods(" " * (66 << 20)), known)


def test_a_table_of_ten_megabytes_takes_seconds() -> None:
    text = "title,date,reference\n" + "".join(
        f'"Quay {number}, “lit”",2012-02-08,{"x" * 60}\n' for number in range(110_000)
    )
    data = text.encode()
    assert len(data) > 10_000_000
    with stint.within(6):
        assert len(csv_text.sheet(data, known).rows) == 110_001


def test_rows_are_counted_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    monkeypatch.setattr(sheet, "MOST_NUMBERED", 6)
    head = ["title", "date"]
    assert len(csv_text.sheet(b"title,date\na,b\n,\n,\na,b\n", known).rows) == 3
    for data in (b"title,date\n" + b"a,b\n" * 3, xlsx(head, *[["a", "b"]] * 3)):
        with pytest.raises(BadTable, match="It has more than 3 rows"):
            spreadsheet.sheet(data, known)
    with pytest.raises(BadTable, match="It has more than 6 rows"):
        csv_text.sheet(b"title,date\n" + b",\n" * 6, known)


def test_a_document_of_words_is_no_table() -> None:
    assert not spreadsheet.is_packed(
        zipped({"word/document.xml": "<a/>", "word/embeddings/a.xlsx": xlsx(["title"])}, zipfile.ZIP_STORED)
    )
    assert not opendocument_sheet.is_sheet(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}))
    assert not spreadsheet.is_packed(b"title,date\n")


CELLS = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>date</t></is></c></row>
<row r="3" spans="1:9"><c r="A3" t="s"><v>1</v></c><c r="C3" s="1"><v>40947</v></c><c r="D3" t="b"><v>1</v></c>
<c r="E3" t="e"><v>#REF!</v></c><c t="str"><f>A1</f><v>made</v></c><c s="2"/><c><v>1.50</v></c><c><v>1E3</v></c>
<c s="1"><v>99999999</v></c></row>
<row><c t="inlineStr"><is><r><rPr><b/></rPr><t>Two </t></r><r><t>looks</t></r><rPh sb="0" eb="1"><t>aloud</t></rPh></is></c>
<c t="d"><v>2012-02-08</v></c><c t="s"><v>2</v></c></row>
<row r="9"><c r="AB9"><v>12</v></c></row><row r="10" s="1"/>"""
STRINGS = (
    "<si><t>title</t></si><si><r><t>On</t></r><r><t xml:space='preserve'>e </t></r><rPh sb='0' eb='1'><t>aloud</t></rPh></si>"
    "<si><t>a_x000D_\nb _x005F_x000D_</t></si>"
)
STYLES = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 2))


def by_hand(cells: str, prefix: str = "", styles: str = STYLES) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    files: dict[str, str | bytes] = dict(
        zip(("xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"), (
            f'<sst xmlns="{main}">{STRINGS}</sst>',
            f'<styleSheet xmlns="{main}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>'
            f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>",
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData><extLst><row r="1"/></extLst></worksheet>',
        ), strict=True)
    )  # fmt: skip
    if prefix:
        sheet_xml = re.sub(r"<(/?)(\w)", rf"<\1{prefix}:\2", str(files["xl/worksheets/sheet1.xml"]))
        files["xl/worksheets/sheet1.xml"] = sheet_xml.replace("xmlns=", f"xmlns:{prefix}=")
    (_, data), *_ = (each for each in warm_up.workbooks() if each[0] == "rows.xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | files)


@pytest.mark.parametrize("prefix", ["", "x"])
def test_each_kind_of_cell_is_read_as_it_is_shown(prefix: str) -> None:
    read = spreadsheet.sheet(by_hand(CELLS, prefix), known)
    assert [(row.number, row.cells) for row in read.rows] == [
        (1, ("title", "date")),
        (3, ("One ", "", "2012-02-08", "TRUE", "#REF!", "made", "", "1.5", "1000", "#VALUE!")),
        (4, ("Two looks", "2012-02-08", "a\nb _x000D_")),
        (9, ("",) * 27 + ("12",)),
    ]
    assert read.rows[1].doubts == {
        2: DATE,
        3: "a yes or no was made of it",
        4: "it could not be computed",
        9: "it could not be computed",
    }
    assert read.rows[2].doubts == {1: DATE}


def test_cells_are_those_that_openpyxl_reads() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = load_workbook(io.BytesIO(by_hand(CELLS)), data_only=True).active
    assert page is not None
    texts = {
        (cell.row, cell.column): cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)
    }
    read = {row.number: row.cells for row in spreadsheet.sheet(by_hand(CELLS), known).rows}
    assert len(texts) == 8
    assert {at: read[at[0]][at[1] - 1] for at in texts if at != (4, 3)} == {
        at: text for at, text in texts.items() if at != (4, 3)
    }


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ('<row r="1"><c t="s"><v>0</v></c></row><row r="5"/><row r="3"/>', "Row 3 comes after row 5"),
        ('<row><c t="s"><v>99</v></c></row>', "broken and cannot be read"),
        ('<row><c t="s"><v>-1</v></c></row>', "broken and cannot be read"),
        ('<row><c s="99"><v>1</v></c></row>', "broken and cannot be read"),
        ("<row><c><v>one</v></c></row>", "broken and cannot be read"),
        ("<row><c><v>1</v></row>", "broken and cannot be read"),
    ],
)
def test_a_broken_sheet_is_refused_in_words(cells: str, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        spreadsheet.sheet(by_hand(cells), known)


def test_texts_that_unfold_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells can share a text, and rows can be repeated: a small file may hold gigabytes."""
    monkeypatch.setattr(sheet, "MOST_TEXT", 50)
    shared = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'
    assert spreadsheet.sheet(by_hand(shared * 5), known).rows
    with pytest.raises(BadTable, match="more than 50 characters") as found:
        spreadsheet.sheet(by_hand(shared * 6), known)
    assert found.value.row == 6
    repeated = f'<table:table-row table:number-rows-repeated="9">{cell("a text")}</table:table-row>'
    with pytest.raises(BadTable, match="more than 50 characters"):
        spreadsheet.sheet(ods(HEAD, repeated), known)


def test_a_book_of_very_many_styles_is_refused() -> None:
    assert spreadsheet.sheet(by_hand(CELLS, styles=STYLES * 1_000), known).rows
    with (
        stint.within(1),
        pytest.raises(BadTable, match=r"Its part xl/styles.xml has 150,018 elements; at most 150,000 are read"),
    ):
        spreadsheet.sheet(by_hand(CELLS, styles=STYLES * 50_000), known)


def test_a_row_of_very_many_cells_is_refused_before_they_are_made() -> None:
    head = b"title,date\n"
    with pytest.raises(BadTable, match="more than 200,000 cells in one row") as found:
        csv_text.sheet(head + b"a," * 200_001, known)
    assert found.value.row == 2
    assert len(csv_text.sheet(head + b'"' + b"a," * 100_000 + b'"\n', known).rows) == 2
