"""PDF files for tests, written by hand: objects, streams, a table of where they stand (ISO 32000-1, section 7.5)."""

from __future__ import annotations

from collections.abc import Sequence

_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"


def pdf(*pages: str, boxes: str = "/MediaBox [0 0 612 792]", annotations: Sequence[str] = (), bold: str = "") -> bytes:
    """A PDF whose pages are drawn by these content streams. F1 is Helvetica, F2 its bold form or the font `bold`; `annotations`
    stand on the first page; every page has `boxes` among its keys."""
    first = 5
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{first + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        _FONT.format("Helvetica"),
        bold or _FONT.format("Helvetica-Bold"),
    ]
    for number, content in enumerate(pages):
        annotated = f"/Annots [{' '.join(annotations)}]" if annotations and number == 0 else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R {boxes} /Contents {first + 2 * number + 1} 0 R {annotated} "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    out = b"%PDF-1.7\n"
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def line(text: str, x: float, y: float, size: float = 12, font: str = "F1", *, more: str = "") -> str:
    """A line of text at a place, from the left and bottom of the page; `more` are operators before it."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {more} /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def paragraph(text: str, y: float, x: float = 72, size: float = 11, width: int = 80) -> tuple[str, float]:
    """A paragraph in lines of so many letters, and the height below it."""
    lines: list[str] = []
    row = ""
    for word in text.split():
        if len(row) + len(word) > width:
            lines.append(row)
            row = ""
        row = f"{row} {word}".strip()
    lines.append(row)
    drawn = "\n".join(line(each, x, y - 14 * number, size) for number, each in enumerate(lines))
    return drawn, y - 14 * len(lines) - 10
