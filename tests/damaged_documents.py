"""Documents of every format that is imported, and what damages them: for what looks whether a reader of them breaks.

What is put into a document is taken from the documents themselves (their tags, control words, header lines), from what a stranger may
write anywhere, and from bytes and numbers at which readers of binary forms go wrong.
"""

# ruff: noqa: E501 - values are written out as they are

from __future__ import annotations

import gzip
import io
import re
import struct
import tarfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from onrecord.intake import warm_up
from onrecord.intake.formats import mapi
from tests.compound_file import compound
from tests.unit.pdf_files import pdf
from tests.unit.test_intake_office_formats import odt
from tests.unit.test_intake_outlook import message

DOCUMENTS = Path(__file__).parent / "intake" / "documents"
_LARGEST = 60_000
"""Bytes of a document that is damaged: larger ones take their time whatever is in them."""
# What a format is made of, as it stands in the documents.
_MARKS = {
    "html": rb"<[^<>]{1,80}>|&#?\w+;", "eml": rb"(?m)^[A-Z][\w-]+: [^\n]{0,60}\n|=\?[^?]+\?[qbQB]\?[^?]+\?=|--\S+\n", "rtf": rb"\\[a-z]+-?\d* ?|\\'[0-9a-f]{2}|[{}]",
    "pdf": rb"/[A-Z]\w*|\b\d+ 0 R\b|\b(?:BT|ET|Tj|TJ|Td|Tm|Tf|Tz|Tc|Tr|cm|q|Q|re|f|Do|endobj|endstream|stream|xref|trailer)\b|<<|>>|[\[\]]|-?\d+(?:\.\d+)?", "warc": rb"(?m)^[\w-]+: [^\r\n]*\r\n|WARC/1\.\d\r\n|HTTP/1\.1 200 OK\r\n|\r\n\r\n",
    "md": rb"(?m)^(?:#+ |[-*+] |\d+[.)] |> |\||```|---)|[*_`\[\]()!<>]+|\n\n",
}  # fmt: skip
_MARKS |= {"mbox": _MARKS["eml"] + rb"|(?m:^From [^\n]+\n)", "mht": _MARKS["eml"], "txt": rb"(?m)^[^\n]{1,60}\n|\n\n"}
_XML = rb"<[^<>]{1,120}>"
_NUMBERS = [
    struct.pack(form, number)
    for form, numbers in (("<H", (0, 1, 0x7FFF, 0xFFFF)), ("<I", (0, 1, 2, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)))
    for number in numbers
]
_FIXED = {
    "html": [b"<table>", b"<td>", b"</p>", b"<template>", b"<svg>", b"<math>", b"<select>", b"<plaintext>", b"<base href='//a'>", b"<ol start=-9>", b"<meta charset=utf-7>", b"<a href='http://[::1'>", b"<time datetime='9999-99-99'>", b"<script type='application/ld+json'>{\"@graph\": [[[", b"<img alt='x' src=x>", b"<sup><a href='#fn1'>1</a></sup>", b"<li id=fn1>"],
    "eml": [b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/plain; charset=rot13\n", b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: x-uuencode\n", b"Content-Transfer-Encoding: base64\n", b"Date: Wed, 99 Feb 99999 99:99:99 +9999\n", b"From: a@xn--a-\xff\n", b"\n--b\n", b"\n--b--\n", b"> ", b"-----Original Message-----\n", b"=\xff", b"=?utf-7?q?+2D==?=", b"Content-Disposition: attachment; filename*0*=utf-8''%ff\n"],
    "rtf": [b"{\\*\\", b"\\u-99999 ?", b"\\'zz", b"\\bin99999 ", b"\\trowd\\cell\\row ", b"{\\footnote ", b"\\uc9 ", b"\\ansicpg99999 ", b"\\fonttbl{\\f1\\fcharset255 ", b"\\stylesheet{\\s1 ", b"{\\field{\\*\\fldinst HYPERLINK \"", b"{\\object\\objdata ", b"\\ls99\\ilvl9 ", b"{\\listtext\\tab}", b"{\\shptxt ", b"\\deleted ", b"\\v "],
    "xml": [b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<![CDATA[", b"<?x?>", b"&#0;", b"&#xD800;", b" xmlns:w='x'", b"='-99999999999999999999'", b"='NaN'", b"=''"],
    "warc": [b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"WARC-Type: revisit\r\n", b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b"WARC-Date: x\r\n"],
    "md": [b"[^1]", b"[^1]: ", b"{{< x >}}", b"{% raw %}", b"---\n", b"+++\n", b"date: 2012-99-99\n", b"title: [", b"<div>", b"| a | b |\n|---|---|\n", b"~~~\n", b"\t- ", b"$$"],
    "txt": [b"8 February 2012\n", b"FOR IMMEDIATE RELEASE\n", b"###\n", b"Ref: A/1/2\n", "“".encode(), "”".encode(), "« ".encode(), b"' said Mary Ann\n", b"word-\n", b"\x0c", b"1. ", b"* * *\n"],
}  # fmt: skip
_FIXED |= {"mbox": [*_FIXED["eml"], b"\nFrom a Thu Jan  1 00:00:00 1970\n"], "mht": _FIXED["eml"]}
_ZIPPED = frozenset(["docx", "odt", "epub", "zip", "wacz"])
FORMATS = (
    "txt", "md", "html", "eml", "mbox", "mht", "msg", "dat", "docx", "odt", "rtf", "epub", "pdf", "doc", "png", "zip", "tar", "gz", "warc", "wacz",
)  # fmt: skip
Step = tuple[float, float, str, bytes]
"""Which part of a packed document (share), where in it (share), what is done, with which bytes."""


@cache
def documents(form: str) -> tuple[tuple[str, bytes], ...]:
    """Names and bytes of small documents of a format, sound ones."""
    endings = {"html": (".html", ".htm")}.get(form, (f".{form}",))
    found = [(path.name, path.read_bytes()) for path in sorted(DOCUMENTS.iterdir()) if path.suffix in endings]
    found += [(name, data) for name, data in warm_up.samples() if name.endswith(endings)]
    found += [(f"made.{form}", data) for data in _made(form)]
    found = [(name, data) for name, data in found if 0 < len(data) <= _LARGEST]
    return tuple(found)


def _made(form: str) -> Iterable[bytes]:
    """Documents of formats of which the collection has few."""
    page = (DOCUMENTS / "html-02-jsonld.html").read_bytes()
    letters = [(DOCUMENTS / name).read_bytes() for name in ("mail-01-direct.eml", "mail-04-alternative.eml")]
    if form == "msg":
        yield compound(message())
        yield compound(message(HTML=page, BODY=""))
    elif form == "odt":
        cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
        yield odt(
            f"<text:h text:outline-level='1'>Lamps</text:h><text:list text:style-name='Numbers'><text:list-item><text:p>a</text:p></text:list-item></text:list>"
            f"<table:table><table:table-row>{cell}{cell}</table:table-row></table:table><text:p>A<text:note text:note-class='footnote'><text:note-citation>1"
            "</text:note-citation><text:note-body><text:p>b</text:p></text:note-body></text:note> c</text:p>",
            head="<style:header><text:p>Harbour Watch</text:p></style:header>",
        )
    elif form == "pdf":
        lines = "".join(
            f"BT /F1 11 Tf 72 {700 - 14 * row} Td (The crews of the ferry asked for light.) Tj ET\n" for row in range(9)
        )
        yield pdf(
            lines,
            lines,
            annotations=["<</Type/Annot/Subtype/Link/Rect[72 690 200 710]/A<</S/URI/URI(http://a.example/)>>>>"],
        )
    elif form == "mbox":
        yield b"".join(b"From a Thu Jan  1 00:00:00 1970\n" + letter + b"\n" for letter in letters)
    elif form == "mht":
        yield (
            b"From: <Saved by Blink>\nSnapshot-Content-Location: http://harbour.example/a\nSubject: Lamps\nMIME-Version: 1.0\n"
            b'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\n'
            b"Content-Transfer-Encoding: 8bit\nContent-Location: http://harbour.example/a\n\n" + page + b"\n--b--\n"
        )
    elif form == "tar":
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as folder:
            for number, data in enumerate((page, *letters)):
                entry = tarfile.TarInfo(f"a/{number}")
                entry.size = len(data)
                folder.addfile(entry, io.BytesIO(data))
        yield out.getvalue()
    elif form == "gz":
        yield gzip.compress(letters[0], mtime=0)
    elif form == "dat":
        assert mapi.BODY  # what a winmail.dat holds besides its attachment


@cache
def pieces(form: str) -> tuple[bytes, ...]:
    """What is put into documents of a format, besides what may stand anywhere."""
    found: dict[bytes, None] = {}
    for _, data in documents(form):
        texts = _parts(data).values() if form in _ZIPPED else [data]
        marks = re.compile(_XML if form in _ZIPPED else _MARKS.get(form, rb"\b\B"))
        found |= dict.fromkeys(mark for text in texts for mark in marks.findall(text) if isinstance(mark, bytes))
    fixed = _FIXED.get("xml" if form in _ZIPPED else form, [])
    return (*fixed, *list(found)[:600], *_NUMBERS)


def damage(form: str, anywhere: st.SearchStrategy[str]) -> st.SearchStrategy[list[Step]]:
    """What is done to a document of a format; `anywhere` is what may stand in each."""
    put = st.one_of(
        st.sampled_from(pieces(form)),
        anywhere.map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=8),
    )
    done = st.sampled_from(["insert", "insert", "insert", "replace", "cut", "repeat", "delete", "many"])
    return st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), done, put), min_size=1, max_size=8)


def damaged(form: str, data: bytes, steps: Iterable[Step]) -> bytes:
    """The document after all that is done to it."""
    for part, share, done, put in steps:
        if form in _ZIPPED and (parts := _parts(data)) and part < 0.95:
            name = sorted(parts)[int(part / 0.95 * len(parts)) % len(parts)]
            parts[name] = _changed(parts[name], share, done, put)
            data = _packed(parts)
        else:
            data = _changed(data, share, done, put)
    return data


def _changed(data: bytes, share: float, done: str, put: bytes) -> bytes:
    at = int(share * len(data))
    if done == "insert":
        return data[:at] + put + data[at:]
    if done == "replace":
        return data[:at] + put + data[at + len(put) :]
    if done == "cut":
        return data[:at] + put
    if done == "delete":
        return data[:at] + data[at + len(put) * 20 :]
    if done == "many":
        return data[:at] + put * min(100, 2_000 // max(len(put), 1)) + data[at:]
    return data[:at] + data[max(0, at - 300) :]


def _parts(data: bytes) -> dict[str, bytes]:
    """What a packed document holds; nothing where it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return {}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
