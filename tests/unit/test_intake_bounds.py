"""What a document may hold and how long it may be read: more is refused by name before it is worked on, and the others are read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks.intake import packed_documents
from benchmarks.intake.packed_documents import record_of_capture
from onrecord.intake import document_size, reading_time, record, sound_markdown, workers
from onrecord.intake.document import Block, Record, Refusal, TextRun, paragraph
from onrecord.intake.evidence import quotation_limits
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import (
    containers,
    epub,
    foreign_markdown,
    mail_text,
    pdf,
    pdf_drawings,
    pdf_glyphs,
    pdf_looks,
    plaintext,
    rich_text,
    rich_text_tokens,
    sniff,
    web_archive,
    webpage,
    zip_directory,
    zip_folder,
    zipped_parts,
)
from onrecord.intake.layout import organizations
from onrecord.intake.sandbox import Unread
from onrecord.markup import blocks, direct
from onrecord.model import Vocabularies
from tests import counted_work, originals, stint
from tests.compound_file import compound
from tests.unit.intake_documents import p, part, word
from tests.unit.test_intake_office_formats import odt
from tests.unit.test_intake_outlook import message

TERMS = terms(Vocabularies())


@pytest.mark.parametrize(
    ("too_large", "reason"),
    [
        ([paragraph("a")] * (document_size.MOST_BLOCKS + 1), "12,001 paragraphs, headings and items"),
        ([paragraph("ä" * (document_size.MOST_BYTES // 2 + 1))], "2,097,154 bytes"),
        ([Block("paragraph", (TextRun("a"),) * (document_size.MOST_RUNS + 1))], "100,001 times"),
        ([Block("table", rows=(((TextRun("a"),),) * 500,) * 401)], "200,500 cells"),
        ([paragraph("http://a " * 10_000)] * 3, "30,000 addresses of pages and of mail; at most 20,000 are read"),
        ([paragraph("ada@a.example " * 5_000)] * 5, "25,000 addresses of pages and of mail; at most 20,000 are read"),
        ([paragraph("“We know,” he said.")] * 6_001, "6,001 paragraphs with quotation marks; at most 6,000 are read"),
        ([paragraph("& so on ")] + [paragraph("&" * 25_000)] * 11, "275,000 signs that are marks in Markdown"),
    ],
    ids=["blocks", "bytes", "looks", "cells", "addresses", "mail", "quotations", "signs"],
)
def test_what_no_release_can_hold_is_refused_by_its_number(too_large: list[Block], reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        document_size.refuse_too_large(too_large)
    document_size.refuse_too_large([too_large[0]] if len(too_large) > 1 else [paragraph("a")])


def test_a_text_that_no_release_can_hold_is_refused_before_it_is_looked_at() -> None:
    with stint.within(2):
        (read,) = record.of("a.txt", b"FERRY LIGHT\n" * (document_size.MOST_BLOCKS + 2), TERMS)
        assert "more than 12,000 paragraphs, headings and items; so many are read. Divide it" in read.refused


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("### The text\n", "80,000 headings"),
        ("The text\n\n", "79,999 paragraphs"),
        ("The text\n \n", "79,999 paragraphs"),
        ("---\n", "80,000 lines across the page"),
        (" * * *\n", "80,000 lines across the page"),
        ("1. - a\n", "80,000 items"),
    ],
)
def test_markdown_that_no_release_can_hold_is_refused_before_it_is_parsed(part: str, reason: str) -> None:
    with stint.within(1), pytest.raises(Refusal, match=f"It has {reason}; at most 12,000 are read"):
        foreign_markdown.document(part * 80_000)
    assert foreign_markdown.document(part * 500).blocks


def test_items_in_items_on_one_line_are_counted_before_markdown_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_size, "MOST_BLOCKS", 200)
    monkeypatch.setattr(document_size.refuse_too_many, "__defaults__", (200,))
    monkeypatch.delattr(webpage, "document")
    with pytest.raises(Refusal, match="It has 240 items; at most 200 are read"):
        foreign_markdown.document("- - - a\n" * 80)


def test_a_text_whose_markdown_check_would_refuse_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = [paragraph("The crews & the pier.")] * 30
    assert sound_markdown.written(body)
    monkeypatch.setattr(blocks, "MOST_PARTS", 20)
    # What the quick path takes has fewer parts than are counted there.
    monkeypatch.setattr(direct, "_MOST_MARKS", 20)
    with pytest.raises(Refusal, match="than a release can have"):
        sound_markdown.written(body)


def test_signs_of_markdown_are_counted_and_brackets_are_looked_for_once() -> None:
    with pytest.raises(Refusal, match="more than 250,000 signs"):
        foreign_markdown.document("[" * 250_001)
    with pytest.raises(Refusal, match="It has 60,001 ampersands; at most 60,000 are read"):
        foreign_markdown.document("&amp;" * 60_001)
    with stint.within(2):
        foreign_markdown.document("# Ferry crews\n\n" + "[" * 20_000)


def test_an_element_of_very_many_attributes_is_refused() -> None:
    text = "<p>The crews of the night ferry asked today for light on the pier.</p>"
    many = "".join(f'a{number}=">" ' for number in range(5_001))
    with pytest.raises(Refusal, match="more than 5,000 attributes"):
        webpage.document(f"<html><body {many}>{text}</body></html>".encode())
    long = f'<img alt="{"a b " * 5_000}">'
    assert webpage.document(f"<html><body>{long}{text}</body></html>".encode()).blocks


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("<script>a</script>", "It has 10,001 scripts and style sheets; at most 10,000 are read"),
        ("<SUP\n>1</SUP>a ", "It has 60,001 elements in lines, each with a look of its own; at most 60,000"),
        ("<br/>a", "It has 50,001 ends of lines"),
        ("<label>a</label>", "It has 20,001 fields, labels and choices of forms; at most 20,000 are read"),
        ("<wbr>", "The page has 300,004 tags"),
    ],
    ids=["scripts", "inline", "breaks", "forms", "tags"],
)
def test_a_page_is_counted_before_it_is_parsed(part: str, reason: str) -> None:
    text = "<p>The crews of the night ferry asked today for light on the pier.</p>"
    count = {"<": 300_001, "<s": 10_001, "<S": 60_001, "<b": 50_001, "<l": 20_001}["<" if part == "<wbr>" else part[:2]]
    with stint.within(1), pytest.raises(Refusal, match=reason):
        webpage.document(f"<html><body>{text}{part * count}</body></html>".encode())


def test_a_message_of_more_lines_than_are_read_is_refused_before_they_are_looked_at() -> None:
    with pytest.raises(Refusal, match="It has 250,001 lines; at most 250,000"):
        mail_text.of_lines("a\n" * 250_001)


def test_a_header_of_more_lines_than_are_read_is_refused_before_they_are_taken_apart() -> None:
    head = "From: a@b.example\r\nSubject: Ferry\r\n"
    text = "The crews of the night ferry asked today for light on the pier.\r\n"
    many = head + "X-A: b\r\n" * 20_000
    with stint.within(1):
        for name, data in (
            ("a.eml", f"{many}\r\n{text}".encode()),
            ("a.msg", compound(message(TRANSPORT_HEADERS=many, BODY=text))),
        ):
            (read,) = record.of(name, data, TERMS)
            assert "lines in its header; at most 20,000 are read" in read.refused
    # A long text is none of the header.
    (read,) = record.of("a.eml", f"{head}\r\n{text * 21_000}".encode(), TERMS)
    assert "header" not in read.refused


def test_a_capture_in_chunks_of_a_letter_is_refused_before_they_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body><h1>Ferry crews ask for light</h1><p>The crews asked today for light on the pier.</p></body></html>"
    chunks = b"".join(b"1\r\n" + page[at : at + 1] + b"\r\n" for at in range(len(page))) + b"0\r\n\r\n"
    capture = record_of_capture(chunks, more="Transfer-Encoding: chunked\r\n")
    (piece,) = containers.pieces("a.warc", io.BytesIO(capture))
    (read,) = record.of(piece.name, piece.data, TERMS)
    assert "asked today for light" in read.body
    monkeypatch.setattr(web_archive, "_MOST_CHUNKS", 200)
    (read,) = record.of(piece.name, piece.data, TERMS)
    assert "chunks and lines; at most 100 are read. Save the page itself" in read.refused


def test_lines_and_links_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plaintext, "_MOST_LINES", 10)
    monkeypatch.setattr(webpage, "_MOST_LINKS", 10)
    assert plaintext.document("a\n" * 10 + "\n" * 50).blocks
    with pytest.raises(Refusal, match="It has 11 lines"):
        plaintext.document("a\n" * 11)
    page = "<html><body><p>The crews asked for light on the pier.</p>{}</body></html>"
    assert webpage.document(page.format("<a href='/a'>x</a>" * 10).encode()).blocks
    with pytest.raises(Refusal, match="has 11 links"):
        webpage.document(page.format("<a href='/a'>x</a>" * 11).encode())


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
def test_what_stands_beside_a_word_file_is_counted_before_it_is_read(kind: str) -> None:
    with stint.within(1):
        notes = part(kind, f"<w:{kind[:-1]}/>" * 5_001)
        with pytest.raises(Refusal, match=f"It has 5,001 {kind}; at most 5,000 are read"):
            sniff.document("a.docx", word(p("The crews asked for light."), {f"{kind}.xml": notes}))


def test_paragraphs_are_counted_before_a_document_is_taken_apart() -> None:
    for kind in ("w:p", "text:p", "text:h"):
        with pytest.raises(Refusal, match="80,001 paragraphs and cells"):
            zipped_parts.refuse_too_large(f"<{kind}>a</{kind}><w:pPr/>".encode() * 80_001)
    with pytest.raises(Refusal, match="bytes unpacked"):
        zipped_parts.refuse_too_large(bytes(32 * 1024**2 + 1))
    zipped_parts.refuse_too_large(b"<w:p>a</w:p>" * 80_000)


def test_pieces_with_looks_of_their_own_are_counted_before_a_document_is_taken_apart() -> None:
    for piece in (b"<w:r><w:t>a</w:t></w:r>", b"<text:span>a</text:span>", b"<text:s/>"):
        zipped_parts.refuse_too_large(b"<w:p>" + piece * 50_001 + b"</w:p>")
        with pytest.raises(Refusal, match="in 50,001 pieces with looks of their own; at most 50,000"):
            zipped_parts.refuse_too_large(b"<w:p>" + piece * 50_002 + b"</w:p>")
    # A table has one for each of its cells, and these are counted as cells.
    zipped_parts.refuse_too_large(b"<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 60_000)


@pytest.mark.parametrize(
    ("piece", "times", "reason"),
    [
        ("{\\field{\\*\\fldinst HYPERLINK a}{\\fldrslt a}}", 10_001, "It has 10,001 links and other fields"),
        ("\\trowd\\intbl a\\cell\\row ", 12_001, "It has 12,001 rows of tables"),
        ("\\intbl a\\cell ", 1_001, "It has 1,001 cells in one row of a table; at most 1,000 are read"),
        ("{\\headerl a}", 5_001, "It has 5,001 running heads and feet; at most 5,000 are read"),
        ("\\u1587?", 1_048_577, "It has 1,048,577 letters that are written by their numbers; at most 1,048,576"),
        ("\\b a\\b0 ", 125_001, "changes its look 250,002 times; at most 250,000"),
    ],
)
def test_what_rich_text_has_past_all_reason_is_counted_before_it_is_read(piece: str, times: int, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        rich_text.document(("{\\rtf1 " + piece * times + "}").encode())


def test_signs_that_are_written_one_by_one_in_rich_text_are_one_text() -> None:
    words = "".join(f"\\u{ord(sign)}?" for sign in "قالت") + " a\\'e4 \\u1587?"
    assert [
        each.text for each in rich_text_tokens.tokens(("{\\rtf1 " + words + "}").encode()) if hasattr(each, "text")
    ] == ["قالت aä س"]


def test_paragraphs_of_a_page_are_counted_before_it_is_looked_at() -> None:
    page = "<html><body>{}</body></html>"
    with pytest.raises(Refusal, match="It has 12,001 paragraphs; at most 12,000 are read"):
        webpage.document(page.format("<p>a</p>" * 12_001).encode())
    with pytest.raises(Refusal, match="It has 12,001 paragraphs; at most 12,000 are read"):
        webpage.document(page.format("<div>a</div>" * 12_001).encode())


def test_a_book_with_a_page_that_cannot_be_read_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chapter that is passed over would be lost without a word; a cover without text is none."""
    chapter, cover = "<html><body><p>The crews asked for light.</p></body></html>", "<html><body></body></html>"

    def book(*pages: str) -> bytes:
        names = [f"c{number}" for number in range(len(pages))]
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("mimetype", "application/epub+zip")
            archive.writestr("META-INF/container.xml", '<container><rootfile full-path="c.opf"/></container>')
            items = "".join(
                f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names
            )
            spine = "".join(f'<itemref idref="{name}"/>' for name in names)
            archive.writestr("c.opf", f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>")
            for name, page in zip(names, pages, strict=True):
                archive.writestr(f"{name}.xhtml", page)
        return data.getvalue()

    assert [block.text for block in epub.document(book(cover, chapter)).blocks] == ["The crews asked for light."]
    monkeypatch.setattr(webpage, "_MOST_LINKS", 1)
    with pytest.raises(Refusal, match="The page has 2 links"):
        epub.document(book(chapter, chapter.replace("light", "<a href='a'>light</a> <a href='b'>today</a>")))


def test_a_book_of_more_pages_than_are_read_is_refused_before_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def book(count: int) -> bytes:
        names = [f"c{number}.xhtml" for number in range(count)]
        return packed_documents.book(
            lambda _: "".join(
                f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names
            ),
            lambda _: "".join(f'<itemref idref="{name}"/>' for name in names),
            lambda _: dict.fromkeys(names, "<html><body><p>The crews asked for light.</p></body></html>"),
        )(0)

    assert len(epub.document(book(3)).blocks) == 3
    monkeypatch.delattr(webpage, "document")
    with pytest.raises(Refusal, match="It has 501 pages; at most 500 are read"):
        epub.document(book(501))


def test_a_page_of_a_pdf_with_more_letters_than_are_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands behind them would be lost without a word."""
    monkeypatch.setattr(pdf_glyphs, "_MOST_GLYPHS", 20)
    with pytest.raises(Refusal, match="One of its pages has 33 letters; at most 20 are read of a page"):
        pdf.document(originals.pdf(1, "The crews asked for light"))


def test_a_pdf_that_draws_its_text_in_more_pieces_than_are_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is asked for its font, its size and its colour, on all pages together."""
    monkeypatch.setattr(pdf_looks, "_MOST_TEXTS", 2)
    monkeypatch.setattr(pdf_looks, "_MOST_TEXTS_A_PAGE", 0)
    with pytest.raises(Refusal, match="Its text is drawn in more than 2 pieces, letter by letter"):
        pdf.document(originals.pdf(3, "The crews asked for light"))
    assert pdf.document(originals.pdf(2, "The crews asked for light")).visible


def test_lines_without_end_through_the_letters_of_a_page_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would be held against each letter that stands as high."""
    drawings = pdf_drawings.Drawings()
    drawings.rules = [(0.0, 100.0, 500.0, 100.0)] * 30
    glyphs = [pdf_glyphs.Glyph("a", at, at + 5.0, 403.0, 10.0, False, at, at + 5.0, False, False) for at in range(10)]
    turned = pdf_glyphs.Turned((0.0, 0.0, 500.0, 500.0), 0)
    monkeypatch.setattr(pdf_drawings, "_MOST_COMPARED", 400)
    list(drawings.struck(glyphs, turned))
    monkeypatch.setattr(pdf_drawings, "_MOST_COMPARED", 200)
    with pytest.raises(Refusal, match="more lines drawn through its letters than are looked at"):
        list(drawings.struck(glyphs, turned))


def test_what_is_not_looked_through_for_quotations_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = "“We have asked for light on the pier for many years,” said Ada Quill. "
    text = f"Ferry crews ask for light\n\n{spoken * 2}\n\n{spoken * 3}\n"

    def quoted() -> tuple[int, bool]:
        (read,) = record.of("a.txt", text.encode(), TERMS)
        return len(read.quotations), quotation_limits.MORE in read.review

    assert quoted() == (5, False)
    monkeypatch.setattr(quotation_limits, "MOST_QUOTATIONS", 3)
    assert quoted() == (3, True)
    monkeypatch.setattr(quotation_limits, "MOST_QUOTATIONS", 200)
    monkeypatch.setattr(quotation_limits, "MOST_MARKS", 8)
    assert quoted() == (4, True)


def test_a_small_document_is_given_little_time_and_a_large_one_no_more_than_the_most() -> None:
    assert reading_time.allowed(b"x" * 16_000, 30) < 4
    assert reading_time.allowed(b"x" * 1_000_000, 30) < 9
    assert reading_time.allowed(b"| Ada Quill | 3 May 2013 |\n" * 6_000, 30) > 7
    assert reading_time.allowed(b"PK" + b"x" * 100_000, 30) > 10
    assert reading_time.allowed(b"x" * 9_000_000, 30) == 30
    assert reading_time.allowed(b"x", 2) == 2


# ---- containers ------------------------------------------------------------------------------------------------------------------


def zip_file(count: int) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", b"")
    return bytearray(out.getvalue())


def test_a_folder_that_says_that_it_packs_too_many_files_is_refused_before_they_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = zip_file(2)
    struct.pack_into("<HH", data, len(data) - 14, 20_001, 20_001)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    (piece,) = containers.pieces("a.zip", io.BytesIO(data))
    assert piece.refused == zip_folder.TOO_MANY


@pytest.mark.parametrize(("most", "too_long"), [(1, True), (2, False)])
def test_the_length_of_a_list_is_known_from_its_end(most: int, too_long: bool) -> None:
    data = zip_file(2)
    assert zip_directory.is_too_long(io.BytesIO(data + b"\0" * 100), most) is too_long
    # One that lies about how many files it lists has as many bytes.
    struct.pack_into("<HH", data, len(data) - 14, 0, 0)
    struct.pack_into("<L", data, len(data) - 10, 500)
    assert zip_directory.is_too_long(io.BytesIO(data), most) is too_long
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    end = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 2, 2, 100, 0)
    large = end + place + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    assert zip_directory.is_too_long(io.BytesIO(large), most) is too_long
    assert not zip_directory.is_too_long(io.BytesIO(b"no zip file"), most)


class Refusing:
    """A reader that gives up every document whose bytes are not those of `good`."""

    width = 1

    def __init__(self, good: bytes, answer: bytes) -> None:
        self.asked = 0
        self._good, self._answer = good, answer

    def answer(self, name: str, data: bytes) -> bytes:
        self.asked += 1
        if data != self._good:
            raise Unread("Reading it took longer than 4 seconds of work.")
        return self._answer

    def close(self) -> None:
        pass


def refusals(folder: Path, reading: Refusing) -> Iterator[str]:
    sources = [(path.name, path) for path in sorted(folder.iterdir())]
    for _, records in workers.records(sources, Vocabularies(), reading=reading):
        yield from (read.refused for read in records)


def test_of_a_container_whose_files_take_too_long_the_rest_is_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.txt", b"slow")
    reading = Refusing(b"", b"")
    refused = list(refusals(tmp_path, reading))
    assert reading.asked == 10
    assert sum("longer than 4 seconds" in reason for reason in refused) == 10
    assert sum("too many of the files that are packed with it" in reason for reason in refused) == 20
    (tmp_path / "a.zip").unlink()
    # Files of a folder are refused one by one.
    for number in range(12):
        (tmp_path / f"{number}.txt").write_bytes(b"slow")
    assert sum("longer than 4 seconds" in reason for reason in refusals(tmp_path, reading)) == 12


def test_an_empty_file_is_refused_without_asking_its_reader(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    reading = Refusing(b"", b"")
    assert list(refusals(tmp_path, reading)) == ["The file is empty."]
    assert reading.asked == 0


# ---- documents of word processors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>" * 10_001, "10,001 links; at most 10,000"),
        ("<w:p><w:r><w:footnoteReference/></w:r></w:p>" * 5_001, "5,001 calls of footnotes; at most 5,000"),
        ("<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 12_001 + "</w:tbl>", "12,001 rows of tables; at most 12,000"),
        (
            "<w:tbl><w:tr><w:tc/></w:tr><w:tr>" + "<w:tc/>" * 1_001 + "</w:tr></w:tbl>",
            "1,001 cells in one row of a table; at most 1,000",
        ),
        ("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 12_001, "12,001 paragraphs and items; at most 12,000"),
    ],
    ids=["links", "calls", "rows", "cells of a row", "paragraphs"],
)
def test_a_word_file_of_more_than_is_read_is_refused_before_it_is_taken_apart(body: str, reason: str) -> None:
    with stint.within(1.5), pytest.raises(Refusal, match=f"It has {reason} are read"):
        sniff.document("a.docx", word(body))


def test_empty_paragraphs_and_those_of_tables_are_no_paragraphs_of_a_word_file() -> None:
    table = (
        "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 5 + "</w:tr>") * 4_500 + "</w:tbl>"
    )
    assert sniff.document("a.docx", word(p("The crews asked for light.") + "<w:p/>" * 12_001 + table)).blocks


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<text:p><text:a>a</text:a></text:p>" * 10_001, "10,001 links; at most 10,000"),
        (
            "<text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>" * 5_001,
            "5,001 notes; at most 5,000",
        ),
        ("<table:table>" + "<table:table-row/>" * 12_001 + "</table:table>", "12,001 rows of tables; at most 12,000"),
        ("<text:p>a</text:p>" * 12_001, "12,001 paragraphs, headings and items; at most 12,000"),
    ],
    ids=["links", "notes", "rows", "paragraphs"],
)
def test_an_open_document_of_more_than_is_read_is_refused_before_it_is_taken_apart(body: str, reason: str) -> None:
    with stint.within(1.5), pytest.raises(Refusal, match=f"It has {reason} are read"):
        sniff.document("a.odt", odt(body))


def test_blank_lines_without_end_are_read_as_a_few() -> None:
    text = f"Ferry crews ask for light\n\nThe crews asked for light on the pier.{chr(10) * 1_000_000}It was dark.\n"
    with stint.within(4):
        message = f"From: a@b.example\nSubject: Ferry crews ask for light\n\n{text}"
        for name, data in (("a.txt", text), ("a.eml", message)):
            (read,) = record.of(name, data.encode(), TERMS)
            assert "asked for light on the pier.\n\nIt was dark." in read.body


def test_a_plain_text_past_all_reason_is_refused_before_it_is_decoded() -> None:
    for line in (b"The crews asked for light.\n\n", "The crews asked\n".encode("utf-16-le")):
        data = line * (8 * document_size.MOST_BYTES // len(line))
        with stint.within(1):
            for name in ("a.txt", "a.md"):
                with pytest.raises(Refusal, match=r"bytes without its blanks; at most 2,097,152 are read"):
                    sniff.document(name, data)
    document_size.refuse_far_too_long(b" \n" * document_size.MOST_BYTES + b"a" * document_size.MOST_BYTES)


def test_a_text_of_a_message_past_all_reason_is_refused() -> None:
    message = b"From: a@b.example\nSubject: Ferry\nMIME-Version: 1.0\n\n" + b"The crews asked for light.\n" * 200_000
    with stint.within(3):
        (read,) = record.of("a.eml", message, TERMS)
        assert "bytes without its blanks" in read.refused
        short = b"From: a@b.example\nSubject: Ferry\nMIME-Version: 1.0\n\n" + b"light\n" * 250_001
        (read,) = record.of("a.eml", short, TERMS)
        assert "The message has 250,004 lines, most of them short" in read.refused
        (read,) = record.of("a.eml", short.replace(b"light", b"") * 8, TERMS)
        assert "The message has 2,000,040 lines. Save" in read.refused


def test_front_matter_past_all_reason_is_refused() -> None:
    values = "".join(f"k{number}: [a, b]\n" for number in range(10_000))
    body = "\nThe crews asked for light on the pier.\n"
    for text in (
        f"---\ntitle: Ferry\n{values}---\n{body}",
        f"title: Ferry\n{values}{body}",
        '{"title": "' + "a" * 140_000 + f'"}}\n{body}',
    ):
        with pytest.raises(Refusal, match=r"Its front matter has 1\d\d,\d{3} characters; at most 131,072 are read"):
            foreign_markdown.document(text)
    assert foreign_markdown.document(f"---\ntitle: Ferry\n{values[:60_000].rpartition(chr(10))[0]}\n---\n{body}").blocks


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("<li>a</li>" * 12_001, "It has 12,001 items; at most 12,000"),
        ("<h2>a</h2>" * 12_001, "It has 12,001 headings; at most 12,000"),
        (
            '<script type="application/ld+json">{}</script>' * 1_001,
            r"It has 1,001 descriptions for programs \(JSON-LD\); at",
        ),
        ("<b>a</b> " * 60_000, "It has 119,9.. stretches of text with looks of their own; at most 100,000"),
        (f"<p>{'*' * 250_001}</p>", "Its text has 250,001 signs that are marks in Markdown; at most 250,000"),
        (f"<p>{'The crews asked for light. ' * 100_000}</p>", "It shows 2,2..,... bytes of text; at most 2,097,152"),
    ],
    ids=["items", "headings", "descriptions", "looks", "signs", "bytes"],
)
def test_what_a_page_shows_past_all_reason_is_counted_before_it_is_looked_at(inner: str, reason: str) -> None:
    with stint.within(1.5), pytest.raises(Refusal, match=reason):
        webpage.document(f"<html><body><p>The crews asked for light.</p>{inner}</body></html>".encode())


def test_no_pattern_is_made_of_a_text_without_blanks() -> None:
    """Making one takes much longer than to look for it."""
    for name, is_one in (("Quay Union", True), ("Union" * 60, True), ("Union" * 61, False)):
        is_known = partial(
            organizations.is_organization, name, TERMS, f"{name} said today. {name} spoke. ", language="en"
        )
        assert is_known() is is_one


def test_scripts_blanks_and_cells_of_a_page_are_no_text_of_it() -> None:
    script = f"<script>{'var a = 1; ' * 300_000}</script>"
    cells = "<table>" + "<tr><td> <b>a</b> <i>b</i> </td></tr>\n" * 15_000 + "</table>"
    blank = " " * 3_000_000
    page = f"<html><body><p>The crews asked for light on the pier.</p>{script}{blank}{cells}</body></html>"
    assert webpage.document(page.encode()).blocks[0].text == "The crews asked for light on the pier."


def test_thousands_of_notes_are_numbered_in_proportion_to_their_number() -> None:
    notes = part(
        "footnotes", "".join(f'<w:footnote w:id="{number}">{p("A note.")}</w:footnote>' for number in range(4_000))
    )
    calls = "".join(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in range(4_000))
    with stint.within(6):
        (read,) = record.of(
            "a.docx", word(p("The crews asked for light.") + f"<w:p>{calls}</w:p>", {"footnotes.xml": notes}), TERMS
        )
        assert "[^4000]: A note." in read.body


def test_each_text_that_is_attached_to_a_message_takes_what_it_takes_alone() -> None:
    """So a message of 500 of them takes as long as 500 documents do, each of them far below what a document may take."""

    def lines(files: int) -> int:
        attached = {f"__attach_version1.0_#{number:08X}": packed_documents.attached(data) for number in range(files)}
        whole = compound(message(files=attached))
        ran = counted_work.lines(lambda: read.append(record.of("a.msg", whole, TERMS)))
        assert len(read[-1]) == files + 1
        assert not any(each.refused for each in read[-1])
        return sum(ran.values())

    read: list[tuple[Record, ...]] = []
    data = packed_documents.HEAD.encode()
    alone = sum(counted_work.lines(lambda: record.of("a.txt", data, TERMS)).values())
    few, many = lines(10), lines(60)
    assert (many - few) / 50 < 1.3 * alone
