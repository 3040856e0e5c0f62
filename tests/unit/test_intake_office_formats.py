"""Rich Text, OpenDocument, EPUB: what is kept, what is left out and why, what is refused."""

# ruff: noqa: E501 - elements and control words are written out as they are

from __future__ import annotations

import io
import re
import zipfile

import pytest

from onrecord.intake import accounting
from onrecord.intake.document import Block, Document, Refusal
from onrecord.intake.formats import rich_text, sniff
from tests import stint

# ---- making files ----------------------------------------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)  # fmt: skip
_STYLES = """
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Down" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="Struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." text:start-value="3"/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
"""


def zipped(parts: dict[str, str]) -> bytes:
    """A zip file of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def odt(body: str, kind: str = "text", head: str = "") -> bytes:
    """An OpenDocument file with this text."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES}><office:automatic-styles>{_STYLES}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f'<?xml version="1.0"?><office:document-styles {_NAMES}><office:master-styles><style:master-page style:name="Standard">{head}'
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    return zipped(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, "styles.xml": styles}
    )


def epub(*pages: str) -> bytes:
    """An EPUB file with these pages, which stand in the file in another order than in the book."""
    items = "".join(
        f'<item id="p{n}" href="text/p{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
    )
    order = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b/book.opf"/>'
        "</rootfiles></container>",
        "b/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{order}</spine></package>',
    }
    for number, page in reversed(list(enumerate(pages))):
        parts[f"b/text/p{number}.xhtml"] = (
            '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Page</title></head>'
            f"<body>{page}</body></html>"
        )
    return zipped(parts)


def read(data: bytes) -> Document:
    """The Document of a file; nothing of it may be lost."""
    document = sniff.document("release", data)
    placed = [text for block in document.blocks for text in (block.marker, *block.texts)]
    assert not accounting.unaccounted(document.visible, [*placed, *(left.text for left in document.left_out)])
    return document


def shown(document: Document) -> list[tuple[str, str, str]]:
    """Kind, marker and text of each block."""
    return [(block.kind, block.marker, block.text) for block in document.blocks]


def marks(block: Block) -> list[tuple[str, str]]:
    """The runs of a block that stand raised, lowered or struck."""
    return [(run.text.strip(), run.mark) for run in block.runs if run.mark]


def left_out(document: Document) -> list[tuple[str, str]]:
    """What was left out, and why."""
    return [(left.text, left.reason) for left in document.left_out]


def rows(block: Block) -> list[list[str]]:
    """The texts of a table's cells."""
    return [["".join(run.text for run in cell) for cell in row] for row in block.rows]


# ---- Rich Text -------------------------------------------------------------------------------------------------------------------


def rtf(
    body: str,
    head: str = r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset178 Arial;}}",
) -> bytes:
    """A Rich Text file with this text."""
    return f"{{\\rtf1{head}{body}}}".encode("cp1252")


def test_rtf_keeps_marks_and_paragraphs() -> None:
    document = read(
        rtf(
            r"\pard The depot held 12{\super 3} crates, H{\sub 2}O and {\strike nineteen} eleven lamps.\par {\b Bold} words.\par"
        )
    )
    assert [text for _, _, text in shown(document)] == [
        "The depot held 12³ crates, H₂O and nineteen eleven lamps.",
        "Bold words.",
    ]
    assert marks(document.blocks[0]) == [("³", "raised"), ("₂", "lowered"), ("nineteen", "struck")]
    assert document.blocks[1].runs[0].strong


def test_rtf_leaves_out_hidden_and_deleted_words_and_asks() -> None:
    document = read(rtf(r"\pard They signed {\v in secret }the paper{\deleted  of the mill} on Monday.\par"))
    assert [text for _, _, text in shown(document)] == ["They signed the paper on Monday."]
    assert left_out(document) == [("in secret", "hidden"), ("of the mill", "deleted")]
    assert all(left.prose for left in document.left_out)


def test_rtf_reads_every_encoding() -> None:
    cyrillic = "Шлюзы закрыты".encode("cp1251").hex()
    arabic = "القناة مغلقة".encode("cp1256").hex()
    escaped = ["".join(rf"\'{text[at : at + 2]}" for at in range(0, len(text), 2)) for text in (cyrillic, arabic)]
    body = rf"\pard {{\f1 {escaped[0]}}}\par {{\f2 {escaped[1]}}}\par \uc1\u8220?Wait\u8221? \u-10179?\u-8704?\par \'93Caf\'e9\'94\par"
    assert [text for _, _, text in shown(read(rtf(body)))] == ["Шлюзы закрыты", "القناة مغلقة", "“Wait” 😀", "“Café”"]


def test_rtf_keeps_lists_tables_notes_and_links() -> None:
    body = (
        r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\header \pard Canal Wardens\par}{\footer \pard Printed on old paper\par}"
        r"\pard\s1 Locks without lamps\par\pard\s0 See the book{\super\chftn{\footnote \pard {\super\chftn} Page four.\par}} of the canal.\par"
        r"{\listtext\pard 7.\tab}\pard\ls1\ilvl0 The seventh point.\par{\listtext\pard\'b7\tab}\pard\ls2 A point without number.\par"
        r"{\listtext\pard (b)\tab}\pard\ls3 A lettered point.\par"
        r"\trowd\cellx100\cellx200\pard\intbl Lock\cell Lamps\cell\row\trowd\pard\intbl North\cell 4\cell\row\pard "
        r'{\field{\*\fldinst HYPERLINK "https://canal.example/"}{\fldrslt The canal}} is long.\par'
    )
    document = read(rtf(body))
    assert shown(document) == [
        ("paragraph", "", "Canal Wardens"),
        ("heading", "", "Locks without lamps"),
        ("paragraph", "", "See the book of the canal."),
        ("item", "7.", "The seventh point."),
        ("item", "-", "A point without number."),
        ("paragraph", "", "(b) A lettered point."),
        ("table", "", ""),
        ("paragraph", "", "The canal is long."),
        ("footnote", "1", "Page four."),
    ]
    assert rows(document.blocks[6]) == [["Lock", "Lamps"], ["North", "4"]]
    assert [run.note for run in document.blocks[2].runs if run.note] == ["1"]
    assert document.blocks[7].runs[0].href == "https://canal.example/"
    assert left_out(document) == [("Printed on old paper", "running foot")]


def test_rtf_finds_headings_and_lists_that_were_typed_by_hand() -> None:
    text = "The wardens counted the locks and wrote down what they had found, as they do in every year before the winter comes."
    body = rf"{{\b\fs32 Locks without lamps\par}}\par {text}\par {{\b What they ask}}\par \bullet\tab A lamp.\par 2.\tab A rope.\par {{\b Now.}}\par"
    document = read(rtf(body))
    assert [(block.kind, block.marker) for block in document.blocks] == [
        ("heading", ""),
        ("paragraph", ""),
        ("heading", ""),
        ("item", "-"),
        ("item", "2."),
        ("paragraph", ""),
    ]
    assert [block.text for block in document.blocks[3:5]] == ["A lamp.", "A rope."]


def test_rtf_passes_over_pictures_and_what_stands_in_the_head() -> None:
    body = r"{\info{\author A. Clerk}{\title Draft}}{\*\generator Word}{\pict\pngblip 89504e47}\pard The text.\par{\bin5 \}}{}"
    assert [text for _, _, text in shown(read(rtf(body)))] == ["The text."]


def test_rtf_that_is_hostile_is_refused_or_read_soon() -> None:
    with pytest.raises(Refusal, match="nested"):
        sniff.document("x.rtf", b"{\\rtf1 " + b"{" * 100_000)
    with stint.within(10):
        assert read(rtf(r"\b\i0" * 100_000 + r" Text.\par")).blocks[0].text == "Text."
        read(rtf(r"\'41" * 200_000 + r"\par"))
    with pytest.raises(Refusal, match="no text"):
        sniff.document("x.rtf", b"{\\rtf1}")


# ---- OpenDocument ----------------------------------------------------------------------------------------------------------------


def test_opendocument_keeps_marks_lists_notes_and_tables() -> None:
    body = (
        '<text:h text:outline-level="2">Locks without lamps</text:h>'
        '<text:p>The depot held 12<text:span text:style-name="Up">3</text:span> crates, H<text:span text:style-name="Down">2</text:span>O and '
        '<text:span text:style-name="Struck">nineteen</text:span> eleven<text:s text:c="2"/>lamps<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Book of the canal.</text:p></text:note-body></text:note>.</text:p>"
        '<text:list text:style-name="Numbers"><text:list-item><text:p>Third point.</text:p><text:list><text:list-item><text:p>Inner.</text:p>'
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>Fourth point.</text:p></text:list-item></text:list>"
        '<text:p>Between.</text:p><text:list text:style-name="Numbers" text:continue-numbering="true"><text:list-item><text:p>Fifth point.</text:p>'
        '</text:list-item></text:list><text:list text:style-name="Dots"><text:list-item><text:p>A dot.</text:p></text:list-item></text:list>'
        "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Locks</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>North</text:p></table:table-cell>"
        "<table:table-cell><text:p>4</text:p><text:p>lamps</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read(odt(body))
    assert shown(document) == [
        ("heading", "", "Locks without lamps"),
        ("paragraph", "", "The depot held 12³ crates, H₂O and nineteen eleven lamps."),
        ("item", "3.", "Third point."),
        ("paragraph", "", "a) Inner."),
        ("item", "4.", "Fourth point."),
        ("paragraph", "", "Between."),
        ("item", "5.", "Fifth point."),
        ("item", "-", "A dot."),
        ("table", "", ""),
        ("footnote", "1", "Book of the canal."),
    ]
    assert marks(document.blocks[1]) == [("³", "raised"), ("₂", "lowered"), ("nineteen", "struck")]
    assert rows(document.blocks[8]) == [["Locks", ""], ["North", "4 lamps"]]


def test_opendocument_leaves_out_hidden_and_deleted_text_and_comments() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>of the mill</text:p></text:deletion></text:changed-region>"
        '</text:tracked-changes><text:p>They signed <text:span text:style-name="Hidden">in secret</text:span> the paper<office:annotation>'
        "<text:p>Is this so?</text:p></office:annotation> on Monday.</text:p>"
        '<text:section text:display="none"><text:p>A part that nobody sees.</text:p></text:section>'
        "<text:p><draw:frame><draw:text-box><text:p>Words in a box.</text:p></draw:text-box></draw:frame>Around the box.</text:p>"
    )
    head = "<style:header><text:p>Canal Wardens</text:p></style:header><style:footer><text:p>Old paper</text:p></style:footer>"
    document = read(odt(body, head=head))
    assert [text for _, _, text in shown(document)] == [
        "Canal Wardens",
        "They signed the paper on Monday.",
        "Around the box.",
        "Words in a box.",
    ]
    assert sorted(left_out(document)) == [
        ("A part that nobody sees.", "hidden"),
        ("Is this so?", "comment"),
        ("Old paper", "running foot"),
        ("in secret", "hidden"),
        ("of the mill", "deleted"),
    ]


def test_other_opendocument_files_are_refused_with_a_word() -> None:
    for kind, word in (("spreadsheet", "spreadsheet"), ("presentation", "presentation"), ("graphics", "drawing")):
        with pytest.raises(Refusal, match=word):
            sniff.document("x", odt("<text:p>Text</text:p>", kind))
    with pytest.raises(Refusal, match="no text"):
        sniff.document("x", odt(""))
    content = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(Refusal, match="entities"):
        sniff.document("x", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}))
    with pytest.raises(Refusal, match="nested"):
        sniff.document("x", odt("<text:section>" * 100 + "<text:p>deep</text:p>" + "</text:section>" * 100))


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b" " * (65 * 1024 * 1024))
    with pytest.raises(Refusal, match="64 MB"):
        sniff.document("x", out.getvalue())


# ---- EPUB ------------------------------------------------------------------------------------------------------------------------

_PAGE = "<h1>Part {}</h1><p>The wardens of the canal counted the locks of part {} on Monday and found that none of them had a lamp.</p>"


def test_epub_is_read_in_the_order_of_its_spine() -> None:
    document = sniff.document("x", epub(*(_PAGE.format(n, n) for n in (1, 2, 3))))
    assert [block.text for block in document.blocks if block.kind == "heading"] == ["Part 1", "Part 2", "Part 3"]


def test_a_book_is_refused_by_its_length() -> None:
    with pytest.raises(Refusal, match="looks like a book"):
        sniff.document(
            "x", epub(*(_PAGE.format(n, n) + f"<p>{'Long words of the canal. ' * 8000}</p>" for n in range(6)))
        )


def test_a_broken_epub_is_refused() -> None:
    with pytest.raises(Refusal, match="broken EPUB"):
        sniff.document("x", zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>"}))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("{\\footnote a note}" * 5_001, "It has 5,001 footnotes; at most 5,000 are read."),
        ("\\cell " * 200_001, "Its tables have 200,001 cells; at most 200,000 are read."),
        ("{a}" * 250_000, "Its text is in 250,001 groups; at most 250,000 are read."),
        ("a\\par " * 12_002, "It has more than 12,000 paragraphs, headings and items; so many are read."),
    ],
)
def test_rich_text_of_more_than_is_read_is_refused_by_its_number_before_it_is_read(more: str, words: str) -> None:
    with stint.within(2), pytest.raises(Refusal, match=re.escape(words)):
        rich_text.document(("{\\rtf1 " + more + "}").encode())
