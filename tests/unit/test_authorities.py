"""Identifiers at authorities: one form of each, and what is wrong with any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import authorities
from onrecord.model import Kind

RIGHT: list[tuple[Kind, str, str]] = [
    ("topic", "https://www.wikidata.org/wiki/Q42", "Wikidata Q42"),
    ("place", "https://sws.geonames.org/170654/", "GeoNames 170654"),
    ("place", "https://www.iso.org/obp/ui/#iso:code:3166:NO", "ISO 3166 NO"),
    ("name", "https://viaf.org/viaf/102333412", "VIAF 102333412"),
    ("name", "https://isni.org/isni/0000000121032683", "ISNI 0000000121032683"),
    ("name", "https://orcid.org/0000-0002-1825-0097", "ORCID 0000-0002-1825-0097"),
    ("name", "https://ror.org/01ggx4157", "ROR 01ggx4157"),
    ("place", "https://d-nb.info/gnd/4021477-1", "GND 4021477-1"),
    ("name", "https://id.loc.gov/authorities/names/n79021164", "LCNAF n79021164"),
    ("topic", "https://id.loc.gov/authorities/subjects/sh85061212", "LCSH sh85061212"),
]


@pytest.mark.parametrize(("kind", "address", "shown"), RIGHT)
def test_the_one_form_is_known_and_shown(kind: Kind, address: str, shown: str) -> None:
    assert authorities.fault(kind, address) == ""
    found = authorities.identifier(address)
    assert found is not None
    assert f"{found.authority} {found.name}" == shown
    assert found.authority in authorities.KNOWN


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("http://www.wikidata.org/entity/Q42", "https://www.wikidata.org/wiki/Q42"),
        ("https://m.wikidata.org/wiki/q42?uselang=fr", "https://www.wikidata.org/wiki/Q42"),
        ("Q42", "https://www.wikidata.org/wiki/Q42"),
        ("https://www.geonames.org/170654/elm.html", "https://sws.geonames.org/170654/"),
        ("GeoNames: 170654", "https://sws.geonames.org/170654/"),
        ("iso 3166: no", "https://www.iso.org/obp/ui/#iso:code:3166:NO"),
        ("https://isni.org/isni/0000 0001 2103 2683", "https://isni.org/isni/0000000121032683"),
        ("orcid:0000000218250097", "https://orcid.org/0000-0002-1825-0097"),
        (
            "http://id.loc.gov/authorities/subjects/sh85061212.html",
            "https://id.loc.gov/authorities/subjects/sh85061212",
        ),
    ],
)
def test_another_form_is_told_with_the_right_one(text: str, right: str) -> None:
    assert authorities.identifier(text) is None
    assert authorities.fault("place", text).endswith(f"Write {right}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://orcid.org/0000-0002-1825-0098", "the check at the end"),
        ("https://ror.org/01ggx4158", "the check at the end"),
        ("https://isni.org/isni/0000000121032684", "the check at the end"),
        ("https://viaf.org/", "has no identifier of VIAF in it"),
        ("https://en.wikipedia.org/wiki/Port_Elm", "not an address of an authority"),
        ("", "not an address of an authority"),
        ("https://www.wikidata.org.example/wiki/Q42", "not an address of an authority"),
        ("javascript:alert(1)", "not an address of an authority"),
        ("x" * 9000, "…” is not an address"),
    ],
)
def test_what_cannot_be_right_is_told(text: str, told: str) -> None:
    fault = authorities.fault("name", text)
    assert told in fault
    assert len(fault) < 1000


@pytest.mark.parametrize(("kind", "address"), [("name", RIGHT[1][1]), ("place", RIGHT[5][1]), ("topic", RIGHT[6][1])])
def test_an_authority_of_places_identifies_no_name(kind: Kind, address: str) -> None:
    assert "only" in authorities.fault(kind, address)


@given(st.text() | st.from_regex(r"https?://(www\.)?(ror|isni|orcid|viaf|wikidata)\.org/.*"))
def test_any_text_is_an_identifier_or_has_one_problem(text: str) -> None:
    fault = authorities.fault("name", text)
    assert (authorities.identifier(text) is None) == bool(fault) or "only" in fault
