"""Lines become paragraphs, however they were wrapped; what pages repeat is left out with its reason."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import textwrap

import pytest

from onrecord.intake import accounting
from onrecord.intake.document import Document
from onrecord.intake.formats import plaintext, sniff
from tests.unit.intake_documents import is_linear

PARAGRAPHS = (
    "The ferry to Holm will run again from Monday on, nine weeks after its crew had gone on strike over the age of the boat and the state of its pumps, the islanders’ council said in a letter to every house.",
    "“We have rowed our children to school,” said Jorun Ness, who has two of them, and whose own boat was lent to four families through the whole of the winter, as were eleven others.",
    "The council asks the county to say by the end of May when the new ferry will be built, who will pay for it, and what is to become of the old one, which was launched in 1961.",
)


def texts(text: str) -> list[str]:
    return [block.text for block in plaintext.document(text).blocks]


def all_accounted(document: Document) -> bool:
    placed = [text for block in document.blocks for text in (block.marker, *block.texts)]
    return accounting.unaccounted(document.visible, [*placed, *(left.text for left in document.left_out)]) == ()


@pytest.mark.parametrize(
    ("width", "between"),
    # At 90 columns the last line of a paragraph is full, so that only an empty line can part it from the next.
    [
        *((width, "\n\n") for width in (60, 72, 90, 100, 115, 130, 150)),
        *((width, "\n") for width in (60, 72, 100, 115, 130)),
    ],
)
def test_wrapped_paragraphs_are_whole_at_any_width(width: int, between: str) -> None:
    text = between.join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS)
    assert texts(f"Ferry to Holm runs again\n4 May 2009\n\n{text}\n")[2:] == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [70, 110])
def test_an_empty_line_after_each_line_parts_no_paragraph(width: int) -> None:
    lines = [line for paragraph in PARAGRAPHS for line in textwrap.wrap(paragraph, width)]
    assert texts("\n\n".join(["Ferry to Holm runs again", *lines]))[1:] == list(PARAGRAPHS)
    parted = "\n\n\n".join("\n\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS)
    assert texts(f"Ferry to Holm runs again\n\n\n{parted}")[1:] == list(PARAGRAPHS)


def test_long_lines_that_are_paragraphs_stay_apart() -> None:
    lines = [
        f"The council of Holm wrote to the county on the {number}th of May and has had no answer to any of its nine letters."
        for number in range(10, 20)
    ]
    assert texts("\n".join(lines)) == lines


def test_a_line_s_wide_blanks_are_the_ends_of_lines() -> None:
    assert texts("Sunday, 4 May 2009    MEDIA RELEASE\n\nFerry runs   The ferry to Holm  runs again.\n") == [
        "Sunday, 4 May 2009",
        "MEDIA RELEASE",
        "Ferry runs",
        "The ferry to Holm runs again.",
    ]


def test_a_date_over_two_lines_is_one_line() -> None:
    assert (
        texts("Council Hall, Holm 18\nSeptember 2009\n\nThe ferry runs.\n")[0] == "Council Hall, Holm 18 September 2009"
    )
    assert texts("Ferries run: 18\nSeptember brings two more.\n")[0] == "Ferries run: 18"


def test_letter_spaced_words_are_words() -> None:
    assert texts("P R E S S   R E L E A S E\n\n1 2 3 4 5\n\nH O L M\n") == ["PRESS RELEASE", "1 2 3 4 5", "HOLM"]


def test_lines_of_a_script_without_blanks_are_joined_without_one() -> None:
    lines = [
        "霍尔姆渡轮将于周一恢复运行，距离船员因船龄和水泵状况罢工已经过去了九个星期，",
        "岛民委员会在给每户的信中说。委员会要求县政府在五月底之前说明新渡轮何时建造，",
        "由谁出资，以及一九六一年下水的旧船将如何处理。",
    ]
    assert texts("渡轮恢复运行\n\n" + "\n".join(lines))[1:] == ["".join(lines)]


def test_what_pages_repeat_is_left_out_with_its_reason() -> None:
    pages = [
        f"Islanders’ Council of Holm    Release 4/09\n\n{paragraph}\n\nPage {number} of 3\n"
        for number, paragraph in enumerate(PARAGRAPHS, start=1)
    ]
    document = plaintext.document("\f".join(pages))
    assert [block.text for block in document.blocks] == ["Islanders’ Council of Holm", "Release 4/09", *PARAGRAPHS]
    assert {left.reason for left in document.left_out} == {"running head", "page number"}
    assert all_accounted(document)


@pytest.mark.parametrize("line", ["12", "- 12 -", "Page 3", "Page 2 of 3", "Seite 2 von 3", "стр. 4", "p. 9", "2/3"])
def test_numbers_of_pages(line: str) -> None:
    assert plaintext.is_page_number(line)


@pytest.mark.parametrize("line", ["May 12", "Chapter 3", "In 1984", "3 boats", "12 May 13", "Holm 4"])
def test_what_is_no_number_of_a_page(line: str) -> None:
    assert not plaintext.is_page_number(line)


@pytest.mark.parametrize(
    "text",
    [
        "| Boat | Year |\n| --- | --- |\n| Alma | 1961 |\n\n**Ferries** run [on Mondays](http://holm.example/ferry).\n",
        "1. One ferry\n2. Two ferries\n\n- a rope\n- a lamp-\nlighter’s boat\n\nFerries\n=======\n\n# Boats #\n\n* * *\n",
        "Alma\t1961\tred\nBirk\t1970\tblue\nCora\t1983\tgreen\n",
        "An of\u00adfice on the quay\u200b and an oﬃce boat.\n",
    ],
)
def test_every_word_of_a_text_is_in_a_block_or_left_out(text: str) -> None:
    assert all_accounted(plaintext.document(plaintext.decoded(text.encode())))


@pytest.mark.parametrize(
    "piece",
    [
        "a wrapped line of a text that never ends and never stops for a rest\n",
        "– a dash and words\n",
        "word ",
        "- 1 -\n\nHead of page\n\n",
        "[ ( ** ",
    ],
)
def test_time_is_linear_in_the_size_of_a_text(piece: str) -> None:
    assert is_linear(lambda size: plaintext.document(piece * (size // len(piece))), 25_000)


def test_marks_of_windows_that_were_saved_twice_are_written_and_asked_about() -> None:
    text = "The crews\x92 union said: \x93We have waited eleven weeks\x85 and nobody has answered us,\x94 and asked for light.\n"
    document = sniff.document("letter.txt", text.encode())
    assert document.blocks[0].text == (
        "The crews’ union said: “We have waited eleven weeks… and nobody has answered us,” and asked for light."
    )
    assert [question.field for question in document.questions] == ["body"]
    assert "Windows-1252" in document.questions[0].question
    assert sniff.document("letter.txt", "The crews’ union asked for light.\n".encode()).questions == ()


def _texts_of(*lines: str) -> list[str]:
    return [block.text for block in plaintext.lines_to_blocks(lines)]


def test_a_quotation_goes_on_over_a_line_that_was_a_link() -> None:
    lines = (
        "“We keep the lamps lit,” she said. “We work with",
        "Keld Watch",
        "to find the oil",
        ", and wait.”",
        "The town is dark.",
    )
    assert _texts_of(*lines) == [
        "“We keep the lamps lit,” she said. “We work with Keld Watch to find the oil, and wait.”",
        "The town is dark.",
    ]
    # Nothing is open, or nothing goes on.
    assert _texts_of("“We wait,” she said, and works with", "Keld Watch", "Nobody came.")[1:] == [
        "Keld Watch",
        "Nobody came.",
    ]
    assert _texts_of("“We work with", "Keld Watch", "Nobody came.")[1:] == ["Keld Watch", "Nobody came."]
