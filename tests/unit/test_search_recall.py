"""Every word of every release is found by its keys: over invented releases with slips, elisions, compounds, inflections and ten scripts.

The texts are read by a program that knows nothing of the index; what it counts is compared with the files that the browser reads.
"""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from onrecord import search
from onrecord.search import SearchEntry, words
from onrecord.search.paragraphs import Paragraph
from tests.unit.search_files import JoinedIndex

SENTENCES = {
    "en": "The refugees were held in detention; the government's officers detained al-Khaldieh's elders at Bab ‘Amr. Senators of the U.N. "
    "asked 1,200 times. Refugee boats, a peace-keeping force—and Insha'aat. Operations operate.",
    "fr": "L'incendie a détruit l’école ; l'ONU demande la libération des détenus. Aujourd’hui, la main-d’œuvre libérée attend "
    "qu’elle soit relâchée.",
    "it": "L'acqua dell'ospedale è un'altra cosa; nell’inverno c'era la città.",
    "ca": "L'alcalde d'Amposta demana l’alliberament dels detinguts.",
    "de": "Menschenrechtsverletzungen und Verletzungen der Menschenrechte: die Straßen in Übersee, Müllers Fußgängerzone, die Gefangenen.",
    "sv": "De fångna sjömännen väntar på hamnkontoret. Kontoret i hamn är stängt på grund av människorättsfrågor; frågor om rätt.",
    "es": "Las detenciones arbitrarias continúan en Adís Abeba; la detención de los niños ñandúes.",
    "ru": "Российские суды освободили задержанных; Ёлкин и российский суд о Москве.",
    "tr": "İstanbul'da ışıklar söndü; tutuklular Diyarbakır'ın cezaevlerinde bekliyor.",
    "ar": "قالت المنظمة إن الاعتقالات في مدينة حمص مستمرة وإن المسؤولين لم يردوا. وصلوا لحمص وبدمشق والمدينة أُغلقت.",
    "he": 'צה"ל הודיע כי העצורים שוחררו; ג\'ורג\' וארה״ב הגיבו.',
    "fa": "بازداشت‌شدگان می‌گویند که دادگاه‌های تهران حکم‌ها را صادر کرده‌اند.",
    "zh": "人权理事会要求释放2012年被拘留的律师。",
    "ja": "拘束された弁護士の釈放を求めるガイドライン。",
    "th": "รัฐบาลต้องปล่อยตัวผู้ถูกคุมขังทันที",
    "hi": "सरकार ने बंदियों को रिहा किया; बंदी की रिहाई।",
    "ko": "정부는 구금된 변호사들을 석방해야 한다.",
    "ku": "Hikûmetê girtiyan azad kir; girtî li Amûdê ne.",
}  # fmt: skip


def slipped(text: str, chance: random.Random) -> str:
    """A text as a machine that reads prints would give it: letters lost, doubled and taken for others, words run together."""
    letters = list(text)
    for at in range(len(letters)):
        roll = chance.random()
        if roll < 0.01:
            letters[at] = ""
        elif roll < 0.02:
            letters[at] *= 2
        elif roll < 0.03 and letters[at].isalpha():
            letters[at] = {"e": "c", "l": "1", "o": "0"}.get(letters[at], letters[at])
        elif roll < 0.035 and letters[at] == " ":
            letters[at] = ""
    return "".join(letters)


def archive() -> tuple[list[SearchEntry], dict[str, list[Paragraph]]]:
    chance = random.Random(2012)  # noqa: S311 - a test's choices
    entries, texts = [], {}
    for language, sentences in SENTENCES.items():
        for number in range(6):
            path = f"releases/{language}-{number}.html"
            parts = sentences.split()
            chance.shuffle(parts)
            paragraphs = [sentences, " ".join(parts[: len(parts) // 2 + 1])]
            if number % 2:
                paragraphs = [slipped(text, chance) for text in paragraphs]
            title = " ".join(parts[:4])
            entries.append(SearchEntry(path, language, title, f"{1990 + number}", f"{language.upper()} {number}/1990"))
            texts[path] = [Paragraph(f"p{place}", text) for place, text in enumerate(paragraphs, 1)]
    return entries, texts


@pytest.fixture(scope="module", params=["one shard of each language", "many shards"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> JoinedIndex:
    entries, texts = archive()
    folder = tmp_path_factory.mktemp("recall") / "pagefind"
    size = 1000 if "one" in request.param else 2
    search.make_index(folder, entries, lambda entry: texts[entry.path], limit=size, size=size)
    return JoinedIndex(folder)


def test_every_word_is_found_by_each_of_its_keys_where_it_stands(index: JoinedIndex) -> None:
    for path, text in index.texts.items():
        language = text["language"]
        columns, positions = index.columns[path], index.positions(path)
        expected: dict[int, str] = {}
        at = columns["body_starts"]
        parts = [(0, text["meta"]["title"]), *_paragraph_starts(text, at)]
        for start, part in parts:
            for place, token in enumerate(words.tokens(part)):
                expected[start + place] = token.form
                written = words.written(part[token.start : token.end])
                for key in words.keys(token.form, language, written):
                    assert start + place in index.words[key][token.form][path], (path, token)
                for alias in token.aliases if words.spells_out(language) else ():
                    assert path in index.having(words.keys(alias, language)), (path, token)
        body_and_title = {
            position: forms
            for position, forms in positions.items()
            if position < columns["title_ends"] or position >= at
        }
        assert body_and_title == {position: {form} for position, form in expected.items()}
        length = max(max(positions) + 1 - at, 0)
        assert 0.9 * length <= columns["body_lengths"] <= 1.1 * length + 4, "in steps"


def _paragraph_starts(text: dict[str, list[tuple[str, str]]], start: int) -> list[tuple[int, str]]:
    starts = []
    for _, paragraph in text["paragraphs"]:
        starts.append((start, paragraph))
        start += sum(1 for _ in words.tokens(paragraph)) + 1
    return starts


def test_as_many_releases_have_a_word_as_a_program_counts(index: JoinedIndex) -> None:
    by_word, further = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for path, text in index.texts.items():
        reference = text["meta"]["reference"]
        for form in words.reference_words(reference):
            further[form].add(path)
        for part in (text["meta"]["title"], reference, *(paragraph for _, paragraph in text["paragraphs"])):
            for token in words.tokens(part):
                by_word[token.form].add(path)
                for form in (*token.aliases, *words.inner_parts(part[token.start : token.end])):
                    further[form].add(path)
    languages = index.catalogue["languages"]
    for form, paths in by_word.items():
        # The language of a query is not known: its keys are those of all languages.
        keys = {key for language in languages for key in words.keys(form, language)}
        found = {path for key in keys for path in index.words.get(key, {}).get(form, {})}
        assert paths <= found <= paths | further[form], form


@pytest.mark.parametrize(
    ("query", "language", "text"),
    [
        ("refugee", "en", "refugees"), ("detain", "en", "detained"), ("government", "en", "government's"),
        ("khaldieh", "en", "al-Khaldieh"),
        ("alkhaldieh", "en", "al-Khaldieh"), ("peacekeeping", "en", "peace-keeping"), ("UN", "en", "U.N."), ("amr", "en", "‘Amr"),
        ("inshaaat", "en", "Insha'aat"), ("1200", "en", "1,200"),
        ("incendie", "fr", "L'incendie"), ("ONU", "fr", "l'ONU"), ("oeuvre", "fr", "d’œuvre"), ("libérés", "fr", "libérée"),
        ("acqua", "it", "L'acqua"), ("ospedale", "it", "dell'ospedale"), ("alliberament", "ca", "l’alliberament"),
        ("Verletzung", "de", "Menschenrechtsverletzungen"), ("strasse", "de", "Straßen"), ("uebersee", "de", "Übersee"),
        ("mueller", "de", "Müllers"), ("fråga", "sv", "människorättsfrågor"),
        ("detención", "es", "detenciones"), ("detencion", "es", "detención"), ("елкин", "ru", "Ёлкин"), ("москва", "ru", "Москве"),
        ("istanbul", "tr", "İstanbul'da"), ("diyarbakir", "tr", "Diyarbakır'ın"),
        ("حمص", "ar", "لحمص"), ("مدينة", "ar", "والمدينة"), ("دمشق", "ar", "وبدمشق"), ("مسئولين", "ar", "المسؤولين"),
        ("צהל", "he", 'צה"ל'), ("וארהב", "he", "וארה״ב"),
        ("人权", "zh", "人权理事会"), ("律师", "zh", "律师"), ("ガイ", "ja", "ガイドライン"),
    ],
)  # fmt: skip
def test_other_forms_of_a_word_are_found(index: JoinedIndex, query: str, language: str, text: str) -> None:
    """A typed word finds the release that has another form of it."""
    keys = {
        key
        for token in words.tokens(query)
        for key in words.keys(token.form, language, words.written(query[token.start : token.end]))
    }
    assert text in SENTENCES[language]
    assert f"releases/{language}-0.html" in index.having(tuple(keys))
