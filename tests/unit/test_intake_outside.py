"""Other programs: what they are asked for, what becomes of their answers, and that a document is read without them, with a word."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from onrecord.intake.document import Document, Refusal
from onrecord.intake.formats import outside, pdf, scanned_text, sniff
from tests.unit.pdf_files import line
from tests.unit.pdf_files import pdf as made

_TESSERACT = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed here (Debian: tesseract-ocr)"
)
_ANTIWORD = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed here")
_ENGLISH = outside.Installed(("tesseract",), ("eng", "osd"))
_TEXT = (
    "The wardens of the lower canal counted",
    "every lock on Tuesday and found eleven",
    "of them without a keeper or a lamp.",
)


def picture() -> bytes:
    """A page of text as a picture, drawn by PDFium."""
    return pdf._drawn(pdf.opened(made("\n".join(line(text, 72, 700 - 24 * n, 18) for n, text in enumerate(_TEXT)))), 0)


def scan() -> bytes:
    """A PDF that is nothing but a picture of a page."""
    import pypdfium2
    from pypdfium2 import raw

    source = pypdfium2.PdfDocument(made("\n".join(line(text, 72, 700 - 24 * n, 18) for n, text in enumerate(_TEXT))))
    bitmap = source[0].render(scale=3)
    out = pypdfium2.PdfDocument.new()
    page = out.new_page(612, 792)
    image = pypdfium2.PdfImage.new(out)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(612, 792))
    page.insert_obj(image)
    assert raw.FPDFPage_GenerateContent(page.raw)
    path = Path("scan.pdf")
    out.save(path)
    return path.read_bytes()


def read(data: bytes, installed: outside.Installed | None = None) -> Document:
    """The Document of a file that is read as in production: asked, run, asked again."""
    documents: list[Document] = []

    def once() -> bytes:
        documents.clear()
        with suppress(outside.Wanted):
            documents.append(sniff.document("file", data))
        return b""

    outside.answer(lambda given: outside.reply(given, once), installed)
    return documents[0]


def tsv(*words: tuple[str, float]) -> bytes:
    """What Tesseract writes for these words and its confidence in them, all of one paragraph."""
    head = "level page_num block_num par_num line_num word_num left top width height conf text".split()
    rows = [f"5\t1\t1\t1\t1\t{n}\t{10 * n}\t10\t9\t12\t{sure}\t{text}" for n, (text, sure) in enumerate(words)]
    return "\n".join(["\t".join(head), *rows]).encode()


def test_without_the_program_a_picture_is_refused_with_what_to_do() -> None:
    for data in (b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0"):
        with pytest.raises(Refusal, match="apt install tesseract-ocr"):
            sniff.document("a.png", data)
    with pytest.raises(Refusal, match="antiword or catdoc"):
        sniff.document("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))


def test_a_reader_that_needs_a_program_asks_and_is_read_again() -> None:
    data = b"\x89PNG\r\n\x1a\n\0\0"
    with outside.given(_ENGLISH, {}) as wanted, pytest.raises(outside.Wanted):
        sniff.document("a.png", data)
    (request,) = wanted
    assert (request.program, request.languages, request.data) == ("tesseract", ("eng",), data)
    output = outside.Output(tsv(("Eleven", 96.0), ("1ocks", 31.0), ("wait.", 91.5)))
    with outside.given(_ENGLISH, {request.key: output}) as wanted:
        document = sniff.document("a.png", data)
    assert not wanted
    assert document.blocks[0].text == "Eleven 1ocks [?] wait."
    asked = [question.question for question in document.questions]
    assert "read by a program (Tesseract, languages eng)" in asked[0]
    assert "“1ocks”" in document.questions[1].evidence


def test_the_languages_are_those_of_the_script() -> None:
    installed = outside.Installed(("tesseract",), ("ara", "eng", "fra", "osd", "rus"))
    data = b"\xff\xd8\xff\xe0\0"
    with outside.given(installed, {}) as wanted, pytest.raises(outside.Wanted):
        sniff.document("a.jpg", data)
    assert [request.script for request in wanted] == [True]
    found = {wanted[0].key: outside.Output(b"Page number: 0\nScript: Arabic\nScript confidence: 3.2\n")}
    with outside.given(installed, found) as wanted, pytest.raises(outside.Wanted):
        sniff.document("a.jpg", data)
    assert [request.languages for request in wanted] == [("ara",)]


def test_what_is_run_is_decided_here_and_not_by_the_reader() -> None:
    for program in ("rm", "/bin/sh", "tesseract; ls"):
        assert outside.run(outside.request(program, b"x")).failed
    evil = outside.request("tesseract", b"x", languages=("eng --user-words /etc/passwd", "../../etc", "eng"))
    command = outside._command(evil)
    assert command[command.index("-l") + 1] == "eng"


def test_a_reader_that_asks_for_ever_or_sends_rubbish_is_ended() -> None:
    endless = iter(range(100))

    def ask(given: bytes) -> bytes:
        def read() -> bytes:
            outside.outputs_of([outside.request("nothing", str(next(endless)).encode())])
            return b""

        try:
            return outside.reply(given, lambda: _quietly(read))
        except Refusal:
            return b""

    for reader in (ask, lambda given: b"", lambda given: b"w{", lambda given: b"w[]"):
        with pytest.raises(outside.NoAnswer):
            outside.answer(reader, outside.Installed())


def _quietly(read: object) -> bytes:
    try:
        return read()  # type: ignore[operator, no-any-return]
    except Refusal:
        return b""


def test_a_page_without_text_among_others_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.chdir(tmp_path)
    both = pypdfium2.PdfDocument(made(line("The wardens counted the locks of the canal.", 72, 700)))
    both.import_pages(pypdfium2.PdfDocument(scan()))
    both.save("both.pdf")
    document = pdf.document(Path("both.pdf").read_bytes())
    assert [question.question for question in document.questions] == [
        "On page 2 of the PDF is a picture and no text. What is there is not in the draft."
    ]


@_TESSERACT
def test_a_scan_is_read_by_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = dataclasses.replace(outside.installed(), languages=("eng",))
    for data in (picture(), scan()):
        document = read(data, here)
        text = " ".join(block.text for block in document.blocks)
        assert "wardens of the lower canal" in text
        assert "Tesseract, languages eng" in document.questions[0].question


@_TESSERACT
def test_a_picture_of_nothing_is_refused() -> None:
    blank = scanned_text.png(b"\xff" * 10_000, 100, 100, 100)
    outputs: dict[str, outside.Output] = {}
    here = dataclasses.replace(outside.installed(), languages=("eng",))
    with outside.given(here, outputs) as wanted, pytest.raises(outside.Wanted):
        sniff.document("a.png", blank)
    outputs |= {request.key: outside.run(request) for request in wanted}
    with outside.given(here, outputs), pytest.raises(Refusal, match="no text that could be read"):
        sniff.document("a.png", blank)


@_TESSERACT
def test_a_program_has_no_more_time_than_it_is_given() -> None:
    assert (
        "longer than" in outside.run(outside.request("tesseract", picture(), languages=("eng",)), seconds=0.01).failed
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the clock of another process is Linux's")
@pytest.mark.parametrize(
    ("does", "failed"),
    [
        ("while True: pass", "tesseract took longer than 1 seconds of work."),
        ("import time\ntime.sleep(60)", "tesseract took longer than 1 seconds of work."),
        # As on a machine that does much else: it works all the while, and has little of the processor.
        ("import time\nfor _ in range(20):\n    time.sleep(0.1)\n    sum(range(200_000))\nprint('read')", ""),
    ],
    ids=["works without end", "waits without end", "works slowly"],
)
def test_the_time_of_a_program_is_that_of_the_processor(
    does: str, failed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!{sys.executable} -SE\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    output = outside.run(outside.request("tesseract", b"picture"), seconds=1)
    assert output.failed == failed
    assert output.data == (b"" if failed else b"read\n")


@_ANTIWORD
def test_a_broken_old_word_file_is_told_of() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(5000)
    assert outside.run(outside.request("antiword", data)).failed == "antiword could not read it."
