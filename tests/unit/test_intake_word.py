"""Word files: marks of words, numbers of lists, notes, tables, changes, fields, boxes, formulas; nothing of a file is lost."""

# ruff: noqa: E501 - parts of files are written out as they are

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import markdown_writer
from onrecord.intake.document import Document, Refusal
from onrecord.intake.formats import word as word_format
from tests.unit.intake_documents import FIRST, SECOND, THIRD, p, part, run, unaccounted, word


def read(data: bytes) -> Document:
    """The document of a file, of which nothing is lost."""
    document = word_format.document(data)
    assert unaccounted(document) == ()
    return document


def written(body: str, parts: dict[str, str | bytes] | None = None, kinds: dict[str, str] | None = None) -> str:
    return markdown_writer.markdown(read(word(body, parts, kinds)).blocks)


def test_raised_struck_and_hidden_words() -> None:
    runs = [
        run("On 12"), run("3", '<w:vertAlign w:val="superscript"/>'), run(" crews, H"), run("2", '<w:vertAlign w:val="subscript"/>'), run("O, "),
        run("ten", "<w:strike/>"), run(" nine nets"), run(" for us alone", "<w:vanish/>"), run(", the 1"), run("st", '<w:vertAlign w:val="superscript"/>'), run(" of May."),
    ]  # fmt: skip
    document = read(word(p("".join(runs))))
    assert markdown_writer.markdown(document.blocks) == "On 12³ crews, H₂O, ~~ten~~ nine nets, the 1st of May.\n"
    assert [(left.text.strip(), left.reason, left.prose) for left in document.left_out] == [
        ("for us alone", "hidden", True)
    ]


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)


def item(text: str, identifier: int, depth: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identifier}"/></w:numPr>')


def test_numbers_of_lists_go_on_as_they_are_shown() -> None:
    body = (
        item("a", 1)
        + item("b", 1)
        + p(FIRST)
        + item("c", 1)
        + item("d", 1, 1)
        + item("e", 1, 1)
        + item("f", 1)
        + item("g", 1, 1)
    )
    body += p(SECOND) + item("h", 2) + item("i", 2) + item("j", 3) + p(THIRD) + item("k", 4) + item("l", 4)
    marks = [block.marker for block in read(word(body, {"numbering.xml": NUMBERING})).blocks if block.kind == "item"]
    assert marks == ["1.", "2.", "3.", "(a)", "(b)", "4.", "(a)", "7.", "8.", "-", "1.", "2."]


def test_a_numbered_heading_keeps_its_number_and_levels_come_from_styles() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Own"/><w:basedOn w:val="h2"/></w:style>',
    )
    body = p("Background", '<w:pStyle w:val="own"/>') + p(FIRST)
    (heading, _) = read(word(body, {"numbering.xml": NUMBERING, "styles.xml": styles})).blocks
    assert (heading.kind, heading.level, heading.text) == ("heading", 2, "1. Background")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"


def test_each_number_stands_under_its_own_head() -> None:
    rows = [
        cell("Pier") + cell("Kind") + cell("Boats"),
        cell("North", '<w:vMerge w:val="restart"/>') + cell("cutters") + cell("12"),
        cell("", "<w:vMerge/>") + cell("skiffs") + cell("7|or 8"),
        cell("All", '<w:gridSpan w:val="2"/>') + cell("19"),
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    assert written(f"<w:tbl>{table}</w:tbl>") == (
        "| Pier | Kind | Boats |\n| --- | --- | --- |\n| North | cutters | 12 |\n|  | skiffs | 7 / or 8 |\n| All |  | 19 |\n"
    )


def test_notes_are_footnotes_in_the_order_of_their_calls() -> None:
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote><w:footnote w:id="5">{p("As of May.")}</w:footnote>'
        f'<w:footnote w:id="3">{p("Counted from the pier.")}</w:footnote><w:footnote w:id="9">{p("Nobody calls this note of ours.")}</w:footnote>',
    )
    end = part("endnotes", f'<w:endnote w:id="2">{p("See the order.")}</w:endnote>')
    body = p(
        run("Forty crews")
        + call.format(3)
        + run(" wait")
        + call.format(5)
        + run(".")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    document = read(word(body, {"footnotes.xml": notes, "endnotes.xml": end}))
    assert markdown_writer.markdown(document.blocks) == (
        "Forty crews[^1] wait[^2].[^end1]\n\n[^1]: Counted from the pier.\n[^2]: As of May.\n[^end1]: See the order.\n"
    )
    assert [(left.text, left.reason) for left in document.left_out] == [
        ("Nobody calls this note of ours.", "note that nothing calls")
    ]


def test_tracked_changes_are_read_as_accepted_and_asked_about() -> None:
    changed = (
        run("The pier is ")
        + f"<w:ins>{run('closed')}</w:ins>"
        + "<w:del><w:r><w:delText>open</w:delText></w:r></w:del>"
        + run(" now.")
    )
    document = read(word(p(changed)))
    assert document.blocks[0].text == "The pier is closed now."
    assert [(left.text, left.reason, left.prose) for left in document.left_out] == [("open", "deleted", True)]
    (asked,) = document.questions
    assert "tracked changes" in asked.question
    assert asked.evidence == "inserted “closed”; deleted “open”"


@pytest.mark.parametrize("code", [" DATE \\@ &quot;d MMMM yyyy&quot; ", "SAVEDATE", " time "])
def test_a_day_that_a_clock_fills_in_is_no_text(code: str) -> None:
    kinds = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}' for kind, inside in (
        ("begin", f"<w:r><w:instrText>{code}</w:instrText></w:r>"), ("separate", run("9 June 2024")), ("end", ""),
    ))  # fmt: skip
    document = read(word(p(kinds) + p(FIRST)))
    assert [block.text for block in document.blocks] == [FIRST]
    assert [(left.text, left.reason) for left in document.left_out] == [("9 June 2024", "date field")]
    assert [(asked.field, asked.evidence) for asked in document.questions] == [("date", "“9 June 2024”")]


def test_other_fields_show_their_results_and_links_their_addresses() -> None:
    link = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    link += run("the list") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    simple = f'<w:fldSimple w:instr=" REF x ">{run(" of May")}</w:fldSimple>'
    assert written(p(run("See ") + link + simple)) == "See [the list](https://a.example/) of May\n"


def test_formulas_are_written_on_one_line_and_asked_about() -> None:
    formula = "<m:oMath><m:f><m:num><m:r><m:t>n</m:t></m:r></m:num><m:den><m:r><m:t>n+1</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    document = read(word(p(run("The share is ") + formula + run(" here."))))
    assert document.blocks[0].text == "The share is n/(n+1)x² here."
    assert document.questions[0].evidence == "“n/(n+1)x²”"


def test_boxes_are_read_once_and_content_controls_are_text() -> None:
    box = f"<w:txbxContent>{p(SECOND)}</w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<w:r><mc:AlternateContent {namespace}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    control = f"<w:sdt><w:sdtContent>{p(THIRD)}</w:sdtContent></w:sdt>"
    texts = [block.text for block in read(word(p(run(FIRST) + both) + control)).blocks]
    assert texts == [FIRST, SECOND, THIRD]


def test_heads_are_the_letterhead_and_feet_and_comments_are_left_out() -> None:
    parts: dict[str, str | bytes] = {
        "header1.xml": part("hdr", p("Pier Watch") + p("Page 1")),
        "header2.xml": part("hdr", p("Pier Watch")),
        "footer1.xml": part("ftr", p("Quay Road 1, Talsund")),
        "comments.xml": part("comments", f"<w:comment>{p('Is that so?')}</w:comment>"),
    }
    kinds = {"header1.xml": "header", "header2.xml": "header", "footer1.xml": "footer"}
    document = read(word(p(FIRST), parts, kinds))
    assert [block.text for block in document.blocks] == ["Pier Watch", FIRST]
    assert [(left.text, left.reason) for left in document.left_out] == [
        ("Page 1", "running head"),
        ("Pier Watch", "running head"),
        ("Quay Road 1, Talsund", "page foot"),
        ("Is that so?", "comment"),
    ]


def test_an_embedded_page_is_read_and_another_embedded_part_is_asked_about() -> None:
    chunks = '<w:altChunk r:id="r0"/><w:altChunk r:id="r1"/>'
    kinds = {"chunk.html": "aFChunk", "chunk.bin": "aFChunk"}
    html = f"<html><body><p>{SECOND}</p></body></html>"
    document = read(word(p(FIRST) + chunks, {"chunk.html": html, "chunk.bin": b"\0\1"}, kinds))
    assert [block.text for block in document.blocks] == [FIRST, SECOND]
    assert [asked.evidence for asked in document.questions] == ["word/chunk.bin"]


def test_files_that_keep_strictly_to_the_standard_are_read() -> None:
    data = word(p(FIRST))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as strict:
        for name in archive.namelist():
            content = archive.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            strict.writestr(name, content)
    assert read(out.getvalue()).blocks[0].text == FIRST


@pytest.mark.parametrize(
    ("name", "reason"), [("xl/workbook.xml", "spreadsheet"), ("ppt/slides.xml", "presentation"), ("a.txt", "archive")]
)
def test_other_archives_are_refused_with_what_they_are(name: str, reason: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<a/>")
    with pytest.raises(Refusal, match=reason):
        word_format.document(out.getvalue())


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["word", "12", " and ", "3", "st", "ﬁnd ", "A sentence of its own that is long. ", "漢字"]),
        st.sampled_from(["", "<w:b/>", "<w:strike/>", "<w:vanish/>", '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>']),
        st.sampled_from(["{}", "<w:ins>{}</w:ins>", "<w:hyperlink>{}</w:hyperlink>", "<w:moveFrom>{}</w:moveFrom>", "<w:smartTag>{}</w:smartTag>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", '<w:fldSimple w:instr="DATE">{}</w:fldSimple>', "{}<w:r><w:br/></w:r>", "{}<w:r><w:tab/></w:r>"]),
    ),
    max_size=6,
)  # fmt: skip
PARAGRAPHS = st.lists(
    st.tuples(RUNS, st.sampled_from(["", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', '<w:outlineLvl w:val="1"/>']), st.booleans()),
    max_size=5,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS)
def test_whatever_a_file_is_made_of_nothing_of_it_is_lost(
    paragraphs: list[tuple[list[tuple[str, str, str]], str, bool]],
) -> None:
    body = ""
    for runs, properties, in_table in paragraphs:
        inner = "".join(around.format(run(text, look)) for text, look, around in runs) or run("")
        made = p(inner, properties)
        body += f"<w:tbl><w:tr><w:tc>{made}</w:tc><w:tc>{made}</w:tc></w:tr></w:tbl>" if in_table else made
    read(word(body, {"numbering.xml": NUMBERING}))
