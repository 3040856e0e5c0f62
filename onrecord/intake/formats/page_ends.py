"""The ends of a page's text: what leads to other pages stands behind the last paragraph, or between paragraphs, and is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake.document import Block, LeftOut
from onrecord.intake.formats.page_text import is_sentence

# Links to these belong to a release: whom to ask, what to read with it.
OWN_LINK = re.compile(r"(?i)^(?:mailto|tel):|\.(?:pdf|docx?|odt|rtf|xlsx?|csv|zip)(?:[?#]|$)")
_END = re.compile(r"[.!?…؟。！？:：][\"”»’')\]]*\s*$")
# A line that is linked so far leads elsewhere; where words stand before the link, in a short line.
_ALL, _MOST = 0.95, 0.3
_SHORT = 160
_ADDRESS = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)?[a-z0-9-]{1,63}+(?:\.[a-z0-9-]{1,63}+){0,9}\.[a-z]{2,}/[^\s\"<>()]*", re.I
)
_MOST_ADDRESSES = 0.5
_LEAST_WORDS = 3
# So many heads of other pages in a row have a row of words above them, of which each opens a list.
_LEAST_TEASERS, _MOST_TABS = 3, 4
# So many words beside an address say more than that it is one.
_LEAST_LEAD = 8


def trimmed(blocks: Sequence[Block]) -> tuple[list[Block], tuple[LeftOut, ...]]:
    """Blocks without the links to other pages: those behind the last running text, with their headings, and paragraphs between others
    that are nothing but a link without the end of a sentence."""
    out = list(blocks)
    left: list[LeftOut] = []
    end = _end(out)
    if any(_linked(block) or _is_away_by_itself(block) for block in out[end:]) and any(
        is_sentence(block.text) for block in out[:end]
    ):
        while end and out[end - 1].kind == "heading":
            end -= 1
        left += [_left(block) for block in out[end:]]
        del out[end:]
    kept = []
    for at, block in enumerate(out):
        if 0 < at < len(out) - 1 and _is_link_between(out[at - 1], block, out[at + 1]):
            left.append(_left(block))
        else:
            kept.append(block)
    return [_with_whole_links(block) for block in kept], tuple(left)


def _end(blocks: Sequence[Block]) -> int:
    """How many blocks are left without those that lead away at the end: links, and short lines that each stand below one."""
    end = len(blocks)
    teasers = tabs = 0
    before_teasers = end
    while end:
        if _leads_away(blocks[end - 1]):
            end -= 1
        elif end > 1 and _is_teaser(blocks[end - 2], blocks[end - 1]):
            before_teasers = end if not teasers else before_teasers
            teasers += 1
            end -= 2
        elif teasers >= _LEAST_TEASERS and tabs < _MOST_TABS and _is_tab(blocks[end - 1]):
            tabs += 1
            end -= 1
        else:
            break
    return end if teasers != 1 else before_teasers


def _is_tab(block: Block) -> bool:
    """True for an item of a word or two above lists of other pages: which of them is shown."""
    return block.kind == "item" and len(block.text.split()) < _LEAST_WORDS and not is_sentence(block.text)


def _is_teaser(head: Block, text: Block) -> bool:
    """True for a line that is a link and a short one below it, of the other page."""
    return (
        text.kind == "paragraph"
        and len(text.text) <= _SHORT
        and head.kind in ("paragraph", "heading", "item")
        and _leads_away(head)
        and _linked(head) >= len(head.text.strip()) * _ALL
    )


def _with_whole_links(block: Block) -> Block:
    """The block without addresses that only their own site can read."""
    if not any(run.href and not run.href.startswith("http") for run in block.runs):
        return block
    return replace(
        block, runs=tuple(replace(run, href=run.href if run.href.startswith("http") else "") for run in block.runs)
    )


def _left(block: Block) -> LeftOut:
    text = " ".join(text for text in (block.marker if block.marker != "-" else "", *block.texts) if text)
    return LeftOut(text, "related links", is_sentence(block.text) and _linked(block) < len(block.text) * _MOST)


def _linked(block: Block) -> int:
    return sum(len(run.text) for run in block.runs if run.href)


def _is_away_by_itself(block: Block) -> bool:
    """True for a mere number, and for a short line that is mostly web addresses, as its words: none of a document."""
    text = block.text.strip()
    addresses = _ADDRESS.findall(text)
    if _leads_to_address(text):
        return False
    return text.removeprefix("+").isdigit() or (
        block.kind in ("paragraph", "item")
        and len(text) <= _SHORT
        and not is_sentence(text)
        and not any(OWN_LINK.search(address) for address in addresses)
        and sum(map(len, addresses)) > len(text) * _MOST_ADDRESSES
    )


def _leads_to_address(text: str) -> bool:
    """True for a sentence of the text that ends in a web address: "More about the lamps and those who lit them is to be found at …"."""
    return _ADDRESS.search(text) is not None and len(_ADDRESS.sub(" ", text).split()) >= _LEAST_LEAD


def _leads_away(block: Block) -> bool:
    """True for a heading, a rule, a mere number, web addresses, and a short line that is a link, or ends with one behind a few words."""
    if block.kind in ("heading", "rule") or _is_away_by_itself(block):
        return True
    if (
        block.kind not in ("paragraph", "item")
        or is_sentence(block.text)
        or any(OWN_LINK.search(run.href) for run in block.runs)
        or _leads_to_address(block.text)
    ):
        return False
    return len(block.text) <= _SHORT and _linked(block) > len(block.text) * _MOST and not _END.search(block.text)


def _is_link_between(before: Block, block: Block, after: Block) -> bool:
    if block.kind != "paragraph" or any(OWN_LINK.search(run.href) for run in block.runs):
        return False
    if before.kind not in ("paragraph", "quote", "heading") or after.kind not in ("paragraph", "quote", "heading"):
        return False
    text = block.text
    return (
        len(text) <= _SHORT
        and len(text.split()) >= _LEAST_WORDS
        and _linked(block) >= len(text.strip()) * _ALL
        and not _END.search(text)
    )
