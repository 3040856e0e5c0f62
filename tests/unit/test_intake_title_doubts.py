"""A title, and the day of a page without one, are asked about where a sign of them also names a site, a part or a visit."""

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Document, Evidence, Layout, Metadata, Record, paragraph
from onrecord.intake.evidence import issuer_signs, publication_date, reference_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Vocabularies

PARAGRAPH = (
    "<p>The keepers of the nine locks at Keld went back to their boats on Monday, after a winter in which the harbour "
    "council had paid nobody, and they opened the upper gates before noon.</p>"
)


def page(title: str, body: str, further: str = "") -> Record:
    html = f"<html lang=en><head><title>{title}</title>{further}</head><body>{body}{PARAGRAPH * 2}</body></html>"
    return record.of("a.html", html.encode(), terms(Vocabularies()))[0]


@pytest.mark.parametrize(
    ("title", "body", "asserted"),
    [
        # The name of a site, and behind it its parts.
        ("Keld Lock News : Details : Upper Gates : Ada Quill", "<h1>Keld Lock News</h1><h2>Upper gates</h2>", ""),
        (
            "Keld Locks » Diary » The keepers of the locks are back",
            "<h1>Keld Locks</h1><h3>The keepers of the locks are back</h3>",
            "",
        ),
        ("diary | Keld Wakes Up!", "<div>Keld Wakes Up!</div>", ""),
        # A program that stops between two words.
        ("Keepers of the nine locks went back to …", "<h1>Keepers of the nine locks went back to …</h1>", ""),
        # A heading of which neither the page's own title nor the text has more than one word.
        ("Picture of a harbour and its gates 0412", "<h1>Website of this harbour picture</h1>", ""),
        # What is shown, and whose site it is, each on a line of its own.
        (
            "Marn fair › Old lamps of Marn on Orle",
            "<div>Old lamps of Marn on Orle</div><div>Marn fair</div>",
            "",
        ),
        # As before: a headline, and the site behind a mark.
        (
            "Keepers of nine locks are back | Keld Portal",
            "<h1>Keepers of nine locks are back</h1>",
            "Keepers of nine locks are back",
        ),
        ("Keepers are back... again", "<h1>Keepers are back... again</h1>", "Keepers are back... again"),
    ],
)
def test_what_names_a_site_or_a_part_is_no_title(title: str, body: str, asserted: str) -> None:
    assert page(title, body).title == asserted


def test_a_mark_without_blanks_leaves_the_name_of_the_site_in_a_title() -> None:
    title = "Keepers of the nine locks back in their boats|Keld Portal"
    read = page(title, "<div>Keld Portal</div>", f'<meta property="og:title" content="{title}">')
    assert read.title == ""


def test_the_credit_of_a_picture_names_no_publisher() -> None:
    read = page("Keld lamps", "<h1>Cycling along the old locks of Keld</h1><p>© Keld Lamp Tourism / Ada Quill</p>")
    assert read.publisher == ""


def test_the_years_of_a_work_are_no_reference() -> None:
    assert not reference_mentions.is_code("KL 2014-2016")
    assert not reference_mentions.is_code("SARS-2/COVID-19")
    assert reference_mentions.is_code("KL 2014-16/3")


@pytest.mark.parametrize(("own", "signs"), [("https://talk.example/r/lamps", 0), ("", 1)])
def test_the_address_of_another_site_is_no_sign_of_who_published_a_page(own: str, signs: int) -> None:
    body = (paragraph("See www.lanternwatch.example for all the wicks there are."),)
    document = Document("html", body, Metadata(url=own))
    layout = Layout("", "", (), "", body, (), ())
    assert len(list(issuer_signs.of_name("Lanternwatch", layout, document, (), lexicon_of("en")))) == signs


def test_the_number_of_a_page_is_no_part_of_a_title() -> None:
    text = f"# Page 1 Keepers of the nine locks went back\n\n{PARAGRAPH[3:-4]}\n"
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].title == ""
    text = text.replace("Page 1 ", "")
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].title == "Keepers of the nine locks went back"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("<p>Begins:</p><p>13 May 2012 11:00</p><p>Ends:</p><p>13 May 2012 18:00</p>", ""),
        ("<p>30 March 2020, 13:15 Uhr - 19:00 Uhr</p>", ""),
        ("<p>Two together:</p><p>2 - 4</p><p>Three together:</p><p>-</p><p>Lamps: 14 November 2019</p>", ""),
        ("<p>Published:</p><p>13 May 2012</p>", "2012-05-13"),
        ("<p>Place and date:</p><p>13 May 2012</p>", "2012-05-13"),
    ],
)
def test_a_day_that_a_label_calls_something_else_is_asked_about(head: str, date: str) -> None:
    read = page("The old locks of Keld", f"<h1>The old locks of Keld are open to all keepers</h1>{head}")
    assert read.date == date


@pytest.mark.parametrize(
    ("keys", "headline", "date"),
    [
        ("title: Keld Lamp Night", "Keld Lamp Night", ""),
        ("title: The lamps are lit again in Keld", "The lamps are lit again in Keld", "2019-07-12"),
    ],
)
def test_a_page_named_as_an_event_has_the_day_of_the_event(keys: str, headline: str, date: str) -> None:
    text = f"---\n{keys}\n---\n### {headline}\n\n12 July 2019\n\n" + PARAGRAPH.removeprefix("<p>").removesuffix("</p>")
    assert record.of("a.md", text.encode(), terms(Vocabularies()))[0].date == date


def test_a_word_in_capitals_stays_in_a_headline_in_capitals() -> None:
    text = "MEDIA FACTSHEET\n\nPUBLIC LAMPS IN KELD ARE LIT AGAIN BY THE KEEPERS OF THE LOCKS\n\n4 March 2021\n\n"
    read = record.of("a.txt", (text + PARAGRAPH[3:-4]).encode(), terms(Vocabularies()))[0]
    assert read.title in ("", "PUBLIC LAMPS IN KELD ARE LIT AGAIN BY THE KEEPERS OF THE LOCKS")


def test_the_bar_of_a_page_without_a_headline_states_no_day_of_publication() -> None:
    bar = "<h1>Keld Lock News</h1><p>Wednesday, August 19, 2020</p><h2>New companies at the locks</h2>"
    read = page("Keld Lock News : Details : Upper Gates : Ada Quill", bar)
    assert read.date == ""
    assert any(question.field == "date" and "August 19" in question.evidence for question in read.review)
    stated = '<meta property="article:published_time" content="2020-08-19T09:00:00+02:00">'
    assert page("Keld Lock News : Details : Upper Gates : Ada Quill", bar, stated).date == "2020-08-19"


@pytest.mark.parametrize(("quoted", "expected"), [("Fri, 5 Jul 2013", "2013-07-05"), ("Mon, 1 Jul 2013", "")])
def test_the_day_of_a_message_that_is_quoted_below_is_not_that_of_the_answer(quoted: str, expected: str) -> None:
    sent = (Evidence("Fri, 05 Jul 2013 12:24:28 +0000", "Date"),)
    body = (paragraph("Delivery to the keeper of the upper lock failed, and nobody will try it again before noon."),)
    document = Document("mail", body, Metadata(published=sent))
    layout = Layout("", "", (), "", body, (), (f"Date: {quoted} 10:24:27 -0700",))
    claim = publication_date.date_of(layout, document, "en")
    assert claim.value == expected
    assert expected or "5 Jul" in claim.questions[0].evidence.replace("05", "5")
