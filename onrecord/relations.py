"""What release files say about each other, and where links lead: the rules between files.

They run on cards and outlines alone, never on texts, so that an archive of any size is held to them in one pass. No page is made: whether
an address exists is asked of whoever knows the plan of the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from onrecord.model import Article, Aside, Card, Checked, Link, Listed, Problem
from onrecord.nearest import hint

if TYPE_CHECKING:
    from onrecord.families import Pair

Exists = Callable[[str, bool], bool]
"""(path of a page below the top of the site, drafts shown) → whether the site has it."""

Asides = Callable[[str], Aside]
"""The path of a file → what is seldom asked of it."""

Paragraphs = Callable[[Checked], Iterable[str]]
"""The plain paragraphs of a release that was checked."""


class Files:
    """All release files that were read, drafts among them, and the paths of those that could not be read at all."""

    def __init__(self, checked: Iterable[Checked], aside: Asides, unread: Iterable[str] = ()) -> None:
        self.aside = aside
        self.files = sorted((one for one in checked), key=lambda one: one.path)
        self.standing = [(one, one.listed) for one in self.files if one.listed is not None]
        self.slugs: dict[str, tuple[Checked, Listed]] = {}
        for one, listed in self.standing:
            self.slugs.setdefault(listed.slug, (one, listed))
        every = {_stem(one.path) for one in self.files} | {_stem(path) for path in unread}
        self.broken = every - self.slugs.keys()


def _at(
    files: Files,
    one: Checked,
    key: str,
    code: str,
    message: str,
    level: Literal["error", "warning"] = "error",
    value: str = "",
) -> Problem:
    """A problem with a front-matter value of a file: at the value in a list where it is known, else at the key."""
    places = [(line, column, text) for name, text, line, column in files.aside(one.path).marks if name == key]
    at = next((place for place in places if value and place[2].startswith(value)), places[0] if places else None)
    line, column = at[:2] if at else (1, 1)
    return Problem(one.path, line, column, code, message, level)


def between(files: Files) -> list[Problem]:
    """The Problems between releases: equal slugs, equal references of one publisher, a `same_text_as` that names nothing, and publishers
    written in two ways (a warning)."""
    problems = [*_same_names(files), *_same_references(files)]
    for one, listed in files.standing:
        for other in listed.same_text_as if isinstance(listed, Card) else ():
            if other == listed.slug:
                message = "“same_text_as” names the release itself. Name the others."
                problems.append(_at(files, one, "same_text_as", "bad-same-text", message, value=other))
            elif other not in files.slugs and other not in files.broken:
                message = f"“same_text_as” names “{other}”, and there is no such release.{hint(other, files.slugs)}"
                problems.append(_at(files, one, "same_text_as", "bad-same-text", message, value=other))
    return sorted(set(problems))


def _same_names(files: Files) -> Iterator[Problem]:
    by_slug: dict[str, Checked] = {}
    for one, listed in files.standing:
        slug = listed.slug
        key = slug.lower() if slug.isascii() else unicodedata.normalize("NFC", slug).casefold()
        other = by_slug.setdefault(key, one)
        if other is not one:
            same = (
                "the same name"
                if _name(other.path) == _name(one.path)
                else "a name that differs only in capitals or accents' encoding"
            )
            message = f"{other.path} has {same}, so both would be one page. Rename one of them."
            yield _at(files, one, "", "duplicate-slug", message)


def _same_references(files: Files) -> Iterator[Problem]:
    references: dict[tuple[str, str], Checked] = {}
    publishers: dict[str, tuple[Checked, str]] = {}
    spelling: dict[str, str] = {}
    for one, listed in files.standing:
        publisher = listed.publisher
        if publisher is None:
            continue
        if listed.reference:
            first = references.setdefault((publisher, "".join(listed.reference.split()).casefold()), one)
            if first is not one:
                message = (
                    f"{publisher} has given the number {listed.reference} to {first.path} already. Check both numbers."
                )
                yield _at(files, one, "reference", "duplicate-reference", message)
        folded = spelling.get(publisher)
        if folded is None:
            folded = re.sub(r"\W+", "", unicodedata.normalize("NFKC", publisher)).casefold()
            spelling[publisher] = folded
        earlier, written = publishers.setdefault(folded, (one, publisher))
        if written != publisher:
            yield _at(
                files,
                one,
                "publisher",
                "publisher-spelling",
                f"The publisher is written “{publisher}” here and “{written}” in {earlier.path}. If they are one, write it one way.",
                "warning",
            )


# ---- links -----------------------------------------------------------------------------------------------------------------------


def links(files: Files, articles: Iterable[tuple[Article, tuple[Link, ...]]], exists: Exists) -> list[Problem]:
    """The Problems of links: to releases, to their paragraphs, and to pages of the site.

    `articles` are the archive's own pages with the links of their texts; `exists` is asked only where a text links to a page.
    """
    problems = []
    for one, listed in files.standing:
        if isinstance(listed, Card):
            for link in one.outline.links:
                if link.target.kind != "elsewhere":
                    message = _broken(link, files, exists, one, listed.status == "draft")
                    problems += [Problem(one.path, link.line, link.column, "broken-link", message)] if message else []
    for article, of_article in articles:
        for link in of_article:
            message = _broken(link, files, exists, None, False)
            problems += [Problem(article.path, link.line, link.column, "broken-link", message)] if message else []
    return sorted(set(problems))


def _broken(link: Link, files: Files, exists: Exists, itself: Checked | None, draft: bool) -> str:
    """What is wrong with a link, or an empty text. `draft` is true where the text itself is not on the site."""
    target = link.target
    if target.kind == "elsewhere":
        return ""
    if target.kind in ("page", "article"):
        path = target.slug if target.kind == "page" else f"{target.slug}.html"
        return "" if exists(path, draft) else f"The link leads to “{link.written}”, and the site has no page {path}."
    if target.kind == "self":
        there = itself
    else:
        entry = files.slugs.get(target.slug)
        if entry is None:
            if target.slug in files.broken:
                return ""
            if link.written.partition("#")[0].partition("?")[0].endswith(".html"):
                page = f"releases/{target.slug}.html"
                # releases/index.html is no release, and a page all the same.
                return (
                    ""
                    if exists(page, draft)
                    else f"The link leads to “{link.written}”, and the site has no page {page}."
                )
            return f"The link leads to “{link.written}”, and there is no such release.{hint(target.slug, files.slugs)}"
        there, listed = entry
        if isinstance(listed, Card) and listed.status == "draft" and not draft:
            return f"The link leads to “{link.written}”, which is a draft and not on the site. Publish it first, or remove the link."
        if not isinstance(listed, Card):
            return ""
    number = re.fullmatch("p([0-9]+)", target.fragment)
    if number and there is not None and int(number[1]) > there.outline.paragraphs:
        return f"The link leads to paragraph {number[1]}; the text there has {there.outline.paragraphs}."
    return ""


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _stem(path: str) -> str:
    stem = path.rpartition("/")[2].removesuffix(".md")
    return stem if stem.isascii() else unicodedata.normalize("NFC", stem)


# ---- texts that came before ------------------------------------------------------------------------------------------------------


def undeclared(checked: Iterable[Checked], among: frozenset[str], paragraphs: Paragraphs) -> list[Problem]:
    """A warning for each release at a path in `among` whose text stands in another release without either saying so.

    The share that is shown is the containment of three-word shingles (see families). Abstracts are the archive's own words and are
    compared like everything else. Takes about a millisecond for each release of the archive.
    """
    from onrecord import families  # late: only where texts are compared

    known = {one.path: one for one in checked if isinstance(one.listed, Card)}
    cards = {path: one.listed for path, one in sorted(known.items()) if isinstance(one.listed, Card)}
    declared = families.families(
        families.Pair(card.slug, other, 1.0)
        for card in cards.values()
        for other in card.same_text_as
        if other != card.slug
    )
    family = {slug: number for number, members in enumerate(declared) for slug in members}
    problems = []
    for pair in _near(known, among, paragraphs):
        path, other = (pair.first, pair.second) if pair.first in among else (pair.second, pair.first)
        slug, other_slug = cards[path].slug, cards[other].slug
        if slug in family and family[slug] == family.get(other_slug):
            continue
        message = (
            f"{round(100 * pair.containment)} % of the shorter text stands in {other} as well. If they are "
            f"publications of one text, write same_text_as: [{other_slug}]."
        )
        problems.append(Problem(path, 1, 1, "near-duplicate", message, "warning"))
    return sorted(problems)


_FEW = 100


def _near(known: Mapping[str, Checked], among: frozenset[str], paragraphs: Paragraphs) -> list[Pair]:
    """The pairs of paths that carry the same text and of which one is in `among`, sorted."""
    from onrecord import families

    def text_of(path: str) -> str:
        return " ".join(paragraphs(known[path]))

    named = sorted(among & known.keys())
    if len(named) > _FEW:
        return [pair for pair in families.pairs_of(known, text_of) if pair.first in among or pair.second in among]
    # For a few releases an index of all would cost more than comparing each text with the few.
    shingles = {path: families.shingles(text_of(path)) for path in named}
    every = frozenset().union(*shingles.values()) if shingles else frozenset()
    pairs = []
    for path in sorted(known) if named else ():
        words = shingles.get(path) or families.shingles(text_of(path))
        if every.isdisjoint(words):
            continue
        for one in named:
            first, second = sorted((one, path))
            if one != path and not (path in shingles and path < one) and families.same_text(shingles[one], words):
                pairs.append(families.Pair(first, second, families.containment(shingles[one], words)))
    return sorted(pairs)
