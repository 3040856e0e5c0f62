"""Numbers that documents state in attributes, whatever a stranger writes there."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"-?[0-9]{1,9}")


def whole(text: str | None, otherwise: int) -> int:
    """The whole number of an attribute; `otherwise` where it states none, or one of more than nine digits."""
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise
