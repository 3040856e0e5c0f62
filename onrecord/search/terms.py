"""Pages of topics, places, names, speakers and publishers as the search knows them: found by their labels, and suggested."""

from __future__ import annotations

from typing import NamedTuple


class TermPage(NamedTuple):
    """The page of a topic, place, name, speaker or publisher: `kind` is one of these words, `path` is below the site, `releases` how
    many it lists, `labels` are (BCP 47 tag, label) with the archive's language first, `aliases` other spellings."""

    kind: str
    path: str
    releases: int
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it is called, once each."""
        return tuple(dict.fromkeys((*(label for _, label in self.labels), *self.aliases)))
