"""A draft's Markdown has no fault for `check`, and each footnote stands in the text that calls it."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord import check, markup, read
from onrecord.intake import draft_file, footnotes, record, sound_markdown
from onrecord.intake.document import Block, Document, Record, TextRun, paragraph
from onrecord.intake.evidence import term_finder
from onrecord.model import Card, Problem, Question, Vocabularies

OPEN = tuple(Question(key, "What is it?") for key in ("title", "date", "publisher", "language", "extent"))


def note(label: str, words: str) -> Block:
    return Block("footnote", (TextRun(words),), marker=label)


def calling(words: str, *labels: str) -> Block:
    return Block("paragraph", (TextRun(words), *(TextRun("", note=label) for label in labels)))


def errors(record: Record) -> list[str]:
    source = read.source(read.FileData(f"releases/{draft_file.path(record)}", draft_file.text(record).encode()))
    assert not isinstance(source, Problem)
    verdict = check.release(source, check.rules(Vocabularies(), dt.date(2026, 1, 1)))
    assert isinstance(verdict.listed, Card) or verdict.problems
    return [problem.message for problem in verdict.problems if problem.level == "error"]


def test_a_footnote_that_is_printed_under_the_notes_stands_in_the_body_that_calls_it() -> None:
    body, notes = footnotes.beside_calls(
        (calling("The water is off.", "1"),), (paragraph("As of May."), note("1", "Six taps."))
    )
    assert (body, notes) == ((calling("The water is off.", "1"), note("1", "Six taps.")), (paragraph("As of May."),))


def test_a_footnote_that_a_footnote_calls_goes_with_it() -> None:
    first = Block("footnote", (TextRun("See "), TextRun("", note="2")), marker="1")
    body, notes = footnotes.beside_calls((calling("Off.", "1"),), (first, note("2", "Six.")))
    assert (body, notes) == ((calling("Off.", "1"), first, note("2", "Six.")), ())


def test_a_footnote_without_a_call_and_a_call_without_a_footnote_are_text() -> None:
    body, notes = footnotes.beside_calls((calling("Off.", "4"),), (note("1", "Six."), note("1", "Seven.")))
    assert [block.text for block in body] == ["Off.[4]"]
    assert [(block.kind, block.text) for block in notes] == [("paragraph", "[1] Six."), ("paragraph", "[1] Seven.")]


@pytest.mark.parametrize("answered", [True, False])
def test_a_quotation_has_the_marks_that_the_body_has_as_words(answered: bool) -> None:
    said = Block(
        "paragraph",
        (
            TextRun("“The quay"),
            TextRun("", note="3"),
            TextRun(" has no lamp at night,” said Ada Quill, the harbour master."),
        ),
    )
    blocks = (
        Block("heading", (TextRun("The quay of Holm is dark"),), level=1),
        paragraph("Harbour Watch, 8 February 2012"),
        said,
        *((note("3", "The western one."),) if answered else ()),
    )
    found = record._record("a.docx", Document("word", blocks), term_finder.terms(Vocabularies()))
    (quotation,) = found.quotations
    assert quotation.text == f"The quay{'' if answered else '[3]'} has no lamp at night"
    assert errors(found) == []


@pytest.mark.parametrize(
    "runs",
    [
        (TextRun("["), TextRun("[2]", href="https://a.example/"), TextRun(": http://a.example/x")),
        (TextRun("!"), TextRun("[x", href="https://a.example/"), TextRun("](pier.png)")),
        (TextRun("a\\", href="https://a.example/"), TextRun("[^1]: lamps")),
        (TextRun("lamps\u2028# quay"),),
    ],
)
def test_what_a_page_puts_together_is_no_mark_of_markdown(runs: tuple[TextRun, ...]) -> None:
    text = sound_markdown.written((Block("paragraph", runs), paragraph("The lamps are lit.")))
    assert errors(Record("a.txt", "0" * 64, body=text, review=OPEN)) == []


def test_words_of_a_document_that_look_like_our_redaction_are_asked_about() -> None:
    record = Record(
        "a.txt", "0" * 64, title="[[redacted: a name]] is free", body="He is [[redacted: a name]].\n", review=OPEN
    )
    assert errors(record) == []
    text = draft_file.text(record)
    assert "[[redacted" not in text
    assert text.count("((redacted: a name))") == 2
    assert '- field: "body"\n    question: "The document itself has “((redacted”' in text


def test_an_address_that_is_none_is_asked_about_and_not_written() -> None:
    record = Record("a.txt", "0" * 64, url="http://a b", archived="javascript:x", body="Lit.\n", review=OPEN)
    assert errors(record) == []
    text = draft_file.text(record)
    assert '  url: ""' not in text
    assert '- field: "source.url"' in text
    assert 'evidence: "javascript:x"' in text


def test_a_question_may_be_about_the_body() -> None:
    record = Record(
        "a.txt", "0" * 64, body="Lit.\n", review=(*OPEN, Question("body", "Is it whole?", "a\u2028b\nc\u202ed"))
    )
    assert errors(record) == []
    assert 'evidence: "a b cd"' in draft_file.text(record)


# ---- links ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["https://x.example/wiki/Homs_(city)", "https://x.example/a(b", "https://x.example/a)b?c=(d)"]
)
def test_an_address_with_round_brackets_stays_the_words_link(address: str) -> None:
    text = sound_markdown.written((Block("paragraph", (TextRun("The map of "), TextRun("Homs", href=address))),))
    body, problems = markup.convert(text)
    assert problems == ()
    assert [link.written for link in body.links] == [address]


def test_the_address_of_a_link_that_a_draft_cannot_hold_is_left_out_with_a_word_and_asked_about() -> None:
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>Crews ask for light</title></head><body><article><h1>Crews ask for light</h1>"
        "<p>Harbour Watch said on Monday that the crews of the ferries had asked for light on the northern pier in winter.</p>"
        "<p>The first answer was <del><a href='https://x.example/first'>a letter</a></del>, as the crews wrote in May.</p>"
        "<p>The next was <del>not</del><del><a href='https://x.example/answer'>a letter of the office</a></del>, they wrote in June.</p>"
        "</article></body></html>"
    )
    (drafted,) = record.of("page.html", page.encode(), term_finder.terms(Vocabularies()))
    assert "~~[a letter](https://x.example/first)~~" in drafted.body
    assert "https://x.example/answer" not in drafted.body
    assert ("https://x.example/answer", "the address of the link “a letter of the office”") in [
        (left.text, left.reason) for left in drafted.left_out
    ]
    assert any("https://x.example/answer" in question.evidence for question in drafted.review)
