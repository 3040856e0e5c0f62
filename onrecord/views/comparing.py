"""Two publications of the same text side by side, and a text beside its translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Annotated

import msgspec

from onrecord import compare, languages, routes, side_by_side
from onrecord.compare import Pair, Run
from onrecord.faces import ShownText
from onrecord.model import Card
from onrecord.reader import Reader
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, Site
from onrecord.views.numbered_text import is_omission

COMPARED_PAIRWISE = 6
"""In a family of at most this many publications each is compared with every other; in a larger one, with the oldest."""


class Block(msgspec.Struct, frozen=True):
    """Sentences one after the other that are all the same in both, or a difference."""

    number: Annotated[int, "the number of the difference, from 1; 0 where the sentences are the same"]
    pairs: Annotated[tuple[Pair, ...], "the sentences in order"]


class Mark(msgspec.Struct, frozen=True):
    """A part of the picture of where two texts differ."""

    x: Annotated[str, "left edge in percent of the width, as text"]
    width: Annotated[str, "width in percent, as text"]
    kind: Annotated[str, "same, changed, cut (only on the left) or added (only on the right)"]


class CompareView(msgspec.Struct, frozen=True):
    """Two publications of the same text."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    left: Annotated[Entry, "the publication on the left, the older one where that is known"]
    right: Annotated[Entry, "the publication on the right"]
    lang: Annotated[str, "the language of both"]
    dir: Annotated[str, "the direction of both"]
    left_share: Annotated[str, "how much of the left text's words the right one has, in percent"]
    right_share: Annotated[str, "how much of the right text's words the left one has, in percent"]
    same: Annotated[int, "how many sentences are the same in both"]
    changed: Annotated[int, "how many sentences were changed"]
    cut: Annotated[int, "how many sentences are on the left only"]
    added: Annotated[int, "how many sentences are on the right only"]
    left_name: Annotated[str, "what tells the left one from the right one: its publisher, or its date; else First"]
    right_name: Annotated[str, "the same of the right one, else Second"]
    left_bar: Annotated[str, "`left_share` as a width in percent"]
    right_bar: Annotated[str, "`right_share` as a width in percent"]
    differences: Annotated[int, "how many differences there are"]
    blocks: Annotated[tuple[Block, ...], "the texts in order: what is the same and the differences by turns"]
    marks: Annotated[tuple[Mark, ...], "the picture of where they differ; empty where it would be too fine to be seen"]


MOST_MARKS = 300
"""Parts of the picture of differences at most: a pixel each on a phone."""


class PlacedPair(msgspec.Struct, frozen=True):
    """A paragraph, item or row of a text beside the one at the same place of its translation."""

    left: Annotated[str, "the paragraph on the left; empty where there is none at this place"]
    right: Annotated[str, "the paragraph on the right; empty where there is none at this place"]
    left_paragraph: Annotated[str, "its number on the left; empty where there is none, and for an omission"]
    right_paragraph: Annotated[str, "its number on the right; empty where there is none, and for an omission"]


class SideBySideView(msgspec.Struct, frozen=True):
    """A text and its translation, or two translations of one text, beside each other by the place of their paragraphs."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    left: Annotated[
        Entry, "the release on the left: the one that the other says it is a translation of, else the older one"
    ]
    right: Annotated[Entry, "the release on the right"]
    left_lang: Annotated[str, "the language of the text on the left"]
    left_dir: Annotated[str, "its direction"]
    left_language: Annotated[str, "the name of that language, in the interface's language"]
    right_lang: Annotated[str, "the language of the text on the right"]
    right_dir: Annotated[str, "its direction"]
    right_language: Annotated[str, "the name of that language, in the interface's language"]
    beside: Annotated[int, "how many paragraphs, items and rows are beside one of the other text"]
    left_alone: Annotated[int, "how many paragraphs are on the left only"]
    right_alone: Annotated[int, "how many paragraphs are on the right only"]
    pairs: Annotated[tuple[PlacedPair, ...], "the paragraphs in order"]


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
    older, newer = in_order(edition.ask, first, second)
    comparison = compare.texts(*(_shown(edition.ask.passages(card.slug)) for card in (older, newer)))
    kinds = [pair.kind for pair in comparison.pairs]
    entries = edition.entry(older), edition.entry(newer)
    names, blocks = _names(edition, *entries), tuple(_blocks(comparison.pairs))
    return CompareView(
        site=edition.site,
        page=edition.page(routes.comparison(first, second), "releases", texts=(ShownText(older.language),)),
        left=entries[0],
        right=entries[1],
        lang=older.language,
        dir=older.direction,
        left_share=edition.digits(str(int(comparison.left_share * 100))),
        right_share=edition.digits(str(int(comparison.right_share * 100))),
        same=kinds.count("same"),
        changed=kinds.count("changed"),
        cut=kinds.count("cut"),
        added=kinds.count("added"),
        left_name=names[0],
        right_name=names[1],
        left_bar=f"{comparison.left_share * 100:.0f}%",
        right_bar=f"{comparison.right_share * 100:.0f}%",
        differences=max((block.number for block in blocks), default=0),
        blocks=blocks,
        marks=tuple(_marks(kinds, edition.dir)),
    )


def in_order(ask: Reader, first: str, second: str) -> tuple[Card, Card]:
    """Two releases that are compared: the one on the left, which is the older, and the one on the right."""
    cards = [card for card in map(ask.card, (first, second)) if isinstance(card, Card)]
    older = _oldest(cards)
    return older, cards[1] if older is cards[0] else cards[0]


def changes(edition: Edition, left: Card, right: Card) -> Iterator[Pair]:
    """The changed sentences of two releases, one after the other, as the page that compares them has them."""
    return compare.changes(*(_shown(edition.ask.passages(card.slug)) for card in (left, right)))


def _names(edition: Edition, left: Entry, right: Entry) -> tuple[str, str]:
    """What two publications are called for short: by what they differ in."""
    if left.publisher and right.publisher and left.publisher != right.publisher:
        return left.publisher, right.publisher
    if left.date.words != right.date.words:
        return left.date.words, right.date.words
    return edition.translate("First"), edition.translate("Second")


def _blocks(pairs: Sequence[Pair]) -> Iterator[Block]:
    number = 0
    for is_same, group in groupby(pairs, key=lambda pair: pair.kind == "same"):
        number += not is_same
        rows = tuple(group)
        yield Block(0, tuple(_whole(rows))) if is_same else Block(number, rows)


def _whole(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Sentences that are the same in both, those that follow each other in one paragraph of each as one: a blank parted them."""
    for (left, right), group in groupby(pairs, key=lambda pair: (pair.left_paragraph, pair.right_paragraph)):
        rows = tuple(group)
        yield Pair("same", _run(row.left for row in rows), _run(row.right for row in rows), left, right)


def _run(sentences: Iterable[Sequence[Run]]) -> tuple[Run]:
    return (Run(" ".join(run.text for sentence in sentences for run in sentence), False),)


def _marks(kinds: Sequence[str], direction: str) -> Iterator[Mark]:
    """The picture of where two texts differ: a part for sentences of one kind, as wide as they are many."""
    groups = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    if len(groups) > MOST_MARKS or len(groups) < 2:
        return
    at = 0.0
    for kind, count in groups:
        wide = count * 100 / len(kinds)
        yield Mark(f"{at if direction == 'ltr' else 100 - at - wide:.2f}%", f"{wide:.2f}%", kind)
        at += wide


def other_languages(ask: Reader, card: Card) -> Sequence[Card]:
    """The texts of other languages that a release is set beside: translations of it, or of what it is a translation of. Many are set beside
    the original alone."""
    relations = ask.relations(card.slug)
    others = [other for slug in relations.translations if isinstance(other := ask.card(slug), Card)]
    texts = [other for other in others if _translated(card, other)]
    if len(texts) < COMPARED_PAIRWISE:
        return texts
    return [other for other in texts if _is_original(ask, card.slug, other.slug)]


def _is_original(ask: Reader, first: str, second: str) -> bool:
    """Whether one of two releases says that it is a translation of the other."""
    return ask.relations(first).original == second or ask.relations(second).original == first


def side_by_side_pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A page for each two texts of different languages that are set beside each other."""
    ask = edition.ask
    for card in ask.listed():
        if not isinstance(card, Card) or not ask.relations(card.slug).translations:
            continue
        for other in other_languages(ask, card):
            if card.slug < other.slug or card not in other_languages(ask, other):
                yield routes.comparison(card.slug, other.slug), (card.slug, other.slug)


def side_by_side_view(edition: Edition, first: str, second: str) -> SideBySideView:
    """The page of a text and its translation."""
    ask = edition.ask
    cards = [card for card in map(ask.card, (first, second)) if isinstance(card, Card)]
    older = _oldest(cards)
    if ask.relations(first).original == second:
        older = cards[1]
    elif ask.relations(second).original == first:
        older = cards[0]
    newer = cards[1] if older is cards[0] else cards[0]
    left, right = ask.passages(older.slug), ask.passages(newer.slug)
    rows = side_by_side.rows(left, right, _html(ask, older.slug), _html(ask, newer.slug))
    nothing = ("", "")
    pairs = []
    for row in rows:
        sides = left[row.left - 1] if row.left else nothing, right[row.right - 1] if row.right else nothing
        (left_number, left_words), (right_number, right_words) = _shown(sides)
        pairs.append(PlacedPair(left_words, right_words, left_number, right_number))
    return SideBySideView(
        site=edition.site,
        page=edition.page(
            routes.comparison(first, second),
            "releases",
            texts=(ShownText(older.language), ShownText(newer.language)),
        ),
        left=edition.entry(older),
        right=edition.entry(newer),
        left_lang=older.language,
        left_dir=older.direction,
        left_language=languages.name(older.language, edition.language),
        right_lang=newer.language,
        right_dir=newer.direction,
        right_language=languages.name(newer.language, edition.language),
        beside=sum(1 for row in rows if row.left and row.right),
        left_alone=sum(1 for row in rows if not row.right),
        right_alone=sum(1 for row in rows if not row.left),
        pairs=tuple(pairs),
    )


def _shown(passages: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Passages with the numbers that their release's page shows: an omission has none."""
    return tuple(("" if is_omission(words) else number, words) for number, words in passages)


def _html(ask: Reader, slug: str) -> str:
    text = ask.text(slug)
    return text.body.html if text else ""


PAGES: tuple[PageKind, ...] = (
    PageKind("compare", pages, view),
    PageKind("side-by-side", side_by_side_pages, side_by_side_view),
)


def _comparable(first: Card, second: Card) -> bool:
    """True where both are the publisher's own words, in one language: a summary by the archive is no version of the text."""
    return first.language == second.language and all(card.extent != "abstract" for card in (first, second))


def _translated(first: Card, second: Card) -> bool:
    """True where both are the publisher's own words, in two languages."""
    return first.language != second.language and all(card.extent != "abstract" for card in (first, second))


def _oldest(cards: Sequence[Card]) -> Card:
    """The oldest of some releases; what has no year counts as the newest, and the slug decides between equals."""
    return min(cards, key=lambda card: (not card.date.years, card.date.sort_key, card.slug))
