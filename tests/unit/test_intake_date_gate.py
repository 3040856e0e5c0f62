"""A day is asserted as that of publication only with the signs that the table of the gate asks for: each kind of page that states the day of
something else is asked about."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from onrecord.intake import record
from onrecord.intake.document import Claim, Document, Layout, Record, paragraph
from onrecord.intake.evidence import date_gate
from onrecord.intake.evidence.date_forms import DateForm
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Vocabularies

TOLD = "The keepers of the four lighthouses asked the ministry for oil and for lamps, because the harbour has been dark since the winter."


def read(text: str, name: str = "a.txt") -> Record:
    return record.of(name, text.encode(), terms(Vocabularies()))[0]


def asked(found: Record) -> str:
    """What is asked of the date, with its evidence."""
    return " ".join(f"{ask.question} {ask.evidence}" for ask in found.review if ask.field == "date")


def test_every_form_has_its_row_and_one_without_a_row_asserts_nothing() -> None:
    assert set(date_gate.NEEDED) == set(get_args(DateForm)) - {""}
    claim = Claim("2021-03-04", written="4 March 2021", basis="header", span="4 March 2021", why="line of a new form")
    document = Document("text", (paragraph("Keepers ask"), paragraph("4 March 2021"), paragraph(TOLD)))
    layout = Layout("Keepers ask", "", ("4 March 2021",), "", (paragraph(TOLD),), (), ())
    found = date_gate.passed(claim, layout, document, frozenset({"2021-03-04"}), lexicon_of("en"))
    assert found.value == ""
    assert "4 March 2021" in found.questions[0].evidence


def test_no_set_of_signs_that_was_false_on_a_real_document_is_enough() -> None:
    path = Path(__file__).parents[1] / "intake" / "sign_forms.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["date"]
    assert len({(row["form"], tuple(row["agreeing"]), tuple(row["against"])) for row in rows}) == len(rows)
    for row in rows:
        assert row["form"] in date_gate.NEEDED
        enough = date_gate.is_enough(row["form"], frozenset(row["agreeing"]), frozenset(row["against"]))
        assert not (row["false"] and enough), row


@pytest.mark.parametrize(
    "text",
    [
        # Minutes, an agenda, a programme, slides, a bank's form, a docket, a list of decisions.
        f"# 4 March 2021 Meeting Notes\n\n{TOLD}\n\n{TOLD}\n",
        f"# Minutes of the Lamp Council\n\n4 March 2021\n\n{TOLD}\n\n{TOLD}\n",
        "# Protokoll der Hafenkommission\n\n4. März 2021\n\nDie Wärter der vier Leuchttürme haben das Ministerium um Öl und um Lampen gebeten, weil der Hafen seit dem Winter dunkel ist.\n",
        f"Lamp Group Agenda\n\nTHURSDAY, March 4, 2021\n\n0900-1130 Morning room\n\n{TOLD}\n",
        f"# Lamps and their oil\n\n4 March 2021\n\n14.00 s.d. 16.00\n\n{TOLD}\n",
        f"# Lamps and their oil\n\nThursday, 4 March 2021\n\n2:00 p.m. ET\n\n{TOLD}\n\n{TOLD}\n",
        f"# Mar 4, 2021 | Group of the lamps\n\nAttendees: ada@lamps.example, oda@lamps.example, and many others who keep the lamps of the four lighthouses of the north\n\n{TOLD}\n",
        f"# Lamp keepers meeting 141 notes\n\n### March 4, 2021, 14:00 UTC\n\n{TOLD}\n\n{TOLD}\n",
        f"# Lamps and their oil\n\n### March 4, 2021, 14:00 UTC\n\nDuration: 90 minutes\n\nPlace: Lamp Hall\n\nChair: Ada Quill\n\n{TOLD}\n",
        f"# Lamps and their oil\n\nDate: 4 March 2021\n\nHour: 19:30\n\nPlace: Lamp Hall\n\n{TOLD}\n",
        f"# Lamps and their oil\n\n4 March 2021\n\n{TOLD}\n\nOn 4 March 2021 at 19:30 the keepers will meet at the Lamp Hall in Keld, and whoever wants to hear of the oil may come there.\n",
    ],
)
def test_the_day_of_what_takes_place_is_asked_about(text: str) -> None:
    found = read(text, "a.md")
    assert found.date == ""
    assert "2021" in asked(found)


@pytest.mark.parametrize(
    "text",
    [
        f"Date filed: 02/22/2017\n\n{TOLD}\n",
        "Data esecuzione 14/09/2023\n\nI guardiani dei quattro fari hanno chiesto al ministero olio e lampade, perché il porto è buio dall'inverno.\n",
        f"22 February 2017\n\n{TOLD}\n\n{TOLD}\n",
    ],
)
def test_a_day_without_a_headline_and_without_another_sign_is_asked_about(text: str) -> None:
    found = read(text)
    assert found.date == ""
    assert asked(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"# Keepers ask for lamps\n\n4 March 2021\n\n{TOLD}\n\n{TOLD}\n", "a.md"),
        (f"Press release\n\n4 March 2021\n\n{TOLD}\n\n{TOLD}\n", "a.txt"),
        (f"4 March 2021\n\nDear keepers,\n\n{TOLD}\n\n{TOLD}\n", "a.txt"),
        (f"Published: 4 March 2021\n\n{TOLD}\n\n{TOLD}\n", "a.txt"),
    ],
)
def test_a_second_sign_makes_a_line_with_a_day_sure(text: str, name: str) -> None:
    assert read(text, name).date == "2021-03-04"


def test_a_day_behind_that_on_which_a_message_was_sent_is_asked_about() -> None:
    head = "From: Ada Quill <ada@lamps.example>\nDate: Mon, 1 Mar 2021 10:00:00 +0000\nSubject: Keepers ask for lamps\nContent-Type: text/plain; charset=utf-8\n\n"
    later = read(f"{head}Keepers ask for lamps\n\n4 March 2021\n\n{TOLD}\n", "a.eml")
    assert later.date == ""
    assert "4 March 2021" in asked(later)
    assert "1 Mar 2021" in asked(later)


def front_matter(body: str, title: str = "Lamps and their oil") -> str:
    return f"---\ntitle: {title}\ndate: 2021-03-04\n---\n\n{body}\n"


@pytest.mark.parametrize(
    "text",
    [
        front_matter(f"Aim: lamps\n\nPlace: Keld\n\nHour: 14.00 s.d 16.00\n\n{TOLD}"),
        front_matter(f"Aim: lamps\n\nPlace: Keld\n\nAddress: Quay 4\n\nThere: Ada Quill\n\n{TOLD}"),
        front_matter(TOLD, "Minutes of the Lamp Council"),
    ],
)
def test_front_matter_of_a_meeting_states_the_day_of_the_meeting(text: str) -> None:
    found = read(text, "a.md")
    assert found.date == ""
    assert "2021-03-04" in asked(found)


@pytest.mark.parametrize("key", ["dateEnd: 2021-03-04", "date_start: 2021-03-04", "attendees:\n  - Ada Quill"])
def test_front_matter_with_the_keys_of_something_that_takes_place_is_asked_about(key: str) -> None:
    found = read(f"---\ntitle: Lamps and their oil\ndate: 2021-03-04\n{key}\n---\n\n{TOLD}\n\n{TOLD}\n", "a.md")
    assert found.date == ""
    assert "2021-03-04" in asked(found)


def test_front_matter_of_a_text_states_its_day() -> None:
    assert read(front_matter(f"{TOLD}\n\n{TOLD}"), "a.md").date == "2021-03-04"


def test_a_program_that_wrote_the_minute_outweighs_what_the_text_says_of_the_day() -> None:
    text = (
        "# Keepers ask for lamps\n\n{day}\n\n"
        + f"{TOLD}\n\nOn 4 March 2021 at 19:30 the keepers will meet at the Lamp Hall in Keld, and whoever wants to hear of the oil may come there.\n"
    )
    assert read(text.format(day="4 March 2021 17:43"), "a.md").date == "2021-03-04"
    assert read(text.format(day="4 March 2021"), "a.md").date == ""
