"""A page's text, about, for counting alone: what of it is no tag."""

from __future__ import annotations

import re

_UNSHOWN = re.compile(r"<(style|script|head)\b")


def without_tags(page: str) -> str:
    """About what of a page is text."""
    out: list[str] = []
    at = 0
    open_to_the_end: set[str] = set()
    while (start := page.find("<", at)) >= 0:
        out.append(page[at:start])
        name = _UNSHOWN.match(page, start)
        if name and name[1] not in open_to_the_end:
            end = page.find(f"</{name[1]}>", name.end())
            if end >= 0:
                at = end + len(name[1]) + 3
                continue
            open_to_the_end.add(name[1])
        end = page.find(">", start)
        if end < 0:
            at = start
            break
        at = end + 1
    return "".join(out) + page[at:]
