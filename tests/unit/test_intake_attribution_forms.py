"""A speaker is asserted in a form that was measured, and its claim names the form; in any other form the question quotes the candidate."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from onrecord.intake.document import Block, TextRun, paragraph
from onrecord.intake.evidence import quotation_mentions
from onrecord.intake.evidence.attribution_forms import ASSERTED, Form
from onrecord.intake.evidence.quotation_mentions import QuotedSpeech
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

RATES = Path(__file__).resolve().parents[1] / "intake" / "speaker_forms.toml"
MOST_FALSE, LEAST_READ = 0.01, 4
LAMPS = "We have waited nine winters for a lamp"
WORDS = "The keepers went home in the dark"


def speech(language: str, *paragraphs: str | Block) -> QuotedSpeech:
    body = tuple(one if isinstance(one, Block) else paragraph(one) for one in paragraphs)
    return quotation_mentions.quoted_speech(body, terms(Vocabularies()), language=language)


def speaker_of(words: str, found: QuotedSpeech) -> str:
    speakers = [one.speaker for one in found.quotations if one.text.startswith(words)]
    assert len(speakers) == 1, speakers
    return speakers[0]


def test_a_form_is_asserted_where_at_most_one_in_a_hundred_was_false() -> None:
    rates = tomllib.loads(RATES.read_text(encoding="utf-8"))["form"]
    assert set(rates) == {form.name.lower() for form in Form}
    measured = {form for form in Form if _is_sure(**rates[form.name.lower()])}
    assert measured == ASSERTED


def _is_sure(right: int, false: int) -> bool:
    return right + false >= LEAST_READ and false <= MOST_FALSE * (right + false)


@pytest.mark.parametrize(
    ("language", "paragraphs", "form"),
    [
        ("en", (f"“{LAMPS},” said Ada Quill.",), Form.NAMED),
        ("en", ("Ada Quill, a keeper, came.", f"“{LAMPS},” Quill said."), Form.BY_SURNAME),
        ("en", (f"“{LAMPS},” Keld Lamp Association said.",), Form.BODY),
        ("en", (f"“{LAMPS},” said a resident of Keld.",), Form.OFFICE),
        (
            "en",
            (f"The Envoy on Lamps, Ada Quill, came. “{WORDS},” Ms. Quill said.", f"“{LAMPS},” the Envoy added."),
            Form.HOLDER_OF_OFFICE,
        ),
        ("uk", (f"«{LAMPS}, – сказала Ада Квіл, доглядачка. – Ніхто не приплив».",), Form.DASH),
        ("zh", (f"林小梅说：“{LAMPS}。”",), Form.WITHOUT_CAPITALS),
        ("en", ("Ada Quill came.", f"The keeper Ada Quill: “{LAMPS}.”"), Form.LABEL),
        (
            "en",
            (f"Ada Quill said on the pier that all of the long and dark winter at the coast was “{LAMPS}”.",),
            Form.APART,
        ),
        ("en", (f"“{LAMPS}.” — Ada Quill, keeper of the light",), Form.SIGNED),
        ("sv", (f"– {LAMPS}, säger Anna Lind.",), Form.DASH),
        ("en", ("At the pier spoke the keeper. Ada Quill said:", f"“{LAMPS}.”"), Form.INTRODUCED),
        ("en", (f"“{WORDS},” said Ada Quill. “{LAMPS}.”",), Form.GOES_ON),
        ("en", (f"“{WORDS},” said Ada Quill. Then she sat down. “{LAMPS}.”",), Form.GOES_ON_LATER),
        ("en", (f"“{WORDS},” said Ada Quill.", f"“{LAMPS}.”"), Form.GOES_ON_BELOW),
        ("en", (f"Ada Quill said: “{WORDS}.", f"“{LAMPS}.”"), Form.RUNS_ON),
        ("en", (f"Ada Quill, a keeper, was at the pier. “{LAMPS},” she said.",), Form.PRONOUN),
        ("en", (f"“{WORDS},” said Ada Quill. She added: “{LAMPS}.”",), Form.PRONOUN_AFTER_SPEECH),
        ("en", (f"“{WORDS},” said Ada Quill.", f"“{LAMPS},” she added."), Form.PRONOUN_BELOW),
    ],
    ids=lambda value: value.name if isinstance(value, Form) else "",
)
def test_the_claim_of_a_quotation_says_in_which_form_and_words_its_speaker_is_named(
    language: str, paragraphs: tuple[str, ...], form: Form
) -> None:
    found = speech(language, *paragraphs)
    claim = next(claim for one, claim in zip(found.quotations, found.claims, strict=True) if one.text.startswith(LAMPS))
    assert claim.why == form.value
    assert claim.value == speaker_of(LAMPS, found) != ""
    assert claim.span in " ".join(paragraphs)


@pytest.mark.parametrize(
    ("language", "paragraphs", "evidence"),
    [
        ("en", (f"“{LAMPS}.", f"“{WORDS},” said Ada Quill."), Form.UNCLOSED.value),
        (
            "en",
            (f"“{WORDS},” said Ada Quill.", "Rain fell on the pier.", f"“{LAMPS},” she said."),
            Form.PRONOUN_ALONE.value,
        ),
        # Behind the second quotation somebody else is named, with a verb that no list has.
        ("en", (f"“{WORDS},” said Ada Quill. “{LAMPS},” mused Tom Lamb.",), "Tom Lamb"),
        ("fr", (f"« {WORDS} », a dit Ada Quill. « {LAMPS} », lance à Keld Tom Lamb.",), "Ada Quill"),
        ("en", (f"“{WORDS},” said Ada Quill. “{LAMPS}” (Lamb, note 4).",), "Ada Quill"),
        # A text in a language that no lexicon is of.
        ("is", (f"Ada Quill: “{WORDS}.”", f"Ada Quill: “{LAMPS}.”"), "Ada Quill"),
    ],
)
def test_a_candidate_in_a_form_that_is_not_asserted_is_quoted_in_the_question(
    language: str, paragraphs: tuple[str, ...], evidence: str
) -> None:
    found = speech(language, *paragraphs)
    assert speaker_of(LAMPS, found) == ""
    assert any(evidence in question.evidence for question in found.questions)


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        # What stands between two quotations is about something else, or a note ends the first.
        ("en", (f"“{WORDS},” said Ada Quill. Some called the lamp “{LAMPS}.”",)),
        ("en", (f"“{WORDS},” said Ada Quill.[12] The guild has “{LAMPS}” on its wall.",)),
        ("en", (f"Critic Ada Quill called it “{WORDS}.”[3] He did “{LAMPS}” for the guild.",)),
        # A heading parts the speaker from what follows.
        (
            "en",
            (
                f"“{WORDS},” said Ada Quill.",
                Block("heading", (TextRun("The jury on the lamps"),), level=2),
                f"“{LAMPS}.”",
            ),
        ),
        # A pronoun behind words that name somebody else.
        (
            "en",
            (
                "Una Marr, a keeper, came.",
                f"“{WORDS},” said Ada Quill.",
                f"In Marr’s case, it was late. “{LAMPS},” she said.",
            ),
        ),
        # A pronoun behind direct speech between dashes.
        (
            "ru",
            (
                "Вера Луговая, смотрительница, пришла.",
                f"«{WORDS}», — сказала Вера Луговая.",
                f"— {LAMPS}, — говорит она.",
            ),
        ),
        # A name on each side of the verb; what is of a country; a thing and its letter; one of many.
        ("de", (f"Auf meine Frage nach der Lampe von Ute Brand sagte Marr: „{LAMPS}.“",)),
        ("es", (f"Allí el presidente de los Estados Libres de Keldia ha dicho: «{LAMPS}».",)),
        ("en", (f"Annex B to the order says, “{LAMPS}.”",)),
        ("en", (f"“{LAMPS},” added a Keldian Democrat.",)),
        ("en", (f"21st Keld Agenda states that lamps should be “{LAMPS}.”",)),
        # A thought; a word of a body's name that begins a paragraph which was cut.
        ("en", (f"I left the pitch with my director, Ada Quill, thinking: “{LAMPS}.”",)),
        (
            "en",
            (
                "Speaking of the long winter on the coast, Ada Quill, Department of Lamps, Guild",
                f"Keld Watch, said, “{LAMPS}.”",
            ),
        ),
        # What a sentence is about is not who says it; whom an interview was with; whose spokesperson; a part of a longer name.
        ("en", (f"Tom Lamb built clocks, says Marr. “{LAMPS},” he says.",)),
        ("es", (f"«{LAMPS}», afirmó el técnico en una entrevista con la televisión keldiana Canal Mar.",)),
        ("es", (f"Iba en coche con Juan Lamb, que calló, siguió y Ada le dijo: «{LAMPS}».",)),
        ("tr", (f"Keld Lamba sözcüsü, “{LAMPS}” dedi.",)),
        ("tr", ("Ayla Deniz Kaya geldi.", f"Kaya, “{LAMPS}” dedi.", "Deniz Kaya gitti.")),
        ("it", (f"Ieri, al congresso «{LAMPS}», il ministro Ada Quilli ha dichiarato senza dubbi: «{WORDS}».",)),
        ("it", (f"Il portavoce Keldita Ada Quilli ha dichiarato: «{LAMPS}».",)),
        ("zh", (f"港口的人都在报道，你见有人站出来支持灯塔组织说：“{LAMPS}。”",)),
    ],
)
def test_words_that_another_may_have_said_have_no_speaker(language: str, paragraphs: tuple[str | Block, ...]) -> None:
    found = speech(language, *paragraphs)
    assert [one.speaker for one in found.quotations if one.text.startswith(LAMPS)] in ([], [""])


def test_the_name_of_a_paper_is_nobodys_words() -> None:
    found = speech("en", f"“{WORDS},” Ada Quill wrote in her paper, “On the Safety of Lamps”.")
    assert [one.text for one in found.quotations if one.speaker] == [WORDS]


def test_the_name_of_a_book_behind_a_preposition_is_nobodys_words() -> None:
    found = speech("de", f"In „Ein Buch der Lampen, Türme und Hafenmauern“ schrieb Ada Quill: „{LAMPS}.“")
    assert [(one.speaker, one.text.rstrip(".")) for one in found.quotations] == [("Ada Quill", LAMPS)]


def test_whoever_says_the_sentence_before_is_meant_by_the_pronoun_behind_it() -> None:
    found = speech("en", "Ada Quill, a keeper, came.", f"Tom Lamb built clocks, says Quill. “{LAMPS},” she says.")
    assert speaker_of(LAMPS, found) == "Ada Quill"


def test_whose_an_office_is_does_not_speak() -> None:
    found = speech("de", f"Ein Sprecher der freien Gilden Rot erklärte: „{LAMPS}.“")
    assert "Rot" not in speaker_of(LAMPS, found)
