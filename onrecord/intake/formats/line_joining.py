"""Wrapped lines → paragraphs: at which column lines were wrapped, which line goes on which, words broken at a line's end made whole."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

from onrecord.intake.evidence.date_mentions import LANGUAGES, dates_in
from onrecord.intake.formats.page_lines import TERMINAL
from onrecord.intake.lexicon import lexicon_of

_COLUMNS = re.compile(r"\s\s\s")
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-\u00ad\u2010]\s*$")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# All characters that are wide stand there.
_MAY_BE_WIDE = re.compile("[\u1100-\u115f\u2300-\U0010ffff]")
_DAY_AT_END = re.compile(r"(?<!\d)\d{1,2}[^\W\d_]{0,2}\.?$")
_MONTH_AND_YEAR = re.compile(r"\s*[^\W\d_]{3,12}\.?,?\s+(?:1[5-9]|20)\d\d(?!\d)")
# The widest text that is taken for wrapped, and where more evidence is asked.
_WIDEST = 160
_WIDE = 100
_NARROWEST = 30
_FEWEST_DOUBLE_SPACED = 6
_LONGEST_WORD = 200
# What was a link in a line of its own is no longer.
_LONGEST_LINK = 60
# What no line begins with unless it goes on the one before.
_GOES_ON = (",", ";", "”")
# A line that nobody has wrapped: only that it is far too wide is asked.
_LONGEST_SCREEN = 10_000


def columns(text: str) -> int:
    """How many columns a text takes on a screen of fixed width: two for each wide character (Unicode Standard Annex 11)."""
    if text.isascii() or len(text) > _LONGEST_SCREEN or not _MAY_BE_WIDE.search(text):
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _first_word_columns(line: str) -> int:
    """The columns of what a line cannot be broken before: its first word, or its first character in a script without blanks."""
    text = line.lstrip()
    return columns(text[0]) if _UNSPACED.match(text) else columns(text.split(maxsplit=1)[0])


def wrap_width(lines: Sequence[str]) -> int:
    """The column at which lines were wrapped by hand or program, or 0 where they were not."""
    # Lines set in columns tell nothing of how text was wrapped.
    lines = [line if not _COLUMNS.search(line) else "" for line in map(str.strip, lines)]
    widths = [columns(line) for line in lines]
    longest_first = sorted(filter(None, widths))
    if len(longest_first) < 4:
        return longest_first[-1] if longest_first and 40 <= longest_first[-1] <= _WIDE else 0
    # A line or two may stick out.
    longest = longest_first[max(int(len(longest_first) * 0.92) - 1, 0)]
    if not _NARROWEST <= longest <= _WIDEST:
        return 0
    if 2 * sum(width for width in longest_first if width > 2 * longest) > sum(longest_first):
        # Where most of a text stands in lines far wider than that, nobody wrapped it: its short lines are lines of a head.
        return 0
    # Wrapped text fills its lines: of the lines that are followed by another, most come near the longest.
    filled = followed = ended = 0
    for (line, width), (after, _) in itertools.pairwise(zip(lines, widths, strict=True)):
        if line and after and width > _NARROWEST:
            followed += 1
            if width + 1 + _first_word_columns(after) > longest - 2:
                filled += 1
                ended += TERMINAL.search(line) is not None
    if followed < 2 or filled < followed * 0.5:
        return 0
    # Lines as long as these may be whole paragraphs, which end as sentences do.
    return 0 if longest > _WIDE and ended > filled * 0.4 else longest


def wraps(before: str, line: str, width: int) -> bool:
    """True where `line` goes on the paragraph of the line before: its first word would not have fitted there, or that line ends
    within a sentence that the next takes up in lower case."""
    if not width or not line.strip() or line.startswith("\u3000"):
        return False
    if len(before) - len(before.lstrip()) > 16:
        # Set to the right or in the middle: a line of its own.
        return False
    taken = columns(before.rstrip())
    if taken + 1 + _first_word_columns(line) > width - 2:
        return True
    return taken >= width * 0.6 and not TERMINAL.search(before) and line.strip()[:1].islower()


def open_mark(line: str, mark: str) -> str:
    """The mark of the quotation that is open behind a line, or an empty text for none; `mark` is that of the one open before it."""
    for char in line:
        if char == "„" or (char == "“" and mark != "„"):
            mark = char
        elif char in "“”":
            mark = ""
    return mark


def goes_on_quoted(before: str, line: str, following: str, width: int) -> bool:
    """True where `line` goes on the paragraph of a line that ends within a quotation and no sentence: that line is nearly full, or this one
    or, behind a short one, the `following` begins in lower case or with a comma, as where a page had a link."""
    if TERMINAL.search(before) or not line.strip():
        return False
    if width and columns(before.rstrip()) >= width * 0.8:
        return True
    link = len(line.strip()) <= _LONGEST_LINK and not TERMINAL.search(line)
    return _takes_up(line) or (link and _takes_up(following))


def _takes_up(line: str) -> bool:
    return line.lstrip()[:1].islower() or line.lstrip().startswith(_GOES_ON)


def is_broken(before: str, line: str) -> bool:
    """True where a word is broken over two lines, or a date between its day and its month ("Port Ellery 18 / September 2002")."""
    if re.search(r"[^\W\d_]{2}[-\u00ad\u2010]\s*$", before[-8:]):
        return line.strip()[:1].islower()
    tail = before.rstrip()[-40:]
    if not _DAY_AT_END.search(tail) or not _MONTH_AND_YEAR.match(line[:40]):
        return False
    joined = f"{tail} {line.strip()[:40]}"
    return any(
        date.start < len(tail) < date.end and len(date.edtf) == 10
        for tag in LANGUAGES
        for date in dates_in(joined, tag)
    )


def single_spaced(lines: Sequence[str]) -> list[str]:
    """Lines without the empty line that stands after each of them, where wrapped text was saved so; paragraphs stay parted by those
    lines that are not full. Any other text is given back as it is."""
    numbers = [at for at, line in enumerate(lines) if line.strip()]
    gaps = [second - first for first, second in itertools.pairwise(numbers)]
    if len(numbers) < _FEWEST_DOUBLE_SPACED or gaps.count(2) < 0.5 * len(gaps) or gaps.count(1) > 0.1 * len(gaps):
        return list(lines)
    texts = [lines[at] for at in numbers]
    width = wrap_width(texts)
    joins = [
        gap == 2 and wraps(first, second, width)
        for gap, (first, second) in zip(gaps, itertools.pairwise(texts), strict=True)
    ]
    pairs = [pair for join, pair in zip(joins, itertools.pairwise(texts), strict=True) if join]
    within = sum(TERMINAL.search(first) is None for first, _ in pairs)
    lower = sum(
        second.strip()[:1].islower() or second.strip()[:1].lower() == second.strip()[:1].upper() for _, second in pairs
    )
    wider = sum(columns(text.strip()) > width + 2 for text in texts)
    # Sentences that go on over most of the empty lines: paragraphs of one line each do not.
    if within < max(3, 0.4 * len(texts), 0.6 * len(pairs)) or lower < 0.4 * len(pairs) or wider > 0.1 * len(texts):
        return list(lines)
    parted = any(gap > 2 for gap in gaps)
    out = [texts[0]]
    for join, (first, second) in zip(joins, itertools.pairwise(texts), strict=True):
        # Where nothing else parts paragraphs, one that ends with a full line is known by its end.
        if not join or (not parted and TERMINAL.search(first) and not second.strip()[:1].islower()):
            out.append("")
        out.append(second)
    return out


def unhyphenated(lines: Sequence[str], language: str = "") -> str:
    """Wrapped lines as one, words that were broken at a line's end made whole; a compound of the language keeps its hyphen."""
    out = [lines[0].strip()]
    for line in lines[1:]:
        line = line.strip()
        # Only the end of what was joined is looked at: the whole would be looked at for every line.
        before = out[-1]
        broken = _BROKEN_WORD.search(before[-60:])
        if broken and line[:1].islower():
            word = before[-_LONGEST_WORD:].rsplit(maxsplit=1)[-1]
            kept = "-" in word[:-1] or (not word.endswith("\u00ad") and _is_compound(broken[1], line, language))
            if not kept:
                out[-1] = before.rstrip()[:-1]
        elif not broken and not (
            (_UNSPACED.match(line) and _UNSPACED.match(before[-1:]))
            or line.startswith(_GOES_ON)
            or before.endswith("“")
        ):
            out.append(" ")
        out.append(line)
    return "".join(out)


def _is_compound(first: str, line: str, language: str) -> bool:
    """True where the hyphen between a line's last word and the next line's first belongs to the word: "long-/term"."""
    second = re.match(r"[^\W\d_]+", line)
    if second is None:
        return False
    return lexicon_of(language).pattern("compounds", "whole").match(f"{first}-{second[0]}") is not None
