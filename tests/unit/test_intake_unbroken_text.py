"""What stands around a line above the first paragraph says that it is text: then it stays in the body, though it may be asked about."""

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies
from tests.unit.test_intake_page_parts import BODY, TEXT, TITLE, imported

TERMS = terms(Vocabularies())
RUNNING = (
    "The ferry to the outer islands stops in the winter, and the harbour office says that nobody was asked before it was decided. "
    "Those who live there have to take the long road over the pass, which is closed when snow lies on it for more than a day.\n"
)


def read(name: str, text: str) -> Record:
    (drafted,) = record.of(name, text.encode(), TERMS)
    assert not drafted.refused
    return drafted


def test_the_line_below_a_greeting_stays_in_the_text_and_is_asked_about() -> None:
    line = "I have read your letter about the ferry and its winter pause"
    drafted = read("letter.md", f"Dear Madam,\n\n{line}\n\n{RUNNING}")
    assert line in drafted.body
    assert line in next(question.evidence for question in drafted.review if question.field == "title")


def test_a_sentence_is_not_cut_in_its_middle() -> None:
    first, second = "The crews of the outer islands were never", "asked about it, and they say so"
    drafted = read("notice.md", f"{first}\n\n{second}\n\n{RUNNING}")
    assert first not in drafted.body or second in drafted.body
    drafted = read(
        "notice.md", f"A quiet winter\n\n{first}\n\n{second} to whoever asks them about the ferry today.\n\n{RUNNING}"
    )
    assert first in drafted.body


def test_a_list_keeps_its_first_item() -> None:
    drafted = read(
        "list.md",
        f"- Lamps on the pier\n- Ropes for the crews of the outer islands, who have asked for them since May.\n\n{RUNNING}",
    )
    assert "Lamps on the pier" in drafted.body
    assert "Ropes for the crews" in drafted.body


def test_text_under_a_heading_stays_with_it() -> None:
    line = "Lamps of any size that are on the pier and burn at night for the crews"
    drafted = read("lamps.md", f"## About lamps\n\n### Lamps are:\n\n{line}\n\n### Lamps are not:\n\n{RUNNING}")
    assert line in drafted.body
    assert "Lamps are:" in drafted.body


@pytest.mark.parametrize("label", ["Region: Inner harbour", "Length: 3 km"])
def test_the_first_part_of_a_page_keeps_its_heading_and_its_facts(label: str) -> None:
    part = "".join(f"<p>{text}</p>" for text in TEXT)
    head = f"<h1>{TITLE}</h1><p>Whoever has an hour will find a walk along the water here.</p>"
    page = f"<main>{head}<h3>The old mole</h3><p>{label}</p>{part}<h3>The new mole</h3><p>{label}</p>{part}</main>"
    drafted = imported(page, f"<title>{TITLE}</title>")
    assert drafted.title == TITLE
    assert "The old mole" in drafted.body
    assert drafted.body.count(label) == 2


def test_a_line_of_the_day_below_a_first_sentence_is_still_one() -> None:
    head = f"<h1>{TITLE}</h1><p>Whoever has an hour will find a walk along the water here.</p><p>By Ada Marr</p><p>3 May 2013</p>"
    drafted = imported(f"<main>{head}{BODY}</main>", f"<title>{TITLE}</title>")
    assert "By Ada Marr" not in drafted.body
    assert "3 May 2013" not in drafted.body


def test_the_facts_of_a_meeting_stay_together() -> None:
    facts = ("Meets on: 8 November 2022, 11:00", "Bring along: warm coats, for the pier is cold in the winter")
    drafted = read("call.md", f"---\ntitle: The crews of the ferry meet\n---\n{facts[0]}\n\n{facts[1]}\n\n{RUNNING}")
    assert all(fact in drafted.body for fact in facts)


def test_a_list_keeps_its_first_item_with_a_day() -> None:
    drafted = read(
        "list.md",
        f"# The crews and their lamps\n\n- Asked on 3 May 2013 for lamps\n- Asked for ropes in the winter, which nobody gave.\n\n{RUNNING}",
    )
    assert "Asked on 3 May 2013 for lamps" in drafted.body
