"""Indexes: by the form that a vocabulary files a name under, by letters of each script, people and organizations apart, small and long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import structs

from onrecord import languages, quoting, read
from onrecord.model import Archive, Settings, Term, Vocabularies
from tests.invented import VOCABULARIES, archive, listed, quick, release, site

LETTER = re.compile(r'<tr class="letter" id="([^"]+)"><th[^>]*>([^<\n]+)[<\n]')
ENTRY = re.compile(r'<tr data-entry[^>]*><th scope="row"><a href="[^"]+"><bdi>([^<]+)</bdi></a>')


def of_names(terms: Sequence[Term]) -> Archive:
    """An archive with one release, which names all of these."""
    vocabularies = structs.replace(VOCABULARIES, names=tuple(terms))
    return archive(
        quick("2012-01-01-a", "2012-01-01", names=tuple(term.slug for term in terms)),
        vocabularies=vocabularies,
        settings=Settings("Harbour", languages=("en", "ar")),
    )


def person(label: str, sort_name: str = "", arabic: tuple[str, str] | None = None, kind: str = "person") -> Term:
    """Somebody of a vocabulary; `arabic` are the label and the sort name in that language."""
    return Term(
        "name", label, label.lower().replace(" ", "-"), type=kind, sort_name=sort_name,
        translations=(("ar", arabic[0]),) if arabic else (), sort_names=(("ar", arabic[1]),) if arabic else (),
    )  # fmt: skip


def many(count: int, given: str = "Ada") -> list[Term]:
    """People whose family names begin with many letters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [person(f"{given} {letters[n % 26]}an{n}", f"{letters[n % 26]}an{n}, {given}") for n in range(count)]


# ---- what a vocabulary says ---------------------------------------------------------------------------------------------------


def vocabulary(tmp_path: Path, text: str) -> tuple[Vocabularies, list[str]]:
    (tmp_path / "archive.toml").write_text('title = "Harbour"\n')
    (tmp_path / "names.toml").write_text(text)
    vocabularies, problems = read.vocabularies(tmp_path)
    return vocabularies, [f"{problem.line} {problem.code} {problem.message}" for problem in problems]


def test_a_vocabulary_says_how_a_name_is_filed(tmp_path: Path) -> None:
    text = (
        '[[name]]\nlabel = "Ada Example"\nsort_name = "Example, Ada"\n'
        'translations = { ar = "آدا مثال" }\nsort_names = { ar = "مثال، آدا" }\n'
    )
    vocabularies, problems = vocabulary(tmp_path, text)
    assert problems == []
    (term,) = vocabularies.names
    assert term.filed_as("en") == "Example, Ada"
    assert term.filed_as("ar") == term.filed_as("ar-SY") == "مثال، آدا"
    assert structs.replace(term, sort_names=()).filed_as("ar") == "آدا مثال"
    assert structs.replace(term, sort_name="").filed_as("en") == "Ada Example"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("sort_name = 3", "3 wrong-type “sort_name” must be text between quotation marks."),
        ('sort_names = "مثال"', "3 wrong-type “sort_names” must be languages with names: { ar = \"…\" }."),
        ('sort_names = { arabic-but-too-long = "مثال" }', "3 bad-language “arabic-but-too-long” is not a language tag"),
        ('sort_name = "Example,\u200b Ada"', "3 hidden-character “sort_name” holds the invisible character"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_how_a_name_is_filed_is_said(tmp_path: Path, line: str, problem: str) -> None:
    _, problems = vocabulary(tmp_path, f'[[name]]\nlabel = "Ada Example"\n{line}\n')
    assert [each.startswith(problem) for each in problems] == [True], problems


# ---- the order ----------------------------------------------------------------------------------------------------------------


def test_an_index_begins_with_its_own_script_and_letters_stand_beside_their_kin() -> None:
    labels = ["Zed", "أحمد", "Øst", "“Oak”", "Éva", "باسل", "Яна", "Eve"]
    assert sorted(labels, key=lambda label: languages.filing_key(label, "en")) == [
        "Éva", "Eve", "“Oak”", "Øst", "Zed", "Яна", "أحمد", "باسل",
    ]  # fmt: skip
    assert sorted(labels, key=lambda label: languages.filing_key(label, "ar"))[:2] == ["أحمد", "باسل"]
    assert languages.filing_letters("“al-Insha’aat”") == "alinshaaat"


def test_an_arabic_name_is_filed_under_the_letter_behind_its_article() -> None:
    labels = ["الأمم المتحدة", "باسل", "«الحرية»", "ألمانيا", "الله", "آل سعود"]
    letters = {label: languages.filing_letters(label)[:2] for label in labels}
    assert letters == {
        "الأمم المتحدة": "ام", "باسل": "با", "«الحرية»": "حر", "ألمانيا": "ال", "الله": "ال", "آل سعود": "ال",
    }  # fmt: skip
    assert sorted(labels, key=lambda label: languages.filing_key(label, "ar"))[-2:] == ["باسل", "«الحرية»"]


def test_people_are_filed_by_the_name_that_is_given_and_others_as_they_are_called() -> None:
    terms = [
        person("Salil Shetty", "Shetty, Salil"),
        person("Ada Zeta"),
        person("Ferry Union", kind="organization"),
        person("Pier", kind=""),
    ]
    page = site(of_names(terms))["names/index.html"]
    assert ENTRY.findall(page) == ["Ada Zeta", "Shetty, Salil", "Ferry Union", "Pier"]
    heads = re.findall(r'<h2 id="(\w+)">(\w+) <span class="count">(\d+)</span>', page)
    assert heads == [("person", "People", "2"), ("organization", "Organizations", "1"), ("other", "Others", "1")]


def test_a_short_index_has_no_letters_and_nothing_to_narrow_it_with() -> None:
    page = site(of_names(many(5)))["names/index.html"]
    assert "<h2" not in page.split('id="index"')[1].split("</table>")[0]
    for absent in ('id="together"', 'class="letters"', 'class="letter"', "data-narrow", "narrow.js", 'class="spark"'):
        assert absent not in page, absent


def test_an_index_of_some_length_has_its_letters_and_can_be_narrowed() -> None:
    page = site(of_names([*many(60), person("Ferry Union", kind="organization")]))["names/index.html"]
    letters = LETTER.findall(page)
    assert [letter for _, letter in letters] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rail = page.split('class="letters"')[1].split("</ul>")[0]
    assert re.findall(r'href="#([^"]+)"', rail) == [anchor for anchor, _ in letters]
    assert 'data-narrow="index"' in page
    assert 'assets/narrow.js" defer' in page
    # A field with a name would be sent where the script does not run.
    assert not re.search(r"<(input|select)[^>]* name=", page)


def test_letters_are_those_of_the_language_that_the_index_is_in() -> None:
    arabic = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    terms = [
        structs.replace(
            each,
            translations=(("ar", f"آدا {arabic[n % 28]}مر{n}"),),
            sort_names=(("ar", f"{arabic[n % 28]}مر{n}، آدا"),),
        )
        for n, each in enumerate(many(56))
    ]
    pages = site(of_names(terms))
    assert [letter for _, letter in LETTER.findall(pages["ar/names/index.html"])] == list(arabic)
    assert [letter for _, letter in LETTER.findall(pages["names/index.html"])] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_a_long_index_stands_on_pages_by_letter_and_leads_to_the_index_in_other_languages() -> None:
    terms = [
        structs.replace(each, translations=(("ar", f"آدا {n}"),), sort_names=(("ar", f"{'بتثج'[n % 4]}مر {n}"),))
        for n, each in enumerate(many(300))
    ]
    pages = site(of_names(terms))
    parts = [path for path in pages if path.startswith("names/index/")]
    assert [path.removeprefix("names/index/")[0] for path in parts] == list("abcdefghijklmnopqrstuvwxyz")
    assert sum(len(ENTRY.findall(pages[path])) for path in parts) == 300
    assert {path.rpartition("/")[2][0] for path in pages if path.startswith("ar/names/index/")} == set("بتثج")
    first = pages["names/index.html"]
    assert len(ENTRY.findall(first)) == 40
    assert "300 names" in first
    assert 'href="../../ar/names/index.html"' in pages["names/index/a.html"]
    assert 'rel="alternate" hreflang="ar"' not in pages["names/index/a.html"]


# ---- quotations ---------------------------------------------------------------------------------------------------------------


def said(speaker: str, words: str) -> str:
    return f'quotations:\n  - speaker: {speaker}\n    text: "{words}"'


def test_quotations_stand_on_their_index_each_with_its_speaker_release_paragraph_and_date() -> None:
    own = "quotations:\n  - speaker: Bo Else\n    summary: asks for lamps\n    paragraph: 1"
    pages = site(
        archive(
            release("2012-01-02-a", "2012-01-02", said("Ada Example", "First words."), "places: [Port Elm]", body="“First words.”"),
            listed("2012-01-01-b", "2012-01-01", own, "extent: abstract"),
        )
    )  # fmt: skip
    page = pages["quotations/index.html"]
    verbatim, summary = re.findall(r'<figure class="quotation".*?</figure>', page, re.S)
    assert "“<span data-words>First words.</span>”" in verbatim
    assert 'class="source-words"' in verbatim.partition("<figcaption>")[0]
    assert 'href="../releases/2012-01-02-a.html#p1"' in verbatim
    assert "\N{NO-BREAK SPACE}· 2 January 2012\N{NO-BREAK SPACE}· paragraph\N{NO-BREAK SPACE}1" in verbatim
    assert 'href="../quotations/ada-example.html"' in verbatim
    assert "source-words" not in summary.partition("<figcaption>")[0]
    assert "in the archive’s words" in summary
    assert "2 quotations, 1 of them in the archive’s words" in page
    assert "data-narrow" not in page


def test_many_quotations_stand_on_pages_by_year_and_every_one_on_one_of_them() -> None:
    """Two hundred stand on one page, which can be narrowed; more by year, without a script too."""
    few = [
        release(f"{year}-01-02", f"{year}-01-02", said(("Ada Example", "Bo Else")[year % 2], f"In {year}."), body=f"“In {year}.”")
        for year in range(2000, 2020)
    ]  # fmt: skip
    page = site(archive(*few))["quotations/index.html"]
    assert re.findall(r'<select id="quotations-(\w+)" data-by="left-by"', page) == ["speaker", "year"]
    # Each quotation names the choices that leave it, by their numbers: those of its speaker and of its year.
    values = {label.partition(" (")[0]: value for value, label in re.findall(r'<option value="(\d+)">([^<]*)', page)}
    assert len({*values.values()}) == len(values) == 22
    newest = page[page.index("<figure") :]
    assert newest.startswith(
        f'<figure class="quotation" data-entry data-left-by="{values["Bo Else"]} {values["2019"]}">'
    )
    assert page.count("<figure") == 20
    words = "\n\n".join(f"“Line {n} of the quay.”" for n in range(quoting.INDEX_LIMIT))
    quoted = "quotations:\n" + "\n".join(
        f'  - speaker: Ada Example\n    text: "Line {n} of the quay."' for n in range(quoting.INDEX_LIMIT)
    )
    pages = site(archive(*few, release("2012-05-05-long", "2012-05-05", quoted, body=words)))
    parts = {path: text for path, text in pages.items() if path.startswith("quotations/index/")}
    months = {path for path in parts if re.search(r"-\d\d\.html$", path)}
    assert months == {"quotations/index/2012-01.html", "quotations/index/2012-05.html"}
    newest_of_year = parts["quotations/index/2012.html"].count('<figure class="quotation"')
    assert newest_of_year == quoting.INDEX_NEWEST
    shown = {path: text.count("<li data-entry") for path, text in parts.items()}
    assert shown.pop("quotations/index/2012.html") == 0
    assert sum(shown.values()) == 20 + quoting.INDEX_LIMIT
    # There a release is named once, leads to its own list of quotations, and each quotation has its words and its speaker.
    of_month = parts["quotations/index/2012-05.html"]
    assert of_month.count('href="../../releases/2012-05-05-long.html#quotations"') == 1
    assert "“Line 7 of the quay.”</span> <bdi>Ada Example</bdi>\n" in of_month
    assert '<h2 id="quotations">' in pages["releases/2012-05-05-long.html"]
    index = pages["quotations/index.html"]
    assert f"{20 + quoting.INDEX_LIMIT} quotations" in index
    for path in parts:
        above = parts["quotations/index/2012.html"].replace("../../", "../") if path in months else index
        assert f'href="../{path}"' in above, path
