"""Questions to the archive → SearchEntry: what the index knows of each release beside the words of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from onrecord import cite, languages, routes
from onrecord.model import Card, Kind, Listed
from onrecord.reader import FOLDERS, NOT_STATED, Reader, interface_languages
from onrecord.search.entry import FACETS, SearchEntry
from onrecord.search.shard_plan import primary
from onrecord.search.terms import TermPage

__all__ = [
    "FACETS", "NOT_STATED", "SearchEntry", "all_entries", "entry_of", "months", "outlines", "slug_of", "term_pages"
]  # fmt: skip


def all_entries(ask: Reader) -> tuple[SearchEntry, ...]:
    """An entry for every release of the archive, sorted by path (a total order that does not move when a release is added)."""
    return tuple(sorted((entry_of(ask, listed.slug) for listed in ask.listed()), key=lambda entry: entry.path))


def outlines(ask: Reader) -> Iterator[SearchEntry]:
    """What it takes to tell which releases are indexed together: path, language and date of every entry, and nothing else of it."""
    own = ask.result_languages()[0]
    for listed in ask.listed():
        date = listed.date
        yield SearchEntry(
            routes.release(listed.slug), _language(listed, own), "", date.sort_text, spans_years=len(date.years) > 1
        )


def slug_of(path: str) -> str:
    """The slug of the release whose page is at a path: the inverse of `routes.release`."""
    return path.removeprefix("releases/").removesuffix(".html")


def _language(listed: Listed, own: str) -> str:
    # An abstract is in the archive's words, and so in its language, whatever the language of the release.
    return listed.language if isinstance(listed, Card) and listed.extent != "abstract" else own


_KEY = re.compile("[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")


def _key(ask: Reader, slug: str) -> str:
    """The key of a release's citations, for files of results; empty where it is the slug."""
    release = None if _KEY.fullmatch(slug) else ask.release(slug)
    key = cite.key(release) if release else slug
    return "" if key == slug else key


def entry_of(ask: Reader, slug: str) -> SearchEntry:
    """The entry of a release, or of what was withdrawn: then without a word of what its text says. Raises KeyError where there is none."""
    listed = ask.card(slug)
    if listed is None:
        raise KeyError(slug)
    card = listed if isinstance(listed, Card) else None
    result_languages = ask.result_languages()
    language = _language(listed, result_languages[0])
    facts = [("subtitle", ask.subtitle(slug))] if card else []
    if listed.date.stated:
        facts += [
            ("date" if index == 0 else f"date_{result_language}", languages.date_words(listed.date, result_language))
            for index, result_language in enumerate(result_languages)
        ]
    # For machines that files of results are saved for: see export in the search page's script.
    facts += [("iso", listed.date.exact), ("publisher", listed.publisher or ""), ("kind", listed.kind)]
    if card is None:
        facts.append(("status", "withdrawn"))
    else:
        facts.append(("extent", "" if card.extent == "full" else card.extent))
        facts.append(("status", "" if card.status == "published" else card.status))
        # The index knows the primary subtag of the words' language; the whole tag tells the script, and with it the direction.
        facts.append(("key", _key(ask, slug)))
    facts.append(("language", "" if listed.language == primary(language) else listed.language))
    aliases: list[str] = []
    if card:
        for topic in card.topics:
            aliases += ask.also_called("topic", topic)
        for place in card.places:
            aliases += ask.also_called("place", place)
        for name in card.names:
            aliases += ask.also_called("name", name)
    return SearchEntry(
        path=routes.release(slug),
        language=language,
        title=listed.title,
        date=listed.date.sort_text,
        reference=listed.reference,
        facts=tuple(pair for pair in facts if pair[1]),
        filters=ask.filters(slug),
        aliases=tuple(dict.fromkeys(aliases)),
        spans_years=len(listed.date.years) > 1,
        certain_date=None if listed.date.certain == listed.date.sort_text else listed.date.certain,
    )


_KINDS: Mapping[str, Kind] = {kind: kind for kind in FOLDERS}


def term_pages(ask: Reader) -> tuple[TermPage, ...]:
    """The pages of topics, places, names, speakers and publishers, each with the number of releases that the search finds under it."""
    own = ask.settings().language
    pages = []
    for facet, values in ask.facets()[1]:
        kind = _KINDS.get(facet)
        if kind:
            for value, label, count, translations in values:
                term = ask.term(kind, value)
                aliases = term.aliases if term else ()
                labels = ((own, label), *translations)
                pages.append(TermPage(facet, routes.group(FOLDERS[kind], value), count, labels, aliases))
        elif facet == "publisher":
            pages += [
                TermPage(facet, routes.group("publishers", value), count, ((own, label),))
                for value, label, count, _ in values
                if value != NOT_STATED
            ]
        elif facet == "speaker":
            for value, label, count, translations in values:
                name = ask.speaker_label(value)[1]
                term = ask.term("name", name) if name else None
                labels = ((own, label), *translations)
                pages.append(TermPage(facet, routes.speaker(value), count, labels, term.aliases if term else ()))
    return tuple(pages)


def months(ask: Reader, release_languages: Sequence[str]) -> Mapping[str, list[list[str]]]:
    """The names of the twelve months, whole and short, as they may stand in a query: by language, of the releases and of the interface."""
    wanted = {*release_languages, *interface_languages(ask.settings())}
    return {language: names for language in sorted(wanted) if (names := languages.month_names(language))}
