"""Words of help: each field of a view carries one, and templates/README.md is made from them."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def said(words: str) -> Any:
    """A dataclass field with its word of help."""
    return field(metadata={"help": words})
