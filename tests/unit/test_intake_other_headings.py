"""Lines that head something else than the whole text are no title; a heading keeps its own words."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.document import Block, Document, Record, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.layout.structure import layout
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
TEXT = (
    "The lock keepers of the Orle canal stopped work on Monday after two of them were dismissed without a hearing, their union said. Friends and colleagues are with them.\n\n"
    "“We will open the locks again when both are back,” said Mira Dorn, who has worked on the canal for thirty years and in whose hall no lamp went out.\n"
)
GERMAN = (
    "Die Schleusenwärter am Talheimer Kanal haben am Montag die Arbeit niedergelegt, nachdem zwei von ihnen ohne Anhörung entlassen worden waren.\n\n"
    "„Wir öffnen die Schleusen wieder, wenn beide zurück sind“, sagt Jana Holt von der Wassergruppe Talheim, die seit dreißig Jahren am Kanal arbeitet.\n"
)


def read(text: str, name: str = "a.txt") -> Record:
    return record.of(name, text.encode(), TERMS)[0]


def asked(drafted: Record) -> str:
    assert drafted.title == ""
    return next(question.evidence for question in drafted.review if question.field == "title")


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        (f"Pressemitteilung\nWassergruppe Talheim\nLiebe Pressevertreter*innen,\n{GERMAN}", "Wassergruppe Talheim", "a.txt"),
        (f"Pressemitteilung\n\nWassergruppe Talheim\n\nSehr geehrte Damen und Herren,\n\n{GERMAN}", "Wassergruppe Talheim", "a.txt"),
        (f"# Wassergruppe Talheim\n\nLiebe Pressevertreter*innen,\n\n{GERMAN}", "Wassergruppe Talheim", "a.md"),
        (f"Press release\n\nFriends of the Orle\n\nDear editors,\n\n{TEXT}", "Friends of the Orle", "a.txt"),
    ],
)  # fmt: skip
def test_a_line_between_the_kind_and_a_salutation_is_asked(text: str, line: str, name: str) -> None:
    assert f"“{line}” (it is before the salutation" in asked(read(text, name))


def test_a_headline_of_which_the_text_speaks_may_stand_before_a_salutation() -> None:
    drafted = read(f"Press release\n\nLock keepers go back to work\n\nDear editors,\n\n{TEXT}")
    assert (drafted.title, drafted.body[:12]) == ("Lock keepers go back to work", "The lock kee")


@pytest.mark.parametrize(
    "heading",
    [
        "Friends and Colleagues",
        "Introduction",
        "Executive Summary",
        "1. Happy New Year!",
        "!!! Lock keepers stop work",
        "Leave a comment",
        "Top News",
        "See the profiles of the keepers at: http://orle.example/1",
        "ORLEPOST.COM / CANAL DESK",
        "2023 lockpost.",
    ],
)
@pytest.mark.parametrize("mark", ["# ", ""])
def test_a_line_that_heads_no_whole_text_is_no_title(mark: str, heading: str) -> None:
    assert heading.strip("!. ") in asked(read(f"{mark}{heading}\n\n{TEXT}", "a.md" if mark else "a.txt"))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("目次", "灯台ネット開発グループは本日、沿岸の潮位を知らせる仕組み「灯台ネット」の第4版を公開しました。目次も新しくなりました。"),
        ("Введение", "В понедельник смотрители шлюзов канала Орле прекратили работу после того, как двоих из них уволили без слушания. Введение новых правил они не признают."),
        ("Originaler Text der Veröffentlichung", GERMAN),
    ],
)  # fmt: skip
def test_a_heading_of_a_part_is_no_title_in_any_language(heading: str, text: str) -> None:
    assert "it heads a part of a text" in asked(read(f"# {heading}\n\n{text}\n", "a.md"))


@pytest.mark.parametrize(
    "text",
    [
        "# Lock keepers of the canal and\n\nthe union have stopped work on Monday after two of them were dismissed without a hearing, they said.\n",
        "# Lock keepers of the Orle canal stopped\n\nwork on Monday after two of them were dismissed without a hearing, their union said in the town.\n",
    ],
)
def test_a_heading_whose_sentence_goes_on_in_the_text_is_asked(text: str) -> None:
    assert "it may go on in the text" in asked(read(text, "a.md"))


@pytest.mark.parametrize(
    "heading",
    [
        "Gala Dinner of the Lock Keepers - Orle Canal Society",
        "Gala Dinner of the Lock Keepers - Dr Ivo Marr",
        "Lock Keepers Net 4.0 Press Kit",
        "Lock Keepers Net 4.0 Press Release",
        "Lock keepers go back to work. The canal opens on Monday for all boats of the town and of the villages along the Orle",
    ],
)
def test_a_heading_keeps_a_name_behind_a_dash_a_kind_at_its_end_and_its_second_sentence(heading: str) -> None:
    assert read(f"# {heading}\n\n{TEXT}", "a.md").title == heading


def test_a_title_of_the_front_matter_that_is_only_a_kind_is_none_and_is_left_out_with_a_word() -> None:
    drafted = read(f"---\ntitle: Press Release\n---\n# Lock keepers go back to work\n\n{TEXT}", "a.md")
    assert (drafted.title, drafted.body[:12]) == ("Lock keepers go back to work", "The lock kee")
    assert any(left.text == "Press Release" and "no more than a kind" in left.reason for left in drafted.left_out)
    assert "“Press Release”" in asked(read(f"---\ntitle: Press Release\n---\n{TEXT}", "a.md"))


def test_a_headline_with_a_person_s_title_within_is_no_letterhead_of_the_next_line() -> None:
    head = "Orle Professor Brings Canal Family Back\nProfessor Marr spins tales of the canal in his novel"
    text = "The professor of the canal, Ivo Marr, has written a novel about a family of lock keepers, who were dismissed without a hearing."
    assert "another line is as likely" in asked(read(f"{head}\n\n{text}\n\n{TEXT}"))


def test_a_page_of_dated_teasers_is_a_list_and_a_release_with_links_is_none() -> None:
    teasers = "".join(
        f"<div><span>0{day} May 2009</span><h3>{name} is closed</h3><p>The {name} was closed on that day. <a href='{day}.html'>More</a></p></div>"
        for day, name in enumerate(("bridge", "mill", "lock"), 5)
    )
    page = "<!DOCTYPE html><html lang='en'><head><title>{}</title></head><body><h1>{}</h1>{}</body></html>"
    assert "a list of releases" in read(page.format("Statements", "STATEMENTS", teasers), "a.html").refused
    title = "The bridge, the mill and the lock are closed"
    text = (
        "<p>The keepers counted three closed works in a week, and ask the town for one hearing before the summer.</p>"
    )
    assert read(page.format(title, title, text + teasers), "a.html").refused == ""


def test_a_line_of_large_letters_that_ends_in_a_comma_or_a_verb_of_saying_begins_its_sentence() -> None:
    first, *_ = TEXT.split("\n\n")
    for line, verb in (
        ("Speaking about the strike, Mira Dorn, Director, Orle Canal Union, said,", ""),
        ("In the hall the keeper Mira Dorn said", ""),
        ("Speaking about the long strike, Mrs. Mira Dorn, Director, Orle", "Canal Union, said, "),
    ):
        blocks = (
            Block("heading", (TextRun("Lock keepers stop work on the canal"),), level=1),
            paragraph(first),
            Block("heading", (TextRun(line),), level=2),
            paragraph(f"{verb}“We will open the locks again when both are back.”"),
        )
        for form, kinds in (("pdf", ["paragraph"]), ("html", ["heading", "paragraph"])):
            found = layout(Document(form, blocks), TERMS, "en")
            assert [block.kind for block in found.body[1:]] == kinds
            assert (
                " ".join(block.text for block in found.body[1:])
                == f"{line} {verb}“We will open the locks again when both are back.”"
            )


def typeset(*head: tuple[str, int], text: str = TEXT) -> Record:
    """What is made of a document whose lines above the text are (words, rank of their size or 0 for the size of the text)."""
    blocks = [Block("heading" if level else "paragraph", (TextRun(words),), level=level) for words, level in head]
    body = [paragraph(each.strip()) for each in (text * 2).split("\n\n")]
    return record._record("a.pdf", Document("pdf", (*blocks, *body)), TERMS)


@pytest.mark.parametrize(
    ("head", "doubt"),
    [
        ((("Report on the locks", 2), ("Lock keepers stop work on the canal", 2)), "another heading is set as large"),
        ((("Index score and rank of keepers", 1),), "the text does not speak of it"),
        ((("The Orle and Mira Dorn", 1),), "it may be no more than a name"),
        ((("Harbour report of the third spring", 0), ("Locks of the canal", 1)), "another line is as likely"),
    ],
)  # fmt: skip
def test_a_line_in_a_large_type_is_one_sign_and_no_headline_alone(
    head: tuple[tuple[str, int], ...], doubt: str
) -> None:
    assert doubt in asked(typeset(*head))


def test_a_line_in_the_largest_type_of_which_the_text_speaks_is_the_headline() -> None:
    title = "Lock keepers stop work on the canal"
    assert typeset(("Press release", 1), (title, 2)).title == title
    assert typeset((title, 1), ("What the union says", 2)).title == title
    # Alone below the kind, one word that the text has again is enough.
    assert (
        typeset(("Press release", 2), ("Locks shut by order, not by flood", 1)).title
        == "Locks shut by order, not by flood"
    )


@pytest.mark.parametrize(
    ("head", "doubt"),
    [
        ("[inside the front cover of the lock keepers]\n\n", "marks are around it"),
        ("*No further work of the keepers is released\n\n", "a mark is before it"),
        ("KEEPERS WORK orle.canal.example/news/keepers\n\n", "an address is in it"),
        ("Lock keepers stop work on the canal Introduction\n\n", "the heading of a part is behind it"),
        ("ADDRESS ON THE STRIKE OF THE UNION\n\nTO THE KEEPERS OF THE LOCKS ON THE CANAL\n\n", "it may begin in the line above"),
        ("Harbour hall, upper room\n\nWho has worked on the canal for thirty years?\n\n", "it reads like a sentence"),
    ],
)  # fmt: skip
def test_words_at_the_edges_of_a_plain_headline_are_asked(head: str, doubt: str) -> None:
    assert doubt in asked(read(head + TEXT))


def test_the_title_of_a_message_is_its_subject() -> None:
    message = "From: Canal <a@canal.example>\nSubject: {}\nContent-Type: text/plain; charset=utf-8\n\n{}\n\n{}"
    drafted = read(message.format("The keepers stop their work", "Mira Dorn", f"Hello Mira,\n\n{TEXT}"), "a.eml")
    assert drafted.title == "The keepers stop their work"


def test_a_short_side_of_a_page_s_own_title_may_be_its_site_s_name() -> None:
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>{0}</title><meta property="og:title" content="{0}"></head>'
        "<body><article><p>{1}</p></article></body></html>"
    )
    text = TEXT.replace("\n\n", "</p><p>")
    assert read(page.format("OCU - Lock keepers go back to work", text), "a.html").title == ""
    assert read(page.format("Lock keepers go back to work", text), "a.html").title == "Lock keepers go back to work"


def test_the_likeliest_line_is_the_first_that_the_question_quotes() -> None:
    head = (("Canal report of a town", 2), ("Lock keepers stop work on the canal", 2))
    evidence = asked(typeset(*head))
    assert evidence.startswith("“Lock keepers stop work") or "set as large" in evidence.split(";")[0]


def test_stars_between_two_sections_of_a_text_end_nothing() -> None:
    first, second = TEXT.strip().split("\n\n")
    drafted = read(f"# Lock keepers stop work\n\n{first}\n\n***\n\n{second}\n\n{first}\n", "a.md")
    assert second[:20] in drafted.body
    assert drafted.notes == ""
    # Where the foot stands below them, they end the text.
    drafted = read(f"Lock keepers stop work\n\n{first}\n\n***\n\n{second}\n\nContact: Jon Vey, +44 20 7946 0991\n")
    assert second[:20] not in drafted.body


def test_a_note_in_the_middle_of_a_text_does_not_take_the_text_below_it() -> None:
    first, second = TEXT.strip().split("\n\n")
    note = "Note: guest comments are those of their authors."
    drafted = read(
        f"# Lock keepers stop work\n\n{first}\n\n{note}\n\n## What comes next\n\n{second}\n\n{first}\n", "a.md"
    )
    assert "What comes next" in drafted.body
    assert second[:20] in drafted.body
    assert second[:20] not in drafted.notes


def test_the_question_for_the_publisher_quotes_no_form_of_address() -> None:
    drafted = read(f"Pressemitteilung\n\nWassergruppe Talheim\n\nLiebe Pressevertreter*innen,\n\n{GERMAN}")
    evidence = next((question.evidence for question in drafted.review if question.field == "publisher"), "")
    assert "Pressevertreter" not in evidence


def test_a_kicker_before_a_headline_and_a_line_beside_a_subject_are_no_titles() -> None:
    title = "Lock keepers go back to work"
    page = (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | Orle News</title><meta property="og:title" content="{title}"></head><body><article>'
        f"<h1><span>Strike on the Orle</span><span>{title}</span></h1><p>{TEXT}</p></article></body></html>"
    )
    assert read(page.replace("\n\n", "</p><p>"), "a.html").title == title
    message = "From: Canal <a@canal.example>\nSubject: The 2 keepers of the canal return to work\nContent-Type: text/html; charset=utf-8\n\n<h1>THE KEEPERS ARE BACK!</h1><p>{}</p>"
    assert read(message.format(TEXT), "a.eml").title == "The 2 keepers of the canal return to work"


def test_a_page_that_is_not_there_is_refused() -> None:
    page = "<!DOCTYPE html><html lang='en'><head><title>Page not found: Orle News</title></head><body><h2>Wait for a moment!</h2><p>Use the button of your browser to go back to where you came from.</p></body></html>"
    assert "error message" in read(page, "a.html").refused
