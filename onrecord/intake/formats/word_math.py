"""Word's formulas (Office MathML, ECMA-376 part 1, section 22.1) → their text on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.intake import raised_digits
from onrecord.intake.document import Mark
from onrecord.intake.formats.word_names import M, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEP = 60


def linear(element: _Element, depth: int = 0) -> str:
    """A formula on one line: fractions as (a)/(b), roots as √(a), powers and indices as Unicode has them or behind ^ and _."""
    if depth > _DEEP:
        return "".join(piece.text or "" for piece in element.iter(f"{M}t", f"{W}t"))

    def part(name: str) -> str:
        child = element.find(f"{M}{name}")
        return "" if child is None else linear(child, depth + 1)

    tag = element.tag
    if tag in (f"{M}t", f"{W}t"):
        return element.text or ""
    if tag == f"{M}f":
        return f"{_grouped(part('num'))}/{_grouped(part('den'))}"
    if tag == f"{M}rad":
        return f"{raised_digits.written(part('deg'), 'raised')}√({part('e')})"
    if tag in (f"{M}sSup", f"{M}sSub", f"{M}sSubSup"):
        return part("e") + _small(part("sub"), "lowered") + _small(part("sup"), "raised")
    if tag == f"{M}nary":
        sign = element.find(f"{M}naryPr/{M}chr")
        drawn = (sign.get(f"{M}val") if sign is not None else None) or "∫"
        return drawn + _small(part("sub"), "lowered") + _small(part("sup"), "raised") + f" {part('e')}"
    if tag == f"{M}d":
        start, end = (_delimiter(element, name, usual) for name, usual in (("begChr", "("), ("endChr", ")")))
        return start + ", ".join(linear(child, depth + 1) for child in element.findall(f"{M}e")) + end
    if tag == f"{M}m":
        rows = (
            ", ".join(linear(cell, depth + 1) for cell in row.findall(f"{M}e")) for row in element.findall(f"{M}mr")
        )
        return f"[{'; '.join(rows)}]"
    if isinstance(tag, str) and tag.endswith("Pr"):
        return ""
    return "".join(linear(child, depth + 1) for child in element)


def _delimiter(element: _Element, name: str, usual: str) -> str:
    sign = element.find(f"{M}dPr/{M}{name}")
    written = sign.get(f"{M}val") if sign is not None else None
    return usual if written is None else written


def _small(text: str, mark: Mark) -> str:
    if not text:
        return ""
    small = raised_digits.written(text, mark)
    return small if small != text else f"{'^' if mark == 'raised' else '_'}{_grouped(text)}"


def _grouped(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"
