"""What is joined by pairs: texts of one family, a release and its translations, parts of a series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def groups(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """What is joined by pairs, directly or through others."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    joined: dict[str, set[str]] = defaultdict(set)
    for name in parent:
        joined[root(name)].add(name)
    return list(joined.values())
