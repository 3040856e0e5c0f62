"""Words the archive has taken out: `[[redacted: reason]]` in a text becomes `[redacted: reason]` before anything is derived from it.

The visible form is plain text in every format; markup shows it as `<span class="redacted">`. Whatever looks like the mark and is not
written exactly so is refused: it is never shown as it stands and never applied in part.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from onrecord.characters import hidden
from onrecord.model import Problem, Scalar


class Location(Struct, frozen=True):
    """Where a text begins in its file: `line` and `column` of its first character.

    `indent` is how many characters stand before each of its lines in the file. Where `exact` is false, all that is known of any part
    of the text is this line and column. `shifts` are (row, column, characters), sorted: from that column of that row of the text on,
    both counted from 0, the file's line is longer by so many characters.
    """

    line: int = 1
    column: int = 1
    indent: int = 0
    exact: bool = True
    shifts: tuple[tuple[int, int, int], ...] = ()

    def positions(self, text: str) -> Callable[[int], tuple[int, int]]:
        """The function from an offset in the text to its line and column in the file, from 1."""
        starts = [0, *(end.end() for end in _LINE_END.finditer(text))] if self.exact else []

        def position(offset: int) -> tuple[int, int]:
            if not self.exact:
                return self.line, self.column
            row = bisect_right(starts, offset) - 1
            column = offset - starts[row]
            shift = bisect_right(self.shifts, (row, column, sys.maxsize)) - 1
            more = self.shifts[shift][2] if shift >= 0 and self.shifts[shift][0] == row else 0
            return self.line + row, column + more + self.indent + 1

        return position


def location(scalar: Scalar) -> Location:
    """The Location of a value's text with white space around it taken off: exact for a text on the lines below a “|”."""
    if not scalar.indent:
        return Location(scalar.line, scalar.column, exact=False)
    blank = scalar.text[: len(scalar.text) - len(scalar.text.lstrip())].count("\n")
    return Location(scalar.line + 1 + blank, scalar.indent + 1, scalar.indent)


class Redacted(Struct, frozen=True):
    """A text with its redactions applied: their number, what is wrong with the marks, and where the new text stands in the file.

    `text` holds no mark, also where there are problems: then it is fit to be checked further and not to be published.
    """

    text: str
    location: Location
    problems: tuple[Problem, ...] = ()
    count: int = 0


# What may not stand in a reason: marks of Markdown and HTML, and line ends.
_ODD = r"\[\]<>&\\`*_{}|~^#\x00-\x1f\x7f-\x9f\u2028\u2029"
FORM = re.compile(rf"\[redacted: (?P<reason>[^\s{_ODD}]+(?: [^\s{_ODD}]+)*)\]")
# The same without a group: where a quotation has it, words of the source are missing, as at an omission.
GAP = re.compile(re.sub(r"\?P<reason>", "?:", FORM.pattern))
_ODD_CHARACTER = re.compile(f"[{_ODD}]")
_AFTER_WORD = re.compile(r"redacted[ \t]*:(?P<reason>[^\n\[\]]*)")
_EMPTY = re.compile(r"[ \t]*\]\]")
_LINE_END = re.compile(r"\n")
_WORD = re.compile(r"redact[^\W\d_]*|(?<=\[\[)[^\W\d_]{5,12}|(?<=\[\[ )[^\W\d_]{5,12}", re.IGNORECASE)
_OPENING = "[［【{"
_NEUTRAL = str.maketrans(dict.fromkeys(_OPENING, "("))
# What may stand between brackets and word, or between the brackets, without making another thing of them for a reader.
_BETWEEN = frozenset(" \t\n\u00a0\\*_`\"'\u200b\u200c\u200d\u2060\ufeff")
_TWO_OPENED = re.compile(f"[{re.escape(_OPENING)}][{re.escape(''.join(sorted(_BETWEEN)))}]*[{re.escape(_OPENING)}]")
_CLOSED = re.compile(r"(?P<words>[^\[\]［］【】{}\n]{1,500})(?P<marks>[\]］】}]{1,2})")
_SINGLE_CLOSED_TWICE = re.compile(r"[^\W\d_]+[ \t]*:[^\[\]\n]{0,500}\]\]")
_ALIKE = 0.81
_MOST_PROBLEMS = 2000
HOW = "Write [[redacted: reason]], on one line, with a reason in plain words (a name, an address, a child's age)."


def may_hold(text: str) -> bool:
    """Whether a text has a bracket that a mark could begin with: the quick question before apply and value, which most texts answer."""
    return "[" in text or "{" in text or "［" in text or "【" in text


_NOWHERE = Location()


def apply(text: str, location: Location = _NOWHERE) -> Redacted:
    """A text with each `[[redacted: reason]]` as `[redacted: reason]`, white space in it made single.

    `text` has LF line ends. Problems have the code `bad-redaction`, no path, and the order of the text.
    """
    if not may_hold(text) or ("[[" not in text and "redact" not in text.casefold()):
        return Redacted(text, location)
    parts: list[str] = []
    problems: list[Problem] = []
    shifts: list[tuple[int, int, int]] = []
    position = location.positions(text)
    count = end = row = more = 0
    line = seen = 0  # the offset of the row's start, and how far it was looked for
    for word in _redaction_words(text):
        if word.start() < end:
            continue
        start, brackets = _opened(text, word.start(), end)
        reason, why, after = _judged(text, start, word, brackets)
        if why is None:
            continue
        if text.find("\n", seen, start) >= 0:
            row, line, more = row + text.count("\n", seen, start), text.rfind("\n", seen, start) + 1, 0
        seen = start
        if why and len(problems) == _MOST_PROBLEMS:
            # Whoever publishes nothing of a file need not be told of every fault in it.
            parts.append(text[end:].translate(_NEUTRAL))
            end = len(text)
            break
        if why:
            problems.append(Problem(*position(start), "bad-redaction", f"“{_excerpt(text, start)}” {why} {HOW}"))
            after = word.start()
            written = text[start:after].translate(_NEUTRAL)
        else:
            written = f"[redacted: {reason}]"
            count += 1
            more += after - start - len(written)
            shifts.append((row, after - line - more, more))
        parts += (text[end:start], written)
        end = after
    parts.append(text[end:])
    return Redacted("".join(parts), replace(location, shifts=tuple(shifts)), tuple(problems), count)


def value(scalar: Scalar) -> Redacted:
    """The same for a value of the front matter, without the white space around it."""
    return apply(scalar.text.strip(), location(scalar))


def without_marks(text: str) -> tuple[str, int]:
    """A foreign text with round brackets where it has a mark of this archive's, or what looks like one, and how many it had. Words that
    somebody else wrote say nothing about what the archive has taken out."""
    if not may_hold(text) or ("redact" not in text.casefold() and "[[" not in text):
        return text, 0
    parts: list[str] = []
    count = end = 0
    for word in _redaction_words(text):
        start, brackets = _opened(text, word.start(), end)
        if word.start() < end or _judged(text, start, word, brackets)[1] is None:
            continue
        parts += (text[end:start], text[start : word.start()].translate(_NEUTRAL))
        end = word.start()
        count += 1
        if closed := _CLOSED.match(text, end):
            parts += (closed["words"], ")" * len(closed["marks"]))
            end = closed.end()
    return "".join((*parts, text[end:])), count


def remains(text: str) -> int | None:
    """The offset of the first thing in a text that looks like a mark; None where there is none. The last gate: nothing with a mark
    goes out, whatever made it."""
    # No text without two brackets in a row has a mark, however often it has the word.
    if "redact" not in text.casefold() or not _TWO_OPENED.search(text):
        return None
    for word in _redaction_words(text):
        start, brackets = _opened(text, word.start(), 0)
        if brackets > 1:
            return start
    return None


def _redaction_words(text: str) -> Iterator[re.Match[str]]:
    """Where `redacted`, or what looks like it, is written."""
    from difflib import SequenceMatcher

    for word in _WORD.finditer(text):
        spelled = word[0].casefold()
        if spelled.startswith("redact") or SequenceMatcher(None, spelled, "redacted").ratio() > _ALIKE:
            yield word


def _opened(text: str, at: int, least: int) -> tuple[int, int]:
    """The offset of the first of the opening brackets that stand before `at`, not before `least`, and their number."""
    start, brackets = at, 0
    while at > least and (text[at - 1] in _OPENING or text[at - 1] in _BETWEEN):
        at -= 1
        if text[at] in _OPENING:
            start, brackets = at, brackets + 1
    return start, brackets


def _judged(text: str, start: int, word: re.Match[str], brackets: int) -> tuple[str, str | None, int]:
    """The reason a mark gives, what is wrong with it, and its end. None for wrong: this is no mark; empty: nothing is."""
    if brackets < 2:
        single = brackets == 1 and _SINGLE_CLOSED_TWICE.match(text, word.start())
        return "", "has one bracket at its start and two at its end." if single else None, 0
    if brackets > 2:
        return "", "is right behind another bracket.", 0
    if (
        text[start : start + 2] != "[["
        or text[start + 2 : word.start()].strip(" \t")
        or text[start - 1 : start] == "\\"
    ):
        return "", "does not begin with the two brackets “[[” and nothing else.", 0
    if word[0] != "redacted":
        return "", f"has “{word[0]}” where “redacted” belongs.", 0
    after_word = _AFTER_WORD.match(text, word.start())
    if after_word is None:
        empty = _EMPTY.match(text, word.end())
        return "", "has no colon and no reason." if empty else "has no colon behind “redacted”.", 0
    reason = " ".join(after_word["reason"].split())
    close = text[after_word.end() : after_word.end() + 2]
    odd = _ODD_CHARACTER.search(reason)
    if close[:1] in ("", "\n"):
        return "", "is not closed by “]]” on its line.", 0
    if not reason and close[0] == "]":
        return "", "has no reason.", 0
    if odd or close != "]]":
        return "", f"has “{odd[0] if odd else close[0]}” in its reason.", 0
    if hidden(reason):
        return "", f"has the invisible character {hidden(reason)} in its reason.", 0
    after = after_word.end() + 2
    if text[after : after + 1] in ("[", "]", "("):
        return "", f"is followed by “{text[after]}”, which would make a link or another mark of it.", 0
    return reason, "", after


def _excerpt(text: str, start: int) -> str:
    line = text[start : start + 61].strip().partition("\n")[0]
    closed = line.find("]]")
    line = line[: closed + 2] if closed >= 0 else line
    return line if len(line) <= 60 else f"{line[:60]}…"
