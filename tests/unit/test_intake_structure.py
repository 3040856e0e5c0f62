"""What belongs to a release and what to the page, the list or the form around it; and who is said to publish it."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import accounting, record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import plaintext, sniff, webpage
from onrecord.model import Vocabularies

FIRST = "The clinic in the harbour quarter was closed by soldiers on Tuesday night, the Lamp and Ladder Society said in Selan."
SECOND = "Nobody has told the eleven nurses when they may come back, and the society has asked the governor in writing."


def read(text: str, name: str = "a.txt") -> Record:
    return record.of(name, text.encode(), terms(Vocabularies()))[0]


def page(body: str, head: str = "") -> Record:
    return read(f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize("mark", ["[…]", "(...)", "[...]"])
def test_a_mark_of_omission_that_stands_alone_is_kept(mark: str) -> None:
    drafted = read(f"Clinic in Selan closed by soldiers\n\n{FIRST}\n\n{mark}\n\n{SECOND}\n")
    assert drafted.extent == "excerpt"
    assert len(drafted.body.strip().split("\n\n")) == 3


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("Statement by the Lamp and Ladder Society\n3 May 2013\n\nClinic in Selan closed by soldiers", "Lamp and Ladder Society"),
        ("PRESS RELEASE LLS/PR/13/05\n3 May 2013\n\nClinic in Selan closed by soldiers", ""),
        ("Statement of the Lamp and Ladder Society on the clinic in Selan\n3 May 2013", "Lamp and Ladder Society"),
        ("Lampe und Leiter e.V.\n3 May 2013\n\nClinic in Selan closed by soldiers", ""),
    ],
)  # fmt: skip
def test_the_publisher_is_who_the_head_says_and_no_number(head: str, publisher: str) -> None:
    drafted = read(f"{head}\n\n{FIRST}\n\nThe Lamp and Ladder Society waits for an answer. {SECOND}\n")
    assert (drafted.publisher or "") == publisher


def test_a_number_behind_the_kind_is_the_reference() -> None:
    drafted = read(
        f"PRESS RELEASE LLS/PR/13/05\n3 May 2013\n\nClinic in Selan closed by soldiers\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert drafted.reference == "LLS/PR/13/05"


def test_a_headline_in_capitals_over_two_lines_is_no_letterhead() -> None:
    drafted = read(
        f"May 3, 2013\n\n   SOCIETY OF LAMPLIGHTERS PROTESTS\n   CLOSURE OF THE CLINIC IN SELAN\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert drafted.title == "SOCIETY OF LAMPLIGHTERS PROTESTS CLOSURE OF THE CLINIC IN SELAN"
    assert not drafted.publisher


def test_a_note_of_correction_above_the_headline_stays_in_the_text() -> None:
    note = "CORRECTION: This release replaces that of 1 May 2013, in which the number of nurses was wrong."
    drafted = read(
        f"PRESS RELEASE\n3 May 2013\n\n{note}\n\nClinic in Selan closed by soldiers\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert (drafted.title, drafted.date) == ("Clinic in Selan closed by soldiers", "2013-05-03")
    assert drafted.body.startswith(note)


def test_who_issued_it_may_stand_at_the_foot() -> None:
    drafted = read(
        f"Clinic in Selan closed by soldiers\n\n{FIRST}\n\n{SECOND}\n\nIssued by the Lamp and Ladder Society, Selan, 3 May 2013\n"
    )
    assert (drafted.publisher, drafted.date) == ("Lamp and Ladder Society", "2013-05-03")
    assert "Issued by" not in drafted.body


@pytest.mark.parametrize(
    "form",
    [
        '[INSERT HEADLINE HERE]\n\n[City] – [Organisation] today condemned what happened in the town of [place].\n\n"[Quote]," said [Name].',
        "Headline\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
    ],
)
def test_an_empty_form_is_no_release(form: str) -> None:
    assert "form" in (read(form).refused or "")


def test_a_page_that_was_not_found_is_no_release() -> None:
    drafted = page(
        "<h1>Page introuvable</h1><p>La page que vous recherchez n’existe pas ou a été déplacée. Retournez à la page d’accueil.</p>"
    )
    assert drafted.refused


def test_the_day_a_page_was_changed_is_left_out_and_no_date() -> None:
    drafted = page(
        f"<h1>Clinic in Selan closed by soldiers</h1><p>{FIRST}</p><p>{SECOND}</p><div>Page last updated: 18 October 2020</div>"
    )
    assert drafted.body.strip().endswith(SECOND)
    assert not drafted.date


def test_the_hidden_day_of_change_does_not_hide_the_day_of_publication() -> None:
    drafted = page(
        "<h1>Clinic in Selan closed by soldiers</h1><p>Posted on <time class='entry-date published' datetime='2013-05-14'>14 May 2013</time>"
        f"<time class='updated' datetime='2014-01-02'>2 January 2014</time></p><p>{FIRST}</p><p>{SECOND}</p>"
    )
    assert (drafted.date, drafted.date_as_written, drafted.date_basis) == ("2013-05-14", "14 May 2013", "header")


def test_a_day_and_who_put_it_on_the_site_are_a_line_of_the_head() -> None:
    drafted = page(
        f"<h1>Clinic in Selan closed by soldiers</h1><div>Submitted by admin on Tue, 06/17/2014 - 11:32</div><p>{FIRST}</p><p>{SECOND}</p>"
    )
    assert drafted.date == "2014-06-17"


def test_a_letterhead_may_be_a_picture() -> None:
    picture = '<img src="banner.gif" alt="Lamp and Ladder Society">'
    body = f"<h1>Clinic in Selan closed by soldiers</h1><p>{FIRST}</p><p>{SECOND}</p>"
    assert page(picture + body).publisher == "Lamp and Ladder Society"
    assert not page(picture.replace("Lamp and Ladder Society", "Bridge in spring") + body).publisher
    assert not page(body + picture).publisher


def test_a_sender_whose_domain_bears_its_name_is_an_organization() -> None:
    message = f"From: Cais Aberto <press@{{}}.example>\nTo: a@b.example\nSubject: Clinic in Selan closed\n\nCais Aberto writes.\n\n{FIRST}\n\n{SECOND}\n"
    assert read(message.format("caisaberto"), "a.eml").publisher == "Cais Aberto"
    assert not read(message.format("mail"), "a.eml").publisher


def test_the_foot_of_a_mailing_list_is_left_out() -> None:
    text = f"Clinic in Selan closed\n\n{FIRST}\n\n{SECOND}\n\n{'_' * 47}\nalerts mailing list\nalerts@lists.example\n"
    (part,) = sniff.parts("a.eml", f"From: a@b.example\nSubject: x\n\n{text}".encode())
    assert part.document
    assert part.document.blocks[-1].text == SECOND


def test_a_sentence_goes_on_over_a_page_number_and_a_running_head() -> None:
    text = (
        "Lamp and Ladder Society\nNews release No. 4/88\n\nClinic in Selan closed\n\nA nurse told the society's del-\n\n- 1 -\n\n"
        "Lamp and Ladder Society    News release No. 4/88\n\negate that nobody had been warned.\n\n- 2 -\n"
    )
    assert plaintext.read(text)[0][-1].text == "A nurse told the society's delegate that nobody had been warned."


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["pro-", "tested"], "protested"),
        (["state-", "ment"], "statement"),
        (["an-", "nounced"], "announced"),
        (["six-", "teen men"], "sixteen men"),
        (["six-", "year-old"], "six-year-old"),
        (["so-", "called"], "so-called"),
        (["pro-", "government forces"], "pro-government forces"),
        (["anti-", "terrorism"], "anti-terrorism"),
        (["al-", "Khalidiya"], "al-Khalidiya"),
    ],
)
def test_a_word_broken_at_a_line_s_end_is_whole_and_a_compound_keeps_its_hyphen(lines: list[str], whole: str) -> None:
    assert plaintext.unhyphenated(lines) == whole


def test_a_page_s_headline_that_begins_with_its_kind_is_a_headline() -> None:
    document = webpage.document(b"<html><body><h1>Statement on the quarry graves</h1><p>x</p></body></html>")
    assert document.blocks[0].text == "Statement on the quarry graves"
    drafted = page(f"<h1>Statement on the quarry graves</h1><p>{FIRST}</p><p>{SECOND}</p>")
    assert (drafted.title, drafted.kind) == ("Statement on the quarry graves", "statement")


@pytest.mark.parametrize(
    "head",
    [
        "<div>Thursday, November 12, 2020 | Subscribe</div><h1>",
        "<div>Thursday, 12 November 2020</div><div>Lamp and Ladder Society</div><h1>",
    ],
)
def test_the_clock_of_a_site_is_no_date(head: str) -> None:
    drafted = page(
        f"{head}Clinic in Selan closed by soldiers</h1><p>{FIRST}</p><p>{SECOND}</p>",
        "<title>Lamp and Ladder Society - Clinic in Selan closed by soldiers</title>",
    )
    assert not drafted.date
    assert any("2020" in ask.evidence for ask in drafted.review if ask.field == "date")


def test_a_date_of_its_own_above_the_headline_is_the_release_s() -> None:
    drafted = page(
        f"<p>Thursday, 12 November 2020</p><p>Press release</p><h1>Clinic in Selan closed by soldiers</h1><p>{FIRST}</p><p>{SECOND}</p>"
    )
    assert drafted.date == "2020-11-12"


def test_the_day_of_sending_under_an_embargo_is_no_day_of_publication() -> None:
    text = (
        "From: a@b.example\nDate: Tue, 3 Feb 2015 09:00:00 +0000\nSubject: EMBARGO 4 February: Clinic in Selan closed\n\n"
        f"Clinic in Selan closed by soldiers\n\n{FIRST}\n\n{SECOND}\n\nKind regards,\nJonas Weil\nPress officer\n"
    )
    drafted = read(text, "a.eml")
    assert not drafted.date
    assert "date" in {ask.field for ask in drafted.review}
    assert "Jonas Weil" not in drafted.body


def test_where_a_paper_lay_and_what_was_changed_are_no_headline() -> None:
    drafted = read(
        f"From the papers of Miro Hals. Scanned 12 March 2009.\n\n5 June 1991\n\nClinic in Selan closed by soldiers\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert (drafted.title, drafted.date) == ("Clinic in Selan closed by soldiers", "1991-06-05")
    drafted = read(
        f"Update 2 (7 May 2012): adds a word from the hospital\nFirst published 6 May 2012\n\nClinic in Selan closed by soldiers\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert (drafted.title, drafted.date) == ("Clinic in Selan closed by soldiers", "2012-05-06")
    assert drafted.body.startswith("Update 2 (7 May 2012)")


@pytest.mark.parametrize(
    ("text", "name", "title", "body"),
    [
        ("# Minister meets the crews of Holm\n", "a.md", "Minister meets the crews of Holm", ""),
        (
            "---\ntitle: Crews wait\n---\nRead the whole interview with [Ines Okoro](https://a.example/b)\n",
            "a.md",
            "Crews wait",
            "Read the whole",
        ),
        ("This is a small change. New since May:\n\n- crews: two pumps\n- pier: no lamp\n", "a.md", "", "- crews: two"),
        ("Press briefing of the crews, Friday\n", "a.txt", "", "Press briefing"),
    ],
)
def test_a_text_without_a_paragraph_is_a_draft_with_a_question(text: str, name: str, title: str, body: str) -> None:
    found = read(text, name)
    assert (found.refused, found.title) == ("", title)
    assert found.body.startswith(body)
    assert [asked for asked in found.review if "No paragraph of running text" in asked.question]
    assert title or [asked for asked in found.review if asked.field == "title"]
    assert not [left for left in found.left_out if left.reason == accounting.UNACCOUNTED]


def test_a_text_that_speaks_of_consent_is_no_wall() -> None:
    text = "Nobody asked the crews of Holm for their consent before the pier was sold to the county.\n"
    assert read(f"Crews were not asked\n\n{text}").refused == ""


def test_a_heading_keeps_its_text_of_which_the_end_was_a_link() -> None:
    parts = "".join(
        f"<h2>{name}</h2><p>The council heard of it on Monday and put it off for a week. <a href='/{at}'>Read more</a></p>"
        for at, name in enumerate(("The ferry", "The water", "The library"))
    )
    drafted = page(
        f"<main><article><h1>What the council heard</h1><p>The council of the harbour sat on Monday, and heard of three things that it put off for a week.</p>{parts}</article></main>"
    )
    assert [line for line in drafted.body.splitlines() if line.startswith("## ")] == [
        "## The ferry",
        "## The water",
        "## The library",
    ]


def test_a_title_of_the_metadata_alone_is_asked_where_a_reader_sees_another_headline() -> None:
    text = "<p>The harbour office closes the northern quay, it said on Monday, and forty crews have no place for their boats.</p><p>Nobody at the office would say who had signed the order.</p>"
    head = "<title>Harbour office closes the northern quay</title><meta property='og:title' content='Harbour office closes the northern quay'>"
    shown = page(f"<main><h1>Forty crews look for a berth</h1>{text}</main>", head)
    assert shown.title == ""
    assert any("Forty crews look for a berth" in ask.evidence for ask in shown.review if ask.field == "title")
    assert page(f"<main><h2>News</h2>{text}</main>", head).title == "Harbour office closes the northern quay"


def test_the_kind_of_a_page_is_no_title_though_the_page_states_it() -> None:
    text = "<p>The harbour office closes the northern quay, it said on Monday, and forty crews have no place for their boats.</p><p>Nobody at the office would say who had signed the order.</p>"
    drafted = page(
        f"<main><h1>Press Release</h1><p>June 1, 2017</p><h2>QUAY CLOSED WITH A WORD TO NOBODY</h2>{text}</main>",
        "<title>Press Releases - 06/01/2017</title><meta property='og:title' content='Press Release - 06/01/2017'>",
    )
    assert drafted.title != "Press Release"


def test_a_line_that_leads_to_a_list_is_asked() -> None:
    head = "What we add to our request is\n1. Pictures of the quay\n2. Names of the crews\n3. A paper on the quay by us"
    drafted = read(f"{head}\n\n{FIRST}\n\n{SECOND}\n")
    assert drafted.title == ""


def test_a_page_whose_every_paragraph_ends_in_a_link_is_read() -> None:
    text = f"{FIRST} {SECOND} {FIRST} {SECOND}"
    assert len(text.split()) >= 50
    parts = "".join(f"<h2>{name}</h2><p>{text} <a href='/{name}'>Read more</a></p>" for name in ("Ferry", "Water"))
    drafted = page(f"<main><h1>What the council heard</h1>{parts}</main>")
    assert not drafted.refused
    assert drafted.body.count(SECOND) == 4
    assert "Read more" not in drafted.body


def test_a_page_of_dated_teasers_whose_links_were_taken_out_is_refused() -> None:
    def made(times: int) -> Record:
        teaser = "<h2>Lamps of pier {0}</h2><p>{0} May 2016</p><p>The keepers of pier {0} have had no oil for the winter, and their letters were not answered.</p><p><a href='/{0}'>Continue reading »</a></p>"
        teasers = "".join(teaser.format(number) for number in range(1, times + 1))
        return page(f"<main>{teasers}</main>", "<title>Category: lamps</title>")

    assert "list of releases" in made(4).refused
    assert not made(1).refused
