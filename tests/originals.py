"""Originals and attachments that the tests make themselves: a PDF, a picture, a Word file, a picture small enough for a preview."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Sequence


def png(width: int = 64, height: int = 36, shade: int = 0) -> bytes:
    """A picture; `shade` tells two of one size apart."""
    row = b"\0" + bytes((column * 255 // width + shade) % 256 for column in range(width))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")


def pdf(pages: int = 3, words: str = "Ferry crews ask for light") -> bytes:
    """A PDF of some pages with a line of text on each."""
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(pages))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for page in range(pages):
        text = f"BT /F 24 Tf 72 700 Td ({words}, page {page + 1}) Tj ET"
        font = "/Resources << /Font << /F 3 0 R >> >>"
        parts.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {font} /Contents {5 + 2 * page} 0 R >>")
        parts.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    data = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def packed(names: Sequence[str], content: bytes = b"The names of the ferries") -> bytes:
    """A ZIP file of members with these names, the same content in each."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), content)
    return data.getvalue()


def word_file(words: str = "The names of the ferries") -> bytes:
    """A Word file of one paragraph."""
    return packed(("[Content_Types].xml", "word/document.xml"), f"<p>{words}</p>".encode())


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()
