"""Blocks → Markdown that shows the same text.

What would mean something to Markdown is escaped, and only that, so that a draft stays readable. The rules are those of GitHub Flavored
Markdown (https://github.github.com/gfm/), by which the body is read.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.characters import LINE_ENDS
from onrecord.intake import raised_digits
from onrecord.intake.document import Block, Mark, TextRun

OMISSION = "(…)"
_OMISSION = re.compile(r"[(\[]\s*(?:…|\.\s?\.\s?\.\s?\.?)\s*[)\]]")
_INLINE = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~]|\Z)       # a backslash that would escape what follows (section 6.1)
    | `
    | \*(?<!\s\*) | \*(?!\s|$)      # a star that could open or close emphasis
    | _(?<![^\W_]_) | _(?![^\W_])  # an underscore at the edge of a word, or beside another
    | ~(?<=\S~)                    # a tilde that could close struck-out words
    | \[
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    | :(?<=[A-Za-z]:)(?=//) | \.(?<=www\.)   # what makes an address a link (section 6.9)
    """,
    re.VERBOSE | re.DOTALL,
)
_SIGNS = "\\`*_~[<&"
# What GitHub makes a link of (section 6.9): in it, a backslash would be shown.
_ADDRESS = re.compile(r"(?<![A-Za-z])(?:https?|ftp)://(?=[A-Za-z0-9])[^\s<]+|(?<![^\s*_~(])www\.[^\s<]+", re.IGNORECASE)
_START = re.compile(r"(#{1,6}|>|[-+*](?=\s|$)|=+\s*$|-+\s*$|:(?=\s)|~~~)")
_NUMBER = re.compile(r"([0-9]+)([.)])(?=\s|$)")
# Marks of items that Markdown shows as they are written; for "a." or "(1)" it has no list.
_MARKER = re.compile(r"[-*+]|[0-9]{1,9}[.)]")
_EDGE_STAR = re.compile(r"^[*_](?=\s|$)|(?<=\s)[*_]$")
# Those that no backslash stands before.
_EDGE_TILDE = re.compile(r"^~+|(?<![\\~])~+$")
_TILDE = re.compile(r"(?<!\\)~")
# A text of a block is on one line, whatever its document takes for the end of one: a second would begin with a mark of its own.
_LINE_ENDS = str.maketrans(dict.fromkeys(LINE_ENDS, " "))
_ROUND = re.compile(r"[()]")
_BRACKET = re.compile(r"\\.|[\[\]]")
# A colon amid an address: behind a backslash, it would make a link as before.
_ENTITIES = {"<": "&lt;", "&": "&amp;", ":": "&#58;"}
_BARE_TILDE = "&#126;"


def has_omission(text: str) -> bool:
    """True where the text marks that something was left out."""
    return _OMISSION.search(text) is not None


def with_omissions(text: str) -> str:
    """The text with every marked omission — (...), [...], […] — written (…)."""
    return _OMISSION.sub(OMISSION, text)


def escaped(text: str, *, at_start: bool = True) -> str:
    """Plain text, one line, as Markdown that shows exactly it; `at_start` where it begins a line."""
    out = _with_escapes(text) if _may_need_escapes(text) else text
    if not at_start:
        return out
    start = _START.match(out)
    if start:
        # Section 2.4: a backslash before any ASCII punctuation shows it.
        return "\\" + out
    numbered = _NUMBER.match(out)
    return f"{numbered[1]}\\{out[numbered.end(1) :]}" if numbered else out


def _may_need_escapes(text: str) -> bool:
    """False for a text without any sign that may be a mark within a line: most are."""
    return any(sign in text for sign in _SIGNS) or "://" in text or "www." in text


def _with_escapes(text: str) -> str:
    """Plain text with a backslash before each sign that would be a mark within a line."""
    # A bracket opens a link only where one closes behind it.
    last = max(text.rfind("]("), text.rfind("]["), text.rfind("]:"))
    marks = [
        mark
        for mark in _INLINE.finditer(text)
        if mark[0] != "[" or mark.start() < last or text.startswith("^", mark.end())
    ]
    starts = [mark.start() for mark in marks]
    # In a link, escapes would be shown: an address that needs some is kept from becoming one.
    kept: set[int] = set()
    for address in _ADDRESS.finditer(text):
        inside = range(bisect_left(starts, address.start()), bisect_left(starts, address.end()))
        if text[address.end() : address.end() + 1] != "<" and all(marks[number][0] in ":." for number in inside):
            kept.update(inside)
    pieces = []
    end = 0
    for number, character in enumerate(marks):
        if number not in kept:
            pieces += [text[end : character.start()], _ENTITIES.get(character[0], "\\" + character[0])]
            end = character.end()
    return "".join(pieces) + text[end:]


def is_link(address: str) -> bool:
    """True for an address that a link in Markdown may have here: http or https, on one line, without signs that end it."""
    return is_web(address) and not re.search(r"[\s<>\\]", address)


def is_web(address: str) -> bool:
    """True for an address of http or https."""
    return address.startswith(("http://", "https://"))


def inline(runs: Sequence[TextRun], *, at_start: bool = True) -> str:
    """Runs of text as Markdown: emphasis, links and struck-out words keep their marks, raised and lowered digits are Unicode's. Links
    other than http and https become plain text."""
    out: list[str] = []
    merged = _merged(runs)
    begun = False
    for run in merged:
        if run.note:
            out.append(f"[^{run.note}]")
            begun = True
            continue
        core = run.text.strip()
        if not core:
            out.append(run.text)
            continue
        before = run.text[: len(run.text) - len(run.text.lstrip())]
        after = run.text[len(run.text.rstrip()) :]
        mark = "~~" if run.mark == "struck" else ""
        mark += "**" if run.strong else ""
        mark += "*" if run.emphasis else ""
        linked = is_link(run.href)
        plain = not mark and not linked
        escaped_text = escaped(core, at_start=plain and at_start and not begun)
        begun = True
        if run.mark:
            escaped_text = _TILDE.sub(_BARE_TILDE, escaped_text)
        elif len(merged) > 1:
            # Beside other marks, a tilde at the edge of the run would be one.
            escaped_text = _EDGE_TILDE.sub(lambda tildes: _BARE_TILDE * len(tildes[0]), escaped_text)
        if len(merged) > 1:
            # A star beside a blank is no mark in a text alone; before another run, it would be one.
            escaped_text = _EDGE_STAR.sub(r"\\\g<0>", escaped_text)
        if linked:
            label = _BRACKET.sub(lambda sign: sign[0] if len(sign[0]) > 1 else f"\\{sign[0]}", escaped_text)
            # A bracket in an address would end it, or would have to pair (section 6.6).
            address = f"<{run.href}>" if _ROUND.search(run.href) else run.href
            escaped_text = f"[{label}]({address})"
        out.append(f"{before}{mark}{escaped_text}{mark[::-1]}{after}")
    return "".join(out).strip()


def _struck(mark: Mark) -> Mark:
    return "struck" if mark == "struck" else ""


def _merged(runs: Sequence[TextRun]) -> list[TextRun]:
    """Runs with neighbours of the same look joined, and white space given to the plain side."""
    out: list[TextRun] = []
    texts: list[list[str]] = []
    kept = [run for run in runs if run.text or run.note]
    for number, run in enumerate(kept):
        text = raised_digits.written(run.text, run.mark).translate(_LINE_ENDS)
        if run.mark or text != run.text:
            run = replace(run, text=text, mark=_struck(run.mark))
        if run.mark:
            # Struck-out words of two looks beside each other could not be parted from each other in Markdown.
            beside = any(
                _struck(other.mark) for other in (*kept[max(number - 1, 0) : number], *kept[number + 1 : number + 2])
            )
            run = TextRun(run.text, href="" if beside or not is_link(run.href) else run.href, mark=run.mark)
        last = out[-1] if out else None
        if (
            last
            and not last.note
            and not run.note
            and (last.strong, last.emphasis, last.href, last.mark) == (run.strong, run.emphasis, run.href, run.mark)
        ):
            texts[-1].append(run.text)
        else:
            out.append(run)
            texts.append([run.text])
    out = [
        run if len(pieces) == 1 else replace(run, text="".join(pieces)) for run, pieces in zip(out, texts, strict=True)
    ]
    # Emphasis that begins or ends inside a word cannot be told from letters: it is dropped, the text stays.
    for at, run in enumerate(out):
        if run.mark or ((run.strong or run.emphasis) and not run.href):
            before = out[at - 1].text[-1:] if at else ""
            after = out[at + 1].text[:1] if at + 1 < len(out) else ""
            if run.mark:
                # Inside a word, a link's brackets would keep the tildes from being marks.
                linked = run.href if not (_is_letter(before) or _is_letter(after)) else ""
                out[at] = run = _apart(replace(run, href=linked), before, after)
            inside = _is_letter(before) or _is_letter(after)
            nested = (
                (at and (out[at - 1].strong or out[at - 1].emphasis))
                and not before.isspace()
                and not run.text[:1].isspace()
            )
            if inside or nested or "*" in run.text or "~" in (run.text.strip()[:1], run.text.strip()[-1:]):
                out[at] = replace(run, strong=False, emphasis=False)
    return out


def _apart(run: TextRun, before: str, after: str) -> TextRun:
    """A struck-out run with a blank before or behind it where it could not be told to be one (section 6.2): between a letter and a sign."""
    core = run.text.strip()
    lead = " " if _is_letter(before) and core and not core[0].isalnum() else ""
    trail = " " if _is_letter(after) and core and not core[-1].isalnum() else ""
    return replace(run, text=f"{lead}{run.text}{trail}")


def _is_letter(char: str) -> bool:
    """What keeps a mark of emphasis from being one (section 6.4): neither white space nor punctuation."""
    return bool(char) and not char.isspace() and unicodedata.category(char)[0] != "P"


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown: paragraphs on one line each, headings from `##` on, numbers of lists as they are, one newline at the end;
    empty for no blocks."""
    kept = [
        block
        for block in blocks
        if block.kind == "rule" or block.rows or any(run.note or run.text.strip() for run in block.runs)
    ]
    while kept and kept[-1].kind == "rule":
        kept.pop()
    while kept and kept[0].kind == "rule":
        kept.pop(0)
    levels = sorted({block.level for block in kept if block.kind == "heading"})
    items = _Items()
    out: list[str] = []
    before: Block | None = None
    for block in kept:
        listed = block.kind == "item" and _MARKER.fullmatch(block.marker or "-") is not None
        was_listed = items.is_open
        text = items.line(block) if listed else _block(block, levels)
        if not listed:
            items = _Items()
        tight = (listed and was_listed) or (before is not None and before.kind == block.kind == "footnote")
        quoted_on = before is not None and before.kind == block.kind == "quote" and block.close
        out.append(("\n" if tight else "\n>\n" if quoted_on else "\n\n") if out else "")
        out.append(text)
        before = block
    return "".join(out) + "\n" if out else ""


class _Items:
    """The list that is being written: where the text of each open level begins, and which number comes next there."""

    def __init__(self) -> None:
        self._open: list[_Level] = []

    @property
    def is_open(self) -> bool:
        """True within a list."""
        return bool(self._open)

    def line(self, block: Block) -> str:
        """The item as a line of the list. Markdown counts on from a list's first number; where the document does not, the other of
        its two signs behind a number begins another list. One that begins with another number than 1 has a blank line before it
        (section 5.2)."""
        depth = min(block.level, len(self._open))
        marker = block.marker or "-"
        number = int(marker[:-1]) if marker[:-1] else None
        sign = marker[-1] if number is not None else "-"
        same = self._open[depth] if depth < len(self._open) else None
        if number is not None and same is not None and same.number is not None:
            sign = same.sign if same.number == number else {".": ")", ")": "."}[same.sign]
        indent = self._open[depth - 1].content if depth else 0
        shown = f"{number}{sign}" if number is not None else "-"
        begins = same is None or same.sign != sign
        blank = "\n" if begins and number not in (None, 1) and self._open else ""
        level = _Level(sign, number + 1 if number is not None else None, indent + max(len(shown) + 1, 4))
        self._open[depth:] = [level]
        return f"{blank}{' ' * indent}{shown} {inline(block.runs)}"


@dataclass(frozen=True, slots=True)
class _Level:
    """An open level of a list: the sign of its items, the number that comes next (None without numbers), and the column at which what
    belongs to an item begins."""

    sign: str
    number: int | None
    content: int


def _block(block: Block, levels: Sequence[int]) -> str:
    if block.kind == "heading":
        depth = min(levels.index(block.level) + 2, 6)
        text = inline([replace(run, strong=False) for run in block.runs], at_start=False)
        return f"{'#' * depth} {text[:-1] + chr(92) + '#' if text.endswith('#') else text}"
    if block.kind == "item":
        return inline((TextRun(f"{block.marker} "), *block.runs))
    if block.kind == "quote":
        return f"> {inline(block.runs)}"
    if block.kind == "footnote":
        return f"[^{block.marker}]: {inline(block.runs, at_start=False)}"
    if block.kind == "rule":
        return "* * *"
    if block.kind == "table":
        width = max(len(row) for row in block.rows)
        rows = [[*(inline(cell, at_start=False) for cell in row), *[""] * (width - len(row))] for row in block.rows]
        lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
        return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])
    return inline(block.runs)
