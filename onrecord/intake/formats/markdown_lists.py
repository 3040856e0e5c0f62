"""The numbered lists of a Markdown text: what is one, and which numbers its items show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

# A number before another number is a part of a day: "22. 11. 2022".
_DAY = re.compile(r"\d{1,9}[.)][ \t]{1,9}\d{1,9}[.)](?=[ \t]|\Z)")
# Where nothing stands below, a number alone, and one that may be a year's ("2022. november 22."), begin no list.
_ALONE = re.compile(r"\d{1,9}[.)][ \t]*\Z|[12]\d{3}[.)]")


def listed(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """The rule of lists, for lines that begin one: not a day in digits, nor a number that stands alone, which no item has."""
    from markdown_it.rules_block import list_block

    start = state.bMarks[first] + state.tShift[first]
    if not silent and state.src[start : start + 1].isdigit():
        line = state.src[start : min(state.eMarks[first], start + 80)]
        if _DAY.match(line) or (_ALONE.match(line) and (first + 1 >= end or state.isEmpty(first + 1))):
            return False
    return list_block(state, first, end, silent)


def number(tokens: Sequence[Token]) -> list[str]:
    """Gives each item of a numbered list the number that it was written with, where not all have the same; returns the numbers that the
    page shows."""
    shown: list[str] = []
    lists: list[tuple[Token, list[Token]]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append((token, []))
        elif token.type == "list_item_open" and lists:
            lists[-1][1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close") and lists:
            around, items = lists.pop()
            written = [item.info for item in items if item.info.isdigit()]
            if len(set(written)) > 1 or len(items) == 1:
                for item in items:
                    if item.info.isdigit():
                        item.attrSet("value", item.info)
                shown += (str(int(digits)) for digits in written)
            elif written:
                start = int(str(around.attrGet("start") or 1))
                shown += (str(start + at) for at in range(len(items)))
    return shown
