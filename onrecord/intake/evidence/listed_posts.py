"""Pages and letters that hold several texts, each under its own headline and with its own day: no one of them is the document's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.intake.document import Block
from onrecord.intake.evidence.date_mentions import dates_in_line
from onrecord.intake.evidence.date_roles import LONGEST_DATE_LINE

_FEWEST_POSTS, _FEWEST_DAYS = 3, 2
# A line of a date has no more words, and stands so near to its headline.
_MOST_DATED_WORDS, _REACH = 12, 2


@dataclass(frozen=True, slots=True)
class Posts:
    """The headlines of the texts of which a document has several, and the lines with their days; both empty where it has one text."""

    headlines: frozenset[str] = frozenset()
    dated_lines: frozenset[str] = frozenset()


def posts_of(blocks: Sequence[Block], language: str) -> Posts:
    """The texts of a document that has three and more, each a heading of one rank with a dated line beside it. `language` is that of the
    document."""
    return _posts(
        tuple((block.kind == "heading", block.level, " ".join(block.text.split())) for block in blocks), language
    )


@lru_cache(maxsize=4)
def _posts(blocks: tuple[tuple[bool, int, str], ...], language: str) -> Posts:
    headings = [at for at, (is_heading, _, text) in enumerate(blocks) if is_heading and len(text.split()) > 1]
    if len(headings) < _FEWEST_POSTS:
        return Posts()
    by_rank: dict[tuple[int, int], list[tuple[str, str, str]]] = defaultdict(list)
    for at in headings:
        for step in (*range(1, _REACH + 1), -1):
            near = at + step
            if not 0 <= near < len(blocks) or (blocks[near][0] and near in headings):
                if step > 0:
                    continue
                break
            day = _day(blocks[near][2], language)
            if day:
                # Below each of them, or above each.
                by_rank[blocks[at][1], 1 if step > 0 else -1].append((blocks[at][2], blocks[near][2], day))
                break
    out = [
        post
        for posts in by_rank.values()
        if len(posts) >= _FEWEST_POSTS and len({day for _, _, day in posts}) >= _FEWEST_DAYS
        for post in posts
    ]
    return Posts(frozenset(headline for headline, _, _ in out), frozenset(line for _, line, _ in out))


def _day(text: str, language: str) -> str:
    """The day of a line that has nothing but a date and few words; empty for other lines."""
    if len(text) > LONGEST_DATE_LINE or len(text.split()) > _MOST_DATED_WORDS or not any(map(str.isdigit, text)):
        return ""
    return next((date.edtf for date in dates_in_line(text, language) if date.edtf), "")
