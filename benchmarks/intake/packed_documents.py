"""Awkward documents of the formats that are packed or drawn, for `growth`: Word, OpenDocument, Rich Text, EPUB, PDF, Outlook, folders,
captures. A shape makes a document of about a size, before it is packed."""

# ruff: noqa: E501 - documents are written out as they are

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping

from onrecord.intake.formats import mapi
from tests.compound_file import Folder, compound, properties
from tests.unit.test_intake_outlook import message

Shape = Callable[[int], bytes]
SENTENCE = (
    "The authorities must release the eleven teachers who have been held since January, Harbour Watch said today. "
)
HEAD = f"HARBOUR WATCH\n3 May 2013\n\nTeachers must be released\n\n{SENTENCE * 3}\n\n"
_PAGE = f"<html><head><title>Teachers must be released</title></head><body><h1>Teachers must be released</h1><p>3 May 2013</p><p>{SENTENCE * 4}</p></body></html>"


def times(part: str, size: int) -> str:
    """A part as often as it fits in a size."""
    return part * (size // len(part.encode()) + 1)


def numbered(part: str, size: int) -> str:
    """A part in which “#” stands for a number that grows, as often as it fits in a size."""
    return "".join(part.replace("#", str(number)) for number in range(1, size // len(part) + 2))


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these files, in their order."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


# ---- Word ------------------------------------------------------------------------------------------------------------------------

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_NAMES = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:m="{_MATH}"'


def word(body: Callable[[int], str], **parts: Callable[[int], str]) -> Shape:
    """A Word file with this body; `parts` are the insides of further parts (styles, footnotes …), and `links` those of its relations."""
    first = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in HEAD.split("\n\n") if line)

    def made(size: int) -> bytes:
        relations = "".join(
            f'<Relationship Id="p{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
        )
        relations += parts["links"](size) if "links" in parts else ""
        return packed(
            {
                "[Content_Types].xml": _TYPES,
                "_rels/.rels": _RELATIONS.format(
                    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
                ),
                "word/document.xml": f"<w:document {_NAMES}><w:body>{first}{body(size)}</w:body></w:document>",
                "word/_rels/document.xml.rels": _RELATIONS.format(relations),
                **{
                    f"word/{name}.xml": f"<w:{name} {_NAMES}>{inside(size)}</w:{name}>"
                    for name, inside in parts.items()
                    if name != "links"
                },
            }
        )

    return made


def _repeated(part: str, around: str = "{}") -> Callable[[int], str]:
    return lambda size: around.format(numbered(part, size) if "#" in part else times(part, size))


def _deep(opened: str, inside: str, closed: str) -> Callable[[int], str]:
    def made(size: int) -> str:
        count = size // len(opened + closed) + 1
        return opened * count + inside + closed * count

    return made


def _word_shapes() -> Iterator[tuple[str, Shape]]:
    run = "<w:r><w:t xml:space='preserve'>a word </w:t></w:r>"
    plain = f"<w:p>{run}</w:p>"
    cell = f"<w:tc><w:p>{run}</w:p></w:tc>"
    yield "paragraphs", word(_repeated(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"))
    yield "short", word(_repeated("<w:p><w:r><w:t>a</w:t></w:r></w:p>"))
    yield "runs", word(_repeated(run, "<w:p>{}</w:p>"))
    yield "looks", word(_repeated(f"<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>{run}", "<w:p>{}</w:p>"))
    yield "rows", word(_repeated(f"<w:tr>{cell}{cell}</w:tr>", "<w:tbl>{}</w:tbl>"))
    yield "one-row", word(_repeated(cell, "<w:tbl><w:tr>{}</w:tr></w:tbl>"))
    yield (
        "spans",
        word(
            _repeated(
                f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999'/></w:tcPr>{plain}</w:tc></w:tr>", "<w:tbl>{}</w:tbl>"
            )
        ),
    )
    yield "deep-tables", word(_deep("<w:tbl><w:tr><w:tc>", plain, "</w:tc></w:tr></w:tbl>"))
    yield "deep-boxes", word(_deep("<w:sdt><w:sdtContent>", plain, "</w:sdtContent></w:sdt>"))
    yield "deep-math", word(_deep("<m:rad><m:e>", "<m:r><m:t>x</m:t></m:r>", "</m:e></m:rad>"))
    yield "hidden", word(_repeated("<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>", "<w:p>{}</w:p>"))
    yield "deleted", word(_repeated("<w:del><w:r><w:delText>a</w:delText></w:r></w:del>", "<w:p>{}</w:p>"))
    yield (
        "fields",
        word(
            _repeated(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>",
                "<w:p>{}</w:p>",
            )
        ),
    )
    yield "tabs", word(_repeated("<w:r><w:tab/><w:br/></w:r>", "<w:p>{}</w:p>"))
    yield "items", word(
        _repeated("<w:p><w:pPr><w:numPr><w:ilvl w:val='#'/><w:numId w:val='#'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"),
        numbering=_repeated("<w:abstractNum w:abstractNumId='#'><w:lvl w:ilvl='0'><w:start w:val='999999999'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='#'><w:abstractNumId w:val='#'/></w:num>"),
    )  # fmt: skip
    yield "styles", word(
        lambda size: f"<w:p><w:pPr><w:pStyle w:val='s{size // 90}'/></w:pPr>{run}</w:p>" * 500,
        styles=lambda size: "".join(f"<w:style w:styleId='s{number}'><w:name w:val='s{number}'/><w:basedOn w:val='s{number - 1}'/></w:style>" for number in range(1, size // 90 + 2)),
    )  # fmt: skip
    yield (
        "notes",
        word(
            _repeated("<w:r><w:t>a</w:t></w:r><w:r><w:footnoteReference w:id='#'/></w:r>", "<w:p>{}</w:p>"),
            footnotes=_repeated("<w:footnote w:id='#'><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:footnote>"),
        ),
    )
    yield (
        "same-note",
        word(
            _repeated("<w:r><w:footnoteReference w:id='1'/></w:r>", "<w:p>{}</w:p>"),
            footnotes=lambda size: (
                f"<w:footnote w:id='1'><w:p><w:r><w:t>{times('a note ', size)}</w:t></w:r></w:p></w:footnote>"
            ),
        ),
    )
    yield (
        "links",
        word(
            _repeated("<w:hyperlink r:id='l#'><w:r><w:t>a</w:t></w:r></w:hyperlink>", "<w:p>{}</w:p>"),
            links=_repeated(
                f'<Relationship Id="l#" Type="{_OFFICE}/hyperlink" Target="http://a.example/#" TargetMode="External"/>'
            ),
        ),
    )


# ---- OpenDocument ----------------------------------------------------------------------------------------------------------------

_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)


def open_document(body: Callable[[int], str], styles: Callable[[int], str] = lambda size: "") -> Shape:
    """An OpenDocument text with this body and these styles."""
    first = "".join(f"<text:p>{line}</text:p>" for line in HEAD.split("\n\n") if line)
    return lambda size: packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles(size)}</office:automatic-styles><office:body><office:text>{first}{body(size)}</office:text></office:body></office:document-content>",
        }
    )


def _open_document_shapes() -> Iterator[tuple[str, Shape]]:
    yield "paragraphs", open_document(_repeated(f"<text:p>{SENTENCE}</text:p>"))
    yield "short", open_document(_repeated("<text:p>a</text:p>"))
    yield "spans", open_document(_repeated("<text:span>a word </text:span>", "<text:p>{}</text:p>"))
    yield "deep-spans", open_document(_deep("<text:span>a ", "", "</text:span>"))
    yield (
        "deep-lists",
        open_document(_deep("<text:list><text:list-item>", "<text:p>a</text:p>", "</text:list-item></text:list>")),
    )
    yield (
        "items",
        open_document(_repeated("<text:list-item><text:p>a</text:p></text:list-item>", "<text:list>{}</text:list>")),
    )
    yield "lists", open_document(
        _repeated("<text:list text:style-name='l#' text:continue-numbering='true'><text:list-item text:start-value='4999'><text:p>a</text:p></text:list-item></text:list>"),
        _repeated("<text:list-style style:name='l#'><text:list-level-style-number text:level='1' style:num-format='i'/></text:list-style>"),
    )  # fmt: skip
    yield "blanks", open_document(_repeated("<text:s text:c='99999'/>a", "<text:p>{}</text:p>"))
    cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    yield (
        "rows",
        open_document(_repeated(f"<table:table-row>{cell}{cell}</table:table-row>", "<table:table>{}</table:table>")),
    )
    repeated = cell.replace("<table:table-cell", "<table:table-cell table:number-columns-repeated='99999'")
    yield (
        "columns",
        open_document(_repeated(f"<table:table-row>{repeated}</table:table-row>", "<table:table>{}</table:table>")),
    )
    yield "deep-tables", open_document(_deep("<table:table><table:table-row><table:table-cell>", "<text:p>a</text:p>", "</table:table-cell></table:table-row></table:table>"))  # fmt: skip
    yield "notes", open_document(_repeated("<text:note text:note-class='footnote'><text:note-citation>#</text:note-citation><text:note-body><text:p>a</text:p></text:note-body></text:note>b ", "<text:p>{}</text:p>"))  # fmt: skip
    yield "styles", open_document(
        lambda size: f"<text:p text:style-name='s{size // 120}'>a</text:p>" * 500,
        lambda size: "".join(f"<style:style style:name='s{number}' style:parent-style-name='s{number - 1}'/>" for number in range(1, size // 120 + 2)),
    )  # fmt: skip
    yield "changes", open_document(_repeated("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"))


# ---- Rich Text -------------------------------------------------------------------------------------------------------------------


def _rich_text(part: str, before: str = "") -> Shape:
    first = HEAD.replace("\n", "\\par ")

    def made(size: int) -> bytes:
        more = numbered(part, size) if "#" in part else times(part, size)
        return ("{\\rtf1\\ansi\\ansicpg1252 " + before + first + more + "}").encode()

    return made


_RICH_TEXTS = {
    "paragraphs": f"{SENTENCE}\\par ",
    "short": "a\\par ",
    "one": SENTENCE,
    "groups": "{a}",
    "open": "{",
    "open-notes": "{\\footnote a",
    "notes": "a{\\footnote \\chftn a note}",
    "marks": "\\b a\\b0 ",
    "rows": "\\trowd\\intbl a\\cell b\\cell\\row ",
    "cells": "\\intbl a\\cell ",
    "deep-rows": "\\itap#\\intbl a\\nestcell{\\nesttableprops\\nestrow}",
    "unicode": "\\u1587 ?",
    "halves": "\\u-10240 ?\\u-8192 ?",
    "bytes": "\\'e4",
    "fields": "{\\field{\\*\\fldinst HYPERLINK \"http://a.example/#\"}{\\fldrslt a}}",
    "fonts": "{\\fonttbl{\\f#\\fcharset178 A;}}\\f# a",
    "styles": "{\\stylesheet{\\s#\\sbasedon1 heading #;}}\\s# a\\par ",
    "hidden": "{\\v a}",
    "lists": "{\\listtext\\tab}\\ls#\\ilvl1 a\\par ",
    "bin": "\\bin1 ",
    "heads": "{\\header a}",
    "unknown": "{\\*\\unknown a}",
}  # fmt: skip


# ---- EPUB ------------------------------------------------------------------------------------------------------------------------


def book(items: Callable[[int], str], spine: Callable[[int], str], pages: Callable[[int], Mapping[str, str]]) -> Shape:
    """A book with these lines in its package, and these pages."""
    return lambda size: packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "c.opf": f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>{items(size)}</manifest><spine>{spine(size)}</spine></package>',
            **pages(size),
        }
    )


def _book_shapes() -> Iterator[tuple[str, Shape]]:
    item = '<item id="c#" href="c#.xhtml" media-type="application/xhtml+xml"/>'
    one = item.replace("#", "1")

    def chapters(text: str) -> Shape:
        page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{text}</body></html>"

        def count(size: int) -> range:
            return range(1, size // len(page) + 2)

        return book(
            lambda size: "".join(item.replace("#", str(number)) for number in count(size)),
            lambda size: "".join(f'<itemref idref="c{number}"/>' for number in count(size)),
            lambda size: {f"c{number}.xhtml": page for number in count(size)},
        )

    yield "chapters", chapters(f"<h1>A chapter</h1><p>{SENTENCE * 4}</p>")
    yield "small-chapters", chapters("<p>a</p>")
    yield "empty-chapters", chapters("")
    yield "items", book(_repeated(item), _repeated('<itemref idref="c#"/>'), lambda size: {"c1.xhtml": _PAGE})
    yield "same", book(lambda size: one, _repeated('<itemref idref="c1"/>'), lambda size: {"c1.xhtml": _PAGE})
    yield (
        "aliases",
        book(
            _repeated('<item id="c#" href="c1.xhtml" media-type="application/xhtml+xml"/>'),
            _repeated('<itemref idref="c#"/>'),
            lambda size: {"c1.xhtml": _PAGE},
        ),
    )
    yield (
        "one-page",
        book(
            lambda size: one,
            lambda size: '<itemref idref="c1"/>',
            lambda size: {"c1.xhtml": f"<html><body>{times('<p>a</p>', size)}</body></html>"},
        ),
    )


# ---- PDF -------------------------------------------------------------------------------------------------------------------------


def pdf(pages: list[str], objects: list[str] | None = None, page: str = "", resources: str = "") -> bytes:
    """A PDF of pages with these contents; `objects` begin at number 4, `page` and `resources` are in each page's dictionary."""
    out = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *(objects or [])]
    kids = []
    for content in pages:
        out.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        out.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {len(out)} 0 R{page}/Resources<</Font<</F1 3 0 R>>{resources}>>>>"
        )
        kids.append(f"{len(out)} 0 R")
    out[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(out, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size {len(out) + 1}>>\n%%EOF\n".encode("latin-1")


def _lines(line: str, lines: int, *, moves: str = "0 -14 Td") -> Shape:
    """Pages with so many lines each."""

    def made(size: int) -> bytes:
        shown = f"({line}) Tj {moves}\n"
        return pdf([f"BT /F1 8 Tf 72 770 Td\n{shown * lines}ET"] * max(1, size // (len(shown) * lines)))

    return made


def _drawn(part: str) -> Shape:
    """A page with some text and with a part again and again."""
    text = "".join(f"BT /F1 11 Tf 72 {720 - 14 * row} Td ({SENTENCE.strip()}) Tj ET\n" for row in range(12))
    return lambda size: pdf([text + (numbered(part, size) if "#" in part else times(part, size))])


def _forms(size: int) -> bytes:
    """Forms that draw each other twice, so that what is drawn doubles with each of them."""
    count = max(2, size // 100)
    forms = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X {5 + number} 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream"
        for number in range(count)
    ]
    forms[-1] = "<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Length 2>>stream\n \nendstream"
    return pdf([f"BT /F1 11 Tf 72 700 Td ({SENTENCE.strip()}) Tj ET /X Do"], forms, resources="/XObject<</X 4 0 R>>")


def _annotations(size: int) -> bytes:
    note = "<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(a comment)>>"
    return pdf([f"BT /F1 11 Tf 72 700 Td ({SENTENCE.strip()}) Tj ET"] * 3, page=f"/Annots[{times(note, size // 3)}]")


def _page_tree(size: int) -> bytes:
    """Pages in folders of pages, each in another."""
    count = size // 50 + 2
    out = ["<</Type/Catalog/Pages 2 0 R>>"]
    out += [f"<</Type/Pages/Kids[{number + 1} 0 R]/Count 1>>" for number in range(2, count)]
    out.append("<</Type/Page/MediaBox[0 0 9 9]>>")
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(out, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size {len(out) + 1}>>\n%%EOF\n".encode()


def _pdf_shapes() -> Iterator[tuple[str, Shape]]:
    yield "pages", _lines(SENTENCE.strip(), 40)
    yield "short", _lines("a", 50)
    yield "lines", _lines("a word", 50_000, moves="0 -0.01 Td")
    yield "one-line", _lines("a word ", 50_000, moves="3 0 Td")
    yield "one-place", _lines("a", 50_000, moves="0 0 Td")
    yield "columns", _lines("a", 50_000, moves="150 0 Td -150 -3 Td")
    yield "empty", lambda size: pdf([""] * (size // 120 + 1))
    yield "boxes", _drawn("72 # 400 1 re f\n")
    yield "strokes", _drawn("72 # m 400 # l S\n")
    yield "curves", _drawn("0 0 1 1 2 2 c\n")
    yield "saved", _drawn("q 1 0 0 1 0 0 cm\n")
    yield "pictures", _drawn("q 9 0 0 9 0 # cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n")
    yield "turned", _drawn("BT /F1 8 Tf 0.7 0.7 -0.7 0.7 90 # Tm (a) Tj ET\n")
    yield "upright", _drawn("BT /F1 8 Tf 0 1 -1 0 90 # Tm (a word) Tj ET\n")
    yield "tiny", _drawn("BT /F1 0.01 Tf 90 # Td (a word of it) Tj ET\n")
    yield "unseen", _drawn("BT 3 Tr /F1 8 Tf 90 # Td (a word of it) Tj ET\n")
    yield "outside", _drawn("BT /F1 8 Tf 9999 # Td (a word of it) Tj ET\n")
    yield "letters", _drawn("BT /F1 8 Tf 90 # Td [(a) -200 (b) -200 (c)] TJ ET\n")
    yield "doubling", _forms
    yield "comments", _annotations
    yield "page-tree", _page_tree


# ---- messages, folders, captures -------------------------------------------------------------------------------------------------


def attached(data: bytes) -> Folder:
    """What an Outlook message has of a file that is attached to it."""
    by_value = {(mapi.ATTACH_METHOD, mapi.INTEGER_32): b"\x01"}
    return properties(8, by_value, {mapi.ATTACH_LONG_FILENAME: "a.txt", mapi.ATTACH_DATA: data})


def _outlook_shapes() -> Iterator[tuple[str, Shape]]:
    def with_body(part: str) -> Shape:
        return lambda size: compound(message(BODY=HEAD + times(part, size // 2)))

    yield "text", with_body(f"{SENTENCE}\r\n\r\n")
    yield "short", with_body("a\r\n")
    yield "quoted", with_body("> > > so they wrote\r\n")
    yield (
        "page",
        lambda size: compound(
            message(BODY="", HTML=_PAGE.replace("</body>", times("<p>a</p>", size) + "</body>").encode())
        ),
    )
    yield "head", lambda size: compound(message(TRANSPORT_HEADERS=times("X-A: b\r\n", size // 2)))
    yield (
        "recipients",
        lambda size: compound(message(TRANSPORT_HEADERS="To: " + times("a@b.example, ", size // 2) + "\r\n")),
    )
    yield "files", lambda size: compound(message(files={f"__attach_version1.0_#{number:08X}": attached(HEAD.encode()) for number in range(min(size // 2_000 + 1, 2_000))}))  # fmt: skip
    yield "streams", lambda size: compound({**message(), **{f"__substg1.0_{number:04X}001F": b"" for number in range(0x4000, 0x4000 + min(size // 128, 2_000))}})  # fmt: skip


def _zip_shapes() -> Iterator[tuple[str, Shape]]:
    small = f"{HEAD}{SENTENCE}"
    yield "files", lambda size: packed({f"{number}.txt": small for number in range(size // len(small) + 1)})
    yield "empty", lambda size: packed({f"{number}.txt": "" for number in range(size // 100 + 1)})
    yield "one", lambda size: packed({"a.txt": HEAD + times(f"{SENTENCE}\n\n", size)})
    yield (
        "folders",
        lambda size: packed({f"{number}.zip": packed({"a.txt": small}) for number in range(size // 700 + 1)}),
    )
    yield "blanks", lambda size: packed({"a.txt": " " * (100 * size)})
    yield "names", lambda size: packed({f"{'a' * 200}/{number}.txt": small for number in range(size // 700 + 1)})


def _tar(size: int) -> bytes:
    out = io.BytesIO()
    data = f"{HEAD}{SENTENCE}".encode()
    with tarfile.open(fileobj=out, mode="w") as folder:
        for number in range(size // 1024 + 1):
            entry = tarfile.TarInfo(f"{number}.txt")
            entry.size = len(data)
            folder.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def record_of_capture(page: bytes, number: int = 1, kind: str = "response", more: str = "") -> bytes:
    """A record of a capture (WARC/1.0)."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://harbour.example/{number}\r\nWARC-Date: 2013-05-03T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _capture_shapes() -> Iterator[tuple[str, Shape]]:
    page = _PAGE.encode()

    def records(page: bytes, kind: str = "response", more: str = "") -> Shape:
        one = len(record_of_capture(page, 1, kind, more))
        return lambda size: b"".join(
            record_of_capture(page, number, kind, more) for number in range(1, size // one + 2)
        )

    yield "pages", records(page)
    yield "others", records(b"x", "metadata")
    yield "empty", records(b"")
    yield (
        "chunked",
        lambda size: record_of_capture(
            b"1\r\na\r\n" * (size // 6) + b"0\r\n\r\n", more="Transfer-Encoding: chunked\r\n"
        ),
    )
    yield (
        "packed",
        lambda size: record_of_capture(
            gzip.compress(b"<p>" + b"a " * (50 * size), mtime=0), more="Content-Encoding: gzip\r\n"
        ),
    )
    yield "headers", lambda size: record_of_capture(page, more=times("X-A: b\r\n", size))
    yield (
        "one-page",
        lambda size: record_of_capture(page.replace(b"</body>", times("<p>a</p>", size).encode() + b"</body>")),
    )
    yield (
        "members",
        lambda size: b"".join(
            gzip.compress(record_of_capture(page, number), mtime=0) for number in range(1, size // 700 + 2)
        ),
    )


def shapes() -> Iterator[tuple[str, str, Shape]]:
    """(name, suffix, what makes a document of a size) of every kind."""
    for kind, suffix, made in (
        ("docx", ".docx", _word_shapes()),
        ("odt", ".odt", _open_document_shapes()),
        ("rtf", ".rtf", ((name, _rich_text(part)) for name, part in _RICH_TEXTS.items())),
        ("epub", ".epub", _book_shapes()),
        ("pdf", ".pdf", _pdf_shapes()),
        ("msg", ".msg", _outlook_shapes()),
        ("zip", ".zip", _zip_shapes()),
        ("warc", ".warc", _capture_shapes()),
    ):
        yield from ((f"{kind} {name}", suffix, shape) for name, shape in made)
    yield "tar files", ".tar", _tar
