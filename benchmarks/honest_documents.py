"""Large documents as people write them, in every format: for benchmarks/pathological.py, which shows that they are read with time to spare.

    python -m benchmarks.honest_documents [WORD …]      a table: seconds and memory of those whose names hold one of the words
    python -m benchmarks.honest_documents --file F …    the same of files that you have

No two sentences are the same, for what repeats itself is packed more tightly than any text. Seconds are of the processor,
MB beyond those of a reader that is ready; of a mailbox, a folder, a capture the table has the slowest of its documents, too. Ends with 1
where one is refused.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tarfile
import textwrap
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.intake import growth
from benchmarks.intake.growth import MAIL
from benchmarks.intake.packed_documents import SENTENCE, open_document, packed, record_of_capture, word
from tests.compound_file import compound
from tests.unit.test_intake_outlook import message

WORDS = (
    "the authorities ferry crews asked for light on pier night court ruling teachers held since January without charge families lawyers "
    "hearing prison ministry statement report village road harbour women men"
).split()
HEAD = ("HARBOUR WATCH", "3 May 2013", "Teachers must be released", SENTENCE * 3)
SIZE = 1_900_000
# 300 pages of 2,900 letters.
REPORT = 870_000


def sentence(chance: random.Random, fewest: int = 8, most: int = 28) -> str:
    """Words in any order, the first with a capital."""
    return " ".join(chance.choices(WORDS, k=chance.randint(fewest, most))).capitalize()


def prose(most: int = SIZE, seed: int = 1) -> list[str]:
    """Paragraphs, nearly as much as a release may have; one in ten has a day."""
    chance, out, size = random.Random(seed), [], 0
    while size < most:
        text = " ".join(f"{sentence(chance)} {chance.randint(1, 31)}." for _ in range(chance.randint(2, 6)))
        text += " It was on 3 May 2013." if chance.random() < 0.1 else ""
        out.append(text)
        size += len(text) + 2
    return out


def quotations() -> list[str]:
    """3,000 paragraphs, each with words that somebody says."""
    chance = random.Random(2)
    people = [
        f"{first} {last}"
        for first in ("Ada", "Mary", "Vera", "Omar", "Lin")
        for last in ("Quill", "Stone", "Marsh", "Haddad")
    ]
    return [f"“{sentence(chance, 14, 14)},” said {chance.choice(people)} of Harbour Watch." for _ in range(3_000)]


def rows() -> list[tuple[str, ...]]:
    """6,000 rows of five cells."""
    chance = random.Random(3)
    return [
        (
            str(number),
            "Ada Quill",
            f"{chance.randint(1, 28)} May 2013",
            chance.choice(WORDS),
            f"{chance.randint(1, 9999):,}",
        )
        for number in range(6_000)
    ]


def _text(paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join((*HEAD, *paragraphs)).encode()


def _wrapped(paragraphs: Sequence[str]) -> bytes:
    return _text([textwrap.fill(text, 72) for text in paragraphs])


def _page(inner: str) -> bytes:
    head = f"<h1>{HEAD[2]}</h1><p>{HEAD[1]}</p><p>{HEAD[3]}</p>"
    return f"<!doctype html><html lang=en><body><main>{head}{inner}</main></body></html>".encode()


def _paragraphs_of_page(paragraphs: Sequence[str]) -> bytes:
    return _page("".join(f"<p>{text}</p>\n" for text in paragraphs))


def _markdown(paragraphs: Sequence[str]) -> bytes:
    return f"# {HEAD[2]}\n\n{HEAD[1]}\n\n".encode() + "\n\n".join(paragraphs).encode()


def _of_word(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _word(paragraphs: Sequence[str]) -> bytes:
    return word(lambda size: "".join(map(_of_word, paragraphs)))(1)


def _open_document(paragraphs: Sequence[str]) -> bytes:
    return open_document(lambda size: "".join(f"<text:p>{text}</text:p>" for text in paragraphs))(1)


def _rich_text(paragraphs: Sequence[str]) -> bytes:
    lines = "\\par ".join((*HEAD, *paragraphs)).replace("“", "\\'93").replace("”", "\\'94")
    return ("{\\rtf1\\ansi\\ansicpg1252 " + lines + "}").encode()


def _mail(paragraphs: Sequence[str]) -> bytes:
    return f"{MAIL}Content-Type: text/plain; charset=utf-8\n\n".encode() + _wrapped(paragraphs)


def _portable(paragraphs: Sequence[str]) -> bytes:
    """A PDF of packed pages of 45 lines."""
    lines = [line.translate({0x201C: '"', 0x201D: '"'}) for text in paragraphs for line in textwrap.wrap(text, 95)]
    out = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    pages = []
    for at in range(0, len(lines), 45):
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines[at : at + 45])
        content = zlib.compress(f"BT /F1 10 Tf 72 740 Td\n{shown}ET".encode())
        out.append(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(content), content))
        resources = b"/Resources<</Font<</F1 3 0 R>>>>"
        out.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R%b>>" % (len(out), resources))
        pages.append(b"%d 0 R" % len(out))
    out[1] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(pages), len(pages))
    objects = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, text) for number, text in enumerate(out, 1))
    return b"%%PDF-1.4\n%btrailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (objects, len(out) + 1)


def _book(paragraphs: Sequence[str]) -> bytes:
    """An EPUB with a chapter for every forty paragraphs."""
    pages = [_paragraphs_of_page(paragraphs[at : at + 40]) for at in range(0, len(paragraphs), 40)]
    names = [f"c{number}" for number in range(len(pages))]
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    chapters = {f"{name}.xhtml": page for name, page in zip(names, pages, strict=True)}
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="c.opf"/></container>',
            "c.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **chapters,
        }
    )


def _outlook(paragraphs: Sequence[str]) -> bytes:
    return compound(message(BODY="\r\n\r\n".join((*HEAD, *paragraphs))))


FORMATS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "txt": _text,
    "md": _markdown,
    "html": _paragraphs_of_page,
    "docx": _word,
    "odt": _open_document,
    "rtf": _rich_text,
    "eml": _mail,
    "msg": _outlook,
    "epub": _book,
    "pdf": _portable,
}


def _table(kind: str) -> bytes:
    listed = rows()
    if kind == "html":
        return _page(f"<table>{''.join('<tr><td>' + '<td>'.join(row) for row in listed)}</table>")
    if kind == "md":
        return _markdown(
            ["| a | b | c | d | e |\n|---|---|---|---|---|\n" + "\n".join(f"| {' | '.join(row)} |" for row in listed)]
        )
    if kind == "docx":
        cells = ("".join(f"<w:tc>{_of_word(cell)}</w:tc>" for cell in row) for row in listed)
        table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
        return word(lambda size: table)(1)
    if kind == "rtf":
        cells = ("\\cell ".join(row) for row in listed)
        return _rich_text(["".join(f"\\trowd\\intbl {row}\\cell\\row\n" for row in cells)])
    if kind == "odt":
        cells = (
            "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in listed
        )
        table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        return open_document(lambda size: f"<table:table>{table}</table:table>")(1)
    lines = ["  ".join(cell.ljust(14) for cell in row) for row in listed]
    return FORMATS[kind](lines if kind == "pdf" else ["\n".join(lines)])


def _noted() -> bytes:
    """A report in Word with 1,500 footnotes and as many links."""
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>Interview of {number % 28 + 1} May 2013.</w:t></w:r></w:p></w:footnote>'
        for number in range(1, 1_501)
    )
    text = "".join(
        f'<w:p><w:r><w:t>{line}</w:t></w:r><w:r><w:footnoteReference w:id="{number}"/></w:r>'
        f'<w:hyperlink w:anchor="a{number}"><w:r><w:t>See above</w:t></w:r></w:hyperlink></w:p>'
        for number, line in enumerate(prose(REPORT)[:1_500], 1)
    )
    return word(lambda size: text, footnotes=lambda size: notes)(1)


def _releases(count: int) -> list[list[str]]:
    return [prose(2_500, seed) for seed in range(count)]


def mailbox() -> bytes:
    """2,000 messages."""
    return b"".join(b"From press Fri May  3 10:00:00 2013\n" + _mail(text) + b"\n\n" for text in _releases(2_000))


def capture() -> bytes:
    """500 pages."""
    return b"".join(
        record_of_capture(_paragraphs_of_page(text), number) for number, text in enumerate(_releases(500), 1)
    )


def folder() -> bytes:
    """2,000 texts in a zip folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for number, text in enumerate(_releases(2_000)):
            file.writestr(f"{number:04}.txt", _text(text))
    return out.getvalue()


def packed_folder() -> bytes:
    """2,000 texts in a tar folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for number, text in enumerate(_releases(2_000)):
            data = _text(text)
            entry = tarfile.TarInfo(f"{number:04}.txt")
            entry.size = len(data)
            file.addfile(entry, io.BytesIO(data))
    return out.getvalue()


COLLECTIONS = {
    "a mailbox of 2,000 messages": ("a.mbox", mailbox),
    "a capture of 500 pages": ("a.warc", capture),
    "a zip folder of 2,000 texts": ("a.zip", folder),
    "a tar folder of 2,000 texts": ("a.tar", packed_folder),
}


def documents() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The documents, by name, each with its file's name and made when it is asked for."""
    for kind, made in FORMATS.items():
        yield f"honest: a report of 300 pages ({kind})", f"a.{kind}", lambda made=made: made(prose(REPORT))  # type: ignore[misc]
        # Such a PDF or EPUB is a book.
        if kind not in ("pdf", "epub"):
            yield f"honest: 2 MB of prose ({kind})", f"a.{kind}", lambda made=made: made(prose())  # type: ignore[misc]
        yield f"honest: 3,000 quotations ({kind})", f"a.{kind}", lambda made=made: made(quotations())  # type: ignore[misc]
    yield "honest: a report of 1,500 notes and links (docx)", "a.docx", _noted
    for kind in ("txt", "md", "html", "docx", "odt", "rtf", "pdf"):
        yield f"honest: a table of 6,000 rows ({kind})", f"a.{kind}", lambda kind=kind: _table(kind)  # type: ignore[misc]


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--file", nargs="+", type=Path, default=[], metavar="F")
    given = parser.parse_args()
    growth.warm()
    collections = ((f"honest: {name}", file, made) for name, (file, made) in COLLECTIONS.items())
    chosen = [(file.name, file.name, file.read_bytes) for file in given.file]
    if not given.file:
        chosen = [
            each
            for each in (*documents(), *collections)
            if not given.words or any(word in each[0] for word in given.words)
        ]
    refused = 0
    print("   seconds  slowest   MB  documents     KB")
    for name, file, made in chosen:
        data = made()
        read = growth.measured(file, data, 1_000)
        refused += read.outcome != "read"
        print(
            f"{read.seconds:8.2f} s {read.slowest:6.2f} s {read.megabytes:5} {read.documents:6,} {len(data) // 1000:9,}  "
            f"{name.removeprefix('honest: ')}  {read.outcome}",
            flush=True,
        )
    return refused > 0


if __name__ == "__main__":
    sys.exit(main())
