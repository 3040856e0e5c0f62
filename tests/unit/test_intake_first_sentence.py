"""A first sentence keeps the words that stand above it on lines of their own; brackets and machine times are no dateline."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
TITLE = "Man charged with the theft of forty lamps"
REST = "that a keeper of the northern harbour has been charged with the theft of forty lamps, which the islands had waited for since the winter."
SECOND = "“The lamps belong to the harbours, and we will bring them back,” she said. The hearing is in the spring, in the town."


def read(text: str) -> Record:
    return record.of("a.txt", text.encode(), TERMS)[0]


def below_headline(*lines: str, end: str = "") -> Record:
    return read(
        "\n".join([TITLE, "", *lines, "", SECOND, "", SECOND.replace("spring", "autumn"), "", end]).rstrip() + "\n"
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Orla County District Attorney", "Ada Marn", f"announced today {REST}"),
        ("Ada Marn", f"announced today {REST}"),
        ("Orla County District Attorney", "Ada Marn", f"said today {REST}"),
        ("District Attorney Ada Marn of Orla appointed Leon Tarn for the harbour following", "Ben Holt’s departure last month", f". Tarn said {REST}"),
        ("The council and the", "Harbour Act Committee", f", which met on the pier, said {REST}"),
    ],
)  # fmt: skip
def test_no_first_sentence_loses_its_subject(lines: tuple[str, ...]) -> None:
    drafted = below_headline(*lines)
    assert drafted.title == TITLE
    assert not drafted.subtitle
    assert " ".join(drafted.body.split()).startswith(" ".join(lines))


def test_a_place_on_its_own_line_belongs_to_the_dash_below_it() -> None:
    sub = "A new law is to keep lamps from being sold to other harbours"
    drafted = read(f"{TITLE}\n\n{sub}\nKELDHAVEN\n— The council said {REST}\n\n{SECOND}\n")
    assert "KELDHAVEN" not in drafted.subtitle
    assert " ".join(drafted.body.split()).startswith("KELDHAVEN — The council said")


@pytest.mark.parametrize(
    "lines",
    [
        ("Orla County District Attorney", "", f"The council announced today {REST}"),
        ("By Ada Marn", f"The council announced today {REST}"),
        ("Orla, 3 May 2013", f"the council announced today {REST}"),
    ],
)
def test_a_line_that_is_complete_stays_above_the_text(lines: tuple[str, ...]) -> None:
    drafted = below_headline(*lines)
    assert drafted.body.split("council")[0].lower() == "the "


def test_a_headline_of_two_lines_is_no_beginning_of_the_text() -> None:
    drafted = read(f"Harbour Lamps Act\nannounced today by the council\n\nThe council said {REST}\n\n{SECOND}\n")
    assert drafted.body.startswith("The council said")


def test_a_headline_that_goes_on_with_a_small_word_is_no_beginning_of_the_text() -> None:
    drafted = below_headline("Ada Marn Sentenced", f"to nine years, as the council said {REST}")
    assert not drafted.title


@pytest.mark.parametrize(
    ("head", "asserted"),
    [
        ("# Keld’s Harbour Office Welcomes\nEighty New Lamps for the Quays of the Northern Islands", ""),
        ("# Keld’s Harbour Office Welcomes Lamps\nEighty of them for the quays of the northern islands", "Keld’s Harbour Office Welcomes Lamps"),
        ("# Keld’s Harbour Office Welcomes", "Keld’s Harbour Office Welcomes"),
    ],
)  # fmt: skip
def test_a_title_whose_verb_awaits_the_next_line_is_asked(head: str, asserted: str) -> None:
    text = f"{head}\n\nThe Harbour Office of Keld welcomes lamps, and announced today {REST}\n\n{SECOND}\n"
    assert record.of("a.md", text.encode(), TERMS)[0].title == asserted


@pytest.mark.parametrize("behind", [", which the council wrote, says", "was read in the council, which said"])
def test_a_short_form_in_brackets_is_no_dateline(behind: str) -> None:
    drafted = below_headline(
        "The council has passed the northern",
        "Keeping Lamps Alight Act",
        f"(KLAA){' ' * behind[0].isalpha()}{behind} {REST}",
    )
    assert not drafted.dateline
    assert "(KLAA)" in drafted.body


def test_a_place_in_brackets_before_a_dash_is_a_dateline() -> None:
    drafted = below_headline(f"(KELDHAVEN) – The council said {REST}")
    assert drafted.dateline == "KELDHAVEN"


def test_the_second_at_which_a_program_read_a_page_is_no_dateline_and_no_date() -> None:
    drafted = below_headline(f"The council said {REST}", end="2021-06-25 16:20:14")
    assert not drafted.dateline
    assert not drafted.date
    assert "16:20" not in drafted.body
    assert any("2021-06-25 16:20:14" in left.text for left in drafted.left_out)


def test_a_place_and_day_at_the_end_still_sign_the_text() -> None:
    drafted = below_headline(f"The council said {REST}", end="Keldhaven, 25 June 2021")
    assert drafted.date == "2021-06-25"


def test_a_day_whose_dash_is_the_verb_stays_in_its_sentence() -> None:
    first = "24 березня – місяць нашого спротиву. Гавань стоїть, і кораблі приходять до міста щодня."
    drafted = read(f"Звернення до міста\n\n{first}\n\nМи дякуємо всім, хто чекав на кораблі цієї зими.\n")
    assert drafted.dateline == ""
    assert "24 березня – місяць нашого спротиву." in drafted.body
