"""The lexicon: how phrases are written and fit, that every file is sound, and that each entry does what its category is for."""

# ruff: noqa: E501 - phrases and lines are written out as they are

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.intake import lexicon
from onrecord.intake.lexicon import checking
from onrecord.intake.lexicon.notation import NotationError, Place, folded, pattern, spellings
from tests import stint


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("(for) immediate release", "FOR  IMMEDIATE\tRELEASE"), ("(for) immediate release", "immediate release"), ("press/media release(s)", "Media Releases"),
        ("publié(e)(s)", "Publiées"), ("actualizad(o/a)", "actualizada"), ("исправлен*", "Исправленная"), ("read more …", "Read more about the pier"), ("read more …", "read more"),
        ("… all rights reserved …", "Port Watch. All rights reserved. 2014"), ("… all rights reserved …", "all rights reserved"), ("<number> comment(s)", "12 comments"), (r"\(c\) <number>", "(c) 2014"),
        ("editor's note", "Editor’s note"), ("l'auteur", "l’ auteur"), ("пресс-релиз", "пресс‑релиз"), ("пресс-релиз", "ПРЕСС РЕЛИЗ"), ("tel.", "tel"), ("e.v.", "e.V."),
        ("بيان صحفي", "بَيَانٌ صَحَفِيّ"), ("بيان صحفي", "بيــان صحفى"), ("آخر تعديل", "اخر تعديل"), ("نشرة", "نشره"), ("обновлён", "обновлен"), ("подчеркнула", "подчёркнула"),
        ("mit freundlichen grüßen", "MIT FREUNDLICHEN GRÜSSEN"), ("communiqué", "COMMUNIQUE"), ("新闻稿", "新 闻 稿"), ("basın açıklaması", "BASIN AÇIKLAMASI"), ("از این رو", "از این‌رو"),
        ("*zentrum", "Dokumentationszentrum"), ("###", "###"), ("* * *", "* * *"), ("ends", "*** ENDS ***"), ("fin", "- Fin -"), ("notes:", "Notes :"),
    ],
)  # fmt: skip
def test_a_phrase_fits_what_its_notation_says(phrase: str, text: str) -> None:
    assert pattern([phrase], "whole").match(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("press release", "press releases"), ("communiqué", "communique"), ("él", "El"), ("исправлен", "исправлена"), ("press/media release", "news release"), ("ends", "the road ends here"),
        ("read more …", "readers more"), ("<number> comments", "many comments"), ("(c)lause", "use"), ("tel.", "telex"),
    ],
)  # fmt: skip
def test_a_phrase_fits_nothing_else(phrase: str, text: str) -> None:
    assert not pattern([phrase], "whole").match(text)


@pytest.mark.parametrize(
    ("place", "text", "fits"),
    [
        ("within", "a press release of", True), ("within", "a press releases of", False), ("start", "press release of", True), ("start", "a press release", False),
        ("end", "a press release ", True), ("end", "a press release of", False), ("whole", "Press release:", True), ("whole", "a press release", False),
    ],
)  # fmt: skip
def test_the_place_of_a_phrase_counts(place: Place, text: str, fits: bool) -> None:
    found = pattern(["press release"], place)
    assert bool(found.search(text) if place in ("within", "end") else found.match(text)) is fits


def test_the_longest_phrase_wins() -> None:
    match = pattern(["press", "press release", "press release of the day"], "within").search(
        "the press release of the month"
    )
    assert match is not None
    assert match[0] == "press release"


def test_no_phrases_fit_nothing() -> None:
    assert not pattern([], "within").search("")


@pytest.mark.parametrize("phrase", ["", "(a", "a)", "((a) b)", "(a) (b)", "a* (b", "(a/b)"])
def test_a_phrase_that_is_none_is_refused(phrase: str) -> None:
    with pytest.raises(NotationError):
        pattern([phrase], "within")


def test_a_language_is_read_with_english_and_no_other() -> None:
    words = lexicon.lexicon_of("pt-BR")
    assert words.kind("NOTA PÚBLICA") == "statement"
    assert words.kind("PRESS RELEASE") == "press release"
    assert words.kind("Pressemitteilung") == ""
    assert lexicon.lexicon_of("xx").kind("Nota pública") == ""
    assert lexicon.lexicon_of("").kind("Press release") == "press release"
    assert lexicon.lexicon_of("PT_pt") is lexicon.lexicon_of("pt")


def test_the_first_and_longest_kind_names_the_document() -> None:
    words = lexicon.lexicon_of("en")
    assert words.kind("Joint statement") == "joint statement"
    assert words.kind("Media advisory: press release to follow") == "advisory"
    assert words.find_kind("Our press release") == (4, 17, "press release")
    assert words.find_kind("Our pier") is None


def test_a_category_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        lexicon.lexicon_of("en").phrases("furniture")


def test_words_are_looked_up_folded() -> None:
    words = lexicon.lexicon_of("ar").words("person_titles")
    assert folded("المُديرة") in words
    assert folded("Prof.") in words


@pytest.mark.parametrize("language", lexicon.languages())
def test_a_file_has_no_mistake(language: str) -> None:
    assert checking.mistakes(lexicon.FOLDER / f"{language}.toml") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kinds = 3\n", "1:1: table “kinds” is a table: write [kinds] on a line, and its lists below."),
        ("today = 'now'\n", '1:1: list “today” is a list of phrases: write today = ["first phrase", "second phrase"].'),
        ('today = ["now",\n"now"]\n', "1:11: double “now” appears twice in “today”. Delete one."),
        ('\ntoday = ["(now"]\n', "2:11: notation The brackets of “(now” do not pair. Write ( and ) once around what may be absent."),
        ('today = [3]\n', "1:10: phrase 3 of “today” is without quotation marks. Put it in them."),
        ('[kinds]\nstory = ["a"]\n', "2:1: key “story” is not known in [kinds]. Allowed: advisory, briefing, joint statement, news story, newsletter, open letter, press release, statement, urgent action."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "xx.toml"
    file.write_text(text, encoding="utf-8")
    assert checking.mistakes(file) == [f"{file}:{expected}"]


def test_broken_toml_and_an_unknown_category_are_told_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text('today = ["now"\nends = ["x"]\n', encoding="utf-8")
    assert checking.mistakes(file)[0].startswith(f"{file}:2:1: toml ")
    file.write_text('tody = ["now"]\n', encoding="utf-8")
    assert checking.mistakes(file)[0].startswith(f"{file}:1:1: category “tody” is not known. Allowed: about_heading, ")


def test_every_category_is_documented() -> None:
    readme = (lexicon.FOLDER / "README.md").read_text(encoding="utf-8")
    missing = [
        name for name in (*lexicon.LISTS, *lexicon.TABLES) if f"`{name}`" not in readme and f"`[{name}]`" not in readme
    ]
    assert missing == []


# ---- each entry --------------------------------------------------------------------------------------------------------------------

# One language of each way of writing, whose phrases are looked for at both ends of a line as well; `make audit-lexicon` looks for those of
# all: most of the time goes into making the patterns.
AT_ENDS = lexicon.languages() if os.environ.get("ONRECORD_LEXICON") == "all" else ("en", "ar", "ru", "zh")
# What a language may do without, and why.
OPTIONAL = frozenset(
    "articles date_tails ordinals date_links name_particles about_words compounds told_verbs thus_words speaker_marks legal_forms"
    " generic_names number_words salutations units heading_styles possessives opinion_words surnames organization_endings relatives"
    " post_nominals first_person definite_articles plural_pronouns platforms issue_words single_words talks symbol_issuers"
    " counted_words counting_verbs reporting_verbs that_words report_words demand_words at_least_words at_most_words condition_words site_words"
    " post_words".split()
)


def _entries(language: str) -> Iterator[tuple[str, lexicon.Entry]]:
    yield from lexicon.read(lexicon.FOLDER / f"{language}.toml")


@pytest.mark.parametrize("language", lexicon.languages())
def test_a_language_has_every_category(language: str) -> None:
    present = {category for category, _ in _entries(language)}
    assert {category for category, _ in _entries("en")} - present - OPTIONAL == set()
    assert {entry.key for category, entry in _entries(language) if category == "months"} == set(map(str, range(1, 13)))
    assert {entry.key for category, entry in _entries(language) if category == "weekdays"} == lexicon.TABLES["weekdays"]
    assert {entry.key for category, entry in _entries(language) if category == "kinds"} == lexicon.TABLES["kinds"]


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_spelling_of_every_entry_is_known_in_all_places(language: str) -> None:
    words = lexicon.lexicon_of(language)
    for category, entry in _entries(language):
        for spelling in spellings(entry.phrase):
            for shown in (spelling, f"  {spelling.upper()} ", spelling.replace("'", "’")):
                assert words.pattern(category, "whole").match(shown), (category, entry.phrase, shown)
            assert words.pattern(category, "within").search(f"7 – {spelling} – 7"), (category, entry.phrase)
            if language in AT_ENDS:
                assert words.pattern(category, "start").match(f"{spelling} – 7"), (category, entry.phrase)
                assert words.pattern(category, "end").search(f"7 – {spelling}"), (category, entry.phrase)


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_kind_month_and_weekday_is_its_own(language: str) -> None:
    words = lexicon.lexicon_of(language)
    for category, entry in _entries(language):
        if category not in lexicon.TABLES:
            continue
        for spelling in spellings(entry.phrase):
            assert words.key(category, spelling) == entry.key, (category, spelling)
            if category == "kinds":
                assert words.kind(f"{spelling.upper()} 12/2014") == entry.key, spelling


@pytest.mark.parametrize("language", lexicon.languages())
def test_no_sentence_is_furniture(language: str) -> None:
    """Two words of the text around a phrase make it no line of furniture, and no end."""
    words = lexicon.lexicon_of(language)
    for category in ("end_marks", "notes_heading", "greetings"):
        for phrase in words.phrases(category):
            for spelling in spellings(phrase):
                if "…" not in phrase:
                    assert not words.pattern(category, "whole").match(f"Quay {spelling} Quay"), (category, spelling)


@pytest.mark.parametrize("category", sorted({*lexicon.LISTS, *lexicon.TABLES}))
def test_a_pattern_takes_time_that_grows_with_the_text_alone(category: str) -> None:
    """Awkward text: blanks, stops, letters without end. Strings made for each pattern of English: tests/trust/test_patterns.py."""
    found = lexicon.lexicon_of("ar").pattern(category, "within")
    for text in (" " * 10_000, "a" * 10_000, "…" * 10_000, "the " * 5_000, "- " * 5_000):
        with stint.within(2):
            list(found.finditer(text))
