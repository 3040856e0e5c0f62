"""What interrupts the text of a page is left out alone, and a headline in pieces is read as the page's title writes it."""

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies
from tests.unit.test_intake_page_parts import BODY, TEXT, TITLE, imported, whole

FIRST, LAST = ("".join(f"<p>{text}</p>" for text in part) for part in (TEXT[:2], TEXT[2:]))
LINK = "<a href='/ferry'>Ferry to the outer islands sails twice a day</a>"


@pytest.mark.parametrize(
    "between",
    [
        "<div class='box'><b>Notes to editors</b><p>Guest comments need not be the opinion of the paper.</p></div>",
        "<div class='box'><h2>Notes:</h2><p>Guest comments need not be the opinion of the paper.</p></div>",
        f"<p><b>Related articles:</b></p><p>&gt;&gt; {LINK}</p><p>&gt;&gt; {LINK}</p>",
        f"<p>Related: {LINK}</p>",
        "<p>***</p>",
    ],
)
def test_what_interrupts_a_text_is_left_out_alone(between: str) -> None:
    found = imported(f"<main><h1>{TITLE}</h1><div class='entry-content'>{FIRST}{between}{LAST}</div></main>")
    assert whole(found), found.body
    assert not found.notes


def test_stars_before_contacts_end_the_text() -> None:
    foot = f"<p>***</p>{LAST}<p>Contact: Ilsa Marn, ilsa@lantern.example</p>"
    found = imported(f"<main><h1>{TITLE}</h1><div class='entry-content'>{FIRST}{foot}</div></main>")
    assert TEXT[1][-20:] in found.body
    assert TEXT[3] not in found.body


def test_related_texts_without_links_behind_a_text_are_none_of_it() -> None:
    behind = "<h2>Comments</h2><p>So good to read, we all wait for the quay to be opened. It was high time.</p>"
    found = imported(f"<main><h1>{TITLE}</h1><div class='entry-content'>{BODY}{behind}</div></main>")
    assert whole(found), found.body


@pytest.mark.parametrize(
    ("headline", "stated"),
    [
        (f"<span>Boats in Keldmouth</span><span>{TITLE}</span>", TITLE),
        (f"<span>“It begins”</span><span>{TITLE}</span>", TITLE),
        (
            f"<span>Boats in Keldmouth</span><span class='visually-hidden'>: </span><span>{TITLE}</span>",
            f"Boats in Keldmouth: {TITLE}",
        ),
        (f"<span>Boats in Keldmouth:</span>{TITLE}", f"Boats in Keldmouth: {TITLE}"),
        (f"<span>Boats in Keldmouth</span><span>{TITLE}</span>", f"Boats in Keldmouth: {TITLE}"),
    ],
)
def test_a_headline_in_pieces_is_written_as_the_title_of_the_page(headline: str, stated: str) -> None:
    head = f"<title>{stated} | Lantern Watch</title><meta property='og:title' content='{stated}'>"
    found = imported(f"<main><h1>{headline}</h1><div class='entry-content'>{BODY}</div></main>", head)
    assert found.title == stated
    assert whole(found), found.body


def test_an_error_page_is_refused_and_a_release_with_such_a_number_is_read() -> None:
    hint = "<p>Do not leave yet! Use the button of your browser to go back to the page on which you were before.</p>"
    for head, title in (
        ("404 Errors", "Page not found"),
        ("Lantern Watch", "Page not found: Lantern"),
        ("404 Errors", "Lantern Watch"),
    ):
        page = f"<html><head><title>{title}</title></head><body><main><h1>{head}</h1>{hint}</main></body></html>"
        (found,) = record.of("page.html", page.encode(), terms(Vocabularies()))
        assert "error message" in (found.refused or "")
    assert imported(f"<main><h1>404 boats shut in</h1>{BODY}</main>", "<title>404 boats shut in</title>").body
