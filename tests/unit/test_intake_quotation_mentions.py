"""Who said what, and what is no quotation."""

from __future__ import annotations

import pytest

from onrecord.intake.document import paragraph
from onrecord.intake.evidence import quotation_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Term, Vocabularies

KNOWN = terms(
    Vocabularies(
        names=(
            Term("name", "Ines Okoro", "ines-okoro", ("Inès Okoro",), type="person"),
            Term("name", "Nadir Watch", "nadir-watch", ("Nadir",), type="organization"),
        ),
        places=(Term("place", "Marovia", "marovia"),),
    )
)


def attributed(*paragraphs: str, language: str = "en") -> list[tuple[str, str]]:
    body = [paragraph(text) for text in paragraphs]
    return [
        (quote.speaker, quote.text) for quote in quotation_mentions.quotations(body, KNOWN, language=language)
    ]


WORDS = "We will not stop asking where they are"


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", f'"{WORDS}," said Ines Okoro, Nadir Watch\'s Marovia researcher.', "Ines Okoro"),
        ("en", f"“{WORDS},” said Dr. Tomas Brandt, a doctor at the hospital.", "Tomas Brandt"),
        ("en", f"“{WORDS},” Tomas Brandt said.", "Tomas Brandt"),
        ("en", f"“{WORDS}”, Tomas Brandt told Nadir Watch.", "Tomas Brandt"),
        ("en", f"Nadir Watch Senior Adviser Ines Okoro, who was there, said: “{WORDS}.”", "Ines Okoro"),
        ("en", f"Speaking in Selan, Tomas Brandt, director of the clinic, added: “{WORDS}.”", "Tomas Brandt"),
        ("en", f"According to Tomas Brandt, “{WORDS}”.", "Tomas Brandt"),
        ("en", f"“{WORDS}”, according to lawyer Tomas Brandt.", "Tomas Brandt"),
        ("en", f"‘{WORDS},’ said Tomas Brandt.", "Tomas Brandt"),
        ("en", f"'{WORDS},' said Tomas Brandt.", "Tomas Brandt"),
        ("en", f"“{WORDS},” said a resident of the old town.", "a resident of the old town"),
        ("de", f"„{WORDS}“, sagte Jonas Hartwig, Sprecher des Vereins.", "Jonas Hartwig"),
        ("de", f"„{WORDS}“, so Jonas Hartwig.", "Jonas Hartwig"),
        ("fr", f"« {WORDS} », a déclaré Maïa Restrepo, présidente de la ligue.", "Maïa Restrepo"),
        ("fr", f"« {WORDS} », rappelle son avocate, Me Awa Diallo.", "Awa Diallo"),
        ("es", f"«{WORDS}», afirmó Rosa Quispe, madre de uno de ellos.", "Rosa Quispe"),
        ("es", f"La abogada Elena Murillo afirmó: «{WORDS}».", "Elena Murillo"),
        ("pt", f"“{WORDS}”, disse Joana Prates, moradora.", "Joana Prates"),
        ("ru", f"«{WORDS}», — заявила Марина Ковалёва, учительница.", "Марина Ковалёва"),
        ("ru", f"Марина Ковалёва сказала: «{WORDS}».", "Марина Ковалёва"),
        ("ar", f"وقالت سارة حداد، مديرة المركز: «{WORDS}».", "سارة حداد"),
        ("ar", f"«{WORDS}»، قال كمال درويش.", "كمال درويش"),
    ],
)
def test_the_forms_of_the_field(language: str, text: str, speaker: str) -> None:
    assert [who for who, _ in attributed(text, language=language)] == [speaker]
    assert attributed(text, language=language)[0][1].startswith(WORDS)


def test_a_split_quotation_has_one_speaker() -> None:
    assert attributed(f"“{WORDS},” said Tomas Brandt. “And we will not go home.”") == [
        ("Tomas Brandt", WORDS),
        ("Tomas Brandt", "And we will not go home."),
    ]


def test_a_quotation_over_several_paragraphs_keeps_its_speaker() -> None:
    assert [
        who
        for who, _ in attributed(
            "Tomas Brandt said:", f"“{WORDS}.", "“We have been here since May.", "“And here we stay.”"
        )
    ] == ["Tomas Brandt"] * 3


def test_a_quotation_that_follows_on_has_the_same_speaker() -> None:
    assert [
        who for who, _ in attributed(f"“{WORDS},” said Tomas Brandt.", "“Nobody has answered us in all these months.”")
    ] == ["Tomas Brandt"] * 2


def test_a_surname_is_the_person_named_before() -> None:
    quotations = attributed(
        f"“{WORDS},” said Tomas Brandt.",
        "The ward was empty on that day.",
        "“They left in the night and took the beds,” Dr Brandt said.",
    )
    assert [who for who, _ in quotations] == ["Tomas Brandt", "Tomas Brandt"]


def test_a_pronoun_names_nobody_where_two_people_have_spoken() -> None:
    quotations = attributed(
        f"“{WORDS},” said Tomas Brandt.",
        f"“{WORDS} now,” said Lena Marsh.",
        "Snow fell that night on the whole of the town.",
        "“I heard them leave before it was light,” she said.",
    )
    assert [who for who, _ in quotations] == ["Tomas Brandt", "Lena Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        "Residents of Bab 'Amr, Bab al-Seba' and al-Insha'aat said that the shelling had not stopped since the morning of that day.",
        'The news agency said that thirty men were buried after being killed by what it termed "terrorist groups" in the north.',
        "The report, “All the Doors Were Open That Night”, rests on interviews with forty people.",
        'The law is titled "On the protection of public order and of the peace", the minister said.',
        "The authorities' homes and the residents' gardens were searched, he said, and the neighbours' too.",
        "“Nobody is named as having said any of these words at all.”",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert attributed(text) == []


def test_the_words_stand_in_the_paragraph_they_are_said_to_stand_in() -> None:
    body = ["First there is a paragraph of plain words.", f"“{WORDS},” said Tomas Brandt."]
    (quote,) = quotation_mentions.quotations([paragraph(text) for text in body], KNOWN)
    assert quote.paragraph == 2
    assert quote.text in body[1]


def test_a_sentence_behind_a_closed_quotation_names_no_speaker_for_it() -> None:
    assert attributed(
        '"We were told to wait for daylight," said Rima Sabo.',
        'The relief group Open Quay said: "A boat is no bargaining chip." It asked the port for its order.',
    ) == [("Rima Sabo", "We were told to wait for daylight"), ("Open Quay", "A boat is no bargaining chip.")]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("de", "„Wir hören nicht auf zu fragen“, sagte die Hebamme Ute Brand.", "Ute Brand"),
        ("de", "„Wir hören nicht auf zu fragen“, sagte Kapitänin Antje Wiebold.", "Antje Wiebold"),
        ("ar", "وقالت مديرة المرصد سلمى القاضي: «كان الناس ينتظرون الخبز في الشارع».", "سلمى القاضي"),
    ],
)
def test_a_calling_before_a_name_is_no_part_of_it(language: str, text: str, speaker: str) -> None:
    assert [speaker_named for speaker_named, _ in attributed(text, language=language)] == [speaker]
