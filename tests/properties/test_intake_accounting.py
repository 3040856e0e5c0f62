"""Whatever a document is put together from, each of its words ends in exactly one place."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import accounting, record
from onrecord.intake.document import Block, Document, Evidence, Metadata, Refusal, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import plaintext
from onrecord.intake.layout.structure import layout
from onrecord.model import Vocabularies
from tests.conftest import examples

TERMS = terms(Vocabularies())
PROSE = {
    "en": "The council of Holm asked the county on Monday when the new ferry to the island will be built, and who will pay for it.",
    "fr": "Le conseil de Holm a demandé lundi au comté quand le nouveau bac sera construit, et qui paiera les travaux de la jetée.",
    "de": "Der Rat von Holm hat den Kreis am Montag gefragt, wann die neue Fähre gebaut wird und wer die Arbeiten am Kai bezahlt.",
    "es": "El consejo de Holm preguntó el lunes al condado cuándo se construirá el nuevo transbordador y quién pagará las obras.",
    "pt": "O conselho de Holm perguntou na segunda-feira ao condado quando será construída a nova balsa e quem pagará as obras.",
    "ru": "Совет острова Хольм спросил в понедельник округ, когда будет построен новый паром и кто заплатит за работы на причале.",
    "ar": "سأل مجلس جزيرة هولم المقاطعة يوم الاثنين متى ستبنى العبارة الجديدة ومن سيدفع تكاليف الأعمال على الرصيف القديم.",
    "zh": "霍尔姆岛委员会周一询问县政府新渡轮何时建造，以及谁来支付码头工程的费用。",
}
LINES = [
    "PRESS RELEASE", "FOR IMMEDIATE RELEASE", "For immediate release: Ferry runs again", "COMMUNIQUÉ DE PRESSE N° 4/2009", "Pressemitteilung Nr. 4/2009", "NOTA DE PRENSA",
    "ПРЕСС-РЕЛИЗ", "بيان صحفي", "4 May 2009", "Holm, den 4. Mai 2009", "Хольм, 4 мая 2009 г.", "Ferry to Holm runs again", "FERRY TO HOLM RUNS AGAIN", "Ferry to Holm runs again  Monday, 4 May 2009",
    "Islanders’ Council", "The Hon Jorun Ness MP", "Minister for Ferries and Islands", "Subject: Ferry to Holm", "From: Islanders’ Council", "To: all newsrooms", "Ref: IC/2009/4", "Embargoed until 5 May 2009, 06:00",
    "Home", "Skip to content", "Share on Facebook", "Home | News | Contact", "CONTACT US", "Print this page", "We use cookies on this site.", "http://holm.example/4", "www.holm.example", "17/09/2013 http://holm.example/4",
    "ENDS", "###", "-30-", "FIN", "ENDE", "انتهى", "Notes to editors", "Notes to editors: The ferry was built in 1961.", "Notes aux rédactions", "Hinweise für die Redaktion", "Примечания для редакторов", "ملاحظات للمحررين",
    "About Islanders’ Council", "About us", "Press contact: Oskar Wendt, +44 20 7946 0000", "For more information:", "Contact", "Tel: 020 7946 0000", "press@holm.example", "Kontakt", "للاتصال",
    "© 2009 Islanders’ Council", "(c) a list of boats;", "(b) a rope;", "(c) 2009 Islanders’ Council", "All rights reserved", "Page last updated: 3 May 2013", "Kind regards,", "Issued by Islanders’ Council, Holm, 4 May 2009", "Holm, 4 May 2009",
    "3 comments", "Related stories", "Read more", "This entry was posted in Ferries", "Theme by Weirwright", "Correction: replaces the release of 2 May 2009", "UPDATE 2 (7 May 2009): adds a word from the county", "Oskar Wendt Jr.",
    "[…]", "* * *", "12", "x", "Go", "1. Introduction", "The facts:", "T h e  f e r r y", "“No boat, no school,” said Jorun Ness.", "Read the full text here.", "HOLM, ON - May 4, 2009 (SEAWIRE) -",
]  # fmt: skip
LANGUAGES = sorted(PROSE)


def _table(cells: list[str]) -> Block:
    return Block(
        "table", rows=tuple((((TextRun(cell),), (TextRun(str(number)),))) for number, cell in enumerate(cells))
    )


def _block(kind: str, text: str, number: int) -> Block:
    if kind == "table":
        return _table([text, "Alma", "Birk"])
    if kind == "footnote":
        return Block("footnote", (TextRun(text),), marker=str(number))
    if kind == "item":
        return Block("item", (TextRun(text),), marker=f"{number}.")
    runs = (
        TextRun(text[:5]),
        TextRun(text[5:], strong=number % 2 == 0, href="http://holm.example/" if number % 3 == 0 else ""),
    )
    return Block(kind, runs, level=1 + number % 3 if kind == "heading" else 0, close=number % 2 == 1)  # type: ignore[arg-type]


pieces = st.one_of(st.sampled_from(LINES), st.sampled_from(list(PROSE.values())), st.sampled_from([f"{PROSE['en']} Read more about the ferry", f"HOLM, 4 May 2009 – {PROSE['en']}"]))  # fmt: skip
kinds = st.sampled_from(
    ["paragraph"] * 6 + ["heading", "heading", "item", "item", "quote", "table", "footnote", "rule"]
)
documents = st.lists(st.tuples(kinds, pieces), min_size=1, max_size=24)


def _counted(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in accounting.words(text))


@settings(max_examples=examples(150), deadline=None)
@given(documents, st.sampled_from(LANGUAGES), st.booleans())
def test_every_word_of_a_document_is_in_exactly_one_place(
    parts: list[tuple[str, str]], language: str, titled: bool
) -> None:
    blocks = [_block(kind, text, number) for number, (kind, text) in enumerate(parts)]
    blocks.insert(len(blocks) // 2, paragraph(PROSE[language]))
    metadata = Metadata(titles=(Evidence("Ferry to Holm runs again", "og:title"),)) if titled else Metadata()
    document = Document("html", tuple(blocks), metadata)
    try:
        taken = layout(document, TERMS, language)
    except Refusal:
        return
    placed = _counted(accounting.placed_texts(taken, taken.left_out))
    if titled and not any(decision.place == "title" for decision in taken.decisions):
        placed -= _counted([taken.title])
    visible = _counted([text for block in blocks for text in accounting.block_texts(block)])
    assert placed == visible


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(pieces, max_size=20), st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n", "\f"]), min_size=21, max_size=21), st.sampled_from(LANGUAGES))  # fmt: skip
def test_nothing_of_a_text_file_is_lost(lines: list[str], ends: list[str], language: str) -> None:
    text = PROSE[language] + "".join(end + line for line, end in zip([*lines, PROSE[language]], ends, strict=False))
    (drafted,) = record.of("a.txt", text.encode(), TERMS)
    assert drafted.refused or not [left for left in drafted.left_out if left.reason == accounting.UNACCOUNTED]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_file_of_all_lines_is_read_and_whole(language: str) -> None:
    document = plaintext.document("\n\n".join([*LINES[:20], PROSE[language], *LINES[20:]]))
    taken = layout(document, TERMS, language)
    assert (
        accounting.unaccounted(document.visible, accounting.placed_texts(taken, (*document.left_out, *taken.left_out)))
        == ()
    )
