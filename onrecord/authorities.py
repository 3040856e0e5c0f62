"""Identifiers of topics, places and names at authorities (`same_as` in the vocabularies): which there are, and the one form of each.

| authority | identifies | the address of an identifier |
| --- | --- | --- |
| Wikidata | anything | https://www.wikidata.org/wiki/Q42 |
| GeoNames | places | https://sws.geonames.org/2643743/ (its linked-data address) |
| ISO 3166 | countries | https://www.iso.org/obp/ui/#iso:code:3166:NO (ISO 3166-1, two letters) |
| VIAF | names | https://viaf.org/viaf/102333412 |
| ISNI | names | https://isni.org/isni/0000000121032683 (ISO 27729; the last character is a check, ISO/IEC 7064 MOD 11-2) |
| ORCID | people | https://orcid.org/0000-0002-1825-0097 (a part of ISNI's numbers, in groups of four) |
| ROR | organizations | https://ror.org/01ggx4157 (the last two digits are a check, ISO/IEC 7064 MOD 97-10) |
| GND | anything | https://d-nb.info/gnd/118540238 |
| LCNAF, LCSH | anything | https://id.loc.gov/authorities/names/n79021164, …/subjects/sh85061212 |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import Struct

from onrecord.model import Kind


class Identifier(NamedTuple):
    """Something at an authority: the authority's name, what it calls the thing, and the address of that."""

    authority: str
    name: str
    address: str


class _Authority(Struct, frozen=True):
    """An authority: the hosts of its addresses; what an identifier is, found in any address of it or written alone behind the authority's
    name; its one address; for which kinds of terms; whether its check is right; how it is shown."""

    name: str
    hosts: tuple[str, ...]
    pattern: re.Pattern[str]
    address: str
    kinds: tuple[Kind, ...] = ("topic", "place", "name")
    is_checked: Callable[[str], bool] = lambda _: True
    form: Callable[[str], str] = str


def _eleven_two(text: str) -> bool:
    """Whether the last character of digits is right by ISO/IEC 7064 MOD 11-2."""
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


_ROR_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def _ninety_seven_ten(text: str) -> bool:
    """Whether the last two digits of a ROR identifier are right: the number that its first seven characters are in Crockford's base 32,
    with these two behind it, leaves 1 when divided by 97 (ISO/IEC 7064 MOD 97-10)."""
    number = 0
    for letter in text[:-2]:
        number = number * 32 + _ROR_LETTERS.index(letter)
    return (number * 100 + int(text[-2:])) % 97 == 1


_AUTHORITIES = (
    _Authority(
        "Wikidata",
        ("wikidata.org",),
        re.compile(r"\b(Q[1-9][0-9]{0,11})\b", re.I | re.A),
        "https://www.wikidata.org/wiki/{}",
        form=str.upper,
    ),
    _Authority(
        "GeoNames",
        ("geonames.org",),
        re.compile(r"(?:/|^|:)([1-9][0-9]{0,9})(?![0-9.])"),
        "https://sws.geonames.org/{}/",
        ("place",),
    ),
    _Authority(
        "ISO 3166",
        ("iso.org",),
        re.compile(r"(?:3166:|^)([A-Z]{2})$", re.I | re.A),
        "https://www.iso.org/obp/ui/#iso:code:3166:{}",
        ("place",),
        form=str.upper,
    ),
    _Authority(
        "VIAF",
        ("viaf.org",),
        re.compile(r"(?:/viaf/|^|:)([1-9][0-9]{1,21})(?![0-9])"),
        "https://viaf.org/viaf/{}",
        ("place", "name"),
    ),
    _Authority(
        "ISNI",
        ("isni.org",),
        re.compile(r"([0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9X])(?![0-9])", re.I | re.A),
        "https://isni.org/isni/{}",
        ("name",),
        _eleven_two,
        lambda text: re.sub("[ -]", "", text).upper(),
    ),
    _Authority(
        "ORCID",
        ("orcid.org",),
        re.compile(r"([0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X])(?![0-9])", re.I | re.A),
        "https://orcid.org/{}",
        ("name",),
        _eleven_two,
        lambda text: "-".join(re.findall("....", text.replace("-", "").upper())),
    ),
    _Authority(
        "ROR",
        ("ror.org",),
        re.compile(r"\b(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})\b", re.I | re.A),
        "https://ror.org/{}",
        ("name",),
        _ninety_seven_ten,
        str.lower,
    ),
    _Authority(
        "GND",
        ("d-nb.info",),
        re.compile(r"(?:/gnd/|^|:)([0-9]{1,10}(?:-[0-9])?[0-9X]?)(?![0-9])"),
        "https://d-nb.info/gnd/{}",
    ),
    _Authority(
        "LCNAF", ("id.loc.gov",), re.compile(r"\b(n[a-z]{0,2}[0-9]{8,10})\b"), "https://id.loc.gov/authorities/names/{}"
    ),
    _Authority(
        "LCSH", ("id.loc.gov",), re.compile(r"\b(sh[0-9]{8,10})\b"), "https://id.loc.gov/authorities/subjects/{}"
    ),
)
KNOWN: Mapping[str, str] = {
    "Wikidata": "https://www.wikidata.org/wiki/Q…",
    "GeoNames": "https://sws.geonames.org/…/",
    "ISO 3166": "https://www.iso.org/obp/ui/#iso:code:3166:…",
    "VIAF": "https://viaf.org/viaf/…",
    "ISNI": "https://isni.org/isni/…",
    "ORCID": "https://orcid.org/…",
    "ROR": "https://ror.org/…",
    "GND": "https://d-nb.info/gnd/…",
    "LCNAF": "https://id.loc.gov/authorities/names/…",
    "LCSH": "https://id.loc.gov/authorities/subjects/…",
}
"""The authorities that are known, each with the form of its addresses."""
_HOST = re.compile(r"https?://(?:[^/\s@]*@)?([^/:\s?#]+)", re.IGNORECASE)
_NAMED = re.compile(r"([a-z]+(?: ?3166)?)(?:\s*+:|\s)\s*+(\S.*)", re.IGNORECASE)
_ALONE = re.compile(r"Q[1-9][0-9]*", re.IGNORECASE)
_OF_KIND = {"topic": "topics", "place": "places", "name": "names"}
LONGEST = 200


def identifier(address: str) -> Identifier | None:
    """What an address of the one form identifies; None for any other text."""
    for authority in _AUTHORITIES:
        before, _, after = authority.address.partition("{}")
        if address.startswith(before) and address.endswith(after):
            name = address[len(before) : len(address) - len(after)]
            found = authority.pattern.fullmatch(name)
            if found and authority.form(found[1]) == name and authority.is_checked(name):
                return Identifier(authority.name, name, address)
    return None


def fault(kind: Kind, text: str) -> str:
    """What is wrong with an entry of `same_as`, in whole sentences, with the right form where there is one; empty where it is right."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    right = identifier(text)
    if right is None:
        message, corrected = _mended(text)
        if message:
            return f"“{shown}” {message}"
        if corrected is None:
            known = ", ".join(f"{name} ({form})" for name, form in KNOWN.items())
            return f"“{shown}” is not an address of an authority that is known here. Known are: {known}."
        return f"“{shown}” is not written as {corrected.authority} writes it. Write {corrected.address}"
    authority = next(one for one in _AUTHORITIES if one.name == right.authority)
    if kind not in authority.kinds:
        kinds = " and ".join(_OF_KIND[one] for one in authority.kinds)
        return f"“{shown}” is of {right.authority}, which belongs to {kinds} only. Take it out."
    return ""


def _mended(text: str) -> tuple[str, Identifier | None]:
    """What is meant by a text that is not of the one form: a message where that cannot be right, else the Identifier, or None."""
    if len(text) > LONGEST:
        return "", None
    host = _HOST.match(text.strip())
    named = _NAMED.fullmatch(text.strip())
    for authority in _AUTHORITIES:
        if host:
            of = any(host[1].lower() == own or host[1].lower().endswith(f".{own}") for own in authority.hosts)
            rest = text.strip()[host.end() :] if of else ""
        else:
            of = named is not None and named[1].lower() == authority.name.lower()
            rest = named[2].strip() if of and named else ""
            if authority.name == "Wikidata" and _ALONE.fullmatch(text.strip()):
                of, rest = True, text.strip()
        if not of:
            continue
        found = authority.pattern.search(rest)
        if not found:
            if authority.name in ("LCNAF", "LCSH") and host:
                continue
            return f"has no identifier of {authority.name} in it. Write {KNOWN[authority.name]}", None
        name = authority.form(found[1])
        if not authority.is_checked(name):
            return (
                f"cannot be right: the check at the end of “{name}” is not that of {authority.name}. Look it up again.",
                None,
            )
        return "", Identifier(authority.name, name, authority.address.format(name))
    return "", None
