"""What a short line at the foot of a text shows by itself: a link to another page, who wrote the text, when its page was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.intake.evidence.term_finder import key
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.lines import Line
from onrecord.intake.lexicon import Lexicon

# When a program wrote or read a page, to the second.
_MACHINE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,6}")
# What may stand around a line that names who wrote a text, and how long such a line is.
_FRAME = " \t*_()（）[]【】–—-."
_LONGEST_CREDIT, _MOST_NAMES = 80, 6
_SHOWN_ADDRESS = re.compile(r"\s*(?:https?://|www\.)?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?:/\S{0,200})?\s*$")
_LONGEST_LINK = 30
# What a page says of itself for machines, written out: the size of its picture, its author, its times, its title.
_MOST_OF_DATA, _MOST_DATA_WORDS = 12, 6
# "Pickup - " before a link: what the link is.
_LINK_LABEL = re.compile(r"[^\W\d_]+\s*(?:[-–—]\s|[:：|])\s*")
_LONGEST_VERSION, _MOST_VERSION_WORDS = 300, 14
_WEB_ADDRESS = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)?[\w-]{1,63}+(?:\.[\w-]{1,63}+){0,5}\.[a-z]{2,}(?![\w@])\S{0,200}", re.I
)


def is_credit(text: str, lexicon: Lexicon) -> bool:
    """True for "Edited by Mira Dorn", "(Editor: M. Dorn)", "Reporter:": below a text, who wrote, edited or translated it."""
    bare = text.strip(_FRAME)
    match = lexicon.pattern("text_credits", "start").match(bare) if len(bare) <= _LONGEST_CREDIT else None
    if match is None:
        return False
    behind = bare[match.end() :]
    if behind.lstrip().startswith((":", "：")):
        return True
    names = behind.split()
    return 0 < len(names) <= _MOST_NAMES and all(name[:1].isupper() for name in (names[0], names[-1]))


def is_linked(line: Line) -> bool:
    """True for a short line of links, a word before them or none: "Partner", and the headline of another page."""
    linked = sum(len(run.text) for run in line.block.runs if run.href)
    bare = sum(any(map(str.isalnum, word)) for run in line.block.runs if not run.href for word in run.text.split())
    # "Also at https://quay.example": the address itself is what is read.
    shown = linked > _LONGEST_LINK or any(_SHOWN_ADDRESS.match(run.text) for run in line.block.runs if run.href)
    labelled = any(not run.href and _LINK_LABEL.fullmatch(run.text.lstrip()) for run in line.block.runs[:1])
    lone = bare == 1 and (shown or labelled) and not line.ends_sentence
    return linked > 0 and len(line.text) < 160 and (not bare or lone)


def is_other_version(line: Line, lexicon: Lexicon) -> bool:
    """True for "View source version on wire.example: https://wire.example/1": where the same release stands too."""
    text = line.text.strip()
    if line.block.kind != "paragraph" or len(text) > _LONGEST_VERSION or not _WEB_ADDRESS.search(text):
        return False
    found = lexicon.pattern("original_version", "start").match(text)
    return found is not None and len(_WEB_ADDRESS.sub(" ", text[found.end() :]).split()) <= _MOST_VERSION_WORDS


def shows_address(text: str) -> bool:
    """True where the address of a web page stands in a text."""
    return _WEB_ADDRESS.search(text) is not None


def is_stamp(line: Line, context: Context) -> bool:
    """True for "Page last updated: 3 May 2013" and "2013-05-03 16:20:14": the page's day, nothing that the release says."""
    text = line.text.strip()
    if line.block.kind == "paragraph" and _MACHINE_TIME.fullmatch(text):
        return True
    updated = context.lexicon.pattern("updated", "within")
    if line.block.kind != "paragraph" or len(text) > 90 or not updated.search(text) or not line.header.dates:
        return False
    return len(updated.sub(" ", line.header.words.replace(" | ", " ")).split()) <= 4


def page_data(lines: Sequence[Line], titles: frozenset[str]) -> Iterator[Line]:
    """The lines at the end that are what a page says of itself for machines: numbers, times to the second, a title of the document again
    (`titles` are `key`s), a name that stands twice. None where no such time is among them."""
    found: list[Line] = []
    timed = False
    for at in range(len(lines) - 1, max(len(lines) - 1 - _MOST_OF_DATA, -1), -1):
        text = lines[at].text.strip()
        neighbours = [lines[other].text.strip() for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        again = text in neighbours and lines[at].word_count <= _MOST_DATA_WORDS and not lines[at].ends_sentence
        is_time = _MACHINE_TIME.fullmatch(text) is not None
        if lines[at].block.kind != "paragraph" or not (text.isdigit() or is_time or again or key(text) in titles):
            break
        timed |= is_time
        found.append(lines[at])
    if timed:
        yield from found
