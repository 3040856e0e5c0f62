"""A date is asserted only where the head of a document says that it is the release's."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from onrecord.intake import record
from onrecord.intake.document import Claim, Document, Evidence, Layout, LeftOut, Metadata, Record, paragraph
from onrecord.intake.evidence import publication_date
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.layout import place_and_date
from onrecord.model import Vocabularies

BODY = """

Marovia: Free the eleven teachers

The authorities in Marovia must either charge or immediately release eleven teachers who have been held without a lawyer since 9 January 2013, the Lantern Committee said.

Their families have had no word of them for more than two months.
"""


def read(head: str, body: str = BODY) -> Record:
    return record.of("a.txt", f"Lantern Committee\n{head}{body}".encode(), terms(Vocabularies()))[0]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("11 March 2013", "2013-03-11"),
        ("Port Selan, 11 March 2013", "2013-03-11"),
        ("Press release | 11 March 2013 | LC/2013/4", "2013-03-11"),
        ("For release Monday, March 11, 2013, 10:00 a.m. EST", "2013-03-11"),
        ("Posted: Mon, 11 Mar 2013 09:30:00 GMT by webmaster", "2013-03-11"),
        ("11 March 2013 (revised 15 March 2013)", "2013-03-11"),
        ("Published: 11 March 2013 | Updated: 15 March 2013", "2013-03-11"),
        ("25/03/2013", "2013-03-25"),
        ("March 2013", "2013-03"),
    ],
)
def test_a_date_at_the_head_is_the_releases(head: str, date: str) -> None:
    assert read(head).date == date


@pytest.mark.parametrize(
    "head",
    [
        "Press conference: 12 May 2013, 10 am",
        "Annual report 1 January 2012 - 31 December 2012",
        "Report covers January–June 2012",
        "Last updated: 3 May 2014",
        "© 2012 Lantern Committee",
        "3-5 May 2013",
        "Retrieved 4 June 2019",
        "Scanned 12.12.2019",
        "Deadline for signatures 30 April 2013",
        "In response to the decree of 5 March 2013",
        "On the anniversary of 8 March 1985",
        "Profile of Ana Bell, born 4 May 1960",
        "EMBARGOED FOR 12 March 2013",
        "Twenty-second session, 25 February - 22 March 2013",
        "11/03/13",
        "11/03/2013",
        "Tuesday, 11 March 2013",
        "10 March 2013\n12 March 2013",
    ],
)
def test_the_date_of_something_else_is_asked_about(head: str) -> None:
    result = read(head)
    assert result.date == ""
    (ask,) = [ask for ask in result.review if ask.field == "date"]
    assert ask.evidence, "the lines at the head speak for an answer"


def test_the_day_of_printing_is_no_date() -> None:
    assert read("Printed on 3 July 2015").date == ""


def test_a_date_in_the_headline_is_no_date_of_publication() -> None:
    result = read("", BODY.replace("Free the eleven teachers", "Statement on the killings of 8 March 2013"))
    assert result.date == ""


def test_a_date_in_the_text_counts_only_as_today() -> None:
    assert read("", BODY.replace("said.", "said today (11 March).")).date == "XXXX-03-11"
    assert read("", BODY.replace("said.", "said today (11 March 2013).")).date == "2013-03-11"
    assert read("", BODY.replace("said.", "said in a report of 11 March 2013.")).date == ""


def test_telephone_numbers_and_addresses_of_contacts_enter_no_field() -> None:
    foot = "\nENDS\n\nNotes to editors\nThe Committee was founded in 1998.\nFor interviews: Ann Ward, +44 20 7946 0000, ann@lantern.example\n\nContact\nAnn Ward\nTel: 020 7946 0000\n"
    result = read("11 March 2013", BODY + foot)
    assert result.notes == "The Committee was founded in 1998."
    everything = repr(replace(result, left_out=(), decisions=(), claims=()))
    assert "7946" not in everything
    assert "lantern.example" not in everything


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We use cookies to improve your experience on this website.\n\nBy continuing you consent to our use of cookies and similar technologies on it.\n",
        "Search results for “teachers”\n\n23 results found\n\n1. The authorities in Marovia must release the teachers, a committee said in a statement that day.\n",
        "Page not found\n\nThe page you are looking for could not be found. It may have been moved or deleted since you last came.\n",
        "Home | News | About us | Contact | Home | News | About us | Contact | Home | News | About us | Contact | Home | News",
        "1,2,3\n4,5,6\n7,8,9\n",
    ],
)  # fmt: skip
def test_what_is_no_release_is_refused_with_a_reason(text: str) -> None:
    result = record.of("a.txt", text.encode(), terms(Vocabularies()))[0]
    assert result.refused.endswith(".")
    assert result.body == ""


# ---- where a date may stand --------------------------------------------------------------------------------------------------------

PROSE = "Keepers of the four lighthouses asked the ministry for lamps, oil and a second boat, after a winter in which the old one was out of repair for ninety days."


def claim(
    header: tuple[str, ...] = (), first: str = PROSE, foot: tuple[str, ...] = (), *, metadata: Metadata | None = None
) -> Claim:
    """What is stated of the date by a document of these lines."""
    title = "Keepers ask for lamps"
    lines = (*header, title, first, PROSE, *foot)
    document = Document("text", tuple(map(paragraph, lines)), metadata or Metadata())
    layout = Layout(title, "", header, "", (paragraph(first), paragraph(PROSE)), (), ())
    return publication_date.date_of(layout, document, "en")


@pytest.mark.parametrize(
    "first",
    [
        "CAPE TARN, NS - March 4, 2021 (LAMPWIRE) - Keepers of the four lighthouses asked the ministry for lamps.",
        "(Cape Tarn, Northland – 4 March 2021) Keepers of the four lighthouses asked the ministry for lamps.",
        "CAPE TARN, March 4, 2021 /LampWire/ -- Keepers of the four lighthouses asked the ministry for lamps.",
        "Cape Tarn, 4 March 2021. Keepers of the four lighthouses asked the ministry for lamps.",
        "CAPE TARN – 4 March 2021 – Keepers of the four lighthouses asked the ministry for lamps.",
        "Press release of 4 March 2021 | Cape Tarn – Keepers of the four lighthouses asked the ministry for lamps.",
    ],
)
def test_a_dateline_states_the_date_in_all_its_forms(first: str) -> None:
    stated = claim(first=first)
    assert (stated.value, stated.basis) == ("2021-03-04", "dateline")
    assert stated.written in first


def test_a_date_over_two_lines_is_one() -> None:
    assert claim(("Lamp Hall, Cape Tarn 4", "March 2021")).value == "2021-03-04"


def test_a_date_behind_the_headline_is_the_releases() -> None:
    document = Document("text", (paragraph("Keepers ask for lamps   Thursday, 4 March 2021"), paragraph(PROSE)))
    layout = Layout("Keepers ask for lamps", "", (), "", (paragraph(PROSE),), (), ())
    assert publication_date.date_of(layout, document, "en").value == "2021-03-04"


def test_a_date_that_signs_the_text_is_the_releases_though_names_follow_it() -> None:
    assert claim(foot=("Cape Tarn, 4 March 2021", "Oda Brandt", "Keeper")).value == "2021-03-04"


@pytest.mark.parametrize(
    ("header", "foot"),
    [
        (("Today: Thursday, 4 March 2021",), ()),
        (("http://lamps.example/news/4.html Thursday, 4 March 2021",), ()),
        (("4 March 2021 12:01 lamps.example 1/2",), ()),
        (("Embargoed until 00:01 on 4 March 2021",), ()),
        (("Figures current as at 4 March 2021",), ()),
        (("Thursday, 1 4th March 2021",), ()),
        (("Date: March 4",), ()),
        (("March 4, 5:30 pm",), ()),
        (("The Lamp Newsletter March 2021",), ()),
        (("Member since: 4 March 2021",), ()),
        (("Version 3, 4 March 2021",), ()),
        ((), ("The letter of the keepers is given in full below:", "Dear lamps", PROSE, "Cape Tarn, 4 March 2021")),
        ((), ("Read the whole letter below", PROSE, "4 March 2021")),
        ((), ("2019-04-07 00:00:00", "2021-03-04 16:20:48")),
        ((), ("Brandt, O.: Lamps of the north and their keepers, a history in", "Cape Tarn, 4 March 2021")),
    ],
)
def test_the_day_of_something_else_is_quoted_and_never_the_date(header: tuple[str, ...], foot: tuple[str, ...]) -> None:
    stated = claim(header, foot=foot)
    assert stated.value == ""
    (question,) = stated.questions
    assert (header or foot)[-1] in question.evidence


def test_the_question_quotes_a_date_wherever_it_stands() -> None:
    stated = claim(
        first="The ministry wrote on 9 May 2020 that no lamp was needed before the winter, and has not written since."
    )
    assert stated.value == ""
    assert "9 May 2020" in stated.questions[0].evidence


def test_a_line_of_an_office_may_stand_with_the_date() -> None:
    assert claim(("Minister for Harbours and Northern Lights 4 March 2021",)).value == "2021-03-04"
    assert claim(("Office of the Press Secretary – 4 March 2021",)).value == "2021-03-04"
    assert claim(("Keepers' meeting at Cape Tarn, 4 March 2021",)).value == ""


def stated_by(*places: tuple[str, str]) -> Metadata:
    return Metadata(published=tuple(Evidence(value, origin) for value, origin in places))


def test_metadata_state_a_date_in_their_own_words() -> None:
    stated = claim(
        metadata=stated_by(
            ("2021-03-04T10:00:00Z", "article:published_time"), ("2021-03-04T10:00:00Z", "JSON-LD datePublished")
        )
    )
    assert (stated.value, stated.written, stated.basis) == ("2021-03-04", "2021-03-04T10:00:00Z", "metadata")


@pytest.mark.parametrize(
    ("places", "shown", "expected"),
    [
        # One place alone is a program's stamp as often: that of a change, of another edition, of storing.
        ([("2021-03-04", "JSON-LD datePublished")], "", ""),
        ([("2021-03-04", "article:published_time")], "", ""),
        # Two places of one vocabulary are one sign.
        ([("2021-03-04", "JSON-LD datePublished"), ("2021-03-04", "datePublished")], "", ""),
        ([("2021-03-04", "date"), ("2021-03-04", "dcterms.date")], "", ""),
        ([("2021-03-04", "time"), ("2021-03-04", "dcterms.date")], "", "2021-03-04"),
        # A short line of the visible text agrees, wherever it stands.
        ([("2021-03-04", "article:published_time")], "Lamps | 4 March 2021", "2021-03-04"),
        ([("2021-03-04", "article:published_time")], "Lamps | 9 March 2021", ""),
        # A moment of universal time is the next day in Asia, the day before in America.
        ([("2021-03-04T23:10:00Z", "time"), ("2021-03-04T23:10:00Z", "dcterms.date")], "", ""),
        ([("2021-03-04T02:10:00Z", "time"), ("2021-03-04T02:10:00Z", "dcterms.date")], "", ""),
        ([("2021-03-04T23:10:00+01:00", "time"), ("2021-03-04T23:10:00+01:00", "dcterms.date")], "", "2021-03-04"),
        ([("2021-03-04T23:10:00Z", "time")], "Lamps | 4 March 2021", "2021-03-04"),
        ([("2021-03-04T23:10:00Z", "time")], "4 March 2021 / Changed on 5 March 2021", "2021-03-04"),
        ([("2021-03-04T23:10:00Z", "time")], "4 March 2021 / 5 March 2021", ""),
        # A line of a change agrees with nothing, and a word calls another day that of publication.
        ([("2021-03-04", "time")], "Last updated: 4 March 2021", ""),
        ([("2021-03-04", "time"), ("2021-03-04", "dcterms.date")], "Published: 1 March 2021", ""),
        # What a person wrote, and the moment of sending, need no second sign.
        ([("2021-03-04", "front matter")], "", "2021-03-04"),
    ],
)
def test_a_day_of_metadata_needs_a_second_sign(places: list[tuple[str, str]], shown: str, expected: str) -> None:
    left_out = tuple(LeftOut(line, "navigation") for line in shown.split(" / ") if line)
    document = Document("html", (paragraph(PROSE),), stated_by(*places), left_out=left_out)
    layout = Layout("Keepers ask for lamps", "", (), "", (paragraph(PROSE),), (), ())
    stated = publication_date.date_of(layout, document, "en")
    assert stated.value == expected
    if not expected:
        assert "2021-03-04" in stated.questions[0].evidence


def test_a_page_that_was_there_before_the_day_is_no_release_of_that_day() -> None:
    stated = claim(("12 March 2021",), metadata=Metadata(published=(Evidence("2021-03-04", "article:published_time"),)))
    assert stated.value == ""
    assert "12 March 2021" in stated.questions[0].evidence
    assert "2021-03-04" in stated.questions[0].evidence


def test_front_matter_and_text_that_disagree_are_asked() -> None:
    stated = claim(("12 March 2021",), metadata=Metadata(published=(Evidence("2021-05-30", "front matter"),)))
    assert stated.value == ""


GERMAN = "\n\nVier Türme ohne Öl\n\nDie Wärter der vier Leuchttürme sind seit dem Winter ohne Öl, und das Ministerium hat auf ihre Briefe nicht geantwortet, sagte der Verein.\n"


def test_a_language_settles_the_order_of_a_date_in_its_own_form_only() -> None:
    assert read("11.01.2021", GERMAN).date == "2021-01-11"
    assert read("11/01/2021", GERMAN).readings == ("2021-01-11", "2021-11-01")
    french = GERMAN.replace(
        GERMAN.split("\n\n")[2],
        "Les gardiens des quatre phares sont sans huile depuis l’hiver, et le ministère n’a pas répondu à leurs lettres.",
    )
    assert read("11/01/2021", french).date == "2021-01-11"


def test_a_date_of_the_same_document_settles_the_order_before_the_language() -> None:
    assert read("11/01/2021", f"{GERMAN}\nDer Brief ist vom 10/25/2020.\n").date == "2021-11-01"


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        (
            "11/03/98",
            "Which year is “11/03/98”? It gives two figures of the year: 1998-03-11 or 1998-11-03 or 2098-03-11 or 2098-11-03.",
        ),
        ("11 March '98", "Which year is “11 March '98”? It gives two figures of the year: 1998-03-11 or 2098-03-11."),
        ("1 1 March 1998", "Which day is “1 1 March 1998”? Its day is torn in two: 1998-03-01 or 1998-03-11."),
        ("3 رمضان 1434", "Which day is “3 رمضان 1434”? It is a date of another calendar, which is not converted."),
    ],
)
def test_a_date_that_is_open_is_asked_about_by_its_words(head: str, asked: str) -> None:
    result = read(head)
    assert (result.date, result.readings) == ("", ())
    assert [question.question for question in result.review if question.field == "date"] == [asked]


def test_metadata_settle_a_century() -> None:
    layout = Layout("Keepers ask for lamps", "", ("11 March '98",), "", (), (), ())
    stated = Evidence("1998-03-11T08:00:00Z", "DC.date")
    claim = publication_date.date_of(layout, Document("html", (), Metadata(published=(stated,))), "en")
    assert (claim.value, claim.written, claim.why) == (
        "1998-03-11",
        "11 March '98",
        "line of its own, metadata (DC.date); with headline, metadata",
    )
    other = Evidence("2001-03-11", "DC.date")
    assert publication_date.date_of(layout, Document("html", (), Metadata(published=(other,))), "en").value == ""


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("Briefing - March 2015", "2015-03"),
        ("Erklärung – März 2015", "2015-03"),
        ("Bulletin – März 2015", ""),
        ("January – March 2015", ""),
        ("Mid-March 2015", ""),
    ],
)
def test_a_month_behind_a_dash_is_a_date_and_the_end_of_several_none(head: str, date: str) -> None:
    assert read(head).date == date


def on_page(*texts: str, title: str = "Four towers without oil", left_out: tuple[str, ...] = ()) -> Claim:
    """The date of a page whose body is these texts, below its title."""
    body = tuple(map(paragraph, texts))
    omitted = tuple(LeftOut(text, "outside the text") for text in left_out)
    document = Document("html", (paragraph(title), *body), left_out=omitted)
    return publication_date.date_of(Layout(title, "", (), "", body, (), ()), document, "en")


LONG = "The keepers of the four lighthouses have been without oil since the winter, and the ministry has not answered any of their letters."


def test_a_stamp_behind_a_teaser_is_the_pages_day_and_a_day_alone_there_is_none() -> None:
    assert on_page(LONG, "26 April 2022 20:04:10 | Ada Quill", LONG).value == "2022-04-26"
    assert on_page(LONG, "26 April 2022", LONG).value == ""


def test_a_date_below_the_repeated_headline_is_the_pages_day() -> None:
    assert on_page(LONG, "Four towers without oil", "Date 23.05.2011", LONG).value == "2011-05-23"
    assert on_page(LONG, "Another headline", "Date 23.05.2011", LONG).value == ""


def test_a_date_outside_the_text_is_shown_and_not_asserted() -> None:
    claim = on_page(LONG, left_out=("27 Sep 2016",))
    assert claim.value == ""
    assert claim.questions[0].evidence == "“27 Sep 2016”"


@pytest.mark.parametrize(
    "head",
    [
        "I am pleased to announce the departure on\n\n14 January 1986 of the Task Force",
        "^-1 November 1976",
    ],
)
def test_a_date_that_a_sentence_or_a_scan_has_torn_is_asked_about(head: str) -> None:
    assert read(head).date == ""


@pytest.mark.parametrize(
    "foot",
    [
        "Doors open at 4 pm\n\nTuesday, 28 August 2007",
        "Fact Sheet 63. Produced by the Public Affairs Section\n\nAffairs, 21 January 2000.",
    ],
)
def test_the_day_of_an_event_or_of_a_cited_sheet_at_the_end_is_asked_about(foot: str) -> None:
    assert read("", f"{BODY}\n{foot}\n").date == ""


TOLD = "The keepers of the four lighthouses have waited nine winters for oil, and nobody has written to them from the harbour."


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (("Update, May 13, 2011", "Keepers Ask for Oil", TOLD, TOLD), "May 13, 2011"),
        (("Chronicle of the Lamps", "March 2012", "2 March 2012", TOLD, "3 March 2012", TOLD), "2 March 2012"),
        (("Chronicle of the Lamps", "2 March 2012", TOLD, "3 March 2012", TOLD, "5 March 2012", TOLD), "2 March 2012"),
        (
            ("07/15/2019 21(09", "https://lamps.example/2019/07/15/oil", "Page 1 of 12", "Keepers Ask for Oil", TOLD),
            "07/15/2019",
        ),
        (("The Keld Newsletter July 2024", TOLD, TOLD), "July 2024"),
    ],
)
def test_a_day_of_a_change_an_entry_a_printout_or_an_issue_is_asked_about(lines: tuple[str, ...], asked: str) -> None:
    found = record.of("a.txt", "\n\n".join(lines).encode(), terms(Vocabularies()))[0]
    assert found.date == ""
    assert any(question.field == "date" and asked in question.evidence for question in found.review)


def test_a_moment_that_a_site_moves_with_each_change_is_no_sign() -> None:
    moment = "2021-03-04T10:00:00+01:00"
    places = (Evidence(moment, "article:published_time"), Evidence(moment, "JSON-LD datePublished"))
    changed = (Evidence(moment, "article:modified_time"),)
    document = Document(
        "html",
        (paragraph(PROSE),),
        Metadata(published=places, updated=changed),
        visible=("Last updated: 4 March 2021",),
    )
    layout = Layout("Keepers ask for lamps", "", (), "", (paragraph(PROSE),), (), ())
    assert publication_date.date_of(layout, document, "en").value == ""


def test_a_visible_clock_a_day_behind_the_metadata_is_asked_about() -> None:
    moment = Evidence("2021-03-03T23:10:00+01:00", "article:published_time")
    stated = claim(("4 March 2021 00:05",), metadata=Metadata(published=(moment,)))
    assert stated.value == ""
    assert "2021-03-03" in stated.questions[0].evidence


def test_a_month_whose_day_stands_behind_a_mark_is_no_date() -> None:
    assert claim(("2021年3月__4__日",)).value == ""


@pytest.mark.parametrize("line", ["am 4. März 2021 in Kehl – Stadion am Ufer", "ISBN: 9783453580000"])
def test_the_day_of_an_event_and_of_a_book_is_not_the_releases(line: str) -> None:
    document = Document(
        "text", tuple(map(paragraph, (line, "Erscheinungsdatum: 4.3.2021", "Die Wärter bitten", PROSE))), Metadata()
    )
    lines = (line, "Erscheinungsdatum: 4.3.2021") if line.startswith("ISBN") else (line,)
    layout = Layout("Die Wärter bitten", "", lines, "", (paragraph(PROSE),), (), ())
    assert publication_date.date_of(layout, document, "de").value == ""


@pytest.mark.parametrize(
    "head",
    [
        "FINANCIAL STATEMENTS\n\nJune 30, 2024",
        "Financial Statements and Independent Auditor's Report\n\nDecember 31, 2019 and 2018",
        "Annual Financial Report\n\nFor the Year Ended\n\n30 September 2010",
        "Year Ended June 30, 2024",
        "Last updated\n\n4 March 2013",
    ],
)
def test_the_end_of_a_period_and_the_day_of_a_change_are_asked_about(head: str) -> None:
    text = f"# Lantern Committee\n\n{head}\n\nThe committee keeps the two piers of Marovia and the ferry house, whose cost rose by nine per cent.\n"
    found = record.of("a.md", text.encode(), terms(Vocabularies()))[0]
    assert found.date == ""


def test_a_release_about_accounts_has_its_day() -> None:
    body = BODY.replace("Free the eleven teachers", "The committee publishes its financial statements")
    assert read("Press release\n30 June 2024", body).date == "2024-06-30"


def test_bold_letters_between_a_number_and_its_sign_leave_a_day_whole() -> None:
    text = "# 柳湾志愿者讲话\n\n**2019****年****11****月****30****日**\n\n各位邻居晚上好，今天我们谈一谈东桥为什么还没有修好。\n"
    found = record.of("a.md", text.encode(), terms(Vocabularies()))[0]
    assert (found.date, found.date_as_written) == ("2019-11-30", "2019年11月30日")


def test_the_day_at_the_end_of_a_letter_that_a_page_brings_is_asked_about() -> None:
    letter = "A comissão pede que os onze professores sejam libertados e que as famílias recebam notícias deles sem mais demora, diz a nota."
    text = f"{letter}\n\n{letter}\n\nPorto Salgueiro, 22 de agosto de 2017\n"
    brought = record.of("a.md", f"*Da Página da Comissão*\n\n{text}".encode(), terms(Vocabularies()))[0]
    assert brought.date == ""
    assert "22 de agosto de 2017" in str(brought.review)
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].date == "2017-08-22"


def claim_of_page(
    *places: tuple[str, str],
    header: tuple[str, ...] = (),
    visible: tuple[str, ...] = (),
    updated: tuple[str, ...] = (),
    url: str = "",
    language: str = "en",
) -> Claim:
    """What is stated of the day by a page of these parts."""
    changes = tuple(Evidence(value, "JSON-LD dateModified") for value in updated)
    metadata = replace(stated_by(*places), updated=changes, url=url)
    blocks = tuple(map(paragraph, (*header, PROSE)))
    document = Document("html", blocks, metadata, visible=(*header, *visible, PROSE))
    layout = Layout("Keepers ask for lamps", "", header, "", (paragraph(PROSE),), (), ())
    return publication_date.date_of(layout, document, language)


# Read where it is asked for, and not in every process that collects tests.
page = partial(partial, claim_of_page)
JSON, OPEN_GRAPH = "JSON-LD datePublished", "article:published_time"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        # The address has the day.
        (page(("2021-03-04T10:00:00Z", JSON), url="https://lamps.example/2021/03/04/oil"), "2021-03-04"),
        (page(("2021-03-04T23:10:00Z", JSON), url="https://lamps.example/2021-03-04-oil"), "2021-03-04"),
        (page(("2021-03-04T10:00:00Z", JSON), url="https://lamps.example/2021/03/03/oil"), ""),
        # It was changed before it was published.
        (page(("2021-03-04T19:00:00Z", JSON), updated=("2021-03-04T17:14:00Z",), url="https://lamps.example/2021/03/04/oil"), ""),
        (page(("2021-03-04T19:00:00Z", JSON), updated=("2021-03-04T19:14:00Z",), url="https://lamps.example/2021/03/04/oil"), "2021-03-04"),
        (page(("2021-03-04T10:00:00Z", JSON), url="https://lamps.example/2021/03/oil"), ""),
        # The day and the clock of the moment are shown, in words of a language without a file too.
        (page(("2021-03-04T18:23:00Z", JSON), visible=("Coast | lantern | 4.3.2021 | 18:23 | changed 5.3.2021 7:25",), language="is"), "2021-03-04"),
        (page(("2021-03-04T20:02:11+02:00", JSON), visible=("Tarn-04/03/2021 20:02",), language="es"), "2021-03-04"),
        (page(("2021-03-04T20:02:11+02:00", JSON), visible=("Tarn-04/03/2021 20:07",), language="es"), ""),
        # Only its clock, as on the day itself.
        (page(("2021-03-04T12:19:11+02:00", JSON), visible=("Publiziert heute um 12:19 Uhr",), language="de"), "2021-03-04"),
        (page(("2021-03-04T12:20:11+02:00", JSON), visible=("Publiziert heute um 12:20 Uhr",), language="de"), ""),
        (page(("2021-03-04T10:43:08Z", JSON), header=("11:43",), language="cs"), "2021-03-04"),
        (page(("2021-03-04T10:43:08Z", JSON), visible=("11:43",), language="cs"), ""),
        (page(("2021-03-04T10:43:08Z", JSON), header=("18:43",), language="cs"), ""),
        (page(("2021-03-04T00:23:33Z", JSON), header=("Publié à 0 h 23",), language="fr"), ""),
        # The address has another day, or the day beside it is shown.
        (page(("2021-03-04", JSON), ("2021-03-04", OPEN_GRAPH), url="https://lamps.example/2017/7/12/oil"), ""),
        (page(("2021-03-04", JSON), header=("Mar 4",), url="https://lamps.example/2017/7/12/oil"), ""),
        (page(("2021-03-04T19:00:49+01:00", JSON), visible=("5.3.21",), url="https://lamps.example/2021/03/04/oil", language="fr"), ""),
        (page(("2021-03-04T19:00:49+01:00", JSON), visible=("5.3.2021",), url="https://lamps.example/2021/03/04/oil", language="fr"), ""),
        # A word calls it so and the moment is shown, whatever day of a picture stands there too; a by-line's day; figures of a year.
        (page(("2021-03-04T14:52:08+02:00", JSON), visible=("Publié le 4 mars 2021 à 14h52, modifié le 4 mars 2021 à 15h54", "Publié le 12 janvier 2021"), language="fr"), "2021-03-04"),
        (page(("2021-03-04T14:52:08+02:00", JSON), visible=("Publié le 4 mars 2021 à 14h07", "Publié le 12 janvier 2021"), language="fr"), ""),
        (page(("2021-03-14", OPEN_GRAPH), visible=("Von Küste am 14/03/2021. Abgelegt unter Lampen.",), language="de"), "2021-03-14"),
        (page(("2021-03-14", OPEN_GRAPH), visible=("First posted: 03-14-21 05:18 PM",)), "2021-03-14"),
        (page(("2021-03-04T17:40:00EET", JSON), header=("Today, 17:40",), language="lv"), "2021-03-04"),
        # What a site moves with each change is not moved where a word calls it the day of publication.
        (page(("2021-03-04T08:00Z", JSON), updated=("2021-03-04T08:00Z",), visible=("Posted: 4 March 2021 4:00 AM", "Last updated: 5 March")), "2021-03-04"),
        # Another element writes the moment with the publisher's zone, or his clock.
        (page(("2021-03-04T17:34:29Z", JSON), ("2021-03-04T18:34:29+01:00", OPEN_GRAPH)), "2021-03-04"),
        (page(("2021-03-04T23:34:29Z", JSON), ("2021-03-05T00:34:29+01:00", OPEN_GRAPH), ("2021-03-05T00:34:29", "date")), ""),
        (page(("2021-03-04T23:34:29Z", JSON), ("2021-03-05T00:34:29+01:00", OPEN_GRAPH), ("2021-03-05T00:34:29+01:00", "dcterms.date")), "2021-03-05"),
        (page(("2021-03-04T03:00:07Z", JSON), ("2021-03-04T05:00:07", "date")), "2021-03-04"),
        # It is the same day wherever the language is written, and where it is not.
        (page(("2021-03-04T18:03:06Z", JSON), ("2021-03-04T18:03:06Z", "date"), language="de"), "2021-03-04"),
        (page(("2021-03-04T23:03:06Z", JSON), ("2021-03-04T23:03:06Z", "date"), language="de"), ""),
        (page(("2021-03-04T18:03:06Z", JSON), ("2021-03-04T18:03:06Z", "date")), ""),
        # The page shows its zone with the moment of a change.
        (
            page(("2021-03-04T01:20:33Z", JSON), ("2021-03-04T01:20:33Z", OPEN_GRAPH), updated=("2021-03-04T01:24:33Z",), visible=("Actualizado el 4 de marzo de 2021 - 02:24",), language="es"),
            "2021-03-04",
        ),
        # Days of other articles that the page lists.
        (page(("2021-03-04T10:00:00Z", JSON), ("2021-03-04T10:00:00Z", OPEN_GRAPH), ("2021-03-09", "time"), ("2021-03-08", "time")), "2021-03-04"),
        (page(("2021-03-04T10:00:00Z", JSON), ("2021-03-04T10:00:00Z", OPEN_GRAPH), ("2021-03-09", "time")), ""),
        # Minutes before a month are no day; a reading time goes with a date.
        (page(header=("North Tarn 09:31 August 20, 2019",)), "2019-08-20"),
        (page(header=("07 Mar 2014 | 2 min",)), "2014-03-07"),
        (page(header=("07 Mar 2014 | 2 min read",)), "2014-03-07"),
        # The clock stands right behind the year; the number of an issue before a month is no day; a headline's day has no year.
        (page(header=("Published Mon, Jul 24 20171:56 PM EDT",)), "2017-07-24"),
        (page(header=("Volume 43, Number 3 January 2014",)), ""),
        (page(header=("Issue 1 September 2010",)), ""),
        (page(header=("KEEPERS ON STRIKE - 14 February",)), ""),
        (page(header=("2021년 7월 12일",), language="ko"), "2021-07-12"),
    ],
)  # fmt: skip
def test_a_second_place_makes_a_day_of_metadata_sure(stated: Callable[[], Claim], expected: str) -> None:
    found = stated()
    assert found.value == expected
    assert expected or found.questions


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12. srpna 2025", "2025-08-12"),
        ("Praha, 12. srpna 2025", "2025-08-12"),
        ("Praha, 12. srpna 2025 14:30", "2025-08-12"),
        # Nobody here knows the words.
        ("Aktualizace 12. srpna 2025", ""),
        ("12. srpna 2025 aktualizace", ""),
        ("Kdy: 12. srpna 2025", ""),
        ("5. dubna", ""),
    ],
)
def test_a_month_of_a_language_without_a_file_is_read_where_no_word_stands_beside_it(line: str, expected: str) -> None:
    assert claim_of_page(header=(line,), language="cs").value == expected


def test_a_dateline_of_a_language_without_a_file_is_read() -> None:
    layout = Layout("Lampy", "", (), "Praha, 12. srpna 2025", (paragraph(PROSE),), (), ())
    document = Document("text", (paragraph("Praha, 12. srpna 2025"), paragraph(PROSE)))
    assert publication_date.date_of(layout, document, "cs").value == "2025-08-12"


def test_a_day_without_a_year_is_asked_about() -> None:
    """It is that of a feast or of an event as often."""
    found = read("11 March")
    assert found.date == ""
    assert any(question.field == "date" and "11 March" in question.evidence for question in found.review)


def test_a_day_without_a_year_takes_the_year_of_metadata_that_have_it_and_no_other_day_wins() -> None:
    assert claim(("11 March",), metadata=Metadata(published=(Evidence("2013-03-11", "front matter"),))).value == (
        "2013-03-11"
    )
    other = claim(("11 March",), metadata=Metadata(published=(Evidence("2013-02-27", "front matter"),)))
    assert other.value == ""
    assert "2013-02-27" in other.questions[0].evidence
    assert "11 March" in other.questions[0].evidence


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        ("Membership Meeting\n\n15 November 2006", "15 November 2006"),
        ("Newsletter of the keepers\n\n15 November 2006 @ 7 PM", "15 November 2006"),
        ("Sitting of 3 May 2013", "Sitting of 3 May 2013"),
        ("PARLIAMENT SITTING ON\n\n3 MAY 2013", "3 MAY 2013"),
        ("NOTICE OF A QUESTION TO THE HOUSE OF KELD FOR ANSWER ON\n\n3 MAY 2013", "3 MAY 2013"),
        ("Agenda of the town council\n\n3 May 2013", "3 May 2013"),
        ("Lamps\n\nDate: 3 May 2013\n\nTime: 7 PM\n\nVenue: Town Hall", "Date: 3 May 2013"),
    ],
)
def test_the_day_of_a_meeting_a_sitting_or_an_agenda_is_quoted_and_asked_about(head: str, asked: str) -> None:
    text = f"The Keld Wire\n\n{head}\n\n{TOLD}\n\n{TOLD}\n"
    found = record.of("a.txt", text.encode(), terms(Vocabularies()))[0]
    assert found.date == ""
    assert any(question.field == "date" and asked in question.evidence for question in found.review)


def test_the_day_of_a_meeting_at_the_foot_is_none_of_publication() -> None:
    text = f"The Keld Wire\n\n{TOLD}\n\n{TOLD}\n\nMembership Meeting\n\n15 November 2006 @ 7 PM\n"
    assert record.of("a.txt", text.encode(), terms(Vocabularies()))[0].date == ""


def test_the_day_in_the_minutes_of_a_meeting_in_a_script_without_blanks_is_asked_about() -> None:
    talk = "各位邻居晚上好，今天我们谈一谈东桥为什么还没有修好。" * 3
    text = f"# 柳湾委員會第3次會議紀錄\n\n日期：2019年11月30日\n\n{talk}\n"
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].date == ""


@pytest.mark.parametrize(
    ("stated", "date"),
    [("2019-10-19", "2019-10-19"), ("2019-10-20", ""), ("2019-10-20T00:30:00+02:00", "2019-10-19"), ("2019-12-20", "")],
)
def test_another_day_in_front_matter_is_asked_about_but_for_a_moment_that_a_zone_explains(
    stated: str, date: str
) -> None:
    found = claim(("19 October 2019",), metadata=Metadata(published=(Evidence(stated, "front matter"),)))
    assert found.value == date
    assert date or ("19 October" in found.questions[0].evidence and stated in found.questions[0].evidence)


def test_a_month_of_the_text_against_another_one_of_front_matter_is_asked_about() -> None:
    asked = claim(("October 2019",), metadata=Metadata(published=(Evidence("2019-12-20", "front matter"),)))
    assert asked.value == ""
    same = claim(("October 2019",), metadata=Metadata(published=(Evidence("2019-10-20", "front matter"),)))
    assert same.value == "2019-10-20"


def test_the_year_of_a_day_without_one_may_stand_behind_any_key_of_front_matter() -> None:
    text = f"---\ntitle: The keepers\ncreated: 2019-07-11 18:34:58\n---\n11 March\n\n{TOLD}\n\n{TOLD}\n"
    found = record.of("a.md", text.encode(), terms(Vocabularies()))[0]
    assert found.date == ""
    (ask,) = [question for question in found.review if question.field == "date"]
    assert "11 March" in ask.evidence
    assert "2019-07-11" in ask.evidence


# ---- forms -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        # A heading under a headline says when and where something was.
        ("# Four towers lit again\n\n## Lamp Hall, Cape Tarn\n\n## 19 May 2012", "19 May 2012"),
        ("# Report\n\n### Sitting of the Harbour Council of Cape Tarn and Keld Bay\n\n19 May 2012", "19 May 2012"),
        ("# Report\n\nSitting of the Harbour Council\n\nDate: 19 May 2012", "19 May 2012"),
        ("# Lamp sitting\n\nPosted on 19 May 2012 by Harbour Lamps\n\nDate(s) - 05/19/2012\n\n6:30 pm - 7:30 pm", "19 May 2012"),
        ("# The lamps in figures\n\nReview date: 19 May 2012", "19 May 2012"),
        ("# The lamps in figures\n\nTuesday, 1 9‘h May 2012", "May 2012"),
        ("# The lamps in figures\n\nSunday April 7\n\nTuesday April 9", "April 7"),
        ("# The lamps in figures\n\nDecember 2016\n\nOil came.\n\nMay 2015", "December 2016"),
        ("# Lamps\n\nDate: 19 May 2012\n\nTime: 2:30 PM - 4:30 PM", "19 May 2012"),
        ("# Lamps\n\nOriginal code: Tarn lamp client code, released 19 May 2012", "19 May 2012"),
        ("# Harbour Board of Cape Tarn Special Meeting AGENDA\n\n19 May 2012 7:30 a.m.", "19 May 2012"),
        ("Oda Brandt\n\n19/12/1996\n\n0860 360 438", "19/12/1996"),
        ("# Financial Statement s\n\nJune 30, 2020", "June 30, 2020"),
        ("# Lamps\n\n19 May 2012 – Lamp Room – House of the Keepers", "19 May 2012"),
        ("# Lamps\n\n9.10.2019", "9.10.2019"),
    ],
)  # fmt: skip
def test_a_day_in_a_form_that_an_event_has_too_is_asked_about(lines: str, asked: str) -> None:
    found = record.of("a.md", f"{lines}\n\n{TOLD}\n\n{TOLD} They wait on.\n".encode(), terms(Vocabularies()))[0]
    assert found.date == ""
    assert any(question.field == "date" and asked in question.evidence for question in found.review)


@pytest.mark.parametrize(
    "foot",
    [
        "19 May 2012 (LAMP FIX):\n\n- The oil was changed",
        "Earlier works:\n\nTarn Weekly 19 May 2012",
        "Tarn Weekly 19 May 2012 «The lamps»",
        "19 May 2012\n\n20\n\nN/A",
        "Brandt, Oda 19.05.2012\n\nQuill, Ada 19.05.2012\n\nMarn, Ilsa 19.05.2012",
        'Date {{ .Date.Format "19.05.2012" }}',
        "January 15\n\nDecember 17",
    ],
)
def test_a_day_behind_the_text_with_a_part_or_a_title_beside_it_is_asked_about(foot: str) -> None:
    found = record.of("a.md", f"# Four towers\n\n{TOLD}\n\n{foot}\n".encode(), terms(Vocabularies()))[0]
    assert found.date == ""


def test_a_label_at_the_end_that_names_another_day_makes_a_question() -> None:
    stated = claim(("19 May 2012",), foot=("Prepared by the keepers. Date of issue: 3 June 2012",))
    assert stated.value == ""
    assert "3 June 2012" in stated.questions[0].evidence


@pytest.mark.parametrize(
    ("visible", "published", "expected"),
    [
        (("Last updated:", "4 March 2021"), (), ""),
        (("Last updated:", "4 March 2021"), (Evidence("2021-03-04", OPEN_GRAPH),), "2021-03-04"),
        (("4 March 2021", PROSE, "Last updated:", "4 March 2021"), (), "2021-03-04"),
    ],
)
def test_a_day_that_a_page_shows_as_that_of_a_change_alone_is_asked_about(
    visible: tuple[str, ...], published: tuple[Evidence, ...], expected: str
) -> None:
    blocks = (paragraph("4 March 2021"), paragraph(PROSE))
    document = Document("html", blocks, Metadata(published=published), visible=visible)
    layout = Layout("Keepers ask for lamps", "", ("4 March 2021",), "", blocks[1:], (), ())
    assert publication_date.date_of(layout, document, "en").value == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-03-05T22:03:34", ""),
        ("2021-03-05T03:03:34", "2021-03-04"),
        ("2021-03-03T22:03:34", "2021-03-04"),
        ("2021-03-03T07:03:34", ""),
    ],
)
def test_a_moment_of_front_matter_is_of_another_day_only_by_its_zone(written: str, expected: str) -> None:
    stated = claim(("4 March 2021",), metadata=Metadata(published=(Evidence(written, "front matter"),)))
    assert stated.value == expected


def test_two_keys_of_front_matter_that_disagree_are_asked_about() -> None:
    found = record.of(
        "a.md",
        f"---\ntitle: Four towers\ndate: 2021-03-04\npublished: 2021-05-09\n---\n\n{TOLD}\n\n{TOLD}\n".encode(),
        terms(Vocabularies()),
    )[0]
    assert found.date == ""
    assert any("2021-05-09" in question.evidence for question in found.review if question.field == "date")


def test_the_month_before_several_days_of_a_dateline_is_no_date() -> None:
    layout = Layout("灯塔", "", (), "写于2020年1月25-27日。", (paragraph(PROSE),), (), ())
    assert publication_date.date_of(layout, Document("text", (paragraph(PROSE),)), "zh").value == ""


def test_a_claim_says_in_which_form_its_day_stands() -> None:
    assert claim(("Published: 4 March 2021",)).why == "label"
    assert claim(("4 March 2021",)).why == "line of its own; with headline"
    assert claim(foot=("Cape Tarn, 4 March 2021", "Oda Brandt", "Keeper")).why.startswith("last lines")


def test_a_kind_and_a_day_in_brackets_before_the_first_sentence_are_a_dateline() -> None:
    assert claim(first=f"[Press release - 4 March 2021] {PROSE}").value == "2021-03-04"
    other = Metadata(published=(Evidence("2021-03-05T22:03:34", "front matter"),))
    assert claim(first=f"[Press release - 4 March 2021] {PROSE}", metadata=other).value == ""


@pytest.mark.parametrize(
    ("below", "told", "expected"),
    [
        ("29 July 2022", "On 28 July 2022 the keepers met in the hall.", "2022-07-29"),
        ("29/7/2022", "The keepers met in the hall.", "2022-07-29"),
        ("27 July 2022", "The keepers met in the hall.", ""),
        ("", "On 28 July 2022 the keepers met in the hall.", ""),
        ("", "The keepers wrote to us.", ""),
    ],
)
def test_a_day_that_a_headline_has_itself_is_that_of_its_matter(below: str, told: str, expected: str) -> None:
    text = f"Summary of four lamps (28 July 2022)\n\n{below}\n\n{told} {PROSE}\n\n{PROSE}\n"
    found = record.of("a.md", f"# {text}".encode(), terms(Vocabularies()))[0]
    assert found.title == "Summary of four lamps"
    assert found.date == expected


def test_a_day_behind_other_words_in_the_last_line_is_asked_about() -> None:
    assert claim(foot=("Impressions Opening Day 25.03.2026",)).value == ""
    assert claim(foot=("Port Selan, 25.03.2026",)).value == "2026-03-25"
    assert claim(foot=("Selan, 25.03.2026",)).value == "2026-03-25"


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("ja", "次の表は、2021年10月1日現在、灯台の状況: 四つの灯台が立つ。"),
        ("en", "As of 1 October 2021 – four lamps was in the harbour."),
        ("fr", "Au 1er octobre 2021 – quatre lampes."),
        ("es", "A fecha de 1 de octubre de 2021 – cuatro lámparas."),
    ],
)
def test_a_day_to_which_figures_were_counted_is_no_dateline_and_stays_in_the_text(language: str, first: str) -> None:
    for words in (first, first.partition(" – ")[0].partition("、灯")[0]):
        layout = Layout("Lamps", "", (words,), "", (paragraph(PROSE),), (), ())
        document = Document("text", tuple(map(paragraph, (words, "Lamps", PROSE))))
        assert publication_date.date_of(layout, document, language).value == ""
    assert place_and_date.dateline(first, terms(Vocabularies()), language) == (0, "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Call for 52 flats, district of Selan, PUBLISHED ON 25/03/2016", ""),
        ("Press release published on 25/03/2016", "2016-03-25"),
        ("Lantern Committee, published on 25/03/2016", "2016-03-25"),
        ("By Ada Marr, published on 25/03/2016", "2016-03-25"),
    ],
)
def test_a_word_for_publication_behind_the_name_of_something_is_of_that(line: str, expected: str) -> None:
    assert claim((line,)).value == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("📅 6 March 2025\n\n⏰ 17:30\n\n📍 Lamp Hall, 4 Pier Road", ""),
        ("6 March 2025\n\n🕠 5.30 pm\n\n🏠 Lamp Hall", ""),
        ("6 March 2025\n\nLantern Committee", "2025-03-06"),
    ],
)
def test_a_day_with_an_hour_and_a_place_behind_pictured_signs_is_that_of_an_event(lines: str, expected: str) -> None:
    text = f"# Four lamps for the harbour\n\n{lines}\n\n{PROSE}\n\n{PROSE}\n"
    found = record.of("a.md", text.encode(), terms(Vocabularies()))[0]
    assert found.date == expected
    assert expected or any(one.field == "date" and "6 March 2025" in one.evidence for one in found.review)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("On what date shall we go on, please?", "**Ada Marr**", "Tuesday, 5 March 2013."), ""),
        (("**Ada Marr**", ": Tuesday, 5 March 2013"), ""),
        (("— And when?", "— Tuesday, 5 March 2013"), ""),
        (("“Tuesday, 5 March 2013”",), ""),
        (("How long shall we wait?", "Selan, 5 March 2013"), "2013-03-05"),
        (("— Selan, 5 March 2013",), "2013-03-05"),
    ],
)
def test_a_day_that_somebody_says_in_the_last_lines_is_no_day_of_signing(lines: tuple[str, ...], expected: str) -> None:
    text = "\n\n".join(("# Four lamps for the harbour", PROSE, PROSE, *lines))
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].date == expected


@pytest.mark.parametrize("words", ["Published today (3 June) in the Selan Review", "In work published today, 3 June"])
def test_a_day_without_a_year_on_which_something_was_published_is_asked_about(words: str) -> None:
    text = f"# Four lamps for the harbour\n\n{words}, a study counts lamps. {PROSE}\n"
    found = record.of("a.md", text.encode(), terms(Vocabularies()))[0]
    assert found.date == ""
    assert any("Which year?" in one.question and "3 June" in one.evidence for one in found.review)


@pytest.mark.parametrize(
    "line", ["<em>Last updated:</em> 7 May 2015", "<span>Last updated:</span> <span>7 May 2015</span>"]
)
def test_a_day_keeps_the_word_that_calls_it_that_of_a_change(line: str) -> None:
    """What stands about the author goes, and a day in it stays with its label."""
    html = f"<html lang='en'><body><main><h1>Free the eleven teachers</h1><div class='author-details'><span>about the author</span><div>{line}</div></div>{''.join(f'<p>{text}</p>' for text in BODY.split(chr(10)) if text)}</main></body></html>"
    drafted = record.of("a.html", html.encode(), terms(Vocabularies()))[0]
    assert drafted.date == ""
    assert any("Last updated: 7 May 2015" in question.evidence for question in drafted.review)


@pytest.mark.parametrize("mark", [",", "،", " |"])
def test_a_day_with_the_hour_of_a_change_behind_it_is_that_of_the_change(mark: str) -> None:
    """A site's bar says when it was last changed."""
    assert read(f"28 August 2013{mark} updated 14:00").date == ""
    assert read(f"Published: 28 August 2013{mark} updated 14:00").date == "2013-08-28"


@pytest.mark.parametrize("line", ["6 March 2009 Friday, Time: 19:30", "Friday 6 March 2009 | Hour: 7.30"])
def test_a_day_with_a_labelled_hour_is_that_of_an_event(line: str) -> None:
    assert read(f"Songs of the northern quay\n\n{line}").date == ""


def test_the_day_of_front_matter_is_more_exact_than_a_month_above_the_text() -> None:
    made = record.of(
        "a.md", f"---\ndate: 2013-03-11\n---\nLantern Committee\nMarch 2013{BODY}".encode(), terms(Vocabularies())
    )[0]
    assert (made.date, made.date_as_written, made.date_basis) == ("2013-03-11", "2013-03-11", "metadata")


def test_the_day_above_the_points_of_a_programme_is_that_of_the_event() -> None:
    points = [f"{hour}:00 Keepers of pier {hour} speak of oil" for hour in range(10, 16)]
    assert not read("@LampMarch 11 March 2013\n\n", body="\n\n".join(points)).date
    assert read("Published: 11 March 2013\n\n", body="\n\n".join(points)).date == "2013-03-11"
    assert read("11 March 2013", body=BODY + "\n\n" + points[0]).date == "2013-03-11"


FRONT = Metadata(published=(Evidence("2021-03-04", "front matter"),))


@pytest.mark.parametrize(
    "words",
    [
        "We read aloud on 4 March at 19:30 in the old lamp hall of Cape Tarn.",
        "The vigil takes place on Thursday, 4 March, before the lamp hall of Cape Tarn.",
        "Save the date: 4 March 2021, in the lamp hall of Cape Tarn.",
    ],
)
def test_a_day_of_front_matter_on_which_something_takes_place_is_asked_about(words: str) -> None:
    asked = claim(foot=(words,), metadata=FRONT)
    assert asked.value == ""
    assert "4 March" in asked.questions[0].evidence
    assert "front matter: 2021-03-04" in asked.questions[0].evidence


def test_a_day_of_front_matter_that_the_text_speaks_of_otherwise_is_that_of_publication() -> None:
    assert claim(foot=("The ministry answered on 4 March.",), metadata=FRONT).value == "2021-03-04"
    assert claim(foot=("The vigil takes place on 9 March.",), metadata=FRONT).value == "2021-03-04"


def test_a_day_of_front_matter_after_the_last_change_is_asked_about() -> None:
    changed = replace(FRONT, updated=(Evidence("2021-02-01", "front matter"),))
    assert claim(metadata=changed).value == ""
    assert claim(metadata=replace(FRONT, updated=(Evidence("2021-04-01", "front matter"),))).value == "2021-03-04"


def test_a_category_of_front_matter_says_that_its_day_is_that_of_an_event() -> None:
    day = "---\ntitle: Lamps for all\ndate: 2013-03-11\n"
    made = [
        record.of("a.md", f"{day}category: {kind}\n---\n{BODY}".encode(), terms(Vocabularies()))[0].date
        for kind in ("Meeting", "News")
    ]
    assert made == ["", "2013-03-11"]


def test_of_several_texts_each_with_its_day_none_is_the_files() -> None:
    """A page of news: the first headline and the first day are those of one of them."""
    posts = [
        (f"Lamps of pier {number} go out", f"{number} March 2013", f"The lamps of pier {number} went out at night.")
        for number in ("11", "9", "4")
    ]
    page = "".join(f"<h2>{head}</h2><p>{day}</p><p>{text * 4}</p>" for head, day, text in posts)
    made = record.of(
        "a.html", f"<html lang='en'><body><main>{page}</main></body></html>".encode(), terms(Vocabularies())
    )
    assert (made[0].title, made[0].date) == ("", "")
    one = f"<h2>{posts[0][0]}</h2><p>{posts[0][1]}</p><p>{posts[0][2] * 4}</p>"
    alone = record.of(
        "a.html", f"<html lang='en'><body><main>{one}</main></body></html>".encode(), terms(Vocabularies())
    )
    assert alone[0].date == "2013-03-11"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Course dates: 13 - 14 June 2022", ""),
        ("13 – 14 June 2022", ""),
        ("No. 24 - 14 June 2022", "2022-06-14"),
        ("14 June 2022", "2022-06-14"),
    ],
)
def test_the_last_of_several_days_of_an_event_is_no_day_of_publication(line: str, date: str) -> None:
    assert read(line).date == date


def test_a_bare_label_beside_that_of_an_events_place_is_that_of_the_event() -> None:
    assert read("Date: 22 November 2018\n\nCourse venue: Lamp Hall").date == ""
    assert read("Date: 22 November 2018\n\nContact: Ada Marn").date == "2018-11-22"


def test_a_day_among_those_of_a_calendar_is_asked_about() -> None:
    calendar = "Lamps out 14 December 2024 - 6 January 2025\n\nOil fair 3 May 2025 - 5 May 2025\n\n7 January 2025"
    assert read(calendar).date == ""


def test_the_last_day_of_what_begins_today_is_no_date() -> None:
    text = "Second call opens\n\nThe second call for lamps is open from today until 17 October 2031, the Lantern Committee said.\n\nIt has two parts, and each has its own form.\n"
    found = record.of("a.txt", text.encode(), terms(Vocabularies()))[0]
    assert found.date == ""
    assert any("17 October 2031" in question.evidence for question in found.review)


def test_a_label_at_the_foot_and_a_dateline_of_another_day_are_asked_about() -> None:
    layout = Layout(
        "Lamps return",
        "",
        (),
        "Keld, 23 April 2031",
        (paragraph("The lamps of Keld return."),),
        (),
        ("Event: Lamps", "Date: 26 April 2031"),
    )
    blocks = tuple(
        map(
            paragraph,
            ("Lamps return", "Keld, 23 April 2031", "The lamps of Keld return.", "Event: Lamps", "Date: 26 April 2031"),
        )
    )
    stated = publication_date.date_of(layout, Document("text", blocks, Metadata()), "en")
    assert stated.value == ""
    assert all(day in stated.questions[0].evidence for day in ("23 April 2031", "26 April 2031"))
