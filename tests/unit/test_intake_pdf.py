"""PDF: sizes, marks, what nobody sees, tables, footnotes, order, length."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from onrecord.intake import accounting, record
from onrecord.intake.document import Block, Document, Record, Refusal
from onrecord.intake.evidence import term_finder
from onrecord.intake.formats import mixed_letters, pdf, pdf_unmapped, right_to_left
from onrecord.intake.formats.pdf_glyphs import Glyph
from onrecord.model import Vocabularies
from tests import stint
from tests.unit.pdf_files import line, paragraph
from tests.unit.pdf_files import pdf as made

_LONG = (
    "The wardens of the lower canal counted every lock on Tuesday and found eleven of them without a keeper, a lamp or a rope, as they had "
    "written to the council in three letters that nobody has answered so far."
)
_MORE = "They ask that the council names a keeper for each lock before the winter, when the canal is dark at four in the afternoon."


def read(*pages: str, **given: object) -> Document:
    """The Document of a PDF of these pages; nothing of it may be lost."""
    document = pdf.document(made(*pages, **given))  # type: ignore[arg-type]
    assert not lost(document)
    return document


def lost(document: Document) -> tuple[str, ...]:
    """The words that are in no place at all."""
    placed = [text for block in document.blocks for text in (block.marker, *block.texts)]
    placed += [run.note for block in document.blocks for run in block.runs]
    return accounting.unaccounted(document.visible, [*placed, *(left.text for left in document.left_out)])


def texts(document: Document) -> list[str]:
    """The text of each block."""
    return [block.text for block in document.blocks]


def marks(block: Block) -> list[tuple[str, str]]:
    """The runs of a block that stand raised, lowered or struck."""
    return [(run.text, run.mark) for run in block.runs if run.mark]


def test_a_font_of_size_one_that_the_matrix_scales_is_read_like_any_other() -> None:
    rows = ["LOCK KEEPERS ASK FOR LAMPS", "3 May 2006"]
    body = [
        "The keepers of the canal asked on Monday for a lamp at every lock, for a rope and for",
        "a boat that does not leak.",
    ]
    page = "\n".join(
        f"BT /F1 1 Tf 11 0 0 11 72 {720 - 20 * number if number < 2 else 668 - 13 * (number - 2)} Tm ({text}) Tj ET"
        for number, text in enumerate([*rows, *body])
    )
    assert texts(read(page)) == [*rows, " ".join(body)]


def test_letters_too_small_for_any_eye_are_no_fault_of_the_file() -> None:
    page = "\n".join(f"BT /F1 0.01 Tf 90 {number} Td (a word of it) Tj ET" for number in range(1, 300))
    with suppress(Refusal):
        read(page)


def test_raised_and_lowered_figures_are_no_figures_of_the_number() -> None:
    page = (
        line("The depot held 12", 72, 700)
        + "\n"
        + "BT /F1 7 Tf 1 0 0 1 168.7 704.5 Tm (3) Tj /F1 12 Tf 1 0 0 1 176 700 Tm (crates of H) Tj "
        + "/F1 7 Tf 1 0 0 1 241.4 698 Tm (2) Tj /F1 12 Tf 1 0 0 1 245.4 700 Tm (O, and no more than that.) Tj ET"
    )
    block = read(page).blocks[0]
    assert marks(block) == [("³", "raised"), ("₂", "lowered")]


def test_figures_of_another_column_on_a_baseline_of_their_own_are_not_lowered() -> None:
    words = "Of those who were asked in the harbours and on the islands nearly all"
    document = read("\n".join((line(words, 72, 700, 11), line("14-17", 440, 697, 11), line("1,250", 500, 697, 11))))
    assert not [mark for block in document.blocks for mark in marks(block)]
    assert not lost(document)


def test_columns_whose_lines_stand_mixed_are_asked_about() -> None:
    left = (
        "There is still a war-",
        "rant for the keeper of",
        "the lamps, and the har-",
        "bour office of the town",
        "knows of it since win-",
    )
    right = ("“They went with-", "out a word, and no-", "body asked them", "where.”")
    drawn = [line(text, 72, 700 - 14 * at, 11) for at, text in enumerate(left)]
    mixed = read("\n".join([*drawn, *(line(text, 230, 693 - 20 * at, 14) for at, text in enumerate(right))]))
    assert any("another column" in asked.question for asked in mixed.questions)
    assert not any("another column" in asked.question for asked in read("\n".join(drawn)).questions)


def test_a_word_with_a_line_through_it_is_struck_and_an_underlined_one_is_not() -> None:
    page = line("They counted nineteen twelve boats at the pier of the town.", 72, 700) + "\n"
    page += "144.7 703.2 48 0.8 re f\n"  # through "nineteen"
    page += "72 698 60 0.8 re f"  # below "They counted"
    struck = [text for text, mark in marks(read(page).blocks[0]) if mark == "struck"]
    assert struck == ["nineteen"]


def test_a_strike_out_annotation_strikes_the_words_beneath_it() -> None:
    page = line("They counted nineteen twelve boats at the pier of the town.", 72, 700)
    note = (
        "<< /Type /Annot /Subtype /StrikeOut /Rect [144 696 193 712] /QuadPoints [144 712 193 712 144 696 193 696] "
        "/Contents (no such number) >>"
    )
    document = read(page, annotations=[note])
    assert marks(document.blocks[0]) == [("nineteen", "struck")]
    assert [(left.text, left.reason) for left in document.left_out] == [("no such number", "a comment on the page")]


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        ("1 g " + line("These words are white", 72, 600) + " 0 g", "hidden: white on white"),
        (line("These words have no ink", 72, 600, more="3 Tr"), "hidden: drawn invisibly"),
        (line("These words lie beyond", 72, 900), "hidden: outside of the page"),
        (line("These words lie below a box", 72, 600) + "\n0 g 60 590 300 30 re f", "hidden: covered by a box"),
    ],
)
def test_what_nobody_sees_is_left_out_and_asked_about(drawn: str, why: str) -> None:
    document = read(line("These words are on the page for all to see.", 72, 700) + "\n" + drawn)
    assert texts(document) == ["These words are on the page for all to see."]
    (left,) = document.left_out
    assert (left.reason, left.prose) == (why, True)
    assert left.text.startswith("These words")


def test_white_words_on_a_dark_box_are_read() -> None:
    page = "0 g 60 590 300 30 re f\n1 g " + line("PRESS RELEASE OF THE CANAL WARDENS", 72, 600) + " 0 g"
    assert texts(read(page)) == ["PRESS RELEASE OF THE CANAL WARDENS"]


def test_a_table_keeps_its_columns_and_a_wrapped_cell_is_one() -> None:
    rows = [("Lock", "Keepers", "Lamps"), ("North", "2", "11"), ("South of the old", "0", "4"), ("Mill", "1", "7")]
    page = "\n".join(
        "\n".join(line(cell, x, 700 - 20 * number) for cell, x in zip(row, (72, 260, 420), strict=True))
        for number, row in enumerate(rows)
    )
    (table,) = read(page).blocks
    assert [tuple("".join(run.text for run in cell) for cell in row) for row in table.rows] == rows


def test_ruled_cells_that_stand_near_each_other_are_apart() -> None:
    rows = [("North", "2"), ("South", "40"), ("Mill", "17")]
    page = ""
    for number, (name, count) in enumerate(rows):
        y = 700 - 18 * number
        page += line(name, 72, y) + "\n" + line(count, 112, y) + "\n"
        page += f"70 {y - 5} 38 18 re S 108 {y - 5} 30 18 re S\n"
    (table,) = read(page).blocks
    assert [tuple("".join(run.text for run in cell) for cell in row) for row in table.rows] == rows


def test_two_columns_of_prose_are_no_table() -> None:
    left, _ = paragraph(_LONG, 700, 60, 10, 44)
    right, _ = paragraph(_MORE + " " + _MORE, 700, 330, 10, 44)
    assert texts(read(left + "\n" + right)) == [_LONG, _MORE + " " + _MORE]


def test_a_footnote_is_found_by_its_mark_and_the_paragraph_goes_on_over_the_page() -> None:
    body = [
        "The wardens counted eleven locks without a keeper",
        "and wrote it down in the book of the canal, which has been kept for",
        "ninety years without a gap, as the council knows, and which the",
    ]
    first = "\n".join(line(text, 72, 700 - 14 * n, 11) for n, text in enumerate(body))
    first += "\nBT /F1 7 Tf 1 0 0 1 322 704 Tm (1) Tj ET\n"
    first += "BT /F1 6 Tf 1 0 0 1 72 80 Tm (1) Tj ET\n" + line("Book of the canal, page 4.", 76, 77, 8)
    second = line("council has never asked to see, and which lies open on the desk of", 72, 700, 11) + "\n"
    second += line("the oldest of the wardens, who can be asked about it.", 72, 686, 11)
    document = read(first, second)
    assert [(block.kind, block.marker) for block in document.blocks] == [("paragraph", ""), ("footnote", "1")]
    assert [run.note for run in document.blocks[0].runs if run.note] == ["1"]
    assert "which the council has never asked" in document.blocks[0].text
    assert document.blocks[1].text == "Book of the canal, page 4."


def test_numbered_paragraphs_keep_their_numbers_and_a_day_is_no_item() -> None:
    page, y = "", 720.0
    for text in (
        "14. May was the day on which it began.",
        "1. " + _LONG,
        "2. " + _MORE,
        "(a) A lamp at every lock of the canal.",
    ):
        drawn, y = paragraph(text, y)
        page += drawn + "\n"
    found = [(block.kind, block.marker) for block in read(page).blocks]
    assert found == [("paragraph", ""), ("item", "1."), ("item", "2."), ("paragraph", "")]


def test_running_heads_and_page_numbers_are_left_out_with_their_reason() -> None:
    pages = []
    for number in (1, 2, 3):
        drawn, _ = paragraph(_LONG, 700)
        pages.append(
            f"{line('Canal Wardens, yearly report', 72, 760, 9)}\n{drawn}\n{line(f'Page {number} of 3', 270, 30, 9)}"
        )
    document = read(*pages)
    assert sorted({left.reason for left in document.left_out}) == ["page number", "running head"]
    assert texts(document)[0] == "Canal Wardens, yearly report"


def test_what_was_typed_into_a_form_is_part_of_the_text() -> None:
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (place) /V (Lower Marsh) /Rect [200 690 400 710] >>"
    typed = "<< /Type /Annot /Subtype /FreeText /Contents (Seen by the warden) /Rect [72 600 300 620] >>"
    document = read(line("The place of the meeting:", 72, 696), annotations=[field, typed])
    assert "Lower Marsh" in " ".join(texts(document))
    assert "Seen by the warden" in " ".join(texts(document))


def test_a_page_on_its_side_is_read_upright() -> None:
    page = "\n".join(
        f"BT /F1 12 Tf 0 1 -1 0 {100 + 14 * n} 72 Tm ({text}) Tj ET" for n, text in enumerate(_LONG.split(", "))
    )
    assert texts(read(page)) == [_LONG.replace(", ", " ")]
    assert texts(read(page, boxes="/MediaBox [0 0 612 792] /Rotate 90")) == [_LONG.replace(", ", " ")]


def test_words_written_up_the_margin_are_left_out() -> None:
    drawn, _ = paragraph(_LONG, 700)
    document = read(drawn + "\nBT /F1 9 Tf 0 1 -1 0 30 200 Tm (Printed by the canal press) Tj ET")
    assert texts(document) == [_LONG]
    assert [(left.text, left.reason) for left in document.left_out] == [
        ("Printed by the canal press", "written sideways")
    ]


def test_time_grows_with_the_length_and_no_faster() -> None:
    def read(pages: int) -> None:
        drawn = "\n".join(
            line(f"Line {n} of the long book of the wardens that goes on and on", 60, 760 - 14 * n, 10)
            for n in range(45)
        )
        pdf.document(made(*[drawn] * pages))

    read(1)
    assert stint.grows_with(read, 20, 100, most=5 * 2, unnoticed=0.5)


def test_too_many_pages_and_broken_files_are_refused_with_a_word() -> None:
    with pytest.raises(Refusal, match="301 pages"):
        pdf.document(made(*["BT ET"] * 301))
    with pytest.raises(Refusal, match="broken"):
        pdf.document(b"%PDF-1.7\nnothing")
    with pytest.raises(Refusal, match="no text"):
        pdf.document(made("BT ET"))


# ---- right to left ---------------------------------------------------------------------------------------------------------------


def drawn_from_right(shown: str, rtl: bool = True) -> str:
    """The text that is read where these signs stand beside each other on paper, the leftmost first."""
    glyphs = [
        Glyph(
            char, 10.0 * at, 10.0 * at + 9.5, 100, 12, False, 10.0 * at, 10.0 * at + 10, False, False, (at, float(at))
        )
        for at, char in enumerate(shown)
        if char != " "
    ]
    return "".join(char for char, _ in right_to_left.letters_in_order(glyphs, rtl=rtl))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("ةانقلا سراح", "حارس القناة"),
        ("(Canal Watch) ةانقلا", "القناة (Canal Watch)"),
        (")Canal Watch( ةانقلا", "القناة (Canal Watch)"),
        ("»ةانقلا« :لاق", "قال: «القناة»"),
        ("14/3/2019 يف", "في 14/3/2019"),
        ("14-12 نيب", "بين 12-14"),
        ("%50 نم", "من 50%"),
        ("٪٥٠ نم", "من ٥٠٪"),
        ("Article 19 ةدام", "مادة Article 19"),
        ("14 May 2019 موي", "يوم 14 May 2019"),
        ("50%-ו", "ו-50%"),
        ("12-14 ןיב", "בין 12-14"),
    ],
)
def test_a_line_is_read_from_where_its_signs_stand(shown: str, text: str) -> None:
    assert drawn_from_right(shown) == text


def test_words_from_right_to_left_in_a_line_from_left_to_right() -> None:
    assert drawn_from_right("the word םולש means peace", rtl=False) == "the word שלום means peace"


def test_the_letters_of_lam_alef_are_read_in_their_order_however_the_font_names_them() -> None:
    for alef in "اأإآ":
        for first, second in ((alef, "ل"), ("ل", alef)):
            glyphs = [
                Glyph(char, x, x + 5, 100, 12, False, x, x + 5, False, False, (1, 20.0))
                for char, x in ((first, 25.0), (second, 20.0))
            ]
            ending = Glyph("م", 10, 19, 100, 12, False, 10, 20, False, False, (1, 10.0))
            read_back = "".join(char for char, _ in right_to_left.letters_in_order([*glyphs, ending], rtl=True))
            assert read_back == f"ل{alef}م"
    # Drawn as two, they are an article.
    apart = [
        Glyph(char, x, x + 5, 100, 12, False, x, x + 5, False, False, (1, x)) for char, x in (("ا", 25.0), ("ل", 20.0))
    ]
    assert "".join(char for char, _ in right_to_left.letters_in_order(apart, rtl=True)) == "ال"


@pytest.mark.parametrize(("joined", "text"), [("مل", "لم"), ("جمل", "لمج"), ("\u064eمل", "لم\u064e")])
def test_any_letters_drawn_as_one_are_read_in_the_order_of_the_lam_alef_beside_them(joined: str, text: str) -> None:
    def drawn(letters: str, x: float) -> list[Glyph]:
        return [Glyph(char, x, x + 9, 100, 12, False, x, x + 9, False, False, (1, x)) for char in letters]

    for lam_alef, backwards in (("ال", True), ("لا", False)):
        glyphs = [*drawn(lam_alef, 40.0), *drawn(joined if backwards else text, 30.0), *drawn("ر", 20.0)]
        assert right_to_left.names_backwards(glyphs) is backwards
        ordered = right_to_left.letters_in_order(glyphs, rtl=True, backwards=backwards)
        assert "".join(char for char, _ in ordered) == f"لا{text}ر"


def test_a_sign_stays_with_its_letter_wherever_it_is_drawn() -> None:
    # The sign is drawn a little nearer to the line's start than its letter is, and a little further.
    for shift in (-3, 3):
        letters = [("ب", 30.0), ("ي", 20.0), ("ت", 10.0)]
        glyphs = [
            Glyph(char, x, x + 9, 100, 12, False, x, x + 10, False, False, (n, x))
            for n, (char, x) in enumerate(letters)
        ]
        sign = replace(
            glyphs[1], char="\u064e", advance_left=23.0 + shift, advance_right=27.0 + shift, cluster=(9, 0.0)
        )
        read_back = "".join(char for char, _ in right_to_left.letters_in_order([sign, *glyphs], rtl=True))
        assert read_back == "بي\u064eت"


@pytest.mark.parametrize(
    "first",
    [
        "Speaking about the lower canal, Ms Ada Marr, Director, Keld Institute, said,",
        "Speaking about the lower canal, Ms Ada Marr, Director at the Keld Institute, said",
        "Ms Ada Marr, Director at the Keld Institute in the town of Talheim,",
        "Ms Ada Marr who has been a director of the Institute in Talheim and of the",
    ],
)
@pytest.mark.parametrize(("size", "font"), [(11, "F2"), (13, "F1")])
def test_the_first_line_of_a_paragraph_is_no_heading_whatever_its_letters(first: str, size: int, font: str) -> None:
    above, height = paragraph(_LONG, 720)
    rows = [
        line(first, 72, height - 4, size, font),
        line('"We have counted every lock, and nobody can say that', 72, height - 18, 11),
    ]
    rows.append(line('we did not ask for a lamp in time."', 72, height - 32, 11))
    below, _ = paragraph(_MORE, height - 60)
    document = read("\n".join([above, *rows, below]))
    assert (
        texts(document)[1]
        == f'{first} "We have counted every lock, and nobody can say that we did not ask for a lamp in time."'
    )
    assert [block.kind for block in document.blocks] == ["paragraph"] * 3


def test_a_bold_line_that_ends_no_sentence_stays_a_heading() -> None:
    above, height = paragraph(_LONG, 720)
    below, _ = paragraph(_MORE, height - 18)
    document = read("\n".join([above, line("What the keepers said", 72, height - 4, 11, "F2"), below]))
    assert [block.kind for block in document.blocks] == ["paragraph", "heading", "paragraph"]


# A font whose signs have numbers and no characters.
_UNMAPPED = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Lantern /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 "
    "/BaseFont /Lantern /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 /FontDescriptor << /Type "
    "/FontDescriptor /FontName /Lantern /Flags 4 /Ascent 700 /Descent -200 /ItalicAngle 0 /StemV 80 /CapHeight 700 /FontBBox [0 0 999 999] "
    ">> >>] >>"
)


def test_a_sign_without_a_character_is_never_lost_and_is_asked_about() -> None:
    page = "\n".join(
        (
            line("The wardens made a di", 72, 700),
            "BT /F2 12 Tf 1 0 0 1 197.4 700 Tm <000B> Tj ET",
            line("erence to the harbour of the town.", 204.6, 700),
        )
    )
    document = read(page, bold=_UNMAPPED)
    assert texts(document) == ["The wardens made a di\ufffderence to the harbour of the town."]
    assert any("which letters" in str(question) for question in document.questions)


def test_joined_letters_have_the_names_that_the_font_s_program_gives_them() -> None:
    program = b"%!PS-AdobeFont-1.0: Lantern\n/Encoding 256 array\ndup 11 /ff put\ndup 14 /f_f_i put\ndup 65 /A put\nreadonly def\n"
    assert pdf_unmapped.joined_letters(program) == {11: "ff", 14: "ffi"}
    assert pdf_unmapped.joined_letters(b"\x00\x01\x00\x00dup 11 /ff put") == {}


@pytest.mark.parametrize(("rise", "size"), [(4.5, 7), (5, 11), (7.5, 11), (8.5, 11)])
def test_the_raised_end_of_a_number_stays_with_it(rise: float, size: int) -> None:
    rows = [line("KELD 5", 72, 700, 11), line("th", 110, 700 + rise, size)]
    rows.append(line("February 2019: The institute counted every lock and every lamp of the", 124, 700, 11))
    below, _ = paragraph(_LONG, 686)
    document = read("\n".join([*rows, below]))
    assert texts(document)[0].startswith("KELD 5th February 2019: The institute")


def test_the_end_of_a_number_on_the_next_line_stays_with_it() -> None:
    below, _ = paragraph(f"th February 2019: {_LONG}", 686)
    document = read("\n".join([line("KELD 5", 72, 700, 11), below]))
    assert texts(document)[0].startswith("KELD 5th February 2019: The wardens")


def test_figures_of_a_smaller_table_beside_the_text_are_not_raised() -> None:
    words = (
        "The islands counted fewer lamps than the harbours,",
        "and the harbours fewer than the town, where every",
        "keeper had one; of the boats nearly all had none.",
    )
    rows = (("22-24", "3,648,000", "20.5"), ("25-29", "2,401,000", "13.5"))
    drawn = [line(text, 72, 700 - 14 * at) for at, text in enumerate(words)]
    for at, row in enumerate(rows):
        rise = (2, -2)[at]
        drawn += [line(cell, 400 + 55 * n, 700 - 14 * at + rise, 10) for n, cell in enumerate(row)]
    document = read("\n".join(drawn))
    everything = " ".join(text for block in document.blocks for text in block.texts)
    assert all(cell in everything for row in rows for cell in row)


def test_letters_below_a_line_in_a_larger_type_are_a_line_of_their_own() -> None:
    drawn = [
        line("DECLARATION", 92, 700, 54),
        line("BY THE LOCK KEEPERS OF ORLE-", 86, 671, 16),
        line("AND", 330, 671, 16),
    ]
    assert texts(read("\n".join(drawn)))[0] == "DECLARATION"


@pytest.mark.parametrize("figure", ["97.1%", "3,648,000", "22-24"])
def test_a_small_figure_apart_from_its_line_is_not_raised(figure: str) -> None:
    drawn = [line("The lamps of the islands", 72, 700), line(figure, 220, 703, 9), line("of the harbours", 280, 700)]
    document = read("\n".join(drawn))
    assert not [mark for block in document.blocks for mark in marks(block)]
    assert figure in texts(document)[0]


@pytest.mark.parametrize(
    ("raised", "left", "written"),
    [("3", 200.1, "³"), ("[12]", 204, "[¹²]"), ("11, 12", 200.1, "¹¹, ¹²"), ("-6", 200.1, "⁻⁶")],
)
def test_a_short_mark_at_a_word_stays_raised(raised: str, left: float, written: str) -> None:
    drawn = [line("The lamps of the islands", 72, 700), line(raised, left, 704, 7), line("of the harbours", 240, 700)]
    assert (written, "raised") in marks(read("\n".join(drawn)).blocks[0])


@pytest.mark.parametrize("indent", [79, 104])
def test_a_note_begins_on_a_line_of_its_own_behind_a_short_one(indent: int) -> None:
    text, below = paragraph(_LONG, 700)
    calls = "\n".join(
        (line("All have a lamp.", 72, below, 11), line("1", 153.5, below + 4, 6), line("No one asked.", 160, below, 11))
    )
    calls += "\n" + line("2", 228.5, below + 4, 6)
    notes = [line("1", 72, 104, 5), line("Letter of the wardens, p. 19.", indent, 100.5, 9)]
    # The next note's mark is drawn right behind the last word of the note above, lower and at the margin.
    notes += [line("2", 72, 94.5, 5), line("Report of the council, p. 3.", indent, 90.5, 9)]
    blocks = read("\n".join([text, calls, *notes])).blocks
    assert [(block.marker, block.text.strip()) for block in blocks if block.kind == "footnote"] == [
        ("1", "Letter of the wardens, p. 19."),
        ("2", "Report of the council, p. 3."),
    ]


def test_prose_beside_a_table_is_a_paragraph_and_the_table_keeps_its_rows() -> None:
    words = (
        "The islands counted fewer lamps than the harbours had,",
        "and the harbours fewer than the whole town, where all",
        "keepers had two of them; of the boats nearly all had",
        "none, and of the bridges not one had any light at all",
        "that a keeper could see from the lock in the winter.",
    )
    rows = (("Age", "Keepers", "%"), ("14-17", "231", "1.3"), ("18-19", "3,769", "21.2"), ("20-21", "3,648", "20.5"))
    drawn = [line(text, 72, 700 - 14 * at) for at, text in enumerate(words)]
    drawn += [line(cell, 410 + 75 * n, 700 - 14 * at) for at, row in enumerate(rows) for n, cell in enumerate(row)]
    document = read("\n".join(drawn))
    assert texts(document)[0] == " ".join(words)
    (table,) = [block for block in document.blocks if block.rows]
    assert [tuple("".join(run.text for run in cell) for cell in row) for row in table.rows] == list(rows)


def test_the_questions_of_a_form_stay_in_the_rows_of_their_answers() -> None:
    rows = [
        ("a Did the society keep the lamps of the harbour lit at", "11a", "X"),
        ("b night, or did it give the keepers any lamp of theirs", "11b", "X"),
        ("c when they asked the society for one in the winter or", "11c", "X"),
        ("d spring, or was the harbour dark for all of the year", "11d", "X"),
    ]
    drawn = [
        line(cell, x, 700 - 14 * at) for at, row in enumerate(rows) for x, cell in zip((72, 430, 480), row, strict=True)
    ]
    (table,) = read("\n".join(drawn)).blocks
    assert [tuple("".join(run.text for run in cell) for cell in row) for row in table.rows] == rows


def test_a_line_with_a_bullet_is_an_item_in_whatever_type() -> None:
    page = line("• Keepers counted on Monday: 12", 72, 700, 16) + "\n" + paragraph(_LONG, 660, 72, 10, 80)[0]
    item = read(page).blocks[0]
    assert item.kind == "item"
    assert item.text == "Keepers counted on Monday: 12"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("طلبت لجنة الميناء اليوم من البلدية إنارة الدرج والرصيف قبل الشتاء و إصلاح السور. " * 4, False),
        ("طلااات لجاااة الميااااء اليوم من البلااادية إناااارة الدرااج والرصااايف قبل الشتااااء.", True),
        ("طَلَََبَتْ لَجْنَََةُ المِينَََاءِ اليَََوْمَ مِنَ البَلَََدِيَّةِ إِنَََارَةَ الدَّرَجِ", True),
        ("طلب ل جنة ا لم ينا ء ا ليوم من ا لبلد ية إ نا رة ا لد ر ج و ا لر صيف قبل ا لشتا ء و ا لصيف", True),
        ("ביקשה ועדת הנמל מן העירייה תאורה למדרגות ולרציף לפני החורף. " * 4, False),
    ],
)
def test_arabic_whose_letters_stand_for_others_is_garbled(text: str, *, is_wrong: bool) -> None:
    assert mixed_letters.is_garbled(text) == is_wrong


def test_a_text_with_letters_of_two_scripts_in_its_words_is_doubtful_as_a_whole() -> None:
    # Small letters are drawn as Cyrillic ones, and capitals are not.
    names = " ".join(f"/afii{10065 + at}" for at in range(26))
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [97 {names}] >> >>"

    def drawn(*rows: str) -> bytes:
        return made("\n".join(line(row, 72, 700 - 30 * at, font="F2") for at, row in enumerate(rows)), bold=font)

    def drafted(data: bytes) -> Record:
        return record.of("keld.pdf", data, term_finder.terms(Vocabularies()))[0]

    rows = ("aGb saDa", "14.03.2019", "kaNal soNat, \xabtihij beReg polonW soli\xbb, skaSal Jan seRov gorodu.")
    read = drafted(drawn(*rows))
    assert "words mix the letters of two scripts, repeat one letter" in read.review[0].question
    assert (read.title, read.date, read.publisher, read.language, read.quotations, read.extent) == (
        "",
        "",
        "",
        "",
        (),
        "",
    )
    assert {"title", "date", "publisher", "language"} <= {question.field for question in read.review}
    assert "14.03.2019" in read.body
    assert not any(left.reason == "unaccounted" for left in read.left_out)
    # A prefix or an ending at a foreign word is none.
    assert not mixed_letters.is_garbled("وصل الPDF إلى IOMو " * 9 + "PDFу SMSка IT-отдел " * 9)
    assert mixed_letters.is_garbled("سIتم رئGس الع=Dد " * 2)
    assert "two scripts" not in str(drafted(drawn("aGb", "kaNal soNat.")).review)


def test_a_day_that_begins_a_line_keeps_its_nought() -> None:
    rows = [
        "Die Laternenwacht ruft alle Familien vom Kai zu einer Versammlung auf, und zwar am",
        "09. Juni um drei Uhr vor dem Hafenamt.",
    ]
    page = "\n".join(f"BT /F1 11 Tf 72 {700 - 13 * at} Td ({row}) Tj ET" for at, row in enumerate(rows))
    assert " ".join(rows) in texts(read(page))
