"""What a person writes into a field: the script of the form and the program understand the same, in every language of the lexicon."""

# ruff: noqa: E501, S311 - values are written out as they are; chance is for more of them

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from onrecord import dates, schema
from onrecord.intake import field_values, lexicon
from onrecord.intake.field_values import WrittenDate
from onrecord.intake.lexicon import notation

ASSETS = Path(__file__).resolve().parents[2] / "templates" / "assets"
READ = """texts => texts.map(text => {
    const {edtf, doubt, choices} = window.onrecordRead.dateOf(text);
    return [edtf, doubt, choices];
})"""
NAMED = f"""texts => texts.map(text => window.onrecordRead.languageOf(
    text, tag => /^(?:{schema.LANGUAGE_TAG})$/.test(tag)))"""

WRITTEN = [
    "8 Feb 2012", "8 février 2012", "٨ شباط ٢٠١٢", "03/04/2012", "13/04/2012", "04.03.2012", "5/5/2012", "31/02/2012", "le 8 février 2012",
    "8 شباط/فبراير 2012", "8 شباط (فبراير) 2012", "8 شباط/مارس 2012", "Monday 8 February 2012", "wed 8 feb 2012", "8 February 2012, Wednesday",
    "Wednesday the 8th of February, 2012", "08/02/12", "8.2.12", "Wednesday 8.2.12", "Wednesday 8/2/12", "13/13/12", "Feb '12", "8 Feb '12",
    "mar 8", "8 may", "1 6 November 2012", "2012年2月8日", "二〇一二年二月八日", "平成24年2月8日", "平成元年1月8日", "平成32年2月8日",
    "民國101年2月8日", "民國一百零一年二月八日", "101年2月8日", "2월 8일", "2012년 2월 8일", "2012年2月8日(水)", "2012年2月8日 星期三", "农历正月初一", "二月",
    "2012年2月", "农历二月八日", "12 ربيع الأول 1433", "١٤٣٣/٣/١٢", "1433/3/12", "۱۹ بهمن ۱۳۹۰", "２０１２年２月８日", "2012-2-8", "2012.2.8", "2012/02/30", "8-Feb-2012",
    "8–Feb–2012", "8.Feb.2012", "Feb.8.2012", "8th February 2012", "8 ème février 2012", "1er mars 2012", "8 de febrero del 2012", "El 8 de marzo de 2012",
    "8. Februar 2012", "8 лютого 2012 року", "8 февраля 2012 г.", "8 Şubat 2012", "8 Subat 2012", "February", "2012 February 8", "8 February 1200",
    "30 February 2012", "29 Feb", "30 Feb", "29 February 2011", "8 Febuary 2012", "8  February   2012", "\u200f8 شباط 2012", "8 February 2012 AD", "8 février 2012 à Paris",
    "3-5 May 2013", "May 3-5, 2013", "since 8 May 2013", "x" * 100, "8", "2012", "8 8 8", "/", "Ramadan 2012", "في 8 شباط 2012", "بتاريخ 8 شباط 2012", "8 كَانُونَ الثاني 2012",
    "8 كانون‌الثاني 2012", "February 8 2012", "February 8,2012", "Feb 8 12", "8 Feb 12", "on 8 February 2012", "8 Sept. 2012", "8 Sept 2012.",
    "8/Feb/2012", "12 March, 2012 (Monday)", "12 March 2012 (Tue.)", "Monday", "Monday February 2012", "8 mai, 2012", "8 juin 99", "1/2/3", "2012-02-08x",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser_page(chromium: Browser) -> Iterator[Any]:
    page = chromium.new_page()
    for name in ("contribute-words.js", "contribute-read.js"):
        page.add_script_tag(content=(ASSETS / name).read_text("utf-8"))
    yield page
    page.close()


def test_the_table_of_the_script_is_the_lexicons() -> None:
    assert (ASSETS / "contribute-words.js").read_text("utf-8") == field_values.browser_script()
    assert "Intl" not in (ASSETS / "contribute-read.js").read_text("utf-8")


def spellings(category: str) -> Iterator[str]:
    for language in lexicon.languages():
        for name, entry in lexicon.read(lexicon.FOLDER / f"{language}.toml"):
            if name == category:
                yield from notation.spellings(entry.phrase)


def shaped() -> list[str]:
    """Every name of a month in every place that it can have, and parts of dates put together by chance."""
    chance = random.Random(20120208)
    texts = []
    for month in dict.fromkeys(spellings("months")):
        for form in ("8 {} 2012", "{} 8, 2012", "{} 2012", "31 {}", "8. {} '12", "{} 8"):
            texts.append(form.format(chance.choice((month, month.upper(), month.lower(), month.rstrip(".")))))
    pieces = [
        *("8", "08", "31", "2012", "12", "1999", "1433", "8th", "8.", "٨", "٢٠١٢", "۸", "、", ",", "،", "/", "-", ".", "'12", "(", ")", " "),
        *chance.sample([*spellings("months")], 60), *chance.sample([*spellings("weekdays")], 30), *chance.sample([*spellings("date_links")], 10),
        *chance.sample([*spellings("date_tails")], 10), *chance.sample([*spellings("other_calendars")], 10), *chance.sample([*spellings("ordinals")], 10),
    ]  # fmt: skip
    links = ["", *spellings("date_links")]
    names, days = [*spellings("months")], [*spellings("weekdays")]
    for _ in range(4000):
        texts.append(
            "".join(chance.choice((piece, f" {piece}")) for piece in chance.choices(pieces, k=chance.randint(2, 5)))
        )
        sign = chance.choice("/-. ")
        texts.append(sign.join(str(chance.choice((8, 12, 13, 31, 2012, 12, 99, "08", "٨"))) for _ in range(3)))
        texts.append(
            f"{chance.choice(('', '', chance.choice(days), chance.choice(days) + ','))} {chance.randint(0, 32)}{chance.choice(('', '.', 'th', 'er', 'º'))} "
            f"{chance.choice(links)} {chance.choice(names)} {chance.choice(links)} {chance.choice((2012, 1999, 1899, 1400, '12', ''))}".strip()
        )  # fmt: skip
    return texts


def test_a_date_is_understood_alike(browser_page: Any) -> None:
    texts = [*WRITTEN, *shaped()]
    answers = browser_page.evaluate(READ, texts)
    differing = {}
    understood = set()
    for text, (edtf, doubt, choices) in zip(texts, answers, strict=True):
        try:
            dates.parse(re.sub(r"\s+", " ", text).strip())
            continue  # EDTF is the form's own
        except dates.NotADate:
            pass
        expected = field_values.date_of(text)
        understood.add(expected.doubt or bool(expected.edtf))
        if WrittenDate(edtf, doubt, tuple(choices)) != expected:
            differing[text] = (expected, edtf, doubt, choices)
    assert dict(list(differing.items())[:20]) == {}, len(differing)
    assert understood == {"order", "century", "calendar", "weekday", True, False}


def test_a_language_is_understood_alike(browser_page: Any) -> None:
    names = [shown for name in spellings("languages") for shown in (name, f"  {name.upper()} ", name.replace("'", "’"))]
    texts = [*names, "Elvish", "", "pt-BR", "EN", "x-klingon", "français de France", "Arab"]
    answers = browser_page.evaluate(NAMED, texts)
    assert {
        text: answer for text, answer in zip(texts, answers, strict=True) if answer != field_values.language_of(text)
    } == {}
    assert [field_values.language_of(text) for text in ("English", "arabe", "عربي", "Elvish", "ckb-IQ")] == [
        "en",
        "ar",
        "ar",
        "",
        "ckb-IQ",
    ]
