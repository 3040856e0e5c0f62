"""Names of WordprocessingML and its neighbours (ECMA-376 part 1), and how on and off are written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFF = frozenset(["0", "false", "off", "none"])
"""Values of a property that is switched off (section 17.17.4); stated without a value, it is on."""


def value_of(element: _Element | None) -> str:
    """The value of a property; empty for none."""
    return "" if element is None else element.get(f"{W}val") or ""


def alternative(element: _Element) -> _Element | None:
    """Of the choices of a newer program and what older ones show instead, the one that is read (part 3, section 7.6)."""
    choice = element.find(f"{MC}Choice")
    return choice if choice is not None else element.find(f"{MC}Fallback")
