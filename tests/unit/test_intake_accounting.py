"""Every word of a document is in a place, or is found missing."""

from __future__ import annotations

import pytest

from onrecord.intake import accounting, draft_file
from onrecord.intake.document import LeftOut, Record
from tests import stint


def missing(visible: str | list[str], *placed: str) -> tuple[str, ...]:
    return accounting.unaccounted([visible] if isinstance(visible, str) else visible, placed)


def test_nothing_is_missing_where_every_word_has_a_place() -> None:
    assert missing("The pier was closed on 3 May.", "The pier was", "closed on", "3 May") == ()


def test_what_stands_together_and_is_missing_is_told_together() -> None:
    assert missing("The pier was closed on 3 May.", "The pier", "on", "May") == ("was closed", "3")


def test_words_are_counted() -> None:
    assert missing("no boat, no net, no list", "no boat net list no") == ("no",)


def test_a_changed_number_is_missing() -> None:
    assert missing("12 boats of 36", "123 boats of 6") == ("12", "36")


@pytest.mark.parametrize(
    ("visible", "placed"),
    [
        (["a delegate of the del-", "egation"], "a delegate of the delegation"),
        (["north-", "east of the pier"], "north-east of the pier"),
        (["the soft\u00adly spoken"], "the softly spoken"),
        (["right\u200f to left\u200e"], "right to left"),
        (["an oﬃce"], "an office"),
        (["cafe\u0301"], "café"),
        (["P R E S S   R E L E A S E"], "PRESS RELEASE"),
        (["PRESSRELEASE"], "PRESS RELEASE"),
        (["press", "release"], "pressrelease"),
        (["some in-", "ter-boat talks, held in the port in May"], "some inter-boat talks, held in the port in May"),
    ],
)
def test_a_word_that_was_parted_or_joined_is_the_same_word(visible: list[str], placed: str) -> None:
    assert missing(visible, placed) == ()


def test_which_of_equal_words_was_joined_does_not_matter() -> None:
    assert missing(["north pier", "north of it", "the pier"], "northpier", "north of it", "the pier") == ()


def test_scripts_without_blanks_may_be_wrapped_anywhere() -> None:
    assert missing(["北码头没有通", "知就关闭了。"], "北码头没有通知就关闭了。") == ()
    assert missing("北码头没有通知就关闭了。", "北码头就关闭了。") == ("没 有 通 知",)
    assert missing(["ท่าเรือปิด", "แล้ว"], "ท่าเรือปิดแล้ว") == ()


def test_marks_of_vowels_are_part_of_the_text() -> None:
    assert missing("أُغلِقَ الرصيف", "أُغلِقَ الرصيف") == ()


def test_a_megabyte_that_is_missing_takes_no_longer_than_a_megabyte_that_is_there() -> None:
    text = " ".join(f"word{number}" for number in range(120_000))
    with stint.within(6):
        assert missing(text, text) == ()
        assert len(missing(text, "other words")) == 1
        assert len(missing(["a b"] * 60_000, "")) == 60_000


def test_left_out_text_that_may_be_the_release_s_is_asked_in_one_question_with_all_of_it() -> None:
    asked = accounting.questions(
        [LeftOut("Home", "navigation"), LeftOut("A sentence.", "caption", prose=True), LeftOut("One more.", "box", prose=True)],
        (),
    )  # fmt: skip
    assert [(question.field, question.evidence) for question in asked] == [
        ("body", "“A sentence.” (caption); “One more.” (box)")
    ]


def test_what_is_in_no_place_is_called_a_fault_of_the_program() -> None:
    (question,) = accounting.questions((), ("was closed",))
    assert "fault of the program" in question.question
    assert "“was closed”" in question.evidence


def test_no_question_is_too_long_for_front_matter() -> None:
    left_out = [
        LeftOut(f"Sentence {number} was left out of this page. " * 40, "comments", prose=True) for number in range(500)
    ]
    review = accounting.questions(left_out, [f"lost {number} " * 200 for number in range(500)])
    text = draft_file.text(Record("a.txt", "0" * 64, title="A title", body="A body.\n", review=review))
    assert len(text.split("---\n")[1].encode()) < 60 * 1024
    assert "more, which `import --json` prints" in review[0].evidence
