"""The engine the search page loads: a placeholder."""

from __future__ import annotations

from collections.abc import Sequence


def engine_script(languages: Sequence[str]) -> str:
    """The engine with the stemmers of these languages (primary subtags)."""
    return f"/* engine for {', '.join(languages)} */\n"
