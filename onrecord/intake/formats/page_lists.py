"""The numbers of a page's lists, as a browser shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DEEPEST = 3
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,200}?\b(lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|upper-roman)\b"
)
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:[^;]{0,200}?\bnone\b")


class PageLists:
    """The depths and marks of all items of a page, each list counted once."""

    def __init__(self) -> None:
        self._numbers: dict[HtmlElement, dict[HtmlElement, int]] = {}

    def place(self, item: HtmlElement) -> tuple[int, str]:
        """The depth of an item (0, 1, …) and its mark: "-", "3." or "c."; "-" where its list shows no number."""
        lists = list(item.iterancestors("ul", "ol", "menu"))
        depth = max(0, min(len(lists) - 1, _DEEPEST))
        if not lists or lists[0].tag != "ol":
            return depth, "-"
        around = lists[0]
        style = around.get("style") or ""
        if _UNMARKED.search(style):
            return depth, "-"
        if around not in self._numbers:
            self._numbers[around] = _numbered(around)
        kind = _STYLE.search(style)
        number = self._numbers[around].get(item, 1)
        return depth, shown(number, _STYLES[kind[1]] if kind else (item.get("type") or around.get("type") or "1"))


def _numbered(around: HtmlElement) -> dict[HtmlElement, int]:
    """The ordinal values of a list's items (WHATWG HTML, section 4.4.5)."""
    items = [child for child in around if child.tag == "li"]
    step = -1 if around.get("reversed") is not None else 1
    value = _integer(around.get("start"))
    if value is None:
        value = len(items) if step < 0 else 1
    out = {}
    for child in items:
        own = _integer(child.get("value"))
        value = own if own is not None else value
        out[child] = value
        value += step
    return out


def _integer(text: str | None) -> int | None:
    match = re.match(r"\s*([+-]?\d{1,9})", text or "")
    return int(match[1]) if match else None


def shown(number: int, kind: str) -> str:
    """A number with its full stop as a list shows it: kind "1", "a", "A", "i" or "I"."""
    if kind in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(ord("a") + digit) + letters
        return (letters.upper() if kind == "A" else letters) + "."
    if kind in ("i", "I") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            roman += sign * times
        return (roman.upper() if kind == "I" else roman) + "."
    return f"{number}."
