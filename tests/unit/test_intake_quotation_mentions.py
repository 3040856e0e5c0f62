"""Who said what, and what is no quotation."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import lexicon
from onrecord.intake.document import Block, TextRun, paragraph
from onrecord.intake.evidence import quotation_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Term, Vocabularies
from tests import stint

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
    return [(quote.speaker, quote.text) for quote in quotation_mentions.quotations(body, KNOWN, language=language)]


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
        'The relief group Open Quay said: "A boat is not a bargaining chip." It asked the port for its order.',
    ) == [("Rima Sabo", "We were told to wait for daylight"), ("Open Quay", "A boat is not a bargaining chip.")]


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


# ---- who is meant ------------------------------------------------------------------------------------------------------------------

LAMPS = "We have waited nine winters for a lamp"


def speakers(*paragraphs: str, language: str = "en") -> list[str]:
    return [speaker for speaker, _ in attributed(*paragraphs, language=language)]


def questions(*paragraphs: str, language: str = "en") -> str:
    body = [paragraph(text) for text in paragraphs]
    speech = quotation_mentions.quoted_speech(body, KNOWN, language=language)
    return "; ".join(question.evidence for question in speech.questions)


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        ((f"Parish attorney Rosa Vane opposed the request. “{LAMPS},” she said.",), "Rosa Vane"),
        (
            ("“The oil is gone since May,” said Tomas Brandt. He wrote to the harbour master.", f"“{LAMPS},” he said."),
            "Tomas Brandt",
        ),
        ((f"Ida Roth, the keeper of the fourth lighthouse, has no oil. She said: “{LAMPS}.”",), "Ida Roth"),
    ],
)
def test_a_pronoun_is_the_person_whom_the_sentence_before_is_about(paragraphs: tuple[str, ...], speaker: str) -> None:
    assert speakers(*paragraphs)[-1] == speaker


@pytest.mark.parametrize(
    "paragraphs",
    [
        (f"Rosa Vane met Ida Roth at the pier on Monday. “{LAMPS},” she said.",),
        (f"Rosa Vane and Ida Roth met at the pier. “{LAMPS} and more,” she said.",),
        (f"Mr Tomas Brandt spoke first. “{LAMPS} and more,” she said.",),
        (f"Snow fell that night on all four lighthouses. “{LAMPS} and more,” she said.",),
        (f"As a member of the council, she said, “{LAMPS} and more.”",),
        (f"I asked what they would do and he said, “{LAMPS} and more.”",),
    ],
)
def test_a_pronoun_that_may_mean_several_or_nobody_is_asked_about(paragraphs: tuple[str, ...]) -> None:
    assert speakers(*paragraphs) == []
    assert LAMPS in questions(*paragraphs)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"The Shadow Minister for Harbours and Coastal Lights Michael Bright said: “{LAMPS}.”", "Michael Bright"),
        (f"“{LAMPS},” Minister for Health Oda Brandt said.", "Oda Brandt"),
        (f"“{LAMPS},” said Senator Oda Brandt, chair of the council.", "Oda Brandt"),
        (f"“{LAMPS},” said Oda Brandt, the keepers’ lawyer.", "Oda Brandt"),
        (f"“{LAMPS},” State Department deputy spokesperson Oda Brandt said on Thursday.", "Oda Brandt"),
    ],
)
def test_an_office_is_no_part_of_a_name(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        f"Now less than a year since it was, he said, “{LAMPS}.”",
        f"Though many said “{LAMPS} and more”, nobody wrote it.",
        f"Earlier Saturday, it was said that “{LAMPS}”.",
        f"The Court held and then said “{LAMPS}”.",
        f"The letter that concluded Northland halted its ships in the ninth winter of the great storm on that long coast: “{LAMPS}.”",
    ],
)
def test_a_clause_is_no_speaker(text: str) -> None:
    assert speakers(text) == []


def test_a_quotation_that_runs_on_is_asked_about_with_the_speaker_at_its_end() -> None:
    paragraphs = (f"“{LAMPS}.", "“We have asked the ministry and the council.", "“And here we stay,” said Oda Brandt.")
    assert speakers(*paragraphs) == ["Oda Brandt"]
    asked = quotation_mentions.quoted_speech(tuple(map(paragraph, paragraphs)), KNOWN, language="en").questions
    assert "Oda Brandt" in asked[0].evidence


@pytest.mark.parametrize(
    "paragraphs",
    [
        (f"“{LAMPS}.”", "— Oda Brandt, keeper of the fourth lighthouse"),
        (f"“{LAMPS}.” — Oda Brandt, keeper of the fourth lighthouse",),
        (f"– {LAMPS}, said Oda Brandt, keeper of the fourth lighthouse.",),
        (f"Spokesperson Oda Brandt: “{LAMPS}.”",),
    ],
)
def test_a_signature_and_a_dash_name_the_speaker(paragraphs: tuple[str, ...]) -> None:
    assert attributed(*paragraphs)[0][0] == "Oda Brandt"
    assert attributed(*paragraphs)[0][1].startswith(LAMPS)


def test_a_block_quotation_is_signed_below_it() -> None:
    body = [Block("quote", (TextRun(f"{LAMPS}."),)), paragraph("— Oda Brandt, keeper of the fourth lighthouse")]
    (quotation,) = quotation_mentions.quotations(body, KNOWN)
    assert (quotation.speaker, quotation.text, quotation.paragraph) == ("Oda Brandt", f"{LAMPS}.", 1)


def test_single_marks_are_quotation_marks_where_a_text_has_no_others() -> None:
    quotations = attributed(
        "‘We’ve waited nine winters,’ said Oda Brandt. ‘The keepers’ oil is gone,’ she said.",
        "‘Nobody wrote to us,’ Tomas Brandt said.",
    )
    assert [speaker for speaker, _ in quotations] == ["Oda Brandt", "Oda Brandt", "Tomas Brandt"]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "fr",
            "« Nous attendons depuis neuf hivers », a affirmé la directrice de la Ligue des phares, Ana Roux.",
            "Ana Roux",
        ),
        ("es", "«Esperamos desde hace nueve inviernos», señaló el ministro de Faros Juan Rivas.", "Juan Rivas"),
        ("de", "„Wir warten seit neun Wintern auf eine Lampe“, so Ute Brand.", "Ute Brand"),
        ("de", "„Wir warten seit neun Wintern auf eine Lampe“, erklärte die Stadtsprecherin Ute Brand.", "Ute Brand"),
        ("ru", "— Мы ждём уже девять зим, — сказала Вера Луговая.", "Вера Луговая"),
    ],
)
def test_each_language_names_its_speakers(language: str, text: str, speaker: str) -> None:
    assert speakers(text, language=language) == [speaker]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("ja", "灯台の会代表の田中花子さんは「私たちは九年待ちました」と述べた。", "田中花子"),
        ("zh", "灯塔之友主任李明表示：“我们已经等了九个冬天。”", "李明"),
        ("tr", "Fener Derneği müdürü Mehmet Demir, “Dokuz kıştır bekliyoruz” dedi.", "Mehmet Demir"),
        ("fa", "سارا احمدی، مدیر انجمن، گفت: «ما نه زمستان است که منتظریم».", "سارا احمدی"),
        ("uk", "«Ми чекаємо вже дев’ять зим», — сказала Олена Коваль, директорка.", "Олена Коваль"),
        ("sv", "– Vi har väntat i nio vintrar, säger Anna Lind, ordförande.", "Anna Lind"),
        ("nl", "“We wachten al negen winters”, zei Anna de Vries, directeur.", "Anna de Vries"),
        ("it", "«Aspettiamo da nove inverni», ha detto Anna Ricci, direttrice.", "Anna Ricci"),
    ],
)
def test_the_further_languages_name_theirs(language: str, text: str, speaker: str) -> None:
    if language not in lexicon.languages():
        pytest.skip(f"the lexicon has no {language}.toml")
    assert speakers(text, language=language) == [speaker]


def test_an_unnamed_speaker_is_not_whoever_spoke_before() -> None:
    paragraphs = (
        f"“{LAMPS},” said Oda Brandt.",
        "“The oil was gone and nobody wrote to us,” somebody at the pier whispered and said.",
    )
    assert speakers(*paragraphs) == ["Oda Brandt"]


def spoken(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Speaker and first three words of every quotation of some paragraphs."""
    found = quotation_mentions.quotations(
        tuple(map(paragraph, text.split("\n\n"))), terms(Vocabularies()), "", language
    )
    return [(quotation.speaker, " ".join(quotation.text.split()[:3])) for quotation in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # The attribution stands in a paragraph of its own.
        (
            "en",
            "“The keepers have learnt to count their oil by the spoon,”\n\nMr Ossian Vale said.",
            [("Ossian Vale", "The keepers have")],
        ),
        (
            "en",
            "“The four towers have had no oil since the winter began.”\n\nsaid Ossian Vale, head of the Lamp Fund.",
            [("Ossian Vale", "The four towers")],
        ),
        (
            "en",
            "“The four towers have had no oil since the winter began.”\n\nOssian Vale said that he would write again.",
            [],
        ),
        # A straight mark and a curly one.
        (
            "en",
            '"It is hard to hear of ships that saw no light,” Lamp Fund spokesperson Ossian Vale said.',
            [("Ossian Vale", "It is hard")],
        ),
        # One pair of marks around the words and who says them.
        (
            "uk",
            "«Ми лічили кожну ложку оливи, – сказала Ада Квіл, доглядачка маяка. – Ніхто не приплив».",
            [("Ада Квіл", "Ми лічили кожну"), ("Ада Квіл", "Ніхто не приплив")],
        ),
        # What announces the words.
        (
            "en",
            "Fund director Ossian Vale made the following statement today ahead of the vote on the oil that the ministry has kept back in 2003:"
            "\n\n“The four towers have had no oil since the winter began.”",
            [("Ossian Vale", "The four towers")],
        ),
        ("sv", "- Vi har räknat varje sked olja i fyra år, säger fyrmästare Anna Lind.", [("Anna Lind", "Vi har räknat")]),
        ("ru", "Следователь молчал. По словам Квиловой, следователь ответил ей: «Масло к делу не относится».", [("следователь", "Масло к делу")]),
        ("zh", "“他们只带走了油，连灯都留在塔里。”看守人的妻子何玉兰说。", [("何玉兰", "他们只带走了油，连灯都留在塔里。")]),
        ("tr", "''Kuleleri karanlıkta bırakmayın, gemiler yolunu bulsun,'' dedi dernek başkanı Ülkü Taşkın.", [("Ülkü Taşkın", "Kuleleri karanlıkta bırakmayın,")]),
    ],
)  # fmt: skip
def test_a_speaker_is_found_beside_the_words(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(text, language) == expected


def test_words_with_a_year_are_no_speaker() -> None:
    text = "The council was to review a rule that concluded the land halted its program in 2003: “The towers are dark and empty.”"
    assert spoken(text) == []


def test_a_piece_of_a_sentence_that_a_bracket_parts_is_no_speaker_in_chinese() -> None:
    text = "燈塔計劃\\[TW:專案:]評論說：“我們已經等了九個冬天，沒有人回信。”"
    assert [speaker for speaker, _ in spoken(text, "zh")] == []


@pytest.mark.parametrize(
    ("language", "paragraphs", "expected"),
    [
        (
            "de",
            ("Jonas Brandt, Sprecher des Hafenbundes: „Wir freuen uns, dass der Hafen offen bleibt.“",),
            ["Jonas Brandt"],
        ),
        (
            "it",
            ("Per il presidente della Lega, Tullio Ferri, «un ponte non si chiude in una notte».",),
            ["Tullio Ferri"],
        ),
        ("it", ("Per la Lega dei Fari, «un ponte non si chiude in una notte».",), []),
        (
            "it",
            ("«Il porto resta aperto a tutti», ha detto Ada Quilli. «Nessuno sarà lasciato fuori», ha aggiunto.",),
            ["Ada Quilli", "Ada Quilli"],
        ),
        (
            "es",
            (
                "La ministra Ana Soler explicó que “el puerto seguirá abierto”.",
                "“Nadie quedará fuera este año”, agregó.",
            ),
            ["Ana Soler", "Ana Soler"],
        ),
        (
            "es",
            ("—El puerto seguirá abierto para todos —dijo Marta Soler, portavoz—. Nadie quedará fuera.",),
            ["Marta Soler", "Marta Soler"],
        ),
        ("fr", ("— Le port restera ouvert à tous, a déclaré Jeanne Morel, porte-parole.",), ["Jeanne Morel"]),
        (
            "ru",
            ("— Порт останется открытым для всех, — сказала Вера Луговая. — Никто не останется за бортом.",),
            ["Вера Луговая", "Вера Луговая"],
        ),
        (
            "tr",
            ("“Liman herkese açık kalacak” dedi Ayşe Kaya. “Kimse dışarıda kalmayacak” diye ekledi.",),
            ["Ayşe Kaya"] * 2,
        ),
        (
            "uk",
            (
                "«Ми маємо йти далі – на пристань. Дехто каже, що це «не наше» діло.",
                "Мусимо наповнити ці слова змістом. Інакше не вийде», – сказала Ада Квіл, голова спілки.",
            ),
            ["Ада Квіл"],
        ),
        (
            "sv",
            ("– Vi måste släcka de skadliga lamporna nu, säger EU-minister med ansvar för hamnar Ada Quill.",),
            ["Ada Quill"],
        ),
    ],
)
def test_whoever_is_named_around_the_words_in_another_order_said_them(
    language: str, paragraphs: tuple[str, ...], expected: list[str]
) -> None:
    assert speakers(*paragraphs, language=language) == expected


def test_a_sentence_of_its_own_behind_an_ended_quotation_names_no_speaker_for_it() -> None:
    text = (
        '"We trust that you will find this as alarming as we do," Senator Ada Quill wrote. "The report demands a full inquiry." '
        "Witness Rory Lamb, a former cook at the harbour, testified that managers hid the food."
    )
    assert speakers(text) == ["Ada Quill", "Ada Quill"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "港口委員會發言人陳大明日前表示：「港口會一直開放，我們不會離開這裏。」", ["陳大明"]),
        ("zh", "陳大明等人日前表示：「港口會一直開放，我們不會離開這裏。」", []),
        ("zh", "塔社報道指出：「港口將會在下月關閉，工人會失業。」", []),
        ("zh", "文件指出：「港口將會在下月關閉，工人會失業。」", []),
        ("zh", "曾向陳明說：「港口將會在下月關閉，工人會失業。」", []),
        ("zh", "社評最後說：「港口將會在下月關閉，工人會失業。」", []),
        ("zh", "警務處表示：「港口將會在下月關閉，工人會失業。」", ["警務處"]),
        ("ar", 'وختم البيان أن "أعضاء المكتب يعتبرون أنفسهم في حل من هذا القرار"', []),
        ("en", "His motivation says simply: “I have seen how people live here and it is hard.”", []),
        ("pt", "Conforme Brandão, vai bem. “A produção de lamparinas no porto é bem expressiva”, explica Brandão.", []),
    ],
)
def test_a_report_a_motive_and_a_preposition_are_no_speakers(language: str, text: str, expected: list[str]) -> None:
    assert speakers(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Quoting Ada Quill, Tom Lamb said "the lamps stay lit for everybody".', ["Tom Lamb"]),
        (
            'Asked by Ada Quill whether it was so, Senator Tom Lamb answered: "The lamps stay lit for everybody."',
            ["Tom Lamb"],
        ),
        (
            '"The lamps stay lit," asked Tom Lamb. Ada Quill answered: "They are for all of us."',
            ["Tom Lamb", "Ada Quill"],
        ),
        ('"The lamps stay lit," said Tom Lamb. Ada Quill left the hall. "They are for all of us."', ["Tom Lamb"]),
        ('Today Harbour Watch said "the lamps stay lit for everybody".', ["Harbour Watch"]),
        ('Yesterday, Labor’s Tom Lamb said "the lamps stay lit for everybody".', ["Tom Lamb"]),
        ('Keld Councilman Tom Lamb Jr. said "the lamps stay lit for everybody".', ["Tom Lamb Jr"]),
        ('According to a statement from the ministry, "the lamps stay lit for everybody".', []),
        ('In her book "The Lamps Stay Lit For All," Ada Quill wrote of the winter.', []),
        ('An officer assumed contact with Lamb, who told officers that it was "a lamp of a fight for all".', []),
        ('"The lamps stay lit for everybody in the bay," said Deputy DA Ada Quill.', ["Ada Quill"]),
        (
            'Senator Tom Lamb (R-PA), Chairman of the Harbour Conference, today said: "The lamps stay lit for all."',
            ["Tom Lamb"],
        ),
    ],
)
def test_a_name_beside_the_words_is_not_the_speaker_by_its_nearness(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Der Hafen bleibt offen“, sagte der Sprecher des Ministeriums der Zeitung.", []),
        (
            "de",
            "„Der Hafen bleibt offen“, sagte Kanzlerin Ada Brandt bei einer mit Minister Jo Kehl geplanten Feier.",
            ["Ada Brandt"],
        ),
        (
            "ru",
            "Отвечая Аде Квиль, директор порта Павел Орлов сказал: «Порт останется открытым для всех».",
            ["Павел Орлов"],
        ),
        ("tr", "Bakan Ayşe Kaya dün yaptığı açıklamada, “Liman bu kış herkese açık kalacak” dedi.", ["Ayşe Kaya"]),
        ("tr", "Ayşe Kaya’ya göre “liman bu kış herkese açık kalacak”.", ["Ayşe Kaya"]),
        ("ja", "港の会の田中太郎会長は「港は冬も開いている」と述べた。", ["田中太郎"]),
        ("zh", "李卓人反駁：「港口為何要關閉？我們不明白。」陳天柱說：「這是兩回事，你知道。」", ["李卓人", "陳天柱"]),
        ("fr", "En Europe, les lampes restent. « Elles sont une chance pour tous », a-t-elle estimé.", []),
        ("de", "Wie das „Lampenblatt vom Hafen“ berichtet, wurde Ada Brandt gesehen.", []),
        ("en", "“The lamps stay lit for all of us,” said Tom Lamb OAM.", ["Tom Lamb"]),
        ("en", "Speaking to the Keld Mail Lamb claimed: “The lamps stay lit for all of us in the bay.”", []),
        ("en", "His wife said: “They have never seen a lamp in the bay.”", ["His wife"]),
        ("ja", "「舟に乗る前に見るだけで足ります」と代表の小川和枝は述べています。", ["小川和枝"]),
        ("ar", 'وقال مدير الميناء: "الميناء سيبقى مفتوحا أمام الجميع في المدينة"', []),
        ("ar", 'وختم بالقول: "الميناء سيبقى مفتوحا أمام الجميع في المدينة"', []),
        ("de", "„Der Hafen bleibt offen für alle“, sagt Jana Holt von der Hafengruppe.", ["Jana Holt"]),
        ("de", "„Der Hafen bleibt offen für alle“, meint derweil der Viertplatzierte Brandt nach dem Lauf.", []),
        ("de", "«Wir gehen alle gemeinsam», sagte er und dankte der Präsidentin der Liga, Rita Brandt, für alles.", []),
        ("pt", "Segundo Luciana, a feira vai bem. “Ela não visa um produto qualquer para todos”, explica.", []),
        ("en", "“The lamps are gone for all of us,” said Acting Special Agent in Charge Ada Quill.", []),
    ],
)
def test_each_language_parts_the_speaker_from_others(language: str, text: str, expected: list[str]) -> None:
    assert speakers(text, language=language) == expected


# ---- speakers that are in doubt --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "paragraphs", "expected"),
    [
        ("en", (f"The keepers wrote of the harbour. She added: “{LAMPS}.”",), [("", LAMPS + ".")]),
        ("zh", ("但她也承认：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("王珊如实说：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("公告称：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("朋友劝说他：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("会长程素梅继续说：“冬天以前不会有结果。”",), [("程素梅", "冬天以前不会有结果。")]),
        ("ar", ('وختم بالقول: "سننتظر حتى يوم الأحد".',), [("", "سننتظر حتى يوم الأحد")]),
        ("ar", ('وقال حسن بركات: "سننتظر حتى يوم الأحد".',), [("", "سننتظر حتى يوم الأحد")]),
        ("ar", ('وقال المدير الفني الشمالي: "سننتظر حتى يوم الأحد".',), [("", "سننتظر حتى يوم الأحد")]),
        ("ar", ('وقال مدير المرصد حسن بركات: "سننتظر حتى يوم الأحد".',), [("حسن بركات", "سننتظر حتى يوم الأحد")]),
        ("tr", (f"Fener Vakfı'ndan Ada Tay, “{LAMPS}” dedi.",), [("Ada Tay", LAMPS)]),
        ("tr", (f"Kavak Meydanı'nda toplanan işçiler karara itiraz etti, “{LAMPS}” dedi.",), [("", LAMPS)]),
        (
            "en",
            (f"Ms Ada Tan, Head, Harbours, Lamps & Oil Partnerships, Keld Retail said: “{LAMPS}.”",),
            [("Ada Tan", LAMPS + ".")],
        ),
        (
            "en",
            (f"At the signing of the paper, Mr. Tom Vale, Vice President and Head R&D, Keld Oil said: “{LAMPS}.”",),
            [("Tom Vale", LAMPS + ".")],
        ),
        ("en", (f"The association explained: “{LAMPS}.”",), [("", LAMPS + ".")]),
        ("en", (f"In our post, How Keld Runs Its Logs, we wrote that we planned “{LAMPS}”.",), [("", LAMPS)]),
        ("ja", ("続けて「鍵は市役所の窓口にあります」と述べました。",), [("", "鍵は市役所の窓口にあります")]),
        # Of several names before a verb: the one with a title, and none where it may be any of them.
        (
            "en",
            (f"Opening the hall, Mr. Tarn Sellow, Head – E Wing, KLA Harbour said, “{LAMPS}.”",),
            [("Tarn Sellow", LAMPS + ".")],
        ),
        (
            "en",
            (f"4 Ms Ada Tan, Head, Harbour Lamps, Keld Oil & Light Partnerships, KLA said: “{LAMPS}.”",),
            [("Ada Tan", LAMPS + ".")],
        ),
        (
            "en",
            (f"Culture Head, Digital Lamps, Keld Oil Stores, Tom Marn Group said: “{LAMPS}.”",),
            [("", LAMPS + ".")],
        ),
        ("en", (f"Second Minister for Lamps Edvin Marr SC said, “{LAMPS}.”",), [("Edvin Marr", LAMPS + ".")]),
        ("en", (f"In our post, How Keld Runs CT Logs, we wrote that we planned “{LAMPS}”.",), [("", LAMPS)]),
        ("en", (f"Some of them go home late then say, “{LAMPS}.”",), [("", LAMPS + ".")]),
        ("en", (f"“{LAMPS},” said Sen.\ufffdRoy Lamb.",), [("", LAMPS)]),
        (
            "en",
            (f"The Harbour Director also urged keepers to keep watch “{LAMPS}”.",),
            [("The Harbour Director", LAMPS)],
        ),
        # What the words behind a colon are is said anew.
        (
            "en",
            (f"“{LAMPS},” said Ada Quill. Yet the keeper Marr conceded: “{WORDS}.”",),
            [("Ada Quill", LAMPS), ("", WORDS + ".")],
        ),
        # Words of the sentence itself, and the name of a song, are nobody's speech.
        (
            "es",
            ("A través de la “cuenta de la familia”, Rosa Quispe escribió al puerto.",),
            [("", "cuenta de la familia")],
        ),
        ("en", ("“One Lamp Band” – Ada Quill",), []),
        (
            "en",
            (
                f"Ada Quill said: “{WORDS}.” Tom Lamb held the “Keld Summit Against the Theft of Harbour Lamps and Oil.”",
            ),
            [("Ada Quill", WORDS + ".")],
        ),
        # In German every noun has a capital, and what a preposition ties to the verb is a thing.
        ("de", (f"Das Team um Karl Davids fand das Licht. „{LAMPS}“, sagt Davids.",), [("Karl Davids", LAMPS)]),
        (
            "de",
            (f"Ada Kehl fragte schon in ihrem Aufsatz Lampen mehr über das Licht: „{LAMPS}.“",),
            [("", LAMPS + ".")],
        ),
        (
            "de",
            (f"Leuchtturmwart Karl Lind kam spät. „{LAMPS}“, sagte Leuchtturmwart Karl Lind.", "Dann ging Karl Lind."),
            [("", LAMPS)],
        ),
        # Chinese: only a name with its surname right beside the verb.
        ("zh", ("那就等于不经过港口网络说：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("“冬天以前不会有结果。”一位法官如此回答。",), [("", "冬天以前不会有结果。")]),
        ("zh", ("“冬天以前不会有结果。”担任主任的许文涛说。",), [("许文涛", "冬天以前不会有结果。")]),
        ("zh", ("“冬天以前不会有结果。”程素梅父亲说。",), [("", "冬天以前不会有结果。")]),
        ("zh", ("另一个家属说：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("程素梅说许文涛威胁她：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("程素梅向灯塔日报记者说：“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        ("zh", ("程素梅称，许文涛跟她说，“冬天以前不会有结果。”",), [("", "冬天以前不会有结果。")]),
        # Arabic: a bare verb goes on about whoever spoke only where nothing stands before it.
        (
            "ar",
            (
                'وقال مدير المرصد حسن بركات: "سننتظر حتى يوم الأحد".',
                'والمتحدثة باسم المنارة في بيان لها قالت: "لن ننتظر حتى يوم الأحد".',
            ),
            [("حسن بركات", "سننتظر حتى يوم الأحد"), ("", "لن ننتظر حتى يوم الأحد")],
        ),
        (
            "ar",
            ('تصريح الرئيس الذي قال فيه: "سننتظر حتى يوم الأحد" كما قال مدير المرصد حسن بركات إن الباب مغلق.',),
            [("", "سننتظر حتى يوم الأحد")],
        ),
        ("tr", (f"Müsteşar Yardımcısı İlker Tay, “{LAMPS}” dedi.",), [("İlker Tay", LAMPS)]),
        # Whose words they are where a name stands in other words: a calling, where somebody is from, an article, the listener.
        ("en", (f"Author Ada Quill said: “{LAMPS}.”",), [("Ada Quill", LAMPS + ".")]),
        ("en", (f"Tom Lamb from the Keld Valley Alliance says: “{LAMPS}.”",), [("Tom Lamb", LAMPS + ".")]),
        ("en", (f"The manager at Ocean Keld Ada Dunn, who came, left. Ada said: “{LAMPS}.”",), [("", LAMPS + ".")]),
        ("en", (f"Lamb is the head of the Harbour Group, which says: “{LAMPS}.”",), [("", LAMPS + ".")]),
        (
            "en",
            (
                f"“{LAMPS},” Ada Marn, an organizer at the Keld Desk of Lamps, and a cook on the old ferry of the bay, told us.",
            ),
            [("Ada Marn", LAMPS)],
        ),
        ("de", (f"„{LAMPS}“, sagte Autorin Grete Ahrend der Neuen Lampen-Agentur.",), [("Grete Ahrend", LAMPS)]),
        ("de", (f"Ida Kolm von der Stiftung Alte Lampen meint dazu: „{LAMPS}.“",), [("Ida Kolm", LAMPS + ".")]),
        ("de", (f"„{LAMPS}“, sagte der Fährmann Marko.",), [("", LAMPS)]),
        # Two people of one name, several people, and a calling that another has.
        (
            "en",
            ("Karim Abu Marn, 44, came. Nadir Abu Marn, of the League, left.", f"“{LAMPS},” said Abu Marn."),
            [("", LAMPS)],
        ),
        ("en", (f"Ada Quill and her brothers sent a letter. “{LAMPS},” they wrote.",), [("", LAMPS)]),
        (
            "en",
            (f"“{LAMPS},” said Ada Quill.", f"The expert said: “{WORDS}.”"),
            [("Ada Quill", LAMPS), ("", WORDS + ".")],
        ),
        (
            "en",
            (f"The Envoy on Lamps, Ada Quill, came. “{LAMPS},” Ms. Quill said.", f"“{WORDS},” the Envoy added."),
            [("Ada Quill", LAMPS), ("Ada Quill", WORDS)],
        ),
        ("en", (f"Ada Quill spoke. The Keeper of Oil, Tom Lamb, left. “{LAMPS},” the Keeper said.",), [("", LAMPS)]),
        ("ru", (f"— Господин министр,— сказал Иван Лесков,— ответил: «{LAMPS}».",), [("", LAMPS)]),
    ],
)
def test_a_quotation_whose_speaker_is_in_doubt_stays_without_one(
    language: str, paragraphs: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    speech = quotation_mentions.quoted_speech(tuple(map(paragraph, paragraphs)), KNOWN, language=language)
    assert [(quotation.speaker, quotation.text) for quotation in speech.quotations] == expected
    assert all(any(words in question.evidence for question in speech.questions) for who, words in expected if not who)


def test_the_question_for_a_speaker_quotes_what_stands_in_its_place() -> None:
    speech = quotation_mentions.quoted_speech((paragraph("朋友劝说他：“冬天以前不会有结果。”"),), KNOWN, language="zh")
    assert "朋友" in speech.questions[0].evidence


def test_a_block_quotation_without_marks_has_a_speaker_where_a_colon_introduces_it() -> None:
    quoted = Block("quote", (TextRun(WORDS),))
    for end, expected in ((". He went.", []), (" and wrote:", [WORDS])):
        body = (paragraph(f"“{LAMPS},” said Ada Quill{end}"), quoted)
        speech = quotation_mentions.quoted_speech(body, KNOWN, language="en")
        assert [quotation.text for quotation in speech.quotations if quotation.text == WORDS] == expected, end


def test_a_mark_opened_again_with_nothing_closed_leaves_the_speaker_open() -> None:
    first, second = (
        "Later hours would help us, as they do in the mills",
        "I wanted to finish the course, and I could not go on",
    )
    text = f'"{first}, said Ines Okoro. "{second}", said Ada Quill of the mill.'
    speech = quotation_mentions.quoted_speech((paragraph(text),), KNOWN, language="en")
    assert [quotation.speaker for quotation in speech.quotations] == [""]
    assert any(first in question.evidence for question in speech.questions)
    closed = f'"{first}", said Ines Okoro. "{second}", said Ada Quill of the mill.'
    assert attributed(closed) == [("Ines Okoro", first), ("Ada Quill", second)]


def test_a_surname_with_its_particle_is_the_whole_name_that_the_text_has() -> None:
    text = "The signs were the work of a town, Jan de Brune, a historian, wrote in his book."
    assert attributed(text, f"“{WORDS},” de Brune said.") == [("Jan de Brune", WORDS)]


def test_many_quotations_of_many_people_take_time_in_proportion() -> None:
    def quoted(count: int) -> None:
        names = [f"Ada {chr(65 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}l" for at in range(count)]
        body = [paragraph(f"“{LAMPS},” said {name}. She waited. “{WORDS},” she said.") for name in names]
        quotation_mentions.quoted_speech(body, KNOWN, language="en")

    quoted(20)
    assert stint.grows_with(quoted, 120, 480, most=8, unnoticed=0)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (f'" {LAMPS} " said Ines Okoro. " {WORDS} . "', [LAMPS, f"{WORDS} ."]),
        (f'Ines Okoro said: " {LAMPS} " and left. "{WORDS}," Ines Okoro said.', [LAMPS, WORDS]),
        (
            f'Ines Okoro said that a pipe of 8 " is too wide for the quay and that one of 6 " is not, said "{WORDS}".',
            [],
        ),
        (f'" {LAMPS} "said Ines Okoro. "{WORDS}', []),
    ],
)
def test_straight_marks_between_blanks_are_counted_from_the_first(text: str, quoted: list[str]) -> None:
    assert [words for _, words in attributed(text)] == quoted


def test_a_pronoun_means_nobody_where_the_sentence_before_is_about_two() -> None:
    together = "Ines Okoro said it would rain. Ines Okoro and the judge left the court together."
    assert attributed(f"{together} “{WORDS},” she said.") == []
    assert attributed(f"Ines Okoro said it would rain. Ines Okoro left the court. “{WORDS},” she said.") == [
        ("Ines Okoro", WORDS)
    ]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("pt", f"“{WORDS}”, disse o Secretário de Estado Carlos Marim.", "Carlos Marim"),
        ("es", f"“{WORDS}”, afirmó el Secretario de Estado Carlos Gil.", "Carlos Gil"),
    ],
)
def test_a_title_of_several_words_is_no_part_of_the_name(language: str, text: str, speaker: str) -> None:
    assert attributed(text, language=language) == [(speaker, WORDS)]


def test_a_number_of_years_says_nothing() -> None:
    text = f"“{WORDS}”, lamenta tres años después de la visita el alcalde de la villa."
    assert [speaker for speaker, _ in attributed(text, language="es") if speaker] == []


def test_a_name_with_another_word_behind_it_and_a_person_behind_a_comma_is_not_who_speaks() -> None:
    text = f"“{WORDS}.” said Keld Scholarship alumnus and a graduate of the mill, Ada Quill from Nadir."
    assert [speaker for speaker, _ in attributed(text) if speaker and speaker != "Ada Quill"] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« Nous n’avons plus d’huile pour les lampes », a reconnu Ada Quill."),
        ("es", "“No tenemos más aceite para las lámparas”, reconoció Ada Quill."),
        ("pt", "“Não temos mais óleo para as lâmpadas”, reconheceu Ada Quill."),
        ("it", "«Non abbiamo più olio per le lampade», ha riconosciuto Ada Quill."),
    ],
)
def test_who_admits_speaks(language: str, text: str) -> None:
    assert [speaker for speaker, _ in attributed(text, language=language)] == ["Ada Quill"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # A mark of the other kind closes where nothing in the words has opened it.
        (f'"{WORDS},” Tomas Brandt said. “And we will not go home."', [WORDS, "And we will not go home."]),
        (f'“{WORDS}", said Tomas Brandt. "And we will not go home.”', [WORDS, "And we will not go home."]),
        # It closes what it opened, stands for inches, or belongs to words in marks of its own.
        ('"We took the “old lamp,” and went home," Tomas Brandt said.', ["We took the “old lamp,” and went home"]),
        ('“We took the "old lamp," and went home,” Tomas Brandt said.', ['We took the "old lamp," and went home']),
        ('"We took the ”old lamp” and went home," Tomas Brandt said.', ["We took the ”old lamp” and went home"]),
        ('"The pipe of 6” is too long for us," Tomas Brandt said.', ["The pipe of 6” is too long for us"]),
        ('“The pipe of 6", we said, is too long,” Tomas Brandt said.', ['The pipe of 6", we said, is too long']),
    ],
)
def test_marks_of_two_kinds_take_in_no_word_of_the_narrator(text: str, words: list[str]) -> None:
    assert attributed(text) == [("Tomas Brandt", one) for one in words]
