"""The citations of the shipped archive's records, held against a CSL processor."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord import check, read
from onrecord.model import Card, Release, Source
from tests.conftest import ROOT
from tests.unit.test_cite_styles import FILES, expected, ours


def shipped() -> list[Release]:
    """The releases of the archive itself that can be cited."""
    rules = check.rules(read.vocabularies(ROOT / "content")[0], dt.date(2026, 1, 1))
    sources = [read.source(read.file(entry)) for entry in read.entries(read.scan(ROOT / "content"))[0]]
    verdicts = [check.release(source, rules) for source in sources if isinstance(source, Source)]
    return [
        Release(verdict.listed, verdict.text)
        for verdict in verdicts
        if isinstance(verdict.listed, Card) and verdict.text
    ]


@pytest.mark.parametrize("style", FILES)
@pytest.mark.parametrize("given", shipped(), ids=lambda given: given.slug)
def test_citations_of_the_shipped_archive_are_what_a_csl_processor_makes(given: Release, style: str) -> None:
    if not given.date.exact and given.date.stated:
        pytest.skip("its date is known in words only, which CSL cannot say")
    assert ours(given, style).replace("N.d.", "n.d.") == expected(given, style).replace("N.d.", "n.d.")
