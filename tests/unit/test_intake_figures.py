"""Figures that import proposes: only where one sentence has the number, what it counts and who reports it; never as a fact."""

from __future__ import annotations

import pytest

from onrecord import check, read
from onrecord.intake import lexicon
from onrecord.intake.document import Block, TextRun
from onrecord.intake.evidence import figure_mentions
from onrecord.intake.evidence.term_finder import Terms, terms
from onrecord.intake.lexicon.notation import spellings
from onrecord.model import Problem, Term, Vocabularies
from tests.invented import RULES

KNOWN = terms(Vocabularies(names=(Term("name", "Ferry Union", "ferry-union", ("FU",)),)))
LANGUAGES = ("en", "ar", "fr", "es", "de", "ru")


def proposed(text: str, language: str = "en", publisher: str = "Harbour Watch", known: Terms = KNOWN) -> list[str]:
    """The entries that a paragraph is proposed to have, as they would stand in the file."""
    questions = figure_mentions.proposals([Block("paragraph", (TextRun(text),))], known, publisher, language)
    assert all(question.field == "figures" for question in questions)
    assert all(question.evidence.startswith("paragraph 1: “") for question in questions)
    return [question.question.partition("as of when: ")[2] for question in questions]


def test_a_number_is_proposed_with_its_words_what_it_counts_and_who_reports_it() -> None:
    text = "Harbour Watch has documented the deaths of more than 1,200 sailors and 17 children since March."
    assert proposed(text) == [
        "{value: '17', counts: 'children since March', by: 'Harbour Watch', paragraph: 1}"
    ]  # fmt: skip
    assert proposed("On Monday Harbour Watch recorded at least 1,200 people without light in Port Elm.") == [
        "{value: 'at least 1,200', low: 1200, counts: 'people without light in Port Elm', by: 'Harbour Watch', paragraph: 1}"
    ]


def test_bounds_are_only_those_of_the_words() -> None:
    assert "value: 'up to 40', high: 40, counts" in proposed("The Ferry Union counted up to 40 people.")[0]
    assert "value: '40', counts" in proposed("The Ferry Union counted 40 people.")[0]


@pytest.mark.parametrize(
    "text",
    [
        "According to Harbour Watch, more than 40 people were out.",
        "More than 40 people were out, according to Harbour Watch.",
        "Harbour Watch has also documented 40 deaths.",
        "FU registered more than 40 arrests.",
        "The Ferry Union (FU) registered more than 40 arrests.",
        "“Ferry Union” registered more than 40 arrests.",
        "In May Harbour Watch recorded 40 deaths in Port Elm in May.",
        "At least 40 people were killed in Port Elm, the Ferry Union said on Monday.",
        "At least 40 people were killed since Feb. 24, the Ferry Union said on Monday, as the council met.",
        "(Port Elm) – The guard arrested more than 40 people, Harbour Watch said today.",
        "The Ferry Union said on Monday that 40 people were killed.",
        "More than 40 people were out, according to the yearly report of the Ferry Union.",
    ],
)
def test_who_reports_stands_beside_a_verb_or_behind_according_to(text: str) -> None:
    assert len(proposed(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "More than 40 people were killed.",
        "Somebody recorded 40 deaths.",
        "Harbour Watch called on the council, which recorded 40 deaths.",
        "Harbour Watch recorded 40 lamps.",
        "Harbour Watch recorded 2012 deaths.",
        "Harbour Watch recorded forty deaths.",
        "“Harbour Watch recorded 40 deaths,” she said.",
        "Harbour Watch has not recorded 40 deaths.",
        "If Harbour Watch recorded 40 deaths, nobody heard of it.",
        "Harbour Watch reported that, according to the Ferry Union, 40 people were out.",
        "According to the mayor, Harbour Watch recorded 40 deaths.",
        "According to reports received by Harbour Watch, 40 people were out.",
        "Harbour Watch and the Ferry Union recorded 40 deaths.",
        "Harbour Watch recorded 40% of people, 3.5 people, and $40 people.",
        "Harbour Watch recorded 12/40 people and room 40, people waited.",
        "The council must release 40 people, Harbour Watch said today.",
        "Harbour Watch said that the council must release 40 people.",
        "40 people were killed, the mayor told the Ferry Union, Harbour Watch said.",
        "The Ferry Union said that Harbour Watch counted 40 people.",
        "The mayor said that 40 people were out, and Harbour Watch asked why.",
        "The Ferry Union said nothing of the 40 people.",
        "Harbour Watch said that, as the mayor stated, 40 people were out.",
        "Harbour Watch recorded a loss (in the year before, 40 people) of lamps.",
        "Harbour Watch recorded fewer – the year before, 40 people – than in March.",
        "According to a lawyer whom Harbour Watch asked, 40 people were out.",
    ],
)
def test_what_leaves_open_who_says_it_or_whether_is_left_alone(text: str) -> None:
    assert proposed(text) == []


def test_nobody_known_reports_nothing() -> None:
    assert proposed("Harbour Watch recorded 40 deaths.", publisher="", known=terms(Vocabularies())) == []


def test_no_more_than_a_few_are_asked() -> None:
    text = "Harbour Watch recorded 40 deaths. " * 50
    assert len(proposed(text)) == figure_mentions.MOST_PROPOSED


SENTENCES = {
    "en": "Harbour Watch {verb} {least} 40 {counted}.",
    "ar": "{verb} Harbour Watch {least} ٤٠ {counted}.",
    "fr": "Harbour Watch {verb} {least} 40 {counted}.",
    "es": "Harbour Watch {verb} {least} 40 {counted}.",
    "de": "Harbour Watch {verb} {least} 40 {counted}.",
    "ru": "Harbour Watch {verb} {least} 40 {counted}.",
}
TOLD = dict.fromkeys(LANGUAGES, "40 {counted}, Harbour Watch {verb}.") | {"ar": "٤٠ {counted}، {verb} Harbour Watch."}
THAT = {
    "en": "Harbour Watch said {that} 40 {counted} were out.", "ar": "قالت Harbour Watch {that} ٤٠ {counted} قتلوا.",
    "fr": "Harbour Watch a déclaré {that} 40 {counted} sont là.", "es": "Harbour Watch informó {that} 40 {counted} faltan.",
    "de": "Harbour Watch erklärte, {that} 40 {counted} fehlen.", "ru": "Harbour Watch сообщила, {that} 40 {counted} ранены.",
}  # fmt: skip
REPORT = {
    "en": "40 {counted}, according to the last {report} of Harbour Watch.", "ar": "٤٠ {counted} بحسب {report} Harbour Watch.",
    "fr": "40 {counted}, selon le dernier {report} de Harbour Watch.", "es": "40 {counted}, según el último {report} de Harbour Watch.",
    "de": "40 {counted}, laut letzten {report} von Harbour Watch.", "ru": "40 {counted}, согласно последним {report} Harbour Watch.",
}  # fmt: skip
TELLING = {"en": "said", "ar": "قالت", "fr": "a déclaré", "es": "informó", "de": "erklärte", "ru": "заявила"}
DEFAULTS = {
    "en": ("recorded", "people"), "ar": ("وثقت", "شخصا"), "fr": ("a recensé", "personnes"), "es": ("documentó", "personas"),
    "de": ("zählte", "Menschen"), "ru": ("зафиксировала", "человек"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_of_the_lexicon_does_what_its_category_is_for(language: str) -> None:
    verb, counted = DEFAULTS[language]
    sentence = SENTENCES[language]
    for category, entry in lexicon.read(lexicon.FOLDER / f"{language}.toml"):
        for word in spellings(entry.phrase):
            if category == "counted_words":
                text, expected = sentence.format(verb=verb, least="", counted=word), 1
            elif category == "reporting_verbs":
                text, expected = TOLD[language].format(verb=word, counted=counted), 1
            elif category == "that_words":
                text, expected = THAT[language].format(that=word, counted=counted), 1
            elif category == "report_words":
                text, expected = REPORT[language].format(report=word, counted=counted), 1
            elif category == "demand_words":
                text, expected = TOLD[language].format(verb=TELLING[language], counted=f"{counted} {word}"), 0
            elif category == "counting_verbs":
                text, expected = sentence.format(verb=word, least="", counted=counted), 1
            elif category in ("at_least_words", "at_most_words"):
                text, expected = sentence.format(verb=verb, least=word, counted=counted), 1
            elif category == "condition_words":
                text, expected = sentence.format(verb=verb, least="", counted=f"{counted} {word}"), 0
            else:
                continue
            found = proposed(text, language)
            assert len(found) == expected, (category, word, text, found)
            if category in ("at_least_words", "at_most_words"):
                assert ("low: 40" if category == "at_least_words" else "high: 40") in found[0], (word, found)


def test_a_verb_may_end_the_sentence() -> None:
    assert len(proposed("Harbour Watch hat seit März mindestens 40 Fälle dokumentiert.", "de")) == 1


def test_the_entry_is_one_that_check_takes() -> None:
    entry = proposed("The Ferry Union counted at least 40 people.")[0]
    front = f"---\ntitle: T\ndate: 2012-02-08\npublisher: P\nlanguage: en\nextent: full\nfigures: [{entry}]\n---\n"
    text = f"{front}The Ferry Union counted at least 40 people."
    source = read.source(read.FileData("releases/x.md", text.encode()))
    assert not isinstance(source, Problem)
    verdict = check.release(source, RULES)
    assert verdict.problems == ()
    assert verdict.text is not None
    assert [(figure.value, figure.low, figure.paragraph) for figure in verdict.text.figures] == [
        ("at least 40", "40", 1)
    ]
