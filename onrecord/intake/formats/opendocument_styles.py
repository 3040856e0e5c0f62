"""The styles of an OpenDocument text: how its characters look, which paragraphs are headings, how its lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.intake.document import Mark
from onrecord.intake.formats.number_attributes import whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE = (f"{{{_NAMES}{name}:1.0}}" for name in ("office", "text", "table", "style"))
FO = f"{{{_NAMES}xsl-fo-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
_DEEPEST = 30
_SHARE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?%?")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks."""

    strong: bool = False
    emphasis: bool = False
    mark: Mark = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Numbering:
    """How a level of a list is numbered: no format for bullets."""

    form: str = ""
    before: str = ""
    after: str = "."
    first: int = 1


class Styles:
    """The styles of the parts of a document, the later part's before the earlier's."""

    def __init__(self, trees: Sequence[_Element]) -> None:
        self._styles: dict[str, _Element] = {}
        self._lists: dict[str, dict[int, _Numbering]] = {}
        self._looks: dict[tuple[str, Look], Look] = {}
        for tree in trees:
            for style in tree.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}name") or ""] = style
            for style in tree.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{STYLE}name") or ""] = dict(_levels(style))

    def look(self, name: str | None, inherited: Look) -> Look:
        """How text of this style looks where it stands in text of another look."""
        if not name:
            return inherited
        key = (name, inherited)
        if key not in self._looks:
            look = inherited
            for style in reversed(self._chain(name)):
                for properties in style.iter(f"{STYLE}text-properties"):
                    look = _changed(look, properties)
            self._looks[key] = look
        return self._looks[key]

    def heading(self, name: str | None) -> str:
        """The level of the heading that a paragraph of this style is, empty for any other; a title is one of level 1."""
        for style in self._chain(name or ""):
            level = style.get(f"{STYLE}default-outline-level")
            if level:
                return str(level)
            if (style.get(f"{STYLE}name") or "") == "Title":
                return "1"
        return ""

    def first_number(self, style: str, level: int) -> int:
        """The number with which a list begins."""
        return self._lists.get(style, {}).get(level, _Numbering()).first

    def number(self, style: str, level: int, value: int) -> str:
        """What stands before an item, empty for a bullet."""
        numbering = self._lists.get(style, {}).get(level, _Numbering())
        written = _written(value, numbering.form)
        return f"{numbering.before}{written}{numbering.after}" if written else ""

    def _chain(self, name: str) -> list[_Element]:
        out: list[_Element] = []
        while name in self._styles and len(out) < _DEEPEST:
            out.append(self._styles[name])
            name = self._styles[name].get(f"{STYLE}parent-style-name") or ""
        return out


def _levels(style: _Element) -> list[tuple[int, _Numbering]]:
    out: list[tuple[int, _Numbering]] = []
    for level in style:
        if not isinstance(level.tag, str) or not level.tag.startswith(f"{TEXT}list-level-style-"):
            continue
        numbering = _Numbering(
            level.get(f"{STYLE}num-format") or "" if level.tag.endswith("-number") else "",
            level.get(f"{STYLE}num-prefix") or "",
            level.get(f"{STYLE}num-suffix") or "",
            whole(level.get(f"{TEXT}start-value"), 1),
        )
        out.append((whole(level.get(f"{TEXT}level"), 1) - 1, numbering))
    return out


def _written(value: int, form: str) -> str:
    """A number in the form of a list: 1, a, A, i, I."""
    if form in ("a", "A"):
        letters = ""
        while value > 0 and len(letters) < 8:
            value, digit = divmod(value - 1, 26)
            letters = chr(ord("a") + digit) + letters
        return letters.upper() if form == "A" else letters
    if form in ("i", "I"):
        roman = ""
        for size, sign in _ROMAN if 0 < value < 5000 else ():
            roman += sign * (value // size)
            value %= size
        return roman.upper() if form == "I" else roman
    return str(value) if form else ""


def _changed(look: Look, properties: _Element) -> Look:
    """A look with what a style says of characters (part 3, section 16.29.1)."""
    weight = properties.get(f"{FO}font-weight")
    slant = properties.get(f"{FO}font-style")
    position = (properties.get(f"{STYLE}text-position") or "").split()
    line = properties.get(f"{STYLE}text-line-through-style") or properties.get(f"{STYLE}text-line-through-type")
    display = properties.get(f"{TEXT}display")
    if weight:
        look = replace(look, strong=weight == "bold" or whole(weight, 0) >= 600)
    if slant:
        look = replace(look, emphasis=slant in ("italic", "oblique"))
    if position and look.mark != "struck":
        first = position[0]
        raised = first == "super" or (_SHARE.fullmatch(first) is not None and float(first.rstrip("%")) > 0)
        look = replace(look, mark="raised" if raised else "lowered" if first == "sub" or first.startswith("-") else "")
    if line:
        look = replace(look, mark="struck" if line != "none" else "" if look.mark == "struck" else look.mark)
    if display:
        look = replace(look, hidden=display == "none")
    return look
