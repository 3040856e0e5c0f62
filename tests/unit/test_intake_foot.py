"""What stands below the last paragraph of a release and is none of its text: contacts, links, what an organization says of itself."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import lexicon, record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
LAST = "The crews said that they would go out on the first day of the winter, and the office will have a light on the pier for them until the end of March."
TEXT = f"""# Harbour of Orle opens for the winter

The harbour of Orle will be open for the whole winter, said the Harbour Office on Monday, after forty crews had asked for it in a letter to the senate.

{LAST}
"""
# Two paragraphs of a release in a language, of which the second is its last.
TEXTS = {
    "de": (
        "Der Hafen von Orle bleibt den ganzen Winter offen, sagte das Hafenamt am Montag, nachdem vierzig Mannschaften den Senat in einem Brief darum gebeten hatten.",
        "Die Mannschaften wollen am ersten Tag des Winters ausfahren, und das Amt wird ihnen bis Ende März ein Licht auf dem Pier halten.",
    ),
    "fr": (
        "Le port d’Orle restera ouvert tout l’hiver, a annoncé lundi le bureau du port, après que quarante équipages l’eurent demandé dans une lettre au sénat.",
        "Les équipages veulent sortir le premier jour de l’hiver, et le bureau leur gardera une lumière sur la jetée jusqu’à la fin du mois de mars.",
    ),
    "es": (
        "El puerto de Orle estará abierto todo el invierno, anunció el lunes la oficina del puerto, después de que cuarenta tripulaciones lo pidieran en una carta al senado.",
        "Las tripulaciones quieren salir el primer día del invierno, y la oficina les guardará una luz en el muelle hasta finales de marzo.",
    ),
    "ru": (
        "Порт Орле будет открыт всю зиму, сообщила в понедельник портовая контора, после того как сорок экипажей попросили об этом сенат в письме.",
        "Экипажи хотят выйти в первый день зимы, и контора будет держать для них свет на причале до конца марта.",
    ),
}  # fmt: skip


def read(foot: str, text: str = TEXT, name: str = "release.md") -> Record:
    (found,) = record.of(name, f"{text}\n{foot}\n".encode(), TERMS)
    return found


def reasons(found: Record) -> dict[str, str]:
    return {left.text: left.reason for left in found.left_out}


@pytest.mark.parametrize(
    "foot",
    [
        "Contact Information:\n\nOrle Lamps Co.\n\n27 Mill Road  Orle, State 03824United States\n\nAda Venn 5550101222 https://lamps.example",
        "ContactAda Venn Orle Lamps Email Us Here\n\nOrle, State\n\nUnited States\n\n5550101222",
        "Press contact\n\nAda Venn\n\nPier 9, Orle\n\nwww.orle.example",
    ],
)
def test_a_heading_of_contacts_takes_the_short_lines_with_a_long_number_or_an_address(foot: str) -> None:
    found = read(foot)
    assert found.body.strip().endswith(LAST)
    for line in foot.split("\n\n"):
        assert reasons(found)[" ".join(line.split())] == ("navigation" if line.startswith("www.") else "contact data")


def test_short_lines_below_a_heading_of_contacts_are_text_where_none_can_be_reached() -> None:
    found = read("Contact\n\nThe keeper of the pier\n\nThe old harbour, 1998-2004 and since")
    assert "The keeper of the pier" in found.body


def test_text_behind_the_short_lines_is_no_contact() -> None:
    more = "Whoever saw the light on the pier in the night of the storm is asked to write down at what hour it was, and to keep the paper."
    found = read(f"Contact Information:\n\nHarbour book 5550101222\n\n{more}")
    assert found.body.strip().endswith(more)


def test_the_links_behind_a_rule_are_left_out_whatever_stands_above_it() -> None:
    links = "[Original release](https://a.example/1)\n\nPickup - [evertide](https://b.example/2)\n\n[Forum post](https://c.example/3)"
    for foot in (
        "",
        "About Orle Lamps\n\nOrle Lamps makes lamps for harbours, and it has forty workers in three towns of the coast.\n\n",
    ):
        found = read(f"{foot}---\n\n{links}")
        assert found.body.strip().endswith(LAST)
        assert "https" not in found.notes
        shown = " ".join(left.text for left in found.left_out)
        for link in ("Original release", "Pickup - evertide", "Forum post"):
            assert link in shown


def test_a_sentence_with_a_link_behind_a_rule_is_text() -> None:
    more = "The letter of the crews can be read whole at the office and on [its page](https://a.example/letter), where the names of all forty stand below it."
    assert "The letter of the crews can be read" in read(f"---\n\n{more}").body


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "View source version on wire.example: https://wire.example/news/1"),
        ("de", "Originalversion auf wire.example ansehen: https://wire.example/news/1"),
        ("fr", "Consultez la version source sur wire.example : https://wire.example/news/1"),
        ("es", "Vea la versión original en wire.example: https://wire.example/news/1"),
        ("ru", "Оригинальная версия на wire.example: https://wire.example/news/1"),
    ],
)
def test_where_a_wire_service_has_the_release_is_no_text_of_it(language: str, line: str) -> None:
    first, last = TEXTS.get(language, ("", ""))
    found = read(line, f"# Orle 9\n\n{first}\n\n{last}\n" if first else TEXT)
    assert line not in found.body
    assert reasons(found)[line] == "link to another page"


def test_a_sentence_that_begins_like_a_link_to_another_version_is_text() -> None:
    line = "View the original version of the letter in the museum of the harbour."
    assert line in read(line).body


@pytest.mark.parametrize(
    ("foot", "notes"),
    [
        ("About Orle Lamps:\n\nOrle Lamps makes lamps for harbours, and it has forty workers in three towns of the coast.", "About Orle Lamps:"),
        ("About Orle Lamps: Orle Lamps, based in Orle, makes lamps for harbours, and it has forty workers in three towns.", "About Orle Lamps:"),
        ("ABOUT ORLE LAMPS, INC.Orle Lamps Inc., with offices in Orle and Keld, makes lamps for the harbours of the whole coast.", "ABOUT ORLE LAMPS"),
        ("About Orle LampsOrle Lamps is a maker of lamps for harbours, and it has had forty workers in three towns since 1998.", "About Orle Lamps"),
        ("NOTE TO INVESTORS: The latest news of the lamp makers is to be had in their newsroom at https://lamps.example/news", "The latest news"),
        ("Forward-Looking Statements\n\nThis release may hold statements about the future of the harbour, and nobody should rely on them alone.", "This release may"),
    ],
)  # fmt: skip
def test_what_an_organization_says_of_itself_and_of_its_shares_is_in_the_notes(foot: str, notes: str) -> None:
    found = read(foot)
    assert found.body.strip().endswith(LAST)
    assert notes in found.notes


@pytest.mark.parametrize(
    "line",
    [
        "About the winter: the crews say that nobody has counted the days on which the boats lay in the harbour without a light.",
        "About forty crews: nine of the boats came back in the evening with herring, and all of the others on the next day.",
    ],
)
def test_a_paragraph_that_begins_with_about_is_text_where_it_goes_on_with_something_else(line: str) -> None:
    assert line in read(line).body


def test_words_about_an_organization_amid_a_longer_text_are_text() -> None:
    more = "\n\n".join(
        f"On day {number} the crews went out before the light, and they came back in the evening with nine boxes of herring each."
        for number in range(9)
    )
    line = "About Orle Lamps: Orle Lamps makes the light on the pier, and it has forty workers."
    assert line in read(f"{line}\n\n{more}").body


def test_what_a_page_says_of_itself_for_machines_is_left_out() -> None:
    data = [
        "720",
        "1280",
        "Ada Venn",
        "Ada Venn",
        "2023-12-05 16:27:28",
        "2023-12-06 09:00:01",
        "Harbour of Orle opens for the winter",
    ]
    found = read("\n\n".join(data))
    assert found.body.strip().endswith(LAST)
    assert {reasons(found)[text] for text in data} == {"data of the page"}


def test_numbers_and_a_name_without_a_machine_s_time_stay() -> None:
    assert found_in(read("Signed by\n\nAda Venn\n\nAda Venn").body, "Ada Venn") == 2


def found_in(body: str, words: str) -> int:
    return body.count(words)


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [("Title", "Content", "en"), ("Titel", "Inhalt", "de"), ("Titre", "Contenu", "fr"), ("Título", "Contenido", "es"), ("Заголовок", "Текст", "ru")],
)  # fmt: skip
def test_the_labels_of_a_record_are_no_text(title: str, text: str, language: str) -> None:
    first, last = TEXTS.get(language, (LAST, LAST))
    labels = f"{title}: Orle 9\nIssues: 9\n\n{text}:\n"
    (found,) = record.of("release.txt", f"{labels}{first}\n\n{last}\n".encode(), TERMS)
    assert found.body.strip().startswith(first)
    assert reasons(found)[f"{text}:"] == "label of the text"


def test_the_text_begins_right_behind_its_label() -> None:
    short = "Today the senate passed the"
    (found,) = record.of(
        "release.txt",
        f"Title: Orle Harbour Opens\nDate: Monday, May 4, 2024\n\nContent:\n\n{short}\n\nHarbour Act\n\n({LAST})\n".encode(),
        TERMS,
    )
    assert found.body.strip().startswith(short)
    assert not found.subtitle


def test_a_heading_content_without_a_label_of_the_title_is_text() -> None:
    (found,) = record.of("release.md", f"# Orle Harbour\n\nContent:\n\n{LAST}\n\n{LAST}\n".encode(), TERMS)
    assert "label of the text" not in reasons(found).values()


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_language_says_how_a_text_is_labelled_and_where_another_version_is(language: str) -> None:
    own = {category for category, _ in lexicon.read(lexicon.FOLDER / f"{language}.toml")}
    assert {"label_text", "original_version"} <= own


def test_a_table_that_ends_a_text_behind_a_rule_stays_whole() -> None:
    found = read("---\n\n| Boat | Herring |\n| --- | --- |\n| Ada | 9 |\n| Keld | 12 |")
    assert not found.refused
    assert "| Keld | 12 |" in found.body
