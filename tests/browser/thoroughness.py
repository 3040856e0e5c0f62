"""How much is tried in browsers: in `make test` each kind of place, screen and direction once, in `make audit-browsers` each with each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

THOROUGH = bool(os.environ.get("ONRECORD_BROWSERS"))

One = TypeVar("One")

IN_A_FOLDER = {"resultTypes": ["violations"], "preload": False}
"""What axe is asked of a page in a folder: its scripts may fetch nothing there, and axe would wait for that in vain."""


def tried(all_of_them: Sequence[One], some: Sequence[One]) -> Sequence[One]:
    """All where everything is to be tried, else those of them that show each kind."""
    assert all(one in all_of_them for one in some)
    return all_of_them if THOROUGH else some
