"""A publisher's name is one body's: people who sign together, and a heading of two parts, are asked about."""

from __future__ import annotations

import pytest

from onrecord.intake.evidence.issuer_gate import is_one_body
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.lexicon import lexicon_of
from onrecord.model import Vocabularies

TERMS = terms(Vocabularies())


@pytest.mark.parametrize("name", ["Ada Venn and Tom Lamb", "Strengthening the Lamps / Board of the Harbour"])
def test_what_is_not_one_body_is_no_publisher(name: str) -> None:
    assert not is_one_body(name, TERMS, lexicon_of("en"))


@pytest.mark.parametrize(
    "name", ["Harbour Watch", "Ministry of Lamps and Oil", "Lamps and Oil Ltd", "Ada Venn Foundation"]
)
def test_a_body_is_one(name: str) -> None:
    assert is_one_body(name, TERMS, lexicon_of("en"))
