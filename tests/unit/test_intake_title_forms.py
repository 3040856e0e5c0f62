"""A title is asserted by a form of evidence that is named, and a line below it is a sub-title only where nothing else explains it."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.intake import record
from onrecord.intake.document import Block, Document, Layout, Record, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.layout.structure import layout
from onrecord.intake.layout.title_forms import ASSERTED, TitleForm
from onrecord.model import Vocabularies

EXAMINATION = Path(__file__).resolve().parents[1] / "intake"
TERMS = terms(Vocabularies())
FIRST = "The lock keepers of the Orle canal stopped work on Monday after two of them were dismissed without a hearing, their union said."
SECOND = (
    "“We will open the locks again when both are back,” said Mira Dorn, who has worked on the canal for thirty years."
)
TEXT = f"{FIRST}\n\n{SECOND}\n"


def read(text: str, name: str = "a.md") -> Record:
    return record.of(name, text.encode(), TERMS)[0]


def page(body: str, title: str = "Lock keepers stop work on the Orle") -> Record:
    head = f"<html lang='en'><head><title>{title}</title></head><body><main>"
    return read(f"{head}<h1>{title}</h1>{body}<p>{FIRST}</p><p>{SECOND}</p></main></body></html>", "a.html")


def taken(form: str, *above: Block, text: str = FIRST) -> Layout:
    return layout(Document(form, (*above, paragraph(text), paragraph(SECOND))), TERMS, "en")


def heading(text: str, level: int = 1) -> Block:
    return Block("heading", (TextRun(text),), level)


def why(drafted: Record | Layout, field: str = "title") -> str:
    return dict(drafted.claims)[field].why


def question(drafted: Record) -> str:
    assert drafted.title == ""
    return next(each.evidence for each in drafted.review if each.field == "title")


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        (f"---\ntitle: Lock keepers stop work\n---\n\n{TEXT}", "a.md", TitleForm.FRONT_MATTER),
        (f"Title: Lock keepers stop work\n\n{TEXT}", "a.txt", TitleForm.LABEL),
        (f"# Lock keepers stop work\n\n{TEXT}", "a.md", TitleForm.HEADING),
        (f"Lock keepers stop work on the canal\n\n4 June 2006\n\n{TEXT}", "a.txt", TitleForm.OVER_DAY),
        (f"PRESS RELEASE\n\nLock keepers stop work on the canal\n\n{TEXT}", "a.txt", TitleForm.UNDER_KIND),
        (f"Lock keepers stop work on the canal\n\n{TEXT}", "a.txt", TitleForm.FIRST_LINE),
    ],
)
def test_a_title_says_by_which_form_it_is_asserted(text: str, name: str, form: str) -> None:
    drafted = read(text, name)
    assert drafted.title.startswith("Lock keepers stop work")
    assert why(drafted) == form


def test_a_title_that_a_page_states_and_shows_says_so() -> None:
    assert why(page("")) == TitleForm.TITLE_AND_HEADING


# ---- plain titles ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note", ["* The annex is sent out as it was written.", "     * The annex is sent out as it was written."]
)
def test_lines_that_end_with_the_mark_of_a_note_below_are_the_headline(note: str) -> None:
    head = "Council of the Orle\nForty-third session\nAgenda item 6\nReview of the locks\n\n\n     Report of the Working Group on the Canal and its\n     Keepers*\n\n     Norland\n\n     Addendum\n\n"
    drafted = read(f"{head}{FIRST}\n\n{note}\n\n{SECOND}\n", "a.txt")
    assert drafted.title == "Report of the Working Group on the Canal and its Keepers"
    assert why(drafted) == TitleForm.NOTED


def test_a_mark_behind_a_figure_is_the_figure_s() -> None:
    head = "Counting of the locks: state of the work\n\nKeepers counted on all canals up to Monday: 1,250*\n\n"
    drafted = read(f"{head}* Those of the harbour among them.\n\n{TEXT}", "a.txt")
    assert drafted.title in ("", "Counting of the locks: state of the work")


@pytest.mark.parametrize("form", ["word", "opendocument", "epub", "rtf"])
def test_the_only_heading_of_a_text_processor_s_file_is_its_title_whatever_the_text_says(form: str) -> None:
    drafted = taken(form, heading("Thanks to all !"))
    assert (drafted.title, why(drafted)) == ("Thanks to all !", TitleForm.STYLED_FIRST)


def test_the_first_of_two_headings_that_begins_the_second_is_no_rival() -> None:
    assert taken("word", heading("Statement"), heading("Statement of the keepers of the Orle locks")).title == (
        "Statement of the keepers of the Orle locks"
    )


def test_the_name_of_a_meeting_stays_in_the_heading_of_a_written_file() -> None:
    title = "Buying boats that the lock keepers can repair - Town council of 29 April 2024"
    assert taken("word", heading(title)).title == title


def test_the_first_sentence_of_a_printed_page_is_no_headline_however_large() -> None:
    drafted = taken(
        "pdf", heading("The Orle Locks", 2), heading("The Orle Locks is a work of 2016"), text=f"Keeping {FIRST}"
    )
    assert drafted.title == ""


def test_a_heading_with_a_day_above_another_of_its_rank_is_asked() -> None:
    first = "# Paper on the keepers in the sitting of 26 January 2023"
    drafted = read(f"{first}\n\n# The lock keepers stand for work without dismissals.\n\n{TEXT}")
    assert "The lock keepers stand for work without dismissals." in question(drafted)


def test_the_name_of_a_talk_is_a_title_with_a_minister_in_it_and_in_another_script_than_the_text() -> None:
    title = "Speech by Ms Ada Tan, Minister for Canals, at the Opening of the 13th Congress of Keepers"
    drafted = read(
        f"# {title}\n\n我很高兴今天能出席第十三届运河管理员大会的开幕典礼，这个大会已经举行了四十年，每次都有很多管理员来参加。\n\n我们希望每个管理员都能回来工作。\n"
    )
    assert drafted.title == title


def test_a_heading_with_an_office_in_it_is_a_title_where_the_text_speaks_of_it() -> None:
    title = "Police Officer and Man Charged for Dismissed Keepers and Obstruction of Justice"
    text = "A police officer and a man were charged on Monday for dismissed keepers and for the obstruction of justice on the locks, the court said."
    drafted = read(f"# {title}\n\n{text}\n\n{SECOND}\n")
    assert (drafted.title, why(drafted)) == (title, TitleForm.SOLE_HEADING)


def test_the_first_line_of_a_markdown_text_without_headings_is_its_title_where_the_text_speaks_of_it() -> None:
    title = "\\[보도자료\\] 오를레 운하의 수문 관리인 파업 기록집 발간"
    text = "오를레 운하의 수문 관리인들은 지난 월요일에 두 명이 해고된 뒤 파업을 시작했고, 그 파업의 기록집을 오늘 발간했습니다. 관리인들은 두 사람이 돌아올 때까지 수문을 열지 않겠다고 말했습니다."
    assert read(f"{title}\n\n{text}\n\n{text}\n").title == "[보도자료] 오를레 운하의 수문 관리인 파업 기록집 발간"
    assert "(it is not marked as a heading)" in question(read(f"Yesterday nobody came to see anything\n\n{TEXT}"))


def test_a_title_may_be_the_name_of_a_file() -> None:
    assert read(f"# 6.18_statement_lock keepers stop work\n\n{TEXT}").title == "6.18_statement_lock keepers stop work"


# ---- sub-titles ------------------------------------------------------------------------------------------------------------------


def test_a_sub_title_says_where_it_stands() -> None:
    drafted = page("<h2>Two of them were sent home without a hearing</h2>")
    assert drafted.subtitle == "Two of them were sent home without a hearing"
    assert why(drafted, "subtitle") == "is under the headline"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<h2>Keepers of the Orle locks stop their work</h2>", "the headline in other words"),
        ("<p>The keeper Jan Holt on the lock, 27 October 2012 (Photo Ada Marr)</p>", "caption of a picture"),
        ("<p>The lock keepers on Monday at the gates. Photo: Ada Marr/Keld News</p>", "caption of a picture"),
        (
            "<p>hearings on the work of the keepers began on Monday in the town hall of Keld</p>",
            "is between headline and text",
        ),
        ("<h1>Norland AffairsWork: keepers of the canal go home</h1>", "heading whose lines were joined"),
        ("<p>Part A – Details of what the keepers ask the town council for</p>", "is between headline and text"),
        (
            "<h2>Laws and rules of the canal (and of its keepers)</h2><ul><li>Law of 1998</li></ul>",
            "is between headline and text",
        ),
        ("<p>Jan Holt enters the lock</p>", "is between headline and text"),
    ],
)
def test_a_line_that_something_else_explains_is_no_sub_title(line: str, reason: str) -> None:
    drafted = page(line)
    assert drafted.subtitle == ""
    assert reason in {decision.reason for decision in drafted.decisions}


def test_a_label_in_bold_capitals_is_parted_from_the_sub_title() -> None:
    drafted = page("<p><strong>CANALS</strong> Two of them were sent home without a hearing by the society</p>")
    assert drafted.subtitle == "Two of them were sent home without a hearing by the society"


def test_the_heading_of_a_part_with_its_author_is_no_sub_title() -> None:
    parts = "<h2>Shares of the town in the mill of the keepers, by Ada Marr</h2>"
    body = f"<p>{FIRST}</p><h2>Bread for the schools, by Jan Holt</h2><p>{SECOND}</p>"
    drafted = read(
        f"<html><head><title>Council of the Orle canal in June</title></head><body><main><h1>Council of the Orle canal in June</h1>{parts}{body}</main></body></html>",
        "a.html",
    )
    assert drafted.subtitle == ""
    assert "## Shares of the town" in drafted.body


def test_links_between_sub_title_and_text_are_left_out() -> None:
    link = "<p><a href='/other'>The canal counts its other boats again</a></p>"
    drafted = page(f"<h2>Two of them were sent home without a hearing</h2><p>Related</p>{link}")
    assert "other boats" not in drafted.body
    assert "The canal counts its other boats again" in {left.text for left in drafted.left_out}


def test_a_heading_that_begins_with_the_sub_title_of_the_front_matter_is_the_longer_sub_title() -> None:
    drafted = read(
        f"---\ntitle: Lock keepers stop work\nsubtitle: Two of them were sent home\n---\n\n## Two of them were sent home without a hearing\n\n{TEXT}"
    )
    assert drafted.subtitle == "Two of them were sent home without a hearing"
    assert drafted.body.startswith("The lock keepers")


def test_a_line_that_went_to_the_text_takes_its_next_line_with_it() -> None:
    head = "Lock keepers stop work on the canal*\n\nWhat the society counted of the\nlamps on the Orle\n\n"
    drafted = read(f"{head}{FIRST}\n\n* Sent out as it was written.\n\n{SECOND}\n", "a.txt")
    assert drafted.title == "Lock keepers stop work on the canal"
    assert "lamps on the Orle" not in {left.text for left in drafted.left_out}


# ---- titles of pages and messages ------------------------------------------------------------------------------------------------


def test_a_place_that_no_title_was_put_into_is_asked() -> None:
    assert page("", title="{{ post.metadata.title }}").title == ""


def test_a_heading_of_two_words_that_a_longer_title_begins_with_is_asked() -> None:
    body = f"<main><h1>Keld Browser</h1><p>{FIRST}</p><p>{SECOND}</p></main>"
    drafted = read(
        f"<html><head><title>Keld Browser 3.0.4 Release Notes</title></head><body>{body}</body></html>", "a.html"
    )
    assert drafted.title == ""


def test_a_heading_is_whole_where_the_title_of_its_page_goes_on_behind_it() -> None:
    body = f"<main><h1>LOCK KEEPERS MARCH - News of the day</h1><p>LOCK KEEPERS MARCH</p><p>{FIRST}</p><p>{SECOND}</p></main>"
    drafted = read(
        f"<html><head><title>LOCK KEEPERS MARCH - News of the day · Keld</title></head><body>{body}</body></html>",
        "a.html",
    )
    assert drafted.title == "LOCK KEEPERS MARCH - News of the day"


def test_a_star_at_a_line_of_a_page_is_no_mark_above_its_headline() -> None:
    drafted = page("<p>WHY NOT OPEN THE LOCKS AGAIN – A PLAN IS GIVEN**</p><ul><li>A plan for the locks</li></ul>")
    assert drafted.title == "Lock keepers stop work on the Orle"


def test_brackets_before_a_dash_stay_in_the_subject() -> None:
    message = f"From: Ada Marr <ada@keld.example>\nTo: jan@keld.example\nSubject: [Two days left] - Free boats for keepers\n\n{TEXT}"
    assert read(message, "a.eml").title == "[Two days left] - Free boats for keepers"


def test_a_soft_hyphen_between_figures_is_a_hyphen() -> None:
    assert "2011-2014" in read(f"# Lock keepers stop work\n\nFrom 2011\u00ad2014, {FIRST}\n\n{SECOND}").body


@pytest.mark.parametrize(
    ("large", "doubt"),
    [
        ("Return of the Lock Keepers Who Stopped Work ABC No. 15-007", "a reference is in it"),
        ("LOCK KEEPERS NEWS A letter on the work that the keepers stopped", "other lines are joined to it"),
    ],
)
def test_a_large_line_that_other_words_were_joined_to_is_asked(large: str, doubt: str) -> None:
    drafted = taken("pdf", heading(large))
    assert drafted.title == ""
    assert any(decision.reason.endswith(doubt) for decision in drafted.decisions)


def test_a_large_line_that_goes_on_in_the_line_below_is_asked() -> None:
    assert (
        taken(
            "pdf", heading("BY-LAWS OF THE KEEPERS AND DISMISSED CREWS"), paragraph("OF"), paragraph("THE ORLE LOCKS")
        ).title
        == ""
    )


def test_the_last_day_of_a_period_stays_in_the_headline() -> None:
    title = "REPORT OF THE UNION OF LOCK KEEPERS FOR THE YEAR ENDED 31 MARCH 2022"
    assert taken("pdf", heading(title), text=f"In the report of the union for that year, {FIRST}").title == title


def test_a_label_that_stands_again_below_names_a_part() -> None:
    parts = "\n\n".join(f"Subject: Part {number} of the letters\n\n{FIRST}" for number in range(1, 4))
    assert "its label appears again below" in question(read(f"Letters of the canal\n\n{parts}\n", "a.txt"))


def test_a_large_line_above_the_kind_of_a_printed_release_is_asked() -> None:
    drafted = taken(
        "pdf",
        heading("Town of Keld with the Lock Keepers of the Orle"),
        paragraph("PRESS RELEASE"),
        paragraph("4 June 2006"),
    )
    assert drafted.title == ""
    assert any(
        decision.reason.endswith("its kind is below it, as below a letterhead") for decision in drafted.decisions
    )


def test_a_headline_that_begins_like_a_button_is_not_passed_over() -> None:
    text = (
        f"Share Their Boats Offers Lock Keepers a Place\nNew Locks for Keepers Who Stopped Work on the Canal\n\n{TEXT}"
    )
    assert "(another line is as likely)" in question(read(text, "a.txt"))


def titled(title: str, above: str) -> Record:
    head = f"<html lang='en'><head><title>{title}</title></head><body><main>"
    return read(f"{head}{above}<p>{FIRST}</p><p>{SECOND}</p></main></body></html>", "a.html")


def test_a_heading_that_the_pages_own_title_has_in_it_is_a_title() -> None:
    drafted = titled("Keld: Lock keepers stop work on the canal", "<h2>Lock keepers stop work on the canal</h2>")
    assert (drafted.title, why(drafted)) == ("Lock keepers stop work on the canal", TitleForm.HEADING_IN_TITLE)


def test_the_only_heading_of_the_first_rank_is_a_title_whatever_the_page_calls_itself() -> None:
    drafted = titled("Canal keepers end their work", "<h1>Lock keepers stop their work on the canal</h1>")
    assert (drafted.title, why(drafted)) == ("Lock keepers stop their work on the canal", TitleForm.FIRST_RANK)


def test_a_heading_of_a_lower_rank_on_a_page_of_another_title_is_asked_about() -> None:
    """The first hit of a search, on a page that is called after what was searched."""
    drafted = titled("Canal keepers - Search", "<h2>History of lock keepers on the canal</h2>")
    assert drafted.title == ""
    assert TitleForm.OTHER_HEADING in question(drafted)


def test_the_name_of_a_diary_before_a_colon_is_no_title() -> None:
    """“Orle: a diary of canals: Lock keepers stop work”, of which both parts are headings."""
    headline = "Lock keepers of the Orle canal stop work"
    above = f"<h1>Orle: a diary of canals</h1><h3>{headline}</h3>"
    assert titled(f"Orle: a diary of canals: {headline}", above).title != "Orle: a diary of canals"


def test_the_first_of_numbered_parts_is_no_title() -> None:
    drafted = taken("epub", heading("Chapter 1: The lock keepers of the canal"), text=f"{FIRST} {SECOND} " * 4)
    assert drafted.title
    blocks = (heading("Chapter 1: The lock keepers of the canal"), paragraph(FIRST), paragraph(SECOND))
    parts = Document("epub", (*blocks, heading("Chapter 2: The union of the keepers"), paragraph(SECOND)))
    assert layout(parts, TERMS, "en").title == ""


def test_a_line_of_a_few_words_that_nothing_marks_is_asked_about() -> None:
    """A by-line between the address of a page that was printed and its text."""
    lines = ("Published on the Keld Attic", "Home > No one right way to open a lock", "|:", "Mira Dorn [1]")
    assert taken("pdf", *map(paragraph, lines)).title == ""


def test_a_heading_that_goes_on_from_one_as_large_is_asked_about() -> None:
    blocks = (heading("KELD LOCK KEEPERS UNION QUESTIONS"), heading("AND ANSWERS OF THE UNION ON THE LOCKS"))
    assert taken("pdf", *blocks).title != "AND ANSWERS OF THE UNION ON THE LOCKS"


def test_the_name_of_a_site_that_two_places_state_is_no_title() -> None:
    name = "The lock keepers of the Orle"
    head = f"<title>{name}</title><meta property='og:title' content='{name}'><meta property='og:site_name' content='{name}'>"
    source = f"<html lang='en'><head>{head}</head><body><main><p>{FIRST}</p><p>{SECOND}</p></main></body></html>"
    assert read(source, "a.html").title == ""


# ---- the ratchet -----------------------------------------------------------------------------------------------------------------


def test_every_form_that_asserts_a_title_was_measured_and_is_right_in_99_of_100() -> None:
    measured = tomllib.loads((EXAMINATION / "title_forms.toml").read_text(encoding="utf-8"))["form"]
    assert {form.value for form in ASSERTED} == measured.keys()
    assert [
        form for form, read in measured.items() if read["false"] > max(1, (read["right"] + read["false"]) // 100)
    ] == []


# ---- lines that are no headline --------------------------------------------------------------------------------------------------

ENTRY = "Lock keepers stop work on the canal"


@pytest.mark.parametrize(
    "head",
    [
        f"{ENTRY}\n\n........................ 1",
        f"Table of contents\n\n{ENTRY} 1\n\nTwo lock keepers dismissed 3",
    ],
)
def test_an_entry_of_a_table_of_contents_is_no_title(head: str) -> None:
    assert read(f"{head}\n\n{TEXT}", "a.txt").title == ""


def test_a_heading_above_leaders_is_no_title() -> None:
    assert taken("pdf", heading(ENTRY), paragraph("・・・・・・・・・・・・・・ｐ.１")).title == ""


def test_a_heading_is_no_title_where_another_line_is_the_title_of_the_page() -> None:
    head = "<html lang='en'><head><title>The Orle canal: Locked out</title><meta property='og:title' content='Locked out'></head>"
    lines = "<h2>The Orle canal</h2><div>Locked out</div><h1>Can two keepers be locked out?</h1>"
    drafted = read(f"{head}<body><main>{lines}<p>{FIRST}</p><p>{SECOND}</p></main></body></html>", "a.html")
    assert drafted.title == "Locked out"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lock keepers stop work on the Orle canal", "Lock keepers stop work on the Orle canal"),
        ("Lock keepers stop work on the canal - Orle Times Online - News - Canals", ""),
        ("Éclusiers licenciés : grève générale annoncée", ""),
    ],
)
def test_a_title_beside_the_text_is_asserted_without_a_site_and_in_the_words_of_the_text(
    title: str, expected: str
) -> None:
    head = f"<html lang='en'><head><title>{title}</title><meta property='og:title' content='{title}'></head>"
    drafted = read(f"{head}<body><main><p>{FIRST}</p><p>{SECOND}</p></main></body></html>", "a.html")
    assert drafted.title == expected


def test_the_name_of_an_office_above_its_address_is_no_title() -> None:
    head = "Department of canals and keepers\n\nKeepers' Office\n\nLock Street 10 - Tel. 0555/772680 - Fax 0555/326211"
    assert read(f"{head}\n\n{TEXT}", "a.txt").title == ""
    assert read(f"Department of canals and keepers\n\n{TEXT}", "a.txt").title != ""


# ---- headings that are those of a site or of a part ------------------------------------------------------------------------------


def test_a_heading_is_asked_about_where_the_pages_own_title_goes_on_with_another() -> None:
    """A diary has its name as the first heading of every page, and the headline as the second."""
    headline = "Lock keepers stop work on the Orle canal"
    head = f"<html lang='en'><head><title>Notes from the quay - {headline}</title></head><body>"
    body = f"<h1>Notes from the quay</h1><h2>{headline}</h2><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert read(head + body, "a.html").title in ("", headline)


def test_a_part_of_a_site_behind_the_headline_is_no_title() -> None:
    head = "<html lang='en'><head><title>Lock keepers stop work at both ends of the Orle canal | Canal News</title></head><body>"
    body = f"<p>Canal News</p><p>Lock keepers stop work at the Orle</p><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert read(head + body, "a.html").title != "Canal News"


def test_the_first_of_several_texts_with_their_headlines_again_is_no_title() -> None:
    texts = [
        f"## {name} of the Orle stop work\n\n**{name} of the Orle stop work**\n\n{name} were dismissed without a hearing, their union said on Monday.\n"
        for name in ("Keepers", "Ferrymen", "Pilots")
    ]
    drafted = read("Contents of this issue\n\nKeepers of the Orle stop work\n\n" + "\n".join(texts))
    assert question(drafted)


def test_a_heading_of_the_second_level_with_others_below_it_heads_a_part() -> None:
    text = f"## Why the keepers stopped work\n\n{FIRST} The keepers stopped work.\n\n## What comes next\n\n{SECOND}\n"
    assert "other headings of its rank" in question(read(text))
    assert read(text.replace("## What", "### What")).title == "Why the keepers stopped work"


# ---- what stands around a line that nothing marks --------------------------------------------------------------------------------

WRAPPED = (
    "The lock keepers of the Orle canal stopped work on Monday after two of\nthem were dismissed without a hearing, their union said in a letter to\n"
    "the Deflection Centre of the canal, which opened a year ago and has no\nkeepers of its own. The opening of the centre was paid by the county.\n"
)


@pytest.mark.parametrize("below", ["Deflection Centre", "Charge Connected to March 2025 Strike"])
def test_a_line_below_that_was_taken_for_something_else_may_be_the_headlines_second(below: str) -> None:
    head = f"4 June 2025\n\nUnion of Lock Keepers\n\nLock Keepers Announce the Opening of the Orle Canal\n{below}\n\n"
    assert read(head + WRAPPED, "a.txt").title != "Lock Keepers Announce the Opening of the Orle Canal"


def test_a_headline_that_opens_a_file_is_not_passed_over_for_the_line_below_its_day() -> None:
    text = f"Lock strike\n\n4 June 2006\n\nTwo lock keepers were dismissed and the others stopped work\n\n{TEXT}"
    assert read(text, "a.txt").title in ("", "Lock strike")


def test_a_sentence_is_none_the_less_one_for_the_brackets_behind_it() -> None:
    assert question(
        read(f"This letter tells how the lock keepers of the canal stopped work. (see the first)\n\n{TEXT}", "a.txt")
    )


def test_bold_words_that_stand_again_in_the_text_head_a_part() -> None:
    item = "**Lock keepers of the Orle canal stop work**"
    text = f"{item}\n\n{FIRST}\n\n### Workers\n\n{item}\n\n{SECOND}\n\n### Press\n\nNothing was printed about the keepers this week.\n"
    assert question(read(text))


def test_a_labelled_title_that_breaks_off_is_asked_about() -> None:
    text = f"Re: Lock keepers of the Orle/ Case 12\nUnder the leadership of the union of the lock keepers, and in\n{FIRST}\n{SECOND}\n"
    assert not read(text, "a.txt").title.endswith("and in")


def test_a_notice_of_one_word_without_a_mark_belongs_to_the_headline() -> None:
    name = "Public Meetings on the Orle Locks Open to All Keepers"
    drafted = read(f"{name} - Canal News\n\nHome\n\n{name}\n\n{TEXT}", "a.txt")
    assert drafted.title in ("", name)


def test_a_name_in_a_headlines_phrase_is_not_cut_off_as_the_publishers() -> None:
    text = f"Lantern\n\nHow the keepers changed the locks of Lantern\n\n4 June 2006\n\n{FIRST} Lantern said so.\n\n{SECOND}\n"
    assert read(text, "a.txt").title in ("", "How the keepers changed the locks of Lantern")


def test_of_two_titles_that_a_page_states_and_shows_the_one_that_more_places_state() -> None:
    """A headline, and the line over it, which only the data for programs call the headline."""
    kicker, headline = "Locks shut, boats wait: who pays for the strike?", "Lock keepers stop work on the Orle canal"
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{kicker}"}}</script>'
    metas = f"<meta property='og:title' content='{headline}'><meta name='twitter:title' content='{headline}'>"
    lines = f"<div><span>{headline}</span></div><div><p>{kicker}</p></div>"
    html = f"<html lang='en'><head><title>{headline}</title>{metas}{data}</head><body><main>{lines}<p>{FIRST}</p><p>{SECOND}</p></main></body></html>"
    assert read(html, "a.html").title in ("", headline)


def test_the_name_of_a_series_in_print_over_the_headline_is_asked_about() -> None:
    lines = ("Lock Keepers of the Orle Canal and Its Work", "Special Issue", "Two Keepers Dismissed Without a Hearing")
    made = taken("pdf", *(replace(heading(text, level), close=level > 1) for level, text in enumerate(lines, 1)))
    assert made.title == ""


def test_a_headline_in_print_does_not_go_on_in_a_line_of_another_type() -> None:
    made = taken(
        "pdf",
        heading("Lock keepers of the Orle canal stop work", 1),
        replace(heading("Union says that two of them were dismissed", 2), close=True),
    )
    assert made.title == "Lock keepers of the Orle canal stop work"


def test_a_name_in_a_larger_type_that_the_text_has_as_a_name_is_asked_about() -> None:
    text = "The Orle Lock Keepers will meet on Monday, and two of them will speak of the dismissals, their union said."
    assert taken("pdf", heading("Orle Lock Keepers"), text=text).title == ""
    assert taken("pdf", heading("Orle Lock Keepers to speak of dismissals"), text=text).title


@pytest.mark.parametrize(
    ("stated", "heading", "title"),
    [
        ("News", "# Lamps of Port Ellery stay dark", ""),
        ("Harbour Watch", "# Lamps of Port Ellery stay dark", ""),
        ("News", "## Lamps of Port Ellery stay dark", "News"),
        ("Lamps stay dark", "# Lamps of Port Ellery stay dark", "Lamps stay dark"),
        ("Port Ellery is dark", "# Lamps go out in the whole of the town", "Port Ellery is dark"),
        ("Harbour Watch", "# Lamps again", "Harbour Watch"),
    ],
)
def test_few_words_of_front_matter_above_another_headline_may_be_the_name_of_a_site(
    stated: str, heading: str, title: str
) -> None:
    body = "The keepers have waited for oil since May, and nobody has said why.\n\nThe office has not answered.\n"
    made = record.of("a.md", f"---\ntitle: {stated}\n---\n{heading}\n\n{body}".encode(), terms(Vocabularies()))[0]
    assert made.title == title
    if not title:
        assert all(words in made.review[0].evidence for words in (stated, heading.strip("# ")))


def test_whoever_has_the_rights_is_no_title() -> None:
    """A page without a headline of its own in its title: its site's name stands above every page."""
    page = (
        "<html lang='en'><head><title>Archive · THE LANTERN</title></head><body><p>THE LANTERN</p><main><h1>Archive</h1>"
        f"<p>{FIRST}</p><p>{SECOND}</p></main><footer>© 2026 The Lantern</footer></body></html>"
    )
    assert read(page, "a.html").title != "THE LANTERN"


def test_whoever_wrote_a_text_is_no_part_of_its_headline() -> None:
    head = "Final assessment of the project on lamps\nDr. Ada Marn\n29 April 2023"
    assert "Marn" not in read(f"{head}\n\n{FIRST}\n\n{SECOND}\n", "a.txt").title
