"""Characters that a reader cannot see, and that can make words look like others (Unicode Standard Annex 9, Technical Standard 39)."""

from __future__ import annotations

import re

HIDDEN = r"[\u202a-\u202e\u2066-\u2069\u00ad\u200b\u2060\ufeff\u2028\u2029\x85\x0b\x0c]"
_HIDDEN = re.compile(HIDDEN)


def hidden(text: str) -> str:
    """The first character of `text` that is not shown and may not stand in a title, a name or a label, as "U+202E"; else empty.

    Directional marks (LRM, RLM) and joiners (ZWJ, ZWNJ), which Arabic, Persian and Indic scripts need, are not among them.
    """
    if text.isascii() and text.isprintable():
        return ""
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
