"""A title, and the day of a page without one, are asked about where a sign of them also names a site, a part or a visit."""

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Document, Evidence, Layout, Metadata, Record, paragraph
from onrecord.intake.evidence import publication_date
from onrecord.intake.evidence.term_finder import terms
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
