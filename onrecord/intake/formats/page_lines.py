"""The lines of pages: their numbers, running heads and repeated letterheads, told from the text by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.intake.document import LeftOut
from onrecord.intake.formats.decoding import clean
from onrecord.intake.lexicon import languages, lexicon_of
from onrecord.intake.lexicon.notation import folded

TERMINAL = re.compile(r"[.!?:;؟。！？»”\"’')\]」]\s*$")
# "12", "- 12 -", "12 / 40", with a short word before it in whatever language: "Page 2 of 3", "Seite 2", "صفحة 2".
_PAGE_NUMBER = re.compile(
    r"\s*+(?:[-–—|]\s*+)?(?:[^\W\d_]{1,9}\.?\s*+)?\d{1,3}(?:\s*+(?:/|[^\W\d_]{2,3})\s*+\d{1,3})?+(?:\s*+[-–—|])?+\s*+$"
)
_BARE_NUMBER = re.compile(r"\s*+(?:[-–—|]\s*+)?\d{1,3}\s*+(?:[-–—|]\s*+)?$")
# The end mark of news desks, and the number of a page.
_THIRTY = re.compile(r"\s*[-–—]\s?30\s?[-–—]\s*$")
_LONGEST_HEAD = 120
_EDGE_LINES = 4


def text_lines(text: str) -> tuple[list[str], list[LeftOut]]:
    """The lines of a text without what its pages repeat, and what was left out. Pages are parted by form feeds, or by their numbers."""
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) == 1:
        pages = _parted_by_numbers(pages[0])
    left_out: list[LeftOut] = []
    if len(pages) > 1:
        pages = _without_letterhead_again(pages, left_out)
        pages = _without_running_heads(pages, left_out)
    return _joined(pages, left_out), left_out


def _parted_by_numbers(lines: list[str]) -> list[list[str]]:
    """The pages of a text whose form feeds are lost, told by their numbers: "- 1 -", "Page 2 of 3" on lines of their own."""
    pages: list[list[str]] = [[]]
    number = 0
    for at, line in enumerate(lines):
        pages[-1].append(line)
        if _is_alone(lines, at) and is_page_number(line) and not line.strip().isdigit():
            digits = re.search(r"\d+", line)
            if digits and int(digits[0]) in (number + 1, number + 2):
                number = int(digits[0])
                pages.append([])
    return [page for page in pages if any(line.strip() for line in page)]


def _is_alone(lines: Sequence[str], at: int) -> bool:
    """True for a line with an empty line, or nothing, above and below it."""
    return (at == 0 or not lines[at - 1].strip()) and (at + 1 == len(lines) or not lines[at + 1].strip())


def _without_letterhead_again(pages: Sequence[list[str]], left_out: list[LeftOut]) -> list[list[str]]:
    """Pages without a first line that only says again what the letterhead of the first page says."""
    head = {word for line in [line for line in pages[0] if line.strip()][:8] for word in _folded_words(line)}
    out = [pages[0]]
    for page in pages[1:]:
        first = next((at for at, line in enumerate(page) if line.strip()), 0)
        words = _folded_words(page[first]) if page else []
        again = len(words) >= 3 and len(page[first]) < _LONGEST_HEAD and set(words) <= head
        if again and _is_alone(page, first) and not TERMINAL.search(page[first]):
            left_out.append(LeftOut(page[first].strip(), "running head"))
            page = page[first + 1 :]
        out.append(page)
    return out


def _folded_words(line: str) -> list[str]:
    return re.findall(r"\w+", line.lower())


def _without_running_heads(pages: Sequence[Sequence[str]], left_out: list[LeftOut]) -> list[list[str]]:
    """Pages without the lines at their top and bottom that stand there on another page too, numbers apart.

    The first page keeps its head. Only outermost lines are looked at: a sentence that is repeated in the text is not touched.
    """
    out = [list(page) for page in pages]
    for last in (False, True):
        edges = [
            [_folded(line) for line in (reversed(page) if last else page) if line.strip()][:_EDGE_LINES] for page in out
        ]
        # How many pages have a line at this depth or above it.
        counts: dict[tuple[str, int], int] = {}
        for edge in edges:
            for head in set(edge):
                for depth in range(max(edge.index(head) - 1, 0), _EDGE_LINES):
                    counts[head, depth] = counts.get((head, depth), 0) + 1
        for number, page in enumerate(out):
            if not number and not last:
                continue
            for depth, head in enumerate(edges[number]):
                if len(head) > _LONGEST_HEAD or counts.get((head, depth), 0) < 2:
                    break
                at = -1 if last else 0
                while page and not page[at].strip():
                    page.pop(at)
                line = page.pop(at)
                left_out.append(LeftOut(line.strip(), "page number" if is_page_number(line) else "running head"))
    return out


def _joined(pages: Sequence[Sequence[str]], left_out: list[LeftOut]) -> list[str]:
    """The lines of all pages, page numbers gone."""
    out: list[str] = []
    numbered = sum(bool(line.strip()) and is_page_number(line) for page in pages for line in page)
    for page in pages:
        lines = []
        for at, line in enumerate(page):
            ends = _THIRTY.match(line) and numbered < 2
            if line.strip() and not ends and is_page_number(line) and _is_alone(page, at):
                left_out.append(LeftOut(line.strip(), "page number"))
            else:
                lines.append(line)
        written = [at for at, line in enumerate(lines) if line.strip()]
        lines = lines[written[0] : written[-1] + 1] if written else []
        if out and lines:
            # A sentence that runs over the page's end goes on; what was finished is parted.
            goes_on = not TERMINAL.search(out[-1]) and lines[0].strip()[:1].islower()
            if not goes_on:
                out.append("")
        out += lines
    return out


def is_page_number(line: str) -> bool:
    """True for a line that holds the number of a page and nothing else."""
    text = line.strip()
    if len(text) >= 24 or not _PAGE_NUMBER.match(text):
        return False
    if _BARE_NUMBER.match(text):
        return True
    first, *further = [folded(word) for word in re.findall(r"[^\W\d_]+\.?", text)] or [""]
    if not first:
        return "/" in text
    links = _words("function_words") | _words("connectives")
    return (first in _words("page_number") or (text[0].isdigit() and first in links)) and all(
        word in links for word in further
    )


@lru_cache(maxsize=8)
def _words(category: str) -> frozenset[str]:
    """The words of a category in all languages: pages are parted before the language of their text is known."""
    return frozenset(word for language in languages() for word in lexicon_of(language).words(category))


def _folded(line: str) -> str:
    return re.sub(r"\d+", "0", clean(line)).lower()
