"""Lines of a PDF's pages that are no part of its text: what a browser prints around a page, running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.document import LeftOut
from onrecord.intake.formats import plaintext
from onrecord.intake.formats.pdf_lines import Line

_PRINTED_HEAD = re.compile(r"\s*\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?!\d)")
_PRINTED_FOOT = re.compile(r"(?P<url>(?:https?|file)://\S{1,999})\s+(?P<page>\S.*)", re.I)
_PRINTED_FOOT_REVERSED = re.compile(r"(?P<page>\S(?:.*\S)?)\s+(?P<url>https?://\S+)$", re.I)
_TWO_NUMBERS = re.compile(r"\d\D+\d")
# How many lines at a page's edge may belong to its head or foot, and how long such a line may be.
_MOST_LINES = 4
_LONGEST = 140


def without_print_marks(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], str, list[LeftOut]]:
    """The pages without what a browser prints around a page — the day of printing and the title above, address and page below — and
    the address. The day of printing is no date of the release."""
    url = ""
    for page in pages:
        lowest = max((line.top for line in page), default=0)
        for line in page:
            if line.top >= lowest - 3:
                url = _printed_address(line.text) or url
    if not url:
        return [list(page) for page in pages], "", []
    out: list[list[Line]] = []
    left_out: list[LeftOut] = []
    for page in pages:
        top, bottom = min((line.top for line in page), default=0), max((line.top for line in page), default=0)
        kept = []
        for line in page:
            head = line.top <= top + 3 and _PRINTED_HEAD.match(line.text)
            foot = line.top >= bottom - 3 and _printed_address(line.text)
            if head or foot:
                left_out.append(LeftOut(plaintext.clean(line.plain), "printed by a browser around the page"))
            else:
                kept.append(line)
        out.append(kept)
    return out, url if url.startswith("http") and not url.endswith(("…", "...")) else "", left_out


def _printed_address(foot: str) -> str:
    """The address in the foot that a browser prints: the address and "1/2", "Seite 1 von 2", with at most a word between, or the other
    way round."""
    found = _PRINTED_FOOT.search(foot)
    if found:
        page = found["page"].strip()
        if any(map(_is_page_of_pages, (page, page.partition(" ")[2]))):
            return found["url"]
    found = _PRINTED_FOOT_REVERSED.match(foot.strip())
    return found["url"] if found and _is_page_of_pages(found["page"]) else ""


def _is_page_of_pages(text: str) -> bool:
    return _TWO_NUMBERS.search(text) is not None and plaintext.is_page_number(text)


def without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[LeftOut]]:
    """The pages without running heads, running feet and page numbers; the first page keeps its head, which is the letterhead.

    Only the outermost lines are looked at, one after the other, and only those that stand at the same height with the same words,
    numbers apart, on another page too: a sentence that is repeated in the text is not touched.
    """
    sorted_pages = [sorted(page, key=lambda line: (line.top, line.left)) for page in pages]
    reasons: dict[int, str] = {}
    for foot in (False, True):
        edges = [list(reversed(page)) if foot else page for page in sorted_pages]
        # Where the same words stand at the edge of a page: its number, how far from the edge, how high.
        places: dict[str, list[tuple[int, int, float]]] = {}
        for number, page in enumerate(edges):
            for depth, line in enumerate(page[: _MOST_LINES + 1]):
                places.setdefault(_folded(line), []).append((number, depth, line.top))
        for number, page in enumerate(edges):
            for depth, line in enumerate(page[:_MOST_LINES]):
                is_number = plaintext.is_page_number(line.plain) and len(page) > 1
                repeated = len(line.text) < _LONGEST and _is_repeated(places[_folded(line)], number, depth, line.top)
                if not (repeated or is_number):
                    break
                if number or foot or is_number:
                    reasons[id(line)] = "page number" if is_number else "running head"
    left_out = [
        LeftOut(plaintext.clean(line.plain), reasons[id(line)])
        for page in pages
        for line in page
        if id(line) in reasons
    ]
    return [[line for line in page if id(line) not in reasons] for page in pages], left_out


def _is_repeated(places: Sequence[tuple[int, int, float]], number: int, depth: int, top: float) -> bool:
    """True where the words of a line stand on another page, about as far from the edge and as high."""
    return any(
        other != number and other_depth <= depth + 1 and abs(other_top - top) < 4
        for other, other_depth, other_top in places[:1000]
    )


def _folded(line: Line) -> str:
    return re.sub(r"\d+", "0", plaintext.clean(line.plain)).lower()
