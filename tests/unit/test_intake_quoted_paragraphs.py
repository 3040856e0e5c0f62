"""Quotations of several paragraphs, in blocks, and in languages without a lexicon: each is in the list, whoever speaks it."""

from __future__ import annotations

import pytest

from onrecord.intake.document import Block, TextRun, paragraph
from onrecord.intake.evidence import quotation_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())


def spoken(*texts: str, language: str = "en", kind: str = "") -> list[tuple[str, str]]:
    body = [Block(kind, (TextRun(text),)) if kind and text[:1] in "“„" else paragraph(text) for text in texts]  # type: ignore[arg-type]
    speech = quotation_mentions.quoted_speech(body, TERMS, "", language)
    return [(quotation.speaker, quotation.text) for quotation in speech.quotations]


def test_block_quotations_with_one_pair_of_marks_are_one_speaker_s() -> None:
    found = spoken(
        "The following statement can be attributed to campaign director Ada Venn:",
        "“The senate of Orle has closed a harbour that feeds a thousand people, and it has done so at night.",
        "The senate should be ashamed of this vote.”",
        kind="quote",
    )
    assert found[0] == (
        "Ada Venn",
        "The senate of Orle has closed a harbour that feeds a thousand people, and it has done so at night.",
    )


def test_each_block_behind_the_first_is_the_same_speaker_s() -> None:
    body = [
        paragraph("The following statement can be attributed to campaign director Ada Venn:"),
        Block("quote", (TextRun("“The senate of Orle has closed a harbour that feeds a thousand people."),)),
        Block("quote", (TextRun("The senate should be ashamed of this vote.”"),)),
        paragraph("The list of those who voted is not known."),
    ]
    speech = quotation_mentions.quoted_speech(body, TERMS, "", "en")
    assert [one.speaker for one in speech.quotations] == ["Ada Venn", "Ada Venn"]
    assert speech.quotations[1].text == "The senate should be ashamed of this vote."


@pytest.mark.parametrize(
    ("language", "lead", "words"),
    [
        (
            "en",
            "In the letter, the lawmakers wrote:",
            "“The closing of the harbour has cost forty crews their living, and the office has not answered them.”",
        ),
        (
            "de",
            "In dem Brief schrieben die Abgeordneten:",
            "„Die Schließung des Hafens hat vierzig Mannschaften das Brot gekostet, und das Amt hat nicht geantwortet.“",
        ),
        (
            "es",
            "En la carta, los diputados escribieron:",
            "“El cierre del puerto ha costado el pan a cuarenta tripulaciones, y la oficina no les ha respondido.”",
        ),
    ],
)
def test_what_some_people_wrote_is_listed_without_a_speaker(language: str, lead: str, words: str) -> None:
    found = spoken(lead, words, "The office has until the first of May.", language=language)
    assert [text for _, text in found] == [words[1:-1]]


def test_a_paragraph_in_marks_that_nobody_is_said_to_say_is_not_listed() -> None:
    assert not spoken(
        "The board has the following words on it:",
        "“No boat may leave the harbour of Orle in the winter without a light.”",
        "It is old.",
    )


def test_open_paragraphs_are_listed_with_the_last_one_whose_speaker_is_open() -> None:
    found = spoken(
        "Two senators spoke of the harbour.",
        "“The closing of our harbours is a crisis that feeds on silence.",
        "“Nobody has heard the crews, and that is a breach of the law of the harbours.",
        "“I will not be silent, and I ask this house to vote before the winter,” said the older one.",
    )
    assert [text[:7] for _, text in found] == ["The clo", "Nobody ", "I will "]


def test_few_words_before_a_verb_of_speech_are_listed() -> None:
    found = spoken("“You chose your path,” said one of the survivors, and Ada Venn wept.")
    assert [text for _, text in found] == ["You chose your path"]


def test_the_name_of_a_theme_before_another_verb_is_not() -> None:
    assert not spoken("This year’s theme, “The Power of Lamps,” celebrates those who say that the harbour is open.")
    assert not spoken("This year’s theme, “The power of lamps,” celebrates those who say that the harbour is open.")


def test_a_term_before_a_verb_of_speech_is_not() -> None:
    assert not spoken("The “harbour of lights” said to be the oldest was closed.")


CZECH = "Posádky čekaly devět let a jdou kupředu"


@pytest.mark.parametrize(
    "text", ["„{}“, uvádí radní Jana Vennová.", "„{},” okomentovala situaci Jana Vennová.", "*„{},“* říká Jan Orel."]
)
@pytest.mark.parametrize("kind", ["paragraph", "quote"])
def test_speech_in_a_language_without_a_lexicon_is_listed_without_a_speaker(text: str, kind: str) -> None:
    body = [Block(kind, (TextRun(text.format(CZECH).strip("*")),))]  # type: ignore[arg-type]
    speech = quotation_mentions.quoted_speech(body, TERMS, "", "cs")
    assert [(one.speaker, one.text) for one in speech.quotations] == [("", CZECH)]
    assert any(CZECH in question.evidence for question in speech.questions)


def test_a_name_in_marks_in_a_language_without_a_lexicon_is_no_speech() -> None:
    assert not spoken("Přístav napsal v „Listu přístavu“ dnes, a „Nikdy více“ je heslo posádek.", language="cs")
