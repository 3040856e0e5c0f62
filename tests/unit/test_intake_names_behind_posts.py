"""Speakers beside a post or a body: the words of these begin no person's name, and a mark too many makes nobody say the author's words."""

from __future__ import annotations

import pytest

from onrecord.intake.document import paragraph
from onrecord.intake.evidence import quotation_mentions
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())
WORDS = "We have had forty boats in the harbour this week."


def spoken(*texts: str, language: str = "en") -> list[tuple[str, str]]:
    speech = quotation_mentions.quoted_speech([paragraph(text) for text in texts], TERMS, "", language)
    return [(quotation.speaker, quotation.text) for quotation in speech.quotations]


def test_the_person_before_a_post_and_a_firm_speaks() -> None:
    assert spoken(f"Commenting on this, Xian Orel, Managing Director, VENN Port City Orle said: “{WORDS}”") == [
        ("Xian Orel", WORDS)
    ]


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "The Foundation for Orle Ltd. Program Lead Ada Venn said: “{}”"),
        ("en", "Head of Sales and Marketing – Property Group Ada Venn said: “{}”"),
        ("en", "“{}” said Vice President & General Counsel Ada Venn."),
        ("de", "Dazu sagte Projekt Leiterin Ada Venn: „{}“"),
    ],
)
def test_a_word_of_a_post_or_a_body_begins_no_name(language: str, lead: str) -> None:
    found = spoken(lead.format(WORDS), language=language)
    assert all(speaker in ("", "Ada Venn") for speaker, _ in found)


def test_a_name_of_three_words_is_whole() -> None:
    assert spoken(f"“{WORDS}” said Ada Becker Venn. Ada Becker Venn keeps the pier.") == [("Ada Becker Venn", WORDS)]


def test_a_team_that_has_its_name_from_a_person_does_not_make_the_name_a_noun() -> None:
    lead = "Ada Spelk, who heads The Spelk Team in Orle, keeps the pier."
    assert spoken(lead, f"“{WORDS}” Spelk explained.") == [("Ada Spelk", WORDS)]


def test_an_opening_mark_too_many_gives_nobody_the_author_s_sentences() -> None:
    found = spoken(
        "Bishop Jan Orel noted that all “hatred and violence are “betrayals of faith” at a service in Orle. The town was undone by"
        " the army in 2003. Nobody was heard of it again. It stands in a book titled, “The Town is Gone: Behind the Army”."
    )
    assert found
    assert not any("The town was undone" in text or "at a service" in text for _, text in found)


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("Keld Pier Group COO Lim Li San said: “{}”", "Lim Li San"),
        ("“{}” said Keld Pier Group COO Lim Li San.", "Lim Li San"),
        ("Keld Pier Project Director Lim Li San said: “{}”", "Lim Li San"),
    ],
)
def test_the_whole_name_behind_a_post_is_the_speaker_s(lead: str, speaker: str) -> None:
    found = spoken(lead.format(WORDS), "Li San came from Orle.")
    assert found
    assert {name for name, _ in found} == {speaker}


@pytest.mark.parametrize("post", ["Lead", "Leader"])
def test_a_post_that_nothing_parts_from_the_name_is_no_part_of_it(post: str) -> None:
    texts = (
        f"Orle Project {post} Ada Venn said “{WORDS}”",
        f"Ada Venn came. Orle Project {post} Ada Venn said “{WORDS}”",
        f"Orle {post} Ada Venn said “{WORDS}” An Orle {post} Ada Venn is what the pier has.",
    )
    speakers = [speaker for text in texts for speaker, _ in spoken(text)]
    assert "Ada Venn" in speakers
    assert set(speakers) <= {"", "Ada Venn"}


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "Saint Orel thus writes in his First Letter: “{}” (1:1)"),
        ("fr", "Saint Orel écrit dans sa Première Lettre : « {} »"),
    ],
)
def test_what_somebody_writes_in_is_nobody(language: str, lead: str) -> None:
    found = spoken(lead.format(WORDS), language=language)
    assert not [speaker for speaker, _ in found if "Letter" in speaker or "Brief" in speaker or "Lettre" in speaker]
    assert spoken(f"In his First Letter, Jan Orel said: “{WORDS}”") == [("Jan Orel", WORDS)]


HARBOUR = "港では九つの冬のあいだ灯りを待っていました。"


@pytest.mark.parametrize("name", ["Venn", "Ada Venn", "ベン", "田中"])
def test_a_particle_and_an_adverb_are_no_name_in_japanese(name: str) -> None:
    paragraphs = [
        f"「{HARBOUR}」 {name} 氏はこう述べています。",
        f"「{HARBOUR}船も来ます。」 {name}氏は強く述べています。",
    ]
    found = spoken(*paragraphs, language="ja")
    assert len(found) == len(paragraphs)
    assert {speaker for speaker, _ in found} <= {"", name}
