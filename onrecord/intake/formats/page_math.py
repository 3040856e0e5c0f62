"""MathML → its text on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.intake import raised_digits

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DEEP = 60


def linear(element: HtmlElement, depth: int = 0) -> str:
    """A formula on one line: fractions as (a)/(b), roots as √(a), powers and indices as Unicode has them or behind ^ and _."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("annotation", "annotation-xml") or depth > _DEEP or not tag:
        return ""
    parts = [linear(child, depth + 1) for child in element if isinstance(child.tag, str)]
    if tag == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag in ("msqrt", "mroot"):
        index = parts.pop() if tag == "mroot" and len(parts) == 2 else ""
        return f"{raised_digits.written(index, 'raised')}√({''.join(parts)})"
    if tag in ("msup", "msub") and len(parts) == 2:
        raised = tag == "msup"
        small = raised_digits.written(parts[1], "raised" if raised else "lowered")
        return parts[0] + (small if small != parts[1] else f"{'^' if raised else '_'}{_grouped(parts[1])}")
    own = " ".join((element.text or "").split())
    tails = [" ".join((child.tail or "").split()) for child in element if isinstance(child.tag, str)]
    text = own + "".join(part + tail for part, tail in zip(parts, tails, strict=False))
    return f" {text} " if tag == "mo" and text in "=<>≤≥≈±+−-×·" and text else text


def _grouped(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"
