"""A title is asserted where it explains the whole head of its document, and asked where a line as large beside it is left unexplained."""

# ruff: noqa: E501 - lines are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import draft_file, record
from onrecord.intake.document import Block, Document, Record, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies
from tests.unit.test_intake_page_parts import BODY, TEXT, TITLE, imported

TERMS = terms(Vocabularies())
RUNNING = (
    "The ferry to the outer islands stops in the winter, and the harbour office says that nobody was asked before it was decided.",
    "Those who live there have to take the long road over the pass, which is closed when snow lies on it for more than a day.",
)


def heading(text: str, level: int, *, close: bool = False) -> Block:
    return Block("heading", (TextRun(text),), level, close=close)


def typeset(*head: Block, form: str = "pdf") -> Record:
    return record._record("a.pdf", Document(form, (*head, *map(paragraph, RUNNING))), TERMS)


def title_asked(drafted: Record) -> str:
    return next((ask.evidence for ask in drafted.review if ask.field == "title"), "")


@pytest.mark.parametrize(
    ("headline", "head", "title"),
    [
        (
            f"<span class='kicker'>Harbours</span><span class='text'>{TITLE}</span>",
            "<title>Harbour office: the northern quay is shut</title>",
            TITLE,
        ),
        (
            f"<span>Harbours</span>{TITLE}",
            f"<meta property='og:title' content='Harbours / {TITLE}'><title>Harbours {TITLE}</title>",
            f"Harbours / {TITLE}",
        ),
        (f"<span>{TITLE}</span><br><span>Ilsa Marn</span>", f"<title>{TITLE} (picture: Keld News)</title>", TITLE),
        (f"- {TITLE} <span>in winter</span>", f"<title>- {TITLE} in winter</title>", f"- {TITLE} in winter"),
        (f"{TITLE} <span>in winter</span>", f"<title>«Lamps»: - {TITLE} in winter</title>", f"{TITLE} in winter"),
    ],
)
def test_pieces_of_a_headline_are_told_by_a_name_or_a_title_of_the_page(headline: str, head: str, title: str) -> None:
    assert imported(f"<main><h1>{headline}</h1>{BODY}</main>", head).title == title


def test_pieces_of_a_headline_that_nothing_tells_apart_are_asked_about() -> None:
    drafted = imported(f"<main><h1><span>The Harbours Now</span><span>{TITLE}</span></h1>{BODY}</main>", "")
    assert drafted.title == ""
    assert "The Harbours Now" in title_asked(drafted)
    assert TITLE in title_asked(drafted)


def test_a_larger_line_that_only_looks_like_a_letterhead_is_no_less_likely_the_title() -> None:
    head = (
        heading("FERRIES OF THE COUNCIL", 1),
        heading("What do the outer islands need when the ferry stops?", 2),
    )
    drafted = typeset(*head)
    assert drafted.title == ""
    assert "FERRIES OF THE COUNCIL" in title_asked(drafted)
    signed = record._record(
        "a.pdf",
        Document("pdf", (*head, *map(paragraph, RUNNING), paragraph("Ferries of the Council, 4 Quay Road, Keld"))),
        TERMS,
    )
    assert signed.title == "What do the outer islands need when the ferry stops?"


def test_a_headline_that_may_begin_in_the_line_above_is_asked_about() -> None:
    above = heading("How to Ask for the Winter Ferry on", 6)
    drafted = typeset(above, heading("ISLANDS, PASSES AND ROADS THAT THE HARBOUR OFFICE CLOSED", 3, close=True))
    assert drafted.title == ""


def test_the_line_of_the_day_that_was_joined_to_a_headline_is_parted_from_it() -> None:
    joined = heading("The Winter Ferry to the Islands Stops Posted on: 4 March 2012 3:07PM by Keld Office", 1)
    drafted = typeset(joined)
    assert drafted.title == "The Winter Ferry to the Islands Stops"


@pytest.mark.parametrize(
    "blocks",
    [
        (heading("What we took home from the islands", 1),),
        (
            heading("Words of the president of the islands at the opening of the long road to Keld", 2),
            paragraph("2012-05-03"),
        ),
        (
            paragraph(
                "Words that the president of the islands said at the opening of the long road over the pass to the town of Keld"
            ),
            paragraph("2012-05-03"),
        ),
    ],
)
def test_a_line_that_stands_first_and_alone_over_its_text_or_its_day_is_the_title(blocks: tuple[Block, ...]) -> None:
    assert typeset(*blocks, form="word").title == blocks[0].text


def test_the_first_line_with_a_mark_of_markdown_is_the_headline_over_headings_of_parts() -> None:
    text = f"# 15/2012 - The winter ferry... and who was asked.\n\n## Facts\n{RUNNING[0]}\n\n## Law\n{RUNNING[1]}\n"
    assert record.of("a.txt", text.encode(), TERMS)[0].title == "15/2012 - The winter ferry... and who was asked."


def test_a_line_that_is_asked_about_as_the_title_does_not_begin_the_text() -> None:
    long = "Words of the harbour office in the council of the islands on roads and ferries in winter and spring"
    drafted = typeset(heading(long, 2), heading("Other words of the office on other roads", 2))
    assert drafted.title == ""
    assert long in title_asked(drafted)
    assert drafted.body.startswith("The ferry") or drafted.body.startswith("## Other")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Published Jun 04, 2026 • Last updated 1 day ago • 2 minute read</p>",
        "<p>By:</p>",
        "<p>Ilsa Marn Jon Holt Ada Kress Ruth Dorn</p><p>3 May 2024, 17:47</p>",
        "<h2>Browse Issues</h2><p>3 May 2024</p>",
        '<p>&lt;img src="https://count.example/?a=b" height="1"&gt;</p>',
    ],
)
def test_what_stands_between_headline_and_text_is_not_its_first_words(line: str) -> None:
    drafted = imported(f"<main><h1>{TITLE}</h1>{line}{BODY}</main>", f"<title>{TITLE}</title>")
    assert drafted.body.startswith(TEXT[0][:40]), drafted.body[:80]


@pytest.mark.parametrize(
    "last",
    [
        "Those who saw the boats on that night are asked to ring the harbour police of Keld at 0151 555 0199 or write to tips@keld.example.",
        "More about the boats and those who built them is to be found at: <a href='https://lantern.example/boats'>https://lantern.example/boats</a>",
    ],
)
def test_a_last_sentence_with_a_contact_or_an_address_is_text(last: str) -> None:
    drafted = imported(f"<main><h1>{TITLE}</h1><div>{BODY}<p>{last}</p></div></main>", f"<title>{TITLE}</title>")
    assert last[:60] in drafted.body


def test_a_line_of_copyright_without_a_year_goes_with_the_one_that_has_it() -> None:
    foot = "<p>© 2025 Lantern Watch</p><p>All words and all of the design is copyright Keld Press of Northern Orland, Lda</p>"
    drafted = imported(f"<main><h1>{TITLE}</h1>{BODY}{foot}</main>", f"<title>{TITLE}</title>")
    assert "copyright" not in drafted.body


def test_a_picture_with_blanks_in_its_name_is_no_text() -> None:
    text = f"# The winter ferry\n\n{RUNNING[0]}\n\n{RUNNING[1]}\n\n![](/up/Screen Shot 1 at 14.41.png)\n"
    assert "Screen" not in record.of("a.md", text.encode(), TERMS)[0].body


def test_marks_of_redaction_that_are_not_ours_are_asked_about_before_a_draft_is_written() -> None:
    text = f"The winter ferry stops\n\n{RUNNING[0]}\n\n{RUNNING[1]} It was [[redacted: a name]] who asked.\n"
    drafted = record.of("a.txt", text.encode(), TERMS)[0]
    assert "((redacted: a name))" in drafted.body
    assert any("redacted" in ask.question for ask in drafted.review)
    assert draft_file.text(drafted).count("which this archive marks") == 1


@pytest.mark.parametrize(
    "below",
    [
        (
            heading("What the islands need in winter", 3),
            paragraph(RUNNING[0]),
            heading("What the pass has to do with it", 3),
        ),
        (heading("1. Data of the session of the council", 3),),
        (heading("Introduction", 3),),
        (paragraph("By Ada Marr and Jan Holt of the Keld News"),),
        (paragraph("Illustration: Jan / Keld Guides | Photo: Ada / Orland pictures"),),
        (paragraph("Ada Marr, MPH, Jan Holt, PhD, National Centre"),),
        (paragraph("NOTICE PAPER OF THE COUNCIL NO. 2435"),),
        (paragraph("\uf0d8 A total of five ferries sailed on that day"),),
        (paragraph("Published 22/10/2012 17:40 - Updated 23/10/2012 09:15"),),
        (paragraph("1 day ago"),),
        (paragraph("Scope: the ferries of the islands Reading status: the second of three is complete"),),
        (Block("paragraph", (TextRun("Status:", strong=True), TextRun(" the second reading of the law on ferries"))),),
        (paragraph("> back to the list of all of the ferries"),),
        (paragraph("[gallery columns=2 of the ferry and the islands]"),),
        (paragraph(RUNNING[0][:70]),),
    ],
)
def test_what_stands_under_a_headline_and_is_no_sub_title_is_not_asserted_as_one(below: tuple[Block, ...]) -> None:
    assert typeset(heading("The winter ferry to the islands stops", 1), *below, form="markdown").subtitle == ""


@pytest.mark.parametrize(
    "below",
    [
        paragraph("Those who live there have to take the long road over the pass"),
        heading("Council asks the harbour office for a second ferry", 2),
    ],
)
def test_a_phrase_about_the_matter_under_the_headline_is_its_sub_title(below: Block) -> None:
    drafted = typeset(heading("The winter ferry to the islands stops", 1), below, form="markdown")
    assert drafted.subtitle == below.text


def test_the_second_of_two_first_headings_in_markdown_is_asked_about_and_both_are_quoted() -> None:
    text = f"# Mission\n\n# Digital change for the islands\n\n## Vision\n\n{RUNNING[0]}\n\n{RUNNING[1]}\n"
    drafted = record.of("a.md", text.encode(), TERMS)[0]
    assert drafted.title == ""
    assert "Mission" in title_asked(drafted)
    assert "Digital change" in title_asked(drafted)


def test_the_heading_of_the_first_part_of_a_page_stays_with_its_text() -> None:
    parts = f"<h3>Share in a harbour, by Ada Marr</h3>{BODY}<h3>Boats in winter, by Jan Holt</h3>{BODY}"
    drafted = imported(f"<main><h1>{TITLE}</h1>{parts}</main>", f"<title>{TITLE}</title>")
    assert drafted.body.startswith("## Share in a harbour")


def test_two_headings_that_name_a_kind_are_quoted_where_no_headline_was_found() -> None:
    text = f"# Statement\n\n# Statement of the Movement for the Ferry\n\n{RUNNING[0]}\n\n{RUNNING[1]}\n"
    assert "Movement for the Ferry" in title_asked(record.of("a.md", text.encode(), TERMS)[0])


def test_the_only_heading_of_a_markdown_text_is_its_title_be_it_a_place() -> None:
    text = f"# KELDHAVN\n\n{RUNNING[0]}\n\n{RUNNING[1]} So it is in Keldhavn.\n"
    assert record.of("a.md", text.encode(), TERMS)[0].title == "KELDHAVN"
    for name in ("KLDH", "KELDHEIM"):
        assert record.of("a.md", text.replace("# KELDHAVN", f"# {name}").encode(), TERMS)[0].title == ""


def test_the_greetings_of_a_talk_stay_with_its_text() -> None:
    greetings = "<p>Mr Chairman<br>Ladies and gentlemen<br>Good morning</p>"
    drafted = imported(f"<main><h1>{TITLE}</h1>{greetings}{BODY}</main>", f"<title>{TITLE}</title>")
    assert "Ladies and gentlemen" in drafted.body
    assert "Good morning" in drafted.body


def test_a_line_with_the_mark_of_a_note_below_it_is_the_headline_without_the_mark() -> None:
    head = ("United Lakes  A/XYZ/43", "General Council", "Forty-third session", "Agenda item 6")
    title = "Report of the Working Group on the Ferry to the Outer Islands in the Winter"
    text = "\n\n".join((*head, f"{title}*", "Addendum", "* Sent out in the language of submission only.", *RUNNING))
    assert record.of("a.txt", text.encode(), TERMS)[0].title == title


def test_what_a_site_says_of_accounts_at_the_edges_of_a_text_is_left_out_and_asked_about() -> None:
    first = "<p>You can save this article by registering for free here. Or sign-in if you have an account.</p>"
    last = "<p>Become a subscriber to read on: the harbours of the north are reported on by us alone.</p>"
    drafted = imported(f"<main><h1>{TITLE}</h1><div>{first}{BODY}{last}</div></main>", f"<title>{TITLE}</title>")
    assert drafted.body.startswith(TEXT[0][:40])
    assert "subscriber" not in drafted.body
    asked = " ".join(ask.evidence for ask in drafted.review if ask.field == "body")
    assert "registering" in asked
    assert "subscriber" in asked


def test_a_heading_that_leads_elsewhere_is_not_quoted_as_what_may_be_the_title() -> None:
    text = f"### [Back to the first page](https://keld.example/)\n\n# Mission\n\n# Digital change for islands\n\n{RUNNING[0]}\n\n{RUNNING[1]}\n"
    drafted = record.of("a.md", text.encode(), TERMS)[0]
    assert drafted.title == ""
    assert "Back to" not in title_asked(drafted)
    assert "Digital change" in title_asked(drafted)


def test_links_that_skip_to_parts_of_a_page_are_not_its_first_words() -> None:
    skips = "<ul><li><a href='https://lantern.example/quay#text'>Skip all the menus and go straight to the text</a></li></ul>"
    drafted = imported(f"<div>{skips}</div><h1>{TITLE}</h1>{BODY}", f"<title>{TITLE}</title>")
    assert drafted.body.startswith(TEXT[0][:40])


def test_a_caption_with_its_credit_above_the_text_is_none_of_its_words_and_no_sub_title() -> None:
    caption = "<p>VISIT: Ada Marr came to the pier when the lamps were lit again. Photo: Jan Holt and Ruth Dorn (Keld News)</p>"
    standfirst = "<p>The office had to act when the lamps went out three weeks too early.</p>"
    page = f"<main><h1>{TITLE}</h1><div>{caption}{standfirst}<p>15.10.24 23:35</p></div><div class='entry-content'>{BODY}</div></main>"
    drafted = imported(page, f"<title>{TITLE}</title>")
    assert drafted.subtitle.startswith("The office had to act")
    assert drafted.body.startswith(TEXT[0][:40])
    assert "VISIT" in " ".join(ask.evidence for ask in drafted.review)


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Courtesy of Ada Marr (Keld Magazine)", "caption of a picture"),
        ("The filing of the wardens in Keld. Credit: Jan Marr", "caption of a picture"),
        ("(Original headline: wardens count eleven locks of the lower canal)", "line of the head"),
    ],
)
def test_a_credit_and_a_note_in_brackets_are_no_subtitle(form: str, line: str, reason: str) -> None:
    text = f"The wardens of the lower canal counted every lock and found eleven of them without a keeper. {'They wrote. ' * 9}"
    title = "The wardens count the locks of the canal"
    written = {
        "md": f"# {title}\n\n*{line}*\n\n{text}\n",
        "html": f"<title>{title}</title><h1>{title}</h1><p><em>{line}</em></p><p>{text}</p>",
    }[form]
    drafted = record.of(f"locks.{form}", written.encode(), TERMS)[0]
    assert (drafted.title, drafted.subtitle, line in drafted.body) == (title, "", False)
    assert (line, reason) in [(left.text, left.reason) for left in drafted.left_out]


_WARDENS = (
    f"The wardens of the lower canal counted every lock and found eleven of them without a keeper. {'They wrote. ' * 9}"
)
_CHINESE = "码头管理员今天数了下游运河的每一道水闸，发现其中十一道没有看守人。" + "他们写信给城市。" * 20


@pytest.mark.parametrize(
    ("title", "lines", "text"),
    [
        ("The wardens count the locks of the canal", "The count of all of the locks has begun today!", _WARDENS),
        ("The wardens count the locks of the canal", "The wardens are at the upper lock (source: Keld News)", _WARDENS),
        ("管理员清点运河的水闸", "十一道水闸没有看守人，管理员要求城市回答他们的信件", _CHINESE),
    ],
)  # fmt: skip
def test_a_line_that_its_place_alone_speaks_for_stays_in_the_text(title: str, lines: str, text: str) -> None:
    drafted = record.of("locks.md", f"# {title}\n\n{lines}\n\n{text}\n".encode(), TERMS)[0]
    assert (drafted.title, drafted.subtitle) == (title, "")
    assert lines in drafted.body


def test_the_first_of_a_texts_points_is_no_subtitle() -> None:
    points = (
        "Eleven of them have nobody who opens them in the evening",
        "The city was asked for keepers of all locks in spring",
    )
    title = "The wardens count the locks of the canal"
    page = f"<title>{title}</title><h1>{title}</h1><h2>{points[0]}</h2><h2>{points[1]}</h2><p>{_WARDENS}</p>"
    drafted = record.of("locks.html", page.encode(), TERMS)[0]
    assert (drafted.title, drafted.subtitle) == (title, "")
    assert all(point in drafted.body for point in points)


def test_a_sentence_under_the_headline_is_its_subtitle() -> None:
    line = "Eleven of them have nobody who opens them in the evening"
    drafted = record.of("locks.md", f"# The wardens count the locks\n\n{line}\n\n{_WARDENS}\n".encode(), TERMS)[0]
    assert drafted.subtitle == line
