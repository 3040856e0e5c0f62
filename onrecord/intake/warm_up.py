"""Reads a small document of each kind before the process that reads documents gives up its files: libraries open files late (tables of
languages and characters, modules that are needed for one thing only), and what was opened once is there afterwards."""

# ruff: noqa: E501 - documents are written out as they are

from __future__ import annotations

import importlib
import io
import pkgutil
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from onrecord import intake
from onrecord.intake import lexicon

# Modules of the standard library that are imported where they are needed: encodings by their names, parts of mails by their types.
_PACKAGES = ("email", "encodings", "html", "json", "xml.etree", "importlib")
_MODULES = (
    "binascii", "bz2", "calendar", "colorsys", "csv", "decimal", "difflib", "fractions", "gzip", "linecache", "locale", "lzma",
    "mailbox", "mimetypes", "quopri", "statistics", "stringprep", "tarfile", "tempfile", "tokenize", "tomllib", "traceback",
    "unicodedata", "uuid", "xml.sax", "zipfile", "zlib", "zoneinfo",
)  # fmt: skip
# What only the process uses that starts this one.
_NOT_FOR_READING = ("distributed", "multiprocessing")
_ABOVE_READING = "onrecord.intake.cluster"
_LATE = re.compile(r"^[ \t]+(?:import ([\w.]+)|from ([\w.]+) import )", re.MULTILINE)
# Those that a text can be found to be written in: the languages of py3langid's model.
_LANGUAGES = frozenset(
    (
        "af am an ar as az be bg bn br bs ca cs cy da de dz el en eo es et eu fa fi fo fr ga gl gu he hi hr ht hu hy id is it ja jv ka kk "
        "km kn ko ku ky la lb lo lt lv mg mk ml mn mr ms mt nb ne nl nn no oc or pa pl ps pt qu ro ru rw se si sk sl sq sr sv sw ta te th "
        "tl tr ug uk ur vi vo wa xh zh zu"
    ).split()
)
_FAR = ("__main__", ".test", "idle", "mbcs", "oem")

_PARAGRAPH = (
    "The authorities must release the eleven teachers who have been held since January, Harbour Watch said today. "
    "“Nobody has told us where they are,” said Ines Okoro of Harbour Watch on 3 May 2013."
)
_TEXTS = (
    _PARAGRAPH,
    "Les autorités doivent libérer les onze enseignants détenus depuis janvier, a déclaré l’association le 3 mai 2013.",
    "Las autoridades deben liberar a los once docentes detenidos desde enero, dijo hoy la organización el 3 de mayo de 2013.",
    "Die Behörden müssen die elf Lehrkräfte freilassen, die seit Januar festgehalten werden, sagte der Verein am 3. Mai 2013.",
    "As autoridades devem libertar os onze professores detidos desde janeiro, disse hoje a associação em 3 de maio de 2013.",
    "Власти должны освободить одиннадцать учителей, которых удерживают с января, заявила сегодня организация 3 мая 2013 года.",
    "على السلطات أن تفرج عن المعلمين الأحد عشر المحتجزين منذ يناير، قالت المنظمة اليوم في 3 مايو 2013.",
    "当局必须立即释放自一月以来被秘密关押的十一名教师，该组织于2013年5月3日表示。",
    "当局は一月から拘束されている十一人の教師を直ちに釈放しなければならないと団体は述べた。",
    "İnsan hakları örgütü, ocak ayından beri tutulan on bir öğretmenin serbest bırakılması gerektiğini 3 Mayıs 2013 günü söyledi.",
)
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 115>>stream
BT /F1 12 Tf 72 720 Td (The authorities must release the eleven teachers who have been held since January 2013.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
"""
_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def warm_up(read: Callable[[str, bytes], object]) -> None:
    """Loads all that reading may need, and calls `read` with the name and the bytes of a document of each kind. Nothing is raised: what
    cannot be read here is said when a person's document needs it."""
    for name in _modules():
        # A module that another system has.
        with suppress(Exception):
            importlib.import_module(name)
    for name in _imported_late():
        with suppress(Exception):
            importlib.import_module(name)
    _load_words()
    if hasattr(time, "tzset"):
        time.tzset()
    for name, data in samples():
        with suppress(Exception):
            read(name, data)


def samples() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a small invented document of each kind."""
    for number, text in enumerate(_TEXTS):
        yield f"{number}.txt", f"HARBOUR WATCH\n3 May 2013\n\nTeachers must be released\n\n{text}\n\n{text}\n".encode()
    for encoding, text in (("windows-1252", _TEXTS[1]), ("windows-1251", _TEXTS[5]), ("windows-1256", _TEXTS[6])):
        yield f"{encoding}.txt", f"{text}\n\n{text}\n".encode(encoding, "replace")
    page = f"<html lang=en><head><title>Teachers</title></head><body><h1>Teachers</h1><p>{_PARAGRAPH}</p><table><tr><td>1</td></tr></table></body></html>"
    yield "page.html", page.encode()
    yield (
        "page.md",
        f"---\ntitle: Teachers\ndate: 2013-05-03\n---\n# Teachers\n\n{_PARAGRAPH}\n\n- one\n- two[^1]\n\n[^1]: A note.\n".encode(),
    )
    yield (
        "letter.eml",
        (
            "From: Harbour Watch <press@harbour.example>\nDate: Fri, 3 May 2013 10:00:00 +0000\nSubject: =?utf-8?b?VGVhY2hlcnM=?=\n"
            'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n'
            f"Content-Transfer-Encoding: quoted-printable\n\n{_PARAGRAPH}\n--b\nContent-Type: text/html; charset=iso-8859-1\n\n{page}\n--b--\n"
        ).encode(),
    )
    yield "paper.pdf", _PDF
    yield (
        "paper.docx",
        _packed(
            {
                "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
                "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
                "word/document.xml": f'<w:document xmlns:w="{_WORD_NAMESPACE}"><w:body><w:p><w:r><w:t>{_PARAGRAPH}</w:t></w:r></w:p></w:body></w:document>',
            }
        ),
    )
    yield (
        "paper.rtf",
        rb"{\rtf1\ansi\ansicpg1252 {\b Teachers}\par " + _PARAGRAPH.encode("ascii", "replace") + rb"\par}",
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    yield (
        "paper.odt",
        _packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
                "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:t="{words}" o:version="1.2"><o:body><o:text><t:p>{_PARAGRAPH}</t:p></o:text></o:body></o:document-content>',
            }
        ),
    )
    yield (
        "book.epub",
        _packed(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
                "c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
                "a.xhtml": page,
            }
        ),
    )
    yield (
        "box.mbox",
        f"From press Fri May  3 10:00:00 2013\nFrom: press@harbour.example\nSubject: Teachers\n\n{_PARAGRAPH}\n\n".encode(),
    )
    yield (
        "page.warc",
        (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://harbour.example/\r\nWARC-Date: 2013-05-03T10:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(page.encode()) + 44}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}\r\n\r\n"
        ).encode(),
    )


def _load_words() -> None:
    """The lexicon, and months and days of the languages that texts are read in, which Babel reads at their first use. Arabic has several
    sets of them."""
    from babel import Locale, localedata

    for tag in lexicon.languages():
        lexicon.lexicon_of(tag)
    for name in localedata.locale_identifiers():
        if name in _LANGUAGES or name.startswith("ar_"):
            locale = Locale.parse(name)
            for widths in (locale.months, locale.days):
                assert widths["format"]["wide"]


def _imported_late() -> Iterator[str]:
    """The modules that the program's own modules import inside their functions, found in their text, so that no list has to be kept."""
    seen: set[str] = set()
    while found := {name for name in sys.modules if name.startswith("onrecord.")} - seen:
        seen |= found
        for name in sorted(found):
            file = getattr(sys.modules[name], "__file__", None) or ""
            text = Path(file).read_text("utf-8") if file.endswith(".py") else ""
            late = sorted({first or second for first, second in _LATE.findall(text)})
            yield from (module for module in late if module.partition(".")[0] not in _NOT_FOR_READING)


def _packed(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def _modules() -> Iterator[str]:
    """The names of the modules to be loaded: those of this room, which import their libraries, and those of the standard library."""
    own = (module.name for module in pkgutil.walk_packages(intake.__path__, "onrecord.intake."))
    yield from (name for name in own if not name.startswith(_ABOVE_READING))
    yield from _MODULES
    for package in _PACKAGES:
        path = importlib.import_module(package).__path__
        for module in pkgutil.iter_modules(path, f"{package}."):
            if not any(far in module.name for far in _FAR):
                yield module.name
