"""The interface in its languages: dates, numbers, phrases, direction."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from babel import Locale
from msgspec import structs

from onrecord import languages
from onrecord.dates import parse
from onrecord.render import Renderer, TemplateProblem
from tests import untranslated
from tests.invented import SETTINGS, TEMPLATES, archive, harbour, site
from tests.untranslated import TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_phrase_is_translated(language: str) -> None:
    catalogue = {message.id: message for message in untranslated.catalogue(language) if message.id}
    lacking = untranslated.missing(language)
    assert not lacking, f"{language}.po lacks, to be translated:\n{untranslated.entries(lacking, language)}"
    for key, message in catalogue.items():
        translations = [
            str(text) for text in (message.string if isinstance(message.string, list | tuple) else [message.string])
        ]
        assert all(translations), key
        assert not message.fuzzy, key
        placeholders = set(re.findall(r"%\(\w+\)s|\{\w+\}", str(key[0] if isinstance(key, list | tuple) else key)))
        for text in translations:
            used = set(re.findall(r"%\(\w+\)s|\{\w+\}", text))
            # "One release" may be said without the number.
            assert (
                used == placeholders or (isinstance(key, list | tuple) and used < placeholders) or key == "{n} release"
            ), (
                key,
                text,
            )


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_for_a_wrong_address_says_in_each_language_what_its_catalogue_says(language: str) -> None:
    message = untranslated.catalogue(language).get(languages.no_such_page("en"))
    assert message
    assert message.string == languages.no_such_page(language)


def test_the_languages_of_the_interface_are_those_that_have_a_catalogue() -> None:
    assert {path.stem for path in (TEMPLATES / "locale").glob("*.po")} == set(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_tells_numbers_apart_as_its_language_does(language: str) -> None:
    """Its forms are those of CLDR's plural rules for whole numbers, one each."""
    catalogue = untranslated.catalogue(language)
    rule, form = Locale(language).plural_form, gettext.c2py(catalogue.plural_expr)
    found = {(rule(number), form(number)) for number in range(1001)}
    assert len(found) == len({category for category, _ in found}) == len({index for _, index in found})
    assert catalogue.num_plurals == len(found)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_phrase_has_the_quotation_marks_of_its_language(language: str) -> None:
    """“ ” stand in English and Portuguese alone; what is typed into the search keeps its own."""
    own = "".join(languages.quotation_marks(language)).replace("\u00a0", "")
    others = set("“”«»„") - set(own)
    texts = {
        str(text): message.id
        for message in untranslated.catalogue(language)
        if message.id
        for text in (message.string if isinstance(message.string, list | tuple) else [message.string])
    }
    assert not {text: phrase for text, phrase in texts.items() if others & set(text)}


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_phrase_in_arabic_script_has_its_punctuation(language: str) -> None:
    """No Latin comma, semicolon or question mark behind a word in Arabic letters."""
    for message in untranslated.catalogue(language):
        if message.id:
            texts = message.string if isinstance(message.string, list | tuple) else [message.string]
            assert not [text for text in texts if re.search(r"[\u0600-\u06ff]\s?[,;?]", str(text))], message.id


@pytest.mark.parametrize(
    ("edtf", "persian", "portuguese", "russian", "ukrainian"),
    [
        ("2012-02-08", "۸ فوریهٔ ۲۰۱۲", "8 de fevereiro de 2012", "8 февраля 2012\u00a0г.", "8 лютого 2012\u00a0р."),
        ("2012-02", "فوریهٔ ۲۰۱۲", "fevereiro de 2012", "февраль 2012\u00a0г.", "лютий 2012\u00a0р."),
        ("XXXX-08-01", "۱ اوت، سال ذکر نشده", "1 de agosto, ano não indicado", "1 августа, год не указан", "1 серпня, рік не вказано"),
        ("XXXX-08", "اوت، سال ذکر نشده", "agosto, ano não indicado", "август, год не указан", "серпень, рік не вказано"),
        ("2012-02~", "حدود فوریهٔ ۲۰۱۲", "por volta de fevereiro de 2012", "примерно февраль 2012\u00a0г.", "приблизно лютий 2012\u00a0р."),
        ("XXXX", "تاریخ ذکر نشده", "data não indicada", "дата не указана", "дату не вказано"),
    ],
)  # fmt: skip
def test_dates_of_further_languages(edtf: str, persian: str, portuguese: str, russian: str, ukrainian: str) -> None:
    in_words = [languages.date_words(parse(edtf), language) for language in ("fa", "pt", "ru", "uk")]
    assert in_words == [persian, portuguese, russian, ukrainian]


def test_weeks_begin_and_numbers_are_written_as_cldr_has_them() -> None:
    assert [languages.first_weekday(tag) for tag in ("ar", "fa", "ru", "uk", "fr", "ar-SY", "ar-MA")] == [
        5,
        5,
        0,
        0,
        0,
        5,
        0,
    ]
    assert [languages.number(12345, tag) for tag in ("fa", "pt", "ru", "uk")] == [
        "۱۲٬۳۴۵",
        "12.345",
        "12\u00a0345",
        "12\u00a0345",
    ]


@pytest.mark.parametrize(
    ("edtf", "arabic", "french", "spanish"),
    [
        ("2012-02-08", "٨ فبراير ٢٠١٢", "8 février 2012", "8 de febrero de 2012"),
        ("2012-02", "فبراير ٢٠١٢", "février 2012", "febrero de 2012"),
        ("2012", "٢٠١٢", "2012", "2012"),
        ("2012~", "نحو ٢٠١٢", "vers 2012", "hacia 2012"),
        ("XXXX-08-01", "١ أغسطس، السنة غير مذكورة", "1er août, année non indiquée", "1 de agosto, año no indicado"),
        ("XXXX", "التاريخ غير مذكور", "date non indiquée", "fecha no indicada"),
        (
            "2012-02-XX",
            "فبراير ٢٠١٢، اليوم غير مذكور",
            "février 2012, jour non indiqué",
            "febrero de 2012, día no indicado",
        ),
        ("2012-01/2012-03", "من يناير ٢٠١٢ إلى مارس ٢٠١٢", "janvier 2012 – mars 2012", "enero de 2012 – marzo de 2012"),
    ],
)
def test_dates_say_what_is_known_in_each_language(edtf: str, arabic: str, french: str, spanish: str) -> None:
    in_words = [languages.date_words(parse(edtf), language) for language in ("ar", "fr", "es")]
    assert in_words == [arabic, french, spanish]


@pytest.mark.parametrize(
    "edtf",
    [
        "2012?", "2012-02-08%",
        "201X", "20XX", "2012-21", "../2012", "2012/..", "/2012", "2012/", "Y12345", "-0044", "2012-02-08T10:00:00Z",
        "XXXX-02",
    ],
)  # fmt: skip
def test_every_kind_of_date_has_words_in_every_language(edtf: str) -> None:
    for language in languages.INTERFACE:
        words = languages.date_words(parse(edtf), language)
        assert words
        assert "{}" not in words
        assert "None" not in words


def test_numbers_are_written_as_the_language_does() -> None:
    written = [languages.number(12345, language) for language in ("en", "ar", "fr", "es")]
    assert written == ["12,345", "١٢٬٣٤٥", "12\u202f345", "12\u00a0345"]
    assert languages.number(1234, "es") == "1234"


def test_languages_are_named_in_the_reader_s_own() -> None:
    assert languages.name("ar", "en") == "Arabic"
    assert languages.name("ar", "fr") == "Arabe"
    assert languages.own_name("ar") == "العربية"
    assert languages.name("qqq", "en") == "qqq"


@lru_cache(maxsize=4)
def edition(*tags: str) -> dict[str, str]:
    settings = structs.replace(SETTINGS, languages=tags, base_url="https://example.org/")
    return site(archive(*harbour(), settings=settings))


def test_each_interface_language_has_every_page_and_each_page_names_the_other() -> None:
    pages = edition("en", "ar")
    english = {path for path in pages if not path.startswith("ar/")}
    assert {path.removeprefix("ar/") for path in pages if path.startswith("ar/")} == english - {"404.html"}
    arabic = pages["ar/releases/2012-02-08-ferry.html"]
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<h1 class="source-words" lang="en" dir="ltr">' in arabic
    assert 'href="../../releases/2012-02-08-ferry.html" lang="en"' in arabic
    assert 'href="../../assets/site.css"' in arabic
    assert (
        'hreflang="ar" href="https://example.org/ar/releases/2012-02-08-ferry.html"'
        in pages["releases/2012-02-08-ferry.html"]
    )


def test_examples_of_the_form_have_the_months_of_the_archive() -> None:
    months = {"ar-SY": "شباط", "ar-DZ": "فيفري", "ar": "فبراير"}
    for tag, here in months.items():
        form = edition("en", tag)["ar/contribute.html"]
        assert [month for month in months.values() if f"8 {month} 2012" in form] == [here], tag


def test_numbers_and_references_keep_apart_on_a_right_to_left_page() -> None:
    page = edition("en", "ar")["ar/releases/2012-02-08-ferry.html"]
    assert "<bdi>FU 01/069/2012</bdi>" in page
    assert "٨ فبراير ٢٠١٢" in page
    assert (
        "8 February"
        not in re.sub(r"<(blockquote|q|p|div)[^>]*lang=\"en\".*?</\1>", "", page, flags=re.DOTALL).split("</head>")[1]
    )


def test_a_language_without_a_catalogue_gets_no_edition() -> None:
    assert not [path for path in edition("en", "qaa") if path.startswith("qaa/")]


def test_search_hands_its_script_the_reader_s_words() -> None:
    page = edition("en", "fr")["fr/search.html"]
    assert "Afficher plus" in page
    assert "Enlever tous les filtres" in page
    assert "No release found" not in page


def test_a_broken_catalogue_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "fr.po").write_text('msgid "a"\nnonsense\n', encoding="utf-8")
    with pytest.raises(TemplateProblem, match=r"locale/fr\.po"):
        Renderer(tmp_path).translation("fr")


def test_sizes_of_files_are_said_in_one_way_throughout_a_language() -> None:
    assert [languages.size(count, "en") for count in (400, 12_000, 9_900_000)] == ["0.4 kB", "12 kB", "9.9 MB"]
    assert [languages.size(count, "ar") for count in (748_000, 9_900_000, 2_000_000_000)] == [
        "٧٤٨ كيلوبايت", "٩٫٩ ميغابايت", "٢ غيغابايت",
    ]  # fmt: skip


def test_the_names_of_months_do_not_depend_on_what_was_read_before() -> None:
    """Each order in a process of its own: a library keeps what it has looked up."""
    ask = "from onrecord import languages as l; {}; print(l.month_names('ar-SY'), l.month_names('ar'))"
    said = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", ask.format(before)],
            cwd=Path(__file__).parents[2], capture_output=True, check=True,
        ).stdout
        for before in ("0", "l.month_name(7, 'ar', short=True)", "l.month_name(7, 'ar'); l.month_name(8, 'ar-SY')")
    }  # fmt: skip
    assert len(said) == 1
