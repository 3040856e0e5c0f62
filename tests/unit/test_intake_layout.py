"""The passes: what goes where, and why; that a pass can lose nothing; and that the program says what it decided."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import re

import pytest

from onrecord.intake import explaining, record
from onrecord.intake.document import Block, Document, Record, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.layout import headline_checks, organizations, refusals
from onrecord.intake.layout.assignment import Assignment, Move, WrongMove
from onrecord.intake.layout.lines import lines_of
from onrecord.intake.layout.passes import PASSES
from onrecord.intake.layout.structure import layout
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Vocabularies
from tests import stint

TERMS = terms(Vocabularies())
FIRST = "The lock keepers of the Orle canal stopped work on Monday after two of them were dismissed without a hearing, their union said."
SECOND = (
    "“We will open the locks again when both are back,” said Mira Dorn, who has worked on the canal for thirty years."
)


def read(text: str, name: str = "a.txt") -> Record:
    return record.of(name, text.encode(), TERMS)[0]


def release(*head: str, foot: str = "") -> Record:
    return read("\n\n".join([*head, FIRST, SECOND, foot]).rstrip() + "\n")


def reasons(drafted: Record) -> dict[str, str]:
    return {left.text: left.reason for left in drafted.left_out}


# ---- the assignment ----------------------------------------------------------------------------------------------------------------


def assignment(*texts: str) -> Assignment:
    return Assignment.undecided(lines_of([paragraph(text) for text in texts], lexicon_of("en"), "en"))


def test_a_move_parts_a_stretch_and_keeps_all_of_it() -> None:
    moved = assignment("3 May: the pier is closed").moved([Move(0, "header", "date", end=6)], "dates")
    assert [(stretch.place, moved.text(stretch)) for stretch in moved.stretches[0]] == [
        ("header", "3 May:"),
        ("undecided", "the pier is closed"),
    ]
    assert [block.text for block in moved.blocks("undecided")] == ["the pier is closed"]


@pytest.mark.parametrize(
    "moves",
    [
        [Move(0, "title", "headline"), Move(0, "body", "text", start=4)],
        [Move(0, "title", "headline", start=4, end=60)],
        [Move(3, "title", "headline")],
        [Move(0, "title", "headline", source="body")],
    ],
)
def test_text_can_be_neither_doubled_nor_taken_from_where_it_is_not(moves: list[Move]) -> None:
    with pytest.raises(WrongMove):
        assignment("The pier is closed").moved(moves, "wrong")


def test_text_that_was_moved_stays_where_it_is_unless_a_move_names_its_place() -> None:
    moved = assignment("The pier is closed").moved([Move(0, "body", "text")], "one")
    with pytest.raises(WrongMove):
        moved.moved([Move(0, "title", "headline")], "another")
    assert moved.moved([Move(0, "title", "headline", source="body")], "another").is_whole(0, "title")


def test_every_pass_says_what_it_moves() -> None:
    assert all(each.__doc__ for each in PASSES)
    assert len({each.__name__ for each in PASSES}) == len(PASSES)


# ---- heads -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        ("The Hon Mira Dorn MP\nMinister for Canals and Inland Waters", "Media Release", "4 June 2006", "Lock keepers go back to work"),
        ("THE HON MIRA DORN MP SHADOW MINISTER FOR CANALS MEMBER FOR ORLE", "Lock keepers go back to work", "4 June 2006"),
        ("Shadow Minister for Canals, Mira Dorn", "Lock keepers go back to work", "4 June 2006"),
        ("Lock keepers go back to work", "Ms Mira Dorn MP", "Shadow Minister for Canals and Inland Waters", "4 June 2006"),
        ("For Immediate Release: Lock keepers go back to work", "4 June 2006"),
        ("PRESS RELEASE: Lock keepers go back to work", "4 June 2006"),
        ("STATEMENT TITLE: Lock keepers go back to work", "RELEASE DATE: 4 June 2006", "STATEMENT TYPE AND NUMBER: SECOND OC 7/06"),
        ("Lock keepers go back to work   Sunday, 4 June 2006",),
        ("Lock keepers go back to work", "Orle, 4 June 2006"),
        ("From the Ministry of Canals", "4 June 2006", "Lock keepers go back to work"),
        ("4 June 2006", "Lock keepers go back to work", "Lock keepers go back to work"),
    ],
)  # fmt: skip
def test_offices_labels_and_dates_are_no_part_of_the_headline(head: tuple[str, ...]) -> None:
    drafted = release(*head)
    assert (drafted.title, drafted.date) == ("Lock keepers go back to work", "2006-06-04")
    assert drafted.body.startswith("The lock keepers")


@pytest.mark.parametrize(
    "title",
    [
        "PORT LIFTS EMBARGO ON CANAL SALT",
        "SEN. DORN ISSUES STATEMENT ON DISMISSED KEEPERS",
        "Statement of Canal Attorney Mira Dorn on the dismissal of Oskar Wendt Jr.",
        "MEDIA ADVISORY - MIRA DORN HEARING TAPE",
    ],
)  # fmt: skip
def test_a_headline_is_whole_whatever_it_holds(title: str) -> None:
    assert release(title).title == title


def test_a_line_as_long_as_a_sentence_is_asked_though_it_has_no_full_stop() -> None:
    line = "Lock keepers of the Orle canal, their families and the crews of the forty boats that wait below the town of Marn ask the minister of canals and inland waters for one hearing before the end of the summer"
    drafted = release(line)
    assert drafted.title == ""
    assert line[:150] in next(question.evidence for question in drafted.review if question.field == "title")
    assert line in drafted.body


def test_a_name_in_a_headline_is_no_publisher() -> None:
    assert not release("MEDIA ADVISORY - MIRA DORN HEARING TAPE", "4 June 2006").publisher
    assert not release("SEN. DORN ISSUES STATEMENT ON DISMISSED KEEPERS").publisher


def test_an_embargo_is_a_notice_where_it_has_a_time() -> None:
    drafted = release("EMBARGOED UNTIL 06.00 GMT, 4 JUNE 2006", "Lock keepers go back to work")
    assert drafted.title == "Lock keepers go back to work"
    assert not drafted.date


# ---- lists -------------------------------------------------------------------------------------------------------------------------


def test_numbered_paragraphs_are_the_text() -> None:
    items = [
        f"1. {FIRST}",
        f"2. {'The second demand is a hearing for both keepers before the board of the canal. ' * 6}".strip(),
        "3. The third demand is a new lock at Marn, to be built by Canal Works Ltd.",
        f"4. {SECOND}",
    ]
    drafted = read("Lock keepers go back to work\n\n" + "\n\n".join(items) + "\n")
    assert drafted.title == "Lock keepers go back to work"
    assert len(drafted.body.strip().split("\n")) == 4
    assert drafted.body.startswith("1. The lock keepers")
    assert "Canal Works Ltd." in drafted.body
    assert read("\n\n".join(items) + "\n").body.count("\n") >= 4


def test_the_third_item_of_a_lettered_list_is_no_copyright_line() -> None:
    items = "\n\n".join(
        [
            "(a) a keeper at every lock;",
            "(b) a boat for every keeper;",
            "(c) a list of the dismissed;",
            "(d) a hearing.",
        ]
    )
    drafted = release("Lock keepers go back to work", "The demands are:", items)
    assert "(c) a list of the dismissed;" in drafted.body
    assert not drafted.publisher
    assert reasons(release("Lock keepers go back to work", foot="(c) 2006 Union of Canal Workers")) == {
        "(c) 2006 Union of Canal Workers": "line of the foot"
    }


def test_text_that_only_looks_like_a_contact_stays() -> None:
    last = "For more information on the dismissals, read the minutes of the board of the canal."
    assert release("Lock keepers go back to work", foot=last).body.strip().endswith(last)


def test_a_menu_s_contact_in_the_middle_swallows_nothing() -> None:
    drafted = read(f"Lock keepers go back to work\n\n{FIRST}\n\nCONTACT US\n\nThe demands\n\n{SECOND}\n")
    assert "The demands" in drafted.body
    assert reasons(drafted) == {"CONTACT US": "heading of contacts"}


# ---- feet --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("foot", "reason"),
    [
        ("ENDS", "end mark"),
        ("This entry was posted in Canals, Press", "navigation"),
        ("Click to print (Opens in new window)", "navigation"),
        ("Theme by Weirwright", "navigation"),
        ("3 comments\n\nWhat a shame!", "comments and related pages"),
        ("Press contact: Oskar Wendt, +44 20 7946 0000", "contact data"),
        ("Kind regards,", "greeting"),
        ("Page last updated: 9 May 2011", "line of the foot"),
        ("17/09/2013 http://canal.example/print", "line of the foot"),
    ],
)
def test_what_follows_the_text_is_left_out_with_its_reason(foot: str, reason: str) -> None:
    drafted = release("Lock keepers go back to work", foot=foot)
    assert drafted.body.strip().endswith("thirty years.")
    assert reason in reasons(drafted).values()


def test_prose_among_comments_is_asked_about() -> None:
    comment = "I have lived beside the Orle canal for forty years and have never seen the locks closed for so long."
    drafted = release("Lock keepers go back to work", foot=f"2 comments\n\n{comment}")
    assert any(comment in question.evidence for question in drafted.review if question.field == "body")


def test_no_telephone_number_enters_the_draft_s_questions() -> None:
    foot = "Notes to editors\n\nThe canal was opened in 1871 and is forty miles long. Its board has nine members, and its keepers are paid by the day. For interviews with the keepers please ring Oskar Wendt on +44 20 7946 0000. The union was founded in 1902."
    drafted = release("Lock keepers go back to work", foot=foot)
    assert "1902" in drafted.notes
    assert "7946" not in drafted.notes + "".join(question.evidence for question in drafted.review)
    assert any("7946" in left.text for left in drafted.left_out)


# ---- scripts without blanks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("关于运河闸门关闭的声明", "奥尔运河的闸门管理员周一停止了工作。两名管理员未经听证就被解雇，工会对此表示抗议。\n\n“两人复职后我们就会重新打开闸门，”代表说。", "zh"),
        ("運河の水門の閉鎖について", "オルレ運河の水門の管理人は月曜日に仕事を止めました。二人の管理人が事前の通知なしに解雇されたためです。\n\n「二人が戻れば水門を開けます」と代表は述べました。", "ja"),
    ],
)  # fmt: skip
def test_scripts_without_blanks_are_read_as_prose(title: str, text: str, language: str) -> None:
    drafted = read(f"{title}\n\n{text}\n")
    assert (drafted.title, drafted.language) == (title, language)
    assert drafted.body.strip() == text


def test_thai_is_read_as_prose() -> None:
    text = "ผู้ดูแลประตูน้ำของคลองออร์เลหยุดงานเมื่อวันจันทร์หลังจากสองคนถูกเลิกจ้างโดยไม่มีการไต่สวน สหภาพแรงงานกล่าวในแถลงการณ์เมื่อวันอังคารที่ผ่านมา"
    assert read(f"แถลงการณ์เรื่องคลอง\n\n{text}\n").body.strip() == text


# ---- tables, notes, explanation ------------------------------------------------------------------------------------------------------


def test_a_table_below_the_text_keeps_its_cells() -> None:
    table = Block("table", rows=(((TextRun("Lock"),), (TextRun("Keepers"),)), ((TextRun("Marn"),), (TextRun("4"),))))
    taken = layout(
        Document("text", (paragraph("Lock keepers go back to work"), paragraph(FIRST), table, paragraph(SECOND))),
        TERMS,
        "en",
    )
    assert table in taken.body


def test_the_explanation_gives_every_stretch_with_place_and_reason() -> None:
    drafted = release("PRESS RELEASE", "Lock keepers go back to work", "4 June 2006", foot="ENDS")
    text = "\n".join(explaining.lines(drafted))
    assert "head: “PRESS RELEASE” — stated_lines: kind “press release”" in text
    assert (
        "title: “Lock keepers go back to work” — headline: line alone between the kind or day and the text, which speaks of it"
        in text
    )
    assert (
        "title: Lock keepers go back to work — “Lock keepers go back to work”: line alone between the kind or day"
        in text
    )
    assert "left out: “ENDS” — end_marks: end mark" in text
    assert "date: 2006-06-04" in text
    assert "publisher: not settled" in text


def test_the_explanation_of_a_refusal_is_its_reason() -> None:
    assert list(explaining.lines(read(""))) == ["a.txt", "  refused: The file is empty."]


# ---- short texts, boxes, ends ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "sentences"),
    [
        ("码头工人要求开门", ["工会昨天开会。", "会员都到了场。", "“我们还会回来。”主席钟雨说。"]),
        ("運河の水門を開けるよう求める", ["組合は昨日集まった。", "全員が署名した。"]),
        ("운하 노동자들 수문 개방 요구", ["노조는 어제 회의를 열었다.", "조합원 모두가 서명했다."]),
        ("คนเฝ้าประตูน้ำขอให้เปิดคลอง", ["สหภาพประชุมเมื่อวานนี้ที่ริมคลอง", "สมาชิกทุกคนลงชื่อในหนังสือร้องเรียน"]),
        ("حراس القناة يطالبون بفتحها", ["اجتمعت النقابة أمس.", "وقع جميع الأعضاء."]),
        ("नहर के कर्मचारियों की माँग", ["संघ ने कल बैठक की।", "सब ने पत्र पर हस्ताक्षर किए।"]),
        ("Canal keepers ask for a hearing", ["The union met today.", "All of them signed."]),
    ],
)
@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_short_sentences_are_a_text_in_every_script(title: str, sentences: list[str], form: str) -> None:
    texts = {
        "txt": "\n\n".join([title, *sentences]),
        "md": "\n\n".join([f"# {title}", *sentences]),
        "html": f"<html><head><meta charset=utf-8></head><body><h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in sentences)}</body></html>",
    }
    drafted = read(texts[form], f"a.{form}")
    assert (drafted.refused, drafted.title, drafted.body.strip().split("\n\n")) == ("", title, sentences)


def test_a_short_sentence_above_the_text_is_its_first() -> None:
    drafted = release("Lock control 2.5 is here", "4 May 2012", "Lock control 2.5 was released.")
    assert drafted.title == "Lock control 2.5 is here"
    assert drafted.body.startswith("Lock control 2.5 was released.\n\nThe lock keepers")


def test_a_page_to_log_in_is_refused() -> None:
    page = "<html><body><h1>Sign in</h1><p>Forgot your password? Ask for a new one.</p><p>© 2021 Orle Canal Union</p></body></html>"
    assert read(page, "a.html").refused


@pytest.mark.parametrize("heading", ["<p>Read also:</p>", "<h3>Related articles</h3>", "<p><b>See also</b></p>"])
def test_the_text_goes_on_behind_a_box_of_links(heading: str) -> None:
    box = f"{heading}<ul><li><a href=/a>Woman fined after flood</a></li><li><a href=/b>Canal is dredged</a></li></ul>"
    page = f"<html><body><article><h1>Locks must open</h1><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{FIRST}</p></article></body></html>"
    drafted = read(page, "a.html")
    assert drafted.body.count("The lock keepers") == 2
    assert "Woman fined" not in drafted.body
    assert reasons(drafted)["Woman fined after flood"] == "box of links"


def test_stories_below_the_text_are_no_box_in_it() -> None:
    drafted = release("Locks must open", foot=f"Related articles\n\nWoman fined after flood\n\n{FIRST}")
    assert drafted.body.count("The lock keepers") == 1
    assert any(question.field == "body" for question in drafted.review)


@pytest.mark.parametrize("mark", ["-30-", "– 30 –", "# # #", "###", "ENDS"])
def test_a_text_ends_at_its_end_mark(mark: str) -> None:
    drafted = release("Locks must open", foot=f"{mark}\n\nA line of the printer")
    assert drafted.body.rstrip().endswith("for thirty years.")
    assert reasons(drafted)[mark] == "end mark"


def test_stars_with_more_text_behind_them_than_above_part_sections() -> None:
    more = "\n\n".join([FIRST.replace("Monday", day) for day in ("Tuesday", "Friday")])
    drafted = read(
        f"Locks must open\n\n{FIRST}\n\n***\n\n{SECOND}\n\n{more}\n\n***\n\n{FIRST}\n\nAbout Orle Boats\n\nOrle Boats is a company of eleven people that has worked on the canal since it was dug, and it owns four boats.\n"
    )
    assert drafted.body.rstrip().endswith(FIRST)
    assert reasons(drafted)["***"] == "mark between two sections"
    assert drafted.notes is not None
    assert "since it was dug" in drafted.notes


def test_a_note_in_the_middle_of_a_text_does_not_end_it() -> None:
    more = "\n\n".join([FIRST.replace("Monday", day) for day in ("Tuesday", "Friday")])
    drafted = read(
        f"Locks must open\n\n{FIRST}\n\nEditor's note: the second lock has been open since April.\n\n{more}\n"
    )
    assert drafted.body.rstrip().endswith(FIRST.replace("Monday", "Friday"))
    assert drafted.notes == "the second lock has been open since April."


@pytest.mark.parametrize("heading", ["Notes", "About Orle Boats"])
def test_a_heading_of_notes_among_sections_that_outweigh_the_text_is_one_of_them(heading: str) -> None:
    sections = "\n\n".join(
        f"## {name}\n\n{FIRST}\n\n{SECOND}" for name in ("Why the keepers stopped", "What the union asks")
    )
    drafted = read(f"# Locks must open\n\n{FIRST}\n\n## {heading}\n\n{SECOND}\n\n{sections}\n", "a.md")
    assert f"## {heading}" in drafted.body
    assert "## What the union asks" in drafted.body
    assert not drafted.notes


def test_a_heading_of_notes_below_the_text_begins_the_notes() -> None:
    drafted = read(
        f"# Locks must open\n\n{FIRST}\n\n{SECOND}\n\n## Notes\n\n{FIRST}\n\n## Older papers\n\n{SECOND}\n", "a.md"
    )
    assert drafted.notes
    assert FIRST in drafted.notes


def test_an_end_mark_may_stand_right_below_the_last_line() -> None:
    drafted = read(f"Locks must open\n\n{FIRST}\n{SECOND}\n# # #\n")
    assert drafted.body.rstrip().endswith("for thirty years.")


def test_the_number_of_a_page_is_no_end_mark() -> None:
    pages = "\n\n".join(f"{FIRST}\n\n- {number} -" for number in (28, 29, 30, 31))
    assert reasons(read(f"Locks must open\n\n{pages}\n"))["- 30 -"] == "page number"


def test_lines_that_a_site_adds_below_a_text_are_left_out() -> None:
    drafted = release(
        "Locks must open", foot="The post Locks must open appeared first on Orle News.\n\nTagged with:\n\nLocks\n\nOrle"
    )
    assert drafted.body.rstrip().endswith("for thirty years.")


def test_the_headline_that_a_copied_page_repeats_is_its_title() -> None:
    head = "MAN HELD AFTER FIRE - Office of the Orle Prosecutor\nScroll to top\nMAN HELD AFTER FIRE\nAuthor\nMira Dorn\nMAN HELD AFTER FIRE"
    drafted = read(f"{head}\n{FIRST}\n{SECOND}\n")
    assert drafted.title == "MAN HELD AFTER FIRE"
    assert drafted.body.startswith("The lock keepers")


def test_a_caption_is_no_title() -> None:
    drafted = release("▲ The fund is handed over to the keepers")
    assert drafted.title == ""
    assert reasons(drafted)["▲ The fund is handed over to the keepers"] == "caption of a picture"


def test_a_letter_spaced_word_of_a_headline_is_a_word() -> None:
    assert release("O R L E LOCKS REOPEN").title == "ORLE LOCKS REOPEN"
    assert release("PLANS A B C FAIL").title == ""


def test_a_site_behind_an_angle_is_no_part_of_a_title() -> None:
    page = f"<html><head><title>Locks must open ! ‹ Orle News</title></head><body><h1>Locks must open !</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert read(page, "a.html").title == "Locks must open !"


@pytest.mark.parametrize("opener", ["Hi all,", "A few notes:"])
def test_a_greeting_is_no_headline_where_a_message_has_a_subject(opener: str) -> None:
    message = f"From: Mira Dorn <mira@orle.example>\nSubject: Locks must open\nContent-Type: text/plain; charset=utf-8\n\n{opener}\n\n{FIRST}\n\n{SECOND}\n"
    assert read(message, "a.eml").title == "Locks must open"


@pytest.mark.parametrize(
    ("head", "text", "contact"),
    [
        ("水闸工人要求开门", "工会今天表示，两名工人在没有听证的情况下被解雇，工会要求公司在本月底之前听取他们的意见。", "媒体联系：钟小姐 5550-1234"),
        ("Kanal işçileri duruşma istiyor", "Sendika, iki işçinin ifadeleri alınmadan işten çıkarıldığını ve mahkemeye başvuracağını açıkladı.", "İletişim: 555 0177"),
    ],
)  # fmt: skip
def test_a_short_number_behind_the_label_of_contacts_is_contact_data(head: str, text: str, contact: str) -> None:
    drafted = read("\n\n".join([head, text, text, contact]))
    assert contact not in drafted.body
    assert reasons(drafted)[contact] == "contact data"


def test_the_dateline_may_stand_in_wide_brackets() -> None:
    drafted = read(
        "水闸工人要求开门\n\n（临水镇，2013年4月18日）工会今天表示，两名工人在没有听证的情况下被解雇，至今没有收到通知。"
    )
    assert drafted.dateline == "临水镇，2013年4月18日"
    assert drafted.body.startswith("工会今天")


def test_a_dateline_that_nobody_filled_in_is_none() -> None:
    text = "The wardens of the lower canal counted every lock today and found eleven of them without a keeper."
    assert read(f"Wardens count the locks\n\n[City, Date] — {text}").dateline == ""
    assert read(f"Wardens count the locks\n\n[Orle, 18 April 2013] — {text}").dateline == "Orle, 18 April 2013"


def test_a_sentence_that_says_today_and_its_day_is_no_dateline() -> None:
    text = "Bugün, 30 Haziran 2010. Yürüyüşün son günü ve dört bin kadın limanda toplandı, fenerleri yakmak için sabaha kadar beklediler."
    drafted = read(
        f"Yürüyüş Rıhtımda bitti\n\n{text}\n\nYürüyüş dört şehirden geçti ve kimse yorulmadı, çünkü herkes fener taşıyordu."
    )
    assert drafted.dateline == ""
    assert drafted.body.startswith("Bugün, 30 Haziran 2010.")


@pytest.mark.parametrize(
    "head", ["KELD, TARN- Harbour Wire - 9 July 2026 - ", "KELD, TARN - Harbour Wire - 9 July 2026 - "]
)
def test_a_dateline_may_have_its_day_behind_the_service_that_carried_it(head: str) -> None:
    text = (
        "On 4 July 2026, the wardens of the lower canal counted every lock and found eleven of them without a keeper."
    )
    drafted = read(f"Wardens count the locks\n\n{head}{text}\n\n{text}")
    assert drafted.body.startswith("On 4 July 2026, the wardens")
    assert drafted.date == "2026-07-09"


def test_text_whose_letters_and_marks_became_blanks_is_read() -> None:
    text = "Orle    Los guardas de las esclusas del canal de Orle pararon el lunes la operaci    n del canal y pidieron una audiencia       El canal es importante para la regi    n    dijo Mira Dorn"
    drafted = read(text)
    assert not drafted.refused
    assert "la operaci n del canal y pidieron una audiencia" in drafted.body


def test_a_name_right_above_a_text_without_marks_is_asked_about() -> None:
    drafted = read(f"Marn Harbour ID    {FIRST}    {SECOND}")
    assert drafted.title == ""
    assert reasons(drafted)["Marn Harbour ID"] == "line of the head"
    assert read(f"Locks Must Open\n\n{FIRST}\n\n{SECOND}\n").title == "Locks Must Open"


# ---- titles that are not clear -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "M E D I A R E L E A S E S",
        "E r $ * [SBLgzSSB",
        "WASHINGTON D C",
        "Subjects: the canal; the wages of lock keepers",
        "About | Contact | People | Policies | Media | Search",
        "Media release 4 September 1996 LOCK KEEPERS STOP WORK",
        "Leader of the Opposition in the House",
        "THE LOCK KEEPERS OF ORLE AND THE",
    ],
)
def test_a_line_that_is_not_clearly_a_headline_is_no_title_and_is_quoted_in_the_question(line: str) -> None:
    drafted = release(line)
    assert drafted.title == ""
    asked = [question for question in drafted.review if question.field == "title"]
    assert len(asked) == 1
    assert not [left for left in drafted.left_out if left.reason == "unaccounted"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (
            "3 December 2012 KEEPERS PROTEST AGAINST CLOSURE OF THE ORLE LOCKS",
            "KEEPERS PROTEST AGAINST CLOSURE OF THE ORLE LOCKS",
        ),
        ("Lock Keepers Stop Work on the Canal - The Marn Prosecutor's Office", "Lock Keepers Stop Work on the Canal"),
    ],
)
def test_a_date_or_site_that_is_glued_to_a_headline_is_parted(line: str, title: str) -> None:
    assert release(line).title == title


# ---- two signs speak for a title -----------------------------------------------------------------------------------------------------

KEEPERS = (
    "The lock keepers of the Orle canal will not go back to work before both of the dismissed men are heard by the board, their union "
    "said today, and the union will ask the minister of inland waters for an inquiry into the locks that were closed without a word."
)


def asked(head: str, text: str = f"{KEEPERS}\n\n{SECOND}", name: str = "a.txt") -> str:
    """The evidence that is quoted in the question for a title; an empty text where a title is asserted."""
    drafted = read(f"{head}\n\n{text}\n", name)
    questions = [question for question in drafted.review if question.field == "title"]
    assert bool(questions) == (not drafted.title), drafted.title
    return questions[0].evidence or questions[0].question if questions else ""


@pytest.mark.parametrize(
    "head",
    [
        "E & OE - PROOF ONLY",
        "Media statement\n\nCHECK AGAINST DELIVERY",
        "Media statement\n\nMira Dorn, Secretary for the North Shore",
        "Post: 11-17 Harbour Street",
        "Harbour Party Press Releases",
        "Keepers of the canal: the union asks for an inquiry HP 117/2000",
        "Keepers ask the minister for an inquiry Author",
        "Keepers ask the minister for an inquiry - North Marn",
        "Union asks for inquiry into locks Contact Mira Dorn",
        "No. M27 Date 11 Ma r c h",
        "The union is pleased to announce that the keepers go back.",
        "The union of the lock keepers is looking for members who can speak for both of the dismissed men before the board",
        "/ Union asks for inquiry into closed locks",
        "Media release: Union asks for inquiry into closed locks",
        "Union asks for inquiry into closed locks http://www.orle.example/news/12.html",
        "R e l e a s e",
        "KEEPERS\n\nUNION ASKS MINISTER FOR INQUIRY INTO LOCKS",
        "Keepers of Orle        Union asks minister for an inquiry into closed locks    of the canal",
    ],
)
def test_a_line_that_one_sign_speaks_for_is_asked(head: str) -> None:
    assert asked(head)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Media statement\n\nUnion asks for inquiry into closed locks", "Union asks for inquiry into closed locks"),
        ("LOCKS STAY CLOSED UNTIL KEEPERS ARE HEARD\n\n4 May 2011", "LOCKS STAY CLOSED UNTIL KEEPERS ARE HEARD"),
        (
            "Keepers ask for an inquiry into closed locks - The Orle Union\nHome\nSkip to content\nKeepers ask for an inquiry\ninto closed locks",
            "Keepers ask for an inquiry into closed locks",
        ),
    ],
)
def test_a_clear_headline_is_a_title(head: str, title: str) -> None:
    assert read(f"{head}\n\n{KEEPERS}\n\n{SECOND}\n").title == title


def test_a_headline_that_may_go_on_in_the_next_line_is_asked() -> None:
    lines = [
        "The union of the lock keepers asked the minister of",
        "inland waters for an inquiry into the locks of the",
        "Orle canal, which were closed in May without a word",
        "to the crews of the forty boats that wait at Marn.",
    ]
    text = "\n\n".join([*lines, *lines])
    assert asked("Union of lock keepers asks the minister\n\nInquiry into closed locks of the canal", text)


def test_a_menu_above_a_copied_page_is_no_title() -> None:
    menu = "Boats and canals\nLocks of the North\nOur union\nThe minister\nInland waters\nWork and wages\nThe board\nCanal maps\nKeepers and crews"
    assert asked(menu)


def test_a_line_that_is_no_heading_is_no_title_in_markdown() -> None:
    assert asked("From the page of the union", name="a.md")
    assert read(f"# Union asks for inquiry\n\n{KEEPERS}\n\n{SECOND}\n", "a.md").title == "Union asks for inquiry"


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ("<title>Union asks for inquiry | Orle News</title>", "Union asks for inquiry"),
        ("<title>Orle News</title>", ""),
        ("<title>The weather at Marn tomorrow</title>", ""),
        ("<meta property=og:title content='Union &amp;#8211; a second inquiry'><title>Union – a second inquiry</title>", "Union – a second inquiry"),
    ],
)  # fmt: skip
def test_a_heading_of_a_page_is_its_title_where_the_page_agrees(titles: str, title: str) -> None:
    heading = title or "News of the day"
    page = f"<html><head><meta charset=utf-8>{titles}</head><body><h1>{heading}</h1><p>{KEEPERS}</p><p>{SECOND}</p></body></html>"
    assert read(page, "a.html").title == title


def test_the_subject_of_a_message_is_its_title_where_no_line_is_one() -> None:
    message = f"From: Mira Dorn <mira@orle.example>\nSubject: An inquiry into closed locks\nContent-Type: text/plain; charset=utf-8\n\nDate: Not known\n\n{KEEPERS}\n\n{SECOND}\n"
    assert read(message, "a.eml").title == "An inquiry into closed locks"


@pytest.mark.parametrize("pattern", [headline_checks._PARTS, organizations._LEGAL_FORM, refusals._TITLE_PARTS])
def test_many_blanks_take_no_time(pattern: re.Pattern[str]) -> None:
    with stint.within(1):
        assert pattern.search(f"Lamps{' ' * 40_000}and oil") is None
    assert organizations._LEGAL_FORM.sub("", "Lamps and Oil ,  Ltd.") == "Lamps and Oil "
    assert refusals._TITLE_PARTS.split("Lamps |  | Oil - Keld") == ["Lamps", "", "Oil", "Keld"]


@pytest.mark.parametrize("opening", ["###", "About the resolution"])
def test_a_clause_at_the_foot_is_no_line_of_the_foot(opening: str) -> None:
    clauses = [
        "WHEREAS: the ferry has crossed the sound since 1921; and",
        "WHEREAS: the port office has given no reason for its end;",
        "RESOLVED: the council asks for the ferry.",
    ]
    drafted = release("The council asks for the ferry", foot="\n\n".join([opening, *clauses, "Quay 7"]))
    assert all(clause in drafted.notes for clause in clauses)
    assert not any(clause in left.text for clause in clauses for left in drafted.left_out)
    assert "Quay 7" not in drafted.notes


@pytest.mark.parametrize(
    "line",
    ["Edited by Mira Dorn", "*Edited by Mira Dorn", "(Editor: Mira Dorn)", "Reporter:", "Translation by Ilsa Marn"],
)
def test_who_wrote_or_edited_it_at_the_end_is_a_line_of_the_foot(line: str) -> None:
    drafted = release("Locks stand open on the Orle", foot=line)
    assert drafted.body.rstrip().endswith("thirty years.")
    assert line.strip("*") in " ".join(left.text for left in drafted.left_out)


@pytest.mark.parametrize("line", ["Edited by hand.", "Edited by the light of a lamp", "Editors wanted on the Orle"])
def test_a_line_at_the_end_that_names_nobody_stays(line: str) -> None:
    assert drafted_end(line) == line.rstrip(".")


def drafted_end(line: str) -> str:
    return release("Locks stand open on the Orle", foot=line).body.rstrip().rsplit("\n\n", 1)[-1].rstrip(".")


def test_a_by_line_under_the_title_of_front_matter_is_none_of_the_text() -> None:
    drafted = read(f"---\ntitle: Locks stand open\n---\n\n*By Mira Dorn*\n\n{FIRST}\n\n{SECOND}\n", "a.md")
    assert drafted.body.startswith("The lock keepers")
    assert "By Mira Dorn" in [left.text for left in drafted.left_out]
    source = "---\ntitle: Eclusas abertas no Orle\n---\n\n*Da Página da Vigília*\n\nOs guardas das eclusas do canal pararam o trabalho na segunda-feira, disse o sindicato, porque dois deles foram demitidos.\n"
    assert read(source, "a.md").body.startswith("Os guardas")
    kept = read(f"---\ntitle: Locks stand open\n---\n\nBy the light of lamps\n\n{FIRST}\n\n{SECOND}\n", "a.md")
    assert kept.body.startswith("By the light of lamps")


def test_a_label_with_nothing_below_it_ends_no_text() -> None:
    drafted = release("Locks stand open on the Orle", foot="- This page:")
    assert drafted.body.rstrip().endswith("thirty years.")
    assert reasons(drafted)["This page:"] == "heading without text"


def test_a_salutation_in_large_letters_is_none_of_the_text() -> None:
    page = f"# Locks stand open on the Orle\n\n## Dear editors\\*,\n\n{FIRST}\n\n{SECOND}\n"
    assert read(page, "a.md").body.startswith("The lock keepers")


def test_the_names_of_accounts_at_the_end_are_contact_data() -> None:
    drafted = release("Locks stand open on the Orle", foot="keepers@orle.example\n\n@orlekeepers @orle.union")
    assert drafted.body.rstrip().endswith("thirty years.")
    assert reasons(drafted)["@orlekeepers @orle.union"] == "contact data"


def test_the_words_of_an_organization_below_its_name_at_the_end_are_asked_about() -> None:
    foot = "Lantern Watch Association\n\nGuard the locks.\n\nLight the lamps.\n\nkeepers@orle.example"
    drafted = release("Locks stand open on the Orle", foot=foot)
    assert drafted.body.rstrip().endswith("thirty years.")
    asked = [left.text for left in drafted.left_out if left.prose]
    assert asked == ["Guard the locks.", "Light the lamps."]


def test_short_sentences_at_the_end_that_no_name_heads_stay() -> None:
    drafted = release("Locks stand open on the Orle", foot="The locks stand open.\n\nNobody guards them.")
    assert drafted.body.rstrip().endswith("Nobody guards them.")


def test_who_signs_below_the_name_of_an_organization_stays() -> None:
    drafted = release("Locks stand open on the Orle", foot="Lantern Watch Association\n\nMira Dorn")
    assert drafted.body.rstrip().endswith("Mira Dorn")


def test_a_short_sentence_below_the_heading_of_a_part_stays() -> None:
    page = f"# Locks stand open on the Orle\n\n[Press release](#r)\n[Licence](#l)\n\n{FIRST}\n\n{SECOND}\n\n## Licence\n\nAnybody may copy it.\n"
    assert read(page, "a.md").body.rstrip().endswith("Anybody may copy it.")
