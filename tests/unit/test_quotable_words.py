"""A quotation may leave out the marks of the text's own notes, and no other number in brackets: that is a word of the source."""

import datetime as dt

import pytest

from onrecord import check, markup, read
from onrecord.check.quotable_words import QuotableWords
from onrecord.model import Problem, Vocabularies
from onrecord.read import FileData
from tests import stint

NOTES = "\n\n[^a]: Of the town.\n[^b]: Three men.\n"
LINKED = "“The guards[^a] took them[^b] to the square,” she said." + NOTES


def codes(quotation: str, body: str) -> list[str]:
    return [problem.code for problem in problems(quotation, body)]


def problems(quotation: str, body: str) -> tuple[Problem, ...]:
    text = (
        "---\ntitle: T\ndate: 2012-02-08\npublisher: P\nlanguage: en\nextent: full\nquotations:\n"
        f'  - speaker: S\n    text: "{quotation}"\n---\n{body}\n'
    )
    source = read.source(FileData("releases/2012-02-08-a.md", text.encode()))
    assert not hasattr(source, "message")
    verdict = check.release(source, check.rules(Vocabularies(), dt.date(2025, 1, 1)))
    return verdict.problems


@pytest.mark.parametrize(
    "words",
    [
        "The guards took them to the square",
        "The guards[1] took them[2] to the square",
        "The guards [1] took them[2] to the square",
        "The guards took them[2] to the square",
        "The guards[1] took them to the square",
        "The guards took (…) to the square",
    ],
)
@pytest.mark.parametrize("form", ["{}", "- {}\n", "> {}\n", "| a | b |\n|---|---|\n| {} | c |\n"])
def test_marks_of_the_texts_own_notes_may_be_left_out(words: str, form: str) -> None:
    said = LINKED.partition("\n")[0]
    assert codes(words, form.format(said) + NOTES) == []


@pytest.mark.parametrize(
    "words",
    [
        "The guards took 1 of them to the square",
        "The guards took[1] them to the square",
        "The guards[2] took them[1] to the square",
        "The guards[3] took them to the square",
    ],
)
def test_a_mark_stands_where_the_text_has_it(words: str) -> None:
    assert codes(words, LINKED) == ["bad-quotation"]


def test_a_number_in_brackets_that_is_the_mark_of_no_note_is_a_word_of_the_source() -> None:
    body = "“The guards [1] took them[2] to the square,” she said."
    assert codes("The guards [1] took them[2] to the square", body) == []
    for words in ("The guards took them to the square", "The guards took them[2] to", "The guards [1] took them to"):
        assert codes(words, body) == ["bad-quotation"]


def test_who_leaves_out_a_number_in_brackets_is_told_which_words_are_missing() -> None:
    body = "“The guards [12] took them to the square,” she said. Others[^a] did not." + NOTES.partition("\n[^b]")[0]
    told = "has other numbers in brackets among them"
    (missing,) = problems("The guards took them to the square", body)
    (other,) = problems("The guards led them to the square", body)
    assert told in missing.message
    assert told not in other.message
    assert codes("The guards (…) took them to the square", body) == []


def test_beside_notes_a_number_in_brackets_is_still_a_word_of_the_source() -> None:
    body = "“The guards[^a] took [12] of them[^b],” she said." + NOTES
    assert codes("The guards took [12] of them", body) == []
    assert codes("The guards[1] took [12] of them[2]", body) == []
    assert codes("The guards took of them", body) == ["bad-quotation"]
    same = "“The guards[^a] took [1] of them[^b],” she said." + NOTES
    assert codes("The guards took [1] of them", same) == []
    assert codes("The guards[1] took [1] of them[2]", same) == []
    assert codes("The guards took of them", same) == ["bad-quotation"]


def test_notes_that_a_document_types_and_does_not_link_are_its_notes_too() -> None:
    body = "“The guards[1] took them to the square,[2]” she said.\n\nMore.\n\n[1] Of the town.\n\n[2] The old one.\n"
    assert codes("The guards took them to the square", body) == []
    assert codes("The guards[1] took them to the square", body) == []
    without_note = body.replace("[1] Of", "Of")
    assert codes("The guards took them to the square", without_note) == ["bad-quotation"]


def test_a_reference_to_a_numbered_paragraph_is_a_word_of_the_source() -> None:
    body = "“As is said in [2] and [1], the guards lied,” she said.\n\n[1] The guards were there.\n\n[2] They say [1] is wrong.\n"
    assert codes("As is said in [2] and [1], the guards lied", body) == []
    assert codes("As is said in and, the guards lied", body) == ["bad-quotation"]


def test_a_number_before_its_paragraph_is_that_of_the_paragraph() -> None:
    body = "[1] The guards were there.\n\nThey took them[1] to the square.\n"
    assert codes("They took them to the square", body) == ["bad-quotation"]


@pytest.mark.parametrize("text", [LINKED, "One [[x]] & <b>two</b>[^a] «three»\n\n- four[^b] *five*\n" + NOTES])
def test_the_words_of_a_text_are_those_of_its_body(text: str) -> None:
    body = markup.convert(text)[0]
    paragraphs, parts = markup.passages(body.html)
    assert paragraphs == body.paragraphs
    assert parts == body.parts
    for text in (*paragraphs, *(part.text for part in parts)):
        assert QuotableWords(body).place_of(text)


def test_thousands_of_quotations_each_with_a_mark_are_found_in_seconds() -> None:
    """A text is read once, however many marks its quotations keep."""
    count = 2000
    said = [f"The lamp of quay {number}[^{number}] is dark, and so it stays" for number in range(1, count)]
    notes = "".join(f"[^{number}]: Quay {number}.\n" for number in range(1, count))
    body = markup.convert("".join(f"{each}.\n\n" for each in said) + notes)[0]
    with stint.within(5):
        words = QuotableWords(body)
        for number in range(1, count):
            assert words.place_of(f"of quay {number}[{number}] is dark") == str(number)
