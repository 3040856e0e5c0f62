"""What a word of the search is, and the keys it is looked up by."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata

import pytest

from onrecord.search import word_record, words
from tests import counted_work


def forms(text: str) -> list[str]:
    return [token.form for token in words.tokens(text)]


def aliases(text: str) -> set[str]:
    return {alias for token in words.tokens(text) for alias in token.aliases}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The crew, asks: “light”!", "the crew asks light"),
        ("al-Khaldieh", "al khaldieh"),
        ("Forces—including shabiha…veto", "forces including shabiha veto"),
        ("half‑mast", "half mast"),
        ("Insha'aat Insha’aat", "inshaaat inshaaat"),
        ("O'Brien government's", "obrien governments"),
        ("L'incendie l’ONU qu’elle aujourd’hui", "l incendie l onu qu elle aujourdhui"),
        ("dell'acqua un'altra", "dell acqua un altra"),
        ("main-d’œuvre", "main d oeuvre"),
        ("‘quoted’ workers' ʿAmr", "quoted workers amr"),
        ("Bāb ʿAmr", "bab amr"),
        ("Łódź Øyvind Straße Æsir", "lodz oyvind strasse aesir"),
        ("İstanbul ısı", "istanbul isi"),
        ("российский Ёлка", "российский елка"),
        ("1,200 1.200.300 3.5 2003-02-03", "1200 1200300 3 5 2003 02 03"),
        ("٢٠١٢ ۱۲", "2012 12"),
        ("U.N. U.S.-led e.g. J.Smith", "un us led eg j smith"),
        ("صـــورة سورِيَا أحمد", "صوره سوريا احمد"),
        ("مسؤول مسئول", "مسول مسول"),
        ('צה"ל צה״ל ג׳ורג', "צהל צהל גורג"),
        ("कि की", "कि की"),
        ("각하 각하", "각하 각하"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("\ufb01re \ufee3\ufebc\ufeae", "fire مصر"),
        ("人权理事会", "人权 权理 理事 事会 会"),
        ("2012年2月", "2012 年 2 月"),
        ("ｶﾞｲﾄﾞ", "ガイ イド ド"),
        ("น้ำ", "น้\u0e4d\u0e32 \u0e4d\u0e32"),
        ("… — ! ء", ""),
    ],
)
def test_the_words_of_a_text(text: str, expected: str) -> None:
    assert forms(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("al-Khaldieh peace-keeping", {"alkhaldieh", "peacekeeping"}),
        ("mid-to-late", {"midtolate"}),
        ("D'Souza l'incendie", {"dsouza"}),
        ("Übung Øre Västerås", {"uebung", "oere", "vaesteraas"}),
        ("U\u0308bung", {"uebung"}),
        ("COVID-19 2003-02-03", {"covid19"}),
        ("plain words", set()),
    ],
)
def test_further_forms_of_words(text: str, expected: set[str]) -> None:
    assert aliases(text) == expected


def test_a_token_says_where_it_stands() -> None:
    text = "  “al-Khaldieh”\n人权, O’Brien 1,200."
    assert [text[token.start : token.end] for token in words.tokens(text)] == [
        "al", "Khaldieh", "人", "权", "O’Brien", "1,200"
    ]  # fmt: skip


def test_words_of_any_text_are_folded_and_stand_in_their_order() -> None:
    chosen = random.Random(7)  # noqa: S311 - a test's choices
    letters = "aZéüŁ'’-.,\"1٢ 人カﾞกำאבأةйي्कि\u0301\u200bß\n“”ʿ각İ"
    for _ in range(3000):
        text = "".join(chosen.choices(letters, k=chosen.randrange(1, 30)))
        found = list(words.tokens(text))
        assert all(token.form and token.start < token.end for token in found)
        assert all(before.end <= after.start for before, after in itertools.pairwise(found))
        for token in found:
            for form in (token.form, *token.aliases):
                assert words.fold(form) == unicodedata.normalize("NFC", form)
                assert not re.search(r"\s", form)
        parted = [token for chunk in text.split() for token in words.chunk_tokens(chunk)]
        assert [token.form for token in parted] == [token.form for token in found]


def test_a_long_text_without_white_space_is_divided_where_nothing_joins() -> None:
    chosen = random.Random(8)  # noqa: S311 - a test's choices
    letters = [*"aB1é.,'’-@&:;/\\()_<*|#\u200bä״א日ก\u0301", "d", "l", "U.S", "1,200"]
    for _ in range(500):
        text = "".join(chosen.choices(letters, k=60))
        assert words.chunk_tokens(text) == tuple(words._tokens(text))
    same = list(words.tokens("it was dark@" * 3))
    assert [token.form for token in same] == ["it", "was", "dark"] * 3


def test_what_repeats_itself_in_a_text_without_white_space_is_taken_apart_once() -> None:
    def indexed(text: str) -> tuple[str, dict[str, dict[str, int]]]:
        vocabulary = word_record.Vocabulary("en")
        given = word_record._given[text]
        vocabulary.noted({text})
        return given, vocabulary.written()

    text = "Ada@Quill;" * 5_000
    given, forms = indexed(text)
    assert given == " ".join(token.form for token in words.tokens(text))
    assert forms == {"ada": {"Ada": 5_000}, "quill": {"Quill": 5_000}}
    ran = counted_work.lines(lambda: indexed("Vera@Stone;" * 5_000))
    assert sum(ran.values()) < 1_000


def test_letters_and_digits_are_those_of_unicode() -> None:
    """`\\w` of Python is what engine/words.js writes as letters and numbers; what Unicode has assigned since may differ."""
    odd = [
        code for code in range(0x30, 0x30000) if (unicodedata.category(chr(code))[0] in "LN") != (chr(code).isalnum())
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("form", "language", "written", "expected"),
    [
        ("governments", "en", "", {"govern"}),
        ("liberees", "fr", "libérées", {"libere", "liber"}),
        ("российский", "ru", "", {"российск"}),
        ("حمص", "ar", "", {"حمص"}),
        ("لحمص", "ar", "", {"لحمص", "حمص"}),
        ("governments", "ar", "", {"governments"}),
        ("حمص", "en", "", {"حمص"}),
        ("covid19", "en", "", {"covid19"}),
        ("人权", "zh", "", {"人权"}),
        ("lamps", "ku", "", {"lamps"}),
        ("lamps", "", "", {"lamps"}),
    ],
)
def test_the_keys_of_a_form(form: str, language: str, written: str, expected: set[str]) -> None:
    assert set(words.keys(form, language, written)) == expected


def test_the_article_hides_no_arabic_word_in_a_text_of_another_language() -> None:
    assert words.unprefixed("الميناء", "en") == "ميناء"
    assert words.unprefixed("الميناء", "ar") == "الميناء"
    assert words.unprefixed("lamps", "en") == "lamps"


def test_parts_of_words_that_ran_together() -> None:
    assert words.inner_parts("alKhaldieh") == ("khaldieh",)
    assert words.inner_parts("McDonald") == ("donald",)
    assert words.inner_parts("Lamps") == words.inner_parts("NATO") == ()


def test_a_name_is_found_whose_ending_stands_behind_an_apostrophe() -> None:
    assert words.inner_parts("Homs'ta") == words.inner_parts("Homs’un") == words.inner_parts("HOMS'ı") == ("homs",)
    assert words.inner_parts("HarbourNet'te") == ("nette", "harbournet")
    for other in ("Homs's", "Don't", "They’ve", "insha'aat", "Insha'aat", "Ba'ath", "Isma'il", "O'Brien", "L'incendie"):
        assert words.inner_parts(other) == (), other


def test_compounds_end_with_a_word_of_the_same_texts() -> None:
    of_texts = frozenset("menschenrechtsverletzungen menschenrecht verletzungen arbeiter arbeit haus".split())
    assert dict(words.compound_tails(of_texts, "de")) == {"menschenrechtsverletzungen": "verletzungen"}
    assert dict(words.compound_tails(of_texts, "en")) == {}


@pytest.mark.parametrize("language", sorted(words.TABLES["stemmers"]))
def test_every_stemmer_of_the_table_is_there(language: str) -> None:
    name, script = words.TABLES["stemmers"][language]
    assert script in words.TABLES["scripts"], name
    example = {
        "Latn": "kapital", "Cyrl": "города", "Grek": "πολεισ", "Arab": "كتاب", "Armn": "քաղաք", "Deva": "नगरों", "Taml": "நகரம்",
        "Hebr": "שטאט",
    }  # fmt: skip
    assert words.keys(example[script], language)


def test_a_reference_is_found_from_each_of_its_parts_on() -> None:
    assert words.reference_words("PRE 01/069/2012") == ["pre010692012", "010692012", "0692012"]
    assert words.reference_words("") == []


def test_what_has_more_parts_than_a_number_is_found_by_its_words_alone() -> None:
    assert len(words.reference_words("A/1." * 20)) == 39
    assert words.reference_words("A/1." * 15_000) == []


def test_scripts_are_told() -> None:
    assert words.scripts("Homs حمص 人権の") == ["Arab", "Hani", "Kana", "Latn"]


def test_the_tables_are_ascii_and_their_classes_ranges() -> None:
    """Both readers take them as they are: no backslash, no bracket."""
    text = json.dumps(words.TABLES)
    assert json.loads(text) == words.TABLES
    classes = [value for name, value in words.TABLES.items() if name.endswith("_class")]
    assert not any(sign in value for value in (*classes, *words.TABLES["scripts"].values()) for sign in "\\]^[")
