"""What a speaker is quoted with, in parts by decade, year and month, and all that is quoted, by year and month, each on its own page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from onrecord.division import Key, Unit, decade, labels, number
from onrecord.model import Card

LIMIT = 100
"""The most quotations on one page; they are longer than titles."""

INDEX_LIMIT = 200
"""The most on a page of the index of quotations, which can be narrowed by speaker, place and topic."""

INDEX_NEWEST = 20
"""How many of the newest a page of the index shows when all of its quotations stand on pages of their own."""

NEWEST = 10
"""How many of the newest quotations a page shows when all of them stand on pages of their own."""

Quoted = tuple[Card, int]
"""A release that quotes, and the place of the quotation among its quotations."""


class SpeakerPart(Struct, frozen=True):
    """What a speaker, or anybody, is quoted with, whole or a part of it: the stem of its page ("" for the whole), the decade (EDTF), year
    or month it is about (empty for the whole, and for releases that do not state their year), how many quotations, those that are shown,
    and each part that has a page of its own as (decade, year or month, stem, number of quotations). `up` is the stem of the page above."""

    stem: str
    period: str
    count: int
    quotations: tuple[Quoted, ...]
    parts: tuple[tuple[str, str, int], ...] = ()
    up: str = ""


def divided(quotations: Sequence[Quoted]) -> tuple[SpeakerPart, ...]:
    """The whole, and behind it every part that needs a page of its own."""
    if len(quotations) <= LIMIT:
        return (SpeakerPart("", "", len(quotations), tuple(quotations)),)
    parts: list[SpeakerPart] = []
    for years, of_years in _by(quotations, "decade"):
        if len(of_years) <= LIMIT or not years:
            parts.append(SpeakerPart(Key(years).stem if years else "no-year", years, len(of_years), of_years))
            continue
        for year, of_year in _by(of_years, "year", years):
            if len(of_year) <= LIMIT:
                parts.append(SpeakerPart(year, year, len(of_year), of_year))
                continue
            for month, of_month in _by(of_year, "month", year):
                parts.append(SpeakerPart(month or f"{year}-no-month", month or year, len(of_month), of_month))
    smaller = tuple((part.period, part.stem, part.count) for part in parts)
    return (SpeakerPart("", "", len(quotations), tuple(quotations[:NEWEST]), smaller), *parts)


def indexed(quotations: Sequence[Quoted]) -> tuple[SpeakerPart, ...]:
    """All quotations, and behind them each year and each month that needs a page of its own. A year of many leads to its months; what one
    month has, or states no year, stands on one page however much it is."""
    if len(quotations) <= INDEX_LIMIT:
        return (SpeakerPart("", "", len(quotations), tuple(quotations)),)
    years: list[tuple[str, str, int]] = []
    parts: list[SpeakerPart] = []
    for year, of_year in _by(quotations, "year"):
        stem = year or "no-year"
        years.append((year, stem, len(of_year)))
        if len(of_year) <= INDEX_LIMIT or not year:
            parts.append(SpeakerPart(stem, year, len(of_year), of_year))
            continue
        months = [
            SpeakerPart(month or f"{year}-no-month", month or year, len(of_month), of_month, up=stem)
            for month, of_month in _by(of_year, "month", year)
        ]
        smaller = tuple((part.period, part.stem, part.count) for part in months)
        parts += [SpeakerPart(stem, year, len(of_year), of_year[:INDEX_NEWEST], smaller), *months]
    return (SpeakerPart("", "", len(quotations), tuple(quotations[:INDEX_NEWEST]), tuple(years)), *parts)


def _by(quotations: Sequence[Quoted], unit: Unit, within: str = "") -> list[tuple[str, tuple[Quoted, ...]]]:
    """Quotations by the decades, the years of a decade, or the months of a year that their dates are listed under, the newest first, then
    those of none ("")."""
    groups: dict[str, list[Quoted]] = {}
    within_decade = within if unit == "year" else ""
    within = "" if unit == "year" else within
    for pair in quotations:
        for period in labels(pair[0].edtf, unit, within) or ("",):
            if within_decade and decade(period) != within_decade:
                continue
            groups.setdefault(period, []).append(pair)

    def recent(period: str) -> tuple[bool, int]:
        return bool(period), number(period, within) if period else 0

    return [(period, tuple(groups[period])) for period in sorted(groups, key=recent, reverse=True)]
