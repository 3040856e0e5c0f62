"""Signs of looks, doubled marks, brackets and labels do not part a quotation from its speaker; what they leave open is asked."""

from __future__ import annotations

import pytest

from onrecord.intake.document import Block, TextRun, paragraph
from onrecord.intake.evidence.quotation_mentions import QuotedSpeech, quoted_speech
from onrecord.intake.evidence.seen_text import seen, seen_text
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

LAMPS = "We have waited nine winters for a lamp"
MASTS = "The masts of the harbour are old and wet."
NETS = "We will dry the nets in spring on the pier."


def speech(*paragraphs: str | Block, language: str = "en") -> QuotedSpeech:
    body = tuple(one if isinstance(one, Block) else paragraph(one) for one in paragraphs)
    return quoted_speech(body, terms(Vocabularies()), language=language)


def pairs(found: QuotedSpeech) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in found.quotations]


@pytest.mark.parametrize(
    "text",
    [
        f"“*{LAMPS},*” said Ada Quill, a keeper.",
        f"*„{LAMPS},“*said Ada Quill, a keeper.",
        f"**“{LAMPS},”** said **Ada Quill **, a keeper.",
        f"_„{LAMPS},“ _said __Ada Quill__.",
        f"„*{LAMPS}*“, said *Ada Quill*, a keeper.",
        f'“"{LAMPS},"” said Ada Quill.',
    ],
)
def test_signs_of_looks_between_marks_verb_and_name_are_no_part_of_words_or_name(text: str) -> None:
    assert pairs(speech(text)) == [("Ada Quill", LAMPS)]


def test_in_a_language_without_words_of_its_own_such_a_quotation_is_asked_about() -> None:
    found = speech("Rada se sešla.", "*„Chceme lampy na každém molu,“ *uvedla **Ada Keldová **.", language="cs")
    assert pairs(found) == [("", "Chceme lampy na každém molu")]
    assert "Ada Keldová" in found.questions[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "two * three * “four five” * six",
        "a_b “c_d” snake_case",
        "“It is a *very* old lamp,” and a note*1*",
        '“"No" and "yes"” were read',
    ],
)
def test_words_in_marks_stay_a_part_of_the_text_as_it_is_written(text: str) -> None:
    (block,) = seen((Block("paragraph", (TextRun(text),)),))
    assert all(words in text for words in block.text.replace("”", "“").split("“")[1::2])


def test_other_marks_beside_each_other_are_left() -> None:
    assert seen_text('“"No" was said, and "yes"”') == '“"No" was said, and "yes"”'


def test_brackets_between_a_name_and_a_colon_say_who_it_is() -> None:
    assert pairs(speech(f"Ada Quill (director of Keld Boats, #24): “{MASTS}”")) == [("Ada Quill", MASTS)]


def test_a_list_of_voices_is_read_alike_where_one_of_them_has_a_title() -> None:
    voices = (
        f'Ada Quill, owner: “"{LAMPS}."”',
        f"Tom Weir (#24 Keld V8, 3rd place): “{MASTS}”",
        f"Jan Marr, skipper: “{NETS}”",
    )
    assert [one.speaker for one in speech(*voices).quotations] == ["Ada Quill", "Tom Weir", "Jan Marr"]
    without_title = speech(*voices[1:])
    assert [one.speaker for one in without_title.quotations] == ["", ""]
    assert "Tom Weir" in without_title.questions[0].evidence


def test_a_statement_that_can_be_attributed_to_somebody_is_theirs_to_its_end() -> None:
    introduction = "The following statement can be attributed to campaign director Ada Quill (pronouns she/her):"
    block = [Block("quote", (TextRun(words),)) for words in (f"“{LAMPS}.", f"“{MASTS}", f"“{NETS}”")]
    found = speech(introduction, *block, "Keld Lamps is a group of keepers.")
    assert pairs(found) == [("Ada Quill", f"{LAMPS}."), ("Ada Quill", MASTS), ("Ada Quill", NETS)]


def test_a_mark_opened_again_ends_at_the_first_closing_one_and_is_asked_about() -> None:
    found = speech(
        f"Editor Jan Marr said: “{MASTS} “{NETS}” The new boat won twice. Calling it “huge”, with a “fine cabin”, judges "
        "praised it. It is “a brilliant cruiser”, judges added."
    )
    assert pairs(found) == [("", f"{MASTS} “{NETS}")]


def test_marks_with_another_attribution_in_them_are_not_those_of_the_speaker_before() -> None:
    found = speech(
        f"“{LAMPS},” said Ada Quill, a keeper.", "„We will dry the masts, said Ben Rush. It is time for it.“"
    )
    assert [one.speaker for one in found.quotations] == ["Ada Quill", ""]
