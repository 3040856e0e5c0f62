"""A publisher is asserted from a label, from one that is known, or where two independent signs agree; else every candidate is shown."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.intake import record
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
    visible: tuple[str, ...] = (),
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
    document = Document(form, blocks, metadata, left_out=omitted, visible=visible)
    layout = Layout(title, "", header, "", tuple(map(paragraph, body)), tuple(map(paragraph, notes)), footer)
    return publisher.publisher_of(layout, document, known, "\n".join(block.text for block in blocks), language)


Stating = Callable[[], Claim]


def stating(*header: str, **parts: Any) -> Stating:
    """What `claim` of these parts gives, asked when its test runs: tests are collected in every process of them."""
    return functools.partial(claim, *header, **parts)


SAID = f"{PLAIN[:-1]}, the Lamp Committee said today."


@pytest.mark.parametrize(
    "stated",
    [
        stating("Issued by: Lamp Committee"),
        stating("Publisher: Lamp Committee"),
        stating("Press release issued by the Lamp Committee"),
        stating(body=(PLAIN, "Issued by the Lamp Committee, Cape Tarn.")),
        stating(publishers=(("Lamp Committee", "front matter"),)),
    ],
)
def test_a_label_states_the_publisher(stated: Stating) -> None:
    assert stated().value == "Lamp Committee"
    assert not stated().questions


@pytest.mark.parametrize(
    ("stated", "signs"),
    [
        (stating("Lamp Committee", body=(SAID,)), ("header", "the text")),
        (stating("LAMP COMMITTEE", "PRESS RELEASE", body=(SAID,)), ("header", "the text")),
        (stating("Lamp Committee", left_out=("press@lampcommittee.example",)), ("header", "lampcommittee.example")),
        (
            stating(notes=("About the Lamp Committee", "It was founded in 1998."), body=(SAID,)),
            ("“About …”", "the text"),
        ),
        (
            stating(
                form="html",
                publishers=(("Lamp Committee", "og:site_name"),),
                footer=("© 2021 Lamp Committee. All rights reserved.",),
            ),
            ("og:site_name", "copyright line"),
        ),
        (
            stating(form="html", page_title="Keepers ask for lamps | Lamp Committee", body=(SAID,)),
            ("the page's title",),
        ),
        (stating(form="mail", publishers=(("Lamp Committee", "From domain"),)), ("From", "the sender's address")),
    ],
)
def test_two_independent_signs_state_the_publisher(stated: Stating, signs: tuple[str, ...]) -> None:
    assert stated().value == "Lamp Committee"
    assert all(sign in stated().why for sign in signs)


@pytest.mark.parametrize(
    ("stated", "candidate"),
    [
        (stating("Lamp Committee"), "Lamp Committee"),
        (stating(form="html", publishers=(("Lamp Committee", "og:site_name"),)), "Lamp Committee"),
        (
            stating(
                form="html",
                publishers=(("Lamp Committee", "og:site_name"),),
                page_title="Keepers ask for lamps | Lamp Committee",
            ),
            "Lamp Committee",
        ),
        (stating(footer=("© 2021 Lamp Committee",)), "Lamp Committee"),
        (stating(form="mail", publishers=(("Lamp Committee", "From"),)), "Lamp Committee"),
        (stating(body=(SAID,)), "Lamp Committee"),
    ],
)
def test_one_sign_is_asked_about_and_shown(stated: Stating, candidate: str) -> None:
    assert stated().value == ""
    (question,) = stated().questions
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


@pytest.mark.parametrize(
    ("language", "name", "sentence"),
    [
        (
            "en",
            "Lamp Committee",
            "The four lighthouses have had no oil since the winter, the Lamp Committee said today.",
        ),
        (
            "en",
            "Lamp Committee",
            "The Lamp Committee today condemned the silence of the ministry about the four lighthouses.",
        ),
        (
            "fr",
            "Comité des phares",
            "Les quatre phares n’ont plus d’huile depuis l’hiver, a déclaré aujourd’hui le Comité des phares.",
        ),
        (
            "fr",
            "Comité des phares",
            "Le Comité des phares a dénoncé aujourd’hui le silence du ministère sur les quatre phares.",
        ),
        (
            "es",
            "Comité de los Faros",
            "Los cuatro faros no tienen aceite desde el invierno, denunció hoy el Comité de los Faros.",
        ),
        (
            "es",
            "Comité de los Faros",
            "El Comité de los Faros denunció hoy que los cuatro faros no tienen aceite desde el invierno.",
        ),
        (
            "pt",
            "Comissão dos Faróis",
            "Os quatro faróis não têm óleo desde o inverno, denunciou hoje a Comissão dos Faróis.",
        ),
        (
            "pt",
            "Comissão dos Faróis",
            "A Comissão dos Faróis denunciou hoje que os quatro faróis não têm óleo desde o inverno.",
        ),
        (
            "it",
            "Comitato dei Fari",
            "I quattro fari sono senza olio dall’inverno, ha denunciato oggi il Comitato dei Fari.",
        ),
        (
            "it",
            "Comitato dei Fari",
            "Il Comitato dei Fari ha denunciato oggi che i quattro fari sono senza olio dall’inverno.",
        ),
        (
            "de",
            "Verein der Leuchtturmwärter",
            "Die vier Türme haben seit dem Winter kein Öl, erklärte heute der Verein der Leuchtturmwärter.",
        ),
        (
            "de",
            "Verein der Leuchtturmwärter",
            "Der Verein der Leuchtturmwärter hat heute das Schweigen des Ministeriums verurteilt.",
        ),
        (
            "nl",
            "Vereniging van Vuurtorenwachters",
            "De vier torens zitten sinds de winter zonder olie, zei de Vereniging van Vuurtorenwachters vandaag.",
        ),
        (
            "nl",
            "Vereniging van Vuurtorenwachters",
            "De Vereniging van Vuurtorenwachters heeft vandaag het zwijgen van het ministerie veroordeeld.",
        ),
        (
            "sv",
            "Fyrvaktarnas förbund",
            "De fyra fyrarna saknar olja sedan i vintras, säger Fyrvaktarnas förbund i dag.",
        ),
        (
            "sv",
            "Fyrvaktarnas förbund",
            "Fyrvaktarnas förbund fördömer i dag departementets tystnad om de fyra fyrarna.",
        ),
        (
            "ru",
            "Комитет смотрителей маяков",
            "Четыре маяка с зимы стоят без масла, заявил сегодня Комитет смотрителей маяков.",
        ),
        (
            "ru",
            "Комитет смотрителей маяков",
            "Комитет смотрителей маяков сегодня осудил молчание министерства о четырёх маяках.",
        ),
        (
            "uk",
            "Комітет доглядачів маяків",
            "Чотири маяки з зими стоять без оливи, повідомив сьогодні Комітет доглядачів маяків.",
        ),
        (
            "uk",
            "Комітет доглядачів маяків",
            "Комітет доглядачів маяків сьогодні засудив мовчання міністерства про чотири маяки.",
        ),
        ("ar", "لجنة حراس المنارات", "قالت لجنة حراس المنارات اليوم إن المنارات الأربع بلا زيت منذ الشتاء."),
        ("ar", "لجنة حراس المنارات", "أدانت لجنة حراس المنارات اليوم صمت الوزارة عن المنارات الأربع."),
        ("fa", "کمیته نگهبانان فانوس", "کمیته نگهبانان فانوس امروز اعلام کرد که چهار فانوس از زمستان بی‌روغن مانده‌اند."),
        ("fa", "کمیته نگهبانان فانوس", "کمیته نگهبانان فانوس سکوت وزارتخانه درباره چهار فانوس را محکوم کرد."),
        (
            "tr",
            "Fener Bekçileri Derneği",
            "Fener Bekçileri Derneği bugün yaptığı açıklamada dört fenerin kıştan beri yağsız kaldığını bildirdi.",
        ),
        (
            "tr",
            "Fener Bekçileri Derneği",
            "Fener Bekçileri Derneği, bakanlığın dört fener hakkındaki suskunluğunu kınadı.",
        ),
        ("zh", "灯塔看守人协会", "灯塔看守人协会今天表示，四座灯塔从冬天起就没有油了。"),
        ("zh", "灯塔看守人协会", "（科帕港，2013年5月3日）灯塔看守人协会谴责该部对四座灯塔的沉默。"),
        ("ja", "灯台守の会", "灯台守の会は本日、四つの灯台が冬から油を欠いていると発表した。"),
        ("ja", "灯台守の会", "灯台守の会は、四つの灯台についての省の沈黙に抗議する声明を発表した。"),
    ],
)
def test_letterhead_and_a_text_that_speaks_as_its_body_agree(language: str, name: str, sentence: str) -> None:
    assert claim(name, body=(sentence,), language=language, title="1").value == name
    assert claim(body=(sentence,), language=language, title="1").value == ""


def test_the_words_for_a_press_statement_are_no_label() -> None:
    assert claim("بیانیه مطبوعاتی", body=("نگهبانان فانوس‌ها هنوز منتظرند.",), language="fa").value == ""


def test_a_name_alone_on_the_last_line_signs() -> None:
    said = "The Lamp Committee says that the keepers have waited long enough."
    assert claim(body=(said, PLAIN, "Lamp Committee")).value == "Lamp Committee"
    assert claim(body=(PLAIN, PLAIN, "Lamp Committee")).value == ""


@pytest.mark.parametrize(
    "stated",
    [
        stating("Lamp Tribunal", body=(f"{PLAIN} The Tribunal said today that it waits.", PLAIN)),
        stating("Lamp Committee", body=("The Lamp Committee's keepers said today that they wait.", PLAIN)),
        stating("Detention Centre", body=("Detention Centre and eighteen keepers at the pier have no oil today.", PLAIN)),
        stating("Lamps at Risk Symposium", body=("Lamps at Risk Symposium today in Cape Tarn drew forty keepers.", PLAIN)),
        stating("Lamp Council", body=("He said the Lamp Council would not answer the keepers.", PLAIN)),
        stating("Lamp Seekers", body=("The Inquiry into Lamp Seekers today released its report.", PLAIN)),
        stating("Minister for Lamps", body=("Minister for Lamps Ada Quill said today that there is oil.", PLAIN)),
        stating("LAMP TRIBUNAL", title="LAMP TRIBUNAL APPOINTMENT", body=("The Lamp Tribunal said today that it waits.",)),
        stating("LAMP COMMITT\u0395\u0395", body=("The LAMP COMMITT\u0395\u0395 said today that it waits.",)),
        stating("By Ilsa Marn", left_out=("ilsa@ilsamarn.example",)),
        stating("3 May 2014", "Senator Quill", "Lamp Council", "Dear Senator", body=("The Lamp Council said today that it waits.",)),
        stating("STATEMENT BY THE HON"),
        stating("STATEMENT BY THE H O N"),
        stating("STATEMENT BY THE AUSTRAL"),
        stating("Issued by: Minis ter for the Ar Q"),
        stating("STATEMENT BY THE LAMP COMMITTEE ON LOST LAMPS"),
    ],
)  # fmt: skip
def test_words_of_the_text_that_only_resemble_its_issuer_are_asked_about(stated: Stating) -> None:
    found = stated()
    assert found.value == ""
    assert found.questions


@pytest.mark.parametrize(
    "line",
    [
        "MEDIA STATEMENT BY REEF COMMITTEE FOLLOWING WEEKEND INCIDENT",
        "MEDIA STATEMENT BY REEF COMMITTEE AFTER THE STORM",
        "Issued by: REEF COMMITTEE For further details contact Ada Quill",
    ],
)
def test_the_value_of_a_label_ends_before_what_it_is_about_and_before_contact_words(line: str) -> None:
    assert claim(line).value == "REEF COMMITTEE"


def test_a_publisher_keeps_the_letters_of_the_document() -> None:
    assert (
        claim("Issued by: KELDA", left_out=("press@kelda.example",), body=("See kelda.example for more.",)).value
        == "KELDA"
    )


def test_a_text_that_names_who_published_it_agrees_with_the_letterhead() -> None:
    said = "One pupil in nine has vanished, according to a report published today by the Lamp Committee."
    assert claim("Lamp Committee", body=(said,)).value == "Lamp Committee"


def test_of_two_bodies_that_have_their_about_neither_is_asserted_for_its_site() -> None:
    notes = ("About LampConf", "LampConf is a meeting.", "About Tarn", "Tarn makes oil. See www.lampconf.example.")
    stated = claim(notes=notes, left_out=("www.lampconf.example",))
    assert stated.value == ""
    assert stated.questions


def test_one_word_beside_a_link_is_no_letterhead() -> None:
    assert claim("Tarn", left_out=("www.tarn.example",)).value == ""
    assert claim("Lamp Committee", left_out=("www.lampcommittee.example",)).value == "Lamp Committee"


def test_a_copied_page_s_name_of_its_site_and_its_address_are_one_sign() -> None:
    line = "Keepers ask for lamps - Tarn NewsDesk"
    assert claim(line, left_out=("https://www.tarnnewsdesk.example/logo.png",)).value == ""
    said = "The Tarn NewsDesk said today that keepers of the four lighthouses have been without oil since the winter."
    assert claim(line, body=(said,)).value == "Tarn NewsDesk"


def test_a_site_that_distributes_press_releases_did_not_issue_them() -> None:
    service = (("Wire Tarn Inc", "JSON-LD publisher"), ("Wire Tarn Inc", "og:site_name"))
    stated = claim(form="html", publishers=service, left_out=("Send us your press release", "© 2021 Wire Tarn Inc"))
    assert stated.value == ""
    assert "Wire Tarn Inc" in stated.questions[0].evidence
    assert claim(form="html", publishers=service, left_out=("© 2021 Wire Tarn Inc",)).value == "Wire Tarn Inc"


def test_a_holder_who_is_named_by_an_address_keeps_all_of_it() -> None:
    stated = claim(form="html", left_out=("© Lamps.example", "https://www.lamps.example"))
    assert stated.value == ""
    assert "Lamps" not in {part.strip("“”") for part in stated.questions[0].evidence.split()}


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (("LEADER OF THE LAMP PARTY",), ("The Leader of the Lamp Party said today that the keepers have no oil.",)),
        (("STATEMENT BY THE LEADER OF THE OPPOSITION THE HON ADA QUILL MP",), (PLAIN,)),
        (("On behalf of the Lamp Party I extend our thanks to the keepers",), (PLAIN,)),
        (("Statement by local fishermen and their families",), (PLAIN,)),
        (
            ("Keld County Sheriff Ada Quill",),
            ("Keld County Sheriff Ada Quill said today that the keepers have no oil.",),
        ),
        (("Web Attic - https://attic.example/lamps.example",), ("Web Attic said today that the keepers have no oil.",)),
    ],
)
def test_an_office_a_sentence_and_an_archive_s_banner_are_no_publisher(
    header: tuple[str, ...], body: tuple[str, ...]
) -> None:
    assert claim(*header, body=body).value == ""


def test_what_an_article_is_about_did_not_publish_it() -> None:
    body = (PLAIN, "About Tarn", PLAIN, PLAIN, PLAIN, "See docs.tarn.example for more.")
    assert claim(body=body, left_out=("https://docs.tarn.example",)).value == ""


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "LAMP OBSERVATORY\n\n5 October 2011\n\nLamp Observatory: names of the fourteen keepers\n\n"
            "The Lamp Observatory publishes today the names of the fourteen keepers who have waited nine winters for oil in the towers.\n",
            "Lamp Observatory",
        ),
        (
            "Lampenwärter ohne Grenzen e.V.\nPressemitteilung\nHamburg, den 11. November 2014\n\nDer Hafen ist wieder offen\n\n"
            "Nach zweiundvierzig Tagen fährt seit Dienstag wieder ein Schiff zwischen den Inseln und dem Festland, teilte der Verein "
            "Lampenwärter ohne Grenzen mit.\n\nDie Wärter danken den Lotsen, die ohne Lohn gearbeitet haben, und bitten die Behörde um Öl.\n",
            "Lampenwärter ohne Grenzen e.V.",
        ),
    ],
)
def test_a_letterhead_and_the_text_that_speaks_for_the_body_agree(text: str, issuer: str) -> None:
    assert record.of("a.txt", text.encode(), terms(Vocabularies()))[0].publisher == issuer


def test_a_part_of_a_site_is_no_publisher_where_the_title_names_the_site() -> None:
    stated = claim(
        "Letters to the Editor",
        form="html",
        publishers=(("Letters to the Editor", "og:site_name"),),
        footer=("© 2019 Letters to the Editor",),
        page_title="Keepers ask for lamps | Keld Morning News",
    )
    assert stated.value == ""
    assert "“Keld Morning News”" in stated.questions[0].evidence


def test_an_article_belongs_to_the_name_that_a_site_gives_itself() -> None:
    stated = claim("Lantern", form="html", publishers=(("The Lantern", "og:site_name"),), footer=("© 2019 Lantern",))
    assert stated.value == "The Lantern"


SITE = (("Keld Lantern", "og:site_name"),)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        # What the metadata say, and what is seen or the address.
        (stating(form="html", publishers=SITE, url="https://www.keldlantern.example/4", visible=("Keld Lantern",)), "Keld Lantern"),
        (stating(form="html", publishers=(("Lamp Committee", "og:site_name"), ("Lamp Committee", "logo"))), "Lamp Committee"),
        (stating(form="html", publishers=(("The Lantern", "og:site_name"),), url="https://thelantern.example/4"), "The Lantern"),
        (stating(form="html", publishers=(("lantern", "og:site_name"),), url="https://lantern.co.example/4"), "lantern"),
        (stating(form="html", publishers=(("Süder Wächter", "og:site_name"),), url="https://suederwaechter.example", visible=("SÜDER WÄCHTER",), language="de"), "Süder Wächter"),
        (stating(form="html", publishers=(("등대일보", "og:site_name"),), visible=("등대일보",), language="ko"), "등대일보"),
        # The title of the page has its section behind the headline too.
        (stating(form="html", page_title="Keepers ask for lamps | Coast | The Lantern", url="https://thelantern.example/4"), "The Lantern"),
        # Two spellings of one body: that which is seen.
        (stating(form="html", publishers=(("KBC News", "JSON-LD publisher"),), url="https://www.kbc.example/4", footer=("Copyright 2021 KBC. All rights reserved.",)), "KBC News"),
        (stating(form="html", publishers=(("keldpost", "JSON-LD publisher"), ("Keld Post", "og:site_name")), url="https://keldpost.example", visible=("Keld Post",)), "Keld Post"),
        (stating(form="html", publishers=(("LNT", "publisher"), ("Lamp Network of Tarn", "og:site_name")), visible=("LNT", "Lamp Network of Tarn waits.")), "Lamp Network of Tarn"),
        # The name is the address: it has to be seen.
        (stating(form="html", publishers=(("Lantern.example", "og:site_name"),), url="https://www.lantern.example/4", visible=("Lantern.example",)), "Lantern.example"),
        # Metadata that name a company too.
        (stating(form="html", publishers=(("Harbour Holding", "JSON-LD publisher"), ("Keld Lantern", "og:site_name")), url="https://keldlantern.example", visible=("Keld Lantern",)), "Keld Lantern"),
        # Metadata are silent; who has the rights has the address.
        (stating(form="html", footer=("© Ilsa Lamprecht Marn 2016",), url="https://ilsalamprecht.example/4"), "Ilsa Lamprecht Marn"),
        # Two words with capitals that are no person's: the words of a medium and of a town; nobody else has the name as an address.
        (stating(form="html", publishers=(("Radio Keld", "og:site_name"),), visible=("Radio Keld",)), "Radio Keld"),
        (stating(form="html", publishers=(("Stadt Keld", "og:site_name"), ("Stadt Keld", "logo")), language="de"), "Stadt Keld"),
        (stating(form="html", publishers=(("Keld Lantern", "og:site_name"),), url="https://www.keldlantern.example/4"), "Keld Lantern"),
        # Somebody's place on a platform, under the name that it has in its address.
        (stating(form="html", publishers=(("Lampenputzer", "og:site_name"),), url="https://lampenputzer.wordpress.example/4"), "Lampenputzer"),
        # The first words of a name, with a hyphen in the address; a name that is written together with the end of its address.
        (stating(form="html", page_title="Keepers ask for lamps | Lampen Wacht im Norden", url="https://lampen-wacht.example", language="de"), "Lampen Wacht im Norden"),
        (stating(form="html", publishers=(("LaLámpara.test", "JSON-LD publisher"), ("Todas las noticias de Tarn en lalampara.test", "logo")), url="https://lalampara.test", visible=("La Lámpara",), language="es"), "La Lámpara"),
        # A release of a body that speaks of itself by its initials, on its own site.
        (stating("Press release", form="html", publishers=(("Tarn Lamp Agency", "og:site_name"),), url="https://tarnlampagency.example", visible=("Tarn Lamp Agency",)), "Tarn Lamp Agency"),
        (stating("Press release", form="html", publishers=(("TLK e.V.", "og:site_name"),), url="https://tlk.example", body=(f"{PLAIN} TLK waits with them.",), language="de"), "TLK e.V."),
        # A release names the body of its site.
        (stating("Press release", form="html", publishers=(("Lamp Committee", "og:site_name"),), url="https://lampcommittee.example/4", body=(f"{PLAIN} The Lamp Committee waits with them.",)), "Lamp Committee"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_site_and_what_is_seen_of_it_agree(stated: Stating, name: str) -> None:
    assert stated().value == name


@pytest.mark.parametrize(
    "stated",
    [
        # Only elements for programs.
        stating(form="html", publishers=SITE, page_title="Keepers ask for lamps | Keld Lantern"),
        stating(form="html", publishers=(("Lantern.example", "og:site_name"),), url="https://www.lantern.example/4"),
        # Where anybody publishes, and who sends out releases.
        stating(form="html", publishers=(("Facebook", "og:site_name"),), url="https://www.facebook.com/4", visible=("Facebook",)),
        stating(form="html", publishers=(("Blogger", "og:site_name"),), url="https://blogger.com/4", visible=("Blogger",)),
        stating(form="html", publishers=(("Yahoo Nyheter", "og:site_name"),), url="https://news.yahoo.com/4", visible=("Yahoo Nyheter",)),
        # A section, a slogan, a person.
        stating("Seaside", form="html", page_title="Keepers ask for lamps | Seaside"),
        stating(form="html", publishers=(("Light for all!", "og:site_name"),), url="https://lightforall.example", visible=("Light for all!",)),
        stating(form="html", publishers=(("J. Lamprecht", "og:site_name"),), visible=("J. Lamprecht",)),
        # A government's portal.
        stating(form="html", publishers=(("KELD.GOV", "og:site_name"),), url="https://www.keld.gov/4", visible=("KELD.GOV",)),
        stating(form="html", publishers=(("Ilsa Marn", "og:site_name"),), visible=("Ilsa Marn",)),
        stating(form="html", page_title="Keepers ask for lamps | by Ilsa Marn", url="https://ilsamarn.example/4"),
        stating(form="html", publishers=(("Lampenputzer", "og:site_name"),), url="https://someone.wordpress.example/4"),
        # Another organization stands at the head.
        stating("Committee of Lamp Keepers", form="html", publishers=SITE, url="https://keldlantern.example", visible=("Keld Lantern",)),
        # A release that does not name the site.
        stating("Press release", form="html", publishers=SITE, url="https://keldlantern.example", visible=("Keld Lantern",)),
        stating("Open letter", form="html", publishers=SITE, url="https://keldlantern.example", visible=("Keld Lantern",)),
        # Two bodies, and neither has the address.
        stating(form="html", publishers=(("Harbour Holding", "JSON-LD publisher"), ("Keld Lantern", "og:site_name")), visible=("Keld Lantern",)),
        # Somebody's own page, by the same hand.
        stating("By Ilsa Marn", form="html", publishers=(("Ilsa Marn", "og:site_name"),), url="https://ilsamarn.example", visible=("Ilsa Marn",)),
        # No page of the web.
        stating(publishers=SITE, url="https://keldlantern.example", visible=("Keld Lantern",)),
    ],
)  # fmt: skip
def test_a_site_that_need_not_have_issued_the_text_is_asked_about(stated: Stating) -> None:
    found = stated()
    assert found.value == ""
    assert found.questions


@pytest.mark.parametrize(
    "stated",
    [
        stating("By the Lamp Committee (LC)", body=(PLAIN, "The Lamp Committee (LC) said today that it waits.")),
        stating(
            "Lamp Committee (LC)", "14 March 2014", body=(PLAIN, "The Lamp Committee (LC) said today that it waits.")
        ),
        stating(body=("Executive Office - Lamp Committee", PLAIN, "The Lamp Committee said today that it waits.")),
    ],
)
def test_an_organization_s_by_line_and_its_name_on_the_first_line_are_letterheads(stated: Stating) -> None:
    assert stated().value.removeprefix("the ") == "Lamp Committee"


def test_an_agency_s_by_line_on_the_page_of_a_medium_is_not_its_publisher() -> None:
    body = ("The Lamp Agency reported today that the keepers of the four lighthouses have no oil.", PLAIN)
    assert claim("By the Lamp Agency", form="html", publishers=SITE, body=body).value == ""


def test_a_letterhead_ends_before_the_street_behind_its_legal_form() -> None:
    header = "Netzwerk Leuchtturm e.V. Hafenstraße 109 | 10179 Tarn"
    stated = claim(
        header,
        body=("Wir danken für die Gelegenheit zur Stellungnahme.", PLAIN, "Das Netzwerk Leuchtturm fordert heute Öl."),
        language="de",
    )
    assert stated.value == "Netzwerk Leuchtturm e.V."


def test_the_full_name_below_about_is_that_of_its_heading() -> None:
    notes = ("About KIL Tarn", "Keld Institute of Lamps Tarn (KILT) was founded in 1998.")
    body = ("Keld Institute of Lamps Tarn celebrated the opening of its tower on Monday.", PLAIN)
    assert claim(notes=notes, body=body).value == "KIL Tarn"
    assert claim(notes=notes[:1], body=body).value == ""


def test_an_author_whom_metadata_call_the_publisher_is_asked_about() -> None:
    stated = claim("Ilsa B. Marn", form="html", publishers=(("Ilsa B. Marn", "publisher"),))
    assert stated.value == ""
    assert "Ilsa B. Marn" in stated.questions[0].evidence


def test_the_headline_of_a_directory_s_page_is_not_its_publisher() -> None:
    stated = claim(
        "Bureau of Lamps",
        title="Bureau of Lamps",
        form="html",
        publishers=(("KeldLamps", "og:site_name"),),
        body=(f"{PLAIN} The Bureau of Lamps said so today. See www.bureauoflamps.example.",),
    )
    assert stated.value == ""


def test_an_office_that_would_like_to_remind_and_signs_has_issued_the_text() -> None:
    body = (
        "The Lamp Committee (LC) would like to remind all keepers of their letters.",
        PLAIN,
        PLAIN,
        "Lamp Committee",
    )
    assert claim(body=body).value == "Lamp Committee"


def test_of_two_bodies_that_have_their_about_the_one_that_opens_the_text_issued_it() -> None:
    notes = ("About Lamp Committee", "It was founded in 1998.", "About Oil Council", "It sells oil.")
    opening = "Lamp Committee (LC) in partnership with the Oil Council (OC) has filled the four lighthouses."
    assert claim(notes=notes, body=(opening, PLAIN)).value == "Lamp Committee"
    assert claim(notes=notes, body=(PLAIN, f"Today, {opening}")).value == ""
    assert claim(notes=notes, body=(opening.replace("in partnership with", "and"), PLAIN)).value == ""


def test_whom_an_article_is_about_has_not_published_it() -> None:
    body = ("Committee of Lamp Keepers (CLK) is the highest body of the keepers of all lighthouses.", PLAIN)
    header = "Committee of Lamp Keepers"
    assert claim(header, body=body).value == header
    on_page = claim(
        header, body=body, form="html", publishers=SITE, visible=("Keld Lantern",), url="https://keldlantern.example"
    )
    assert on_page.value == ""


@pytest.mark.parametrize(
    "stated",
    [
        # A picture at the head and an address are a document's own too; a headline stands behind the site's name in the page's title.
        stating(form="html", publishers=(("KLR Yearbook of Lamps", "logo"),), url="https://klr.example/2015", visible=("KLR Yearbook of Lamps",)),
        stating(form="html", title="Keld Lantern", page_title="Keld Lantern - Keeping Small Lamps Alight", visible=("Keeping Small Lamps Alight",)),
        stating(form="html", publishers=(("We are first, we are best", "og:site_name"),), visible=("We are first, we are best",)),
        stating(form="html", publishers=(("Medium", "og:site_name"), ("Medium", "JSON-LD publisher")), url="https://medium.com/4"),
        stating("Wind, water, waves", form="html", left_out=("https://www.lamps.example",)),
    ],
)  # fmt: skip
def test_a_document_s_own_head_a_slogan_and_a_platform_are_no_publisher(stated: Stating) -> None:
    assert stated().value == ""


def test_a_name_with_a_diaeresis_is_its_address_and_its_other_spelling() -> None:
    names = (("Bistum Koeld", "logo"), ("Bistum Köld", "og:site_name"))
    stated = claim(
        form="html", publishers=names, url="https://www.bistum-koeld.example/4", visible=("Bistum Köld",), language="de"
    )
    assert stated.value == "Bistum Köld"


def test_a_signature_stands_before_a_street_and_at_the_foot_too() -> None:
    said = "The Lamp Committee (LC) wishes to remind all keepers of their letters."
    assert claim(body=(said, PLAIN, PLAIN, "Lamp Committee", "Pier Street 14, Cape Tarn")).value == "Lamp Committee"
    assert claim(body=(said, PLAIN, PLAIN), footer=("LAMP COMMITTEE",)).value == "Lamp Committee"
    assert claim(body=(said, PLAIN, PLAIN), footer=("Lamp Committee", "Oil Council")).value == ""


@pytest.mark.parametrize(
    "head",
    [
        ("Statement by Norland on behalf of the Group of Friends", "of the Harbour"),
        ("Delivered on behalf of the Group of Friends of the Harbour",),
        ("Delivered by Norland on behalf of the", "Group of Friends"),
    ],
)
def test_for_whom_somebody_speaks_is_no_publisher_by_itself(head: tuple[str, ...]) -> None:
    stated = claim(*head, body=(f"The Group of Friends today welcomes the report. {PLAIN}", PLAIN))
    assert not stated.value.startswith("Group of Friends")


def test_whom_somebody_speaks_for_on_its_own_site_has_published_it() -> None:
    stated = claim(
        "Statement on behalf of the Lamp Committee",
        body=(f"The Lamp Committee today welcomes the report. {PLAIN}", PLAIN),
        form="html",
        publishers=(("Lamp Committee", "og:site_name"),),
        url="https://lampcommittee.example/oil",
    )
    assert stated.value == "Lamp Committee"


@pytest.mark.parametrize(
    ("header", "publishers"),
    [
        (("Franco Ada",), (("Franco Ada", "JSON-LD publisher"),)),
        ((), (("Franco Ada", "JSON-LD publisher"), ("The Keld Wire", "og:site_name"))),
        (("By Franco Ada",), (("Franco Ada", "JSON-LD publisher"),)),
    ],
)
def test_an_author_who_has_the_copyright_is_asked_about(
    header: tuple[str, ...], publishers: tuple[tuple[str, str], ...]
) -> None:
    stated = claim(*header, form="html", footer=("© 2024 Franco Ada",), publishers=publishers)
    assert stated.value == ""
    assert "Franco Ada" in stated.questions[0].evidence


def test_a_paper_by_which_an_article_of_its_own_is_has_published_it() -> None:
    names = (("Keld Wire", "JSON-LD publisher"), ("Keld Wire", "og:site_name"))
    stated = claim(
        form="html", publishers=names, page_title="Keepers ask for lamps - Keld Wire", visible=("By Keld Wire",)
    )
    assert stated.value == "Keld Wire"


def test_a_signature_whose_initials_the_text_gives_states_the_publisher() -> None:
    body = (
        "Letters went to the Harbour Lamp Office (HLO) in May.",
        "Nobody had filled them.",
        "Harbour Lamp Office",
    )
    assert claim(body=body).value == "Harbour Lamp Office"
    assert claim(body=("Letters went to the Harbour Lamp Office (OIL) in May.", *body[1:])).value == ""


def test_a_symbol_of_the_united_nations_is_a_sign_for_them() -> None:
    assert claim("United Nations", "ST/AI/189/Add.14", "General Assembly").value == "United Nations"
    assert claim("United Nations", "Source: ST/AI/189/Add.14").value == ""


def test_a_platform_is_no_publisher_whatever_its_legal_form() -> None:
    stated = claim(form="html", publishers=(("GitHub", "og:site_name"),), footer=("© 2021 GitHub, Inc.",))
    assert stated.value == ""


def test_a_name_in_the_lines_of_a_page_of_another_site_is_asked_about() -> None:
    stated = claim(
        "Keld Oil Institute",
        body=("Lamps were counted.", "Nobody had filled them.", "Keld Oil Institute"),
        form="html",
        publishers=(("Lamp Register", "og:site_name"),),
    )
    assert stated.value == ""


def test_what_a_label_says_was_issued_is_no_document() -> None:
    assert claim("The lamp certificates issued by Tarn Lamp Authority X3").value == ""
    assert claim("Statement issued by Tarn Lamp Authority").value == "Tarn Lamp Authority"


def test_a_programme_that_a_picture_and_its_about_name_is_asked_about() -> None:
    parts = (("Tarn Radio", "og:site_name"), ("The Lamp Hour", "logo"))
    assert claim(form="html", publishers=parts, notes=("About The Lamp Hour", "It is sent at noon.")).value == ""


def test_a_section_that_metadata_and_a_line_name_is_asked_about() -> None:
    parts = (("Harbours", "og:site_name"),)
    assert claim("Harbours", form="html", publishers=parts, url="https://lanternpost.example/1").value == ""
    assert claim("Harbours", form="html", publishers=parts, url="https://harbours.example/1").value == "Harbours"


def test_a_person_above_a_text_of_a_site_with_another_name_is_asked_about() -> None:
    stated = claim(
        "Oda Brandt",
        form="html",
        publishers=(("The Lamp Papers", "og:site_name"),),
        footer=("© 2021 Oda Brandt",),
        url="https://odabrandt.example/lamps",
    )
    assert stated.value in ("", "The Lamp Papers")


@pytest.mark.parametrize(
    ("value", "expected"), [("商讯", ""), ("互联网", ""), ("公安局", "公安局"), ("灯塔委员会", "灯塔委员会")]
)
def test_a_word_for_where_a_text_is_from_behind_a_label_is_no_body(value: str, expected: str) -> None:
    text = f"# 港口请求四盏灯\n\n来源：{value}\n\n2021年10月1日\n\n{'港口请求部里提供四盏灯、油和第二艘船，因为旧船在冬季修理了九十天。' * 2}\n"
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].publisher == expected


@pytest.mark.parametrize(
    ("language", "head", "opening", "expected"),
    [
        ("de", "Pressemitteilung des Verbandes der Lampen", "Der Vorschlag des Verbandes der Lampen hilft.", ""),
        ("de", "Pressemitteilung der Deutschen Lampenwacht", "Die Deutsche Lampenwacht hilft.", ""),
        ("de", "Pressemitteilung der Stiftung Lampenwacht", "Die Stiftung Lampenwacht hilft.", "Stiftung Lampenwacht"),
        ("de", "Pressemitteilung des LBS", "Wir helfen.", "LBS"),
        ("de", "Herausgeber: Verband der Lampen", "Wir helfen.", "Verband der Lampen"),
        ("ru", "Заявление Комитета фонарей", "Сегодня решением Комитета фонарей порт открыт.", ""),
        ("ru", "Издатель: Комитет фонарей", "Сегодня порт открыт.", "Комитет фонарей"),
    ],
)
def test_a_name_that_the_text_has_in_another_case_alone_is_asked_about(
    language: str, head: str, opening: str, expected: str
) -> None:
    stated = claim(head, language=language, body=(opening,))
    assert stated.value == expected
    assert expected or stated.questions


def test_a_kind_of_body_alone_is_no_publisher() -> None:
    text = f"# Notes from the call\n\n## Update from the Foundation\n\n{PLAIN}\n\n{PLAIN.replace('winter', 'spring')}\n"
    assert record.of("a.md", text.encode(), NOBODY)[0].publisher == ""


def test_whoever_makes_a_statement_is_asked_about_beside_the_body_on_whose_paper_it_stands() -> None:
    said = (f"Deputy Minister Ada Marn today released the following statement on the lamps. {PLAIN}",)
    title = "Statement by Deputy Minister Ada Marn on the lamps"
    assert claim(
        "Ministry of Lamps", title=title, body=said, page_title=f"{title} | Ministry of Lamps", form="html"
    ).value != ("Deputy Minister Ada Marn")


@pytest.mark.parametrize(
    "opening",
    [
        "Keepers of the four lighthouses work with Oil Council on lamps that need no oil.",
        "Together with Oil Council the keepers of the four lighthouses will light them again.",
        "Oil Council and Lamp House have agreed on lamps that need no oil.",
    ],
)
def test_a_partner_with_a_paragraph_about_itself_is_not_taken_for_the_publisher(opening: str) -> None:
    notes = ("About Oil Council", "Oil Council sells oil to whoever keeps a light. See www.oilcouncil.org.")
    assert claim(body=(opening, PLAIN), notes=notes).value == ""


def test_what_stands_behind_a_labels_name_is_no_part_of_it() -> None:
    drafted = record.of(
        "a.txt",
        "灯塔看守人停止工作\n\n来源：灯塔报，~~原文~~\n\n四座灯塔的看守人从冬天起就没有油了，部里没有回复他们的信。他们说会继续等待，直到灯再次亮起来。\n".encode(),
        NOBODY,
    )
    assert drafted[0].publisher in ("", "灯塔报")


@pytest.mark.parametrize(
    "headline", ["Harbour Lamp Office's reply to Mr Tarn", "Harbour Lamp Office’s statement on oil"]
)
def test_a_signature_and_a_headline_that_says_whose_words_these_are_state_the_publisher(headline: str) -> None:
    stated = claim(title=headline, body=(PLAIN, PLAIN, PLAIN), footer=("HARBOUR LAMP OFFICE",))
    assert stated.value.casefold() == "harbour lamp office"
    assert not claim(title="Keepers ask for lamps", body=(PLAIN,) * 3, footer=("HARBOUR LAMP OFFICE",)).value


# ---- press contacts, and whose people a text quotes ------------------------------------------------------------------------------------

WARDENS = "The Lamp Wardens said today that four lighthouses have been without oil since the winter, and that nobody has answered."
QUOTED = f"{PLAIN} “We have waited for nine long years,” said Ada Marn, director of the Lamp Committee."


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        (stating(body=(WARDENS, PLAIN), notes=("Media contact:", "Ada Marn, press@lampwardens.example")), "Lamp Wardens"),
        (stating(body=(WARDENS, PLAIN), notes=("For media enquiries: Ada Marn, ada@lampwardens.example",)), "Lamp Wardens"),
        (stating(body=(WARDENS, PLAIN), notes=("Write to presse@lampwardens.example",), language="fr"), "Lamp Wardens"),
        (stating("Contact: Ada Marn", "Lamp Committee", "FOR IMMEDIATE RELEASE", body=(SAID, PLAIN)), "Lamp Committee"),
        (stating("Lamp Committee", body=(PLAIN, QUOTED)), "Lamp Committee"),
        (stating("Lamp Committee", body=(PLAIN, f"“We wait,” says Lamp Committee president Ada Marn. {PLAIN}")), "Lamp Committee"),
        (
            stating(
                "Keld County District Attorney’s Office",
                body=(f"Keld County District Attorney Ada R. Marn announced today that the lamps are lit. {PLAIN}", PLAIN),
            ),
            "Keld County District Attorney’s Office",
        ),
        (
            stating(
                "LAMP WARDENS",
                body=(f"Lamp Wardens, a network of forty harbours, said today that they wait. {PLAIN}",),
                notes=("About Lamp Wardens", "We are keepers."),
            ),
            "Lamp Wardens",
        ),
    ],
)  # fmt: skip
def test_a_press_contact_and_quoted_people_agree_with_what_a_text_and_its_paper_say(stated: Stating, name: str) -> None:
    assert stated().value == name


@pytest.mark.parametrize(
    "stated",
    [
        # A report has whom its readers may ring, and no contact for the press.
        stating(body=(WARDENS, PLAIN), notes=("Tickets and more: info@lampwardens.example",)),
        # Partners: two contacts.
        stating(
            body=(f"The Lamp Wardens and the Lamp Committee said today that they wait. {PLAIN}", WARDENS),
            notes=("Media contacts:", "Ada Marn, press@lampwardens.example", "Ilsa Quill, Lamp Committee"),
        ),
        # Somebody else sends the text for a body that is only quoted.
        stating(body=(QUOTED, PLAIN), notes=("Media contact:", "Quay Agency, ada@quayagency.example")),
        # An agency that writes for others speaks nowhere in the text.
        stating(body=(WARDENS, PLAIN), notes=("Media contact:", "Ada Marn, ada@quayagency.example")),
        # A contact and its address are one sign, and so is the text alone.
        stating(body=(PLAIN,), notes=("Media contact:", "Lamp Committee, press@lampcommittee.example")),
        stating(body=(SAID, QUOTED)),
        # A report of an agency, with its own office at the foot, of a body whose contact it repeats.
        stating(
            body=(WARDENS, PLAIN), notes=("Media contact: press@lampwardens.example",), footer=("Keld News Agency",)
        ),
        # A text brought again by a list, a site or a medium.
        stating(
            body=(WARDENS, PLAIN),
            notes=("Media contact: press@lampwardens.example",),
            form="mail",
            publishers=(("Harbour Digest", "From"),),
        ),
        stating(
            body=(WARDENS, PLAIN),
            notes=("Media contact: press@lampwardens.example",),
            footer=("© 2014 Keld Courier",),
        ),
    ],
)
def test_a_press_contact_of_somebody_else_or_alone_is_asked_about(stated: Stating) -> None:
    claim = stated()
    assert claim.value == ""
    assert claim.questions


def test_the_question_shows_whose_press_contact_it_is() -> None:
    stated = claim(body=(PLAIN,), notes=("Media contact:", "Ada Marn", "Lamp Committee"))
    assert "“Lamp Committee” (press contact)" in stated.questions[0].evidence


@pytest.mark.parametrize(
    ("language", "sentence", "contact", "name"),
    [
        ("de", "Der Lampenbund forderte heute Öl für alle vier Leuchttürme der Küste.", "Pressekontakt: Ada Marn, ada@lampenbund.example", "Lampenbund"),
        ("fr", "Veilleurs Sans Lampe a demandé aujourd’hui de l’huile pour les quatre phares de la côte.", "Contact presse : Ada Marn, ada@veilleurssanslampe.example", "Veilleurs Sans Lampe"),
        ("es", "Vigías del Faro pidió hoy aceite para los cuatro faros de la costa.", "Contacto de prensa: Ada Marn, ada@vigiasdelfaro.example", "Vigías del Faro"),
        ("ru", "«Lampa Memorial» сообщила сегодня, что маяки остались без масла.", "Контакты для прессы: press@lampamemorial.example", "Lampa Memorial"),
    ],
)  # fmt: skip
def test_a_press_contact_is_known_in_other_languages(language: str, sentence: str, contact: str, name: str) -> None:
    assert claim(body=(sentence, PLAIN), notes=(contact,), language=language).value == name


# ---- "the Committee" of a release ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        (stating("LAMP COMMITTEE", "Press release No. 4", body=(PLAIN, "The Committee asks the Minister to admit a doctor.")), "LAMP COMMITTEE"),
        (stating("Keld Centre for Lost Lamps", "Briefing", body=(PLAIN, "“We count,” said the centre’s archivist, Ada Marn.")), "Keld Centre for Lost Lamps"),
        (stating("Conseil des Phares", "Communiqué de presse", body=("Le Conseil demande de l’huile pour les phares.", PLAIN), language="fr"), "Conseil des Phares"),
        (stating("Lamp Committee", body=(PLAIN, "“We wait,” said Ada Marn of the Lamp Committee."), publishers=(("Lamp Committee", "From"),)), "Lamp Committee"),
    ],
)  # fmt: skip
def test_a_release_speaks_of_its_own_body_by_its_kind(stated: Stating, name: str) -> None:
    assert stated().value == name


@pytest.mark.parametrize(
    "stated",
    [
        # No line says that it is a release: a report with a line above its headline.
        stating("Lamp Committee", body=(PLAIN, "The Committee asks the Minister to admit a doctor.")),
        # Two bodies of a kind.
        stating("Lamp Committee", "Press release", body=("The Senate Committee has answered.", "The Committee asks for oil.")),
        stating("Lamp Committee", "Press release", body=("The Committee for Oil has answered.", "The Committee asks for oil.")),
        # It is spoken of and does not speak.
        stating("Lamp Committee", "Press release", body=(PLAIN, "Keepers asked the Committee for oil.")),
        # A statement of several.
        stating("Lamp Committee", "Joint statement", body=(PLAIN, "The Committee asks for oil.")),
    ],
)  # fmt: skip
def test_a_kind_of_body_that_need_not_be_the_sender_is_asked_about(stated: Stating) -> None:
    assert stated().value == ""


WIRE = "KELD, TARN, May 3, 2014 /Harbour PressWire/ -- "


@pytest.mark.parametrize(
    ("lead", "title", "foot", "expected"),
    [
        ("Quay Instruments is opening a workshop for gauges.", "Quay Instruments Opens a Workshop", "post@quayinstruments.example", "Quay Instruments"),
        ("Quay Oil, Inc. (“Quay”) today announced a workshop.", "Quay Oil Opens a Workshop", "", "Quay Oil"),
        # The address of a partner, of whom neither headline nor text says that it speaks first.
        ("Quay Instruments is opening a workshop with Tide Helpers.", "Quay Instruments Opens a Workshop", "post@tidehelpers.example", ""),
        # A headline that begins with somebody else.
        ("Quay Instruments is opening a workshop for gauges.", "Keld Has a Workshop of Quay Instruments", "post@quayinstruments.example", ""),
    ],
)  # fmt: skip
def test_a_distributed_release_is_of_the_body_with_whose_name_it_begins(
    lead: str, title: str, foot: str, expected: str
) -> None:
    assert claim(body=(WIRE + lead, PLAIN), title=title, notes=(foot,) if foot else ()).value == expected


def test_without_the_name_of_a_service_a_headline_and_an_address_are_asked_about() -> None:
    lead = "Quay Instruments is opening a workshop for gauges."
    stated = claim(body=(lead, PLAIN), title="Quay Instruments Opens a Workshop", notes=("a@quayinstruments.example",))
    assert stated.value == ""


LEAD = "Orla Lamps, Inc. (“Orla”), a maker of harbour lamps, today announced that it has retained the Venn Institute, a firm for the islands."
OTHERS_LEAD = "Harbours of the north will have lamps again in the spring, of which the islands have heard before."
VENN = (
    "About the Venn Institute",
    "The Venn Institute is a firm for the islands.",
    "More at www.venninstitute.example",
)


def rivals(*, lead: str, notes: tuple[str, ...] = VENN, footer: tuple[str, ...] = ()) -> Claim:
    """What is stated of the publisher where the Venn Institute has its "About …", its address and its name on a line at the foot."""
    return claim(
        title="New lamps for the harbours of the north",
        body=(lead, PLAIN, PLAIN),
        notes=notes,
        footer=(*footer, "Venn Institute", "ada@venninstitute.example"),
    )


def test_a_name_that_nothing_contradicts_is_stated_by_about_and_foot() -> None:
    assert rivals(lead=OTHERS_LEAD).value == "Venn Institute"
    own = "The Venn Institute, a firm for the islands, today announced that its lamps will burn in the north again before the winter."
    assert rivals(lead=own).value == "Venn Institute"


@pytest.mark.parametrize(
    ("parts", "other"),
    [
        ({"lead": LEAD}, "Orla Lamps"),
        ({"lead": OTHERS_LEAD, "footer": ("Source: Orla Lamps, Inc.",)}, "Orla Lamps"),
        ({"lead": OTHERS_LEAD, "notes": ("About Orla Lamps", "Orla makes lamps.", *VENN)}, "Orla Lamps"),
        (
            {"lead": OTHERS_LEAD, "notes": ("ABOUT ORLA LAMPS, INC.Orla Lamps makes lamps in the north.", *VENN)},
            "ORLA LAMPS",
        ),
    ],
)
def test_the_about_of_a_partner_states_no_publisher(parts: dict[str, Any], other: str) -> None:
    stated = rivals(**parts)
    assert not stated.value
    (question,) = stated.questions
    assert "Venn Institute" in question.evidence
    assert other in question.evidence


def test_that_one_of_two_is_a_partner_makes_the_other_no_publisher() -> None:
    lead = "The Keld Harbour Office announced today that the Venn Institute is a part of it, and that the islands know of it."
    stated = rivals(
        lead=lead,
        notes=("About the Keld Harbour Office", "It lights the quays.", "www.keldharbouroffice.example", *VENN),
    )
    assert not stated.value
    (question,) = stated.questions
    assert "Venn Institute" in question.evidence
    assert "Keld Harbour Office" in question.evidence


@pytest.mark.parametrize(
    ("lead", "last", "about"),
    [
        (
            "Orla, 12 October 2024. Venn Systems, O'Reed Associates and KGI Inc. (NYSE:KGI) announced today that the three companies will build a common net of lamps.",
            "KGI has assured the keepers of a better supply of oil for their lamps, which burn all night from the autumn on.",
            "About KGI",
        ),
        (
            "Orla, 12 de octubre de 2024. Venn Systems, O'Reed Associates y KGI Inc. (NYSE:KGI) han anunciado hoy que las tres compañías construirán una red común de lámparas.",
            "KGI ha asegurado una mayor reserva de aceite para las lámparas, que arden toda la noche desde el otoño.",
            "Acerca de KGI",
        ),
    ],
)
def test_none_of_several_bodies_that_announce_together_is_the_publisher_alone(lead: str, last: str, about: str) -> None:
    second = "The lamps are made in Keld." if about.startswith("About") else "Las lámparas se hacen en Keld."
    text = (
        f"# KGI, Venn, O'Reed: 300 lamps\n\n{lead}\n\n{second}\n\n{last}\n\n## {about}\n\nKGI Inc., www.kgi.example.\n"
    )
    drafted = record.of("lamps.md", text.encode(), terms(Vocabularies()))[0]
    assert drafted.publisher == ""
    shown = next(each.evidence for each in drafted.review if each.field == "publisher")
    assert all(f"“{name}”" in shown for name in ("Venn Systems", "O'Reed Associates", "KGI"))
