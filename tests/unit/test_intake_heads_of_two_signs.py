"""A headline is asserted whole, a line below it as the sub-title only where it is no picture's and no text, and a day where two places
of the document agree on it."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
TITLE = "Venn opens three new locks in the harbour"
LEAD = (
    "The Venn company opened three new locks in the harbour of Orla, and said that boats can leave the town at night from now on. "
    "The locks had been closed for a year, and forty families had waited for them."
)


def read(text: str, name: str = "a.txt") -> Record:
    return record.of(name, text.encode(), TERMS)[0]


def asked(found: Record, field: str) -> str:
    return "; ".join(question.evidence for question in found.review if question.field == field)


@pytest.mark.parametrize("dash", ["-", "–", "|"])
def test_a_headline_is_not_cut_before_a_body_that_does_something(dash: str) -> None:
    line = f"Belästigung in der Bahn {dash} Polizei Orla bittet um Mithilfe"
    found = read(
        f"{line}\nEreignisort: Orla\n\nIn der Bahn nach Orla wurde am Samstag eine Frau von einem Mann belästigt. Die Polizei bittet um Mithilfe bei der Suche nach dem Mann, der am Bahnhof ausstieg.\n"
    )
    assert found.title in ("", line)
    assert found.title or line in asked(found, "title")


def test_the_name_of_a_site_behind_a_headline_is_parted_from_it_as_before() -> None:
    found = read(f"{TITLE} - Orla Harbour Authority\n\n{LEAD}\n")
    assert found.title == TITLE


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "Звернення Президента Орли Яна Веренка",
            "Дорогі наші люди! Сьогодні ми говоримо про мир і про те, що робить держава для кожного з вас. Президент зустрівся з послами і говорив про допомогу.",
        ),
        (
            "Address of President Jan Verek",
            "Dear people! Today we speak about peace and about what the state does for each of you. The President met the envoys and spoke about help.",
        ),
    ],
)
def test_the_word_for_a_talk_is_not_cut_from_a_headline_that_says_whose_it_is(line: str, text: str) -> None:
    found = read(f"{line}\n\n{text}\n")
    assert found.title in ("", line)
    assert found.title or line in asked(found, "title")


@pytest.mark.parametrize(
    "line",
    [
        "Company officials, guests and invitees at the gala of the tenth year",
        "Ada Marr, far left, with the crew of the lightship and the harbour master",
        "The company opened three new locks, and the boats lie there. Forty families came to see them",
        "Two new basins will be dug in the coming year.",
        # As the text has it, whole.
        "The locks had been closed for a year, and forty families had waited for them",
    ],
)
def test_a_caption_and_a_sentence_of_the_text_are_no_subtitle(line: str) -> None:
    found = read(f"{TITLE}\n\n{line}\n\n{LEAD}\n")
    assert (found.title, found.subtitle) == (TITLE, "")
    assert line in found.body or line in asked(found, "body")


def test_a_line_that_says_what_is_done_is_the_subtitle() -> None:
    found = read(f"{TITLE}\n\nNew basin aims to give work to the families of the town\n\n{LEAD}\n")
    assert found.subtitle == "New basin aims to give work to the families of the town"


@pytest.mark.parametrize(
    ("name", "written", "date"),
    [
        ("2034-05-11-venn-opens-locks.txt", "Thursday, May 11", "2034-05-11"),
        ("news/article-20340511-venn.txt", "May 11", "2034-05-11"),
        # Another day, several days, no day.
        ("2034-05-12-venn-opens-locks.txt", "May 11", "XXXX-05-11"),
        ("2034-05-11-to-2034-05-12.txt", "May 11", "XXXX-05-11"),
        ("venn-opens-locks.txt", "May 11", "XXXX-05-11"),
        # No Thursday in that year.
        ("2031-05-11-venn-opens-locks.txt", "Thursday, May 11", "XXXX-05-11"),
    ],
)
def test_the_name_of_the_file_gives_the_year_of_a_day_that_it_has_too(name: str, written: str, date: str) -> None:
    found = read(f"{TITLE}\n\nVenn opened three new locks in the harbour today, {written}, as it said. {LEAD}\n", name)
    assert (found.date, found.date_as_written) == (date, written)
    assert bool(asked(found, "date")) == date.startswith("X")


@pytest.mark.parametrize(
    "front",
    ["", '---\ntitle: "{title}"\nauthor: Ada Marr\n---\n\n'],
)
@pytest.mark.parametrize(
    "title", ["Notes from the Venn harbour call - 3 December 2030", "Venn call notes - 3 December 2030"]
)
def test_the_day_in_the_headline_of_notes_is_that_of_the_meeting(front: str, title: str) -> None:
    found = read(f"{front.format(title=title)}# {title}\n\n{LEAD}\n", "a.md")
    assert found.date == ""
    assert "3 December 2030" in asked(found, "date")


def test_a_first_line_is_no_letterhead_because_the_next_line_begins_with_an_article() -> None:
    first, second = (
        "Ministros divergem sobre uso da prova",
        "A questão preliminar pede a exclusão dos depoimentos no caso",
    )
    found = read(
        f"{first}\n\n{second}\n\nNa discussão que abriu a sessão de ontem, os ministros divergiram sobre o uso da prova e sobre a exclusão dos depoimentos. A questão preliminar será votada na próxima semana.\n"
    )
    assert found.title in ("", first)
    assert found.title or first in asked(found, "title")


@pytest.mark.parametrize(
    "below",
    [
        # Another entry begins so, or a heading that is not the title stands right above it.
        "The town answered.\n\nOctober 13, 2031: The keepers answered the town.",
        "## A new plan\n\n",
    ],
)
def test_the_first_entry_of_a_chronicle_states_no_day_of_publication(below: str) -> None:
    headed = below.startswith("#")
    text = f"{below if headed else ''}October 6, 2031: {LEAD}\n\n{'' if headed else below}\n"
    found = read(f"# {TITLE}\n\n{text}", "a.md")
    assert found.date == ""
    assert "October 6, 2031" in asked(found, "date")


def test_a_day_and_a_colon_alone_under_the_title_are_its_dateline() -> None:
    assert read(f"# {TITLE}\n\nOctober 6, 2031: {LEAD}\n", "a.md").date == "2031-10-06"


def test_a_headline_in_bold_with_a_day_and_a_colon_is_no_dateline() -> None:
    front = '---\ntitle: "Review of the strike 11.04."\n---\n\n'
    found = read(f"{front}**Review of the strike of 11 April in Orla: “We stay loud”**\n\n{LEAD}\n", "a.md")
    assert (found.date, found.dateline) == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        "**[Other news of Venn in our blog](https://venn.example/blog)**",
        "[More of what Venn does here](https://venn.example)",
    ],
)
def test_a_line_that_is_only_a_link_is_no_subtitle(line: str) -> None:
    assert read(f"# {TITLE}\n\n{line}\n\n{LEAD}\n", "a.md").subtitle == ""


def test_an_author_and_a_paper_parted_by_a_long_stroke_are_no_subtitle() -> None:
    first = "قالت شركة أورلا في بيان يوم الاثنين إن الأقفال الثلاثة الجديدة في الميناء تفتح ليلا، وإن القوارب يمكنها أن تغادر المدينة في كل ساعة."
    found = read(f"شركة أورلا تفتح ثلاثة أقفال جديدة في الميناء\n\nسلوى أورل \u0640 فينا اليوم\n\n{first}\n")
    assert found.subtitle == ""


@pytest.mark.parametrize(
    ("line", "greeting"),
    [
        ("Briefing of Ada Venn and Jan Orel on what is done in Orla", "Citizens of our country."),
        ("Speech by President Ada Venn in the parliament of Keld", "Dear Mr Speaker,"),
        ("Промова Президента Яна Веренка в парламенті Орли", "Шановний пане Спікере!"),
    ],
)
def test_a_first_line_that_says_whose_the_talk_is_is_its_title(line: str, greeting: str) -> None:
    text = (
        "Today the gates are open, and the boats go out again. We thank all who help us, and ask them not to stop, for it is a good day."
        if line.isascii()
        else "Я дякую вам за те, що сьогодні ми говоримо про мир і про те, що робить держава для кожного з вас. Ми дякуємо всім, хто нам допомагає."
    )
    assert read(f"{line}\n\n{greeting}\n\n{text}\n").title == line


def test_the_name_of_an_office_before_a_greeting_is_no_title() -> None:
    assert read(f"Office of President Ada Venn in Keld\n\nDear friends,\n\n{LEAD}\n").title == ""


@pytest.mark.parametrize(
    "line",
    [
        "Visit of the Vice-Chairman of the Commission Xi Venn, 30 June - 1 July 2013",
        "The council looks back at the years 2009 - 2012",
    ],
)
def test_a_headline_is_not_cut_within_an_interval(line: str) -> None:
    found = read(
        f"{line}\n\nThe Vice-Chairman of the Commission, Xi Venn, looks back at the years in the council of Orla. During the visit, the Vice-Chairman will meet the keepers.\n"
    )
    assert found.title in ("", line)
    assert found.date == ""
    assert found.title or line in asked(found, "title")


@pytest.mark.parametrize("line", ["Hallo Nachbarn in Orla und Umgebung,", "Minister Ada Marr and her deputy Bat-"])
def test_a_greeting_and_half_a_word_are_no_subtitle(line: str) -> None:
    found = read(f"# {TITLE}\n\n{line}\n\n{LEAD}\n", "a.md")
    assert found.subtitle == ""
    assert line in found.body
