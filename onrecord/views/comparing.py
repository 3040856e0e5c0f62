"""Two publications of the same text side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord import compare, routes
from onrecord.compare import Pair
from onrecord.model import Card
from onrecord.reader import Reader
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, Site

COMPARED_PAIRWISE = 6
"""In a family of at most this many publications each is compared with every other; in a larger one, with the oldest."""


class CompareView(msgspec.Struct, frozen=True):
    """Two publications of the same text."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "where the page stands"]
    left: Annotated[Entry, "the publication on the left, the older one where that is known"]
    right: Annotated[Entry, "the publication on the right"]
    lang: Annotated[str, "the language of both"]
    dir: Annotated[str, "the direction of both"]
    left_share: Annotated[str, "how much of the left text's words the right one has, in percent"]
    right_share: Annotated[str, "how much of the right text's words the left one has, in percent"]
    same: Annotated[int, "how many sentences are the same in both"]
    changed: Annotated[int, "how many sentences were changed"]
    cut: Annotated[int, "how many sentences stand on the left only"]
    added: Annotated[int, "how many sentences stand on the right only"]
    pairs: Annotated[tuple[Pair, ...], "the sentences in order"]


def partners(ask: Reader, card: Card) -> Sequence[Card]:
    """The other publications of its text that a release is compared with."""
    others = [publication for slug in ask.family(card.slug) if isinstance(publication := ask.card(slug), Card)]
    family = [publication for publication in others if _comparable(card, publication)]
    if len(family) < COMPARED_PAIRWISE:
        return family
    oldest = _oldest([card, *family])
    return family if oldest is card else [oldest]


def pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A page for each two publications that are compared."""
    ask = edition.ask
    for card in ask.listed():
        if not isinstance(card, Card) or not ask.family(card.slug):
            continue
        for partner in partners(ask, card):
            if card.slug < partner.slug or card not in partners(ask, partner):
                yield routes.comparison(card.slug, partner.slug), (card.slug, partner.slug)


def view(edition: Edition, first: str, second: str) -> CompareView:
    """The page that compares two releases."""
    cards = [card for card in map(edition.ask.card, (first, second)) if isinstance(card, Card)]
    older = _oldest(cards)
    newer = cards[1] if older is cards[0] else cards[0]
    left, right = edition.ask.paragraphs(older.slug), edition.ask.paragraphs(newer.slug)
    comparison = compare.texts(left, right)
    kinds = [pair.kind for pair in comparison.pairs]
    return CompareView(
        site=edition.site,
        page=edition.page(routes.comparison(first, second), "releases"),
        left=edition.entry(older),
        right=edition.entry(newer),
        lang=older.language,
        dir=older.direction,
        left_share=edition.digits(str(int(comparison.left_share * 100))),
        right_share=edition.digits(str(int(comparison.right_share * 100))),
        same=kinds.count("same"),
        changed=kinds.count("changed"),
        cut=kinds.count("cut"),
        added=kinds.count("added"),
        pairs=comparison.pairs,
    )


PAGES = (PageKind("compare", pages, view),)


def _comparable(first: Card, second: Card) -> bool:
    """True where both are the publisher's own words, in one language: a summary by the archive is no version of the text."""
    return first.language == second.language and all(card.extent != "abstract" for card in (first, second))


def _oldest(cards: Sequence[Card]) -> Card:
    """The oldest of some releases; what has no year counts as the newest, and the slug decides between equals."""
    return min(cards, key=lambda card: (not card.date.years, card.date.sort_key, card.slug))
