"""What stands between two paragraphs of a text and is none of it, and what closes a page below the name that signs."""

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Block, Document, Layout, Record, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.layout.structure import layout
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
TITLE = "Harbour office shuts the northern quay"
FIRST = (
    "Lantern Watch said on Monday that the harbour office of Keldmouth had shut the northern quay to all small boats."
)
SECOND = (
    "“Nobody told us that the gates would be locked when we came back,” said Ilsa Marn, who has fished there for years."
)
THIRD = "The office has not answered two letters, and no day has been named on which the quay will be opened again."
LINK = "<a href='https://lantern.example/2'>Two keepers of the eastern lock dismissed without a hearing</a>"


TEXTS = {
    "en": (FIRST, SECOND, THIRD),
    "de": (
        "Die Laternenwacht hat am Montag mitgeteilt, dass das Hafenamt den nördlichen Kai für alle Boote gesperrt hat.",
        "Niemand hat uns gesagt, dass die Tore geschlossen sind, wenn wir vom Fang zurückkommen, sagte eine Fischerin.",
        "Das Amt hat auf zwei Briefe nicht geantwortet, und es ist kein Tag genannt, an dem der Kai wieder geöffnet wird.",
    ),
    "es": (
        "La Guardia del Faro dijo el lunes que la oficina del puerto había cerrado el muelle norte a todos los barcos.",
        "Nadie nos dijo que las puertas estarían cerradas cuando volviéramos de la pesca, contó una de las pescadoras.",
        "La oficina no ha contestado a dos cartas, y no se sabe qué día se abrirá otra vez el muelle para las familias.",
    ),
}


def page(between: str, language: str = "en") -> Record:
    head = f"<html lang='{language}'><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
    first, second, third = TEXTS[language]
    source = f"{head}<p>{first}</p><p>{second}</p>{between}<p>{third}</p></main></body></html>"
    return record.of("a.html", source.encode(), TERMS)[0]


def printed(*blocks: Block) -> Layout:
    return layout(Document("pdf", (Block("heading", (TextRun(TITLE),), 1), *blocks)), TERMS, "en")


def body(taken: Layout) -> list[str]:
    return [block.text for block in taken.body]


@pytest.mark.parametrize(
    ("between", "language"),
    [
        (f"<blockquote><p><strong>Read next:</strong> {LINK}</p></blockquote>", "en"),
        (f"<p>Lesen Sie auch: {LINK}</p>", "de"),
        (f"<p><b>PUEDES VER:</b> {LINK}.</p>", "es"),
    ],
)
def test_the_link_to_another_page_within_a_text_is_left_out_and_asked_about(between: str, language: str) -> None:
    drafted = page(between, language)
    assert "eastern lock" not in drafted.body
    left = next(each for each in drafted.left_out if "eastern lock" in each.text)
    assert left.reason == "link to another page within the text"
    assert left.prose


@pytest.mark.parametrize(
    "between",
    [
        f"<p>See also what the keepers wrote before the lock was shut: {LINK}, and the answer of the office.</p>",
        "<p>See also: the law on harbours, section 4, of which the office spoke.</p>",
        f"<p>Source: {LINK}</p>",
    ],
)
def test_what_only_begins_so_or_has_no_link_stays_in_the_text(between: str) -> None:
    assert "lock" in page(between).body or "section 4" in page(between).body


def test_the_foot_of_a_page_between_two_parts_of_a_sentence_is_left_out() -> None:
    parts = (
        "The office has shut the northern quay to all small boats of Keldmouth, whose owners ask for a hearing,",
        "and for a day on which it will be opened again, as the harbour law demands.",
    )
    foot = (
        "23 Rope Walk, Keldmouth  Tel: 01632 960 121  Fax: 01632 960 139",
        "Member of a body whose fees may be paid by cheque",
    )
    taken = printed(paragraph(FIRST), paragraph(parts[0]), *map(paragraph, foot), paragraph(parts[1]), paragraph(THIRD))
    assert body(taken) == [FIRST, *parts, THIRD]
    left = {each.text: each for each in taken.left_out}
    assert left[foot[1]].prose
    assert not left[foot[0]].prose


def test_an_address_after_the_end_of_a_sentence_stays_where_it_is() -> None:
    line = "Whoever saw it is asked to ring 01632 960 121, where two keepers wait for news of the boats every day."
    assert line in body(printed(paragraph(FIRST), paragraph(line), paragraph("and so on"), paragraph(THIRD)))


def test_a_motto_set_as_a_heading_below_the_name_that_signs_is_asked_about() -> None:
    def heading(text: str) -> Block:
        return Block("heading", (TextRun(text),), 3)

    mottoes = ("Work, dignity and boats.", "“Unity and boats for Keldmouth today.”")
    taken = printed(
        paragraph(FIRST),
        paragraph(THIRD),
        heading("Lantern Watch Committee"),
        paragraph(mottoes[0]),
        heading(mottoes[1]),
    )
    assert body(taken) == [FIRST, THIRD]
    assert {each.text for each in taken.left_out if each.prose} >= set(mottoes)


def test_a_kind_and_its_day_before_the_place_are_one_dateline() -> None:
    text = "Pressemitteilung vom 25. Januar 2022 | Keldmünde – Das Hafenamt hat den nördlichen Kai für alle kleinen Boote gesperrt."
    drafted = record.of(
        "a.md",
        f"# Hafenamt sperrt den nördlichen Kai\n\n{text}\n\nDie Fischer warten auf eine Antwort des Amtes.\n".encode(),
        TERMS,
    )[0]
    assert drafted.body.startswith("Das Hafenamt hat")
    assert drafted.dateline == "Pressemitteilung vom 25. Januar 2022 | Keldmünde"
    assert drafted.date == "2022-01-25"
