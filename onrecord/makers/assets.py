"""The assets of the templates: scripts and style sheets without remarks, all others as they are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord import remarks, routes
from onrecord.reader import Reader
from onrecord.templates import Templates


class Assets(Struct, frozen=True):
    """`assets/…`: a copy of each file of `templates/assets/`. What a theme brings is sent as its maker wrote it."""

    templates: Templates
    name: str = "assets"

    def outputs(self, _ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each file, in the order of their paths."""
        for path in self.templates.assets:
            yield routes.asset(path), (path,)

    def make(self, _ask: Reader, *subject: str) -> bytes:
        """The bytes that are sent."""
        data = self.templates.asset(subject[0])
        return data if self.templates.is_overlaid(subject[0]) else remarks.sent(subject[0], data)
