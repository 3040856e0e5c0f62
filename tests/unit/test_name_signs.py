"""Which publishers and speakers are no names: few false alarms before all."""

from __future__ import annotations

import pytest

from onrecord.check.name_signs import sign_of_no_name

NAMES = (
    "Harbour Watch", "ARTICLE 19", "Radio 1", "Group of 77", "11.11.11", "Yahoo!", "Reporters sans frontières (RSF)", "Inquiry 1975-1980",
    "Harbour Lines, Inc.", "Verein Hafen e.V.", "J. R. Okoro, Jr.", "Office of the United Nations High Commissioner for Human Rights",
    "M. de la Cruz y Solís", "منظمة العفو الدولية", "国际特赦组织", "Комитет «Пристань»", "3. Oktober-Initiative", "Front 1 May",
    "Committee of the Families of Those Who Disappeared in the Harbour District between January and March", "1. FC Hafen",
)  # fmt: skip
DESCRIBED = (
    "a woman who was there",
    "a resident of the old harbour who has asked not to be named",
    "the crews",
    "one of the men who were held",
)
NO_NAMES = {
    "press@harbour.example": "e-mail",
    "Harbour Watch, www.harbour.example": "web address",
    "(c) the state of the roads": "mark of a list",
    "• Ines Okoro": "mark of a list",
    "2. The government of Marovia must act": "mark of a list",
    "Harbour Watch 8 February 2012": "a date",
    "Harbour Watch, February 8, 2012": "a date",
    "8 de febrero de 2012": "a date",
    "Harbour Watch 2012-02-08": "a date",
    "Harbour Watch 08/02/2012": "a date",
    "Harbour Watch +44 20 7946 0123": "telephone",
    "According to Ines Okoro,": "middle of a sentence",
    "The crews ask for light on the pier.": "a sentence",
}


@pytest.mark.parametrize("key", ["publisher", "speaker"])
def test_names_are_never_doubted(key: str) -> None:
    assert {name: sign_of_no_name(name, key) for name in NAMES if sign_of_no_name(name, key)} == {}


def test_a_speaker_without_a_name_may_be_described() -> None:
    assert {text: sign_of_no_name(text, "speaker") for text in DESCRIBED if sign_of_no_name(text, "speaker")} == {}


@pytest.mark.parametrize(("text", "sign"), NO_NAMES.items())
@pytest.mark.parametrize("key", ["publisher", "speaker"])
def test_what_no_name_has_is_a_sign(text: str, sign: str, key: str) -> None:
    assert sign in sign_of_no_name(text, key)


def test_a_clause_is_no_publisher_and_a_half_of_one_no_speaker() -> None:
    assert "“has”" in sign_of_no_name("Marovia has released eleven teachers", "publisher")
    assert sign_of_no_name("that the teachers must be released", "speaker")
    assert "words" in sign_of_no_name(" ".join(["word"] * 30), "speaker")
