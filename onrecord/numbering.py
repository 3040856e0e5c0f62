"""Publishers' own numbers: what runs in a reference, and long lists of references in parts.

A list is divided by the year printed in the number, then by hundreds of the running number, then by the first letters of the reference,
so a release that is added changes only the parts it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from onrecord import slugs
from onrecord.division import LIMIT, lettered
from onrecord.model import Listed

_TOKEN = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")


class NumberPart(Struct, frozen=True):
    """The references of a publisher, or a part of them with a page of its own.

    `names` says which part: nothing for the whole, else the year (may be empty), the hundred ("100–199"), the letters ("MDE-24…"), as far
    as it is divided. `stem` and `up` are those of its page ("" for the whole) and of the page above. Either it has `listed`, or each part
    `parts` as (last of its names, stem, number of references).
    """

    names: tuple[str, ...]
    stem: str
    up: str
    count: int
    parts: tuple[tuple[str, str, int], ...]
    listed: tuple[Listed, ...]


def numbers(reference: str) -> tuple[str, str, int]:
    """A reference as (its series with `…` for the running number, the running number as printed, the same as a number).

    The running number is the last group of digits that is not a year; a reference whose only number is a year has none, like one
    without digits: then the running number is empty and 0.
    """
    years = {match.start() for match in _YEAR.finditer(reference)}
    groups = [match for match in _TOKEN.finditer(reference) if match.start() not in years]
    if not groups or len(groups[-1][0]) > 12:
        return reference, "", 0
    last = groups[-1]
    return f"{reference[: last.start()]}…{reference[last.end() :]}", last[0], int(last[0])


def year(reference: str) -> str:
    """The year printed in a number, the last one if there are several, or empty."""
    years = [match[0] for match in _YEAR.finditer(reference)]
    return years[-1] if years else ""


def divided(listed: Sequence[Listed]) -> tuple[NumberPart, ...]:
    """All of these references, and every part of them that needs a page of its own, each behind the one it belongs to."""
    if len(listed) <= LIMIT:
        return (NumberPart((), "", "", len(listed), (), tuple(listed)),)
    years: dict[str, list[Listed]] = {}
    for item in listed:
        years.setdefault(year(item.reference), []).append(item)
    parts = [
        tuple(_of_year(of_year, printed, printed or "other"))
        for printed, of_year in sorted(years.items(), reverse=True)
    ]
    return (_list_of_parts((), "", "", len(listed), [first for first, *_ in parts]), *chain.from_iterable(parts))


def anchors(listed: Sequence[Listed]) -> dict[str, str]:
    """An anchor for each line of a page, by the slug of its release, all different.

    References that differ in signs alone would share one: the first keeps it, the others get a digest of their release's slug, which
    does not change when another line is added.
    """
    plain = {item.slug: _anchor(item.reference) for item in listed}
    first_slugs = {anchor: slug for slug, anchor in reversed(plain.items())}
    unique = {slug: anchor for anchor, slug in first_slugs.items()}
    taken = set(first_slugs)
    for slug, anchor in plain.items():
        if slug not in unique:
            marked = f"{anchor}-{slugs.mark(slug)}"
            while marked in taken:
                marked = f"{marked}-{slugs.mark(marked)}"
            unique[slug] = marked
            taken.add(marked)
    return unique


def _of_year(listed: Sequence[Listed], printed: str, stem: str) -> Iterator[NumberPart]:
    if len(listed) <= LIMIT:
        yield NumberPart((printed,), stem, "", len(listed), (), tuple(listed))
        return
    hundreds: dict[int, list[Listed]] = {}
    unnumbered: list[Listed] = []
    for item in listed:
        _, text, number = numbers(item.reference)
        (hundreds.setdefault(number // 100, []) if text else unnumbered).append(item)
    if unnumbered and len(unnumbered) + len(hundreds.get(0, ())) <= LIMIT:
        hundreds[0] = [*hundreds.get(0, ()), *unnumbered]
        unnumbered = []
    parts: list[tuple[NumberPart, ...]] = []
    for hundred, of_hundred in sorted(hundreds.items()):
        low = hundred * 100
        parts.append(tuple(_of_hundred(of_hundred, (printed, f"{low}–{low + 99}"), f"{stem}-{low}", stem)))
    parts += [(part,) for part in _by_letters(unnumbered, (printed,), f"{stem}-no-number", stem)]
    yield _list_of_parts((printed,), stem, "", len(listed), [first for first, *_ in parts])
    yield from chain.from_iterable(parts)


def _of_hundred(listed: Sequence[Listed], names: tuple[str, ...], stem: str, up: str) -> Iterator[NumberPart]:
    """A hundred that several series share may itself be too long."""
    if len(listed) <= LIMIT:
        yield NumberPart(names, stem, up, len(listed), (), tuple(listed))
        return
    parts = list(_by_letters(listed, names, stem, stem))
    yield _list_of_parts(names, stem, up, len(listed), parts)
    yield from parts


def _by_letters(listed: Iterable[Listed], names: tuple[str, ...], folder: str, up: str) -> Iterator[NumberPart]:
    by_slug = [(slugs.slug(item.reference) or slugs.mark(item.reference), item) for item in listed]
    for letters, members in lettered(by_slug, LIMIT):
        stem = f"{folder}/{letters}"
        yield NumberPart((*names, f"{letters.upper()}…"), stem, up, len(members), (), tuple(members))


def _list_of_parts(names: tuple[str, ...], stem: str, up: str, count: int, parts: Sequence[NumberPart]) -> NumberPart:
    return NumberPart(names, stem, up, count, tuple((part.names[-1], part.stem, part.count) for part in parts), ())


def _anchor(reference: str) -> str:
    return "r-" + (re.sub(r"[^0-9a-z]+", "-", reference.casefold()).strip("-") or reference.encode().hex())
