"""Places that lie in places: which are around one, and which are in it. A place lies in one other at most (`within` in places.toml)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from onrecord.model import Card, Term

MOST_AROUND = 12
"""How many places a place may lie in, one in the other."""


def ancestors(places: Iterable[Term]) -> dict[str, tuple[str, ...]]:
    """For each place that lies in another the places around it, the nearest first, by their slugs. What is not among `places` is around
    nothing; a circle, which `check` refuses, ends where it begins again."""
    parents = {term.slug: term.within for term in places}
    found: dict[str, tuple[str, ...]] = {}
    for slug in parents:
        around: dict[str, None] = {}
        at = parents[slug]
        while at and at in parents and at not in around and at != slug and len(around) < MOST_AROUND:
            around[at] = None
            at = parents[at]
        if around:
            found[slug] = tuple(around)
    return found


def circles(parents: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Each circle of places that lie in one another, whole and once, beginning with the first of it in the order of `parents`."""
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for slug in parents:
        path: dict[str, int] = {}
        at = slug
        while at and at in parents and at not in seen and at not in path:
            path[at] = len(path)
            at = parents[at]
        if at in path:
            found.append(tuple(list(path)[path[at] :]))
        seen.update(path)
    return found


def too_deep(parents: Mapping[str, str]) -> list[str]:
    """The places that are the first, from outside, to lie in more than MOST_AROUND others, in the order of `parents`; those in a circle
    are left out."""
    depths: dict[str, int] = {}
    for slug in parents:
        path: dict[str, None] = {}
        at = slug
        while at in parents and at not in depths and at not in path:
            path[at] = None
            at = parents[at]
        depth = -len(parents) if at in path else depths.get(at, 0)
        for inner in reversed(path):
            depth += 1
            depths[inner] = depth
    return [slug for slug in parents if depths.get(slug) == MOST_AROUND + 1]


def without(places: Iterable[Term], hidden: Collection[str]) -> tuple[Term, ...]:
    """The places but those that are hidden; what lay in one of these lies in the nearest place around that is not hidden."""
    places = tuple(places)
    if not hidden:
        return places
    around = ancestors(places)
    return tuple(
        replace(term, within=next((slug for slug in around.get(term.slug, ()) if slug not in hidden), ""))
        if term.within in hidden
        else term
        for term in places
        if term.slug not in hidden
    )


def inside(cards: Sequence[Card], around: Mapping[str, Sequence[str]]) -> dict[str, list[Card]]:
    """For each place the releases that name a place in it and not the place itself, in the order of `cards`."""
    found: dict[str, list[Card]] = defaultdict(list)
    if not around:
        return found
    for card in cards:
        outer = {slug for place in card.places for slug in around.get(place, ())}
        for slug in outer.difference(card.places):
            found[slug].append(card)
    return found
