"""Cards → what releases have to do with each other: families of one text, groups of translations, corrections, series.

A relation is stated in one record and shown from both ends. Every order is total. What is not in the archive (a draft that is not shown,
a release that there is not) is related to nothing.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.joining import groups
from onrecord.model import Card, Listed, Relations, Reprints, Speaker

SHOWN = 10
"""How many members of a series are shown before, and how many behind, one of them."""


def families(cards: Sequence[Card]) -> dict[str, tuple[str, ...]]:
    """The other publications of each release's text, in the order of `cards`: whatever is joined by `same_text_as`, in either direction."""
    order = {card.slug: place for place, card in enumerate(cards)}
    pairs = ((card.slug, slug) for card in cards for slug in card.same_text_as if slug in order and slug != card.slug)
    return {slug: others for group in groups(pairs) for slug, others in _others(group, order)}


def relations(listed: Sequence[Listed]) -> dict[str, Relations]:
    """The Relations of each release that has some, to all that is listed; `listed` is newest first. What is withdrawn has none of its own,
    for it says nothing any more, but others may name it."""
    order = {item.slug: place for place, item in enumerate(listed)}
    cards = [item for item in listed if isinstance(item, Card)]
    originals = {card.slug: card.translation_of for card in cards if card.translation_of in order}
    corrects = {card.slug: _shown(card.corrects, order) for card in cards if card.corrects}
    follows = {card.slug: _shown(card.follows, order) for card in cards if card.follows}
    if not (originals or corrects or follows):
        return {}
    by_age = _Age(listed)
    translations = {slug: others for group in groups(originals.items()) for slug, others in _others(group, order)}
    corrected_by, followed_by = _inverse(corrects), _inverse(follows)
    series = _series(follows, followed_by, by_age)
    concerned = {*translations, *corrects, *corrected_by, *follows, *followed_by}
    found: dict[str, Relations] = {}
    for card in cards:
        slug = card.slug
        if slug not in concerned:
            continue
        members, place = series.get(slug, ((), 0))
        start = max(0, place - 1 - SHOWN)
        relations = Relations(
            original=originals.get(slug, ""),
            translations=translations.get(slug, ()),
            corrects=by_age.ordered(corrects.get(slug, ())),
            corrected_by=by_age.ordered(corrected_by.get(slug, ())),
            follows=by_age.ordered(follows.get(slug, ())),
            followed_by=by_age.ordered(followed_by.get(slug, ())),
            series=tuple(members[start : place + SHOWN]) if place else (),
            place=place,
            length=len(members),
        )
        if relations != Relations():
            found[slug] = relations
    return found


def merged(
    speakers: Iterable[Speaker], families: Mapping[str, tuple[str, ...]]
) -> tuple[list[Speaker], dict[str, Reprints]]:
    """The speakers, each with what several publications of one text have once, under the oldest of them; and where else these words stand
    (see `Archive.reprints`). Words that a text has twice are said twice."""
    family_of: dict[str, str] = {}
    for slug, others in families.items():
        if slug not in family_of:
            family_of |= dict.fromkeys((slug, *others), slug)
    merged_speakers: list[Speaker] = []
    reprints: dict[str, list[tuple[int, tuple[tuple[str, int], ...]]]] = defaultdict(list)
    for speaker in speakers:
        times: dict[tuple[str, int], int] = defaultdict(int)
        said: dict[tuple[str, int, int], list[tuple[Card, int]]] = defaultdict(list)
        for card, number in speaker.quotations:
            # What is in no family stands nowhere else.
            family = family_of.get(card.slug)
            if family is not None:
                words = card.utterances[number]
                times[card.slug, words] += 1
                said[family, words, times[card.slug, words]].append((card, number))
        repeated: set[tuple[str, int]] = set()
        for publications in said.values():
            if len(publications) == 1:
                continue
            ordered = sorted(publications, key=lambda pair: _age(pair[0]))
            card, number = ordered[0]
            places = tuple((other.slug, place) for other, place in ordered[1:])
            repeated.update(places)
            reprints[card.slug].append((number, places))
        if repeated:
            kept = tuple((card, number) for card, number in speaker.quotations if (card.slug, number) not in repeated)
            speaker = Speaker(speaker.label, speaker.slug, kept, speaker.name)
        merged_speakers.append(speaker)
    return merged_speakers, {slug: tuple(sorted(of_release)) for slug, of_release in reprints.items()}


def _others(group: Iterable[str], order: Mapping[str, int]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each member of a group with the others, in their order."""
    members = sorted(group, key=order.__getitem__)
    return ((slug, tuple(other for other in members if other != slug)) for slug in members)


def _shown(slugs: Iterable[str], order: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in order)


def _inverse(named: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    inverse: dict[str, list[str]] = defaultdict(list)
    for slug, others in named.items():
        for other in others:
            inverse[other].append(slug)
    return inverse


_Place = tuple[bool, int, int, int, str, str]


def _age(listed: Listed) -> _Place:
    """Oldest first: a month alone, which may be any of its days, behind these; a year alone behind its months; what has no year counts as
    the newest. The slug decides between equals."""
    date = listed.date
    year, month, day, edtf = date.sort_key
    return not date.years, year, month or 13, day or 32, edtf, listed.slug


class _Age:
    """The order of releases by age, oldest first, of those that it is asked for."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._listed = {item.slug: item for item in listed}

    def __call__(self, slug: str) -> _Place:
        return _age(self._listed[slug])

    def ordered(self, slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(slugs, key=self))


def _series(
    follows: Mapping[str, Sequence[str]], followed_by: Mapping[str, Sequence[str]], by_age: _Age
) -> dict[str, tuple[list[str], int]]:
    """Each member of a series with all members, every one behind what it follows, and its number among them (from 1).

    Of what may come next the oldest does (A. B. Kahn, "Topological sorting of large networks", 1962).
    """
    found: dict[str, tuple[list[str], int]] = {}
    pairs = ((slug, other) for slug, others in follows.items() for other in others)
    for group in groups(pairs):
        waiting = {slug: len(follows.get(slug, ())) for slug in group}
        ready = [(by_age(slug), slug) for slug in group if not waiting[slug]]
        heapq.heapify(ready)
        members: list[str] = []
        while ready:
            _, slug = heapq.heappop(ready)
            members.append(slug)
            for later in followed_by.get(slug, ()):
                waiting[later] -= 1
                if not waiting[later]:
                    heapq.heappush(ready, (by_age(later), later))
        for place, slug in enumerate(members, 1):
            found[slug] = members, place
    return found
