"""Words in quotation marks: where they begin and end, whatever the marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.intake.document import Block

# Opening mark → the marks that may close it (The Unicode Standard, chapter 6, "Language-based usage of quotation marks").
_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‟": "”",
    "”": "”",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
}
_DOUBLE = '“„«»"‟”「『'
# Those whose opening and closing marks differ.
_DIRECTED = "“„«「『"
# Those that stand in one another, so that an opening mark is closed by the one that is its own.
_NESTED = _DIRECTED + "»‟‹"
_MOST_PARAGRAPHS = 6
_SINGLE = "'‘‚‹"
_ANY_MARK = re.compile(f"[{''.join(dict.fromkeys([*_PAIRS, *''.join(_PAIRS.values())]))}]")
_BETWEEN_BLANKS = re.compile(r'(?<!\S)"(?!\S)')
# What an opening mark stands right behind, where it is no blank.
_OPEN_BEFORE = "([{—–-:،,*：，。、"
# The marks of the other kind that a hand mixes with one: straight and curly.
_OTHER_KIND = {"“": '"', '"': "“”"}
_SENTENCE_ENDS = ".!?…。"
_SENTENCE_MARKS = ",.!?…،。、؟"


@dataclass(frozen=True, slots=True)
class Span:
    """Words in quotation marks: from `start` to `end` within them; `outer` is the offset behind the closing mark. `open` spans run on
    into the next paragraph."""

    start: int
    end: int
    outer: int
    mark: str
    open: bool


def is_single(body: Sequence[Block]) -> bool:
    """True where single marks are a text's quotation marks: double ones stand in it hardly, or only within single ones."""
    texts = [block.text for block in body]
    doubles = sum(text.count(mark) for text in texts for mark in _DOUBLE)
    if doubles < 2:
        return True
    if all(mark in "'’" or mark not in _PAIRS for text in texts for mark in _DOUBLE if mark in text):
        return True
    singles = [span for text in texts for span in spans(text, single=True) if span.mark in "‘'"]
    long_singles = sum(span.end - span.start >= 25 for span in singles)
    outside = [span for text in texts for span in spans(text, single=False)]
    return long_singles >= 2 and long_singles > 2 * len(outside)


def spans(text: str, *, single: bool) -> list[Span]:
    """The outermost quotations of a paragraph, in order; with `single`, single quotation marks count too."""
    return list(_spans(text, single))


@lru_cache(maxsize=16)
def _spans(text: str, single: bool) -> list[Span]:
    outermost: list[Span] = []
    if "''" in text:
        # Two apostrophes written for one mark.
        text = re.sub(r"(?<=\S)''", '" ', re.sub(r"''(?=\w)", ' "', text))
    at = 0
    # Behind an apostrophe that nothing closes, nothing closes another; angles and low marks are nested in each other.
    unclosed: set[str] = set()
    nested: dict[str, dict[int, int]] = {}
    ends: dict[str, dict[int, int]] = {}
    counted = _counted(text)
    while found := _ANY_MARK.search(text, at):
        at, mark = found.start(), found[0]
        if mark in unclosed or (counted is not None and mark == '"' and at not in counted):
            at += 1
            continue
        if counted is not None and mark == '"':
            outermost.append(Span(at + 1, counted[at], counted[at] + 1, mark, False))
            at = counted[at] + 1
            continue
        if mark in _PAIRS and (mark in _DOUBLE or (single and mark in _SINGLE)) and _opens(text, at, mark):
            if mark in _NESTED and mark not in ends:
                ends[mark] = _ends(text, mark)
            end = ends.get(mark, {}).get(at, len(text))
            close = nested[mark].get(at) if mark in nested else _closing(text, at, mark, end)
            if close is None:
                if mark in _SINGLE or mark in "»”":
                    if mark in "'‘‚":
                        unclosed.add(mark)
                    elif mark not in nested:
                        nested[mark] = _partners(text, mark)
                    at += 1
                    continue
                inner = _closed_within(text, at, mark)
                if inner:
                    outermost.append(Span(at + 1, inner, inner + 1, mark, False))
                    at = inner + 1
                    continue
                outermost.append(Span(at + 1, len(text), len(text), mark, True))
                break
            outermost.append(Span(at + 1, close, close + 1, mark, False))
            at = close + 1
        else:
            at += 1
    return outermost


def _opens(text: str, at: int, mark: str) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in "'‘‚\"”":
        return (
            (before.isspace() or before in _OPEN_BEFORE)
            and not after.isspace()
            and (after.isalnum() or after in "(…[.¿¡'‘“«")
        )
    if mark == "»":
        return (before.isspace() or at == 0) and after.isalpha()
    return True


def _counted(text: str) -> dict[int, int] | None:
    """The straight marks of a paragraph in which one stands between blanks ('" We wait " said the crew'), so that its sides do not tell
    whether it opens: every second one closes. Empty where the sides of another contradict that, or where they stand for inches; None where
    no mark stands between blanks."""
    if '"' not in text or not _BETWEEN_BLANKS.search(text):
        return None
    marks = [found.start() for found in re.finditer('"', text)]
    for number, at in enumerate(marks):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        closes = number % 2 == 1
        if closes and not before.strip() and after.isalnum():
            return {}
        if not closes and before.strip() and before not in _OPEN_BEFORE and not after.isalnum():
            return {}
        if not closes and text[:at].rstrip()[-1:].isdigit():
            return {}  # "a pipe of 6 \" and one of 8 \"": inches
    return dict(zip(marks[::2], marks[1::2], strict=True)) if len(marks) % 2 == 0 else {}


def _partners(text: str, mark: str) -> dict[int, int]:
    """Where each of a kind of opening marks that stand in one another is closed."""
    open_marks: list[int] = []
    partners = {}
    for found in _ANY_MARK.finditer(text):
        if found[0] == mark:
            open_marks.append(found.start())
        elif found[0] in _PAIRS[mark] and open_marks:
            partners[open_marks.pop()] = found.start()
    return partners


def _ends(text: str, mark: str) -> dict[int, int]:
    """How far `_closing` looks for what closes those of a kind of opening marks that have no partner: to the next of them, for behind that
    everything stands in it. So a chain of opening marks is looked through once, and not once for each of them."""
    partners = _partners(text, mark)
    open_marks: list[int] = []
    for found in _ANY_MARK.finditer(text):
        if found[0] == mark and mark == "“" and _is_typed_again(text, found.start()):
            open_marks.clear()  # it closes what stands before it
        elif found[0] == mark and found.start() not in partners:
            open_marks.append(found.start())
    return dict(itertools.pairwise(open_marks))


def _closed_within(text: str, at: int, mark: str) -> int:
    """Where the words end that a mark amid a sentence opens and that nothing closes but what closes another within them: 'all “hatred is
    “betrayal” at a service': the text behind that may be anybody's. 0 where the paragraph begins with the mark, or nothing is within."""
    again = text.find(mark, at + 1) if mark in _DIRECTED and text[:at].strip(" *_—–-(") else -1
    ends = [end for end in (text.find(closer, at + 1) for closer in _PAIRS[mark]) if end > again]
    return min(ends, default=0) if again > 0 else 0


def _is_typed_again(text: str, index: int) -> bool:
    """True for the second of “…“: the opening mark typed where the other belongs."""
    return index > 0 and not text[index - 1].isspace() and not text[index + 1 : index + 2].isalnum()


def _closing(text: str, at: int, mark: str, end: int) -> int | None:
    """Where the quotation that opens at `at` closes before `end`, or None where it does not."""
    closers = _PAIRS[mark]
    depth, first, is_opened_again, others = 0, None, False, 0
    # A scan or a hand mixes straight and curly marks: “…" and "…”.
    straight = mark == "“" and text.find("”", at) < 0 and text.count('"') == 1
    curly = mark == '"' and text.find('"', at + 1) < 0 and text.find("“", at) < 0
    closers = closers + '"' * straight + "”" * curly
    for found in _ANY_MARK.finditer(text, at + 1, len(text) if straight else end):
        index, char = found.start(), found[0]
        if char in _OTHER_KIND.get(mark, ""):
            # What stands in marks of the other kind has its own opening; a closing mark without one closes these words.
            if _opens(text, index, char) and not (char == "“" and others and _is_typed_again(text, index)):
                others += 1
                continue
            if others:
                others -= 1
                continue
            if not depth and _ends_words(text, index):
                return index
        if char == mark and mark == "“" and _is_typed_again(text, index):
            return index
        if char == mark and mark not in closers and mark not in "‘'":
            # “We wait. “We go home.”: the mark of the next paragraph, opened again with nothing closed.
            is_opened_again = (
                depth == 0 and first is None and text[max(index - 3, 0) : index].rstrip()[-1:] in tuple(_SENTENCE_ENDS)
            )
            depth += 1
            continue
        if char not in closers:
            continue
        before = text[index - 1]
        after = text[index + 1] if index + 1 < len(text) else " "
        glued = mark == '"' and before in _SENTENCE_ENDS and after.isupper()
        if mark in "'‘‚\"" and after.isalnum() and not (glued or _is_unspaced(after)):
            # Behind a full stop and before a capital it closes, too: '… to all."About Keld'
            continue
        if mark in "'‘‚":
            # An apostrophe at a word's end (the residents' homes) closes nothing: sentence punctuation stands inside or right behind.
            if before in _SENTENCE_MARKS or after in ",.!?;:،" or index + 1 >= len(text):
                return index
            continue
        if depth:
            depth -= 1
            first = index if first is None and is_opened_again else first
            continue
        return index
    return first


def _ends_words(text: str, index: int) -> bool:
    """True for a mark that stands where words end and is not the sign of inches; a straight one stands beside a sentence's sign."""
    before, after = text[index - 1], text[index + 1 : index + 2]
    if before.isspace() or before.isdigit() or after.isalnum():
        return False
    return text[index] != '"' or before in _SENTENCE_MARKS or after in tuple(",.!?;:،") or not after


def _is_unspaced(char: str) -> bool:
    """True for a character of Chinese or Japanese, which stands right behind a mark."""
    return "\u2e80" <= char <= "\u9fff"


def texts_with_marks(body: Sequence[Block], *, single: bool) -> list[str]:
    """The texts of the blocks of a body. Where the first paragraph of a quotation alone opens it and the last alone closes it, those behind
    the first are given its mark, as English print repeats it."""
    texts = [block.text for block in body]
    for first, text in enumerate(texts):
        quoted = spans(text, single=single) if body[first].kind in ("paragraph", "quote") else []
        if not quoted or not quoted[-1].open or quoted[-1].mark not in _DIRECTED:
            continue
        mark = quoted[-1].mark
        for last in range(first + 1, min(first + _MOST_PARAGRAPHS, len(texts))):
            if body[last].kind != body[first].kind or texts[last].lstrip()[:1] in (mark, *_PAIRS[mark]):
                break
            if _closes(texts[last], mark):
                texts[first + 1 : last + 1] = [mark + other for other in texts[first + 1 : last + 1]]
                break
    return texts


def _closes(text: str, mark: str) -> bool:
    """True where a mark closes in a text that does not open in it."""
    depth = 0
    for char in text:
        depth += (char == mark) - (char in _PAIRS[mark])
        if depth < 0:
            return True
    return False


def opens_quotation(text: str) -> bool:
    """True for a paragraph that begins with an opening mark, emphasis before it or not."""
    return text.lstrip(" *_—–-")[:1] in _PAIRS


def trimmed(text: str) -> str:
    """Words of a quotation without white space and a comma at their end."""
    return text.strip().rstrip(",،，、").strip()


def share(text: str, quoted: Sequence[Span]) -> float:
    """Which part of a paragraph's characters stand in quotation marks, 0-1."""
    return sum(span.end - span.start for span in quoted) / max(len(text), 1)


def word_count(text: str) -> int:
    """How many words a text has; two characters of Chinese or Japanese count as one."""
    unspaced = len(re.findall("[\u2e80-\u9fff]", text))
    return len(re.findall(r"\w+", re.sub("[\u2e80-\u9fff]", " ", text))) + (unspaced + 1) // 2
