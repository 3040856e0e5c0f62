"""A reference is the publisher's own number for the release, and nothing else that looks like one."""

# ruff: noqa: E501 - lines are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Document, Evidence, Layout, Metadata
from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies


@pytest.mark.parametrize(
    ("language", "line", "value"),
    [
        ("en", "Ref: LK/2021/14", "LK/2021/14"),
        ("en", "Press release No. 12/2021", "12/2021"),
        ("en", "PRESS RELEASE LK/PR/21/05", "LK/PR/21/05"),
        ("en", "Index: LKN 37/6674/2021", "LKN 37/6674/2021"),
        ("en", "No. 7/2021", "7/2021"),
        ("en", "United Nations  A/LMP/43/15/Add.1", "A/LMP/43/15/Add.1"),
        ("en", "General Assembly E/LN.4/2021/3", "E/LN.4/2021/3"),
        ("de", "Pressemitteilung Nr. 14/2021", "14/2021"),
        ("fr", "Communiqué de presse n° 2021-31", "2021-31"),
        ("ru", "Исх. № 17/2021", "17/2021"),
        ("ar", "رقم الوثيقة: LK 07/2021", "LK 07/2021"),
    ],
)
def test_a_label_or_a_code_of_two_parts_states_a_reference(language: str, line: str, value: str) -> None:
    assert [stated.value for stated in reference_mentions.find(line, language)] == [value]


@pytest.mark.parametrize(
    "line",
    [
        "NO. 9 March 1974",
        "COVID-19",
        "Statement on COVID-19",
        "G-20",
        "LK21 14 March 2021",
        "Law No. 4/2012",
        "Decree no. 18/2019 on lamps",
        "Application no. 1234/05",
        "Ref: 020 7946 0000",
        "Ref: 555-123-4567",
        "Press release 2021",
        "Index: 4/3/2021",
        "Open A/C or 24/7",
        "Lamps and/or oil, A/B 12",
    ],
)
def test_a_date_a_law_a_telephone_number_and_an_illness_are_none(line: str) -> None:
    assert reference_mentions.find(line, "en") == []


BODY = "\n\nCape Tarn: Keepers ask for lamps\n\nThe ministry must answer the keepers of the four lighthouses, who have been without oil since 9 January 2021, the Lamp Committee said.\n"


def reference(head: str, foot: str = "") -> str:
    return record.of("a.txt", f"Lamp Committee\n{head}{BODY}{foot}".encode(), terms(Vocabularies()))[0].reference


def test_the_reference_of_another_document_is_not_the_releases() -> None:
    foot = "\nThe keepers have asked before (see Index: LK/2020/77).\n\nNotes to editors\nSee also report Index: LK/2020/88.\n"
    assert reference("Index: LK/2021/4", foot) == "LK/2021/4"
    assert reference("11 March 2021", foot) == ""


def test_two_references_are_asked_about() -> None:
    layout = Layout("Keepers ask for lamps", "", ("Ref: LK/2021/4", "Index: LKN 37/2021"), "", (), (), ())
    stated = reference_mentions.reference_of(layout, Document("text", ()), "en")
    assert stated.value == ""
    assert stated.questions[0].evidence == "LK/2021/4; LKN 37/2021"


def test_a_claim_says_where_its_words_stand() -> None:
    layout = Layout("Keepers ask for lamps", "", (), "", (), (), ("Ref: LK/2021/4",))
    stated = reference_mentions.reference_of(layout, Document("text", ()), "en")
    assert (stated.value, stated.span, stated.why) == ("LK/2021/4", "Ref: LK/2021/4", "foot")
    metadata = Metadata(references=(Evidence("LK-9", "JSON-LD reportNumber"),))
    stated = reference_mentions.reference_of(Layout("", "", (), "", (), (), ()), Document("html", (), metadata), "en")
    assert (stated.value, stated.why) == ("LK-9", "metadata")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Comunicato stampa n. 14/2019 – Arvona, 6 maggio 2019", "14/2019"),
        ("Comunicato stampa n. 14/2019 - Arvona", "14/2019"),
        ("Press release no. 14/2019: Keepers ask for lamps", "14/2019"),
        ("Ref: LK-2019-14 – Cape Tarn", "LK-2019-14"),
    ],
)
def test_a_reference_ends_where_another_part_of_its_line_begins(line: str, value: str) -> None:
    assert [stated.value for stated in reference_mentions.find(line, "it" if "n." in line else "en")] == [value]


@pytest.mark.parametrize(
    "line",
    [
        "ISSN 1234-5678",
        "Lamp review, ISSN: 1234-5678",
        "Reference: www.lamps.example",
        "IX/92",
        "BUDGET 2004-05",
        "CVE-2021-1234",
    ],
)
def test_numbers_that_others_give_are_no_references(line: str) -> None:
    assert reference(line) == ""


def test_a_number_of_two_parts_with_a_year_is_no_span_of_years() -> None:
    assert reference("Press release VOA-2021/41") == "VOA-2021/41"
    assert reference("VOA-2021/41") == ""


def test_what_a_program_numbers_a_page_with_is_no_reference() -> None:
    for value in ("urn:uuid:0c8f1f2e-7d5e-4f5b-9a52-0f4f3d6c5c11", "https://lamps.example/news/4", "ISSN 1234-5678"):
        metadata = Metadata(references=(Evidence(value, "dc.identifier"),))
        layout = Layout("", "", (), "", (), (), ())
        assert reference_mentions.reference_of(layout, Document("html", (), metadata), "en").value == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("LK-2021-14", "LK-2021-14"),
        ("QBLK7T5I25BBIGMARN5IZ7", ""),
        ("20210314", ""),
        ("10.5555/lamp.2021.4", "10.5555/lamp.2021.4"),
        ("join-us", ""),
        ("lamps-2021", ""),
    ],
)
def test_what_a_program_calls_a_page_is_no_reference(value: str, expected: str) -> None:
    metadata = Metadata(references=(Evidence(value, "dc.identifier"),), url="https://lamps.example/lamps-2021/")
    document = Document("html", (), metadata)
    assert reference_mentions.reference_of(Layout("", "", (), "", (), (), ()), document, "en").value == expected


def test_a_code_alone_at_the_foot_is_a_cell_of_a_table_as_often() -> None:
    for line, expected in (("LAMP-23-KL-01", ""), ("Ref: LK/2021/14", "LK/2021/14")):
        layout = Layout("", "", (), "", (), (), (line,))
        assert reference_mentions.reference_of(layout, Document("text", (), Metadata()), "en").value == expected


def test_a_short_label_at_the_foot_is_what_a_rule_is_called() -> None:
    assert reference("", "Ref: TARN M4") == ""


def test_a_symbol_that_a_line_cites_is_not_the_documents() -> None:
    assert [found.value for found in reference_mentions.find("Norland ST/AI/189/Add.14")] == ["ST/AI/189/Add.14"]
    assert reference_mentions.find("Source of the rule: ST/AI/189/Add.14 - Para 121 supported") == []


def stated(line: str, language: str) -> tuple[str, int]:
    """The reference that a header line gives a document, and how many questions it leaves."""
    layout = Layout("Keepers ask for lamps", "", (line,), "", (), (), ())
    found = reference_mentions.reference_of(layout, Document("text", ()), language)
    return found.value, len(found.questions)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "DIE LAMPE Nr. 43/2019"),
        ("de", "TR 7/2019"),
        ("en", "No. 20-1507"),
        ("en", "LK-21/3-2019"),
        ("ar", "العدد: 12/2019"),
        ("ru", "№ 43/2019"),
    ],
)
def test_a_number_whose_label_says_not_what_it_numbers_is_asked_about(language: str, line: str) -> None:
    assert stated(line, language) == ("", 1)


@pytest.mark.parametrize(
    ("language", "line", "value"),
    [
        ("de", "Pressemitteilung Nr. 14/2021", "14/2021"),
        ("en", "PRESS RELEASE LK/PR/21/05", "LK/PR/21/05"),
        ("en", "Ref: LK/2021/14", "LK/2021/14"),
        ("en", "United Nations  A/LMP/43/15/Add.1", "A/LMP/43/15/Add.1"),
    ],
)
def test_a_number_with_the_label_of_a_release_is_its_reference(language: str, line: str, value: str) -> None:
    assert stated(line, language) == (value, 0)
