"""Reads a small document of each kind before the process that reads documents gives up its files: libraries open files late (tables of
languages and characters, modules that are needed for one thing only), and what was opened once is there afterwards."""

# ruff: noqa: E501 - documents are written out as they are

from __future__ import annotations

import base64
import gzip
import importlib
import io
import pkgutil
import re
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from onrecord import intake, languages
from onrecord.intake import lexicon
from onrecord.intake.evidence import language_detection
from onrecord.intake.evidence.calendar_words import calendar_words
from onrecord.intake.formats import decoding, outside, scanned_text

# Modules of the standard library that are imported where they are needed: encodings by their names, parts of mails by their types.
_PACKAGES = ("email", "encodings", "ftfy", "ftfy.bad_codecs", "html", "json", "xml.etree", "importlib")
_MODULES = (
    "binascii", "bz2", "calendar", "colorsys", "csv", "decimal", "difflib", "fractions", "gzip", "linecache", "locale", "lzma",
    "mailbox", "mimetypes", "quopri", "statistics", "stringprep", "tarfile", "tempfile", "tokenize", "tomllib", "traceback",
    "unicodedata", "uuid", "xml.sax", "zipfile", "zlib", "zoneinfo",
)  # fmt: skip
# What only the process uses that starts this one.
_NOT_FOR_READING = ("distributed", "multiprocessing")
_ABOVE_READING = "onrecord.intake.cluster"
_LATE = re.compile(r"^[ \t]+(?:import ([\w.]+)|from ([\w.]+) import )", re.MULTILINE)
# Those that a text can be found to be written in: the languages of py3langid's model, and those that their script tells.
_LANGUAGES = frozenset(
    (
        "af am an ar as az be bg bn br bs ca cs cy da de dz el en eo es et eu fa fi fo fr ga gl gu he hi hr ht hu hy id is it ja jv ka kk "
        "km kn ko ku ky la lb lo lt lv mg mk ml mn mr ms mt my nb ne nl nn no oc or pa pl ps pt qu ro ru rw se si sk sl sq sr sv sw ta te th "
        "tl tr ug uk ur vi vo wa xh zh zu"
    ).split()
)
_FAR = ("__main__", ".test", "idle", "mbcs", "oem")

_PARAGRAPH = (
    "The authorities must release the eleven teachers who have been held since January, Harbour Watch said today. "
    "“Nobody has told us where they are,” said Ines Okoro of Harbour Watch on 3 May 2013."
)
# One for each of the encodings that are found from the letters in them.
_ENCODED = {
    "windows-1252": "Les autorités doivent libérer les onze enseignants détenus depuis janvier, a déclaré l’association le 3 mai 2013.",
    "windows-1251": "Власти должны освободить одиннадцать учителей, которых удерживают с января, заявила сегодня организация 3 мая 2013 года.",
    "windows-1256": "على السلطات أن تفرج عن المعلمين الأحد عشر المحتجزين منذ يناير، قالت المنظمة اليوم في 3 مايو 2013.",
}
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
_SCAN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj
4 0 obj<</Length 64>>stream
q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q
endstream endobj
trailer<</Root 1 0 R/Size 5>>
%%EOF
"""
# A message of Outlook's and the frame of an old Word document ([MS-CFB]), packed.
_OUTLOOK = "c-rk&QA^uU6#mk*I_Dnh%O1+c@+d<}s}JIfn+!z<ZZZaYEU9L;s7*=QNnsCTzrjDSpWy!x+%Fg#g0LT<*>_HEN+z@<55lHB;pE<P?m726_a^ynzMs$i{B~OTg&VR88`secrcyqOY9~e+C>Y;$6h-1HQKO0cSF(j2Y@>=d@X>>Zyt2WZfY$&HcG-G3M##R)`vKdJoHt;5h&J}oBF5jc$;bdrM)fuB1MMDXYGuTK&qz=4`pj!7TARH#y;8>!{UL2fYdfS$Ws=b|nX&g1wWD5%*wwK>XE@eb9o}7ya#*crqFb81$6iRp4)bLEH6uI3b#-4B=o!6A$#j{!r`SGQmpN5hPaJtBP4x{7erTd%%>J-GPgj?$X`uTdo&`L0(g<6uE8ds4d^)mMvNE4fX?%^ou6BvKt@SxrL=AO%s<>TwiItdxPG&z}T%K7re!LL-_f<Up3>6(OBe9p&UL4vei~ZFa#y=9ff{DOzccMkZ;j%x|)CbfV6EkbtiQFxD$8XzLeq84_-c!cPBaczClDVuriRMS5!K*_~IU+9!M>UjV1Lad;ojMt&HfEZ6Sc+dT{~lT2`J^xSAsMf!r^LR&Yfy#X)=axGa<1nnD88KoA1S^XhrdKF%Zgvjfp4YwaWwv`T<b68z%QiucNBhIk!zXpr*h!isq;YayLt|G^}S2}9J0QLHG`i>7W{|QFaHStTd6akX!=(ZTD&*%2Pp4e1p"
_OLD_WORD = "c-p&gUhu)fjZzO8(10BSGsD0CoD6J8VvIn{1mg%m_#pi6|Ns9WA!Z={KMIBvU>F4>8vGm00wWp(G2{bb34;QID?=WTE@G%8DgB5surk8TVkAMI1C$O2+Frzv!r%g=lNm}Gav4&=?jROOF)%TbQ=SQoW_@`6hvC1Y*<r*10N*Uq`T"
_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def warm_up(read: Callable[[str, bytes], object]) -> None:
    """Loads all that reading may need, and calls `read` with the name and the bytes of a document of each kind. What
    cannot be read here is said when a person's document needs it. Raises OSError where the model of languages cannot be loaded."""
    for name in _modules():
        # A module that another system has.
        with suppress(Exception):
            importlib.import_module(name)
    for name in _imported_late():
        with suppress(Exception):
            importlib.import_module(name)
    _load_words()
    # A model that is not loaded now is loaded for the first document, which may open no temporary file.
    language_detection.of(_PARAGRAPH * 4)
    for encoding, text in _ENCODED.items():
        # Their words are looked up when a document has them, which needs no file.
        decoding.decoded(f"{text}\n\n{text}\n".encode(encoding, "replace"))
    if hasattr(time, "tzset"):
        time.tzset()
    with outside.given(outside.Installed((outside.TESSERACT, *outside.OLD_WORD), ("eng",)), AnyOutput()):
        for name, data in samples():
            with suppress(Exception):
                read(name, data)


class AnyOutput(dict[str, outside.Output]):
    """What other programs make of the samples: the same words of each."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> outside.Output:
        head = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")
        rows = [
            f"5 1 1 1 1 {number} 0 0 9 9 90 {word}".replace(" ", "\t") for number, word in enumerate(_PARAGRAPH.split())
        ]
        return outside.Output("\n".join((head, *rows, "", _PARAGRAPH)).encode())


def samples() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a small invented document of each kind."""
    yield (
        "release.txt",
        f"HARBOUR WATCH\n3 May 2013\n\nTeachers must be released\n\n{_PARAGRAPH}\n\n{_PARAGRAPH}\n".encode(),
    )
    yield "mended.txt", f"{_PARAGRAPH.replace('”', '’')} The café’s keeper agrees.\n".encode().decode("cp1252").encode()
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
    capture = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://harbour.example/\r\nWARC-Date: 2013-05-03T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(page.encode()) + 44}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}\r\n\r\n"
    )
    yield "page.warc", capture.encode()
    yield "page.warc.gz", gzip.compress(capture.encode(), mtime=0)
    yield (
        "site.wacz",
        _packed({"datapackage.json": '{"profile": "data-package", "resources": []}', "archive/data.warc": capture}),
    )
    yield "folder.zip", _packed({"letters/page.html": page})
    yield "light.msg", zlib.decompress(base64.b85decode(_OUTLOOK))
    yield "winmail.dat", _winmail("page.html", page.encode())
    yield "old.doc", zlib.decompress(base64.b85decode(_OLD_WORD))
    yield "rows.csv", f"title,date,text\nTeachers,2013-05-03,{_PARAGRAPH}\n".encode()
    yield from workbooks()
    yield "photo.png", scanned_text.png(bytes(64), 8, 8, 8)
    yield "scan.pdf", _SCAN


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a small invented table of each kind that is packed."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    cells = (
        '<c r="A2" t="inlineStr"><is><t>Teachers</t></is></c><c r="B2" s="1"><v>41397</v></c><c r="C2"><v>1.5</v></c>'
    )
    yield (
        "rows.xlsx",
        _packed(
            {
                "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/></Types>',
                "_rels/.rels": f'<Relationships xmlns="{related}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{related}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/><Relationship Id="r3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
                "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Rows" sheetId="1" r:id="r1"/></sheets></workbook>',
                "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>title</t></si><si><t>date</t></si></sst>',
                "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
                "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2">{cells}</row></sheetData></worksheet>',
            }
        ),
    )
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    head = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        for name in ("title", "date")
    )
    day = '<table:table-cell office:value-type="date" office:date-value="2013-05-03"><text:p>3 May 2013</text:p></table:table-cell>'
    yield (
        "rows.ods",
        _packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Rows"><table:table-row>{head}</table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>Teachers</text:p></table:table-cell>{day}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>',
            }
        ),
    )


def _load_words() -> None:
    """The lexicon with the decimal sign of each of its languages, and months and days of the languages that have no file there, which are
    read at their first use."""
    from babel import localedata

    for tag in lexicon.languages():
        lexicon.lexicon_of(tag)
        languages.decimal_sign(tag)
    for name in _LANGUAGES.difference(lexicon.languages()).intersection(localedata.locale_identifiers()):
        assert all(calendar_words(name))


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


def _winmail(name: str, data: bytes) -> bytes:
    """A winmail.dat with an attached file ([MS-OXTNEF] section 2.1.3)."""

    def attribute(number: int, value: bytes) -> bytes:
        return struct.pack("<BII", 2, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    parts = ((0x00069002, bytes(14)), (0x00018010, name.encode() + b"\0"), (0x0006800F, data))
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attribute(*part) for part in parts)


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
