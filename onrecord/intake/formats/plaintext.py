"""Bytes and lines → text and blocks: any encoding, mojibake mended where it is certain, hard-wrapped lines made paragraphs again."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.intake.document import Block, Refusal, TextRun, paragraph
from onrecord.intake.evidence import language_detection

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOJIBAKE = re.compile("[ÃÂâØÙÐÑÅÄ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â€|Ã[A-Za-z]?")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LEGACY = (
    "cp1252",
    "cp1251",
    "cp1256",
    "koi8_r",
    "cp1250",
    "cp1254",
    "cp1253",
    "cp1255",
    "iso8859_6",
    "cp866",
    "mac_roman",
)
_EAST_ASIAN = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")
_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*•·▪‣◦●○■□➢✓–—])\s+(?=\S)")
_NUMBERED = re.compile(r"(?P<indent>\s*)(?P<mark>\d{1,2})[.)]\s+(?=\S)")
_ATX = re.compile(r" {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*$")
_RULE = re.compile(r"\s*(?:(?:[*_=~–—-]\s*){3,}|(?:\*\s*){3,})$")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—|]\s*)?(?:page|p\.|seite|página|pagina|стр\.?|страница|صفحة)?\s*\d{1,3}(?:\s*(?:/|of|sur|de|von|из|من)\s*\d{1,3})?(?:\s*[-–—|])?\s*$",
    re.I,
)
_INLINE = re.compile(r"\*\*(?=\S)(?P<strong>[^*]+?)(?<=\S)\*\*|(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<href>[^()\s]*)\)")
_TERMINAL = re.compile(r"[.!?:;؟。»”\"’')\]]\s*$")
# First parts of compounds; a word that merely begins so ("state-ment", "inter-view") is left to the rule, and joined.
_KEPT_HYPHEN = frozenset(
    "anti non self mid cross long well half all semi multi low high vice counter two three four five six seven eight nine ten twenty "
    "thirty forty fifty sixty seventy eighty ninety first second third attorney secretary arms sous demi après avant porte".split()
)
# What begins many words, and is a part of a compound before these: "pro-tested", but "pro-government".
_KEPT_BEFORE = {
    "so": r"called",
    "ex": r"(?:minister|president|prisoner|detainee|wife|husband|officer|soldier|combatant|fighter|chief|general|member)s?",
    "pro": r"(?:government|regime|opposition|democracy|russian|syrian|iranian|palestinian|kurdish|western|military|war|reform)",
    "pre": r"(?:trial|war|conflict|election|dawn|existing|war|emptive|planned)",
    "post": r"(?:war|conflict|mortem|election|trial|traumatic)",
    "co": r"(?:operat\w+|ordinat\w+|founder\w*|author\w*|director\w*|chair\w*|worker\w*|signator\w+)",
    "short": r"(?:term|lived|range|handed|staffed|sighted)",
    "inter": r"(?:communal|ethnic|agency|governmental|religious|parliamentary|sessional)",
    "peace": r"(?:talks|loving)",
    "war": r"(?:torn|time|affected|wounded|ravaged)",
    "state": r"(?:owned|run|sponsored|controlled|sanctioned|backed)",
    "man": r"(?:made|hunt)",
    "over": r"(?:crowded)",
    "under": r"(?:age|secretary|reported)",
}  # fmt: skip
_TEEN = re.compile(r"(?:teen|ty|een|th)(?!\w*-)", re.I)


def decoded(data: bytes) -> str:
    """The text of bytes in whatever encoding, line ends LF, certain mojibake mended.

    Raises Refusal for bytes that are no text.
    """
    if not data.strip():
        raise Refusal("The file is empty.")
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    text = mended(text)
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd > max(3, len(text) // 50):
        raise Refusal("The file holds binary data, not text, in no format that is known here.")
    text = re.sub(r"[ \t\u00a0]{200,}", " " * 200, _CONTROL.sub("", text))
    return unicodedata.normalize("NFC", text.translate(_LIGATURES))


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    try:
        text = data.decode("utf-8")
        if text.count("\0") * 200 <= len(text):
            return text
    except UnicodeDecodeError as error:
        # One broken sequence in a long UTF-8 text (a cut-off file) does not make it another encoding.
        if len(data) > 200 and (error.start > len(data) - 4 or _mostly_utf8(data)):
            return data.decode("utf-8", "replace")
    if data.count(0):
        return _wide(data)
    return _legacy(data)


def _wide(data: bytes) -> str:
    """UTF-16 without a byte order mark. Raises Refusal for bytes that are no text in either order."""
    readings = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            readings.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(readings, key=language_detection.plausibility, default="")
    if language_detection.plausibility(best) < 0.5 or "\0" in best:
        raise Refusal("The file holds binary data, not text, in no format that is known here.")
    return best


def _mostly_utf8(data: bytes) -> bool:
    lenient = data.decode("utf-8", "replace")
    wide = sum(1 for char in lenient if ord(char) > 0x7F and char != "\ufffd")
    return wide > 20 * lenient.count("\ufffd")


def _legacy(data: bytes) -> str:
    """An 8-bit encoding, by charset-normalizer; among the readings it gives, the one that is a language."""
    from charset_normalizer import from_bytes

    likely = [str(match.encoding) for match in from_bytes(data, cp_isolation=list(_EAST_ASIAN))]
    readings: list[str] = []
    for encoding in dict.fromkeys([*_LEGACY, *likely]):
        try:
            readings.append(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    if not readings:
        return data.decode("cp1252", "replace")
    # The first of equals: Windows-1252 and 1250 differ in few letters, and the former is by far the commoner.
    return max(readings, key=lambda text: round(language_detection.plausibility(text), 2))


def mended(text: str) -> str:
    """Text that was read in the wrong encoding once, read again; untouched unless ftfy is certain of every line it changes."""
    import ftfy

    if not _MOJIBAKE.search(text):
        return text
    out = []
    for line in text.split("\n"):
        fixed = ftfy.fix_encoding(line) if _MOJIBAKE.search(line) else line
        out.append(fixed if "\ufffd" not in fixed or "\ufffd" in line else line)
    return "\n".join(out)


def clean(text: str) -> str:
    """A line of text with white space as single blanks and invisible marks gone; a soft hyphen or direction mark is no text."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def spaced(text: str) -> str:
    """As `clean`, the blanks at the ends kept."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def tidied(untidy: Sequence[Block]) -> list[Block]:
    """Blocks without those that are empty, their text in NFC with ligatures spelled out."""
    out = []
    for block in untidy:
        runs = tuple(
            replace(run, text=unicodedata.normalize("NFC", run.text.translate(_LIGATURES))) for run in block.runs
        )
        if runs or block.rows:
            out.append(replace(block, runs=runs))
    return out


# ---- lines → blocks --------------------------------------------------------------------------------------------------------------


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of plain text: paragraphs, lists, headings that are marked as such, tables. Pages are parted by form feeds."""
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) == 1:
        pages = _parted_by_numbers(pages[0])
    return lines_to_blocks(joined_pages(_without_letterhead_again(pages)))


def _parted_by_numbers(lines: list[str]) -> list[list[str]]:
    """The pages of a text whose form feeds are lost, told by their numbers: "- 1 -", "Page 2 of 3" on lines of their own."""
    pages: list[list[str]] = [[]]
    number = 0
    for at, line in enumerate(lines):
        pages[-1].append(line)
        alone = (at == 0 or not lines[at - 1].strip()) and (at + 1 == len(lines) or not lines[at + 1].strip())
        if alone and is_page_number(line) and not line.strip().isdigit():
            digits = re.search(r"\d+", line)
            if digits and int(digits[0]) in (number + 1, number + 2):
                number = int(digits[0])
                pages.append([])
    return [page for page in pages if any(line.strip() for line in page)]


def _without_letterhead_again(pages: Sequence[list[str]]) -> list[list[str]]:
    """Pages without a first line that only says again what the letterhead of the first page says."""
    if len(pages) < 2:
        return list(pages)
    head = {word for line in [line for line in pages[0] if line.strip()][:8] for word in _folded_words(line)}
    out = [pages[0]]
    for page in pages[1:]:
        first = next((at for at, line in enumerate(page) if line.strip()), 0)
        words = _folded_words(page[first]) if page else []
        alone = first + 1 >= len(page) or not page[first + 1].strip()
        again = len(words) >= 3 and len(page[first]) < 120 and set(words) <= head
        out.append(page[first + 1 :] if alone and again and not _TERMINAL.search(page[first]) else page)
    return out


def _folded_words(line: str) -> list[str]:
    return re.findall(r"\w+", line.lower())


def joined_pages(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages, page numbers and running heads gone; the first page keeps its head, which is the letterhead."""
    pages = without_running_heads(pages) if len(pages) > 1 else pages
    out: list[str] = []
    for page in pages:
        lines = _without_page_numbers(page)
        while lines and not lines[0].strip():
            lines = lines[1:]
        while lines and not lines[-1].strip():
            lines = lines[:-1]
        if out and lines:
            # A sentence that runs over the page's end goes on; what was finished is parted.
            goes_on = not _TERMINAL.search(out[-1]) and lines[0].strip()[:1].islower()
            if not goes_on:
                out.append("")
        out += lines
    return out


def without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without the lines at their top and bottom that stand there on another page too, numbers apart.

    The first page keeps its head. Only outermost lines are looked at: a sentence that is repeated in the text is not touched.
    """
    out = [list(page) for page in pages]
    for last in (False, True):
        edges = [[_folded(line) for line in (reversed(page) if last else page) if line.strip()][:4] for page in out]
        for number, page in enumerate(out):
            if not number and not last:
                continue
            for depth, folded in enumerate(edges[number]):
                if len(folded) > 120 or not any(
                    folded in edge[: depth + 2] for n, edge in enumerate(edges) if n != number
                ):
                    break
                while page and not page[-1 if last else 0].strip():
                    page.pop(-1 if last else 0)
                page.pop(-1 if last else 0)
    return out


def is_page_number(line: str) -> bool:
    """True for a line that holds the number of a page and nothing else."""
    return len(line.strip()) < 24 and _PAGE_NUMBER.match(line) is not None


def _folded(line: str) -> str:
    return re.sub(r"\d+", "0", clean(line)).lower()


def _without_page_numbers(page: Sequence[str]) -> list[str]:
    return [
        line
        for at, line in enumerate(page)
        if not (
            line.strip()
            and is_page_number(line)
            and (at == 0 or not page[at - 1].strip())
            and (at + 1 == len(page) or not page[at + 1].strip())
        )
    ]


def lines_to_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Blocks of lines: blank lines part them; within a chunk hard-wrapped lines are joined and others stand alone."""
    width = wrap_width(lines)
    out: list[Block] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            out += _chunk(chunk, width)
            chunk = []
    return tuple(_numbered(out))


def wrap_width(lines: Sequence[str]) -> int:
    """The column at which lines were wrapped by hand or program, or 0 where they were not."""
    # Lines set in columns tell nothing of how text was wrapped.
    lines = [line.strip() if not re.search(r"\S\s{3,}\S", line) else "" for line in lines]
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 4:
        return 0 if not lengths or lengths[-1] > 100 or lengths[-1] < 40 else lengths[-1]
    # A line or two may stick out.
    longest = lengths[max(int(len(lengths) * 0.92) - 1, 0)]
    if longest > 100 or longest < 30:
        return 0
    # Wrapped text fills its lines: of the lines that are followed by another, most come near the longest.
    filled = followed = 0
    for line, after in itertools.pairwise(lines):
        if line.strip() and after.strip() and len(line) > 30:
            followed += 1
            filled += len(line.rstrip()) + 1 + len(after.split()[0]) > longest - 2
    return longest if followed >= 2 and filled >= followed * 0.5 else 0


def _chunk(lines: Sequence[str], width: int) -> list[Block]:
    table = _table(lines)
    if table:
        return [table]
    out: list[Block] = []
    pending: list[str] = []
    kind: tuple[str, int, str] = ("paragraph", 0, "")

    def flush() -> None:
        if pending:
            text = clean(unhyphenated(pending))
            if text:
                name, level, marker = kind
                runs = _runs(text)
                out.append(Block(name, runs, level, marker, close=bool(out)))  # type: ignore[arg-type]
            pending.clear()

    for at, line in enumerate(lines):
        atx, bullet, number = _ATX.match(line), _BULLET.match(line), _NUMBERED.match(line)
        if _UNDERLINE.match(line) and pending and at == 1:
            kind = ("heading", 1 if "=" in line else 2, "")
            flush()
            kind = ("paragraph", 0, "")
        elif _RULE.match(line):
            flush()
            out.append(Block("rule", (TextRun(line.strip()),), close=bool(out)))
        elif (
            atx
            and len(atx[2]) < 200
            and not ((len(atx[1]) == 1 and re.search(r"[.!?][\"”»’')]*$", atx[2])) or atx[2][:1].isdigit())
        ):
            flush()
            kind = ("heading", len(atx[1]), "")
            pending.append(atx[2])
            flush()
            kind = ("paragraph", 0, "")
        elif (bullet and (bullet["mark"] not in "–—" or _dashes(lines))) or number:
            flush()
            match = bullet or number
            assert match
            marker = "-" if bullet else f"{match['mark']}."
            kind = (
                "item",
                min(len(match["indent"].expandtabs(4)) // 4, 3) if out and out[-1].kind == "item" else 0,
                marker,
            )
            pending.append(line[match.end() :])
        elif pending and (
            wraps(lines[at - 1], line, width)
            or _broken(lines[at - 1], line)
            or (kind[0] == "item" and line[:1].isspace())
        ):
            pending.append(line)
        else:
            flush()
            kind = ("paragraph", 0, "")
            pending.append(line)
    flush()
    return out


def _dashes(lines: Sequence[str]) -> bool:
    return sum(1 for line in lines if re.match(r"\s*[–—]\s", line)) >= 2


def wraps(before: str, line: str, width: int) -> bool:
    """True where `line` goes on the paragraph of the line before: its first word would not have fitted there, or that line ends
    within a sentence that the next takes up in lower case."""
    if not width:
        return False
    words = line.split()
    if len(before) - len(before.lstrip()) > 16:
        # Set to the right or in the middle: a line of its own.
        return False
    full = len(before.rstrip()) + 1 + len(words[0]) > width - 2
    if full:
        return True
    short = len(before.rstrip()) < width * 0.6
    return not short and not _TERMINAL.search(before) and line.strip()[:1].islower()


def _broken(before: str, line: str) -> bool:
    """True where a word is broken over two lines."""
    return re.search(r"[^\W\d_]{2}[-\u00ad\u2010]\s*$", before) is not None and line.strip()[:1].islower()


def unhyphenated(lines: Sequence[str]) -> str:
    """Wrapped lines as one, words that were broken at a line's end made whole."""
    text = lines[0].strip()
    for line in lines[1:]:
        line = line.strip()
        broken = re.search(r"(\w+)[-\u00ad\u2010]$", text)
        if broken and line[:1].islower():
            joins = text.endswith("\u00ad") or not _is_compound(broken[1].lower(), line)
            text = (text[:-1] if joins and "-" not in text.split()[-1][:-1] else text) + line
        elif broken:
            text += line
        else:
            text += " " + line
    return text


def _is_compound(first: str, second: str) -> bool:
    """True where the hyphen between a line's last word and the next line's first belongs to the word."""
    if first in _KEPT_HYPHEN:
        return not (_TEEN.match(second) and len(second.split()[0].strip(".,;:")) <= 5)
    before = _KEPT_BEFORE.get(first)
    return before is not None and re.match(rf"{before}(?!\w)", second, re.I) is not None


def _runs(text: str) -> tuple[TextRun, ...]:
    """Plain text with the two marks of Markdown that nobody writes by chance — **strong** and [text](address) — understood."""
    if "**" not in text and "](" not in text:
        return (TextRun(text),)
    out, at = [], 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            out.append(TextRun(text[at : match.start()]))
        if match["strong"] is not None:
            out += [TextRun(run.text, strong=True, href=run.href) for run in _runs(match["strong"])]
        else:
            out.append(TextRun(match["text"], href=match["href"]))
        at = match.end()
    if at < len(text):
        out.append(TextRun(text[at:]))
    # Strong text around a link: the stars stand apart from the link's brackets.
    if any("**" in run.text for run in out) and sum(run.text.count("**") for run in out) == 2:
        strong, marked = False, []
        for run in out:
            for part_number, part in enumerate(run.text.split("**")):
                if part_number:
                    strong = not strong
                if part:
                    marked.append(TextRun(part, strong=strong or run.strong, href=run.href))
        out = marked
    return tuple(out)


def _table(lines: Sequence[str]) -> Block | None:
    """A table typed with pipes, tabs or columns of blanks; None where the lines are none."""
    if len(lines) < 2:
        return None
    if all(line.count("|") >= 2 for line in lines):
        rows = [[clean(cell) for cell in line.strip().strip("|").split("|")] for line in lines]
        rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell or "-") for cell in row)]
        return _table_block(rows) if len({len(row) for row in rows}) == 1 else None
    for pattern in (r"\t+", r"\s{3,}"):
        rows = [[clean(cell) for cell in re.split(pattern, line.strip())] for line in lines]
        if len(rows) >= 3 and len(rows[0]) >= 2 and len({len(row) for row in rows}) == 1:
            return _table_block(rows)
    return None


def _table_block(rows: Iterable[Sequence[str]]) -> Block:
    return Block("table", rows=tuple(tuple((TextRun(cell),) for cell in row) for row in rows))


def _numbered(items: Sequence[Block]) -> list[Block]:
    """Items numbered in order stay a list; a number that stands alone ("1984. The year …") is text."""
    out = list(items)
    run: list[int] = []
    for at, block in enumerate([*items, paragraph("")]):
        numbered = block.kind == "item" and block.marker != "-"
        if numbered and (int(block.marker[:-1]) == (int(items[run[-1]].marker[:-1]) + 1 if run else 1)):
            run.append(at)
            continue
        if len(run) == 1:
            out[run[0]] = _as_text(items[run[0]])
        run = []
        if numbered:
            if int(block.marker[:-1]) == 1:
                run = [at]
            else:
                out[at] = _as_text(block)
    return out


def _as_text(block: Block) -> Block:
    return Block("paragraph", (TextRun(f"{block.marker} "), *block.runs), close=block.close)
