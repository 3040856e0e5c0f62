"""The nearest known word to one that is not known, as help in a message."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def hint(word: str, known: Iterable[str]) -> str:
    """ " Did you mean “…”?" with the nearest of the known words, or an empty text where none is near."""
    by_fold = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return f" Did you mean “{by_fold[near[0]]}”?" if near else ""
