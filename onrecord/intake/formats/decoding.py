"""Bytes → text: any encoding, mojibake mended where it is certain; and what every reader does to text that it has read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from onrecord.characters import LIGATURES
from onrecord.intake.document import Block, Refusal
from onrecord.intake.evidence import language_detection

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# What Windows-1252 writes at the places of Unicode's second block of control characters: a text that was saved twice holds those.
_SAVED_TWICE = str.maketrans("\x85\x91\x92\x93\x94\x95\x96\x97", "…‘’“”•–—")
_SAVED_TWICE_UTF_8 = re.compile(rb"\xc2[\x85\x91-\x97]")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)\xad(?=\d)")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOJIBAKE = re.compile("[ÃÂâØÙÐÑÅÄ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â€|Ã[A-Za-z]?")
# White space but a single blank.
_WIDE = r"\t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(rf"[{_WIDE}][ {_WIDE}]*| [ {_WIDE}]+")
# So many line ends in a row say no more than any greater number of them.
_NOTHING_FOLLOWS = "\n" * 100
_BLANK_LINES = re.compile(r"\n{100,}")
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


def decoded(data: bytes) -> str:
    """The text of bytes in whatever encoding, line ends LF, certain mojibake mended.

    Raises Refusal for bytes that are no text.
    """
    if not data.strip():
        raise Refusal("The file is empty.")
    text = closed_up(_decoded(data).replace("\r\n", "\n").replace("\r", "\n"))
    text = text.removeprefix("\ufeff")
    text = mended(text).translate(_SAVED_TWICE)
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd > max(3, len(text) // 50):
        raise Refusal("The file holds binary data, not text, in no format that is known here.")
    text = re.sub(r"[ \t\u00a0]{200,}", " " * 200, _CONTROL.sub("", text))
    return unicodedata.normalize("NFC", text.translate(LIGATURES))


def closed_up(text: str) -> str:
    """A text in which no more than so many blank lines follow each other as say that nothing follows."""
    return _BLANK_LINES.sub(_NOTHING_FOLLOWS, text) if _NOTHING_FOLLOWS in text else text


def saved_twice(data: bytes) -> bool:
    """True for the bytes of a UTF-8 text that holds control characters where Windows-1252 has quotation marks, dashes and an ellipsis:
    `decoded` writes those."""
    if not _SAVED_TWICE_UTF_8.search(data):
        return False
    try:
        return any(ord(char) in _SAVED_TWICE for char in mended(data.decode("utf-8")))
    except UnicodeDecodeError:
        return False


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
    return spaced(text).strip()


def spaced(text: str) -> str:
    """As `clean`, the blanks at the ends kept."""
    if text.isascii() and "  " not in text and "\t" not in text:
        return text
    if "\xad" in text:
        # Between figures, "2011\u00ad2014", some programs write it where a hyphen is seen.
        text = _BETWEEN_FIGURES.sub("-", text)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def tidied(untidy: Sequence[Block]) -> list[Block]:
    """Blocks without those that are empty, their text in NFC with ligatures spelled out."""
    out = []
    for block in untidy:
        if all(run.text.isascii() for run in block.runs):
            if block.runs or block.rows:
                out.append(block)
            continue
        runs = tuple(
            replace(run, text=unicodedata.normalize("NFC", run.text.translate(LIGATURES))) for run in block.runs
        )
        if runs or block.rows:
            out.append(replace(block, runs=runs))
    return out
