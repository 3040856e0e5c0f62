"""Two publications of the same text side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord import compare
from onrecord.compare import Pair
from onrecord.help import said
from onrecord.model import Release
from onrecord.views.edition import Edition, encoded
from onrecord.views.frame import Entry, PageInfo, Site

LONGEST = 200
"""The most bytes of the name of a page that compares two releases, its ending left out."""

WHOLE = 6
"""In a family of at most this many publications each is compared with every other; in a larger one, with the oldest."""


@dataclass(frozen=True, slots=True)
class CompareView:
    """Two publications of the same text."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    left: Entry = said("the publication on the left, the older one where that is known")
    right: Entry = said("the publication on the right")
    lang: str = said("the language of both")
    dir: str = said("the direction of both")
    left_share: str = said("how much of the left text's words the right one has, in percent")
    right_share: str = said("how much of the right text's words the left one has, in percent")
    same: int = said("how many sentences are the same in both")
    changed: int = said("how many sentences were changed")
    cut: int = said("how many sentences stand on the left only")
    added: int = said("how many sentences stand on the right only")
    pairs: tuple[Pair, ...] = said("the sentences in order")


def path(one: str, two: str) -> str:
    """The page that compares two releases, the same from either side. Two long slugs are cut, and told apart by their SHA-256: a file's
    name may have 255 bytes at most."""
    slugs = sorted((one, two))
    stem = "--".join(slugs)
    if len(stem.encode()) > LONGEST:
        mark = hashlib.sha256(stem.encode()).hexdigest()[:12]
        stem = "--".join([*(slug.encode()[: LONGEST // 2 - 10].decode(errors="ignore") for slug in slugs), mark])
    return f"compare/{stem}.html"


def partners(edition: Edition, release: Release) -> Sequence[Release]:
    """The other publications of its text that a release is compared with."""
    family = [other for other in edition.archive.families.get(release.slug, ()) if _comparable(release, other)]
    if len(family) < WHOLE:
        return family
    oldest = _oldest([release, *family])
    return family if oldest is release else [oldest]


def pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    """A page for each two publications that are compared."""
    for release in edition.archive.releases:
        for other in partners(edition, release):
            if release.slug < other.slug or release not in partners(edition, other):
                yield path(release.slug, other.slug), "compare.html", _view(edition, release, other)


def _view(edition: Edition, one: Release, two: Release) -> CompareView:
    older = _oldest([one, two])
    newer = two if older is one else one
    found = compare.texts(older.body.paragraphs, newer.body.paragraphs)
    kinds = [pair.kind for pair in found.pairs]
    return CompareView(
        site=edition.site,
        page=edition.page(path(one.slug, two.slug), "releases"),
        left=edition.entry(older),
        right=edition.entry(newer),
        lang=older.language,
        dir=older.direction,
        left_share=edition.digits(str(int(found.left_share * 100))),
        right_share=edition.digits(str(int(found.right_share * 100))),
        same=kinds.count("same"),
        changed=kinds.count("changed"),
        cut=kinds.count("cut"),
        added=kinds.count("added"),
        pairs=found.pairs,
    )


def href(one: Release, two: Release) -> str:
    """The address of the page that compares two releases."""
    return encoded(path(one.slug, two.slug))


def _comparable(one: Release, two: Release) -> bool:
    """True where both are the publisher's own words, in one language: a summary by the archive is no version of the text."""
    return one.language == two.language and all(
        r.extent != "abstract" and r.status not in ("withdrawn",) for r in (one, two)
    )


def _oldest(releases: Sequence[Release]) -> Release:
    """The oldest of some releases; what has no year counts as the newest, and the slug decides between equals."""
    return min(releases, key=lambda r: (r.date.year is None, r.date.sort_key, r.slug))
