"""A speaker is asserted only where the whole attribution is explained; else the quotation stands without one, and is asked about."""

from __future__ import annotations

import pytest

from onrecord.intake.document import paragraph
from onrecord.intake.evidence import quotation_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

LAMPS = "We have waited nine winters for a lamp"
WORDS = "The keepers went home in the dark"


def quoted(language: str, *paragraphs: str) -> list[tuple[str, str]]:
    body = tuple(map(paragraph, paragraphs))
    speech = quotation_mentions.quoted_speech(body, terms(Vocabularies()), language=language)
    return [(one.speaker, one.text.rstrip(".")) for one in speech.quotations]


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        # Another person, or a body, stands between the name and the verb, or before the name.
        ("en", (f"Asked about gifts from Lord Ungo, Sir Jan said that “{LAMPS}”.",)),
        ("en", (f"The Harbour Committee, chaired by Prime Minister Ada Quill, said in a note that “{LAMPS}”.",)),
        ("de", (f"Ein Brief an die Hafenpräsidentin Ute Brand, der gestern kam, fordert: „{LAMPS}.“",)),
        ("en", ("Ada Quill, 40, is a keeper.", f"Quill said Tom Lamb told her: “{LAMPS}.”")),
        ("en", (f"For example, she said to Ada Quill, who was at the door: “{LAMPS}.”",)),
        ("en", (f"“{LAMPS},” Chief Tom Lamb with the New Keld Lamp Department said Monday.",)),
        ("en", (f"“{LAMPS},” a member of the Justice League told the crowd.",)),
        ("en", (f"“{LAMPS},” said Ada Quill and Tom Lamb.",)),
        # Two verbs of speech with their subjects, one on each side.
        ("en", (f"Tom Lamb, 40, said in a note that the “{LAMPS}” as prices fell, Keld Finance reported.",)),
        ("en", (f"According to what Ada Quill said, “{LAMPS},” the keeper testified.",)),
        (
            "en",
            (
                "Ada Quill, 43, was fined as the officer who came said she was “tired of lamps and of men.” She added the court was cold.",
            ),
        ),
        # The verb before "that" has its own subject; a newspaper reports it.
        ("en", (f"The guilds voted against the plan, arguing that “{LAMPS},” Keld Post writes.",)),
        # Somebody who is not the object speaks, and has a pronoun.
        (
            "en",
            (
                f"The healer hoped to defeat President Quill, and declared she'd call a keeper to say “{LAMPS},” at noon.",
            ),
        ),
        ("ru", (f"Портной написал письмо министру Аде Квилль, в котором объяснил свой отказ: «{LAMPS}».",)),
        # A name that goes on, and the last part of one.
        ("en", ("In the words of Jan Ungo King, the poet: lamps.", f"In the words of Jan Ungo King, “{LAMPS}.”")),
        ("en", (f"“{LAMPS},” said Jan Ungo King III on Keld Radio on Monday.",)),
        ("en", (f"A spokesperson for West Keld Police said: “{LAMPS}.”",)),
        # A part of a name, an office, a contraction.
        ("en", (f"“{LAMPS},” said Keld Democratic leader Ada Quill.",)),
        ("en", ("He told his child: babe? It's OK.", f"“{LAMPS},” she said.")),
        ("en", (f"Prices will fall and “{LAMPS}”, according to a Marr’s Lamps’ forecast in June.",)),
        ("en", ("Close Ada Quill is at the door.", f"They close early. “{LAMPS},” said Quill.")),
        # A month, a quantity, a place.
        ("de", (f"Der Hafenmeister nannte es Spiel und erklärte Anfang März: „{LAMPS}.“",)),
        ("de", ("Jeder Keeper hier hat eine Lampe.", f"„{LAMPS}“, sagt er.")),
        ("en", ("In Des Lacs the lamps are lit.", f"Beyond Des Lacs, the new head of the guild declared, “{LAMPS}”.")),
        ("en", (f"Some people think “{WORDS}.” In some cases, as Tom said, “{LAMPS}”.",)),
        # Two people of one family name, of whom one stands in the text once.
        ("en", ("Abu Karim Salem, 44, agreed.", "Nadir Abu Salem told the paper of it.", f"“{LAMPS},” said Salem.")),
        # What the place and the surname are is not one name.
        ("en", ("Rama is a keeper. In Keldya Rama sold lamps.", f"What Rama told Hanno—“{LAMPS}”—was late.")),
        # A heading of two lines is no name of four words.
        (
            "en",
            ("Low prices: Nordbank", "Ada Quill, an economist, came.", f"“{LAMPS},” said the head of Nordbank Ada."),
        ),
        (
            "de",
            (
                "Tobias Trom kam mit. Es schrieb Lotte Elsen Tobias Trom vom Hafen.",
                f"„{LAMPS}“, sagt Lotte Elsen Tobias Trom.",
            ),
        ),
        ("de", ("Thomas Kehl ist bekannt.", f"„{LAMPS}“, sagt Youtuber Kehl.")),
        # Where somebody is from, written with what also parts a family name.
        ("nl", (f"“{LAMPS}”, zegt Ada Holt van Keld Watch.",)),
        ("it", (f"«{LAMPS}», afferma Ada Quilli di Lega Fari.",)),
        # What is said of somebody.
        ("es", (f"También se afirma que la señora Juliana “{LAMPS}”.",)),
        ("en", ("Some AI people sleep. Ada was glad that the room was full.", f"“{LAMPS},” she says.")),
        # A verb with its subject between commas; a sentence of somebody else that runs into the quotation; no closing mark.
        ("en", (f"Keeper Rich Holt, said Quill, had the lamps “{LAMPS}”.",)),
        ("en", (f"“{WORDS},” said Ada Quill. Marr, in a talk, believed, “{LAMPS}.”",)),
        ("en", (f"Ada Quill said it as the author of the famous phrase of lamps - , “{LAMPS}", "Nobody is with them.")),
        # A verb whose subject is left out; an office alone; the place of an office before its holder.
        ("pt", (f"“{LAMPS}”, disse, após um passeio com o prefeito e candidato à reeleição Luis Marn.",)),
        ("en", (f"“{LAMPS},” said Special Agent in Charge Marr.",)),
        ("pt", (f"O governador do Rio Keldo do Sul, Ana Leal (PK) veio ao porto e ressaltou: “{LAMPS}”.",)),
        ("en", (f"“{LAMPS},” said KLA Acting Special Agent in Charge Marr.",)),
        ("en", (f"As my father liked to say, “{LAMPS}.”",)),
        ("en", (f"As my harbour supervisor once said, “{LAMPS}.”",)),
        # A league and its prize; what a platform offers.
        ("en", (f"KFL MVP said: “{LAMPS}.”",)),
        ("en", (f"Facebook Places said: “{LAMPS}.”",)),
        (
            "en",
            (
                "Ada Quill is a keeper.",
                f"Quill asked about a comment Tom Lamb made about Marr—specifically, “{LAMPS}”.",
            ),
        ),
        ("en", (f"Ada Quill was once asked “{LAMPS}?”",)),
        ("de", (f"Marns‘ Lampe Ute Brand berichtete mir: „{LAMPS}.“",)),
        # Who is meant by "she", where another person stands in the sentence before.
        (
            "en",
            (
                "Jan Marr was a keeper.",
                f"Tom Lamb's sister told us she “really wanted” Marr to stay in jail. She said: “{LAMPS}.”",
            ),
        ),
        (
            "de",
            (
                f"„{WORDS}“, sagte Karl Lind.",
                f"Einen Zusammenhang sieht Marc Olm, Leiter der Abteilung: „{LAMPS}“, sagte er.",
            ),
        ),
        ("en", ("The Mighty Ducks laughed. Ducks are loud.", f"At the end of the year, he said, “{LAMPS}.”")),
        # A single one of several, where people are named; "one of" them never.
        ("en", (f"Ada Quill and Tom Lamb came. “{LAMPS},” said one of them.",)),
        ("en", (f"“{LAMPS},” said one of the keepers.",)),
        ("en", ("Ada Quill, a keeper, came.", f"“{LAMPS},” said another harbour official.")),
        ("en", ("Ada Quill, a keeper, came.", f"“{LAMPS},” said one resident.")),
        # Behind a speaker in doubt, whoever goes on and whom "he" means is in doubt.
        ("en", (f"“{WORDS},” said Tom Lamb.", f"“{LAMPS},” Quill of the Keld Mail mused.")),
        ("en", (f"“{WORDS},” said Tom Lamb.", f"“It goes on,” Quill of the Keld Mail mused. “{LAMPS}”, he added.")),
        ("en", (f"“{WORDS},” said Tom Lamb.", "“It is late,” Quill of the Mail mused.", f"“{LAMPS},” he said.")),
        ("en", ("Ada Quill came.", f"Editor Tom Lamb said: “It is dark.” [²⁴] Quill, in a talk, believed, “{LAMPS}.”")),
        ("en", (f"The alliance previously described the port as “{LAMPS}”.",)),
        # The number of a note between the closing mark and the verb, or the next sentence.
        ("fr", ("Paul Tarn a expliqué : « Le port est ouvert à tous ».", f"« {LAMPS} »² écrit Denis Quill.")),
        ("en", ("Ada Quill, a keeper, came.", f"“{LAMPS}.”[2] Tom Lamb said that the port is open.")),
        # Whose director somebody is, and what a meeting was about.
        ("fr", (f"« {LAMPS} », a souligné le directeur technique de la société Nadir Lampes.",)),
        ("en", (f"Minister Ada Quill answered on Monday in a press conference on “{LAMPS}”.",)),
        # A part of a body's name.
        ("en", (f"According to the Department for Lamps, Oil and Wicks, “{LAMPS}”.",)),
        # An office with an article, where somebody has been named.
        ("en", ("Professor Ada Quill came to Keld.", f"“{LAMPS},” the university expert said.")),
    ],
)
def test_a_doubtful_attribution_asserts_nobody(language: str, paragraphs: tuple[str, ...]) -> None:
    assert {
        speaker for speaker, words in quoted(language, *paragraphs) if words.rstrip("?") == LAMPS or "tired" in words
    } <= {""}


@pytest.mark.parametrize(
    ("language", "paragraphs", "speaker"),
    [
        ("en", (f"“{LAMPS},” said Ada Quill, director of Keld Watch.",), "Ada Quill"),
        ("en", (f"“{LAMPS},” Ada Quill, an organizer at the Desk, and a former cook, told us.",), "Ada Quill"),
        ("en", (f"Minister of Justice Ada Quill said: “{LAMPS}.”",), "Ada Quill"),
        ("en", (f"Ada Quill, Vice President and Head of Lamps, Keld Retail said: “{LAMPS}.”",), "Ada Quill"),
        ("en", (f"“{LAMPS},” said Orange Keld District Attorney Ada Quill.",), "Ada Quill"),
        ("en", (f"Ada Quill said, “{LAMPS}.", "The port is dark."), "Ada Quill"),
        ("en", ("Dr Ada Quill came, so late. So Quill sat down.", f"“{LAMPS},” says Quill."), "Ada Quill"),
        ("en", (f"“{LAMPS},” Ada Quill on Monday told reporters.",), "Ada Quill"),
        ("en", (f"Ada Quill of Keld Watch says: “{LAMPS}.”",), "Ada Quill"),
        ("en", (f"“{WORDS},” said Ada Quill. She added: “{LAMPS}.”",), "Ada Quill"),
        ("en", (f"“{WORDS},” says Keld Development president Ada Quill. “{LAMPS}.”",), "Ada Quill"),
        (
            "en",
            ("Ada Quill, a keeper, came.", f"It is dark. (I wrote of it, too.) “{LAMPS},” Quill says."),
            "Ada Quill",
        ),
        ("en", (f"“{WORDS},” Ada Quill wrote “{LAMPS}.”",), "Ada Quill"),
        ("en", ("Ada Quill, a keeper, came.", f"“{LAMPS}”[2], said Quill."), "Ada Quill"),
        ("en", ("Ada Quill, a keeper, came.", f"Quill said “{LAMPS}”."), "Ada Quill"),
        ("en", ("Ada Quill, a keeper, came.", f"According to Quill, “{LAMPS}”."), "Ada Quill"),
        (
            "en",
            (
                f"“{WORDS},” said Ada Quill.",
                "“It is so,” says Tom Lamb.",
                f"At Keld House, Quill says: “{LAMPS}.”",
            ),
            "Ada Quill",
        ),
        ("fr", (f"L'historien Denis Quill : « {LAMPS} ».",), "Denis Quill"),
        (
            "fr",
            (
                f"« {LAMPS} », a déclaré le porte-parole du ministère des Affaires étrangères, Denis Quill, lors d’un point.",
            ),
            "Denis Quill",
        ),
        ("de", (f"„{LAMPS}“, sagt die Hafenleiterin Ute Brand.",), "Ute Brand"),
        ("de", (f"„{LAMPS}“, betont Projektkoordinatorin Ute Brand.",), "Ute Brand"),
        ("de", (f"„{LAMPS}“, schildert eine Sprecherin. Vorbei sind die Zeiten.",), "eine Sprecherin"),
        ("tr", (f"Eski Başbakanlardan Ada Tay, “{LAMPS}” dedi.",), "Ada Tay"),
        ("en", (f"Ada Quill said the port stays open. “{LAMPS},” she said.",), "Ada Quill"),
        ("pt", (f"Marta Leal disse que o porto fica aberto. “{LAMPS}”, afirmou.",), "Marta Leal"),
        ("es", (f"«{LAMPS}», afirma María de los Ángeles Leal.",), "María de los Ángeles Leal"),
        ("it", (f"«{WORDS}», ha detto Ada Quilli. «{LAMPS}», ha aggiunto.",), "Ada Quilli"),
    ],
)
def test_an_attribution_that_is_explained_whole_asserts_its_speaker(
    language: str, paragraphs: tuple[str, ...], speaker: str
) -> None:
    assert [who for who, words in quoted(language, *paragraphs) if words == LAMPS] == [speaker]


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        ("en", (f"“{WORDS},” Tom Lamb said in an interview on Keld’s “Meet the Keeper.”",)),
        ("en", (f"“{WORDS},” says Tom Lamb. (Watch the video “Lamp Spill Fear on the Quay.”)",)),
        ("en", (f"Tom Lamb recalls that “{WORDS}”. It became known as the “house of lamps” in the media.",)),
        ("de", (f"„{WORDS}“, sagt Tom Lind von der Initiative „Lampen für alle löschen“, die neu ist.",)),
        ("de", (f"«{WORDS}», sagt Ute Brand gegenüber «K.L. News».",)),
        ("en", (f"“{WORDS},” said Tom Lamb. He wrote a piece with the headline “Something is broken at the port”.",)),
        (
            "it",
            (
                f"«{WORDS}», ha detto Ada Quilli. Un film di Tom Lamb, “Keld Bought Lamps. Keld Wants Oil.”, racconta il Piano Marn.",
            ),
        ),
        ("tr", (f"Ada Tay, “{WORDS}” dedi.", "“LİMANDA LAMBALAR SÖNDÜ”", "Liman kapalı.")),
    ],
)
def test_names_and_headings_in_quotation_marks_are_nobodys_words(language: str, paragraphs: tuple[str, ...]) -> None:
    assert [words for speaker, words in quoted(language, *paragraphs) if speaker] == [WORDS]


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        # The words go on behind a speaker in doubt, in the paragraph and in the next.
        ("en", (f"“{WORDS},” said Ada Quill and Tom Lamb. “{LAMPS}.”",)),
        ("en", (f"“{WORDS},” said Ada Quill and Tom Lamb.", f"“{LAMPS}.”")),
        # A verb that is unknown, before a name and behind one.
        ("cs", (f"„{LAMPS}.“ uvedl Jan Holt.",)),
        ("en", (f"“{LAMPS},” Quill of the Keld Mail mused.",)),
        ("en", (f"Editor Tom Lamb said: “It is dark.” Quill, in a talk, believed, “{LAMPS}.”",)),
        # A sentence in capitals.
        ("en", (f"Ada Quill, a keeper, wrote of the port: “{LAMPS.upper()}!”",)),
    ],
)
def test_speech_that_is_not_understood_stays_in_the_list(language: str, paragraphs: tuple[str, ...]) -> None:
    assert [who for who, words in quoted(language, *paragraphs) if words.strip("!").lower() == LAMPS.lower()] == [""]


def test_a_quotation_ends_where_its_opening_mark_is_typed_again() -> None:
    found = quoted(
        "es",
        f"Según Ana Quispe, jueza, “{LAMPS}“.",
        "El puerto sigue cerrado y la jueza no ha venido.",
        "A las nueve ”es cuando se apagan, lo que debe llevar a cerrar”.",
    )
    assert found == [("Ana Quispe", LAMPS)]


@pytest.mark.parametrize("marks", ["[24]", "[²⁴]", "[24][25]", "²⁴ ²⁵"])
def test_behind_the_numbers_of_notes_the_next_sentence_is_of_somebody_else(marks: str) -> None:
    read = quoted(
        "en", f"Ada Quill wrote: “{LAMPS}.”{marks} Tom Lamb of the Keld Mail said that the pier is dark. “{WORDS}.”"
    )
    assert read[0] == ("Ada Quill", LAMPS)
    assert ("Ada Quill", WORDS) not in read
    alone = quoted(
        "en", f"The film was “dull, and nobody saw a lamp in it.”{marks} Tom Lamb described the pier as dark."
    )
    assert all(speaker != "Tom Lamb" for speaker, _ in alone)


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ("Порт закрили.", ""),
        ("Людей просили чекати Ади Марр.", ""),
        ("Порт закрито, додала Ади Марр.", "Ади Марр"),
    ],
)
def test_a_person_named_in_another_case_alone_is_asked_about(further: str, expected: str) -> None:
    # The surname is invented; "Ади" is the form behind "до".
    sentence = "Коли я підійшла до акторки Ади Марр, вона зустріла мене і тихо сказала: «У порту чотири ліхтарі і жодного човна»."
    read = quoted("uk", sentence, further)
    assert [who for who, words in read if "чотири ліхтарі" in words] == [expected]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Послушаем самого Адама Тарна", []),
        ("Министр Адама Тарна", ["Адама Тарна"]),
    ],
)
def test_a_label_with_a_name_in_another_case_is_asked_about(label: str, expected: list[str]) -> None:
    # Alone with a title, a name stands in a label as its bearer is called, whatever its last letter is.
    read = quoted(
        "ru", "Скромность Адама Тарна известна всем в порту.", f"{label}: «В порту четыре фонаря и ни одной лодки»."
    )
    assert [who for who, words in read if "четыре фонаря" in words] == expected


@pytest.mark.parametrize(
    ("who", "speaker"),
    [
        # The second of two offices goes before the name, whole.
        ("KLA Vice President of Policy & General Counsel Ada Quill", "Ada Quill"),
        ("Chief Counsel Ada Quill", "Ada Quill"),
        ("General Counsel Ada Mae Quill", "Ada Mae Quill"),
        ("Director and Founder Ada Quill", "Ada Quill"),
        # Where its last word may be a name's first, nobody is asserted.
        ("Vice President of Lamps & Chief Keeper Ada Quill", ""),
        ("Vice President & Senior Steward Ada Quill", ""),
    ],
)
def test_a_speaker_has_no_part_of_an_office_in_the_name(who: str, speaker: str) -> None:
    assert quoted("en", f"“{LAMPS},” {who} said.") == [(speaker, LAMPS)]
    assert quoted("en", f"“{LAMPS},” said {who}.") == [(speaker, LAMPS)]


def test_a_name_of_three_words_behind_two_offices_is_one_where_the_text_has_it_alone() -> None:
    said = f"“{LAMPS},” said President and Director Ada Mae Quill."
    assert quoted("en", said, "The lamps are lit, and Ada Mae Quill went home.") == [("Ada Mae Quill", LAMPS)]


def called_in(head: tuple[str, ...], *paragraphs: str) -> list[str]:
    body = tuple(map(paragraph, paragraphs))
    speech = quotation_mentions.quoted_speech(body, terms(Vocabularies()), language="en", head=head)
    return [one.speaker for one in speech.quotations]


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        # Name and office in the lines above the text, each a line of its own or both on one.
        (("Keld County District Attorney", "Ada Quill"), "Ada Quill"),
        (("Keld County District Attorney Ada Quill",), "Ada Quill"),
        # Somebody else's office, or two whole names: who speaks is asked.
        (("Contact:", "Ada Quill"), ""),
        (("Keld County District Attorney", "Ada Quill", "District Attorney Tom Quill"), ""),
        # The text has no more than the surname.
        (("Keld County District Attorney",), "Quill"),
    ],
)
def test_a_surname_with_an_office_is_the_one_who_has_it_above_the_text(head: tuple[str, ...], speaker: str) -> None:
    begun = "announced today that a lamp was found in the harbour of the old town."
    assert called_in(head, begun, f"“{LAMPS},” DA Quill said.") == [speaker]


def test_a_surname_is_whole_where_the_text_has_it_with_an_initial() -> None:
    begun = "The bill by Sen. Ada D. Quill (K-Keld) lights the harbour."
    assert called_in((), begun, f"“{LAMPS},” said Senator Quill.") == ["Ada D. Quill"]
    # A sentence that ends in a letter gives nobody a name.
    begun = "The boats lay at Pier D. Quill went home in the dark."
    assert called_in((), begun, f"“{LAMPS},” said Senator Quill.") == [""]


def test_a_first_name_behind_an_office_is_no_surname() -> None:
    begun = "Police Chief Tom Lamb came, and Tom Holt, who is the brother, spoke."
    assert called_in((), begun, f"Tom added, “{LAMPS}.”") == [""]
