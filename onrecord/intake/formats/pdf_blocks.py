"""Lines of a PDF → its blocks: paragraphs over lines and pages, headings by their size, items, tables, footnotes."""

from __future__ import annotations

import functools
import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.intake.document import Block, TextRun
from onrecord.intake.formats import pdf_beside, plaintext, right_to_left
from onrecord.intake.formats.pdf_lines import Line
from onrecord.intake.formats.pdf_marks import PLAIN, RAISED, WITHOUT_MARKS, runs
from onrecord.intake.formats.pdf_tables import table_at
from onrecord.intake.lexicon import words_of_all
from onrecord.intake.lexicon.notation import folded

_END = re.compile(r"[.!?:؟…][\"”»’')\]]*\s*$")
# Fonts of symbols have their bullets in the private use area.
_BULLET = re.compile(r"\s*(?:(?P<dot>[•▪‣◦●○■□➢✓*\ue000-\uf8ff–-])|(?P<number>\d{1,3})[.)])\s+")
_ITEM_START = re.compile(r"\s*(?:[•▪‣◦●○■□➢✓*\ue000-\uf8ff]|\d{1,3}[.)]|\(?[a-zA-Z]\)|\(?[ivxIVX]{1,5}\))\s")
_DASH_START = re.compile(r"\s*[-–]\s")
_NOTE_START = re.compile(rf"\s*{RAISED}\s*(?P<label>\d{{1,3}}|[*†‡§])\s*{PLAIN}\s*")
_RAISED_RUN = re.compile(rf"{RAISED}([^{PLAIN}]{{0,200}}){PLAIN}")
_LABELS = re.compile(r"\d{1,3}|[*†‡§]")
# A paragraph that ends in a small word has not ended its sentence.
_BREAKS_OFF = re.compile(r"(?<![\w.])[^\W\d_A-Z]\w{0,7}$")
_LAST_WORD = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]++)(?P<mark>[,:;،؛、]?)$")
_DIGITS_AT_END = re.compile(r"(?<!\d)\d{1,2}$")
_LETTERS_AT_START = re.compile(r"[^\W\d_]{1,3}(?!\w)")
_OPEN_MARKS = (",", ";", "،", "؛", "、", "(", "[", "“", "„", "«")
# A heading of so few words may end in a verb ("What the witnesses said").
_FEWEST_WORDS = 6
# How much of its column a line fills whose sentence goes on in the next.
_FILLED = 0.6


@dataclass(frozen=True, slots=True)
class _Type:
    """How a document is set: the size of its text, how far its lines stand apart (in sizes), the sizes of its headings, and the lines of
    each page."""

    size: float
    leading: float
    headings: tuple[float, ...]
    pages: dict[int, list[Line]]


def blocks(pages: Sequence[Sequence[Line]]) -> tuple[Block, ...]:
    """The blocks of a document's pages of lines in reading order; footnotes come last."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ()
    weight: Counter[float] = Counter()
    for line in lines:
        weight[line.size] += len(line.text)
    size = weight.most_common(1)[0][0]
    steps = [
        after.top - before.top
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and 0 < after.top - before.top < size * 2.2 and abs(before.size - after.size) < 0.6
    ]
    leading = (statistics.median(steps) if steps else size * 1.2) / size
    headings = tuple(sorted({line.size for line in lines if line.size >= size * 1.15}, reverse=True))
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    setting = _Type(size, leading, headings, by_page)
    text_lines: list[Line] = []
    note_lines: list[tuple[int, list[Line]]] = []
    for number, page in by_page.items():
        start = _notes_start(page, size)
        text_lines += page[:start]
        if page[start:]:
            note_lines.append((number, page[start:]))
    out = [(page, block) for page, block in _blocks(pdf_beside.parted(text_lines, leading), setting)]
    return tuple(_numbered(_with_notes(out, note_lines)))


def _blocks(lines: Sequence[Line], setting: _Type) -> Iterator[tuple[int, Block]]:
    """Blocks with the number of the page that each ends on."""
    block_lines: list[Line] = []
    blank = True
    at = 0
    while at < len(lines):
        rows, end = table_at(lines, at, setting.leading)
        if rows:
            if block_lines:
                yield block_lines[-1].page, _block(block_lines, setting, blank)
            yield lines[end - 1].page, Block("table", rows=rows)
            block_lines, blank, at = [], True, end
            continue
        line = lines[at]
        at += 1
        if block_lines and _begins(block_lines, line, setting):
            before = block_lines[-1]
            yield before.page, _block(block_lines, setting, blank)
            blank = (
                line.page != before.page
                or line.top - before.top > line.size * setting.leading * 1.35
                or line.top < before.top
            )
            block_lines = []
        block_lines.append(line)
    if block_lines:
        yield block_lines[-1].page, _block(block_lines, setting, blank)


def _begins(block_lines: Sequence[Line], line: Line, setting: _Type) -> bool:
    """True where a line begins a block of its own."""
    before = block_lines[-1]
    step = max(line.size, before.size) * setting.leading
    text, text_before = line.plain, before.plain
    ended = _END.search(text_before) is not None
    if _goes_on_ordinal(text_before, text):
        return False
    near = 0 < line.top - before.top < step * 1.2
    apart = abs(before.size - line.size)
    unended = near and _is_unended(text_before, before.right - before.left > _width(block_lines[0], setting) * _FILLED)
    if apart > line.size * (0.25 if unended else 0.12) or (apart > max(0.6, line.size * 0.06) and (ended or not near)):
        return True
    if before.bold != line.bold:
        # A stretch of bold words within a sentence may fill a line; a heading does not follow on a line that goes on.
        goes_on = (
            unended
            or text[:1].islower()
            or text[:1].isdigit()
            or (line.bold and before.right - before.left > _width(block_lines[0], setting) * 0.6)
        )
        return ended or not near or not goes_on
    if _ITEM_START.match(text) or (_DASH_START.match(text) and line.left <= before.left):
        return True
    if before.page != line.page or line.top < before.top - step:
        # The next page or column: the paragraph goes on where its sentence does.
        return ended or not (text[:1].islower() or len(block_lines) > 1)
    if line.top - before.top > step * 1.35:
        return True
    width = _width(block_lines[0], setting)
    rtl = right_to_left.HAS_RTL.search(text_before) is not None
    short = before.right - before.left < width * 0.8
    if short and line.top - before.top > step * 1.18 and not text[:1].islower():
        return True
    if text_before.isupper() and not text.isupper() and len(text_before.split()) > 1 and len(text) > 3:
        return True
    indented = (line.left - before.left > 8) if not rtl else (before.right - line.right > 8)
    return (
        (short and ended)
        or (indented and ended)
        or (before.right - before.left < width * 0.55 and not text[:1].islower())
    )


def _goes_on_ordinal(before: str, line: str) -> bool:
    """True where a line begins with the raised end of the number that ends the line before: "5" / "th February"."""
    digits = _DIGITS_AT_END.search(before[-12:])
    letters = _LETTERS_AT_START.match(line)
    return digits is not None and letters is not None and folded(letters[0]) in _words("ordinals")


def _is_unended(text: str, filled: bool) -> bool:
    """True for a line that ends within its sentence: at a comma, an open bracket or quotation mark, a verb of saying, or, where it is
    `filled`, at an article or a conjunction. A heading does not."""
    text = text.rstrip()
    if text.endswith(_OPEN_MARKS):
        return True
    last = _LAST_WORD.search(text[-60:])
    if last is None or not last["word"][:1].islower():
        return False
    word = folded(last["word"])
    if word in _words("speech_verbs") and (last["mark"] or text.count(" ") >= _FEWEST_WORDS):
        return True
    return filled and not last["mark"] and (word in _words("articles") or word in _words("conjunctions"))


@functools.cache
def _words(category: str) -> frozenset[str]:
    """The words of a category in all languages, of which a PDF's lines are not known to be any."""
    return words_of_all(category)


def _width(line: Line, setting: _Type) -> float:
    """How wide the column of a line is: nearly its widest lines of the same size."""
    rtl = right_to_left.HAS_RTL.search(line.plain) is not None
    column = sorted(
        each.right - each.left
        for each in setting.pages[line.page]
        if abs(each.size - line.size) < 0.6 and abs(each.right - line.right if rtl else each.left - line.left) < 14
    )
    return column[int(len(column) * 0.9)] if column else line.right - line.left


def _block(lines: Sequence[Line], setting: _Type, blank: bool) -> Block:
    text = joined([line.text for line in lines])
    size = max(line.size for line in lines)
    if min(line.size for line in lines) < size * 0.88:
        # A paragraph with a larger line in it, not a headline with a smaller.
        letters: Counter[float] = Counter()
        for line in lines:
            letters[line.size] += len(line.text)
        size = letters.most_common(1)[0][0]
    bullet = _BULLET.match(text)
    unended = _is_unended(lines[-1].plain, filled=False)
    # Letters much larger than the text's are a headline's, however it is cut into lines.
    listed = bullet is not None and bullet["dot"] is not None and bullet["dot"] not in "*–-"
    if size >= setting.size * (1.3 if unended else 1.15) and len(text) < 300 and not listed:
        level = min(setting.headings.index(size) + 1, 6) if size in setting.headings else 3
        return Block("heading", runs(text), level, close=not blank)
    if bullet:
        # The number as it is written: of "09. Juni" at the head of a line, no sign may be lost.
        marker = "-" if bullet["dot"] else f"{bullet['number']}."
        return Block("item", runs(text[bullet.end() :]), 0, marker, close=not blank)
    if all(line.bold for line in lines) and len(text) < 160 and not text.endswith(".") and not unended:
        return Block("heading", runs(text), 6, close=not blank)
    return Block("paragraph", runs(text), close=not blank)


def _numbered(given: Sequence[Block]) -> Iterator[Block]:
    """Items whose number follows on another's, or begins at 1; a lone number at a paragraph's start ("14. März") stays in the text, and in
    the sentence that goes on with it ("on the" / "14. März")."""
    numbers = {int(block.marker[:-1]) for block in given if block.kind == "item" and block.marker != "-"}
    pending: Block | None = None
    for each in given:
        block = each
        if block.kind == "item" and block.marker != "-":
            number = int(block.marker[:-1])
            if number != 1 and not numbers & {number - 1, number + 1}:
                marked = (TextRun(f"{block.marker} "), *block.runs)
                block = replace(block, kind="paragraph", marker="", runs=marked)
                if pending is not None and pending.kind == "paragraph" and _BREAKS_OFF.search(pending.text):
                    pending = replace(pending, runs=(*pending.runs, TextRun(" "), *marked))
                    continue
        if pending is not None:
            yield pending
        pending = block
    if pending is not None:
        yield pending


def joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one, words that were broken at a line's end made whole; in time that grows with the text and not faster."""
    done: list[str] = []
    last = lines[0].strip()
    for line in lines[1:]:
        # Only the last word bears on how the next line is joined.
        if _goes_on_ordinal(last.translate(WITHOUT_MARKS), line.translate(WITHOUT_MARKS)):
            last += line.strip()
            continue
        before, space, word = last.rpartition(" ")
        done.append(before + space)
        last = plaintext.unhyphenated([word, line])
    return plaintext.clean("".join([*done, last]))


# ---- footnotes -------------------------------------------------------------------------------------------------------------------


def _notes_start(page: Sequence[Line], size: float) -> int:
    """Where the footnotes of a page begin: at a raised mark that is called above, in smaller type than the text, with nothing larger
    after it."""
    start = len(page)
    for at in range(len(page) - 1, 0, -1):
        if page[at].size > size * 0.95:
            break
        if _NOTE_START.match(page[at].text):
            start = at
    first = _NOTE_START.match(page[start].text) if start < len(page) else None
    if not first or first["label"] not in _called(line.text for line in page[:start]):
        return len(page)
    return start


def _called(texts: Iterator[str]) -> set[str]:
    return {label for text in texts for raised in _RAISED_RUN.findall(text) for label in _LABELS.findall(raised)}


def _with_notes(blocks_of_text: list[tuple[int, Block]], note_lines: Sequence[tuple[int, list[Line]]]) -> list[Block]:
    """The blocks, raised marks that call a footnote as such, and the footnotes after them: those that stand at the foot of their page,
    and those that stand as paragraphs at the end."""
    notes = list(_foot_blocks(note_lines))
    text: list[tuple[int, Block]] = []
    for page, block in blocks_of_text:
        label = _note_label(block)
        if label and block.kind == "paragraph" and label in {each for _, other in text for each in _calls(other)}:
            notes.append((page, label, block))
        else:
            text.append((page, block))
    notes.sort(key=lambda note: note[0])
    counts = Counter(label for _, label, _ in notes)
    free = list(range(len(notes)))
    markers: dict[int, str] = {}

    def note_of(label: str, page: int) -> int | None:
        number = next((n for n in free if notes[n][1] == label and notes[n][0] >= page - 1), None)
        if number is None:
            return next((n for n in markers if notes[n][1] == label and notes[n][0] >= page - 1), None)
        free.remove(number)
        own = label if label.isdigit() else "note"
        markers[number] = own if counts[label] == 1 else f"{own}-{notes[number][0] + 1}"
        return number

    out = []
    for page, block in text:
        new_runs: list[TextRun] = []
        for run in block.runs:
            labels = _LABELS.findall(run.text) if run.mark == "raised" else []
            if not labels or re.sub(r"[\s,;]", "", run.text) != "".join(labels) or not set(labels) <= counts.keys():
                new_runs.append(run)
                continue
            numbers = [note_of(label, page) for label in labels]
            new_runs += [
                TextRun(label, mark="raised") if number is None else TextRun("", note=markers[number])
                for label, number in zip(labels, numbers, strict=True)
            ]
        out.append(replace(block, runs=tuple(new_runs)) if block.runs else block)
    for number, (_, _, block) in enumerate(notes):
        if number in markers:
            after = block.runs[1:]
            if after:
                after = (replace(after[0], text=after[0].text.lstrip()), *after[1:])
            out.append(Block("footnote", after, marker=markers[number]))
        else:
            out.append(block)
    return out


def _foot_blocks(note_lines: Sequence[tuple[int, list[Line]]]) -> Iterator[tuple[int, str, Block]]:
    """The footnotes of each page: its number, the label, the paragraph, label included."""
    for page, lines in note_lines:
        group: list[Line] = []
        for line in [*lines, None]:
            if group and (line is None or _NOTE_START.match(line.text)):
                text = joined([each.text for each in group])
                block = Block("paragraph", runs(text))
                yield page, _note_label(block), block
                group = []
            if line is not None:
                group.append(line)


def _note_label(block: Block) -> str:
    """The label with which a block begins, raised, as a footnote does; empty for any other."""
    first = block.runs[0] if len(block.runs) > 1 else None
    return first.text.strip() if first and first.mark == "raised" and _LABELS.fullmatch(first.text.strip()) else ""


def _calls(block: Block) -> set[str]:
    return {label for run in block.runs if run.mark == "raised" for label in _LABELS.findall(run.text)}
