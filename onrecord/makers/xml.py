"""Text as XML has it (XML 1.0, sections 2.4 and 3.3.3). The standard library's own escapes bring its network client along."""

from __future__ import annotations

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def text(value: str) -> str:
    """Words as the text of an element."""
    return value.translate(_TEXT)


def attribute(value: str) -> str:
    """Words as the value of an attribute, its quotation marks included."""
    return f'"{value.translate(_ATTRIBUTE)}"'
