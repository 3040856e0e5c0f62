"""What `translation_of`, `corrects` and `follows` say: of whom, in which language and order, and that none of it goes in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.check.relations import Files
from onrecord.model import Card, Checked, Listed, Problem

_MOST_NAMED = 12
"""Of how many releases a circle is written out."""
_VERBS: Mapping[str, str] = {"translation_of": "translates", "corrects": "corrects", "follows": "follows"}


def related(files: Files) -> Iterator[Problem]:
    """The Problems of these fields; a warning where a release corrects or follows one that is certainly later."""
    for key in _VERBS:
        edges: dict[str, tuple[str, ...]] = {}
        for file, listed in files.listed:
            named = _named(listed, key)
            if named:
                edges[listed.slug] = named
                yield from _of_file(files, file, listed, key, named)
        for circle in _circles(edges):
            file, _ = files.by_slug[circle[0]]
            verb = _VERBS[key]
            shown = [*circle, circle[0]] if len(circle) <= _MOST_NAMED else [*circle[:_MOST_NAMED], "…", circle[0]]
            message = (
                f"“{key}” goes in a circle: {f' {verb} '.join(f'“{slug}”' if slug != '…' else slug for slug in shown)}. "
                "Take out the one that is wrong."
            )
            yield Problem(*files.position(file, key, circle[1]), "relation-circle", message, path=file.path)


def _named(listed: Listed, key: str) -> tuple[str, ...]:
    """The slugs that a release names under a key."""
    if not isinstance(listed, Card):
        return ()
    value: str | tuple[str, ...] = getattr(listed, key)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _of_file(files: Files, file: Checked, listed: Listed, key: str, named: tuple[str, ...]) -> Iterator[Problem]:
    for slug in named:
        position = files.position(file, key, slug)
        if slug == listed.slug:
            message = f"“{key}” names the release itself. Name the other one."
            yield Problem(*position, "bad-relation", message, path=file.path)
        elif slug in files.by_slug:
            yield from _between(file, listed, key, files.by_slug[slug][1], position)
        elif slug not in files.broken:
            message = f"“{key}” names “{slug}”, and there is no such release.{files.hints(slug, files.by_slug)}"
            yield Problem(*position, "bad-relation", message, path=file.path)


def _between(file: Checked, listed: Listed, key: str, other: Listed, position: tuple[int, int]) -> Iterator[Problem]:
    if key == "translation_of":
        language = listed.language.lower()
        if language == other.language.lower() != "und":
            message = (
                f"“{other.slug}” is in {other.language} as this release is, so neither is a translation of "
                f"the other. Correct the language of "
                "one of them; what is another publication of the same text is in “same_text_as”."
            )
            yield Problem(*position, "same-language", message, path=file.path)
        return
    own, others = listed.date.span, other.date.span
    if own and others and others[0] > own[1]:
        message = (
            f"This release {_VERBS[key]} “{other.slug}”, which is later: {listed.date.edtf} here, {other.date.edtf} there. "
            "Check both dates, and which of the two names the other."
        )
        yield Problem(*position, "relation-order", message, "warning", path=file.path)


def _circles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Circles of at least two, each whole and once, beginning with its first by slug: one for each edge that closes one when all are
    followed in order, so that without these edges there is none."""
    done: set[str] = set()
    for start in sorted(edges):
        if start in done:
            continue
        path: dict[str, int] = {start: 0}
        stack = [(start, iter(edges[start]))]
        while stack:
            slug, others = stack[-1]
            other = next(others, None)
            if other is None:
                stack.pop()
                del path[slug]
                done.add(slug)
            elif other in path:
                circle = list(path)[path[other] :]
                if len(circle) > 1:
                    first = circle.index(min(circle))
                    yield (*circle[first:], *circle[:first])
            elif other in edges and other not in done:
                path[other] = len(path)
                stack.append((other, iter(edges[other])))
