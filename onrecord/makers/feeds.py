"""Atom feeds (RFC 4287) and the sitemap (sitemaps.org 0.9)."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord import corrected, routes
from onrecord.corrected import CorrectedEntry
from onrecord.dates import checked
from onrecord.makers.xml import attribute, text
from onrecord.model import Card, Correction, Listed, Settings, Text
from onrecord.reader import Reader
from onrecord.slugs import slug

MOST_ENTRIES = 50
MOST_CATEGORIES = 20
"""Topics that stand in an entry: all of a release's topics in the feed of each of them would be their square. The release's page, to which
the entry links, has all."""
# The characters that XML 1.0 (section 2.2, Char) leaves out. As all but those that it has, Python would read them fifteen times as long.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ArchiveFeed:
    """`feed.atom`: the releases that came last, at most MOST_ENTRIES: old documents that are added now among them. Those of which that is
    not known stand behind, the newest first."""

    name: str = "feed"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The one feed."""
        yield routes.FEED, ()

    def make(self, ask: Reader, *_subject: str) -> bytes:
        """The feed."""
        cards = _newest(ask)
        return _feed(ask, ask.settings().title, routes.FEED, routes.HOME, cards)


@dataclass(frozen=True, slots=True)
class TopicFeed:
    """`topics/SLUG.atom`: the newest releases on a topic, at most MOST_ENTRIES."""

    name: str = "topic-feed"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each topic that has releases."""
        for topic in ask.group_slugs("topics"):
            yield routes.topic_feed(topic), (topic,)

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The feed of a topic."""
        (topic,) = subject
        title = f"{ask.label('topic', topic).label}: {ask.settings().title}"
        cards = ask.group_newest("topics", topic, MOST_ENTRIES)
        return _feed(ask, title, routes.topic_feed(topic), routes.group("topics", topic), cards)


@dataclass(frozen=True, slots=True)
class CorrectionsFeed:
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


def _feed(ask: Reader, title: str, path: str, page: str, cards: Sequence[Card]) -> bytes:
    """A feed, newest first.

    An Atom entry must say when it was last changed (RFC 4287 section 4.2.15). Where that is not known it carries the day the release was
    published if that is a day, and else the feed's own; a day of publication is never made up.
    """
    settings = ask.settings()
    changes = {card.slug: _changed(ask, card) for card in cards}
    moments = [changes[card.slug] or f"{_day(card) or '1970-01-01'}T00:00:00Z" for card in cards]
    last = max([f"{ask.built() or '1970-01-01'}T00:00:00Z", *moments])
    up = "../" * path.count("/")
    rows = _head(settings, title, path, page, last)
    rows += [row for card in cards for row in _entry(ask, settings, card, up, changes[card.slug], last)]
    return ("\n".join(rows) + "\n</feed>\n").encode()


def _head(settings: Settings, title: str, path: str, page: str, last: str) -> list[str]:
    """The lines of a feed before its entries."""
    base = settings.base_url
    up = "../" * path.count("/")
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(settings.language)}>',
        f"<title>{_text(title)}</title>",
        f"<id>{_text(_id(settings, path))}</id>",
        f"<updated>{last}</updated>",
        f'<link rel="alternate" type="text/html" href={attribute(_address(base, up, page))}/>',
    ]
    if base:
        rows.append(f'<link rel="self" type="application/atom+xml" href={attribute(_address(base, up, path))}/>')
    rows.append(f"<author><name>{_text(settings.publisher or settings.title)}</name></author>")
    if settings.rights:
        rows.append(f"<rights>{_text(settings.rights)}</rights>")
    return rows


def _changed(ask: Reader, card: Card) -> str:
    """When a record was last changed, or came: what it says itself goes before what git knows. Empty where nobody knows."""
    days = [f"{day}T00:00:00Z" for day in (card.changed, card.added) if day]
    return max(days) if days else ask.moment(card.path)


def _day(card: Card) -> str:
    """The very day of publication (ISO 8601), or empty where the source states less, or is not sure."""
    exact = card.date.exact
    return exact if len(exact) == 10 else ""


def _entry(ask: Reader, settings: Settings, card: Card, up: str, changed: str, last: str) -> Iterator[str]:
    path = routes.release(card.slug)
    day = _day(card)
    yield "<entry>"
    yield f"<title>{_text(card.title)}</title>"
    yield f"<id>{_text(_id(settings, path))}</id>"
    yield f"<updated>{changed or (f'{day}T00:00:00Z' if day else last)}</updated>"
    if day:
        yield f"<published>{day}T00:00:00Z</published>"
    yield f'<link rel="alternate" type="text/html" href={attribute(_address(settings.base_url, up, path))}/>'
    for related in _related(ask, card):
        address = _address(settings.base_url, up, routes.release(related.slug))
        language = f" hreflang={attribute(related.language)}" if related.language != "und" else ""
        yield f'<link rel="related" type="text/html"{language} href={attribute(address)}/>'
    # An abstract is the archive's own work, so the feed's own author is the entry's too (RFC 4287 section 4.2.1).
    if card.publisher and card.extent != "abstract":
        yield f"<author><name>{_text(card.publisher)}</name></author>"
    for topic in card.topics[:MOST_CATEGORIES]:
        yield f"<category term={attribute(topic)} label={attribute(_clean(ask.label('topic', topic).label))}/>"
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


MAKERS = (ArchiveFeed(), TopicFeed(), CorrectionsFeed())
