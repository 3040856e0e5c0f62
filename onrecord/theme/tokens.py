"""The tokens of site.css: the names and values in its layer `tokens`, from which everything on a page has its colours and its type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LAYER = re.compile(r"@layer\s+tokens\s*\{")
COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)")
"""A comment of a stylesheet; one that is not closed goes to the end (CSS Syntax Level 3, section 4.3.2)."""
_DECLARATION = re.compile(r"(?<![a-z0-9-])--([a-z][a-z0-9-]*+)\s*+:\s*+([^;{}]++)")
_HEX = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
_PAIR = re.compile(rf"light-dark\(\s*({_HEX})\s*,\s*({_HEX})\s*\)")
_SINGLE = re.compile(_HEX)
COLOUR = re.compile(_HEX)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Values by their names, without `--`: colours as (in light, in dark), `#rrggbb` in small letters; all others as they are written."""

    colours: Mapping[str, tuple[str, str]]
    others: Mapping[str, str]


def tokens(css: str) -> Tokens:
    """The tokens of a stylesheet: those of the first rule of its first layer `tokens`."""
    css = COMMENT.sub("", css)
    layer = _LAYER.search(css)
    first = css[layer.end() :].partition("}")[0].partition("{")[2] + ";" if layer else ""
    colours: dict[str, tuple[str, str]] = {}
    others: dict[str, str] = {}
    for name, value in _DECLARATION.findall(first):
        value = value.strip()
        if pair := _PAIR.fullmatch(value):
            colours[name] = whole(pair[1]), whole(pair[2])
        elif _SINGLE.fullmatch(value):
            colours[name] = whole(value), whole(value)
        else:
            others[name] = value
    return Tokens(colours, others)


def whole(colour: str) -> str:
    """A colour in hexadecimal digits, three or six, as six small ones."""
    digits = colour[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
