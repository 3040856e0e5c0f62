"""Pictures of text → Document, through Tesseract where it is installed: what a program reads is never taken for certain.

Tesseract gives each word with its confidence (0-100) and where it stands, as tab-separated values.
"""

from __future__ import annotations

import csv
import io
import itertools
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block, Document, Refusal, TextRun
from onrecord.intake.evidence import language_detection
from onrecord.intake.formats import outside, plaintext
from onrecord.model import Question

# Words that Tesseract is less sure of are wrong in more than one of three cases.
_UNSURE = 60.0
UNSURE_MARK = "[?]"
_MOST_QUOTED = 40
_SCRIPTS = {
    "Latin": "eng fra spa deu por ita nld swe tur pol ces ron hun hrv slv slk dan nor fin cat".split(),
    "Cyrillic": "rus ukr bel bul srp mkd".split(),
    "Arabic": "ara fas urd pus".split(),
    "Hebrew": ["heb"],
    "Greek": ["ell"],
    "Han": "chi_sim chi_tra jpn".split(),
    "Japanese": ["jpn"],
    "Hangul": ["kor"],
    "Korean": ["kor"],
    "Thai": ["tha"],
    "Devanagari": "hin nep mar".split(),
}
_MOST_LANGUAGES = 4
_ADVICE = (
    "Install Tesseract with the language of the text (Debian: apt install tesseract-ocr tesseract-ocr-ara …) and import it again, "
    "or put it through another OCR program and import the text."
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    sure: float
    paragraph: tuple[int, int]
    line: int


def document(pictures: Sequence[bytes | Callable[[], bytes]], what: str, source: str = "") -> Document:
    """The Document of pictures of pages, each a file that Tesseract can open, or what makes one.

    `what` names them in questions and refusals ("a picture", "pictures of pages"), `source` is a digest of what they are made from.
    Raises Refusal where Tesseract is not installed, or reads nothing.
    """
    here = outside.installed_here()
    if not is_possible():
        raise Refusal(f"The file holds {what} and no text. {_ADVICE}")
    languages = _languages(pictures[0], f"{source} 0", here.languages)
    outputs = outside.outputs_of(
        [
            outside.request(outside.TESSERACT, data, f"{source} {number}", languages)
            for number, data in enumerate(pictures)
        ]
    )
    pages = [_words(output.data) for output in outputs]
    if not any(pages):
        failed = next((output.failed for output in outputs if output.failed), "Tesseract found no text in it.")
        raise Refusal(f"The file holds {what} and no text that could be read. {failed}")
    blocks = [block for page in pages for block in _paragraphs(page)]
    unsure = [word.text for page in pages for word in page if word.sure < _UNSURE]
    text = " ".join(word.text for page in pages for word in page)
    named = ", ".join(languages)
    questions = [
        Question(
            "body",
            f"Its text was read by a program (Tesseract, languages {named}) from {what}. Compare all of it with the original, numbers and "
            "names above all.",
            f"it reads as {language_detection.of(text) or 'no language that is known'}; {len(unsure)} of {len(text.split())} words unsure",
        )
    ]
    if unsure:
        shown = ", ".join(f"“{word}”" for word in unsure[:_MOST_QUOTED])
        more = f" and {len(unsure) - _MOST_QUOTED} more" if len(unsure) > _MOST_QUOTED else ""
        questions.append(
            Question(
                "body",
                f"Which are these words? The program was not sure; each has {UNSURE_MARK} after it.",
                shown + more,
            )
        )
    failed_pages = [str(number) for number, output in enumerate(outputs, start=1) if output.failed]
    if failed_pages:
        questions.append(Question("body", f"Pages {', '.join(failed_pages)} could not be read. What is on them?"))
    return Document("scan", tuple(blocks), visible=(text,), questions=tuple(questions))


def is_possible() -> bool:
    """True where the program is there that reads pictures."""
    return outside.TESSERACT in outside.installed_here().programs


def png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """A grey picture, one byte a pixel and `stride` bytes a row, as PNG (W3C Portable Network Graphics, section 5)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def _languages(picture: bytes | Callable[[], bytes], source: str, known: Sequence[str]) -> tuple[str, ...]:
    """The languages to read with: those that are installed for the script of the first page."""
    usable = [name for name in known if name != "osd" and "/" not in name]
    if not usable:
        raise Refusal(f"Tesseract has no language to read with. {_ADVICE}")
    script = ""
    if "osd" in known and len(usable) > 1:
        output = outside.outputs_of([outside.request(outside.TESSERACT, picture, source, script=True)])[0]
        for line in output.data.decode("utf-8", "replace").splitlines():
            if line.startswith("Script:"):
                script = line.partition(":")[2].strip()
    fitting = [name for name in _SCRIPTS.get(script, []) if name in usable]
    return tuple((fitting or sorted(usable, key=lambda name: (name != "eng", name)))[:_MOST_LANGUAGES])


def _words(tsv: bytes) -> list[_Word]:
    """The words of a page, in reading order."""
    words = []
    rows = csv.DictReader(io.StringIO(tsv.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        text = plaintext.clean(row.get("text") or "")
        if row.get("level") != "5" or not text:
            continue
        try:
            paragraph = (int(row["block_num"]), int(row["par_num"]))
            words.append(_Word(text, float(row["conf"]), paragraph, int(row["line_num"])))
        except (KeyError, TypeError, ValueError):
            continue
    return words


def _paragraphs(words: Sequence[_Word]) -> list[Block]:
    """The paragraphs as Tesseract sees them; words that it is not sure of are marked."""
    out = []
    for _, group in itertools.groupby(words, key=lambda word: word.paragraph):
        lines = []
        for _, line in itertools.groupby(group, key=lambda word: word.line):
            lines.append(" ".join(f"{word.text} {UNSURE_MARK}" if word.sure < _UNSURE else word.text for word in line))
        text = plaintext.clean(plaintext.unhyphenated(lines))
        if text:
            out.append(Block("paragraph", (TextRun(text),)))
    return out
