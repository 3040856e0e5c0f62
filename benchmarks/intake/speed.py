"""What the import costs: documents a second, memory over many, and time against size.

    python -m benchmarks.intake.speed rate [--n 2000]               documents a second of one processor, on text
    python -m benchmarks.intake.speed memory [--n 50000]            the memory of the process that gathers, after each tenth
    python -m benchmarks.intake.speed size [--formats txt,html,…]   seconds for awkward text of 10 KB to 10 MB in each format

All texts are invented, the same on every machine. `size` reads one document at a time, in a process of its own, and gives its seconds of
the processor without those of starting; the last column is how much slower a kilobyte of the largest document is than one of the smallest
that takes a tenth of a second: a figure near 1 is linear time.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

from onrecord import intake
from onrecord.model import Vocabularies

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
_PLACES = ("Keld Harbour", "Orsa", "Vantry", "Lower Marsh", "Tessel", "Port Ilm", "Brandane", "Sorrow Mill")
_PEOPLE = ("Ilsa Marn", "Tobin Hale", "Yusra Deen", "Pavel Orlik", "Nadia Ferro", "Anselm Roe", "Mirela Costa")
_BODIES = ("Reef Watch", "Lantern Trust", "Union of Net Makers", "Open Gate Legal Aid", "Wick Street Clinic")
_DEEDS = (
    "closed the school",
    "took the boats",
    "sealed the bakery",
    "emptied the ward",
    "fenced the well",
    "cut the line",
)
_MONTHS = "January February March April May June July August September October November December".split()


def releases(n: int, seed: int = 5) -> Iterator[tuple[str, str]]:
    """Names and texts of `n` invented releases, of two to three kilobytes."""
    chance = random.Random(seed)
    for number in range(n):
        body, place = chance.choice(_BODIES), chance.choice(_PLACES)
        day = f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(1995, 2024)}"
        title = f"{place}: officials {chance.choice(_DEEDS)} and gave no reason"
        lines = [body.upper(), "PRESS RELEASE", f"No. {number + 1}", day, "", title, ""]
        lines += [f"{place.upper()}, {day} – {body} said today that officials in {place} {chance.choice(_DEEDS)}.", ""]
        for _ in range(chance.randint(6, 10)):
            speaker = chance.choice(_PEOPLE)
            lines += [
                f"“We asked for a paper with a stamp and were shown a door,” said {speaker}, who lives in {place}. “Nobody came in "
                f"the {chance.randint(2, 40)} days after that, and the {chance.randint(3, 90)} families still wait.”",
                "",
                f"According to {body}, the order was read out on {chance.randint(1, 28)} {chance.choice(_MONTHS)} and never shown.",
                "",
            ]
        lines += ["ENDS", "", f"Contact: {chance.choice(_PEOPLE)}, +00 555 0{number % 1000:03}"]
        yield f"{number:06}.txt", "\n".join(lines) + "\n"


def awkward(size: int, seed: int = 7) -> list[str]:
    """Paragraphs of about `size` characters together that try the patience of patterns: open quotation marks, long lines, dates in a
    row, dots, brackets that never close, names without end, one word of a thousand letters."""
    chance = random.Random(seed)
    paragraphs, length = [], 0
    while length < size:
        kind = chance.randrange(8)
        if kind == 0:
            text = "“" + " ".join(f"word{chance.randrange(99)}" for _ in range(80))
        elif kind == 1:
            text = " ".join(
                f"{chance.randint(1, 31)} {chance.choice(_MONTHS)}, {chance.randint(1900, 2024)}" for _ in range(30)
            )
        elif kind == 2:
            text = "." * 200 + " " + "(" * 100 + " " + "- " * 100
        elif kind == 3:
            text = " ".join(chance.choice(_PEOPLE) for _ in range(60)) + " said"
        elif kind == 4:
            text = "x" * 1000 + " " + "1" * 300
        elif kind == 5:
            text = "said " * 40 + "“" * 20 + "”" * 20 + " according to " * 20
        elif kind == 6:
            text = " ".join(
                f"{chance.randint(1, 12)}/{chance.randint(1, 12)}/{chance.randint(1, 99)}" for _ in range(60)
            )
        else:
            text = (
                f"{chance.choice(_BODIES)} in {chance.choice(_PLACES)} says that officials {chance.choice(_DEEDS)}. "
                * 6
            )
        paragraphs.append(text)
        length += len(text)
    return paragraphs


def _head() -> list[str]:
    return ["Reef Watch", "3 May 2014", "Officials sealed the bakery and gave no reason"]


def _txt(paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join([*_head(), *paragraphs]).encode()


def _md(paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join(["---\ntitle: Sealed\ndate: 2014-05-03\n---", *paragraphs]).encode()


def _html(paragraphs: Sequence[str]) -> bytes:
    inside = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
    return f"<html lang=en><title>Sealed</title><body><h1>Officials sealed the bakery</h1><p>3 May 2014</p>{inside}</body>".encode()


def _eml(paragraphs: Sequence[str]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Reef Watch <press@reef.example>",
        "list@example.org",
        "Officials sealed the bakery",
    )
    mail["Date"] = "Sat, 03 May 2014 10:00:00 +0000"
    mail.set_content("\n\n".join(paragraphs))
    return mail.as_bytes()


def _docx(paragraphs: Sequence[str]) -> bytes:
    space = "http://schemas.openxmlformats.org"
    word, package, types = (
        f"{space}/wordprocessingml/2006/main",
        f"{space}/package/2006/relationships",
        f"{space}/package/2006/content-types",
    )
    inside = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in [*_head(), *paragraphs])
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Target="word/document.xml" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{inside}</w:body></w:document>',
    }
    return _zipped(parts)


def _odt(paragraphs: Sequence[str]) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    inside = "".join(f"<text:p>{escape(text)}</text:p>" for text in [*_head(), *paragraphs])
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f"<office:text>{inside}</office:text></office:body></office:document-content>"
    )
    return _zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _rtf(paragraphs: Sequence[str]) -> bytes:
    def coded(text: str) -> str:
        return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)

    return ("{\\rtf1\\ansi " + "".join(f"{coded(text)}\\par\\par\n" for text in [*_head(), *paragraphs]) + "}").encode(
        "ascii"
    )


def _pdf(paragraphs: Sequence[str]) -> bytes:
    """Pages of lines in Helvetica; characters that its own encoding lacks are left away."""
    lines = [
        line
        for text in [*_head(), *paragraphs]
        for line in [*(text[at : at + 95] for at in range(0, len(text), 95)), ""]
    ]
    pages = [lines[at : at + 55] for at in range(0, len(lines), 55)]
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, page in enumerate(pages):
        shown = "".join(
            "(" + line.replace("\\", "").replace("(", "\\(").replace(")", "\\)") + ") Tj T*\n" for line in page
        )
        stream = f"BT /F1 10 Tf 12 TL 50 780 Td\n{shown}ET".encode("cp1252", "ignore")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{offset:010} 00000 n \n" for offset in offsets).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


FORMATS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "txt": _txt,
    "md": _md,
    "html": _html,
    "eml": _eml,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "pdf": _pdf,
}


def _drafted(folder: Path, jobs: int) -> Iterator[tuple[int, str]]:
    documents = intake.documents([str(folder)])
    drafts = intake.drafts(documents.files, folder / "nowhere" / "releases", Vocabularies(), jobs=jobs)
    for number, draft in enumerate(drafts, 1):
        yield number, draft.record.refused


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _rate(n: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in releases(n):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        started, clock = _processor(), time.perf_counter()
        refused = sum(bool(reason) for _, reason in _drafted(Path(folder), jobs=1))
        used, wall = _processor() - started, time.perf_counter() - clock
    print(
        f"{n} documents, {refused} refused: {n / used:.0f} a second of one processor ({n / wall:.0f} by the clock, one worker)"
    )


def _memory(n: int) -> None:
    print("The first draft comes after all documents were read: the peak of the process that gathers, in MB")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in releases(n):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        for number, _ in _drafted(Path(folder), jobs=2):
            if number == 1 or number % (n // 10) == 0:
                print(f"{number:8} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f}", flush=True)


def _one(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        name, text = next(releases(1))
        (Path(folder) / name).write_text(text, encoding="utf-8")
        started = _processor()
        list(_drafted(Path(folder), jobs=1))
        start_up = _processor() - started
    started = _processor()
    refused = [reason for _, reason in _drafted(path, jobs=1)]
    print(f"{max(_processor() - started - start_up, 0):.3f}\t{refused[0] if refused else 'nothing'}")


def _size(formats: Sequence[str]) -> None:
    print(f"{'':6}" + "".join(f"{size // 1000:>9} KB" for size in SIZES) + "   growth of a kilobyte's time")
    for name in formats:
        seconds: list[float | None] = []
        refusals = set()
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / f"awkward.{name}").write_bytes(FORMATS[name](awkward(size)))
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.intake.speed", "one", "--folder", folder],
                    capture_output=True, text=True, timeout=1800, check=False,
                )  # fmt: skip
            figure, _, refused = done.stdout.strip().rpartition("\n")[2].partition("\t")
            seconds.append(float(figure) if figure and refused == "nothing" else None)
            if refused != "nothing":
                refusals.add(f"{size // 1000} KB: {refused or done.stderr.strip()[-200:]}")
        each = [
            second / size for second, size in zip(seconds, SIZES, strict=True) if second is not None and second >= 0.1
        ]
        growth = f"{each[-1] / each[0]:.1f}" if each else "—"
        cells = "".join(f"{second:12.2f}" if second is not None else f"{'—':>12}" for second in seconds)
        print(f"{name:6}{cells}   {growth}  {'; '.join(sorted(refusals))}", flush=True)


def main(given: Sequence[str]) -> int:
    """Runs one of the measurements."""
    parser = argparse.ArgumentParser(description="What the import costs.")
    parser.add_argument("what", choices=("rate", "memory", "size", "one"), help="which measurement")
    parser.add_argument("--n", type=int, default=0, help="how many documents")
    parser.add_argument("--formats", default=",".join(FORMATS), help="which formats, with commas between")
    parser.add_argument("--folder", type=Path, help="for `one`: the folder that holds the document")
    args = parser.parse_args(given)
    if args.what == "rate":
        _rate(args.n or 2000)
    elif args.what == "memory":
        _memory(args.n or 50_000)
    elif args.what == "one":
        _one(args.folder)
    else:
        _size(args.formats.split(","))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
