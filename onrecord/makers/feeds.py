"""Feeds: Atom (RFC 4287), JSON Feed 1.1, and the list of all of them (OPML 2.0)."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from onrecord import corrected, routes
from onrecord.corrected import CorrectedEntry
from onrecord.dates import checked
from onrecord.json_text import compact
from onrecord.makers.xml import attribute, text
from onrecord.model import Card, Correction, Kind, Listed, Settings, Text
from onrecord.reader import FOLDERS, GROUPS, UNDATED, Reader, interface_languages
from onrecord.slugs import slug
from onrecord.writing import chosen

MOST_ENTRIES = 50
"""Of the feeds of the whole archive."""
MOST_OF_LIST = 15
"""Of the feed of one list. A release stands in ten of them, and whoever reads a feed has seen the older ones."""
MOST_CATEGORIES = 20
"""Topics that stand in an entry: all of a release's topics in the feed of each of them would be their square. The release's page, to which
the entry links, has all."""
# The characters that XML 1.0 (section 2.2, Char) leaves out. As all but those that it has, Python would read them fifteen times as long.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ArchiveFeed(Struct, frozen=True):
    """`feed.atom`: the releases that came last, at most MOST_ENTRIES: old documents that are added now among them. Those of which that is
    not known stand behind, the newest first. Each edition has its own (`ar/feed.atom`), which leads to its pages."""

    name: str = "feed"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each edition."""
        main, *others = interface_languages(ask.settings())
        yield routes.FEED, ()
        for language in others:
            yield routes.prefix(language, main) + routes.FEED, (language,)

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The feed of the main edition, or of that in the language that is given."""
        main = interface_languages(ask.settings())[0]
        language = subject[0] if subject else ask.settings().language
        prefix = routes.prefix(language, main) if subject else ""
        title = ask.settings().in_language(language).title
        return _feed(
            ask, title, prefix + routes.FEED, prefix + routes.HOME, _newest(ask), language=language, prefix=prefix
        )


class ListFeed(Struct, frozen=True):
    """`topics/SLUG.atom`, and so for places, names, publishers and years (`dates/2012.atom`): the newest releases of a page, at most
    MOST_OF_LIST."""

    name: str = "list-feed"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each list that a release stands in."""
        for subject in _lists(ask):
            yield routes.list_file(_page(*subject), "atom"), subject

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The feed of a list."""
        folder, name = subject
        page = _page(folder, name)
        title = f"{_label(ask, folder, name)}: {ask.settings().title}"
        of_date = folder == _DATES
        cards = ask.standing_newest(name, MOST_OF_LIST) if of_date else ask.group_newest(folder, name, MOST_OF_LIST)
        return _feed(ask, title, routes.list_file(page, "atom"), page, cards, steady=True)


_DATES = "dates"
_KINDS: Mapping[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}


def _lists(ask: Reader) -> Iterator[tuple[str, str]]:
    """Every list that has a feed, as (folder, slug); of a year its label stands for the slug."""
    for folder in GROUPS:
        for name, count in ask.group_counts(folder):
            if count:
                yield folder, name
    for label in ask.standing_years():
        yield _DATES, label


def _page(folder: str, name: str) -> str:
    return routes.period(name) if folder == _DATES else routes.group(folder, name)


def _label(ask: Reader, folder: str, name: str) -> str:
    """What a list is called, in the archive's language; a year as people write it."""
    if folder == _DATES:
        return "Year not stated" if name == UNDATED else _year(int(name))
    kind = _KINDS.get(folder)
    return ask.label(kind, name).label if kind else ask.publisher_label(name)


def _year(year: int) -> str:
    """A year in words: "45 BCE" for -44 of ISO 8601, which counts a year 0."""
    if abs(year) > 9999:
        return checked(f"Y{year}").in_words()
    return checked(f"-{-year:04}" if year < 0 else f"{year:04}").in_words()


class CorrectionsFeed(Struct, frozen=True):
    """`corrections.atom`: what was corrected or withdrawn last."""

    name: str = "corrections-feed"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one feed."""
        yield routes.CORRECTIONS_FEED, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The feed."""
        settings = ask.settings()
        entries = ask.corrected_newest()
        days = [_day_of(entry.date) for entry in entries]
        last = max([f"{ask.built() or '1970-01-01'}T00:00:00Z", *(f"{day}T00:00:00Z" for day in days if day)])
        rows = _head(settings, f"Corrections: {settings.title}", routes.CORRECTIONS_FEED, routes.CORRECTIONS, last)
        for entry in entries:
            listed = ask.card(entry.slug)
            if listed is not None:
                text_of = ask.text(entry.slug) if isinstance(listed, Card) else None
                rows += _correction(settings, listed, text_of, entry, last)
        return ("\n".join(rows) + "\n</feed>\n").encode()


def _correction(
    settings: Settings, listed: Listed, text_of: Text | None, entry: CorrectedEntry, last: str
) -> Iterator[str]:
    """An entry of the feed of corrections. Where its day is not known it carries the feed's own (RFC 4287 section 4.2.15 asks for one)."""
    path = routes.release(listed.slug)
    day = _day_of(entry.date)
    yield "<entry>"
    yield f"<title>{_text(f'{entry.kind.capitalize()}: {listed.title}')}</title>"
    yield f"<id>{_text(f'{_id(settings, path)}#{entry.anchor}')}</id>"
    yield f"<updated>{f'{day}T00:00:00Z' if day else last}</updated>"
    address = f"{_address(settings.base_url, '', path)}#{entry.anchor}"
    yield f'<link rel="alternate" type="text/html" href={attribute(address)}/>'
    summary = _corrected_words(entry, *corrected.words(entry, listed, text_of))
    yield f"<summary xml:lang={attribute(settings.language)}>{_text(summary)}</summary>"
    yield "</entry>"


def _corrected_words(entry: CorrectedEntry, correction: Correction | None, reason: str) -> str:
    """What was corrected, when and why, in words."""
    date = checked(entry.date).in_words() if entry.date else "day not known"
    start = f"{date[:1].upper()}{date[1:]}:"
    if correction is None:
        return f"{start} {entry.kind}. {reason}".strip()
    change = f"changed from “{correction.was}” to “{correction.now}”"
    if not correction.now:
        change = f"“{correction.was}” taken out"
    elif not correction.was:
        change = f"now “{correction.now}”"
    found = f" Found by: {correction.found_by}" if correction.found_by else ""
    return f"{start} {correction.field}: {change}.{found}"


def _day_of(edtf: str) -> str:
    """The very day of an EDTF date (ISO 8601), or empty where it states less."""
    exact = checked(edtf).exact if edtf else ""
    return exact if len(exact) == 10 else ""


def _newest(ask: Reader) -> list[Card]:
    """The releases that came into the archive last; behind them, where there is room, others."""
    added = ask.last_added(MOST_ENTRIES)
    known = {card.slug for card in added}
    others = [card for card in ask.newest(MOST_ENTRIES, True) if isinstance(card, Card) and card.slug not in known]
    return [*added, *others][:MOST_ENTRIES]


def _feed(
    ask: Reader,
    title: str,
    path: str,
    page: str,
    cards: Sequence[Card],
    *,
    steady: bool = False,
    language: str = "",
    prefix: str = "",
) -> bytes:
    """A feed, newest first. `language` is that of the edition whose pages it leads to, which are below `prefix`; empty for the main one.

    An Atom entry must say when it was last changed (RFC 4287 section 4.2.15). Where that is not known it carries the day the release was
    published if that is a day, and else the feed's own. When it was published is in words in the summary: `published`, which an entry need
    not have, takes an hour as well (section 3.3), and no source says it. The feed itself is as new as the build;
    one of many (`steady`) as its entries, where of each it is known when it was changed, so that a build leaves it as it is.
    """
    settings = ask.settings()
    changes = {card.slug: _changed(ask, card) for card in cards}
    moments = [changes[card.slug] or f"{_day(card) or '1970-01-01'}T00:00:00Z" for card in cards]
    if not (steady and all(changes.values())):
        moments.append(f"{ask.built() or '1970-01-01'}T00:00:00Z")
    last = max(moments)
    up = "../" * path.count("/")
    rows = _head(settings, title, path, page, last, language)
    for card in cards:
        rows += _entry(ask, settings, card, up, changes[card.slug], last, language, prefix)
    return ("\n".join(rows) + "\n</feed>\n").encode()


def _head(settings: Settings, title: str, path: str, page: str, last: str, language: str = "") -> list[str]:
    """The lines of a feed before its entries; the archive speaks in them in `language`, where it does."""
    base, own = settings.base_url, settings.in_language(language or settings.language)
    spoken = settings.language_of("title", language) if language else settings.language
    up = "../" * path.count("/")
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(spoken)}>',
        f"<title>{_text(title)}</title>",
        f"<id>{_text(_id(settings, path))}</id>",
        f"<updated>{last}</updated>",
        f'<link rel="alternate" type="text/html" href={attribute(_address(base, up, page))}/>',
    ]
    if base:
        rows.append(f'<link rel="self" type="application/atom+xml" href={attribute(_address(base, up, path))}/>')
    rows.append(f"<author><name>{_text(own.publisher or own.title)}</name></author>")
    if own.rights:
        rows.append(f"<rights>{_text(own.rights)}</rights>")
    return rows


def _changed(ask: Reader, card: Card) -> str:
    """When a record was last changed, or came: what it says itself goes before what git knows. Empty where nobody knows."""
    days = [f"{day}T00:00:00Z" for day in (card.changed, card.added) if day]
    return max(days) if days else ask.moment(card.path)


def _day(card: Card) -> str:
    """The very day of publication (ISO 8601), or empty where the source states less, or is not sure."""
    exact = card.date.exact
    return exact if len(exact) == 10 else ""


def _entry(
    ask: Reader, settings: Settings, card: Card, up: str, changed: str, last: str, language: str, prefix: str
) -> Iterator[str]:
    path = routes.release(card.slug)
    day = _day(card)
    yield "<entry>"
    yield f"<title>{_text(card.title)}</title>"
    yield f"<id>{_text(_id(settings, path))}</id>"
    yield f"<updated>{changed or (f'{day}T00:00:00Z' if day else last)}</updated>"
    yield f'<link rel="alternate" type="text/html" href={attribute(_address(settings.base_url, up, prefix + path))}/>'
    for related in _related(ask, card):
        address = _address(settings.base_url, up, prefix + routes.release(related.slug))
        of_language = f" hreflang={attribute(related.language)}" if related.language != "und" else ""
        yield f'<link rel="related" type="text/html"{of_language} href={attribute(address)}/>'
    # An abstract is the archive's own work, so the feed's own author is the entry's too (RFC 4287 section 4.2.1).
    if card.publisher and card.extent != "abstract":
        yield f"<author><name>{_text(card.publisher)}</name></author>"
    for topic in card.topics[:MOST_CATEGORIES]:
        label = ask.label("topic", topic)
        called = chosen(label.translations, language)[1] if language not in ("", settings.language) else ""
        yield f"<category term={attribute(topic)} label={attribute(_clean(called or label.label))}/>"
    rights = ask.rights(card.slug)
    if rights:
        yield f"<rights>{_text(rights)}</rights>"
    yield f"<summary xml:lang={attribute(card.language)}>{_text(_summary(ask, card))}</summary>"
    yield "</entry>"


def _related(ask: Reader, card: Card) -> Iterator[Card]:
    """The releases that stand and that an entry is related to (RFC 4287 section 4.2.7.2): translations, corrections, what is before and
    behind it in a series."""
    relations = ask.relations(card.slug)
    slugs = (
        *relations.translations, *relations.corrects, *relations.corrected_by, *relations.follows, *relations.followed_by
    )  # fmt: skip
    for related in dict.fromkeys(slugs):
        other = ask.card(related)
        if isinstance(other, Card):
            yield other


def _summary(ask: Reader, card: Card) -> str:
    """What is known of the date, and the first paragraph."""
    date_text = card.date.in_words()
    whose = " Summary by the archive:" if card.extent == "abstract" else ""
    return f"{date_text[:1].upper()}{date_text[1:]}.{whose} {ask.opening(card.slug)}".strip()


def _id(settings: Settings, path: str) -> str:
    """An address where the archive has one, else a tag that stays the same as long as its title does (RFC 4151; the domain is one that
    is reserved for names that lead nowhere, RFC 6761)."""
    base = settings.base_url
    own = urllib.parse.quote(slug(settings.title))
    return _address(base, "", path) if base else f"tag:onrecord.invalid,2000:{own}/{urllib.parse.quote(path)}"


def _address(base: str, up: str, path: str) -> str:
    return (base or up) + urllib.parse.quote(path)


def _clean(text: str) -> str:
    """Text without the characters that XML 1.0 forbids (section 2.2)."""
    return _NOT_XML.sub("", text)


def _text(value: str) -> str:
    return text(_clean(value))


# ---- the same for other readers of feeds ------------------------------------------------------------------------------------------


class JsonFeed(Struct, frozen=True):
    """`feed.json`: the releases of `feed.atom` as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    name: str = "json-feed"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one feed."""
        yield routes.FEED_JSON, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The feed. What is not known has no key: no moment of change is made up, and none of publication, of which a source says the
        day and not the hour that `date_published` asks for (RFC 3339)."""
        settings = ask.settings()
        base = settings.base_url
        feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": settings.title}
        if base:
            feed |= {"home_page_url": _address(base, "", routes.HOME), "feed_url": _address(base, "", routes.FEED_JSON)}
        if settings.scope:
            feed["description"] = settings.scope
        feed |= {"language": settings.language, "authors": [{"name": settings.publisher or settings.title}]}
        feed["items"] = [_item(ask, settings, card) for card in _newest(ask)]
        return compact(feed) + b"\n"


def _item(ask: Reader, settings: Settings, card: Card) -> dict[str, Any]:
    path, changed = routes.release(card.slug), _changed(ask, card)
    item: dict[str, Any] = {
        "id": _id(settings, path),
        "url": _address(settings.base_url, "", path),
        "title": card.title,
        "content_text": _summary(ask, card),
    }
    if changed:
        item["date_modified"] = changed
    if card.publisher and card.extent != "abstract":
        item["authors"] = [{"name": card.publisher}]
    tags = [ask.label("topic", topic).label for topic in card.topics[:MOST_CATEGORIES]]
    return item | ({"tags": tags} if tags else {}) | {"language": card.language}


class FeedList(Struct, frozen=True):
    """`feeds.opml`: every Atom feed of the site (OPML 2.0, http://opml.org/spec2.opml), for whoever follows several."""

    name: str = "feeds"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one file."""
        yield routes.FEEDS, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The list: the whole archive, its corrections, then a group of feeds for each kind of list."""
        settings = ask.settings()

        def outline(label: str, feed: str, page: str) -> str:
            words, base = attribute(_clean(label)), settings.base_url
            addresses = f"xmlUrl={attribute(_address(base, '', feed))} htmlUrl={attribute(_address(base, '', page))}"
            return f'<outline type="rss" text={words} title={words} {addresses}/>'

        rows = [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<opml version="2.0">',
            "<head>",
            f"<title>{_text(f'Feeds: {settings.title}')}</title>",
        ]
        rows += [f"<ownerName>{_text(settings.publisher)}</ownerName>"] if settings.publisher else []
        rows += ["</head>", "<body>", outline(settings.title, routes.FEED, routes.HOME)]
        rows.append(outline(f"Corrections: {settings.title}", routes.CORRECTIONS_FEED, routes.CORRECTIONS))
        labels = {(folder, term.slug): term.label for kind, folder in FOLDERS.items() for term in ask.terms(kind)}
        within = ""
        for folder, name in _lists(ask):
            if folder != within:
                rows += ["</outline>"] if within else []
                rows.append(f"<outline text={attribute(folder.capitalize())}>")
                within = folder
            page = _page(folder, name)
            label = labels.get((folder, name)) or _label(ask, folder, name)
            rows.append(outline(label, routes.list_file(page, "atom"), page))
        rows += ["</outline>"] if within else []
        return ("\n".join([*rows, "</body>", "</opml>"]) + "\n").encode()


MAKERS = (ArchiveFeed(), ListFeed(), CorrectionsFeed(), JsonFeed(), FeedList())
