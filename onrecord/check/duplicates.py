"""Texts that stand in two releases, whether or not the releases say so in `same_text_as`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from onrecord import families
from onrecord.model import Card, Checked, Problem

Paragraphs = Callable[[Checked], Iterable[str]]
"""The plain paragraphs of a release that was checked."""

_FEW = 100


@dataclass(frozen=True, slots=True, order=True)
class SameText:
    """A release at `path` and one at `other_path` that carry the same text; `share` of the shorter (0-1) stands in the longer.
    `declared` says that `same_text_as` joins them."""

    path: str
    other_path: str
    share: float
    declared: bool


def same_texts(checked: Iterable[Checked], paths: frozenset[str], paragraphs: Paragraphs) -> list[SameText]:
    """Every pair of releases that carry the same text and of which one stands at a path in `paths`, under that path, sorted.

    The share is the containment of three-word shingles (see families). Abstracts are the archive's own words and are compared like
    everything else. Takes about a millisecond for each release of the archive.
    """
    files = {file.path: file for file in checked if isinstance(file.listed, Card)}
    cards = {path: file.listed for path, file in sorted(files.items()) if isinstance(file.listed, Card)}
    joined = families.families(
        families.Overlap(card.slug, other_path, 1.0)
        for card in cards.values()
        for other_path in card.same_text_as
        if other_path != card.slug
    )
    family = {slug: number for number, members in enumerate(joined) for slug in members}

    def same_text(pair: families.Overlap) -> SameText:
        path, other_path = (pair.first, pair.second) if pair.first in paths else (pair.second, pair.first)
        number = family.get(cards[path].slug)
        declared = number is not None and number == family.get(cards[other_path].slug)
        return SameText(path, other_path, pair.containment, declared)

    return sorted(map(same_text, _pairs(files, paths, paragraphs)))


def undeclared(checked: Iterable[Checked], paths: frozenset[str], paragraphs: Paragraphs) -> list[Problem]:
    """A warning for each release at a path in `paths` whose text stands in another release without either saying so."""
    checked = list(checked)
    slugs = {file.path: file.listed.slug for file in checked if file.listed}
    return [
        Problem(
            1,
            1,
            "near-duplicate",
            f"{round(100 * same.share)} % of the shorter text is in {same.other_path} as well. If they are publications of one text, "
            f"write same_text_as: [{slugs[same.other_path]}].",
            "warning",
            path=same.path,
        )
        for same in same_texts(checked, paths, paragraphs)
        if not same.declared
    ]


def _pairs(files: Mapping[str, Checked], paths: frozenset[str], paragraphs: Paragraphs) -> list[families.Overlap]:
    """The pairs of paths that carry the same text and of which one is in `paths`."""

    def text_of(path: str) -> str:
        return " ".join(paragraphs(files[path]))

    few = sorted(paths & files.keys())
    if len(few) > _FEW:
        return [pair for pair in families.pairs_of(files, text_of) if pair.first in paths or pair.second in paths]
    # For a few releases an index of all would cost more than comparing each text with the few.
    shingles = {path: families.shingles(text_of(path)) for path in few}
    every = frozenset().union(*shingles.values())
    pairs = []
    for path in sorted(files) if few else ():
        own = shingles.get(path) or families.shingles(text_of(path))
        if every.isdisjoint(own):
            continue
        for candidate in few:
            first, second = sorted((candidate, path))
            if (
                candidate != path
                and not (path in shingles and path < candidate)
                and families.same_text(shingles[candidate], own)
            ):
                pairs.append(families.Overlap(first, second, families.containment(shingles[candidate], own)))
    return pairs
