"""A small file of each kind whose reader loads something when it is first used."""

from __future__ import annotations

import zlib

from onrecord.disclosure import packed


def _pdf() -> bytes:
    packed_content = zlib.compress(b"0 0 m")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed_content), packed_content),
        b"<< /Author (A) /Title <FEFF0041> >>",
    )
    out = b"%PDF-1.7\n"
    rows = []
    for number, text in enumerate(objects, start=1):
        rows.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(rows)
    return out + table + b"trailer << /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


_TYPES = b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SAMPLES = (
    _pdf(),
    packed.packed([("[Content_Types].xml", _TYPES), ("word/document.xml", b"<w:document xmlns:w='w'/>")]),
)
