"""A speaker is asserted where two independent signs in the document show the words to be somebody's whole name; else asked."""

from __future__ import annotations

import pytest

from onrecord.intake.document import paragraph
from onrecord.intake.evidence.asserted_speech import asserted_speech
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

WORDS = "We have waited nine winters for a lamp"


def speakers(language: str, *texts: str, head: tuple[str, ...] = ()) -> list[str]:
    speech = asserted_speech([paragraph(text) for text in texts], terms(Vocabularies()), "", language, head)
    assert len(speech.claims) == len(speech.quotations)
    return [quotation.speaker for quotation in speech.quotations]


@pytest.mark.parametrize(
    ("language", "texts", "speaker"),
    [
        # What somebody is stands behind the name, or before it; a comma on each side.
        ("en", (f"“{WORDS},” said Ada Venn, keeper of the lamps.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said Ada Venn, 34.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said Ada Venn, who keeps the lamps.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said Ada Venn, Ph.D.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said Senator Ada Venn.",), "Ada Venn"),
        ("en", (f"The new director, Ada Venn, said: “{WORDS}.”",), "Ada Venn"),
        ("de", (f"„{WORDS}“, sagte Ada Venn, Sprecherin der Hafenwacht.",), "Ada Venn"),
        ("es", (f"«{WORDS}», dijo María del Carmen.",), "María del Carmen"),
        ("sv", (f"– {WORDS}, säger fiskaren Ada Venn.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said one of the keepers, Ada Venn.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said Ada Venn of the Lamp Network.",), "Ada Venn"),
        ("en", (f"“{WORDS},” said Minister for Lamps and Oil Ada Venn.", "Venn left."), "Ada Venn"),
        ("en", (f"“{WORDS},” said Minister for Harbours and Border Lamps Ada Venn.", "Mr Venn left."), "Ada Venn"),
        ("fr", ("Ada Venn, directrice, est là.", f"« {WORDS} », dit Ada Venn.Les lampes sont là."), "Ada Venn"),
        ("ru", (f"«{WORDS}», — сказала Ада Ветрова.",), "Ада Ветрова"),
        # The surname stands alone elsewhere; initials; an address that is made of the name.
        ("en", (f"“{WORDS},” said Ada Venn.", "Venn keeps the lamps."), "Ada Venn"),
        ("en", ("Ada Venn keeps the lamps.", f"“{WORDS},” Venn said."), "Ada Venn"),
        ("en", (f"“{WORDS},” said Ada B. Venn.",), "Ada B. Venn"),
        ("en", (f"“{WORDS},” said Ada Venn.", "Write to ada.venn@harbour.example for more."), "Ada Venn"),
        # Three words, and two signs beside their edges.
        ("en", (f"“{WORDS},” said Rep. Ada Orle Venn.", "Ada Orle Venn keeps the lamps."), "Ada Orle Venn"),
        # A word that is written small too asks for one sign more.
        ("en", ("A rose is a rose.", f"“{WORDS},” said Rose Venn, keeper of lamps.", "Venn was there."), "Rose Venn"),
        # The head's line is part of the document.
        ("en", (f"“{WORDS},” said Ada Venn.", "Mayor Venn keeps them."), "Ada Venn"),
    ],
)
def test_two_signs_make_a_speaker(language: str, texts: tuple[str, ...], speaker: str) -> None:
    assert speakers(language, *texts) == [speaker]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        # One sign: a name's clean edges. So stand a town, a newspaper, a ship, a market, a slogan's first words.
        ("en", (f"“{WORDS},” said Ada Venn.",)),
        ("en", (f"“{WORDS},” said Orle Valley.",)),
        ("en", (f"“{WORDS},” said Northern Star.", "The Northern Star left at dawn.")),
        ("en", (f"In her book, Long Winter says “{WORDS}.”",)),
        ("en", (f"Psalm Nine says: “{WORDS}.”", "Psalm Nine is sung at dusk.")),
        ("en", (f"Adding Venn, said “{WORDS}.”",)),
        ("es", (f"«{WORDS}», dijo Nueva Orle.",)),
        ("it", (f"«{WORDS}», spiega Villa Venn.",)),
        ("nl", (f"“{WORDS}”, zegt Nieuw Orle.",)),
        # A word of a sentence's head, of a people or a party before a name.
        ("en", (f"Interestingly Venn said: “{WORDS}.”",)),
        ("en", (f"“{WORDS},” said Democrat Ada Venn.",)),
        ("en", (f"“{WORDS},” said Keld Native Ada Venn, keeper of lamps.",)),
        ("en", ("The Greek government met.", f"“{WORDS},” Greek Orelios said.", "Orelios was there.")),
        ("en", (f"“{WORDS},” said Attorneys Ada Venn, keepers.", "Venn was there.")),
        # The text has the whole name elsewhere: what stands before the surname is a post.
        ("en", ("Comptroller Kate Venn met them.", f"“{WORDS},” Comptroller Venn said.", "Comptroller Venn left.")),
        # A name that goes on elsewhere, or behind a bracket.
        ("en", ("Ada Venn Park is open.", f"“{WORDS},” said Ada Venn, a park.")),
        ("en", (f"“{WORDS},” said Chi Venn (Dick) Tam, director of lamps.",)),
        # What somebody is with a capital; a dateline that is glued on.
        ("en", (f"“{WORDS},” said Astronomer Ada Venn of Orle University.", "Ada Venn was there.")),
        ("en", (f"“{WORDS},” said University Librarian Ada Venn.",)),
        (
            "en",
            ("Jan V. Orel was there.", f"“{WORDS},” said Rep. Orel Washington, DC – Today, Rep. Jan V. Orel joined."),
        ),
        # A dative: to whom it was said.
        ("uk", (f"«{WORDS}», — сказав Петру Венну.",)),
    ],
)
def test_one_sign_asks_who_spoke(language: str, texts: tuple[str, ...]) -> None:
    assert not any(speakers(language, *texts))


@pytest.mark.parametrize(
    "said",
    [
        "Ada Venn, of the Watch, and Tom Lamb, of the Desk, said: “{}.”",
        "Tom Lamb and her husband Ada Venn said: “{}.”",
        "“{}” read the banner that Ada Venn said she made.",
        # To whom a letter goes.
        "In a letter to Attorney General Ada Venn, the keepers wrote: “{}.”",
        "A letter to U.S. Attorney General Ada Venn says: “{}.”",
        # A body in another sentence.
        "Tom Lamb had a “strong will to stay at home”. Two towns left, according to the Lamp Agency. “{}”",
        "“{},” Senators Orel and Lamb and Representative Venn said in a joint statement.",
        # A thing of somebody's.
        "According to the university announcement, “{}.”",
        "The college’s response to this email states: “{}.”",
        "The report of the Lamp Agency states: “{}.”",
    ],
)
def test_whoever_is_not_alone_the_subject_is_asked(said: str) -> None:
    known = ("Ada Venn, keeper of lamps, was there.", "Venn left at noon.")
    assert not any(speakers("en", *known, said.format(WORDS)))


def test_the_question_names_the_candidate() -> None:
    speech = asserted_speech([paragraph(f"“{WORDS},” said Orle Valley.")], terms(Vocabularies()), "", "en")
    (question,) = speech.questions
    assert "Orle Valley" in (question.evidence or "")
    assert WORDS in (question.evidence or "")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        # The spokesman's master; whom somebody is asked about; whose mayor somebody is; a firm; whoever is spoken for.
        ("en", "The spokesman for President Jan Orel, Ada Venn, said: “{}.”"),
        ("pt", "Questionado sobre a condenação do ex-presidente Orel, o economista-chefe diz que “{}”."),
        ("pt", "A imprensa da prefeitura de Orla, cujo prefeito é Jan Orel (PDT), afirmou que “{}”."),
        ("en", "“{},” said Orel & Venn."),
        ("en", "“{},” said law firm Orel, Venn and Partners."),
        ("ar", "وقال ذلك على لسان أحمد فين المتحدث باسم أورلا الذي قال: «{}»."),
        # A verb without its subject behind a sentence that names two.
        ("pt", "Ada Venn brincou com o comentário de Jan Orel. “{}”, disse."),
    ],
)
def test_whoever_stands_beside_the_subject_says_nothing(language: str, said: str) -> None:
    people = {
        "en": "Jan Orel, keeper of lamps, was there. Orel left.",
        "pt": "Jan Orel, diretor, estava lá. Orel saiu.",
    }
    words = "انتظرنا تسعة شتاءات من أجل مصباح واحد" if language == "ar" else WORDS
    known = [people[language]] if language in people else []
    assert not {"Jan Orel", "باسم أورلا"} & set(speakers(language, *known, said.format(words)))


def test_he_is_not_who_spoke_before_another_was_named() -> None:
    said = (
        f"“{WORDS},” said Ada Venn, keeper of lamps. They went home. After that the mayor, Jan Orel, promised “fire and"
        " fury” to all. “The boats come back in spring and bring us oil,” he said."
    )
    assert speakers("en", "Venn was there.", said)[-1] != "Ada Venn"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        # A document behind an article; the body of an office before the name; a broken line; what is glued on.
        ("fr", (f"Selon les Recommandations HAB, « {WORDS} ».", "Les Recommandations HAB sont là.")),
        ("en", (f"Coordinating Minister for National Security Teo Chee Venn said: “{WORDS}.”", "Venn left.")),
        ("ru", (f"Президент Орлии Ян Венн сказал: «{WORDS}».", "Венн был там.")),
    ],
)
def test_a_part_of_an_office_makes_no_name(language: str, texts: tuple[str, ...]) -> None:
    assert not any(speakers(language, *texts))


def test_a_straight_mark_that_is_glued_to_the_next_sentence_closes() -> None:
    text = f'Ada Venn, keeper of lamps, said: "{WORDS}."About Harbour Watch It makes lamps, called "hue" by some.'
    speech = asserted_speech([paragraph(text)], terms(Vocabularies()), "", "en")
    assert [quotation.text.rstrip(".") for quotation in speech.quotations] == [WORDS]


def test_words_behind_a_full_stop_about_something_else_are_nobodys() -> None:
    said = (
        "Ada Venn, keeper of lamps, said that there were several “faults in the old lamps”. It was on Monday that it became"
        " known that she is said to have “taken part in the fire of the port” by the watch."
    )
    assert speakers("en", "Venn was there.", said).count("Ada Venn") == 1


def test_words_of_somebody_without_a_name_are_listed_and_asked_about() -> None:
    text = f'Et "{WORDS}", selon cet élu du port. Pour Ada Venn, la gardienne, les lampes sont chères.'
    speech = asserted_speech([paragraph(text)], terms(Vocabularies()), "", "fr")
    assert [(quotation.text, quotation.speaker) for quotation in speech.quotations] == [(WORDS, "")]
    assert any(WORDS in question.evidence for question in speech.questions)
