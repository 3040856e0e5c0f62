"""A number that is none, or is longer than any, takes nothing from the document in which it stands."""

# ruff: noqa: E501 - documents are written out as they are

from __future__ import annotations

import pytest

from onrecord.intake import record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies
from tests.unit.test_intake_office_formats import odt

WORDS = "The crews of the ferry asked today for light on the pier and for a rail along the steps."
TERMS = terms(Vocabularies())
NUMBERS = ["", " ", "²", "-1", "x", "1.5.5", "9" * 5_000]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_text_document(number: str) -> None:
    cells = f"<table:table-cell table:number-columns-repeated='{number}'><text:p>a</text:p></table:table-cell>"
    style = f"<style:style style:name='Odd' style:family='text'><style:text-properties style:text-position='{number}' fo:font-weight='{number}'/></style:style>"
    levels = f"<text:list-style style:name='Odd'><text:list-level-style-number text:level='{number}' text:start-value='{number}'/></text:list-style>"
    data = odt(
        f"<text:h text:outline-level='{number}'>Lamps</text:h><text:p>{WORDS}<text:s text:c='{number}'/>"
        "<text:span text:style-name='Odd'>again</text:span></text:p>"
        f"<text:list text:style-name='Odd'><text:list-item text:start-value='{number}'><text:p>b</text:p></text:list-item></text:list>"
        f"<table:table><table:table-row>{cells * 2}</table:table-row><table:table-row>{cells * 2}</table:table-row></table:table>{style}{levels}"
    )
    (read,) = record.of("a.odt", data, TERMS)
    assert not read.refused
    assert WORDS in read.body


@pytest.mark.parametrize("number", NUMBERS)
def test_a_web_page(number: str) -> None:
    rows = f"<tr><td colspan='{number}' rowspan='{number}'>Ada</td><td>12</td></tr>" * 3
    page = f"<html><body><h1>Lamps</h1><p>{WORDS}</p><table>{rows}</table><ol start='{number}'><li value='{number}'>b</li></ol></body></html>"
    (read,) = record.of("a.html", page.encode(), TERMS)
    assert not read.refused
    assert WORDS in read.body


@pytest.mark.parametrize("number", ["-99999", "-2147483648", "9999999999", "0"])
def test_a_character_of_rich_text(number: str) -> None:
    (read,) = record.of("a.rtf", f"{{\\rtf1\\ansi Lamps\\par {WORDS}\\u{number} ?\\par}}".encode(), TERMS)
    assert not read.refused
    assert WORDS in read.body
