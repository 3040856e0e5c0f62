"""What the archive counts → SearchView: what templates/parts/search.html receives, and the strings its script shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from onrecord import languages, schema
from onrecord.cited_kinds import cited_as
from onrecord.reader import FacetCounts, Reader
from onrecord.search.entries import FACETS, NOT_STATED, SearchEntry
from onrecord.search.shard_plan import primary
from onrecord.writing import chosen, direction

PRINTED = 30

# Every word the search page and its scripts show. {n} and {all} are numbers, {word} and {other} are words of a query.
STRINGS: Mapping[str, str] = {
    "heading": "Search",
    "label": "Words, a name, a place, a reference",
    "button": "Search",
    "hint": "“Quotation marks” find an exact phrase. References are found with or without slashes and spaces.",
    "shortcuts": "/ to search, ↓ ↑ to move, Esc to clear",
    "guide": "How to search",
    "example_words": "water hospital",
    "example_phrase": '"clean water"',
    "example_minus": "water -oil",
    "example_or": "water OR oil",
    "example_fields": 'title:water place:"New York"',
    "guide_words": "Releases with all of these words come first, in any form and spelling; then those with most of them.",
    "guide_phrase": "These words exactly, one after the other.",
    "guide_minus": "Leaves out releases that have the word after the sign.",
    "guide_or": "Finds releases with either of the two words.",
    "guide_fields": "Searches there only: “title:”, “reference:”, “topic:”, “place:”, “name:”, “speaker:” or "
    "“publisher:”, with a word or a "
    "phrase in quotation marks.",
    "guide_date": "A day or a month: the releases of that date come first.",
    "guide_private": "What you type stays in this browser: it is kept after “#” in the address, which is sent to no server. Your "
    "browser’s history keeps it. Whoever runs the server can see which pages and which parts of the index are fetched.",
    "narrow": "Narrow down",
    "topic": "Topic",
    "place": "Place",
    "name": "Name",
    "speaker": "Said by",
    "publisher": "Publisher",
    "kind": "Kind of document",
    "date": "Date",
    "year": "Year",
    "month": "Month",
    "day": "Day",
    "language": "Language",
    "from": "From",
    "to": "To",
    "any_year": "Any year",
    "any_month": "Any month",
    "any_day": "Any day",
    "undated": "Year not stated",
    "undated_too": "Releases whose year is not stated",
    "not_stated": "Not stated",
    "show_all": "Show all {n}",
    "find_in": "Find in this list",
    "places_within": "A place also finds the releases that name only places within it.",
    "sort": "Sort by",
    "relevance": "Relevance",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "results": "Results",
    "chosen": "Chosen filters",
    "remove": "Remove filter {word}",
    "remove_all": "Remove all filters",
    "count_one": "{n} release",
    "count_other": "{n} releases",
    "none": "No release found",
    "searching": "Searching …",
    "short": "Type three letters or more, or press Enter.",
    "more": "Show more",
    "listed": "{shown} of {whole} are listed here.",
    "terms": "Pages of the archive",
    "term": "{kind}, {releases}",
    "kind_topic": "topic",
    "kind_place": "place",
    "kind_name": "name",
    "kind_speaker": "speaker",
    "kind_publisher": "publisher",
    "why_title": "matches the title",
    "why_reference": "matches the reference",
    "why_date": "matches the date",
    "why_text": "has this text, nearly word for word",
    "lacks": "Without: {word}",
    "divider": "These lack some of the words",
    "unquoted": "No release has this exact phrase. Shown are releases that have its words.",
    "instead": "No release has “{word}”. Shown are releases with “{other}”.",
    "near": "Did you mean “{other}”?",
    "without": "No release has “{word}”. Shown are releases with the other words.",
    "unknown": "No release has “{word}”.",
    "some": "No release has all of these words. Shown are releases with most of them.",
    "date_first": "Releases of this date come first: {word}.",
    "exchanged": "The range ended before it began. Its two dates were exchanged.",
    "unread": "“{word}” was left out, because it is not a year, a month or a day. Write for example: 2012, 2012-02, 2012-02-08.",
    "unsearchable": "Words in this script cannot be searched yet: {word}. The indexes show every release.",
    "not_searched": "Not searched",
    "ignored": "“{word}” was left out.",
    "ignored_operator": "“{word}” has no special meaning to the search in this place.",
    "ignored_empty": "“{word}” was left out: a word must follow it without a blank.",
    "ignored_field": "Nothing here has the name “{word}”. Its words were searched for in the whole text.",
    "ignored_quote": "A quotation mark does not close ({word}): what follows it was searched as single words.",
    "ignored_long": "Only the first 60 words were searched.",
    "ignored_sign": "“{word}” was left out: it has no letter and no digit.",
    "help": "What may help: fewer or other words; another spelling; fewer filters; the indexes by topic, date, place and name.",
    "failed": "The search could not be loaded. The indexes by topic, date, place and name still work.",
    "retry": "Try again",
    "save": "Save all results:",
    "cancel": "Cancel",
    "saving": "{n} of {all} …",
    "saved": "Saved: {n}",
    "saved_name": "releases",
    "save_stopped": "Nothing was saved.",
    "save_failed": "The results could not be saved: a file could not be loaded. Try again.",
    "cited_date": "Date",
    "withdrawn": "Withdrawn",
    "corrected": "Corrected",
    "abstract": "Abstract",
    "excerpt": "Excerpt",
    "no_script": "Searching needs JavaScript, which is switched off here. Nothing that is typed is sent. Everything can be found by the "
    "indexes as well.",
    "by_topic": "Topics",
    "by_date": "Dates",
    "by_place": "Places",
    "by_name": "Names",
    "by_publisher": "Publishers",
    "by_reference": "References",
}
_SCRIPTED = (
    "remove", "remove_all", "count_one", "count_other", "none", "searching", "short", "listed",
    "term", "kind_topic", "kind_place", "kind_name", "kind_speaker", "kind_publisher",
    "why_title", "why_reference", "why_date", "why_text", "lacks",
    "unquoted", "instead", "near", "without", "unknown", "some", "date_first", "exchanged", "unread", "unsearchable", "not_searched",
    "ignored", "ignored_operator", "ignored_empty", "ignored_field", "ignored_quote", "ignored_long", "ignored_sign",
    "failed", "retry", "saving", "saved", "saved_name", "save_stopped", "save_failed", "cited_date",
    "withdrawn", "corrected", "abstract", "excerpt", "undated", "not_stated", "show_all", "find_in", "from", "to",
)  # fmt: skip


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet: as the address has it, as the reader sees it, how many releases have it, and that number in words."""

    value: str
    label: str
    count: int
    count_text: str


class Facet(msgspec.Struct, frozen=True):
    """One facet: its name in the address, its heading, a sentence on what a choice finds (or empty), its most frequent values, and how many
    values it has in all."""

    name: str
    heading: str
    note: str
    values: tuple[FacetValue, ...]
    total: int


class SearchView(msgspec.Struct, frozen=True):
    """What templates/parts/search.html receives.

    `facets` are those with at least two values, or one that not all releases have; `years` are the years with releases, newest first;
    `undated` counts the releases whose year is not stated; `total` counts the releases; `strings` is every text shown; `example_date`
    a day as the edition writes it, with its country's month and its digits, for so it is found; `script` is what
    the page's script is given, for `|tojson`.
    """

    facets: tuple[Facet, ...]
    years: tuple[FacetValue, ...]
    undated: int
    total: int
    strings: Mapping[str, str]
    example_date: str
    script: Mapping[str, Any]


def search_view(ask: Reader, translate: Callable[[str], str] = str, language: str = "") -> SearchView:
    """The view of the search page of an archive.

    `translate` gives the interface's words for the English ones of STRINGS; `language` is the interface's, the archive's own if empty.
    """
    own = ask.result_languages()[0]
    return _view(ask.facets(), language or ask.settings().language, own, translate, ask.has_inner_places())


def view_of(releases: Iterable[SearchEntry], language: str = "en", translate: Callable[[str], str] = str) -> SearchView:
    """The view of the search page over these entries, in an interface of this language."""
    counts: dict[str, Counter[str]] = {}
    labels: dict[tuple[str, str], str] = {}
    total = 0
    for entry in releases:
        total += 1
        for facet, value, label in entry.filters:
            counts.setdefault(facet, Counter())[value] += 1
            labels.setdefault((facet, value), label)
    facets = (
        (facet, tuple((value, labels[facet, value], count, ()) for value, count in sorted(of_facet.items())))
        for facet, of_facet in counts.items()
    )
    return _view((total, tuple(facets)), language, language, translate)


def _view(
    counts: FacetCounts, language: str, own: str, translate: Callable[[str], str], nested: bool = False
) -> SearchView:
    total, facets = counts
    of_facet = {facet: {value: count for value, _, count, _ in values} for facet, values in facets}
    labels: dict[str, dict[str, str]] = {}
    translated: dict[str, dict[str, str]] = {}
    for facet, values in facets:
        labels[facet] = {}
        for value, label, _, translations in values:
            of_language = chosen(translations, language)[1]
            if of_language:
                translated.setdefault(facet, {})[value] = of_language
            labels[facet][value] = of_language or _label(facet, value, label, language, translate)
    strings = {key: translate(text) for key, text in STRINGS.items()}
    described = (
        _facet(facet, of_facet.get(facet, {}), labels.get(facet, {}), strings, language, nested and facet == "place")
        for facet in FACETS
        if facet != "year"
    )
    of_year = of_facet.get("year", {})
    return SearchView(
        facets=tuple(
            facet for facet in described if facet.total > 1 or any(value.count < total for value in facet.values)
        ),
        years=tuple(
            _value(year, languages.digits(year, language), of_year[year], language)
            for year in sorted(of_year, reverse=True)
            if year != NOT_STATED
        ),
        undated=of_year.get(NOT_STATED, 0),
        total=total,
        strings=strings,
        example_date=languages.day_words("2012-02-08", language),
        script={
            "language": language,
            "locale": languages.browser_locale(language),
            "rtl": _right_to_left(of_facet.get("language", {}), own),
            "strings": {key: strings[key] for key in _SCRIPTED} | {"between": languages.between(language)},
            # The labels of all other values are those of the index, which are in the archive's language.
            "labels": {facet: labels.get(facet, {}) for facet in ("kind", "language")}
            | dict(sorted(translated.items())),
            # What a release of a kind is in files for reference managers: BibTeX's type and RIS's.
            "cited": {kind: cited_as(kind)[:2] for kind in ("", *schema.KINDS)},
        },
    )


def _right_to_left(tags: Iterable[str], own: str) -> list[str]:
    """The languages of results that are written from right to left, sorted: of the releases' `tags`, and the primary subtag of the
    archive's `own`, in which abstracts are written and indexed."""
    tags = [tag for tag in tags if direction(tag) == "rtl"]
    return sorted({*tags, *([primary(own)] if direction(own) == "rtl" else [])})


def _facet(
    name: str,
    counts: Mapping[str, int],
    labels: Mapping[str, str],
    strings: Mapping[str, str],
    language: str,
    nested: bool,
) -> Facet:
    ranked = sorted(counts, key=lambda value: (-counts[value], labels[value].casefold(), value))
    values = tuple(_value(value, labels[value], counts[value], language) for value in ranked[:PRINTED])
    return Facet(name, strings[name], strings["places_within"] if nested else "", values, len(ranked))


def _value(value: str, label: str, count: int, language: str) -> FacetValue:
    return FacetValue(value, label, count, languages.number(count, language))


def _label(facet: str, value: str, label: str, language: str, translate: Callable[[str], str]) -> str:
    if value == NOT_STATED:
        return translate(STRINGS["not_stated"])
    if facet == "language":
        return languages.name(value, language)
    if facet == "kind":
        return translate(label)[:1].upper() + translate(label)[1:]
    return label or value
