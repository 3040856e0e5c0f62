"""A publisher is asserted from a label, from one that is known, or where two independent signs agree; else every candidate is shown."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake.document import Claim, Document, Evidence, Layout, LeftOut, Metadata, paragraph
from onrecord.intake.evidence import publisher
from onrecord.intake.evidence.term_finder import Terms, terms
from onrecord.model import Term, Vocabularies

NOBODY = terms(Vocabularies())
PLAIN = "Keepers of the four lighthouses have been without oil since the winter, and the ministry has not answered their letters."


def claim(
    *header: str,
    body: tuple[str, ...] = (PLAIN,),
    title: str = "Keepers ask for lamps",
    notes: tuple[str, ...] = (),
    footer: tuple[str, ...] = (),
    form: str = "text",
    publishers: tuple[tuple[str, str], ...] = (),
    page_title: str = "",
    url: str = "",
    left_out: tuple[str, ...] = (),
    known: Terms = NOBODY,
    language: str = "en",
) -> Claim:
    """What is stated of the publisher by a document of these parts."""
    metadata = Metadata(
        titles=(Evidence(page_title, "title"),) if page_title else (),
        publishers=tuple(Evidence(value, origin) for value, origin in publishers),
        url=url,
    )
    blocks = tuple(map(paragraph, (*header, title, *body, *notes, *footer)))
    omitted = tuple(LeftOut(text, "contact data") for text in left_out)
    document = Document(form, blocks, metadata, left_out=omitted)
    layout = Layout(title, "", header, "", tuple(map(paragraph, body)), tuple(map(paragraph, notes)), footer)
    return publisher.publisher_of(layout, document, known, "\n".join(block.text for block in blocks), language)


SAID = f"{PLAIN[:-1]}, the Lamp Committee said today."


@pytest.mark.parametrize(
    "stated",
    [
        claim("Issued by: Lamp Committee"),
        claim("Publisher: Lamp Committee"),
        claim("Press release issued by the Lamp Committee"),
        claim(body=(PLAIN, "Issued by the Lamp Committee, Cape Tarn.")),
        claim(publishers=(("Lamp Committee", "front matter"),)),
    ],
)
def test_a_label_states_the_publisher(stated: Claim) -> None:
    assert stated.value == "Lamp Committee"
    assert not stated.questions


@pytest.mark.parametrize(
    ("stated", "signs"),
    [
        (claim("Lamp Committee", body=(SAID,)), ("header", "the text")),
        (claim("LAMP COMMITTEE", "PRESS RELEASE", body=(SAID,)), ("header", "the text")),
        (
            claim(
                "Lamp Committee",
                body=(PLAIN, "The Committee's director, Oda Brandt, wrote to the Lamp Committee's members."),
            ),
            ("header",),
        ),
        (claim("Lamp Committee", left_out=("press@lampcommittee.example",)), ("header", "lampcommittee.example")),
        (claim(notes=("About the Lamp Committee", "It was founded in 1998."), body=(SAID,)), ("“About …”", "the text")),
        (
            claim(
                form="html",
                publishers=(("Lamp Committee", "og:site_name"),),
                footer=("© 2021 Lamp Committee. All rights reserved.",),
            ),
            ("og:site_name", "copyright line"),
        ),
        (claim(form="html", page_title="Keepers ask for lamps | Lamp Committee", body=(SAID,)), ("the page's title",)),
        (claim(form="mail", publishers=(("Lamp Committee", "From domain"),)), ("From", "the sender's address")),
    ],
)
def test_two_independent_signs_state_the_publisher(stated: Claim, signs: tuple[str, ...]) -> None:
    assert stated.value == "Lamp Committee"
    assert all(sign in stated.why for sign in signs)


@pytest.mark.parametrize(
    ("stated", "candidate"),
    [
        (claim("Lamp Committee"), "Lamp Committee"),
        (claim(form="html", publishers=(("Lamp Committee", "og:site_name"),)), "Lamp Committee"),
        (
            claim(
                form="html",
                publishers=(("Lamp Committee", "og:site_name"), ("Lamp Committee", "logo")),
                url="https://lampcommittee.example/4",
            ),
            "Lamp Committee",
        ),
        (claim(footer=("© 2021 Lamp Committee",)), "Lamp Committee"),
        (claim(form="mail", publishers=(("Lamp Committee", "From"),)), "Lamp Committee"),
        (claim(body=(SAID,)), "Lamp Committee"),
    ],
)
def test_one_sign_is_asked_about_and_shown(stated: Claim, candidate: str) -> None:
    assert stated.value == ""
    (question,) = stated.questions
    assert f"“{candidate}”" in question.evidence


def test_signs_that_name_different_ones_are_asked_about() -> None:
    stated = claim(
        "Lamp Committee",
        body=(SAID,),
        form="html",
        publishers=(("Oil Council", "og:site_name"),),
        footer=("© 2021 Oil Council",),
    )
    assert stated.value in ("", "Lamp Committee")
    stated = claim("Lamp Committee", "Oil Council", body=(SAID, "The Oil Council said today that it had no oil."))
    assert stated.value == ""
    assert "“Lamp Committee”" in stated.questions[0].evidence
    assert "“Oil Council”" in stated.questions[0].evidence


@pytest.mark.parametrize(
    "line",
    [
        "MEDIA ADVISORY - ODA BRANDT LAMP VIDEO",
        "MEDIA RELEASE ON LOST LAMPS",
        "KEEPERS OF LAMPS CONDEMN MINISTRY",
        "14 Pier Street, Cape Tarn, TN4 8QX",
        "(c) a lamp for every keeper",
        "Minister for Harbours",
        "Press Office",
        "Home",
        "Oda Brandt",
        "The Hon Oda Brandt MP",
        "Cape Tarn, 4 March 2021",
        "Media Transcript",
        "TYPE AND NUMBER: THIRD LA 60/21",
        "lamps@lampcommittee.example",
    ],
)
def test_what_is_no_name_of_a_body_is_no_publisher(line: str) -> None:
    body = (
        f"{PLAIN} Oda Brandt said that Cape Tarn waits. The Minister for Harbours said nothing.",
        "Media Transcript said by nobody.",
    )
    assert claim(line, body=body).value == ""


def test_a_person_who_speaks_below_a_letterhead_of_a_name_is_no_body() -> None:
    body = (f"{PLAIN[:-1]}, Oda Brandt said today.", "Senator Brandt will meet the keepers.")
    assert claim("Oda Brandt", body=body).value == ""


def test_a_known_publisher_needs_no_second_sign() -> None:
    vocabularies = Vocabularies(
        names=(Term("name", "Lamp Committee", "lamp-committee", ("Lampers",), type="organization"),)
    )
    assert claim("Lampers", known=terms(vocabularies)).value == "Lamp Committee"
    assert claim("THE LAMP FRIENDS", known=terms(Vocabularies(), ("Lamp Friends",))).value == "Lamp Friends"
    assert claim(body=(SAID,), known=terms(vocabularies)).value == "", (
        "who speaks in a text need not have published this copy"
    )


@pytest.mark.parametrize(
    ("language", "header", "sentence", "name"),
    [
        ("es", "RED DE FAROS", "Los guardianes siguen sin aceite, denunció hoy la Red de Faros.", "Red de Faros"),
        ("fr", "Observatoire des phares", "Les gardiens n’ont plus d’huile, a annoncé l’Observatoire des phares.", "Observatoire des phares"),
        ("de", "Netzwerk Leuchtturm e. V.", "Den Wärtern fehlt das Öl, teilte das Netzwerk Leuchtturm heute mit.", "Netzwerk Leuchtturm e. V."),
        ("pt", "Rede dos Faróis", "Os faroleiros continuam sem óleo, informou a Rede dos Faróis.", "Rede dos Faróis"),
        ("ru", "Центр «Маяк»", "Смотрители остались без масла, сообщил сегодня центр «Маяк».", "Центр «Маяк»"),
        ("ar", "شبكة المنارات", "ما زال الحراس بلا زيت، قالت شبكة المنارات اليوم.", "شبكة المنارات"),
    ],
)  # fmt: skip
def test_a_text_that_speaks_for_its_letterhead_agrees_with_it(
    language: str, header: str, sentence: str, name: str
) -> None:
    assert claim(header, body=(sentence,), language=language).value == name
